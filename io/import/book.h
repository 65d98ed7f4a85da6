/*
 * book.h - a park as a workbook to fill in: its sheets and columns, the empty template with an example, the draft of a scenario
 * from a filled one.
 * Docs: docs/user/new.md.   Looks down on: load, xlsx. libxlsxwriter appears in book_template.c (and report/xlsx.c).
 *
 * One table of columns (book_sheets.c) makes the template and reads it back, so neither can be older than the other.
 */
#ifndef PARK_IMPORT_BOOK_H
#define PARK_IMPORT_BOOK_H

#include "base/finding.h"
#include "base/text.h"

/**
 * Write the template: instructions, a sheet for each sort of thing with units in its headings and lists to choose from, and a
 * small park as an example. Put together beside `path`, then renamed; equal versions give equal bytes.
 * @return PARK_OK; PARK_E_FILE; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_book_template(const char *path, bool zh, park_arena *arena, park_error *err);

typedef struct park_book_draft {
    const char *text; /* the scenario, YAML */
    size_t      length;
    size_t      enterprises, units, pipes, meters, targets;
    size_t      missing; /* what is still to be said; each is a warning, and a comment 待核 in the text */
} park_book_draft;

/**
 * Draft a scenario from a filled workbook. It is read as `check` reads scenarios, and what that finds is told at the cell that it
 * comes from. Required words, qualities and cells that say 待核 are missing (W0233): the draft has a comment there.
 * @param name      the workbook's path, for messages
 * @param findings  all mistakes at sheet and cell
 * @return PARK_OK; PARK_E_INPUT with findings; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_book_read(const char *name, const char *bytes, size_t length, bool zh,
                                           park_arena *arena, park_findings *findings, park_book_draft *draft,
                                           park_error *err);

#endif
