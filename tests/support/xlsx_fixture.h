/* xlsx_fixture.h - small workbooks put together part by part, as other programs write them. */
#ifndef PARK_TESTS_XLSX_FIXTURE_H
#define PARK_TESTS_XLSX_FIXTURE_H

#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIXTURE_PARTS = 16 };

typedef struct fixture {
    park_arena *arena;
    size_t      parts;
    const char *name[FIXTURE_PARTS], *text[FIXTURE_PARTS];
} fixture;

static inline void fixture_part(fixture *f, const char *name, const char *text)
{
    f->name[f->parts]   = name;
    f->text[f->parts++] = text;
}

static inline uint32_t fixture_sum(const char *text, size_t length)
{
    uint32_t sum = 0xFFFFFFFFu; /* CRC-32, bit by bit */
    for (size_t i = 0; i < length; i++) {
        sum ^= (unsigned char)text[i];
        for (int bit = 0; bit < 8; bit++)
            sum = (sum >> 1) ^ (0xEDB88320u & (0u - (sum & 1u)));
    }
    return ~sum;
}

static inline void fixture_little(park_text *out, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        park_text_char(out, (char)(value >> (8 * i)));
}

static inline void fixture_entry(park_text *out, const fixture *f, size_t i, bool central, uint32_t offset)
{
    uint32_t length = (uint32_t)strlen(f->text[i]), name = (uint32_t)strlen(f->name[i]);
    park_text_append(out, central ? "PK\1\2" : "PK\3\4", 4);
    if (central)
        fixture_little(out, 20, 2);
    fixture_little(out, 20, 2);
    fixture_little(out, 0, 2); /* flags */
    fixture_little(out, 0, 2); /* stored */
    fixture_little(out, 0, 2);
    fixture_little(out, 33, 2); /* 1980-01-01 */
    fixture_little(out, fixture_sum(f->text[i], length), 4);
    fixture_little(out, length, 4);
    fixture_little(out, length, 4);
    fixture_little(out, name, 2);
    fixture_little(out, 0, 2);
    if (central) {
        fixture_little(out, 0, 2);
        fixture_little(out, 0, 2);
        fixture_little(out, 0, 2);
        fixture_little(out, 0, 4);
        fixture_little(out, offset, 4);
    }
    park_text_append(out, f->name[i], name);
    if (!central)
        park_text_append(out, f->text[i], length);
}

/* The zipped file: parts stored as they are. */
static inline const char *fixture_zip(const fixture *f, size_t *length)
{
    park_text out, list;
    park_text_init(&out, f->arena);
    park_text_init(&list, f->arena);
    for (size_t i = 0; i < f->parts; i++) {
        fixture_entry(&list, f, i, true, (uint32_t)out.length);
        fixture_entry(&out, f, i, false, 0);
    }
    uint32_t start = (uint32_t)out.length;
    park_text_append(&out, list.data, list.length);
    park_text_append(&out, "PK\5\6", 4);
    fixture_little(&out, 0, 4);
    fixture_little(&out, (uint32_t)f->parts, 2);
    fixture_little(&out, (uint32_t)f->parts, 2);
    fixture_little(&out, (uint32_t)list.length, 4);
    fixture_little(&out, start, 4);
    fixture_little(&out, 0, 2);
    *length = out.length;
    return park_text_done(&out);
}

/* A book of one or two sheets of rows (the inside of <sheetData>); `more` goes into <workbook>, may be "". */
static inline fixture fixture_book(park_arena *arena, const char *more, const char *rows,
                                   const char *hidden_rows)
{
    fixture f = {.arena = arena};
    fixture_part(
        &f, "_rels/.rels",
        "<Relationships><Relationship Id=\"a\" Target=\"docProps/app.xml\"/><Relationship Id=\"rId1\" "
        "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
        "Target=\"xl/workbook.xml\"/></Relationships>");
    fixture_part(
        &f, "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"a\" Target=\"worksheets/sheet7.xml\"/><Relationship Id=\"b\" "
        "Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>");
    fixture_part(
        &f, "xl/workbook.xml",
        park_arena_printf(arena,
                          "<workbook xmlns:r=\"r\">%s<sheets><sheet name=\"\u5907\u6ce8\" state=\"hidden\" "
                          "r:id=\"b\"/><sheet name=\"\u6284\u8868 \" r:id=\"a\"/></sheets></workbook>",
                          more));
    fixture_part(&f, "xl/sharedStrings.xml",
                 "<sst><si><t>time</t></si><si><r><t>\u6d41\u91cf\n</t></r><r><t>(m3/h)</t></r><rPh><t>x</"
                 "t></rPh></si>"
                 "<si><t xml:space=\"preserve\"> a_x000D_&amp;b\u3000</t></si></sst>");
    fixture_part(&f, "xl/styles.xml",
                 "<styleSheet><numFmts><numFmt numFmtId=\"164\" "
                 "formatCode=\"yyyy&quot;\u5e74&quot;m&quot;\u6708&quot;d&quot;\u65e5&quot; h:mm\"/>"
                 "<numFmt numFmtId=\"165\" formatCode=\"[h]:mm\"/><numFmt numFmtId=\"166\" "
                 "formatCode=\"0.00&quot;days&quot;\"/></numFmts>"
                 "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf "
                 "numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"10\"/><xf numFmtId=\"165\"/><xf "
                 "numFmtId=\"166\"/></cellXfs></styleSheet>");
    fixture_part(&f, "xl/worksheets/sheet7.xml",
                 park_arena_printf(arena, "<worksheet><sheetData>%s</sheetData></worksheet>", rows));
    fixture_part(&f, "xl/worksheets/sheet2.xml",
                 park_arena_printf(arena, "<worksheet><sheetData>%s</sheetData></worksheet>", hidden_rows));
    return f;
}

#endif
