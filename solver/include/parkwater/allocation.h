/*
 * allocation.h - who delivers which part of a region's targets: one of several options of each park, shared plants built
 * once, budgets by year, fairness between cities; with a proven gap, a reason for each option left out, regret and stability.
 * Math: docs/math/region.md, Eq. (Y21)-(Y35).   Looks down on: region, base.
 *
 *     park_allocation          options, plants, budgets, rules; what the targets lack
 *     park_allocation_needs    what the targets lack on the central path of a region
 *     park_allocation_choose   the cheapest choice that meets them, or how far it stays off
 *     park_allocation_explain  why each option was left out, what one more of each target costs
 *     park_allocation_try      other demands, other data, parks that drop out
 *
 * Volumes are m3 per year, money is CNY of the region's price year.
 */
#ifndef PARKWATER_ALLOCATION_H
#define PARKWATER_ALLOCATION_H

#include <parkwater/region.h>

/* What an option gives in a year of work. The same water may be seen from two sides: new water that replaces intake. */
typedef enum park_gift {
    PARK_GIFT_INTAKE, /* conventional intake saved */
    PARK_GIFT_REUSE,  /* repeated use gained */
    PARK_GIFT_NEW,    /* non-conventional water used */
    PARK_GIFTS
} park_gift;

enum { PARK_ALLOCATION_YEARS_MOST = 12, PARK_ALLOCATION_OPTIONS_MOST = 2000 };

typedef struct park_option {
    const char *id; /* "yueyang.uf_ro" */
    park_label  label;
    int32_t     group;              /* of those that exclude each other, as a park's points do */
    int32_t     member;             /* of the region; PARK_NONE: of nobody alone (a measure) */
    int32_t     measure;            /* of the region, whose gifts follow from its path; PARK_NONE */
    int32_t     city;               /* PARK_NONE: of no city */
    int32_t     plant;              /* shared plant it draws on; PARK_NONE */
    bool        large;              /* counts above designated size */
    double      investment, yearly; /* [CNY], [CNY/a]; yearly below 0 saves money */
    double      life;               /* [a] above 0 */
    double      gives[PARK_GIFTS];  /* [m3/a] */
    double      drawn;              /* [m3/a] of the plant's capacity */
    int32_t     first, last;        /* calendar years in which it may be built */
    int32_t     anyway;             /* the year in which it comes without support; 0: never */
    double      asked;              /* [CNY] subsidy without which it is not built; NAN: the most share */
} park_option;

/* Built once, whoever draws on it. */
typedef struct park_plant {
    const char *id;
    park_label  label;
    int32_t     city;
    double      investment, yearly, life;
    double      capacity; /* [m3/a] */
    int32_t     first, last;
} park_plant;

/* What a target lacks, as a row: sum of per[g] * gives[g] over what works in its year >= lacking. Eq. (Y22). */
typedef struct park_need {
    int32_t target; /* of the region */
    int32_t year;
    bool    large;           /* only options above designated size count */
    double  per[PARK_GIFTS]; /* [-] */
    double  lacking;         /* [m3/a] at the central path; at most 0: reached without */
    double  step;            /* [m3/a] of the row that one more of the target is: 10^4 m3, 0.1 points */
} park_need;

typedef enum park_fair_by { PARK_FAIR_MONEY, PARK_FAIR_VOLUME } park_fair_by;

typedef struct park_scenario {
    const char *id;
    park_label  label;
    double      growth;  /* [1/a] added to every course's growth */
    double     *lacking; /* [needs] */
} park_scenario;

typedef struct park_allocation {
    size_t             options, groups, plants, cities, needs, scenarios;
    park_option       *option;
    const char *const *group; /* [groups] names */
    const park_plant  *plant;
    const char *const *city; /* [cities] names */
    park_need         *need;
    park_scenario     *scenario; /* the first is the base */
    const bool        *off;      /* [region->measures] options now, so not on the path; NULL: none */

    int32_t from;         /* first calendar year of building */
    size_t  years;        /* of building */
    double *budget;       /* [years] [CNY]; INFINITY: none */
    double  most;         /* [-] share of an investment that public money may pay */
    double  discount;     /* [1/a] */
    double  horizon;      /* [a] over which costs are counted */
    int32_t lead;         /* years from building to work */
    bool    public_money; /* the least subsidy instead of the least cost */

    park_fair_by fair_by;
    double       fair_most, fair_least; /* [-] of the whole a city may, must have; 1, 0: no rule */
    size_t       fair_projects;         /* at least so many options a city */

    size_t   draws;  /* of stability */
    double   within; /* [-] of every figure of an option, uniform */
    uint64_t seed;
} park_allocation;

/**
 * Can it be computed? Shapes, indices, signs, years; an option that comes anyway may draw on no plant.
 * @return PARK_OK; PARK_E_RANGE naming the first that cannot
 */
PARK_MUST_CHECK park_status park_allocation_check(const park_allocation *allocation, park_error *err);

/**
 * What the targets of a region lack on its central path without the measures that are options, into allocation->need and
 * the scenarios' `lacking`; and what those measures give, each by itself, in the last year of a need (Eq. (Y23)), into their options.
 * Targets on volumes and rates of the whole region take part; intake per product does not.
 * @return PARK_OK; PARK_E_RANGE as park_region_check; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_allocation_needs(const park_region *region, park_allocation *allocation,
                                                  park_arena *arena, park_error *err);

/* --- one choice --- */

typedef enum park_choice_status {
    PARK_CHOICE_OPTIMAL,    /* within the gap asked for */
    PARK_CHOICE_LIMIT,      /* stopped by work; a choice and its gap stand */
    PARK_CHOICE_INFEASIBLE, /* proven */
    PARK_CHOICE_UNKNOWN     /* stopped by work without a choice */
} park_choice_status;

typedef struct park_choice {
    park_choice_status status;
    int32_t           *year;       /* [options] of building; 0: not. Those that come anyway have their year */
    int32_t           *plant_year; /* [plants] */
    double             cost;       /* present cost [CNY]; Eq. (Y21) */
    double             public_cost; /* what public money pays, not discounted [CNY] */
    double             objective, bound, gap;
    double            *spent;     /* [years] public money [CNY] */
    double            *delivered; /* [needs] what the row reaches [m3/a], with what comes anyway */
    double            *city_money, *city_volume; /* [cities] [CNY], [m3/a] of what is supported */
    uint64_t           nodes;
} park_choice;

typedef struct park_allocation_settings {
    double       gap;        /* [-] relative, of the choice */
    uint64_t     work;       /* LP iterations of it; 0: none */
    double       trial_gap;  /* [-] of each of the many that are asked of it; 0: as the choice */
    uint64_t     trial_work; /* LP iterations of each of them; 0: as the choice */
    int          threads;
    park_cancel *cancel;
} park_allocation_settings;

/* Present worth of one yuan a year over `years` [a]. */
double park_allocation_annuity(double rate, double years);

/* Figures of one option that public money supports, net of what its group does anyway. */
typedef struct park_worth_of {
    double cost;              /* present cost if built in the first year [CNY] */
    double annual;            /* equivalent cost of a year [CNY/a] */
    double yearly;            /* of it what is not investment [CNY/a] net */
    double subsidy;           /* [CNY] */
    double investment;        /* [CNY] net */
    double gives[PARK_GIFTS]; /* net */
    double volume;            /* [m3/a] the largest of the three: the same water from three sides */
} park_worth_of;

/* Eq. (Y21): the present cost of an option, its subsidy and net water. */
void park_allocation_figures(const park_allocation *allocation, size_t option, park_worth_of *figures);

/* What an option brings to a need, beyond what its group does anyway by then [m3/a]. */
double park_allocation_brings(const park_allocation *allocation, size_t option, size_t need);
/* What a need's row reaches by options built in these years (0: not) and what comes anyway [m3/a]. */
double park_allocation_delivered(const park_allocation *allocation, size_t need, const int32_t *year);

/**
 * The cheapest choice that meets every need.
 * @param scenario  whose lacking is asked for
 * @return PARK_OK (look at choice->status); PARK_E_RANGE as park_allocation_check; PARK_E_CANCELLED; PARK_E_MEMORY
 * Deterministic for any number of threads.
 */
PARK_MUST_CHECK park_status park_allocation_choose(const park_allocation *allocation, size_t scenario,
                                                   const park_allocation_settings *settings,
                                                   park_arena *arena, park_choice *choice, park_error *err);

/**
 * What the needs' rows reach when the chosen measures act together on the region's path, not each by itself [m3/a], [needs].
 * Where it stays below `delivered`, measures get in each other's way.
 * @return as park_allocation_needs
 */
PARK_MUST_CHECK park_status park_allocation_exact(const park_region     *region,
                                                  const park_allocation *allocation,
                                                  const park_choice *choice, park_arena *arena, double *exact,
                                                  park_error *err);

/* --- what is asked of a choice --- */

typedef enum park_fate {
    PARK_FATE_CHOSEN,
    PARK_FATE_ANYWAY,   /* comes without support: neither paid nor counted as delivered by it */
    PARK_FATE_NOT_MORE, /* brings no more than what its park does anyway */
    PARK_FATE_ASKS,     /* asks for more than the most share of its investment */
    PARK_FATE_LATE,     /* cannot work in the year of any target */
    PARK_FATE_IDLE,     /* brings nothing that is lacking, and saves no money */
    PARK_FATE_OTHER,    /* another option of its group stands; in its place this one would add `adds` */
    PARK_FATE_DEAR,     /* would add `adds` */
    PARK_FATE_BUDGET,   /* with it the budgets do not suffice */
    PARK_FATE_CITY,     /* with it a city's share is broken */
    PARK_FATE_PLANT,    /* its plant has no room, or the targets are missed with it */
    PARK_FATE_UNDECIDED /* work ended before it was known */
} park_fate;

typedef struct park_verdict {
    park_fate fate;
    double    adds; /* objective with it less that of the choice [CNY]; NAN */
} park_verdict;

/* A way out where no choice meets every need. */
typedef struct park_way_out {
    int32_t     need;   /* what gives way; PARK_NONE: the budgets */
    bool        cities; /* the cities' rules give way */
    bool        found;
    double      amount; /* [m3/a] less of the need, [CNY] more of public money; NAN for the cities */
    park_choice choice;
} park_way_out;

typedef struct park_allocation_result {
    park_choice   choice;
    park_verdict *verdict; /* [options] */
    double       *price;   /* [needs] what `step` more costs, per step [CNY]; NAN: cannot be had */
    double       *duals;   /* [needs] the same at the margin, with options taken in parts */
    size_t        ways;    /* where infeasible: each need alone, the budgets, the cities */
    park_way_out *way;
    /* regret: choice i under scenario j, mended by more options where it falls short */
    park_choice *of_scenario; /* [scenarios] */
    double      *regret;      /* [scenarios * scenarios] [CNY]; INFINITY: cannot be mended; NAN: not known */
    double      *short_of;    /* [scenarios * scenarios * needs] [m3/a] before mending */
    int32_t      robust;      /* the scenario whose choice has the least largest regret; -1 */
    /* stability */
    double *chosen_share;        /* [options] share of the draws in which it is chosen */
    double *group_share;         /* [groups] share of the draws in which the group does as in the choice */
    double  same_share;          /* share of the draws with the very same options */
    double  failed_share;        /* share of the draws that cannot meet the needs */
    double  undecided_share;     /* share of the draws whose work ended before anything was found */
    double  cost_low, cost_high; /* 10 % and 90 % of the draws' objective */
    /* three groups drop out */
    size_t   triples, tried; /* kept, worst first; looked at */
    int32_t *triple;         /* [triples * 3] groups; PARK_NONE where fewer deliver */
    double  *triple_short;   /* [triples * needs] [m3/a] lacking then */
    double  *triple_mend; /* [triples] what the cheapest mending adds [CNY]; INFINITY: none; NAN: not known */
} park_allocation_result;

/**
 * Everything: the choice, verdicts, prices, ways out, regret, stability, triples.
 * @return as park_allocation_choose
 * Cost: some hundred choices; those of draws and scenarios by threads.
 */
PARK_MUST_CHECK park_status park_allocation_study(const park_allocation          *allocation,
                                                  const park_allocation_settings *settings, park_arena *arena,
                                                  park_allocation_result **result, park_error *err);

#endif
