#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER = 1 << 20, ROOM_MOST = 1 << 16 };

struct park_stream {
    char  *path, *beside; /* of malloc, as all of it: the release comes after the arena's blocks */
    int    file;          /* -1 closed */
    int    error;         /* errno of the first failure */
    bool   kept;
    size_t filled;
    char  *buffer;
};

static void shut(park_stream *s)
{
    if (s->file >= 0 && close(s->file) != 0 && s->error == 0)
        s->error = errno;
    s->file = -1;
}

static void release(void *handle)
{
    park_stream *s = handle;
    shut(s);
    if (!s->kept && s->beside != NULL)
        unlink(s->beside);
    free(s->path);
    free(s->beside);
    free(s->buffer);
    free(s);
}

static park_stream *begin(const char *path)
{
    park_stream *s      = calloc(1, sizeof *s);
    size_t       length = strlen(path) + 1;
    char        *name = malloc(length), *beside = malloc(length + 4);
    if (s == NULL || name == NULL || beside == NULL) {
        free(s);
        free(name);
        free(beside);
        return NULL;
    }
    snprintf(name, length, "%s", path);
    snprintf(beside, length + 4, "%s.tmp", path);
    *s = (park_stream){.path = name, .beside = beside, .file = -1, .buffer = malloc(BUFFER)};
    return s;
}

park_status park_stream_open(park_arena *arena, const char *path, park_stream **stream, park_error *err)
{
    park_stream *s = begin(path);
    if (s == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory to write %s", path);
    bool room = s->buffer != NULL;
    s->kept   = true; /* nothing stands beside yet */
    if (park_arena_adopt(arena, s, release) != PARK_OK)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory to write %s", path);
    if (!room)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory to write %s", path);
    s->file = open(s->beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (s->file < 0)
        return PARK_FAIL(err, PARK_E_FILE, "cannot write %s: %s", path, strerror(errno));
    s->kept = false;
    *stream = s;
    return PARK_OK;
}

static void flush(park_stream *s)
{
    const char *bytes = s->buffer;
    size_t      left  = s->filled;
    s->filled         = 0;
    while (left > 0 && s->error == 0) {
        ssize_t n = write(s->file, bytes, left);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            s->error = n < 0 ? errno : EIO;
            return;
        }
        bytes += n;
        left -= (size_t)n;
    }
}

char *park_stream_room(park_stream *s, size_t bytes)
{
    if (s->filled + bytes > BUFFER)
        flush(s);
    return s->buffer + s->filled;
}

void park_stream_wrote(park_stream *s, size_t bytes)
{
    s->filled += bytes;
}

void park_stream_text(park_stream *s, const char *text)
{
    for (size_t length = strlen(text); length > 0;) {
        size_t part = length < ROOM_MOST ? length : ROOM_MOST;
        memcpy(park_stream_room(s, part), text, part);
        park_stream_wrote(s, part);
        text += part;
        length -= part;
    }
}

static park_status fail(const park_stream *s, int error, park_error *err)
{
    return PARK_FAIL(err, PARK_E_FILE, "cannot write %s: %s", s->path, strerror(error));
}

park_status park_streams_keep(park_stream *const *streams, size_t count, park_error *err)
{
    for (size_t i = 0; i < count; i++) {
        park_stream *s = streams[i];
        flush(s);
        if (s->error == 0 && fsync(s->file) != 0 && errno != EINVAL && errno != EROFS)
            s->error = errno;
        shut(s);
        if (s->error != 0)
            return fail(s, s->error, err);
    }
    for (size_t i = 0; i < count; i++) {
        if (rename(streams[i]->beside, streams[i]->path) != 0)
            return fail(streams[i], errno, err);
        streams[i]->kept = true;
    }
    return PARK_OK;
}
