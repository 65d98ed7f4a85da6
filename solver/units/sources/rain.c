/*
 * rain.c - rain harvested from a catchment, event by event.   Math: docs/math/units.md, Eq. (U13)-(U15).
 *
 * When the unit is completed the rain series is walked once: an event is rain between dry times of at least
 * `event_gap`; of its runoff the first `first_flush` of depth is diverted, the rest is yield. Both become
 * held series of depth rates, so the season's mean and the value at an instant are those of any series.
 */
#include "units/sources/rain.h"

#include "units/kinds.h"
#include "units/sources/source.h"

static const park_field FIELDS[] = {
    PARK_NUMBER(park_source, catchment, AREA, .required = true, .lo = 0.0, .lo_open = true,
                .en = "area that drains to the collector", .zh = "汇水面积", .example = "42 ha"),
    PARK_NUMBER(park_source, runoff, SHARE, .fallback = 0.85, .lo = 0.0, .hi = 1.0,
                .en = "runoff coefficient", .zh = "径流系数", .example = "0.85"),
    PARK_NUMBER(park_source, first_flush, LENGTH, .fallback = 0.003, .lo = 0.0, .hi = 0.05,
                .en = "depth of runoff diverted at the start of each event", .zh = "初期弃流厚度",
                .example = "3 mm"),
    PARK_FIELD(park_source, first_flush_to, REF,
               .en = "unit that receives the first flush; without it the flush leaves the park",
               .zh = "初期雨水的去向；不填则离开园区", .example = "wwtp"),
    PARK_BY_CONSTITUENT(park_source, first_flush_quality, CONC, .lo = 0.0,
                        .en = "quality of the first flush, where it differs",
                        .zh = "初期雨水水质（与后期不同时）", .example = "{COD: 200 mg/L}"),
    PARK_NUMBER(park_source, event_gap, TIME, .fallback = 6.0 * 3600.0, .lo = 0.0,
                .en = "dry time that ends a rain event", .zh = "场次降雨间隔", .example = "6 h"),
    PARK_SOURCE_MONEY_ROWS,
    PARK_FIELDS_END};

double park_rain_yield(double rain, double runoff, double *flush_left, double *flush)
{
    double depth = runoff * rain;
    *flush       = fmin(*flush_left, depth);
    *flush_left -= *flush;
    return depth - *flush;
}

/* One step of the rain series. */
typedef struct rain_step {
    double depth, seconds; /* [m], [s] */
} rain_step;

static rain_step step_of(const park_pattern *rain, size_t i)
{
    double seconds = rain->every;
    if (rain->kind == PARK_PATTERN_SERIES)
        seconds = i + 1 < rain->count ? (double)(rain->time[i + 1] - rain->time[i])
                  : i > 0             ? (double)(rain->time[i] - rain->time[i - 1])
                                      : 86400.0;
    return (rain_step){rain->value[i] * seconds, seconds};
}

/* Split every step's runoff depth into flush and yield, as rates [m/s]. */
static void walk_events(const park_pattern *rain, const park_source *source, double *yield, double *flush)
{
    double left = source->first_flush, dry = 0.0;
    for (size_t i = 0; i < rain->count; i++) {
        rain_step step = step_of(rain, i);
        if (step.depth <= 0.0) {
            dry += step.seconds;
            continue;
        }
        if (dry >= source->event_gap)
            left = source->first_flush;
        dry = 0.0;
        double diverted, kept = park_rain_yield(step.depth, source->runoff, &left, &diverted);
        flush[i] = diverted / step.seconds;
        yield[i] = kept / step.seconds;
    }
}

/* The same steps with other values; -1 out of memory. */
static int32_t like_rain(park_draft *draft, const park_pattern *rain, double *value)
{
    park_pattern made = *rain;
    made.id           = NULL;
    made.value        = value;
    made.linear       = false;
    return park_draft_pattern(draft, made);
}

static park_status complete(park_draft *draft, int32_t unit, const char *path, park_findings *findings,
                            park_error *err)
{
    park_unit_info *info   = &draft->unit[unit];
    park_source    *source = park_array(draft->arena, 1, sizeof *source);
    if (source == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the rain of %s", info->id);
    *source               = *(const park_source *)info->params;
    info->params          = source;
    source->yield_pattern = source->flush_pattern = -1;
    if (draft->weather.rain < 0 || draft->pattern[draft->weather.rain].kind == PARK_PATTERN_MONTHLY) {
        park_finding_add(
            findings, PARK_E0512, PARK_ERROR, path,
            "%s harvests rain event by event; that needs weather with an hourly or daily rain series (or "
            "weather: {generator: changsha})",
            "%s 按场次收集雨水，须提供逐时或逐日降雨的 weather（或 weather: {generator: changsha}）",
            info->id);
        return PARK_OK;
    }
    park_pattern rain  = draft->pattern[draft->weather.rain];
    double      *yield = PARK_ARRAY(draft->arena, rain.count, double),
           *flush      = PARK_ARRAY(draft->arena, rain.count, double);
    if (yield == NULL || flush == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the rain of %s", info->id);
    walk_events(&rain, source, yield, flush);
    source->yield_pattern = like_rain(draft, &rain, yield);
    source->flush_pattern = like_rain(draft, &rain, flush);
    if (source->yield_pattern < 0 || source->flush_pattern < 0)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the rain of %s", info->id);
    if (source->first_flush_to.text == NULL)
        return PARK_OK;
    int32_t taker = park_model_unit(draft, source->first_flush_to.text);
    if (taker < 0 || draft->unit[taker].role == PARK_SOURCE) {
        park_finding_add(findings, PARK_E0401, PARK_ERROR, path,
                         "%s.first_flush_to names '%s', which is no unit that can receive water",
                         "%s.first_flush_to 所指的“%s”不是可以接纳水的单元", info->id,
                         source->first_flush_to.text);
        return PARK_OK;
    }
    const char *from = park_arena_printf(draft->arena, "%s.first_flush", info->id);
    if (from == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the rain of %s", info->id);
    return park_draft_free_connection(draft, from, source->first_flush_to.text, err);
}

static park_status shape(park_draft *draft, int32_t unit, park_error *err)
{
    const park_source *source = draft->unit[unit].params;
    PARK_TRY(park_draft_outlet(draft, unit, (park_outlet_info){.id = "", .role = PARK_OUT_PRODUCT}, err));
    return park_draft_outlet(draft, unit,
                             (park_outlet_info){.id       = "first_flush",
                                                .role     = PARK_OUT_FIRST_FLUSH,
                                                .reserved = true,
                                                .exits    = source->first_flush_to.text == NULL},
                             err);
}

/* Steps of a held or cyclic pattern inside the period. */
static size_t steps_of(const park_model *model, const park_pattern *pattern)
{
    if (pattern->kind == PARK_PATTERN_SERIES)
        return pattern->count;
    return pattern->every > 0.0 ? (size_t)((double)(model->time.end - model->time.start) / pattern->every)
                                : 0;
}

size_t park_rain_spells(const park_model *model, int32_t unit, int32_t season, double *volume, size_t most)
{
    if (model->unit[unit].kind != &PARK_KIND_RAIN || model->time.steady)
        return 0;
    const park_source *source = model->unit[unit].params;
    if (source->yield_pattern < 0)
        return 0;
    const park_pattern *yield = &model->pattern[source->yield_pattern];
    size_t              count = 0;
    double              dry   = source->event_gap;
    for (size_t i = 0; i < steps_of(model, yield); i++) {
        bool      series = yield->kind == PARK_PATTERN_SERIES;
        rain_step step   = step_of(yield, i % yield->count);
        int64_t   t      = series ? yield->time[i] : model->time.start + (int64_t)((double)i * yield->every);
        if (park_model_season_at(model, t) != season)
            continue;
        if (step.depth <= 0.0) {
            dry += step.seconds;
            continue;
        }
        if (dry >= source->event_gap && count < most)
            volume[count] = 0.0;
        count += dry >= source->event_gap;
        dry = 0.0;
        if (count <= most)
            volume[count - 1] += step.depth * source->catchment;
    }
    return count;
}

static park_status fill(const park_when *when, park_map *map, park_error *err)
{
    const park_source *source = park_when_unit(when)->params;
    park_map_outlet   *flush  = &map->outlet[PARK_SOURCE_FIRST_FLUSH];
    if (source->yield_pattern < 0)
        return PARK_FAIL(err, PARK_E_RANGE, "%s has no rain series", park_when_unit(when)->id);
    double area = source->catchment;
    park_source_product(when, 0.0, area * park_when_value(when, (park_series){1.0, source->yield_pattern}),
                        map);
    flush->beta    = area * park_when_value(when, (park_series){1.0, source->flush_pattern});
    flush->quality = PARK_QUALITY_FIXED;
    for (size_t c = 0; c < map->constituents; c++)
        flush->conc[c] = isnan(source->first_flush_quality[c]) ? map->outlet[PARK_SOURCE_PRODUCT].conc[c]
                                                               : source->first_flush_quality[c];
    return PARK_OK;
}

PARK_FACES(fill)

static const park_time_face TIME = {.volume = park_source_volume, .at = at};

const park_unit_kind PARK_KIND_RAIN = {
    .word        = "rain",
    .role        = PARK_SOURCE,
    .label       = {"雨水", "rain water"},
    .fields      = FIELDS,
    .params_size = sizeof(park_source),
    .complete    = complete,
    .shape       = shape,
    .origin      = PARK_ORIGIN_RAIN,
    .unused      = true,
    .average     = average,
    .time        = &TIME,
};
