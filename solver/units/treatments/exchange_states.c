/*
 * exchange_states.c - a softener with its regenerations in time.   Math: docs/math/units.md, Eq. (U107)-(U112).
 *
 * A bed is loaded by the equivalents it takes; full, it is regenerated with product that was kept, and the bed that stands by takes
 * its place. Where none stands by, or the water for it is not there yet, what should be taken breaks through (two beds) or the
 * service waits (one bed).
 *
 * The state: numbers by the names below, then by constituent what is in the tank, in the bed in service, and what a regeneration
 * carries out each second.
 */
#include "units/treatments/membrane_states.h"

#include "chemistry/membrane.h"
#include "units/analysis.h"
#include "units/treatments/treatment.h"

#include <string.h>

enum { LEFT, LOAD, TANK, TANK_RATE, SALT_RATE, SODIUM_RATE, NUMBERS };
enum { IN_TANK, IN_BED, FROM_TANK, FROM_BED, COLUMNS };

static const double SODIUM = 0.0229898, CHLORIDE = 0.035453;   /* [kg/mol] */
static const double CALCIUM = 0.020039, MAGNESIUM = 0.0121525; /* [kg/mol of charge] */
static const double HURRY = 3.0;  /* waiting for water: so many times the usual share is kept */
static const double MOST  = 0.5;  /* of the intake */
static const double FULL  = 1e-6; /* relative */

static const park_state_info INFO[] = {
    {"load", "1", {"运行床饱和度", "load of the bed in service, of its capacity"}},
    {"tank", "m3", {"再生水箱", "water kept for regeneration"}},
    {"regenerating", "1", {"再生中", "a bed is regenerated"}},
    {"salt", "kg s-1", {"再生用盐", "salt used"}},
};

typedef struct exchange_work {
    const park_model          *model;
    const park_treatment      *stage;
    const park_exchange_terms *terms;
    double  resin, holds, waste; /* of a bed [m3], [mol of charge], of a regeneration [m3] */
    double *charge;              /* [constituents] mol of charge a kg where it counts, else 0 */
    double *weighs;              /* [constituents] hardness as it weighs in TDS [kg/kg] */
    int32_t sodium, chloride, tds;
} exchange_work;

/* (U107): what loads the bed; hardness as a whole where neither Ca nor Mg is taken. */
static void count_charges(exchange_work *w)
{
    static const char *const ION[]    = {"Ca", "Mg", "hardness"};
    const double             weight[] = {CALCIUM, MAGNESIUM, CALCIUM};
    bool                     any      = false;
    for (size_t i = 0; i < 3 && !(i == 2 && any); i++) {
        int32_t c = park_model_constituent(w->model, ION[i]);
        if (c < 0 || !(w->stage->removal[c] > 0.0))
            continue;
        any          = true;
        w->charge[c] = park_analysis_equivalents(&w->model->constituent[c]);
        w->weighs[c] = w->charge[c] * weight[i];
    }
}

static park_status lay(const park_model *model, int32_t unit, const void *params, double design_flow,
                       park_arena *arena, park_states *states, park_error *err)
{
    exchange_work *w = PARK_NEW(arena, exchange_work);
    double        *x = PARK_ARRAY(arena, 2 * model->constituents, double);
    if (w == NULL || x == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the resin of %s", model->unit[unit].id);
    memset(x, 0, 2 * model->constituents * sizeof *x);
    *w = (exchange_work){.model = model, .stage = params, .charge = x, .weighs = x + model->constituents};
    w->terms = &w->stage->mechanism.exchange;
    w->resin = park_treatment_design(model, unit, w->stage, design_flow) / w->terms->load; /* (U108) */
    w->holds = 1e3 * w->terms->capacity * w->resin;
    w->waste = w->resin *
               (w->terms->salt / (w->terms->brine * park_brine_density(w->terms->brine)) + w->terms->rinse);
    w->sodium = park_model_constituent(model, "Na"), w->chloride = park_model_constituent(model, "Cl");
    w->tds = park_model_constituent(model, "TDS");
    count_charges(w);
    *states = (park_states){.count = NUMBERS + COLUMNS * model->constituents,
                            .shown = sizeof INFO / sizeof *INFO,
                            .show  = INFO,
                            .pace  = 3600.0,
                            .work  = w};
    return PARK_OK;
}

static double *column(const exchange_work *w, double *y, int which)
{
    return y + NUMBERS + (size_t)which * w->model->constituents;
}

static bool regenerates(const double *y)
{
    return y[LEFT] > 0.0;
}

static bool loaded(const exchange_work *w, const double *y)
{
    return y[LOAD] >= w->holds * (1.0 - FULL);
}

static bool enough(const exchange_work *w, const double *y)
{
    return y[TANK] >= w->waste * (1.0 - FULL);
}

/* ---- flows ---- */

/* Of the intake into the tank, until it holds a regeneration's water. (U109) */
static double kept_share(const exchange_work *w, const double *y)
{
    double usual = 1.0 - w->stage->recovery;
    if (enough(w, y))
        return 0.0;
    return loaded(w, y) ? fmin(MOST, HURRY * usual) : usual;
}

static void flows(const park_states *states, const double *y, park_map *map, double *kept, double *released)
{
    const exchange_work *w                    = states->work;
    bool                 waits                = w->terms->beds < 2 && regenerates(y);
    *kept                                     = kept_share(w, y);
    *released                                 = regenerates(y) ? y[TANK_RATE] : 0.0;
    map->outlet[PARK_TREATMENT_PRODUCT].alpha = 1.0 - *kept;
    map->outlet[PARK_TREATMENT_REJECT].alpha  = 0.0;
    map->outlet[PARK_TREATMENT_REJECT].beta   = *released;
    map->in_hi[0]                             = waits ? 0.0 : INFINITY;
}

/* ---- events ---- */

/* Share of a constituent that the bed takes: nothing once it is full. */
static double taken(const exchange_work *w, const double *y, size_t c)
{
    double removal = w->stage->removal[c];
    return removal > 0.0 && !loaded(w, y) ? removal : 0.0;
}

static double loading(const exchange_work *w, const double *y, const double *mass)
{
    double sum = 0.0;
    for (size_t c = 0; c < w->model->constituents; c++)
        sum += w->charge[c] * taken(w, y, c) * mass[c];
    return sum;
}

/* (U110): the bed is full, a regeneration ends, or its water is there; which comes first [s]. */
static double next_due(const exchange_work *w, const double *y, double rate, double into)
{
    double due = regenerates(y) ? y[LEFT] : INFINITY;
    if (!loaded(w, y))
        return rate > 0.0 ? fmin(due, fmax(0.0, w->holds - y[LOAD]) / rate) : due;
    if (enough(w, y))
        return regenerates(y) ? due : 0.0;
    return into > 0.0 ? fmin(due, (w->waste - y[TANK]) / into) : due;
}

static void regeneration_begins(const exchange_work *w, double *y)
{
    double time = w->terms->takes, share = fmin(1.0, w->waste / y[TANK]), salt = w->terms->salt * w->resin;
    y[LEFT]      = time;
    y[TANK_RATE] = share * y[TANK] / time;
    y[SALT_RATE] = salt / time;
    y[SODIUM_RATE] =
        (salt * SODIUM / (SODIUM + CHLORIDE) - y[LOAD] * SODIUM) / time; /* what the resin does not take */
    y[LOAD] = 0.0;
    for (size_t c = 0; c < w->model->constituents; c++) {
        column(w, y, FROM_TANK)[c] = share * column(w, y, IN_TANK)[c] / time;
        column(w, y, FROM_BED)[c]  = column(w, y, IN_BED)[c] / time;
    }
}

/* ---- a piece ---- */

/* What a regeneration brings to a constituent [kg/s]. */
static double brought(const exchange_work *w, const double *y, size_t c)
{
    int32_t i = (int32_t)c;
    if (!regenerates(y))
        return 0.0;
    return i == w->sodium     ? y[SODIUM_RATE]
           : i == w->chloride ? y[SALT_RATE] * CHLORIDE / (SODIUM + CHLORIDE)
           : i == w->tds      ? y[SODIUM_RATE] + y[SALT_RATE] * CHLORIDE / (SODIUM + CHLORIDE)
                              : 0.0;
}

/* (U111) */
static park_status advance(const park_states *states, const park_passing *p, double *y, park_passed *out,
                           park_error *err)
{
    const exchange_work *w       = states->work;
    size_t               C       = w->model->constituents;
    double               product = p->outlet[PARK_TREATMENT_PRODUCT], back = p->outlet[PARK_TREATMENT_REJECT],
           span = p->span;
    double into = p->intake - product, rate = loading(w, y, p->mass), weight = 0.0;
    bool   washes = regenerates(y);
    (void)err;
    bool happens = park_event_happens(next_due(w, y, rate, into), &span);
    out->span    = span;
    out->energy  = p->map->energy_in * p->intake * span;
    for (size_t c = 0; c < C; c++)
        weight += w->weighs[c] * taken(w, y, c) * p->mass[c];
    for (size_t c = 0; c < C; c++) {
        double *tank = &column(w, y, IN_TANK)[c], *bed = &column(w, y, IN_BED)[c];
        double  takes =
            (int32_t)c == w->tds ? weight : taken(w, y, c) * p->mass[c]; /* hardness is part of TDS */
        double gives  = (int32_t)c == w->tds || (int32_t)c == w->sodium ? rate * SODIUM : 0.0;
        takes         = fmin(takes, p->mass[c]);
        double passes = p->mass[c] - takes + gives, conc = p->intake > 0.0 ? passes / p->intake : 0.0;
        double from_tank = washes ? column(w, y, FROM_TANK)[c] : 0.0,
               from_bed  = washes ? column(w, y, FROM_BED)[c] : 0.0;
        double salt      = brought(w, y, c);
        out->conc[c]     = conc;
        out->conc[C + c] = back > 0.0 ? (from_tank + from_bed + salt) / back : conc;
        *tank += (passes - product * conc - from_tank) * span;
        *bed += (takes - from_bed) * span;
        out->added[c]   = (gives + fmax(0.0, salt)) * span;
        out->removed[c] = fmax(0.0, -salt) * span;
    }
    y[TANK] += (into - (washes ? y[TANK_RATE] : 0.0)) * span;
    y[LOAD] += rate * span;
    if (washes)
        y[LEFT] = fmax(0.0, y[LEFT] - span);
    if (!happens)
        return PARK_OK;
    if (washes && y[LEFT] <= PARK_EVENT_LATE) {
        y[LEFT]    = 0.0;
        out->event = PARK_EVENT_RESUMED;
    }
    if (loaded(w, y) && enough(w, y) && !regenerates(y)) {
        regeneration_begins(w, y);
        out->event = PARK_EVENT_REGENERATION;
    }
    return PARK_OK;
}

/* A fresh bed, water kept for a regeneration. (U112) */
static park_status begin(const park_states *states, const park_passing *p, double *y, double *conc,
                         park_error *err)
{
    const exchange_work *w = states->work;
    size_t               C = w->model->constituents;
    (void)err;
    memset(y, 0, states->count * sizeof *y);
    y[TANK]     = w->waste;
    double rate = loading(w, y, p->mass), weight = 0.0;
    for (size_t c = 0; c < C; c++)
        weight += w->weighs[c] * taken(w, y, c) * p->mass[c];
    for (size_t c = 0; c < C; c++) {
        double takes = (int32_t)c == w->tds ? fmin(weight, p->mass[c]) : taken(w, y, c) * p->mass[c];
        double gives = (int32_t)c == w->tds || (int32_t)c == w->sodium ? rate * SODIUM : 0.0;
        conc[c]      = p->intake > 0.0 ? (p->mass[c] - takes + gives) / p->intake : 0.0;
        conc[C + c]  = conc[c];
        column(w, y, IN_TANK)[c] = y[TANK] * conc[c];
    }
    return PARK_OK;
}

static void held(const park_states *states, const double *y, double *water, double *mass)
{
    const exchange_work *w    = states->work;
    size_t               C    = w->model->constituents;
    const double        *tank = y + NUMBERS + IN_TANK * C, *bed = y + NUMBERS + IN_BED * C;
    *water = y[TANK];
    for (size_t c = 0; c < C; c++)
        mass[c] = tank[c] + bed[c];
}

static void show(const park_states *states, const double *y, double *value)
{
    const exchange_work *w = states->work;
    value[0]               = y[LOAD] / w->holds;
    value[1]               = y[TANK];
    value[2]               = regenerates(y) ? 1.0 : 0.0;
    value[3]               = regenerates(y) ? y[SALT_RATE] : 0.0;
}

const park_states_face PARK_EXCHANGE_STATES = {
    .lay = lay, .begin = begin, .flows = flows, .advance = advance, .held = held, .show = show};
