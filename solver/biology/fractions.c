#include "biology/fractions.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* BSM1's constant inflow: SI 30, SS 69.5, XI 51.2, XS 202.32, XBH 28.17, SND 6.95, XND 10.59 g/m3. */
park_sludge_fractions park_sludge_fractions_standard(void)
{
    const double soluble = 30.0 + 69.5, solid = 51.2 + 202.32 + 28.17;
    return (park_sludge_fractions){
        .soluble_inert      = 30.0 / soluble,
        .particulate_inert  = 51.2 / solid,
        .particulate_living = 28.17 / solid,
        .particulate_most   = 0.95,
        .organic_n_soluble  = 6.95 / (6.95 + 10.59),
    };
}

static bool within(double share)
{
    return share >= 0.0 && share <= 1.0;
}

static park_status check(const park_sludge_fractions *f, const park_sludge_water *w, park_error *err)
{
    const double share[] = {f->soluble_inert, f->particulate_inert, f->particulate_living,
                            f->particulate_most, f->organic_n_soluble};
    for (size_t i = 0; i < sizeof share / sizeof *share; i++)
        if (!within(share[i]))
            return PARK_FAIL(err, PARK_E_RANGE, "a fraction of %g; it must lie in [0, 1]", share[i]);
    if (!within(f->particulate_inert + f->particulate_living))
        return PARK_FAIL(err, PARK_E_RANGE, "inert and living shares of the particulate COD add up to %g",
                         f->particulate_inert + f->particulate_living);
    const double value[] = {w->cod, w->ammonium, w->total_nitrogen, w->nitrate, w->solids};
    for (size_t i = 0; i < sizeof value / sizeof *value; i++)
        if (!(value[i] >= 0.0) || !isfinite(value[i]))
            return PARK_FAIL(err, PARK_E_RANGE, "a concentration of %g kg/m3 cannot be divided", value[i]);
    if (!isfinite(w->alkalinity))
        return PARK_FAIL(err, PARK_E_RANGE, "the alkalinity is %g kg/m3", w->alkalinity);
    if (w->ammonium + w->nitrate > w->total_nitrogen * (1.0 + 1e-12))
        return PARK_FAIL(err, PARK_E_RANGE,
                         "total nitrogen of %g kg/m3 is less than ammonium and nitrate together, %g kg/m3",
                         w->total_nitrogen, w->ammonium + w->nitrate);
    return PARK_OK;
}

park_status park_sludge_fractionate(const park_asm1 *k, const park_sludge_fractions *f,
                                    const park_sludge_water *w, double *conc, double *mineral,
                                    park_error *err)
{
    PARK_TRY(check(f, w, err));
    memset(conc, 0, PARK_ASM1_COMPONENTS * sizeof *conc);
    double solid   = fmin(w->solids / k->tss_per_cod, f->particulate_most * w->cod); /* Eq. (B31) */
    *mineral       = fmax(0.0, w->solids - k->tss_per_cod * solid);
    double soluble = w->cod - solid;
    conc[PARK_SI]  = f->soluble_inert * soluble;
    conc[PARK_SS]  = soluble - conc[PARK_SI];

    double organic = fmax(0.0, w->total_nitrogen - w->ammonium - w->nitrate);
    double living = f->particulate_living * solid, inert = f->particulate_inert * solid;
    if (k->i_xb * living + k->i_xp * inert >
        organic) { /* Eq. (B33): first fewer cells, then less inert matter */
        living = k->i_xb > 0.0 ? fmin(living, fmax(0.0, organic - k->i_xp * inert) / k->i_xb) : living;
        inert  = k->i_xp > 0.0 ? fmin(inert, (organic - k->i_xb * living) / k->i_xp) : inert;
    }
    conc[PARK_XI]   = inert;
    conc[PARK_XBH]  = living;
    conc[PARK_XS]   = solid - living - inert;
    double rest     = fmax(0.0, organic - k->i_xb * living - k->i_xp * inert); /* Eq. (B32) */
    conc[PARK_SND]  = f->organic_n_soluble * rest;
    conc[PARK_XND]  = rest - conc[PARK_SND];
    conc[PARK_SNH]  = w->ammonium;
    conc[PARK_SNO]  = w->nitrate;
    conc[PARK_SALK] = w->alkalinity / PARK_SLUDGE_CACO3;
    return PARK_OK;
}

/* Eq. (B34)-(B36). */
park_sludge_water park_sludge_measured(const park_asm1 *k, const double *c, double mineral)
{
    double solid = c[PARK_XI] + c[PARK_XS] + c[PARK_XBH] + c[PARK_XBA] + c[PARK_XP];
    return (park_sludge_water){
        .cod            = c[PARK_SI] + c[PARK_SS] + solid,
        .ammonium       = c[PARK_SNH],
        .total_nitrogen = c[PARK_SNH] + c[PARK_SNO] + c[PARK_SND] + c[PARK_XND] +
                          k->i_xb * (c[PARK_XBH] + c[PARK_XBA]) + k->i_xp * (c[PARK_XI] + c[PARK_XP]),
        .nitrate    = c[PARK_SNO],
        .solids     = k->tss_per_cod * solid + mineral,
        .alkalinity = PARK_SLUDGE_CACO3 * c[PARK_SALK],
    };
}
