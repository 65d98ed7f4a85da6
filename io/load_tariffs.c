/*
 * load_tariffs.c - prices of electricity by the hour, the demand charge, tiers of water.
 */
#include "load_sections.h"

#include <stdlib.h>
#include <string.h>

/* What the hours of a day cost, and by which rate. */
typedef struct tariff_day {
    double    price[24]; /* NAN: nobody said */
    park_rate rate[24];
    double    rest; /* of the rate without hours, NAN */
    park_rate rest_rate;
} tariff_day;

/* "10-12": the end not included; 22-6 runs over midnight. */
static bool read_hours_of_day(park_loader *loader, const park_tree_node *node, bool hour[24])
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
        if (h == 24 || hour[h % 24]) {
            PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0308, PARK_ERROR,
                      "'%s' overlaps other hours that stand here", "“%s”与此处其他钟点重叠", node->text);
            return false;
        }
        hour[h % 24] = true;
        if (to == 24 && h == 23)
            break;
    }
    return true;
}

bool park_load_hours(park_loader *loader, const park_tree_node *node, bool hour[24])
{
    bool ok = true;
    if (node->form == PARK_SCALAR)
        return read_hours_of_day(loader, node, hour);
    if (!park_reader_is(&loader->reader, node, PARK_LIST))
        return false;
    for (size_t i = 0; i < node->count; i++)
        ok &= read_hours_of_day(loader, node->items[i], hour);
    return ok;
}

/* One rate of the tariff: {hours: [..], price: ..}, or a price for the hours that are left. */
static bool read_rate(park_loader *loader, park_tree_node *node, park_rate rate, tariff_day *day)
{
    static const char *const WORDS[] = {"hours", "price", NULL};
    park_reader             *reader  = &loader->reader;
    double                   price;
    if (node->form == PARK_SCALAR) {
        if (!park_reader_quantity(reader, node, PARK_DIM_PRICE_PER_ENERGY, &price))
            return false;
        if (!isnan(day->rest)) {
            PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0308, PARK_ERROR,
                      "only one rate may be without hours; it takes those that are left; '%s' is the second",
                      "只能有一个电价不写钟点（取其余钟点）；“%s”是第二个", park_tree_key(node));
            return false;
        }
        loader->reader.draft->tariffs.rate[rate] = price;
        day->rest                                = price;
        day->rest_rate                           = rate;
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
    bool ok = true, hour[24] = {false};
    if (!park_reader_quantity(reader, cost, PARK_DIM_PRICE_PER_ENERGY, &price) ||
        !park_reader_is(reader, hours, PARK_LIST))
        return false;
    for (int h = 0; h < 24; h++)
        hour[h] = !isnan(day->price[h]); /* what another rate has already */
    for (size_t i = 0; i < hours->count; i++)
        ok &= read_hours_of_day(loader, hours->items[i], hour);
    for (int h = 0; h < 24; h++)
        if (hour[h] && isnan(day->price[h]))
            day->price[h] = price, day->rate[h] = rate;
    reader->draft->tariffs.rate[rate] = price;
    return ok;
}

static void read_power(park_loader *loader, park_tree_node *node)
{
    static const char *const WORDS[] = {"sharp",       "peak",          "flat", "valley",
                                        "deep_valley", "demand_charge", NULL};
    park_reader             *reader  = &loader->reader;
    park_tariffs            *tariffs = &reader->draft->tariffs;
    tariff_day               day     = {.rest = NAN};
    bool                     ok      = true;
    if (node->form == PARK_SCALAR) {
        if (park_reader_quantity(reader, node, PARK_DIM_PRICE_PER_ENERGY, &tariffs->power))
            park_reader_assume(reader, node);
        return;
    }
    if (!park_reader_is(reader, node, PARK_MAPPING))
        return;
    ok = park_reader_known(reader, node, NULL, 0, WORDS);
    for (int h = 0; h < 24; h++)
        day.price[h] = NAN;
    for (int i = 0; i < PARK_RATES; i++) { /* words in the order of park_rate */
        park_tree_node *rate = park_tree_get(node, WORDS[i]);
        ok &= rate == NULL || read_rate(loader, rate, (park_rate)i, &day);
    }
    park_tree_node *charge = park_tree_get(node, "demand_charge");
    if (charge != NULL) {
        ok &= park_reader_quantity(reader, charge, PARK_DIM_PRICE_PER_POWER_TIME, &tariffs->demand_charge);
        PARK_TELL(reader, charge, PARK_AT_KEY, PARK_N0523, PARK_NOTE,
                  "the plan counts the demand charge on each season's mean power; the simulated bill of the "
                  "year counts each month's largest quarter of an hour%s",
                  "优化方案按各时段平均功率计需量电费；逐时模拟的年度账单按每月最大 15 min 功率计%s", "");
    }
    double sum = 0.0;
    for (int h = 0; h < 24; h++) {
        if (isnan(day.price[h]))
            day.price[h] = day.rest, day.rate[h] = day.rest_rate;
        sum += day.price[h];
    }
    if (ok && isnan(sum)) {
        PARK_TELL(
            reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR,
            "the tariff leaves hours without a price; a rate without hours, such as `flat: %s`, takes them",
            "有钟点没有电价；可写一个不带钟点的电价，例如 flat: %s", "0.65 CNY/kWh");
        return;
    }
    if (!ok)
        return;
    for (int h = 0; h < 24; h++)
        tariffs->rate_of_hour[h] = (int8_t)day.rate[h];
    park_tariffs_settle(tariffs);
}

/* {to: 120 %, times: 1} or {above: 120 %, times: 2}: the next tier behind `reached`, a share of the licence. */
static bool read_tier(park_loader *loader, const park_tree_node *row, double *reached)
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
    double reached = 0.0;
    for (size_t i = 0; i < list->count; i++)
        if (!read_tier(loader, list->items[i], &reached))
            return;
}

void park_load_tariffs(park_loader *loader)
{
    park_tree_node *node =
        park_load_record(loader, "tariffs", PARK_TARIFF_WORDS, &loader->reader.draft->tariffs);
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
