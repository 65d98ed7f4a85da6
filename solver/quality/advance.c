#include "quality/parts.h"

#include "base/dense.h"

#include <math.h>
#include <string.h>

static const double PI = 3.14159265358979323846;

/* --- the state -------------------------------------------------------------------------------------------------- */

static park_status streams_room(park_arena *arena, const park_quality_plan *plan, park_quality_water *w,
                                park_error *err)
{
    size_t streams = plan->degree + 1; /* a pile tank adds its own water */
    w->stream      = PARK_ARRAY(arena, streams, park_stream);
    double *values = PARK_ARRAY(arena, 2 * streams * plan->count, double);
    if (w->stream == NULL || values == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for %zu streams at a node", streams);
    for (size_t i = 0; i < streams; i++)
        w->stream[i].value = values + 2 * i * plan->count;
    return PARK_OK;
}

static park_status columns_room(park_arena *arena, const park_quality_plan *plan, park_quality_water *w,
                                park_error *err)
{
    size_t boxes = plan->links + plan->tanks;
    w->tank      = PARK_ARRAY(arena, plan->tanks, park_quality_tank);
    w->law       = PARK_ARRAY(arena, boxes * plan->count, park_reaction);
    w->lively    = PARK_ARRAY(arena, boxes, bool);
    w->fresh     = PARK_ARRAY(arena, boxes, int32_t);
    w->flow      = PARK_ARRAY(arena, plan->links, double);
    w->turned    = PARK_ARRAY(arena, 2 * plan->links, park_turned);
    w->tap       = PARK_ARRAY(arena, plan->nodes, park_tap);
    w->leading   = PARK_ARRAY(arena, plan->nodes, int32_t);
    w->leaving   = PARK_ARRAY(arena, plan->nodes, int32_t);
    w->away      = PARK_ARRAY(arena, plan->nodes, double);
    w->parts     = PARK_ARRAY(arena, plan->links, int32_t);
    w->stirred   = PARK_ARRAY(arena, plan->links, bool);
    w->sum       = PARK_ARRAY(arena, plan->count, double);
    w->step      = PARK_ARRAY(arena, plan->count, park_quality_ledger);
    w->order     = PARK_ARRAY(arena, plan->nodes, int32_t);
    w->group     = PARK_ARRAY(arena, plan->nodes + 1, int32_t);
    w->place     = PARK_ARRAY(arena, plan->nodes, int32_t);
    w->low       = PARK_ARRAY(arena, plan->nodes, int32_t);
    w->stack     = PARK_ARRAY(arena, plan->nodes, int32_t);
    w->frame     = PARK_ARRAY(arena, plan->nodes, int32_t);
    w->edge      = PARK_ARRAY(arena, plan->nodes, size_t);
    w->loop_of   = PARK_ARRAY(arena, plan->nodes, int32_t);
    if (w->tank == NULL || w->law == NULL || w->lively == NULL || w->fresh == NULL || w->parts == NULL ||
        w->flow == NULL || w->turned == NULL || w->tap == NULL || w->leading == NULL || w->leaving == NULL ||
        w->away == NULL || w->stirred == NULL || w->sum == NULL || w->step == NULL || w->order == NULL ||
        w->group == NULL || w->place == NULL || w->low == NULL || w->stack == NULL || w->frame == NULL ||
        w->edge == NULL || w->loop_of == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the water of %zu nodes", plan->nodes);
    return PARK_OK;
}

static double initial(const park_quality_plan *plan, size_t c, int32_t node)
{
    const double *own = plan->constituent[c].initial;
    return own == NULL ? 0.0 : own[node];
}

static park_status fill_tank(park_arena *arena, const park_quality_plan *plan, size_t t, double volume,
                             park_quality_water *w, park_error *err)
{
    park_quality_tank   *tank   = &w->tank[t];
    park_net_tank_mixing mixing = plan->net->tank.mixing[t];
    int32_t              node   = plan->net->tank.node[t];
    if (!(volume >= 0.0) || isinf(volume))
        return PARK_FAIL(err, PARK_E_RANGE, "tank %s holds %g m3; that must not be below zero",
                         plan->net->node.names.text[node], volume);
    tank->conc = PARK_ARRAY(arena, plan->count, double);
    tank->rest = PARK_ARRAY(arena, plan->count, double);
    if (tank->conc == NULL || tank->rest == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for tank %s", plan->net->node.names.text[node]);
    for (size_t c = 0; c < plan->count; c++)
        tank->conc[c] = tank->rest[c] = initial(plan, c, node);
    tank->volume = volume;
    tank->mixed  = fmin(volume, plan->mixing[t]);
    if (volume > 0.0 && (mixing == PARK_NET_MIX_FIFO || mixing == PARK_NET_MIX_LIFO))
        park_segments_push(&w->segments, plan->links + t, 0, volume, tank->conc, tank->conc);
    return PARK_OK;
}

/* Mass of constituents in all pipes and tanks. */
static void stored(const park_quality_plan *plan, const park_quality_water *w, double *mass)
{
    memset(mass, 0, plan->count * sizeof *mass);
    for (size_t box = 0; box < plan->links + plan->tanks; box++)
        park_segments_mass(&w->segments, box, mass);
    for (size_t t = 0; t < plan->tanks; t++) {
        const park_quality_tank *k = &w->tank[t];
        if (w->segments.rows[plan->links + t] > 0 || plan->net->tank.mixing[t] >= PARK_NET_MIX_FIFO)
            continue;
        for (size_t c = 0; c < plan->count; c++)
            mass[c] += k->mixed * k->conc[c] + fmax(0.0, k->volume - k->mixed) * k->rest[c];
    }
}

park_status park_quality_state_make(park_arena *arena, const park_quality_plan *plan, const double *volume,
                                    park_quality_state *state, park_error *err)
{
    size_t              count = plan->count;
    double              tolerance[PARK_QUALITY_MOST], value[PARK_QUALITY_MOST];
    park_quality_water *w = PARK_NEW(arena, park_quality_water);
    *state                = (park_quality_state){.constituents = count, .water = w};
    state->node           = PARK_ARRAY(arena, plan->nodes * count, double);
    state->mean           = PARK_ARRAY(arena, plan->nodes * count, double);
    state->ledger         = PARK_ARRAY(arena, count, park_quality_ledger);
    if (w == NULL || state->node == NULL || state->mean == NULL || state->ledger == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the quality of %zu nodes", plan->nodes);
    for (size_t c = 0; c < count; c++)
        tolerance[c] = plan->constituent[c].tolerance;
    PARK_TRY(park_segments_make(arena, plan->links + plan->tanks, count, tolerance,
                                plan->settings.most_segments, plan->settings.most_pool, &w->segments, err));
    PARK_TRY(columns_room(arena, plan, w, err));
    PARK_TRY(streams_room(arena, plan, w, err));
    PARK_TRY(
        park_pieces_make(arena, count, plan->settings.most_pieces, w->segments.tolerance, &w->given, err));
    PARK_TRY(
        park_pieces_make(arena, count, plan->settings.most_pieces, w->segments.tolerance, &w->taken, err));

    for (size_t n = 0; n < plan->nodes; n++)
        for (size_t c = 0; c < count; c++)
            state->node[n * count + c] = state->mean[n * count + c] = initial(plan, c, (int32_t)n);
    for (size_t c = 0; c < count; c++)
        if (plan->constituent[c].kind == PARK_NET_QUALITY_TRACE)
            state->node[(size_t)plan->constituent[c].trace_node * count + c] = 1.0;
    for (size_t l = 0; l < plan->links; l++) {
        for (size_t c = 0; c < count; c++)
            value[c] = initial(plan, c, plan->net->link.to[l]);
        if (plan->volume[l] > 0.0)
            park_segments_push(&w->segments, l, 0, plan->volume[l], value, value);
    }
    for (size_t t = 0; t < plan->tanks; t++)
        PARK_TRY(fill_tank(arena, plan, t, volume[t], w, err));
    stored(plan, w, value);
    for (size_t c = 0; c < count; c++)
        state->ledger[c].initial = state->ledger[c].stored = value[c];
    return PARK_OK;
}

/* --- a period --------------------------------------------------------------------------------------------------- */

static park_status check_period(const park_quality_plan *plan, const park_quality_period *p, park_error *err)
{
    if (!(p->seconds > 0.0) || isinf(p->seconds) || !isfinite(p->start))
        return PARK_FAIL(err, PARK_E_RANGE, "a period of %g s from %g s; it must be above zero", p->seconds,
                         p->start);
    for (size_t l = 0; l < plan->links; l++)
        if (!isfinite(p->flow[l]))
            return PARK_FAIL(err, PARK_E_RANGE, "flow of link %s is %g", plan->net->link.names.text[l],
                             p->flow[l]);
    for (size_t n = 0; n < plan->nodes; n++)
        if (!isfinite(p->delivered[n]) || (p->emitter != NULL && !isfinite(p->emitter[n])) ||
            (p->leak != NULL && !isfinite(p->leak[n])))
            return PARK_FAIL(err, PARK_E_RANGE, "the outflow of node %s is not a number",
                             plan->net->node.names.text[n]);
    for (size_t t = 0; t < plan->tanks; t++)
        if (!(p->volume_from[t] >= 0.0) || !(p->volume_to[t] >= 0.0) ||
            isinf(p->volume_from[t] + p->volume_to[t]))
            return PARK_FAIL(err, PARK_E_RANGE, "tank %s goes from %g to %g m3; neither may be below zero",
                             plan->net->node.names.text[plan->net->tank.node[t]], p->volume_from[t],
                             p->volume_to[t]);
    return PARK_OK;
}

/* Into how many more parts each step is cut so that water comes round in no less than one, where that is possible; leaves the nodes
 * in the order of such parts. */
static int divide(const park_quality_plan *plan, const park_quality_period *period, double length,
                  park_quality_water *w, size_t *looped)
{
    size_t fewest = park_quality_order(plan, period, length, w);
    int    parts = 1, ordered = 1;
    for (int more = 2; more <= 8 && fewest > 0; more *= 2) {
        size_t now = park_quality_order(plan, period, length / more, w);
        ordered    = more;
        if (now < fewest) {
            fewest = now;
            parts  = more;
        }
    }
    *looped = ordered == parts ? fewest : park_quality_order(plan, period, length / parts, w);
    return parts;
}

static park_status loop_room(park_quality_water *w, size_t count, park_error *err)
{
    size_t      n = w->largest, dense = n <= 128 ? n : 0;
    park_arena *arena = w->segments.arena;
    if (n < 2 || n <= w->loop_room)
        return PARK_OK;
    w->matrix  = PARK_ARRAY(arena, dense * dense, double);
    w->work    = PARK_ARRAY(arena, PARK_DENSE_WORK(dense), double);
    w->pivot   = PARK_ARRAY(arena, dense, int32_t);
    w->known   = PARK_ARRAY(arena, n * count, double);
    w->answer  = PARK_ARRAY(arena, n * count, double);
    w->gain    = PARK_ARRAY(arena, n, double);
    w->leaves  = PARK_ARRAY(arena, n, double);
    w->shifted = PARK_ARRAY(arena, n, double);
    w->fixed   = PARK_ARRAY(arena, n, double);
    w->side    = PARK_ARRAY(arena, n, double);
    if (w->matrix == NULL || w->work == NULL || w->pivot == NULL || w->known == NULL || w->answer == NULL ||
        w->gain == NULL || w->leaves == NULL || w->shifted == NULL || w->fixed == NULL || w->side == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for a loop of %zu nodes", n);
    w->loop_room = n;
    return PARK_OK;
}

/* --- laws of the period ----------------------------------------------------------------------------------------- */

static park_reaction link_law(const park_quality_plan *plan, size_t l, size_t c, double flow, double step)
{
    const park_quality_constituent *k   = &plan->constituent[c];
    const park_network             *net = plan->net;
    if (k->kind == PARK_NET_QUALITY_AGE)
        return park_reaction_age(step);
    double d = net->link.diameter[l], transfer = INFINITY, wall = plan->link_wall[l * plan->count + c];
    if (wall != 0.0 && k->diffusivity > 0.0)
        transfer = park_reaction_transfer(flow / (0.25 * PI * d * d), d, net->link.length[l],
                                          net->option.viscosity, k->diffusivity);
    park_reaction_terms terms = {plan->link_bulk[l * plan->count + c],
                                 k->bulk_order,
                                 k->limiting,
                                 wall,
                                 k->wall_order,
                                 transfer,
                                 4.0 / d};
    return park_reaction_of(&terms, step);
}

static park_reaction tank_law(const park_quality_plan *plan, size_t t, size_t c, double step)
{
    const park_quality_constituent *k = &plan->constituent[c];
    if (k->kind == PARK_NET_QUALITY_AGE)
        return park_reaction_age(step);
    park_reaction_terms terms = {
        plan->tank_bulk[t * plan->count + c], k->tank_order, k->limiting, 0.0, 1.0, INFINITY, 0.0};
    return park_reaction_of(&terms, step);
}

/* A part may change by this share before it is cut: the line is then within 3e-4 of the exponential. */
static const double BEND = 0.05;
enum { MOST_PARTS = 16 };

/* The laws of one box; true when they say something else than before. */
static bool laws_of(const park_quality_step *step, size_t box, park_reaction *law)
{
    const park_quality_plan *plan = step->plan;
    const park_reaction     *old  = step->water->law + box * plan->count;
    bool                     turn = false;
    for (size_t c = 0; c < plan->count; c++) {
        if (box >= plan->links)
            law[c] = tank_law(plan, box - plan->links, c, step->length);
        else if (plan->volume[box] > 0.0)
            law[c] = link_law(plan, box, c, step->period->flow[box], step->length);
        else
            law[c] = (park_reaction){.form = PARK_REACTION_NONE};
        turn |= !park_reaction_same(&law[c], &old[c]);
    }
    return turn;
}

/* Most laws do not depend on the flow; where one does, its water is brought up to date by the old one first. */
static void make_laws(const park_quality_step *step)
{
    const park_quality_plan *plan = step->plan;
    park_quality_water      *w    = step->water;
    park_reaction            law[PARK_QUALITY_MOST];
    for (size_t box = 0; box < plan->links + plan->tanks && plan->reacts; box++) {
        double fastest = 0.0;
        if (laws_of(step, box, law))
            park_quality_flush(step, box);
        w->lively[box] = false;
        for (size_t c = 0; c < plan->count; c++) {
            w->law[box * plan->count + c] = law[c];
            w->lively[box] |= law[c].form != PARK_REACTION_NONE;
            fastest = fmax(fastest, park_reaction_speed(&law[c]));
        }
        if (box < plan->links)
            w->parts[box] = (int32_t)fmin(MOST_PARTS, ceil(fastest * step->length / BEND));
    }
}

/* --- a step ----------------------------------------------------------------------------------------------------- */

static void visit(const park_quality_step *step, const int32_t *node, size_t count)
{
    if (count > 1) {
        park_quality_loop(step, node, count);
        return;
    }
    switch (step->plan->net->node.kind[*node]) {
    case PARK_NET_RESERVOIR:
        park_quality_reservoir(step, *node);
        break;
    case PARK_NET_TANK:
        park_quality_tank_node(step, *node);
        break;
    case PARK_NET_JUNCTION:
        park_quality_junction(step, *node);
        break;
    }
}

static void settle_links(const park_quality_step *step)
{
    park_quality_water *w = step->water;
    for (size_t l = 0; l < step->plan->links; l++) {
        double q = step->period->flow[l];
        if (w->lively[l] || w->fresh[l] > 0) /* else it was joined as it was pushed */
            park_quality_settle(step, l, q < 0.0 ? 1 : 0, fabs(q), w->stirred[l]);
        w->stirred[l] = false;
    }
}

static void book(const park_quality_water *w, size_t count, park_quality_ledger *ledger)
{
    for (size_t c = 0; c < count; c++) {
        const park_quality_ledger *s = &w->step[c];
        park_quality_ledger       *l = &ledger[c];
        l->reservoirs += s->reservoirs;
        l->inflows += s->inflows;
        l->sources += s->sources;
        l->delivered += s->delivered;
        l->emitter += s->emitter;
        l->leak += s->leak;
        l->returned += s->returned;
        l->overflow += s->overflow;
        l->reacted_pipes += s->reacted_pipes;
        l->reacted_tanks += s->reacted_tanks;
        l->imbalance += s->imbalance;
    }
}

void park_quality_close(const park_quality_plan *plan, park_quality_state *state)
{
    double              mass[PARK_QUALITY_MOST];
    park_quality_water *w    = state->water;
    park_quality_step   step = {.plan = plan, .state = state, .water = w};
    memset(w->step, 0, plan->count * sizeof *w->step);
    for (size_t box = 0; box < plan->links + plan->tanks; box++)
        park_quality_flush(&step, box);
    book(w, plan->count, state->ledger);
    stored(plan, w, mass);
    for (size_t c = 0; c < plan->count; c++) {
        park_quality_ledger *l = &state->ledger[c];
        l->stored              = mass[c];
        double in              = l->initial + l->reservoirs + l->inflows + l->sources;
        double out  = l->delivered + l->emitter + l->leak + l->returned + l->overflow + l->imbalance;
        double gone = l->reacted_pipes + l->reacted_tanks;
        double size = fmax(fmax(fabs(in), fabs(out)), fmax(fabs(gone), fabs(mass[c])));
        l->closure  = size > 0.0 ? fabs(in - out - gone - mass[c]) / size : 0.0;
    }
}

/* Differences below this share of the largest value at any node are rounding. */
static const double ROUNDING = 1e-12;

/* The tolerances of the period: those asked for, never below rounding. */
static void set_tolerances(const park_quality_plan *plan, const park_quality_state *state, double until)
{
    for (size_t c = 0; c < plan->count; c++) {
        const park_quality_constituent *k     = &plan->constituent[c];
        double                          scale = k->kind == PARK_NET_QUALITY_AGE ? until : 0.0;
        for (size_t n = 0; n < plan->nodes; n++)
            scale = fmax(scale, state->node[n * plan->count + c]);
        state->water->segments.tolerance[c] =
            k->tolerance < 0.0 ? k->tolerance : fmax(k->tolerance, ROUNDING * scale);
    }
}

/* The given flows, without those of water that stands still. */
static const double *moving(const park_quality_plan *plan, const park_quality_period *period,
                            park_quality_water *w)
{
    for (size_t l = 0; l < plan->links; l++)
        w->flow[l] = fabs(period->flow[l]) < plan->settings.rest_flow ? 0.0 : period->flow[l];
    return w->flow;
}

park_status park_quality_advance(const park_quality_plan *plan, const park_quality_period *given,
                                 park_quality_state *state, park_error *err)
{
    PARK_TRY(check_period(plan, given, err));
    park_quality_water *w     = state->water;
    park_quality_period moved = *given, *period = &moved;
    moved.flow = moving(plan, given, w);
    size_t looped;
    park_quality_turn(plan, period, w);
    double steps = fmax(1.0, ceil(period->seconds / plan->settings.step - 1e-9));
    steps *= divide(plan, period, period->seconds / steps, w, &looped);
    park_quality_step step = {plan, period, state, w, period->seconds / steps, 0.0};
    state->looped          = (int64_t)looped;
    PARK_TRY(loop_room(w, plan->count, err));
    memset(w->step, 0, plan->count * sizeof *w->step);
    make_laws(&step);
    book(w, plan->count, state->ledger);
    set_tolerances(plan, state, period->start + period->seconds);
    memset(state->mean, 0, plan->nodes * plan->count * sizeof(double));

    for (double i = 0.0; i < steps; i++) {
        PARK_TRY(park_segments_make_room(&w->segments, err));
        step.middle = period->start + (i + 0.5) * step.length;
        memset(w->step, 0, plan->count * sizeof *w->step);
        for (size_t g = 0; g < w->groups; g++)
            visit(&step, w->order + w->group[g], (size_t)(w->group[g + 1] - w->group[g]));
        for (size_t r = 0; r < plan->reservoirs; r++)
            park_quality_return(&step, plan->reservoir[r]);
        settle_links(&step);
        if (i + 1.0 == steps)
            park_quality_show_still(&step);
        book(w, plan->count, state->ledger);
        state->steps++;
    }
    for (size_t c = 0; c < plan->count; c++)
        state->ledger[c].stored = state->ledger[c].closure = NAN; /* until park_quality_close */
    return PARK_OK;
}

/* --- looking in ------------------------------------------------------------------------------------------------- */

/* Mean of a row of segments, with what they have waited for and not yet been told. */
static double mean_of(const park_quality_state *state, size_t box, size_t c)
{
    const park_segments *seg  = &state->water->segments;
    const park_reaction *law  = &state->water->law[box * seg->count + c];
    double               mass = 0.0, volume = 0.0;
    for (int32_t i = seg->head[2 * box]; i >= 0; i = park_segments_at(seg, i)->next[1]) {
        const park_segment *k       = park_segments_at(seg, i);
        double              pending = state->water->lively[box] ? seg->clock[box] - k->since : 0.0;
        mass += 0.5 * k->volume *
                (park_reaction_after(law, k->value[c], pending) +
                 park_reaction_after(law, k->value[seg->count + c], pending));
        volume += k->volume;
    }
    return volume > 0.0 ? mass / volume : 0.0;
}

double park_quality_in_link(const park_quality_plan *plan, const park_quality_state *state, int32_t link,
                            size_t constituent)
{
    (void)plan;
    return mean_of(state, (size_t)link, constituent);
}

double park_quality_in_tank(const park_quality_plan *plan, const park_quality_state *state, int32_t tank,
                            size_t constituent)
{
    const park_quality_tank *t = &state->water->tank[tank];
    if (plan->net->tank.mixing[tank] >= PARK_NET_MIX_FIFO)
        return mean_of(state, plan->links + (size_t)tank, constituent);
    double rest = fmax(0.0, t->volume - t->mixed);
    return t->volume > 0.0 ? (t->mixed * t->conc[constituent] + rest * t->rest[constituent]) / t->volume
                           : 0.0;
}

size_t park_quality_segments(const park_quality_state *state)
{
    return state->water->segments.capacity - state->water->segments.unused;
}
