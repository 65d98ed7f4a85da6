#include "biology/steady.h"

#include "sludge_fixture.h"

enum { STATES_MOST = 400 };

static double unrest(const park_sludge_form *f, const park_sludge_inflow *in, const double *y)
{
    double rate[STATES_MOST], most = 0.0;
    park_sludge_rates(f, in, y, rate);
    for (size_t i = 0; i < f->states; i++)
        most = fmax(most, fabs(rate[i]) * DAY / (fabs(y[i]) + 1e-6));
    return most;
}

/* Whatever plant and water: it stands still, nothing is below zero, inert matter and charge leave as they come. */
static void any_plant_comes_to_rest(void)
{
    park_random r       = park_random_start(41, 5, 0);
    size_t      longest = 0, marched = 0;
    for (int trial = 0; trial < 120; trial++) {
        park_arena        *arena = park_arena_new();
        park_sludge_plant  p     = sludge_any_plant(&r);
        park_sludge_form  *f     = sludge_form(arena, &p);
        park_sludge_inflow in    = sludge_any_inflow(&r);
        park_sludge_stream out, waste;
        park_sludge_search search;
        park_error         err = {0};
        double             y[STATES_MOST];
        park_sludge_guess(f, &in, y);
        park_status status = park_sludge_steady(arena, f, &in, y, &search, &err);
        CHECK(status == PARK_OK);
        if (status != PARK_OK) {
            fprintf(stderr, "trial %d: %s\n", trial, err.message);
            continue;
        }
        longest = search.steps > longest ? search.steps : longest;
        marched += search.marches > 0;
        CHECK(unrest(f, &in, y) < 1e-9);
        for (size_t i = 0; i < f->settler_at; i++)
            CHECK(y[i] >= 0.0 || i % 13 == PARK_SALK);
        park_sludge_leaving(f, &in, y, &out, &waste);
        for (int k = PARK_SI; k <= PARK_XI; k += PARK_XI - PARK_SI)
            CHECK_CLOSE(out.flow * out.conc[k] + waste.flow * waste.conc[k], in.flow * in.conc[k],
                        1e-8 * in.flow * in.conc[k]);
        double                    charge = 0.0;
        const park_sludge_stream *at[]   = {&in, &out, &waste};
        for (int s = 0; s < 3; s++)
            charge += (s == 0 ? 1.0 : -1.0) * at[s]->flow *
                      (at[s]->conc[PARK_SALK] - (at[s]->conc[PARK_SNH] - at[s]->conc[PARK_SNO]) / 14.0);
        CHECK_CLOSE(charge, 0.0, 1e-8 * in.flow * in.conc[PARK_SALK] + 1e-13);
        park_arena_free(arena);
    }
    printf("     longest search %zu steps, %zu followed through time\n", longest, marched);
}

/* Solids whose composition is carried layer by layer or taken from the inflow: one steady state. */
static void both_ways_of_solids_rest_alike(void)
{
    park_arena        *arena = park_arena_new();
    park_sludge_plant  p     = park_sludge_bsm1();
    park_sludge_inflow in    = sludge_inflow();
    park_sludge_form  *f     = sludge_form(arena, &p);
    p.settler.solids         = PARK_SOLIDS_CARRIED;
    park_sludge_form *g      = sludge_form(arena, &p);
    double            y[STATES_MOST], z[STATES_MOST];
    park_sludge_guess(f, &in, y);
    park_sludge_guess(g, &in, z);
    CHECK(park_sludge_steady(arena, f, &in, y, NULL, NULL) == PARK_OK);
    CHECK(park_sludge_steady(arena, g, &in, z, NULL, NULL) == PARK_OK);
    for (size_t i = 0; i < 65; i++)
        CHECK_CLOSE(y[i], z[i], 1e-7 * y[i]);
    park_arena_free(arena);
}

/* From a tenth of the sludge and from three times of it: the same rest. */
static void the_start_does_not_matter(void)
{
    park_arena        *arena = park_arena_new();
    park_sludge_plant  p     = park_sludge_bsm1();
    park_sludge_inflow in    = sludge_inflow();
    p.tank[4].do_set         = 2.0 * G;
    park_sludge_form *f      = sludge_form(arena, &p);
    double            y[STATES_MOST], z[STATES_MOST];
    park_sludge_guess(f, &in, y);
    park_sludge_guess(f, &in, z);
    for (size_t i = 0; i < f->control_at; i++) {
        y[i] *= 0.1;
        z[i] *= i < 65 ? 3.0 : 1.0;
    }
    CHECK(park_sludge_steady(arena, f, &in, y, NULL, NULL) == PARK_OK);
    CHECK(park_sludge_steady(arena, f, &in, z, NULL, NULL) == PARK_OK);
    for (size_t i = 0; i < f->states; i++)
        CHECK_CLOSE(y[i], z[i], 1e-7 * fabs(y[i]) + 1e-12);
    CHECK_CLOSE(y[4 * 13 + PARK_SO], 2.0 * G, 1e-9);
    park_arena_free(arena);
}

/* A membrane plant of one day's sludge age at 15 degrees: nitrifiers, which grow by less than 0.5 - 0.05 a day, are gone;
 * with ten days they are there. */
static void nitrifiers_wash_out(void)
{
    for (int age = 1; age <= 10; age += 9) {
        park_arena        *arena = park_arena_new();
        park_sludge_plant  p     = park_sludge_bsm1();
        park_sludge_inflow in    = sludge_inflow();
        p.separation             = PARK_SEPARATION_MEMBRANE;
        p.wasted                 = 5999.0 / (age * DAY);
        p.tank[2].kla = p.tank[3].kla = p.tank[4].kla = 240.0 / DAY;
        park_sludge_form *f                           = sludge_form(arena, &p);
        double            y[STATES_MOST];
        park_sludge_guess(f, &in, y);
        CHECK(park_sludge_steady(arena, f, &in, y, NULL, NULL) == PARK_OK);
        double left = y[4 * 13 + PARK_SNH];
        CHECK(age == 1 ? left > 0.9 * 31.56 * G && y[4 * 13 + PARK_XBA] < 1e-6 : left < 0.1 * 31.56 * G);
        park_arena_free(arena);
    }
}

static void what_cannot_rest_is_told(void)
{
    park_arena        *arena = park_arena_new();
    park_sludge_plant  p     = park_sludge_bsm1();
    park_sludge_inflow in = sludge_inflow(), none = in, odd = in;
    park_sludge_form  *f   = sludge_form(arena, &p);
    park_error         err = {0};
    double             y[STATES_MOST];
    park_sludge_guess(f, &in, y);
    none.flow = p.wasted;
    CHECK(park_sludge_steady(arena, f, &none, y, NULL, &err) == PARK_E_RANGE &&
          strstr(err.message, "wasted"));
    odd.conc[PARK_XS] = -1.0;
    CHECK(park_sludge_steady(arena, f, &odd, y, NULL, &err) == PARK_E_RANGE &&
          strstr(err.message, "component 4"));
    y[17] = NAN;
    CHECK(park_sludge_steady(arena, f, &in, y, NULL, &err) == PARK_E_NUMERIC);
    CHECK(strstr(err.message, "state 17") != NULL);
    park_arena_free(arena);
    park_status s = PARK_E_MEMORY;
    for (size_t n = 1; n < 400 && s == PARK_E_MEMORY; n++) {
        arena = park_arena_new();
        f     = sludge_form(arena, &p);
        park_sludge_guess(f, &in, y);
        park_arena_fail_after(arena, n);
        s = park_sludge_steady(arena, f, &in, y, NULL, NULL);
        CHECK(s == PARK_OK || s == PARK_E_MEMORY || s == PARK_E_NUMERIC);
        park_arena_free(arena);
    }
    CHECK(s == PARK_OK);
}

int main(void)
{
    RUN(any_plant_comes_to_rest);
    RUN(both_ways_of_solids_rest_alike);
    RUN(the_start_does_not_matter);
    RUN(nitrifiers_wash_out);
    RUN(what_cannot_rest_is_told);
    return park_test_done();
}
