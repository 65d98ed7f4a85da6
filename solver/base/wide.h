/*
 * wide.h - one source for narrow and wide vector registers.
 * Looks down on: nothing.
 *
 * A loop is written once as a PARK_INLINE function and called from two functions, one of them marked PARK_WIDE; the caller
 * asks PARK_WIDE_HERE. The bits are the same: no operation is fused (-ffp-contract=off) and every sum has its order.
 */
#ifndef PARK_BASE_WIDE_H
#define PARK_BASE_WIDE_H

#if defined(__GNUC__)
#define PARK_INLINE static inline __attribute__((always_inline))
#else
#define PARK_INLINE static inline
#endif

#if defined(__GNUC__) && defined(__x86_64__)
#define PARK_WIDE __attribute__((target("avx2")))
#define PARK_WIDE_HERE __builtin_cpu_supports("avx2")
#else
#define PARK_WIDE
#define PARK_WIDE_HERE 0
#endif
/* Systems of one pattern that are taken side by side, one in each lane of a vector. */
enum { PARK_LANES_POWER = 2, PARK_LANES = 1 << PARK_LANES_POWER };

/* The larger one in an instruction, which a call of fmax is not; b where a is no number. */
PARK_INLINE double park_larger(double a, double b)
{
    return a > b ? a : b;
}

/* Eight lanes, where the compiler can be told to use them. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__)
#define PARK_WIDEST __attribute__((target("avx512f,avx512dq,avx512vl,prefer-vector-width=512")))
#define PARK_WIDEST_HERE                                                                                     \
    (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&                              \
     __builtin_cpu_supports("avx512vl"))
#else
#define PARK_WIDEST
#define PARK_WIDEST_HERE 0
#endif

#endif
