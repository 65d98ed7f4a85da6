/*
 * profile.h - water whose quality runs straight from one end to the other, and two such pieces told as one.
 * Math: docs/math/quality.md, Eq. (Q3)-(Q4).   Looks down on: nothing.
 *
 * A piece is an amount (a volume, or the time in which it passes) and the concentrations at its ends, [count] each.
 */
#ifndef PARK_QUALITY_PROFILE_H
#define PARK_QUALITY_PROFILE_H

#include <stddef.h>

/**
 * How badly the pieces a and b, one behind the other, are told as one.
 * @param a0..b1     [count] from the outer end of a through to the outer end of b
 * @param tolerance  [count]; below zero: they are never alike
 * @return the largest distance of the common line from the four ends, in tolerances; the search ends early above `limit`
 */
double park_profile_misfit(size_t count, const double *tolerance, double a, const double *a0,
                           const double *a1, double b, const double *b0, const double *b1, double limit);

/* The common line: the same mass, the best slope that makes no new extremum. m0 may be a0, m1 may be b1. */
void park_profile_join(size_t count, double a, const double *a0, const double *a1, double b, const double *b0,
                       const double *b1, double *m0, double *m1);

#endif
