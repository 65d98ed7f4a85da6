#include "period/tanks.h"

#include <math.h>

static const double PI          = 3.141592653589793;
static const double STANDSTILL  = 1e-6 * 0.028316846592; /* [m3/s]: 1e-6 ft3/s moves no tank */
static const double SAME_POINTS = 1e-6;

/* y at x between points whose x never falls; held at both ends. */
static double between(const double *x, const double *y, size_t count, double at)
{
    if (at <= x[0])
        return y[0];
    for (size_t i = 1; i < count; i++)
        if (at <= x[i]) {
            double span = x[i] - x[i - 1];
            return span < SAME_POINTS ? y[i] : y[i] - (x[i] - at) * (y[i] - y[i - 1]) / span;
        }
    return y[count - 1];
}

static const park_net_curve *curve_of(const park_tanks *tanks, size_t i)
{
    int32_t c = tanks->net->tank.curve[i];
    return c < 0 ? NULL : &tanks->net->curve[c];
}

double park_tank_volume(const park_tanks *tanks, size_t i, double head)
{
    const park_net_curve *curve = curve_of(tanks, i);
    if (curve == NULL)
        return tanks->volume_low[i] + (head - tanks->head_low[i]) * tanks->area[i];
    return between(curve->x, curve->y, curve->count, head - tanks->bottom[i]);
}

double park_tank_head(const park_tanks *tanks, size_t i, double volume)
{
    const park_net_curve *curve = curve_of(tanks, i);
    if (curve == NULL)
        return tanks->head_low[i] + (volume - tanks->volume_low[i]) / tanks->area[i];
    return tanks->bottom[i] + between(curve->y, curve->x, curve->count, volume);
}

double park_tank_step(const park_tanks *tanks, size_t i, double volume, double inflow, double step,
                      double *lost)
{
    double moved = volume + inflow * step, after = moved;
    if (fabs(inflow) <= STANDSTILL)
        after = volume;
    else if (moved + inflow >= tanks->volume_high[i])
        after = tanks->volume_high[i];
    else if (inflow < 0.0 &&
             moved - inflow <= tanks->volume_low[i]) /* the sign is EPANET's, see the math page */
        after = tanks->volume_low[i];
    *lost = moved - after;
    return after;
}

static park_status check_curve(const park_net_curve *curve, const char *id, park_error *err)
{
    if (curve->count < 2)
        return PARK_FAIL(err, PARK_E_RANGE,
                         "the volume curve of tank %s has %zu points; it needs two or more", id,
                         curve->count);
    for (size_t i = 1; i < curve->count; i++)
        if (!(curve->x[i] > curve->x[i - 1] && curve->y[i] >= curve->y[i - 1]))
            return PARK_FAIL(err, PARK_E_RANGE,
                             "the volume curve of tank %s does not rise at point %zu (%g m, %g m3)", id,
                             i + 1, curve->x[i], curve->y[i]);
    return PARK_OK;
}

/* Limits of one tank: of its curve, or of the cylinder above its dead volume. */
static park_status size(park_tanks *tanks, size_t i, park_error *err)
{
    const park_net_tanks *t     = &tanks->net->tank;
    const char           *id    = tanks->net->node.names.text[t->node[i]];
    const park_net_curve *curve = curve_of(tanks, i);
    double                low = t->lowest[i], high = t->highest[i];
    tanks->bottom[i]    = tanks->net->node.elevation[t->node[i]];
    tanks->head_low[i]  = tanks->bottom[i] + low;
    tanks->head_high[i] = tanks->bottom[i] + high;
    if (!(low <= t->level[i] && t->level[i] <= high))
        return PARK_FAIL(
            err, PARK_E_RANGE,
            "tank %s starts at level %g m; it must lie between its lowest, %g, and its highest, %g", id,
            t->level[i], low, high);
    if (curve != NULL) {
        PARK_TRY(check_curve(curve, id, err));
        tanks->volume_low[i]  = between(curve->x, curve->y, curve->count, low);
        tanks->volume_high[i] = between(curve->x, curve->y, curve->count, high);
        tanks->area[i]        = (tanks->volume_high[i] - tanks->volume_low[i]) / (high - low);
    } else {
        tanks->area[i]        = PI * t->diameter[i] * t->diameter[i] / 4.0;
        tanks->volume_low[i]  = t->dead_volume[i] > 0.0 ? t->dead_volume[i] : tanks->area[i] * low;
        tanks->volume_high[i] = tanks->volume_low[i] + tanks->area[i] * (high - low);
    }
    if (high > low && !(tanks->area[i] > 0.0 && isfinite(tanks->area[i])))
        return PARK_FAIL(err, PARK_E_RANGE, "tank %s holds no volume between its levels %g and %g m", id, low,
                         high);
    return PARK_OK;
}

park_status park_tanks_make(park_arena *arena, const park_network *net, park_tanks **tanks, park_error *err)
{
    park_tanks *t = PARK_NEW(arena, park_tanks);
    size_t      n = net->tank.count;
    if (t != NULL) {
        *t             = (park_tanks){.net = net, .count = n};
        t->bottom      = PARK_ARRAY(arena, n, double);
        t->head_low    = PARK_ARRAY(arena, n, double);
        t->head_high   = PARK_ARRAY(arena, n, double);
        t->volume_low  = PARK_ARRAY(arena, n, double);
        t->volume_high = PARK_ARRAY(arena, n, double);
        t->area        = PARK_ARRAY(arena, n, double);
        t->of_node     = PARK_ARRAY(arena, net->node.count, int32_t);
        t->link        = PARK_ARRAY(arena, net->link.count, int32_t);
    }
    if (t == NULL || !t->bottom || !t->head_low || !t->head_high || !t->volume_low || !t->volume_high ||
        !t->area || !t->of_node || !t->link)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for %zu tanks", n);
    for (size_t i = 0; i < net->node.count; i++)
        t->of_node[i] = -1;
    for (size_t i = 0; i < n; i++) {
        t->of_node[net->tank.node[i]] = (int32_t)i;
        PARK_TRY(size(t, i, err));
    }
    for (size_t l = 0; l < net->link.count; l++)
        if (t->of_node[net->link.from[l]] >= 0 || t->of_node[net->link.to[l]] >= 0)
            t->link[t->links++] = (int32_t)l;
    *tanks = t;
    return PARK_OK;
}
