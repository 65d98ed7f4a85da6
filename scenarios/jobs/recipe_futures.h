/*
 * recipe_futures.h - a design over futures as part of a job's JSON object and of its summary.
 * Looks down on: json, the public interface.
 */
#ifndef PARK_JOBS_RECIPE_FUTURES_H
#define PARK_JOBS_RECIPE_FUTURES_H

#include "base/text.h"
#include "json.h"

#include <parkwater/design.h>

void park_json_futures(park_json *json, const park_outlook *outlook);
void park_tell_futures(park_text *out, const park_outlook *outlook, bool zh);

/* What is built in which year, for a design whose investment is staged. */
void park_json_stages(park_json *json, const park_design *design);
void park_tell_stages(park_text *out, const park_design *design, bool zh);

#endif
