/*
 * project_tell.h - what `project` prints.
 * Looks down on: recipe, region_report.
 */
#ifndef PARK_JOBS_PROJECT_TELL_H
#define PARK_JOBS_PROJECT_TELL_H

#include "jobs/recipe.h"
#include "report/region.h"

/* One JSON object; volumes in m3, money in CNY, targets in their units. */
void park_project_json(park_recipe *recipe, const park_region_record *record, double seconds, park_text *out);
/* A line a target, for a person. */
void park_project_words(const park_recipe *recipe, const park_region_record *record, double seconds,
                        park_text *out);

#endif
