/*
 * split.h - a program cut into its blocks, tied by prices: what each block is worth, and what that proves of the whole.
 * Math: docs/math/tree.md, Eq. (T30)-(T38).   Looks down on: program, tighten, relax, obbt.
 *
 * A part is one block as a program of its own: its columns, copies of the coupling columns it touches, and every row,
 * product and concave cost among these. A row that reads own columns of two blocks stands in no part; it is priced.
 */
#ifndef PARK_DESIGN_BLOCKS_H
#define PARK_DESIGN_BLOCKS_H

#include "design/relax.h"

typedef struct park_part {
    park_program program;
    int32_t     *col;     /* [program.cols] the column of the whole */
    int32_t     *row;     /* [program.rows] the row of the whole */
    int32_t     *product; /* [program.products] */
    int32_t     *concave; /* [program.concaves] */
    /* of the present prices */
    double      bound; /* proven, -INFINITY: none */
    double     *x;     /* [program.cols] the point behind it */
    bool        has_x;
    bool        known;  /* x is a solution of the part, from which its tree starts */
    double      cutoff; /* Eq. (T34): a point of the part above it is in no better solution of the whole */
    bool        empty;  /* nothing below the cutoff */
    uint64_t    lps, work, nodes;
    uint64_t    took; /* LP iterations of the last work on it: how parts are dealt to ranks */
    park_status status;
} park_part;

typedef struct park_split {
    const park_program *program;
    size_t              parts;
    park_part          *part;
    int32_t            *homes; /* [cols] how many parts hold a column */
    int32_t            *row_homes, *product_homes,
        *concave_homes; /* in how many parts each stands; a row in none is priced */
    double *price;      /* [rows] y of the priced rows; 0 elsewhere */
    double *rest, *bar; /* [cols] e = c - A'y - sum of the parts' costs, and its error, Eq. (T30) */
} park_split;

/* When to stop, and how: shared by the calls below. */
typedef struct park_split_end {
    double             deadline; /* of park_clock_seconds, INFINITY: none */
    const park_cancel *cancel;
    uint64_t           work; /* LP iterations a part may spend in this call, 0: no limit */
    int                threads;
    struct park_ranks *ranks; /* others that may be asked, NULL: alone */
} park_split_end;

/* What is done with a part, by itself. */
typedef enum park_part_task {
    PARK_PART_RELAX,   /* its relaxation */
    PARK_PART_TIGHTEN, /* bounds of its factors by linear programs */
    PARK_PART_TREE,    /* its own tree */
    PARK_PART_IMPROVE  /* a tree from the point it has, to a better one */
} park_part_task;

typedef struct park_shift {
    park_part_task        task;
    const park_split_end *end;
    double                tolerance; /* TREE: what its tree may leave open; IMPROVE: relative gap */
    uint64_t              seed;
} park_shift;

/**
 * Cut a program by its labels. A product or concave cost over two blocks makes its columns coupling ones.
 * @return PARK_OK; *blocks NULL when there are fewer than two blocks; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_split_make(const park_program *program, park_arena *arena,
                                            park_split **blocks);

/* ---- prices: split_price.c ---- */
/* Prices from the duals of a solved relaxation of the whole (T31): the parts' relaxations then sum up to its bound. */
PARK_MUST_CHECK park_status park_split_price_from(park_split *blocks, const park_relax *whole);
/* The parts' points as one, copies averaged; columns that no part holds go where their rest is least. x [cols] */
void park_split_mean(const park_split *blocks, const park_box *box, double *x);
/* How many columns all parts have together: the length of part_slope. */
size_t park_split_copies(const park_split *blocks);
/* The bound's slope at the parts' points, by priced row and by part's column (T35); returns its squared length. */
double park_split_slope(const park_split *blocks, const double *mean, double *row_slope, double *part_slope);
/* Prices moved along a slope, the sum over the copies of a column kept. */
PARK_MUST_CHECK park_status park_split_step(park_split *blocks, const double *row_slope,
                                            const double *part_slope, double step);
/* Costs that nobody carries, over the box, with the priced rows' share (T30): a proven lower bound. */
double park_split_rest(park_split *blocks, const park_box *box);
/* Sum of rest and parts, rounded down. */
double park_split_sum(const park_split *blocks, double rest);

/* ---- work on all parts, shared by threads: split_work.c ---- */
/* One task on one part, with memory of its own: a function of the part's program, bounds, costs, bound and cutoff. */
void park_part_work(park_part *part, const park_shift *shift);
/* Parts take their bounds from the whole's box. */
void park_split_take_box(park_split *blocks, const park_box *box);
/* Each part's relaxation: bound and point. */
PARK_MUST_CHECK park_status park_split_relax(park_split *blocks, const park_split_end *end);
/* Bounds of each part's factors by linear programs under its cutoff, put into the whole's box (T34). */
PARK_MUST_CHECK park_status park_split_tighten(park_split *blocks, const park_split_end *end, park_box *box,
                                               bool *empty);
/* Each part by its own tree, which may leave `tolerance` of cost open; bound and point. x [cols]: a solution of the whole, from
 * whose part each tree starts, or NULL. */
PARK_MUST_CHECK park_status park_split_trees(park_split *blocks, const park_split_end *end, double tolerance,
                                             uint64_t seed, const double *x);
/**
 * Each part anew with all else held at x, to `gap` at most; what wins together or one by one is taken (T36).
 * @param x     in and out, [cols]: an incumbent
 * @param best  in and out, its objective; never grows
 */
PARK_MUST_CHECK park_status park_split_improve(park_split *blocks, const park_split_end *end,
                                               const park_box *box, double gap, uint64_t seed, double *x,
                                               double *best);
/* Cutoffs from the bounds: what the others prove is taken off `best` (T34). */
void park_split_cutoffs(park_split *blocks, double rest, double best);

#endif
