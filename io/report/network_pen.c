#include "report/network_pen.h"

#include <math.h>

bool park_network_pen_placed(const park_network_pen *pen, int32_t node)
{
    return isfinite(pen->net->node.x[node]) && isfinite(pen->net->node.y[node]);
}

bool park_network_pen_make(park_network_pen *pen, const park_network *net, double width, double height_most,
                           double margin, park_text *out)
{
    double x0 = INFINITY, x1 = -INFINITY, y0 = INFINITY, y1 = -INFINITY;
    *pen = (park_network_pen){.net = net, .out = out, .margin = margin};
    for (size_t n = 0; n < net->node.count; n++) {
        if (!park_network_pen_placed(pen, (int32_t)n))
            continue;
        x0 = fmin(x0, net->node.x[n]);
        x1 = fmax(x1, net->node.x[n]);
        y0 = fmin(y0, net->node.y[n]);
        y1 = fmax(y1, net->node.y[n]);
    }
    if (!(x1 >= x0) || !isfinite(x1 - x0) || !isfinite(y1 - y0))
        return false;
    double wide = fmax(x1 - x0, 1e-9), high = fmax(y1 - y0, 1e-9);
    pen->scale  = fmin((width - 2.0 * margin) / wide, (height_most - 2.0 * margin) / high);
    pen->x0     = x0;
    pen->y1     = y1;
    pen->height = high * pen->scale + 2.0 * margin;
    return true;
}

double park_network_pen_x(const park_network_pen *pen, double x)
{
    return pen->margin + (x - pen->x0) * pen->scale;
}

double park_network_pen_y(const park_network_pen *pen, double y)
{
    return pen->margin + (pen->y1 - y) * pen->scale;
}

void park_network_pen_line(const park_network_pen *pen, size_t l)
{
    const park_net_links *link = &pen->net->link;
    const park_net_nodes *node = &pen->net->node;
    int32_t               a = link->from[l], b = link->to[l];
    if (!park_network_pen_placed(pen, a) || !park_network_pen_placed(pen, b))
        return;
    park_text_printf(pen->out, "M%.1f %.1f", park_network_pen_x(pen, node->x[a]),
                     park_network_pen_y(pen, node->y[a]));
    for (size_t v = link->vertex != NULL ? link->vertex[l] : 0;
         link->vertex != NULL && v < link->vertex[l + 1]; v++)
        park_text_printf(pen->out, "L%.1f %.1f", park_network_pen_x(pen, link->vertex_x[v]),
                         park_network_pen_y(pen, link->vertex_y[v]));
    park_text_printf(pen->out, "L%.1f %.1f", park_network_pen_x(pen, node->x[b]),
                     park_network_pen_y(pen, node->y[b]));
}

bool park_network_pen_middle(const park_network_pen *pen, int32_t l, double *x, double *y)
{
    const park_net_nodes *node = &pen->net->node;
    int32_t               a = pen->net->link.from[l], b = pen->net->link.to[l];
    if (!park_network_pen_placed(pen, a) || !park_network_pen_placed(pen, b))
        return false;
    *x = park_network_pen_x(pen, 0.5 * (node->x[a] + node->x[b]));
    *y = park_network_pen_y(pen, 0.5 * (node->y[a] + node->y[b]));
    return true;
}

void park_network_pen_sign(park_text *out, park_net_node_kind kind, double x, double y)
{
    if (kind == PARK_NET_RESERVOIR)
        park_text_printf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"10\" height=\"10\" fill=\"#0b4f9e\"/>\n",
                         x - 5.0, y - 5.0);
    else if (kind == PARK_NET_TANK)
        park_text_printf(out, "<path fill=\"#0b4f9e\" d=\"M%.1f %.1fl12 0l-6 -11z\"/>\n", x - 6.0, y + 5.0);
}

void park_network_pen_sources(const park_network_pen *pen)
{
    const park_net_nodes *node = &pen->net->node;
    for (size_t n = 0; n < node->count; n++)
        if (park_network_pen_placed(pen, (int32_t)n))
            park_network_pen_sign(pen->out, node->kind[n], park_network_pen_x(pen, node->x[n]),
                                  park_network_pen_y(pen, node->y[n]));
}
