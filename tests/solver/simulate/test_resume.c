/* A march kept and taken up: the same bits as one that never stopped. */
#include "random_park.h"

enum { KEPT = 12 };

/* What a march handed over on its way. */
typedef struct shelf {
    park_arena *arena;
    size_t      count, bytes[KEPT];
    void       *data[KEPT];
    int64_t     time[KEPT];
} shelf;

static park_status put(void *user, int64_t time, const void *bytes, size_t count, park_error *err)
{
    shelf *s = user;
    if (s->count == KEPT)
        return PARK_FAIL(err, PARK_E_FILE, "the shelf is full");
    s->data[s->count] = PARK_ARRAY(s->arena, count, char);
    memcpy(s->data[s->count], bytes, count);
    s->bytes[s->count] = count, s->time[s->count] = time;
    s->count++;
    return PARK_OK;
}

static park_simulate_settings settings_of(shelf *s)
{
    park_simulate_settings settings;
    park_simulate_settings_default(&settings);
    settings.keep = put, settings.keep_user = s, settings.keep_every = 36 * 3600;
    return settings;
}

#define SAME(a, b, n) CHECK(memcmp((a), (b), (n) * sizeof *(a)) == 0)

static void same_march(const park_model *m, const park_simulation *a, const park_simulation *b)
{
    size_t S = m->time.seasons, C = m->constituents;
    SAME(a->ledger->link_water, b->ledger->link_water, S * m->links);
    SAME(a->ledger->link_mass, b->ledger->link_mass, S * m->links * C);
    SAME(a->ledger->stored_mass, b->ledger->stored_mass, S * m->units * C);
    SAME(a->ledger->unmet, b->ledger->unmet, S * m->units);
    SAME(a->ledger->unit_energy, b->ledger->unit_energy, S * m->units);
    SAME(a->inlet_peak, b->inlet_peak, m->inlets * C);
    SAME(a->volume_min, b->volume_min, m->units);
    CHECK(a->events == b->events && a->events_total == b->events_total);
    for (size_t e = 0; e < a->events && e < b->events; e++)
        CHECK(a->event[e].exact == b->event[e].exact && a->event[e].unit == b->event[e].unit);
    CHECK(a->violations == b->violations);
    for (size_t v = 0; v < a->violations && v < b->violations; v++)
        CHECK(a->violation[v].simulated == b->violation[v].simulated &&
              a->violation[v].hours == b->violation[v].hours);
    CHECK(a->closure.water == b->closure.water && a->closure.mass == b->closure.mass);
    CHECK(a->quality_steps == b->quality_steps && a->steps == b->steps && a->sweeps == b->sweeps);
}

/* Every checkpoint of a week, each taken up by a march of its own; the rows after it are the same, too. */
static void taken_up_is_the_same(uint64_t seed)
{
    park_arena            *arena    = park_arena_new();
    park_model            *model    = random_park(arena, seed, (random_park_size){3, 4, 2, 4, 3, 3}, 8);
    shelf                  kept     = {.arena = arena};
    park_simulate_settings settings = settings_of(&kept);
    rows                   all      = {.arena = arena, .fail_after = -1};
    park_simulation       *whole    = model == NULL ? NULL : simulate(arena, model, NULL, &settings, &all);
    CHECK(whole != NULL && kept.count == 5); /* 192 h: after 36, 72, 108, 144, 180 */
    for (size_t k = 0; whole != NULL && k < kept.count; k++) {
        park_simulate_settings again;
        rows                   rest = {.arena = arena, .fail_after = -1};
        park_simulate_settings_default(&again);
        again.resume = kept.data[k], again.resume_bytes = kept.bytes[k];
        park_simulation *s = simulate(arena, model, NULL, &again, &rest);
        if (s == NULL)
            break;
        same_march(model, whole, s);
        size_t from = all.count - rest.count;
        CHECK(rest.time[0] == kept.time[k] + 3600 && all.time[from] == rest.time[0]);
        SAME(all.value + from * all.columns, rest.value, rest.count * rest.columns);
    }
    park_arena_free(arena);
}

static void marches_taken_up_are_the_same(void)
{
    for (uint64_t seed = 1; seed <= 6; seed++)
        taken_up_is_the_same(seed);
}

/* Cut, of another park, of other settings, or no checkpoint at all. */
static void strange_checkpoints_are_refused(void)
{
    park_arena            *arena    = park_arena_new();
    park_model            *model    = random_park(arena, 3, (random_park_size){2, 3, 1, 2, 1, 2}, 4);
    park_model            *other    = random_park(arena, 4, (random_park_size){2, 2, 1, 2, 1, 2}, 4);
    shelf                  kept     = {.arena = arena};
    park_simulate_settings settings = settings_of(&kept), again;
    park_simulation       *s        = simulate(arena, model, NULL, &settings, NULL);
    park_error             err      = {0};
    CHECK(s != NULL && kept.count == 2);
    park_simulate_settings_default(&again);
    again.resume = kept.data[0], again.resume_bytes = kept.bytes[0];
    CHECK(park_simulate(other, NULL, &again, NULL, arena, &s, &err) == PARK_E_RANGE);
    again.output = 1800;
    CHECK(park_simulate(model, NULL, &again, NULL, arena, &s, &err) == PARK_E_RANGE);
    again.output = 3600;
    for (size_t cut = 0; cut < 40; cut++) {
        again.resume_bytes = kept.bytes[0] * cut / 40;
        CHECK(park_simulate(model, NULL, &again, NULL, arena, &s, &err) == PARK_E_RANGE);
    }
    CHECK(strstr(err.message, "checkpoint") != NULL);
    park_arena_free(arena);
}

/* A shelf that is full ends the march with its own failure. */
static void a_failing_keeper_is_told(void)
{
    park_arena            *arena    = park_arena_new();
    park_model            *model    = random_park(arena, 3, (random_park_size){2, 3, 1, 2, 1, 2}, 4);
    shelf                  kept     = {.arena = arena, .count = KEPT};
    park_simulate_settings settings = settings_of(&kept);
    park_simulation       *s;
    park_error             err = {0};
    CHECK(park_simulate(model, NULL, &settings, NULL, arena, &s, &err) == PARK_E_FILE);
    park_arena_free(arena);
}

int main(void)
{
    RUN(marches_taken_up_are_the_same);
    RUN(strange_checkpoints_are_refused);
    RUN(a_failing_keeper_is_told);
    return park_test_done();
}
