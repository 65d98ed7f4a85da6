/*
 * membrane_states.c - reverse osmosis and nanofiltration in time.   Math: docs/math/units.md, Eq. (U101)-(U106).
 *
 * The permeability falls with the permeate that passes, all skids alike. When the share `cleaning_at` is left, skid after skid
 * is cleaned with product that was kept, while the others go on; the plant's intake is bounded by the skids at work and by the
 * pressure. What a cleaning does not take away stays; membranes that stay bad are replaced.
 *
 * The state: numbers by the names below, then by constituent what is in the tank and what a cleaning takes out of it each second.
 */
#include "units/treatments/membrane_states.h"

#include "chemistry/membrane.h"
#include "units/treatments/stage_now.h"
#include "units/treatments/treatment.h"
#include "units/weather.h"

#include <string.h>

enum { PHASE, LEFT, SHARE, BEST, TANK, RATE, SEASON, KELVIN, SALT, FLOW, NUMBERS };
enum { WORKING, CLEANING }; /* PHASE */

static const double HEAD     = 9806.65;           /* [Pa/m] */
static const double PER_BAR  = 1.0 / 3.6e6 / 1e5; /* L/(m2 h bar) in m/(s Pa) */
static const double PILES_UP = 0.7;               /* CP = exp(0.7 recovery of an element) */
static const double KEEPS    = 0.005;             /* of the permeate, until there is enough for a cleaning */
static const double WORN = 0.25; /* best permeability above the cleaning's, of a new membrane's: replaced */
static const double THERMAL = 86400.0; /* water follows the air within [s] */
static const double COLDEST = 278.15, WARMEST = 308.15;

static const park_state_info INFO[] = {
    {"permeability", "1", {"剩余渗透系数比例", "share of the permeability that is left"}},
    {"pressure", "Pa", {"进水压力", "feed pressure"}},
    {"flux", "m s-1", {"通量", "flux"}},
    {"tank", "m3", {"清洗水箱", "water kept for cleaning"}},
};

typedef struct membrane_work {
    const park_model          *model;
    int32_t                    unit, tds, chloride;
    const park_treatment      *stage;
    const park_membrane_terms *terms;
    double                     design, area, wash; /* [m3/s], [m2], [m3] a cleaning of all skids */
    bool                       fouls;
} membrane_work;

void park_rejecting_check(const park_treatment *stage, const char *path, const char *id,
                          park_findings *findings)
{
    if (!(stage->recovery < 1.0))
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                         "%s: states %s rejects water: its recovery has to be below 100 %%",
                         "%s：states %s 有浓水或再生废水排出：recovery 应小于 100 %%", id,
                         PARK_STATES_WORDS[stage->states]);
}

static double permeability(const park_membrane_terms *t, double kelvin)
{
    return t->water_permeability * PER_BAR * park_membrane_temperature_factor(kelvin);
}

/* Osmotic pressure that the mean place of the membrane works against: feed times -ln(1 - Y)/Y, polarized. */
static double osmotic(const park_membrane_terms *t, double recovery, double salt, double kelvin)
{
    double each   = 1.0 - pow(1.0 - recovery, 1.0 / t->elements);
    double factor = -log1p(-recovery) / recovery * exp(PILES_UP * each);
    return salt > 0.0 ? park_brine_osmotic_pressure(park_brine_fraction(salt * factor), kelvin) : 0.0;
}

double park_membrane_feed_pressure(const park_treatment *stage, double flux, double left, double recovery,
                                   double salt, double kelvin)
{
    const park_membrane_terms *t = &stage->mechanism.membrane;
    return flux / (permeability(t, kelvin) * left) + osmotic(t, recovery, salt, kelvin) +
           0.5 * t->drop * HEAD * t->elements;
}

static park_status lay(const park_model *model, int32_t unit, const void *params, double design_flow,
                       park_arena *arena, park_states *states, park_error *err)
{
    membrane_work *w = PARK_NEW(arena, membrane_work);
    if (w == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the membranes of %s",
                         model->unit[unit].id);
    *w          = (membrane_work){.model = model, .unit = unit, .stage = params};
    w->terms    = &w->stage->mechanism.membrane;
    w->design   = park_treatment_design(model, unit, w->stage, design_flow);
    w->area     = w->stage->recovery * w->design / w->terms->flux; /* (U101) */
    w->fouls    = w->terms->fouling > 0.0 && w->terms->cleaning_at > 0.0 && w->terms->cleaning_at < 1.0;
    w->wash     = w->fouls ? w->terms->cleaning_water * w->area : 0.0;
    w->tds      = park_model_constituent(model, "TDS");
    w->chloride = park_model_constituent(model, "Cl");
    *states     = (park_states){.count = NUMBERS + 2 * model->constituents,
                                .shown = sizeof INFO / sizeof *INFO,
                                .show  = INFO,
                                .pace  = 3600.0,
                                .work  = w};
    return PARK_OK;
}

static double recovery_of(const membrane_work *w, const double *y)
{
    return park_stage_recovery(w->stage, park_stage_point_at(w->model, w->unit, w->stage, y[SEASON]));
}

/* Skids at work, of all. */
static double working(const membrane_work *w, const double *y)
{
    return y[PHASE] == CLEANING ? 1.0 - 1.0 / w->terms->skids : 1.0;
}

/* ---- flows ---- */

/* (U103) */
static void flows(const park_states *states, const double *y, park_map *map, double *kept, double *released)
{
    const membrane_work *w = states->work;
    double share = recovery_of(w, y), keeps = y[TANK] < w->wash ? KEEPS : 0.0, at_work = working(w, y);
    double lost =
        osmotic(w->terms, share, y[SALT], y[KELVIN]) + 0.5 * w->terms->drop * HEAD * w->terms->elements;
    double force = fmax(0.0, w->terms->pressure * HEAD - lost) * permeability(w->terms, y[KELVIN]) * y[SHARE];
    *kept        = share * keeps;
    *released    = y[PHASE] == CLEANING ? y[RATE] : 0.0;
    map->outlet[PARK_TREATMENT_PRODUCT].alpha = share * (1.0 - keeps);
    map->outlet[PARK_TREATMENT_REJECT].alpha  = 1.0 - share;
    map->outlet[PARK_TREATMENT_REJECT].beta   = *released;
    map->in_hi[0]                             = at_work * fmin(w->design, force * w->area / share);
}

/* ---- a piece ---- */

static double flux_of(const membrane_work *w, const double *y, double intake)
{
    double area = w->area * working(w, y);
    return area > 0.0 ? recovery_of(w, y) * intake / area : 0.0;
}

/* (U104): seconds until the permeability asks for a cleaning, or one ends. */
static double next_due(const membrane_work *w, const double *y, double flux)
{
    if (y[PHASE] == CLEANING)
        return y[LEFT];
    if (!w->fouls || !(flux > 0.0))
        return INFINITY;
    return fmax(0.0, log(y[SHARE] / w->terms->cleaning_at)) / (w->terms->fouling * flux / w->terms->flux);
}

/* (U105) */
static int32_t switch_phase(const membrane_work *w, double *y)
{
    const park_membrane_terms *t = w->terms;
    size_t                     C = w->model->constituents;
    if (y[PHASE] == WORKING) {
        double time = t->cleaning_time * t->skids;
        y[PHASE]    = CLEANING;
        y[LEFT]     = time;
        y[RATE]     = y[TANK] / time;
        for (size_t c = 0; c < C; c++)
            y[NUMBERS + C + c] = y[NUMBERS + c] / time;
        return PARK_EVENT_CLEANING;
    }
    y[BEST] -= (1.0 - t->restores) * (y[BEST] - t->cleaning_at);
    if (y[BEST] < t->cleaning_at + WORN * (1.0 - t->cleaning_at))
        y[BEST] = 1.0; /* replaced */
    y[PHASE] = WORKING;
    y[LEFT] = y[RATE] = 0.0;
    y[SHARE]          = y[BEST];
    return PARK_EVENT_RESUMED;
}

static double salt_of(const membrane_work *w, const double *mass, double intake)
{
    double kilograms = w->tds >= 0 ? mass[w->tds] : w->chloride >= 0 ? 1.65 * mass[w->chloride] : 0.0;
    return intake > 0.0 ? kilograms / intake : 0.0;
}

/* (U106) */
static park_status advance(const park_states *states, const park_passing *p, double *y, park_passed *out,
                           park_error *err)
{
    const membrane_work    *w     = states->work;
    size_t                  C     = w->model->constituents;
    const park_stage_point *point = park_stage_point_at(w->model, w->unit, w->stage, y[SEASON]);
    double                  flux = flux_of(w, y, p->intake), span = p->span, share = recovery_of(w, y);
    bool                    cleans = y[PHASE] == CLEANING;
    double kept = share * p->intake - p->outlet[PARK_TREATMENT_PRODUCT], drawn = cleans ? y[RATE] : 0.0;
    (void)err;
    if (p->intake > 0.0)
        y[SALT] = salt_of(w, p->mass, p->intake);
    bool   happens  = park_event_happens(next_due(w, y, flux), &span);
    double pressure = park_membrane_feed_pressure(w->stage, flux, y[SHARE], share, y[SALT], y[KELVIN]);
    out->span       = span;
    out->energy = p->intake * span * pressure * (1.0 / w->terms->pump - w->terms->recovered * (1.0 - share));
    for (size_t c = 0; c < C; c++) {
        double part[2], adds[2], *tank = &y[NUMBERS + c], from = cleans ? y[NUMBERS + C + c] : 0.0;
        park_stage_shares(w->model, w->stage, point, c, part, adds);
        double brings    = point != NULL ? point->brings[c] * p->intake : 0.0,
               permeate  = part[0] * p->mass[c] + adds[0] * p->intake;
        double conc      = p->intake > 0.0 ? permeate / (share * p->intake) : 0.0,
               led       = part[1] * p->mass[c] + adds[1] * p->intake;
        double salt      = (int32_t)c == w->tds ? w->terms->cleaning_salt * drawn : 0.0;
        double reject    = p->outlet[PARK_TREATMENT_REJECT];
        out->conc[c]     = conc;
        out->conc[C + c] = reject > 0.0 ? (led + from + salt) / reject : 0.0;
        *tank += (kept * conc - from) * span;
        out->added[c]   = (brings + salt) * span;
        out->removed[c] = (p->mass[c] + brings - permeate - (reject > 0.0 ? led : 0.0)) * span;
        if (out->removed[c] < 0.0)
            out->added[c] -= out->removed[c], out->removed[c] = 0.0;
    }
    y[TANK] = fmax(0.0, y[TANK] + (kept - drawn) * span);
    y[FLOW] = p->intake;
    y[KELVIN] += (fmin(fmax(park_passing_air(p), COLDEST), WARMEST) - y[KELVIN]) * -expm1(-span / THERMAL);
    if (!cleans && w->fouls)
        y[SHARE] *= exp(-w->terms->fouling * flux / w->terms->flux * span);
    if (y[LEFT] > 0.0)
        y[LEFT] = fmax(0.0, y[LEFT] - span);
    if (happens)
        out->event = switch_phase(w, y);
    y[SEASON] = park_season_number(w->model, p->t + span);
    return PARK_OK;
}

/* New membranes, water kept for a cleaning. */
static park_status begin(const park_states *states, const park_passing *p, double *y, double *conc,
                         park_error *err)
{
    const membrane_work *w = states->work;
    size_t               C = w->model->constituents;
    (void)err;
    memset(y, 0, states->count * sizeof *y);
    y[PHASE] = WORKING, y[SHARE] = y[BEST] = 1.0, y[TANK] = w->wash, y[FLOW] = p->intake;
    y[SEASON]                     = park_season_number(w->model, p->t);
    y[KELVIN]                     = fmin(fmax(park_passing_air(p), COLDEST), WARMEST);
    y[SALT]                       = salt_of(w, p->mass, p->intake);
    const park_stage_point *point = park_stage_point_at(w->model, w->unit, w->stage, y[SEASON]);
    double                  share = recovery_of(w, y);
    for (size_t c = 0; c < C; c++) {
        double part[2], adds[2], mean = p->intake > 0.0 ? p->mass[c] / p->intake : 0.0;
        park_stage_shares(w->model, w->stage, point, c, part, adds);
        conc[c]        = (part[0] * mean + adds[0]) / share;
        conc[C + c]    = (part[1] * mean + adds[1]) / (1.0 - share);
        y[NUMBERS + c] = y[TANK] * conc[c];
    }
    return PARK_OK;
}

static void held(const park_states *states, const double *y, double *water, double *mass)
{
    const membrane_work *w = states->work;
    *water                 = y[TANK];
    memcpy(mass, y + NUMBERS, w->model->constituents * sizeof *mass);
}

static void show(const park_states *states, const double *y, double *value)
{
    const membrane_work *w = states->work;
    value[0]               = y[SHARE];
    value[2]               = flux_of(w, y, y[FLOW]);
    value[1] =
        park_membrane_feed_pressure(w->stage, value[2], y[SHARE], recovery_of(w, y), y[SALT], y[KELVIN]);
    value[3] = y[TANK];
}

const park_states_face PARK_MEMBRANE_STATES = {
    .lay = lay, .begin = begin, .flows = flows, .advance = advance, .held = held, .show = show};
