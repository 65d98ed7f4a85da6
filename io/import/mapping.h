/*
 * mapping.h - tables as people keep them, turned into tidy files by a mapping: which sheet, which row of names, which column means
 * what in which unit, whose rows are whose, what marks a missing value, how times are written.
 * Docs: docs/user/import.md.   Looks down on: schema, series, yaml.
 */
#ifndef PARK_IMPORT_MAPPING_H
#define PARK_IMPORT_MAPPING_H

#include "base/finding.h"

typedef struct park_mapped_file {
    const char *name; /* "meters.csv", "output.yaml" */
    const char *bytes;
    size_t      length;
    size_t      rows, columns; /* of values; of products: how many */
} park_mapped_file;

/**
 * Read a workbook or CSV by a mapping.
 * @param mapping  the mapping's file (`parkwater_mapping: 1`)
 * @param data     the table's file; read once
 * @param files    out: [count], in the mapping's order: a series is CSV (UTF-8 with mark, ISO 8601 times, a column an id with
 *                 its unit, empty where no value is known), products are YAML to include in a scenario
 * @return PARK_OK; PARK_E_INPUT with findings at their places in either file, all at once; PARK_E_FILE; PARK_E_RANGE; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_mapping_apply(park_arena *arena, const char *mapping, const char *data,
                                               park_findings *findings, park_mapped_file **files,
                                               size_t *count, park_error *err);

#endif
