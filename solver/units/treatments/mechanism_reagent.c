/*
 * mechanism_reagent.c - lime and soda, lime on acid mine water, ferric chloride on metals.
 * Math: docs/math/units.md, Eq. (U56), (U57); docs/math/chemistry.md, Eq. (L1)-(L6), (Q6)-(Q9).
 */
#include "units/treatments/treatment.h"

#include "chemistry/activity.h"
#include "chemistry/softening.h"
#include "units/analysis.h"

static const double HALF_CACO3   = 0.0500435; /* [kg/eq] */
static const double HALF_MGOH2   = 0.0291600;
static const double HALF_LIME    = 0.0370465;
static const double HALF_SODA    = 0.0529940;
static const double SODIUM       = 0.0229898; /* [kg/mol] */
static const double HALF_CO3     = 0.0300045; /* [kg/eq] of dissolved solids */
static const double PER_LITRE    = 50.0435;   /* mg/L as CaCO3 in one eq/m3 */
static const double SLUDGE_WATER = 1000.0;    /* [kg/m3] */
static const double LEAST        = 0.5;       /* of the water that stays product, however thin the sludge */

/* Water that leaves with the sludge (a unit without a second outlet keeps it), and what the sludge costs; the stated shares at
 * the recovery that is left. */
static void draw_sludge(const park_mechanism_case *at, double sludge, park_stage_point *point)
{
    const park_reagent_terms *t        = &at->stage->mechanism.reagent;
    double                    recovery = at->stage->recovery;
    if (recovery < 1.0)
        recovery = fmax(LEAST, 1.0 - sludge / t->solids * (1.0 - t->solids) / SLUDGE_WATER);
    park_mechanism_recover(at, recovery, point);
    point->sludge = sludge;
    point->residues += sludge * t->sludge_price;
    point->opex += sludge * t->sludge_price;
}

/* An equivalent of a constituent as the park states it [kg/eq]; 0 where the park has none. */
static double weight(const park_mechanism_case *at, const char *id)
{
    int32_t c = park_model_constituent(at->model, id);
    return c < 0 ? 0.0 : 1.0 / park_analysis_equivalents(&at->model->constituent[c]);
}

static void set(const park_mechanism_case *at, const char *id, double conc, double brings,
                park_stage_point *point)
{
    int32_t c = park_model_constituent(at->model, id);
    if (c < 0)
        return;
    park_mechanism_product(at, (size_t)c, fmax(0.0, conc), point);
    point->brings[c] = brings;
}

static void bring(const park_mechanism_case *at, const char *id, double conc, park_stage_point *point)
{
    int32_t c = park_model_constituent(at->model, id);
    if (c >= 0)
        point->brings[c] = conc;
}

/* ---- lime and soda, (U56) ---- */

/* Equivalents of a water's hardness and what lime has to meet [eq/m3]. */
static park_status hardness_of(const park_water *water, park_hardness *h, park_error *err)
{
    park_solution solution;
    double        density = park_water_density(water->kelvin);
    PARK_TRY(park_water_equilibrium(water, NULL, 0, &solution, err));
    int dissolved = park_species_index("CO2");
    *h            = (park_hardness){.carbon_dioxide = 2.0 * solution.molality[dissolved] * density,
                                    .bicarbonate    = fmax(0.0, water->alkalinity) * density,
                                    .calcium        = 2.0 * water->total[PARK_AQ_CA] * density,
                                    .magnesium      = 2.0 * water->total[PARK_AQ_MG] * density};
    return PARK_OK;
}

park_status park_mechanism_lime_soda(const park_mechanism_case *at, park_stage_point *point,
                                     const char **binds, park_error *err)
{
    const park_reagent_terms *t = &at->stage->mechanism.reagent;
    park_water                water;
    park_hardness             h;
    park_softening            s;
    (void)binds;
    PARK_TRY(park_analysis_at_ph(at->model, at->feed->conc, at->feed->kelvin, t->feed_ph, &water, err));
    PARK_TRY(hardness_of(&water, &h, err));
    double removed = fmax(0.0, h.magnesium - t->magnesium / HALF_CACO3);
    PARK_TRY(park_lime_soda(&h, removed, PER_LITRE, &s, err));
    double ca = fmin(h.calcium, t->calcium / HALF_CACO3), mg = h.magnesium - removed;
    double carbonate  = h.calcium + s.lime - ca,
           alkalinity = h.bicarbonate + s.soda - (h.calcium - ca) - removed;
    double inert      = s.lime * HALF_LIME * (1.0 / t->purity - 1.0);
    double solids     = (s.soda * SODIUM) - (h.calcium - ca) * 0.020039 - removed * 0.0121525 +
                    (alkalinity - h.bicarbonate) * HALF_CO3; /* change of what is dissolved */
    draw_sludge(at, carbonate * HALF_CACO3 + removed * HALF_MGOH2 + inert, point);
    set(at, "Ca", ca * weight(at, "Ca"), s.lime * weight(at, "Ca"), point);
    set(at, "Mg", mg * weight(at, "Mg"), 0.0, point);
    set(at, "hardness", (ca + mg) * HALF_CACO3, s.lime * HALF_CACO3, point);
    set(at, "alkalinity", alkalinity * HALF_CACO3, (s.lime + s.soda) * HALF_CACO3, point);
    set(at, "Na", park_mechanism_conc(at, "Na") + s.soda * SODIUM, s.soda * SODIUM, point);
    set(at, "TDS", park_mechanism_conc(at, "TDS") + solids, fmax(0.0, solids), point);
    point->dose      = s.lime * HALF_LIME / t->purity;
    point->chemicals = s.lime * HALF_LIME * t->price + s.soda * HALF_SODA * t->soda_price;
    return PARK_OK;
}

/* ---- acid mine water, (U57) ---- */

/* Metals whose hydroxides fall out by their stated removal, beside iron and aluminium: two equivalents a mole. */
static const struct {
    const char *id;
    double      molar_mass; /* [kg/mol] */
} METALS[]                     = {{"Mn", 0.054938}, {"Zn", 0.06538}, {"Cu", 0.063546},
                                  {"Cd", 0.112414}, {"Pb", 0.2072},  {"Ni", 0.058693}};
static const double HYDROXIDES = 0.034015; /* two hydroxides [kg/mol] */

/* Takes those metals out of the water; returns what they weigh as hydroxides [kg/m3]. */
static double take_metals(const park_mechanism_case *at, park_water *water)
{
    double sludge = 0.0, density = park_water_density(water->kelvin);
    for (size_t i = 0; i < sizeof METALS / sizeof *METALS; i++) {
        int32_t c = park_model_constituent(at->model, METALS[i].id);
        if (c < 0 || !(at->stage->removal[c] > 0.0))
            continue;
        double moles = at->stage->removal[c] * at->feed->conc[c] / METALS[i].molar_mass; /* per m3 */
        sludge += moles * (METALS[i].molar_mass + HYDROXIDES);
        water->alkalinity -= 2.0 * moles / density;
        if (i == 0)
            water->total[PARK_AQ_MN] = fmax(0.0, water->total[PARK_AQ_MN] - moles / density);
    }
    return sludge;
}

park_status park_mechanism_neutralization(const park_mechanism_case *at, park_stage_point *point,
                                          const char **binds, park_error *err)
{
    static const park_contact FALLS[] = {{.phase = PARK_IRON_HYDROXIDE},
                                         {.phase = PARK_ALUMINIUM_HYDROXIDE},
                                         {.phase = PARK_GYPSUM},
                                         {.phase = PARK_CALCITE},
                                         {.phase = PARK_BRUCITE}};
    enum { COUNT = sizeof FALLS / sizeof *FALLS };
    const park_reagent_terms *t = &at->stage->mechanism.reagent;
    park_water                water;
    park_solution             solution;
    double                    dose;
    PARK_TRY(park_analysis_at_ph(at->model, at->feed->conc, at->feed->kelvin, t->feed_ph, &water, err));
    double before = park_analysis_solids(&water), density = park_water_density(water.kelvin);
    double metals = take_metals(at, &water);
    PARK_TRY(park_water_dose_for_ph(&water, PARK_LIME, t->ph, FALLS, COUNT, &dose, err));
    park_water dosed = park_water_dose(&water, PARK_LIME, dose);
    PARK_TRY(park_water_equilibrium(&dosed, FALLS, COUNT, &solution, err));
    double lime   = dose * density * PARK_REAGENT_LAWS[PARK_LIME].molar_mass; /* [kg/m3] */
    double fallen = park_fallen_mass(FALLS, COUNT, &solution) * density;
    if (solution.fallen[2] > 0.0)
        *binds = "gypsum"; /* the product is saturated with it */
    draw_sludge(at, fallen + metals + lime * (1.0 / t->purity - 1.0), point);
    for (size_t c = 0; c < at->model->constituents; c++) {
        double conc = park_analysis_of(at->model, c, &solution.water), stated = at->stage->removal[c];
        if (isnan(conc))
            continue;
        if (!isnan(stated) && stated > 0.0) /* what settles badly stays */
            conc = fmax(conc, (1.0 - stated) * at->feed->conc[c]);
        park_mechanism_product(at, c, conc, point);
    }
    double limed = 2.0 * dose * density; /* [eq/m3] */
    bring(at, "Ca", limed * weight(at, "Ca"), point);
    bring(at, "hardness", limed * HALF_CACO3, point);
    bring(at, "alkalinity", limed * HALF_CACO3, point);
    double after = park_mechanism_conc(at, "TDS") + park_analysis_solids(&solution.water) - before;
    set(at, "TDS", after, fmax(0.0, after - park_mechanism_conc(at, "TDS")), point);
    point->dose      = lime / t->purity;
    point->chemicals = lime * t->price;
    return PARK_OK;
}

/* ---- ferric chloride on antimony, arsenic, thallium ---- */

park_status park_mechanism_coprecipitation(const park_mechanism_case *at, park_stage_point *point,
                                           const char **binds, park_error *err)
{
    static const struct {
        const char *id;
        double      molar_mass;
    } TAKEN[]                       = {{"Sb", 0.12176}, {"As", 0.0749216}, {"Tl", 0.20438}, {"Cd", 0.112414}};
    const park_reagent_terms *t     = &at->stage->mechanism.reagent;
    double                    moles = 0.0, metals = 0.0;
    (void)err;
    (void)binds;
    for (size_t i = 0; i < sizeof TAKEN / sizeof *TAKEN; i++) {
        int32_t c = park_model_constituent(at->model, TAKEN[i].id);
        if (c < 0)
            continue;
        moles += at->feed->conc[c] / TAKEN[i].molar_mass; /* [mol/m3] */
        metals += fmax(0.0, isnan(at->stage->removal[c]) ? 0.0 : at->stage->removal[c]) * at->feed->conc[c];
    }
    double iron = t->ratio * moles, chloride = 3.0 * iron * PARK_COMPONENT_LAWS[PARK_AQ_CL].molar_mass;
    double ferric = iron * PARK_REAGENT_LAWS[PARK_FERRIC_CHLORIDE].molar_mass;
    draw_sludge(at, iron * PARK_PHASE_LAWS[PARK_IRON_HYDROXIDE].molar_mass + metals, point);
    set(at, "Cl", park_mechanism_conc(at, "Cl") + chloride, chloride, point);
    set(at, "alkalinity", park_mechanism_conc(at, "alkalinity") - 3.0 * iron * HALF_CACO3, 0.0, point);
    set(at, "TDS", park_mechanism_conc(at, "TDS") + chloride - 3.0 * iron * HALF_CO3, chloride, point);
    point->dose      = ferric / t->purity;
    point->chemicals = ferric * t->price;
    return PARK_OK;
}
