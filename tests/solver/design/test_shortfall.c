/* By how much a statement alone would have to give, in the unit its user wrote: by hand. */
#include "bench_park.h"

#include "design/shortfall.h"
#include "design/solve.h"

static const park_conflict_line *line_of(const park_design *d, const char *path)
{
    for (size_t i = 0; i < d->conflicts; i++)
        if (strcmp(d->model->statement[d->conflict[i].statement].path, path) == 0)
            return &d->conflict[i];
    fprintf(stderr, "no statement %s among %zu\n", path, d->conflicts);
    CHECK(!"the statement takes part");
    exit(1);
}

static park_design *without_a_plan(bench *b)
{
    park_design *d = bench_solve(b, 1e-4);
    CHECK(d->status == PARK_DESIGN_INFEASIBLE && d->conflicts > 0);
    double missed = 0.0;
    for (size_t i = 0; i < d->conflicts; i++) {
        CHECK(!(d->conflict[i].missed < 0.0) && !(d->conflict[i].relaxation < 0.0));
        missed = fmax(missed, d->conflict[i].missed);
    }
    CHECK(missed > 0.0); /* somewhere it fails by something */
    return d;
}

/* B may take 40 of 150 m3/h as used water at 80 mg/L. For 30 % it would have to take 45 of A's 100 mg/L in its 50 m3/h: 90
 * mg/L, 10 more; or the rate gives 3.33 points. */
static void a_rate_in_points_and_a_limit_in_milligrams(void)
{
    bench b = bench_cascade();
    bench_aim(&b, "reuse_rate", 0.3, INFINITY);
    park_design *d = without_a_plan(&b);
    CHECK_CLOSE(line_of(d, "targets.reuse_rate")->relaxation, 0.3 - 40.0 / 150.0, 1e-4);
    CHECK_CLOSE(line_of(d, "targets.reuse_rate")->asked, 0.3, 1e-12);
    CHECK_CLOSE(line_of(d, "users.b.inlet.COD")->relaxation, 10.0 * MG_L, 0.05 * MG_L);
    park_arena_free(b.arena);
}

/* 20 kg/h in the 150 m3/h that leave when nothing is used twice: 133.33 mg/L where 50 may be. */
static void a_discharge(void)
{
    bench b = bench_new();
    bench_river(&b, "river", 1.0);
    bench_process(&b, "a", 100.0, 10.0, 0.0);
    bench_process(&b, "b", 50.0, 10.0, 0.0);
    bench_outfall(&b, "out", 0.0, 50.0);
    park_design *d = without_a_plan(&b);
    CHECK_CLOSE(line_of(d, "sinks.out.limits.COD")->relaxation, (20e3 / 150.0 - 50.0) * MG_L, 0.1 * MG_L);
    park_arena_free(b.arena);
}

/* A works that adds 10 kg/h to 100 m3/h and may drain 60 mg/L drains 100. */
static void an_outlet(void)
{
    bench b = bench_new();
    bench_river(&b, "river", 1.0);
    bench_process(&b, "a", 100.0, 10.0, NAN)->outlet.max[COD] = 60.0 * MG_L;
    bench_outfall(&b, "out", 0.0, NAN);
    park_design *d = without_a_plan(&b);
    CHECK_CLOSE(line_of(d, "users.a.outlet.COD")->relaxation, 40.0 * MG_L, 0.05 * MG_L);
    park_arena_free(b.arena);
}

/* An intake of at most 100 m3/h where 110 are the least: 50 - 40 of B, 100 of A; a flow is told as before, per year. */
static void a_volume(void)
{
    bench b = bench_cascade();
    bench_aim(&b, "intake", -INFINITY, 100.0 * M3_H);
    b.draft->target[0].dim = PARK_DIM_FLOW;
    park_design *d         = without_a_plan(&b);
    CHECK_CLOSE(line_of(d, "targets.intake")->relaxation, 10.0 * M3_H, 0.02 * M3_H);
    park_arena_free(b.arena);
}

/* A point that keeps everything misses nothing; what is neither a quality nor a target is not judged here. */
static void a_plan_misses_nothing(void)
{
    bench b = bench_cascade();
    bench_aim(&b, "reuse_rate", 0.2, INFINITY);
    park_design         *d = bench_solve(&b, 1e-5);
    park_design_settings settings;
    park_formulation    *f;
    park_design_settings_default(&settings);
    CHECK(park_solve_formulate(d->model, &settings, b.arena, &f, &b.err) == PARK_OK);
    double *x     = park_solve_start(f, d);
    size_t  other = 0;
    CHECK(x != NULL);
    for (size_t k = 0; x != NULL && k < f->program.statements; k++) {
        park_spoken spoken = park_spoken_of(f, (int32_t)k);
        double      missed = park_shortfall(f, (int32_t)k, x);
        if (spoken.quality || spoken.target >= 0) {
            CHECK(!(missed > 1e-7));
        } else {
            CHECK(isnan(missed));
            other++;
        }
        CHECK(isnan(park_shortfall(f, (int32_t)k, NULL)));
    }
    CHECK(other > 0);
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(a_rate_in_points_and_a_limit_in_milligrams);
    RUN(a_discharge);
    RUN(an_outlet);
    RUN(a_volume);
    RUN(a_plan_misses_nothing);
    return park_test_done();
}
