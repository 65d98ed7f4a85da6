/*
 * allocate.h - the parts of an allocation's study: other demands, other data, parks that drop out.
 * Math: docs/math/region.md, Eq. (Y32)-(Y35).   Looks down on: choose.
 */
#ifndef PARK_REGION_ALLOCATE_H
#define PARK_REGION_ALLOCATE_H

#include "region/choose.h"

/* result->choice stands. Each fills its part of the result; statuses as park_choose. */
PARK_MUST_CHECK park_status park_allocation_regret(const park_allocation          *a,
                                                   const park_allocation_settings *settings,
                                                   park_arena *arena, park_allocation_result *result,
                                                   park_error *err);
PARK_MUST_CHECK park_status park_allocation_stability(const park_allocation          *a,
                                                      const park_allocation_settings *settings,
                                                      park_arena *arena, park_allocation_result *result,
                                                      park_error *err);
PARK_MUST_CHECK park_status park_allocation_dropouts(const park_allocation          *a,
                                                     const park_allocation_settings *settings,
                                                     park_arena *arena, park_allocation_result *result,
                                                     park_error *err);

#endif
