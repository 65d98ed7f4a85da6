#include "hydraulics/plan.h"

#include <math.h>

double park_hydraulic_pump_power(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                                 int32_t pump, double *efficiency)
{
    const park_network *net = plan->net;
    int32_t             l   = net->pump.link[pump];
    *efficiency             = NAN;
    if (park_flow_shut((uint8_t)state->status[l]) || !(state->setting[l] > 0.0))
        return 0.0;
    int32_t curve = net->pump.efficiency[pump];
    double  e     = park_pump_efficiency(curve >= 0 ? &net->curve[curve] : NULL, net->energy.efficiency,
                                    state->setting[l], state->flow[l]);
    *efficiency   = e;
    return park_water_power(fabs(state->loss[l]), fabs(state->flow[l]), net->option.specific_gravity) / e;
}
