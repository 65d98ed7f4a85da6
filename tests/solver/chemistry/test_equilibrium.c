#include "check.h"

#include "chemistry/equilibrium.h"
#include "chemistry/water.h"

#include "base/random.h"

static park_water river(void)
{
    return (park_water){.kelvin     = 293.15,
                        .alkalinity = 2e-3,
                        .total      = {[PARK_AQ_CA]  = 1e-3,
                                       [PARK_AQ_MG]  = 0.3e-3,
                                       [PARK_AQ_NA]  = 0.9e-3,
                                       [PARK_AQ_CL]  = 0.5e-3,
                                       [PARK_AQ_SO4] = 0.5e-3,
                                       [PARK_AQ_C]   = 2.05e-3,
                                       [PARK_AQ_SI]  = 1e-4}};
}

/* Pure water: neutral at half of lg K (Marshall and Franck: 13.995 at 25 degrees, 14.944 at 0, 12.25 at 100). */
static void pure_water_is_neutral(void)
{
    static const double CELSIUS[] = {0.0, 25.0, 100.0}, PKW[] = {14.944, 13.995, 12.25};
    for (int i = 0; i < 3; i++) {
        park_water    w = {.kelvin = 273.15 + CELSIUS[i]};
        park_solution s;
        CHECK(park_water_equilibrium(&w, NULL, 0, &s, NULL) == PARK_OK);
        CHECK_CLOSE(s.ph, 0.5 * PKW[i], 0.02);
        CHECK_CLOSE(s.molality[PARK_AQ_H], s.molality[park_species_index("OH-")], 1e-12);
    }
}

/* A mole of strong base in a thousand litres: OH- is the alkalinity, pH = 14 - 3 less the activity coefficient. */
static void strong_base_by_hand(void)
{
    park_water    w = {.kelvin = 298.15, .alkalinity = 1e-3, .total = {[PARK_AQ_NA] = 1e-3}};
    park_solution s;
    CHECK(park_water_equilibrium(&w, NULL, 0, &s, NULL) == PARK_OK);
    CHECK_CLOSE(s.ph, 13.995 - 3.0 - 0.0155, 3e-3);
    CHECK_CLOSE(s.strength, 1e-3, 1e-6);
}

/* What the species hold is what the water was given: every total, the alkalinity by its definition, the ionic strength. */
static void every_balance_closes(void)
{
    park_water    w = river();
    park_solution s;
    CHECK(park_water_equilibrium(&w, NULL, 0, &s, NULL) == PARK_OK);
    double strength = 0.0, acid = 0.0, alkalinity = 0.0, charge = 0.0;
    for (int k = 0; k < PARK_AQ_SPECIES; k++) {
        double z = PARK_SPECIES[k].charge;
        strength += 0.5 * z * z * s.molality[k];
        charge += z * s.molality[k];
        acid += PARK_SPECIES[k].master[PARK_AQ_H] * s.molality[k];
    }
    for (int c = 0; c < PARK_AQ_COMPONENTS; c++) {
        double sum = 0.0;
        for (int k = 0; k < PARK_AQ_SPECIES; k++)
            sum += PARK_SPECIES[k].master[c] * s.molality[k];
        CHECK_CLOSE(sum, w.total[c], 1e-12 * w.total[c] + 1e-30);
        alkalinity += PARK_COMPONENT_LAWS[c].alkalinity * sum;
    }
    CHECK_CLOSE(strength, s.strength, 1e-10 * strength);
    CHECK_CLOSE(alkalinity - acid, w.alkalinity, 1e-14);
    CHECK_CLOSE(charge, s.charge, 1e-14);
    CHECK_CLOSE(park_water_charge(&w), s.charge, 1e-15);
}

/* Each species stands in the ratio of its law to its masters. */
static void every_law_of_mass_action_holds(void)
{
    park_water    w = river();
    park_solution s;
    CHECK(park_water_equilibrium(&w, NULL, 0, &s, NULL) == PARK_OK);
    for (int k = 0; k < PARK_AQ_SPECIES; k++)
        if (s.molality[k] > 0.0) {
            double lg = park_constant_at(&PARK_SPECIES[k].formation, w.kelvin);
            for (int c = 0; c < PARK_AQ_MASTERS; c++)
                if (PARK_SPECIES[k].master[c] != 0)
                    lg += PARK_SPECIES[k].master[c] * s.log_activity[c];
            CHECK_CLOSE(log10(s.molality[k] * s.coefficient[k]), lg, 1e-9);
        }
}

/* What falls out is held at saturation and leaves the totals; what is not saturated stays. */
static void minerals_fall_out_until_saturated(void)
{
    static const park_contact HELD[] = {
        {.phase = PARK_CALCITE}, {.phase = PARK_GYPSUM}, {.phase = PARK_BRUCITE}};
    park_water    w = river();
    park_solution s;
    w.alkalinity += 3e-3; /* caustic soda */
    w.total[PARK_AQ_NA] += 3e-3;
    CHECK(park_water_equilibrium(&w, HELD, 3, &s, NULL) == PARK_OK);
    CHECK_CLOSE(s.saturation[PARK_CALCITE], 0.0, 1e-9);
    CHECK(s.fallen[0] > 5e-4 && s.fallen[1] == 0.0);
    CHECK(s.saturation[PARK_GYPSUM] < -1.0);
    CHECK(s.fallen[2] >= 0.0 && s.saturation[PARK_BRUCITE] <= 1e-9);
    CHECK_CLOSE(s.water.total[PARK_AQ_CA] + s.fallen[0], w.total[PARK_AQ_CA], 1e-15);
    CHECK_CLOSE(s.water.total[PARK_AQ_C] + s.fallen[0], w.total[PARK_AQ_C], 1e-15);
    CHECK_CLOSE(s.water.alkalinity + 2.0 * s.fallen[0] + 2.0 * s.fallen[2], w.alkalinity, 1e-15);
    park_solution again; /* what is left is an equilibrium by itself */
    CHECK(park_water_equilibrium(&s.water, NULL, 0, &again, NULL) == PARK_OK);
    CHECK_CLOSE(again.ph, s.ph, 1e-8);
}

/* Barite in pure water: 1.05e-5 mol/kg at 25 degrees (Blount 1977; the fit over all temperatures gives a tenth more). Fluorite: 2.1e-4 (16 mg/L; handbook 15 to 18). */
static void solubility_in_pure_water(void)
{
    static const park_contact BARITE = {.phase = PARK_BARITE, .both_ways = true};
    static const park_contact SPAR   = {.phase = PARK_FLUORITE, .both_ways = true};
    park_water                w      = {.kelvin = 298.15};
    park_solution             s;
    CHECK(park_water_equilibrium(&w, &BARITE, 1, &s, NULL) == PARK_OK);
    CHECK_CLOSE(-s.fallen[0], 1.05e-5, 1.3e-6);
    CHECK(park_water_equilibrium(&w, &SPAR, 1, &s, NULL) == PARK_OK);
    CHECK_CLOSE(-s.fallen[0], 2.1e-4, 2e-5);
    CHECK_CLOSE(s.water.total[PARK_AQ_F], 2.0 * s.water.total[PARK_AQ_CA], 1e-15);
}

/* Rain water under air of 420 ppm: pH 5.6. */
static void rain_is_a_little_acid(void)
{
    park_contact  air = {PARK_CO2_GAS, true, log10(420e-6)};
    park_water    w   = {.kelvin = 298.15};
    park_solution s;
    CHECK(park_water_equilibrium(&w, &air, 1, &s, NULL) == PARK_OK);
    CHECK_CLOSE(s.ph, 5.61, 0.02);
    CHECK_CLOSE(s.saturation[PARK_CO2_GAS], log10(420e-6), 1e-9);
    CHECK_CLOSE(s.water.alkalinity, 0.0, 1e-15);
}

/* A pH that is held gives the alkalinity that brings it back. */
static void a_held_ph_and_its_alkalinity_belong_together(void)
{
    park_water w = river();
    for (double ph = 2.0; ph <= 12.0; ph += 1.0) {
        park_solution held, free;
        CHECK(park_water_at_ph(&w, ph, &held, NULL) == PARK_OK);
        CHECK_CLOSE(held.ph, ph, 1e-9);
        CHECK(park_water_equilibrium(&held.water, NULL, 0, &free, NULL) == PARK_OK);
        CHECK_CLOSE(free.ph, ph, 1e-7);
    }
}

static void impossible_waters_are_refused(void)
{
    static const park_contact BOTH[] = {{PARK_CALCITE, true, 0.0}, {PARK_ARAGONITE, true, 0.0}};
    static const park_contact OPEN[] = {{PARK_CO2_GAS, true, NAN}};
    park_water                w      = river(), bad;
    park_solution             s;
    park_error                err = {0};
    bad                           = w;
    bad.kelvin                    = 400.0;
    CHECK(park_water_equilibrium(&bad, NULL, 0, &s, &err) == PARK_E_RANGE &&
          strstr(err.message, "400") != NULL);
    bad            = w;
    bad.alkalinity = NAN;
    CHECK(park_water_equilibrium(&bad, NULL, 0, &s, &err) == PARK_E_RANGE);
    bad                   = w;
    bad.total[PARK_AQ_MG] = -1e-3;
    CHECK(park_water_equilibrium(&bad, NULL, 0, &s, &err) == PARK_E_RANGE &&
          strstr(err.message, "Mg") != NULL);
    CHECK(park_water_equilibrium(&w, BOTH, 2, &s, &err) == PARK_E_RANGE &&
          strstr(err.message, "cannot all be held") != NULL);
    CHECK(park_water_equilibrium(&w, OPEN, 1, &s, &err) == PARK_E_RANGE);
    CHECK(park_water_equilibrium(&w, BOTH, PARK_CONTACTS + 1, &s, &err) == PARK_E_RANGE);
    CHECK(park_water_at_ph(&w, 14.5, &s, &err) == PARK_E_RANGE);
    CHECK(park_water_at_ph(&w, NAN, &s, &err) == PARK_E_RANGE);
    bad                   = w;
    bad.total[PARK_AQ_NA] = bad.total[PARK_AQ_CL] = 20.0;
    CHECK(park_water_equilibrium(&bad, NULL, 0, &s, &err) == PARK_E_RANGE &&
          strstr(err.message, "ionic strength") != NULL);
}

/* Unstable and stable form of one substance: only the stable one is held, whichever order they are named in. */
static void the_stable_form_is_held(void)
{
    static const park_contact FORMS[] = {{.phase = PARK_ARAGONITE}, {.phase = PARK_CALCITE}};
    park_water                w       = river();
    park_solution             s;
    w.alkalinity += 1e-3;
    CHECK(park_water_equilibrium(&w, FORMS, 2, &s, NULL) == PARK_OK);
    CHECK(s.fallen[0] == 0.0 && s.fallen[1] > 0.0);
    CHECK(s.saturation[PARK_ARAGONITE] < 0.0);
}

/* Random waters with random minerals beside them, from acid to caustic: always an answer, saturated at most, with amounts
 * that close; and the answer does not depend on what stands in memory. */
static void random_waters_always_settle(void)
{
    static const park_phase SOLIDS[] = {
        PARK_CALCITE, PARK_GYPSUM,  PARK_BARITE,         PARK_FLUORITE,
        PARK_SILICA,  PARK_BRUCITE, PARK_IRON_HYDROXIDE, PARK_ALUMINIUM_HYDROXIDE};
    park_random dice = park_random_start(11, 5, 0);
    for (int n = 0; n < 400; n++) {
        park_water    w = {.kelvin = 273.15 + 80.0 * park_random_uniform(&dice)};
        park_contact  held[8];
        park_solution s, twin;
        for (int c = 0; c < PARK_AQ_COMPONENTS; c++)
            w.total[c] =
                park_random_uniform(&dice) < 0.3 ? 0.0 : pow(10.0, -7.0 + 5.5 * park_random_uniform(&dice));
        w.alkalinity += park_water_charge(&w); /* neutral: as acid or caustic as its salts make it */
        for (int i = 0; i < 8; i++)
            held[i] = (park_contact){.phase = SOLIDS[i]};
        CHECK(park_water_equilibrium(&w, held, 8, &s, NULL) == PARK_OK);
        CHECK_CLOSE(s.charge, 0.0, 1e-13);
        for (int i = 0; i < 8; i++)
            CHECK(s.fallen[i] >= -1e-15 && !(s.saturation[SOLIDS[i]] > 1e-8) &&
                  (s.fallen[i] < 1e-14 || fabs(s.saturation[SOLIDS[i]]) < 1e-8));
        CHECK(park_water_equilibrium(&w, held, 8, &twin, NULL) == PARK_OK);
        CHECK(memcmp(&s.ph, &twin.ph, sizeof s.ph) == 0 &&
              memcmp(s.fallen, twin.fallen, sizeof s.fallen) == 0);
    }
}

int main(void)
{
    RUN(pure_water_is_neutral);
    RUN(strong_base_by_hand);
    RUN(every_balance_closes);
    RUN(every_law_of_mass_action_holds);
    RUN(minerals_fall_out_until_saturated);
    RUN(solubility_in_pure_water);
    RUN(rain_is_a_little_acid);
    RUN(a_held_ph_and_its_alkalinity_belong_together);
    RUN(impossible_waters_are_refused);
    RUN(the_stable_form_is_held);
    RUN(random_waters_always_settle);
    return park_test_done();
}
