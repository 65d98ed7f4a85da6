/*
 * cooling_tower.h - parameters of a cooling tower.   Math: docs/math/units.md, Eq. (U30)-(U33), (U32b)-(U32d).   Looks down on: model.
 */
#ifndef PARK_UNITS_USERS_COOLING_TOWER_H
#define PARK_UNITS_USERS_COOLING_TOWER_H

#include "units/treatments/mechanisms.h"
#include "units/users/tower_grid.h"
#include "units/weather.h"

typedef enum park_evaporation { PARK_EVAPORATION_TABLE, PARK_EVAPORATION_PSYCHROMETRIC } park_evaporation;
typedef enum park_acid { PARK_ACID_SULFURIC, PARK_ACID_HYDROCHLORIC } park_acid;

typedef struct park_tower_acid {
    double  alkalinity; /* that the circulating water is held at [kg/m3 as CaCO3]; NAN: no acid */
    int32_t reagent;    /* park_acid */
    double  price;      /* [CNY/kg] of the pure acid; NAN free */
} park_tower_acid;

/* Part of the circulation that is filtered or softened and comes back. */
typedef struct park_tower_side {
    double  share;   /* of the circulation [-]; NAN none */
    double *removal; /* [constituents] of what passes through [-]; NAN none */
    double  price;   /* [CNY/m3] of the side stream; NAN free */
    double  energy;  /* [J/m3] of the side stream; NAN none */
    double  waste;   /* of it, leaves with all that it takes out [-]; NAN: solids alone, without water */
} park_tower_side;

typedef struct park_cooling_tower {
    park_series circulation;        /* [m3/s]; base NAN: from heat */
    park_series heat;               /* [W]; base NAN: circulation is given */
    double      range;              /* [K] */
    double      drift;              /* share of the circulation [-] */
    double     *circulating_limits; /* [constituents] [kg/m3]; NAN none */
    /* beside the constituents in circulating_limits */
    double          ca_plus_alkalinity; /* [kg/m3 as CaCO3]; NAN none */
    double          so4_plus_cl;        /* [kg/m3]; NAN none */
    double          mg_x_sio2;          /* [(mg/L as CaCO3) (mg/L)]; NAN none */
    park_range      rsi, lsi;           /* NAN none */
    double          hot;                /* hottest water, where scale forms first [K] */
    double          cycles;             /* most [-]; NAN none */
    double         *adds;               /* [constituents] [kg/s]; NAN none */
    double         *inlet;              /* [constituents] [kg/m3]; NAN none */
    park_text_list  accepts;
    int32_t         evaporation; /* park_evaporation */
    park_fill       fill;        /* of a psychrometric tower */
    double          altitude;    /* [m] */
    park_scaling    scaling;     /* NAN: not watched */
    park_tower_acid acid;
    park_tower_side side;
    double          dosing; /* [CNY/m3] of make-up */
    double          basin;  /* [m3]; NAN: a third of an hour of circulation */
    /* set by complete */
    const park_tower_grid *grid;         /* of a psychrometric tower */
    double                 silica_ratio; /* SiO2 over Mg as CaCO3 in the sources [-] */
    park_label             outside;      /* what is outside the proof; texts NULL: nothing */
} park_cooling_tower;

#endif
