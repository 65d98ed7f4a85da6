/*
 * zones.h - metering zones of a network as tables and as a map.
 * Looks down on: zones, sheet.
 */
#ifndef PARK_REPORT_ZONES_H
#define PARK_REPORT_ZONES_H

#include "base/text.h"
#include "replace.h"

#include <parkwater/zones.h>

#include <stdbool.h>

/* "Z3"; buffer of at least 16 bytes. */
const char *park_zone_name(int32_t zone, char *buffer);

enum { PARK_ZONES_TABLES = 3 };

/**
 * zones.csv, boundaries.csv and nodes.csv for a folder, with headings in the language, to be written with what else goes there.
 * @param file  out [PARK_ZONES_TABLES] arena-owned
 * @return PARK_OK; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_zones_tables(const park_network *net, const park_zones *zones,
                                              const char *folder, bool zh, park_arena *arena,
                                              park_new_file *file, park_error *err);

/* The map as SVG: links in the colour of their zone, meters and valves on boundary pipes, sources, a legend. False when the
 * network has no coordinates. */
bool park_zones_map(const park_network *net, const park_zones *zones, bool zh, park_text *out);

#endif
