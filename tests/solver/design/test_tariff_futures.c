/*
 * Tiers of water and the demand charge in every copy of the year, by hand and with everything tried. The works take D of clean
 * water: of the river at 1 CNY/m3 up to half of its 120 m3/h and `times` as much above, or raw water at 0.2 through a polisher of
 * x m3/h at `dear` CNY/h a year for each. A kWh for each m3 of the river, `lift` of raw water; power itself costs nothing, its
 * largest mean `charge` CNY/h a kW.
 */
#include "polished_park.h"

#include "base/random.h"

static const double HOURS = 8760.0, HALF = 60.0, KWH = 3.6e6;
static const double EVEN[] = {1.0, 1.0};

typedef struct water {
    double times, dear, lift, charge; /* [-], [CNY/h per m3/h], [kWh/m3], [CNY/h per kW] */
} water;

static polished_park park_of(const water *at, double most, double step)
{
    polished_park   p       = polished_new(1, most);
    park_tariffs   *tariffs = &p.draft->tariffs;
    park_source    *river = params_of(p.draft, p.river), *raw = params_of(p.draft, p.raw);
    park_treatment *polisher = p.polisher[0];
    river->licence = 2.0 * HALF * M3_H, river->energy = KWH, raw->energy = at->lift * KWH;
    tariffs->power = 0.0, tariffs->tiers = 2;
    tariffs->tier[0].upto = 0.5, tariffs->tier[0].times = 1.0;
    tariffs->tier[1].upto = INFINITY, tariffs->tier[1].times = at->times;
    tariffs->demand_charge = at->charge > 0.0 ? at->charge / (1000.0 * 3600.0) : NAN;
    polisher->capex.scale  = at->dear * POLISHED_PER_M3H / 0.5;
    if (step > 0.0)
        polisher->capacity.min = polisher->capacity.step = step * M3_H;
    return p;
}

/* What a year of demand D costs with a polisher of x, its capital apart: every split into whole m3/h, where all corners are. */
static double year_of(const water *at, double demand, double x)
{
    double least = INFINITY;
    for (double p = 0.0; p <= fmin(x, demand); p += 1.0) {
        double q = demand - p, price = fmin(q, HALF) + at->times * fmax(q - HALF, 0.0);
        if (q <= 2.0 * HALF)
            least = fmin(least, 0.2 * p + price + at->charge * (q + at->lift * p));
    }
    return least;
}

/* Lines of the plan that is told: their sum is what it costs, and charges of water and power are those of its flows. */
static void lines_of(const park_design *d, const water *at, double demand)
{
    int32_t river = park_model_unit(d->model, "river"), raw = park_model_unit(d->model, "raw");
    double  sum = 0.0, tiers = 0.0, power = 0.0, q = 0.0, p = 0.0;
    for (size_t l = 0; l < d->model->links; l++) {
        q += d->model->link[l].from == river ? d->link_flow[l] / M3_H : 0.0;
        p += d->model->link[l].from == raw ? d->link_flow[l] / M3_H : 0.0;
    }
    for (size_t i = 0; i < d->cost_lines; i++) {
        sum += d->cost[i].yearly;
        if (d->cost[i].kind == PARK_COST_WATER && d->cost[i].quantity == 0.0)
            tiers += d->cost[i].yearly;
        if (d->cost[i].kind == PARK_COST_ENERGY && d->cost[i].unit < 0 && d->cost[i].link < 0)
            power += d->cost[i].yearly;
    }
    CHECK_CLOSE(q + p, demand, 1e-6);
    CHECK_CLOSE(tiers, (at->times - 1.0) * fmax(q - HALF, 0.0) * HOURS, 1.0);
    CHECK_CLOSE(power, at->charge * (q + at->lift * p) * HOURS, 1.0);
    CHECK_CLOSE(sum, d->yearly_cost, 1e-9 * sum);
}

/* ---- by hand ------------------------------------------------------------------------------------------------------------ */

/* Demand 80 as written, 60 or 100 to come; the second tier costs three times, polishers 1.2. Only at 100 is it reached.
 *   x up to 40     60: 60 + 0.4 x        100: 180 - 1.6 x        mean 120 - 0.6 x, regret max(0.4 x, 64 - 1.6 x)
 *   x above 40     nothing saves 1.2: both rise by 0.4
 * As written 20 are polished: 68 and 148. */
static void the_tier_is_paid_where_it_is_reached(void)
{
    static const water  AT    = {.times = 3.0, .dear = 1.2};
    static const double TIMES = 0.75, MORE = 1.25;
    static const struct {
        park_robust robust;
        double      value, size;
    } CASES[] = {
        {PARK_ROBUST_MEAN, 96.0, 40.0}, {PARK_ROBUST_WORST, 116.0, 40.0}, {PARK_ROBUST_REGRET, 12.8, 32.0}};
    for (size_t i = 0; i < 3; i++) {
        polished_park p     = park_of(&AT, 200.0, 0.0);
        const double  x     = CASES[i].size;
        p.draft->robust     = CASES[i].robust;
        const double both[] = {TIMES, MORE};
        polished_unknown(&p, p.works, "demand", PARK_CHANGE_TIMES, 2, both, EVEN);
        park_design        *d = polished_solved(&p, 1e-5);
        const park_outlook *o = d->outlook;
        CHECK(d->status == PARK_DESIGN_OPTIMAL && o != NULL && o->futures == 3);
        CHECK_CLOSE(d->objective, CASES[i].value * HOURS, 1e-4 * 100.0 * HOURS);
        CHECK(d->bound <= CASES[i].value * HOURS * (1.0 + 1e-9));
        CHECK_CLOSE(polished_size(d, "first"), x, 1e-2);
        CHECK_CLOSE(o->future[1].value[PARK_MIN_COST], (60.0 + 0.4 * x) * HOURS, 20.0);
        CHECK_CLOSE(o->future[2].value[PARK_MIN_COST], (180.0 - 1.6 * x) * HOURS, 20.0);
        CHECK_CLOSE(o->future[1].nominal, 68.0 * HOURS, 20.0);
        CHECK_CLOSE(o->future[2].nominal, 148.0 * HOURS, 20.0);
        CHECK_CLOSE(o->future[0].value[PARK_MIN_COST], d->yearly_cost,
                    1e-6 * d->yearly_cost); /* the plan as written */
        lines_of(d, &AT, 80.0);
        for (size_t w = 1; w < 3; w++)
            lines_of(o->future[w].design, &AT, w == 1 ? 60.0 : 100.0);
        park_arena_free(p.arena);
    }
}

/* 80 of the river, 20 of them in the second tier at 3 times, 80 kW at 0.05, and one number of the river that may be another one: at
 * price p they cost 120 p, with half a licence of h 80 + 2 (80 - h), at e kWh/m3 4 e. */
static void numbers_are_those_of_the_future(void)
{
    static const water AT = {.times = 3.0, .dear = 10.0, .charge = 0.05};
    static const struct {
        const char *word;
        double      times[2], value[2];
    } CASES[] = {{"price", {1.0, 2.0}, {124.0, 244.0}},
                 {"licence", {0.75, 1.25}, {154.0, 94.0}},
                 {"energy", {0.5, 3.0}, {122.0, 132.0}}};
    for (size_t i = 0; i < 3; i++)
        for (int worst = 0; worst < 2; worst++) {
            polished_park p    = park_of(&AT, 200.0, 0.0);
            const double *hand = CASES[i].value;
            p.draft->robust    = worst ? PARK_ROBUST_WORST : PARK_ROBUST_MEAN;
            polished_unknown(&p, p.river, CASES[i].word, PARK_CHANGE_TIMES, 2, CASES[i].times, EVEN);
            park_design *d  = polished_solved(&p, 1e-6);
            double       is = worst ? fmax(hand[0], hand[1]) : 0.5 * (hand[0] + hand[1]);
            CHECK_CLOSE(d->objective, is * HOURS, 1e-5 * is * HOURS);
            CHECK(d->bound <= d->objective * (1.0 + 1e-9));
            park_arena_free(p.arena);
        }
}

/* A polished m3 saves 0.8 and costs 0.82 a year, so only what it saves of the charge pays for it: 0.05 a kW without the half kWh
 * of raw water, 0.025. Nothing can be spent in the first year: 80 of the river, 20 of them at 1.1, 80 kW. Then 80 of raw water and
 * 40 kW for all. */
static void the_charge_is_discounted_with_its_stage(void)
{
    static const double PLANS[] = {0.0, 2.0 * 85.0};
    for (int with = 0; with < 2; with++) {
        const water   at = {.times = 1.1, .dear = 0.82, .lift = 0.5, .charge = with ? 0.05 : 0.0};
        polished_park p  = park_of(&at, 200.0, 0.0);
        polished_budgets(&p, 2, NULL, PLANS);
        park_design *d     = polished_solved(&p, 1e-6);
        double       first = 82.0 + (with ? 4.0 : 0.0);
        double       last = with ? 80.0 * 0.2 + 0.05 * 40.0 : 60.0 + 20.0 * 0.2, built = with ? 80.0 : 20.0;
        double       hand = polished_share(1) * first + (1.0 - polished_share(1)) * last;
        CHECK(d->status == PARK_DESIGN_OPTIMAL && d->staging != NULL);
        CHECK_CLOSE(d->staging->running[0], first * HOURS, 2.0);
        CHECK_CLOSE(d->staging->running[1], last * HOURS, 2.0);
        CHECK_CLOSE(polished_size(d, "first"), built, 1e-2);
        CHECK_CLOSE(d->objective, (hand + (1.0 - polished_share(1)) * 0.82 * built) * HOURS, 5.0);
        CHECK(d->bound <= d->objective * (1.0 + 1e-9));
        CHECK_CLOSE(d->yearly_cost, (last + 0.82 * built) * HOURS,
                    5.0); /* the plan that is told is the last stage's */
        lines_of(d, &at, 80.0);
        park_arena_free(p.arena);
    }
}

/* Fresh water against cost in two stages. In the first year 80 of the river, 20 of them at 3; then x polished at 1.2: up to 20 each
 * saves 2.8, above them 0.8. So of what is fresh, 80 - x, more than 60 is dear both ways: the front is x from 20 to 80. */
static void a_front_over_stages(void)
{
    static const water AT = {.times = 3.0, .dear = 1.2};
    for (int turn = 0; turn < 2; turn++) {
        polished_park p     = park_of(&AT, 200.0, 0.0);
        p.draft->objectives = 2, p.draft->front_points = 4;
        p.draft->objective[turn] = PARK_MIN_FRESH_WATER, p.draft->objective[1 - turn] = PARK_MIN_COST;
        polished_budgets(&p, 2, NULL, (const double[]){0.0, 240.0});
        park_design      *d     = polished_solved(&p, 1e-5);
        const park_front *front = d->front;
        double            s     = polished_share(1);
        CHECK(front != NULL && front->points == 4);
        for (size_t i = 0; front != NULL && i < front->points; i++) {
            double fresh = front->point[i].value[turn] / HOURS,
                   cost  = front->point[i].value[1 - turn] / HOURS;
            double x     = (80.0 - fresh) / (1.0 - s);
            CHECK(x > 20.0 - 1e-2 && x < 80.0 + 1e-2);
            CHECK_CLOSE(cost, s * 120.0 + (1.0 - s) * (0.2 * x + 80.0 - x + 1.2 * x), 2e-3);
        }
        if (front != NULL && front->points == 4) {
            double first = front->point[0].value[turn] / HOURS, last = front->point[3].value[turn] / HOURS;
            double least = 80.0 * s, most = 80.0 * s + (1.0 - s) * 60.0;
            CHECK_CLOSE(fmin(first, last), least, 1e-2);
            CHECK_CLOSE(fmax(first, last), most, 1e-2);
        }
        park_arena_free(p.arena);
    }
}

/* ---- everything tried --------------------------------------------------------------------------------------------------- */

enum { STEP = 10, STEPS = 11, FUTURES = 3 };

typedef struct trial {
    water  at;
    int    stages;
    double demand[FUTURES], chance[FUTURES], share[2];
} trial;

/* A future with x from stage `from` on. */
static double life_of(const trial *t, int w, double x, int from)
{
    double sum = 0.0;
    for (int y = 0; y < t->stages; y++)
        sum += t->share[y] * (y >= from ? t->at.dear * x + year_of(&t->at, t->demand[w], x)
                                        : year_of(&t->at, t->demand[w], 0.0));
    return sum;
}

static double measure(const trial *t, park_robust robust, const double *best, double x, int from)
{
    double mean = 0.0, worst = -INFINITY;
    for (int w = 0; w < FUTURES; w++) {
        double here = life_of(t, w, x, from);
        mean += t->chance[w] * here;
        worst = fmax(worst, robust == PARK_ROBUST_REGRET ? here - best[w] : here);
    }
    return robust == PARK_ROBUST_MEAN ? mean : worst;
}

/* The first stage has money for 40. */
static double tried(const trial *t, park_robust robust)
{
    double best[FUTURES], least = INFINITY;
    for (int w = 0; w < FUTURES; w++)
        best[w] = INFINITY;
    for (int turn = 0; turn < 2; turn++) /* what each future could have had first */
        for (int x = 0; x < STEPS * STEP; x += STEP)
            for (int from = 0; from < t->stages; from++) {
                if (t->stages > 1 && from == 0 && x > 40)
                    continue;
                for (int w = 0; turn == 0 && w < FUTURES; w++)
                    best[w] = fmin(best[w], life_of(t, w, x, from));
                if (turn == 1)
                    least = fmin(least, measure(t, robust, best, x, from));
            }
    return least;
}

static trial drawn(uint64_t seed, int stages, bool falls)
{
    park_random random = park_random_start(seed, 0, 0);
    trial       t      = {.stages = stages, .share = {1.0, 0.0}};
    t.at.times  = falls ? 0.2 + 0.4 * park_random_uniform(&random) : 1.5 + 2.0 * park_random_uniform(&random);
    t.at.dear   = 0.3 + 0.8 * park_random_uniform(&random);
    t.at.lift   = park_random_uniform(&random);
    t.at.charge = 0.3 * park_random_uniform(&random);
    for (int w = 0; w < FUTURES; w++)
        t.demand[w] = 30.0 + floor(90.0 * park_random_uniform(&random)), t.chance[w] = (1.0 + w % 2) / 4.0;
    if (stages > 1)
        t.share[0] = polished_share(1), t.share[1] = 1.0 - t.share[0];
    return t;
}

static park_design *solved(polished_park *p, const trial *t, park_robust robust)
{
    double factor[FUTURES], odds[FUTURES];
    *p = park_of(&t->at, STEP * (STEPS - 1), STEP);
    for (int w = 0; w < FUTURES; w++)
        factor[w] = t->demand[w] / 80.0, odds[w] = t->chance[w];
    polished_unknown(p, p->works, "demand", PARK_CHANGE_TIMES, FUTURES, factor, odds);
    if (t->stages > 1) /* in units of a polisher at 0.5 */
        polished_budgets(p, 2, NULL,
                         (const double[]){40.0 * t->at.dear / 0.5 + 1e-6, 200.0 * t->at.dear / 0.5});
    p->draft->robust = robust;
    return polished_solved(p, 1e-5);
}

/* Two ways to the mean: over futures, over stages with what stands in them. */
static void sums_agree(const park_design *d, const trial *t)
{
    double mean = 0.0;
    for (size_t y = 0; d->staging != NULL && y < d->staging->stages; y++)
        mean += d->staging->share[y] * (d->staging->running[y] + 0.1 * d->staging->spent[y]);
    if (t->stages > 1)
        CHECK_CLOSE(mean, d->outlook->mean, 1e-6 * d->outlook->mean);
    else
        CHECK_CLOSE(d->yearly_cost, d->outlook->future[0].value[PARK_MIN_COST], 1e-6 * d->yearly_cost);
}

static void everything_tried_finds_the_same(void)
{
    for (int stages = 1; stages <= 2; stages++)
        for (int falls = 0; falls < 2; falls++)
            for (int rule = 0; rule < 3; rule++)
                for (uint64_t seed = 1; seed <= 4; seed++) {
                    polished_park p;
                    park_robust   robust = (park_robust)(PARK_ROBUST_MEAN + rule);
                    trial         t      = drawn(seed, stages, falls);
                    double        least  = tried(&t, robust) * HOURS;
                    park_design  *d      = solved(&p, &t, robust);
                    CHECK(d->status == PARK_DESIGN_OPTIMAL);
                    CHECK_CLOSE(d->objective, least, 1e-4 * 100.0 * HOURS);
                    CHECK(d->bound <= least + 1e-9 * fabs(least) + 1e-6);
                    sums_agree(d, &t);
                    lines_of(d, &t.at, 80.0);
                    park_arena_free(p.arena);
                }
}

int main(void)
{
    RUN(the_tier_is_paid_where_it_is_reached);
    RUN(numbers_are_those_of_the_future);
    RUN(the_charge_is_discounted_with_its_stage);
    RUN(a_front_over_stages);
    RUN(everything_tried_finds_the_same);
    return park_test_done();
}
