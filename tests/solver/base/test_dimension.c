#include "base/dimension.h"
#include "check.h"

/* a * b^power == c, in exponents. */
static bool follows(park_dimension a, park_dimension b, int power, park_dimension c)
{
    park_exponents x = park_dimension_exponents(a), y = park_dimension_exponents(b),
                   z = park_dimension_exponents(c);
    return x.m + power * y.m == z.m && x.kg + power * y.kg == z.kg && x.s + power * y.s == z.s &&
           x.k + power * y.k == z.k && x.cny + power * y.cny == z.cny;
}

#define DIM(name) PARK_DIM_##name

/* Every dimension but the five fundamental ones follows from others: c = a * b^power. */
static void dimensions_follow_from_each_other(void)
{
    static const struct {
        park_dimension a, b;
        int            power;
        park_dimension c;
    } LAW[] = {
        {DIM(NUMBER), DIM(LENGTH), 2, DIM(AREA)},
        {DIM(NUMBER), DIM(LENGTH), 3, DIM(VOLUME)},
        {DIM(VOLUME), DIM(TIME), -1, DIM(FLOW)},
        {DIM(LENGTH), DIM(TIME), -1, DIM(VELOCITY)},
        {DIM(LENGTH), DIM(TIME), -1, DIM(DEPTH_RATE)},
        {DIM(MASS), DIM(VOLUME), -1, DIM(CONC)},
        {DIM(CONC), DIM(FLOW), 1, DIM(MASS_FLOW)},
        {DIM(POWER), DIM(TIME), 1, DIM(ENERGY)},
        {DIM(MASS), DIM(VELOCITY), 2, DIM(ENERGY)}, /* kinetic energy, but for the half */
        {DIM(ENERGY), DIM(VOLUME), -1, DIM(ENERGY_PER_VOLUME)},
        {DIM(ENERGY), DIM(MASS), -1, DIM(ENERGY_PER_MASS)},
        {DIM(POWER), DIM(AREA), -1, DIM(RADIATION)},
        {DIM(MONEY), DIM(VOLUME), -1, DIM(PRICE_PER_VOLUME)},
        {DIM(MONEY), DIM(MASS), -1, DIM(PRICE_PER_MASS)},
        {DIM(MONEY), DIM(ENERGY), -1, DIM(PRICE_PER_ENERGY)},
        {DIM(PRICE_PER_POWER_TIME), DIM(ENERGY), 1, DIM(MONEY)}, /* a price per power and time */
        {DIM(MONEY), DIM(LENGTH), -1, DIM(PRICE_PER_LENGTH)},
        {DIM(MONEY), DIM(AREA), -1, DIM(PRICE_PER_AREA)},
        {DIM(MONEY), DIM(FLOW), -1, DIM(PRICE_PER_FLOW)},
        {DIM(MONEY), DIM(TIME), -1, DIM(MONEY_RATE)},
        {DIM(PRICE_PER_VOLUME), DIM(FLOW), 1, DIM(MONEY_RATE)},
        {DIM(MASS), DIM(ENERGY), -1, DIM(CARBON_PER_ENERGY)},
        {DIM(MASS), DIM(VOLUME), -1, DIM(CARBON_PER_VOLUME)},
        {DIM(MONEY), DIM(MASS), -1, DIM(CARBON_PRICE)},
        {DIM(VOLUME), DIM(MONEY), -1, DIM(INTENSITY_PER_VALUE)},
        {DIM(FLOW), DIM(PRODUCT_MASS_RATE), -1, DIM(INTENSITY_PER_MASS)},
        {DIM(FLOW), DIM(PRODUCT_LENGTH_RATE), -1, DIM(INTENSITY_PER_LENGTH)},
        {DIM(FLOW), DIM(PRODUCT_AREA_RATE), -1, DIM(INTENSITY_PER_AREA)},
        {DIM(FLOW), DIM(PRODUCT_VOLUME_RATE), -1, DIM(INTENSITY_PER_VOLUME)},
        {DIM(FLOW), DIM(PRODUCT_ENERGY_RATE), -1, DIM(INTENSITY_PER_ENERGY)},
        {DIM(FLOW), DIM(PRODUCT_PIECE_RATE), -1, DIM(INTENSITY_PER_PIECE)},
        {DIM(NUMBER), DIM(TIME), -1, DIM(RATE)},
        {DIM(FLOW), DIM(AREA), -1, DIM(FLOW_PER_AREA)},
        {DIM(FLOW), DIM(LENGTH), -1, DIM(FLOW_PER_LENGTH)},
        {DIM(TEMPERATURE), DIM(NUMBER), 1, DIM(TEMPERATURE_DIFFERENCE)},
        {DIM(PRESSURE_HEAD), DIM(NUMBER), 1, DIM(LENGTH)},
        {DIM(SHARE), DIM(NUMBER), 1, DIM(NUMBER)},
    };
    for (size_t i = 0; i < sizeof LAW / sizeof *LAW; i++)
        if (!follows(LAW[i].a, LAW[i].b, LAW[i].power, LAW[i].c)) {
            printf("%s is not %s times %s^%d\n", park_dimension_word(LAW[i].c), park_dimension_word(LAW[i].a),
                   park_dimension_word(LAW[i].b), LAW[i].power);
            CHECK(!"a dimension contradicts the others");
        }
    /* The five that everything stands on. */
    CHECK(park_exponents_equal(park_dimension_exponents(DIM(LENGTH)), (park_exponents){.m = 1}));
    CHECK(park_exponents_equal(park_dimension_exponents(DIM(MASS)), (park_exponents){.kg = 1}));
    CHECK(park_exponents_equal(park_dimension_exponents(DIM(TIME)), (park_exponents){.s = 1}));
    CHECK(park_exponents_equal(park_dimension_exponents(DIM(TEMPERATURE)), (park_exponents){.k = 1}));
    CHECK(park_exponents_equal(park_dimension_exponents(DIM(MONEY)), (park_exponents){.cny = 1}));
    CHECK(park_exponents_equal(park_dimension_exponents(DIM(NUMBER)), (park_exponents){0}));
}

static void words_are_unique_and_every_text_is_there(void)
{
    for (int i = 0; i < PARK_DIM_COUNT; i++) {
        park_dimension d = (park_dimension)i;
        CHECK(strlen(park_dimension_name(d, false)) > 3 && strlen(park_dimension_name(d, true)) >= 6);
        CHECK(strspn(park_dimension_word(d), "abcdefghijklmnopqrstuvwxyz_") ==
              strlen(park_dimension_word(d)));
        bool plain = d == PARK_DIM_NUMBER;
        CHECK((park_dimension_examples(d)[0] == '\0') == plain);
        CHECK((park_dimension_shown(d, false)[0] == '\0') == plain &&
              (park_dimension_shown(d, true)[0] == '\0') == plain);
        for (int j = 0; j < i; j++)
            CHECK(strcmp(park_dimension_word(d), park_dimension_word((park_dimension)j)) != 0);
    }
}

static void the_first_dimension_of_some_exponents_is_found(void)
{
    CHECK(park_dimension_of((park_exponents){3, 0, -1, 0, 0}) == PARK_DIM_FLOW);
    CHECK(park_dimension_of((park_exponents){0, 0, 0, 0, 0}) == PARK_DIM_NUMBER);
    CHECK(park_dimension_of((park_exponents){-3, 1, 0, 0, 0}) == PARK_DIM_CONC);
    CHECK(park_dimension_of((park_exponents){9, 9, 9, 9, 9}) == PARK_DIM_COUNT);
    CHECK(!park_exponents_equal((park_exponents){.k = 1}, (park_exponents){.cny = 1}));
}

static void beyond_the_table_there_is_no_crash(void)
{
    CHECK_TEXT(park_dimension_name(PARK_DIM_COUNT, true), "?");
    CHECK_TEXT(park_dimension_word(PARK_DIM_COUNT), "?");
    CHECK_TEXT(park_dimension_examples(PARK_DIM_COUNT), "");
    CHECK_TEXT(park_dimension_shown(PARK_DIM_COUNT, false), "");
    CHECK(park_exponents_equal(park_dimension_exponents(PARK_DIM_COUNT), (park_exponents){0}));
}

/* Output times intake per unit of it is a flow, whatever the output is measured in. */
static void output_times_intensity_is_a_flow(void)
{
    for (size_t i = 0; i < PARK_MEASURES; i++) {
        park_exponents out = park_dimension_exponents(PARK_MEASURE[i].output);
        park_exponents per = park_dimension_exponents(PARK_MEASURE[i].intensity);
        CHECK(park_exponents_equal(
            (park_exponents){out.m + per.m, out.kg + per.kg, out.s + per.s, out.k + per.k, out.cny + per.cny},
            park_dimension_exponents(PARK_DIM_FLOW)));
        CHECK(park_dimension_intensity(PARK_MEASURE[i].output) == PARK_MEASURE[i].intensity);
    }
    CHECK(park_dimension_intensity(PARK_DIM_FLOW) == PARK_DIM_COUNT);
}

int main(void)
{
    RUN(dimensions_follow_from_each_other);
    RUN(words_are_unique_and_every_text_is_there);
    RUN(the_first_dimension_of_some_exponents_is_found);
    RUN(output_times_intensity_is_a_flow);
    RUN(beyond_the_table_there_is_no_crash);
    return park_test_done();
}
