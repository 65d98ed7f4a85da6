/*
 * region_park.h - one park as a region takes it from elsewhere: its year of water, its products, what may be built in it.
 * Looks down on: region (public), field.
 */
#ifndef PARK_IO_REGION_PARK_H
#define PARK_IO_REGION_PARK_H

#include "base/arena.h"
#include "base/field.h"

#include <parkwater/region.h>

typedef struct park_region_output {
    const char    *id;     /* of the product */
    park_dimension dim;    /* of its rate: PARK_DIM_PRODUCT_MASS_RATE .. */
    double         output; /* SI per year */
    double         intake; /* [m3/a] conventional, as the park's own report gives it */
} park_region_output;

/* A plan of the park: a run's design, a point of its front, a variant of a study. */
typedef struct park_region_point {
    const char *id;
    double      investment;  /* [CNY] */
    double      running;     /* [CNY/a] without what the investment costs a year */
    double      vi, vih, vr; /* [m3/a]; NAN: not known */
} park_region_point;

typedef struct park_region_park {
    park_label          label;
    double              flow[PARK_REGION_FLOWS]; /* [m3/a] */
    double              added;                   /* [CNY/a]; NAN: not stated */
    int32_t             price_year;              /* of it; 0: not stated */
    double              running;                 /* [CNY/a]; NAN */
    int32_t             cost_year;  /* of the prices in which it and its points cost; 0: not stated */
    bool                planned;    /* a plan, not the park as it stands */
    bool                whole_cost; /* points' running costs hold what their investment costs a year */
    size_t              outputs, points;
    park_region_output *output;
    park_region_point  *point;
} park_region_park;

/* Who can read parks from runs and files, handed to the loader from above. */
typedef struct park_region_reader {
    /* @param file  a park's file, to be simulated as it stands; else a run or a study
     * @return PARK_OK; PARK_E_FILE; PARK_E_INPUT and others with the reason in err */
    park_status (*read)(void *user, const char *path, bool file, park_arena *arena, park_region_park *park,
                        park_error *err);
    void *user;
} park_region_reader;

#endif
