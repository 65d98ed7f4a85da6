/*
 * Years of investment with several futures, by hand and by trying everything. With polishers of x m3/h that stand, demand D,
 * river water at r and raw water at c, a year costs 0.5 x + c p + r (D - p) CNY/h, p = min(x, D) where c < r, else 0.
 */
#include "polished_park.h"

#include "base/random.h"

static const double HOURS      = 8760.0;
static const double LOW_HIGH[] = {0.75, 1.25}, EVEN[] = {1.0, 1.0};

/* Demands of 60 and 100, nothing to spend in the first year. Year one costs the demand, then as in test_robust.c. */
static polished_park late(park_robust robust)
{
    polished_park p = polished_new(1, 200.0);
    polished_unknown(&p, p.works, "demand", PARK_CHANGE_TIMES, 2, LOW_HIGH, EVEN);
    polished_budgets(&p, 2, NULL, (const double[]){0.0, 200.0});
    p.draft->robust = robust;
    return p;
}

/* 60 are polished from the second year on: 62 a year, 42 of them when 60 are needed, 82 when 100 are; 80 in the first. */
static void the_mean_counts_stages_and_futures(void)
{
    double              s = polished_share(1);
    polished_park       p = late(PARK_ROBUST_MEAN);
    park_design        *d = polished_solved(&p, 1e-5);
    const park_outlook *o = d->outlook;
    const park_staging *g = d->staging;
    CHECK(d->status == PARK_DESIGN_OPTIMAL && o != NULL && g != NULL);
    CHECK(o->futures == 3 && g->stages == 2 && g->futures == 3);
    CHECK_CLOSE(d->objective, (62.0 + 18.0 * s) * HOURS, 5.0);
    CHECK(d->bound <= d->objective * (1.0 + 1e-9));
    CHECK_CLOSE(polished_size(d, "first"), 60.0, 1e-3);
    CHECK(polished_from(d, "first") == 1);
    CHECK_CLOSE(o->future[1].value[PARK_MIN_COST], (60.0 * s + 42.0 * (1.0 - s)) * HOURS, 50.0);
    CHECK_CLOSE(o->future[2].value[PARK_MIN_COST], (100.0 * s + 82.0 * (1.0 - s)) * HOURS, 50.0);
    CHECK_CLOSE(g->running[0], 80.0 * HOURS, 10.0);
    CHECK_CLOSE(g->running[1], 32.0 * HOURS, 10.0); /* without the 30 of what stands */
    CHECK_CLOSE(g->running_in[1 * 3 + 1], 12.0 * HOURS, 10.0);
    CHECK_CLOSE(g->running_in[1 * 3 + 2], 52.0 * HOURS, 10.0);
    CHECK(g->spent[0] == 0.0);
    CHECK_CLOSE(g->spent[1], 60.0 * POLISHED_PER_M3H, 50.0);
    /* told: the last stage as written, 80: 30 + 12 + 20. Planned for 80 alone it is 80 large: 40 + 16, and (52 + 76)/2 */
    CHECK_CLOSE(d->yearly_cost, 62.0 * HOURS, 50.0);
    CHECK_CLOSE(o->alone, (56.0 + 24.0 * s) * HOURS, 50.0);
    CHECK_CLOSE(o->nominal_mean, (64.0 + 16.0 * s) * HOURS, 50.0);
    CHECK(o->fails == 0 && d->closure.water <= 1e-9);
    park_arena_free(p.arena);
}

/* 100 - 0.3 x when 100 are needed: 70, after a first year at 100. */
static void the_worst_is_of_the_whole_life(void)
{
    double        s = polished_share(1);
    polished_park p = late(PARK_ROBUST_WORST);
    park_design  *d = polished_solved(&p, 1e-5);
    CHECK(d->status == PARK_DESIGN_OPTIMAL);
    CHECK_CLOSE(d->objective, (70.0 + 30.0 * s) * HOURS, 10.0);
    CHECK_CLOSE(polished_size(d, "first"), 100.0, 1e-2);
    CHECK_CLOSE(d->outlook->future[1].value[PARK_MIN_COST], (60.0 * s + 62.0 * (1.0 - s)) * HOURS, 50.0);
    park_arena_free(p.arena);
}

/* The first year is the same whatever is built, so the regret is that of test_robust.c in the years after it: 7.5 at 75. */
static void regret_is_of_the_whole_life(void)
{
    double        s = polished_share(1);
    polished_park p = late(PARK_ROBUST_REGRET);
    park_design  *d = polished_solved(&p, 1e-5);
    CHECK(d->status == PARK_DESIGN_OPTIMAL);
    CHECK_CLOSE(d->objective, 7.5 * (1.0 - s) * HOURS, 10.0);
    CHECK_CLOSE(polished_size(d, "first"), 75.0, 0.05);
    CHECK_CLOSE(d->outlook->future[1].best, (42.0 + 18.0 * s) * HOURS, 50.0);
    CHECK_CLOSE(d->outlook->future[2].best, (70.0 + 30.0 * s) * HOURS, 50.0);
    park_arena_free(p.arena);
}

/* ---- a second method: everything tried -------------------------------------------------------------------------------- */

enum { STEPS = 4, STEP = 20 }; /* sizes of 0, 20, .. 60 m3/h */

typedef struct trial {
    int    polishers, stages, futures, retrofits;
    double demand[6], price[6], chance[6]; /* [futures] of the works, of raw water */
    double share[3], budget[3];            /* budget [m3/h] up to it, at 0.5 CNY/h each */
    double dear[2];                        /* [polishers] times 0.5 CNY/h */
    double fee[2];                         /* [retrofits] in m3/h of polisher */
    int    size[2], from[2], made[2];      /* made: the stage, or `stages` */
} trial;

/* The first retrofit takes a quarter off the demand, the second a fifth off the river's price. */
static double year_of(const trial *t, int w, int y)
{
    double x = 0.0, capital = 0.0, demand = t->demand[w], river = 1.0;
    for (int i = 0; i < t->polishers; i++)
        if (t->from[i] <= y)
            x += STEP * t->size[i], capital += 0.5 * t->dear[i] * STEP * t->size[i];
    for (int i = 0; i < t->retrofits; i++)
        capital += t->made[i] <= y ? 0.5 * t->fee[i] : 0.0;
    demand *= t->retrofits > 0 && t->made[0] <= y ? 0.75 : 1.0;
    river *= t->retrofits > 1 && t->made[1] <= y ? 0.8 : 1.0;
    double p = t->price[w] < river ? fmin(x, demand) : 0.0;
    return capital + t->price[w] * p + river * (demand - p);
}

static double future_of(const trial *t, int w)
{
    double sum = 0.0;
    for (int y = 0; y < t->stages; y++)
        sum += t->share[y] * year_of(t, w, y);
    return sum;
}

static bool paid(const trial *t)
{
    for (int y = 0; y < t->stages; y++) {
        double sum = 0.0;
        for (int i = 0; i < t->polishers; i++)
            sum += t->from[i] <= y ? t->dear[i] * STEP * t->size[i] : 0.0;
        for (int i = 0; i < t->retrofits; i++)
            sum += t->made[i] <= y ? t->fee[i] : 0.0;
        if (sum > t->budget[y] + 1e-9)
            return false;
    }
    return true;
}

/* The least measure over all sizes and years; best NULL: of future `only`. */
static double tried(trial *t, park_robust robust, int only, const double *best)
{
    double least = INFINITY;
    int    count = 1;
    for (int i = 0; i < t->polishers; i++)
        count *= STEPS * t->stages;
    for (int i = 0; i < t->retrofits; i++)
        count *= t->stages + 1;
    for (int k = 0; k < count; k++) {
        int rest = k;
        for (int i = 0; i < t->polishers; i++) {
            t->size[i] = rest % STEPS, rest /= STEPS;
            t->from[i] = rest % t->stages, rest /= t->stages;
        }
        for (int i = 0; i < t->retrofits; i++)
            t->made[i] = rest % (t->stages + 1), rest /= t->stages + 1;
        if (!paid(t))
            continue;
        double mean = 0.0, worst = -INFINITY;
        for (int w = 0; w < t->futures; w++) {
            double here = future_of(t, w);
            mean += t->chance[w] * here;
            worst = fmax(worst, robust == PARK_ROBUST_REGRET ? here - best[w] : here);
        }
        least = fmin(least, only >= 0 ? future_of(t, only) : robust == PARK_ROBUST_MEAN ? mean : worst);
    }
    return least;
}

static double tried_all(trial *t, park_robust robust)
{
    double best[6];
    for (int w = 0; w < t->futures; w++)
        best[w] = tried(t, PARK_ROBUST_MEAN, w, NULL);
    return tried(t, robust, -1, best);
}

/* `order` turns the lists of values round: the same futures, drawn in another order. */
static polished_park park_of(trial *t, uint64_t seed, park_robust robust, double money, bool order)
{
    park_random   random = park_random_start(seed, 0, 0);
    polished_park p      = polished_new(2, (double)(STEP * (STEPS - 1)));
    double        factor[3], price[2], odds[3], m3h[3], up = 0.0;
    for (int i = 0; i < 3; i++)
        factor[i] = 0.25 + 1.25 * park_random_uniform(&random), odds[i] = 1.0 + (double)(i % 2);
    price[0] = 0.1 + 0.3 * park_random_uniform(&random), price[1] = 0.5 + 0.6 * park_random_uniform(&random);
    *t = (trial){.polishers = 2, .stages = 3, .futures = 6};
    for (int i = 0; i < 2; i++) {
        t->dear[i]                  = 0.6 + 0.8 * park_random_uniform(&random);
        p.polisher[i]->capex.scale  = t->dear[i] * POLISHED_PER_M3H;
        p.polisher[i]->capacity.min = p.polisher[i]->capacity.step = STEP * M3_H;
    }
    for (int y = 0; y < 3; y++) {
        m3h[y] = money * (10.0 + 50.0 * park_random_uniform(&random));
        up += m3h[y];
        t->budget[y] = up;
        t->share[y] =
            y < 2 ? polished_share(y + 1) - (y > 0 ? polished_share(y) : 0.0) : 1.0 - polished_share(2);
    }
    for (int w = 0; w < 6; w++) {
        t->demand[w] = 80.0 * factor[w % 3], t->price[w] = price[w / 3];
        t->chance[w] = odds[w % 3] / 4.0 / 2.0;
    }
    double turned[3] = {factor[2], factor[1], factor[0]}, odds_turned[3] = {odds[2], odds[1], odds[0]};
    polished_unknown(&p, p.works, "demand", PARK_CHANGE_TIMES, 3, order ? turned : factor,
                     order ? odds_turned : odds);
    polished_unknown(&p, p.raw, "price", PARK_CHANGE_SET, 2, price, EVEN);
    polished_budgets(&p, 3, NULL, m3h);
    p.draft->robust = robust;
    return p;
}

static void everything_tried_finds_the_same(void)
{
    for (uint64_t seed = 1; seed <= 4; seed++)
        for (int rule = 0; rule < 3; rule++) {
            trial         t;
            park_robust   robust = (park_robust)(PARK_ROBUST_MEAN + rule);
            polished_park p      = park_of(&t, seed, robust, 1.0, false);
            park_design  *d      = polished_solved(&p, 1e-4);
            double        least  = tried_all(&t, robust) * HOURS;
            double        room =
                1e-4 * 100.0 * HOURS; /* of a cost: the gap; of a regret it is counted against one */
            CHECK(d->status == PARK_DESIGN_OPTIMAL);
            CHECK_CLOSE(d->objective, least, room);
            CHECK(d->bound <= least + 1e-9 * fabs(least));
            /* the mean lies below the worst; what was built is paid for */
            CHECK(d->outlook->mean <= d->outlook->worst + 1e-6);
            for (size_t y = 0; y < d->staging->stages; y++)
                CHECK(d->staging->spent[y] <= d->staging->budget[y] * (1.0 + 1e-9));
            /* two ways to the same mean: over the stages of what they cost, over the futures of what they cost */
            double sum = 0.0;
            for (size_t y = 0; y < 3; y++)
                sum += d->staging->share[y] * d->staging->running[y];
            double stands = 0.0;
            for (size_t y = 0; y < 3; y++)
                stands += d->staging->share[y] * d->staging->spent[y] * 0.1;
            CHECK_CLOSE(sum + stands, d->outlook->mean, 1e-6 * d->outlook->mean);
            park_arena_free(p.arena);
        }
}

/* The two retrofits of year_of(), each to be made in any stage or never. */
static void add_retrofits(polished_park *p, trial *t, park_retrofit *retrofit, park_change *change)
{
    t->retrofits = 2;
    for (int i = 0; i < 2; i++) {
        int32_t           unit  = i == 0 ? p->works : p->river;
        const park_field *field = polished_field(p, unit, i == 0 ? "demand" : "price");
        t->fee[i]               = i == 0 ? 22.0 : 12.0;
        change[i]               = (park_change){.unit        = unit,
                                                .field       = field,
                                                .offset      = field->offset,
                                                .constituent = -1,
                                                .op          = PARK_CHANGE_TIMES,
                                                .value       = i == 0 ? 0.75 : 0.8};
        retrofit[i]             = (park_retrofit){.id         = i == 0 ? "saving" : "contract",
                                                  .applies_to = unit,
                                                  .changes    = 1,
                                                  .change     = &change[i],
                                                  .capex      = t->fee[i] * POLISHED_PER_M3H,
                                                  .opex       = NAN,
                                                  .life       = NAN};
    }
    p->draft->retrofit = retrofit, p->draft->retrofits = 2;
}

static void retrofits_choose_their_stage_for_all_futures(void)
{
    for (uint64_t seed = 1; seed <= 3; seed++)
        for (int rule = 0; rule < 3; rule++) {
            trial                t;
            park_retrofit        retrofit[2];
            park_change          change[2];
            park_design_settings settings;
            park_robust          robust = (park_robust)(PARK_ROBUST_MEAN + rule);
            polished_park        p      = park_of(&t, seed, robust, 1.0, false);
            add_retrofits(&p, &t, retrofit, change);
            park_design_settings_default(&settings);
            settings.gap       = 1e-4;
            settings.choosing  = seed == 1 ? PARK_CHOOSING_APART : PARK_CHOOSING_TOGETHER;
            park_design *d     = polished_solved_with(&p, &settings);
            double       least = tried_all(&t, robust) * HOURS;
            CHECK(d->status == PARK_DESIGN_OPTIMAL);
            CHECK_CLOSE(d->objective, least, 1e-4 * 100.0 * HOURS);
            CHECK(d->bound <= least + 1e-9 * fabs(least));
            for (size_t y = 0; y < d->staging->stages; y++)
                CHECK(d->staging->spent[y] <= d->staging->budget[y] * (1.0 + 1e-9));
            park_arena_free(p.arena);
        }
}

static void more_money_and_another_order(void)
{
    trial t;
    for (int rule = 0; rule < 3; rule++) {
        park_robust   robust = (park_robust)(PARK_ROBUST_MEAN + rule);
        polished_park p = park_of(&t, 5, robust, 1.0, false), q = park_of(&t, 5, robust, 1.0, true);
        polished_park r = park_of(&t, 5, robust, 1.6, false);
        park_design  *d = polished_solved(&p, 1e-4), *turned = polished_solved(&q, 1e-4);
        park_design  *rich = polished_solved(&r, 1e-4);
        double        room = 1e-4 * 100.0 * HOURS;
        CHECK_CLOSE(turned->objective, d->objective, room);
        /* a regret is against what the same money could have done, so it may grow with the money */
        CHECK(rich->objective <= d->objective + room || robust == PARK_ROBUST_REGRET);
        park_arena_free(p.arena), park_arena_free(q.arena), park_arena_free(r.arena);
    }
}

/* ---- one of the two alone ------------------------------------------------------------------------------------------------ */

static void one_future_is_the_stages_alone(void)
{
    static const double ONE[] = {1.0};
    for (int rule = 0; rule < 4; rule++) {
        polished_park p = polished_new(2, 40.0);
        polished_budgets(&p, 2, NULL, (const double[]){42.0, 42.0});
        if (rule > 0)
            polished_unknown(&p, p.works, "demand", PARK_CHANGE_TIMES, 1, ONE, EVEN);
        p.draft->robust = (park_robust)rule;
        park_design *d  = polished_solved(&p, 1e-6);
        double       is = (56.0 + 12.0 * polished_share(1)) * HOURS; /* test_stages.c */
        CHECK_CLOSE(d->objective, rule == PARK_ROBUST_REGRET ? 0.0 : is,
                    rule == PARK_ROBUST_REGRET ? 2.0 : 1.0);
        CHECK(polished_from(d, "first") + polished_from(d, "second") == 1);
        CHECK_CLOSE(d->staging->spent[0], 40.0 * POLISHED_PER_M3H, 50.0);
        park_arena_free(p.arena);
    }
}

/* All money in the first year: the stages add nothing. */
static void money_at_once_is_the_futures_alone(void)
{
    static const double IS[] = {62.0, 70.0, 7.5};
    for (int rule = 0; rule < 3; rule++) {
        polished_park p = late((park_robust)(PARK_ROBUST_MEAN + rule));
        polished_budgets(&p, 3, NULL, (const double[]){150.0, 1.0, 1.0});
        park_design *d = polished_solved(&p, 1e-5);
        CHECK_CLOSE(d->objective, IS[rule] * HOURS, 20.0);
        CHECK(polished_from(d, "first") == 0);
        park_arena_free(p.arena);
    }
}

/* Targets are asked of the last stage in every future: 30 of river water at most when 100 are needed. */
static void targets_hold_in_every_future(void)
{
    double        s      = polished_share(1);
    park_target   target = {.quantity  = "intake",
                            .min       = -INFINITY,
                            .max       = 30.0 * M3_H,
                            .dim       = PARK_DIM_FLOW,
                            .basis     = PARK_BASIS_CONVENTIONAL,
                            .statement = -1};
    polished_park p      = late(PARK_ROBUST_MEAN);
    p.draft->target = &target, p.draft->targets = 1;
    park_design *d = polished_solved(&p, 1e-5);
    /* 70 polished: 35 + (0.2 60 + 0.2 70 + 30)/2 */
    CHECK_CLOSE(d->objective, (80.0 * s + 63.0 * (1.0 - s)) * HOURS, 10.0);
    CHECK_CLOSE(polished_size(d, "first"), 70.0, 1e-3);
    park_arena_free(p.arena);
    p               = late(PARK_ROBUST_MEAN);
    p.draft->target = &target, p.draft->targets = 1;
    polished_budgets(&p, 2, NULL, (const double[]){0.0, 60.0}); /* enough for 60 and 80, not for 100 */
    d = polished_solved(&p, 1e-5);
    CHECK(d->status == PARK_DESIGN_INFEASIBLE && d->link_flow == NULL && d->conflicts > 0);
    park_arena_free(p.arena);
}

static void threads_do_not_matter(void)
{
    double objective[3], bound[3];
    for (int i = 0; i < 3; i++) {
        trial                t;
        park_design_settings settings;
        polished_park        p = park_of(&t, 3, PARK_ROBUST_REGRET, 1.0, false);
        park_design_settings_default(&settings);
        settings.gap = 1e-4, settings.threads = 1 << i;
        park_design *d = polished_solved_with(&p, &settings);
        objective[i] = d->objective, bound[i] = d->bound;
        park_arena_free(p.arena);
    }
    for (int i = 1; i < 3; i++)
        CHECK(objective[i] == objective[0] && bound[i] == bound[0]);
}

int main(void)
{
    RUN(the_mean_counts_stages_and_futures);
    RUN(the_worst_is_of_the_whole_life);
    RUN(regret_is_of_the_whole_life);
    RUN(everything_tried_finds_the_same);
    RUN(retrofits_choose_their_stage_for_all_futures);
    RUN(more_money_and_another_order);
    RUN(one_future_is_the_stages_alone);
    RUN(money_at_once_is_the_futures_alone);
    RUN(targets_hold_in_every_future);
    RUN(threads_do_not_matter);
    return park_test_done();
}
