/*
 * mechanism_states.c - the rest of a treatment's own states as its average.   Math: docs/math/units.md, Eq. (U100).
 *
 * The march's face is asked for its state at rest under the plan's feed, for what leaves it then, and for an hour of it: so the
 * average is the march at a steady point by construction.
 */
#include "units/treatments/treatment.h"

#include <string.h>

enum { OUTLETS = 2 };

static const double HOUR = 3600.0;

typedef struct rest_work {
    park_states     states;
    park_map        map;
    park_map_outlet outlet[OUTLETS];
    double          in_hi, flow[OUTLETS], *y, *mass, *conc, *added, *removed;
} rest_work;

static park_status work_make(const park_mechanism_case *at, const park_states_face *face, park_arena *arena,
                             rest_work *w, park_error *err)
{
    size_t  C = at->model->constituents;
    double *x = PARK_ARRAY(arena, 5 * C, double);
    PARK_TRY(face->lay(at->model, at->unit, at->stage, at->design, arena, &w->states, err));
    w->y = PARK_ARRAY(arena, w->states.count, double);
    if (x == NULL || w->y == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the rest of a treatment");
    memset(x, 0, 5 * C * sizeof *x);
    w->mass = x, w->conc = x + C, w->added = x + 3 * C, w->removed = x + 4 * C;
    w->map = (park_map){.inlets       = 1,
                        .outlets      = at->stage->recovery < 1.0 ? OUTLETS : 1,
                        .constituents = C,
                        .outlet       = w->outlet,
                        .in_hi        = &w->in_hi,
                        .energy_in    = at->stage->energy};
    return PARK_OK;
}

/* The map from what leaves per inlet volume: shares where no more leaves than came, additions beyond. */
static void leaves(park_stage_point *point, size_t c, double feed, double product, double reject)
{
    double out = product + reject, share = out > feed && out > 0.0 ? feed / out : 1.0;
    double came            = feed > 0.0 ? 1.0 / feed : 0.0;
    point->product[c]      = share * product * came;
    point->reject[c]       = share * reject * came;
    point->product_adds[c] = feed > 0.0 ? (1.0 - share) * product : product;
    point->reject_adds[c]  = feed > 0.0 ? (1.0 - share) * reject : reject;
    point->brings[c]       = fmax(0.0, out - feed);
}

static park_status rest(const park_mechanism_case *at, const park_states_face *face, rest_work *w,
                        park_stage_point *point, park_error *err)
{
    size_t       C    = at->model->constituents;
    double       flow = at->feed->flow, kept, released;
    park_passing s    = {.model  = at->model,
                         .unit   = at->unit,
                         .map    = &w->map,
                         .span   = HOUR,
                         .intake = flow,
                         .mass   = w->mass,
                         .outlet = w->flow,
                         .air    = at->feed->kelvin};
    for (size_t c = 0; c < C; c++)
        w->mass[c] = flow * at->feed->conc[c];
    PARK_TRY(face->begin(&w->states, &s, w->y, w->conc, err));
    face->flows(&w->states, w->y, &w->map, &kept, &released);
    point->recovery = w->outlet[PARK_TREATMENT_PRODUCT].alpha + kept - released / flow;
    if (w->map.outlets > PARK_TREATMENT_REJECT) /* what it keeps and what it gives back are one, over time */
        point->recovery = 1.0 - w->outlet[PARK_TREATMENT_REJECT].alpha - released / flow;
    for (size_t c = 0; c < C; c++)
        leaves(point, c, at->feed->conc[c], point->recovery * w->conc[c],
               w->map.outlets > PARK_TREATMENT_REJECT ? (1.0 - point->recovery) * w->conc[C + c] : 0.0);
    for (size_t k = 0; k < w->map.outlets; k++)
        w->flow[k] = w->outlet[k].alpha * flow + w->outlet[k].beta;
    park_passed passed = {
        .span = HOUR, .event = PARK_NONE, .conc = w->conc, .added = w->added, .removed = w->removed};
    PARK_TRY(face->advance(&w->states, &s, w->y, &passed, err));
    point->energy = passed.energy / (flow * passed.span);
    if (passed.carbon > 0.0)
        point->carbon = passed.carbon / (flow * passed.span);
    return PARK_OK;
}

park_status park_mechanism_states(const park_mechanism_case *at, park_stage_point *point, const char **binds,
                                  park_error *err)
{
    const park_states_face *face = park_treatment_states_face(at->stage);
    rest_work               w    = {.in_hi = INFINITY};
    (void)binds;
    if (face == NULL)
        return PARK_FAIL(err, PARK_E_RANGE, "it has no states");
    park_arena *arena  = park_arena_new();
    park_status status = work_make(at, face, arena, &w, err);
    if (status == PARK_OK)
        status = rest(at, face, &w, point, err);
    park_arena_free(arena);
    return status == PARK_E_NUMERIC ? PARK_E_RANGE : status;
}
