/*
 * tables.h - the tables that planners' forms ask for, one CSV file each, in Chinese or English.
 * Docs: docs/user/tables.md.   Looks down on: run_record, sheet, replace.
 */
#ifndef PARK_REPORT_TABLES_H
#define PARK_REPORT_TABLES_H

#include "run_record.h"

/**
 * Write all tables of a run into a folder, which is made if need be. All are written beside before the first takes its
 * place, so that a full disk leaves older tables as they were.
 * @param arena  scratch
 * @return PARK_OK; PARK_E_FILE; PARK_E_MEMORY; PARK_E_NUMERIC and PARK_E_RANGE from the account of volumes
 */
PARK_MUST_CHECK park_status park_tables_write(const park_run_record *record, const char *dir, bool zh,
                                              park_arena *arena, park_error *err);

/* The same as one workbook, every table in both languages. PARK_OK; PARK_E_FILE; PARK_E_RANGE; PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_tables_workbook(const park_run_record *record, const char *path, bool zh,
                                                 park_arena *arena, park_error *err);

#endif
