#include "simulate/stated.h"

#include "base/calendar.h"

#include <math.h>
#include <string.h>

static const double CARRIED = 600.0; /* [s] in which most of a carry is given to the states */

/* ---- ranks ---- */

/* Which units water can reach from `unit`, in any number of links. */
static void reach(const park_layout *p, int32_t unit, bool *reached, int32_t *stack)
{
    size_t top = 0;
    memset(reached, 0, p->units * sizeof *reached);
    stack[top++] = unit;
    while (top > 0) {
        const park_unit_info *from = &p->model->unit[stack[--top]];
        for (int32_t e = p->out_start[from->first_outlet];
             e < p->out_start[from->first_outlet + from->outlets]; e++) {
            int32_t to = p->model->link[p->out_link[e]].to;
            if (reached[to])
                continue;
            reached[to]  = true;
            stack[top++] = to;
        }
    }
}

/* A unit ranks behind those that reach it and are not reached by it; in a loop all rank alike. */
static bool ranks_find(park_stated *s, park_arena *arena)
{
    const park_layout *p     = s->layout;
    size_t             n     = s->count;
    bool              *to    = PARK_ARRAY(arena, n * n, bool);
    bool              *any   = PARK_ARRAY(arena, p->units, bool);
    int32_t           *stack = PARK_ARRAY(arena, p->units + 1, int32_t), *by = PARK_ARRAY(arena, n, int32_t);
    if (!to || !any || !stack || !by)
        return false;
    for (size_t i = 0; i < n; i++) {
        reach(p, s->unit[i], any, stack);
        for (size_t j = 0; j < n; j++)
            to[i * n + j] = any[s->unit[j]];
    }
    for (size_t round = 0; round < n; round++)
        for (size_t j = 0; j < n; j++)
            for (size_t i = 0; i < n; i++)
                if (to[i * n + j] && !to[j * n + i] && by[j] <= by[i])
                    by[j] = by[i] + 1;
    size_t at = 0;
    memcpy(stack, s->unit, n * sizeof *stack);
    for (int32_t rank = 0; at < n; rank++)
        for (size_t i = 0; i < n; i++)
            if (by[i] == rank) {
                s->unit[at]   = stack[i];
                s->rank[at++] = rank;
                s->ranks      = (size_t)rank + 1;
            }
    return true;
}

/* ---- making ---- */

static bool columns_make(park_stated *s, park_arena *arena)
{
    size_t n = s->count, C = s->layout->constituents;
    s->conc        = PARK_ARRAY(arena, s->layout->outlets * C, double);
    s->carry       = PARK_ARRAY(arena, n * C, double);
    s->saved_carry = PARK_ARRAY(arena, n * C, double);
    s->used        = PARK_ARRAY(arena, n * C, double);
    s->added       = PARK_ARRAY(arena, n * C, double);
    s->removed     = PARK_ARRAY(arena, n * C, double);
    s->energy      = PARK_ARRAY(arena, n, double);
    s->event       = PARK_ARRAY(arena, n, int32_t);
    s->reached     = PARK_ARRAY(arena, n, double);
    s->mass        = PARK_ARRAY(arena, C, double);
    return s->conc && s->carry && s->saved_carry && s->used && s->added && s->removed && s->energy &&
           s->event && s->reached && s->mass;
}

park_status park_stated_new(park_arena *arena, const park_layout *layout, park_stated **stated,
                            park_error *err)
{
    const char  *lack = "not enough memory for the states of units";
    size_t       U    = layout->units;
    park_stated *s    = PARK_NEW(arena, park_stated);
    *stated           = NULL;
    if (s == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "%s", lack);
    s->layout = layout;
    s->of     = PARK_ARRAY(arena, U, int32_t);
    s->unit   = PARK_ARRAY(arena, U, int32_t);
    s->rank   = PARK_ARRAY(arena, U, int32_t);
    s->states = PARK_ARRAY(arena, U, park_states);
    s->at     = PARK_ARRAY(arena, U, size_t);
    s->face   = PARK_ARRAY(arena, U, const park_states_face *);
    if (!s->of || !s->unit || !s->rank || !s->states || !s->at || !s->face)
        return PARK_FAIL(err, PARK_E_MEMORY, "%s", lack);
    for (size_t u = 0; u < U; u++) {
        s->of[u] = PARK_NONE;
        if (layout->stated[u])
            s->unit[s->count++] = (int32_t)u;
    }
    if (!ranks_find(s, arena) || !columns_make(s, arena))
        return PARK_FAIL(err, PARK_E_MEMORY, "%s", lack);
    for (size_t i = 0; i < s->count; i++) {
        int32_t u  = s->unit[i];
        s->face[i] = layout->model->unit[u].kind->time->states(layout->model, u);
        PARK_TRY(s->face[i]->lay(layout->model, u, layout->model->unit[u].params, layout->design[u], arena,
                                 &s->states[i], err));
        s->of[u]    = (int32_t)i;
        s->event[i] = PARK_NONE;
        s->at[i]    = s->width;
        s->width += s->states[i].count;
    }
    s->y     = PARK_ARRAY(arena, s->width, double);
    s->saved = PARK_ARRAY(arena, s->width, double);
    if (s->y == NULL || s->saved == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "%s", lack);
    *stated = s;
    return PARK_OK;
}

double park_stated_pace(const park_stated *s)
{
    double pace = INFINITY;
    for (size_t i = 0; i < s->count; i++)
        pace = fmin(pace, s->states[i].pace);
    return pace;
}

/* ---- what passes ---- */

/* Mass that reaches a unit over a span, from the integral of the rows' concentrations [kg]: the ledger's own sum. */
static void came(const park_stated *s, int32_t unit, const park_flows *flows, const park_rates *rates,
                 const double *integral, double span, double *mass)
{
    const park_layout    *p    = s->layout;
    const park_unit_info *info = &p->model->unit[unit];
    size_t                C    = p->constituents;
    memset(mass, 0, C * sizeof *mass);
    for (int32_t e = p->in_start[info->first_inlet]; e < p->in_start[info->first_inlet + info->inlets]; e++) {
        int32_t l = p->in_link[e], k = p->model->link[l].outlet, row = rates->outlet_row[k];
        for (size_t c = 0; c < C; c++) {
            size_t at     = (size_t)k * C + c;
            double inside = row < 0 ? 0.0 : integral[(size_t)row * C + c];
            mass[c] += flows->link[l] * (rates->outlet_coef[at] * inside + rates->outlet_base[at] * span);
        }
    }
}

static park_passing passing_of(const park_stated *s, size_t i, const park_conditions *now,
                               const park_flows *flows, double time, double span)
{
    int32_t u = s->unit[i];
    return (park_passing){.model  = s->layout->model,
                          .unit   = u,
                          .map    = now->map[u],
                          .t      = time,
                          .span   = span,
                          .intake = flows->intake[u],
                          .mass   = s->mass,
                          .outlet = flows->outlet + s->layout->model->unit[u].first_outlet};
}

static double *conc_of(const park_stated *s, size_t i)
{
    return s->conc + s->layout->model->unit[s->unit[i]].first_outlet * s->layout->constituents;
}

park_status park_stated_begin(park_stated *s, size_t rank, const park_conditions *now,
                              const park_flows *flows, const park_rates *rates, const double *conc,
                              double time, park_error *err)
{
    for (size_t i = 0; i < s->count; i++) {
        if (s->rank[i] != (int32_t)rank)
            continue;
        came(s, s->unit[i], flows, rates, conc, 1.0, s->mass);
        for (size_t c = 0; c < s->layout->constituents; c++)
            s->mass[c] = fmax(0.0, s->mass[c]);
        park_passing passing = passing_of(s, i, now, flows, time, 1.0);
        PARK_TRY(s->face[i]->begin(&s->states[i], &passing, s->y + s->at[i], conc_of(s, i), err));
    }
    return PARK_OK;
}

void park_stated_flows(const park_stated *s, park_conditions *now)
{
    for (size_t i = 0; i < s->count; i++) {
        int32_t u = s->unit[i];
        s->face[i]->flows(&s->states[i], s->y + s->at[i], now->map[u], &now->kept[u], &now->released[u]);
    }
}

/* ---- a piece ---- */

void park_stated_save(park_stated *s)
{
    memcpy(s->saved, s->y, s->width * sizeof *s->y);
    memcpy(s->saved_carry, s->carry, s->count * s->layout->constituents * sizeof *s->carry);
}

void park_stated_restore(park_stated *s)
{
    memcpy(s->y, s->saved, s->width * sizeof *s->y);
    memcpy(s->carry, s->saved_carry, s->count * s->layout->constituents * sizeof *s->carry);
}

/* Eq. (T31): what came and a part of what waited, as a rate; below zero it goes on waiting. */
static void feed(park_stated *s, size_t i, const park_flows *flows, const park_rates *rates,
                 const double *integral, double span)
{
    size_t  C    = s->layout->constituents;
    double *used = s->used + i * C;
    double  part = -expm1(-span / CARRIED); /* not all at once: a short piece would see a flood */
    bool    any  = flows->intake[s->unit[i]] > 0.0;
    came(s, s->unit[i], flows, rates, integral, span, used);
    for (size_t c = 0; c < C; c++) {
        used[c]    = any ? fmax(0.0, used[c] + part * s->carry[i * C + c]) : 0.0; /* no mass without water */
        s->mass[c] = used[c] / span;
    }
}

/* Which unit, when; which state, the unit has said. */
static park_status told(const park_stated *s, size_t i, double time, park_status status,
                        const park_error *inner, park_error *err)
{
    const park_model *model = s->layout->model;
    char              when[PARK_ISO_SIZE];
    park_iso_format((int64_t)llround(time), model->time.utc_offset / 60, when);
    return PARK_FAIL(err, status, "%s: %s, at %s", model->unit[s->unit[i]].id, inner->message,
                     model->time.steady ? "the steady state" : when);
}

park_status park_stated_advance(park_stated *s, size_t rank, const park_conditions *now,
                                const park_flows *flows, const park_rates *rates, const double *integral,
                                double time, double span, double *shortest, park_error *err)
{
    size_t C = s->layout->constituents;
    for (size_t i = 0; i < s->count; i++) {
        if (s->rank[i] != (int32_t)rank)
            continue;
        feed(s, i, flows, rates, integral, span);
        memset(s->added + i * C, 0, C * sizeof(double));
        memset(s->removed + i * C, 0, C * sizeof(double));
        park_passing passing = passing_of(s, i, now, flows, time, span);
        park_passed  passed  = {.span    = span,
                                .event   = PARK_NONE,
                                .conc    = conc_of(s, i),
                                .added   = s->added + i * C,
                                .removed = s->removed + i * C};
        park_error   inner   = {0};
        park_status  status  = s->face[i]->advance(&s->states[i], &passing, s->y + s->at[i], &passed, &inner);
        if (status != PARK_OK)
            return told(s, i, time, status, &inner, err);
        if (!(passed.span > 0.0))
            return PARK_FAIL(err, PARK_E_INTERNAL, "%s does not go on at %.0f s",
                             s->layout->model->unit[s->unit[i]].id, time);
        s->event[i]   = passed.event;
        s->energy[i]  = passed.energy;
        s->reached[i] = passed.span;
        *shortest     = fmin(*shortest, passed.span);
    }
    return PARK_OK;
}

/* Eq. (T32). */
void park_stated_settle(park_stated *s, const park_flows *flows, const park_rates *rates,
                        const double *integral, double span)
{
    size_t C = s->layout->constituents;
    for (size_t i = 0; i < s->count; i++) {
        came(s, s->unit[i], flows, rates, integral, span, s->mass);
        for (size_t c = 0; c < C; c++)
            s->carry[i * C + c] += s->mass[c] - s->used[i * C + c];
    }
}

void park_stated_held(const park_stated *s, int32_t unit, double *water, double *mass)
{
    size_t  C = s->layout->constituents;
    int32_t i = s->of[unit];
    *water    = 0.0;
    memset(mass, 0, C * sizeof *mass);
    if (i < 0)
        return;
    s->face[i]->held(&s->states[i], s->y + s->at[i], water, mass);
    for (size_t c = 0; c < C; c++)
        mass[c] += s->carry[(size_t)i * C + c];
}

void park_stated_show(const park_stated *s, double *value)
{
    for (size_t i = 0; i < s->count; i++) {
        s->face[i]->show(&s->states[i], s->y + s->at[i], value);
        value += s->states[i].shown;
    }
}

void park_stated_tape(park_stated *s, park_tape *tape)
{
    PARK_TAPE(tape, s->y, s->width);
    PARK_TAPE(tape, s->conc, s->layout->outlets * s->layout->constituents);
    PARK_TAPE(tape, s->carry, s->count * s->layout->constituents);
}
