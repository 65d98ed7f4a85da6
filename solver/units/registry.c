#include "units/kind.h"

#include "units/kinds.h"

#include <string.h>

static const park_unit_kind *const KINDS[] = {&PARK_KIND_SURFACE,
                                              &PARK_KIND_GROUND,
                                              &PARK_KIND_MUNICIPAL,
                                              &PARK_KIND_RECLAIMED,
                                              &PARK_KIND_MINE,
                                              &PARK_KIND_RAIN,
                                              &PARK_KIND_STREAM,
                                              &PARK_KIND_PROCESS,
                                              &PARK_KIND_COOLING_TOWER,
                                              &PARK_KIND_BOILER,
                                              &PARK_KIND_IRRIGATION,
                                              &PARK_KIND_REMOVAL,
                                              &PARK_KIND_TECHNOLOGY,
                                              &PARK_KIND_TRAIN,
                                              &PARK_KIND_TANK,
                                              &PARK_KIND_POND,
                                              &PARK_KIND_OUTFALL,
                                              &PARK_KIND_SEWER,
                                              NULL};

const park_unit_kind *const *park_unit_kinds(void)
{
    return KINDS;
}

const park_unit_kind *park_unit_kind_find(park_role role, const char *word)
{
    for (size_t i = 0; KINDS[i] != NULL; i++)
        if (KINDS[i]->role == role && strcmp(KINDS[i]->word, word) == 0)
            return KINDS[i];
    return NULL;
}
