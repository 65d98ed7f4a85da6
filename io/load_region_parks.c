/* load_region_parks.c - who a region's members are: rows, values in place, runs, files of parks; the rest of industry. */
#include "region_load.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* {2020: {V_i_surface: 3 亿m3/a, V_r: .., value_added: ..}, 2021: ..} into a member's columns. */
static void read_years_of(park_region_load *l, const park_tree_node *node, int32_t member)
{
    const char *words[PARK_REGION_COLUMNS + 2] = {[PARK_REGION_COLUMNS] = "V_i"};
    memcpy(words, PARK_REGION_COLUMN_WORDS, PARK_REGION_COLUMNS * sizeof *words);
    for (size_t i = 0; i < node->count; i++) {
        const park_tree_node *of  = node->items[i];
        const char           *key = park_tree_key(of);
        char                 *end;
        long                  year = strtol(key, &end, 10);
        if (*end != '\0' || end == key) {
            PARK_TELL(l->reader, of, PARK_AT_KEY, PARK_E0309, PARK_ERROR, "'%s' is no year", "“%s”不是年份",
                      key);
            continue;
        }
        if (!park_region_mapping(l, of, words) || year < l->region->base || year > l->region->known)
            continue;
        double *value = park_region_place(&l->book, member, (size_t)(year - l->region->base), 0);
        for (size_t c = 0; c < PARK_REGION_COLUMNS; c++) {
            const park_tree_node *said = park_tree_get(of, PARK_REGION_COLUMN_WORDS[c]);
            if (c == PARK_REGION_SURFACE && said == NULL)
                said = park_tree_get(of, "V_i"); /* by source is not known */
            value[c] = c < PARK_REGION_REUSED ? 0.0 : value[c];
            if (said != NULL)
                (void)park_region_yearly(
                    l, said, c == PARK_REGION_FLOWS ? PARK_DIM_MONEY_RATE : PARK_DIM_FLOW, &value[c]);
            else if (c >= PARK_REGION_REUSED)
                park_region_need(l, of, PARK_REGION_COLUMN_WORDS[c]);
        }
    }
    for (size_t y = 0; y < l->book.known; y++)
        if (isnan(*park_region_place(&l->book, member, y, PARK_REGION_REUSED)) &&
            l->reader->findings->errors == 0)
            PARK_TELL(l->reader, node, PARK_AT_KEY, PARK_E0382, PARK_ERROR, "'%s' says nothing of %d",
                      "“%s”缺少 %d 年的数据", park_tree_key(node->parent),
                      (int)(l->region->base + (int32_t)y));
}

static void read_scope(park_region_load *l, const park_tree_node *node, park_region_member *member)
{
    static const char *const SCOPES[] = {"规上", "规下", "large", "small", NULL};
    int32_t                  which;
    if (node != NULL && park_reader_choice(l->reader, node, SCOPES, &which))
        member->large = which % 2 == 0;
}

static void read_member_words(park_region_load *l, park_tree_node *node, park_region_member *member)
{
    park_tree_node       *name = park_tree_get(node, "name");
    const park_tree_node *city = park_tree_get(node, "city"), *sector = park_tree_get(node, "sector");
    if (name != NULL)
        (void)park_reader_label(l->reader, name, &member->label);
    if (city != NULL)
        (void)park_reader_text(l->reader, city, &member->city);
    if (sector != NULL)
        (void)park_reader_text(l->reader, sector, &member->sector);
    read_scope(l, park_tree_get(node, "scope"), member);
}

/* --- runs and files --- */

/* The file that a word names: itself, or the run.h5 of a folder. NULL when told. */
static const char *file_of(park_region_load *l, const park_tree_node *node)
{
    park_reader *reader = l->reader;
    const char  *path   = NULL;
    const char  *inside = park_arena_printf(reader->arena, "%s/run.h5", node->text);
    if (inside == NULL) {
        reader->failed = true;
        return NULL;
    }
    park_status status = park_reader_resolve(reader, node, inside, &path);
    if (status == PARK_E_FILE)
        status = park_reader_resolve(reader, node, node->text, &path);
    return park_reader_opened(reader, node, status) ? path : NULL;
}

/* A park read by whoever can; false when told. */
static bool read_from(park_region_load *l, const park_tree_node *node, bool file, park_region_park *park)
{
    const park_region_reader *parks = l->loader->parks;
    park_error                err   = {0};
    if (!park_reader_is(l->reader, node, PARK_SCALAR))
        return false;
    const char *path = file_of(l, node);
    if (path == NULL)
        return false;
    park_reader_file(l->reader, path);
    park_status status = parks != NULL ? parks->read(parks->user, path, file, l->reader->arena, park, &err)
                                       : PARK_FAIL(&err, PARK_E_INPUT, "parks cannot be read here%s", "");
    l->reader->failed |= status == PARK_E_MEMORY;
    if (status == PARK_OK || status == PARK_E_MEMORY)
        return status == PARK_OK;
    PARK_TELL(l->reader, node, PARK_AT_VALUE, PARK_E0390, PARK_ERROR,
              "the park cannot be taken from '%s': %s", "无法从“%s”取得园区数据：%s", node->text,
              err.message[0] != '\0' ? err.message : park_status_sentence(status));
    return false;
}

/* Value added in prices of the region's year. */
static bool added_of(park_region_load *l, const park_tree_node *node, const park_tree_node *said,
                     const park_region_park *park, size_t year, double *added)
{
    *added = park->added;
    if (said != NULL)
        return park_region_yearly(l, said, PARK_DIM_MONEY_RATE, added);
    if (isnan(*added)) {
        PARK_TELL(l->reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR,
                  "'%s' states no value added; write %s beside its run", "“%s”没有给出增加值；请在旁边写 %s",
                  park_tree_key(node), "value_added: 162 亿元/a");
        return false;
    }
    if (park->price_year == 0 || park->price_year == l->region->price_year)
        return true;
    size_t at = (size_t)(park->price_year - l->region->base);
    if (l->book.index != NULL && park->price_year >= l->region->base && at < l->book.known) {
        *added /= l->book.index[at];
        return true;
    }
    if (year == 0)
        PARK_TELL(
            l->reader, node, PARK_AT_KEY, PARK_E0386, PARK_ERROR,
            "value added of '%s' is in prices of %d, the region's in those of %d: without `price_index` for "
            "both "
            "the rates would mix them",
            "“%s”的增加值为 %d 年价格，区域为 %d 年价格：没有涵盖两者的 price_index，比率会混用价格口径",
            park_tree_key(node), (int)park->price_year, (int)l->region->price_year);
    return false;
}

/* The rate of a product among those of the region: its output in the same measure; told when it is another. */
static void take_output(park_region_load *l, const park_tree_node *node, int32_t member, size_t year,
                        const park_region_output *output)
{
    for (size_t p = 0; p < l->region->products; p++) {
        if (strcmp(l->product[p].id, output->id) != 0)
            continue;
        if (park_dimension_intensity(output->dim) != l->product[p].output) {
            PARK_TELL(l->reader, node, PARK_AT_KEY, PARK_E0207, PARK_ERROR,
                      "'%s' makes %s in another measure than `products` says",
                      "“%s”的产品 %s 与 products 的计量不同", park_tree_key(node), output->id);
            return;
        }
        park_region_book_output(&l->book, member, (int32_t)p, year, output->output, output->intake);
        return;
    }
}

static void take_year(park_region_load *l, const park_tree_node *node, int32_t member, size_t year,
                      const park_region_park *park)
{
    double *value = park_region_place(&l->book, member, year, 0);
    memcpy(value, park->flow, PARK_REGION_FLOWS * sizeof *value);
    if (!added_of(l, node, park_tree_get(node, "value_added"), park, year, &value[PARK_REGION_FLOWS]))
        value[PARK_REGION_FLOWS] = 0.0;
    for (size_t i = 0; i < park->outputs; i++)
        take_output(l, node, member, year, &park->output[i]);
}

/* One run for all known years, or {2020: a/run.h5, 2021: ..}; the last read stays for the park's plans. */
static bool read_runs(park_region_load *l, const park_tree_node *node, const park_tree_node *run, bool file,
                      int32_t member, park_region_park *park)
{
    if (run->form != PARK_MAPPING) {
        if (!read_from(l, run, file, park))
            return false;
        for (size_t y = 0; y < l->book.known; y++)
            take_year(l, node, member, y, park);
        if (l->book.known > 1)
            PARK_TELL(l->reader, run, PARK_AT_KEY, PARK_W0391, PARK_WARNING,
                      "one year of '%s' stands for %d to %d: its change since then is not seen",
                      "“%s”以同一年的结果代表 %d 至 %d 各年，看不到其间的变化", park_tree_key(node),
                      (int)l->region->base, (int)l->region->known);
        return true;
    }
    for (size_t y = 0; y < l->book.known; y++) {
        char key[16];
        snprintf(key, sizeof key, "%d", (int)(l->region->base + (int32_t)y));
        const park_tree_node *of = park_tree_get(run, key);
        if (of == NULL) {
            PARK_TELL(l->reader, run, PARK_AT_KEY, PARK_E0382, PARK_ERROR, "'%s' says nothing of %s",
                      "“%s”缺少 %s 年的数据", park_tree_key(node), key);
            return false;
        }
        if (!read_from(l, of, file, park))
            return false;
        take_year(l, node, member, y, park);
    }
    return true;
}

/* Plans of a park against the park as it stands: one path or a list. */
static void read_plans(park_region_load *l, const park_tree_node *node, const park_tree_node *plans,
                       int32_t member, double running)
{
    size_t count = plans->form == PARK_LIST ? plans->count : 1;
    for (size_t i = 0; i < count; i++) {
        const park_tree_node *of    = plans->form == PARK_LIST ? plans->items[i] : plans;
        park_region_curve    *curve = PARK_REGION_ROOM(l, 1, park_region_curve);
        if (curve == NULL || !read_from(l, of, false, &curve->park))
            continue;
        if (curve->park.points == 0) {
            PARK_TELL(l->reader, of, PARK_AT_VALUE, PARK_E0390, PARK_ERROR,
                      "the park cannot be taken from '%s': %s", "无法从“%s”取得园区数据：%s", of->text,
                      "it holds no plan");
            continue;
        }
        if (isnan(running)) {
            PARK_TELL(l->reader, of, PARK_AT_VALUE, PARK_E0302, PARK_ERROR,
                      "'%s' needs %s: what a plan costs more than the park as it stands is not known else",
                      "“%s”缺少 %s：否则无法知道方案比现状多花多少", park_tree_key(node), "run / file");
            continue;
        }
        curve->node    = of;
        curve->member  = member;
        curve->running = running;
        curve->next    = l->curve;
        l->curve       = curve;
    }
}

/* A table of what may be built in a member, read with the rest of the allocation. */
static void note_curve(park_region_load *l, const park_tree_node *node, int32_t member)
{
    park_region_curve *curve = PARK_REGION_ROOM(l, 1, park_region_curve);
    if (curve == NULL)
        return;
    *curve   = (park_region_curve){.node = node, .member = member, .table = true, .next = l->curve};
    l->curve = curve;
}

static int32_t member_of(park_region_load *l, park_tree_node *node, const park_tree_node *row)
{
    if (row == NULL)
        return park_region_member_add(&l->book, park_tree_key(node));
    if (!park_reader_is(l->reader, row, PARK_SCALAR))
        return -1;
    int32_t member = park_region_member_find(&l->book, row->text);
    if (member < 0 && l->book.members > 0)
        PARK_TELL(l->reader, row, PARK_AT_VALUE, PARK_E0316, PARK_ERROR, "no row of the region is named '%s'",
                  "区域数据中没有“%s”", row->text);
    return member;
}

/*
 * {yueyang: {rows: 岳阳绿色化工高新区, city: 岳阳}} names a row; {x: {values: {2020: {..}}}} states a park in place;
 * {y: {run: out/run.h5, replaces: ROW}} takes a run, `file:` simulates a park as it stands.
 */
static void read_park(park_region_load *l, park_tree_node *node)
{
    const park_tree_node *rows = park_tree_get(node, "rows"), *values = park_tree_get(node, "values"),
                         *file = park_tree_get(node, "file"), *run = park_tree_get(node, "run"),
                         *plans = park_tree_get(node, "plans"), *replaces = park_tree_get(node, "replaces");
    const park_tree_node *curve = park_tree_get(node, "curve");
    park_region_park      park  = {.running = NAN};
    if ((rows != NULL) + (values != NULL) + (file != NULL) + (run != NULL) != 1) {
        park_region_need(l, node, "rows / values / run / file");
        return;
    }
    int32_t member = member_of(l, node, rows != NULL ? rows : replaces);
    if (member < 0)
        return;
    bool read = true;
    if (values != NULL && park_reader_is(l->reader, values, PARK_MAPPING))
        read_years_of(l, values, member);
    if (run != NULL || file != NULL)
        read = read_runs(l, node, run != NULL ? run : file, file != NULL, member, &park);
    l->book.member[member].id = park_tree_key(node);
    if (read && park.label.zh != NULL && park.label.zh[0] != '\0')
        l->book.member[member].label = park.label;
    read_member_words(l, node, &l->book.member[member]);
    if (read && plans != NULL)
        read_plans(l, node, plans, member, park.running);
    if (curve != NULL)
        note_curve(l, curve, member);
}

void park_region_read_parks(park_region_load *l)
{
    static const char *const WORDS[] = {"file",  "run",   "rows",   "values", "replaces",
                                        "name",  "city",  "sector", "scope",  "value_added",
                                        "plans", "curve", NULL};
    park_tree_node          *section = park_load_section(l->loader, "parks");
    for (size_t i = 0; section != NULL && i < section->count; i++) {
        park_tree_node *node = section->items[i];
        if (!park_reader_is_note(park_tree_key(node)) && park_reader_id(l->reader, node) &&
            park_region_mapping(l, node, WORDS))
            read_park(l, node);
    }
}

/* --- the rest of industry --- */

/* A total that knows no sources (`V_i`) has the parks' own, and the rest of it as surface water. */
static void lump(park_region_load *l, const park_tree_node *total, int32_t member, size_t year)
{
    char key[16];
    snprintf(key, sizeof key, "%d", (int)(l->region->base + (int32_t)year));
    if (park_tree_get(park_tree_get(total, key), "V_i") == NULL)
        return;
    double *whole = park_region_place(&l->book, member, year, 0);
    for (int32_t m = 0; m < member; m++)
        for (size_t f = PARK_REGION_GROUND; f <= PARK_REGION_BOUGHT; f++) {
            double part = *park_region_place(&l->book, m, year, f);
            whole[f] += part;
            whole[PARK_REGION_SURFACE] -= part;
        }
}

/* The rest of industry: stated, or what the region's totals leave. */
void park_region_read_remainder(park_region_load *l)
{
    static const char *const WORDS[] = {"total", "values", "name", "city", "sector", "scope", NULL};
    park_tree_node          *node    = park_tree_get(l->loader->root, "remainder");
    if (node == NULL || !park_region_mapping(l, node, WORDS) || node->count == 0)
        return;
    const park_tree_node *total = park_tree_get(node, "total"), *values = park_tree_get(node, "values");
    if ((total == NULL) == (values == NULL)) {
        park_region_need(l, node, "total / values");
        return;
    }
    size_t  parks  = l->book.members;
    int32_t member = park_region_member_add(&l->book, "remainder");
    if (member < 0 || !park_reader_is(l->reader, total != NULL ? total : values, PARK_MAPPING))
        return;
    l->book.member[member].remainder = true;
    l->book.member[member].label     = (park_label){"其余工业", "rest of industry"};
    read_member_words(l, node, &l->book.member[member]);
    read_years_of(l, total != NULL ? total : values, member);
    if (total == NULL || l->reader->findings->errors > 0)
        return;
    for (size_t y = 0; y < l->book.known; y++)
        lump(l, total, member, y);
    for (size_t y = 0; y < l->book.known; y++)
        for (size_t c = 0; c < PARK_REGION_COLUMNS; c++) {
            double *rest = park_region_place(&l->book, member, y, c), whole = *rest, parts = 0.0;
            for (size_t m = 0; m < parks; m++)
                parts += *park_region_place(&l->book, (int32_t)m, y, c);
            *rest = whole - parts;
            if (*rest < -1e-9 * whole)
                PARK_TELL(l->reader, total, PARK_AT_KEY, PARK_E0385, PARK_ERROR,
                          "%s in %d: the parks sum to %.6g 万, the total is %.6g 万; one of them has another "
                          "unit or counts twice",
                          "%s（%d 年）：各园区合计 %.6g 万，大于总量 %.6g 万；单位有误或重复计算",
                          PARK_REGION_COLUMN_WORDS[c], (int)(l->region->base + (int32_t)y), parts / 1e4,
                          whole / 1e4);
            *rest = fmax(*rest, 0.0);
        }
}
