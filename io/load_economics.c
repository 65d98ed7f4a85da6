/*
 * load_economics.c - economics, tariffs, carbon, accounting, law.
 */
#include "load_sections.h"

#include <stdlib.h>
#include <string.h>

static const double YEAR = 365.0 * 86400.0; /* [s] */

static bool plain(park_exponents e)
{
    return e.m == 0 && e.kg == 0 && e.s == 0 && e.k == 0 && e.cny == 0;
}

/* "8000 h/a": a share of the year, kept as seconds per year. */
static void read_hours(park_loader *loader, const park_tree_node *node, double *hours)
{
    park_reader  *reader = &loader->reader;
    park_quantity quantity;
    if (!park_reader_is(reader, node, PARK_SCALAR))
        return;
    bool fits = park_quantity_parse(node->text, node->length, PARK_DIM_COUNT, &quantity, NULL) &&
                !quantity.bare && plain(quantity.exponents);
    if (!fits || !(quantity.value > 0.0) || quantity.value > 1.0 + 1e-12) {
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "hours is '%s'; it is time per year, above 0 and at most %s",
                  "hours 写作“%s”；应为每年的时间，大于 0 且不超过 %s", node->text, "8760 h/a");
        return;
    }
    *hours = quantity.value * YEAR;
    park_reader_assume(reader, node);
}

static int by_year(const void *a, const void *b)
{
    return *(const int32_t *)a < *(const int32_t *)b ? -1 : *(const int32_t *)a > *(const int32_t *)b;
}

/* Years in order with what may have been spent up to each; one year alone is no stage. */
static void stage_budgets(park_loader *loader, int32_t *year, double *of_year, size_t count)
{
    park_economics *e     = &loader->reader.draft->economics;
    int32_t        *order = PARK_ARRAY(loader->reader.arena, count, int32_t);
    double         *sum   = PARK_ARRAY(loader->reader.arena, count, double);
    loader->reader.failed |= order == NULL || sum == NULL;
    if (order == NULL || sum == NULL || count < 2 || !(e->budget > 0.0))
        return;
    memcpy(order, year, count * sizeof *order);
    qsort(order, count, sizeof *order, by_year);
    for (size_t y = 0; y < count; y++) {
        sum[y] = y > 0 ? sum[y - 1] : 0.0;
        for (size_t i = 0; i < count; i++)
            sum[y] += year[i] == order[y] ? of_year[i] : 0.0;
    }
    e->stages = count, e->stage_year = order, e->stage_budget = sum;
    e->budget = sum[count - 1];
}

static void read_budget(park_loader *loader, const park_tree_node *node, double *budget)
{
    park_reader *reader = &loader->reader;
    double       sum    = 0.0, one;
    if (node->form == PARK_SCALAR) {
        if (park_reader_quantity(reader, node, PARK_DIM_MONEY, &one) && one >= 0.0)
            *budget = one;
        return;
    }
    if (!park_reader_is(reader, node, PARK_MAPPING))
        return;
    int32_t *year    = PARK_ARRAY(reader->arena, node->count, int32_t);
    double  *of_year = PARK_ARRAY(reader->arena, node->count, double);
    size_t   count   = 0;
    reader->failed |= year == NULL || of_year == NULL;
    for (size_t i = 0; year != NULL && of_year != NULL && i < node->count; i++) {
        const char *key = park_tree_key(node->items[i]);
        if (park_reader_is_note(key))
            continue;
        if (strlen(key) != 4 || strspn(key, "0123456789") != 4) {
            PARK_TELL(reader, node->items[i], PARK_AT_KEY, PARK_E0309, PARK_ERROR, "'%s' is no year",
                      "“%s”不是年份", key);
            return;
        }
        if (!park_reader_quantity(reader, node->items[i], PARK_DIM_MONEY, &one))
            return;
        if (!(one >= 0.0)) {
            PARK_TELL(reader, node->items[i], PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "the budget of %s must not lie below 0", "%s 年的预算不得为负", key);
            return;
        }
        year[count] = (int32_t)strtol(key, NULL, 10), of_year[count++] = one;
        sum += one;
    }
    *budget = sum;
    stage_budgets(loader, year, of_year, count);
}

static park_tree_node *record(park_loader *loader, const char *word, const park_field *fields, void *into)
{
    park_reader    *reader = &loader->reader;
    park_tree_node *node   = park_tree_get(loader->root, word);
    if (node == NULL) {
        node = park_tree_mapping(reader->tree, NULL);
        if (node == NULL || park_tree_put(reader->tree, loader->root, word, NULL, node) == NULL) {
            reader->failed = true;
            return NULL;
        }
    }
    (void)park_reader_record(reader, node, &(park_part){fields, into}, 1);
    if (node->form == PARK_MAPPING && node->count == 0 && node->mark.file < 0)
        (void)park_tree_remove(loader->root, word);
    return node->form == PARK_MAPPING ? node : NULL;
}

static void economics(park_loader *loader)
{
    park_economics *money = &loader->reader.draft->economics;
    park_tree_node *node  = record(loader, "economics", PARK_ECONOMICS_WORDS, money);
    park_tree_node *hours = park_tree_get(node, "hours"), *budget = park_tree_get(node, "budget");
    if (hours != NULL)
        read_hours(loader, hours, &money->hours);
    else if (node != NULL)
        park_reader_put_default(&loader->reader, node, "hours", "8760 h/a", false);
    if (budget != NULL)
        read_budget(loader, budget, &money->budget);
}

/* "10-12": hours of the day, the end not included; 22-6 runs over midnight. */
static bool read_hours_of_day(park_loader *loader, const park_tree_node *node, double price, int8_t rate,
                              double hour[24], int8_t rate_of_hour[24])
{
    park_reader *reader = &loader->reader;
    if (!park_reader_is(reader, node, PARK_SCALAR))
        return false;
    char *end  = NULL;
    long  from = strtol(node->text, &end, 10), to = -1;
    if (end != node->text && *end == '-') {
        const char *second = end + 1;
        to                 = strtol(second, &end, 10);
        if (end == second || *end != '\0')
            to = -1;
    }
    if (from < 0 || from > 23 || to < 0 || to > 24 || from == to) {
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0309, PARK_ERROR,
                  "'%s' are no hours; they are written 10-12 or 22-6",
                  "“%s”不是钟点区间；应写作 10-12 或 22-6", node->text);
        return false;
    }
    for (long h = from; h != to; h = (h + 1) % 24) {
        if (h == 24 || !isnan(hour[h % 24])) {
            PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0308, PARK_ERROR,
                      "'%s' overlaps other hours of the tariff", "“%s”与电价的其他钟点重叠", node->text);
            return false;
        }
        hour[h % 24]         = price;
        rate_of_hour[h % 24] = rate;
        if (to == 24 && h == 23)
            break;
    }
    return true;
}

/* One rate of the tariff: {hours: [..], price: ..}, or a price for the hours that are left. */
static bool read_rate(park_loader *loader, park_tree_node *node, int8_t at, double hour[24],
                      park_tariffs *tariffs, int8_t *rest)
{
    static const char *const WORDS[] = {"hours", "price", NULL};
    park_reader             *reader  = &loader->reader;
    double                   price;
    if (node->form == PARK_SCALAR) {
        if (!park_reader_quantity(reader, node, PARK_DIM_PRICE_PER_ENERGY, &price))
            return false;
        if (*rest >= 0) {
            PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0308, PARK_ERROR,
                      "only one rate may be without hours; it takes those that are left; '%s' is the second",
                      "只能有一个电价不写钟点（取其余钟点）；“%s”是第二个", park_tree_key(node));
            return false;
        }
        *rest = at, tariffs->rate[at] = price;
        return true;
    }
    if (!park_reader_is(reader, node, PARK_MAPPING) || !park_reader_known(reader, node, NULL, 0, WORDS))
        return false;
    const park_tree_node *hours = park_tree_get(node, "hours"), *cost = park_tree_get(node, "price");
    if (hours == NULL || cost == NULL) {
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR, "the rate '%s' needs hours and price",
                  "电价“%s”须有 hours 和 price", park_tree_key(node));
        return false;
    }
    if (!park_reader_quantity(reader, cost, PARK_DIM_PRICE_PER_ENERGY, &price) ||
        !park_reader_is(reader, hours, PARK_LIST))
        return false;
    bool ok = true;
    for (size_t i = 0; i < hours->count; i++)
        ok &= read_hours_of_day(loader, hours->items[i], price, at, hour, tariffs->rate_of_hour);
    tariffs->rate[at] = price;
    return ok;
}

static void read_power(park_loader *loader, park_tree_node *node)
{
    static const char *const WORDS[] = {"sharp",       "peak",          "flat", "valley",
                                        "deep_valley", "demand_charge", NULL};
    park_reader             *reader  = &loader->reader;
    park_tariffs            *tariffs = &reader->draft->tariffs;
    double                   hour[24];
    int8_t                   rest = -1;
    bool                     ok   = true;
    if (node->form == PARK_SCALAR) {
        if (park_reader_quantity(reader, node, PARK_DIM_PRICE_PER_ENERGY, &tariffs->power))
            park_reader_assume(reader, node);
        return;
    }
    if (!park_reader_is(reader, node, PARK_MAPPING))
        return;
    ok = park_reader_known(reader, node, NULL, 0, WORDS);
    for (int h = 0; h < 24; h++)
        hour[h] = NAN;
    for (int8_t i = 0; i < PARK_RATES; i++) {
        park_tree_node *rate = park_tree_get(node, WORDS[i]);
        ok &= rate == NULL || read_rate(loader, rate, i, hour, tariffs, &rest);
    }
    park_tree_node *charge = park_tree_get(node, "demand_charge");
    if (charge != NULL) {
        ok &= park_reader_quantity(reader, charge, PARK_DIM_PRICE_PER_POWER_TIME, &tariffs->demand_charge);
        park_reader_later(reader, charge, PARK_AT_KEY, "tariffs.power: demand_charge",
                          "tariffs.power：需量电价", false);
    }
    double sum = 0.0;
    for (int h = 0; h < 24; h++) {
        if (isnan(hour[h]) && rest >= 0)
            hour[h] = tariffs->rate[rest], tariffs->rate_of_hour[h] = rest;
        sum += hour[h];
    }
    if (ok && isnan(sum)) {
        PARK_TELL(
            reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR,
            "the tariff leaves hours without a price; a rate without hours, such as `flat: %s`, takes them",
            "有钟点没有电价；可写一个不带钟点的电价，例如 flat: %s", "0.65 CNY/kWh");
        return;
    }
    if (ok)
        park_tariffs_settle(tariffs);
}

/* {to: 120 %, times: 1} or {above: 120 %, times: 2}: the next tier behind `reached`, a share of the licence. */
static bool read_tier(park_loader *loader, const park_tree_node *row, double *reached, bool *harmless)
{
    static const char *const TIER[]  = {"to", "above", "times", NULL};
    park_reader             *reader  = &loader->reader;
    park_tariffs            *tariffs = &reader->draft->tariffs;
    park_quantity            share;
    if (!park_reader_is(reader, row, PARK_MAPPING) || !park_reader_known(reader, row, NULL, 0, TIER))
        return false;
    const park_tree_node *to = park_tree_get(row, "to"), *above = park_tree_get(row, "above");
    const park_tree_node *bound = to != NULL ? to : above, *times = park_tree_get(row, "times");
    double                factor = NAN;
    if (bound == NULL || times == NULL || (to != NULL && above != NULL) || bound->form != PARK_SCALAR ||
        !park_quantity_parse(bound->text, bound->length, PARK_DIM_SHARE, &share, NULL) ||
        !park_reader_quantity(reader, times, PARK_DIM_NUMBER, &factor) || !(factor >= 0.0)) {
        PARK_TELL(reader, row, PARK_AT_VALUE, PARK_E0302, PARK_ERROR,
                  "a tier is {to: 120 %%, times: 1} or {above: 120 %%, times: 2}",
                  "一级写作 {to: 120 %%, times: 1} 或 {above: 120 %%, times: 2}");
        return false;
    }
    double begin = to != NULL ? *reached : share.value, end = to != NULL ? share.value : INFINITY;
    if (begin != *reached || end <= *reached) {
        PARK_TELL(reader, bound, PARK_AT_VALUE, PARK_E0308, PARK_ERROR,
                  "tiers follow one another; '%s' leaves a gap or overlaps",
                  "各级须首尾相接；“%s”处有空隙或重叠", bound->text);
        return false;
    }
    *harmless                             = *harmless && (begin >= 1.0 || factor == 1.0);
    *reached                              = end;
    tariffs->tier[tariffs->tiers].upto    = end;
    tariffs->tier[tariffs->tiers++].times = factor;
    return true;
}

/* {tiers: [{to: 120 %, times: 1}, {above: 120 %, times: 2}], of: licence} */
static void read_tap(park_loader *loader, park_tree_node *node)
{
    static const char *const WORDS[] = {"tiers", "of", NULL}, *const OF[] = {"licence", NULL};
    park_reader        *reader  = &loader->reader;
    const park_tariffs *tariffs = &reader->draft->tariffs;
    int32_t             of;
    if (!park_reader_is(reader, node, PARK_MAPPING) || !park_reader_known(reader, node, NULL, 0, WORDS))
        return;
    const park_tree_node *list = park_tree_get(node, "tiers"), *basis = park_tree_get(node, "of");
    if (list == NULL)
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR, "'%s' lacks tiers", "“%s”缺少 tiers",
                  park_tree_key(node));
    if ((basis != NULL && !park_reader_choice(reader, basis, OF, &of)) ||
        !park_reader_is(reader, list, PARK_LIST))
        return;
    if (list->count > sizeof tariffs->tier / sizeof *tariffs->tier) {
        PARK_TELL(reader, list, PARK_AT_VALUE, PARK_E0310, PARK_ERROR,
                  "a tariff has at most 8 tiers; this one has %zu", "价格最多 8 级；此处有 %zu 级",
                  list->count);
        return;
    }
    double reached  = 0.0;
    bool   harmless = true; /* the licence is a cap: what lies above it is never taken */
    for (size_t i = 0; i < list->count; i++)
        if (!read_tier(loader, list->items[i], &reached, &harmless))
            return;
    park_reader_later(reader, node, PARK_AT_KEY, "tariffs.tap: tiers above the licence",
                      "tariffs.tap：超许可累进水价", harmless);
}

static void tariffs_section(park_loader *loader)
{
    park_tree_node *node  = record(loader, "tariffs", PARK_TARIFF_WORDS, &loader->reader.draft->tariffs);
    park_tree_node *power = park_tree_get(node, "power"), *tap = park_tree_get(node, "tap");
    if (power != NULL)
        read_power(loader, power);
    else if (node != NULL) {
        park_tree_node *put = park_reader_put_default(&loader->reader, node, "power", "0.65 CNY/kWh", false);
        if (park_tree_get(loader->root, "tariffs") == NULL && put != NULL)
            (void)park_tree_put(loader->reader.tree, loader->root, "tariffs", NULL, node);
        loader->reader.draft->tariffs.power = 0.65 / 3.6e6; /* industrial 10 kV in Hunan, unverified */
        if (put != NULL)
            park_reader_assume(&loader->reader, put);
    }
    if (tap != NULL)
        read_tap(loader, tap);
}

void park_load_economics(park_loader *loader)
{
    park_draft *draft = loader->reader.draft;
    economics(loader);
    tariffs_section(loader);
    (void)record(loader, "carbon", PARK_CARBON_WORDS, &draft->carbon);
    park_accounting_words accounting = {.intake = PARK_BASIS_CONVENTIONAL, .hardness_as = "CaCO3"};
    (void)record(loader, "accounting", PARK_ACCOUNTING_WORDS, &accounting);
    draft->accounting  = (park_accounting){(park_basis)accounting.intake, accounting.hardness_as};
    park_law_words law = {0, 0};
    (void)record(loader, "law", PARK_LAW_WORDS, &law);
    draft->law = (park_law){law.dilution == 0, law.reclaimed_to_food == 0};
}
