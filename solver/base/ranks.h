/*
 * ranks.h - the other ranks of a job as long work sees them: bytes go out, bytes come back. Whoever starts the job fills it in;
 * work knows no MPI.   Looks down on: nothing.
 *
 * What is asked of a rank is asked in bytes alone and answered as a pure function of them, so it does not matter to an answer
 * which rank gave it, nor how many there are. One thread of rank 0 asks; no other calls anything here.
 */
#ifndef PARK_BASE_RANKS_H
#define PARK_BASE_RANKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What one rank has done so far, for reports. */
typedef struct park_rank_tally {
    uint64_t nodes, parts; /* of trees; of programs cut into blocks */
    uint64_t work;         /* LP iterations of both */
    uint64_t messages;     /* to it and from it */
    uint64_t sent, taken;  /* bytes to it, from it */
} park_rank_tally;

typedef struct park_ranks {
    int others; /* ranks 1 .. others may be asked; 0: alone */
    /* Bytes to a rank that owes no answer; they may be used again when this returns. `asks`: they will be answered. */
    void (*send)(void *user, int to, const void *bytes, size_t length, bool asks);
    /* Wait for the next answer of any rank; its bytes stay until the next call. False: given up, because the job is being
     * interrupted; no answer comes any more. */
    bool (*take)(void *user, int *from, const void **bytes, size_t *length);
    void            *user;
    uint64_t         last;  /* number of the last thing asked: answers to earlier ones are old */
    park_rank_tally *tally; /* [others + 1], rank 0 first */
} park_ranks;

/* Ranks that all do the same work and divide one part of it among them. */
typedef struct park_peers {
    int rank, ranks;
    /* The bytes of rank `from` become those of all. Called by all alike. */
    void (*share)(void *user, int from, void *bytes, size_t length);
    void *user;
} park_peers;

#endif
