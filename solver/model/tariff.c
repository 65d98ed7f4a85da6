/* Prices of the hour; tiers of the price of water: Eq. (T62) of docs/math/simulation.md, (O133) of docs/math/optimization.md. */
#include <parkwater/model.h>

#include <math.h>

double park_tariff_power(const park_tariffs *tariffs, int hour, park_rate *rate)
{
    double price = tariffs->power_hour[hour];
    *rate        = (park_rate)tariffs->rate_of_hour[hour];
    price        = isnan(price) ? tariffs->power : price;
    return isfinite(price) ? price : 0.0;
}

double park_tariff_tiers(const park_tariffs *tariffs, double volume, double licence, double price)
{
    double cost = 0.0, from = 0.0;
    for (size_t i = 0; i < tariffs->tiers; i++) {
        double upto = tariffs->tier[i].upto * licence;
        cost += (tariffs->tier[i].times - 1.0) * price * fmax(0.0, fmin(volume, upto) - from);
        from = upto;
    }
    return cost;
}
