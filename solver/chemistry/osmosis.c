#include "chemistry/osmosis.h"

#include <math.h>

static const double GAS           = 8.3145;  /* [J/(mol K)] */
static const double NACL          = 0.05844; /* [kg/mol] */
static const double JOULE_PER_KWH = 3.6e6;

double park_osmotic_pressure(double conc, double kelvin, double coefficient)
{
    return 2.0 * coefficient * GAS * kelvin * conc / NACL; /* two ions */
}

double park_concentration_factor(double recovery)
{
    return recovery > 1.0 ? NAN : 1.0 / (1.0 - recovery);
}

double park_osmosis_energy(double pressure, double efficiency, double recovery)
{
    return pressure / (efficiency * recovery);
}

double park_electrodialysis_energy(double tds)
{
    return (0.2534 + 0.5149 * tds) * JOULE_PER_KWH;
}
