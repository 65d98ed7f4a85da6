/* The base's design as bytes: the one thing that variants may start from, so that none depends on another. */
#include "jobs/variant.h"

#include "base/tape.h"

bool park_start_wanted(const park_study *study)
{
    return study->job != PARK_STUDY_SIMULATE;
}

/* The same list writes and reads; shapes must agree. */
static void tape_design(park_tape *tape, park_design *d, const park_model *m)
{
    size_t seasons = m->time.seasons;
    park_tape_agree(tape, seasons);
    park_tape_agree(tape, m->links);
    park_tape_agree(tape, m->units);
    park_tape_agree(tape, m->outlets);
    park_tape_agree(tape, m->retrofits);
    PARK_TAPE(tape, d->link_flow, seasons * m->links);
    PARK_TAPE(tape, d->outlet_flow, seasons * m->outlets);
    PARK_TAPE(tape, d->volume, seasons * m->units);
    PARK_TAPE(tape, d->unit_built, m->units);
    PARK_TAPE(tape, d->retrofit, m->retrofits);
}

park_status park_start_write(const park_design *design, park_arena *arena, const void **bytes, size_t *count,
                             park_error *err)
{
    *bytes = "", *count = 0;
    if (design == NULL || design->link_flow == NULL || design->model == NULL)
        return PARK_OK;
    park_design copy = *design;
    park_tape   tape = park_tape_write(arena);
    tape_design(&tape, &copy, design->model);
    *bytes = tape.bytes, *count = tape.count;
    return tape.broken ? PARK_FAIL(err, PARK_E_MEMORY, "no memory for the base's design") : PARK_OK;
}

park_status park_start_read(const void *bytes, size_t count, const park_model *base, park_arena *arena,
                            park_design **design, park_error *err)
{
    size_t       seasons = base->time.seasons;
    park_design *d       = PARK_NEW(arena, park_design);
    *design              = NULL;
    if (count == 0)
        return PARK_OK;
    if (d == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the base's design");
    d->link_flow   = PARK_ARRAY(arena, seasons * base->links, double);
    d->outlet_flow = PARK_ARRAY(arena, seasons * base->outlets, double);
    d->volume      = PARK_ARRAY(arena, seasons * base->units, double);
    d->unit_built  = PARK_ARRAY(arena, base->units, bool);
    d->retrofit    = PARK_ARRAY(arena, base->retrofits, bool);
    d->model       = base;
    if (d->link_flow == NULL || d->outlet_flow == NULL || d->volume == NULL || d->unit_built == NULL ||
        d->retrofit == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the base's design");
    park_tape tape = park_tape_read(bytes, count);
    tape_design(&tape, d, base);
    if (!park_tape_ended(&tape))
        return PARK_FAIL(err, PARK_E_RANGE, "the base's design on the disk is of another park");
    *design = d;
    return PARK_OK;
}
