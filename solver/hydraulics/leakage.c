#include "hydraulics/leakage.h"
#include "hydraulics/demand.h"
#include "hydraulics/headloss.h"
#include "hydraulics/powers.h"

#include <math.h>

/* 0.6 sqrt(2 g) with g = 32.2 ft/s2 [m^0.5/s] */
static const double ORIFICE    = 4.8149766 * 0.55208694967368044; /* sqrt(0.3048) */
static const double FLOW_LEAST = 1e-9; /* below it the growing leak's slope would be without end [m3/s] */

bool park_leak_coefficients(const park_network *net, double *fixed, double *growing)
{
    bool any = false;
    for (size_t n = 0; n < net->node.count; n++)
        fixed[n] = growing[n] = 0.0;
    for (size_t l = 0; l < net->link.count; l++) {
        double area = net->link.leak_area[l], expansion = net->link.leak_expansion[l];
        if (net->link.kind[l] > PARK_NET_CHECK_PIPE || (!(area > 0.0) && !(expansion > 0.0)))
            continue;
        const int32_t end[2]   = {net->link.from[l], net->link.to[l]};
        bool          leaks[2] = {net->node.kind[end[0]] == PARK_NET_JUNCTION,
                                  net->node.kind[end[1]] == PARK_NET_JUNCTION};
        double        part     = ORIFICE * net->link.length[l] * (leaks[0] && leaks[1] ? 0.5 : 1.0);
        for (int k = 0; k < 2; k++)
            if (leaks[k]) {
                fixed[end[k]] += part * fmax(area, 0.0);
                growing[end[k]] += part * fmax(expansion, 0.0);
                any = true;
            }
    }
    return any;
}

double park_leak_outflow(double area, double pressure)
{
    return ORIFICE * area * sqrt(fmax(pressure, 0.0));
}

void park_leak_loss(double flow, double c, double power, double *loss, double *slope)
{
    double size = fmax(fabs(flow), FLOW_LEAST);
    *slope      = power / c * park_power(size / c, power - 1.0);
    *loss       = *slope * flow / power;
    park_barrier_below(flow, loss, slope);
}
