/*
 * png.h - a drawing as dots.   Looks down on: base. librsvg and cairo appear in png.c alone.
 */
#ifndef PARK_REPORT_PNG_H
#define PARK_REPORT_PNG_H

#include "base/arena.h"

typedef struct park_png {
    const char *bytes; /* arena-owned */
    size_t      length;
    int         width, height; /* [px] */
} park_png;

/**
 * An SVG file drawn.
 * @param scale  dots per pixel of the drawing, 2 prints well
 * @return PARK_OK; PARK_E_INPUT when it is no SVG; PARK_E_RANGE for a size beyond 16000 px; PARK_E_MEMORY
 * The letters are those that the machine has; equal machines draw equal bytes.
 */
PARK_MUST_CHECK park_status park_png_draw(const char *svg, double scale, park_arena *arena, park_png *png,
                                          park_error *err);

#endif
