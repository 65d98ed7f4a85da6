#include "design/futures.h"

#include "base/random.h"
#include "units/kind.h"

#include <string.h>

/* ---- drawing (O71) ------------------------------------------------------------------------------------------------------ */

/* All laws are lists: how many combinations they have, 0 when there are more than `most` or another law. */
static size_t combinations(const park_model *model, size_t most)
{
    size_t count = 1;
    for (size_t i = 0; i < model->uncertains; i++) {
        const park_distribution *law = &model->uncertain[i].law;
        if (law->kind != PARK_DISTRIBUTION_DISCRETE || law->count == 0 || law->count > most / count)
            return 0;
        count *= law->count;
    }
    return count;
}

static void draw_all(const park_model *model, park_draws *draws)
{
    double sum = 0.0;
    for (size_t w = 0; w < draws->count; w++) {
        size_t rest           = w;
        draws->probability[w] = 1.0;
        for (size_t i = 0; i < model->uncertains; i++) {
            const park_distribution *law            = &model->uncertain[i].law;
            draws->value[w * model->uncertains + i] = law->value[rest % law->count];
            draws->probability[w] *= law->weight[rest % law->count];
            rest /= law->count;
        }
        sum += draws->probability[w];
    }
    for (size_t w = 0; w < draws->count; w++)
        draws->probability[w] /= sum;
}

/* Each law's range in as many parts of the same probability as there are futures; every part is met once, at its middle,
 * in an order of its own. */
static void draw_hypercube(const park_model *model, park_draws *draws, size_t *order)
{
    size_t n = draws->count;
    for (size_t i = 0; i < model->uncertains; i++) {
        park_random random = park_random_start((uint64_t)model->draw_seed, (uint64_t)i, 0);
        for (size_t w = 0; w < n; w++)
            order[w] = w;
        for (size_t w = n; w > 1; w--) {
            size_t other = park_random_below(&random, (uint32_t)w), kept = order[w - 1];
            order[w - 1] = order[other], order[other] = kept;
        }
        for (size_t w = 0; w < n; w++)
            draws->value[w * model->uncertains + i] =
                park_distribution_quantile(&model->uncertain[i].law, ((double)order[w] + 0.5) / (double)n);
    }
    for (size_t w = 0; w < n; w++)
        draws->probability[w] = 1.0 / (double)n;
}

park_status park_futures_draw(const park_model *model, park_arena *arena, park_draws *draws, park_error *err)
{
    size_t asked       = model->draws > 0 ? (size_t)model->draws : PARK_FUTURES_DRAWN;
    size_t all         = combinations(model, asked);
    draws->count       = all > 0 ? all : asked;
    draws->probability = PARK_ARRAY(arena, draws->count, double);
    draws->value       = PARK_ARRAY(arena, draws->count * model->uncertains, double);
    size_t *order      = PARK_ARRAY(arena, draws->count, size_t);
    if (draws->probability == NULL || draws->value == NULL || order == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu futures", draws->count);
    if (all > 0)
        draw_all(model, draws);
    else
        draw_hypercube(model, draws, order);
    return PARK_OK;
}

/* ---- parks ---------------------------------------------------------------------------------------------------------------- */

/* What stands in the park as written; NAN where nothing is given. */
static double written(park_draft *draft, const park_uncertain *uncertain)
{
    park_change same = uncertain->change;
    park_error  ignored;
    double      now = NAN;
    same.op = PARK_CHANGE_ADD, same.value = 0.0;
    return park_draft_change(draft, &same, &now, &ignored) == PARK_OK ? now : NAN;
}

static bool alike(const park_model *a, const park_model *b)
{
    bool same = a->links == b->links && a->units == b->units && a->outlets == b->outlets &&
                a->inlets == b->inlets && a->constituents == b->constituents;
    for (size_t l = 0; same && l < a->links; l++)
        same = a->link[l].outlet == b->link[l].outlet && a->link[l].inlet == b->link[l].inlet;
    return same;
}

static park_status future_make(const park_model *model, const double *drawn, double *value, park_arena *arena,
                               const park_model **future, park_error *err)
{
    park_findings findings;
    park_draft   *draft = park_draft_copy(arena, model);
    if (draft == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the futures");
    park_findings_init(&findings, arena);
    draft->robust = PARK_ROBUST_NONE;
    for (size_t i = 0; i < model->uncertains; i++) {
        park_change change = model->uncertain[i].change;
        change.value       = drawn[i];
        PARK_TRY(park_draft_change(draft, &change, &value[i], err));
    }
    PARK_TRY(park_draft_shape(draft, &findings, err));
    PARK_TRY(park_model_freeze(draft, &findings, err));
    if (!alike(model, draft))
        return PARK_FAIL(err, PARK_E_RANGE,
                         "a drawn value changes which connections may stand; it cannot be uncertain");
    *future = draft;
    return PARK_OK;
}

static bool same_values(const double *a, const double *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!(fabs(a[i] - b[i]) <= 1e-12 * fmax(fabs(a[i]), fabs(b[i]))))
            return false;
    return true;
}

/* The park as written; its values where something is drawn. */
static park_status first_make(const park_model *model, const park_model **first, double *value,
                              park_arena *arena, park_error *err)
{
    park_model *as_written = PARK_NEW(arena, park_model);
    park_draft *draft      = park_draft_copy(arena, model);
    if (as_written == NULL || draft == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the futures");
    *as_written        = *model;
    as_written->robust = PARK_ROBUST_NONE;
    *first             = as_written;
    for (size_t i = 0; value != NULL && i < model->uncertains; i++)
        value[i] = written(draft, &model->uncertain[i]);
    return PARK_OK;
}

static park_futures *futures_new(park_arena *arena, size_t most, size_t stages, size_t uncertains)
{
    park_futures *f = PARK_NEW(arena, park_futures);
    if (f == NULL)
        return NULL;
    f->stages      = stages;
    f->model       = PARK_ARRAY(arena, most * stages, const park_model *);
    f->probability = PARK_ARRAY(arena, most * stages, double);
    f->value       = PARK_ARRAY(arena, most * uncertains, double);
    f->share       = PARK_ARRAY(arena, stages, double);
    return f->model != NULL && f->probability != NULL && f->value != NULL && f->share != NULL ? f : NULL;
}

park_status park_futures_staged(const park_model *const *park, const double *share, size_t stages,
                                park_arena *arena, park_futures **futures, park_error *err)
{
    bool       robust = park[0]->robust != PARK_ROBUST_NONE;
    size_t     n = robust ? park[0]->uncertains : 0, count = 1, Y = stages;
    park_draws draws = {0};
    if (robust)
        PARK_TRY(park_futures_draw(park[0], arena, &draws, err));
    park_futures *f      = futures_new(arena, draws.count + 1, stages, n);
    double       *value  = PARK_ARRAY(arena, 2 * n * stages, double);
    double       *chance = PARK_ARRAY(arena, draws.count + 1, double);
    if (f == NULL || value == NULL || chance == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the futures");
    chance[0] = robust ? 0.0 : 1.0;
    for (size_t y = 0; y < Y; y++)
        PARK_TRY(first_make(park[y], &f->model[y], n > 0 ? value + y * n : NULL, arena, err));
    memcpy(f->value, value + (Y - 1) * n, n * sizeof *value);
    for (size_t w = 0; w < draws.count; w++) {
        double *drawn = value + Y * n;
        for (size_t y = 0; y < Y; y++)
            PARK_TRY(future_make(park[y], draws.value + w * n, drawn + y * n, arena, &f->model[count * Y + y],
                                 err));
        if (same_values(drawn, value, n * Y)) {
            chance[0] += draws.probability[w];
            continue;
        }
        memcpy(f->value + count * n, drawn + (Y - 1) * n, n * sizeof *value);
        chance[count++] = draws.probability[w];
    }
    f->count = count * Y;
    for (size_t v = 0; v < f->count; v++)
        f->share[v % Y] = share[v % Y], f->probability[v] = chance[v / Y] * share[v % Y];
    *futures = f;
    return PARK_OK;
}

park_status park_futures_make(const park_model *model, park_arena *arena, park_futures **futures,
                              park_error *err)
{
    static const double WHOLE = 1.0;
    return park_futures_staged(&model, &WHOLE, 1, arena, futures, err);
}

/* ---- margins -------------------------------------------------------------------------------------------------------------- */

static bool repeated(park_arena *arena, double **column, size_t count, size_t times)
{
    double *wide = PARK_ARRAY(arena, count * times, double);
    for (size_t w = 0; wide != NULL && count > 0 && w < times; w++)
        memcpy(wide + w * count, *column, count * sizeof *wide);
    *column = wide;
    return wide != NULL;
}

bool park_margins_repeat(park_arena *arena, const park_margins **margins, size_t times)
{
    if (*margins == NULL)
        return true;
    park_margins *m = PARK_NEW(arena, park_margins);
    if (m == NULL)
        return false;
    *m       = **margins;
    size_t S = m->seasons, I = m->inlets, K = m->outlets, L = m->links, U = m->units, C = m->constituents;
    m->seasons = S * times;
    *margins   = m;
    return repeated(arena, &m->inlet_limit_times, S * I * C, times) &&
           repeated(arena, &m->outlet_limit_times, S * K * C, times) &&
           repeated(arena, &m->link_capacity_times, S * L, times) &&
           repeated(arena, &m->unit_capacity_times, S * U, times) &&
           repeated(arena, &m->storm_times, S * U, times) &&
           repeated(arena, &m->link_flow_max, S * L, times) &&
           repeated(arena, &m->demand_times, S * I, times);
}
