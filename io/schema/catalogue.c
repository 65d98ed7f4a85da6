#include "schema/catalogue.h"

#include <string.h>

park_status park_catalogue_open(park_arena *arena, const park_catalogue **catalogue, park_error *err)
{
    park_catalogue *opened = PARK_NEW(arena, park_catalogue);
    if (opened == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the catalogue");
    for (int i = 0; i < PARK_PAGES; i++) {
        const park_catalogue_text *page = &PARK_CATALOGUE_TEXTS[i];
        park_tree *tree                 = NULL;
        park_findings findings;
        park_findings_init(&findings, arena);
        park_status status =
            park_tree_parse(arena, page->name, page->text, page->length, NULL, &findings, &tree, err);
        if (status == PARK_E_MEMORY)
            return status;
        if (status != PARK_OK || tree->root == NULL)
            return PARK_FAIL(err, PARK_E_INTERNAL, "the built-in catalogue page %s is damaged: %s", page->name,
                             findings.count > 0 ? findings.items[0].en : "empty");
        opened->page[i] = tree;
    }
    *catalogue = opened;
    return PARK_OK;
}

static const char *text_of(const park_tree_node *node, const char *key)
{
    const park_tree_node *value = park_tree_get(node, key);
    return value != NULL && value->form == PARK_SCALAR ? value->text : "";
}

park_catalogue_entry park_catalogue_find(park_arena *arena, const park_catalogue *catalogue,
                                         park_catalogue_page page, const char *name)
{
    const park_tree *tree      = catalogue->page[page];
    park_catalogue_entry entry = {.tree = tree, .node = park_tree_get(tree->root, name)};
    if (entry.node == NULL)
        return entry;
    entry.origin       = park_arena_printf(arena, "catalogue %s", name);
    entry.source_class = text_of(entry.node, "x-class");
    entry.source       = text_of(entry.node, "x-source");
    return entry;
}

const char *park_catalogue_nearest(park_arena *arena, const park_catalogue *catalogue, park_catalogue_page page,
                                   const char *word)
{
    return park_tree_nearest_key(arena, catalogue->page[page]->root, word);
}
