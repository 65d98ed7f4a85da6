/*
 * wide.c - characters that look like YAML's punctuation and are not: what Chinese input methods write.
 */
#include "yaml/pass.h"

#include "utf8.h"

#include <string.h>

static const char *plain_of(uint32_t code)
{
    static const struct {
        uint32_t    code;
        const char *plain;
    } WIDE[] = {
        {0xFF1A, "':'"},     {0xFF0C, "','"},   {0x3001, "','"},   {0xFF1B, "';'"},   {0x201C, "'\"'"},
        {0x201D, "'\"'"},    {0x2018, "\"'\""}, {0x2019, "\"'\""}, {0xFF02, "'\"'"},  {0xFF07, "\"'\""},
        {0xFF5B, "'{'"},     {0xFF5D, "'}'"},   {0xFF3B, "'['"},   {0xFF3D, "']'"},   {0x3010, "'['"},
        {0x3011, "']'"},     {0xFF03, "'#'"},   {0xFF0D, "'-'"},   {0xFF0A, "\"*\""}, {0x3000, "a space"},
        {0x00A0, "a space"},
    };
    for (size_t i = 0; i < sizeof WIDE / sizeof WIDE[0]; i++)
        if (WIDE[i].code == code)
            return WIDE[i].plain;
    return NULL;
}

static bool among(uint32_t code, const char *set)
{
    for (size_t at = 0, length = strlen(set); at < length;) {
        uint32_t member;
        at += park_utf8_next(set + at, length - at, &member);
        if (member == code)
            return true;
    }
    return false;
}

/* First character of `set` in the text. */
static bool find(const char *text, size_t length, const char *set, park_wide *wide)
{
    for (size_t at = 0; at < length;) {
        uint32_t code;
        size_t   size = park_utf8_next(text + at, length - at, &code);
        if (code >= 0x80 && size > 0 && among(code, set)) {
            *wide = (park_wide){at, size, plain_of(code)};
            return true;
        }
        at += size > 0 ? size : 1;
    }
    return false;
}

static bool starts_with(const char *text, size_t length, const char *set, park_wide *wide)
{
    return find(text, length, set, wide) && wide->offset == 0;
}

/*
 * A line's own structure: quoted text and comments are skipped. A full-width colon counts only where a key
 * would end: no plain ": " since the last bracket, comma or line start.
 */
bool park_wide_find(const char *text, size_t length, park_wide *wide)
{
    bool named = false, token_start = true;
    for (size_t at = 0; at < length;) {
        char c = text[at];
        if (token_start && (c == '"' || c == '\'')) {
            const char *close = memchr(text + at + 1, c, length - at - 1);
            at                = close == NULL ? length : (size_t)(close - text) + 1;
            token_start       = false;
            continue;
        }
        if (c == '#' && (at == 0 || text[at - 1] == ' '))
            return false;
        uint32_t code;
        size_t   size = park_utf8_next(text + at, length - at, &code);
        size          = size > 0 ? size : 1;
        bool colon    = code == 0xFF1A && !named;
        bool bracket  = token_start && among(code, "｛［【“‘＊");
        bool comma    = among(code, "，、｝］】");
        if (colon || bracket || comma) {
            *wide = (park_wide){at, size, plain_of(code)};
            return true;
        }
        if (c == ':' && (at + 1 == length || text[at + 1] == ' '))
            named = true;
        if (memchr("{[,", c, 3) != NULL)
            named = false;
        token_start = memchr(" {[,:", c, 5) != NULL || (token_start && c == '-');
        at += size;
    }
    return false;
}

bool park_wide_in_scalar(const char *text, size_t length, bool is_key, bool in_flow, bool own_line,
                         bool free_text, park_wide *wide)
{
    if (is_key)
        return find(text, length, "：，、；“”‘’｛｝［］【】＃　\xC2\xA0", wide);
    if (free_text) {
        park_wide comma, colon;
        if (!in_flow || !find(text, length, "，、", &comma) ||
            !find(text + comma.offset, length - comma.offset, "：", &colon))
            return false;
        *wide = comma;
        return true;
    }
    if (starts_with(text, length, "｛［【“‘＊　", wide))
        return true;
    if (in_flow)
        return find(text, length, "：，、；｝］】", wide);
    if (!own_line || !find(text, length, "：", wide))
        return own_line && length > strlen("－") && starts_with(text, length, "－", wide);
    return memchr(text, ' ', wide->offset) == NULL;
}

/* --- in what parsed --- */

/* Names, notes and descriptions may hold any punctuation. */
bool park_pass_free_text(const char *key)
{
    static const char *const WORDS[] = {"name", "zh", "en", "sector", "note", "title", "description"};
    if (strncmp(key, "x-", 2) == 0)
        return true;
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(key, WORDS[i]) == 0)
            return true;
    return false;
}

static void tell_wide(park_builder *b, park_tree_node *node, park_mark mark, const char *found,
                      const park_wide *wide)
{
    PARK_BUILD_ERROR(b->tree, b->findings, mark, PARK_E0105,
                     "full-width '%.*s' stands here; write %s, or quote the text if it belongs to it",
                     "此处是全角“%.*s”；请写半角 %s，若属于文字内容请加引号", (int)wide->length, found,
                     wide->plain);
    node->damaged = true;
}

/* Several lines that became one text because none has a plain colon: each is told. */
static void look_at_lines(park_builder *b, park_tree_node *node, size_t last)
{
    const park_tree_file *file = &b->tree->files[b->file];
    for (size_t line = (size_t)node->mark.line; line <= last; line++) {
        size_t    from = park_build_line(file, line), to = park_build_line(file, line + 1);
        park_wide wide;
        if (!park_wide_find(file->text + from, to - from, &wide) || wide.plain[1] != ':')
            continue;
        int32_t   column = (int32_t)park_utf8_count(file->text + from, wide.offset) + 1;
        park_mark mark   = {b->file, (int32_t)line, column, 1};
        tell_wide(b, node, mark, file->text + from + wide.offset, &wide);
    }
}

/* "{a:1}" is a key "a:1" without a value. */
static void look_at_colon(park_builder *b, park_tree_node *node, bool one_line)
{
    const char *colon = strchr(node->text, ':');
    if (colon == NULL || node->damaged)
        return;
    park_mark mark = node->mark;
    if (one_line)
        mark.column += (int32_t)park_utf8_count(node->text, (size_t)(colon - node->text));
    mark.length = 1;
    PARK_BUILD_ERROR(b->tree, b->findings, mark, PARK_E0101, "a space must follow ':'", "“:”之后须有空格");
    node->damaged = true;
}

/* "{demand: 1,200 m3/h}" is an entry of 1 and a key "200 m3/h": told as the one number that was meant. */
static void look_at_thousands(park_builder *b, park_tree_node *key, const park_frame *f)
{
    park_tree_node *before = f->node->count > 0 ? f->node->items[f->node->count - 1] : NULL;
    if (before == NULL || before->form != PARK_SCALAR || before->quoted || before->length == 0 ||
        before->mark.line != key->mark.line ||
        before->mark.column + before->mark.length + 1 != key->mark.column ||
        strspn(before->text + before->length - 1, "0123456789") != 1 || strspn(key->text, "0123456789") < 3)
        return;
    park_mark mark = before->mark;
    mark.length += 1 + key->mark.length;
    PARK_BUILD_ERROR(b->tree, b->findings, mark, PARK_E0203,
                     "'%s,%s': digits are not grouped, a comma starts the next entry; write %s%s",
                     "“%s,%s”：数字不分组，逗号会开始下一项；请写 %s%s", before->text, key->text,
                     before->text, key->text);
    before->damaged = true;
    key->damaged    = true;
}

/* An unquoted scalar that parsed and still holds full-width structure. `last` is the line where it ends. */
void park_pass_look(park_builder *b, park_tree_node *node, const park_frame *f, bool is_key, size_t last)
{
    if (node->quoted)
        return;
    bool one_line     = last == (size_t)node->mark.line;
    bool in_free_text = f != NULL && (f->free_text || (f->key != NULL && park_pass_free_text(f->key->text)));
    bool own_line     = is_key || f == NULL || f->key == NULL || f->key->mark.line != node->mark.line;
    bool in_flow      = f != NULL && f->node->flow;
    if (!in_flow && own_line && !is_key && !in_free_text && (!one_line || f == NULL)) {
        look_at_lines(b, node, last);
        return;
    }
    if (is_key && in_flow) {
        look_at_thousands(b, node, f);
        look_at_colon(b, node, one_line);
    }
    park_wide wide;
    if (node->damaged ||
        !park_wide_in_scalar(node->text, node->length, is_key, in_flow, own_line, in_free_text, &wide))
        return;
    park_mark mark = node->mark;
    if (one_line) {
        mark.column += (int32_t)park_utf8_count(node->text, wide.offset);
        mark.length = 1;
    }
    tell_wide(b, node, mark, node->text + wide.offset, &wide);
}
