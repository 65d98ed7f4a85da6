/* A park's constituents as a water: what is stated comes back, what is not is filled up to charge and salt. */
#include "park_fixture.h"

#include "chemistry/activity.h"
#include "units/analysis.h"

static double density(void)
{
    return park_water_density(298.15);
}

static void what_is_stated_comes_back(void)
{
    static const char *const CON[]  = {"Ca",  "Mg",   "hardness", "alkalinity", "Cl",
                                       "SO4", "SiO2", "TDS",      "COD",        "Na"};
    static const double      CONC[] = {0.08, 0.02, 0.28213, 0.15, 0.06, 0.1, 0.015, 0.5, 0.03, 0.05};
    park_arena              *arena  = park_arena_new();
    park_draft              *draft  = draft_with(arena, CON, 10);
    park_water               water  = park_analysis_water(draft, CONC, 298.15);
    for (size_t c = 0; c < 7; c++)
        if (c < 4 || c == 5 || c == 6)
            CHECK_CLOSE(park_analysis_of(draft, c, &water), CONC[c], 1e-4);
    CHECK(isnan(park_analysis_of(draft, 7, &water)) && isnan(park_analysis_of(draft, 8, &water)));
    CHECK_CLOSE(park_water_charge(&water), 0.0, 1e-15);
    /* salt is filled up to TDS; charge moves it by an ion at most */
    CHECK_CLOSE(park_analysis_solids(&water), 0.5, 0.05);
    /* at its pH the water has carbon and the same alkalinity */
    park_water    whole;
    park_solution s;
    CHECK(park_analysis_at_ph(draft, CONC, 298.15, 7.8, &whole, NULL) == PARK_OK);
    CHECK(park_water_equilibrium(&whole, NULL, 0, &s, NULL) == PARK_OK);
    CHECK_CLOSE(s.ph, 7.8, 1e-6);
    CHECK_CLOSE(park_analysis_of(draft, 3, &whole), 0.15, 1e-9);
    park_arena_free(arena);
}

/* 300 mg/L as CaCO3 undivided: 210 calcium, 90 magnesium; 84.1 and 21.9 mg/L. Stated calcium leaves the rest to magnesium. */
static void hardness_is_divided(void)
{
    static const char *const CON[]  = {"hardness", "Ca"};
    double                   conc[] = {0.3, 0.1};
    park_arena              *arena  = park_arena_new();
    park_draft              *draft  = draft_with(arena, CON, 1);
    park_water               water  = park_analysis_water(draft, conc, 298.15);
    CHECK_CLOSE(water.total[PARK_AQ_CA] * density(), 0.3 / 0.100087 * 0.7, 1e-9);
    CHECK_CLOSE(water.total[PARK_AQ_MG] * density(), 0.3 / 0.100087 * 0.3, 1e-9);
    draft                       = draft_with(arena, CON, 2);
    draft->constituent[1].basis = "CaCO3";
    water                       = park_analysis_water(draft, conc, 298.15);
    CHECK_CLOSE(water.total[PARK_AQ_CA] * density(), 0.1 / 0.100087, 1e-6);
    CHECK_CLOSE(water.total[PARK_AQ_MG] * density(), 0.2 / 0.100087, 1e-6);
    CHECK_CLOSE(park_analysis_of(draft, 0, &water), 0.3, 1e-9);
    CHECK_CLOSE(park_analysis_of(draft, 1, &water), 0.1, 1e-6);
    CHECK_CLOSE(park_analysis_equivalents(&draft->constituent[1]), 19.983, 2e-3);
    CHECK_CLOSE(park_analysis_equivalents(&draft->constituent[0]), 1.0 / 0.0500435, 1e-12);
    park_arena_free(arena);
}

/* Salt alone is sodium chloride: 2 g/L are 34.22 mol/m3 of either. Acid water has the alkalinity of its pH. */
static void salt_and_acid(void)
{
    static const char *const CON[]  = {"TDS"};
    double                   conc[] = {2.0};
    park_arena              *arena  = park_arena_new();
    park_draft              *draft  = draft_with(arena, CON, 1);
    park_water               water  = park_analysis_water(draft, conc, 298.15);
    CHECK_CLOSE(water.total[PARK_AQ_NA] * density(), 2.0 / 0.0584428, 1e-9);
    CHECK_CLOSE(park_analysis_equivalents(&draft->constituent[0]), 0.0, 0.0);
    park_solution s;
    CHECK(park_analysis_at_ph(draft, conc, 298.15, 3.0, &water, NULL) == PARK_OK);
    CHECK(park_water_equilibrium(&water, NULL, 0, &s, NULL) == PARK_OK);
    CHECK_CLOSE(s.ph, 3.0, 1e-6);
    CHECK(water.alkalinity < 0.0);
    park_error err = {0};
    CHECK(park_analysis_at_ph(draft, conc, 200.0, 7.0, &water, &err) == PARK_E_RANGE);
    park_arena_free(arena);
}

int main(void)
{
    RUN(what_is_stated_comes_back);
    RUN(hardness_is_divided);
    RUN(salt_and_acid);
    return park_test_done();
}
