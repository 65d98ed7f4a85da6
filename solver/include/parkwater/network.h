/*
 * network.h - a pipe network under pressure as columns: what an EPANET file says, in SI, and nothing of what is
 * computed from it. Written by an importer or a loader, checked (park_network_check), then read by everybody and
 * written by nobody.   Looks down on: base.
 *
 * SI throughout: m, m3/s, s, W, J, kg/m3; head in m; money in the tariff's currency. "Not given" is NAN for
 * numbers, NULL for texts, -1 for indices. Every array belongs to the arena of its importer.
 *
 * Roughness and settings keep the meaning of their law:
 *   roughness   Hazen-Williams C [-]; Darcy-Weisbach height [m]; Chezy-Manning n [-]
 *   setting     PRV, PSV, PBV pressure [m]; FCV flow [m3/s]; TCV loss coefficient [-]; PCV opening 0..1;
 *               GPV none (its curve rules, status OPEN); pumps relative speed [-], 0 of one that is closed
 *   minor       loss coefficient K of h = K v^2 / 2g [-]
 */
#ifndef PARKWATER_NETWORK_H
#define PARKWATER_NETWORK_H

#include "base/arena.h"
#include "base/finding.h"
#include "base/names.h"

#include <stdbool.h>

typedef enum park_net_node_kind { PARK_NET_JUNCTION, PARK_NET_RESERVOIR, PARK_NET_TANK } park_net_node_kind;

typedef enum park_net_link_kind {
    PARK_NET_PIPE,
    PARK_NET_CHECK_PIPE, /* a pipe with a check valve */
    PARK_NET_PUMP,
    PARK_NET_PRV,
    PARK_NET_PSV,
    PARK_NET_PBV,
    PARK_NET_FCV,
    PARK_NET_TCV,
    PARK_NET_GPV,
    PARK_NET_PCV
} park_net_link_kind;

/* As the file states it. A valve that is ACTIVE obeys its setting; OPEN and CLOSED are fixed. */
typedef enum park_net_status { PARK_NET_CLOSED, PARK_NET_OPEN, PARK_NET_ACTIVE } park_net_status;

typedef enum park_net_headloss {
    PARK_NET_HAZEN_WILLIAMS,
    PARK_NET_DARCY_WEISBACH,
    PARK_NET_CHEZY_MANNING
} park_net_headloss;

typedef enum park_net_tank_mixing {
    PARK_NET_MIX_COMPLETE,
    PARK_NET_MIX_TWO_COMPARTMENTS,
    PARK_NET_MIX_FIFO,
    PARK_NET_MIX_LIFO
} park_net_tank_mixing;

typedef enum park_net_quality {
    PARK_NET_QUALITY_NONE,
    PARK_NET_QUALITY_CHEMICAL,
    PARK_NET_QUALITY_AGE,
    PARK_NET_QUALITY_TRACE
} park_net_quality;

typedef enum park_net_source_kind {
    PARK_NET_SOURCE_CONCEN,   /* quality of the inflow that enters at the node [kg/m3] */
    PARK_NET_SOURCE_MASS,     /* mass booster [kg/s] */
    PARK_NET_SOURCE_SETPOINT, /* outflow brought up to [kg/m3] */
    PARK_NET_SOURCE_FLOWPACED /* added to the outflow [kg/m3] */
} park_net_source_kind;

typedef enum park_net_curve_kind {
    PARK_NET_CURVE_UNUSED,     /* nothing refers to it: values as written */
    PARK_NET_CURVE_PUMP,       /* flow [m3/s] -> head [m] */
    PARK_NET_CURVE_EFFICIENCY, /* flow [m3/s] -> efficiency 0..1 */
    PARK_NET_CURVE_VOLUME,     /* depth above the tank's bottom [m] -> volume [m3] */
    PARK_NET_CURVE_HEADLOSS,   /* GPV: flow [m3/s] -> head loss [m] */
    PARK_NET_CURVE_OPENING     /* PCV: opening 0..1 -> share of the open valve's flow coefficient 0..1 */
} park_net_curve_kind;

typedef struct park_net_curve {
    park_net_curve_kind kind;
    size_t              count;
    double             *x, *y; /* [count], x strictly rising once checked */
} park_net_curve;

typedef struct park_net_pattern {
    size_t  count;
    double *factor; /* [count], one each pattern step, repeated */
} park_net_pattern;

typedef struct park_net_nodes {
    size_t              count;
    park_names          names;
    park_net_node_kind *kind;
    double             *elevation; /* [m]; a reservoir's is its head */
    int32_t            *pattern;   /* reservoirs: head pattern; -1 */
    double             *x, *y;     /* map position, NAN */
    double             *emitter;   /* [m3/s per m^exponent], 0 none */
    double             *quality;   /* initial [kg/m3]; age [s]; trace [-] */
    const char        **tag;       /* NULL */
    const char        **comment;   /* NULL */
} park_net_nodes;

/* One row a category: the demand of node[i] is base[i] x factor of pattern[i] x the demand multiplier. */
typedef struct park_net_demands {
    size_t       count;
    int32_t     *node;
    double      *base;     /* [m3/s], negative: an inflow */
    int32_t     *pattern;  /* -1: constant */
    const char **category; /* NULL */
} park_net_demands;

typedef struct park_net_tanks {
    size_t                count;
    int32_t              *node;
    double               *level;            /* initial, above the bottom [m] */
    double               *lowest, *highest; /* [m] above the bottom */
    double               *diameter;         /* [m]; of the cylinder where no curve is given */
    double               *dead_volume;      /* at the lowest level [m3]; 0: from the cylinder */
    int32_t              *curve;            /* volume curve, -1 */
    bool                 *overflows;
    park_net_tank_mixing *mixing;
    double               *mixing_share; /* of the mixing compartment 0..1 */
    double               *bulk;         /* own bulk coefficient [1/s], NAN: the network's */
} park_net_tanks;

typedef struct park_net_links {
    size_t              count;
    park_names          names;
    park_net_link_kind *kind;
    int32_t            *from, *to;
    double             *length;      /* [m]; pipes */
    double             *diameter;    /* [m]; pipes, valves */
    double             *roughness;   /* pipes */
    double             *minor;       /* K [-] */
    park_net_status    *status;      /* initial */
    double             *setting;     /* valves, pumps (speed; 1 unless given); NAN */
    int32_t            *curve;       /* pump head, GPV, PCV; -1 */
    double             *bulk, *wall; /* own coefficients [1/s for order 1], wall [m/s]; NAN: the network's */
    double             *leak_area;   /* FAVAD: fixed area a metre of pipe [m2/m], 0 none */
    double             *leak_expansion; /* FAVAD: growth of that area a metre of head [m2/m/m], 0 none */
    size_t             *vertex;         /* [count + 1] into vertex_x: bends between the ends */
    double             *vertex_x, *vertex_y;
    const char        **tag, **comment;
} park_net_links;

typedef struct park_net_pumps {
    size_t   count;
    int32_t *link;
    double  *power;         /* constant power [W], NAN: by the curve of its link */
    int32_t *speed_pattern; /* -1 */
    int32_t *efficiency;    /* curve, -1: the network's */
    double  *price;         /* [currency/J], NAN: the network's */
    int32_t *price_pattern; /* -1: the network's */
} park_net_pumps;

typedef enum park_net_trigger {
    PARK_NET_WHEN_TIME,  /* since the start [s] */
    PARK_NET_WHEN_CLOCK, /* of the day [s] */
    PARK_NET_WHEN_ABOVE, /* a tank's level or a junction's pressure [m] */
    PARK_NET_WHEN_BELOW
} park_net_trigger;

/* [CONTROLS]: LINK id OPEN|CLOSED|setting IF NODE .. or AT TIME .. */
typedef struct park_net_control {
    int32_t          link;
    park_net_status  status;  /* OPEN or CLOSED; ACTIVE when a setting is given */
    double           setting; /* NAN when a status is given */
    park_net_trigger when;
    int32_t          node;  /* ABOVE, BELOW; else -1 */
    double           value; /* [s], or [m]: level above a tank's bottom, pressure at a junction */
    bool             enabled;
} park_net_control;

typedef enum park_net_rule_object {
    PARK_NET_RULE_NODE,
    PARK_NET_RULE_LINK,
    PARK_NET_RULE_SYSTEM
} park_net_rule_object;

typedef enum park_net_rule_variable {
    PARK_NET_RULE_DEMAND,   /* [m3/s]; of the system too */
    PARK_NET_RULE_HEAD,     /* [m] */
    PARK_NET_RULE_PRESSURE, /* [m] */
    PARK_NET_RULE_LEVEL,    /* [m] */
    PARK_NET_RULE_GRADE,    /* = HEAD, as tanks and reservoirs say it */
    PARK_NET_RULE_FLOW,     /* [m3/s], its size */
    PARK_NET_RULE_STATUS,
    PARK_NET_RULE_SETTING, /* as the link's kind says */
    PARK_NET_RULE_POWER,   /* [W] */
    PARK_NET_RULE_TIME,
    PARK_NET_RULE_CLOCKTIME, /* [s] */
    PARK_NET_RULE_FILLTIME,
    PARK_NET_RULE_DRAINTIME /* of a tank [s] */
} park_net_rule_variable;

typedef enum park_net_relation {
    PARK_NET_EQ,
    PARK_NET_NE,
    PARK_NET_LT,
    PARK_NET_GT,
    PARK_NET_LE,
    PARK_NET_GE
} park_net_relation;

typedef struct park_net_premise {
    bool                   joined_by_or; /* to what stands before; the first is IF */
    park_net_rule_object   object;
    int32_t                index; /* node or link, -1 */
    park_net_rule_variable variable;
    park_net_relation      relation;
    park_net_status        status; /* of PARK_NET_RULE_STATUS */
    double                 value;  /* of all others, SI */
} park_net_premise;

typedef struct park_net_action {
    int32_t         link;
    park_net_status status;  /* ACTIVE when a setting is given */
    double          setting; /* NAN when a status is given */
} park_net_action;

typedef struct park_net_rule {
    const char       *id;
    size_t            premises, thens, elses;
    park_net_premise *premise;
    park_net_action  *then, *otherwise;
    double            priority; /* higher wins; 0 where none is given */
    bool              enabled;
} park_net_rule;

typedef struct park_net_source {
    int32_t              node;
    park_net_source_kind kind;
    double               strength; /* [kg/m3] or [kg/s] */
    int32_t              pattern;  /* -1 */
} park_net_source;

typedef struct park_net_options {
    park_net_headloss headloss;
    double            viscosity;        /* kinematic [m2/s] */
    double            diffusivity;      /* [m2/s] */
    double            specific_gravity; /* [-] */
    double            demand_multiplier;
    bool              pressure_driven;
    double            pressure_min, pressure_required, pressure_exponent; /* [m], [m], [-] */
    double            emitter_exponent;
    bool              emitter_backflow; /* emitters may draw water in (EPANET's default) */
    /* the solve */
    int32_t trials;
    double  accuracy;     /* sum|dq|/sum|q| */
    double  head_error;   /* [m], 0: not asked for by the file */
    double  flow_change;  /* [m3/s], 0: not asked for */
    int32_t extra_trials; /* UNBALANCED CONTINUE n; -1: STOP */
    int32_t check_every, check_until;
    double  damp_limit;
    /* quality */
    park_net_quality quality;
    const char      *chemical;          /* name, NULL */
    double           quality_unit;      /* kg/m3 of one unit of the file (mg/L 1e-3, ug/L 1e-6) */
    int32_t          trace_node;        /* -1 */
    double           quality_tolerance; /* [kg/m3], [s] or [-] */
    double           bulk_order, wall_order, tank_order;
    double           bulk, wall;            /* global coefficients */
    double           limiting;              /* limiting potential [kg/m3], 0 none */
    double           wall_roughness_factor; /* roughness correlation, 0 none */
} park_net_options;

typedef struct park_net_times {
    int64_t duration, hydraulic_step, quality_step, rule_step;                   /* [s] */
    int64_t pattern_step, pattern_start, report_step, report_start, clock_start; /* [s] */
    int32_t statistic; /* 0 none, 1 average, 2 minimum, 3 maximum, 4 range */
} park_net_times;

typedef struct park_net_energy {
    double  efficiency;    /* 0..1, where a pump has no curve */
    double  price;         /* [currency/J] */
    int32_t price_pattern; /* -1 */
    double  demand_charge; /* [currency/W] on the highest power */
} park_net_energy;

/* What the file was written in, so that it can be written again: words of [OPTIONS] UNITS and PRESSURE. */
typedef struct park_net_origin {
    const char *flow_unit;     /* "LPS" */
    const char *pressure_unit; /* "METERS", "PSI", "KPA", "BAR", "FEET"; NULL: psi with US flows, else m */
    const char *title;         /* lines joined by \n, NULL */
    /* sections that carry nothing to compute ([LABELS] [BACKDROP] [REPORT]), as written, NULL */
    const char *labels, *backdrop, *report;
} park_net_origin;

typedef struct park_network {
    park_net_nodes    node;
    park_net_demands  demand;
    park_net_tanks    tank;
    park_net_links    link;
    park_net_pumps    pump;
    park_names        pattern_names, curve_names;
    park_net_pattern *pattern; /* [pattern_names.count] */
    park_net_curve   *curve;   /* [curve_names.count] */
    size_t            controls, rules, sources;
    park_net_control *control;
    park_net_rule    *rule;
    park_net_source  *source;
    park_net_options  option;
    park_net_times    time;
    park_net_energy   energy;
    park_net_origin   origin;
    int32_t           default_pattern; /* of demands that name none; -1 (already in `demand.pattern`) */
} park_network;

/**
 * What makes no sense in a network, and what will not work: no source, curves that do not rise, pumps without a law,
 * levels out of order, valves joined wrongly, junctions without links, parts without a source, controls that cannot
 * act, numbers without meaning. Nodes, links, curves and patterns are named by the path "nodes.ID", "links.ID", ..
 * @return PARK_OK (findings may carry errors); PARK_E_MEMORY
 * Cost O(nodes + links). Scratch in the arena of the findings.
 */
PARK_MUST_CHECK park_status park_network_check(const park_network *net, park_findings *findings,
                                               park_error *err);

/* Mean of a demand row over its pattern, with the multiplier [m3/s]. */
double park_network_demand_mean(const park_network *net, size_t row);
/* The same by node: demand [nodes] out, inflows negative. Cost O(nodes + rows x factors). */
void park_network_demands_mean(const park_network *net, double *demand);

/**
 * Other mean demands for some nodes: their rows keep patterns, categories and proportions and are scaled; a node whose
 * rows come to nothing gets one constant row instead.
 * @param net     its demand rows are replaced by new ones; the old ones are left alone
 * @param wanted  [nodes] [m3/s], NAN where a node stays as it is
 * @return PARK_OK; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_network_demands_set(park_network *net, const double *wanted,
                                                     park_arena *arena, park_error *err);

/* The part that each node belongs to, joined by any link, open or closed: part [nodes] out, counted from 0 in the order
 * of their first nodes. Returns how many parts there are. Cost about O(nodes + links), no allocation. */
int32_t park_network_parts(const park_network *net, int32_t *part);

#endif
