#include "base/random.h"

#include <math.h>

enum { ROUNDS = 10 };

/* Multipliers and key increments (Weyl sequence) of Philox4x32, Salmon et al. 2011, Table 2. */
static const uint32_t MULTIPLY_0 = 0xD2511F53u, MULTIPLY_1 = 0xCD9E8D57u;
static const uint32_t WEYL_0 = 0x9E3779B9u, WEYL_1 = 0xBB67AE85u;

void park_random_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t x0 = counter[0], x1 = counter[1], x2 = counter[2], x3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];

    for (int round = 0; round < ROUNDS; round++) {
        uint64_t p0 = (uint64_t)MULTIPLY_0 * x0, p1 = (uint64_t)MULTIPLY_1 * x2;
        x0 = (uint32_t)(p1 >> 32) ^ x1 ^ k0;
        x1 = (uint32_t)p1;
        x2 = (uint32_t)(p0 >> 32) ^ x3 ^ k1;
        x3 = (uint32_t)p0;
        k0 += WEYL_0;
        k1 += WEYL_1;
    }
    out[0] = x0;
    out[1] = x1;
    out[2] = x2;
    out[3] = x3;
}

park_random park_random_start(uint64_t seed, uint64_t stream, uint64_t counter)
{
    return (park_random){.seed = seed, .stream = stream, .counter = counter};
}

uint64_t park_random_stream(uint32_t major, uint32_t minor)
{
    return (uint64_t)major << 32 | minor;
}

static void refill(park_random *random)
{
    uint32_t counter[4] = {(uint32_t)random->counter, (uint32_t)(random->counter >> 32),
                           (uint32_t)random->stream, (uint32_t)(random->stream >> 32)};
    uint32_t key[2]     = {(uint32_t)random->seed, (uint32_t)(random->seed >> 32)};
    park_random_philox(counter, key, random->words);
    random->counter++;
    random->left = 4;
}

uint32_t park_random_word(park_random *random)
{
    if (random->left == 0)
        refill(random);
    return random->words[4 - random->left--];
}

double park_random_uniform(park_random *random)
{
    uint64_t high = park_random_word(random), low = park_random_word(random);
    uint64_t bits = (high << 32 | low) >> 12; /* 52 bits, and the half below keeps both ends out */
    return ((double)bits + 0.5) * 0x1p-52;
}

/* Lemire (2019), Fast random integer generation in an interval: the high half of a product, the rare biased
 * part of the low half drawn again. */
uint32_t park_random_below(park_random *random, uint32_t n)
{
    if (n == 0)
        return 0;
    uint64_t product = (uint64_t)park_random_word(random) * n;
    uint32_t biased  = (uint32_t)-n % n; /* 2^32 mod n */
    while ((uint32_t)product < biased)
        product = (uint64_t)park_random_word(random) * n;
    return (uint32_t)(product >> 32);
}

double park_random_normal(park_random *random)
{
    return park_normal_quantile(park_random_uniform(random));
}

double park_random_lognormal(park_random *random, double mean, double cv)
{
    double variance = log1p(cv * cv); /* of the logarithm */
    return mean * exp(sqrt(variance) * park_random_normal(random) - 0.5 * variance);
}

/* Marsaglia and Tsang (2000), A simple method for generating gamma variables: for shape >= 1 a squeezed cube
 * of a normal; below 1 the draw for shape + 1 is multiplied by a power of one uniform. */
double park_random_gamma(park_random *random, double shape, double scale)
{
    if (shape < 1.0) {
        double boost = pow(park_random_uniform(random), 1.0 / shape);
        return boost * park_random_gamma(random, shape + 1.0, scale);
    }
    double d = shape - 1.0 / 3.0, c = 1.0 / sqrt(9.0 * d);
    for (;;) {
        double x = park_random_normal(random), root = 1.0 + c * x;
        double u = park_random_uniform(random);
        if (root <= 0.0)
            continue;
        double v = root * root * root;
        if (log(u) < 0.5 * x * x + d - d * v + d * log(v))
            return d * v * scale;
    }
}

/* Value of a polynomial of degree 7, constant term first. */
static double polynomial(const double coefficient[8], double x)
{
    double value = 0.0;
    for (int i = 7; i >= 0; i--)
        value = value * x + coefficient[i];
    return value;
}

/* AS 241, PPND16: three pairs of polynomials, for the centre, the shoulders and the far tails. */
static const double CENTRE_TOP[8] = {
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3};
static const double CENTRE_BOTTOM[8]   = {1.0,
                                          4.2313330701600911252e1,
                                          6.8718700749205790830e2,
                                          5.3941960214247511077e3,
                                          2.1213794301586595867e4,
                                          3.9307895800092710610e4,
                                          2.8729085735721942674e4,
                                          5.2264952788528545610e3};
static const double SHOULDER_TOP[8]    = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                          5.76949722146069140550e0,  3.64784832476320460504e0,
                                          1.27045825245236838258e0,  2.41780725177450611770e-1,
                                          2.27238449892691845833e-2, 7.74545014278341407640e-4};
static const double SHOULDER_BOTTOM[8] = {1.0,
                                          2.05319162663775882187e0,
                                          1.67638483018380384940e0,
                                          6.89767334985100004550e-1,
                                          1.48103976427480074590e-1,
                                          1.51986665636164571966e-2,
                                          5.47593808499534494600e-4,
                                          1.05075007164441684324e-9};
static const double TAIL_TOP[8]        = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                          1.78482653991729133580e0,  2.96560571828504891230e-1,
                                          2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                          2.71155556874348757815e-5, 2.01033439929228813265e-7};
static const double TAIL_BOTTOM[8]     = {1.0,
                                          5.99832206555887937690e-1,
                                          1.36929880922735805310e-1,
                                          1.48753612908506148525e-2,
                                          7.86869131145613259100e-4,
                                          1.84631831751005468180e-5,
                                          1.42151175831644588870e-7,
                                          2.04426310338993978564e-15};

double park_normal_quantile(double p)
{
    if (!(p > 0.0 && p < 1.0))
        return p == 0.0 ? -INFINITY : p == 1.0 ? INFINITY : NAN;
    double q = p - 0.5;
    if (fabs(q) <= 0.425) {
        double r = 0.180625 - q * q;
        return q * polynomial(CENTRE_TOP, r) / polynomial(CENTRE_BOTTOM, r);
    }
    double r = sqrt(-log(q < 0.0 ? p : 1.0 - p));
    double x = r <= 5.0 ? polynomial(SHOULDER_TOP, r - 1.6) / polynomial(SHOULDER_BOTTOM, r - 1.6)
                        : polynomial(TAIL_TOP, r - 5.0) / polynomial(TAIL_BOTTOM, r - 5.0);
    return q < 0.0 ? -x : x;
}
