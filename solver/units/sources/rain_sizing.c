#include "units/sources/rain_sizing.h"

#include "units/kinds.h"
#include "units/sources/source.h"

static const double SIZES[PARK_RAIN_SIZES] = {0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0};
enum { OWN = 5 };
static const double YEAR = 31536000.0; /* [s/a] */

/* The yield of a rain source that has a series, NULL else. */
static const park_pattern *yield_of(const park_model *model, int32_t unit)
{
    if (model->unit[unit].kind != &PARK_KIND_RAIN)
        return NULL;
    const park_source *source = model->unit[unit].params;
    if (source->yield_pattern < 0 || model->pattern[source->yield_pattern].kind != PARK_PATTERN_SERIES)
        return NULL;
    return &model->pattern[source->yield_pattern];
}

static bool leads(const park_model *model, int32_t unit, int32_t storage)
{
    for (size_t l = 0; l < model->links; l++)
        if (model->link[l].from == unit && model->link[l].to == storage)
            return true;
    return false;
}

bool park_rain_reaches(const park_model *model, int32_t storage)
{
    if (model->time.steady || model->unit[storage].role != PARK_STORAGE)
        return false;
    for (size_t u = 0; u < model->units; u++)
        if (yield_of(model, (int32_t)u) != NULL && leads(model, (int32_t)u, storage))
            return true;
    return false;
}

/* All rain series come from the park's one weather, so their steps are the same. [m3] of each step inside the period. */
static size_t offered(const park_model *model, int32_t storage, const double *draw, double *inflow,
                      double *demand, double *seconds)
{
    size_t steps = 0;
    *seconds     = 0.0;
    for (size_t u = 0; u < model->units; u++) {
        const park_pattern *yield = yield_of(model, (int32_t)u);
        if (yield == NULL || !leads(model, (int32_t)u, storage))
            continue;
        double area = ((const park_source *)model->unit[u].params)->catchment, all = 0.0;
        size_t at = 0;
        for (size_t i = 0; i < yield->count; i++) {
            int64_t from  = yield->time[i];
            int64_t every = i + 1 < yield->count ? yield->time[i + 1] - from
                            : i > 0              ? from - yield->time[i - 1]
                                                 : 86400;
            if (from < model->time.start || from >= model->time.end)
                continue;
            inflow[at] += area * yield->value[i] * (double)every;
            demand[at] = draw[park_model_season_at(model, from)] * (double)every;
            all += (double)every, at++;
        }
        steps = at, *seconds = all;
    }
    return steps;
}

park_status park_rain_size(const park_model *model, int32_t storage, const double *draw, double volume,
                           park_arena *arena, park_rain_sizing *sizing, park_error *err)
{
    size_t most = 0;
    double seconds;
    if (!park_rain_reaches(model, storage) || !(volume > 0.0))
        return PARK_FAIL(err, PARK_E_RANGE, "%s is no storage of %g m3 that rain leads to",
                         model->unit[storage].id, volume);
    for (size_t u = 0; u < model->units; u++) {
        const park_pattern *yield = yield_of(model, (int32_t)u);
        most                      = yield != NULL && yield->count > most ? yield->count : most;
    }
    double *inflow = PARK_ARRAY(arena, most, double), *demand = PARK_ARRAY(arena, most, double);
    if (inflow == NULL || demand == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the rain of %s", model->unit[storage].id);
    size_t steps = offered(model, storage, draw, inflow, demand, &seconds);
    *sizing      = (park_rain_sizing){.own = OWN, .years = seconds / YEAR};
    for (size_t i = 0; i < PARK_RAIN_SIZES; i++)
        sizing->point[i] = park_harvest_periodic(steps, inflow, demand, SIZES[i] * volume);
    return PARK_OK;
}
