/*
 * layout.h - the park laid out for marching: what stays the same from the first second to the last.
 * Math: docs/math/simulation.md, Eq. (T1)-(T4).   Looks down on: design, units, model.
 *
 * Made once per run, then read only. Rows are well-mixed volumes whose concentrations are unknowns: a unit whose
 * outlets are one mixture has a mix row (what leaves is what is inside), a unit whose outlets take shares of what
 * enters has a feed row (an inlet tank, behind which the map acts at once), a unit with both kinds has both.
 */
#ifndef PARK_SIMULATE_LAYOUT_H
#define PARK_SIMULATE_LAYOUT_H

#include <parkwater/simulate.h>

#include "units/kind.h"

/* How the water of an outlet finds its way. */
typedef enum park_way {
    PARK_WAY_EXIT,  /* leaves by itself: evaporation, goods */
    PARK_WAY_PUSH,  /* arrives whether wanted or not: what finds no room is spilled */
    PARK_WAY_OFFER, /* may be taken, is never spilled: rain */
    PARK_WAY_PULL   /* flows as much as is asked for: sources, storages, supply treatments */
} park_way;

typedef struct park_layout {
    const park_model  *model;
    const park_design *plan; /* may be NULL */
    size_t             seasons, links, outlets, inlets, units, constituents;

    /* links by donor outlet and by inlet: those of outlet k are out_link[out_start[k]] .. */
    int32_t  *out_start, *out_link, *in_start, *in_link;
    park_way *way;       /* [K] */
    bool     *scheduled; /* [L] from a storage to who does not ask: runs at the plan's rate */

    /* the plan, or what stands for it */
    double *plan_link;   /* [S*L] m3/s, also the weights of shares */
    double *plan_inlet;  /* [S*I] m3/s; NAN without a plan */
    double *plan_outlet; /* [S*K] m3/s; NAN without a plan */
    double *forced; /* [S*U] m3/s that leaves whatever comes in, on average (evaporation, drift, steam) */
    double *link_energy; /* [S*L] J/m3 */
    double *capacity;    /* [L] m3/s; 0 of candidates that the plan does not lay */

    double     *intake_most; /* [U] m3/s, INFINITY */
    bool       *absent;      /* [U] storages that are not built: no rain falls on them, nothing evaporates */
    double     *hold;        /* [U] m3 of a constant volume; at full level where the level is a state */
    double     *empty;       /* [U] m3 */
    bool       *variable;    /* [U] the level is a state */
    bool       *controlled;  /* [U] blowdown answers to the mixture */
    bool       *stated;      /* [U] has states of its own: no row, its outlets are what the states say */
    double     *design;      /* [U] m3/s: largest intake of the plan, or what stands for it */
    bool       *overflows;   /* [U] a storage whose overflow has somewhere to go */
    const bool *carried;     /* [L] a carrier has a say in it; NULL: there is none */
    int32_t    *sampling;    /* [U] of sinks: seconds over which a limit is averaged; 0 else */

    size_t   rows;
    int32_t *feed_row, *mix_row; /* [U], -1 */
    int32_t *row_unit;           /* [rows] */
} park_layout;

/**
 * @param plan  borrowed; its links are matched to the model's by id
 * @return PARK_OK; PARK_E_RANGE for a plan of another park or a storage without bounds; PARK_E_MEMORY; what the
 *         units' average faces return
 */
PARK_MUST_CHECK park_status park_layout_make(const park_model *model, const park_design *plan,
                                             park_arena *arena, park_layout **layout, park_error *err);

/* Is this treatment asked for its product (else it takes what is pushed)? */
bool park_layout_supplies(const park_model *model, int32_t unit);

static inline int32_t park_layout_row_in(const park_layout *layout, int32_t unit)
{
    return layout->feed_row[unit] >= 0 ? layout->feed_row[unit] : layout->mix_row[unit];
}

#endif
