/*
 * node.h - one node of the tree: its store, its queue, and the work on it as a pure function.
 * Looks down on: branch, relax, tighten.
 */
#ifndef PARK_DESIGN_NODE_H
#define PARK_DESIGN_NODE_H

#include "design/branch.h"
#include "design/probe.h"

typedef struct park_node {
    double            bound;
    uint64_t          id;      /* order of birth: breaks ties */
    double           *lo, *hi; /* of the kept columns */
    uint8_t          *basis;   /* relax bytes */
    park_lesson       cut;     /* how it was made: column, side and unit; column -1: not by a cut */
    struct park_node *next;    /* in the list of free ones */
} park_node;

/* Open nodes, least (bound, id) first, and the store they live in. */
typedef struct park_heap {
    park_arena *arena;
    park_node **node;
    size_t      count, capacity;
    size_t      kept, bytes; /* size of one node */
    park_node  *free;
} park_heap;

/* Nodes worked at once, whatever the number of threads and ranks: at least, and where many are open, at most. */
enum { PARK_BATCH = 8, PARK_BATCH_MOST = 64 };

/* What all nodes share. */
typedef struct park_frame {
    const park_program *program;
    const park_box     *root;
    const int32_t      *kept; /* columns whose bounds a node stores: all but lifted ones */
    size_t              kepts;
    park_pseudo        *pseudo;
} park_frame;

/* One thread's workspace. */
typedef struct park_worker {
    park_tighten  tighten;
    park_relax    relax;
    park_brancher brancher;
    park_box      box, probe;
    int32_t      *changed; /* [cols] scratch */
} park_worker;

typedef enum park_outcome_kind {
    PARK_NODE_EMPTY,  /* no point in it, or none that beats the incumbent */
    PARK_NODE_CLOSED, /* its bound is within the gap */
    PARK_NODE_AGAIN,  /* cannot be cut, but shrank after its last relaxation: work it once more */
    PARK_NODE_LEAF,   /* cannot be cut */
    PARK_NODE_SPLIT
} park_outcome_kind;

typedef struct park_outcome {
    park_outcome_kind kind;
    double            bound;
    park_branch       branch;
    double           *lo, *hi; /* [kept], tightened */
    uint8_t          *basis;
    double           *x; /* [cols] the relaxation's point, valid when has_x */
    bool              has_x;
    park_lesson       lesson[2 * PARK_CANDIDATES];
    size_t            lessons;
    double   dropped; /* least bound of halves that were cut away because they are closed; INFINITY: none */
    uint64_t solves, work;
    park_status status;
} park_outcome;

void       park_heap_init(park_heap *heap, park_arena *arena, size_t kept, size_t bytes);
park_node *park_heap_new(park_heap *heap);                /* NULL out of memory */
bool       park_heap_push(park_heap *heap, park_node *n); /* false out of memory */
park_node *park_heap_pop(park_heap *heap);                /* NULL when empty */
void       park_heap_release(park_heap *heap, park_node *n);

/* The columns whose bounds nodes keep, and what is borrowed. */
PARK_MUST_CHECK park_status park_frame_make(park_frame *f, const park_program *p, const park_box *root,
                                            park_pseudo *pseudo, park_arena *arena);
PARK_MUST_CHECK park_status park_worker_make(park_worker *w, const park_links *links, park_arena *arena);
PARK_MUST_CHECK park_status park_outcome_make(park_outcome *out, const park_frame *f, size_t bytes,
                                              park_arena *arena);

/**
 * Tighten, relax, solve, tighten by reduced costs, choose the cut.
 * @param close  a node with a bound above this is closed
 */
void park_node_work(park_worker *w, const park_frame *f, const park_node *node, double close,
                    park_outcome *out);

/* Tighten w->box by the reduced costs of the last relaxation; the number of columns changed, listed in
 * w->changed. */
size_t park_node_tighten_by_costs(park_worker *w, const park_frame *f, double close);

#endif
