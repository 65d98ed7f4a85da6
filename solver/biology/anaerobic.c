#include "biology/anaerobic.h"

#include <math.h>
#include <string.h>

static const double DAY        = 86400.0;
static const double ACETIC     = 64.0;  /* kg COD a kmol */
static const double WATER      = 1e-14; /* ionic product */
static const double ATMOSPHERE = 101325.0;
static const double STANDARD   = 308.15; /* [K] */
static const double WARMTH     = 0.06;   /* rates by exp(WARMTH (T - standard)), unverified, medium [1/K] */
static const double NARROW     = 3.0;    /* ADM1: exp(-3 x^2) */

enum { HYDROLYSIS, NITROGEN, AMMONIFICATION, ACID, GAS, DECAY_ACID, DECAY_GAS, STRIPPING, PROCESSES };

park_anaerobic park_anaerobic_standard(double kelvin)
{
    double         warm = exp(WARMTH * (kelvin - STANDARD)) / DAY;
    const double   vss  = 1.42; /* kg COD a kg */
    park_anaerobic p    = {
           .hydrolysis    = 0.25 * warm,
           .ammonify      = 50.0 * warm,
           .grow_acid     = 1.2 * warm,
           .half_acid     = 7.1,
           .grow_gas      = 0.74 * warm,
           .half_gas      = 9.28e-3 * ACETIC,
           .hinders_gas   = 256e-3 * ACETIC,
           .yield_acid    = vss / 42.14,
           .yield_gas     = vss / (268e-3 * ACETIC),
           .decay         = 0.02 * warm,
           .cells         = 0.08,
           .inert         = 0.06,
           .left          = 0.08,
           .half_nitrogen = 1e-4,
           .acid_low      = 4.0,
           .acid_high     = 5.5,
           .gas_low       = 6.0,
           .gas_high      = 7.0,
           .transfer      = 19.8 / DAY,
           .henry         = 16e-3 / ATMOSPHERE,
           .pressure      = 1.05 * ATMOSPHERE,
           .k_carbonate   = 4.466835921509635e-7, /* pK 6.35 */
           .k_acids       = 1.737800828749376e-5, /* pK 4.76 */
    };
    return p;
}

/* ---- the water ---- */

static double above(double c)
{
    return c > 0.0 ? c : 0.0;
}

/* Hydrogen ions [kmol/m3] that balance the charge. (B57): what base there is falls as they grow, and ever slower, so Newton's
 * method walks up from below without overshooting. */
static double hydrogen(const park_anaerobic *p, const double *c)
{
    double k1 = p->k_carbonate, ka = p->k_acids, h = 1e-7;
    double ic = above(c[PARK_RC_IC]), acids = above(c[PARK_RC_VFA]) / ACETIC;
    for (int i = 0; i < 200; i++) {
        double off = ic * k1 / (k1 + h) + acids * ka / (ka + h) + WATER / h - h - c[PARK_RC_ALK];
        double slope =
            -ic * k1 / ((k1 + h) * (k1 + h)) - acids * ka / ((ka + h) * (ka + h)) - WATER / (h * h) - 1.0;
        double next = h - off / slope;
        if (!(next > 0.1 * h))
            next = 0.1 * h;
        if (fabs(next - h) <= 1e-12 * h)
            return next;
        h = next;
    }
    return h;
}

double park_anaerobic_ph(const park_anaerobic *p, const double *c)
{
    return -log10(hydrogen(p, c));
}

/* (B58) */
static double allowed(double ph, double low, double high)
{
    double x = (ph - high) / (high - low);
    return !(high > low) || x >= 0.0 ? 1.0 : exp(-NARROW * x * x);
}

/* Partial pressure of carbon dioxide over water that gives off methane besides [kmol/(m3 s)]. (B60) */
static double carbonic_pressure(const park_anaerobic *p, double dissolved, double methane)
{
    double full = p->henry * p->pressure, phi = dissolved + full + methane / p->transfer;
    return (phi - sqrt(fmax(0.0, phi * phi - 4.0 * full * dissolved))) / (2.0 * p->henry);
}

static double dissolved(const park_anaerobic *p, const double *c, double h)
{
    return above(c[PARK_RC_IC]) * h / (h + p->k_carbonate);
}

/* ---- the law ---- */

static void rates(const park_reactor *r, size_t tank, const double *c, double *rho)
{
    const park_anaerobic *p = r->law;
    double h = hydrogen(p, c), ph = -log10(h), ss = above(c[PARK_RC_SS]), vfa = above(c[PARK_RC_VFA]);
    double nh = above(c[PARK_RC_NH]), fed = p->half_nitrogen > 0.0 ? nh / (nh + p->half_nitrogen) : 1.0;
    double acidogens = above(c[PARK_RC_XH]), methanogens = above(c[PARK_RC_XA]);
    (void)tank;
    rho[HYDROLYSIS]     = p->hydrolysis * above(c[PARK_RC_XS]);
    rho[NITROGEN]       = p->hydrolysis * above(c[PARK_RC_XND]);
    rho[AMMONIFICATION] = p->ammonify * above(c[PARK_RC_ND]) * acidogens;
    rho[ACID] =
        p->grow_acid * ss / (ss + p->half_acid) * fed * allowed(ph, p->acid_low, p->acid_high) * acidogens;
    rho[GAS] = p->grow_gas * vfa / (vfa + p->half_gas + vfa * vfa / p->hinders_gas) * fed *
               allowed(ph, p->gas_low, p->gas_high) * methanogens;
    rho[DECAY_ACID] = p->decay * acidogens;
    rho[DECAY_GAS]  = p->decay * methanogens;
    double water = dissolved(p, c, h), methane = rho[GAS] * r->table[GAS][PARK_RC_CH4] / ACETIC;
    rho[STRIPPING] = p->transfer * (water - p->henry * carbonic_pressure(p, water, methane));
}

double park_anaerobic_methane_share(const park_reactor *r, const double *c)
{
    double rho[PARK_REACTOR_PROCESSES_MOST];
    r->rates(r, 0, c, rho);
    double methane = rho[GAS] * r->table[GAS][PARK_RC_CH4] / ACETIC, carbonic = above(rho[STRIPPING]);
    return methane + carbonic > 0.0 ? methane / (methane + carbonic) : NAN;
}

void park_anaerobic_set(const park_anaerobic *p, park_reactor *r)
{
    r->law       = p;
    r->rates     = rates;
    r->processes = PROCESSES;
    memset(r->table, 0, sizeof r->table);
    double(*t)[PARK_RC_COLUMNS]    = r->table;
    t[HYDROLYSIS][PARK_RC_XS]      = -1.0;
    t[HYDROLYSIS][PARK_RC_SS]      = 1.0;
    t[NITROGEN][PARK_RC_XND]       = -1.0;
    t[NITROGEN][PARK_RC_ND]        = 1.0;
    t[AMMONIFICATION][PARK_RC_ND]  = -1.0;
    t[AMMONIFICATION][PARK_RC_NH]  = 1.0;
    t[AMMONIFICATION][PARK_RC_ALK] = 1.0 / 14.0;
    t[ACID][PARK_RC_XH]            = 1.0;
    t[ACID][PARK_RC_SS]            = -1.0 / p->yield_acid;
    t[ACID][PARK_RC_VFA]           = (1.0 - p->yield_acid) / p->yield_acid;
    t[GAS][PARK_RC_XA]             = 1.0;
    t[GAS][PARK_RC_VFA]            = -1.0 / p->yield_gas;
    t[GAS][PARK_RC_CH4]            = (1.0 - p->yield_gas) / p->yield_gas;
    t[GAS][PARK_RC_IC]             = (1.0 - p->yield_gas) / p->yield_gas / ACETIC;
    park_reactor_close(t[ACID], p->cells, p->inert, PARK_RC_NH, PARK_RC_COLUMNS);
    park_reactor_close(t[GAS], p->cells, p->inert, PARK_RC_NH, PARK_RC_COLUMNS);
    park_reactor_decay(t[DECAY_ACID], PARK_RC_XH, p->left, p->cells, p->inert);
    park_reactor_decay(t[DECAY_GAS], PARK_RC_XA, p->left, p->cells, p->inert);
    t[STRIPPING][PARK_RC_IC]  = -1.0;
    t[STRIPPING][PARK_RC_CO2] = 1.0;
}
