#include "replace.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_MOST = 4096 };

static bool write_all(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = write(file, bytes, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        length -= (size_t)n;
    }
    return true;
}

/* The rename itself reaches the disk with its folder; file systems that cannot do this are forgiven. */
static void flush_folder(const char *path)
{
    char copy[PATH_MOST];
    snprintf(copy, sizeof copy, "%s", path);
    int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return;
    (void)!fsync(folder);
    close(folder);
}

static bool name_beside(const char *path, char beside[PATH_MOST])
{
    return snprintf(beside, PATH_MOST, "%s.tmp", path) < PATH_MOST;
}

park_status park_file_remove(const char *path, park_error *err)
{
    if (unlink(path) == 0 || errno == ENOENT)
        return PARK_OK;
    return PARK_FAIL(err, PARK_E_FILE, "cannot write %s: %s", path, strerror(errno));
}

/* The new content under the other name, on the disk. */
static park_status write_beside(const park_new_file *new_file, park_error *err)
{
    char beside[PATH_MOST];
    if (!name_beside(new_file->path, beside))
        return PARK_FAIL(err, PARK_E_FILE, "cannot write %.80s...: the path is too long", new_file->path);
    int file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0)
        return PARK_FAIL(err, PARK_E_FILE, "cannot write %s: %s", new_file->path, strerror(errno));
    errno       = 0;
    bool whole  = write_all(file, new_file->bytes, new_file->length) && fsync(file) == 0;
    int  error  = errno;
    bool closed = close(file) == 0;
    if (whole && closed)
        return PARK_OK;
    error = whole ? errno : error;
    unlink(beside);
    return PARK_FAIL(err, PARK_E_FILE, "cannot write %s: %s", new_file->path, strerror(error));
}

static void remove_beside(const park_new_file *files, size_t count)
{
    char beside[PATH_MOST];
    for (size_t i = 0; i < count; i++)
        if (name_beside(files[i].path, beside))
            unlink(beside);
}

park_status park_files_replace(const park_new_file *files, size_t count, park_error *err)
{
    char beside[PATH_MOST];
    for (size_t i = 0; i < count; i++)
        if (write_beside(&files[i], err) != PARK_OK) {
            remove_beside(files, i);
            return PARK_E_FILE;
        }
    for (size_t i = 0; i < count; i++) {
        name_beside(files[i].path, beside);
        if (rename(beside, files[i].path) != 0) {
            int error = errno;
            remove_beside(files + i, count - i);
            return PARK_FAIL(err, PARK_E_FILE, "cannot write %s: %s", files[i].path, strerror(error));
        }
        flush_folder(files[i].path);
    }
    return PARK_OK;
}

park_status park_file_replace(const char *path, const void *bytes, size_t length, park_error *err)
{
    return park_files_replace(&(park_new_file){path, bytes, length}, 1, err);
}

park_status park_folder_make(const char *path, park_error *err)
{
    char   part[PATH_MOST];
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof part)
        return PARK_FAIL(err, PARK_E_FILE, "cannot make the folder %.80s: its path is empty or too long",
                         path);
    for (size_t i = 1; i <= length; i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, 0777) != 0 && errno != EEXIST)
            return PARK_FAIL(err, PARK_E_FILE, "cannot make the folder %s: %s", part, strerror(errno));
    }
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISDIR(info.st_mode))
        return PARK_FAIL(err, PARK_E_FILE, "%s stands already and is no folder", path);
    return PARK_OK;
}

/* A folder and how many bytes of its path stood before. */
typedef struct fresh_folder {
    size_t stood;
    char   path[];
} fresh_folder;

/* From the innermost outwards, as long as they are empty. */
static void remove_fresh(void *handle)
{
    fresh_folder *f = handle;
    for (size_t end = strlen(f->path); end > f->stood; end--) {
        if (f->path[end] != '\0' && f->path[end] != '/')
            continue;
        f->path[end] = '\0';
        if (f->path[end - 1] != '/' && rmdir(f->path) != 0)
            break;
    }
    free(f);
}

/* Bytes of the path up to the innermost folder of it that stands. */
static size_t standing(char *path)
{
    struct stat info;
    for (size_t end = strlen(path); end > 0; end--) {
        char here = path[end];
        if (here != '\0' && here != '/')
            continue;
        path[end]  = '\0';
        bool there = stat(path, &info) == 0;
        path[end]  = here;
        if (there)
            return end;
    }
    return 0;
}

park_status park_folder_open(park_arena *arena, const char *path, park_error *err)
{
    size_t        length = strlen(path);
    fresh_folder *f      = malloc(sizeof *f + length + 1); /* its release comes after the arena's blocks */
    if (f == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory to make the folder %.80s", path);
    memcpy(f->path, path, length + 1);
    f->stood = standing(f->path);
    if (park_arena_adopt(arena, f, remove_fresh) != PARK_OK)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory to make the folder %.80s", path);
    return park_folder_make(path, err);
}
