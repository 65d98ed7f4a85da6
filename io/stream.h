/*
 * stream.h - a new file that is too long to be held in memory: written beside its place piece by piece, renamed when all
 * is there.
 * Looks down on: base, replace.h.
 *
 * Failure is remembered, not returned: write freely, then ask once with park_streams_keep. What is not kept is removed
 * with the arena.
 */
#ifndef PARK_STREAM_H
#define PARK_STREAM_H

#include "base/arena.h"

typedef struct park_stream park_stream;

/* Begin `path`.tmp. PARK_OK; PARK_E_FILE; PARK_E_MEMORY. One writer of a path at a time. */
PARK_MUST_CHECK park_status park_stream_open(park_arena *arena, const char *path, park_stream **stream,
                                             park_error *err);

/* Room for `bytes` (at most 64 KiB) at the end; what was written there counts once park_stream_wrote tells how much. */
char *park_stream_room(park_stream *stream, size_t bytes);
void  park_stream_wrote(park_stream *stream, size_t bytes);
void  park_stream_text(park_stream *stream, const char *text);

/**
 * Flush all to the disk, then rename all to their places; when anything failed none is renamed and all are removed.
 * @return PARK_OK; PARK_E_FILE with the first that failed
 */
PARK_MUST_CHECK park_status park_streams_keep(park_stream *const *streams, size_t count, park_error *err);

#endif
