/* Tiers of the price of water; Eq. (T62) of docs/math/simulation.md, (O133) of docs/math/optimization.md. */
#include <parkwater/model.h>

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
