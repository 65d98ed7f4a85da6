#include "check.h"

#include "chemistry/membrane.h"
#include "chemistry/osmosis.h"

static const double KELVIN = 298.15, AIR = 101325.0;

static park_membrane brackish(void)
{
    return (park_membrane){.water        = 1e-11,
                           .salt         = 6e-8,
                           .area         = 37.0,
                           .polarization = PARK_POLARIZATION_FILM,
                           .coefficient  = 3e-5,
                           .drop         = 2e4};
}

static park_stream feed(double kg, double x, double pressure)
{
    return (park_stream){kg * (1.0 - x), kg * x, pressure};
}

/* Sea salt strength: 35 g/kg is 0.6206 mol/kg, 28.5 bar; weak brine is van 't Hoff with 0.918. */
static void the_brine_by_hand(void)
{
    CHECK_CLOSE(park_brine_osmotic_pressure(0.035, KELVIN), 28.53e5, 0.03e5);
    double weak = 1e-6, conc = weak * park_brine_density(weak);
    CHECK_CLOSE(park_brine_osmotic_pressure(weak, KELVIN) / park_osmotic_pressure(conc, KELVIN, 0.918),
                1000.0 / 995.0, 1e-4);
    for (double x = 1e-6; x < 0.26; x = 3.0 * x)
        CHECK_CLOSE(park_brine_fraction(x * park_brine_density(x)), x, 1e-14);
    CHECK_CLOSE(park_membrane_temperature_factor(298.0), 1.0, 2e-3);
    CHECK(park_membrane_temperature_factor(288.15) < 0.72 && park_membrane_temperature_factor(308.15) > 1.3);
}

/* The laws at a place, put in by hand with what came out. */
static void the_flux_satisfies_its_laws(void)
{
    park_membrane m = brackish();
    park_stream   f = feed(1.0, 0.003, 13e5);
    park_flux     j;
    CHECK(park_membrane_flux(&m, &f, KELVIN, AIR, &j, NULL) == PARK_OK);
    double xp = j.salt / (j.water + j.salt), cp = xp * park_brine_density(xp),
           bulk = 0.003 * park_brine_density(0.003);
    double beta = exp(j.water / 1000.0 / 3e-5);
    CHECK_CLOSE(j.interface, bulk * beta - 1000.0 * j.salt / j.water * (beta - 1.0), 1e-9);
    CHECK_CLOSE(j.salt, 6e-8 * (j.interface - cp), 1e-10 * j.salt);
    double pi = park_brine_osmotic_pressure(park_brine_fraction(j.interface), KELVIN) -
                park_brine_osmotic_pressure(xp, KELVIN);
    CHECK_CLOSE(j.water, 1000.0 * 1e-11 * (13e5 - AIR - pi), 1e-9 * j.water);
    CHECK(j.interface > bulk);
    m.polarization = PARK_POLARIZATION_MODULUS;
    m.coefficient  = 1.0;
    park_flux ideal;
    CHECK(park_membrane_flux(&m, &f, KELVIN, AIR, &ideal, NULL) == PARK_OK);
    CHECK(ideal.water > j.water && isnan(ideal.transfer));
}

/* Below the osmotic pressure little passes, and that salty. */
static void below_the_osmotic_pressure_hardly_anything_passes(void)
{
    park_membrane m = brackish();
    park_stream   f = feed(1.0, 0.035, 20e5);
    park_flux     j, above;
    CHECK(park_membrane_flux(&m, &f, KELVIN, AIR, &j, NULL) == PARK_OK);
    f.pressure = 55e5;
    CHECK(park_membrane_flux(&m, &f, KELVIN, AIR, &above, NULL) == PARK_OK);
    CHECK(j.water > 0.0 && j.water < 0.05 * above.water);
    CHECK(j.salt / j.water > 10.0 * above.salt / above.water);
}

/* Small elements by their ends, one after the other, and the march agree; what enters leaves. */
static void elements_and_march_agree(void)
{
    park_stage   stage = {.membrane = brackish(), .vessels = 1, .elements = 6};
    park_stream  f = feed(2.5, 0.003, 13e5), at = f;
    park_train   t;
    park_element e;
    CHECK(park_membrane_train(&stage, 1, &f, KELVIN, AIR, 8, 0.8, 0.0, &t, NULL) == PARK_OK);
    CHECK_CLOSE(t.permeate.water + t.reject.water, f.water, 1e-12);
    CHECK_CLOSE(t.permeate.salt + t.reject.salt, f.salt, 1e-14);
    CHECK_CLOSE(t.reject.pressure, 13e5 - 6 * 2e4, 1e-6);
    park_membrane piece = stage.membrane;
    piece.area /= 8.0;
    piece.drop /= 8.0;
    for (int i = 0; i < 48; i++) {
        CHECK(park_membrane_element(&piece, &at, KELVIN, AIR, &e, NULL) == PARK_OK);
        CHECK_CLOSE(e.permeate.water + e.reject.water, at.water, 1e-12);
        at = e.reject;
    }
    CHECK_CLOSE(at.water, t.reject.water, 2e-4 * (f.water - t.reject.water));
    CHECK_CLOSE(at.salt, t.reject.salt, 2e-4 * f.salt);
    CHECK_CLOSE(t.flux, (t.permeate.water / 1000.0) / (6 * 37.0), 1e-12);
    CHECK(t.flux_in > t.flux && t.flux > t.flux_out);
}

/* Two stages of two to one vessels, boosted: the second takes the reject of the first. Energy by hand from the flows. */
static void stages_follow_each_other(void)
{
    park_stage  stages[] = {{.membrane = brackish(), .vessels = 2, .elements = 6},
                            {.membrane = brackish(), .vessels = 1, .elements = 6, .boost = 2e5}};
    park_stream f        = feed(5.0, 0.002, 11e5);
    park_train  both, first, second;
    CHECK(park_membrane_train(stages, 1, &f, KELVIN, AIR, 4, 0.8, 0.0, &first, NULL) == PARK_OK);
    park_stream between = first.reject;
    CHECK(park_membrane_train(&stages[1], 1, &between, KELVIN, AIR, 4, 0.8, 0.0, &second, NULL) == PARK_OK);
    CHECK(park_membrane_train(stages, 2, &f, KELVIN, AIR, 4, 0.8, 0.5, &both, NULL) == PARK_OK);
    CHECK_CLOSE(both.reject.water, second.reject.water, 1e-12);
    CHECK_CLOSE(both.permeate.salt, first.permeate.salt + second.permeate.salt, 1e-15);
    CHECK(both.recovery > first.recovery);
    double feed_flow    = 5.0 / park_brine_density(0.002),
           x            = both.reject.salt / (both.reject.salt + both.reject.water);
    double xb           = between.salt / (between.salt + between.water);
    double reject_flow  = (both.reject.salt + both.reject.water) / park_brine_density(x);
    double between_flow = (between.salt + between.water) / park_brine_density(xb);
    double product      = both.recovery * feed_flow;
    double work         = ((11e5 - AIR) * feed_flow + 2e5 * between_flow) / 0.8 -
                  0.5 * reject_flow * (both.reject.pressure - AIR);
    CHECK_CLOSE(both.energy, work / product, 1e-6 * both.energy);
    CHECK_CLOSE(park_membrane_energy(2.0, 10e5, 1.0, 8e5, 0.8, 0.5), 25e5 - 4e5, 1e-6);
}

/* Half of the feed: the pressure found recovers it, and a pressure that no recovery needs is refused. */
static void a_recovery_finds_its_pressure(void)
{
    park_stage  stage = {.membrane = brackish(), .vessels = 1, .elements = 6};
    park_stream f     = feed(2.5, 0.003, 0.0);
    park_train  t;
    park_error  err = {0};
    double      p   = NAN;
    CHECK(park_membrane_pressure(&stage, 1, &f, KELVIN, AIR, 6, 0.5, 60e5, &p, NULL) == PARK_OK);
    f.pressure = p;
    CHECK(park_membrane_train(&stage, 1, &f, KELVIN, AIR, 6, 1.0, 0.0, &t, NULL) == PARK_OK);
    CHECK_CLOSE(t.recovery, 0.5, 1e-7);
    CHECK(park_membrane_pressure(&stage, 1, &f, KELVIN, AIR, 6, 0.5, 5e5, &p, &err) == PARK_E_RANGE);
    CHECK(strstr(err.message, "do not recover") != NULL);
    CHECK(park_membrane_pressure(&stage, 1, &f, KELVIN, AIR, 6, 1.5, 60e5, &p, &err) == PARK_E_RANGE);
}

/* A channel's pressure falls by its friction, more at more flow; its coefficient rises with flow. */
static void channels_have_friction(void)
{
    park_membrane m    = {.water        = 4.2e-12,
                          .salt         = 3.5e-8,
                          .area         = 19.0,
                          .length       = 16.0,
                          .leaf         = 1.0,
                          .height       = 1e-3,
                          .porosity     = 0.97,
                          .polarization = PARK_POLARIZATION_CHANNEL};
    park_stream   slow = feed(0.2, 0.035, 70e5), fast = feed(0.5, 0.035, 70e5);
    park_element  a, b;
    CHECK(park_membrane_element(&m, &slow, KELVIN, AIR, &a, NULL) == PARK_OK);
    CHECK(park_membrane_element(&m, &fast, KELVIN, AIR, &b, NULL) == PARK_OK);
    CHECK(a.reject.pressure < 70e5 && b.reject.pressure < a.reject.pressure);
    CHECK_CLOSE(b.in.transfer / a.in.transfer, pow(2.5, 0.36), 1e-9);
    CHECK_CLOSE(b.in.reynolds / a.in.reynolds, 2.5, 1e-9);
}

static void impossible_membranes_are_refused(void)
{
    park_membrane m = brackish(), bad = m;
    park_stream   f = feed(1.0, 0.003, 13e5), g = f;
    park_flux     j;
    park_element  e;
    park_train    t;
    park_error    err = {0};
    bad.salt          = 0.0;
    CHECK(park_membrane_flux(&bad, &f, KELVIN, AIR, &j, &err) == PARK_E_RANGE);
    bad              = m;
    bad.polarization = PARK_POLARIZATION_CHANNEL;
    CHECK(park_membrane_flux(&bad, &f, KELVIN, AIR, &j, &err) == PARK_E_RANGE &&
          strstr(err.message, "channel") != NULL);
    g.water = 0.0;
    CHECK(park_membrane_flux(&m, &g, KELVIN, AIR, &j, &err) == PARK_E_RANGE);
    g          = f;
    g.pressure = 0.5 * AIR;
    CHECK(park_membrane_flux(&m, &g, KELVIN, AIR, &j, &err) == PARK_E_RANGE &&
          strstr(err.message, "nothing passes") != NULL);
    bad      = m;
    bad.drop = 14e5;
    CHECK(park_membrane_element(&bad, &f, KELVIN, AIR, &e, &err) == PARK_E_RANGE &&
          strstr(err.message, "ends without") != NULL);
    park_stage stage = {.membrane = m, .vessels = 1, .elements = 1};
    CHECK(park_membrane_train(&stage, 0, &f, KELVIN, AIR, 4, 0.8, 0.0, &t, &err) == PARK_E_RANGE);
    CHECK(park_membrane_train(&stage, 1, &f, KELVIN, AIR, 0, 0.8, 0.0, &t, &err) == PARK_E_RANGE);
    CHECK(park_membrane_train(&stage, 1, &f, KELVIN, AIR, 4, 1.2, 0.0, &t, &err) == PARK_E_RANGE);
    CHECK(park_membrane_train(&stage, 1, &f, KELVIN, AIR, 4, 0.8, 1.0, &t, &err) == PARK_E_RANGE);
    stage.elements = 0;
    CHECK(park_membrane_train(&stage, 1, &f, KELVIN, AIR, 4, 0.8, 0.0, &t, &err) == PARK_E_RANGE);
    stage = (park_stage){.membrane = bad, .vessels = 1, .elements = 1};
    CHECK(park_membrane_train(&stage, 1, &f, KELVIN, AIR, 4, 0.8, 0.0, &t, &err) == PARK_E_RANGE);
}

int main(void)
{
    RUN(the_brine_by_hand);
    RUN(the_flux_satisfies_its_laws);
    RUN(below_the_osmotic_pressure_hardly_anything_passes);
    RUN(elements_and_march_agree);
    RUN(stages_follow_each_other);
    RUN(a_recovery_finds_its_pressure);
    RUN(channels_have_friction);
    RUN(impossible_membranes_are_refused);
    return park_test_done();
}
