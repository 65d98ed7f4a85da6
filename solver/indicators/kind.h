/*
 * kind.h - what an indicator must say of itself. One row of a table per indicator; the tables stand in the
 * files of their subject and are listed in registry.c. Math: docs/math/indicators.md.   Looks down on:
 * formulas.
 */
#ifndef PARK_INDICATORS_KIND_H
#define PARK_INDICATORS_KIND_H

#include "indicators/formulas.h"

#include <parkwater/indicators.h>

/* What one value is computed from. */
typedef struct park_indicator_case {
    const park_volumes *v;
    park_basis          basis;
    bool                with_circulation;
    double              value_added;          /* [CNY/a], NAN */
    double              output;               /* of a product, SI per year */
    double              cost, carbon;         /* [CNY/a], [kg/a]; NAN outside the park's boundary */
    double              first_outlet, inflow; /* of a unit [m3/a] */
} park_indicator_case;

/* Whom it can speak of. */
enum {
    PARK_OF_PARK       = 1,
    PARK_OF_ENTERPRISE = 2,
    PARK_OF_PRODUCT    = 4,
    PARK_OF_TOWER      = 8,
    PARK_OF_SUPPLY     = 16
};

typedef struct park_indicator_kind {
    const char    *id;
    park_label     label;
    park_dimension dim; /* products: by the product's dimension */
    unsigned       of;
    bool           by_basis, by_circulation;
    const char    *numerator, *denominator;         /* symbols, basis A and wherever basis does not matter */
    const char    *numerator_all, *denominator_all; /* on basis B; NULL: as on A */
    park_fraction (*fraction)(const park_indicator_case *c);
} park_indicator_kind;

/* The intake on the case's basis: Vi or Vf. */
double park_case_intake(const park_indicator_case *c);
/* Repeated use, with or without the circulation of towers. */
double park_case_repeated(const park_indicator_case *c);

/* A volume or sum as a fraction over 1. */
static inline park_fraction park_fraction_sum(double amount)
{
    return (park_fraction){amount, 1.0};
}

/* The tables, each ended by id NULL. */
extern const park_indicator_kind park_indicators_of_balance[], park_indicators_of_reuse[],
    park_indicators_of_nonconventional[], park_indicators_of_loss[], park_indicators_of_intensity[],
    park_indicators_of_cost[], park_indicators_of_carbon[];

/* All tables; NULL-ended. */
const park_indicator_kind *const *park_indicator_tables(void);
/* The kind of an id; NULL. */
const park_indicator_kind *park_indicator_kind_find(const char *id);

/* Is a value within a target? NAN never is. The target may be per time (m3/s) where the indicator is per
 * year. */
bool park_target_met(const park_target *target, park_dimension dim, double value);
/* The indicator that a target speaks of, on the basis it names, else on accounting.intake; NULL. */
park_indicator *park_target_indicator(const park_model *model, const park_indicators *indicators,
                                      const park_target *target);

#endif
