/*
 * One test holds both faces of every kind together: the time average of the face at an instant over a season is the
 * average face, to rounding. Every kind of the registry takes part; a new one without a bench here fails the test.
 */
#include "park_fixture.h"

#include "units/sinks/sink.h"
#include "units/sources/source.h"
#include "units/storages/storage.h"
#include "units/treatments/train.h"
#include "units/users/boiler.h"
#include "units/users/cooling_tower.h"
#include "units/users/process.h"

#include "base/random.h"

static const char *const TWO[] = {"COD", "Cl"};

/* February and March 2024, hourly patterns, daily weather, a works calendar with a half day. */
typedef struct stage {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    int32_t       shift, summer; /* patterns */
} stage;

static int32_t drawn(stage *s, uint64_t stream, size_t count, double every, double low, double high)
{
    double     *value  = PARK_ARRAY(s->arena, count, double);
    park_random random = park_random_start(7, stream, 0);
    for (size_t i = 0; i < count; i++)
        value[i] = low + (high - low) * park_random_uniform(&random);
    return park_draft_pattern(
        s->draft, (park_pattern){.kind = PARK_PATTERN_CYCLE, .every = every, .count = count, .value = value});
}

static stage new_stage(void)
{
    static park_span     shut[1];
    static park_calendar works;
    stage                s = {.arena = park_arena_new()};
    s.draft                = draft_with(s.arena, TWO, 2);
    park_findings_init(&s.findings, s.arena);
    period(s.draft, day_start(2024, 2, 1), day_start(2024, 4, 1), PARK_SEASONS_MONTHS);
    s.shift                      = drawn(&s, 1, 24, 3600.0, 0.2, 1.6);
    s.draft->pattern[s.shift].id = "shift";
    s.draft->weather.temperature = drawn(&s, 2, 60, 86400.0, 270.0, 305.0);
    s.draft->weather.humidity    = drawn(&s, 3, 60, 86400.0, 0.4, 1.0);
    s.draft->weather.rain        = drawn(&s, 4, 60 * 24, 3600.0, -4e-7, 4e-7); /* half of the hours are dry */
    double *rain                 = s.draft->pattern[s.draft->weather.rain].value;
    for (size_t i = 0; i < 60 * 24; i++)
        rain[i] = fmax(0.0, (i / 37) % 2 == 0 ? rain[i] : 0.0); /* dry spells end events */
    shut[0]            = (park_span){day_start(2024, 2, 9), day_start(2024, 2, 17) + 43200};
    works              = (park_calendar){"works", shut, 1};
    s.draft->calendar  = &works;
    s.draft->calendars = 1;
    return s;
}

/* ---- a bench for every kind ------------------------------------------------------------------------------------------- */

static void set_source(stage *s, int32_t unit)
{
    park_source *p = params_of(s->draft, unit);
    p->capacity    = (park_series){0.5, s->shift};
    p->inflow      = (park_series){0.02, s->shift};
    p->price       = 2.0;
    p->catchment   = 420000.0;
    p->quality[0] = p->quality[1] = 0.05;
    if (strcmp(s->draft->unit[unit].kind->word, "rain") == 0) {
        p->runoff      = 0.85;
        p->first_flush = 0.003;
    }
}

static void set_user(stage *s, int32_t unit)
{
    const char *word              = s->draft->unit[unit].kind->word;
    s->draft->unit[unit].calendar = 0;
    if (strcmp(word, "process") == 0) {
        park_process *p    = params_of(s->draft, unit);
        p->demand.flow     = (park_series){0.03, s->shift};
        p->loss            = (park_loss){0.1, 0.05, 0.02};
        p->adds[0]         = 0.01;
        p->outlet.fixed[1] = 0.2;
    } else if (strcmp(word, "cooling_tower") == 0) {
        park_cooling_tower *p = params_of(s->draft, unit);
        p->circulation        = (park_series){3.0, s->shift};
        p->range              = 8.0;
        p->evaporation        = PARK_EVAPORATION_PSYCHROMETRIC; /* no product of means */
        p->cycles             = 4.0;
        p->adds[1]            = 0.001;
    } else if (strcmp(word, "boiler") == 0) {
        park_boiler *p       = params_of(s->draft, unit);
        p->steam             = (park_series){16.0, s->shift};
        p->condensate_return = 0.6;
    } else { /* irrigation: area, then depth */
        *(double *)params_of(s->draft, unit) = 120000.0;
        ((park_series *)(void *)((double *)params_of(s->draft, unit) + 1))[0] =
            (park_series){2e-3 / 86400.0, s->shift};
    }
}

static void set_treatment(stage *s, int32_t unit)
{
    if (strcmp(s->draft->unit[unit].kind->word, "train") == 0) {
        static const char *ID[] = {"UF", "BWRO"};
        park_train        *p    = params_of(s->draft, unit);
        park_treatment    *two  = PARK_ARRAY(s->arena, 2, park_treatment);
        for (int i = 0; i < 2; i++) {
            CHECK(park_fields_default(PARK_TREATMENT_FIELDS, &two[i], 2, s->arena) == PARK_OK);
            two[i].recovery     = i == 0 ? 0.92 : 0.75;
            two[i].rejection[0] = 0.9;
        }
        p->stages = (park_named){ID, two, 2};
        return;
    }
    park_treatment *p = params_of(s->draft, unit);
    p->recovery       = 0.9;
    p->removal[0]     = 0.7;
}

static void set_up(stage *s, int32_t unit)
{
    switch (s->draft->unit[unit].role) {
    case PARK_SOURCE:
        set_source(s, unit);
        break;
    case PARK_USER:
        set_user(s, unit);
        break;
    case PARK_TREATMENT:
        set_treatment(s, unit);
        break;
    case PARK_STORAGE:
        ((park_storage *)params_of(s->draft, unit))->volume.max = 30000.0;
        ((park_storage *)params_of(s->draft, unit))->area       = 10000.0;
        break;
    default:
        ((park_sink_params *)params_of(s->draft, unit))->capacity = (park_series){0.4, s->shift};
        ((park_sink_params *)params_of(s->draft, unit))->price    = 1.4;
    }
}

/* ---- the comparison ------------------------------------------------------------------------------------------------------ */

enum { MOST = 256 };

/* The numbers of a map that live in time, in one row. */
static size_t numbers(const park_map *map, double row[MOST])
{
    size_t n = 0;
    for (size_t i = 0; i < map->inlets; i++) {
        row[n++] = map->in_lo[i];
        row[n++] = map->in_hi[i];
    }
    for (size_t k = 0; k < map->outlets; k++) {
        const park_map_outlet *o = &map->outlet[k];
        row[n++] = o->alpha, row[n++] = o->beta, row[n++] = o->lo, row[n++] = o->hi;
        for (size_t c = 0; c < map->constituents; c++)
            row[n++] = o->conc[c], row[n++] = o->share[c], row[n++] = o->per_flow[c], row[n++] = o->load[c];
    }
    for (size_t c = 0; c < map->constituents; c++)
        row[n++] = map->own_conc[c], row[n++] = map->add[c], row[n++] = map->add_per_flow[c],
        row[n++] = map->removed_share[c];
    row[n++] = map->own, row[n++] = map->circulating, row[n++] = map->demand;
    row[n++] = map->opex_in, row[n++] = map->opex_out, row[n++] = map->energy_in, row[n++] = map->energy_out;
    return n;
}

/* Every hour's middle: patterns, weather and the calendar change on whole or half hours at most. */
static void both_faces_agree(stage *s, int32_t unit, int32_t season)
{
    park_error err        = {0};
    park_map  *map        = park_map_new(s->arena, s->draft, unit);
    double     mean[MOST] = {0}, row[MOST], average[MOST];
    size_t     n          = 0;
    double     hours      = 0.0;
    for (int64_t t = s->draft->time.season[season].spans[0].start + 1800;
         t < s->draft->time.season[season].spans[0].end; t += 3600) {
        CHECK(park_unit_at(s->draft, unit, t, map, &err) == PARK_OK);
        n = numbers(map, row);
        for (size_t i = 0; i < n; i++)
            mean[i] += row[i];
        hours += 1.0;
    }
    CHECK(park_unit_average(s->draft, unit, season, map, &err) == PARK_OK);
    CHECK(numbers(map, average) == n);
    for (size_t i = 0; i < n; i++) {
        double got = mean[i] / hours;
        bool   ok =
            isinf(average[i]) ? isinf(got) : fabs(got - average[i]) <= 1e-10 * (1e-6 + fabs(average[i]));
        CHECK(ok);
        if (!ok)
            fprintf(stderr, "  %s season %d number %zu: mean in time %.12g, average face %.12g\n",
                    s->draft->unit[unit].id, (int)season, i, got, average[i]);
    }
}

static void every_kind_keeps_its_faces_together(void)
{
    for (const park_unit_kind *const *kind = park_unit_kinds(); *kind != NULL; kind++) {
        stage   s    = new_stage();
        int32_t unit = park_draft_add(s.draft, *kind, (*kind)->word);
        set_up(&s, unit);
        park_error err = {0};
        CHECK((*kind)->time != NULL && (*kind)->average != NULL);
        bool shaped = park_draft_shape(s.draft, &s.findings, &err) == PARK_OK;
        CHECK(shaped);
        if (!shaped)
            print_findings(&s.findings);
        for (int32_t season = 0; shaped && season < 2; season++)
            both_faces_agree(&s, unit, season);
        if (shaped)
            CHECK((*kind)->time->volume(s.draft, unit, 0.1) >= 0.0);
        park_arena_free(s.arena);
    }
}

/* What the test above compares is alive: a tower's evaporation follows the weather and rests with the works. */
static void the_faces_move_in_time(void)
{
    stage   s    = new_stage();
    int32_t unit = add_unit(s.draft, PARK_USER, "cooling_tower", "tower");
    set_up(&s, unit);
    park_error err = {0};
    CHECK(park_draft_shape(s.draft, &s.findings, &err) == PARK_OK);
    park_map *map = park_map_new(s.arena, s.draft, unit);
    CHECK(park_unit_at(s.draft, unit, day_start(2024, 2, 3) + 1800, map, &err) == PARK_OK);
    double cold = map->outlet[1].beta / map->circulating;
    CHECK(park_unit_at(s.draft, unit, day_start(2024, 2, 5) + 1800, map, &err) == PARK_OK);
    CHECK(cold > 0.0 && map->outlet[1].beta / map->circulating != cold);
    CHECK(park_unit_at(s.draft, unit, day_start(2024, 2, 10), map, &err) == PARK_OK);
    CHECK(map->outlet[1].beta == 0.0 && map->in_lo[0] == 0.0 && map->in_hi[0] == 0.0);
    park_arena_free(s.arena);
}

int main(void)
{
    RUN(every_kind_keeps_its_faces_together);
    RUN(the_faces_move_in_time);
    return park_test_done();
}
