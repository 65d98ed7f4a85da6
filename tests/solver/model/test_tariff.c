/* Prices of the hour and tiers of water by hand. */
#include "check.h"

#include <parkwater/model.h>

/* Licence 1000 m3: to 50 % at the price, to 80 % at twice, above at three times; 2 CNY/m3. */
static void what_lies_above_pays_the_multiple(void)
{
    park_tariffs tariffs = {.tiers = 3, .tier = {{0.5, 1.0}, {0.8, 2.0}, {INFINITY, 3.0}}};
    CHECK_CLOSE(park_tariff_tiers(&tariffs, 400.0, 1000.0, 2.0), 0.0, 1e-12);
    CHECK_CLOSE(park_tariff_tiers(&tariffs, 700.0, 1000.0, 2.0), 200.0 * 2.0, 1e-12);
    CHECK_CLOSE(park_tariff_tiers(&tariffs, 900.0, 1000.0, 2.0), 300.0 * 2.0 + 100.0 * 4.0, 1e-12);
    CHECK_CLOSE(park_tariff_tiers(&tariffs, 1200.0, 1000.0, 2.0), 300.0 * 2.0 + 400.0 * 4.0, 1e-12);
}

static void discounts_are_negative(void)
{
    park_tariffs tariffs = {.tiers = 2, .tier = {{0.5, 1.0}, {INFINITY, 0.25}}};
    CHECK_CLOSE(park_tariff_tiers(&tariffs, 900.0, 1000.0, 2.0), -400.0 * 1.5, 1e-12);
    tariffs.tiers = 0;
    CHECK(park_tariff_tiers(&tariffs, 900.0, 1000.0, 2.0) == 0.0);
}

/* The hour's price where there is one, else the mean, else nothing; its period either way. */
static void an_hour_has_its_price(void)
{
    park_tariffs tariffs = {.power = 0.6};
    park_rate    rate;
    for (int h = 0; h < 24; h++) {
        tariffs.power_hour[h]   = h == 19 ? 1.2 : NAN;
        tariffs.rate_of_hour[h] = h == 19 ? PARK_RATE_SHARP : PARK_RATE_FLAT;
    }
    CHECK(park_tariff_power(&tariffs, 19, &rate) == 1.2 && rate == PARK_RATE_SHARP);
    CHECK(park_tariff_power(&tariffs, 20, &rate) == 0.6 && rate == PARK_RATE_FLAT);
    tariffs.power = NAN;
    CHECK(park_tariff_power(&tariffs, 20, &rate) == 0.0);
}

int main(void)
{
    RUN(an_hour_has_its_price);
    RUN(what_lies_above_pays_the_multiple);
    RUN(discounts_are_negative);
    return park_test_done();
}
