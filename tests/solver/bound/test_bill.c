/* What a network's pumps cost, by hand: a pump that gives 30 kW to the water at 75 % draws 40 kW in every hour of the year. */
#include "bound_fixture.h"

static const double KWH = 3.6e6, WATER = 3153600.0; /* of the year at 0.1 m3/s [m3] */

#define PUMPED                                                                                               \
    "[JUNCTIONS]\n J0 0 0\n J1 10 0\n[RESERVOIRS]\n R 0\n[PUMPS]\n PU R J0 POWER 30\n"                       \
    "[PIPES]\n P J0 J1 1000 300 130\n[ENERGY]\n Global Efficiency 75\n[OPTIONS]\n UNITS LPS\n"               \
    " ACCURACY 0.00001\n"

typedef struct billed {
    bound_bench     b;
    park_simulation s;
    park_bill_month month;
    park_cost_line  line[12];
} billed;

/* 0.075 and 0.025 m3/s to two users, whose connections cost 10 and 6 kW by length and lift; half a yuan by night, one by day, a demand
 * charge of 30 CNY/(kW month), 0.5 kg CO2e a kWh at 0.1 CNY a kg; a third consumer of 100 kW. */
static void begin(billed *k, const char *inp)
{
    bound_bench *b = &k->b;
    bench_begin(b, inp);
    b->park.m.time.steady = false;
    (void)bench_link(b, "river_wash", 0, 1, 0.075);
    (void)bench_link(b, "river_dye", 0, 2, 0.025);
    bench_bind(b, "wash", "J1", 1.0);
    bench_bind(b, "dye", "J1", 1.0);
    bench_bind(b, "river", "R", 1.0);
    bench_carry(b, "river_wash");
    bench_carry(b, "river_dye");
    park_tariffs *t = &b->park.m.tariffs;
    *t = (park_tariffs){.power = 0.75 / KWH, .level = 1.0, .demand_charge = 30.0 * 12.0 / 31536000.0 / 1e3};
    for (int h = 0; h < 24; h++) {
        t->power_hour[h]   = (h < 12 ? 0.5 : 1.0) / KWH;
        t->rate_of_hour[h] = h < 12 ? PARK_RATE_VALLEY : PARK_RATE_PEAK;
    }
    b->park.m.carbon = (park_carbon){.grid = 0.5 / KWH, .price = 0.1};
    park_ledger *g   = park_ledger_new(b->park.arena, &b->park.m);
    g->link_water[0] = 0.75 * WATER, g->link_water[1] = 0.25 * WATER;
    g->link_energy[0] = 10.0 * 8760.0 * KWH, g->link_energy[1] = 6.0 * 8760.0 * KWH;
    b->flows.ledger = g;
    k->s            = (park_simulation){.ledger = g};
    /* what the march would have billed: 116 kW in every hour; three days of January */
    double energy                     = 116.0 * 8760.0 * KWH;
    k->month                          = (park_bill_month){.start     = b->park.m.time.start,
                                                          .seconds   = 3.0 * 86400.0,
                                                          .whole     = 31.0 * 86400.0,
                                                          .cost      = 116.0 * 72.0 * 0.75,
                                                          .peak      = 116e3,
                                                          .peak_time = b->park.m.time.start + 14 * 3600};
    k->month.energy[PARK_RATE_VALLEY] = k->month.energy[PARK_RATE_PEAK] = 116.0 * 36.0 * KWH;
    park_cost_line lines[]                                              = {
                                                     {PARK_COST_ENERGY, 1, -1, -1, 100.0 * 8760.0 * 0.75, 0.0, 100.0 * 8760.0 * KWH},
                                                     {PARK_COST_ENERGY, -1, 0, -1, 10.0 * 8760.0 * 0.75, 0.0, 10.0 * 8760.0 * KWH},
                                                     {PARK_COST_ENERGY, -1, -1, -1, 116.0 * 30.0 * 12.0, 0.0, 0.0},
                                                     {PARK_COST_CARBON, -1, -1, -1, 0.1 * 0.5 * 116.0 * 8760.0, 0.0, 0.5 * 116.0 * 8760.0}};
    memcpy(k->line, lines, sizeof lines);
    /* the connection to `dye` is left without a line: the bill makes one */
    k->s.bill                          = (park_bill){.months      = 1,
                                                     .month       = &k->month,
                                                     .energy_cost = (110.0 * 0.75) * 8760.0,
                                                     .mean_cost   = energy * 0.75 / KWH,
                                                     .demand_cost = 116.0 * 30.0 * 12.0,
                                                     .lines       = 4,
                                                     .line        = k->line};
    k->s.bill.energy[PARK_RATE_VALLEY] = k->s.bill.energy[PARK_RATE_PEAK] = 0.5 * energy;
    k->s.bill.carbon[PARK_CARBON_GRID]                                    = 0.5 * energy / KWH;
    for (size_t i = 0; i < 4; i++)
        k->s.bill.running += lines[i].yearly;
}

static const park_cost_line *line_of(const billed *k, park_cost_line_kind kind, int32_t unit, int32_t link)
{
    for (size_t i = 0; i < k->s.bill.lines; i++)
        if (k->line[i].kind == kind && k->line[i].unit == unit && k->line[i].link == link)
            return &k->line[i];
    return NULL;
}

/* 16 kW by length and lift become 40 kW: shared 3 to 1 by water, half by night and half by day. */
static void pumps_take_the_place_of_length_and_lift(void)
{
    billed k;
    begin(&k, PUMPED);
    park_bound_result *r = bench_run(&k.b);
    CHECK(r != NULL && park_bound_bill(&k.b.park.m, r, 1, &k.s, &k.b.err) == PARK_OK);
    const park_ledger *g = k.s.ledger;
    CHECK_CLOSE(r->season[0].energy / KWH, 40.0 * 8760.0, 1e-6 * 350400.0);
    CHECK_CLOSE(g->link_energy[0] / KWH, 30.0 * 8760.0, 0.3);
    CHECK_CLOSE(g->link_energy[1] / KWH, 10.0 * 8760.0, 0.1);
    CHECK_CLOSE(park_bound_power(r, 1, 0, 3), 24e3, 1.0);
    const park_bill *bill = &k.s.bill;
    CHECK_CLOSE(bill->energy[PARK_RATE_VALLEY] / KWH, 140.0 * 4380.0, 1.0);
    CHECK_CLOSE(bill->energy[PARK_RATE_PEAK] / KWH, 140.0 * 4380.0, 1.0);
    CHECK_CLOSE(bill->energy_cost, 140.0 * 8760.0 * 0.75, 1.0);
    CHECK_CLOSE(bill->mean_cost, 140.0 * 8760.0 * 0.75, 1.0);
    CHECK_CLOSE(bill->carbon[PARK_CARBON_GRID], 0.5 * 140.0 * 8760.0, 1.0);
    CHECK_CLOSE(k.month.energy[PARK_RATE_PEAK] / KWH, 140.0 * 36.0, 1e-2);
    CHECK_CLOSE(k.month.cost, 140.0 * 72.0 * 0.75, 1e-2);
    CHECK_CLOSE(k.month.peak, 140e3, 1.0);
    CHECK_CLOSE(bill->demand_cost, 140.0 * 30.0 * 12.0, 1.0);
    CHECK(bill->lines == 5);
    CHECK_CLOSE(line_of(&k, PARK_COST_ENERGY, -1, 0)->yearly, 30.0 * 8760.0 * 0.75, 1.0);
    CHECK_CLOSE(line_of(&k, PARK_COST_ENERGY, -1, 1)->yearly, 10.0 * 8760.0 * 0.75, 1.0);
    CHECK_CLOSE(line_of(&k, PARK_COST_ENERGY, 1, -1)->yearly, 100.0 * 8760.0 * 0.75, 1e-6);
    CHECK_CLOSE(line_of(&k, PARK_COST_CARBON, -1, -1)->yearly, 0.1 * 0.5 * 140.0 * 8760.0, 1.0);
    CHECK_CLOSE(bill->running, 140.0 * 8760.0 * 0.75 + 140.0 * 360.0 + 0.05 * 140.0 * 8760.0, 3.0);
    bench_end(&k.b);
}

/* A network on a reservoir has no pumps: what lifted the water there is still its connections' own. */
static void without_pumps_nothing_changes(void)
{
    billed k, before;
    begin(&k, ONE_PIPE);
    memcpy(&before, &k, sizeof before);
    park_bound_result *r = bench_run(&k.b);
    CHECK(r != NULL && park_bound_bill(&k.b.park.m, r, 1, &k.s, &k.b.err) == PARK_OK);
    CHECK(k.s.ledger->link_energy[0] == 10.0 * 8760.0 * KWH && k.s.bill.lines == 4);
    CHECK(memcmp(&k.month, &before.month, sizeof k.month) == 0 &&
          memcmp(k.line, before.line, sizeof k.line) == 0 && k.s.bill.running == before.s.bill.running);
    bench_end(&k.b);
}

/* Nothing drew power before, so no line speaks of the demand charge or of carbon: 40 kW bring both. */
static void the_first_power_brings_its_lines(void)
{
    billed k;
    begin(&k, PUMPED);
    k.s.ledger->link_energy[0] = k.s.ledger->link_energy[1] = 0.0;
    k.month                                                 = (park_bill_month){.start     = k.month.start,
                                                                                .seconds   = k.month.seconds,
                                                                                .whole     = k.month.whole,
                                                                                .peak_time = k.month.peak_time};
    k.s.bill             = (park_bill){.months = 1, .month = &k.month, .line = k.line};
    park_bound_result *r = bench_run(&k.b);
    CHECK(r != NULL && park_bound_bill(&k.b.park.m, r, 1, &k.s, &k.b.err) == PARK_OK);
    const park_cost_line *demand = line_of(&k, PARK_COST_ENERGY, -1, -1),
                         *carbon = line_of(&k, PARK_COST_CARBON, -1, -1);
    CHECK(k.s.bill.lines == 4 && demand != NULL && carbon != NULL);
    if (demand != NULL && carbon != NULL) {
        CHECK_CLOSE(demand->yearly, 40.0 * 30.0 * 12.0, 1.0);
        CHECK_CLOSE(carbon->yearly, 0.1 * 0.5 * 40.0 * 8760.0, 1.0);
        CHECK_CLOSE(carbon->quantity, 0.5 * 40.0 * 8760.0, 1.0);
    }
    CHECK_CLOSE(k.s.bill.running, 40.0 * 8760.0 * 0.75 + 40.0 * 360.0 + 0.05 * 40.0 * 8760.0, 3.0);
    bench_end(&k.b);
}

int main(void)
{
    RUN(pumps_take_the_place_of_length_and_lift);
    RUN(the_first_power_brings_its_lines);
    RUN(without_pumps_nothing_changes);
    return park_test_done();
}
