/*
 * comparison.h - runs of one park side by side: present, plan, proposals; what each saves, costs and is worth.
 * Math: docs/math/economics.md, Eq. (K15)-(K18).   Looks down on: results (saved.h), quotas, economics, indicators.
 */
#ifndef PARK_COMPARE_COMPARISON_H
#define PARK_COMPARE_COMPARISON_H

#include "compare/quotas.h"
#include "results/saved.h"

#include <parkwater/economics.h>

/* Streams of running cost, in the order in which they are printed. */
typedef enum park_stream {
    PARK_STREAM_WATER,
    PARK_STREAM_DISCHARGE,
    PARK_STREAM_ENVIRONMENT,
    PARK_STREAM_TREATMENT,
    PARK_STREAM_ENERGY,
    PARK_STREAM_CARBON,
    PARK_STREAM_RETROFIT,
    PARK_STREAM_OTHER,
    PARK_STREAMS
} park_stream;

park_label  park_stream_label(park_stream stream);
park_stream park_stream_of(park_cost_line_kind kind);

/* What a swing speaks of, for programs: "capital", "gain", "water" .., "discount", "years". */
const char *park_swing_word(const park_swing *swing);

/* What a run is in the comparison. */
typedef enum park_part { PARK_PART_PRESENT, PARK_PART_PLAN, PARK_PART_PROPOSAL } park_part;

/* Water that a unit rejects: concentrate, brine. */
typedef struct park_concentrate {
    int32_t unit;   /* of the run's model */
    double  water;  /* [m3/a] */
    double *mass;   /* [constituents] [kg/a] */
    double  share;  /* of what entered the unit [-] */
    bool    leaves; /* some of it reaches a sink without another treatment */
} park_concentrate;

typedef struct park_compared {
    const char            *name; /* as the user calls it */
    park_part              part;
    const park_saved      *run;
    const park_model      *model;
    const park_ledger     *ledger;     /* judged: simulated where all runs are, else planned */
    const park_closure    *closure;    /* of it */
    const park_indicators *indicators; /* of it */
    bool                   simulated;
    park_volumes           volumes;
    park_consolidation     consolidation;
    double                 taken[PARK_ORIGIN_NONE]; /* by origin [m3/a], first use */
    double                 running[PARK_STREAMS];   /* [CNY/a] */
    double                 running_sum;
    double                 energy;     /* [J/a] */
    double                 carbon;     /* [kg/a] */
    double                 investment; /* [CNY] */
    double                 intake[2];  /* by park_basis [m3/a] */
    size_t                 concentrates;
    park_concentrate      *concentrate;
    /* against the present; zeros and NAN for the present itself */
    double     saved[2]; /* intake less, by park_basis [m3/a] */
    park_merit merit;
    size_t     swings;
    park_swing swing[PARK_STREAMS + 4];
} park_compared;

typedef struct park_comparison {
    size_t               count;
    park_compared       *run;
    size_t               present; /* index of what all are held against */
    int32_t              plan;    /* -1 */
    const park_quotas   *quotas;
    const park_findings *findings; /* what does not go together, told on the page as well */
    park_basis           basis;    /* of the present: decides cubic metres saved */
    double               discount;
    int32_t              years; /* of service */
    int32_t              price_year;
    bool                 simulated;
} park_comparison;

typedef struct park_comparison_wish {
    size_t             count;
    const char *const *name;    /* [count] distinct */
    const park_saved  *run;     /* [count] */
    size_t             present; /* 0 unless named */
    int32_t            plan;    /* -1 */
    const park_quotas *quotas;
} park_comparison_wish;

/**
 * Put runs side by side.
 * @param findings  what does not go together, all at once: other parks (E0801), price years (E0802), periods (E0803) are
 *                  errors; other bases, discount, class of data, plans beside simulations, rounds that did not agree are
 *                  warnings (W0804)-(W0808), as is a reuse rate that falls though less is taken, or rises though more is (W0809)
 * @return PARK_OK; PARK_E_INPUT when findings carry errors; PARK_E_RANGE; PARK_E_NUMERIC; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_comparison_make(const park_comparison_wish *wish, park_arena *arena,
                                                 park_findings *findings, park_comparison *comparison,
                                                 park_error *err);

/* The indicator of a run by its text (run_names.h); NULL. */
const park_indicator *park_compared_indicator(const park_compared *run, const char *text, park_arena *arena);

/* The quality of the water at a unit's inlets in the year: flow-weighted mean and worst [kg/m3] (hour of the simulated year,
 * else season); NAN where nothing flows. False when the run has no such inlet. */
typedef struct park_arriving {
    double mean, worst, limit; /* limit INFINITY: none */
} park_arriving;
bool park_compared_arriving(const park_compared *run, const char *inlet, const char *constituent,
                            park_arena *arena, park_arriving *arriving);

#endif
