#include "report/xlsx.h"

#include "report/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <xlsxwriter.h>

enum { ROWS_MOST = 1048576, DECIMALS_MOST = 13, NAME_MOST = 31, WIDTH_MOST = 42, PAPER_A3 = 8, PAPER_A4 = 9 };

static const double LETTER = 1.1; /* width of a column per letter */
static const double WIDTH_ASIDE =
    2.0; /* the columns' edges, and the indent that keeps numbers off the next text */
static const double LINE     = 17.0;  /* [pt] one line: Chinese letters are higher than the usual 15 */
static const double A4_WIDTH = 220.0; /* a table wider than this is too small to read on A4 across */

typedef struct book {
    lxw_workbook *book;
    lxw_format   *head, *head_right, *text, *wrapped, *number[DECIMALS_MOST];
} book;

static void formats(book *b)
{
    static const char FONT[] =
        "SimSun"; /* in every Chinese office suite; others put their own in its place */
    b->head       = workbook_add_format(b->book);
    b->head_right = workbook_add_format(b->book);
    b->text       = workbook_add_format(b->book);
    for (int right = 0; right < 2; right++) {
        lxw_format *head = right ? b->head_right : b->head;
        format_set_bold(head);
        format_set_text_wrap(head);
        format_set_bottom(head, LXW_BORDER_THIN);
        format_set_align(head, LXW_ALIGN_VERTICAL_CENTER);
        format_set_font_name(head, FONT);
    }
    format_set_align(b->head_right, LXW_ALIGN_RIGHT);
    format_set_indent(b->head_right, 1);
    format_set_font_name(b->text, FONT);
    b->wrapped = workbook_add_format(b->book);
    format_set_font_name(b->wrapped, FONT);
    format_set_text_wrap(b->wrapped);
    format_set_align(b->wrapped, LXW_ALIGN_VERTICAL_TOP);
    for (int d = 0; d < DECIMALS_MOST; d++) {
        char form[32] = "0";
        if (d > 0)
            snprintf(form, sizeof form, "0.%.*s", d, "000000000000");
        b->number[d] = workbook_add_format(b->book);
        format_set_num_format(b->number[d], form);
        format_set_align(b->number[d], LXW_ALIGN_RIGHT);
        format_set_indent(b->number[d], 1);
        format_set_font_name(b->number[d], FONT);
    }
}

/* Columns as wide as half their longest text; a wide letter counts two. */
static double letters(const char *text)
{
    double width = 0.0;
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        width += byte < 0x80 ? 1.0 : byte >= 0xE0 ? 2.0 : byte >= 0xC0 ? 1.0 : 0.0;
    }
    return width;
}

static double width_of(const park_sheet *sheet, size_t column)
{
    double widest = 8.0;
    for (size_t r = 0; r < sheet->rows; r++) {
        size_t at = sheet->row[r] + column, end = r + 1 < sheet->rows ? sheet->row[r + 1] : sheet->cells;
        if (at >= end)
            continue;
        const park_cell *cell = &sheet->cell[at];
        char             number[400];
        park_number_print(cell->number, cell->decimals, number, sizeof number);
        double here = letters(cell->text != NULL ? cell->text : number);
        widest      = fmax(widest, r == 0 ? fmin(here, 18.0) : here); /* headings wrap */
    }
    return fmin(widest * LETTER + WIDTH_ASIDE, WIDTH_MOST);
}

/* Lines a heading takes in a column: Latin words go to the next line whole, Chinese breaks anywhere. */
static int lines_of(const char *text, double width)
{
    int    lines = 1;
    double most = (width - WIDTH_ASIDE) / LETTER, here = 0.0;
    while (*text != '\0') {
        size_t length = strcspn(text, " "), first = 0;
        while (first < length && (unsigned char)text[first] < 0x80)
            first++;
        if (first == 0 && length > 0) /* one letter of several bytes */
            for (first = 1; ((unsigned char)text[first] & 0xC0) == 0x80;)
                first++;
        char word[64];
        snprintf(word, sizeof word, "%.*s", (int)first, text);
        double wide = letters(word);
        if (here > 0.0 && here + wide > most) {
            lines++;
            here = 0.0;
        }
        here += wide;
        text += first;
        if (*text == ' ') {
            here += 1.0;
            text++;
        }
    }
    return lines;
}

static bool too_long(const park_cell *cell)
{
    return cell->text != NULL && letters(cell->text) * LETTER + WIDTH_ASIDE > WIDTH_MOST;
}

static bool numbers_below(const park_sheet *sheet, size_t column)
{
    if (sheet->rows < 2)
        return false;
    size_t at = sheet->row[1] + column, end = sheet->rows > 2 ? sheet->row[2] : sheet->cells;
    return at < end && sheet->cell[at].text == NULL;
}

static void fill(const book *b, lxw_worksheet *page, const park_sheet *sheet)
{
    size_t columns = sheet->rows > 1 ? sheet->row[1] : sheet->cells;
    double across  = 0.0;
    int    lines   = 1;
    for (size_t c = 0; c < columns; c++) {
        double width = width_of(sheet, c);
        int    here  = lines_of(sheet->cell[c].text != NULL ? sheet->cell[c].text : "", width);
        lines        = here > lines ? here : lines;
        across += width;
        worksheet_set_column(page, (lxw_col_t)c, (lxw_col_t)c, width, NULL);
    }
    worksheet_set_default_row(page, LINE, LXW_FALSE);
    worksheet_set_row(page, 0, LINE * lines, NULL); /* a reader opens no row for lines that wrap */
    for (size_t r = 0; r < sheet->rows; r++) {
        size_t end  = r + 1 < sheet->rows ? sheet->row[r + 1] : sheet->cells;
        int    deep = 1; /* lines of its deepest cell: no column is wider than WIDTH_MOST */
        for (size_t at = sheet->row[r]; at < end; at++)
            if (r > 0 && too_long(&sheet->cell[at])) {
                int here = lines_of(sheet->cell[at].text, WIDTH_MOST);
                deep     = here > deep ? here : deep;
            }
        if (deep > 1)
            worksheet_set_row(page, (lxw_row_t)r, LINE * deep, NULL);
        for (size_t at = sheet->row[r]; at < end; at++) {
            const park_cell *cell     = &sheet->cell[at];
            lxw_row_t        row      = (lxw_row_t)r;
            lxw_col_t        col      = (lxw_col_t)(at - sheet->row[r]);
            int              decimals = cell->decimals < 0                ? 0
                                        : cell->decimals >= DECIMALS_MOST ? DECIMALS_MOST - 1
                                                                          : cell->decimals;
            if (cell->text != NULL)
                worksheet_write_string(page, row, col, cell->text,
                                       r > 0 && too_long(cell)             ? b->wrapped
                                       : r > 0                             ? b->text
                                       : numbers_below(sheet, (size_t)col) ? b->head_right
                                                                           : b->head);
            else if (isfinite(cell->number))
                worksheet_write_number(page, row, col, cell->number, b->number[decimals]);
        }
    }
    worksheet_freeze_panes(page, 1, 0);
    worksheet_set_landscape(page);
    worksheet_set_paper(page, across > A4_WIDTH ? PAPER_A3 : PAPER_A4);
    worksheet_fit_to_pages(page, 1, 0);
    worksheet_repeat_rows(page, 0, 0);
}

static void name_of(const park_sheet *sheet, char name[NAME_MOST + 1])
{
    size_t stem = strcspn(sheet->name, ".");
    snprintf(name, NAME_MOST + 1, "%.*s (%s)", (int)(stem < 24 ? stem : 24), sheet->name,
             sheet->zh ? "zh" : "en");
}

park_status park_xlsx_write(const park_sheet *sheet, size_t count, const char *path, park_arena *arena,
                            park_error *err)
{
    const char *beside = park_arena_printf(arena, "%s.tmp", path);
    if (beside == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the workbook %s", path);
    for (size_t i = 0; i < count; i++)
        if (sheet[i].rows > ROWS_MOST)
            return PARK_FAIL(err, PARK_E_RANGE, "%s has %zu rows; a worksheet holds %d", sheet[i].name,
                             sheet[i].rows, (int)ROWS_MOST);
    book b = {.book = workbook_new(beside)};
    if (b.book == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the workbook %s", path);
    char               by[]  = "parkwater";
    lxw_doc_properties about = {.comments = by, .created = 946684800}; /* equal runs are equal files */
    workbook_set_properties(b.book, &about);
    formats(&b);
    for (size_t i = 0; i < count; i++) {
        char name[NAME_MOST + 1];
        name_of(&sheet[i], name);
        lxw_worksheet *page = workbook_add_worksheet(b.book, name);
        if (page != NULL)
            fill(&b, page, &sheet[i]);
    }
    lxw_error failed = workbook_close(b.book);
    if (failed != LXW_NO_ERROR || rename(beside, path) != 0) {
        remove(beside);
        return PARK_FAIL(err, PARK_E_FILE, "the workbook %s cannot be written: %s", path,
                         failed != LXW_NO_ERROR ? lxw_strerror(failed) : "it cannot be renamed");
    }
    return PARK_OK;
}
