#include "model/trace.h"

#include "base/lu.h"

#include <math.h>

struct park_trace {
    const park_model  *model;
    const park_ledger *ledger;
    const bool        *known, *inside;
    double            *stock; /* [S*U] water carried into the season from the one before, Eq. (B7) */
    bool              *fed;   /* [S*U] some known water arrives, directly or through others */
    bool    *begun; /* [S*U] the stock is of the time before the account: nothing in it tells what it was */
    park_lu *lu;
    park_sparse matrix;
    double     *right, *value; /* [S*U] */
    double      dust;          /* water up to it does not flow */
};

/* Water below this share of the largest flow or stock is rounding: followed, it would make the system singular. */
static const double DUST_SHARE = 1e-12;

static double above_dust(const park_trace *t, double water)
{
    return water > t->dust ? water : 0.0;
}

static double link_water(const park_trace *t, size_t s, size_t l)
{
    return above_dust(t, t->ledger->link_water[s * t->ledger->links + l]);
}

static double own_water(const park_trace *t, size_t s, size_t u)
{
    return above_dust(t, t->ledger->own_water[s * t->ledger->units + u]);
}

static bool mixes(const park_trace *t, size_t u)
{
    return t->inside == NULL || t->inside[u];
}

/* The link's value is known before anything is solved. */
static bool given(const park_trace *t, size_t l)
{
    const park_link_info *link = &t->model->link[l];
    return !mixes(t, (size_t)link->from) || t->known[link->outlet];
}

/* Eq. (B7): the least stock that explains the stored volumes, zero in the season when it is lowest. */
static void find_stocks(park_trace *t)
{
    size_t S = t->ledger->seasons, U = t->ledger->units;
    for (size_t u = 0; u < U; u++) {
        double level = 0.0, lowest = 0.0;
        for (size_t s = 0; s < S; s++) {
            t->stock[s * U + u] = level;
            lowest              = fmin(lowest, level);
            level += t->ledger->stored_water[s * U + u];
        }
        lowest = fmin(lowest, level);
        for (size_t s = 0; s < S; s++)
            t->stock[s * U + u] -= lowest;
    }
    double most = 0.0;
    for (size_t i = 0; i < S * U; i++)
        most = fmax(most, t->stock[i]);
    for (size_t i = 0; i < S * t->ledger->links; i++)
        most = fmax(most, t->ledger->link_water[i]);
    t->dust = DUST_SHARE * most;
    for (size_t i = 0; i < S * U; i++)
        t->stock[i] = above_dust(t, t->stock[i]);
}

static size_t season_before(size_t s, size_t seasons)
{
    return s == 0 ? seasons - 1 : s - 1;
}

/* One sweep of known water along links and stocks; true when it reached another unit. */
static bool spread(park_trace *t)
{
    size_t S = t->ledger->seasons, U = t->ledger->units, L = t->ledger->links;
    bool   changed = false;
    for (size_t s = 0; s < S; s++) {
        for (size_t l = 0; l < L; l++) {
            const park_link_info *link = &t->model->link[l];
            bool                 *to   = &t->fed[s * U + (size_t)link->to];
            if (!*to && link_water(t, s, l) > 0.0 && mixes(t, (size_t)link->to) &&
                (given(t, l) || t->fed[s * U + (size_t)link->from]))
                *to = changed = true;
        }
        for (size_t u = 0; u < U; u++) {
            bool *here = &t->fed[s * U + u];
            if (!*here && mixes(t, u) &&
                (own_water(t, s, u) > 0.0 ||
                 (t->stock[s * U + u] > 0.0 && t->fed[season_before(s, S) * U + u])))
                *here = changed = true;
        }
    }
    return changed;
}

/* Which mixtures receive known water at all; a loop that nothing enters would make the system singular. A stock that
 * nothing fed is known, too: it stood there before. */
static void find_fed(park_trace *t)
{
    size_t cells = t->ledger->seasons * t->ledger->units;
    for (bool again = true; again;) {
        while (spread(t))
            ;
        again = false;
        for (size_t i = 0; i < cells && !again; i++)
            if (!t->fed[i] && t->stock[i] > 0.0 && mixes(t, i % t->ledger->units))
                t->fed[i] = t->begun[i] = again = true;
    }
}

/* Eq. (B8), the left side; unfed and outside units keep an identity row. */
static park_status assemble(park_trace *t, park_arena *arena, park_error *err)
{
    const park_ledger *g = t->ledger;
    size_t             S = g->seasons, U = g->units, L = g->links;
    double            *water = PARK_ARRAY(arena, S * U, double);
    if (water == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to trace the water");
    park_triplets entries;
    park_triplets_init(&entries, arena, (int32_t)(S * U), (int32_t)(S * U));
    for (size_t s = 0; s < S; s++) {
        for (size_t u = 0; u < U; u++)
            water[s * U + u] = own_water(t, s, u) + t->stock[s * U + u];
        for (size_t l = 0; l < L; l++)
            water[s * U + (size_t)t->model->link[l].to] += link_water(t, s, l);
    }
    for (size_t s = 0; s < S; s++) {
        for (size_t l = 0; l < L; l++) {
            size_t to = s * U + (size_t)t->model->link[l].to, from = s * U + (size_t)t->model->link[l].from;
            if (t->fed[to] && t->fed[from] && !given(t, l) && link_water(t, s, l) > 0.0)
                PARK_TRY(park_triplets_add(&entries, (int32_t)to, (int32_t)from,
                                           -link_water(t, s, l) / water[to], err));
        }
        for (size_t u = 0; u < U; u++) {
            size_t here = s * U + u, before = season_before(s, S) * U + u;
            PARK_TRY(park_triplets_add(&entries, (int32_t)here, (int32_t)here, 1.0, err));
            if (t->fed[here] && t->fed[before] && !t->begun[here] && t->stock[here] > 0.0)
                PARK_TRY(park_triplets_add(&entries, (int32_t)here, (int32_t)before,
                                           -t->stock[here] / water[here], err));
        }
    }
    return park_sparse_build(arena, &entries, &t->matrix, NULL, err);
}

park_status park_trace_new(const park_model *model, const park_ledger *ledger, const bool *known,
                           const bool *inside, park_arena *arena, park_trace **trace, park_error *err)
{
    park_trace *t     = PARK_NEW(arena, park_trace);
    size_t      cells = ledger->seasons * ledger->units;
    if (t == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to trace the water");
    *t = (park_trace){.model  = model,
                      .ledger = ledger,
                      .known  = known,
                      .inside = inside,
                      .stock  = PARK_ARRAY(arena, cells, double),
                      .fed    = PARK_ARRAY(arena, cells, bool),
                      .begun  = PARK_ARRAY(arena, cells, bool),
                      .right  = PARK_ARRAY(arena, cells, double),
                      .value  = PARK_ARRAY(arena, cells, double)};
    if (t->stock == NULL || t->fed == NULL || t->begun == NULL || t->right == NULL || t->value == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to trace the water");
    find_stocks(t);
    find_fed(t);
    PARK_TRY(assemble(t, arena, err));
    PARK_TRY(park_lu_new(arena, &t->matrix, &t->lu, err));
    PARK_TRY(park_lu_factor(t->lu, &t->matrix, err));
    *trace = t;
    return PARK_OK;
}

/* The value of a link, once the mixtures are known. */
static double link_value(const park_trace *t, const park_property *p, size_t s, size_t l)
{
    const park_link_info *link = &t->model->link[l];
    if (!mixes(t, (size_t)link->from))
        return p->outside;
    if (t->known[link->outlet])
        return p->outlet[s * t->ledger->outlets + (size_t)link->outlet];
    size_t from = s * t->ledger->units + (size_t)link->from;
    return t->fed[from] ? t->value[from] : p->closed;
}

park_status park_trace_solve(park_trace *t, const park_property *p, double *link, park_error *err)
{
    const park_ledger *g = t->ledger;
    size_t             S = g->seasons, U = g->units, L = g->links;
    for (size_t s = 0; s < S; s++) {
        double *right = t->right + s * U,
               *water = t->value + s * U; /* value serves as the sum of water first */
        for (size_t u = 0; u < U; u++) {
            double stock = t->stock[s * U + u];
            double was   = t->begun[s * U + u]                   ? p->begun
                           : t->fed[season_before(s, S) * U + u] ? 0.0 /* solved for */
                                                                 : p->closed;
            right[u]     = p->own * own_water(t, s, u) + was * stock;
            water[u]     = own_water(t, s, u) + stock;
        }
        for (size_t l = 0; l < L; l++) {
            const park_link_info *at   = &t->model->link[l];
            double                flow = link_water(t, s, l);
            water[at->to] += flow;
            if (given(t, l) || !t->fed[s * U + (size_t)at->from])
                right[at->to] += flow * link_value(t, p, s, l);
        }
        for (size_t u = 0; u < U; u++)
            right[u] = t->fed[s * U + u] ? right[u] / water[u] : 0.0;
    }
    PARK_TRY(park_lu_solve(t->lu, t->right, t->value, err));
    for (size_t s = 0; s < S; s++)
        for (size_t l = 0; l < L; l++)
            link[s * L + l] = fmin(fmax(link_value(t, p, s, l), 0.0), 1.0);
    return PARK_OK;
}

/* What a supply treatment sends away beside its product is its own use of water. */
static bool own_use(const park_model *model, const park_outlet_info *outlet)
{
    const park_unit_info *unit = &model->unit[outlet->unit];
    return unit->role == PARK_TREATMENT && unit->duty == PARK_DUTY_SUPPLY && outlet->role != PARK_OUT_PRODUCT;
}

/* A source's water that has been used before it arrives. */
static bool arrives_used(const park_unit_info *unit, const park_outlet_info *outlet)
{
    return unit->origin == PARK_ORIGIN_STREAM || unit->origin == PARK_ORIGIN_RECLAIMED_PARK ||
           unit->origin == PARK_ORIGIN_WASTEWATER || outlet->role == PARK_OUT_FIRST_FLUSH;
}

/* Eq. (B6): the outlets whose used share needs no mixing, and that share. */
static void mark_used(const park_model *model, bool *known, double *value)
{
    for (size_t k = 0; k < model->outlets; k++) {
        const park_outlet_info *outlet = &model->outlet[k];
        const park_unit_info   *unit   = &model->unit[outlet->unit];
        known[k] = unit->role == PARK_SOURCE || unit->role == PARK_USER || own_use(model, outlet);
        value[k] = unit->role == PARK_SOURCE ? arrives_used(unit, outlet) : known[k];
    }
}

static void repeat_seasons(double *value, size_t outlets, size_t seasons)
{
    for (size_t i = outlets; i < seasons * outlets; i++)
        value[i] = value[i - outlets];
}

/* Eq. (B9): what leaves a treatment used has been treated; of a user, and of a supply treatment's own use,
 * nothing. */
static park_status trace_treated(const park_model *model, const park_ledger *g, const bool *inside,
                                 const bool *known_used, const double *used, park_arena *arena,
                                 double *treated, park_error *err)
{
    size_t  S = g->seasons, K = g->outlets, L = g->links;
    bool   *known = PARK_ARRAY(arena, K, bool);
    double *value = PARK_ARRAY(arena, S * K, double);
    if (known == NULL || value == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to trace the water");
    for (size_t k = 0; k < K; k++)
        known[k] = known_used[k] || model->unit[model->outlet[k].unit].role == PARK_TREATMENT;
    for (size_t s = 0; s < S; s++)
        for (size_t l = 0; l < L; l++) {
            size_t k = (size_t)model->link[l].outlet;
            if (known[k] && !known_used[k])
                value[s * K + k] = used[s * L + l];
            else if (model->unit[model->outlet[k].unit].origin == PARK_ORIGIN_RECLAIMED_PARK)
                value[s * K + k] = 1.0; /* bought back as reclaimed water */
        }
    park_trace *trace;
    PARK_TRY(park_trace_new(model, g, known, inside, arena, &trace, err));
    return park_trace_solve(trace, &(park_property){.outlet = value}, treated, err);
}

park_status park_trace_used(const park_model *model, const park_ledger *g, const bool *inside,
                            park_arena *arena, double *used, double *treated, park_error *err)
{
    bool   *known = PARK_ARRAY(arena, g->outlets, bool);
    double *value = PARK_ARRAY(arena, g->seasons * g->outlets, double);
    if (known == NULL || value == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to trace the water");
    mark_used(model, known, value);
    repeat_seasons(value, g->outlets, g->seasons);
    park_trace *trace;
    PARK_TRY(park_trace_new(model, g, known, inside, arena, &trace, err));
    PARK_TRY(park_trace_solve(trace, &(park_property){.outlet = value, .closed = 1.0}, used, err));
    return treated == NULL ? PARK_OK : trace_treated(model, g, inside, known, used, arena, treated, err);
}

/* One property for each origin; `through_users`: of the first use, kept by users; else of unused water only.
 */
static park_status trace_origins(const park_model *model, const park_ledger *g, bool through_users,
                                 park_arena *arena, double *share, park_error *err)
{
    size_t  S = g->seasons, K = g->outlets, L = g->links;
    bool   *known = PARK_ARRAY(arena, K, bool);
    double *used  = PARK_ARRAY(arena, K, double);
    double *value = PARK_ARRAY(arena, S * K, double);
    double *link  = PARK_ARRAY(arena, S * L, double);
    if (known == NULL || used == NULL || value == NULL || link == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to trace the water");
    mark_used(model, known, used);
    for (size_t k = 0; through_users && k < K; k++)
        known[k] = model->unit[model->outlet[k].unit].role == PARK_SOURCE;
    park_trace *trace;
    PARK_TRY(park_trace_new(model, g, known, NULL, arena, &trace, err));
    for (int32_t origin = 0; origin < PARK_ORIGIN_NONE; origin++) {
        for (size_t k = 0; k < K; k++) {
            const park_unit_info *unit      = &model->unit[model->outlet[k].unit];
            bool                  from_here = unit->role == PARK_SOURCE && (int32_t)unit->origin == origin;
            value[k]                        = from_here && (through_users || used[k] == 0.0);
        }
        repeat_seasons(value, K, S);
        park_property property = {.outlet = value,
                                  .own    = origin == PARK_ORIGIN_RAIN,
                                  .begun  = origin == PARK_ORIGIN_STREAM,
                                  .closed = through_users && origin == PARK_ORIGIN_WASTEWATER};
        PARK_TRY(park_trace_solve(trace, &property, link, err));
        for (size_t i = 0; i < S * L; i++)
            share[i * PARK_ORIGIN_NONE + (size_t)origin] = link[i];
    }
    return PARK_OK;
}

park_status park_ledger_trace(const park_model *model, park_ledger *ledger, park_arena *arena,
                              park_error *err)
{
    if (ledger->seasons != model->time.seasons || ledger->links != model->links ||
        ledger->outlets != model->outlets || ledger->units != model->units)
        return PARK_FAIL(err, PARK_E_RANGE, "the ledger has the shape of another park");
    for (size_t i = 0; i < ledger->seasons * ledger->links; i++)
        if (!isfinite(ledger->link_water[i]))
            return PARK_FAIL(err, PARK_E_NUMERIC, "a volume in the ledger is not a finite number");
    PARK_TRY(park_trace_used(model, ledger, NULL, arena, ledger->link_used_share, ledger->link_treated_share,
                             err));
    PARK_TRY(trace_origins(model, ledger, true, arena, ledger->link_origin_share, err));
    return trace_origins(model, ledger, false, arena, ledger->link_first_share, err);
}
