/*
 * variant.h - one variant of a study, computed in memory: the recipe of its job, and the row that its shard holds.
 * Looks down on: recipe, study, study_record.
 */
#ifndef PARK_JOBS_VARIANT_H
#define PARK_JOBS_VARIANT_H

#include "jobs/job.h"
#include "run_record.h"
#include "study/variants.h"
#include "study_record.h"

#include <parkwater/design.h>

enum { PARK_REASON_MOST = 520 };

/* How a variant ended without a row. */
typedef struct park_variant_end {
    park_exit exit;
    char      reason[PARK_REASON_MOST]; /* one English sentence */
} park_variant_end;

/* What every variant is computed with. */
typedef struct park_variant_settings {
    const park_variants *variants;
    const park_options  *options; /* limits and tolerances; the rest is not read */
    park_cancel         *cancel;
    const park_design   *start; /* the base's design, to start from where the variant has its shape; NULL */
} park_variant_settings;

/**
 * Compute variant i (variants->count: the base itself). Deterministic: depends on nothing computed before.
 * @param arena  owns the row
 * @param row    out, on PARK_EXIT_DONE; the hash is the caller's
 * @param end    out: exit, and the reason where it is not PARK_EXIT_DONE
 * @param design out, may be NULL: the design found, arena-owned; NULL without one
 */
void park_variant_compute(const park_variant_settings *settings, size_t i, park_arena *arena,
                          park_variant_row *row, park_variant_end *end, const park_design **design);

/* Program, job and settings, for the hash of each variant; `base` is the hash of the base where its design is the start. */
const char *park_variant_engine(const park_variants *variants, const park_options *options, const char *base,
                                park_arena *arena);

/* The base's design as bytes, as far as others start from it; count 0: it has none. PARK_OK; PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_start_write(const park_design *design, park_arena *arena, const void **bytes,
                                             size_t *count, park_error *err);
/* NULL in *design: the base has none. PARK_OK; PARK_E_RANGE for other bytes; PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_start_read(const void *bytes, size_t count, const park_model *base,
                                            park_arena *arena, park_design **design, park_error *err);
/* Does the job start from the base's design? */
bool park_start_wanted(const park_study *study);

/* The series of `rows` that the study keeps, into the row. PARK_OK; PARK_E_MEMORY. variant_series.c */
PARK_MUST_CHECK park_status park_variant_series(const park_study *study, const park_model *model,
                                                const park_rows *rows, park_arena *arena,
                                                park_variant_row *row, park_error *err);
/* Seconds between the rows that the simulation should make for what is kept. */
int64_t park_variant_output(const park_study *study);

#endif
