#include "design/incumbent.h"

#include <math.h>
#include <string.h>

park_status park_incumbent_make(park_incumbent *in, const park_program *program, double cutoff,
                                park_arena *arena)
{
    *in = (park_incumbent){.program = program,
                           .x       = PARK_ARRAY(arena, program->cols, double),
                           .trial   = PARK_ARRAY(arena, program->cols, double),
                           .best    = cutoff,
                           .tiny    = 1e-9};
    for (size_t j = 0; j < program->cols; j++)
        in->tiny = fmax(in->tiny, 1e-6 * fabs(program->cost[j]));
    return in->x == NULL || in->trial == NULL ? PARK_E_MEMORY : PARK_OK;
}

bool park_incumbent_keep(park_incumbent *in, const double *x, double objective)
{
    if (!(objective < in->best))
        return false;
    memcpy(in->x, x, in->program->cols * sizeof *in->x);
    in->best  = objective;
    in->has_x = true;
    return true;
}

bool park_incumbent_try(park_incumbent *in, const double *x)
{
    double objective;
    memcpy(in->trial, x, in->program->cols * sizeof *in->trial);
    return park_program_recheck(in->program, in->trial, &objective) &&
           park_incumbent_keep(in, in->trial, objective);
}

double park_incumbent_gap(const park_incumbent *in, double objective, double bound)
{
    if (!isfinite(objective) || !isfinite(bound))
        return INFINITY;
    return fmax(0.0, objective - bound) / fmax(fabs(objective), in->tiny);
}

double park_incumbent_close(const park_incumbent *in, double gap)
{
    return isinf(in->best) ? INFINITY : in->best - fmax(gap, 1e-9) * fmax(fabs(in->best), in->tiny);
}
