/*
 * xlsx_pack.h - the parts of a zipped file, by name.
 * Looks down on: base.   libzip appears in xlsx_pack.c alone (and in docx.c, which writes).
 */
#ifndef PARK_IMPORT_XLSX_PACK_H
#define PARK_IMPORT_XLSX_PACK_H

#include "base/arena.h"

#include <stddef.h>

/**
 * One part, unpacked and NUL-terminated after `*length` bytes.
 * @param bytes, size  the zipped file
 * @param part         its name, "xl/workbook.xml"; letters of either case
 * @param limit        most bytes that it may unpack to
 * @param text         out: in the arena; NULL where there is no such part
 * @return PARK_OK; PARK_E_INPUT when the file is no zip, the part is damaged or encrypted; PARK_E_RANGE beyond the limit;
 *         PARK_E_MEMORY. Cost O(parts + bytes).
 */
PARK_MUST_CHECK park_status park_pack_part(park_arena *arena, const char *bytes, size_t size,
                                           const char *part, size_t limit, char **text, size_t *length,
                                           park_error *err);

#endif
