/*
 * region.h - many parks as one province: volumes first, rates last; where they lead year by year, and how sure that is.
 * Math: docs/math/region.md.   Looks down on: status, base (distribution, field).
 *
 *     park_region             what is known: members, years, volumes, value added, products, measures, targets
 *     park_region_sum_year    one known year, inner transfers and double claims taken out
 *     park_region_path        one future: every factor at its median, or as drawn
 *     park_region_project     the central path, the backcast, many draws: bands, attainment, drivers
 *
 * Volumes are m3 per year, value added is CNY per year at the constant prices of one year, rates of growth are 1/a.
 */
#ifndef PARKWATER_REGION_H
#define PARKWATER_REGION_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/distribution.h"
#include "base/field.h"

#include <parkwater/ids.h>
#include <parkwater/status.h>

#include <stdbool.h>
#include <stdint.h>

/* The columns of a member's year. The first four are conventional intake, the next four non-conventional. */
typedef enum park_region_flow {
    PARK_REGION_SURFACE,
    PARK_REGION_GROUND,
    PARK_REGION_TAP,
    PARK_REGION_BOUGHT, /* water products of the market and of other members: steam, hot water, used water */
    PARK_REGION_RECLAIMED,
    PARK_REGION_MINE,
    PARK_REGION_RAIN,
    PARK_REGION_OTHER,
    PARK_REGION_REUSED, /* Vr */
    PARK_REGION_FLOWS
} park_region_flow;

/* What a measure, a trend acts on. */
typedef enum park_region_part {
    PARK_REGION_PART_CONVENTIONAL, /* Vi: the four conventional columns alike */
    PARK_REGION_PART_RECLAIMED,
    PARK_REGION_PART_MINE,
    PARK_REGION_PART_RAIN,
    PARK_REGION_PART_OTHER,
    PARK_REGION_PART_REUSED,
    PARK_REGION_PARTS
} park_region_part;

enum { PARK_REGION_YEARS_MOST = 64 };

typedef struct park_region_member {
    const char *id;
    park_label  label;
    const char *city, *sector; /* NULL: not said */
    bool        large;         /* 规上: counts in the rates of industry above designated size */
    bool        remainder;     /* the rest of industry, not a park */
} park_region_member;

typedef struct park_region_product {
    const char    *id;
    park_label     label;
    park_dimension output; /* of one year's output times seconds: MASS, VOLUME, LENGTH */
} park_region_product;

/* One product of one member. */
typedef struct park_region_making {
    int32_t       member, product;
    const double *output; /* [years] SI per year, up to `known` */
    const double *intake; /* [years] m3/a, up to `known` */
} park_region_making;

/* Water that more than one row counts. */
typedef enum park_region_double {
    PARK_REGION_TRANSFER, /* members sell each other used water: not intake of the region, but reuse */
    PARK_REGION_INNER, /* a plant that reclaims the members' own waste water: reuse, never non-conventional */
    PARK_REGION_CLAIMED /* one plant's water from outside, claimed whole by each of `claims` members: counted once */
} park_region_double;

typedef struct park_region_shared {
    const char        *id;
    park_label         label;
    park_region_double how;
    park_region_flow   as;     /* the receivers' column that holds it */
    size_t             claims; /* CLAIMED: how many members count the whole of it */
    size_t             receivers;
    const int32_t     *receiver; /* [receivers] members */
    const double      *volume;   /* [years] m3/a, up to `known` */
} park_region_shared;

/* f(y): the share of a measure that works in year y [-] = adoption * min(1, (y - start + 1) / ramp), 0 before start. */
typedef struct park_region_measure {
    const char       *id;
    park_label        label;
    int32_t           start;
    double            ramp;     /* [a], 1 or more; 1: whole in its first year */
    park_distribution adoption; /* share of the members' water it reaches at last [-], cut to [0, 1] */
    size_t            members;
    const int32_t    *member;                   /* [members] */
    double            times[PARK_REGION_PARTS]; /* [-] of the part where adopted; 1: none */
    double            add[PARK_REGION_PARTS];   /* [m3/a] for the region at full adoption share 1; 0: none */
    double            to_reuse;                 /* [-] share of the intake it saves that becomes reuse */
    bool              replaces;    /* what is added of non-conventional water takes the place of Vi */
    double            capex, opex; /* [CNY], [CNY/a]; at full adoption */
    double            life;        /* [a] */
} park_region_measure;

/* Rates of change and how unsure they are: rate + sd * standard normal, the same in all years of one draw [1/a]. */
typedef struct park_region_rate {
    double rate, sd;
} park_region_rate;

/* What a member follows: growth of value added, and of what it uses per value added. */
typedef struct park_region_course {
    const char      *id;         /* "default", or the member, sector or city that follows it */
    park_region_rate growth;     /* of this course alone; the whole region's shock comes on top */
    park_region_rate intake;     /* of Vi and non-conventional water per value added */
    park_region_rate reuse;      /* of Vr per value added */
    double           own_growth; /* [1/a] standard deviation of each member's own shock */
} park_region_course;

typedef enum park_region_quantity {
    PARK_REGION_REUSE_RATE,
    PARK_REGION_NON_CONVENTIONAL,
    PARK_REGION_INTAKE,
    PARK_REGION_INTAKE_PER_ADDED,
    PARK_REGION_UNIT_INTAKE, /* of a product */
    PARK_REGION_QUANTITIES
} park_region_quantity;

typedef enum park_region_basis { PARK_REGION_CONVENTIONAL, PARK_REGION_ALL_SOURCES } park_region_basis;

/* One series of the result: a quantity on a basis, of a product where it has one. */
typedef struct park_region_subject {
    park_region_quantity quantity;
    park_region_basis    basis;
    int32_t              product; /* PARK_NONE */
    bool                 large;   /* members above designated size alone */
} park_region_subject;

typedef struct park_region_target {
    const char         *id;
    park_label          label;
    park_region_subject subject;
    int32_t             year;
    double              min, max;   /* SI; -INFINITY, INFINITY */
    double              change;     /* against `since` [-]: -0.12; NAN: absolute */
    int32_t             since;      /* a known year */
    bool                at_least;   /* a change that must be reached upward */
    double              about;      /* 左右: the figure itself, min its lower edge; NAN */
    bool                indicative; /* 预期性 */
} park_region_target;

/* What the document says of its own figures; nothing is computed from it. */
typedef enum park_region_note_kind {
    PARK_REGION_ASSUMED, /* taken for want of a figure */
    PARK_REGION_UNKNOWN, /* what public figures do not say */
    PARK_REGION_QUOTED,  /* as its source has it, and not used */
    PARK_REGION_BY_HAND  /* a target that is counted by hand */
} park_region_note_kind;

typedef struct park_region_note {
    const char           *id;
    park_region_note_kind kind;
    park_label            text;
    const char           *place; /* in its source; NULL */
} park_region_note;

typedef struct park_region {
    park_label label;
    int32_t    base, known, last; /* calendar years, base <= known <= last */
    int32_t    price_year;
    size_t     years; /* last - base + 1 */

    size_t                    members;
    const park_region_member *member;
    const double             *volume;    /* [members * years * FLOWS] m3/a, read up to `known` */
    const double             *added;     /* [members * years] CNY/a, constant prices, read up to `known` */
    const int32_t            *course_of; /* [members] */

    size_t                     products, makings, courses, shares, measures, targets;
    const park_region_product *product;
    const park_region_making  *making;
    const park_region_course  *course;
    const park_region_shared  *shared;
    const park_region_measure *measure;
    const park_region_target  *target;

    size_t                  notes;
    const park_region_note *note;

    double   growth_sd;    /* [1/a] shock that all members share */
    double   volume_error; /* [-] relative standard error of each member's reported intake; 0: none */
    double   reuse_error;  /* [-] the same of its repeated use */
    size_t   draws;
    uint64_t seed;
} park_region;

/* --- one year --- */

typedef struct park_region_year {
    double flow[PARK_REGION_FLOWS];  /* of the region, double counts taken out [m3/a] */
    double plain[PARK_REGION_FLOWS]; /* the members' plain sums [m3/a] */
    double eliminated_intake;        /* plain - region, all intake columns [m3/a] */
    double moved_to_reuse;           /* region - plain of Vr [m3/a] */
    double vi, vih, vr;              /* conventional, non-conventional, reused [m3/a] */
    double reuse_rate[2];            /* by park_region_basis; NAN without water */
    double added;                    /* [CNY/a] */
    double intake_per_added[2];      /* [m3/CNY]; NAN without value added */
    double mean_rate;                /* the mean of the members' rates: wrong, shown as a warning [-] */
    double plain_rate;               /* the plain sums' rate: wrong where water is counted twice [-] */
} park_region_year;

/**
 * The region in one known year.
 * @param large  only members above designated size
 * @return PARK_OK; PARK_E_RANGE for a year outside base..known, or when more is eliminated from a column than it holds
 * Cost O(members). Thread-safe, no allocation. Math: Eq. (Y1)-(Y6).
 */
PARK_MUST_CHECK park_status park_region_sum_year(const park_region *region, int32_t year, bool large,
                                                 park_region_year *sum, park_error *err);

/* Can this region be computed? Shapes, years, indices, laws: PARK_E_RANGE names the first that cannot. */
PARK_MUST_CHECK park_status park_region_check(const park_region *region, park_error *err);

/* --- the future --- */

/* Of the draws in one year; in a known year all are the value itself. */
typedef struct park_region_band {
    double mean, low95, low80, median, high80, high95;
} park_region_band;

typedef enum park_region_factor_kind {
    PARK_REGION_FACTOR_GROWTH,        /* the whole region's growth */
    PARK_REGION_FACTOR_COURSE_GROWTH, /* a course's growth */
    PARK_REGION_FACTOR_COURSE_INTAKE,
    PARK_REGION_FACTOR_COURSE_REUSE,
    PARK_REGION_FACTOR_MEASURE,       /* a measure's adoption */
    PARK_REGION_FACTOR_OWN_GROWTH,    /* a member's own growth */
    PARK_REGION_FACTOR_VOLUME_INTAKE, /* how far off a member's reported volumes are */
    PARK_REGION_FACTOR_VOLUME_REUSE
} park_region_factor_kind;

typedef struct park_region_factor {
    park_region_factor_kind kind;
    int32_t                 index; /* course, measure, member */
} park_region_factor;

/* How the model would have foretold a year that is known, from the base year on. */
typedef struct park_region_backcast {
    int32_t year;
    double  vi[2], vih[2], vr[2], rate[2]; /* known, foretold; rate on all sources */
} park_region_backcast;

typedef struct park_region_attainment {
    double min, max;    /* what is asked, SI (changes resolved) */
    double value;       /* central path in the target's year */
    double lacking;     /* how far the central value is from the nearest bound, 0 when reached, SI */
    bool   known;       /* there are data for it; else nothing is judged and the rest is NAN */
    bool   reached;     /* by the central path */
    double probability; /* share of the draws that reach it */
    double in_band;     /* about: share of the draws within the band around the figure; NAN */
} park_region_attainment;

typedef struct park_region_projection {
    size_t                     years, subjects, factors, targets;
    const park_region_subject *subject; /* [subjects] */
    double                    *central; /* [subjects * years] SI; NAN: does not exist */
    park_region_band          *band;    /* [subjects * years]; known years: the value itself */
    double                    *flow;    /* [years * FLOWS] central volumes of the region [m3/a] */
    double                    *added;   /* [years] central [CNY/a] */
    double *member; /* [members * years * (PARK_REGION_PARTS + 1)] central parts, value added last */
    size_t  backcasts;
    park_region_backcast     *backcast;
    park_region_attainment   *attainment; /* [targets] */
    double                    joint;      /* share of the draws that reach every target with data */
    const park_region_factor *factor;     /* [factors] */
    double *share;   /* [targets * factors] squared correlation with the target's quantity [-] */
    double *what_if; /* [targets * measures] value without that measure, central */
} park_region_projection;

typedef struct park_region_settings {
    int          threads;
    park_cancel *cancel; /* NULL */
    const struct park_peers
        *peers; /* ranks that project the same region and divide the draws (base/ranks.h), NULL: alone */
} park_region_settings;

/**
 * The central path, the backcast and `draws` futures.
 * Draw d of factor f is made by counter (seed, d, f): the same bits for any number of threads and peers,
 * and the whole projection on each of these.
 * @return PARK_OK; PARK_E_RANGE as park_region_check; PARK_E_CANCELLED; PARK_E_MEMORY. What befalls one peer among the draws ends
 * them on all, as PARK_E_CANCELLED on the others
 * Cost O(draws * members * years) + O(draws * targets * factors); memory 8 bytes * draws * subjects * future years.
 * Math: Eq. (Y7)-(Y20).
 */
PARK_MUST_CHECK park_status park_region_project(const park_region          *region,
                                                const park_region_settings *settings, park_arena *arena,
                                                park_region_projection **projection, park_error *err);

/* The subjects of a region, in the order of every result: rates and intake on both bases, products. */
PARK_MUST_CHECK park_status park_region_subjects(const park_region *region, park_arena *arena,
                                                 const park_region_subject **subject, size_t *count,
                                                 park_error *err);

/* Which of the subjects a target speaks of; its basis matters where the quantity has two. 0 when none does (a checked region
 * has none such). */
size_t park_region_subject_find(const park_region_subject *subject, size_t count,
                                const park_region_subject *wanted);

/* --- from the base to a year: why --- */

/* Change of conventional intake between two years [m3/a]: what more value added brings, what the shift between members
 * brings, what their intake per value added brings, each measure by itself. Logarithmic mean weights, so nothing is left
 * over: intake_to - intake_from = activity + structure + intensity + eliminated + sum of measures. */
typedef struct park_region_causes {
    int32_t from, to;
    double  intake_from, intake_to;
    double  activity, structure, intensity; /* intensity without the measures */
    double  eliminated;                     /* what double counts take out, more or less than before */
    double *measure;                        /* [measures] */
} park_region_causes;

/**
 * @param from, to  from < to, within the region's years
 * @return PARK_OK; PARK_E_RANGE; PARK_E_MEMORY
 * Source: Ang (2005), The LMDI approach to decomposition analysis, Energy Policy 33, 867-871. Math: Eq. (Y19)-(Y20).
 */
PARK_MUST_CHECK park_status park_region_explain(const park_region            *region,
                                                const park_region_projection *projection, int32_t from,
                                                int32_t to, park_arena *arena, park_region_causes *causes,
                                                park_error *err);

#endif
