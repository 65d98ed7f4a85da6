/* inp_write.c - a network as INP text, and the sections of nodes and links. */
#include "import/inp.h"
#include "import/inp_pen.h"

#include <math.h>
#include <string.h>

/* --- demands: in [JUNCTIONS] where one plain row says it, else in [DEMANDS] --- */

static const char *written_pattern(const park_inp_pen *pen, int32_t pattern)
{
    bool usual = !pen->explicit_patterns && pattern == pen->net->default_pattern;
    return usual ? NULL : park_inp_pen_pattern(pen, pattern);
}

static void junction_demand(park_inp_pen *pen, const park_net_demands *demand, size_t row)
{
    const char *pattern = written_pattern(pen, demand->pattern[row]);
    park_inp_pen_number(pen, demand->base[row] / pen->units.flow);
    if (pattern != NULL)
        park_inp_pen_id(pen, pattern);
}

/* Rows of a node stand together; `row` moves behind those of this node. */
static void write_junction(park_inp_pen *pen, size_t n, size_t *row)
{
    const park_net_nodes   *node   = &pen->net->node;
    const park_net_demands *demand = &pen->net->demand;
    size_t                  first = *row, rows = 0;
    while (*row < demand->count && demand->node[*row] == (int32_t)n)
        (*row)++, rows++;
    bool plain = rows == 1 && demand->category[first] == NULL &&
                 (demand->base[first] != 0.0 || written_pattern(pen, demand->pattern[first]) != NULL);
    pen->in_demands[n] = rows > 0 && !plain;
    if (node->kind[n] != PARK_NET_JUNCTION)
        return;
    park_inp_pen_id(pen, node->names.text[n]);
    park_inp_pen_number(pen, node->elevation[n] / pen->units.length);
    if (plain)
        junction_demand(pen, demand, first);
    park_inp_pen_end(pen, node->comment[n]);
}

void park_inp_write_demands(park_inp_pen *pen)
{
    const park_net_demands *demand = &pen->net->demand;
    park_inp_pen_section(pen, "[DEMANDS]");
    for (size_t row = 0; row < demand->count; row++) {
        if (!pen->in_demands[demand->node[row]])
            continue;
        park_inp_pen_id(pen, park_inp_pen_node(pen, demand->node[row]));
        junction_demand(pen, demand, row);
        park_inp_pen_end(pen, demand->category[row]);
    }
}

/* --- nodes --- */

static void write_tank(park_inp_pen *pen, size_t t)
{
    const park_net_tanks *tank = &pen->net->tank;
    int32_t               n    = tank->node[t];
    park_inp_pen_id(pen, park_inp_pen_node(pen, n));
    park_inp_pen_number(pen, pen->net->node.elevation[n] / pen->units.length);
    park_inp_pen_number(pen, tank->level[t] / pen->units.length);
    park_inp_pen_number(pen, tank->lowest[t] / pen->units.length);
    park_inp_pen_number(pen, tank->highest[t] / pen->units.length);
    park_inp_pen_number(pen, tank->diameter[t] / pen->units.length);
    park_inp_pen_number(pen, tank->dead_volume[t] / pen->units.volume);
    if (tank->curve[t] >= 0)
        park_inp_pen_id(pen, pen->net->curve_names.text[tank->curve[t]]);
    else if (tank->overflows[t])
        park_inp_pen_word(pen, "*");
    if (tank->overflows[t])
        park_inp_pen_word(pen, "YES");
    park_inp_pen_end(pen, pen->net->node.comment[n]);
}

void park_inp_write_nodes(park_inp_pen *pen)
{
    const park_net_nodes *node = &pen->net->node;
    size_t                row  = 0;
    park_inp_pen_section(pen, "[JUNCTIONS]");
    for (size_t n = 0; n < node->count; n++)
        write_junction(pen, n, &row);
    park_inp_pen_section(pen, "[RESERVOIRS]");
    for (size_t n = 0; n < node->count; n++) {
        if (node->kind[n] != PARK_NET_RESERVOIR)
            continue;
        park_inp_pen_id(pen, node->names.text[n]);
        park_inp_pen_number(pen, node->elevation[n] / pen->units.length);
        if (node->pattern[n] >= 0)
            park_inp_pen_id(pen, park_inp_pen_pattern(pen, node->pattern[n]));
        park_inp_pen_end(pen, node->comment[n]);
    }
    park_inp_pen_section(pen, "[TANKS]");
    for (size_t t = 0; t < pen->net->tank.count; t++)
        write_tank(pen, t);
}

/* --- links --- */

static void begin_link(park_inp_pen *pen, size_t l)
{
    park_inp_pen_id(pen, park_inp_pen_link(pen, (int32_t)l));
    park_inp_pen_id(pen, park_inp_pen_node(pen, pen->net->link.from[l]));
    park_inp_pen_id(pen, park_inp_pen_node(pen, pen->net->link.to[l]));
}

static void write_pipe(park_inp_pen *pen, size_t l)
{
    const park_net_links *link = &pen->net->link;
    begin_link(pen, l);
    park_inp_pen_number(pen, link->length[l] / pen->units.length);
    park_inp_pen_number(pen, link->diameter[l] / pen->units.diameter);
    park_inp_pen_number(pen, link->roughness[l] / pen->units.roughness);
    park_inp_pen_number(pen, link->minor[l]);
    park_inp_pen_word(pen, link->kind[l] == PARK_NET_CHECK_PIPE ? "CV"
                           : link->status[l] == PARK_NET_CLOSED ? "Closed"
                                                                : "Open");
    park_inp_pen_end(pen, link->comment[l]);
}

static void write_pump(park_inp_pen *pen, size_t p)
{
    const park_net_links *link = &pen->net->link;
    size_t                l    = (size_t)pen->net->pump.link[p];
    begin_link(pen, l);
    if (link->curve[l] >= 0) {
        park_inp_pen_word(pen, "HEAD");
        park_inp_pen_id(pen, pen->net->curve_names.text[link->curve[l]]);
    } else if (!isnan(pen->net->pump.power[p])) {
        park_inp_pen_word(pen, "POWER");
        park_inp_pen_number(pen, pen->net->pump.power[p] / pen->units.power);
    }
    if (link->setting[l] != 1.0 && link->status[l] != PARK_NET_CLOSED) {
        park_inp_pen_word(pen, "SPEED");
        park_inp_pen_number(pen, link->setting[l]);
    }
    if (pen->net->pump.speed_pattern[p] >= 0) {
        park_inp_pen_word(pen, "PATTERN");
        park_inp_pen_id(pen, park_inp_pen_pattern(pen, pen->net->pump.speed_pattern[p]));
    }
    park_inp_pen_end(pen, link->comment[l]);
}

static void write_valve(park_inp_pen *pen, size_t l)
{
    static const char *const KINDS[] = {"PRV", "PSV", "PBV", "FCV", "TCV", "GPV", "PCV"};
    const park_net_links    *link    = &pen->net->link;
    const char              *curve = link->curve[l] >= 0 ? pen->net->curve_names.text[link->curve[l]] : NULL;
    bool                     follows_curve = link->kind[l] == PARK_NET_GPV;
    begin_link(pen, l);
    park_inp_pen_number(pen, link->diameter[l] / pen->units.diameter);
    park_inp_pen_word(pen, KINDS[link->kind[l] - PARK_NET_PRV]);
    if (!follows_curve)
        park_inp_pen_number(pen, link->setting[l] / park_inp_setting_factor(link->kind[l], &pen->units));
    else if (curve != NULL)
        park_inp_pen_id(pen, curve);
    if (!follows_curve || curve != NULL)
        park_inp_pen_number(pen, link->minor[l]);
    if (curve != NULL && link->kind[l] == PARK_NET_PCV)
        park_inp_pen_id(pen, curve);
    park_inp_pen_end(pen, link->comment[l]);
}

static void write_tags(park_inp_pen *pen)
{
    park_inp_pen_section(pen, "[TAGS]");
    for (int links = 0; links < 2; links++) {
        const park_names *names = links ? &pen->net->link.names : &pen->net->node.names;
        const char      **tag   = links ? pen->net->link.tag : pen->net->node.tag;
        for (size_t i = 0; i < names->count; i++) {
            if (tag[i] == NULL)
                continue;
            park_inp_pen_word(pen, links ? "LINK" : "NODE");
            park_inp_pen_id(pen, names->text[i]);
            park_inp_pen_id(pen, tag[i]);
            park_inp_pen_end(pen, NULL);
        }
    }
}

/* Is the status another than that which the line of the link gives? */
static bool status_needs_saying(const park_net_links *link, size_t l)
{
    switch (link->kind[l]) {
    case PARK_NET_PIPE:
    case PARK_NET_CHECK_PIPE:
        return false;
    case PARK_NET_PUMP:
    case PARK_NET_GPV:
        return link->status[l] == PARK_NET_CLOSED;
    default:
        return link->status[l] != PARK_NET_ACTIVE;
    }
}

void park_inp_write_links(park_inp_pen *pen)
{
    const park_net_links *link = &pen->net->link;
    park_inp_pen_section(pen, "[PIPES]");
    for (size_t l = 0; l < link->count; l++)
        if (link->kind[l] <= PARK_NET_CHECK_PIPE)
            write_pipe(pen, l);
    park_inp_pen_section(pen, "[PUMPS]");
    for (size_t p = 0; p < pen->net->pump.count; p++)
        write_pump(pen, p);
    park_inp_pen_section(pen, "[VALVES]");
    for (size_t l = 0; l < link->count; l++)
        if (link->kind[l] >= PARK_NET_PRV)
            write_valve(pen, l);
    write_tags(pen);
    park_inp_pen_section(pen, "[STATUS]");
    for (size_t l = 0; l < link->count; l++) {
        if (!status_needs_saying(link, l))
            continue;
        park_inp_pen_id(pen, link->names.text[l]);
        park_inp_pen_word(pen, link->status[l] == PARK_NET_CLOSED ? "Closed" : "Open");
        park_inp_pen_end(pen, NULL);
    }
}

/* --- the whole --- */

/* Some demand is constant although there is a default pattern. */
static bool defies_default(const park_network *net)
{
    for (size_t i = 0; net->default_pattern >= 0 && i < net->demand.count; i++)
        if (net->demand.pattern[i] < 0)
            return true;
    return false;
}

park_status park_inp_write(const park_network *net, const char *flow_unit, park_text *out, park_error *err)
{
    park_inp_pen pen      = {.net = net, .out = out};
    const char  *unit     = flow_unit != NULL               ? flow_unit
                            : net->origin.flow_unit != NULL ? net->origin.flow_unit
                                                            : "LPS";
    const char  *pressure = flow_unit != NULL ? NULL : net->origin.pressure_unit;
    const char  *word     = unit;
    if (park_inp_flow_per_cfs(unit, strlen(unit), &word) == 0.0)
        return PARK_FAIL(err, PARK_E_RANGE,
                         "'%s' is no flow unit; possible: CFS GPM MGD IMGD AFD LPS LPM MLD CMH CMD CMS",
                         unit);
    pen.units = park_inp_units_of(word, pressure, net->option.specific_gravity, net->option.headloss);
    pen.explicit_patterns = defies_default(net);
    pen.flow_unit         = word;
    pen.pressure_unit     = pressure;
    pen.in_demands        = PARK_ARRAY(out->arena, net->node.count, bool);
    if (pen.in_demands == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to write a network");
    park_inp_pen_section(&pen, "[TITLE]");
    if (net->origin.title != NULL)
        park_text_printf(out, "%s\n", net->origin.title);
    park_inp_write_nodes(&pen);
    park_inp_write_links(&pen);
    park_inp_write_demands(&pen);
    park_inp_write_curves(&pen);
    park_inp_write_controls(&pen);
    park_inp_write_attributes(&pen);
    park_inp_write_options(&pen);
    park_inp_write_map(&pen);
    park_inp_pen_section(&pen, "[END]");
    return park_text_done(out) != NULL
               ? PARK_OK
               : PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to write a network");
}
