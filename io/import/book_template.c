/* book_template.c - the workbook to fill in: instructions, headings with units, lists to choose from, an example. */
#include "import/book.h"
#include "import/book_sheets.h"

#include "schema/constituents.h"
#include "schema/sections.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

enum { ROWS = 500 /* that lists are offered in */, TARGET_COLUMN = PARK_BOOK_TARGET_WHAT };

static const char FONT[] = "SimSun";

typedef struct pen {
    lxw_workbook  *book;
    lxw_worksheet *lists; /* hidden: a column a list */
    lxw_format    *head, *text, *example, *title;
    lxw_col_t      columns;
    bool           zh;
} pen;

static const char *const GUIDE[][2] = {
    {"园区水系统数据表", "A park's water as a workbook"},
    {"1. 每张工作表第一行为表头，单位写在括号里；改用别的单位时，改括号里的单位即可。",
     "1. The first row of every sheet has the headings, with their units in brackets; to use another unit, "
     "change the one in the brackets."},
    {"2. 表中灰色斜体为一个可以直接计算的示例园区，请用自己的数据覆盖，多余的行删去。",
     "2. The grey rows are a small park that can be computed as it is: write your own over them and delete "
     "what is left."},
    {"3. 编号由文字、数字、下划线和短横组成，全园区唯一；其他表引用编号。单元的某一出口写作“编号.出口”，如 "
     "reuse.reject。",
     "3. Ids are letters, digits, _ and -, unique in the park; other sheets refer to them. An outlet of a "
     "unit is ID.OUTLET, such as reuse.reject."},
    {"4. 不知道的值写“待核”或留空，切勿填 0：生成的初稿会注明待核。",
     "4. What is not known is left empty or says 待核, never 0: the draft says so where it is missing."},
    {"5. “水质”表一行一个数：水源水质、进水上限、带入量（kg/h）、排放限值等；硬度与碱度写 mg/L CaCO3，氨氮写 "
     "mg/L N。",
     "5. The sheet of qualities has a number a row: quality of sources, most in the inlet, mass added "
     "(kg/h), limits of discharge; hardness and alkalinity say mg/L CaCO3, ammonia mg/L N."},
    {"6. 带下拉箭头的单元格请从列表选择；“备注”列可任意添加，不读取。",
     "6. Cells with an arrow have lists to choose from; columns called 'note' may be added and are not "
     "read."},
    {"7. 填好后：parkwater new --from 本文件.xlsx -o park.yaml，然后 parkwater check park.yaml。",
     "7. When it is filled: parkwater new --from THIS.xlsx -o park.yaml, then parkwater check park.yaml."},
};

static lxw_format *format(pen *p, bool bold, bool grey, double size)
{
    lxw_format *f = workbook_add_format(p->book);
    format_set_font_name(f, FONT);
    format_set_font_size(f, size);
    if (bold)
        format_set_bold(f);
    if (grey) {
        format_set_italic(f);
        format_set_font_color(f, 0x595959);
    }
    return f;
}

static void formats(pen *p)
{
    p->head = format(p, true, false, 11);
    format_set_text_wrap(p->head);
    format_set_bottom(p->head, LXW_BORDER_THIN);
    format_set_bg_color(p->head, 0xD9E2EC);
    format_set_align(p->head, LXW_ALIGN_VERTICAL_CENTER);
    p->text    = format(p, false, false, 11);
    p->example = format(p, false, true, 11);
    p->title   = format(p, true, false, 16);
    format_set_text_wrap(p->text);
}

/* The heading as it is written: with its unit. */
static void heading(const pen *p, const park_book_column *c, char text[128])
{
    snprintf(text, 128, c->unit != NULL ? "%s (%s)" : "%s", p->zh ? c->zh : c->en, c->unit);
}

/* Offer the cells of a list, by its range. */
static void offer(lxw_worksheet *page, lxw_row_t from, lxw_row_t to, lxw_col_t column, char *range,
                  bool strict)
{
    lxw_data_validation v = {.validate      = LXW_VALIDATION_TYPE_LIST_FORMULA,
                             .value_formula = range,
                             .ignore_blank  = LXW_VALIDATION_ON,
                             .show_input    = LXW_VALIDATION_ON,
                             .dropdown      = LXW_VALIDATION_ON,
                             .show_error    = strict ? LXW_VALIDATION_ON : LXW_VALIDATION_OFF};
    worksheet_data_validation_range(page, from, column, to, column, &v);
}

/* Write a list into the hidden sheet; `range` becomes its address. */
static void list_range(pen *p, lxw_row_t count, char range[64])
{
    char column[8];
    lxw_col_to_name(column, p->columns, 1);
    snprintf(range, 64, "='%s'!%s$1:%s$%d", p->zh ? "选项" : "lists", column, column, (int)count);
    p->columns++;
}

static void offer_choices(pen *p, lxw_worksheet *page, lxw_row_t from, lxw_row_t to, lxw_col_t column,
                          const park_book_choice *choice, bool strict)
{
    char      range[64];
    lxw_row_t n = 0;
    for (; choice[n].word != NULL; n++)
        worksheet_write_string(p->lists, n, p->columns, p->zh ? choice[n].zh : choice[n].en, p->text);
    list_range(p, n, range);
    offer(page, from, to, column, range, strict);
}

static void offer_column(pen *p, lxw_worksheet *page, park_book_sheet_id id, size_t c)
{
    const park_book_column *column = &PARK_BOOK[id].column[c];
    lxw_col_t               at     = (lxw_col_t)c;
    char                    range[64];
    lxw_row_t               n = 0;
    if (column->choice != NULL)
        offer_choices(p, page, 1, ROWS, at, column->choice, column->form == PARK_BOOK_CHOICE);
    else if (column->of >= 0) {
        snprintf(range, sizeof range, "='%s'!$A$2:$A$%d",
                 p->zh ? PARK_BOOK[column->of].zh : PARK_BOOK[column->of].en, ROWS);
        offer(page, 1, ROWS, at, range, false);
    } else if (id == PARK_BOOK_TARGETS && c == TARGET_COLUMN) {
        for (const park_target_row *t = PARK_TARGETS; t->word != NULL; t++)
            worksheet_write_string(p->lists, n++, p->columns, p->zh ? t->zh : t->en, p->text);
        list_range(p, n, range);
        offer(page, 1, ROWS, at, range, true);
    } else if (id == PARK_BOOK_CONSTITUENTS) {
        for (const park_constituent_row *r = park_constituent_rows(); r->id != NULL; r++)
            worksheet_write_string(p->lists, n++, p->columns, r->id, p->text);
        list_range(p, n, range);
        offer(page, 1, ROWS, at, range, false);
    }
}

/* What a choice of the example is called in this language: the example is written in Chinese. */
static const char *shown(const pen *p, const park_book_column *column, const char *text)
{
    for (const park_book_choice *c = column->choice; c != NULL && c->word != NULL; c++)
        if (strcmp(c->zh, text) == 0)
            return p->zh ? c->zh : c->en;
    for (const park_target_row *t = PARK_TARGETS; !p->zh && t->word != NULL; t++)
        if (strcmp(t->zh, text) == 0)
            return t->en;
    return text;
}

static void write_cell(pen *p, lxw_worksheet *page, lxw_row_t row, lxw_col_t column,
                       const park_book_column *of, const char *text)
{
    char  *end;
    double number = strtod(text, &end);
    if (text[0] == '\0')
        return;
    if (*end == '\0' && of->form != PARK_BOOK_ID && of->form != PARK_BOOK_DATE)
        worksheet_write_number(page, row, column, number, p->example);
    else
        worksheet_write_string(page, row, column, shown(p, of, text), p->example);
}

/* One row of the example, cells with | between them. */
static void write_row(pen *p, lxw_worksheet *page, lxw_row_t row, const park_book_sheet *sheet,
                      const char *cells)
{
    char text[128];
    for (size_t c = 0; c < sheet->columns; c++) {
        size_t length = strcspn(cells, "|");
        snprintf(text, sizeof text, "%.*s", (int)length, cells);
        write_cell(p, page, row, (lxw_col_t)c, &sheet->column[c], text);
        cells += length;
        if (*cells == '\0')
            return;
        cells++;
    }
}

static void write_park(pen *p, lxw_worksheet *page)
{
    const park_book_sheet *sheet = &PARK_BOOK[PARK_BOOK_PARK];
    char                   text[128];
    worksheet_write_string(page, 0, 0, p->zh ? "项目" : "item", p->head);
    worksheet_write_string(page, 0, 1, p->zh ? "内容" : "value", p->head);
    worksheet_set_column(page, 0, 0, 30, NULL);
    worksheet_set_column(page, 1, 1, 32, NULL);
    for (size_t c = 0; c < sheet->columns; c++) {
        heading(p, &sheet->column[c], text);
        worksheet_write_string(page, (lxw_row_t)c + 1, 0, text, p->text);
        write_cell(p, page, (lxw_row_t)c + 1, 1, &sheet->column[c], PARK_BOOK_EXAMPLE[PARK_BOOK_PARK][c]);
        if (sheet->column[c].choice != NULL)
            offer_choices(p, page, (lxw_row_t)c + 1, (lxw_row_t)c + 1, 1, sheet->column[c].choice,
                          sheet->column[c].form == PARK_BOOK_CHOICE);
    }
}

static void write_sheet(pen *p, park_book_sheet_id id)
{
    const park_book_sheet *sheet = &PARK_BOOK[id];
    lxw_worksheet         *page  = workbook_add_worksheet(p->book, p->zh ? sheet->zh : sheet->en);
    if (page == NULL)
        return;
    worksheet_freeze_panes(page, 1, id == PARK_BOOK_PARK ? 0 : 1);
    worksheet_set_landscape(page);
    worksheet_set_paper(page, 9); /* A4 */
    worksheet_fit_to_pages(page, 1, 0);
    if (id == PARK_BOOK_PARK) {
        write_park(p, page);
        return;
    }
    worksheet_set_row(page, 0, 34, NULL);
    for (size_t c = 0; c < sheet->columns; c++) {
        char text[128];
        heading(p, &sheet->column[c], text);
        worksheet_write_string(page, 0, (lxw_col_t)c, text, p->head);
        worksheet_set_column(page, (lxw_col_t)c, (lxw_col_t)c, c < 3 ? 18 : 14, NULL);
        offer_column(p, page, id, c);
    }
    for (size_t r = 0; PARK_BOOK_EXAMPLE[id][r] != NULL; r++)
        write_row(p, page, (lxw_row_t)r + 1, sheet, PARK_BOOK_EXAMPLE[id][r]);
}

static void write_guide(pen *p)
{
    lxw_worksheet *page = workbook_add_worksheet(p->book, p->zh ? "说明" : "guide");
    if (page == NULL)
        return;
    worksheet_set_column(page, 0, 0, 100, NULL);
    for (size_t i = 0; i < sizeof GUIDE / sizeof *GUIDE; i++) {
        if (i > 0)
            worksheet_set_row(page, (lxw_row_t)i, 34, NULL);
        worksheet_write_string(page, (lxw_row_t)i, 0, GUIDE[i][p->zh ? 0 : 1], i == 0 ? p->title : p->text);
    }
}

park_status park_book_template(const char *path, bool zh, park_arena *arena, park_error *err)
{
    const char *beside = park_arena_printf(arena, "%s.tmp", path);
    if (beside == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the workbook %s", path);
    pen p = {.book = workbook_new(beside), .zh = zh};
    if (p.book == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the workbook %s", path);
    char               by[]  = "parkwater";
    lxw_doc_properties about = {.comments = by, .created = 946684800}; /* equal versions are equal files */
    workbook_set_properties(p.book, &about);
    formats(&p);
    write_guide(&p);
    p.lists = workbook_add_worksheet(p.book, zh ? "选项" : "lists");
    if (p.lists != NULL) {
        worksheet_hide(p.lists);
        for (int i = 0; i < PARK_BOOK_SHEETS; i++)
            write_sheet(&p, (park_book_sheet_id)i);
    }
    lxw_error failed = workbook_close(p.book);
    if (failed != LXW_NO_ERROR || rename(beside, path) != 0) {
        remove(beside);
        return PARK_FAIL(err, PARK_E_FILE, "the workbook %s cannot be written: %s", path,
                         failed != LXW_NO_ERROR ? lxw_strerror(failed) : "it cannot be renamed");
    }
    return PARK_OK;
}
