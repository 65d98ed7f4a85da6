#include "biology/fractions.h"

#include "biology/asm1.h"

#include "base/random.h"

#include "check.h"

static const double G = 1e-3;

/* The benchmark's inflow, measured and divided again, is itself: its own shares are the defaults. */
static void the_benchmark_comes_back(void)
{
    park_asm1             k                    = park_asm1_standard(288.15);
    park_sludge_fractions f                    = park_sludge_fractions_standard();
    const double      in[PARK_ASM1_COMPONENTS] = {30 * G, 69.5 * G, 51.2 * G,  202.32 * G, 28.17 * G, 0,    0,
                                                  0,      0,        31.56 * G, 6.95 * G,   10.59 * G, 7 * G};
    park_sludge_water w                        = park_sludge_measured(&k, in, 0.0);
    double            out[PARK_ASM1_COMPONENTS], mineral;
    CHECK_CLOSE(w.cod / G, 381.19, 1e-9);
    CHECK_CLOSE(w.total_nitrogen / G, 54.4256, 1e-9);
    CHECK(park_sludge_fractionate(&k, &f, &w, out, &mineral, NULL) == PARK_OK);
    for (size_t i = 0; i < PARK_ASM1_COMPONENTS; i++)
        CHECK_CLOSE(out[i], in[i], 1e-15);
    CHECK_CLOSE(mineral, 0.0, 1e-16);
}

/* Any water: forth and back nothing is lost and nothing is below zero, also where solids are mineral or nitrogen is scarce. */
static void forth_and_back_everything_closes(void)
{
    park_asm1   k = park_asm1_standard(288.15);
    park_random r = park_random_start(61, 5, 0);
    for (int trial = 0; trial < 2000; trial++) {
        park_sludge_fractions f = {park_random_uniform(&r), 0.6 * park_random_uniform(&r),
                                   0.4 * park_random_uniform(&r), park_random_uniform(&r),
                                   park_random_uniform(&r)};
        double                n = 0.2 * park_random_uniform(&r);
        park_sludge_water     w = {.cod            = 2.0 * park_random_uniform(&r),
                                   .total_nitrogen = n,
                                   .ammonium       = n * 0.7 * park_random_uniform(&r),
                                   .nitrate        = n * 0.3 * park_random_uniform(&r),
                                   .solids         = 1.5 * park_random_uniform(&r),
                                   .alkalinity     = park_random_uniform(&r)};
        if (trial % 3 == 0) /* hardly any nitrogen for cells */
            w.total_nitrogen = w.ammonium + w.nitrate + 1e-3 * park_random_uniform(&r);
        double c[PARK_ASM1_COMPONENTS], mineral;
        CHECK(park_sludge_fractionate(&k, &f, &w, c, &mineral, NULL) == PARK_OK);
        for (size_t i = 0; i < PARK_ASM1_COMPONENTS; i++)
            CHECK(c[i] >= -1e-16);
        CHECK(mineral >= 0.0);
        park_sludge_water back = park_sludge_measured(&k, c, mineral);
        CHECK_CLOSE(back.cod, w.cod, 4e-15);
        CHECK_CLOSE(back.total_nitrogen, w.total_nitrogen, 1e-15);
        CHECK_CLOSE(back.ammonium, w.ammonium, 0.0);
        CHECK_CLOSE(back.nitrate, w.nitrate, 0.0);
        CHECK_CLOSE(back.solids, w.solids, 4e-15);
        CHECK_CLOSE(back.alkalinity, w.alkalinity, 1e-15);
    }
}

/* 300 g of solids in water of 200 g COD: at most 95 % of the COD lies in them, 0.75 x 190 = 142.5 g, 157.5 g are mineral. */
static void solids_beyond_the_cod_are_mineral(void)
{
    park_asm1             k = park_asm1_standard(288.15);
    park_sludge_fractions f = park_sludge_fractions_standard();
    park_sludge_water     w = {.cod = 0.2, .solids = 0.3, .total_nitrogen = 0.05, .ammonium = 0.03};
    double                c[PARK_ASM1_COMPONENTS], mineral;
    CHECK(park_sludge_fractionate(&k, &f, &w, c, &mineral, NULL) == PARK_OK);
    CHECK_CLOSE(mineral / G, 157.5, 1e-9);
    CHECK_CLOSE((c[PARK_SI] + c[PARK_SS]) / G, 10.0, 1e-9);
}

static void refused(park_sludge_fractions f, park_sludge_water w, const char *words)
{
    park_asm1  k   = park_asm1_standard(288.15);
    park_error err = {0};
    double     c[PARK_ASM1_COMPONENTS], mineral;
    CHECK(park_sludge_fractionate(&k, &f, &w, c, &mineral, &err) == PARK_E_RANGE);
    CHECK(strstr(err.message, words) != NULL);
}

static void what_cannot_be_divided_is_told(void)
{
    park_sludge_fractions f = park_sludge_fractions_standard(), odd = f, crowded = f;
    park_sludge_water     w = {.cod = 0.3, .total_nitrogen = 0.03, .ammonium = 0.02}, x;
    odd.soluble_inert       = 1.2;
    refused(odd, w, "fraction");
    crowded.particulate_inert  = 0.7;
    crowded.particulate_living = 0.7;
    refused(crowded, w, "add up");
    x     = w;
    x.cod = -1.0;
    refused(f, x, "cannot be divided");
    x            = w;
    x.alkalinity = NAN;
    refused(f, x, "alkalinity");
    x          = w;
    x.ammonium = 0.04;
    refused(f, x, "total nitrogen");
}

int main(void)
{
    RUN(the_benchmark_comes_back);
    RUN(forth_and_back_everything_closes);
    RUN(solids_beyond_the_cod_are_mineral);
    RUN(what_cannot_be_divided_is_told);
    return park_test_done();
}
