#include "simulate/watch.h"

#include "simulate/controls.h"

#include <math.h>
#include <string.h>

static const double ATOL_VOLUME = 1e-9; /* of the full volume */
static const double ATOL_MASS   = 1e-9; /* of what the basin holds at its limit */

/* The inflow of salts during one quality step, per watched mass: a parabola through start, middle, end. */
typedef struct segment {
    double t, h;
    size_t first; /* into track: 3 * masses values */
} segment;

/* What a controlled unit's mixture is held against. */
typedef struct salt {
    int32_t unit, constituent;
    double  limit; /* kg/m3, INFINITY where only a sum is limited */
} salt;

struct park_watch {
    park_arena        *arena;
    const park_layout *layout;
    const park_rates  *rates;
    const park_state  *state;
    const park_flows  *flows;
    park_map         **map; /* of the stretch: combined limits */
    size_t             levels, masses, slots;
    int32_t           *level_unit; /* [levels] states 0 .. levels-1 */
    int32_t           *level_of;   /* [U] state, -1 */
    salt              *mass;       /* [masses] states levels .. */
    park_slot         *slot;
    int               *fired; /* [slots] */
    double            *y, *rate, *atol;
    park_dae          *dae; /* NULL until first needed */
    park_dae_problem   problem;
    park_sparse        pattern;
    double             rtol;
    size_t             segments, segments_cap, cursor;
    segment           *segment;
    size_t             track_count, track_cap;
    double            *track;
};

/* ---- layout ---- */

static bool limited(const park_layout *p, const park_map *map, size_t u, size_t c)
{
    const park_unit_info *unit = &p->model->unit[u];
    for (size_t k = 0; k < unit->outlets; k++)
        if (map->outlet[k].quality == PARK_QUALITY_MIX && isfinite(map->outlet[k].limit[c]))
            return true;
    for (size_t i = 0; i < map->combined_count; i++)
        if (map->combined[i].coef[c] != 0.0 && isfinite(map->combined[i].limit))
            return true;
    return false;
}

static double lowest_limit(const park_layout *p, const park_map *map, size_t u, size_t c)
{
    double limit = INFINITY;
    for (size_t k = 0; k < p->model->unit[u].outlets; k++)
        if (map->outlet[k].quality == PARK_QUALITY_MIX)
            limit = fmin(limit, map->outlet[k].limit[c]);
    return limit;
}

static bool columns_make(park_watch *w, park_arena *arena)
{
    const park_layout *p = w->layout;
    size_t U = p->units, C = p->constituents, most = U + U * C, slots = 3 * U + p->model->controls;
    w->level_unit = PARK_ARRAY(arena, U, int32_t);
    w->level_of   = PARK_ARRAY(arena, U, int32_t);
    w->mass       = PARK_ARRAY(arena, U * C, salt);
    w->slot       = PARK_ARRAY(arena, slots, park_slot);
    w->fired      = PARK_ARRAY(arena, slots, int);
    w->y          = PARK_ARRAY(arena, most, double);
    w->rate       = PARK_ARRAY(arena, most, double);
    w->atol       = PARK_ARRAY(arena, most, double);
    return w->level_unit && w->level_of && w->mass && w->slot && w->fired && w->y && w->rate && w->atol;
}

static void states_find(park_watch *w, const park_conditions *now)
{
    const park_layout *p = w->layout;
    for (size_t u = 0; u < p->units; u++) {
        w->level_of[u] = PARK_NONE;
        if (!p->variable[u])
            continue;
        w->level_of[u]             = (int32_t)w->levels;
        w->atol[w->levels]         = ATOL_VOLUME * p->hold[u];
        w->level_unit[w->levels++] = (int32_t)u;
    }
    for (size_t u = 0; u < p->units; u++) {
        bool any = false;
        for (size_t c = 0; p->controlled[u] && p->mix_row[u] >= 0 && c < p->constituents; c++) {
            const park_map *map = now->map[u];
            if (!limited(p, map, u, c))
                continue;
            w->mass[w->masses++] = (salt){(int32_t)u, (int32_t)c, lowest_limit(p, map, u, c)};
            any                  = true;
        }
        if (any)
            w->slot[w->slots++] = (park_slot){PARK_SLOT_SALT, (int32_t)u, PARK_NONE};
    }
    for (size_t m = 0; m < w->masses; m++) {
        double usual           = isfinite(w->mass[m].limit) ? w->mass[m].limit
                                                            : p->model->constituent[w->mass[m].constituent].magnitude;
        w->atol[w->levels + m] = ATOL_MASS * fmax(usual, 1e-9) * p->hold[w->mass[m].unit];
    }
    for (size_t j = 0; j < w->levels; j++) {
        w->slot[w->slots++] = (park_slot){PARK_SLOT_RISING, w->level_unit[j], PARK_NONE};
        w->slot[w->slots++] = (park_slot){PARK_SLOT_FALLING, w->level_unit[j], PARK_NONE};
    }
    for (size_t i = 0; i < p->model->controls; i++) {
        int32_t u = p->model->control[i].storage;
        if (u >= 0 && w->level_of[u] >= 0)
            w->slot[w->slots++] = (park_slot){PARK_SLOT_CONTROL, u, (int32_t)i};
    }
}

/* ---- the equations ---- */

static const char *state_name(const void *user, size_t state)
{
    const park_watch *w = user;
    int32_t           u = state < w->levels ? w->level_unit[state] : w->mass[state - w->levels].unit;
    return w->layout->model->unit[u].id;
}

static double volume_of(const park_watch *w, const double *y, int32_t u)
{
    return w->level_of[u] >= 0 ? y[w->level_of[u]] : w->layout->hold[u];
}

/* Eq. (T21): the parabola of a watched inflow at time t. */
static double inflow(park_watch *w, double t, size_t m)
{
    size_t at = w->cursor;
    while (at + 1 < w->segments && t >= w->segment[at].t + w->segment[at].h)
        at++;
    while (at > 0 && t < w->segment[at].t)
        at--;
    w->cursor           = at;
    const double *v     = w->track + w->segment[at].first;
    double        x     = (t - w->segment[at].t) / w->segment[at].h;
    double        begin = v[m], middle = v[w->masses + m], end = v[2 * w->masses + m];
    return begin + x * (-3.0 * begin + 4.0 * middle - end + x * 2.0 * (begin - 2.0 * middle + end));
}

static double *diagonal_of(const park_watch *w, const salt *s)
{
    const park_blocks *b   = w->rates->blocks;
    int32_t            row = w->layout->mix_row[s->unit];
    return w->rates->transfer + (size_t)b->diagonal[row] * b->width + s->constituent;
}

static park_dae_reply rate(void *user, double t, const double *y, double *f)
{
    park_watch *w = user;
    for (size_t j = 0; j < w->levels; j++)
        f[j] = w->flows->net[w->level_unit[j]];
    for (size_t m = 0; m < w->masses; m++) {
        double volume    = volume_of(w, y, w->mass[m].unit);
        double inside    = volume > 0.0 ? y[w->levels + m] / volume : 0.0;
        f[w->levels + m] = inflow(w, t, m) + *diagonal_of(w, &w->mass[m]) * inside;
    }
    return PARK_DAE_FINE;
}

/* Columns of the pattern: a level touches its own salts, a salt itself; diagonals are always there. */
static park_status pattern_make(park_watch *w, park_error *err)
{
    park_triplets entries;
    int32_t       n = (int32_t)(w->levels + w->masses);
    park_triplets_init(&entries, w->arena, n, n);
    for (int32_t i = 0; i < n; i++)
        PARK_TRY(park_triplets_add(&entries, i, i, 0.0, err));
    for (size_t m = 0; m < w->masses; m++)
        if (w->level_of[w->mass[m].unit] >= 0)
            PARK_TRY(park_triplets_add(&entries, (int32_t)(w->levels + m), w->level_of[w->mass[m].unit], 0.0,
                                       err));
    return park_sparse_build(w->arena, &entries, &w->pattern, NULL, err);
}

/* df/dy in the order of the pattern: of m' = in + d m / V. */
static park_dae_reply jacobian(void *user, double t, double cj, const double *y, const double *yp,
                               double *value)
{
    const park_watch *w = user;
    (void)t, (void)cj, (void)yp;
    for (size_t j = 0; j < w->levels + w->masses; j++)
        for (size_t e = w->pattern.start[j]; e < w->pattern.start[j + 1]; e++) {
            size_t row = (size_t)w->pattern.index[e];
            value[e]   = 0.0;
            if (row < w->levels)
                continue;
            const salt *s      = &w->mass[row - w->levels];
            double      volume = volume_of(w, y, s->unit), d = *diagonal_of(w, s);
            if (volume > 0.0)
                value[e] = j == row ? d / volume : -d * y[row] / (volume * volume);
        }
    return PARK_DAE_FINE;
}

/* The mixture's worst ratio to its limits, from masses. Eq. (T22). */
static double ratio_of(const park_watch *w, const double *mass, double volume, int32_t u)
{
    const park_map *map   = w->map == NULL ? NULL : w->map[u];
    double          worst = 0.0;
    if (!(volume > 0.0))
        return 0.0;
    for (size_t m = 0; m < w->masses; m++)
        if (w->mass[m].unit == u && isfinite(w->mass[m].limit) && w->mass[m].limit > 0.0)
            worst = fmax(worst, mass[m] / volume / w->mass[m].limit);
    for (size_t i = 0; map != NULL && i < map->combined_count; i++) {
        double sum = 0.0;
        for (size_t m = 0; m < w->masses; m++)
            if (w->mass[m].unit == u)
                sum += map->combined[i].coef[w->mass[m].constituent] * mass[m] / volume;
        if (map->combined[i].limit > 0.0)
            worst = fmax(worst, sum / map->combined[i].limit);
    }
    return worst;
}

/* Where a level must come to for its event, as an absolute volume; NAN: nothing is awaited on this side. */
static double awaited(const park_watch *w, const park_slot *slot)
{
    const park_layout *p = w->layout;
    int32_t            u = slot->unit;
    double     full = p->hold[u], empty = p->empty[u], margin = PARK_LEVEL_HYSTERESIS * (full - empty);
    park_level level = w->state->level[u];
    if (slot->kind == PARK_SLOT_CONTROL)
        return full * park_control_level(&p->model->control[slot->control], w->state->fired[slot->control]);
    if (slot->kind == PARK_SLOT_RISING)
        return level == PARK_LEVEL_FREE ? full : level == PARK_LEVEL_EMPTY ? empty + margin : NAN;
    bool basin = p->model->unit[u].role != PARK_STORAGE;
    return level == PARK_LEVEL_FREE ? empty : level == PARK_LEVEL_FULL && !basin ? full - margin : NAN;
}

static park_dae_reply root(void *user, double t, const double *y, double *g)
{
    park_watch *w = user;
    (void)t;
    for (size_t i = 0; i < w->slots; i++) {
        const park_slot *slot   = &w->slot[i];
        double           volume = volume_of(w, y, slot->unit);
        if (slot->kind == PARK_SLOT_SALT) {
            g[i] = ratio_of(w, y + w->levels, volume, slot->unit) -
                   (w->state->blowing[slot->unit] ? PARK_SALT_OFF : PARK_SALT_ON);
            continue;
        }
        double target = awaited(w, slot), net = w->flows->net[slot->unit];
        bool   wrong_way =
            (slot->kind == PARK_SLOT_RISING && net <= 0.0) || (slot->kind == PARK_SLOT_FALLING && net >= 0.0);
        g[i] = isnan(target) || wrong_way ? 1.0 : (volume - target) / w->layout->hold[slot->unit];
    }
    return PARK_DAE_FINE;
}

/* ---- making ---- */

park_status park_watch_new(park_arena *arena, const park_layout *layout, const park_conditions *conditions,
                           double rtol, park_watch **watch, park_error *err)
{
    park_watch *w = PARK_NEW(arena, park_watch);
    *watch        = NULL;
    if (w == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to watch levels");
    w->arena  = arena;
    w->layout = layout;
    w->rtol   = rtol;
    w->map    = conditions->map;
    if (!columns_make(w, arena))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to watch levels");
    states_find(w, conditions);
    *watch   = w;
    size_t n = w->levels + w->masses;
    if (n == 0)
        return PARK_OK;
    PARK_TRY(pattern_make(w, err));
    w->problem = (park_dae_problem){.what       = "levels and basins",
                                    .states     = n,
                                    .roots      = w->slots,
                                    .user       = w,
                                    .rate       = rate,
                                    .pattern    = &w->pattern,
                                    .jacobian   = jacobian,
                                    .root       = root,
                                    .state_name = state_name};
    return PARK_OK;
}

bool park_watch_salts(const park_watch *w)
{
    return w->masses > 0;
}

bool park_watch_needed(const park_watch *w, const park_state *state, const park_flows *flows)
{
    (void)state;
    bool needed = w->masses > 0;
    for (size_t j = 0; j < w->levels; j++)
        needed = needed || flows->net[w->level_unit[j]] != 0.0;
    return needed;
}

park_slot park_watch_slot(const park_watch *w, int32_t slot)
{
    return w->slot[slot];
}

double park_watch_share(const park_watch *w, const park_state *state, int32_t unit)
{
    return state->volume[unit] / w->layout->hold[unit];
}

double park_watch_ratio(const park_watch *w, const park_state *state, int32_t unit)
{
    const park_layout *p   = w->layout;
    int32_t            row = p->mix_row[unit];
    for (size_t m = 0; m < w->masses; m++)
        w->rate[m] = w->mass[m].unit == unit
                         ? state->mass[(size_t)row * p->constituents + (size_t)w->mass[m].constituent]
                         : 0.0;
    return row < 0 ? 0.0
                   : ratio_of(w, w->rate, p->variable[unit] ? state->volume[unit] : p->hold[unit], unit);
}

park_dae_counts park_watch_counted(const park_watch *w)
{
    return w->dae == NULL ? (park_dae_counts){0} : park_dae_counted(w->dae);
}

/* ---- a stretch ---- */

void park_watch_track_begin(park_watch *w, const park_rates *rates, const park_state *state,
                            const park_conditions *conditions, const park_flows *flows)
{
    w->rates       = rates;
    w->state       = state;
    w->flows       = flows;
    w->map         = conditions->map;
    w->segments    = 0;
    w->track_count = 0;
    w->cursor      = 0;
}

/* Inflow of each watched mass at given concentrations: its row of b + T C without its own diagonal. */
static void inflows_at(const park_watch *w, const double *conc, double *to)
{
    const park_blocks *b = w->rates->blocks;
    for (size_t m = 0; m < w->masses; m++) {
        int32_t row = w->layout->mix_row[w->mass[m].unit];
        size_t  c   = (size_t)w->mass[m].constituent;
        to[m]       = w->rates->source[(size_t)row * b->width + c];
        for (size_t j = 0; j < b->size; j++) {
            int32_t at = b->place[(size_t)row * b->size + j];
            if (at >= 0 && j != (size_t)row)
                to[m] += w->rates->transfer[(size_t)at * b->width + c] * conc[j * b->width + c];
        }
    }
}

void park_watch_track(void *watch, double t, double h, const double *start, const double *middle,
                      const double *end)
{
    park_watch *w = watch;
    while (w->track_count + 3 * w->masses > w->track_cap)
        if (!park_arena_grow(w->arena, (void **)&w->track, sizeof *w->track, w->track_cap, &w->track_cap))
            return; /* told by park_watch_advance: the track ends early */
    if (!PARK_GROW(w->arena, w->segment, w->segments, w->segments_cap))
        return;
    double *to                = w->track + w->track_count;
    w->segment[w->segments++] = (segment){t, h, w->track_count};
    w->track_count += 3 * w->masses;
    inflows_at(w, start, to);
    inflows_at(w, middle, to + w->masses);
    inflows_at(w, end, to + 2 * w->masses);
}

static park_status load(park_watch *w, double stop, park_error *err)
{
    const park_state *state = w->state;
    double            span  = stop - state->time;
    for (size_t j = 0; j < w->levels; j++)
        w->y[j] = state->volume[w->level_unit[j]];
    for (size_t m = 0; m < w->masses; m++) {
        size_t row          = (size_t)w->layout->mix_row[w->mass[m].unit];
        w->y[w->levels + m] = state->mass[row * w->layout->constituents + (size_t)w->mass[m].constituent];
    }
    if (w->dae != NULL)
        return park_dae_restart(w->dae, state->time, w->y, NULL, w->masses == 0 ? span : 0.0, err);
    park_dae_settings settings = {
        .rtol = w->rtol, .atol = w->atol, .first_step = w->masses == 0 ? span : 0.0};
    return park_dae_new(w->arena, &w->problem, &settings, state->time, w->y, NULL, &w->dae, err);
}

static void drift_note(const park_watch *w, double reached, double *drift)
{
    for (size_t j = 0; j < w->levels; j++) {
        int32_t u      = w->level_unit[j];
        double  ledger = w->state->volume[u] + w->flows->net[u] * (reached - w->state->time);
        *drift         = fmax(*drift, fabs(w->y[j] - ledger) / w->layout->hold[u]);
    }
}

park_status park_watch_advance(park_watch *w, const park_state *state, double stop, double *span,
                               int32_t *slot, double *drift, park_error *err)
{
    double           reached;
    park_dae_outcome outcome;
    *slot = PARK_NONE;
    if (w->masses > 0 &&
        (w->segments == 0 || w->segment[w->segments - 1].t + w->segment[w->segments - 1].h < stop - 1e-6))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the inflow of %zu watched salts",
                         w->masses);
    PARK_TRY(load(w, stop, err));
    PARK_TRY(park_dae_advance(w->dae, stop, false, &reached, w->y, &outcome, err));
    drift_note(w, reached, drift);
    *span = reached - state->time;
    if (outcome != PARK_DAE_AT_ROOT)
        return PARK_OK;
    PARK_TRY(park_dae_fired(w->dae, w->fired, err));
    for (size_t i = 0; i < w->slots && *slot < 0; i++)
        if (w->fired[i] != 0)
            *slot = (int32_t)i;
    if (*slot < 0 || w->slot[*slot].kind == PARK_SLOT_SALT)
        return PARK_OK;
    /* levels change at a constant rate: how long it takes is known exactly */
    int32_t u     = w->slot[*slot].unit;
    double  exact = (awaited(w, &w->slot[*slot]) - state->volume[u]) / w->flows->net[u];
    if (exact >= 0.0 && exact <= stop - state->time)
        *span = exact;
    return PARK_OK;
}
