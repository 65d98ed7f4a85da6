#include "base/random.h"
#include "design/program.h"
#include "check.h"
#include "tangle_program.h"

#include <stdbool.h>

static park_tree_result solve_with(const park_program *p, park_arena *arena,
                                   const park_tree_settings *settings)
{
    park_tree_result r;
    CHECK(park_tree_solve(p, settings, arena, &r, NULL) == PARK_OK);
    return r;
}

static park_tree_result solve(const park_program *p, park_arena *arena, double gap)
{
    park_tree_settings settings;
    park_tree_settings_default(&settings);
    settings.gap = gap;
    return solve_with(p, arena, &settings);
}

static int32_t flow(park_program *p, double hi, double cost)
{
    return park_program_col(p, PARK_COL_FLOW, 0, hi, cost, NULL);
}

static void row(park_program *p, double lo, double hi, int count, const int32_t *index, const double *value)
{
    CHECK(park_program_row(p, lo, hi, (size_t)count, index, value, -1, NULL) >= 0);
}

/*
 * The pooling problems of Haverly (1978): crudes A (3 % S) and B (1 % S) share a pool, C (2 % S, 10 a unit) goes
 * around it; products X (9 a unit, at most 2.5 % S, demand x_most) and Y (15, 1.5 %, 200). Published best profits:
 * 400 (A 6, B 16, X 100), 600 (X 600), 750 (B 13, X 100).
 */
static void add_haverly(park_program *p, double b_cost, double x_most)
{
    int32_t a = flow(p, 800, 6), b = flow(p, 800, b_cost), cx = flow(p, 800, 10 - 9),
            cy = flow(p, 800, 10 - 15);
    int32_t px = flow(p, 800, -9), py = flow(p, 800, -15),
            s  = park_program_col(p, PARK_COL_CONC, 1, 3, 0, "s");
    int32_t wx = park_program_col(p, PARK_COL_LIFTED, 0, INFINITY, 0, "wx");
    int32_t wy = park_program_col(p, PARK_COL_LIFTED, 0, INFINITY, 0, "wy");
    park_program_product(p, wx, px, s);
    park_program_product(p, wy, py, s);
    row(p, 0, 0, 4, (int32_t[]){a, b, px, py}, (double[]){1, 1, -1, -1});
    row(p, 0, 0, 4, (int32_t[]){a, b, wx, wy}, (double[]){3, 1, -1, -1});
    row(p, -INFINITY, 0, 3, (int32_t[]){wx, cx, px}, (double[]){1, 2 - 2.5, -2.5});
    row(p, -INFINITY, 0, 3, (int32_t[]){wy, cy, py}, (double[]){1, 2 - 1.5, -1.5});
    row(p, -INFINITY, x_most, 2, (int32_t[]){px, cx}, (double[]){1, 1});
    row(p, -INFINITY, 200, 2, (int32_t[]){py, cy}, (double[]){1, 1});
}

static void haverly(park_program *p, park_arena *arena, double b_cost, double x_most)
{
    park_program_init(p, arena);
    add_haverly(p, b_cost, x_most);
}

static void pooling_problems_reach_their_published_profit(void)
{
    static const double B[] = {16, 16, 13}, X[] = {100, 600, 100}, PROFIT[] = {400, 600, 750};
    for (int k = 0; k < 3; k++) {
        park_arena  *arena = park_arena_new();
        park_program p;
        haverly(&p, arena, B[k], X[k]);
        park_tree_result r = solve(&p, arena, 1e-6);
        CHECK(r.status == PARK_TREE_OPTIMAL && r.unbounded_col == -1 && r.reproducible);
        CHECK_CLOSE(r.objective, -PROFIT[k], 1e-3);
        CHECK(r.bound <= r.objective && r.bound >= -PROFIT[k] - 1e-2 && r.root_bound <= r.bound);
        double z;
        CHECK(park_program_recheck(&p, r.x, &z) && z == r.objective);
        park_arena_free(arena);
    }
}

/* ---- random programs against a grid ------------------------------------------------------------------- */

enum { TERMS = 2 };

/* Two flows, one concentration, their products; three random rows over all of them. For a fixed concentration the
 * products are multiples of the flows: the rows cut the flows' rectangle, whose best corner a fine grid finds. */
typedef struct tiny {
    double cost[5], row[3][5], hi[3];
} tiny;

static void tiny_make(tiny *t, park_program *p, park_arena *arena, uint64_t seed)
{
    park_random r = park_random_start(seed, 7, 0);
    int32_t     col[5];
    park_program_init(p, arena);
    for (int j = 0; j < 5; j++)
        t->cost[j] = 2 * park_random_uniform(&r) - 1;
    col[0] = flow(p, 1, t->cost[0]);
    col[1] = flow(p, 1, t->cost[1]);
    col[2] = park_program_col(p, PARK_COL_CONC, 0, 1, t->cost[2], NULL);
    col[3] = park_program_col(p, PARK_COL_LIFTED, -INFINITY, INFINITY, t->cost[3], NULL);
    col[4] = park_program_col(p, PARK_COL_LIFTED, -INFINITY, INFINITY, t->cost[4], NULL);
    park_program_product(p, col[3], col[0], col[2]);
    park_program_product(p, col[4], col[1], col[2]);
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 5; j++)
            t->row[i][j] = 2 * park_random_uniform(&r) - 1;
        t->hi[i] = park_random_uniform(&r) - 0.35;
        row(p, -INFINITY, t->hi[i], 5, col, t->row[i]);
    }
}

static bool tiny_holds(const tiny *t, double f, double g, double c, double room)
{
    for (int i = 0; i < 3; i++)
        if (t->row[i][0] * f + t->row[i][1] * g + t->row[i][2] * c + t->row[i][3] * f * c +
                t->row[i][4] * g * c >
            t->hi[i] + room)
            return false;
    return true;
}

static double tiny_grid(const tiny *t)
{
    const int n    = 100;
    double    best = INFINITY;
    for (int k = 0; k <= n; k++)
        for (int i = 0; i <= n; i++)
            for (int j = 0; j <= n; j++) {
                double c = k / (double)n, f = i / (double)n, g = j / (double)n;
                if (tiny_holds(t, f, g, c, 0))
                    best = fmin(best, t->cost[0] * f + t->cost[1] * g + t->cost[2] * c + t->cost[3] * f * c +
                                          t->cost[4] * g * c);
            }
    return best;
}

static void no_grid_point_beats_the_tree(void)
{
    int empty = 0, found = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        park_arena  *arena = park_arena_new();
        park_program p;
        tiny         t;
        tiny_make(&t, &p, arena, seed);
        double           grid = tiny_grid(&t);
        park_tree_result r    = solve(&p, arena, 1e-5);
        if (r.status == PARK_TREE_INFEASIBLE) {
            CHECK(isinf(grid) && r.x == NULL && isnan(r.objective));
            empty++;
        } else {
            CHECK(r.status == PARK_TREE_OPTIMAL && r.gap <= 1e-5 && r.bound <= r.objective);
            CHECK(r.bound <= grid + 1e-12);    /* a bound above a point that holds would be a lie */
            CHECK(r.objective <= grid + 1e-4); /* within the gap of any point */
            CHECK(tiny_holds(&t, r.x[0], r.x[1], r.x[2], 1e-7));
            found++;
        }
        park_arena_free(arena);
    }
    CHECK(found > 20 && empty >= 1);
}

static bool refuse(const void *user, double *x, double *objective)
{
    (void)user;
    (void)x;
    (void)objective;
    return false;
}

/*
 * With a cutoff well above the optimum, a gap that closes nodes from below the optimum on, and every point refused,
 * only the bounds of what was closed (nodes, and halves while they are tried out) keep the proof honest.
 */
static void what_is_closed_stays_in_the_bound(void)
{
    park_tree_settings settings;
    park_tree_settings_default(&settings);
    for (uint64_t seed = 1; seed <= 60; seed++) {
        park_arena  *arena = park_arena_new();
        park_program p;
        tiny         t;
        tiny_make(&t, &p, arena, seed);
        double grid = tiny_grid(&t);
        for (int k = 1; k <= 3 && isfinite(grid); k++) {
            p.recheck           = refuse;
            settings.cutoff     = grid + 0.02 * k;
            settings.gap        = 0.025 * k / fabs(settings.cutoff);
            settings.work_limit = 20000;
            park_tree_result r  = solve_with(&p, arena, &settings);
            CHECK(r.x == NULL && r.bound <= grid + 1e-12);
        }
        park_arena_free(arena);
    }
}

/* ---- concave costs, integers -------------------------------------------------------------------------- */

/* sqrt(x) + sqrt(2 y) over x + y = 1 is least at a corner: x = 1, cost 1; x = y would cost 1.7. */
static void concave_costs_go_to_a_corner(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    park_program_init(&p, arena);
    int32_t x = park_program_col(&p, PARK_COL_SIZE, 0, INFINITY, 0, NULL),
            y = park_program_col(&p, PARK_COL_SIZE, 0, INFINITY, 0, NULL);
    int32_t t = park_program_col(&p, PARK_COL_OTHER, 0, INFINITY, 1, NULL),
            u = park_program_col(&p, PARK_COL_OTHER, 0, INFINITY, 1, NULL);
    park_program_concave(&p, t, x, 1, 1, 0.5);
    park_program_concave(&p, u, y, 1, 0.5, 0.5);
    row(&p, 1, 1, 2, (int32_t[]){x, y}, (double[]){1, 1});
    park_tree_result r = solve(&p, arena, 1e-6);
    CHECK(r.status == PARK_TREE_OPTIMAL);
    CHECK_CLOSE(r.objective, 1, 1e-6);
    CHECK_CLOSE(r.x[x], 1, 1e-6);
    /* With x at most 0.64: sqrt(0.64) + sqrt(0.72) = 1.64853 against y = 1: sqrt(2) = 1.41421. */
    p.col_hi[x] = 0.64;
    r           = solve(&p, arena, 1e-6);
    CHECK_CLOSE(r.objective, sqrt(2), 1e-5);
    p.col_hi[y] = 0.9; /* x = 0.1, y = 0.9: 0.31623 + 1.34164 = 1.65787; x = 0.64: 1.64853 */
    r           = solve(&p, arena, 1e-6);
    CHECK_CLOSE(r.objective, 0.8 + sqrt(0.72), 1e-5);
    park_arena_free(arena);
}

/* Knapsacks of eight things, against all 256 ways to pack. */
static void integers_match_full_enumeration(void)
{
    for (uint64_t seed = 1; seed <= 10; seed++) {
        park_arena  *arena = park_arena_new();
        park_program p;
        park_program_init(&p, arena);
        park_random d = park_random_start(seed, 3, 0);
        int32_t     col[8];
        double      weight[8], worth[8], best = 0;
        for (int j = 0; j < 8; j++) {
            weight[j] = 1 + park_random_uniform(&d);
            worth[j]  = weight[j] + 0.5 * park_random_uniform(&d);
            col[j]    = park_program_integer(&p, 0, 1, -worth[j], NULL);
        }
        row(&p, -INFINITY, 5.5, 8, col, weight);
        for (int set = 0; set < 256; set++) {
            double w = 0, v = 0;
            for (int j = 0; j < 8; j++)
                if (set >> j & 1) {
                    w += weight[j];
                    v += worth[j];
                }
            best = w <= 5.5 ? fmax(best, v) : best;
        }
        park_tree_result r = solve(&p, arena, 1e-9);
        CHECK(r.status == PARK_TREE_OPTIMAL);
        CHECK_CLOSE(r.objective, -best, 1e-7);
        park_arena_free(arena);
    }
}

/* ---- statuses ----------------------------------------------------------------------------------------- */

/* w = f c = 0.3 with f, c in [0, 0.5]: at most 0.25. */
/*
 * (T76) Haverly's three pools beside twelve demands of 0.6, each met by either of two pipes of 1 that cost 0.001 when laid: by
 * hand -1750 + 12 x 0.001. The pipes miss 12 x 0.4 x 0.001 in all, less than the gap
 * leaves open; the pools miss hundreds. Within this work cutting pipes first leaves half of the objective open.
 */
static void pipes_of_no_weight_do_not_hold_up_the_pool(void)
{
    enum { DEMANDS = 12 };
    park_arena        *arena = park_arena_new();
    park_program       p;
    park_tree_settings settings;
    haverly(&p, arena, 16, 100);
    add_haverly(&p, 16, 600);
    add_haverly(&p, 13, 100);
    for (int k = 0; k < DEMANDS; k++) {
        int32_t q[2], z[2];
        for (int i = 0; i < 2; i++) {
            q[i] = flow(&p, 1, 0), z[i] = park_program_integer(&p, 0, 1, 0.001, NULL);
            row(&p, -INFINITY, 0, 2, (int32_t[]){q[i], z[i]}, (double[]){1, -1});
        }
        row(&p, 0.6, 0.6, 2, q, (double[]){1, 1});
    }
    park_tree_settings_default(&settings);
    settings.gap = 1e-4, settings.work_limit = 20000;
    park_tree_result r = solve_with(&p, arena, &settings);
    CHECK(r.status == PARK_TREE_OPTIMAL);
    CHECK(r.objective >= -1750 + 0.001 * DEMANDS - 1e-6 && r.objective <= -1750 + 0.2);
    CHECK(r.bound <= -1750 + 0.001 * DEMANDS + 1e-9);
    park_arena_free(arena);
}

static void what_cannot_be_is_proven(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    park_program_init(&p, arena);
    int32_t f = flow(&p, 0.5, 1), c = park_program_col(&p, PARK_COL_CONC, 0, 0.5, 0, NULL),
            w = park_program_col(&p, PARK_COL_LIFTED, 0.3, 1, 0, NULL);
    park_program_product(&p, w, f, c);
    park_tree_result r = solve(&p, arena, 1e-3);
    CHECK(r.status == PARK_TREE_INFEASIBLE && r.x == NULL && isnan(r.objective) && r.bound == INFINITY);
    p.col_lo[w] = 0.2; /* needs f >= 0.4 */
    r           = solve(&p, arena, 1e-3);
    CHECK(r.status == PARK_TREE_OPTIMAL || r.status == PARK_TREE_GAP_REACHED);
    CHECK_CLOSE(r.objective, 0.4, 1e-3);
    park_tree_settings settings;
    park_tree_settings_default(&settings);
    settings.cutoff = 0.35;
    r               = solve_with(&p, arena, &settings);
    CHECK(r.status == PARK_TREE_CUTOFF && r.x == NULL);
    settings.cutoff = 0.45;
    r               = solve_with(&p, arena, &settings);
    CHECK(r.x != NULL && r.objective < 0.45);
    park_arena_free(arena);
}

/* Rows that contradict each other only by branching: f c = 0.5 and f + c = 1.45 (the product is at most 0.5256 and
 * 0.5 needs |f - c| = 0.32): feasible; with f = c forced by two rows it is not (0.5256 there). */
static void contradictions_behind_the_relaxation_are_found(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    park_program_init(&p, arena);
    int32_t f = flow(&p, 1, 1), c = park_program_col(&p, PARK_COL_CONC, 0, 1, 0, NULL),
            w = park_program_col(&p, PARK_COL_LIFTED, 0.5, 0.5, 0, NULL);
    park_program_product(&p, w, f, c);
    row(&p, 1.45, 1.45, 2, (int32_t[]){f, c}, (double[]){1, 1});
    park_tree_result r = solve(&p, arena, 1e-6);
    CHECK(r.x != NULL);
    CHECK_CLOSE(r.objective, (1.45 - sqrt(1.45 * 1.45 - 2)) / 2, 1e-5);
    row(&p, -0.1, 0.1, 2, (int32_t[]){f, c}, (double[]){1, -1});
    CHECK(solve(&p, arena, 1e-6).status == PARK_TREE_INFEASIBLE);
    park_arena_free(arena);
}

static void limits_and_interrupts_keep_what_is_known(void)
{
    park_arena        *arena = park_arena_new();
    park_program       p;
    park_tree_settings settings;
    haverly(&p, arena, 16, 100);
    park_tree_settings_default(&settings);
    settings.gap        = 1e-9;
    settings.work_limit = 1;
    park_tree_result r = solve_with(&p, arena, &settings), again = solve_with(&p, arena, &settings);
    CHECK((r.status == PARK_TREE_LIMIT_FEASIBLE || r.status == PARK_TREE_LIMIT_NO_SOLUTION) &&
          r.reproducible);
    CHECK(r.bound <= -400 && r.bound == again.bound && r.work == again.work && r.nodes == again.nodes);
    settings.work_limit = 0;
    settings.time_limit = 0.0;
    r                   = solve_with(&p, arena, &settings);
    CHECK((r.status == PARK_TREE_LIMIT_FEASIBLE || r.status == PARK_TREE_LIMIT_NO_SOLUTION) &&
          !r.reproducible);
    CHECK(r.bound <= -400 && (isnan(r.objective) || r.objective >= -400 - 1e-6));
    park_arena_free(arena);
}

typedef struct witness {
    int    calls, stop_at;
    double optimum, last_bound;
    bool   ok;
} witness;

static bool watch(void *user, double incumbent, double bound, double gap, uint64_t nodes, double seconds)
{
    witness *w = user;
    (void)gap;
    (void)nodes;
    w->ok = w->ok && bound <= w->optimum + 1e-6 && (isnan(incumbent) || incumbent >= w->optimum - 1e-6) &&
            seconds >= 0;
    w->last_bound = bound;
    return ++w->calls == w->stop_at;
}

static void bounds_hold_at_all_times(void)
{
    park_arena        *arena = park_arena_new();
    park_program       p;
    park_tree_settings settings;
    witness            w = {.optimum = -600, .ok = true};
    haverly(&p, arena, 16, 600);
    park_tree_settings_default(&settings);
    settings.gap           = 1e-7;
    settings.progress      = watch;
    settings.progress_user = &w;
    park_tree_result r     = solve_with(&p, arena, &settings);
    CHECK(w.ok && w.calls >= 2 && r.status == PARK_TREE_OPTIMAL);
    w.stop_at = w.calls + 1; /* the next run is interrupted at its first report */
    r         = solve_with(&p, arena, &settings);
    CHECK(!r.reproducible && r.status != PARK_TREE_OPTIMAL && r.bound <= -600);
    park_arena_free(arena);
}

/* A flow without a bound: at a price the incumbent bounds it; without a price nothing does, and it is named. */
static void open_flows_are_boxed_by_the_incumbent_or_named(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    park_program_init(&p, arena);
    int32_t f = flow(&p, INFINITY, 2), c = park_program_col(&p, PARK_COL_CONC, 0, 0.5, 1, NULL),
            w = park_program_col(&p, PARK_COL_LIFTED, 1, INFINITY, 0, NULL);
    park_program_product(&p, w, f, c);
    park_tree_result r = solve(&p, arena, 1e-6); /* 2 f + c with f c >= 1: c = 0.5, f = 2 */
    CHECK(r.status == PARK_TREE_OPTIMAL && r.unbounded_col == -1);
    CHECK_CLOSE(r.objective, 4.5, 1e-5);
    p.cost[f]   = 0.0;
    p.col_hi[c] = 0.5;
    park_tree_settings settings;
    park_tree_settings_default(&settings);
    settings.work_limit = 20000;
    r                   = solve_with(&p, arena, &settings);
    CHECK(r.unbounded_col == f || r.unbounded_col == w);
    CHECK(r.bound <= 1e-6); /* c may come near zero */
    park_arena_free(arena);
}

static void bad_calls_are_refused(void)
{
    park_arena        *arena = park_arena_new();
    park_program       p;
    park_tree_settings settings;
    park_tree_result   r;
    haverly(&p, arena, 16, 100);
    park_tree_settings_default(&settings);
    settings.gap = -1;
    CHECK(park_tree_solve(&p, &settings, arena, &r, NULL) == PARK_E_RANGE);
    settings.gap = NAN;
    CHECK(park_tree_solve(&p, &settings, arena, &r, NULL) == PARK_E_RANGE);
    settings.gap     = 1e-3;
    settings.threads = 0;
    CHECK(park_tree_solve(&p, &settings, arena, &r, NULL) == PARK_E_RANGE);
    settings.threads = 1;
    p.cost[0]        = NAN;
    CHECK(park_tree_solve(&p, &settings, arena, &r, NULL) == PARK_E_RANGE && r.x == NULL);
    park_arena_free(arena);
}

/* ---- sameness ----------------------------------------------------------------------------------------- */

static void threads_change_no_bit(void)
{
    park_arena        *arena = park_arena_new();
    park_program       p;
    park_tree_settings settings;
    park_tree_settings_default(&settings);
    settings.gap = 1e-7;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        tiny t;
        tiny_make(&t, &p, arena, seed);
        settings.threads     = 1;
        park_tree_result one = solve_with(&p, arena, &settings);
        for (int threads = 2; threads <= 8; threads += 6) {
            settings.threads      = threads;
            park_tree_result many = solve_with(&p, arena, &settings);
            CHECK(many.nodes == one.nodes && many.work == one.work && many.lps == one.lps);
            CHECK(memcmp(&many.bound, &one.bound, sizeof one.bound) == 0);
            CHECK((many.x == NULL) == (one.x == NULL));
            CHECK(one.x == NULL || memcmp(many.x, one.x, p.cols * sizeof *one.x) == 0);
        }
    }
    park_arena_free(arena);
}

/* Haverly's first problem with columns and rows in reverse. */
/* A tree whose batches grow beyond eight: same bits, and what two threads share of it by counts of iterations, each node going to
 * the one that is idle. */
static void a_second_thread_has_nearly_half_of_a_large_tree(void)
{
    park_arena        *arena = park_arena_new();
    park_program       p;
    park_tree_settings settings;
    park_tree_settings_default(&settings);
    tangle_program_make(&p, arena, 3, 8);
    settings.gap = 1e-7, settings.work_limit = 80000;
    park_tree_result one   = solve_with(&p, arena, &settings);
    double           times = (double)one.work / (double)(one.work - one.shared);
    printf("  %llu nodes, %llu iterations, two threads at most %.3f times as fast\n",
           (unsigned long long)one.nodes, (unsigned long long)one.work, times);
    CHECK(one.nodes > 1000 && times > 1.7 && times <= 2.0);
    for (int threads = 2; threads <= 16; threads *= 8) {
        settings.threads      = threads;
        park_tree_result many = solve_with(&p, arena, &settings);
        CHECK(many.nodes == one.nodes && many.work == one.work && many.lps == one.lps &&
              many.shared == one.shared);
        CHECK(memcmp(&many.bound, &one.bound, sizeof one.bound) == 0 && many.objective == one.objective);
        CHECK(memcmp(many.x, one.x, p.cols * sizeof *one.x) == 0);
    }
    park_arena_free(arena);
}

static void order_of_rows_and_columns_does_not_matter(void)
{
    park_arena  *arena = park_arena_new();
    park_program p, q;
    haverly(&p, arena, 16, 100);
    park_program_init(&q, arena);
    int32_t n = (int32_t)p.cols;
    for (int32_t j = n; j-- > 0;)
        park_program_col(&q, p.col_class[j], p.col_lo[j], p.col_hi[j], p.cost[j], NULL);
    for (size_t i = p.products; i-- > 0;)
        park_program_product(&q, n - 1 - p.product[i].w, n - 1 - p.product[i].flow,
                             n - 1 - p.product[i].conc);
    for (size_t r = p.rows; r-- > 0;) {
        int32_t index[8];
        double  value[8];
        size_t  count = p.start[r + 1] - p.start[r];
        for (size_t k = 0; k < count; k++) {
            index[k] = n - 1 - p.index[p.start[r + 1] - 1 - k];
            value[k] = p.value[p.start[r + 1] - 1 - k];
        }
        row(&q, p.row_lo[r], p.row_hi[r], (int)count, index, value);
    }
    park_tree_result a = solve(&p, arena, 1e-6), b = solve(&q, arena, 1e-6);
    CHECK_CLOSE(a.objective, b.objective, 1e-3);
    CHECK(b.bound <= -400 + 1e-6 && b.objective >= -400 - 1e-4);
    park_arena_free(arena);
}

static void a_start_is_taken_and_only_better_points_replace_it(void)
{
    park_arena        *arena = park_arena_new();
    park_program       p;
    park_tree_settings settings;
    haverly(&p, arena, 16, 100);
    park_tree_settings_default(&settings);
    park_tree_result best = solve(&p, arena, 1e-6);
    settings.start        = best.x;
    settings.time_limit   = INFINITY;
    settings.work_limit   = 1;
    park_tree_result r    = solve_with(&p, arena, &settings);
    CHECK(r.x != NULL);
    CHECK_CLOSE(r.objective, -400, 1e-3);
    park_arena_free(arena);
}

/* A recheck that knows two points of Haverly's first pool: nothing and, once the hook has led there, the best one. */
typedef struct two_points {
    park_program  plain;
    const double *best; /* [cols] */
    uint64_t      rounds, took;
    bool          early;
} two_points;

static bool one_of_two(const void *user, double *x, double *objective)
{
    const two_points *two = user;
    return park_program_recheck(&two->plain, x, objective) &&
           (*objective == 0.0 || (two->rounds > 4 && *objective < -399.99));
}

/* Four rounds in vain, whatever they cost, then the best point. */
static bool vary(const void *user, uint64_t round, park_search_end *end, double *x, double *objective)
{
    two_points *two = (two_points *)(uintptr_t)user;
    CHECK(round == two->rounds++ && end->stands);
    end->took = two->took, end->rows = 4, end->early = two->early;
    if (round < 4)
        return false;
    memcpy(x, two->best, two->plain.cols * sizeof *x);
    return park_program_recheck(&two->plain, x, objective);
}

/* (T85) A better point that the hook finds is taken, its work counts, and a hook that does nothing holds nobody up. */
static void points_are_varied(void)
{
    park_arena        *arena = park_arena_new();
    park_program       p;
    park_tree_settings settings;
    haverly(&p, arena, 16, 100);
    park_tree_result best  = solve(&p, arena, 1e-6);
    two_points       two   = {.plain = p, .best = best.x, .took = 3};
    double          *start = PARK_ARRAY(arena, p.cols, double);
    CHECK(start != NULL && best.x != NULL);
    start[6] = 1.0; /* the pool's quality */
    park_tree_settings_default(&settings);
    settings.start = start, settings.work_limit = 3000, settings.gap = 1e-6;
    p.recheck = one_of_two, p.user = &two;
    park_tree_result without = solve_with(&p, arena, &settings);
    p.vary                   = vary;
    park_tree_result with    = solve_with(&p, arena, &settings);
    CHECK(two.rounds >= 5 && with.x != NULL && with.reproducible);
    CHECK_CLOSE(with.objective, -400, 1e-3);
    CHECK(without.objective == 0.0 && without.bound <= -400 + 1e-3);
    two.rounds = 0, two.took = 0;
    park_tree_result idle = solve_with(&p, arena, &settings);
    CHECK(idle.x != NULL && two.rounds > 0 && idle.bound <= -400 + 1e-3);
    two.rounds = 0, two.took = settings.work_limit; /* one round spends the limit */
    park_tree_result spent = solve_with(&p, arena, &settings);
    CHECK(two.rounds == 1 && spent.reproducible && spent.nodes < without.nodes && spent.bound <= -400 + 1e-3);
    two.rounds = 0, two.took = 3, two.early = true;
    CHECK(!solve_with(&p, arena, &settings).reproducible);
    park_arena_free(arena);
}

/* Whole numbers beside a product that has nothing to say: the root is not tightened by linear programs (T57), and not later on.
 * Where the objective's zero lies changes nothing of that. */
static void a_root_that_was_not_tightened_stays_so(void)
{
    static const double COST[] = {7, 11, 13, 17, 19, 23, 29, 31}, SIZE[] = {5, 8, 9, 13, 14, 17, 21, 23};
    enum { ITEMS = sizeof COST / sizeof *COST };
    park_arena        *arena = park_arena_new();
    park_program       p;
    park_tree_settings settings;
    int32_t            item[ITEMS];
    park_program_init(&p, arena);
    for (int i = 0; i < ITEMS; i++)
        item[i] = park_program_integer(&p, 0, 3, COST[i], NULL);
    row(&p, 97.5, INFINITY, ITEMS, item, SIZE);
    int32_t f = flow(&p, 1, 0), c = park_program_col(&p, PARK_COL_CONC, 0, 1, 0, NULL),
            w = park_program_col(&p, PARK_COL_LIFTED, 0, 1, 0, NULL);
    park_program_product(&p, w, f, c);
    park_tree_result best = solve(&p, arena, 1e-9), r[2];
    CHECK(best.status == PARK_TREE_OPTIMAL);
    park_tree_settings_default(&settings);
    settings.gap = 1e-9, settings.start = best.x;
    for (int i = 0; i < 2; i++) {
        p.constant = (i == 0 ? 1000 : -1000) - best.objective;
        r[i]       = solve_with(&p, arena, &settings);
        CHECK_CLOSE(r[i].objective, i == 0 ? 1000 : -1000, 1e-6);
        CHECK(r[i].status == PARK_TREE_OPTIMAL && r[i].nodes > 1);
    }
    CHECK(r[0].nodes == r[1].nodes && r[0].lps == r[1].lps && r[0].work == r[1].work);
    park_arena_free(arena);
}

static void a_known_bound_is_believed_and_settles_a_start(void)
{
    park_arena        *arena = park_arena_new();
    park_program       p;
    park_tree_settings settings;
    haverly(&p, arena, 16, 100);
    park_tree_result best = solve(&p, arena, 1e-6);
    park_tree_settings_default(&settings);
    settings.start       = best.x;
    settings.known_bound = -402; /* half a per cent below */
    park_tree_result r   = solve_with(&p, arena, &settings);
    CHECK(r.status == PARK_TREE_GAP_REACHED && r.nodes == 0 && r.lps == 0);
    CHECK(r.bound == -402);
    settings.gap = 1e-6; /* not enough: the tree goes on and never falls behind it */
    r            = solve_with(&p, arena, &settings);
    CHECK(r.status == PARK_TREE_OPTIMAL && r.bound >= -402 && r.bound <= -400 + 1e-3);
    settings.known_bound = NAN;
    CHECK(park_tree_solve(&p, &settings, arena, &r, NULL) == PARK_E_RANGE);
    park_arena_free(arena);
}

/* The basis of a root serves the root of a like program: the same answer, and no iteration where nothing else changed. Of another
 * length it is left alone. */
static void a_root_begins_where_another_ended(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    haverly(&p, arena, 16, 100);
    park_tree_settings settings;
    park_tree_settings_default(&settings);
    settings.gap           = 1e6; /* the root alone */
    park_tree_result first = solve_with(&p, arena, &settings);
    CHECK(first.root.basis != NULL && first.root.bytes == p.cols + p.rows + 4 * p.products + p.concaves);
    settings.root           = first.root;
    park_tree_result second = solve_with(&p, arena, &settings);
    CHECK(first.work > 0 && second.work < first.work);
    CHECK_CLOSE(second.root_bound, first.root_bound, 1e-9 * fabs(first.root_bound));
    settings.root.bytes--;
    CHECK(solve_with(&p, arena, &settings).work == first.work);
    settings.root = first.root, settings.gap = 1e-6;
    CHECK_CLOSE(solve_with(&p, arena, &settings).objective, -400.0, 1e-3);
    park_arena_free(arena);
}

static void memory_may_fail_anywhere(void)
{
    park_arena        *arena = park_arena_new();
    park_program       p;
    park_tree_settings settings;
    haverly(&p, arena, 16, 100);
    park_tree_settings_default(&settings);
    int failed = 0;
    for (size_t n = 1; n < 400; n++) {
        park_tree_result r;
        settings.fail_after = n;
        park_status status  = park_tree_solve(&p, &settings, arena, &r, NULL);
        CHECK(status == PARK_OK || status == PARK_E_MEMORY);
        failed += status == PARK_E_MEMORY;
        if (status == PARK_OK)
            CHECK(r.bound <= -400 + 1e-6);
    }
    CHECK(failed > 50 && failed < 399);
    settings.fail_after = 0;
    park_arena_fail_after(arena, 1);
    park_tree_result r;
    CHECK(park_tree_solve(&p, &settings, arena, &r, NULL) == PARK_E_MEMORY); /* no room for the answer */
    park_arena_free(arena);
}

int main(void)
{
    RUN(pooling_problems_reach_their_published_profit);
    RUN(no_grid_point_beats_the_tree);
    RUN(what_is_closed_stays_in_the_bound);
    RUN(concave_costs_go_to_a_corner);
    RUN(integers_match_full_enumeration);
    RUN(pipes_of_no_weight_do_not_hold_up_the_pool);
    RUN(what_cannot_be_is_proven);
    RUN(contradictions_behind_the_relaxation_are_found);
    RUN(limits_and_interrupts_keep_what_is_known);
    RUN(bounds_hold_at_all_times);
    RUN(open_flows_are_boxed_by_the_incumbent_or_named);
    RUN(bad_calls_are_refused);
    RUN(threads_change_no_bit);
    RUN(a_second_thread_has_nearly_half_of_a_large_tree);
    RUN(order_of_rows_and_columns_does_not_matter);
    RUN(points_are_varied);
    RUN(a_start_is_taken_and_only_better_points_replace_it);
    RUN(a_root_that_was_not_tightened_stays_so);
    RUN(a_known_bound_is_believed_and_settles_a_start);
    RUN(a_root_begins_where_another_ended);
    RUN(memory_may_fail_anywhere);
    return park_test_done();
}
