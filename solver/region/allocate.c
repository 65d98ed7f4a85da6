/*
 * allocate.c - everything that is asked of a choice: why each option was left out, what one more of a target costs, and the
 * ways out where no choice meets every need.
 * Math: docs/math/region.md, Eq. (Y29)-(Y31).
 */
#include "region/allocate.h"

#include <math.h>
#include <string.h>

/* --- checks --- */

static park_status check_option(const park_allocation *a, size_t o, park_error *err)
{
    const park_option *option = &a->option[o];
    bool places = option->group >= 0 && (size_t)option->group < a->groups && option->plant >= PARK_NONE &&
                  option->plant < (int32_t)a->plants && option->city >= PARK_NONE &&
                  option->city < (int32_t)a->cities;
    bool whole = isfinite(option->investment) && option->investment >= 0.0 && isfinite(option->yearly) &&
                 isfinite(option->life) && option->life > 0.0 && isfinite(option->drawn) &&
                 option->drawn >= 0.0;
    for (int g = 0; g < PARK_GIFTS; g++)
        whole = whole && isfinite(option->gives[g]);
    if (!places)
        return PARK_FAIL(err, PARK_E_RANGE, "%s names a group, plant or city that is not there", option->id);
    if (!whole)
        return PARK_FAIL(err, PARK_E_RANGE,
                         "%s: investment and drawn water must not be below 0, its life above 0, all known",
                         option->id);
    if (option->anyway > 0 && option->plant >= 0)
        return PARK_FAIL(err, PARK_E_RANGE, "%s comes anyway and so cannot wait for a shared plant",
                         option->id);
    for (size_t k = 0; k < o; k++)
        if (option->anyway > 0 && a->option[k].anyway > 0 && a->option[k].group == option->group)
            return PARK_FAIL(err, PARK_E_RANGE, "%s and %s exclude each other but both come anyway",
                             a->option[k].id, option->id);
    return PARK_OK;
}

park_status park_allocation_check(const park_allocation *a, park_error *err)
{
    if (a->options == 0 || a->options > PARK_ALLOCATION_OPTIONS_MOST)
        return PARK_FAIL(err, PARK_E_RANGE, "an allocation has 1 to %d options; here %zu",
                         PARK_ALLOCATION_OPTIONS_MOST, a->options);
    if (a->years == 0 || a->years > PARK_ALLOCATION_YEARS_MOST)
        return PARK_FAIL(err, PARK_E_RANGE, "options are built in 1 to %d years; here %zu",
                         PARK_ALLOCATION_YEARS_MOST, a->years);
    if (!(a->most >= 0.0 && a->most <= 1.0) || !(a->discount >= 0.0) || !(a->horizon > 0.0) || a->lead < 0 ||
        !(a->fair_most > 0.0) || !(a->fair_least >= 0.0 && a->fair_least <= 1.0) ||
        !(a->within >= 0.0 && a->within < 1.0))
        return PARK_FAIL(err, PARK_E_RANGE, "shares lie within 0 and 1, the discount is not below 0%s", "");
    for (size_t y = 0; y < a->years; y++)
        if (!(a->budget[y] >= 0.0))
            return PARK_FAIL(err, PARK_E_RANGE, "the budget of %d is %g CNY; it must not be below 0",
                             (int)(a->from + (int32_t)y), a->budget[y]);
    for (size_t p = 0; p < a->plants; p++)
        if (!(a->plant[p].capacity >= 0.0) || !(a->plant[p].life > 0.0) || !(a->plant[p].investment >= 0.0) ||
            !isfinite(a->plant[p].yearly))
            return PARK_FAIL(err, PARK_E_RANGE, "plant %s: capacity, life and costs must be known",
                             a->plant[p].id);
    for (size_t o = 0; o < a->options; o++)
        PARK_TRY(check_option(a, o, err));
    return a->scenarios > 0 ? PARK_OK
                            : PARK_FAIL(err, PARK_E_RANGE, "no scenario says what is lacking%s", "");
}

/* --- verdicts --- */

/* Another option of its group is built. */
static bool other_stands(const park_allocation *a, const park_choice *choice, size_t o)
{
    for (size_t k = 0; k < a->options; k++)
        if (k != o && a->option[k].group == a->option[o].group && a->option[k].anyway == 0 &&
            choice->year[k] > 0)
            return true;
    return false;
}

/* What needs no choice to be known; PARK_FATE_DEAR: a choice with it must be found. */
static park_fate plain_fate(const park_allocation *a, const park_choice *choice, size_t o)
{
    park_worth_of figures;
    park_fate     barred = park_option_barred(a, o, NULL);
    if (barred != PARK_FATE_DEAR)
        return barred;
    if (choice->year[o] > 0)
        return PARK_FATE_CHOSEN;
    park_option_figures(a, o, NULL, &figures);
    return !park_option_serves(a, o) && figures.cost >= 0.0 ? PARK_FATE_IDLE : PARK_FATE_DEAR;
}

static park_question with_option(const park_allocation *a, size_t o, int32_t *held, bool no_budget,
                                 bool no_cities)
{
    memset(held, 0, a->options * sizeof *held);
    held[o] = PARK_HELD_IN;
    return (park_question){.held = held, .no_budget = no_budget, .no_cities = no_cities};
}

static bool stands(const park_choice *choice)
{
    return choice->status == PARK_CHOICE_OPTIMAL || choice->status == PARK_CHOICE_LIMIT;
}

/* With the option the needs cannot be met: without which rule could they? */
static park_status who_forbids(const park_allocation *a, const park_allocation_settings *settings, size_t o,
                               park_arena *arena, park_fate *fate, park_error *err)
{
    int32_t      *held = PARK_ARRAY(arena, a->options, int32_t);
    park_question question[2];
    park_choice   choice[2];
    if (held == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu options", a->options);
    question[0] = with_option(a, o, held, true, false);
    question[1] = with_option(a, o, held, false, true);
    PARK_TRY(park_choose_many(a, question, 2, settings, arena, choice, err));
    *fate = stands(&choice[0])   ? PARK_FATE_BUDGET
            : stands(&choice[1]) ? PARK_FATE_CITY
            : choice[0].status == PARK_CHOICE_UNKNOWN || choice[1].status == PARK_CHOICE_UNKNOWN
                ? PARK_FATE_UNDECIDED
                : PARK_FATE_PLANT;
    return PARK_OK;
}

static park_status judge(const park_allocation *a, const park_allocation_settings *settings,
                         const park_choice *choice, park_arena *arena, park_verdict *verdict, park_error *err)
{
    park_question *question = PARK_ARRAY(arena, a->options, park_question);
    size_t        *of       = PARK_ARRAY(arena, a->options, size_t);
    park_choice   *with     = PARK_ARRAY(arena, a->options, park_choice);
    size_t         count    = 0;
    if (question == NULL || of == NULL || with == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu options", a->options);
    for (size_t o = 0; o < a->options; o++) {
        verdict[o] = (park_verdict){.fate = plain_fate(a, choice, o), .adds = NAN};
        if (verdict[o].fate != PARK_FATE_DEAR)
            continue;
        int32_t *held = PARK_ARRAY(arena, a->options, int32_t);
        if (held == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu options", a->options);
        question[count] = with_option(a, o, held, false, false);
        of[count++]     = o;
    }
    PARK_TRY(park_choose_many(a, question, count, settings, arena, with, err));
    for (size_t i = 0; i < count; i++) {
        park_verdict *v = &verdict[of[i]];
        if (stands(&with[i])) {
            v->fate = other_stands(a, choice, of[i]) ? PARK_FATE_OTHER : PARK_FATE_DEAR;
            v->adds = fmax(with[i].objective - choice->objective, 0.0);
        } else if (with[i].status == PARK_CHOICE_UNKNOWN)
            v->fate = PARK_FATE_UNDECIDED;
        else
            PARK_TRY(who_forbids(a, settings, of[i], arena, &v->fate, err));
    }
    return PARK_OK;
}

/* --- prices --- */

static park_status price(const park_allocation *a, const park_allocation_settings *settings,
                         const park_choice *choice, park_arena *arena, park_allocation_result *out,
                         park_error *err)
{
    park_question *question = PARK_ARRAY(arena, a->needs + 1, park_question);
    park_choice   *more     = PARK_ARRAY(arena, a->needs + 1, park_choice);
    if (question == NULL || more == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu needs", a->needs);
    for (size_t n = 0; n < a->needs; n++)
        question[n] = (park_question){.more = a->need[n].step, .more_of = (int32_t)n};
    PARK_TRY(park_choose_many(a, question, a->needs, settings, arena, more, err));
    for (size_t n = 0; n < a->needs; n++)
        out->price[n] = stands(&more[n]) ? fmax(more[n].objective - choice->objective, 0.0) : NAN;
    PARK_TRY(park_choose_duals(a, arena, out->duals, err));
    for (size_t n = 0; n < a->needs; n++)
        out->duals[n] *= a->need[n].step;
    return PARK_OK;
}

/* --- ways out --- */

/* By how much something gives way at least, then the cheapest choice with it. */
static park_status way_out(const park_allocation *a, const park_allocation_settings *settings,
                           park_question q, park_arena *arena, park_way_out *way, park_error *err)
{
    PARK_TRY(park_choose(a, &q, settings, arena, &way->choice, err));
    way->found = stands(&way->choice);
    if (!way->found || q.way == PARK_WAY_NONE)
        return PARK_OK;
    way->amount = way->choice.objective;
    if (!(way->amount > 0.0))
        return PARK_OK;
    park_choice first = way->choice;
    q.ceiling         = way->amount * (1.0 + 1e-7);
    PARK_TRY(park_choose(a, &q, settings, arena, &way->choice, err));
    if (!stands(&way->choice))
        way->choice = first;
    return PARK_OK;
}

static park_status find_ways(const park_allocation *a, const park_allocation_settings *settings,
                             park_arena *arena, park_allocation_result *out, park_error *err)
{
    out->way = PARK_ARRAY(arena, a->needs + 3, park_way_out);
    if (out->way == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu needs", a->needs);
    for (size_t n = 0; n < a->needs; n++)
        if (a->scenario[0].lacking[n] > 0.0) {
            park_question q            = {.way = PARK_WAY_NEED, .need = (int32_t)n};
            out->way[out->ways].need   = (int32_t)n;
            out->way[out->ways].amount = NAN;
            PARK_TRY(way_out(a, settings, q, arena, &out->way[out->ways++], err));
        }
    out->way[out->ways] = (park_way_out){.need = PARK_NONE, .amount = NAN};
    PARK_TRY(
        way_out(a, settings, (park_question){.way = PARK_WAY_BUDGET}, arena, &out->way[out->ways++], err));
    if (a->fair_most < 1.0 || a->fair_least > 0.0 || a->fair_projects > 0) {
        out->way[out->ways] = (park_way_out){.need = PARK_NONE, .cities = true, .amount = NAN};
        PARK_TRY(
            way_out(a, settings, (park_question){.no_cities = true}, arena, &out->way[out->ways++], err));
    }
    park_way_out nearest = {.amount = NAN};
    PARK_TRY(way_out(a, settings, (park_question){.way = PARK_WAY_NEEDS}, arena, &nearest, err));
    if (nearest.found) {
        out->choice        = nearest.choice;
        out->choice.status = PARK_CHOICE_INFEASIBLE;
    }
    return PARK_OK;
}

park_status park_allocation_study(const park_allocation *a, const park_allocation_settings *settings,
                                  park_arena *arena, park_allocation_result **result, park_error *err)
{
    park_allocation_result *out = PARK_ARRAY(arena, 1, park_allocation_result);
    PARK_TRY(park_allocation_check(a, err));
    if (out != NULL) {
        out->robust  = PARK_NONE;
        out->verdict = PARK_ARRAY(arena, a->options, park_verdict);
        out->price   = PARK_ARRAY(arena, a->needs + 1, double);
        out->duals   = PARK_ARRAY(arena, a->needs + 1, double);
    }
    if (out == NULL || out->verdict == NULL || out->price == NULL || out->duals == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu options", a->options);
    PARK_TRY(park_allocation_choose(a, 0, settings, arena, &out->choice, err));
    *result = out;
    for (size_t n = 0; n < a->needs; n++)
        out->price[n] = out->duals[n] = NAN;
    if (out->choice.status == PARK_CHOICE_INFEASIBLE) {
        PARK_TRY(find_ways(a, settings, arena, out, err));
        for (size_t o = 0; o < a->options; o++) {
            out->verdict[o] = (park_verdict){plain_fate(a, &out->choice, o), NAN};
            if (out->verdict[o].fate == PARK_FATE_DEAR)
                out->verdict[o].fate = other_stands(a, &out->choice, o) ? PARK_FATE_OTHER : PARK_FATE_PLANT;
        }
        return PARK_OK;
    }
    if (!stands(&out->choice))
        return PARK_OK;
    PARK_TRY(judge(a, settings, &out->choice, arena, out->verdict, err));
    PARK_TRY(price(a, settings, &out->choice, arena, out, err));
    PARK_TRY(park_allocation_regret(a, settings, arena, out, err));
    PARK_TRY(park_allocation_stability(a, settings, arena, out, err));
    return park_allocation_dropouts(a, settings, arena, out, err);
}
