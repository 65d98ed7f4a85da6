#include "base/clock.h"

#include <math.h>
#include <time.h>

double park_clock_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void park_cancel_raise(park_cancel *cancel, int why)
{
    int nobody = 0;
    atomic_compare_exchange_strong(&cancel->raised, &nobody, why);
}

int park_cancel_why(const park_cancel *cancel)
{
    return cancel == NULL ? 0 : atomic_load(&cancel->raised);
}

void park_budget_start(park_budget *budget, double seconds, uint64_t work_limit, park_cancel *cancel)
{
    budget->started    = park_clock_seconds();
    budget->deadline   = isnan(seconds) ? INFINITY : budget->started + seconds;
    budget->work_limit = work_limit;
    budget->cancel     = cancel;
    atomic_init(&budget->work, 0);
}

void park_budget_spend(park_budget *budget, uint64_t work)
{
    if (budget != NULL)
        atomic_fetch_add(&budget->work, work);
}

park_stop park_budget_stop(const park_budget *budget)
{
    if (budget == NULL)
        return PARK_GO_ON;
    if (budget->work_limit != 0 && atomic_load(&budget->work) >= budget->work_limit)
        return PARK_STOP_WORK;
    if (park_cancel_why(budget->cancel) != 0)
        return PARK_STOP_CANCEL;
    if (budget->deadline < INFINITY && park_clock_seconds() >= budget->deadline)
        return PARK_STOP_TIME;
    return PARK_GO_ON;
}

double park_budget_elapsed(const park_budget *budget)
{
    return park_clock_seconds() - budget->started;
}

double park_budget_left(const park_budget *budget)
{
    return fmax(0.0, budget->deadline - park_clock_seconds());
}
