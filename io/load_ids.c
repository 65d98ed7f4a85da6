/*
 * load_ids.c - ids of a park: unique without regard to case; references to units by id.
 */
#include "load_sections.h"

#include "utf8.h"

#include <stdlib.h>
#include <string.h>

/* Without case: ASCII, and the plain upper-case rows of Latin-1, Greek, Cyrillic and full-width letters. */
static const char *folded(park_arena *arena, const char *key)
{
    size_t length = strlen(key);
    char  *copy   = park_arena_text(arena, key, length);
    for (size_t at = 0; copy != NULL && at < length;) {
        uint32_t       code;
        size_t         size = park_utf8_next(key + at, length - at, &code);
        unsigned char *out  = (unsigned char *)copy + at;
        if (code < 0x80 && code >= 'A' && code <= 'Z')
            out[0] = (unsigned char)(code - 'A' + 'a');
        else if (size == 2 && ((code >= 0xC0 && code <= 0xDE && code != 0xD7) ||
                               (code >= 0x391 && code <= 0x3A9) || (code >= 0x410 && code <= 0x42F))) {
            code += 0x20;
            out[0] = (unsigned char)(0xC0 | (code >> 6));
            out[1] = (unsigned char)(0x80 | (code & 0x3F));
        } else if (size == 3 && code >= 0xFF21 && code <= 0xFF3A)
            out[2] += 0x20;
        at += size > 0 ? size : 1;
    }
    return copy;
}

void park_load_id_add(park_loader *loader, const park_tree_node *node)
{
    park_reader *reader = &loader->reader;
    if (!park_reader_id(reader, node))
        return;
    const char *key = folded(reader->arena, park_tree_key(node));
    if (key == NULL || !PARK_GROW(reader->arena, loader->id, loader->ids, loader->ids_cap)) {
        reader->failed = true;
        return;
    }
    loader->id[loader->ids++] = (park_load_id){key, node};
}

static int by_id(const void *left, const void *right)
{
    const park_load_id *a = left, *b = right;
    int                 order = strcmp(a->folded, b->folded);
    if (order != 0)
        return order;
    const park_mark *m = &a->node->mark, *n = &b->node->mark;
    if (m->file != n->file)
        return m->file < n->file ? -1 : 1;
    return m->line != n->line ? (m->line < n->line ? -1 : 1)
                              : (m->column > n->column) - (m->column < n->column);
}

void park_load_ids_check(park_loader *loader)
{
    park_reader *reader = &loader->reader;
    if (loader->ids > 1)
        qsort(loader->id, loader->ids, sizeof *loader->id, by_id);
    for (size_t i = 1; i < loader->ids; i++) {
        if (strcmp(loader->id[i - 1].folded, loader->id[i].folded) != 0)
            continue;
        const park_tree_node *first = loader->id[i - 1].node, *second = loader->id[i].node;
        const char           *path = park_tree_path(reader->arena, first);
        const char           *from = park_tree_origin(reader->tree, first, reader->arena);
        PARK_TELL(reader, second, PARK_AT_KEY, PARK_E0306, PARK_ERROR,
                  "the id '%s' stands already at %s (%s); ids are unique in the park, without regard to case",
                  "标识“%s”已用于 %s（%s）；标识在园区内须唯一，不区分大小写", park_tree_key(second),
                  path != NULL ? path : "", from != NULL ? from : "");
    }
}

park_tree_node *park_load_section(park_loader *loader, const char *word)
{
    park_tree_node *node = park_tree_get(loader->root, word);
    return node != NULL && park_reader_is(&loader->reader, node, PARK_MAPPING) ? node : NULL;
}

static const char *const SECTIONS[] = {"sources", "users", "treatments", "storages", "sinks"};
enum { SECTION_COUNT = 5 };

bool park_load_named(park_loader *loader, const park_tree_node *node, const char *text,
                     const char *near_other, const char *en, const char *zh)
{
    park_reader *reader = &loader->reader;
    char        *id     = park_arena_text(reader->arena, text, strcspn(text, "."));
    if (id == NULL) {
        reader->failed = true;
        return false;
    }
    if (strchr(text, '*') != NULL)
        return true;
    const char *near_[SECTION_COUNT + 1] = {near_other};
    bool        doubtful                 = reader->section_lost || loader->root->damaged;
    size_t      count                    = near_other != NULL;
    for (int i = 0; i < SECTION_COUNT; i++) {
        const park_tree_node *section = park_tree_get(loader->root, SECTIONS[i]);
        if (park_tree_get(section, id) != NULL)
            return true;
        const char *candidate = section != NULL ? park_tree_nearest_key(reader->arena, section, id) : NULL;
        if (candidate != NULL)
            near_[count++] = candidate;
        doubtful |= section != NULL && section->damaged;
    }
    if (count == 0 && doubtful)
        return false; /* it may stand in what could not be read, and that was told */
    park_reader_tell_near(reader, node, PARK_AT_VALUE, PARK_E0316, park_nearest(id, near_, count), en, zh,
                          id);
    return false;
}

bool park_load_unit_named(park_loader *loader, const park_tree_node *node, const char *text)
{
    return park_load_named(loader, node, text, NULL, "there is no unit '%s' in this park",
                           "本园区没有单元“%s”");
}
