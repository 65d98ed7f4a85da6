#include "hydraulics/valves.h"
#include "hydraulics/headloss.h"

#include <math.h>

static const double SHARE_LEAST = 1e-6;                                  /* of the open flow coefficient */
static const double MINOR_MOST  = 1e8 * PARK_FT / (PARK_CFS * PARK_CFS); /* ft per (ft3/s)^2 [s2/m5] */
static const double GPV_LEAST   = 1e-6; /* flow in ft3/s, slope in ft per ft3/s */

void park_valve_shut_loss(double flow, double *loss, double *slope)
{
    *slope = PARK_SLOPE_SHUT;
    *loss  = PARK_SLOPE_SHUT * flow;
}

void park_valve_open_loss(double minor, double flow, double *loss, double *slope)
{
    if (!(minor > 0.0)) {
        *slope = PARK_SLOPE_OPEN;
        *loss  = PARK_SLOPE_OPEN * flow;
        return;
    }
    double steep = 2.0 * minor * fabs(flow);
    if (steep < PARK_SLOPE_FLAT) {
        *slope = PARK_SLOPE_FLAT / 2.0;
        *loss  = *slope * flow;
    } else {
        *slope = steep;
        *loss  = steep / 2.0 * flow;
    }
}

void park_gpv_loss(const park_net_curve *curve, double flow, double *loss, double *slope)
{
    double size = fmax(fabs(flow), GPV_LEAST * PARK_CFS);
    if (curve->count < 2) {
        park_valve_open_loss(0.0, flow, loss, slope);
        return;
    }
    size_t k = 1;
    while (k + 1 < curve->count && curve->x[k] < size)
        k++;
    double steep = (curve->y[k] - curve->y[k - 1]) / (curve->x[k] - curve->x[k - 1]);
    double zero  = curve->y[k - 1] - steep * curve->x[k - 1];
    steep        = fmax(steep, GPV_LEAST * PARK_PER_CFS);
    double chord = (zero + steep * size) / size; /* through zero, where next to nothing flows */
    bool   rests = size > fabs(flow) && chord > 0.0;
    *slope       = rests ? chord : steep;
    *loss        = rests ? chord * flow : copysign(zero + steep * size, flow);
}

void park_pbv_loss(double minor, double setting, double flow, double *loss, double *slope)
{
    if (setting == 0.0 || minor * flow * flow > setting) {
        park_valve_open_loss(minor, flow, loss, slope);
        return;
    }
    *slope = 1e-8 * PARK_PER_CFS;
    *loss  = setting;
}

/* Share of the open flow coefficient at an opening between 0 and 1. */
static double share(const park_net_curve *curve, double opening)
{
    size_t last = curve->count - 1;
    if (opening < curve->x[0])
        return opening / curve->x[0] * curve->y[0];
    if (opening > curve->x[last])
        return curve->y[last] + (opening - curve->x[last]) / (1.0 - curve->x[last]) * (1.0 - curve->y[last]);
    if (last == 0)
        return curve->y[0];
    size_t k = 1;
    while (k < last && curve->x[k] < opening)
        k++;
    return curve->y[k - 1] +
           (curve->y[k] - curve->y[k - 1]) / (curve->x[k] - curve->x[k - 1]) * (opening - curve->x[k - 1]);
}

double park_pcv_minor(const park_net_curve *curve, double minor, double opening)
{
    if (opening >= 1.0)
        return minor;
    if (!(opening > 0.0))
        return MINOR_MOST;
    double part = curve == NULL || curve->count == 0 ? opening : share(curve, opening);
    part        = fmin(fmax(part, SHARE_LEAST), 1.0);
    return fmin(minor / (part * part), MINOR_MOST);
}
