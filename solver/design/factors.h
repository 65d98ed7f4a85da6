/*
 * factors.h - a group of parts on which many items act, in several sites: each item begins as a site of its own, and only those whose
 * changes do not add up are put together (merge.h). The park with several of these sites changed is made when it is asked for.
 * Math: docs/math/optimization.md, Eq. (O185)-(O187).   Looks down on: sites.
 *
 * All picks of such a unit share one box. In the park of copies it comes from corners: copies whose numbers are, kind by kind, as
 * great or as small as any subset can make them. Between the corners every bound of a box is monotone in each kind.  (O186)
 */
#ifndef PARK_DESIGN_FACTORS_H
#define PARK_DESIGN_FACTORS_H

#include "design/sites.h"

/* Which items are asked for together at each part to begin with; fills sites->with. PARK_OK or PARK_E_MEMORY */
PARK_MUST_CHECK park_status park_factors_begin(park_sites *sites, park_error *err);

/**
 * How many corners the first of several sites has, with room for their copies.
 * @param add_up  false: a change at a unit cannot be bounded so, and its sites must be one
 * @return PARK_OK; PARK_E_RANGE from a unit's map; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_factors_corners(const park_sites *sites, park_site *first, bool *add_up,
                                                 park_error *err);

/* Before boxes: the faces of all corners in the park of copies, from those of the single variants. PARK_OK or PARK_E_MEMORY */
PARK_MUST_CHECK park_status park_factors_spread(const park_sites *sites, park_super *copies, park_error *err);

/**
 * The parks of a pick at the parts of the first of several sites.
 * @param model  out [futures]: borrowed where no more than one site is changed
 * @return PARK_OK; PARK_E_RANGE where they cannot stand together; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_factors_models(const park_sites *sites, const park_site *first,
                                                const int32_t *pick, park_arena *arena,
                                                const park_model **model, park_error *err);

#endif
