#include "units/kinds.h"
#include "units/sinks/sink.h"

const park_unit_kind PARK_KIND_OUTFALL = {
    .word        = "outfall",
    .role        = PARK_SINK,
    .label       = {"排放口", "outfall"},
    .fields      = PARK_SINK_FIELDS,
    .params_size = sizeof(park_sink_params),
    .average     = park_sink_average,
    .time        = &PARK_SINK_TIME,
};
