#include "biology/film.h"

#include <math.h>
#include <string.h>

static const double DAY    = 86400.0;
static const double G      = 1e-3;  /* [kg/m3] */
static const double NO_AIR = 1e-4;  /* oxygen in the water that half hinders what needs none [kg/m3] */
static const double SOON   = 120.0; /* oxygen is brought to what is held within [s] */

enum {
    AEROBIC,
    ON_NITRATE,
    ON_NITRITE,
    AMMONIUM,
    NITRITE,
    ANAMMOX,
    LOSS_H,
    LOSS_A,
    LOSS_N,
    LOSS_X,
    HYDROLYSIS,
    NITROGEN,
    AMMONIFICATION,
    AERATION,
    PROCESSES
};

/* Strous et al. (1998), Appl. Microbiol. Biotechnol. 50, 589-596: per ammonium */
static const double NITRITE_USED = 1.32, NITRATE_MADE = 0.26;

park_film park_film_standard(double kelvin)
{
    double c = kelvin - 273.15, warm20 = pow(1.07, c - 20.0) / DAY, a = exp(0.094 * (c - 30.0)) / DAY,
           n = exp(0.061 * (c - 30.0)) / DAY, x = exp(0.096 * (c - 30.0)) / DAY;
    park_film p = {
        .density           = 50.0,
        .diffuses_oxygen   = 1.6e-9 * pow(1.02, c - 20.0),
        .diffuses_ammonium = 1.4e-9 * pow(1.02, c - 20.0),
        .diffuses_nitrite  = 1.3e-9 * pow(1.02, c - 20.0),
        .diffuses_matter   = 0.6e-9 * pow(1.02, c - 20.0),
        .grow_h            = 6.0 * warm20,
        .half_matter       = 20.0 * G,
        .half_oxygen_h     = 0.2 * G,
        .half_nitrate      = 0.5 * G,
        .yield_h           = 0.67,
        .anoxic            = 0.8,
        .decay_h           = 0.3 * warm20,
        .grow_a            = 2.05 * a,
        .half_ammonium     = 2.4 * G,
        .half_oxygen_a     = 0.6 * G,
        .yield_a           = 0.15,
        .decay_a           = 0.13 * a,
        .grow_n            = 1.45 * n,
        .half_nitrite      = 5.5 * G,
        .half_oxygen_n     = 2.2 * G,
        .yield_n           = 0.041,
        .decay_n           = 0.06 * n,
        .grow_x            = 0.08 * x,
        .half_ammonium_x   = 0.07 * G,
        .half_nitrite_x    = 0.05 * G,
        .decay_x           = 0.003 * x,
        .hydrolysis        = 3.0 * warm20,
        .half_solids       = 0.03,
        .ammonify          = 80.0 * warm20,
        .cells             = 0.086,
        .inert             = 0.06,
        .left              = 0.08,
        .half_alkalinity   = 0.5e-3,
    };
    return p;
}

static double above(double c)
{
    return c > 0.0 ? c : 0.0;
}

static double monod(double c, double half)
{
    return c > 0.0 ? c / (c + half) : 0.0;
}

/* ---- diffusion ---- */

double park_film_thickness(const park_film *p, const double *c)
{
    double all = above(c[PARK_RC_XH]) + above(c[PARK_RC_XA]) + above(c[PARK_RC_XN]) + above(c[PARK_RC_XX]);
    return all / (p->density * p->area);
}

/* (B62): phi = r L / sqrt(2 D integral of r), then tanh(phi)/phi. */
double park_film_reached(double taken, double conc, double half, double diffuses, double thickness)
{
    if (!(taken > 0.0) || !(conc > 0.0) || !(thickness > 0.0))
        return 1.0;
    double x = conc / half, area = x < 1e-3 ? conc * x * (0.5 - x / 3.0) : conc - half * log1p(x);
    double phi = thickness * sqrt(taken * monod(conc, half) / (2.0 * diffuses * area));
    return phi < 1e-4 ? 1.0 : tanh(phi) / phi;
}

/* ---- the law ---- */

/* Growth as if every substrate were everywhere as in the water [kg/(m3 s)]; behind them what each takes up. */
typedef struct bulk {
    double h, h_nitrate, h_nitrite, a, n, x; /* growth */
    double ss, o2, nh, no2, no3;             /* concentrations */
} bulk;

static bulk bulk_of(const park_film *p, const double *c)
{
    bulk   b      = {.ss  = above(c[PARK_RC_SS]),
                     .o2  = above(c[PARK_RC_O2]),
                     .nh  = above(c[PARK_RC_NH]),
                     .no2 = above(c[PARK_RC_NO2]),
                     .no3 = above(c[PARK_RC_NO3])};
    double alk    = monod(c[PARK_RC_ALK], p->half_alkalinity);
    double h      = p->grow_h * monod(b.ss, p->half_matter) * monod(b.nh, 5e-5) * above(c[PARK_RC_XH]);
    double any    = b.no2 + b.no3 > 0.0 ? 1.0 / (b.no2 + b.no3) : 0.0;
    double anoxic = p->anoxic * h * monod(b.no2 + b.no3, p->half_nitrate);
    b.h           = h * monod(b.o2, p->half_oxygen_h);
    b.h_nitrate   = anoxic * b.no3 * any;
    b.h_nitrite   = anoxic * b.no2 * any;
    b.a           = p->grow_a * monod(b.nh, p->half_ammonium) * monod(b.o2, p->half_oxygen_a) * alk *
          above(c[PARK_RC_XA]);
    b.n = p->grow_n * monod(b.no2, p->half_nitrite) * monod(b.o2, p->half_oxygen_n) * above(c[PARK_RC_XN]);
    b.x =
        p->grow_x * monod(b.nh, p->half_ammonium_x) * monod(b.no2, p->half_nitrite_x) * above(c[PARK_RC_XX]);
    return b;
}

/* (B63)-(B65) */
static void grow(const park_film *p, const park_reactor *r, const double *c, double *rho)
{
    bulk   b     = bulk_of(p, c);
    double thick = park_film_thickness(p, c), film = p->area * thick; /* volume of film per volume of tank */
    double per                        = film > 0.0 ? 1.0 / film : 0.0;
    const double(*t)[PARK_RC_COLUMNS] = r->table;
    double oxygen =
        -(t[AEROBIC][PARK_RC_O2] * b.h + t[AMMONIUM][PARK_RC_O2] * b.a + t[NITRITE][PARK_RC_O2] * b.n);
    double air      = park_film_reached(oxygen * per, b.o2, p->half_oxygen_a, p->diffuses_oxygen, thick),
           still    = 1.0 - air * monod(b.o2, NO_AIR);
    double matter   = (b.h + still * (b.h_nitrate + b.h_nitrite)) / p->yield_h;
    double ammonium = -(t[AMMONIUM][PARK_RC_NH] * b.a + still * t[ANAMMOX][PARK_RC_NH] * b.x);
    double nitrite =
        b.n / p->yield_n - still * (t[ANAMMOX][PARK_RC_NO2] * b.x + t[ON_NITRITE][PARK_RC_NO2] * b.h_nitrite);
    double ss       = park_film_reached(matter * per, b.ss, p->half_matter, p->diffuses_matter, thick);
    double nh       = park_film_reached(ammonium * per, b.nh, p->half_ammonium, p->diffuses_ammonium, thick);
    double no2      = park_film_reached(nitrite * per, b.no2, p->half_nitrite, p->diffuses_nitrite, thick);
    rho[AEROBIC]    = b.h * fmin(air, ss);
    rho[ON_NITRATE] = b.h_nitrate * fmin(still, ss);
    rho[ON_NITRITE] = b.h_nitrite * fmin(still, fmin(ss, no2));
    rho[AMMONIUM]   = b.a * fmin(air, nh);
    rho[NITRITE]    = b.n * fmin(air, no2);
    rho[ANAMMOX]    = b.x * fmin(still, fmin(nh, no2));
}

/* Air holds the oxygen as long as there is ammonium to spare, within what it can transfer. (B67) */
static double aerated(const park_film *p, const park_reactor *r, const double *c, const double *rho)
{
    double used = 0.0, oxygen = c[PARK_RC_O2], most = p->transfer * (p->saturation - oxygen);
    double held = p->oxygen * (p->spares > 0.0 ? monod(c[PARK_RC_NH], p->spares) : 1.0);
    for (int i = 0; i < AERATION; i++)
        used -= r->table[i][PARK_RC_O2] * rho[i];
    return fmin(fmax(0.0, most), fmax(0.0, used + (held - oxygen) / SOON));
}

static void rates(const park_reactor *r, size_t tank, const double *c, double *rho)
{
    const park_film *p     = r->law;
    double           sheds = p->detachment * park_film_thickness(p, c), h = above(c[PARK_RC_XH]),
           xs = above(c[PARK_RC_XS]);
    (void)tank;
    grow(p, r, c, rho);
    rho[LOSS_H]         = (p->decay_h + sheds) * h; /* (B64) */
    rho[LOSS_A]         = (p->decay_a + sheds) * above(c[PARK_RC_XA]);
    rho[LOSS_N]         = (p->decay_n + sheds) * above(c[PARK_RC_XN]);
    rho[LOSS_X]         = (p->decay_x + sheds) * above(c[PARK_RC_XX]);
    double turns        = h > 0.0 ? p->hydrolysis * h / (p->half_solids * h + xs) : 0.0; /* [1/s] of XS */
    rho[HYDROLYSIS]     = turns * xs;
    rho[NITROGEN]       = turns * above(c[PARK_RC_XND]);
    rho[AMMONIFICATION] = p->ammonify * above(c[PARK_RC_ND]) * h;
    rho[AERATION]       = aerated(p, r, c, rho);
}

/* ---- the table ---- */

double park_film_anammox_yield(double cells)
{
    double n2 = 1.0 + NITRITE_USED - NITRATE_MADE; /* less what cells take */
    return (12.0 / 7.0 * n2 - 24.0 / 7.0 * NITRITE_USED + 32.0 / 7.0 * NITRATE_MADE) /
           (1.0 + 12.0 / 7.0 * cells);
}

static void heterotrophs(const park_film *p, size_t breathed, double to_gas, double *row)
{
    double each     = (1.0 - p->yield_h) / p->yield_h;
    row[PARK_RC_XH] = 1.0;
    row[PARK_RC_SS] = -1.0 / p->yield_h;
    if (to_gas > 0.0) {
        row[breathed]   = -each / to_gas;
        row[PARK_RC_N2] = each / to_gas;
    }
    park_reactor_close(row, p->cells, p->inert, PARK_RC_NH, to_gas > 0.0 ? PARK_RC_COLUMNS : breathed);
}

void park_film_set(const park_film *p, park_reactor *r)
{
    r->law       = p;
    r->rates     = rates;
    r->processes = PROCESSES;
    memset(r->table, 0, sizeof r->table);
    double(*t)[PARK_RC_COLUMNS] = r->table;
    heterotrophs(p, PARK_RC_O2, 0.0, t[AEROBIC]);
    heterotrophs(p, PARK_RC_NO3, 20.0 / 7.0, t[ON_NITRATE]);
    heterotrophs(p, PARK_RC_NO2, 12.0 / 7.0, t[ON_NITRITE]);
    t[AMMONIUM][PARK_RC_XA]  = 1.0;
    t[AMMONIUM][PARK_RC_NO2] = 1.0 / p->yield_a;
    park_reactor_close(t[AMMONIUM], p->cells, p->inert, PARK_RC_NH, PARK_RC_O2);
    t[NITRITE][PARK_RC_XN]  = 1.0;
    t[NITRITE][PARK_RC_NO2] = -1.0 / p->yield_n;
    t[NITRITE][PARK_RC_NO3] = 1.0 / p->yield_n;
    park_reactor_close(t[NITRITE], p->cells, p->inert, PARK_RC_NH, PARK_RC_O2);
    double yield            = park_film_anammox_yield(p->cells);
    t[ANAMMOX][PARK_RC_XX]  = 1.0;
    t[ANAMMOX][PARK_RC_NH]  = -1.0 / yield;
    t[ANAMMOX][PARK_RC_NO2] = -NITRITE_USED / yield;
    t[ANAMMOX][PARK_RC_NO3] = NITRATE_MADE / yield;
    park_reactor_close(t[ANAMMOX], p->cells, p->inert, PARK_RC_N2, PARK_RC_COLUMNS);
    static const size_t LIVING[] = {PARK_RC_XH, PARK_RC_XA, PARK_RC_XN, PARK_RC_XX};
    for (size_t i = 0; i < sizeof LIVING / sizeof *LIVING; i++) {
        park_reactor_decay(t[LOSS_H + i], LIVING[i], p->left, p->cells, p->inert);
        r->pass[LIVING[i]] = r->thick[LIVING[i]] = 0.0; /* they stay where they grow */
    }
    t[HYDROLYSIS][PARK_RC_XS]      = -1.0;
    t[HYDROLYSIS][PARK_RC_SS]      = 1.0;
    t[NITROGEN][PARK_RC_XND]       = -1.0;
    t[NITROGEN][PARK_RC_ND]        = 1.0;
    t[AMMONIFICATION][PARK_RC_ND]  = -1.0;
    t[AMMONIFICATION][PARK_RC_NH]  = 1.0;
    t[AMMONIFICATION][PARK_RC_ALK] = 1.0 / 14.0;
    t[AERATION][PARK_RC_O2]        = 1.0;
    t[AERATION][PARK_RC_AIR]       = -1.0;
}
