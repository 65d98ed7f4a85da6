/*
 * obbt.h - bounds of concentrations and flows by linear programs over the relaxation and the incumbent's
 * cutoff. Math: docs/math/tree.md, Eq. (T16), (T59)-(T61).   Looks down on: relax, tighten.
 */
#ifndef PARK_DESIGN_OBBT_H
#define PARK_DESIGN_OBBT_H

#include "design/relax.h"

/* One of two relaxations that are solved at a time, whatever the number of threads. */
typedef struct park_obbt_lane {
    park_relax        relax;
    uint8_t          *now; /* [relax.bytes] of its last program */
    int32_t           item;
    park_relax_status status;
    double            bound;
} park_obbt_lane;

enum { PARK_OBBT_LANES = 2, PARK_OBBT_WHOLES = 2 /* whole flows at a time */ };

typedef struct park_obbt {
    park_program   cut; /* the program with its objective as a last row */
    park_obbt_lane lane[PARK_OBBT_LANES];
    uint64_t       shared;  /* iterations that a second thread takes over */
    int            threads; /* that work the lanes; 1 where not set. Never changes a bound */
    park_tighten  *tighten; /* borrowed */
    int32_t       *target;  /* columns worth it: factors of products and arguments of concave costs */
    size_t         targets;
    int32_t       *whole; /* products of whole flows (T59) */
    size_t         wholes;
    double        *guess;      /* [wholes] where Newton's method starts: w/flow of the reference solution */
    bool          *done;       /* [2 targets] scratch: seen to touch its bound, lower then upper */
    bool           ratios_pay; /* in this run */
    size_t         first_whole, end_whole;        /* at work */
    double         ratio[2][PARK_OBBT_WHOLES];    /* by side: what was proven of them */
    bool           no_ratio[2][PARK_OBBT_WHOLES]; /* proven: no point at all */
    uint8_t       *basis;                         /* [relax.bytes] of the reference solution */
    park_box       start;                         /* the box before a pass */
} park_obbt;

PARK_MUST_CHECK park_status park_obbt_make(park_obbt *o, const park_program *program, park_tighten *tighten,
                                           park_arena *arena);
void                        park_obbt_free(park_obbt *o);
/* Where its linear programs end; @param cancel borrowed, may be NULL. */
void     park_obbt_end_with(park_obbt *o, double deadline, const park_cancel *cancel);
uint64_t park_obbt_work(const park_obbt *o);   /* iterations so far */
uint64_t park_obbt_solves(const park_obbt *o); /* linear programs so far */

/**
 * Passes over all targets while the summed widths of the targets shrink by a tenth a pass. Two linear programs at a time: sides of
 * two ratios, the next two targets.
 * @param best        objective that points must not exceed, INFINITY: none
 * @param passes      at most so many
 * @param work_limit  LP iterations at most (checked between LPs), 0: none
 * @param stop        asked between LPs; true ends it (the box stays valid); may be NULL
 * @return PARK_OK with *empty set when the box is proven empty; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_obbt_run(park_obbt *o, park_box *box, double best, int passes,
                                          uint64_t work_limit, bool (*stop)(void *), void *user, bool *empty);

#endif
