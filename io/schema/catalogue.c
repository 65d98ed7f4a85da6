#include "schema/catalogue.h"

#include <string.h>

park_catalogue *park_catalogue_new(park_arena *arena)
{
    park_catalogue *catalogue = PARK_NEW(arena, park_catalogue);
    if (catalogue != NULL)
        catalogue->arena = arena;
    return catalogue;
}

const park_tree_node *park_catalogue_root(park_catalogue *catalogue, park_catalogue_page page)
{
    if (catalogue->page[page] == NULL) {
        const park_catalogue_text *text = &PARK_CATALOGUE_TEXTS[page];
        park_tree                 *tree = NULL;
        park_findings              findings;
        park_findings_init(&findings, catalogue->arena);
        if (park_tree_parse(catalogue->arena, text->name, text->text, text->length, NULL, &findings, &tree,
                            NULL) != PARK_OK) {
            catalogue->failed = true;
            return NULL;
        }
        catalogue->page[page] = tree;
    }
    return catalogue->page[page]->root;
}

static const char *text_of(const park_tree_node *node, const char *key)
{
    const park_tree_node *value = park_tree_get(node, key);
    return value != NULL && value->form == PARK_SCALAR ? value->text : "";
}

park_catalogue_entry park_catalogue_find(park_catalogue *catalogue, park_catalogue_page page,
                                         const char *name)
{
    park_catalogue_entry entry = {.page = page,
                                  .node = park_tree_get(park_catalogue_root(catalogue, page), name)};
    if (entry.node == NULL)
        return entry;
    entry.origin       = park_arena_printf(catalogue->arena, "catalogue %s", name);
    entry.source_class = text_of(entry.node, "x-class");
    entry.source       = text_of(entry.node, "x-source");
    if (entry.origin == NULL) {
        catalogue->failed = true;
        entry.origin      = "catalogue";
    }
    return entry;
}

const char *park_catalogue_nearest(park_catalogue *catalogue, park_catalogue_page page, const char *word)
{
    const park_tree_node *root = park_catalogue_root(catalogue, page);
    return root != NULL ? park_tree_nearest_key(catalogue->arena, root, word) : NULL;
}
