/*
 * sheet.h - one CSV table in the making: UTF-8 with a byte order mark (Excel reads Chinese then), a header row with
 * units, plain decimals rounded by GB/T 8170, cells quoted where they must be.
 * Looks down on: base, number.
 */
#ifndef PARK_REPORT_SHEET_H
#define PARK_REPORT_SHEET_H

#include "base/field.h"
#include "base/text.h"

/* A cell as a workbook takes it. */
typedef struct park_cell {
    const char *text; /* NULL: a number, or nothing where that is not finite */
    double      number;
    int         decimals;
} park_cell;

typedef struct park_sheet {
    const char *name; /* "sources.csv" */
    park_text   text;
    bool        zh;
    bool        begun; /* a cell stands in this row */
    /* the same cells, row after row: row r is cell[row[r]] .. cell[row[r + 1] - 1], the first the header */
    size_t     cells, cells_cap, rows, rows_cap;
    park_cell *cell;
    size_t    *row; /* [rows + 1] where each begins */
} park_sheet;

void park_sheet_begin(park_sheet *sheet, park_arena *arena, const char *name, bool zh);
/* A heading in the sheet's language. */
void park_sheet_head(park_sheet *sheet, const char *zh, const char *en);
void park_sheet_text(park_sheet *sheet, const char *text); /* NULL: empty */
void park_sheet_word(park_sheet *sheet, const char *zh, const char *en);
void park_sheet_label(park_sheet *sheet, park_label label,
                      const char *id); /* the id where there is no name */
/* Rounded to `decimals`; not finite: empty. */
void park_sheet_number(park_sheet *sheet, double value, int decimals);
void park_sheet_whole(park_sheet *sheet, int64_t value);
void park_sheet_end_row(park_sheet *sheet);
/* A whole first row. */
void park_sheet_heads(park_sheet *sheet, const park_label *head, size_t count);

/* A share as percent with two decimals; a volume of a year [m3/a] as m3/d and as 万m3/a. */
void park_sheet_percent(park_sheet *sheet, double share);
void park_sheet_daily(park_sheet *sheet, double yearly);
void park_sheet_wan(park_sheet *sheet, double yearly);

#endif
