/*
 * load_allocation_options.c - options of a region's allocation: rows of a table for all parks or of one park's curve, points of
 * plans, fronts and studies. Every option is one of several of its group, by default its park. Math: docs/math/region.md (Y24).
 */
#include "load_allocation.h"

#include <math.h>
#include <string.h>

static int32_t name_of(park_allocation_load *m, const char ***list, size_t *count, size_t *cap,
                       const char *name)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp((*list)[i], name) == 0)
            return (int32_t)i;
    if (!PARK_ALLOCATION_ROOM(m, *list, *count, *cap))
        return PARK_NONE;
    (*list)[*count] = name;
    return (int32_t)(*count)++;
}

int32_t park_allocation_city(park_allocation_load *m, const char *name)
{
    return name == NULL ? PARK_NONE : name_of(m, &m->city, &m->a->cities, &m->cities_cap, name);
}

int32_t park_allocation_group(park_allocation_load *m, const char *name)
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

park_option *park_allocation_option(park_allocation_load *m, const char *id, int32_t member)
{
    park_allocation *a = m->a;
    if (a->options == PARK_ALLOCATION_OPTIONS_MOST ||
        !PARK_ALLOCATION_ROOM(m, a->option, a->options, m->options_cap))
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
        option->city  = park_allocation_city(m, m->l->region->member[member].city);
    }
    return option;
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
    size_t  text[TEXTS], number[NUMBERS];
    double  money, water; /* [CNY], [m3/a] of one unit */
    int32_t member;       /* whose curve the table is; PARK_NONE: a column names the park of each row */
} option_columns;

static const char *keep(park_allocation_load *m, const park_csv_cell *cell)
{
    return park_arena_text(m->l->reader->arena, cell->text, cell->length);
}

static bool find_columns(park_allocation_load *m, const park_tree_node *table, option_columns *at)
{
    park_region_book     *book  = &m->l->book;
    const park_tree_node *names = park_tree_get(table, "columns"), *unit = park_tree_get(table, "unit"),
                         *money = park_tree_get(table, "money");
    size_t before               = m->l->reader->findings->errors;
    if (names != NULL && !park_region_mapping(m->l, names, COLUMN_WORDS))
        return false;
    for (int t = 0; t < TEXTS; t++)
        at->text[t] = park_region_column(book, names, TEXT_WORDS[t],
                                         t == OPTION || (t == PARK && at->member == PARK_NONE));
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
static bool sound(park_allocation_load *m, const park_csv_cell *cell, int k, double value)
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

static bool read_numbers(park_allocation_load *m, size_t row, const option_columns *at, park_option *option)
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
static void judge_option(park_allocation_load *m, size_t row, const option_columns *at,
                         const park_option *option)
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

/* The park that a cell names, by id or Chinese name; -1 when told. */
static int32_t named(park_allocation_load *m, const park_csv_cell *cell)
{
    park_region_book  *book   = &m->l->book;
    const park_region *region = m->l->region;
    int32_t            member = park_region_said(cell) ? park_region_member_find(book, cell->text) : -1;
    for (size_t k = 0; member < 0 && park_region_said(cell) && k < region->members; k++)
        if (region->member[k].label.zh != NULL && strcmp(region->member[k].label.zh, cell->text) == 0)
            member = (int32_t)k;
    if (member < 0)
        PARK_REGION_TELL_CELL(book, cell, PARK_E0316, PARK_ERROR, "no park of the region is named '%s'",
                              "区域中没有名为“%s”的园区", cell->text);
    return member;
}

static void read_option(park_allocation_load *m, size_t row, const option_columns *at)
{
    park_region_load    *l     = m->l;
    park_region_book    *book  = &l->book;
    const park_csv_cell *park  = park_region_cell(book->table, row, at->text[PARK]),
                        *name  = park_region_cell(book->table, row, at->text[OPTION]),
                        *group = park_region_cell(book->table, row, at->text[GROUP]),
                        *city  = park_region_cell(book->table, row, at->text[CITY]),
                        *plant = park_region_cell(book->table, row, at->text[PLANT]);
    int32_t member             = at->member != PARK_NONE ? at->member : named(m, park);
    if (member < 0)
        return;
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
    park_option *option = park_allocation_option(m, id, member);
    if (option == NULL)
        return;
    option->label = (park_label){keep(m, name), keep(m, name)};
    option->group =
        park_allocation_group(m, park_region_said(group) ? keep(m, group) : l->region->member[member].id);
    if (park_region_said(city))
        option->city = park_allocation_city(m, keep(m, city));
    for (size_t p = 0; park_region_said(plant) && p < m->a->plants; p++)
        if (strcmp(m->plant[p].id, plant->text) == 0)
            option->plant = (int32_t)p;
    if (park_region_said(plant) && option->plant < 0)
        PARK_REGION_TELL_CELL(book, plant, PARK_E0316, PARK_ERROR, "`plants` has no '%s'",
                              "plants 中没有“%s”", plant->text);
    if (read_numbers(m, row, at, option))
        judge_option(m, row, at, option);
}

/* Costs of another year than those before are added to them as if they were alike: told, once a year. */
static void priced(park_allocation_load *m, const park_tree_node *node, int32_t year)
{
    if (m->prices != 0 && m->prices != year)
        PARK_TELL(
            m->l->reader, node, PARK_AT_VALUE, PARK_W0394, PARK_WARNING,
            "these options are priced in %d, others in %d: their costs are compared as they stand, so the "
            "dearer year looks worse than it is",
            "此处按 %d 年价格，其他措施按 %d 年价格：费用未经换算直接比较，价格水平高的年份会显得更贵",
            (int)year, (int)m->prices);
    m->prices = m->prices == 0 ? year : m->prices;
}

static void read_rows(park_allocation_load *m, const park_tree_node *table, int32_t member)
{
    static const char *const WORDS[] = {"csv", "columns", "unit", "money", "prices", NULL};
    park_region_load        *l       = m->l;
    const park_csv_table    *before  = l->book.table;
    option_columns           at      = {.member = member};
    if (!park_region_mapping(l, table, WORDS))
        return;
    const park_tree_node *csv = park_tree_get(table, "csv"), *prices = park_tree_get(table, "prices");
    int32_t               year = 0;
    if (csv == NULL) {
        park_region_need(l, table, "csv");
        return;
    }
    if (prices != NULL && park_reader_count(l->reader, prices, &year))
        priced(m, prices, year);
    l->book.table = park_reader_table(l->reader, csv);
    if (l->book.table != NULL && find_columns(m, table, &at))
        for (size_t row = 0; row < l->book.table->rows; row++)
            read_option(m, row, &at);
    l->book.table = before;
}

void park_allocation_read_table(park_allocation_load *m, const park_tree_node *table)
{
    read_rows(m, table, PARK_NONE);
}

/* --- options of parks' plans, Eq. (Y24) --- */

static void take_point(park_allocation_load *m, const park_region_curve *curve,
                       const park_region_point *point)
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
    park_option *option = id != NULL ? park_allocation_option(m, id, curve->member) : NULL;
    if (option == NULL)
        return;
    for (int f = PARK_REGION_RECLAIMED; f < PARK_REGION_REUSED; f++)
        vih += row[f];
    option->group      = park_allocation_group(m, park);
    option->investment = point->investment;
    option->yearly     = point->running - curve->running;
    if (curve->park.whole_cost)
        option->yearly -= point->investment / park_allocation_annuity(m->a->discount, m->a->horizon);
    option->gives[PARK_GIFT_INTAKE] = taken_by(l->region, curve->member) - point->vi;
    option->gives[PARK_GIFT_REUSE]  = isnan(point->vr) ? 0.0 : point->vr - row[PARK_REGION_REUSED];
    option->gives[PARK_GIFT_NEW]    = isnan(point->vih) ? 0.0 : point->vih - vih;
}

static void take_curve(park_allocation_load *m, const park_region_curve *curve)
{
    if (curve->table) {
        read_rows(m, curve->node, curve->member);
        return;
    }
    if (curve->park.cost_year > 0)
        priced(m, curve->node, curve->park.cost_year);
    for (size_t p = 0; p < curve->park.points; p++)
        take_point(m, curve, &curve->park.point[p]);
}

void park_allocation_read_curves(park_allocation_load *m)
{
    size_t                    count = 0;
    const park_region_curve **list;
    for (const park_region_curve *c = m->l->curve; c != NULL; c = c->next)
        count++;
    list = PARK_REGION_ROOM(m->l, count + 1, const park_region_curve *);
    for (const park_region_curve *c = m->l->curve; list != NULL && c != NULL; c = c->next)
        list[--count] = c; /* as written */
    for (; list != NULL && list[count] != NULL; count++)
        take_curve(m, list[count]);
}
