/*
 * model.h - what the park is. A draft is written by a loader, checked, and frozen into an immutable park_model.
 * Looks down on: base.
 *
 * One struct serves both: a park_model is a park_draft that park_model_freeze has completed (candidates expanded,
 * references resolved, columns packed) and that nobody writes any more. SI throughout: m3/s, kg/m3, kg/s, J, s,
 * CNY of the tariff's base year. "Not given" is NAN for numbers, NULL for texts, -1 for indices, INFINITY for an
 * absent upper limit where the comment says so.
 */
#ifndef PARKWATER_MODEL_H
#define PARKWATER_MODEL_H

#include "base/arena.h"
#include "base/distribution.h"
#include "base/field.h"
#include "base/finding.h"

#include <parkwater/ids.h>

struct park_unit_kind; /* units/kind.h */
struct park_point;     /* units/point.h */

typedef enum park_data_class {
    PARK_DATA_ILLUSTRATIVE,
    PARK_DATA_ESTIMATED,
    PARK_DATA_MEASURED
} park_data_class;

/* ---- time ------------------------------------------------------------------------------------------------ */

typedef struct park_span {
    int64_t start, end; /* [s since 1970-01-01 UTC], half open */
} park_span;

typedef struct park_season_info {
    park_label       label;   /* "7月", "Jul" */
    const char      *id;      /* "2025-07", "july_peak", "steady" */
    double           seconds; /* weight: seconds of a year spent in this season [s/a] */
    const park_span *spans;   /* its days inside the period; NULL when steady */
    size_t           span_count;
} park_season_info;

typedef struct park_time {
    bool              steady;
    int64_t           start, end;   /* the period; 0 when steady */
    int32_t           utc_offset;   /* [s], 28800 for +08:00 */
    double            year_seconds; /* sum of the seasons' weights [s/a] */
    size_t            seasons;
    park_season_info *season;   /* [seasons], in order of first day */
    bool              periodic; /* storages end as they began */
} park_time;

/* ---- constituents ------------------------------------------------------------------------------------------ */

typedef enum park_mixing { PARK_MIX_MASS, PARK_MIX_ENERGY, PARK_MIX_EQUILIBRIUM, PARK_MIX_NONE } park_mixing;

typedef struct park_constituent_info {
    const char *id; /* "NH3-N" */
    park_label  label;
    park_mixing mixes;
    const char *basis;     /* "CaCO3", "N", NULL: as itself */
    bool        class_one; /* first-class pollutant: limited at the workshop's outlet */
    double      magnitude; /* a typical concentration [kg/m3], for scaling; above 0 */
    bool read; /* some limit or treatment reads it: every source must state it (set by shape and freeze) */
} park_constituent_info;

/* ---- patterns and series -------------------------------------------------------------------------------------- */

typedef enum park_pattern_kind {
    PARK_PATTERN_MONTHLY, /* 12 values, by civil month */
    PARK_PATTERN_CYCLE, /* values each `every` seconds from local midnight of the period's first day, repeated */
    PARK_PATTERN_SERIES /* value[i] holds from time[i] to time[i+1]; before the first: the first */
} park_pattern_kind;

typedef struct park_pattern {
    const char       *id; /* may be NULL: given in place */
    park_pattern_kind kind;
    double            every; /* [s] */
    size_t            count;
    int64_t          *time;   /* [count] or NULL */
    double           *value;  /* [count]; a factor, or SI where the series' base is 1 */
    bool              linear; /* PARK_PATTERN_SERIES: linear between points instead of held */
} park_pattern;

typedef struct park_calendar {
    const char *id;
    park_span  *closed;
    size_t      count;
} park_calendar;

/* Weather: patterns of SI values, -1 where not given. */
typedef struct park_weather {
    int32_t     temperature; /* [K] */
    int32_t     humidity;    /* relative, 0..1 */
    int32_t     rain;        /* [m/s] */
    int32_t     radiation;   /* [W/m2] */
    int32_t     evaporation; /* open water [m/s] */
    const char *origin;      /* "weather.csv", "generator changsha, seed 7" */
} park_weather;

/* ---- who ---------------------------------------------------------------------------------------------------------- */

typedef struct park_product_info {
    const char    *id; /* "printed_cloth" */
    park_label     label;
    double         rate; /* [SI/s]: kg/s, m/s or m3/s */
    park_dimension dim;  /* PARK_DIM_PRODUCT_MASS_RATE, _LENGTH_RATE or _VOLUME_RATE */
} park_product_info;

/* What an enterprise reported of an earlier year; NAN where it is not said. */
typedef struct park_past_year {
    int32_t            year;
    double             conventional, non_conventional, repeated, discharge; /* [m3/s] */
    double             value_added, output_value;                           /* [CNY/s] */
    size_t             products;
    park_product_info *product;
} park_past_year;

typedef struct park_enterprise_info {
    const char        *id;
    park_label         label;
    const char        *sector;
    double             value_added; /* [CNY/s], NAN */
    int32_t            price_year;
    size_t             products;
    park_product_info *product;
    /* of forms alone; NULL, NAN where not said */
    const char     *code, *legal_person, *kind;
    double          output_value; /* [CNY/s] */
    size_t          years;        /* rising */
    park_past_year *past;
} park_enterprise_info;

/* ---- units ---------------------------------------------------------------------------------------------------------- */

typedef enum park_role {
    PARK_SOURCE,
    PARK_USER,
    PARK_TREATMENT,
    PARK_STORAGE,
    PARK_SINK,
    PARK_ROLES
} park_role;

/* SCENARIO `role` of users and treatments. */
typedef enum park_duty {
    PARK_DUTY_MAIN,
    PARK_DUTY_AUXILIARY,
    PARK_DUTY_ANCILLARY,
    PARK_DUTY_SUPPLY,
    PARK_DUTY_WASTE,
    PARK_DUTY_NONE
} park_duty;

/* SCENARIO `use` of users. */
typedef enum park_use {
    PARK_USE_INDIRECT_COOLING,
    PARK_USE_DIRECT_COOLING,
    PARK_USE_PROCESS,
    PARK_USE_BOILER,
    PARK_USE_DOMESTIC,
    PARK_USE_IRRIGATION,
    PARK_USE_NONE
} park_use;

/* Where a source's water comes from, for the two intake bases and for grades that deny an origin. */
typedef enum park_origin {
    PARK_ORIGIN_SURFACE,
    PARK_ORIGIN_GROUND,
    PARK_ORIGIN_TAP,
    PARK_ORIGIN_RECLAIMED_MUNICIPAL,
    PARK_ORIGIN_RECLAIMED_PARK,
    PARK_ORIGIN_MINE,
    PARK_ORIGIN_RAIN,
    PARK_ORIGIN_STREAM,
    PARK_ORIGIN_WASTEWATER,
    PARK_ORIGIN_NONE
} park_origin;

typedef enum park_outlet_role {
    PARK_OUT_PRODUCT,
    PARK_OUT_REJECT,
    PARK_OUT_BLOWDOWN,
    PARK_OUT_BACKWASH,
    PARK_OUT_CONDENSATE,
    PARK_OUT_OVERFLOW,
    PARK_OUT_FIRST_FLUSH,
    PARK_OUT_EVAPORATION,
    PARK_OUT_DRIFT,
    PARK_OUT_LEAK,
    PARK_OUT_IN_PRODUCT /* leaves in goods */,
    PARK_OUT_SLUDGE,
    PARK_OUT_STEAM
} park_outlet_role;

typedef struct park_outlet_info {
    const char      *id; /* "" for the product, else "reject", "MMF.backwash" */
    park_outlet_role role;
    bool             exits; /* leaves the park by itself (evaporation, drift ...): takes no link */
    int32_t          unit;  /* owner */
    bool reserved; /* takes only connections that name it, never those of `candidates: all` (condensate,
                                  first flush, overflow, a side stream with its destination) */
    /* set by freeze */
    uint32_t origins; /* bit 1 << park_origin of every origin that permitted links may bring here */
    bool     unused;  /* may carry source water that no unit has used yet: the law keeps it from discharges */
    bool
        thins; /* own use of a supply treatment, condensate: it may be discharged, but thins no limit (the law on dilution) */
} park_outlet_info;

typedef struct park_inlet_info {
    const char    *id; /* "" for the only inlet, else "dye", "rinse" */
    int32_t        unit;
    park_text_list accepts; /* grades or donors by id; empty: anything that its limits allow */
    const double *
        own_limit; /* [constituents] kg/m3 as the unit states them, NAN none; NULL none at all (set by shape) */
    const double *
        limit; /* [constituents] kg/m3, from the grades and the inlet's own limits; INFINITY none (set by freeze) */
    bool *denies; /* [PARK_ORIGIN_NONE + 1] or NULL (set by freeze) */
} park_inlet_info;

typedef struct park_unit_info {
    const char                  *id;
    park_label                   label;
    park_role                    role;
    const struct park_unit_kind *kind;
    const void       *params; /* the kind's struct, kind->params_size bytes; written only while a draft */
    const park_field *fields; /* the kind's table of params, so that rooms below the kinds can walk them */
    size_t            params_size;
    int32_t           enterprise; /* -1: the park's utility */
    park_duty         duty;
    park_use          use;
    park_origin       origin;   /* sources; PARK_ORIGIN_NONE else */
    int32_t           calendar; /* -1 */
    int32_t           persons;  /* that a user serves; 0 not said */
    bool   unused; /* sources: its product is clean water that the dilution law speaks of (set by the kind) */
    bool   leaks;  /* the leak of a pipe network: nothing of what it draws is used */
    bool   existing; /* treatments, storages; true for sources, users, sinks */
    double at[3];    /* x, y, z [m]; NAN */
    const struct park_point *const
          *point;                 /* [seasons] its operating points, NULL entries none; NULL: as stated */
    size_t first_outlet, outlets; /* into model->outlet */
    size_t first_inlet, inlets;   /* into model->inlet */
} park_unit_info;

/* ---- grades ----------------------------------------------------------------------------------------------------------- */

typedef struct park_grade {
    const char *id;
    double     *limit; /* [constituents] kg/m3, INFINITY none */
    bool        denies[PARK_ORIGIN_NONE + 1];
} park_grade;

/* ---- connections -------------------------------------------------------------------------------------------------------- */

/* As written, by text; freeze turns them into links. */
typedef struct park_connection {
    const char *id; /* "c7"; NULL: made from its ends */
    const char *from,
        *to; /* "reuse.reject", "outfall", "dyeing.rinse"; may be patterns with * in `forbid` and pairs */
    bool   existing;
    double capacity;     /* [m3/s], INFINITY */
    double capacity_min; /* smallest size of a candidate [m3/s] */
    double length, lift; /* [m], NAN */
    double price;        /* extra cost per m3 [CNY/m3] */
    bool   free; /* internal connection that costs nothing and is not the user's (untaken, side stream) */
} park_connection;

typedef enum park_candidates {
    PARK_CANDIDATES_NONE,
    PARK_CANDIDATES_ALL,
    PARK_CANDIDATES_LISTED
} park_candidates;

typedef struct park_pipe_size {
    const char *name;     /* "DN300" */
    double      diameter; /* inner [m] */
    double      price;    /* laid [CNY/m] */
} park_pipe_size;

typedef struct park_pipe_rules {
    bool            given;           /* false: connections cost nothing unless they state a length */
    bool            manhattan;       /* route from coordinates: |dx|+|dy| instead of the straight line */
    double          max_velocity;    /* [m/s] */
    double          roughness_hw;    /* Hazen-Williams C [-] */
    double          pump_efficiency; /* [-] */
    double          life;            /* [s] */
    size_t          sizes;           /* ascending diameter */
    park_pipe_size *size;
} park_pipe_rules;

typedef struct park_link_info {
    const char *id;
    int32_t     outlet, inlet; /* into model->outlet, model->inlet */
    int32_t     from, to;      /* units */
    bool        existing;
    bool        free;     /* no cost, not a candidate (side streams, untaken) */
    double      capacity; /* [m3/s], INFINITY */
    double      capacity_min;
    double      min_flow;     /* a used pipe carries at least this [m3/s]; 0 none */
    double      length, lift; /* [m]; length NAN: costs nothing */
    double      price;        /* [CNY/m3] */
} park_link_info;

/* ---- money, carbon, law, targets ------------------------------------------------------------------------------------------ */

typedef struct park_economics {
    double   discount;      /* [-] per year */
    double   life;          /* [s] default life of what is built */
    double   annual_factor; /* [1/s as 1/a in SI]; NAN: from discount and life */
    double   hours;         /* operating seconds of a steady year [s/a] */
    double   budget;        /* total investment [CNY], INFINITY */
    size_t   stages;        /* years with a budget of their own, 0 unless there are several */
    int32_t *stage_year;    /* [stages] rising */
    double  *stage_budget;  /* [stages] up to and with that year [CNY], rising to `budget` */
    int32_t  price_year;
} park_economics;

/* Names of rates of electricity: `sharp`, `peak`, `flat`, `valley`, `deep_valley`. */
typedef enum park_rate {
    PARK_RATE_SHARP,
    PARK_RATE_PEAK,
    PARK_RATE_FLAT,
    PARK_RATE_VALLEY,
    PARK_RATE_DEEP_VALLEY,
    PARK_RATES
} park_rate;

typedef struct park_tariffs {
    double power; /* mean price of electricity [CNY/J] */
    /* time-of-use: price by hour of the day [CNY/J], NAN entries when a flat price is given. Made of the rates: the hour's
     * rate times `level` (park_tariffs_settle). */
    double power_hour[24];
    double rate[PARK_RATES]; /* [CNY/J], NAN: none of that name */
    int8_t rate_of_hour[24]; /* index into rate: a park_rate */
    double level;            /* 1 as written */
    double demand_charge;    /* [CNY/(W s)] on each month's largest mean power of 15 minutes, NAN */
    /* sources with a licence: tiers of the year's volume as multiples of the price */
    size_t tiers;
    struct {
        double upto;
        double times;
    } tier[8]; /* upto: share of the licence, INFINITY for the last */
} park_tariffs;

typedef struct park_carbon {
    double  grid; /* [kg CO2e/J] */
    int32_t year;
    double  price; /* [CNY/kg] */
} park_carbon;

typedef enum park_basis { PARK_BASIS_CONVENTIONAL, PARK_BASIS_ALL_SOURCES } park_basis;

typedef struct park_accounting {
    park_basis  intake; /* decides targets where they do not say */
    const char *hardness_as;
} park_accounting;

typedef struct park_law {
    bool dilution_forbidden;
    bool reclaimed_to_food_forbidden;
} park_law;

/* What a target or an indicator speaks of. `subject` names a product (unit_intake.printed_cloth) or an enterprise. */
typedef struct park_target {
    const char    *quantity; /* indicator word: "reuse_rate", "non_conventional", "unit_intake" ... */
    const char    *subject;  /* NULL */
    double         min, max; /* SI, -INFINITY / INFINITY */
    park_basis     basis;
    bool           basis_given;
    bool           indicative; /* judged, but no plan is held to it */
    park_dimension dim;
    int32_t        statement; /* index into model->statement */
} park_target;

typedef enum park_objective_kind { PARK_MIN_COST, PARK_MIN_FRESH_WATER, PARK_MIN_CARBON } park_objective_kind;
enum { PARK_OBJECTIVE_KINDS = PARK_MIN_CARBON + 1 };

/* ---- pipe networks, as the park sees them ---------------------------------------------------------------------------------- */

/* What a network of pipes loses and asks for. Its hydraulics are another page (bound.h); here it is a leak. */
typedef struct park_network_info {
    const char   *id;
    double        flow;         /* what a metre of pipe leaks at the pressure `at` [m2/s], NAN: no law */
    double        at;           /* [m] */
    double        growing;      /* share of it that goes with p^1.5, the rest with p^0.5 */
    double        length;       /* of all its pipes [m] */
    double        min_pressure; /* [m], NAN */
    int32_t       unit;         /* the unit that draws the leak, -1 */
    const double *times;        /* [seasons] of it that the hydraulics found at their pressures; NULL: 1 */
} park_network_info;

/* ---- retrofits --------------------------------------------------------------------------------------------------------------- */

typedef enum park_change_op { PARK_CHANGE_SET, PARK_CHANGE_TIMES, PARK_CHANGE_ADD } park_change_op;

/* Which record of the park a number stands in. */
typedef enum park_place {
    PARK_IN_UNIT,       /* unit[unit].params */
    PARK_IN_CONNECTION, /* connection[at] */
    PARK_IN_GRADE,      /* grade[at] */
    PARK_IN_ENTERPRISE, /* enterprise[at], of its product[item - 1] where item > 0 */
    PARK_IN_TARGET,     /* target[at] */
    PARK_IN_NETWORK,    /* network[at] */
    PARK_IN_PARK        /* the draft itself: economics, tariffs, carbon, rules of pipes */
} park_place;

/* One number of the scenario and what becomes of it. */
typedef struct park_change {
    int32_t           unit; /* of PARK_IN_UNIT, else -1 */
    park_place        in;
    int32_t           at;          /* index in the list of `in` */
    const park_field *field;       /* whose word, dimension and range the number has */
    const park_field *named;       /* of shape PARK_SHAPE_NAMED that holds the record; NULL: none */
    size_t            item;        /* 1 + index among records by name or products; 0: none */
    size_t            offset;      /* of the value inside its record (nested records resolved) */
    bool              plain;       /* a bare double stands at the offset, whatever the field's shape */
    int32_t           constituent; /* where values stand by constituent, else -1 */
    park_change_op    op;
    double            value; /* SI for set/add, factor for times */
} park_change;

typedef struct park_retrofit {
    const char  *id;
    park_label   label;
    int32_t      applies_to; /* unit, -1 */
    size_t       changes;
    park_change *change;
    double       capex; /* [CNY] */
    double       opex;  /* [CNY/s] */
    double       life;  /* [s], NAN: the default */
    size_t       requires_count, excludes_count;
    int32_t     *requires_, *excludes_; /* retrofit indices */
} park_retrofit;

/* ---- what is not known: futures ------------------------------------------------------------------------------------------------ */

/* One value of the scenario that is not known beforehand; change.value is drawn from the law. */
typedef struct park_uncertain {
    const char       *path; /* "sources.rain.catchment" */
    park_change       change;
    park_distribution law;
} park_uncertain;

/* What is made least over the futures: nothing of the kind (the park as written), or the yearly objective's expected
 * value, its worst value, its largest excess over what would have been best. */
typedef enum park_robust {
    PARK_ROBUST_NONE,
    PARK_ROBUST_MEAN,
    PARK_ROBUST_WORST,
    PARK_ROBUST_REGRET
} park_robust;

enum { PARK_FUTURES_DRAWN = 8, PARK_FUTURES_MOST = 64 };

/* ---- meters: read by forms alone ----------------------------------------------------------------------------------------------- */

typedef struct park_meter {
    const char *id;
    park_label  label, location;
    const char *on;                    /* the connection or unit that it measures, as written */
    int32_t     level;                 /* 1 to 3; 0 not said */
    int32_t     parent;                /* the meter above it, PARK_NONE */
    double      max_error;             /* [-], NAN */
    double      size;                  /* nominal width [m], NAN */
    int64_t     valid_until;           /* of its verification, INT64_MIN not said */
    double      static_flow;           /* with all use shut off [m3/s], NAN */
    double      night_flow, night_use; /* least at night, and what of it is used [m3/s], NAN */
} park_meter;

/* ---- controls, failures: read by simulate/ ---------------------------------------------------------------------------------- */

typedef struct park_control {
    int32_t     storage;   /* unit whose level is watched */
    double      threshold; /* share of its volume, 0..1 */
    bool        below;     /* `<` else `>` */
    bool        open;      /* action: open else close */
    int32_t     link;      /* resolved at freeze */
    const char *link_text;
    double      hysteresis; /* share, default 0.02 */
} park_control;

/* What a controller reads, as written and resolved at freeze. */
typedef enum park_probe_kind {
    PARK_PROBE_LEVEL,  /* "pond.level": share of the full volume */
    PARK_PROBE_FLOW,   /* "river_dyeing.flow": of a connection [m3/s] */
    PARK_PROBE_OUTLET, /* "reuse.TDS", "reuse.reject.TDS": what leaves [kg/m3] */
    PARK_PROBE_INLET   /* "dyeing.inlet.TDS", "dyeing.rinse.inlet.TDS": the mixture that enters [kg/m3] */
} park_probe_kind;

typedef struct park_probe {
    park_probe_kind kind;
    const char     *text;        /* "pond", "river_dyeing", "reuse.reject": what stands before the quantity */
    int32_t         index;       /* unit, link, outlet or inlet; set by freeze, -1 */
    int32_t         constituent; /* of concentrations, -1 */
} park_probe;

typedef enum park_regulator_kind {
    PARK_REGULATE_CLOCK,   /* a valve by the hour of the day */
    PARK_REGULATE_SWITCH,  /* a valve by a flow or a concentration, with hysteresis */
    PARK_REGULATE_PID,     /* a connection's flow, so that what is read stays at its set point */
    PARK_REGULATE_BLEND,   /* as much of one water as its mixture with another bears */
    PARK_REGULATE_PRIORITY /* which donor an inlet asks first */
} park_regulator_kind;

/* A controller that looks at fixed instants. */
typedef struct park_regulator {
    park_regulator_kind kind;
    const char         *id;           /* how messages call it: "controls[2]" */
    int64_t             every;        /* [s] between two looks; whole divisor or multiple of an hour */
    const char         *link_text[2]; /* CLOCK, SWITCH, PID: [0]; BLEND: from, with */
    int32_t             link[2];      /* set by freeze */
    bool                open;         /* CLOCK, SWITCH: open else close */
    bool                hour[24];     /* CLOCK: the action holds, else its opposite */
    park_probe          probe;        /* SWITCH, PID */
    bool                below;        /* SWITCH: `<` else `>` */
    double              at;           /* SWITCH, PID: threshold, set point (SI, share) */
    double              hysteresis;   /* SWITCH: share of the threshold */
    double              least, most;  /* PID: range of the flow [m3/s] */
    double              gain; /* PID: share of the range per relative error; below 0: more flow lowers it */
    double              reset, rate; /* PID: integral time, INFINITY none; derivative time, 0 none [s] */
    double              start;       /* PID: flow at the start [m3/s], NAN: the plan's */
    const double       *hold;        /* BLEND: [constituents] kg/m3, NAN none */
    const char         *inlet_text;  /* PRIORITY */
    int32_t             inlet;       /* BLEND, PRIORITY; set by freeze */
    int32_t             order;       /* PRIORITY: PARK_ORDER_*, or a constituent: the purest first */
    size_t              ranks;       /* PRIORITY: connections in the order told; 0: by `order` */
    const char        **rank_text;
    int32_t            *rank;
} park_regulator;

enum { PARK_ORDER_PRICE = -1 };

typedef struct park_failure {
    const char *id;
    int32_t     unit;
    park_span   span;
    double      lost; /* share of the unit's capacity that is out, (0, 1]; 1: all of it */
} park_failure;

/* What the user asked for, so that an explanation can name it: targets, limits, capacities, licences, demands. */
typedef struct park_statement {
    const char *path; /* "users.dyeing.inlet.COD" */
    int         line; /* 0: unknown */
    const char *file;
    const char *text; /* as written: "50 mg/L" */
} park_statement;

/* One of the user's statements moved by so much: what planning then finds tells what the statement is worth. */
typedef struct park_move {
    const char *path;  /* of the statement: "sources.river.capacity", "users.dyeing.inlet.COD" */
    double      by;    /* SI of the statement */
    bool        upper; /* targets with both bounds: the greatest one moves */
} park_move;

/* Place of a path in the files, given by the loader; may be NULL. Returns false when unknown. */
typedef bool (*park_locate)(const void *user, const char *path, park_statement *place);

typedef struct park_draft {
    park_arena            *arena;
    park_label             name;
    park_data_class        data;
    park_time              time;
    size_t                 constituents;
    park_constituent_info *constituent;
    size_t                 patterns, patterns_cap;
    park_pattern          *pattern;
    size_t                 calendars;
    park_calendar         *calendar;
    park_weather           weather;
    size_t                 enterprises;
    park_enterprise_info  *enterprise;
    size_t                 units, units_cap;
    park_unit_info        *unit;
    size_t                 outlets, outlets_cap;
    park_outlet_info      *outlet;
    size_t                 inlets, inlets_cap;
    park_inlet_info       *inlet;
    size_t                 grades;
    park_grade            *grade;
    /* connections as written */
    size_t           connections, connections_cap;
    park_connection *connection;
    park_candidates  candidates;
    size_t           forbids, forbids_cap;
    struct {
        const char *from, *to;
    } * forbid;
    bool            self;     /* may a unit feed itself */
    double          min_flow; /* [m3/s] */
    park_pipe_rules pipe;
    /* links, made by freeze */
    size_t              links, links_cap;
    park_link_info     *link;
    park_economics      economics;
    park_tariffs        tariffs;
    park_carbon         carbon;
    park_accounting     accounting;
    park_law            law;
    size_t              targets;
    park_target        *target;
    size_t              objectives; /* lexicographic list, at least one */
    park_objective_kind objective[4];
    int32_t front_points; /* 0: a list; else objective[0] against objective[1], that many points asked */
    size_t  networks;
    park_network_info *network;
    size_t             retrofits;
    park_retrofit     *retrofit;
    size_t             uncertains;
    park_uncertain    *uncertain;
    int32_t            draws; /* futures to draw, PARK_FUTURES_DRAWN */
    int32_t            draw_seed;
    park_robust        robust;
    size_t             controls;
    park_control      *control;
    size_t             regulators;
    park_regulator    *regulator;
    size_t             failures;
    park_failure      *failure;
    size_t             meters;
    park_meter        *meter;
    size_t             statements, statements_cap;
    park_statement    *statement;
    park_locate        locate; /* may be NULL */
    const void        *locate_user;
    /* [economics.stages] the park as it stands in each stage of its investment; NULL: as it is in all */
    const struct park_draft *const *stage_park;
    const park_move                *move; /* NULL: all statements stand as written (units/moved.h) */
    bool                            frozen;
} park_draft;

typedef park_draft park_model; /* frozen: only `const park_model *` is handed around */

/* ---- draft.c ---- */

/* An empty draft with the contract's defaults (steady, +08:00, cost objective, A basis ...). NULL: out of memory. */
park_draft *park_draft_new(park_arena *arena, size_t constituents);

/* Append; each returns the index or -1 out of memory. Ids and texts are borrowed (arena-owned). Units are added
 * through park_draft_add (units/kind.h), which knows their outlets. */
int32_t park_draft_pattern(park_draft *draft, park_pattern pattern);
int32_t park_draft_connection(park_draft *draft, park_connection connection);
int32_t park_draft_forbid(park_draft *draft, const char *from, const char *to);
/* The statement of a path, made when new (place asked of draft->locate); -1 out of memory. */
int32_t park_draft_statement(park_draft *draft, const char *path);

int32_t park_model_unit(const park_model *model, const char *id); /* -1 */
int32_t park_model_constituent(const park_model *model, const char *id);
int32_t park_model_grade(const park_model *model, const char *id);
int32_t park_model_retrofit(const park_model *model, const char *id);
int32_t park_model_link(const park_model *model, const char *id); /* of a frozen model */
/* "reuse.reject" -> outlet; "dyeing" or "dyeing.rinse" -> inlet; -1 when there is none. */
int32_t park_model_outlet(const park_model *model, const char *text);
int32_t park_model_inlet(const park_model *model, const char *text);

/* The statement of a path in a frozen model; -1 when the user said nothing there. */
int32_t park_model_statement(const park_model *model, const char *path);
/* "users", "sources" ...: the section of a role in a scenario, the first word of its units' paths. */
const char *park_role_section(park_role role);
/* Does `text` match `pattern`, where * stands for any characters (also none)? */
bool park_text_matches(const char *pattern, const char *text);

/* ---- seasons.c ---- */

typedef enum park_season_rule {
    PARK_SEASONS_STEADY,
    PARK_SEASONS_MONTHS,
    PARK_SEASONS_QUARTERS,
    PARK_SEASONS_DATED
} park_season_rule;

/* A dated season: civil days from..to, both included, of every year of the period; may run over the year's end. */
typedef struct park_season_dates {
    const char *id;
    park_label  label;
    bool        rest; /* all days that no other season holds */
    int32_t     from_month, from_day, to_month, to_day;
} park_season_dates;

/**
 * Divide draft->time into seasons with their spans, weights and labels. Reads time.steady, start, end and utc_offset,
 * and economics.hours where the park is steady: set those first.
 * @param dates  [count] for PARK_SEASONS_DATED, else NULL
 * @return PARK_OK; PARK_E_RANGE when the period is empty, seasons overlap, or days are left over without a `rest`;
 *         PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_time_seasons(park_draft *draft, park_season_rule rule,
                                              const park_season_dates *dates, size_t count, park_error *err);

/* ---- patterns.c ---- */

/* Value at time t [s UTC] and mean over a season (exact integral; steady: the base times the mean of the pattern). */
double park_series_at(const park_model *model, park_series series, int64_t t);
double park_series_mean(const park_model *model, park_series series, int32_t season);
double park_series_peak(const park_model *model, park_series series, int32_t season);
/* The mean over a season of the series where the calendar is open and 0 where it is closed; calendar -1: always open. */
double park_series_open_mean(const park_model *model, park_series series, int32_t calendar, int32_t season);
/* Exact integral of a pattern's values from a to b [value s]; a <= b. Not for steady parks. */
double park_pattern_integral(const park_model *model, const park_pattern *pattern, int64_t a, int64_t b);
/**
 * Mean over a season of a function of time that is smooth between the model's changes (park_model_next_change):
 * Simpson's rule between changes, so exact where it is a cubic there, as for held patterns. Steady: its value at 0.
 */
double park_season_mean(const park_model *model, int32_t season, double (*value)(const void *user, int64_t t),
                        const void *user);
/* The next instant after t at which any of the model's patterns, calendars or failures may change; INT64_MAX none. */
int64_t park_model_next_change(const park_model *model, int64_t t);
bool    park_calendar_closed(const park_model *model, int32_t calendar, int64_t t);
double  park_calendar_open_share(const park_model *model, int32_t calendar, int32_t season);
/* Season of an instant, -1 outside the period. */
int32_t park_model_season_at(const park_model *model, int64_t t);

/* ---- check.c, freeze.c ---- */

/**
 * What is wrong with a draft as a graph and as numbers, in water terms, all at once: ids, references, a user no
 * source can reach, an outlet that can go nowhere, a constituent with no exit, demands above all capacities.
 * @return PARK_OK; PARK_E_RANGE when findings carry errors; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_model_check(const park_model *model, park_findings *findings,
                                             park_error *err);

/**
 * Complete a draft into a model: resolve references, expand candidates (all, none, pairs with *), apply forbids, law
 * and grades to connections, compute lengths from coordinates, pack. Errors of references become findings.
 * @return PARK_OK; PARK_E_RANGE with findings; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_model_freeze(park_draft *draft, park_findings *findings, park_error *err);

/* A deep enough copy for changing parameters: units' params and connections are copied, the rest shared. */
park_draft *park_draft_copy(park_arena *arena, const park_draft *draft);
/* Apply a retrofit's changes to a draft (before freezing). PARK_E_RANGE when a value leaves its field's range. */
PARK_MUST_CHECK park_status park_draft_retrofit(park_draft *draft, int32_t retrofit, park_error *err);
/* Complete the draft after single changes, with its first mistake as the error. */
PARK_MUST_CHECK park_status park_draft_settle(park_draft *draft, park_error *err);
/* Does a change speak of the size or the price of what may be built? Those are decided once, before anything is known. */
bool park_change_of_building(const park_draft *draft, const park_change *change);

/* The number that a change speaks of; NULL for shapes that hold none. Not given: NAN, or INFINITY where no limit is. */
const double *park_draft_number(const park_draft *draft, const park_change *change);
/* Do two changes speak of the same number? */
bool park_change_same(const park_change *a, const park_change *b);
/* Do two changes end in the same numbers whichever is made first? */
bool park_change_commutes(const park_change *a, const park_change *b);
/* Hourly prices and their mean from the rates, where there are any. */
void park_tariffs_settle(park_tariffs *tariffs);
/* The price of electricity in an hour of the civil day, 0..23 [CNY/J], 0 where none is stated; `rate`: its period. */
double park_tariff_power(const park_tariffs *tariffs, int hour, park_rate *rate);
/* What tiers add to (or take from) a year's volume of water [m3] at the price [CNY/m3], by a licence of so much [m3]: what lies
 * above a tier's lower end pays that tier's multiple [CNY]. Eq. (T62) */
double park_tariff_tiers(const park_tariffs *tariffs, double volume, double licence, double price);

/**
 * Change one number of a draft (before shape and freeze). PARK_E_RANGE when it leaves its field's range, is not
 * given, or is no number. The value that stands there then comes back in `now`; may be NULL.
 */
PARK_MUST_CHECK park_status park_draft_change(park_draft *draft, const park_change *change, double *now,
                                              park_error *err);

#endif
