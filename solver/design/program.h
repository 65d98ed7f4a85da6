/*
 * program.h - the optimization problem as the tree sees it: linear rows, products, concave costs, integers.
 * Knows nothing about water; formulate.c writes it, relax.c, tighten.c and tree.c solve it.
 * Math: docs/math/tree.md.   Looks down on: base.
 *
 *     minimize    sum_j cost_j x_j + constant
 *     subject to  row_lo <= A x <= row_hi,   col_lo <= x <= col_hi,   x_j integer for some j
 *                 x[product.w] = x[product.flow] * x[product.conc]          for every product
 *                 x[concave.t] >= scale * (x[concave.x] / reference)^exponent, 0 < exponent <= 1
 *
 * Scaling: the formulation hands over numbers in magnitudes near 1 (its own choice of units); the tree does
 * not rescale the data, only its LPs.
 */
#ifndef PARK_DESIGN_PROGRAM_H
#define PARK_DESIGN_PROGRAM_H

#include "base/arena.h"
#include "base/clock.h"

#include <parkwater/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a column stands for: chooses the branching order and what local search may fix. */
typedef enum park_col_class {
    PARK_COL_FLOW,   /* a flow or volume: branched last */
    PARK_COL_CONC,   /* a concentration: branched first */
    PARK_COL_LIFTED, /* a product */
    PARK_COL_SIZE,   /* a capacity, argument of a concave cost */
    PARK_COL_CHOICE, /* 0/1 or a small integer */
    PARK_COL_OTHER
} park_col_class;

typedef struct park_product {
    int32_t w, flow, conc; /* columns; x[w] = x[flow] * x[conc] */
    bool    whole; /* where x[flow] is zero, so are the flows of all products of conc, and x[conc] may be any
                      number of its box: its bounds need hold only where there is flow (T59) */
} park_product;

typedef struct park_concave {
    int32_t t, x;                       /* columns */
    double  scale, reference, exponent; /* scale >= 0, reference > 0, 0 < exponent <= 1 */
} park_concave;

/* When a search for points ends, and what it took. */
typedef struct park_search_end {
    double             deadline; /* of park_clock_seconds; INFINITY: none */
    const park_cancel *cancel;   /* borrowed, may be NULL */
    uint64_t           most;     /* iterations, 0: no limit but the search's own */
    int                threads;  /* below 1: one. Never changes an answer */
    bool               stands;   /* in and out: a point is known. Only then does `most` end a search */
    uint64_t took, shared; /* in and out: iterations so far, and what a second thread takes over of them */
    bool     early;        /* out: the clock or an interrupt ended it, so the answer cannot be reproduced */
} park_search_end;

typedef struct park_program {
    /* columns, shape [cols] */
    size_t  cols, cols_cap;
    double *col_lo, *col_hi; /* may be infinite; tighten.c derives a finite box or says which has none */
    double *cost;
    park_col_class *col_class;
    bool           *integer;
    const char    **col_name; /* for messages and logs; may be NULL */
    int32_t
          *block; /* [cols] the block (season) a column belongs to, -1: couples blocks; NULL: not told. Set by
                               the formulation when all columns stand; only speed depends on it */
    size_t block_cols; /* columns that had been told when labels were given; later ones couple. 0: all */
    /* rows in compressed form: entries of row r are start[r] .. start[r+1]-1 */
    size_t   rows, rows_cap;
    double  *row_lo, *row_hi;
    size_t  *start; /* [rows + 1] */
    size_t   entries, entries_cap;
    int32_t *index;
    double  *value;
    int32_t *statement; /* [rows] the user's statement behind the row (targets, limits ...), -1: physics */
    bool    *redundant; /* [rows] implied by the others with the products exact (the overall balances, RLT) */
    const char **row_name;
    /* products and concave costs */
    size_t        products, products_cap;
    park_product *product;
    size_t        concaves, concaves_cap;
    park_concave *concave;
    double        constant;
    /* bounds that are a user's statement (a capacity, a licence), for the explanation: col -> statement or -1
     */
    int32_t *col_lo_statement, *col_hi_statement;
    size_t   statements; /* how many statements are named */
    /* [statements] for the explanation: demands, which give by falling alone, so that their rows and bounds give only below.
     * NULL: all give both ways */
    const bool *falls;

    park_arena *arena; /* borrowed */
    /**
     * Exact recheck in the original equations, given by the formulation; may be NULL (then the tree checks
     * the rows, bounds, products and concave costs themselves at 1e-8 relative). Takes a candidate x [cols];
     * may repair its dependent columns in place (flows and choices stay, the linear concentration system is
     * solved); returns true when everything holds and sets *objective. Thread-safe.
     */
    bool (*recheck)(const void *user, double *x, double *objective);
    /**
     * A point near x [cols] that recheck accepts, in its place; may be NULL. Costs some linear programs; deterministic unless
     * end->early. Not called by threads.
     */
    bool (*mend)(const void *user, park_search_end *end, double *x, double *objective);
    const void *user;
} park_program;

/* Builders: each returns the new index, or -1 out of memory. Names are borrowed. */
void    park_program_init(park_program *p, park_arena *arena);
int32_t park_program_col(park_program *p, park_col_class cls, double lo, double hi, double cost,
                         const char *name);
int32_t park_program_integer(park_program *p, double lo, double hi, double cost, const char *name);
/* Entries may repeat a column (merged) and may be zero (dropped); every number must be finite. */
int32_t park_program_row(park_program *p, double lo, double hi, size_t count, const int32_t *index,
                         const double *value, int32_t statement, const char *name);
int32_t park_program_product(park_program *p, int32_t w, int32_t flow, int32_t conc);
int32_t park_program_concave(park_program *p, int32_t t, int32_t x, double scale, double reference,
                             double exponent);

/* The product's flow is all that conc goes with. */
void park_program_whole(park_program *p, int32_t product);
/* Once all rows stand: withdrawn where conc stands in one. False: out of memory. */
bool park_program_withdraw_whole(park_program *p);

/**
 * Is the program well formed? NaN, bounds that cross, columns that do not exist, a fractional exponent out of
 * (0, 1].
 * @return PARK_OK, PARK_E_RANGE naming the place
 */
PARK_MUST_CHECK park_status park_program_check(const park_program *p, park_error *err);

/**
 * The original equations at a point: by p->recheck where the formulation gave one; else integers are rounded,
 * lifted columns and concave costs recomputed, and bounds, rows and integrality tested at 1e-8 relative to
 * the size of their terms.
 * @param x          [cols]; dependent columns are repaired in place
 * @param objective  out, set when true comes back
 */
bool park_program_recheck(const park_program *p, double *x, double *objective);

/* ---- solving: tree.c ---------------------------------------------------------------------------------- */

/* Does a program of several blocks go block by block (decompose.h)? */
typedef enum park_tree_blocks {
    PARK_BLOCKS_BY_SIZE, /* when it is large; a rule of counts alone */
    PARK_BLOCKS_NEVER,
    PARK_BLOCKS_ALWAYS /* where labels allow it */
} park_tree_blocks;

/* Places of a root's relaxation, one byte a column, row and envelope: where the relaxation of a like program begins. */
typedef struct park_root {
    const uint8_t *basis;
    size_t         bytes; /* columns + rows + 4 products + concave costs; another count is not used */
} park_root;

typedef struct park_tree_settings {
    double   gap;        /* relative gap at which to stop [-]; default 1e-2 */
    double   time_limit; /* [s], INFINITY: none */
    uint64_t work_limit; /* LP iterations, 0: none. Deterministic, unlike the clock */
    double   cutoff;     /* objective of a known solution elsewhere: only better ones count; INFINITY: none */
    double   known_bound; /* proven elsewhere: no point of this program is below it; -INFINITY: none */
    int      threads;     /* >= 1; never changes the answer */
    uint64_t seed;
    const double *start; /* [cols] a point to start from (an earlier incumbent), or NULL */
    park_root     root;  /* of a like program solved before; its basis NULL: none */
    /* called from the caller's thread between batches; returns true to stop (interrupt). May be NULL */
    bool (*progress)(void *user, double incumbent, double bound, double gap, uint64_t nodes, double seconds);
    void              *progress_user;
    const park_cancel *cancel; /* raised: stop soon, as at a deadline. May be NULL */
    /*
     * Whole columns that make a program of their own each time they are fixed [cols], or NULL. A node in which all of them
     * are is handed to `settle` from the caller's thread: `fixed` [cols] has their values, `best` the objective to beat. It
     * sets a proven lower bound of the node and, where it knows a point, x [cols] and *found. It may take `left` iterations
     * (0: no limit). Returns false to leave the node to the tree.
     */
    const bool *decides;
    bool (*settle)(void *user, const double *fixed, double best, uint64_t left, double *bound, double *x,
                   bool *found);
    void *settle_user;
    const uint64_t *
        beside; /* iterations that recheck and settle count here as they take them: they are in the limit and not
                               in the result's work; NULL: they take none */
    park_tree_blocks blocks;
    struct park_ranks
          *ranks;      /* others that share the work (base/ranks.h), NULL: alone; never changes the answer */
    size_t fail_after; /* for tests: the n-th allocation inside fails, and all after it; 0: none */
} park_tree_settings;

typedef enum park_tree_status {
    PARK_TREE_OPTIMAL, /* gap <= 1e-4 (or the smaller gap asked for) */
    PARK_TREE_GAP_REACHED,
    PARK_TREE_LIMIT_FEASIBLE, /* stopped at a limit or interrupted, with a solution */
    PARK_TREE_INFEASIBLE,     /* proven */
    PARK_TREE_LIMIT_NO_SOLUTION,
    PARK_TREE_CUTOFF /* proven: nothing better than the cutoff */
} park_tree_status;

typedef struct park_tree_result {
    park_tree_status status;
    double          *x;         /* [cols], arena-owned; NULL without a solution */
    double           objective; /* of x by recheck; NAN without */
    double           bound;     /* proven lower bound, rounded outward; -INFINITY when none */
    double           root_bound;
    double           gap; /* |objective - bound| / max(|objective|, tiny); INFINITY without a solution */
    uint64_t         nodes, lps, work;
    uint64_t
        shared; /* of the work: what a second thread takes over at least, whatever the number of threads (T76) */
    double    seconds;
    bool      reproducible;  /* false when the clock or an interrupt ended it */
    int32_t   unbounded_col; /* a column for which no finite box could be derived, or -1 */
    park_root root;          /* arena-owned; its basis NULL: not relaxed */
} park_tree_result;

void park_tree_settings_default(park_tree_settings *settings);

/**
 * Spatial branch and bound with safe bounds.
 * @param arena   owns result->x and result->root
 * @return PARK_OK (look at result->status); PARK_E_MEMORY; PARK_E_RANGE for a program that is not well formed
 *         (NaN, lo > hi written by the caller, a product over missing columns); PARK_E_NUMERIC when no LP
 * could be solved at all Deterministic: the same program and settings give the same bits for any number of
 * threads, unless the clock or an interrupt ended it.
 */
PARK_MUST_CHECK park_status park_tree_solve(const park_program *program, const park_tree_settings *settings,
                                            park_arena *arena, park_tree_result *result, park_error *err);

/* ---- explaining: explain.c ----------------------------------------------------------------------------- */

typedef struct park_conflict {
    size_t   count;
    int32_t *statement;   /* [count] an irreducible set of statements that cannot hold together (relaxation or
                           tree) */
    double  *relaxation;  /* [count] by how much each alone would have to give, in its row's unit; NAN: not
                           enough alone */
    double  *violation;   /* [count] share of the smallest weighted violation found by the elastic problem */
    double  *missed;      /* [count] by how much each is missed there, in its row's unit; NAN: not measured */
    double  *elastic;     /* [cols] the point of that answer; NULL */
    double **relaxed;     /* [count][cols] the point at which each alone gave; NULL where there was none */
    bool     irreducible; /* every proper subset was shown feasible (in the relaxation) */
} park_conflict;

/**
 * Why a program has no solution: elastic problem, then a deletion filter over the statements.
 * @return PARK_OK with conflict->count == 0 when physics alone (no statement) is infeasible or when nothing
 * was found
 */
PARK_MUST_CHECK park_status park_program_explain(const park_program       *program,
                                                 const park_tree_settings *settings, park_arena *arena,
                                                 park_conflict *conflict, park_error *err);

#endif
