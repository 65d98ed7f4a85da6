/*
 * choose_program.c - the rows and columns of a question: an option in a year, a plant in a year, and where something gives way,
 * by how much; one option a group, one year a plant, needs, budgets, plants before those who draw on them, their room, the
 * cities' rules. Math: docs/math/region.md, Eq. (Y25)-(Y28).
 */
#include "region/choose_program.h"

#include <math.h>

static void term(park_choice_program *w, int32_t col, double value)
{
    if (col < 0 || value == 0.0)
        return;
    w->index[w->count]   = col;
    w->value[w->count++] = value;
}

static int32_t end_row(park_choice_program *w, double lo, double hi)
{
    int32_t row = -1;
    if (w->count > 0) {
        row       = park_program_row(&w->program, lo, hi, w->count, w->index, w->value, -1, NULL);
        w->failed = w->failed || row < 0;
    }
    w->count = 0;
    return row;
}

/* A 0/1 column of what may be built in a year; what is held elsewhere has none, what is held here is 1. */
static int32_t choice_col(park_choice_program *w, bool may, int32_t held, int32_t year, double cost)
{
    if (!may || held == PARK_HELD_OUT || (held > 0 && held != year))
        return -1;
    int32_t col = park_program_integer(&w->program, held == year ? 1.0 : 0.0, 1.0, cost, NULL);
    w->failed   = w->failed || col < 0;
    return col;
}

/* The last year of building that counts for a need; what saves money is built at once. */
static bool slim_year(const park_allocation *a, int32_t first, int32_t last, double cost, int32_t year)
{
    if (cost < 0.0)
        return !park_may_be_built(a, first, last, year - 1);
    if (!park_may_be_built(a, first, last, year + 1))
        return true;
    for (size_t n = 0; n < a->needs; n++)
        if (year + a->lead == a->need[n].year)
            return true;
    return false;
}

static void write_columns(park_choice_program *w)
{
    const park_allocation *a     = w->a;
    const park_question   *q     = w->q;
    bool                   price = q->way == PARK_WAY_NONE || q->ceiling > 0.0;
    for (size_t o = 0; o < a->options; o++) {
        bool    barred = park_option_barred(a, o, q->times) != PARK_FATE_DEAR;
        int32_t held   = q->held != NULL ? q->held[o] : PARK_HELD_FREE;
        park_option_figures(a, o, q->times, &w->figures[o]);
        for (size_t y = 0; y < a->years; y++) {
            int32_t year = a->from + (int32_t)y;
            double cost = price ? park_option_money(a, &w->figures[o]) * park_allocation_discounted(a, year) /
                                      PARK_CHOICE_MONEY
                                : 0.0;
            bool   may  = !barred && park_may_be_built(a, a->option[o].first, a->option[o].last, year);
            if (w->slim && held <= 0)
                may = may && slim_year(a, a->option[o].first, a->option[o].last,
                                       park_option_money(a, &w->figures[o]), year);
            w->x[o * a->years + y] = choice_col(w, may, held, year, cost);
        }
    }
    for (size_t p = 0; p < a->plants; p++)
        for (size_t y = 0; y < a->years; y++) {
            const park_plant *plant = &a->plant[p];
            int32_t year = a->from + (int32_t)y, held = q->plant != NULL ? q->plant[p] : PARK_HELD_FREE;
            double  cost = a->public_money ? a->most * plant->investment : park_plant_cost(a, plant);
            bool    may  = park_may_be_built(a, plant->first, plant->last, year);
            if (w->slim && held <= 0)
                may = may && slim_year(a, plant->first, plant->last, cost, year);
            w->z[p * a->years + y] =
                choice_col(w, may, held, year,
                           price ? cost * park_allocation_discounted(a, year) / PARK_CHOICE_MONEY : 0.0);
        }
}

/* One option a group, one year a plant; what is to stand in any year. */
static void write_groups(park_choice_program *w)
{
    const park_allocation *a = w->a;
    for (size_t g = 0; g < a->groups; g++) {
        for (size_t o = 0; o < a->options; o++)
            for (size_t y = 0; a->option[o].group == (int32_t)g && y < a->years; y++)
                term(w, w->x[o * a->years + y], 1.0);
        end_row(w, -INFINITY, 1.0);
    }
    for (size_t p = 0; p < a->plants; p++) {
        for (size_t y = 0; y < a->years; y++)
            term(w, w->z[p * a->years + y], 1.0);
        end_row(w, -INFINITY, 1.0);
    }
    for (size_t o = 0; w->q->held != NULL && o < a->options; o++) {
        if (w->q->held[o] != PARK_HELD_IN)
            continue;
        for (size_t y = 0; y < a->years; y++)
            term(w, w->x[o * a->years + y], 1.0);
        if (w->count == 0) /* it cannot be: no point satisfies 0 >= 1 */
            term(w, park_program_col(&w->program, PARK_COL_OTHER, 0.0, 0.0, 0.0, NULL), 1.0);
        end_row(w, 1.0, INFINITY);
    }
}

static void write_needs(park_choice_program *w)
{
    const park_allocation *a = w->a;
    const park_question   *q = w->q;
    for (size_t n = 0; n < a->needs; n++) {
        const park_need *need = &a->need[n];
        double least = a->scenario[q->scenario].lacking[n] - park_anyway_brings(a, need, q->times), top = 0.0;
        if (q->more != 0.0 && q->more_of == (int32_t)n)
            least += q->more;
        for (size_t o = 0; o < a->options; o++)
            top = fmax(top, fabs(park_option_brings(a, o, need, q->times)));
        w->scale[n] = top > 0.0 ? 1.0 / top : 1.0 / PARK_CHOICE_WATER;
        for (size_t o = 0; o < a->options; o++)
            for (size_t y = 0; y < a->years; y++)
                if (a->from + (int32_t)y + a->lead <= need->year)
                    term(w, w->x[o * a->years + y], park_option_brings(a, o, need, q->times) * w->scale[n]);
        term(w, w->slack[n], PARK_CHOICE_WATER * w->scale[n]);
        if (w->count == 0 && least > 0.0)
            term(w, park_program_col(&w->program, PARK_COL_OTHER, 0.0, 0.0, 0.0, NULL), 1.0);
        w->row[n] = end_row(w, least * w->scale[n], INFINITY);
    }
}

static void write_budgets(park_choice_program *w)
{
    const park_allocation *a = w->a;
    for (size_t y = 0; y < a->years && !w->q->no_budget && !w->slim; y++) {
        if (!isfinite(a->budget[y]))
            continue;
        for (size_t o = 0; o < a->options; o++)
            term(w, w->x[o * a->years + y], w->figures[o].subsidy / PARK_CHOICE_MONEY);
        for (size_t p = 0; p < a->plants; p++)
            term(w, w->z[p * a->years + y], a->most * a->plant[p].investment / PARK_CHOICE_MONEY);
        term(w, w->extra[y], -1.0);
        end_row(w, -INFINITY, a->budget[y] / PARK_CHOICE_MONEY);
    }
}

/* A plant stands before those who draw on it, and has room for all of them. */
static void write_plants(park_choice_program *w)
{
    const park_allocation *a = w->a;
    for (size_t o = 0; o < a->options; o++)
        for (size_t last = 0; a->option[o].plant >= 0 && last < a->years; last++) {
            size_t p = (size_t)a->option[o].plant;
            if (w->x[o * a->years + last] < 0)
                continue;
            for (size_t y = 0; y < a->years; y++) {
                term(w, y <= last ? w->x[o * a->years + y] : -1, 1.0);
                term(w, y <= last || w->slim ? w->z[p * a->years + y] : -1, -1.0);
            }
            end_row(w, -INFINITY, 0.0);
        }
    for (size_t p = 0; p < a->plants; p++) {
        for (size_t o = 0; o < a->options; o++)
            for (size_t y = 0; a->option[o].plant == (int32_t)p && y < a->years; y++)
                term(w, w->x[o * a->years + y], a->option[o].drawn / PARK_CHOICE_WATER);
        for (size_t y = 0; y < a->years && w->count > 0; y++)
            term(w, w->z[p * a->years + y], -a->plant[p].capacity / PARK_CHOICE_WATER);
        end_row(w, -INFINITY, 0.0);
    }
}

static void city_row(park_choice_program *w, int32_t city, double share, double lo, double hi)
{
    const park_allocation *a = w->a;
    for (size_t o = 0; o < a->options; o++) {
        double part = a->fair_by == PARK_FAIR_MONEY ? w->figures[o].subsidy / PARK_CHOICE_MONEY
                                                    : w->figures[o].volume / PARK_CHOICE_WATER;
        for (size_t y = 0; y < a->years; y++)
            term(w, w->x[o * a->years + y], part * ((a->option[o].city == city ? 1.0 : 0.0) - share));
    }
    for (size_t p = 0; a->fair_by == PARK_FAIR_MONEY && p < a->plants; p++)
        for (size_t y = 0; y < a->years; y++)
            term(w, w->z[p * a->years + y],
                 a->most * a->plant[p].investment / PARK_CHOICE_MONEY *
                     ((a->plant[p].city == city ? 1.0 : 0.0) - share));
    end_row(w, lo, hi);
}

static void write_cities(park_choice_program *w)
{
    const park_allocation *a = w->a;
    for (size_t c = 0; c < a->cities && !w->q->no_cities; c++) {
        if (a->fair_most < 1.0)
            city_row(w, (int32_t)c, a->fair_most, -INFINITY, 0.0);
        if (a->fair_least > 0.0)
            city_row(w, (int32_t)c, a->fair_least, 0.0, INFINITY);
        for (size_t o = 0; a->fair_projects > 0 && o < a->options; o++)
            for (size_t y = 0; a->option[o].city == (int32_t)c && y < a->years; y++)
                term(w, w->x[o * a->years + y], 1.0);
        end_row(w, (double)a->fair_projects, INFINITY);
    }
}

/* A need that gives way does so by 10^4 m3; where all may, by shares of what they lack. */
static void write_slack(park_choice_program *w)
{
    const park_allocation *a     = w->a;
    const park_question   *q     = w->q;
    double                 price = q->ceiling > 0.0 ? 0.0 : 1.0;
    for (size_t n = 0; n < a->needs; n++) {
        double lacking = fmax(a->scenario[q->scenario].lacking[n], 0.0);
        w->slack[n]    = -1;
        if (q->way == PARK_WAY_NEED && q->need == (int32_t)n)
            w->slack[n] =
                park_program_col(&w->program, PARK_COL_FLOW, 0.0,
                                 (q->ceiling > 0.0 ? q->ceiling : lacking) / PARK_CHOICE_WATER, price, NULL);
        else if (q->way == PARK_WAY_NEEDS && lacking > 0.0)
            w->slack[n] = park_program_col(&w->program, PARK_COL_FLOW, 0.0, lacking / PARK_CHOICE_WATER,
                                           price * PARK_CHOICE_WATER / lacking, NULL);
    }
    for (size_t n = 0; q->way == PARK_WAY_NEEDS && q->ceiling > 0.0 && n < a->needs; n++)
        term(w, w->slack[n], PARK_CHOICE_WATER / fmax(a->scenario[q->scenario].lacking[n], 1.0));
    end_row(w, -INFINITY, q->ceiling);
}

static void write_extra(park_choice_program *w)
{
    const park_allocation *a     = w->a;
    const park_question   *q     = w->q;
    double                 price = q->ceiling > 0.0 ? 0.0 : 1.0, most = 0.0;
    for (size_t o = 0; o < a->options; o++)
        most += w->figures[o].subsidy;
    for (size_t p = 0; p < a->plants; p++)
        most += a->most * a->plant[p].investment;
    for (size_t y = 0; y < a->years; y++) {
        w->extra[y] = q->way != PARK_WAY_BUDGET ? -1
                                                : park_program_col(&w->program, PARK_COL_FLOW, 0.0,
                                                                   most / PARK_CHOICE_MONEY, price, NULL);
        term(w, q->ceiling > 0.0 ? w->extra[y] : -1, 1.0);
    }
    end_row(w, -INFINITY, q->ceiling / PARK_CHOICE_MONEY);
}

park_status park_choice_write(const park_allocation *a, const park_question *q, bool slim, park_arena *arena,
                              park_choice_program *w, park_error *err)
{
    size_t most = (a->options + a->plants + 1) * a->years * 2 + a->years + a->needs + 2;
    *w          = (park_choice_program){.a       = a,
                                        .q       = q,
                                        .slim    = slim,
                                        .slack   = PARK_ARRAY(arena, a->needs + 1, int32_t),
                                        .x       = PARK_ARRAY(arena, a->options * a->years + 1, int32_t),
                                        .z       = PARK_ARRAY(arena, a->plants * a->years + 1, int32_t),
                                        .extra   = PARK_ARRAY(arena, a->years + 1, int32_t),
                                        .row     = PARK_ARRAY(arena, a->needs + 1, int32_t),
                                        .scale   = PARK_ARRAY(arena, a->needs + 1, double),
                                        .index   = PARK_ARRAY(arena, most, int32_t),
                                        .value   = PARK_ARRAY(arena, most, double),
                                        .figures = PARK_ARRAY(arena, a->options + 1, park_worth_of)};
    if (w->x == NULL || w->z == NULL || w->slack == NULL || w->extra == NULL || w->row == NULL ||
        w->scale == NULL || w->index == NULL || w->value == NULL || w->figures == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu options", a->options);
    park_program_init(&w->program, arena);
    write_columns(w);
    write_slack(w);
    write_extra(w);
    write_groups(w);
    write_needs(w);
    write_budgets(w);
    write_plants(w);
    write_cities(w);
    return w->failed ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu options", a->options)
                     : PARK_OK;
}
