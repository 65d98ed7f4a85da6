/*
 * equilibrium.h - what a water of given totals and alkalinity is made of: pH, species, saturation, what falls out.
 * Math: docs/math/chemistry.md, Eq. (Q5)-(Q9).   Looks down on: activity, species, status.
 *
 * A water is known by what mixing and heating conserve: the totals of its components and its alkalinity. Its pH is an
 * answer. One convex problem gives everything: the logarithms of the masters' activities minimize
 *     sum of molalities - totals . logarithms        subject to  saturation of each phase <= its target,
 * the multipliers being the amounts that fall out. Newton's method with a decrease of that function at every step cannot
 * fail; around it stand two scalars, ionic strength (bracketed) and activity of water (a contraction by a thousand).
 */
#ifndef PARK_CHEMISTRY_EQUILIBRIUM_H
#define PARK_CHEMISTRY_EQUILIBRIUM_H

#include "chemistry/species.h"

#include <parkwater/status.h>

#include <stdbool.h>
#include <stddef.h>

typedef struct park_water {
    double kelvin;                    /* [K] 273.15 to 373.15 */
    double alkalinity;                /* [eq/kg of water], negative in acid waters, Eq. (Q5) */
    double total[PARK_AQ_COMPONENTS]; /* [mol/kg of water] */
} park_water;

/* A phase beside the water. */
typedef struct park_contact {
    park_phase phase;
    bool       both_ways; /* it dissolves too, without end; else it only falls out */
    double
        target; /* saturation index at which it stands, 0 for a mineral; for CO2 lg of its pressure [atm] */
} park_contact;

enum { PARK_CONTACTS = 8 };

typedef struct park_solution {
    double     ph;
    double     strength;       /* ionic strength [mol/kg] */
    double     water_activity; /* [-] */
    double     charge;         /* net charge of the totals [eq/kg]: the error of the analysis */
    double     log_activity[PARK_AQ_MASTERS]; /* lg; -INFINITY where absent */
    double     molality[PARK_AQ_SPECIES];     /* [mol/kg] */
    double     coefficient[PARK_AQ_SPECIES];  /* activity coefficients [-] */
    double     saturation[PARK_PHASES]; /* lg (product / constant); -INFINITY where an ingredient is absent */
    double     fallen[PARK_CONTACTS];   /* [mol/kg] by contact; negative what dissolved */
    park_water water;                   /* what is left in solution */
} park_solution;

/**
 * The equilibrium of a water with `count` phases, closed to everything else (Q6)-(Q9).
 *
 * @param contacts  [count], count to PARK_CONTACTS; may be NULL when 0. Phases that share all ingredients may be named
 *                  together unless both are held both ways
 * @return PARK_OK; PARK_E_RANGE for a temperature outside 0 to 100 degrees Celsius, a total that is negative or not
 *         finite, an alkalinity that is not, too many contacts, phases that cannot be held together, or an ionic strength
 *         above 6 mol/kg
 *
 * Cost: some 40 Newton steps of as many unknowns as there are components, a few 0.1 ms. No allocation, thread-safe.
 * Constants hold to 1 mol/kg or so; above it the answer is a guide.
 */
PARK_MUST_CHECK park_status park_water_equilibrium(const park_water *water, const park_contact *contacts,
                                                   size_t count, park_solution *out, park_error *err);

/**
 * The same with the pH held and the alkalinity of `water` not read: out->water.alkalinity is the one that belongs to
 * this pH. No phases.
 * @return as above; PARK_E_RANGE also for a pH outside 0 to 14
 */
PARK_MUST_CHECK park_status park_water_at_ph(const park_water *water, double ph, park_solution *out,
                                             park_error *err);

/* Net charge of the totals and the alkalinity [eq/kg], Eq. (Q5): zero in a whole analysis. */
double park_water_charge(const park_water *water);

/* Equivalents of alkalinity that a mole of a phase brings into solution. */
double park_phase_alkalinity(park_phase phase);

#endif
