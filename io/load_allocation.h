/*
 * load_allocation.h - an allocation's section in the making: what its loaders share.
 * Looks down on: region_load, allocation (public).
 */
#ifndef PARK_IO_LOAD_ALLOCATION_H
#define PARK_IO_LOAD_ALLOCATION_H

#include "region_load.h"

#include <parkwater/allocation.h>

typedef struct park_allocation_load {
    park_region_load *l;
    park_allocation  *a;
    size_t            options_cap, groups_cap, plants_cap, cities_cap, scenarios_cap;
    const char      **group, **city;
    park_plant       *plant;
    bool             *off;
    int32_t           prices; /* the year of the first options that state theirs; 0: none yet */
} park_allocation_load;

#define PARK_ALLOCATION_ROOM(m, items, count, cap)                                                           \
    (PARK_GROW((m)->l->reader->arena, items, count, cap) || ((m)->l->reader->failed = true, false))

/* The number of a city, of a group, by name; made when new. PARK_NONE for NULL, and out of memory. */
int32_t park_allocation_city(park_allocation_load *m, const char *name);
int32_t park_allocation_group(park_allocation_load *m, const char *name);
/* An option with nothing in it yet, of a member or PARK_NONE; NULL out of room. */
park_option *park_allocation_option(park_allocation_load *m, const char *id, int32_t member);

/* load_allocation_options.c: the table of `options`; what the parks' entries say: `curve` tables, `plans`. */
void park_allocation_read_table(park_allocation_load *m, const park_tree_node *table);
void park_allocation_read_curves(park_allocation_load *m);

#endif
