/*
 * load_meters.c - water meters: what each measures, what stands above it, what its tests found.
 */
#include "load_sections.h"

#include <string.h>

static const park_meter_words SILENT = {
    .max_error = NAN, .size = NAN, .static_flow = NAN, .night_flow = NAN, .night_use = NAN};

/* A connection or a unit of the file. */
static void check_on(park_loader *loader, const park_tree_node *node, const char *text)
{
    static const char *const SETS[]      = {"existing", "candidates"};
    park_reader             *reader      = &loader->reader;
    const park_tree_node    *connections = park_tree_get(loader->root, "connections");
    const char              *near_       = NULL;
    if (node == NULL || park_load_is_connection(loader->root, text))
        return;
    for (size_t i = 0; connections != NULL && near_ == NULL && i < 2; i++) {
        const park_tree_node *set = park_tree_get(connections, SETS[i]);
        if (set != NULL && set->form == PARK_MAPPING)
            near_ = park_tree_nearest_key(reader->arena, set, text);
    }
    (void)park_load_named(loader, node, text, near_, "there is no connection and no unit '%s' in this park",
                          "本园区没有连接或单元“%s”");
}

/* Of a night's flow the lawful part must be known, or all of it would be a leak. */
static void check_tests(park_loader *loader, const park_tree_node *node, const park_meter_words *words)
{
    park_reader *reader = &loader->reader;
    if (isnan(words->night_flow) != isnan(words->night_use)) {
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR,
                  "the meter '%s' says both night_flow and night_use, or neither",
                  "水表“%s”的 night_flow 与 night_use 须同时给出", park_tree_key(node));
    } else if (words->night_use > words->night_flow) {
        PARK_TELL(reader, park_tree_get(node, "night_use"), PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "the meter '%s' uses more at night than flows through it",
                  "水表“%s”的夜间正常用水大于夜间最小流量", park_tree_key(node));
    }
}

static void read_meter(park_loader *loader, park_tree_node *node)
{
    park_reader     *reader = &loader->reader;
    park_draft      *draft  = reader->draft;
    park_meter_words words  = SILENT;
    park_load_id_add(loader, node);
    if (!park_reader_record(reader, node, &(park_part){PARK_METER_WORDS, &words}, 1))
        return;
    check_on(loader, park_tree_get(node, "on"), words.on);
    check_tests(loader, node, &words);
    park_meter meter = {.id          = park_tree_key(node),
                        .label       = words.name,
                        .location    = words.location,
                        .on          = words.on,
                        .level       = words.level,
                        .parent      = PARK_NONE,
                        .max_error   = words.max_error,
                        .size        = words.size,
                        .valid_until = INT64_MIN,
                        .static_flow = words.static_flow,
                        .night_flow  = words.night_flow,
                        .night_use   = words.night_use};
    if (words.valid_until != NULL)
        (void)park_load_instant(loader, park_tree_get(node, "valid_until"), words.valid_until,
                                strlen(words.valid_until), &meter.valid_until, NULL);
    draft->meter[draft->meters++] = meter;
}

static int32_t meter_of(const park_draft *draft, const char *id)
{
    for (size_t i = 0; i < draft->meters; i++)
        if (strcmp(draft->meter[i].id, id) == 0)
            return (int32_t)i;
    return PARK_NONE;
}

/* A meter stands below one of a level above its own. This also rules out circles where levels are said; where they
 * are not, the way up is walked no further than there are meters. */
static void link_parent(park_loader *loader, const park_tree_node *section, size_t i)
{
    park_reader          *reader = &loader->reader;
    park_draft           *draft  = reader->draft;
    park_meter           *meter  = &draft->meter[i];
    const park_tree_node *node   = park_tree_get(park_tree_get(section, meter->id), "parent");
    if (node == NULL || node->form != PARK_SCALAR)
        return;
    int32_t parent = meter_of(draft, node->text);
    if (parent == PARK_NONE) {
        if (park_tree_get(section, node->text) == NULL) /* else its own mistake was told */
            park_reader_tell_near(reader, node, PARK_AT_VALUE, PARK_E0316,
                                  park_tree_nearest_key(reader->arena, section, node->text),
                                  "there is no meter '%s'", "没有水表“%s”", node->text);
        return;
    }
    const park_meter *above = &draft->meter[parent];
    size_t            steps = 0;
    int32_t           at    = parent;
    while (at != PARK_NONE && at != (int32_t)i && steps++ <= draft->meters)
        at = draft->meter[at].parent;
    if (at != PARK_NONE) {
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0308, PARK_ERROR, "the meter '%s' stands below itself",
                  "水表“%s”成为自身的上级", meter->id);
    } else if (above->level > 0 && meter->level > 0 && above->level >= meter->level) {
        PARK_TELL(
            reader, node, PARK_AT_VALUE, PARK_E0308, PARK_ERROR,
            "the meter '%s' of level %d stands below '%s' of level %d; a meter above has a smaller level",
            "%2$d 级水表“%1$s”的上级“%3$s”为 %4$d 级；上级水表的级别数应更小", meter->id, (int)meter->level,
            above->id, (int)above->level);
    } else {
        meter->parent = parent;
    }
}

void park_load_meters(park_loader *loader)
{
    park_reader    *reader  = &loader->reader;
    park_draft     *draft   = reader->draft;
    park_tree_node *section = park_load_section(loader, "meters");
    if (section == NULL)
        return;
    draft->meter = PARK_ARRAY(reader->arena, section->count, park_meter);
    reader->failed |= draft->meter == NULL;
    for (size_t i = 0; draft->meter != NULL && i < section->count; i++)
        if (!park_reader_is_note(park_tree_key(section->items[i])))
            read_meter(loader, section->items[i]);
    for (size_t i = 0; i < draft->meters; i++)
        link_parent(loader, section, i);
}
