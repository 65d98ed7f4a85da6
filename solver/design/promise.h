/*
 * promise.h - plans from programs that are linear in the flows, because every outlet promises its quality.
 * Math: docs/math/optimization.md, Eq. (O46)-(O47).   Looks down on: plan.
 *
 * Give every outlet whose quality is not certain a promised quality C* and ask of the flows that nobody breaks his
 * promise:   mass that the unit puts into outlet k, its donors counted at their C*,  <=  C*_k F_k.                 (O46)
 * Qualities follow from flows by C = A C + b with A >= 0, so C <= C* for every such plan, and limits kept with C* are
 * kept: the program is linear in the flows and all its points are plans. Rows about quality are elastic at a price, so
 * that promises which nobody can keep still tell a direction. A user whose flow is given promises nothing: what leaves
 * it follows from what arrives, so its C* is an estimate, and the recheck has the last word (O150).
 */
#ifndef PARK_DESIGN_PROMISE_H
#define PARK_DESIGN_PROMISE_H

#include "design/descent.h"
#include "numerics/lp.h"

typedef struct park_promise {
    const park_formulation *f;
    park_search_end        *end;
    park_arena             *arena;    /* of one linear program */
    park_arena             *keep;     /* of the whole search */
    double                 *promise;  /* [S*K*T] C* [kg/m3] */
    bool                   *without;  /* [U] sized units that are tried not to be built */
    bool                    standing; /* nothing new is built or laid */
    double                  dearer;   /* times that broken promises cost more than at first */
    double       *dear;  /* [cols] times that charges weigh more than relaxed, charges.h (O151); NULL: one */
    park_lp_basis basis; /* of the last linear program, where `warm`; rows 0: none */
    size_t        basis_cap;
    bool          warm;        /* linear programs start from the last one's basis */
    double        work;        /* iterations times rows so far */
    int8_t       *laid;        /* [L] whether a pipe with a least flow is laid: 1 yes, -1 no, 0 open */
    int32_t      *link, *mass; /* [cols] what a column stands for: s*L+l of a w, s*U+u of an M; -1 */
    int32_t      *of;          /* [cols] its constituent */
    /* rows under construction */
    size_t   rows, rows_cap, entries, slacks;
    double  *lo, *hi;
    size_t  *start, start_cap;
    int32_t *index;
    double  *value;
    size_t   index_cap, value_cap, lo_cap, hi_cap;
    park_sum sum;
    bool     failed;
} park_promise;

/* Room for the promises of a formulation. False: out of memory. */
bool park_promise_prepare(park_promise *d, park_arena *arena);
/* First promises: the boxes' lower ends (each outlet as if its unit drew the cleanest water) or their upper ends. */
void park_promise_first(park_promise *d, bool upper);
/* Qualities of a plan become promises. */
void park_promise_keep(park_promise *d, const park_plan *plan, bool holds);
/* Promises of a plan at hand; what does not flow in it is promised as by the boxes' upper ends. `trial` [cols] is scratch. */
bool park_promise_as(park_promise *d, park_plan *plan, const double *from, double *trial);
/* Every promise gives way by a share of what is left to the upper end of its box (O158). */
void park_promise_loosen(park_promise *d, double share);
/* Outlets of units that a plan leaves idle promise what they would make of the cleanest water offered to them (O157). */
void park_promise_idle(park_promise *d, const park_plan *plan);
/* The rows, from nothing, in d->arena; d->failed: out of memory. */
void park_promise_rows(park_promise *d);
/**
 * The linear program of the promises: made, solved and gone. x [cols].
 * @return false: no optimum before its limits
 */
bool park_promise_solve(park_promise *d, double *x);
/* What a new pipe carries, as a share of the least flow for which it is laid; INFINITY: nothing, or nobody asks. */
double park_promise_carries(const park_promise *d, const park_plan *plan, size_t l);
/* Is the time over, which is remembered, or the work where a plan is known? */
bool park_promise_over(park_promise *d);
/* Costs of the program's columns [cols]: those of masses go to the flows that carry them. With `secants` concave costs are
 * those of their secants over the box. */
void park_promise_costs(park_promise *d, double *cost, bool secants);

#endif
