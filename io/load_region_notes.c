/* load_region_notes.c - what a region's document says of its own figures: assumed, quoted, unknown, counted by hand. */
#include "region_load.h"

/* A1: {kind: assumption, text: {zh: .., en: ..}, place: 一（一）} */
static bool read_note(park_region_load *l, park_tree_node *node, park_region_note *note)
{
    static const char *const WORDS[] = {"kind", "text", "place", NULL};
    static const char *const KINDS[] = {"assumption", "unknown", "quoted", "by_hand", NULL};
    int32_t                  which   = 0;
    if (!park_reader_id(l->reader, node) || !park_region_mapping(l, node, WORDS))
        return false;
    const park_tree_node *kind = park_tree_get(node, "kind"), *place = park_tree_get(node, "place");
    park_tree_node       *text = park_tree_get(node, "text");
    *note                      = (park_region_note){.id = park_tree_key(node)};
    if (kind == NULL || text == NULL) {
        park_region_need(l, node, kind == NULL ? "kind" : "text");
        return false;
    }
    if (!park_reader_choice(l->reader, kind, KINDS, &which) ||
        !park_reader_label(l->reader, text, &note->text))
        return false;
    note->kind = (park_region_note_kind)which;
    return place == NULL || park_reader_text(l->reader, place, &note->place);
}

void park_region_read_notes(park_region_load *l)
{
    park_tree_node   *section = park_load_section(l->loader, "notes");
    size_t            count   = section != NULL ? section->count : 0;
    park_region_note *note    = PARK_REGION_ROOM(l, count + 1, park_region_note);
    for (size_t i = 0; note != NULL && i < count; i++)
        if (!park_reader_is_note(park_tree_key(section->items[i])) &&
            read_note(l, section->items[i], &note[l->region->notes]))
            l->region->notes++;
    l->region->note = note;
}
