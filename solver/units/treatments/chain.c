#include "units/treatments/chain.h"

#include "units/treatments/mixed.h"
#include "units/treatments/stage_now.h"
#include "units/treatments/treatment.h"

#include "base/text.h"

#include <string.h>

enum { OUTLETS = 2 };

/* ---- a stage without states ---- */

/* The state: season of the last piece, then what is mixed in it by constituent. */
enum { SEASON, MIXED };

typedef struct plain_work {
    const park_model     *model;
    int32_t               unit;
    const park_treatment *stage;
    double                volume; /* [m3] */
} plain_work;

static const park_stage_point *point_of(const plain_work *w, double season)
{
    return park_stage_point_at(w->model, w->unit, w->stage, season);
}

static void plain_flows(const park_states *states, const double *y, park_map *map, double *kept,
                        double *released)
{
    const plain_work       *w     = states->work;
    const park_stage_point *p     = point_of(w, y[SEASON]);
    double                  share = park_stage_recovery(w->stage, p);
    *kept = *released                         = 0.0;
    map->outlet[PARK_TREATMENT_PRODUCT].alpha = share;
    if (map->outlets > PARK_TREATMENT_REJECT)
        map->outlet[PARK_TREATMENT_REJECT].alpha = 1.0 - share;
}

static park_status plain_begin(const park_states *states, const park_passing *s, double *y, double *conc,
                               park_error *err)
{
    const plain_work *w = states->work;
    size_t            C = w->model->constituents;
    (void)err;
    y[SEASON]                        = park_season_number(w->model, s->t);
    const park_stage_point *p        = point_of(w, y[SEASON]);
    double                  recovery = park_stage_recovery(w->stage, p);
    for (size_t c = 0; c < C; c++) {
        double share[OUTLETS], adds[OUTLETS], mean = s->intake > 0.0 ? s->mass[c] / s->intake : 0.0;
        park_stage_shares(w->model, w->stage, p, c, share, adds);
        y[MIXED + c] = w->volume * mean;
        conc[c]      = (share[0] * mean + adds[0]) / recovery;
        conc[C + c]  = recovery < 1.0 ? (share[1] * mean + adds[1]) / (1.0 - recovery) : 0.0;
    }
    return PARK_OK;
}

static park_status plain_advance(const park_states *states, const park_passing *s, double *y,
                                 park_passed *out, park_error *err)
{
    const plain_work       *w       = states->work;
    const park_stage_point *p       = point_of(w, y[SEASON]);
    size_t                  C       = w->model->constituents;
    double                  through = s->intake * s->span;
    (void)err;
    for (size_t c = 0; c < C; c++) {
        double share[OUTLETS], adds[OUTLETS];
        park_stage_shares(w->model, w->stage, p, c, share, adds);
        double passed  = park_mixed_pass(w->volume, through, s->mass[c] * s->span, &y[MIXED + c]);
        double brings  = (p != NULL ? p->brings[c] : 0.0) * through;
        double balance = passed + brings;
        for (size_t k = 0; k < OUTLETS; k++) {
            double volume        = k < s->map->outlets ? s->outlet[k] * s->span : 0.0,
                   part          = share[k] * passed + adds[k] * through;
            out->conc[k * C + c] = volume > 0.0 ? part / volume : 0.0;
            balance -= volume > 0.0 ? part : 0.0;
        }
        out->added[c]   = brings + fmax(0.0, -balance);
        out->removed[c] = fmax(0.0, balance);
    }
    out->energy = (p != NULL ? p->energy : s->map->energy_in) * through;
    y[SEASON]   = park_season_number(w->model, s->t + s->span);
    return PARK_OK;
}

static void plain_held(const park_states *states, const double *y, double *water, double *mass)
{
    const plain_work *w = states->work;
    *water              = 0.0;
    memcpy(mass, y + MIXED, w->model->constituents * sizeof *mass);
}

static park_status plain_lay(const park_model *model, int32_t unit, const park_treatment *stage,
                             double design_flow, park_arena *arena, park_states *states, park_error *err)
{
    plain_work *w = PARK_NEW(arena, plain_work);
    if (w == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the stages of %s", model->unit[unit].id);
    *w      = (plain_work){model, unit, stage, stage->holding * design_flow};
    *states = (park_states){.count = MIXED + model->constituents, .pace = 3600.0, .work = w};
    return PARK_OK;
}

/* Begun, moved and asked by the chain alone: `lay` has its own arguments. */
static const park_states_face PLAIN = {
    .begin = plain_begin, .flows = plain_flows, .advance = plain_advance, .held = plain_held};

/* ---- the chain ---- */

typedef struct link_work {
    park_chain_stage        stage;
    const park_states_face *face;
    park_states             states;
    size_t                  at; /* of its doubles in y */
    park_map                map;
    park_map_outlet         outlet[OUTLETS];
} link_work;

typedef struct chain_work {
    const park_model *model;
    size_t            links;
    link_work        *link;
    double            energy;
    double           *conc, *mass, *added, *removed; /* [2C], [C] scratch */
} chain_work;

static park_status lay_link(const park_model *model, int32_t unit, double flow, park_arena *arena,
                            link_work *l, park_error *err)
{
    const park_treatment *stage = l->stage.params;
    l->map                      = (park_map){.inlets       = 1,
                                             .outlets      = stage->recovery < 1.0 ? OUTLETS : 1,
                                             .constituents = model->constituents,
                                             .outlet       = l->outlet,
                                             .energy_in    = l->stage.energy};
    l->map.in_hi                = PARK_ARRAY(arena, 1, double);
    l->face                     = l->stage.face != NULL ? l->stage.face : &PLAIN;
    if (l->map.in_hi == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the stages of %s", model->unit[unit].id);
    return l->stage.face == NULL ? plain_lay(model, unit, stage, flow, arena, &l->states, err)
                                 : l->face->lay(model, unit, stage, flow, arena, &l->states, err);
}

/* "UF.loss" */
static park_status show_names(const chain_work *w, park_arena *arena, park_states *states, park_error *err)
{
    park_state_info *info = PARK_ARRAY(arena, states->shown, park_state_info);
    size_t           n    = 0;
    for (size_t i = 0; info != NULL && i < w->links; i++)
        for (size_t k = 0; k < w->link[i].states.shown; k++, n++) {
            info[n] = w->link[i].states.show[k];
            if (w->link[i].stage.id != NULL)
                info[n].word = park_arena_printf(arena, "%s.%s", w->link[i].stage.id, info[n].word);
            if (info[n].word == NULL)
                info = NULL;
            if (info == NULL)
                break;
        }
    states->show = info;
    return info == NULL && states->shown > 0
               ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the stages")
               : PARK_OK;
}

park_status park_chain_lay(const park_model *model, int32_t unit, const park_chain_stage *stage,
                           size_t stages, double energy, double design_flow, park_arena *arena,
                           park_states *states, park_error *err)
{
    size_t      C = model->constituents;
    chain_work *w = PARK_NEW(arena, chain_work);
    link_work  *l = PARK_ARRAY(arena, stages, link_work);
    double     *x = PARK_ARRAY(arena, 5 * C, double), flow = design_flow;
    if (w == NULL || l == NULL || x == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the stages of %s", model->unit[unit].id);
    *w      = (chain_work){model, stages, l, energy, x, x + 2 * C, x + 3 * C, x + 4 * C};
    *states = (park_states){.pace = INFINITY, .work = w};
    for (size_t i = 0; i < stages; i++) {
        l[i].stage = stage[i];
        l[i].at    = states->count;
        PARK_TRY(lay_link(model, unit, flow, arena, &l[i], err));
        states->count += l[i].states.count;
        states->shown += l[i].states.shown;
        states->pace = fmin(states->pace, l[i].states.pace);
        flow *= stage[i].params->recovery;
    }
    return show_names(w, arena, states, err);
}

/* ---- water ---- */

/* What a stage does with its intake as its state stands; its own share kept and its own release. */
static void link_flows(link_work *l, const double *y, double *kept, double *released)
{
    *l->map.in_hi = INFINITY;
    for (size_t k = 0; k < OUTLETS; k++)
        l->outlet[k].alpha = l->outlet[k].beta = 0.0;
    l->face->flows(&l->states, y + l->at, &l->map, kept, released);
}

/* (U98): shares of the unit's intake, from stage to stage. */
void park_chain_flows(const park_states *states, const double *y, park_map *map, double *kept,
                      double *released)
{
    const chain_work *w    = states->work;
    double            part = 1.0, most = INFINITY;
    *kept = *released = 0.0;
    for (size_t k = 0; k < map->outlets; k++)
        map->outlet[k].alpha = map->outlet[k].beta = 0.0;
    for (size_t i = 0; i < w->links; i++) {
        link_work *l = &w->link[i];
        double     keeps, gives;
        link_flows(l, y, &keeps, &gives);
        most = part > 0.0 ? fmin(most, *l->map.in_hi / part) : most;
        *kept += keeps * part;
        *released += gives;
        if (l->map.outlets > PARK_TREATMENT_REJECT) {
            map->outlet[l->stage.outlet].alpha += part * l->outlet[PARK_TREATMENT_REJECT].alpha;
            map->outlet[l->stage.outlet].beta += l->outlet[PARK_TREATMENT_REJECT].beta;
        }
        part *= l->outlet[PARK_TREATMENT_PRODUCT].alpha;
    }
    map->outlet[PARK_TREATMENT_PRODUCT].alpha = part;
    map->in_hi[0]                             = most;
}

/* What passes a stage [m3/s], from what enters the unit; `flow` holds its outlets. */
static park_passing link_passing(const link_work *l, const park_passing *s, double intake, const double *mass,
                                 double flow[OUTLETS])
{
    park_passing one = *s;
    for (size_t k = 0; k < OUTLETS; k++)
        flow[k] = l->outlet[k].alpha * intake + l->outlet[k].beta;
    one.map    = &l->map;
    one.intake = intake;
    one.mass   = mass;
    one.outlet = flow;
    return one;
}

/* Adds `flow` of `conc` to an outlet's mean: `sum` [outlets] has seen that much before. */
static void blend(size_t C, double flow, const double *conc, double *sum, double *mean)
{
    double all = *sum + flow;
    for (size_t c = 0; c < C; c++)
        mean[c] = all > 0.0 ? (mean[c] * *sum + conc[c] * flow) / all : conc[c];
    *sum = all;
}

/* ---- the face ---- */

enum { UNIT_OUTLETS_MOST = 34 }; /* product, joint reject, one of each stage */

static park_status link_told(const link_work *l, park_status status, const park_error *inner, park_error *err)
{
    return l->stage.id == NULL ? PARK_FAIL(err, status, "%s", inner->message)
                               : PARK_FAIL(err, status, "%s: %s", l->stage.id, inner->message);
}

park_status park_chain_begin(const park_states *states, const park_passing *s, double *y, double *conc,
                             park_error *err)
{
    const chain_work *w                       = states->work;
    size_t            C                       = w->model->constituents;
    double            seen[UNIT_OUTLETS_MOST] = {0}, intake = s->intake;
    memset(conc, 0, s->map->outlets * C * sizeof *conc);
    memcpy(w->mass, s->mass, C * sizeof *w->mass);
    for (size_t i = 0; i < w->links; i++) {
        link_work *l = &w->link[i];
        double     flow[OUTLETS], kept, released;
        park_error inner = {0};
        for (size_t k = 0; k < OUTLETS; k++) /* a first idea; the state decides */
            l->outlet[k].alpha =
                k == PARK_TREATMENT_PRODUCT ? l->stage.params->recovery : 1.0 - l->stage.params->recovery;
        park_passing one    = link_passing(l, s, intake, w->mass, flow);
        park_status  status = l->face->begin(&l->states, &one, y + l->at, w->conc, &inner);
        if (status != PARK_OK)
            return link_told(l, status, &inner, err);
        if (l->stage.tells != NULL && i + 1 < w->links)
            l->stage.tells(&l->states, y + l->at, &w->link[i + 1].states);
        link_flows(l, y, &kept, &released);
        double product = l->outlet[PARK_TREATMENT_PRODUCT].alpha * intake;
        if (l->map.outlets > PARK_TREATMENT_REJECT)
            blend(C, l->outlet[PARK_TREATMENT_REJECT].alpha * intake + l->outlet[PARK_TREATMENT_REJECT].beta,
                  w->conc + C, &seen[l->stage.outlet], conc + l->stage.outlet * C);
        for (size_t c = 0; c < C; c++)
            w->mass[c] = product * fmax(0.0, w->conc[c]);
        intake = product;
    }
    memcpy(conc, w->conc, C * sizeof *conc);
    return PARK_OK;
}

park_status park_chain_advance(const park_states *states, const park_passing *s, double *y, park_passed *out,
                               park_error *err)
{
    const chain_work *w                       = states->work;
    size_t            C                       = w->model->constituents;
    double            seen[UNIT_OUTLETS_MOST] = {0}, intake = s->intake, span = s->span;
    memset(out->conc, 0, s->map->outlets * C * sizeof *out->conc);
    memcpy(w->mass, s->mass, C * sizeof *w->mass);
    for (size_t i = 0; i < w->links; i++) {
        link_work *l = &w->link[i];
        double     flow[OUTLETS], kept, released;
        link_flows(l, y, &kept, &released); /* as it stood when the unit's flows were asked for */
        park_passing one = link_passing(l, s, intake, w->mass, flow);
        memset(w->added, 0, C * sizeof *w->added);
        memset(w->removed, 0, C * sizeof *w->removed);
        park_error  inner  = {0};
        park_passed passed = {
            .span = s->span, .event = PARK_NONE, .conc = w->conc, .added = w->added, .removed = w->removed};
        park_status status = l->face->advance(&l->states, &one, y + l->at, &passed, &inner);
        if (status != PARK_OK)
            return link_told(l, status, &inner, err);
        if (passed.event != PARK_NONE)
            out->event = passed.event;
        if (l->stage.tells != NULL && i + 1 < w->links)
            l->stage.tells(&l->states, y + l->at, &w->link[i + 1].states);
        span = fmin(span, passed.span);
        out->energy += passed.energy;
        for (size_t c = 0; c < C; c++) {
            out->added[c] += w->added[c];
            out->removed[c] += w->removed[c];
            w->mass[c] = flow[PARK_TREATMENT_PRODUCT] * w->conc[c];
        }
        if (l->map.outlets > PARK_TREATMENT_REJECT)
            blend(C, flow[PARK_TREATMENT_REJECT], w->conc + C, &seen[l->stage.outlet],
                  out->conc + l->stage.outlet * C);
        intake = flow[PARK_TREATMENT_PRODUCT];
    }
    memcpy(out->conc, w->conc, C * sizeof *out->conc);
    out->span = span; /* shorter: the march comes again with it, from the start of the piece */
    if (!isnan(w->energy))
        out->energy = w->energy * s->intake * s->span;
    return PARK_OK;
}

void park_chain_held(const park_states *states, const double *y, double *water, double *mass)
{
    const chain_work *w = states->work;
    size_t            C = w->model->constituents;
    *water              = 0.0;
    memset(mass, 0, C * sizeof *mass);
    for (size_t i = 0; i < w->links; i++) {
        double own;
        w->link[i].face->held(&w->link[i].states, y + w->link[i].at, &own, w->mass);
        *water += own;
        for (size_t c = 0; c < C; c++)
            mass[c] += w->mass[c];
    }
}

void park_chain_show(const park_states *states, const double *y, double *value)
{
    const chain_work *w = states->work;
    for (size_t i = 0; i < w->links; i++)
        if (w->link[i].states.shown > 0) {
            w->link[i].face->show(&w->link[i].states, y + w->link[i].at, value);
            value += w->link[i].states.shown;
        }
}
