/*
 * sink.h - where water leaves the park by a pipe: limits, fees, a licence.   Math: docs/math/units.md, Eq.
 * (U60). Looks down on: model.
 */
#ifndef PARK_UNITS_SINKS_SINK_H
#define PARK_UNITS_SINKS_SINK_H

#include "units/when.h"

typedef struct park_sink_params {
    double        *limits;   /* [constituents] [kg/m3]; NAN none */
    int32_t        sampling; /* 0 daily_mean, 1 maximum, 2 monthly_mean */
    double         price;    /* [CNY/m3] */
    double        *fee;      /* [constituents] [CNY/kg]; NAN none */
    double         licence;  /* yearly volume as a mean flow [m3/s]; INFINITY none */
    park_series    capacity; /* [m3/s]; INFINITY none */
    double         carbon;   /* of treating it outside [kg CO2e/m3] */
    park_text_list accepts;
} park_sink_params;

extern const park_field PARK_SINK_FIELDS[];
park_status park_sink_average(const park_model *model, int32_t unit, int32_t season, park_map *map,
                              park_error *err);
extern const park_time_face PARK_SINK_TIME;

#endif
