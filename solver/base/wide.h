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

#endif
