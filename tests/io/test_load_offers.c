/*
 * Retrofits of the catalogue in a park: each applies somewhere, to just the units that it names, with numbers by hand; what
 * applies to nothing says why; mistakes are told at their place; what is taken pays by hand.
 */
#include "load_text.h"

#include "schema/catalogue.h"
#include "schema/sections.h"

#include <parkwater/design.h>

static const char INP[] = "[JUNCTIONS]\n J1 10 5\n J2 11 3\n[RESERVOIRS]\n R 50\n[PIPES]\n P R J1 1000 300 "
                          "130\n Q J1 J2 500 200 130\n";

/* A park of one sector with everything that its retrofits may speak of; %s: the sector, tags of `op`, retrofits. */
static const char RICH[] =
    "parkwater: 1\n"
    "period: {start: 2025-01-01, end: 2026-01-01}\n"
    "weather: {generator: yueyang, seed: 7}\n"
    "constituents: [TDS, COD, NH3-N, Cl, SO4, Ca, alkalinity, SiO2, SS, oil, phenol, Na, Fe, Zn, Cu, Cd, Pb, "
    "As, Tl]\n"
    "x-q: &q {TDS: 200 mg/L, COD: 5 mg/L, NH3-N: 1 mg/L N, Cl: 20 mg/L, SO4: 30 mg/L, Ca: 40 mg/L, "
    "alkalinity: 100 mg/L "
    "CaCO3, SiO2: 8 mg/L, SS: 5 mg/L, oil: 0 mg/L, phenol: 0 mg/L, Na: 10 mg/L, Fe: 1 mg/L, Zn: 1 mg/L, Cu: "
    "1 mg/L, Cd: "
    "0.01 mg/L, Pb: 0.1 mg/L, As: 0.1 mg/L, Tl: 0.01 mg/L}\n"
    "enterprises: {works: {sector: %s}}\n"
    "sources:\n"
    "  river: {kind: surface, quality: *q}\n"
    "  city: {kind: reclaimed, capacity: 100 m3/h, quality: *q}\n"
    "  roofs: {kind: rain, catchment: 2 ha, quality: *q}\n"
    "  adit: {kind: mine, inflow: 10 m3/h, untaken: outfall, quality: *q}\n"
    "users:\n"
    "  op: {enterprise: works, demand: 100 m3/h, loss: {leak: 2 %%}, tags: [%s], inlet: {TDS: 900 mg/L, COD: "
    "60 mg/L, "
    "NH3-N: 20 mg/L N, Cl: 200 mg/L, SO4: 300 mg/L, Ca: 200 mg/L, SS: 60 mg/L}, adds: {TDS: 9 kg/h, COD: 9 "
    "kg/h, NH3-N: 1 "
    "kg/h, Cl: 2 kg/h, SS: 3 kg/h, oil: 1 kg/h, phenol: 1 kg/h, Na: 1 kg/h, Zn: 1 kg/h, Cu: 1 kg/h, Cd: 0.1 "
    "kg/h, Pb: 0.1 "
    "kg/h, As: 0.1 kg/h, Tl: 0.1 kg/h}}\n"
    "  other: {demand: 50 m3/h, loss: {leak: 2 %%}}\n"
    "  tower: {kind: cooling_tower, enterprise: works, circulation: 2000 m3/h, range: 8 K, cycles: 3, tags: "
    "[blast_furnace], circulating_limits: {Cl: 700 mg/L, SiO2: 150 mg/L, ca_plus_alkalinity: 1100 mg/L "
    "CaCO3, so4_plus_cl: "
    "2000 mg/L}}\n"
    "  boiler: {kind: boiler, enterprise: works, steam: 20 t/h, condensate_return: 60 %%}\n"
    "treatments:\n"
    "  ro: {technology: BWRO, capacity: 60 m3/h, existing: true}\n"
    "  train: {train: [UF, BWRO], capacity: 24 m3/h, existing: true}\n"
    "  mvr: {technology: MVR, capacity: 10 m3/h, existing: true}\n"
    "sinks: {outfall: {}}\n"
    "connections: {existing: {main: [river, op], main2: [river, other]}, candidates: all}\n"
    "network: {fresh: {inp: bound.inp, carries: [main, main2], bind: {river: R, op: J2, other: J1}, leakage: "
    "{favad: {flow: "
    "86.4 m3/km/d}}}}\n"
    "retrofits: {%s}\n";

/* Every tag that the sector's entries look for, as "a, b". */
static void tags_of(const park_tree_node *page, const char *sector, char *text, size_t size)
{
    text[0] = '\0';
    for (size_t i = 0; i < page->count; i++) {
        const park_tree_node *tags = park_tree_get(park_tree_get(page->items[i], "where"), "tags");
        if (strcmp(park_tree_get(page->items[i], "sector")->text, sector) != 0)
            continue;
        for (size_t k = 0; tags != NULL && k < tags->count; k++)
            snprintf(text + strlen(text), size - strlen(text), "%s%s", text[0] != '\0' ? ", " : "",
                     tags->items[k]->text);
    }
}

static loaded_text rich_park(const char *sector, const char *retrofits)
{
    static char           text[9000], tags[1000];
    park_arena           *arena     = park_arena_new();
    park_catalogue       *catalogue = park_catalogue_new(arena);
    const park_tree_node *page      = park_catalogue_root(catalogue, PARK_PAGE_RETROFITS);
    (void)test_file("bound.inp", INP, sizeof INP - 1);
    tags_of(page, sector, tags, sizeof tags);
    snprintf(text, sizeof text, RICH, sector, tags, retrofits);
    park_arena_free(arena);
    return load_text(text);
}

static const park_retrofit *retrofit(const loaded_text *t, const char *id)
{
    int32_t r = t->status == PARK_OK ? park_model_retrofit(t->loaded.model, id) : -1;
    CHECK_TEXT(r >= 0 ? id : "no such retrofit", id);
    return r >= 0 ? &t->loaded.model->retrofit[r] : NULL;
}

static void every_entry_applies_somewhere(void)
{
    park_arena           *arena     = park_arena_new();
    park_catalogue       *catalogue = park_catalogue_new(arena);
    const park_tree_node *page      = park_catalogue_root(catalogue, PARK_PAGE_RETROFITS);
    size_t                entries   = 0;
    for (size_t s = 0; PARK_SECTORS[s] != NULL; s++) {
        loaded_text t = rich_park(PARK_SECTORS[s], "from: catalogue");
        CHECK(t.status == PARK_OK);
        if (t.status != PARK_OK || found(&t, PARK_N0530, 0) != NULL)
            show(&t);
        CHECK(found(&t, PARK_N0530, 0) == NULL);
        for (size_t i = 0; t.status == PARK_OK && i < page->count; i++) {
            const char *name = park_tree_key(page->items[i]);
            size_t      n    = 0;
            for (size_t r = 0; r < t.loaded.model->retrofits; r++)
                n += strncmp(t.loaded.model->retrofit[r].id, name, strlen(name)) == 0;
            bool here = strcmp(park_tree_get(page->items[i], "sector")->text, PARK_SECTORS[s]) == 0;
            CHECK_TEXT((n > 0) == here ? name : "not where it belongs", name);
            entries += here;
        }
        done(&t);
    }
    CHECK(entries == page->count && entries >= 60);
    park_arena_free(arena);
}

/* Every entry says in whose words the plan speaks of it, at which place, how sure its figures are, and all three ends. */
static void every_entry_is_whole(void)
{
    park_arena           *arena     = park_arena_new();
    park_catalogue       *catalogue = park_catalogue_new(arena);
    const park_tree_node *page      = park_catalogue_root(catalogue, PARK_PAGE_RETROFITS);
    const char           *shared    = getenv("PARK_SHARED");
    char                 *plan      = NULL, name[400];
    size_t                length = 0, kept = 0;
    snprintf(name, sizeof name, "%s/domain/hunan_action_plan_2023-2025.txt", shared != NULL ? shared : "");
    if (shared != NULL)
        CHECK(park_file_read(arena, name, 0, &plan, &length, NULL) == PARK_OK);
    for (size_t i = 0; i < length; i++) /* the text breaks its lines anywhere */
        if (plan[i] != ' ' && plan[i] != '\n' && plan[i] != '\r')
            plan[kept++] = plan[i];
    if (plan != NULL)
        plan[kept] = '\0';
    for (size_t i = 0; i < page->count; i++) {
        const park_tree_node *e = page->items[i], *said = park_tree_get(e, "plan");
        const park_tree_node *words = park_tree_get(said, "words"), *sure = park_tree_get(e, "x-class"),
                             *capex = park_tree_get(park_tree_get(e, "capex"), "cost");
        CHECK(words != NULL && park_tree_get(said, "place") != NULL && park_tree_get(e, "life") != NULL);
        CHECK(sure != NULL &&
              (strcmp(sure->text, "catalogue") == 0 || strcmp(sure->text, "engineering estimate") == 0));
        CHECK(capex != NULL && capex->form == PARK_LIST && capex->count == 3);
        CHECK(park_tree_get(park_tree_get(e, "name"), "zh") != NULL &&
              park_tree_get(park_tree_get(e, "name"), "en") != NULL);
        if (plan != NULL && words != NULL)
            CHECK_TEXT(strstr(plan, words->text) != NULL ? words->text : "not in the plan", words->text);
    }
    park_arena_free(arena);
}

/* 100 m3/h are 2400 m3/d. Rinsing saves 30 % of them, 720 m3/d at 2000 CNY and 60 CNY/a each. */
static void costs_go_by_size(void)
{
    loaded_text          t = rich_park("textile", "from: catalogue, effect: typical");
    const park_retrofit *r = retrofit(&t, "counter_current_rinsing_op");
    if (r != NULL) {
        CHECK_CLOSE(r->capex, 720.0 * 2000.0, 1e-6);
        CHECK_CLOSE(r->opex * 31536000.0, 720.0 * 60.0, 1e-6);
        CHECK_CLOSE(r->life, 10.0 * 31536000.0, 1e-6);
        CHECK(r->changes == 1 && r->change[0].op == PARK_CHANGE_TIMES);
        CHECK_CLOSE(r->change[0].value, 0.7, 1e-15);
        CHECK_TEXT(park_label_text(r->label, false), "counter-current rinsing: op");
    }
    r = retrofit(&t, "textile_rain_harvest_roofs"); /* 2 ha more by half: 1 ha */
    if (r != NULL)
        CHECK_CLOSE(r->capex, 250000.0, 1e-6);
    r = retrofit(
        &t,
        "textile_reuse_platform"); /* 60 + 10 m3/h, 1.68 times 1000 m3/d, together; a train's energy is its stages' */
    if (r != NULL) {
        CHECK_CLOSE(r->capex, 400000.0 * pow(1.68, 0.6), 1e-3);
        CHECK(r->applies_to == -1 && r->changes == 4); /* energy and chemicals of two */
    }
    CHECK(t.status == PARK_OK && park_model_retrofit(t.loaded.model, "dyeing_metering_other") < 0);
    done(&t);
    t = rich_park("textile", "from: catalogue, effect: low, cost: high");
    r = retrofit(&t, "counter_current_rinsing_op");
    if (r != NULL) {
        CHECK_CLOSE(r->change[0].value, 0.85, 1e-15);
        CHECK_CLOSE(r->capex, 360.0 * 4000.0, 1e-6);
    }
    done(&t);
    t = rich_park("petrochemical", "from: catalogue");
    r = retrofit(&t, "network_leak_repair_fresh"); /* 1500 ft at 80000 CNY/km */
    if (r != NULL) {
        CHECK_CLOSE(r->capex, 80000.0 * 0.4572, 1e-6);
        CHECK_CLOSE(r->change[0].value, 0.6, 1e-15);
    }
    r = retrofit(&t, "condensate_polishing_boiler"); /* from 60 % to 82 %; 20 t/h at 35000 CNY */
    if (r != NULL) {
        CHECK(r->change[0].op == PARK_CHANGE_SET);
        CHECK_CLOSE(r->change[0].value, 0.82, 1e-15);
        CHECK_CLOSE(r->capex, 700000.0, 1e-6);
    }
    done(&t);
}

/* A tower that is given by its heat: 18.6 MW over 8 K in water of 4.186 kJ/(kg K) are 2000 m3/h; by how the cost goes. */
static void a_tower_by_its_heat(void)
{
    loaded_text t = load_text(
        "parkwater: 1\nconstituents: [COD]\nsources: {river: {kind: surface, quality: {COD: 1 mg/L}}}\n"
        "users: {tower: {kind: cooling_tower, heat: 18.60444444444444 MW, range: 8 K, drift: 0.02 "
        "%}}\nsinks: {outfall: {}}\n"
        "connections: {candidates: all}\nretrofits: {from: catalogue, only: [condenser_low_drift]}\n");
    const park_retrofit *r = retrofit(&t, "condenser_low_drift_tower");
    if (t.status != PARK_OK)
        show(&t);
    if (r != NULL)
        CHECK_CLOSE(r->capex, 2000.0 * 15.0, 30.0); /* the density that the tower is counted with */
    done(&t);
}

static void the_park_has_the_last_word(void)
{
    loaded_text t = rich_park(
        "textile",
        "from: catalogue, only: [counter_current_rinsing, dyeing_metering, low_liquor_dyeing], "
        "set: {counter_current_rinsing: {changes: {demand: {add: -10 m3/h}}, capex: {cost: 1000 CNY}, life: "
        "7 a}, "
        "dyeing_metering: {capex: 11 万元, excludes: [own]}, low_liquor_dyeing_op: {capex: 5 万元}}, "
        "own: {applies_to: op, changes: {demand: {times: 0.9}}, requires: [counter_current_rinsing_op]}");
    const park_retrofit *r = retrofit(&t, "counter_current_rinsing_op");
    if (t.status != PARK_OK)
        show(&t);
    if (r != NULL) {
        CHECK(r->change[0].op == PARK_CHANGE_ADD && r->changes == 1);
        CHECK_CLOSE(r->capex, 240.0 * 1000.0, 1e-6); /* 10 m3/h */
        CHECK_CLOSE(r->life, 7.0 * 31536000.0, 1e-6);
    }
    r = retrofit(&t, "dyeing_metering_op");
    if (r != NULL) {
        CHECK_CLOSE(r->capex, 110000.0, 1e-9);
        CHECK(r->excludes_count == 1 && r->excludes_[0] == park_model_retrofit(t.loaded.model, "own"));
    }
    r = retrofit(&t, "low_liquor_dyeing_op");
    if (r != NULL)
        CHECK_CLOSE(r->capex, 50000.0, 1e-9);
    r = retrofit(&t, "own");
    if (r != NULL)
        CHECK(r->requires_count == 1 &&
              r->requires_[0] == park_model_retrofit(t.loaded.model, "counter_current_rinsing_op"));
    CHECK(t.status == PARK_OK && t.loaded.model->retrofits == 4);
    done(&t);
}

/* Partners by places: disc filters rule out settling at their own machine; the network needs every tower's cycles. */
static void partners_meet_at_their_places(void)
{
    loaded_text          t = rich_park("paper", "from: catalogue");
    const park_retrofit *r = retrofit(&t, "white_water_settling_op");
    if (r != NULL)
        CHECK(r->excludes_count == 1 &&
              r->excludes_[0] == park_model_retrofit(t.loaded.model, "white_water_disc_filter_op"));
    done(&t);
    t = rich_park("thermal_power", "from: catalogue");
    r = retrofit(&t, "power_zero_discharge_network");
    if (r != NULL)
        CHECK(r->requires_count == 1 &&
              r->requires_[0] == park_model_retrofit(t.loaded.model, "condenser_high_cycles_tower"));
    done(&t);
    t = rich_park("thermal_power", "from: catalogue, except: [condenser_high_cycles]");
    CHECK(t.status == PARK_OK && park_model_retrofit(t.loaded.model, "power_zero_discharge_network") < 0);
    const park_finding *f = found(&t, PARK_N0530, 0);
    CHECK(f != NULL && strstr(f->en, "what it requires is not offered: condenser_high_cycles") != NULL);
    done(&t);
}

#define SMALL                                                                                                \
    "parkwater: 1\nperiod: steady\nconstituents: [COD]\nsources: {river: {kind: surface, price: %s CNY/m3, " \
    "quality: {COD: 0 mg/L}}}\nusers: {rinse: {demand: 100 m3/h, inlet: {COD: 0 mg/L}, adds: {COD: 1 "       \
    "kg/h}, "                                                                                                \
    "tags: [rinsing]}, tower: {kind: cooling_tower, circulation: 1000 m3/h, range: 8 K, drift: 0.001 %%}}\n" \
    "sinks: {outfall: {price: 3 CNY/m3}}\nconnections: {candidates: [[river, rinse], [river, tower], "       \
    "[rinse, outfall], "                                                                                     \
    "[tower.blowdown, outfall]]}\n"

static void reasons_are_told(void)
{
    static const struct {
        const char *retrofits, *en, *zh;
    } CASES[] = {
        {"only: [low_liquor_dyeing]",
         "there is no such unit: users (process) of the sector textile tagged dyeing",
         "没有相应单元：users（process），行业 纺织，且 tags 含 dyeing"},
        {"only: [condenser_low_drift]", "users.tower.drift is as good already",
         "users.tower.drift 已达到该水平"},
        {"only: [counter_current_rinsing], set: {counter_current_rinsing: {capex: {of: holding, per: 1 m3/d, "
         "cost: "
         "1 CNY}}}",
         NULL, NULL},
        {"only: [counter_current_rinsing], set: {counter_current_rinsing: {capex: {of: licence, per: 1 m3/d, "
         "cost: "
         "1 CNY}}}",
         "its cost goes by users.rinse.licence, which is not known",
         "费用按 users.rinse.licence 计算，而该值未知"},
        {"only: [network_leak_repair]", "there is no such unit: network (any)",
         "没有相应单元：network（any）"},
        {"only: [workshop_leak_repair]", "users.rinse.loss.leak is as good already",
         "users.rinse.loss.leak 已达到该水平"},
        {"only: [separate_collection], set: {separate_collection: {where: 1}}", NULL, NULL},
        {"only: [acid_drainage_control]", "there is no such unit: sources (mine)",
         "没有相应单元：sources（mine）"},
        {"only: [paper_cascade]", "tagged pulping, bleaching, paper_machine",
         "且 tags 含 pulping、bleaching、paper_machine"},
        {"only: [mine_water_use]", "tagged flotation, mining, dust_suppression", "dust_suppression"},
        {"only: [condenser_high_cycles]", "what it changes is not given as a number: users.tower.cycles",
         "所改动的参数未给出数值：users.tower.cycles"},
    };
    char text[3000];
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        snprintf(text, sizeof text, SMALL "retrofits: {from: catalogue, %s}\n", "2", CASES[i].retrofits);
        loaded_text         t = load_text(text);
        const park_finding *f = found(&t, PARK_N0530, 0);
        if (CASES[i].en == NULL) {
            CHECK(t.status == PARK_E_INPUT); /* a word or a unit that cannot be */
        } else {
            CHECK(t.status == PARK_OK && f != NULL && t.loaded.model->retrofits == 0);
            CHECK_TEXT(f != NULL && strstr(f->en, CASES[i].en) != NULL ? CASES[i].en
                       : f != NULL                                     ? f->en
                                                                       : "",
                       CASES[i].en);
            CHECK(f != NULL && strstr(f->zh, CASES[i].zh) != NULL && f->line > 0);
        }
        done(&t);
    }
}

/* One line of retrofits, what is wrong with it, and the column of that word (the line is the last). */
static void mistakes_are_told_at_their_place(void)
{
    static const struct {
        const char *retrofits;
        park_code   code;
        const char *at; /* where the mistake stands, in the text */
        const char *en;
    } CASES[] = {
        {"from: catalog", PARK_E0304, "catalog", "catalogue"},
        {"from: catalogue, sector: textiles", PARK_E0304, "textiles", "did you mean 'textile'?"},
        {"from: catalogue, sector: [paper, beer]", PARK_E0304, "beer", "thermal_power"},
        {"from: catalogue, sector: textile, only: [low_liqour_dyeing]", PARK_E0316, "low_liqour_dyeing",
         "low_liquor_dyeing"},
        {"from: catalogue, sector: textile, except: nothing", PARK_E0316, "nothing", "nothing"},
        {"from: catalogue, sector: paper, only: [low_liquor_dyeing]", PARK_E0308, "low_liquor_dyeing",
         "textile"},
        {"from: catalogue, sector: textile, cost: cheap", PARK_E0304, "cheap", "typical"},
        {"from: catalogue, sector: textile, set: {dyeing_meter: {life: 5 a}}", PARK_E0316, "dyeing_meter",
         "dyeing_metering"},
        {"from: catalogue, sector: textile, set: {dyeing_metering: {lives: 5 a}}", PARK_E0312, "lives",
         "life"},
        {"from: catalogue, sector: textile, set: {dyeing_metering: {changes: {adds.COD: {times: 2}}}}",
         PARK_E0316, "adds.COD", "adds.COD"},
        {"from: catalogue, sector: textile, set: {dyeing_metering: {changes: {demand: {times: 5 m3/h}}}}",
         PARK_E0212, "m3/h}}}}", ""},
        {"from: catalogue, sector: textile, set: {dyeing_metering: {capex: {cost: 3 m3}}}", PARK_E0207,
         "m3}}}", "CNY"},
        {"from: catalogue, sector: textile, except: [dyeing_metering], set: {dyeing_metering: {life: 5 a}}",
         PARK_E0308, "dyeing_metering: {life", "not asked for"},
        {"from: catalogue, sector: textile, dyeing_metering_rinse: {applies_to: rinse, changes: {demand: "
         "{times: 0.9}}}",
         PARK_E0306, "dyeing_metering_rinse", "set"},
        {"from: catalogue, sector: textile, set: {dyeing_metering_rinse: {capex: 1 m3}}", PARK_E0207, "m3}}",
         "CNY"},
        {"sector: textile", PARK_E0301, "textile", ""},
        {"from: catalogue", PARK_E0302, "catalogue", "sector: textile"},
    };
    char text[3000];
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        snprintf(text, sizeof text, SMALL "retrofits: {%s}\n", "2", CASES[i].retrofits);
        loaded_text         t      = load_text(text);
        const park_finding *f      = found(&t, CASES[i].code, 0);
        char               *line   = strstr(text, "retrofits:");
        char               *word   = strstr(line, CASES[i].at);
        int                 column = (int)(word - line) + 1;
        CHECK(t.status == PARK_E_INPUT && t.loaded.model == NULL);
        CHECK_TEXT(f != NULL ? CASES[i].retrofits : "the code is not told", CASES[i].retrofits);
        if (f == NULL)
            show(&t);
        else {
            if (f->column != column)
                fprintf(stderr, "%s: at column %d, want %d: %s\n", CASES[i].retrofits, f->column, column,
                        f->en);
            CHECK(f->line == 8 && f->column == column && strstr(f->en, CASES[i].en) != NULL);
        }
        done(&t);
    }
    loaded_text t = load_text(
        "parkwater: 1\nconstituents: [COD]\nsources: {river: {kind: surface, quality: {COD: 1 mg/L}}}\n"
        "users: {wash: {demand: 36 m3/h, tags: [rinsing, washin]}}\nsinks: {outfall: {}}\n");
    const park_finding *f = found(&t, PARK_E0316, 0);
    CHECK(f != NULL && f->line == 4 && f->column == 49 && strstr(f->en, "did you mean 'washing'?") != NULL);
    done(&t);
}

/* Written out by check --expand the park is the same park, with nothing left to ask the catalogue for. */
static void written_out_it_loads_again(void)
{
    loaded_text t = rich_park("food",
                              "from: catalogue, mine: {applies_to: op, changes: {demand: {times: 0.9}}}"),
                again;
    park_text out;
    CHECK(t.status == PARK_OK);
    park_text_init(&out, t.arena);
    CHECK(park_load_expand(&t.loaded, true, &out, &t.err) == PARK_OK);
    const char *text = park_text_done(&out);
    CHECK(strstr(text, "目录 bottle_wash_loop (engineering estimate)") != NULL &&
          strstr(text, "from:") == NULL);
    again = load_text(text);
    if (again.status != PARK_OK)
        show(&again);
    CHECK(again.status == PARK_OK && again.loaded.model->retrofits == t.loaded.model->retrofits);
    for (size_t r = 0; again.status == PARK_OK && r < t.loaded.model->retrofits; r++) {
        const park_retrofit *a = &t.loaded.model->retrofit[r], *b = &again.loaded.model->retrofit[r];
        CHECK_TEXT(a->id, b->id);
        CHECK(a->capex == b->capex && a->changes == b->changes && a->change[0].value == b->change[0].value);
    }
    done(&again);
    done(&t);
}

/* i / (1 - (1+i)^-n) at 6 % */
static double annual(double years)
{
    return 0.06 / (1.0 - pow(1.06, -years));
}

/*
 * 100 m3/h through all 8760 hours, bought at p. Of 2400 m3/d counter-current rinsing saves 30 % for
 * 2000 CNY and 60 CNY/a a m3/d, metering 7 % for 400 000 CNY and 30 000 CNY/a, reuse of the effluent 40 % for 4700 CNY and 1300
 * CNY/a a m3/d; each by itself, so they multiply. Which stand together is tried here in all eight ways.
 */
static void what_pays_is_taken(void)
{
    static const char *const PRICES[] = {"0.5", "5", "9"};
    static const double TIMES[] = {0.7, 0.6, 0.93}; /* in the catalogue's order: rinsing, reuse, metering */
    const double YEARLY[] = {720.0 * (2000.0 * annual(10) + 60.0), 960.0 * (4700.0 * annual(15) + 1300.0),
                             400000.0 * annual(8) + 30000.0};
    unsigned     last     = 0;
    char         text[3000];
    for (size_t i = 0; i < 3; i++) {
        double   price = atof(PRICES[i]), least = INFINITY;
        unsigned best = 0;
        for (unsigned set = 0; set < 8; set++) {
            double flow = 100.0, sum = 0.0;
            for (int k = 0; k < 3; k++)
                if (set >> k & 1u)
                    flow *= TIMES[k], sum += YEARLY[k];
            sum += flow * 8760.0 * price;
            if (sum < least)
                least = sum, best = set;
        }
        CHECK(i == 0 || best > last); /* dearer water pays for more */
        CHECK(i > 0 || best == 0);
        last = best;
        snprintf(text, sizeof text,
                 "parkwater: 1\nperiod: steady\nconstituents: [COD]\nsources: {river: {kind: surface, price: "
                 "%s CNY/m3, "
                 "quality: {COD: 0 mg/L}}}\nusers: {rinse: {demand: 100 m3/h, inlet: {COD: 0 mg/L}, adds: "
                 "{COD: 1 kg/h}, "
                 "tags: [rinsing]}}\nsinks: {outfall: {}}\nretrofits: {from: catalogue, sector: textile, "
                 "only: [counter_current_rinsing, dyehouse_effluent_reuse, dyeing_metering]}\n",
                 PRICES[i]);
        loaded_text          t      = load_text(text);
        park_design         *design = NULL;
        park_design_settings settings;
        park_design_settings_default(&settings);
        settings.gap = 1e-7;
        CHECK(t.status == PARK_OK && t.loaded.model->retrofits == 3);
        if (t.status != PARK_OK) {
            show(&t);
            return;
        }
        CHECK(park_design_solve(t.loaded.model, &settings, t.arena, &design, &t.findings, &t.err) == PARK_OK);
        if (design != NULL && design->link_flow != NULL) {
            for (int k = 0; k < 3; k++)
                CHECK(design->retrofit[k] == (best >> k & 1u));
            CHECK_CLOSE(design->objective, least, 1e-6 * least);
        }
        done(&t);
    }
    CHECK(last == 7);
}

int main(void)
{
    RUN(every_entry_applies_somewhere);
    RUN(every_entry_is_whole);
    RUN(costs_go_by_size);
    RUN(a_tower_by_its_heat);
    RUN(the_park_has_the_last_word);
    RUN(partners_meet_at_their_places);
    RUN(reasons_are_told);
    RUN(mistakes_are_told_at_their_place);
    RUN(written_out_it_loads_again);
    RUN(what_pays_is_taken);
    return park_test_done();
}
