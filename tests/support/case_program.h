/*
 * case_program.h - a published water network as an optimization program, written by hand from the case's own
 * data: a second formulation, independent of the one that parks go through. For tests only.
 *
 * Every place where water splits has a flow, and a concentration per constituent; every connection a flow q
 * and a lifted mass m = q C; the splitter's total W = F C is a product too, and the sum of its m equals W
 * (the RLT row). With that row the overall balance of a constituent is a sum of rows already there, so it is
 * not written again. A process needs no more flow than its worst constituent asks for at the limits, load /
 * (cout - cin): what exceeds it could pass by.
 */
#ifndef PARK_TESTS_CASE_PROGRAM_H
#define PARK_TESTS_CASE_PROGRAM_H

#include "design/program.h"
#include "json_tree.h"

/* Builds the program; scales flows and concentrations to magnitudes near 1. False when the case has no
 * network data or memory is out. The objective is the published one, unscaled. */
bool case_program_make(park_program *p, park_arena *arena, const json_node *one_case);

/* cases.json as a tree, from PARK_SHARED or beside the project; NULL when absent. */
json_node *case_file_read(park_arena *arena);

#endif
