/* A fire or a burst against the same hours without it. Math: docs/math/bound.md, Eq. (N11)-(N12). */
#include "bound/day.h"

#include <math.h>

static const double PI = 3.14159265358979323846;
static const double REQUIRED =
    10.0;                         /* [m] where nobody says: what a hydrant must keep (GB 50974, 0.10 MPa) */
static const double WAGNER = 0.5; /* exponent */

/* Consumers get what the pressure lets them have: Wagner's curve from 0 to the required pressure. */
static void by_pressure(const park_bound_binding *b, park_bound_failure *f, park_network *net)
{
    park_net_options *o = &net->option;
    if (!o->pressure_driven) {
        o->pressure_driven   = true;
        o->pressure_min      = 0.0;
        o->pressure_required = b->bound->min_pressure > 0.0 ? b->bound->min_pressure : REQUIRED;
        o->pressure_exponent = WAGNER;
    }
    f->required = b->bound->min_pressure > 0.0 ? b->bound->min_pressure : o->pressure_required;
}

/* The lowest pressure of every node in the hours of a trace that lie within the span. */
static void lowest_of(const park_bound_trace *trace, size_t nodes, double seconds, double *lowest)
{
    size_t hours = (size_t)fmax(1.0, ceil(seconds / 3600.0));
    for (size_t n = 0; n < nodes; n++) {
        lowest[n] = INFINITY;
        for (size_t h = 0; h < hours && h < trace->hours; h++)
            lowest[n] = fmin(lowest[n], trace->pressure[h * nodes + n]);
    }
}

/* A fire draws at its node; a burst is a hole whose water leaves half at each end of its pipe. */
static void strike(const park_network_failure *what, park_bound_day *day)
{
    park_net_demands *d = &day->net.demand;
    if (what->kind == PARK_NETWORK_FIRE) {
        d->node[d->count]      = what->node;
        d->base[d->count]      = what->flow;
        d->pattern[d->count++] = -1;
    } else {
        day->leak_area[what->link] +=
            0.25 * PI * what->diameter * what->diameter / day->net.link.length[what->link];
    }
}

static void heal(const park_network_failure *what, double leak_area, park_bound_day *day)
{
    if (what->kind == PARK_NETWORK_FIRE)
        day->net.demand.count--;
    else
        day->leak_area[what->link] = leak_area;
}

static park_status both(const park_bound_binding *b, park_bound_day *day, park_bound_failure *f,
                        park_arena *scratch, park_error *err)
{
    const park_network_failure *what  = f->what;
    size_t                      nodes = day->net.node.count;
    park_bound_trace            trace;
    park_period_result         *calm, *struck;
    park_findings               ignored;
    park_findings_init(&ignored, scratch);
    PARK_TRY(park_bound_day_march(b, day, false, &ignored, scratch, &trace, &calm, err));
    lowest_of(&trace, nodes, f->seconds, f->without);
    double leak_area = what->link >= 0 ? day->leak_area[what->link] : 0.0;
    strike(what, day);
    park_status status = park_bound_day_march(b, day, false, &ignored, scratch, &trace, &struck, err);
    heal(what, leak_area, day);
    if (status != PARK_OK)
        return status;
    lowest_of(&trace, nodes, f->seconds, f->lowest);
    f->lost  = what->kind == PARK_NETWORK_BURST ? fmax(struck->water.leaked - calm->water.leaked, 0.0) : 0.0;
    f->unmet = struck->water.unmet;
    f->unmet_without = calm->water.unmet;
    return PARK_OK;
}

park_status park_bound_failure_solve(const park_bound_binding *b, park_bound_day *day, const double *level,
                                     int64_t begin, park_bound_failure *f, park_arena *arena, park_error *err)
{
    size_t      nodes   = day->net.node.count;
    park_arena *scratch = park_arena_new();
    f->lowest           = PARK_ARRAY(arena, nodes, double);
    f->without          = PARK_ARRAY(arena, nodes, double);
    if (scratch == NULL || f->lowest == NULL || f->without == NULL) {
        park_arena_free(scratch);
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a failure");
    }
    park_net_options kept = day->net.option;
    by_pressure(b, f, &day->net);
    park_bound_day_levels(day, level);
    f->seconds = fmin(f->what->seconds, 7.0 * 86400.0);
    park_bound_day_span(b, day, begin, (int64_t)fmax(1.0, round(f->seconds)));
    park_status status = both(b, day, f, scratch, err);
    park_bound_day_span(b, day, 0, 86400);
    day->net.option = kept;
    park_arena_free(scratch);
    return status;
}
