/*
 * tower_heat.h - heat and mass exchange of a wet cooling tower: Merkel's number, the cold water it gives, Poppe's
 * evaporation, and the salt in its basin.
 * Math: docs/math/chemistry.md, Eq. (T7)-(T13), (T15).   Looks down on: psychrometry, root, status.
 *
 * Counterflow; water to air by mass is L/G with L the hot water and G the dry air.
 */
#ifndef PARK_CHEMISTRY_TOWER_HEAT_H
#define PARK_CHEMISTRY_TOWER_HEAT_H

#include <parkwater/status.h>

/**
 * Merkel's number of a duty, the integral of cp dT / (h_s(T) - h_a), Eq. (T7), to 1e-8.
 * @param hot, cold  water [K]; @param wet wet bulb of the entering air [K]; @param ratio L/G [-]
 * @return PARK_OK; PARK_E_RANGE unless wet < cold < hot < 373 K, ratio and pressure above zero and the saturation line
 *         above the air's everywhere (the pinch may lie between the ends)
 */
PARK_MUST_CHECK park_status park_tower_merkel(double hot, double cold, double wet, double ratio,
                                              double pressure, double *number, park_error *err);

/* The same by Chebyshev's four points at 0.1, 0.4, 0.6 and 0.9 of the range, as towers are sold, Eq. (T8). */
PARK_MUST_CHECK park_status park_tower_merkel_four(double hot, double cold, double wet, double ratio,
                                                   double pressure, double *number, park_error *err);

/**
 * The cold water of a tower whose fill is worth  C (L/G)^-n , at a range and a wet bulb, Eq. (T9). One answer exists: the
 * number demanded falls as the water leaves warmer.
 * @return PARK_OK; PARK_E_RANGE unless all are above zero, or where the water would have to enter above 373 K
 */
PARK_MUST_CHECK park_status park_tower_cold(double range, double wet, double ratio, double c, double n,
                                            double pressure, double *cold, park_error *err);

/* What Poppe's equations say of a duty. */
typedef struct park_poppe {
    double number;      /* Merkel's number according to Poppe [-] */
    double evaporation; /* share of the hot water that evaporates [-] */
    double humidity;    /* of the leaving air, with its mist [kg/kg] */
    double enthalpy;    /* of the leaving air [J/kg] */
    double air;         /* its temperature [K] */
} park_poppe;

/**
 * Poppe's equations (T10)-(T12) from cold to hot end, with Bosnjakovic's Lewis factor and saturated air with mist where
 * it comes to that; Runge and Kutta in 200 steps, evaporation to 1e-6 of itself.
 * @param air, humidity  entering air [K], [kg/kg]
 * @return PARK_OK; PARK_E_RANGE as park_tower_merkel, or where the air enters supersaturated
 * Source: Poppe and Roegener (1991), VDI-Waermeatlas; Kloppers and Kroeger (2005), Int. J. Heat Mass Transf. 48, 765.
 */
PARK_MUST_CHECK park_status park_tower_poppe(double hot, double cold, double air, double humidity,
                                             double ratio, double pressure, park_poppe *poppe,
                                             park_error *err);

/* A fill and its fan: Merkel's number it is worth is  c ratio^-n  at `ratio` of water to air. */
typedef struct park_fill {
    double ratio;   /* L/G [-] */
    double c, n;    /* [-] */
    double coldest; /* water is not cooled below this, fans being slowed or sections bypassed [K] */
} park_fill;

/**
 * Cold water and evaporation of a fill in the weather of an hour, Eq. (T15): the cold end by Merkel (T9), what evaporates on
 * the way to it by Poppe in 24 steps (1e-4 of 200 steps).
 * @param relative     humidity of the entering air [-] in [0, 1]
 * @param evaporation  out: share of the circulating water [-]
 * @return PARK_OK; PARK_E_RANGE as park_tower_cold and park_tower_poppe
 */
PARK_MUST_CHECK park_status park_tower_weathered(const park_fill *fill, double range, double air,
                                                 double relative, double pressure, double *cold,
                                                 double *evaporation, park_error *err);

/* Share of the heat that evaporation carries: share of water evaporated times latent heat over cp times range, Eq. (T13). */
double park_tower_evaporation_share(double evaporation, double range);

#endif
