/*
 * bench.h - the network on the bench: solved at its peak and its lowest hour with some boundary pipes closed, and hydrants opened.
 * Only for solver/zones.
 */
#ifndef PARK_ZONES_BENCH_H
#define PARK_ZONES_BENCH_H

#include <parkwater/hydraulics.h>
#include <parkwater/zones.h>

typedef enum park_bench_hour { PARK_HOUR_PEAK, PARK_HOUR_LOWEST, PARK_BENCH_HOURS } park_bench_hour;

typedef struct park_bench {
    const park_network       *net;
    const park_zone_settings *settings;
    park_hydraulic_plan      *plan;
    park_hydraulic_work      *work;
    park_hydraulic_settings   solve;
    park_hydraulic_state      state;
    double                   *demand[PARK_BENCH_HOURS]; /* [nodes] [m3/s] */
    double                   *fixed[PARK_BENCH_HOURS];  /* [nodes] head of reservoirs and tanks [m] */
    double                    total[PARK_BENCH_HOURS];  /* [m3/s] */
    double                    mean;                     /* [m3/s] */
    size_t                    solves;
    park_hydraulic_report     report; /* of the last solve */
    park_error                why;    /* it has no answer at all; empty message: it has one */
    int32_t                   unsupplied
        [PARK_BENCH_HOURS]; /* nodes with demand that are cut off as it stands: not to become more */
} park_bench;

/* @return PARK_OK; PARK_E_RANGE; PARK_E_MEMORY */
PARK_MUST_CHECK park_status park_bench_make(const park_network *net, const park_zone_settings *settings,
                                            park_arena *arena, park_bench *bench, park_error *err);

/* Solve an hour as commands stand. @return true when the answer can be trusted: converged, and no more demand cut off. */
bool park_bench_solve(park_bench *bench, park_bench_hour hour);
/* The same where it must succeed. @return PARK_OK; PARK_E_NUMERIC with the reason and the place */
PARK_MUST_CHECK park_status park_bench_as_it_stands(park_bench *bench, park_bench_hour hour, park_error *err);
/* Nodes that are cut off as commands stand now are nobody's doing: so many may be. */
void park_bench_allow_unsupplied(park_bench *bench, park_bench_hour hour);
/* Tell how far a stage is; true: the user wants to stop. */
bool park_bench_stopped(const park_bench *bench, double share);
/* Pressure at a node as last solved [m]. */
double park_bench_pressure(const park_bench *bench, int32_t node);
/* Is the node one that people draw from? */
bool park_bench_serves(const park_bench *bench, int32_t node);

/* Close the boundary pipes that get a valve, open the others (those closed before stay so). */
void park_bench_set(park_bench *bench, const park_zones *zones, bool valves_closed);

/* Does a hydrant at the node give q [m3/s] and keep the pressure that is asked for, at the peak hour? */
bool park_bench_gives(park_bench *bench, int32_t node, double q);
/* The served nodes of lowest pressure in every zone as last solved: node [zones * hydrants], -1 where there are fewer. */
void park_bench_hydrants(const park_bench *bench, const park_zones *zones, int32_t *node);

/* Eq. (Z8): the most that a hydrant at the node gives while its pressure stays at what is asked for [m3/s], at the peak hour. */
double park_bench_fire(park_bench *bench, int32_t node);

#endif
