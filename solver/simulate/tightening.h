/*
 * tightening.h - throttles of a treatment that go on and on: where they shrink by a ratio that hardly changes, almost all that
 * is still to come is taken at once.
 * Math: docs/math/simulation.md, Eq. (T64).   Looks down on: nothing.
 *
 * Supply treatments that live on each other's products get less at each settling because each of them was throttled at the one
 * before. A treatment that lacks nothing after it was led ahead was led too far: it goes back once, and is led no more.
 */
#ifndef PARK_SIMULATE_TIGHTENING_H
#define PARK_SIMULATE_TIGHTENING_H

#include <stdbool.h>

/* Of one treatment in one dispatch; begins as zero. */
typedef struct park_tightening {
    double most[4]; /* the last throttles, newest first [m3/s] */
    int    count;   /* of them since it was led */
    double before;  /* throttled intake before it was led ahead; 0: it was not [m3/s] */
    bool   off;     /* led too far once */
} park_tightening;

/* The treatment got `got` [m3/s] and lacks the rest of what it may take: what it may take from now on. At most `got`. */
double park_tightening_next(park_tightening *tightening, double got);

/* It got all that it may take, `most`: what it may take from now on, `most` or, where it was led too far, more. */
double park_tightening_back(park_tightening *tightening, double most);

#endif
