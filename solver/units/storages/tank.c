#include "units/kinds.h"
#include "units/storages/storage.h"

static const park_field FIELDS[] = {PARK_STORAGE_ROWS(1), PARK_FIELDS_END};

const park_unit_kind PARK_KIND_TANK = {
    .word        = "tank",
    .role        = PARK_STORAGE,
    .label       = {"水箱", "tank"},
    .fields      = FIELDS,
    .params_size = sizeof(park_storage),
    .complete    = park_storage_complete,
    .shape       = park_storage_shape,
    .average     = park_storage_average,
    .time        = &PARK_STORAGE_TIME,
};
