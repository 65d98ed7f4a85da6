/*
 * zones.h - district metering zones of a pipe network: which node belongs where, which boundary pipe gets a meter and
 * which a closed valve, and what that does to pressures and fire flow.
 * Math: docs/math/zones.md, Eq. (Z1)-(Z9).   Looks down on: network.h, hydraulics.h, period.h.
 *
 *     park_zones_make(net, &settings, arena, &zones, err);   zones and boundary pipes, by the graph alone
 *     park_zones_feed(net, &settings, zones, err);           meters and valves, by trial solves at the peak hour
 *     park_zones_judge(net, &settings, zones, err);          before and after: pressures, fire flow
 */
#ifndef PARKWATER_ZONES_H
#define PARKWATER_ZONES_H

#include <parkwater/network.h>

typedef struct park_zone_settings {
    int32_t zones; /* how many, at least 1 */
    double
        tolerance; /* by which a zone may leave its share of demand and of length before that costs much [-] */
    int32_t
        feeds; /* metered pipes that a zone keeps where it has them; a reservoir in the zone counts as one */
    double   pressure;      /* service pressure that closing must not take away [m] */
    double   fire_pressure; /* residual pressure at a hydrant [m] */
    double   fire_need;     /* fire flow that closing must not take away [m3/s] */
    double   fire_most;     /* fire flow is looked for up to this [m3/s] */
    int32_t  hydrants;      /* nodes of a zone at which fire flow is tried: those of lowest pressure */
    int32_t  attempts;      /* partitions of which the best is kept */
    uint64_t seed;
    bool (*progress)(void *user, double share); /* true: stop; NULL */
    void *progress_user;
} park_zone_settings;

typedef struct park_zone_state {
    double  pressure_min, pressure_mean; /* of junctions with demand at the peak hour [m] */
    double  night_mean;                  /* the same mean at the lowest hour: what drives leaks [m] */
    double  fire_min;                    /* least available fire flow of the tried nodes [m3/s] */
    int32_t worst, fire_node;            /* nodes of both minima, -1 */
    int32_t low;                         /* junctions with demand below the service pressure */
    double  age_mean, age_most;          /* mean by demand, and the oldest node's [s]; NAN unless asked for */
    int32_t oldest;                      /* that node, -1 */
} park_zone_state;

typedef struct park_zone {
    size_t junctions, reservoirs, tanks;
    double demand,
        length; /* mean of what is drawn [m3/s], pipes with both ends in it and half of those with one [m] */
    int32_t         meters, valves, closed; /* boundary pipes: metered, to be closed, closed already */
    park_zone_state before, after;
} park_zone;

typedef enum park_border_fate { PARK_BORDER_METER, PARK_BORDER_VALVE, PARK_BORDER_CLOSED } park_border_fate;

typedef struct park_border {
    int32_t          link, from, to;          /* zones of its two ends */
    park_border_fate fate;                    /* CLOSED: it was closed before */
    double           flow_before, flow_after; /* at the peak hour, along the link [m3/s] */
} park_border;

typedef struct park_zones {
    size_t       zones, boundaries, nodes;
    int32_t     *zone;         /* [nodes] -1: in a part that nothing feeds, or that is too small for a zone */
    park_zone   *item;         /* [zones] */
    park_border *boundary;     /* [boundaries] in the order of links */
    double       peak, lowest; /* total demand of the hours looked at, over the mean [-] */
    size_t       solves;
    bool         judged;
} park_zones;

park_zone_settings park_zone_settings_default(void);

/**
 * Zones by demand and length, bounded where pipes are few and small.
 * @return PARK_OK; PARK_E_RANGE when there are more zones than places for them or fewer than separate parts; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_zones_make(const park_network *net, const park_zone_settings *settings,
                                            park_arena *arena, park_zones **zones, park_error *err);

/**
 * A meter or a valve for every boundary pipe: from the least important one on, a pipe is closed when afterwards every zone
 * keeps its feeds, every demand is still joined to a source, and no service pressure is lost. Where that took away fire
 * flow that was there, the most important of the closed pipes are opened again.
 * @return PARK_OK; PARK_E_NUMERIC when the network cannot be solved as it stands; PARK_E_CANCELLED; PARK_E_MEMORY
 * Cost: a solve for each boundary pipe.
 */
PARK_MUST_CHECK park_status park_zones_feed(const park_network *net, const park_zone_settings *settings,
                                            park_zones *zones, park_error *err);

/* Pressures and fire flow before and after. What it returns is as above. Cost: some tens of solves for each hydrant. */
PARK_MUST_CHECK park_status park_zones_judge(const park_network *net, const park_zone_settings *settings,
                                             park_zones *zones, park_error *err);

/**
 * Water age before and after, by two marches of the network from ages of zero: means over the last day. No age exceeds the hours
 * marched; some times the longest way through tanks is enough.
 * @param zones  judged
 * @return PARK_OK; PARK_E_RANGE (hours from 1 to 8784); what park_period_run may answer
 */
PARK_MUST_CHECK park_status park_zones_age(const park_network *net, double hours, park_zones *zones,
                                           park_error *err);

#endif
