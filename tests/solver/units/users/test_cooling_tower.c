/*
 * The tower with its make-up driven to the minimum by the optimizer: how many cycles it reaches is decided by what the
 * limits of the circulating water allow, not by a parameter.
 */
#include "park_fixture.h"

#include <parkwater/design.h>

#include "units/sources/source.h"
#include "units/users/cooling_tower.h"

static const char *const SALTS[] = {"Ca", "alkalinity", "Cl", "SO4", "SiO2", "COD"};
enum { CA, ALK, CL, SO4, SIO2, OXYGEN, SALT_COUNT };
/* Make-up of indicators.md 4.3 [kg/m3]; Ca and alkalinity as CaCO3. */
static const double MAKE_UP[SALT_COUNT] = {0.120, 0.100, 0.040, 0.060, 0.012, 0.015};

typedef struct result {
    double cycles, evaporation, make_up, chloride; /* [-], m3/h, kg/m3 */
} result;

/* 10 000 m3/h, 8 K, 20 C (k = 0.0014): E = 112 m3/h. Least intake. */
static result least_intake(double ca_plus_alkalinity, double chloride, double silica, double drift)
{
    result        r     = {NAN, NAN, NAN, NAN};
    park_arena   *arena = park_arena_new();
    park_draft   *draft = draft_with(arena, SALTS, SALT_COUNT);
    park_findings findings;
    park_error    err = {0};
    double       *air = PARK_NEW(arena, double);
    park_findings_init(&findings, arena);
    *air                       = 293.15;
    draft->weather.temperature = park_draft_pattern(
        draft, (park_pattern){.kind = PARK_PATTERN_CYCLE, .every = 86400.0, .count = 1, .value = air});
    draft->constituent[CA].basis  = "CaCO3";
    draft->constituent[ALK].basis = "CaCO3";
    draft->objective[0]           = PARK_MIN_FRESH_WATER;
    int32_t river                 = add_unit(draft, PARK_SOURCE, "surface", "river");
    int32_t unit                  = add_unit(draft, PARK_USER, "cooling_tower", "tower");
    add_unit(draft, PARK_SINK, "outfall", "outfall");
    memcpy(((park_source *)params_of(draft, river))->quality, MAKE_UP, sizeof MAKE_UP);
    park_cooling_tower *tower         = params_of(draft, unit);
    tower->circulation                = (park_series){10000.0 * M3_H, -1};
    tower->range                      = 8.0;
    tower->drift                      = drift;
    tower->ca_plus_alkalinity         = ca_plus_alkalinity;
    tower->circulating_limits[CL]     = chloride;
    tower->circulating_limits[SIO2]   = silica;
    tower->circulating_limits[OXYGEN] = 0.150;
    tower->so4_plus_cl                = 2.500;

    park_design         *design = NULL;
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.gap = 1e-9;
    CHECK(stands(draft, &findings, false));
    CHECK(park_design_solve(draft, &settings, arena, &design, &findings, &err) == PARK_OK);
    if (design != NULL && design->outlet_flow != NULL) {
        size_t k      = draft->unit[unit].first_outlet;
        r.make_up     = design->inlet_flow[draft->unit[unit].first_inlet] / M3_H;
        r.evaporation = design->outlet_flow[k + 1] / M3_H;
        r.cycles      = r.make_up / (r.make_up - r.evaporation); /* M / (B + W) */
        r.chloride    = design->outlet_conc[k * SALT_COUNT + CL];
    }
    park_arena_free(arena);
    return r;
}

/* Ca + alkalinity 1100 decides: N = 5.00, M = 112 * 5/4 = 140 m3/h; drift of 5 m3/h takes part of the salt. */
static void five_cycles_by_calcium_and_alkalinity(void)
{
    result r = least_intake(1.100, 0.700, 0.175, 5e-4);
    CHECK_CLOSE(r.evaporation, 112.0, 1e-9);
    CHECK_CLOSE(r.cycles, 5.0, 1e-6);
    CHECK_CLOSE(r.make_up, 140.0, 1e-5);
    CHECK_CLOSE(r.chloride, 5.0 * MAKE_UP[CL], 1e-8);
}

/* Without that limit COD decides (10), then silica at 0.06 (5), then chloride at 0.12 (3). */
static void the_tightest_constituent_decides(void)
{
    CHECK_CLOSE(least_intake(NAN, 0.700, 0.175, 0.0).cycles, 10.0, 1e-6);
    CHECK_CLOSE(least_intake(NAN, 0.700, 0.060, 0.0).cycles, 5.0, 1e-6);
    CHECK_CLOSE(least_intake(NAN, 0.120, 0.060, 0.0).cycles, 3.0, 1e-6);
}

/* Drift above what ten cycles would blow down: no blowdown is left, N = M / W. */
static void drift_alone_may_carry_the_salt(void)
{
    result r = least_intake(NAN, 0.700, 0.175, 2e-3); /* W = 20 m3/h, N = 132/20 = 6.6 */
    CHECK_CLOSE(r.make_up, 132.0, 1e-6);
    CHECK_CLOSE(r.cycles, 6.6, 1e-6);
}

int main(void)
{
    RUN(five_cycles_by_calcium_and_alkalinity);
    RUN(the_tightest_constituent_decides);
    RUN(drift_alone_may_carry_the_salt);
    return park_test_done();
}
