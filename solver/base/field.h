/*
 * field.h - a record described by a table: word, place in the struct, dimension, default, range, sentence.
 * From these rows follow the YAML keys, range checks, defaults, JSON Schema, --expand, --help and the stored record.
 * Looks down on: dimension.
 *
 *     static const park_field TOWER[] = {
 *         PARK_NUMBER(park_tower, circulation, FLOW, .required = true, .lo = 0, .lo_open = true,
 *                     .en = "circulating flow", .zh = "循环水量"),
 *         PARK_FIELDS_END};
 */
#ifndef PARK_BASE_FIELD_H
#define PARK_BASE_FIELD_H

#include "base/dimension.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A bilingual name. One may be NULL: park_label_text falls back on the other. */
typedef struct park_label {
    const char *zh, *en;
} park_label;

/* value(t) = base * pattern(t); pattern -1: constant. A series given in place or by CSV has base 1 and a pattern
 * whose values are already SI. base NAN: not given. */
typedef struct park_series {
    double  base;
    int32_t pattern;
} park_series;

/* {min, max, step}; a bare quantity q gives min = max = q where the table says `exact`, else min = 0, max = q. NAN: not given. */
typedef struct park_range {
    double min, max, step;
} park_range;

/* A reference by text ("reuse.reject"), resolved at freeze. */
typedef struct park_ref {
    const char *text;   /* NULL: not given */
    int32_t     unit;   /* after freeze; -1 */
    int32_t     outlet; /* within the park; -1 */
} park_ref;

typedef struct park_text_list {
    const char **item;
    size_t       count;
} park_text_list;

/* How a capital cost grows: scale * (size / reference)^exponent [CNY], plus fixed [CNY]. NAN scale: none given. */
typedef struct park_capex {
    double scale, reference, exponent, fixed;
} park_capex;

/* What a user draws. YAML: a flow or a series (flow), `free`, {min, max} (NAN where not said). Not given: free false
 * and all NAN. */
typedef struct park_demand {
    park_series flow; /* base NAN when free or bounded */
    bool        free;
    double      min, max;
} park_demand;

/* What an outlet promises, per constituent: {COD: 900 mg/L} is a maximum, {COD: {fixed: 900 mg/L}} is fixed.
 * Each [constituents], kg/m3, NAN where not given. */
typedef struct park_outlet_quality {
    double *max, *fixed;
} park_outlet_quality;

/* Records by name ({dye: {..}, rinse: {..}}): `items` holds count structs of the field's record_size. */
typedef struct park_named {
    const char **id;
    void        *items;
    size_t       count;
} park_named;

/* {MMF.backwash: wwtp} */
typedef struct park_ref_map {
    const char **key;
    park_ref    *value;
    size_t       count;
} park_ref_map;

typedef enum park_shape {
    PARK_SHAPE_NUMBER,         /* double, SI */
    PARK_SHAPE_COUNT,          /* int32_t */
    PARK_SHAPE_BOOL,           /* bool */
    PARK_SHAPE_CHOICE,         /* int32_t, index into choices */
    PARK_SHAPE_TEXT,           /* const char * */
    PARK_SHAPE_LABEL,          /* park_label */
    PARK_SHAPE_SERIES,         /* park_series */
    PARK_SHAPE_RANGE,          /* park_range */
    PARK_SHAPE_BY_CONSTITUENT, /* double *, [constituents], NAN where not given */
    PARK_SHAPE_REF,            /* park_ref */
    PARK_SHAPE_LIST,           /* park_text_list */
    PARK_SHAPE_CAPEX, /* park_capex; YAML: a quantity of money (fixed) or {scale, reference, exponent, fixed} */
    PARK_SHAPE_RECORD, /* a nested struct with its own table, in place; a bare value goes to its field `bare` */
    PARK_SHAPE_DEMAND,         /* park_demand */
    PARK_SHAPE_OUTLET_QUALITY, /* park_outlet_quality */
    PARK_SHAPE_NAMED,   /* park_named: records by name, each of record_size bytes and the table `record` */
    PARK_SHAPE_REF_MAP, /* park_ref_map */
    PARK_SHAPE_CUSTOM   /* the loader knows this word by itself (its form cannot be said in a row) */
} park_shape;

typedef struct park_field {
    const char        *word;
    park_shape         shape;
    park_dimension     dim; /* of numbers, series, ranges, constituent maps; of a capex: its reference */
    size_t             offset;
    bool               required;
    double             fallback; /* default in SI; NAN: stays "not given" */
    double             lo, hi;   /* inclusive in SI unless *_open */
    bool               lo_open, hi_open;
    bool               exact;   /* PARK_SHAPE_RANGE: a bare quantity means min = max */
    const char *const *choices; /* NULL-ended */
    int32_t            choice;  /* default of a choice; count's default stands in fallback */
    const struct park_field
               *record; /* table of a nested record; of PARK_SHAPE_BY_CONSTITUENT: words that stand beside
                                          the constituents, their offsets counted in the outer struct */
    size_t      record_size; /* PARK_SHAPE_NAMED: bytes of one item */
    const char *bare;        /* PARK_SHAPE_RECORD: the field that a value without {} means */
    const char *en, *zh;     /* what it is, a short phrase without full stop */
    const char *example;     /* "120 m3/h" */
    const char *later; /* not NULL: parses and checks, but the engine says "not yet in this version" here */
    bool        later_harmless; /* ignoring it cannot make a result wrong: a warning instead of an error */
} park_field;

#define PARK_FIELD_OF(type, member, shape_, dim_, ...)                                                       \
    {                                                                                                        \
        .word = #member, .shape = (shape_), .dim = PARK_DIM_##dim_, .offset = offsetof(type, member),        \
        .lo = -INFINITY, .hi = INFINITY, .fallback = NAN, __VA_ARGS__                                        \
    }
#define PARK_NUMBER(type, member, dim_, ...) PARK_FIELD_OF(type, member, PARK_SHAPE_NUMBER, dim_, __VA_ARGS__)
#define PARK_SERIES(type, member, dim_, ...) PARK_FIELD_OF(type, member, PARK_SHAPE_SERIES, dim_, __VA_ARGS__)
#define PARK_BY_CONSTITUENT(type, member, dim_, ...)                                                         \
    PARK_FIELD_OF(type, member, PARK_SHAPE_BY_CONSTITUENT, dim_, __VA_ARGS__)
#define PARK_FIELD(type, member, shape_, ...)                                                                \
    PARK_FIELD_OF(type, member, PARK_SHAPE_##shape_, NUMBER, __VA_ARGS__)
#define PARK_FIELDS_END                                                                                      \
    {                                                                                                        \
        .word = NULL                                                                                         \
    }

/* Rows before the end mark. */
static inline size_t park_fields_count(const park_field *fields)
{
    size_t n = 0;
    while (fields != NULL && fields[n].word != NULL)
        n++;
    return n;
}

/* The text in the wanted language, else in the other, else "". Borrowed. */
static inline const char *park_label_text(park_label label, bool zh)
{
    const char *first = zh ? label.zh : label.en, *other = zh ? label.en : label.zh;
    return first != NULL ? first : other != NULL ? other : "";
}

#endif
