/* Tiers and the demand charge of scenarios with futures, stages and retrofits: months, lifts and choices, everything tried. */
#include "planned_text.h"

static const double YEAR_HOURS = 8760.0;

#define HEAD "parkwater: 1\nconstituents: [COD]\n"
#define USER "users: {wash: {demand: %g m3/h, inlet: {COD: 0 mg/L}, adds: {COD: 1 kg/h}}}\nsinks: {out: {}}\n"

/* Twelve users, each with a river of its own; a retrofit of each makes its water cheaper and its energy dearer, so all meet in the one
 * charge and nowhere else: 4096 ways, of which each user's part is tried alone. In futures one of them takes half or twice. */
static void retrofits_of_many_units(void)
{
    static const char *const ROBUST[] = {"", "objective: {robust: mean}\n", "objective: {robust: worst}\n"};
    enum { USERS = 12, UNKNOWN = 3, MOST = 12000 };
    for (int rule = 0; rule < 3; rule++) {
        loaded_text t;
        static char text[MOST];
        char       *end  = text;
        double      best = 0.0;
#define SAY(...) end += snprintf(end, MOST - (size_t)(end - text), __VA_ARGS__)
        SAY(HEAD "sources:\n");
        for (int i = 0; i < USERS; i++)
            SAY("  s%d: {kind: surface, price: 1 CNY/m3, energy: 0.5 kWh/m3, quality: {COD: 0 mg/L}}\n", i);
        SAY("users:\n");
        for (int i = 0; i < USERS; i++)
            SAY("  u%d: {demand: %d m3/h, inlet: {COD: 0 mg/L}, adds: {COD: 1 kg/h}}\n", i, 20 + i);
        SAY("sinks: {out: {}}\nconnections:\n  candidates: none\n  existing:\n");
        for (int i = 0; i < USERS; i++)
            SAY("    c%d: {from: s%d, to: u%d}\n    d%d: {from: u%d, to: out}\n", i, i, i, i, i);
        SAY("tariffs: {power: {flat: 0.6 CNY/kWh, demand_charge: 36 CNY/kW/month}}\n%sretrofits:\n",
            ROBUST[rule]);
        for (int i = 0; i < USERS; i++) {
            double price = 0.5 + 0.03 * i, energy = 1.4 + 0.1 * i, least = INFINITY;
            SAY("  r%d: {applies_to: s%d, changes: {energy: {times: %.1f}, price: {times: %.2f}}, opex: 1000 "
                "CNY/a}\n",
                i, i, energy, price);
            for (int made = 0; made < 2; made++) {
                double a = (made ? price : 1.0) * YEAR_HOURS +
                           (made ? energy : 1.0) * 0.5 * (0.6 * YEAR_HOURS + 432.0);
                double q = i != UNKNOWN || rule == 0 ? 20.0 + i
                           : rule == 1               ? (20.0 + i) * 1.25
                                                     : (20.0 + i) * 2.0;
                least    = fmin(least, a * q + (made ? 1000.0 : 0.0));
            }
            best += least;
        }
        if (rule > 0)
            SAY("uncertainty: {users.u%d.demand: {times: [0.5, 2]}}\n", UNKNOWN);
#undef SAY
        park_design *d = planned(&t, text);
        if (d != NULL)
            CHECK_CLOSE(d->objective, best, 1e-6 * best);
        done(&t);
    }
}

/* The week of July in two futures: 100 or 300 m3/h more. Each pays for its own July. */
static void months_of_each_future(void)
{
    static const struct {
        const char *robust;
        double      july;
    } CASES[] = {{"mean", 300.0}, {"worst", 400.0}};
    for (size_t i = 0; i < 2; i++) {
        loaded_text t;
        char        text[3000];
        snprintf(
            text, sizeof text,
            HEAD
            "period: {start: 2025-01-01, end: 2026-01-01}\nseasons: {peak: {dates: 07-10..07-16}, rest: "
            "{rest: true}}\n"
            "sources: {river: {kind: surface, energy: 1 kWh/m3, quality: {COD: 0 mg/L}}}\n"
            "calendars: {off: {closed: [2025-01-01..2025-07-09, 2025-07-17..2025-12-31]}}\n"
            "users: {wash: {demand: 100 m3/h, inlet: {COD: 0 mg/L}, adds: {COD: 1 kg/h}}, more: {demand: "
            "100 m3/h, calendar: off, inlet: {COD: 0 mg/L}, adds: {COD: 1 kg/h}}}\nsinks: {out: {}}\n"
            "tariffs: {power: {flat: 0 CNY/kWh, demand_charge: 36 CNY/kW/month}}\n"
            "objective: {robust: %s}\nuncertainty: {users.more.demand: {times: [1, 3]}}\n",
            CASES[i].robust);
        park_design *d = planned(&t, text);
        if (d != NULL) {
            double hand = 36.0 * (11 * 100.0 + CASES[i].july);
            CHECK_CLOSE(d->objective, hand, 1e-6 * hand);
            CHECK_CLOSE(d->outlook->future[0].value[PARK_MIN_COST], 36.0 * (11 * 100.0 + 200.0), 1e-3);
        }
        done(&t);
    }
}

/* A lift of 50 or 100 m at 70 %: 100 m3/h of 9.81 kN weigh on each future's own pumps. */
static void lifts_of_each_future(void)
{
    loaded_text t;
    char        text[3000];
    snprintf(text, sizeof text,
             HEAD
             "sources: {river: {kind: surface, quality: {COD: 0 mg/L}}}\n" USER
             "connections: {candidates: none, pipe: {catalogue: steel, pump_efficiency: 70 %%}, existing: "
             "{up: {from: river, to: "
             "wash, lift: 50 m}, down: {from: wash, to: out}}}\n"
             "tariffs: {power: {flat: 0 CNY/kWh, demand_charge: 36 CNY/kW/month}}\n"
             "objective: {robust: worst}\nuncertainty: {connections.existing.up.lift: {times: [1, 2]}}\n",
             100.0);
    park_design *d = planned(&t, text);
    if (d != NULL) {
        double kw = 9.81 * 100.0 / 0.7 * 100.0 / 3600.0;
        CHECK_CLOSE(d->objective, kw * 432.0, 1e-6 * kw * 432.0);
        CHECK_CLOSE(d->yearly_cost, 0.5 * kw * 432.0, 1e-6 * kw * 432.0);
    }
    done(&t);
}

/* ---- retrofits in futures and stages, everything tried ------------------------------------------------------------------------ */

enum { SAVINGS = 6, DRAWN = 2 };

typedef struct savings {
    int    stages, count;
    double times[SAVINGS], opex[SAVINGS], capex[SAVINGS]; /* [-], [CNY/a], [CNY] */
    double above, share[2], budget[2], draw[DRAWN];
} savings;

/* A year at q m3/h: 1 CNY/m3, `above` times as much above 60 m3/h, 0.5 kWh/m3 at 0.6 CNY/kWh and 432 CNY/kW/a. */
static double year_at(double above, double q)
{
    return YEAR_HOURS * (q * 1.3 + (above - 1.0) * fmax(q - 60.0, 0.0)) + q * 216.0;
}

/* A future with retrofit i from stage at[i] on; at[i] = stages: never. */
static double life_of(const savings *s, int w, const int *at)
{
    double sum = 0.0;
    for (int y = 0; y < s->stages; y++) {
        double q = 90.0 * s->draw[w], cost = 0.0;
        for (int i = 0; i < s->count; i++)
            if (at[i] <= y)
                q *= s->times[i], cost += s->opex[i] + 0.1 * s->capex[i];
        sum += s->share[y] * (cost + year_at(s->above, q));
    }
    return sum;
}

static bool affordable(const savings *s, const int *at)
{
    for (int y = 0; y < s->stages; y++) {
        double spent = 0.0;
        for (int i = 0; i < s->count; i++)
            spent += at[i] <= y ? s->capex[i] : 0.0;
        if (spent > s->budget[y])
            return false;
    }
    return true;
}

/* The least mean, worst and regret over all years and none. */
static void tried(const savings *s, double *least)
{
    double best[DRAWN] = {INFINITY, INFINITY};
    int    count       = 1;
    for (int i = 0; i < s->count; i++)
        count *= s->stages + 1;
    least[0] = least[1] = least[2] = INFINITY;
    for (int turn = 0; turn < 2; turn++)
        for (int k = 0; k < count; k++) {
            int at[SAVINGS], rest = k;
            for (int i = 0; i < s->count; i++)
                at[i] = rest % (s->stages + 1), rest /= s->stages + 1;
            if (!affordable(s, at))
                continue;
            double a = life_of(s, 0, at), b = life_of(s, 1, at);
            best[0] = fmin(best[0], a), best[1] = fmin(best[1], b);
            if (turn == 0)
                continue;
            least[0] = fmin(least[0], 0.5 * (a + b));
            least[1] = fmin(least[1], fmax(a, b));
            least[2] = fmin(least[2], fmax(a - best[0], b - best[1]));
        }
}

/* As choices of one program, 729 ways of two stages among them; four of them as parks of their own, too. */
static void retrofits_in_futures_and_stages(void)
{
    static const char *const RULES[] = {"mean", "worst", "regret"};
    for (int kind = 0; kind < 6; kind++) {
        int     stages = 1 + kind % 2;
        savings s      = {.stages = stages,
                          .count  = kind < 4 ? SAVINGS : 4,
                          .above  = kind % 4 < 2 ? 4.0 : 0.3,
                          .share  = {1.0},
                          .budget = {INFINITY, INFINITY},
                          .draw   = {0.7, 1.1}};
        double  least[3], sum         = 0.0;
        char    retrofits[1000], *end = retrofits;
        for (int i = 0; i < s.count; i++) {
            s.times[i] = 0.93 - 0.04 * i, s.opex[i] = 8e3 * (i + 1), s.capex[i] = 1e5 * (1 + i % 2);
            end += snprintf(
                end, sizeof retrofits - (size_t)(end - retrofits),
                "  r%d: {applies_to: wash, changes: {demand: {times: %.2f}}, opex: %.0f CNY/a, capex: "
                "%.0f CNY}\n",
                i, s.times[i], s.opex[i], s.capex[i]);
        }
        for (int t = 0; t < 15; t++)
            sum += pow(1.06, -t);
        if (stages == 2) /* not all can be paid in the first year */
            s.share[0] = 1.0 / sum, s.share[1] = 1.0 - 1.0 / sum, s.budget[0] = 3.5e5, s.budget[1] = 9e5;
        tried(&s, least);
        for (int rule = 0; rule < 3; rule++) {
            loaded_text t;
            char        text[5000];
            snprintf(
                text, sizeof text,
                HEAD
                "economics: {annual_factor: 0.1 /a, discount: 6 %%, life: 15 a%s}\n"
                "sources: {river: {kind: surface, price: 1 CNY/m3, energy: 0.5 kWh/m3, licence: 876000 "
                "m3/a, quality: {COD: 0 mg/L}}}\n" USER
                "tariffs: {power: {flat: 0.6 CNY/kWh, demand_charge: 36 CNY/kW/month}, tap: {tiers: [{to: "
                "60 %%, times: 1}, {above: 60 %%, times: %g}]}}\n"
                "objective: {robust: %s}\nuncertainty: {users.wash.demand: {times: [0.7, 1.1]}}\n"
                "retrofits:\n%s",
                stages == 2 ? ", budget: {2025: 35 万元, 2026: 55 万元}" : "", 90.0, s.above, RULES[rule],
                retrofits);
            park_design *d = planned_as(&t, text, kind < 4 ? PARK_CHOOSING_TOGETHER : PARK_CHOOSING_APART);
            if (d != NULL) {
                CHECK_CLOSE(d->objective, least[rule], 2e-7 * year_at(4.0, 90.0) + 1e-6 * least[rule]);
                CHECK(d->bound <= least[rule] * (1.0 + 1e-9));
            }
            done(&t);
        }
    }
}

int main(void)
{
    RUN(months_of_each_future);
    RUN(lifts_of_each_future);
    RUN(retrofits_of_many_units);
    RUN(retrofits_in_futures_and_stages);
    return park_test_done();
}
