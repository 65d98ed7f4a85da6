/* Workbooks from any bytes: cells lie in rising order within their sheet; a table has all its cells. */
#include "csv_table.h"
#include "import/xlsx_read.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look_at_sheet(const park_xlsx_sheet *sheet)
{
    for (size_t i = 0; i < sheet->cells; i++) {
        const park_xlsx_cell *c = &sheet->cell[i];
        if (c->row < 1 || c->row > sheet->rows || c->column < 1 || c->column > sheet->columns ||
            c->text == NULL ||
            (i > 0 && (c[-1].row > c->row || (c[-1].row == c->row && c[-1].column > c->column))))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    park_arena     *arena = park_arena_new();
    park_findings   findings;
    park_xlsx_book *book;
    park_csv_table *table;
    park_findings_init(&findings, arena);
    if (park_xlsx_parse(arena, "f", (const char *)data, size, &findings, &book, NULL) == PARK_OK) {
        for (size_t i = 0; i < book->sheets; i++)
            if (park_xlsx_cells(arena, book, &book->sheet[i], &findings, NULL) == PARK_OK)
                look_at_sheet(&book->sheet[i]);
        if (park_table_parse(arena, "f", (const char *)data, size, &(park_table_wish){0}, &findings, &table,
                             NULL) == PARK_OK)
            for (size_t i = 0; i < table->rows * table->columns; i++)
                if (table->cells[i].text == NULL || table->cells[i].line == 0)
                    abort();
    } else if (findings.errors == 0)
        abort();
    park_arena_free(arena);
    return 0;
}
