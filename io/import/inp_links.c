#include "import/inp_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- a link more --- */

/* Two different nodes that exist, and a fresh id; -1 told. */
static int32_t add_link(park_inp *inp, park_net_link_kind kind)
{
    park_net_links *link = &inp->net->link;
    int32_t         from = park_inp_node(inp, 1), to = park_inp_node(inp, 2), index = -1;
    if (from < 0 || to < 0)
        return -1;
    if (from == to) {
        PARK_INP_TELL(inp, 2, PARK_E0612, PARK_ERROR, "link '%.*s' leads from node '%s' to itself",
                      "管段“%.*s”的两端都是节点“%s”", (int)inp->word[0].length, inp->word[0].text,
                      inp->net->node.names.text[from]);
        return -1;
    }
    park_status taken = park_names_add(&link->names, inp->word[0].text, inp->word[0].length, &index, NULL);
    if (taken == PARK_E_MEMORY) {
        inp->failed = true;
        return -1;
    }
    if (taken != PARK_OK) {
        PARK_INP_TELL(inp, 0, PARK_E0611, PARK_ERROR, "link '%s' stands in line %d already",
                      "管段“%s”已在第 %d 行给出", link->names.text[index], inp->link_line[index]);
        return -1;
    }
    link->kind[index]     = kind;
    link->from[index]     = from;
    link->to[index]       = to;
    link->status[index]   = PARK_NET_OPEN;
    link->setting[index]  = NAN;
    link->curve[index]    = -1;
    link->bulk[index]     = NAN;
    link->wall[index]     = NAN;
    link->comment[index]  = park_inp_copy(inp, inp->comment);
    inp->link_line[index] = inp->line->number;
    inp->pump_of[index]   = -1;
    link->count           = link->names.count;
    return index;
}

bool park_inp_room_for_links(park_inp *inp)
{
    park_arena     *a     = inp->arena;
    park_net_links *link  = &inp->net->link;
    park_net_pumps *pump  = &inp->net->pump;
    size_t          pumps = inp->section[INP_PUMPS].count;
    size_t          n     = inp->section[INP_PIPES].count + pumps + inp->section[INP_VALVES].count;
    link->kind            = PARK_ARRAY(a, n, park_net_link_kind);
    link->from            = PARK_ARRAY(a, n, int32_t);
    link->to              = PARK_ARRAY(a, n, int32_t);
    link->length          = PARK_ARRAY(a, n, double);
    link->diameter        = PARK_ARRAY(a, n, double);
    link->roughness       = PARK_ARRAY(a, n, double);
    link->minor           = PARK_ARRAY(a, n, double);
    link->status          = PARK_ARRAY(a, n, park_net_status);
    link->setting         = PARK_ARRAY(a, n, double);
    link->curve           = PARK_ARRAY(a, n, int32_t);
    link->bulk            = PARK_ARRAY(a, n, double);
    link->wall            = PARK_ARRAY(a, n, double);
    link->leak_area       = PARK_ARRAY(a, n, double);
    link->leak_expansion  = PARK_ARRAY(a, n, double);
    link->tag             = PARK_ARRAY(a, n, const char *);
    link->comment         = PARK_ARRAY(a, n, const char *);
    inp->link_line        = PARK_ARRAY(a, n, int32_t);
    inp->pump_of          = PARK_ARRAY(a, n, int32_t);
    pump->link            = PARK_ARRAY(a, pumps, int32_t);
    pump->power           = PARK_ARRAY(a, pumps, double);
    pump->speed_pattern   = PARK_ARRAY(a, pumps, int32_t);
    pump->efficiency      = PARK_ARRAY(a, pumps, int32_t);
    pump->price           = PARK_ARRAY(a, pumps, double);
    pump->price_pattern   = PARK_ARRAY(a, pumps, int32_t);
    const void *columns[] = {link->kind,          link->from,           link->to,    link->length,
                             link->diameter,      link->roughness,      link->minor, link->status,
                             link->setting,       link->curve,          link->bulk,  link->wall,
                             link->leak_area,     link->leak_expansion, link->tag,   link->comment,
                             inp->link_line,      inp->pump_of,         pump->link,  pump->power,
                             pump->speed_pattern, pump->efficiency,     pump->price, pump->price_pattern};
    bool        all       = true;
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        all = all && columns[i] != NULL;
    return park_inp_grow(inp, all);
}

/* --- pipes --- */

static const char *const PIPE_STATES[] = {"OPEN", "CLOSED", "CV"};

static void pipe_state(park_inp *inp, int32_t index, int state)
{
    park_net_links *link = &inp->net->link;
    if (state == 1)
        link->status[index] = PARK_NET_CLOSED;
    if (state == 2)
        link->kind[index] = PARK_NET_CHECK_PIPE;
}

/* Values that a line leaves out, as EPANET has them. */
static double usual_roughness(park_net_headloss law)
{
    return law == PARK_NET_HAZEN_WILLIAMS ? 130.0 : law == PARK_NET_DARCY_WEISBACH ? 0.0005 : 0.01;
}

void park_inp_read_pipe(park_inp *inp)
{
    park_net_links *link = &inp->net->link;
    double length = inp->units.si ? 100.0 : 330.0, diameter = inp->units.si ? 254.0 : 10.0, minor = 0.0;
    double roughness = usual_roughness(inp->net->option.headloss);
    if (!park_inp_needs(inp, 3, "id node node length diameter roughness"))
        return;
    int32_t index = add_link(inp, PARK_NET_PIPE);
    if (index < 0 || !park_inp_above_zero(inp, 3, &length) || !park_inp_above_zero(inp, 4, &diameter) ||
        !park_inp_above_zero(inp, 5, &roughness))
        return;
    int state =
        park_inp_find(inp, 6, PIPE_STATES, 3); /* a state may stand in place of the loss coefficient */
    if (state < 0 && !park_inp_not_negative(inp, 6, &minor))
        return;
    if (state < 0 && inp->words > 7) {
        state = park_inp_choice(inp, 7, PIPE_STATES, 3);
        if (state < 0)
            return;
    }
    pipe_state(inp, index, state);
    link->length[index]    = length * inp->units.length;
    link->diameter[index]  = diameter * inp->units.diameter;
    link->roughness[index] = roughness * inp->units.roughness;
    link->minor[index]     = minor;
}

/* --- pumps --- */

/* Old files write the head curve on the pump's line: one number is a power; two are head and flow; five are shut-off
 * head, then head and flow twice. It becomes a curve named like the pump. */
static void pump_in_numbers(park_inp *inp, int32_t index, size_t p)
{
    double value[5] = {0.0};
    size_t count    = inp->words - 3 < 5 ? inp->words - 3 : 5;
    for (size_t i = 0; i < count; i++)
        if (!park_inp_number(inp, 3 + i, &value[i]))
            return;
    if (count == 1) {
        inp->net->pump.power[p] = value[0] * inp->units.power;
        return;
    }
    if (count != 2 && count != 5) {
        PARK_INP_TELL(inp, -1, PARK_E0603, PARK_ERROR,
                      "a pump curve on the pump's line has 2 or 5 numbers, not %zu",
                      "写在水泵行内的扬程曲线应有 2 个或 5 个数，而非 %zu 个", count);
        return;
    }
    park_net_curve *curve = park_inp_pump_curve(inp, inp->net->link.names.text[index], count == 2 ? 1 : 3,
                                                &inp->net->link.curve[index]);
    if (curve == NULL)
        return;
    if (count == 2) {
        curve->x[0] = value[1];
        curve->y[0] = value[0];
        return;
    }
    curve->y[0] = value[0];
    for (size_t i = 1; i < 3; i++) {
        curve->y[i] = value[2 * i - 1];
        curve->x[i] = value[2 * i];
    }
}

static bool pump_word(park_inp *inp, int32_t index, size_t p, size_t at)
{
    static const char *const WORDS[] = {"POWER", "HEAD", "PATT", "SPEE"};
    park_net_links          *link    = &inp->net->link;
    double                   power   = 0.0;
    switch (park_inp_find(inp, at, WORDS, 4)) {
    case 0:
        if (!park_inp_above_zero(inp, at + 1, &power))
            return false;
        inp->net->pump.power[p] = power * inp->units.power;
        return true;
    case 1:
        link->curve[index] = park_inp_curve(inp, at + 1, PARK_NET_CURVE_PUMP);
        return link->curve[index] >= 0;
    case 2:
        return park_inp_pattern(inp, at + 1, &inp->net->pump.speed_pattern[p]);
    case 3:
        return park_inp_not_negative(inp, at + 1, &link->setting[index]);
    default:
        break;
    }
    static const char *const SHOWN[] = {"HEAD", "POWER", "SPEED", "PATTERN"};
    park_inp_unknown(inp, at, SHOWN, 4);
    return false;
}

void park_inp_read_pump(park_inp *inp)
{
    park_net_pumps *pump = &inp->net->pump;
    size_t          p    = pump->count;
    double          number;
    if (!park_inp_needs(inp, 3, "id node node HEAD curve"))
        return;
    int32_t index = add_link(inp, PARK_NET_PUMP);
    if (index < 0)
        return;
    pump->count++;
    inp->pump_of[index]           = (int32_t)p;
    inp->net->link.setting[index] = 1.0;
    pump->link[p]                 = index;
    pump->power[p]                = NAN;
    pump->speed_pattern[p]        = -1;
    pump->efficiency[p]           = -1;
    pump->price[p]                = NAN;
    pump->price_pattern[p]        = -1;
    if (park_inp_reads(inp, 3, &number)) {
        pump_in_numbers(inp, index, p);
        return;
    }
    for (size_t at = 3; at + 1 < inp->words; at += 2)
        if (!pump_word(inp, index, p, at))
            return;
    if (inp->net->link.curve[index] >= 0) /* where both are given the curve rules */
        pump->power[p] = NAN;
}

/* --- valves --- */

static bool valve_setting(park_inp *inp, int32_t index)
{
    park_net_links *link    = &inp->net->link;
    double          setting = 0.0;
    if (link->kind[index] == PARK_NET_GPV) {
        link->status[index] = PARK_NET_OPEN;
        if (inp->words > 5)
            link->curve[index] = park_inp_curve(inp, 5, PARK_NET_CURVE_HEADLOSS);
        return inp->words <= 5 || link->curve[index] >= 0;
    }
    if (!park_inp_number(inp, 5, &setting))
        return false;
    if (inp->words <= 5)
        PARK_INP_TELL(inp, 0, PARK_W0616, PARK_WARNING, "valve '%s' has no setting: 0 is taken",
                      "阀门“%s”没有设定值：按 0 计", inp->net->link.names.text[index]);
    if (link->kind[index] == PARK_NET_PCV && setting > 100.0)
        setting = 100.0;
    link->setting[index] = setting * park_inp_setting_factor(link->kind[index], &inp->units);
    return true;
}

void park_inp_read_valve(park_inp *inp)
{
    static const char *const KINDS[] = {"PRV", "PSV", "PBV", "FCV", "TCV", "GPV", "PCV"};
    park_net_links          *link    = &inp->net->link;
    if (!park_inp_needs(inp, 5, "id node node diameter PRV setting"))
        return;
    int kind = park_inp_choice(inp, 4, KINDS, 7);
    if (kind < 0)
        return;
    int32_t index    = add_link(inp, (park_net_link_kind)(PARK_NET_PRV + kind));
    double  diameter = inp->units.si ? 254.0 : 10.0, minor = 0.0;
    if (index < 0)
        return;
    link->status[index] = PARK_NET_ACTIVE;
    if (!park_inp_above_zero(inp, 3, &diameter) || !valve_setting(inp, index) ||
        !park_inp_not_negative(inp, 6, &minor))
        return;
    link->diameter[index] = diameter * inp->units.diameter;
    link->minor[index]    = minor;
    if (inp->words > 7 && link->kind[index] == PARK_NET_PCV)
        link->curve[index] = park_inp_curve(inp, 7, PARK_NET_CURVE_OPENING);
}

/* --- [STATUS] --- */

static void change_status(park_inp *inp, size_t index, int state, double number)
{
    park_net_links *link = &inp->net->link;
    bool            open = state == 0, closed = state == 1;
    switch (link->kind[index]) {
    case PARK_NET_CHECK_PIPE:
        return;
    case PARK_NET_PIPE:
    case PARK_NET_GPV:
        if (open || closed)
            link->status[index] = open ? PARK_NET_OPEN : PARK_NET_CLOSED;
        return;
    case PARK_NET_PUMP: /* a word also sets the speed */
        link->setting[index] = open ? 1.0 : closed ? 0.0 : number;
        link->status[index]  = link->setting[index] > 0.0 ? PARK_NET_OPEN : PARK_NET_CLOSED;
        return;
    default:
        link->status[index] = open ? PARK_NET_OPEN : closed ? PARK_NET_CLOSED : PARK_NET_ACTIVE;
        if (!open && !closed)
            link->setting[index] = number * park_inp_setting_factor(link->kind[index], &inp->units);
    }
}

static void one_status(park_inp *inp, int state, double number)
{
    int32_t index = park_inp_link(inp, 0);
    if (index < 0)
        return;
    park_net_link_kind kind = inp->net->link.kind[index];
    if (kind == PARK_NET_CHECK_PIPE || (kind == PARK_NET_GPV && state < 0)) {
        PARK_INP_TELL(inp, 0, PARK_E0613, PARK_ERROR, "link '%s' is a %s%.0s: its status cannot be set",
                      "管段“%s”是%.0s%s，不能设定其状态", inp->net->link.names.text[index],
                      kind == PARK_NET_GPV ? "general purpose valve" : "pipe with a check valve",
                      kind == PARK_NET_GPV ? "通用阀" : "带止回阀的管道");
        return;
    }
    change_status(inp, (size_t)index, state, number);
}

void park_inp_read_status(park_inp *inp)
{
    static const char *const STATES[] = {"OPEN", "CLOSED"};
    double                   number   = 0.0;
    park_inp_range           range;
    if (!park_inp_needs(inp, 2, "link OPEN"))
        return;
    size_t last  = inp->words - 1;
    int    state = park_inp_find(inp, last, STATES, 2);
    if (state < 0 && !park_inp_reads(inp, last, &number)) {
        park_inp_unknown(inp, last, (const char *const[]){"OPEN", "CLOSED", "0.8"}, 3);
        return;
    }
    if (state < 0 && !park_inp_not_negative(inp, last, &number))
        return;
    if (last == 1) {
        one_status(inp, state, number);
        return;
    }
    if (!park_inp_range_of(inp, 0, inp->net->link.count, &range))
        return;
    for (size_t l = 0; l < inp->net->link.count; l++)
        if (park_inp_range_holds(&range, inp->net->link.names.text[l]))
            change_status(inp, l, state, number);
}

/* --- leaks, bends, tags --- */

void park_inp_read_leakage(park_inp *inp)
{
    double area = 0.0, expansion = 0.0;
    if (!park_inp_needs(inp, 3, "pipe area expansion"))
        return;
    int32_t index = park_inp_link(inp, 0);
    if (index < 0 || !park_inp_not_negative(inp, 1, &area) || !park_inp_not_negative(inp, 2, &expansion))
        return;
    if (inp->net->link.kind[index] > PARK_NET_CHECK_PIPE) {
        park_inp_left_out(inp, 0, "only pipes leak", "只有管道会漏水");
        return;
    }
    inp->net->link.leak_area[index]      = area * inp->units.leak_area;
    inp->net->link.leak_expansion[index] = expansion * inp->units.leak_expansion;
}

void park_inp_read_vertex(park_inp *inp)
{
    double x, y;
    if (inp->words < 3)
        return;
    int32_t index = park_names_find(&inp->net->link.names, inp->word[0].text, inp->word[0].length);
    if (index < 0 || !park_inp_reads(inp, 1, &x) || !park_inp_reads(inp, 2, &y)) {
        park_inp_left_out(inp, 0, "no such link, or no numbers", "没有该管段，或不是数字");
        return;
    }
    size_t at = inp->vertex.count;
    if (!park_inp_grow(inp, PARK_GROW(inp->arena, inp->vertex.x, at, inp->vertex.capacity) &&
                                PARK_GROW(inp->arena, inp->vertex.y, at, inp->vertex.y_capacity) &&
                                PARK_GROW(inp->arena, inp->vertex.link, at, inp->vertex.link_capacity)))
        return;
    inp->vertex.x[at]    = x;
    inp->vertex.y[at]    = y;
    inp->vertex.link[at] = index;
    inp->vertex.count++;
}

/* Bends by link, in the file's order within a link. */
void park_inp_settle_links(park_inp *inp)
{
    park_net_links *link = &inp->net->link;
    size_t          n = link->count, rows = inp->vertex.count;
    link->vertex   = PARK_ARRAY(inp->arena, n + 2, size_t);
    link->vertex_x = PARK_ARRAY(inp->arena, rows, double);
    link->vertex_y = PARK_ARRAY(inp->arena, rows, double);
    if (!park_inp_grow(inp, link->vertex != NULL && link->vertex_x != NULL && link->vertex_y != NULL))
        return;
    for (size_t i = 0; i < rows; i++) /* two places on: filling moves them back to where they belong */
        link->vertex[inp->vertex.link[i] + 2]++;
    for (size_t l = 2; l < n + 2; l++)
        link->vertex[l] += link->vertex[l - 1];
    for (size_t i = 0; i < rows; i++) {
        size_t at          = link->vertex[inp->vertex.link[i] + 1]++;
        link->vertex_x[at] = inp->vertex.x[i];
        link->vertex_y[at] = inp->vertex.y[i];
    }
}

void park_inp_read_tag(park_inp *inp)
{
    static const char *const OBJECTS[] = {"NODE", "LINK"};
    if (inp->words < 3)
        return;
    int               object = park_inp_find(inp, 0, OBJECTS, 2);
    const park_names *names  = object == 1 ? &inp->net->link.names : &inp->net->node.names;
    int32_t index = object >= 0 ? park_names_find(names, inp->word[1].text, inp->word[1].length) : -1;
    if (index < 0) {
        park_inp_left_out(inp, 1, "no such node or link", "没有该节点或管段");
        return;
    }
    *(object == 1 ? &inp->net->link.tag[index] : &inp->net->node.tag[index]) =
        park_inp_copy(inp, inp->word[2]);
}
