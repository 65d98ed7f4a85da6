#include "report/balance_boxes.h"
#include "report/caption.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const double WIDTH = 1020.0, BOX_LEFT = 425.0, BOX_WIDTH = 200.0, REACH = 130.0, ROW = 22.0;
static const double TOP = 64.0, GAP = 26.0, LOOP = 26.0;
enum { UTILITY = -1 };

/* Strokes: told apart without colour. */
static const struct {
    const char *stroke, *dash;
    double      width;
} LINE[PARK_WATER_CLASSES]                        = {[PARK_WATER_FRESH]           = {"#1f5fae", "", 1.8},
                                                     [PARK_WATER_NONCONVENTIONAL] = {"#12703a", "12 3 2 3", 1.8},
                                                     [PARK_WATER_REUSED]          = {"#b5630c", "7 3", 1.8},
                                                     [PARK_WATER_WASTE]           = {"#5f4a38", "2 3", 1.8},
                                                     [PARK_WATER_LOST]            = {"#444b54", "", 1.2}};
static const park_label CLASS[PARK_WATER_CLASSES] = {
    {.zh = "新水", .en = "fresh"},
    {.zh = "非常规水", .en = "non-conventional"},
    {.zh = "串联与回用", .en = "cascade and reuse"},
    {.zh = "排水", .en = "wastewater"},
    {.zh = "耗水（波线）、漏失（虚线）", .en = "consumed (wave), leaked (dashes)"}};

/* What a box shows on one side: everything to or from one counterpart. */
typedef struct row {
    const char      *label;
    park_water_class water;
    bool             leak;
    int64_t          printed;
} row;

typedef struct boxes {
    const park_balance *b;
    const park_model   *model;
    park_boxes_of       of;
    int32_t             index;
    bool                zh;
    park_text          *out;
    park_arena         *arena;
    row                *row; /* [edges] scratch of one side */
} boxes;

/* --- who is in which box --- */

/* Units whose water a frame speaks of: sources and sinks stand outside. */
static bool within_park(const park_model *model, int32_t unit)
{
    return unit >= 0 && model->unit[unit].role != PARK_SOURCE && model->unit[unit].role != PARK_SINK;
}

/* The box of a node: its unit, or in the park's frame its enterprise; PARK_NONE - 1 where it stands outside. */
static int32_t box_of(const boxes *d, int32_t node)
{
    enum { OUTSIDE = -2 };
    int32_t unit = d->b->node[node].unit;
    if (!within_park(d->model, unit))
        return OUTSIDE;
    switch (d->of) {
    case PARK_BOXES_PARK:
        return d->model->unit[unit].enterprise >= 0 ? d->model->unit[unit].enterprise : UTILITY;
    case PARK_BOXES_ENTERPRISE:
        return d->model->unit[unit].enterprise == d->index ||
                       (d->index < 0 && d->model->unit[unit].enterprise < 0)
                   ? unit
                   : OUTSIDE;
    default:
        return unit == d->index ? unit : OUTSIDE;
    }
}

static bool outside(int32_t box)
{
    return box < UTILITY;
}

static bool leaks(const park_balance_node *node)
{
    return node->unit < 0 && node->label.en != NULL && strcmp(node->label.en, "Leaks") == 0;
}

static bool storage(const park_balance_node *node)
{
    return node->unit < 0 && node->layer == PARK_LAYER_SUPPLY;
}

park_boxes_sums park_boxes_sum(const park_balance *balance, const park_model *model, park_boxes_of of,
                               int32_t index)
{
    boxes           d   = {.b = balance, .model = model, .of = of, .index = index};
    park_boxes_sums sum = {0};
    for (size_t e = 0; e < balance->edges; e++) {
        const park_balance_edge *edge = &balance->edge[e];
        const park_balance_node *to = &balance->node[edge->to], *from = &balance->node[edge->from];
        int32_t                  a = box_of(&d, edge->from), z = box_of(&d, edge->to);
        if (a == z) /* outside it, or within one box */
            continue;
        if (outside(a)) {
            sum.stored -= storage(from) ? edge->printed : 0;
            sum.in += storage(from) ? 0 : edge->printed;
        } else if (!outside(z))
            sum.inner += edge->printed;
        else if (storage(to))
            sum.stored += edge->printed;
        else if (leaks(to))
            sum.leaked += edge->printed;
        else if (edge->water == PARK_WATER_LOST)
            sum.consumed += edge->printed;
        else
            sum.out += edge->printed;
    }
    for (size_t n = 0; n < balance->nodes; n++)
        sum.circulating += outside(box_of(&d, (int32_t)n)) ? 0 : balance->node[n].circulating;
    sum.boxes = sum.in + sum.inner;
    return sum;
}

bool park_boxes_any(const park_balance *balance, const park_model *model, park_boxes_of of, int32_t index)
{
    boxes d = {.b = balance, .model = model, .of = of, .index = index};
    for (size_t e = 0; e < balance->edges; e++)
        if (balance->edge[e].printed > 0 &&
            (!outside(box_of(&d, balance->edge[e].from)) || !outside(box_of(&d, balance->edge[e].to))))
            return true;
    return false;
}

/* --- pieces --- */

static void escaped(park_text *out, const char *text)
{
    for (; *text != '\0'; text++)
        if (*text == '&' || *text == '<' || *text == '>')
            park_text_add(out, *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : "&gt;");
        else
            park_text_char(out, *text);
}

static void say(boxes *d, double x, double y, const char *anchor, double size, bool bold, const char *text)
{
    /* a style, not attributes: the sheet of a page outweighs these */
    park_text_printf(d->out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" style=\"font-size:%.1fpx%s\">",
                     x, y, anchor, floor(size * 10.0) / 10.0, bold ? ";font-weight:bold" : "");
    escaped(d->out, text);
    park_text_add(d->out, "</text>\n");
}

static const char *node_label(const boxes *d, int32_t node)
{
    const park_balance_node *n = &d->b->node[node];
    if (d->of == PARK_BOXES_PARK && within_park(d->model, n->unit)) {
        int32_t owner = d->model->unit[n->unit].enterprise;
        if (owner < 0)
            return d->zh ? "园区公用设施" : "park utility";
        const char *name = park_label_text(d->model->enterprise[owner].label, d->zh);
        return name[0] != '\0' ? name : d->model->enterprise[owner].id;
    }
    const char *name = park_label_text(n->label, d->zh);
    return name[0] != '\0' || n->unit < 0 ? name : d->model->unit[n->unit].id;
}

/* Collect one side of a box: edges that cross its wall, summed by counterpart and kind of water. */
static size_t collect(boxes *d, int32_t box, bool left, int64_t *sum)
{
    size_t rows = 0;
    *sum        = 0;
    for (size_t e = 0; e < d->b->edges; e++) {
        const park_balance_edge *edge = &d->b->edge[e];
        int32_t                  mine = left ? edge->to : edge->from, other = left ? edge->from : edge->to;
        if (box_of(d, mine) != box || box_of(d, other) == box || edge->printed == 0)
            continue;
        row new   = {node_label(d, other), edge->water, leaks(&d->b->node[other]), edge->printed};
        size_t at = 0;
        while (at < rows && (strcmp(d->row[at].label, new.label) != 0 || d->row[at].water != new.water))
            at++;
        if (at == rows)
            d->row[rows++] = new;
        else
            d->row[at].printed += new.printed;
        *sum += new.printed;
    }
    return rows;
}

static void head(boxes *d, double x, double y)
{
    park_text_printf(d->out, "<path d=\"M%.1f %.1fl-8 -3.5v7z\" fill=\"#222\"/>\n", x, y);
}

/* An arrow from x0 to x1 > x0: straight in the stroke of its water, or a wave for what is consumed. */
static void arrow(boxes *d, const row *r, double x0, double x1, double y)
{
    bool wave = r->water == PARK_WATER_LOST && !r->leak;
    park_text_printf(d->out, "<path d=\"M%.1f %.1f", x0, y);
    if (wave)
        for (double x = x0; x + 8.0 < x1 - 6.0; x += 8.0)
            park_text_add(d->out, "q2 -4 4 0t4 0");
    else
        park_text_printf(d->out, "H%.1f", x1 - 7.0);
    const char *dash = r->leak ? "4 3" : LINE[r->water].dash;
    park_text_printf(d->out, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\"%s%s%s/>\n",
                     LINE[r->water].stroke, LINE[r->water].width,
                     dash[0] != '\0' ? " stroke-dasharray=\"" : "", dash, dash[0] != '\0' ? "\"" : "");
    head(d, x1, y);
}

static void number(const boxes *d, int64_t value, char text[32])
{
    (void)d;
    snprintf(text, 32, "%" PRId64, value);
}

/* Who stands at an arrow's outer end: two smaller lines where one is too long for the drawing. */
static void counterpart(boxes *d, bool left, double x, double y, const char *label)
{
    static const double FONT = 12.5, SMALL = 10.0, LEAST = 7.5, STEP = 10.5, EDGE = 6.0;
    double              room   = left ? x - EDGE : WIDTH - EDGE - x;
    const char         *anchor = left ? "end" : "start";
    if (park_caption_ems(label, strlen(label)) * FONT <= room) {
        say(d, x, y + 4.0, anchor, FONT, false, label);
        return;
    }
    park_caption c = park_caption_fit(label, "", SMALL, LEAST, room, room, d->out->arena);
    if (c.line[0] == NULL) {
        d->out->failed = true;
        return;
    }
    say(d, x, c.line[1] == NULL ? y + 4.0 : y - 2.0, anchor, c.font, false, c.line[0]);
    if (c.line[1] != NULL)
        say(d, x, y - 2.0 + STEP, anchor, c.font, false, c.line[1]);
}

static void side(boxes *d, size_t rows, bool left, double y)
{
    char value[32];
    for (size_t i = 0; i < rows; i++, y += ROW) {
        double x0 = left ? BOX_LEFT - REACH : BOX_LEFT + BOX_WIDTH, x1 = x0 + REACH;
        arrow(d, &d->row[i], x0, x1, y);
        number(d, d->row[i].printed, value);
        say(d, 0.5 * (x0 + x1) + (left ? -14.0 : 12.0), y - 5.0, "middle", 12.0, false, value);
        counterpart(d, left, left ? x0 - 6.0 : x1 + 6.0, y, d->row[i].label);
    }
}

/* The loop above a box: what circulates inside it. */
static void loop(boxes *d, double top, int64_t circulating)
{
    char   text[96], value[32];
    double x0 = BOX_LEFT + 40.0, x1 = BOX_LEFT + BOX_WIDTH - 40.0;
    number(d, circulating, value);
    park_text_printf(
        d->out,
        "<path d=\"M%.1f %.1fv-14h%.1fv8\" fill=\"none\" stroke=\"#222\" stroke-width=\"1.4\"/>\n"
        "<path d=\"M%.1f %.1fl-3.5 -8h7z\" fill=\"#222\"/>\n",
        x0, top, x1 - x0, x1, top);
    snprintf(text, sizeof text, d->zh ? "循环 %s" : "circulating %s", value);
    say(d, 0.5 * (x0 + x1), top - 17.0, "middle", 12.0, false, text);
}

static const char *box_title(const boxes *d, int32_t box)
{
    for (size_t n = 0; n < d->b->nodes; n++)
        if (box_of(d, (int32_t)n) == box)
            return node_label(d, (int32_t)n);
    return "";
}

static int64_t box_circulating(const boxes *d, int32_t box)
{
    int64_t sum = 0;
    for (size_t n = 0; n < d->b->nodes; n++)
        sum += box_of(d, (int32_t)n) == box ? d->b->node[n].circulating : 0;
    return sum;
}

/* What passes a treatment or a storage is no use of water, and an enterprise's use is more than what comes in. */
static bool uses_water(const boxes *d, int32_t box)
{
    return d->of != PARK_BOXES_PARK && box >= 0 && d->model->unit[box].role == PARK_USER;
}

/* As wide as drawn bold, in heights of a letter: wide letters count in full, Latin ones about three fifths. */
static double ems(const char *text, size_t bytes)
{
    double wide = 0.0;
    for (size_t i = 0; i < bytes; i++)
        wide += (unsigned char)text[i] >= 0xE0 ? 1.0 : ((unsigned char)text[i] & 0xC0) == 0x80 ? 0.0 : 0.6;
    return wide;
}

/* A box's name above its numbers; one too long for the box takes two lines, smaller where even they are too long. */
static void box_name(boxes *d, double middle, const char *name)
{
    static const double SIZE = 14.0, SMALL = 12.0, ROOM = 188.0;
    double              x = BOX_LEFT + 0.5 * BOX_WIDTH, whole = ems(name, strlen(name));
    if (whole * SIZE <= ROOM) {
        say(d, x, middle - 6.0, "middle", SIZE, true, name);
        return;
    }
    size_t cut   = 0;
    double least = whole;
    for (size_t i = 1; name[i] != '\0'; i++) {
        bool   starts = (unsigned char)name[i] >= 0xE0 || name[i - 1] == ' ';
        double longer = fmax(ems(name, i), whole - ems(name, i));
        if (starts && longer < least)
            cut = i, least = longer;
    }
    double      size  = fmin(SMALL, ROOM / least);
    const char *first = park_arena_text(d->out->arena, name, cut);
    say(d, x, middle - 15.0, "middle", size, true, first != NULL ? first : "");
    say(d, x, middle - 1.0, "middle", size, true, name + cut);
}

/* One box from `y` on; returns where the next may begin. */
static double draw_box(boxes *d, int32_t box, double y)
{
    int64_t in, out, circulating = box_circulating(d, box);
    char    text[128];
    double  top   = y + (circulating > 0 ? LOOP + 8.0 : 0.0);
    size_t  right = collect(d, box, false, &out);
    size_t  left  = collect(d, box, true, &in);
    size_t  most  = left > right ? left : right;
    if (most == 0)
        return y;
    double height = fmax((double)most * ROW + 18.0, 62.0);
    side(d, left, true, top + 0.5 * height - 0.5 * ROW * (double)(left - 1));
    right = collect(d, box, false, &out);
    side(d, right, false, top + 0.5 * height - 0.5 * ROW * (double)(right - 1));
    park_text_printf(
        d->out,
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#fff\" stroke=\"#222\" "
        "stroke-width=\"1.6\"/>\n",
        BOX_LEFT, top, BOX_WIDTH, height);
    if (circulating > 0)
        loop(d, top, circulating);
    box_name(d, top + 0.5 * height, box_title(d, box));
    if (uses_water(d, box))
        snprintf(text, sizeof text,
                 d->zh ? "用水量 %" PRId64 "　进 %" PRId64 " = 出 %" PRId64
                       : "use %" PRId64 ", in %" PRId64 " = out %" PRId64,
                 in + circulating, in, out);
    else
        snprintf(text, sizeof text, d->zh ? "进 %" PRId64 " = 出 %" PRId64 : "in %" PRId64 " = out %" PRId64,
                 in, out);
    say(d, BOX_LEFT + 0.5 * BOX_WIDTH, top + 0.5 * height + 14.0, "middle", 11.0, false, text);
    return top + height + GAP;
}

static void legend(boxes *d, double y)
{
    static const double STEP[PARK_WATER_CLASSES][2] = {
        {120, 105}, {140, 175}, {150, 180}, {120, 145}, {0, 0}}; /* zh, en */
    double x = 20.0;
    for (int water = 0; water < PARK_WATER_CLASSES; water++) {
        row r = {.water = (park_water_class)water};
        arrow(d, &r, x, x + 44.0, y);
        say(d, x + 50.0, y + 4.0, "start", 11.5, false, park_label_text(CLASS[water], d->zh));
        x += STEP[water][d->zh ? 0 : 1];
    }
}

/* The sums of the frame in one line; all of them as printed. */
static void sums(boxes *d, double y)
{
    park_boxes_sums s = park_boxes_sum(d->b, d->model, d->of, d->index);
    char            text[400];
    if (d->of != PARK_BOXES_UNIT) {
        snprintf(text, sizeof text,
                 d->zh ? "各框进水合计 %" PRId64 " － 框间转供（抵销）%" PRId64 " ＝ 进入%s %" PRId64
                       : "into all boxes %" PRId64 " - between boxes (eliminated) %" PRId64
                         " = into the %s %" PRId64,
                 s.boxes, s.inner,
                 d->of == PARK_BOXES_PARK ? (d->zh ? "园区" : "park")
                 : d->zh                  ? "本框"
                                          : "frame",
                 s.in);
        say(d, 20.0, y, "start", 12.5, true, text);
    }
    snprintf(text, sizeof text,
             d->zh ? "进入 %" PRId64 " ＝ 外供与外排 %" PRId64 " ＋ 耗水 %" PRId64 " ＋ 漏失 %" PRId64
                     " ＋ 蓄水增加 %" PRId64
                   : "in %" PRId64 " = handed on and drained %" PRId64 " + consumed %" PRId64
                     " + leaked %" PRId64 " + stored %" PRId64,
             s.in, s.out, s.consumed, s.leaked, s.stored);
    say(d, 20.0, y + 20.0, "start", 12.5, true, text);
}

static void title(boxes *d)
{
    const char *what = "";
    if (d->of == PARK_BOXES_PARK)
        what = park_label_text(d->model->name, d->zh);
    else if (d->of == PARK_BOXES_UNIT)
        what = box_title(d, d->index);
    else if (d->index < 0)
        what = d->zh ? "园区公用设施" : "Park utility";
    else {
        what = park_label_text(d->model->enterprise[d->index].label, d->zh);
        what = what[0] != '\0' ? what : d->model->enterprise[d->index].id;
    }
    const char *text = park_arena_printf(
        d->out->arena, d->zh ? "%s 水量平衡图（m³/d，年平均）" : "%s: water balance (m³/d, mean of the year)",
        what);
    if (text == NULL) {
        d->out->failed = true;
        return;
    }
    double size = fmin(16.0, 0.97 * WIDTH / ems(text, strlen(text)));
    say(d, 0.5 * WIDTH, 26.0, "middle", size, true, text);
}

/* All boxes below one another; returns where they end. */
static double draw_boxes(boxes *d)
{
    double  y    = TOP;
    int32_t last = d->of == PARK_BOXES_PARK ? (int32_t)d->model->enterprises : (int32_t)d->model->units;
    for (int32_t box = UTILITY; box < last; box++)
        y = draw_box(d, box, y);
    return y;
}

void park_balance_boxes_svg(const park_balance *balance, const park_model *model, park_boxes_of of,
                            int32_t index, bool zh, park_text *out, park_arena *arena)
{
    park_text body;
    boxes     d = {
            .b = balance, .model = model, .of = of, .index = index, .zh = zh, .out = &body, .arena = arena};
    park_text_init(&body, arena);
    d.row = PARK_ARRAY(arena, balance->edges + 1, row);
    if (d.row == NULL) {
        out->failed = true;
        return;
    }
    title(&d);
    double bottom = draw_boxes(&d);
    if (of != PARK_BOXES_UNIT)
        park_text_printf(
            &body,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"none\" stroke=\"#222\" "
            "stroke-dasharray=\"9 4\"/>\n",
            BOX_LEFT - 40.0, TOP - 22.0, BOX_WIDTH + 80.0, bottom - TOP + 8.0);
    sums(&d, bottom + 14.0);
    legend(&d, bottom + 62.0);
    park_text_printf(
        out,
        "<svg class=\"boxes\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\" "
        "xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" font-family=\"'Noto Sans CJK SC','Source Han "
        "Sans SC','Microsoft YaHei',SimSun,sans-serif\">\n<rect width=\"100%%\" height=\"100%%\" "
        "fill=\"#fff\"/>\n",
        WIDTH, bottom + 80.0, WIDTH, bottom + 80.0);
    const char *text = park_text_done(&body);
    if (text == NULL)
        out->failed = true;
    else
        park_text_add(out, text);
    park_text_add(out, "</svg>\n");
}
