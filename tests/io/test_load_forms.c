/*
 * Each form that a word may take loads, and means what its sentence says.
 */
#include "load_text.h"

#include "units/kind.h"

#define HEAD "parkwater: 1\nconstituents: [COD]\n"
#define RIVER "sources: {river: {kind: surface, quality: {COD: 12 mg/L}}}\n"
#define USERS "users: {wash: {kind: process, demand: 36 m3/h}}\n"
#define SINKS "sinks: {outfall: {kind: outfall}}\n"
#define YEAR "period: {start: 2025-01-01, end: 2026-01-01}\n"

/* The wash's flow in a season of the loaded park [m3/h]. */
static double flow(const loaded_text *t, int32_t season)
{
    int32_t   unit = park_model_unit(t->loaded.model, "wash");
    park_map *map  = park_map_new(t->arena, t->loaded.model, unit);
    if (map == NULL || park_unit_average(t->loaded.model, unit, season, map, NULL) != PARK_OK)
        return NAN;
    return map->in_lo[0] * 3600;
}

static bool loads(const loaded_text *t, const char *what)
{
    bool ok = t->status == PARK_OK && t->loaded.model != NULL;
    CHECK(ok);
    if (!ok) {
        fprintf(stderr, "%s\n", what);
        show(t);
    }
    return ok;
}

/* Means by hand: (30 + 42) / 2; 31 days of January; a two-day CSV with a gap held. */
static void demands_in_all_forms(void)
{
    static const char CSV[] = "time;Q\n2025-01-01;24\n2025-01-02;\n2025-01-03;48\n";
    (void)test_file("q.csv", CSV, sizeof CSV - 1);
    static const struct {
        const char *demand;
        double      july, january; /* [m3/h] */
    } CASES[] = {
        {"36 m3/h", 36, 36},
        {"\"36 m3/h\"", 36, 36},
        {"３６ 立方米/小时", 36, 36},
        {"864 m3/d", 36, 36},
        {"{every: 12h, values: [30 m3/h, 42 m3/h]}", 36, 36},
        {"{every: 12h, unit: m3/h, values: [30, 42]}", 36, 36},
        {"{monthly: [12, 0, 0, 0, 0, 0, 40, 0, 0, 0, 0, 0], unit: m3/h}", 40, 12},
        {"{base: 20 m3/h, pattern: summer}", 40, 2},
        {"{base: 20 m3/h, pattern: {every: 12h, factors: [0.5, 1.5]}}", 20, 20},
        {"{csv: q.csv, column: Q, unit: m3/h, gaps: hold}", 48, (24 * 2 + 48 * 29) / 31.0},
        {"{csv: q.csv, column: Q, unit: m3/h, gaps: linear, time: time}", 48, (24 + 36 + 48 * 29) / 31.0},
    };
    char text[2000];
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        snprintf(
            text, sizeof text,
            HEAD YEAR
            "seasons: months\npatterns: {summer: {monthly: [0.1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0]}}\n" RIVER
                SINKS "users: {wash: {kind: process, demand: %s}}\n",
            CASES[i].demand);
        loaded_text t = load_text(text);
        if (loads(&t, CASES[i].demand)) {
            CHECK_CLOSE(flow(&t, 6), CASES[i].july, 1e-9);
            CHECK_CLOSE(flow(&t, 0), CASES[i].january, 1e-9);
        }
        done(&t);
    }
}

static void seasons_in_all_forms(void)
{
    static const struct {
        const char *text;
        size_t      seasons;
        double      first; /* days of the first season */
    } CASES[] = {
        {"", 1, 365},
        {"seasons: steady\n", 1, 365},
        {"seasons: months\n", 12, 31},
        {"seasons: quarters\n", 4, 90},
        {"seasons: {july_peak: {dates: 07-10..07-20, name: {zh: 七月高峰, en: July}}, rest: {rest: true}}\n",
         2, 354},
        {"seasons: {winter: {dates: 11-01..02-28}, summer: {dates: 03-01..10-31}}\n", 2, 120},
    };
    char text[2000];
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        snprintf(text, sizeof text, HEAD YEAR "%s" RIVER USERS SINKS, CASES[i].text);
        loaded_text t = load_text(text);
        if (loads(&t, CASES[i].text)) {
            CHECK(t.loaded.model->time.seasons == CASES[i].seasons);
            CHECK_CLOSE(t.loaded.model->time.season[0].seconds / 86400, CASES[i].first, 1e-9);
        }
        done(&t);
    }
}

static void connections_in_all_forms(void)
{
    static const struct {
        const char *text;
        size_t      links, candidates;
    } CASES[] = {
        {"", 2, 2},
        {"connections: {candidates: all}\n", 2, 2},
        {"connections: {existing: [[river, wash], [wash, outfall]]}\n", 2, 0},
        {"connections: {existing: {a: {from: river, to: wash}, b: [wash, outfall]}, candidates: none}\n", 2,
         0},
        {"connections: {existing: [[river, wash]], candidates: [[wash, \"*\"]]}\n", 2, 1},
        {"connections: {existing: [[river, wash]], candidates: {c: {from: wash, to: outfall, length: 900 m, "
         "lift: 4 m, capacity: {min: 10 m3/h, max: 80 m3/h}}}}\n",
         2, 1},
        {"connections: {candidates: all, self: true}\n", 3, 3},
        {"connections: {candidates: all, self: true, forbid: [[wash, w*h]]}\n", 2, 2},
    };
    char text[2000];
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        snprintf(text, sizeof text, HEAD "%s" RIVER USERS SINKS, CASES[i].text);
        loaded_text t = load_text(text);
        if (loads(&t, CASES[i].text)) {
            size_t candidates = 0;
            for (size_t l = 0; l < t.loaded.model->links; l++)
                candidates += !t.loaded.model->link[l].existing;
            CHECK(t.loaded.model->links == CASES[i].links && candidates == CASES[i].candidates);
        }
        done(&t);
    }
}

/* Words that only have to be taken. */
static void further_forms_load(void)
{
    static const char *const CASES[] = {
        "name: 园区\n",
        "name: {en: Park}\n",
        "x-a: 1\nx-b: {c: [d]}\n",
        "constituents: {COD: {typical: 80 mg/L, name: {zh: 需氧量}}, dye: {unit: mg/L, mixes: mass}}\n",
        "constituents: [COD, {dye: {unit: g/L}}]\n",
        "calendars: {works: {closed: 2025-05-01, x-why: holiday}}\n",
        "enterprises: {a: {name: {zh: 甲}, products: {cloth: {name: {zh: 布}, rate: 3 t/a}, power: 5 "
        "亿kWh/a, cars: 3 万辆/a}}}\n",
        "economics: {budget: 5000 万元, life: 20 a, hours: 8760 h/a}\n",
        "tariffs: {power: 0.6 元/kWh}\n",
        "tariffs: {power: {peak: {hours: [8-11, 18-21], price: 1 CNY/kWh}, valley: {hours: [22-6], price: "
        "0.3 CNY/kWh}, flat: 0.6 CNY/kWh}}\n",
        "objective: [fresh_water, cost]\n",
        "objective: carbon\n",
        "targets: {intake: {max: 40 万m3/a}, discharge_rate: {max: 100 %, basis: conventional}, cost: {max: "
        "900 万元/a, indicative: true}, x-why: plan}\n",
        "grades: {g: {name: 一级, limits: {COD: 50 mg/L}, deny_origin: wastewater}}\n",
        "treatments: {t: {technology: removal, recovery: 75 %, rejection: {COD: 90 %}, capacity: {max: 50 "
        "m3/h}, role: waste, accepts: [wash]}}\nconnections: {candidates: all}\n",
        "treatments: {t: {technology: removal, removal: {COD: -10 %}, capex: 300 万元, capacity: 40 "
        "m3/h}}\nconnections: {candidates: all}\n",
        "storages: {pond: {kind: pond, volume: 3000 m3, area: 1 ha}}\ninitial: {pond: 50 %}\nconnections: "
        "{candidates: all}\n",
        "failures: {f: {unit: wash, from: 2025-07-10, to: 2025-07-12T06:00}}\n",
    };
    char text[3000];
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *own = strncmp(CASES[i], "constituents", 12) == 0 ? "" : "constituents: [COD]\n";
        snprintf(text, sizeof text,
                 "parkwater: 1\n%s%ssources: {river: {kind: surface, x-note: n, quality: {COD: 12 mg/L%s, "
                 "x-when: 2024}}}\n" USERS SINKS,
                 own, CASES[i], strstr(CASES[i], "dye") != NULL ? ", dye: 0 g/L" : "");
        loaded_text t = load_text(text);
        (void)loads(&t, CASES[i]);
        done(&t);
    }
}

static void a_front_is_two_objectives_and_a_number_of_points(void)
{
    static const struct {
        const char *text;
        int32_t     points;
    } CASES[] = {{"objective: {pareto: [fresh_water, cost], points: 7}\n", 7},
                 {"objective: {pareto: [fresh_water, cost]}\n", 15},
                 {"objective: [fresh_water, cost]\n", 0}};
    char text[3000];
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        snprintf(text, sizeof text, HEAD "%s" RIVER USERS SINKS, CASES[i].text);
        loaded_text t = load_text(text);
        if (loads(&t, CASES[i].text)) {
            const park_model *m = t.loaded.model;
            CHECK(m->front_points == CASES[i].points && m->objectives == 2);
            CHECK(m->objective[0] == PARK_MIN_FRESH_WATER && m->objective[1] == PARK_MIN_COST);
        }
        done(&t);
    }
}

static void laws_of_what_is_uncertain(void)
{
    static const struct {
        const char *law;
        double      low, median; /* quantiles at 0.1 and 0.5 [m3/h], [-] */
    } CASES[] = {
        {"times: {normal: {mean: 1, sd: 0.1}}", 1 - 0.12815515655446, 1},
        {"times: {normal: {mean: 2, cv: 10 %}}", 2 - 0.2 * 1.2815515655446, 2},
        {"set: {normal: {mean: 36 m3/h, sd: 240 m3/d}}", (36 - 10 * 1.2815515655446) / 3600, 0.01},
        {"times: {lognormal: {mean: 1, cv: 1}}", 0.2433, 0.70710678118655},
        {"add: {uniform: {min: -3.6 m3/h, max: 3.6 m3/h}}", -0.0008, 0},
        {"times: {triangular: {min: 0, mode: 1, max: 2}}", 0.44721359549996, 1},
        {"times: [0.8, 1, 1.2]", 0.8, 1},
        {"times: {discrete: [2, 1]}", 1, 1},
        {"times: {discrete: {values: [0.5, 2], weights: [1, 3]}}", 0.5, 2},
    };
    char text[3000];
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        snprintf(text, sizeof text,
                 HEAD RIVER USERS SINKS
                 "objective: {robust: worst}\nuncertainty: {users.wash.demand: {%s}, x-note: n, draws: 12}\n",
                 CASES[i].law);
        loaded_text t = load_text(text);
        if (loads(&t, CASES[i].law)) {
            const park_model *m = t.loaded.model;
            CHECK(m->robust == PARK_ROBUST_WORST && m->uncertains == 1 && m->draws == 12 &&
                  m->draw_seed == 1);
            CHECK_TEXT(m->uncertain[0].path, "users.wash.demand");
            CHECK_CLOSE(park_distribution_quantile(&m->uncertain[0].law, 0.5), CASES[i].median, 1e-12);
            CHECK_CLOSE(park_distribution_quantile(&m->uncertain[0].law, 0.1), CASES[i].low, 1e-4);
        }
        done(&t);
    }
    loaded_text t = load_text(
        HEAD RIVER USERS SINKS
        "uncertainty: {sources.river.quality.COD: {set: {uniform: {min: 8 mg/L, max: 12 mg/L}}}}\n");
    if (loads(&t, "a quality")) {
        CHECK(t.loaded.model->robust == PARK_ROBUST_NONE && t.loaded.model->draws == PARK_FUTURES_DRAWN);
        CHECK(t.loaded.model->uncertain[0].change.constituent == 0);
        CHECK_CLOSE(t.loaded.model->uncertain[0].law.max, 0.012, 1e-15);
    }
    done(&t);
}

/* Years in any order; what may have been spent up to each. */
static void a_budget_by_years_makes_stages(void)
{
    loaded_text t =
        load_text(HEAD RIVER USERS SINKS "economics: {budget: {2027: 3 万元, 2025: 1 万元, 2026: 0 CNY}}\n");
    if (loads(&t, "stages")) {
        const park_economics *e = &t.loaded.model->economics;
        CHECK(e->stages == 3 && e->stage_year[0] == 2025 && e->stage_year[2] == 2027);
        CHECK(e->stage_budget[0] == 1e4 && e->stage_budget[1] == 1e4 && e->stage_budget[2] == 4e4);
        CHECK(e->budget == 4e4);
    }
    done(&t);
    t = load_text(HEAD RIVER USERS SINKS "economics: {budget: {2025: 3 万元}}\n");
    if (loads(&t, "one year"))
        CHECK(t.loaded.model->economics.stages == 0 && t.loaded.model->economics.budget == 3e4);
    done(&t);
}

static void initial_levels_reach_the_storage(void)
{
    loaded_text t =
        load_text(HEAD RIVER USERS SINKS "storages: {pond: {kind: pond, volume: 3000 m3, area: 1 "
                                         "ha}}\ninitial: {pond: 50 %}\nconnections: {candidates: all}\n");
    if (loads(&t, "initial")) {
        int32_t   pond = park_model_unit(t.loaded.model, "pond");
        park_map *map  = park_map_new(t.arena, t.loaded.model, pond);
        CHECK(park_unit_average(t.loaded.model, pond, 0, map, NULL) == PARK_OK);
        CHECK_CLOSE(map->volume_start, 1500, 1e-9);
        CHECK(!t.loaded.model->time.periodic);
    }
    done(&t);
}

/* An outlet takes a limit set, one fixed level beside it. */
static void outlets_take_limit_sets(void)
{
    loaded_text t = load_text("parkwater: 1\nconstituents: [COD, TN]\nsources: {river: {kind: surface, "
                              "quality: {COD: 1 mg/L, TN: 1 mg/L}}}\n"
                              "users: {wash: {demand: 36 m3/h, outlet: {standard: GB 18918-2002/1A, TN: "
                              "{fixed: 3 mg/L N}}}}\n" SINKS);
    if (loads(&t, "outlet")) {
        int32_t   wash = park_model_unit(t.loaded.model, "wash");
        park_map *map  = park_map_new(t.arena, t.loaded.model, wash);
        CHECK(park_unit_average(t.loaded.model, wash, 0, map, NULL) == PARK_OK);
        CHECK_CLOSE(map->outlet[0].limit[0], 0.050, 1e-15);
        CHECK_CLOSE(map->add_per_flow[1], 0.003, 1e-15);
    }
    done(&t);
}

/* A text in memory is a park too. */
static void texts_load_without_a_file(void)
{
    static const char TEXT[]                      = HEAD RIVER USERS SINKS;
    loaded_text                                 t = {.arena = park_arena_new()};
    park_findings_init(&t.findings, t.arena);
    t.status = park_load_text("memory", TEXT, sizeof TEXT - 1, NULL, t.arena, &t.loaded, &t.findings, &t.err);
    (void)loads(&t, "text");
    done(&t);
}

/* A folder that is allowed may be named; without leave it may not. */
static void folders_need_leave(void)
{
    static const char CSV[]   = "time,Q\n2025-01-01,24\n2025-01-02,48\n";
    char              other[] = "/tmp/parkwater_XXXXXX", path[200], text[1000];
    CHECK(mkdtemp(other) != NULL);
    snprintf(path, sizeof path, "%s/q.csv", other);
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL && fputs(CSV, file) != EOF && fclose(file) == 0);
    snprintf(text, sizeof text,
             HEAD YEAR RIVER SINKS "users: {wash: {demand: {csv: %s, column: Q, unit: m3/h}}}\n", path);
    loaded_text t = load_text(text);
    CHECK(found(&t, PARK_E0122, 0) != NULL);
    done(&t);
    const char       *allowed[] = {other};
    park_load_options options   = {.allow_path = allowed, .allow_paths = 1};
    t                           = (loaded_text){.arena = park_arena_new()};
    park_findings_init(&t.findings, t.arena);
    t.status = park_load(test_file("park.yaml", text, strlen(text)), &options, t.arena, &t.loaded,
                         &t.findings, &t.err);
    (void)loads(&t, "allowed");
    CHECK(t.loaded.files == 2);
    done(&t);
    remove(path);
    rmdir(other);
}

/* Each form of a control, with its units: levels become events, everything else looks. */
static void controls_in_all_forms(void)
{
    loaded_text t = load_text(HEAD YEAR RIVER
                              "users: {wash: {kind: process, demand: 36 m3/h}}\n"
                              "storages: {pond: {kind: pond, volume: {max: 900 m3}, existing: true}}\n" SINKS
                              "connections: {existing: {a: {from: river, to: wash}, b: {from: pond, to: "
                              "wash}, f: {from: river, to: pond}, "
                              "d: {from: wash, to: outfall}}}\n"
                              "controls:\n"
                              "- {when: pond.level < 20 %, do: open a, hysteresis: 5 %}\n"
                              "- {when: a.flow > 7.2 m3/h, do: close b, every: 30 min}\n"
                              "- {when: wash.inlet.COD > 30 mg/L, do: open a}\n"
                              "- {hours: [22-6, 12-13], do: open f}\n"
                              "- {pid: {hold: pond.level, at: 60 %, by: f, range: {min: 3.6 m3/h, max: 36 "
                              "m3/h}, gain: -2, reset: 2 h, start: 18 m3/h}}\n"
                              "- {pid: {hold: wash.COD, at: 40 mg/L, by: a, range: {max: 36 m3/h}}}\n"
                              "- {blend: {from: b, with: a, hold: {COD: 25 mg/L}}}\n"
                              "- {priority: {of: wash, order: COD}}\n"
                              "- {priority: {of: wash, order: [b, a]}}\n"
                              "failures: {f1: {unit: river, from: 2025-07-10, for: 5 d, lost: 25 %}}\n");
    if (loads(&t, "controls")) {
        const park_model     *m = t.loaded.model;
        const park_regulator *r = m->regulator;
        CHECK(m->controls == 1 && m->regulators == 8);
        CHECK_CLOSE(m->control[0].hysteresis, 0.05, 1e-15);
        CHECK(r[0].kind == PARK_REGULATE_SWITCH && r[0].probe.kind == PARK_PROBE_FLOW && !r[0].open &&
              r[0].every == 1800);
        CHECK_CLOSE(r[0].at * 3600.0, 7.2, 1e-12);
        CHECK(r[0].link[0] == park_model_link(m, "b") && r[0].probe.index == park_model_link(m, "a"));
        CHECK(r[1].probe.kind == PARK_PROBE_INLET && r[1].probe.index == park_model_inlet(m, "wash"));
        CHECK_CLOSE(r[1].at, 0.03, 1e-15);
        CHECK(r[2].kind == PARK_REGULATE_CLOCK && r[2].hour[23] && r[2].hour[5] && !r[2].hour[6] &&
              r[2].hour[12] && !r[2].hour[13]);
        CHECK(r[3].kind == PARK_REGULATE_PID && r[3].probe.index == park_model_unit(m, "pond"));
        CHECK_CLOSE(r[3].least * 3600.0, 3.6, 1e-12);
        CHECK_CLOSE(r[3].start * 3600.0, 18.0, 1e-12);
        CHECK(r[3].gain == -2.0 && r[3].reset == 7200.0 && r[3].rate == 0.0 && r[3].every == 900);
        CHECK(r[4].probe.kind == PARK_PROBE_OUTLET && isnan(r[4].start) && r[4].least == 0.0 &&
              r[4].gain == 1.0 && r[4].reset == 3600.0);
        CHECK(r[5].kind == PARK_REGULATE_BLEND && r[5].inlet == park_model_inlet(m, "wash"));
        CHECK_CLOSE(r[5].hold[0], 0.025, 1e-15);
        CHECK(r[6].order == 0 && r[6].ranks == 0);
        CHECK(r[7].ranks == 2 && r[7].rank[0] == park_model_link(m, "b"));
        CHECK_CLOSE(m->failure[0].lost, 0.25, 1e-15);
    }
    done(&t);
}

/* Prices by the hour keep their rate; what the plan does not know is said. */
static void tariffs_in_all_forms(void)
{
    loaded_text t =
        load_text(HEAD YEAR RIVER USERS SINKS
                  "tariffs: {power: {peak: {hours: [10-12, 18-22], price: 1.05 CNY/kWh}, flat: 0.65 CNY/kWh, "
                  "valley: {hours: [23-7], "
                  "price: 0.3 CNY/kWh}, demand_charge: 32 CNY/kW/month}, "
                  "tap: {tiers: [{to: 50 %, times: 1}, {above: 50 %, times: 2}], of: licence}}\n");
    if (loads(&t, "tariffs")) {
        const park_tariffs *f = &t.loaded.model->tariffs;
        CHECK(f->rate_of_hour[10] == PARK_RATE_PEAK && f->rate_of_hour[12] == PARK_RATE_FLAT &&
              f->rate_of_hour[0] == PARK_RATE_VALLEY);
        CHECK_CLOSE(f->power_hour[21] * 3.6e6, 1.05, 1e-12);
        CHECK_CLOSE(f->power * 3.6e6, (6 * 1.05 + 8 * 0.3 + 10 * 0.65) / 24.0, 1e-12);
        CHECK_CLOSE(f->demand_charge * 1000.0 * 365.0 * 86400.0 / 12.0, 32.0, 1e-9);
        CHECK(found(&t, PARK_N0523, 0) != NULL && found(&t, PARK_N0523, 1) == NULL);
    }
    done(&t);
    t = load_text(HEAD YEAR RIVER USERS SINKS
                  "economics: {budget: {2025: 10 万元, 2026: 10 万元}}\n"
                  "tariffs: {tap: {tiers: [{to: 50 %, times: 1}, {above: 50 %, times: 2}], of: licence}}\n");
    CHECK(loads(&t, "staged") && found(&t, PARK_N0523, 0) == NULL); /* each stage pays its own */
    done(&t);
}

int main(void)
{
    RUN(demands_in_all_forms);
    RUN(seasons_in_all_forms);
    RUN(connections_in_all_forms);
    RUN(further_forms_load);
    RUN(a_front_is_two_objectives_and_a_number_of_points);
    RUN(laws_of_what_is_uncertain);
    RUN(a_budget_by_years_makes_stages);
    RUN(initial_levels_reach_the_storage);
    RUN(outlets_take_limit_sets);
    RUN(texts_load_without_a_file);
    RUN(folders_need_leave);
    RUN(controls_in_all_forms);
    RUN(tariffs_in_all_forms);
    return park_test_done();
}
