/* Membranes that foul: instants of cleanings by hand, what a cleaning takes and leaves, pressure by hand and by the whole law, both
 * faces, bounded intake. */
#include "treatment_fixture.h"

#include "units/treatments/membrane_states.h"

static const char *const NAMES[] = {"TDS", "Na", "Cl", "COD"};
enum { TDS, NA, CL, COD, C };

static const double FLOW = 0.02, FEED[C] = {1.5, 0.59, 0.91, 0.03};

/* stream -> membranes -> out, of `share` of the capacity. */
static park_treatment *membrane_new(bench *b, int64_t days, double share)
{
    *b = bench_of(NAMES, C, days, FEED, "removal", "ro");
    bench_flow(b, (park_series){share * FLOW, -1});
    park_treatment *t = params_of(b->draft, b->unit);
    t->states         = PARK_STATES_MEMBRANE;
    t->recovery       = 0.75;
    t->capacity       = (park_range){0.0, FLOW, NAN};
    t->rejection[TDS] = t->rejection[NA] = t->rejection[CL] = 0.975;
    t->rejection[COD]                                       = 0.93;
    park_membrane_terms *m                                  = &t->mechanism.membrane;
    m->water_permeability = 3.5, m->salt_permeability = 0.1 / 3.6e6, m->flux = 18.0 / 3.6e6,
    m->rejection = 0.975;
    m->pressure = 4.1e6 / 9806.65, m->drop = 15e3 / 9806.65, m->elements = 12, m->pump = 0.75,
    m->recovered = 0.0;
    m->ph = 7.0, m->fouling = 2.0 / (365.0 * 86400.0), m->cleaning_at = 0.88;
    connect(b->draft, "ro.reject", "out");
    return t;
}

/* Six tenths of the flow foul six tenths as fast: a^(1)= e^(-0.6 f t) meets 0.88 at -ln 0.88/(0.6 f); a cleaning of three skids takes
 * a day; 3 % of the loss stays, so the next comes after ln(0.9964/0.88)/(0.6 f); and so on. */
static void cleanings_come_at_their_instant(void)
{
    bench           b;
    park_treatment *t     = membrane_new(&b, 180, 0.6);
    t->mechanism.kind     = PARK_MECHANISM_KEPT;
    rows             r    = {.arena = b.arena, .fail_after = -1};
    park_simulation *s    = run(&b, &r);
    double           rate = 0.6 * t->mechanism.membrane.fouling, best = 1.0, clock = 0.0;
    size_t           seen = 0;
    for (size_t e = 0; s != NULL && e < s->events; e++) {
        double at = s->event[e].exact - (double)b.draft->time.start;
        if (s->event[e].kind == PARK_EVENT_CLEANING) {
            clock += log(best / 0.88) / rate;
            CHECK_CLOSE(at, clock, 1.0);
            seen++;
        } else if (s->event[e].kind == PARK_EVENT_RESUMED) {
            clock += 3.0 * 8.0 * 3600.0;
            CHECK_CLOSE(at, clock, 1.0);
            best -= 0.03 * (best - 0.88);
        }
    }
    CHECK(seen == 4); /* each some 39 + 1 days */
    if (s == NULL)
        return;
    /* water: permeate less the water of four cleanings, which leaves with the reject; the tank ends full, and is filled by pieces of
     * an hour: up to 0.16 m3 more each time */
    double year = 365.0 / 180.0, wash = 4e-3 * 0.75 * FLOW / (18.0 / 3.6e6);
    double in = 0.6 * FLOW * 365.0 * 86400.0;
    CHECK_CLOSE(through(&b, s, 0, -1), 0.75 * in - 4.0 * wash * year, 5e-6 * in);
    CHECK_CLOSE(through(&b, s, 1, -1), 0.25 * in + 4.0 * wash * year, 5e-6 * in);
    /* salt: what came and what the chemicals brought */
    CHECK_CLOSE(through(&b, s, 0, TDS) + through(&b, s, 1, TDS), FEED[TDS] * in + 10.0 * 4.0 * wash * year,
                2e-5 * FEED[TDS] * in);
    CHECK_CLOSE(through(&b, s, 0, COD) / through(&b, s, 0, -1), 0.07 * FEED[COD], 1e-9);
    park_arena_free(b.arena);
}

/* By hand at 25 degrees: 18/3.5 = 5.143 bar for the flux; salt thickened by ln 4/0.75 = 1.848 and polarized by exp(0.7 (1 - 0.25^(1/12)))
 * = 1.0798: 2.994 g/L of sodium chloride at van 't Hoff 0.93: 2.362 bar (0.915 by
 * molality: 2.32); half of 12 x 0.15 bar: 8.405 bar. Fouled to 0.88: 9.106. */
static void the_pressure_is_that_of_a_hand(void)
{
    bench           b;
    park_treatment *t    = membrane_new(&b, 1, 1.0);
    double          flux = t->mechanism.membrane.flux;
    CHECK_CLOSE(park_membrane_feed_pressure(t, flux, 1.0, 0.75, 1.5, 298.15), 8.405e5, 0.05e5);
    CHECK_CLOSE(park_membrane_feed_pressure(t, flux, 0.88, 0.75, 1.5, 298.15), 9.106e5, 0.05e5);
    CHECK_CLOSE(park_membrane_feed_pressure(t, 0.0, 1.0, 0.75, 0.0, 298.15), 0.9e5, 1.0);
    /* and of the whole law, twelve elements one by one: within a twentieth (it sees what each element meets) */
    t->mechanism.kind               = PARK_MECHANISM_SOLUTION_DIFFUSION;
    t->mechanism.membrane.fouling   = 0.0;
    park_feed                 feed  = {FLOW, 298.15, FEED};
    const park_mechanism_case at    = {b.draft, t, &feed, b.unit, FLOW};
    park_stage_point         *point = park_stage_points_new(b.arena, 1, C);
    const char               *binds;
    CHECK(stands(b.draft, &b.findings, false));
    CHECK(park_mechanism_apply(&at, point, &binds, NULL) == PARK_OK);
    double mine = park_membrane_feed_pressure(t, flux, 1.0, point->recovery, FEED[TDS], 298.15);
    printf("  %.3f bar, the whole law %.3f bar\n", 1e-5 * mine, 1e-5 * point->pressure);
    CHECK_CLOSE(mine, point->pressure, 0.05 * point->pressure);
    park_arena_free(b.arena);
}

/* One skid of three out: two thirds of the capacity; what comes beyond waits outside. Pressure that is not there bounds it, too. */
static void intake_is_bounded(void)
{
    bench b;
    membrane_new(&b, 60, 1.0)->mechanism.kind = PARK_MECHANISM_KEPT;
    rows             r                        = {.arena = b.arena, .fail_after = -1};
    park_simulation *s                        = run(&b, &r);
    int              l = rows_column(&r, PARK_COLUMN_LINK_FLOW, link_between(b.draft, "stream", "ro"), -1);
    double           least = INFINITY, most = 0.0;
    for (size_t i = 0; s != NULL && i < r.count; i++)
        least = fmin(least, rows_at(&r, i, l)), most = fmax(most, rows_at(&r, i, l));
    CHECK_CLOSE(least, FLOW * 2.0 / 3.0, 1e-9);
    CHECK_CLOSE(most, FLOW, 1e-9);
    park_arena_free(b.arena);
    park_treatment *t              = membrane_new(&b, 2, 1.0);
    t->mechanism.kind              = PARK_MECHANISM_KEPT;
    t->mechanism.membrane.pressure = 6e5 / 9806.65; /* 6 bar: too little for the flux */
    t->mechanism.membrane.fouling  = 0.0;
    r                              = (rows){.arena = b.arena, .fail_after = -1};
    s                              = run(&b, &r);
    l = rows_column(&r, PARK_COLUMN_LINK_FLOW, link_between(b.draft, "stream", "ro"), -1);
    CHECK(s != NULL && rows_at(&r, r.count - 1, l) < 0.8 * FLOW && rows_at(&r, r.count - 1, l) > 0.1 * FLOW);
    for (size_t n = 0; s != NULL && n < r.columns; n++)
        if (r.column[n].kind == PARK_COLUMN_STATE && strcmp(r.column[n].state->word, "pressure") == 0)
            CHECK_CLOSE(rows_at(&r, r.count - 1, (int)n), 6e5, 600.0);
    park_arena_free(b.arena);
}

/* Without fouling and cleanings the march gives what the stated average gives, and pumps by its own pressure. */
static void both_faces_are_one(void)
{
    bench           b;
    park_treatment *t             = membrane_new(&b, 5, 0.9);
    t->mechanism.kind             = PARK_MECHANISM_KEPT;
    t->mechanism.membrane.fouling = 0.0;
    park_simulation *s            = run(&b, NULL);
    park_map        *map          = park_map_new(b.arena, b.draft, b.unit);
    CHECK(park_unit_average(b.draft, b.unit, 0, map, NULL) == PARK_OK);
    double in = 0.9 * FLOW * 365.0 * 86400.0, energy = 0.0;
    if (s == NULL)
        return;
    for (size_t k = 0; k < 2; k++) {
        CHECK_CLOSE(through(&b, s, k, -1), map->outlet[k].alpha * in, 1e-9 * in);
        for (int c = 0; c < C; c++)
            CHECK_CLOSE(through(&b, s, k, c), map->outlet[k].share[c] * FEED[c] * in, 1e-9 * FEED[c] * in);
    }
    for (size_t i = 0; i < b.draft->time.seasons; i++)
        energy += s->ledger->unit_energy[i * b.draft->units + (size_t)b.unit];
    double kelvin   = 285.15,
           pressure = park_membrane_feed_pressure(t, 0.9 * 18.0 / 3.6e6, 1.0, 0.75, 1.5, kelvin);
    CHECK_CLOSE(energy / in, pressure / 0.75, 1e-6 * pressure);
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(cleanings_come_at_their_instant);
    RUN(the_pressure_is_that_of_a_hand);
    RUN(intake_is_bounded);
    RUN(both_faces_are_one);
    return park_test_done();
}
