/*
 * kept.h - a design's choices kept and its flows free: the park in which a statement's worth is measured.
 * Math: docs/math/optimization.md, Eq. (O86).   Looks down on: costs, superstructure.
 */
#ifndef PARK_DESIGN_KEPT_H
#define PARK_DESIGN_KEPT_H

#include <parkwater/design.h>

/* The chosen size of a treatment or storage becomes the size that stands; not built: none stands. */
void park_design_stand(park_draft *draft, size_t u, bool built, double size);

/**
 * The park with the design's pipes, stepped sizes and retrofits standing; what was not built cannot be. Sizes chosen
 * freely stay free, with their capital. Friction stays at the design's: it becomes a lift, so that no box of another
 * problem changes it. The budget loses what the kept choices cost. Indices stay.
 * @param margins  those the design was found with, NULL: none
 * @param sunk     out: yearly cost of what is kept [CNY/a]: the objective of the kept park lacks it
 * @return PARK_OK; PARK_E_RANGE for a design without a plan; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_design_keep(const park_design *design, const park_margins *margins,
                                             park_arena *arena, park_model **kept, double *sunk,
                                             park_error *err);

/* The lift that costs what lift and friction cost together in the design's superstructure, for every link [links] [m]. */
PARK_MUST_CHECK park_status park_design_heads(const park_model *model, const park_margins *margins,
                                              park_arena *arena, double **head, park_error *err);

#endif
