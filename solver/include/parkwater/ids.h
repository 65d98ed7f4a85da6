/*
 * ids.h - typed indices of the public interface: a unit is never taken for a link.
 * Columns inside the engine hold plain int32_t; -1 means none.   Looks down on: nothing.
 */
#ifndef PARKWATER_IDS_H
#define PARKWATER_IDS_H

#include <stdint.h>

typedef struct park_unit {
    int32_t i;
} park_unit;
typedef struct park_link {
    int32_t i;
} park_link;
typedef struct park_outlet {
    int32_t i;
} park_outlet; /* counted through the whole park */
typedef struct park_inlet {
    int32_t i;
} park_inlet; /* likewise */
typedef struct park_constituent {
    int32_t i;
} park_constituent;
typedef struct park_season {
    int32_t i;
} park_season;
typedef struct park_enterprise {
    int32_t i;
} park_enterprise;

enum { PARK_NONE = -1 };

#endif
