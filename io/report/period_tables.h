/*
 * period_tables.h - a network's run as tidy CSV: nodes, links, tanks, pumps row by row, events, and the accounts at the end.
 * SI, nine significant digits, ids as in the network's file.
 * Docs: docs/user/simulate.md.   Looks down on: period.h, decimal, stream.
 *
 * Rows go to files beside their places; park_period_tables_keep renames them all, so that a run that fails leaves nothing.
 */
#ifndef PARK_REPORT_PERIOD_TABLES_H
#define PARK_REPORT_PERIOD_TABLES_H

#include <parkwater/period.h>

typedef struct park_period_tables park_period_tables;

/**
 * Begin nodes.csv, links.csv, tanks.csv, pumps.csv, events.csv in `folder`, which is made.
 * @param arena  owns the files until they are kept; freeing it removes what was not
 * @return PARK_OK; PARK_E_FILE; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_period_tables_open(park_arena *arena, const park_network *net,
                                                    const char *folder, park_period_tables **tables,
                                                    park_error *err);

/* For a park_period_sink; `user` is the tables. */
PARK_MUST_CHECK park_status park_period_tables_row(void *user, const park_period_row *row, park_error *err);
PARK_MUST_CHECK park_status park_period_tables_event(void *user, const park_period_event *event,
                                                     park_error *err);

/* Add balance.csv, energy.csv and mass.csv and give all files their names. PARK_OK; PARK_E_FILE; PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_period_tables_keep(park_period_tables       *tables,
                                                    const park_period_result *result, park_error *err);

#endif
