/* Hand calculations, one per kind: the average face in a steady park. */
#include "park_fixture.h"

#include "units/sinks/sink.h"
#include "units/sources/source.h"
#include "units/storages/storage.h"
#include "units/treatments/train.h"
#include "units/users/boiler.h"
#include "units/users/cooling_tower.h"
#include "units/users/process.h"

static const char *const SALTS[] = {"TDS", "Ca", "alkalinity", "Cl", "SO4", "SiO2", "Mg", "COD"};
enum { TDS, CA, ALK, CL, SO4, SIO2, MG, OXYGEN, SALT_COUNT };

typedef struct bench {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    int32_t       river, unit, outfall;
} bench;

/* A river, the unit on the bench, an outfall. */
static bench bench_with(park_role role, const char *word)
{
    bench b = {.arena = park_arena_new()};
    b.draft = draft_with(b.arena, SALTS, SALT_COUNT);
    park_findings_init(&b.findings, b.arena);
    b.draft->constituent[ALK].basis = "CaCO3";
    b.river                         = add_unit(b.draft, PARK_SOURCE, "surface", "river");
    b.unit                          = add_unit(b.draft, role, word, "unit");
    b.outfall                       = add_unit(b.draft, PARK_SINK, "outfall", "outfall");
    for (int c = 0; c < SALT_COUNT; c++)
        ((park_source *)params_of(b.draft, b.river))->quality[c] = 0.0;
    return b;
}

static park_map *map_of(bench *b)
{
    park_error err = {0};
    park_map  *map = NULL;
    if (stands(b->draft, &b->findings, false)) {
        map = park_map_new(b->arena, b->draft, b->unit);
        CHECK(park_unit_average(b->draft, b->unit, 0, map, &err) == PARK_OK);
        CHECK_TEXT(err.message, "");
    }
    CHECK(map != NULL);
    return map;
}

/* ---- users ---------------------------------------------------------------------------------------------------------- */

/* 100 m3/h, 4 % evaporated, 2 % in goods, 3 % leaked: 91 m3/h drain; 96 kg/h COD in 96 m3/h of wet water is 1000 mg/L. */
static void process_splits_its_water(void)
{
    bench         b = bench_with(PARK_USER, "process");
    park_process *p = params_of(b.draft, b.unit);
    p->demand.flow  = (park_series){100.0 * M3_H, -1};
    p->loss         = (park_loss){0.04, 0.02, 0.03};
    p->adds[OXYGEN] = 96.0 * KG_H;
    park_map *map   = map_of(&b);
    double    Q     = map->in_lo[0];
    CHECK_CLOSE(Q, 100.0 * M3_H, 1e-15);
    CHECK(map->in_hi[0] == Q && map->demand == Q);
    CHECK_CLOSE(map->outlet[PARK_PROCESS_PRODUCT].alpha * Q, 91.0 * M3_H, 1e-15);
    double wet = Q * (map->outlet[0].alpha + map->outlet[2].alpha + map->outlet[3].alpha);
    CHECK_CLOSE(map->add[OXYGEN] / wet, 1000.0 * MG_L, 1e-12);
    CHECK(map->outlet[PARK_PROCESS_EVAPORATION].quality == PARK_QUALITY_NONE);
    park_arena_free(b.arena);
}

/* A fixed outlet: whatever enters, the mixture holds 900 mg/L; the difference is removed (or added). */
static void process_fixes_its_outlet(void)
{
    bench         b         = bench_with(PARK_USER, "process");
    park_process *p         = params_of(b.draft, b.unit);
    p->demand.free          = true;
    p->loss                 = (park_loss){0.10, 0.0, 0.0};
    p->outlet.fixed[OXYGEN] = 900.0 * MG_L;
    park_map *map           = map_of(&b);
    double    Q = 50.0 * M3_H, M = Q * 20.0 * MG_L; /* any flow, any inlet */
    double    mixture = M + map->add[OXYGEN] + map->add_per_flow[OXYGEN] * Q - map->removed_share[OXYGEN] * M;
    CHECK_CLOSE(mixture / (0.9 * Q), 900.0 * MG_L, 1e-12);
    CHECK(map->in_lo[0] == 0.0 && isinf(map->in_hi[0]) && map->demand == 0.0);
    park_arena_free(b.arena);
}

static void process_takes_bounds_and_losses_entire(void)
{
    bench         b = bench_with(PARK_USER, "process");
    park_process *p = params_of(b.draft, b.unit);
    p->demand.min   = 20.0 * M3_H;
    p->demand.max   = 60.0 * M3_H;
    p->loss.product = 1.0;
    p->inlet[CL]    = 250.0 * MG_L;
    park_map *map   = map_of(&b);
    CHECK(map->in_lo[0] == 20.0 * M3_H && map->in_hi[0] == 60.0 * M3_H && map->demand == map->in_lo[0]);
    CHECK(map->outlet[PARK_PROCESS_PRODUCT].alpha == 0.0);
    CHECK(map->outlet[PARK_PROCESS_IN_PRODUCT].alpha == 1.0);
    CHECK(map->in_limit[CL] == 250.0 * MG_L && isinf(map->in_limit[CA]));
    park_arena_free(b.arena);
}

/* indicator_tests.csv, CT-E, CT-W, CT-M, CT-B: Q 10 000, dT 8, k 0.0014 (20 C), drift 0.05 %: E 112, W 5; N 5: M 140, B 23. */
static bench tower_bench(void)
{
    bench               b        = bench_with(PARK_USER, "cooling_tower");
    park_cooling_tower *t        = params_of(b.draft, b.unit);
    t->circulation               = (park_series){10000.0 * M3_H, -1};
    t->range                     = 8.0;
    t->drift                     = 5e-4;
    double *air                  = PARK_NEW(b.arena, double);
    *air                         = 293.15;
    b.draft->weather.temperature = park_draft_pattern(
        b.draft, (park_pattern){.kind = PARK_PATTERN_CYCLE, .every = 86400.0, .count = 1, .value = air});
    return b;
}

static void tower_evaporates_by_the_standard(void)
{
    bench               b = tower_bench();
    park_cooling_tower *t = params_of(b.draft, b.unit);
    t->cycles             = 5.0;
    park_map *map         = map_of(&b);
    CHECK_CLOSE(map->outlet[1].beta, 112.0 * M3_H, 1e-12); /* evaporation */
    CHECK_CLOSE(map->outlet[2].beta, 5.0 * M3_H, 1e-12);   /* drift */
    CHECK_CLOSE(map->outlet[0].lo, 23.0 * M3_H, 1e-12);    /* blowdown at N = 5 */
    CHECK_CLOSE(map->in_lo[0], 140.0 * M3_H, 1e-12);
    CHECK_CLOSE(map->circulating, 10000.0 * M3_H, 1e-12);
    CHECK(map->outlet[0].flow == PARK_FLOW_REST);
    park_arena_free(b.arena);
}

/* CT-Qr-5: 10 MW over 5 K is 1720.02 m3/h (with cp 4.186). */
static void tower_circulates_by_its_heat(void)
{
    bench               b = tower_bench();
    park_cooling_tower *t = params_of(b.draft, b.unit);
    t->circulation.base   = NAN;
    t->heat               = (park_series){10e6, -1};
    t->range              = 5.0;
    park_map *map         = map_of(&b);
    CHECK_CLOSE(map->circulating, 1720.02 * M3_H, 0.005 * M3_H);
    CHECK_CLOSE(map->outlet[1].beta, 12.0401 * M3_H, 5e-5 * M3_H); /* CT-E-5 */
    park_arena_free(b.arena);
}

/* The least make-up at which the mixture meets every limit: M (C_in) = C (M - E), the tightest constituent decides. */
static double cycles_at_least_make_up(const park_map *map, const double *in)
{
    double E = map->outlet[1].beta, cycles = INFINITY;
    (void)E;
    for (size_t c = 0; c < map->constituents; c++)
        cycles = fmin(cycles, in[c] > 0.0 ? map->outlet[0].limit[c] / in[c] : INFINITY);
    for (size_t i = 0; i < map->combined_count; i++) {
        double sum = 0.0;
        for (size_t c = 0; c < map->constituents; c++)
            sum += map->combined[i].coef[c] * in[c];
        cycles = fmin(cycles, sum > 0.0 ? map->combined[i].limit / sum : INFINITY);
    }
    return cycles;
}

/* indicators.md 4.3: make-up Ca 120, Alk 100 (CaCO3), Cl 40, SO4 60, SiO2 12, Mg 60, COD 15 -> N = 5.00 by Ca + Alk; the
 * others alone 17.5, 25, 14.58, 8.33, 10. */
static void tower_cycles_are_limited_by_its_constituents(void)
{
    static const double IN[SALT_COUNT] = {0, 0.120, 0.100, 0.040, 0.060, 0.012, 0.060, 0.015};
    bench               b              = tower_bench();
    park_cooling_tower *t              = params_of(b.draft, b.unit);
    for (int c = 0; c < SALT_COUNT; c++)
        ((park_source *)params_of(b.draft, b.river))->quality[c] = IN[c];
    b.draft->constituent[CA].basis = b.draft->constituent[MG].basis = "CaCO3";
    t->circulating_limits[CL]                                       = 700.0 * MG_L;
    t->circulating_limits[SIO2]                                     = 175.0 * MG_L;
    t->circulating_limits[OXYGEN]                                   = 150.0 * MG_L;
    t->so4_plus_cl                                                  = 2500.0 * MG_L;
    t->mg_x_sio2                                                    = 50000.0;
    park_map *map                                                   = map_of(&b);
    CHECK_CLOSE(cycles_at_least_make_up(map, IN), 8.3333,
                5e-5); /* Mg x SiO2 by its line, exact at the sources' ratio */
    CHECK(map->outside_proof.zh != NULL && map->outside_proof.en != NULL);

    bench               c          = tower_bench();
    park_cooling_tower *u          = params_of(c.draft, c.unit);
    c.draft->constituent[CA].basis = "CaCO3";
    u->ca_plus_alkalinity          = 1100.0 * MG_L;
    map                            = map_of(&c);
    CHECK_CLOSE(cycles_at_least_make_up(map, IN), 5.0, 1e-12);
    double E = map->outlet[1].beta, M = E * 5.0 / 4.0; /* the mixture at the least make-up */
    CHECK_CLOSE((IN[CA] + IN[ALK]) * M / (M - E), 1100.0 * MG_L, 1e-12);
    park_arena_free(b.arena);
    park_arena_free(c.arena);
}

/* Calcium as itself weighs 100.087/40.078 as much as CaCO3. */
static void tower_counts_calcium_as_carbonate(void)
{
    bench               b = tower_bench();
    park_cooling_tower *t = params_of(b.draft, b.unit);
    t->ca_plus_alkalinity = 1100.0 * MG_L;
    park_map *map         = map_of(&b);
    CHECK_CLOSE(map->combined[0].coef[CA], 2.497305, 1e-6);
    CHECK(map->combined[0].coef[ALK] == 1.0);
    park_arena_free(b.arena);
}

/* 60 t/h, 70 % back, at least 2 % blowdown: steam lost 18, blowdown 18 * 0.02/0.98 = 0.3673, make-up 18.3673 m3/h. */
static void boiler_makes_up_for_lost_steam(void)
{
    bench        b            = bench_with(PARK_USER, "boiler");
    park_boiler *boiler       = params_of(b.draft, b.unit);
    boiler->steam             = (park_series){60.0e3 / 3600.0, -1};
    boiler->condensate_return = 0.7;
    park_map *map             = map_of(&b);
    CHECK_CLOSE(map->in_lo[0], 18.367347 * M3_H, 1e-9);
    CHECK_CLOSE(map->outlet[0].lo / map->in_lo[0], 0.02, 1e-12);
    CHECK_CLOSE(map->circulating, 42.0 * M3_H, 1e-12);
    CHECK(map->outlet[1].hi == 0.0); /* nobody asked for condensate */
    CHECK(link_between(b.draft, "unit.condensate", "outfall") < 0);
    CHECK(link_between(b.draft, "unit", "outfall") >= 0); /* the blowdown answers to the bare id */
    park_arena_free(b.arena);
}

static void boiler_gives_condensate_where_it_is_named(void)
{
    bench        b                                          = bench_with(PARK_USER, "boiler");
    park_boiler *boiler                                     = params_of(b.draft, b.unit);
    boiler->steam                                           = (park_series){60.0e3 / 3600.0, -1};
    boiler->condensate_return                               = 0.7;
    int32_t wash                                            = add_unit(b.draft, PARK_USER, "process", "wash");
    ((park_process *)params_of(b.draft, wash))->demand.flow = (park_series){10.0 * M3_H, -1};
    park_draft_connection(b.draft, (park_connection){.from     = "unit.condensate",
                                                     .to       = "wash",
                                                     .existing = true,
                                                     .capacity = INFINITY,
                                                     .length   = NAN,
                                                     .lift     = NAN});
    park_map *map = map_of(&b);
    CHECK(link_between(b.draft, "unit.condensate", "wash") >= 0);
    CHECK_CLOSE(map->outlet[1].hi, 42.0 * M3_H, 1e-12);
    CHECK(map->outlet[1].flow == PARK_FLOW_FREE && map->circulating == 0.0);
    park_arena_free(b.arena);
}

/* 12 ha at 2 mm/d is 240 m3/d; 80 % evaporates, the rest seeps away with all that was dissolved. */
static void irrigation_gives_its_water_to_air_and_ground(void)
{
    bench   b                                  = bench_with(PARK_USER, "irrigation");
    double *field                              = params_of(b.draft, b.unit); /* area, then depth */
    field[0]                                   = 120000.0;
    ((park_series *)(void *)(field + 1))->base = 2e-3 / 86400.0;
    park_map *map                              = map_of(&b);
    CHECK_CLOSE(map->in_lo[0] * 86400.0, 240.0, 1e-9);
    CHECK(map->in_hi[0] == map->in_lo[0] && map->demand == map->in_lo[0]);
    CHECK_CLOSE(map->outlet[0].alpha, 0.8, 1e-15);
    CHECK(map->outlet[0].quality == PARK_QUALITY_NONE && map->outlet[1].quality == PARK_QUALITY_MIX);
    CHECK(b.draft->unit[b.unit].use == PARK_USE_IRRIGATION);
    CHECK(park_model_outlet(b.draft, "unit") == -1); /* nothing to lead anywhere */
    park_arena_free(b.arena);
}

/* ---- treatments ------------------------------------------------------------------------------------------------------ */

/* Reverse osmosis, 8000 m3/d at 75 %: 6000 of product and 2000 of reject; TDS 1000 rejected by 97 %: 30 and 3910 mg/L. */
static void osmosis_keeps_its_balance(void)
{
    bench           b               = bench_with(PARK_TREATMENT, "removal");
    park_treatment *t               = params_of(b.draft, b.unit);
    t->recovery                     = 0.75;
    t->rejection[TDS]               = 0.97;
    b.draft->law.dilution_forbidden = false;
    park_map *map                   = map_of(&b);
    double    Q = 8000.0, M = Q * 1000.0; /* m3/d, g/d */
    CHECK_CLOSE(map->outlet[0].alpha * Q, 6000.0, 1e-9);
    CHECK_CLOSE(map->outlet[1].alpha * Q, 2000.0, 1e-9);
    CHECK_CLOSE(map->outlet[0].share[TDS] * M / 6000.0, 30.0, 1e-9);
    CHECK_CLOSE(map->outlet[1].share[TDS] * M / 2000.0, 3910.0, 1e-9);
    /* Silica is not listed: both outlets hold what entered. */
    CHECK_CLOSE(map->outlet[0].share[SIO2] / map->outlet[0].alpha, 1.0, 1e-12);
    CHECK_CLOSE(map->outlet[1].share[SIO2] / map->outlet[1].alpha, 1.0, 1e-12);
    park_arena_free(b.arena);
}

/* Rules of removal: by mass; never drier than its water; released salt spreads; what is destroyed is in no outlet. */
static void removal_obeys_its_four_rules(void)
{
    static const char *GONE[]       = {"COD"};
    bench              b            = bench_with(PARK_TREATMENT, "removal");
    park_treatment    *t            = params_of(b.draft, b.unit);
    t->recovery                     = 0.9;
    t->removal[OXYGEN]              = 0.6;
    t->removal[CA]                  = 0.6;
    t->removal[CL]                  = 0.05; /* less than the water that goes to the reject */
    t->removal[TDS]                 = -0.15;
    t->destroyed                    = (park_text_list){GONE, 1};
    b.draft->law.dilution_forbidden = false;
    park_map *map                   = map_of(&b);
    CHECK_CLOSE(map->outlet[0].share[OXYGEN], 0.4, 1e-12);
    CHECK(map->outlet[1].share[OXYGEN] == 0.0);
    CHECK_CLOSE(map->outlet[0].share[CA], 0.4, 1e-12);
    CHECK_CLOSE(map->outlet[1].share[CA], 0.6, 1e-12);
    CHECK_CLOSE(map->outlet[0].share[CL], 0.9, 1e-12);
    CHECK_CLOSE(map->outlet[1].share[CL], 0.1, 1e-12);
    CHECK_CLOSE(map->outlet[0].share[TDS] + map->outlet[1].share[TDS], 1.15, 1e-12);
    CHECK_CLOSE(map->outlet[0].share[TDS] / 0.9, 1.15, 1e-12);
    park_arena_free(b.arena);
}

static void treatment_without_capital_stands_already(void)
{
    bench           b               = bench_with(PARK_TREATMENT, "removal");
    park_treatment *t               = params_of(b.draft, b.unit);
    t->capacity                     = (park_range){100.0 * M3_H, 400.0 * M3_H, 100.0 * M3_H};
    b.draft->law.dilution_forbidden = false;
    park_map *map                   = map_of(&b);
    CHECK(map->existing && map->sized && map->in_hi[0] == 400.0 * M3_H);
    t->capex = (park_capex){16800.0, M3_H, 0.7, 0.0};
    park_error err;
    CHECK(park_unit_average(b.draft, b.unit, 0, map, &err) == PARK_OK);
    CHECK(!map->existing && map->size_step == 100.0 * M3_H);
    park_arena_free(b.arena);
}

/* MMF 97 % -> UF 92 % -> RO 72 %: product 0.642528; MMF's 3 % apart, the rest in the joint reject. */
static void train_multiplies_its_stages(void)
{
    static const char    *STAGE[] = {"MMF", "UF", "BWRO"}, *KEY[] = {"MMF.backwash"};
    static const double   RECOVERY[] = {0.97, 0.92, 0.72};
    bench                 b          = bench_with(PARK_TREATMENT, "train");
    park_train           *train      = params_of(b.draft, b.unit);
    const park_unit_kind *single     = park_unit_kind_find(PARK_TREATMENT, "technology");
    park_treatment       *stage      = PARK_ARRAY(b.arena, 3, park_treatment);
    park_ref             *to         = PARK_NEW(b.arena, park_ref);
    for (int i = 0; i < 3; i++) {
        CHECK(park_fields_default(single->fields, &stage[i], SALT_COUNT, b.arena) == PARK_OK);
        stage[i].recovery = RECOVERY[i];
        stage[i].energy   = 3.6e6 * (i + 1);
        stage[i].capex    = (park_capex){1e6 * (i + 1), 0.1, i == 2 ? 0.9 : 0.7, 0.0};
    }
    stage[0].reject_as              = PARK_REJECT_BACKWASH;
    stage[2].rejection[TDS]         = 0.975;
    *to                             = (park_ref){"outfall", -1, -1};
    train->stages                   = (park_named){STAGE, stage, 3};
    train->side_streams             = (park_ref_map){KEY, to, 1};
    b.draft->law.dilution_forbidden = false;
    park_map *map                   = map_of(&b);
    CHECK(map->outlets == 3);
    CHECK(park_model_outlet(b.draft, "unit.MMF.backwash") == park_model_outlet(b.draft, "unit") + 2);
    CHECK(link_between(b.draft, "unit.MMF.backwash", "outfall") >= 0);
    CHECK_CLOSE(map->outlet[0].alpha, 0.642528, 1e-12);
    CHECK_CLOSE(map->outlet[2].alpha, 0.03, 1e-12);
    CHECK_CLOSE(map->outlet[1].alpha, 1.0 - 0.642528 - 0.03, 1e-12);
    CHECK_CLOSE(map->outlet[0].share[TDS], 0.642528 * 0.025, 1e-12);
    CHECK_CLOSE(map->outlet[0].share[TDS] + map->outlet[1].share[TDS] + map->outlet[2].share[TDS], 1.0,
                1e-12);
    CHECK_CLOSE(map->energy_in / 3.6e6, 1.0 + 0.97 * 2.0 + 0.97 * 0.92 * 3.0, 1e-12);
    /* The joint law meets the stages' sum at 10 000 m3/d. */
    double size = 10000.0 / 86400.0, sum = 0.0, flow = size;
    for (int i = 0; i < 3; i++) {
        sum += stage[i].capex.scale * pow(flow / 0.1, stage[i].capex.exponent);
        flow *= RECOVERY[i];
    }
    CHECK_CLOSE(map->capex.scale * pow(size / map->capex.reference, map->capex.exponent), sum, 1e-6);
    CHECK(map->capex.exponent > 0.7 && map->capex.exponent < 0.9);
    park_arena_free(b.arena);
}

/* ---- sources, storages, sinks ------------------------------------------------------------------------------------------ */

static void sources_state_what_they_cost(void)
{
    bench        b = bench_with(PARK_SOURCE, "municipal");
    park_source *s = params_of(b.draft, b.unit);
    s->price       = 2.05;
    s->tax         = 0.2;
    s->capacity    = (park_series){2500.0 * M3_H, -1};
    s->licence     = 15e6 / (365.0 * 86400.0); /* 1500 wan m3/a */
    for (int c = 0; c < SALT_COUNT; c++)
        s->quality[c] = 0.18;
    park_map *map = map_of(&b);
    CHECK_CLOSE(map->opex_out, 2.25, 1e-12);
    CHECK_CLOSE(map->tax_out, 0.2, 1e-12);
    CHECK_CLOSE(map->licence, 15e6, 1e-6);
    CHECK(map->outlet[0].flow == PARK_FLOW_FREE && map->outlet[0].hi == 2500.0 * M3_H);
    CHECK(map->outlet[0].quality == PARK_QUALITY_FIXED && map->outlet[0].conc[TDS] == 0.18);
    park_arena_free(b.arena);
}

static void streams_and_mines_do_not_wait(void)
{
    bench        b = bench_with(PARK_SOURCE, "stream");
    park_source *s = params_of(b.draft, b.unit);
    s->inflow      = (park_series){60.0 * M3_H, -1};
    park_map *map  = map_of(&b);
    CHECK(map->outlet[0].flow == PARK_FLOW_AFFINE && map->outlet[0].beta == 60.0 * M3_H);
    CHECK(link_between(b.draft, "unit", "outfall") >=
          0); /* a stream may be discharged, source water may not */
    CHECK(link_between(b.draft, "river", "outfall") < 0);
    park_arena_free(b.arena);

    bench        m  = bench_with(PARK_SOURCE, "mine");
    park_source *mp = params_of(m.draft, m.unit);
    mp->inflow      = (park_series){60.0 * M3_H, -1};
    mp->untaken     = (park_ref){"outfall", -1, -1};
    map             = map_of(&m);
    CHECK(map->outlet[0].beta == 60.0 * M3_H);
    int32_t link = link_between(m.draft, "unit", "outfall");
    CHECK(link >= 0 && m.draft->link[link].free);
    park_arena_free(m.arena);
}

static void sinks_take_fees_and_limits(void)
{
    bench             b = bench_with(PARK_SINK, "sewer");
    park_sink_params *s = params_of(b.draft, b.unit);
    s->price            = 1.4;
    s->limits[OXYGEN]   = 500.0 * MG_L;
    s->fee[OXYGEN]      = 3.0;
    s->licence          = 5e6 / (365.0 * 86400.0);
    park_map *map       = map_of(&b);
    CHECK(map->opex_in == 1.4 && map->fee_mass[OXYGEN] == 3.0 && map->fee_mass[CL] == 0.0);
    CHECK(map->in_limit[OXYGEN] == 500.0 * MG_L && isinf(map->in_limit[CL]));
    CHECK_CLOSE(map->licence, 5e6, 1e-6);
    park_arena_free(b.arena);
}

/* 1 ha open to 4 mm/d of rain and 2 mm/d of evaporation: 40 m3/d in, 20 m3/d out. */
static void ponds_live_under_the_sky(void)
{
    bench         b = bench_with(PARK_STORAGE, "pond");
    park_storage *s = params_of(b.draft, b.unit);
    double       *v = PARK_ARRAY(b.arena, 2, double);
    v[0] = 4e-3 / 86400.0, v[1] = 2e-3 / 86400.0;
    for (int i = 0; i < 2; i++) {
        park_pattern still = {.kind = PARK_PATTERN_CYCLE, .every = 86400.0, .count = 1, .value = v + i};
        *(i == 0 ? &b.draft->weather.rain : &b.draft->weather.evaporation) =
            park_draft_pattern(b.draft, still);
    }
    s->volume.max = 30000.0;
    s->area       = 10000.0;
    s->minimum    = 0.1;
    park_map *map = map_of(&b);
    CHECK_CLOSE(map->own * 86400.0, 40.0, 1e-9);
    CHECK_CLOSE(map->outlet[PARK_STORAGE_EVAPORATION].beta * 86400.0, 20.0, 1e-9);
    CHECK_CLOSE(map->volume_min, 3000.0, 1e-9);
    CHECK(map->volume_max == 30000.0 && isnan(map->volume_start) && map->existing);
    CHECK_CLOSE(map->outlet[PARK_STORAGE_OVERFLOW].hi, map->own,
                0.0); /* only rain may run over where nobody leads it */
    s->surface = 1;
    park_error err;
    CHECK(park_unit_average(b.draft, b.unit, 0, map, &err) == PARK_OK);
    CHECK(map->own == 0.0 && map->outlet[PARK_STORAGE_EVAPORATION].beta == 0.0);
    park_arena_free(b.arena);
}

/* ---- after the plan ------------------------------------------------------------------------------------------------------- */

/* TDS 1000, Ca 500, Alk 400 at 40 C: pHs 6.4047 (LSI-pHs); the loop's pH from its alkalinity is 1.465 lg 400 + 4.54 =
 * 8.3520, so LSI is 1.9473 and RSI 4.4574 (PSI, which is the same formula). */
static void plans_are_judged_by_what_was_not_decided_on(void)
{
    bench               b          = tower_bench();
    park_cooling_tower *t          = params_of(b.draft, b.unit);
    b.draft->constituent[CA].basis = b.draft->constituent[MG].basis = "CaCO3";
    t->rsi.min                                                      = 6.0;
    t->mg_x_sio2                                                    = 50000.0;
    CHECK(map_of(&b) != NULL);
    double *conc = PARK_ARRAY(b.arena, b.draft->outlets * SALT_COUNT, double);
    double *of   = conc + b.draft->unit[b.unit].first_outlet * SALT_COUNT;
    of[TDS] = 1.0, of[CA] = 0.5, of[ALK] = 0.4, of[MG] = 0.3, of[SIO2] = 0.1;
    CHECK(park_units_verify(b.draft, conc, &b.findings) == 1);
    CHECK(b.findings.count == 1 && b.findings.items[0].code == PARK_W0514);
    CHECK(strstr(b.findings.items[0].en, "RSI = 4.457 in season steady; it must be at least 6") != NULL);
    of[SIO2]   = 0.17;                       /* 300 x 170 = 51000 */
    t          = params_of(b.draft, b.unit); /* completing made a record of its own */
    t->rsi.min = NAN;
    t->lsi.max = 1.95;
    CHECK(park_units_verify(b.draft, conc, &b.findings) == 1);
    CHECK(strstr(b.findings.items[1].zh, "Mg x SiO2 = 5.1e+04") != NULL);
    t->lsi.max = 1.94;
    CHECK(park_units_verify(b.draft, conc, &b.findings) == 2);
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(process_splits_its_water);
    RUN(process_fixes_its_outlet);
    RUN(process_takes_bounds_and_losses_entire);
    RUN(tower_evaporates_by_the_standard);
    RUN(tower_circulates_by_its_heat);
    RUN(tower_cycles_are_limited_by_its_constituents);
    RUN(tower_counts_calcium_as_carbonate);
    RUN(boiler_makes_up_for_lost_steam);
    RUN(boiler_gives_condensate_where_it_is_named);
    RUN(irrigation_gives_its_water_to_air_and_ground);
    RUN(osmosis_keeps_its_balance);
    RUN(removal_obeys_its_four_rules);
    RUN(treatment_without_capital_stands_already);
    RUN(train_multiplies_its_stages);
    RUN(sources_state_what_they_cost);
    RUN(streams_and_mines_do_not_wait);
    RUN(sinks_take_fees_and_limits);
    RUN(ponds_live_under_the_sky);
    RUN(plans_are_judged_by_what_was_not_decided_on);
    return park_test_done();
}
