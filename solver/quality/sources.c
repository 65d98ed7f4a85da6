#include "quality/parts.h"

#include <math.h>

double park_quality_strength(const park_quality_step *step, const park_net_source *source)
{
    const park_network *net = step->plan->net;
    if (source->pattern < 0)
        return source->strength;
    const park_net_pattern *pattern = &net->pattern[source->pattern];
    double row = floor((step->middle + (double)net->time.pattern_start) / (double)net->time.pattern_step);
    if (pattern->count == 0)
        return source->strength;
    return source->strength * pattern->factor[(size_t)fmod(row, (double)pattern->count)];
}

/* Where a constituent of all pieces is changed, and what that adds. */
typedef struct column {
    park_pieces *given;
    size_t       c;
    double       flow;
    double       added; /* [kg] */
} column;

static void add(column *k, double more)
{
    for (int32_t i = 0; i < k->given->pieces; i++) {
        k->given->first[(size_t)i * k->given->count + k->c] += more;
        k->given->last[(size_t)i * k->given->count + k->c] += more;
        k->added += more * k->flow * k->given->amount[i];
    }
}

/* At least `low`, at most `high`, at both ends of every piece. */
static void bound(column *k, double low, double high)
{
    for (int32_t i = 0; i < k->given->pieces; i++) {
        double *a = &k->given->first[(size_t)i * k->given->count + k->c];
        double *b = &k->given->last[(size_t)i * k->given->count + k->c], before = *a + *b;
        *a = fmin(high, fmax(low, *a));
        *b = fmin(high, fmax(low, *b));
        k->added += 0.5 * (*a + *b - before) * k->flow * k->given->amount[i];
    }
}

/* A reservoir with a CONCEN source gives that concentration; at a tank it is added, like FLOWPACED. */
static void concentrate(column *k, park_net_node_kind kind, double strength)
{
    if (kind == PARK_NET_RESERVOIR)
        bound(k, strength, strength);
    else if (kind == PARK_NET_TANK)
        add(k, strength);
}

void park_quality_sources(const park_quality_step *step, int32_t node, double flow, park_pieces *given)
{
    const park_quality_plan *plan = step->plan;
    for (size_t i = plan->source_start[node]; i < plan->source_start[node + 1]; i++) {
        const park_net_source *source   = plan->source[i].source;
        column                 k        = {given, plan->source[i].constituent, flow, 0.0};
        double                 strength = park_quality_strength(step, source);
        switch (source->kind) {
        case PARK_NET_SOURCE_CONCEN:
            concentrate(&k, plan->net->node.kind[node], strength);
            break;
        case PARK_NET_SOURCE_MASS: /* without water it cannot enter */
            add(&k, flow > 0.0 ? strength / flow : 0.0);
            break;
        case PARK_NET_SOURCE_SETPOINT:
            bound(&k, strength, INFINITY);
            break;
        case PARK_NET_SOURCE_FLOWPACED:
            add(&k, strength);
            break;
        }
        step->water->step[k.c].sources += k.added;
    }
    for (size_t c = 0; c < plan->count; c++) {
        if (plan->constituent[c].kind != PARK_NET_QUALITY_TRACE || plan->constituent[c].trace_node != node)
            continue;
        column k = {given, c, flow, 0.0};
        bound(&k, 1.0, 1.0);
        step->water->step[c].sources += k.added;
    }
}
