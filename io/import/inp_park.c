#include "import/inp_park.h"

#include "utf8.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double HOUR = 3600.0;
enum { ID_BYTES = 40 }; /* of a foreign id that are kept, so that ids stay below 64 characters */

/* A unit in the making: a source (node) or a user, with where it binds. */
typedef struct made_unit {
    const char *id, *name;
    int32_t     part, node, pattern; /* node -1: several */
    double      base;                /* [m3/s] */
    bool        stream;
    size_t      last; /* its latest bind, counted from 1 */
} made_unit;

/* A demand row's share of its user. */
typedef struct made_bind {
    int32_t user, node;
    double  base;
} made_bind;

typedef struct maker {
    const park_network   *net;
    park_arena           *arena;
    park_text            *out;
    park_names            ids, keys; /* taken ids; keys of users */
    int32_t              *part;
    bool                 *fed, *has_reservoir; /* [parts] */
    made_unit            *source, *user;
    made_bind            *bind;
    size_t                sources, users, binds, source_capacity, user_capacity, bind_capacity;
    const char          **pattern_id; /* [patterns] in the park; NULL: not used */
    park_inp_park_counts *counts;
    bool                  failed;
} maker;

static bool keep(maker *m, bool done)
{
    m->failed = m->failed || !done;
    return done;
}

/* --- ids and quoted texts --- */

static bool letter(uint32_t code)
{
    if (code < 0x80)
        return (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') ||
               code == '_' || code == '-';
    return (code >= 0xC0 && code < 0x2000 && code != 0xD7 && code != 0xF7) ||
           (code >= 0x3041 && code < 0x3100) || (code >= 0x4E00 && code < 0xA000) ||
           (code >= 0xAC00 && code < 0xD7A4);
}

/* The foreign id with what a park's id may not hold replaced, and made unique. */
static const char *fresh_id(maker *m, const char *prefix, const char *foreign)
{
    char   text[96];
    size_t length = (size_t)snprintf(text, 16, "%s", prefix), given = strlen(foreign);
    for (size_t at = 0; at < given && length < ID_BYTES;) {
        uint32_t code;
        size_t   size = park_utf8_next(foreign + at, given - at, &code);
        bool     good = size > 0 && letter(code);
        if (good)
            memcpy(text + length, foreign + at, size);
        else
            text[length] = '_';
        length += good ? size : 1;
        at += size > 0 ? size : 1;
    }
    text[length]  = '\0';
    int32_t index = -1;
    size_t  stem  = length;
    for (int i = 2; park_names_find_alike(&m->ids, text, strlen(text)) >= 0; i++)
        snprintf(text + stem, sizeof text - stem, "_%d", i);
    if (!keep(m, park_names_add(&m->ids, text, strlen(text), &index, NULL) == PARK_OK))
        return "";
    return m->ids.text[index];
}

/* YAML's double quotes; `exact`: what is no text is escaped, else it becomes a blank. */
static void quote(maker *m, const char *text, bool exact)
{
    park_text_char(m->out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            park_text_char(m->out, '\\');
        if ((unsigned char)*text >= ' ' && *text != 127)
            park_text_char(m->out, *text);
        else if (exact)
            park_text_printf(m->out, "\\x%02X", (unsigned)*text);
        else
            park_text_char(m->out, ' ');
    }
    park_text_char(m->out, '"');
}

static void quoted(maker *m, const char *text)
{
    quote(m, text, false);
}

/* The id of a node, as the network's file has it. */
static void foreign_id(maker *m, int32_t node)
{
    quote(m, m->net->node.names.text[node], true);
}

static void key(maker *m, const char *id)
{
    bool plain =
        (id[0] >= 'A' && id[0] <= 'Z') || (id[0] >= 'a' && id[0] <= 'z') || (unsigned char)id[0] >= 0x80;
    static const char *const WORDS[] = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        char folded[128];
        if (strlen(id) < sizeof folded && park_name_fold(id, strlen(id), folded) > 0 &&
            strcmp(folded, WORDS[i]) == 0)
            plain = false;
    }
    if (plain && strncmp(id, "x-", 2) != 0)
        park_text_add(m->out, id);
    else
        quoted(m, id);
}

/* --- sources --- */

static bool add_source(maker *m, int32_t node, const char *prefix, double flow, int32_t pattern)
{
    if (!keep(m, PARK_GROW(m->arena, m->source, m->sources, m->source_capacity)))
        return false;
    const char *name        = m->net->node.names.text[node];
    m->source[m->sources++] = (made_unit){.id      = fresh_id(m, prefix, name),
                                          .name    = name,
                                          .part    = m->part[node],
                                          .node    = node,
                                          .pattern = pattern,
                                          .base    = flow,
                                          .stream  = !isnan(flow)};
    return !m->failed;
}

static void collect_sources(maker *m)
{
    const park_network *net = m->net;
    for (size_t n = 0; n < net->node.count; n++)
        if (net->node.kind[n] == PARK_NET_RESERVOIR)
            m->has_reservoir[m->part[n]] = true;
    for (size_t n = 0; n < net->node.count; n++) {
        bool tank = net->node.kind[n] == PARK_NET_TANK && !m->has_reservoir[m->part[n]];
        if (net->node.kind[n] != PARK_NET_RESERVOIR && !tank)
            continue;
        m->fed[m->part[n]] = true;
        (void)add_source(m, (int32_t)n, "", NAN, -1);
    }
}

/* --- users --- */

/* A pattern of a park holds no negative factors. */
static int32_t usable_pattern(const park_network *net, int32_t pattern)
{
    for (size_t i = 0; pattern >= 0 && i < net->pattern[pattern].count; i++)
        if (net->pattern[pattern].factor[i] < 0.0)
            return -1;
    return pattern;
}

static const char *key_of(maker *m, size_t row, bool grouped)
{
    const park_net_demands *demand = &m->net->demand;
    if (!grouped)
        return park_arena_printf(m->arena, "%d/%d", demand->node[row], demand->pattern[row]);
    return park_arena_printf(m->arena, "%d/%d/%s", m->part[demand->node[row]], demand->pattern[row],
                             demand->category[row] != NULL ? demand->category[row] : "");
}

static const char *user_name(maker *m, size_t row, bool grouped)
{
    const park_net_demands *demand = &m->net->demand;
    if (!grouped)
        return m->net->node.names.text[demand->node[row]];
    if (demand->category[row] != NULL)
        return demand->category[row];
    return demand->pattern[row] >= 0 ? m->net->pattern_names.text[demand->pattern[row]] : "demand";
}

/* The user that a row belongs to, made when it is new. */
static int32_t user_of(maker *m, size_t row, bool grouped)
{
    const park_net_demands *demand = &m->net->demand;
    const char             *text   = key_of(m, row, grouped);
    int32_t                 index  = -1;
    if (!keep(m, text != NULL))
        return -1;
    index = park_names_find(&m->keys, text, strlen(text));
    if (index >= 0)
        return index;
    if (!keep(m, PARK_GROW(m->arena, m->user, m->users, m->user_capacity)) ||
        !keep(m, park_names_add(&m->keys, text, strlen(text), &index, NULL) == PARK_OK))
        return -1;
    const char *name    = user_name(m, row, grouped);
    m->user[m->users++] = (made_unit){.id      = fresh_id(m, "", name),
                                      .name    = name,
                                      .part    = m->part[demand->node[row]],
                                      .node    = grouped ? -1 : demand->node[row],
                                      .pattern = usable_pattern(m->net, demand->pattern[row])};
    return index;
}

/* base of the row where its user keeps the pattern, else the mean. */
static double base_of(const maker *m, size_t row, int32_t pattern)
{
    return pattern >= 0 ? m->net->demand.base[row] * m->net->option.demand_multiplier
                        : park_network_demand_mean(m->net, row);
}

static void add_demand(maker *m, size_t row, bool grouped)
{
    const park_net_demands *demand = &m->net->demand;
    int32_t                 user   = user_of(m, row, grouped);
    if (user < 0)
        return;
    double base = base_of(m, row, m->user[user].pattern);
    m->user[user].base += base;
    size_t last = m->user[user].last; /* rows come by node: another row of this node was the latest */
    if (last > 0 && m->bind[last - 1].node == demand->node[row]) {
        m->bind[last - 1].base += base;
    } else if (keep(m, PARK_GROW(m->arena, m->bind, m->binds, m->bind_capacity))) {
        m->bind[m->binds++] = (made_bind){user, demand->node[row], base};
        m->user[user].last  = m->binds;
    }
}

/* So many users if every junction with demand and pattern were one. */
static size_t single_users(const maker *m)
{
    size_t count = 0;
    for (size_t row = 0; row < m->net->demand.count; row++)
        count += park_network_demand_mean(m->net, row) > 0.0;
    return count;
}

static void collect_users(maker *m)
{
    const park_net_demands *demand = &m->net->demand;
    m->counts->grouped             = single_users(m) > PARK_INP_USERS_MOST;
    for (size_t row = 0; row < demand->count && !m->failed; row++) {
        double  mean = park_network_demand_mean(m->net, row);
        int32_t node = demand->node[row];
        if (mean > 0.0 && m->fed[m->part[node]])
            add_demand(m, row, m->counts->grouped);
        else if (mean > 0.0)
            m->counts->without_source++;
        else if (mean < 0.0)
            (void)add_source(m, node, "inflow_", -mean, -1);
    }
}

/* --- the text --- */

static void write_head(maker *m, const char *inp_name)
{
    const char *title = m->net->origin.title != NULL ? m->net->origin.title : inp_name;
    size_t      line  = strcspn(title, "\n");
    const char *name  = park_arena_text(m->arena, title, line);
    if (name != NULL)
        name += strspn(name, " \t");
    park_text_add(
        m->out,
        "# A first park around a pipe network, to be completed: prices, qualities, treatments and where the "
        "used water goes\n"
        "# are not in the network's file.\n"
        "# "
        "由管网文件生成的园区初稿，须补充：价格、水质、处理单元以及用后水的去向，管网文件中没有这些内容。\n");
    if (m->counts->without_source > 0)
        park_text_printf(m->out,
                         "# %zu demands are left out: no reservoir or tank feeds their part of the network.\n"
                         "# 有 %zu 项用水因所在管网部分没有水源而未列入。\n",
                         m->counts->without_source, m->counts->without_source);
    park_text_add(m->out, "parkwater: 1\nname: ");
    if (keep(m, name != NULL))
        quoted(m, name[0] != '\0' ? name : inp_name);
    park_text_add(m->out, "\nperiod: steady\nconstituents: []\n");
}

static void write_patterns(maker *m)
{
    const park_network *net   = m->net;
    bool                begun = false;
    for (size_t p = 0; p < net->pattern_names.count; p++) {
        if (m->pattern_id[p] == NULL)
            continue;
        size_t count = net->pattern[p].count;
        size_t shift = (size_t)(net->time.pattern_start / net->time.pattern_step) % count;
        park_text_printf(m->out, "%s  %s: {every: %.12g h, factors: [", begun ? "" : "patterns:\n",
                         m->pattern_id[p], (double)net->time.pattern_step / HOUR);
        begun = true;
        for (size_t i = 0; i < count; i++)
            park_text_printf(m->out, "%s%.6g", i > 0 ? ", " : "",
                             net->pattern[p].factor[(i + shift) % count]);
        park_text_add(m->out, "]} # ");
        quoted(m, net->pattern_names.text[p]);
        park_text_char(m->out, '\n');
        m->counts->patterns++;
    }
}

static void write_sources(maker *m)
{
    park_text_add(m->out, m->sources > 0 ? "sources:\n" : "sources: {}\n");
    for (size_t s = 0; s < m->sources; s++) {
        const made_unit *source = &m->source[s];
        park_text_add(m->out, "  ");
        key(m, source->id);
        park_text_add(m->out, source->stream ? ": {kind: stream, name: " : ": {kind: surface, name: ");
        quoted(m, source->name);
        if (source->stream)
            park_text_printf(m->out, ", flow: %.12g m3/h", source->base * HOUR);
        park_text_add(m->out, "}\n");
    }
}

static void write_users(maker *m)
{
    park_text_add(m->out, m->users > 0 ? "users:\n" : "users: {}\n");
    for (size_t u = 0; u < m->users; u++) {
        const made_unit *user = &m->user[u];
        park_text_add(m->out, "  ");
        key(m, user->id);
        park_text_add(m->out, ": {kind: process, name: ");
        quoted(m, user->name);
        if (user->pattern >= 0)
            park_text_printf(m->out, ", demand: {base: %.12g m3/h, pattern: %s}}\n", user->base * HOUR,
                             m->pattern_id[user->pattern]);
        else
            park_text_printf(m->out, ", demand: %.12g m3/h}\n", user->base * HOUR);
    }
}

static bool has_user(const maker *m, int32_t part)
{
    for (size_t u = 0; u < m->users; u++)
        if (m->user[u].part == part)
            return true;
    return false;
}

/* What flows in where nobody draws must go somewhere. */
static bool spills(const maker *m, size_t source)
{
    return m->source[source].stream && !has_user(m, m->source[source].part);
}

static bool any_spills(const maker *m)
{
    for (size_t s = 0; s < m->sources; s++)
        if (spills(m, s))
            return true;
    return false;
}

/* c1: {from: R1, to: J3}; the sewer takes everything that was used. */
static void write_connections(maker *m, const char *sewer)
{
    size_t carried = 0;
    park_text_printf(m->out, "sinks:\n  %s: {kind: sewer}\nconnections:\n  existing:%s\n", sewer,
                     m->users > 0 || any_spills(m) ? "" : " {}");
    for (size_t u = 0; u < m->users; u++)
        for (size_t s = 0; s < m->sources; s++) {
            if (m->source[s].part != m->user[u].part)
                continue;
            park_text_printf(m->out, "    pipe_%zu: {from: ", ++carried);
            quoted(m, m->source[s].id);
            park_text_add(m->out, ", to: ");
            quoted(m, m->user[u].id);
            park_text_add(m->out, "}\n");
        }
    for (size_t u = 0; u < m->users; u++) {
        park_text_printf(m->out, "    drain_%zu: {from: ", u + 1);
        quoted(m, m->user[u].id);
        park_text_printf(m->out, ", to: %s}\n", sewer);
    }
    for (size_t s = 0, spilt = 0; s < m->sources; s++) {
        if (!spills(m, s))
            continue;
        park_text_printf(m->out, "    spill_%zu: {from: ", ++spilt);
        quoted(m, m->source[s].id);
        park_text_printf(m->out, ", to: %s}\n", sewer);
    }
    m->counts->connections = carried;
}

/* The binds of one user: {J3: 0.6, J4: 0.4}, or one node. Rows were made in the order of the demands. */
static void write_bind(maker *m, size_t u, const size_t *start, const size_t *order)
{
    park_text_add(m->out, "      ");
    key(m, m->user[u].id);
    park_text_add(m->out, ": ");
    if (start[u + 1] - start[u] == 1) {
        foreign_id(m, m->bind[order[start[u]]].node);
        park_text_char(m->out, '\n');
        return;
    }
    park_text_char(m->out, '{');
    for (size_t i = start[u]; i < start[u + 1]; i++) {
        const made_bind *bind = &m->bind[order[i]];
        park_text_add(m->out, i == start[u] ? "" : i % 8 == 0 ? ",\n        " : ", ");
        foreign_id(m, bind->node);
        park_text_printf(m->out, ": %.7f", bind->base / m->user[u].base);
    }
    park_text_add(m->out, "}\n");
}

static void write_network(maker *m, const char *inp_name)
{
    size_t *start = PARK_ARRAY(m->arena, m->users + 2, size_t),
           *order = PARK_ARRAY(m->arena, m->binds, size_t);
    if (!keep(m, start != NULL && order != NULL))
        return;
    for (size_t i = 0; i < m->binds; i++)
        start[m->bind[i].user + 2]++;
    for (size_t u = 2; u < m->users + 2; u++)
        start[u] += start[u - 1];
    for (size_t i = 0; i < m->binds; i++)
        order[start[m->bind[i].user + 1]++] = i;
    park_text_add(m->out, "network:\n  pipes:\n    inp: ");
    quoted(m, inp_name);
    park_text_add(m->out, "\n    carries: [");
    for (size_t c = 0; c < m->counts->connections; c++)
        park_text_printf(m->out, "%spipe_%zu", c == 0 ? "" : c % 12 == 0 ? ",\n      " : ", ", c + 1);
    park_text_add(m->out, "]\n    bind:\n");
    for (size_t s = 0; s < m->sources; s++) {
        park_text_add(m->out, "      ");
        key(m, m->source[s].id);
        park_text_add(m->out, ": ");
        foreign_id(m, m->source[s].node);
        park_text_char(m->out, '\n');
    }
    for (size_t u = 0; u < m->users; u++)
        write_bind(m, u, start, order);
    if (m->net->option.pressure_driven)
        park_text_printf(m->out, "    min_pressure: %.6g m\n", m->net->option.pressure_required);
}

static bool begin(maker *m)
{
    const park_network *net = m->net;
    park_names_init(&m->ids, m->arena);
    park_names_init_exact(&m->keys, m->arena);
    m->part          = PARK_ARRAY(m->arena, net->node.count, int32_t);
    m->fed           = PARK_ARRAY(m->arena, net->node.count, bool);
    m->has_reservoir = PARK_ARRAY(m->arena, net->node.count, bool);
    m->pattern_id    = PARK_ARRAY(m->arena, net->pattern_names.count, const char *);
    if (!keep(m, m->part != NULL && m->fed != NULL && m->has_reservoir != NULL && m->pattern_id != NULL))
        return false;
    (void)park_network_parts(net, m->part);
    return true;
}

park_status park_inp_park(const park_network *net, const char *inp_name, park_text *out,
                          park_inp_park_counts *counts, park_error *err)
{
    maker m = {.net = net, .arena = out->arena, .out = out, .counts = counts};
    *counts = (park_inp_park_counts){0};
    if (begin(&m)) {
        const char *sewer = fresh_id(&m, "", "sewer");
        collect_sources(&m);
        collect_users(&m);
        for (size_t u = 0; u < m.users; u++) {
            int32_t p = m.user[u].pattern;
            if (p >= 0 && m.pattern_id[p] == NULL)
                m.pattern_id[p] = fresh_id(&m, "pattern_", net->pattern_names.text[p]);
        }
        counts->sources = m.sources;
        counts->users   = m.users;
        write_head(&m, inp_name);
        write_patterns(&m);
        write_sources(&m);
        write_users(&m);
        write_connections(&m, sewer);
        write_network(&m, inp_name);
    }
    return !m.failed && park_text_done(out) != NULL
               ? PARK_OK
               : PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to write a park");
}
