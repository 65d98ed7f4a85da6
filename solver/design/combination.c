#include "design/combination.h"

#include "design/costs.h"
#include "design/stages.h"
#include "units/storages/storage.h"

#include <string.h>

static const double YEAR         = 31536000.0; /* 365 d [s] */
static const double BUDGET_LEAST = 1e-6;       /* what is left of a budget that is used up [CNY] */

park_combination park_combination_new(park_arena *arena, const park_model *model)
{
    park_combination c = {.on      = PARK_ARRAY(arena, model->retrofits + 1, bool),
                          .from    = PARK_ARRAY(arena, model->retrofits + 1, int32_t),
                          .without = PARK_ARRAY(arena, model->units + 1, bool)};
    if (c.from == NULL)
        c.on = NULL;
    return c;
}

size_t park_combination_stages(const park_model *model)
{
    return model->economics.stages > 1 ? model->economics.stages : 1;
}

double park_combination_share(const park_model *model, int32_t from)
{
    size_t stages = park_combination_stages(model);
    double sum    = 0.0;
    for (size_t y = (size_t)from; stages > 1 && y < stages; y++)
        sum += park_stage_share(model, y);
    return stages > 1 ? sum : 1.0;
}

double park_retrofit_capital(const park_model *model, int32_t retrofit)
{
    double capex = model->retrofit[retrofit].capex;
    return capex > 0.0 ? capex : 0.0;
}

double park_retrofit_yearly(const park_model *model, int32_t retrofit)
{
    const park_retrofit *r    = &model->retrofit[retrofit];
    double               opex = isfinite(r->opex) ? r->opex : 0.0;
    return park_retrofit_capital(model, retrofit) * park_annual_factor(model, r->life) + opex * YEAR;
}

double park_combination_yearly(const park_model *model, const park_combination *c)
{
    double sum = 0.0;
    for (size_t i = 0; i < model->retrofits; i++)
        sum += c->on[i] ? park_retrofit_yearly(model, (int32_t)i) * park_combination_share(model, c->from[i])
                        : 0.0;
    return sum;
}

double park_combination_capital(const park_model *model, const park_combination *c)
{
    double sum = 0.0;
    for (size_t i = 0; i < model->retrofits; i++)
        sum += c->on[i] ? park_retrofit_capital(model, (int32_t)i) : 0.0;
    return sum;
}

bool park_combination_stands(const park_model *model, const park_combination *c)
{
    for (size_t i = 0; i < model->retrofits; i++) {
        const park_retrofit *r = &model->retrofit[i];
        for (size_t j = 0; c->on[i] && j < r->requires_count; j++)
            if (r->requires_[j] >= 0 && (!c->on[r->requires_[j]] || c->from[r->requires_[j]] > c->from[i]))
                return false;
        for (size_t j = 0; c->on[i] && j < r->excludes_count; j++)
            if (r->excludes_[j] >= 0 && c->on[r->excludes_[j]])
                return false;
    }
    return true;
}

bool park_combination_fits(const park_model *model, const park_combination *c)
{
    const park_economics *e    = &model->economics;
    bool                  fits = !(park_combination_capital(model, c) > e->budget);
    for (size_t y = 0; fits && park_combination_stages(model) > 1 && y < e->stages; y++) {
        double left = e->stage_budget[y];
        for (size_t i = 0; i < model->retrofits; i++)
            if (c->on[i] && (size_t)c->from[i] <= y)
                left -= park_retrofit_capital(model, (int32_t)i);
        fits = left >= 0.0;
    }
    return fits;
}

/* No water passes through a storage that is not built. */
static void shut_links(park_draft *draft, int32_t unit)
{
    for (size_t l = 0; l < draft->links; l++)
        if (draft->link[l].from == unit || draft->link[l].to == unit)
            draft->link[l].capacity = 0.0;
}

/* Where the budget is one by years, every stage keeps what the retrofits made by then leave. */
static bool pay(const park_model *model, const park_combination *c, park_draft *draft)
{
    park_economics *e    = &draft->economics;
    double         *left = PARK_ARRAY(draft->arena, e->stages, double);
    for (size_t y = 0; left != NULL && y < e->stages; y++) {
        left[y] = e->stage_budget[y];
        for (size_t i = 0; i < model->retrofits; i++)
            if (c->on[i] && (size_t)c->from[i] <= y)
                left[y] -= park_retrofit_capital(model, (int32_t)i);
    }
    e->stage_budget = left;
    return left != NULL;
}

/* The park with what has been made by a stage. What is built has one size and one price: what retrofits made later
 * change of those counts from the beginning. */
static park_status stand_by(const park_model *model, const park_combination *c, int32_t stage,
                            park_draft *draft, park_error *err)
{
    park_findings findings;
    park_findings_init(&findings, draft->arena);
    for (size_t i = 0; i < model->retrofits; i++) {
        const park_retrofit *r = &model->retrofit[i];
        for (size_t k = 0; c->on[i] && k < r->changes; k++)
            if (c->from[i] <= stage || park_change_of_building(model, &r->change[k]))
                PARK_TRY(park_draft_change(draft, &r->change[k], NULL, err));
        if (c->on[i])
            PARK_TRY(park_draft_settle(draft, err));
    }
    for (size_t u = 0; u < model->units; u++)
        if (c->without[u])
            park_storage_leave_out(draft, (int32_t)u);
    if (park_model_freeze(draft, &findings, err) != PARK_OK)
        return PARK_E_RANGE;
    for (size_t u = 0; u < model->units; u++)
        if (c->without[u])
            shut_links(draft, (int32_t)u);
    return PARK_OK;
}

/* The park in each stage, where retrofits come in several. */
static park_status stage_parks(const park_model *model, const park_combination *c, park_draft *draft,
                               park_error *err)
{
    size_t             stages = park_combination_stages(model);
    const park_draft **list   = PARK_ARRAY(draft->arena, stages, const park_draft *);
    if (list == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the stages");
    for (size_t y = 0; y < stages; y++) {
        park_draft *one = park_draft_copy(draft->arena, model);
        if (one == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the stages");
        PARK_TRY(stand_by(model, c, (int32_t)y, one, err));
        one->economics.stages = 0;
        list[y]               = one;
    }
    draft->stage_park = list;
    return PARK_OK;
}

park_status park_combination_apply(const park_model *model, const park_combination *c, park_arena *arena,
                                   park_model **result, park_error *err)
{
    double      capital = park_combination_capital(model, c);
    size_t      stages  = park_combination_stages(model);
    park_draft *draft   = park_draft_copy(arena, model);
    *result             = NULL;
    if (draft == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    PARK_TRY(stand_by(model, c, (int32_t)stages - 1, draft, err));
    if (isfinite(draft->economics.budget)) {
        if (!park_combination_fits(model, c) || capital > draft->economics.budget)
            return PARK_OK;
        draft->economics.budget = fmax(draft->economics.budget - capital, BUDGET_LEAST);
        if (!pay(model, c, draft))
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    }
    if (stages > 1 && model->retrofits > 0)
        PARK_TRY(stage_parks(model, c, draft, err));
    *result = draft;
    return PARK_OK;
}

park_status park_combination_book(const park_model *model, const park_combination *c, park_arena *arena,
                                  park_design *design, park_error *err)
{
    park_cost_line *cost = PARK_ARRAY(arena, design->cost_lines + model->retrofits + 1, park_cost_line);
    int32_t        *from = PARK_ARRAY(arena, model->retrofits + 1, int32_t);
    design->retrofit     = PARK_ARRAY(arena, model->retrofits + 1, bool);
    if (cost == NULL || design->retrofit == NULL || from == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the cost lines");
    if (design->cost_lines > 0)
        memcpy(cost, design->cost, design->cost_lines * sizeof *cost);
    for (size_t i = 0; i < model->retrofits; i++) {
        design->retrofit[i] = c->on[i];
        from[i]             = c->on[i] ? c->from[i] : -1;
        if (!c->on[i])
            continue;
        double yearly  = park_retrofit_yearly(model, (int32_t)i) * park_combination_share(model, c->from[i]),
               capital = park_retrofit_capital(model, (int32_t)i);
        cost[design->cost_lines++] = (park_cost_line){
            PARK_COST_RETROFIT, model->retrofit[i].applies_to, -1, (int32_t)i, yearly, capital, 1.0};
        design->yearly_cost += yearly, design->investment += capital;
    }
    design->cost = cost, design->retrofit_from = from;
    return PARK_OK;
}

park_status park_combination_keep(const park_design *found, park_arena *arena, park_design *design,
                                  park_error *err)
{
    park_cost_line *line = PARK_ARRAY(arena, design->cost_lines + found->cost_lines, park_cost_line);
    if (line == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the cost lines");
    if (design->cost_lines > 0)
        memcpy(line, design->cost, design->cost_lines * sizeof *line);
    for (size_t i = 0; i < found->cost_lines; i++)
        if (found->cost[i].kind == PARK_COST_RETROFIT) {
            line[design->cost_lines++] = found->cost[i];
            design->yearly_cost += found->cost[i].yearly, design->investment += found->cost[i].capital;
            design->value[PARK_MIN_COST] += found->cost[i].yearly;
        }
    design->cost = line, design->retrofit = found->retrofit;
    design->retrofit_from = found->retrofit_from;
    return PARK_OK;
}

bool park_combination_of(const park_model *model, const park_design *design, park_combination *c)
{
    if (design == NULL || design->retrofit == NULL || design->unit_built == NULL)
        return false;
    for (size_t i = 0; i < model->retrofits; i++)
        c->on[i]   = design->retrofit[i],
        c->from[i] = c->on[i] && design->retrofit_from != NULL ? design->retrofit_from[i] : 0;
    for (size_t u = 0; u < model->units; u++)
        c->without[u] = park_storage_may_stay_out(model, (int32_t)u) && !design->unit_built[u];
    return true;
}
