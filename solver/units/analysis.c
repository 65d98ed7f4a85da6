#include "units/analysis.h"

#include "chemistry/activity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double HALF_CACO3    = 0.0500435; /* [kg/eq] */
static const double HALF_CO3      = 0.0300045; /* [kg/eq] */
static const double ACID          = 4.5;       /* pH below which carbonate holds no alkalinity */
static const double CALCIUM_SHARE = 0.7;       /* of a hardness that nothing divides; unverified, medium */

static const struct {
    const char    *id;
    park_component component;
} WORDS[] = {{"Ca", PARK_AQ_CA},     {"Mg", PARK_AQ_MG}, {"Na", PARK_AQ_NA},   {"K", PARK_AQ_K},
             {"NH3-N", PARK_AQ_NH4}, {"Ba", PARK_AQ_BA}, {"Fe", PARK_AQ_FE3},  {"Mn", PARK_AQ_MN},
             {"Al", PARK_AQ_AL},     {"Cl", PARK_AQ_CL}, {"SO4", PARK_AQ_SO4}, {"NO3-N", PARK_AQ_NO3},
             {"F", PARK_AQ_F},       {"TP", PARK_AQ_P},  {"SiO2", PARK_AQ_SI}};
enum { WORD_COUNT = sizeof WORDS / sizeof *WORDS };

/* Kilograms of the ion in one of the constituent: calcium stated as CaCO3 is 0.4 calcium. */
static double ion_per(const park_constituent_info *constituent, park_component component)
{
    bool as_caco3 = constituent->basis != NULL && strcmp(constituent->basis, "CaCO3") == 0;
    return as_caco3 ? PARK_COMPONENT_LAWS[component].molar_mass / (2.0 * HALF_CACO3) : 1.0;
}

static int word_of(const char *id)
{
    for (int i = 0; i < WORD_COUNT; i++)
        if (strcmp(WORDS[i].id, id) == 0)
            return i;
    return -1;
}

static double conc_of(const park_model *model, const double *conc, const char *id)
{
    int32_t c = park_model_constituent(model, id);
    return c < 0 ? NAN : fmax(0.0, conc[c]);
}

static void add_hardness(const park_model *model, const double *conc, double *ions)
{
    double hardness = conc_of(model, conc, "hardness") / (2.0 * HALF_CACO3); /* [kmol/m3] */
    bool   calcium  = park_model_constituent(model, "Ca") >= 0,
         magnesium  = park_model_constituent(model, "Mg") >= 0;
    if (isnan(hardness) || (calcium && magnesium))
        return;
    double ca = ions[PARK_AQ_CA] / PARK_COMPONENT_LAWS[PARK_AQ_CA].molar_mass,
           mg = ions[PARK_AQ_MG] / PARK_COMPONENT_LAWS[PARK_AQ_MG].molar_mass;
    if (!calcium)
        ca = magnesium ? fmax(0.0, hardness - mg) : CALCIUM_SHARE * hardness;
    if (!magnesium)
        mg = fmax(0.0, hardness - ca);
    ions[PARK_AQ_CA] = ca * PARK_COMPONENT_LAWS[PARK_AQ_CA].molar_mass;
    ions[PARK_AQ_MG] = mg * PARK_COMPONENT_LAWS[PARK_AQ_MG].molar_mass;
}

double park_analysis_solids(const park_water *water)
{
    double density = park_water_density(water->kelvin), sum = fmax(0.0, water->alkalinity) * HALF_CO3;
    for (int c = 0; c < PARK_AQ_COMPONENTS; c++)
        if (c != PARK_AQ_C)
            sum += water->total[c] * PARK_COMPONENT_LAWS[c].molar_mass;
    return sum * density;
}

park_water park_analysis_water(const park_model *model, const double *conc, double kelvin)
{
    double ions[PARK_AQ_COMPONENTS] = {0}, alkalinity = conc_of(model, conc, "alkalinity");
    for (int i = 0; i < WORD_COUNT; i++) {
        int32_t c = park_model_constituent(model, WORDS[i].id);
        if (c >= 0)
            ions[WORDS[i].component] =
                fmax(0.0, conc[c]) * ion_per(&model->constituent[c], WORDS[i].component);
    }
    add_hardness(model, conc, ions);
    park_water water = park_water_from_analysis(ions, isnan(alkalinity) ? 0.0 : alkalinity, kelvin);
    double     tds = conc_of(model, conc, "TDS"), salt = tds - park_analysis_solids(&water);
    if (salt > 0.0) {
        double moles =
            salt / park_water_density(kelvin) /
            (PARK_COMPONENT_LAWS[PARK_AQ_NA].molar_mass + PARK_COMPONENT_LAWS[PARK_AQ_CL].molar_mass);
        water.total[PARK_AQ_NA] += moles;
        water.total[PARK_AQ_CL] += moles;
    }
    double charge = park_water_charge(&water);
    water.total[charge > 0.0 ? PARK_AQ_CL : PARK_AQ_NA] += fabs(charge);
    return water;
}

park_status park_analysis_at_ph(const park_model *model, const double *conc, double kelvin, double ph,
                                park_water *water, park_error *err)
{
    park_water    bare = park_analysis_water(model, conc, kelvin);
    park_solution solution;
    *water = bare;
    if (ph > ACID && park_water_carbon(&bare, ph, water, NULL) == PARK_OK)
        return PARK_OK;
    PARK_TRY(park_water_at_ph(&bare, ph, &solution, err)); /* the alkalinity that the pH alone holds */
    bare.alkalinity = solution.water.alkalinity;
    *water          = bare;
    return PARK_OK;
}

double park_analysis_of(const park_model *model, size_t constituent, const park_water *water)
{
    const park_constituent_info *info    = &model->constituent[constituent];
    double                       density = park_water_density(water->kelvin);
    int                          word    = word_of(info->id);
    if (strcmp(info->id, "alkalinity") == 0)
        return fmax(0.0, water->alkalinity) * HALF_CACO3 * density;
    if (strcmp(info->id, "hardness") == 0)
        return (water->total[PARK_AQ_CA] + water->total[PARK_AQ_MG]) * 2.0 * HALF_CACO3 * density;
    if (word < 0)
        return NAN;
    park_component component = WORDS[word].component;
    double total = water->total[component] + (component == PARK_AQ_FE3 ? water->total[PARK_AQ_FE2] : 0.0);
    return total * PARK_COMPONENT_LAWS[component].molar_mass * density / ion_per(info, component);
}

double park_analysis_equivalents(const park_constituent_info *constituent)
{
    int word = word_of(constituent->id);
    if (strcmp(constituent->id, "alkalinity") == 0 || strcmp(constituent->id, "hardness") == 0)
        return 1.0 / HALF_CACO3;
    if (word < 0)
        return 0.0;
    const park_component_law *law = &PARK_COMPONENT_LAWS[WORDS[word].component];
    return abs(law->charge) / law->molar_mass * ion_per(constituent, WORDS[word].component);
}
