/*
 * batch_hand.h - a hand of a batch: the process that computes variants, writes their shards and never calls MPI.
 * Looks down on: variant, shard.
 *
 * Orders come in by one pipe, reports go out by another, each a record of fixed size below PIPE_BUF, so that none is torn. A variant
 * that takes long has a shard of its own; short ones are gathered and written together, and only then reported as stored.
 */
#ifndef PARK_JOBS_BATCH_HAND_H
#define PARK_JOBS_BATCH_HAND_H

#include "jobs/variant.h"

typedef enum park_hand_word {
    /* orders */
    PARK_HAND_COMPUTE = 1,
    PARK_HAND_BASE, /* compute the base's design and keep it */
    PARK_HAND_KILL, /* to a rank: end the hand at once, it stalls */
    PARK_HAND_STOP, /* to a rank: the batch is over */
    /* reports */
    PARK_HAND_HELLO,    /* of a rank: `text` says which study it reads */
    PARK_HAND_COMPUTED, /* its row exists in memory */
    PARK_HAND_STORED,
    PARK_HAND_FAILED, /* it has no result, for the reason in `text` */
    PARK_HAND_BASED,  /* the base's design is kept, exit says how it went */
    PARK_HAND_BROKEN, /* a shard could not be written: nothing more can be done */
    PARK_HAND_DIED,   /* of a crew: the process ended, `text` says how; another stands in its place */
    PARK_HAND_LEFT    /* of a rank: it cannot go on */
} park_hand_word;

typedef struct park_hand_order {
    int32_t word, hand;
    int64_t variant;
    char    hash[PARK_SHA256_HEX];
} park_hand_order;

typedef struct park_hand_report {
    int32_t  word, hand;
    int64_t  variant;
    double   seconds;           /* of the variant */
    double   work, write, wait; /* of the hand so far [s] */
    uint64_t memory;            /* most it ever held [bytes] */
    int32_t  exit, row;
    char     shard[84];
    char     text[PARK_REASON_MOST];
} park_hand_report;

/* What a hand works with. */
typedef struct park_hand_task {
    const park_variants *variants;
    const park_options  *options;
    const char          *dir, *base_key; /* key of the base's design in DIR/base; NULL: none is wanted */
} park_hand_task;

/* Work until `orders` ends; never returns. Called in a process of its own, whose parent's end ends it within a second. */
_Noreturn void park_hand_work(const park_hand_task *task, int32_t hand, int orders, int reports);

/* Read or write all of a record: false at the end of the pipe. */
bool park_pipe_read(int file, void *record, size_t size);
bool park_pipe_write(int file, const void *record, size_t size);

#endif
