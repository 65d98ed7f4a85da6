/* Every way a simulation ends but well: lack of memory, an interruption, a full disk, settings and plans that make no
 * sense. */
#include "random_park.h"

static const random_park_size SIZE = {3, 2, 1, 3, 2, 2};

static park_simulate_settings a_day(const park_model *model)
{
    park_simulate_settings settings;
    park_simulate_settings_default(&settings);
    settings.start = model->time.start;
    settings.end   = model->time.start + 6 * 3600;
    return settings;
}

/* The n-th allocation fails, for every n until none is left to fail. */
static void lack_of_memory_is_told(void)
{
    size_t tried = 0, refused = 0;
    bool   done = false;
    while (!done && tried < 20000) {
        park_arena            *parks = park_arena_new(), *arena = park_arena_new();
        park_model            *model    = random_park(parks, 5, SIZE, 1);
        park_simulate_settings settings = a_day(model);
        park_simulation       *s        = NULL;
        park_error             err      = {0};
        tried += tried < 120 ? 1 : 7; /* the rest are alike: columns and tallies */
        park_arena_fail_after(arena, tried);
        park_status status = park_simulate(model, NULL, &settings, NULL, arena, &s, &err);
        done               = status == PARK_OK;
        refused += status == PARK_E_MEMORY;
        if (!done && (status != PARK_E_MEMORY || s != NULL)) {
            fprintf(stderr, "  allocation %zu: status %d, %s\n", tried, (int)status, err.message);
            CHECK(status == PARK_E_MEMORY && s == NULL);
        }
        park_arena_free(arena);
        park_arena_free(parks);
    }
    CHECK(done && refused > 100);
}

typedef struct patience {
    double until, last;
} patience;

static bool lose_patience(void *user, double share)
{
    patience *p = user;
    p->last     = share;
    return share >= p->until;
}

static void interruption_keeps_what_is_finished(void)
{
    park_arena            *arena = park_arena_new();
    park_model            *model = random_park(arena, 5, SIZE, 4);
    patience               p     = {0.5, 0.0};
    rows                   r     = {.arena = arena, .fail_after = -1};
    park_sink              sink  = rows_sink(&r);
    park_simulation       *s     = NULL;
    park_error             err   = {0};
    park_simulate_settings settings;
    park_simulate_settings_default(&settings);
    settings.progress      = lose_patience;
    settings.progress_user = &p;
    CHECK(park_simulate(model, NULL, &settings, &sink, arena, &s, &err) == PARK_E_CANCELLED);
    CHECK(s != NULL && !s->complete);
    CHECK(r.count == 48 && r.ends == 1);
    if (s != NULL) {
        CHECK(s->end - s->start == 2 * 86400);
        CHECK(s->closure.water <= 1e-9 && s->closure.mass <= 1e-9); /* half a run closes, too */
        CHECK(s->closure.park_in > 0.0);
    }
    /* and a run that is let go tells all of its way */
    p = (patience){2.0, 0.0};
    CHECK(park_simulate(model, NULL, &settings, NULL, arena, &s, &err) == PARK_OK);
    CHECK(p.last == 1.0 && s != NULL && s->complete);
    park_arena_free(arena);
}

static void full_disk_stops_the_run(void)
{
    park_arena            *arena = park_arena_new();
    park_model            *model = random_park(arena, 5, SIZE, 1);
    rows                   r     = {.arena = arena, .fail_after = 3};
    park_sink              sink  = rows_sink(&r);
    park_simulation       *s     = NULL;
    park_error             err   = {0};
    park_simulate_settings settings;
    park_simulate_settings_default(&settings);
    CHECK(park_simulate(model, NULL, &settings, &sink, arena, &s, &err) == PARK_E_FILE);
    CHECK_TEXT(err.message, "the disk is full");
    CHECK(s == NULL && r.count == 3);
    park_arena_free(arena);
}

static park_status with(const park_model *model, const park_design *plan,
                        const park_simulate_settings *settings, park_arena *arena)
{
    park_simulation *s      = NULL;
    park_error       err    = {0};
    park_status      status = park_simulate(model, plan, settings, NULL, arena, &s, &err);
    CHECK((status == PARK_OK) == (s != NULL));
    CHECK((status == PARK_OK) == (err.message[0] == '\0'));
    return status;
}

static void nonsense_is_refused(void)
{
    park_arena            *arena    = park_arena_new();
    park_model            *model    = random_park(arena, 5, SIZE, 1);
    park_model            *other    = random_park(arena, 6, (random_park_size){1, 1, 0, 0, 0, 2}, 1);
    park_simulate_settings settings = a_day(model);
    CHECK(with(model, NULL, &settings, arena) == PARK_OK);
    settings.rtol = 0.0;
    CHECK(with(model, NULL, &settings, arena) == PARK_E_RANGE);
    settings        = a_day(model);
    settings.output = 0;
    CHECK(with(model, NULL, &settings, arena) == PARK_E_RANGE);
    settings     = a_day(model);
    settings.end = model->time.end + 1;
    CHECK(with(model, NULL, &settings, arena) == PARK_E_RANGE);
    settings       = a_day(model);
    settings.start = settings.end;
    CHECK(with(model, NULL, &settings, arena) == PARK_E_RANGE);
    settings = a_day(model);
    CHECK(with(model, plan_blank(arena, other), &settings, arena) == PARK_E_RANGE);
    park_design unsolved = {.status = PARK_DESIGN_INFEASIBLE, .model = model};
    CHECK(with(model, &unsolved, &settings, arena) == PARK_OK); /* as it stands */
    park_arena_free(arena);
}

/* Events beyond the number to keep are counted all the same. */
static void events_are_counted(void)
{
    park_arena            *arena = park_arena_new();
    park_model            *model = random_park(arena, 11, (random_park_size){4, 6, 2, 4, 2, 2}, 20);
    park_simulation       *all = NULL, *few = NULL;
    park_simulate_settings settings;
    park_error             err = {0};
    park_simulate_settings_default(&settings);
    CHECK(park_simulate(model, NULL, &settings, NULL, arena, &all, &err) == PARK_OK);
    settings.events_most = 2;
    CHECK(park_simulate(model, NULL, &settings, NULL, arena, &few, &err) == PARK_OK);
    CHECK(all->events == all->events_total && all->events > 2);
    CHECK(few->events == 2 && few->events_total == all->events_total);
    for (size_t e = 1; e < all->events; e++)
        CHECK(all->event[e].exact >= all->event[e - 1].exact);
    park_arena_free(arena);
}

/* A spin-up moves the start, not the account. */
static void spin_up_is_not_booked(void)
{
    park_arena            *arena    = park_arena_new();
    park_model            *model    = random_park(arena, 5, SIZE, 3);
    park_simulate_settings settings = a_day(model);
    park_simulation       *cold = NULL, *warm = NULL;
    park_error             err = {0};
    CHECK(park_simulate(model, NULL, &settings, NULL, arena, &cold, &err) == PARK_OK);
    settings.spin_up = 36 * 3600;
    CHECK(park_simulate(model, NULL, &settings, NULL, arena, &warm, &err) == PARK_OK);
    CHECK(cold->start == warm->start && cold->end == warm->end);
    CHECK(warm->closure.water <= 1e-9 && warm->closure.mass <= 1e-9);
    CHECK(warm->quality_steps > cold->quality_steps);
    CHECK_CLOSE(warm->ledger->required[3], cold->ledger->required[3], 1e-9 * cold->ledger->required[3]);
    park_arena_free(arena);
}

int main(void)
{
    RUN(lack_of_memory_is_told);
    RUN(interruption_keeps_what_is_finished);
    RUN(full_disk_stops_the_run);
    RUN(nonsense_is_refused);
    RUN(events_are_counted);
    RUN(spin_up_is_not_booked);
    return park_test_done();
}
