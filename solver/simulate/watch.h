/*
 * watch.h - what controllers and brims read, integrated with located events: levels of storages and basins, and the
 * salts of basins whose blowdown is controlled. The states of IDA.
 * Math: docs/math/simulation.md, Eq. (T20)-(T22).   Looks down on: rates, numerics/dae.
 *
 * The ledger's own volumes and masses are elsewhere (park_state): at every stop and event the integrator starts again
 * from them, and how far it had drifted is told.
 */
#ifndef PARK_SIMULATE_WATCH_H
#define PARK_SIMULATE_WATCH_H

#include "numerics/dae.h"
#include "simulate/rates.h"

typedef struct park_watch park_watch;

typedef enum park_slot_kind {
    PARK_SLOT_RISING,
    PARK_SLOT_FALLING,
    PARK_SLOT_CONTROL,
    PARK_SLOT_SALT
} park_slot_kind;

/* One event function: whose, and which. */
typedef struct park_slot {
    park_slot_kind kind;
    int32_t        unit;
    int32_t        control; /* of PARK_SLOT_CONTROL, else -1 */
} park_slot;

/* Share of the range between empty and full by which a level must leave a brim before that is forgotten. */
#define PARK_LEVEL_HYSTERESIS 0.02
/* The valve opens where the mixture reaches its limit, a shade above a plan that stands exactly on it, and closes here. */
#define PARK_SALT_ON 1.0005
#define PARK_SALT_OFF 0.98

PARK_MUST_CHECK park_status park_watch_new(park_arena *arena, const park_layout *layout,
                                           const park_conditions *conditions, double rtol, park_watch **watch,
                                           park_error *err);

/* Whether anything may happen by itself: otherwise a stretch needs no integrator. Whether it needs the salts' inflow. */
bool park_watch_needed(const park_watch *watch, const park_state *state, const park_flows *flows);
bool park_watch_salts(const park_watch *watch);

/* Record what flows into watched basins during a quality step (a park_quality_seen; user is the watch). Begin anew
 * before each stretch. */
void park_watch_track_begin(park_watch *watch, const park_rates *rates, const park_state *state,
                            const park_conditions *conditions, const park_flows *flows);
void park_watch_track(void *watch, double t, double h, const double *start, const double *middle,
                      const double *end);

/**
 * Integrate from the state's time towards `stop`.
 * @param span     out [s]: until the stop, or until the first event (exact to rounding for levels, whose rates are
 *                 constant)
 * @param slot     out: index of the event, -1 none
 * @param drift    in and out: largest relative difference of the integrator's volumes against the ledger so far
 */
PARK_MUST_CHECK park_status park_watch_advance(park_watch *watch, const park_state *state, double stop,
                                               double *span, int32_t *slot, double *drift, park_error *err);

park_slot park_watch_slot(const park_watch *watch, int32_t slot);
/* The mixture of a controlled unit against its limits: 1 stands on the limit. 0 where nothing is watched. */
double park_watch_ratio(const park_watch *watch, const park_state *state, int32_t unit);
/* Share of its full volume. */
double          park_watch_share(const park_watch *watch, const park_state *state, int32_t unit);
park_dae_counts park_watch_counted(const park_watch *watch);

#endif
