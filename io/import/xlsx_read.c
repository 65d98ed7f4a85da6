#include "import/xlsx_parts.h"
#include "import/xlsx_pack.h"

#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHEETS_MOST = 4096 };

/* One reading: what a walk through a part collects. */
typedef struct reading {
    park_arena     *arena;
    park_xlsx_book *book;
    park_text       run; /* the text that grows */
    bool            inside, phonetic, in_formats, failed;
    size_t          texts_cap, sheets_cap, styles_cap, formats, formats_cap, targets, targets_cap;
    const char    **target; /* pairs: id, part */
    char           *base;   /* folder of the workbook's part, with its slash, or "" */
    uint8_t        *style;
    struct {
        long    id;
        uint8_t style;
    } * format;
} reading;

bool park_xlsx_looks(const char *bytes, size_t length)
{
    return length >= 4 && (memcmp(bytes, "PK\3\4", 4) == 0 || memcmp(bytes, "\xD0\xCF\x11\xE0", 4) == 0);
}

static park_status refuse(park_findings *findings, const park_xlsx_book *book, const char *why_en,
                          const char *why_zh, park_error *err)
{
    const char *en =
        park_arena_printf(findings->arena, "%s cannot be read as a workbook: %s", book->name, why_en);
    const char *zh = park_arena_printf(findings->arena, "%s 无法作为工作簿读取：%s", book->name, why_zh);
    park_finding *f = en == NULL || zh == NULL
                          ? NULL
                          : park_finding_add(findings, PARK_E0228, PARK_ERROR, NULL, "%s", "%s", en);
    if (f != NULL) {
        f->file = book->name;
        f->zh   = zh;
    }
    return PARK_FAIL(err, PARK_E_INPUT, "%s is no workbook: %s", book->name, why_en);
}

/* A part's text; a part that must be there and is not is told. */
static park_status part(const park_xlsx_book *book, park_arena *arena, const char *name, bool needed,
                        park_findings *findings, char **text, size_t *length, park_error *err)
{
    park_error  why = {0};
    park_status status =
        park_pack_part(arena, book->bytes, book->length, name, PARK_XLSX_PART_MOST, text, length, &why);
    if (status == PARK_E_MEMORY)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read %s", book->name);
    if (status != PARK_OK)
        return refuse(findings, book, why.message,
                      status == PARK_E_RANGE ? "解压后过大" : "文件损坏或不是 XLSX", err);
    if (needed && *text == NULL)
        return refuse(findings, book, park_arena_printf(arena, "it has no part %s", name),
                      park_arena_printf(arena, "缺少部件 %s", name), err);
    return PARK_OK;
}

static park_status walk(reading *r, const char *name, const park_xml_walker *walker, bool needed,
                        park_findings *findings, park_error *err)
{
    char      *text;
    size_t     length;
    park_error why = {0};
    PARK_TRY(part(r->book, r->arena, name, needed, findings, &text, &length, err));
    if (text == NULL)
        return PARK_OK;
    park_status status = park_xml_walk(text, length, walker, &why);
    if (status == PARK_E_MEMORY || r->failed)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read %s", r->book->name);
    if (status != PARK_OK)
        return refuse(findings, r->book, park_arena_printf(r->arena, "%s, %s", name, why.message),
                      park_arena_printf(r->arena, "部件 %s 不是有效的 XML", name), err);
    return PARK_OK;
}

/* --- relations: which id is which part --- */

static void relation(void *user, const char *name, const char **attribute)
{
    reading    *r  = user;
    const char *id = park_xml_attribute(attribute, "Id"), *target = park_xml_attribute(attribute, "Target");
    if (strcmp(name, "Relationship") != 0 || id == NULL || target == NULL)
        return;
    const char *type = park_xml_attribute(attribute, "Type");
    if (type != NULL && strstr(type, "/officeDocument") != NULL && strrchr(type, '/') != NULL &&
        strcmp(strrchr(type, '/'), "/officeDocument") == 0)
        id = "officeDocument";
    const char *kept[2] = {park_arena_text(r->arena, id, strlen(id)),
                           target[0] == '/' ? park_arena_text(r->arena, target + 1, strlen(target + 1))
                                            : park_arena_printf(r->arena, "%s%s", r->base, target)};
    for (int i = 0; i < 2; i++) {
        if (kept[i] == NULL || !PARK_GROW(r->arena, r->target, r->targets, r->targets_cap)) {
            r->failed = true;
            return;
        }
        r->target[r->targets++] = kept[i];
    }
}

static const char *target_of(const reading *r, const char *id)
{
    for (size_t i = 0; i + 1 < r->targets; i += 2)
        if (id != NULL && strcmp(r->target[i], id) == 0)
            return r->target[i + 1];
    return NULL;
}

/* --- the workbook: sheets in order, the system of dates --- */

static void workbook(void *user, const char *name, const char **attribute)
{
    reading        *r = user;
    park_xlsx_book *b = r->book;
    if (strcmp(name, "workbookPr") == 0) {
        const char *date = park_xml_attribute(attribute, "date1904");
        b->since_1904    = date != NULL && (strcmp(date, "1") == 0 || strcmp(date, "true") == 0);
    }
    if (strcmp(name, "sheet") != 0 || b->sheets >= SHEETS_MOST)
        return;
    const char *title = park_xml_attribute(attribute, "name"),
               *state = park_xml_attribute(attribute, "state");
    const char *at    = target_of(r, park_xml_attribute(attribute, "id"));
    if (title == NULL || at == NULL || strstr(at, "worksheets/") == NULL)
        return; /* sheets of charts and dialogs */
    park_xlsx_sheet sheet = {.name   = park_xlsx_plain(r->arena, title, strlen(title)),
                             .hidden = state != NULL && strcmp(state, "visible") != 0,
                             .part   = at};
    if (sheet.name == NULL || !PARK_GROW(r->arena, b->sheet, b->sheets, r->sheets_cap))
        r->failed = true;
    else
        b->sheet[b->sheets++] = sheet;
}

/* --- shared texts --- */

static void text_open(void *user, const char *name, const char **attribute)
{
    reading *r = user;
    (void)attribute;
    if (strcmp(name, "si") == 0)
        park_text_clear(&r->run);
    r->phonetic |= strcmp(name, "rPh") == 0;
    r->inside = strcmp(name, "t") == 0 && !r->phonetic;
}

static void text_close(void *user, const char *name)
{
    reading *r = user;
    r->inside  = false;
    if (strcmp(name, "rPh") == 0)
        r->phonetic = false;
    if (strcmp(name, "si") != 0)
        return;
    const char *text = park_text_done(&r->run);
    text             = text != NULL ? park_xlsx_plain(r->arena, text, r->run.length) : NULL;
    if (text == NULL || !PARK_GROW(r->arena, r->book->text, r->book->texts, r->texts_cap))
        r->failed = true;
    else
        r->book->text[r->book->texts++] = text;
}

static void text_characters(void *user, const char *text, size_t length)
{
    reading *r = user;
    if (r->inside)
        park_text_append(&r->run, text, length);
}

/* --- styles --- */

static uint8_t style_of(const reading *r, long id)
{
    for (size_t i = 0; i < r->formats; i++)
        if (r->format[i].id == id)
            return r->format[i].style;
    return park_xlsx_builtin_style(id);
}

static void style_open(void *user, const char *name, const char **attribute)
{
    reading *r = user;
    if (strcmp(name, "cellXfs") == 0)
        r->in_formats = true;
    const char *id = park_xml_attribute(attribute, "numFmtId");
    if (strcmp(name, "numFmt") == 0 && id != NULL) {
        const char *code = park_xml_attribute(attribute, "formatCode");
        if (!PARK_GROW(r->arena, r->format, r->formats, r->formats_cap)) {
            r->failed = true;
            return;
        }
        r->format[r->formats].id      = strtol(id, NULL, 10);
        r->format[r->formats++].style = park_xlsx_format_style(code != NULL ? code : "");
    }
    if (strcmp(name, "xf") != 0 || !r->in_formats)
        return;
    if (!PARK_GROW(r->arena, r->style, r->book->styles, r->styles_cap)) {
        r->failed = true;
        return;
    }
    r->style[r->book->styles++] = style_of(r, id != NULL ? strtol(id, NULL, 10) : 0);
}

static void style_close(void *user, const char *name)
{
    reading *r = user;
    if (strcmp(name, "cellXfs") == 0)
        r->in_formats = false;
}

/* --- the book --- */

static park_status read_parts(reading *r, park_findings *findings, park_error *err)
{
    park_xml_walker relations = {.open = relation, .user = r}, sheets = {.open = workbook, .user = r};
    park_xml_walker texts = {
        .open = text_open, .close = text_close, .characters = text_characters, .user = r};
    park_xml_walker styles  = {.open = style_open, .close = style_close, .user = r};
    char            empty[] = "";
    r->base                 = empty;
    PARK_TRY(walk(r, "_rels/.rels", &relations, true, findings, err));
    const char *main  = target_of(r, "officeDocument");
    const char *where = main != NULL ? main : "xl/workbook.xml";
    const char *slash = strrchr(where, '/');
    r->targets        = 0; /* the workbook's own relations use the same ids anew */
    size_t lead       = slash != NULL ? (size_t)(slash - where) + 1 : 0;
    r->base           = park_arena_text(r->arena, where, lead);
    const char *beside =
        r->base != NULL ? park_arena_printf(r->arena, "%s_rels/%s.rels", r->base, where + lead) : NULL;
    const char *shared = r->base != NULL ? park_arena_printf(r->arena, "%ssharedStrings.xml", r->base) : NULL;
    const char *look   = r->base != NULL ? park_arena_printf(r->arena, "%sstyles.xml", r->base) : NULL;
    if (beside == NULL || shared == NULL || look == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read %s", r->book->name);
    PARK_TRY(walk(r, beside, &relations, true, findings, err));
    PARK_TRY(walk(r, where, &sheets, true, findings, err));
    PARK_TRY(walk(r, shared, &texts, false, findings, err));
    PARK_TRY(walk(r, look, &styles, false, findings, err));
    r->book->style = r->style;
    if (r->book->sheets == 0)
        return refuse(findings, r->book, "it has no sheet of cells", "没有工作表", err);
    return PARK_OK;
}

park_status park_xlsx_parse(park_arena *arena, const char *name, const char *bytes, size_t length,
                            park_findings *findings, park_xlsx_book **book, park_error *err)
{
    reading r = {.arena = arena, .book = PARK_NEW(arena, park_xlsx_book)};
    *book     = r.book;
    if (r.book == NULL || (r.book->name = park_arena_text(arena, name, strlen(name))) == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read %s", name);
    r.book->bytes  = bytes;
    r.book->length = length;
    park_text_init(&r.run, arena);
    if (length >= 4 && memcmp(bytes, "\xD0\xCF\x11\xE0", 4) == 0)
        return refuse(
            findings, r.book,
            "it is of the format before 2007 (.xls) or protected by a password; save it as .xlsx without one",
            "该文件为 2007 版以前的格式（.xls）或设有密码；请另存为不带密码的 .xlsx", err);
    if (!park_xlsx_looks(bytes, length))
        return refuse(findings, r.book, "it is no zipped file", "不是 XLSX 文件", err);
    return read_parts(&r, findings, err);
}

/* --- sheets and places --- */

static bool same_name(const char *a, const char *b)
{
    for (;; a++, b++) {
        char x = *a >= 'A' && *a <= 'Z' ? (char)(*a + 32) : *a,
             y = *b >= 'A' && *b <= 'Z' ? (char)(*b + 32) : *b;
        if (x != y)
            return false;
        if (x == '\0')
            return true;
    }
}

park_xlsx_sheet *park_xlsx_find(const park_xlsx_book *book, const char *name, park_findings *findings)
{
    const char *wanted = name != NULL ? park_xlsx_plain(findings->arena, name, strlen(name)) : NULL;
    for (size_t i = 0; i < book->sheets; i++)
        if (name == NULL ? !book->sheet[i].hidden : wanted != NULL && same_name(book->sheet[i].name, wanted))
            return &book->sheet[i];
    park_text list;
    park_text_init(&list, findings->arena);
    for (size_t i = 0; i < book->sheets; i++)
        park_text_printf(&list, "%s%s", i == 0 ? "" : ", ", book->sheet[i].name);
    const char   *all = park_text_done(&list);
    park_finding *f =
        park_finding_add(findings, PARK_E0229, PARK_ERROR, NULL, "no sheet '%s' in %s; it has: %s",
                         "%2$s 中没有工作表“%1$s”；现有：%3$s", name != NULL ? name : "(visible)", book->name,
                         all != NULL ? all : "");
    if (f != NULL)
        f->file = book->name;
    return NULL;
}

const park_xlsx_cell *park_xlsx_at(const park_xlsx_sheet *sheet, int32_t row, int32_t column)
{
    size_t low = 0, high = sheet->cells;
    while (low < high) {
        size_t                middle = low + (high - low) / 2;
        const park_xlsx_cell *c      = &sheet->cell[middle];
        if (c->row < row || (c->row == row && c->column < column))
            low = middle + 1;
        else
            high = middle;
    }
    bool here = low < sheet->cells && sheet->cell[low].row == row && sheet->cell[low].column == column;
    return here ? &sheet->cell[low] : NULL;
}
