/*
 * batch_run.h - the batch itself: rank 0 deals and keeps the journal, every rank has hands that compute.
 * Docs: docs/user/batch.md, docs/scaling.md.   Looks down on: batch_crew, cluster, deal, journal.
 */
#ifndef PARK_JOBS_BATCH_RUN_H
#define PARK_JOBS_BATCH_RUN_H

#include "batch/deal.h"
#include "batch/journal.h"
#include "cluster/cluster.h"
#include "jobs/batch_hand.h"
#include "study_record.h"

typedef struct park_batch {
    park_job_context *context;
    park_findings     findings;
    park_error        error;
    park_load_options load;
    park_variants     variants;
    park_cluster      cluster;
    const char       *dir;
    park_journal     *journal; /* rank 0 */
    const char       *engine;
    char              base_key[PARK_SHA256_HEX]; /* "" where no base is wanted */
    char (*hash)[PARK_SHA256_HEX];               /* [variants] */
    size_t *twin;                                /* [variants] the first one of the same hash */
    size_t  unique, found;                       /* scenarios; those that were whole before */
    double *seconds;                             /* [variants] NAN: not known */
    /* what this start did */
    size_t   computed, failed, died;
    double   work, write, wait, elapsed;
    uint64_t memory;
} park_batch;

/* Read the study, check it, name every variant. */
park_exit park_batch_open(park_batch *batch, park_job_context *context);
/* Hashes of all variants: rank 0 alone. */
PARK_MUST_CHECK park_status park_batch_name(park_batch *batch);
/* Take the folder, see what is whole, compute what is not. Tells what went wrong. */
park_exit park_batch_run(park_batch *batch);
/* A failure told in the user's language (or as JSON); its exit. */
park_exit park_batch_fail(park_batch *batch, park_status status);
/* The other ranks wait for somebody to tell them: also when nothing came of it. */
void park_batch_dismiss(const park_batch *batch);
/* What ranks other than 0 do until they are told to stop. */
park_exit park_batch_serve(park_batch *batch);

/* The table of what is there. batch_table.c. PARK_OK; PARK_E_FILE; PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_batch_table(park_batch *batch, park_study_record *record);
/* summary.csv. */
PARK_MUST_CHECK park_status park_batch_summary_write(const park_study_record *record, const char *path,
                                                     park_arena *arena, park_error *err);

/* --dry-run and --emit slurm. batch_plan.c */
park_exit park_batch_dry_run(park_batch *batch);
park_exit park_batch_emit(park_batch *batch);

#endif
