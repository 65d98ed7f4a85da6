#include "base/clock.h"
#include "check.h"

#include <signal.h>
#include <time.h>

static void the_clock_runs_forward_in_seconds(void)
{
    struct timespec pause  = {0, 20 * 1000 * 1000};
    double          before = park_clock_seconds();
    nanosleep(&pause, NULL);
    double passed = park_clock_seconds() - before;
    CHECK(passed >= 0.02 && passed < 20.0); /* a busy machine may sleep longer, never shorter */
}

static void work_ends_a_budget_at_its_limit(void)
{
    park_budget budget;
    park_budget_start(&budget, INFINITY, 10, NULL);
    park_budget_spend(&budget, 9);
    CHECK(park_budget_stop(&budget) == PARK_GO_ON);
    park_budget_spend(&budget, 1);
    CHECK(park_budget_stop(&budget) == PARK_STOP_WORK);
    CHECK(isinf(park_budget_left(&budget)));
    park_budget_start(&budget, NAN, 0, NULL);
    park_budget_spend(&budget, UINT64_MAX / 2);
    CHECK(park_budget_stop(&budget) == PARK_GO_ON);
    CHECK(park_budget_stop(NULL) == PARK_GO_ON);
    park_budget_spend(NULL, 1);
}

static void time_ends_a_budget_at_its_deadline(void)
{
    park_budget budget;
    park_budget_start(&budget, 0.0, 0, NULL);
    CHECK(park_budget_stop(&budget) == PARK_STOP_TIME && park_budget_left(&budget) == 0.0);
    park_budget_start(&budget, 1000.0, 0, NULL);
    CHECK(park_budget_stop(&budget) == PARK_GO_ON);
    CHECK(park_budget_left(&budget) > 900.0 && park_budget_left(&budget) <= 1000.0);
    CHECK(park_budget_elapsed(&budget) >= 0.0 && park_budget_elapsed(&budget) < 100.0);
}

static park_cancel interrupted;
static void        on_signal(int number)
{
    park_cancel_raise(&interrupted, number);
}

static void a_signal_raises_the_flag_and_the_first_one_stays(void)
{
    park_budget budget;
    park_budget_start(&budget, INFINITY, 0, &interrupted);
    CHECK(park_budget_stop(&budget) == PARK_GO_ON);
    signal(SIGUSR1, on_signal);
    raise(SIGUSR1);
    CHECK(park_cancel_why(&interrupted) == SIGUSR1);
    park_cancel_raise(&interrupted, SIGTERM);
    CHECK(park_cancel_why(&interrupted) == SIGUSR1);
    CHECK(park_budget_stop(&budget) == PARK_STOP_CANCEL);
    CHECK(park_cancel_why(NULL) == 0);
    CHECK(atomic_is_lock_free(&interrupted.raised)); /* else it must not be touched in a handler */
}

static void the_reproducible_reason_is_told_first(void)
{
    static park_cancel cancel;
    park_budget        budget;
    park_cancel_raise(&cancel, SIGINT);
    park_budget_start(&budget, 0.0, 1, &cancel);
    CHECK(park_budget_stop(&budget) == PARK_STOP_CANCEL);
    park_budget_spend(&budget, 1);
    CHECK(park_budget_stop(&budget) == PARK_STOP_WORK);
}

int main(void)
{
    RUN(the_clock_runs_forward_in_seconds);
    RUN(work_ends_a_budget_at_its_limit);
    RUN(time_ends_a_budget_at_its_deadline);
    RUN(a_signal_raises_the_flag_and_the_first_one_stays);
    RUN(the_reproducible_reason_is_told_first);
    return park_test_done();
}
