#include "report/network_dxf.h"

#include "report/caption.h"

#include "utf8.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LAYER_SIZE = 40, KINDS = 10 };

typedef enum layer_kind { PIPE, CHECK, PUMP, VALVE, JUNCTION, RESERVOIR, TANK, DN, NAME, UNIT } layer_kind;

/* Colours by AutoCAD's index: legible on black and on white. */
static const struct {
    const char *suffix;
    int         colour;
} LAYER[KINDS] = {{"PIPE", 5},      {"CHECK", 4}, {"PUMP", 1}, {"VALVE", 6}, {"JUNCTION", 8},
                  {"RESERVOIR", 3}, {"TANK", 3},  {"DN", 8},   {"NAME", 8},  {"UNIT", 7}};

/* Where the name of a unit stands, in map units. */
typedef struct place {
    double left, low, right, high;
} place;

typedef struct drawing {
    park_text              *out;
    const park_dxf_network *network;
    size_t                  index;  /* of the network */
    double                  height; /* of letters, in map units */
    size_t                  left_out;
    double                  edge; /* of the map, left of which nothing may stand */
    place                  *name; /* units' names so far */
    size_t                  names, names_cap;
} drawing;

/* --- pairs of code and value --- */

static void whole(drawing *d, int code, int value)
{
    park_text_printf(d->out, "%d\r\n%d\r\n", code, value);
}

static void real(drawing *d, int code, double value)
{
    park_text_printf(d->out, "%d\r\n%.10g\r\n", code, value);
}

static void word(drawing *d, int code, const char *value)
{
    park_text_printf(d->out, "%d\r\n%s\r\n", code, value);
}

/* A text of a person: GBK, and \U+XXXX for letters that GBK lacks. */
static void letters(drawing *d, int code, const char *value)
{
    park_text_printf(d->out, "%d\r\n", code);
    for (size_t length = strlen(value), at = 0; at < length;) {
        uint32_t letter;
        char     pair[2];
        size_t   size = park_utf8_next(value + at, length - at, &letter);
        if (letter < 0x20)
            park_text_char(d->out, ' ');
        else if (letter < 0x80)
            park_text_char(d->out, (char)letter);
        else if (size > 0 && park_gbk_pair(value + at, size, pair))
            park_text_append(d->out, pair, 2);
        else
            park_text_printf(d->out, "\\U+%04X", (unsigned)(letter & 0xFFFF));
        at += size > 0 ? size : 1;
    }
    park_text_add(d->out, "\r\n");
}

/* Names of layers are capitals, digits, - and _: a network with another name is called by its number. */
static void layer_name(const drawing *d, layer_kind kind, char name[LAYER_SIZE])
{
    const char *id    = d->network->id;
    size_t      n     = 0;
    bool        plain = id[0] != '\0' && strlen(id) <= 20;
    for (; plain && id[n] != '\0'; n++) {
        char c  = id[n] >= 'a' && id[n] <= 'z' ? (char)(id[n] - 32) : id[n];
        plain   = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        name[n] = c;
    }
    if (!plain)
        n = (size_t)snprintf(name, 24, "NET%zu", d->index + 1);
    snprintf(name + n, LAYER_SIZE - n, "-%s", LAYER[kind].suffix);
}

static void begin(drawing *d, const char *what, layer_kind kind)
{
    char name[LAYER_SIZE];
    layer_name(d, kind, name);
    word(d, 0, what);
    word(d, 8, name);
}

static void point(drawing *d, double x, double y)
{
    real(d, 10, x);
    real(d, 20, y);
    real(d, 30, 0.0);
}

/* --- head: extents, layers, styles, blocks --- */

static void header(drawing *d, const double box[4])
{
    word(d, 0, "SECTION");
    word(d, 2, "HEADER");
    word(d, 9, "$ACADVER");
    word(d, 1, "AC1009");
    word(d, 9, "$DWGCODEPAGE");
    word(d, 3, "ANSI_936");
    word(d, 9, "$EXTMIN");
    point(d, box[0], box[1]);
    word(d, 9, "$EXTMAX");
    point(d, box[2], box[3]);
    word(d, 9, "$LIMMIN");
    real(d, 10, box[0]);
    real(d, 20, box[1]);
    word(d, 9, "$LIMMAX");
    real(d, 10, box[2]);
    real(d, 20, box[3]);
    word(d, 0, "ENDSEC");
}

static void line_type(drawing *d, const char *name, const char *about, double dash, double gap)
{
    word(d, 0, "LTYPE");
    word(d, 2, name);
    whole(d, 70, 0);
    word(d, 3, about);
    whole(d, 72, 65);
    whole(d, 73, dash > 0.0 ? 2 : 0);
    real(d, 40, dash + gap);
    if (dash > 0.0) {
        real(d, 49, dash);
        real(d, 49, -gap);
    }
}

static void tables(drawing *d, const park_dxf_network *network, size_t count)
{
    char name[LAYER_SIZE];
    word(d, 0, "SECTION");
    word(d, 2, "TABLES");
    word(d, 0, "TABLE");
    word(d, 2, "LTYPE");
    whole(d, 70, 2);
    line_type(d, "CONTINUOUS", "Solid line", 0.0, 0.0);
    line_type(d, "DASHED", "__ __ __", 1.5 * d->height, 0.75 * d->height);
    word(d, 0, "ENDTAB");
    word(d, 0, "TABLE");
    word(d, 2, "STYLE");
    whole(d, 70, 1);
    word(d, 0, "STYLE"); /* a stroke font with the Chinese one that every Chinese CAD program has */
    word(d, 2, "STANDARD");
    whole(d, 70, 0);
    real(d, 40, 0.0);
    real(d, 41, 1.0);
    real(d, 50, 0.0);
    whole(d, 71, 0);
    real(d, 42, d->height);
    word(d, 3, "txt");
    word(d, 4, "gbcbig");
    word(d, 0, "ENDTAB");
    word(d, 0, "TABLE");
    word(d, 2, "LAYER");
    whole(d, 70, (int)(count * KINDS + 1));
    for (size_t i = 0; i < count; i++)
        for (int kind = 0; kind < KINDS; kind++) {
            d->network = &network[i];
            d->index   = i;
            layer_name(d, (layer_kind)kind, name);
            word(d, 0, "LAYER");
            word(d, 2, name);
            whole(d, 70, 0);
            whole(d, 62, LAYER[kind].colour);
            word(d, 6, "CONTINUOUS");
        }
    word(d, 0, "ENDTAB");
    word(d, 0, "ENDSEC");
}

/* A closed or open run of points of a block, in half heights of a letter. */
static void shape(drawing *d, const double *xy, size_t points, bool closed)
{
    word(d, 0, "POLYLINE");
    word(d, 8, "0");
    whole(d, 66, 1);
    point(d, 0.0, 0.0);
    whole(d, 70, closed ? 1 : 0);
    for (size_t i = 0; i < points; i++) {
        word(d, 0, "VERTEX");
        word(d, 8, "0");
        point(d, xy[2 * i], xy[2 * i + 1]);
    }
    word(d, 0, "SEQEND");
    word(d, 8, "0");
}

static void circle(drawing *d, double radius)
{
    word(d, 0, "CIRCLE");
    word(d, 8, "0");
    point(d, 0.0, 0.0);
    real(d, 40, radius);
}

static void blocks(drawing *d)
{
    static const char *const NAMES[]  = {"PW_JUNCTION", "PW_RESERVOIR", "PW_TANK", "PW_PUMP", "PW_VALVE"};
    static const double      SQUARE[] = {-1, -1, 1, -1, 1, 1, -1, 1}, ROOF[] = {-1, 1, 1, 1, 0, -1};
    static const double ARROW[] = {-0.6, -0.8, 1, 0, -0.6, 0.8}, BOW[] = {-1, -0.7, 1, 0.7, 1, -0.7, -1, 0.7};
    word(d, 0, "SECTION");
    word(d, 2, "BLOCKS");
    for (int i = 0; i < 5; i++) {
        word(d, 0, "BLOCK");
        word(d, 8, "0");
        word(d, 2, NAMES[i]);
        whole(d, 70, 0);
        point(d, 0.0, 0.0);
        word(d, 3, NAMES[i]);
        if (i == 0)
            circle(d, 0.35);
        else if (i == 3) {
            circle(d, 1.0);
            shape(d, ARROW, 3, true);
        } else
            shape(d, i == 1 ? SQUARE : i == 2 ? ROOF : BOW, i == 2 ? 3 : 4, true);
        word(d, 0, "ENDBLK");
        word(d, 8, "0");
    }
    word(d, 0, "ENDSEC");
}

/* --- what is drawn --- */

static bool placed(const park_network *net, int32_t node)
{
    return isfinite(net->node.x[node]) && isfinite(net->node.y[node]);
}

static void insert(drawing *d, layer_kind kind, const char *block, double x, double y, double angle)
{
    begin(d, "INSERT", kind);
    word(d, 2, block);
    point(d, x, y);
    for (int code = 41; code <= 43; code++)
        real(d, code, d->height);
    real(d, 50, angle);
}

static void text(drawing *d, layer_kind kind, double x, double y, double height, double angle,
                 const char *value)
{
    begin(d, "TEXT", kind);
    point(d, x, y);
    real(d, 40, height);
    letters(d, 1, value);
    real(d, 50, angle);
}

/* Point k of a link: its ends and the bends between. */
static void bend(const park_network *net, size_t link, size_t k, size_t points, double *x, double *y)
{
    int32_t end = k == 0 ? net->link.from[link] : k + 1 == points ? net->link.to[link] : -1;
    size_t  at  = net->link.vertex != NULL ? net->link.vertex[link] + k - 1 : 0;
    *x          = end >= 0 ? net->node.x[end] : net->link.vertex_x[at];
    *y          = end >= 0 ? net->node.y[end] : net->link.vertex_y[at];
}

static layer_kind layer_of(park_net_link_kind kind)
{
    return kind == PARK_NET_PIPE         ? PIPE
           : kind == PARK_NET_CHECK_PIPE ? CHECK
           : kind == PARK_NET_PUMP       ? PUMP
                                         : VALVE;
}

/* The middle of the longest straight piece and its direction, readable from below [degrees]. */
static void middle(const park_network *net, size_t link, size_t points, double *x, double *y, double *angle)
{
    double longest = -1.0, ax, ay, bx, by;
    for (size_t k = 0; k + 1 < points; k++) {
        bend(net, link, k, points, &ax, &ay);
        bend(net, link, k + 1, points, &bx, &by);
        double length = hypot(bx - ax, by - ay);
        if (length <= longest)
            continue;
        longest = length;
        *x      = 0.5 * (ax + bx);
        *y      = 0.5 * (ay + by);
        *angle  = atan2(by - ay, bx - ax) * 180.0 / 3.14159265358979323846;
    }
}

static double upright(double angle)
{
    return angle > 90.0 ? angle - 180.0 : angle <= -90.0 ? angle + 180.0 : angle;
}

static void draw_link(drawing *d, size_t link)
{
    const park_network *net = d->network->net;
    size_t     bends  = net->link.vertex != NULL ? net->link.vertex[link + 1] - net->link.vertex[link] : 0;
    size_t     points = bends + 2;
    layer_kind kind   = layer_of(net->link.kind[link]);
    double     x = 0.0, y = 0.0, angle = 0.0;
    char       dn[32];
    if (!placed(net, net->link.from[link]) || !placed(net, net->link.to[link])) {
        d->left_out++;
        return;
    }
    begin(d, "POLYLINE", kind);
    if (net->link.status[link] == PARK_NET_CLOSED)
        word(d, 6, "DASHED");
    whole(d, 66, 1);
    point(d, 0.0, 0.0);
    whole(d, 70, 0);
    for (size_t k = 0; k < points; k++) {
        bend(net, link, k, points, &x, &y);
        begin(d, "VERTEX", kind);
        point(d, x, y);
    }
    begin(d, "SEQEND", kind);
    middle(net, link, points, &x, &y, &angle);
    if (kind == PUMP || kind == VALVE)
        insert(d, kind, kind == PUMP ? "PW_PUMP" : "PW_VALVE", x, y, angle);
    if (kind == PUMP || !(net->link.diameter[link] > 0.0))
        return;
    double up = upright(angle), turn = up * 3.14159265358979323846 / 180.0;
    snprintf(dn, sizeof dn, "DN%.0f", net->link.diameter[link] * 1e3);
    text(d, DN, x - 0.4 * d->height * sin(turn), y + 0.4 * d->height * cos(turn), 0.7 * d->height, up, dn);
}

static bool taken(const drawing *d, const place *at)
{
    for (size_t i = 0; i < d->names; i++)
        if (at->left < d->name[i].right && d->name[i].left < at->right && at->low < d->name[i].high &&
            d->name[i].low < at->high)
            return true;
    return at->left < d->edge;
}

/* A unit's name right above its node, or where another name stands there on another side; right above where all are taken. */
static void unit_name(drawing *d, double x, double y, const char *value)
{
    double h = d->height, high = 1.2 * h, wide = high * park_caption_ems(value, strlen(value));
    double right = x + 0.6 * h, left = x - 0.6 * h - wide;
    double at[][2] = {{right, y + 0.6 * h}, {left, y + 0.6 * h}, {right, y - 2.6 * h}, {left, y - 1.8 * h}};
    place  chosen  = {0};
    for (size_t i = 0; i <= 4; i++) {
        const double *p = at[i % 4];
        chosen          = (place){p[0], p[1], p[0] + wide, p[1] + high};
        if (i == 4 || !taken(d, &chosen))
            break;
    }
    if (PARK_GROW(d->out->arena, d->name, d->names, d->names_cap))
        d->name[d->names++] = chosen;
    else
        d->out->failed = true;
    text(d, UNIT, chosen.left, chosen.low, high, 0.0, value);
}

static void draw_node(drawing *d, int32_t node)
{
    const park_network *net  = d->network->net;
    park_net_node_kind  kind = net->node.kind[node];
    double              x = net->node.x[node], y = net->node.y[node];
    if (!placed(net, node)) {
        d->left_out++;
        return;
    }
    insert(d,
           kind == PARK_NET_JUNCTION    ? JUNCTION
           : kind == PARK_NET_RESERVOIR ? RESERVOIR
                                        : TANK,
           kind == PARK_NET_JUNCTION    ? "PW_JUNCTION"
           : kind == PARK_NET_RESERVOIR ? "PW_RESERVOIR"
                                        : "PW_TANK",
           x, y, 0.0);
    text(d, NAME, x + 0.6 * d->height, y - d->height, 0.6 * d->height, 0.0, net->node.names.text[node]);
    if (d->network->unit != NULL && d->network->unit[node] != NULL)
        unit_name(d, x, y, d->network->unit[node]);
}

/* The box around all places; false when there is none. */
static bool box_of(const park_dxf_network *network, size_t count, double box[4])
{
    box[0] = box[1] = INFINITY;
    box[2] = box[3] = -INFINITY;
    for (size_t i = 0; i < count; i++)
        for (size_t n = 0; n < network[i].net->node.count; n++) {
            if (!placed(network[i].net, (int32_t)n))
                continue;
            box[0] = fmin(box[0], network[i].net->node.x[n]);
            box[1] = fmin(box[1], network[i].net->node.y[n]);
            box[2] = fmax(box[2], network[i].net->node.x[n]);
            box[3] = fmax(box[3], network[i].net->node.y[n]);
        }
    return box[0] <= box[2];
}

/* Letters that suit the map: a hundredth of it, and smaller where many nodes share it. */
static double letter_height(const double box[4], size_t nodes)
{
    double side = fmax(box[2] - box[0], box[3] - box[1]);
    double size = side > 0.0 ? side / fmax(60.0, 8.0 * sqrt((double)nodes)) : 1.0;
    return size;
}

park_status park_network_dxf(const park_dxf_network *network, size_t count, park_text *out, size_t *left_out,
                             park_error *err)
{
    drawing d     = {.out = out};
    size_t  nodes = 0;
    double  box[4];
    if (!box_of(network, count, box))
        return PARK_FAIL(err, PARK_E_INPUT,
                         "no node of the network has coordinates: there is nothing to draw");
    for (size_t i = 0; i < count; i++)
        nodes += network[i].net->node.count;
    d.height = letter_height(box, nodes);
    box[0] -= 4.0 * d.height; /* room for signs and names at the edge: programs cut there */
    box[1] -= 4.0 * d.height;
    box[2] += 16.0 * d.height;
    box[3] += 4.0 * d.height;
    d.edge = box[0];
    header(&d, box);
    tables(&d, network, count);
    blocks(&d);
    word(&d, 0, "SECTION");
    word(&d, 2, "ENTITIES");
    for (size_t i = 0; i < count; i++) {
        d.network = &network[i];
        d.index   = i;
        for (size_t l = 0; l < network[i].net->link.count; l++)
            draw_link(&d, l);
        for (size_t n = 0; n < network[i].net->node.count; n++)
            draw_node(&d, (int32_t)n);
    }
    word(&d, 0, "ENDSEC");
    word(&d, 0, "EOF");
    *left_out = d.left_out;
    return park_text_done(out) != NULL ? PARK_OK
                                       : PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a drawing");
}
