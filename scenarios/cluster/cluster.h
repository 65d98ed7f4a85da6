/*
 * cluster.h - the ranks of a job that mpirun or srun started: short messages between each and rank 0.
 * The door of MPI is cluster_mpi.c; a build without MPI has cluster_alone.c in its place, which knows one rank.
 * Looks down on: base.
 *
 * A program started alone never calls MPI. A process that was forked must not call anything here; one thread of a rank at a
 * time may.
 */
#ifndef PARK_CLUSTER_H
#define PARK_CLUSTER_H

#include <parkwater/status.h>

#include <stdbool.h>
#include <stddef.h>

typedef struct park_cluster {
    int  rank, ranks;
    bool joined; /* MPI was begun by park_cluster_join */
} park_cluster;

/* What this build's ranks are made of: "Open MPI 4.1", "none". */
const char *park_cluster_library(void);

/* Did a launcher start this process as one of several ranks, and is it the first of them? Both ask the environment alone. */
bool park_cluster_launched(void);
bool park_cluster_first(void);

/**
 * Take part. Started alone: one rank, and MPI is not begun.
 * @return PARK_OK; PARK_E_FILE when MPI cannot be begun; PARK_E_UNSUPPORTED when several ranks were started and this build has no MPI
 */
PARK_MUST_CHECK park_status park_cluster_join(park_cluster *cluster, park_error *err);

/* Send a message of at most 4000 bytes; returns when the bytes may be used again. */
void park_cluster_send(const park_cluster *cluster, int to, const void *bytes, size_t length);
/* A message that has come; false when none has. `most`: room for it. */
bool park_cluster_take(const park_cluster *cluster, int *from, void *bytes, size_t most, size_t *length);

/* Bytes of any number to a rank that looks for them with park_cluster_posted; returns when they may be used again. Apart from the
 * short messages. */
void park_cluster_post(const park_cluster *cluster, int to, const void *bytes, size_t length);
/* Are there some for this rank? Who posted them and how many, to be fetched next. */
bool park_cluster_posted(const park_cluster *cluster, int *from, size_t *length);
void park_cluster_fetch(const park_cluster *cluster, int from, void *bytes, size_t length);

/* The same bytes on all ranks, those of rank `from`. Called by all. */
void park_cluster_share(const park_cluster *cluster, int from, void *bytes, size_t length);

/* All ranks leave together; nothing more is sent. */
void park_cluster_leave(park_cluster *cluster);
/* End the whole job. */
void park_cluster_abort(const park_cluster *cluster, int status);

#endif
