/*
 * combination.h - which retrofits are taken and which open storages are not built: one park among those that a model may
 * become. Math: docs/math/optimization.md, Eq. (O44), (O60).   Looks down on: costs, units.
 */
#ifndef PARK_DESIGN_COMBINATION_H
#define PARK_DESIGN_COMBINATION_H

#include <parkwater/design.h>

typedef struct park_combination {
    bool    *on;      /* [retrofits] taken */
    int32_t *from;    /* [retrofits] the stage from which on it stands, 0 unless the investment is staged */
    bool    *without; /* [units] open storages that may be built and are not */
    int32_t *built;   /* [units] the stage from which on an open storage that may be built stands, likewise */
} park_combination;

/* The stages of a park's investment, 1 when it has none; and the share of the discounted life from a stage on (O77). */
size_t park_combination_stages(const park_model *model);
double park_combination_share(const park_model *model, int32_t from);

/* Nothing taken, everything built; columns NULL out of memory. */
park_combination park_combination_new(park_arena *arena, const park_model *model);

/* Yearly cost of a retrofit alone [CNY/a], and what is invested in it [CNY]. */
double park_retrofit_yearly(const park_model *model, int32_t retrofit);
double park_retrofit_capital(const park_model *model, int32_t retrofit);
/* The same of all that are taken. */
double park_combination_yearly(const park_model *model, const park_combination *c);
double park_combination_capital(const park_model *model, const park_combination *c);

/* Do the retrofits that are taken stand together: what each requires is taken, nothing that it excludes? */
bool park_combination_stands(const park_model *model, const park_combination *c);

/* Does the budget pay for it, in every stage? */
bool park_combination_fits(const park_model *model, const park_combination *c);

/**
 * The frozen park with a combination applied; the budget keeps what the retrofits leave.
 * @param result  out; NULL when the retrofits alone exceed the budget
 * @return PARK_OK; PARK_E_RANGE when a change leads out of its field's range; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_combination_apply(const park_model *model, const park_combination *c,
                                                   park_arena *arena, park_model **result, park_error *err);

/* Cost lines of what is taken, added to a design of the park with it; design->retrofit. PARK_E_MEMORY */
PARK_MUST_CHECK park_status park_combination_book(const park_model *model, const park_combination *c,
                                                  park_arena *arena, park_design *design, park_error *err);

/* Retrofits and their cost lines of the design that was found go to the plan that is handed on. PARK_OK or PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_combination_keep(const park_design *found, park_arena *arena,
                                                  park_design *design, park_error *err);
/* The combination that a design of this model stands for; false when it names none. */
bool park_combination_of(const park_model *model, const park_design *design, park_combination *c);

#endif
