/*
 * rules.h - IF premises THEN actions ELSE actions PRIORITY: which links they change.
 * Math: docs/math/network_time.md, "Rules".   Looks down on: course.h.
 */
#ifndef PARK_PERIOD_RULES_H
#define PARK_PERIOD_RULES_H

#include "period/course.h"

/* Room for the actions of one look; PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_rules_make(park_course *course, park_error *err);

/**
 * Gather what the rules ask at the course's time, with heads and flows as they stand.
 * @param since  when they were last looked at: an instant that is asked for counts when it lies after it [s]
 * @return how many links would change
 */
size_t park_rules_look(park_course *course, double since);

/* Do what the last look gathered. */
PARK_MUST_CHECK park_status park_rules_act(park_course *course, park_error *err);

#endif
