/*
 * root.h - the place where a function of one number changes its sign.   Looks down on: status.
 */
#ifndef PARK_BASE_ROOT_H
#define PARK_BASE_ROOT_H

#include <parkwater/status.h>

/* A function of one number; NAN says that it has no value there, and ends the search. */
typedef double park_function(double x, void *context);

/**
 * A sign change of `f` between `low` and `high`, by Chandrupatla's choice between inverse quadratic interpolation and
 * halving: it cannot diverge, and takes at most a small multiple of the steps of plain halving.
 *
 * @param tolerance  width of the last bracket, relative to the larger end and absolute [unit of x], 0 for rounding alone
 * @param x          out: the end of the last bracket at which |f| is smaller
 * @return PARK_OK; PARK_E_RANGE when f has the same sign at both ends or has no value somewhere
 *
 * No allocation; thread-safe if f is. Source: Chandrupatla (1997), Adv. Eng. Softw. 28, 145.
 */
PARK_MUST_CHECK park_status park_root(park_function *f, void *context, double low, double high,
                                      double tolerance, double *x, park_error *err);

#endif
