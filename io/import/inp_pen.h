/*
 * inp_pen.h - what the writers of single sections share. Only for io/import.
 */
#ifndef PARK_IMPORT_INP_PEN_H
#define PARK_IMPORT_INP_PEN_H

#include "import/inp_units.h"

#include "base/text.h"

typedef struct park_inp_pen {
    const park_network *net;
    park_inp_units      units;
    const char         *flow_unit, *pressure_unit; /* as written; pressure NULL: the usual of the flow unit */
    park_text          *out;
    size_t              column;            /* items on the line so far */
    size_t              behind;            /* blanks owed before the next item */
    bool                explicit_patterns; /* no default pattern can say what the demands say */
    bool               *in_demands;        /* [nodes] the demands stand in [DEMANDS] */
} park_inp_pen;

/* A section's heading; an empty line before it. */
void park_inp_pen_section(park_inp_pen *pen, const char *heading);
/* Items of a line, in columns; ids in quotes where they hold blanks. */
void park_inp_pen_word(park_inp_pen *pen, const char *word);
void park_inp_pen_id(park_inp_pen *pen, const char *id);
void park_inp_pen_number(park_inp_pen *pen, double value); /* 12 significant digits */
/* Ends the line with a comment, NULL for none. */
void park_inp_pen_end(park_inp_pen *pen, const char *comment);
/* A line of two words and a number, as options are. */
void park_inp_pen_option(park_inp_pen *pen, const char *words, double value);

/* h:mm:ss. */
void park_inp_pen_span(park_inp_pen *pen, int64_t seconds);
/* A time that reads as this whole second in a control or a rule, where hours are cut and not rounded. */
void park_inp_pen_time(park_inp_pen *pen, double seconds);

const char *park_inp_pen_node(const park_inp_pen *pen, int32_t node);
const char *park_inp_pen_link(const park_inp_pen *pen, int32_t link);
const char *park_inp_pen_pattern(const park_inp_pen *pen, int32_t pattern); /* NULL for -1 */

void park_inp_write_nodes(park_inp_pen *pen); /* junctions, reservoirs, tanks */
void park_inp_write_links(park_inp_pen *pen); /* pipes, pumps, valves, tags, status */
void park_inp_write_demands(park_inp_pen *pen);
void park_inp_write_curves(park_inp_pen *pen);   /* patterns, curves */
void park_inp_write_controls(park_inp_pen *pen); /* controls, rules */
void park_inp_write_attributes(
    park_inp_pen *pen); /* energy, emitters, leakage, quality, sources, reactions, mixing */
void park_inp_write_options(park_inp_pen *pen); /* times, report, options */
void park_inp_write_map(park_inp_pen *pen);     /* coordinates, vertices, labels, backdrop */

#endif
