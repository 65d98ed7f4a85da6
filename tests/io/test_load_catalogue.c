/*
 * Everything in the catalogue can be asked for: every technology, limit set, climate; and what the pages say is what
 * the park holds.
 */
#include "load_text.h"

#include "schema/catalogue.h"
#include "schema/constituents.h"
#include "units/treatments/treatment.h"

/* A park that lists every constituent that mixes by mass, with one source that states them all. */
static void write_head(char *text, size_t size)
{
    snprintf(text, size, "parkwater: 1\nconstituents: [");
    const char *comma = "";
    for (const park_constituent_row *row = park_constituent_rows(); row->id != NULL; row++)
        if (row->mixes == PARK_MIX_MASS) {
            snprintf(text + strlen(text), size - strlen(text), "%s%s", comma, row->id);
            comma = ", ";
        }
    snprintf(text + strlen(text), size - strlen(text), "]\nsources: {river: {kind: surface, quality: {");
    comma = "";
    for (const park_constituent_row *row = park_constituent_rows(); row->id != NULL; row++)
        if (row->mixes == PARK_MIX_MASS) {
            snprintf(text + strlen(text), size - strlen(text), "%s%s: 1 mg/L%s", comma, row->id,
                     row->basis_due ? " CaCO3" : "");
            comma = ", ";
        }
    snprintf(text + strlen(text), size - strlen(text),
             "}}}\nusers: {wash: {demand: 36 m3/h%s}}\nsinks: {outfall: {}}\n", "%s");
}

static void page_entries_load(park_catalogue_page page, const char *pattern, const char *in_user,
                              size_t least)
{
    static char           head[8000], body[9000], text[10000];
    park_arena           *arena     = park_arena_new();
    park_catalogue       *catalogue = park_catalogue_new(arena);
    const park_tree_node *root      = park_catalogue_root(catalogue, page);
    CHECK(root != NULL && !catalogue->failed && root->count >= least);
    write_head(head, sizeof head);
    for (size_t i = 0; root != NULL && i < root->count; i++) {
        const char *name      = park_tree_key(root->items[i]);
        char        user[300] = "";
        snprintf(user, sizeof user, in_user, name);
        snprintf(body, sizeof body, head, user);
        snprintf(text, sizeof text, pattern, body, name, name);
        loaded_text t = load_text(text);
        CHECK(t.status == PARK_OK);
        if (t.status != PARK_OK)
            show(&t);
        park_catalogue_entry entry = park_catalogue_find(catalogue, page, name);
        CHECK(entry.node != NULL && entry.source_class[0] != '\0' && entry.source[0] != '\0');
        done(&t);
    }
    park_arena_free(arena);
}

/* What follows no mass balance is taken as a mean and said so at its place; what does follow one is not spoken of. */
static void what_does_not_mix_by_mass_is_told(void)
{
    static const struct {
        const char *listed, *quality;
        int         column; /* of the warning in line 2; 0: none */
    } CASES[] = {{"[COD, turbidity]", "COD: 1 mg/L, turbidity: 3 NTU", 21},
                 {"[COD, {odour: {unit: mg/L, mixes: none}}]", "COD: 1 mg/L, odour: 2 mg/L", 22},
                 {"[COD, {odour: {unit: mg/L, mixes: mass}}]", "COD: 1 mg/L, odour: 2 mg/L", 0}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char text[600];
        snprintf(text, sizeof text,
                 "parkwater: 1\nconstituents: %s\nsources: {river: {kind: surface, quality: {%s}}}\n"
                 "users: {wash: {demand: 36 m3/h}}\nsinks: {outfall: {}}\n",
                 CASES[i].listed, CASES[i].quality);
        loaded_text         t = load_text(text);
        const park_finding *f = found(&t, PARK_W0963, 0);
        CHECK(t.status == PARK_OK && (f != NULL) == (CASES[i].column > 0));
        CHECK(f == NULL || (f->line == 2 && f->column == CASES[i].column && strstr(f->zh, "加权") != NULL));
        done(&t);
    }
}

static void every_technology_loads(void)
{
    page_entries_load(PARK_PAGE_TECHNOLOGIES,
                      "%streatments: {t: {technology: %s, capacity: 60 m3/h}, u: {train: [UF, %s], capacity: "
                      "60 m3/h}}\nconnections: {candidates: all}\n",
                      "", 23);
}

static void every_limit_set_loads(void)
{
    page_entries_load(PARK_PAGE_LIMITS, "%sgrades: {g: {limits: {standard: %s}}}\n",
                      ", inlet: {standard: %s}", 15);
}

static void every_climate_loads(void)
{
    page_entries_load(PARK_PAGE_CLIMATE,
                      "%speriod: {start: 2025-01-01, end: 2026-01-01}\nweather: {generator: %s}\n", "", 4);
}

/* GB/T 19923-2005, open circulation: COD 60, NH3-N 10 as N, hardness 450 as CaCO3 mg/L; the file's own word wins. */
static void limit_set_gives_its_values(void)
{
    loaded_text t =
        load_text("parkwater: 1\nconstituents: [COD, NH3-N, hardness, Cd]\n"
                  "sources: {river: {kind: surface, quality: {COD: 1 mg/L, NH3-N: 1 mg/L, hardness: 100 mg/L "
                  "CaCO3, Cd: 0 mg/L}}}\n"
                  "users: {wash: {demand: 36 m3/h, accepts: [g]}}\nsinks: {outfall: {}}\n"
                  "grades: {g: {limits: {standard: GB/T 19923-2005/open_circulating, NH3-N: 1 mg/L N}}}\n");
    CHECK(t.status == PARK_OK);
    if (t.status == PARK_OK) {
        const double *limit = t.loaded.model->grade[0].limit;
        CHECK_CLOSE(limit[0], 0.060, 1e-15);
        CHECK_CLOSE(limit[1], 0.001, 1e-15);
        CHECK_CLOSE(limit[2], 0.450, 1e-15);
        CHECK(isinf(limit[3]));
    }
    done(&t);
}

/* 1000 CNY/m per DN and so on: pipes ascend in both. */
static void pipes_ascend(void)
{
    loaded_text t = load_text(
        "parkwater: 1\nconstituents: [COD]\nsources: {river: {kind: surface, quality: {COD: 1 mg/L}}}\n"
        "users: {wash: {demand: 36 m3/h}}\nsinks: {outfall: {}}\nconnections: {pipe: {catalogue: steel}, "
        "candidates: all}\n");
    CHECK(t.status == PARK_OK);
    if (t.status == PARK_OK) {
        const park_pipe_rules *pipe = &t.loaded.model->pipe;
        CHECK(pipe->given && pipe->sizes > 10 && pipe->manhattan);
        CHECK_CLOSE(pipe->size[0].diameter, 0.053, 1e-15);
        CHECK_CLOSE(pipe->size[0].price, 180, 1e-12);
        for (size_t i = 1; i < pipe->sizes; i++)
            CHECK(pipe->size[i].diameter > pipe->size[i - 1].diameter &&
                  pipe->size[i].price > pipe->size[i - 1].price);
    } else
        show(&t);
    done(&t);
}

/* A retrofit's change lands where its path says: the capacity of a treatment, the limit of an inlet, a demand. */
static void retrofits_change_what_they_name(void)
{
    loaded_text t = load_text(
        "parkwater: 1\nconstituents: [COD]\nsources: {river: {kind: surface, quality: {COD: 1 mg/L}}}\n"
        "users: {wash: {demand: 36 m3/h, inlet: {COD: 50 mg/L}, loss: {evaporation: 10 %}, outlet: {COD: 80 "
        "mg/L}}}\nsinks: {outfall: {}}\n"
        "treatments: {t: {technology: AO, capacity: 60 m3/h, existing: true}}\nconnections: {candidates: "
        "all}\n"
        "retrofits:\n"
        "  a: {applies_to: wash, changes: {demand: {times: 0.5}, inlet.COD: {set: 20 mg/L}, "
        "loss.evaporation: {add: 5 %}, outlet.COD: {times: 2}}, capex: 1 万元}\n"
        "  b: {applies_to: t, changes: {capacity: {times: 2}}}\n");
    CHECK(t.status == PARK_OK);
    if (t.status != PARK_OK)
        show(&t);
    else {
        CHECK(park_draft_retrofit(t.loaded.draft, 0, NULL) == PARK_OK &&
              park_draft_retrofit(t.loaded.draft, 1, NULL) == PARK_OK);
        park_findings findings;
        park_findings_init(&findings, t.arena);
        CHECK(park_draft_shape(t.loaded.draft, &findings, NULL) == PARK_OK);
        CHECK(park_model_freeze(t.loaded.draft, &findings, NULL) == PARK_OK);
        int32_t wash = park_model_unit(t.loaded.draft, "wash"), plant = park_model_unit(t.loaded.draft, "t");
        park_map *map = park_map_new(t.arena, t.loaded.draft, wash);
        CHECK(park_unit_average(t.loaded.draft, wash, 0, map, NULL) == PARK_OK);
        CHECK_CLOSE(map->in_lo[0], 0.005, 1e-15);
        CHECK_CLOSE(map->outlet[0].alpha, 0.85, 1e-12);
        CHECK_CLOSE(map->outlet[0].limit[0], 0.160, 1e-15);
        CHECK_CLOSE(t.loaded.draft->inlet[t.loaded.draft->unit[wash].first_inlet].limit[0], 0.020, 1e-15);
        map = park_map_new(t.arena, t.loaded.draft, plant);
        CHECK(park_unit_average(t.loaded.draft, plant, 0, map, NULL) == PARK_OK);
        CHECK_CLOSE(map->size_max, 120.0 / 3600, 1e-15);
    }
    done(&t);
}

/* Every law of the catalogue has all its numbers there, and an answer at a usual water; a record that the park states in part
 * keeps the catalogue's rest. */
static void every_law_has_its_numbers(void)
{
    static const char *const LAW[][2] = {{"NF", "solution_diffusion"},
                                         {"BWRO", "solution_diffusion"},
                                         {"HPRO", "solution_diffusion"},
                                         {"SOFT", "lime_soda"},
                                         {"LIME", "neutralization"},
                                         {"SULF", "coprecipitation"},
                                         {"IX", "ion_exchange"},
                                         {"EDR", "electrodialysis"},
                                         {"FENT", "fenton"},
                                         {"O3CAT", "ozone"},
                                         {"MVR", "evaporation"},
                                         {"CRYS", "crystallization"},
                                         {"STRIP", "stripping"},
                                         {"DAF", "flotation"},
                                         {"BWRO", "solution_diffusion, membrane: {flux: 12 L/m2/h}"}};
    static char              head[8000], body[9000], text[10000];
    write_head(head, sizeof head);
    snprintf(body, sizeof body, head, "");
    for (size_t i = 0; i < sizeof LAW / sizeof *LAW; i++) {
        snprintf(text, sizeof text,
                 "%streatments: {t: {technology: %s, model: %s}}\nconnections: {candidates: all}\n", body,
                 LAW[i][0], LAW[i][1]);
        loaded_text t = load_text(text);
        CHECK(t.status == PARK_OK);
        if (t.status != PARK_OK) {
            show(&t);
            done(&t);
            continue;
        }
        const park_model *model = t.loaded.model, *at = NULL;
        size_t            I = model->inlets, C = model->constituents;
        double *flow = PARK_ARRAY(t.arena, I, double), *conc = PARK_ARRAY(t.arena, I * C, double), moved;
        for (size_t k = 0; k < I * C; k++)
            flow[k / C] = 0.01, conc[k] = 1e-3;
        int32_t unit = park_model_unit(model, "t");
        CHECK(park_units_refresh(model, flow, conc, 1.0, t.arena, &at, &moved, NULL) == PARK_OK);
        CHECK(at->unit[unit].point != NULL && !at->unit[unit].point[0]->failed);
        if (at->unit[unit].point[0]->failed)
            fprintf(stderr, "  %s has no answer\n", LAW[i][0]);
        park_map *map = park_map_new(t.arena, at, unit);
        CHECK(park_unit_average(at, unit, 0, map, NULL) == PARK_OK);
        const park_treatment *treatment = at->unit[unit].params;
        if (i == 14)
            CHECK(treatment->mechanism.membrane.flux < 13.0 / 3.6e6 &&
                  treatment->mechanism.membrane.pump > 0.7);
        done(&t);
    }
}

static void networks_are_refused_by_name(void)
{
    loaded_text t = load_file(test_file("net.inp", "[JUNCTIONS]\n", 12));
    CHECK(t.status == PARK_E_INPUT && found(&t, PARK_E0618, 0) != NULL);
    done(&t);
}

int main(void)
{
    RUN(what_does_not_mix_by_mass_is_told);
    RUN(every_technology_loads);
    RUN(every_limit_set_loads);
    RUN(every_climate_loads);
    RUN(limit_set_gives_its_values);
    RUN(pipes_ascend);
    RUN(retrofits_change_what_they_name);
    RUN(every_law_has_its_numbers);
    RUN(networks_are_refused_by_name);
    return park_test_done();
}
