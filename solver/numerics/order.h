/*
 * order.h - an order of elimination that keeps the factor of a symmetric matrix sparse.
 * Door of SuiteSparse's AMD: order_amd.c.   Looks down on: base.
 */
#ifndef PARK_NUMERICS_ORDER_H
#define PARK_NUMERICS_ORDER_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

/**
 * Approximate minimum degree ordering (Amestoy, Davis, Duff 1996).
 * @param start,index  the pattern of both triangles without the diagonal, by column; rows rise within a column
 * @param order        out [count] the unknown that is eliminated k-th
 * @return PARK_OK; PARK_E_MEMORY; PARK_E_RANGE when the pattern is no pattern
 */
PARK_MUST_CHECK park_status park_order_amd(size_t count, const int32_t *start, const int32_t *index,
                                           int32_t *order, park_error *err);

#endif
