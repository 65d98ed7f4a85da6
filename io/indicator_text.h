/*
 * indicator_text.h - an indicator's value and its target in the unit that a reader of reports expects.
 * Looks down on: run_record, number, quantity.
 */
#ifndef PARK_IO_INDICATOR_TEXT_H
#define PARK_IO_INDICATOR_TEXT_H

#include "run_record.h"

/**
 * The value with its unit: yearly volumes in 万m³/a (10⁴ m³/a), rates in percent with two decimals, money in 万元 or
 * million CNY, everything else in the unit shown for its dimension with about four figures. "—" when it does not exist.
 * Rounded by GB/T 8170. @return characters written, as snprintf
 */
int park_indicator_value_text(const park_indicator *item, bool zh, char *buffer, size_t size);

/* What its target asks, in the same unit: "≥ 94.00 %". "" without a target. */
int park_indicator_target_text(const park_model *model, const park_indicator *item, bool zh, char *buffer,
                               size_t size);

/* The target's bound in the indicator's own SI unit (a flow asked of a yearly volume becomes m3); NAN without a target. */
double park_indicator_asked(const park_model *model, const park_indicator *item);

/* Any SI value of a dimension in the same manner. */
int park_shown_text(double value, park_dimension dim, bool zh, char *buffer, size_t size);

/* The unit an indicator stands in in tables and how many SI it holds; volumes, money, mass and energy are a year's. */
const char *park_indicator_unit(park_dimension dim, bool zh, double *si);

/* A design's unit of its objective ("CNY/a", "m3/a", "kg/a") as a page or a terminal shows it. */
const char *park_objective_unit_text(const char *unit, bool zh);

#endif
