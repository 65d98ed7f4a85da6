/* xlsx_sheet.c - the cells of one sheet. */
#include "import/xlsx_pack.h"
#include "import/xlsx_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MOST = 1048576, COLUMNS_MOST = 16384 };

typedef struct filling {
    park_arena           *arena;
    const park_xlsx_book *book;
    park_xlsx_sheet      *sheet;
    size_t                capacity;
    park_text             run; /* of <v> or <t> */
    park_xlsx_cell        cell;
    char                  kind; /* first letters of t: n s S(tr) i b e d */
    size_t                style;
    bool                  in_value, in_text, phonetic, formula, valued, sorted, failed;
} filling;

/* "C7": column and row, either 0 where it is none. */
static void place_of(const char *name, int32_t *row, int32_t *column)
{
    *row = *column = 0;
    for (; (*name >= 'A' && *name <= 'Z') || (*name >= 'a' && *name <= 'z'); name++)
        if (*column <= COLUMNS_MOST)
            *column = *column * 26 + (*name & 0x1F);
    long r = strtol(name, NULL, 10);
    *row   = r >= 1 && r <= ROWS_MOST ? (int32_t)r : 0;
    if (*column > COLUMNS_MOST)
        *column = 0;
}

static void open_cell(filling *f, const char **attribute)
{
    const char *at = park_xml_attribute(attribute, "r"), *kind = park_xml_attribute(attribute, "t");
    const char *style = park_xml_attribute(attribute, "s");
    int32_t     row = 0, column = 0;
    if (at != NULL)
        place_of(at, &row, &column);
    f->cell    = (park_xlsx_cell){.row    = row > 0 ? row : f->cell.row,
                                  .column = column > 0 ? column : f->cell.column + 1};
    f->kind    = kind == NULL ? 'n' : strcmp(kind, "str") == 0 ? 'S' : kind[0];
    long s     = style != NULL ? strtol(style, NULL, 10) : 0;
    f->style   = s >= 0 ? (size_t)s : 0;
    f->formula = f->valued = false;
    park_text_clear(&f->run);
}

static void opened(void *user, const char *name, const char **attribute)
{
    filling *f = user;
    if (strcmp(name, "row") == 0) {
        const char *row = park_xml_attribute(attribute, "r");
        long        r   = row != NULL ? strtol(row, NULL, 10) : f->cell.row + 1;
        f->cell         = (park_xlsx_cell){.row = r >= 1 && r <= ROWS_MOST ? (int32_t)r : f->cell.row + 1};
    } else if (strcmp(name, "c") == 0)
        open_cell(f, attribute);
    else if (strcmp(name, "f") == 0)
        f->formula = true;
    f->phonetic |= strcmp(name, "rPh") == 0;
    f->in_value = strcmp(name, "v") == 0;
    f->in_text  = strcmp(name, "t") == 0 && !f->phonetic;
    f->valued |= f->in_value || f->in_text;
}

static void between(void *user, const char *text, size_t length)
{
    filling *f = user;
    if (f->in_value || f->in_text)
        park_text_append(&f->run, text, length);
}

static void number(filling *f, const char *text)
{
    char    written[40], iso[32];
    char   *end;
    uint8_t style  = f->style < f->book->styles ? f->book->style[f->style] : (uint8_t)PARK_STYLE_NUMBER;
    f->cell.number = strtod(text, &end);
    f->cell.form   = PARK_XLSX_NUMBER;
    if (end == text || !isfinite(f->cell.number)) { /* told by whoever reads it as a number */
        f->cell.form = PARK_XLSX_TEXT;
        f->cell.text = park_xlsx_plain(f->arena, text, strlen(text));
        return;
    }
    if ((style == PARK_STYLE_DATE || style == PARK_STYLE_TIME) &&
        park_xlsx_date(f->cell.number, f->book->since_1904, style == PARK_STYLE_TIME, iso)) {
        f->cell.form = PARK_XLSX_DATE;
        f->cell.text = park_arena_text(f->arena, iso, strlen(iso));
        return;
    }
    f->cell.percent = style == PARK_STYLE_PERCENT;
    park_xlsx_number(f->cell.percent ? f->cell.number * 100.0 : f->cell.number, written);
    if (f->cell.percent) { /* 0.07 * 100 is 7.000000000000001 */
        double hundredths = strtod(written, NULL);
        double round15    = round(hundredths * 1e9) / 1e9;
        park_xlsx_number(fabs(round15 - hundredths) <= 1e-13 * fabs(hundredths) ? round15 : hundredths,
                         written);
    }
    f->cell.text = park_arena_printf(f->arena, "%s%s", written, f->cell.percent ? " %" : "");
}

static void finish(filling *f, const char *text)
{
    long shared;
    switch (f->kind) {
    case 's':
        shared       = strtol(text, NULL, 10);
        f->cell.text = shared >= 0 && (size_t)shared < f->book->texts ? f->book->text[shared] : "";
        break;
    case 'n':
        if (text[0] == '\0')
            f->cell.text = "";
        else
            number(f, text);
        return;
    case 'b':
        f->cell.form   = PARK_XLSX_TRUTH;
        f->cell.number = text[0] == '1';
        f->cell.text   = text[0] == '1' ? "TRUE" : "FALSE";
        break;
    default:
        f->cell.form = f->kind == 'e' ? PARK_XLSX_FAULT : f->kind == 'd' ? PARK_XLSX_DATE : PARK_XLSX_TEXT;
        f->cell.text = park_xlsx_plain(f->arena, text, f->run.length);
    }
}

static void close_cell(filling *f)
{
    park_xlsx_sheet *s    = f->sheet;
    const char      *text = park_text_done(&f->run);
    f->cell.text          = NULL;
    bool empty_text       = f->kind == 'S' && f->valued; /* a formula that gives "" */
    if (text != NULL && f->formula && f->run.length == 0 && !empty_text) {
        f->cell.form = PARK_XLSX_UNCOMPUTED;
        f->cell.text = "";
    } else if (text != NULL)
        finish(f, text);
    if (f->cell.text == NULL) {
        f->failed = true;
        return;
    }
    if ((f->cell.text[0] == '\0' && f->cell.form != PARK_XLSX_UNCOMPUTED) || f->cell.row < 1 ||
        f->cell.column > COLUMNS_MOST)
        return;
    if (!PARK_GROW(f->arena, s->cell, s->cells, f->capacity)) {
        f->failed = true;
        return;
    }
    const park_xlsx_cell *last = s->cells > 0 ? &s->cell[s->cells - 1] : NULL;
    f->sorted &= last == NULL || last->row < f->cell.row ||
                 (last->row == f->cell.row && last->column < f->cell.column);
    s->cell[s->cells++] = f->cell;
    s->rows             = f->cell.row > s->rows ? f->cell.row : s->rows;
    s->columns          = f->cell.column > s->columns ? f->cell.column : s->columns;
}

static void closed(void *user, const char *name)
{
    filling *f  = user;
    f->in_value = f->in_text = false;
    if (strcmp(name, "rPh") == 0)
        f->phonetic = false;
    if (strcmp(name, "c") == 0)
        close_cell(f);
}

static int by_place(const void *a, const void *b)
{
    const park_xlsx_cell *x = a, *y = b;
    return x->row != y->row ? (x->row < y->row ? -1 : 1) : x->column < y->column ? -1 : x->column > y->column;
}

park_status park_xlsx_cells(park_arena *arena, const park_xlsx_book *book, park_xlsx_sheet *sheet,
                            park_findings *findings, park_error *err)
{
    filling         f      = {.arena = arena, .book = book, .sheet = sheet, .sorted = true};
    park_xml_walker walker = {.open = opened, .close = closed, .characters = between, .user = &f};
    char           *text;
    size_t          length;
    park_error      why = {0};
    if (sheet->cell != NULL)
        return PARK_OK;
    park_text_init(&f.run, arena);
    park_status status = park_pack_part(arena, book->bytes, book->length, sheet->part, PARK_XLSX_PART_MOST,
                                        &text, &length, &why);
    if (status == PARK_OK && text != NULL)
        status = park_xml_walk(text, length, &walker, &why);
    if (status == PARK_E_MEMORY || f.failed)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read %s", book->name);
    if (status != PARK_OK || text == NULL) {
        park_finding *finding = park_finding_add(findings, PARK_E0228, PARK_ERROR, NULL,
                                                 "the sheet '%s' of %s cannot be read: %s",
                                                 "%2$s 的工作表“%1$s”无法读取：%3$s", sheet->name, book->name,
                                                 status != PARK_OK ? why.message : "its part is not there");
        if (finding != NULL)
            finding->file = book->name;
        sheet->cells = 0;
        sheet->cell  = NULL;
        return PARK_FAIL(err, PARK_E_INPUT, "%s is damaged", book->name);
    }
    if (!f.sorted)
        qsort(sheet->cell, sheet->cells, sizeof *sheet->cell, by_place);
    return PARK_OK;
}
