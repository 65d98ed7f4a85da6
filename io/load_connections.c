/*
 * load_connections.c - connections in all their forms, forbidden pairs, what pipes cost.
 */
#include "load_sections.h"

#include <string.h>

/* [river, dyeing] */
static bool read_pair(park_loader *loader, const park_tree_node *pair, const char **from, const char **to)
{
    park_reader *reader = &loader->reader;
    if (!park_reader_is(reader, pair, PARK_LIST))
        return false;
    if (pair->count != 2) {
        PARK_TELL(reader, pair, PARK_AT_VALUE, PARK_E0310, PARK_ERROR,
                  "a pair is [from, to]; this list has %zu members", "一对写作 [起点, 终点]；此列表有 %zu 项",
                  pair->count);
        return false;
    }
    bool ok = park_reader_text(reader, pair->items[0], from) && park_reader_text(reader, pair->items[1], to);
    if (!ok)
        return false;
    ok = park_load_unit_named(loader, pair->items[0], *from);
    return park_load_unit_named(loader, pair->items[1], *to) && ok;
}

static void add(park_loader *loader, park_connection connection)
{
    loader->reader.failed |= park_draft_connection(loader->reader.draft, connection) < 0;
}

static const park_connection NEUTRAL = {.capacity = INFINITY, .length = NAN, .lift = NAN};

/* c7: {from: reuse.reject, to: outfall, length: 900 m} or c7: [reuse.reject, outfall] */
static void read_named(park_loader *loader, park_tree_node *node, bool existing)
{
    park_reader    *reader = &loader->reader;
    park_connection at     = NEUTRAL;
    at.id                  = park_tree_key(node);
    at.existing            = existing;
    park_load_id_add(loader, node);
    if (node->form == PARK_LIST) {
        if (read_pair(loader, node, &at.from, &at.to))
            add(loader, at);
        return;
    }
    park_connection_words words = {.capacity = {NAN, NAN, NAN}, .length = NAN, .lift = NAN};
    if (!park_reader_record(reader, node, &(park_part){PARK_CONNECTION_WORDS, &words}, 1))
        return;
    bool ok = park_load_unit_named(loader, park_tree_get(node, "from"), words.from);
    ok &= park_load_unit_named(loader, park_tree_get(node, "to"), words.to);
    at.from         = words.from;
    at.to           = words.to;
    at.capacity     = isnan(words.capacity.max) ? INFINITY : words.capacity.max;
    at.capacity_min = isnan(words.capacity.min) ? 0.0 : words.capacity.min;
    at.length       = words.length;
    at.lift         = words.lift;
    at.price        = words.price;
    if (!isnan(words.capacity.step))
        park_reader_later(reader, park_tree_get(node, "capacity"), PARK_AT_VALUE,
                          "steps of a connection's capacity", "连接容量的分级", true);
    if (ok)
        add(loader, at);
}

/* A mapping of named connections or a list of pairs. */
static void read_set(park_loader *loader, park_tree_node *node, bool existing)
{
    park_reader *reader = &loader->reader;
    if (node->form == PARK_MAPPING) {
        for (size_t i = 0; i < node->count; i++)
            if (!park_reader_is_note(park_tree_key(node->items[i])))
                read_named(loader, node->items[i], existing);
        return;
    }
    if (!park_reader_is(reader, node, PARK_LIST))
        return;
    for (size_t i = 0; i < node->count; i++) {
        park_connection at = NEUTRAL;
        at.existing        = existing;
        if (read_pair(loader, node->items[i], &at.from, &at.to))
            add(loader, at);
    }
}

static void read_candidates(park_loader *loader, park_tree_node *connections)
{
    static const char *const WORDS[] = {"none", "all", NULL}; /* in the order of park_candidates */
    park_reader             *reader  = &loader->reader;
    park_draft              *draft   = reader->draft;
    park_tree_node          *node    = park_tree_get(connections, "candidates");
    int32_t                  choice  = PARK_CANDIDATES_NONE;
    draft->candidates                = PARK_CANDIDATES_NONE;
    if (node == NULL) {
        /* Sources, users, sinks alone are a park: then everything may be connected. */
        bool any          = park_tree_get(connections, "existing") != NULL;
        draft->candidates = any ? PARK_CANDIDATES_NONE : PARK_CANDIDATES_ALL;
        park_reader_put_default(reader, connections, "candidates", any ? "none" : "all", false);
    } else if (node->form == PARK_SCALAR) {
        if (park_reader_choice(reader, node, WORDS, &choice))
            draft->candidates = (park_candidates)choice;
    } else {
        draft->candidates = PARK_CANDIDATES_LISTED;
        read_set(loader, node, false);
    }
}

static void read_forbid(park_loader *loader, park_tree_node *node)
{
    park_reader *reader = &loader->reader;
    if (!park_reader_is(reader, node, PARK_LIST))
        return;
    for (size_t i = 0; i < node->count; i++) {
        const char *from = NULL, *to = NULL;
        if (read_pair(loader, node->items[i], &from, &to))
            reader->failed |= park_draft_forbid(reader->draft, from, to) < 0;
    }
}

/* Sizes of the catalogue's pipe of that name, ascending. */
static void read_sizes(park_loader *loader, const park_tree_node *at, const char *name)
{
    park_reader          *reader = &loader->reader;
    park_pipe_rules      *pipe   = &reader->draft->pipe;
    park_catalogue_entry  entry  = park_catalogue_find(reader->catalogue, PARK_PAGE_PIPES, name);
    const park_tree_node *list   = park_tree_get(entry.node, "sizes");
    if (list == NULL) {
        PARK_TELL(reader, at, PARK_AT_VALUE, PARK_E0304, PARK_ERROR,
                  "the catalogue has no pipes '%s'; it has: %s", "目录中没有管材“%s”；现有：%s", name,
                  "steel");
        return;
    }
    pipe->size = PARK_ARRAY(reader->arena, list->count, park_pipe_size);
    reader->failed |= pipe->size == NULL;
    for (size_t i = 0; pipe->size != NULL && i < list->count; i++) {
        const park_tree_node *row = list->items[i], *inner = park_tree_get(row, "inner"),
                             *price = park_tree_get(row, "price");
        park_quantity diameter, cost;
        if (inner == NULL || price == NULL ||
            !park_quantity_parse(inner->text, inner->length, PARK_DIM_LENGTH, &diameter, NULL) ||
            !park_quantity_parse(price->text, price->length, PARK_DIM_PRICE_PER_LENGTH, &cost, NULL))
            continue; /* a test reads the whole catalogue */
        const park_tree_node *label = park_tree_get(row, "name");
        pipe->size[pipe->sizes++] =
            (park_pipe_size){label != NULL ? label->text : "", diameter.value, cost.value};
        if (!PARK_GROW(reader->arena, reader->assumption, reader->assumptions, reader->assumptions_cap)) {
            reader->failed = true;
            return;
        }
        reader->assumption[reader->assumptions++] = (park_assumption){
            .path = park_arena_printf(reader->arena, "connections.pipe.%s", label != NULL ? label->text : ""),
            .value        = price->text,
            .origin       = entry.origin,
            .source_class = entry.source_class,
            .source       = entry.source};
    }
}

static void read_pipe(park_loader *loader, park_tree_node *connections, const park_pipe_words *words)
{
    park_pipe_rules      *pipe = &loader->reader.draft->pipe;
    const park_tree_node *node = park_tree_get(connections, "pipe");
    if (node == NULL || node->form != PARK_MAPPING || words->catalogue == NULL)
        return;
    pipe->given           = true;
    pipe->manhattan       = words->route == 0;
    pipe->max_velocity    = words->max_velocity;
    pipe->roughness_hw    = words->roughness;
    pipe->pump_efficiency = words->pump_efficiency;
    pipe->life            = words->life;
    read_sizes(loader, park_tree_get(node, "catalogue"), words->catalogue);
}

void park_load_connections(park_loader *loader)
{
    park_reader    *reader      = &loader->reader;
    park_tree_node *connections = park_tree_get(loader->root, "connections");
    if (connections == NULL) {
        connections = park_tree_mapping(reader->tree, NULL);
        if (connections == NULL ||
            park_tree_put(reader->tree, loader->root, "connections", NULL, connections) == NULL) {
            reader->failed = true;
            return;
        }
    }
    park_connections_words words = {
        .pipe = {
            .max_velocity = 1.5, .roughness = 130.0, .pump_efficiency = 0.7, .life = 30.0 * 365.0 * 86400.0}};
    if (!park_reader_is(reader, connections, PARK_MAPPING))
        return;
    (void)park_reader_record(reader, connections, &(park_part){PARK_CONNECTIONS_WORDS, &words}, 1);
    park_tree_node *existing = park_tree_get(connections, "existing"),
                   *forbid   = park_tree_get(connections, "forbid");
    if (existing != NULL)
        read_set(loader, existing, true);
    read_candidates(loader, connections);
    if (forbid != NULL)
        read_forbid(loader, forbid);
    reader->draft->self     = words.self;
    reader->draft->min_flow = words.min_flow;
    read_pipe(loader, connections, &words.pipe);
}
