#include "import/inp_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A node more; -1 when its id is taken. Room was made for one per line. */
static int32_t add_node(park_inp *inp, park_net_node_kind kind)
{
    park_net_nodes *node  = &inp->net->node;
    int32_t         index = -1;
    park_status taken = park_names_add(&node->names, inp->word[0].text, inp->word[0].length, &index, NULL);
    if (taken == PARK_E_MEMORY) {
        inp->failed = true;
        return -1;
    }
    if (taken != PARK_OK) {
        PARK_INP_TELL(inp, 0, PARK_E0611, PARK_ERROR, "node '%s' stands in line %d already",
                      "节点“%s”已在第 %d 行给出", node->names.text[index], inp->node_line[index]);
        return -1;
    }
    node->kind[index]     = kind;
    node->pattern[index]  = -1;
    node->x[index]        = NAN;
    node->y[index]        = NAN;
    node->comment[index]  = park_inp_copy(inp, inp->comment);
    inp->node_line[index] = inp->line->number;
    inp->tank_of[index]   = -1;
    node->count           = node->names.count;
    return index;
}

static void add_demand(park_inp *inp, int32_t node, double base, int32_t pattern, const char *category)
{
    if (!park_inp_grow(inp, PARK_GROW(inp->arena, inp->demand.row, inp->demand.count, inp->demand.capacity)))
        return;
    inp->demand.row[inp->demand.count++] = (struct park_inp_demand){
        .node = node, .base = base * inp->units.flow, .pattern = pattern, .category = category};
}

void park_inp_read_junction(park_inp *inp)
{
    int32_t node      = add_node(inp, PARK_NET_JUNCTION), pattern;
    double  elevation = 0.0, demand = 0.0;
    if (node < 0 || !park_inp_number(inp, 1, &elevation) || !park_inp_number(inp, 2, &demand) ||
        !park_inp_pattern(inp, 3, &pattern))
        return;
    inp->net->node.elevation[node] = elevation * inp->units.length;
    if (demand != 0.0 || pattern >= 0)
        add_demand(inp, node, demand, pattern, NULL);
}

/* Fixed head: that of the second word, and the level of the third where a tank has no bottom. */
static void read_reservoir(park_inp *inp)
{
    double  head = 0.0, level = 0.0;
    bool    bottomless = inp->words > 3;
    int32_t node       = add_node(inp, PARK_NET_RESERVOIR);
    if (node < 0 || !park_inp_needs(inp, 2, "id head") || !park_inp_number(inp, 1, &head))
        return;
    if (bottomless ? !park_inp_number(inp, 2, &level)
                   : !park_inp_pattern(inp, 2, &inp->net->node.pattern[node]))
        return;
    inp->net->node.elevation[node] = (head + level) * inp->units.length;
}

/* id, elevation, then initial, lowest, highest level, diameter, dead volume, volume curve, overflow. */
static void read_tank(park_inp *inp)
{
    static const char *const YES_NO[] = {"YES", "NO"};
    park_net_tanks          *tank     = &inp->net->tank;
    size_t                   t        = tank->count;
    double                   value[6] = {0.0};
    int32_t                  node     = add_node(inp, PARK_NET_TANK);
    if (node < 0)
        return;
    tank->count++;
    inp->tank_of[node]    = (int32_t)t;
    tank->node[t]         = node;
    tank->curve[t]        = -1;
    tank->mixing_share[t] = 1.0;
    tank->bulk[t]         = NAN;
    if (!park_inp_needs(inp, 6, "id elevation level lowest highest diameter") ||
        !park_inp_number(inp, 1, &value[0]))
        return;
    for (size_t i = 1; i < 6; i++)
        if (!park_inp_not_negative(inp, i + 1, &value[i]))
            return;
    inp->net->node.elevation[node] = value[0] * inp->units.length;
    tank->level[t]                 = value[1] * inp->units.length;
    tank->lowest[t]                = value[2] * inp->units.length;
    tank->highest[t]               = value[3] * inp->units.length;
    tank->diameter[t]              = value[4] * inp->units.length;
    tank->dead_volume[t]           = value[5] * inp->units.volume;
    if (inp->words > 7 && !park_inp_is(inp, 7, "*") && inp->word[7].length > 0)
        tank->curve[t] = park_inp_curve(inp, 7, PARK_NET_CURVE_VOLUME);
    if (inp->words > 8)
        tank->overflows[t] = park_inp_choice(inp, 8, YES_NO, 2) == 0;
}

/* Reservoirs and tanks may stand in either section: a tank has more than three values, and a diameter that is not zero. */
static bool is_tank(const park_inp *inp)
{
    double diameter;
    return inp->words > 3 && !(park_inp_reads(inp, 5, &diameter) && diameter == 0.0);
}

/* Both sections are gone through twice: reservoirs first, then tanks. */
void park_inp_read_reservoir(park_inp *inp)
{
    if (!is_tank(inp))
        read_reservoir(inp);
}

void park_inp_read_tank(park_inp *inp)
{
    if (is_tank(inp))
        read_tank(inp);
}

static bool allocated(const void *const *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (columns[i] == NULL)
            return false;
    return true;
}

bool park_inp_room_for_nodes(park_inp *inp)
{
    park_arena     *a     = inp->arena;
    park_net_nodes *node  = &inp->net->node;
    park_net_tanks *tank  = &inp->net->tank;
    size_t          tanks = inp->section[INP_RESERVOIRS].count + inp->section[INP_TANKS].count;
    size_t          n     = inp->section[INP_JUNCTIONS].count + tanks;
    node->kind            = PARK_ARRAY(a, n, park_net_node_kind);
    node->elevation       = PARK_ARRAY(a, n, double);
    node->pattern         = PARK_ARRAY(a, n, int32_t);
    node->x               = PARK_ARRAY(a, n, double);
    node->y               = PARK_ARRAY(a, n, double);
    node->emitter         = PARK_ARRAY(a, n, double);
    node->quality         = PARK_ARRAY(a, n, double);
    node->tag             = PARK_ARRAY(a, n, const char *);
    node->comment         = PARK_ARRAY(a, n, const char *);
    inp->node_line        = PARK_ARRAY(a, n, int32_t);
    inp->tank_of          = PARK_ARRAY(a, n, int32_t);
    inp->source_at        = PARK_ARRAY(a, n, int32_t);
    inp->demand.replaced  = PARK_ARRAY(a, n, bool);
    tank->node            = PARK_ARRAY(a, tanks, int32_t);
    tank->level           = PARK_ARRAY(a, tanks, double);
    tank->lowest          = PARK_ARRAY(a, tanks, double);
    tank->highest         = PARK_ARRAY(a, tanks, double);
    tank->diameter        = PARK_ARRAY(a, tanks, double);
    tank->dead_volume     = PARK_ARRAY(a, tanks, double);
    tank->curve           = PARK_ARRAY(a, tanks, int32_t);
    tank->overflows       = PARK_ARRAY(a, tanks, bool);
    tank->mixing          = PARK_ARRAY(a, tanks, park_net_tank_mixing);
    tank->mixing_share    = PARK_ARRAY(a, tanks, double);
    tank->bulk            = PARK_ARRAY(a, tanks, double);

    const void *const columns[] = {node->kind,
                                   node->elevation,
                                   node->pattern,
                                   node->x,
                                   node->y,
                                   node->emitter,
                                   node->quality,
                                   node->tag,
                                   node->comment,
                                   inp->node_line,
                                   inp->tank_of,
                                   inp->source_at,
                                   inp->demand.replaced,
                                   tank->node,
                                   tank->level,
                                   tank->lowest,
                                   tank->highest,
                                   tank->diameter,
                                   tank->dead_volume,
                                   tank->curve,
                                   tank->overflows,
                                   tank->mixing,
                                   tank->mixing_share,
                                   tank->bulk};
    return park_inp_grow(inp, allocated(columns, sizeof columns / sizeof columns[0]));
}

/* --- demands --- */

void park_inp_read_demand(park_inp *inp)
{
    double  base = 0.0;
    int32_t pattern;
    if (!park_inp_needs(inp, 2, "junction demand"))
        return;
    int32_t node = park_names_find(&inp->net->node.names, inp->word[0].text, inp->word[0].length);
    if (node < 0 && park_inp_is(inp, 0, "MULTIPLY")) { /* of versions before 2.2 */
        (void)park_inp_above_zero(inp, 1, &inp->net->option.demand_multiplier);
        return;
    }
    if (!park_inp_number(inp, 1, &base))
        return;
    node = park_inp_node(inp, 0);
    if (node < 0 || !park_inp_pattern(inp, 2, &pattern))
        return;
    if (inp->net->node.kind[node] != PARK_NET_JUNCTION) {
        park_inp_left_out(inp, 0, "a tank or reservoir takes no demand", "水池和水库没有用水量");
        return;
    }
    inp->demand.replaced[node] = true;
    add_demand(inp, node, base, pattern, park_inp_copy(inp, inp->comment));
}

/* A row of [JUNCTIONS] gives way to those of [DEMANDS]. */
static bool stands(const park_inp *inp, size_t row)
{
    return row >= inp->demand.own || !inp->demand.replaced[inp->demand.row[row].node];
}

/* Rows sorted by node, in the file's order within a node: counting sort. */
void park_inp_settle_demands(park_inp *inp)
{
    park_net_demands *out   = &inp->net->demand;
    size_t            nodes = inp->net->node.count, rows = inp->demand.count;
    size_t           *start = PARK_ARRAY(inp->arena, nodes + 1, size_t);
    out->node               = PARK_ARRAY(inp->arena, rows, int32_t);
    out->base               = PARK_ARRAY(inp->arena, rows, double);
    out->pattern            = PARK_ARRAY(inp->arena, rows, int32_t);
    out->category           = PARK_ARRAY(inp->arena, rows, const char *);
    if (!park_inp_grow(inp, start != NULL && out->node != NULL && out->base != NULL && out->pattern != NULL &&
                                out->category != NULL))
        return;
    for (size_t i = 0; i < rows; i++)
        start[inp->demand.row[i].node + 1] += stands(inp, i);
    for (size_t n = 0; n < nodes; n++)
        start[n + 1] += start[n];
    out->count = start[nodes];
    for (size_t i = 0; i < rows; i++) {
        const struct park_inp_demand *row = &inp->demand.row[i];
        if (!stands(inp, i))
            continue;
        size_t at         = start[row->node]++;
        out->node[at]     = row->node;
        out->base[at]     = row->base;
        out->pattern[at]  = row->pattern >= 0 ? row->pattern : inp->net->default_pattern;
        out->category[at] = row->category;
    }
}

/* --- what else stands at nodes --- */

void park_inp_read_emitter(park_inp *inp)
{
    double coefficient = 0.0;
    if (!park_inp_needs(inp, 2, "junction coefficient"))
        return;
    int32_t node = park_inp_node(inp, 0);
    if (node < 0 || !park_inp_not_negative(inp, 1, &coefficient))
        return;
    if (inp->net->node.kind[node] != PARK_NET_JUNCTION) {
        park_inp_left_out(inp, 0, "emitters stand at junctions only", "喷嘴只能设在连接节点");
        return;
    }
    inp->net->node.emitter[node] =
        coefficient * inp->units.flow * pow(inp->units.emitter_base, inp->net->option.emitter_exponent);
}

void park_inp_read_quality(park_inp *inp)
{
    double          quality = 0.0;
    park_net_nodes *node    = &inp->net->node;
    park_inp_range  range;
    if (inp->words < 2)
        return;
    bool   ranged = inp->words > 2;
    double factor = park_inp_quality_factor(inp->net->option.quality, inp->net->option.quality_unit);
    if (!park_inp_not_negative(inp, ranged ? 2 : 1, &quality))
        return;
    if (!ranged) {
        int32_t n = park_inp_node(inp, 0);
        if (n >= 0)
            node->quality[n] = quality * factor;
        return;
    }
    if (!park_inp_range_of(inp, 0, node->count, &range))
        return;
    for (size_t n = 0; n < node->count; n++)
        if (park_inp_range_holds(&range, node->names.text[n]))
            node->quality[n] = quality * factor;
}

static double source_factor(const park_inp *inp, park_net_source_kind kind)
{
    double unit = inp->net->option.quality_unit;
    return kind == PARK_NET_SOURCE_MASS ? unit * 1e-3 / 60.0 : unit; /* mass a minute */
}

void park_inp_read_source(park_inp *inp)
{
    static const char *const KINDS[] = {"CONCEN", "MASS", "SETPOINT", "FLOWPACED"};
    park_network            *net     = inp->net;
    park_net_source          source  = {.pattern = -1};
    if (!park_inp_needs(inp, 2, "node CONCEN strength pattern"))
        return;
    int    kind = park_inp_find(inp, 1, KINDS, 4);
    size_t at   = kind >= 0 ? 2 : 1; /* of old files, without a kind */
    source.kind = kind >= 0 ? (park_net_source_kind)kind : PARK_NET_SOURCE_CONCEN;
    source.node = park_inp_node(inp, 0);
    if (source.node < 0 || !park_inp_needs(inp, at + 1, "node CONCEN strength pattern") ||
        !park_inp_number(inp, at, &source.strength) || !park_inp_pattern(inp, at + 1, &source.pattern))
        return;
    source.strength *= source_factor(inp, source.kind);
    int32_t *at_node = &inp->source_at[source.node];
    if (*at_node > 0) { /* the later one stands */
        net->source[*at_node - 1] = source;
        return;
    }
    if (!park_inp_grow(inp, PARK_GROW(inp->arena, net->source, net->sources, inp->source_capacity)))
        return;
    net->source[net->sources++] = source;
    *at_node                    = (int32_t)net->sources;
}

void park_inp_read_mixing(park_inp *inp)
{
    static const char *const MODELS[] = {"MIXED", "2COMP", "FIFO", "LIFO"};
    double                   share    = 1.0;
    if (inp->words < 2)
        return;
    int32_t node = park_inp_node(inp, 0);
    if (node < 0)
        return;
    int model = park_inp_choice(inp, 1, MODELS, 4);
    if (model < 0)
        return;
    if (inp->tank_of[node] < 0) {
        park_inp_left_out(inp, 0, "only tanks mix", "只有水池有混合模型");
        return;
    }
    if (model == PARK_NET_MIX_TWO_COMPARTMENTS && !park_inp_not_negative(inp, 2, &share))
        return;
    inp->net->tank.mixing[inp->tank_of[node]]       = (park_net_tank_mixing)model;
    inp->net->tank.mixing_share[inp->tank_of[node]] = share > 0.0 ? share : 1.0;
}

void park_inp_read_coordinates(park_inp *inp)
{
    double x, y;
    if (inp->words < 3)
        return;
    int32_t node = park_names_find(&inp->net->node.names, inp->word[0].text, inp->word[0].length);
    if (node < 0 || !park_inp_reads(inp, 1, &x) || !park_inp_reads(inp, 2, &y)) {
        park_inp_left_out(inp, 0, "no such node, or no numbers", "没有该节点，或不是数字");
        return;
    }
    inp->net->node.x[node] = x;
    inp->net->node.y[node] = y;
}
