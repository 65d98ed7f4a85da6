/*
 * sites.h - where retrofits act. A site is a unit that retrofits change (or an open storage that may stay out); its
 * variants are the unit as each permitted subset of them leaves it. A pick chooses one variant for every site: a park.
 * Every pick is written over the same columns with the same boxes, so that its program can be compared with another's
 * row by row (merge.h).
 * Math: docs/math/optimization.md, Eq. (O60), (O61).   Looks down on: combination, formulation.
 *
 * The boxes come from a park of copies: every variant is a unit beside the others, with every connection to every
 * variant of its partner. Whatever variants stand, a plan of theirs is a plan of that park in which the other copies
 * carry nothing, so bounds that hold there hold for every pick.                                                   (O61)
 */
#ifndef PARK_DESIGN_SITES_H
#define PARK_DESIGN_SITES_H

#include "design/combination.h"
#include "design/formulation.h"

typedef struct park_site {
    int32_t            unit;
    size_t             items;    /* that act on it */
    int32_t           *item;     /* [items] ascending */
    size_t             variants; /* at least 2; 0 is the unit as it is */
    uint32_t          *set;      /* [variants] bit i: item[i] is taken */
    const park_model **model;    /* [variants] the park with this site alone changed */
    int32_t           *copy;     /* [variants] the unit's index in the park of copies */
} park_site;

/* Items are what may be taken: the retrofits, then the open storages that may be left out. */
typedef struct park_sites {
    const park_model           *model;
    const park_design_settings *settings;
    park_arena                 *arena;
    size_t                      items, storages;
    int32_t                    *storage; /* [storages] unit of item retrofits + i */
    size_t                      count;
    park_site                  *site;
    int32_t                    *of_unit;   /* [units] site, -1 */
    const park_super           *copies;    /* the superstructure of the park of copies, for its boxes */
    int32_t                    *of_link;   /* [links of the copies] */
    int32_t                    *of_outlet; /* [outlets of the copies] */
    int32_t                    *of_inlet;  /* [inlets of the copies] */
    double           *conc_scale; /* [T] of the program of the park as it is; NULL until it is known */
    const park_label *refused;    /* why this park cannot be written so; NULL: it can */
} park_sites;

enum { PARK_SITE_ITEMS = 12, PARK_SITE_VARIANTS = 64 };

/**
 * Sites, variants and their common boxes.
 * @param box_times  as park_super_options
 * @return PARK_OK (look at sites->refused); PARK_E_RANGE when a change leads out of its field's range; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_sites_make(const park_model *model, const park_design_settings *settings,
                                            double box_times, park_arena *arena, park_sites **sites,
                                            park_error *err);

/* Variant of every site when these items are taken [items]; -1 where none has just those. */
void park_sites_pick(const park_sites *sites, const bool *taken, int32_t *pick);

/**
 * The program of a pick over the common columns, the recheck of plans included.
 * @param extra  yearly cost that the items add, counted where a cost is held [CNY/a]
 * @param spent  what they take from the budget [CNY]
 */
PARK_MUST_CHECK park_status park_sites_formulate(const park_sites *sites, const int32_t *pick, double extra,
                                                 double spent, park_arena *arena, park_formulation **f,
                                                 park_error *err);

#endif
