/* Cycles by chemistry: the mineral that decides stands at its index; acid and side stream do what their balances say. */
#include "march_fixture.h"

#include "units/analysis.h"
#include "units/users/tower_water.h"

static const char *const CON[] = {"Ca", "alkalinity", "SO4", "Cl", "SiO2", "TDS", "SS"};
enum { CA, ALK, SO4, CL, SI, TDS, SS, COUNT };

typedef struct bench {
    park_arena         *arena;
    park_draft         *draft;
    park_cooling_tower *tower;
    double              conc[COUNT];
    park_feed           feed;
    park_point         *point;
    park_error          err;
} bench;

/* 10 000 m3/h, 140 m3/h evaporate, 1 m3/h drifts. */
static const double MAKE_UP_CL = 0.06;
static const double FLOW = 10000.0 / 3600.0, GONE = 140.0 / 3600.0, DRIFT = 1.0 / 3600.0;

static bench *set_up(void)
{
    static const double MAKE_UP[COUNT] = {0.06, 0.12, 0.12, 0.06, 0.015, 0.45, 0.01};
    static bench        b;
    b       = (bench){.arena = park_arena_new()};
    b.draft = draft_with(b.arena, CON, COUNT);
    memcpy(b.conc, MAKE_UP, sizeof MAKE_UP);
    b.tower = params_of(b.draft, add_unit(b.draft, PARK_USER, "cooling_tower", "tower"));
    b.feed  = (park_feed){187.0 / 3600.0, 298.15, b.conc};
    return &b;
}

static park_status ask(bench *b)
{
    return park_tower_water(b->draft, b->tower, &b->feed, FLOW, GONE, DRIFT, b->arena, &b->point, &b->err);
}

/* The index in the circulating water, by another way than the search. */
static double index_at(const bench *b, double cycles, park_phase phase)
{
    double        conc[COUNT];
    park_water    water;
    park_solution s;
    for (size_t c = 0; c < COUNT; c++)
        conc[c] = cycles * b->conc[c];
    CHECK(park_analysis_at_ph(b->draft, conc, b->tower->hot, park_tower_loop_ph(conc[ALK]), &water, NULL) ==
          PARK_OK);
    CHECK(park_water_equilibrium(&water, NULL, 0, &s, NULL) == PARK_OK);
    return s.saturation[phase];
}

static void the_tightest_mineral_decides(void)
{
    bench *b                 = set_up();
    b->tower->scaling.gypsum = -0.5;
    b->tower->scaling.silica = 0.0;
    CHECK(ask(b) == PARK_OK);
    CHECK(strcmp(b->point->binds, "gypsum") == 0);
    CHECK_CLOSE(index_at(b, b->point->cycles, PARK_GYPSUM), -0.5, 1e-4);
    CHECK(index_at(b, b->point->cycles, PARK_SILICA) < 0.0);
    double by_gypsum          = b->point->cycles;
    b->tower->scaling.calcite = 1.0;
    CHECK(ask(b) == PARK_OK);
    CHECK(strcmp(b->point->binds, "calcite") == 0 && b->point->cycles < by_gypsum);
    CHECK_CLOSE(index_at(b, b->point->cycles, PARK_CALCITE), 1.0, 1e-4);
    b->tower->scaling.calcite = 2.0; /* an inhibitor allows more */
    double before             = b->point->cycles;
    CHECK(ask(b) == PARK_OK);
    CHECK(b->point->cycles > before);
    park_arena_free(b->arena);
}

/* The circulation is held at 100 mg/L as CaCO3: 2 eq/m3 of the 12 stay. Sulphate and acid by equivalents. */
static void acid_by_equivalents(void)
{
    bench *b                  = set_up();
    b->tower->scaling.calcite = 1.0;
    CHECK(ask(b) == PARK_OK);
    double without            = b->point->cycles;
    b->tower->acid.alkalinity = 0.1;
    b->tower->acid.price      = 0.5;
    CHECK(ask(b) == PARK_OK);
    CHECK(b->point->cycles > without);
    double cycles = fmin(b->point->cycles, 187.0 / (187.0 - 140.0));
    CHECK_CLOSE(cycles * b->conc[ALK] * (1.0 - b->point->removed[ALK]), 0.1, 1e-9);
    double eq = b->point->removed[ALK] * b->conc[ALK] / 0.0500435;
    CHECK_CLOSE(b->point->brings[SO4], eq * 0.04803, 1e-9);
    CHECK_CLOSE(b->point->dose, eq * 0.0490395, 1e-9);
    CHECK_CLOSE(b->point->chemicals, 0.5 * b->point->dose, 1e-12);
    CHECK_CLOSE(b->point->removed[TDS] * b->conc[TDS], eq * (0.0610168 - 0.04803), 1e-9);
    b->tower->acid.reagent = PARK_ACID_HYDROCHLORIC;
    CHECK(ask(b) == PARK_OK);
    CHECK_CLOSE(b->point->brings[SO4], 0.0, 0.0);
    CHECK(b->point->brings[CL] > 0.0);
    park_arena_free(b->arena);
}

/* 300 m3/h pass a filter that holds eight tenths: C (47 + 240) = M C_in instead of C 47 = M C_in. */
static void side_stream_by_balance(void)
{
    bench *b                   = set_up();
    b->tower->side.share       = 0.03;
    b->tower->side.removal[SS] = 0.8;
    b->tower->side.price       = 0.05;
    b->tower->side.energy      = 1e5;
    CHECK(ask(b) == PARK_OK);
    CHECK(isinf(b->point->cycles));
    CHECK_CLOSE(b->point->removed[SS], 240.0 / (47.0 + 240.0), 1e-9);
    CHECK_CLOSE(b->point->removed[CL], 0.0, 0.0);
    CHECK_CLOSE(b->point->energy, 300.0 / 187.0 * 1e5, 1e-4 * b->point->energy);
    CHECK_CLOSE(b->point->chemicals, 300.0 / 187.0 * 0.05, 1e-9);
    /* silica softened in a side stream lifts the cycles that silica allows */
    b->tower->scaling.silica = -0.3;
    b->tower->side.share     = NAN;
    CHECK(ask(b) == PARK_OK);
    double without             = b->point->cycles;
    b->tower->side.share       = 0.002;
    b->tower->side.removal[SI] = 0.5;
    CHECK(ask(b) == PARK_OK);
    CHECK(b->point->cycles > 1.1 * without);
    park_arena_free(b->arena);
}

/* 2 % of the 300 m3/h leave with it: of the 47 m3/h that leave, 6 are its waste. Suspended solids: C (41 + 240) = M C_in; chloride, which it
 * does not take out, is in that water as in any: 6/47 of it. */
static void side_waste_takes_what_it_holds(void)
{
    bench *b                   = set_up();
    b->tower->side.share       = 0.03;
    b->tower->side.removal[SS] = 0.8;
    b->tower->side.waste       = 0.02;
    CHECK(ask(b) == PARK_OK);
    CHECK_CLOSE(b->point->side[SS], 240.0 / (41.0 + 240.0), 1e-9);
    CHECK_CLOSE(b->point->side[CL], 6.0 / 47.0, 1e-9);
    CHECK(b->point->removed[SS] == b->point->side[SS] && b->point->removed[CL] == b->point->side[CL]);
    park_arena_free(b->arena);
}

/* The park around it: 3 % of 10 000 m3/h, a fiftieth of that to a press. Over a month of marching every kilogram is found again. */
static park_draft *works(park_arena *arena, bool led, double waste)
{
    static const double RIVER[COUNT] = {0.06, 0.12, 0.12, 0.06, 0.015, 0.45, 0.01};
    park_draft         *draft        = draft_with(arena, CON, COUNT);
    period(draft, day_start(2025, 1, 1), day_start(2025, 1, 31), PARK_SEASONS_STEADY);
    (void)add_source(draft, "surface", "river", RIVER);
    park_cooling_tower *tower = params_of(draft, add_unit(draft, PARK_USER, "cooling_tower", "tower"));
    (void)add_unit(draft, PARK_SINK, "sewer", "sewer");
    (void)add_unit(draft, PARK_SINK, "sewer", "press");
    tower->circulation.base = FLOW;
    tower->range            = 8.0;
    tower->cycles           = 4.0;
    tower->side.share       = 0.03;
    tower->side.removal[SS] = 0.8;
    tower->side.waste       = waste;
    connect(draft, "river", "tower");
    connect(draft, "tower.blowdown", "sewer");
    if (led)
        connect(draft, "tower.side_waste", "press");
    return draft;
}

/* The park at its operating point: the make-up of four cycles in the river's water. */
static const park_model *at_its_point(park_draft *draft, park_arena *arena)
{
    const park_model *at    = NULL;
    double           *flow  = PARK_ARRAY(arena, draft->inlets, double), moved;
    double           *conc  = PARK_ARRAY(arena, draft->inlets * COUNT, double);
    int32_t           tower = park_model_unit(draft, "tower");
    park_map         *map   = park_map_new(arena, draft, tower);
    park_error        err   = {0};
    size_t            inlet = draft->unit[tower].first_inlet;
    CHECK(park_unit_average(draft, tower, 0, map, &err) == PARK_OK);
    flow[inlet] = map->in_lo[0];
    for (size_t c = 0; c < COUNT; c++)
        conc[inlet * COUNT + c] = ((park_source *)params_of(draft, 0))->quality[c];
    CHECK(park_units_refresh(draft, flow, conc, 1.0, arena, &at, &moved, &err) == PARK_OK && at != draft);
    return at;
}

/* What it takes out, 240 of 300 m3/h, is in 6 m3/h of waste: forty times as much as in the circulation. What it does not, is not. */
static void the_basin_closes_with_its_waste(void)
{
    park_arena   *arena = park_arena_new();
    park_findings findings;
    park_findings_init(&findings, arena);
    park_draft *draft = works(arena, true, 0.02);
    if (stands(draft, &findings, false)) {
        rows              all   = {.arena = arena, .fail_after = -1};
        const park_model *m     = at_its_point(draft, arena);
        park_simulation  *s     = simulate(arena, m, NULL, NULL, &all);
        int32_t           drain = park_model_outlet(m, "tower.blowdown"),
                side            = park_model_outlet(m, "tower.side_waste");
        int water =
            rows_column(&all, PARK_COLUMN_LINK_FLOW, link_between(m, "tower.side_waste", "press"), -1);
        double conc[2][2];
        for (int k = 0; k < 2; k++)
            for (int c = 0; c < 2; c++)
                conc[k][c] = rows_at(
                    &all, all.count - 1,
                    rows_column(&all, PARK_COLUMN_OUTLET_CONC, k == 0 ? drain : side, c == 0 ? SS : CL));
        CHECK(s != NULL && s->closure.water < 1e-12 && s->closure.mass < 1e-12 && s->violations == 0);
        CHECK_CLOSE(rows_at(&all, all.count - 1, water), 6.0 / 3600.0, 1e-12);
        CHECK_CLOSE(conc[1][0] / conc[0][0], 40.0, 0.1);
        CHECK_CLOSE(conc[1][1] / conc[0][1], 1.0, 0.002);
        CHECK_CLOSE(conc[0][1] / MAKE_UP_CL, 4.0, 0.01);
        for (size_t r = 0; s != NULL && r < m->time.seasons; r++) /* nothing is destroyed in the tower */
            CHECK(fabs(s->ledger->removed_mass[(size_t)park_model_unit(m, "tower") * COUNT + SS]) <
                  1e-9 * s->ledger->link_mass[(size_t)link_between(m, "river", "tower") * COUNT + SS]);
    }
    park_arena_free(arena);
}

static void waste_without_a_way_is_told(void)
{
    for (int i = 0; i < 2; i++) {
        park_arena   *arena = park_arena_new();
        park_findings findings;
        park_findings_init(&findings, arena);
        CHECK(!stands(works(arena, i == 1, i == 1 ? NAN : 0.02), &findings, true));
        CHECK(has_code(&findings, PARK_E0511));
        park_arena_free(arena);
    }
}

static void what_cannot_be_is_refused(void)
{
    bench *b                  = set_up();
    b->tower->scaling.calcite = -3.0;
    CHECK(ask(b) == PARK_E_RANGE);
    CHECK(strstr(b->err.message, "calcite") != NULL);
    CHECK(park_tower_water(b->draft, b->tower, &b->feed, FLOW, 0.0, DRIFT, b->arena, &b->point, &b->err) ==
          PARK_OK);
    CHECK(isinf(b->point->cycles)); /* at rest */
    park_arena_free(b->arena);
}

int main(void)
{
    RUN(the_tightest_mineral_decides);
    RUN(acid_by_equivalents);
    RUN(side_stream_by_balance);
    RUN(side_waste_takes_what_it_holds);
    RUN(the_basin_closes_with_its_waste);
    RUN(waste_without_a_way_is_told);
    RUN(what_cannot_be_is_refused);
    return park_test_done();
}
