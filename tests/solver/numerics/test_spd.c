/* Both engines behind spd.h against each other, against dense elimination, and on matrices that are not positive. */
#include "check.h"

#include "base/random.h"
#include "base/wide.h"
#include "numerics/spd_engine.h"

typedef struct system {
    size_t  count, pairs;
    int32_t row[4000], col[4000];
    double  value[4000]; /* conductance of each pair */
    double  ground[1000];
    double  b[1000], x[1000];
} system_t;

/* A street grid with some streets missing, some parallel, and grounds here and there: diagonally dominant. */
static void grid(system_t *s, size_t width, size_t height, uint64_t seed)
{
    park_random r = park_random_start(seed, 1, 0);
    s->count      = width * height;
    s->pairs      = 0;
    for (size_t i = 0; i < s->count; i++) {
        s->ground[i] = park_random_uniform(&r) < 0.1 ? park_random_uniform(&r) : 0.0;
        s->b[i]      = park_random_normal(&r);
        size_t right = i % width + 1 < width ? i + 1 : i, down = i + width;
        size_t to[3]   = {right, down < s->count ? down : i, right};
        double keep[3] = {0.95, 0.8, 0.05};
        for (size_t k = 0; k < 3; k++)
            if (to[k] != i && park_random_uniform(&r) < keep[k]) {
                int turned         = park_random_uniform(&r) < 0.5;
                s->row[s->pairs]   = (int32_t)(turned ? to[k] : i);
                s->col[s->pairs]   = (int32_t)(turned ? i : to[k]);
                s->value[s->pairs] = exp(6.0 * park_random_normal(&r));
                s->pairs++;
            }
    }
    for (size_t i = 0; i < s->count; i++)
        s->ground[i] += 1e-3;
}

static park_status solve_with(park_spd_engine engine, system_t *s, int again)
{
    park_arena    *arena = park_arena_new(), *scratch = park_arena_new();
    park_spd_plan *plan;
    park_spd_work  work;
    double         b[1000];
    int32_t        bad;
    CHECK(park_spd_plan_make(arena, scratch, engine, s->count, s->pairs, s->row, s->col, &plan, NULL) ==
          PARK_OK);
    park_arena_free(scratch);
    CHECK(park_spd_work_make(arena, plan, &work, NULL) == PARK_OK);
    park_status status = PARK_OK;
    for (int round = 0; round < 2; round++) { /* the second must not see the first */
        park_spd_clear(plan, &work);
        for (size_t i = 0; i < s->count; i++) {
            work.diag[plan->position[i]] += s->ground[i];
            b[plan->position[i]] = s->b[i];
        }
        for (size_t k = 0; k < s->pairs; k++) {
            work.off[plan->slot[k]] -= s->value[k];
            work.diag[plan->position[s->row[k]]] += s->value[k];
            work.diag[plan->position[s->col[k]]] += s->value[k];
        }
        status = park_spd_solve(plan, &work, b, &bad);
        CHECK((bad < 0) == (status == PARK_OK));
    }
    if (again) {
        for (size_t i = 0; i < s->count; i++)
            b[plan->position[i]] = 2.0 * s->b[i];
        park_spd_solve_again(plan, &work, b);
    }
    for (size_t i = 0; i < s->count; i++)
        s->x[i] = b[plan->position[i]];
    park_arena_free(arena);
    return status;
}

/* Largest |b - A x| as a share of the largest |A||x|. */
static double residual(const system_t *s)
{
    static double r[1000], size[1000];
    double        worst = 0.0, largest = 0.0;
    for (size_t i = 0; i < s->count; i++) {
        r[i]    = s->b[i] - s->ground[i] * s->x[i];
        size[i] = fabs(s->ground[i] * s->x[i]);
    }
    for (size_t k = 0; k < s->pairs; k++) {
        double flow = s->value[k] * (s->x[s->row[k]] - s->x[s->col[k]]);
        r[s->row[k]] -= flow;
        r[s->col[k]] += flow;
        size[s->row[k]] += s->value[k] * (fabs(s->x[s->row[k]]) + fabs(s->x[s->col[k]]));
        size[s->col[k]] += s->value[k] * (fabs(s->x[s->row[k]]) + fabs(s->x[s->col[k]]));
    }
    for (size_t i = 0; i < s->count; i++) {
        worst   = fmax(worst, fabs(r[i]) / (size[i] + 1e-300));
        largest = fmax(largest, size[i]);
    }
    return worst;
}

static void both_engines_leave_no_residual(void)
{
    static system_t     s;
    static const size_t SHAPE[][2] = {{1, 1}, {2, 1}, {30, 1}, {5, 5}, {30, 30}, {100, 3}};
    for (size_t k = 0; k < sizeof SHAPE / sizeof SHAPE[0]; k++)
        for (uint64_t seed = 1; seed <= 5; seed++) {
            grid(&s, SHAPE[k][0], SHAPE[k][1], seed);
            CHECK(solve_with(PARK_SPD_LDL, &s, 0) == PARK_OK);
            CHECK(residual(&s) < 1e-12); /* backward stable: a few hundred roundings a row */
            CHECK(solve_with(PARK_SPD_CHOLMOD, &s, 0) == PARK_OK);
            CHECK(residual(&s) < 1e-12);
        }
}

static void a_second_side_uses_the_factors_that_stand(void)
{
    static system_t s;
    grid(&s, 20, 20, 3);
    for (int engine = 0; engine < 2; engine++) {
        CHECK(solve_with(engine ? PARK_SPD_CHOLMOD : PARK_SPD_LDL, &s, 0) == PARK_OK);
        double once[1000];
        memcpy(once, s.x, sizeof once);
        CHECK(solve_with(engine ? PARK_SPD_CHOLMOD : PARK_SPD_LDL, &s, 1) == PARK_OK);
        for (size_t i = 0; i < s.count; i++)
            CHECK_CLOSE(s.x[i], 2.0 * once[i], 1e-9 * fabs(once[i]) + 1e-12);
    }
}

/* Dense elimination is the third opinion, on systems where the condition leaves ten digits. */
static void dense_elimination_agrees(void)
{
    static system_t s;
    static double   a[400 * 400], x[400];
    for (uint64_t seed = 1; seed <= 5; seed++) {
        grid(&s, 20, 20, seed);
        for (size_t k = 0; k < s.pairs; k++)
            s.value[k] = 0.5 + s.value[k] / (1.0 + s.value[k]);
        size_t n = s.count;
        memset(a, 0, sizeof a);
        for (size_t i = 0; i < n; i++) {
            s.ground[i] += 0.1;
            a[i * n + i] += s.ground[i];
            x[i] = s.b[i];
        }
        for (size_t k = 0; k < s.pairs; k++) {
            size_t i = (size_t)s.row[k], j = (size_t)s.col[k];
            a[i * n + i] += s.value[k];
            a[j * n + j] += s.value[k];
            a[i * n + j] -= s.value[k];
            a[j * n + i] -= s.value[k];
        }
        for (size_t c = 0; c < n; c++)
            for (size_t r = c + 1; r < n; r++) {
                double f = a[r * n + c] / a[c * n + c];
                for (size_t k = c; k < n && f != 0.0; k++)
                    a[r * n + k] -= f * a[c * n + k];
                x[r] -= f * x[c];
            }
        for (size_t r = n; r-- > 0;) {
            for (size_t k = r + 1; k < n; k++)
                x[r] -= a[r * n + k] * x[k];
            x[r] /= a[r * n + r];
        }
        for (int engine = 0; engine < 2; engine++) {
            CHECK(solve_with(engine ? PARK_SPD_CHOLMOD : PARK_SPD_LDL, &s, 0) == PARK_OK);
            for (size_t i = 0; i < n; i++)
                CHECK_CLOSE(s.x[i], x[i], 1e-10);
        }
    }
}

/* All joined with all, or thick trees of joined groups. */
static void joined_groups(system_t *s, size_t group)
{
    park_random r = park_random_start(group, 2, 0);
    s->count      = group > 40 ? group : group * 3;
    s->pairs      = 0;
    for (size_t i = 0; i < s->count; i++) {
        s->ground[i] = 0.5;
        s->b[i]      = park_random_normal(&r);
        for (size_t j = i + 1; j < s->count && j / group == i / group; j++) { /* joined with its group ... */
            s->row[s->pairs]     = (int32_t)i;
            s->col[s->pairs]     = (int32_t)j;
            s->value[s->pairs++] = park_random_uniform(&r);
        }
        if (i >= group) { /* ... and with one of the group before */
            s->row[s->pairs]     = (int32_t)i;
            s->col[s->pairs]     = (int32_t)(i - group);
            s->value[s->pairs++] = park_random_uniform(&r);
        }
    }
    CHECK(s->pairs <= 4000);
}

/* Every kernel has its turn, the wide ones too. */
static void thick_systems_use_every_kernel(void)
{
    static system_t s;
    for (size_t group = 2; group <= 60; group++) {
        joined_groups(&s, group);
        CHECK(solve_with(PARK_SPD_LDL, &s, 0) == PARK_OK);
        CHECK(residual(&s) < 1e-12);
        CHECK(solve_with(PARK_SPD_LDL, &s, 1) == PARK_OK);
        for (size_t i = 0; i < s.count; i++)
            s.x[i] /= 2.0;
        CHECK(residual(&s) < 1e-12);
    }
}

/* A ground below zero somewhere: both engines name a pivot, none gives an answer. */
static void a_matrix_that_is_not_positive_is_told(void)
{
    static system_t s;
    for (size_t spoilt = 0; spoilt < 100; spoilt += 9)
        for (int engine = 0; engine < 2; engine++) {
            grid(&s, 10, 10, 4);
            s.ground[spoilt] = -1e6;
            CHECK(solve_with(engine ? PARK_SPD_CHOLMOD : PARK_SPD_LDL, &s, 0) == PARK_E_NUMERIC);
            s.ground[spoilt] = NAN;
            CHECK(solve_with(PARK_SPD_LDL, &s, 0) == PARK_E_NUMERIC);
        }
}

/* -- lanes -- */

/* Lane k: the conductances of `s` scaled from pair to pair by the lane, other grounds and sides. */
static void lane_of(const system_t *s, int k, system_t *own)
{
    *own = *s;
    for (size_t i = 0; i < s->pairs; i++)
        own->value[i] = s->value[i] * (1.0 + 0.3 * k * (double)(i % 7));
    for (size_t i = 0; i < s->count; i++) {
        own->ground[i] = s->ground[i] * (1.0 + k);
        own->b[i]      = s->b[i] + k * (double)(i % 5);
    }
}

/* Solves the lanes and compares each with itself solved alone, bit by bit; `poor`: the lanes that must fail. */
static void check_lanes(const system_t *s, unsigned poor, bool wide)
{
    static system_t own[PARK_LANES];
    park_arena     *arena = park_arena_new(), *scratch = park_arena_new();
    park_spd_plan  *plan;
    park_spd_work   work;
    CHECK(park_spd_plan_make(arena, scratch, PARK_SPD_LDL, s->count, s->pairs, s->row, s->col, &plan, NULL) ==
          PARK_OK);
    CHECK(park_spd_lanes_make(arena, plan, &work, NULL) == PARK_OK);
    double *b = park_spd_lanes_array(arena, s->count);
    for (int k = 0; k < PARK_LANES; k++) {
        lane_of(s, k, &own[k]);
        if (poor >> k & 1)
            own[k].ground[s->count / 2] = -1e6;
        CHECK((solve_with(PARK_SPD_LDL, &own[k], 0) != PARK_OK) == (poor >> k & 1));
    }
    for (int round = 0; round < 2; round++) {
        park_spd_lanes_clear(plan, &work);
        for (int k = 0; k < PARK_LANES; k++) {
            for (size_t i = 0; i < s->count; i++) {
                work.diag[plan->position[i] * PARK_LANES + k] += own[k].ground[i];
                b[plan->position[i] * PARK_LANES + k] = own[k].b[i];
            }
            for (size_t p = 0; p < s->pairs; p++) {
                work.off[plan->slot[p] * PARK_LANES + k] -= own[k].value[p];
                work.diag[plan->position[s->row[p]] * PARK_LANES + k] += own[k].value[p];
                work.diag[plan->position[s->col[p]] * PARK_LANES + k] += own[k].value[p];
            }
        }
        CHECK(park_spd_lanes_solve_as(plan, &work, b, wide) == poor);
    }
    for (int k = 0; k < PARK_LANES; k++)
        for (size_t i = 0; i < s->count && !(poor >> k & 1); i++)
            CHECK(memcmp(&own[k].x[i], &b[plan->position[i] * PARK_LANES + k], sizeof(double)) == 0);
    park_arena_free(scratch);
    park_arena_free(arena);
}

/* Street grids have small shapes, groups joined in themselves tall and large ones. */
static void a_lane_has_the_bits_of_its_system_alone(void)
{
    static system_t s;
    for (int wide = 0; wide < 2; wide++) {
        static const size_t SHAPE[][2] = {{1, 1}, {2, 1}, {9, 7}, {30, 30}};
        for (size_t k = 0; k < sizeof SHAPE / sizeof SHAPE[0]; k++) {
            grid(&s, SHAPE[k][0], SHAPE[k][1], 7 + k);
            check_lanes(&s, 0, wide);
        }
        for (size_t group = 2; group <= 60; group += 3) {
            joined_groups(&s, group);
            check_lanes(&s, 0, wide);
        }
    }
}

/* Where a lane is not positive definite, it alone is told, and the others have their answers. */
static void a_poor_lane_leaves_the_others(void)
{
    static system_t s;
    grid(&s, 10, 10, 4);
    for (unsigned poor = 0; poor < 1u << PARK_LANES; poor++)
        check_lanes(&s, poor, poor & 1);
}

static void pairs_must_make_sense(void)
{
    park_arena    *arena = park_arena_new();
    park_spd_plan *plan;
    int32_t        row[] = {0, 1}, far[] = {1, 5}, same[] = {1, 1}, outside[] = {1, -1};
    CHECK(park_spd_plan_make(arena, arena, PARK_SPD_LDL, 3, 2, row, far, &plan, NULL) == PARK_E_RANGE);
    CHECK(park_spd_plan_make(arena, arena, PARK_SPD_LDL, 3, 2, row, same, &plan, NULL) == PARK_E_RANGE);
    CHECK(park_spd_plan_make(arena, arena, PARK_SPD_LDL, 3, 2, row, outside, &plan, NULL) == PARK_OK);
    CHECK((size_t)plan->slot[1] == plan->slots - 1); /* the spare one */
    CHECK(park_spd_plan_make(arena, arena, PARK_SPD_LDL, 0, 0, row, far, &plan, NULL) == PARK_OK);
    park_spd_work work;
    int32_t       bad;
    CHECK(park_spd_work_make(arena, plan, &work, NULL) == PARK_OK);
    CHECK(park_spd_solve(plan, &work, NULL, &bad) == PARK_OK);
    park_arena_free(arena);
}

static void every_failed_allocation_is_told(void)
{
    static system_t s;
    grid(&s, 8, 8, 1);
    for (int engine = 0; engine < 2; engine++)
        for (int in_scratch = 0; in_scratch < 2; in_scratch++) {
            int done = 0;
            for (size_t n = 1; !done && n < 200; n++) {
                park_arena    *arena = park_arena_new(), *scratch = park_arena_new();
                park_spd_plan *plan;
                park_spd_work  work;
                park_arena_fail_after(in_scratch ? scratch : arena, n);
                park_status status =
                    park_spd_plan_make(arena, scratch, engine ? PARK_SPD_CHOLMOD : PARK_SPD_LDL, s.count,
                                       s.pairs, s.row, s.col, &plan, NULL);
                if (status == PARK_OK)
                    status = park_spd_work_make(arena, plan, &work, NULL);
                CHECK(status == PARK_OK || status == PARK_E_MEMORY);
                done = status == PARK_OK;
                park_arena_free(scratch);
                park_arena_free(arena);
            }
            CHECK(done);
        }
}

/* The order of elimination is a permutation, and fills a grid less than its natural order would: n^1.5 to n log n. */
static void the_order_keeps_the_factor_sparse(void)
{
    static system_t s;
    park_arena     *arena = park_arena_new();
    park_spd_plan  *plan;
    grid(&s, 30, 30, 1);
    CHECK(park_spd_plan_make(arena, arena, PARK_SPD_LDL, s.count, s.pairs, s.row, s.col, &plan, NULL) ==
          PARK_OK);
    char seen[1000] = {0};
    for (size_t i = 0; i < s.count; i++) {
        CHECK(plan->position[i] >= 0 && (size_t)plan->position[i] < s.count && !seen[plan->position[i]]);
        seen[plan->position[i]] = 1;
    }
    CHECK(plan->entries < 900 * 30 / 3); /* a band would hold 900 x 30 */
    CHECK(plan->bytes < 300 * s.count && plan->multiply_adds > 0.0);
    park_arena_free(arena);
}

int main(void)
{
    RUN(both_engines_leave_no_residual);
    RUN(a_second_side_uses_the_factors_that_stand);
    RUN(dense_elimination_agrees);
    RUN(thick_systems_use_every_kernel);
    RUN(a_matrix_that_is_not_positive_is_told);
    RUN(a_lane_has_the_bits_of_its_system_alone);
    RUN(a_poor_lane_leaves_the_others);
    RUN(pairs_must_make_sense);
    RUN(every_failed_allocation_is_told);
    RUN(the_order_keeps_the_factor_sparse);
    return park_test_done();
}
