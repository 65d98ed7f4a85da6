/*
 * The balance diagram: a layered drawing with true widths, in which returns run as arcs under the layers.
 *
 * Stages: order the nodes of each layer by the mean place of their neighbours (barycentre, a fixed number of sweeps);
 * stack them at one scale for all; give every edge its place on both nodes' sides; draw ribbons, then returns, each in
 * a lane of its own under the diagram; then nodes and names. All sizes are in CSS pixels.
 */
#include "report/balance.h"
#include "report/caption.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const double WIDTH      = 1180.0;
static const double TOP        = 46.0; /* room for the layers' names */
static const double NODE_WIDTH = 13.0;
static const double LEFT = 60.0, RIGHT = 178.0; /* margins of the first and the last layer */
static const double STACK    = 560.0;           /* height of the fullest layer */
static const double GAP      = 26.0;            /* between nodes: a name must fit */
static const double LANE_GAP = 5.0;
enum { SWEEPS = 12 };

/* Printed without colour they are still five: four steps of grey, and dashes for what leaves as vapour. */
static const char *const COLOUR[PARK_WATER_CLASSES] = {[PARK_WATER_FRESH]           = "#1f66c1",
                                                       [PARK_WATER_NONCONVENTIONAL] = "#3fb56b",
                                                       [PARK_WATER_REUSED]          = "#f2b04a",
                                                       [PARK_WATER_WASTE]           = "#4a301c",
                                                       [PARK_WATER_LOST]            = "#9aa5b1"};

static const char *dashes(int water)
{
    return water == PARK_WATER_LOST ? " stroke-dasharray=\"6 3\"" : "";
}

static const park_label LAYER[PARK_LAYERS] = {
    {.zh = "取水", .en = "Intake"}, {.zh = "供水", .en = "Supply"},
    {.zh = "用水", .en = "Use"},    {.zh = "收集", .en = "Collect"},
    {.zh = "处理", .en = "Treat"},  {.zh = "回用与排放", .en = "Reuse and leave"}};

static const park_label CLASS[PARK_WATER_CLASSES] = {{.zh = "新水", .en = "fresh water"},
                                                     {.zh = "非常规水", .en = "non-conventional"},
                                                     {.zh = "梯级与回用", .en = "cascade and reuse"},
                                                     {.zh = "废水", .en = "wastewater"},
                                                     {.zh = "耗水", .en = "consumed"}};

typedef struct place {
    double x, y, height;  /* of the node's box */
    double out_at, in_at; /* next free place on its right and left side */
    double order;         /* sorting key */
} place;

typedef struct drawing {
    const park_balance *b;
    park_text          *out;
    place              *place;    /* [nodes] */
    int32_t            *sequence; /* [nodes] nodes by layer and order */
    size_t              start[PARK_LAYERS + 1];
    double              scale;   /* px per m3/d */
    double             *y0, *y1; /* [edges] middle of the edge at its two ends */
    int32_t            *by;      /* [edges] scratch order */
    double              bottom;
} drawing;

static bool shown(const park_balance *b, size_t n)
{
    return b->node[n].printed > 0;
}

/* Insertion sort: short lists, stable, the same everywhere. */
static void sort_layer(drawing *d, int layer)
{
    for (size_t i = d->start[layer] + 1; i < d->start[layer + 1]; i++) {
        int32_t moving = d->sequence[i];
        size_t  at     = i;
        for (; at > d->start[layer] && d->place[d->sequence[at - 1]].order > d->place[moving].order; at--)
            d->sequence[at] = d->sequence[at - 1];
        d->sequence[at] = moving;
    }
}

static void fill_layers(drawing *d)
{
    size_t count = 0;
    for (int layer = 0; layer < PARK_LAYERS; layer++) {
        d->start[layer] = count;
        for (size_t n = 0; n < d->b->nodes; n++)
            if ((int)d->b->node[n].layer == layer && shown(d->b, n))
                d->sequence[count++] = (int32_t)n;
    }
    d->start[PARK_LAYERS] = count;
}

static void stack_layers(drawing *d)
{
    for (int layer = 0; layer < PARK_LAYERS; layer++) {
        double sum = 0.0;
        for (size_t i = d->start[layer]; i < d->start[layer + 1]; i++)
            sum += d->place[d->sequence[i]].height;
        size_t count = d->start[layer + 1] - d->start[layer];
        double gap   = count > 1 ? fmax(GAP, fmin(80.0, (STACK - sum) / (double)(count + 1))) : 0.0;
        double y     = TOP + fmax(0.0, 0.5 * (STACK - sum - gap * (double)(count > 0 ? count - 1 : 0)));
        for (size_t i = d->start[layer]; i < d->start[layer + 1]; i++) {
            place *p = &d->place[d->sequence[i]];
            p->x     = LEFT + (WIDTH - LEFT - RIGHT - NODE_WIDTH) * layer / (PARK_LAYERS - 1);
            p->y     = y;
            y += p->height + gap;
            d->bottom = fmax(d->bottom, y - gap);
        }
    }
}

/* Mean middle of the neighbours, weighted by flow; returns count half, so that forward edges rule. */
static double barycentre(const drawing *d, int32_t node)
{
    double weight = 0.0, sum = 0.0;
    for (size_t e = 0; e < d->b->edges; e++) {
        const park_balance_edge *edge = &d->b->edge[e];
        if (edge->from != node && edge->to != node)
            continue;
        int32_t other = edge->from == node ? edge->to : edge->from;
        double  w     = edge->flow * (edge->back ? 0.5 : 1.0);
        weight += w;
        sum += w * (d->place[other].y + 0.5 * d->place[other].height);
    }
    return weight > 0.0 ? sum / weight : d->place[node].y;
}

static void order_layers(drawing *d)
{
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (int i = 0; i < PARK_LAYERS; i++) {
            int layer = sweep % 2 == 0 ? i : PARK_LAYERS - 1 - i;
            for (size_t k = d->start[layer]; k < d->start[layer + 1]; k++)
                d->place[d->sequence[k]].order = barycentre(d, d->sequence[k]);
            sort_layer(d, layer);
            stack_layers(d);
        }
}

static double thickness(const drawing *d, size_t edge)
{
    return d->b->edge[edge].flow * d->scale;
}

/* Order edges on a side by the other end's height, returns last (lowest). */
static void sort_edges(drawing *d, bool outgoing)
{
    const park_balance *b = d->b;
    for (size_t e = 0; e < b->edges; e++)
        d->by[e] = (int32_t)e;
    for (size_t i = 1; i < b->edges; i++) {
        int32_t                  moving = d->by[i];
        const park_balance_edge *m      = &b->edge[moving];
        double                   key    = (m->back ? 1e6 : 0.0) + d->place[outgoing ? m->to : m->from].y;
        size_t                   at     = i;
        for (; at > 0; at--) {
            const park_balance_edge *p = &b->edge[d->by[at - 1]];
            if ((p->back ? 1e6 : 0.0) + d->place[outgoing ? p->to : p->from].y <= key)
                break;
            d->by[at] = d->by[at - 1];
        }
        d->by[at] = moving;
    }
}

static void attach_edges(drawing *d)
{
    const park_balance *b = d->b;
    for (size_t n = 0; n < b->nodes; n++)
        d->place[n].in_at = d->place[n].out_at = d->place[n].y;
    sort_edges(d, true);
    for (size_t i = 0; i < b->edges; i++) {
        int32_t e    = d->by[i];
        place  *from = &d->place[b->edge[e].from];
        d->y0[e]     = from->out_at + 0.5 * thickness(d, (size_t)e);
        from->out_at += thickness(d, (size_t)e);
    }
    sort_edges(d, false);
    for (size_t i = 0; i < b->edges; i++) {
        int32_t e  = d->by[i];
        place  *to = &d->place[b->edge[e].to];
        d->y1[e]   = to->in_at + 0.5 * thickness(d, (size_t)e);
        to->in_at += thickness(d, (size_t)e);
    }
}

/* ---- writing ---- */

static void escape(park_text *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '&')
            park_text_add(out, "&amp;");
        else if (*text == '<')
            park_text_add(out, "&lt;");
        else if (*text == '>')
            park_text_add(out, "&gt;");
        else
            park_text_char(out, *text);
    }
}

static void title(drawing *d, size_t e)
{
    const park_balance_edge *edge = &d->b->edge[e];
    park_text_add(d->out, "<title>");
    escape(d->out, park_label_text(d->b->node[edge->from].label, true));
    park_text_add(d->out, " → ");
    escape(d->out, park_label_text(d->b->node[edge->to].label, true));
    park_text_printf(d->out, "  %" PRId64 " m³/d</title>", edge->printed);
}

static void ribbon(drawing *d, size_t e)
{
    const park_balance_edge *edge = &d->b->edge[e];
    double x0 = d->place[edge->from].x + NODE_WIDTH, x1 = d->place[edge->to].x, bend = 0.5 * (x1 - x0);
    park_text_printf(
        d->out, "<path d=\"M%.1f,%.1fC%.1f,%.1f %.1f,%.1f %.1f,%.1f\" stroke=\"%s\" stroke-width=\"%.2f\"%s>",
        x0, d->y0[e], x0 + bend, d->y0[e], x1 - bend, d->y1[e], x1, d->y1[e], COLOUR[edge->water],
        fmax(thickness(d, e), 0.6), dashes(edge->water));
    title(d, e);
    park_text_add(d->out, "</path>\n");
}

/* Down at the donor's right, along a lane under the diagram, up at the receiver's left. */
static void arc(drawing *d, size_t e, double lane, double shift)
{
    const park_balance_edge *edge = &d->b->edge[e];
    double                   t = fmax(thickness(d, e), 0.6), r = 0.5 * t + 5.0;
    double                   x0 = d->place[edge->from].x + NODE_WIDTH, x1 = d->place[edge->to].x;
    double                   right = x0 + 4.0 + shift, left = x1 - 4.0 - shift;
    park_text_printf(d->out,
                     "<path d=\"M%.1f,%.1fH%.1fA%.1f,%.1f 0 0 1 %.1f,%.1fV%.1fA%.1f,%.1f 0 0 1 %.1f,%.1fH%.1f"
                     "A%.1f,%.1f 0 0 1 %.1f,%.1fV%.1fA%.1f,%.1f 0 0 1 %.1f,%.1fH%.1f\" stroke=\"%s\" "
                     "stroke-width=\"%.2f\">",
                     x0, d->y0[e], right, r, r, right + r, d->y0[e] + r, lane - r, r, r, right, lane, left, r,
                     r, left - r, lane - r, d->y1[e] + r, r, r, left, d->y1[e], x1, COLOUR[edge->water], t);
    title(d, e);
    park_text_add(d->out, "</path>\n");
}

static void returns(drawing *d)
{
    double lane = d->bottom + 22.0, shift = 0.0;
    for (size_t e = 0; e < d->b->edges; e++) {
        if (!d->b->edge[e].back || d->b->edge[e].printed == 0)
            continue;
        double t = fmax(thickness(d, e), 0.6);
        lane += 0.5 * t;
        arc(d, e, lane, shift);
        const park_balance_edge *edge   = &d->b->edge[e];
        double                   middle = 0.5 * (d->place[edge->from].x + d->place[edge->to].x);
        park_text_printf(d->out, "<text class=\"flow\" x=\"%.1f\" y=\"%.1f\">%" PRId64 "</text>\n", middle,
                         lane + 3.5, edge->printed);
        lane += 0.5 * t + LANE_GAP + 6.0;
        shift += 3.0;
    }
    d->bottom = lane + 4.0;
}

static const double FONT = 12.0, FONT_LEAST = 9.0, LINE_STEP = 13.0; /* of a node's name [px] */

/* Where a line of text at `y` that starts in a layer meets the next node's box or name [px]. */
static double free_until(const drawing *d, int layer, double y)
{
    static const double LINE = 12.0;
    double              end  = WIDTH;
    for (size_t i = d->start[layer + 1]; i < d->start[PARK_LAYERS]; i++) {
        const place *p = &d->place[d->sequence[i]];
        if (y > p->y - 2.0 && y - LINE < fmax(p->y + p->height, p->y + LINE))
            end = fmin(end, p->x);
    }
    return end;
}

/* A node's name and numbers, beside its box on one line or on two around the same height; `y` is the base of one line. */
static void name_node(drawing *d, const park_balance_node *node, double x, double y, const char *tail)
{
    bool   above = node->layer == PARK_LAYER_INTAKE; /* there two lines end where one does */
    double upper = above ? y - LINE_STEP : y - 0.5 * LINE_STEP, lower = upper + LINE_STEP;
    double room = free_until(d, node->layer, y) - x - 4.0;
    double two  = fmin(free_until(d, node->layer, upper), free_until(d, node->layer, lower)) - x - 4.0;
    for (int zh = 1; zh >= 0; zh--) {
        const char  *name = park_label_text(node->label, zh);
        park_caption c    = park_caption_fit(name, tail, FONT, FONT_LEAST, room, two, d->out->arena);
        if (c.line[0] == NULL) {
            d->out->failed = true;
            return;
        }
        park_text_printf(d->out, "<text class=\"%s node\" x=\"%.1f\" y=\"%.1f\"", zh ? "zh" : "en", x,
                         c.line[1] != NULL ? upper : y);
        if (c.font < FONT) /* a style: a page's sheet outweighs an attribute */
            park_text_printf(d->out, " style=\"font-size:%.1fpx\"", c.font - 0.05);
        park_text_add(d->out, ">");
        if (c.cut) {
            park_text_add(d->out, "<title>");
            escape(d->out, name);
            park_text_add(d->out, "</title>");
        }
        escape(d->out, c.line[0]);
        if (c.line[1] != NULL) {
            park_text_printf(d->out, "<tspan x=\"%.1f\" y=\"%.1f\">", x, lower);
            escape(d->out, c.line[1]);
            park_text_add(d->out, "</tspan>");
        }
        park_text_add(d->out, "</text>\n");
    }
}

static void both(drawing *d, double x, double y, const char *anchor, const char *class, park_label label,
                 const char *tail)
{
    for (int zh = 1; zh >= 0; zh--) {
        park_text_printf(d->out, "<text class=\"%s %s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">",
                         zh ? "zh" : "en", class, x, y, anchor);
        escape(d->out, park_label_text(label, zh));
        park_text_printf(d->out, "%s</text>\n", tail);
    }
}

/* All boxes first: a name that comes out longer than reckoned must not lose its number under the next box. */
static void boxes(drawing *d)
{
    for (size_t i = 0; i < d->start[PARK_LAYERS]; i++) {
        const place *p = &d->place[d->sequence[i]];
        park_text_printf(d->out,
                         "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.0f\" height=\"%.2f\" fill=\"#33475b\"/>\n",
                         p->x, p->y, NODE_WIDTH, fmax(p->height, 1.0));
    }
    for (size_t i = 0; i < d->start[PARK_LAYERS]; i++) {
        const park_balance_node *node = &d->b->node[d->sequence[i]];
        const place             *p    = &d->place[d->sequence[i]];
        char                     tail[96];
        if (node->circulating > 0)
            snprintf(tail, sizeof tail, " %" PRId64 " ↻%" PRId64, node->printed, node->circulating);
        else
            snprintf(tail, sizeof tail, " %" PRId64, node->printed);
        bool   first = node->layer == PARK_LAYER_INTAKE;
        double x     = first ? p->x - 4.0 : p->x + NODE_WIDTH + 4.0;
        double y     = first ? p->y - 5.0 : p->y + 0.5 * p->height + 4.0;
        name_node(d, node, x, y, tail);
    }
}

static void legend(drawing *d)
{
    double x = LEFT - 40.0;
    d->bottom += 16.0;
    for (int c = 0; c < PARK_WATER_CLASSES; c++, x += 150.0) {
        park_text_printf(d->out,
                         "<path fill=\"none\" d=\"M%.1f,%.1fh22\" stroke=\"%s\" stroke-opacity=\".55\" "
                         "stroke-width=\"10\"%s/>\n",
                         x, d->bottom - 4.0, COLOUR[c], dashes(c));
        both(d, x + 27.0, d->bottom, "start", "legend", CLASS[c], "");
    }
    both(d, x, d->bottom, "start", "legend",
         (park_label){.zh = "单位：m³/d；↻ 为单元内循环水量",
                      .en = "unit: m³/d; ↻ circulates inside the unit"},
         "");
}

static bool prepare(drawing *d, park_arena *arena)
{
    const park_balance *b = d->b;
    d->place              = PARK_ARRAY(arena, b->nodes, place);
    d->sequence           = PARK_ARRAY(arena, b->nodes, int32_t);
    d->y0                 = PARK_ARRAY(arena, b->edges, double);
    d->y1                 = PARK_ARRAY(arena, b->edges, double);
    d->by                 = PARK_ARRAY(arena, b->edges, int32_t);
    if (d->place == NULL || d->sequence == NULL || d->y0 == NULL || d->y1 == NULL || d->by == NULL)
        return false;
    double sum[PARK_LAYERS] = {0.0}, fullest = 1e-9;
    for (size_t n = 0; n < b->nodes; n++) {
        sum[b->node[n].layer] += b->node[n].flow;
        fullest = fmax(fullest, sum[b->node[n].layer]);
    }
    fill_layers(d);
    size_t most = 1;
    for (int layer = 0; layer < PARK_LAYERS; layer++)
        most = d->start[layer + 1] - d->start[layer] > most ? d->start[layer + 1] - d->start[layer] : most;
    d->scale = fmax(STACK - GAP * (double)(most - 1), 0.4 * STACK) / fullest;
    for (size_t n = 0; n < b->nodes; n++)
        d->place[n].height = b->node[n].flow * d->scale;
    return true;
}

void park_balance_svg(const park_balance *balance, park_text *out, park_arena *arena)
{
    park_text body;
    park_text_init(&body, arena);
    drawing d = {.b = balance, .out = &body, .bottom = TOP};
    if (!prepare(&d, arena)) {
        out->failed = true;
        return;
    }
    stack_layers(&d);
    order_layers(&d);
    attach_edges(&d);
    park_text_add(&body, "<g fill=\"none\" stroke-opacity=\".55\">\n");
    for (size_t e = 0; e < balance->edges; e++)
        if (!balance->edge[e].back && balance->edge[e].printed > 0)
            ribbon(&d, e);
    returns(&d);
    park_text_add(&body, "</g>\n");
    boxes(&d);
    for (int layer = 0; layer < PARK_LAYERS; layer++)
        both(&d, LEFT + (WIDTH - LEFT - RIGHT - NODE_WIDTH) * layer / (PARK_LAYERS - 1) + 0.5 * NODE_WIDTH,
             18.0, layer == 0 ? "start" : "middle", "layer", LAYER[layer], "");
    legend(&d);
    park_text_printf(out,
                     "<svg class=\"balance\" viewBox=\"0 0 %.0f %.0f\" xmlns=\"http://www.w3.org/2000/svg\" "
                     "role=\"img\">\n",
                     WIDTH, d.bottom + 14.0);
    const char *text = park_text_done(&body);
    if (text == NULL)
        out->failed = true;
    else
        park_text_add(out, text);
    park_text_add(out, "</svg>\n");
}
