#include "hydraulics/demand.h"
#include "hydraulics/headloss.h"
#include "hydraulics/powers.h"

#include <math.h>

static const double STEEP = 1e9 * PARK_PER_CFS;       /* slope of a barrier [s/m2] */
static const double ROUND = 1e-6 * PARK_FT * PARK_FT; /* rounds its corner [m2] */

void park_barrier_below(double distance, double *loss, double *slope)
{
    double a = STEEP * distance, b = sqrt(a * a + ROUND);
    *loss += (a - b) / 2.0;
    *slope += STEEP / 2.0 * (1.0 - a / b);
}

void park_barrier_above(double distance, double *loss, double *slope)
{
    double a = STEEP * distance, b = sqrt(a * a + ROUND);
    *loss += (a + b) / 2.0;
    *slope += STEEP / 2.0 * (1.0 + a / b);
}

void park_demand_loss(double flow, double full, double range, double power, double *loss, double *slope)
{
    *slope = power * range * park_power(fabs(flow) / full, power - 1.0) / full;
    *loss  = *slope * flow / power;
    park_barrier_below(flow, loss, slope);
    park_barrier_above(flow - full, loss, slope);
}

double park_demand_at(double pressure, double full, double lowest, double required, double exponent)
{
    if (pressure <= lowest)
        return 0.0;
    if (pressure >= required)
        return full;
    return full * park_power((pressure - lowest) / (required - lowest), exponent);
}

void park_emitter_loss(double flow, double coefficient, double power, bool backflow, double *loss,
                       double *slope)
{
    double steep = power / coefficient * park_power(fabs(flow) / coefficient, power - 1.0);
    if (steep < PARK_SLOPE_FLAT) {
        *slope = PARK_SLOPE_FLAT / power;
        *loss  = *slope * flow;
    } else {
        *slope = steep;
        *loss  = steep * flow / power;
    }
    if (!backflow)
        park_barrier_below(flow, loss, slope);
}
