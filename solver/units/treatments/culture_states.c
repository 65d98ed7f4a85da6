/*
 * culture_states.c - anaerobic reactors and films in time.   Math: docs/math/units.md, Eq. (U90)-(U97).
 *
 * The state: concentrations of the tanks, then the step that is tried next, the intake smoothed, the water's temperature, the
 * methane made in the last piece, and of every other constituent the mass that is mixed in the tanks.
 */
#include "units/treatments/culture.h"

#include "units/treatments/mixed.h"
#include "units/treatments/treatment.h"
#include "units/weather.h"

#include <string.h>

enum { STEP, SMOOTH, KELVIN, GAS, EXTRA }; /* behind the tanks' own */
enum { ANAEROBIC_SHOWN = 6, FILM_SHOWN = 6, COUNT = PARK_RC_COUNT };

static const double METHANE_WARMS = 27.9; /* kg CO2e a kg (AR6, GWP100) */
static const double TOLERANCE     = 1e-4;
static const double SMOOTHED      = 86400.0;       /* the waste follows the intake's mean of about [s] */
static const double THERMAL       = 2.0 * 86400.0; /* water follows the air within [s] */

static const park_state_info ANAEROBIC_INFO[ANAEROBIC_SHOWN] = {
    {"sludge", "kg m-3", {"反应器污泥（COD 计）", "sludge in the reactor, as COD"}},
    {"methanogens", "kg m-3", {"产甲烷菌（COD 计）", "methanogens, as COD"}},
    {"acids", "kg m-3", {"挥发酸（COD 计）", "fatty acids, as COD"}},
    {"ph", "1", {"pH", "pH"}},
    {"methane", "kg s-1", {"甲烷产量", "methane made"}},
    {"methane_share", "1", {"沼气甲烷体积分数", "methane in the gas"}},
};
static const park_state_info FILM_INFO[FILM_SHOWN] = {
    {"thickness", "m", {"末池生物膜厚度", "thickness of the film of the last tank"}},
    {"oxygen", "kg m-3", {"末池溶解氧", "oxygen in the last tank"}},
    {"ammonium", "kg m-3", {"末池氨氮", "ammonium nitrogen in the last tank"}},
    {"nitrite", "kg m-3", {"末池亚硝态氮", "nitrite nitrogen in the last tank"}},
    {"nitrate", "kg m-3", {"末池硝态氮", "nitrate nitrogen in the last tank"}},
    {"anammox", "kg m-3", {"末池厌氧氨氧化菌（COD 计）", "anammox organisms of the last tank, as COD"}},
};

typedef struct culture_work {
    park_culture          culture;
    park_reactor_stepper *stepper;
    double               *conc, *solid; /* [constituents] scratch */
} culture_work;

static park_status lay(const park_model *model, int32_t unit, const void *params, double design_flow,
                       park_arena *arena, park_states *states, park_error *err)
{
    const park_treatment *stage = params;
    culture_work         *w     = PARK_NEW(arena, culture_work);
    double               *conc  = PARK_ARRAY(arena, 2 * model->constituents, double);
    if (w == NULL || conc == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the reactor %s", model->unit[unit].id);
    PARK_TRY(park_reactor_stepper_new(arena, TOLERANCE, &w->stepper, err));
    w->conc  = conc;
    w->solid = conc + model->constituents;
    park_culture_make(model, stage, park_treatment_design(model, unit, stage, design_flow), &w->culture);
    bool anaerobic = w->culture.anaerobic;
    *states        = (park_states){.count = w->culture.reactor.tanks * COUNT + EXTRA + model->constituents,
                                   .shown = anaerobic ? ANAEROBIC_SHOWN : FILM_SHOWN,
                                   .show  = anaerobic ? ANAEROBIC_INFO : FILM_INFO,
                                   .pace  = 3600.0,
                                   .work  = w};
    return PARK_OK;
}

/* Where what is behind the tanks' own begins. */
static size_t behind(const culture_work *w)
{
    return w->culture.reactor.tanks * COUNT;
}

static void flows(const park_states *states, const double *y, park_map *map, double *kept, double *released)
{
    culture_work *w     = states->work;
    double        share = park_culture_waste(&w->culture, y, y[behind(w) + SMOOTH]);
    *kept = *released                         = 0.0;
    map->outlet[PARK_TREATMENT_PRODUCT].alpha = 1.0 - share;
    if (map->outlets > PARK_TREATMENT_REJECT)
        map->outlet[PARK_TREATMENT_REJECT].alpha = share;
}

/* ---- a piece ---- */

static void enters(const culture_work *w, const park_passing *s, park_reactor_inflow *in, double *more)
{
    size_t C = w->culture.model->constituents;
    for (size_t c = 0; c < C; c++)
        w->conc[c] = s->intake > 0.0 ? s->mass[c] / s->intake : 0.0;
    *in   = (park_reactor_inflow){.flow = s->intake};
    *more = 0.0;
    if (s->intake > 0.0)
        park_culture_enters(&w->culture, w->conc, in->conc, more);
    in->waste = s->map->outlets > PARK_TREATMENT_REJECT ? s->outlet[PARK_TREATMENT_REJECT] : 0.0;
}

/* Quality of the outlets from what left, and what reactions took, as a laboratory measures. (U97) */
static void measure(const culture_work *w, const park_passing *s, const double *y,
                    const park_reactor_passed *went, const double volume[2], double more, park_passed *out)
{
    const park_culture *k = &w->culture;
    size_t              C = k->model->constituents, outlets = s->map->outlets < 2 ? s->map->outlets : 2;
    double              now[2][COUNT], conc[COUNT];
    const double       *left[2] = {went->left, went->wasted};
    park_reactor_leaving(&k->reactor, y, now[0], now[1]);
    for (size_t o = 0; o < outlets; o++) {
        for (size_t c = 0; c < COUNT; c++)
            conc[c] = volume[o] > 0.0 ? left[o][c] / volume[o] : now[o][c];
        park_culture_measure(k, conc, out->conc + o * C);
        for (size_t c = 0; c < C; c++) /* a trace below zero: water has none, and what it lacks is added */
            if (park_culture_measures(k, c) && out->conc[o * C + c] < 0.0) {
                out->added[c] -= out->conc[o * C + c] * volume[o];
                out->conc[o * C + c] = 0.0;
            }
    }
    park_culture_measure(k, went->reacted, out->removed);
    for (size_t c = 0; c < C; c++)
        if (park_culture_measures(k, c) && (int32_t)c != k->bod)
            out->removed[c] = -out->removed[c];
    if (k->bod >= 0) { /* no measure of the state: what enters and does not leave */
        size_t c        = (size_t)k->bod;
        out->removed[c] = s->mass[c] * s->span;
        for (size_t o = 0; o < outlets; o++)
            out->removed[c] -= volume[o] * out->conc[o * C + c];
    }
    if (k->nitrogen >= 0)
        out->added[k->nitrogen] += more;
    for (size_t c = 0; c < C; c++) /* what reactions made is no negative loss */
        if (park_culture_measures(k, c) && out->removed[c] < 0.0)
            out->added[c] -= out->removed[c], out->removed[c] = 0.0;
}

/* Of what else passes, at the present shares of water; a bed behind takes its own. */
static void shares(const park_culture *k, size_t c, double recovery, double part[2])
{
    park_treatment now = *k->stage;
    now.recovery       = recovery;
    park_treatment_shares(k->model, &now, c, &part[0], &part[1]);
    if (k->stage->states == PARK_STATES_FILM_FILTER)
        part[0] = 1.0, part[1] = 0.0;
}

/* One more constituent, mixed in the tanks. Eq. (U68). */
static void mix(const culture_work *w, const park_passing *s, size_t c, double *held, const double volume[2],
                park_passed *out)
{
    const park_culture *k = &w->culture;
    size_t              C = k->model->constituents, outlets = s->map->outlets < 2 ? s->map->outlets : 2;
    double              through = volume[0] + volume[1], part[2];
    double              passed  = park_mixed_pass(k->volume, through, s->mass[c] * s->span, held);
    shares(k, c, through > 0.0 ? volume[0] / through : 1.0, part);
    out->removed[c] = passed;
    for (size_t o = 0; o < outlets; o++) {
        out->conc[o * C + c] = volume[o] > 0.0 ? part[o] * passed / volume[o] : *held / k->volume;
        out->removed[c] -= volume[o] > 0.0 ? part[o] * passed : 0.0;
    }
    if (out->removed[c] < 0.0) /* released */
        out->added[c] -= out->removed[c], out->removed[c] = 0.0;
}

static park_status advance(const park_states *states, const park_passing *s, double *y, park_passed *out,
                           park_error *err)
{
    culture_work       *w     = states->work;
    double             *extra = y + behind(w), more;
    park_reactor_inflow in;
    park_reactor_passed went = {0};
    extra[KELVIN] +=
        (park_culture_kelvin(&w->culture, park_passing_air(s)) - extra[KELVIN]) * -expm1(-s->span / THERMAL);
    park_culture_warm(&w->culture, extra[KELVIN]);
    enters(w, s, &in, &more);
    PARK_TRY(park_reactor_go(w->stepper, &w->culture.reactor, &in, s->span, y, &extra[STEP], &went, err));
    const double volume[2] = {(s->intake - in.waste) * s->span, in.waste * s->span};
    measure(w, s, y, &went, volume, more * s->intake * s->span, out);
    for (size_t c = 0; c < w->culture.model->constituents; c++)
        if (!park_culture_measures(&w->culture, c))
            mix(w, s, c, &extra[EXTRA + c], volume, out);
    extra[SMOOTH] += (s->intake - extra[SMOOTH]) * -expm1(-s->span / SMOOTHED);
    extra[GAS]  = went.reacted[PARK_RC_CH4] / 4.0 / s->span;
    out->energy = park_culture_energy(&w->culture, went.reacted, s->intake * s->span);
    out->carbon = METHANE_WARMS * park_culture_escaped(&w->culture, went.reacted, s->intake * s->span);
    return PARK_OK;
}

/* ---- the start ---- */

static park_status begin(const park_states *states, const park_passing *s, double *y, double *conc,
                         park_error *err)
{
    culture_work       *w     = states->work;
    park_culture       *k     = &w->culture;
    size_t              C     = k->model->constituents;
    double             *extra = y + behind(w), more, water[COUNT], waste[COUNT];
    park_reactor_inflow in;
    memset(y, 0, states->count * sizeof *y);
    extra[KELVIN] = park_culture_kelvin(k, park_passing_air(s));
    park_culture_warm(k, extra[KELVIN]);
    enters(w, s, &in, &more);
    if (!(in.flow > 0.0)) { /* nothing comes: what it is built for, of plain water */
        in.flow = k->design;
        memset(w->conc, 0, C * sizeof *w->conc);
        park_culture_enters(k, w->conc, in.conc, &more);
    }
    park_culture_guess(k, &in, y);
    park_error inner = {0};
    if (park_culture_rest(k, w->stepper, &in, y, &inner) ==
        PARK_E_MEMORY) /* without rest the march begins as far as it came */
        return PARK_FAIL(err, PARK_E_MEMORY, "%s", inner.message);
    extra[SMOOTH] = in.flow;
    park_reactor_leaving(&k->reactor, y, water, waste);
    park_culture_measure(k, water, conc);
    if (s->map->outlets > 1)
        park_culture_measure(k, waste, conc + C);
    for (size_t c = 0; c < C; c++) {
        double part[2], mean = s->intake > 0.0 ? s->mass[c] / s->intake : 0.0, share = in.waste / in.flow;
        if (park_culture_measures(k, c)) {
            conc[c] = fmax(0.0, conc[c]);
            continue;
        }
        shares(k, c, 1.0 - share, part);
        extra[EXTRA + c] = k->volume * mean;
        conc[c]          = mean * part[0] / (1.0 - share);
        if (s->map->outlets > 1)
            conc[C + c] = share > 0.0 ? mean * part[1] / share : mean;
    }
    return PARK_OK;
}

/* ---- what is there ---- */

const double *park_film_catches(const park_states *states, const double *y)
{
    const culture_work *w = states->work;
    const park_culture *k = &w->culture;
    double              last[COUNT], solid[COUNT] = {0};
    memcpy(last, y + (k->reactor.tanks - 1) * COUNT, sizeof last);
    for (size_t c = 0; c < COUNT; c++)
        last[c] = c >= PARK_RC_XH ? 0.0 : fmax(0.0, last[c]); /* organisms stay on their grains */
    memcpy(solid + PARK_RC_FIRST_SOLID, last + PARK_RC_FIRST_SOLID,
           (COUNT - PARK_RC_FIRST_SOLID) * sizeof *solid);
    park_culture_measure(k, last, w->conc);
    park_culture_measure(k, solid, w->solid);
    for (size_t c = 0; c < k->model->constituents; c++) {
        double part = park_culture_measures(k, c) ? (w->conc[c] > 0.0 ? w->solid[c] / w->conc[c] : 0.0) : NAN;
        w->solid[c] = k->stage->film.captured * part;
    }
    return w->solid;
}

static void held(const park_states *states, const double *y, double *water, double *mass)
{
    culture_work       *w            = states->work;
    const park_culture *k            = &w->culture;
    const double       *extra        = y + behind(w);
    double              there[COUNT] = {0};
    *water                           = 0.0;
    for (size_t i = 0; i < k->reactor.tanks; i++)
        for (size_t c = 0; c < COUNT; c++)
            there[c] += k->reactor.volume[i] * y[i * COUNT + c];
    park_culture_measure(k, there, mass);
    for (size_t c = 0; c < k->model->constituents; c++) {
        if (!park_culture_measures(k, c))
            mass[c] = extra[EXTRA + c];
        else if ((int32_t)c == k->bod)
            mass[c] = 0.0;
    }
}

static void show(const park_states *states, const double *y, double *value)
{
    culture_work       *w    = states->work;
    const park_culture *k    = &w->culture;
    const double       *last = y + (k->reactor.tanks - 1) * COUNT;
    park_culture_warm(&w->culture, y[behind(w) + KELVIN]);
    if (k->anaerobic) {
        value[0] = last[PARK_RC_XI] + last[PARK_RC_XS] + last[PARK_RC_XH] + last[PARK_RC_XA];
        value[1] = last[PARK_RC_XA];
        value[2] = last[PARK_RC_VFA];
        value[3] = park_anaerobic_ph(&k->law, last);
        value[4] = y[behind(w) + GAS];
        value[5] = park_anaerobic_methane_share(&k->reactor, last);
        return;
    }
    value[0] = park_film_thickness(&k->film, last);
    value[1] = last[PARK_RC_O2];
    value[2] = last[PARK_RC_NH];
    value[3] = last[PARK_RC_NO2];
    value[4] = last[PARK_RC_NO3];
    value[5] = last[PARK_RC_XX];
}

const park_states_face PARK_ANAEROBIC_STATES = {
    .lay = lay, .begin = begin, .flows = flows, .advance = advance, .held = held, .show = show};
const park_states_face PARK_FILM_STATES = {
    .lay = lay, .begin = begin, .flows = flows, .advance = advance, .held = held, .show = show};
