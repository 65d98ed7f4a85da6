/*
 * load_network.c - pipe networks of a park: their files read and checked, units bound to nodes, connections that they
 * carry.
 */
#include "load_sections.h"

#include "import/inp.h"
#include "units/kinds.h"
#include "units/users/network_leak.h"
#include "utf8.h"

#include <math.h>
#include <string.h>

/* The network's file, found from the scenario's folder. What its own lines hold is told at their places. */
static const park_network *read_file(park_loader *loader, const park_tree_node *node, const char **path)
{
    park_reader  *reader = &loader->reader;
    park_error    err    = {0};
    park_network *net    = NULL;
    park_status   status = park_reader_resolve(reader, node, node->text, path);
    if (status == PARK_OK)
        status = park_inp_read_file(reader->arena, *path, &net, reader->findings, &err);
    if (status == PARK_OK || status == PARK_E_INPUT)
        park_reader_file(reader, *path);
    return park_reader_opened(reader, node, status) ? net : NULL;
}

/* The node of a bind; told with what was likely meant when there is none. */
static int32_t node_named(park_loader *loader, const park_network *net, const park_tree_node *node,
                          const char *text, park_tree_spot spot)
{
    int32_t index = park_names_find(&net->node.names, text, strlen(text));
    bool    shown = loader->reader.findings->count < PARK_FINDINGS_MOST; /* looking for a near name is dear */
    if (index < 0)
        park_reader_tell_near(&loader->reader, node, spot, PARK_E0607,
                              shown ? park_nearest(text, net->node.names.text, net->node.count) : NULL,
                              "the network has no node '%s'", "管网中没有节点“%s”", text);
    return index;
}

static void add_bind(park_loader *loader, park_bound_network *bound, size_t *capacity, park_network_bind bind)
{
    if (PARK_GROW(loader->reader.arena, bound->bind, bound->binds, *capacity))
        bound->bind[bound->binds++] = bind;
    else
        loader->reader.failed = true;
}

/* river: R1, or cooling: {J3: 60 %, J4: 40 %} */
static void read_bind(park_loader *loader, park_bound_network *bound, size_t *capacity, park_tree_node *node)
{
    park_reader *reader = &loader->reader;
    const char  *unit   = park_tree_key(node);
    double       sum    = 0.0;
    if (!park_load_unit_named(loader, node, unit))
        return;
    if (node->form == PARK_SCALAR) {
        int32_t at = node_named(loader, bound->net, node, node->text, PARK_AT_VALUE);
        if (at >= 0)
            add_bind(loader, bound, capacity, (park_network_bind){unit, at, 1.0});
        return;
    }
    if (!park_reader_is(reader, node, PARK_MAPPING))
        return;
    for (size_t i = 0; i < node->count; i++) {
        const char *id    = park_tree_key(node->items[i]);
        int32_t     at    = node_named(loader, bound->net, node->items[i], id, PARK_AT_KEY);
        double      share = NAN;
        if (at < 0 || !park_reader_quantity(reader, node->items[i], PARK_DIM_SHARE, &share))
            continue;
        sum += share;
        add_bind(loader, bound, capacity, (park_network_bind){unit, at, share});
    }
    if (sum > 1.001)
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0303, PARK_ERROR,
                  "the shares of '%s' sum to %.4g; they share one whole",
                  "“%s”的份额合计为 %.4g；合计不应超过 1", unit, sum);
}

static void read_binds(park_loader *loader, park_bound_network *bound, park_tree_node *binds)
{
    size_t capacity = 0;
    if (binds == NULL || !park_reader_is(&loader->reader, binds, PARK_MAPPING))
        return;
    for (size_t i = 0; i < binds->count; i++)
        if (!park_reader_is_note(park_tree_key(binds->items[i])))
            read_bind(loader, bound, &capacity, binds->items[i]);
}

bool park_load_is_connection(const park_tree_node *root, const char *id)
{
    const park_tree_node    *connections = park_tree_get(root, "connections");
    static const char *const SETS[]      = {"existing", "candidates"};
    for (size_t i = 0; connections != NULL && i < 2; i++) {
        const park_tree_node *set = park_tree_get(connections, SETS[i]);
        if (set != NULL && set->form == PARK_MAPPING && park_tree_get(set, id) != NULL)
            return true;
    }
    return false;
}

static void read_carried(park_loader *loader, park_bound_network *bound, const park_tree_node *list)
{
    park_reader *reader = &loader->reader;
    if (list == NULL || list->form != PARK_LIST)
        return;
    bound->carries = PARK_ARRAY(reader->arena, list->count, const char *);
    reader->failed |= bound->carries == NULL;
    for (size_t i = 0; bound->carries != NULL && i < list->count; i++) {
        const char *id = list->items[i]->form == PARK_SCALAR ? list->items[i]->text : "";
        if (park_load_is_connection(loader->root, id))
            bound->carries[bound->carried++] = id;
        else
            PARK_TELL(reader, list->items[i], PARK_AT_VALUE, PARK_E0316, PARK_ERROR,
                      "there is no connection '%s' in this park", "本园区没有连接“%s”", id);
    }
}

/* ---- what the park sees of it ---- */

static double length_of(const park_network *net)
{
    double sum = 0.0;
    for (size_t l = 0; l < net->link.count; l++)
        sum += net->link.kind[l] <= PARK_NET_CHECK_PIPE ? net->link.length[l] : 0.0;
    return sum;
}

/* The donor of a carried connection feeds the leak over the same way. */
static bool feed(park_loader *loader, const char *id, park_network_leak *leak, const char *unit)
{
    park_draft *draft = loader->reader.draft;
    for (size_t c = 0; c < draft->connections; c++) {
        if (draft->connection[c].id == NULL || strcmp(draft->connection[c].id, id) != 0)
            continue;
        park_connection way = draft->connection[c];
        for (size_t i = 0; i < leak->accepts.count; i++)
            if (strcmp(leak->accepts.item[i], way.from) == 0)
                return true;
        leak->accepts.item[leak->accepts.count++] = way.from;
        way.id = NULL, way.to = unit, way.existing = true;
        way.capacity = INFINITY, way.capacity_min = 0.0;
        return park_draft_connection(draft, way) >= 0;
    }
    return true; /* told already */
}

/* The network's numbers, and the unit that draws its leak. */
static void add_leak(park_loader *loader, const park_bound_network *bound, const park_network_words *words)
{
    park_reader       *reader = &loader->reader;
    park_draft        *draft  = reader->draft;
    park_network_info *list   = PARK_ARRAY(reader->arena, draft->networks + 1, park_network_info);
    if (list == NULL) {
        reader->failed = true;
        return;
    }
    if (draft->networks > 0)
        memcpy(list, draft->network, draft->networks * sizeof *list);
    park_network_info info = {.id           = bound->id,
                              .flow         = words->leakage.favad.flow,
                              .at           = words->leakage.favad.at,
                              .growing      = words->leakage.favad.growing,
                              .length       = length_of(bound->net),
                              .min_pressure = words->min_pressure,
                              .unit         = -1};
    if (isfinite(info.flow) && bound->carried > 0) {
        info.unit = park_draft_add(draft, &PARK_KIND_NETWORK_LEAK, bound->id);
        union {
            const void        *read;
            park_network_leak *write; /* a draft's parameters are written while it is loaded */
        } params = {.read = info.unit >= 0 ? draft->unit[info.unit].params : NULL};
        if (params.write == NULL ||
            (params.write->accepts.item = PARK_ARRAY(reader->arena, bound->carried, const char *)) == NULL) {
            reader->failed = true;
            return;
        }
        draft->unit[info.unit].label =
            (park_label){park_arena_printf(reader->arena, "%s 管网漏失", bound->id),
                         park_arena_printf(reader->arena, "leak of %s", bound->id)};
        draft->unit[info.unit].leaks = true;
        params.write->network        = (int32_t)draft->networks;
        for (size_t i = 0; i < bound->carried; i++)
            reader->failed |= !feed(loader, bound->carries[i], params.write, bound->id);
    }
    list[draft->networks++] = info;
    draft->network          = list;
}

static void read_network(park_loader *loader, park_tree_node *node)
{
    park_reader       *reader = &loader->reader;
    park_network_words words  = {.min_pressure  = NAN,
                                 .leakage.favad = {.flow = NAN, .at = 30.0, .growing = 0.5}};
    park_bound_network bound  = {.id = park_tree_key(node)};
    park_load_id_add(loader, node);
    if (!park_reader_record(reader, node, &(park_part){PARK_NETWORK_WORDS, &words}, 1))
        return;
    bound.min_pressure = words.min_pressure;
    bound.leak =
        (park_leak_law){words.leakage.favad.flow, words.leakage.favad.at, words.leakage.favad.growing};
    bound.net = read_file(loader, park_tree_get(node, "inp"), &bound.path);
    if (bound.net == NULL)
        return;
    read_binds(loader, &bound, park_tree_get(node, "bind"));
    read_carried(loader, &bound, park_tree_get(node, "carries"));
    add_leak(loader, &bound, &words);
    if (PARK_GROW(reader->arena, loader->network, loader->networks, loader->networks_cap))
        loader->network[loader->networks++] = bound;
    else
        reader->failed = true;
}

/* --- failures --- */

/* "fresh.J17": the network, and where its id ends in the text. NULL, told, when there is none. */
static park_bound_network *network_named(park_loader *loader, const park_tree_node *node, const char *text,
                                         const char **rest)
{
    size_t length = strcspn(text, ".");
    *rest         = text[length] == '.' ? text + length + 1 : "";
    for (size_t i = 0; i < loader->networks; i++)
        if (strlen(loader->network[i].id) == length && strncmp(loader->network[i].id, text, length) == 0)
            return &loader->network[i];
    PARK_TELL(&loader->reader, node, PARK_AT_VALUE, PARK_E0316, PARK_ERROR,
              "'%s' names no network of this park; it is written %s", "“%s”不是本园区管网中的位置；写作 %s",
              text, "fresh.J17");
    return NULL;
}

static bool place_fire(park_loader *loader, const park_tree_node *node, const park_network *net,
                       const char *id, park_network_failure *failure)
{
    failure->node = node_named(loader, net, node, id, PARK_AT_VALUE);
    if (failure->node < 0)
        return false;
    if (net->node.kind[failure->node] == PARK_NET_JUNCTION)
        return true;
    PARK_TELL(&loader->reader, node, PARK_AT_VALUE, PARK_E0308, PARK_ERROR,
              "'%s' is a reservoir or tank; a fire draws from a junction",
              "“%s”是水库或水池；火灾从普通节点取水", id);
    return false;
}

static bool place_burst(park_loader *loader, const park_tree_node *node, const park_network *net,
                        const char *id, park_network_failure *failure)
{
    failure->link = park_names_find(&net->link.names, id, strlen(id));
    if (failure->link < 0)
        park_reader_tell_near(&loader->reader, node, PARK_AT_VALUE, PARK_E0608,
                              park_nearest(id, net->link.names.text, net->link.count),
                              "the network has no pipe '%s'", "管网中没有管段“%s”", id);
    else if (net->link.kind[failure->link] > PARK_NET_CHECK_PIPE)
        PARK_TELL(&loader->reader, node, PARK_AT_VALUE, PARK_E0308, PARK_ERROR,
                  "'%s' is a pump or valve; a pipe bursts%s", "“%s”是水泵或阀门；只有管段会爆裂%s", id, "");
    else
        return true;
    return false;
}

void park_load_network_failure(park_loader *loader, const park_tree_node *node,
                               const park_failure_words *words, park_network_failure failure)
{
    park_reader          *reader = &loader->reader;
    bool                  fire   = words->fire != NULL;
    const park_tree_node *place  = park_tree_get(node, fire ? "fire" : "burst");
    const char           *id     = "";
    if (isnan(fire ? words->flow : words->diameter) || isnan(words->for_)) {
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR, "'%s' needs %s", "“%s”须有 %s",
                  failure.id,
                  isnan(words->for_) ? "for: 2 h"
                  : fire             ? "flow: 30 L/s"
                                     : "diameter: 80 mm");
        return;
    }
    park_bound_network *bound = network_named(loader, place, fire ? words->fire : words->burst, &id);
    failure.kind              = fire ? PARK_NETWORK_FIRE : PARK_NETWORK_BURST;
    failure.flow              = words->flow;
    failure.diameter          = words->diameter;
    failure.seconds           = words->for_;
    failure.node = failure.link = -1;
    if (bound == NULL || !(fire ? place_fire : place_burst)(loader, place, bound->net, id, &failure))
        return;
    park_network_failure *list = PARK_ARRAY(reader->arena, bound->failures + 1, park_network_failure);
    if (list == NULL) {
        reader->failed = true;
        return;
    }
    if (bound->failures > 0)
        memcpy(list, bound->failure, bound->failures * sizeof *list);
    list[bound->failures++] = failure;
    bound->failure          = list;
}

void park_load_networks(park_loader *loader)
{
    park_tree_node *section = park_load_section(loader, "network");
    if (section == NULL)
        return;
    for (size_t i = 0; i < section->count; i++)
        if (!park_reader_is_note(park_tree_key(section->items[i])))
            read_network(loader, section->items[i]);
}
