/*
 * cooling_tower.h - parameters of a cooling tower.   Math: docs/math/units.md, Eq. (U30)-(U33).   Looks down on: model.
 */
#ifndef PARK_UNITS_USERS_COOLING_TOWER_H
#define PARK_UNITS_USERS_COOLING_TOWER_H

#include "units/weather.h"

typedef struct park_cooling_tower {
    park_series circulation;        /* [m3/s]; base NAN: from heat */
    park_series heat;               /* [W]; base NAN: circulation is given */
    double      range;              /* [K] */
    double      drift;              /* share of the circulation [-] */
    double     *circulating_limits; /* [constituents] [kg/m3]; NAN none */
    /* beside the constituents in circulating_limits */
    double         ca_plus_alkalinity; /* [kg/m3 as CaCO3]; NAN none */
    double         so4_plus_cl;        /* [kg/m3]; NAN none */
    double         mg_x_sio2;          /* [(mg/L as CaCO3) (mg/L)]; NAN none */
    park_range     rsi, lsi;           /* NAN none */
    double         hot;                /* hottest water, where scale forms first [K] */
    double         cycles;             /* most [-]; NAN none */
    double        *adds;               /* [constituents] [kg/s]; NAN none */
    double        *inlet;              /* [constituents] [kg/m3]; NAN none */
    park_text_list accepts;
    double         dosing; /* [CNY/m3] of make-up */
    double         basin;  /* [m3]; NAN: a third of an hour of circulation */
    /* set by complete */
    double     silica_ratio; /* SiO2 over Mg as CaCO3 in the sources [-] */
    park_label outside;      /* what is outside the proof; texts NULL: nothing */
} park_cooling_tower;

#endif
