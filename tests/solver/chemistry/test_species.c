#include "check.h"

#include "chemistry/species.h"

/* Charge of what a reaction is made of, the masters' charges added up. */
static int charge_of(const signed char *master)
{
    int sum = master[PARK_AQ_H];
    for (int c = 0; c < PARK_AQ_COMPONENTS; c++)
        sum += PARK_COMPONENT_LAWS[c].charge * master[c];
    return sum;
}

static void every_species_has_the_charge_of_its_parts(void)
{
    for (int s = 0; s < PARK_AQ_SPECIES; s++) {
        if (charge_of(PARK_SPECIES[s].master) != PARK_SPECIES[s].charge)
            fprintf(stderr, "%s\n", PARK_SPECIES[s].name);
        CHECK(charge_of(PARK_SPECIES[s].master) == PARK_SPECIES[s].charge);
    }
    for (int p = 0; p < PARK_PHASES; p++)
        CHECK(charge_of(PARK_PHASE_LAWS[p].master) == 0);
}

static void the_masters_come_first(void)
{
    for (int c = 0; c <= PARK_AQ_H; c++) {
        CHECK(PARK_SPECIES[c].master[c] == 1);
        CHECK(park_constant_at(&PARK_SPECIES[c].formation, 320.0) == 0.0);
        for (int d = 0; d < PARK_AQ_MASTERS; d++)
            CHECK(d == c || PARK_SPECIES[c].master[d] == 0);
    }
}

/* At 25 degrees: Plummer and Busenberg 1982 (10.329, 16.681, -8.480), water -13.995, gypsum -4.58, barite -9.97,
 * silica -2.71, fluorite -10.6. The data base's fits over all temperatures lie 0.03 above for calcite, 0.08 for barite. */
static double at_25(const park_constant *law)
{
    return park_constant_at(law, 298.15);
}

static void constants_at_25_degrees_are_the_published_ones(void)
{
    CHECK_CLOSE(at_25(&PARK_SPECIES[park_species_index("HCO3-")].formation), 10.329, 2e-3);
    CHECK_CLOSE(at_25(&PARK_SPECIES[park_species_index("CO2")].formation), 16.681, 2e-3);
    CHECK_CLOSE(at_25(&PARK_SPECIES[park_species_index("OH-")].formation), -13.995, 5e-3);
    CHECK_CLOSE(at_25(&PARK_SPECIES[park_species_index("CaCO3")].formation), 3.224, 3e-3);
    CHECK_CLOSE(at_25(&PARK_SPECIES[park_species_index("MgHCO3+")].formation), 11.399, 3e-3);
    CHECK_CLOSE(at_25(&PARK_PHASE_LAWS[PARK_CALCITE].solubility), -8.480, 0.035);
    CHECK_CLOSE(at_25(&PARK_PHASE_LAWS[PARK_ARAGONITE].solubility), -8.336, 2e-3);
    CHECK_CLOSE(at_25(&PARK_PHASE_LAWS[PARK_GYPSUM].solubility), -4.58, 0.05);
    CHECK_CLOSE(at_25(&PARK_PHASE_LAWS[PARK_BARITE].solubility), -9.97, 0.09);
    CHECK_CLOSE(at_25(&PARK_PHASE_LAWS[PARK_SILICA].solubility), -2.71, 5e-3);
    CHECK_CLOSE(at_25(&PARK_PHASE_LAWS[PARK_FLUORITE].solubility), -10.6, 0.01);
    CHECK(PARK_PHASE_LAWS[PARK_BRUCITE].solubility.log_k == at_25(&PARK_PHASE_LAWS[PARK_BRUCITE].solubility));
}

/* Henry's constant of CO2: 10^-1.468 mol/(kg atm) at 25 degrees; the gas and the dissolved species differ by it. */
static void carbon_dioxide_follows_henry(void)
{
    double dissolved = at_25(&PARK_SPECIES[park_species_index("CO2")].formation);
    double gas       = at_25(&PARK_PHASE_LAWS[PARK_CO2_GAS].solubility);
    CHECK_CLOSE(gas + dissolved, -1.468, 2e-3);
}

/* Fe(OH)4-: -21.6 at 25 degrees and +133.47 kJ/mol; by hand at 50 degrees + 133469.6/(8.3145 x 2.302585) x
 * (1/298.15 - 1/323.15) = 1.8088. */
static void van_t_hoff_by_hand(void)
{
    CHECK_CLOSE(park_constant_at(&PARK_SPECIES[park_species_index("Fe(OH)4-")].formation, 323.15),
                -21.6 + 1.8088, 1e-3);
}

static void names_are_found(void)
{
    CHECK(park_species_index("Ca+2") == PARK_AQ_CA);
    CHECK(park_species_index("unobtainium") == -1);
    CHECK_TEXT(PARK_SPECIES[PARK_AQ_SPECIES - 1].name, "SrSO4");
}

int main(void)
{
    RUN(every_species_has_the_charge_of_its_parts);
    RUN(the_masters_come_first);
    RUN(constants_at_25_degrees_are_the_published_ones);
    RUN(carbon_dioxide_follows_henry);
    RUN(van_t_hoff_by_hand);
    RUN(names_are_found);
    return park_test_done();
}
