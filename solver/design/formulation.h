/*
 * formulation.h - a park written as a park_program: where each flow, mass, size and choice stands among the columns.
 * Math: docs/math/optimization.md, Eq. (O10)-(O30).   Looks down on: superstructure, program.
 *
 * Scaling, chosen here and nowhere else: flows in m3/h; concentrations in their constituent's own magnitude in this
 * park; volumes in (m3/h) x mean season; money, water and carbon per hour of the year. -1 marks a column that is absent.
 */
#ifndef PARK_DESIGN_FORMULATION_H
#define PARK_DESIGN_FORMULATION_H

#include "design/program.h"
#include "design/superstructure.h"

/* A linear expression under construction: sum of coef x + constant, in the program's units. */
typedef struct park_sum {
    size_t   count, cap;
    int32_t *col;
    double  *coef;
    double   constant;
} park_sum;

/* A yearly cost of one copy of the year, x rate_unit, that is as large as its rows ask (tariff_rows.c). */
typedef struct park_charge {
    int32_t unit;   /* the source whose tiers it is; -1: of the largest power */
    int32_t future; /* the copy, of a staged park a stage of a future: super->future (O170) */
    int32_t col;
    int32_t row, rows; /* col - .. >= .. */
    int32_t
        step; /* of tiers that fall: first of the volumes, behind them the whole numbers of all but the first; -1 */
    size_t  steps;
    int32_t volume; /* the row that sums them up */
} park_charge;

typedef struct park_formulation {
    park_super  *super;
    park_arena  *arena; /* borrowed */
    park_program program;
    bool         failed;      /* out of memory somewhere */
    double       flow_unit;   /* program flow = [m3/s] x this: 3600 */
    double       volume_unit; /* program volume = [m3] x this */
    double       rate_unit;   /* program objective = [per year] x this */
    double      *conc_unit;   /* [T] program concentration = [kg/m3] x this */
    /* flows and volumes */
    int32_t *link_flow;  /* [S*L] */
    int32_t *unit_flow;  /* [S*U] Q, -1 where it is a constant or a plain sum */
    int32_t *exit_flow;  /* [S*K] exits whose flow is free or a remainder */
    int32_t *volume;     /* [S*U] */
    bool    *flow_fixed; /* [S*U] Q is a constant: face->in_lo */
    /* masses: m of a link = mass_w w + mass_q q */
    int32_t *feed_mass;       /* [S*U*T] M */
    int32_t *base;            /* [S*U*T] concentration that links share: of the mixture, or of the feed */
    int32_t *base_mass;       /* [S*U*T] Q x base where Q varies */
    int32_t *outlet_base;     /* [S*K*T] own concentration of an outlet */
    int32_t *stored_mass;     /* [S*U*T] V x base */
    int32_t *exit_mass;       /* [S*K*T] exit flow x base */
    int32_t *link_w;          /* [S*L*T] */
    double  *mass_w, *mass_q; /* [S*L*T] */
    /* choices and sizes */
    int32_t *size;         /* [U] */
    int32_t *built;        /* [U] */
    int32_t *capital;      /* [U] yearly capital, concave */
    int32_t *step, *steps; /* [U] first of the binaries of a stepped size, and how many */
    int32_t *running;      /* [S*U] */
    int32_t *pipe, *pipes; /* [L] first of the binaries of a pipe's sizes, and how many */
    int32_t *pipe_first;   /* [L] the catalogue size of the first of them; -1: laid or not, no size */
    int32_t *reuse;        /* [S*U] counted reuse of a free-demand user */
    /* water rows that must hold exactly: for the projection of the recheck */
    size_t   balances, balances_cap;
    int32_t *balance;
    /* statements of the user met on the way: paths; program rows carry indices into this list */
    size_t       statements, statements_cap;
    const char **statement;
    double      *asked;          /* [statements] value, SI; NAN */
    double      *statement_unit; /* program value = SI x this, to read relaxations back; 0 unknown */
    /* prices by tiers and by power (O133)-(O135) */
    size_t       charges, charges_cap;
    park_charge *charge;
    /* objectives */
    park_objective_kind kind;
    size_t              held; /* earlier objectives of the list, held at their values */
    /* futures (O70)-(O74) */
    int32_t       lens;      /* the future whose year rows are written for; -1: the expected year */
    park_robust   robust;    /* what is made least over the futures; PARK_ROBUST_NONE: the expected value */
    int32_t       worst;     /* column of the worst running cost or regret over the futures, -1 */
    int32_t      *worst_row; /* [futures/stages] its rows, -1 */
    const double *best;      /* [futures/stages] the least yearly cost known of each, for regret */
    /* stages (O78)-(O79): columns and rows of all stages, -1 in the last and where nothing is paid; NULL without stages */
    int32_t *stand, *paid, *paid_row;                /* [stages*U] */
    int32_t *stand_link, *paid_link, *paid_link_row; /* [stages*L] */
} park_formulation;

#define PARK_FORM_SU(f, s, u) ((size_t)(s) * (f)->super->units + (size_t)(u))
#define PARK_FORM_SL(f, s, l) ((size_t)(s) * (f)->super->links + (size_t)(l))
#define PARK_FORM_SK(f, s, k) ((size_t)(s) * (f)->super->outlets + (size_t)(k))
#define PARK_FORM_SUC(f, s, u, c) (PARK_FORM_SU(f, s, u) * (f)->super->traced + (size_t)(c))
#define PARK_FORM_SLC(f, s, l, c) (PARK_FORM_SL(f, s, l) * (f)->super->traced + (size_t)(c))
#define PARK_FORM_SKC(f, s, k, c) (PARK_FORM_SK(f, s, k) * (f)->super->traced + (size_t)(c))

/* The program of a superstructure for one objective. The super and the arena outlive it. */
PARK_MUST_CHECK park_status park_formulation_make(park_super *super, park_objective_kind kind,
                                                  park_arena *arena, park_formulation **formulation,
                                                  park_error *err);
/* Objective row of any kind over the columns, yearly value x rate_unit; coef [cols] comes zeroed. */
void park_formulation_objective(const park_formulation *f, park_objective_kind kind, double *coef,
                                double *constant);
/* The two parts of it: what one future's year costs to run (lens -1: expected), and what stands whatever comes. */
void park_formulation_running(const park_formulation *f, park_objective_kind kind, int32_t lens, double *coef,
                              double *constant);
void park_formulation_standing(const park_formulation *f, park_objective_kind kind, double *coef,
                               double *constant);
/* A row that keeps an objective at `most` (yearly) or below. */
PARK_MUST_CHECK park_status park_formulation_hold(park_formulation *f, park_objective_kind held, double most,
                                                  park_error *err);
/* Hold an objective at `most` (yearly) and minimise another one from now on (lexicographic lists). */
PARK_MUST_CHECK park_status park_formulation_next(park_formulation *f, park_objective_kind held, double most,
                                                  park_objective_kind kind, park_error *err);

/* ---- parts, in the order of park_formulation_make ---- */
void park_formulate_water(park_formulation *f);   /* water_rows.c */
void park_formulate_mass(park_formulation *f);    /* mass_rows.c */
void park_formulate_choices(park_formulation *f); /* choice_rows.c */
void park_formulate_storms(park_formulation *f);  /* storm_rows.c, after the choices */
/* The storage volume that unit u needs to catch the rain of a plan (O48) [m3]; link_flow [S*L] [m3/s]. */
double park_storm_room(const park_super *super, size_t u, const double *link_flow);
void   park_formulate_targets(park_formulation *f);  /* target_rows.c */
void   park_formulate_dilution(park_formulation *f); /* dilution_rows.c */
void   park_formulate_tariffs(park_formulation *f);  /* tariff_rows.c */
void   park_formulate_futures(park_formulation *f);  /* future_rows.c, last */
void   park_formulate_stages(park_formulation *f);   /* stage_rows.c, last */
/* scale x what is invested in a unit or connection [CNY]. */
void park_sum_unit_capital(park_formulation *f, park_sum *sum, size_t u, double scale);
void park_sum_link_capital(park_formulation *f, park_sum *sum, size_t l, double scale);
/* The charges of a point from its other columns. */
void park_tariff_write(const park_formulation *f, double *x);
/* The worst column of a point from its other columns. */
void park_future_write(const park_formulation *f, double *x);
/* What is added to every regret, so that the program's objective is of the size of a cost [per year]; 0 without regret. */
double park_future_shift(const park_formulation *f);
/* The futures of a park, each with all its stages. */
size_t park_future_count(const park_formulation *f);
/* The yearly value of one future (-1: expected), of a staged park its discounted mean, at a point. NAN out of memory. */
double park_future_value(park_formulation *f, park_objective_kind kind, int32_t w, const double *x);
/* The same of one stage in one future (-1: expected). */
double park_stage_value(park_formulation *f, park_objective_kind kind, int32_t w, size_t stage,
                        const double *x);

/* ---- sums and rows ---- */
void park_sum_clear(park_sum *sum);
void park_sum_add(park_formulation *f, park_sum *sum, int32_t col, double coef);
/* times x the inlet flow of a unit; of one inlet (index in the model); of an outlet; in program units. */
void park_sum_unit_flow(park_formulation *f, park_sum *sum, size_t s, size_t u, double times);
void park_sum_inlet_flow(park_formulation *f, park_sum *sum, size_t s, size_t i, double times);
void park_sum_outlet_flow(park_formulation *f, park_sum *sum, size_t s, size_t u, size_t k, double times);
/* times x the mass of c on a link. */
void park_sum_link_mass(park_formulation *f, park_sum *sum, size_t s, size_t l, size_t c, double times);
/* lo <= sum <= hi; returns the row, -1. Empty sums that hold are dropped. */
int32_t park_formulate_row(park_formulation *f, const park_sum *sum, double lo, double hi, int32_t statement,
                           const char *name);
int32_t park_formulate_col(park_formulation *f, park_col_class cls, double lo, double hi);
void    park_formulate_product(park_formulation *f, int32_t w, int32_t flow, int32_t conc);
/* The same for the whole flow that a concentration goes with: no other product of it flows when this one does not. */
void park_formulate_whole(park_formulation *f, int32_t w, int32_t flow, int32_t conc);
/* Index of the statement at this path, made when new. `unit`: program value of SI 1. */
int32_t park_formulate_statement(park_formulation *f, double asked, double unit, const char *fmt, ...)
    PARK_PRINTF(4, 5);
/* Path of an inlet's limit: "users.dyeing.inlet.COD". */
int32_t park_formulate_limit_statement(park_formulation *f, size_t i, size_t c, double asked);
/* The sum that is >= 0 when a target keeps its bound (its minimum, or its maximum when `upper`); false when this version
 * cannot write it. */
bool park_target_slack(park_formulation *f, const park_target *target, bool upper, double bound,
                       park_sum *sum);
/* A linked outlet with active links, how many of them. */
size_t park_formulate_ways(const park_formulation *f, size_t k);

#endif
