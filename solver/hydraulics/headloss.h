/*
 * headloss.h - friction and minor loss along open pipes, and their slope for Newton, over columns of pipes of one formula.
 * Math: docs/math/hydraulics.md, Eq. (H4)-(H9).   Looks down on: powers.h, network.h.
 */
#ifndef PARK_HYDRAULICS_HEADLOSS_H
#define PARK_HYDRAULICS_HEADLOSS_H

#include <parkwater/network.h>

/* Constants of the field in SI; the US forms they come from stand in docs/math/hydraulics.md. */
#define PARK_FT 0.3048
#define PARK_CFS (PARK_FT * PARK_FT * PARK_FT)   /* ft3/s [m3/s] */
#define PARK_PER_CFS (1.0 / (PARK_FT * PARK_FT)) /* ft per ft3/s [s/m2] */
#define PARK_SLOPE_FLAT (1e-7 * PARK_PER_CFS)    /* below it a law is replaced by a line */
#define PARK_SLOPE_SHUT (1e8 * PARK_PER_CFS)     /* of a closed link */
#define PARK_SLOPE_OPEN (1e-6 * PARK_PER_CFS)    /* of an open valve without minor loss */
#define PARK_MINOR_LOSS (0.02517 / PARK_FT)      /* 8 / (g pi^2): h = that K q^2 / d^4 */

/* Columns of shape [count]. */
typedef struct park_pipes {
    size_t            count;
    park_net_headloss formula;
    double           *resistance; /* H-W, C-M: k of h = k q^n; D-W: L / (2 g d A^2) */
    double           *minor;      /* m of h = m q^2 [s2/m5] */
    double           *rough;      /* D-W: height / diameter [-] */
    double           *thin;       /* D-W: viscosity x diameter [m3/s] */
} park_pipes;

/* Minor loss coefficient of velocity heads K on a diameter, as m of h = m q^2. */
double park_minor_loss(double k, double diameter);

/**
 * Fill row i of the columns for a pipe.
 * @param length, diameter  [m] above 0;  roughness as network.h says for the formula, above 0 (D-W: 0 is smooth)
 * @param viscosity  kinematic [m2/s]
 * Source: Rossman et al. (2020), EPANET 2.2 User Manual, Table 3.1, turned to SI.
 */
void park_pipe_set(park_pipes *pipes, size_t i, double length, double diameter, double roughness, double k,
                   double viscosity);

/**
 * Loss and slope of pipes from .. to-1.
 * @param flow   [to - from] [m3/s]
 * @param loss   out [to - from] [m], sign of flow
 * @param slope  out [to - from] [s/m2], above 0
 * Cost O(to - from). The bits of a pipe do not depend on its neighbours or the processor.
 */
void park_pipes_loss(const park_pipes *pipes, size_t from, size_t to, const double *flow, double *loss,
                     double *slope);

#endif
