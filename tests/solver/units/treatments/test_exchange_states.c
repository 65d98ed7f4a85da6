/* A softener in time: instants of regenerations by hand, salt and water of a cycle, the standby bed, breakthrough, the law over cycles. */
#include "treatment_fixture.h"

#include "chemistry/membrane.h"
#include "units/point.h"

static const char *const NAMES[] = {"Ca", "Na", "Cl", "TDS"};
enum { CA, NA, CL, TDS, C };

static const double FLOW = 0.01, FEED[C] = {0.08, 0.02, 0.03, 0.4};
static const double SODIUM = 0.0229898, SALT = 0.0584428; /* [kg/mol] */

static park_treatment *softener_new(bench *b, int64_t days)
{
    *b = bench_of(NAMES, C, days, FEED, "removal", "ix");
    bench_flow(b, (park_series){FLOW, -1});
    park_treatment *t      = params_of(b->draft, b->unit);
    t->states              = PARK_STATES_EXCHANGE;
    t->recovery            = 0.95;
    t->reject_as           = PARK_REJECT_BACKWASH;
    t->removal[CA]         = 0.99;
    t->capacity            = (park_range){0.0, FLOW, NAN};
    park_exchange_terms *e = &t->mechanism.exchange;
    e->capacity = 1.0, e->salt = 110.0, e->brine = 0.1, e->rinse = 6.0, e->load = 20.0 / 3600.0,
    e->price = 0.6;
    connect(b->draft, "ix.backwash", "out");
    return t;
}

/* Resin 36 m3/h over 20 volumes an hour: 1.8 m3, 1800 eq. Calcium 0.01 x 0.08 x 49.9 x 0.99 eq/s. */
static double service(void)
{
    return 1800.0 / (FLOW * FEED[CA] * 0.99 / 0.020039);
}

/* Each 12.7 h a regeneration of two hours, while the other bed serves: no hardness comes through but the hundredth that always does. */
static void regenerations_come_at_their_instant(void)
{
    bench b;
    softener_new(&b, 30)->mechanism.kind = PARK_MECHANISM_KEPT;
    park_simulation *s                   = run(&b, NULL);
    size_t           begun = 0, ended = 0;
    for (size_t e = 0; s != NULL && e < s->events; e++) {
        double at = s->event[e].exact - (double)b.draft->time.start;
        if (s->event[e].kind == PARK_EVENT_REGENERATION)
            CHECK_CLOSE(at, service() * (double)++begun, 1e-4 * at);
        else if (s->event[e].kind == PARK_EVENT_RESUMED)
            CHECK_CLOSE(at, service() * (double)++ended + 7200.0, 1e-4 * at);
    }
    CHECK(begun == (size_t)(30.0 * 86400.0 / service()) && begun - ended <= 1);
    if (s == NULL)
        return;
    /* a cycle's water: brine of 10 % and six volumes of rinse; its salt; the calcium of a bed */
    double year = 365.0 / 30.0, n = (double)ended * year,
           waste = 1.8 * (110.0 / (0.1 * park_brine_density(0.1)) + 6.0);
    CHECK_CLOSE(through(&b, s, 1, -1), n * waste, 1e-2 * n * waste); /* one may have begun */
    CHECK_CLOSE(through(&b, s, 1, CA), n * 1800.0 * 0.020039, 2e-2 * n * 1800.0 * 0.020039);
    double chloride = FEED[CL] * FLOW * 365.0 * 86400.0 + n * 198.0 * 0.035453 / SALT;
    CHECK_CLOSE(through(&b, s, 0, CL) + through(&b, s, 1, CL), chloride, 1e-3 * chloride);
    CHECK_CLOSE(through(&b, s, 0, CA) / through(&b, s, 0, -1), 0.01 * FEED[CA], 1e-6);
    /* sodium for calcium, equivalent for equivalent */
    double sodium = FEED[NA] + 0.99 * FEED[CA] / 0.020039 * SODIUM;
    CHECK_CLOSE(through(&b, s, 0, NA) / through(&b, s, 0, -1), sodium, 1e-6);
    CHECK_CLOSE(through(&b, s, 0, TDS) / through(&b, s, 0, -1),
                FEED[TDS] + sodium - FEED[NA] - 0.99 * FEED[CA], 1e-6);
    park_arena_free(b.arena);
}

/* Over a month the march is the law of (U58): recovery v/(v + w), the same product, the same salt. */
static void over_cycles_it_is_the_law(void)
{
    bench            b;
    park_treatment  *t = softener_new(&b, 31);
    park_simulation *s = run(&b, NULL);
    if (s == NULL)
        return;
    size_t  I = b.draft->inlets, in = (size_t)b.draft->unit[b.unit].first_inlet;
    double *flow = PARK_ARRAY(b.arena, I, double), *conc = PARK_ARRAY(b.arena, I * C, double), moved;
    flow[in] = FLOW;
    memcpy(conc + in * C, FEED, sizeof FEED);
    const park_model *model = NULL;
    CHECK(park_units_follow(b.draft) && b.draft->time.seasons == 1);
    CHECK(park_units_refresh(b.draft, flow, conc, 1.0, b.arena, &model, &moved, NULL) == PARK_OK);
    park_map *map = park_map_new(b.arena, model, b.unit);
    CHECK(park_unit_average(model, b.unit, 0, map, NULL) == PARK_OK);
    double water = through(&b, s, 0, -1) + through(&b, s, 1, -1);
    CHECK_CLOSE(through(&b, s, 0, -1) / water, map->outlet[0].alpha, 2e-3); /* cycles are not whole */
    for (int c = 0; c < C; c++) {
        double product = map->outlet[0].share[c] * FEED[c] + map->outlet[0].per_flow[c];
        CHECK_CLOSE(through(&b, s, 0, c) / water, product, 4e-3 * product + 1e-9);
    }
    (void)t;
    park_arena_free(b.arena);
}

/* A regeneration longer than a run: the loaded bed lets everything through until its turn comes. One bed alone: service waits. */
static void what_is_not_ready_is_felt(void)
{
    bench           b;
    park_treatment *t           = softener_new(&b, 10);
    t->mechanism.kind           = PARK_MECHANISM_KEPT;
    t->mechanism.exchange.takes = 20.0 * 3600.0;
    park_simulation *s          = run(&b, NULL);
    int32_t          out        = b.draft->unit[b.unit].first_outlet;
    CHECK(s != NULL && s->outlet_peak[(size_t)out * C + CA] > 0.999 * FEED[CA]);
    park_arena_free(b.arena);
    t                          = softener_new(&b, 10);
    t->mechanism.kind          = PARK_MECHANISM_KEPT;
    t->mechanism.exchange.beds = 1;
    rows r                     = {.arena = b.arena, .fail_after = -1};
    s                          = run(&b, &r);
    if (s == NULL)
        return;
    double spilled = 0.0;
    for (size_t i = 0; i < b.draft->time.seasons; i++)
        spilled += s->ledger->spilled[i * b.draft->units];
    double all = FLOW * 365.0 * 86400.0, share = 7200.0 / (7200.0 + service());
    CHECK_CLOSE(spilled / all, share, 0.15 * share);
    CHECK(s->outlet_peak[(size_t)out * C + CA] < 0.011 * FEED[CA]);
    park_arena_free(b.arena);
}

static void what_cannot_be_is_told(void)
{
    bench           b;
    park_error      err = {0};
    park_treatment *t   = softener_new(&b, 1);
    t->recovery         = 1.0;
    (void)!park_draft_shape(b.draft, &b.findings, &err);
    CHECK(has_code(&b.findings, PARK_E0511));
    park_arena_free(b.arena);
    t                              = softener_new(&b, 1);
    t->mechanism.exchange.capacity = NAN;
    (void)!park_draft_shape(b.draft, &b.findings, &err);
    CHECK(has_code(&b.findings, PARK_E0511));
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(regenerations_come_at_their_instant);
    RUN(over_cycles_it_is_the_law);
    RUN(what_is_not_ready_is_felt);
    RUN(what_cannot_be_is_told);
    return park_test_done();
}
