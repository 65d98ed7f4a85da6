/*
 * Retrofits ranked, and the order in which what a plan builds is best built; Eq. (O91)-(O95) of docs/math/optimization.md.
 *
 * A state is the park with some of the plan's items standing: its retrofits, its new units with their pipes, its other
 * new connections. Each is planned anew with the targets at a price (elastic.c). Items enter one after the other, each
 * time the one that leaves the least objective and shortfall; ties go by name. The last state is the plan itself.
 */
#include <parkwater/worth.h>

#include "base/clock.h"
#include "design/costs.h"
#include "design/elastic.h"
#include "design/kept.h"
#include "units/storages/storage.h"

#include <stdlib.h>
#include <string.h>

enum { ITEMS_MOST = 40 };
static const double   YEAR  = 31536000.0;
static const double   SAME  = 1e-9;
static const double   STATE = 0.1;    /* of the time left: one state at most */
static const uint64_t WORK  = 200000; /* LP iterations of one state */

typedef struct item {
    park_item_kind kind;
    int32_t        retrofit, unit;
    const char    *name;
    double         yearly, capital;
    bool           stands;
} item;

typedef struct ranker {
    const park_model          *model;
    const park_design         *design;
    const park_worth_settings *settings;
    park_arena                *arena;
    double                    *head; /* [links] of the plan's park */
    size_t                     items;
    item                       item[ITEMS_MOST];
    bool                      *extra; /* [retrofits] standing beside the items */
    double                     started;
    uint64_t                   work;
    bool                       reproducible, complete;
} ranker;

static bool spent(ranker *r)
{
    if (park_clock_seconds() - r->started > r->settings->seconds ||
        (r->settings->cancel != NULL && park_cancel_why(r->settings->cancel) != 0))
        r->reproducible = false;
    return !r->reproducible || r->work >= r->settings->work_limit;
}

static double yearly_of(const park_model *model, const park_retrofit *retrofit)
{
    double capital = retrofit->capex > 0.0 ? retrofit->capex : 0.0;
    return capital * park_annual_factor(model, retrofit->life) +
           (isfinite(retrofit->opex) ? retrofit->opex * YEAR : 0.0);
}

/* ---- items -------------------------------------------------------------------------------------------------------------- */

/* The item that a candidate connection is built with: of its donor, else of its receiver, else the connections'. */
static int item_of_link(const ranker *r, const park_link_info *link)
{
    for (int end = 0; end < 2; end++)
        for (size_t i = 0; i < r->items; i++)
            if (r->item[i].kind == PARK_ITEM_UNIT && r->item[i].unit == (end == 0 ? link->from : link->to))
                return (int)i;
    for (size_t i = 0; i < r->items; i++)
        if (r->item[i].kind == PARK_ITEM_LINKS)
            return (int)i;
    return -1;
}

static void add_item(ranker *r, item it)
{
    if (r->items < ITEMS_MOST)
        r->item[r->items++] = it;
    else
        r->complete = false;
}

static void list_items(ranker *r)
{
    const park_design *d     = r->design;
    const park_model  *model = r->model;
    bool               links = false;
    for (size_t i = 0; d->retrofit != NULL && i < model->retrofits; i++)
        if (d->retrofit[i])
            add_item(r, (item){.kind     = PARK_ITEM_RETROFIT,
                               .retrofit = (int32_t)i,
                               .unit     = -1,
                               .name     = model->retrofit[i].id,
                               .yearly   = yearly_of(model, &model->retrofit[i]),
                               .capital  = fmax(model->retrofit[i].capex, 0.0)});
    for (size_t u = 0; u < model->units; u++)
        if ((model->unit[u].role == PARK_TREATMENT || model->unit[u].role == PARK_STORAGE) &&
            !model->unit[u].existing && d->unit_built[u])
            add_item(r, (item){.kind     = PARK_ITEM_UNIT,
                               .retrofit = -1,
                               .unit     = (int32_t)u,
                               .name     = model->unit[u].id});
    for (size_t l = 0; l < d->model->links; l++)
        links = links || (d->link_used[l] && !d->model->link[l].existing && !d->model->link[l].free);
    if (links)
        add_item(r, (item){.kind = PARK_ITEM_LINKS, .retrofit = -1, .unit = -1, .name = "connections"});
    for (size_t i = 0; i < d->cost_lines; i++) {
        const park_cost_line *line = &d->cost[i];
        int                   at   = -1;
        if (line->kind == PARK_COST_CAPITAL_PIPE)
            at = item_of_link(r, &d->model->link[line->link]);
        for (size_t k = 0; k < r->items; k++)
            if ((line->kind == PARK_COST_CAPITAL_TREATMENT || line->kind == PARK_COST_CAPITAL_STORAGE) &&
                r->item[k].unit == line->unit)
                at = (int)k;
        if (at >= 0)
            r->item[at].yearly += line->yearly, r->item[at].capital += line->capital;
    }
}

/* ---- a state ------------------------------------------------------------------------------------------------------------ */

static bool retrofit_stands(const ranker *r, size_t retrofit)
{
    for (size_t i = 0; i < r->items; i++)
        if (r->item[i].kind == PARK_ITEM_RETROFIT && r->item[i].retrofit == (int32_t)retrofit)
            return r->item[i].stands;
    return r->extra[retrofit];
}

static bool unit_stands(const ranker *r, size_t u)
{
    for (size_t i = 0; i < r->items; i++)
        if (r->item[i].kind == PARK_ITEM_UNIT && r->item[i].unit == (int32_t)u)
            return r->item[i].stands;
    return false;
}

/* Do the retrofits that stand permit each other? */
static bool permitted(const ranker *r)
{
    for (size_t i = 0; i < r->model->retrofits; i++) {
        const park_retrofit *retrofit = &r->model->retrofit[i];
        for (size_t k = 0; retrofit_stands(r, i) && k < retrofit->requires_count; k++)
            if (retrofit->requires_[k] >= 0 && !retrofit_stands(r, (size_t)retrofit->requires_[k]))
                return false;
        for (size_t k = 0; retrofit_stands(r, i) && k < retrofit->excludes_count; k++)
            if (retrofit->excludes_[k] >= 0 && retrofit_stands(r, (size_t)retrofit->excludes_[k]))
                return false;
    }
    return true;
}

/* The park of the state; NULL when its retrofits make another shape of it. */
static park_status state_model(const ranker *r, park_arena *arena, park_model **result, park_error *err)
{
    const park_design *d = r->design;
    park_findings      findings;
    park_draft        *draft = park_draft_copy(arena, r->model);
    *result                  = NULL;
    if (draft == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the park");
    park_findings_init(&findings, arena);
    for (size_t i = 0; i < r->model->retrofits; i++)
        if (retrofit_stands(r, i) && park_draft_retrofit(draft, (int32_t)i, err) != PARK_OK)
            return PARK_OK;
    for (size_t u = 0; u < draft->units; u++)
        if (park_storage_may_stay_out(draft, (int32_t)u) && !unit_stands(r, u))
            park_storage_leave_out(draft, (int32_t)u);
    draft->economics.budget = INFINITY; /* what stands is paid for */
    if (park_model_freeze(draft, &findings, err) != PARK_OK || draft->links != d->model->links ||
        draft->units != d->model->units || draft->outlets != d->model->outlets)
        return PARK_OK;
    for (size_t l = 0; l < draft->links; l++) {
        park_link_info *link = &draft->link[l];
        int             at   = link->existing || link->free ? -1 : item_of_link(r, link);
        bool open = link->existing || link->free || (d->link_used[l] && at >= 0 && r->item[at].stands);
        if (!link->existing && !link->free)
            link->capacity = open ? d->link_capacity[l] : 0.0;
        link->existing = true, link->min_flow = 0.0;
        link->lift = r->head[l], link->length = NAN;
    }
    for (size_t u = 0; u < draft->units; u++)
        if ((draft->unit[u].role == PARK_TREATMENT || draft->unit[u].role == PARK_STORAGE) &&
            !draft->unit[u].existing)
            park_design_stand(draft, u, unit_stands(r, u), d->unit_size[u]);
    draft->retrofits = 0, draft->front_points = 0, draft->candidates = PARK_CANDIDATES_NONE;
    draft->objectives = 1, draft->objective[0] = d->objective_kind;
    *result = draft;
    return PARK_OK;
}

static double intake_of(const park_model *model, const park_ledger *g)
{
    double sum = 0.0;
    for (size_t u = 0; u < model->units; u++)
        for (size_t s = 0; park_counts_as_intake(model, u, model->accounting.intake) && s < g->seasons; s++)
            sum += g->outlet_water[s * g->outlets + model->unit[u].first_outlet];
    return sum;
}

/* What the standing retrofits and items cost a year, and took to build. */
static void add_standing(const ranker *r, park_state *state)
{
    for (size_t i = 0; i < r->items; i++)
        if (r->item[i].stands)
            state->cost += r->item[i].yearly, state->investment += r->item[i].capital;
    for (size_t i = 0; i < r->model->retrofits; i++)
        if (r->extra[i])
            state->cost += yearly_of(r->model, &r->model->retrofit[i]),
                state->investment += fmax(r->model->retrofit[i].capex, 0.0);
}

/* (O92) Plan the state; kept in the ranker's arena when it was found. */
static park_status plan_state(ranker *r, park_state *state, park_error *err)
{
    park_model  *model;
    park_design *design;
    uint64_t     work = 0, left = r->settings->work_limit - r->work;
    double       seconds = r->settings->seconds - (park_clock_seconds() - r->started);
    bool         early   = false;
    *state = (park_state){.reuse_rate = NAN, .met = PARK_ARRAY(r->arena, r->model->targets, bool)};
    if (state->met == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a state");
    if (!permitted(r))
        return PARK_OK;
    PARK_TRY(state_model(r, r->arena, &model, err));
    if (model == NULL) {
        *err = (park_error){0};
        return PARK_OK;
    }
    PARK_TRY(park_elastic_solve(model, r->settings, isinf(seconds) ? seconds : fmax(STATE * seconds, 0.2),
                                left < WORK ? left : WORK, r->arena, &design, &state->missed, state->met,
                                &work, &early, err));
    r->work += work;
    if (early && isfinite(r->settings->seconds) && spent(r))
        r->complete = false;
    r->reproducible = r->reproducible && !early;
    if (design == NULL)
        return PARK_OK;
    state->found = true, state->design = design;
    state->cost = design->yearly_cost, state->investment = 0.0;
    state->carbon = design->carbon;
    state->intake = intake_of(model, design->ledger);
    add_standing(r, state);
    return PARK_OK;
}

/* The plan itself as a state. */
static park_status state_of_plan(const ranker *r, park_state *state, park_error *err)
{
    const park_design *d = r->design;
    *state               = (park_state){
                      .found = true, .reuse_rate = NAN, .met = PARK_ARRAY(r->arena, r->model->targets, bool), .design = d};
    if (state->met == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a state");
    for (size_t i = 0; i < r->model->targets; i++)
        state->met[i] = true;
    state->cost = d->yearly_cost, state->investment = d->investment, state->carbon = d->carbon;
    state->intake = intake_of(d->model, d->ledger);
    return PARK_OK;
}

/* ---- the path ------------------------------------------------------------------------------------------------------------ */

/* Least shortfall first in effect: it is priced far above any tariff. */
static double badness(const ranker *r, const park_state *s)
{
    static const double PER   = 1e3 * 8760.0; /* CNY/a of a m3/h missed */
    double              value = r->design->objective_kind == PARK_MIN_FRESH_WATER ? s->intake
                                : r->design->objective_kind == PARK_MIN_CARBON    ? s->carbon
                                                                                  : s->cost;
    return s->found ? value + PER * s->missed : INFINITY;
}

static void close_step(park_path_step *step, const park_state *before)
{
    step->water  = before->intake - step->after.intake;
    step->carbon = before->carbon - step->after.carbon;
    step->cost   = step->after.cost - before->cost;
}

static void name_step(park_path_step *step, const item *it)
{
    step->kind = it->kind, step->retrofit = it->retrofit, step->unit = it->unit, step->name = it->name;
}

/* (O93) The best next item; -1 when the limits ended the look or nothing permitted is left. */
static park_status best_next(ranker *r, park_state *best, int *chosen, park_error *err)
{
    double least = INFINITY;
    *chosen      = -1;
    for (size_t i = 0; i < r->items; i++) {
        park_state state;
        if (r->item[i].stands)
            continue;
        if (spent(r)) {
            *chosen = -1;
            return PARK_OK;
        }
        r->item[i].stands  = true;
        park_status status = plan_state(r, &state, err);
        r->item[i].stands  = false;
        PARK_TRY(status);
        double bad  = badness(r, &state);
        bool   ties = *chosen >= 0 && fabs(bad - least) <= SAME * fmax(fabs(least), 1.0);
        if (isfinite(bad) &&
            (*chosen < 0 || (ties ? strcmp(r->item[i].name, r->item[*chosen].name) < 0 : bad < least)))
            *best = state, *chosen = (int)i, least = bad;
    }
    return PARK_OK;
}

static size_t standing(const ranker *r)
{
    size_t count = 0;
    for (size_t i = 0; i < r->items; i++)
        count += r->item[i].stands;
    return count;
}

static park_status walk(ranker *r, park_ranking *ranking, park_error *err)
{
    const park_state *before = &ranking->base;
    ranking->step            = PARK_ARRAY(r->arena, r->items + 1, park_path_step);
    if (ranking->step == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the path");
    while (standing(r) < r->items) {
        park_path_step *step = &ranking->step[ranking->steps];
        int             next = -1;
        size_t          left = r->items - standing(r);
        if (left > 1)
            PARK_TRY(best_next(r, &step->after, &next, err));
        if (next >= 0) {
            r->item[next].stands = true;
            name_step(step, &r->item[next]);
        } else { /* the last item, or the rest together: it ends at the plan */
            *step = (park_path_step){.kind = PARK_ITEM_LINKS, .retrofit = -1, .unit = -1, .name = "rest"};
            for (size_t i = 0; i < r->items; i++) {
                if (!r->item[i].stands && left == 1)
                    name_step(step, &r->item[i]);
                r->item[i].stands = true;
            }
            r->complete = r->complete && left == 1;
            PARK_TRY(state_of_plan(r, &step->after, err));
        }
        close_step(step, before);
        before = &step->after;
        ranking->steps++;
    }
    return PARK_OK;
}

/* (O94) Where the intake of the base went, by connection: what each brings from a source that counts. */
static park_status trace(ranker *r, park_ranking *ranking, park_error *err)
{
    const park_model  *model = r->design->model;
    const park_ledger *a = ranking->base.design->ledger, *b = r->design->ledger;
    double sum = 0.0, total = ranking->base.intake - ranking->step[ranking->steps - 1].after.intake;
    ranking->link_saved = PARK_ARRAY(r->arena, model->links, double);
    ranking->link_reuse = PARK_ARRAY(r->arena, model->links, double);
    if (ranking->link_saved == NULL || ranking->link_reuse == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the path");
    for (size_t l = 0; l < model->links; l++) {
        const park_link_info *link = &model->link[l];
        for (size_t s = 0; s < b->seasons; s++) {
            size_t sl = s * model->links + l;
            if (park_counts_as_intake(model, (size_t)link->from, model->accounting.intake))
                ranking->link_saved[l] += a->link_water[sl] - b->link_water[sl];
            if (model->unit[link->to].role == PARK_USER && link->from != link->to)
                ranking->link_reuse[l] +=
                    b->link_water[sl] * b->link_used_share[sl] - a->link_water[sl] * a->link_used_share[sl];
        }
        sum += ranking->link_saved[l];
    }
    for (size_t i = 0; i < ranking->steps; i++)
        total -= ranking->step[i].water;
    double scale     = fmax(fabs(ranking->base.intake), 1e-9);
    double last      = ranking->base.intake - ranking->step[ranking->steps - 1].after.intake;
    ranking->closure = fmax(fabs(total), fabs(sum - last)) / scale;
    return PARK_OK;
}

/* ---- ranks --------------------------------------------------------------------------------------------------------------- */

static struct park_rank_effect effect_of(const park_state *without, const park_state *with)
{
    struct park_rank_effect e = {.per_water = NAN, .per_carbon = NAN, .payback = NAN};
    e.known                   = without->found && with->found;
    if (!e.known)
        return e;
    e.water  = without->intake - with->intake;
    e.carbon = without->carbon - with->carbon;
    e.cost   = with->cost - without->cost;
    if (e.water > SAME * fmax(fabs(without->intake), 1.0))
        e.per_water = e.cost / e.water;
    if (e.carbon > SAME * fmax(fabs(without->carbon), 1.0))
        e.per_carbon = e.cost / e.carbon;
    return e;
}

/* Capital back from what it saves a year before its capital is charged. */
static void pay_back(const ranker *r, park_rank *rank)
{
    const park_retrofit     *retrofit = &r->model->retrofit[rank->retrofit];
    struct park_rank_effect *list[]   = {&rank->alone, &rank->company};
    for (int i = 0; i < 2; i++) {
        double saves = rank->capital * park_annual_factor(r->model, retrofit->life) - list[i]->cost;
        if (list[i]->known && saves > 0.0)
            list[i]->payback = rank->capital / saves;
    }
}

static void stand_all(ranker *r, bool stands)
{
    for (size_t i = 0; i < r->items; i++)
        r->item[i].stands = stands;
}

static void set_retrofit(ranker *r, int32_t retrofit, bool stands)
{
    for (size_t i = 0; i < r->items; i++)
        if (r->item[i].kind == PARK_ITEM_RETROFIT && r->item[i].retrofit == retrofit) {
            r->item[i].stands = stands;
            return;
        }
    r->extra[retrofit] = stands;
}

/* (O95) Beside the base, and in the company of the plan. */
static park_status rank_one(ranker *r, const park_ranking *ranking, const bool *base_stands,
                            const park_state *plan, park_rank *rank, park_error *err)
{
    park_state state;
    for (size_t i = 0; i < r->items; i++)
        r->item[i].stands = base_stands[i];
    set_retrofit(r, rank->retrofit, true);
    PARK_TRY(plan_state(r, &state, err));
    rank->alone = effect_of(&ranking->base, &state);
    stand_all(r, true);
    set_retrofit(r, rank->retrofit, !rank->chosen);
    if (!spent(r)) {
        PARK_TRY(plan_state(r, &state, err));
        rank->company = rank->chosen ? effect_of(&state, plan) : effect_of(plan, &state);
    }
    set_retrofit(r, rank->retrofit, rank->chosen);
    pay_back(r, rank);
    return PARK_OK;
}

static double order_of(const struct park_rank_effect *e)
{
    return e->known && !isnan(e->per_water) ? e->per_water : INFINITY;
}

static void sort_ranks(const park_model *model, park_rank *rank, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0; k--) {
            const park_rank *a = &rank[k - 1], *b = &rank[k];
            double           p = order_of(&a->company), q = order_of(&b->company);
            if (p == q)
                p = order_of(&a->alone), q = order_of(&b->alone);
            if (p < q ||
                (p == q && strcmp(model->retrofit[a->retrofit].id, model->retrofit[b->retrofit].id) < 0))
                break;
            park_rank moving = rank[k];
            rank[k] = rank[k - 1], rank[k - 1] = moving;
        }
}

/* ---- the whole ------------------------------------------------------------------------------------------------------------ */

/* The park as it stands; where it has no plan, with the connections and units of the plan but no retrofit. */
static park_status find_base(ranker *r, park_ranking *ranking, park_error *err)
{
    ranking->base_bare = true;
    PARK_TRY(plan_state(r, &ranking->base, err));
    if (ranking->base.found)
        return PARK_OK;
    ranking->base_bare = false;
    for (size_t i = 0; i < r->items; i++)
        r->item[i].stands = r->item[i].kind != PARK_ITEM_RETROFIT;
    return plan_state(r, &ranking->base, err);
}

static park_status rank_in(ranker *r, park_ranking *ranking, park_error *err)
{
    park_state plan, again;
    bool       base_stands[ITEMS_MOST] = {false};
    PARK_TRY(park_design_heads(r->design->model, r->settings->margins, r->arena, &r->head, err));
    list_items(r);
    PARK_TRY(state_of_plan(r, &plan, err));
    stand_all(
        r, true); /* company is judged between answers of one solver, whatever gap the plan was left with */
    PARK_TRY(plan_state(r, &again, err));
    if (again.found)
        plan = again;
    stand_all(r, false);
    PARK_TRY(find_base(r, ranking, err));
    for (size_t i = 0; i < r->items; i++)
        base_stands[i] = r->item[i].stands;
    ranking->ranks = r->model->retrofits;
    ranking->rank  = PARK_ARRAY(r->arena, ranking->ranks, park_rank);
    if (ranking->rank == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    for (size_t i = 0; i < ranking->ranks; i++) {
        const park_retrofit *retrofit  = &r->model->retrofit[i];
        ranking->rank[i]               = (park_rank){.retrofit = (int32_t)i,
                                                     .chosen   = r->design->retrofit != NULL && r->design->retrofit[i],
                                                     .yearly   = yearly_of(r->model, retrofit),
                                                     .capital  = fmax(retrofit->capex, 0.0)};
        ranking->rank[i].alone.payback = ranking->rank[i].company.payback = NAN;
        ranking->rank[i].alone.per_water = ranking->rank[i].company.per_water = NAN;
        ranking->rank[i].alone.per_carbon = ranking->rank[i].company.per_carbon = NAN;
        if (spent(r))
            r->complete = false;
        else
            PARK_TRY(rank_one(r, ranking, base_stands, &plan, &ranking->rank[i], err));
    }
    sort_ranks(r->model, ranking->rank, ranking->ranks);
    for (size_t i = 0; i < r->items; i++)
        r->item[i].stands = base_stands[i];
    if (!ranking->base.found || standing(r) == r->items)
        return PARK_OK;
    PARK_TRY(walk(r, ranking, err));
    return trace(r, ranking, err);
}

park_status park_design_rank(const park_model *model, const park_design *design,
                             const park_worth_settings *settings, park_arena *arena, park_ranking **result,
                             park_error *err)
{
    ranker       *r       = PARK_NEW(arena, ranker);
    park_ranking *ranking = PARK_NEW(arena, park_ranking);
    if (design->link_flow == NULL || model->retrofits == 0)
        return PARK_FAIL(err, PARK_E_RANGE, "only the plan of a park with retrofits can be put in order");
    if (r == NULL || ranking == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    *r         = (ranker){.model        = model,
                          .design       = design,
                          .settings     = settings,
                          .arena        = arena,
                          .reproducible = true,
                          .complete     = true};
    r->started = park_clock_seconds();
    r->extra   = PARK_ARRAY(arena, model->retrofits, bool);
    if (r->extra == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    PARK_TRY(rank_in(r, ranking, err));
    ranking->complete = r->complete, ranking->reproducible = r->reproducible;
    ranking->work = r->work, ranking->seconds = park_clock_seconds() - r->started;
    *result = ranking;
    return PARK_OK;
}
