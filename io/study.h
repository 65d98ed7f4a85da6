/*
 * study.h - a study as its document says it: what varies, how the variations are put together, what is kept.
 * Looks down on: yaml, base.
 */
#ifndef PARK_IO_STUDY_H
#define PARK_IO_STUDY_H

#include "base/distribution.h"
#include "yaml/tree.h"

typedef enum park_study_job { PARK_STUDY_RUN, PARK_STUDY_SIMULATE, PARK_STUDY_OPTIMIZE } park_study_job;

typedef enum park_combine {
    PARK_COMBINE_CROSS, /* every level of each with every level of the others */
    PARK_COMBINE_LIST,  /* the first levels together, then the second ones */
    PARK_COMBINE_LATIN,
    PARK_COMBINE_SOBOL,
    PARK_COMBINE_RANDOM
} park_combine;

/* What is done at a variation's path. */
typedef enum park_vary { PARK_VARY_SET, PARK_VARY_TIMES, PARK_VARY_ADD, PARK_VARY_OVERLAY } park_vary;

typedef struct park_level {
    const char           *label; /* "x0.9", "+500 m3/d", "wet" */
    const park_tree_node *value; /* what the document says; an overlay's file name, mapping or nothing */
    double                times; /* of TIMES */
} park_level;

typedef struct park_variation {
    const char           *name; /* what variants call it: its `name`, else the path or "overlay" */
    const char           *path; /* NULL: an overlay */
    park_vary             how;
    bool                  drawn;  /* from `law`, in `unit`; else one of the levels */
    park_distribution     law;    /* numbers as written */
    const char           *unit;   /* " CNY/m3": what stands behind the number, "" */
    size_t                levels; /* 0 when drawn */
    park_level           *level;
    const park_tree_node *node;
} park_variation;

/* Variations whose numbers go together. */
typedef struct park_correlation {
    size_t                count;
    size_t               *of;  /* [count] variations */
    double               *rho; /* [count * count] */
    const park_tree_node *node;
} park_correlation;

typedef struct park_study {
    const char           *name; /* "" */
    const park_tree_node *base;
    park_study_job        job;
    size_t                variations;
    park_variation       *variation;
    park_combine          combine;
    size_t                samples; /* of the last three ways */
    uint64_t              seed;
    size_t                correlations;
    park_correlation     *correlation;
    int32_t     *reference; /* [variations] level of the variant that others are compared with; -1 not said */
    size_t       indicators; /* 0: all */
    const char **indicator;
    size_t       series;
    const char **serie; /* patterns: "users.*.flow" */
    double       every; /* [s] of the kept series */
    const park_tree *tree;
} park_study;

enum { PARK_STUDY_VARIATIONS_MOST = 40, PARK_STUDY_VARIANTS_MOST = 10000000 };

/* The number at the head of a quantity's text and what stands behind it ("12000 m3/d" -> 12000, " m3/d"); false when it does not
 * begin with one in plain digits. */
bool park_quantity_split(const char *text, double *number, const char **rest);

#endif
