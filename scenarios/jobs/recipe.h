/*
 * recipe.h - the steps that several jobs share: open a scenario, optimize, simulate, repair, judge.
 * Looks down on: jobs/job.h and the rooms of io/ and solver/.
 */
#ifndef PARK_JOBS_RECIPE_H
#define PARK_JOBS_RECIPE_H

#include "jobs/job.h"
#include "json.h"
#include "load.h"
#include "run_record.h"

enum { PARK_ROUNDS_MOST = 10 };

/* What a recipe has made so far; everything lives in the context's arena. */
typedef struct park_recipe {
    park_job_context   *context;
    park_loaded         loaded;
    park_findings       findings;
    park_design        *design;     /* of the last round */
    park_simulation    *simulation; /* of the last round */
    park_indicators    *promised, *simulated;
    park_indicators   **staged;  /* [design->staging->stages]; NULL without stages */
    park_rows           rows;    /* hourly rows of the last round */
    park_bound_result  *bound;   /* [loaded.networks] of the last round; NULL: none */
    park_findings       noticed; /* of the networks of the last round: told when the rounds have ended */
    park_round          round[PARK_ROUNDS_MOST];
    size_t              rounds;
    int                 waited; /* rounds that left targets to what mends a source's shortfall */
    bool                agreed;
    double              first_bound; /* of the first round: the price of dynamics is measured against it */
    bool                explained;   /* the conflict is written as a page */
    const park_margins *margins;     /* with which the design was found; NULL: none */
    double
        leak_off; /* the largest error in what networks were thought to leak, 0 where the plan was near [-] */
    double     known_bound; /* of earlier rounds, where margins since then only tightened; -INFINITY: none */
    int64_t    every;       /* seconds between rows of the simulation; 0: an hour */
    park_error error;       /* of the step that failed */
    char       started[40]; /* ISO 8601 UTC */
} park_recipe;

/* A recipe that has nothing yet; its park may be put into `loaded` by the caller. */
void park_recipe_begin(park_recipe *recipe, park_job_context *context);

/**
 * Read, check and freeze the scenario named first on the command line. Findings go to standard error (or into the
 * JSON object on standard output).
 * @return PARK_EXIT_DONE, or the exit the job ends with
 */
park_exit park_recipe_open(park_recipe *recipe, park_job_context *context);

/* Optimize the loaded model within `share` (0..1] of the limits given and, where it is not 0, `most` LP iterations; margins may be
 * NULL. */
park_exit park_recipe_optimize(park_recipe *recipe, const park_margins *margins, double share, uint64_t most);

/* Simulate `model` with `plan` (NULL: as it stands), keeping rows. Interrupted with a plan: PARK_EXIT_LIMIT, untold, and no
 * simulation. */
park_exit park_recipe_simulate(park_recipe *recipe, const park_model *model, const park_design *plan);
/* A march that failed on its way: its rows so far, marked, into a file whose name does not look like a result (`run.h5.incomplete`;
 * HDF5 like a result, with the root attribute `incomplete`), and where that is in the error's message. The failure stays what it
 * is, also where the file cannot be written.
 * @param folder  the output is a folder (`run`), else a file */
void park_recipe_keep_rows(park_recipe *recipe, const park_sink *sink, bool folder);
/* A whole run leaves no such file of a run before. */
void park_recipe_drop_rows(const park_recipe *recipe, bool folder);

/* The networks as the carrier of one march of `model`; NULL where none limits anything. */
PARK_MUST_CHECK park_status park_recipe_carrier(park_recipe *recipe, const park_model *model,
                                                park_carrier **carrier);
/* Solve the networks of the park for the rows of the last simulation of `model`. `choices`: the park as the next plan may
 * have it, so that low pressures it can mend become violations of the simulation; NULL: they are told only. */
park_exit park_recipe_bind(park_recipe *recipe, const park_model *model, const park_model *choices);
/* Networks whose leak the hydraulics found otherwise than the plan thought: the park to be planned counts with what they
 * found from here on. PARK_E_MEMORY */
PARK_MUST_CHECK park_status park_recipe_leaks(park_recipe *recipe, const park_model *model,
                                              size_t *corrected);
/* What the networks of the last round noticed joins the findings, and is told. */
void park_recipe_bind_tell(park_recipe *recipe);

/* The loop of optimization, simulation and repair until they agree, then the indicators of both. */
park_exit park_recipe_repair(park_recipe *recipe);

/* What the design is worth: its statements, its retrofits, or the ways out of a contradiction; into recipe->design. A
 * failure is a finding; the design stands without it. */
park_exit park_recipe_worth(park_recipe *recipe);
/* The share of the limits that is kept back for it. */
double park_recipe_worth_share(const park_recipe *recipe);
/* A copy of the loop's margins as they are now; NULL for none. */
const park_margins *park_recipe_margins(const park_recipe *recipe, const park_margins *from);
/* Told to people and programs. */
void park_recipe_tell_worth(const park_recipe *recipe, park_text *out);
void park_recipe_json_worth(park_json *json, const park_recipe *recipe);

/* Of a park that cannot work: which of its statements contradict each other and the way out by each, into recipe->design.
 * For jobs that do not optimize; one that is not proven infeasible within the work it is given leaves no design. */
park_exit park_recipe_explain(park_recipe *recipe);
void      park_recipe_tell_conflict(const park_recipe *recipe, park_text *out);
void      park_recipe_json_conflict(park_json *json, const park_recipe *recipe);

/* Judge promised and simulated ledgers, as far as there are any. */
park_exit park_recipe_judge(park_recipe *recipe);

/* Everything known, borrowed, for the writers. `job` is the subcommand's word. */
PARK_MUST_CHECK park_status park_recipe_record(park_recipe *recipe, const char *job, park_run_record *record);
/* The result file, with the chapters of the page that its numbers do not make up; they are the record's from then on. */
PARK_MUST_CHECK park_status park_recipe_results(park_recipe *recipe, park_run_record *record,
                                                const char *path);

/* Tell a failure in the user's language (standard error, or the JSON object) and return its exit. */
park_exit park_recipe_fail(park_recipe *recipe, park_status status);

/* A failure's message in Chinese where it is one of those that files cause, else as it is. Text of the arena. */
const char *park_recipe_zh(const char *message, park_arena *arena);

/* The JSON object of `optimize --json` and `run --json` to standard output. */
park_exit park_recipe_json(park_recipe *recipe, const park_run_record *record);
/* The same for a person. */
park_exit park_recipe_summary(park_recipe *recipe, const park_run_record *record);

/* Targets missed by the ledger that counts (simulated where there is one). */
size_t park_recipe_missed(const park_recipe *recipe);

/* Whether the design stopped at a limit: exit 6, infeasible: 3, else done. */
park_exit park_recipe_verdict(const park_recipe *recipe);

#endif
