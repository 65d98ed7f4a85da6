#include "check.h"

#include "chemistry/softening.h"

/* Magnesium is removed: lime 20 + 200 + 60 + 30, soda 240 + 60 - 200; carbonate by calcium 240 + 20 + 200 + 60 and by
 * carbonate 20 + 400 + 100 alike; 40 stay, as the process can. */
static void excess_lime_by_hand(void)
{
    park_hardness  w = {20.0, 200.0, 240.0, 60.0};
    park_softening s;
    CHECK(park_lime_soda(&w, 30.0, 1.0, &s, NULL) == PARK_OK);
    CHECK_CLOSE(s.lime, 310.0, 1e-12);
    CHECK_CLOSE(s.soda, 100.0, 1e-12);
    CHECK_CLOSE(s.carbonate, 520.0, 1e-12);
    CHECK_CLOSE(s.hydroxide, 60.0, 1e-12);
    CHECK_CLOSE(s.left, 40.0, 1e-12);
    CHECK(park_lime_soda(&w, 5.0, 1.0, &s, NULL) == PARK_OK && s.lime == 300.0);  /* excess 20 at least */
    CHECK(park_lime_soda(&w, 55.0, 1.0, &s, NULL) == PARK_OK && s.lime == 320.0); /* 40 at most */
}

/* Only calcium: no excess, no lime for magnesium, which stays. More bicarbonate than calcium: no soda. */
static void selective_softening_by_hand(void)
{
    park_hardness  w = {10.0, 300.0, 200.0, 60.0};
    park_softening s;
    CHECK(park_lime_soda(&w, 0.0, 1.0, &s, NULL) == PARK_OK);
    CHECK_CLOSE(s.lime, 210.0, 1e-12);
    CHECK_CLOSE(s.soda, 0.0, 1e-12);
    CHECK_CLOSE(s.left, 100.0, 1e-12);
    CHECK_CLOSE(s.carbonate, 410.0, 1e-12);
}

/* The same water in milliequivalents gives the same doses. */
static void the_unit_is_the_callers(void)
{
    park_hardness  a = {20.0, 200.0, 240.0, 60.0}, b = {20.0 / 50.0, 4.0, 4.8, 1.2};
    park_softening s, t;
    CHECK(park_lime_soda(&a, 30.0, 1.0, &s, NULL) == PARK_OK);
    CHECK(park_lime_soda(&b, 0.6, 50.0, &t, NULL) == PARK_OK);
    CHECK_CLOSE(t.lime * 50.0, s.lime, 1e-10);
    CHECK_CLOSE(t.left * 50.0, s.left, 1e-10);
}

static void impossible_softening_is_refused(void)
{
    park_hardness  w = {20.0, 200.0, 240.0, 60.0};
    park_softening s;
    park_error     err = {0};
    CHECK(park_lime_soda(&w, 61.0, 1.0, &s, &err) == PARK_E_RANGE && strstr(err.message, "61") != NULL);
    CHECK(park_lime_soda(&w, 30.0, 0.0, &s, &err) == PARK_E_RANGE);
    w.calcium = -1.0;
    CHECK(park_lime_soda(&w, 30.0, 1.0, &s, &err) == PARK_E_RANGE);
}

/* 55.845 mg/L of iron are 3 meq/L and 106.867 mg/L of hydroxide; pH 3 is 1 meq/L. A kilogram of sulphuric acid takes 0.755 of
 * lime. */
static void mine_water_by_hand(void)
{
    double conc[PARK_AQ_COMPONENTS] = {[PARK_AQ_FE2] = 0.055845};
    CHECK_CLOSE(park_mine_acidity(conc, 3.0), 4.0, 1e-9);
    CHECK_CLOSE(park_hydroxide_sludge(conc), 0.106867, 1e-9);
    conc[PARK_AQ_AL] = 0.0269815;
    conc[PARK_AQ_MN] = 0.054938;
    CHECK_CLOSE(park_mine_acidity(conc, 9.0), 8.0, 1e-5);
    CHECK_CLOSE(park_hydroxide_sludge(conc), 0.106867 + 0.078004 + 0.088953, 1e-9);
    CHECK_CLOSE(park_reagent_per_equivalent(PARK_LIME) / park_reagent_per_equivalent(PARK_SULFURIC_ACID),
                0.75544, 1e-5);
    CHECK(isinf(park_reagent_per_equivalent(PARK_CARBON_DIOXIDE)));
}

/* Lime in acid water: metals fall out as hydroxides; the mass of what fell is what the totals lost. */
static void sludge_is_what_the_water_lost(void)
{
    static const park_contact HELD[] = {
        {.phase = PARK_IRON_HYDROXIDE}, {.phase = PARK_ALUMINIUM_HYDROXIDE}, {.phase = PARK_GYPSUM}};
    park_water raw = {.kelvin = 291.15,
                      .total  = {[PARK_AQ_CA] = 4.5e-3, [PARK_AQ_FE3] = 3e-3, [PARK_AQ_AL] = 1.5e-3}},
               w;
    double        dose = NAN;
    park_solution s;
    CHECK(park_water_balance(&raw, 2.8, PARK_AQ_SO4, &w, NULL) == PARK_OK);
    CHECK(park_water_dose_for_ph(&w, PARK_LIME, 7.0, HELD, 3, &dose, NULL) == PARK_OK);
    w = park_water_dose(&w, PARK_LIME, dose);
    CHECK(park_water_equilibrium(&w, HELD, 3, &s, NULL) == PARK_OK);
    CHECK(s.water.total[PARK_AQ_FE3] < 1e-7 && s.water.total[PARK_AQ_AL] < 1e-5);
    double mass = (w.total[PARK_AQ_FE3] - s.water.total[PARK_AQ_FE3]) * 0.106867 +
                  (w.total[PARK_AQ_AL] - s.water.total[PARK_AQ_AL]) * 0.078004 +
                  (w.total[PARK_AQ_SO4] - s.water.total[PARK_AQ_SO4]) * 0.172172;
    CHECK_CLOSE(park_fallen_mass(HELD, 3, &s), mass, 1e-9);
    CHECK_CLOSE(park_wet_sludge(mass, 0.2), 5.0 * mass, 1e-12);
    CHECK(isinf(park_wet_sludge(mass, 0.0)));
    /* The dose is the acidity of stoichiometry to a tenth: 3 and 3 a mole of metal, the acid at 2.8, sulphate's buffer. */
    CHECK_CLOSE(2.0 * dose, 13.5e-3 + 1.6e-3, 2e-3);
}

int main(void)
{
    RUN(excess_lime_by_hand);
    RUN(selective_softening_by_hand);
    RUN(the_unit_is_the_callers);
    RUN(impossible_softening_is_refused);
    RUN(mine_water_by_hand);
    RUN(sludge_is_what_the_water_lost);
    return park_test_done();
}
