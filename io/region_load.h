/*
 * region_load.h - a region's document in the making: what its loaders share.
 * Looks down on: region_rows.
 */
#ifndef PARK_IO_REGION_LOAD_H
#define PARK_IO_REGION_LOAD_H

#include "region_park.h"
#include "region_rows.h"

/* What may be built in a member: its plans, and what it costs to run as it stands; or a table of its options. */
typedef struct park_region_curve {
    const park_tree_node     *node;
    int32_t                   member;
    bool                      table;   /* the node is that of a table, and the rest is empty */
    double                    running; /* [CNY/a] */
    park_region_park          park;
    struct park_region_curve *next;
} park_region_curve;

typedef struct park_region_load {
    park_region_book     book;
    park_loader         *loader;
    park_reader         *reader;
    park_region         *region;
    int32_t             *course_of;
    park_region_product *product; /* room for those that targets alone name */
    park_region_course  *course;
    park_region_curve   *curve;     /* the last first */
    const char         **course_id; /* [courses] "default", a sector, a member */
} park_region_load;

/* Is it a mapping of these words? Tells when not. */
bool park_region_mapping(park_region_load *l, const park_tree_node *node, const char *const *words);
/* Notes where memory ran out; hands `made` on. */
void *park_region_room(park_region_load *l, void *made);
#define PARK_REGION_ROOM(l, count, type)                                                                     \
    ((type *)park_region_room((l), PARK_ARRAY((l)->reader->arena, (count), type)))
/* Tell what a node lacks. */
void park_region_need(park_region_load *l, const park_tree_node *node, const char *what);
/* A value per time in the region's measure: m3/a, CNY/a, 1/a. */
bool park_region_yearly(park_region_load *l, const park_tree_node *node, park_dimension dimension,
                        double *value);
/* Does a word name the member: its id, sector, city or Chinese name? */
bool park_region_is_of(const park_region_member *member, const char *word);
/* "all", "parks", a member, a sector, a city, or a list of such; indices rising into list[members]. Tells what nobody is called. */
size_t park_region_members_of(park_region_load *l, const park_tree_node *node, int32_t *list);

/* load_region_parks.c */
void park_region_read_parks(park_region_load *l);
void park_region_read_remainder(park_region_load *l);

struct park_allocation;
/* load_allocation.c; after targets. NULL stays where the document has none. */
void park_region_read_allocation(park_region_load *l, const struct park_allocation **made);

/* load_region_shared.c */
void park_region_read_shared(park_region_load *l);
/* load_region_ahead.c */
void park_region_read_growth(park_region_load *l);
void park_region_read_measures(park_region_load *l);
/* load_region_targets.c */
void park_region_read_targets(park_region_load *l);
/* load_region_notes.c: what the document says of its own figures */
void park_region_read_notes(park_region_load *l);

#endif
