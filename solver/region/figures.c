/*
 * figures.c - what one option costs, brings and is paid, net of what its group does anyway; who cannot take part at all.
 * Math: docs/math/region.md, Eq. (Y21)-(Y24).
 */
#include "region/choose.h"

#include <math.h>

double park_allocation_annuity(double rate, double years)
{
    return rate > 0.0 ? (1.0 - pow(1.0 + rate, -years)) / rate : years;
}

double park_allocation_discounted(const park_allocation *a, int32_t year)
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
    *out                      = (park_worth_of){.investment = option->investment * drawn(times, o, 0),
                                                .yearly     = option->yearly * drawn(times, o, 1)};
    out->annual = out->investment / park_allocation_annuity(a->discount, option->life) + out->yearly;
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
        out->yearly -= does.yearly;
        for (int g = 0; g < PARK_GIFTS; g++)
            out->gives[g] -= does.gives[g];
    }
    out->cost    = out->annual * park_allocation_annuity(a->discount, a->horizon);
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

double park_plant_cost(const park_allocation *a, const park_plant *plant)
{
    return (plant->investment / park_allocation_annuity(a->discount, plant->life) + plant->yearly) *
           park_allocation_annuity(a->discount, a->horizon);
}

double park_option_money(const park_allocation *a, const park_worth_of *figures)
{
    return a->public_money ? figures->subsidy : figures->cost;
}

/* What an option brings to a need beyond what its group does by then. */
double park_option_brings(const park_allocation *a, size_t o, const park_need *need, const double *times)
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

double park_anyway_brings(const park_allocation *a, const park_need *need, const double *times)
{
    double sum = 0.0;
    for (size_t o = 0; o < a->options; o++)
        if (a->option[o].anyway > 0 && a->option[o].anyway <= need->year)
            sum += park_option_brings(a, o, need, times);
    return sum;
}

double park_delivered(const park_allocation *a, size_t n, const int32_t *year, const double *times)
{
    const park_need *need = &a->need[n];
    double           sum  = park_anyway_brings(a, need, times);
    for (size_t o = 0; o < a->options; o++)
        if (a->option[o].anyway == 0 && year[o] > 0 && year[o] + a->lead <= need->year)
            sum += park_option_brings(a, o, need, times);
    return sum;
}

bool park_option_serves(const park_allocation *a, size_t o)
{
    for (size_t n = 0; n < a->needs; n++)
        if (a->scenario[0].lacking[n] > 0.0 && park_option_brings(a, o, &a->need[n], NULL) > 0.0)
            return true;
    return false;
}

double park_allocation_brings(const park_allocation *a, size_t o, size_t n)
{
    return park_option_brings(a, o, &a->need[n], NULL);
}

double park_allocation_delivered(const park_allocation *a, size_t need, const int32_t *year)
{
    return park_delivered(a, need, year, NULL);
}

/* --- who cannot take part --- */

bool park_may_be_built(const park_allocation *a, int32_t first, int32_t last, int32_t year)
{
    return year >= first && year <= last && year >= a->from && year < a->from + (int32_t)a->years;
}

static bool in_time(const park_allocation *a, const park_option *option)
{
    int32_t latest = a->needs == 0 ? INT32_MAX : INT32_MIN;
    for (size_t n = 0; n < a->needs; n++)
        latest = a->need[n].year > latest ? a->need[n].year : latest;
    for (int32_t y = a->from; y < a->from + (int32_t)a->years; y++)
        if (park_may_be_built(a, option->first, option->last, y) && y + a->lead <= latest)
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
