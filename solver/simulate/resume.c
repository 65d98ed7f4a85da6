#include "simulate/resume.h"

#include "simulate/regulators.h"

enum { VERSION = 3 };

static void state_tape(park_march *m, park_tape *tape)
{
    const park_layout *p     = m->layout;
    park_state        *s     = m->state;
    size_t             width = p->rows * p->constituents;
    PARK_TAPE(tape, s->volume, p->units);
    PARK_TAPE(tape, s->mass, width);
    PARK_TAPE(tape, s->conc, width);
    PARK_TAPE(tape, s->level, p->units);
    PARK_TAPE(tape, s->blowing, p->units);
    PARK_TAPE(tape, s->open, p->links);
    PARK_TAPE(tape, s->fired, p->model->controls);
    park_regulators_tape(p, s, tape);
    PARK_TAPE(tape, m->was_working, p->units);
    PARK_TAPE(tape, m->was_failed, p->units);
    PARK_TAPE(tape, &m->begun, 1);
    PARK_TAPE(tape, m->marched, p->seasons);
    park_stated_tape(s->stated, tape);
    if (m->settings->carrier != NULL)
        m->settings->carrier->tape(m->settings->carrier->user, tape);
}

static void events_tape(park_march *m, park_tape *tape)
{
    park_simulation *s     = m->simulation;
    size_t           count = s->events;
    PARK_TAPE(tape, &count, 1);
    if (tape->broken)
        return;
    if (tape->reads) {
        s->event = PARK_ARRAY(m->arena, count, park_event);
        if (s->event == NULL) {
            tape->broken = true;
            return;
        }
        s->events = m->events_cap = count;
    }
    PARK_TAPE(tape, s->event, count);
}

static void march_tape(park_march *m, int64_t *time, park_tape *tape)
{
    park_dae_counts counts = m->counted;
    park_tape_agree(tape, VERSION);
    park_tape_agree(tape, (size_t)m->simulation->start);
    park_tape_agree(tape, (size_t)m->simulation->end);
    park_tape_agree(tape, (size_t)m->settings->output);
    PARK_TAPE(tape, time, 1);
    state_tape(m, tape);
    park_quality_tape(m->quality, tape);
    park_account_tape(m->account, tape);
    if (!tape->reads) {
        park_dae_counts more = park_watch_counted(m->watch);
        counts.steps += more.steps, counts.evaluations += more.evaluations, counts.restarts += more.restarts;
    }
    PARK_TAPE(tape, &counts, 1);
    events_tape(m, tape);
    if (tape->reads && !tape->broken)
        m->counted = counts;
}

park_status park_resume_keep(park_march *m, int64_t start, int64_t time, park_error *err)
{
    const park_simulate_settings *settings = m->settings;
    if (settings->keep == NULL || settings->keep_every <= 0 || (time - start) % settings->keep_every != 0)
        return PARK_OK;
    park_arena *scratch = park_arena_new();
    park_tape   tape    = park_tape_write(scratch);
    march_tape(m, &time, &tape);
    park_status status = tape.broken ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a checkpoint")
                                     : settings->keep(settings->keep_user, time, tape.bytes, tape.count, err);
    park_arena_free(scratch);
    return status;
}

park_status park_resume_take(park_march *m, int64_t *time, park_error *err)
{
    park_tape tape = park_tape_read(m->settings->resume, m->settings->resume_bytes);
    march_tape(m, time, &tape);
    if (!park_tape_ended(&tape) || *time <= m->simulation->start || *time > m->simulation->end)
        return PARK_FAIL(err, PARK_E_RANGE, "the checkpoint is not one of this simulation, or is damaged");
    m->state->time = (double)*time;
    return PARK_OK;
}
