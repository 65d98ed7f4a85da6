/* What a simulated year costs, against hand calculations. */
#include "march_fixture.h"

static const char *const CONSTITUENT[] = {"COD"};
static const double      KWH = 3.6e6, KW = 1e3, DAY = 86400.0;

typedef struct bench {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    park_source  *river;
} bench;

/* A river at 2 CNY/m3 and 0.5 tax that takes 0.5 kWh/m3; 100 m3/h drawn by factors every `every` seconds; 100 mg/L COD go to an
 * outfall at 1 CNY/m3 and 3 CNY/kg. */
static bench bench_new(int days, double every, size_t count, const double *factor)
{
    bench        b       = {.arena = park_arena_new()};
    double       clean[] = {0.0};
    park_pattern pattern = {.kind = PARK_PATTERN_CYCLE, .every = every, .count = count, .value = NULL};
    park_findings_init(&b.findings, b.arena);
    b.draft             = draft_with(b.arena, CONSTITUENT, 1);
    b.draft->candidates = PARK_CANDIDATES_NONE;
    period(b.draft, day_start(2025, 1, 1), day_start(2025, 1, 1) + days * 86400, PARK_SEASONS_MONTHS);
    b.river           = params_of(b.draft, add_source(b.draft, "surface", "river", clean));
    b.river->capacity = (park_series){1000.0 * M3_H, -1};
    b.river->price = 2.0, b.river->tax = 0.5, b.river->energy = 0.5 * KWH, b.river->carbon = 0.2;
    park_process *user = params_of(b.draft, add_process(b.draft, "user", 100.0 * M3_H, 0.0));
    pattern.value      = PARK_ARRAY(b.arena, count, double);
    memcpy(pattern.value, factor, count * sizeof *factor);
    user->demand.flow.pattern = park_draft_pattern(b.draft, pattern);
    user->adds[0]             = 10.0 * KG_H;
    park_sink_params *out     = params_of(b.draft, add_unit(b.draft, PARK_SINK, "outfall", "out"));
    out->price                = 1.0;
    out->fee[0]               = 3.0;
    connect(b.draft, "river", "user");
    connect(b.draft, "user", "out");
    b.draft->tariffs.power = 0.6 / KWH;
    b.draft->carbon.grid   = 0.5 / KWH;
    b.draft->carbon.price  = 0.1;
    return b;
}

static void by_the_hour(park_tariffs *t)
{
    double sum = 0.0;
    for (int h = 0; h < 24; h++) {
        t->rate_of_hour[h] = h < 8 ? PARK_RATE_VALLEY : h < 16 ? PARK_RATE_FLAT : PARK_RATE_PEAK;
        t->power_hour[h]   = (h < 8 ? 0.3 : h < 16 ? 0.6 : 1.0) / KWH;
        sum += t->power_hour[h];
    }
    t->power = sum / 24.0;
}

static const park_bill *bill_of(bench *b, rows *r)
{
    if (r != NULL)
        *r = (rows){.arena = b->arena, .fail_after = -1};
    CHECK(stands(b->draft, &b->findings, false));
    park_simulation *s = simulate(b->arena, b->draft, NULL, NULL, r);
    return s == NULL ? NULL : &s->bill;
}

static double sum_of(const park_bill *bill, park_cost_line_kind kind)
{
    double sum = 0.0;
    for (size_t i = 0; i < bill->lines; i++)
        sum += bill->line[i].kind == kind ? bill->line[i].yearly : 0.0;
    return sum;
}

/* 100 m3/h all year: 50 kW; a day is 8 h at 0.3, 0.6 and 1.0. */
static void constant_draw(void)
{
    static const double ONE[] = {1.0};
    bench               b     = bench_new(59, 3600.0, 1, ONE); /* two months */
    by_the_hour(&b.draft->tariffs);
    b.draft->tariffs.demand_charge = 32.0 / (KW * (365.0 * DAY / 12.0));
    const park_bill *bill          = bill_of(&b, NULL);
    if (bill != NULL) {
        CHECK_CLOSE(bill->energy[PARK_RATE_PEAK], 365.0 * 8.0 * 50.0 * KWH, 1.0);
        CHECK_CLOSE(bill->energy[PARK_RATE_VALLEY], 365.0 * 8.0 * 50.0 * KWH, 1.0);
        CHECK_CLOSE(bill->energy_cost, 365.0 * 8.0 * 50.0 * 1.9, 1e-3);
        CHECK_CLOSE(bill->mean_cost, 365.0 * 8.0 * 50.0 * 1.9, 1e-3); /* an even draw pays the mean */
        CHECK(bill->months == 2);
        CHECK_CLOSE(bill->month[1].peak, 50.0 * KW, 1e-6);
        CHECK_CLOSE(bill->demand_cost, 50.0 * 32.0 * 12.0, 1e-6);
        CHECK_CLOSE(sum_of(bill, PARK_COST_WATER), 2.0 * 876000.0, 1e-3);
        CHECK_CLOSE(sum_of(bill, PARK_COST_WATER_TAX), 0.5 * 876000.0, 1e-3);
        CHECK_CLOSE(sum_of(bill, PARK_COST_DISCHARGE), 876000.0, 1e-3); /* sewage fee: by volume alone */
        CHECK_CLOSE(sum_of(bill, PARK_COST_ENVIRONMENT_TAX), 3.0 * 87600.0,
                    1.0); /* by mass, but for the first hour's start */
        CHECK_CLOSE(sum_of(bill, PARK_COST_ENERGY), bill->energy_cost + bill->demand_cost, 1e-6);
        CHECK_CLOSE(bill->carbon[PARK_CARBON_GRID], 0.5 * 438000.0, 1e-3);
        CHECK_CLOSE(sum_of(bill, PARK_COST_CARBON),
                    0.1 * (bill->carbon[PARK_CARBON_GRID] + bill->carbon[PARK_CARBON_PROCESS]), 1e-9);
    }
    park_arena_free(b.arena);
}

/* All of it in the 8 peak hours: 150 kW then; it pays 1.0 where the plan's mean is 0.6333. */
static void drawn_at_the_peak(void)
{
    double factor[24] = {0};
    for (int h = 16; h < 24; h++)
        factor[h] = 3.0;
    bench b = bench_new(31, 3600.0, 24, factor);
    rows  r;
    by_the_hour(&b.draft->tariffs);
    b.draft->tariffs.demand_charge = 32.0 / (KW * (365.0 * DAY / 12.0));
    const park_bill *bill          = bill_of(&b, &r);
    if (bill != NULL) {
        CHECK_CLOSE(bill->energy_cost, 438000.0, 1e-3);
        CHECK_CLOSE(bill->mean_cost, 438000.0 * 1.9 / 3.0, 1e-3);
        CHECK_CLOSE(bill->demand_cost, 150.0 * 32.0 * 12.0, 1e-6);
        double energy = 0.0; /* the series says the same */
        for (size_t c = 0; c < r.columns; c++)
            for (size_t n = 0; n < r.count && r.column[c].kind == PARK_COLUMN_MONEY; n++)
                energy += r.column[c].part == PARK_COST_ENERGY ? 3600.0 * rows_at(&r, n, (int)c) : 0.0;
        CHECK_CLOSE(energy, 438000.0 * 31.0 / 365.0, 1e-4);
    }
    park_arena_free(b.arena);
}

/* 300, 0 and 0 m3/h for five minutes each: the charge is on the mean of the quarter. */
static void peaks_are_means_of_quarters(void)
{
    static const double FIVE[] = {3.0, 0.0, 0.0};
    bench               b      = bench_new(2, 300.0, 3, FIVE);
    const park_bill    *bill   = bill_of(&b, NULL);
    CHECK(bill != NULL);
    if (bill != NULL)
        CHECK_CLOSE(bill->month[0].peak, 50.0 * KW, 1e-6);
    park_arena_free(b.arena);
}

/* 876000 m3/a of a licence of 500000: 250000 at 1.5 and 126000 at 2 times 2 CNY/m3. */
static void tiers_of_a_licence(void)
{
    static const double ONE[] = {1.0};
    bench               b     = bench_new(31, 3600.0, 1, ONE);
    park_tariffs       *t     = &b.draft->tariffs;
    b.river->licence          = 500000.0 / (365.0 * DAY);
    t->tiers                  = 3;
    t->tier[0].upto = 1.0, t->tier[0].times = 1.0;
    t->tier[1].upto = 1.5, t->tier[1].times = 1.5;
    t->tier[2].upto = INFINITY, t->tier[2].times = 2.0;
    const park_bill *bill = bill_of(&b, NULL);
    CHECK(bill != NULL);
    if (bill != NULL) {
        CHECK_CLOSE(bill->tier_cost, 2.0 * (0.5 * 250000.0 + 126000.0), 1e-2);
        CHECK_CLOSE(sum_of(bill, PARK_COST_WATER), 2.0 * 876000.0 + bill->tier_cost, 1e-2);
    }
    park_arena_free(b.arena);
}

/* 100 m3/h through a plant at 0.7 CNY/m3, of which 0.2 are chemicals: a line of each, and a column of each in the rows. */
static void chemicals_stand_apart(void)
{
    static const double ONE[] = {1.0};
    bench               b     = bench_new(31, 3600.0, 1, ONE);
    park_treatment     *t     = params_of(b.draft, add_unit(b.draft, PARK_TREATMENT, "removal", "plant"));
    t->opex = 0.5, t->chemicals = 0.2;
    b.draft->connections = 1; /* river to user; the rest anew */
    connect(b.draft, "user", "plant");
    connect(b.draft, "plant", "out");
    rows             r;
    const park_bill *bill = bill_of(&b, &r);
    CHECK(bill != NULL);
    if (bill != NULL) {
        CHECK_CLOSE(sum_of(bill, PARK_COST_TREATMENT), 0.5 * 876000.0, 1e-3);
        CHECK_CLOSE(sum_of(bill, PARK_COST_CHEMICALS), 0.2 * 876000.0, 1e-3);
        CHECK_CLOSE(sum_of(bill, PARK_COST_RESIDUES), 0.0, 1e-9);
        CHECK_CLOSE(bill->running,
                    sum_of(bill, PARK_COST_WATER) + sum_of(bill, PARK_COST_WATER_TAX) +
                        sum_of(bill, PARK_COST_DISCHARGE) + sum_of(bill, PARK_COST_ENVIRONMENT_TAX) +
                        sum_of(bill, PARK_COST_ENERGY) + sum_of(bill, PARK_COST_CARBON) + 0.7 * 876000.0,
                    1e-3);
    }
    park_arena_free(b.arena);
}

/* A park that stands still: the mean price, twelve equal months. */
static void steady_park(void)
{
    static const double ONE[] = {1.0};
    bench               b     = bench_new(1, 3600.0, 1, ONE);
    park_error          err   = {0};
    b.draft->time.steady      = true;
    b.draft->time.start = b.draft->time.end = 0;
    CHECK(park_time_seasons(b.draft, PARK_SEASONS_STEADY, NULL, 0, &err) == PARK_OK);
    by_the_hour(&b.draft->tariffs);
    b.draft->tariffs.demand_charge = 32.0 / (KW * (365.0 * DAY / 12.0));
    const park_bill *bill          = bill_of(&b, NULL);
    if (bill != NULL) {
        CHECK_CLOSE(bill->energy_cost, 365.0 * 8.0 * 50.0 * 1.9, 1e-3);
        CHECK_CLOSE(bill->demand_cost, 50.0 * 32.0 * 12.0, 1e-6);
    }
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(constant_draw);
    RUN(drawn_at_the_peak);
    RUN(peaks_are_means_of_quarters);
    RUN(tiers_of_a_licence);
    RUN(chemicals_stand_apart);
    RUN(steady_park);
    return park_test_done();
}
