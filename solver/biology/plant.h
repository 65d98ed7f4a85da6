/*
 * plant.h - an activated sludge plant: tanks in series with recycle, settler or membrane, oxygen control; its rates of
 * change and their sparse Jacobian as pure functions of state and inflow.
 * Math: docs/math/biology.md, Eq. (B7)-(B9), (B14)-(B17).   Looks down on: asm1, settler, base.
 *
 * States, in order: 13 concentrations per tank; per settler layer from the top either 7 solubles and the TSS (solids as
 * the inflow's) or 13 concentrations (carried); per tank with a set point the memory of its controller [1/s].
 */
#ifndef PARK_BIOLOGY_PLANT_H
#define PARK_BIOLOGY_PLANT_H

#include "base/sparse.h"
#include "biology/asm1.h"
#include "biology/settler.h"

#include <stdbool.h>

enum { PARK_SLUDGE_TANKS_MOST = 12 };

typedef enum park_separation { PARK_SEPARATION_SETTLER, PARK_SEPARATION_MEMBRANE } park_separation;

typedef struct park_sludge_tank {
    double volume;   /* [m3] above 0 */
    double kla;      /* oxygen transfer [1/s]; with a set point: where the controller starts from */
    double kla_most; /* [1/s] with a set point */
    double do_set;   /* oxygen that is held [kg/m3], NAN: kla as it is */
} park_sludge_tank;

typedef struct park_sludge_plant {
    park_asm1        kinetics;
    size_t           tanks;
    park_sludge_tank tank[PARK_SLUDGE_TANKS_MOST];
    double           oxygen_saturation;        /* [kg/m3] */
    size_t           recycle_from, recycle_to; /* tanks, from >= to */
    double           recycle;                  /* internal [m3/s] */
    double           returned, wasted;         /* sludge back to the first tank, and out [m3/s] */
    park_separation  separation;
    park_settler     settler;
    double           retention; /* of the membrane for solids [-]; waste and return leave the last tank */
    double do_gain, do_time, do_tracking; /* PI: [m3/(kg s)], [s], [s] (back-calculation at a limit) */
} park_sludge_plant;

typedef struct park_sludge_inflow {
    double flow; /* [m3/s] at least what is wasted */
    double conc[PARK_ASM1_COMPONENTS];
} park_sludge_inflow;

/* A stream that leaves. */
typedef park_sludge_inflow park_sludge_stream;

/* The plant laid out: pattern of the Jacobian, stoichiometry. Read only after making; shared by threads. */
typedef struct park_sludge_form {
    park_sludge_plant plant;
    park_asm1_matrix  matrix;
    size_t            states, settler_at, settler_width, control_at;
    size_t            control[PARK_SLUDGE_TANKS_MOST]; /* state of a tank's controller, 0 none */
    park_sparse       pattern;                         /* values are not used */
    size_t           *place;                           /* [entries written] */
} park_sludge_form;

/* The plant of BSM1 (open loop): two anoxic tanks of 1000 m3, three aerated of 1333 m3, 18 446 m3/d. */
park_sludge_plant park_sludge_bsm1(void);

/**
 * @return PARK_OK; PARK_E_RANGE naming what makes no sense (no tanks, volumes, flows, recycle that runs forward);
 *         PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_sludge_form_make(park_arena *arena, const park_sludge_plant *plant,
                                                  park_sludge_form **form, park_error *err);

/* PARK_OK, or PARK_E_RANGE for an inflow that a plant cannot have. */
PARK_MUST_CHECK park_status park_sludge_inflow_check(const park_sludge_form   *form,
                                                     const park_sludge_inflow *in, park_error *err);

/* dy/dt.  @param y [states]  @param rate out [states]  O(states), no allocation; any thread. */
void park_sludge_rates(const park_sludge_form *form, const park_sludge_inflow *in, const double *y,
                       double *rate);
/* d rate / d y in the order of form->pattern.  @param value out [entries of the pattern] */
void park_sludge_jacobian(const park_sludge_form *form, const park_sludge_inflow *in, const double *y,
                          double *value);

/* What leaves at this instant. */
void park_sludge_leaving(const park_sludge_form *form, const park_sludge_inflow *in, const double *y,
                         park_sludge_stream *effluent, park_sludge_stream *waste);

/* Oxygen transfer of a tank now [1/s], within its limits. */
double park_sludge_kla(const park_sludge_form *form, const double *y, size_t tank);
/* Solids in tanks and settler, TSS [kg]. */
double park_sludge_solids(const park_sludge_form *form, const double *y);
/* What the plant holds of each component [kg, kmol]; settler solids as they lie there. */
void park_sludge_held(const park_sludge_form *form, const double *y, double *held /* [13] */);
/* TSS of a composition [kg/m3]. */
double park_asm1_tss(const park_asm1 *kinetics, const double *conc);

/* A state to start from: sludge as the sludge age of this inflow makes it, a settler in order. */
void park_sludge_guess(const park_sludge_form *form, const park_sludge_inflow *in, double *y);

/* Absolute tolerances of the states for integration [states]: a milligram per m3. */
void park_sludge_tolerances(const park_sludge_form *form, double *atol);
/* "tank 3 SNH", "settler layer 2 TSS"; text of `size`. */
void park_sludge_state_name(const park_sludge_form *form, size_t state, char *text, size_t size);

#endif
