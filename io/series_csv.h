/*
 * series_csv.h - a column of a CSV file as a series in time.
 * Looks down on: csv_table, quantity, base (calendar).
 */
#ifndef PARK_SERIES_CSV_H
#define PARK_SERIES_CSV_H

#include "csv_table.h"

/* What to do where values are missing: empty cells, NA, and rows left out of a regular raster. */
typedef enum park_gaps { PARK_GAPS_ERROR, PARK_GAPS_HOLD, PARK_GAPS_LINEAR } park_gaps;

typedef struct park_series_wish {
    const char *column;        /* name of the value column; NULL: the second column */
    const char *time;          /* name of the time column; NULL: the first column */
    double      scale, offset; /* SI value = cell * scale + offset, as park_unit_parse gives them */
    park_gaps   gaps;
    int32_t     zone; /* [min] east of UTC where a time states none; China: PARK_OFFSET_CHINA */
    const char
        *times; /* form of the times (time_format.h); NULL: ISO 8601 and what spreadsheets make of it */
    const char *const *missing; /* [missings] further marks of a missing value, "-999"; may be NULL */
    size_t             missings;
} park_series_wish;

/* scale 1, offset 0, gaps are errors, +08:00. */
park_series_wish park_series_wish_default(void);

typedef struct park_series_table {
    size_t   count;
    int64_t *time;   /* [count] seconds since 1970 UTC, increasing; a row's value holds from its time on */
    double  *value;  /* [count] SI, finite */
    size_t   filled; /* values put in by `gaps` */
    bool     dates;  /* every time was a date alone */
} park_series_table;

/* The moment that a cell of the table says, in the form that the wish names. PARK_OK; PARK_E_INPUT for another form; PARK_E_RANGE
 * for a day that does not exist. `date`: it is a date alone. */
PARK_MUST_CHECK park_status park_series_time(const park_csv_table *table, const park_series_wish *wish,
                                             const park_csv_cell *cell, int64_t *time, bool *date);
/* Does the text say that a value is missing? */
bool park_series_missing(const park_series_wish *wish, const char *text);

/**
 * Times are ISO 8601 (2025-01-31, 2025-01-31T14:00, ...Z, ...+08:00); what spreadsheets make of them
 * (2025/1/31 8:00) is read too. A raster counts as regular when nine of ten steps are its shortest one; rows
 * left out of it are gaps. Leading gaps cannot be filled, trailing ones only by `hold`.
 *
 * @param arena     holds the series
 * @param table     as park_csv_read gives it
 * @param wish      which columns, unit, gaps
 * @param findings  gets E0221 to E0224 with line and column; the first five of each kind and a count
 * @param series    out
 * @return PARK_OK; PARK_E_INPUT with findings; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_series_from_csv(park_arena *arena, const park_csv_table *table,
                                                 const park_series_wish *wish, park_findings *findings,
                                                 park_series_table *series, park_error *err);

#endif
