/* Prices by tiers of the year's volume and by the largest power, in the plan: by hand, by trying every split, and as billed. */
#include "planned_text.h"

static const double YEAR_HOURS = 8760.0;

#define HEAD "parkwater: 1\nconstituents: [COD]\n"
#define USER "users: {wash: {demand: %g m3/h, inlet: {COD: 0 mg/L}, adds: {COD: 1 kg/h}}}\nsinks: {out: {}}\n"

/* The yearly cost is the sum of its lines, and lines of the charges are what is expected. */
static void costs(const park_design *d, double yearly, double water_charge, double power_charge)
{
    double sum = 0.0, water = 0.0, power = 0.0;
    for (size_t i = 0; i < d->cost_lines; i++) {
        sum += d->cost[i].yearly;
        if (d->cost[i].kind == PARK_COST_WATER && d->cost[i].quantity == 0.0)
            water += d->cost[i].yearly;
        if (d->cost[i].kind == PARK_COST_ENERGY && d->cost[i].unit < 0 && d->cost[i].link < 0)
            power += d->cost[i].yearly;
    }
    CHECK_CLOSE(d->objective, yearly, 1e-6 * yearly);
    CHECK_CLOSE(sum, d->objective, 1e-9 * yearly);
    CHECK_CLOSE(water, water_charge, 1e-6 * yearly);
    CHECK_CLOSE(power, power_charge, 1e-6 * yearly);
    CHECK(d->bound <= d->objective * (1.0 + 1e-9));
}

/* River at 1 CNY/m3 up to half of its 80 m3/h, three times as much above; the town at 2: 40 m3/h of one, 60 of the other. */
static void tiers_that_rise(void)
{
    loaded_text t;
    char        text[2000];
    snprintf(text, sizeof text,
             HEAD "sources: {river: {kind: surface, price: 1 CNY/m3, tax: 0.2 CNY/m3, licence: 700800 m3/a, "
                  "quality: {COD: 0 "
                  "mg/L}}, town: {kind: municipal, price: 2 CNY/m3, quality: {COD: 0 mg/L}}}\n" USER
                  "tariffs: {tap: {tiers: [{to: 50 %%, times: 1}, {above: 50 %%, times: 3}], of: licence}}\n",
             100.0);
    park_design *d = planned(&t, text);
    if (d != NULL)
        costs(d, YEAR_HOURS * (40.0 * 1.2 + 60.0 * 2.0), 0.0, 0.0);
    done(&t);
    /* without the town the second tier is paid: 40 at 1, 40 at 3 */
    snprintf(text, sizeof text,
             HEAD "sources: {river: {kind: surface, price: 1 CNY/m3, tax: 0.2 CNY/m3, licence: 700800 m3/a, "
                  "quality: {COD: 0 "
                  "mg/L}}}\n" USER
                  "tariffs: {tap: {tiers: [{to: 50 %%, times: 1}, {above: 50 %%, times: 3}], of: licence}}\n",
             80.0);
    d = planned(&t, text);
    if (d != NULL)
        costs(d, YEAR_HOURS * (80.0 * 1.2 + 40.0 * 2.0), YEAR_HOURS * 40.0 * 2.0, 0.0);
    done(&t);
}

/* River at 2 CNY/m3, a quarter of that above half of its 100 m3/h and a tenth above 80; the town at 1.6. Which split is cheapest
 * jumps with the demand: tried here in steps of 1 m3/h, which hit every corner. */
static void tiers_that_fall(void)
{
    int mixed = 0, river_only = 0, town_only = 0;
    for (int demand = 40; demand <= 120; demand += 10) {
        loaded_text t;
        char        text[2000];
        double      best = INFINITY, taken = 0.0;
        for (int q = 0; q <= demand && q <= 100; q++) {
            double a = fmin(q, 50.0), b = fmin(fmax(q - 50.0, 0.0), 30.0), c = fmax(q - 80.0, 0.0);
            double cost = 2.0 * a + 0.5 * b + 0.2 * c + 1.6 * (demand - q);
            if (cost < best)
                best = cost, taken = q;
        }
        mixed += taken > 0.0 && taken < demand, river_only += taken == demand, town_only += taken == 0.0;
        snprintf(text, sizeof text,
                 HEAD "sources: {river: {kind: surface, price: 2 CNY/m3, licence: 876000 m3/a, quality: "
                      "{COD: 0 mg/L}}, town: "
                      "{kind: municipal, price: 1.6 CNY/m3, quality: {COD: 0 mg/L}}}\n" USER
                      "tariffs: {tap: {tiers: [{to: 50 %%, times: 1}, {to: 80 %%, times: 0.25}, {above: 80 "
                      "%%, times: 0.1}]}}\n",
                 (double)demand);
        park_design *d = planned(&t, text);
        if (d != NULL) {
            double more = -1.5 * fmin(fmax(taken - 50.0, 0.0), 30.0) - 1.8 * fmax(taken - 80.0, 0.0);
            costs(d, YEAR_HOURS * best, YEAR_HOURS * more, 0.0);
        }
        done(&t);
    }
    CHECK(mixed > 0 && river_only > 0 && town_only > 0);
}

/* 36 CNY/kW/month are 432 CNY/kW/a. The river takes 0.5 kWh/m3 at 0.6 CNY/kWh: with the charge a m3/h costs 0.3 x 8760 + 216 =
 * 2844 CNY/a, 0.3247 CNY/m3; the town costs 0.31 or 0.33. */
static void the_charge_decides(void)
{
    static const struct {
        double town;
        bool   river;
    } CASES[] = {{0.31, false}, {0.33, true}};
    for (size_t i = 0; i < 2; i++) {
        loaded_text t;
        char        text[2000];
        snprintf(text, sizeof text,
                 HEAD "sources: {river: {kind: surface, energy: 0.5 kWh/m3, quality: {COD: 0 mg/L}}, town: "
                      "{kind: municipal, "
                      "price: %g CNY/m3, quality: {COD: 0 mg/L}}}\n" USER
                      "tariffs: {power: {flat: 0.6 CNY/kWh, demand_charge: 36 CNY/kW/month}}\n",
                 CASES[i].town, 100.0);
        park_design *d = planned(&t, text);
        if (d != NULL && CASES[i].river)
            costs(d, 100.0 * 2844.0, 0.0, 100.0 * 216.0);
        else if (d != NULL)
            costs(d, 100.0 * 0.31 * YEAR_HOURS, 0.0, 0.0);
        done(&t);
    }
}

/* A year in which the week of 10 to 16 July needs twice the water. River 1 kWh/m3, power free: 36 CNY/kW for each of eleven months
 * at 100 kW, and for July at 200. */
static void a_month_pays_for_its_largest_season(void)
{
    loaded_text  t;
    park_design *d =
        planned(&t, HEAD "period: {start: 2025-01-01, end: 2026-01-01}\nseasons: {peak: {dates: "
                         "07-10..07-16}, rest: {rest: true}}\n"
                         "sources: {river: {kind: surface, energy: 1 kWh/m3, quality: {COD: 0 mg/L}}}\n"
                         "calendars: {off: {closed: [2025-01-01..2025-07-09, 2025-07-17..2025-12-31]}}\n"
                         "users: {wash: {demand: 100 m3/h, inlet: {COD: 0 mg/L}, adds: {COD: 1 kg/h}}, more: "
                         "{demand: 100 m3/h, calendar: "
                         "off, inlet: {COD: 0 mg/L}, adds: {COD: 1 kg/h}}}\nsinks: {out: {}}\n"
                         "tariffs: {power: {flat: 0 CNY/kWh, demand_charge: 36 CNY/kW/month}}\n");
    if (d != NULL)
        costs(d, 36.0 * (11 * 100.0 + 200.0), 0.0, 36.0 * (11 * 100.0 + 200.0));
    done(&t);
}

/* Rates that retrofits change stand in the rows of the charge, too: nine retrofits, 512 ways, tried here. */
static void retrofits_beside_charges(void)
{
    loaded_text t;
    char        text[4000], *end = text;
    double      times[5], cost[5], best = INFINITY;
    end += snprintf(text, sizeof text,
                    HEAD "sources: {river: {kind: surface, price: 1 CNY/m3, energy: 0.5 kWh/m3, licence: "
                         "876000 m3/a, quality: "
                         "{COD: 0 mg/L}}}\n" USER "tariffs: {power: {flat: 0.6 CNY/kWh, demand_charge: 36 "
                         "CNY/kW/month}, tap: {tiers: [{to: 60 %%, times: "
                         "1}, {above: 60 %%, times: 4}]}}\nretrofits:\n",
                    90.0);
    for (int i = 0; i < 5; i++) {
        times[i] = 0.93 - 0.03 * i, cost[i] = 9e3 * (i + 1) + (i % 2 ? 8e3 : 0.0);
        end += snprintf(end, sizeof text - (size_t)(end - text),
                        "  r%d: {applies_to: wash, changes: {demand: {times: %.2f}}, opex: %.0f CNY/a}\n", i,
                        times[i], cost[i]);
    }
    for (unsigned set = 0; set < 32; set++) {
        double q = 90.0, sum = 0.0;
        for (int i = 0; i < 5; i++)
            if (set >> i & 1u)
                q *= times[i], sum += cost[i];
        sum += YEAR_HOURS * (q * 1.3 + 3.0 * fmax(q - 60.0, 0.0)) + q * 216.0;
        best = fmin(best, sum);
    }
    park_design *d = planned(&t, text);
    if (d != NULL)
        CHECK_CLOSE(d->objective, best, 1e-6 * best);
    done(&t);
}

int main(void)
{
    RUN(tiers_that_rise);
    RUN(tiers_that_fall);
    RUN(the_charge_decides);
    RUN(a_month_pays_for_its_largest_season);
    RUN(retrofits_beside_charges);
    return park_test_done();
}
