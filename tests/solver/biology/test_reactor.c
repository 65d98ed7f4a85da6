/* Tanks by a law's table: accounts that close whatever the step is, an exact solution, rest. */
#include "biology/anaerobic.h"
#include "biology/film.h"

#include "check.h"

#include "base/random.h"

#include <math.h>
#include <string.h>

enum { N = PARK_RC_COUNT, TANKS = 4 };
static const double DAY = 86400.0;

/* First-order decay of degradable matter into inert: rho = k c. */
static const double DECAY = 2.0 / 86400.0;

static void decay_rates(const park_reactor *r, size_t tank, const double *c, double *rho)
{
    (void)r, (void)tank;
    rho[0] = DECAY * c[PARK_RC_SS];
}

static park_reactor decaying(size_t tanks)
{
    park_reactor r = {.tanks = tanks, .processes = 1, .rates = decay_rates};
    for (size_t i = 0; i < tanks; i++)
        r.volume[i] = 500.0;
    for (size_t k = 0; k < N; k++)
        r.pass[k] = r.thick[k] = 1.0;
    r.table[0][PARK_RC_SS] = -1.0;
    r.table[0][PARK_RC_SI] = 1.0;
    return r;
}

static park_reactor_stepper *stepper_of(park_arena *arena, double tolerance)
{
    park_reactor_stepper *s = NULL;
    CHECK(park_reactor_stepper_new(arena, tolerance, &s, NULL) == PARK_OK);
    return s;
}

/* One tank of a first-order reaction from c0: c = ce + (c0 - ce) e^(-(q + k) t), q the turnover; at rest n tanks leave
 * (q/(q + k))^n of what enters. */
static void first_order_is_exact(void)
{
    park_arena           *arena = park_arena_new();
    park_reactor          r = decaying(1), four = decaying(TANKS);
    park_reactor_inflow   in           = {.flow = 0.01, .conc = {[PARK_RC_SS] = 0.4}};
    park_reactor_stepper *s            = stepper_of(arena, 1e-8);
    double                y[TANKS * N] = {[PARK_RC_SS] = 0.1}, step = 0.0, q = in.flow / 500.0;
    park_reactor_passed   passed = {0};
    CHECK(park_reactor_go(s, &r, &in, 0.7 * DAY, y, &step, &passed, NULL) == PARK_OK);
    double rest = 0.4 * q / (q + DECAY);
    CHECK_CLOSE(y[PARK_RC_SS], rest + (0.1 - rest) * exp(-(q + DECAY) * 0.7 * DAY), 1e-7);
    memset(y, 0, sizeof y);
    CHECK(park_reactor_rest(s, &four, &in, y, NULL) == PARK_OK);
    CHECK_CLOSE(y[(TANKS - 1) * N + PARK_RC_SS], 0.4 * pow(q / (q + DECAY), TANKS), 1e-10);
    park_arena_free(arena);
}

/* The error of a step falls with its third power: halving the tolerance eight times over costs twice the steps; here by the
 * answer, which at a thousandth of the tolerance is at least a hundred times closer. */
static void tolerance_is_accuracy(void)
{
    park_arena         *arena = park_arena_new();
    park_reactor        r     = decaying(1);
    park_reactor_inflow in    = {.flow = 0.01, .conc = {[PARK_RC_SS] = 0.4}};
    double              q = in.flow / 500.0, rest = 0.4 * q / (q + DECAY), off[2];
    for (int i = 0; i < 2; i++) {
        park_reactor_passed passed = {0};
        double              y[N] = {[PARK_RC_SS] = 2.0}, step = 0.0;
        CHECK(park_reactor_go(stepper_of(arena, i == 0 ? 1e-3 : 1e-6), &r, &in, DAY, y, &step, &passed,
                              NULL) == PARK_OK);
        off[i] = fabs(y[PARK_RC_SS] - (rest + (2.0 - rest) * exp(-(q + DECAY) * DAY)));
    }
    CHECK(off[0] < 1e-3 && off[1] < 0.01 * off[0]);
    park_arena_free(arena);
}

/* Each row of a table keeps COD (with oxygen, nitrate and gases), nitrogen and charge; carbon dioxide's row is carbon's. */
static void rows_close(const park_reactor *r, double cells, double inert)
{
    for (size_t p = 0; p < r->processes; p++) {
        const double *row = r->table[p];
        double        cod = 0.0, nitrogen = 0.0, size = 0.0;
        for (size_t k = 0; k < PARK_RC_COLUMNS; k++) {
            cod += row[k] * park_reactor_cod(k);
            nitrogen += row[k] * park_reactor_nitrogen(k, cells, inert);
            size = fmax(size, fabs(row[k]));
        }
        CHECK(size > 0.0);
        CHECK_CLOSE(cod, 0.0, 1e-12 * size);
        CHECK_CLOSE(nitrogen, 0.0, 1e-12 * size);
        CHECK_CLOSE(14.0 * row[PARK_RC_ALK], row[PARK_RC_NH] - row[PARK_RC_NO2] - row[PARK_RC_NO3],
                    1e-12 * size);
    }
}

static void every_row_closes(void)
{
    park_reactor   r = decaying(1);
    park_anaerobic a = park_anaerobic_standard(305.0);
    park_film      f = park_film_standard(293.0);
    park_anaerobic_set(&a, &r);
    rows_close(&r, a.cells, a.inert);
    park_film_set(&f, &r);
    rows_close(&r, f.cells, f.inert);
}

static void any_water(park_random *random, double *c)
{
    for (size_t k = 0; k < N; k++)
        c[k] = 0.3 * park_random_uniform(random);
    c[PARK_RC_ALK] = 0.02 + 0.05 * park_random_uniform(random);
    c[PARK_RC_IC]  = 1.2 * c[PARK_RC_ALK];
    c[PARK_RC_O2]  = 2e-3;
}

/* What entered and was made is what left and stayed, of each component, at steps far too long for any accuracy. */
static void every_component_closes(void)
{
    park_arena    *arena  = park_arena_new();
    park_random    random = park_random_start(5, 11, 0);
    park_anaerobic a      = park_anaerobic_standard(308.15);
    park_film      f      = park_film_standard(298.15);
    f.area = 500.0, f.detachment = 500.0 / DAY, f.oxygen = 2e-3, f.transfer = 500.0 / DAY,
    f.saturation = 8e-3;
    for (int n = 0; n < 8; n++) {
        park_reactor r = decaying(n % 2 == 0 ? 1 : TANKS);
        if (n % 2 == 0)
            park_anaerobic_set(&a, &r);
        else
            park_film_set(&f, &r);
        park_reactor_inflow in = {.flow = 0.005 + 0.02 * park_random_uniform(&random)};
        double              y[TANKS * N], before[N] = {0}, step = 0.0;
        in.waste = 0.1 * in.flow;
        any_water(&random, in.conc);
        for (size_t i = 0; i < r.tanks; i++) {
            any_water(&random, y + i * N);
            for (size_t k = 0; k < N; k++)
                before[k] += r.volume[i] * y[i * N + k];
        }
        park_reactor_passed passed = {0};
        CHECK(park_reactor_go(stepper_of(arena, 0.05), &r, &in, 2.0 * DAY, y, &step, &passed, NULL) ==
              PARK_OK);
        for (size_t k = 0; k < N; k++) {
            double held = 0.0, came = in.flow * in.conc[k] * 2.0 * DAY;
            for (size_t i = 0; i < r.tanks; i++)
                held += r.volume[i] * y[i * N + k];
            double off = before[k] + came + passed.reacted[k] - passed.left[k] - passed.wasted[k] - held;
            CHECK_CLOSE(off, 0.0, 1e-11 * (before[k] + came + fabs(passed.reacted[k]) + held));
        }
    }
    park_arena_free(arena);
}

static void what_cannot_be_is_refused(void)
{
    park_arena           *arena = park_arena_new();
    park_reactor_stepper *s     = NULL;
    park_error            err   = {0};
    CHECK(park_reactor_stepper_new(arena, 0.0, &s, &err) == PARK_E_RANGE && s == NULL);
    park_reactor        r      = decaying(1);
    park_reactor_inflow in     = {.flow = 0.01, .waste = 0.02};
    park_reactor_passed passed = {0};
    double              y[N] = {0}, step = 0.0;
    CHECK(park_reactor_go(stepper_of(arena, 1e-3), &r, &in, 1.0, y, &step, &passed, &err) == PARK_E_RANGE);
    CHECK_TEXT(park_reactor_name(PARK_RC_NH), "ammonium");
    park_arena_free(arena);
    arena = park_arena_new();
    park_arena_fail_after(arena, 1);
    CHECK(park_reactor_stepper_new(arena, 1e-3, &s, &err) == PARK_E_MEMORY);
    park_arena_free(arena);
}

int main(void)
{
    RUN(first_order_is_exact);
    RUN(tolerance_is_accuracy);
    RUN(every_row_closes);
    RUN(every_component_closes);
    RUN(what_cannot_be_is_refused);
    return park_test_done();
}
