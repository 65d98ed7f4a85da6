/* Trees from any bytes: no crash, every error placed within the file, and what is written reads back the same. */
#include "yaml/tree.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int same(const park_tree_node *a, const park_tree_node *b)
{
    if (a->form != b->form || a->count != b->count || (a->key == NULL) != (b->key == NULL))
        return 0;
    if (a->key != NULL && strcmp(a->key->text, b->key->text) != 0)
        return 0;
    /* A plain text of several lines or with odd signs may come back quoted; its text may not change. */
    if (a->form == PARK_SCALAR && (a->length != b->length || memcmp(a->text, b->text, a->length) != 0))
        return 0;
    if (a->form == PARK_SCALAR && a->quoted && !b->quoted)
        return 0;
    for (size_t i = 0; i < a->count; i++)
        if (a->items[i]->parent != a || !same(a->items[i], b->items[i]))
            return 0;
    return 1;
}

static void check_places(const park_findings *findings, const park_tree *tree)
{
    for (size_t i = 0; i < findings->count; i++) {
        const park_finding *f = &findings->items[i];
        if (f->line < 0 || f->column < 0 || f->en == NULL || f->zh == NULL)
            abort();
        if (tree->file_count > 0 && (size_t)f->line > tree->files[0].lines)
            abort();
    }
}

static void check_written(park_arena *arena, const park_tree *tree)
{
    park_text     out;
    park_findings findings;
    park_tree    *again;
    park_text_init(&out, arena);
    park_findings_init(&findings, arena);
    park_tree_write(tree->root, NULL, NULL, &out);
    const char *text = park_text_done(&out);
    if (text == NULL ||
        park_tree_parse(arena, "again", text, strlen(text), NULL, &findings, &again, NULL) != PARK_OK ||
        !same(tree->root, again->root))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    park_tree_limits limits = {.bytes = 1 << 20, .nodes = 20000, .expanded = 2000, .depth = 32};
    park_arena      *arena  = park_arena_new();
    park_findings    findings;
    park_tree       *tree;
    park_findings_init(&findings, arena);
    park_status status =
        park_tree_parse(arena, "f", (const char *)data, size, &limits, &findings, &tree, NULL);
    if ((status == PARK_OK) != (findings.errors == 0))
        abort();
    check_places(&findings, tree);
    if (status == PARK_OK && tree->root != NULL)
        check_written(arena, tree);
    park_arena_free(arena);
    return 0;
}
