/*
 * boiler.h - parameters of a boiler.   Math: docs/math/units.md, Eq. (U34)-(U35).   Looks down on: model.
 */
#ifndef PARK_UNITS_USERS_BOILER_H
#define PARK_UNITS_USERS_BOILER_H

#include "units/when.h"

typedef struct park_boiler {
    park_series    steam;             /* [kg/s] */
    double         condensate_return; /* [-] */
    double         blowdown;          /* least, share of the make-up [-] */
    double        *limits;            /* [constituents] of the drum water [kg/m3]; NAN none */
    double        *adds;              /* [constituents] [kg/s]; NAN none */
    double        *inlet;             /* [constituents] [kg/m3]; NAN none */
    park_text_list accepts;
    double         drum; /* [m3]; NAN: an hour of steam */
} park_boiler;

#endif
