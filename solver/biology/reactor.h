/*
 * reactor.h - a row of mixed tanks with organisms in them, whatever these do: what a law is, tanks at rest and in time.
 * Math: docs/math/biology.md, Eq. (B46)-(B52).   Looks down on: base.
 *
 * One set of components serves all laws, so that what enters and leaves is measured alike: soluble and particulate matter as COD,
 * nitrogen, alkalinity, organisms. A law is a table (what each process makes) and the rates of its processes; gases that leave
 * are columns of the table without a state. COD, nitrogen and charge of each row are closed by the law that writes it.
 */
#ifndef PARK_BIOLOGY_REACTOR_H
#define PARK_BIOLOGY_REACTOR_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* [kg COD/m3], nitrogen [kg N/m3], alkalinity and inorganic carbon [kmol/m3]. */
typedef enum park_reactor_component {
    PARK_RC_SI,  /* inert soluble matter */
    PARK_RC_SS,  /* degradable soluble matter */
    PARK_RC_VFA, /* volatile fatty acids */
    PARK_RC_O2,
    PARK_RC_NH, /* ammonium */
    PARK_RC_NO2,
    PARK_RC_NO3,
    PARK_RC_ND,  /* soluble organic nitrogen */
    PARK_RC_ALK, /* bicarbonate and ionized acids [kmol/m3] */
    PARK_RC_IC,  /* inorganic carbon [kmol/m3] */
    PARK_RC_XI,  /* inert solids */
    PARK_RC_XS,  /* degradable solids */
    PARK_RC_XND, /* their nitrogen */
    PARK_RC_XM,  /* mineral solids [kg/m3] */
    PARK_RC_XH,  /* heterotrophs; acidogens where there is no oxygen */
    PARK_RC_XA,  /* ammonium oxidizers; methanogens */
    PARK_RC_XN,  /* nitrite oxidizers */
    PARK_RC_XX,  /* anammox */
    PARK_RC_COUNT,
    /* gases that leave, columns of the table only */
    PARK_RC_CH4 = PARK_RC_COUNT, /* as COD */
    PARK_RC_N2,
    PARK_RC_CO2, /* [kmol] */
    PARK_RC_AIR, /* oxygen that goes back to the air; below zero: taken from it */
    PARK_RC_COLUMNS
} park_reactor_component;

enum { PARK_REACTOR_PROCESSES_MOST = 20, PARK_REACTOR_TANKS_MOST = 6, PARK_RC_FIRST_SOLID = PARK_RC_XI };

typedef struct park_reactor park_reactor;

/* rho [processes] [kg/m3/s] at concentrations c [PARK_RC_COUNT]; concentrations below zero count as zero. */
typedef void park_reactor_rates(const park_reactor *reactor, size_t tank, const double *c, double *rho);

struct park_reactor {
    size_t              tanks;
    double              volume[PARK_REACTOR_TANKS_MOST]; /* [m3] above 0 */
    double              pass[PARK_RC_COUNT];  /* of a tank's concentration, what water carries onwards [-] */
    double              thick[PARK_RC_COUNT]; /* of the last tank's, what its waste holds [-] */
    size_t              processes;
    double              table[PARK_REACTOR_PROCESSES_MOST][PARK_RC_COLUMNS];
    park_reactor_rates *rates;
    const void         *law; /* borrowed: what `rates` reads */
};

/* What a component weighs in an account: COD (oxygen -1, nitrite -24/7, nitrate -32/7, nitrogen gas -12/7), nitrogen with
 * `cells` and `inert` [kg N/kg COD]. By column of the table. */
double park_reactor_cod(size_t column);
double park_reactor_nitrogen(size_t column, double cells, double inert);
/* Make a row's nitrogen come out by its column `nitrogen`, then its COD by `cod` (PARK_RC_COLUMNS: leave it), then its charge by
 * the alkalinity. */
void park_reactor_close(double row[PARK_RC_COLUMNS], double cells, double inert, size_t nitrogen, size_t cod);
/* The row of an organism's decay: the share `left` stays as inert solids, the rest becomes food; their nitrogen follows. */
void park_reactor_decay(double row[PARK_RC_COLUMNS], size_t organism, double left, double cells,
                        double inert);

typedef struct park_reactor_inflow {
    double flow;  /* [m3/s] at least `waste` */
    double waste; /* of it, from the last tank as waste sludge [m3/s] */
    double conc[PARK_RC_COUNT];
} park_reactor_inflow;

/* Sums over stretches [kg], [kmol]. */
typedef struct park_reactor_passed {
    double left[PARK_RC_COUNT];      /* with the water, `waste` apart */
    double wasted[PARK_RC_COUNT];    /* with the waste */
    double reacted[PARK_RC_COLUMNS]; /* made, below zero used; gases: left */
} park_reactor_passed;

typedef struct park_reactor_stepper park_reactor_stepper;

/* @param tolerance relative error of a step, in (0, 1). PARK_OK, PARK_E_RANGE, PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_reactor_stepper_new(park_arena *arena, double tolerance,
                                                     park_reactor_stepper **stepper, park_error *err);

/**
 * Over `span` seconds of a constant inflow. What enters, leaves, reacts and is held closes to rounding. (B48)
 * @param y       in and out [tanks * PARK_RC_COUNT]
 * @param step    in and out [s]: length to try first, 0 unknown
 * @param passed  sums, added to
 * @return PARK_OK; PARK_E_RANGE for a flow below the waste; PARK_E_NUMERIC naming the state that cannot be carried on
 */
PARK_MUST_CHECK park_status park_reactor_go(park_reactor_stepper *stepper, const park_reactor *reactor,
                                            const park_reactor_inflow *in, double span, double *y,
                                            double *step, park_reactor_passed *passed, park_error *err);

/**
 * The state at rest that growing steps from y lead to. (B49)
 * @return PARK_OK; PARK_E_NUMERIC where none is found (y is as far as it came)
 */
PARK_MUST_CHECK park_status park_reactor_rest(park_reactor_stepper *stepper, const park_reactor *reactor,
                                              const park_reactor_inflow *in, double *y, park_error *err);

/* dy/dt [tanks * PARK_RC_COUNT]. (B46) */
void park_reactor_slopes(const park_reactor *reactor, const park_reactor_inflow *in, const double *y,
                         double *slope);

/* What leaves with the water and with the waste at a state [PARK_RC_COUNT]. */
void park_reactor_leaving(const park_reactor *reactor, const double *y, double *water, double *waste);

/* "ammonium" */
const char *park_reactor_name(size_t component);

#endif
