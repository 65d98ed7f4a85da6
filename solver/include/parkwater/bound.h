/*
 * bound.h - pipe networks that carry a park's connections: the park's flows become demands, and pressures, velocities, age,
 * leakage and pumping come back.
 * Math: docs/math/bound.md.   Looks down on: ledger.h, network.h, period.h, simulate.h.
 *
 * Each season has two days, made of the hours that the simulation of the park left behind: the worst day, which
 * holds the hour with the most carried water, judges pressures and velocities; the average day, each of whose hours is the
 * mean of that hour over the season, counts leakage and energy. Networks do not know each other.
 */
#ifndef PARKWATER_BOUND_H
#define PARKWATER_BOUND_H

#include <parkwater/ledger.h>
#include <parkwater/period.h>
#include <parkwater/simulate.h>

/* Where a unit of the park stands in a network: a share of its water at a node. */
typedef struct park_network_bind {
    const char *unit; /* "dyeing"; an inlet or an outlet by its path: "dyeing.rinse", "reuse.reject" */
    int32_t     node; /* of the network */
    double      share;
} park_network_bind;

/* What all pipes leak besides what their file says: `flow` a metre of pipe at the pressure `at`, of which the share
 * `growing` goes with p^1.5, the rest with p^0.5. */
typedef struct park_leak_law {
    double flow;    /* [m2/s], NAN: no law */
    double at;      /* [m], above 0 */
    double growing; /* 0..1 */
} park_leak_law;

typedef enum park_network_failure_kind { PARK_NETWORK_FIRE, PARK_NETWORK_BURST } park_network_failure_kind;

typedef struct park_network_failure {
    const char               *id;
    park_network_failure_kind kind;
    int32_t                   node, link; /* -1 where it does not apply */
    double                    flow;       /* fire [m3/s] */
    double                    diameter;   /* burst: of the round hole [m] */
    int64_t                   from;       /* [s UTC]; INT64_MIN: at the worst hour of all */
    double                    seconds;
} park_network_failure;

/* A pipe network that the scenario names, and what it has to do with the park. */
typedef struct park_bound_network {
    const char           *id, *path;
    const park_network   *net;
    size_t                binds, carried, failures;
    park_network_bind    *bind;         /* [binds] a unit's rows stand together */
    const char          **carries;      /* [carried] ids of connections */
    double                min_pressure; /* [m], NAN */
    park_leak_law         leak;
    park_network_failure *failure; /* [failures] */
} park_bound_network;

/* What the simulation of the park left behind: means over equal steps. Borrowed. */
typedef struct park_bound_flows {
    size_t               rows;
    int64_t              every; /* [s] */
    const int64_t       *time;  /* [rows] end of each step [s UTC] */
    const double *const *link;  /* [links of the model] each [rows] [m3/s], or NULL: unknown */
    /* [links of the model] each [rows] [m3/s] or NULL: what they would have carried beyond that; NULL: nothing */
    const double *const *withheld;
    const park_ledger   *ledger; /* of the same simulation, for comparing energies; NULL */
} park_bound_flows;

/* One season of one network. */
typedef struct park_bound_season {
    int64_t  start;         /* of the worst day: local midnight [s UTC] */
    int32_t  worst_hour;    /* of that day, 0..23 */
    double   days;          /* that the season counts for [1/a] */
    double  *lowest, *mean; /* [nodes] pressure: lowest of the worst day, mean of the average day [m] */
    int32_t *lowest_hour;   /* [nodes] of the worst day */
    double  *fastest;       /* [links] highest velocity of the worst day [m/s], NAN: no diameter */
    double  *strongest;     /* [links] flow at that instant [m3/s] */
    double   supplied, delivered,
        leaked; /* [m3/a]; supplied: all that entered; what is given and drawn at one node cancels */
    double  emitted, unmet, pumped; /* [m3/a]; pumped: through pumps, each counted */
    double  energy;                 /* of pumps [J/a] */
    double  lift_energy; /* of the carried links by length and lift, as costs count them [J/a]; NAN */
    double *pumps;       /* [24] power of all pumps in each hour of the average day [W] */
    double
        *lifted; /* [24] of the carried links by length and lift in those hours [W]; zero without a ledger */
    double   park_drawn; /* what the park's units draw from the network [m3/a] */
    double   closure;    /* of both days, the larger */
    uint64_t unbalanced; /* solves without balance */
} park_bound_season;

/* A node where units of the park draw or give water. */
typedef struct park_bound_node {
    int32_t     node;
    int32_t     unit; /* of the model: the first that is bound here */
    bool        draws;
    const char *units; /* "dyeing, boiler" */
} park_bound_node;

/* A node that stays below its pressure, and what would help it. */
typedef struct park_bound_lack {
    int32_t  node, season, unit;
    double   lowest, required; /* [m] */
    int64_t  when;             /* [s UTC] */
    double   draw_times;  /* the share of its unit's draw at which it would hold; NAN: not even without any */
    int32_t  link;        /* of the model: carries most of its water; -1 */
    bool     alternative; /* the park may bring water to that inlet by another way */
    double   head;        /* what more all reservoirs and tanks must stand at [m], NAN: does not help */
    size_t   pipes;       /* enlarged one size after another until it holds */
    int32_t *pipe;        /* [pipes] links of the network */
    double  *diameter;    /* [pipes] new, inner [m] */
    const char **size;    /* [pipes] its name, "DN250" */
    bool         pipes_help; /* false: not enough, or none left to enlarge */
} park_bound_lack;

/* What a failure does, against the same hours without it. */
typedef struct park_bound_failure {
    const park_network_failure *what;
    int32_t                     season;
    int64_t                     start;            /* [s UTC] */
    double                      seconds;          /* of it that were solved */
    double                     *lowest, *without; /* [nodes] lowest pressure [m] */
    size_t                      below;    /* bound nodes that draw and fall below the required pressure */
    double                      required; /* [m]: full delivery */
    double                      lost;     /* through the burst [m3] */
    double                      unmet;    /* wanted and not delivered, the fire's own included [m3] */
    double                      unmet_without;
} park_bound_failure;

typedef struct park_bound_result {
    const park_bound_network *network;
    size_t                    seasons;
    park_bound_season        *season; /* [seasons] */
    size_t                    nodes;
    park_bound_node          *node;       /* [nodes] bound ones */
    double                   *age;        /* [nodes of the network] oldest water of a day [s] */
    int32_t                   age_season; /* in which the least is carried */
    size_t                    lacks;
    park_bound_lack          *lack; /* worst first within a season */
    size_t                    failures;
    park_bound_failure       *failure;
} park_bound_result;

typedef struct park_bound_settings {
    const park_model *choices;                  /* what the park may still choose; NULL: nothing */
    bool              failures;                 /* solve them too */
    bool (*progress)(void *user, double share); /* true: stop; NULL */
    void *progress_user;
} park_bound_settings;

/**
 * Solve all networks for a simulated park.
 * @param model     frozen: its links are those of `flows`
 * @param network   [count]
 * @param flows     of the simulation; a season without rows counts nothing
 * @param findings  what is worth saying: pressures below the required one with what would help, failures, solves without balance
 * @param result    out [count], arena-owned
 * @return PARK_OK; PARK_E_RANGE when a network's numbers make no sense; PARK_E_NUMERIC when a solve has no finite answer,
 *         the network named; PARK_E_CANCELLED; PARK_E_MEMORY
 * Same bits for same input. Scratch is freed before it returns.
 */
PARK_MUST_CHECK park_status park_bound_run(const park_model *model, const park_bound_network *network,
                                           size_t count, const park_bound_flows *flows,
                                           const park_bound_settings *settings, park_findings *findings,
                                           park_arena *arena, park_bound_result **result, park_error *err);

/**
 * A park whose networks have pumps pays for them: their energy takes the place of what length and lift said of the connections that
 * such a network carries, shared among these by their water; in the ledger (link_energy) and in the bill (lines, rates, months,
 * demand charge, carbon). Networks without pumps change nothing. Once per simulation. Eq. (N13)-(N16)
 * @param simulation  the one whose rows and ledger the networks were solved for
 * @return PARK_OK; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_bound_bill(const park_model *model, const park_bound_result *result,
                                            size_t count, park_simulation *simulation, park_error *err);

/* What networks with pumps draw in an hour of a season's average day beyond their connections by length and lift [W]. Eq. (N13) */
double park_bound_power(const park_bound_result *result, size_t count, int32_t season, int hour);

/**
 * Pressures that a change of the plan can mend, as violations for the repair: those with an alternative and a share of the
 * draw at which they hold.
 * @param violation  out, arena-owned; @return how many; -1 out of memory
 */
int64_t park_bound_violations(const park_bound_result *result, size_t count, park_arena *arena,
                              park_violation **violation);

/* ---- for the march ---- */

/**
 * The networks as the carrier of a march: what they cannot bring to a node that draws for the park at their lowest pressure is not
 * let through. Delivery follows the pressure: by the file's own curve where it is pressure-driven, else full at min_pressure,
 * none at 0, by the root between; a network that is neither, with neither, limits nothing. Tanks of the file fill and
 * drain with the march. Eq. (N17)-(N20)
 * @param network  [count] borrowed, as is the model, for the carrier's life
 * @param findings borrowed for the carrier's life: its arena keeps the places of errors. What networks notice is told by
 *                 park_bound_solve, which sees the same flows
 * @param carrier  out: fresh, at the start of the park's period; NULL where no network limits anything
 * @return PARK_OK; PARK_E_RANGE, PARK_E_MEMORY
 * One march a carrier. Deterministic. A question costs a solve of each network that carries something.
 */
PARK_MUST_CHECK park_status park_bound_carrier_make(const park_model         *model,
                                                    const park_bound_network *network, size_t count,
                                                    park_findings *findings, park_arena *arena,
                                                    park_carrier **carrier, park_error *err);

#endif
