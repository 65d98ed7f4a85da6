/*
 * The global gradient method (Todini and Pilati 1988) in steps of the heads.
 *
 * Linearised at flow q and heads h, a link carries  y + g (s_i - s_j)  after a step s of the heads: g = 1 / slope,
 * y = q + g (h_i - h_j - loss(q)). Balance at every node is the system A s = excess of the y (Eq. H35), which stays exact to
 * the rounding of s, not of h: nodal balance survives slopes near zero.
 *
 * One sweep over the links (sweep.h) takes the flows of the last step, evaluates losses, measures the head error and
 * adds up the next system. So an iteration is: sweep, look at the statuses and criteria, factorize and solve, move the heads.
 * Where a status has changed after the sweep, the sweep is made again without a step.
 */
#include "hydraulics/steady.h"
#include "hydraulics/balance.h"
#include "hydraulics/powers.h"
#include "hydraulics/status.h"
#include "hydraulics/supply.h"

#include <math.h>

static const double BALANCED = 1e-13; /* imbalances below this share need no correction [-] */
static const double TIGHTEN  = 1e-4;  /* accuracy from which on shut links carry nothing [-] */

/* -- iterations -- */

/* Step of the heads. Where rounding has spoilt the system, a little weight on the heads as they are mends it: the solution
 * that the steps lead to stays the same. Leaves the step in work->step. */
static park_status step_heads(const park_hydraulic_plan *plan, park_hydraulic_work *work,
                              const park_manner *again, park_hydraulic_report *report, park_error *err)
{
    int32_t bad;
    double  weight = 1e-10;
    while (park_spd_solve(plan->spd, &work->system, work->side, &bad) != PARK_OK) {
        if (weight > 1.0)
            return PARK_FAIL(err, PARK_E_NUMERIC, "the heads cannot be computed: node %s hangs on nothing",
                             plan->net->node.names.text[plan->node_of[bad]]);
        (void)park_sweep(plan, work, again, report);
        for (size_t p = 0; p < plan->unknowns; p++)
            work->diag[p] *= 1.0 + weight;
        weight *= 100.0;
    }
    double *side = work->side;
    work->side   = work->step;
    work->step   = side;
    for (size_t p = plan->unknowns; p < plan->points; p++)
        work->step[p] = 0.0;
    for (size_t p = 0; p < plan->unknowns; p++)
        work->head[p] += work->step[p];
    return PARK_OK;
}

static bool settled(const park_hydraulic_settings *settings, const park_sight *s)
{
    double flow = settings->flow_change > 0.0 ? settings->flow_change : PARK_FLOW_TOLERANCE;
    return park_sight_nearness(s) <= settings->accuracy && s->outlet_error <= flow &&
           (!(settings->head_error > 0.0) || s->head_error <= settings->head_error) &&
           (!(settings->flow_change > 0.0) || fmin(s->most_moved, s->most_left) <= settings->flow_change);
}

/* Nothing moves any more, yet a head does not fit its flow: only a status can be wrong. */
static bool stalled(const park_hydraulic_settings *settings, const park_sight *s)
{
    return park_sight_accuracy(s) <= 1e-3 * settings->accuracy && s->head_error > settings->head_error;
}

static void tell(const park_hydraulic_plan *plan, const park_sight *s, int32_t iterations,
                 park_hydraulic_report *report)
{
    report->iterations        = iterations;
    report->accuracy          = park_sight_nearness(s);
    report->head_error        = s->head_error;
    report->flow_change       = fmin(s->most_moved, s->most_left);
    report->worst_link        = s->error_link < 0 ? -1 : plan->link_of[s->error_link];
    report->worst_change_link = s->moved_link < 0 ? -1 : plan->link_of[s->moved_link];
}

/* The first link whose flow is no number; what depends on pressure may be the only one. */
static park_status not_finite(const park_hydraulic_plan *plan, const park_hydraulic_work *work,
                              park_error *err)
{
    for (size_t c = 0; c < plan->cores; c++)
        if (!isfinite(work->flow[park_at(work, (int64_t)c)]))
            return PARK_FAIL(err, PARK_E_NUMERIC, "the flows have no finite solution, in link %s for one",
                             plan->net->link.names.text[plan->link_of[c]]);
    return PARK_FAIL(err, PARK_E_NUMERIC, "the flows have no finite solution");
}

static bool any_shut(const park_hydraulic_plan *plan, const park_hydraulic_work *work)
{
    if (work->shuts > 0)
        return true;
    for (size_t c = plan->pipes; c < plan->cores; c++)
        if (park_flow_shut(work->status[c]))
            return true;
    return false;
}

park_iteration park_iteration_begin(const park_hydraulic_settings *settings)
{
    return (park_iteration){.most =
                                settings->trials + (settings->extra_trials > 0 ? settings->extra_trials : 0),
                            .check = settings->check_every,
                            .how   = {.stepped    = true,
                                      .may_change = settings->trials > 0,
                                      .damp_limit = settings->damp_limit,
                                      .accuracy   = settings->accuracy,
                                      .relax      = 1.0},
                            .again = {.accuracy = settings->accuracy, .relax = 1.0}};
}

park_status park_iteration_judge(const park_hydraulic_plan *plan, const park_hydraulic_settings *settings,
                                 park_hydraulic_state *state, park_hydraulic_work *work, const park_sight *s,
                                 park_iteration *it, park_hydraulic_report *report, park_error *err)
{
    int32_t i     = ++it->done;
    bool    trial = i <= settings->trials, changed = false;
    it->how.may_change = i + 1 <= settings->trials;
    it->swept_again    = false;
    tell(plan, s, i, report);
    if (!isfinite(s->total) || !isfinite(s->moved))
        return not_finite(plan, work, err);
    bool   loose  = !work->tight && !settings->shut_links_leak && any_shut(plan, work);
    double share  = park_sight_accuracy(s);
    it->how.relax = settings->damp_limit > 0.0 && share <= settings->damp_limit ? 0.6 : 1.0;
    if (settled(settings, s)) {
        if (trial) {
            changed = park_statuses_watch(plan, state, work, report);
            changed |= park_statuses_control(plan, state, work, report);
        }
        report->converged = !changed && !s->changed && !loose;
        if (report->converged) {
            it->most = i;
            return PARK_OK;
        }
        it->check = i + settings->check_every;
    } else if ((i <= settings->check_until && i == it->check) || (trial && stalled(settings, s))) {
        changed   = park_statuses_watch(plan, state, work, report);
        it->check = i + settings->check_every;
    }
    if (changed)
        (void)park_supply_anchor(plan, work);
    bool tight = loose && !changed && !s->changed && share <= fmax(TIGHTEN, settings->accuracy);
    if (changed || tight) {
        work->tight     = tight;
        it->swept_again = true;
    } else if (s->changed)
        work->tight = false;
    return PARK_OK;
}

/* Iterate until everything is settled and no status wants to change. */
static park_status iterate(const park_hydraulic_plan *plan, const park_hydraulic_settings *settings,
                           park_hydraulic_state *state, park_hydraulic_work *work,
                           park_hydraulic_report *report, park_error *err)
{
    park_iteration it = park_iteration_begin(settings);
    (void)park_sweep(plan, work, &it.again, report);
    while (it.done < it.most) {
        PARK_TRY(step_heads(plan, work, &it.again, report, err));
        park_sight s = park_sweep(plan, work, &it.how, report);
        PARK_TRY(park_iteration_judge(plan, settings, state, work, &s, &it, report, err));
        if (it.swept_again)
            (void)park_sweep(plan, work, &it.again, report);
    }
    return PARK_OK;
}

/* -- a solve -- */

/* Heads to start from, and what the outlets draw at them. */
static void begin(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                  park_hydraulic_work *work)
{
    const park_network *net = plan->net;
    for (size_t p = 0; p < plan->points; p++) {
        int32_t n = plan->node_of[p];
        work->head[park_at(work, (int64_t)p)] =
            isfinite(state->head[n]) ? state->head[n] : net->node.elevation[n];
    }
    for (size_t p = 0; p < plan->points && plan->outlets > 0; p++)
        work->out[p] = 0.0;
    for (size_t i = 0; i < plan->outlets; i++) {
        const park_outlet *o        = &plan->outlet[i];
        double             pressure = fmax(work->head[park_at(work, o->point)] - o->base, 1.0);
        switch (o->kind) {
        case PARK_OUTLET_EMITTER:
            work->drawn[i] = o->coefficient * park_power(pressure, net->option.emitter_exponent);
            break;
        case PARK_OUTLET_LEAK:
            work->drawn[i] = o->coefficient * sqrt(pressure);
            break;
        case PARK_OUTLET_LEAK_GROWS:
            work->drawn[i] = o->coefficient * pressure * sqrt(pressure);
            break;
        case PARK_OUTLET_DEMAND:
            work->drawn[i] = work->full[i];
            break;
        }
        if (!work->dry[o->node])
            work->out[o->point] += work->drawn[i];
    }
}

static park_status check_state(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                               park_error *err)
{
    const park_network *net = plan->net;
    for (size_t n = 0; n < plan->nodes; n++)
        if (!isfinite(state->demand[n]))
            return PARK_FAIL(err, PARK_E_NUMERIC, "the demand of node %s is %g", net->node.names.text[n],
                             state->demand[n]);
    for (size_t p = plan->unknowns; p < plan->points; p++)
        if (!isfinite(state->head[plan->node_of[p]]))
            return PARK_FAIL(err, PARK_E_NUMERIC, "the head of %s is %g",
                             net->node.names.text[plan->node_of[p]], state->head[plan->node_of[p]]);
    return PARK_OK;
}

park_status park_solve_begin(const park_hydraulic_plan *plan, const park_hydraulic_settings *settings,
                             const park_hydraulic_state *state, park_hydraulic_work *work,
                             park_hydraulic_report *report, park_error *err)
{
    *report = (park_hydraulic_report){.worst_link        = -1,
                                      .worst_change_link = -1,
                                      .worst_node        = -1,
                                      .cycled_link       = -1,
                                      .first_unsupplied  = -1};
    PARK_TRY(check_state(plan, state, err));
    work->shut_links_leak = settings->shut_links_leak;
    park_supply_find(plan, state, work);
    park_supply_load(plan, state, work);
    park_statuses_begin(plan, state, work);
    work->shut_known = work->tight = false;
    begin(plan, state, work);
    (void)park_supply_anchor(plan, work);
    return PARK_OK;
}

void park_solve_end(const park_hydraulic_plan *plan, const park_hydraulic_settings *settings,
                    park_hydraulic_state *state, park_hydraulic_work *work, park_hydraulic_report *report)
{
    report->imbalance = park_balance_error(plan, state, work, &report->worst_node);
    park_solve_close(plan, settings, state, work, report);
}

void park_solve_close(const park_hydraulic_plan *plan, const park_hydraulic_settings *settings,
                      park_hydraulic_state *state, park_hydraulic_work *work, park_hydraulic_report *report)
{
    if (report->imbalance > BALANCED) {
        park_balance_correct(plan, work);
        report->imbalance = park_balance_error(plan, state, work, &report->worst_node);
    }
    report->converged = report->converged && report->imbalance <= settings->imbalance;
    park_balance_answer(plan, state, work, report);
}

park_status park_hydraulic_solve(const park_hydraulic_plan *plan, const park_hydraulic_settings *settings,
                                 park_hydraulic_state *state, park_hydraulic_work *work,
                                 park_hydraulic_report *report, park_error *err)
{
    PARK_TRY(park_solve_begin(plan, settings, state, work, report, err));
    PARK_TRY(iterate(plan, settings, state, work, report, err));
    park_solve_end(plan, settings, state, work, report);
    return PARK_OK;
}
