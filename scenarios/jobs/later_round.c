#include "jobs/later_round.h"

#include <math.h>

static const double WORK_MORE = 20.0, WORK_LEAST = 200000.0; /* LP iterations */

park_exit park_later_round(const park_round_solver *solver, const park_design *last, uint64_t largest,
                           double share)
{
    uint64_t most = last->front == NULL ? (uint64_t)fmax(WORK_MORE * (double)largest, WORK_LEAST) : 0;
    const park_design *design = NULL;
    park_exit          exit   = solver->solve(solver->user, share, most, &design);
    bool more = exit == PARK_EXIT_DONE && most > 0 && design->status == PARK_DESIGN_LIMIT_FEASIBLE &&
                design->work >= most && !solver->interrupted(solver->user);
    return more ? solver->solve(solver->user, solver->share_left(solver->user), 0, &design) : exit;
}
