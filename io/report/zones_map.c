/* zones_map.c - the map of metering zones as SVG. All sizes are in CSS pixels; north is up. */
#include "report/zones.h"

#include "report/network_pen.h"

#include <math.h>

static const double WIDTH = 1100.0, MARGIN = 24.0, LEGEND = 190.0, HEIGHT_LEAST = 320.0, HEIGHT_MOST = 1400.0;

static const char *const COLOUR[] = {"#2f7ed8", "#e08214", "#1a9850", "#9467bd", "#d6479b", "#8c6d53",
                                     "#17a2b8", "#b8a317", "#5b6bd6", "#d05a3f", "#4d8f3a", "#7f7f7f"};
enum { COLOURS = sizeof COLOUR / sizeof COLOUR[0] };
static const char *const OUTSIDE = "#c5ccd4"; /* no zone, or two */

typedef struct frame {
    const park_network *net;
    const park_zones   *zones;
    park_text          *out;
    park_network_pen    pen;
} frame;

/* --- links --- */

/* The zone whose colour a link has; -1: none or two. */
static int32_t zone_of_link(const frame *f, size_t l)
{
    int32_t a = f->zones->zone[f->net->link.from[l]], b = f->zones->zone[f->net->link.to[l]];
    return a == b ? a : -1;
}

/* One path a zone and class of width keeps the file small. */
static void links(const frame *f)
{
    static const double WIDE_FROM = 0.3; /* [m] mains are drawn wider */
    for (int32_t z = -1; z < (int32_t)f->zones->zones; z++)
        for (int wide = 0; wide < 2; wide++) {
            park_text_printf(f->out, "<path fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" d=\"",
                             z < 0 ? OUTSIDE : COLOUR[z % COLOURS], wide ? "2.8" : "1.2");
            for (size_t l = 0; l < f->net->link.count; l++)
                if (zone_of_link(f, l) == z && (f->net->link.diameter[l] >= WIDE_FROM) == (wide == 1))
                    park_network_pen_line(&f->pen, l);
            park_text_add(f->out, "\"/>\n");
        }
}

/* --- meters, valves, sources --- */

static void meter_sign(const frame *f, double x, double y)
{
    park_text_printf(
        f->out,
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\" fill=\"#fff\" stroke=\"#111\" stroke-width=\"2\"/>\n", x,
        y);
}

static void valve_sign(const frame *f, double x, double y, const char *colour)
{
    park_text_printf(f->out, "<path stroke=\"%s\" stroke-width=\"2.4\" d=\"M%.1f %.1fl8 8m0 -8l-8 8\"/>\n",
                     colour, x - 4.0, y - 4.0);
}

static void boundaries(const frame *f)
{
    for (size_t i = 0; i < f->zones->boundaries; i++) {
        const park_border *b = &f->zones->boundary[i];
        double             x, y;
        if (!park_network_pen_middle(&f->pen, b->link, &x, &y))
            continue;
        if (b->fate == PARK_BORDER_METER)
            meter_sign(f, x, y);
        else
            valve_sign(f, x, y, b->fate == PARK_BORDER_VALVE ? "#c8102e" : "#8a939c");
    }
}

/* --- legend --- */

static void legend(const frame *f, bool zh)
{
    double x = WIDTH - LEGEND + 10.0, y = MARGIN + 12.0;
    char   name[16];
    for (size_t z = 0; z < f->zones->zones; z++, y += 20.0)
        park_text_printf(f->out,
                         "<path stroke=\"%s\" stroke-width=\"4\" d=\"M%.1f %.1fh22\"/><text x=\"%.1f\" "
                         "y=\"%.1f\">%s  %.4g m³/h</text>\n",
                         COLOUR[z % COLOURS], x, y - 4.0, x + 30.0, y, park_zone_name((int32_t)z, name),
                         f->zones->item[z].demand * 3600.0);
    y += 8.0;
    static const struct {
        const char *zh, *en;
    } SIGNS[] = {
        {"流量计", "meter"}, {"关闭的阀门", "valve to close"}, {"水库", "reservoir"}, {"水池", "tank"}};
    for (int i = 0; i < 4; i++, y += 20.0) {
        double at = x + 11.0;
        if (i == 0)
            meter_sign(f, at, y - 4.0);
        else if (i == 1)
            valve_sign(f, at, y - 4.0, "#c8102e");
        else
            park_network_pen_sign(f->out, i == 2 ? PARK_NET_RESERVOIR : PARK_NET_TANK, at, y - 4.0);
        park_text_printf(f->out, "<text x=\"%.1f\" y=\"%.1f\">%s</text>\n", x + 30.0, y,
                         zh ? SIGNS[i].zh : SIGNS[i].en);
    }
}

bool park_zones_map(const park_network *net, const park_zones *zones, bool zh, park_text *out)
{
    frame f = {.net = net, .zones = zones, .out = out};
    if (!park_network_pen_make(&f.pen, net, WIDTH - LEGEND, HEIGHT_MOST, MARGIN, out))
        return false;
    double height =
        fmax(fmax(f.pen.height, HEIGHT_LEAST), 20.0 * ((double)zones->zones + 6.0) + 2.0 * MARGIN);
    park_text_printf(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" font-family=\"sans-serif\" "
        "font-size=\"13\" "
        "fill=\"#222\">\n<title>%s</title>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
        WIDTH, height, zh ? "管网计量分区" : "District metering zones");
    links(&f);
    boundaries(&f);
    park_network_pen_sources(&f.pen);
    legend(&f, zh);
    park_text_add(out, "</svg>\n");
    return true;
}
