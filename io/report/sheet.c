#include "report/sheet.h"

#include "report/number.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double YEAR_DAYS = 365.0;
static const double WAN       = 1e4;
enum { PERCENT_DECIMALS = 2, DAILY_DECIMALS = 2, WAN_DECIMALS = 4, NUMBER_SIZE = 400 };

/* ---- units as they are read and as they are typed ---- */

static const char *const POWER[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

static bool in_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

/* Bytes of what stands at text[i] and is read otherwise; 0: it is read as it stands. */
static size_t typed_at(const char *text, size_t i, char read[8])
{
    if (i > 0 && in_word(text[i - 1]))
        return 0;
    if (text[i] == 'm' && (text[i + 1] == '2' || text[i + 1] == '3') && !in_word(text[i + 2])) {
        snprintf(read, 8, "m%s", POWER[text[i + 1] - '0']);
        return 2;
    }
    if (strncmp(text + i, "10^", 3) == 0 && text[i + 3] >= '0' && text[i + 3] <= '9' &&
        !in_word(text[i + 4])) {
        snprintf(read, 8, "10%s", POWER[text[i + 3] - '0']);
        return 4;
    }
    return 0;
}

const char *park_unit_as_read(const char *text, park_arena *arena)
{
    park_text out;
    bool      changed = false;
    park_text_init(&out, arena);
    for (size_t i = 0; text[i] != '\0';) {
        char   read[8];
        size_t length = typed_at(text, i, read);
        if (length > 0)
            park_text_add(&out, read);
        else
            park_text_char(&out, text[i]);
        changed = changed || length > 0;
        i += length > 0 ? length : 1;
    }
    return changed ? park_text_done(&out) : text;
}

const char *park_unit_as_typed(const char *text, park_arena *arena)
{
    park_text out;
    bool      changed = false;
    park_text_init(&out, arena);
    for (size_t i = 0; text[i] != '\0';) {
        size_t power = 0;
        while (power < 10 && strncmp(text + i, POWER[power], strlen(POWER[power])) != 0)
            power++;
        if (power == 10) {
            park_text_char(&out, text[i++]);
            continue;
        }
        bool of_number = i > 0 && text[i - 1] >= '0' && text[i - 1] <= '9';
        park_text_printf(&out, of_number ? "^%zu" : "%zu", power);
        i += strlen(POWER[power]);
        changed = true;
    }
    return changed ? park_text_done(&out) : text;
}

void park_sheet_begin(park_sheet *sheet, park_arena *arena, const char *name, bool zh)
{
    *sheet = (park_sheet){.name = name, .zh = zh};
    park_text_init(&sheet->text, arena);
    park_text_add(&sheet->text, "\xEF\xBB\xBF");
}

static void next_cell(park_sheet *sheet, park_cell cell)
{
    park_arena *arena = sheet->text.arena;
    if (sheet->begun)
        park_text_char(&sheet->text, ',');
    else if (PARK_GROW(arena, sheet->row, sheet->rows, sheet->rows_cap))
        sheet->row[sheet->rows++] = sheet->cells;
    else
        sheet->text.failed = true;
    sheet->begun = true;
    if (cell.text != NULL)
        cell.text = park_arena_text(arena, cell.text, strlen(cell.text));
    if (PARK_GROW(arena, sheet->cell, sheet->cells, sheet->cells_cap))
        sheet->cell[sheet->cells++] = cell;
    else
        sheet->text.failed = true;
}

/* A cell's text for the CSV, in quotes where it must be. */
static void csv_text(park_sheet *sheet, const char *text)
{
    if (text[strcspn(text, ",\"\r\n")] == '\0') {
        park_text_add(&sheet->text, text);
        return;
    }
    park_text_char(&sheet->text, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            park_text_char(&sheet->text, '"');
        park_text_char(&sheet->text, *text);
    }
    park_text_char(&sheet->text, '"');
}

void park_sheet_text(park_sheet *sheet, const char *text)
{
    next_cell(sheet, (park_cell){.text = text != NULL ? text : ""});
    csv_text(sheet, text != NULL ? text : "");
}

void park_sheet_word(park_sheet *sheet, const char *zh, const char *en)
{
    park_sheet_text(sheet, sheet->zh ? zh : en);
}

void park_sheet_measure(park_sheet *sheet, const char *zh, const char *en)
{
    park_arena *arena = sheet->text.arena;
    const char *read  = park_unit_as_read(sheet->zh ? zh : en, arena);
    const char *csv   = sheet->zh ? read : park_unit_as_typed(en, arena);
    if (read == NULL || csv == NULL) {
        sheet->text.failed = true;
        return;
    }
    next_cell(sheet, (park_cell){.text = read});
    csv_text(sheet, csv);
}

void park_sheet_head(park_sheet *sheet, const char *zh, const char *en)
{
    park_sheet_measure(sheet, zh, en);
}

void park_sheet_label(park_sheet *sheet, park_label label, const char *id)
{
    const char *text = park_label_text(label, sheet->zh);
    park_sheet_text(sheet, text[0] != '\0' ? text : id);
}

void park_sheet_number(park_sheet *sheet, double value, int decimals)
{
    char text[NUMBER_SIZE];
    park_number_print(value, decimals, text, sizeof text);
    next_cell(sheet, (park_cell){.number = text[0] != '\0' ? strtod(text, NULL) : NAN, .decimals = decimals});
    park_text_add(&sheet->text, text);
}

void park_sheet_whole(park_sheet *sheet, int64_t value)
{
    next_cell(sheet, (park_cell){.number = (double)value});
    park_text_printf(&sheet->text, "%" PRId64, value);
}

void park_sheet_percent(park_sheet *sheet, double share)
{
    park_sheet_number(sheet, 100.0 * share, PERCENT_DECIMALS);
}

void park_sheet_daily(park_sheet *sheet, double yearly)
{
    park_sheet_number(sheet, yearly / YEAR_DAYS, DAILY_DECIMALS);
}

void park_sheet_wan(park_sheet *sheet, double yearly)
{
    park_sheet_number(sheet, yearly / WAN, WAN_DECIMALS);
}

void park_sheet_end_row(park_sheet *sheet)
{
    park_text_add(&sheet->text, "\r\n");
    sheet->begun = false;
}

void park_sheet_heads(park_sheet *sheet, const park_label *head, size_t count)
{
    for (size_t h = 0; h < count; h++)
        park_sheet_head(sheet, head[h].zh, head[h].en);
    park_sheet_end_row(sheet);
}
