/*
 * design.h - the cheapest design and allocation, with its proof.
 * Math: docs/math/optimization.md.   Looks down on: model, ledger.
 */
#ifndef PARKWATER_DESIGN_H
#define PARKWATER_DESIGN_H

#include "base/clock.h"

#include <parkwater/ledger.h>

typedef enum park_design_status {
    PARK_DESIGN_OPTIMAL, /* gap <= 1e-4 or the smaller one asked for */
    PARK_DESIGN_GAP_REACHED,
    PARK_DESIGN_LIMIT_FEASIBLE,
    PARK_DESIGN_INFEASIBLE, /* proven; see conflict */
    PARK_DESIGN_LIMIT_NO_SOLUTION
} park_design_status;

const char *park_design_status_word(park_design_status status); /* "gap_reached" */

/* Restrictions learnt from simulation; margins never shrink. Factors 1, reserves 0 when neutral. */
typedef struct park_margins {
    size_t  seasons, inlets, outlets, links, units, constituents;
    double *inlet_limit_times;   /* [S*I*C] in (0,1] */
    double *outlet_limit_times;  /* [S*K*C] in (0,1] */
    double *link_capacity_times; /* [S*L] in (0,1] */
    double *unit_capacity_times; /* [S*U] in (0,1]: what of the size the plan may use */
    double *storage_reserve;     /* [U] m3 that the plan must build beyond its own swing */
    double *
        storm_times; /* [S*U] in (0,1]: share of what a storage could catch of the rain that time bears out */
    double *
        target_shift; /* [targets] how much more than asked the plan must promise, in the target's own unit; >= 0 */
    double *link_flow_max; /* [S*L] m3/s, INFINITY: what time showed a link can carry on average */
    double *demand_times;  /* [S*I] >= 1: the plan must provide that much more than the mean demand */
} park_margins;

park_margins *park_margins_new(park_arena *arena, const park_model *model);

/* How retrofits are searched: as the park asks for, every combination as a park of its own, or all in one program. */
typedef enum park_choosing { PARK_CHOOSING_ANY, PARK_CHOOSING_APART, PARK_CHOOSING_TOGETHER } park_choosing;

typedef struct park_design_settings {
    double              gap;        /* default 1e-2 */
    double              time_limit; /* [s] */
    uint64_t            work_limit; /* LP iterations, 0 none */
    int                 threads;
    struct park_ranks  *ranks; /* others that share the work (base/ranks.h), NULL: alone */
    uint64_t            seed;
    const park_margins *margins; /* NULL: none */
    double
        known_bound; /* of the objective, proven of a park with the same or looser margins; -INFINITY: none */
    const struct park_design *start; /* a design to start from, NULL */
    bool                      held;  /* another objective must not exceed held_most (per year) */
    park_objective_kind       held_kind;
    double                    held_most;
    /* set inside, for parks in several futures (O72), (O74); NULL */
    const struct park_standing *standing;
    const double               *future_best;
    park_choosing               choosing; /* of retrofits; default PARK_CHOOSING_ANY */
    bool (*progress)(void *user, double incumbent, double bound, double gap, uint64_t nodes, double seconds);
    void              *progress_user;
    const park_cancel *cancel; /* raised: stop soon with what there is. May be NULL */
} park_design_settings;

void park_design_settings_default(park_design_settings *settings);

typedef enum park_cost_line_kind {
    PARK_COST_WATER,
    PARK_COST_WATER_TAX,
    PARK_COST_DISCHARGE,       /* sewage fee: by volume */
    PARK_COST_ENVIRONMENT_TAX, /* by mass */
    PARK_COST_TREATMENT,
    PARK_COST_CHEMICALS,
    PARK_COST_RESIDUES, /* getting rid of sludge, salt and brine */
    PARK_COST_ENERGY,
    PARK_COST_CARBON,
    PARK_COST_CAPITAL_TREATMENT,
    PARK_COST_CAPITAL_STORAGE,
    PARK_COST_CAPITAL_PIPE,
    PARK_COST_RETROFIT,
    PARK_COST_OTHER,
    PARK_COST_KINDS
} park_cost_line_kind;

typedef struct park_cost_line {
    park_cost_line_kind kind;
    int32_t             unit, link, retrofit; /* -1 */
    double              yearly;               /* [CNY/a] */
    double              capital;              /* invested [CNY], 0 for running costs */
    double              quantity;             /* what it is paid for (m3/a, J/a, kg/a, size) */
} park_cost_line;

/* One statement of the user that takes part in a conflict. */
typedef struct park_conflict_line {
    int32_t statement;  /* model->statement */
    double  relaxation; /* how far it alone would have to give, SI; NAN when it alone is not enough */
    double  asked;      /* its value, SI */
    double  missed; /* by how much it is missed where all may give and the least is missed in all, SI; NAN */
} park_conflict_line;

typedef struct park_design {
    park_design_status  status;
    double              objective, bound, gap, root_bound; /* CNY/a, m3/a or kg/a; NAN without */
    const char         *unit;                              /* "CNY/a" */
    park_objective_kind objective_kind;
    double              seconds;
    uint64_t            nodes, lps, work;
    uint64_t            work_shared; /* of the work: what a second thread takes over at least */
    bool                reproducible;
    /* decisions; sizes in SI; NULL arrays without a solution */
    bool    *link_used;     /* [L] */
    double  *link_capacity; /* [L] m3/s */
    int32_t *link_size;     /* [L] model->pipe.size, -1 */
    bool    *unit_built;    /* [U] */
    double  *unit_size;     /* [U] m3/s or m3; NAN where nothing is sized */
    bool    *retrofit;      /* [retrofits] */
    int32_t *
        retrofit_from; /* [retrofits] the stage of a staged investment from which it stands, -1; NULL: none is taken */
    /* plan by season, rates */
    double             *link_flow;                   /* [S*L] m3/s */
    double             *inlet_flow;                  /* [S*I] */
    double             *outlet_flow;                 /* [S*K] */
    double             *outlet_conc;                 /* [S*K*C] kg/m3 */
    double             *inlet_conc;                  /* [S*I*C] */
    double             *volume;                      /* [S*U] m3 at the season's end (storages) */
    double              value[PARK_OBJECTIVE_KINDS]; /* of every kind of objective: CNY/a, m3/a, kg/a */
    park_ledger        *ledger;
    park_closure        closure;
    size_t              cost_lines;
    park_cost_line     *cost; /* their sum is the objective when it is cost */
    double              yearly_cost, investment, energy, carbon; /* CNY/a, CNY, J/a, kg/a */
    size_t              outside_proof_count;
    const park_label   *outside_proof; /* "cooling: cycles limited by LSI, frozen at ..." */
    size_t              conflicts;
    park_conflict_line *conflict; /* when infeasible */
    bool                conflict_irreducible;
    size_t              reliefs; /* of the conflict's statements, by park_design_relieve (worth.h) */
    struct park_relief *relief;
    /* The model this design speaks of: the base, or the base with the chosen retrofits applied. */
    const park_model *model;
    /* The front that this design is taken from, when the park asks for one; else NULL. */
    const struct park_front *front;
    /* What its statements and retrofits are worth, where that was asked for (worth.h); NULL. */
    const struct park_worth   *worth;
    const struct park_ranking *ranking;
    /* How it does in the futures it was made for, when the park asks for it; else NULL. The plan above is that of the
     * park as written; objective, bound and gap are the mean's, the worst's or the regret's. */
    const struct park_outlook *outlook;
    /* When the budget is one by years: what is built when. The plan above is that of the last stage; objective and bound are
     * the discounted mean of the yearly cost. Else NULL. */
    const struct park_staging *staging;
} park_design;

/* A point of a front: the least second objective where the first may not exceed `most`, then the least first one with it. */
typedef struct park_front_point {
    double value[2];           /* per year, of the two objectives */
    double bound[2];           /* proven: of the second under `most`, of the first under value[1]; NAN none */
    double gap[2];             /* |value - bound| / |value|; INFINITY without a bound */
    double most;               /* ceiling of the first objective, INFINITY: none */
    park_design_status status; /* by the larger gap */
    const park_design *design;
} park_front_point;

/* What can be had of two objectives at once, by the first one rising. Math: docs/math/optimization.md, Eq. (O51)-(O53). */
typedef struct park_front {
    park_objective_kind kind[2];
    const char         *unit[2];
    size_t              asked, points;
    park_front_point   *point;     /* [points] none dominates another */
    size_t              dominated; /* found and dropped */
    size_t              missing;   /* of those asked: the limits ended before them */
    int32_t             knee;      /* -1: no point lies nearer to the origin than the line between the ends */
    int32_t             chosen; /* the design handed back: the knee, else the least of the first objective */
} park_front;

/* One future: what was drawn, and how the design does in it. */
typedef struct park_future {
    double        probability; /* 0: the park as written, which only has to work */
    const double *drawn;       /* [uncertains] what stands in the park then, SI; NAN not given */
    double        value[PARK_OBJECTIVE_KINDS]; /* yearly; what stands is counted in */
    double        best,
        best_bound; /* yearly objective of the best design for this future alone; NAN where not asked */
    double regret;  /* objective - best_bound, at most; NAN */
    double nominal; /* yearly objective of the design that is best as written; INFINITY: fails here; NAN */
    const struct park_design
        *design; /* decisions shared, plan of this future; of a staged park in its last stage */
} park_future;

/* A design over futures. Math: docs/math/optimization.md, Eq. (O70)-(O76). */
typedef struct park_outlook {
    park_robust           robust;
    park_objective_kind   kind;
    const char           *unit; /* per year */
    size_t                uncertains;
    const park_uncertain *uncertain; /* [uncertains] */
    size_t                futures;
    park_future          *future;                       /* [futures]; 0 is the park as written */
    double                mean, worst, regret;          /* of this design; regret NAN when not asked */
    double                alone, alone_bound;           /* the best for the park as written alone; NAN */
    double nominal_mean, nominal_worst, nominal_regret; /* of that design; INFINITY: it fails somewhere */
    size_t fails;                                       /* in how many futures it fails */
    const park_model *whole; /* the park that was optimized, chosen retrofits applied */
} park_outlook;

/* What is built in which year. Math: docs/math/optimization.md, Eq. (O77)-(O80). */
typedef struct park_staging {
    size_t         stages;
    const int32_t *year;       /* [stages] */
    const double  *budget;     /* [stages] up to and with that year [CNY] */
    double        *share;      /* [stages] of the discounted life */
    double        *spent;      /* [stages] up to and with that year [CNY] */
    double        *running;    /* [stages] yearly, without what stands [CNY/a, m3/a, kg/a]; expected */
    size_t         futures;    /* 1: as written alone */
    double        *running_in; /* [stages*futures] the same in each future */
    int32_t       *unit_from;  /* [U] stage, -1: not built or standing already */
    int32_t       *link_from;  /* [L] */
    double        *unit_capital, *link_capital; /* [U], [L] CNY */
    const struct park_outlook *plans;           /* of each stage of each future, for starting from */
    /* [stages] the park of each stage with its flows and ledger; NULL where it cannot be told */
    const struct park_design **judged;
} park_staging;

/**
 * The best design of a frozen model. Where it asks for something robust, the design stands in all its futures
 * (design->outlook). Where the model asks for a front, all its points are found and the design is the one
 * chosen among them (design->front); its objective is then the second one, its status the worst of the points.
 * @param arena owns the result
 * @return PARK_OK (read design->status); PARK_E_RANGE for a model that does not make sense; PARK_E_MEMORY; PARK_E_NUMERIC
 */
PARK_MUST_CHECK park_status park_design_solve(const park_model *model, const park_design_settings *settings,
                                              park_arena *arena, park_design **design,
                                              park_findings *findings, park_error *err);

/**
 * What would make every solver fail, said in water terms before one is asked: an inlet limit that no permitted water
 * meets, a target out of reach even if every candidate were built (with the arithmetic), a demand above all
 * capacities. Needs the units' average faces.
 */
PARK_MUST_CHECK park_status park_design_precheck(const park_model *model, park_arena *arena,
                                                 park_findings *findings, park_error *err);

/* The design applied: a model whose links and sizes are existing ones, so that simulated and optimized parks are one type. */
PARK_MUST_CHECK park_status park_design_apply(const park_design *design, park_arena *arena,
                                              park_model **applied, park_error *err);

/* Learn from a simulation: tighten `margins` for what it contradicted. Returns how many margins changed. */
size_t park_design_repair(const park_design *design, const park_violation *violation, size_t violations,
                          park_margins *margins);

#endif
