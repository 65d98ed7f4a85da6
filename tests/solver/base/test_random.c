#include "base/random.h"
#include "check.h"

/* Known answers published with Random123 (kat_vectors, philox4x32, 10 rounds): counter, key, result. */
static const struct {
    uint32_t counter[4], key[2], result[4];
} KNOWN[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

static void philox_gives_the_published_answers(void)
{
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) {
        uint32_t out[4];
        park_random_philox(KNOWN[i].counter, KNOWN[i].key, out);
        CHECK(memcmp(out, KNOWN[i].result, sizeof out) == 0);
    }
}

/* The third vector through a stream: seed is the key, counter the low half, stream the high half, low words
 * first. */
static void a_stream_is_the_published_blocks_in_order(void)
{
    park_random r = park_random_start(0x299f31d0a4093822, 0x0370734413198a2e, 0x85a308d3243f6a88);
    for (int i = 0; i < 4; i++)
        CHECK(park_random_word(&r) == KNOWN[2].result[i]);
    uint32_t counter[4] = {0x243f6a89, 0x85a308d3, 0x13198a2e, 0x03707344}, out[4];
    park_random_philox(counter, KNOWN[2].key, out);
    for (int i = 0; i < 4; i++)
        CHECK(park_random_word(&r) == out[i]);
}

static void a_stream_can_be_entered_anywhere(void)
{
    park_random whole = park_random_start(7, park_random_stream(3, 4), 0);
    for (int i = 0; i < 4 * 100; i++)
        (void)park_random_word(&whole);
    park_random late = park_random_start(7, park_random_stream(3, 4), 100);
    CHECK(park_random_word(&whole) == park_random_word(&late));
    CHECK(park_random_stream(3, 4) != park_random_stream(4, 3));
}

enum { DRAWS = 200000 };

typedef struct moments {
    double mean, variance;
} moments;

typedef double (*draw_fn)(park_random *);

static moments moments_of(draw_fn draw, uint64_t stream)
{
    park_random r   = park_random_start(20251, stream, 0);
    double      sum = 0.0, squares = 0.0;
    for (int i = 0; i < DRAWS; i++) {
        double x = draw(&r);
        sum += x;
        squares += x * x;
    }
    double mean = sum / DRAWS;
    return (moments){mean, squares / DRAWS - mean * mean};
}

/* Tolerances are five standard errors of the mean, sd/sqrt(n), and of the variance, from the fourth moment.
 */
static double normal(park_random *r)
{
    return park_random_normal(r);
}
static double lognormal(park_random *r)
{
    return park_random_lognormal(r, 3.0, 0.18);
}
static double gamma_large(park_random *r)
{
    return park_random_gamma(r, 4.0, 0.5);
}
static double gamma_small(park_random *r)
{
    return park_random_gamma(r, 0.4, 2.0);
}

static void moments_agree_with_theory(void)
{
    moments m = moments_of(park_random_uniform, 1);
    CHECK_CLOSE(m.mean, 0.5, 5.0 * 0.2887 / 447.2);
    CHECK_CLOSE(m.variance, 1.0 / 12.0, 5.0 * 0.0745 / 447.2);
    m = moments_of(normal, 2);
    CHECK_CLOSE(m.mean, 0.0, 5.0 / 447.2);
    CHECK_CLOSE(m.variance, 1.0, 5.0 * sqrt(2.0) / 447.2);
    m = moments_of(lognormal, 3);
    CHECK_CLOSE(m.mean, 3.0, 5.0 * 0.54 / 447.2);
    CHECK_CLOSE(sqrt(m.variance) / m.mean, 0.18, 0.18 * 5.0 * 0.8 / 447.2);
    m = moments_of(gamma_large, 4); /* mean k s, variance k s2, excess kurtosis 6/k */
    CHECK_CLOSE(m.mean, 2.0, 5.0 * 1.0 / 447.2);
    CHECK_CLOSE(m.variance, 1.0, 5.0 * sqrt(3.5) / 447.2);
    m = moments_of(gamma_small, 5);
    CHECK_CLOSE(m.mean, 0.8, 5.0 * 1.265 / 447.2);
    CHECK_CLOSE(m.variance, 1.6, 5.0 * 1.6 * sqrt(17.0) / 447.2);
}

/* Share of gamma(k = 1) draws below x is 1 - exp(-x); of gamma(1/2, 2), which is chi-square, erf(sqrt(x/2)).
 */
static void gamma_follows_its_distribution(void)
{
    park_random r     = park_random_start(1, 9, 0);
    int         below = 0, chi = 0;
    for (int i = 0; i < DRAWS; i++) {
        below += park_random_gamma(&r, 1.0, 1.0) < 0.7;
        chi += park_random_gamma(&r, 0.5, 2.0) < 1.0;
    }
    CHECK_CLOSE((double)below / DRAWS, 1.0 - exp(-0.7), 5.0 * 0.5 / 447.2);
    CHECK_CLOSE((double)chi / DRAWS, erf(sqrt(0.5)), 5.0 * 0.466 / 447.2);
}

static void uniforms_are_flat_and_open(void)
{
    park_random r       = park_random_start(11, 0, 0);
    int         bin[64] = {0};
    int         out     = 0;
    for (int i = 0; i < DRAWS; i++) {
        double u = park_random_uniform(&r);
        out += !(u > 0.0 && u < 1.0);
        bin[(int)(64.0 * u)]++;
    }
    double chi2 = 0.0;
    for (int i = 0; i < 64; i++)
        chi2 += (bin[i] - DRAWS / 64.0) * (bin[i] - DRAWS / 64.0) / (DRAWS / 64.0);
    CHECK(out == 0);
    CHECK(chi2 > 63.0 - 5.0 * sqrt(126.0) && chi2 < 63.0 + 5.0 * sqrt(126.0)); /* mean 63, variance 126 */
}

/* 2^32 words over n = 3 * 2^30 numbers: without rejection every third number would come twice as often. */
static void integers_are_unbiased(void)
{
    park_random    r        = park_random_start(5, 5, 0);
    const uint32_t n        = 3u << 30;
    int            third[3] = {0}, face[6] = {0};
    for (int i = 0; i < DRAWS; i++) {
        third[park_random_below(&r, n) % 3]++;
        uint32_t f = park_random_below(&r, 6);
        CHECK(f < 6);
        face[f]++;
    }
    for (int i = 0; i < 3; i++)
        CHECK_CLOSE((double)third[i] / DRAWS, 1.0 / 3.0, 5.0 * 0.471 / 447.2);
    for (int i = 0; i < 6; i++)
        CHECK_CLOSE((double)face[i] / DRAWS, 1.0 / 6.0, 5.0 * 0.373 / 447.2);
    CHECK(park_random_below(&r, 1) == 0 && park_random_below(&r, 0) == 0);
}

/* Against the distribution itself, Phi(x) = erfc(-x/sqrt 2)/2, in the centre, the shoulders and the far tail.
 */
static void the_normal_quantile_inverts_the_distribution(void)
{
    for (double x = -37.0; x <= 8.0; x += 0.125) {
        double p = 0.5 * erfc(-x / sqrt(2.0));
        if (p < 1.0 && p > 1e-300) {
            double slope =
                exp(-0.5 * x * x) / sqrt(2.0 * acos(-1.0)); /* rounding of p moves x by eps p / slope */
            CHECK_CLOSE(park_normal_quantile(p), x, 4e-15 * fmax(1.0, fabs(x)) + 2e-15 * p / slope);
        }
    }
    CHECK_CLOSE(park_normal_quantile(0.975), 1.959963984540054, 1e-14);
    CHECK(park_normal_quantile(0.5) == 0.0);
    CHECK(park_normal_quantile(0.0) == -INFINITY && park_normal_quantile(1.0) == INFINITY);
    CHECK(isnan(park_normal_quantile(1.5)) && isnan(park_normal_quantile(NAN)));
}

int main(void)
{
    RUN(philox_gives_the_published_answers);
    RUN(a_stream_is_the_published_blocks_in_order);
    RUN(a_stream_can_be_entered_anywhere);
    RUN(moments_agree_with_theory);
    RUN(gamma_follows_its_distribution);
    RUN(uniforms_are_flat_and_open);
    RUN(integers_are_unbiased);
    RUN(the_normal_quantile_inverts_the_distribution);
    return park_test_done();
}
