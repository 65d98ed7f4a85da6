/*
 * load_expand.c - the scenario as it is meant: every default and catalogue value written out, with where it came from.
 */
#include "load.h"

#include "schema/reader.h"

#include <string.h>

typedef struct expansion {
    const park_reader *reader;
    park_arena        *arena;
    bool               zh;
} expansion;

/* "default", "catalogue BWRO (unverified)"; NULL for what a file states. */
static const char *comment(void *user, const park_tree_node *node)
{
    const expansion        *about = user;
    const park_origin_note *note  = park_reader_note_of(about->reader, node);
    if (note == NULL || (node->form != PARK_SCALAR && strcmp(note->origin, "default") == 0))
        return NULL;
    if (strcmp(note->origin, "default") == 0)
        return about->zh ? "默认值" : "default";
    const char *name = strchr(note->origin, ' ');
    return park_arena_printf(about->arena, "%s %s%s%s%s", about->zh ? "目录" : "catalogue",
                             name != NULL ? name + 1 : note->origin,
                             note->source_class[0] != '\0' ? " (" : "", note->source_class,
                             note->source_class[0] != '\0' ? ")" : "");
}

park_status park_load_expand(const park_loaded *loaded, bool zh, park_text *out, park_error *err)
{
    if (loaded->tree == NULL || loaded->tree->root == NULL || loaded->reader == NULL)
        return PARK_FAIL(err, PARK_E_INPUT, "there is no scenario to expand");
    expansion about = {loaded->reader, out->arena, zh};
    park_tree_write(loaded->tree->root, comment, &about, out);
    return out->failed ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the expanded scenario")
                       : PARK_OK;
}
