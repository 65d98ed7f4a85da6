/*
 * inp_parts.h - what the readers of single sections share: the lines of a file by section, the words of the line in
 * hand, findings that know their place. Only for io/import.
 *
 * A file is gone through twice: first every line is put with its section (inp_text.c), then the sections are read in
 * the order in which they lean on one another (inp_read.c), whatever their order in the file.
 */
#ifndef PARK_IMPORT_INP_PARTS_H
#define PARK_IMPORT_INP_PARTS_H

#include "import/inp_units.h"

#include "base/finding.h"

typedef enum park_inp_section {
    INP_TITLE,
    INP_JUNCTIONS,
    INP_RESERVOIRS,
    INP_TANKS,
    INP_PIPES,
    INP_PUMPS,
    INP_VALVES,
    INP_CONTROLS,
    INP_RULES,
    INP_DEMANDS,
    INP_SOURCES,
    INP_EMITTERS,
    INP_LEAKAGE,
    INP_PATTERNS,
    INP_CURVES,
    INP_QUALITY,
    INP_STATUS,
    INP_ROUGHNESS,
    INP_ENERGY,
    INP_REACTIONS,
    INP_MIXING,
    INP_REPORT,
    INP_TIMES,
    INP_OPTIONS,
    INP_COORDINATES,
    INP_VERTICES,
    INP_LABELS,
    INP_BACKDROP,
    INP_TAGS,
    INP_END,
    INP_SECTIONS
} park_inp_section;

typedef struct park_inp_line {
    const char *text;   /* into the file's text, without the line's end */
    int32_t     length; /* comment included */
    int32_t     number; /* 1-based */
} park_inp_line;

typedef struct park_inp_lines {
    park_inp_line *line;
    size_t         count, capacity;
} park_inp_lines;

typedef struct park_inp_word {
    const char *text; /* into the line */
    size_t      length;
} park_inp_word;

/* Capacities of the columns of a curve or pattern. */
struct park_inp_room {
    size_t x, y;
};

/* A rule in the making. */
typedef enum park_inp_clause {
    INP_NOWHERE,
    INP_RULE,
    INP_IF,
    INP_THEN,
    INP_ELSE,
    INP_PRIORITY,
    INP_BROKEN
} park_inp_clause;

typedef struct park_inp {
    park_arena    *arena;
    const char    *file;
    park_findings *findings;
    bool           failed; /* out of memory */
    park_network  *net;
    park_inp_units units;
    park_inp_lines section[INP_SECTIONS];

    /* the line in hand */
    const park_inp_line *line;
    park_inp_section     at;
    park_inp_word       *word;
    size_t               words, word_capacity;
    park_inp_word        comment; /* after the semicolon, trimmed; length 0 when there is none */

    /* rows in the making, and capacities of columns that grow */
    int32_t              *node_line, *link_line, *curve_line, *pattern_line; /* where each was written */
    int32_t              *tank_of;                   /* [nodes] row of net->tank, -1 */
    int32_t              *source_at;                 /* [nodes] row of net->source and one, 0 */
    int32_t              *pump_of;                   /* [links] row of net->pump, -1 */
    struct park_inp_room *curve_room, *pattern_room; /* [curves], [patterns] capacities of their columns */
    size_t                curves_capacity, curve_rooms_capacity, curve_lines_capacity;
    size_t                patterns_capacity, pattern_rooms_capacity, pattern_lines_capacity;
    struct {
        size_t   count, capacity, y_capacity, link_capacity;
        int32_t *link;
        double  *x, *y;
    } vertex;
    struct {
        size_t count, capacity;
        struct park_inp_demand {
            int32_t     node, pattern;
            double      base;
            const char *category;
        } * row;
        size_t own;      /* rows of [JUNCTIONS]; those of [DEMANDS] follow */
        bool  *replaced; /* [nodes] by [DEMANDS] */
    } demand;
    size_t control_capacity, rule_capacity, source_capacity;
    struct {
        park_inp_clause clause;
        size_t          premise_capacity, then_capacity, else_capacity;
    } rule;
    struct {
        double               viscosity, diffusivity, tolerance; /* as written; NAN */
        double               pressure_min, pressure_required, head_error, flow_change;
        park_inp_word        default_pattern;
        const park_inp_line *trace_line; /* names the traced node */
    } option;
    uint64_t range_work;
    size_t   left_out[INP_SECTIONS]; /* lines of a section that name what does not exist; the first is told */
} park_inp;

/* The section's heading, as "[PIPES]". */
const char *park_inp_section_name(park_inp_section section);

/* Put every line with its section; titles and the like keep theirs whole. */
void park_inp_split(park_inp *inp, const char *text, size_t length);
/* Take a line in hand: its words and its comment. */
void park_inp_take(park_inp *inp, park_inp_section section, const park_inp_line *line);

/* Place a finding at a word of the line in hand; word beyond the last, or -1: the line. NULL is allowed. */
park_finding *park_inp_place(park_inp *inp, int word, park_finding *finding);
#define PARK_INP_TELL(inp, word, code, severity, ...)                                                        \
    park_inp_place((inp), (word), park_finding_add((inp)->findings, (code), (severity), NULL, __VA_ARGS__))

/* At least so many words on the line; tells when not. */
bool park_inp_needs(park_inp *inp, size_t words, const char *example);
/* The word begins like this one. False beyond the last word. */
bool park_inp_is(const park_inp *inp, size_t word, const char *start);
/* A number as C writes it, finite, nothing behind it. Tells nothing. */
bool park_inp_reads(const park_inp *inp, size_t word, double *value);
/* The same, and tells. Not given (beyond the last word): `value` keeps what it has. */
bool park_inp_number(park_inp *inp, size_t word, double *value);
bool park_inp_not_negative(park_inp *inp, size_t word, double *value);
bool park_inp_above_zero(park_inp *inp, size_t word, double *value);
/* Index of the word of the list that the line's word begins with, -1; tells with the list and what was likely meant. */
int park_inp_choice(park_inp *inp, size_t word, const char *const *words, size_t count);
/* The same without telling. */
int  park_inp_find(const park_inp *inp, size_t word, const char *const *words, size_t count);
void park_inp_unknown(park_inp *inp, size_t word, const char *const *words, size_t count);

/* Hours from words: 6, 6.5, 6:30, 6:30:00, then AM, PM, SEC, MIN, HOURS, DAYS where a second word is given. */
bool park_inp_hours(const park_inp *inp, size_t word, bool with_unit, double *hours);

/* Indices by id; -1 told. Patterns and curves: "*" and nothing are -1 untold with *none true. */
int32_t park_inp_node(park_inp *inp, size_t word);
int32_t park_inp_link(park_inp *inp, size_t word);
bool    park_inp_pattern(park_inp *inp, size_t word, int32_t *pattern);
int32_t park_inp_curve(park_inp *inp, size_t word, park_net_curve_kind kind);
/* A fresh pump curve of so many points named like `wanted` (made unique), x and y zero, in the file's units; NULL out of memory. */
park_net_curve *park_inp_pump_curve(park_inp *inp, const char *wanted, size_t points, int32_t *index);
/* Silent: a line that only decorates (coordinates, tags) names what is not there; told once a section. */
void park_inp_left_out(park_inp *inp, int word, const char *why_en, const char *why_zh);

/* What a control or rule does to a link, from one word; the link that it switches (-1 told). */
bool    park_inp_command(park_inp *inp, size_t word, int32_t link, park_net_status *status, double *setting);
int32_t park_inp_switched(park_inp *inp, size_t word);

/* Arena copy; NULL when empty. */
const char *park_inp_copy(park_inp *inp, park_inp_word word);
/* Marks failure. */
bool park_inp_grow(park_inp *inp, int grown);

/* Do the ids fall in the range that two words name: whole numbers by value, else by byte order. Charges the work. */
typedef struct park_inp_range {
    bool        numbers;
    long        low, high;
    const char *from, *to;
} park_inp_range;
bool park_inp_range_of(park_inp *inp, size_t word, size_t count, park_inp_range *range);
bool park_inp_range_holds(const park_inp_range *range, const char *id);

/* One section each; the line in hand. */
void park_inp_read_units(park_inp *inp);
void park_inp_read_option(park_inp *inp);
void park_inp_read_time(park_inp *inp);
void park_inp_read_pattern(park_inp *inp);
void park_inp_read_curve(park_inp *inp);
void park_inp_read_junction(park_inp *inp);
void park_inp_read_reservoir(park_inp *inp);
void park_inp_read_tank(park_inp *inp);
void park_inp_read_demand(park_inp *inp);
void park_inp_read_emitter(park_inp *inp);
void park_inp_read_quality(park_inp *inp);
void park_inp_read_source(park_inp *inp);
void park_inp_read_mixing(park_inp *inp);
void park_inp_read_coordinates(park_inp *inp);
void park_inp_read_pipe(park_inp *inp);
void park_inp_read_pump(park_inp *inp);
void park_inp_read_valve(park_inp *inp);
void park_inp_read_status(park_inp *inp);
void park_inp_read_leakage(park_inp *inp);
void park_inp_read_vertex(park_inp *inp);
void park_inp_read_tag(park_inp *inp);
void park_inp_read_order(park_inp *inp);
void park_inp_read_reaction(park_inp *inp);
void park_inp_read_energy(park_inp *inp);
void park_inp_read_control(park_inp *inp);
void park_inp_read_rule(park_inp *inp);

/* Stages between. */
void park_inp_begin_options(park_inp *inp); /* EPANET's defaults */
void park_inp_settle_options(
    park_inp *inp); /* after [OPTIONS] and [TIMES]: what depends on several of them */
void park_inp_settle_quality(park_inp *inp); /* after nodes: the traced node */
bool park_inp_room_for_nodes(park_inp *inp);
bool park_inp_room_for_links(park_inp *inp);
void park_inp_settle_demands(park_inp *inp); /* rows in the order of their nodes */
void park_inp_settle_links(park_inp *inp);   /* bends in the order of their links */
void park_inp_settle_reactions(park_inp *inp);
void park_inp_settle_curves(park_inp *inp); /* SI, now that their uses are known */

#endif
