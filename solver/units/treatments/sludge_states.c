/*
 * sludge_states.c - the sludge plant in time: what enters is divided into the components of ASM1, what leaves is measured again.
 * Math: docs/math/units.md, Eq. (U62)-(U69).
 *
 * The state: concentrations of tanks and settler and the memories of oxygen controllers (plant.h), then the step that the
 * integration tries next, the smoothed intake that the waste is proportioned by, the water's temperature, the mineral solids
 * in the sludge, and of every other constituent the mass that is mixed in the tanks.
 */
#include "units/treatments/sludge.h"

#include "biology/assess.h"
#include "biology/fractions.h"
#include "biology/steady.h"
#include "biology/stepper.h"
#include "units/treatments/mixed.h"
#include "units/treatments/treatment.h"
#include "units/weather.h"

#include <string.h>

enum { STEP, SMOOTH, KELVIN, MINERAL, EXTRA }; /* behind the plant's own */
enum { SETTLES_MOST = 6, SHOWN = 7 };

static const double TOLERANCE = 1e-4;
static const double SMOOTHED  = 86400.0;                /* the waste follows the intake's mean of about [s] */
static const double THERMAL   = 5.0 * 86400.0;          /* water follows the air within [s] */
static const double WARMER    = 3.0;                    /* than the air [K] */
static const double COLDEST = 281.15, HOTTEST = 310.15; /* of the water [K] */
static const double WASTE_MOST = 0.3;                   /* of the intake */

static const park_state_info INFO[SHOWN] = {
    {"mlss", "kg m-3", {"混合液悬浮固体", "suspended solids in the tanks"}},
    {"oxygen", "kg m-3", {"末池溶解氧", "oxygen in the last tank"}},
    {"ammonium", "kg m-3", {"末池氨氮", "ammonium nitrogen in the last tank"}},
    {"nitrate", "kg m-3", {"末池硝态氮", "nitrate nitrogen in the last tank"}},
    {"transfer", "s-1", {"末池氧传质系数", "oxygen transfer coefficient of the last tank"}},
    {"temperature", "K", {"水温", "temperature of the water"}},
    {"age", "s", {"污泥龄", "sludge age"}},
};

typedef struct sludge_work {
    const park_model        *model;
    const park_treatment    *stage;
    const park_sludge_words *words;
    park_arena              *arena;
    park_sludge_form        *form;
    park_sludge_stepper     *stepper;
    park_sludge_fractions    fractions;
    double                   volume, design; /* of the tanks [m3]; [m3/s] */
    int32_t                  cod, bod, ammonium, nitrogen, nitrate, solids, alkalinity; /* constituents, -1 */
    int32_t                  component[PARK_ASM1_COMPONENTS];                           /* likewise */
    bool                     told; /* the park knows the components: nothing is divided */
} sludge_work;

static bool measured(const sludge_work *w, size_t c)
{
    int32_t k = (int32_t)c;
    for (size_t i = 0; i < PARK_ASM1_COMPONENTS && w->told; i++)
        if (w->component[i] == k)
            return true;
    return k == w->cod || k == w->bod || k == w->ammonium || k == w->nitrogen || k == w->nitrate ||
           k == w->solids || k == w->alkalinity;
}

static park_status lay(const park_model *model, int32_t unit, const void *params, double design_flow,
                       park_arena *arena, park_states *states, park_error *err)
{
    const park_treatment *stage = params;
    sludge_work          *w     = PARK_NEW(arena, sludge_work);
    if (w == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the sludge of %s", model->unit[unit].id);
    double design = park_treatment_design(model, unit, stage, design_flow);
    *w            = (sludge_work){.model      = model,
                                  .stage      = stage,
                                  .words      = &stage->sludge,
                                  .arena      = arena,
                                  .design     = design,
                                  .fractions  = park_sludge_fractions_standard(),
                                  .cod        = park_model_constituent(model, "COD"),
                                  .bod        = park_model_constituent(model, "BOD"),
                                  .ammonium   = park_model_constituent(model, "NH3-N"),
                                  .nitrogen   = park_model_constituent(model, "TN"),
                                  .nitrate    = park_model_constituent(model, "NO3-N"),
                                  .solids     = park_model_constituent(model, "SS"),
                                  .alkalinity = park_model_constituent(model, "alkalinity")};
    w->told       = true;
    for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++) {
        const char *name = PARK_SLUDGE_COMPONENT[k];
        w->component[k]  = name != NULL ? park_model_constituent(model, name) : PARK_NONE;
        w->told          = w->told && (name == NULL || w->component[k] >= 0);
    }
    w->fractions.soluble_inert = stage->sludge.inert;
    park_sludge_plant plant    = park_sludge_words_plant(&stage->sludge, design);
    park_error        inner    = {0};
    park_status       status   = park_sludge_form_make(arena, &plant, &w->form, &inner);
    if (status == PARK_OK)
        status = park_sludge_stepper_new(arena, w->form, TOLERANCE, &w->stepper, &inner);
    if (status != PARK_OK)
        return PARK_FAIL(err, status, "%s: %s", model->unit[unit].id, inner.message);
    for (size_t i = 0; i < plant.tanks; i++)
        w->volume += plant.tank[i].volume;
    *states = (park_states){.count = w->form->states + EXTRA + model->constituents,
                            .shown = SHOWN,
                            .show  = INFO,
                            .pace  = 3600.0,
                            .work  = w};
    return PARK_OK;
}

/* ---- the moment: temperature, inflow, waste ---- */

/* Kinetics and oxygen at a temperature. Eq. (U63). */
static void warm(const sludge_work *w, double kelvin)
{
    park_sludge_plant *p = &w->form->plant;
    park_asm1          k = park_asm1_standard(kelvin);
    k.mu_h *= w->words->heterotrophs;
    k.mu_a *= w->words->nitrifiers;
    k.k_n                = p->kinetics.k_n;
    k.k_alk              = p->kinetics.k_alk;
    p->kinetics          = k;
    p->oxygen_saturation = park_oxygen_saturation(kelvin);
}

static double air(const park_passing *s)
{
    double kelvin = park_passing_air(s);
    return fmin(fmax(kelvin + WARMER, COLDEST), HOTTEST);
}

/* What enters where the park knows the components; `water` becomes what they measure, with mineral solids beyond them. */
static void enters_told(const sludge_work *w, const double *mass, double intake, park_sludge_water *water,
                        double *conc, double *mineral)
{
    const park_asm1 *k = &w->form->plant.kinetics;
    for (size_t i = 0; i < PARK_ASM1_COMPONENTS; i++)
        conc[i] = w->component[i] >= 0 ? fmax(0.0, mass[w->component[i]]) / intake : 0.0;
    conc[PARK_SNH]  = water->ammonium;
    conc[PARK_SNO]  = water->nitrate;
    conc[PARK_SALK] = water->alkalinity / PARK_SLUDGE_CACO3;
    *mineral        = fmax(0.0, water->solids - park_asm1_tss(k, conc));
    *water          = park_sludge_measured(k, conc, *mineral);
}

/* What enters, as components [kg/m3]; mineral solids [kg/m3]; what COD, total nitrogen and solids of the components have beyond
 * those stated [kg/m3]. Eq. (U64)-(U65), (U113). */
static park_status enters(const sludge_work *w, const double *mass, double intake, park_sludge_inflow *in,
                          double *mineral, park_sludge_water *more, park_error *err)
{
    *in      = (park_sludge_inflow){.flow = intake};
    *more    = (park_sludge_water){0};
    *mineral = 0.0;
    if (!(intake > 0.0))
        return PARK_OK;
    park_sludge_water water = {.cod = mass[w->cod] / intake, .ammonium = mass[w->ammonium] / intake};
    water.nitrate           = w->nitrate >= 0 ? mass[w->nitrate] / intake : 0.0;
    double inorganic        = water.ammonium + water.nitrate;
    water.total_nitrogen =
        w->nitrogen >= 0 ? mass[w->nitrogen] / intake : inorganic + w->words->organic_n * water.cod;
    water.solids     = w->solids >= 0 ? mass[w->solids] / intake
                                      : w->form->plant.kinetics.tss_per_cod * w->words->particulate * water.cod;
    water.alkalinity = w->alkalinity >= 0 ? mass[w->alkalinity] / intake : w->words->alkalinity;
    if (w->told) {
        park_sludge_water stated = water;
        enters_told(w, mass, intake, &water, in->conc, mineral);
        more->cod            = water.cod - stated.cod;
        more->total_nitrogen = water.total_nitrogen - stated.total_nitrogen;
        more->solids         = water.solids - stated.solids;
        return PARK_OK;
    }
    more->total_nitrogen = fmax(0.0, inorganic - water.total_nitrogen);
    water.total_nitrogen = fmax(water.total_nitrogen, inorganic);
    return park_sludge_fractionate(&w->form->plant.kinetics, &w->fractions, &water, in->conc, mineral, err);
}

/* TSS in the tanks [kg]. */
static double tank_solids(const sludge_work *w, const double *y)
{
    const park_sludge_plant *p   = &w->form->plant;
    double                   sum = 0.0;
    for (size_t i = 0; i < p->tanks; i++)
        sum += p->tank[i].volume * park_asm1_tss(&p->kinetics, y + i * PARK_ASM1_COMPONENTS);
    return sum;
}

static void leaving_now(const sludge_work *w, const double *y, double intake, park_sludge_stream *effluent,
                        park_sludge_stream *waste)
{
    park_sludge_inflow in = {.flow = intake};
    park_sludge_leaving(w->form, &in, y, effluent, waste);
}

/* Waste as a share of the intake: a flow that is stated, or what holds the sludge age, Eq. (U66). */
static double waste_share(const sludge_work *w, const double *y, double intake)
{
    park_sludge_stream effluent, waste;
    if (!(intake > 0.0))
        return 0.0;
    if (!isnan(w->words->waste))
        return fmin(w->words->waste / intake, WASTE_MOST);
    leaving_now(w, y, intake, &effluent, &waste);
    double thick = park_asm1_tss(&w->form->plant.kinetics, waste.conc);
    double thin  = park_asm1_tss(&w->form->plant.kinetics, effluent.conc);
    double flow  = thick > 0.0 ? (tank_solids(w, y) / w->words->age - intake * thin) / thick : 0.0;
    return fmin(fmax(flow / intake, 0.0), WASTE_MOST);
}

static void flows(const park_states *states, const double *y, park_map *map, double *kept, double *released)
{
    const sludge_work *w      = states->work;
    double             smooth = y[w->form->states + SMOOTH], share = waste_share(w, y, smooth), flow = 0.0;
    *kept = *released = 0.0;
    if (map->outlets <= PARK_TREATMENT_REJECT)
        return;
    if (!isnan(w->words->waste)) { /* a flow that is stated stands still while the intake moves */
        flow  = share * smooth;
        share = 0.0;
    }
    map->outlet[PARK_TREATMENT_PRODUCT].alpha = 1.0 - share;
    map->outlet[PARK_TREATMENT_PRODUCT].beta  = -flow;
    map->outlet[PARK_TREATMENT_REJECT].alpha  = share;
    map->outlet[PARK_TREATMENT_REJECT].beta   = flow;
}

/* ---- what leaves ---- */

static void quality(const sludge_work *w, const double *components, double mineral, double bod_share,
                    double *conc)
{
    const park_asm1  *k     = &w->form->plant.kinetics;
    park_sludge_water water = park_sludge_measured(k, components, mineral);
    conc[w->cod]            = water.cod;
    conc[w->ammonium]       = water.ammonium;
    if (w->bod >= 0)
        conc[w->bod] = park_asm1_measures(k, components, bod_share).bod5;
    if (w->nitrogen >= 0)
        conc[w->nitrogen] = water.total_nitrogen;
    if (w->nitrate >= 0)
        conc[w->nitrate] = water.nitrate;
    if (w->solids >= 0)
        conc[w->solids] = water.solids;
    if (w->alkalinity >= 0)
        conc[w->alkalinity] = water.alkalinity;
    for (size_t i = 0; i < PARK_ASM1_COMPONENTS && w->told; i++)
        if (w->component[i] >= 0)
            conc[w->component[i]] = components[i];
}

/* Shares of what else passes the tanks, at the present shares of water. */
static void shares(const sludge_work *w, size_t c, double recovery, double *product, double *reject)
{
    park_treatment now = *w->stage;
    now.recovery       = recovery;
    park_treatment_shares(w->model, &now, c, product, reject);
}

/* Mean composition of an outlet from what left through it, else what would leave now. */
static void composition(const double *left, double volume, const double *now, double *conc)
{
    for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
        conc[k] = volume > 0.0 ? left[k] / volume : now[k];
}

typedef struct piece {
    const park_passing       *passing;
    const park_sludge_passed *went;
    double                    volume[2]; /* through product and waste [m3] */
    double                    mineral[2];
    park_sludge_water         more; /* by the components than stated [kg] */
} piece;

/* Mineral solids lie in the sludge and leave with it: an implicit step. Eq. (U67). */
static void mineral_pass(const sludge_work *w, const double *y, double entered, double *held, piece *p)
{
    const park_asm1 *k = &w->form->plant.kinetics;
    double out[2]      = {park_asm1_tss(k, p->went->totals.left), park_asm1_tss(k, p->went->totals.wasted)};
    double there = park_sludge_solids(w->form, y), sum = fmax(0.0, out[0]) + fmax(0.0, out[1]);
    double all = *held + entered, stays = there > 0.0 ? all / (1.0 + sum / there) : all;
    for (int i = 0; i < 2; i++)
        p->mineral[i] = sum > 0.0 ? (all - stays) * fmax(0.0, out[i]) / sum : 0.0;
    *held = sum > 0.0 ? stays : all;
}

/* One more constituent, mixed in the tanks. Eq. (U68). */
static void mix(const sludge_work *w, size_t c, double *held, const piece *p, park_passed *out)
{
    const park_passing *s       = p->passing;
    size_t              C       = w->model->constituents;
    double              through = p->volume[0] + p->volume[1], product, reject;
    double              passed  = park_mixed_pass(w->volume, through, s->mass[c] * s->span, held);
    shares(w, c, through > 0.0 ? p->volume[0] / through : 1.0, &product, &reject);
    double part[2] = {product * passed, reject * passed};
    for (size_t k = 0; k < s->map->outlets && k < 2; k++)
        out->conc[k * C + c] = p->volume[k] > 0.0 ? part[k] / p->volume[k] : *held / w->volume;
    out->removed[c] = passed;
    for (size_t k = 0; k < s->map->outlets && k < 2; k++)
        out->removed[c] -= p->volume[k] > 0.0 ? part[k] : 0.0;
}

/* What the components measure beyond what was stated is added, what they lack is removed. */
static void beyond(park_passed *out, int32_t c, double mass)
{
    if (c >= 0)
        *(mass > 0.0 ? &out->added[c] : &out->removed[c]) += fabs(mass);
}

/* Quality of the outlets and what reactions took, both as a laboratory measures. Eq. (U69). */
static void measure(const sludge_work *w, const double *y, const piece *p, park_passed *out)
{
    const park_passing *s = p->passing;
    size_t              C = w->model->constituents;
    park_sludge_stream  now[2];
    double              conc[PARK_ASM1_COMPONENTS];
    leaving_now(w, y, s->intake, &now[0], &now[1]);
    const double *left[2] = {p->went->totals.left, p->went->totals.wasted};
    for (size_t k = 0; k < s->map->outlets && k < 2; k++) {
        composition(left[k], p->volume[k], now[k].conc, conc);
        quality(w, conc, p->volume[k] > 0.0 ? p->mineral[k] / p->volume[k] : 0.0, PARK_BOD_TREATED,
                out->conc + k * C);
        for (size_t c = 0; c < C; c++) /* a trace below zero: water has none, and what it lacks is added */
            if (measured(w, c) && out->conc[k * C + c] < 0.0) {
                out->added[c] -= out->conc[k * C + c] * p->volume[k];
                out->conc[k * C + c] = 0.0;
            }
    }
    double made[PARK_ASM1_COMPONENTS];
    for (size_t i = 0; i < PARK_ASM1_COMPONENTS; i++)
        made[i] = p->went->reacted[i] + p->went->relabelled[i];
    quality(w, made, 0.0, PARK_BOD_TREATED, out->removed);
    for (size_t c = 0; c < C; c++)
        if (measured(w, c) && (int32_t)c != w->bod)
            out->removed[c] = -out->removed[c];
    for (size_t i = 0; i < PARK_ASM1_COMPONENTS && w->told; i++)
        if (w->component[i] >= 0) { /* cells are made, not only removed */
            double grown                  = -out->removed[w->component[i]];
            out->removed[w->component[i]] = 0.0;
            beyond(out, w->component[i], grown);
        }
    if (w->bod >= 0) { /* no measure of the state: what leaves and did not enter is added, or removed */
        size_t c    = (size_t)w->bod;
        double more = -s->mass[c] * s->span;
        for (size_t k = 0; k < s->map->outlets && k < 2; k++)
            more += p->volume[k] * out->conc[k * C + c];
        out->removed[c] = 0.0;
        beyond(out, w->bod, more);
    }
    beyond(out, w->cod, p->more.cod);
    beyond(out, w->nitrogen, p->more.total_nitrogen);
    beyond(out, w->solids, p->more.solids);
}

/* Aeration, pumps, mixers and the rest [J]. */
static double energy(const sludge_work *w, const park_sludge_totals *t)
{
    const park_sludge_plant *p = &w->form->plant;
    park_sludge_energy       e = park_sludge_energy_standard();
    return p->oxygen_saturation * t->transfer / e.aeration +
           (e.recycle * p->recycle + e.returned * p->returned) * t->seconds + e.wasted * t->waste +
           e.mixing * t->unaerated + w->words->other_energy * t->inflow;
}

static park_status advance(const park_states *states, const park_passing *passing, double *y,
                           park_passed *out, park_error *err)
{
    const sludge_work *w     = states->work;
    double            *extra = y + w->form->states, span = passing->span, mineral;
    double             came = passing->intake * span;
    park_sludge_inflow in;
    park_sludge_water  more;
    park_sludge_passed went = {0};
    if (isnan(w->words->temperature))
        extra[KELVIN] += (air(passing) - extra[KELVIN]) * -expm1(-span / THERMAL);
    warm(w, extra[KELVIN]);
    w->form->plant.wasted =
        passing->map->outlets > PARK_TREATMENT_REJECT ? passing->outlet[PARK_TREATMENT_REJECT] : 0.0;
    PARK_TRY(enters(w, passing->mass, passing->intake, &in, &mineral, &more, err));
    PARK_TRY(park_sludge_stepper_go(w->stepper, &in, span, y, &extra[STEP], &went, err));
    piece p     = {.passing = passing,
                   .went    = &went,
                   .more    = {.cod            = came * more.cod,
                               .total_nitrogen = came * more.total_nitrogen,
                               .solids         = came * more.solids}};
    p.volume[0] = (passing->intake - w->form->plant.wasted) * span;
    p.volume[1] = w->form->plant.wasted * span;
    mineral_pass(w, y, mineral * passing->intake * span, &extra[MINERAL], &p);
    measure(w, y, &p, out);
    for (size_t c = 0; c < w->model->constituents; c++)
        if (!measured(w, c))
            mix(w, c, &extra[EXTRA + c], &p, out);
    extra[SMOOTH] += (passing->intake - extra[SMOOTH]) * -expm1(-span / SMOOTHED);
    out->energy = energy(w, &went.totals);
    return PARK_OK;
}

/* ---- the start ---- */

/* Sewage at the design flow, where nothing is known of what enters. */
static park_sludge_inflow usual(const sludge_work *w)
{
    park_sludge_inflow in = {.flow = w->design,
                             .conc = {0.03, 0.0695, 0.0512, 0.20232, 0.02817, 0.0, 0.0, 0.0, 0.0, 0.03156,
                                      0.00695, 0.01059, 0.007}};
    return in;
}

/* The state at rest under a mean inflow, with the waste that its sludge age asks for. */
static park_status rest(const sludge_work *w, const park_sludge_inflow *in, double *y, park_error *err)
{
    park_sludge_plant *p = &w->form->plant;
    double thick = p->separation == PARK_SEPARATION_SETTLER ? (in->flow + p->returned) / p->returned : 1.0;
    p->wasted    = isnan(w->words->waste) ? w->volume / (w->words->age * thick) : w->words->waste;
    p->wasted    = fmin(p->wasted, WASTE_MOST * in->flow);
    park_sludge_guess(w->form, in, y);
    for (int n = 0; n < SETTLES_MOST; n++) {
        park_arena *scratch = park_arena_new();
        park_error  inner   = {0};
        park_status status  = park_sludge_steady(scratch, w->form, in, y, NULL, &inner);
        park_arena_free(scratch);
        if (status != PARK_OK &&
            status != PARK_E_NUMERIC) /* without rest the march begins where the search ended */
            return PARK_FAIL(err, status, "%s", inner.message);
        double share = waste_share(w, y, in->flow), was = p->wasted / in->flow;
        if (status != PARK_OK || !isnan(w->words->waste) || fabs(share - was) <= 1e-6 * was)
            break;
        p->wasted = share * in->flow;
    }
    return PARK_OK;
}

static park_status begin(const park_states *states, const park_passing *passing, double *y, double *conc,
                         park_error *err)
{
    const sludge_work *w = states->work;
    size_t             n = w->form->states, C = w->model->constituents;
    double            *extra = y + n, mineral = 0.0;
    park_sludge_inflow in;
    park_sludge_water  more;
    park_sludge_stream left[2];
    extra[KELVIN] = isnan(w->words->temperature) ? air(passing) : w->words->temperature;
    extra[STEP]   = 0.0;
    warm(w, extra[KELVIN]);
    PARK_TRY(enters(w, passing->mass, passing->intake, &in, &mineral, &more, err));
    bool known = in.flow > 0.0 && passing->mass[w->cod] > 0.01 * in.flow; /* something to live on */
    if (!known)
        in = usual(w);
    PARK_TRY(rest(w, &in, y, err));
    extra[SMOOTH] = in.flow;
    double solids = park_sludge_solids(w->form, y);
    leaving_now(w, y, in.flow, &left[0], &left[1]);
    double out = left[0].flow * park_asm1_tss(&w->form->plant.kinetics, left[0].conc) +
                 left[1].flow * park_asm1_tss(&w->form->plant.kinetics, left[1].conc);
    extra[MINERAL] = known && out > 0.0 ? mineral * in.flow * solids / out : 0.0;
    for (size_t k = 0; k < passing->map->outlets && k < 2; k++) {
        double tss = park_asm1_tss(&w->form->plant.kinetics, left[k].conc);
        quality(w, left[k].conc, solids > 0.0 ? tss * extra[MINERAL] / solids : 0.0, PARK_BOD_TREATED,
                conc + k * C);
    }
    for (size_t c = 0; c < C; c++) {
        double product, reject, mean = passing->intake > 0.0 ? passing->mass[c] / passing->intake : 0.0;
        extra[EXTRA + c] = 0.0;
        if (measured(w, c))
            continue;
        double share = w->form->plant.wasted / in.flow;
        shares(w, c, 1.0 - share, &product, &reject);
        extra[EXTRA + c] = w->volume * mean;
        conc[c]          = mean * product / (1.0 - share);
        if (passing->map->outlets > 1)
            conc[C + c] = share > 0.0 ? mean * reject / share : mean;
    }
    return PARK_OK;
}

/* ---- what is there ---- */

static void held(const park_states *states, const double *y, double *water, double *mass)
{
    const sludge_work *w     = states->work;
    const double      *extra = y + w->form->states;
    double             there[PARK_ASM1_COMPONENTS];
    *water = 0.0;
    park_sludge_held(w->form, y, there);
    quality(w, there, extra[MINERAL], 0.0, mass); /* of BOD nothing is held: no measure of the state */
    for (size_t c = 0; c < w->model->constituents; c++)
        if (!measured(w, c))
            mass[c] = extra[EXTRA + c];
}

static void show(const park_states *states, const double *y, double *value)
{
    const sludge_work       *w    = states->work;
    const park_sludge_plant *p    = &w->form->plant;
    const double            *last = y + (p->tanks - 1) * PARK_ASM1_COMPONENTS, *extra = y + w->form->states;
    park_sludge_stream       out, waste;
    double intake = extra[SMOOTH], share = waste_share(w, y, intake), there = tank_solids(w, y);
    leaving_now(w, y, intake, &out, &waste);
    double lost = share * intake * park_asm1_tss(&p->kinetics, waste.conc) +
                  (1.0 - share) * intake * park_asm1_tss(&p->kinetics, out.conc);
    value[0] = there / w->volume;
    value[1] = last[PARK_SO];
    value[2] = last[PARK_SNH];
    value[3] = last[PARK_SNO];
    value[4] = park_sludge_kla(w->form, y, p->tanks - 1);
    value[5] = extra[KELVIN];
    value[6] = lost > 0.0 ? there / lost : NAN;
}

const park_states_face PARK_SLUDGE_STATES = {
    .lay = lay, .begin = begin, .flows = flows, .advance = advance, .held = held, .show = show};
