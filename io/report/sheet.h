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
/* A heading in the sheet's language. Of an English sheet the CSV writes units as they are typed ("m3/d", "10^4 CNY"), so that
 * scripts need nothing but ASCII to find a column; workbook, document and page write them as they are read ("m³/d", "10⁴ CNY"). */
void park_sheet_head(park_sheet *sheet, const char *zh, const char *en);
/* A cell that holds a unit, under the same rule. */
void park_sheet_measure(park_sheet *sheet, const char *zh, const char *en);
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

/* A unit, alone or in a heading, as it is read: m3 -> m³, m2 -> m², 10^4 -> 10⁴. Arena-owned or the text
 * itself where nothing changes; NULL out of memory. */
const char *park_unit_as_read(const char *text, park_arena *arena);
/* As it is typed: the other way round, powers alone. */
const char *park_unit_as_typed(const char *text, park_arena *arena);

/* A share as percent with two decimals; a volume of a year [m3/a] as m3/d and as 万m3/a. */
void park_sheet_percent(park_sheet *sheet, double share);
void park_sheet_daily(park_sheet *sheet, double yearly);
void park_sheet_wan(park_sheet *sheet, double yearly);

#endif
