/*
 * load_region.c - regions: their words are checked; the job that uses them says what it cannot do yet.
 */
#include "load_sections.h"

static bool keys(park_loader *loader, const park_tree_node *node, const char *const *words)
{
    return park_reader_is(&loader->reader, node, PARK_MAPPING) &&
           park_reader_known(&loader->reader, node, NULL, 0, words);
}

/* A section of records that share their words. */
static void check_named(park_loader *loader, const char *section, const char *const *words)
{
    park_tree_node *node = park_load_section(loader, section);
    for (size_t i = 0; node != NULL && i < node->count; i++)
        if (!park_reader_is_note(park_tree_key(node->items[i])) &&
            park_reader_id(&loader->reader, node->items[i]))
            (void)keys(loader, node->items[i], words);
}

static void check_years(park_loader *loader)
{
    static const char *const WORDS[] = {"base", "known_to", "to", NULL};
    park_reader             *reader  = &loader->reader;
    park_tree_node          *node    = park_load_section(loader, "years");
    int32_t                  year[3] = {0, 0, 0};
    bool                     ok      = node != NULL && park_reader_known(reader, node, NULL, 0, WORDS);
    for (int i = 0; ok && i < 3; i++) {
        const park_tree_node *value = park_tree_get(node, WORDS[i]);
        ok                          = value != NULL && park_reader_count(reader, value, &year[i]);
    }
    if (ok && !(year[0] <= year[1] && year[1] <= year[2]))
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0309, PARK_ERROR,
                  "years run base <= known_to <= to; here %d, %d, %d",
                  "年份须 base <= known_to <= to；此处为 %d、%d、%d", (int)year[0], (int)year[1],
                  (int)year[2]);
}

void park_load_region(park_loader *loader)
{
    static const char *const PARKS[]    = {"file", "run", "rows", "replaces", "name", NULL};
    static const char *const SHARED[]   = {"supplies", "name", "volume", NULL};
    static const char *const MEASURES[] = {"applies_to", "start", "ramp", "adoption", "effect",
                                           "capex",      "opex",  "life", "name",     NULL};
    static const char *const TARGETS[]  = {"quantity", "about", "band",   "kind",  "min",  "max",
                                           "change",   "since", "prices", "basis", "name", NULL};
    static const char *const ROWS[]     = {"csv", "columns", "unit", "scope", NULL};
    static const char *const INDEX[]    = {"csv", "base", "column", "time", NULL};
    park_reader             *reader     = &loader->reader;
    const park_tree_node    *rows       = park_tree_get(loader->root, "rows"),
                         *index         = park_tree_get(loader->root, "price_index");
    const park_tree_node *draws         = park_tree_get(loader->root, "draws"),
                         *seed          = park_tree_get(loader->root, "seed");
    int32_t ignored;
    park_load_required(loader, PARK_DOCUMENT_REGION);
    check_years(loader);
    if (rows != NULL)
        (void)keys(loader, rows, ROWS);
    if (index != NULL)
        (void)keys(loader, index, INDEX);
    check_named(loader, "parks", PARKS);
    check_named(loader, "shared", SHARED);
    check_named(loader, "measures", MEASURES);
    check_named(loader, "targets", TARGETS);
    if (draws != NULL)
        (void)park_reader_count(reader, draws, &ignored);
    if (seed != NULL)
        (void)park_reader_count(reader, seed, &ignored);
}
