/* Fronts by hand: a kinked line of two reclaimed waters, a step of a retrofit, no conflict, infeasible parks, limits. */
#include "park_fixture.h"

#include "units/sinks/sink.h"
#include "units/sources/source.h"
#include "units/users/process.h"

#include "design/solve.h"

static const char *const NAMES[] = {"COD"};
static const double      HOURS   = 8760.0;

typedef struct bench {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    park_error    err;
} bench;

static bench bench_new(park_objective_kind first, park_objective_kind second, int32_t points)
{
    bench b = {.arena = park_arena_new()};
    park_findings_init(&b.findings, b.arena);
    b.draft                  = draft_with(b.arena, NAMES, 1);
    b.draft->candidates      = PARK_CANDIDATES_ALL;
    b.draft->economics.hours = HOURS * 3600.0;
    b.draft->objectives      = 2;
    b.draft->objective[0] = first, b.draft->objective[1] = second;
    b.draft->front_points = points;
    return b;
}

static void source(bench *b, const char *kind, const char *id, double price, double capacity)
{
    park_source *s = params_of(b->draft, add_unit(b->draft, PARK_SOURCE, kind, id));
    s->price       = price;
    s->quality[0]  = 0.0;
    s->capacity    = (park_series){capacity * M3_H, -1};
}

static park_process *process(bench *b, const char *id, double flow, double adds, double limit)
{
    park_process *p = params_of(b->draft, add_unit(b->draft, PARK_USER, "process", id));
    p->demand.flow  = (park_series){flow * M3_H, -1};
    p->adds[0]      = adds * KG_H;
    p->inlet[0]     = limit * MG_L;
    return p;
}

static park_design *solved_within(bench *b, const park_design_settings *settings)
{
    park_design *design = NULL;
    if (!b->draft->frozen && !stands(b->draft, &b->findings, false)) {
        CHECK(!"the park stands");
        exit(1);
    }
    CHECK(park_design_solve(b->draft, settings, b->arena, &design, &b->findings, &b->err) == PARK_OK);
    CHECK_TEXT(b->err.message, "");
    if (design == NULL)
        exit(1);
    return design;
}

static park_design *solved(bench *b)
{
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.gap = 1e-4, settings.time_limit = 60.0;
    return solved_within(b, &settings);
}

/* 100 m3/h of river water at 1 CNY/m3, or reclaimed water: 40 m3/h at 1.5, 40 more at 5. The user takes clean water only.
 * Per hour: (100, 100) - (60, 120) - (20, 280), straight between. */
static bench two_waters(park_objective_kind first, park_objective_kind second, int32_t points)
{
    bench b = bench_new(first, second, points);
    source(&b, "surface", "river", 1.0, INFINITY);
    source(&b, "reclaimed", "city", 1.5, 40.0);
    source(&b, "reclaimed", "desalted", 5.0, 40.0);
    process(&b, "works", 100.0, 1.0, 0.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    return b;
}

static double cost_of(double fresh)
{
    return fresh >= 60.0 ? fresh + 1.5 * (100.0 - fresh) : fresh + 60.0 + 5.0 * (60.0 - fresh);
}

static double fresh_of(double cost)
{
    return cost <= 120.0 ? 100.0 - 2.0 * (cost - 100.0) : 60.0 - (cost - 120.0) / 4.0;
}

static void sound(const park_front *f)
{
    for (size_t i = 0; i < f->points; i++) {
        const park_front_point *p = &f->point[i];
        CHECK(p->status == PARK_DESIGN_OPTIMAL);
        CHECK(p->gap[0] <= 1e-4 && p->gap[1] <= 1e-4);
        CHECK(p->bound[0] <= p->value[0] && p->bound[1] <= p->value[1]);
        CHECK(p->value[0] <= p->most * (1.0 + 2e-6));
        CHECK(p->design->closure.water <= 1e-9);
        CHECK(i == 0 || (p->value[0] > p[-1].value[0] && p->value[1] < p[-1].value[1]));
    }
}

static void a_kinked_front_lies_on_its_line(void)
{
    bench             b = two_waters(PARK_MIN_FRESH_WATER, PARK_MIN_COST, 5);
    park_design      *d = solved(&b);
    const park_front *f = d->front;
    CHECK(f != NULL && f->points == 5 && f->dominated == 0 && f->missing == 0);
    sound(f);
    for (size_t i = 0; i < f->points; i++) {
        double fresh = 20.0 + 20.0 * (double)i;
        CHECK_CLOSE(f->point[i].value[0], fresh * HOURS, 1e-4 * fresh * HOURS);
        CHECK_CLOSE(f->point[i].value[1], cost_of(f->point[i].value[0] / HOURS) * HOURS, 2.0);
        CHECK_CLOSE(f->point[i].design->yearly_cost, f->point[i].value[1], 1e-3);
    }
    CHECK(f->knee == 2 && f->chosen == 2);
    CHECK_TEXT(f->unit[0], "m3/a");
    CHECK_TEXT(f->unit[1], "CNY/a");
    CHECK(d->objective_kind == PARK_MIN_COST && d->status == PARK_DESIGN_OPTIMAL);
    CHECK_CLOSE(d->objective, 120.0 * HOURS, 1e-5 * d->objective);
    CHECK_CLOSE(d->link_flow[link_between(d->model, "city", "works")] / M3_H, 40.0, 1e-2);
    park_arena_free(b.arena);
}

/* The other way round the steps are of the cost: 100, 160, 220, 280 CNY/h; fresh water by the inverse of the line. */
static void objectives_may_change_places(void)
{
    bench             b = two_waters(PARK_MIN_COST, PARK_MIN_FRESH_WATER, 4);
    park_design      *d = solved(&b);
    const park_front *f = d->front;
    CHECK(f != NULL && f->points == 4);
    sound(f);
    for (size_t i = 0; i < f->points; i++) {
        double cost = 100.0 + 60.0 * (double)i;
        CHECK_CLOSE(f->point[i].value[0], cost * HOURS, 1e-4 * cost * HOURS);
        CHECK_CLOSE(f->point[i].value[1], fresh_of(f->point[i].value[0] / HOURS) * HOURS, 20.0);
    }
    CHECK(f->knee == 1); /* (160, 50): 2/3 - 3/8 from the corner's line; (220, 35): 1/3 - 3/16 */
    CHECK_TEXT(d->unit, "m3/a");
    park_arena_free(b.arena);
}

/* One reclaimed water: a straight line has no knee, and the least of the first objective is handed back. */
static void a_straight_front_has_no_knee(void)
{
    bench b = bench_new(PARK_MIN_FRESH_WATER, PARK_MIN_COST, 4);
    source(&b, "surface", "river", 1.0, INFINITY);
    source(&b, "reclaimed", "city", 1.5, 40.0);
    process(&b, "works", 100.0, 1.0, 0.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    park_design *d = solved(&b);
    CHECK(d->front != NULL && d->front->points == 4 && d->front->knee == -1 && d->front->chosen == 0);
    CHECK_CLOSE(d->objective, 120.0 * HOURS, 2.0);
    park_arena_free(b.arena);
}

/* Cheap reclaimed water spares both: one point, nothing else is looked for. */
static void objectives_that_agree_make_one_point(void)
{
    bench b = bench_new(PARK_MIN_FRESH_WATER, PARK_MIN_COST, 9);
    source(&b, "surface", "river", 2.0, INFINITY);
    source(&b, "reclaimed", "city", 1.0, 40.0);
    process(&b, "works", 100.0, 1.0, 0.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    park_design *d = solved(&b);
    CHECK(d->front != NULL && d->front->points == 1 && d->front->knee == -1 && d->front->missing == 0);
    CHECK_CLOSE(d->front->point[0].value[0], 60.0 * HOURS, 1.0);
    CHECK_CLOSE(d->front->point[0].value[1], 160.0 * HOURS, 1.0);
    park_arena_free(b.arena);
}

/* A drains 100 m3/h at 100 mg/L; b takes 40 of it, or all of its 50 after a retrofit of 3e-3 CNY/s: 110 m3/h or 100. Five
 * points are asked for, two are different. */
static void points_of_a_step_are_dropped(void)
{
    bench b = bench_new(PARK_MIN_FRESH_WATER, PARK_MIN_COST, 5);
    source(&b, "surface", "river", 1.0, INFINITY);
    process(&b, "a", 100.0, 10.0, 0.0);
    process(&b, "b", 50.0, 10.0, 80.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    park_change   change   = {.unit = 2, .constituent = 0, .op = PARK_CHANGE_SET, .value = 100.0 * MG_L};
    park_retrofit retrofit = {
        .id = "tolerant", .applies_to = 2, .changes = 1, .change = &change, .opex = 3e-3, .life = NAN};
    for (const park_field *f = b.draft->unit[2].fields; f->word != NULL; f++)
        if (strcmp(f->word, "inlet") == 0)
            change.field = f, change.offset = f->offset;
    b.draft->retrofit      = &retrofit;
    b.draft->retrofits     = 1;
    park_design      *d    = solved(&b);
    const park_front *f    = d->front;
    double            opex = 3e-3 * 31536000.0;
    CHECK(f != NULL && f->points == 2 && f->dominated == 3 && f->knee == -1);
    sound(f);
    CHECK_CLOSE(f->point[0].value[0], 100.0 * HOURS, 1.0);
    CHECK_CLOSE(f->point[0].value[1], 100.0 * HOURS + opex, 2.0);
    CHECK(f->point[0].design->retrofit[0] && !f->point[1].design->retrofit[0]);
    CHECK_CLOSE(f->point[1].value[0], 110.0 * HOURS, 1.0);
    CHECK_CLOSE(f->point[1].value[1], 110.0 * HOURS, 1.0);
    park_arena_free(b.arena);
}

/* 100 m3/h are asked for, 70 can be had. */
static void an_infeasible_park_has_no_front(void)
{
    bench b = bench_new(PARK_MIN_FRESH_WATER, PARK_MIN_COST, 5);
    source(&b, "surface", "river", 1.0, 30.0);
    source(&b, "reclaimed", "city", 1.5, 40.0);
    process(&b, "works", 100.0, 1.0, 0.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    park_design *d = solved(&b);
    CHECK(d->status == PARK_DESIGN_INFEASIBLE && d->front == NULL && d->link_flow == NULL);
    CHECK(d->conflicts > 0);
    park_arena_free(b.arena);
}

/* With one iteration there is the first end, whose first plan takes what it takes. Without any time the first solve's design is
 * all there is. */
static void limits_end_a_front_early(void)
{
    bench                b = two_waters(PARK_MIN_FRESH_WATER, PARK_MIN_COST, 5);
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.work_limit = 1;
    park_design *d      = solved_within(&b, &settings);
    CHECK(d->front != NULL && d->front->missing == 4 && d->front->points == 1);
    CHECK(d->status == PARK_DESIGN_LIMIT_FEASIBLE && d->front->knee == -1);
    CHECK_CLOSE(d->objective, 280.0 * HOURS, 1e-4 * d->objective);
    settings.work_limit = 0, settings.time_limit = 0.0;
    d = solved_within(&b, &settings);
    CHECK(d->status == PARK_DESIGN_LIMIT_FEASIBLE || d->status == PARK_DESIGN_LIMIT_NO_SOLUTION);
    CHECK(d->front == NULL || (d->front->missing == 4 && d->front->points == 1));
    park_arena_free(b.arena);
}

static void a_front_needs_two_objectives(void)
{
    bench                b = two_waters(PARK_MIN_FRESH_WATER, PARK_MIN_COST, 5);
    park_design         *d = NULL;
    park_design_settings settings;
    park_design_settings_default(&settings);
    b.draft->objectives = 1;
    CHECK(stands(b.draft, &b.findings, false));
    CHECK(park_design_solve(b.draft, &settings, b.arena, &d, &b.findings, &b.err) == PARK_E_RANGE);
    park_arena_free(b.arena);
}

/* In any order: b is bettered in both by a, c equals a's second with more of the first, e is d but for rounding. */
static void what_another_betters_goes(void)
{
    enum { a, b, c, d, e, f, COUNT };
    static const double V[COUNT][2]    = {{10, 50}, {12, 60}, {15, 50}, {20, 30}, {20 + 1e-7, 30 - 1e-7},
                                          {30, 29}};
    static const int    ORDER[][COUNT] = {{a, b, c, d, e, f}, {f, e, d, c, b, a}, {c, e, a, f, b, d}};
    for (size_t k = 0; k < 3; k++) {
        park_front_point point[COUNT] = {{.gap = {0.0, 0.0}}};
        for (size_t i = 0; i < COUNT; i++)
            point[i].value[0] = V[ORDER[k][i]][0], point[i].value[1] = V[ORDER[k][i]][1];
        CHECK(park_front_undominated(point, COUNT) == 3);
        CHECK(point[0].value[0] == 10.0 && point[1].value[0] == 20.0 && point[2].value[0] == 30.0);
        /* (20, 30) over the spans 20 and 21: 1 - 1/2 - 1/21 > 0 */
        CHECK(park_front_knee(point, 3) == 1);
        point[1].value[1] = 39.5; /* on the line */
        CHECK(park_front_knee(point, 3) == -1);
        point[1].value[1] = 45.0; /* beyond it */
        CHECK(park_front_knee(point, 3) == -1);
        CHECK(park_front_knee(point, 2) == -1 && park_front_knee(point, 1) == -1);
    }
}

/* Bounds of the second objective by rising ceilings; the middle one gives way to the last, the first is the best already. */
static void bounds_hold_at_lower_ceilings(void)
{
    static const double GIVEN[3][3] = {{9.0, 5.0, 7.0}, {NAN, NAN, 4.0}, {3.0, NAN, NAN}},
                        WANT[3][3]  = {{9.0, 7.0, 7.0}, {4.0, 4.0, 4.0}, {3.0, NAN, NAN}};
    for (size_t k = 0; k < 3; k++) {
        park_front_point point[3];
        for (size_t i = 0; i < 3; i++)
            point[i] = (park_front_point){.bound = {1.0, GIVEN[k][i]}, .most = (double)i};
        park_front_carry(point, 3);
        for (size_t i = 0; i < 3; i++)
            CHECK(point[i].bound[1] == WANT[k][i] || (isnan(point[i].bound[1]) && isnan(WANT[k][i])));
    }
}

static void the_same_bits_on_any_number_of_threads(void)
{
    bench                b = two_waters(PARK_MIN_FRESH_WATER, PARK_MIN_COST, 6);
    park_design_settings settings;
    park_design_settings_default(&settings);
    const park_front *first = solved_within(&b, &settings)->front;
    for (int threads = 1; threads <= 2; threads++) {
        settings.threads       = threads;
        const park_front *then = solved_within(&b, &settings)->front;
        CHECK(first != NULL && then != NULL && first->points == then->points && first->knee == then->knee);
        for (size_t i = 0; i < first->points; i++) {
            const park_front_point *p = &first->point[i], *q = &then->point[i];
            CHECK(memcmp(p->value, q->value, sizeof p->value) == 0);
            CHECK(memcmp(p->bound, q->bound, sizeof p->bound) == 0);
            CHECK(memcmp(p->design->link_flow, q->design->link_flow, b.draft->links * sizeof(double)) == 0);
        }
    }
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(a_kinked_front_lies_on_its_line);
    RUN(objectives_may_change_places);
    RUN(a_straight_front_has_no_knee);
    RUN(objectives_that_agree_make_one_point);
    RUN(points_of_a_step_are_dropped);
    RUN(an_infeasible_park_has_no_front);
    RUN(limits_end_a_front_early);
    RUN(a_front_needs_two_objectives);
    RUN(what_another_betters_goes);
    RUN(bounds_hold_at_lower_ceilings);
    RUN(the_same_bits_on_any_number_of_threads);
    return park_test_done();
}
