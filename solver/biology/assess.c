#include "biology/assess.h"

const double PARK_BOD_RAW = 0.65, PARK_BOD_TREATED = 0.25;

static const double KWH        = 3.6e6;
static const double CACO3      = 50.045; /* [kg/kmol] of charge */
static const double N2O_PER_N2 = 44.0 / 28.0;

/* Eq. (B24). */
park_sludge_measures park_asm1_measures(const park_asm1 *k, const double *c, double bod_share)
{
    double biomass = c[PARK_XBH] + c[PARK_XBA];
    double kjeldahl =
        c[PARK_SNH] + c[PARK_SND] + c[PARK_XND] + k->i_xb * biomass + k->i_xp * (c[PARK_XP] + c[PARK_XI]);
    return (park_sludge_measures){
        .cod            = c[PARK_SS] + c[PARK_SI] + c[PARK_XS] + biomass + c[PARK_XP] + c[PARK_XI],
        .bod5           = bod_share * (c[PARK_SS] + c[PARK_XS] + (1.0 - k->f_p) * biomass),
        .tss            = park_asm1_tss(k, c),
        .kjeldahl       = kjeldahl,
        .nitrate        = c[PARK_SNO],
        .ammonium       = c[PARK_SNH],
        .total_nitrogen = kjeldahl + c[PARK_SNO],
        .alkalinity     = CACO3 * c[PARK_SALK],
    };
}

/* Eq. (B25). */
double park_pollution(const park_sludge_measures *m)
{
    return 2.0 * m->tss + m->cod + 30.0 * m->kjeldahl + 10.0 * m->nitrate + 2.0 * m->bod5;
}

park_sludge_energy park_sludge_energy_standard(void)
{
    return (park_sludge_energy){1.8 / KWH, 0.004 * KWH, 0.008 * KWH, 0.05 * KWH, 5.0};
}

/* Eq. (B26)-(B28). */
park_sludge_use park_sludge_used(const park_sludge_plant *p, const park_sludge_energy *e,
                                 const park_sludge_totals *t)
{
    double per      = t->seconds > 0.0 ? 1.0 / t->seconds : 0.0;
    double disposed = park_asm1_tss(&p->kinetics, t->wasted) + t->solids_change;
    return (park_sludge_use){
        .aeration        = per * t->transfer * p->oxygen_saturation / e->aeration,
        .pumping         = p->recycle * e->recycle + p->returned * e->returned + p->wasted * e->wasted,
        .mixing          = per * t->unaerated * e->mixing,
        .oxygen          = per * t->oxygen,
        .sludge_disposed = per * disposed,
        .sludge_total    = per * (disposed + park_asm1_tss(&p->kinetics, t->left)),
    };
}

park_sludge_gases park_sludge_gases_standard(void)
{
    return (park_sludge_gases){0.016, 0.25, 0.03, 273.0, 27.9};
}

double park_sludge_n2o(const park_sludge_gases *gases, double nitrogen)
{
    return gases->n2o_share * nitrogen * N2O_PER_N2;
}

double park_sludge_ch4(const park_sludge_gases *gases, double cod)
{
    return gases->ch4_most * gases->ch4_share * cod;
}

double park_sludge_warming(const park_sludge_gases *gases, double nitrogen, double cod)
{
    return gases->n2o_warming * park_sludge_n2o(gases, nitrogen) +
           gases->ch4_warming * park_sludge_ch4(gases, cod);
}
