#include "quality/profile.h"

#include "base/random.h"
#include "check.h"

static const double EXACT[] = {0.0};

/* A straight line cut in two is one again, wherever it was cut. */
static void a_cut_line_is_whole_again(void)
{
    for (double at = 0.05; at < 1.0; at += 0.05) {
        double a0 = 2.0, cut = 2.0 + 3.0 * at, b1 = 5.0, m0, m1;
        CHECK(park_profile_misfit(1, EXACT, at, &a0, &cut, 1.0 - at, &cut, &b1, 1e9) <= 1.0);
        park_profile_join(1, at, &a0, &cut, 1.0 - at, &cut, &b1, &m0, &m1);
        CHECK_CLOSE(m0, 2.0, 1e-14);
        CHECK_CLOSE(m1, 5.0, 1e-14);
    }
}

/* 0 and 1 side by side in equal parts: least squares has slope 3/2 and ends -1/4, 5/4; held within 0..1 it is the
 * diagonal, half off at the step. */
static void a_step_becomes_the_diagonal(void)
{
    double zero = 0.0, one = 1.0, m0, m1;
    park_profile_join(1, 2.0, &zero, &zero, 2.0, &one, &one, &m0, &m1);
    CHECK_CLOSE(m0, 0.0, 1e-15);
    CHECK_CLOSE(m1, 1.0, 1e-15);
    static const double QUARTER[] = {0.25};
    CHECK_CLOSE(park_profile_misfit(1, QUARTER, 2.0, &zero, &zero, 2.0, &one, &one, 1e9), 2.0, 1e-14);
    CHECK(isinf(park_profile_misfit(1, (const double[]){-1.0}, 1.0, &one, &one, 1.0, &one, &one, 1e9)));
}

/* Whatever is joined: mass stays to rounding, no end leaves the range; without that bound the slope is the least-squares
 * one, found here by sampling. */
static void mass_stays_and_nothing_new_appears(void)
{
    park_random r = park_random_start(5, 0, 0);
    for (int i = 0; i < 2000; i++) {
        double v[6], m0, m1;
        for (int k = 0; k < 6; k++)
            v[k] = park_random_uniform(&r);
        park_profile_join(1, v[4], &v[0], &v[1], v[5], &v[2], &v[3], &m0, &m1);
        double mass = 0.5 * v[4] * (v[0] + v[1]) + 0.5 * v[5] * (v[2] + v[3]);
        double low  = fmin(fmin(v[0], v[1]), fmin(v[2], v[3])),
               high = fmax(fmax(v[0], v[1]), fmax(v[2], v[3]));
        CHECK_CLOSE(0.5 * (v[4] + v[5]) * (m0 + m1), mass, 1e-15);
        CHECK(fmin(m0, m1) >= low - 1e-15 && fmax(m0, m1) <= high + 1e-15);
        if (m0 > low + 1e-9 && m1 > low + 1e-9 && m0 < high - 1e-9 && m1 < high - 1e-9) {
            double moment = 0.0;
            enum { SAMPLES = 1000 };
            for (int k = 0; k < SAMPLES; k++) {
                double x = (k + 0.5) / SAMPLES, w = v[4] / (v[4] + v[5]);
                double f = x < w ? v[0] + (v[1] - v[0]) * x / w : v[2] + (v[3] - v[2]) * (x - w) / (1.0 - w);
                moment += 12.0 * (x - 0.5) * f / SAMPLES;
            }
            CHECK_CLOSE(m1 - m0, moment, 5e-3); /* the sample that the joint cuts */
        }
    }
}

/* The worst constituent decides. */
static void all_constituents_must_agree(void)
{
    const double tolerance[] = {0.1, 0.1}, a[] = {1.0, 0.0}, b[] = {1.0, 1.0};
    CHECK(park_profile_misfit(1, tolerance, 1.0, a, a, 1.0, b, b, 1e9) == 0.0);
    CHECK_CLOSE(park_profile_misfit(2, tolerance, 1.0, a, a, 1.0, b, b, 1e9), 5.0, 1e-12);
}

int main(void)
{
    RUN(a_cut_line_is_whole_again);
    RUN(a_step_becomes_the_diagonal);
    RUN(mass_stays_and_nothing_new_appears);
    RUN(all_constituents_must_agree);
    return park_test_done();
}
