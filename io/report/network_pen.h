/*
 * network_pen.h - what all maps of a pipe network share: the frame around its nodes, the run of its links, the signs of
 * its sources. All sizes are in the units of the drawing; north is up.
 * Looks down on: network.h.
 */
#ifndef PARK_REPORT_NETWORK_PEN_H
#define PARK_REPORT_NETWORK_PEN_H

#include "base/text.h"

#include <parkwater/network.h>

typedef struct park_network_pen {
    const park_network *net;
    park_text          *out;
    double              margin;
    double              x0, y1, scale; /* of the map's west, its north, drawing units a map unit */
    double              height;        /* of the drawing, margins included */
} park_network_pen;

/* A frame of at most `width` x `height_most` around all nodes, margins included. False when none has a place. */
bool park_network_pen_make(park_network_pen *pen, const park_network *net, double width, double height_most,
                           double margin, park_text *out);
bool park_network_pen_placed(const park_network_pen *pen, int32_t node);
/* A place of the map in the drawing. */
double park_network_pen_x(const park_network_pen *pen, double x);
double park_network_pen_y(const park_network_pen *pen, double y);
/* "M.. L.." along a link and its bends; nothing where an end has no place. */
void park_network_pen_line(const park_network_pen *pen, size_t link);
/* Halfway between the ends of a link; false where an end has no place. */
bool park_network_pen_middle(const park_network_pen *pen, int32_t link, double *x, double *y);
/* The sign of a reservoir (square) or a tank (triangle) around a point. */
void park_network_pen_sign(park_text *out, park_net_node_kind kind, double x, double y);
/* The signs of all reservoirs and tanks. */
void park_network_pen_sources(const park_network_pen *pen);

#endif
