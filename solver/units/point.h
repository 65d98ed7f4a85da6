/*
 * point.h - what a unit does at an operating point: the affine map of a law that is no affine map, frozen where a plan
 * runs it.   Math: docs/math/units.md, Eq. (U38).   Looks down on: model.
 *
 * A kind whose average face follows its water answers `refresh` with a point per season, made from the flow and the quality that
 * a plan brings it; its `average` and `at` read the point from then on. Without a point they give the stated map.
 */
#ifndef PARK_UNITS_POINT_H
#define PARK_UNITS_POINT_H

#include "units/when.h"

/* What a plan brings to a unit in a season. */
typedef struct park_feed {
    double        flow;   /* [m3/s], above 0 */
    double        kelvin; /* of the water */
    const double *conc;   /* [constituents] [kg/m3] */
} park_feed;

/* One stage of treatment at its point; all per inlet volume of the stage. */
typedef struct park_stage_point {
    double  recovery;
    double *product, *reject;           /* [constituents] shares of the incoming mass */
    double *product_adds, *reject_adds; /* [constituents] of what reagents bring, in either outlet [kg/m3] */
    double *brings;                     /* [constituents] what reagents bring in all [kg/m3] */
    double  chemicals, opex;            /* [CNY/m3] */
    double  residues; /* the part of opex that gets rid of sludge, salt and brine [CNY/m3] */
    double  energy;   /* [J/m3] */
    double  carbon;   /* [kg CO2e/m3] */
    double  dose;     /* of the main reagent [kg/m3] */
    double  sludge;   /* dry solids that fall out [kg/m3] */
    double  pressure; /* of the feed [Pa]; NAN no membrane */
    double  interval; /* between cleanings or regenerations [s]; NAN none */
} park_stage_point;

typedef struct park_point {
    park_feed         feed;
    size_t            stages; /* 0 for a tower */
    park_stage_point *stage;
    /* towers: what the chemistry of the circulating water allows */
    double  cycles;  /* most [-]; INFINITY none */
    double *removed; /* [constituents] share of the incoming mass that acid and side stream take out */
    double
        *side; /* [constituents] of it the side stream's part; it leaves with the waste, where there is one */
    double *brings;    /* [constituents] what dosing brings [kg/m3 of make-up] */
    double  chemicals; /* [CNY/m3 of make-up] */
    double  energy;    /* [J/m3 of make-up] */
    double  dose;      /* acid [kg/m3 of make-up] */
    /* for people */
    const char *binds;  /* what limits: "gypsum", "pressure", "" */
    bool        failed; /* the law has no answer at this feed: the stated map stands */
    park_label  says;   /* of all seasons: what stands outside the proof (set by park_units_refresh) */
} park_point;

/* The point of the moment; NULL: as stated. */
const park_point *park_when_point(const park_when *when);

/* What is outside the proof: the point's own text, else `stated`. */
park_label park_when_says(const park_when *when, park_label stated);

/* Columns of `constituents` zeros; NULL out of memory. */
park_stage_point *park_stage_points_new(park_arena *arena, size_t stages, size_t constituents);
park_point *park_point_new(park_arena *arena, const park_feed *feed, size_t stages, size_t constituents);

/* Water temperature of a season where nothing says it: the air's mean, kept within 5 and 35 degrees Celsius; 298.15 K where
 * there is no weather. */
double park_season_water_temperature(const park_model *model, int32_t season);

/**
 * The model at the operating points of a plan: every kind that follows its water is asked again, everything else is shared.
 * Where a unit gets no water in a season it keeps what it had. Feeds are damped:  share new + (1 - share) old, (U38).
 *
 * @param inlet_flow  [seasons * inlets] [m3/s]; @param inlet_conc [seasons * inlets * constituents] [kg/m3]
 * @param share       of the new feed, in (0, 1]
 * @param moved       out: the largest change of a map's number: shares as they are, the rest relative
 * @return PARK_OK (the model itself when no unit follows); PARK_E_MEMORY; what a law refuses with otherwise than PARK_E_RANGE
 */
PARK_MUST_CHECK park_status park_units_refresh(const park_model *model, const double *inlet_flow,
                                               const double *inlet_conc, double share, park_arena *arena,
                                               const park_model **refreshed, double *moved, park_error *err);

/* Does any unit of the park follow its water? */
bool park_units_follow(const park_model *model);

#endif
