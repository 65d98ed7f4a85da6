/*
 * random.h - random numbers by counter: any draw can be made at any time, in any order, on any thread.
 * The generator is Philox4x32-10 (Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3, SC11).
 * Looks down on: nothing.
 *
 * A stream is named by (seed, stream), for instance (the study's seed, variant and variable); a position in
 * it by a counter. Whoever draws a fixed number of values for a member starts its stream anew, so that the
 * draws of one member never depend on those of another.
 */
#ifndef PARK_BASE_RANDOM_H
#define PARK_BASE_RANDOM_H

#include <stdint.h>

/* A place in a stream. Plain data: copy with =. Belongs to one thread at a time. */
typedef struct park_random {
    uint64_t seed, stream;
    uint64_t counter; /* of the next block of four words */
    uint32_t words[4];
    int32_t  left; /* words of the block not yet used */
} park_random;

/* One block: ten rounds of Philox4x32 over counter (4 words) with key (2 words). */
void park_random_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/* The stream (seed, stream) from block `counter` on; 2^64 blocks of four words each. */
park_random park_random_start(uint64_t seed, uint64_t stream, uint64_t counter);
/* A stream number from two, such as variant and variable; distinct pairs below 2^32 give distinct streams. */
uint64_t park_random_stream(uint32_t major, uint32_t minor);

uint32_t park_random_word(park_random *random);
/* Uniform in (0, 1), never 0 and never 1; 52 bits. */
double park_random_uniform(park_random *random);
/* Every integer 0 .. n-1 with the same probability, without bias; n above 0 (0 gives 0). */
uint32_t park_random_below(park_random *random, uint32_t n);
/* Standard normal, by the quantile of one uniform: one draw, one pair of words. */
double park_random_normal(park_random *random);
/* Lognormal with this mean (above 0) and coefficient of variation (0 or more) of the value itself, not of its
 * log. */
double park_random_lognormal(park_random *random, double mean, double cv);
/* Gamma with shape and scale above 0: mean shape*scale, variance shape*scale^2. Draws a varying number of
 * words. */
double park_random_gamma(park_random *random, double shape, double scale);

/**
 * The standard normal's quantile: x with P(X <= x) = p, relative error about 1e-15 for 1e-300 < p < 1.
 * p outside (0, 1): -INFINITY at 0, INFINITY at 1, NaN beyond.
 * Source: Wichura (1988), Algorithm AS 241 (PPND16), Applied Statistics 37, 477-484.
 */
double park_normal_quantile(double p);

#endif
