/* A copy of a frozen park is changed; the park itself stays as it was. */
#include "park_fixture.h"

#include "units/sources/source.h"
#include "units/users/cooling_tower.h"
#include "units/users/process.h"

static const char *const TWO[] = {"COD", "Cl"};
enum { COD, CL };

typedef struct site {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    int32_t       river, wash, tower;
    park_change   change[4];
    park_retrofit retrofit;
} site;

static const park_field *row(const park_draft *draft, int32_t unit, const char *word)
{
    for (const park_field *f = draft->unit[unit].fields; f->word != NULL; f++)
        if (strcmp(f->word, word) == 0)
            return f;
    return NULL;
}

static void new_site(site *s)
{
    *s       = (site){.arena = park_arena_new()};
    s->draft = draft_with(s->arena, TWO, 2);
    park_findings_init(&s->findings, s->arena);
    s->river = add_unit(s->draft, PARK_SOURCE, "surface", "river");
    s->wash  = add_unit(s->draft, PARK_USER, "process", "wash");
    s->tower = add_unit(s->draft, PARK_USER, "cooling_tower", "tower");
    add_unit(s->draft, PARK_SINK, "outfall", "outfall");
    ((park_source *)params_of(s->draft, s->river))->quality[COD] = 0.01;
    ((park_source *)params_of(s->draft, s->river))->quality[CL]  = 0.05;
    park_process *wash                                           = params_of(s->draft, s->wash);
    wash->demand.flow                                            = (park_series){0.01, -1};
    wash->inlet[COD]                                             = 0.05;
    park_cooling_tower *tower                                    = params_of(s->draft, s->tower);
    tower->circulation                                           = (park_series){3.0, -1};
    tower->range                                                 = 8.0;
    tower->circulating_limits[CL]                                = 0.7;
    s->retrofit         = (park_retrofit){.id = "high_cycles", .changes = 1, .change = s->change};
    s->draft->retrofit  = &s->retrofit;
    s->draft->retrofits = 1;
}

static park_change change(const site *s, int32_t unit, const char *word, int32_t constituent,
                          park_change_op op, double value)
{
    const park_field *field = row(s->draft, unit, word);
    return (park_change){.unit        = unit,
                         .field       = field,
                         .offset      = field->offset,
                         .constituent = constituent,
                         .op          = op,
                         .value       = value};
}

static double chloride_limit(site *s, const park_model *model)
{
    park_error err;
    park_map  *map = park_map_new(s->arena, model, s->tower);
    CHECK(park_unit_average(model, s->tower, 0, map, &err) == PARK_OK);
    return map->outlet[0].limit[CL];
}

static void a_retrofit_changes_the_copy_alone(void)
{
    site       s;
    park_error err;
    new_site(&s);
    CHECK(stands(s.draft, &s.findings, false));
    size_t links       = s.draft->links;
    s.change[0]        = change(&s, s.tower, "circulating_limits", CL, PARK_CHANGE_SET, 1.0);
    s.change[1]        = change(&s, s.wash, "demand", -1, PARK_CHANGE_TIMES, 0.8);
    s.change[2]        = change(&s, s.wash, "inlet", COD, PARK_CHANGE_ADD, 0.03);
    s.change[3]        = change(&s, s.tower, "range", -1, PARK_CHANGE_ADD, 2.0);
    s.retrofit.changes = 4;
    park_draft *copy   = park_draft_copy(s.arena, s.draft);
    CHECK(copy != NULL && !copy->frozen);
    CHECK(park_draft_retrofit(copy, 0, &err) == PARK_OK);
    CHECK(park_model_freeze(copy, &s.findings, &err) == PARK_OK);
    CHECK_CLOSE(chloride_limit(&s, copy), 1.0, 1e-15);
    CHECK_CLOSE(chloride_limit(&s, s.draft), 0.7, 1e-15);
    CHECK_CLOSE(((const park_process *)copy->unit[s.wash].params)->demand.flow.base, 0.008, 1e-15);
    CHECK(((const park_process *)s.draft->unit[s.wash].params)->demand.flow.base == 0.01);
    CHECK_CLOSE(copy->inlet[park_model_inlet(copy, "wash")].limit[COD], 0.08, 1e-15);
    CHECK_CLOSE(s.draft->inlet[park_model_inlet(s.draft, "wash")].limit[COD], 0.05, 1e-15);
    CHECK(copy->links == links && s.draft->links == links);
    park_arena_free(s.arena);
}

static void a_change_out_of_range_is_refused(void)
{
    site       s;
    park_error err;
    new_site(&s);
    CHECK(stands(s.draft, &s.findings, false));
    s.change[0] = change(&s, s.tower, "range", -1, PARK_CHANGE_ADD, -9.0);
    CHECK(park_draft_retrofit(park_draft_copy(s.arena, s.draft), 0, &err) == PARK_E_RANGE);
    CHECK(strstr(err.message, "range of tower would become -1") != NULL);
    s.change[0] = change(&s, s.tower, "circulating_limits", COD, PARK_CHANGE_TIMES, 2.0); /* none is given */
    CHECK(park_draft_retrofit(park_draft_copy(s.arena, s.draft), 0, &err) == PARK_E_RANGE);
    s.change[0] = change(&s, s.tower, "accepts", -1, PARK_CHANGE_SET, 2.0);
    CHECK(park_draft_retrofit(park_draft_copy(s.arena, s.draft), 0, &err) == PARK_E_RANGE);
    park_arena_free(s.arena);
}

/* Values that only contradict each other once put together are told by the unit's own check. */
static void a_contradiction_between_values_is_refused(void)
{
    site       s;
    park_error err;
    new_site(&s);
    CHECK(stands(s.draft, &s.findings, false));
    const park_field *loss = row(s.draft, s.wash, "loss");
    s.change[0]            = (park_change){.unit        = s.wash,
                                           .field       = &loss->record[0],
                                           .offset      = loss->offset + loss->record[0].offset,
                                           .constituent = -1,
                                           .op          = PARK_CHANGE_SET,
                                           .value       = 0.7};
    s.change[1]            = (park_change){.unit        = s.wash,
                                           .field       = &loss->record[1],
                                           .offset      = loss->offset + loss->record[1].offset,
                                           .constituent = -1,
                                           .op          = PARK_CHANGE_SET,
                                           .value       = 0.7};
    s.retrofit.changes     = 2;
    CHECK(park_draft_retrofit(park_draft_copy(s.arena, s.draft), 0, &err) == PARK_E_RANGE);
    CHECK(strstr(err.message, "140 %") != NULL);
    park_arena_free(s.arena);
}

static void memory_that_runs_out_is_told(void)
{
    site       s;
    park_error err;
    new_site(&s);
    CHECK(stands(s.draft, &s.findings, false));
    s.change[0]        = change(&s, s.tower, "range", -1, PARK_CHANGE_SET, 9.0);
    park_arena *second = park_arena_new();
    for (size_t n = 1; n < 60; n++) {
        park_arena_fail_after(second, n);
        park_draft *copy = park_draft_copy(second, s.draft);
        if (copy == NULL)
            continue;
        park_status status = park_draft_retrofit(copy, 0, &err);
        CHECK(status == PARK_E_MEMORY || status == PARK_OK);
    }
    park_arena_free(second);
    park_arena_free(s.arena);
}

int main(void)
{
    RUN(a_retrofit_changes_the_copy_alone);
    RUN(a_change_out_of_range_is_refused);
    RUN(a_contradiction_between_values_is_refused);
    RUN(memory_that_runs_out_is_told);
    return park_test_done();
}
