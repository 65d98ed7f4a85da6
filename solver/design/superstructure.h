/*
 * superstructure.h - everything the optimizer may build or use, with finite boxes: the units' average faces season by
 * season, the links that can carry water, bounds of every flow and concentration, and which constituents can be felt
 * where. Written once, read by the rows (formulate.c), the recheck (decode.c) and the check before solving.
 * Math: docs/math/optimization.md, Eq. (O1)-(O8).   Looks down on: units, model.
 *
 * The calls, in order: park_super_new (faces), park_super_boxes (flows, concentrations), park_super_needs.
 * SI throughout; a "traced" constituent is one of the model's or one of the tracers behind them.
 */
#ifndef PARK_DESIGN_SUPERSTRUCTURE_H
#define PARK_DESIGN_SUPERSTRUCTURE_H

#include "units/kind.h"

#include <parkwater/design.h>

/* Conservative shares that targets count by: what was used before, first use of conventional and of other water. */
typedef enum park_tracer {
    PARK_TRACER_USED,
    PARK_TRACER_CONVENTIONAL,
    PARK_TRACER_NONCONVENTIONAL,
    PARK_TRACERS
} park_tracer;

/* An outlet of one unit in one season, its quality rule told per traced constituent. */
typedef struct park_face_outlet {
    int32_t  outlet; /* in the model */
    bool     exits;
    bool     affine;      /* F = alpha Q + beta; else FREE, or REST beside a FREE one */
    bool     rest;        /* not affine and a remainder */
    double   alpha, beta; /* [-], [m3/s] */
    double   lo, hi;      /* [m3/s] */
    uint8_t *rule;        /* [T] park_quality_rule */
    double  *conc, *share, *per_flow, *load, *limit; /* [T], as park_map_outlet */
} park_face_outlet;

typedef struct park_face {
    const park_map   *map;
    double           *in_lo, *in_hi;                                 /* [inlets], margins applied [m3/s] */
    double           *in_limit;                                      /* [inlets*T], margins applied [kg/m3] */
    double           *own_conc, *add, *add_per_flow, *removed_share; /* [T] */
    park_face_outlet *outlet;                                        /* [outlets of the unit] */
    double            lo, hi;                                        /* box of the inlet flow Q [m3/s] */
    bool wide; /* stands for several units: its numbers are ends of theirs, its box is not narrowed by them */
    double size_most; /* of a wide face: the greatest of their sizes */
} park_face;

typedef struct park_super_options {
    bool   loose; /* boxes from physics only, so that an explanation sees every statement as a row */
    bool   tracer[PARK_TRACERS];
    double box_times; /* flows without any bound of their own: this many times all known flows; default 3 */
    const struct park_futures
                 *futures; /* the park in several futures side by side (O70); NULL: as it is written */
    park_robust   robust;  /* what is made least over them; NONE as MEAN */
    const double *best;    /* [futures] for regret: what each could have cost at best [per year] */
    bool          staged;  /* the futures stand in stages of an investment */
    const struct park_standing *standing; /* (O72) sizes decided elsewhere; NULL: free */
    bool                        mixed;    /* futures may differ in what is built: boxes of several parks */
    bool                        unpinned; /* the single-load theorem (O8) is not used */
} park_super_options;

typedef struct park_super {
    const park_model   *model;
    const park_margins *margins; /* NULL: none */
    park_arena         *arena;   /* borrowed */
    park_super_options  options;
    size_t              seasons, units, links, outlets, inlets, constituents, traced;
    /* with futures the rows of time are futures x per, a future's seasons side by side (O70); of a staged park every stage of
     * a future is one, the stages of a future side by side (O140) */
    size_t             futures, per, stages;
    const park_model **future;               /* [futures] each with its own values, otherwise alike */
    const double      *probability;          /* [futures] */
    const double      *share;                /* [stages] of the discounted life */
    double             year;                 /* a future's year [s/a] */
    int32_t            tracer[PARK_TRACERS]; /* its traced index, -1 */
    double            *weight;               /* [S] seconds of a year in the season [s/a] */
    double            *duration;             /* [S] the season's real length [s] */
    park_face         *face;                 /* [S*U] */
    bool              *active;               /* [L] */
    /* active links by donor outlet and by receiving unit: link[start[k]] .. link[start[k+1]-1] */
    size_t  *out_start, *in_start; /* [K+1], [U+1] */
    int32_t *out_link, *in_link;
    double  *link_hi;   /* [S*L] [m3/s] */
    double  *link_most; /* [L] that sizes of pipes are offered for [m3/s]; NULL: the largest link_hi */
    double  *out_hi;    /* [S*K] [m3/s] */
    double  *conc_lo, *conc_hi; /* [S*K*T] of outlets [kg/m3] */
    double  *feed_hi; /* [S*I*T] richest mixture that may arrive, the inlet's own limit not counted */
    double *
        conc_scale; /* [T] program concentration per kg/m3 as another program has it; NULL: its own magnitude */
    double  *known;      /* [S*K*T] a quality that is certain, else NAN */
    bool    *pinned;     /* [K*T] known by Savelski and Bagajewicz: its balance stays a row */
    bool    *need_in;    /* [I*T] the mass that arrives can be felt */
    bool    *need_out;   /* [K*T] the mass that leaves can be felt */
    bool    *in_program; /* [T] */
    double   box_flow;   /* the box given to flows without any bound [m3/s]; 0: none was needed */
    bool    *boxed;      /* [U] its inlet flow has only that box */
    double **spell;  /* [S*U] wet spells of rain sources, ascending [m3]; NULL none. Filled by storm_rows.c */
    size_t  *spells; /* [S*U] */
    bool     single_load; /* the conditions of Savelski and Bagajewicz hold */
    size_t   notes;       /* outside_proof lines */
    size_t   notes_cap;
    park_label *note;
} park_super;

/* A storage's row of time before s, within its future; does s open its future? */
static inline size_t park_super_before(const park_super *super, size_t s)
{
    return s % super->per == 0 ? s + super->per - 1 : s - 1;
}
static inline bool park_super_opens(const park_super *super, size_t s)
{
    return s % super->per == 0;
}
/* The stage that the rows of a future speak of; is it the last? */
static inline size_t park_super_stage(const park_super *super, size_t w)
{
    return w % super->stages;
}
static inline bool park_super_last(const park_super *super, size_t w)
{
    return w % super->stages + 1 == super->stages;
}
/* The seconds of a year that s stands for: of the future `lens`, or (-1) of the expected year over all futures [s/a]. */
static inline double park_super_seconds(const park_super *super, int32_t lens, size_t s)
{
    size_t w = s / super->per;
    double p = lens < 0 ? super->probability[w] : (size_t)lens == w ? 1.0 : 0.0;
    return super->weight[s] * p;
}
static inline double park_super_share(const park_super *super, int32_t lens, size_t s)
{
    return park_super_seconds(super, lens, s) / super->year;
}

#define PARK_SUPER_FACE(super, s, u) (&(super)->face[(size_t)(s) * (super)->units + (size_t)(u)])
#define PARK_SUPER_SK(super, s, k, c)                                                                        \
    (((size_t)(s) * (super)->outlets + (size_t)(k)) * (super)->traced + (size_t)(c))
#define PARK_SUPER_SI(super, s, i, c)                                                                        \
    (((size_t)(s) * (super)->inlets + (size_t)(i)) * (super)->traced + (size_t)(c))

/* Faces of all units in all seasons, margins applied, tracers added, links sorted. PARK_E_RANGE from a unit's map. */
PARK_MUST_CHECK park_status park_super_new(const park_model *model, const park_margins *margins,
                                           const park_super_options *options, park_arena *arena,
                                           park_super **super, park_error *err);
/* Boxes of flows and concentrations by interval propagation; links that can carry nothing are switched off. */
PARK_MUST_CHECK park_status park_super_boxes(park_super *super, park_error *err);
/* The lists of active links by donor and receiver, anew. */
PARK_MUST_CHECK park_status park_super_sort(park_super *super, park_error *err);
/* Largest flow that the size of a unit lets through [m3/s]; INFINITY none. boxes.c */
double park_super_size(const park_super *super, size_t s, size_t u);
/* Range of what a unit's inlets may mix [kg/m3], each inlet's own limit counted when `limited`. */
void park_super_feed(const park_super *super, size_t s, size_t u, size_t c, bool limited, double *lo,
                     double *hi);
/* Which constituents can be felt where (O7), and whether the single-load theorem applies (O8). */
PARK_MUST_CHECK park_status park_super_needs(park_super *super, park_error *err);

/* All three. */
PARK_MUST_CHECK park_status park_super_make(const park_model *model, const park_margins *margins,
                                            const park_super_options *options, park_arena *arena,
                                            park_super **super, park_error *err);

/* A line of what stands outside the proof, once; false out of memory. */
bool park_super_note(park_super *super, park_label text);

/* The mixture of a unit (its MIX outlets for constituent c): F = alpha Q + beta when `affine`. */
typedef struct park_mixture {
    size_t outlets;      /* how many are MIX; 0: none */
    bool   affine;       /* all of their flows are affine */
    bool   proportional; /* and all proportional to Q (beta 0) */
    double alpha, beta;
    /* mixture mass = keep M + flow Q + constant [-], [kg/m3], [kg/s]; all other outlets affine or massless */
    double keep, flow, constant;
    bool   exact; /* false: another outlet carries FIXED mass on a flow that is not affine */
} park_mixture;
park_mixture park_face_mixture(const park_super *super, const park_face *face, size_t outlets, size_t c);

#endif
