/*
 * mapping_parts.h - what the two sorts of mapped tables share. Not for other rooms.
 * Looks down on: schema.
 */
#ifndef PARK_IMPORT_MAPPING_PARTS_H
#define PARK_IMPORT_MAPPING_PARTS_H

#include "import/mapping.h"
#include "schema/reader.h"

/* One entry of the mapping and the table that it speaks of. */
typedef struct park_mapped {
    park_reader          *reader;
    park_tree_node       *node;
    const park_csv_table *table;
    park_series_wish      wish;
} park_mapped;

/* The column that the word of a mapping names; SIZE_MAX when told. */
size_t park_mapped_column(park_mapped *m, const park_tree_node *named);
/* A unit by itself; false when told. */
bool park_mapped_unit(park_mapped *m, const park_tree_node *unit);
/* What a cell's text is called in the park: `names:` of the entry, else the text itself; NULL when it is no id (told at the cell). */
const char *park_mapped_id(park_mapped *m, const park_csv_cell *cell);
/* A finding at a cell. */
#define PARK_TELL_CELL(m, cell, code, ...)                                                                   \
    park_csv_place((m)->table, (cell), (m)->reader->findings,                                                \
                   park_finding_add((m)->reader->findings, (code), PARK_ERROR, NULL, __VA_ARGS__))

/* Readings in time, yearly outputs. False: told. */
bool park_mapped_series(park_mapped *m, park_mapped_file *file);
bool park_mapped_products(park_mapped *m, park_mapped_file *file);

#endif
