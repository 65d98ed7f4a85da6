/*
 * journal.h - the folder of a batch: its lock, its shards and the journal of what became of each variant.
 * Docs: docs/user/batch.md.   Looks down on: hash, file, base.
 *
 *     DIR/lock      held by the batch that is at work here
 *     DIR/journal   a line a variant, appended when its shard is on the disk; a torn last line is left out
 *     DIR/shards/   <hash>.h5 of one variant, pack-<hash>.h5 of many
 *
 * The journal is an index, not the truth: a shard that it does not name is found and read, and a line whose shard is gone is
 * forgotten. So whatever line is lost to a kill costs nothing.
 */
#ifndef PARK_BATCH_JOURNAL_H
#define PARK_BATCH_JOURNAL_H

#include "base/arena.h"
#include "hash.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum park_fate {
    PARK_FATE_NONE,
    PARK_FATE_STORED,
    PARK_FATE_FAILED, /* for a reason of its own: not tried again */
    PARK_FATE_LOST    /* hands died of it: tried again by the next start */
} park_fate;

typedef struct park_entry {
    char        hash[PARK_SHA256_HEX];
    park_fate   fate;
    const char *shard; /* file name in shards/, STORED */
    int32_t     row;
    double      seconds;
    int32_t     exit;   /* of the failure */
    const char *reason; /* FAILED and LOST, one line */
} park_entry;

typedef struct park_journal park_journal;

/**
 * Make or open the folder, take its lock, read what stands in its journal.
 * @param anew  forget and remove everything in it that is of a batch
 * @return PARK_OK; PARK_E_FILE: the folder cannot be made or written, another batch is at work in it (told who), the journal is of
 *         another program; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_journal_open(const char *dir, bool anew, park_arena *arena,
                                              park_journal **journal, park_error *err);

/* What became of a hash; NULL: nothing is known. Entries stay where they are. O(1). */
const park_entry *park_journal_find(const park_journal *journal, const char *hash);
/* Entries in the order of the journal, for a walk. */
size_t            park_journal_count(const park_journal *journal);
const park_entry *park_journal_entry(const park_journal *journal, size_t i);

/* Files of shards/ that no entry names, for reading: [*count] names, arena-owned. PARK_OK; PARK_E_FILE; PARK_E_MEMORY. Half-written
 * files of dead hands are removed on the way. */
PARK_MUST_CHECK park_status park_journal_orphans(park_journal *journal, const char ***names, size_t *count,
                                                 park_error *err);
/* Take out entries whose shard is not there. PARK_E_FILE when the folder cannot be read. */
PARK_MUST_CHECK park_status park_journal_forget(park_journal *journal, park_error *err);

/* Append; the latest entry of a hash counts. PARK_OK; PARK_E_FILE (full disk); PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_journal_add(park_journal *journal, const park_entry *entry, park_error *err);
/* To the disk. */
PARK_MUST_CHECK park_status park_journal_flush(park_journal *journal, park_error *err);
/* Give the lock back; also done with the arena. */
void park_journal_close(park_journal *journal);
/* A process forked from the one that holds the lock must not give it back: closes only this process's handles. */
void park_journal_disown(park_journal *journal);

#endif
