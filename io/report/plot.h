/*
 * plot.h - what line drawings of two quantities share: a frame of round steps, titles in two languages, places.
 * Looks down on: page.
 */
#ifndef PARK_REPORT_PLOT_H
#define PARK_REPORT_PLOT_H

#include "report/page.h"

#define PARK_PLOT_WIDTH 760.0
#define PARK_PLOT_HEIGHT 430.0

/* An axis in the unit shown: from..to cover every value, at round steps. */
typedef struct park_axis {
    park_label label, unit;
    double     si; /* what one of the unit shown is */
    double     from, to, step;
    int        decimals;
} park_axis;

/* Of values that lie between lo and hi (SI), with a little room. */
park_axis park_axis_over(park_label label, park_label unit, double si, double lo, double hi);
/* Where a value (SI) stands. */
double park_axis_across(const park_axis *axis, double value);
double park_axis_down(const park_axis *axis, double value);

/* <svg class="..">, the grid, ticks and titles of both axes. The caller closes </svg>. */
void park_plot_open(park_page *page, const char *class, const park_axis *x, const park_axis *y);
/* The same words in both languages at a place; `more` are attributes of <text>, a space first. */
void park_plot_text(park_page *page, double x, double y, const char *more, const char *zh, const char *en);
/* A broken line through values (SI); the style is its attributes. */
void park_plot_line(park_page *page, const char *style, const park_axis *x, const park_axis *y,
                    const double *across, const double *down, size_t count);

#endif
