/* What plans over futures come to; Eq. (O73)-(O76) of docs/math/optimization.md. */
#include "design/robust.h"

#include <math.h>

/* The larger of two; what is not known stays unknown. */
static double larger(double a, double b)
{
    return isnan(a) || isnan(b) ? NAN : fmax(a, b);
}

/* One future. The best design for it alone was looked for to a gap, so this plan may be better: then it is the best that is known.
 * What is regretted is counted against what is proven, whatever the best known plan is. */
static void judge(park_future *future, int kind, double best, double best_bound, double nominal)
{
    future->best       = isnan(best) ? NAN : fmin(best, future->value[kind]);
    future->best_bound = best_bound;
    future->regret     = isnan(best_bound) ? NAN : fmax(future->value[kind] - best_bound, 0.0);
    future->nominal    = nominal;
}

void park_robust_figures(park_outlook *o, const double *best, const double *best_bound, const double *nominal)
{
    int kind = (int)o->kind;
    o->mean = o->nominal_mean = 0.0, o->fails = 0;
    o->worst = o->regret = o->nominal_worst = o->nominal_regret = -INFINITY;
    for (size_t w = 0; w < o->futures; w++) {
        park_future *future = &o->future[w];
        judge(future, kind, best[w], best_bound[w], nominal[w]);
        o->fails += isinf(future->nominal) ? 1 : 0;
        if (!(future->probability > 0.0))
            continue;
        o->mean += future->probability * future->value[kind];
        o->worst  = fmax(o->worst, future->value[kind]);
        o->regret = larger(o->regret, future->regret);
        o->nominal_mean += future->probability * future->nominal;
        o->nominal_worst  = larger(o->nominal_worst, future->nominal);
        o->nominal_regret = larger(o->nominal_regret, future->nominal - future->best_bound);
    }
}

void park_robust_certify(const park_outlook *o, const park_design *found, double shift, double gap,
                         park_design *design)
{
    double scale  = 1e-9;
    bool   bound  = isfinite(found->bound);
    design->bound = found->bound;
    switch (o->robust) {
    case PARK_ROBUST_NONE:
    case PARK_ROBUST_MEAN:
        design->objective = o->mean;
        break;
    case PARK_ROBUST_WORST:
        design->objective = o->worst;
        break;
    case PARK_ROBUST_REGRET:
        design->objective = o->regret;
        design->bound =
            bound ? fmax(found->bound - shift, 0.0) : 0.0; /* nothing is regretted below nothing */
        scale = fmax(shift, scale);
        bound = true;
        break;
    }
    design->root_bound = found->root_bound - shift;
    design->gap        = bound && isfinite(design->objective)
                             ? fabs(design->objective - design->bound) / fmax(fabs(design->objective), scale)
                             : INFINITY;
    design->status     = design->gap <= fmin(1e-4, gap) ? PARK_DESIGN_OPTIMAL
                         : design->gap <= gap           ? PARK_DESIGN_GAP_REACHED
                                                        : PARK_DESIGN_LIMIT_FEASIBLE;
}
