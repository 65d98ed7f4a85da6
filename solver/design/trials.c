/* Several parks at once; docs/math/optimization.md, Eq. (O97). */
#include "design/trials.h"

#include "base/pool.h"

/* An arena belongs to one thread at a time: each trial has its own. */
typedef struct desk {
    park_trial          *trial;
    park_design_settings settings;
    park_arena          *own;
    size_t               first; /* of the trials of its shape */
    park_status          status;
    park_error           err;
} desk;

typedef struct room {
    desk   desk[PARK_TRIALS_MOST];
    size_t count;
} room;

static void work_shape(void *user, size_t item, int slot)
{
    room       *r    = user;
    park_trial *last = NULL;
    bool        cut;
    (void)slot;
    for (size_t i = item; i < r->count; i++) {
        desk *d = &r->desk[i];
        if (d->first != item)
            continue;
        if (last != NULL)
            d->trial->root = last->root;
        last      = d->trial;
        d->status = park_solve_park(last->model, &d->settings, &last->limits, d->own, &last->answer, &cut,
                                    NULL, &d->err);
    }
}

static void end_arena(void *arena)
{
    park_arena_free(arena);
}

static park_status sit_down(desk *d, park_trial *trial, const park_design_settings *settings,
                            park_arena *arena, park_error *err)
{
    *d = (desk){.trial = trial, .settings = *settings, .own = park_arena_new()};
    if (d->own == NULL || park_arena_adopt(arena, d->own, end_arena) != PARK_OK)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the combinations");
    d->settings.ranks  = NULL; /* messages are the first thread's */
    d->settings.start  = trial->start;
    trial->limits.root = &trial->root;
    return PARK_OK;
}

park_status park_trials_run(park_trial *trial, size_t count, const park_design_settings *settings,
                            double seconds, park_arena *arena, park_error *err)
{
    room r = {.count = count};
    for (size_t i = 0; i < count; i++) {
        PARK_TRY(sit_down(&r.desk[i], &trial[i], settings, arena, err));
        while (trial[r.desk[i].first].shape != trial[i].shape)
            r.desk[i].first++;
    }
    for (size_t i = 0; i < count; i++)
        trial[i].limits.seconds = seconds / (double)count; /* for any number of threads */
    park_pool_run(settings->threads, count, work_shape, &r);
    for (size_t i = 0; i < count; i++)
        if (r.desk[i].status != PARK_OK) {
            if (err != NULL)
                *err = r.desk[i].err;
            return r.desk[i].status;
        }
    return PARK_OK;
}
