/*
 * run_record.h - everything one run of the main job knows, borrowed, for the writers of results and reports.
 * Looks down on: the public interface.
 */
#ifndef PARK_IO_RUN_RECORD_H
#define PARK_IO_RUN_RECORD_H

#include <parkwater/bound.h>
#include <parkwater/design.h>
#include <parkwater/indicators.h>
#include <parkwater/running.h>
#include <parkwater/simulate.h>

typedef struct park_provenance {
    const char *version;   /* "0.1.0" */
    const char *commit;    /* may be "" */
    const char *build;     /* compiler and flags */
    const char *libraries; /* "SUNDIALS 6.4.1, GLPK 5.0, ..." */
    const char *command;   /* the command line as given */
    const char *input_path;
    const char *input_sha256;  /* of the scenario file and each file it reads, "path sha256" a line */
    const char *resolved_yaml; /* the scenario with includes merged and defaults shown */
    const char *language;      /* "zh" or "en" */
    uint64_t    seed;
    int         threads, ranks;
    double      gap, rtol;
    /* wall-clock facts: kept apart so that the rest compares bit-equal */
    const char *started, *ended; /* ISO 8601 UTC */
    double      seconds;
    uint64_t    peak_memory; /* bytes */
} park_provenance;

/* One round of optimize-simulate-repair. */
typedef struct park_round {
    int    number; /* from 1 */
    double objective, bound, gap;
    size_t violations;
    double worst_share;                  /* of the worst violation, relative to its limit */
    size_t margins;                      /* changed after this round */
    double simulated_from, simulated_to; /* share of the period that was marched, 0..1 */
    const park_violation
        *violation; /* [violations] what the round's simulation contradicted, worst first; may be NULL */
} park_round;

/* What a contradiction is about. */
typedef enum park_contradiction {
    PARK_CONTRADICTION_CAPACITY, /* too little comes or goes: demands, spills, capacities, licences */
    PARK_CONTRADICTION_QUALITY,  /* peaks of concentration */
    PARK_CONTRADICTION_STORAGE,  /* dry or overflowing */
    PARK_CONTRADICTION_PRESSURE,
    PARK_CONTRADICTION_RECOVERY, /* less was gained than promised */
    PARK_CONTRADICTIONS
} park_contradiction;

park_contradiction park_contradiction_of(const park_violation *violation);
park_label         park_contradiction_label(park_contradiction what);
/* What a violation says, to whoever reads: "demand not met", "demand not met for lack of pressure". */
park_label park_violation_label(const park_violation *violation);

/* Simulated rows kept in memory at output resolution: column-major, value[column * rows + row]. */
typedef struct park_rows {
    size_t       columns, rows;
    park_column *column;
    int64_t     *time;
    int64_t      every;
    double      *value;
} park_rows;

/* A number of the scenario and how sure it is, for the page of assumptions. */
typedef struct park_assumption {
    const char *path;         /* "treatments.reuse.opex" */
    const char *value;        /* as printed with its unit */
    const char *origin;       /* "file", "default", "catalogue BWRO" */
    const char *source_class; /* "published", "unverified", "measured", "illustrative", "" */
    const char *source;
} park_assumption;

/* A chapter of the page as it was written, both languages inside: of what a result file does not hold as numbers. */
typedef struct park_kept_chapter {
    const char *id;   /* "networks" */
    const char *html; /* "" when the run had nothing to say there */
} park_kept_chapter;

typedef struct park_run_record {
    const char        *job;        /* "run", "optimize", "simulate" */
    const char        *incomplete; /* why the march broke off and only its rows are here; NULL: a whole run */
    const park_model  *base;       /* the park as written */
    const park_design *design;     /* NULL for simulate alone */
    const park_simulation  *simulation; /* NULL for optimize alone */
    const park_indicators  *promised;   /* of the design's ledger, may be NULL */
    const park_indicators  *simulated;  /* of the simulation's ledger, may be NULL */
    park_indicators *const *staged; /* [design->staging->stages] of each stage's ledger, NULL unknown; NULL */
    const park_rows        *rows;   /* may be NULL */
    size_t                  networks; /* 0 also where they were not solved */
    const park_bound_result *network; /* [networks] */
    size_t                   rounds;
    const park_round        *round;
    bool                     agreed;      /* promise and simulation agree */
    bool                     interrupted; /* by the user: what had been finished */
    const park_running
          *running;     /* of the ledger that is judged: the simulated year's where there is one; NULL */
    double first_bound; /* of the first round, NAN: the price of dynamics is measured against it */
    size_t assumptions;
    const park_assumption   *assumption;
    const park_findings     *findings; /* may be NULL */
    size_t                   chapters;
    const park_kept_chapter *chapter; /* [chapters] kept (park_report_keep); NULL */
    bool
                    restored; /* read back from a result file: units have no parameters; such chapters are as kept, or not there */
    park_provenance provenance;
} park_run_record;

#endif
