/*
 * process.h - parameters of a process user.   Math: docs/math/units.md, Eq. (U20)-(U24).   Looks down on: model.
 */
#ifndef PARK_UNITS_USERS_PROCESS_H
#define PARK_UNITS_USERS_PROCESS_H

#include "units/when.h"

/* YAML `demand`: a series of flow | `free` | {min:, max:}. Exactly one of flow, free, bounds is given. */
typedef struct park_demand {
    park_series flow; /* required flow [m3/s]; base NAN when free or bounded */
    bool        free; /* `demand: free` */
    double      min, max; /* {min, max} [m3/s]; NAN not given */
} park_demand;

extern const park_field PARK_DEMAND_FIELDS[]; /* flow, free, min, max: for defaults and checks */

/* YAML `loss`: {evaporation, product, leak} as shares of the inlet flow; a bare ratio is `product`. */
typedef struct park_loss {
    double evaporation, product, leak; /* [-] */
} park_loss;

/* YAML `outlet`: {COD: 900 mg/L} fills max, {COD: {fixed: 900 mg/L}} fills fixed; {standard: ...} fills max. */
typedef struct park_outlet_quality {
    double *max;   /* [constituents] [kg/m3]; NAN none */
    double *fixed; /* [constituents] [kg/m3]; NAN none */
} park_outlet_quality;

/* One of YAML `inlets: {dye: {demand: .., accepts: [..], limits: {..}}}`. */
typedef struct park_process_inlet {
    const char    *id; /* "dye" */
    park_demand    demand;
    park_text_list accepts;
    double        *limits; /* [constituents] [kg/m3]; NAN none; NULL none at all */
} park_process_inlet;

typedef struct park_process {
    park_demand         demand;
    park_loss           loss;
    double             *inlet; /* [constituents] [kg/m3]; NAN none */
    park_outlet_quality outlet;
    double             *adds; /* [constituents] [kg/s] at base demand; NAN none */
    park_process_inlet *inlets; /* [inlet_count] in the order written; NULL: one inlet by the words above */
    size_t              inlet_count;
    park_text_list      accepts;
    double              holding; /* time that the water spends inside [s] */
} park_process;

enum { PARK_PROCESS_PRODUCT, PARK_PROCESS_EVAPORATION, PARK_PROCESS_IN_PRODUCT, PARK_PROCESS_LEAK };

#endif
