#include "quality/reaction.h"

#include <math.h>

static double sign(double x)
{
    return x < 0.0 ? -1.0 : 1.0;
}

/* Bulk reaction, Eq. (Q6)-(Q8): order 0, n, or Michaelis-Menten below 0. */
static double bulk_rate(const park_reaction *law, double conc)
{
    double k = law->bulk, n = law->order, limit = law->limiting;
    if (k == 0.0)
        return 0.0;
    if (n == 0.0)
        return k;
    if (n < 0.0) {
        double under = limit + sign(k) * conc;
        return k * conc / (fabs(under) < 1e-12 ? sign(under) * 1e-12 : under);
    }
    double drive = limit == 0.0 ? conc : fmax(0.0, sign(k) * (limit - conc));
    return n == 1.0 ? k * drive : k * drive * pow(fmax(0.0, conc), n - 1.0);
}

/* Reaction at the wall, Eq. (Q5). A wall of order 0 cannot take more than what reaches it. */
static double wall_rate(const park_reaction *law, double conc)
{
    if (law->wall == 0.0)
        return 0.0;
    if (law->wall_order != 0.0)
        return law->wall * conc;
    double arrives = law->transfer * conc;
    return fabs(law->wall) <= arrives ? law->wall : sign(law->wall) * arrives;
}

double park_reaction_rate(const park_reaction *law, double conc)
{
    switch (law->form) {
    case PARK_REACTION_NONE:
        return 0.0;
    case PARK_REACTION_LINEAR:
        return law->a + law->b * conc;
    default:
        return bulk_rate(law, conc) + wall_rate(law, conc);
    }
}

double park_reaction_speed(const park_reaction *law)
{
    switch (law->form) {
    case PARK_REACTION_NONE:
        return 0.0;
    case PARK_REACTION_LINEAR:
        return fabs(law->b);
    default: /* at unit concentration where the order is not one */
        return fabs(law->bulk) + (isinf(law->transfer) ? fabs(law->wall) : law->transfer);
    }
}

static park_reaction linear(double a, double b, double step)
{
    return (park_reaction){.form  = a == 0.0 && b == 0.0 ? PARK_REACTION_NONE : PARK_REACTION_LINEAR,
                           .a     = a,
                           .b     = b,
                           .whole = step,
                           .part  = exp(b * step)};
}

park_reaction park_reaction_age(double step)
{
    return linear(1.0, 0.0, step);
}

/* First-order wall coefficient behind the resistance of the water [1/s], Eq. (Q5). */
static double apparent_wall(const park_reaction_terms *t)
{
    double k = isinf(t->transfer) ? t->wall : t->wall * t->transfer / (t->transfer + fabs(t->wall));
    return t->wall == 0.0 ? 0.0 : k * t->area;
}

park_reaction park_reaction_of(const park_reaction_terms *t, double step)
{
    bool   wall_zero = t->wall_order == 0.0, no_wall = t->wall == 0.0 || t->area == 0.0;
    double wall      = no_wall ? 0.0 : wall_zero ? t->wall * t->area : apparent_wall(t);
    bool   limited   = t->limiting != 0.0 && t->order != 0.0;
    bool   bulk_line = t->bulk == 0.0 || t->order == 0.0 || (t->order == 1.0 && !limited);
    bool   wall_line = no_wall || !wall_zero || isinf(t->transfer);

    if (bulk_line && wall_line) {
        double a = (t->order == 0.0 ? t->bulk : 0.0) + (wall_zero ? wall : 0.0);
        double b = (t->order == 1.0 ? t->bulk : 0.0) + (wall_zero ? 0.0 : wall);
        return linear(a, b, step);
    }
    park_reaction law = {.form       = PARK_REACTION_GENERAL,
                         .bulk       = t->bulk,
                         .order      = t->order,
                         .limiting   = t->limiting,
                         .wall       = wall,
                         .wall_order = t->wall_order,
                         .transfer   = t->transfer * t->area,
                         .whole      = step};
    if (no_wall && limited && t->order == 1.0)
        law.form = PARK_REACTION_LIMITED;
    else if (no_wall && !limited && t->order > 0.0)
        law.form = PARK_REACTION_POWER;
    return law;
}

bool park_reaction_same(const park_reaction *a, const park_reaction *b)
{
    return a->form == b->form && a->a == b->a && a->b == b->b && a->bulk == b->bulk && a->order == b->order &&
           a->limiting == b->limiting && a->wall == b->wall && a->wall_order == b->wall_order &&
           a->transfer == b->transfer;
}

/* Classical Runge-Kutta in `steps` equal parts. */
static double integrate(const park_reaction *law, double conc, double time, int steps)
{
    double h = time / steps;
    for (int i = 0; i < steps; i++) {
        double k1 = park_reaction_rate(law, conc);
        double k2 = park_reaction_rate(law, fmax(0.0, conc + 0.5 * h * k1));
        double k3 = park_reaction_rate(law, fmax(0.0, conc + 0.5 * h * k2));
        double k4 = park_reaction_rate(law, fmax(0.0, conc + h * k3));
        conc      = fmax(0.0, conc + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4));
    }
    return conc;
}

/* Halve the parts until the answer stands. */
static double general_after(const park_reaction *law, double conc, double time)
{
    enum { MOST = 4096 };
    double coarse = integrate(law, conc, time, 1);
    for (int steps = 2; steps <= MOST; steps *= 2) {
        double fine = integrate(law, conc, time, steps);
        if (fabs(fine - coarse) <= 1e-9 * fmax(fabs(fine), 1e-3 * conc))
            return fine;
        coarse = fine;
    }
    return coarse;
}

static double linear_after(const park_reaction *law, double conc, double time)
{
    if (law->b == 0.0)
        return fmax(0.0, conc + law->a * time);
    double part = time == law->whole ? law->part : exp(law->b * time);
    if (law->a == 0.0)
        return conc * part;
    return fmax(0.0, conc * part + law->a * expm1(law->b * time) / law->b);
}

double park_reaction_wait(const park_reaction *law, double conc, double time)
{
    if (!(time > 0.0))
        return conc;
    switch (law->form) {
    case PARK_REACTION_NONE:
        return conc;
    case PARK_REACTION_LINEAR:
        return linear_after(law, conc, time);
    case PARK_REACTION_LIMITED: /* k < 0 leads down to the limit, k > 0 up to it */
        if (law->bulk * (law->limiting - conc) <= 0.0)
            return conc;
        return law->limiting + (conc - law->limiting) * exp(-fabs(law->bulk) * time);
    case PARK_REACTION_POWER: {
        double n = law->order;
        if (conc <= 0.0)
            return 0.0;
        double base = 1.0 + (1.0 - n) * law->bulk * time * pow(conc, n - 1.0);
        return base <= 0.0 ? 0.0 : conc * pow(base, 1.0 / (1.0 - n));
    }
    default:
        return general_after(law, conc, time);
    }
}

double park_reaction_transfer(double velocity, double diameter, double length, double viscosity,
                              double diffusivity)
{
    double re = fabs(velocity) * diameter / viscosity, sc = viscosity / diffusivity, sherwood = 2.0;
    if (re >= 2300.0) {
        sherwood = 0.0149 * pow(re, 0.88) * cbrt(sc);
    } else if (re >= 1.0) {
        double y = diameter / length * re * sc;
        sherwood = 3.65 + 0.0668 * y / (1.0 + 0.04 * cbrt(y * y));
    }
    return sherwood * diffusivity / diameter;
}
