/* The integrator against solutions on paper: accuracy, order, events, stops, failures. */
#include "numerics/dae.h"

#include "check.h"

static park_sparse pattern_full(park_arena *arena, int32_t n)
{
    park_triplets entries;
    park_sparse   matrix = {0};
    park_triplets_init(&entries, arena, n, n);
    for (int32_t j = 0; j < n; j++)
        for (int32_t i = 0; i < n; i++)
            CHECK(park_triplets_add(&entries, i, j, 0.0, NULL) == PARK_OK);
    CHECK(park_sparse_build(arena, &entries, &matrix, NULL, NULL) == PARK_OK);
    return matrix;
}

/* Prothero-Robinson: y' = -k (y - cos t) - sin t, whose solution is cos t however large k is. */
static park_dae_reply stiff_rate(void *user, double t, const double *y, double *f)
{
    double k = *(const double *)user;
    f[0]     = -k * (y[0] - cos(t)) - sin(t);
    return PARK_DAE_FINE;
}

static park_dae_reply stiff_jacobian(void *user, double t, double cj, const double *y, const double *yp,
                                     double *value)
{
    (void)t, (void)cj, (void)y, (void)yp;
    value[0] = -*(const double *)user;
    return PARK_DAE_FINE;
}

static double stiff_error(double rtol, uint64_t *steps)
{
    park_arena       *arena = park_arena_new();
    park_sparse       one   = pattern_full(arena, 1);
    double            k = 1e6, y = 1.0, atol = rtol, t = 0.0;
    park_dae_problem  problem  = {.what     = "a stiff curve",
                                  .states   = 1,
                                  .user     = &k,
                                  .rate     = stiff_rate,
                                  .pattern  = &one,
                                  .jacobian = stiff_jacobian};
    park_dae_settings settings = {.rtol = rtol, .atol = &atol};
    park_dae         *dae      = NULL;
    park_dae_outcome  outcome  = PARK_DAE_AFTER_STEP;
    park_error        err      = {0};
    CHECK(park_dae_new(arena, &problem, &settings, 0.0, &y, NULL, &dae, &err) == PARK_OK);
    CHECK(park_dae_advance(dae, 10.0, false, &t, &y, &outcome, &err) == PARK_OK);
    CHECK(outcome == PARK_DAE_AT_STOP);
    CHECK_CLOSE(t, 10.0, 0.0);
    *steps = park_dae_counted(dae).steps;
    park_arena_free(arena);
    return fabs(y - cos(10.0));
}

static void follows_a_stiff_curve(void)
{
    uint64_t coarse, fine;
    double   rough = stiff_error(1e-4, &coarse), sharp = stiff_error(1e-9, &fine);
    CHECK(rough < 1e-3);
    CHECK(sharp < 1e-8);
    CHECK(sharp < rough);
    CHECK(coarse < 200 && fine < 2000); /* an explicit method would need 1e7 steps */
}

/* x' = z - x, 0 = z - 2 x: x = exp(t), z = 2 exp(t). Residual form with an algebraic state. */
static park_dae_reply pair_residual(void *user, double t, const double *y, const double *yp, double *r)
{
    (void)user, (void)t;
    r[0] = yp[0] - y[1] + y[0];
    r[1] = y[1] - 2.0 * y[0];
    return PARK_DAE_FINE;
}

static park_dae_reply pair_jacobian(void *user, double t, double cj, const double *y, const double *yp,
                                    double *value)
{
    (void)user, (void)t, (void)y, (void)yp;
    value[0] = cj + 1.0;
    value[1] = -2.0;
    value[2] = -1.0;
    value[3] = 1.0;
    return PARK_DAE_FINE;
}

static void solves_an_algebraic_pair(void)
{
    park_arena       *arena       = park_arena_new();
    park_sparse       full        = pattern_full(arena, 2);
    const bool        algebraic[] = {false, true};
    double            y[] = {1.0, 7.0}, yp[] = {0.0, 0.0}, atol[] = {1e-9, 1e-9}, t = 0.0;
    park_dae_problem  problem  = {.what      = "a pair",
                                  .states    = 2,
                                  .algebraic = algebraic,
                                  .residual  = pair_residual,
                                  .pattern   = &full,
                                  .jacobian  = pair_jacobian};
    park_dae_settings settings = {.rtol = 1e-8, .atol = atol};
    park_dae         *dae      = NULL;
    park_dae_outcome  outcome;
    park_error        err = {0};
    CHECK(park_dae_new(arena, &problem, &settings, 0.0, y, yp, &dae, &err) == PARK_OK);
    CHECK(park_dae_consistent(dae, 1.0, y, yp, &err) == PARK_OK);
    CHECK_CLOSE(y[0], 1.0, 0.0);
    CHECK_CLOSE(y[1], 2.0, 1e-9);
    CHECK_CLOSE(yp[0], 1.0, 1e-9);
    CHECK(park_dae_advance(dae, 1.0, false, &t, y, &outcome, &err) == PARK_OK);
    CHECK_CLOSE(y[0], exp(1.0), 1e-6);
    CHECK_CLOSE(y[1], 2.0 * exp(1.0), 2e-6);
    park_arena_free(arena);
}

/* A ball let fall from 10 m, g = 9.81: it lands after sqrt(20 / 9.81) = 1.427843124 s. */
static park_dae_reply ball_rate(void *user, double t, const double *y, double *f)
{
    (void)user, (void)t;
    f[0] = y[1];
    f[1] = -9.81;
    return PARK_DAE_FINE;
}

static park_dae_reply ball_jacobian(void *user, double t, double cj, const double *y, const double *yp,
                                    double *value)
{
    (void)user, (void)t, (void)cj, (void)y, (void)yp;
    value[2] = 1.0;
    return PARK_DAE_FINE;
}

static park_dae_reply ball_root(void *user, double t, const double *y, double *g)
{
    (void)user, (void)t;
    g[0] = y[0];
    g[1] = y[1] + 1e9;
    return PARK_DAE_FINE;
}

static void finds_the_instant_of_an_event(void)
{
    park_arena *arena = park_arena_new();
    park_sparse full  = pattern_full(arena, 2);
    double      y[] = {10.0, 0.0}, atol[] = {1e-8, 1e-8}, t = 0.0,
           start               = 1.7e9; /* times as large as those of a clock */
    park_dae_problem  problem  = {.what     = "a ball",
                                  .states   = 2,
                                  .roots    = 2,
                                  .rate     = ball_rate,
                                  .pattern  = &full,
                                  .jacobian = ball_jacobian,
                                  .root     = ball_root};
    park_dae_settings settings = {.rtol = 1e-8, .atol = atol};
    park_dae         *dae      = NULL;
    park_dae_outcome  outcome;
    park_error        err     = {0};
    int               sign[2] = {5, 5};
    const double      fall    = 1.427843124;
    CHECK(park_dae_new(arena, &problem, &settings, start, y, NULL, &dae, &err) == PARK_OK);
    CHECK(park_dae_advance(dae, start + 100.0, false, &t, y, &outcome, &err) == PARK_OK);
    CHECK(outcome == PARK_DAE_AT_ROOT);
    CHECK_CLOSE(t - start, fall, 1e-3);
    CHECK(park_dae_fired(dae, sign, &err) == PARK_OK);
    CHECK(sign[0] == -1 && sign[1] == 0);
    /* thrown back with the same speed it lands again after twice that time; the zero at the start does not
     * fire */
    y[0] = 0.0;
    y[1] = -y[1];
    CHECK(park_dae_restart(dae, t, y, NULL, 0.0, &err) == PARK_OK);
    double up = t;
    CHECK(park_dae_advance(dae, start + 100.0, false, &t, y, &outcome, &err) == PARK_OK);
    CHECK(outcome == PARK_DAE_AT_ROOT);
    CHECK_CLOSE(t - up, 2.0 * fall, 1e-3);
    CHECK(park_dae_counted(dae).restarts == 1);
    /* a stop before the root is never passed */
    y[0] = 10.0;
    y[1] = 0.0;
    CHECK(park_dae_restart(dae, start, y, NULL, 0.1, &err) == PARK_OK);
    CHECK(park_dae_advance(dae, start + 1.0, false, &t, y, &outcome, &err) == PARK_OK);
    CHECK(outcome == PARK_DAE_AT_STOP);
    CHECK_CLOSE(t, start + 1.0, 0.0);
    CHECK_CLOSE(y[0], 10.0 - 0.5 * 9.81, 1e-6);
    CHECK(park_dae_advance(dae, start + 1.0, false, &t, y, &outcome, &err) == PARK_E_RANGE);
    park_arena_free(arena);
}

static void shows_the_inside_of_a_step(void)
{
    park_arena      *arena = park_arena_new();
    park_sparse      full  = pattern_full(arena, 2);
    double           y[] = {10.0, 0.0}, atol[] = {1e-9, 1e-9}, t = 0.0;
    park_dae_problem problem = {
        .what = "a ball", .states = 2, .rate = ball_rate, .pattern = &full, .jacobian = ball_jacobian};
    park_dae_settings settings = {.rtol = 1e-9, .atol = atol, .first_step = 1e-3, .longest_step = 0.05};
    park_dae         *dae      = NULL;
    park_dae_outcome  outcome  = PARK_DAE_AFTER_STEP;
    park_error        err      = {0};
    double            last     = 0.0;
    CHECK(park_dae_new(arena, &problem, &settings, 0.0, y, NULL, &dae, &err) == PARK_OK);
    while (outcome == PARK_DAE_AFTER_STEP) {
        last = t;
        CHECK(park_dae_advance(dae, 1.0, true, &t, y, &outcome, &err) == PARK_OK);
        CHECK(t - last <= 0.05 + 1e-12);
        double middle = 0.5 * (last + t), inside[2], slope[2];
        CHECK(park_dae_dense(dae, middle, 0, inside, &err) == PARK_OK);
        CHECK(park_dae_dense(dae, middle, 1, slope, &err) == PARK_OK);
        CHECK_CLOSE(inside[0], 10.0 - 0.5 * 9.81 * middle * middle, 1e-5);
        CHECK_CLOSE(slope[0], -9.81 * middle, 1e-3);
    }
    CHECK(park_dae_dense(dae, 5.0, 0, y, &err) == PARK_E_RANGE);
    CHECK(strstr(err.message, "a ball") != NULL);
    park_arena_free(arena);
}

/* y' = y^2 from 1 has no solution beyond t = 1. */
static park_dae_reply blowing_rate(void *user, double t, const double *y, double *f)
{
    (void)user, (void)t;
    f[0] = y[0] * y[0];
    return PARK_DAE_FINE;
}

static park_dae_reply blowing_jacobian(void *user, double t, double cj, const double *y, const double *yp,
                                       double *value)
{
    (void)user, (void)t, (void)cj, (void)yp;
    value[0] = 2.0 * y[0];
    return PARK_DAE_FINE;
}

static park_dae_reply silent_rate(void *user, double t, const double *y, double *f)
{
    (void)user, (void)y;
    f[0] = 1.0;
    return t > 0.5 ? PARK_DAE_GIVE_UP : PARK_DAE_FINE;
}

static const char *name_of(const void *user, size_t state)
{
    (void)user, (void)state;
    return "salt in basin_7";
}

static void says_what_failed_where_and_when(void)
{
    park_arena       *arena = park_arena_new();
    park_sparse       one   = pattern_full(arena, 1);
    double            y = 1.0, atol = 1e-8, t = 0.0, unused = 0.0;
    park_dae_problem  problem  = {.what       = "a flood",
                                  .states     = 1,
                                  .user       = &unused,
                                  .rate       = blowing_rate,
                                  .pattern    = &one,
                                  .jacobian   = blowing_jacobian,
                                  .state_name = name_of};
    park_dae_settings settings = {.rtol = 1e-8, .atol = &atol};
    park_dae         *dae      = NULL;
    park_dae_outcome  outcome;
    park_error        err = {0};
    CHECK(park_dae_new(arena, &problem, &settings, 0.0, &y, NULL, &dae, &err) == PARK_OK);
    CHECK(park_dae_advance(dae, 2.0, false, &t, &y, &outcome, &err) == PARK_E_NUMERIC);
    CHECK(strstr(err.message, "a flood") != NULL && strstr(err.message, "salt in basin_7") != NULL);
    y            = 1.0;
    problem.rate = silent_rate;
    CHECK(park_dae_new(arena, &problem, &settings, 0.0, &y, NULL, &dae, &err) == PARK_OK);
    CHECK(park_dae_advance(dae, 2.0, false, &t, &y, &outcome, &err) == PARK_E_NUMERIC);
    CHECK(strstr(err.message, "no value") != NULL);
    y = NAN;
    CHECK(park_dae_new(arena, &problem, &settings, 0.0, &y, NULL, &dae, &err) == PARK_E_NUMERIC);
    settings.rtol = 0.0;
    y             = 1.0;
    CHECK(park_dae_new(arena, &problem, &settings, 0.0, &y, NULL, &dae, &err) == PARK_E_RANGE);
    settings.rtol = 1e-6;
    atol          = 0.0;
    CHECK(park_dae_new(arena, &problem, &settings, 0.0, &y, NULL, &dae, &err) == PARK_E_RANGE);
    problem.states = 0;
    CHECK(park_dae_new(arena, &problem, &settings, 0.0, &y, NULL, &dae, &err) == PARK_E_RANGE);
    park_arena_free(arena);
}

static void survives_the_lack_of_memory(void)
{
    size_t tried = 0;
    for (park_status status = PARK_E_MEMORY; status != PARK_OK && tried < 100;) {
        park_arena       *arena = park_arena_new();
        park_sparse       one   = pattern_full(arena, 1);
        double            y = 1.0, atol = 1e-8, k = 1.0;
        park_dae_problem  problem  = {.what     = "a curve",
                                      .states   = 1,
                                      .user     = &k,
                                      .rate     = stiff_rate,
                                      .pattern  = &one,
                                      .jacobian = stiff_jacobian};
        park_dae_settings settings = {.rtol = 1e-6, .atol = &atol};
        park_dae         *dae      = NULL;
        park_arena_fail_after(arena, ++tried);
        status = park_dae_new(arena, &problem, &settings, 0.0, &y, NULL, &dae, NULL);
        CHECK(status == PARK_OK || (status == PARK_E_MEMORY && dae == NULL));
        park_arena_free(arena);
    }
    CHECK(tried > 5 && tried < 100);
}

int main(void)
{
    RUN(follows_a_stiff_curve);
    RUN(solves_an_algebraic_pair);
    RUN(finds_the_instant_of_an_event);
    RUN(shows_the_inside_of_a_step);
    RUN(says_what_failed_where_and_when);
    RUN(survives_the_lack_of_memory);
    return park_test_done();
}
