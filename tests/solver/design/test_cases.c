/*
 * Published water networks through the tree, formulated here a second time (case_program.c).
 *     test_solver_design_cases                 the quick ones, as a test
 *     test_solver_design_cases ID SECONDS GAP [THREADS]  one case ("all": each in turn), a table row on
 * stdout
 */
#include "case_program.h"
#include "check.h"

/* Objective and bound must straddle the published optimum to this, relative (it is printed with 7 to 10
 * digits). */
static const double PRINTED = 1e-6;

static const char *STATUS[] = {"optimal",    "gap reached",    "limit, feasible",
                               "infeasible", "limit, nothing", "cutoff"};

static double published(const json_node *one)
{
    return json_number(json_at(one, "optimum"), json_number(json_at(one, "published_optimum"), NAN));
}

static bool shows_wrong(const park_tree_result *r, double optimum)
{
    double room = PRINTED * fabs(optimum);
    return r->bound > optimum + room || r->objective < optimum - room ||
           (r->status == PARK_TREE_INFEASIBLE) || r->bound > r->objective;
}

static bool watch(void *user, double incumbent, double bound, double gap, uint64_t nodes, double seconds)
{
    double *last = user;
    if (seconds - *last >= 2.0 || *last == 0.0) {
        *last = seconds + 1e-9;
        fprintf(stderr, "  %7.2f s %8llu nodes  best %-12.8g bound %-12.8g gap %.2e\n", seconds,
                (unsigned long long)nodes, incumbent, bound, gap);
    }
    return false;
}

static bool run_case(const json_node *one, double seconds, double gap, int threads, bool loud,
                     park_tree_result *result)
{
    park_arena        *arena = park_arena_new();
    park_program       p;
    park_tree_settings settings;
    park_error         err  = {0};
    double             last = 0.0;
    park_tree_settings_default(&settings);
    settings.gap        = gap;
    settings.time_limit = seconds;
    settings.threads    = threads;
    if (loud) {
        settings.progress      = watch;
        settings.progress_user = &last;
    }
    bool made = case_program_make(&p, arena, one);
    if (made) {
        park_status status = park_tree_solve(&p, &settings, arena, result, &err);
        if (status != PARK_OK)
            fprintf(stderr, "%s\n", err.message);
        CHECK(status == PARK_OK);
        result->x = NULL;
    }
    park_arena_free(arena);
    return made;
}

static void print_row(const char *id, const park_tree_result *r, double optimum)
{
    printf(
        "%-30s %-15s %8.2f s  gap %.2e  nodes %7llu  lps %8llu  best %-13.9g bound %-13.9g root %-10.6g %s\n",
        id, STATUS[r->status], r->seconds, r->gap, (unsigned long long)r->nodes, (unsigned long long)r->lps,
        r->objective, r->bound, r->root_bound,
        shows_wrong(r, optimum)                   ? "WRONG"
        : fabs(r->objective / optimum - 1) > 1e-4 ? "(above)"
                                                  : "");
    fflush(stdout);
}

static void race(const json_node *cases, const char *id, double seconds, double gap, int threads)
{
    for (const json_node *one = cases->first; one != NULL; one = one->next) {
        const char      *name = json_at(one, "id")->text;
        park_tree_result r;
        if (strcmp(id, "all") != 0 && strcmp(id, name) != 0)
            continue;
        if (run_case(one, seconds, gap, threads, strcmp(id, "all") != 0, &r))
            print_row(name, &r, published(one));
    }
}

static const json_node *CASES;

static void quick_cases_close_at_the_published_optimum(void)
{
    static const char *QUICK[] = {"polley2000_4x4",    "sorin1999_5x6",         "elhalwagi1997_acrylonitrile",
                                  "op1996_plant_A",    "op1996_plant_B",        "op1996_plant_C",
                                  "wang_smith1994_4p", "wang_smith1994_2x2",    "wang_smith1994_refinery_3x3",
                                  "kg2006_ex1",        "minlplib_wastewater02", "minlplib_wastewater04"};
    for (size_t i = 0; i < sizeof QUICK / sizeof *QUICK; i++)
        for (const json_node *one = CASES->first; one != NULL; one = one->next)
            if (strcmp(json_at(one, "id")->text, QUICK[i]) == 0) {
                park_tree_result r;
                CHECK(run_case(one, 120.0, 1e-3, 1, false, &r));
                CHECK(!shows_wrong(&r, published(one)));
                CHECK(r.status == PARK_TREE_OPTIMAL || r.status == PARK_TREE_GAP_REACHED);
                print_row(QUICK[i], &r, published(one));
            }
}

int main(int argc, char **argv)
{
    park_arena *arena = park_arena_new();
    json_node  *file  = case_file_read(arena);
    if (file == NULL)
        SKIP("reference data absent");
    CASES = json_at(file, "cases");
    if (argc > 3)
        race(CASES, argv[1], atof(argv[2]), atof(argv[3]), argc > 4 ? atoi(argv[4]) : 1);
    else
        RUN(quick_cases_close_at_the_published_optimum);
    park_arena_free(arena);
    return park_test_done();
}
