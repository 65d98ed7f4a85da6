/*
 * caption.h - names that fit a place of a drawing: on one line or two, set smaller where they must be.
 * Looks down on: base.
 */
#ifndef PARK_REPORT_CAPTION_H
#define PARK_REPORT_CAPTION_H

#include "base/text.h"

/* A name and what stands behind it as one text. */
typedef struct park_caption {
    const char *line[2]; /* the first NULL: out of memory; the second NULL: one line */
    double      font;    /* [px] */
    bool        cut;     /* not all of the name could stay */
} park_caption;

/* About as wide as drawn, in heights of a letter: CJK and other wide letters count in full, figures and Latin ones about half. */
double park_caption_ems(const char *text, size_t bytes);

/**
 * How a name with its numbers fits a place.
 * @param name      may be cut, and is only where two lines of the smallest letters do not hold it
 * @param tail      behind the name, never cut; "" for nothing
 * @param font      height of letters where there is room [px]
 * @param least     height below which they are not legible [px], at most `font`
 * @param room_one  width for one line [px]
 * @param room_two  width for each of two lines [px]
 * Arena-owned. Cost O(length squared).
 */
park_caption park_caption_fit(const char *name, const char *tail, double font, double least, double room_one,
                              double room_two, park_arena *arena);

#endif
