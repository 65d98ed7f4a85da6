/*
 * errand.h - what other ranks do for a tree: nodes of a batch, parts of a program cut into blocks. Asked and answered in bytes,
 * so that an answer is a pure function of what asked for it. Math: docs/math/tree.md, Eq. (T71)-(T73).
 * Looks down on: node, split, base/ranks, base/tape.
 */
#ifndef PARK_DESIGN_ERRAND_H
#define PARK_DESIGN_ERRAND_H

#include "base/ranks.h"
#include "base/tape.h"
#include "design/node.h"
#include "design/split.h"

/* ---- asking: errand.c, on rank 0 ------------------------------------------------------------------------ */

/* What a rank knows of a tree. */
typedef struct park_errand_rank {
    uint64_t root;  /* version of the root's box */
    bool     fresh; /* it learned all but what the last batch taught */
    bool     owes;  /* an answer to this batch */
} park_errand_rank;

/* The nodes of one tree, as far as other ranks work them. */
typedef struct park_errands {
    park_ranks       *ranks; /* borrowed; NULL: alone */
    park_arena       *arena;
    uint64_t          id;      /* of the program at the others; 0: not sent */
    uint64_t          batches; /* so far */
    uint64_t          root;    /* version of the root's box, from 1 on */
    uint64_t          number;  /* of the batch's errand */
    park_lesson      *lesson;  /* of the last batch, in the order they were learned */
    size_t            lessons, lessons_cap;
    park_errand_rank *rank; /* [others + 1] */
} park_errands;

/* What a batch is worked with. */
typedef struct park_errand_batch {
    const park_frame *frame;
    size_t            bytes; /* of a node's basis */
    park_node       **node;  /* [count] */
    park_outcome     *outcome;
    int              *at; /* [count] out: the rank that works it */
    size_t            count;
    int               threads; /* of each rank */
    double            close;   /* nodes above it are closed */
    double            seconds; /* that are left [s], INFINITY: no limit */
} park_errand_batch;

PARK_MUST_CHECK park_status park_errands_begin(park_errands *e, park_ranks *ranks, park_arena *arena);
/* A lesson that all ranks must learn before the next batch. */
PARK_MUST_CHECK park_status park_errands_learn(park_errands *e, const park_lesson *lesson);
/* Give nodes away: a tree's first batches stay here, then each rank gets as many as it has threads, in turns. */
PARK_MUST_CHECK park_status park_errands_send(park_errands *e, const park_errand_batch *batch);
/**
 * Wait for them. A node whose outcome does not come any more (the job is being interrupted) comes back as it was, to be
 * worked again.
 * @return PARK_OK; PARK_E_MEMORY, or how another rank failed
 */
PARK_MUST_CHECK park_status park_errands_take(park_errands *e, const park_errand_batch *batch);
/* The others forget the program. */
void park_errands_end(park_errands *e);

/**
 * Work on parts, shared by ranks and by threads of this one: bound, point, counts and bounds of columns as split_work.c leaves
 * them, in every part.
 * @param part  [count] each with a program; x [program.cols]
 */
PARK_MUST_CHECK park_status park_errand_parts(park_part *const *part, size_t count, const park_shift *shift);

/* ---- answering: errand_answer.c, on every other rank ------------------------------------------------------ */

typedef struct park_answerer park_answerer;

/* @param cancel  raised: what is at work ends soon, as at a deadline. Borrowed, may be NULL */
PARK_MUST_CHECK park_status park_answerer_new(int threads, const park_cancel *cancel, park_answerer **a);
void                        park_answerer_free(park_answerer *a);
/**
 * Do what the bytes ask. Called by one thread, always the same.
 * @param arena   owns the answer
 * @param length  out: 0 where nothing is to be answered
 * @return PARK_OK; a failure of the work is in the answer. PARK_E_MEMORY: not even that could be written
 */
PARK_MUST_CHECK park_status park_answer(park_answerer *a, const void *bytes, size_t count, park_arena *arena,
                                        const void **answer, size_t *length);

/* ---- both: errand_tape.c ---------------------------------------------------------------------------------- */

/* What bytes ask for. */
typedef enum park_errand_word {
    PARK_ERRAND_OPEN = 1,
    PARK_ERRAND_CLOSE,
    PARK_ERRAND_NODES,
    PARK_ERRAND_PARTS
} park_errand_word;

typedef struct park_errand_head {
    park_errand_word word;
    park_status      status; /* of an answer */
    uint64_t         number; /* of the errand */
    uint64_t         id;     /* of the program */
    double           seconds, close, tolerance;
    uint64_t         work, seed;
    int32_t          task;  /* park_part_task */
    int32_t          count; /* nodes, parts */
} park_errand_head;

/* Each writes its thing to a tape or reads it from one; reading makes arrays in the arena. */
void park_tape_program(park_tape *t, park_program *p, park_arena *arena);
void park_tape_node(park_tape *t, park_node *n, size_t kepts, size_t bytes);
void park_tape_outcome(park_tape *t, park_outcome *o, size_t kepts, size_t cols, size_t bytes);
/* Of a part all but its program's rows; `asked`: the question, else the answer. x must be there. */
void park_tape_part(park_tape *t, park_part *part, park_part_task task, bool asked);

#endif
