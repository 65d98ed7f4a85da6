/* Concentrations over a stretch: order, conservation whatever the step, positivity, failures. */
#include "stretch_fixture.h"

#include "simulate/quality.h"

/* A source of 0.1 kg/m3 at 50 m3/h through a user of 5 h and a plant of 1 h. */
static stretch_bench chain(void)
{
    const double  quality = 0.1;
    stretch_bench b       = stretch_new();
    add_source(b.draft, "surface", "river", &quality);
    int32_t user                                        = add_process(b.draft, "user", 50.0 * M3_H, 0.0);
    ((park_process *)params_of(b.draft, user))->holding = 5.0 * 3600.0;
    int32_t plant = add_unit(b.draft, PARK_TREATMENT, "removal", "plant");
    ((park_treatment *)params_of(b.draft, plant))->capacity = (park_range){100.0 * M3_H, 100.0 * M3_H, NAN};
    b.draft->unit[plant].duty                               = PARK_DUTY_WASTE;
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    connect(b.draft, "river", "user");
    connect(b.draft, "user", "plant");
    connect(b.draft, "plant", "out");
    CHECK(stretch_stands(&b));
    park_design *plan = plan_blank(b.arena, b.draft);
    plan_link(plan, "river", "user", 50.0 * M3_H);
    plan_link(plan, "user", "plant", 50.0 * M3_H);
    plan_link(plan, "plant", "out", 50.0 * M3_H);
    stretch_run(&b, plan);
    CHECK(b.layout->rows == 2);
    return b;
}

typedef struct outcome {
    park_status status;
    double      conc[2], mass[2], integral[2];
    uint64_t    steps;
} outcome;

static outcome march(stretch_bench *b, double tolerance, double span, double start)
{
    outcome       o   = {.status = PARK_OK};
    park_error    err = {0};
    park_quality *q;
    double        volume[2];
    for (int r = 0; r < 2; r++) {
        volume[r] = b->layout->hold[b->layout->row_unit[r]];
        o.conc[r] = start;
        o.mass[r] = start * volume[r];
    }
    CHECK(park_quality_new(b->arena, b->layout, tolerance, &q, &err) == PARK_OK);
    o.status =
        park_quality_march(q, b->rates, 0.0, span, volume, o.mass, o.conc, o.integral, NULL, NULL, &err);
    o.steps = park_quality_counted(q).steps;
    CHECK((o.status == PARK_OK) == (err.message[0] == '\0'));
    return o;
}

/* C = 0.1 + 0.9 exp(-t / 5 h) in the first volume after ten hours from 1 kg/m3. */
static void error_follows_the_tolerance(void)
{
    stretch_bench b    = chain();
    double        want = 0.1 + 0.9 * exp(-2.0), before = INFINITY;
    uint64_t      steps       = 0;
    const double  tolerance[] = {1e-3, 1e-5, 1e-7, 1e-9};
    for (int i = 0; i < 4; i++) {
        outcome o     = march(&b, tolerance[i], 36000.0, 1.0);
        double  error = fabs(o.conc[0] - want);
        CHECK(o.status == PARK_OK && error < tolerance[i] && error < before);
        CHECK(o.steps > steps);
        before = error;
        steps  = o.steps;
    }
    park_arena_free(b.arena);
}

/* A tolerance that lets everything pass, a thousand residence times: still nothing is lost and nothing below zero. */
static void mass_is_kept_whatever_the_step(void)
{
    stretch_bench b    = chain();
    double        flow = 50.0 * M3_H;
    for (int i = 0; i < 6; i++) {
        double  span = 3600.0 * pow(10.0, i);
        outcome o    = march(&b, 0.9, span, 1.0);
        double  held = 1.0 * (b.layout->hold[b.layout->row_unit[0]]);
        CHECK(o.status == PARK_OK && o.conc[0] >= 0.0 && o.conc[1] >= 0.0);
        double residual = held + 0.1 * flow * span - flow * o.integral[0] - o.mass[0];
        CHECK_CLOSE(residual, 0.0, 1e-12 * (held + 0.1 * flow * span));
    }
    park_arena_free(b.arena);
}

static void failures_are_told(void)
{
    stretch_bench b = chain();
    park_quality *q;
    CHECK(park_quality_new(b.arena, b.layout, 0.0, &q, NULL) == PARK_E_RANGE);
    b.rates->source[0] = NAN;
    CHECK(march(&b, 1e-6, 3600.0, 1.0).status == PARK_E_NUMERIC);
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(error_follows_the_tolerance);
    RUN(mass_is_kept_whatever_the_step);
    RUN(failures_are_told);
    return park_test_done();
}
