/*
 * process.h - parameters of a process user.   Math: docs/math/units.md, Eq. (U20)-(U24).   Looks down on:
 * model.
 */
#ifndef PARK_UNITS_USERS_PROCESS_H
#define PARK_UNITS_USERS_PROCESS_H

#include "units/when.h"

/* YAML `loss`: {evaporation, product, leak} as shares of the inlet flow; a bare ratio is `product`. */
typedef struct park_loss {
    double evaporation, product, leak; /* [-] */
} park_loss;

/* One of YAML `inlets: {dye: {demand: .., accepts: [..], limits: {..}}}`. */
typedef struct park_process_inlet {
    park_demand    demand;
    park_text_list accepts;
    double        *limits; /* [constituents] [kg/m3]; NAN none */
} park_process_inlet;

typedef struct park_process {
    park_demand         demand;
    park_loss           loss;
    double             *inlet; /* [constituents] [kg/m3]; NAN none */
    park_outlet_quality outlet;
    double             *adds; /* [constituents] [kg/s] at base demand; NAN none */
    park_named inlets; /* of park_process_inlet, in the order written; none: one inlet by the words above */
    park_text_list accepts;
    double         holding; /* time that the water spends inside [s] */
} park_process;

enum { PARK_PROCESS_PRODUCT, PARK_PROCESS_EVAPORATION, PARK_PROCESS_IN_PRODUCT, PARK_PROCESS_LEAK };

#endif
