/*
 * seek.h - where the tree looks for points: local searches (local.h) from the root's relaxation, from drawn
 * concentrations, from relaxed points of nodes, several at a time.
 * Math: docs/math/tree.md, Eq. (T17)-(T18).   Looks down on: incumbent, local, node.
 *
 * The searches are as many whatever the number of threads, each with its own linear program, and what they find is taken
 * in by number, so that threads change nothing. Only park_seek_wanted may be called beside other work.
 */
#ifndef PARK_DESIGN_SEEK_H
#define PARK_DESIGN_SEEK_H

#include "design/incumbent.h"
#include "design/local.h"
#include "design/node.h"

enum { PARK_SEEKERS = 4 };

/* Searches by one thread. */
typedef struct park_seeker {
    park_local      local;
    double         *x, *trial; /* [cols] the best it found, scratch */
    double          objective;
    bool            found, limits;
    const double   *start; /* NULL: nothing to do */
    const park_box *box;
    uint64_t        dearest; /* iterations of one search */
} park_seeker;

typedef struct park_seekers {
    const park_program       *program; /* borrowed, all four */
    const park_tree_settings *settings;
    const park_box           *root;
    park_incumbent           *incumbent;
    int                       threads;
    double                    deadline; /* of park_clock_seconds */
    park_seeker               seeker[PARK_SEEKERS];
    double                   *point;  /* [cols] scratch */
    double  *wanted[PARK_BATCH_MOST]; /* [cols] points to search from, beside the next batch */
    size_t   wants, rooms;            /* rooms: places of `wanted` that are made */
    double  *at;                      /* [cols] the point that is varied next */
    double   at_value;                /* its objective, INFINITY: none */
    int      idle;                    /* points varied since one was better than the incumbent */
    uint64_t rounds;                  /* of points varied */
    double   varied;                  /* iterations times rows spent on them */
    uint64_t searches;
    uint64_t dearest; /* iterations of one search */
    uint64_t mended;  /* iterations that mending took */
    uint64_t shared;  /* iterations that a second thread takes over */
    bool     early;   /* the clock or an interrupt cut mending or varying short */
} park_seekers;

/* The fields up to `deadline` are the caller's. On failure, too, each seeker's `local` is to be freed, by the thread that
 * searched with it. */
PARK_MUST_CHECK park_status park_seekers_make(park_seekers *k, park_arena *arena);
/* Room for so many wanted points. */
PARK_MUST_CHECK park_status park_seekers_room(park_seekers *k, size_t wants, park_arena *arena);

/* Iterations of all searches so far, without mending. */
uint64_t park_seekers_work(const park_seekers *k);

/* Does the recheck choose whole numbers that suit a point's flows? Then a relaxed point may be an answer as it is. Where
 * columns decide it costs a plan. */
bool park_seek_rechecks(const park_seekers *k);

/* Stage 3 of the tree: the first points, until one is near the root's bound.
 * @param relaxed  [cols] the point of the root's relaxation, NULL: none
 * @param bound    of the root
 * @param most     iterations times rows that may be spent
 * @param left     iterations until the tree's limit, 0: there is none
 * @param over     asked between searches: is a limit met?
 */
void park_seek_first(park_seekers *k, const double *relaxed, double bound, double most, uint64_t left,
                     bool (*over)(void *), void *user);
/* Where columns of the root's box have no bounds: searches from points as if they ended far away. */
void park_seek_unbounded(park_seekers *k);
/* What stands near a relaxed point that misses something. left: as above. */
void park_seek_near(park_seekers *k, const double *x, uint64_t left);
/* (T85) Points varied from the incumbent or from what is hardly worse (park_program.vary), until `most` iterations times rows
 * are spent; left: iterations that a limit leaves, 0: no limit. */
void park_seek_varied(park_seekers *k, double most, uint64_t left);
/* A search at once. Where columns decide, their recheck finds the plan that goes with them. */
void park_seek_from(park_seekers *k, const double *start, bool limits);

/* A search beside the next batch: room for it was made. */
void park_seek_want(park_seekers *k, const double *start);
/* The wanted searches of seeker i. Any thread, one a seeker. */
void park_seek_wanted(park_seekers *k, size_t i);
/* What was wanted has been searched: what was found is taken in. */
void park_seekers_collect(park_seekers *k);

#endif
