/*
 * solve.h - one park without open retrofits: formulate, solve, decode; the parts of park_design_solve.
 * Math: docs/math/optimization.md, Eq. (O36)-(O45).   Looks down on: decode, tree.
 */
#ifndef PARK_DESIGN_SOLVE_H
#define PARK_DESIGN_SOLVE_H

#include "design/decode.h"

typedef struct park_solve_limits {
    double   seconds;  /* for this park [s], INFINITY: none */
    uint64_t work;     /* 0: none */
    double   cutoff;   /* yearly objective that only better designs may beat, INFINITY: none */
    double   extra;    /* constant yearly cost added by the caller (retrofits), counted wherever cost is */
    bool     probe;    /* no further than the root's relaxation */
    bool     as_given; /* the plan to start from is taken as it is, no other is looked for before the tree */
    bool
        beaten; /* a plan to beat is known elsewhere: a large program counts as_given, its tree looks for plans, too */
    park_root
        *root; /* in: where the root's relaxation begins, out: where it ended, by the arena; NULL: neither */
} park_solve_limits;

/* Solve one frozen model. design->status INFEASIBLE with bound = cutoff when only the cutoff made it so (`cut`). */
PARK_MUST_CHECK park_status park_solve_park(const park_model *model, const park_design_settings *settings,
                                            const park_solve_limits *limits, park_arena *arena,
                                            park_design **design, bool *cut, park_findings *findings,
                                            park_error *err);

/* Why a model has no design: fills conflict lines, statements mapped into design->model. */
PARK_MUST_CHECK park_status park_solve_explain(const park_model *model, const park_design_settings *settings,
                                               double seconds, park_arena *arena, park_design *design,
                                               park_error *err);

/* The program of a model as park_solve_park writes it, with its futures. */
PARK_MUST_CHECK park_status park_solve_formulate(const park_model           *model,
                                                 const park_design_settings *settings, park_arena *arena,
                                                 park_formulation **f, park_error *err);
/* A design of a model of the same shape (its outlook's plans in their futures) as a point; NULL when it does not fit. */
double *park_solve_start(const park_formulation *f, const park_design *start);

/* A design for all futures of the model, with its outlook. robust.c */
PARK_MUST_CHECK park_status park_solve_robust(const park_model *model, const park_design_settings *settings,
                                              park_arena *arena, park_design **design,
                                              park_findings *findings, park_error *err);
/* The plans that a plan over futures holds, one a future, as the design's outlook. robust.c */
PARK_MUST_CHECK park_status park_robust_slices(const park_plan *plan, park_arena *arena, park_design *design,
                                               park_error *err);

/* The flow above which a boxed unit alone would cost more than the answer [m3/s] (O5); INFINITY when it costs nothing. With
 * `each`, the answer is that of the dearest future, not of their mean. */
double park_solve_box(const park_super *super, park_objective_kind kind, bool each, double objective);
bool   park_solve_costs_nonnegative(const park_super *super, park_objective_kind kind);

/* Are there retrofits, or open storages that may be built? */
bool park_solve_chooses(const park_model *model);

/* Retrofits and open storages: few combinations as one park each, more of them as choices of one program. retrofits.c */
PARK_MUST_CHECK park_status park_solve_retrofits(const park_model           *model,
                                                 const park_design_settings *settings, park_arena *arena,
                                                 park_design **design, park_findings *findings,
                                                 park_error *err);

/**
 * All retrofits and open storages that may stay out as choices of one program (O60). choices.c
 * @param refused  out: why this park cannot be written so, then *design is NULL; else NULL
 */
PARK_MUST_CHECK park_status park_solve_choices(const park_model *model, const park_design_settings *settings,
                                               park_arena *arena, park_design **design,
                                               const park_label **refused, park_findings *findings,
                                               park_error *err);

/* A park with retrofits or without, in stages or not, its objectives as a list. */
PARK_MUST_CHECK park_status park_solve_any(const park_model *model, const park_design_settings *settings,
                                           park_arena *arena, park_design **design, park_findings *findings,
                                           park_error *err);

/* Objective 0 against objective 1: the points of the front, and the design chosen among them. pareto.c */
PARK_MUST_CHECK park_status park_solve_front(const park_model *model, const park_design_settings *settings,
                                             park_arena *arena, park_design **design, park_findings *findings,
                                             park_error *err);

/* Points by their ceilings rising: a bound of the second objective at one ceiling holds at every lower one (O52). */
void park_front_carry(park_front_point *point, size_t count);
/* Sort by the first objective and keep what no other point equals or betters in both, within twice the room of an objective
 * that is held. Returns how many stay. */
size_t park_front_undominated(park_front_point *point, size_t count);
/* Of sorted points the one farthest from the line between the ends towards less of both, each objective over its span
 * (O53); -1 where none is. */
int32_t park_front_knee(const park_front_point *point, size_t count);

const char *park_objective_unit(park_objective_kind kind); /* per year */

#endif
