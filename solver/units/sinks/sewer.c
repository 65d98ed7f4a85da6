#include "units/kinds.h"
#include "units/sinks/sink.h"

const park_unit_kind PARK_KIND_SEWER = {
    .word        = "sewer",
    .role        = PARK_SINK,
    .label       = {"市政污水管网", "sewer"},
    .fields      = PARK_SINK_FIELDS,
    .params_size = sizeof(park_sink_params),
    .average     = park_sink_average,
    .time        = &PARK_SINK_TIME,
};
