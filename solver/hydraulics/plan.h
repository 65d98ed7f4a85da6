/*
 * plan.h - the inside of a hydraulic plan and of a work: who stands where. Shared by the files of this room only.
 * Looks down on: headloss.h, pumps.h, numerics/spd.h, hydraulics.h.
 *
 * The network is cut in two. The *forest*: trees of plain pipes that hang on the rest by one node; their flows follow from
 * the demands alone, so they are summed from the leaves up before a solve and their heads follow from the root down after
 * it. The *core*: everything else. Its links are numbered pipes first (by formula, in the order of the elimination), then
 * devices (pumps, valves); its nodes are *points*: unknown heads by position in the elimination, then fixed heads.
 * Demands that depend on pressure leave no forest.
 */
#ifndef PARK_HYDRAULICS_PLAN_H
#define PARK_HYDRAULICS_PLAN_H

#include "hydraulics/headloss.h"
#include "hydraulics/pumps.h"
#include "numerics/spd.h"

#include <parkwater/hydraulics.h>

/* A pump or valve; core link `pipes + its index`. */
typedef struct park_device {
    park_net_link_kind    kind;
    int32_t               pump;  /* index of park_hydraulic_plan.pump, -1 */
    double                minor; /* of the open valve [s2/m5] */
    const park_net_curve *curve; /* GPV, PCV; NULL */
    double                floor; /* elevation whose pressure a PRV or PSV holds [m] */
    int32_t               held;  /* point whose head it sets when active, -1 */
    int32_t               drawn; /* point from which (PRV) or to which (PSV) the flow then goes, -1 */
    int32_t first, end; /* incident core links of `held` but itself, in park_hydraulic_plan.incident */
} park_device;

/* One outflow that depends on pressure: a fictive link from a point to a fixed head. */
typedef enum park_outlet_kind {
    PARK_OUTLET_EMITTER,
    PARK_OUTLET_LEAK, /* fixed area */
    PARK_OUTLET_LEAK_GROWS,
    PARK_OUTLET_DEMAND
} park_outlet_kind;

typedef struct park_outlet {
    park_outlet_kind kind;
    int32_t          node, point;
    double           coefficient;
    double           base; /* head at which it starts [m] */
} park_outlet;

struct park_hydraulic_plan {
    const park_network *net;
    park_spd_plan      *spd;
    size_t              nodes, links;
    /* nodes */
    size_t   unknowns, points; /* points = unknowns + fixed heads */
    int32_t *point;            /* [nodes]; -1 in the forest */
    int32_t *node_of;          /* [points] */
    /* core links: pipes, then devices */
    size_t       pipes, devices, cores;
    int32_t     *link_of;   /* [cores] */
    int32_t     *from, *to; /* [cores] points */
    int32_t     *slot;      /* [cores] of the system's off-diagonal */
    int32_t     *core_of;   /* [links]; -1 in the forest */
    park_pipes   pipe;      /* [pipes] */
    park_device *device;    /* [devices] */
    int32_t     *incident;  /* core link, or -1 - core link where the point is its start */
    size_t       holders;   /* PRV, PSV, FCV among the devices */
    /* watched for status: check valves, pumps, FCVs, links at tanks */
    size_t   watched;
    int32_t *watch; /* [watched] core links, rising by link of the network */
    /* forest, leaves first */
    size_t     leaves;
    int32_t   *leaf, *leaf_link, *leaf_parent; /* [leaves] nodes, links, nodes */
    bool      *leaf_in;                        /* the link's direction is towards the leaf */
    park_pipes branch;                         /* [leaves] */
    /* outflows that depend on pressure */
    size_t       outlets;
    park_outlet *outlet;
    bool        *draws; /* [nodes] an emitter or a leak */
    /* graph of everything */
    size_t  *around; /* [nodes + 1] into neighbour_link */
    int32_t *around_link;
    /* pumps as the network counts them, and tanks */
    size_t     pumps;
    park_pump *pump;
    int32_t   *pump_of; /* [links] -1 */
    int32_t   *tank_of; /* [nodes] -1; reservoirs too */
    /* controls that look at junctions' pressures */
    size_t   controls;
    int32_t *control;
    size_t   bytes;
};

/* The numbers of points, core links and the system stand at park_at(work, i): one behind the other, or in the places of one
 * of the lanes of lanes.h. */
struct park_hydraulic_work {
    unsigned         spread; /* places a number takes, as a power of two */
    park_spd_work    system;
    double          *head, *step; /* [points] heads [m] and their last step */
    double          *diag, *side; /* [points] diagonal and right-hand side of the next one */
    double          *load; /* [points] demand that does not depend on pressure, forest included [m3/s] */
    double          *flow, *give, *next; /* [cores] flow, 1/slope, flow at unchanged heads */
    double          *set;    /* [devices] setting, in the device's own sense (PCV, TCV: minor loss) */
    uint8_t         *status; /* [cores] park_flow_status */
    uint8_t         *flips;  /* [cores] changes of status in this solve */
    uint8_t         *forced; /* [devices] opened because it cut a part off */
    double          *drawn, *given, *spare; /* [outlets] flow, 1/slope, flow at unchanged heads */
    double          *full;                  /* [outlets] demand wanted */
    double          *out;                   /* [points] sum of the outlets' flows */
    double          *branch_flow;           /* [leaves] along the link's direction */
    double          *need;         /* [nodes] demand after dry nodes are left out; with the forest summed */
    park_net_status *command;      /* [links] those of the solve before */
    uint8_t         *passes;       /* [links] 0 shut by command, 1 both ways, 2 forward only */
    uint8_t         *source;       /* [nodes] fixed head that can give */
    uint8_t         *cut, *dry;    /* [nodes] no source reaches it; and it is left out of the solve */
    int32_t         *queue, *mark; /* [nodes] scratch */
    int32_t         *shut;         /* [cores] core pipes shut or dry, rising; `shuts` of them */
    int32_t         *zone;         /* [nodes] parts between PRVs, PSVs and FCVs */
    int32_t         *zone_flag;    /* [nodes] scratch */
    size_t           shuts, cuts, dries, zones;
    bool             known; /* passes, source and dry are those of an earlier solve */
    bool             shut_known;
    bool             tight;           /* shut links carry nothing any more */
    bool             shut_links_leak; /* of the settings */
};

/* With the scratch arena in the caller's hand. */
PARK_MUST_CHECK park_status park_hydraulic_plan_build(park_arena *arena, park_arena *scratch,
                                                      const park_network *net, park_hydraulic_plan **plan,
                                                      park_error *err);

/* A work whose numbers stand in the places of a lane; the caller says where they are. */
PARK_MUST_CHECK park_status park_hydraulic_work_lane(park_arena *arena, const park_hydraulic_plan *plan,
                                                     park_hydraulic_work **work, park_error *err);

static inline size_t park_at(const park_hydraulic_work *work, int64_t i)
{
    return (size_t)i << work->spread;
}

static inline bool park_flow_shut(uint8_t status)
{
    const unsigned shut = 1u << PARK_FLOW_CLOSED | 1u << PARK_FLOW_SHUT_HEAD | 1u << PARK_FLOW_SHUT_TANK;
    return (shut >> status & 1u) != 0;
}

#endif
