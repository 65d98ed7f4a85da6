/*
 * compare_pen.h - what the sections of a comparison share: the page beside the runs, and tables with a column a run.
 * Looks down on: page, comparison.h.
 */
#ifndef PARK_REPORT_COMPARE_PEN_H
#define PARK_REPORT_COMPARE_PEN_H

#include "compare/comparison.h"
#include "report/page.h"

typedef struct park_compare_pen {
    park_page              page;
    const park_comparison *all;
    park_label             figure[64]; /* captions of the drawings, in order */
    const char            *drawing[64];
    const char            *file[64]; /* "balance_1" */
    size_t                 figures;
} park_compare_pen;

/* One line of the summary: a number a run, NAN where it does not apply. */
typedef struct park_compare_fact {
    const char *zh, *en, *unit_zh, *unit_en;
    double (*value)(const park_comparison *all, const park_compared *c);
    int decimals;
} park_compare_fact;
const park_compare_fact *park_compare_facts(size_t *count);

/* <table> with the given first headings (pairs zh, en, ended by NULL; > right-aligned) and one right-aligned column a run. */
void park_compare_table(park_compare_pen *pen, const char *const *titles);
/* <tr> with a label and a unit. */
void park_compare_row(park_compare_pen *pen, const char *zh, const char *en, const char *unit_zh,
                      const char *unit_en);
/* Keep a drawing for figures/ and put it on the page with its caption. */
void park_compare_figure(park_compare_pen *pen, const char *svg, const char *file, const char *zh,
                         const char *en);

/* Sections, in their order. */
void park_compare_summary(park_compare_pen *pen);
void park_compare_volumes(park_compare_pen *pen);
void park_compare_diagrams(park_compare_pen *pen);
void park_compare_indicators(park_compare_pen *pen);
void park_compare_products(park_compare_pen *pen);
void park_compare_quality(park_compare_pen *pen);
void park_compare_salt(park_compare_pen *pen);
void park_compare_money(park_compare_pen *pen);
void park_compare_swings(park_compare_pen *pen);
void park_compare_breaks(park_compare_pen *pen);
void park_compare_origin(park_compare_pen *pen);

/* Where water comes from, in words. */
park_label park_origin_label(park_origin origin);
/* What a swing speaks of. */
park_label park_swing_label(const park_swing *swing);
/* The bars of a proposal's tornado as an SVG element, both languages in it. */
void park_tornado_svg(const park_compared *run, park_text *out);

#endif
