/*
 * csv_table.h - a CSV file as named columns of text, each cell with its place.
 * UTF-8 with or without mark, GBK and UTF-16; separators comma, semicolon or tab; quoted fields with "" and
 * line ends inside; blank lines and lines that start with # are skipped. The first line names the columns.
 * Looks down on: text, file, base.
 */
#ifndef PARK_CSV_TABLE_H
#define PARK_CSV_TABLE_H

#include "base/finding.h"

#include <stdint.h>

typedef struct park_csv_cell {
    const char *text;         /* without blanks around and without its quotes; "" for an empty cell */
    uint32_t    line, column; /* 1-based, in characters */
    uint32_t    length;       /* of text, in bytes */
} park_csv_cell;

typedef struct park_csv_table {
    const char    *name; /* of the file, for messages */
    const char    *text; /* the whole file in UTF-8 */
    size_t         length;
    size_t         columns, rows; /* rows without the header */
    park_csv_cell *header;        /* [columns] */
    park_csv_cell *cells;         /* [rows * columns], row by row */
    bool           sheet;         /* of a worksheet: a cell's line is its row, its column the sheet's */
} park_csv_table;

/**
 * @param arena    holds the table
 * @param path     the file; how a scenario's file is found: park_file_resolve
 * @param limit    most bytes, 0 for none
 * @return PARK_OK; PARK_E_FILE when it cannot be read, PARK_E_RANGE when it is too large; PARK_E_INPUT with
 * findings (E0225, E0226, E0102); PARK_E_MEMORY. A file that had to be converted gives the note N0227. Cost
 * O(size).
 */
PARK_MUST_CHECK park_status park_csv_read(park_arena *arena, const char *path, size_t limit,
                                          park_findings *findings, park_csv_table **table, park_error *err);
/* The same from bytes in memory, the names standing in line `header` (1: the first); what stands above is skipped. */
PARK_MUST_CHECK park_status park_csv_parse_from(park_arena *arena, const char *name, const char *bytes,
                                                size_t length, uint32_t header, park_findings *findings,
                                                park_csv_table **table, park_error *err);
/* The same from bytes in memory, borrowed for as long as the arena lives. */
PARK_MUST_CHECK park_status park_csv_parse(park_arena *arena, const char *name, const char *bytes,
                                           size_t length, park_findings *findings, park_csv_table **table,
                                           park_error *err);

/**
 * The column of a name: as written, else with a unit in brackets behind it ("rain (mm)"), else by ASCII
 * letters of the other case. SIZE_MAX with a finding (E0221, which proposes a near name) when there is none
 * or when two match.
 */
size_t park_csv_column(const park_csv_table *table, const char *name, park_findings *findings);

/* Where a table stands in its file. */
typedef struct park_table_wish {
    const char *sheet;  /* of a workbook; NULL: the first that is not hidden */
    uint32_t    header; /* row of the names, 0: the first (that holds something, in a workbook) */
} park_table_wish;

/**
 * A table from a file of either form: a workbook (XLSX, told by its first bytes), else CSV.
 * A workbook's table has the columns of its row of names up to the last that is not empty; rows that are empty there are left
 * out. Dates are ISO 8601. `name` of the table is "FILE[SHEET]".
 * @return as park_csv_read; of workbooks also the findings E0228, E0229, W0230
 */
PARK_MUST_CHECK park_status park_table_read(park_arena *arena, const char *path, const park_table_wish *wish,
                                            size_t limit, park_findings *findings, park_csv_table **table,
                                            park_error *err);
/* The same from bytes in memory, borrowed for as long as the arena lives. */
PARK_MUST_CHECK park_status park_table_parse(park_arena *arena, const char *name, const char *bytes,
                                             size_t length, const park_table_wish *wish,
                                             park_findings *findings, park_csv_table **table,
                                             park_error *err);

/* Fill a finding's place with a cell's. NULL is allowed. */
void park_csv_place(const park_csv_table *table, const park_csv_cell *cell, park_findings *findings,
                    park_finding *finding);

#endif
