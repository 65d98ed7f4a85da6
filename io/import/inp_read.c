/*
 * inp_read.c - the recipe: lines to their sections, options first (they say what numbers mean), then patterns and curves,
 * nodes, links, and what speaks of them. Then the network as a whole is looked at.
 */
#include "import/inp.h"

#include "file.h"
#include "import/inp_parts.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

/* --- texts that are kept --- */

/* All lines of a section as one text. */
static const char *whole_section(park_inp *inp, park_inp_section section)
{
    park_text text;
    park_text_init(&text, inp->arena);
    const park_inp_lines *lines = &inp->section[section];
    for (size_t i = 0; i < lines->count; i++) {
        if (i > 0)
            park_text_char(&text, '\n');
        park_text_append(&text, lines->line[i].text, (size_t)lines->line[i].length);
    }
    const char *done = park_text_done(&text);
    return park_inp_grow(inp, done != NULL) && lines->count > 0 ? done : NULL;
}

static void keep_texts(park_inp *inp)
{
    park_net_origin *origin = &inp->net->origin;
    origin->title           = whole_section(inp, INP_TITLE);
    origin->labels          = whole_section(inp, INP_LABELS);
    origin->backdrop        = whole_section(inp, INP_BACKDROP);
    origin->report          = whole_section(inp, INP_REPORT);
}

/* --- stages --- */

static void each(park_inp *inp, park_inp_section section, void (*read)(park_inp *inp))
{
    const park_inp_lines *lines = &inp->section[section];
    for (size_t i = 0; i < lines->count && !inp->failed; i++) {
        park_inp_take(inp, section, &lines->line[i]);
        if (inp->words > 0 && !inp->failed)
            read(inp);
    }
    inp->line = NULL;
}

static void read_options(park_inp *inp)
{
    park_network *net = inp->net;
    park_inp_begin_options(inp);
    each(inp, INP_OPTIONS, park_inp_read_units);
    inp->units = park_inp_units_of(net->origin.flow_unit, net->origin.pressure_unit,
                                   net->option.specific_gravity, net->option.headloss);
    each(inp, INP_OPTIONS, park_inp_read_option);
    each(inp, INP_TIMES, park_inp_read_time);
    each(inp, INP_PATTERNS, park_inp_read_pattern);
    each(inp, INP_CURVES, park_inp_read_curve);
    park_inp_settle_options(inp);
}

static void read_nodes(park_inp *inp)
{
    if (!park_inp_room_for_nodes(inp))
        return;
    each(inp, INP_JUNCTIONS, park_inp_read_junction);
    inp->demand.own = inp->demand.count;
    each(inp, INP_RESERVOIRS, park_inp_read_reservoir);
    each(inp, INP_TANKS, park_inp_read_reservoir);
    each(inp, INP_RESERVOIRS, park_inp_read_tank);
    each(inp, INP_TANKS, park_inp_read_tank);
    each(inp, INP_DEMANDS, park_inp_read_demand);
    each(inp, INP_EMITTERS, park_inp_read_emitter);
    each(inp, INP_QUALITY, park_inp_read_quality);
    each(inp, INP_SOURCES, park_inp_read_source);
    each(inp, INP_MIXING, park_inp_read_mixing);
    each(inp, INP_COORDINATES, park_inp_read_coordinates);
    if (!inp->failed)
        park_inp_settle_quality(inp);
    if (!inp->failed)
        park_inp_settle_demands(inp);
}

static void read_links(park_inp *inp)
{
    if (!park_inp_room_for_links(inp))
        return;
    each(inp, INP_PIPES, park_inp_read_pipe);
    each(inp, INP_PUMPS, park_inp_read_pump);
    each(inp, INP_VALVES, park_inp_read_valve);
    each(inp, INP_STATUS, park_inp_read_status);
    each(inp, INP_LEAKAGE, park_inp_read_leakage);
    each(inp, INP_VERTICES, park_inp_read_vertex);
    each(inp, INP_TAGS, park_inp_read_tag);
    each(inp, INP_REACTIONS, park_inp_read_order);
    each(inp, INP_REACTIONS, park_inp_read_reaction);
    each(inp, INP_ENERGY, park_inp_read_energy);
    each(inp, INP_CONTROLS, park_inp_read_control);
    each(inp, INP_RULES, park_inp_read_rule);
    if (!inp->failed)
        park_inp_settle_reactions(inp);
    if (!inp->failed)
        park_inp_settle_links(inp);
    if (!inp->failed)
        park_inp_settle_curves(inp);
}

/* --- places of what the network's check finds: its paths are nodes.ID, links.ID, curves.ID, patterns.ID --- */

static void place(park_inp *inp, park_finding *finding)
{
    const struct {
        const char       *word;
        const park_names *names;
        const int32_t    *line;
    } TABLES[]    = {{"nodes.", &inp->net->node.names, inp->node_line},
                     {"links.", &inp->net->link.names, inp->link_line},
                     {"curves.", &inp->net->curve_names, inp->curve_line},
                     {"patterns.", &inp->net->pattern_names, inp->pattern_line}};
    finding->file = inp->file;
    for (size_t i = 0; i < sizeof TABLES / sizeof TABLES[0]; i++) {
        size_t length = strlen(TABLES[i].word);
        if (strncmp(finding->path, TABLES[i].word, length) != 0)
            continue;
        const char *id    = finding->path + length;
        int32_t     index = park_names_find(TABLES[i].names, id, strlen(id));
        if (index >= 0)
            finding->line = TABLES[i].line[index];
    }
}

static park_status check(park_inp *inp, park_error *err)
{
    size_t      before = inp->findings->count;
    park_status status = park_network_check(inp->net, inp->findings, err);
    for (size_t i = before; i < inp->findings->count; i++)
        if (inp->findings->items[i].path != NULL)
            place(inp, &inp->findings->items[i]);
    return status;
}

static park_inp *begin(park_arena *arena, const char *name, park_findings *findings)
{
    park_inp *inp = PARK_NEW(arena, park_inp);
    if (inp == NULL)
        return NULL;
    inp->arena    = arena;
    inp->findings = findings;
    inp->file     = park_arena_text(arena, name, strlen(name));
    inp->net      = PARK_NEW(arena, park_network);
    if (inp->file == NULL || inp->net == NULL)
        return NULL;
    park_names_init_exact(&inp->net->node.names, arena);
    park_names_init_exact(&inp->net->link.names, arena);
    park_names_init_exact(&inp->net->pattern_names, arena);
    park_names_init_exact(&inp->net->curve_names, arena);
    return inp;
}

/* Text that ends in NUL and holds none, in UTF-8. */
static char *decoded(park_inp *inp, const char *bytes, size_t length, size_t *text_length)
{
    const char   *text;
    park_encoding encoding = park_encoding_decode(inp->arena, bytes, length, &text, text_length, NULL);
    char         *own      = text != NULL ? park_arena_text(inp->arena, text, *text_length) : NULL;
    if (own == NULL)
        return NULL;
    const char *nul = memchr(own, '\0', *text_length);
    if (encoding == PARK_BINARY || nul != NULL) {
        park_finding *finding =
            park_finding_add(inp->findings, PARK_E0103, PARK_ERROR, NULL,
                             "the file holds bytes that are no text%s", "文件中有非文本的字节%s", "");
        if (finding != NULL)
            finding->file = inp->file;
    }
    for (char *at = own; nul != NULL && at < own + *text_length; at++)
        if (*at == '\0')
            *at = ' ';
    return own;
}

park_status park_inp_read(park_arena *arena, const char *name, const char *text, size_t length,
                          park_network **net, park_findings *findings, park_error *err)
{
    enum { MOST = 1 << 30 };
    size_t    before = findings->errors;
    park_inp *inp    = begin(arena, name, findings);
    *net             = NULL;
    if (length > MOST)
        return PARK_FAIL(err, PARK_E_INPUT, "%s is larger than 1 GiB", name);
    size_t own_length = 0;
    char  *own        = inp != NULL ? decoded(inp, text, length, &own_length) : NULL;
    if (own == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read %s", name);
    park_inp_split(inp, own, own_length);
    keep_texts(inp);
    if (!inp->failed)
        read_options(inp);
    if (!inp->failed)
        read_nodes(inp);
    if (!inp->failed)
        read_links(inp);
    if (inp->failed)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read %s", name);
    *net = inp->net;
    if (findings->errors == before)
        PARK_TRY(check(inp, err));
    size_t mistakes = findings->errors - before;
    return mistakes > 0
               ? PARK_FAIL(err, PARK_E_INPUT, "%s has %zu mistake%s", name, mistakes, mistakes > 1 ? "s" : "")
               : PARK_OK;
}

park_status park_inp_read_file(park_arena *arena, const char *path, park_network **net,
                               park_findings *findings, park_error *err)
{
    char  *bytes;
    size_t length;
    *net = NULL;
    PARK_TRY(park_file_read(arena, path, 0, &bytes, &length, err));
    return park_inp_read(arena, path, bytes, length, net, findings, err);
}

bool park_inp_named(const char *path)
{
    size_t length = strlen(path);
    return length > 4 && park_inp_begins(path + length - 4, 4, ".inp");
}
