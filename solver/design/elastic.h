/*
 * elastic.h - a park whose targets may be missed at a price: what it does best on its way to them.
 * Math: docs/math/optimization.md, Eq. (O91)-(O92).   Looks down on: decode, tree.
 */
#ifndef PARK_DESIGN_ELASTIC_H
#define PARK_DESIGN_ELASTIC_H

#include <parkwater/worth.h>

/**
 * The best plan of a frozen park without choices: its objective plus a price far above any tariff for each m3/h that its
 * targets miss (O92).
 * @param model   nothing to choose; its targets are those of the user
 * @param most    LP iterations, above zero; a first plan takes what it takes. seconds: of the clock
 * @param design  out: NULL when no plan was found; owned by the arena. missed, met [targets]: what the plan misses
 * @param work    out: LP iterations used; *early: the clock ended it
 */
PARK_MUST_CHECK park_status park_elastic_solve(const park_model *model, const park_worth_settings *settings,
                                               double seconds, uint64_t most, park_arena *arena,
                                               park_design **design, double *missed, bool *met,
                                               uint64_t *work, bool *early, park_error *err);

#endif
