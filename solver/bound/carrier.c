/*
 * Pipe networks in step with the park: what they let through at each instant, and their tanks from one to the next.
 * Math: docs/math/bound.md, Eq. (N17)-(N20).
 *
 * A question puts what the park would carry on the nodes, at the time of the day, and solves: where the pressure is too low a
 * node gets less. Between questions flows stand still, so tanks move in straight lines; the answer holds until a tank is full
 * or empty, a control or pattern acts, or the file's hydraulic step is over.
 */
#include "bound/day.h"

#include "base/tape.h"
#include "period/course.h"
#include "period/rules.h"

#include <math.h>
#include <string.h>

static const double DAY    = 86400.0;
static const double SECOND = 1.0;  /* of flow, within which a level counts as reached */
static const double WAGNER = 0.5;  /* exponent */
static const double LACKS  = 1e-6; /* of what a node draws: less is what a solve leaves open */
static const double PART   = 0.1;  /* of a tank's capacity: no further between two solves, */
static const double MINUTE = 60.0; /* but for the smallest */
static const double NEAR   = 1e-3; /* [m] */
static const double LEAST  = 1.0;  /* [s] no level ends an answer sooner: two controls may undo each other */

/* One network as it moves. */
typedef struct pipes {
    park_bound_binding  *b;
    park_bound_day       day; /* its demands by draw are set at each question */
    park_period_settings settings;
    park_period_result   counted;
    park_findings        noticed;
    park_course          course;
    double              *met;          /* [nodes] share of the park's draw that is met */
    double              *drawn;        /* [nodes] what the park draws there [m3/s] */
    double              *before;       /* [nodes] demand of the last solve [m3/s] */
    bool                 solved;       /* there was one */
    bool                 by_the_clock; /* patterns of its own move it */
} pipes;

typedef struct carriers {
    const park_model *model;
    size_t            count;
    pipes            *pipes;
    park_findings    *findings;
} carriers;

/* ---- making ---- */

/* Eq. (N17) */
static bool driven(const park_bound_network *bound)
{
    return bound->net->option.pressure_driven || bound->min_pressure > 0.0;
}

static void by_pressure(pipes *p)
{
    park_net_options *o = &p->day.net.option;
    if (o->pressure_driven)
        return;
    o->pressure_driven   = true;
    o->pressure_min      = 0.0;
    o->pressure_required = p->b->bound->min_pressure;
    o->pressure_exponent = WAGNER;
}

/* In a steady park the file's own demands stand at their means of a day. */
static void stand_still(pipes *p)
{
    park_network *net = &p->day.net;
    for (size_t i = 0; i < p->day.first_draw; i++) {
        double sum = 0.0, steps = 0.0;
        for (double t = 0.0; t < DAY; t += (double)p->b->step, steps += 1.0)
            sum += park_pattern_factor(net, net->demand.pattern[i], t);
        p->day.base[i] *= sum / steps;
        net->demand.pattern[i] = -1;
    }
}

static bool moved_by_patterns(const park_network *net, size_t own)
{
    bool any = false;
    for (size_t i = 0; i < own; i++)
        any = any || net->demand.pattern[i] >= 0;
    for (size_t n = 0; n < net->node.count; n++)
        any = any || (net->node.kind[n] == PARK_NET_RESERVOIR && net->node.pattern[n] >= 0);
    for (size_t i = 0; i < net->pump.count; i++)
        any = any || net->pump.speed_pattern[i] >= 0;
    return any;
}

static park_status pipes_make(pipes *p, const park_model *model, const park_bound_network *network,
                              park_arena *arena, park_error *err)
{
    PARK_TRY(park_bound_binding_make(model, network, arena, &p->b, err));
    park_bound_profile empty = {.flow = PARK_ARRAY(arena, p->b->carried * PARK_BOUND_HOURS, double)};
    if (empty.flow == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a network of the park");
    PARK_TRY(park_bound_day_make(p->b, &empty, arena, &p->day, err));
    by_pressure(p);
    for (size_t i = p->day.first_draw; i < p->day.net.demand.count; i++)
        p->day.net.demand.pattern[i] = -1; /* the march says what is drawn */
    if (model->time.steady)
        stand_still(p);
    size_t N        = p->day.net.node.count;
    p->met          = PARK_ARRAY(arena, N, double);
    p->drawn        = PARK_ARRAY(arena, N, double);
    p->before       = PARK_ARRAY(arena, N, double);
    p->by_the_clock = !model->time.steady && moved_by_patterns(&p->day.net, p->day.first_draw);
    p->settings     = park_period_settings_default();
    if (p->met == NULL || p->drawn == NULL || p->before == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a network of the park");
    park_findings_init(&p->noticed, arena);
    p->course = (park_course){.net      = &p->day.net,
                              .settings = &p->settings,
                              .findings = &p->noticed,
                              .arena    = arena,
                              .result   = &p->counted};
    PARK_TRY(park_course_make(&p->course, err));
    p->course.solver = p->course.enough; /* no instant hangs on the last digit of a flow */
    return PARK_OK;
}

/* ---- the clock ---- */

/* Seconds of the civil day. */
static double of_day(const park_model *model, double time)
{
    double local = time + (double)model->time.utc_offset;
    return model->time.steady ? 0.0 : local - DAY * floor(local / DAY);
}

static double sooner(double seconds, double other)
{
    return other > 0.0 ? fmin(seconds, other) : seconds;
}

/* Until a tank is full or empty, or at a level that a control waits for. */
static double until_levels(const park_course *c)
{
    double soonest = INFINITY;
    for (size_t i = 0; i < c->tanks->count; i++) {
        double inflow = c->state.inflow[c->net->tank.node[i]];
        double part   = PART * (c->tanks->volume_high[i] - c->tanks->volume_low[i]);
        if (inflow != 0.0)
            soonest = fmin(soonest, fmax(MINUTE, part / fabs(inflow)));
        if (inflow != 0.0)
            soonest = sooner(
                soonest,
                ((inflow > 0.0 ? c->tanks->volume_high : c->tanks->volume_low)[i] - c->volume[i]) / inflow);
    }
    for (size_t k = 0; k < c->net->controls; k++) {
        const park_net_control *control = &c->net->control[k];
        bool    level = control->when == PARK_NET_WHEN_ABOVE || control->when == PARK_NET_WHEN_BELOW;
        int32_t i = control->enabled && control->link >= 0 && level ? c->tanks->of_node[control->node] : -1;
        double  inflow = i >= 0 ? c->state.inflow[control->node] : 0.0;
        if (inflow == 0.0 || (inflow > 0.0) != (control->when == PARK_NET_WHEN_ABOVE))
            continue;
        double at = park_tank_volume(c->tanks, (size_t)i, c->tanks->bottom[i] + control->value);
        soonest   = sooner(soonest, (at - c->volume[i]) / inflow);
    }
    return soonest;
}

static double until_clock(const pipes *p)
{
    const park_course *c       = &p->course;
    double             soonest = p->by_the_clock ? park_inputs_next(c) - c->time : INFINITY, clock = c->time;
    bool               clocked = false;
    for (size_t k = 0; k < c->net->controls; k++) {
        const park_net_control *control = &c->net->control[k];
        if (!control->enabled || control->when == PARK_NET_WHEN_ABOVE || control->when == PARK_NET_WHEN_BELOW)
            continue;
        clocked = true;
        soonest = sooner(soonest, fmod(control->value, DAY) - clock);
    }
    if (clocked || p->by_the_clock || c->net->rules > 0)
        soonest = sooner(soonest, DAY - clock); /* the file's day begins anew */
    if (c->net->tank.count > 0 || c->net->rules > 0)
        soonest = sooner(soonest, (double)c->net->time.hydraulic_step);
    return soonest;
}

/* Eq. (N19) */
static double holds_for(const park_model *model, const pipes *p)
{
    return model->time.steady
               ? INFINITY
               : fmin(fmax(LEAST, until_levels(&p->course)),
                      until_clock(p)); /* what the clock does has its instant, and is not passed by */
}

/* ---- a question ---- */

static void draws_set(pipes *p, const double *wanted)
{
    const park_bound_binding *b = p->b;
    memset(p->drawn, 0, p->day.net.node.count * sizeof *p->drawn);
    for (size_t i = 0; i < b->draws; i++) {
        const park_bound_draw *draw        = &b->draw[i];
        double                 flow        = draw->share * wanted[b->link[draw->carried]];
        p->day.base[p->day.first_draw + i] = flow;
        p->drawn[draw->node] += fmax(flow, 0.0);
    }
}

static void flags_set(park_course *c)
{
    for (size_t i = 0; i < c->tanks->count; i++) {
        int32_t n              = c->net->tank.node[i];
        c->state.tank_full[n]  = c->volume[i] >= c->tanks->volume_high[i] && !c->net->tank.overflows[i];
        c->state.tank_empty[n] = c->volume[i] <= c->tanks->volume_low[i];
    }
}

/* The same demands in a network that nothing else moves have the same answer. */
static bool known(const pipes *p)
{
    const park_course *c = &p->course;
    bool same = p->solved && c->net->tank.count == 0 && c->net->rules == 0 && c->net->controls == 0;
    same      = same && !p->by_the_clock;
    return same && memcmp(p->before, c->state.demand, c->net->node.count * sizeof *p->before) == 0;
}

static park_status solve(pipes *p, park_error *err)
{
    park_course *c = &p->course;
    PARK_TRY(park_inputs_apply(c, err));
    PARK_TRY(park_controls_apply(c, SECOND, NULL, err));
    if (known(p))
        return PARK_OK;
    flags_set(c);
    PARK_TRY(park_course_solve(c, err));
    memcpy(p->before, c->state.demand, c->net->node.count * sizeof *p->before);
    p->solved = true;
    return PARK_OK;
}

/* Is the answer one to go by? A part that has run dry has no balance to speak of, and may miss the last digits of it. */
static bool settled(const park_hydraulic_report *r)
{
    return r->converged || (r->imbalance <= LACKS && r->head_error <= NEAR);
}

/* Eq. (N18): what a node lacks is taken from all that draw there, in proportion. */
static void nodes_meet(pipes *p)
{
    const park_hydraulic_state *s = &p->course.state;
    for (size_t n = 0; n < p->day.net.node.count; n++) {
        double lack = fmax(0.0, s->demand[n] - s->delivered[n]);
        p->met[n]   = 1.0;
        if (s->demand[n] > 0.0 && lack > LACKS * p->drawn[n] && settled(&p->course.report))
            p->met[n] = fmax(0.0, 1.0 - lack / p->drawn[n]);
    }
}

static void links_let(const pipes *p, const double *wanted, double *let)
{
    const park_bound_binding *b = p->b;
    for (size_t i = 0; i < b->draws; i++) {
        const park_bound_draw *draw = &b->draw[i];
        size_t                 l    = (size_t)b->link[draw->carried];
        if (draw->share > 0.0 && p->met[draw->node] < 1.0)
            let[l] = fmin(let[l], wanted[l]) - (1.0 - p->met[draw->node]) * draw->share * wanted[l];
    }
}

static park_status ask(void *user, double time, const double *wanted, double *let, double *until,
                       park_error *err)
{
    carriers *all  = user;
    double    soon = INFINITY;
    for (size_t i = 0; i < all->count; i++) {
        pipes *p       = &all->pipes[i];
        p->course.time = of_day(all->model, time);
        draws_set(p, wanted);
        park_status status = solve(p, err);
        if (status != PARK_OK) {
            park_error_at(err, park_arena_printf(all->findings->arena, "network.%s", p->b->bound->id));
            return status;
        }
        nodes_meet(p);
        links_let(p, wanted, let);
        soon = fmin(soon, holds_for(all->model, p));
    }
    *until = time + soon;
    return PARK_OK;
}

/* ---- time goes on ---- */

/* Eq. (N20) */
static void tanks_move(park_course *c, double seconds)
{
    for (size_t i = 0; i < c->tanks->count; i++) {
        int32_t n = c->net->tank.node[i];
        double  v = c->volume[i] + c->state.inflow[n] * seconds, low = c->tanks->volume_low[i],
               high = c->tanks->volume_high[i], brim = 1e-9 * (high - low);
        c->volume[i]     = v >= high - brim ? high : v <= low + brim ? low : v;
        c->state.head[n] = park_tank_head(c->tanks, i, c->volume[i]);
        c->level[i]      = c->state.head[n] - c->tanks->bottom[i];
    }
}

static park_status move(void *user, double seconds, park_error *err)
{
    carriers *all = user;
    for (size_t i = 0; i < all->count && !all->model->time.steady; i++) {
        park_course *c    = &all->pipes[i].course;
        double       from = c->time;
        tanks_move(c, seconds);
        c->time = from + seconds;
        if (c->net->rules > 0 && park_rules_look(c, from) > 0)
            PARK_TRY(park_rules_act(c, err));
    }
    return PARK_OK;
}

static void tape(void *user, struct park_tape *t)
{
    carriers *all = user;
    for (size_t i = 0; i < all->count; i++) {
        pipes       *p = &all->pipes[i];
        park_course *c = &p->course;
        size_t       N = c->net->node.count, L = c->net->link.count;
        PARK_TAPE(t, c->volume, c->tanks->count);
        PARK_TAPE(t, c->state.head, N);
        PARK_TAPE(t, c->state.delivered, N);
        PARK_TAPE(t, c->state.emitter, N);
        PARK_TAPE(t, c->state.leak, N);
        PARK_TAPE(t, c->state.inflow, N);
        PARK_TAPE(t, c->state.flow, L);
        PARK_TAPE(t, c->state.loss, L);
        PARK_TAPE(t, c->state.status, L);
        PARK_TAPE(t, c->state.command, L);
        PARK_TAPE(t, c->state.setting, L);
        PARK_TAPE(t, &c->report, 1);
        PARK_TAPE(t, p->before, N);
        PARK_TAPE(t, &p->solved, 1);
    }
}

park_status park_bound_carrier_make(const park_model *model, const park_bound_network *network, size_t count,
                                    park_findings *findings, park_arena *arena, park_carrier **carrier,
                                    park_error *err)
{
    carriers *all     = PARK_NEW(arena, carriers);
    bool     *carries = PARK_ARRAY(arena, model->links, bool);
    *carrier          = PARK_NEW(arena, park_carrier);
    if (all == NULL || carries == NULL || *carrier == NULL ||
        (all->pipes = PARK_ARRAY(arena, count, pipes)) == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the networks of a park");
    all->model    = model;
    all->findings = findings;
    for (size_t i = 0; i < count; i++) {
        if (!driven(&network[i]))
            continue;
        pipes *p = &all->pipes[all->count++];
        PARK_TRY(pipes_make(p, model, &network[i], arena, err));
        for (size_t k = 0; k < p->b->carried; k++)
            carries[p->b->link[k]] = true;
    }
    **carrier = (park_carrier){.user = all, .carries = carries, .ask = ask, .move = move, .tape = tape};
    if (all->count == 0)
        *carrier = NULL;
    return PARK_OK;
}
