/*
 * sizing.h - how large an activated sludge plant must be for a sludge age, by yield and decay.
 * Math: docs/math/biology.md, Eq. (B37)-(B40).   Looks down on: nothing.
 */
#ifndef PARK_BIOLOGY_SIZING_H
#define PARK_BIOLOGY_SIZING_H

#include <parkwater/status.h>

/* Substrate and sludge in the same measure of substance, [kg/m3] and [kg/s]. */
typedef struct park_sludge_load {
    double flow;          /* [m3/s] */
    double substrate_in;  /* BOD5 that enters */
    double substrate_out; /* and leaves */
    double age;           /* sludge age [s] */
    double yield;         /* [kg VSS/kg] */
    double decay;         /* [1/s] */
    double sludge;        /* VSS held in the tanks */
    double vss_share;     /* VSS/TSS */
    double bod5_share;    /* BOD5/ultimate BOD */
} park_sludge_load;

typedef struct park_sludge_size {
    double volume;                 /* [m3] */
    double yield_seen;             /* with decay [kg VSS/kg] */
    double sludge_vss, sludge_tss; /* production [kg/s] */
    double waste_flow;             /* drawn from the tanks [m3/s] */
    double oxygen;                 /* for the carbon [kg/s] */
    double food;                   /* food to microorganisms [1/s] */
} park_sludge_size;

/* PARK_OK; PARK_E_RANGE naming what is not above zero, or substrate that does not fall. Metcalf & Eddy's method. */
PARK_MUST_CHECK park_status park_sludge_sized(const park_sludge_load *load, park_sludge_size *size,
                                              park_error *err);

#endif
