#include "chemistry/tower.h"

#include <math.h>

/* GB/T 50050: evaporation factor by air temperature. */
static const double AIR_CELSIUS[] = {-10.0, 0.0, 10.0, 20.0, 30.0, 40.0};
static const double FACTOR[]      = {0.0008, 0.0010, 0.0012, 0.0014, 0.0015, 0.0016}; /* [1/K] */
enum { POINTS = 6 };

static const double ZERO_CELSIUS  = 273.15;
static const double HEAT_CAPACITY = 4186.0 * 1000.0; /* [J/(m3 K)] */

double park_tower_evaporation_factor(double air_kelvin)
{
    double air = air_kelvin - ZERO_CELSIUS;
    if (!(air > AIR_CELSIUS[0]))
        return FACTOR[0];
    for (int i = 1; i < POINTS; i++)
        if (air <= AIR_CELSIUS[i]) {
            double share = (air - AIR_CELSIUS[i - 1]) / (AIR_CELSIUS[i] - AIR_CELSIUS[i - 1]);
            return FACTOR[i - 1] + share * (FACTOR[i] - FACTOR[i - 1]);
        }
    return FACTOR[POINTS - 1];
}

double park_tower_evaporation(double factor, double range, double circulation)
{
    return factor * range * circulation;
}

double park_tower_evaporation_rule(double air_celsius, double range, double circulation)
{
    return (0.001 + 0.00002 * air_celsius) * range * circulation;
}

double park_tower_circulation(double heat, double range)
{
    return heat / (HEAT_CAPACITY * range);
}

park_status park_tower_balance(double evaporation, double drift, double cycles, double *makeup,
                               double *blowdown, park_error *err)
{
    if (!(cycles > 1.0))
        return PARK_FAIL(err, PARK_E_RANGE, "cycles of concentration are %g; they must be above 1", cycles);
    double leaves = evaporation / (cycles - 1.0); /* blowdown and drift together */
    if (drift > leaves)
        return PARK_FAIL(
            err, PARK_E_RANGE,
            "%g cycles of concentration cannot be reached: drift takes %g, but only %g may leave with salt",
            cycles, drift, leaves);
    *makeup   = evaporation * cycles / (cycles - 1.0);
    *blowdown = leaves - drift;
    return PARK_OK;
}

double park_tower_cycles(double makeup, double blowdown, double drift)
{
    double leaves = blowdown + drift;
    return leaves > 0.0 ? makeup / leaves : NAN;
}

double park_tower_cycles_sum(const double *makeup, size_t count, double limit)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += makeup[i];
    return sum > 0.0 ? limit / sum : INFINITY;
}

double park_tower_cycles_product(double makeup_a, double makeup_b, double limit)
{
    double product = makeup_a * makeup_b;
    return product > 0.0 ? sqrt(limit / product) : INFINITY;
}

double park_tower_basin(double volume, double makeup, double makeup_conc, double leaves, double start,
                        double time)
{
    double end = makeup * makeup_conc / leaves;
    return end + (start - end) * exp(-leaves * time / volume);
}
