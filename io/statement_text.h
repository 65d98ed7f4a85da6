/*
 * statement_text.h - a statement of the user in words, and amounts of it in the unit its user thinks in.
 * Looks down on: worth_text, indicator_text, indicators.
 */
#ifndef PARK_STATEMENT_TEXT_H
#define PARK_STATEMENT_TEXT_H

#include "worth_text.h"

/**
 * What a path speaks of: "排口 · COD 排放限值", "reuse rate (target)". A path nobody knows is given as it is.
 * @return characters written, as snprintf
 */
int park_statement_text(const park_model *model, const char *path, bool zh, char *buffer, size_t size);

/* An amount or a difference of it with its unit; targets per time as volumes of a year. "—" where it does not exist. */
int park_statement_amount(park_worth_of of, park_dimension dim, double value, bool zh, char *buffer,
                          size_t size);

#endif
