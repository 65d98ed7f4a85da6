#include "chemistry/tower_heat.h"

#include "base/root.h"
#include "chemistry/psychrometry.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

static const double CP           = 4186.0; /* of water [J/(kg K)] */
static const double LATENT       = 2.43e6; /* of water at tower temperatures [J/kg] */
static const double ZERO_CELSIUS = 273.15;
static const double HOTTEST      = 373.15;

enum { FEWEST = 8, MOST = 4096, STEPS = 200, STEPS_HOURLY = 24, ROUNDS = 60 };

static park_status check(double hot, double cold, double wet, double ratio, double pressure, park_error *err)
{
    if (!(wet < cold && cold < hot && hot < HOTTEST && wet > 173.15))
        return PARK_FAIL(
            err, PARK_E_RANGE,
            "water from %g to %g K over air with a wet bulb of %g K; they must fall in this order", hot, cold,
            wet);
    if (!(ratio > 0.0 && isfinite(ratio)) || !(pressure > park_vapour_pressure(hot)))
        return PARK_FAIL(
            err, PARK_E_RANGE,
            "water to air is %g and the pressure %g Pa; both must be above zero and no water boil", ratio,
            pressure);
    return PARK_OK;
}

/* -- Merkel -- */

typedef struct duty {
    double hot, cold, ratio, pressure, air; /* air: enthalpy of what enters [J/kg] */
} duty;

/* Driving difference of enthalpies at a water temperature [J/kg]. */
static double drive(const duty *d, double water)
{
    return park_saturated_enthalpy(water, d->pressure) - d->air - d->ratio * CP * (water - d->cold);
}

/* The integral by Gauss of three points in equal panels; INFINITY beyond the pinch. */
static double gauss(const duty *d, int panels)
{
    const double at[]     = {-0.774596669241483377, 0.0, 0.774596669241483377};
    const double weight[] = {5.0 / 18.0, 8.0 / 18.0, 5.0 / 18.0};
    double       sum = 0.0, width = (d->hot - d->cold) / panels;
    for (int p = 0; p < panels; p++)
        for (int i = 0; i < 3; i++) {
            double dh = drive(d, d->cold + width * (p + 0.5 + 0.5 * at[i]));
            if (!(dh > 0.0))
                return INFINITY;
            sum += weight[i] * width * CP / dh;
        }
    return sum;
}

/* Panels are doubled until the integral stands; a sharp approach or pinch needs many. */
static double merkel(const duty *d)
{
    if (!(drive(d, d->cold) > 0.0 && drive(d, d->hot) > 0.0))
        return INFINITY;
    double sum = gauss(d, FEWEST);
    for (int panels = 2 * FEWEST; panels <= MOST; panels *= 2) {
        double before = sum;
        sum           = gauss(d, panels);
        if (isinf(sum) || fabs(sum - before) <= 1e-9 * sum)
            break;
    }
    return sum;
}

static double four(const duty *d)
{
    const double at[] = {0.1, 0.4, 0.6, 0.9};
    double       sum  = 0.0;
    for (int i = 0; i < 4; i++) {
        double dh = drive(d, d->cold + at[i] * (d->hot - d->cold));
        sum += dh > 0.0 ? 1.0 / dh : INFINITY;
    }
    return CP * (d->hot - d->cold) / 4.0 * sum;
}

static park_status number_by(double (*rule)(const duty *), double hot, double cold, double wet, double ratio,
                             double pressure, double *number, park_error *err)
{
    PARK_TRY(check(hot, cold, wet, ratio, pressure, err));
    duty d  = {hot, cold, ratio, pressure, park_saturated_enthalpy(wet, pressure)};
    *number = rule(&d);
    if (isinf(*number))
        return PARK_FAIL(err, PARK_E_RANGE,
                         "no tower of any size: with %g of water to air the air is saturated inside before "
                         "%g K are reached",
                         ratio, cold);
    return PARK_OK;
}

park_status park_tower_merkel(double hot, double cold, double wet, double ratio, double pressure,
                              double *number, park_error *err)
{
    return number_by(merkel, hot, cold, wet, ratio, pressure, number, err);
}

park_status park_tower_merkel_four(double hot, double cold, double wet, double ratio, double pressure,
                                   double *number, park_error *err)
{
    return number_by(four, hot, cold, wet, ratio, pressure, number, err);
}

typedef struct rating {
    duty   d;
    double range, worth;
} rating;

static double worth_left(double cold, void *context)
{
    rating *r = context;
    r->d.cold = cold;
    r->d.hot  = cold + r->range;
    return r->worth - merkel(&r->d);
}

park_status park_tower_cold(double range, double wet, double ratio, double c, double n, double pressure,
                            double *cold, park_error *err)
{
    if (!(range > 0.0 && ratio > 0.0 && c > 0.0 && isfinite(n) && isfinite(c)))
        return PARK_FAIL(err, PARK_E_RANGE,
                         "range %g K, water to air %g, fill %g and %g; all must be above zero", range, ratio,
                         c, n);
    double most = HOTTEST - range - 1.0;
    while (most > wet && !(park_vapour_pressure(most + range) < 0.98 * pressure))
        most -= 1.0; /* where the water would boil */
    if (!(most > wet))
        return PARK_FAIL(err, PARK_E_RANGE,
                         "at %g Pa no water is %g K warmer than a wet bulb of %g K without boiling", pressure,
                         range, wet);
    rating r = {{.ratio = ratio, .pressure = pressure, .air = park_saturated_enthalpy(wet, pressure)},
                range,
                c * pow(ratio, -n)};
    if (!(worth_left(most, &r) > 0.0))
        return PARK_FAIL(err, PARK_E_RANGE, "a fill of %g does not take %g K from water below %g K", r.worth,
                         range, most + range);
    return park_root(worth_left, &r, wet, most, 1e-12, cold, err);
}

/* -- Poppe: temperatures in degrees Celsius, enthalpies in J/kg, per kilogram of dry air -- */

typedef struct moist {
    double humidity, enthalpy, number;
} moist;

typedef struct counterflow {
    double hot, ratio, pressure, leaving; /* leaving: humidity of the air that leaves, of this round */
    int    steps;
} counterflow;

/* Temperature of air of this humidity and enthalpy [K]; mist keeps it saturated. */
typedef struct mist {
    double humidity, enthalpy, pressure;
} mist;

static double mist_surplus(double kelvin, void *context)
{
    const mist *m = context;
    double      s = park_saturated_humidity(kelvin, m->pressure);
    return park_air_enthalpy(kelvin, s) + (m->humidity - s) * CP * (kelvin - ZERO_CELSIUS) - m->enthalpy;
}

static double air_temperature(double humidity, double enthalpy, double pressure, bool *foggy)
{
    double dry = ZERO_CELSIUS + (enthalpy / 1e3 - 2501.0 * humidity) / (1.006 + 1.86 * humidity), t = dry;
    *foggy = dry < ZERO_CELSIUS - 80.0 || humidity > park_saturated_humidity(dry, pressure);
    mist m = {humidity, enthalpy, pressure};
    if (*foggy && park_root(mist_surplus, &m, fmax(dry, ZERO_CELSIUS - 80.0), HOTTEST - 0.5, 1e-11, &t,
                            NULL) != PARK_OK)
        t = dry;
    return t;
}

static double lewis(double surface, double air)
{
    double r = (surface + 0.622) / (air + 0.622);
    return pow(0.865, 2.0 / 3.0) * (fabs(r - 1.0) < 1e-9 ? 1.0 : (r - 1.0) / log(r));
}

/* Rates per kelvin of water, Eq. (T10)-(T12); false where the driving force is gone. */
static bool rates(const counterflow *c, double water, const moist *a, moist *rate)
{
    double t = water - ZERO_CELSIUS, surface = park_saturated_humidity(water, c->pressure);
    double vapour = 2.501e6 + 1860.0 * t, at_surface = park_air_enthalpy(water, surface);
    double local = c->ratio - (c->leaving - a->humidity); /* water here to dry air */
    bool   foggy;
    double kelvin = air_temperature(a->humidity, a->enthalpy, c->pressure, &foggy);
    double held = foggy ? park_saturated_humidity(kelvin, c->pressure) : a->humidity, gap = surface - held;
    double dh    = at_surface - a->enthalpy;
    double le    = lewis(surface, held);
    double below = dh + (le - 1.0) * (dh - gap * vapour + (foggy ? (a->humidity - held) * CP * t : 0.0)) -
                   (foggy ? surface - a->humidity : gap) * CP * t;
    if (!(below > 0.0) || !(local > 0.0))
        return false;
    *rate = (moist){CP * local * gap / below, CP * local * (1.0 + gap * CP * t / below), CP / below};
    return true;
}

static moist ahead(const moist *a, const moist *rate, double h)
{
    return (moist){a->humidity + h * rate->humidity, a->enthalpy + h * rate->enthalpy,
                   a->number + h * rate->number};
}

static bool climb(const counterflow *c, double cold, moist *a)
{
    double h = (c->hot - cold) / c->steps;
    for (int i = 0; i < c->steps; i++) {
        double t = cold + i * h;
        moist  k1, k2, k3, k4, at;
        bool   fine = rates(c, t, a, &k1);
        at          = ahead(a, &k1, 0.5 * h);
        fine        = fine && rates(c, t + 0.5 * h, &at, &k2);
        at          = ahead(a, &k2, 0.5 * h);
        fine        = fine && rates(c, t + 0.5 * h, &at, &k3);
        at          = ahead(a, &k3, h);
        if (!fine || !rates(c, t + h, &at, &k4))
            return false;
        a->humidity += h / 6.0 * (k1.humidity + 2.0 * k2.humidity + 2.0 * k3.humidity + k4.humidity);
        a->enthalpy += h / 6.0 * (k1.enthalpy + 2.0 * k2.enthalpy + 2.0 * k3.enthalpy + k4.enthalpy);
        a->number += h / 6.0 * (k1.number + 2.0 * k2.number + 2.0 * k3.number + k4.number);
    }
    return true;
}

static park_status poppe_in(int steps, double hot, double cold, double air, double humidity, double ratio,
                            double pressure, park_poppe *poppe, park_error *err)
{
    double wet;
    PARK_TRY(park_wet_bulb(air, humidity, pressure, false, &wet, err));
    PARK_TRY(check(hot, cold, wet, ratio, pressure, err));
    counterflow c = {hot, ratio, pressure, humidity, steps};
    moist       a;
    double      error = INFINITY;
    for (int i = 0; i < ROUNDS && error > 1e-10; i++) {
        a = (moist){humidity, park_air_enthalpy(air, humidity), 0.0};
        if (!climb(&c, cold, &a))
            return PARK_FAIL(err, PARK_E_RANGE,
                             "no tower of any size: with %g of water to air the air is saturated inside",
                             ratio);
        error     = fabs(a.humidity - c.leaving);
        c.leaving = a.humidity;
    }
    bool foggy;
    *poppe = (park_poppe){.number      = a.number,
                          .evaporation = (a.humidity - humidity) / ratio,
                          .humidity    = a.humidity,
                          .enthalpy    = a.enthalpy,
                          .air         = air_temperature(a.humidity, a.enthalpy, pressure, &foggy)};
    return PARK_OK;
}

park_status park_tower_poppe(double hot, double cold, double air, double humidity, double ratio,
                             double pressure, park_poppe *poppe, park_error *err)
{
    return poppe_in(STEPS, hot, cold, air, humidity, ratio, pressure, poppe, err);
}

park_status park_tower_weathered(const park_fill *fill, double range, double air, double relative,
                                 double pressure, double *cold, double *evaporation, park_error *err)
{
    double     humidity = park_humidity_ratio(air, relative, pressure), wet;
    park_poppe poppe;
    PARK_TRY(park_wet_bulb(air, humidity, pressure, false, &wet, err));
    PARK_TRY(park_tower_cold(range, wet, fill->ratio, fill->c, fill->n, pressure, cold, err));
    *cold = fmax(*cold, fill->coldest);
    PARK_TRY(poppe_in(STEPS_HOURLY, *cold + range, *cold, air, humidity, fill->ratio, pressure, &poppe, err));
    *evaporation = poppe.evaporation;
    return PARK_OK;
}

double park_tower_evaporation_share(double evaporation, double range)
{
    return evaporation * LATENT / (CP * range);
}
