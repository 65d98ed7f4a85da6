/* inp_grid.h - two street grids joined by a main and two small pipes, as INP text. */
#ifndef PARK_TESTS_INP_GRID_H
#define PARK_TESTS_INP_GRID_H

#include "base/text.h"

enum { GRID_SIDE = 5 };

/*
 * Nodes a<x><y> (left) and b<x><y> (right), 5 x 5 each, 1 L/s a node, pipes of 100 m and 250 mm; a reservoir at a00. The grids are joined
 * by `main` (300 mm, a42-b02), `s1` and `s2` (80 mm, a40-b00, a44-b04). Pattern: night 0.4, peak 1.6.
 */
static inline const char *grid_text(park_arena *arena, const char *more)
{
    park_text t;
    park_text_init(&t, arena);
    park_text_add(
        &t, "[OPTIONS]\nUNITS LPS\nPATTERN day\n[PATTERNS]\nday 0.4 1 1.6 1\n[TIMES]\nPATTERN TIMESTEP 6:00\n"
            "[RESERVOIRS]\nR 60\n[JUNCTIONS]\n");
    for (int g = 'a'; g <= 'b'; g++)
        for (int i = 0; i < GRID_SIDE * GRID_SIDE; i++)
            park_text_printf(&t, "%c%d%d 10 1\n", g, i % GRID_SIDE, i / GRID_SIDE);
    park_text_add(&t, "[PIPES]\nfeed R a00 50 400 130\nmain a42 b02 100 300 130\ns1 a40 b00 100 80 130\ns2 "
                      "a44 b04 100 80 130\n");
    for (int g = 'a'; g <= 'b'; g++)
        for (int i = 0; i < GRID_SIDE * GRID_SIDE; i++) {
            int x = i % GRID_SIDE, y = i / GRID_SIDE;
            if (x + 1 < GRID_SIDE)
                park_text_printf(&t, "%ch%d%d %c%d%d %c%d%d 100 250 130\n", g, x, y, g, x, y, g, x + 1, y);
            if (y + 1 < GRID_SIDE)
                park_text_printf(&t, "%cv%d%d %c%d%d %c%d%d 100 250 130\n", g, x, y, g, x, y, g, x, y + 1);
        }
    park_text_add(&t, "[COORDINATES]\nR -1 0\n");
    for (int g = 'a'; g <= 'b'; g++)
        for (int i = 0; i < GRID_SIDE * GRID_SIDE; i++)
            park_text_printf(&t, "%c%d%d %d %d\n", g, i % GRID_SIDE, i / GRID_SIDE,
                             i % GRID_SIDE + (g == 'b' ? 6 : 0), i / GRID_SIDE);
    park_text_add(&t, more);
    return park_text_done(&t);
}

#endif
