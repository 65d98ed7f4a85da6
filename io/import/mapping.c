#include "import/mapping_parts.h"

#include "file.h"
#include "utf8.h"

#include <string.h>

enum { BYTES_MOST = 1 << 28 };

/* --- shared by both sorts --- */

size_t park_mapped_column(park_mapped *m, const park_tree_node *named)
{
    size_t before = m->reader->findings->count;
    if (!park_reader_is(m->reader, named, PARK_SCALAR))
        return SIZE_MAX;
    size_t column = park_csv_column(m->table, named->text, m->reader->findings);
    for (size_t i = before; i < m->reader->findings->count; i++) /* the mapping is wrong, not the table */
        if (column == SIZE_MAX)
            park_tree_place(m->reader->tree, named, PARK_AT_VALUE, m->reader->findings,
                            &m->reader->findings->items[i]);
    return column;
}

bool park_mapped_unit(park_mapped *m, const park_tree_node *unit)
{
    park_quantity         ignored;
    park_quantity_problem problem;
    if (!park_reader_is(m->reader, unit, PARK_SCALAR))
        return false;
    const char *one = park_arena_printf(m->reader->arena, "1 %s", unit->text);
    if (one == NULL) {
        m->reader->failed = true;
        return false;
    }
    if (park_quantity_parse(one, strlen(one), PARK_DIM_COUNT, &ignored, &problem) && !ignored.bare)
        return true;
    park_tree_place(m->reader->tree, unit, PARK_AT_VALUE, m->reader->findings,
                    park_finding_add(m->reader->findings, PARK_E0206, PARK_ERROR, NULL,
                                     "'%s' is no unit; `parkwater units` lists them",
                                     "“%s”不是计量单位；见 parkwater units", unit->text));
    return false;
}

static bool is_id(const char *text)
{
    size_t length = strlen(text), count = park_utf8_count(text, length);
    return length > 0 && count <= 64 && text[strcspn(text, " .,:;'\"{}[]()#&*!|>%@`/\\\t\n")] == '\0';
}

const char *park_mapped_id(park_mapped *m, const park_csv_cell *cell)
{
    const park_tree_node *names = park_tree_get(m->node, "names"), *named = park_tree_get(names, cell->text);
    const char           *id = named != NULL && named->form == PARK_SCALAR ? named->text : cell->text;
    if (is_id(id))
        return id;
    PARK_TELL_CELL(m, cell, PARK_E0305, "'%s' is no id of a park; give it one: names: {\"%s\": ID}",
                   "“%s”不能作标识；请在 names 中为其指定：{\"%s\": 标识}", id, cell->text);
    return NULL;
}

/* --- the mapping --- */

typedef struct source {
    const char *name, *bytes;
    size_t      length;
} source;

static bool open_table(park_mapped *m, const source *data, park_error *err, park_status *status)
{
    const park_tree_node *sheet = park_tree_get(m->node, "sheet"), *header = park_tree_get(m->node, "header");
    park_table_wish       wish = {0};
    int32_t               row  = 1;
    park_csv_table       *table;
    bool                  ok = sheet == NULL || park_reader_text(m->reader, sheet, &wish.sheet);
    ok &= header == NULL || park_reader_count(m->reader, header, &row);
    if (ok && row < 1) {
        PARK_TELL(m->reader, header, PARK_AT_VALUE, PARK_E0303, PARK_ERROR, "header is %d; rows count from 1",
                  "header 写作 %d；行号从 1 起", (int)row);
        ok = false;
    }
    ok &= park_reader_table_words(m->reader, m->node, &m->wish);
    if (!ok)
        return false;
    wish.header = header != NULL ? (uint32_t)row : 0;
    *status     = park_table_parse(m->reader->arena, data->name, data->bytes, data->length, &wish,
                                   m->reader->findings, &table, err);
    m->table    = table;
    return *status == PARK_OK;
}

static park_status read_section(park_reader *reader, park_tree_node *section, bool products,
                                const source *data, park_mapped_file *files, size_t *count, park_error *err)
{
    if (section == NULL || !park_reader_is(reader, section, PARK_MAPPING))
        return PARK_OK;
    for (size_t i = 0; i < section->count; i++) {
        park_mapped m = {.reader = reader, .node = section->items[i], .wish = park_series_wish_default()};
        park_status status = PARK_OK;
        if (park_reader_is_note(park_tree_key(m.node)) || !park_reader_is(reader, m.node, PARK_MAPPING))
            continue;
        park_mapped_file *file = &files[*count];
        bool              ok   = open_table(&m, data, err, &status) &&
                  (products ? park_mapped_products(&m, file) : park_mapped_series(&m, file));
        if (status != PARK_OK && status != PARK_E_INPUT)
            return status;
        file->name =
            park_arena_printf(reader->arena, "%s.%s", park_tree_key(m.node), products ? "yaml" : "csv");
        if (file->name == NULL || reader->failed)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a mapping");
        *count += ok;
    }
    return PARK_OK;
}

static bool known_document(park_reader *reader, const park_tree_node *root)
{
    static const char *const WORDS[] = {"parkwater_mapping", "series", "products", NULL};
    const park_tree_node    *version = park_tree_get(root, "parkwater_mapping");
    if (!park_reader_is(reader, root, PARK_MAPPING))
        return false;
    if (version == NULL)
        PARK_TELL(reader, root, PARK_AT_VALUE, PARK_E0302, PARK_ERROR, "the file lacks its first word: '%s'",
                  "文件缺少第一个词：“%s”", "parkwater_mapping: 1");
    else if (park_reader_is(reader, version, PARK_SCALAR) && strcmp(version->text, "1") != 0)
        PARK_TELL(reader, version, PARK_AT_VALUE, PARK_E0311, PARK_ERROR,
                  "version '%s' of the language is not known to this program; it reads version %s",
                  "本程序不认识语言版本“%s”；可读版本 %s", version->text, "1");
    if (park_tree_get(root, "series") == NULL && park_tree_get(root, "products") == NULL && !root->damaged)
        PARK_TELL(reader, root, PARK_AT_VALUE, PARK_E0302, PARK_ERROR, "a mapping has `series` or `products`",
                  "映射文件须有 series 或 products");
    return park_reader_known(reader, root, NULL, 0, WORDS);
}

park_status park_mapping_apply(park_arena *arena, const char *mapping, const char *data,
                               park_findings *findings, park_mapped_file **files, size_t *count,
                               park_error *err)
{
    park_tree        *tree;
    park_tree_options options = {.alone = true};
    source            from    = {.name = data};
    char             *bytes;
    *count             = 0;
    park_status status = park_tree_read_file(arena, mapping, &options, findings, &tree, err);
    if (status != PARK_OK && status != PARK_E_INPUT)
        return status;
    park_reader reader = {.arena = arena, .tree = tree, .findings = findings};
    PARK_TRY(park_file_read(arena, data, BYTES_MOST, &bytes, &from.length, err));
    from.bytes = bytes;
    if (tree->root != NULL && known_document(&reader, tree->root)) {
        park_tree_node *series   = park_tree_get(tree->root, "series"),
                       *products = park_tree_get(tree->root, "products");
        size_t most = (series != NULL ? series->count : 0) + (products != NULL ? products->count : 0);
        *files      = PARK_ARRAY(arena, most + 1, park_mapped_file);
        if (*files == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a mapping");
        PARK_TRY(read_section(&reader, series, false, &from, *files, count, err));
        PARK_TRY(read_section(&reader, products, true, &from, *files, count, err));
    }
    return findings->errors == 0 ? PARK_OK
                                 : PARK_FAIL(err, PARK_E_INPUT, "%s does not fit %s", mapping, data);
}
