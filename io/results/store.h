/*
 * store.h - an HDF5 file put together in memory, group by group, in the shape that netCDF4 and xarray read.
 * Looks down on: base. HDF5 appears in store.c alone.
 *
 * Conventions (docs/math/results.md): every dimension is a dimension scale of its group, labels are variable-length
 * UTF-8, creation order is tracked, object times are off, so that equal content gives equal files.
 *
 * Failure is remembered, not returned: write freely, then ask once with park_store_finish. One store at a time in a
 * process (the packaged HDF5 is not thread-safe).
 */
#ifndef PARK_RESULTS_STORE_H
#define PARK_RESULTS_STORE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct park_store park_store;
typedef int64_t           park_group; /* negative: failed */

/* An empty store, released with the arena; NULL out of memory. */
park_store *park_store_new(park_arena *arena);
park_group  park_store_root(const park_store *store);
/* A group under another; close it with park_store_close. */
park_group park_store_group(park_store *store, park_group parent, const char *name);
void       park_store_close(park_store *store, park_group group);

/* ---- attributes ---- */
void park_store_note(park_store *store, park_group group, const char *name, const char *text); /* NULL: "" */
void park_store_note_number(park_store *store, park_group group, const char *name, double value);
void park_store_note_whole(park_store *store, park_group group, const char *name, int64_t value);

/* ---- dimensions; a dimension of length 0 is not written, nor is what stands on it ---- */
/* Labelled by texts [count]. */
void park_store_labels(park_store *store, park_group group, const char *dimension, const char *const *label,
                       size_t count, const char *long_name);
/* Numbered from 1. */
void park_store_numbers(park_store *store, park_group group, const char *dimension, size_t count,
                        const char *long_name);
/* Instants [s since 1970 UTC]. */
void park_store_times(park_store *store, park_group group, const char *dimension, const int64_t *time,
                      size_t count);
/* Numbers with a unit: places along a pipe, seconds since a start. */
void park_store_axis(park_store *store, park_group group, const char *dimension, const double *value,
                     size_t count, const char *units, const char *long_name);

/* ---- variables over named dimensions, row-major; `dims` is "season link" ---- */
typedef struct park_variable {
    const char *name, *dims;
    const char *units;     /* CF: "m3 a-1"; NULL none */
    const char *long_name; /* NULL none */
} park_variable;

void park_store_doubles(park_store *store, park_group group, park_variable variable, const double *value);
void park_store_whole(park_store *store, park_group group, park_variable variable, const int64_t *value);
void park_store_flags(park_store *store, park_group group, park_variable variable, const bool *value);
void park_store_texts(park_store *store, park_group group, park_variable variable, const char *const *value);
/* A long text of its own, without dimension. */
void park_store_document(park_store *store, park_group group, const char *name, const char *text);

/**
 * Columns of equal length, given one after another (value[column * rows + row]), as a variable "row column" compressed
 * column by column.
 * @param bits  of the mantissa to keep, ties to even; 52: all of them
 */
void park_store_columns(park_store *store, park_group group, park_variable variable, const double *value,
                        size_t rows, size_t columns, int bits);

/* A stretch of columns of one row of another file's variable of rank 3, and where it stands here. */
typedef struct park_stretch {
    const char *file; /* relative to the file that is being made */
    size_t      shape[3];
    size_t      row, column, to_row, to_column, columns;
} park_stretch;

/**
 * A variable "row column time" whose values stay where they are: in the variable of the same name at the root of other files.
 * Rows that no stretch names, and files that are not there, read NaN.
 */
void park_store_gathered(park_store *store, park_group group, park_variable variable,
                         const park_stretch *stretch, size_t count);

/* `value` with that many bits of mantissa: relative change at most 2^-(bits + 1). Not finite ones stay. */
double park_mantissa_round(double value, int bits);

/**
 * The file's bytes, owned by the arena of the store, which takes nothing more after this.
 * @return PARK_OK; PARK_E_FILE with what HDF5 failed at; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_store_finish(park_store *store, const char **bytes, size_t *length,
                                              park_error *err);

#endif
