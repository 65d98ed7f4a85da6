#include "results/reader.h"

#include <hdf5.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_MOST = 320 };

struct park_h5 {
    park_arena *arena;
    hid_t       file, text;
    bool        no_memory;
    char        path[PATH_MOST];    /* of the file, for messages */
    char        missing[PATH_MOST]; /* the first thing that was not there; "" none */
};

static void release(void *handle)
{
    park_h5 *h = handle;
    H5E_BEGIN_TRY
    {
        H5Tclose(h->text);
        H5Fclose(h->file);
    }
    H5E_END_TRY
    free(h);
}

static void miss(park_h5 *h, const char *group, const char *name)
{
    if (h->missing[0] == '\0')
        snprintf(h->missing, sizeof h->missing, "%s/%s", group, name);
}

park_status park_h5_open(const char *path, park_arena *arena, park_h5 **file, park_error *err)
{
    park_h5 *h = calloc(1, sizeof *h); /* not of the arena: its release comes after the arena's blocks */
    *file      = NULL;
    if (h == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory to read %s", path);
    h->arena = arena;
    snprintf(h->path, sizeof h->path, "%s", path);
    H5E_BEGIN_TRY
    {
        h->file = H5Fis_hdf5(path) > 0 ? H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT) : -1;
        h->text = H5Tcopy(H5T_C_S1);
        if (H5Tset_size(h->text, H5T_VARIABLE) < 0 || H5Tset_cset(h->text, H5T_CSET_UTF8) < 0)
            h->no_memory = true;
    }
    H5E_END_TRY
    if (h->file < 0) {
        release(h);
        return PARK_FAIL(err, PARK_E_FILE, "%s cannot be opened as a result file (HDF5)", path);
    }
    park_status status = park_arena_adopt(arena, h, release); /* released when adopting fails */
    *file              = status == PARK_OK ? h : NULL;
    return status == PARK_OK ? PARK_OK : PARK_FAIL(err, PARK_E_MEMORY, "no memory to read %s", path);
}

/* Every step of the way must be there: HDF5 complains about the first that is not. */
static bool leads(hid_t file, const char *path)
{
    char   part[PATH_MOST];
    size_t length = strlen(path);
    if (length == 0)
        return true;
    if (length >= sizeof part)
        return false;
    for (size_t i = 1; i <= length; i++)
        if (path[i] == '/' || path[i] == '\0') {
            memcpy(part, path, i);
            part[i] = '\0';
            if (H5Lexists(file, part, H5P_DEFAULT) <= 0)
                return false;
        }
    return true;
}

bool park_h5_has(park_h5 *h, const char *path)
{
    bool there = false;
    H5E_BEGIN_TRY
    {
        there = leads(h->file, path);
    }
    H5E_END_TRY
    return there;
}

/* ---- attributes ---- */

static bool attribute(park_h5 *h, const char *group, const char *name, hid_t type, void *value)
{
    bool done = false;
    H5E_BEGIN_TRY
    {
        const char *at = group[0] == '\0' ? "/" : group;
        if (leads(h->file, group) && H5Aexists_by_name(h->file, at, name, H5P_DEFAULT) > 0) {
            hid_t a = H5Aopen_by_name(h->file, at, name, H5P_DEFAULT, H5P_DEFAULT);
            hid_t s = H5Aget_space(a);
            done    = a >= 0 && H5Sget_simple_extent_npoints(s) == 1 && H5Aread(a, type, value) >= 0;
            H5Sclose(s);
            H5Aclose(a);
        }
    }
    H5E_END_TRY
    if (!done)
        miss(h, group, name);
    return done;
}

bool park_h5_says(park_h5 *h, const char *group, const char *name)
{
    bool there = false;
    H5E_BEGIN_TRY
    {
        there = leads(h->file, group) &&
                H5Aexists_by_name(h->file, group[0] == '\0' ? "/" : group, name, H5P_DEFAULT) > 0;
    }
    H5E_END_TRY
    return there;
}

double park_h5_number(park_h5 *h, const char *group, const char *name)
{
    double value = NAN;
    return attribute(h, group, name, H5T_NATIVE_DOUBLE, &value) ? value : NAN;
}

int64_t park_h5_whole(park_h5 *h, const char *group, const char *name)
{
    int64_t value = 0;
    return attribute(h, group, name, H5T_NATIVE_INT64, &value) ? value : 0;
}

/* A copy that the arena owns; HDF5's own is given back. */
static const char *keep(park_h5 *h, char *text)
{
    const char *copy = text == NULL ? "" : park_arena_text(h->arena, text, strlen(text));
    if (text != NULL)
        H5free_memory(text);
    if (copy == NULL)
        h->no_memory = true;
    return copy != NULL ? copy : "";
}

const char *park_h5_text(park_h5 *h, const char *group, const char *name)
{
    char *text = NULL;
    return attribute(h, group, name, h->text, &text) ? keep(h, text) : "";
}

/* ---- data sets ---- */

static hid_t set_of(park_h5 *h, const char *group, const char *name, char path[PATH_MOST])
{
    snprintf(path, PATH_MOST, "%s%s%s", group, group[0] != '\0' ? "/" : "", name);
    return leads(h->file, path) ? H5Dopen2(h->file, path, H5P_DEFAULT) : -1;
}

static size_t cells(hid_t set)
{
    hid_t    space = H5Dget_space(set);
    hssize_t n     = H5Sget_simple_extent_npoints(space);
    H5Sclose(space);
    return n > 0 ? (size_t)n : 0;
}

size_t park_h5_count(park_h5 *h, const char *group, const char *name)
{
    char   path[PATH_MOST];
    size_t n = 0;
    H5E_BEGIN_TRY
    {
        hid_t set = set_of(h, group, name, path);
        if (set >= 0) {
            n = cells(set);
            H5Dclose(set);
        }
    }
    H5E_END_TRY
    return n;
}

static bool read_into(park_h5 *h, const char *group, const char *name, hid_t type, size_t count, void *into)
{
    char path[PATH_MOST];
    bool done = count == 0;
    if (into == NULL) {
        h->no_memory = true;
        return false;
    }
    H5E_BEGIN_TRY
    {
        hid_t set = count > 0 ? set_of(h, group, name, path) : -1;
        if (set >= 0) {
            done = cells(set) == count && H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, into) >= 0;
            H5Dclose(set);
        }
    }
    H5E_END_TRY
    if (!done)
        miss(h, group, name);
    return done;
}

double *park_h5_doubles(park_h5 *h, const char *group, const char *name, size_t count)
{
    double *value = PARK_ARRAY(h->arena, count, double);
    read_into(h, group, name, H5T_NATIVE_DOUBLE, count, value);
    return value;
}

int64_t *park_h5_wholes(park_h5 *h, const char *group, const char *name, size_t count)
{
    int64_t *value = PARK_ARRAY(h->arena, count, int64_t);
    read_into(h, group, name, H5T_NATIVE_INT64, count, value);
    return value;
}

bool *park_h5_flags(park_h5 *h, const char *group, const char *name, size_t count)
{
    int8_t *raw  = PARK_ARRAY(h->arena, count, int8_t);
    bool   *flag = PARK_ARRAY(h->arena, count, bool);
    read_into(h, group, name, H5T_NATIVE_INT8, count, raw);
    if (flag == NULL)
        h->no_memory = true;
    for (size_t i = 0; flag != NULL && raw != NULL && i < count; i++)
        flag[i] = raw[i] != 0;
    return flag;
}

const char **park_h5_texts(park_h5 *h, const char *group, const char *name, size_t count)
{
    char       **raw  = PARK_ARRAY(h->arena, count, char *);
    const char **text = PARK_ARRAY(h->arena, count, const char *);
    if (text == NULL) {
        h->no_memory = true;
        return NULL;
    }
    bool read = read_into(h, group, name, h->text, count, raw);
    for (size_t i = 0; i < count; i++)
        text[i] = read ? keep(h, raw[i]) : "";
    return text;
}

const char *park_h5_document(park_h5 *h, const char *group, const char *name)
{
    char *text = NULL;
    return read_into(h, group, name, h->text, 1, &text) ? keep(h, text) : "";
}

park_status park_h5_done(const park_h5 *h, park_error *err)
{
    if (h->no_memory)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory to read %s", h->path);
    if (h->missing[0] != '\0')
        return PARK_FAIL(err, PARK_E_INPUT,
                         "%s holds no %s of the shape that a run has; write it again with this version",
                         h->path, h->missing);
    return PARK_OK;
}
