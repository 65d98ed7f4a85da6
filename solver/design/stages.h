/*
 * stages.h - investment staged over the years of a budget: a stage is a future with the same values, and what stands in it
 * has been paid by then.  Math: docs/math/optimization.md, Eq. (O77)-(O80), (O140)-(O143).   Looks down on: plan, futures.
 */
#ifndef PARK_DESIGN_STAGES_H
#define PARK_DESIGN_STAGES_H

#include "design/futures.h"
#include "design/plan.h"

/* The futures of a model, each in the stages of its budget (O140): their probabilities are the discounted shares of the
 * life (O77) times those of the futures. */
PARK_MUST_CHECK park_status park_stages_make(const park_model *model, park_arena *arena,
                                             park_futures **futures, park_error *err);

/* A stage's share of the discounted life (O77). */
double park_stage_share(const park_model *model, size_t stage);

/* The stage and paid columns of a point from its plan. */
void park_stage_write(const park_plan *plan, double *x);
/* The first stage in which a unit or connection is used; the last where it is used in none. */
size_t park_stage_of_unit(const park_plan *plan, size_t u);
size_t park_stage_of_link(const park_plan *plan, size_t l);

/* What is built when at a point of the whole program; `found` has the retrofits. stages.c */
PARK_MUST_CHECK park_status park_staging_of(const park_model *model, park_formulation *f, const double *x,
                                            const park_design *found, park_arena *arena,
                                            park_staging **result, park_error *err);
/* What stands in a stage of a design; the design's own arrays where it is not staged. */
PARK_MUST_CHECK park_status park_staging_standing(const park_design *design, const park_staging *staging,
                                                  size_t stage, park_arena *arena, park_standing *standing,
                                                  park_error *err);
/* The plan of the park as written in each stage, `last` in the last, so that its volumes can be judged. */
PARK_MUST_CHECK park_status park_staging_judge(park_staging *staging, const park_design *last,
                                               const park_design_settings *settings, park_arena *arena,
                                               park_error *err);

/* A design whose investment is staged; its plan is that of the last stage. stages.c */
PARK_MUST_CHECK park_status park_solve_staged(const park_model *model, const park_design_settings *settings,
                                              park_arena *arena, park_design **design,
                                              park_findings *findings, park_error *err);

#endif
