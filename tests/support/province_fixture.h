/*
 * province_fixture.h - small provinces of options, and all their combinations tried one by one: the second method by which
 * choices are checked. Money and water are worked here from the words of docs/math/region.md, not by the code under test.
 */
#ifndef PARK_TESTS_PROVINCE_FIXTURE_H
#define PARK_TESTS_PROVINCE_FIXTURE_H

#include "base/random.h"

#include <parkwater/allocation.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { OPTIONS = 400, GROUPS = 100, NEEDS = 2, YEARS = 3, CITIES = 4 };

typedef struct province {
    park_allocation a;
    park_option     option[OPTIONS];
    char            id[OPTIONS][24];
    const char     *group[GROUPS], *city[CITIES];
    park_plant      plant[2];
    park_need       need[NEEDS];
    park_scenario   scenario[3];
    double          lacking[3][NEEDS], budget[YEARS];
} province;

static inline double between(park_random *random, double lo, double hi)
{
    return lo + (hi - lo) * park_random_uniform(random);
}

/* Needs: new water, and intake saved. */
static inline void province_open(province *p, size_t groups, size_t years, double new_water, double saved)
{
    static const char *const NAMES[] = {"north", "south", "east", "west"};
    memset(p, 0, sizeof *p);
    p->a             = (park_allocation){.groups    = groups,
                                         .cities    = CITIES,
                                         .needs     = NEEDS,
                                         .scenarios = 1,
                                         .option    = p->option,
                                         .group     = p->group,
                                         .plant     = p->plant,
                                         .city      = p->city,
                                         .need      = p->need,
                                         .scenario  = p->scenario,
                                         .from      = 2023,
                                         .years     = years,
                                         .budget    = p->budget,
                                         .most      = 0.3,
                                         .discount  = 0.06,
                                         .horizon   = 15.0,
                                         .fair_most = 1.0,
                                         .within    = 0.1,
                                         .seed      = 7};
    p->need[0]       = (park_need){.year = 2025, .per = {[PARK_GIFT_NEW] = 1.0}, .step = 1e4};
    p->need[1]       = (park_need){.year = 2025, .per = {[PARK_GIFT_INTAKE] = 1.0}, .step = 1e4};
    p->scenario[0]   = (park_scenario){.id = "base", .lacking = p->lacking[0]};
    p->lacking[0][0] = new_water, p->lacking[0][1] = saved;
    for (size_t y = 0; y < YEARS; y++)
        p->budget[y] = INFINITY;
    for (size_t g = 0; g < groups; g++)
        p->group[g] = NAMES[g % 4];
    for (int c = 0; c < CITIES; c++)
        p->city[c] = NAMES[c];
}

static inline park_option *province_add(province *p, int32_t group, double investment, double yearly,
                                        double new_water, double saved)
{
    size_t o = p->a.options++;
    snprintf(p->id[o], sizeof p->id[o], "g%d.%zu", (int)group, o);
    p->option[o] = (park_option){.id         = p->id[o],
                                 .group      = group,
                                 .member     = group,
                                 .measure    = PARK_NONE,
                                 .city       = PARK_NONE,
                                 .plant      = PARK_NONE,
                                 .large      = true,
                                 .investment = investment,
                                 .yearly     = yearly,
                                 .life       = 15.0,
                                 .gives      = {saved, 0.0, new_water},
                                 .first      = 2023,
                                 .last       = 2025,
                                 .asked      = NAN};
    return &p->option[o];
}

/* `each` points of a curve for each group: more water at a rising price, all a bit crooked. */
static inline void province_fill(province *p, uint64_t seed, size_t each)
{
    park_random random = park_random_start(seed, 1, 0);
    for (size_t g = 0; g < p->a.groups; g++) {
        double water = between(&random, 2e5, 2e6), price = between(&random, 4.0, 30.0);
        for (size_t k = 0; k < each; k++) {
            double share = (double)(k + 1) / (double)each, of = water * share * between(&random, 0.8, 1.2);
            park_option *o =
                province_add(p, (int32_t)g, of * price * (0.6 + 0.4 * share), of * between(&random, 0.1, 0.6),
                             of, of * between(&random, 0.5, 1.5));
            o->city = (int32_t)(g % CITIES);
            o->life = between(&random, 8.0, 20.0);
        }
    }
}

/* --- every combination --- */

typedef struct tried {
    int32_t year[OPTIONS], plant_year[2];
    double  cost; /* of the best that holds; INFINITY: none holds */
} tried;

static inline double annuity_by_sum(double rate, double years)
{
    double sum = 0.0, whole = floor(years), d = 1.0 / (1.0 + rate);
    for (int t = 1; t <= (int)whole; t++)
        sum += pow(d, t);
    return fabs(years - whole) < 1e-12 ? sum : (1.0 - pow(1.0 + rate, -years)) / rate;
}

static inline double cost_by_hand(const park_allocation *a, double investment, double yearly, double life,
                                  int32_t year)
{
    double annual = investment / annuity_by_sum(a->discount, life) + yearly;
    return annual * annuity_by_sum(a->discount, a->horizon) / pow(1.0 + a->discount, year - a->from);
}

static inline bool holds(const province *p, const tried *t, double *cost)
{
    const park_allocation *a = &p->a;
    double got[NEEDS] = {0.0}, spent[YEARS] = {0.0}, room[2] = {0.0}, money[CITIES] = {0.0}, all = 0.0;
    size_t built[CITIES] = {0};
    *cost                = 0.0;
    for (size_t o = 0; o < a->options; o++) {
        const park_option *option = &a->option[o];
        if (t->year[o] == 0)
            continue;
        *cost += cost_by_hand(a, option->investment, option->yearly, option->life, t->year[o]);
        spent[t->year[o] - a->from] += a->most * option->investment;
        all += a->most * option->investment;
        if (option->city >= 0)
            money[option->city] += a->most * option->investment, built[option->city]++;
        for (size_t n = 0; n < a->needs; n++)
            for (int g = 0; g < PARK_GIFTS; g++)
                got[n] +=
                    t->year[o] + a->lead <= a->need[n].year ? a->need[n].per[g] * option->gives[g] : 0.0;
        if (option->plant >= 0) {
            room[option->plant] += option->drawn;
            if (t->plant_year[option->plant] == 0 || t->plant_year[option->plant] > t->year[o])
                return false;
        }
    }
    for (size_t k = 0; k < a->plants; k++) {
        if (t->plant_year[k] == 0)
            continue;
        *cost +=
            cost_by_hand(a, a->plant[k].investment, a->plant[k].yearly, a->plant[k].life, t->plant_year[k]);
        spent[t->plant_year[k] - a->from] += a->most * a->plant[k].investment;
        all += a->most * a->plant[k].investment;
        if (a->plant[k].city >= 0)
            money[a->plant[k].city] += a->most * a->plant[k].investment;
        if (room[k] > a->plant[k].capacity * (1.0 + 1e-9))
            return false;
    }
    for (size_t n = 0; n < a->needs; n++)
        if (got[n] < a->scenario[0].lacking[n] * (1.0 - 1e-9) - 1e-6)
            return false;
    for (size_t y = 0; y < a->years; y++)
        if (spent[y] > a->budget[y] * (1.0 + 1e-9))
            return false;
    for (size_t c = 0; c < a->cities; c++)
        if (money[c] > a->fair_most * all * (1.0 + 1e-9) + 1e-6 || built[c] < a->fair_projects)
            return false;
    return true;
}

static inline void try_plants(const province *p, size_t plant, tried *t, tried *best)
{
    double cost;
    if (plant == p->a.plants) {
        if (holds(p, t, &cost) && cost < best->cost) {
            *best      = *t;
            best->cost = cost;
        }
        return;
    }
    for (int32_t y = -1; y < (int32_t)p->a.years; y++) {
        t->plant_year[plant] = y < 0 ? 0 : p->a.from + y;
        try_plants(p, plant + 1, t, best);
    }
    t->plant_year[plant] = 0;
}

static inline void try_groups(const province *p, int32_t group, tried *t, tried *best)
{
    if (group == (int32_t)p->a.groups) {
        try_plants(p, 0, t, best);
        return;
    }
    try_groups(p, group + 1, t, best);
    for (size_t o = 0; o < p->a.options; o++)
        for (size_t y = 0; p->option[o].group == group && y < p->a.years; y++) {
            t->year[o] = p->a.from + (int32_t)y;
            if (t->year[o] >= p->option[o].first && t->year[o] <= p->option[o].last)
                try_groups(p, group + 1, t, best);
            t->year[o] = 0;
        }
}

/* The best of all combinations. */
static inline tried province_best(const province *p)
{
    tried t = {.cost = INFINITY}, best = {.cost = INFINITY};
    try_groups(p, 0, &t, &best);
    return best;
}

#endif
