/* Numbers of a scenario by their paths: each lands where its path says, and what is no number is told at its place. */
#include "load_text.h"

#include "check.h"

#include "units/kind.h"

static const char INP[] = "[JUNCTIONS]\n J1 10 5\n J2 11 3\n[RESERVOIRS]\n R 50\n[PIPES]\n P R J1 1000 300 "
                          "130\n Q J1 J2 500 200 130\n";

#define PARK                                                                                                 \
    "parkwater: 1\nperiod: steady\nconstituents: [COD]\n"                                                    \
    "enterprises: {mill: {value_added: 1 亿元/a, products: {cloth: 3.1536e7 m/a}}}\n"                      \
    "sources: {river: {kind: surface, price: 2 CNY/m3, energy: 0.5 kWh/m3, quality: {COD: 10 mg/L}}}\n"      \
    "grades: {soft: {limits: {COD: 40 mg/L}}}\n"                                                             \
    "users:\n"                                                                                               \
    "  wash: {demand: {min: 18 m3/h, max: 36 m3/h}, loss: {leak: 5 %}, enterprise: mill}\n"                  \
    "  dye: {inlets: {hot: {demand: 7.2 m3/h, accepts: [soft]}, rinse: {demand: 3.6 m3/h, limits: {COD: 50 " \
    "mg/L}}}}\n"                                                                                             \
    "treatments: {t: {technology: removal, removal: {COD: 50 %}, capacity: {min: 3.6 m3/h, max: 36 m3/h}, "  \
    "capex: {scale: 1000 CNY, reference: 1 m3/h, exponent: 0.7}}}\n"                                         \
    "sinks: {outfall: {limits: {COD: 50 mg/L}, price: 1 CNY/m3}}\n"                                          \
    "connections: {existing: {a: {from: river, to: wash, capacity: 72 m3/h, lift: 4 m}, b: [river, "         \
    "dye.hot], c: [river, dye.rinse], d: [wash, outfall], e: [dye, outfall], f: [river, t]}, candidates: "   \
    "{g: {from: t, to: wash, length: 500 m, capacity: {min: 3.6 m3/h, max: 36 m3/h}, price: 0.1 CNY/m3}}, "  \
    "pipe: {catalogue: steel}}\n"                                                                            \
    "network: {fresh: {inp: bound.inp, carries: [a], bind: {river: R, wash: J2}, leakage: {favad: {flow: "   \
    "86.4 m3/km/d}}, min_pressure: 15 m}}\n"                                                                 \
    "tariffs: {power: {peak: {hours: [8-20], price: 1.0 CNY/kWh}, flat: 0.5 CNY/kWh}}\n"                     \
    "economics: {budget: 100 万元}\ntargets: {reuse_rate: {min: 20 %}, unit_intake.cloth: {max: 5 m3/m}}\n"

static loaded_text load_with(const char *more)
{
    char text[6000];
    (void)test_file("bound.inp", INP, sizeof INP - 1);
    snprintf(text, sizeof text, "%s%s", PARK, more);
    return load_text(text);
}

/* {path, change, what stands there then in SI}; numbers by hand. */
static const struct {
    const char *path, *change;
    double      then;
} PLACES[] = {
    {"users.wash.demand.max", "times: 2", 72.0 / 3600},
    {"users.wash.demand.min", "set: 3.6 m3/h", 0.001},
    {"users.wash.loss.leak", "add: 1 %", 0.06},
    {"users.dye.inlets.hot.demand", "times: 0.5", 0.001},
    {"users.dye.inlets.rinse.limits.COD", "set: 60 mg/L", 0.06},
    {"sources.river.price", "times: 0.9", 1.8},
    {"sources.river.quality.COD", "add: 5 mg/L", 0.015},
    {"treatments.t.capacity", "times: 2", 0.02},
    {"treatments.t.capacity.min", "times: 2", 0.002},
    {"treatments.t.capex.scale", "times: 0.8", 800.0},
    {"treatments.t.capex.exponent", "set: 0.6", 0.6},
    {"treatments.t.removal.COD", "set: 90 %", 0.9},
    {"sinks.outfall.limits.COD", "set: 30 mg/L", 0.03},
    {"sinks.outfall.price", "times: 2", 2.0},
    {"grades.soft.limits.COD", "times: 1.5", 0.06},
    {"enterprises.mill.value_added", "times: 3", 3e8 / 31536000.0},
    {"enterprises.mill.products.cloth", "times: 2", 2.0},
    {"connections.existing.a.capacity", "times: 0.5", 0.01},
    {"connections.existing.a.lift", "add: 2 m", 6.0},
    {"connections.candidates.g.length", "times: 2", 1000.0},
    {"connections.candidates.g.capacity.min", "times: 2", 0.002},
    {"connections.candidates.g.price", "set: 0.2 CNY/m3", 0.2},
    {"connections.pipe.max_velocity", "set: 2 m/s", 2.0},
    {"connections.min_flow", "set: 3.6 m3/h", 0.001},
    {"network.fresh.leakage", "times: 0.6", 0.6e-6},
    {"network.fresh.leakage.favad.flow", "times: 2", 2e-6},
    {"network.fresh.leakage.favad.growing", "set: 30 %", 0.3},
    {"network.fresh.min_pressure", "add: 3 m", 18.0},
    {"tariffs.power", "times: 0.8", 0.8},
    {"tariffs.power.peak", "set: 0.9 CNY/kWh", 0.9 / 3.6e6},
    {"economics.discount", "set: 4 %", 0.04},
    {"economics.budget", "add: 50 万元", 1.5e6},
    {"carbon.price", "set: 100 CNY/t", 0.1},
    {"carbon.grid", "times: 0.5", 0.245 / 3.6e6},
    {"targets.reuse_rate.min", "set: 30 %", 0.3},
    {"targets.unit_intake.cloth.max", "times: 0.5", 2.5},
};

static void each_number_is_reached(void)
{
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        char more[300];
        snprintf(more, sizeof more, "retrofits: {r: {applies_to: park, changes: {%s: {%s}}}}\n",
                 PLACES[i].path, PLACES[i].change);
        loaded_text t = load_with(more);
        CHECK_TEXT(t.status == PARK_OK ? PLACES[i].path : "refused", PLACES[i].path);
        if (t.status == PARK_OK) {
            park_draft        *draft = t.loaded.draft;
            const park_change *c     = &draft->retrofit[0].change[0];
            CHECK(draft->retrofit[0].changes == 1 && draft->retrofit[0].applies_to == -1);
            CHECK(park_draft_change(draft, c, NULL, NULL) == PARK_OK);
            CHECK_CLOSE(*park_draft_number(draft, c), PLACES[i].then, 1e-12 * PLACES[i].then);
        } else
            show(&t);
        done(&t);
    }
}

/* A copy that is changed leaves the park as it was, whatever record the number stands in. */
static void the_park_itself_stays(void)
{
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        char more[300];
        snprintf(more, sizeof more, "retrofits: {r: {applies_to: park, changes: {%s: {%s}}}}\n",
                 PLACES[i].path, PLACES[i].change);
        loaded_text t = load_with(more);
        if (t.status == PARK_OK) {
            const park_change *c      = &t.loaded.model->retrofit[0].change[0];
            double             before = *park_draft_number(t.loaded.model, c);
            park_draft        *copy   = park_draft_copy(t.arena, t.loaded.model);
            CHECK(park_draft_retrofit(copy, 0, NULL) == PARK_OK);
            CHECK(*park_draft_number(t.loaded.model, c) == before);
            CHECK(*park_draft_number(copy, c) != before);
        }
        done(&t);
    }
}

static void the_same_paths_may_be_uncertain(void)
{
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        char more[300];
        snprintf(more, sizeof more, "uncertainty: {%s: {times: [0.9, 1.1]}}\n", PLACES[i].path);
        loaded_text t      = load_with(more);
        bool        before = found(&t, PARK_E0308, 0) != NULL; /* decided on before the future is known */
        CHECK(before || t.status == PARK_OK);
        bool built = strstr(PLACES[i].path, "capex") != NULL || strstr(PLACES[i].path, "economics") != NULL ||
                     strstr(PLACES[i].path, "t.capacity") != NULL ||
                     strstr(PLACES[i].path, "g.length") != NULL ||
                     strstr(PLACES[i].path, "g.capacity.min") != NULL ||
                     strstr(PLACES[i].path, "pipe.max") != NULL || strstr(PLACES[i].path, "min_flow") != NULL;
        CHECK(before == built);
        if (before != built)
            fprintf(stderr, "  %s\n", PLACES[i].path);
        done(&t);
    }
}

static void hours_follow_their_rate(void)
{
    loaded_text t = load_with("retrofits: {r: {applies_to: tariffs, changes: {power: {times: 0.5}, "
                              "power.peak: {add: 0.2 CNY/kWh}}}}\n");
    CHECK(t.status == PARK_OK);
    if (t.status == PARK_OK) {
        CHECK_CLOSE(t.loaded.model->tariffs.power, 0.75 / 3.6e6, 1e-18);
        CHECK(park_draft_retrofit(t.loaded.draft, 0, NULL) == PARK_OK);
        CHECK_CLOSE(t.loaded.draft->tariffs.power_hour[9], 0.6 / 3.6e6, 1e-18);
        CHECK_CLOSE(t.loaded.draft->tariffs.power_hour[3], 0.25 / 3.6e6, 1e-18);
        CHECK_CLOSE(t.loaded.draft->tariffs.power, 0.425 / 3.6e6, 1e-18);
    }
    done(&t);
}

/* 1500 ft of pipe (the file says no unit: feet) at 86.4 m3/km/d, drawn from the river: 1e-6 m3/s a metre. */
static void a_leaking_network_draws_from_its_donors(void)
{
    loaded_text t = load_with("");
    CHECK(t.status == PARK_OK);
    if (t.status == PARK_OK) {
        const park_model *m    = t.loaded.model;
        int32_t           leak = park_model_unit(m, "fresh");
        CHECK(leak >= 0 && m->networks == 1 && m->network[0].unit == leak && m->unit[leak].leaks);
        CHECK_CLOSE(m->network[0].length, 1500.0 * 0.3048, 1e-9);
        park_map *map = park_map_new(t.arena, m, leak);
        CHECK(park_unit_average(m, leak, 0, map, NULL) == PARK_OK);
        CHECK_CLOSE(map->in_lo[0], 457.2e-6, 1e-15);
        CHECK(map->in_hi[0] == map->in_lo[0] && map->demand == 0.0);
        size_t ways = 0;
        for (size_t l = 0; l < m->links; l++)
            if (m->link[l].to == leak) {
                ways++;
                CHECK(m->link[l].from == park_model_unit(m, "river") && m->link[l].lift == 4.0);
            }
        CHECK(ways == 1);
    } else
        show(&t);
    done(&t);
}

static void what_cannot_change_is_told_at_its_place(void)
{
    static const struct {
        const char *more;
        park_code   code;
    } CASES[] = {
        {"retrofits: {r: {applies_to: park, changes: {period.start: {set: 1}}}}", PARK_E0301},
        {"retrofits: {r: {applies_to: park, changes: {seasons: {set: 1}}}}", PARK_E0301},
        {"retrofits: {r: {applies_to: park, changes: {economics.hours: {set: 8000 h}}}}", PARK_E0301},
        {"retrofits: {r: {applies_to: park, changes: {economics.price_year: {set: 2020}}}}", PARK_E0301},
        {"retrofits: {r: {applies_to: park, changes: {users.wash.enterprise: {set: 1}}}}", PARK_E0312},
        {"retrofits: {r: {applies_to: park, changes: {users.dye.inlets.cold.demand: {times: 2}}}}",
         PARK_E0316},
        {"retrofits: {r: {applies_to: park, changes: {connections.existing.zz.capacity: {times: 2}}}}",
         PARK_E0316},
        {"retrofits: {r: {applies_to: a, changes: {widht: {times: 2}}}}", PARK_E0312},
        {"retrofits: {r: {applies_to: b, changes: {capacity: {times: 2}}}}", PARK_E0302},
        {"retrofits: {r: {applies_to: t, changes: {capex: {times: 2}}}}", PARK_E0301},
        {"retrofits: {r: {applies_to: network.frsh, changes: {leakage: {times: 2}}}}", PARK_E0316},
        {"retrofits: {r: {applies_to: network.fresh, changes: {inp: {times: 2}}}}", PARK_E0312},
        {"retrofits: {r: {applies_to: network.fresh, changes: {leakage: {times: -1}}}}", PARK_E0303},
        {"retrofits: {r: {applies_to: tariffs, changes: {power: {set: 1 CNY/kWh}}}}", PARK_E0308},
        {"retrofits: {r: {applies_to: tariffs, changes: {power.valley: {times: 2}}}}", PARK_E0302},
        {"retrofits: {r: {applies_to: soft, changes: {limits.BOD: {times: 2}}}}", PARK_E0313},
        {"retrofits: {r: {applies_to: targets, changes: {reuse_rate.max: {times: 0.5}}}}", PARK_E0302},
        {"retrofits: {r: {applies_to: river, changes: {price: {add: -3 CNY/m3}}}}", PARK_E0303},
        {"uncertainty: {connections.existing.b.capacity: {times: [1, 2]}}", PARK_E0302},
        {"uncertainty: {law.dilution: {times: [1, 2]}}", PARK_E0301},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        loaded_text t = load_with(CASES[i].more);
        CHECK(t.status == PARK_E_INPUT && found(&t, CASES[i].code, 0) != NULL && t.findings.errors == 1);
        if (found(&t, CASES[i].code, 0) == NULL || t.findings.errors != 1) {
            fprintf(stderr, "%s\n", CASES[i].more);
            show(&t);
        } else
            CHECK(found(&t, CASES[i].code, 0)->line > 10); /* at the retrofit, not at what it names */
        done(&t);
    }
}

int main(void)
{
    RUN(each_number_is_reached);
    RUN(the_park_itself_stays);
    RUN(the_same_paths_may_be_uncertain);
    RUN(hours_follow_their_rate);
    RUN(a_leaking_network_draws_from_its_donors);
    RUN(what_cannot_change_is_told_at_its_place);
    return park_test_done();
}
