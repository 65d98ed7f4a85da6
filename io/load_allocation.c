/*
 * load_allocation.c - what may be built where, by which money and rules: options from a table, from plans of parks, from
 * measures; shared plants, budgets, fairness, scenarios.
 *
 * Every option is one of several of its group, by default its park. What the targets lack is found by who computes it.
 */
#include "region_load.h"

#include <parkwater/allocation.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double YEAR = 365.0 * 86400.0; /* [s] */

typedef struct making {
    park_region_load *l;
    park_allocation  *a;
    size_t            options_cap, groups_cap, plants_cap, cities_cap, scenarios_cap;
    const char      **group, **city;
    park_plant       *plant;
    bool             *off;
} making;

#define ROOM(m, items, count, cap)                                                                           \
    (PARK_GROW((m)->l->reader->arena, items, count, cap) || ((m)->l->reader->failed = true, false))

static int32_t name_of(making *m, const char ***list, size_t *count, size_t *cap, const char *name)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp((*list)[i], name) == 0)
            return (int32_t)i;
    if (!ROOM(m, *list, *count, *cap))
        return PARK_NONE;
    (*list)[*count] = name;
    return (int32_t)(*count)++;
}

static int32_t city_of(making *m, const char *name)
{
    return name == NULL ? PARK_NONE : name_of(m, &m->city, &m->a->cities, &m->cities_cap, name);
}

static int32_t group_of(making *m, const char *name)
{
    return name_of(m, &m->group, &m->a->groups, &m->groups_cap, name);
}

static bool id_taken(const park_allocation *a, const char *id)
{
    for (size_t o = 0; o < a->options; o++)
        if (strcmp(a->option[o].id, id) == 0)
            return true;
    return false;
}

/* An option with nothing in it yet; NULL out of room. */
static park_option *add_option(making *m, const char *id, int32_t member)
{
    park_allocation *a = m->a;
    if (a->options == PARK_ALLOCATION_OPTIONS_MOST || !ROOM(m, a->option, a->options, m->options_cap))
        return NULL;
    park_option *option = &a->option[a->options++];
    *option             = (park_option){.id      = id,
                                        .label   = {id, id},
                                        .member  = member,
                                        .measure = PARK_NONE,
                                        .city    = PARK_NONE,
                                        .plant   = PARK_NONE,
                                        .large   = true,
                                        .life    = a->horizon,
                                        .first   = a->from,
                                        .last    = a->from + (int32_t)a->years - 1,
                                        .asked   = NAN};
    if (member >= 0) {
        option->large = m->l->region->member[member].large;
        option->city  = city_of(m, m->l->region->member[member].city);
    }
    return option;
}

/* --- settings --- */

static void read_share(park_region_load *l, const park_tree_node *node, double lo, double hi, double *value)
{
    if (node == NULL || !park_reader_quantity(l->reader, node, PARK_DIM_SHARE, value))
        return;
    if (!(*value >= lo && *value <= hi))
        PARK_TELL(l->reader, node, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "%s is %s; it must lie within %g and %g", "%s 为 %s；应在 %g 与 %g 之间",
                  park_tree_key(node), node->text, lo, hi);
}

static bool year_key(const char *key, int32_t *year)
{
    char *end;
    long  value = strtol(key, &end, 10);
    *year       = (int32_t)value;
    return end != key && *end == '\0' && value > 1900 && value < 2200;
}

/* Years of building: from `years`, else those of the budget, else from what is known to the last target. */
static void read_window(making *m, const park_tree_node *node, const park_tree_node *budget)
{
    static const char *const WORDS[] = {"from", "to", NULL};
    park_region_load        *l       = m->l;
    const park_tree_node    *years   = park_tree_get(node, "years");
    int32_t                  from = l->region->known + 1, to = l->region->last, year;
    for (size_t t = 0; t < l->region->targets; t++)
        to = t == 0 || l->region->target[t].year > to ? l->region->target[t].year : to;
    for (size_t i = 0; budget != NULL && i < budget->count; i++)
        if (year_key(park_tree_key(budget->items[i]), &year)) {
            from = i == 0 || year < from ? year : from;
            to   = i == 0 || year > to ? year : to;
        }
    if (years != NULL && park_region_mapping(l, years, WORDS)) {
        const park_tree_node *first = park_tree_get(years, "from"), *last = park_tree_get(years, "to");
        if (first != NULL)
            (void)park_reader_count(l->reader, first, &from);
        if (last != NULL)
            (void)park_reader_count(l->reader, last, &to);
    }
    m->a->from = from;
    if (to < from || to - from >= PARK_ALLOCATION_YEARS_MOST) {
        PARK_TELL(l->reader, years != NULL ? years : node, PARK_AT_KEY, PARK_E0309, PARK_ERROR,
                  "options are built within 1 to %d years; here %d to %d",
                  "建设年份须为 1 至 %d 年；此处为 %d 至 %d", PARK_ALLOCATION_YEARS_MOST, (int)from, (int)to);
        to = from;
    }
    m->a->years = (size_t)(to - from) + 1;
}

/* {2023: 5000 万元, 2024: ..}: a year without a word has no money; without a budget no year is bound. */
static void read_budget(making *m, const park_tree_node *budget)
{
    park_region_load *l = m->l;
    int32_t           year;
    m->a->budget = PARK_REGION_ROOM(l, m->a->years, double);
    for (size_t y = 0; m->a->budget != NULL && y < m->a->years; y++)
        m->a->budget[y] = budget != NULL ? 0.0 : INFINITY;
    for (size_t i = 0; m->a->budget != NULL && budget != NULL && i < budget->count; i++) {
        const park_tree_node *of = budget->items[i];
        double                money;
        if (!year_key(park_tree_key(of), &year) || year < m->a->from ||
            year >= m->a->from + (int32_t)m->a->years) {
            PARK_TELL(l->reader, of, PARK_AT_KEY, PARK_E0309, PARK_ERROR, "'%s' is no year of building",
                      "“%s”不是建设年份", park_tree_key(of));
            continue;
        }
        if (!park_reader_quantity(l->reader, of, PARK_DIM_MONEY, &money))
            continue;
        if (money < 0.0)
            PARK_TELL(l->reader, of, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "%s is %s; it must not be below 0", "%s 为 %s；不得小于 0", "budget", of->text);
        m->a->budget[year - m->a->from] = money;
    }
}

static void read_cities(making *m, const park_tree_node *node)
{
    static const char *const WORDS[] = {"by", "most", "least", "projects", NULL};
    static const char *const BY[]    = {"money", "volume", NULL};
    int32_t                  which = 0, projects = 0;
    if (node == NULL || !park_region_mapping(m->l, node, WORDS))
        return;
    const park_tree_node *by = park_tree_get(node, "by"), *count = park_tree_get(node, "projects");
    if (by != NULL && park_reader_choice(m->l->reader, by, BY, &which))
        m->a->fair_by = which == 0 ? PARK_FAIR_MONEY : PARK_FAIR_VOLUME;
    read_share(m->l, park_tree_get(node, "most"), 1e-6, 1.0, &m->a->fair_most);
    read_share(m->l, park_tree_get(node, "least"), 0.0, 1.0, &m->a->fair_least);
    if (count != NULL && park_reader_count(m->l->reader, count, &projects))
        m->a->fair_projects = projects > 0 ? (size_t)projects : 0;
}

static void read_money(making *m, const park_tree_node *node)
{
    static const char *const WORDS[]   = {"most", NULL};
    static const char *const OBJECTS[] = {"cost", "subsidy", NULL};
    park_region_load        *l         = m->l;
    const park_tree_node    *subsidy   = park_tree_get(node, "subsidy"),
                         *discount     = park_tree_get(node, "discount"),
                         *horizon = park_tree_get(node, "horizon"), *lead = park_tree_get(node, "lead"),
                         *least = park_tree_get(node, "least");
    int32_t which = 0, years = 0;
    m->a->most = 1.0, m->a->discount = 0.06, m->a->horizon = 15.0;
    if (subsidy != NULL && park_region_mapping(l, subsidy, WORDS))
        read_share(l, park_tree_get(subsidy, "most"), 0.0, 1.0, &m->a->most);
    read_share(l, discount, 0.0, 1.0, &m->a->discount);
    if (horizon != NULL && park_reader_quantity(l->reader, horizon, PARK_DIM_TIME, &m->a->horizon)) {
        m->a->horizon /= YEAR;
        if (!(m->a->horizon > 0.0)) {
            PARK_TELL(l->reader, horizon, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "%s is %s; it must be above 0", "%s 为 %s；应大于 0", "horizon", horizon->text);
            m->a->horizon = 15.0;
        }
    }
    if (lead != NULL && park_reader_count(l->reader, lead, &years) && years >= 0)
        m->a->lead = years;
    if (least != NULL && park_reader_choice(l->reader, least, OBJECTS, &which))
        m->a->public_money = which == 1;
}

/* {low: {growth: -1 %/a}, high: ..}; the base stands first. */
static void read_scenarios(making *m, const park_tree_node *node)
{
    static const char *const   WORDS[] = {"growth", "name", NULL};
    static const park_scenario USUAL[] = {{.id = "base", .label = {"基准", "base"}},
                                          {.id = "low", .label = {"低增长", "low growth"}, .growth = -0.01},
                                          {.id = "high", .label = {"高增长", "high growth"}, .growth = 0.01}};
    park_allocation           *a       = m->a;
    size_t                     usual   = node == NULL ? 3 : 1;
    for (size_t i = 0; i < usual; i++)
        if (ROOM(m, a->scenario, a->scenarios, m->scenarios_cap))
            a->scenario[a->scenarios++] = USUAL[i];
    if (node != NULL && !park_reader_is(m->l->reader, node, PARK_MAPPING))
        return;
    for (size_t i = 0; node != NULL && i < node->count; i++) {
        park_tree_node *of   = node->items[i];
        park_tree_node *name = park_tree_get(of, "name");
        park_scenario   made = {.id = park_tree_key(of), .label = {park_tree_key(of), park_tree_key(of)}};
        if (!park_reader_id(m->l->reader, of) || !park_region_mapping(m->l, of, WORDS))
            continue;
        const park_tree_node *growth = park_tree_get(of, "growth");
        if (growth == NULL)
            park_region_need(m->l, of, "growth");
        else
            (void)park_region_yearly(m->l, growth, PARK_DIM_RATE, &made.growth);
        if (name != NULL)
            (void)park_reader_label(m->l->reader, name, &made.label);
        if (ROOM(m, a->scenario, a->scenarios, m->scenarios_cap))
            a->scenario[a->scenarios++] = made;
    }
}

static void read_stability(making *m, const park_tree_node *node)
{
    static const char *const WORDS[] = {"draws", "within", NULL};
    int32_t                  draws   = 60;
    m->a->within = 0.1, m->a->seed = m->l->region->seed;
    if (node != NULL && park_region_mapping(m->l, node, WORDS)) {
        const park_tree_node *count = park_tree_get(node, "draws");
        read_share(m->l, park_tree_get(node, "within"), 0.0, 0.9, &m->a->within);
        if (count != NULL && park_reader_count(m->l->reader, count, &draws) && (draws < 0 || draws > 10000)) {
            PARK_TELL(m->l->reader, count, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "draws is %s; it must lie within %d to %d", "draws 为 %s；应在 %d 至 %d 之间",
                      count->text, 0, 10000);
            draws = 0;
        }
    }
    m->a->draws = draws > 0 ? (size_t)draws : 0;
}

/* --- shared plants --- */

static void read_plant(making *m, park_tree_node *node)
{
    static const char *const WORDS[] = {"investment", "yearly", "capacity", "life", "from",
                                        "to",         "city",   "name",     NULL};
    park_region_load        *l       = m->l;
    park_allocation         *a       = m->a;
    if (!park_reader_id(l->reader, node) || !park_region_mapping(l, node, WORDS) ||
        !ROOM(m, m->plant, a->plants, m->plants_cap))
        return;
    const park_tree_node *investment = park_tree_get(node, "investment"),
                         *yearly = park_tree_get(node, "yearly"), *capacity = park_tree_get(node, "capacity"),
                         *life = park_tree_get(node, "life"), *from = park_tree_get(node, "from"),
                         *to = park_tree_get(node, "to"), *city = park_tree_get(node, "city");
    park_tree_node *name  = park_tree_get(node, "name");
    const char     *where = NULL;
    park_plant     *plant = &m->plant[a->plants++];
    *plant                = (park_plant){.id    = park_tree_key(node),
                                         .label = {park_tree_key(node), park_tree_key(node)},
                                         .city  = PARK_NONE,
                                         .life  = a->horizon,
                                         .first = a->from,
                                         .last  = a->from + (int32_t)a->years - 1};
    if (investment == NULL || capacity == NULL)
        park_region_need(l, node, investment == NULL ? "investment" : "capacity");
    if (investment != NULL &&
        park_reader_quantity(l->reader, investment, PARK_DIM_MONEY, &plant->investment) &&
        plant->investment < 0.0)
        PARK_TELL(l->reader, investment, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "%s is %s; it must not be below 0", "%s 为 %s；不得小于 0", "investment", investment->text);
    if (yearly != NULL)
        (void)park_region_yearly(l, yearly, PARK_DIM_MONEY_RATE, &plant->yearly);
    if (capacity != NULL)
        (void)park_region_yearly(l, capacity, PARK_DIM_FLOW, &plant->capacity);
    if (life != NULL && park_reader_quantity(l->reader, life, PARK_DIM_TIME, &plant->life))
        plant->life /= YEAR;
    if (from != NULL)
        (void)park_reader_count(l->reader, from, &plant->first);
    if (to != NULL)
        (void)park_reader_count(l->reader, to, &plant->last);
    if (city != NULL && park_reader_text(l->reader, city, &where))
        plant->city = city_of(m, where);
    if (name != NULL)
        (void)park_reader_label(l->reader, name, &plant->label);
}

/* --- options of a table --- */

enum { PARK, OPTION, GROUP, CITY, PLANT, TEXTS };
enum {
    INVESTMENT,
    YEARLY,
    ASKED,
    INTAKE,
    REUSE,
    NEW_WATER,
    VOLUMES_END,
    FIRST = VOLUMES_END,
    LAST,
    LIFE,
    ANYWAY,
    NUMBERS
};
static const char *const TEXT_WORDS[TEXTS]     = {"park", "option", "group", "city", "plant"};
static const char *const NUMBER_WORDS[NUMBERS] = {
    "investment",       "yearly", "asked",     "intake", "reuse",
    "non_conventional", "year",   "last_year", "life",   "anyway"};
static const char *const COLUMN_WORDS[] = {
    "park",  "option",           "group", "city",      "plant", "investment", "yearly", "asked", "intake",
    "reuse", "non_conventional", "year",  "last_year", "life",  "anyway",     NULL};

typedef struct option_columns {
    size_t text[TEXTS], number[NUMBERS];
    double money, water; /* [CNY], [m3/a] of one unit */
} option_columns;

static const char *keep(making *m, const park_csv_cell *cell)
{
    return park_arena_text(m->l->reader->arena, cell->text, cell->length);
}

static bool find_columns(making *m, const park_tree_node *table, option_columns *at)
{
    park_region_book     *book  = &m->l->book;
    const park_tree_node *names = park_tree_get(table, "columns"), *unit = park_tree_get(table, "unit"),
                         *money = park_tree_get(table, "money");
    size_t before               = m->l->reader->findings->errors;
    if (names != NULL && !park_region_mapping(m->l, names, COLUMN_WORDS))
        return false;
    for (int t = 0; t < TEXTS; t++)
        at->text[t] = park_region_column(book, names, TEXT_WORDS[t], t == PARK || t == OPTION);
    for (int k = 0; k < NUMBERS; k++)
        at->number[k] = park_region_column(book, names, NUMBER_WORDS[k], k == INVESTMENT);
    if (unit == NULL || unit->form != PARK_SCALAR || money == NULL || money->form != PARK_SCALAR)
        PARK_TELL(m->l->reader, table, PARK_AT_KEY, PARK_E0205, PARK_ERROR,
                  "the units of the options are not said; write %s", "没有说明措施表的单位；请写 %s",
                  "unit: 万m3/a, money: 万元");
    else {
        (void)park_region_unit(book, unit, unit->text, false, &at->water);
        const char *yearly = park_arena_printf(m->l->reader->arena, "%s/a", money->text);
        if (yearly != NULL)
            (void)park_region_unit(book, money, yearly, true, &at->money);
    }
    return m->l->reader->findings->errors == before;
}

/* What cannot be below 0, and years that are none. */
static bool sound(making *m, const park_csv_cell *cell, int k, double value)
{
    park_region_book *book = &m->l->book;
    if ((k == INVESTMENT || k == ASKED) && value < 0.0)
        PARK_REGION_TELL_CELL(book, cell, PARK_E0303, PARK_ERROR, "%s is %s; it must not be below 0",
                              "%s 为 %s；不得小于 0", NUMBER_WORDS[k], cell->text);
    else if (k == LIFE && !(value > 0.0))
        PARK_REGION_TELL_CELL(book, cell, PARK_E0303, PARK_ERROR, "%s is %s; it must be above 0",
                              "%s 为 %s；应大于 0", NUMBER_WORDS[k], cell->text);
    else if ((k == FIRST || k == LAST || k == ANYWAY) &&
             (value != floor(value) || value < 1900.0 || value > 2200.0))
        PARK_REGION_TELL_CELL(book, cell, PARK_E0309, PARK_ERROR, "'%s' is no year", "“%s”不是年份",
                              cell->text);
    else
        return true;
    return false;
}

static bool read_numbers(making *m, size_t row, const option_columns *at, park_option *option)
{
    park_region_book *book = &m->l->book;
    double            value[NUMBERS];
    bool              whole = true;
    for (int k = 0; k < NUMBERS; k++) {
        const park_csv_cell *cell = park_region_cell(book->table, row, at->number[k]);
        value[k]                  = k == INVESTMENT || k >= FIRST || k == ASKED ? NAN : 0.0;
        if (park_region_said(cell))
            whole = park_region_number(book, cell, &value[k]) && sound(m, cell, k, value[k]) && whole;
        else if (k == INVESTMENT) {
            PARK_REGION_TELL_CELL(book, cell, PARK_E0224, PARK_ERROR,
                                  "%s of '%s' is missing: it would cost nothing",
                                  "缺少 %s（“%s”）：会被当作不花钱", NUMBER_WORDS[k], option->id);
            whole = false;
        }
    }
    if (!whole)
        return false;
    option->investment = value[INVESTMENT] * at->money;
    option->yearly     = value[YEARLY] * at->money;
    option->asked      = value[ASKED] * at->money;
    for (int g = 0; g < PARK_GIFTS; g++)
        option->gives[g] = value[INTAKE + g] * at->water;
    option->first  = isnan(value[FIRST]) ? option->first : (int32_t)value[FIRST];
    option->last   = isnan(value[LAST]) ? option->last : (int32_t)value[LAST];
    option->life   = isnan(value[LIFE]) ? option->life : value[LIFE];
    option->anyway = isnan(value[ANYWAY]) ? 0 : (int32_t)value[ANYWAY];
    option->drawn  = fmax(fmax(option->gives[PARK_GIFT_NEW], option->gives[PARK_GIFT_REUSE]), 0.0);
    return true;
}

static double taken_by(const park_region *region, int32_t member)
{
    const double *row =
        region->volume +
        ((size_t)member * region->years + (size_t)(region->known - region->base)) * PARK_REGION_FLOWS;
    double sum = 0.0;
    for (int f = 0; f <= PARK_REGION_BOUGHT; f++)
        sum += row[f];
    return sum;
}

/* More saved than is taken, water at a price that no water has: units, most often. */
static void judge_option(making *m, size_t row, const option_columns *at, const park_option *option)
{
    park_region_book    *book  = &m->l->book;
    const park_csv_cell *cell  = park_region_cell(book->table, row, at->number[INTAKE]);
    double               taken = taken_by(m->l->region, option->member), water = 0.0;
    if (park_region_said(cell) && option->gives[PARK_GIFT_INTAKE] > 1.5 * taken) {
        PARK_REGION_TELL_CELL(
            book, cell, PARK_E0392, PARK_ERROR,
            "'%s' saves %.2f 万m3 a year, but its park takes %.2f: is the unit right? The region would "
            "count the rest as saved somewhere",
            "“%s”每年节约 %.2f 万m³，而园区只取水 %.2f 万m³：单位是否有误？多出的部分会被算作全区域的节水",
            option->id, option->gives[PARK_GIFT_INTAKE] / 1e4, taken / 1e4);
        return;
    }
    for (int g = 0; g < PARK_GIFTS; g++)
        water = fmax(water, option->gives[g]);
    double price = water > 0.0 ? option->investment / water : NAN; /* [CNY per m3 a year] */
    if (price > 5e3 || (price > 0.0 && price < 5e-3))
        PARK_REGION_TELL_CELL(book, park_region_cell(book->table, row, at->number[INVESTMENT]), PARK_W0393,
                              PARK_WARNING,
                              "'%s' invests %.4g CNY for a cubic metre a year: is the unit right?",
                              "“%s”每立方米年水量投资 %.4g 元：单位是否有误？", option->id, price);
}

static void read_option(making *m, size_t row, const option_columns *at)
{
    park_region_load    *l     = m->l;
    park_region_book    *book  = &l->book;
    const park_csv_cell *park  = park_region_cell(book->table, row, at->text[PARK]),
                        *name  = park_region_cell(book->table, row, at->text[OPTION]),
                        *group = park_region_cell(book->table, row, at->text[GROUP]),
                        *city  = park_region_cell(book->table, row, at->text[CITY]),
                        *plant = park_region_cell(book->table, row, at->text[PLANT]);
    int32_t member             = park_region_said(park) ? park_region_member_find(book, park->text) : -1;
    for (size_t k = 0; member < 0 && park_region_said(park) && k < l->region->members; k++)
        if (l->region->member[k].label.zh != NULL && strcmp(l->region->member[k].label.zh, park->text) == 0)
            member = (int32_t)k;
    if (member < 0) {
        PARK_REGION_TELL_CELL(book, park, PARK_E0316, PARK_ERROR, "no park of the region is named '%s'",
                              "区域中没有名为“%s”的园区", park->text);
        return;
    }
    if (!park_region_said(name)) {
        PARK_REGION_TELL_CELL(book, name, PARK_E0307, PARK_ERROR, "the row says no %s", "该行缺少%s",
                              "option 措施");
        return;
    }
    const char *id = park_arena_printf(l->reader->arena, "%s.%s", l->region->member[member].id, name->text);
    if (id == NULL)
        return;
    if (id_taken(m->a, id)) {
        PARK_REGION_TELL_CELL(book, name, PARK_E0383, PARK_ERROR,
                              "'%s' stands in the table twice: its water would be counted twice",
                              "“%s”在表中出现两次：水量会重复计算", id);
        return;
    }
    park_option *option = add_option(m, id, member);
    if (option == NULL)
        return;
    option->label = (park_label){keep(m, name), keep(m, name)};
    option->group = group_of(m, park_region_said(group) ? keep(m, group) : l->region->member[member].id);
    if (park_region_said(city))
        option->city = city_of(m, keep(m, city));
    for (size_t p = 0; park_region_said(plant) && p < m->a->plants; p++)
        if (strcmp(m->plant[p].id, plant->text) == 0)
            option->plant = (int32_t)p;
    if (park_region_said(plant) && option->plant < 0)
        PARK_REGION_TELL_CELL(book, plant, PARK_E0316, PARK_ERROR, "`plants` has no '%s'",
                              "plants 中没有“%s”", plant->text);
    if (read_numbers(m, row, at, option))
        judge_option(m, row, at, option);
}

static void read_table(making *m, const park_tree_node *table)
{
    static const char *const WORDS[] = {"csv", "columns", "unit", "money", NULL};
    park_region_load        *l       = m->l;
    const park_csv_table    *before  = l->book.table;
    option_columns           at;
    if (!park_region_mapping(l, table, WORDS))
        return;
    const park_tree_node *csv = park_tree_get(table, "csv");
    if (csv == NULL) {
        park_region_need(l, table, "csv");
        return;
    }
    l->book.table = park_reader_table(l->reader, csv);
    if (l->book.table != NULL && find_columns(m, table, &at))
        for (size_t row = 0; row < l->book.table->rows; row++)
            read_option(m, row, &at);
    l->book.table = before;
}

/* --- options of parks' plans, Eq. (Y24) --- */

static double annuity(double rate, double years)
{
    return rate > 0.0 ? (1.0 - pow(1.0 + rate, -years)) / rate : years;
}

static void take_point(making *m, const park_region_curve *curve, const park_region_point *point)
{
    park_region_load *l   = m->l;
    const double     *row = l->region->volume + ((size_t)curve->member * l->region->years +
                                             (size_t)(l->region->known - l->region->base)) *
                                                PARK_REGION_FLOWS;
    const char *park = l->region->member[curve->member].id;
    const char *id   = park_arena_printf(l->reader->arena, "%s.%s", park, point->id);
    double      vih  = 0.0;
    for (int k = 2; id != NULL && id_taken(m->a, id); k++)
        id = park_arena_printf(l->reader->arena, "%s.%s_%d", park, point->id, k);
    park_option *option = id != NULL ? add_option(m, id, curve->member) : NULL;
    if (option == NULL)
        return;
    for (int f = PARK_REGION_RECLAIMED; f < PARK_REGION_REUSED; f++)
        vih += row[f];
    option->group      = group_of(m, park);
    option->investment = point->investment;
    option->yearly     = point->running - curve->running;
    if (curve->park.whole_cost)
        option->yearly -= point->investment / annuity(m->a->discount, m->a->horizon);
    option->gives[PARK_GIFT_INTAKE] = taken_by(l->region, curve->member) - point->vi;
    option->gives[PARK_GIFT_REUSE]  = isnan(point->vr) ? 0.0 : point->vr - row[PARK_REGION_REUSED];
    option->gives[PARK_GIFT_NEW]    = isnan(point->vih) ? 0.0 : point->vih - vih;
}

static void take_curves(making *m)
{
    size_t                    count = 0;
    const park_region_curve **list;
    for (const park_region_curve *c = m->l->curve; c != NULL; c = c->next)
        count++;
    list = PARK_REGION_ROOM(m->l, count + 1, const park_region_curve *);
    for (const park_region_curve *c = m->l->curve; list != NULL && c != NULL; c = c->next)
        list[--count] = c; /* as written */
    for (; list != NULL && list[count] != NULL; count++)
        for (size_t p = 0; p < list[count]->park.points; p++)
            take_point(m, list[count], &list[count]->park.point[p]);
}

/* --- options of measures --- */

static void read_measure(making *m, const park_tree_node *word)
{
    park_region_load *l = m->l;
    if (!park_reader_is(l->reader, word, PARK_SCALAR))
        return;
    for (size_t k = 0; k < l->region->measures; k++) {
        const park_region_measure *measure = &l->region->measure[k];
        if (strcmp(measure->id, word->text) != 0)
            continue;
        if (isnan(measure->capex)) {
            PARK_TELL(l->reader, word, PARK_AT_VALUE, PARK_E0302, PARK_ERROR, "'%s' needs %s", "“%s”缺少 %s",
                      word->text, "capex");
            return;
        }
        park_option *option = add_option(m, measure->id, PARK_NONE);
        if (option == NULL)
            return;
        double adopted     = fmin(fmax(park_distribution_quantile(&measure->adoption, 0.5), 0.0), 1.0);
        option->label      = measure->label;
        option->measure    = (int32_t)k;
        option->group      = group_of(m, measure->id);
        option->investment = measure->capex * adopted;
        option->yearly     = isnan(measure->opex) ? 0.0 : measure->opex * adopted;
        option->life       = isnan(measure->life) ? m->a->horizon : measure->life;
        option->first = option->last = measure->start;
        m->off[k]                    = true;
        return;
    }
    PARK_TELL(l->reader, word, PARK_AT_VALUE, PARK_E0316, PARK_ERROR, "`measures` has no '%s'",
              "measures 中没有“%s”", word->text);
}

/* --- the section --- */

/* A last look by the room that will compute it; what is lacking is not known yet. */
static void check_whole(making *m, const park_tree_node *node)
{
    park_error err = {0};
    if (m->l->reader->findings->errors == 0 && !m->l->reader->failed &&
        park_allocation_check(m->a, &err) != PARK_OK)
        PARK_TELL(m->l->reader, node, PARK_AT_KEY, PARK_E0392, PARK_ERROR, "%s", "%s", err.message);
}

void park_region_read_allocation(park_region_load *l, const park_allocation **made)
{
    static const char *const WORDS[] = {"options",   "measures",  "plants",   "budget",  "years",
                                        "subsidy",   "cities",    "discount", "horizon", "lead",
                                        "scenarios", "stability", "least",    NULL};
    park_tree_node          *node    = park_tree_get(l->loader->root, "allocation");
    if (node == NULL || !park_region_mapping(l, node, WORDS))
        return;
    making                m      = {.l   = l,
                                    .a   = PARK_REGION_ROOM(l, 1, park_allocation),
                                    .off = PARK_REGION_ROOM(l, l->region->measures + 1, bool)};
    park_tree_node       *plants = park_tree_get(node, "plants"), *budget = park_tree_get(node, "budget");
    const park_tree_node *table = park_tree_get(node, "options"), *measures = park_tree_get(node, "measures");
    if (m.a == NULL || m.off == NULL ||
        (budget != NULL && !park_reader_is(l->reader, budget, PARK_MAPPING)) ||
        (plants != NULL && !park_reader_is(l->reader, plants, PARK_MAPPING)))
        return;
    m.a->fair_most = 1.0;
    read_money(&m, node);
    read_window(&m, node, budget);
    read_budget(&m, budget);
    read_cities(&m, park_tree_get(node, "cities"));
    read_scenarios(&m, park_tree_get(node, "scenarios"));
    read_stability(&m, park_tree_get(node, "stability"));
    for (size_t i = 0; plants != NULL && i < plants->count; i++)
        read_plant(&m, plants->items[i]);
    if (table != NULL)
        read_table(&m, table);
    take_curves(&m);
    for (size_t i = 0; measures != NULL && i < (measures->form == PARK_LIST ? measures->count : 1); i++)
        read_measure(&m, measures->form == PARK_LIST ? measures->items[i] : measures);
    m.a->group = m.group, m.a->city = m.city, m.a->plant = m.plant, m.a->off = m.off;
    check_whole(&m, node);
    *made = m.a;
}
