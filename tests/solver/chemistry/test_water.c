#include "check.h"

#include "chemistry/water.h"

static park_water karst(void)
{
    static const double CONC[PARK_AQ_COMPONENTS] = {
        [PARK_AQ_CA] = 0.088, [PARK_AQ_MG] = 0.012,  [PARK_AQ_NA] = 0.007,
        [PARK_AQ_CL] = 0.007, [PARK_AQ_SO4] = 0.030, [PARK_AQ_SI] = 0.011};
    park_water water = park_water_from_analysis(CONC, 0.240, 291.15), out = water;
    CHECK(park_water_carbon(&water, 7.3, &out, NULL) == PARK_OK);
    return out;
}

static double ph_of(const park_water *water)
{
    park_solution s;
    CHECK(park_water_equilibrium(water, NULL, 0, &s, NULL) == PARK_OK);
    return s.ph;
}

/* 88 mg/L of calcium in water of 998.6 kg/m3: 88/40.078/0.9986 = 2.1988 mmol/kg; 240 mg/L as CaCO3 are 4.803 meq/kg. The
 * carbon brings back the pH. */
static void an_analysis_becomes_a_water(void)
{
    park_water w = karst();
    CHECK_CLOSE(w.total[PARK_AQ_CA], 2.1988e-3, 1e-6);
    CHECK_CLOSE(w.alkalinity, 4.8026e-3, 2e-6);
    CHECK_CLOSE(ph_of(&w), 7.3, 1e-8);
    CHECK(w.total[PARK_AQ_C] > w.alkalinity); /* below pH 8.3 there is carbon dioxide */
}

/* Alkalinity and carbon are sums; the pH of the mixture is neither's mean. */
static void mixing_conserves(void)
{
    park_water a = karst(), b = karst();
    b.kelvin     = 301.15;
    b            = park_water_dose(&b, PARK_CAUSTIC_SODA, 2e-3);
    park_water m = park_water_mix(&a, &b, 0.25);
    CHECK_CLOSE(m.kelvin, 0.25 * 291.15 + 0.75 * 301.15, 1e-9);
    CHECK_CLOSE(m.alkalinity, a.alkalinity + 1.5e-3, 1e-15);
    CHECK_CLOSE(m.total[PARK_AQ_NA], a.total[PARK_AQ_NA] + 1.5e-3, 1e-15);
    CHECK_CLOSE(m.total[PARK_AQ_C], a.total[PARK_AQ_C], 1e-15);
    double ph = ph_of(&m);
    CHECK(ph > ph_of(&a) && ph < ph_of(&b));
    CHECK_CLOSE(park_water_concentrate(&a, 3.0).total[PARK_AQ_CA], 3.0 * a.total[PARK_AQ_CA], 1e-15);
    CHECK_CLOSE(park_water_concentrate(&a, 3.0).alkalinity, 3.0 * a.alkalinity, 1e-15);
}

/* Reagents are neutral, so they do not change a water's charge; their alkalinity by hand. */
static void reagents_keep_the_charge(void)
{
    park_water w = karst();
    for (int r = 0; r < PARK_REAGENTS; r++) {
        park_water d = park_water_dose(&w, (park_reagent)r, 1e-3);
        CHECK_CLOSE(park_water_charge(&d), park_water_charge(&w), 1e-15);
        double mass = 0.0; /* at least the components named are in the molar mass */
        for (int c = 0; c < PARK_AQ_COMPONENTS; c++)
            mass += PARK_REAGENT_LAWS[r].component[c] * PARK_COMPONENT_LAWS[c].molar_mass;
        CHECK(mass > 0.0 && mass <= PARK_REAGENT_LAWS[r].molar_mass + 2e-6);
    }
    CHECK(park_reagent_alkalinity(PARK_SULFURIC_ACID) == -2.0 &&
          park_reagent_alkalinity(PARK_HYDROCHLORIC_ACID) == -1.0);
    CHECK(park_reagent_alkalinity(PARK_LIME) == 2.0 && park_reagent_alkalinity(PARK_CAUSTIC_SODA) == 1.0);
    CHECK(park_reagent_alkalinity(PARK_SODA_ASH) == 2.0 &&
          park_reagent_alkalinity(PARK_SODIUM_BICARBONATE) == 1.0);
    CHECK(park_reagent_alkalinity(PARK_CARBON_DIOXIDE) == 0.0 &&
          park_reagent_alkalinity(PARK_CALCIUM_CHLORIDE) == 0.0);
}

static void a_dose_reaches_its_ph(void)
{
    static const park_contact CALCITE = {.phase = PARK_CALCITE};
    park_water                w       = karst(), d;
    double                    dose    = NAN;
    CHECK(park_water_dose_for_ph(&w, PARK_SULFURIC_ACID, 6.0, NULL, 0, &dose, NULL) == PARK_OK);
    d = park_water_dose(&w, PARK_SULFURIC_ACID, dose);
    CHECK_CLOSE(ph_of(&d), 6.0, 1e-6);
    CHECK(park_water_dose_for_ph(&w, PARK_LIME, 8.5, &CALCITE, 1, &dose, NULL) == PARK_OK);
    d = park_water_dose(&w, PARK_LIME, dose);
    park_solution s;
    CHECK(park_water_equilibrium(&d, &CALCITE, 1, &s, NULL) == PARK_OK);
    CHECK_CLOSE(s.ph, 8.5, 1e-6);
    CHECK(park_water_dose_for_ph(&w, PARK_LIME, ph_of(&w), NULL, 0, &dose, NULL) == PARK_OK && dose == 0.0);
    park_error err = {0};
    CHECK(park_water_dose_for_ph(&w, PARK_LIME, 6.0, NULL, 0, &dose, &err) == PARK_E_RANGE);
    CHECK(strstr(err.message, "Ca(OH)2 does not bring the water") != NULL);
    CHECK(park_water_dose_for_ph(&w, PARK_LIME, 15.0, NULL, 0, &dose, &err) == PARK_E_RANGE);
}

/* Acid in open water of a tower until calcite stands at its target; half of the alkalinity is gone long before the pH tells. */
static void acid_holds_the_scale_back(void)
{
    static const park_contact AIR  = {PARK_CO2_GAS, true, -3.4};
    park_water                w    = karst(), d;
    double                    dose = NAN;
    park_solution             s;
    w = park_water_concentrate(&w, 3.0);
    CHECK(park_water_dose_for_saturation(&w, PARK_SULFURIC_ACID, PARK_CALCITE, 1.0, &AIR, 1, &dose, NULL) ==
          PARK_OK);
    CHECK(2.0 * dose > 0.5 * w.alkalinity && 2.0 * dose < w.alkalinity);
    d = park_water_dose(&w, PARK_SULFURIC_ACID, dose);
    CHECK(park_water_equilibrium(&d, &AIR, 1, &s, NULL) == PARK_OK);
    CHECK_CLOSE(s.saturation[PARK_CALCITE], 1.0, 1e-7);
    park_error err = {0};
    CHECK(park_water_dose_for_saturation(&w, PARK_SULFURIC_ACID, PARK_CALCITE, 9.0, &AIR, 1, &dose, &err) ==
          PARK_E_RANGE);
    CHECK(strstr(err.message, "from Calcite") != NULL);
    CHECK(park_water_dose_for_saturation(&w, PARK_LIME, PARK_BARITE, 0.0, NULL, 0, &dose, &err) ==
          PARK_E_RANGE);
    CHECK(park_water_dose_for_saturation(&w, PARK_LIME, PARK_CALCITE, NAN, NULL, 0, &dose, &err) ==
          PARK_E_RANGE);
}

/* At the saturation pH, reached by carbon dioxide alone, the index is zero; the potential is what a calcite bed would take
 * or give, and a water that it has been given to has none left. */
static void calcite_by_its_definitions(void)
{
    park_water w   = karst(), again;
    double     phs = NAN, potential = NAN, left = NAN;
    CHECK(park_water_calcite(&w, &phs, &potential, NULL) == PARK_OK);
    CHECK(phs < 7.3 && potential > 0.0); /* it scales */
    CHECK(park_water_carbon(&w, phs, &again, NULL) == PARK_OK);
    park_solution s;
    CHECK(park_water_equilibrium(&again, NULL, 0, &s, NULL) == PARK_OK);
    CHECK_CLOSE(s.saturation[PARK_CALCITE], 0.0, 1e-7);
    again = park_water_dose(&w, PARK_LIMESTONE, -potential);
    CHECK(park_water_calcite(&again, &phs, &left, NULL) == PARK_OK);
    CHECK_CLOSE(left, 0.0, 1e-12);
    CHECK_CLOSE(phs, ph_of(&again), 1e-7);
}

/* Copper mine drainage: no carbon, acid of its metals. */
static void acid_water_is_balanced_by_sulphate(void)
{
    park_water raw = {.kelvin = 291.15,
                      .total  = {[PARK_AQ_CA] = 4.5e-3, [PARK_AQ_FE3] = 3e-3, [PARK_AQ_AL] = 1.5e-3}},
               w;
    park_error err = {0};
    CHECK(park_water_balance(&raw, 2.8, PARK_AQ_SO4, &w, NULL) == PARK_OK);
    CHECK_CLOSE(park_water_charge(&w), 0.0, 1e-12);
    CHECK_CLOSE(ph_of(&w), 2.8, 1e-7);
    CHECK(w.alkalinity < 0.0 && w.total[PARK_AQ_SO4] > 10e-3);
    CHECK(park_water_balance(&raw, 2.8, PARK_AQ_NA, &w, &err) == PARK_E_RANGE); /* more cations do not help */
    CHECK(strstr(err.message, "no amount of Na") != NULL);
}

static void impossible_analyses_are_refused(void)
{
    park_water w = karst(), out;
    double     a, b;
    park_error err = {0};
    CHECK(park_water_carbon(&w, 11.9, &out, &err) == PARK_E_RANGE &&
          strstr(err.message, "without any carbonate") != NULL);
    CHECK(park_water_carbon(&w, 3.0, &out, &err) == PARK_E_RANGE &&
          strstr(err.message, "no carbon up to") != NULL);
    CHECK(park_water_carbon(&w, -1.0, &out, &err) == PARK_E_RANGE);
    w.total[PARK_AQ_CA] = 0.0;
    CHECK(park_water_calcite(&w, &a, &b, &err) == PARK_E_RANGE &&
          strstr(err.message, "calcite needs them") != NULL);
}

/* How far a tower may concentrate: at the factor found the limiting phase stands at its target, and a little more is too
 * much. Closed and open to air it is calcite; allowed more of it, the next one or none. */
static void concentration_ends_at_the_first_scale(void)
{
    park_contact limits[] = {
        {.phase = PARK_CALCITE, .target = 2.0}, {.phase = PARK_GYPSUM}, {.phase = PARK_SILICA}};
    park_water w      = karst();
    double     factor = NAN;
    int        which  = -1;
    CHECK(park_water_limit(&w, limits, 3, -3.4, 20.0, &factor, &which, NULL) == PARK_OK);
    CHECK(which == PARK_CALCITE && factor > 1.0 && factor < 4.0);
    park_contact  air = {PARK_CO2_GAS, true, -3.4};
    park_water    n   = park_water_concentrate(&w, factor);
    park_solution s;
    CHECK(park_water_equilibrium(&n, &air, 1, &s, NULL) == PARK_OK);
    CHECK_CLOSE(s.saturation[PARK_CALCITE], 2.0, 1e-7);
    limits[0].target = 9.0;
    CHECK(park_water_limit(&w, limits, 3, NAN, 20.0, &factor, &which, NULL) == PARK_OK);
    CHECK(which == PARK_SILICA && factor > 5.0); /* 11 mg/L, about 105 dissolve at 18 degrees */
    CHECK(park_water_limit(&w, limits, 1, NAN, 5.0, &factor, &which, NULL) == PARK_OK && factor == 5.0 &&
          which == -1);
    park_error err   = {0};
    limits[0].target = -1.0;
    CHECK(park_water_limit(&w, limits, 3, NAN, 20.0, &factor, &which, &err) == PARK_E_RANGE);
    CHECK(strstr(err.message, "Calcite is already") != NULL);
    CHECK(park_water_limit(&w, limits, 3, NAN, 1.0, &factor, &which, &err) == PARK_E_RANGE);
}

int main(void)
{
    RUN(an_analysis_becomes_a_water);
    RUN(mixing_conserves);
    RUN(reagents_keep_the_charge);
    RUN(a_dose_reaches_its_ph);
    RUN(acid_holds_the_scale_back);
    RUN(calcite_by_its_definitions);
    RUN(acid_water_is_balanced_by_sulphate);
    RUN(impossible_analyses_are_refused);
    RUN(concentration_ends_at_the_first_scale);
    return park_test_done();
}
