/*
 * worth.h - what an answer is worth and what it costs to reach it: the worth of the user's statements at a design, the
 * cheapest way out of a contradiction, retrofits ranked and put in order.
 * Math: docs/math/optimization.md, Eq. (O85)-(O95).   Looks down on: design.
 */
#ifndef PARKWATER_WORTH_H
#define PARKWATER_WORTH_H

#include <parkwater/design.h>

typedef struct park_worth_settings {
    double             seconds;    /* [s], INFINITY: none */
    uint64_t           work_limit; /* LP iterations in all; never 0, so that an answer without a clock ends */
    size_t             most;       /* statements that are solved again, those of largest dual first */
    double             gap;        /* of the optimizations of relief and ranking */
    int                threads;
    struct park_ranks *ranks; /* others that share the work, NULL: alone */
    uint64_t           seed;
    const park_margins *margins; /* those the design was found with; NULL: none */
    const park_cancel  *cancel;  /* may be NULL */
} park_worth_settings;

void park_worth_settings_default(park_worth_settings *settings);

/* What ended it before every line was solved again. */
typedef enum park_worth_stop {
    PARK_WORTH_WHOLE, /* nothing did */
    PARK_WORTH_WORK,
    PARK_WORTH_TIME,
    PARK_WORTH_INTERRUPT
} park_worth_stop;

/* What a statement speaks of: chooses the unit of its worth. */
typedef enum park_worth_of {
    PARK_WORTH_FLOW,    /* per m3/h */
    PARK_WORTH_CONC,    /* per mg/L */
    PARK_WORTH_STORAGE, /* per 1000 m3 of volume */
    PARK_WORTH_LICENCE, /* per 10^4 m3/a */
    PARK_WORTH_MONEY,   /* per 10^4 CNY */
    PARK_WORTH_RATE,    /* per percentage point */
    PARK_WORTH_SHARE    /* per hundredth of the target's value */
} park_worth_of;

/* One statement that the plan touches. Amounts per year in the objective's unit, for one unit of the statement. */
typedef struct park_worth_line {
    const char    *path;
    park_statement place; /* of the statement, or of the nearest thing above it that the file names */
    park_worth_of  of;
    park_dimension dim;
    double         asked;  /* the user's number, margins not counted, in the season that touches it; SI */
    double         unit;   /* what one unit is [SI]; 0.01 x value for PARK_WORTH_SHARE */
    double         step;   /* by which it was moved to find out [SI]; less than a unit where that is large */
    bool           lower;  /* a minimum: looser is less */
    double         looser; /* what the objective gains by one unit looser; NAN: not solved again */
    double tighter; /* what it loses by one unit tighter; INFINITY: no plan was found then; NAN: as above */
    double dual;    /* the same by the multipliers of the plan; NAN: they are no check (see below) */
    double holds;   /* the worth of looser holds so far: within 5 % [SI] */
    size_t seasons; /* in how many of them the plan touches it */
} park_worth_line;

/* The unit of a statement by its path, for a value asked: fills in of, unit and dim. */
void park_statement_unit(const park_model *model, const char *path, double asked, park_worth_line *line);

typedef struct park_worth {
    const char         *objective_unit;
    park_objective_kind objective_kind;
    size_t              lines;
    park_worth_line    *line;       /* by looser, tighter, dual, the largest first; ties by path */
    double              base;       /* the objective that the differences are measured from */
    double              improved;   /* of the design by moving its flows alone, >= 0 */
    bool                stationary; /* the duals reproduce the objective: they are a check */
    bool                complete;   /* every line was solved again */
    park_worth_stop     stopped;    /* why not, where a limit is the reason */
    size_t              open;       /* lines that were not solved again: their looser is NAN */
    bool                reproducible;
    uint64_t            work;
    double              seconds;
} park_worth;

/**
 * What one unit more of each statement that the plan touches is worth, its choices kept: by solving again (O87), the
 * duals beside it (O88). Demands are no limits and have no line.
 * @param design  with a plan
 * @return PARK_OK; PARK_E_RANGE for a design without a plan; PARK_E_MEMORY; PARK_E_NUMERIC when the plan cannot be
 * found again in the kept park
 */
PARK_MUST_CHECK park_status park_design_worth(const park_design *design, const park_worth_settings *settings,
                                              park_arena *arena, park_worth **worth, park_error *err);

/* ---- the way out of a contradiction --------------------------------------------------------------------------------- */

typedef enum park_relief_kind {
    PARK_RELIEF_FOUND,    /* with so much a plan was found: enough */
    PARK_RELIEF_AT_LEAST, /* less is proven not to be enough; that so much is enough was not shown */
    PARK_RELIEF_NONE,     /* it alone, however far, is not known to help */
    PARK_RELIEF_UNTRIED   /* the limits ended before a first move of it was decided */
} park_relief_kind;

/* Of one statement of the conflict: how far it alone must give. */
typedef struct park_relief {
    int32_t          statement; /* design->model->statement */
    park_relief_kind kind;
    double           asked; /* the user's number, SI; NAN unknown */
    double           by;    /* signed: the statement becomes asked + by; NAN for NONE, UNTRIED */
    double           least; /* size of a move that is proven not to be enough (or by explanation); 0: none */
    double           cost;  /* objective of the plan found; NAN */
    park_worth_of    of;
    park_dimension   dim;
} park_relief;

/**
 * The cheapest relaxation of each statement of design->conflict alone, each checked on the whole problem: the park with
 * the statement moved that far is optimized until a plan stands.
 * @param model   as written
 * @param design  infeasible, with its conflict; its reliefs are filled in
 * @return PARK_OK; PARK_E_MEMORY; what the optimizations return
 */
PARK_MUST_CHECK park_status park_design_relieve(const park_model *model, const park_worth_settings *settings,
                                                park_arena *arena, park_design *design, park_error *err);

/* ---- retrofits ranked and in order ----------------------------------------------------------------------------------- */

/* A state of the park on the way: what stands, and what it costs and takes. */
typedef struct park_state {
    bool   found;
    double cost;       /* whole yearly cost, capital of what was added included [CNY/a] */
    double intake;     /* [m3/a], on the scenario's basis */
    double carbon;     /* [kg/a] */
    double investment; /* [CNY] */
    double reuse_rate; /* on the scenario's basis [-]; NAN: for the caller to fill in from design->ledger */
    double missed;     /* sum of what the targets miss, in m3/h (O92); 0: all met */
    bool  *met;        /* [model->targets] */
    const park_design *design; /* flows and ledger; NULL when none was found */
} park_state;

/* A retrofit, alone beside the park as it stands, and in the company of the plan. Differences: without minus with. */
typedef struct park_rank {
    int32_t retrofit;
    bool    chosen;
    double  yearly, capital; /* its own [CNY/a], [CNY] */
    struct park_rank_effect {
        bool   known;
        double water;  /* saved [m3/a] */
        double carbon; /* avoided [kg/a] */
        double cost;   /* more per year, its own cost included [CNY/a]; below 0: it saves money */
        double per_water, per_carbon; /* [CNY/m3], [CNY/kg]; NAN where nothing is saved */
        double payback;               /* [a], NAN: never */
    } alone, company;
} park_rank;

typedef enum park_item_kind { PARK_ITEM_RETROFIT, PARK_ITEM_UNIT, PARK_ITEM_LINKS } park_item_kind;

/* A step of the path: what is built, and the park after it. */
typedef struct park_path_step {
    park_item_kind kind;
    int32_t        retrofit, unit; /* -1 */
    const char    *name;
    park_state     after;
    double         water, carbon, cost; /* saved, avoided, more per year, against the state before */
} park_path_step;

typedef struct park_ranking {
    size_t          ranks;
    park_rank      *rank; /* by CNY per m3 in company, then alone; ties by name */
    park_state      base;
    bool            base_bare; /* the park as it stands; else: with the plan's supply and drains */
    size_t          steps;
    park_path_step *step;    /* the last one ends at the plan itself */
    double          closure; /* |sum of the steps' savings - (base - plan)| / base */
    /* where intake went: by link of the plan's park, base minus plan [m3/a]; sums to the same */
    double  *link_saved; /* [links] NULL without a path */
    double  *link_reuse; /* [links] used water to users, plan minus base [m3/a] */
    bool     complete, reproducible;
    uint64_t work;
    double   seconds;
} park_ranking;

/**
 * Each retrofit of the park by what it saves and costs, and the order in which what the plan builds is best built.
 * @param model   as written, with retrofits
 * @param design  its plan
 * @return PARK_OK; PARK_E_RANGE without a plan or retrofits; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_design_rank(const park_model *model, const park_design *design,
                                             const park_worth_settings *settings, park_arena *arena,
                                             park_ranking **ranking, park_error *err);

#endif
