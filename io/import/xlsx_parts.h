/*
 * xlsx_parts.h - what the reader of workbooks shares between its files. Not for other rooms.
 * Looks down on: xlsx_read, xlsx_xml.
 */
#ifndef PARK_IMPORT_XLSX_PARTS_H
#define PARK_IMPORT_XLSX_PARTS_H

#include "base/text.h"
#include "import/xlsx_read.h"
#include "import/xlsx_xml.h"

enum { PARK_XLSX_PART_MOST = 1 << 28 /* bytes of one part */ };

/* How a cell format shows a number. */
enum park_xlsx_style {
    PARK_STYLE_NUMBER,
    PARK_STYLE_DATE,
    PARK_STYLE_TIME /* with hours */,
    PARK_STYLE_PERCENT
};

/* Of a number format that is built in, and of one written as text ("yyyy/m/d h:mm"). */
uint8_t park_xlsx_builtin_style(long id);
uint8_t park_xlsx_format_style(const char *format);

/* Days and their fraction as ISO 8601, to the second; false outside the years 1900 to 9999. */
bool park_xlsx_date(double days, bool since_1904, bool hours, char iso[32]);

/* A number in the fewest digits that read back alike. */
void park_xlsx_number(double value, char text[40]);

/* A text as it stands in XML with _x000D_ for what XML cannot hold, blanks around cut; NULL out of memory. */
const char *park_xlsx_plain(park_arena *arena, const char *text, size_t length);

#endif
