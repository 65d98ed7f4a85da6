/*
 * balance_boxes.h - 水量平衡图 as the water-balance test draws it: boxes with what comes in on the left, what goes out on the right,
 * circulation above, sums that close as printed.
 * Looks down on: balance.h.
 */
#ifndef PARK_REPORT_BALANCE_BOXES_H
#define PARK_REPORT_BALANCE_BOXES_H

#include "report/balance.h"

typedef enum park_boxes_of {
    PARK_BOXES_PARK,       /* a box an enterprise and one for the utility, in the park's frame */
    PARK_BOXES_ENTERPRISE, /* a box a unit, in the enterprise's frame; index -1: the utility */
    PARK_BOXES_UNIT        /* one box */
} park_boxes_of;

/* Sums over a frame, as printed [m3/d]: in = used again outside + left + consumed + leaked + stored. */
typedef struct park_boxes_sums {
    int64_t boxes;    /* into the boxes, all sums */
    int64_t inner;    /* of it from box to box: counted twice there, eliminated in the frame */
    int64_t in;       /* into the frame: boxes - inner */
    int64_t out;      /* to units outside, sinks too */
    int64_t consumed; /* evaporated, into goods and soil, with sludge, spilled */
    int64_t leaked;
    int64_t stored; /* more at the end than at the start; below 0 the other way */
    int64_t circulating;
} park_boxes_sums;

/* Is there anything to draw: a unit of it that water passes through? */
bool park_boxes_any(const park_balance *balance, const park_model *model, park_boxes_of of, int32_t index);

park_boxes_sums park_boxes_sum(const park_balance *balance, const park_model *model, park_boxes_of of,
                               int32_t index);

/**
 * The drawing as an SVG file in one language, legible in black and white: kinds of water differ by their strokes.
 * @param index  of the enterprise or the unit
 * Cost O(nodes x edges). A failure is remembered in `out`.
 */
void park_balance_boxes_svg(const park_balance *balance, const park_model *model, park_boxes_of of,
                            int32_t index, bool zh, park_text *out, park_arena *arena);

#endif
