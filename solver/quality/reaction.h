/*
 * reaction.h - what becomes of a concentration while its water waits: bulk and wall reactions of one pipe or tank.
 * Math: docs/math/quality.md, Eq. (Q5)-(Q11).   Looks down on: base.
 */
#ifndef PARK_QUALITY_REACTION_H
#define PARK_QUALITY_REACTION_H

#include <stdbool.h>

typedef enum park_reaction_form {
    PARK_REACTION_NONE,
    PARK_REACTION_LINEAR,  /* dC/dt = a + b C, down to 0 */
    PARK_REACTION_LIMITED, /* first order towards `limiting`, from one side */
    PARK_REACTION_POWER,   /* dC/dt = k C^order */
    PARK_REACTION_GENERAL  /* all of it together, by Runge-Kutta */
} park_reaction_form;

/* A law ready for use. Plain data. */
typedef struct park_reaction {
    park_reaction_form form;
    double             a, b; /* LINEAR */
    double             bulk, order, limiting;
    double             wall; /* GENERAL: [1/s] of order 1, [kg/(m3 s)] of order 0 */
    double             wall_order;
    double transfer; /* GENERAL, wall order 0: most that reaches the wall [1/s] x C; INFINITY: no obstacle */
    double whole, part; /* LINEAR: exp(b whole) = part, kept for the step's length [s] */
} park_reaction;

/* What a law is made of. */
typedef struct park_reaction_terms {
    double bulk, order, limiting; /* bulk reaction, as in quality.h */
    double wall, wall_order;      /* at the wall [m/s] or [kg/(m2 s)] */
    double transfer;              /* mass transfer coefficient to the wall [m/s]; INFINITY: no obstacle */
    double area;                  /* wall a volume of water [1/m]: 4/d; tanks 0 */
} park_reaction_terms;

/* The simplest law that says the same; `step` is the time it will mostly be asked for [s]. */
park_reaction park_reaction_of(const park_reaction_terms *terms, double step);
/* Age: grows by a second a second. */
park_reaction park_reaction_age(double step);

/* Whether two laws say the same, whatever step they are kept ready for. */
bool park_reaction_same(const park_reaction *a, const park_reaction *b);

/* The concentration [kg/m3] after `time` [s] of waiting, 0 or more. Closed forms but for GENERAL. */
double park_reaction_wait(const park_reaction *law, double conc, double time);
/* The same, quick for what most water does: first order for a whole step. */
static inline double park_reaction_after(const park_reaction *law, double conc, double time)
{
    if (law->form == PARK_REACTION_LINEAR && law->a == 0.0 && time == law->whole)
        return conc * law->part;
    return park_reaction_wait(law, conc, time);
}
/* About how fast a concentration changes in its own measure [1/s], for the choice of steps; 0: it never curves. */
double park_reaction_speed(const park_reaction *law);
/* dC/dt of the terms together [kg/(m3 s)]. */
double park_reaction_rate(const park_reaction *law, double conc);

/**
 * Mass transfer coefficient between water and wall [m/s], Eq. (Q9)-(Q11): Sherwood 2 at rest (Re < 1), Graetz for laminar
 * flow, Notter and Sleicher for turbulent flow (Re 2300 and more).
 * @param velocity [m/s], either sign; others [m], [m], [m2/s], [m2/s] above 0
 * Source: Rossman (2020), EPANET 2.2 User Manual, ch. 3.4.
 */
double park_reaction_transfer(double velocity, double diameter, double length, double viscosity,
                              double diffusivity);

#endif
