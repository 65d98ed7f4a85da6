/*
 * rain_sizing.h - how large a rain storage is worth: yield and reliability over the volume.
 * Math: docs/math/weather.md, Eq. (W10)-(W12).   Looks down on: model, weather.
 */
#ifndef PARK_UNITS_SOURCES_RAIN_SIZING_H
#define PARK_UNITS_SOURCES_RAIN_SIZING_H

#include "weather/harvest.h"

#include <parkwater/model.h>

enum { PARK_RAIN_SIZES = 11 };

typedef struct park_rain_sizing {
    park_harvest point[PARK_RAIN_SIZES]; /* a tenth to ten times the volume given, that volume among them */
    size_t       own;                    /* which is that volume */
    double       years;                  /* that the rain series covers inside the period */
} park_rain_sizing;

/* Does rain lead to this storage by a link of the model, and is there a series of it? */
bool park_rain_reaches(const park_model *model, int32_t storage);

/**
 * The curve of a storage, by the rain alone that leads to it: every catchment's yield, first flush diverted, all of it
 * offered. Evaporation and other inflows are not counted.
 * @param draw    [seasons] what is drawn [m3/s]
 * @param volume  [m3] > 0
 * @return PARK_OK; PARK_E_RANGE when no rain reaches it or volume is not positive; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_rain_size(const park_model *model, int32_t storage, const double *draw,
                                           double volume, park_arena *arena, park_rain_sizing *sizing,
                                           park_error *err);

#endif
