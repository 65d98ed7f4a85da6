/*
 * faults.c - what libyaml complains about, said where the mistake is and in words that help.
 * libyaml reports where it could not go on; the mistake often stands a line earlier.
 */
#include "yaml/build.h"

#include "utf8.h"

#include <stdio.h>
#include <string.h>

/* --- lines --- */

typedef struct line {
    const char *text;
    size_t      length;
} line;

/* `text` is the file's text with broken blocks blanked; it has the same lines. */
static line line_at(const park_tree_file *file, const char *text, size_t number)
{
    size_t start = park_build_line(file, number), end = park_build_line(file, number + 1);
    while (end > start && (text[end - 1] == '\n' || text[end - 1] == '\r'))
        end--;
    return (line){text + start, end - start};
}

static size_t indent_of(line l)
{
    size_t i = 0;
    while (i < l.length && l.text[i] == ' ')
        i++;
    return i;
}

static bool blank(line l)
{
    size_t i = indent_of(l);
    return i == l.length || l.text[i] == '#';
}

/* The last line before `number` that holds something; 0 when there is none. */
static size_t line_before(const park_tree_file *file, const char *text, size_t number)
{
    for (size_t n = number; n > 1; n--)
        if (!blank(line_at(file, text, n - 1)))
            return n - 1;
    return 0;
}

/* Byte offset of a 1-based column in a line, clipped. */
static size_t byte_at(line l, size_t column)
{
    size_t at = 0;
    for (size_t c = 1; c < column && at < l.length; c++) {
        uint32_t code;
        size_t   size = park_utf8_next(l.text + at, l.length - at, &code);
        at += size > 0 ? size : 1;
    }
    return at;
}

static size_t column_of(line l, size_t offset)
{
    return park_utf8_count(l.text, offset < l.length ? offset : l.length) + 1;
}

/* --- faults --- */

#define SAY(fault, ...) snprintf((fault)->en, sizeof(fault)->en, __VA_ARGS__)
#define SAY_ZH(fault, ...) snprintf((fault)->zh, sizeof(fault)->zh, __VA_ARGS__)

static void put(park_fault *fault, park_code code, size_t number, size_t column, bool sure)
{
    fault->code   = code;
    fault->line   = number;
    fault->column = column;
    fault->length = 1;
    fault->sure   = sure;
}

/* Full-width punctuation in line `number`, before byte `limit` of it. */
static bool wide_in_line(const park_tree_file *file, const char *text, size_t number, size_t limit,
                         bool in_flow, park_fault *fault)
{
    if (number == 0)
        return false;
    line      l = line_at(file, text, number);
    park_wide wide;
    if (!park_wide_find(l.text, limit < l.length ? limit : l.length, &wide))
        return false;
    bool comma = wide.plain[1] == ',', colon = wide.plain[1] == ':';
    if (comma && !in_flow)
        return false;
    put(fault, PARK_E0105, number, column_of(l, wide.offset), true);
    SAY(fault, "full-width '%.*s' stands here; write %s%s", (int)wide.length, l.text + wide.offset,
        wide.plain, colon ? " and a space" : "");
    SAY_ZH(fault, "此处是全角“%.*s”；请写半角 %s%s", (int)wide.length, l.text + wide.offset, wide.plain,
           colon ? " 并加空格" : "");
    return true;
}

static bool explain_wide(const park_tree_file *file, const char *text, const park_complaint *c,
                         park_fault *fault)
{
    bool in_flow = c->context != NULL && strstr(c->context, "flow") != NULL;
    line last    = line_at(file, text, c->line);
    if (wide_in_line(file, text, c->line, byte_at(last, c->column + 1), in_flow, fault))
        return true;
    if (c->context != NULL && c->context_line < c->line && strstr(c->context, "block") == NULL)
        for (size_t n = c->context_line; n < c->line; n++)
            if (wide_in_line(file, text, n, SIZE_MAX, in_flow, fault))
                return true;
    return wide_in_line(file, text, line_before(file, text, c->line), SIZE_MAX, in_flow, fault);
}

static bool explain_token(const park_tree_file *file, const char *text, const park_complaint *c,
                          park_fault *fault)
{
    line   l     = line_at(file, text, c->line);
    size_t at    = byte_at(l, c->column);
    char   found = at < l.length ? l.text[at] : '\0';
    bool   start = strstr(c->problem, "cannot start any token") != NULL;
    if (strstr(c->problem, "tab character") != NULL || (start && found == '\t')) {
        put(fault, PARK_E0104, c->line, c->column, true);
        SAY(fault, "a tab stands in the indentation; use spaces");
        SAY_ZH(fault, "缩进中有制表符；请用空格");
        return true;
    }
    if (c->context != NULL && strstr(c->context, "scanning an alias") != NULL) {
        put(fault, PARK_E0107, c->context_line, c->context_column, true);
        SAY(fault, "* must be quoted: \"*\"; without quotes it refers to an anchor");
        SAY_ZH(fault, "* 须加引号：\"*\"；不加引号表示引用锚点");
        return true;
    }
    bool anchor = c->context != NULL && strstr(c->context, "scanning an anchor") != NULL;
    if (!start && !anchor)
        return false;
    put(fault, PARK_E0117, anchor ? c->context_line : c->line, anchor ? c->context_column : c->column, true);
    found = anchor ? '&' : found;
    SAY(fault, "a value that starts with '%c' must be quoted", found);
    SAY_ZH(fault, "以“%c”开头的值必须加引号", found);
    return true;
}

/* Does the bracket's partner stand on the same line behind the place where libyaml stopped? */
static bool closes_on_line(line l, size_t from, char close)
{
    return from < l.length && memchr(l.text + from, close, l.length - from) != NULL;
}

static bool explain_bracket(const park_tree_file *file, const char *text, const park_complaint *c,
                            park_fault *fault)
{
    bool mapping = strstr(c->problem, "expected ',' or '}'") != NULL;
    if (!mapping && strstr(c->problem, "expected ',' or ']'") == NULL)
        return false;
    char   open = mapping ? '{' : '[', close = mapping ? '}' : ']';
    line   l  = line_at(file, text, c->line);
    size_t at = byte_at(l, c->column);
    if (c->line == c->context_line && closes_on_line(l, at, close)) {
        put(fault, PARK_E0101, c->line, c->column, true);
        SAY(fault, "',' or '%c' is missing before this place; '%c' was opened in column %zu", close, open,
            c->context_column);
        SAY_ZH(fault, "此处之前缺少“,”或“%c”；“%c”在第 %zu 列打开", close, open, c->context_column);
        return true;
    }
    put(fault, PARK_E0106, c->context_line, c->context_column, true);
    SAY(fault, "'%c' is opened here and not closed; line %zu, column %zu cannot belong to it", open, c->line,
        c->column);
    SAY_ZH(fault, "此处的“%c”没有闭合；读到第 %zu 行第 %zu 列时无法继续", open, c->line, c->column);
    return true;
}

static bool explain_quote(const park_complaint *c, park_fault *fault)
{
    if (c->context == NULL || strstr(c->context, "quoted scalar") == NULL)
        return false;
    if (strstr(c->problem, "end of stream") != NULL || strstr(c->problem, "document indicator") != NULL) {
        put(fault, PARK_E0106, c->context_line, c->context_column, true);
        SAY(fault, "the quote opened here is not closed; the reading came to line %zu", c->line);
        SAY_ZH(fault, "此处打开的引号没有闭合；一直读到第 %zu 行", c->line);
        return true;
    }
    put(fault, PARK_E0101, c->line, c->column, true);
    SAY(fault, "no such escape in double quotes; write \\\\ for a backslash, or use single quotes");
    SAY_ZH(fault, "双引号内没有这种转义；反斜线写作 \\\\，或改用单引号");
    return true;
}

/* "demand:120" in the line before: the colon was read as part of the text. */
static bool explain_tight_colon(const park_tree_file *file, const char *text, size_t number,
                                park_fault *fault)
{
    if (number == 0)
        return false;
    line   l  = line_at(file, text, number);
    size_t at = indent_of(l);
    while (at + 1 < l.length && l.text[at] == '-' && l.text[at + 1] == ' ')
        at += 2;
    size_t colon = at;
    while (colon < l.length && memchr(" \t\"'{[#:", l.text[colon], 8) == NULL)
        colon++;
    if (colon == at || colon + 1 >= l.length || l.text[colon] != ':' || l.text[colon + 1] == ' ')
        return false;
    put(fault, PARK_E0101, number, column_of(l, colon), true);
    SAY(fault, "a space must follow ':'");
    SAY_ZH(fault, "“:”之后须有空格");
    return true;
}

/* A second colon in one value, or a line indented below a value. */
static bool explain_colon(const park_tree_file *file, const char *text, const park_complaint *c,
                          park_fault *fault)
{
    if (strstr(c->problem, "mapping values are not allowed") == NULL)
        return false;
    size_t before = line_before(file, text, c->line);
    line   l      = line_at(file, text, c->line);
    size_t at = byte_at(l, c->column), first = indent_of(l);
    bool   second = false;
    for (size_t i = first; i + 1 < at; i++)
        second = second || (l.text[i] == ':' && l.text[i + 1] == ' ');
    if (second) {
        put(fault, PARK_E0101, c->line, c->column, true);
        SAY(fault, "a second ': ' in one value; quote the text, or write a mapping as {a: b}");
        SAY_ZH(fault, "一个值中出现第二个“: ”；请给文字加引号，或写成映射 {a: b}");
        return true;
    }
    if (explain_tight_colon(file, text, before, fault))
        return true;
    if (before > 0 && first <= indent_of(line_at(file, text, before))) {
        put(fault, PARK_E0101, before, indent_of(line_at(file, text, before)) + 1, false);
        SAY(fault, "this line has no ': ' that makes it a key");
        SAY_ZH(fault, "此行缺少使其成为键的“: ”");
        return true;
    }
    put(fault, PARK_E0101, c->line, first + 1, false);
    fault->length = at > first ? park_utf8_count(l.text + first, at - first) : 1;
    SAY(fault, "this line is indented below line %zu, which already has a value; check the indentation",
        before);
    SAY_ZH(fault, "此行缩进到第 %zu 行之下，而该行已有值；请检查缩进", before);
    return true;
}

static void explain_rest(const park_tree_file *file, const char *text, const park_complaint *c,
                         park_fault *fault)
{
    static const struct {
        const char *problem, *en, *zh;
    } KNOWN[] = {
        {"did not find expected key", "a key is expected here; check the indentation and the quotes above",
         "此处应为键；请检查缩进以及上文的引号"},
        {"did not find expected '-' indicator",
         "a list item '- ' is expected here, as above; check the indentation",
         "此处应为列表项“- ”；请检查缩进"},
        {"could not find expected ':'", "this line has no ': ' that makes it a key",
         "此行缺少使其成为键的“: ”"},
        {"did not find expected <document start>", "something stands after the end of the file's one mapping",
         "文件唯一的映射结束之后还有内容"},
        {"block sequence entries are not allowed", "a list item '- ' must start on its own line",
         "列表项“- ”须另起一行"},
        {"did not find expected node content", "a value is missing here, or a bracket or comma is too many",
         "此处缺少值，或多了括号、逗号"},
        {"block mapping", "a key is not allowed here; check the indentation", "此处不能有键；请检查缩进"},
        {"undefined tag handle", "words that start with ! are tags, which are not used; quote the text",
         "以 ! 开头的词是标签，不使用；请加引号"},
        {"did not find expected whitespace or line break", "a space is missing here", "此处缺少空格"},
    };
    bool   key    = strstr(c->problem, "could not find expected ':'") != NULL && c->context_line > 0;
    size_t number = key ? c->context_line : c->line, column = key ? c->context_column : c->column;
    if (key && explain_tight_colon(file, text, c->context_line, fault))
        return;
    put(fault, PARK_E0101, number, column, false);
    line l = line_at(file, text, number);
    if (!key && strstr(c->problem, "expected key") != NULL && byte_at(l, column) > indent_of(l)) {
        SAY(fault, "this cannot stand behind the value; quotes or brackets must hold the whole value");
        SAY_ZH(fault, "值之后不能再有内容；引号或括号应包住整个值");
        return;
    }
    for (size_t i = 0; i < sizeof KNOWN / sizeof KNOWN[0]; i++)
        if (strstr(c->problem, KNOWN[i].problem) != NULL) {
            SAY(fault, "%s", KNOWN[i].en);
            SAY_ZH(fault, "%s", KNOWN[i].zh);
            return;
        }
    SAY(fault, "this is not YAML: %s", c->problem);
    SAY_ZH(fault, "不符合 YAML 语法：%s", c->problem);
}

void park_fault_explain(const park_tree_file *file, const char *text, const park_complaint *complaint,
                        park_fault *fault)
{
    memset(fault, 0, sizeof *fault);
    park_complaint c = *complaint;
    if (c.problem == NULL)
        c.problem = "";
    if (c.line > file->lines)
        c.line = file->lines;
    if (explain_token(file, text, &c, fault) || explain_wide(file, text, &c, fault) ||
        explain_bracket(file, text, &c, fault) || explain_quote(&c, fault) ||
        explain_colon(file, text, &c, fault))
        return;
    explain_rest(file, text, &c, fault);
}

/* --- characters that are no text --- */

enum { CONTROLS_TOLD = 5 };

static void tell_control(const park_tree *tree, park_mark mark, size_t at, uint32_t code,
                         park_findings *findings)
{
    const park_tree_file *file = &tree->files[mark.file];
    line                  l    = line_at(file, file->text, (size_t)mark.line);
    mark.column                = (int32_t)column_of(l, at - park_build_line(file, (size_t)mark.line));
    PARK_BUILD_ERROR(tree, findings, mark, PARK_E0103, "the character U+%04X is no text%s",
                     "字符 U+%04X 不是文本%s", (unsigned)code, code == 0 ? " (NUL)" : "");
}

size_t park_control_clean(const park_tree *tree, int file, char *text, size_t length, park_findings *findings)
{
    size_t bad = 0, number = 1;
    for (size_t at = 0; at < length;) {
        uint32_t code  = (unsigned char)text[at];
        size_t   size  = code < 0x80 ? 1 : park_utf8_next(text + at, length - at, &code);
        size           = size > 0 ? size : 1;
        bool text_like = code == '\t' || code == '\n' || code == '\r' || code == 0x85 ||
                         (code >= 0x20 && code != 0x7F && (code < 0x80 || code >= 0xA0) && code != 0xFEFF &&
                          code != 0xFFFE && code != 0xFFFF);
        if (!text_like) {
            while (number < tree->files[file].lines && tree->files[file].starts[number] <= at)
                number++;
            memset(text + at, ' ', size);
            if (bad++ < CONTROLS_TOLD)
                tell_control(tree, (park_mark){file, (int32_t)number, 1, 1}, at, code, findings);
        }
        at += size;
    }
    return bad;
}
