/* What is drawn, and the parks that come of it. */
#include "park_fixture.h"

#include "units/sinks/sink.h"
#include "units/sources/source.h"
#include "units/users/process.h"

#include "design/futures.h"

#include <string.h>

static const char *const NAMES[] = {"COD"};

typedef struct site {
    park_arena    *arena;
    park_draft    *draft;
    park_findings  findings;
    park_error     err;
    park_uncertain uncertain[2];
} site;

static park_change changing(const park_draft *draft, int32_t unit, const char *word, park_change_op op)
{
    for (const park_field *f = draft->unit[unit].kind->fields; f->word != NULL; f++)
        if (strcmp(f->word, word) == 0)
            return (park_change){.unit = unit, .field = f, .offset = f->offset, .constituent = -1, .op = op};
    CHECK(!"the unit has this word");
    exit(1);
}

/* A river of 100 m3/h at most at 1 CNY/m3 and works of 60; demand and price are uncertain. */
static site new_site(park_distribution demand, park_distribution price)
{
    site s = {.arena = park_arena_new()};
    park_findings_init(&s.findings, s.arena);
    s.draft        = draft_with(s.arena, NAMES, 1);
    int32_t      r = add_unit(s.draft, PARK_SOURCE, "surface", "river");
    park_source *o = params_of(s.draft, r);
    o->price = 1.0, o->quality[0] = 0.0;
    int32_t       w = add_unit(s.draft, PARK_USER, "process", "works");
    park_process *p = params_of(s.draft, w);
    p->demand.flow  = (park_series){60.0 * M3_H, -1};
    add_unit(s.draft, PARK_SINK, "outfall", "out");
    s.uncertain[0]      = (park_uncertain){.path   = "users.works.demand",
                                           .change = changing(s.draft, w, "demand", PARK_CHANGE_TIMES),
                                           .law    = demand};
    s.uncertain[1]      = (park_uncertain){.path   = "sources.river.price",
                                           .change = changing(s.draft, r, "price", PARK_CHANGE_SET),
                                           .law    = price};
    s.draft->uncertains = 2, s.draft->robust = PARK_ROBUST_MEAN, s.draft->draw_seed = 1;
    if (!stands(s.draft, &s.findings, false))
        exit(1);
    return s;
}

static park_futures *made(site *s, park_status status)
{
    park_futures *futures = NULL;
    s->draft->uncertain   = s->uncertain;
    CHECK(park_futures_make(s->draft, s->arena, &futures, &s->err) == status);
    return futures;
}

static const double PART[] = {0.5, 1.0}, PRICE[] = {1.0, 2.0, 4.0}, ALIKE[] = {1.0, 1.0, 1.0},
                    ODDS[] = {1.0, 3.0};

static park_distribution listed(const double *value, const double *weight, size_t count)
{
    return (park_distribution){
        .kind = PARK_DISTRIBUTION_DISCRETE, .count = count, .value = value, .weight = weight};
}

/* 2 x 3 values; (1, 1 CNY/m3) is the park as written and keeps its probability 3/4 x 1/3. */
static void short_lists_are_combined_in_full(void)
{
    site          s   = new_site(listed(PART, ODDS, 2), listed(PRICE, ALIKE, 3));
    park_futures *f   = made(&s, PARK_OK);
    double        sum = 0.0, mean = 0.0;
    CHECK(f != NULL && f->count == 6);
    CHECK_CLOSE(f->probability[0], 0.25, 1e-15);
    for (size_t w = 0; w < f->count; w++) {
        sum += f->probability[w], mean += f->probability[w] * f->value[2 * w] / M3_H;
        CHECK(f->model[w]->frozen && f->model[w]->robust == PARK_ROBUST_NONE);
        park_map *map = park_map_new(s.arena, f->model[w], 1);
        CHECK(park_unit_average(f->model[w], 1, 0, map, &s.err) == PARK_OK);
        CHECK_CLOSE(map->in_lo[0], f->value[2 * w], 1e-15);
    }
    CHECK_CLOSE(sum, 1.0, 1e-15);
    CHECK_CLOSE(mean, 60.0 * (0.5 * 0.25 + 0.75), 1e-12);
    park_arena_free(s.arena);
}

/* Every law's parts are met once each; the park as written comes first, with probability 0. */
static void a_hypercube_meets_every_part_once(void)
{
    site s          = new_site((park_distribution){.kind = PARK_DISTRIBUTION_UNIFORM, .min = 0.5, .max = 1.5},
                               (park_distribution){.kind = PARK_DISTRIBUTION_UNIFORM, .min = 1.0, .max = 3.0});
    s.draft->draws  = 10;
    park_futures *f = made(&s, PARK_OK), *again = made(&s, PARK_OK);
    int           met[2][10] = {{0}}, same = 0;
    CHECK(f != NULL && f->count == 11 && f->probability[0] == 0.0);
    CHECK_CLOSE(f->value[0] / M3_H, 60.0, 1e-12);
    CHECK_CLOSE(f->value[1], 1.0, 1e-15);
    for (size_t w = 1; w < f->count; w++) {
        double a = f->value[2 * w] / M3_H / 60.0 - 0.5, b = (f->value[2 * w + 1] - 1.0) / 2.0;
        CHECK_CLOSE(f->probability[w], 0.1, 1e-15);
        CHECK_CLOSE(a * 10.0, floor(a * 10.0) + 0.5, 1e-9); /* the middle of its part */
        met[0][(int)(a * 10.0)]++, met[1][(int)(b * 10.0)]++;
        same += (int)(a * 10.0) == (int)(b * 10.0);
    }
    for (int i = 0; i < 10; i++)
        CHECK(met[0][i] == 1 && met[1][i] == 1);
    CHECK(same < 10); /* in an order of its own */
    CHECK(memcmp(f->value, again->value, 22 * sizeof(double)) == 0);
    s.draft->draw_seed = 2;
    again              = made(&s, PARK_OK);
    CHECK(memcmp(f->value, again->value, 22 * sizeof(double)) != 0);
    park_arena_free(s.arena);
}

static void a_value_out_of_range_is_told(void)
{
    site s = new_site((park_distribution){.kind = PARK_DISTRIBUTION_NORMAL, .mean = 1.0, .sd = 1.0},
                      listed(PRICE, ALIKE, 3));
    (void)made(&s, PARK_E_RANGE); /* a demand below 0 */
    CHECK(strstr(s.err.message, "demand of works would become -") != NULL);
    park_arena_free(s.arena);
}

static void margins_are_those_of_every_future(void)
{
    site          s    = new_site(listed(PART, ODDS, 2), listed(PRICE, ALIKE, 3));
    park_margins *m    = park_margins_new(s.arena, s.draft);
    m->demand_times[0] = 1.25, m->storage_reserve[1] = 7.0;
    const park_margins *wide = m, *none = NULL;
    CHECK(park_margins_repeat(s.arena, &wide, 3) && wide != m && wide->seasons == 3 * m->seasons);
    for (size_t w = 0; w < 3; w++)
        CHECK(wide->demand_times[w * m->seasons * m->inlets] == 1.25);
    CHECK(wide->storage_reserve == m->storage_reserve);
    CHECK(park_margins_repeat(s.arena, &none, 3) && none == NULL);
    park_arena_free(s.arena);
}

int main(void)
{
    RUN(short_lists_are_combined_in_full);
    RUN(a_hypercube_meets_every_part_once);
    RUN(a_value_out_of_range_is_told);
    RUN(margins_are_those_of_every_future);
    return park_test_done();
}
