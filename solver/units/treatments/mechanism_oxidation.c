/* mechanism_oxidation.c - Fenton's reagent and ozone by what they have to break down, air for flotation.
 * Math: docs/math/units.md, Eq. (U59). */
#include "units/treatments/treatment.h"

#include <math.h>

static const double IRON = 0.055845, SULPHATE = 0.09606, SODIUM = 0.0229898,
                    HYDROXIDE = 0.106867;                  /* [kg/mol] */
static const double HEAD = 9806.65, ATMOSPHERE = 101325.0; /* [Pa/m], [Pa] */
static const double AIR_SOLUBLE = 0.0187; /* m3 of air in a m3 of water at 20 degrees Celsius and 1 atm */
static const double AIR_DENSITY = 1.3;    /* [kg/m3], as the design manuals take it */
static const double SATURATES   = 0.5;    /* share of saturation that the vessel reaches */

/* COD that the stated removal breaks down [kg/m3]. */
static double broken(const park_mechanism_case *at)
{
    int32_t c = park_model_constituent(at->model, "COD");
    return c >= 0 && at->stage->removal[c] > 0.0 ? at->stage->removal[c] * at->feed->conc[c] : 0.0;
}

static void brings(const park_mechanism_case *at, const char *id, double conc, park_stage_point *point)
{
    int32_t c = park_model_constituent(at->model, id);
    if (c < 0)
        return;
    point->product[c]      = point->recovery;
    point->reject[c]       = 1.0 - point->recovery;
    point->brings[c]       = conc;
    point->product_adds[c] = point->recovery * conc;
    point->reject_adds[c]  = (1.0 - point->recovery) * conc;
}

/* Ferrous sulphate is oxidized and falls out: FeSO4 -> Fe(OH)3, two equivalents of caustic soda a mole beside the sulphate. */
park_status park_mechanism_fenton(const park_mechanism_case *at, park_stage_point *point, const char **binds,
                                  park_error *err)
{
    const park_oxidant_terms *t = &at->stage->mechanism.oxidant;
    double peroxide = t->dose * broken(at), iron = peroxide / t->iron / IRON; /* [kg/m3], [mol/m3] */
    (void)binds;
    (void)err;
    point->dose      = peroxide;
    point->sludge    = iron * HYDROXIDE;
    point->chemicals = peroxide * t->price;
    point->residues += point->sludge * t->sludge_price;
    point->opex += point->sludge * t->sludge_price;
    brings(at, "SO4", iron * SULPHATE, point);
    brings(at, "Na", 2.0 * iron * SODIUM, point);
    brings(at, "TDS", iron * (SULPHATE + 2.0 * SODIUM), point);
    return PARK_OK;
}

park_status park_mechanism_ozone(const park_mechanism_case *at, park_stage_point *point, const char **binds,
                                 park_error *err)
{
    const park_oxidant_terms *t = &at->stage->mechanism.oxidant;
    (void)binds;
    (void)err;
    point->dose   = t->dose * broken(at);
    point->energy = point->dose * t->energy;
    if (!isnan(t->price))
        point->chemicals = point->dose * t->price;
    return PARK_OK;
}

/* Recycle by the air that the solids need, A/S = 1.3 s_a (f P - 1) R/S; its pump is the energy. */
park_status park_mechanism_flotation(const park_mechanism_case *at, park_stage_point *point,
                                     const char **binds, park_error *err)
{
    const park_flotation_terms *t = &at->stage->mechanism.flotation;
    double bar = t->pressure * HEAD / ATMOSPHERE, air = AIR_DENSITY * AIR_SOLUBLE * (SATURATES * bar - 1.0);
    (void)binds;
    if (!(air > 0.0))
        return PARK_FAIL(err, PARK_E_RANGE, "a saturator at %g atm gives no air off; it needs more than %g",
                         bar, 1.0 / SATURATES);
    double recycle = t->air * park_mechanism_conc(at, "SS") / air;
    point->dose    = recycle * air;
    point->energy  = recycle * (t->pressure * HEAD - ATMOSPHERE) / t->pump;
    return PARK_OK;
}
