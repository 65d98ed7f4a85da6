#include "units/kinds.h"
#include "units/storages/storage.h"

static const park_field FIELDS[] = {PARK_STORAGE_ROWS(0), PARK_FIELDS_END};

const park_unit_kind PARK_KIND_POND = {
    .word        = "pond",
    .role        = PARK_STORAGE,
    .label       = {"水池", "pond"},
    .fields      = FIELDS,
    .params_size = sizeof(park_storage),
    .complete    = park_storage_complete,
    .shape       = park_storage_shape,
    .average     = park_storage_average,
    .time        = &PARK_STORAGE_TIME,
};
