#include "design/combination.h"

#include "design/costs.h"
#include "units/storages/storage.h"

#include <string.h>

static const double YEAR         = 31536000.0; /* 365 d [s] */
static const double BUDGET_LEAST = 1e-6;       /* what is left of a budget that is used up [CNY] */

park_combination park_combination_new(park_arena *arena, const park_model *model)
{
    return (park_combination){.on      = PARK_ARRAY(arena, model->retrofits + 1, bool),
                              .without = PARK_ARRAY(arena, model->units + 1, bool)};
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
        sum += c->on[i] ? park_retrofit_yearly(model, (int32_t)i) : 0.0;
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
            if (r->requires_[j] >= 0 && !c->on[r->requires_[j]])
                return false;
        for (size_t j = 0; c->on[i] && j < r->excludes_count; j++)
            if (r->excludes_[j] >= 0 && c->on[r->excludes_[j]])
                return false;
    }
    return true;
}

/* No water passes through a storage that is not built. */
static void shut_links(park_draft *draft, int32_t unit)
{
    for (size_t l = 0; l < draft->links; l++)
        if (draft->link[l].from == unit || draft->link[l].to == unit)
            draft->link[l].capacity = 0.0;
}

/* Where the budget is one by years, retrofits are made in the first: every stage keeps what they leave. */
static bool pay_first(park_draft *draft, double capital)
{
    park_economics *e    = &draft->economics;
    double         *left = PARK_ARRAY(draft->arena, e->stages, double);
    if (e->stages == 0)
        return true;
    for (size_t y = 0; left != NULL && y < e->stages; y++)
        left[y] = e->stage_budget[y] - capital;
    e->stage_budget = left;
    return left != NULL && left[0] >= 0.0;
}

park_status park_combination_apply(const park_model *model, const park_combination *c, park_arena *arena,
                                   park_model **result, park_error *err)
{
    park_findings findings;
    double        capital = park_combination_capital(model, c);
    park_draft   *draft   = park_draft_copy(arena, model);
    *result               = NULL;
    if (draft == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    park_findings_init(&findings, arena);
    for (size_t i = 0; i < model->retrofits; i++)
        if (c->on[i])
            PARK_TRY(park_draft_retrofit(draft, (int32_t)i, err));
    if (isfinite(draft->economics.budget)) {
        if (capital > draft->economics.budget)
            return PARK_OK;
        draft->economics.budget = fmax(draft->economics.budget - capital, BUDGET_LEAST);
        if (!pay_first(draft, capital))
            return PARK_OK;
    }
    for (size_t u = 0; u < model->units; u++)
        if (c->without[u])
            park_storage_leave_out(draft, (int32_t)u);
    if (park_model_freeze(draft, &findings, err) != PARK_OK)
        return PARK_E_RANGE;
    for (size_t u = 0; u < model->units; u++)
        if (c->without[u])
            shut_links(draft, (int32_t)u);
    *result = draft;
    return PARK_OK;
}

park_status park_combination_book(const park_model *model, const park_combination *c, park_arena *arena,
                                  park_design *design, park_error *err)
{
    park_cost_line *cost = PARK_ARRAY(arena, design->cost_lines + model->retrofits + 1, park_cost_line);
    design->retrofit     = PARK_ARRAY(arena, model->retrofits + 1, bool);
    if (cost == NULL || design->retrofit == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the cost lines");
    if (design->cost_lines > 0)
        memcpy(cost, design->cost, design->cost_lines * sizeof *cost);
    for (size_t i = 0; i < model->retrofits; i++) {
        design->retrofit[i] = c->on[i];
        if (!c->on[i])
            continue;
        double yearly              = park_retrofit_yearly(model, (int32_t)i),
               capital             = park_retrofit_capital(model, (int32_t)i);
        cost[design->cost_lines++] = (park_cost_line){
            PARK_COST_RETROFIT, model->retrofit[i].applies_to, -1, (int32_t)i, yearly, capital, 1.0};
        design->yearly_cost += yearly, design->investment += capital;
    }
    design->cost = cost;
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
    return PARK_OK;
}

bool park_combination_of(const park_model *model, const park_design *design, park_combination *c)
{
    if (design == NULL || design->retrofit == NULL || design->unit_built == NULL)
        return false;
    for (size_t i = 0; i < model->retrofits; i++)
        c->on[i] = design->retrofit[i];
    for (size_t u = 0; u < model->units; u++)
        c->without[u] = park_storage_may_stay_out(model, (int32_t)u) && !design->unit_built[u];
    return true;
}
