/* Activated sludge as a treatment of a park: the benchmark through it, accounts of COD and nitrogen over a year, sludge age, oxygen
 * and energy, checkpoints. */
#include "march_fixture.h"

#include "biology/steady.h"
#include "units/point.h"

static const char *const NAMES[] = {"COD", "NH3-N", "TN", "SS", "alkalinity", "TDS", "BOD"};
enum { COD, AMMONIUM, NITROGEN, SOLIDS, ALKALINITY, SALT, BOD, C };

/* BSM1's constant inflow as a laboratory measures it [kg/m3]: nitrogen 31.56 + 6.95 + 10.59 + 0.08 x 28.17 + 0.06 x 51.2 g/m3. */
static const double SEWAGE[C] = {0.38119, 0.03156, 0.0544256, 0.75 * 0.28169, 7.0 * 0.050045, 0.8, 0.2};
static const double DAILY     = 18446.0 / 86400.0;

typedef struct bench {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    int32_t       plant;
} bench;

static bench bench_new(int64_t days)
{
    bench b             = {.arena = park_arena_new()};
    b.draft             = draft_with(b.arena, NAMES, C);
    b.draft->candidates = PARK_CANDIDATES_NONE;
    park_findings_init(&b.findings, b.arena);
    period(b.draft, day_start(2025, 1, 1), day_start(2025, 1, 1) + days * 86400, PARK_SEASONS_MONTHS);
    return b;
}

/* sewage -> plant -> outfall; the sludge leaves by itself. */
static park_treatment *plant_add(bench *b, int32_t pattern)
{
    int32_t sewage                                       = add_source(b->draft, "stream", "sewage", SEWAGE);
    ((park_source *)params_of(b->draft, sewage))->inflow = (park_series){DAILY, pattern};
    b->plant                          = add_unit(b->draft, PARK_TREATMENT, "removal", "plant");
    b->draft->unit[b->plant].existing = true;
    b->draft->unit[b->plant].duty     = PARK_DUTY_WASTE;
    park_treatment *t                 = params_of(b->draft, b->plant);
    t->states                         = PARK_STATES_ASM1;
    t->recovery                       = 0.99;
    t->reject_as                      = PARK_REJECT_SLUDGE;
    t->removal[COD]                   = 0.88;
    t->capacity                       = (park_range){0.0, 2.0 * DAILY, NAN};
    add_unit(b->draft, PARK_SINK, "outfall", "out");
    connect(b->draft, "sewage", "plant");
    connect(b->draft, "plant", "out");
    return t;
}

/* The benchmark's tanks, aeration and flows, in the words of a scenario. */
static void as_benchmark(park_arena *arena, park_treatment *t)
{
    static const double VOLUME[] = {1000.0, 1000.0, 1333.0, 1333.0, 1333.0},
                        KLA[]    = {0.0, 0.0, 240.0, 240.0, 84.0};
    park_sludge_words_tank *tank = PARK_ARRAY(arena, 5, park_sludge_words_tank);
    for (size_t i = 0; i < 5; i++)
        tank[i] = (park_sludge_words_tank){VOLUME[i], NAN, KLA[i] / 86400.0};
    t->capacity             = (park_range){0.0, DAILY, NAN};
    t->sludge.tanks         = (park_named){.items = tank, .count = 5};
    t->sludge.waste         = 385.0 / 86400.0;
    t->sludge.recycle       = 3.0;
    t->sludge.returned      = 1.0;
    t->sludge.settler_area  = 1500.0;
    t->sludge.temperature   = 288.15;
    t->sludge.ammonium_half = t->sludge.alkalinity_half = 0.0;
}

static void closes(const park_simulation *s)
{
    CHECK(s->closure.water <= 1e-9 && s->closure.mass <= 1e-9);
    printf("  water %.1e, mass %.1e, events %zu, %.2f s\n", s->closure.water, s->closure.mass,
           s->events_total, s->seconds);
}

/* Effluent of BSM1's open loop at rest: S_NH 1.7333, S_NO 10.415, COD of the effluent 47.5, TSS 12.497 g/m3 (IWA task group), and
 * the same plant at rest by the biology room: to 5e-5, since steps at this
 * tolerance do not stand quite still (1e-6 was met at a tolerance of 1e-4; why layers of the settler move is not known). */
static void the_benchmark_runs_through_the_unit(void)
{
    bench           b = bench_new(10);
    park_treatment *t = plant_add(&b, -1);
    as_benchmark(b.arena, t);
    CHECK(stands(b.draft, &b.findings, false));
    rows             r = {.arena = b.arena, .fail_after = -1};
    park_simulation *s = simulate(b.arena, b.draft, NULL, NULL, &r);
    if (s == NULL)
        return;
    closes(s);
    park_sludge_plant  plant = park_sludge_bsm1();
    park_sludge_inflow in    = {
           DAILY, {0.03, 0.0695, 0.0512, 0.20232, 0.02817, 0, 0, 0, 0, 0.03156, 0.00695, 0.01059, 0.007}};
    park_sludge_form  *form = NULL;
    park_sludge_stream out, waste;
    plant.settler.solids    = PARK_SOLIDS_CARRIED;
    plant.oxygen_saturation = park_oxygen_saturation(288.15);
    CHECK(park_sludge_form_make(b.arena, &plant, &form, NULL) == PARK_OK);
    double *y = PARK_ARRAY(b.arena, form->states, double);
    park_sludge_guess(form, &in, y);
    CHECK(park_sludge_steady(b.arena, form, &in, y, NULL, NULL) == PARK_OK);
    park_sludge_leaving(form, &in, y, &out, &waste);
    int32_t outlet = park_model_outlet(b.draft, "plant");
    double  tss    = park_asm1_tss(&plant.kinetics, out.conc),
           cod     = tss / 0.75 + out.conc[PARK_SI] + out.conc[PARK_SS];
    double got[C];
    for (int32_t c = 0; c < C; c++)
        got[c] = rows_at(&r, r.count - 1, rows_column(&r, PARK_COLUMN_OUTLET_CONC, outlet, c));
    CHECK_CLOSE(got[AMMONIUM], out.conc[PARK_SNH], 5e-5 * out.conc[PARK_SNH]);
    CHECK_CLOSE(got[COD], cod, 5e-5 * cod);
    CHECK_CLOSE(got[SOLIDS], tss, 5e-5 * tss);
    CHECK_CLOSE(got[ALKALINITY], 50.045 * out.conc[PARK_SALK], 5e-5 * got[ALKALINITY]);
    CHECK_CLOSE(got[AMMONIUM], 1.7333e-3, 1e-3 * got[AMMONIUM]); /* published */
    CHECK_CLOSE(got[SOLIDS], 12.497e-3, 1e-3 * got[SOLIDS]);
    CHECK_CLOSE(got[SALT], 0.8, 1e-9);
    park_arena_free(b.arena);
}

/* The average is the rest: at a steady inflow the plan's map and the march's outlets and energy are the same numbers. */
static void the_average_is_the_march_at_rest(void)
{
    bench           b     = bench_new(30);
    park_treatment *t     = plant_add(&b, -1);
    t->capacity           = (park_range){0.0, DAILY, NAN};
    t->sludge.age         = 10.0 * 86400.0;
    t->sludge.temperature = 288.15;
    CHECK(stands(b.draft, &b.findings, false));
    park_simulation *s = simulate(b.arena, b.draft, NULL, NULL, NULL);
    if (s == NULL)
        return;
    size_t I = b.draft->inlets, in = (size_t)b.draft->unit[b.plant].first_inlet,
           out   = (size_t)b.draft->unit[b.plant].first_outlet;
    double *flow = PARK_ARRAY(b.arena, I, double), *conc = PARK_ARRAY(b.arena, I * C, double), moved;
    flow[in] = DAILY;
    memcpy(conc + in * C, SEWAGE, sizeof SEWAGE);
    const park_model *model = NULL;
    CHECK(b.draft->time.seasons == 1 &&
          park_units_refresh(b.draft, flow, conc, 1.0, b.arena, &model, &moved, NULL) == PARK_OK);
    park_map *map = park_map_new(b.arena, model, b.plant);
    CHECK(park_unit_average(model, b.plant, 0, map, NULL) == PARK_OK);
    double water = s->ledger->outlet_water[out] + s->ledger->outlet_water[out + 1];
    CHECK_CLOSE(s->ledger->outlet_water[out] / water, map->outlet[0].alpha, 1e-5);
    for (size_t k = 0; k < 2; k++)
        for (size_t c = 0; c < C; c++) {
            double want = map->outlet[k].share[c] * SEWAGE[c] + map->outlet[k].per_flow[c];
            CHECK_CLOSE(s->ledger->outlet_mass[(out + k) * C + c] / water, want, 2e-3 * fmax(want, 1e-6));
        }
    CHECK_CLOSE(s->ledger->unit_energy[b.plant] / water, map->energy_in, 1e-3 * map->energy_in);

    park_arena_free(b.arena);
}

/* Two shifts, silent nights, days without water: six weeks. COD that entered is in the effluent, the sludge, or was destroyed. */
static const double TWO_SHIFTS[] = {0.0, 0.0, 0.6, 1.8, 1.6, 1.4, 1.2, 0.9};

static void weeks_of_shifts_close(void)
{
    bench  b = bench_new(365);
    double day[3 * 24];
    for (size_t h = 0; h < 72; h++) /* two working days and one of rest */
        day[h] = h < 48 ? 1.4 * TWO_SHIFTS[h % 24 / 3] : 0.0;
    park_treatment *t = plant_add(&b, hourly(b.draft, 72, day));
    t->capacity       = (park_range){0.0, 4.0 * DAILY, NAN};
    t->sludge.age     = 20.0 * 86400.0;
    CHECK(stands(b.draft, &b.findings, false));
    rows             r = {.arena = b.arena, .fail_after = -1};
    park_simulation *s = simulate(b.arena, b.draft, NULL, NULL, &r);
    if (s == NULL)
        return;
    closes(s);
    size_t U = b.draft->units, S = b.draft->time.seasons, L = b.draft->links, K = b.draft->outlets,
           p             = (size_t)b.plant;
    const park_ledger *g = s->ledger;
    double in[C] = {0}, out[C] = {0}, sludge[C] = {0}, removed[C] = {0}, stored[C] = {0}, energy = 0.0,
           water = 0.0;
    size_t waste = b.draft->unit[p].first_outlet + 1;
    for (size_t i = 0; i < S; i++) {
        energy += g->unit_energy[i * U + p];
        water += g->outlet_water[i * K + waste - 1] + g->outlet_water[i * K + waste];
        for (size_t c = 0; c < C; c++) {
            removed[c] += g->removed_mass[(i * U + p) * C + c];
            stored[c] += g->stored_mass[(i * U + p) * C + c];
            sludge[c] += g->outlet_mass[(i * K + waste) * C + c];
            for (size_t l = 0; l < L; l++)
                *(b.draft->link[l].to == b.plant ? &in[c] : &out[c]) += g->link_mass[(i * L + l) * C + c];
        }
    }
    for (size_t c = 0; c < C; c++)
        CHECK_CLOSE(in[c], out[c] + sludge[c] + removed[c] + stored[c], 1e-9 * in[c]);
    CHECK(removed[COD] > 0.3 * in[COD] && sludge[COD] > 0.2 * in[COD] && out[COD] < 0.2 * in[COD]);
    CHECK(out[AMMONIUM] < 0.1 * in[AMMONIUM] && removed[NITROGEN] > 0.3 * in[NITROGEN]);
    CHECK_CLOSE(removed[SALT], 0.0, 1e-9 * in[SALT]);
    double each = energy / water / 3.6e6; /* kWh/m3: catalogue 0.25 to 0.9 for A/O */
    CHECK(each > 0.2 && each < 1.2);
    int age = -1, oxygen = -1;
    for (size_t c = 0; c < r.columns; c++)
        if (r.column[c].kind == PARK_COLUMN_STATE)
            *(strcmp(r.column[c].state->word, "age") == 0      ? &age
              : strcmp(r.column[c].state->word, "oxygen") == 0 ? &oxygen
                                                               : &(int){0}) = (int)c;
    double mean = 0.0;
    for (size_t n = 0; n < r.count; n++)
        mean += rows_at(&r, n, age) / (double)r.count / 86400.0;
    CHECK_CLOSE(mean, 20.0, 2.0); /* held by the waste, which follows the smoothed intake */
    CHECK(rows_at(&r, 500, oxygen) > 1.5e-3);
    park_arena_free(b.arena);
}

/* A membrane keeps its solids: none in the effluent, thicker sludge; colder water nitrifies less. */
static double membrane(double kelvin, double *solids)
{
    bench           b     = bench_new(5);
    park_treatment *t     = plant_add(&b, -1);
    t->sludge.separation  = PARK_SEPARATION_MEMBRANE;
    t->sludge.temperature = kelvin;
    t->sludge.age         = 8.0 * 86400.0;
    CHECK(stands(b.draft, &b.findings, false));
    rows             r      = {.arena = b.arena, .fail_after = -1};
    park_simulation *s      = simulate(b.arena, b.draft, NULL, NULL, &r);
    int32_t          outlet = park_model_outlet(b.draft, "plant");
    *solids =
        s == NULL ? NAN : rows_at(&r, r.count - 1, rows_column(&r, PARK_COLUMN_OUTLET_CONC, outlet, SOLIDS));
    double ammonium =
        s == NULL ? NAN
                  : rows_at(&r, r.count - 1, rows_column(&r, PARK_COLUMN_OUTLET_CONC, outlet, AMMONIUM));
    if (s != NULL)
        closes(s);
    park_arena_free(b.arena);
    return ammonium;
}

static void membranes_keep_solids_and_cold_costs_nitrification(void)
{
    double solids, warm = membrane(298.15, &solids), cold = membrane(283.15, &solids);
    CHECK(solids >= 0.0 && solids < 1e-9);
    CHECK(warm < 1.5e-3 && cold > 2.0 * warm);
}

/* A park that has neither total nitrogen nor solids nor alkalinity: the words stand for them; nitrogen that is stated as less than
 * ammonium alone counts as added. */
static void what_is_not_measured_is_taken_from_words(void)
{
    bench b             = {.arena = park_arena_new()};
    b.draft             = draft_with(b.arena, NAMES, 2);
    b.draft->candidates = PARK_CANDIDATES_NONE;
    park_findings_init(&b.findings, b.arena);
    period(b.draft, day_start(2025, 1, 1), day_start(2025, 1, 1) + 3 * 86400, PARK_SEASONS_MONTHS);
    plant_add(&b, -1);
    CHECK(stands(b.draft, &b.findings, false));
    park_simulation *s = simulate(b.arena, b.draft, NULL, NULL, NULL);
    CHECK(s != NULL && s->closure.mass <= 1e-9 && s->closure.water <= 1e-9);
    park_arena_free(b.arena);
    b = bench_new(3);
    plant_add(&b, -1);
    double *quality   = ((park_source *)params_of(b.draft, park_model_unit(b.draft, "sewage")))->quality;
    quality[NITROGEN] = 0.02;
    CHECK(stands(b.draft, &b.findings, false));
    s = simulate(b.arena, b.draft, NULL, NULL, NULL);
    CHECK(s != NULL && s->closure.mass <= 1e-9);
    double added = 0.0, in = 0.0;
    for (size_t i = 0; s != NULL && i < b.draft->time.seasons; i++) {
        added += s->ledger->added_mass[(i * b.draft->units + (size_t)b.plant) * C + NITROGEN];
        in += s->ledger->outlet_mass[i * b.draft->outlets * C + NITROGEN];
    }
    CHECK_CLOSE(added / in, (0.03156 - 0.02) / 0.02, 1e-6);
    park_arena_free(b.arena);
}

/* Components that only some of are constituents are refused. */
static void components_are_told_all_or_none(void)
{
    static const char *const FEW[] = {"COD", "NH3-N", "S_S"};
    bench                    b     = {.arena = park_arena_new()};
    b.draft                        = draft_with(b.arena, FEW, 3);
    b.draft->candidates            = PARK_CANDIDATES_NONE;
    park_findings_init(&b.findings, b.arena);
    period(b.draft, day_start(2025, 1, 1), day_start(2025, 1, 1) + 86400, PARK_SEASONS_MONTHS);
    plant_add(&b, -1);
    CHECK(stands(b.draft, &b.findings, true) == false);
    bool told = false;
    for (size_t i = 0; i < b.findings.count; i++)
        told = told || strstr(b.findings.items[i].en, "1 of the 9 components") != NULL;
    CHECK(told);
    park_arena_free(b.arena);
}

/* A waste that is stated is that flow in every hour, whatever comes in: 385 m3/d through a day between 0.5 and 1.4 of the mean. */
static void waste_that_is_stated_stands_still(void)
{
    static const double HOURS[] = {0.5, 1.4, 1.1};
    bench               b       = bench_new(3);
    double              day[24];
    for (size_t h = 0; h < 24; h++)
        day[h] = HOURS[h / 8];
    park_treatment *t = plant_add(&b, hourly(b.draft, 24, day));
    as_benchmark(b.arena, t);
    t->capacity = (park_range){0.0, 2.0 * DAILY, NAN};
    CHECK(stands(b.draft, &b.findings, false));
    rows             r = {.arena = b.arena, .fail_after = -1};
    park_simulation *s = simulate(b.arena, b.draft, NULL, NULL, &r);
    if (s != NULL) {
        size_t waste = (size_t)b.draft->unit[b.plant].first_outlet + 1;
        closes(s);
        CHECK_CLOSE(s->ledger->outlet_water[waste] / 365.0, 385.0, 1e-6 * 385.0); /* yearly */
    }
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(the_benchmark_runs_through_the_unit);
    RUN(components_are_told_all_or_none);
    RUN(waste_that_is_stated_stands_still);
    RUN(membranes_keep_solids_and_cold_costs_nitrification);
    RUN(what_is_not_measured_is_taken_from_words);
    RUN(the_average_is_the_march_at_rest);
    RUN(weeks_of_shifts_close);
    return park_test_done();
}
