/*
 * robust.h - the parts of a design over futures: plans of each future for decisions that stand (robust_plans.c), what they
 * come to (robust_figures.c), and what is made of them (robust.c).  Math: docs/math/optimization.md, Eq. (O70)-(O76), (O140)-(O143).   Looks down on: stages, solve.
 */
#ifndef PARK_DESIGN_ROBUST_H
#define PARK_DESIGN_ROBUST_H

#include "design/solve.h"
#include "design/stages.h"

typedef struct park_robust_run {
    const park_model           *model;
    const park_design_settings *settings;
    park_arena                 *arena;
    park_findings              *findings;
    park_futures               *futures; /* each with all its stages */
    size_t                      stages;  /* 1 unless the park is staged */
    double                      started, shift;
    double                     *best, *best_bound; /* [futures] of the best design for it alone */
    double                     *nominal;           /* [futures] of the design that is best as written */
    const park_design         **alone, **tried;    /* [futures*stages] the plans of both; NULL */
    uint64_t                    nodes, lps, work, shared;
    bool                        reproducible;
    park_outlook               *outlook; /* of the futures, as it is handed back */
    park_outlook               *plans;   /* of the stages of the futures; the same where there are none */
} park_robust_run;

/* Settings of a part that ends at the share `until` of the time and the work, one of `remaining` equal ones before it. */
park_design_settings park_robust_part(const park_robust_run *r, double until, size_t remaining,
                                      double gap_share);
/* What a part has used up. */
void park_robust_account(park_robust_run *r, const park_design *part);
/* What the chosen retrofits of a design add to every future's objective [per year]. */
double park_robust_extra(const park_robust_run *r, const park_design *design);

/* ---- robust_plans.c ---- */
/* The design that is best for the park as written, in the same futures (O76): r->tried, r->nominal. */
PARK_MUST_CHECK park_status park_robust_try(park_robust_run *r, const park_design *nominal, double until,
                                            park_error *err);
/* A point to start from: an earlier design over the same futures, else one that works in all of them. */
const park_design *park_robust_start(park_robust_run *r, const park_design *nominal);
/* Every plan in r->plans anew where that makes the whole no dearer; x: the point of the whole program that says them. */
PARK_MUST_CHECK park_status park_robust_replan(park_robust_run *r, park_design *found, park_formulation *f,
                                               double until, double **x, double *objective, park_error *err);

/* ---- robust_figures.c ---- */
/**
 * What a plan over futures comes to, and what was possible in each: `best`, `best_bound` and regret of every future, the mean, the
 * worst and the regret of the plan and of the design that is best as written.
 * @param o           its futures' probabilities and values are given
 * @param best        [futures] objective of the best design found for each alone, NAN: not looked for
 * @param best_bound  [futures] proven of it, NAN: nothing
 * @param nominal     [futures] of the design that is best as written, INFINITY: fails there; NAN: not known
 */
void park_robust_figures(park_outlook *o, const double *best, const double *best_bound,
                         const double *nominal);
/**
 * (O75) The certificate of what was asked for: objective, bound, gap and status of a design.
 * @param found  the answer of the program over all futures: its bounds
 * @param shift  what the program added to a regret
 */
void park_robust_certify(const park_outlook *o, const park_design *found, double shift, double gap,
                         park_design *design);

#endif
