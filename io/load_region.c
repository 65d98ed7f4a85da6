/*
 * load_region.c - a region's document: years, tables, what is shared, how things grow, measures, targets.
 *
 * The order in which sections lean on one another: years say how long columns are, products what is made, rows who the
 * members are; everything after that speaks of members, sectors and products by name.
 */
#include "region_load.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double YEAR = 365.0 * 86400.0; /* [s] */

bool park_region_mapping(park_region_load *l, const park_tree_node *node, const char *const *words)
{
    return park_reader_is(l->reader, node, PARK_MAPPING) &&
           park_reader_known(l->reader, node, NULL, 0, words);
}

void *park_region_room(park_region_load *l, void *made)
{
    l->reader->failed |= made == NULL;
    return made;
}

void park_region_need(park_region_load *l, const park_tree_node *node, const char *what)
{
    PARK_TELL(l->reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR, "'%s' needs %s", "“%s”缺少 %s",
              park_tree_key(node), what);
}

/* Values by dimension into the region's measure: m3/a, CNY/a, 1/a. */
bool park_region_yearly(park_region_load *l, const park_tree_node *node, park_dimension dimension,
                        double *value)
{
    if (!park_reader_quantity(l->reader, node, dimension, value))
        return false;
    *value *= YEAR;
    return true;
}

/* --- years --- */

static bool read_years(park_region_load *l)
{
    static const char *const WORDS[] = {"base", "known_to", "to", "prices", NULL};
    park_tree_node          *node    = park_load_section(l->loader, "years");
    int32_t                  year[3] = {0, 0, 0};
    bool                     ok      = node != NULL && park_reader_known(l->reader, node, NULL, 0, WORDS);
    for (int i = 0; ok && i < 3; i++) {
        const park_tree_node *value = park_tree_get(node, WORDS[i]);
        if (value == NULL)
            park_region_need(l, node, WORDS[i]);
        ok = value != NULL && park_reader_count(l->reader, value, &year[i]);
    }
    const park_tree_node *prices = ok ? park_tree_get(node, "prices") : NULL;
    l->region->price_year        = year[0];
    ok = ok && (prices == NULL || park_reader_count(l->reader, prices, &l->region->price_year));
    if (ok && !(year[0] <= year[1] && year[1] <= year[2])) {
        PARK_TELL(l->reader, node, PARK_AT_KEY, PARK_E0309, PARK_ERROR,
                  "years run base <= known_to <= to; here %d, %d, %d",
                  "年份须 base <= known_to <= to；此处为 %d、%d、%d", (int)year[0], (int)year[1],
                  (int)year[2]);
        return false;
    }
    if (ok && year[2] - year[0] >= PARK_REGION_YEARS_MOST) {
        PARK_TELL(l->reader, node, PARK_AT_KEY, PARK_E0309, PARK_ERROR, "at most %d years can be computed",
                  "最多计算 %d 年", PARK_REGION_YEARS_MOST);
        return false;
    }
    l->region->base = year[0], l->region->known = year[1], l->region->last = year[2];
    l->region->years = (size_t)(year[2] - year[0]) + 1;
    l->book.known    = (size_t)(year[1] - year[0]) + 1;
    return ok;
}

/* {csv: index.csv, base: 2020}: columns year, index; what a price level is against the base year's. */
static void read_index(park_region_load *l)
{
    static const char *const WORDS[] = {"csv", "base", "column", "time", "sheet", "header", NULL};
    park_tree_node          *node    = park_tree_get(l->loader->root, "price_index");
    if (node == NULL || !park_region_mapping(l, node, WORDS))
        return;
    const park_tree_node *csv = park_tree_get(node, "csv"), *base = park_tree_get(node, "base");
    int32_t               base_year = l->region->price_year;
    if (csv == NULL || (base != NULL && !park_reader_count(l->reader, base, &base_year))) {
        if (csv == NULL)
            park_region_need(l, node, "csv");
        return;
    }
    const park_csv_table    *table    = park_reader_table(l->reader, csv);
    const park_tree_node    *names[2] = {park_tree_get(node, "time"), park_tree_get(node, "column")};
    static const char *const USUAL[2] = {"year", "index"};
    size_t                   at[2];
    double                  *index = PARK_REGION_ROOM(l, l->book.known, double), in_base = NAN, year, value;
    if (table == NULL || index == NULL)
        return;
    for (int i = 0; i < 2; i++) {
        const char *name = names[i] != NULL && names[i]->form == PARK_SCALAR ? names[i]->text : USUAL[i];
        at[i]            = park_csv_column(table, name, l->reader->findings);
        if (at[i] == SIZE_MAX)
            return;
    }
    for (size_t y = 0; y < l->book.known; y++)
        index[y] = NAN;
    for (size_t r = 0; r < table->rows; r++) {
        const park_csv_cell *when = &table->cells[r * table->columns + at[0]],
                            *how  = &table->cells[r * table->columns + at[1]];
        if (!park_number_parse(when->text, when->length, &year, NULL) ||
            !park_number_parse(how->text, how->length, &value, NULL) || !(value > 0.0)) {
            park_csv_place(table, how, l->reader->findings,
                           park_finding_add(l->reader->findings, PARK_E0201, PARK_ERROR, NULL,
                                            "a price index is a year and a number above 0; here '%s'",
                                            "价格指数须为年份和大于 0 的数字；此处为“%s”", how->text));
            return;
        }
        double place = year - (double)l->region->base;
        if (year == (double)base_year)
            in_base = value;
        if (place >= 0.0 && place < (double)l->book.known)
            index[(size_t)place] = value;
    }
    bool whole = !isnan(in_base);
    for (size_t y = 0; y < l->book.known; y++) {
        index[y] /= in_base;
        whole = whole && !isnan(index[y]);
    }
    if (!whole) {
        PARK_TELL(l->reader, node, PARK_AT_KEY, PARK_E0382, PARK_ERROR,
                  "the price index must cover %d to %d and its base year %d",
                  "价格指数须覆盖 %d 至 %d 年及其基期 %d 年", (int)l->region->base, (int)l->region->known,
                  (int)base_year);
        return;
    }
    l->book.index         = index;
    l->region->price_year = base_year;
}

/* --- products --- */

static bool product_unit(const char *text, park_dimension *dimension, double *scale)
{
    double offset;
    for (size_t i = 0; i < PARK_MEASURES; i++)
        if (park_unit_parse(text, strlen(text), PARK_MEASURE[i].output, scale, &offset, NULL, NULL)) {
            *scale *= YEAR;
            *dimension = PARK_MEASURE[i].intensity;
            return true;
        }
    return false;
}

static void read_products(park_region_load *l)
{
    static const char *const WORDS[] = {"name", "unit", NULL};
    park_tree_node          *section = park_load_section(l->loader, "products");
    size_t                   count   = section != NULL ? section->count : 0;
    const park_tree_node    *targets = park_tree_get(l->loader->root, "targets"); /* may name more products */
    size_t                   most    = count + (targets != NULL ? targets->count : 0) + 1;
    park_region_product     *product = PARK_REGION_ROOM(l, most, park_region_product);
    double                  *scale   = PARK_REGION_ROOM(l, most, double);
    if (product == NULL || scale == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        park_tree_node *node = section->items[i];
        if (park_reader_is_note(park_tree_key(node)) || !park_reader_id(l->reader, node) ||
            !park_region_mapping(l, node, WORDS))
            continue;
        park_tree_node      *name = park_tree_get(node, "name"), *unit = park_tree_get(node, "unit");
        park_region_product *made = &product[l->region->products];
        *made                     = (park_region_product){.id    = park_tree_key(node),
                                                          .label = {park_tree_key(node), park_tree_key(node)}};
        if (name != NULL)
            (void)park_reader_label(l->reader, name, &made->label);
        if (unit == NULL || unit->form != PARK_SCALAR ||
            !product_unit(unit->text, &made->output, &scale[l->region->products])) {
            PARK_TELL(l->reader, unit != NULL ? unit : node, unit != NULL ? PARK_AT_VALUE : PARK_AT_KEY,
                      PARK_E0207, PARK_ERROR, "the unit of a product is an amount per year, such as %s",
                      "产品单位须为年产量单位，如 %s", "万t/a, 万m/a, 万kL/a");
            continue;
        }
        l->region->products++;
    }
    l->product         = product;
    l->region->product = l->book.product = product;
    l->book.product_scale                = scale;
}

/* The book's columns become the region's. */
static void close_book(park_region_load *l)
{
    park_region *region = l->region;
    size_t       years  = region->years;
    double      *volume = PARK_REGION_ROOM(l, l->book.members * years * PARK_REGION_FLOWS + 1, double);
    double      *added  = PARK_REGION_ROOM(l, l->book.members * years + 1, double);
    if (volume == NULL || added == NULL)
        return;
    for (size_t m = 0; m < l->book.members; m++)
        for (size_t y = 0; y < l->book.known; y++) {
            const double *value = park_region_place(&l->book, (int32_t)m, y, 0);
            memcpy(volume + (m * years + y) * PARK_REGION_FLOWS, value, PARK_REGION_FLOWS * sizeof *value);
            added[m * years + y] = value[PARK_REGION_FLOWS];
        }
    region->volume = volume, region->added = added;
    region->members = l->book.members, region->member = l->book.member;
    region->makings = l->book.makings, region->making = l->book.making;
}

/* --- who --- */

bool park_region_is_of(const park_region_member *member, const char *word)
{
    return strcmp(member->id, word) == 0 || (member->sector != NULL && strcmp(member->sector, word) == 0) ||
           (member->city != NULL && strcmp(member->city, word) == 0) ||
           (member->label.zh != NULL && strcmp(member->label.zh, word) == 0);
}

/* "all", a member, a sector, a city, or a list of such; indices rising. Tells what nobody is called. */
size_t park_region_members_of(park_region_load *l, const park_tree_node *node, int32_t *list)
{
    const park_region *region = l->region;
    size_t             count = 0, words = node->form == PARK_LIST ? node->count : 1;
    for (size_t w = 0; w < words; w++) {
        const park_tree_node *word = node->form == PARK_LIST ? node->items[w] : node;
        bool                  any  = false;
        if (!park_reader_is(l->reader, word, PARK_SCALAR))
            continue;
        for (size_t m = 0; m < region->members; m++)
            any = any || park_region_is_of(&region->member[m], word->text);
        if (!any && strcmp(word->text, "all") != 0 && strcmp(word->text, "parks") != 0)
            PARK_TELL(l->reader, word, PARK_AT_VALUE, PARK_E0316, PARK_ERROR,
                      "no park, sector or city of the region is called '%s'",
                      "区域中没有名为“%s”的园区、行业或市州", word->text);
    }
    for (size_t m = 0; m < region->members; m++) {
        bool in = false;
        for (size_t w = 0; w < words; w++) {
            const park_tree_node *word = node->form == PARK_LIST ? node->items[w] : node;
            in =
                in || (word->form == PARK_SCALAR &&
                       (strcmp(word->text, "all") == 0 || park_region_is_of(&region->member[m], word->text) ||
                        (strcmp(word->text, "parks") == 0 && !region->member[m].remainder)));
        }
        if (in)
            list[count++] = (int32_t)m;
    }
    return count;
}

/* --- the document --- */

/* 3 % of all reported volumes, or {intake: 3 %, reuse: 20 %}. */
static void read_errors(park_region_load *l, const park_tree_node *node)
{
    static const char *const WORDS[] = {"intake", "reuse", NULL};
    double                  *to[2]   = {&l->region->volume_error, &l->region->reuse_error};
    if (node == NULL || (node->form != PARK_SCALAR && !park_region_mapping(l, node, WORDS)))
        return;
    for (int i = 0; i < 2; i++) {
        const park_tree_node *said = node->form == PARK_SCALAR ? node : park_tree_get(node, WORDS[i]);
        if (said == NULL || !park_reader_quantity(l->reader, said, PARK_DIM_SHARE, to[i]))
            continue;
        if (*to[i] < 0.0) {
            PARK_TELL(l->reader, said, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "volume_error is %s; it must not be below %d", "volume_error 为 %s；不得小于 %d",
                      said->text, 0);
            return;
        }
    }
}

static void read_draws(park_region_load *l)
{
    const park_tree_node *draws = park_tree_get(l->loader->root, "draws"),
                         *seed  = park_tree_get(l->loader->root, "seed");
    int32_t count = 10000, start = 1;
    if (draws != NULL && park_reader_count(l->reader, draws, &count) && (count < 0 || count > 10000000))
        PARK_TELL(l->reader, draws, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "draws is %s; it must lie within %d to %d", "draws 为 %s；应在 %d 至 %d 之间", draws->text,
                  0, 10000000);
    if (seed != NULL)
        (void)park_reader_count(l->reader, seed, &start);
    read_errors(l, park_tree_get(l->loader->root, "volume_error"));
    l->region->draws = count > 0 ? (size_t)count : 0;
    l->region->seed  = (uint64_t)(uint32_t)start;
}

/* A last look by the room that will compute it: nothing wrong may slip through. */
static void check_whole(park_region_load *l)
{
    park_error err = {0};
    if (l->reader->findings->errors == 0 && !l->reader->failed &&
        park_region_check(l->region, &err) != PARK_OK)
        PARK_TELL(l->reader, l->loader->root, PARK_AT_VALUE, PARK_E0381, PARK_ERROR, "%s", "%s", err.message);
}

void park_load_region(park_loader *loader, const park_region **made,
                      const struct park_allocation **allocation)
{
    park_region_load load   = {.loader = loader, .reader = &loader->reader};
    park_tree_node  *rows   = park_tree_get(loader->root, "rows"),
                   *outputs = park_tree_get(loader->root, "outputs"),
                   *name    = park_tree_get(loader->root, "name");
    load.region             = PARK_REGION_ROOM(&load, 1, park_region);
    if (load.region == NULL)
        return;
    load.book = (park_region_book){.loader = loader, .region = load.region};
    park_load_required(loader, PARK_DOCUMENT_REGION);
    load.region->label = (park_label){"区域", "region"};
    if (name != NULL)
        (void)park_reader_label(&loader->reader, name, &load.region->label);
    if (!read_years(&load))
        return;
    read_index(&load);
    read_products(&load);
    if (rows != NULL)
        park_region_rows(&load.book, rows);
    park_region_read_parks(&load);
    park_region_read_remainder(&load);
    const park_csv_table *table = load.book.table; /* cells of rows have their places in it */
    if (outputs != NULL && load.book.members > 0)
        park_region_outputs(&load.book, outputs);
    load.book.table = table;
    park_region_rows_judge(&load.book);
    if (load.book.members == 0 && loader->reader.findings->errors == 0)
        PARK_TELL(&loader->reader, loader->root, PARK_AT_VALUE, PARK_E0302, PARK_ERROR, "a region needs %s",
                  "区域须有 %s", "rows: {csv: parks.csv, ..}");
    if (loader->reader.failed)
        return;
    close_book(&load);
    if (loader->reader.failed)
        return;
    park_region_read_shared(&load);
    park_region_read_growth(&load);
    park_region_read_measures(&load);
    park_region_read_targets(&load);
    park_region_read_notes(&load);
    read_draws(&load);
    check_whole(&load);
    if (!loader->reader.failed)
        park_region_read_allocation(&load, allocation);
    *made = load.region;
}
