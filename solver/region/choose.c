/*
 * choose.c - which option of which park in which year; the tree proves how good the answer is.
 * Math: docs/math/region.md, Eq. (Y25)-(Y28).
 */
#include "region/choose_program.h"

#include "base/pool.h"
#include "numerics/lp.h"

#include <math.h>
#include <string.h>

/* --- the answer --- */

park_status park_choice_room(const park_allocation *a, park_arena *arena, park_choice *choice,
                             park_error *err)
{
    *choice    = (park_choice){.status      = PARK_CHOICE_UNKNOWN,
                               .cost        = NAN,
                               .public_cost = NAN,
                               .objective   = NAN,
                               .bound       = -INFINITY,
                               .gap         = INFINITY,
                               .year        = PARK_ARRAY(arena, a->options + 1, int32_t),
                               .plant_year  = PARK_ARRAY(arena, a->plants + 1, int32_t),
                               .spent       = PARK_ARRAY(arena, a->years + 1, double),
                               .delivered   = PARK_ARRAY(arena, a->needs + 1, double),
                               .city_money  = PARK_ARRAY(arena, a->cities + 1, double),
                               .city_volume = PARK_ARRAY(arena, a->cities + 1, double)};
    bool whole = choice->year != NULL && choice->plant_year != NULL && choice->spent != NULL &&
                 choice->delivered != NULL && choice->city_money != NULL && choice->city_volume != NULL;
    return whole ? PARK_OK : PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu options", a->options);
}

static void pay(const park_allocation *a, park_choice *choice, int32_t city, int32_t year, double cost,
                double subsidy, double volume)
{
    choice->cost += cost * park_allocation_discounted(a, year);
    choice->public_cost += subsidy;
    choice->spent[year - a->from] += subsidy;
    if (city >= 0) {
        choice->city_money[city] += subsidy;
        choice->city_volume[city] += volume;
    }
}

static void take_choice(const park_choice_program *w, const double *x, park_choice *choice)
{
    const park_allocation *a = w->a;
    choice->cost = choice->public_cost = 0.0;
    for (size_t o = 0; o < a->options; o++)
        for (size_t y = 0; y < a->years; y++)
            if (w->x[o * a->years + y] >= 0 && x[w->x[o * a->years + y]] > 0.5) {
                choice->year[o] = a->from + (int32_t)y;
                pay(a, choice, a->option[o].city, choice->year[o], w->figures[o].cost, w->figures[o].subsidy,
                    w->figures[o].volume);
            }
    for (size_t p = 0; p < a->plants; p++)
        for (size_t y = 0; y < a->years; y++)
            if (w->z[p * a->years + y] >= 0 && x[w->z[p * a->years + y]] > 0.5) {
                choice->plant_year[p] = a->from + (int32_t)y;
                pay(a, choice, a->plant[p].city, choice->plant_year[p], park_plant_cost(a, &a->plant[p]),
                    a->most * a->plant[p].investment, 0.0);
            }
    for (size_t n = 0; n < a->needs; n++)
        choice->delivered[n] = park_delivered(a, n, choice->year, w->q->times);
    for (size_t o = 0; o < a->options; o++)
        if (a->option[o].anyway > 0)
            choice->year[o] = a->option[o].anyway;
}

static double unit_of_objective(const park_question *q)
{
    return q->ceiling > 0.0 || q->way == PARK_WAY_NONE || q->way == PARK_WAY_BUDGET ? PARK_CHOICE_MONEY
           : q->way == PARK_WAY_NEED                                                ? PARK_CHOICE_WATER
                                                                                    : 1.0;
}

static park_choice_status status_of(park_tree_status status)
{
    switch (status) {
    case PARK_TREE_OPTIMAL:
    case PARK_TREE_GAP_REACHED:
        return PARK_CHOICE_OPTIMAL;
    case PARK_TREE_LIMIT_FEASIBLE:
        return PARK_CHOICE_LIMIT;
    case PARK_TREE_INFEASIBLE:
    case PARK_TREE_CUTOFF:
        return PARK_CHOICE_INFEASIBLE;
    default:
        return PARK_CHOICE_UNKNOWN;
    }
}

/* One program of the question, slim or whole. */
static park_status solve(const park_allocation *a, const park_question *question, bool slim,
                         double known_bound, const park_allocation_settings *settings, park_arena *arena,
                         park_choice *choice, park_error *err)
{
    park_choice_program w;
    park_tree_settings  tree;
    park_tree_result    result;
    double              unit = unit_of_objective(question);
    PARK_TRY(park_choice_room(a, arena, choice, err));
    PARK_TRY(park_choice_write(a, question, slim, arena, &w, err));
    park_tree_settings_default(&tree);
    tree.gap         = settings->gap;
    tree.work_limit  = settings->work;
    tree.threads     = settings->threads < 1 ? 1 : settings->threads;
    tree.cancel      = settings->cancel;
    tree.known_bound = known_bound / unit;
    PARK_TRY(park_tree_solve(&w.program, &tree, arena, &result, err));
    if (settings->cancel != NULL && park_cancel_why(settings->cancel) != 0)
        return PARK_FAIL(err, PARK_E_CANCELLED, "interrupted in an allocation%s", "");
    choice->nodes  = result.nodes;
    choice->bound  = result.bound * unit;
    choice->status = status_of(result.status);
    if (result.x != NULL) {
        choice->objective = result.objective * unit;
        choice->gap       = result.gap;
        take_choice(&w, result.x, choice);
    }
    return PARK_OK;
}

/* Does a choice found without budgets keep them, and stand its plants before those who draw on them? */
static bool keeps_all(const park_allocation *a, const park_question *q, const park_choice *choice)
{
    for (size_t y = 0; y < a->years && !q->no_budget; y++)
        if (choice->spent[y] > a->budget[y] * (1.0 + 1e-9))
            return false;
    for (size_t o = 0; o < a->options; o++)
        if (a->option[o].plant >= 0 && choice->year[o] > 0 &&
            choice->plant_year[a->option[o].plant] > choice->year[o])
            return false;
    return true;
}

/*
 * First without budgets and with the one year in which each is cheapest: a relaxation with a third of the columns. What it
 * finds is the answer when it keeps the budgets, its bound holds anyway, and where it has no point there is none. Eq. (Y28).
 */
park_status park_choose(const park_allocation *a, const park_question *question,
                        const park_allocation_settings *settings, park_arena *arena, park_choice *choice,
                        park_error *err)
{
    double bound = -INFINITY;
    if (question->way != PARK_WAY_BUDGET) {
        PARK_TRY(solve(a, question, true, bound, settings, arena, choice, err));
        if (choice->status == PARK_CHOICE_INFEASIBLE ||
            (choice->status == PARK_CHOICE_OPTIMAL && keeps_all(a, question, choice)))
            return PARK_OK;
        bound = choice->bound;
    }
    return solve(a, question, false, bound, settings, arena, choice, err);
}

park_status park_allocation_choose(const park_allocation *a, size_t scenario,
                                   const park_allocation_settings *settings, park_arena *arena,
                                   park_choice *choice, park_error *err)
{
    park_question question = {.scenario = scenario};
    PARK_TRY(park_allocation_check(a, err));
    if (scenario >= a->scenarios)
        return PARK_FAIL(err, PARK_E_RANGE, "there is no scenario %zu; there are %zu", scenario,
                         a->scenarios);
    return park_choose(a, &question, settings, arena, choice, err);
}

/* --- many questions --- */

typedef struct asking {
    const park_allocation          *a;
    const park_question            *question;
    const park_allocation_settings *settings;
    park_choice                    *choice;
    park_status                    *status;
    park_error                     *error;
} asking;

static void copy_choice(const park_allocation *a, const park_choice *from, park_choice *to)
{
    park_choice kept = *to;
    *to              = *from;
    to->year = kept.year, to->plant_year = kept.plant_year, to->spent = kept.spent;
    to->delivered = kept.delivered, to->city_money = kept.city_money, to->city_volume = kept.city_volume;
    memcpy(to->year, from->year, a->options * sizeof *to->year);
    memcpy(to->plant_year, from->plant_year, a->plants * sizeof *to->plant_year);
    memcpy(to->spent, from->spent, a->years * sizeof *to->spent);
    memcpy(to->delivered, from->delivered, a->needs * sizeof *to->delivered);
    memcpy(to->city_money, from->city_money, a->cities * sizeof *to->city_money);
    memcpy(to->city_volume, from->city_volume, a->cities * sizeof *to->city_volume);
}

static void ask(void *user, size_t item, int slot)
{
    asking                  *job      = user;
    park_allocation_settings settings = *job->settings;
    park_arena              *arena    = park_arena_new();
    park_choice              choice;
    (void)slot;
    settings.threads = 1;
    if (settings.trial_gap > 0.0)
        settings.gap = settings.trial_gap;
    if (settings.trial_work > 0)
        settings.work = settings.trial_work;
    job->status[item] =
        arena != NULL
            ? park_choose(job->a, &job->question[item], &settings, arena, &choice, &job->error[item])
            : PARK_FAIL(&job->error[item], PARK_E_MEMORY, "no memory for a choice%s", "");
    if (job->status[item] == PARK_OK)
        copy_choice(job->a, &choice, &job->choice[item]);
    park_arena_free(arena);
}

park_status park_choose_many(const park_allocation *a, const park_question *question, size_t count,
                             const park_allocation_settings *settings, park_arena *arena, park_choice *choice,
                             park_error *err)
{
    asking job = {.a        = a,
                  .question = question,
                  .settings = settings,
                  .choice   = choice,
                  .status   = PARK_ARRAY(arena, count + 1, park_status),
                  .error    = PARK_ARRAY(arena, count + 1, park_error)};
    if (job.status == NULL || job.error == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu choices", count);
    for (size_t i = 0; i < count; i++)
        PARK_TRY(park_choice_room(a, arena, &choice[i], err));
    park_pool_run(settings->threads, count, ask, &job);
    for (size_t i = 0; i < count; i++)
        if (job.status[i] != PARK_OK) {
            if (err != NULL)
                *err = job.error[i];
            return job.status[i];
        }
    return PARK_OK;
}

/* --- the margin --- */

park_status park_choose_duals(const park_allocation *a, park_arena *arena, double *dual, park_error *err)
{
    park_question       question = {0};
    park_choice_program w;
    PARK_TRY(park_choice_write(a, &question, false, arena, &w, err));
    const park_program *p  = &w.program;
    park_lp            *lp = park_lp_new();
    for (size_t n = 0; n < a->needs; n++)
        dual[n] = NAN;
    if (lp == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu options", a->options);
    park_status status = park_lp_load(lp, p->rows, p->cols, p->row_lo, p->row_hi, p->start, p->index,
                                      p->value, p->col_lo, p->col_hi, p->cost, err);
    if (status == PARK_OK && park_lp_solve(lp, NULL, 0) == PARK_LP_OPTIMAL)
        for (size_t n = 0; n < a->needs; n++)
            dual[n] = w.row[n] < 0 ? 0.0 : park_lp_dual(lp)[w.row[n]] * w.scale[n] * PARK_CHOICE_MONEY;
    park_lp_free(lp);
    return status;
}
