/*
 * The march. A stretch is the time between two clock times at which anything given may change (hour of a pattern, day
 * of a calendar, failure, season, output row); conditions and flows stand still in it unless an event happens.
 *
 *   1 conditions of the stretch; dispatch; rates                                   flows.h, dispatch.c, rates.h
 *   2 concentrations over the stretch, tentatively where a blowdown reads them     quality.h
 *   3 levels and watched salts with located events, to the stop or the first event watch.h
 *   4 concentrations again up to the event, if there was one; volumes; the ledger  account.h
 *   5 the event, a new dispatch, and on from 2
 *
 * Where units have states of their own, 2 is a passage through park and units, rank by rank      stated.h
 *
 * Volumes and masses of the state are the ledger's; the integrator of 3 starts from them each time.
 */
#include "simulate/begin.h"
#include "simulate/regulators.h"
#include "simulate/resume.h"

#include "base/calendar.h"
#include "base/clock.h"

#include <math.h>
#include <string.h>

enum {
    EVENTS_PER_STRETCH = 2000,
    WEEK               = 7 * 86400,
    DAY                = 86400,
    STEADY_DOUBLINGS   = 14,
    STEADY_STATED      = 4,
    PASSAGES_MOST      = 40
};

/* The embedded order 3 overrates the error of order 4 by far: measured against an oracle (test oracle), steps at ten
 * times the tolerance stay well within it. */
static const double QUALITY_LOOSER = 10.0;
static const double AT_BRIM        = 1e-12; /* of the full volume */
static const double SETTING_RESTS  = 1e-9;  /* of a controller's setting: it has found its place */
static const double STATIONARY = 1e-9; /* relative change over a doubled time: a steady park stands still */

void park_simulate_settings_default(park_simulate_settings *settings)
{
    *settings = (park_simulate_settings){.rtol = 1e-6, .output = 3600, .events_most = 10000};
}

/* ---- making ---- */

static park_status settings_check(const park_model *model, const park_simulate_settings *s, park_error *err)
{
    if (!(s->rtol > 0.0 && s->rtol <= 1e-2))
        return PARK_FAIL(err, PARK_E_RANGE, "the tolerance of the simulation is %g; it must lie in (0, 0.01]",
                         s->rtol);
    if (s->output <= 0 || s->spin_up < 0)
        return PARK_FAIL(err, PARK_E_RANGE,
                         "the output step is %lld s and the spin-up %lld s; they must be above zero",
                         (long long)s->output, (long long)s->spin_up);
    if (model->time.steady || (s->start == 0 && s->end == 0))
        return PARK_OK;
    if (s->start < model->time.start || s->end > model->time.end || s->start >= s->end)
        return PARK_FAIL(err, PARK_E_RANGE, "the stretch to simulate does not lie within the park's period");
    return PARK_OK;
}

static bool columns_make(park_march *m)
{
    const park_layout *p     = m->layout;
    size_t             width = p->rows * p->constituents;
    m->was_working           = PARK_ARRAY(m->arena, p->units, bool);
    m->was_failed            = PARK_ARRAY(m->arena, p->units, bool);
    m->moved                 = PARK_ARRAY(m->arena, p->units, bool);
    m->valves                = PARK_ARRAY(m->arena, p->model->regulators, bool);
    m->volume                = PARK_ARRAY(m->arena, p->rows, double);
    m->saved_mass            = PARK_ARRAY(m->arena, width, double);
    m->saved_conc            = PARK_ARRAY(m->arena, width, double);
    m->integral              = PARK_ARRAY(m->arena, width, double);
    m->marched               = PARK_ARRAY(m->arena, p->seasons, double);
    m->wanted                = PARK_ARRAY(m->arena, p->links, double);
    m->asked                 = PARK_ARRAY(m->arena, p->links, double);
    m->carried_until         = INFINITY;
    m->now                   = park_conditions_new(m->arena, p);
    m->state                 = park_state_new(m->arena, p);
    m->flows                 = park_flows_new(m->arena, p);
    m->dispatch              = park_dispatch_new(m->arena, p);
    return m->valves && m->was_working && m->was_failed && m->moved && m->volume && m->saved_mass &&
           m->saved_conc && m->integral && m->marched && m->wanted && m->asked && m->now && m->state &&
           m->flows && m->dispatch;
}

static park_status march_make(park_march *m, const park_model *model, const park_design *plan,
                              park_error *err)
{
    park_layout *layout;
    PARK_TRY(park_layout_make(model, plan, m->arena, &layout, err));
    layout->carried = m->settings->carrier != NULL ? m->settings->carrier->carries : NULL;
    m->layout       = layout;
    if (!columns_make(m))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to simulate %zu units", model->units);
    PARK_TRY(park_rates_new(m->arena, layout, &m->rates, err));
    PARK_TRY(park_quality_new(m->arena, layout, QUALITY_LOOSER * m->settings->rtol, &m->quality, err));
    PARK_TRY(park_stated_new(m->arena, layout, &m->state->stated, err));
    m->rates->stated = m->state->stated->conc;
    return park_account_new(m->arena, layout, m->settings, m->sink, m->state->stated, m->simulation,
                            &m->account, err);
}

/* ---- a stretch ---- */

static park_status qualities(park_march *m, double span, park_quality_seen seen, park_error *err)
{
    for (size_t row = 0; row < m->layout->rows; row++)
        m->volume[row] = park_march_volume(m, row);
    return park_quality_march(m->quality, m->rates, m->state->time, span, m->volume, m->state->mass,
                              m->state->conc, m->integral, seen, m->watch, err);
}

static void volumes_move(park_march *m, double span)
{
    const park_layout *p = m->layout;
    for (size_t u = 0; u < p->units; u++) {
        if (!p->variable[u])
            continue;
        double volume = m->state->volume[u] + m->flows->net[u] * span, brim = AT_BRIM * p->hold[u];
        if (volume >= p->hold[u] - brim) /* the last digit of a volume at its brim is put right */
            volume = p->hold[u];
        m->state->volume[u] = volume <= p->empty[u] + brim ? p->empty[u] : volume;
    }
}

static void masses_save(park_march *m)
{
    size_t bytes = m->layout->rows * m->layout->constituents * sizeof(double);
    memcpy(m->saved_mass, m->state->mass, bytes);
    memcpy(m->saved_conc, m->state->conc, bytes);
}

static void masses_restore(park_march *m)
{
    size_t bytes = m->layout->rows * m->layout->constituents * sizeof(double);
    memcpy(m->state->mass, m->saved_mass, bytes);
    memcpy(m->state->conc, m->saved_conc, bytes);
}

/* Levels and watched salts over a piece whose start is saved: shortens the span to their first event. Where salts are watched
 * the park has been marched over the whole span, tentatively. */
static park_status watch(park_march *m, double *span, int32_t *slot, park_error *err)
{
    double  stop = m->state->time + *span;
    double *mass = m->state->mass;
    park_watch_track_begin(m->watch, m->rates, m->state, m->now, m->flows);
    if (park_watch_salts(m->watch))
        PARK_TRY(qualities(m, *span, park_watch_track, err));
    if (!park_watch_needed(m->watch, m->state, m->flows))
        return PARK_OK;
    if (park_watch_salts(m->watch)) /* the integrator starts where the piece does */
        m->state->mass = m->saved_mass;
    park_status status = park_watch_advance(m->watch, m->state, stop, span, slot, &m->simulation->drift, err);
    m->state->mass     = mass;
    return status;
}

/* Eq. (T30)-(T32): park and units in turn, rank by rank; what a unit's own event cuts off is left for the next piece. Ends at
 * the start of the piece with what the units give in it. */
static park_status passages(park_march *m, double *span, park_error *err)
{
    park_stated *stated = m->state->stated;
    double       before = INFINITY, came = INFINITY; /* of the try before: its span, and how far it got */
    park_stated_save(stated);
    for (int tries = 0; tries < PASSAGES_MOST; tries++) {
        double shortest = *span;
        for (size_t rank = 0; rank < stated->ranks && shortest >= *span; rank++) {
            PARK_TRY(qualities(m, *span, NULL, err));
            PARK_TRY(park_stated_advance(stated, rank, m->now, m->flows, m->rates, m->integral,
                                         m->state->time, *span, &shortest, err));
            masses_restore(m);
            park_rates_set(m->rates, m->now, m->flows);
        }
        if (shortest >= *span)
            return PARK_OK;
        /* what enters has another mean in a shorter piece: towards where both agree, by the secant of two tries */
        double slope = (shortest - came) / (*span - before), next = shortest;
        if (slope > 0.0 && slope < 1.0)
            next = fmax(0.1 * shortest, (shortest - slope * *span) / (1.0 - slope));
        before = *span;
        came   = shortest;
        *span  = fmax(fmin(PARK_EVENT_LATE, shortest), fmin(next, shortest));
        park_stated_restore(stated);
    }
    return PARK_FAIL(err, PARK_E_NUMERIC,
                     "units switch ever earlier at %.0f s: no piece of time is short enough", m->state->time);
}

/* Onwards to `stop`, the first event, or as far as states of units go at once. */
static park_status piece(park_march *m, double stop, int32_t *slot, park_error *err)
{
    park_stated *stated = m->state->stated;
    double       whole = stop - m->state->time, pace = park_stated_pace(stated);
    double       span = whole > pace ? whole / ceil(whole / pace) : whole, planned = span;
    bool         salts = park_watch_salts(m->watch);
    *slot              = PARK_NONE;
    if (salts || stated->count > 0)
        masses_save(m);
    PARK_TRY(watch(m, &span, slot, err));
    bool marched = salts && *slot < 0 && stated->count == 0; /* the tentative march stands */
    if (salts && !marched)
        masses_restore(m);
    if (stated->count > 0 && span > 0.0) {
        double awaited = span;
        PARK_TRY(passages(m, &span, err));
        if (span < awaited)
            *slot = PARK_NONE;
    }
    bool ended = *slot < 0 && span >= planned && planned >= whole;
    if (span > 0.0) {
        if (!marched)
            PARK_TRY(qualities(m, span, NULL, err));
        park_stated_settle(stated, m->flows, m->rates, m->integral, span);
        volumes_move(m, span);
        if (m->settings->carrier != NULL)
            PARK_TRY(m->settings->carrier->move(m->settings->carrier->user, span, err));
        if (m->booking) {
            park_account_book(m->account, m->now, m->state, m->flows, m->rates, span, m->integral);
            m->marched[m->now->season] += span;
        }
    }
    m->state->time = ended ? stop : m->state->time + span;
    for (size_t i = 0; i < stated->count && span > 0.0; i++)
        if (stated->event[i] != PARK_NONE)
            PARK_TRY(park_events_note(m, (park_event_kind)stated->event[i], m->state->time, stated->unit[i],
                                      PARK_NONE, err));
    return PARK_OK;
}

/* Who switches, and since when. */
static park_status without_end(const park_march *m, int32_t slot, double start, park_error *err)
{
    const park_model  *model  = m->layout->model;
    const park_stated *stated = m->state->stated;
    int32_t            unit   = slot >= 0 ? park_watch_slot(m->watch, slot).unit : PARK_NONE;
    char               when[PARK_ISO_SIZE];
    for (size_t i = 0; i < stated->count && unit < 0; i++)
        if (stated->event[i] != PARK_NONE)
            unit = stated->unit[i];
    park_iso_format((int64_t)llround(start), model->time.utc_offset / 60, when);
    return PARK_FAIL(err, PARK_E_NUMERIC, "%s switches without end after %s",
                     unit >= 0 ? model->unit[unit].id : "a unit", model->time.steady ? "its start" : when);
}

static park_status stretch(park_march *m, double stop, park_error *err)
{
    const park_model *model  = m->layout->model;
    double            start  = m->state->time;
    int32_t           season = park_march_season(model, start);
    PARK_TRY(
        park_conditions_at(m->layout, park_march_inside(model, 0.5 * (start + stop)), season, m->now, err));
    PARK_TRY(park_events_conditions(m, err));
    PARK_TRY(park_events_settle(m, err));
    for (int events = 0; m->state->time < stop;) {
        int32_t slot;
        double  held = fmax(m->carried_until, m->state->time + PARK_EVENT_LATE);
        PARK_TRY(piece(m, fmin(stop, held), &slot, err));
        if (slot < 0 && m->state->time >= stop)
            continue;
        events += slot >= 0 || m->state->time < held; /* a carrier's own steps may be many */
        if (events > EVENTS_PER_STRETCH)
            return without_end(m, slot, start, err);
        if (slot >= 0)
            PARK_TRY(park_events_happen(m, park_watch_slot(m->watch, slot), err));
        PARK_TRY(park_events_settle(m, err));
    }
    return PARK_OK;
}

/* ---- the whole way ---- */

static int64_t season_edge(const park_model *model, int64_t t)
{
    int64_t edge = INT64_MAX;
    for (size_t s = 0; s < model->time.seasons; s++)
        for (size_t i = 0; i < model->time.season[s].span_count; i++) {
            const park_span *span = &model->time.season[s].spans[i];
            if (span->start > t && span->start < edge)
                edge = span->start;
            if (span->end > t && span->end < edge)
                edge = span->end;
        }
    return edge;
}

/* Where anything given may change next. */
static int64_t next_edge(const park_model *model, int64_t t)
{
    if (model->time.steady)
        return INT64_MAX;
    int64_t look  = park_regulators_next(model, t);
    int64_t shift = park_march_inside(model, (double)t) - t, next = park_model_next_change(model, t + shift);
    int64_t edge = season_edge(model, t + shift);
    next         = edge < next ? edge : next;
    for (size_t f = 0; f < model->failures; f++) {
        const park_span *span = &model->failure[f].span;
        if (span->start > t + shift && span->start < next)
            next = span->start;
        if (span->end > t + shift && span->end < next)
            next = span->end;
    }
    next = next == INT64_MAX ? next : next - shift;
    return look < next ? look : next;
}

/* Controllers look; in a steady park as often as its time is doubled. */
static park_status look(park_march *m, int64_t time, bool *moved, park_error *err)
{
    double by = 0.0;
    *moved    = false;
    if (m->layout->model->regulators > 0)
        PARK_TRY(park_events_look(m, time, false, &by, err));
    *moved = by > SETTING_RESTS;
    return PARK_OK;
}

/* From `from`, an end of a row since `start` or start itself, to the end. */
static park_status walk(park_march *m, int64_t start, int64_t from, int64_t end, park_error *err)
{
    const park_model *model = m->layout->model;
    int64_t           t = from, output = from + m->settings->output;
    if (m->booking && from == start)
        park_account_open(m->account, m->state);
    while (t < end) {
        int64_t edge = next_edge(model, t), stop = end;
        int32_t season = park_march_season(model, (double)t);
        stop           = output < stop ? output : stop;
        stop           = edge < stop ? edge : stop;
        PARK_TRY(stretch(m, (double)stop, err));
        m->state->time = (double)stop;
        if (m->booking && (stop == end || park_march_season(model, (double)stop) != season))
            park_account_close(m->account, m->state, season);
        t = stop;
        bool moved;
        PARK_TRY(look(m, t, &moved, err));
        if (t != output && t != end)
            continue;
        output = t + m->settings->output;
        if (!m->booking)
            continue;
        PARK_TRY(park_account_row(m->account, m->now, m->state, m->flows, m->rates, (double)t, err));
        if (t < end)
            PARK_TRY(park_resume_keep(m, start, t, err));
        double share = (double)(t - start) / (double)(end - start);
        if (m->settings->progress != NULL && m->settings->progress(m->settings->progress_user, share) &&
            t < end) {
            if (park_march_season(model, (double)t) == season) /* else it is closed already */
                park_account_close(m->account, m->state, season);
            m->simulation->end      = t;
            m->simulation->complete = false;
            return PARK_FAIL(err, PARK_E_CANCELLED, "the simulation was stopped after %.0f %% of its time",
                             100.0 * share);
        }
    }
    return PARK_OK;
}

/* Largest relative change of what the park holds. */
static double change(const park_march *m, const double *mass, const double *volume)
{
    const park_layout *p    = m->layout;
    double             most = 0.0;
    for (size_t i = 0; i < p->rows * p->constituents; i++) {
        double magnitude = p->model->constituent[i % p->constituents].magnitude;
        double scale =
            fmax(fabs(m->state->mass[i]), 1e-3 * magnitude * p->hold[p->row_unit[i / p->constituents]]);
        most = fmax(most, fabs(m->state->mass[i] - mass[i]) / scale);
    }
    for (size_t u = 0; u < p->units; u++)
        if (p->variable[u])
            most = fmax(most, fabs(m->state->volume[u] - volume[u]) / p->hold[u]);
    return most;
}

/* Constant conditions until nothing changes: each time twice as long as before, from a day to 45 years. */
static park_status stand_still(park_march *m, park_error *err)
{
    const park_layout *p      = m->layout;
    double            *mass   = PARK_ARRAY(m->arena, p->rows * p->constituents, double);
    double            *volume = PARK_ARRAY(m->arena, p->units, double);
    double             span   = DAY;
    if (mass == NULL || volume == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to simulate a steady park");
    for (int n = 0; n < STEADY_DOUBLINGS; n++, span *= 2.0) {
        memcpy(mass, m->state->mass, p->rows * p->constituents * sizeof(double));
        memcpy(volume, m->state->volume, p->units * sizeof(double));
        PARK_TRY(stretch(m, m->state->time + span, err));
        bool moved;
        PARK_TRY(look(m, 0, &moved, err));
        if (!moved && change(m, mass, volume) <= STATIONARY)
            break;
        if (m->state->stated->count > 0 && n >= STEADY_STATED)
            break;              /* units that begin at rest, or switch for ever */
        bool switching = false; /* valves that open and close for ever never stand still */
        for (size_t u = 0; u < p->units; u++)
            switching = switching || m->state->blowing[u];
        if (switching && n > 6)
            break;
    }
    m->state->time = 0.0;
    return PARK_OK;
}

static park_status go(park_march *m, park_error *err)
{
    const park_model *model = m->layout->model;
    park_simulation  *s     = m->simulation;
    bool              whole = m->settings->start == 0 && m->settings->end == 0;
    s->start                = model->time.steady ? 0 : whole ? model->time.start : m->settings->start;
    s->end                  = model->time.steady ? WEEK : whole ? model->time.end : m->settings->end;
    int64_t before          = model->time.steady ? 0 : m->settings->spin_up;
    PARK_TRY(park_march_begin(m, (double)(s->start - before), err));
    if (model->time.steady && m->settings->resume == NULL)
        PARK_TRY(stand_still(m, err));
    else if (before > 0 && m->settings->resume == NULL)
        PARK_TRY(walk(m, s->start - before, s->start - before, s->start, err));
    m->booking     = true;
    m->begun       = false;
    s->drift       = 0.0;
    m->state->time = (double)s->start;
    PARK_TRY(park_account_begin(m->account, err));
    int64_t from = s->start;
    if (m->settings->resume != NULL)
        PARK_TRY(park_resume_take(m, &from, err));
    return walk(m, s->start, from, s->end, err);
}

park_status park_simulate(const park_model *model, const park_design *plan,
                          const park_simulate_settings *settings, const park_sink *sink, park_arena *arena,
                          park_simulation **simulation, park_error *err)
{
    park_march march   = {.arena = arena, .settings = settings, .sink = sink};
    double     started = park_clock_seconds();
    *simulation        = NULL;
    PARK_TRY(settings_check(model, settings, err));
    if (plan != NULL && plan->link_flow == NULL)
        plan = NULL; /* a design without a solution plans nothing */
    if ((march.simulation = PARK_NEW(arena, park_simulation)) == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to simulate");
    march.simulation->complete = true;
    PARK_TRY(march_make(&march, model, plan, err));
    park_status status = go(&march, err);
    if (status != PARK_OK && status != PARK_E_CANCELLED)
        return status;
    PARK_TRY(park_account_finish(march.account, march.marched, status == PARK_OK ? err : NULL));
    if (sink != NULL && sink->end != NULL) {
        park_status ended = sink->end(sink->user, status == PARK_OK ? err : NULL);
        status            = ended == PARK_OK ? status : ended;
    }
    park_dae_counts counts             = park_watch_counted(march.watch);
    march.simulation->steps            = march.counted.steps + counts.steps;
    march.simulation->evaluations      = march.counted.evaluations + counts.evaluations;
    march.simulation->restarts         = march.counted.restarts + counts.restarts;
    march.simulation->quality_steps    = park_quality_counted(march.quality).steps;
    march.simulation->quality_rejected = park_quality_counted(march.quality).rejected;
    march.simulation->seconds          = park_clock_seconds() - started;
    *simulation                        = march.simulation;
    return status;
}
