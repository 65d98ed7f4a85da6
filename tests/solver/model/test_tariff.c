/* Tiers of water by hand. */
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

int main(void)
{
    RUN(what_lies_above_pays_the_multiple);
    RUN(discounts_are_negative);
    return park_test_done();
}
