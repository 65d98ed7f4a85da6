/*
 * load_sections.h - the parts of the loader, one per group of sections; used by load.c alone.
 * Looks down on: schema, units.
 */
#ifndef PARK_IO_LOAD_SECTIONS_H
#define PARK_IO_LOAD_SECTIONS_H

#include "load.h"
#include "schema/reader.h"
#include "schema/sections.h"

#include <parkwater/region.h>

/* One id of the park and where it stands. */
typedef struct park_load_id {
    const char           *folded; /* as compared: without case */
    const park_tree_node *node;
} park_load_id;

/* A change and where it is written. */
typedef struct park_placed_change {
    const park_tree_node *node;
    const char           *path;
    park_change           change;
} park_placed_change;

typedef struct park_loader {
    const struct park_region_reader *parks; /* NULL: a region's parks cannot be read from runs and files */
    park_reader                      reader;
    park_tree_node                  *root;
    park_load_id                    *id;
    size_t                           ids, ids_cap;
    size_t                           networks, networks_cap;
    park_bound_network              *network;
    park_placed_change *placed; /* changes of retrofits, to be checked when the draft has its shape */
    size_t              placed_count, placed_cap;
} park_loader;

/* Each reads its sections from loader->root into loader->reader.draft and tells what is wrong. */

/* Makes the draft: the constituents say how long its columns are. False: nothing more can be read. */
bool park_load_constituents(park_loader *loader);
void park_load_head(park_loader *loader);    /* name, data, parkwater */
void park_load_period(park_loader *loader);  /* period, calendars; before patterns and weather */
void park_load_seasons(park_loader *loader); /* after economics */
void park_load_patterns(park_loader *loader);
void park_load_weather(park_loader *loader);
void park_load_enterprises(park_loader *loader);
void park_load_grades(park_loader *loader);
void park_load_units(park_loader *loader);
/* Units and grades that units name. */
void park_load_references(park_loader *loader);
void park_load_initial(park_loader *loader); /* after units */
void park_load_connections(park_loader *loader);
void park_load_economics(park_loader *loader); /* economics, carbon, accounting, law */
void park_load_targets(park_loader *loader);   /* targets, objective */
void park_load_retrofits(park_loader *loader); /* after all that they may change */
/* Retrofits of the catalogue, where the section asks for them; before its retrofits are read. */
void park_load_offers(park_loader *loader, park_tree_node *section);
void park_load_tags(park_loader *loader);   /* users' tags are such as the catalogue knows */
void park_load_events(park_loader *loader); /* controls, failures, meters */
void park_load_controls(park_loader *loader);
void park_load_meters(park_loader *loader);
/* Is it the id of a connection of the file? */
bool park_load_is_connection(const park_tree_node *root, const char *id);
void park_load_tariffs(park_loader *loader); /* after economics */
/* A section that is one record, by its table; made where the file is silent. NULL when told or out of memory. */
park_tree_node *park_load_record(park_loader *loader, const char *word, const park_field *fields, void *into);
/* "10-12", 22-6: hours of the day as `hour[h] = true`; tells what are no hours, or are there twice. */
bool park_load_hours(park_loader *loader, const park_tree_node *node, bool hour[24]);
void park_load_uncertainty(park_loader *loader); /* after targets */
void park_load_networks(park_loader *loader);    /* after connections, before events */
/* A fire or a burst: its id and instant stand in `failure`. */
void park_load_network_failure(park_loader *loader, const park_tree_node *node,
                               const park_failure_words *words, park_network_failure failure);
/* The number at a path, "connections.existing.c7.capacity" (op and value are left); told when it is none. */
bool park_load_place(park_loader *loader, const park_tree_node *node, const char *path, park_change *change);
/* What `applies_to` names: the prefix of the paths that are changed, "users.dyeing.", and its unit or -1; told when nothing. */
bool park_load_owner(park_loader *loader, const park_tree_node *node, const char *text, const char **prefix,
                     int32_t *unit);
/* The value of a change in the dimension of its number (change->op stands); told when it is none. */
bool park_load_change_value(park_loader *loader, const park_tree_node *node, const park_change *change,
                            double *value);
/* Once the draft has its shape: is the number given, and does it stay in its range? Told when not. */
void park_load_change_check(park_loader *loader, const park_tree_node *node, const char *path,
                            const park_change *change);
/* After the units have their outlets and inlets. */
void park_load_accepts(park_loader *loader);
/* Every source states what some limit or treatment reads. */
void park_load_quality(park_loader *loader);

void park_load_study(park_loader *loader, struct park_study *study);
struct park_allocation;
/* The region, NULL when it could not be made; findings say why. What may be built in it, NULL where it does not say. */
void park_load_region(park_loader *loader, const park_region **region,
                      const struct park_allocation **allocation);
/* Tell the sections that a document must have and lacks. */
void park_load_required(park_loader *loader, park_document document);

/* The section's mapping, NULL when absent or of another form (told). */
park_tree_node *park_load_section(park_loader *loader, const char *word);
/* Remember an id, telling when it breaks the rules. */
void park_load_id_add(park_loader *loader, const park_tree_node *node);
/* Tell ids that differ by case only or not at all. */
void park_load_ids_check(park_loader *loader);
/* Does the text name a unit of the file ("dyeing", "reuse.reject", a pattern with *)? Tells when not. */
bool park_load_unit_named(park_loader *loader, const park_tree_node *node, const char *text);
/* The same with other words for what it might be; `near_other` is a candidate besides the units. */
bool park_load_named(park_loader *loader, const park_tree_node *node, const char *text,
                     const char *near_other, const char *en, const char *zh);
/* "2025-07-10" or "2025-07-10T08:00" as an instant. */
bool park_load_instant(park_loader *loader, const park_tree_node *node, const char *text, size_t length,
                       int64_t *instant, bool *date_only);

#endif
