/* How far a later round goes, by answers made up for it. */
#include "jobs/later_round.h"

#include "check.h"

enum { CALLS_MOST = 3 };

typedef struct story {
    park_design answer[CALLS_MOST]; /* of each call */
    park_exit   exit;
    bool        interrupted;
    int         calls;
    double      share[CALLS_MOST]; /* that each call was given */
    uint64_t    most[CALLS_MOST];
} story;

static park_exit solve(void *user, double share, uint64_t most, const park_design **design)
{
    story *s = user;
    CHECK(s->calls < CALLS_MOST);
    s->share[s->calls] = share, s->most[s->calls] = most;
    *design = &s->answer[s->calls++];
    return s->exit;
}

static double share_left(void *user)
{
    (void)user;
    return 0.25;
}

static bool interrupted(void *user)
{
    return ((const story *)user)->interrupted;
}

static park_exit told(story *s, park_front *front, uint64_t largest)
{
    const park_round_solver solver = {solve, share_left, interrupted, s};
    const park_design       last   = {.front = front};
    return park_later_round(&solver, &last, largest, 0.75);
}

static story answer(park_design_status status, uint64_t work)
{
    return (story){.answer = {{.status = status, .work = work}}, .exit = PARK_EXIT_DONE};
}

/* Twenty times the largest round before, 2e5 at least. */
static void a_round_has_its_limit_from_those_before(void)
{
    story small = answer(PARK_DESIGN_GAP_REACHED, 10), large = small;
    CHECK(told(&small, NULL, 3000) == PARK_EXIT_DONE && small.most[0] == 200000);
    CHECK(told(&large, NULL, 50000) == PARK_EXIT_DONE && large.most[0] == 1000000);
    CHECK(small.calls == 1 && small.share[0] == 0.75);
}

/* No plan at the limit: that was all, and so it is for one that is proven not to exist. */
static void a_round_without_a_plan_ends_there(void)
{
    story none  = answer(PARK_DESIGN_LIMIT_NO_SOLUTION, 200000),
          never = answer(PARK_DESIGN_INFEASIBLE, 200000);
    CHECK(told(&none, NULL, 1) == PARK_EXIT_DONE && none.calls == 1);
    CHECK(told(&never, NULL, 1) == PARK_EXIT_DONE && never.calls == 1);
}

static void a_plan_at_the_limit_goes_on_as_its_user_allows(void)
{
    story s = answer(PARK_DESIGN_LIMIT_FEASIBLE, 200000);
    CHECK(told(&s, NULL, 1) == PARK_EXIT_DONE);
    CHECK(s.calls == 2 && s.most[1] == 0 && s.share[1] == 0.25);
}

/* The clock or the user's own limit ended it before, or an interrupt, or a failure. */
static void what_ended_otherwise_is_over(void)
{
    story early   = answer(PARK_DESIGN_LIMIT_FEASIBLE, 199999),
          stopped = answer(PARK_DESIGN_LIMIT_FEASIBLE, 200000), failed = stopped;
    stopped.interrupted = true, failed.exit = PARK_EXIT_NUMERIC;
    CHECK(told(&early, NULL, 1) == PARK_EXIT_DONE && early.calls == 1);
    CHECK(told(&stopped, NULL, 1) == PARK_EXIT_DONE && stopped.calls == 1);
    CHECK(told(&failed, NULL, 1) == PARK_EXIT_NUMERIC && failed.calls == 1);
}

static void a_front_has_no_limit_but_its_users(void)
{
    park_front front = {0};
    story      s     = answer(PARK_DESIGN_LIMIT_FEASIBLE, 900000);
    CHECK(told(&s, &front, 1) == PARK_EXIT_DONE && s.calls == 1 && s.most[0] == 0);
}

int main(void)
{
    RUN(a_round_has_its_limit_from_those_before);
    RUN(a_round_without_a_plan_ends_there);
    RUN(a_plan_at_the_limit_goes_on_as_its_user_allows);
    RUN(what_ended_otherwise_is_over);
    RUN(a_front_has_no_limit_but_its_users);
    return park_test_done();
}
