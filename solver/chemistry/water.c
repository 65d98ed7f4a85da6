#include "chemistry/water.h"

#include "base/root.h"
#include "chemistry/activity.h"

#include <math.h>

static const double EQUIVALENT = 0.0500435; /* of CaCO3 [kg/eq] */
static const double RICHEST    = 5.0;       /* [mol/kg] nothing is looked for beyond */
static const double MOST_DOSE  = 2.0;       /* [mol/kg] */
static const double NARROW     = 1e-12;     /* relative width of a last bracket */

const park_reagent_law PARK_REAGENT_LAWS[PARK_REAGENTS] = {
    [PARK_SULFURIC_ACID]      = {"H2SO4", 0.098079, {[PARK_AQ_SO4] = 1}},
    [PARK_HYDROCHLORIC_ACID]  = {"HCl", 0.036461, {[PARK_AQ_CL] = 1}},
    [PARK_CARBON_DIOXIDE]     = {"CO2", 0.044009, {[PARK_AQ_C] = 1}},
    [PARK_LIME]               = {"Ca(OH)2", 0.074093, {[PARK_AQ_CA] = 1}},
    [PARK_CAUSTIC_SODA]       = {"NaOH", 0.039997, {[PARK_AQ_NA] = 1}},
    [PARK_SODA_ASH]           = {"Na2CO3", 0.105988, {[PARK_AQ_NA] = 2, [PARK_AQ_C] = 1}},
    [PARK_SODIUM_BICARBONATE] = {"NaHCO3", 0.084007, {[PARK_AQ_NA] = 1, [PARK_AQ_C] = 1}},
    [PARK_LIMESTONE]          = {"CaCO3", 0.100087, {[PARK_AQ_CA] = 1, [PARK_AQ_C] = 1}},
    [PARK_GYPSUM_POWDER]      = {"CaSO4:2H2O", 0.172172, {[PARK_AQ_CA] = 1, [PARK_AQ_SO4] = 1}},
    [PARK_CALCIUM_CHLORIDE]   = {"CaCl2", 0.110983, {[PARK_AQ_CA] = 1, [PARK_AQ_CL] = 2}},
    [PARK_FERRIC_CHLORIDE]    = {"FeCl3", 0.162204, {[PARK_AQ_FE3] = 1, [PARK_AQ_CL] = 3}},
    [PARK_ALUM]               = {"Al2(SO4)3", 0.342151, {[PARK_AQ_AL] = 2, [PARK_AQ_SO4] = 3}},
};

park_water park_water_from_analysis(const double *conc, double alkalinity, double kelvin)
{
    double     density = park_water_density(kelvin);
    park_water water   = {.kelvin = kelvin, .alkalinity = alkalinity / EQUIVALENT / density};
    for (int c = 0; c < PARK_AQ_COMPONENTS; c++)
        water.total[c] = conc[c] / PARK_COMPONENT_LAWS[c].molar_mass / density;
    return water;
}

/* -- what is sought: a total that closes a balance at a given pH -- */

typedef struct search {
    park_water          water;
    park_component      component;
    double              ph, aim;
    const park_contact *contacts;
    size_t              count;
    park_reagent        reagent;
    park_phase          phase; /* whose saturation is sought; PARK_PHASES: the pH */
    park_solution       solution;
    park_status         status;
    park_error         *err;
} search;

/* Alkalinity at the pH with this much carbon, less the one the water has. */
static double alkalinity_surplus(double carbon, void *context)
{
    search    *s           = context;
    park_water trial       = s->water;
    trial.total[PARK_AQ_C] = carbon;
    s->status              = park_water_at_ph(&trial, s->ph, &s->solution, s->err);
    return s->status == PARK_OK ? s->solution.water.alkalinity - s->aim : NAN;
}

static double charge_surplus(double amount, void *context)
{
    search    *s              = context;
    park_water trial          = s->water;
    trial.total[s->component] = amount;
    s->status                 = park_water_at_ph(&trial, s->ph, &s->solution, s->err);
    return s->status == PARK_OK ? s->solution.charge : NAN;
}

/* Double `high` from a first guess until f changes its sign from that at 0; NAN when it does not up to `most`. */
static double reach(park_function *f, search *s, double at_zero, double guess, double most)
{
    for (double high = guess; high < most; high *= 2.0) {
        double at = f(high, s);
        if (isnan(at))
            return NAN;
        if ((at > 0.0) != (at_zero > 0.0))
            return high;
    }
    return NAN;
}

park_status park_water_carbon(const park_water *water, double ph, park_water *out, park_error *err)
{
    search s    = {.water = *water, .ph = ph, .aim = water->alkalinity, .err = err};
    double none = alkalinity_surplus(0.0, &s);
    PARK_TRY(s.status);
    if (none > 0.0)
        return PARK_FAIL(
            err, PARK_E_RANGE,
            "at pH %g the water holds %g eq/kg of alkalinity without any carbonate, more than its %g", ph,
            none + s.aim, s.aim);
    double high = reach(alkalinity_surplus, &s, none, fmax(1e-6, 1.1 * fabs(s.aim)), RICHEST), carbon = 0.0;
    PARK_TRY(s.status);
    if (isnan(high))
        return PARK_FAIL(err, PARK_E_RANGE, "no carbon up to %g mol/kg gives %g eq/kg of alkalinity at pH %g",
                         RICHEST, s.aim, ph);
    PARK_TRY(park_root(alkalinity_surplus, &s, 0.0, high, NARROW, &carbon, err));
    *out                  = *water;
    out->total[PARK_AQ_C] = carbon;
    return PARK_OK;
}

park_status park_water_balance(const park_water *water, double ph, park_component component, park_water *out,
                               park_error *err)
{
    search s    = {.water = *water, .ph = ph, .component = component, .err = err};
    double none = charge_surplus(0.0, &s), amount = 0.0;
    PARK_TRY(s.status);
    double high = reach(charge_surplus, &s, none, fmax(1e-6, fabs(none)), RICHEST);
    PARK_TRY(s.status);
    if (isnan(high))
        return PARK_FAIL(err, PARK_E_RANGE, "no amount of %s balances a charge of %g eq/kg at pH %g",
                         PARK_COMPONENT_LAWS[component].name, none, ph);
    PARK_TRY(park_root(charge_surplus, &s, 0.0, high, NARROW, &amount, err));
    charge_surplus(amount, &s); /* the alkalinity at the root itself */
    PARK_TRY(s.status);
    *out = s.solution.water;
    return PARK_OK;
}

/* -- sums -- */

park_water park_water_mix(const park_water *a, const park_water *b, double share)
{
    park_water mix = {.kelvin     = share * a->kelvin + (1.0 - share) * b->kelvin,
                      .alkalinity = share * a->alkalinity + (1.0 - share) * b->alkalinity};
    for (int c = 0; c < PARK_AQ_COMPONENTS; c++)
        mix.total[c] = share * a->total[c] + (1.0 - share) * b->total[c];
    return mix;
}

park_water park_water_concentrate(const park_water *water, double cycles)
{
    park_water more = *water;
    more.alkalinity *= cycles;
    for (int c = 0; c < PARK_AQ_COMPONENTS; c++)
        more.total[c] *= cycles;
    return more;
}

double park_reagent_alkalinity(park_reagent reagent)
{
    double sum = 0.0;
    for (int c = 0; c < PARK_AQ_COMPONENTS; c++)
        sum += (PARK_COMPONENT_LAWS[c].charge + PARK_COMPONENT_LAWS[c].alkalinity) *
               PARK_REAGENT_LAWS[reagent].component[c];
    return sum;
}

park_water park_water_dose(const park_water *water, park_reagent reagent, double amount)
{
    park_water dosed = *water;
    dosed.alkalinity += amount * park_reagent_alkalinity(reagent);
    for (int c = 0; c < PARK_AQ_COMPONENTS; c++)
        dosed.total[c] += amount * PARK_REAGENT_LAWS[reagent].component[c];
    return dosed;
}

/* -- a reagent to a pH or a saturation -- */

static double dose_surplus(double amount, void *context)
{
    search    *s     = context;
    park_water dosed = park_water_dose(&s->water, s->reagent, amount);
    s->status        = park_water_equilibrium(&dosed, s->contacts, s->count, &s->solution, s->err);
    if (s->status != PARK_OK)
        return NAN;
    return (s->phase < PARK_PHASES ? s->solution.saturation[s->phase] : s->solution.ph) - s->aim;
}

/* The dose at which the surplus vanishes; `what` names it. */
static park_status dose_to(search *s, const char *what, double *amount)
{
    double none = dose_surplus(0.0, s);
    PARK_TRY(s->status);
    *amount = 0.0;
    if (fabs(none) < 1e-9)
        return PARK_OK;
    double high = isinf(none) ? NAN : reach(dose_surplus, s, none, 1e-6, MOST_DOSE);
    PARK_TRY(s->status);
    if (isnan(high))
        return PARK_FAIL(s->err, PARK_E_RANGE, "%s does not bring the water from %s %g to %g",
                         PARK_REAGENT_LAWS[s->reagent].name, what, none + s->aim, s->aim);
    return park_root(dose_surplus, s, 0.0, high, NARROW, amount, s->err);
}

park_status park_water_dose_for_ph(const park_water *water, park_reagent reagent, double ph,
                                   const park_contact *contacts, size_t count, double *amount,
                                   park_error *err)
{
    if (!(ph >= 0.0 && ph <= 14.0))
        return PARK_FAIL(err, PARK_E_RANGE, "the pH asked for is %g; it must lie in 0 to 14", ph);
    search s = {.water    = *water,
                .aim      = ph,
                .contacts = contacts,
                .count    = count,
                .reagent  = reagent,
                .err      = err,
                .phase    = PARK_PHASES};
    return dose_to(&s, "pH", amount);
}

park_status park_water_dose_for_saturation(const park_water *water, park_reagent reagent, park_phase phase,
                                           double target, const park_contact *contacts, size_t count,
                                           double *amount, park_error *err)
{
    if (!isfinite(target))
        return PARK_FAIL(err, PARK_E_RANGE, "the saturation index asked for is %g; it must be a number",
                         target);
    search s = {.water    = *water,
                .aim      = target,
                .contacts = contacts,
                .count    = count,
                .reagent  = reagent,
                .err      = err,
                .phase    = phase};
    return dose_to(&s, PARK_PHASE_LAWS[phase].name, amount);
}

/* -- calcite -- */

/* Saturation of calcite where all the carbon is `carbon`, alkalinity kept. */
static double calcite_surplus(double carbon, void *context)
{
    search    *s           = context;
    park_water trial       = s->water;
    trial.total[PARK_AQ_C] = carbon;
    s->status              = park_water_equilibrium(&trial, NULL, 0, &s->solution, s->err);
    return s->status == PARK_OK ? s->solution.saturation[PARK_CALCITE] : NAN;
}

park_status park_water_calcite(const park_water *water, double *ph_saturation, double *potential,
                               park_error *err)
{
    const park_contact calcite = {.phase = PARK_CALCITE, .both_ways = true};
    park_solution      solution;
    if (!(water->total[PARK_AQ_CA] > 0.0) || !(water->alkalinity > 0.0) || !(water->total[PARK_AQ_C] > 0.0))
        return PARK_FAIL(
            err, PARK_E_RANGE,
            "the water has %g mol/kg of calcium, %g of carbon and %g eq/kg of alkalinity; calcite needs them",
            water->total[PARK_AQ_CA], water->total[PARK_AQ_C], water->alkalinity);
    PARK_TRY(park_water_equilibrium(water, &calcite, 1, &solution, err));
    *potential = solution.fallen[0];

    /* More carbon dioxide dissolves calcite from where half the alkalinity is carbonate; that far the index falls. */
    search s   = {.water = *water, .err = err};
    double low = 0.5 * water->alkalinity, carbon = NAN;
    double most = calcite_surplus(low, &s);
    PARK_TRY(s.status);
    if (!(most > 0.0))
        return PARK_FAIL(err, PARK_E_RANGE, "no loss of carbon dioxide saturates this water with calcite");
    double high = reach(calcite_surplus, &s, most, water->alkalinity, RICHEST);
    PARK_TRY(s.status);
    if (isnan(high))
        return PARK_FAIL(err, PARK_E_RANGE, "no carbon dioxide up to %g mol/kg undersaturates this water",
                         RICHEST);
    PARK_TRY(park_root(calcite_surplus, &s, low, high, NARROW, &carbon, err));
    calcite_surplus(carbon, &s); /* the pH at the root itself */
    PARK_TRY(s.status);
    *ph_saturation = s.solution.ph;
    return PARK_OK;
}

/* -- how far it may be concentrated -- */

typedef struct thickening {
    search s;
    double open;
    int    which; /* the phase nearest above its target */
} thickening;

/* The largest excess of a saturation over its target at a factor. */
static double scaling_surplus(double factor, void *context)
{
    thickening        *t     = context;
    park_water         thick = park_water_concentrate(&t->s.water, factor);
    const park_contact air   = {
          .phase = PARK_CO2_GAS, .both_ways = true, .target = isnan(t->open) ? 0.0 : t->open};
    t->s.status = park_water_equilibrium(&thick, &air, isnan(t->open) ? 0u : 1u, &t->s.solution, t->s.err);
    if (t->s.status != PARK_OK)
        return NAN;
    double most = -INFINITY;
    for (size_t i = 0; i < t->s.count; i++) {
        double over = t->s.solution.saturation[t->s.contacts[i].phase] - t->s.contacts[i].target;
        if (over > most) {
            most     = over;
            t->which = (int)t->s.contacts[i].phase;
        }
    }
    return most;
}

park_status park_water_limit(const park_water *water, const park_contact *contacts, size_t count, double open,
                             double most, double *factor, int *which, park_error *err)
{
    if (!(most > 1.0 && isfinite(most)))
        return PARK_FAIL(err, PARK_E_RANGE, "the largest factor is %g; it must be above 1", most);
    thickening t = {
        .s = {.water = *water, .contacts = contacts, .count = count, .err = err}, .open = open, .which = -1};
    double once = scaling_surplus(1.0, &t);
    PARK_TRY(t.s.status);
    if (once > 0.0)
        return PARK_FAIL(err, PARK_E_RANGE, "%s is already %g above its target",
                         PARK_PHASE_LAWS[t.which].name, once);
    double last = scaling_surplus(most, &t);
    PARK_TRY(t.s.status);
    if (!(last > 0.0)) {
        *factor = most;
        *which  = -1;
        return PARK_OK;
    }
    PARK_TRY(park_root(scaling_surplus, &t, 1.0, most, NARROW, factor, err));
    *which = t.which;
    return PARK_OK;
}
