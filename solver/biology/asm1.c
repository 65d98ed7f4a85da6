#include "biology/asm1.h"

#include <math.h>

const double PARK_ASM1_O2_NITRIFIED   = 4.57;
const double PARK_ASM1_O2_DENITRIFIED = 2.86;

static const double PER_DAY = 1.0 / 86400.0;
static const double GRAM    = 1e-3;
static const double N_MOLAR = 14.0; /* [kg/kmol] */

const int PARK_ASM1_READS[PARK_ASM1_PROCESSES][6] = {
    {PARK_SS, PARK_SO, PARK_XBH, PARK_SNH, -1},
    {PARK_SS, PARK_SO, PARK_SNO, PARK_XBH, PARK_SNH, -1},
    {PARK_SNH, PARK_SO, PARK_XBA, PARK_SALK, -1},
    {PARK_XBH, -1},
    {PARK_XBA, -1},
    {PARK_SND, PARK_XBH, -1},
    {PARK_XS, PARK_XBH, PARK_SO, PARK_SNO, -1},
    {PARK_XS, PARK_XBH, PARK_SO, PARK_SNO, PARK_XND, -1},
};

const int PARK_ASM1_MAKES[PARK_ASM1_PROCESSES][6] = {
    {PARK_SS, PARK_XBH, PARK_SO, PARK_SNH, PARK_SALK, -1},
    {PARK_SS, PARK_XBH, PARK_SNO, PARK_SNH, PARK_SALK, -1},
    {PARK_XBA, PARK_SO, PARK_SNO, PARK_SNH, PARK_SALK, -1},
    {PARK_XS, PARK_XBH, PARK_XP, PARK_XND, -1},
    {PARK_XS, PARK_XBA, PARK_XP, PARK_XND, -1},
    {PARK_SNH, PARK_SND, PARK_SALK, -1},
    {PARK_SS, PARK_XS, -1},
    {PARK_SND, PARK_XND, -1},
};

/* Eq. (B5): known at 15 and at 10 degrees, exponential between and beyond. */
static double warmed(double at15, double at10, double kelvin)
{
    return at15 * pow(at15 / at10, (kelvin - 288.15) / 5.0);
}

park_asm1 park_asm1_standard(double kelvin)
{
    return (park_asm1){
        .mu_h        = warmed(4.0, 3.0, kelvin) * PER_DAY,
        .k_s         = 10.0 * GRAM,
        .k_oh        = 0.2 * GRAM,
        .k_no        = 0.5 * GRAM,
        .b_h         = warmed(0.3, 0.2, kelvin) * PER_DAY,
        .eta_g       = 0.8,
        .eta_h       = 0.8,
        .k_h         = warmed(3.0, 2.5, kelvin) * PER_DAY,
        .k_x         = 0.1,
        .mu_a        = warmed(0.5, 0.3, kelvin) * PER_DAY,
        .k_nh        = 1.0 * GRAM,
        .k_oa        = 0.4 * GRAM,
        .b_a         = warmed(0.05, 0.03, kelvin) * PER_DAY,
        .k_a         = warmed(0.05, 0.04, kelvin) * PER_DAY / GRAM,
        .y_h         = 0.67,
        .y_a         = 0.24,
        .f_p         = 0.08,
        .i_xb        = 0.08,
        .i_xp        = 0.06,
        .tss_per_cod = 0.75,
    };
}

/* Eq. (B2). */
park_asm1_matrix park_asm1_stoichiometry(const park_asm1 *k)
{
    park_asm1_matrix m    = {{{0.0}}};
    double           burn = (1.0 - k->y_h) / k->y_h; /* oxygen for a kg of growth */

    m.nu[0][PARK_SS]   = -1.0 / k->y_h;
    m.nu[0][PARK_XBH]  = 1.0;
    m.nu[0][PARK_SO]   = -burn;
    m.nu[0][PARK_SNH]  = -k->i_xb;
    m.nu[0][PARK_SALK] = -k->i_xb / N_MOLAR;

    m.nu[1][PARK_SS]   = -1.0 / k->y_h;
    m.nu[1][PARK_XBH]  = 1.0;
    m.nu[1][PARK_SNO]  = -burn / PARK_ASM1_O2_DENITRIFIED;
    m.nu[1][PARK_SNH]  = -k->i_xb;
    m.nu[1][PARK_SALK] = (burn / PARK_ASM1_O2_DENITRIFIED - k->i_xb) / N_MOLAR;

    m.nu[2][PARK_XBA]  = 1.0;
    m.nu[2][PARK_SO]   = -(PARK_ASM1_O2_NITRIFIED - k->y_a) / k->y_a;
    m.nu[2][PARK_SNO]  = 1.0 / k->y_a;
    m.nu[2][PARK_SNH]  = -k->i_xb - 1.0 / k->y_a;
    m.nu[2][PARK_SALK] = -(k->i_xb + 2.0 / k->y_a) / N_MOLAR;

    for (int p = 3; p < 5; p++) { /* decay feeds hydrolysis */
        m.nu[p][PARK_XS]                      = 1.0 - k->f_p;
        m.nu[p][p == 3 ? PARK_XBH : PARK_XBA] = -1.0;
        m.nu[p][PARK_XP]                      = k->f_p;
        m.nu[p][PARK_XND]                     = k->i_xb - k->f_p * k->i_xp;
    }

    m.nu[5][PARK_SNH]  = 1.0;
    m.nu[5][PARK_SND]  = -1.0;
    m.nu[5][PARK_SALK] = 1.0 / N_MOLAR;

    m.nu[6][PARK_SS]  = 1.0;
    m.nu[6][PARK_XS]  = -1.0;
    m.nu[7][PARK_SND] = 1.0;
    m.nu[7][PARK_XND] = -1.0;
    return m;
}

/* Saturation c/(K + c) and its slope; concentrations below zero count as zero and have none. */
typedef struct monod {
    double value, slope;
} monod;

static monod monod_at(double c, double half)
{
    if (!(c > 0.0))
        return (monod){0.0, 0.0};
    double down = 1.0 / (half + c);
    return (monod){c * down, half * down * down};
}

/* A limit that is not there unless it has a half saturation. */
static monod guard_at(double c, double half)
{
    return half > 0.0 ? monod_at(c, half) : (monod){1.0, 0.0};
}

/* What several processes share: Eq. (B3)-(B4). */
typedef struct terms {
    monod  ss, oh, oa, no, nh, n, alk;
    double xs, xbh, xba, snd, xnd, on_xbh, on_xba, on_snd, on_xs, on_xnd;
    double anoxic, breath, breath_so, breath_sno; /* hydrolysis: oxic + anoxic, and its slopes */
    double seized, seized_xs, seized_xbh;         /* k_h X_BH/(K_X X_BH + X_S), and its slopes */
} terms;

static double positive(double c, double *on)
{
    *on = c > 0.0 ? 1.0 : 0.0;
    return c > 0.0 ? c : 0.0;
}

static terms terms_at(const park_asm1 *k, const double *c)
{
    terms t;
    t.ss  = monod_at(c[PARK_SS], k->k_s);
    t.oh  = monod_at(c[PARK_SO], k->k_oh);
    t.oa  = monod_at(c[PARK_SO], k->k_oa);
    t.no  = monod_at(c[PARK_SNO], k->k_no);
    t.nh  = monod_at(c[PARK_SNH], k->k_nh);
    t.n   = guard_at(c[PARK_SNH], k->k_n);
    t.alk = guard_at(c[PARK_SALK], k->k_alk);
    t.xs  = positive(c[PARK_XS], &t.on_xs);
    t.xbh = positive(c[PARK_XBH], &t.on_xbh);
    t.xba = positive(c[PARK_XBA], &t.on_xba);
    t.snd = positive(c[PARK_SND], &t.on_snd);
    t.xnd = positive(c[PARK_XND], &t.on_xnd);

    t.anoxic     = c[PARK_SO] > 0.0 ? k->k_oh / (k->k_oh + c[PARK_SO]) : 1.0;
    t.breath     = t.oh.value + k->eta_h * t.anoxic * t.no.value;
    t.breath_so  = t.oh.slope * (1.0 - k->eta_h * t.no.value);
    t.breath_sno = k->eta_h * t.anoxic * t.no.slope;

    double below = k->k_x * t.xbh + t.xs;
    double down  = below > 0.0 ? 1.0 / below : 0.0;
    t.seized     = k->k_h * t.xbh * down;
    t.seized_xs  = -t.seized * down * t.on_xs;
    t.seized_xbh = k->k_h * t.xs * down * down * t.on_xbh;
    return t;
}

void park_asm1_processes(const park_asm1 *k, const double *conc, double *rho)
{
    terms t = terms_at(k, conc);
    rho[0]  = k->mu_h * t.ss.value * t.oh.value * t.n.value * t.xbh;
    rho[1]  = k->mu_h * k->eta_g * t.ss.value * t.anoxic * t.no.value * t.n.value * t.xbh;
    rho[2]  = k->mu_a * t.nh.value * t.oa.value * t.alk.value * t.xba;
    rho[3]  = k->b_h * t.xbh;
    rho[4]  = k->b_a * t.xba;
    rho[5]  = k->k_a * t.snd * t.xbh;
    rho[6]  = t.seized * t.breath * t.xs;
    rho[7]  = t.seized * t.breath * t.xnd;
}

void park_asm1_reaction(const park_asm1_matrix *matrix, const double *rho, double *rate)
{
    for (size_t c = 0; c < PARK_ASM1_COMPONENTS; c++)
        rate[c] = 0.0;
    for (size_t p = 0; p < PARK_ASM1_PROCESSES; p++)
        for (const int *c = PARK_ASM1_MAKES[p]; *c >= 0; c++)
            rate[*c] += matrix->nu[p][*c] * rho[p];
}

void park_asm1_slopes(const park_asm1 *k, const double *conc, double slope[PARK_ASM1_PROCESSES][6])
{
    terms  t      = terms_at(k, conc);
    double oxic   = k->mu_h * t.oh.value * t.n.value;
    double anoxic = k->mu_h * k->eta_g * t.anoxic * t.no.value * t.n.value;
    double nitro  = k->mu_a * t.oa.value * t.alk.value;

    slope[0][0] = oxic * t.ss.slope * t.xbh;
    slope[0][1] = k->mu_h * t.ss.value * t.oh.slope * t.n.value * t.xbh;
    slope[0][2] = oxic * t.ss.value * t.on_xbh;
    slope[0][3] = k->mu_h * t.ss.value * t.oh.value * t.n.slope * t.xbh;

    slope[1][0] = anoxic * t.ss.slope * t.xbh;
    slope[1][1] = -k->mu_h * k->eta_g * t.ss.value * t.oh.slope * t.no.value * t.n.value * t.xbh;
    slope[1][2] = k->mu_h * k->eta_g * t.ss.value * t.anoxic * t.no.slope * t.n.value * t.xbh;
    slope[1][3] = anoxic * t.ss.value * t.on_xbh;
    slope[1][4] = k->mu_h * k->eta_g * t.ss.value * t.anoxic * t.no.value * t.n.slope * t.xbh;

    slope[2][0] = nitro * t.nh.slope * t.xba;
    slope[2][1] = k->mu_a * t.nh.value * t.oa.slope * t.alk.value * t.xba;
    slope[2][2] = nitro * t.nh.value * t.on_xba;
    slope[2][3] = k->mu_a * t.nh.value * t.oa.value * t.alk.slope * t.xba;

    slope[3][0] = k->b_h * t.on_xbh;
    slope[4][0] = k->b_a * t.on_xba;
    slope[5][0] = k->k_a * t.xbh * t.on_snd;
    slope[5][1] = k->k_a * t.snd * t.on_xbh;

    slope[6][0] = t.breath * (t.seized_xs * t.xs + t.seized * t.on_xs);
    slope[6][1] = t.breath * t.seized_xbh * t.xs;
    slope[6][2] = t.seized * t.breath_so * t.xs;
    slope[6][3] = t.seized * t.breath_sno * t.xs;

    slope[7][0] = t.breath * t.seized_xs * t.xnd;
    slope[7][1] = t.breath * t.seized_xbh * t.xnd;
    slope[7][2] = t.seized * t.breath_so * t.xnd;
    slope[7][3] = t.seized * t.breath_sno * t.xnd;
    slope[7][4] = t.seized * t.breath * t.on_xnd;
}

int park_asm1_particulate(size_t component)
{
    return (component >= PARK_XI && component <= PARK_XP) || component == PARK_XND;
}

/* Eq. (B6). */
double park_oxygen_saturation(double kelvin)
{
    double       t       = kelvin / 100.0;
    const double AT_15_C = 10.50237016; /* what the formula gives there [g/m3] */
    return GRAM * 8.0 / AT_15_C * 6791.5 * 56.12 * exp(-66.7354 + 87.4755 / t + 24.4526 * log(t));
}
