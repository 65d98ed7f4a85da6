#include "numerics/lp.h"
#include "base/pool.h"
#include "base/random.h"
#include "check.h"

#include <stdbool.h>
#include <stdint.h>

/* maximize 3x + 5y, x <= 4, 2y <= 12, 3x + 2y <= 18 (Hillier and Lieberman): x = 2, y = 6, 36; duals 0,
 * 3/2, 1. */
static const double  WYNDOR_LO[] = {-INFINITY, -INFINITY, -INFINITY}, WYNDOR_HI[] = {4, 12, 18};
static const size_t  WYNDOR_START[] = {0, 1, 2, 4};
static const int32_t WYNDOR_INDEX[] = {0, 1, 0, 1};
static const double  WYNDOR_VALUE[] = {1, 2, 3, 2}, WYNDOR_COL_LO[] = {0, 0}, WYNDOR_COL_HI[] = {100, 100},
                    WYNDOR_COST[] = {-3, -5};

static park_lp *wyndor(void)
{
    park_lp *lp = park_lp_new();
    CHECK(park_lp_load(lp, 3, 2, WYNDOR_LO, WYNDOR_HI, WYNDOR_START, WYNDOR_INDEX, WYNDOR_VALUE,
                       WYNDOR_COL_LO, WYNDOR_COL_HI, WYNDOR_COST, NULL) == PARK_OK);
    return lp;
}

static void check_wyndor(park_lp *lp)
{
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_OPTIMAL);
    CHECK_CLOSE(park_lp_objective(lp), -36, 1e-9);
    CHECK_CLOSE(park_lp_primal(lp)[0], 2, 1e-9);
    CHECK_CLOSE(park_lp_primal(lp)[1], 6, 1e-9);
    CHECK_CLOSE(park_lp_dual(lp)[0], 0, 1e-9);
    CHECK_CLOSE(park_lp_dual(lp)[1], -1.5, 1e-9);
    CHECK_CLOSE(park_lp_dual(lp)[2], -1, 1e-9);
    double bound = park_lp_safe_bound(lp);
    CHECK(bound <= -36 && bound > -36 - 1e-9);
}

static void a_textbook_problem_and_its_duals(void)
{
    park_lp *lp = wyndor();
    check_wyndor(lp);
    CHECK(park_lp_rows(lp) == 3 && park_lp_cols(lp) == 2);
    park_lp_free(lp);
}

static void changes_are_followed(void)
{
    park_lp *lp = wyndor();
    check_wyndor(lp);
    CHECK(park_lp_set_col(lp, 1, 0, 3, NULL) == PARK_OK); /* y <= 3: x = 4, y = 3, 27 */
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_OPTIMAL);
    CHECK_CLOSE(park_lp_objective(lp), -27, 1e-9);
    CHECK(park_lp_set_cost(lp, 0, 1, NULL) == PARK_OK); /* x costs: x = 0, y = 3 */
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_OPTIMAL);
    CHECK_CLOSE(park_lp_objective(lp), -15, 1e-9);
    const int32_t both[] = {0, 1, 0};
    const double  two[]  = {1, 1, 1}; /* 2x + y = 5 by a repeated column */
    CHECK(park_lp_add_row(lp, 5, 5, 3, both, two, NULL) == PARK_OK);
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_OPTIMAL); /* y = 3, x = 1: 1 - 15 */
    CHECK_CLOSE(park_lp_objective(lp), -14, 1e-9);
    CHECK(park_lp_set_row(lp, 3, 5, 5, 2, both, two, NULL) == PARK_OK); /* x + y = 5: y = 3, x = 2 */
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_OPTIMAL);
    CHECK_CLOSE(park_lp_objective(lp), -13, 1e-9);
    park_lp_truncate(lp, 3);
    CHECK(park_lp_add_row(lp, -INFINITY, 1, 1, both + 1, two, NULL) ==
          PARK_OK); /* y <= 1 in the row's old place */
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_OPTIMAL);
    CHECK_CLOSE(park_lp_objective(lp), -5, 1e-9);
    park_lp_truncate(lp, 3);
    CHECK(park_lp_set_col(lp, 1, 0, 100, NULL) == PARK_OK && park_lp_set_cost(lp, 0, -3, NULL) == PARK_OK);
    check_wyndor(lp);
    park_lp_free(lp);
}

static void bad_numbers_are_named_and_change_nothing(void)
{
    park_lp      *lp    = wyndor();
    park_error    err   = {0};
    const int32_t far[] = {7}, first[] = {0}, twice[] = {0, 0};
    const double  one[] = {1}, nan[] = {NAN}, huge[] = {1.7e308, 1.7e308};
    CHECK(park_lp_add_row(lp, 0, 1, 1, far, one, &err) == PARK_E_RANGE &&
          strstr(err.message, "column 7") != NULL);
    CHECK(park_lp_add_row(lp, 0, 1, 1, first, nan, &err) == PARK_E_RANGE &&
          strstr(err.message, "finite") != NULL);
    CHECK(park_lp_add_row(lp, NAN, 1, 1, first, one, NULL) == PARK_E_RANGE);
    CHECK(park_lp_add_row(lp, 0, 1, 2, twice, huge, NULL) == PARK_E_RANGE);
    CHECK(park_lp_add_row(lp, 2, 1, 1, first, one, NULL) == PARK_E_RANGE);
    CHECK(park_lp_set_row(lp, 3, 0, 1, 1, first, one, NULL) == PARK_E_RANGE);
    CHECK(park_lp_set_row(lp, 0, 0, 1, 1, first, nan, NULL) == PARK_E_RANGE);
    CHECK(park_lp_set_cost(lp, 0, NAN, NULL) == PARK_E_RANGE &&
          park_lp_set_cost(lp, 2, 0, NULL) == PARK_E_RANGE);
    CHECK(park_lp_set_col(lp, 0, 0, NAN, NULL) == PARK_E_RANGE &&
          park_lp_set_col(lp, -1, 0, 1, NULL) == PARK_E_RANGE);
    CHECK(park_lp_set_col(lp, 0, 1, 0, NULL) == PARK_E_RANGE);
    double bad_cost[] = {NAN, 1};
    CHECK(park_lp_load(lp, 3, 2, WYNDOR_LO, WYNDOR_HI, WYNDOR_START, WYNDOR_INDEX, WYNDOR_VALUE,
                       WYNDOR_COL_LO, WYNDOR_COL_HI, bad_cost, NULL) == PARK_E_RANGE);
    check_wyndor(lp);
    park_lp_free(lp);
}

/* x + y >= 3 and x - y >= 3 in [0,1]^2: the second row alone says no. */
static void infeasible_is_proven(void)
{
    park_lp      *lp      = park_lp_new();
    const size_t  start[] = {0, 2, 4};
    const int32_t index[] = {0, 1, 0, 1};
    const double  value[] = {1, 1, 1, -1}, lo[] = {1, 1.5}, hi[] = {INFINITY, INFINITY}, zero[] = {0, 0},
                 one[] = {1, 1};
    CHECK(park_lp_load(lp, 2, 2, lo, hi, start, index, value, zero, one, one, NULL) == PARK_OK);
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_INFEASIBLE);
    CHECK(park_lp_safe_infeasible(lp, 0));
    CHECK(park_lp_safe_bound(lp) == -INFINITY);
    /* Feasible problems never pass as infeasible, touching ones neither. */
    CHECK(park_lp_set_row(lp, 1, 1.0, INFINITY, 2, index, value + 2, NULL) ==
          PARK_OK); /* x - y >= 1: only (1, 0) */
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_OPTIMAL);
    CHECK(!park_lp_safe_infeasible(lp, 0));
    park_lp_free(lp);
}

/* x free, x + y >= -5 with y in [0, 1]: the least x is -6; and the greatest of x - y <= 3 is 4. */
static void a_free_column_stays_free(void)
{
    park_lp      *lp      = park_lp_new();
    const size_t  start[] = {0, 2, 4};
    const int32_t index[] = {0, 1, 0, 1};
    const double  value[] = {1, 1, 1, -1}, row_lo[] = {-5, -INFINITY}, row_hi[] = {INFINITY, 3},
                 lo[] = {-INFINITY, 0}, hi[] = {INFINITY, 1}, cost[] = {1, 0};
    CHECK(park_lp_load(lp, 2, 2, row_lo, row_hi, start, index, value, lo, hi, cost, NULL) == PARK_OK);
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_OPTIMAL);
    CHECK_CLOSE(park_lp_objective(lp), -6, 1e-9);
    CHECK(park_lp_set_cost(lp, 0, -1.0, NULL) == PARK_OK);
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_OPTIMAL);
    CHECK_CLOSE(park_lp_objective(lp), -4, 1e-9);
    park_lp_free(lp);
}

static void unbounded_and_limited_are_told(void)
{
    park_lp      *lp      = park_lp_new();
    const size_t  start[] = {0, 2};
    const int32_t index[] = {0, 1};
    const double  value[] = {1, -1}, lo[] = {-1}, hi[] = {1}, zero[] = {0, 0}, inf[] = {INFINITY, INFINITY};
    const double  cost[] = {-1, -1};
    CHECK(park_lp_load(lp, 1, 2, lo, hi, start, index, value, zero, inf, cost, NULL) == PARK_OK);
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_UNBOUNDED);
    CHECK(park_lp_safe_bound(lp) == -INFINITY);
    park_lp_free(lp);
    lp = wyndor();
    CHECK(park_lp_solve(lp, NULL, 1) == PARK_LP_LIMIT);
    check_wyndor(lp);
    park_lp_free(lp);
    lp = park_lp_new();
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_FAILED); /* nothing loaded */
    park_lp_free(lp);
}

/* No row: every column goes where its cost wants it, 3 x 2 - 5 x 4. */
static void a_problem_may_have_no_rows(void)
{
    park_lp     *lp      = park_lp_new();
    const size_t start[] = {0};
    const double lo[] = {2, 0}, hi[] = {9, 4}, cost[] = {3, -5};
    CHECK(park_lp_load(lp, 0, 2, NULL, NULL, start, NULL, NULL, lo, hi, cost, NULL) == PARK_OK);
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_OPTIMAL);
    CHECK_CLOSE(park_lp_objective(lp), -14, 1e-9);
    CHECK_CLOSE(park_lp_safe_bound(lp), -14, 1e-9);
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_OPTIMAL); /* from its basis */
    CHECK_CLOSE(park_lp_primal(lp)[1], 4, 1e-9);
    park_lp_free(lp);
}

static void a_cutoff_ends_early_and_its_bound_is_safe(void)
{
    park_lp *lp = wyndor();
    check_wyndor(lp);
    park_lp_set_cutoff(lp, -40); /* optimum -36 is above */
    CHECK(park_lp_set_col(lp, 1, 0, 3, NULL) == PARK_OK);
    park_lp_status status = park_lp_solve(lp, NULL, 0);
    CHECK(status == PARK_LP_CUTOFF || status == PARK_LP_OPTIMAL);
    double bound = park_lp_safe_bound(lp);
    CHECK(bound <= -27 && bound >= -40);
    park_lp_free(lp);
}

static void a_basis_is_kept_and_bad_ones_are_survived(void)
{
    park_lp      *lp    = wyndor();
    park_arena   *arena = park_arena_new();
    park_lp_basis basis;
    check_wyndor(lp);
    CHECK(park_lp_basis_get(lp, arena, &basis) == PARK_OK && basis.rows == 3 && basis.cols == 2);
    CHECK(park_lp_solve(lp, &basis, 0) == PARK_LP_OPTIMAL && park_lp_iterations(lp) == 0);
    memset(basis.status, 1, 5); /* everything basic: not a basis */
    CHECK(park_lp_solve(lp, &basis, 0) == PARK_LP_OPTIMAL);
    CHECK_CLOSE(park_lp_objective(lp), -36, 1e-9);
    basis.status[0] = basis.status[1] = 200; /* no status at all */
    CHECK(park_lp_solve(lp, &basis, 0) == PARK_LP_OPTIMAL);
    basis.cols = 9;
    CHECK(park_lp_solve(lp, &basis, 0) == PARK_LP_OPTIMAL);
    park_arena_fail_after(arena, 1);
    CHECK(park_lp_basis_get(lp, arena, &basis) == PARK_E_MEMORY);
    park_arena_free(arena);
    park_lp_free(lp);
    /* Two equal columns basic for two rows: singular. */
    lp                    = park_lp_new();
    const size_t  start[] = {0, 2, 4};
    const int32_t index[] = {0, 1, 0, 1};
    const double  value[] = {1, 1, 2, 2}, lo[] = {1, 2}, zero[] = {0, 0}, ten[] = {10, 10}, one[] = {1, 1};
    uint8_t       status[] = {1, 1, 2, 2};
    park_lp_basis singular = {.rows = 2, .cols = 2, .status = status};
    CHECK(park_lp_load(lp, 2, 2, lo, ten, start, index, value, zero, ten, one, NULL) == PARK_OK);
    CHECK(park_lp_solve(lp, &singular, 0) == PARK_LP_OPTIMAL);
    CHECK_CLOSE(park_lp_objective(lp), 1, 1e-9);
    park_lp_free(lp);
}

/* An inner failure takes the environment and every problem in it; all of them come back by themselves. */
static void a_lost_environment_is_rebuilt(void)
{
    park_lp *one = wyndor(), *two = wyndor();
    check_wyndor(one);
    check_wyndor(two);
    park_lp_break_engine(one);
    check_wyndor(one);
    check_wyndor(two);
    park_lp_break_engine(two);
    park_lp_free(one); /* its problem may be gone already */
    check_wyndor(two);
    park_lp_free(two);
    park_lp_free(NULL);
}

typedef struct family {
    park_lp *lp[8];
    double   objective[8];
} family;

static void make_item(void *user, size_t i, int slot)
{
    family *f = user;
    (void)slot;
    f->lp[i] = wyndor();
    if (i == 3)
        park_lp_break_engine(f->lp[i]);
    f->objective[i] = park_lp_solve(f->lp[i], NULL, 0) == PARK_LP_OPTIMAL ? park_lp_objective(f->lp[i]) : NAN;
}

/* Made in other threads, solved and freed here: against the rule, and survived. */
static void threads_do_not_share_engines(void)
{
    family f = {0};
    park_pool_run(4, 8, make_item, &f);
    for (int i = 0; i < 8; i++) {
        CHECK_CLOSE(f.objective[i], -36, 1e-9);
        check_wyndor(f.lp[i]);
        park_lp_free(f.lp[i]);
    }
}

static void solve_item(void *user, size_t i, int slot)
{
    family *f = user;
    (void)slot;
    f->objective[i] = park_lp_solve(f->lp[i], NULL, 0) == PARK_LP_OPTIMAL ? park_lp_objective(f->lp[i]) : NAN;
}

static void free_item(void *user, size_t i, int slot)
{
    (void)slot;
    park_lp_free(((family *)user)->lp[i]);
}

/* A team that shrinks and grows again has new threads at old addresses: what the old ones left is not theirs. */
static void threads_that_ended_leave_nothing_behind(void)
{
    for (int again = 0; again < 20; again++) {
        family f = {0}, few = {0};
        park_pool_run(8, 8, make_item, &f);
        park_pool_run(2, 2, make_item, &few);
        park_pool_run(8, 8, solve_item, &f);
        for (int i = 0; i < 8; i++)
            CHECK_CLOSE(f.objective[i], -36, 1e-9);
        park_pool_run(3, 8, solve_item, &f);
        park_pool_run(8, 8, free_item, &f);
        park_pool_run(2, 2, free_item, &few);
    }
}

/* Random boxed problems: the bound of any status is below the objective at every feasible corner and sample.
 */
static void safe_bounds_hold_on_random_problems(void)
{
    enum { N = 4, M = 3 };
    int solved = 0;
    for (uint64_t seed = 0; seed < 200; seed++) {
        park_random r = park_random_start(seed, 1, 0);
        double      row_lo[M], row_hi[M], value[N * M], lo[N], hi[N], cost[N], best = INFINITY;
        int32_t     index[N * M];
        size_t      start[M + 1] = {0, N, 2 * N, 3 * N};
        for (int k = 0; k < N * M; k++) {
            index[k] = k % N;
            value[k] = park_random_uniform(&r) * 4 - 2;
        }
        for (int i = 0; i < M; i++) {
            row_lo[i] = park_random_uniform(&r) * 3 - 3;
            row_hi[i] = row_lo[i] + 2 * park_random_uniform(&r);
        }
        for (int j = 0; j < N; j++) {
            lo[j]   = -park_random_uniform(&r);
            hi[j]   = park_random_uniform(&r);
            cost[j] = park_random_uniform(&r) * 2 - 1;
        }
        park_lp *lp = park_lp_new();
        CHECK(park_lp_load(lp, M, N, row_lo, row_hi, start, index, value, lo, hi, cost, NULL) == PARK_OK);
        park_lp_status status     = park_lp_solve(lp, NULL, 0);
        bool           infeasible = park_lp_safe_infeasible(lp, 0);
        for (int sample = 0; sample < 3000; sample++) {
            double x[N], z = 0;
            bool   inside = true;
            for (int j = 0; j < N; j++) {
                double t = park_random_uniform(&r) * 1.4 - 0.2;
                x[j]     = lo[j] + fmin(fmax(t, 0), 1) * (hi[j] - lo[j]);
                z += cost[j] * x[j];
            }
            for (int i = 0; i < M; i++) {
                double a = 0;
                for (int j = 0; j < N; j++)
                    a += value[i * N + j] * x[j];
                inside = inside && a >= row_lo[i] && a <= row_hi[i];
            }
            if (inside)
                best = fmin(best, z);
        }
        CHECK(!(infeasible && isfinite(best)));
        if (status == PARK_LP_OPTIMAL) {
            double bound = park_lp_safe_bound(lp);
            solved++;
            CHECK(bound <= best);
            CHECK(bound <= park_lp_objective(lp) && bound > park_lp_objective(lp) - 1e-8);
        } else {
            CHECK(status == PARK_LP_INFEASIBLE && infeasible);
        }
        (void)park_lp_solve(lp, NULL, 1);
        if (status == PARK_LP_OPTIMAL)
            CHECK(park_lp_safe_bound(lp) <= best);
        park_lp_free(lp);
    }
    CHECK(solved > 50 && solved < 200);
}

/* The same problem reached by two histories gives the same bits. */
static void history_leaves_no_trace(void)
{
    park_lp      *plain = wyndor(), *worn = wyndor();
    const int32_t both[]  = {0, 1};
    const double  third[] = {3, 2}, odd[] = {0.7, 1.9};
    check_wyndor(worn);
    for (int k = 0; k < 5; k++) {
        CHECK(park_lp_set_row(worn, 2, -INFINITY, 3 + k, 2, both, odd, NULL) == PARK_OK);
        CHECK(park_lp_add_row(worn, 0, 2, 2, both, odd, NULL) == PARK_OK);
        CHECK(park_lp_solve(worn, NULL, 0) == PARK_LP_OPTIMAL);
        park_lp_truncate(worn, 3);
    }
    CHECK(park_lp_set_row(worn, 2, -INFINITY, 18, 2, both, third, NULL) == PARK_OK);
    uint8_t       slack[] = {2, 2, 1, 1, 1};
    park_lp_basis basis   = {.rows = 3, .cols = 2, .status = slack};
    CHECK(park_lp_solve(plain, &basis, 0) == PARK_LP_OPTIMAL &&
          park_lp_solve(worn, &basis, 0) == PARK_LP_OPTIMAL);
    CHECK(memcmp(park_lp_primal(plain), park_lp_primal(worn), 2 * sizeof(double)) == 0);
    CHECK(memcmp(park_lp_dual(plain), park_lp_dual(worn), 3 * sizeof(double)) == 0);
    CHECK(park_lp_safe_bound(plain) == park_lp_safe_bound(worn));
    park_lp_free(plain);
    park_lp_free(worn);
}

/* Sharing out: M stocks of size 1, N products that each draw on some stocks. Long enough for several slices. */
static park_lp *long_problem(void)
{
    enum { M = 500, N = 1500, DRAWS = 40 };
    static double  row_lo[M], row_hi[M], value[M * DRAWS], lo[N], hi[N], cost[N];
    static int32_t index[M * DRAWS];
    static size_t  start[M + 1];
    park_random    r = park_random_start(7, 1, 0);
    for (int i = 0; i < M; i++) {
        row_lo[i]    = -INFINITY;
        row_hi[i]    = 1.0;
        start[i + 1] = (size_t)(i + 1) * DRAWS;
        for (int k = 0; k < DRAWS; k++) {
            index[i * DRAWS + k] = (int32_t)(park_random_uniform(&r) * N);
            value[i * DRAWS + k] = 0.5 + park_random_uniform(&r);
        }
    }
    for (int j = 0; j < N; j++) {
        lo[j]   = 0.0;
        hi[j]   = 1.0;
        cost[j] = -0.5 - park_random_uniform(&r);
    }
    park_lp *lp = park_lp_new();
    CHECK(park_lp_load(lp, M, N, row_lo, row_hi, start, index, value, lo, hi, cost, NULL) == PARK_OK);
    return lp;
}

/* Duality proves the optimum that was reached over several slices; interrupt, deadline and limit end it on the way. */
static void a_long_solve_goes_by_slices(void)
{
    park_lp *lp = long_problem();
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_OPTIMAL);
    int64_t whole     = park_lp_iterations(lp);
    double  objective = park_lp_objective(lp), bound = park_lp_safe_bound(lp);
    CHECK(whole > 2000 && bound <= objective && bound > objective - 1e-6);
    park_lp_free(lp);

    lp                 = long_problem();
    park_cancel cancel = {0};
    park_lp_set_cancel(lp, &cancel);
    park_cancel_raise(&cancel, 2);
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_LIMIT && park_lp_iterations(lp) < whole);
    park_lp_set_cancel(lp, NULL);
    park_lp_set_deadline(lp, park_clock_seconds() - 1.0);
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_LIMIT && park_lp_iterations(lp) < whole);
    park_lp_set_deadline(lp, INFINITY);
    CHECK(park_lp_solve(lp, NULL, 1500) == PARK_LP_LIMIT && park_lp_iterations(lp) <= 1500);
    bound = park_lp_safe_bound(
        lp); /* any multipliers prove one; that of none is the sum of the costs, no better than -1500 */
    CHECK(bound <= objective && bound > objective - 0.5 * fabs(objective));
    CHECK(park_lp_solve(lp, NULL, 0) == PARK_LP_OPTIMAL);
    CHECK_CLOSE(park_lp_objective(lp), objective, 1e-6);
    park_lp_free(lp);
}

static void memory_may_fail_anywhere(void)
{
    const int32_t both[] = {0, 1};
    const double  one[]  = {1, 1};
    for (size_t n = 1; n < 12; n++) {
        park_lp *lp = wyndor();
        park_lp_fail_after(lp, n);
        for (int k = 0; k < 40; k++) {
            size_t      before = park_lp_rows(lp);
            park_status status = park_lp_add_row(lp, 0, 100, 2, both, one, NULL);
            CHECK(status == PARK_OK || (status == PARK_E_MEMORY && park_lp_rows(lp) == before));
        }
        park_lp_status solved = park_lp_solve(lp, NULL, 0);
        CHECK(solved == PARK_LP_OPTIMAL || solved == PARK_LP_FAILED);
        park_lp_fail_after(lp, 0);
        check_wyndor(lp);
        park_lp_free(lp);
    }
}

int main(void)
{
    RUN(a_textbook_problem_and_its_duals);
    RUN(changes_are_followed);
    RUN(bad_numbers_are_named_and_change_nothing);
    RUN(infeasible_is_proven);
    RUN(a_free_column_stays_free);
    RUN(unbounded_and_limited_are_told);
    RUN(a_problem_may_have_no_rows);
    RUN(a_cutoff_ends_early_and_its_bound_is_safe);
    RUN(a_basis_is_kept_and_bad_ones_are_survived);
    RUN(a_lost_environment_is_rebuilt);
    RUN(threads_do_not_share_engines);
    RUN(threads_that_ended_leave_nothing_behind);
    RUN(safe_bounds_hold_on_random_problems);
    RUN(history_leaves_no_trace);
    RUN(a_long_solve_goes_by_slices);
    RUN(memory_may_fail_anywhere);
    return park_test_done();
}
