/*
 * reader.c - single values: quantities, counts, texts, choices, labels, lists; notes and assumptions.
 */
#include "schema/reader.h"

#include "utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* --- telling --- */

void park_reader_tell(park_reader *reader, const park_tree_node *node, park_tree_spot spot, park_code code,
                      park_severity severity, const char *en, const char *zh)
{
    park_finding *finding =
        park_finding_add(reader->findings, code, severity, NULL, "%s", "%s", en != NULL ? en : "");
    if (finding != NULL && zh != NULL)
        finding->zh = zh;
    park_tree_place(reader->tree, node, spot, reader->findings, finding);
}

static const char *sentence(park_arena *arena, const char *format, va_list arguments, const char *tail)
{
    char text[1200];
    vsnprintf(text, sizeof text, format, arguments);
    return park_arena_printf(arena, "%s%s", text, tail);
}

void park_reader_tell_near(park_reader *reader, const park_tree_node *node, park_tree_spot spot,
                           park_code code, const char *near_word, const char *en, const char *zh, ...)
{
    char    tail_en[300] = "", tail_zh[300] = "";
    va_list arguments;
    if (near_word != NULL) {
        snprintf(tail_en, sizeof tail_en, "; did you mean '%s'?", near_word);
        snprintf(tail_zh, sizeof tail_zh, "；是否为“%s”？", near_word);
    }
    va_start(arguments, zh);
    const char *told_en = sentence(reader->arena, en, arguments, tail_en);
    va_end(arguments);
    va_start(arguments, zh);
    const char *told_zh = sentence(reader->arena, zh, arguments, tail_zh);
    va_end(arguments);
    park_reader_tell(reader, node, spot, code, PARK_ERROR, told_en, told_zh);
}

void park_reader_later(park_reader *reader, const park_tree_node *node, park_tree_spot spot,
                       const char *what_en, const char *what_zh, bool harmless)
{
    park_arena *arena = reader->arena;
    if (harmless)
        park_reader_tell(reader, node, spot, PARK_W0902, PARK_WARNING,
                         park_arena_printf(arena,
                                           "%s: not yet in this version; it is checked and otherwise ignored",
                                           what_en),
                         park_arena_printf(arena, "%s：本版本尚不支持；已检查，其余忽略", what_zh));
    else
        park_reader_tell(
            reader, node, spot, PARK_E0901, PARK_ERROR,
            park_arena_printf(arena, "%s: not yet in this version; take it out to run without it", what_en),
            park_arena_printf(arena, "%s：本版本尚不支持；去掉后可运行", what_zh));
}

static const char *form_word(park_tree_form form, bool zh)
{
    switch (form) {
    case PARK_SCALAR:
        return zh ? "单个值" : "a single value";
    case PARK_LIST:
        return zh ? "列表 [..]" : "a list [..]";
    case PARK_MAPPING:
        break;
    }
    return zh ? "映射 {..}" : "a mapping {..}";
}

/* What a node is called in a message: its key, else that of the list it stands in. */
static const char *called(const park_tree_node *node)
{
    while (node != NULL && park_tree_key(node)[0] == '\0')
        node = node->parent;
    return node != NULL ? park_tree_key(node) : "";
}

bool park_reader_is(park_reader *reader, const park_tree_node *node, park_tree_form form)
{
    if (node == NULL)
        return false;
    if (node->form == form && !park_tree_is_null(node))
        return true;
    if (node->damaged)
        return false;
    park_arena *arena = reader->arena;
    if (park_tree_is_null(node))
        park_reader_tell(
            reader, node, PARK_AT_KEY, PARK_E0307, PARK_ERROR,
            park_arena_printf(arena, "'%s' has no value; %s is expected", called(node),
                              form_word(form, false)),
            park_arena_printf(arena, "“%s”没有值；此处应为%s", called(node), form_word(form, true)));
    else
        park_reader_tell(reader, node, PARK_AT_VALUE, PARK_E0301, PARK_ERROR,
                         park_arena_printf(arena, "'%s' is %s here; %s is expected", called(node),
                                           form_word(node->form, false), form_word(form, false)),
                         park_arena_printf(arena, "“%s”此处写成了%s；应为%s", called(node),
                                           form_word(node->form, true), form_word(form, true)));
    return false;
}

/* --- notes, assumptions, files --- */

void park_reader_note(park_reader *reader, const park_tree_node *node, const char *origin,
                      const char *source_class, const char *source)
{
    for (size_t i = 0; i < node->count; i++)
        park_reader_note(reader, node->items[i], origin, source_class, source);
    if (!PARK_GROW(reader->arena, reader->note, reader->notes, reader->notes_cap)) {
        reader->failed = true;
        return;
    }
    reader->note[reader->notes++] = (park_origin_note){node, origin, source_class, source};
}

const park_origin_note *park_reader_note_of(const park_reader *reader, const park_tree_node *node)
{
    if (node->mark.file >= 0) /* a file of the user states it */
        return NULL;
    for (size_t i = reader->notes; i-- > 0;)
        if (reader->note[i].node == node)
            return &reader->note[i];
    return NULL;
}

park_tree_node *park_reader_put_default(park_reader *reader, park_tree_node *mapping, const char *word,
                                        const char *text, bool quoted)
{
    park_tree_node *value = park_tree_scalar(reader->tree, text, quoted, NULL);
    if (value == NULL || park_tree_put(reader->tree, mapping, word, NULL, value) == NULL) {
        reader->failed = true;
        return NULL;
    }
    park_reader_note(reader, value, "default", "", "");
    return value;
}

void park_reader_assume(park_reader *reader, const park_tree_node *node)
{
    if (node->form != PARK_SCALAR)
        return;
    if (!PARK_GROW(reader->arena, reader->assumption, reader->assumptions, reader->assumptions_cap)) {
        reader->failed = true;
        return;
    }
    const park_origin_note *note = park_reader_note_of(reader, node);
    const char             *path = park_tree_path(reader->arena, node);
    reader->failed |= path == NULL;
    reader->assumption[reader->assumptions++] = (park_assumption){
        .path         = path != NULL ? path : "",
        .value        = node->text,
        .origin       = note != NULL ? note->origin : "file",
        .source_class = note != NULL ? note->source_class : reader->data_class,
        .source       = note != NULL ? note->source : park_tree_origin(reader->tree, node, reader->arena),
    };
}

void park_reader_file(park_reader *reader, const char *path)
{
    for (size_t i = 0; i < reader->files; i++)
        if (strcmp(reader->file[i].path, path) == 0)
            return;
    if (!PARK_GROW(reader->arena, reader->file, reader->files, reader->files_cap)) {
        reader->failed = true;
        return;
    }
    char  *bytes  = NULL;
    size_t length = 0;
    if (park_file_read(reader->arena, path, 0, &bytes, &length, NULL) == PARK_OK)
        reader->file[reader->files++] =
            (park_read_file){park_arena_text(reader->arena, path, strlen(path)), bytes, length};
}

/* --- single values --- */

bool park_reader_quantity(park_reader *reader, const park_tree_node *node, park_dimension dimension,
                          double *value)
{
    park_quantity_problem problem;
    park_quantity         quantity;
    if (!park_reader_is(reader, node, PARK_SCALAR))
        return false;
    if (park_quantity_parse(node->text, node->length, dimension, &quantity, &problem)) {
        *value = quantity.value;
        return true;
    }
    park_finding *finding =
        park_quantity_finding(reader->findings, &problem, park_tree_path(reader->arena, node));
    park_tree_place_in(reader->tree, node, problem.offset, problem.length, reader->findings, finding);
    return false;
}

bool park_reader_count(park_reader *reader, const park_tree_node *node, int32_t *value)
{
    double number;
    if (!park_reader_quantity(reader, node, PARK_DIM_NUMBER, &number))
        return false;
    if (number != floor(number) || fabs(number) > 1e9) {
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "%s is '%s'; it must be a whole number", "%s 写作“%s”；应为整数", called(node), node->text);
        return false;
    }
    *value = (int32_t)number;
    return true;
}

bool park_reader_bool(park_reader *reader, const park_tree_node *node, bool *value)
{
    if (!park_reader_is(reader, node, PARK_SCALAR))
        return false;
    bool yes = strcmp(node->text, "true") == 0;
    if (!yes && strcmp(node->text, "false") != 0) {
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0304, PARK_ERROR, "%s is '%s'; it must be true or false",
                  "%s 写作“%s”；应为 true 或 false", called(node), node->text);
        return false;
    }
    *value = yes;
    return true;
}

bool park_reader_text(park_reader *reader, const park_tree_node *node, const char **value)
{
    if (!park_reader_is(reader, node, PARK_SCALAR))
        return false;
    *value = node->text;
    return true;
}

bool park_reader_choice(park_reader *reader, const park_tree_node *node, const char *const *choices,
                        int32_t *value)
{
    if (!park_reader_is(reader, node, PARK_SCALAR))
        return false;
    size_t count = 0;
    for (; choices[count] != NULL; count++)
        if (strcmp(choices[count], node->text) == 0) {
            *value = (int32_t)count;
            return true;
        }
    park_text list;
    park_text_init(&list, reader->arena);
    for (size_t i = 0; i < count; i++)
        park_text_printf(&list, "%s%s", i > 0 ? ", " : "", choices[i]);
    const char *near = park_nearest(node->text, choices, count), *all = park_text_done(&list);
    park_reader_tell_near(reader, node, PARK_AT_VALUE, PARK_E0304, near, "%s is '%s'; it must be one of: %s",
                          "%s 写作“%s”；应为其中之一：%s", called(node), node->text, all != NULL ? all : "");
    return false;
}

bool park_reader_label(park_reader *reader, const park_tree_node *node, park_label *value)
{
    if (node != NULL && node->form == PARK_SCALAR) {
        const char *text = NULL;
        bool        ok   = park_reader_text(reader, node, &text);
        if (ok)
            *value = (park_label){.zh = text, .en = NULL};
        return ok;
    }
    static const park_field LABEL[] = {
        {.word = "zh", .shape = PARK_SHAPE_TEXT, .offset = offsetof(park_label, zh), .fallback = NAN},
        {.word = "en", .shape = PARK_SHAPE_TEXT, .offset = offsetof(park_label, en), .fallback = NAN},
        PARK_FIELDS_END};
    if (!park_reader_is(reader, node, PARK_MAPPING))
        return false;
    bool ok = park_reader_known(reader, node, &(park_part){LABEL, value}, 1, NULL);
    for (size_t i = 0; i < 2; i++) {
        park_tree_node *text = park_tree_get(node, LABEL[i].word);
        ok &= text == NULL || park_reader_value(reader, text, &LABEL[i], value);
    }
    return ok;
}

bool park_reader_texts(park_reader *reader, const park_tree_node *node, park_text_list *value)
{
    if (node != NULL && node->form == PARK_SCALAR && !park_tree_is_null(node)) { /* one is a list of one */
        value->item  = PARK_ARRAY(reader->arena, 1, const char *);
        value->count = value->item != NULL;
        reader->failed |= value->item == NULL;
        return value->item != NULL && park_reader_text(reader, node, &value->item[0]);
    }
    if (!park_reader_is(reader, node, PARK_LIST))
        return false;
    value->item = PARK_ARRAY(reader->arena, node->count, const char *);
    if (value->item == NULL) {
        reader->failed = true;
        return false;
    }
    bool ok = true;
    for (size_t i = 0; i < node->count; i++)
        if (park_reader_text(reader, node->items[i], &value->item[value->count]))
            value->count++;
        else
            ok = false;
    return ok;
}

/* --- ids --- */

bool park_reader_is_note(const char *key)
{
    return key[0] == 'x' && key[1] == '-';
}

/* Letters of any script, digits, _ and -: everything beyond ASCII but signs, blanks and full-width punctuation. */
static bool id_character(uint32_t code)
{
    if (code < 0x80)
        return (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') ||
               code == '_' || code == '-';
    static const struct {
        uint32_t from, to;
    } SIGNS[] = {{0x80, 0xA9},       {0xAB, 0xB4},       {0xB6, 0xB9},     {0xBB, 0xBF},     {0xD7, 0xD7},
                 {0xF7, 0xF7},       {0x2000, 0x206F},   {0x20A0, 0x20CF}, {0x2190, 0x2BFF}, {0x3000, 0x3004},
                 {0x3008, 0x3020},   {0x3030, 0x3030},   {0xD800, 0xF8FF}, {0xFE00, 0xFE6F}, {0xFEFF, 0xFEFF},
                 {0xFF00, 0xFF0F},   {0xFF1A, 0xFF20},   {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF},
                 {0x1F000, 0x1FAFF}, {0xE0000, 0x10FFFF}};
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (code >= SIGNS[i].from && code <= SIGNS[i].to)
            return false;
    return true;
}

bool park_reader_id(park_reader *reader, const park_tree_node *node)
{
    const char *key    = park_tree_key(node);
    size_t      length = strlen(key);
    if (length == 0 || park_utf8_count(key, length) > 64) {
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0305, PARK_ERROR,
                  "the id '%.200s' has %zu characters; an id has 1 to 64",
                  "标识“%.200s”有 %zu 个字符；标识应有 1 到 64 个字符", key, park_utf8_count(key, length));
        return false;
    }
    for (size_t at = 0; at < length;) {
        uint32_t code;
        size_t   size = park_utf8_next(key + at, length - at, &code);
        if (size == 0 || !id_character(code)) {
            PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0305, PARK_ERROR,
                      "the id '%s' holds '%.*s'; ids are letters of any script, digits, _ and -",
                      "标识“%s”含有“%.*s”；标识由各种文字的字母、数字、_ 和 - 组成", key,
                      size > 0 ? (int)size : 1, key + at);
            return false;
        }
        at += size;
    }
    return true;
}

void park_reader_reads(park_reader *reader, int32_t c, const park_tree_node *node)
{
    if (reader->read == NULL || c < 0 || reader->read[c])
        return;
    reader->read[c]      = true;
    reader->reader_of[c] = node;
}
