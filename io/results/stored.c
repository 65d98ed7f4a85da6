#include "results/stored.h"

#include <hdf5.h>
#include <stdlib.h>
#include <string.h>

struct park_stored {
    park_arena *arena;
    hid_t       file;
    bool        failed;
};

static void release(void *handle)
{
    park_stored_close(handle);
    free(handle);
}

park_status park_stored_open(park_arena *arena, const char *path, park_stored **stored, park_error *err)
{
    park_stored *s = malloc(sizeof *s); /* not of the arena: its release comes after the arena's blocks */
    if (s == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory to read %s", path);
    *s = (park_stored){.arena = arena, .file = -1};
    if (park_arena_adopt(arena, s, release) != PARK_OK)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory to read %s", path);
    *stored = s;
    H5E_BEGIN_TRY
    {
        s->file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
    }
    H5E_END_TRY
    return s->file >= 0 ? PARK_OK : PARK_FAIL(err, PARK_E_FILE, "%s cannot be read as HDF5", path);
}

void park_stored_close(park_stored *s)
{
    H5E_BEGIN_TRY
    {
        if (s->file >= 0)
            H5Fclose(s->file);
    }
    H5E_END_TRY
    s->file = -1;
}

bool park_stored_has(const park_stored *s, const char *name)
{
    htri_t there = -1;
    H5E_BEGIN_TRY
    {
        there = H5Lexists(s->file, name, H5P_DEFAULT);
    }
    H5E_END_TRY
    return there > 0;
}

/* The whole variable as values of `size` bytes each. */
static void *whole(park_stored *s, const char *name, hid_t type, size_t size, H5T_class_t class,
                   size_t *count)
{
    void *values = NULL;
    *count       = 0;
    H5E_BEGIN_TRY
    {
        hid_t    set   = H5Dopen2(s->file, name, H5P_DEFAULT);
        hid_t    space = set >= 0 ? H5Dget_space(set) : -1, own = set >= 0 ? H5Dget_type(set) : -1;
        hssize_t n = space >= 0 ? H5Sget_simple_extent_npoints(space) : -1;
        if (n >= 0 && own >= 0 && H5Tget_class(own) == class &&
            (class != H5T_STRING || H5Tis_variable_str(own) > 0))
            values = park_array(s->arena, (size_t)n, size);
        if (values != NULL && H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0)
            values = NULL;
        if (values != NULL)
            *count = (size_t)n;
        H5Tclose(own);
        H5Sclose(space);
        H5Dclose(set);
    }
    H5E_END_TRY
    s->failed |= values == NULL;
    return values;
}

double *park_stored_doubles(park_stored *s, const char *name, size_t *count)
{
    return whole(s, name, H5T_NATIVE_DOUBLE, sizeof(double), H5T_FLOAT, count);
}

int64_t *park_stored_whole(park_stored *s, const char *name, size_t *count)
{
    return whole(s, name, H5T_NATIVE_INT64, sizeof(int64_t), H5T_INTEGER, count);
}

/* Texts of the library's heap, made our own. */
const char **park_stored_texts(park_stored *s, const char *name, size_t *count)
{
    hid_t  type = H5Tcopy(H5T_C_S1);
    char **foreign;
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    foreign           = whole(s, name, type, sizeof(char *), H5T_STRING, count);
    const char **text = foreign != NULL ? PARK_ARRAY(s->arena, *count, const char *) : NULL;
    for (size_t i = 0; foreign != NULL && i < *count; i++) {
        if (text != NULL)
            text[i] = park_arena_text(s->arena, foreign[i] != NULL ? foreign[i] : "",
                                      foreign[i] != NULL ? strlen(foreign[i]) : 0);
        s->failed |= text == NULL || text[i] == NULL;
        H5free_memory(foreign[i]);
    }
    H5Tclose(type);
    return text;
}

bool park_stored_failed(const park_stored *s)
{
    return s->failed;
}
