/*
 * repair.c - what a simulation contradicted becomes a margin (docs/math/optimization.md, O45). Margins never shrink and
 * each step is damped, so that the loop of promise and simulation settles.
 */
#include <parkwater/design.h>

static const double STEP_MOST  = 0.25;  /* a limit loses at most this share in one round */
static const double STEP_LEAST = 0.002; /* and at least this, or the loop would creep */
static const double PRESSURE_LEAST =
    0.01;                               /* a draw loses at least this, for nodes help and hinder each other */
static const double DAMPED      = 0.8;  /* of what the contradiction asks for */
static const double STORM_SURE  = 0.88; /* ask for a little more than time showed, or the loop would creep */
static const double STORM_LEAST = 0.02; /* no storage is thought to catch less of what it could */
static const double LEAST       = 0.05; /* no limit is tightened below this share */

/* Tighten a factor in (0, 1] so that promise x excess fits; true when it moved. */
static bool tighten(double *times, double limit, double simulated)
{
    if (!(simulated > limit) || !(limit >= 0.0) || !(*times > LEAST))
        return false;
    double excess = 1.0 - limit / simulated;
    double step   = fmin(fmax(DAMPED * excess, STEP_LEAST), STEP_MOST);
    *times        = fmax(*times * (1.0 - step), LEAST);
    return true;
}

/* The same of a mean quality. Where the plan's mean lies below its limit already and single hours do not, only a limit
 * below that mean changes the plan. */
static bool tighten_mean(double *times, const park_violation *v)
{
    double kept = v->limit > 0.0 && v->promise > 0.0 ? fmin(*times, v->promise / v->limit) : *times;
    if (!tighten(&kept, v->limit, v->simulated))
        return false;
    *times = kept;
    return true;
}

static bool raise_to(double *value, double target)
{
    if (!(target > *value))
        return false;
    *value = target;
    return true;
}

/* Season -1 speaks of all seasons. */
typedef bool (*change)(const park_design *, const park_violation *, size_t season, park_margins *);

static bool over_seasons(const park_design *design, const park_violation *v, park_margins *m, change apply)
{
    bool moved = false;
    for (size_t s = 0; s < m->seasons; s++)
        if (v->season < 0 || (size_t)v->season == s)
            moved = apply(design, v, s, m) || moved;
    return moved;
}

static bool quality_in(const park_design *design, const park_violation *v, size_t s, park_margins *m)
{
    (void)design;
    return v->inlet >= 0 && v->constituent >= 0 &&
           tighten_mean(&m->inlet_limit_times[(s * m->inlets + (size_t)v->inlet) * m->constituents +
                                              (size_t)v->constituent],
                        v);
}

static bool quality_out(const park_design *design, const park_violation *v, size_t s, park_margins *m)
{
    (void)design;
    return v->outlet >= 0 && v->constituent >= 0 &&
           tighten_mean(&m->outlet_limit_times[(s * m->outlets + (size_t)v->outlet) * m->constituents +
                                               (size_t)v->constituent],
                        v);
}

/* Water that did not arrive: plan for more of it. */
static bool demand(const park_design *design, const park_violation *v, size_t s, park_margins *m)
{
    (void)design;
    if (v->inlet < 0 || !(v->limit > v->simulated) || !(v->limit > 0.0))
        return false;
    double *times = &m->demand_times[s * m->inlets + (size_t)v->inlet];
    double  step  = fmin(fmax(DAMPED * (1.0 - v->simulated / v->limit), STEP_LEAST), STEP_MOST);
    return raise_to(times, fmin(*times * (1.0 + step), 2.0));
}

static bool capacity(const park_design *design, const park_violation *v, size_t s, park_margins *m)
{
    if (v->link >= 0) {
        double *most = &m->link_flow_max[s * m->links + (size_t)v->link];
        double  plan = design->link_flow[s * m->links + (size_t)v->link];
        double  want = v->simulated > v->limit && v->limit > 0.0 ? plan * v->limit / v->simulated
                                                                 : plan * (1.0 - STEP_LEAST);
        double  next = fmax(plan - DAMPED * (plan - want), plan * (1.0 - STEP_MOST));
        if (!(plan > 0.0) || !(next < *most * (1.0 - 1e-9)))
            return false;
        *most = next;
        return true;
    }
    return v->unit >= 0 &&
           tighten(&m->unit_capacity_times[s * m->units + (size_t)v->unit], v->limit, v->simulated);
}

/* A network's pressure gives way under what the plan draws: the link that brings most of it carries less, as much as
 * solving the network again showed to hold. */
static bool pressure(const park_design *design, const park_violation *v, size_t s, park_margins *m)
{
    if (v->link < 0 || !(v->draw_times >= 0.0 && v->draw_times < 1.0))
        return false;
    double *most = &m->link_flow_max[s * m->links + (size_t)v->link];
    double  plan = design->link_flow[s * m->links + (size_t)v->link];
    double  next = plan * (1.0 - fmin(fmax(DAMPED * (1.0 - v->draw_times), PRESSURE_LEAST), STEP_MOST));
    if (!(plan > 0.0) || !(next < *most * (1.0 - 1e-9)))
        return false;
    *most = next;
    return true;
}

/* May the inlet of a link be served by another one? */
static bool has_another(const park_design *design, const park_violation *v)
{
    for (size_t l = 0; l < design->model->links; l++)
        if ((int32_t)l != v->link && design->model->link[l].inlet == v->inlet)
            return true;
    return false;
}

/* Water that pipes did not let through: the link carries less, where another one leads there; more of it helps nobody. */
static bool not_let_through(const park_design *design, const park_violation *v, size_t s, park_margins *m)
{
    return has_another(design, v) && pressure(design, v, s, m);
}

/* Water that found no room: its unit, or the storage that overflowed, needs more of its size. */
static bool no_room(const park_design *design, const park_violation *v, size_t s, park_margins *m)
{
    (void)design;
    if (v->unit < 0)
        return false;
    double limit = v->limit > 0.0 ? v->limit : v->promise, simulated = v->simulated;
    if (!(limit > 0.0) || !(simulated > limit))
        limit = 1.0, simulated = 1.0 + 5.0 * STEP_LEAST;
    return tighten(&m->unit_capacity_times[s * m->units + (size_t)v->unit], limit, simulated);
}

/* A yearly volume above its licence: every link of that source (or into that sink) carries less on average. */
static bool licence(const park_design *design, const park_violation *v, size_t s, park_margins *m)
{
    bool moved = false;
    if (v->unit < 0 || !(v->simulated > v->limit) || !(v->limit > 0.0))
        return false;
    double times = 1.0 - fmin(fmax(DAMPED * (1.0 - v->limit / v->simulated), STEP_LEAST), STEP_MOST);
    for (size_t l = 0; l < m->links; l++) {
        const park_link_info *link = &design->model->link[l];
        double                plan = design->link_flow[s * m->links + l];
        if ((link->from != v->unit && link->to != v->unit) || !(plan > 0.0))
            continue;
        double *most = &m->link_flow_max[s * m->links + l];
        if (plan * times < *most)
            *most = plan * times, moved = true;
    }
    return moved;
}

/* Water that could not be taken as promised (rain falls when nobody asks): the link carries what time showed. */
static bool shortfall(const park_design *design, const park_violation *v, size_t s, park_margins *m)
{
    if (v->link < 0 || !(v->promise > 0.0) || !(v->simulated < v->promise))
        return false;
    const park_link_info *link = &design->model->link[v->link];
    if (design->model->unit[link->from].role == PARK_SOURCE &&
        design->model->unit[link->to].role == PARK_STORAGE) {
        /* The storage was too full when it rained: the same water needs a larger one. */
        double *times = &m->storm_times[s * m->units + (size_t)link->to];
        double  share = fmax(v->simulated / v->promise, STORM_LEAST) * STORM_SURE;
        *times        = fmax(*times * share, STORM_LEAST);
        return true;
    }
    double *most    = &m->link_flow_max[s * m->links + (size_t)v->link];
    double  carried = design->link_flow[s * m->links + (size_t)v->link] * v->simulated / v->promise;
    if (!(carried < *most * (1.0 - 1e-9)))
        return false;
    *most = carried;
    return true;
}

/* A storage that ran dry or full: a reserve of a tenth of its size, or of what was missing, beyond its swing. */
static bool storage(const park_design *design, const park_violation *v, park_margins *m)
{
    if (v->unit < 0)
        return false;
    double size =
        design->unit_size != NULL && isfinite(design->unit_size[v->unit]) ? design->unit_size[v->unit] : 0.0;
    double short_by = fabs(v->simulated - v->limit);
    double add      = fmax(0.05 * size, isfinite(short_by) ? DAMPED * fmin(short_by, 0.5 * size) : 0.0);
    return add > 0.0 && raise_to(&m->storage_reserve[v->unit], m->storage_reserve[v->unit] + add);
}

static size_t repair_one(const park_design *design, const park_violation *v, park_margins *margins)
{
    switch (v->kind) {
    case PARK_VIOLATION_QUALITY_IN:
        return over_seasons(design, v, margins, quality_in);
    case PARK_VIOLATION_QUALITY_OUT:
        return over_seasons(design, v, margins, quality_out);
    case PARK_VIOLATION_DEMAND:
        return over_seasons(design, v, margins, park_violation_of_pressure(v) ? not_let_through : demand);
    case PARK_VIOLATION_SPILL:
        return over_seasons(design, v, margins, no_room);
    case PARK_VIOLATION_CAPACITY:
        return over_seasons(design, v, margins, capacity);
    case PARK_VIOLATION_SHORTFALL:
        return over_seasons(design, v, margins, shortfall);
    case PARK_VIOLATION_LICENCE:
        return over_seasons(design, v, margins, licence);
    case PARK_VIOLATION_PRESSURE:
        return over_seasons(design, v, margins, pressure);
    case PARK_VIOLATION_STORAGE_DRY:
    case PARK_VIOLATION_STORAGE_FULL:
        return storage(design, v, margins);
    }
    return 0;
}

/* Where pipes did not let water through, loads stood in less of it: such qualities may be gone in the next round, while a margin
 * would stay. So they wait until no margin takes water off the pipes any more. */
size_t park_design_repair(const park_design *design, const park_violation *violation, size_t violations,
                          park_margins *margins)
{
    size_t changed = 0, relieved = 0;
    bool   withheld = false;
    for (size_t i = 0; i < violations; i++) {
        const park_violation *v = &violation[i];
        if (!park_violation_of_pressure(v))
            continue;
        withheld = withheld || v->kind == PARK_VIOLATION_DEMAND;
        relieved += repair_one(design, v, margins);
    }
    for (size_t i = 0; i < violations; i++) {
        const park_violation *v = &violation[i];
        bool quality = v->kind == PARK_VIOLATION_QUALITY_IN || v->kind == PARK_VIOLATION_QUALITY_OUT;
        if (!park_violation_of_pressure(v) && !(quality && withheld && relieved > 0))
            changed += repair_one(design, v, margins);
    }
    return changed + relieved;
}
