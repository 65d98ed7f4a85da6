/*
 * chain.h - stages one behind the other that keep states of their own: a train in time, a film before its bed.
 * Math: docs/math/units.md, Eq. (U98), (U99).   Looks down on: model.
 *
 * Every stage is marched by its own face with the product of the stage before it; what the stages keep, release and reject is the
 * unit's. A stage without states is a mixed volume with its shares of the moment.
 */
#ifndef PARK_UNITS_TREATMENTS_CHAIN_H
#define PARK_UNITS_TREATMENTS_CHAIN_H

#include "units/kind.h"

struct park_treatment;

typedef struct park_chain_stage {
    const char                  *id; /* before the words of what it shows; NULL: the words alone */
    const struct park_treatment *params;
    const park_states_face      *face;   /* NULL: a mixed volume */
    double                       energy; /* stated, where its face reads one [J/m3] */
    size_t outlet; /* of the unit, for its reject; PARK_TREATMENT_PRODUCT: it has none */
    /* Once this stage has its state: what the next one needs to know of it. May be NULL. */
    void (*tells)(const park_states *own, const double *y, const park_states *next);
} park_chain_stage;

/**
 * Lay the stages out, for `lay` of a face.
 * @param energy  of the whole per inlet volume [J/m3]; NAN: the sum of the stages'
 */
PARK_MUST_CHECK park_status park_chain_lay(const park_model *model, int32_t unit,
                                           const park_chain_stage *stage, size_t stages, double energy,
                                           double design_flow, park_arena *arena, park_states *states,
                                           park_error *err);

/* The rest of such a face. */
park_status park_chain_begin(const park_states *states, const park_passing *passing, double *y, double *conc,
                             park_error *err);
void        park_chain_flows(const park_states *states, const double *y, park_map *map, double *kept,
                             double *released);
park_status park_chain_advance(const park_states *states, const park_passing *passing, double *y,
                               park_passed *passed, park_error *err);
void        park_chain_held(const park_states *states, const double *y, double *water, double *mass);
void        park_chain_show(const park_states *states, const double *y, double *value);

#define PARK_CHAIN_FACE(lay_)                                                                                \
    {                                                                                                        \
        .lay = lay_, .begin = park_chain_begin, .flows = park_chain_flows, .advance = park_chain_advance,    \
        .held = park_chain_held, .show = park_chain_show                                                     \
    }

#endif
