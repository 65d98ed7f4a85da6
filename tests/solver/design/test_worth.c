/* What statements are worth, by hand; and statements moved. */
#include "bench_park.h"

static park_worth *judged(bench *b, const park_design *d)
{
    park_worth_settings settings;
    park_worth         *worth = NULL;
    park_worth_settings_default(&settings);
    CHECK(park_design_worth(d, &settings, b->arena, &worth, &b->err) == PARK_OK);
    CHECK_TEXT(b->err.message, "");
    if (worth == NULL)
        exit(1);
    CHECK(worth->reproducible && worth->complete);
    CHECK_CLOSE(worth->base, d->objective, 1e-6 * d->objective);
    return worth;
}

static const park_worth_line *line_of(const park_worth *worth, const char *path)
{
    for (size_t i = 0; i < worth->lines; i++)
        if (strcmp(worth->line[i].path, path) == 0)
            return &worth->line[i];
    fprintf(stderr, "no line %s\n", path);
    for (size_t i = 0; i < worth->lines; i++)
        fprintf(stderr, "  %s %g %g %g\n", worth->line[i].path, worth->line[i].looser, worth->line[i].tighter,
                worth->line[i].dual);
    CHECK(!"the statement has a line");
    exit(1);
}

/* 100 m3/h, 60 of them from a river at 1 CNY/m3, the rest from one at 3: one m3/h more saves 2 CNY/h, either way, and by
 * the dual; it holds at 8 m3/h, the farthest that is tried. */
static void a_capacity_is_worth_the_difference_of_prices(void)
{
    bench b                                = bench_new();
    bench_river(&b, "near", 1.0)->capacity = (park_series){60.0 * M3_H, -1};
    bench_river(&b, "far", 3.0);
    bench_process(&b, "works", 100.0, 5.0, NAN);
    bench_outfall(&b, "out", 0.0, NAN);
    park_design           *d     = bench_solve(&b, 1e-6);
    park_worth            *worth = judged(&b, d);
    const park_worth_line *line  = line_of(worth, "sources.near.capacity");
    CHECK(worth->lines == 1 && worth->stationary);
    CHECK(line->of == PARK_WORTH_FLOW && line->seasons == 1 && !line->lower);
    CHECK_CLOSE(line->asked, 60.0 * M3_H, 1e-12);
    CHECK_CLOSE(line->looser, 2.0 * HOURS, 1e-3);
    CHECK_CLOSE(line->tighter, 2.0 * HOURS, 1e-3);
    CHECK_CLOSE(line->dual, 2.0 * HOURS, 1e-3);
    CHECK_CLOSE(line->holds, 8.0 * M3_H, 1e-9);
    park_arena_free(b.arena);
}

/* B takes 50 L/100 m3/h of used water at the limit L: half a m3/h, 4380 CNY/a, for each mg/L. */
static void a_limit_is_worth_the_water_it_keeps_out(void)
{
    bench                  b     = bench_cascade();
    park_worth            *worth = judged(&b, bench_solve(&b, 1e-6));
    const park_worth_line *line  = line_of(worth, "users.b.inlet.COD");
    CHECK(line == &worth->line[0] && line->of == PARK_WORTH_CONC);
    CHECK_CLOSE(line->asked, 80.0 * MG_L, 1e-12);
    CHECK_CLOSE(line->looser, 0.5 * HOURS, 1e-2);
    CHECK_CLOSE(line->tighter, 0.5 * HOURS, 1e-2);
    CHECK_CLOSE(line->dual, 0.5 * HOURS, 1e-2);
    park_arena_free(b.arena);
}

/* The repair loop's margin of a half: the plan keeps 40 mg/L, but the user's number is 80, and one mg/L more of it brings
 * half of what it brings without. */
static void margins_are_counted_from_the_users_number(void)
{
    bench b = bench_cascade();
    CHECK(stands(b.draft, &b.findings, false));
    park_margins        *margins = park_margins_new(b.arena, b.draft);
    park_design_settings settings;
    park_worth_settings  how;
    park_design         *d                                                                  = NULL;
    park_worth          *worth                                                              = NULL;
    margins->inlet_limit_times[(size_t)park_model_inlet(b.draft, "b") * CONSTITUENTS + COD] = 0.5;
    park_design_settings_default(&settings);
    settings.margins = margins, settings.gap = 1e-6;
    CHECK(park_design_solve(b.draft, &settings, b.arena, &d, &b.findings, &b.err) == PARK_OK);
    park_worth_settings_default(&how);
    how.margins = margins;
    CHECK(park_design_worth(d, &how, b.arena, &worth, &b.err) == PARK_OK);
    const park_worth_line *line = line_of(worth, "users.b.inlet.COD");
    CHECK_CLOSE(line->asked, 80.0 * MG_L, 1e-12);
    CHECK_CLOSE(line->looser, 0.25 * HOURS, 1e-2);
    CHECK_CLOSE(line->dual, 0.25 * HOURS, 1e-2);
    park_arena_free(b.arena);
}

/* 150 m3/h, 30 of them used water at 3 CNY/m3 instead of the river's 1: a point of reuse rate is 1.5 m3/h, 3 CNY/h. At 50 % no
 * plan stands: b may take 40 of 150, so 23.33 points must be given, and 40 m3/h of reuse then cost 110 + 120 CNY/h. */
static bench with_rate(double rate)
{
    bench b = bench_cascade();
    park_draft_connection(b.draft, (park_connection){.id       = "reuse",
                                                     .from     = "a",
                                                     .to       = "b",
                                                     .capacity = INFINITY,
                                                     .length   = NAN,
                                                     .lift     = NAN,
                                                     .price    = 3.0});
    bench_aim(&b, "reuse_rate", rate, INFINITY);
    return b;
}

static void a_point_of_reuse_has_its_price(void)
{
    bench                  b     = with_rate(0.2);
    park_worth            *worth = judged(&b, bench_solve(&b, 1e-6));
    const park_worth_line *line  = line_of(worth, "targets.reuse_rate");
    CHECK(line->of == PARK_WORTH_RATE && line->lower);
    CHECK_CLOSE(line->asked, 0.2, 1e-12);
    CHECK_CLOSE(line->looser, 3.0 * HOURS, 1e-1);
    CHECK_CLOSE(line->tighter, 3.0 * HOURS, 1e-1);
    CHECK_CLOSE(line->dual, 3.0 * HOURS, 1e-1);
    park_arena_free(b.arena);
}

/* Two rivers at one price, each at its capacity of 50 for 100 m3/h: more of either saves nothing, less of either costs a
 * third river's 3 CNY/m3. One-sided: a dual can be either and is no answer. */
static void a_corner_has_two_sides(void)
{
    bench b                                 = bench_new();
    bench_river(&b, "left", 1.0)->capacity  = (park_series){50.0 * M3_H, -1};
    bench_river(&b, "right", 1.0)->capacity = (park_series){50.0 * M3_H, -1};
    bench_river(&b, "far", 4.0);
    bench_process(&b, "works", 100.0, 5.0, NAN);
    bench_outfall(&b, "out", 0.0, NAN);
    park_worth            *worth = judged(&b, bench_solve(&b, 1e-6));
    const park_worth_line *line  = line_of(worth, "sources.right.capacity");
    CHECK_CLOSE(line->looser, 0.0, 1e-3);
    CHECK_CLOSE(line->tighter, 3.0 * HOURS, 1e-2);
    CHECK(line->dual >= -1e-3 && line->dual <= 3.0 * HOURS + 1e-3);
    park_arena_free(b.arena);
}

static void what_is_not_enough_and_what_is(void)
{
    bench        b = with_rate(0.5);
    park_design *d = bench_solve(&b, 1e-4);
    CHECK(d->status == PARK_DESIGN_INFEASIBLE && d->conflicts > 0);
    park_worth_settings settings;
    park_worth_settings_default(&settings);
    settings.gap = 1e-5;
    CHECK(park_design_relieve(b.draft, &settings, b.arena, d, &b.err) == PARK_OK);
    bool target = false, limit = false;
    for (size_t i = 0; i < d->reliefs; i++) {
        const park_relief *r    = &d->relief[i];
        const char        *path = d->model->statement[r->statement].path;
        if (strcmp(path, "targets.reuse_rate") == 0) {
            target = true;
            CHECK(r->kind == PARK_RELIEF_FOUND);
            CHECK_CLOSE(r->by, -(0.5 - 40.0 / 150.0), 1e-3 * 0.2334);
            CHECK(r->least <= 0.5 - 40.0 / 150.0 + 1e-9 && r->least >= 0.99 * (0.5 - 40.0 / 150.0));
            CHECK_CLOSE(r->cost, 230.0 * HOURS, 2e-3 * 230.0 * HOURS);
        }
        if (strcmp(path, "users.b.inlet.COD") == 0) { /* all 50 m3/h of used water are but a third of 150 */
            limit = true;
            CHECK(r->kind == PARK_RELIEF_NONE && isnan(r->by));
        }
    }
    CHECK(target);
    (void)limit;
    park_arena_free(b.arena);
}

/* Limits that are over before anything was solved again: each line is there, without a figure, and says why. */
static void what_the_limits_leave_open_is_told(void)
{
    bench               b    = bench_cascade();
    park_design        *d    = bench_solve(&b, 1e-6);
    park_worth         *full = judged(&b, d), *worth;
    park_worth_settings settings;
    park_cancel         cancel = {0};
    for (int way = 0; way < 3; way++) {
        park_worth_settings_default(&settings);
        if (way == 0)
            settings.seconds = 0.0;
        else if (way == 1)
            settings.work_limit = 1;
        else
            settings.cancel = &cancel, park_cancel_raise(&cancel, 15);
        CHECK(park_design_worth(d, &settings, b.arena, &worth, &b.err) == PARK_OK);
        CHECK(worth->lines == full->lines && worth->open == worth->lines && !worth->complete);
        CHECK(worth->stopped == (way == 0   ? PARK_WORTH_TIME
                                 : way == 1 ? PARK_WORTH_WORK
                                            : PARK_WORTH_INTERRUPT));
        CHECK(worth->reproducible == (way == 1));
        for (size_t i = 0; i < worth->lines; i++)
            CHECK(isnan(worth->line[i].looser) && isnan(worth->line[i].tighter));
        CHECK(worth->work <= full->work && (way == 1 || worth->work == 0)); /* not one linear program */
    }
    CHECK(full->open == 0 && full->stopped == PARK_WORTH_WHOLE && full->work > 0);
    for (uint64_t k = 1; k < 64;
         k++) { /* wherever the work ends: what is told is what the whole would tell */
        size_t same = 0;
        park_worth_settings_default(&settings);
        settings.work_limit = full->work * k / 64 + 1;
        CHECK(park_design_worth(d, &settings, b.arena, &worth, &b.err) == PARK_OK);
        for (size_t i = 0; i < worth->lines; i++) {
            const park_worth_line *line = &worth->line[i], *whole = line_of(full, line->path);
            same += !isnan(line->looser);
            CHECK(isnan(line->looser) || fabs(line->looser - whole->looser) <= 1e-9 * fabs(whole->looser));
            CHECK(isnan(line->tighter) || line->tighter == whole->tighter ||
                  fabs(line->tighter - whole->tighter) <= 1e-9 * fabs(whole->tighter));
        }
        CHECK(same + worth->open == worth->lines && (worth->open == 0 || worth->stopped == PARK_WORTH_WORK));
    }
    park_arena_free(b.arena);
}

/* Ways out that the limits did not reach are not called hopeless. */
static void ways_that_were_not_tried_say_so(void)
{
    bench               b = with_rate(0.5);
    park_design        *d = bench_solve(&b, 1e-4);
    park_worth_settings settings;
    park_cancel         cancel = {0};
    park_cancel_raise(&cancel, 15);
    park_worth_settings_default(&settings);
    settings.cancel = &cancel;
    CHECK(park_design_relieve(b.draft, &settings, b.arena, d, &b.err) == PARK_OK);
    CHECK(d->reliefs > 0);
    for (size_t i = 0; i < d->reliefs; i++)
        CHECK(d->relief[i].kind == PARK_RELIEF_UNTRIED && isnan(d->relief[i].by));
    park_arena_free(b.arena);
}

static void a_design_without_a_plan_has_no_worth(void)
{
    bench               b     = with_rate(0.5);
    park_worth         *worth = NULL;
    park_worth_settings settings;
    park_worth_settings_default(&settings);
    CHECK(park_design_worth(bench_solve(&b, 1e-4), &settings, b.arena, &worth, &b.err) == PARK_E_RANGE);
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(a_capacity_is_worth_the_difference_of_prices);
    RUN(a_limit_is_worth_the_water_it_keeps_out);
    RUN(margins_are_counted_from_the_users_number);
    RUN(a_point_of_reuse_has_its_price);
    RUN(a_corner_has_two_sides);
    RUN(what_is_not_enough_and_what_is);
    RUN(what_the_limits_leave_open_is_told);
    RUN(ways_that_were_not_tried_say_so);
    RUN(a_design_without_a_plan_has_no_worth);
    return park_test_done();
}
