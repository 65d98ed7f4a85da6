/*
 * tanks.h - what tanks hold: volume and level, limits, and the explicit step that rounds to full and empty.
 * Math: docs/math/network_time.md, Eq. (P5)-(P9).   Looks down on: network.h.
 */
#ifndef PARK_PERIOD_TANKS_H
#define PARK_PERIOD_TANKS_H

#include <parkwater/network.h>

/* Sizes of the tanks, frozen; columns [count] in the order of net->tank. */
typedef struct park_tanks {
    const park_network *net; /* borrowed */
    size_t              count;
    double             *bottom;    /* elevation [m] */
    double             *head_low;  /* at the lowest level [m] */
    double             *head_high; /* at the highest level [m] */
    double             *volume_low, *volume_high;
    double             *area;    /* of the cylinder; mean of a volume curve [m2] */
    int32_t            *of_node; /* [nodes] which tank stands there, -1 */
    size_t              links;
    int32_t            *link; /* [links] those with a tank at an end, rising */
} park_tanks;

/**
 * @return PARK_OK; PARK_E_RANGE for a tank without area or volume, levels out of order, or a volume curve that falls;
 * PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_tanks_make(park_arena *arena, const park_network *net, park_tanks **tanks,
                                            park_error *err);

/* Volume at a head, and head at a volume. A curve holds its end values; a cylinder goes on beyond its limits. */
double park_tank_volume(const park_tanks *tanks, size_t i, double head);
double park_tank_head(const park_tanks *tanks, size_t i, double volume);

/**
 * The volume after `step` seconds of `inflow`: full when the next second would fill it, empty when it has gone a second
 * of its outflow below (between, it may stand a little below its lowest level).
 * @param lost  out: water that the rounding took away (negative: that it made) [m3]
 */
double park_tank_step(const park_tanks *tanks, size_t i, double volume, double inflow, double step,
                      double *lost);

#endif
