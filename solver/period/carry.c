/* What the water carries, step by step with the flows of the march. Math: docs/math/quality.md. */
#include "period/course.h"

#include <math.h>

static park_status plan(park_course *c, park_error *err)
{
    park_quality_settings settings;
    park_period_quality  *q = &c->result->quality;
    if (!park_quality_settings_of(c->net, &c->carried, &settings))
        return PARK_OK;
    PARK_TRY(park_quality_plan_make(c->arena, c->net, &settings, &c->quality_plan, err));
    PARK_TRY(park_quality_state_make(c->arena, c->quality_plan, c->volume, &c->quality, err));
    *q = (park_period_quality){.constituents = settings.constituents, .ledger = c->quality.ledger};
    return PARK_OK;
}

park_status park_carry_make(park_course *c, park_error *err)
{
    c->volume_from = PARK_ARRAY(c->arena, c->net->tank.count, double);
    c->volume_to   = PARK_ARRAY(c->arena, c->net->tank.count, double);
    if (c->volume_from == NULL || c->volume_to == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for %zu tanks", c->net->tank.count);
    return plan(c, err);
}

/* Rounding may leave a tank some litres below its bottom; there is no such water. */
static void volumes_of(const park_course *c, const double *volume, double *out)
{
    for (size_t i = 0; i < c->net->tank.count; i++)
        out[i] = fmax(volume[i], 0.0);
}

void park_carry_begin(park_course *c, const double *volume)
{
    volumes_of(c, volume, c->volume_from);
}

park_status park_carry_step(park_course *c, double start, double seconds, const double *volume_to,
                            park_error *err)
{
    if (c->quality_plan == NULL || !(seconds > 0.0))
        return PARK_OK;
    volumes_of(c, volume_to, c->volume_to);
    park_quality_period period = {.start       = start,
                                  .seconds     = seconds,
                                  .flow        = c->state.flow,
                                  .delivered   = c->state.delivered,
                                  .emitter     = c->state.emitter,
                                  .leak        = c->state.leak,
                                  .volume_from = c->volume_from,
                                  .volume_to   = c->volume_to};
    return park_quality_advance(c->quality_plan, &period, &c->quality, err);
}
