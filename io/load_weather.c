/*
 * load_weather.c - weather from a CSV file, or drawn day by day from monthly normals.
 *
 * The generator is meant for parks without records: days with rain come from a two-state chain (a wet day follows a
 * wet one more often), amounts are exponential, and every month is scaled to its normal, so that a year rains what the
 * normals say. Temperature swings about a curve through the monthly means with a memory of a few days, again corrected
 * to the monthly mean. Same seed, same weather.
 */
#include "load_sections.h"

#include "base/calendar.h"
#include "base/random.h"

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
    static const char *const WORDS[] = {"csv", "time", "columns", "units", "gaps", NULL};
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

typedef struct normals {
    double temperature[12], humidity[12], rain[12], days[12], radiation[12]; /* [K], [-], [m], [-], [W/m2] */
} normals;

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

typedef struct days {
    size_t   count;
    int64_t  first; /* [day since 1970] */
    double  *temperature, *humidity, *rain, *radiation;
    int32_t *month; /* 0..11 */
} days;

static double uniform(uint64_t seed, uint64_t stream, size_t day)
{
    park_random random = park_random_start(seed, stream, (uint64_t)day);
    return park_random_uniform(&random);
}

/* Wet days by a two-state chain: a wet day follows a wet one with probability 0.65 where the month allows it. */
static void draw_rain(const normals *normal, uint64_t seed, days *drawn)
{
    bool wet = false;
    for (size_t d = 0; d < drawn->count; d++) {
        double share = normal->days[drawn->month[d]] / 30.4;
        double stay = fmax(0.65, share), start = share * (1.0 - stay) / (1.0 - share);
        wet            = uniform(seed, 1, d) < (wet ? stay : start);
        drawn->rain[d] = wet ? -log(1.0 - uniform(seed, 2, d)) : 0.0;
    }
}

/* Anomaly of temperature with a memory of about three days; wet days are dull and damp. */
static void draw_air(const normals *normal, uint64_t seed, days *drawn)
{
    double anomaly = 0.0;
    for (size_t d = 0; d < drawn->count; d++) {
        double noise =
            uniform(seed, 3, d) + uniform(seed, 4, d) + uniform(seed, 5, d) - 1.5; /* variance 1/4 */
        anomaly               = 0.7 * anomaly + 3.2 * noise;
        bool    wet           = drawn->rain[d] > 0.0;
        int32_t m             = drawn->month[d];
        drawn->temperature[d] = normal->temperature[m] + anomaly;
        drawn->humidity[d]    = fmin(0.99, fmax(0.2, normal->humidity[m] + (wet ? 0.06 : -0.04)));
        drawn->radiation[d]   = normal->radiation[m] * (wet ? 0.6 : 1.3);
    }
}

/* Bring each month's days from `from` to `to` to the normal: the rain by a factor, the others by the mean. */
static void keep_normal(const normals *normal, days *drawn, size_t from, size_t to, double share)
{
    double  rain = 0.0, temperature = 0.0, humidity = 0.0, radiation = 0.0, count = (double)(to - from);
    int32_t m = drawn->month[from];
    for (size_t d = from; d < to; d++) {
        rain += drawn->rain[d];
        temperature += drawn->temperature[d];
        humidity += drawn->humidity[d];
        radiation += drawn->radiation[d];
    }
    if (rain == 0.0) { /* a month drawn dry rains on its middle day */
        drawn->rain[(from + to) / 2] = 1.0;
        rain                         = 1.0;
    }
    for (size_t d = from; d < to; d++) {
        drawn->rain[d] *= normal->rain[m] * share / rain / PARK_DAY_SECONDS; /* [m/s] */
        drawn->temperature[d] += normal->temperature[m] - temperature / count;
        drawn->humidity[d] = fmin(1.0, drawn->humidity[d] + normal->humidity[m] - humidity / count);
        drawn->radiation[d] *= normal->radiation[m] * count / radiation;
    }
}

static int32_t daily(park_loader *loader, const days *drawn, double *value)
{
    int64_t *time = PARK_ARRAY(loader->reader.arena, drawn->count, int64_t);
    if (time == NULL)
        return -1;
    for (size_t d = 0; d < drawn->count; d++)
        time[d] = (drawn->first + (int64_t)d) * PARK_DAY_SECONDS - PARK_OFFSET_CHINA * 60;
    return park_draft_pattern(
        loader->reader.draft,
        (park_pattern){.kind = PARK_PATTERN_SERIES, .count = drawn->count, .time = time, .value = value});
}

static void generate(park_loader *loader, const normals *normal, uint64_t seed)
{
    park_arena      *arena = loader->reader.arena;
    park_draft      *draft = loader->reader.draft;
    const park_time *at    = &draft->time;
    /* A steady park has no dates: its rain is that of a common year. */
    int64_t start =
        at->steady ? park_date_day(2025, 1, 1) * PARK_DAY_SECONDS - PARK_OFFSET_CHINA * 60 : at->start;
    int64_t end        = at->steady ? start + (int64_t)365 * PARK_DAY_SECONDS : at->end;
    int64_t first      = (start + PARK_OFFSET_CHINA * 60) / PARK_DAY_SECONDS,
            last       = (end + PARK_OFFSET_CHINA * 60 - 1) / PARK_DAY_SECONDS;
    days     drawn     = {.first = first, .count = (size_t)(last - first + 1)};
    double **columns[] = {&drawn.temperature, &drawn.humidity, &drawn.rain, &drawn.radiation};
    drawn.month        = PARK_ARRAY(arena, drawn.count, int32_t);
    bool ok            = drawn.month != NULL;
    for (size_t i = 0; i < 4; i++) {
        *columns[i] = PARK_ARRAY(arena, drawn.count, double);
        ok &= *columns[i] != NULL;
    }
    if (!ok) {
        loader->reader.failed = true;
        return;
    }
    int32_t year, month, day;
    for (size_t d = 0; d < drawn.count; d++) {
        park_day_date(first + (int64_t)d, &year, &month, &day);
        drawn.month[d] = month - 1;
    }
    draw_rain(normal, seed, &drawn);
    draw_air(normal, seed, &drawn);
    for (size_t from = 0, to = 0; from < drawn.count; from = to) {
        park_day_date(first + (int64_t)from, &year, &month, &day);
        to = from;
        while (to < drawn.count && drawn.month[to] == drawn.month[from])
            to++;
        keep_normal(normal, &drawn, from, to, (double)(to - from) / (double)park_month_days(year, month));
    }
    draft->weather.temperature = daily(loader, &drawn, drawn.temperature);
    draft->weather.humidity    = daily(loader, &drawn, drawn.humidity);
    draft->weather.rain        = daily(loader, &drawn, drawn.rain);
    draft->weather.radiation   = daily(loader, &drawn, drawn.radiation);
    loader->reader.failed |= draft->weather.radiation < 0;
}

static void read_generator(park_loader *loader, park_tree_node *node)
{
    static const char *const WORDS[] = {"generator", "seed", NULL};
    park_reader             *reader  = &loader->reader;
    const park_tree_node    *name = park_tree_get(node, "generator"), *seed = park_tree_get(node, "seed");
    int32_t                  number = 1;
    if (!park_reader_known(reader, node, NULL, 0, WORDS) || !park_reader_is(reader, name, PARK_SCALAR))
        return;
    if (seed == NULL)
        park_reader_put_default(reader, node, "seed", "1", false);
    else if (!park_reader_count(reader, seed, &number))
        return;
    park_catalogue_entry entry = park_catalogue_find(reader->catalogue, PARK_PAGE_CLIMATE, name->text);
    normals              normal;
    if (entry.node == NULL) {
        const char *near_ = park_catalogue_nearest(reader->catalogue, PARK_PAGE_CLIMATE, name->text);
        park_reader_tell_near(reader, name, PARK_AT_VALUE, PARK_E0318, near_,
                              "the catalogue has no climate '%s'", "目录中没有气候“%s”", name->text);
        return;
    }
    if (!monthly(entry.node, "temperature", PARK_DIM_TEMPERATURE, normal.temperature) ||
        !monthly(entry.node, "humidity", PARK_DIM_SHARE, normal.humidity) ||
        !monthly(entry.node, "rain", PARK_DIM_LENGTH, normal.rain) ||
        !monthly(entry.node, "rain_days", PARK_DIM_NUMBER, normal.days) ||
        !monthly(entry.node, "radiation", PARK_DIM_RADIATION, normal.radiation)) {
        reader->failed = true;
        return;
    }
    generate(loader, &normal, (uint64_t)(uint32_t)number);
    reader->draft->weather.origin =
        park_arena_printf(reader->arena, "generator %s, seed %d", name->text, (int)number);
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
