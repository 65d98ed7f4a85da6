/*
 * check.h - a claim per line. A test file lists its claims in main: RUN(claim); return park_test_done();
 * Prints cmocka-free plain lines; ctest counts programs.
 */
#ifndef PARK_TESTS_CHECK_H
#define PARK_TESTS_CHECK_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Atomic int park_test_failures, park_test_claims; /* claims may stand in threads */

#define CHECK(claim)                                                                                         \
    do {                                                                                                     \
        park_test_claims++;                                                                                  \
        if (!(claim)) {                                                                                      \
            park_test_failures++;                                                                            \
            fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, __LINE__, #claim);                              \
        }                                                                                                    \
    } while (0)

/* Within `tolerance`, absolute. */
#define CHECK_CLOSE(got, want, tolerance)                                                                    \
    do {                                                                                                     \
        double park_got_ = (got), park_want_ = (want);                                                       \
        park_test_claims++;                                                                                  \
        if (!(fabs(park_got_ - park_want_) <= (tolerance))) {                                                \
            park_test_failures++;                                                                            \
            fprintf(stderr, "%s:%d: %s is %.12g, want %.12g +- %g\n", __FILE__, __LINE__, #got, park_got_,   \
                    park_want_, (double)(tolerance));                                                        \
        }                                                                                                    \
    } while (0)

#define CHECK_TEXT(got, want)                                                                                \
    do {                                                                                                     \
        const char *park_got_ = (got), *park_want_ = (want);                                                 \
        park_test_claims++;                                                                                  \
        if (park_got_ == NULL || strcmp(park_got_, park_want_) != 0) {                                       \
            park_test_failures++;                                                                            \
            fprintf(stderr, "%s:%d: %s is '%s', want '%s'\n", __FILE__, __LINE__, #got,                      \
                    park_got_ == NULL ? "(null)" : park_got_, park_want_);                                   \
        }                                                                                                    \
    } while (0)

#define RUN(claim)                                                                                           \
    do {                                                                                                     \
        int park_before_ = park_test_failures;                                                               \
        claim();                                                                                             \
        printf("%s %s\n", park_test_failures == park_before_ ? "ok  " : "FAIL", #claim);                     \
    } while (0)

/* Reference data beside the project; prints why and leaves with 77 where it is absent. */
#define SKIP(why)                                                                                            \
    do {                                                                                                     \
        printf("skipped: %s\n", (why));                                                                      \
        exit(77);                                                                                            \
    } while (0)

static inline int park_test_done(void)
{
    printf("%d checks, %d failed\n", park_test_claims, park_test_failures);
    return park_test_failures == 0 ? 0 : 1;
}

#endif
