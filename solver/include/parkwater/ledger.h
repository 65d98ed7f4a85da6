/*
 * ledger.h - where every cubic metre and kilogram went, season by season: the one account from which closures,
 * indicators, costs and diagrams are computed, for a promised design and for a simulated year alike.
 * Math: docs/math/balance.md.   Looks down on: model.
 *
 * Amounts are per year: m3/a, kg/a, J/a (a simulated period is scaled to a year of 365 d by model->time).
 * S seasons, L links, K outlets, I inlets, U units, C constituents; index [s * L + l], [(s * L + l) * C + c] and so on.
 */
#ifndef PARKWATER_LEDGER_H
#define PARKWATER_LEDGER_H

#include <parkwater/model.h>

typedef struct park_ledger {
    size_t  seasons, links, outlets, units, constituents;
    double *link_water;   /* [S*L] */
    double *link_mass;    /* [S*L*C] */
    double *outlet_water; /* [S*K] all that left through an outlet, linked or exiting */
    double *outlet_mass;  /* [S*K*C] */
    double *own_water;    /* [S*U] rain on ponds */
    double *own_mass;     /* [S*U*C] */
    double *added_mass;   /* [S*U*C] loads of users, chemicals */
    double *removed_mass; /* [S*U*C] destroyed, precipitated */
    double *stored_water; /* [S*U] volume at the season's end minus at its start */
    double *stored_mass;  /* [S*U*C] */
    double *circulating;  /* [S*U] water moved inside the unit (Vcy) */
    double     *
        required; /* [S*U] water that the unit required: repeated use beyond it counts nothing; INFINITY: all counts */
    double *unmet; /* [S*U] demand that was not delivered */
    double *
        spilled; /* [S*U] water that found no room and left against the plan (simulation); beside outlet_water */
    double *spilled_mass; /* [S*U*C] */
    double *unit_energy;  /* [S*U] J */
    double *link_energy;  /* [S*L] J */
    /* The share of each link's water that has been used before by a unit inside the park (0: first use), from the
     * mixing of the donors: decides what counts as repeated use where storages and treatments mix. */
    double *link_used_share; /* [S*L] */
    /* The part of it that has been treated since its last use: at most the used share. */
    double *link_treated_share; /* [S*L] */
    /* The share of each link's water by origin of its first use: [S*L*PARK_ORIGIN_NONE], sums to 1 where water flows. */
    double *link_origin_share;
    /* The share of each link's water that is still unused, by origin: [S*L*PARK_ORIGIN_NONE], sums to 1 - used share. */
    double *link_first_share;
} park_ledger;

/* A zeroed ledger of a model's shape; NULL out of memory. */
park_ledger *park_ledger_new(park_arena *arena, const park_model *model);

/* Relative residuals of the balances: |in - out - stored| / max(in, out, tiny), the largest with its place; tiny is a
 * millionth of the largest throughput in the park, so that an idle unit's rounding is no breach. */
typedef struct park_closure {
    double  water, mass; /* largest over units and seasons, and the park as a whole */
    int32_t water_unit;  /* -1: the park as a whole */
    int32_t mass_unit, mass_constituent;
    double  park_in, park_out, park_stored; /* water over the park boundary [m3/a] */
    double *mass_in, *mass_added, *mass_removed, *mass_out, *mass_stored; /* [C] kg/a over the boundary */
} park_closure;

/**
 * Close the balances (docs/math/balance.md, Eq. (B1)-(B5)): each unit but sources and sinks, each linked outlet against
 * its links, and the park as a whole, in each season; water, and every constituent that mixes by mass.
 * @return PARK_OK with the residuals; PARK_E_NUMERIC when a number is not finite; PARK_E_RANGE for another model's
 * ledger; PARK_E_MEMORY. Whether a residual is good enough is the caller's judgement.
 */
PARK_MUST_CHECK park_status park_ledger_close(const park_model *model, const park_ledger *ledger,
                                              park_arena *arena, park_closure *closure, park_error *err);

/**
 * Fill the shares of every link by solving the mixing of the donors (Eq. (B6)-(B9)). Used: outlets of users, streams,
 * first flush, reclaimed water of the park, and what a supply treatment rejects; treatments and storages mix, and
 * storages carry their mixture from season to season.
 * @return PARK_OK; PARK_E_NUMERIC; PARK_E_RANGE for another model's ledger; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_ledger_trace(const park_model *model, park_ledger *ledger, park_arena *arena,
                                              park_error *err);

/* ---- violations: what the simulation contradicts; read by design/repair.c ---- */

typedef enum park_violation_kind {
    PARK_VIOLATION_QUALITY_IN,   /* an inlet limit exceeded */
    PARK_VIOLATION_QUALITY_OUT,  /* an outlet or circulating limit exceeded */
    PARK_VIOLATION_DEMAND,       /* water not delivered */
    PARK_VIOLATION_SPILL,        /* water that found no room */
    PARK_VIOLATION_CAPACITY,     /* a link or a treatment over its capacity */
    PARK_VIOLATION_LICENCE,      /* a yearly volume above its licence */
    PARK_VIOLATION_STORAGE_DRY,  /* a storage ran empty while asked */
    PARK_VIOLATION_STORAGE_FULL, /* a storage overflowed */
    PARK_VIOLATION_SHORTFALL,    /* water that does not wait (rain) could be taken far less than promised */
    PARK_VIOLATION_PRESSURE /* a node of a pipe network below its lowest pressure; limit, simulated in [m] */
} park_violation_kind;

typedef struct park_violation {
    park_violation_kind kind;
    int32_t             unit, inlet, outlet, link, constituent; /* -1 where it does not apply */
    int32_t             season;
    int64_t             worst;   /* the instant of the worst value [s UTC] */
    double              limit;   /* what was allowed or promised (SI) */
    double              promise; /* the design's value */
    double
        simulated; /* the worst value; for volumes the season's sum [m3/a]: delivered (demand), spilled, drawn */
    double mean;  /* of concentrations: the season's flow-weighted mean; NAN else */
    double hours; /* how long it lasted in the period [h] */
    double share; /* of the season's time */
    /* of pressures, and of demands that a pipe network did not let through (these have a link) */
    const char *place; /* "fresh.J17": the network and its node; NULL */
    double
        draw_times; /* the share of the unit's draw at which the pressure would hold; of the link's that came; 0..1 */
} park_violation;

/* Is a pipe network to blame? A pressure too low, or a demand whose link has not let enough through. */
static inline bool park_violation_of_pressure(const park_violation *v)
{
    return v->kind == PARK_VIOLATION_PRESSURE || (v->kind == PARK_VIOLATION_DEMAND && v->link >= 0);
}

#endif
