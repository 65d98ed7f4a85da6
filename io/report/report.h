/*
 * report.h - one self-contained page that a planner, a design institute and a policy officer can read and print.
 * Looks down on: the public interface, json, quantity.
 */
#ifndef PARK_REPORT_REPORT_H
#define PARK_REPORT_REPORT_H

#include "run_record.h"

/**
 * Write report.html: both languages inside with a switch, `zh` chooses which is seen first. Offline, no request to any
 * host, readable without JavaScript and on A4. Written beside and renamed: an old file stays whole on failure.
 * Of a restored record the chapters that were kept are put in as they were; those neither kept nor in its numbers are left out, and
 * the page says which.
 * @param arena  scratch
 * @return PARK_OK; PARK_E_FILE; PARK_E_MEMORY; PARK_E_NUMERIC when a balance does not close
 */
PARK_MUST_CHECK park_status park_report_write(const park_run_record *record, const char *path, bool zh,
                                              park_arena *arena, park_error *err);

/* The same as text, for tests. NULL text with a status as above. */
PARK_MUST_CHECK park_status park_report_text(const park_run_record *record, bool zh, park_arena *arena,
                                             const char **html, park_error *err);

/**
 * The chapters whose figures a result file does not hold as numbers (fronts, futures, stages, forms, worth, retrofits, the bill, rain,
 * networks), rendered, for record->chapter: from them and the file's numbers the page can be written again.
 * @param chapter  out: [*count], arena-owned; one with nothing to say is ""
 * @return PARK_OK; PARK_E_MEMORY; what a chapter fails with
 */
PARK_MUST_CHECK park_status park_report_keep(const park_run_record *record, park_arena *arena,
                                             const park_kept_chapter **chapter, size_t *count,
                                             park_error *err);

#endif
