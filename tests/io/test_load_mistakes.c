/*
 * What the loader says about mistakes: each at its place, all at once, in words of the unit as written.
 */
#include "load_text.h"

#define HEAD "parkwater: 1\nconstituents: [COD, Ca]\n"
#define RIVER "sources: {river: {kind: surface, quality: {COD: 12 mg/L, Ca: 40 mg/L}}}\n"
#define USERS "users: {wash: {kind: process, demand: 36 m3/h}}\n"
#define SINKS "sinks: {outfall: {kind: outfall}}\n"

/* Ten different mistakes; places counted by hand in this text. */
static const char TEN[] = "parkwater: 1\n"                                                /* 1 */
                          "constituents: [COD, Ca]\n"                                     /* 2 */
                          "sources:\n"                                                    /* 3 */
                          "  river: {kind: surfce, quality: {COD: 12 mg/L}}\n"            /* 4 */
                          "  lake:\n"                                                     /* 5 */
                          "    kind: surface\n"                                           /* 6 */
                          "    capacity: -5 m3/h\n"                                       /* 7 */
                          "    price: 2.05\n"                                             /* 8 */
                          "    quality: {COD: 12 mg/L, Ca: 40 m3/h, Fe: 1 mg/L}\n"        /* 9 */
                          "users:\n"                                                      /* 10 */
                          "  wash: {kind: process, demnd: 36 m3/h, demand: 1e999 m3/h}\n" /* 11 */
                          "treatments:\n"                                                 /* 12 */
                          "  ro: {technology: BRWO, capacity: 60 m3/h}\n"                 /* 13 */
                          "sinks:\n"                                                      /* 14 */
                          "  outfall: {kind: outfall, limits: {COD: 94}}\n"               /* 15 */
                          "connections: {existing: [[lake, wsh]]}\n";                     /* 16 */

static void at(const loaded_text *t, park_code code, size_t n, int line, int column)
{
    const park_finding *f = found(t, code, n);
    CHECK(f != NULL);
    if (f != NULL && (f->line != line || f->column != column))
        fprintf(stderr, "%s is at %d:%d, want %d:%d: %s\n", park_code_name(code), f->line, f->column, line,
                column, f->en);
    CHECK(f != NULL && f->line == line && f->column == column && f->file != NULL && f->source != NULL);
}

static void ten_mistakes_are_told_at_once(void)
{
    loaded_text t = load_text(TEN);
    CHECK(t.status == PARK_E_INPUT && t.loaded.model == NULL);
    CHECK(t.findings.errors == 10);
    if (t.findings.errors != 10)
        show(&t);
    at(&t, PARK_E0318, 0, 4, 17);  /* surfce */
    at(&t, PARK_E0303, 0, 7, 15);  /* -5 m3/h */
    at(&t, PARK_E0205, 0, 8, 12);  /* 2.05 */
    at(&t, PARK_E0207, 0, 9, 36);  /* m3/h behind 40 */
    at(&t, PARK_E0313, 0, 9, 42);  /* Fe */
    at(&t, PARK_E0312, 0, 11, 25); /* demnd */
    at(&t, PARK_E0202, 0, 11, 49); /* 1e999 */
    at(&t, PARK_E0318, 1, 13, 20); /* BRWO */
    at(&t, PARK_E0205, 1, 15, 42); /* 94 */
    at(&t, PARK_E0316, 0, 16, 33); /* wsh */
    const park_finding *f = found(&t, PARK_E0312, 0);
    CHECK_TEXT(f->en, "unknown key 'demnd' in users.wash; did you mean 'demand'?");
    CHECK_TEXT(f->zh, "未知的键“demnd”（位于 users.wash）；是否为“demand”？");
    CHECK(strstr(found(&t, PARK_E0303, 0)->en, "at least 0 m3/h") != NULL);
    CHECK(strstr(found(&t, PARK_E0318, 1)->en, "BWRO") != NULL);
    CHECK_TEXT(found(&t, PARK_E0316, 0)->en, "there is no unit 'wsh' in this park; did you mean 'wash'?");
    CHECK_TEXT(found(&t, PARK_E0316, 0)->zh, "本园区没有单元“wsh”；是否为“wash”？");
    done(&t);
}

/* One line of YAML and the code that it must give. */
typedef struct wrong {
    const char *text;
    park_code   code;
} wrong;

static void each_gives(const wrong *cases, size_t count, const char *before, const char *after)
{
    char text[4000];
    for (size_t i = 0; i < count; i++) {
        snprintf(text, sizeof text, "%s%s\n%s", before, cases[i].text, after);
        loaded_text t = load_text(text);
        bool ok = t.status == PARK_E_INPUT && t.loaded.model == NULL && found(&t, cases[i].code, 0) != NULL;
        CHECK(ok);
        if (!ok) {
            fprintf(stderr, "%s: want %s\n", cases[i].text, park_code_name(cases[i].code));
            show(&t);
        }
        const park_finding *f = found(&t, cases[i].code, 0);
        CHECK(f == NULL || (f->line > 0 && f->column > 0 && f->zh != NULL && f->zh[0] != '\0' &&
                            strcmp(f->en, f->zh) != 0));
        done(&t);
    }
}

static void users_say_what_is_wrong(void)
{
    static const wrong CASES[] = {
        {"users: {wash: {kind: process, demand: -36 m3/h}}", PARK_E0303},
        {"users: {wash: {kind: process, demand: 36 mg/L}}", PARK_E0207},
        {"users: {wash: {kind: process, demand: 36}}", PARK_E0205},
        {"users: {wash: {kind: process, demand: NaN m3/h}}", PARK_E0202},
        {"users: {wash: {kind: process, demand: {min: 9 m3/h, max: 3 m3/h}}}", PARK_E0303},
        {"users: {wash: {kind: process, demand: {min: 9 m3/h, most: 3 m3/h}}}", PARK_E0312},
        {"users: {wash: {kind: process, demand: [1, 2]}}", PARK_E0301},
        {"users: {wash: {kind: process, demand: }}", PARK_E0307},
        {"users: {wash: {kind: process, demand: 36 m3/h, loss: 94}}", PARK_E0208},
        {"users: {wash: {kind: process, demand: 36 m3/h, loss: {evaporation: 140 %}}}", PARK_E0303},
        {"users: {wash: {kind: process, demand: 36 m3/h, loss: {evaportion: 4 %}}}", PARK_E0312},
        {"users: {wash: {kind: process, demand: 36 m3/h, inlet: {COD: -5 mg/L}}}", PARK_E0303},
        {"users: {wash: {kind: process, demand: 36 m3/h, inlet: [COD]}}", PARK_E0301},
        {"users: {wash: {kind: process, demand: 36 m3/h, inlet: {standard: GB/T 19923-2005/open}}}",
         PARK_E0317},
        {"users: {wash: {kind: process, demand: 36 m3/h, inlet: {COD: 5 mg/L N}}}", PARK_E0314},
        {"users: {wash: {kind: process, demand: 36 m3/h, outlet: {COD: {fixd: 5 mg/L}}}}", PARK_E0312},
        {"users: {wash: {kind: process, demand: 36 m3/h, role: chief}}", PARK_E0304},
        {"users: {wash: {kind: process, demand: 36 m3/h, enterprise: nobody}}", PARK_E0316},
        {"users: {wash: {kind: process, demand: 36 m3/h, calendar: none}}", PARK_E0316},
        {"users: {wash: {kind: process, demand: {base: 36 m3/h, pattern: x}}}", PARK_E0315},
        {"users: {wash: {kind: process, demand: {base: 36 m3/h}}}", PARK_E0302},
        {"users: {wash: {kind: process, demand: {every: 1h, values: [1 m3/h, -2 m3/h]}}}", PARK_E0303},
        {"users: {wash: {kind: process, demand: {every: 0 h, values: [1 m3/h]}}}", PARK_E0303},
        {"users: {wash: {kind: process, demand: {monthly: [1 m3/h, 2 m3/h]}}}", PARK_E0310},
        {"users: {wash: {kind: process, demand: {csv: absent.csv, unit: m3/h}}}", PARK_E0121},
        {"users: {wash: {kind: process, demand: {csv: /etc/passwd, unit: m3/h}}}", PARK_E0122},
        {"users: {wash: {kind: process, demand: {csv: ../absent.csv, unit: m3/h}}}", PARK_E0122},
        {"users: {wash: {kind: boiler}}", PARK_E0302},
        {"users: {wash: {kind: process, demand: 36 m3/h, accepts: [sft]}}", PARK_E0316},
        {"users: {wash: {kind: process, inlets: {a: {demand: 3 m3/h, accepts: [rivr]}}}}", PARK_E0316},
        {"users: [wash]", PARK_E0301},
        {"users: {wash: process}", PARK_E0301},
        {"users: {'wa sh': {kind: process, demand: 36 m3/h}}", PARK_E0305},
        {"users: {a.b: {kind: process, demand: 36 m3/h}}", PARK_E0305},
        {"users: {'洗，涤': {kind: process, demand: 36 m3/h}}", PARK_E0305},
        {"users: {wash: {kind: process, demand: 36 m3/h}, Wash: {kind: process, demand: 3 m3/h}}",
         PARK_E0306},
        {"users: {RIVER: {kind: process, demand: 36 m3/h}}", PARK_E0306},
        {"users: {aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaa: {demand: 36 m3/h}}",
         PARK_E0305},
    };
    each_gives(CASES, sizeof CASES / sizeof *CASES, HEAD RIVER SINKS, "");
}

static void sources_say_what_is_wrong(void)
{
    static const wrong CASES[] = {
        {"sources: {river: {quality: {COD: 1 mg/L, Ca: 1 mg/L}}}", PARK_E0302},
        {"sources: {river: {kind: surface, quality: {COD: 1 mg/L, Ca: 1 mg/L}, at: {x: 1 m}}}", PARK_E0302},
        {"sources: {river: {kind: surface, quality: {COD: 1 mg/L, Ca: 1 mg/L}, at: {x: 1 m, y: 1 h}}}",
         PARK_E0207},
        {"sources: {river: {kind: reclaimed, origin: mars, quality: {COD: 1 mg/L, Ca: 1 mg/L}}}", PARK_E0304},
        {"sources: {river: {kind: rain, catchment: 4 ha, first_flush_to: wwtp, quality: {COD: 1 mg/L, Ca: 1 "
         "mg/L}}}",
         PARK_E0316},
        {"sources: {river: {kind: surface, licence: 100 m3, quality: {COD: 1 mg/L, Ca: 1 mg/L}}}",
         PARK_E0207},
        {"sources: {river: {kind: surface, price: 1,5 CNY/m3, quality: {COD: 1 mg/L, Ca: 1 mg/L}}}",
         PARK_E0312},
        {"sources: {river: {kind: surface, price: \"1,5 CNY/m3\", quality: {COD: 1 mg/L, Ca: 1 mg/L}}}",
         PARK_E0203},
        {"sources: {river: {kind: surface, quality: {cod: 1 mg/L, Ca: 1 mg/L}}}", PARK_E0313},
        {"sources: {river: {kind: surface, quality: {化学需氧量: 1 mg/L, Ca: 1 mg/L}}}", PARK_E0313},
        {"sources: {river: {kind: surface, quality: {hardness: 1 mg/L, COD: 1 mg/L, Ca: 1 mg/L}}}",
         PARK_E0313},
    };
    each_gives(CASES, sizeof CASES / sizeof *CASES, HEAD, USERS SINKS);
}

static void sections_say_what_is_wrong(void)
{
    static const wrong CASES[] = {
        {"usres: {}", PARK_E0312},
        {"period: 2025", PARK_E0304},
        {"period: {start: 2025-01-01}", PARK_E0302},
        {"period: {start: 2025-13-01, end: 2026-01-01}", PARK_E0309},
        {"period: {start: 2026-01-01, end: 2025-01-01}", PARK_E0309},
        {"seasons: months", PARK_E0308},
        {"seasons: weekly", PARK_E0304},
        {"period: {start: 2025-01-01, end: 2026-01-01}\nseasons: {a: {dates: 07-10..07-20}}", PARK_E0309},
        {"period: {start: 2025-01-01, end: 2026-01-01}\nseasons: {a: {dates: 07-10..07-40}, b: {rest: true}}",
         PARK_E0309},
        {"period: {start: 2025-01-01, end: 2026-01-01}\nseasons: {a: {}, b: {rest: true}}", PARK_E0302},
        {"calendars: {works: {closed: [2025-02-04..2025-01-28]}}", PARK_E0309},
        {"calendars: {works: {}}", PARK_E0302},
        {"patterns: {p: {every: 1h}}", PARK_E0302},
        {"patterns: {p: {every: 1h, factors: [0.3, x]}}", PARK_E0201},
        {"weather: {}", PARK_E0302},
        {"weather: {generator: yuyang}", PARK_E0318},
        {"weather: {generator: yueyang, every: week}", PARK_E0304},
        {"weather: {generator: yueyang, year: -1}", PARK_E0303},
        {"weather: {csv: absent.csv}", PARK_E0121},
        {"initial: full", PARK_E0304},
        {"initial: {river: 50 %}", PARK_E0316},
        {"data: guessed", PARK_E0304},
        {"enterprises: {a: {value_added: 3 亿元}}", PARK_E0207},
        {"enterprises: {a: {products: {cloth: 9 m3/h/kg}}}", PARK_E0207},
        {"enterprises: {a: {products: {cloth: -9 t/a}}}", PARK_E0303},
        {"grades: {g: {deny_origin: [sewage]}}", PARK_E0304},
        {"grades: {g: {limits: {COD: 5 K}}}", PARK_E0207},
        {"treatments: {t: {capacity: 5 m3/h}}", PARK_E0302},
        {"treatments: {t: {technology: AO, train: [UF]}}", PARK_E0302},
        {"treatments: {t: {train: [UF, XX]}}", PARK_E0318},
        {"treatments: {t: {train: [UF], side_streams: {UF.backwash: nowhere}}}", PARK_E0316},
        {"treatments: {t: {train: [UF], stages: {MMF: {}}}}", PARK_E0312},
        {"treatments: {t: {technology: removal, removal: {COD: 95}}}", PARK_E0208},
        {"treatments: {t: {technology: removal, removal: {COD: 120 %}}}", PARK_E0303},
        {"treatments: {t: {technology: removal, capex: {scale: 5 CNY}}}", PARK_E0302},
        {"treatments: {t: {technology: removal, capacity: {min: 5 m3/h, max: 3 m3/h}}}", PARK_E0303},
        {"treatments: {t: {technology: removal, existing: yes}}", PARK_E0304},
        {"storages: {p: {kind: tank}}", PARK_E0302},
        {"connections: {candidates: some}", PARK_E0304},
        {"connections: {existing: [[river]]}", PARK_E0310},
        {"connections: {existing: [[river, wash, outfall]]}", PARK_E0310},
        {"connections: {existing: {c: {from: river}}}", PARK_E0302},
        {"connections: {existing: {c: {from: river, to: wahs}}}", PARK_E0316},
        {"connections: {existing: {c: {from: river, to: wash, length: -3 m}}}", PARK_E0303},
        {"connections: {existing: {river: {from: river, to: wash}}}", PARK_E0306},
        {"connections: {self: 1}", PARK_E0304},
        {"connections: {pipe: {catalogue: gold}}", PARK_E0304},
        {"controls: [{when: pond < 20 %, do: open c}]", PARK_E0304},
        {"controls: [{when: wash.level < 20 %, do: open c}]", PARK_E0316},
        {"controls: [{do: open c}]", PARK_E0302},
        {"controls: [{pid: {}}]", PARK_E0302},
        {"controls: [{hours: [8-25], do: open c}]", PARK_E0309},
        {"controls: [{hours: [8-12, 11-13], do: open c}]", PARK_E0308},
        {"controls: [{hours: [8-12]}]", PARK_E0302},
        {"controls: [{when: wash.TSD > 5 mg/L, do: open c}]", PARK_E0313},
        {"controls: [{when: c.flow > 5 mg/L, do: open c}]", PARK_E0207},
        {"controls: [{when: c.flow > 0 m3/h, do: open c}]", PARK_E0303},
        {"controls: [{when: c.flow > 5 m3/h, hours: [8-12], do: open c}]", PARK_E0308},
        {"controls: [{when: c.flow > 5 m3/h, do: open c, every: 7 min}]", PARK_E0303},
        {"controls: [{pid: {hold: wash.level, at: 60 %, by: c, range: {max: 3 m3/h}}}]", PARK_E0316},
        {"controls: [{pid: {hold: c.flow, at: 3 m3/h, by: c, range: {min: 4 m3/h, max: 3 m3/h}}}]",
         PARK_E0303},
        {"controls: [{blend: {from: c, with: d, hold: {}}}]", PARK_E0302},
        {"controls: [{priority: {of: wsh, order: price}}]", PARK_E0316},
        {"controls: [{priority: {of: wash, order: TSD}}]", PARK_E0313},
        {"failures: {f: {unit: wash, from: 2025-07-10, for: 5 d, lost: 50 %}}", PARK_E0308},
        {"failures: {f: {unit: wash, from: 2025-07-10}}", PARK_E0302},
        {"failures: {f: {unit: wsh, from: 2025-07-10, for: 5 d}}", PARK_E0316},
        {"failures: {f: {unit: wash, from: tomorrow, for: 5 d}}", PARK_E0309},
        {"retrofits: {r: {applies_to: wash, changes: {demnd: {times: 0.9}}}}", PARK_E0312},
        {"retrofits: {r: {applies_to: wash, changes: {demand: {times: 0.9, add: 1 m3/h}}}}", PARK_E0308},
        {"retrofits: {r: {applies_to: wash, changes: {demand: {set: 1 h}}}}", PARK_E0207},
        {"retrofits: {r: {applies_to: wash, changes: {inlet: {set: 1 mg/L}}}}", PARK_E0301},
        {"retrofits: {r: {applies_to: wash, changes: {demand: {times: 0.9}}, requires: [s]}}", PARK_E0316},
        {"economics: {discount: 6}", PARK_E0208},
        {"economics: {hours: 9000 h/a}", PARK_E0303},
        {"economics: {hours: 8000 h}", PARK_E0303},
        {"economics: {budget: {year1: 5 万元}}", PARK_E0309},
        {"economics: {price_year: 2025.5}", PARK_E0303},
        {"tariffs: {power: {peak: {hours: [10-12], price: 1 CNY/kWh}}}", PARK_E0302},
        {"tariffs: {power: {peak: {hours: [10-25], price: 1 CNY/kWh}, flat: 1 CNY/kWh}}", PARK_E0309},
        {"tariffs: {power: {peak: {hours: [10-12], price: 1 CNY/kWh}, valley: {hours: [11-13], price: 1 "
         "CNY/kWh}, flat: 1 CNY/kWh}}",
         PARK_E0308},
        {"tariffs: {tap: {tiers: [{to: 120 %, times: 1}, {above: 130 %, times: 2}]}}", PARK_E0308},
        {"tariffs: {tap: {of: licence}}", PARK_E0302},
        {"tariffs: {tap: {tiers: [{to: 120 %}]}}", PARK_E0302},
        {"enterprises: {a: {products: {cloth: {name: x}}}}", PARK_E0302},
        {"law: {dilution: tolerated}", PARK_E0304},
        {"targets: {reuse: {min: 94 %}}", PARK_E0312},
        {"targets: {reuse_rate: {}}", PARK_E0302},
        {"targets: {reuse_rate: {min: 94 %, indicative: perhaps}}", PARK_E0304},
        {"targets: {reuse_rate: {min: 94}}", PARK_E0208},
        {"targets: {reuse_rate: {min: 94 %, max: 90 %}}", PARK_E0303},
        {"targets: {unit_intake.cloth: {max: 3 m3/t}}", PARK_E0316},
        {"objective: profit", PARK_E0304},
        {"objective: [cost, cost]", PARK_E0306},
        {"objective: {pareto: [cost, cost]}", PARK_E0306},
        {"objective: {pareto: [cost]}", PARK_E0310},
        {"objective: {pareto: [cost, fresh_water, carbon]}", PARK_E0310},
        {"objective: {pareto: [cost, fresh_water], points: 1}", PARK_E0303},
        {"objective: {pareto: [cost, fresh_water], points: 101}", PARK_E0303},
        {"objective: {points: 5}", PARK_E0302},
        {"uncertainty: {sources.lake.capacity: {times: {normal: {mean: 1, sd: 0.1}}}}", PARK_E0316},
        {"uncertainty: {sources.river.kind: {times: [1, 2]}}", PARK_E0312},
        {"uncertainty: {sources.river: {times: [1, 2]}}", PARK_E0301},
        {"uncertainty: {users.wash.demand: {times: [1], add: [2 m3/h]}}", PARK_E0308},
        {"uncertainty: {users.wash.demand: {set: [1]}}", PARK_E0205},
        {"uncertainty: {users.wash.demand: {times: []}}", PARK_E0310},
        {"uncertainty: {users.wash.demand: {times: {discrete: {values: [1, 2], weights: [1]}}}}", PARK_E0310},
        {"uncertainty: {users.wash.demand: {times: {discrete: {values: [1, 2], weights: [1, 0]}}}}",
         PARK_E0303},
        {"uncertainty: {users.wash.demand: {times: {normal: {mean: 1}}}}", PARK_E0302},
        {"uncertainty: {users.wash.demand: {times: {normal: {mean: 1, sd: -1}}}}", PARK_E0303},
        {"uncertainty: {users.wash.demand: {times: {lognormal: {mean: 0, cv: 0.1}}}}", PARK_E0303},
        {"uncertainty: {users.wash.demand: {times: {uniform: {min: 2, max: 1}}}}", PARK_E0303},
        {"uncertainty: {users.wash.demand: {times: {triangular: {min: 1, max: 2}}}}", PARK_E0302},
        {"uncertainty: {users.wash.demand: {times: {triangular: {min: 1, mode: 3, max: 2}}}}", PARK_E0303},
        {"uncertainty: {users.wash.demand: {times: {cauchy: {mean: 1}}}}", PARK_E0312},
        {"uncertainty: {users.wash.demand: {times: [1, 2]}, draws: 65}", PARK_E0303},
        {"uncertainty: {users.wash.demand: {times: [1, 2]}, seed: -1}", PARK_E0303},
        {"treatments: {ro: {technology: removal, capacity: {max: 3 m3/h}}}\nuncertainty: "
         "{treatments.ro.capacity: {times: [1, "
         "2]}}",
         PARK_E0308},
        {"objective: {robust: worst}\nretrofits: {r: {applies_to: wash, changes: {demand: {set: 9 m3/h}}}}\n"
         "uncertainty: {users.wash.demand: {times: [1, 2]}}",
         PARK_E0308},
        {"objective: {robust: median}\nuncertainty: {users.wash.demand: {times: [1, 2]}}", PARK_E0304},
        {"meters: {m: {level: 2}}", PARK_E0302},
        {"constituents: [COD, Ca, unobtainium]", PARK_E0110},
    };
    each_gives(CASES, sizeof CASES / sizeof *CASES, HEAD RIVER USERS SINKS, "");
}

static void not_yet_words_stop_where_they_matter(void)
{
    static const wrong CASES[] = {
        {"network: {fresh: {inp: nowhere.inp, carries: [c], bind: {river: R1}, min_pressure: 15 m}}",
         PARK_E0121},
        {"objective: {robust: regret, over: uncertainty}", PARK_E0302},
        {"economics: {budget: {2025: 1 万元, 2026: 1 万元}}\nobjective: {robust: mean}\n"
         "uncertainty: {users.wash.demand: {times: {uniform: {min: 2, max: 1}}}}",
         PARK_E0303},
        {"economics: {budget: {2025: 1 万元, 2026: -1 万元}}", PARK_E0303},
        {"retrofits: {leak_repair: {applies_to: network.fresh, changes: {leakage: {times: 0.6}}, capex: 240 "
         "万元}}",
         PARK_E0316},                                     /* there is no such network */
        {"network: {fresh: {carries: [c]}}", PARK_E0302}, /* its mistakes are told all the same */
    };
    each_gives(CASES, sizeof CASES / sizeof *CASES, HEAD RIVER USERS SINKS, "");
}

static void whole_files_that_are_no_park(void)
{
    static const wrong CASES[] = {
        {"", PARK_E0116},
        {"[1, 2]", PARK_E0301},
        {"constituents: [COD]\nsources: {}", PARK_E0302},
        {"parkwater: 2\nconstituents: [COD]", PARK_E0311},
        {"parkwater: 1\nsources: {}", PARK_E0302},
        {"parkwater: 1\nconstituents: [unobtainium]", PARK_E0313},
        {"parkwater: 1\nconstituents: [COD, COD]", PARK_E0306},
        {"parkwater: 1\nconstituents: [COD, pH]", PARK_E0901},
        {"parkwater: 1\nconstituents: {dye: {unit: m3/h}}", PARK_E0207},
        {"parkwater: 1\nconstituents: {dye: {mixes: never}}", PARK_E0304},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        loaded_text t  = load_text(CASES[i].text);
        bool        ok = t.status == PARK_E_INPUT && found(&t, CASES[i].code, 0) != NULL;
        CHECK(ok);
        if (!ok) {
            fprintf(stderr, "%s\n", CASES[i].text);
            show(&t);
        }
        done(&t);
    }
}

/* What is not known is no zero: a limit, a treatment or an inlet makes the source speak. */
static void sources_state_what_is_read(void)
{
    loaded_text t = load_text(HEAD "sources: {river: {kind: surface, quality: {Ca: 40 mg/L}}}\n"
                                   "users: {wash: {kind: process, demand: 36 m3/h}}\n"
                                   "sinks: {outfall: {kind: outfall, limits: {COD: 50 mg/L}}}\n");
    CHECK(t.status == PARK_E_INPUT && t.findings.errors == 1);
    at(&t, PARK_E0319, 0, 3, 34);
    CHECK(strstr(t.findings.items[0].en, "sinks.outfall.limits.COD") != NULL);
    done(&t);
    t = load_text(HEAD "sources: {river: {kind: surface, quality: {Ca: 40 mg/L}}}\n" USERS SINKS);
    CHECK(t.status == PARK_OK); /* nothing reads COD */
    done(&t);
    t = load_text(HEAD "sources: {river: {kind: surface, quality: {Ca: 40 mg/L}}}\n" USERS SINKS
                       "treatments: {t: {technology: AO, capacity: 5 m3/h}}\n");
    CHECK(found(&t, PARK_E0319, 0) != NULL); /* the catalogue's AO takes COD out */
    CHECK(strstr(found(&t, PARK_E0319, 0)->en, "treatments.t.removal.COD") != NULL);
    done(&t);
}

/* Ids that YAML 1.1 would take for something else, and other scripts. */
static void odd_ids_are_text(void)
{
    loaded_text t = load_text("parkwater: 1\nconstituents: [COD]\n"
                              "sources: {NO: {kind: surface, quality: {COD: 1 mg/L}}, on: {kind: ground, "
                              "quality: {COD: 1 mg/L}}, 007: {kind: surface, quality: {COD: 2 mg/L}}}\n"
                              "users: {洗涤_1: {kind: process, demand: 3 m3/h}, 1e3: {demand: 2 m3/h}, "
                              "мойка: {demand: 1 m3/h}}\n" SINKS);
    CHECK(t.status == PARK_OK);
    if (t.status != PARK_OK)
        show(&t);
    else
        CHECK(park_model_unit(t.loaded.model, "NO") >= 0 && park_model_unit(t.loaded.model, "on") >= 0 &&
              park_model_unit(t.loaded.model, "007") >= 0 && park_model_unit(t.loaded.model, "洗涤_1") >= 0 &&
              park_model_unit(t.loaded.model, "1e3") >= 0);
    done(&t);
    t = load_text("parkwater: 1\nconstituents: [COD]\n"
                  "sources: {мойка: {kind: surface, quality: {COD: 1 mg/L}}}\nusers: {МОЙКА: {demand: 1 "
                  "m3/h}}\n" SINKS);
    CHECK(found(&t, PARK_E0306, 0) != NULL);
    done(&t);
}

/* Bases by molar mass: 100.0869 mg/L as CaCO3 of magnesium are 24.305; 17.031 mg/L NH3 are 14.007 of N. */
static void bases_are_converted(void)
{
    loaded_text t = load_text("parkwater: 1\nconstituents: [Mg, NH3-N, alkalinity]\n"
                              "sources: {river: {kind: surface, quality: {Mg: 100.0869 mg/L CaCO3, NH3-N: "
                              "17.031 mg/L NH3, alkalinity: 61.0168 mg/L HCO3}}}\n"
                              "users: {wash: {demand: 3 m3/h}}\n" SINKS);
    if (t.status == PARK_OK) {
        const double *quality = t.loaded.model->unit[0].params;
        (void)quality;
        for (const park_field *f = t.loaded.model->unit[0].fields; f->word != NULL; f++)
            if (strcmp(f->word, "quality") == 0)
                quality = *(double *const *)(const void *)((const char *)t.loaded.model->unit[0].params +
                                                           f->offset);
        CHECK_CLOSE(quality[0], 0.024305, 1e-12);
        CHECK_CLOSE(quality[1], 0.014007, 1e-12);
        CHECK_CLOSE(quality[2], 0.05004345, 1e-12);
    } else {
        CHECK(found(&t, PARK_E0210, 0) != NULL);
        show(&t);
    }
    done(&t);
    t = load_text("parkwater: 1\nconstituents: [alkalinity]\nsources: {river: {kind: surface, quality: "
                  "{alkalinity: 61 mg/L}}}\n" USERS SINKS);
    CHECK(found(&t, PARK_E0314, 0) != NULL);
    CHECK(strstr(found(&t, PARK_E0314, 0)->en, "61 mg/L CaCO3") != NULL);
    done(&t);
}

/* More mistakes than are shown: counted, and the call comes back. */
static void many_mistakes_are_counted(void)
{
    char text[8000] = HEAD RIVER USERS SINKS "grades:\n";
    for (int i = 0; i < 80; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "  g%d: {limts: {}}\n", i);
    loaded_text t = load_text(text);
    CHECK(t.findings.errors == 80 && t.findings.count == PARK_FINDINGS_MOST && t.findings.dropped == 30);
    done(&t);
}

int main(void)
{
    RUN(ten_mistakes_are_told_at_once);
    RUN(users_say_what_is_wrong);
    RUN(sources_say_what_is_wrong);
    RUN(sections_say_what_is_wrong);
    RUN(not_yet_words_stop_where_they_matter);
    RUN(whole_files_that_are_no_park);
    RUN(sources_state_what_is_read);
    RUN(odd_ids_are_text);
    RUN(bases_are_converted);
    RUN(many_mistakes_are_counted);
    return park_test_done();
}
