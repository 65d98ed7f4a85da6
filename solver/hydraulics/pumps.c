#include "hydraulics/pumps.h"
#include "hydraulics/headloss.h"
#include "hydraulics/powers.h"

#include <math.h>

static const double TINY = 1e-6; /* differences below it make no curve, in feet and ft3/s */

/* 8.814 = ft of head per horsepower and ft3/s; 745.7 W a horsepower. */
static const double HEAD_PER_WATT = 8.814 * PARK_FT * PARK_CFS / 745.7; /* [m4/s / W] */

/* lift - resist q^power through (q1, h1) and (q2, h2).   Eq. (H10) */
static park_status power_law(double h0, double q1, double h1, double q2, double h2, park_pump *pump,
                             park_error *err)
{
    double eps = TINY * PARK_FT;
    if (!(h0 > eps && h0 - h1 > eps && h1 - h2 > eps && q1 > TINY * PARK_CFS && q2 - q1 > TINY * PARK_CFS))
        return PARK_FAIL(err, PARK_E_RANGE,
                         "the head of a pump must fall from %g m at rest as its flow rises", h0);
    double power = park_log2((h0 - h2) / (h0 - h1)) / park_log2(q2 / q1);
    if (!(power > 0.0 && power <= 20.0))
        return PARK_FAIL(err, PARK_E_RANGE, "a pump's curve bends with the power %g; it must lie in (0, 20]",
                         power);
    *pump      = (park_pump){.kind   = PARK_PUMP_POWER_LAW,
                             .lift   = h0,
                             .resist = (h0 - h1) / park_power(q1, power),
                             .power  = fabs(power - 1.0) < TINY ? 1.0 : power,
                             .design = q1};
    pump->most = park_power(pump->lift / pump->resist, 1.0 / power);
    return PARK_OK;
}

static park_status piecewise(const park_net_curve *curve, park_pump *pump, park_error *err)
{
    if (curve->count < 2)
        return PARK_FAIL(err, PARK_E_RANGE, "a pump's curve needs points");
    for (size_t i = 1; i < curve->count; i++)
        if (!(curve->y[i] < curve->y[i - 1] && curve->x[i] > curve->x[i - 1]))
            return PARK_FAIL(err, PARK_E_RANGE, "point %zu of a pump's curve: head must fall and flow rise",
                             i + 1);
    double most = curve->x[curve->count - 1];
    *pump       = (park_pump){.kind   = PARK_PUMP_PIECEWISE,
                              .lift   = curve->y[0],
                              .power  = 1.0,
                              .design = (curve->x[0] + most) / 2.0,
                              .most   = most,
                              .curve  = curve};
    return PARK_OK;
}

park_status park_pump_make(const park_net_curve *curve, double power, park_pump *pump, park_error *err)
{
    if (curve != NULL && curve->count == 1)
        return power_law(1.33334 * curve->y[0], curve->x[0], curve->y[0], 2.0 * curve->x[0], 0.0, pump, err);
    if (curve != NULL && curve->count == 3 && curve->x[0] == 0.0)
        return power_law(curve->y[0], curve->x[1], curve->y[1], curve->x[2], curve->y[2], pump, err);
    if (curve != NULL)
        return piecewise(curve, pump, err);
    if (!(power > 0.0 && power < INFINITY))
        return PARK_FAIL(err, PARK_E_RANGE, "a pump has neither a curve nor a power above zero");
    *pump = (park_pump){.kind   = PARK_PUMP_CONSTANT,
                        .lift   = INFINITY,
                        .work   = power * HEAD_PER_WATT,
                        .design = PARK_CFS,
                        .most   = INFINITY};
    return PARK_OK;
}

/* Line through the two points around q: y = at_zero + steep q, the end lines going on. */
static void line_around(const park_net_curve *curve, double q, double *at_zero, double *steep)
{
    size_t k = 1;
    while (k + 1 < curve->count && curve->x[k] < q)
        k++;
    *steep   = (curve->y[k] - curve->y[k - 1]) / (curve->x[k] - curve->x[k - 1]);
    *at_zero = curve->y[k - 1] - *steep * curve->x[k - 1];
}

/* Constant power, Eq. (H12): gain w / q with slope w / q^2 between the slopes of an open and a shut link. */
static void constant_power(double work, double flow, double *loss, double *slope)
{
    double steep = work / (flow * flow);
    if (steep > PARK_SLOPE_SHUT) {
        *slope = PARK_SLOPE_SHUT;
        *loss  = PARK_SLOPE_SHUT * flow;
    } else if (steep < PARK_SLOPE_OPEN) {
        *slope = PARK_SLOPE_OPEN;
        *loss  = PARK_SLOPE_OPEN * flow;
    } else {
        *slope = steep;
        *loss  = -work / flow;
    }
}

void park_pump_loss(const park_pump *pump, double speed, double flow, double *loss, double *slope)
{
    double size = fabs(flow);
    switch (pump->kind) {
    case PARK_PUMP_CONSTANT:
        constant_power(pump->work * speed * speed * speed, flow, loss, slope);
        break;
    case PARK_PUMP_PIECEWISE: {
        double at_zero, steep;
        line_around(pump->curve, size / speed, &at_zero, &steep);
        *slope = -steep * speed;
        *loss  = -at_zero * speed * speed + *slope * flow;
        break;
    }
    case PARK_PUMP_POWER_LAW: {
        double n = pump->power, r = pump->resist;
        if (speed != 1.0)
            r *= park_power(speed, 2.0 - n);
        double steep = n == 1.0 ? r : n * r * park_power(size, n - 1.0);
        int    flat  = n != 1.0 && steep < PARK_SLOPE_FLAT;
        *slope       = flat ? PARK_SLOPE_FLAT : steep;
        *loss        = -pump->lift * speed * speed + (flat ? *slope : steep / n) * flow;
        break;
    }
    }
}

double park_water_power(double head, double flow, double specific_gravity)
{
    return head * flow * specific_gravity / HEAD_PER_WATT;
}

static double held(const park_net_curve *curve, double x)
{
    if (x <= curve->x[0])
        return curve->y[0];
    if (x >= curve->x[curve->count - 1])
        return curve->y[curve->count - 1];
    double at_zero, steep;
    line_around(curve, x, &at_zero, &steep);
    return at_zero + steep * x;
}

double park_pump_efficiency(const park_net_curve *curve, double otherwise, double speed, double flow)
{
    double e = otherwise;
    if (curve != NULL)
        e = 1.0 - (1.0 - held(curve, fabs(flow) / speed)) * park_power(1.0 / speed, 0.1);
    return fmin(fmax(e, 0.01), 1.0);
}
