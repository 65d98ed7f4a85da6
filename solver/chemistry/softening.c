#include "chemistry/softening.h"

#include <math.h>

static const double LEAST_EXCESS = 20.0, MOST_EXCESS = 40.0; /* of lime [mg/L as CaCO3] */
static const double PRACTICAL = 40.0; /* hardness below which the process does not come [mg/L] */

park_status park_lime_soda(const park_hardness *h, double removed, double milligrams,
                           park_softening *softening, park_error *err)
{
    if (!(h->carbon_dioxide >= 0.0 && h->bicarbonate >= 0.0 && h->calcium >= 0.0 && h->magnesium >= 0.0))
        return PARK_FAIL(
            err, PARK_E_RANGE,
            "carbon dioxide %g, bicarbonate %g, calcium %g, magnesium %g; all must be zero or more",
            h->carbon_dioxide, h->bicarbonate, h->calcium, h->magnesium);
    if (!(removed >= 0.0 && removed <= h->magnesium) || !(milligrams > 0.0))
        return PARK_FAIL(err, PARK_E_RANGE, "%g of magnesium are to be removed; the water has %g", removed,
                         h->magnesium);
    double hardness = h->calcium + (removed > 0.0 ? h->magnesium : 0.0);
    double excess = 0.0, magnesium = 0.0;
    if (removed > 0.0) {
        excess    = fmin(fmax(removed * milligrams, LEAST_EXCESS), MOST_EXCESS) / milligrams;
        magnesium = h->magnesium;
    }
    double bicarbonate = removed > 0.0 ? h->bicarbonate : fmin(h->bicarbonate, h->calcium);
    double lime        = h->carbon_dioxide + bicarbonate + magnesium + excess,
           soda        = fmax(0.0, hardness - h->bicarbonate);
    double rest        = removed > 0.0 ? 0.0 : h->magnesium; /* what the reactions leave, were they whole */
    *softening         = (park_softening){
                .lime      = lime,
                .soda      = soda,
                .left      = fmin(h->calcium + h->magnesium, rest + PRACTICAL / milligrams),
                .hydroxide = magnesium,
                .carbonate = fmin(h->calcium + h->carbon_dioxide + bicarbonate + magnesium, /* calcium there is */
                                  h->carbon_dioxide + 2.0 * bicarbonate + soda), /* carbonate there is */
    };
    return PARK_OK;
}

double park_mine_acidity(const double *conc, double ph)
{
    static const struct {
        park_component component;
        double         equivalents;
    } METALS[] = {{PARK_AQ_FE2, 3.0}, {PARK_AQ_FE3, 3.0}, {PARK_AQ_MN, 2.0}, {PARK_AQ_AL, 3.0}};
    double sum = pow(10.0, 3.0 - ph);
    for (size_t i = 0; i < sizeof METALS / sizeof *METALS; i++)
        sum += METALS[i].equivalents * conc[METALS[i].component] /
               PARK_COMPONENT_LAWS[METALS[i].component].molar_mass;
    return sum;
}

double park_hydroxide_sludge(const double *conc)
{
    double iron = (conc[PARK_AQ_FE2] + conc[PARK_AQ_FE3]) / PARK_COMPONENT_LAWS[PARK_AQ_FE3].molar_mass;
    return iron * PARK_PHASE_LAWS[PARK_IRON_HYDROXIDE].molar_mass +
           conc[PARK_AQ_AL] / PARK_COMPONENT_LAWS[PARK_AQ_AL].molar_mass *
               PARK_PHASE_LAWS[PARK_ALUMINIUM_HYDROXIDE].molar_mass +
           conc[PARK_AQ_MN] / PARK_COMPONENT_LAWS[PARK_AQ_MN].molar_mass *
               PARK_PHASE_LAWS[PARK_PYROCHROITE].molar_mass;
}

double park_reagent_per_equivalent(park_reagent reagent)
{
    double equivalents = fabs(park_reagent_alkalinity(reagent));
    return equivalents > 0.0 ? PARK_REAGENT_LAWS[reagent].molar_mass / equivalents : INFINITY;
}

double park_fallen_mass(const park_contact *contacts, size_t count, const park_solution *solution)
{
    double mass = 0.0;
    for (size_t i = 0; i < count; i++)
        if (contacts[i].phase != PARK_CO2_GAS)
            mass += solution->fallen[i] * PARK_PHASE_LAWS[contacts[i].phase].molar_mass;
    return mass;
}

double park_wet_sludge(double dry, double solids)
{
    return solids > 0.0 ? dry / solids : INFINITY;
}
