/*
 * xlsx.h - tables as a workbook: numbers as numbers, units in the headings, a worksheet a table.
 * Looks down on: sheet. libxlsxwriter appears in xlsx.c alone.
 */
#ifndef PARK_REPORT_XLSX_H
#define PARK_REPORT_XLSX_H

#include "report/sheet.h"

#include <parkwater/status.h>

/**
 * A workbook of `count` worksheets, named by their tables ("sources") with the language behind it. Equal tables give equal
 * bytes. It is put together beside `path` and then renamed.
 * @return PARK_OK; PARK_E_FILE (full disk, no permission); PARK_E_RANGE for more rows than a worksheet holds; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_xlsx_write(const park_sheet *sheet, size_t count, const char *path,
                                            park_arena *arena, park_error *err);

#endif
