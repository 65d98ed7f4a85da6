#include "simulate/begin.h"

#include <math.h>
#include <string.h>

static const double EQUILIBRATING =
    120.0 * 86400.0; /* without a plan, concentrations begin as after this time [s] */

/* The period's own end stands for what was before its start. */
int64_t park_march_inside(const park_model *model, double t)
{
    int64_t at = (int64_t)floor(t);
    if (!model->time.steady && at < model->time.start)
        at += model->time.end - model->time.start;
    return at;
}

int32_t park_march_season(const park_model *model, double t)
{
    int32_t season = model->time.steady ? 0 : park_model_season_at(model, park_march_inside(model, t));
    return season < 0 ? 0 : season;
}

double park_march_volume(const park_march *m, size_t row)
{
    const park_layout *p = m->layout;
    int32_t            u = p->row_unit[row];
    if (!p->variable[u])
        return p->hold[u];
    /* beside a basin the row of what enters is a pipe, and no second basin */
    return p->mix_row[u] == (int32_t)row ? m->state->volume[u] : fmax(1e-3 * p->hold[u], 60.0 * p->design[u]);
}

/* Storages begin as the plan ends (periodic), as they are told, or half full; basins full. */
static park_status volumes_begin(park_march *m, park_error *err)
{
    const park_layout *p    = m->layout;
    const park_design *plan = p->plan;
    for (size_t u = 0; u < p->units; u++) {
        if (!p->variable[u])
            continue;
        const park_map *map     = m->now->map[u];
        double          planned = plan == NULL || plan->volume == NULL || !p->model->time.periodic
                                      ? NAN
                                      : plan->volume[(p->seasons - 1) * p->units + u];
        double told  = map->volume_max > 0.0 && isfinite(map->volume_max) && isfinite(map->volume_start)
                           ? map->volume_start / map->volume_max * p->hold[u]
                           : NAN;
        double half  = 0.5 * (p->empty[u] + p->hold[u]);
        double start = p->model->unit[u].role != PARK_STORAGE ? p->hold[u]
                       : isfinite(told)                       ? told
                       : isfinite(planned)                    ? planned
                                                              : half;
        m->state->volume[u] = fmin(fmax(start, p->empty[u]), p->hold[u]);
        m->state->level[u]  = p->model->unit[u].role != PARK_STORAGE ? PARK_LEVEL_FULL : PARK_LEVEL_FREE;
    }
    (void)err;
    return PARK_OK;
}

/* Planned concentration inside a row: of the first mixed outlet, or of what enters. NAN where the plan has no flow. */
static double planned_conc(const park_layout *p, size_t row, size_t c, int32_t season)
{
    int32_t               u    = p->row_unit[row];
    const park_unit_info *unit = &p->model->unit[u];
    const park_design    *plan = p->plan;
    size_t                C = p->constituents, s = (size_t)season;
    if (plan == NULL || plan->outlet_conc == NULL || plan->inlet_conc == NULL)
        return NAN;
    if (p->mix_row[u] == (int32_t)row && unit->outlets > 0)
        return plan->outlet_conc[(s * p->outlets + unit->first_outlet) * C + c];
    double water = 0.0, mass = 0.0;
    for (size_t i = unit->first_inlet; i < unit->first_inlet + unit->inlets; i++) {
        double flow = plan->inlet_flow[s * p->inlets + i];
        water += flow;
        mass += flow > 0.0 ? flow * plan->inlet_conc[(s * p->inlets + i) * C + c] : 0.0;
    }
    return water > 0.0 ? mass / water : NAN;
}

/* Eq. (T34): rows without a plan as the mean flows make them, units with states at rest under what then reaches them, those
 * upstream first. */
static park_status equilibrium(park_march *m, bool unknown, park_error *err)
{
    const park_layout *p      = m->layout;
    park_stated       *stated = m->state->stated;
    size_t             width  = p->rows * p->constituents;
    double            *now    = m->saved_mass; /* scratch */
    for (size_t u = 0; u < p->units; u++)
        m->state->blowing[u] = p->controlled[u]; /* a basin left to itself would begin as brine */
    park_dispatch_run(m->dispatch, m->now, m->state, m->flows);
    memset(m->state->blowing, 0, p->units * sizeof *m->state->blowing);
    for (size_t rank = 0; rank <= stated->ranks; rank++) {
        park_rates_set(m->rates, m->now, m->flows);
        if (unknown)
            PARK_TRY(
                park_quality_equilibrate(m->quality, m->rates, EQUILIBRATING, m->volume, m->saved_conc, err));
        for (size_t i = 0; i < width; i++)
            now[i] = fmax(0.0, isfinite(m->state->conc[i]) ? m->state->conc[i] : m->saved_conc[i]);
        if (rank < stated->ranks)
            PARK_TRY(park_stated_begin(stated, rank, m->now, m->flows, m->rates, now, m->state->time, err));
    }
    return PARK_OK;
}

/* Concentrations of the plan; where it says nothing, those that mean flows bring about. */
static park_status masses_begin(park_march *m, int32_t season, park_error *err)
{
    const park_layout *p       = m->layout;
    size_t             C       = p->constituents;
    bool               unknown = false;
    for (size_t row = 0; row < p->rows; row++) {
        m->volume[row] = park_march_volume(m, row);
        bool stored    = p->model->unit[p->row_unit[row]].role == PARK_STORAGE && p->model->time.periodic;
        for (size_t c = 0; c < C; c++) {
            double conc                 = planned_conc(p, row, c, stored ? (int32_t)p->seasons - 1 : season);
            m->state->conc[row * C + c] = conc;
            unknown                     = unknown || !isfinite(conc);
        }
    }
    if (unknown || m->state->stated->count > 0)
        PARK_TRY(equilibrium(m, unknown, err));
    for (size_t i = 0; i < p->rows * C; i++) {
        if (!isfinite(m->state->conc[i]))
            m->state->conc[i] = m->saved_conc[i];
        m->state->conc[i] = fmax(0.0, m->state->conc[i]);
        m->state->mass[i] = m->state->conc[i] * m->volume[i / C];
    }
    return PARK_OK;
}

park_status park_march_begin(park_march *m, double start, park_error *err)
{
    const park_layout *p      = m->layout;
    int32_t            season = park_march_season(p->model, start);
    m->state->time            = start;
    m->now->season            = season;
    for (size_t u = 0; u < p->units;
         u++) { /* the season's means, so that no closed night decides the start */
        PARK_TRY(park_unit_average(p->model, (int32_t)u, season, m->now->map[u], err));
        m->now->working[u] = true;
        m->now->failed[u]  = false;
        m->now->lost[u]    = 0.0;
    }
    PARK_TRY(volumes_begin(m, err));
    PARK_TRY(masses_begin(m, season, err));
    park_controls_begin(p, m->state);
    if (p->model->regulators > 0) { /* the first look sees the flows of the season's means */
        double moved;
        park_dispatch_run(m->dispatch, m->now, m->state, m->flows);
        park_rates_set(m->rates, m->now, m->flows);
        PARK_TRY(park_events_look(m, (int64_t)start, true, &moved, err));
    }
    return park_watch_new(m->arena, p, m->now, m->settings->rtol, &m->watch, err);
}
