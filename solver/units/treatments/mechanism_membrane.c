/*
 * mechanism_membrane.c - reverse osmosis and nanofiltration by solution and diffusion.
 * Math: docs/math/units.md, Eq. (U49), (U55); docs/math/chemistry.md, Eq. (R5)-(R14).
 *
 * The plant is built for a mean flux at the recovery asked for; its pressure is what that takes of this water at this
 * temperature. Salts stand for all by the sodium chloride of the same osmotic pressure; every constituent passes in the
 * proportion that the list of rejections gives it.
 */
#include "units/treatments/treatment.h"

#include "chemistry/membrane.h"
#include "units/analysis.h"

static const double HEAD     = 9806.65;           /* [Pa/m] */
static const double PER_BAR  = 1.0 / 3.6e6 / 1e5; /* L/(m2 h bar) in m/(s Pa) */
static const double NACL     = 0.05844;           /* [kg/mol] */
static const double FLOW     = 1e-3;              /* of the feed; the answer does not depend on it [m3/s] */
static const double PILES_UP = 0.7;               /* CP = exp(0.7 recovery of an element), unverified, high */
static const double NONE     = 1e-5;              /* [kg/m3] less salt than this is none */
static const double MOST     = 100.0;             /* factor of concentration that is looked for */

enum { STEPS = 2 };

/* Salt of the same osmotic pressure, half a mole of sodium chloride a mole of what is dissolved [kg/m3]. */
static park_status salt_of(const park_water *water, double *salt, park_error *err)
{
    park_solution solution;
    double        moles = 0.0;
    PARK_TRY(park_water_equilibrium(water, NULL, 0, &solution, err));
    for (int s = 0; s < PARK_AQ_SPECIES; s++)
        moles += solution.molality[s];
    *salt = fmax(NONE, 0.5 * moles * NACL * 1000.0);
    return PARK_OK;
}

/* (R14) The recovery that scaling allows, at most the one asked for. */
static park_status by_scaling(const park_mechanism_case *at, const park_water *water, double *recovery,
                              const char **binds, park_error *err)
{
    park_contact contacts[PARK_CONTACTS];
    size_t       count = park_scaling_contacts(&at->stage->mechanism.scaling, contacts);
    double       factor;
    int          which;
    if (count == 0)
        return PARK_OK;
    PARK_TRY(park_water_limit(water, contacts, count, NAN, MOST, &factor, &which, err));
    if (which >= 0 && 1.0 - 1.0 / factor < *recovery) {
        *recovery = 1.0 - 1.0 / factor;
        *binds    = park_scaling_word((park_phase)which);
    }
    return PARK_OK;
}

/* (U55) Mean of 1/A over a cycle of fouling and cleaning, as a factor of A: x/(e^x - 1), x = -ln of what is left. */
static double fouled(const park_membrane_terms *t)
{
    double x = t->fouling > 0.0 && t->cleaning_at > 0.0 ? -log(t->cleaning_at) : 0.0;
    return x > 0.0 ? x / expm1(x) : 1.0;
}

static park_stage built(const park_mechanism_case *at, double recovery)
{
    const park_membrane_terms *t      = &at->stage->mechanism.membrane;
    double                     warmth = park_membrane_temperature_factor(at->feed->kelvin);
    double                     each   = 1.0 - pow(1.0 - recovery, 1.0 / t->elements);
    return (park_stage){.membrane = {.water        = t->water_permeability * PER_BAR * warmth * fouled(t),
                                     .salt         = t->salt_permeability * warmth,
                                     .area         = recovery * FLOW / t->flux / t->elements,
                                     .polarization = PARK_POLARIZATION_MODULUS,
                                     .coefficient  = exp(PILES_UP * each),
                                     .drop         = t->drop * HEAD},
                        .vessels  = 1,
                        .elements = t->elements};
}

/* (U49) Passage of a constituent through the whole plant, from its passage at one place. */
static double passage(double local, double recovery)
{
    return -expm1(local * log1p(-recovery)) / recovery;
}

static void spread(const park_mechanism_case *at, double recovery, double salt_passage,
                   park_stage_point *point)
{
    const park_treatment *stage = at->stage;
    double local = log1p(-fmin(salt_passage, 1.0) * recovery) / log1p(-recovery); /* (U49) of the salt */
    for (size_t c = 0; c < at->model->constituents; c++) {
        double share = recovery;
        if (!isnan(stage->rejection[c])) {
            double relative = (1.0 - stage->rejection[c]) / (1.0 - stage->mechanism.membrane.rejection);
            share           = recovery * fmin(1.0, passage(fmin(1.0, local * relative), recovery));
        } else if (!isnan(stage->removal[c]) && stage->removal[c] >= 0.0) {
            share = fmin(1.0 - stage->removal[c], recovery);
        }
        point->product[c] = share;
        point->reject[c]  = 1.0 - share;
    }
}

park_status park_mechanism_membrane(const park_mechanism_case *at, park_stage_point *point,
                                    const char **binds, park_error *err)
{
    const park_membrane_terms *t        = &at->stage->mechanism.membrane;
    double                     recovery = at->stage->recovery, salt, most = t->pressure * HEAD;
    park_water                 water;
    if (!(recovery < 1.0))
        return PARK_FAIL(err, PARK_E_RANGE, "a membrane's recovery is %g; it must be below 1", recovery);
    PARK_TRY(park_analysis_at_ph(at->model, at->feed->conc, at->feed->kelvin, t->ph, &water, err));
    PARK_TRY(salt_of(&water, &salt, err));
    PARK_TRY(by_scaling(at, &water, &recovery, binds, err));
    park_stage  stage = built(at, recovery);
    double      x = park_brine_fraction(salt), mass = FLOW * park_brine_density(x), pressure = most;
    park_stream feed = {.water = mass * (1.0 - x), .salt = mass * x, .pressure = most};
    if (park_membrane_pressure(&stage, 1, &feed, at->feed->kelvin, 0.0, STEPS, recovery, most, &pressure,
                               NULL) != PARK_OK) {
        pressure = most; /* not enough for the recovery asked for: what the membrane then gives */
        *binds   = "pressure";
    }
    feed.pressure = pressure;
    park_train train;
    PARK_TRY(park_membrane_train(&stage, 1, &feed, at->feed->kelvin, 0.0, STEPS, t->pump, t->recovered,
                                 &train, err));
    double in = salt, volume = train.permeate.water + train.permeate.salt;
    double xp = train.permeate.salt / volume, out = xp * park_brine_density(xp);
    point->recovery = train.recovery;
    point->energy   = train.energy * train.recovery;
    point->pressure = pressure;
    if (t->fouling > 0.0 && t->cleaning_at > 0.0)
        point->interval = -log(t->cleaning_at) / t->fouling;
    spread(at, train.recovery, out / in, point);
    return PARK_OK;
}
