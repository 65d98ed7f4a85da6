/*
 * together.h - do runs go together: one park, one period, one price year.
 * Looks down on: comparison.h.
 */
#ifndef PARK_COMPARE_TOGETHER_H
#define PARK_COMPARE_TOGETHER_H

#include "compare/comparison.h"

/* Findings of all that does not go together. True when every run has a simulated year, so that simulations are compared. */
bool park_runs_together(const park_comparison_wish *wish, park_findings *findings);

#endif
