/*
 * xlsx_read.h - a workbook (XLSX of Excel, WPS, LibreOffice) as sheets of cells.
 * Looks down on: xlsx_pack, xlsx_xml, file, text, base.
 *
 * Cells are what they show: texts (shared, in place, rich), numbers, dates where the cell's number format is one (days since
 * 1900 or since 1904, as the workbook says), the stored values of formulas. Of merged cells the first holds the value and the
 * others are empty. Formats, comments, pictures and charts are not read.
 */
#ifndef PARK_IMPORT_XLSX_READ_H
#define PARK_IMPORT_XLSX_READ_H

#include "base/finding.h"

#include <stdint.h>

typedef enum park_xlsx_form {
    PARK_XLSX_TEXT,
    PARK_XLSX_NUMBER,
    PARK_XLSX_DATE, /* text is ISO 8601 without a zone: "2025-01-31", "2025-01-31T08:00:00", "08:00:00" */
    PARK_XLSX_TRUTH,
    PARK_XLSX_FAULT,     /* "#N/A", "#REF!" */
    PARK_XLSX_UNCOMPUTED /* a formula whose value is not stored; its text is "" */
} park_xlsx_form;

typedef struct park_xlsx_cell {
    int32_t        row, column; /* 1-based */
    park_xlsx_form form;
    bool           percent; /* its format shows hundredths: 0.94 is 94 %; `text` says "94 %" */
    const char    *text;    /* without blanks around; numbers in the fewest digits that read back alike */
    double         number;  /* of numbers and dates [days], 0 or 1 of truths; else 0 */
} park_xlsx_cell;

typedef struct park_xlsx_sheet {
    const char     *name;
    bool            hidden;
    size_t          cells;         /* those that are not empty */
    park_xlsx_cell *cell;          /* row by row, columns rising */
    int32_t         rows, columns; /* the last that holds a cell */
    const char     *part;          /* internal */
} park_xlsx_sheet;

typedef struct park_xlsx_book {
    const char      *name; /* of the file, for messages */
    size_t           sheets;
    park_xlsx_sheet *sheet; /* [sheets] in the order of their tabs; cells are read by park_xlsx_cells */
    const char      *bytes; /* borrowed: the file */
    size_t           length;
    bool             since_1904;
    size_t           texts, styles;
    const char     **text;  /* [texts] shared */
    const uint8_t   *style; /* [styles] how a cell format shows numbers, internal */
} park_xlsx_book;

/**
 * @param bytes  the file, borrowed for as long as the book lives
 * @return PARK_OK; PARK_E_INPUT with a finding (E0228): no workbook, the old format, protected, damaged; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_xlsx_parse(park_arena *arena, const char *name, const char *bytes,
                                            size_t length, park_findings *findings, park_xlsx_book **book,
                                            park_error *err);
/* Read the cells of one sheet. The same returns. Cost O(cells). */
PARK_MUST_CHECK park_status park_xlsx_cells(park_arena *arena, const park_xlsx_book *book,
                                            park_xlsx_sheet *sheet, park_findings *findings, park_error *err);

/* Do the bytes begin like a workbook of this or of the old format? */
bool park_xlsx_looks(const char *bytes, size_t length);

/* The sheet of a name, blanks around and case of ASCII letters not minded; NULL name: the first that is not hidden. NULL with a
 * finding (E0229) that lists what is there. */
park_xlsx_sheet *park_xlsx_find(const park_xlsx_book *book, const char *name, park_findings *findings);

/* The cell at a place; NULL when it is empty. O(log cells). */
const park_xlsx_cell *park_xlsx_at(const park_xlsx_sheet *sheet, int32_t row, int32_t column);

#endif
