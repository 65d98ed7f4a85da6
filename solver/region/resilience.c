/*
 * resilience.c - what a choice is worth when demand grows otherwise, when its data are off, when parks drop out.
 * Math: docs/math/region.md, Eq. (Y32)-(Y35).
 */
#include "base/random.h"
#include "region/allocate.h"
#include "region/draws.h"

#include <math.h>
#include <string.h>

enum { ALL_TRIPLES_OF = 12, TOP_OF = 10, TRIPLES_KEPT = 5 };

static bool stands(const park_choice *choice)
{
    return choice->status == PARK_CHOICE_OPTIMAL || choice->status == PARK_CHOICE_LIMIT;
}

static park_status no_room(park_error *err)
{
    return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the trials of a choice%s", "");
}

/* --- regret --- */

/* Choice `from` stands; what is missing is added. What comes anyway is no choice. */
static park_status keep(const park_allocation *a, const park_choice *from, park_arena *arena,
                        park_question *q, park_error *err)
{
    int32_t *held  = PARK_ARRAY(arena, a->options + 1, int32_t),
            *plant = PARK_ARRAY(arena, a->plants + 1, int32_t);
    if (held == NULL || plant == NULL)
        return no_room(err);
    for (size_t o = 0; o < a->options; o++)
        held[o] = a->option[o].anyway == 0 && from->year[o] > 0 ? from->year[o] : PARK_HELD_FREE;
    for (size_t p = 0; p < a->plants; p++)
        plant[p] = from->plant_year[p] > 0 ? from->plant_year[p] : PARK_HELD_FREE;
    q->held  = held;
    q->plant = plant;
    return PARK_OK;
}

static void find_robust(const park_allocation *a, park_allocation_result *out)
{
    double best = INFINITY;
    size_t S    = a->scenarios;
    for (size_t i = 0; i < S; i++) {
        double worst = stands(&out->of_scenario[i]) ? 0.0 : INFINITY;
        for (size_t j = 0; j < S; j++)
            if (!isnan(out->regret[i * S + j]))
                worst = fmax(worst, out->regret[i * S + j]);
        if (worst < best) {
            best        = worst;
            out->robust = (int32_t)i;
        }
    }
}

park_status park_allocation_regret(const park_allocation *a, const park_allocation_settings *settings,
                                   park_arena *arena, park_allocation_result *out, park_error *err)
{
    size_t         S        = a->scenarios;
    park_question *question = PARK_ARRAY(arena, S * S + S, park_question);
    park_choice   *mended   = PARK_ARRAY(arena, S * S + 1, park_choice);
    out->of_scenario        = PARK_ARRAY(arena, S + 1, park_choice);
    out->regret             = PARK_ARRAY(arena, S * S + 1, double);
    out->short_of           = PARK_ARRAY(arena, S * S * a->needs + 1, double);
    if (question == NULL || mended == NULL || out->of_scenario == NULL || out->regret == NULL ||
        out->short_of == NULL)
        return no_room(err);
    for (size_t j = 0; j < S; j++)
        question[j].scenario = j;
    PARK_TRY(park_choose_many(a, question, S, settings, arena, out->of_scenario, err));
    out->of_scenario[0] = out->choice; /* found with more work than a trial has */
    for (size_t i = 0; i < S; i++)
        for (size_t j = 0; j < S; j++) {
            question[i * S + j] = (park_question){.scenario = j};
            if (stands(&out->of_scenario[i]))
                PARK_TRY(keep(a, &out->of_scenario[i], arena, &question[i * S + j], err));
        }
    PARK_TRY(park_choose_many(a, question, S * S, settings, arena, mended, err));
    for (size_t i = 0; i < S; i++)
        for (size_t j = 0; j < S; j++) {
            const park_choice *own = &out->of_scenario[j], *with = &mended[i * S + j];
            bool               both = stands(&out->of_scenario[i]) && stands(own);
            out->regret[i * S + j]  = !both || with->status == PARK_CHOICE_UNKNOWN ? NAN
                                      : i == j                                     ? 0.0
                                      : !stands(with)                              ? INFINITY
                                                      : fmax(with->objective - own->objective, 0.0);
            for (size_t n = 0; n < a->needs; n++)
                out->short_of[(i * S + j) * a->needs + n] =
                    fmax(a->scenario[j].lacking[n] - out->of_scenario[i].delivered[n], 0.0);
        }
    find_robust(a, out);
    return PARK_OK;
}

/* --- stability --- */

/* The same option draws the same figures wherever it stands in the list. */
static uint32_t name_word(const char *id)
{
    uint32_t word = 2166136261u;
    for (; *id != '\0'; id++)
        word = (word ^ (uint8_t)*id) * 16777619u;
    return word;
}

static void draw_times(const park_allocation *a, size_t draw, double *times)
{
    for (size_t o = 0; o < a->options; o++) {
        park_random random =
            park_random_start(a->seed, park_random_stream((uint32_t)draw, name_word(a->option[o].id)), 0);
        for (int k = 0; k < PARK_TIMES; k++)
            times[o * PARK_TIMES + (size_t)k] = 1.0 + a->within * (2.0 * park_random_uniform(&random) - 1.0);
    }
}

static bool same_group(const park_allocation *a, const park_choice *x, const park_choice *y, int32_t group)
{
    for (size_t o = 0; o < a->options; o++)
        if (a->option[o].group == group && (x->year[o] > 0) != (y->year[o] > 0))
            return false;
    return true;
}

static void count_draws(const park_allocation *a, const park_choice *drawn, park_allocation_result *out)
{
    size_t failed = 0, unknown = 0, same = 0;
    for (size_t d = 0; d < a->draws; d++) {
        bool all = true;
        if (!stands(&drawn[d])) {
            failed += drawn[d].status == PARK_CHOICE_INFEASIBLE;
            unknown += drawn[d].status == PARK_CHOICE_UNKNOWN;
            continue;
        }
        for (size_t o = 0; o < a->options; o++)
            out->chosen_share[o] += drawn[d].year[o] > 0 ? 1.0 / (double)a->draws : 0.0;
        for (size_t g = 0; g < a->groups; g++) {
            bool alike = same_group(a, &drawn[d], &out->choice, (int32_t)g);
            out->group_share[g] += alike ? 1.0 / (double)a->draws : 0.0;
            all = all && alike;
        }
        same += all;
    }
    out->same_share      = (double)same / (double)a->draws;
    out->failed_share    = (double)failed / (double)a->draws;
    out->undecided_share = (double)unknown / (double)a->draws;
}

park_status park_allocation_stability(const park_allocation *a, const park_allocation_settings *settings,
                                      park_arena *arena, park_allocation_result *out, park_error *err)
{
    static const double LEVELS[2] = {0.1, 0.9};
    park_question      *question  = PARK_ARRAY(arena, a->draws + 1, park_question);
    park_choice        *drawn     = PARK_ARRAY(arena, a->draws + 1, park_choice);
    double             *times     = PARK_ARRAY(arena, a->draws * a->options * PARK_TIMES + 1, double);
    double             *cost = PARK_ARRAY(arena, a->draws + 1, double), level[2] = {NAN, NAN};
    size_t              costs = 0;
    out->chosen_share         = PARK_ARRAY(arena, a->options + 1, double);
    out->group_share          = PARK_ARRAY(arena, a->groups + 1, double);
    out->same_share = out->failed_share = out->undecided_share = out->cost_low = out->cost_high = NAN;
    if (question == NULL || drawn == NULL || times == NULL || cost == NULL || out->chosen_share == NULL ||
        out->group_share == NULL)
        return no_room(err);
    if (a->draws == 0)
        return PARK_OK;
    for (size_t d = 0; d < a->draws; d++) {
        question[d] = (park_question){.times = times + d * a->options * PARK_TIMES};
        draw_times(a, d, times + d * a->options * PARK_TIMES);
    }
    PARK_TRY(park_choose_many(a, question, a->draws, settings, arena, drawn, err));
    count_draws(a, drawn, out);
    for (size_t d = 0; d < a->draws; d++)
        if (stands(&drawn[d]))
            cost[costs++] = drawn[d].objective;
    park_region_quantiles(cost, costs, LEVELS, 2, level);
    out->cost_low = level[0], out->cost_high = level[1];
    return PARK_OK;
}

/* --- three parks drop out --- */

/* What a group brings to the needs by what is built of it, as shares of what they lack. */
static double weight_of(const park_allocation *a, const park_choice *choice, int32_t group)
{
    double sum = 0.0;
    for (size_t o = 0; o < a->options; o++)
        for (size_t n = 0;
             a->option[o].group == group && a->option[o].anyway == 0 && choice->year[o] > 0 && n < a->needs;
             n++)
            if (a->scenario[0].lacking[n] > 0.0)
                sum += fmax(park_allocation_brings(a, o, n), 0.0) / a->scenario[0].lacking[n];
    return sum;
}

/* Groups that bring something, most first. */
static size_t rank_groups(const park_allocation *a, const park_choice *choice, double *weight, int32_t *group)
{
    size_t count = 0;
    for (size_t g = 0; g < a->groups; g++) {
        double w  = weight_of(a, choice, (int32_t)g);
        size_t at = count;
        if (!(w > 0.0))
            continue;
        for (; at > 0 && weight[at - 1] < w; at--) {
            weight[at] = weight[at - 1];
            group[at]  = group[at - 1];
        }
        weight[at] = w;
        group[at]  = (int32_t)g;
        count++;
    }
    return count;
}

static void note_triple(park_allocation_result *out, double *worst, double weight, const int32_t three[3])
{
    size_t at = out->triples < TRIPLES_KEPT ? out->triples++ : TRIPLES_KEPT - 1;
    out->tried++;
    if (at == TRIPLES_KEPT - 1 && out->tried > TRIPLES_KEPT && !(weight > worst[at]))
        return;
    for (; at > 0 && worst[at - 1] < weight; at--) {
        worst[at] = worst[at - 1];
        memcpy(out->triple + 3 * at, out->triple + 3 * (at - 1), 3 * sizeof *out->triple);
    }
    worst[at] = weight;
    memcpy(out->triple + 3 * at, three, 3 * sizeof *three);
}

static void list_triples(const double *weight, const int32_t *group, size_t count,
                         park_allocation_result *out)
{
    double worst[TRIPLES_KEPT] = {0.0};
    if (count > 0 && count < 3) {
        int32_t few[3] = {group[0], count > 1 ? group[1] : PARK_NONE, PARK_NONE};
        note_triple(out, worst, weight[0], few);
        return;
    }
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            for (size_t k = j + 1; k < count; k++)
                note_triple(out, worst, weight[i] + weight[j] + weight[k],
                            (int32_t[3]){group[i], group[j], group[k]});
}

static bool drops(const int32_t three[3], int32_t group)
{
    return group == three[0] || group == three[1] || group == three[2];
}

/* The rest stands, the three are out; their places and money are free. */
static park_status ask_mending(const park_allocation *a, const park_choice *choice, const int32_t three[3],
                               park_arena *arena, park_question *q, double *kept, int32_t *year,
                               park_error *err)
{
    *q = (park_question){0};
    PARK_TRY(keep(a, choice, arena, q, err));
    int32_t *held = (int32_t *)(uintptr_t)q->held;
    *kept         = choice->objective;
    for (size_t o = 0; o < a->options; o++) {
        park_worth_of figures;
        year[o] = choice->year[o];
        if (!drops(three, a->option[o].group) || a->option[o].anyway > 0)
            continue;
        park_option_figures(a, o, NULL, &figures);
        if (choice->year[o] > 0)
            *kept -= (a->public_money ? figures.subsidy : figures.cost) *
                     pow(1.0 + a->discount, -(double)(choice->year[o] - a->from));
        held[o] = PARK_HELD_OUT;
        year[o] = 0;
    }
    return PARK_OK;
}

park_status park_allocation_dropouts(const park_allocation *a, const park_allocation_settings *settings,
                                     park_arena *arena, park_allocation_result *out, park_error *err)
{
    double  *weight = PARK_ARRAY(arena, a->groups + 1, double);
    int32_t *group  = PARK_ARRAY(arena, a->groups + 1, int32_t),
            *year   = PARK_ARRAY(arena, a->options + 1, int32_t);
    park_question question[TRIPLES_KEPT];
    park_choice   mended[TRIPLES_KEPT];
    double        kept[TRIPLES_KEPT];
    out->triple       = PARK_ARRAY(arena, 3 * TRIPLES_KEPT, int32_t);
    out->triple_short = PARK_ARRAY(arena, TRIPLES_KEPT * a->needs + 1, double);
    out->triple_mend  = PARK_ARRAY(arena, TRIPLES_KEPT, double);
    if (weight == NULL || group == NULL || year == NULL || out->triple == NULL || out->triple_short == NULL ||
        out->triple_mend == NULL)
        return no_room(err);
    size_t count = rank_groups(a, &out->choice, weight, group);
    list_triples(weight, group, count <= ALL_TRIPLES_OF ? count : TOP_OF, out);
    for (size_t t = 0; t < out->triples; t++) {
        PARK_TRY(ask_mending(a, &out->choice, out->triple + 3 * t, arena, &question[t], &kept[t], year, err));
        for (size_t n = 0; n < a->needs; n++)
            out->triple_short[t * a->needs + n] =
                fmax(a->scenario[0].lacking[n] - park_delivered(a, n, year, NULL), 0.0);
    }
    PARK_TRY(park_choose_many(a, question, out->triples, settings, arena, mended, err));
    for (size_t t = 0; t < out->triples; t++)
        out->triple_mend[t] = stands(&mended[t]) ? fmax(mended[t].objective - kept[t], 0.0)
                              : mended[t].status == PARK_CHOICE_UNKNOWN ? NAN
                                                                        : INFINITY;
    return PARK_OK;
}
