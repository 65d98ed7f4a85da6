#include "file.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const size_t PIECE = 65536; /* what is read at once of something that does not know its size */

/* Everything to the end, in an arena block that doubles. */
static park_status read_all(park_arena *arena, FILE *file, const char *path, size_t size, size_t limit,
                            char **bytes, size_t *length, park_error *err)
{
    size_t room = size > 0 ? size + 1 : PIECE, used = 0;
    char  *data = park_array(arena, room + 1, 1);
    while (data != NULL) {
        used += fread(data + used, 1, room - used, file);
        if (ferror(file))
            return PARK_FAIL(err, PARK_E_FILE, "cannot read %s: %s", path, strerror(errno));
        if (limit > 0 && used > limit)
            return PARK_FAIL(err, PARK_E_RANGE, "%s is larger than %zu bytes", path, limit);
        if (used < room) {
            data[used] = '\0';
            *bytes     = data;
            *length    = used;
            return PARK_OK;
        }
        char *larger = room < SIZE_MAX / 4 ? park_array(arena, 2 * room + 1, 1) : NULL;
        if (larger != NULL)
            memcpy(larger, data, used);
        data = larger;
        room *= 2;
    }
    return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read %s", path);
}

park_status park_file_read(park_arena *arena, const char *path, size_t limit, char **bytes, size_t *length,
                           park_error *err)
{
    struct stat about;
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode))
        return PARK_FAIL(err, PARK_E_FILE, "cannot read %s: it is a folder", path);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return PARK_FAIL(err, PARK_E_FILE, "cannot read %s: %s", path, strerror(errno));
    size_t      size = fstat(fileno(file), &about) == 0 && S_ISREG(about.st_mode) ? (size_t)about.st_size : 0;
    park_status status = limit > 0 && size > limit
                             ? PARK_FAIL(err, PARK_E_RANGE, "%s is larger than %zu bytes", path, limit)
                             : read_all(arena, file, path, size, limit, bytes, length, err);
    fclose(file);
    return status;
}

/* The folder of a path with its last slash, "" for a bare name. */
static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

/* Does the resolved path lie in the folder? */
static bool lies_in(const char *resolved, const char *folder)
{
    char *full = realpath(folder, NULL);
    if (full == NULL)
        return false;
    size_t length = strlen(full);
    bool   inside =
        strncmp(resolved, full, length) == 0 &&
        (resolved[length] == '/' || resolved[length] == '\0' || (length > 0 && full[length - 1] == '/'));
    free(full);
    return inside;
}

static bool allowed(const char *resolved, const char *folder, const park_file_rule *rule)
{
    if (lies_in(resolved, folder))
        return true;
    for (size_t i = 0; rule != NULL && i < rule->count; i++)
        if (lies_in(resolved, rule->allowed[i]))
            return true;
    return false;
}

/* How much of a path, a slash the last of it, is a folder that exists; *resolved is to be freed, NULL when nothing is. */
static size_t deepest_folder(char *path, char **resolved)
{
    for (size_t length = strlen(path); length > 0; length--) {
        char next = path[length];
        if (path[length - 1] != '/')
            continue;
        path[length] = '\0';
        *resolved    = realpath(path, NULL);
        path[length] = next;
        if (*resolved != NULL)
            return length;
    }
    *resolved = realpath(".", NULL);
    return 0;
}

/* Do the folders of a path that is not there lead above its start? */
static bool climbs(const char *path)
{
    int depth = 0;
    for (const char *at = path; depth >= 0 && (at = strchr(path, '/')) != NULL; path = at + 1) {
        size_t length = (size_t)(at - path);
        if (length == 2 && path[0] == '.' && path[1] == '.')
            depth--;
        else if (length > 1 || (length == 1 && path[0] != '.'))
            depth++;
    }
    return depth < 0;
}

/* A file that does not exist: outside, or only missing? A path that climbs out does so whether or not it leads anywhere. */
static park_status missing(park_arena *arena, const char *joined, const char *folder, const char *from,
                           const park_file_rule *rule, park_error *err)
{
    int   cause = errno;
    char *path  = park_arena_text(arena, joined, strlen(joined));
    if (path == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a path");
    char  *reached;
    size_t length = deepest_folder(path, &reached);
    bool   inside = reached != NULL && allowed(reached, folder, rule) && !climbs(path + length);
    free(reached);
    if (!inside)
        return PARK_FAIL(err, PARK_E_RANGE, "%s lies outside the folder of %s", joined, from);
    return PARK_FAIL(err, PARK_E_FILE, "cannot read %s: %s", joined, strerror(cause));
}

park_status park_file_resolve(park_arena *arena, const char *from, const char *name,
                              const park_file_rule *rule, const char **path, park_error *err)
{
    size_t      length = folder_length(from);
    const char *folder = length == 0 ? "." : park_arena_text(arena, from, length);
    const char *joined = folder == NULL   ? NULL
                         : name[0] == '/' ? park_arena_text(arena, name, strlen(name))
                                          : park_arena_printf(arena, "%.*s%s", (int)length, from, name);
    if (joined == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a path");
    char *resolved = realpath(joined, NULL);
    if (resolved == NULL)
        return missing(arena, joined, folder, from, rule, err);
    bool inside = allowed(resolved, folder, rule);
    free(resolved);
    if (!inside)
        return PARK_FAIL(err, PARK_E_RANGE, "%s lies outside the folder of %s", joined, from);
    *path = joined;
    return PARK_OK;
}

bool park_file_same(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}
