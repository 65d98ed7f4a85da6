/*
 * compare.h - a comparison written: one page in both languages, its figures, tables as CSV and as a workbook.
 * Looks down on: comparison.h, page, sheet.
 */
#ifndef PARK_REPORT_COMPARE_H
#define PARK_REPORT_COMPARE_H

#include "compare/comparison.h"

/* One drawing of the page, alone. */
typedef struct park_figure {
    const char *file; /* "balance_1" */
    park_label  caption;
    const char *svg[2]; /* alone, in English and in Chinese */
} park_figure;

typedef struct park_compare_page {
    const char  *html;
    size_t       figures;
    park_figure *figure;
} park_compare_page;

/* The page and its drawings, arena-owned. PARK_OK; PARK_E_NUMERIC when a balance does not close; PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_compare_text(const park_comparison *all, bool zh, park_arena *arena,
                                              park_compare_page *page, park_error *err);

/* the CSV files in DIR/tables in one language and DIR/tables.xlsx in both, that one first. PARK_OK; PARK_E_FILE; PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_compare_tables_write(const park_comparison *all, const char *dir, bool zh,
                                                      park_arena *arena, park_error *err);

/* The tables in one language. PARK_OK; PARK_E_MEMORY. */
struct park_sheet;
PARK_MUST_CHECK park_status park_compare_sheets(const park_comparison *all, bool zh, park_arena *arena,
                                                struct park_sheet **sheets, size_t *count, park_error *err);

/* DIR/report.docx in one language and the drawings in DIR/figures as SVG and PNG, which the document holds. PARK_OK;
 * PARK_E_FILE; PARK_E_INPUT, PARK_E_RANGE for a drawing that cannot be drawn; PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_compare_document_write(const park_comparison   *all,
                                                        const park_compare_page *page, const char *dir,
                                                        bool zh, park_arena *arena, park_error *err);

/* An SVG element as a file of its own: its size, a white ground, letters, one language. NULL out of memory. */
const char *park_figure_alone(const char *svg, bool zh, park_arena *arena);

#endif
