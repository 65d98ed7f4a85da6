/*
 * settler.h - the layered settler of Takacs: how fast sludge falls through layers, and its slopes.
 * Math: docs/math/biology.md, Eq. (B10)-(B13).   Looks down on: nothing.
 */
#ifndef PARK_BIOLOGY_SETTLER_H
#define PARK_BIOLOGY_SETTLER_H

#include <stddef.h>

enum { PARK_SETTLER_LAYERS = 10 };

/* What the solids of a layer are made of: as the inflow at the same instant (BSM1), or carried layer by layer, so that
 * every kilogram of COD and nitrogen closes in time as well. Both have the same steady state. */
typedef enum park_settler_solids { PARK_SOLIDS_AS_INFLOW, PARK_SOLIDS_CARRIED } park_settler_solids;

typedef struct park_settler {
    double area, height; /* [m2], [m] of the whole settler */
    size_t feed_layer;   /* from the top, 0 is the top layer */
    double v_most, v_0;  /* greatest practical and theoretical velocity [m/s] */
    double r_h, r_p;     /* hindered and flocculant zone [m3/kg] */
    double f_ns;         /* share of the inflow's solids that does not settle [-] */
    double threshold;    /* above the feed layer, a layer below this TSS takes all that falls [kg/m3] */
    double
        passing; /* the rule of the threshold passes over within this share of it on both sides; 0 is the published
                       jump, at which an overloaded settler may not come to rest */
    park_settler_solids solids;
} park_settler;

/* The settler of BSM1: 1500 m2, 4 m, feed in the fifth layer from the top. Takacs et al. (1991), Water Research 25, 1263. */
park_settler park_settler_standard(void);

/**
 * Downward flux of solids through the lower face of each layer but the last.
 * @param feed      TSS of the inflow [kg/m3]
 * @param tss       [10] from the top [kg/m3]
 * @param flux      out [9] [kg/(m2 s)]
 * @param by_upper  out [9] d flux / d TSS of the layer above the face      @param by_lower  and of the one below it
 * @param by_feed   out [9] d flux / d feed; the three may all be NULL
 */
void park_settler_flux(const park_settler *settler, double feed, const double *tss, double *flux,
                       double *by_upper, double *by_lower, double *by_feed);

#endif
