/*
 * process_cases.h - reference cases of processes (chemistry, cooling, membranes, units, activated sludge) computed by this project's rooms:
 * one row a figure, for the test that holds them and the tool that prints them.
 */
#ifndef PARK_TESTS_PROCESS_CASES_H
#define PARK_TESTS_PROCESS_CASES_H

#include "json_tree.h"

#include "base/arena.h"

#include <stdbool.h>

typedef struct process_row {
    const char *folder, *id, *quantity;
    double      expected, got, error, tolerance; /* error and tolerance: relative, or in the figure's unit */
    bool        relative;
} process_row;

typedef void process_sink(const process_row *row, void *context);

typedef struct process_report {
    process_sink *sink;
    void         *context;
    const char   *folder, *id;
    int           rows, out; /* out: beyond their tolerance, or without a value */
    int           left;      /* cases that no function here computes */
} process_report;

/* A figure within a share of the expected one, or within a difference. An expected zero is compared by difference. */
void process_relative(process_report *report, const char *quantity, double expected, double got,
                      double tolerance);
void process_absolute(process_report *report, const char *quantity, double expected, double got,
                      double tolerance);

/* The folders known by name; each reads DATA/<name> and returns false when its files are not there or not readable. */
typedef struct process_folder {
    const char *name;
    bool (*run)(park_arena *arena, const char *folder, process_report *report);
} process_folder;

extern const process_folder PROCESS_FOLDERS[];
extern const int            PROCESS_FOLDER_COUNT;

/* All rows of the folders under DATA (a folder shaped like shared/data/process); false where `name` is absent. */
bool process_run(park_arena *arena, const char *data, const process_folder *folder, process_report *report);

bool process_chem(park_arena *arena, const char *folder, process_report *report);
bool process_cooling(park_arena *arena, const char *folder, process_report *report);
bool process_ro(park_arena *arena, const char *folder, process_report *report);
bool process_units(park_arena *arena, const char *folder, process_report *report);
bool process_bsm1(park_arena *arena, const char *folder, process_report *report);

/* The dry fortnight again, by a park's march; rows of its own, none where the inflow's file is absent. */
void process_bsm1_park(park_arena *arena, const char *folder, const json_node *published,
                       const json_node *own, process_report *report);

/* The first child, and a text by name ("" where it is absent): for files that hold only some of the sections. */
const json_node *process_first(const json_node *node);
const char      *process_text(const json_node *node, const char *key);

/* A number inside an object of an object: json_number(json_at(json_at(node, a), b), NAN). */
double process_number(const json_node *node, const char *a, const char *b);

#endif
