/*
 * filter.c - a filter in time.   Math: docs/math/units.md, Eq. (U80)-(U87).
 *
 * All beds or skids of the unit count as one; they are washed in turn, while the others go on: feed never stops. A share of the
 * product, 1 - recovery, is kept in a tank for washing, so that over whole runs the recovery is the stated one to rounding; a
 * wash that comes early waits for its water, and costs recovery. Wash water is gathered in a basin and led on evenly.
 *
 * The state: numbers by the names below, then by constituent what is in the tank, in the bed and in the basin, and what a wash
 * under way carries out of tank and bed each second.
 */
#include "units/treatments/filter.h"

#include "units/treatments/treatment.h"

#include <string.h>

enum { PHASE, LEFT, PASSED, LOAD, LOAD_RATE, FOULING, TANK, TANK_RATE, BASIN, FLOW, NUMBERS };
enum { IN_TANK, IN_BED, IN_BASIN, FROM_TANK, FROM_BED, COLUMNS };
enum { FILTERING, WAITING, WASHING, CLEANING }; /* PHASE */

static const double HURRY      = 5.0; /* waiting for wash water: so many times the usual share is kept ... */
static const double HURRY_MOST = 0.5; /* ... and at most this of the intake */
static const double LOAD_MOST  = 1.2; /* of what a bed holds: beyond it breaks through, whatever its loss */
static const double RUN_LEAST  = 0.1; /* of a run: no wash before */
static const double FOULING_MOST = 0.5;  /* of the head between clean and most */
static const double FULL         = 1e-9; /* relative: enough water for a wash */

const park_field PARK_FILTER_FIELDS[] = {
    PARK_NUMBER(park_filter_words, clean, PRESSURE_HEAD, .fallback = 0.5, .lo = 0.0, .lo_open = true,
                .en = "loss of head at the design flow after a wash",
                .zh = "反洗后设计流量下的水头损失（或跨膜压差）", .example = "0.5 m"),
    PARK_NUMBER(park_filter_words, most, PRESSURE_HEAD, .fallback = 2.5, .lo = 0.0, .lo_open = true,
                .en = "loss of head at which it is washed", .zh = "反洗启动水头损失（或跨膜压差）",
                .example = "2.5 m"),
    PARK_NUMBER(park_filter_words, solids, CONC, .fallback = 0.02, .lo = 0.0, .lo_open = true,
                .en = "SS of the inlet with which one run at the design flow uses up the head",
                .zh = "设计进水 SS：按此值设计流量下一个周期达到反洗水头", .example = "20 mg/L"),
    PARK_NUMBER(park_filter_words, run, TIME, .fallback = 86400.0, .lo = 0.0, .lo_open = true,
                .en = "filtration at the design flow between two washes", .zh = "设计流量下过滤周期",
                .example = "24 h"),
    PARK_NUMBER(park_filter_words, wash_time, TIME, .fallback = 900.0, .lo = 0.0, .lo_open = true,
                .en = "duration of a wash", .zh = "反洗历时", .example = "15 min"),
    PARK_NUMBER(park_filter_words, return_time, TIME, .fallback = 4.0 * 3600.0, .lo = 0.0,
                .en = "wash water is gathered and led on evenly within about this time; 0: as it comes",
                .zh = "反洗排水均匀排出时间；0 为直接排出", .example = "4 h"),
    PARK_NUMBER(
        park_filter_words, cleaning_every, TIME, .lo = 0.0, .lo_open = true,
        .en = "work at the design flow between two chemical cleanings; without it nothing fouls for good",
        .zh = "化学清洗周期；不填则无不可逆污染", .example = "60 d"),
    PARK_NUMBER(park_filter_words, cleaning_time, TIME, .fallback = 6.0 * 3600.0, .lo = 0.0, .lo_open = true,
                .en = "duration of a chemical cleaning", .zh = "化学清洗历时", .example = "6 h"),
    PARK_FIELDS_END};

void park_filter_words_check(const park_filter_words *words, double recovery, const char *path,
                             const char *id, park_findings *findings)
{
    if (!(words->clean < words->most))
        park_finding_add(
            findings, PARK_E0511, PARK_ERROR, path,
            "the filter %s loses %g m of head when clean and is washed at %g m; it must lose less when clean",
            "过滤单元 %s 反洗后水头损失 %g m，不小于反洗启动值 %g m", id, words->clean, words->most);
    if (!(recovery < 1.0))
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                         "the filter %s is washed with its own water: its recovery has to be below 100 %%",
                         "过滤单元 %s 用自身产水反洗：recovery 应小于 100 %%", id);
    if (!(words->wash_time < words->run))
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                         "the filter %s is washed for %g s after runs of %g s; runs must be longer",
                         "过滤单元 %s 反洗历时 %g s 不短于过滤周期 %g s", id, words->wash_time, words->run);
}

static const park_state_info INFO[] = {
    {"loss", "m", {"水头损失", "loss of head"}},
    {"load", "kg", {"截留悬浮物", "solids held back"}},
    {"fouling", "m", {"不可逆污染水头", "loss of head by fouling"}},
    {"tank", "m3", {"反洗水池", "water kept for washing"}},
    {"basin", "m3", {"反洗排水池", "wash water gathered"}},
};

typedef struct filter_work {
    const park_model        *model;
    const park_treatment    *stage;
    const park_filter_words *words;
    double                   design, run_volume, wash_volume; /* [m3/s], [m3] */
    double                   holds;  /* solids at the most loss, at the design flow [kg] */
    int32_t                  solids; /* constituent, -1 */
    double *caught, *gone;           /* [constituents] shares of what enters: into the bed; destroyed */
} filter_work;

static double *column(const filter_work *w, double *y, int which)
{
    return y + NUMBERS + (size_t)which * w->model->constituents;
}

/* What the bed catches so that over whole runs the product gets the share that the average promises. Eq. (U84). */
static void shares(filter_work *w)
{
    double recovery = w->stage->recovery;
    for (size_t c = 0; c < w->model->constituents; c++) {
        double product, reject;
        park_treatment_shares(w->model, w->stage, c, &product, &reject);
        double caught = 1.0 - product / recovery;
        bool   gone   = caught > 0.0 && reject <= 0.0;
        w->caught[c]  = gone ? 0.0 : caught;
        w->gone[c]    = gone ? caught : 0.0;
    }
}

static park_status lay(const park_model *model, int32_t unit, const void *params, double design_flow,
                       park_arena *arena, park_states *states, park_error *err)
{
    const park_treatment *stage = params;
    filter_work          *w     = PARK_NEW(arena, filter_work);
    double               *share = PARK_ARRAY(arena, 2 * model->constituents, double);
    if (w == NULL || share == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the filter %s", model->unit[unit].id);
    w->model       = model;
    w->stage       = stage;
    w->words       = &stage->filter;
    w->design      = park_treatment_design(model, unit, stage, design_flow);
    w->run_volume  = w->design * stage->filter.run; /* (U81) */
    w->wash_volume = (1.0 - stage->recovery) * w->run_volume;
    w->solids      = park_model_constituent(model, "SS");
    w->caught      = share;
    w->gone        = share + model->constituents;
    shares(w);
    if (stage->states == PARK_STATES_FILM_FILTER && w->solids >= 0)
        w->caught[w->solids] = stage->film.captured;
    w->holds    = w->solids >= 0 ? stage->filter.solids * w->run_volume * w->caught[w->solids] : 0.0;
    double even = stage->filter.return_time;
    *states     = (park_states){.count = NUMBERS + COLUMNS * model->constituents,
                                .shown = sizeof INFO / sizeof *INFO,
                                .show  = INFO,
                                .pace  = even > 0.0 ? fmin(3600.0, 0.5 * even) : 3600.0,
                                .work  = w};
    return PARK_OK;
}

void park_filter_catch(const park_states *states, const double *caught)
{
    filter_work *w = states->work;
    for (size_t c = 0; c < w->model->constituents; c++)
        if (!isnan(caught[c])) {
            w->caught[c] = caught[c];
            w->gone[c]   = 0.0;
        }
}

/* ---- flows ---- */

static double kept_share(const filter_work *w, const double *y)
{
    double usual = 1.0 - w->stage->recovery;
    return y[PHASE] == WAITING ? fmax(usual, fmin(HURRY_MOST, HURRY * usual)) : usual;
}

/* What leaves through the backwash outlet, Eq. (U83). */
static double returned(const filter_work *w, const double *y)
{
    if (w->words->return_time > 0.0)
        return fmax(0.0, y[BASIN]) / w->words->return_time;
    return y[PHASE] == WASHING ? y[TANK_RATE] : 0.0;
}

static void flows(const park_states *states, const double *y, park_map *map, double *kept, double *released)
{
    const filter_work *w                      = states->work;
    *kept                                     = kept_share(w, y);
    *released                                 = returned(w, y);
    map->outlet[PARK_TREATMENT_PRODUCT].alpha = 1.0 - *kept;
    map->outlet[PARK_TREATMENT_REJECT].alpha  = 0.0;
    map->outlet[PARK_TREATMENT_REJECT].beta   = *released;
}

/* ---- events ---- */

static double loss(const filter_work *w, const double *y, double flow)
{
    const park_filter_words *f       = w->words;
    double                   clogged = w->holds > 0.0 ? (f->most - f->clean) * y[LOAD] / w->holds : 0.0;
    return (f->clean + y[FOULING] + clogged) * flow / w->design; /* (U80) */
}

/* Seconds until the bed asks for a wash at this flow. Eq. (U82). */
static double wash_due(const filter_work *w, const double *y, double flow, double solids)
{
    const park_filter_words *f = w->words;
    if (!(flow > 0.0))
        return INFINITY;
    double due = fmax(0.0, w->run_volume - y[PASSED]) / flow;
    if (w->holds > 0.0) {
        double room = (f->most * w->design / flow - f->clean - y[FOULING]) / (f->most - f->clean);
        double most = w->holds * fmin(room, LOAD_MOST), more = most - y[LOAD];
        double clogs  = more <= 0.0 ? 0.0 : solids > 0.0 ? more / solids : INFINITY;
        double sooner = fmax(0.0, RUN_LEAST * w->run_volume - y[PASSED]) / flow;
        due           = fmin(due, fmax(clogs, sooner));
    }
    return due;
}

static double next_due(const filter_work *w, const double *y, double flow, double into_tank, double solids)
{
    if (y[PHASE] == WASHING || y[PHASE] == CLEANING)
        return y[LEFT];
    if (y[PHASE] == FILTERING)
        return wash_due(w, y, flow, solids);
    double lacks = w->wash_volume * (1.0 - FULL) - y[TANK];
    return lacks <= 0.0 ? 0.0 : into_tank > 0.0 ? lacks / into_tank : INFINITY;
}

static void wash_begins(const filter_work *w, double *y)
{
    double time  = w->words->wash_time,
           water = fmax(w->wash_volume, y[TANK] - w->wash_volume); /* one wash is left in reserve */
    double share = fmin(1.0, water / y[TANK]);
    y[PHASE]     = WASHING;
    y[LEFT]      = time;
    y[PASSED]    = 0.0;
    y[LOAD_RATE] = y[LOAD] / time;
    y[TANK_RATE] = share * y[TANK] / time;
    for (size_t c = 0; c < w->model->constituents; c++) {
        column(w, y, FROM_TANK)[c] = share * column(w, y, IN_TANK)[c] / time;
        column(w, y, FROM_BED)[c]  = column(w, y, IN_BED)[c] / time;
    }
}

/* What happens where the piece ends. */
static int32_t switch_phase(const filter_work *w, double *y)
{
    double fouled = FOULING_MOST * (w->words->most - w->words->clean);
    if (y[PHASE] == FILTERING && y[TANK] < w->wash_volume * (1.0 - 2.0 * FULL)) {
        y[PHASE] = WAITING;
        return PARK_NONE;
    }
    if (y[PHASE] == FILTERING || y[PHASE] == WAITING) {
        wash_begins(w, y);
        return PARK_EVENT_BACKWASH;
    }
    bool cleans = y[PHASE] == WASHING && !isnan(w->words->cleaning_every) && y[FOULING] >= fouled;
    if (y[PHASE] == CLEANING)
        y[FOULING] = 0.0;
    y[PHASE] = cleans ? CLEANING : FILTERING;
    y[LEFT]  = cleans ? w->words->cleaning_time : 0.0;
    return cleans ? PARK_EVENT_CLEANING : PARK_EVENT_RESUMED;
}

/* ---- a piece ---- */

static park_status advance(const park_states *states, const park_passing *p, double *y, park_passed *out,
                           park_error *err)
{
    const filter_work *w       = states->work;
    size_t             C       = w->model->constituents;
    double             product = p->outlet[PARK_TREATMENT_PRODUCT], back = p->outlet[PARK_TREATMENT_REJECT],
           span   = p->span;
    bool   washes = y[PHASE] == WASHING, even = w->words->return_time > 0.0;
    double drawn = washes ? y[TANK_RATE] : 0.0, into = p->intake - product;
    double solids = w->solids >= 0 ? fmax(0.0, w->caught[w->solids]) * p->mass[w->solids] : 0.0;
    double lies   = even ? y[BASIN] : 0.0;
    (void)err;
    bool happens = park_event_happens(next_due(w, y, p->intake, into, solids), &span);
    out->span    = span;
    out->energy  = p->map->energy_in * p->intake * span;
    for (size_t c = 0; c < C; c++) { /* (U84)-(U86) */
        double *tank = &column(w, y, IN_TANK)[c], *bed = &column(w, y, IN_BED)[c],
               *basin = &column(w, y, IN_BASIN)[c];
        double caught = w->caught[c] * p->mass[c], gone = w->gone[c] * p->mass[c];
        double passes = p->mass[c] - caught - gone, conc = p->intake > 0.0 ? passes / p->intake : 0.0;
        double from_tank = washes ? column(w, y, FROM_TANK)[c] : 0.0,
               from_bed  = washes ? column(w, y, FROM_BED)[c] : 0.0;
        double led       = even          ? (lies > 0.0 ? *basin / lies : conc)
                           : drawn > 0.0 ? (from_tank + from_bed) / drawn
                                         : conc;
        out->conc[c]     = conc;
        out->conc[C + c] = led;
        *tank += (passes - product * conc - from_tank) * span;
        *bed += (fmax(0.0, caught) - from_bed) * span;
        *basin += even ? (from_tank + from_bed - back * led) * span : 0.0;
        out->added[c]   = fmax(0.0, -caught) * span; /* released */
        out->removed[c] = gone * span;
    }
    y[TANK] += (into - drawn) * span;
    y[BASIN] += even ? (drawn - back) * span : 0.0;
    y[LOAD] += (solids - (washes ? y[LOAD_RATE] : 0.0)) * span;
    y[PASSED] += p->intake * span;
    y[FLOW] = p->intake;
    if (!isnan(w->words->cleaning_every) && y[PHASE] != CLEANING)
        y[FOULING] += FOULING_MOST * (w->words->most - w->words->clean) * p->intake * span /
                      (w->design * w->words->cleaning_every);
    if (y[LEFT] > 0.0)
        y[LEFT] = fmax(0.0, y[LEFT] - span);
    if (happens)
        out->event = switch_phase(w, y);
    return PARK_OK;
}

/* A bed just washed, its tank filled for the next wash, the basin as it stands on average. Eq. (U87). */
static park_status begin(const park_states *states, const park_passing *p, double *y, double *conc,
                         park_error *err)
{
    const filter_work *w = states->work;
    size_t             C = w->model->constituents;
    (void)err;
    memset(y, 0, states->count * sizeof *y);
    y[PHASE] = FILTERING;
    y[TANK]  = w->wash_volume;
    y[BASIN] = (1.0 - w->stage->recovery) * p->intake * w->words->return_time;
    y[FLOW]  = p->intake;
    for (size_t c = 0; c < C; c++) {
        double inside             = p->intake > 0.0 ? p->mass[c] / p->intake : 0.0,
               passes             = 1.0 - w->caught[c] - w->gone[c];
        double wash               = inside * (passes + fmax(0.0, w->caught[c]) / (1.0 - w->stage->recovery));
        conc[c]                   = passes * inside;
        conc[C + c]               = wash;
        column(w, y, IN_TANK)[c]  = y[TANK] * conc[c];
        column(w, y, IN_BASIN)[c] = y[BASIN] * wash;
    }
    return PARK_OK;
}

static void held(const park_states *states, const double *y, double *water, double *mass)
{
    const filter_work *w = states->work;
    size_t             C = w->model->constituents;
    *water               = y[TANK] + y[BASIN];
    for (size_t c = 0; c < C; c++)
        mass[c] = y[NUMBERS + IN_TANK * C + c] + y[NUMBERS + IN_BED * C + c] + y[NUMBERS + IN_BASIN * C + c];
}

static void show(const park_states *states, const double *y, double *value)
{
    const filter_work *w = states->work;
    value[0]             = loss(w, y, y[FLOW]);
    value[1]             = y[LOAD];
    value[2]             = y[FOULING];
    value[3]             = y[TANK];
    value[4]             = y[BASIN];
}

const park_states_face PARK_FILTER_STATES = {
    .lay = lay, .begin = begin, .flows = flows, .advance = advance, .held = held, .show = show};
