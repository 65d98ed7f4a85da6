/*
 * parts.h - the groups of a result file, one function each.
 * Looks down on: store, run_record.
 */
#ifndef PARK_RESULTS_PARTS_H
#define PARK_RESULTS_PARTS_H

#include "results/store.h"
#include "run_names.h"

/* The park's dimensions in a group: season, unit, outlet, inlet, link, constituent, with their ids. */
void park_store_park(park_store *store, park_group group, const park_model *model);

/* Where each connection leads: link_from, link_to. */
void park_store_link_ends(park_store *store, park_group group, const park_model *model);
/* What the park is, so that a reader needs no other file: names, roles, products, money, targets (model.c). */
void park_store_description(park_store *store, park_group root, const park_run_record *record);
/* What the judged year costs to run. */
void park_store_running(park_store *store, park_group root, const park_run_record *record);

void        park_store_summary(park_store *store, park_group root, const park_run_record *record);
void        park_store_indicators(park_store *store, park_group root, const park_run_record *record);
void        park_store_design(park_store *store, park_group root, const park_design *design,
                              const park_running *running);
const char *park_store_status_word(park_design_status status);
/* The front of two objectives, where the park asks for one. */
void park_store_front(park_store *store, park_group root, const park_design *design);
/* The futures of a design, where the park asks for something robust. */
void park_store_futures(park_store *store, park_group root, const park_design *design);
/* What statements are worth, where that was asked for. */
void park_store_worth(park_store *store, park_group root, const park_design *design);
/* An investment by years, where the budget is one by years. */
void park_store_stages(park_store *store, park_group root, const park_run_record *record);
void park_store_ledgers(park_store *store, park_group root, const park_run_record *record);
void park_store_closures(park_store *store, park_group root, const park_run_record *record);
void park_store_simulation(park_store *store, park_group root, const park_model *model,
                           const park_simulation *simulation);
void park_store_series(park_store *store, park_group root, const park_model *model, const park_rows *rows,
                       int bits);
void park_store_networks(park_store *store, park_group root, const park_model *model,
                         const park_run_record *record);
void park_store_rounds(park_store *store, park_group root, const park_run_record *record);
void park_store_findings(park_store *store, park_group root, const park_findings *findings);
void park_store_assumptions(park_store *store, park_group root, const park_run_record *record);
/* Chapters of the page that were kept. */
void park_store_chapters(park_store *store, park_group root, const park_run_record *record);
void park_store_provenance(park_store *store, park_group root, const park_run_record *record);

#endif
