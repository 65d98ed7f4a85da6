/*
 * choose.c - which option of which park in which year, as 0/1 columns; the tree proves how good the answer is.
 * Math: docs/math/region.md, Eq. (Y21)-(Y28).
 *
 * Columns: an option in a year, a plant in a year, and where something gives way, by how much. Rows: one option a group, one
 * year a plant, needs, budgets, plants before those who draw on them, their room, the cities' rules. Money stands in million
 * CNY, water in 10^4 m3, so that the tree sees numbers near 1.
 */
#include "region/choose.h"

#include "base/pool.h"
#include "numerics/lp.h"

#include <math.h>
#include <string.h>

static const double MONEY = 1e6, WATER = 1e4;

/* --- figures, Eq. (Y21) --- */

static double annuity(double rate, double years)
{
    return rate > 0.0 ? (1.0 - pow(1.0 + rate, -years)) / rate : years;
}

static double discounted(const park_allocation *a, int32_t year)
{
    return pow(1.0 + a->discount, -(double)(year - a->from));
}

/* What its group does anyway; PARK_NONE. */
static int32_t base_of(const park_allocation *a, size_t option)
{
    for (size_t k = 0; k < a->options; k++)
        if (a->option[k].group == a->option[option].group && a->option[k].anyway > 0)
            return (int32_t)k;
    return PARK_NONE;
}

static double drawn(const double *times, size_t option, int what)
{
    return times != NULL ? times[option * PARK_TIMES + (size_t)what] : 1.0;
}

static void own_figures(const park_allocation *a, size_t o, const double *times, park_worth_of *out)
{
    const park_option *option = &a->option[o];
    *out                      = (park_worth_of){.investment = option->investment * drawn(times, o, 0)};
    out->annual = out->investment / annuity(a->discount, option->life) + option->yearly * drawn(times, o, 1);
    for (int g = 0; g < PARK_GIFTS; g++)
        out->gives[g] = option->gives[g] * drawn(times, o, 2 + g);
}

void park_option_figures(const park_allocation *a, size_t o, const double *times, park_worth_of *out)
{
    int32_t base = base_of(a, o);
    own_figures(a, o, times, out);
    if (base != PARK_NONE && (size_t)base != o) {
        park_worth_of does;
        own_figures(a, (size_t)base, times, &does);
        out->investment -= does.investment;
        out->annual -= does.annual;
        for (int g = 0; g < PARK_GIFTS; g++)
            out->gives[g] -= does.gives[g];
    }
    out->cost    = out->annual * annuity(a->discount, a->horizon);
    out->subsidy = a->most * fmax(out->investment, 0.0);
    if (!isnan(a->option[o].asked))
        out->subsidy = a->option[o].asked * drawn(times, o, 0);
    for (int g = 0; g < PARK_GIFTS; g++)
        out->volume = fmax(out->volume, out->gives[g]);
}

void park_allocation_figures(const park_allocation *a, size_t option, park_worth_of *figures)
{
    park_option_figures(a, option, NULL, figures);
}

static double plant_cost(const park_allocation *a, const park_plant *plant)
{
    return (plant->investment / annuity(a->discount, plant->life) + plant->yearly) *
           annuity(a->discount, a->horizon);
}

static double money_of(const park_allocation *a, const park_worth_of *figures)
{
    return a->public_money ? figures->subsidy : figures->cost;
}

/* What an option brings to a need beyond what its group does by then. */
static double brings(const park_allocation *a, size_t o, const park_need *need, const double *times)
{
    const park_option *option = &a->option[o];
    int32_t            base   = base_of(a, o);
    double             sum    = 0.0;
    if (need->large && !option->large)
        return 0.0;
    for (int g = 0; g < PARK_GIFTS; g++) {
        double net = option->gives[g] * drawn(times, o, 2 + g);
        if (base != PARK_NONE && (size_t)base != o && a->option[base].anyway <= need->year)
            net -= a->option[base].gives[g] * drawn(times, (size_t)base, 2 + g);
        sum += need->per[g] * net;
    }
    return sum;
}

static double anyway_brings(const park_allocation *a, const park_need *need, const double *times)
{
    double sum = 0.0;
    for (size_t o = 0; o < a->options; o++)
        if (a->option[o].anyway > 0 && a->option[o].anyway <= need->year)
            sum += brings(a, o, need, times);
    return sum;
}

double park_delivered(const park_allocation *a, size_t n, const int32_t *year, const double *times)
{
    const park_need *need = &a->need[n];
    double           sum  = anyway_brings(a, need, times);
    for (size_t o = 0; o < a->options; o++)
        if (a->option[o].anyway == 0 && year[o] > 0 && year[o] + a->lead <= need->year)
            sum += brings(a, o, need, times);
    return sum;
}

bool park_option_serves(const park_allocation *a, size_t o)
{
    for (size_t n = 0; n < a->needs; n++)
        if (a->scenario[0].lacking[n] > 0.0 && brings(a, o, &a->need[n], NULL) > 0.0)
            return true;
    return false;
}

double park_allocation_brings(const park_allocation *a, size_t o, size_t n)
{
    return brings(a, o, &a->need[n], NULL);
}

double park_allocation_delivered(const park_allocation *a, size_t need, const int32_t *year)
{
    return park_delivered(a, need, year, NULL);
}

/* --- who cannot take part --- */

static bool may_be_built(const park_allocation *a, int32_t first, int32_t last, int32_t year)
{
    return year >= first && year <= last && year >= a->from && year < a->from + (int32_t)a->years;
}

static bool in_time(const park_allocation *a, const park_option *option)
{
    int32_t latest = a->needs == 0 ? INT32_MAX : INT32_MIN;
    for (size_t n = 0; n < a->needs; n++)
        latest = a->need[n].year > latest ? a->need[n].year : latest;
    for (int32_t y = a->from; y < a->from + (int32_t)a->years; y++)
        if (may_be_built(a, option->first, option->last, y) && y + a->lead <= latest)
            return true;
    return false;
}

park_fate park_option_barred(const park_allocation *a, size_t o, const double *times)
{
    const park_option *option = &a->option[o];
    int32_t            base   = base_of(a, o);
    park_worth_of      f;
    if (option->anyway > 0)
        return PARK_FATE_ANYWAY;
    park_option_figures(a, o, times, &f);
    if (base != PARK_NONE && (f.investment < 0.0 || !(f.volume > 0.0)))
        return PARK_FATE_NOT_MORE;
    if (!isnan(option->asked) && f.subsidy > a->most * f.investment * (1.0 + 1e-12))
        return PARK_FATE_ASKS;
    return in_time(a, option) ? PARK_FATE_DEAR : PARK_FATE_LATE;
}

/* --- the program --- */

typedef struct writing {
    const park_allocation *a;
    const park_question   *q;
    park_program           program;
    int32_t               *x;     /* [options * years] columns; -1 */
    int32_t               *z;     /* [plants * years] */
    int32_t               *extra; /* [years] more budget; -1 */
    int32_t               *slack; /* [needs]; -1 */
    int32_t               *row;   /* [needs] rows; -1 */
    double                *scale; /* [needs] of the rows */
    int32_t               *index;
    double                *value;
    size_t                 count;   /* of the row in the making */
    park_worth_of         *figures; /* [options] */
    bool slim; /* years that no budget could forbid, and no budgets: a relaxation, Eq. (Y28) */
    bool failed;
} writing;

static void term(writing *w, int32_t col, double value)
{
    if (col < 0 || value == 0.0)
        return;
    w->index[w->count]   = col;
    w->value[w->count++] = value;
}

static int32_t end_row(writing *w, double lo, double hi)
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
static int32_t choice_col(writing *w, bool may, int32_t held, int32_t year, double cost)
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
        return !may_be_built(a, first, last, year - 1);
    if (!may_be_built(a, first, last, year + 1))
        return true;
    for (size_t n = 0; n < a->needs; n++)
        if (year + a->lead == a->need[n].year)
            return true;
    return false;
}

static void write_columns(writing *w)
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
            double  cost = price ? money_of(a, &w->figures[o]) * discounted(a, year) / MONEY : 0.0;
            bool    may  = !barred && may_be_built(a, a->option[o].first, a->option[o].last, year);
            if (w->slim && held <= 0)
                may = may &&
                      slim_year(a, a->option[o].first, a->option[o].last, money_of(a, &w->figures[o]), year);
            w->x[o * a->years + y] = choice_col(w, may, held, year, cost);
        }
    }
    for (size_t p = 0; p < a->plants; p++)
        for (size_t y = 0; y < a->years; y++) {
            const park_plant *plant = &a->plant[p];
            int32_t year = a->from + (int32_t)y, held = q->plant != NULL ? q->plant[p] : PARK_HELD_FREE;
            double  cost = a->public_money ? a->most * plant->investment : plant_cost(a, plant);
            bool    may  = may_be_built(a, plant->first, plant->last, year);
            if (w->slim && held <= 0)
                may = may && slim_year(a, plant->first, plant->last, cost, year);
            w->z[p * a->years + y] =
                choice_col(w, may, held, year, price ? cost * discounted(a, year) / MONEY : 0.0);
        }
}

/* One option a group, one year a plant; what is to stand in any year. */
static void write_groups(writing *w)
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

static void write_needs(writing *w)
{
    const park_allocation *a = w->a;
    const park_question   *q = w->q;
    for (size_t n = 0; n < a->needs; n++) {
        const park_need *need = &a->need[n];
        double least = a->scenario[q->scenario].lacking[n] - anyway_brings(a, need, q->times), top = 0.0;
        if (q->more != 0.0 && q->more_of == (int32_t)n)
            least += q->more;
        for (size_t o = 0; o < a->options; o++)
            top = fmax(top, fabs(brings(a, o, need, q->times)));
        w->scale[n] = top > 0.0 ? 1.0 / top : 1.0 / WATER;
        for (size_t o = 0; o < a->options; o++)
            for (size_t y = 0; y < a->years; y++)
                if (a->from + (int32_t)y + a->lead <= need->year)
                    term(w, w->x[o * a->years + y], brings(a, o, need, q->times) * w->scale[n]);
        term(w, w->slack[n], WATER * w->scale[n]);
        if (w->count == 0 && least > 0.0)
            term(w, park_program_col(&w->program, PARK_COL_OTHER, 0.0, 0.0, 0.0, NULL), 1.0);
        w->row[n] = end_row(w, least * w->scale[n], INFINITY);
    }
}

static void write_budgets(writing *w)
{
    const park_allocation *a = w->a;
    for (size_t y = 0; y < a->years && !w->q->no_budget && !w->slim; y++) {
        if (!isfinite(a->budget[y]))
            continue;
        for (size_t o = 0; o < a->options; o++)
            term(w, w->x[o * a->years + y], w->figures[o].subsidy / MONEY);
        for (size_t p = 0; p < a->plants; p++)
            term(w, w->z[p * a->years + y], a->most * a->plant[p].investment / MONEY);
        term(w, w->extra[y], -1.0);
        end_row(w, -INFINITY, a->budget[y] / MONEY);
    }
}

/* A plant stands before those who draw on it, and has room for all of them. */
static void write_plants(writing *w)
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
                term(w, w->x[o * a->years + y], a->option[o].drawn / WATER);
        for (size_t y = 0; y < a->years && w->count > 0; y++)
            term(w, w->z[p * a->years + y], -a->plant[p].capacity / WATER);
        end_row(w, -INFINITY, 0.0);
    }
}

static void city_row(writing *w, int32_t city, double share, double lo, double hi)
{
    const park_allocation *a = w->a;
    for (size_t o = 0; o < a->options; o++) {
        double part =
            a->fair_by == PARK_FAIR_MONEY ? w->figures[o].subsidy / MONEY : w->figures[o].volume / WATER;
        for (size_t y = 0; y < a->years; y++)
            term(w, w->x[o * a->years + y], part * ((a->option[o].city == city ? 1.0 : 0.0) - share));
    }
    for (size_t p = 0; a->fair_by == PARK_FAIR_MONEY && p < a->plants; p++)
        for (size_t y = 0; y < a->years; y++)
            term(w, w->z[p * a->years + y],
                 a->most * a->plant[p].investment / MONEY * ((a->plant[p].city == city ? 1.0 : 0.0) - share));
    end_row(w, lo, hi);
}

static void write_cities(writing *w)
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
static void write_slack(writing *w)
{
    const park_allocation *a     = w->a;
    const park_question   *q     = w->q;
    double                 price = q->ceiling > 0.0 ? 0.0 : 1.0;
    for (size_t n = 0; n < a->needs; n++) {
        double lacking = fmax(a->scenario[q->scenario].lacking[n], 0.0);
        w->slack[n]    = -1;
        if (q->way == PARK_WAY_NEED && q->need == (int32_t)n)
            w->slack[n] = park_program_col(&w->program, PARK_COL_FLOW, 0.0,
                                           (q->ceiling > 0.0 ? q->ceiling : lacking) / WATER, price, NULL);
        else if (q->way == PARK_WAY_NEEDS && lacking > 0.0)
            w->slack[n] = park_program_col(&w->program, PARK_COL_FLOW, 0.0, lacking / WATER,
                                           price * WATER / lacking, NULL);
    }
    for (size_t n = 0; q->way == PARK_WAY_NEEDS && q->ceiling > 0.0 && n < a->needs; n++)
        term(w, w->slack[n], WATER / fmax(a->scenario[q->scenario].lacking[n], 1.0));
    end_row(w, -INFINITY, q->ceiling);
}

static void write_extra(writing *w)
{
    const park_allocation *a     = w->a;
    const park_question   *q     = w->q;
    double                 price = q->ceiling > 0.0 ? 0.0 : 1.0, most = 0.0;
    for (size_t o = 0; o < a->options; o++)
        most += w->figures[o].subsidy;
    for (size_t p = 0; p < a->plants; p++)
        most += a->most * a->plant[p].investment;
    for (size_t y = 0; y < a->years; y++) {
        w->extra[y] = q->way != PARK_WAY_BUDGET
                          ? -1
                          : park_program_col(&w->program, PARK_COL_FLOW, 0.0, most / MONEY, price, NULL);
        term(w, q->ceiling > 0.0 ? w->extra[y] : -1, 1.0);
    }
    end_row(w, -INFINITY, q->ceiling / MONEY);
}

static park_status write_program(const park_allocation *a, const park_question *q, bool slim,
                                 park_arena *arena, writing *w, park_error *err)
{
    size_t most = (a->options + a->plants + 1) * a->years * 2 + a->years + 2;
    *w          = (writing){.a       = a,
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
    choice->cost += cost * discounted(a, year);
    choice->public_cost += subsidy;
    choice->spent[year - a->from] += subsidy;
    if (city >= 0) {
        choice->city_money[city] += subsidy;
        choice->city_volume[city] += volume;
    }
}

static void take_choice(const writing *w, const double *x, park_choice *choice)
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
                pay(a, choice, a->plant[p].city, choice->plant_year[p], plant_cost(a, &a->plant[p]),
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
    return q->ceiling > 0.0 || q->way == PARK_WAY_NONE || q->way == PARK_WAY_BUDGET ? MONEY
           : q->way == PARK_WAY_NEED                                                ? WATER
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
    writing            w;
    park_tree_settings tree;
    park_tree_result   result;
    double             unit = unit_of_objective(question);
    PARK_TRY(park_choice_room(a, arena, choice, err));
    PARK_TRY(write_program(a, question, slim, arena, &w, err));
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
    park_question question = {0};
    writing       w;
    PARK_TRY(write_program(a, &question, false, arena, &w, err));
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
            dual[n] = w.row[n] < 0 ? 0.0 : park_lp_dual(lp)[w.row[n]] * w.scale[n] * MONEY;
    park_lp_free(lp);
    return status;
}
