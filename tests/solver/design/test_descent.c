/* First plans under a limit of iterations: the first takes what it takes, better ones what is left. */
#include "design/descent.h"

#include "design/charges.h"
#include "design/polish.h"
#include "works_park.h"

/* 50 m3/h leave the works with 400 mg/L, 50 may be discharged; two plants in steps that take out 95 %. */
static works_bench two_plants(void)
{
    park_arena *arena = park_arena_new();
    works_park  w     = works_new(arena, "large", "small", 50.0 * MG_L);
    for (int i = 0; i < 2; i++) {
        w.plant[i]->capex    = (park_capex){.scale = 10000.0, .reference = 1.0 * M3_H, .exponent = 0.7};
        w.plant[i]->capacity = i == 0 ? (park_range){200.0 * M3_H, 200.0 * M3_H, 200.0 * M3_H}
                                      : (park_range){20.0 * M3_H, 80.0 * M3_H, 20.0 * M3_H};
    }
    works_bench b = works_bench_of(&w, arena);
    CHECK(park_charges_matter(b.f));
    return b;
}

static bool is_plan(const works_bench *b, double value)
{
    double again = NAN;
    return park_plan_recheck(b->f, b->x, &again) && fabs(again - value) <= 1e-9 * fabs(value);
}

static void the_first_plan_takes_what_it_takes(void)
{
    works_bench     b   = two_plants();
    park_search_end all = {.deadline = INFINITY}, one = {.deadline = INFINITY, .most = 1};
    double          best = NAN, value = NAN;
    CHECK(park_descent_start(b.f, NULL, &all, b.x, &best) && is_plan(&b, best));
    CHECK(park_descent_start(b.f, NULL, &one, b.x, &value) && is_plan(&b, value));
    CHECK(value >= best * (1.0 - 1e-12));
    CHECK(one.stands && !one.early && one.took > 1 && one.took < all.took);
    park_arena_free(b.arena);
}

/* Whatever the limit: nothing beyond it where a plan is known, and no worse a plan for more. */
static void a_known_plan_holds_the_limit(void)
{
    works_bench     b     = two_plants();
    park_search_end all   = {.deadline = INFINITY};
    double          best  = NAN;
    size_t          found = 0;
    CHECK(park_descent_start(b.f, NULL, &all, b.x, &best));
    for (uint64_t most = 1; most <= all.took; most++) {
        park_search_end end   = {.deadline = INFINITY, .most = most, .stands = true};
        double          value = NAN;
        bool            any   = park_descent_start(b.f, NULL, &end, b.x, &value);
        CHECK(end.took <= most && !end.early);
        CHECK(!any || (is_plan(&b, value) && value >= best * (1.0 - 1e-12)));
        found += any;
    }
    CHECK(found > 2);
    park_arena_free(b.arena);
}

/* What is handed over is known when it is a plan, and is not when it is none: no water at the works. */
static void a_plan_handed_over_is_known(void)
{
    works_bench     b    = two_plants();
    double         *from = PARK_ARRAY(b.arena, b.f->program.cols, double), value = NAN;
    park_search_end all = {.deadline = INFINITY}, kept = {.deadline = INFINITY, .most = 1},
                    made = {.deadline = INFINITY, .most = 1};
    CHECK(from != NULL && park_descent_start(b.f, NULL, &all, b.x, &value));
    CHECK(park_descent_start(b.f, from, &made, b.x, &value) && made.took > 1 && is_plan(&b, value));
    memcpy(from, b.x, b.f->program.cols * sizeof *from);
    CHECK(!park_descent_start(b.f, from, &kept, b.x, &value));
    CHECK(kept.stands && kept.took <= 1);
    park_arena_free(b.arena);
}

/* A point varied is a plan, in its round the same to the bit, and keeps a limit; of many rounds not all come to one plan. */
static void points_vary_by_rounds(void)
{
    works_bench b    = two_plants();
    size_t      cols = b.f->program.cols, found = 0, others = 0;
    double *x = PARK_ARRAY(b.arena, cols, double), *again = PARK_ARRAY(b.arena, cols, double), value = NAN,
           first        = NAN;
    park_search_end all = {.deadline = INFINITY};
    CHECK(x != NULL && again != NULL && park_descent_start(b.f, NULL, &all, b.x, &value));
    for (uint64_t round = 0; round < 40; round++) {
        park_search_end end[3] = {{.deadline = INFINITY, .stands = true},
                                  {.deadline = INFINITY, .stands = true},
                                  {.deadline = INFINITY, .stands = true, .most = 1}};
        double          there = NAN, same = NAN, ended = NAN;
        memcpy(x, b.x, cols * sizeof *x), memcpy(again, b.x, cols * sizeof *again);
        bool any = park_descent_vary(b.f, round, &end[0], x, &there);
        CHECK(park_descent_vary(b.f, round, &end[1], again, &same) == any && end[0].took == end[1].took);
        CHECK(end[0].took > 0 && end[0].rows > 0);
        if (any) {
            double checked = NAN;
            CHECK(memcmp(x, again, cols * sizeof *x) == 0 && there == same);
            CHECK(park_plan_recheck(b.f, again, &checked) && fabs(checked - there) <= 1e-9 * fabs(there));
            others += found > 0 && there != first;
            first = found++ == 0 ? there : first;
        } else {
            CHECK(memcmp(x, b.x, cols * sizeof *x) == 0);
        }
        memcpy(again, b.x, cols * sizeof *again);
        (void)park_descent_vary(b.f, round, &end[2], again, &ended);
        CHECK(end[2].took <= 1);
    }
    CHECK(found > 20 && others > 0);
    park_arena_free(b.arena);
}

/* Descent, polish and tree one by one, as a design goes through them: what they take together. */
static uint64_t parts(works_bench *b, double gap, uint64_t limit)
{
    park_search_end    first = {.deadline = INFINITY, .most = limit}, polished = first;
    park_tree_settings settings;
    park_tree_result   tree;
    park_error         err   = {0};
    double             value = NAN;
    b->f->program.recheck    = park_plan_recheck;
    b->f->program.mend       = park_descent_mend;
    b->f->program.vary       = park_descent_vary;
    b->f->program.user       = b->f;
    CHECK(park_descent_start(b->f, NULL, &first, b->x, &value));
    (void)park_polish(b->f, gap, &polished, b->x, &value);
    park_tree_settings_default(&settings);
    settings.gap = gap, settings.work_limit = limit, settings.start = b->x;
    CHECK(park_tree_solve(&b->f->program, &settings, b->arena, &tree, &err) == PARK_OK);
    return first.took + polished.took + tree.work;
}

/* What a design says it took has the descents in it, and its limit ends them, for any number of threads. */
static void a_design_counts_its_descents(void)
{
    const double         gap = 0.9; /* the first plan is near enough */
    works_bench          b   = two_plants();
    park_design_settings settings;
    park_design         *whole, *cut[2];
    park_findings        findings;
    park_error           err = {0};
    park_findings_init(&findings, b.arena);
    park_design_settings_default(&settings);
    settings.gap = gap;
    CHECK(park_design_solve(b.f->super->model, &settings, b.arena, &whole, &findings, &err) == PARK_OK);
    CHECK(whole->reproducible && whole->work == parts(&b, gap, 0));
    settings.work_limit = 1;
    for (int i = 0; i < 2; i++) {
        settings.threads = i + 1;
        CHECK(park_design_solve(b.f->super->model, &settings, b.arena, &cut[i], &findings, &err) == PARK_OK);
        CHECK(cut[i]->link_flow != NULL && cut[i]->reproducible && cut[i]->work == parts(&b, gap, 1));
    }
    CHECK(cut[0]->work < whole->work);
    CHECK(cut[0]->objective == cut[1]->objective && cut[0]->bound == cut[1]->bound);
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(the_first_plan_takes_what_it_takes);
    RUN(a_known_plan_holds_the_limit);
    RUN(a_plan_handed_over_is_known);
    RUN(points_vary_by_rounds);
    RUN(a_design_counts_its_descents);
    return park_test_done();
}
