/*
 * deal.h - which variant goes to which hand next: longest first, nothing twice, nothing lost. No processes, no files, no clock:
 * what happened is told to it, so that ten thousand hands can be played in a test.
 * Looks down on: base.
 *
 * A hand is a process that computes. It works through what it was dealt in the order of dealing; a variant is computed first and
 * stored later (small ones are stored together). What a hand that died had not stored is dealt again; the variant it was at has cost
 * it a life, and is given up after two.
 */
#ifndef PARK_BATCH_DEAL_H
#define PARK_BATCH_DEAL_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct park_deal park_deal;

enum { PARK_DEAL_LIVES = 2, PARK_DEAL_AHEAD = 64 };

typedef struct park_deal_counts {
    size_t waiting, out, stored, failed, lost; /* lost: given up after PARK_DEAL_LIVES hands died of it */
} park_deal_counts;

/**
 * @param over  [count] which need nothing any more; NULL: none
 * @return NULL out of memory. O(count + hands) bytes.
 */
park_deal *park_deal_new(park_arena *arena, size_t count, size_t hands, const bool *over);

/* Expected cost of the variants that wait [s]; the order of dealing follows it from now on, equal ones by number. O(n log n). */
void park_deal_order(park_deal *deal, const double *cost);

/**
 * The next variant for a hand; -1 when it should get none now: nothing waits, or it has enough before it. A hand whose variants are
 * short is dealt several ahead, one whose variants are long a second one while many wait. O(1).
 */
int64_t park_deal_next(park_deal *deal, size_t hand);
/* Whether the hand holds something that it has not stored. */
bool park_deal_busy(const park_deal *deal, size_t hand);
/* The variant that a hand is at, -1: none. */
int64_t park_deal_at(const park_deal *deal, size_t hand);

/* A hand has computed the variant that it was at. */
void park_deal_computed(park_deal *deal, size_t hand, int64_t variant, double seconds);
/* Its result is on the disk. Telling it twice does nothing. */
void park_deal_stored(park_deal *deal, int64_t variant);
/* It has no result, for a reason of its own. */
void park_deal_failed(park_deal *deal, int64_t variant);
/* The hand died; a new one stands in its place. The variant that is given up by that, or -1. */
int64_t park_deal_died(park_deal *deal, size_t hand);
/* The hand is gone for good: what it held goes to others, at no cost of a life. */
void park_deal_left(park_deal *deal, size_t hand);

bool             park_deal_over(const park_deal *deal); /* nothing waits and nothing is out */
park_deal_counts park_deal_count(const park_deal *deal);

#endif
