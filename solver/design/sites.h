/*
 * sites.h - where retrofits act. A part is a unit, a written connection or a section of the park's own numbers; a site is a
 * group of parts whose changes cannot be told apart in the program, mostly one part. Its variants are the site as each
 * permitted subset of the items that act on it leaves it. Where many items act on a group and their changes add up, it has several
 * sites, each with items of its own (factors.h). A pick chooses one variant for every site: a park.
 * Every pick is written over the same columns with the same boxes, so that its program can be compared with another's
 * row by row (merge.h).
 * Math: docs/math/optimization.md, Eq. (O60), (O61), (O112)-(O116), (O185)-(O187).   Looks down on: combination, formulation.
 *
 * The boxes come from a park of copies: every variant of a unit stands beside the others, with every connection to every
 * variant of its partner, each connection as wide as its widest variant. Whatever variants stand, a plan of theirs is a plan
 * of that park in which the other copies carry nothing, so bounds that hold there hold for every pick.                (O61)
 *
 * With futures every variant is one in each of them. With stages every retrofit is one item a stage, "it stands by then",
 * and every site is one a stage that speaks of that stage's rows alone.                                              (O114)
 */
#ifndef PARK_DESIGN_SITES_H
#define PARK_DESIGN_SITES_H

#include "design/combination.h"
#include "design/formulation.h"
#include "design/futures.h"

typedef enum park_part_kind { PARK_PART_UNIT, PARK_PART_CONNECTION, PARK_PART_PARK } park_part_kind;

/* Numbers of the park itself that are asked for together. */
typedef enum park_part_section {
    PARK_SECTION_POWER, /* tariffs, carbon */
    PARK_SECTION_MONEY, /* economics */
    PARK_SECTION_PIPES, /* rules of pipes */
    PARK_SECTION_AIMS,  /* targets, enterprises */
    PARK_SECTIONS
} park_part_section;

typedef struct park_part {
    park_part_kind kind;
    int32_t        index; /* unit, connection, section */
} park_part;

typedef struct park_site {
    size_t     parts;
    park_part *part;
    size_t     stage; /* whose rows it speaks of, where the park is staged */
    size_t     first,
        sites; /* the first of those at the same parts, which stand one after the other, and how many */
    size_t              items;    /* that act on it */
    int32_t            *item;     /* [items] ascending */
    size_t              variants; /* at least 2; 0 is the site as it is */
    uint32_t           *set;      /* [variants] bit i: item[i] is taken */
    const park_model ***model;    /* [variants][futures] the park with this site alone changed */
    int32_t            *copy;     /* [variants*parts] of units: index in the park of copies; -1 */
    size_t   corners; /* of the first of several: copies that bound what all their picks may be (factors.h) */
    int32_t *corner;  /* [corners*parts] index in the park of copies; -1 */
    uint32_t *corner_great; /* [corners] a bit a kind of numbers that is great there */
} park_site;

/* Items are what may be taken: the retrofits (one after the other, each stage by stage), then the open storages that do not
 * stand (likewise). */
typedef struct park_sites {
    const park_model           *model;
    const park_design_settings *settings;
    park_arena                 *arena;
    size_t                      stages;  /* 1 unless the investment is staged */
    size_t                      futures; /* of a staged park each of their stages counts as one */
    const park_futures         *future; /* of the park as it is; NULL where it asks for nothing of the kind */
    const park_model          **base;   /* [futures] */
    size_t                      items, retrofit_items, storages;
    int32_t                    *storage; /* [storages] unit of items retrofit_items + i stages + y */
    size_t                      parts;
    park_part                  *part;
    int32_t                    *group; /* [parts] the first part that it is asked for together with */
    int32_t   *with; /* [parts*items] at a part: the first item that an item is asked for together with */
    size_t     count;
    park_site *site;
    int32_t   *of_unit;           /* [stages*units] the first site at it, -1 */
    const park_super *copies;     /* the superstructure of the park of copies, for its boxes */
    int32_t          *of_link;    /* [links of the copies] */
    int32_t          *of_outlet;  /* [outlets of the copies] */
    int32_t          *of_inlet;   /* [inlets of the copies] */
    double           *conc_scale; /* [T] of the program of the park as it is; NULL until it is known */
    const park_label *refused;    /* why this park cannot be written so; NULL: it can */
} park_sites;

enum { PARK_SITE_ITEMS = 16, PARK_SITE_VARIANTS = 1024 };

/**
 * Parts, sites, variants and their common boxes; each part a site of its own.
 * @param box_times  as park_super_options
 * @return PARK_OK (look at sites->refused); PARK_E_RANGE when a change leads out of its field's range; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_sites_make(const park_model *model, const park_design_settings *settings,
                                            double box_times, park_arena *arena, park_sites **sites,
                                            park_error *err);
/* Put two sites together, with their parts; park_sites_again makes the sites anew. */
void park_sites_join(park_sites *sites, size_t a, size_t b);
/* All sites at the parts of this one. */
void                        park_sites_join_all(park_sites *sites, size_t a);
PARK_MUST_CHECK park_status park_sites_again(park_sites *sites, double box_times, park_error *err);

/* The retrofit of an item, -1: a storage that does not stand; its unit, -1: a retrofit; the stage that it speaks of. */
int32_t park_sites_retrofit(const park_sites *sites, size_t item);
int32_t park_sites_storage(const park_sites *sites, size_t item);
size_t  park_sites_stage(const park_sites *sites, size_t item);
/* Items of a combination and back. */
void park_sites_items(const park_sites *sites, const park_combination *c, bool *taken);
void park_sites_combination(const park_sites *sites, const bool *taken, park_combination *c);
/* What an item adds to the yearly cost, and what is invested in it [CNY/a], [CNY]; of a stage's items its share. */
double park_sites_yearly(const park_sites *sites, size_t item);
double park_sites_capital(const park_sites *sites, size_t item);

/* Variant of every site when these items are taken [items]; -1 where none has just those. */
void park_sites_pick(const park_sites *sites, const bool *taken, int32_t *pick);

/* Does an item act on a part? May a subset of a site's items stand, as far as the site can tell? */
bool park_sites_acts(const park_sites *sites, size_t item, park_part part);
bool park_sites_stands(const park_sites *sites, const park_site *site, uint32_t set);
/* The park in every future with these items taken at the parts of a site [futures]; *drawn: they change what is drawn. */
PARK_MUST_CHECK park_status park_sites_models(const park_sites *sites, const park_site *site,
                                              const int32_t *item, size_t items, park_arena *arena,
                                              const park_model **model, bool *drawn, park_error *err);

/* The copy of a unit that stands in a pick, in the rows of time of future w; of several sites the first corner. */
size_t park_sites_copy(const park_sites *sites, const int32_t *pick, size_t w, size_t unit);
/* How many copies a unit has, itself the first, and the n-th of them. copies.c */
size_t  park_sites_copies_of(const park_sites *sites, size_t unit);
int32_t park_sites_copy_at(const park_sites *sites, size_t unit, size_t n);
/* The copy of a unit part in a variant of its site; -1 where the part is no unit. */
static inline int32_t park_site_copy(const park_site *site, size_t part, size_t v)
{
    return site->copy[v * site->parts + part];
}
static inline size_t park_sites_stage_of(const park_sites *sites, size_t w)
{
    return w % sites->stages;
}

/* The park of copies: its superstructure and where its units, outlets, inlets and connections come from. copies.c */
PARK_MUST_CHECK park_status park_sites_copies(park_sites *sites, double box_times, park_error *err);

/**
 * The program of a pick over the common columns, the recheck of plans included. picks.c
 * @param extra  yearly cost that the items add, counted where a cost is held [CNY/a]
 * @param spent  [stages] what they have taken from the budget by then [CNY]; NULL: nothing
 */
PARK_MUST_CHECK park_status park_sites_formulate(const park_sites *sites, const int32_t *pick, double extra,
                                                 const double *spent, park_arena *arena, park_formulation **f,
                                                 park_error *err);

#endif
