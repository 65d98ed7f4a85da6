/*
 * load_weather.c - weather from a CSV file, or drawn day by day from monthly normals.
 *
 * The generator (solver/weather) is meant for parks without records. Same seed and year, same weather.
 */
#include "load_sections.h"

#include "base/calendar.h"
#include "units/weather.h"
#include "weather/generator.h"

#include <string.h>

/* What the weather may hold, its unit where the file names none, and where it goes. */
static const struct {
    const char    *word, *unit;
    park_dimension dimension;
    size_t         offset;
} COLUMNS[] = {
    {"T", "°C", PARK_DIM_TEMPERATURE, offsetof(park_weather, temperature)},
    {"RH", "%", PARK_DIM_SHARE, offsetof(park_weather, humidity)},
    {"rain", "mm", PARK_DIM_DEPTH_RATE, offsetof(park_weather, rain)},
    {"radiation", "W/m2", PARK_DIM_RADIATION, offsetof(park_weather, radiation)},
    {"evaporation", "mm", PARK_DIM_DEPTH_RATE, offsetof(park_weather, evaporation)},
};
enum { COLUMN_COUNT = sizeof COLUMNS / sizeof *COLUMNS };

static int32_t *place(park_weather *weather, size_t i)
{
    return (int32_t *)(void *)((char *)weather + COLUMNS[i].offset);
}

/* --- CSV --- */

static bool has_column(const park_csv_table *table, const char *name)
{
    for (size_t c = 0; c < table->columns; c++) {
        size_t length = strlen(name);
        if (strncmp(table->header[c].text, name, length) == 0 &&
            (table->header[c].text[length] == '\0' || table->header[c].text[length] == ' ' ||
             table->header[c].text[length] == '('))
            return true;
    }
    return false;
}

static void read_column(park_loader *loader, const park_csv_table *table, const park_tree_node *node,
                        size_t i, park_gaps gaps)
{
    park_reader          *reader = &loader->reader;
    const park_tree_node *named  = park_tree_get(park_tree_get(node, "columns"), COLUMNS[i].word);
    const park_tree_node *unit   = park_tree_get(park_tree_get(node, "units"), COLUMNS[i].word);
    const park_tree_node *time   = park_tree_get(node, "time");
    const char      *unit_text   = unit != NULL && unit->form == PARK_SCALAR ? unit->text : COLUMNS[i].unit;
    park_series_wish wish        = park_series_wish_default();
    park_quantity_problem problem;
    wish.column = named != NULL && named->form == PARK_SCALAR ? named->text : COLUMNS[i].word;
    wish.time   = time != NULL && time->form == PARK_SCALAR ? time->text : NULL;
    wish.gaps   = gaps;
    if (!park_reader_table_words(reader, node, &wish))
        return;
    if (named == NULL && !has_column(table, wish.column))
        return;
    bool per_row =
        COLUMNS[i].dimension == PARK_DIM_DEPTH_RATE &&
        park_unit_parse(unit_text, strlen(unit_text), PARK_DIM_LENGTH, &wish.scale, &wish.offset, NULL, NULL);
    if (!per_row && !park_unit_parse(unit_text, strlen(unit_text), COLUMNS[i].dimension, &wish.scale,
                                     &wish.offset, NULL, &problem)) {
        park_finding *finding =
            park_quantity_finding(reader->findings, &problem, park_tree_path(reader->arena, unit));
        park_tree_place(reader->tree, unit, PARK_AT_VALUE, reader->findings, finding);
        return;
    }
    *place(&reader->draft->weather, i) = park_reader_column(reader, table, &wish, NULL, per_row);
}

static void read_csv(park_loader *loader, park_tree_node *node)
{
    static const char *const WORDS[] = {"csv",   "time",   "columns", "units", "gaps",
                                        "sheet", "header", "missing", "times", NULL};
    static const char *const NAMES[] = {"T", "RH", "rain", "radiation", "evaporation", NULL};
    static const char *const GAPS[]  = {"error", "hold", "linear", NULL};
    park_reader             *reader  = &loader->reader;
    const park_tree_node    *file = park_tree_get(node, "csv"), *columns = park_tree_get(node, "columns");
    const park_tree_node    *units = park_tree_get(node, "units"), *gaps = park_tree_get(node, "gaps");
    int32_t                  rule = 0;
    bool                     ok   = park_reader_known(reader, node, NULL, 0, WORDS);
    ok &= gaps == NULL || park_reader_choice(reader, gaps, GAPS, &rule);
    ok &= columns == NULL || (park_reader_is(reader, columns, PARK_MAPPING) &&
                              park_reader_known(reader, columns, NULL, 0, NAMES));
    ok &= units == NULL ||
          (park_reader_is(reader, units, PARK_MAPPING) && park_reader_known(reader, units, NULL, 0, NAMES));
    const park_csv_table *table = park_reader_table(reader, file);
    if (!ok || table == NULL)
        return;
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        read_column(loader, table, node, i, (park_gaps)rule);
    reader->draft->weather.origin = file->text;
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        if (*place(&reader->draft->weather, i) >= 0)
            return;
    if (reader->findings->errors == 0)
        PARK_TELL(reader, file, PARK_AT_VALUE, PARK_E0310, PARK_ERROR,
                  "'%s' has none of the columns T, RH, rain, radiation, evaporation; `columns: {rain: NAME}` "
                  "names them",
                  "“%s”中没有 T、RH、rain、radiation、evaporation 列；可用 columns: {rain: 列名} 指明",
                  file->text);
}

/* --- generator --- */

/* Twelve values of the catalogue; false when the page lacks them (a test reads them all). */
static bool monthly(const park_tree_node *entry, const char *word, park_dimension dimension, double value[12])
{
    const park_tree_node *list = park_tree_get(entry, word);
    park_quantity         quantity;
    for (size_t m = 0; m < 12; m++) {
        if (list == NULL || list->count != 12 ||
            !park_quantity_parse(list->items[m]->text, list->items[m]->length, dimension, &quantity, NULL))
            return false;
        value[m] = quantity.value;
    }
    return true;
}

static bool normals_of(const park_tree_node *entry, park_normals *normal)
{
    const park_tree_node *latitude = park_tree_get(entry, "latitude");
    park_quantity         degrees;
    if (latitude == NULL ||
        !park_quantity_parse(latitude->text, latitude->length, PARK_DIM_NUMBER, &degrees, NULL))
        return false;
    normal->latitude = degrees.value * 3.14159265358979323846 / 180.0;
    return monthly(entry, "temperature", PARK_DIM_TEMPERATURE, normal->temperature) &&
           monthly(entry, "humidity", PARK_DIM_SHARE, normal->humidity) &&
           monthly(entry, "rain", PARK_DIM_LENGTH, normal->rain) &&
           monthly(entry, "rain_days", PARK_DIM_NUMBER, normal->days) &&
           monthly(entry, "radiation", PARK_DIM_RADIATION, normal->radiation);
}

/* A series of equal steps from the first day's midnight on; -1 out of memory. */
static int32_t series_of(park_loader *loader, int64_t first, int64_t every, size_t count, double *value)
{
    int64_t *time = PARK_ARRAY(loader->reader.arena, count, int64_t);
    if (time == NULL || value == NULL)
        return -1;
    for (size_t i = 0; i < count; i++)
        time[i] = first * PARK_DAY_SECONDS - PARK_OFFSET_CHINA * 60 + (int64_t)i * every;
    return park_draft_pattern(
        loader->reader.draft,
        (park_pattern){.kind = PARK_PATTERN_SERIES, .count = count, .time = time, .value = value});
}

/* Open water's evaporation follows the days' means; of hours the rule knows nothing. */
static double *evaporation_of(park_arena *arena, const park_weather_drawn *drawn, size_t days)
{
    double *value = PARK_ARRAY(arena, days, double);
    for (size_t d = 0; value != NULL && d < days; d++) {
        double temperature = 0.0, humidity = 0.0;
        for (size_t h = 24 * d; h < 24 * (d + 1); h++)
            temperature += drawn->temperature[h] / 24.0, humidity += drawn->humidity[h] / 24.0;
        value[d] = park_open_water_evaporation(temperature, humidity);
    }
    return value;
}

static void generate(park_loader *loader, const park_normals *normal, park_weather_wish *wish)
{
    park_arena        *arena   = loader->reader.arena;
    park_weather      *weather = &loader->reader.draft->weather;
    const park_time   *at      = &loader->reader.draft->time;
    park_error         err     = {0};
    park_weather_drawn drawn;
    /* A steady park has no dates: its rain is that of a common year. */
    int64_t start =
        at->steady ? park_date_day(2025, 1, 1) * PARK_DAY_SECONDS - PARK_OFFSET_CHINA * 60 : at->start;
    int64_t end  = at->steady ? start + (int64_t)365 * PARK_DAY_SECONDS : at->end;
    int64_t last = (end + PARK_OFFSET_CHINA * 60 - 1) / PARK_DAY_SECONDS;
    wish->first  = (start + PARK_OFFSET_CHINA * 60) / PARK_DAY_SECONDS;
    wish->days   = (size_t)(last - wish->first + 1);
    if (park_weather_draw(normal, wish, arena, &drawn, &err) != PARK_OK) {
        loader->reader.failed = true;
        return;
    }
    int64_t every        = wish->hourly ? 3600 : PARK_DAY_SECONDS;
    weather->temperature = series_of(loader, wish->first, every, drawn.count, drawn.temperature);
    weather->humidity    = series_of(loader, wish->first, every, drawn.count, drawn.humidity);
    weather->rain        = series_of(loader, wish->first, every, drawn.count, drawn.rain);
    weather->radiation   = series_of(loader, wish->first, every, drawn.count, drawn.radiation);
    loader->reader.failed |= weather->radiation < 0;
    if (!wish->hourly)
        return;
    weather->evaporation = series_of(loader, wish->first, PARK_DAY_SECONDS, wish->days,
                                     evaporation_of(arena, &drawn, wish->days));
    loader->reader.failed |= weather->evaporation < 0;
}

/* seed, year, every, months: each by its default where the file is silent. */
static bool read_wish(park_reader *reader, park_tree_node *node, park_weather_wish *wish)
{
    static const char *const WORDS[] = {"generator", "seed", "year", "every", "months", NULL};
    static const char *const EVERY[] = {"day", "hour", NULL}, *const MONTHS[] = {"normal", "varying", NULL};
    const park_tree_node *seed = park_tree_get(node, "seed"), *year = park_tree_get(node, "year");
    const park_tree_node *every = park_tree_get(node, "every"), *months = park_tree_get(node, "months");
    int32_t               number = 1, which = 0, step = 0, kept = 0;
    bool                  ok = park_reader_known(reader, node, NULL, 0, WORDS);
    ok &= seed == NULL || park_reader_count(reader, seed, &number);
    ok &= year == NULL || park_reader_count(reader, year, &which);
    ok &= every == NULL || park_reader_choice(reader, every, EVERY, &step);
    ok &= months == NULL || park_reader_choice(reader, months, MONTHS, &kept);
    if (which < 0) {
        PARK_TELL(reader, year, PARK_AT_VALUE, PARK_E0303, PARK_ERROR, "weather years count from %d",
                  "气象年从 %d 起数", 0);
        ok = false;
    }
    if (ok && seed == NULL)
        park_reader_put_default(reader, node, "seed", "1", false);
    *wish = (park_weather_wish){.seed   = (uint64_t)(uint32_t)number,
                                .year   = (uint32_t)which,
                                .hourly = step == 1,
                                .varies = kept == 1};
    return ok;
}

static void read_generator(park_loader *loader, park_tree_node *node)
{
    park_reader          *reader = &loader->reader;
    const park_tree_node *name   = park_tree_get(node, "generator");
    park_weather_wish     wish;
    park_normals          normal;
    if (!read_wish(reader, node, &wish) || !park_reader_is(reader, name, PARK_SCALAR))
        return;
    park_catalogue_entry entry = park_catalogue_find(reader->catalogue, PARK_PAGE_CLIMATE, name->text);
    if (entry.node == NULL) {
        const char *near_ = park_catalogue_nearest(reader->catalogue, PARK_PAGE_CLIMATE, name->text);
        park_reader_tell_near(reader, name, PARK_AT_VALUE, PARK_E0318, near_,
                              "the catalogue has no climate '%s'", "目录中没有气候“%s”", name->text);
        return;
    }
    if (!normals_of(entry.node, &normal)) {
        reader->failed = true;
        return;
    }
    generate(loader, &normal, &wish);
    reader->draft->weather.origin = park_arena_printf(
        reader->arena, "generator %s, seed %u, year %u, by %s, months %s", name->text, (unsigned)wish.seed,
        (unsigned)wish.year, wish.hourly ? "hours" : "days", wish.varies ? "varying" : "normal");
    if (PARK_GROW(reader->arena, reader->assumption, reader->assumptions, reader->assumptions_cap))
        reader->assumption[reader->assumptions++] = (park_assumption){
            "weather", reader->draft->weather.origin, entry.origin, entry.source_class, entry.source};
    else
        reader->failed = true;
}

void park_load_weather(park_loader *loader)
{
    park_reader    *reader = &loader->reader;
    park_tree_node *node   = park_tree_get(loader->root, "weather");
    if (node == NULL || !park_reader_is(reader, node, PARK_MAPPING))
        return;
    bool csv = park_tree_get(node, "csv") != NULL, generator = park_tree_get(node, "generator") != NULL;
    if (csv == generator)
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR,
                  "weather is {csv: FILE} or {generator: %s, seed: 7}",
                  "weather 写作 {csv: 文件} 或 {generator: %s, seed: 7}", "yueyang");
    else if (csv)
        read_csv(loader, node);
    else
        read_generator(loader, node);
}
