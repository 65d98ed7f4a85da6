#include "sludge_fixture.h"

enum { STATES_MOST = 400 };

/* Central differences of every rate by every state, on any plant and state. */
static void the_jacobian_is_that_of_differences(void)
{
    park_random r = park_random_start(31, 5, 0);
    for (int trial = 0; trial < 40; trial++) {
        park_arena        *arena = park_arena_new();
        park_sludge_plant  p     = sludge_any_plant(&r);
        park_sludge_form  *f     = sludge_form(arena, &p);
        park_sludge_inflow in    = sludge_any_inflow(&r);
        size_t             n     = f->states;
        static double      y[STATES_MOST], up[STATES_MOST], down[STATES_MOST], column[STATES_MOST];
        double            *value = PARK_ARRAY(arena, f->pattern.start[n], double);
        sludge_any_state(f, &r, y);
        park_sludge_jacobian(f, &in, y, value);
        for (size_t j = 0; j < n; j++) {
            double was = y[j], h = 1e-5 * (fabs(was) + 1e-5);
            y[j] = was + h;
            park_sludge_rates(f, &in, y, up);
            y[j] = was - h;
            park_sludge_rates(f, &in, y, down);
            y[j] = was;
            memset(column, 0, sizeof column);
            for (size_t e = f->pattern.start[j]; e < f->pattern.start[j + 1]; e++)
                column[f->pattern.index[e]] = value[e];
            for (size_t i = 0; i < n; i++) {
                double difference = (up[i] - down[i]) / (2.0 * h);
                double rounding   = 2e-15 * (fabs(up[i]) + 1e-2 * fabs(y[i])) / h;
                CHECK_CLOSE(column[i], difference, 1e-4 * fabs(difference) + rounding + 1e-10);
            }
        }
        park_arena_free(arena);
    }
}

static void refused(const park_sludge_plant *plant, const char *words)
{
    park_arena       *arena = park_arena_new();
    park_sludge_form *form;
    park_error        err = {0};
    CHECK(park_sludge_form_make(arena, plant, &form, &err) == PARK_E_RANGE && form == NULL);
    CHECK(strstr(err.message, words) != NULL);
    park_arena_free(arena);
}

static void plants_that_make_no_sense_are_refused(void)
{
    park_sludge_plant p;
    p       = park_sludge_bsm1();
    p.tanks = 0;
    refused(&p, "tanks");
    p                = park_sludge_bsm1();
    p.tank[2].volume = NAN;
    refused(&p, "tank 3");
    p                = park_sludge_bsm1();
    p.tank[1].do_set = 0.02;
    refused(&p, "saturation");
    p                = park_sludge_bsm1();
    p.tank[1].do_set = 0.002;
    p.do_gain        = 0.0;
    refused(&p, "controller");
    p              = park_sludge_bsm1();
    p.recycle_to   = 4;
    p.recycle_from = 1;
    refused(&p, "run back");
    p        = park_sludge_bsm1();
    p.wasted = -1.0;
    refused(&p, "waste");
    p                    = park_sludge_bsm1();
    p.settler.feed_layer = 9;
    refused(&p, "settler");
    p            = park_sludge_bsm1();
    p.separation = PARK_SEPARATION_MEMBRANE;
    p.retention  = 1.2;
    refused(&p, "retention");
}

static void memory_that_runs_out_is_told(void)
{
    park_sludge_plant p = park_sludge_bsm1();
    park_status       s = PARK_E_MEMORY;
    size_t            n = 1;
    for (; n < 200 && s == PARK_E_MEMORY; n++) {
        park_arena       *arena = park_arena_new();
        park_sludge_form *form;
        park_arena_fail_after(arena, n);
        s = park_sludge_form_make(arena, &p, &form, NULL);
        CHECK(s == PARK_OK || form == NULL);
        park_arena_free(arena);
    }
    CHECK(s == PARK_OK && n > 4);
}

int main(void)
{
    RUN(the_jacobian_is_that_of_differences);
    RUN(plants_that_make_no_sense_are_refused);
    RUN(memory_that_runs_out_is_told);
    return park_test_done();
}
