#include "chemistry/membrane.h"

#include "base/root.h"

#include <math.h>
#include <stdbool.h>

static const double GAS       = 8.314462618; /* [J/(mol K)] */
static const double NACL      = 0.05844;     /* [kg/mol] */
static const double WATER     = 1000.0;      /* density in the law of flux [kg/m3] */
static const double SATURATED = 0.26;        /* mass fraction at which the fits end */
static const double TIGHT     = 1e-12;       /* relative width of a last bracket */
static const double STANDARD  = 298.15;

/* -- sodium chloride -- */

double park_brine_density(double x)
{
    return 995.0 + 756.0 * x;
}

double park_brine_osmotic_coefficient(double x)
{
    return 0.918 + x * (0.0889 + x * 4.92);
}

double park_brine_osmotic_pressure(double x, double kelvin)
{
    return 2.0 * park_brine_osmotic_coefficient(x) * x / (1.0 - x) / NACL * WATER * GAS * kelvin;
}

double park_brine_viscosity(double x)
{
    return 9.8e-4 + 2.15e-3 * x;
}

double park_brine_diffusivity(double x)
{
    return 1.51e-9 + x * (-2e-9 + x * (3.01e-8 + x * (-1.22e-7 + x * 1.53e-7)));
}

double park_brine_fraction(double conc)
{
    return 2.0 * conc / (995.0 + sqrt(995.0 * 995.0 + 4.0 * 756.0 * conc));
}

double park_membrane_temperature_factor(double kelvin)
{
    return exp((kelvin >= STANDARD ? 2640.0 : 3020.0) * (1.0 / 298.0 - 1.0 / kelvin));
}

/* -- one place -- */

static double fraction(const park_stream *s)
{
    return s->salt / (s->salt + s->water);
}

static double volume(const park_stream *s)
{
    return (s->salt + s->water) / park_brine_density(fraction(s));
}

typedef struct channel {
    double velocity, reynolds, diameter;
} channel;

static channel channel_at(const park_membrane *m, const park_stream *s)
{
    double width = m->area / (m->leaf * m->length), x = fraction(s);
    double dh = 4.0 * m->porosity / (2.0 / m->height + 8.0 * (1.0 - m->porosity) / m->height);
    double v  = volume(s) / (width * m->height * m->porosity);
    return (channel){v, park_brine_density(x) * v * dh / park_brine_viscosity(x), dh};
}

typedef struct place {
    const park_membrane *m;
    double               kelvin, bulk, drive, transfer; /* drive: pressure across [Pa] */
    double               water, salt, interface;        /* water: flux of the trial */
} place;

/* Concentration at the membrane while `salt` passes with the water of the trial, Eq. (R8). */
static double at_membrane(const place *p, double salt)
{
    if (p->m->polarization == PARK_POLARIZATION_MODULUS)
        return p->bulk * p->m->coefficient;
    double ratio = p->water / WATER / p->transfer;
    double rise  = p->water > 0.0 ? expm1(ratio) / p->water : 1.0 / (WATER * p->transfer);
    return p->bulk * exp(ratio) - WATER * salt * rise;
}

/* Salt that passes less what the law says, at a flux of salt; rises. */
static double salt_surplus(double salt, void *context)
{
    place *p     = context;
    double x     = p->water + salt > 0.0 ? salt / (p->water + salt) : 0.0;
    double c     = x * park_brine_density(x);
    p->interface = at_membrane(p, salt);
    return salt - p->m->salt * (p->interface - c);
}

/* Water that the law says less what passes, at a flux of water; falls. */
static double water_surplus(double water, void *context)
{
    place *p    = context;
    p->water    = water;
    double most = p->m->salt * at_membrane(p, 0.0) * (1.0 + 1e-9);
    if (!isfinite(most)) /* a film that no salt crosses */
        return -INFINITY;
    if (park_root(salt_surplus, p, 0.0, most, TIGHT, &p->salt, NULL) != PARK_OK)
        return NAN;
    salt_surplus(p->salt, p);
    double x = park_brine_fraction(p->interface), xp = water > 0.0 ? p->salt / (water + p->salt) : 1.0;
    if (water <= 0.0)
        xp = x; /* nothing flows: both sides alike */
    if (x > SATURATED)
        return -INFINITY;
    double against = park_brine_osmotic_pressure(x, p->kelvin) - park_brine_osmotic_pressure(xp, p->kelvin);
    return WATER * p->m->water * (p->drive - against) - water;
}

static park_status check(const park_membrane *m, const park_stream *s, double kelvin, park_error *err)
{
    bool channels = m->polarization == PARK_POLARIZATION_CHANNEL;
    if (!(m->water > 0.0 && m->salt > 0.0 && m->area > 0.0) || !(channels || m->coefficient > 0.0))
        return PARK_FAIL(err, PARK_E_RANGE,
                         "the membrane has A = %g m/(s Pa), B = %g m/s, %g m2 and a polarization of %g; all "
                         "must be above zero",
                         m->water, m->salt, m->area, m->coefficient);
    if (channels &&
        !(m->length > 0.0 && m->leaf > 0.0 && m->height > 0.0 && m->porosity > 0.0 && m->porosity < 1.0))
        return PARK_FAIL(err, PARK_E_RANGE,
                         "the channel is %g m long and %g m high with a porosity of %g; all must be above "
                         "zero, the last below one",
                         m->length, m->height, m->porosity);
    if (!(s->water > 0.0 && s->salt > 0.0 && fraction(s) <= SATURATED) || !(kelvin > 0.0) ||
        !isfinite(s->pressure))
        return PARK_FAIL(err, PARK_E_RANGE,
                         "the feed is %g kg/s of water with %g kg/s of salt; both must be above zero and the "
                         "salt below 26 %%",
                         s->water, s->salt);
    return PARK_OK;
}

static park_status flux_at(const park_membrane *m, const park_stream *s, double kelvin,
                           double permeate_pressure, park_flux *flux, park_error *err)
{
    double x = fraction(s), bulk = x * park_brine_density(x);
    place  p = {.m        = m,
                .kelvin   = kelvin,
                .bulk     = bulk,
                .drive    = s->pressure - permeate_pressure,
                .transfer = m->coefficient};
    *flux    = (park_flux){.transfer = NAN, .reynolds = NAN};
    if (m->polarization == PARK_POLARIZATION_CHANNEL) {
        channel c      = channel_at(m, s);
        double  d      = park_brine_diffusivity(x);
        double  sc     = park_brine_viscosity(x) / (park_brine_density(x) * d);
        p.transfer     = 0.46 * pow(c.reynolds * sc, 0.36) * d / c.diameter; /* (R9) */
        flux->reynolds = c.reynolds;
    }
    if (m->polarization != PARK_POLARIZATION_MODULUS)
        flux->transfer = p.transfer;
    double most = WATER * m->water * p.drive, water = 0.0;
    if (!(most > 0.0))
        return PARK_FAIL(err, PARK_E_RANGE,
                         "the feed stands at %g Pa and the permeate at %g Pa: nothing passes", s->pressure,
                         permeate_pressure);
    most += WATER * m->water * park_brine_osmotic_pressure(x, kelvin); /* saltier permeate cannot push more */
    PARK_TRY(park_root(water_surplus, &p, 0.0, most, TIGHT, &water, err));
    water_surplus(water, &p); /* the salt at the root itself */
    flux->water     = water;
    flux->salt      = p.salt;
    flux->interface = p.interface;
    return PARK_OK;
}

park_status park_membrane_flux(const park_membrane *m, const park_stream *feed, double kelvin,
                               double permeate_pressure, park_flux *flux, park_error *err)
{
    PARK_TRY(check(m, feed, kelvin, err));
    return flux_at(m, feed, kelvin, permeate_pressure, flux, err);
}

/* Friction of the channel, Eq. (R10) [Pa/m]. */
static double friction(const park_membrane *m, const park_stream *s)
{
    if (m->polarization != PARK_POLARIZATION_CHANNEL)
        return 0.0;
    channel c = channel_at(m, s);
    return (0.42 + 189.3 / c.reynolds) * park_brine_density(fraction(s)) * c.velocity * c.velocity /
           (2.0 * c.diameter);
}

/* -- one element, by its ends -- */

typedef struct two_ends {
    const park_membrane *m;
    const park_stream   *feed;
    double               kelvin, permeate_pressure, water, salt;
    park_element        *e;
} two_ends;

/* Mean flux of salt less the trial's; falls. Where nothing passes at the outlet its flux is none. */
static double element_salt(double salt, void *context)
{
    two_ends     *t = context;
    park_element *e = t->e;
    t->salt         = salt;
    e->reject       = (park_stream){t->feed->water - t->water, t->feed->salt - salt, 0.0};
    if (!(e->reject.water > 0.0) || !(e->reject.salt > 0.0))
        return -salt;
    double drop = t->m->drop + 0.5 * t->m->length * (friction(t->m, t->feed) + friction(t->m, &e->reject));
    e->reject.pressure = t->feed->pressure - drop;
    if (fraction(&e->reject) > SATURATED ||
        flux_at(t->m, &e->reject, t->kelvin, t->permeate_pressure, &e->out, NULL) != PARK_OK)
        e->out = (park_flux){0};
    return 0.5 * t->m->area * (e->in.salt + e->out.salt) - salt;
}

static double element_water(double water, void *context)
{
    two_ends *t = context;
    t->water    = water;
    double salt = 0.0;
    if (park_root(element_salt, t, 0.0, t->feed->salt, TIGHT, &salt, NULL) != PARK_OK)
        return -water; /* more salt would pass than there is */
    element_salt(salt, t);
    return 0.5 * t->m->area * (t->e->in.water + t->e->out.water) - water;
}

park_status park_membrane_element(const park_membrane *m, const park_stream *feed, double kelvin,
                                  double permeate_pressure, park_element *element, park_error *err)
{
    PARK_TRY(check(m, feed, kelvin, err));
    PARK_TRY(flux_at(m, feed, kelvin, permeate_pressure, &element->in, err));
    two_ends t     = {m, feed, kelvin, permeate_pressure, 0.0, 0.0, element};
    double   water = 0.0;
    PARK_TRY(park_root(element_water, &t, 0.0, feed->water * (1.0 - 1e-9), TIGHT, &water, err));
    element_water(water, &t);
    if (!(element->out.water > 0.0))
        return PARK_FAIL(err, PARK_E_RANGE, "the element ends without pressure or saturated with salt");
    element->permeate = (park_stream){water, t.salt, permeate_pressure};
    return PARK_OK;
}

/* -- stages, marched -- */

double park_membrane_energy(double feed_flow, double feed_pressure, double reject_flow,
                            double reject_pressure, double pump, double recovered)
{
    return (feed_flow * feed_pressure / pump - recovered * reject_flow * reject_pressure) /
           (feed_flow - reject_flow);
}

typedef struct march {
    const park_membrane *m; /* of one element */
    double               kelvin, permeate_pressure;
    park_flux            flux;
} march;

/* Rates per area of one vessel's channel: what leaves the feed, and its pressure. */
static park_status rates(march *c, const park_stream *s, park_stream *rate, park_error *err)
{
    const park_membrane *m = c->m;
    if (!(s->water > 0.0 && s->salt > 0.0 && fraction(s) <= SATURATED))
        return PARK_FAIL(err, PARK_E_RANGE, "the reject would be saturated with salt");
    PARK_TRY(flux_at(m, s, c->kelvin, c->permeate_pressure, &c->flux, err));
    *rate = (park_stream){-c->flux.water, -c->flux.salt, -(m->drop + m->length * friction(m, s)) / m->area};
    return PARK_OK;
}

static park_stream ahead(const park_stream *s, const park_stream *rate, double h)
{
    return (park_stream){s->water + h * rate->water, s->salt + h * rate->salt,
                         s->pressure + h * rate->pressure};
}

static park_status pass(march *c, int steps, park_stream *s, park_error *err)
{
    double h = c->m->area / steps;
    for (int i = 0; i < steps; i++) {
        park_stream k1, k2, k3, k4, at;
        PARK_TRY(rates(c, s, &k1, err));
        at = ahead(s, &k1, 0.5 * h);
        PARK_TRY(rates(c, &at, &k2, err));
        at = ahead(s, &k2, 0.5 * h);
        PARK_TRY(rates(c, &at, &k3, err));
        at = ahead(s, &k3, h);
        PARK_TRY(rates(c, &at, &k4, err));
        park_stream sum = ahead(&k1, &k2, 2.0);
        sum             = ahead(&sum, &k3, 2.0);
        sum             = ahead(&sum, &k4, 1.0);
        *s              = ahead(s, &sum, h / 6.0);
    }
    return PARK_OK;
}

static park_status check_train(const park_stage *stages, size_t count, int steps, double pump,
                               double recovered, park_error *err)
{
    if (count == 0 || steps < 1)
        return PARK_FAIL(err, PARK_E_RANGE, "a train has %zu stages in %d steps; it needs one at least",
                         count, steps);
    for (size_t i = 0; i < count; i++)
        if (stages[i].vessels < 1 || stages[i].elements < 1)
            return PARK_FAIL(err, PARK_E_RANGE,
                             "stage %zu has %d vessels of %d elements; it needs one at least", i + 1,
                             stages[i].vessels, stages[i].elements);
    if (!(pump > 0.0 && pump <= 1.0) || !(recovered >= 0.0 && recovered < 1.0))
        return PARK_FAIL(
            err, PARK_E_RANGE,
            "efficiencies are %g of pumps and %g of recovery; they must lie in (0, 1] and [0, 1)", pump,
            recovered);
    return PARK_OK;
}

/* The feed on its way through the stages. */
typedef struct journey {
    park_stream at;
    double      kelvin, permeate_pressure, area, pumped; /* pumped: sum of flow times pressure added [W] */
    double      flux_in, flux_out;
    int         steps;
} journey;

static park_status through_stage(const park_stage *stage, journey *j, park_error *err)
{
    double share = 1.0 / stage->vessels;
    march  c     = {.m = &stage->membrane, .kelvin = j->kelvin, .permeate_pressure = j->permeate_pressure};
    PARK_TRY(check(c.m, &j->at, j->kelvin, err));
    park_stream vessel = {j->at.water * share, j->at.salt * share, j->at.pressure};
    PARK_TRY(flux_at(c.m, &vessel, j->kelvin, j->permeate_pressure, &c.flux, err));
    if (!(j->area > 0.0))
        j->flux_in = c.flux.water / WATER;
    for (int e = 0; e < stage->elements; e++) {
        PARK_TRY(pass(&c, j->steps, &vessel, err));
        j->at = (park_stream){vessel.water * stage->vessels, vessel.salt * stage->vessels, vessel.pressure};
        j->area += stage->membrane.area * stage->vessels;
    }
    PARK_TRY(flux_at(c.m, &vessel, j->kelvin, j->permeate_pressure, &c.flux, err));
    j->flux_out = c.flux.water / WATER;
    return PARK_OK;
}

static park_status through(const park_stage *stages, size_t count, journey *j, park_error *err)
{
    j->pumped = volume(&j->at) * (j->at.pressure - j->permeate_pressure);
    for (size_t i = 0; i < count; i++) {
        j->at.pressure += stages[i].boost;
        j->pumped += volume(&j->at) * stages[i].boost;
        PARK_TRY(through_stage(&stages[i], j, err));
    }
    return PARK_OK;
}

static park_stream taken(const park_stream *feed, const journey *j)
{
    return (park_stream){feed->water - j->at.water, feed->salt - j->at.salt, j->permeate_pressure};
}

park_status park_membrane_train(const park_stage *stages, size_t count, const park_stream *feed,
                                double kelvin, double permeate_pressure, int steps, double pump,
                                double recovered, park_train *train, park_error *err)
{
    PARK_TRY(check_train(stages, count, steps, pump, recovered, err));
    journey j = {.at = *feed, .kelvin = kelvin, .permeate_pressure = permeate_pressure, .steps = steps};
    PARK_TRY(through(stages, count, &j, err));
    park_stream permeate = taken(feed, &j);
    double      product  = volume(&permeate);
    *train               = (park_train){
                      .permeate = permeate,
                      .reject   = j.at,
                      .recovery = product / volume(feed),
                      .flux     = permeate.water / WATER / j.area,
                      .flux_in  = j.flux_in,
                      .flux_out = j.flux_out,
                      .energy =
                          (j.pumped / pump - recovered * volume(&j.at) * (j.at.pressure - permeate_pressure)) / product};
    return PARK_OK;
}

typedef struct asked {
    const park_stage  *stages;
    size_t             count;
    const park_stream *feed;
    journey            start;
    double             recovery;
} asked;

/* Recovery at a pressure less the one asked for. A train that ends early (salt falls out) has recovered what it has. */
static double recovery_surplus(double pressure, void *context)
{
    const asked *a = context;
    journey      j = a->start;
    j.at.pressure  = pressure;
    if (through(a->stages, a->count, &j, NULL) != PARK_OK && !(j.area > 0.0))
        return -a->recovery;
    park_stream permeate = taken(a->feed, &j);
    return volume(&permeate) / volume(a->feed) - a->recovery;
}

park_status park_membrane_pressure(const park_stage *stages, size_t count, const park_stream *feed,
                                   double kelvin, double permeate_pressure, int steps, double recovery,
                                   double most, double *pressure, park_error *err)
{
    PARK_TRY(check_train(stages, count, steps, 1.0, 0.0, err));
    PARK_TRY(check(&stages[0].membrane, feed, kelvin, err));
    if (!(recovery > 0.0 && recovery < 1.0))
        return PARK_FAIL(err, PARK_E_RANGE, "the recovery asked for is %g; it must lie in (0, 1)", recovery);
    asked a = {
        .stages   = stages,
        .count    = count,
        .feed     = feed,
        .start    = {.at = *feed, .kelvin = kelvin, .permeate_pressure = permeate_pressure, .steps = steps},
        .recovery = recovery};
    if (!(recovery_surplus(most, &a) > 0.0))
        return PARK_FAIL(err, PARK_E_RANGE, "%g Pa do not recover %g of the feed", most, recovery);
    return park_root(recovery_surplus, &a, permeate_pressure, most, 1e-10, pressure, err);
}
