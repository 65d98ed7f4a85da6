#include "biology/layout.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double DAY = 86400.0, MILLIGRAM = 1e-6;

park_sludge_plant park_sludge_bsm1(void)
{
    park_sludge_plant p = {
        .kinetics          = park_asm1_standard(288.15),
        .tanks             = 5,
        .oxygen_saturation = 8e-3,
        .recycle_from      = 4,
        .recycle_to        = 0,
        .recycle           = 55338.0 / DAY,
        .returned          = 18446.0 / DAY,
        .wasted            = 385.0 / DAY,
        .separation        = PARK_SEPARATION_SETTLER,
        .settler           = park_settler_standard(),
        .retention         = 1.0,
        .do_gain           = 25.0 * 1000.0 / DAY,
        .do_time           = 0.002 * DAY,
        .do_tracking       = 0.001 * DAY,
    };
    const double volume[] = {1000.0, 1000.0, 1333.0, 1333.0, 1333.0}, kla[] = {0.0, 0.0, 240.0, 240.0, 84.0};
    for (size_t i = 0; i < p.tanks; i++)
        p.tank[i] = (park_sludge_tank){volume[i], kla[i] / DAY, 240.0 / DAY, NAN};
    return p;
}

double park_asm1_tss(const park_asm1 *kinetics, const double *conc)
{
    return kinetics->tss_per_cod *
           (conc[PARK_XI] + conc[PARK_XS] + conc[PARK_XBH] + conc[PARK_XBA] + conc[PARK_XP]);
}

/* ---- rates ---- */

/* The controller asks for this; the blower gives what lies within its limits. Eq. (B9). */
static double asked(const park_sludge_form *f, const double *y, size_t tank)
{
    const park_sludge_tank *t = &f->plant.tank[tank];
    return t->kla + f->plant.do_gain * (t->do_set - y[tank_at(tank, PARK_SO)]) + y[f->control[tank]];
}

double park_sludge_kla(const park_sludge_form *f, const double *y, size_t tank)
{
    const park_sludge_tank *t = &f->plant.tank[tank];
    if (f->control[tank] == 0)
        return t->kla;
    return fmin(fmax(asked(f, y, tank), 0.0), t->kla_most);
}

static void controls_rate(const park_sludge_form *f, const double *y, double *rate)
{
    const park_sludge_plant *p = &f->plant;
    for (size_t i = 0; i < p->tanks; i++)
        if (f->control[i] != 0)
            rate[f->control[i]] = p->do_gain / p->do_time * (p->tank[i].do_set - y[tank_at(i, PARK_SO)]) +
                                  (park_sludge_kla(f, y, i) - asked(f, y, i)) / p->do_tracking;
}

/* What solids of the inflow's composition weigh in a layer against the inflow. */
static double ratio(double tss, double feed)
{
    return feed > 0.0 ? tss / feed : 0.0;
}

/* What comes back with the sludge. */
static void underflow(const park_sludge_form *f, const double *y, double *conc)
{
    const park_sludge_plant *p    = &f->plant;
    const double            *last = y + last_at(f, 0);
    memcpy(conc, last, PARK_ASM1_COMPONENTS * sizeof *conc);
    if (!settles(f))
        return;
    for (size_t s = 0; s < SOLUBLES; s++)
        conc[SOLUBLE[s]] = y[soluble_at(f, LAYERS - 1, s)];
    double thick = carried(f) ? 1.0 : ratio(y[tss_at(f, LAYERS - 1)], park_asm1_tss(&p->kinetics, last));
    for (size_t i = 0; i < SOLIDS; i++)
        conc[SOLID[i]] = carried(f) ? y[solid_at(f, LAYERS - 1, i)] : last[SOLID[i]] * thick;
}

/* Water that takes a component out of the last tank: a membrane holds solids back. Eq. (B15). */
static double last_outflow(const park_sludge_plant *p, double inflow, size_t component)
{
    double kept = p->separation == PARK_SEPARATION_MEMBRANE && park_asm1_particulate(component)
                      ? p->retention * (inflow - p->wasted)
                      : 0.0;
    return inflow + p->returned - kept;
}

/* Eq. (B7)-(B8). */
static void tanks_rate(const park_sludge_form *f, const park_sludge_inflow *in, const double *y, double *rate)
{
    const park_sludge_plant *p = &f->plant;
    double                   back[PARK_ASM1_COMPONENTS], rho[PARK_ASM1_PROCESSES];
    underflow(f, y, back);
    for (size_t i = 0; i < p->tanks; i++) {
        const double *c = y + tank_at(i, 0);
        double       *r = rate + tank_at(i, 0), per = 1.0 / p->tank[i].volume;
        park_asm1_processes(&p->kinetics, c, rho);
        park_asm1_reaction(&f->matrix, rho, r);
        r[PARK_SO] += park_sludge_kla(f, y, i) * (p->oxygen_saturation - c[PARK_SO]);
        for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++) {
            double out  = i + 1 == p->tanks ? last_outflow(p, in->flow, k) : onward(p, in->flow, i);
            double mass = -out * c[k];
            if (i == 0)
                mass += in->flow * in->conc[k] + p->returned * back[k];
            else
                mass += onward(p, in->flow, i - 1) * y[tank_at(i - 1, k)];
            if (i == p->recycle_from)
                mass -= p->recycle * c[k];
            if (i == p->recycle_to)
                mass += p->recycle * y[tank_at(p->recycle_from, k)];
            r[k] += mass * per;
        }
    }
}

/* Water through the settler: up above the feed, down below it, per volume of a layer. */
typedef struct wash {
    double up, down, feed; /* [1/s] */
    double face;           /* area of a layer by its volume [1/m] */
    size_t at;             /* feed layer */
} wash;

static wash wash_of(const park_sludge_plant *p, double inflow)
{
    double volume = p->settler.area * p->settler.height / LAYERS;
    return (wash){(inflow - p->wasted) / volume, (p->returned + p->wasted) / volume,
                  (inflow + p->returned) / volume, p->settler.area / volume, p->settler.feed_layer};
}

/* Eq. (B12): what water does to the layer's own content, given the layers around it. */
static double washed(const wash *w, size_t layer, double above, double here, double below, double feed)
{
    if (layer < w->at)
        return w->up * (below - here);
    if (layer > w->at)
        return w->down * (above - here);
    return w->feed * feed - (w->up + w->down) * here;
}

static void layer_tss(const park_sludge_form *f, const double *y, double *tss)
{
    for (size_t j = 0; j < LAYERS; j++)
        tss[j] = carried(f) ? park_asm1_tss(&f->plant.kinetics, y + f->settler_at + j * f->settler_width)
                            : y[tss_at(f, j)];
}

static void washing_rate(const wash *w, const double *y, double *rate, const size_t *at, double feed)
{
    for (size_t j = 0; j < LAYERS; j++) {
        double above = j > 0 ? y[at[j - 1]] : 0.0, below = j + 1 < LAYERS ? y[at[j + 1]] : 0.0;
        rate[at[j]] = washed(w, j, above, y[at[j]], below, feed);
    }
}

static void settler_rate(const park_sludge_form *f, const park_sludge_inflow *in, const double *y,
                         double *rate)
{
    const park_sludge_plant *p    = &f->plant;
    const double            *last = y + last_at(f, 0);
    wash                     w    = wash_of(p, in->flow);
    double                   feed = park_asm1_tss(&p->kinetics, last), tss[LAYERS], flux[LAYERS];
    size_t                   at[LAYERS];
    for (size_t s = 0; s < SOLUBLES; s++) {
        for (size_t j = 0; j < LAYERS; j++)
            at[j] = soluble_at(f, j, s);
        washing_rate(&w, y, rate, at, last[SOLUBLE[s]]);
    }
    layer_tss(f, y, tss);
    park_settler_flux(&p->settler, feed, tss, flux, NULL, NULL, NULL);
    for (size_t i = 0; i < (carried(f) ? SOLIDS : 1); i++) {
        for (size_t j = 0; j < LAYERS; j++)
            at[j] = carried(f) ? solid_at(f, j, i) : tss_at(f, j);
        washing_rate(&w, y, rate, at, carried(f) ? last[SOLID[i]] : feed);
        for (size_t j = 0; j + 1 < LAYERS; j++) { /* Eq. (B13) */
            double share = carried(f) ? ratio(y[at[j]], tss[j]) : 1.0, falls = w.face * flux[j] * share;
            rate[at[j]] -= falls;
            rate[at[j + 1]] += falls;
        }
    }
}

void park_sludge_rates(const park_sludge_form *f, const park_sludge_inflow *in, const double *y, double *rate)
{
    tanks_rate(f, in, y, rate);
    if (settles(f))
        settler_rate(f, in, y, rate);
    controls_rate(f, y, rate);
}

park_status park_sludge_inflow_check(const park_sludge_form *form, const park_sludge_inflow *in,
                                     park_error *err)
{
    if (!isfinite(in->flow) || !(in->flow > form->plant.wasted))
        return PARK_FAIL(err, PARK_E_RANGE,
                         "the inflow is %g m3/s; it must be above the %g m3/s that are wasted", in->flow,
                         form->plant.wasted);
    for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
        if (!isfinite(in->conc[k]) || (in->conc[k] < 0.0 && k != PARK_SALK))
            return PARK_FAIL(err, PARK_E_RANGE, "component %zu of the inflow is %g kg/m3", k + 1,
                             in->conc[k]);
    return PARK_OK;
}

/* ---- what leaves and what is there ---- */

void park_sludge_leaving(const park_sludge_form *f, const park_sludge_inflow *in, const double *y,
                         park_sludge_stream *effluent, park_sludge_stream *waste)
{
    const park_sludge_plant *p    = &f->plant;
    const double            *last = y + last_at(f, 0);
    effluent->flow                = in->flow - p->wasted;
    waste->flow                   = p->wasted;
    underflow(f, y, waste->conc);
    memcpy(effluent->conc, last, sizeof effluent->conc);
    if (!settles(f)) {
        for (size_t i = 0; i < SOLIDS; i++)
            effluent->conc[SOLID[i]] *= 1.0 - p->retention;
        return;
    }
    for (size_t s = 0; s < SOLUBLES; s++)
        effluent->conc[SOLUBLE[s]] = y[soluble_at(f, 0, s)];
    double thin = carried(f) ? 1.0 : ratio(y[tss_at(f, 0)], park_asm1_tss(&p->kinetics, last));
    for (size_t i = 0; i < SOLIDS; i++)
        effluent->conc[SOLID[i]] = carried(f) ? y[solid_at(f, 0, i)] : last[SOLID[i]] * thin;
}

void park_sludge_held(const park_sludge_form *f, const double *y, double *held)
{
    const park_sludge_plant *p    = &f->plant;
    const double            *last = y + last_at(f, 0);
    double                   feed = park_asm1_tss(&p->kinetics, last);
    memset(held, 0, PARK_ASM1_COMPONENTS * sizeof *held);
    for (size_t i = 0; i < p->tanks; i++)
        for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
            held[k] += p->tank[i].volume * y[tank_at(i, k)];
    double volume = p->settler.area * p->settler.height / LAYERS;
    for (size_t j = 0; settles(f) && j < LAYERS; j++) {
        for (size_t s = 0; s < SOLUBLES; s++)
            held[SOLUBLE[s]] += volume * y[soluble_at(f, j, s)];
        for (size_t i = 0; i < SOLIDS; i++)
            held[SOLID[i]] +=
                volume * (carried(f) ? y[solid_at(f, j, i)] : last[SOLID[i]] * ratio(y[tss_at(f, j)], feed));
    }
}

double park_sludge_solids(const park_sludge_form *f, const double *y)
{
    double held[PARK_ASM1_COMPONENTS];
    park_sludge_held(f, y, held);
    return park_asm1_tss(&f->plant.kinetics, held);
}

/* ---- to start from ---- */

void park_sludge_guess(const park_sludge_form *f, const park_sludge_inflow *in, double *y)
{
    const park_sludge_plant *p      = &f->plant;
    const park_asm1         *k      = &p->kinetics;
    double                   volume = 0.0;
    for (size_t i = 0; i < p->tanks; i++)
        volume += p->tank[i].volume;
    double thick = settles(f) ? (in->flow + p->returned) / (p->returned + p->wasted) : 1.0;
    double leak  = settles(f) ? 0.0 : (1.0 - p->retention) * (in->flow - p->wasted);
    double lost  = p->wasted * thick + leak + 1e-4 * in->flow; /* a settler lets a little through */
    double age = volume / lost, gain = in->flow / lost;        /* how much solids gather */
    double food                         = in->conc[PARK_SS] + in->conc[PARK_XS] + in->conc[PARK_XBH];
    double sludge[PARK_ASM1_COMPONENTS] = {0.0};
    sludge[PARK_SI]                     = in->conc[PARK_SI];
    sludge[PARK_SS]                     = fmin(in->conc[PARK_SS], 2e-3);
    sludge[PARK_XI]                     = gain * in->conc[PARK_XI];
    sludge[PARK_XBH]  = gain * k->y_h * food / (1.0 + k->b_h * age * (1.0 - k->y_h * (1.0 - k->f_p)));
    sludge[PARK_XS]   = 0.03 * sludge[PARK_XBH];
    sludge[PARK_XP]   = k->f_p * k->b_h * age * sludge[PARK_XBH];
    sludge[PARK_SNH]  = fmin(in->conc[PARK_SNH], 5e-3);
    sludge[PARK_SNO]  = fmin(in->conc[PARK_SNH], 5e-3);
    sludge[PARK_XBA]  = gain * k->y_a * in->conc[PARK_SNH] / (1.0 + k->b_a * age);
    sludge[PARK_SND]  = 1e-3;
    sludge[PARK_XND]  = 0.05 * sludge[PARK_XS];
    sludge[PARK_SALK] = fmax(in->conc[PARK_SALK], 1e-3);
    for (size_t i = 0; i < p->tanks; i++) {
        memcpy(y + tank_at(i, 0), sludge, sizeof sludge);
        y[tank_at(i, PARK_SO)] = !isnan(p->tank[i].do_set) ? p->tank[i].do_set
                                 : p->tank[i].kla > 0.0    ? 1e-3
                                                           : 1e-6;
    }
    for (size_t j = 0; settles(f) && j < LAYERS; j++) {
        double share = j < p->settler.feed_layer ? 0.005 : j + 1 < LAYERS ? 0.1 : thick;
        for (size_t s = 0; s < SOLUBLES; s++)
            y[soluble_at(f, j, s)] = y[last_at(f, SOLUBLE[s])];
        for (size_t i = 0; carried(f) && i < SOLIDS; i++)
            y[solid_at(f, j, i)] = share * sludge[SOLID[i]];
        if (!carried(f))
            y[tss_at(f, j)] = share * park_asm1_tss(k, sludge);
    }
    for (size_t i = 0; i < p->tanks; i++)
        if (f->control[i] != 0)
            y[f->control[i]] = 0.0;
}

void park_sludge_tolerances(const park_sludge_form *f, double *atol)
{
    for (size_t i = 0; i < f->states; i++)
        atol[i] = MILLIGRAM;
    for (size_t i = 0; i < f->plant.tanks; i++)
        if (f->control[i] != 0)
            atol[f->control[i]] = 1e-3 * f->plant.tank[i].kla_most;
}

void park_sludge_state_name(const park_sludge_form *f, size_t state, char *text, size_t size)
{
    static const char *const NAME[] = {"SI", "SS",  "XI",  "XS",  "XBH", "XBA", "XP",
                                       "SO", "SNO", "SNH", "SND", "XND", "SALK"};
    if (state < f->settler_at) {
        snprintf(text, size, "tank %zu %s", state / PARK_ASM1_COMPONENTS + 1,
                 NAME[state % PARK_ASM1_COMPONENTS]);
    } else if (state < f->control_at) {
        size_t slot = (state - f->settler_at) % f->settler_width;
        snprintf(text, size, "settler layer %zu %s", (state - f->settler_at) / f->settler_width + 1,
                 carried(f)        ? NAME[slot]
                 : slot < SOLUBLES ? NAME[SOLUBLE[slot]]
                                   : "TSS");
    } else {
        snprintf(text, size, "oxygen controller %zu", state - f->control_at + 1);
    }
}
