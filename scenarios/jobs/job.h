/*
 * job.h - what a subcommand is handed and what it answers.
 * Looks down on: everything below scenarios/.
 */
#ifndef PARK_JOBS_JOB_H
#define PARK_JOBS_JOB_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/finding.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Exit statuses of the contract. */
typedef enum park_exit {
    PARK_EXIT_DONE          = 0,
    PARK_EXIT_INPUT         = 1, /* usage or invalid input; nothing written */
    PARK_EXIT_NUMERIC       = 2,
    PARK_EXIT_INFEASIBLE    = 3,
    PARK_EXIT_FILE          = 4,
    PARK_EXIT_INTERNAL      = 5,
    PARK_EXIT_LIMIT         = 6,
    PARK_EXIT_SOME_FAILED   = 7,
    PARK_EXIT_TARGET_MISSED = 10
} park_exit;

enum { PARK_ARGUMENTS_MOST = 64 };

/* Everything the command line can say; one row per option stands in options.c. */
typedef struct park_options {
    const char *argument[PARK_ARGUMENTS_MOST]; /* files and other words, in order */
    size_t      arguments;
    const char *output;                  /* -o */
    const char *tables;                  /* --tables DIR */
    const char *kind;                    /* new --kind, schema --of */
    const char *network;                 /* export --network ID */
    const char *mapping;                 /* import --mapping FILE */
    const char *from, *template_book;    /* new --from BOOK.xlsx, --template BOOK.xlsx */
    const char *flow_unit;               /* export --flow-unit LPS */
    const char *present, *plan, *quotas; /* compare --present NAME --plan NAME --quotas FILE */
    const char *stepping; /* simulate: "epanet", "adaptive"; NULL: adaptive for parks, epanet for networks */
    const char *checkpoint; /* simulate --checkpoint FILE */
    const char *language;   /* "zh" or "en"; NULL: from the locale */
    const char *allow_path[16];
    size_t      allow_paths;
    double      gap, time_limit, rtol;
    double      min_pressure, fire, age; /* partition [m], [L/s], [h] */
    int64_t     zones, feeds;            /* partition */
    int64_t     ranks;                   /* batch --emit, --dry-run; 0: not said */
    int64_t     work_limit, seed, threads, rounds;
    const char *emit;           /* batch --emit slurm */
    bool        dry_run, force; /* batch */
    bool        json, expand, fail_on_target, no_worth, quiet, verbose, help;
} park_options;

typedef struct park_job_context {
    const park_options      *options;
    int                      argc; /* the command line as given */
    char                   **argv;
    bool                     zh;
    park_arena              *arena;
    park_cancel             *cancel;    /* raised by SIGINT, SIGTERM */
    double                   started;   /* park_clock_seconds */
    bool                     tells_all; /* what the park leaves unused, too: check */
    bool                     silent;    /* nothing is told: the caller reads what was found */
    struct park_ranks       *ranks;     /* others that share the work (base/ranks.h), NULL: alone */
    const struct park_peers *peers;     /* others that do the same job (base/ranks.h), NULL: alone */
} park_job_context;

typedef struct park_job {
    const char *word;
    const char *usage;   /* "run PARK -o DIR" */
    const char *en, *zh; /* one line */
    const char *options; /* words of the options it takes, blank separated; the common ones are understood */
    const char *example;
    size_t      least, most; /* how many arguments */
    bool        output_needed;
    park_exit (*run)(park_job_context *context); /* NULL: not yet in this version */
} park_job;

/* All subcommands, in the order of the contract; ended by word NULL. */
extern const park_job PARK_JOBS[];
const park_job       *park_job_find(const char *word);

park_exit park_job_check(park_job_context *context);
park_exit park_job_simulate(park_job_context *context);
park_exit park_job_simulate_network(park_job_context *context); /* simulate, when it is handed NET.inp */
park_exit park_job_optimize(park_job_context *context);
park_exit park_job_run(park_job_context *context);
park_exit park_job_compare(park_job_context *context);
park_exit park_job_report(park_job_context *context);
park_exit park_job_schema(park_job_context *context);
park_exit park_job_units(park_job_context *context);
park_exit park_job_doctor(park_job_context *context);
park_exit park_job_explain(park_job_context *context);
park_exit park_job_new(park_job_context *context);
park_exit park_job_import(park_job_context *context);
park_exit park_job_export(park_job_context *context);
park_exit park_job_partition(park_job_context *context);
park_exit park_job_batch(park_job_context *context);
park_exit park_job_project(park_job_context *context);

/* Tell findings on standard error from the given one on (that many errors stood before it), unless --json. */
void park_job_tell(const park_job_context *context, const park_findings *findings, size_t from,
                   size_t errors_from);
/* Tell what was found in a park as it was read. Units that are not used and retrofits that are not applicable (W0510, N0530) are
 * counted in a line, unless the job tells all (check), --verbose asks, or the park has mistakes. */
void park_job_tell_park(const park_job_context *context, const park_findings *findings);

/* Tell a failure in the user's language (standard error, or with --json an object on standard output, findings in it), and return
 * its exit. */
park_exit park_job_fail(const park_job_context *context, park_status status, const park_error *error,
                        park_findings *findings);

/* One place maps statuses to exits. */
park_exit park_exit_of(park_status status);
/* 128 + signal when the run was interrupted, else `exit`. */
int park_exit_final(const park_job_context *context, park_exit exit);

#endif
