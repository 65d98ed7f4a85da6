/*
 * The order of the march against an exact solution: three mixed volumes in a row whose inflow jumps. Steps that halve show the
 * fourth order of docs/math/simulation.md; tolerances that fall show errors that follow them.
 */
#include "march_fixture.h"

static const char *const SALT[] = {"TDS"};
enum { ROW = 3, BEFORE = 240, AFTER = 6, TRIES = 4 };
static const double FLOW = 0.05, HOURS[ROW] = {2.0, 5.0, 3.0}, BEGAN = 0.4, CAME = 2.0;

/* Two streams that take turns -> a -> b -> c -> out, mixed volumes of 2, 5 and 3 hours: what enters jumps from 0.4 to `later` kg/m3
 * after ten days, when what was there before is forgotten (e^-48). */
static park_model *row_of_volumes(park_arena *arena, double later)
{
    park_draft   *draft = draft_with(arena, SALT, 1);
    park_findings findings;
    double        first[BEFORE + AFTER], second[BEFORE + AFTER];
    park_findings_init(&findings, arena);
    draft->candidates = PARK_CANDIDATES_NONE;
    period(draft, day_start(2025, 1, 1), day_start(2025, 1, 1) + (BEFORE + AFTER) * 3600,
           PARK_SEASONS_MONTHS);
    for (size_t i = 0; i < BEFORE + AFTER; i++)
        second[i] = 1.0 - (first[i] = i < BEFORE ? 1.0 : 0.0);
    int32_t a = add_source(draft, "stream", "early", &BEGAN), b = add_source(draft, "stream", "late", &later);
    ((park_source *)params_of(draft, a))->inflow = (park_series){FLOW, hourly(draft, BEFORE + AFTER, first)};
    ((park_source *)params_of(draft, b))->inflow = (park_series){FLOW, hourly(draft, BEFORE + AFTER, second)};
    static const char *const ID[ROW]             = {"a", "b", "c"};
    for (size_t i = 0; i < ROW; i++) {
        int32_t unit               = add_unit(draft, PARK_TREATMENT, "removal", ID[i]);
        draft->unit[unit].existing = true;
        draft->unit[unit].duty     = PARK_DUTY_WASTE;
        park_treatment *t          = params_of(draft, unit);
        t->holding                 = HOURS[i] * 3600.0;
        t->capacity                = (park_range){FLOW, FLOW, NAN};
    }
    add_unit(draft, PARK_SINK, "outfall", "out");
    connect(draft, "early", "a"), connect(draft, "late", "a"), connect(draft, "a", "b"),
        connect(draft, "b", "c");
    connect(draft, "c", "out");
    CHECK(stands(draft, &findings, false));
    return draft;
}

/* Partial fractions of three volumes in a row after a jump. */
static double exact(double hours)
{
    double sum = 0.0;
    for (int i = 0; i < ROW; i++) {
        double weight = 1.0;
        for (int j = 0; j < ROW; j++)
            if (j != i)
                weight *= HOURS[i] / (HOURS[i] - HOURS[j]);
        sum += weight * exp(-hours / HOURS[i]);
    }
    return CAME + (BEGAN - CAME) * sum;
}

/* Largest error at the last volume on whole hours after the jump; steps from the jump on, of which calm water takes one a stretch. */
static double error_at(double rtol, int64_t output, double *steps)
{
    park_arena            *arena = park_arena_new();
    park_simulate_settings settings;
    park_simulate_settings_default(&settings);
    settings.rtol         = rtol;
    settings.output       = output;
    rows             r    = {.arena = arena, .fail_after = -1};
    park_model      *jump = row_of_volumes(arena, CAME);
    park_simulation *s    = simulate(arena, jump, NULL, &settings, &r),
                    *calm = simulate(arena, row_of_volumes(arena, BEGAN), NULL, &settings, NULL);
    int    column         = rows_column(&r, PARK_COLUMN_OUTLET_CONC, park_model_outlet(jump, "c"), 0);
    size_t each           = (size_t)(3600 / output);
    double worst          = 0.0;
    CHECK(s != NULL && calm != NULL && s->closure.mass <= 1e-9);
    for (size_t i = BEFORE * each + each - 1; s != NULL && i < r.count; i += each)
        worst = fmax(worst, fabs(rows_at(&r, i, column) - exact((double)(i + 1) / (double)each - BEFORE)));
    *steps =
        s == NULL || calm == NULL ? NAN : (double)(s->quality_steps - calm->quality_steps + AFTER * each);
    park_arena_free(arena);
    return worst;
}

/* A step a stretch, whatever its error (the loosest tolerance): output steps of an hour, a half, a quarter, an eighth. */
static void steps_that_halve_have_order_four(void)
{
    double before = NAN, steps, order = NAN;
    for (int n = 0; n < TRIES; n++) {
        double error = error_at(1e-2, 3600 >> n, &steps);
        order        = log2(before / error);
        printf("  steps of %4d s: error %.3e, order %.2f\n", 3600 >> n, error, order);
        CHECK_CLOSE(steps, (double)(AFTER << n), 0.0);
        before = error;
    }
    CHECK_CLOSE(order, 4.0, 0.3);
}

/* By tolerance: the error falls in proportion (within a factor of two a decade and a half), and lies below it. */
static void errors_follow_the_tolerance(void)
{
    double before = NAN, steps;
    for (int n = 0; n < TRIES; n++) {
        double rtol = pow(10.0, -4.0 - 1.5 * n), error = error_at(rtol, 3600, &steps);
        printf("  tolerance %.0e: error %.2e, %3.0f steps\n", rtol, error, steps);
        CHECK(error <= rtol * CAME);
        if (n > 0)
            CHECK(before / error > 15.0 && before / error < 65.0);
        before = error;
    }
}

int main(void)
{
    CHECK_CLOSE(exact(0.0), BEGAN, 1e-12);
    CHECK_CLOSE(exact(500.0), CAME, 1e-12);
    RUN(steps_that_halve_have_order_four);
    RUN(errors_follow_the_tolerance);
    return park_test_done();
}
