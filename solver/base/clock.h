/*
 * clock.h - how long something took, and when it must stop: deadline, work limit, cancel flag in one budget.
 * Dates live in calendar.h.   Looks down on: nothing.
 *
 * The clock may end a run but never steers one: results that must be reproducible are limited by work, which
 * is counted in units that the algorithm names (LP iterations, time steps), not by seconds.
 */
#ifndef PARK_BASE_CLOCK_H
#define PARK_BASE_CLOCK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Seconds [s] on a clock that never jumps; only differences mean something. Thread-safe. */
double park_clock_seconds(void);

/* A flag that a signal handler or another thread may raise. Zero-initialise with {0}. */
typedef struct park_cancel {
    atomic_int raised; /* 0, or the signal number that raised it */
} park_cancel;

/* Raise the flag; the first signal number stays. Safe inside a signal handler (lock-free). why above 0. */
void park_cancel_raise(park_cancel *cancel, int why);
/* The signal number, or 0 when nobody asked to stop. NULL counts as never. */
int park_cancel_why(const park_cancel *cancel);

typedef enum park_stop {
    PARK_GO_ON,
    PARK_STOP_WORK,   /* the work limit: reproducible */
    PARK_STOP_CANCEL, /* interrupted */
    PARK_STOP_TIME    /* the deadline */
} park_stop;

/* What a run may spend. Threads may share one: spending is atomic. Copy only before the run. */
typedef struct park_budget {
    double           started, deadline; /* [s] of park_clock_seconds; deadline INFINITY: none */
    uint64_t         work_limit;        /* 0: none */
    _Atomic uint64_t work;              /* spent so far */
    park_cancel     *cancel;            /* borrowed, may be NULL */
} park_budget;

/**
 * Start the watch.
 * @param seconds     time allowed from now [s]; INFINITY or NaN: no deadline; 0 or less: over at once
 * @param work_limit  work allowed, 0: no limit
 */
void park_budget_start(park_budget *budget, double seconds, uint64_t work_limit, park_cancel *cancel);
/* Count work done. */
void park_budget_spend(park_budget *budget, uint64_t work);
/* Whether to go on. The reproducible reason is told first. NULL: always PARK_GO_ON. Costs one clock reading.
 */
park_stop park_budget_stop(const park_budget *budget);
/* Seconds since the start [s]; seconds left [s], never below 0, INFINITY without a deadline. */
double park_budget_elapsed(const park_budget *budget);
double park_budget_left(const park_budget *budget);

#endif
