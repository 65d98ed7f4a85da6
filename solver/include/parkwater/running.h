/*
 * running.h - what a year costs to run by its ledger, whether planned or simulated: a park as it stands has a price, too.
 * Math: docs/math/economics.md, Eq. (K14).   Looks down on: design, units.
 */
#ifndef PARKWATER_RUNNING_H
#define PARKWATER_RUNNING_H

#include <parkwater/design.h>

typedef struct park_running {
    size_t          lines;
    park_cost_line *line;   /* capital 0: what stands or is built is not paid here */
    double          yearly; /* their sum [CNY/a] */
    double          energy; /* [J/a] */
    double          carbon; /* [kg CO2e/a] */
    double *
        life; /* [design->cost_lines] how long what a line invests in lasts [s]; NAN for running ones. NULL: no design */
    int32_t *
        year; /* [design->cost_lines] of the investment: 0, or the years after the first stage of a budget by years */
} park_running;

/**
 * Price a ledger by the same rates as a plan is priced (K14).
 * @param model   the one that the ledger speaks of
 * @param base    the park as written, whose retrofits the design chose from; the model itself without a design
 * @param design  what was built and chosen; NULL: the park as it stands
 * @param arena   owns the lines
 * @return PARK_OK; PARK_E_RANGE for another model's ledger or a unit whose face makes no sense; PARK_E_MEMORY
 * Cost: one average face for each unit and season. Thread-safe.
 * Of a design's own ledger the lines are those of design->cost without capital.
 */
PARK_MUST_CHECK park_status park_running_cost(const park_model *model, const park_ledger *ledger,
                                              const park_model *base, const park_design *design,
                                              park_arena *arena, park_running *running, park_error *err);

#endif
