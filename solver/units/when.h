/*
 * when.h - the moment that a kind is asked about: a season's mean or an instant. A kind writes its equations
 * once over a park_when, and both faces follow.   Math: docs/math/units.md, Eq. (U2).   Looks down on: model.
 */
#ifndef PARK_UNITS_WHEN_H
#define PARK_UNITS_WHEN_H

#include "units/kind.h"

typedef struct park_when {
    const park_model *model;
    int32_t           unit;
    bool              instant; /* else the mean over `season` */
    int32_t           season;
    int64_t           t;
} park_when;

static inline park_when park_when_season(const park_model *model, int32_t unit, int32_t season)
{
    return (park_when){.model = model, .unit = unit, .season = season};
}

static inline park_when park_when_instant(const park_model *model, int32_t unit, int64_t t)
{
    return (park_when){.model = model, .unit = unit, .instant = true, .t = t};
}

static inline const park_unit_info *park_when_unit(const park_when *when)
{
    return &when->model->unit[when->unit];
}

/* Value of a series, whatever the unit's calendar says. */
static inline double park_when_value(const park_when *when, park_series series)
{
    return when->instant ? park_series_at(when->model, series, when->t)
                         : park_series_mean(when->model, series, when->season);
}

/* Value of a series that rests while the unit's calendar is closed. */
static inline double park_when_working(const park_when *when, park_series series)
{
    int32_t calendar = park_when_unit(when)->calendar;
    if (when->instant)
        return park_calendar_closed(when->model, calendar, when->t)
                   ? 0.0
                   : park_series_at(when->model, series, when->t);
    return park_series_open_mean(when->model, series, calendar, when->season);
}

/* Share of the moment in which the unit works: 0 or 1 at an instant. */
static inline double park_when_open(const park_when *when)
{
    return park_when_working(when, (park_series){1.0, -1});
}

/* Mean of a function of time: its value at an instant. */
static inline double park_when_mean(const park_when *when, double (*value)(const void *user, int64_t t),
                                    const void      *user)
{
    return when->instant ? value(user, when->t) : park_season_mean(when->model, when->season, value, user);
}

/* Both faces of a kind from one function `fill(const park_when *, park_map *, park_error *)`. */
#define PARK_FACES(fill)                                                                                     \
    static park_status average(const park_model *model, int32_t unit, int32_t season, park_map *map,         \
                               park_error *err)                                                              \
    {                                                                                                        \
        park_when when = park_when_season(model, unit, season);                                              \
        return fill(&when, map, err);                                                                        \
    }                                                                                                        \
    static park_status at(const park_model *model, int32_t unit, int64_t t, park_map *map, park_error *err)  \
    {                                                                                                        \
        park_when when = park_when_instant(model, unit, t);                                                  \
        return fill(&when, map, err);                                                                        \
    }

#endif
