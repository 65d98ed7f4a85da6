#include "report/docx.h"

#include "report/number.h"

#include <math.h>
#include <string.h>
#include <zip.h>

enum { PICTURES_MOST = 64 };

/* An A4 page between its margins, with room for a caption [EMU]: 16 x 23 cm upright. */
static const double SHORT_EMU = 5760000.0, LONG_EMU = 8280000.0, CAPTION_EMU = 900000.0,
                    HEADING_EMU = 700000.0;
enum { SHORT_TWIPS = 9070, LONG_TWIPS = 14000 };

struct park_docx {
    park_arena *arena;
    bool        zh, across;
    bool        headed; /* a heading stands right above */
    park_text   body;
    size_t      pictures;
    park_png    picture[PICTURES_MOST];
};

park_docx *park_docx_new(park_arena *arena, bool zh)
{
    park_docx *docx = PARK_NEW(arena, park_docx);
    if (docx == NULL)
        return NULL;
    docx->arena = arena;
    docx->zh    = zh;
    park_text_init(&docx->body, arena);
    return docx;
}

static void escaped(park_text *out, const char *text)
{
    for (; text != NULL && *text != '\0'; text++)
        switch (*text) {
        case '&':
            park_text_add(out, "&amp;");
            break;
        case '<':
            park_text_add(out, "&lt;");
            break;
        case '>':
            park_text_add(out, "&gt;");
            break;
        default:
            if ((unsigned char)*text >= 0x20 || *text == '\t')
                park_text_char(out, *text);
        }
}

static void paragraph(park_docx *docx, const char *style, const char *more, const char *text)
{
    park_text_printf(&docx->body,
                     "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s</w:pPr><w:r><w:t xml:space=\"preserve\">", style,
                     more);
    escaped(&docx->body, text);
    park_text_add(&docx->body, "</w:t></w:r></w:p>\n");
}

void park_docx_heading(park_docx *docx, int level, const char *text)
{
    static const char *const STYLE[] = {"Title", "Heading1", "Heading2", "Heading3"};
    paragraph(docx, STYLE[level < 0 || level > 3 ? 3 : level], "", text);
    docx->headed = true;
}

void park_docx_paragraph(park_docx *docx, const char *text)
{
    paragraph(docx, "Normal", "", text);
    docx->headed = false;
}

/* The end of a section, whose pages lie as they did so far. */
static void section(const park_docx *docx, park_text *out)
{
    int width = docx->across ? 16838 : 11906, height = docx->across ? 11906 : 16838;
    park_text_printf(
        out,
        "<w:sectPr><w:pgSz w:w=\"%d\" w:h=\"%d\"%s/><w:pgMar w:top=\"1418\" w:right=\"1418\" "
        "w:bottom=\"1418\" w:left=\"1418\" w:header=\"850\" w:footer=\"850\" w:gutter=\"0\"/></w:sectPr>",
        width, height, docx->across ? " w:orient=\"landscape\"" : "");
}

void park_docx_turn(park_docx *docx)
{
    park_text_add(&docx->body, "<w:p><w:pPr>");
    section(docx, &docx->body);
    park_text_add(&docx->body, "</w:pPr></w:p>\n");
    docx->across = !docx->across;
}

/* About as wide as the longest text of a column, a wide letter counting two; headings may wrap. */
static double width_of(const park_sheet *sheet, size_t column)
{
    double widest = 5.0;
    for (size_t r = 0; r < sheet->rows; r++) {
        size_t at = sheet->row[r] + column, end = r + 1 < sheet->rows ? sheet->row[r + 1] : sheet->cells;
        if (at >= end)
            continue;
        char   number[400];
        double here = 0.0;
        park_number_print(sheet->cell[at].number, sheet->cell[at].decimals, number, sizeof number);
        for (const char *t = sheet->cell[at].text != NULL ? sheet->cell[at].text : number; *t != '\0'; t++)
            here += (unsigned char)*t < 0x80 || ((unsigned char)*t >= 0xC0 && (unsigned char)*t < 0xE0) ? 1.0
                    : (unsigned char)*t >= 0xE0                                                         ? 2.0
                                                                                                        : 0.0;
        widest = fmax(widest, fmin(here, r == 0 ? 9.0 : 26.0));
    }
    return widest;
}

/* The cell under a heading; the heading itself where there is none. */
static size_t below(const park_sheet *sheet, size_t at)
{
    size_t under = sheet->rows > 1 ? sheet->row[1] + at : sheet->cells;
    return under < (sheet->rows > 2 ? sheet->row[2] : sheet->cells) ? under : at;
}

/* Letters of tables by the room that their columns leave: from 8.5 points down to 5 [half points]. */
static const struct {
    const char *head, *cell;
    int         half_points;
} LETTERS[] = {{"TableHead", "TableCell", 17},
               {"TableHead15", "TableCell15", 15},
               {"TableHead13", "TableCell13", 13},
               {"TableHead11", "TableCell11", 11},
               {"TableHead10", "TableCell10", 10}};

enum {
    LETTER_SIZES = sizeof LETTERS / sizeof *LETTERS,
    CELL_TWIPS   = 90, /* margins of a cell */
    ASIDE_TWIPS  = 110 /* words beside a column of numbers keep off them */
};

/* What a column of so many letters takes [twips]: a narrow letter is half as wide as high, bold ones a little more. */
static double column_twips(double letters, int half_points)
{
    return letters * 5.3 * half_points + CELL_TWIPS;
}

/* Do numbers stand in a column? Its heading stands right then, too. */
static bool of_numbers(const park_sheet *sheet, size_t column)
{
    return sheet->cell[below(sheet, column)].text == NULL;
}

static double column_width(const park_sheet *sheet, size_t column, int half_points)
{
    bool aside = column > 0 && !of_numbers(sheet, column) && of_numbers(sheet, column - 1);
    return column_twips(width_of(sheet, column), half_points) + (aside ? ASIDE_TWIPS : 0);
}

static void cell(park_docx *docx, const park_cell *c, const char *style, bool right, bool aside)
{
    char        number[400];
    const char *text = c->text;
    if (text == NULL) {
        park_number_print(c->number, c->decimals, number, sizeof number);
        text = number;
    }
    park_text_add(&docx->body, "<w:tc>");
    const char *words =
        aside ? park_arena_printf(docx->arena, "<w:ind w:left=\"%d\"/>", (int)ASIDE_TWIPS) : "";
    if (words == NULL)
        docx->body.failed = true;
    else
        paragraph(docx, style, right ? "<w:jc w:val=\"right\"/>" : words, text);
    park_text_add(&docx->body, "</w:tc>");
}

void park_docx_table(park_docx *docx, const char *caption, const park_sheet *sheet)
{
    paragraph(docx, "Caption", "<w:keepNext/>", caption);
    docx->headed = false;
    park_text_add(
        &docx->body,
        "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders><w:top w:val=\"single\" "
        "w:sz=\"8\"/><w:bottom w:val=\"single\" w:sz=\"8\"/><w:insideH w:val=\"single\" "
        "w:sz=\"2\"/></w:tblBorders><w:tblCellMar><w:left w:w=\"40\" w:type=\"dxa\"/><w:right w:w=\"40\" "
        "w:type=\"dxa\"/></w:tblCellMar></w:tblPr>\n");
    size_t columns = sheet->rows > 1 ? sheet->row[1] : sheet->cells;
    double sum = 0.0, page = docx->across ? LONG_TWIPS : SHORT_TWIPS;
    int    size = -1;
    do {
        sum = 0.0, size++;
        for (size_t c = 0; c < columns; c++)
            sum += column_width(sheet, c, LETTERS[size].half_points);
    } while (sum > page && size + 1 < LETTER_SIZES);
    park_text_add(&docx->body, "<w:tblGrid>");
    for (size_t c = 0; c < columns; c++)
        park_text_printf(&docx->body, "<w:gridCol w:w=\"%d\"/>",
                         (int)(column_width(sheet, c, LETTERS[size].half_points) / sum * page));
    park_text_add(&docx->body, "</w:tblGrid>\n");
    for (size_t r = 0; r < sheet->rows; r++) {
        size_t end = r + 1 < sheet->rows ? sheet->row[r + 1] : sheet->cells;
        park_text_printf(&docx->body, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>",
                         r == 0 ? "<w:tblHeader/>" : "");
        for (size_t at = sheet->row[r]; at < end; at++) {
            size_t c     = at - sheet->row[r];
            bool   right = sheet->cell[r == 0 ? below(sheet, at) : at].text == NULL;
            cell(docx, &sheet->cell[at], r == 0 ? LETTERS[size].head : LETTERS[size].cell, right,
                 !right && c > 0 && c < columns && !of_numbers(sheet, c) && of_numbers(sheet, c - 1));
        }
        park_text_add(&docx->body, "</w:tr>\n");
    }
    park_text_add(&docx->body, "</w:tbl>\n");
    paragraph(docx, "Normal", "", "");
}

void park_docx_picture(park_docx *docx, const char *caption, const park_png *png)
{
    if (docx->pictures == PICTURES_MOST || png->width <= 0 || png->height <= 0) {
        docx->body.failed = docx->body.failed || docx->pictures < PICTURES_MOST;
        return;
    }
    docx->picture[docx->pictures++] = *png;
    double wide = docx->across ? LONG_EMU : SHORT_EMU, high = docx->across ? SHORT_EMU : LONG_EMU;
    double scale =
        fmin(wide / png->width, (high - CAPTION_EMU - (docx->headed ? HEADING_EMU : 0.0)) / png->height);
    docx->headed = false;
    long long cx = llround(png->width * scale), cy = llround(png->height * scale);
    park_text_printf(
        &docx->body,
        "<w:p><w:pPr><w:pStyle w:val=\"Picture\"/><w:keepNext/></w:pPr><w:r><w:drawing><wp:inline "
        "distT=\"0\" "
        "distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"%lld\" cy=\"%lld\"/><wp:docPr id=\"%zu\" "
        "name=\"picture%zu\"/><a:graphic><a:graphicData "
        "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr "
        "id=\"%zu\" name=\"picture%zu.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip "
        "r:embed=\"picture%zu\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off "
        "x=\"0\" "
        "y=\"0\"/><a:ext cx=\"%lld\" cy=\"%lld\"/></a:xfrm><a:prstGeom "
        "prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></"
        "w:drawing>"
        "</w:r></w:p>\n",
        cx, cy, docx->pictures, docx->pictures, docx->pictures, docx->pictures, docx->pictures, cx, cy);
    paragraph(docx, "Caption", "", caption);
}

/* ---- the package ---- */

static const char TYPES[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
    "Extension=\"rels\" "
    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"png\" "
    "ContentType=\"image/png\"/><Override PartName=\"/word/document.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/"
    "><Override "
    "PartName=\"/word/styles.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/></Types>";
static const char ROOT[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
    "Id=\"document\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
    "Target=\"word/document.xml\"/></Relationships>";

static void style(park_text *out, const char *id, const char *name, const char *paragraph_words,
                  int half_points, bool bold, bool heading_font, int outline)
{
    park_text_add(out, "<w:style w:type=\"paragraph\" ");
    park_text_add(out, strcmp(id, "Normal") == 0 ? "w:default=\"1\" w:styleId=\"" : "w:styleId=\"");
    park_text_add(out, id);
    park_text_add(out, "\"><w:name w:val=\"");
    park_text_add(out, name);
    park_text_add(out, "\"/>");
    if (strcmp(id, "Normal") != 0)
        park_text_add(out, "<w:basedOn w:val=\"Normal\"/>");
    park_text_printf(out, "<w:pPr>%s", paragraph_words);
    if (outline >= 0)
        park_text_printf(out, "<w:outlineLvl w:val=\"%d\"/>", outline);
    park_text_printf(out,
                     "</w:pPr><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" "
                     "w:eastAsia=\"%s\"/>%s<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/></w:rPr></w:style>\n",
                     heading_font ? "SimHei" : "SimSun", bold ? "<w:b/>" : "", half_points, half_points);
}

static const char *styles(const park_docx *docx)
{
    park_text out;
    park_text_init(&out, docx->arena);
    park_text_printf(
        &out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles "
        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/"
        "main\"><w:docDefaults><w:rPrDefault>"
        "<w:rPr><w:lang w:val=\"en-US\" w:eastAsia=\"%s\"/></w:rPr></w:rPrDefault></w:docDefaults>\n",
        docx->zh ? "zh-CN" : "en-US");
    style(&out, "Normal", "Normal", "<w:spacing w:after=\"60\" w:line=\"320\" w:lineRule=\"auto\"/>", 21,
          false, false, -1);
    style(&out, "Title", "Title", "<w:spacing w:before=\"1200\" w:after=\"400\"/><w:jc w:val=\"center\"/>",
          44, true, true, -1);
    style(&out, "Heading1", "heading 1", "<w:keepNext/><w:spacing w:before=\"360\" w:after=\"160\"/>", 32,
          true, true, 0);
    style(&out, "Heading2", "heading 2", "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/>", 26,
          true, true, 1);
    style(&out, "Heading3", "heading 3", "<w:keepNext/><w:spacing w:before=\"160\" w:after=\"80\"/>", 22,
          true, true, 2);
    style(&out, "Caption", "caption", "<w:spacing w:before=\"120\" w:after=\"80\"/><w:jc w:val=\"center\"/>",
          19, true, true, -1);
    style(&out, "Picture", "Picture", "<w:spacing w:before=\"120\" w:after=\"0\"/><w:jc w:val=\"center\"/>",
          21, false, false, -1);
    for (int i = 0; i < LETTER_SIZES; i++) {
        style(&out, LETTERS[i].head, LETTERS[i].head,
              "<w:spacing w:before=\"20\" w:after=\"20\" w:line=\"260\" w:lineRule=\"auto\"/>",
              LETTERS[i].half_points, true, true, -1);
        style(&out, LETTERS[i].cell, LETTERS[i].cell,
              "<w:spacing w:before=\"10\" w:after=\"10\" w:line=\"260\" w:lineRule=\"auto\"/>",
              LETTERS[i].half_points, false, false, -1);
    }
    park_text_add(&out, "</w:styles>");
    return park_text_done(&out);
}

static const char *document(park_docx *docx)
{
    park_text out;
    park_text_init(&out, docx->arena);
    park_text_add(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document "
                        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
                        "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
                        "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
                        "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
                        "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>\n");
    const char *body = park_text_done(&docx->body);
    if (body == NULL)
        return NULL;
    park_text_append(&out, body, docx->body.length);
    section(docx, &out);
    park_text_add(&out, "</w:body></w:document>");
    return park_text_done(&out);
}

static const char *relations(const park_docx *docx)
{
    park_text out;
    park_text_init(&out, docx->arena);
    park_text_add(
        &out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships "
        "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
        "Id=\"styles\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" "
        "Target=\"styles.xml\"/>");
    for (size_t i = 1; i <= docx->pictures; i++)
        park_text_printf(&out,
                         "<Relationship Id=\"picture%zu\" "
                         "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" "
                         "Target=\"media/picture%zu.png\"/>",
                         i, i);
    park_text_add(&out, "</Relationships>");
    return park_text_done(&out);
}

/* A member of the package; its time is always the same. */
static bool member(zip_t *package, const char *name, const char *bytes, size_t length, bool packed)
{
    static const time_t THEN = 946684800; /* 2000-01-01 UTC */
    zip_source_t *from = bytes != NULL && name != NULL ? zip_source_buffer(package, bytes, length, 0) : NULL;
    if (from == NULL)
        return false;
    zip_int64_t at = zip_file_add(package, name, from, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
        zip_source_free(from);
        return false;
    }
    return zip_file_set_mtime(package, (zip_uint64_t)at, THEN, 0) == 0 &&
           zip_set_file_compression(package, (zip_uint64_t)at, packed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) ==
               0;
}

static bool members(park_docx *docx, zip_t *package)
{
    const struct {
        const char *name, *text;
    } parts[] = {{"[Content_Types].xml", TYPES},
                 {"_rels/.rels", ROOT},
                 {"word/document.xml", document(docx)},
                 {"word/styles.xml", styles(docx)},
                 {"word/_rels/document.xml.rels", relations(docx)}};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].text == NULL ||
            !member(package, parts[i].name, parts[i].text, strlen(parts[i].text), true))
            return false;
    for (size_t i = 0; i < docx->pictures; i++)
        if (!member(package, park_arena_printf(docx->arena, "word/media/picture%zu.png", i + 1),
                    docx->picture[i].bytes, docx->picture[i].length, false))
            return false;
    return true;
}

/* What libzip has put together, copied out of its buffer. */
static park_status take(park_docx *docx, zip_source_t *kept, const char **bytes, size_t *length,
                        park_error *err)
{
    zip_stat_t about;
    zip_stat_init(&about);
    if (zip_source_open(kept) != 0)
        return PARK_FAIL(err, PARK_E_FILE, "the document could not be put together");
    char       *copy = NULL;
    park_status status;
    if (zip_source_stat(kept, &about) != 0 || (about.valid & ZIP_STAT_SIZE) == 0)
        status = PARK_FAIL(err, PARK_E_FILE, "the document has no size");
    else if ((copy = PARK_ARRAY(docx->arena, about.size, char)) == NULL)
        status = PARK_FAIL(err, PARK_E_MEMORY, "no memory for the document");
    else if (zip_source_read(kept, copy, about.size) != (zip_int64_t)about.size)
        status = PARK_FAIL(err, PARK_E_FILE, "the document could not be taken out of memory");
    else
        status = PARK_OK;
    zip_source_close(kept);
    *bytes  = copy;
    *length = status == PARK_OK ? about.size : 0;
    return status;
}

park_status park_docx_done(park_docx *docx, const char **bytes, size_t *length, park_error *err)
{
    if (docx->body.failed)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the document");
    zip_error_t   why;
    zip_source_t *kept    = zip_source_buffer_create(NULL, 0, 0, &why);
    zip_t        *package = kept != NULL ? zip_open_from_source(kept, ZIP_CREATE | ZIP_TRUNCATE, &why) : NULL;
    if (package == NULL) {
        zip_source_free(kept);
        return PARK_FAIL(err, PARK_E_FILE, "the document could not be begun by libzip");
    }
    zip_source_keep(kept);
    if (!members(docx, package) || zip_close(package) != 0) {
        zip_discard(package);
        zip_source_free(kept);
        return PARK_FAIL(err, PARK_E_FILE, "the document could not be put together by libzip");
    }
    park_status status = take(docx, kept, bytes, length, err);
    zip_source_free(kept);
    return status;
}
