/*
 * The loader on whole parks: small ones by hand, the contract's example, the published cases, weather, what is written
 * out again, memory that fails.
 */
#include "load_text.h"

#include "region_park.h"
#include "units/kind.h"

#include "base/calendar.h"

#define HEAD "parkwater: 1\nconstituents: [COD, Ca]\n"
#define RIVER                                                                                                \
    "sources:\n  river: {kind: surface, capacity: 2400 m3/d, price: 2.05 元/m³, quality: {COD: 12 mg/L, "  \
    "Ca: 100 mg/L CaCO3}}\n"
#define WASH                                                                                                 \
    "users:\n  wash: {kind: process, demand: 36 m3/h, inlet: {COD: 50 mg/L}, adds: {COD: 3.6 kg/h}}\n"
#define OUTFALL "sinks:\n  outfall: {kind: outfall, limits: {COD: 120 mg/L}}\n"

static const char SMALL[] = HEAD "name: {zh: 小园区, en: Small park}\n" RIVER WASH OUTFALL;

/* The averages of a unit in the first season. */
static park_map *map_of(const loaded_text *t, const char *id)
{
    int32_t   unit = park_model_unit(t->loaded.model, id);
    park_map *map  = park_map_new(t->arena, t->loaded.model, unit);
    CHECK(map != NULL && park_unit_average(t->loaded.model, unit, 0, map, NULL) == PARK_OK);
    return map;
}

static bool loads(const loaded_text *t)
{
    bool ok = t->status == PARK_OK && t->loaded.model != NULL && t->findings.errors == 0;
    CHECK(ok);
    if (!ok)
        show(t);
    return ok;
}

/* Units by hand: 2400 m3/d = 1/36 m3/s; 36 m3/h = 0.01 m3/s; 100 mg/L as CaCO3 = 40.04 mg/L of calcium. */
static void small_park_loads_in_si(void)
{
    loaded_text t = load_text(SMALL);
    if (loads(&t)) {
        const park_model *model = t.loaded.model;
        CHECK(model->frozen && model->constituents == 2 && model->units == 3);
        CHECK_TEXT(model->name.zh, "小园区");
        CHECK_TEXT(model->name.en, "Small park");
        const park_map *river = map_of(&t, "river"), *wash = map_of(&t, "wash");
        CHECK_CLOSE(river->outlet[0].hi, 1.0 / 36.0, 1e-15);
        CHECK_CLOSE(river->opex_out, 2.05, 1e-15);
        CHECK_CLOSE(river->outlet[0].conc[0], 0.012, 1e-15);
        CHECK_CLOSE(river->outlet[0].conc[1], 0.1 * 40.078 / 100.0869, 1e-15);
        CHECK_CLOSE(wash->in_lo[0], 0.01, 1e-15);
        CHECK_CLOSE(wash->add[0], 1e-3, 1e-15);
        CHECK(model->links == 2); /* river -> wash -> outfall; the law keeps the river from the outfall */
    }
    done(&t);
}

static void nothing_but_sources_users_sinks_is_a_park(void)
{
    loaded_text t = load_text(HEAD RIVER WASH OUTFALL);
    if (loads(&t)) {
        CHECK(t.loaded.draft->candidates == PARK_CANDIDATES_ALL);
        CHECK(t.loaded.model->time.steady);
        CHECK_CLOSE(t.loaded.model->time.year_seconds, 365.0 * 86400.0, 0);
        CHECK(t.loaded.model->objective[0] == PARK_MIN_COST);
    }
    done(&t);
}

/* Every published case is a park; the sources state all constituents. */
static void published_cases_load(void)
{
    const char *shared = getenv("PARK_SHARED");
    char        command[4096], path[1024];
    if (shared == NULL)
        shared = PARK_SOURCE_DIR "/../shared";
    snprintf(path, sizeof path, "%s/tools/case_to_park.py", shared);
    if (access(path, R_OK) != 0) {
        printf("     (reference data absent)\n");
        return;
    }
    snprintf(command, sizeof command,
             "cd %s && for c in $(python3 %s %s/data/water_cases/cases.json --list); do "
             "python3 %s %s/data/water_cases/cases.json $c > case_$c.yaml; echo $c; done",
             test_folder(), path, shared, path, shared);
    FILE  *list = popen(command, "r");
    char   name[200];
    size_t count = 0;
    while (list != NULL && fscanf(list, "%199s", name) == 1) {
        snprintf(path, sizeof path, "%s/case_%s.yaml", test_folder(), name);
        loaded_text t = load_file(path);
        (void)loads(&t);
        done(&t);
        count++;
    }
    CHECK(count >= 20);
    if (list != NULL)
        pclose(list);
}

/* --- the contract's example --- */

static void seasons_and_time(const park_model *model)
{
    CHECK(!model->time.steady && model->time.seasons == 12);
    CHECK(model->time.end - model->time.start == 365 * 86400);
    CHECK_CLOSE(model->time.season[1].seconds, 28 * 86400.0, 1e-6);
    CHECK(model->calendars == 1 &&
          model->calendar[0].closed[0].end - model->calendar[0].closed[0].start == 8 * 86400);
}

static void money(const park_model *model)
{
    CHECK_CLOSE(model->economics.hours, 8000 * 3600.0, 1e-6);
    CHECK_CLOSE(model->economics.budget, 5e7, 1e-6);
    CHECK_CLOSE(model->economics.annual_factor * 365 * 86400, 0.1, 1e-15);
    /* 6 h at 1.05, 8 h (23-7) at 0.30, 10 h at 0.65: 15.2 / 24 CNY/kWh */
    CHECK_CLOSE(model->tariffs.power * 3.6e6, 15.2 / 24, 1e-12);
    CHECK_CLOSE(model->tariffs.power_hour[23] * 3.6e6, 0.30, 1e-12);
    CHECK_CLOSE(model->tariffs.power_hour[7] * 3.6e6, 0.65, 1e-12);
    CHECK(model->tariffs.tiers == 2);
    CHECK_CLOSE(model->tariffs.tier[0].upto, 1.2, 1e-15);
}

static void who_and_what(const park_model *model)
{
    CHECK(model->constituents == 10);
    CHECK_CLOSE(model->enterprise[0].value_added * 365 * 86400, 3.2e8, 1e-3);
    CHECK_CLOSE(model->enterprise[0].product[0].rate * 365 * 86400, 9.2e8, 1e-3);
    CHECK(model->targets == 4);
    CHECK(model->target[0].basis == PARK_BASIS_ALL_SOURCES && model->target[0].basis_given);
    CHECK_CLOSE(model->target[1].min * 365 * 86400, 12e4, 1e-6);
    CHECK_CLOSE(model->target[2].max, 0.029, 1e-15); /* 290 m3 per 10^4 CNY */
    CHECK_CLOSE(model->target[3].max, 0.136, 1e-15); /* 13.6 m3 per 100 m */
    CHECK(model->retrofits == 2 && model->retrofit[0].requires_count == 1 &&
          model->retrofit[0].requires_[0] == 1);
    CHECK_CLOSE(model->retrofit[0].change[0].value, 1.0, 1e-15); /* 1000 mg/L */
    CHECK(model->controls == 1 && model->control[0].below && model->control[0].open);
    CHECK(model->failures == 1 && model->failure[0].span.end - model->failure[0].span.start == 5 * 86400);
    int32_t dyeing = park_model_unit(model, "dyeing");
    CHECK(model->unit[dyeing].enterprise == 0 && model->unit[dyeing].duty == PARK_DUTY_MAIN &&
          model->unit[dyeing].calendar == 0);
    CHECK_CLOSE(model->unit[park_model_unit(model, "river")].at[2], 45.0, 0);
}

/* The catalogue's BWRO lets 72 % through; the file says 75 %. AO takes 88 % of the COD. */
static void catalogue_values(const loaded_text *t)
{
    const park_map *wwtp = map_of(t, "wwtp"), *demin = map_of(t, "demin");
    CHECK_CLOSE(wwtp->outlet[0].share[1], 0.12, 1e-12);
    CHECK_CLOSE(wwtp->energy_in, 0.45 * 3.6e6, 1e-6);
    CHECK_CLOSE(demin->outlet[0].alpha, 0.92 * 0.75 * 0.95, 1e-12);
    CHECK(isinf(t->loaded.model->grade[1].limit[5])); /* the set has no Ca */
}

static void contract_example_loads(void)
{
    loaded_text t = load_file(PARK_SOURCE_DIR "/tests/io/load/contract.yaml");
    if (loads(&t)) {
        seasons_and_time(t.loaded.model);
        money(t.loaded.model);
        who_and_what(t.loaded.model);
        catalogue_values(&t);
        CHECK(t.loaded.files == 3);   /* the scenario, what it includes, the CSV */
        CHECK(t.findings.count == 1); /* the GBK file */
        CHECK(found(&t, PARK_N0227, 0) != NULL);
        /* the GBK file: 2400 m3/d all year */
        CHECK_CLOSE(map_of(&t, "mine")->outlet[0].lo * 86400, 2400, 1e-9);
    }
    done(&t);
}

/* --- written out again --- */

/* Lines without comments and trailing blanks. */
static void strip(char *text)
{
    char *out = text;
    for (char *line = text; *line != '\0';) {
        char *end = line + strcspn(line, "\n"), *cut = end;
        for (char *at = line; at + 1 < end; at++)
            if (at[0] == ' ' && at[1] == '#') {
                cut = at;
                break;
            }
        while (cut > line && cut[-1] == ' ')
            cut--;
        bool more = *end == '\n';
        memmove(out, line, (size_t)(cut - line));
        out += cut - line;
        *out++ = '\n';
        line   = end + more;
    }
    *out = '\0';
}

static char *expanded(loaded_text *t)
{
    park_text out;
    park_text_init(&out, t->arena);
    CHECK(park_load_expand(&t->loaded, false, &out, NULL) == PARK_OK);
    char *text = park_arena_text(t->arena, park_text_done(&out), strlen(park_text_done(&out)));
    return text;
}

/* Every number of every unit's map is the same in both parks. */
static void same_maps(loaded_text *a, loaded_text *b)
{
    const park_model *model = a->loaded.model;
    CHECK(model->units == b->loaded.model->units && model->links == b->loaded.model->links);
    for (size_t u = 0; u < model->units; u++) {
        const park_map *m = map_of(a, model->unit[u].id), *n = map_of(b, model->unit[u].id);
        CHECK(m->opex_in == n->opex_in && m->opex_out == n->opex_out && m->energy_in == n->energy_in);
        CHECK(m->size_max == n->size_max && m->size_step == n->size_step && m->licence == n->licence);
        CHECK(memcmp(m->add, n->add, m->constituents * sizeof *m->add) == 0);
        for (size_t k = 0; k < m->outlets; k++) {
            CHECK(m->outlet[k].alpha == n->outlet[k].alpha && m->outlet[k].lo == n->outlet[k].lo &&
                  m->outlet[k].hi == n->outlet[k].hi);
            CHECK(memcmp(m->outlet[k].conc, n->outlet[k].conc, m->constituents * sizeof(double)) == 0);
            CHECK(memcmp(m->outlet[k].share, n->outlet[k].share, m->constituents * sizeof(double)) == 0);
        }
    }
}

static void expansion_of(const char *path, const char *copy)
{
    loaded_text first = load_file(path);
    char       *text  = expanded(&first);
    char        command[1400];
    CHECK(strstr(text, "# default") != NULL);
    snprintf(command, sizeof command, "cp %s/tests/io/load/mine.csv %s/", PARK_SOURCE_DIR, test_folder());
    CHECK(system(command) == 0);
    loaded_text second = load_file(test_file(copy, text, strlen(text)));
    if (loads(&second)) {
        same_maps(&first, &second);
        char *again = expanded(&second);
        strip(text);
        strip(again);
        CHECK(strcmp(text, again) == 0);
    }
    done(&second);
    done(&first);
}

static void expanded_park_loads_to_the_same_model(void)
{
    expansion_of(PARK_SOURCE_DIR "/tests/io/load/contract.yaml", "expanded.yaml");
    expansion_of(PARK_SOURCE_DIR "/scenarios/parks/yueyang.yaml", "expanded2.yaml");
}

static void assumptions_say_where_they_come_from(void)
{
    loaded_text t    = load_file(PARK_SOURCE_DIR "/tests/io/load/contract.yaml");
    bool        file = false, fallback = false, catalogue = false;
    for (size_t i = 0; i < t.loaded.assumptions; i++) {
        const park_assumption *a = &t.loaded.assumption[i];
        if (strcmp(a->path, "sources.river.capacity") == 0)
            file = strcmp(a->value, "2500 m3/h") == 0 && strcmp(a->origin, "file") == 0 &&
                   strcmp(a->source_class, "illustrative") == 0;
        if (strcmp(a->path, "carbon.price") == 0)
            file = file && strcmp(a->origin, "file") == 0;
        if (strcmp(a->path, "sources.city.tax") == 0)
            fallback = strcmp(a->origin, "default") == 0;
        if (strcmp(a->path, "treatments.wwtp.energy") == 0)
            catalogue = strcmp(a->origin, "catalogue AO") == 0 && a->source_class[0] != '\0';
    }
    CHECK(file && fallback && catalogue);
    done(&t);
}

/* --- weather --- */

/* Drawn days keep the normals: July in Yueyang rains 180.6 mm at 29.1 C; the same seed draws the same. */
static void drawn_weather_keeps_the_normals(void)
{
    const char *text = HEAD
        "period: {start: 2024-01-01, end: 2026-01-01}\nweather: {generator: yueyang, seed: 3}\n" RIVER WASH
                OUTFALL;
    loaded_text t = load_text(text), again = load_text(text);
    if (loads(&t) && loads(&again)) {
        const park_model   *model = t.loaded.model;
        const park_pattern *rain  = &model->pattern[model->weather.rain];
        const park_pattern *air   = &model->pattern[model->weather.temperature];
        CHECK(rain->count == 731);
        double july = 0.0, warmth = 0.0, year = 0.0;
        size_t dry = 0;
        for (size_t d = 0; d < rain->count; d++) {
            park_civil at = park_civil_at(rain->time[d], PARK_OFFSET_CHINA);
            CHECK(rain->value[d] >= 0.0);
            if (at.year == 2025)
                year += rain->value[d] * 86400;
            if (at.year == 2025 && at.month == 7) {
                july += rain->value[d] * 86400;
                warmth += air->value[d] / 31;
            }
            dry += rain->value[d] == 0.0;
        }
        CHECK_CLOSE(july, 0.1806, 1e-12);
        CHECK_CLOSE(warmth, 29.1 + 273.15, 1e-9);
        CHECK_CLOSE(year, 1.3535, 1e-12);
        CHECK(dry > 731 / 2 && dry < 731 * 4 / 5); /* normals: 133 days of rain a year */
        CHECK(memcmp(rain->value, again.loaded.model->pattern[again.loaded.model->weather.rain].value,
                     rain->count * sizeof(double)) == 0);
    }
    done(&t);
    done(&again);
}

/* By hours: 24 values a day, evaporation by days, other years other weather; months as drawn do not hold the normal. */
static void drawn_weather_by_hours_and_years(void)
{
    static const char *const YEAR[] = {"year: 0", "year: 4"};
    double                   total[2];
    for (int i = 0; i < 2; i++) {
        char text[600];
        snprintf(text, sizeof text, "%s", HEAD "period: {start: 2025-01-01, end: 2026-01-01}\n");
        snprintf(text + strlen(text), sizeof text - strlen(text),
                 "weather: {generator: yueyang, seed: 3, every: hour, months: varying, %s}\n%s", YEAR[i],
                 RIVER WASH OUTFALL);
        loaded_text t = load_text(text);
        if (loads(&t)) {
            const park_model   *model = t.loaded.model;
            const park_pattern *rain  = &model->pattern[model->weather.rain];
            CHECK(rain->count == 8760 && rain->time[1] - rain->time[0] == 3600);
            CHECK(model->weather.evaporation >= 0 && model->pattern[model->weather.evaporation].count == 365);
            total[i] = 0.0;
            for (size_t h = 0; h < rain->count; h++)
                total[i] += rain->value[h] * 3600.0;
        }
        done(&t);
    }
    CHECK(total[0] != total[1] && fabs(total[0] - 1.3535) > 1e-6 && total[0] > 0.7 && total[0] < 2.2);
}

/* mm of each row's own day, a temperature in C, and a column named by the file. */
static void weather_from_csv(void)
{
    static const char CSV[] =
        "date,T,雨量,RH\n2025-01-01,10,0,50\n2025-01-02,12,8.64,60\n2025-01-03,14,0,70\n";
    (void)test_file("w.csv", CSV, sizeof CSV - 1);
    loaded_text t = load_text(
        HEAD
        "period: {start: 2025-01-01, end: 2025-01-04}\nweather: {csv: w.csv, columns: {rain: 雨量}}\n" RIVER
            WASH OUTFALL);
    if (loads(&t)) {
        const park_model *model = t.loaded.model;
        CHECK_CLOSE(model->pattern[model->weather.rain].value[1], 0.00864 / 86400, 1e-20);
        CHECK_CLOSE(model->pattern[model->weather.temperature].value[2], 287.15, 1e-12);
        CHECK_CLOSE(model->pattern[model->weather.humidity].value[0], 0.5, 1e-15);
        CHECK(model->weather.radiation == -1);
    }
    done(&t);
}

/* --- studies and regions --- */

/* A run that need not exist: the loader asks, somebody answers. */
static park_status any_park(void *user, const char *path, bool file, park_arena *arena,
                            park_region_park *park, park_error *err)
{
    (void)user, (void)arena, (void)err;
    CHECK(!file && strstr(path, "out/yueyang/run.h5") != NULL);
    *park                           = (park_region_park){.added = 2e9, .price_year = 2020, .running = NAN};
    park->flow[PARK_REGION_SURFACE] = 1e7, park->flow[PARK_REGION_REUSED] = 9e7;
    return PARK_OK;
}

static void a_region_takes_its_parks_from_runs(void)
{
    const char              *path    = PARK_SOURCE_DIR "/tests/io/load/region.yaml";
    const park_region_reader parks   = {.read = any_park};
    const park_load_options  options = {.parks = &parks};
    park_arena              *arena   = park_arena_new();
    park_findings            findings;
    park_loaded              loaded;
    park_error               err = {0};
    park_findings_init(&findings, arena);
    CHECK(park_load(path, &options, arena, &loaded, &findings, &err) == PARK_OK);
    CHECK(findings.errors == 0 && loaded.region != NULL);
    int32_t at = -1;
    for (size_t m = 0; loaded.region != NULL && m < loaded.region->members; m++)
        if (strcmp(loaded.region->member[m].id, "yueyang") == 0)
            at = (int32_t)m;
    CHECK(at >= 0);
    if (at >= 0)
        CHECK_CLOSE(loaded.region->volume[(size_t)at * loaded.region->years * PARK_REGION_FLOWS], 1e7, 1e-6);
    park_findings_init(&findings, arena); /* nobody who could read it */
    CHECK(park_load(path, NULL, arena, &loaded, &findings, &err) == PARK_E_INPUT && findings.errors > 0);
    park_arena_free(arena);
}

static void studies_and_regions_are_checked(void)
{
    loaded_text t = load_file(PARK_SOURCE_DIR "/tests/io/load/study.yaml");
    CHECK(t.status == PARK_OK && t.loaded.document == PARK_DOCUMENT_STUDY && t.loaded.model == NULL);
    if (t.status != PARK_OK)
        show(&t);
    done(&t);
    t = load_text("parkwater_study: 1\nbase: park.yaml\nvary:\n  - {set: a, times: [1, x]}\n  - {set: b}\n  "
                  "- {sett: c}\ncombine: crossed\n");
    CHECK(t.status == PARK_E_INPUT && t.findings.errors == 4);
    done(&t);
}

/* --- memory --- */

/* Whatever allocation fails, the call says so and nothing crashes. */
static void memory_may_fail_anywhere(void)
{
    const char *path    = test_file("memory.yaml", SMALL, sizeof SMALL - 1);
    size_t      failed  = 0;
    bool        through = false;
    for (size_t n = 1; n < 200000 && !through; n += 1 + n / 40) {
        park_arena   *arena = park_arena_new();
        park_findings findings;
        park_loaded   loaded;
        park_error    err = {0};
        park_findings_init(&findings, arena);
        park_arena_fail_after(arena, n);
        park_status status = park_load(path, NULL, arena, &loaded, &findings, &err);
        through            = status == PARK_OK;
        CHECK(through || status == PARK_E_MEMORY);
        failed += status == PARK_E_MEMORY;
        park_arena_free(arena);
    }
    CHECK(through && failed > 50);
}

static void absent_file_is_a_file_error(void)
{
    loaded_text t = load_file("/nowhere/park.yaml");
    CHECK(t.status == PARK_E_FILE);
    done(&t);
}

int main(void)
{
    RUN(small_park_loads_in_si);
    RUN(nothing_but_sources_users_sinks_is_a_park);
    RUN(published_cases_load);
    RUN(contract_example_loads);
    RUN(expanded_park_loads_to_the_same_model);
    RUN(assumptions_say_where_they_come_from);
    RUN(drawn_weather_keeps_the_normals);
    RUN(drawn_weather_by_hours_and_years);
    RUN(weather_from_csv);
    RUN(studies_and_regions_are_checked);
    RUN(a_region_takes_its_parks_from_runs);
    RUN(memory_may_fail_anywhere);
    RUN(absent_file_is_a_file_error);
    return park_test_done();
}
