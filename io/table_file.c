/* table_file.c - a table from a file of either form: a worksheet of a workbook, or CSV. */
#include "csv_table.h"

#include "file.h"
#include "import/xlsx_read.h"

#include <string.h>

enum { CELLS_MOST = 20000000 };

/* A sheet's row of names: the one wished, else the first that holds something. */
static int32_t header_row(const park_xlsx_sheet *sheet, const park_table_wish *wish)
{
    return wish->header > 0 ? (int32_t)wish->header : sheet->cells > 0 ? sheet->cell[0].row : 1;
}

/* Line ends of a heading are blanks: "取水量 (m3/d)" is often written in two lines. */
static const char *in_one_line(park_arena *arena, const char *text)
{
    char *copy = park_arena_text(arena, text, strlen(text));
    for (char *at = copy; at != NULL && *at != '\0'; at++)
        if (*at == '\n' || *at == '\r')
            *at = ' ';
    return copy;
}

static park_status put(park_arena *arena, const park_xlsx_cell *from, bool heading, park_csv_cell *cell)
{
    cell->text = heading ? in_one_line(arena, from->text) : from->text;
    if (cell->text == NULL)
        return PARK_E_MEMORY;
    cell->length = (uint32_t)strlen(cell->text);
    return PARK_OK;
}

/* Rows below the names that hold something in the table's columns; counts only where `t->cells` is NULL. */
static park_status fill_rows(park_arena *arena, const park_xlsx_sheet *sheet, int32_t header,
                             park_csv_table *t)
{
    int32_t row  = 0;
    size_t  rows = 0;
    for (size_t i = 0; i < sheet->cells; i++) {
        const park_xlsx_cell *from = &sheet->cell[i];
        if (from->row <= header || (size_t)from->column > t->columns)
            continue;
        rows += from->row != row;
        row = from->row;
        if (t->cells == NULL)
            continue;
        park_csv_cell *first = &t->cells[(rows - 1) * t->columns];
        for (size_t c = t->columns;
             first[0].line == 0 && c-- > 0;) /* the first last: it says that this was done */
            first[c] = (park_csv_cell){.text = "", .line = (uint32_t)row, .column = (uint32_t)c + 1};
        PARK_TRY(put(arena, from, false, &first[from->column - 1]));
    }
    t->rows = rows;
    return PARK_OK;
}

static void tell_uncomputed(const park_xlsx_sheet *sheet, const park_csv_table *t, park_findings *findings)
{
    size_t                count = 0;
    const park_xlsx_cell *first = NULL;
    for (size_t i = 0; i < sheet->cells; i++)
        if (sheet->cell[i].form == PARK_XLSX_UNCOMPUTED && count++ == 0)
            first = &sheet->cell[i];
    if (first == NULL)
        return;
    park_csv_cell at = {.text = "", .line = (uint32_t)first->row, .column = (uint32_t)first->column};
    park_csv_place(
        t, &at, findings,
        park_finding_add(findings, PARK_W0230, PARK_WARNING, NULL,
                         "%zu cells hold a formula without its value, this one first; they count as empty",
                         "有 %zu 个单元格只有公式而未存计算值（此为第一个），按空单元格处理", count));
}

static park_status no_memory(const char *name, park_error *err)
{
    return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read %s", name);
}

/* A table that cannot be: told at the sheet. */
static park_status refuse(const park_csv_table *t, park_findings *findings, park_code code, const char *en,
                          const char *zh, park_error *err)
{
    park_finding *f = park_finding_add(findings, code, PARK_ERROR, NULL, en, zh, t->name);
    if (f != NULL)
        f->file = t->name;
    return PARK_FAIL(err, PARK_E_INPUT, "%s has no table", t->name);
}

static park_status sheet_table(park_arena *arena, const park_xlsx_book *book, park_xlsx_sheet *sheet,
                               const park_table_wish *wish, park_findings *findings, park_csv_table *t,
                               park_error *err)
{
    PARK_TRY(park_xlsx_cells(arena, book, sheet, findings, err));
    int32_t header = header_row(sheet, wish);
    t->name        = park_arena_printf(arena, "%s[%s]", book->name, sheet->name);
    if (t->name == NULL)
        return no_memory(book->name, err);
    for (size_t i = 0; i < sheet->cells; i++)
        if (sheet->cell[i].row == header)
            t->columns = (size_t)sheet->cell[i].column;
    PARK_TRY(fill_rows(arena, sheet, header, t)); /* counts */
    if (t->columns == 0 || t->rows == 0)
        return refuse(t, findings, PARK_E0226, "%s has no row of values below its names",
                      "%s 表头以下没有数据行", err);
    if (t->rows > CELLS_MOST / t->columns)
        return refuse(t, findings, PARK_E0228, "%s has too many cells for a table", "%s 的单元格过多", err);
    t->header = PARK_ARRAY(arena, t->columns, park_csv_cell);
    t->cells  = PARK_ARRAY(arena, t->rows * t->columns, park_csv_cell);
    if (t->header == NULL || t->cells == NULL)
        return no_memory(t->name, err);
    for (size_t c = 0; c < t->columns; c++) {
        const park_xlsx_cell *from = park_xlsx_at(sheet, header, (int32_t)c + 1);
        t->header[c] = (park_csv_cell){.text = "", .line = (uint32_t)header, .column = (uint32_t)c + 1};
        if (from != NULL && put(arena, from, true, &t->header[c]) != PARK_OK)
            return no_memory(t->name, err);
    }
    if (fill_rows(arena, sheet, header, t) != PARK_OK)
        return no_memory(t->name, err);
    tell_uncomputed(sheet, t, findings);
    return PARK_OK;
}

park_status park_table_parse(park_arena *arena, const char *name, const char *bytes, size_t length,
                             const park_table_wish *wish, park_findings *findings, park_csv_table **table,
                             park_error *err)
{
    if (!park_xlsx_looks(bytes, length))
        return park_csv_parse_from(arena, name, bytes, length, wish->header > 0 ? wish->header : 1, findings,
                                   table, err);
    park_xlsx_book *book;
    *table = PARK_NEW(arena, park_csv_table);
    if (*table == NULL)
        return no_memory(name, err);
    (*table)->name  = name;
    (*table)->text  = "";
    (*table)->sheet = true;
    PARK_TRY(park_xlsx_parse(arena, name, bytes, length, findings, &book, err));
    park_xlsx_sheet *sheet = park_xlsx_find(book, wish->sheet, findings);
    if (sheet == NULL)
        return PARK_FAIL(err, PARK_E_INPUT, "%s lacks a sheet", name);
    return sheet_table(arena, book, sheet, wish, findings, *table, err);
}

park_status park_table_read(park_arena *arena, const char *path, const park_table_wish *wish, size_t limit,
                            park_findings *findings, park_csv_table **table, park_error *err)
{
    char  *bytes;
    size_t length;
    PARK_TRY(park_file_read(arena, path, limit, &bytes, &length, err));
    return park_table_parse(arena, path, bytes, length, wish, findings, table, err);
}
