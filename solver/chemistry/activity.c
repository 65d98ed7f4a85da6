#include "chemistry/activity.h"

#include <math.h>

static const double ZERO_CELSIUS = 273.15;

double park_water_density(double kelvin)
{
    double t = kelvin - ZERO_CELSIUS;
    double n =
        999.83952 +
        t * (16.945176 + t * (-7.9870401e-3 + t * (-46.170461e-6 + t * (105.56302e-9 - t * 280.54253e-12))));
    return n / (1.0 + 16.87985e-3 * t);
}

double park_water_permittivity(double kelvin)
{
    const double t = kelvin, bar = 1.01325;
    double       at_1000 = 342.79 * exp(-5.0866e-3 * t + 9.469e-7 * t * t);
    double       c       = -2.0525 + 3115.9 / (t - 182.89);
    double       b       = -8032.5 + 4.2142e6 / t + 2.1417 * t;
    return at_1000 + c * log((b + bar) / (b + 1000.0));
}

park_debye park_debye_at(double kelvin)
{
    double density = park_water_density(kelvin) * 1e-3; /* [g/cm3], as the coefficients are tabulated */
    double et      = park_water_permittivity(kelvin) * kelvin;
    return (park_debye){.a = 1.824829238e6 * sqrt(density) / (et * sqrt(et)),
                        .b = 50.2905 * sqrt(density / et)};
}

double park_davies(int charge, double a, double strength)
{
    double root = sqrt(strength);
    return -a * charge * charge * (root / (1.0 + root) - 0.3 * strength);
}

double park_activity_coefficient(const park_species *species, park_debye debye, double strength)
{
    double root = sqrt(strength), square = (double)species->charge * species->charge;
    if (species->fitted)
        return -debye.a * square * root / (1.0 + debye.b * species->radius * root) +
               species->slope * strength;
    return species->charge == 0 ? 0.1 * strength : park_davies(species->charge, debye.a, strength);
}
