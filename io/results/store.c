#include "results/store.h"

#include <hdf5.h>
#include <hdf5_hl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIMS_MOST = 4, SMALL = 512, CHUNK_BYTES = 1 << 20, DEFLATE = 1, BUFFER_BYTES = 1 << 14 };

struct park_store {
    park_arena *arena;
    hid_t file, root, text, properties; /* text: variable-length UTF-8; properties: of small data sets */
    hid_t
        transfer; /* with a small buffer: the default one of 1 MiB is zeroed twice for every variable of texts */
    bool failed;
    char at[160]; /* the first thing that failed */
};

/* HDF5 prints its own errors unless told otherwise; ours are kept in the store. */
static void fail(park_store *store, const char *what)
{
    if (!store->failed)
        snprintf(store->at, sizeof store->at, "%s", what);
    store->failed = true;
}

static bool good(park_store *store, herr_t status, const char *what)
{
    if (status < 0)
        fail(store, what);
    return status >= 0;
}

static bool found(park_store *store, hid_t id, const char *what)
{
    if (id < 0)
        fail(store, what);
    return id >= 0;
}

/* Give HDF5's handles back; the library knows an open file by its name, so that the next store needs this one gone. */
static void shut(park_store *store)
{
    H5E_BEGIN_TRY
    {
        H5Pclose(store->transfer);
        H5Pclose(store->properties);
        H5Tclose(store->text);
        H5Gclose(store->root);
        H5Fclose(store->file);
    }
    H5E_END_TRY
    store->transfer = store->properties = store->text = store->root = store->file = -1;
}

static void release(void *handle)
{
    shut(handle);
    free(handle);
}

/* Creation order tracked (netCDF keeps its order), times off (equal runs are equal files). */
static hid_t ordered(hid_t kind)
{
    hid_t properties = H5Pcreate(kind);
    if (properties < 0)
        return properties;
    bool     group = kind != H5P_DATASET_CREATE;
    unsigned keep  = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    if ((group && H5Pset_link_creation_order(properties, keep) < 0) ||
        H5Pset_attr_creation_order(properties, keep) < 0 || H5Pset_obj_track_times(properties, false) < 0) {
        H5Pclose(properties);
        return -1;
    }
    return properties;
}

static hid_t file_in_memory(void)
{
    hid_t access = H5Pcreate(H5P_FILE_ACCESS), create = ordered(H5P_FILE_CREATE), file = -1;
    if (access >= 0 && create >= 0 && H5Pset_fapl_core(access, CHUNK_BYTES, false) >= 0)
        file = H5Fcreate("park", H5F_ACC_TRUNC, create, access);
    H5Pclose(access);
    H5Pclose(create);
    return file;
}

park_store *park_store_new(park_arena *arena)
{
    park_store *store =
        calloc(1, sizeof *store); /* not of the arena: its release comes after the arena's blocks */
    if (store == NULL)
        return NULL;
    store->arena = arena;
    H5E_BEGIN_TRY
    {
        store->file       = file_in_memory();
        store->root       = store->file < 0 ? -1 : H5Gopen2(store->file, "/", H5P_DEFAULT);
        store->text       = H5Tcopy(H5T_C_S1);
        store->properties = ordered(H5P_DATASET_CREATE);
        store->transfer   = H5Pcreate(H5P_DATASET_XFER);
        if (store->root < 0 || store->text < 0 || store->properties < 0 ||
            H5Pset_buffer(store->transfer, BUFFER_BYTES, NULL, NULL) < 0 ||
            H5Tset_size(store->text, H5T_VARIABLE) < 0 || H5Tset_cset(store->text, H5T_CSET_UTF8) < 0)
            fail(store, "opening a file in memory");
    }
    H5E_END_TRY
    return park_arena_adopt(arena, store, release) == PARK_OK ? store
                                                              : NULL; /* released when adopting fails */
}

park_group park_store_root(const park_store *store)
{
    return store->root;
}

park_group park_store_group(park_store *store, park_group parent, const char *name)
{
    hid_t group = -1;
    if (store->failed)
        return group;
    H5E_BEGIN_TRY
    {
        hid_t properties = ordered(H5P_GROUP_CREATE);
        group            = H5Gcreate2(parent, name, H5P_DEFAULT, properties, H5P_DEFAULT);
        H5Pclose(properties);
    }
    H5E_END_TRY
    found(store, group, name);
    return group;
}

void park_store_close(park_store *store, park_group group)
{
    (void)store;
    if (group >= 0)
        H5Gclose(group);
}

static void attribute(park_store *store, hid_t object, const char *name, hid_t type, const void *value)
{
    if (store->failed)
        return;
    H5E_BEGIN_TRY
    {
        hid_t space = H5Screate(H5S_SCALAR);
        hid_t made  = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
        if (found(store, made, name)) {
            good(store, H5Awrite(made, type, value), name);
            H5Aclose(made);
        }
        H5Sclose(space);
    }
    H5E_END_TRY
}

void park_store_note(park_store *store, park_group group, const char *name, const char *text)
{
    const char *value = text == NULL ? "" : text;
    attribute(store, group, name, store->text, &value);
}

void park_store_note_number(park_store *store, park_group group, const char *name, double value)
{
    attribute(store, group, name, H5T_NATIVE_DOUBLE, &value);
}

void park_store_note_whole(park_store *store, park_group group, const char *name, int64_t value)
{
    attribute(store, group, name, H5T_NATIVE_INT64, &value);
}

/* A scale is a data set of its dimension's name. */
static void scale(park_store *store, hid_t group, const char *dimension, hid_t type, const void *value,
                  size_t count, const char *long_name, const char *units)
{
    hsize_t size = count;
    if (store->failed || count == 0)
        return;
    H5E_BEGIN_TRY
    {
        hid_t space = H5Screate_simple(1, &size, NULL);
        hid_t set   = H5Dcreate2(group, dimension, type, space, H5P_DEFAULT, store->properties, H5P_DEFAULT);
        if (found(store, set, dimension)) {
            good(store, H5Dwrite(set, type, H5S_ALL, H5S_ALL, store->transfer, value), dimension);
            good(store, H5DSset_scale(set, dimension), dimension);
            if (long_name != NULL)
                park_store_note(store, set, "long_name", long_name);
            if (units != NULL)
                park_store_note(store, set, "units", units);
            if (units != NULL && strstr(units, " since ") != NULL) {
                park_store_note(store, set, "standard_name", "time");
                park_store_note(store, set, "calendar", "proleptic_gregorian");
            }
            H5Dclose(set);
        }
        H5Sclose(space);
    }
    H5E_END_TRY
}

/* Variable-length texts may not be NULL. */
static const char **texts_without_null(park_store *store, const char *const *text, size_t count)
{
    const char **copy = PARK_ARRAY(store->arena, count, const char *);
    if (copy == NULL)
        fail(store, "memory");
    for (size_t i = 0; copy != NULL && i < count; i++)
        copy[i] = text[i] == NULL ? "" : text[i];
    return copy;
}

void park_store_labels(park_store *store, park_group group, const char *dimension, const char *const *label,
                       size_t count, const char *long_name)
{
    const char **text = texts_without_null(store, label, count);
    if (text != NULL)
        scale(store, group, dimension, store->text, text, count, long_name, NULL);
}

void park_store_numbers(park_store *store, park_group group, const char *dimension, size_t count,
                        const char *long_name)
{
    int64_t *number = PARK_ARRAY(store->arena, count, int64_t);
    if (number == NULL) {
        fail(store, "memory");
        return;
    }
    for (size_t i = 0; i < count; i++)
        number[i] = (int64_t)i + 1;
    scale(store, group, dimension, H5T_NATIVE_INT64, number, count, long_name, NULL);
}

void park_store_times(park_store *store, park_group group, const char *dimension, const int64_t *time,
                      size_t count)
{
    double *seconds = PARK_ARRAY(store->arena, count, double);
    if (seconds == NULL) {
        fail(store, "memory");
        return;
    }
    for (size_t i = 0; i < count; i++)
        seconds[i] = (double)time[i];
    scale(store, group, dimension, H5T_NATIVE_DOUBLE, seconds, count, "time",
          "seconds since 1970-01-01 00:00:00 +00:00");
}

void park_store_axis(park_store *store, park_group group, const char *dimension, const double *value,
                     size_t count, const char *units, const char *long_name)
{
    scale(store, group, dimension, H5T_NATIVE_DOUBLE, value, count, long_name, units);
}

/* The dimensions of a variable: scales opened, lengths read. */
typedef struct shape {
    int     rank;
    hid_t   scale[DIMS_MOST];
    hsize_t length[DIMS_MOST];
    bool    absent; /* a dimension of length 0 was not written */
} shape;

static void close_shape(shape *dims)
{
    for (int i = 0; i < dims->rank; i++)
        if (dims->scale[i] >= 0)
            H5Dclose(dims->scale[i]);
}

/* "season link" -> its scales in the group. */
static shape read_shape(hid_t group, const char *text)
{
    shape dims = {0};
    while (*text != '\0' && dims.rank < DIMS_MOST) {
        char   name[64];
        size_t n = strcspn(text, " ");
        snprintf(name, sizeof name, "%.*s", (int)n, text);
        text += n;
        text += strspn(text, " ");
        hid_t set = H5Lexists(group, name, H5P_DEFAULT) > 0 ? H5Dopen2(group, name, H5P_DEFAULT) : -1;
        dims.scale[dims.rank]  = set;
        dims.length[dims.rank] = 0;
        dims.absent            = dims.absent || set < 0;
        if (set >= 0) {
            hid_t space = H5Dget_space(set);
            H5Sget_simple_extent_dims(space, &dims.length[dims.rank], NULL);
            H5Sclose(space);
        }
        dims.rank++;
    }
    return dims;
}

static size_t cells(const shape *dims)
{
    size_t n = 1;
    for (int i = 0; i < dims->rank; i++)
        n *= (size_t)dims->length[i];
    return n;
}

/* Larger data sets are chunked, shuffled and compressed; the chunk is the whole or the given one. */
static hid_t layout(park_store *store, const shape *dims, const hsize_t *chunk)
{
    hid_t properties = H5Pcopy(store->properties);
    if (properties >= 0 && cells(dims) > SMALL &&
        (H5Pset_chunk(properties, dims->rank, chunk) < 0 || H5Pset_shuffle(properties) < 0 ||
         H5Pset_deflate(properties, DEFLATE) < 0))
        fail(store, "setting up compression");
    return properties;
}

static void chunk_of(const shape *dims, size_t width, hsize_t *chunk)
{
    size_t bytes = width;
    for (int i = dims->rank - 1; i >= 0; i--) {
        hsize_t most = CHUNK_BYTES / bytes > 0 ? CHUNK_BYTES / bytes : 1;
        chunk[i]     = dims->length[i] < most ? dims->length[i] : most;
        bytes *= (size_t)chunk[i];
    }
}

static void describe(park_store *store, hid_t set, const park_variable *v)
{
    if (v->long_name != NULL)
        park_store_note(store, set, "long_name", v->long_name);
    if (v->units != NULL)
        park_store_note(store, set, "units", v->units);
}

static hid_t make(park_store *store, hid_t group, const park_variable *v, hid_t type, const shape *dims,
                  const hsize_t *chunk)
{
    hid_t space = H5Screate_simple(dims->rank, dims->length, NULL);
    hid_t how   = layout(store, dims, chunk);
    hid_t set   = H5Dcreate2(group, v->name, type, space, H5P_DEFAULT, how, H5P_DEFAULT);
    H5Pclose(how);
    H5Sclose(space);
    if (!found(store, set, v->name))
        return set;
    for (int i = 0; i < dims->rank; i++)
        good(store, H5DSattach_scale(set, dims->scale[i], (unsigned)i), v->name);
    describe(store, set, v);
    return set;
}

static void variable(park_store *store, hid_t group, const park_variable *v, hid_t type, size_t width,
                     const void *value)
{
    if (store->failed || value == NULL)
        return;
    H5E_BEGIN_TRY
    {
        shape dims = read_shape(group, v->dims);
        if (!dims.absent) {
            hsize_t chunk[DIMS_MOST];
            chunk_of(&dims, width, chunk); /* an absent dimension has no length to divide by */
            hid_t set = make(store, group, v, type, &dims, chunk);
            if (set >= 0) {
                good(store, H5Dwrite(set, type, H5S_ALL, H5S_ALL, store->transfer, value), v->name);
                H5Dclose(set);
            }
        }
        close_shape(&dims);
    }
    H5E_END_TRY
}

void park_store_doubles(park_store *store, park_group group, park_variable v, const double *value)
{
    variable(store, group, &v, H5T_NATIVE_DOUBLE, sizeof(double), value);
}

void park_store_whole(park_store *store, park_group group, park_variable v, const int64_t *value)
{
    variable(store, group, &v, H5T_NATIVE_INT64, sizeof(int64_t), value);
}

/* How many values a variable holds; 0 when a dimension is absent. */
static size_t count_of(hid_t group, const char *dims_text)
{
    size_t n = 0;
    H5E_BEGIN_TRY
    {
        shape dims = read_shape(group, dims_text);
        n          = dims.absent ? 0 : cells(&dims);
        close_shape(&dims);
    }
    H5E_END_TRY
    return n;
}

void park_store_flags(park_store *store, park_group group, park_variable v, const bool *value)
{
    if (store->failed || value == NULL)
        return;
    size_t  n    = count_of(group, v.dims);
    int8_t *flag = PARK_ARRAY(store->arena, n, int8_t);
    if (flag == NULL) {
        fail(store, "memory");
        return;
    }
    for (size_t i = 0; i < n; i++)
        flag[i] = value[i] ? 1 : 0;
    variable(store, group, &v, H5T_NATIVE_INT8, 1, flag);
}

void park_store_texts(park_store *store, park_group group, park_variable v, const char *const *value)
{
    if (store->failed || value == NULL)
        return;
    const char **text = texts_without_null(store, value, count_of(group, v.dims));
    if (text != NULL)
        variable(store, group, &v, store->text, sizeof(char *), text);
}

void park_store_document(park_store *store, park_group group, const char *name, const char *text)
{
    const char *value = text == NULL ? "" : text;
    if (store->failed)
        return;
    H5E_BEGIN_TRY
    {
        hid_t space = H5Screate(H5S_SCALAR);
        hid_t set = H5Dcreate2(group, name, store->text, space, H5P_DEFAULT, store->properties, H5P_DEFAULT);
        if (found(store, set, name)) {
            good(store, H5Dwrite(set, store->text, H5S_ALL, H5S_ALL, store->transfer, &value), name);
            H5Dclose(set);
        }
        H5Sclose(space);
    }
    H5E_END_TRY
}

double park_mantissa_round(double value, int bits)
{
    uint64_t word;
    if (!isfinite(value) || bits >= 52)
        return value;
    memcpy(&word, &value, sizeof word);
    int      drop = 52 - bits;
    uint64_t half = (uint64_t)1 << (drop - 1), odd = word >> drop & 1;
    word += half - 1 + odd; /* half to even; a carry into the exponent is right */
    word &= ~(((uint64_t)1 << drop) - 1);
    memcpy(&value, &word, sizeof value);
    return value;
}

/* One column of a "row column" variable. */
static void write_column(park_store *store, hid_t set, hid_t space, hid_t line, size_t column, size_t rows,
                         const double *value)
{
    hsize_t start[] = {0, column}, count[] = {rows, 1};
    good(store, H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, count, NULL), "a column");
    good(store, H5Dwrite(set, H5T_NATIVE_DOUBLE, line, space, H5P_DEFAULT, value), "a column");
}

void park_store_columns(park_store *store, park_group group, park_variable v, const double *value,
                        size_t rows, size_t columns, int bits)
{
    double *rounded = PARK_ARRAY(store->arena, rows, double);
    if (rounded == NULL)
        fail(store, "memory");
    if (store->failed || rows == 0 || columns == 0)
        return;
    H5E_BEGIN_TRY
    {
        shape   dims    = read_shape(group, v.dims);
        hsize_t chunk[] = {rows < CHUNK_BYTES / sizeof(double) ? rows : CHUNK_BYTES / sizeof(double), 1};
        hsize_t length  = rows;
        if (dims.absent || dims.rank != 2 || dims.length[0] != rows || dims.length[1] != columns)
            fail(store, v.name);
        hid_t set   = store->failed ? -1 : make(store, group, &v, H5T_NATIVE_DOUBLE, &dims, chunk);
        hid_t space = set < 0 ? -1 : H5Dget_space(set), line = H5Screate_simple(1, &length, NULL);
        for (size_t c = 0; set >= 0 && c < columns && !store->failed; c++) {
            for (size_t r = 0; r < rows; r++)
                rounded[r] = park_mantissa_round(value[c * rows + r], bits);
            write_column(store, set, space, line, c, rows, rounded);
        }
        if (set >= 0) {
            park_store_note_whole(store, set, "mantissa_bits", bits);
            H5Sclose(space);
            H5Dclose(set);
        }
        H5Sclose(line);
        close_shape(&dims);
    }
    H5E_END_TRY
}

/* One stretch as a mapping of the virtual data set; the last dimension is always whole. */
static bool map_stretch(hid_t how, hid_t space, const char *name, const park_stretch *x, hsize_t times)
{
    hsize_t extent[] = {x->shape[0], x->shape[1], x->shape[2]}, count[] = {1, x->columns, times};
    hsize_t from[] = {x->row, x->column, 0}, to[] = {x->to_row, x->to_column, 0};
    hid_t   source = H5Screate_simple(3, extent, NULL);
    bool    ok = source >= 0 && H5Sselect_hyperslab(source, H5S_SELECT_SET, from, NULL, count, NULL) >= 0 &&
              H5Sselect_hyperslab(space, H5S_SELECT_SET, to, NULL, count, NULL) >= 0 &&
              H5Pset_virtual(how, space, x->file, name, source) >= 0;
    H5Sclose(source);
    return ok;
}

void park_store_gathered(park_store *store, park_group group, park_variable v, const park_stretch *stretch,
                         size_t count)
{
    static const double NOTHING = NAN;
    char                source[80];
    if (store->failed)
        return;
    snprintf(source, sizeof source, "/%s", v.name);
    H5E_BEGIN_TRY
    {
        shape dims  = read_shape(group, v.dims);
        hid_t space = dims.absent || dims.rank != 3 ? -1 : H5Screate_simple(3, dims.length, NULL);
        hid_t how   = H5Pcopy(store->properties);
        bool  ok    = space >= 0 && how >= 0 && H5Pset_fill_value(how, H5T_NATIVE_DOUBLE, &NOTHING) >= 0;
        for (size_t i = 0; ok && i < count; i++)
            ok = map_stretch(how, space, source, &stretch[i], dims.length[2]);
        if (ok)
            H5Sselect_all(space);
        hid_t set =
            ok ? H5Dcreate2(group, v.name, H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, how, H5P_DEFAULT) : -1;
        if (found(store, set, v.name)) {
            for (int i = 0; i < dims.rank; i++)
                good(store, H5DSattach_scale(set, dims.scale[i], (unsigned)i), v.name);
            describe(store, set, &v);
            H5Dclose(set);
        }
        H5Pclose(how);
        H5Sclose(space);
        close_shape(&dims);
    }
    H5E_END_TRY
}

park_status park_store_finish(park_store *store, const char **bytes, size_t *length, park_error *err)
{
    ssize_t size = -1;
    char   *copy = NULL;
    H5E_BEGIN_TRY
    {
        if (!store->failed && good(store, H5Fflush(store->file, H5F_SCOPE_GLOBAL), "flushing"))
            size = H5Fget_file_image(store->file, NULL, 0);
        copy = size > 0 ? PARK_ARRAY(store->arena, (size_t)size, char) : NULL;
        if (copy != NULL && H5Fget_file_image(store->file, copy, (size_t)size) != size)
            fail(store, "taking the file out of memory");
    }
    H5E_END_TRY
    shut(store);
    if (store->failed || size <= 0)
        return PARK_FAIL(err, PARK_E_FILE, "the result file could not be put together: HDF5 failed at %s",
                         store->failed ? store->at : "its size");
    if (copy == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the result file");
    *bytes  = copy;
    *length = (size_t)size;
    return PARK_OK;
}
