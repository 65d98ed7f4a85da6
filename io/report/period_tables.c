#include "report/period_tables.h"

#include "decimal.h"
#include "replace.h"
#include "stream.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NODES, LINKS, TANKS, PUMPS, EVENTS, BALANCE, ENERGY, MASS, FILES };

static const char *const NAMES[FILES] = {"nodes.csv",  "links.csv",   "tanks.csv",  "pumps.csv",
                                         "events.csv", "balance.csv", "energy.csv", "mass.csv"};

static const double PI  = 3.141592653589793;
static const double KW  = 1000.0;
static const double KWH = 3.6e6;
static const double DAY = 86400.0;

struct park_period_tables {
    const park_network *net;
    park_stream        *file[FILES];
    const char        **node, **link; /* ids as cells: quoted where they must be, commas before and behind */
    const char        **rule;         /* "rule ID" as a cell */
    double             *area;         /* [links] [m2], 0: no velocity */
    bool                emits, leaks;
    const char         *constituent; /* its heading, after a comma; "" where the file asks for no quality */
};

/* ---- cells ---- */

static char *put_text(char *at, const char *text)
{
    size_t length = strlen(text);
    memcpy(at, text, length);
    return at + length;
}

static char *put_number(char *at, double value)
{
    return at + park_decimal_write(value, at);
}

static char *put_cell(char *at, double value)
{
    *at++ = ',';
    return put_number(at, value);
}

/* `before`, a word and an id as one cell with the quotes of RFC 4180, `behind`. */
static const char *quoted_cell(park_arena *arena, const char *before, const char *word, const char *id,
                               const char *behind)
{
    if (strpbrk(id, ",\"\r\n") == NULL)
        return park_arena_printf(arena, "%s%s%s%s", before, word, id, behind);
    char *text = PARK_ARRAY(arena, strlen(word) + 2 * strlen(id) + 5, char), *at = text;
    if (text == NULL)
        return NULL;
    at    = put_text(at, before);
    *at++ = '"';
    at    = put_text(at, word);
    for (; *id != '\0'; id++) {
        if (*id == '"')
            *at++ = '"';
        *at++ = *id;
    }
    *at++ = '"';
    (void)put_text(at, behind);
    return text;
}

static const char *cell_of(park_arena *arena, const char *id)
{
    return quoted_cell(arena, ",", "", id, ",");
}

/* ---- opening ---- */

/* ",chlorine_kg_per_m3", ",age_s", ",share_of_R1": a letter, digit or other script of the name stays, the rest is _. */
static const char *constituent_heading(park_arena *arena, const park_network *net)
{
    const park_net_options *o = &net->option;
    char                   *heading;
    switch (o->quality) {
    case PARK_NET_QUALITY_CHEMICAL:
        heading = park_arena_printf(arena, ",%s_kg_per_m3", o->chemical != NULL ? o->chemical : "chemical");
        break;
    case PARK_NET_QUALITY_TRACE:
        heading = park_arena_printf(arena, ",share_of_%s", net->node.names.text[o->trace_node]);
        break;
    case PARK_NET_QUALITY_AGE:
        return ",age_s";
    default:
        return "";
    }
    for (char *c = heading == NULL ? NULL : heading + 1; c != NULL && *c != '\0'; c++)
        if (strchr(" ,\"\r\n\t", *c) != NULL)
            *c = '_';
    return heading;
}

static park_status cells_make(park_arena *arena, park_period_tables *t, park_error *err)
{
    const park_network *net = t->net;
    bool                all = true;
    t->node                 = PARK_ARRAY(arena, net->node.count, const char *);
    t->link                 = PARK_ARRAY(arena, net->link.count, const char *);
    t->area                 = PARK_ARRAY(arena, net->link.count, double);
    t->rule                 = PARK_ARRAY(arena, net->rules, const char *);
    for (size_t n = 0; t->node != NULL && n < net->node.count; n++) {
        t->node[n] = cell_of(arena, net->node.names.text[n]);
        all        = all && t->node[n] != NULL;
        t->emits   = t->emits || net->node.emitter[n] > 0.0;
    }
    for (size_t l = 0; t->link != NULL && t->area != NULL && l < net->link.count; l++) {
        t->link[l] = cell_of(arena, net->link.names.text[l]);
        all        = all && t->link[l] != NULL;
        if (net->link.kind[l] != PARK_NET_PUMP && net->link.diameter[l] > 0.0)
            t->area[l] = PI * net->link.diameter[l] * net->link.diameter[l] / 4.0;
        t->leaks = t->leaks || net->link.leak_area[l] > 0.0 || net->link.leak_expansion[l] > 0.0;
    }
    for (size_t r = 0; t->rule != NULL && r < net->rules; r++) {
        t->rule[r] = quoted_cell(arena, "", "rule ", net->rule[r].id == NULL ? "" : net->rule[r].id, "");
        all        = all && t->rule[r] != NULL;
    }
    t->constituent = constituent_heading(arena, net);
    if (t->constituent == NULL || !all || t->node == NULL || t->link == NULL || t->area == NULL ||
        t->rule == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for tables of %zu nodes", net->node.count);
    return PARK_OK;
}

static void headings(park_period_tables *t)
{
    park_stream_text(t->file[NODES], "time_s,node,head_m,pressure_m,demand_m3_per_s,delivered_m3_per_s");
    park_stream_text(t->file[NODES], t->constituent);
    park_stream_text(t->file[NODES], t->emits ? ",emitter_m3_per_s" : "");
    park_stream_text(t->file[NODES], t->leaks ? ",leak_m3_per_s\n" : "\n");
    park_stream_text(t->file[MASS], "constituent,item,amount,unit\n");
    park_stream_text(t->file[LINKS],
                     "time_s,link,flow_m3_per_s,velocity_m_per_s,headloss_m,status,setting\n");
    park_stream_text(t->file[TANKS], "time_s,tank,level_m,volume_m3,inflow_m3_per_s,overflow_m3_per_s\n");
    park_stream_text(t->file[PUMPS], "time_s,pump,flow_m3_per_s,lift_m,speed,power_kW,efficiency\n");
    park_stream_text(t->file[EVENTS], "time_s,event,element,id,by,value\n");
    park_stream_text(t->file[BALANCE], "item,volume_m3\n");
    park_stream_text(t->file[ENERGY],
                     "pump,online_share,efficiency,energy_kWh,kWh_per_m3,mean_kW,peak_kW,cost,"
                     "cost_per_day\n");
}

park_status park_period_tables_open(park_arena *arena, const park_network *net, const char *folder,
                                    park_period_tables **tables, park_error *err)
{
    park_period_tables *t = PARK_NEW(arena, park_period_tables);
    if (t == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for tables");
    t->net = net;
    PARK_TRY(park_folder_open(arena, folder, err));
    for (int i = 0; i < FILES; i++) {
        const char *path = park_arena_printf(arena, "%s/%s", folder, NAMES[i]);
        if (path == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "no memory for tables");
        PARK_TRY(park_stream_open(arena, path, &t->file[i], err));
    }
    PARK_TRY(cells_make(arena, t, err));
    headings(t);
    *tables = t;
    return PARK_OK;
}

/* ---- rows ---- */

enum {
    NUMBERS  = 16 * PARK_DECIMAL_MOST,
    ID_USUAL = 4096
}; /* bytes: of a row's numbers, of ids beside them */

/* Begin a row: its time, then an id as a cell of any length. Returns where its numbers go, *begin where what row_end counts
 * begins. */
static char *row_begin(park_stream *file, const char *time, size_t length, const char *id, char **begin)
{
    size_t size  = strlen(id);
    bool   usual = size <= ID_USUAL;
    char  *at    = park_stream_room(file, length + (usual ? size : 0) + NUMBERS);
    *begin       = at;
    memcpy(at, time, length);
    at += length;
    if (usual) {
        memcpy(at, id, size);
        return at + size;
    }
    park_stream_wrote(file, length);
    park_stream_text(file, id);
    return *begin = park_stream_room(file, NUMBERS);
}

static void row_end(park_stream *file, const char *begin, char *at)
{
    *at++ = '\n';
    park_stream_wrote(file, (size_t)(at - begin));
}

static void nodes_rows(park_period_tables *t, const park_period_row *row, const char *time, size_t length)
{
    const park_net_nodes       *node = &t->net->node;
    const park_hydraulic_state *s    = row->state;
    for (size_t n = 0; n < node->count; n++) {
        bool   junction = node->kind[n] == PARK_NET_JUNCTION;
        char  *begin, *at = row_begin(t->file[NODES], time, length, t->node[n], &begin);
        double pressure = node->kind[n] == PARK_NET_RESERVOIR ? 0.0 : s->head[n] - node->elevation[n];
        at              = put_number(at, s->head[n]);
        at              = put_cell(at, pressure);
        at              = put_cell(at, junction ? s->demand[n] : s->inflow[n]);
        at              = put_cell(at, junction ? s->delivered[n] : s->inflow[n]);
        for (size_t c = 0; c < row->constituents; c++)
            at = put_cell(at, row->quality[n * row->constituents + c]);
        if (t->emits)
            at = put_cell(at, s->emitter[n]);
        if (t->leaks)
            at = put_cell(at, s->leak[n]);
        row_end(t->file[NODES], begin, at);
    }
}

static const char *status_word(park_flow_status status)
{
    static const char *const WORDS[] = {"closed",     "open",      "active",   "shut_head",
                                        "over_curve", "shut_tank", "open_fcv", "open_pressure"};
    return WORDS[status];
}

/* NAN where a link has no setting in force. */
static double setting_of(const park_network *net, const park_hydraulic_state *s, size_t l)
{
    park_net_link_kind kind = net->link.kind[l];
    if (kind == PARK_NET_PUMP)
        return s->setting[l];
    if (kind == PARK_NET_PIPE || kind == PARK_NET_CHECK_PIPE || kind == PARK_NET_GPV)
        return NAN;
    return s->command[l] == PARK_NET_ACTIVE ? s->setting[l] : NAN;
}

static void links_rows(park_period_tables *t, const park_period_row *row, const char *time, size_t length)
{
    const park_hydraulic_state *s = row->state;
    for (size_t l = 0; l < t->net->link.count; l++) {
        char *begin, *at = row_begin(t->file[LINKS], time, length, t->link[l], &begin);
        at    = put_number(at, s->flow[l]);
        at    = put_cell(at, t->area[l] > 0.0 ? fabs(s->flow[l]) / t->area[l] : 0.0);
        at    = put_cell(at, s->loss[l]);
        *at++ = ',';
        at    = put_text(at, status_word(s->status[l]));
        at    = put_cell(at, setting_of(t->net, s, l));
        row_end(t->file[LINKS], begin, at);
    }
}

static void tanks_rows(park_period_tables *t, const park_period_row *row, const char *time, size_t length)
{
    for (size_t i = 0; i < t->net->tank.count; i++) {
        int32_t n = t->net->tank.node[i];
        char   *begin, *at = row_begin(t->file[TANKS], time, length, t->node[n], &begin);
        at = put_number(at, row->level[i]);
        at = put_cell(at, row->volume[i]);
        at = put_cell(at, row->state->inflow[n]);
        at = put_cell(at, row->overflow[i]);
        row_end(t->file[TANKS], begin, at);
    }
}

static void pumps_rows(park_period_tables *t, const park_period_row *row, const char *time, size_t length)
{
    const park_hydraulic_state *s = row->state;
    for (size_t i = 0; i < t->net->pump.count; i++) {
        int32_t l = t->net->pump.link[i];
        char   *begin, *at = row_begin(t->file[PUMPS], time, length, t->link[l], &begin);
        at = put_number(at, s->flow[l]);
        at = put_cell(at, -s->loss[l]);
        at = put_cell(at, s->setting[l]);
        at = put_cell(at, row->power[i] / KW);
        at = put_cell(at, row->efficiency[i] > 0.0 ? row->efficiency[i] : NAN);
        row_end(t->file[PUMPS], begin, at);
    }
}

park_status park_period_tables_row(void *user, const park_period_row *row, park_error *err)
{
    park_period_tables *t = user;
    char                time[PARK_DECIMAL_MOST];
    size_t              length = park_decimal_write(row->time, time);
    (void)err; /* what cannot be written is told by park_period_tables_keep */
    nodes_rows(t, row, time, length);
    links_rows(t, row, time, length);
    tanks_rows(t, row, time, length);
    pumps_rows(t, row, time, length);
    return PARK_OK;
}

/* Who commanded: "control 3", counted from 1 in the order of the file, "rule R1", "pattern"; empty for what just happened. */
static const char *cause(const park_period_tables *t, const park_period_event *e, char control[40])
{
    if (e->rule >= 0)
        return t->rule[e->rule];
    if (e->control >= 0) {
        snprintf(control, 40, "control %d", (int)e->control + 1);
        return control;
    }
    return e->kind <= PARK_PERIOD_SET ? "pattern" : "";
}

park_status park_period_tables_event(void *user, const park_period_event *e, park_error *err)
{
    park_period_tables *t = user;
    char                control[40], time[PARK_DECIMAL_MOST + 1], value[PARK_DECIMAL_MOST + 1];
    (void)err;
    time[park_decimal_write(e->time, time)]    = '\0';
    value[park_decimal_write(e->value, value)] = '\0';
    const char *const PARTS[]                  = {time,
                                                  ",",
                                                  park_period_event_word(e->kind),
                                 e->link >= 0   ? ",link"
                                                  : e->node >= 0 ? ",node"
                                                                 : ",",
                                 e->link >= 0   ? t->link[e->link]
                                                  : e->node >= 0 ? t->node[e->node]
                                                                 : ",,",
                                                  cause(t, e, control),
                                                  ",",
                                                  value,
                                                  "\n"};
    for (size_t i = 0; i < sizeof PARTS / sizeof PARTS[0]; i++)
        park_stream_text(t->file[EVENTS], PARTS[i]);
    return PARK_OK;
}

/* ---- accounts ---- */

static void balance(park_period_tables *t, const park_period_result *result)
{
    const park_period_volumes *w = &result->water;
    const struct {
        const char *item;
        double      volume;
    } ROWS[] = {{"from_reservoirs", w->from_reservoirs},
                {"inflow_at_nodes", w->inflow},
                {"to_reservoirs", w->to_reservoirs},
                {"delivered", w->delivered},
                {"emitters", w->emitted},
                {"leaks", w->leaked},
                {"overflow", w->overflowed},
                {"stored", w->stored},
                {"rounded", w->rounded},
                {"residual", w->residual},
                {"unmet", w->unmet}};
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        char *begin = park_stream_room(t->file[BALANCE], 256), *at = put_text(begin, ROWS[i].item);
        at    = put_cell(at, ROWS[i].volume);
        *at++ = '\n';
        park_stream_wrote(t->file[BALANCE], (size_t)(at - begin));
    }
}

static double over(double a, double b)
{
    return b > 0.0 ? a / b : NAN;
}

static void energy(park_period_tables *t, const park_period_result *result)
{
    double span = result->reached > 0.0 ? result->reached : 3600.0;
    for (size_t i = 0; i < t->net->pump.count; i++) {
        const park_period_pump *p  = &result->pump[i];
        const char             *id = t->link[t->net->pump.link[i]] + 1; /* without the comma before it */
        char                   *begin, *at = row_begin(t->file[ENERGY], "", 0, id, &begin);
        at = put_number(at, p->online / span);
        at = put_cell(at, p->efficiency);
        at = put_cell(at, p->energy / KWH);
        at = put_cell(at, p->energy_per_volume / KWH);
        at = put_cell(at, over(p->energy, p->online) / KW);
        at = put_cell(at, p->peak / KW);
        at = put_cell(at, p->cost);
        at = put_cell(at, p->cost / span * DAY);
        row_end(t->file[ENERGY], begin, at);
    }
}

static void mass(park_period_tables *t, const park_period_result *result)
{
    static const char *const UNITS[] = {"", "kg", "m3*s", "m3"}; /* none, chemical, age, trace */
    for (size_t c = 0; c < result->quality.constituents; c++) {
        const park_quality_ledger *l = &result->quality.ledger[c];
        const struct {
            const char *item;
            double      amount;
        } ROWS[] = {{"initial", l->initial},
                    {"from_reservoirs", l->reservoirs},
                    {"inflow_at_nodes", l->inflows},
                    {"sources", l->sources},
                    {"delivered", l->delivered},
                    {"emitters", l->emitter},
                    {"leaks", l->leak},
                    {"to_reservoirs", l->returned},
                    {"overflow", l->overflow},
                    {"reacted_in_pipes", l->reacted_pipes},
                    {"reacted_in_tanks", l->reacted_tanks},
                    {"imbalance", l->imbalance},
                    {"stored", l->stored},
                    {"closure", l->closure}};
        for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
            bool  last = i + 1 == sizeof ROWS / sizeof ROWS[0];
            char *begin, *at = row_begin(t->file[MASS], "", 0, t->constituent + 1, &begin);
            *at++ = ',';
            at    = put_cell(put_text(at, ROWS[i].item), ROWS[i].amount);
            *at++ = ',';
            at    = put_text(at, last ? "" : UNITS[t->net->option.quality]);
            row_end(t->file[MASS], begin, at);
        }
    }
}

park_status park_period_tables_keep(park_period_tables *t, const park_period_result *result, park_error *err)
{
    balance(t, result);
    energy(t, result);
    mass(t, result);
    return park_streams_keep(t->file, FILES, err);
}
