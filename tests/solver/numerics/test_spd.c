/* Both engines behind spd.h against each other, against dense elimination, and on matrices that are not positive. */
#include "check.h"

#include "base/dense.h"
#include "base/random.h"
#include "numerics/spd.h"

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

int main(void)
{
    RUN(both_engines_leave_no_residual);
    return park_test_done();
}
