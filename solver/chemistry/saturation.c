#include "chemistry/saturation.h"

#include <math.h>

static const double MG_PER_L = 1e3; /* of 1 kg/m3: the closed forms are written in mg/L */

double park_saturation_ph(double tds, double kelvin, double calcium, double alkalinity)
{
    if (!(tds > 0.0) || !(kelvin > 0.0) || !(calcium > 0.0) || !(alkalinity > 0.0))
        return NAN;
    double a = (log10(tds * MG_PER_L) - 1.0) / 10.0;
    double b = -13.12 * log10(kelvin) + 34.55;
    double c = log10(calcium * MG_PER_L) - 0.4;
    double d = log10(alkalinity * MG_PER_L);
    return (9.3 + a + b) - (c + d);
}

double park_langelier(double ph, double ph_saturation)
{
    return ph - ph_saturation;
}

double park_ryznar(double ph, double ph_saturation)
{
    return 2.0 * ph_saturation - ph;
}

double park_puckorius(double alkalinity, double ph_saturation)
{
    if (!(alkalinity > 0.0))
        return NAN;
    return 2.0 * ph_saturation - (1.465 * log10(alkalinity * MG_PER_L) + 4.54);
}

double park_larson(double chloride, double sulphate, double alkalinity)
{
    return alkalinity > 0.0 ? (chloride + sulphate) / alkalinity : INFINITY;
}

double park_pool_index(double ph, double temperature_factor, double calcium_factor, double alkalinity_factor)
{
    return ph + temperature_factor + calcium_factor + alkalinity_factor - 12.1;
}
