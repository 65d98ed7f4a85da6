/* What plans over futures come to, in round numbers: the plan costs 90 and 120, each half of the time; as written, 100. */
#include "design/robust.h"

#include "check.h"

enum { FUTURES = 3 };

typedef struct sheet {
    park_future  future[FUTURES];
    park_outlook outlook;
    park_design  found, design;
} sheet;

static const double VALUE[FUTURES] = {100.0, 90.0, 120.0}, NOMINAL[FUTURES] = {95.0, 130.0, 110.0};

static void figured(sheet *s, park_robust robust, const double *best, const double *best_bound)
{
    *s                = (sheet){.outlook = {.robust = robust, .kind = PARK_MIN_COST, .futures = FUTURES}};
    s->outlook.future = s->future;
    for (size_t w = 0; w < FUTURES; w++) {
        s->future[w].probability          = w == 0 ? 0.0 : 0.5;
        s->future[w].value[PARK_MIN_COST] = VALUE[w];
    }
    park_robust_figures(&s->outlook, best, best_bound, NOMINAL);
}

static void certified(sheet *s, double bound, double shift, double gap)
{
    s->found.bound = bound, s->found.root_bound = bound - 1.0;
    park_robust_certify(&s->outlook, &s->found, shift, gap, &s->design);
}

/* Alone the first future was planned for 97 where 85 is proven: this plan has 90 there. */
static void a_plan_better_than_its_best_alone_is_the_best_known(void)
{
    static const double BEST[FUTURES] = {95.0, 97.0, 115.0}, BOUND[FUTURES] = {95.0, 85.0, 114.0};
    sheet               s;
    figured(&s, PARK_ROBUST_REGRET, BEST, BOUND);
    CHECK(s.future[1].best == 90.0 && s.future[2].best == 115.0);
    CHECK(s.future[1].best_bound == 85.0);
    CHECK(s.future[1].regret == 5.0 && s.future[2].regret == 6.0); /* against what is proven */
    CHECK(s.outlook.regret == 6.0 && s.outlook.mean == 105.0 && s.outlook.worst == 120.0);
    CHECK(s.outlook.nominal_mean == 120.0 && s.outlook.nominal_worst == 130.0);
    CHECK(s.outlook.nominal_regret == 45.0 && s.outlook.fails == 0);
}

/* The program over all futures counts 90 - 97 there: what it proves may lie below nothing, which is no regret. */
static void the_bound_of_a_regret_is_never_below_nothing(void)
{
    static const double BEST[FUTURES] = {95.0, 97.0, 125.0}, BOUND[FUTURES] = {95.0, 89.0, 119.0};
    sheet               s;
    figured(&s, PARK_ROBUST_REGRET, BEST, BOUND);
    CHECK(s.future[1].best == 90.0 && s.future[2].best == 120.0 && s.outlook.regret == 1.0);
    certified(&s, 120.0, 125.0, 0.01); /* 5 below nothing */
    CHECK(s.design.bound == 0.0 && s.design.objective == 1.0);
    CHECK_CLOSE(s.design.gap, 1.0 / 125.0, 1e-15); /* of the largest of the best costs */
    CHECK(s.design.status == PARK_DESIGN_GAP_REACHED);
    certified(&s, 125.5, 125.0, 1e-3);
    CHECK(s.design.bound == 0.5 && s.design.root_bound == -0.5);
    CHECK(s.design.status == PARK_DESIGN_LIMIT_FEASIBLE);
    certified(&s, -INFINITY, 125.0, 0.01); /* nothing proven of the program: still nothing below nothing */
    CHECK(s.design.bound == 0.0 && s.design.status == PARK_DESIGN_GAP_REACHED);
}

/* A plan at what is proven is regretted by nothing, also where rounding puts it below. */
static void no_regret_is_negative(void)
{
    static const double BEST[FUTURES] = {100.0, 90.0, 120.0}, BOUND[FUTURES] = {100.0, 90.0 + 1e-9, 120.0};
    sheet               s;
    figured(&s, PARK_ROBUST_REGRET, BEST, BOUND);
    CHECK(s.future[1].regret == 0.0 && s.outlook.regret == 0.0);
    certified(&s, 120.0, 120.0, 0.01);
    CHECK(s.design.gap == 0.0 && s.design.status == PARK_DESIGN_OPTIMAL);
}

static void what_was_not_asked_stays_unknown(void)
{
    static const double BEST[FUTURES] = {95.0, NAN, 115.0}, BOUND[FUTURES] = {95.0, NAN, 114.0};
    sheet               s;
    figured(&s, PARK_ROBUST_MEAN, BEST, BOUND);
    CHECK(isnan(s.future[1].best) && isnan(s.future[1].regret) && isnan(s.outlook.regret));
    certified(&s, 104.0, 0.0, 0.01);
    CHECK(s.design.objective == 105.0 && s.design.bound == 104.0 && s.design.root_bound == 103.0);
    CHECK_CLOSE(s.design.gap, 1.0 / 105.0, 1e-15);
    s.outlook.robust = PARK_ROBUST_WORST;
    certified(&s, -INFINITY, 0.0, 0.01);
    CHECK(s.design.objective == 120.0 && isinf(s.design.gap));
    CHECK(s.design.status == PARK_DESIGN_LIMIT_FEASIBLE);
}

int main(void)
{
    RUN(a_plan_better_than_its_best_alone_is_the_best_known);
    RUN(the_bound_of_a_regret_is_never_below_nothing);
    RUN(no_regret_is_negative);
    RUN(what_was_not_asked_stays_unknown);
    return park_test_done();
}
