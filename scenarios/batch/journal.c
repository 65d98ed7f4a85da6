#include "batch/journal.h"

#include "base/names.h"
#include "file.h"
#include "replace.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRST_LINE "parkwater journal 1\n"

struct park_journal {
    park_arena  *arena;
    const char  *dir, *shards;
    int          lock, file; /* -1: closed */
    park_names   names;      /* hash -> entry */
    park_entry **entry;      /* by pointer: they stay where they are while the list grows */
    size_t       entries, entries_cap;
};

/* ---- the lock ---- */

static park_status take_lock(park_journal *j, park_error *err)
{
    const char *path = park_arena_printf(j->arena, "%s/lock", j->dir);
    if (path == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the folder's name");
    j->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (j->lock < 0)
        return PARK_FAIL(err, PARK_E_FILE, "cannot write into the folder %s: %s", j->dir, strerror(errno));
    struct flock whole    = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    char         who[160] = "", host[64] = "?";
    ssize_t      n;
    if (fcntl(j->lock, F_SETLK, &whole) != 0) {
        n                          = pread(j->lock, who, sizeof who - 1, 0);
        who[n > 0 ? (size_t)n : 0] = '\0';
        who[strcspn(who, "\n")]    = '\0';
        return PARK_FAIL(err, PARK_E_FILE, "another batch is at work in %s (%s)", j->dir, who);
    }
    gethostname(host, sizeof host - 1);
    int length = snprintf(who, sizeof who, "process %ld on %s\n", (long)getpid(), host);
    if (ftruncate(j->lock, 0) != 0 || pwrite(j->lock, who, (size_t)length, 0) != length)
        return PARK_FAIL(err, PARK_E_FILE, "cannot write into the folder %s: %s", j->dir, strerror(errno));
    return PARK_OK;
}

void park_journal_disown(park_journal *j)
{
    if (j->file >= 0)
        close(j->file);
    if (j->lock >= 0)
        close(j->lock); /* record locks belong to the process that took them */
    j->file = j->lock = -1;
}

void park_journal_close(park_journal *j)
{
    park_journal_disown(j);
}

static void release(void *handle)
{
    park_journal_close(handle);
    free(handle); /* not of the arena: its release comes after the arena's blocks */
}

/* ---- entries ---- */

static park_status remember(park_journal *j, const park_entry *entry, park_error *err)
{
    int32_t at = park_names_find(&j->names, entry->hash, strlen(entry->hash));
    if (at < 0) {
        PARK_TRY(park_names_add(&j->names, entry->hash, strlen(entry->hash), &at, err));
        park_entry *own = PARK_NEW(j->arena, park_entry);
        if (own == NULL || !PARK_GROW(j->arena, j->entry, j->entries, j->entries_cap))
            return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the journal");
        j->entry[j->entries++] = own;
    }
    park_entry *own = j->entry[at];
    *own            = *entry;
    own->shard = entry->shard != NULL ? park_arena_text(j->arena, entry->shard, strlen(entry->shard)) : NULL;
    own->reason =
        entry->reason != NULL ? park_arena_text(j->arena, entry->reason, strlen(entry->reason)) : NULL;
    if ((entry->shard != NULL && own->shard == NULL) || (entry->reason != NULL && own->reason == NULL))
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the journal");
    return PARK_OK;
}

/* "stored HASH SECONDS ROW SHARD", "failed HASH SECONDS EXIT REASON", "lost HASH SECONDS EXIT REASON", by tabs. False: not one. */
static bool read_line(char *line, park_entry *entry)
{
    static const char *const WORD[] = {"", "stored", "failed", "lost"};
    char                    *part[5];
    for (int i = 0; i < 5; i++) {
        part[i]   = line;
        char *tab = i < 4 ? strchr(line, '\t') : NULL;
        if (i < 4 && tab == NULL)
            return false;
        if (tab != NULL)
            *tab = '\0', line = tab + 1;
    }
    *entry = (park_entry){.fate = PARK_FATE_NONE};
    for (int f = PARK_FATE_STORED; f <= PARK_FATE_LOST; f++)
        if (strcmp(part[0], WORD[f]) == 0)
            entry->fate = (park_fate)f;
    if (entry->fate == PARK_FATE_NONE || strlen(part[1]) != PARK_SHA256_HEX - 1 || part[4][0] == '\0')
        return false;
    memcpy(entry->hash, part[1], PARK_SHA256_HEX);
    entry->seconds = strtod(part[2], NULL);
    if (entry->fate == PARK_FATE_STORED)
        entry->row = (int32_t)strtol(part[3], NULL, 10), entry->shard = part[4];
    else
        entry->exit = (int32_t)strtol(part[3], NULL, 10), entry->reason = part[4];
    return true;
}

static park_status read_journal(park_journal *j, const char *path, bool *fresh, park_error *err)
{
    char       *text;
    size_t      length;
    struct stat info;
    *fresh = stat(path, &info) != 0 || info.st_size == 0;
    if (*fresh)
        return PARK_OK;
    PARK_TRY(park_file_read(j->arena, path, 0, &text, &length, err));
    if (strncmp(text, FIRST_LINE, strlen(FIRST_LINE)) != 0 && strncmp(FIRST_LINE, text, length) != 0)
        return PARK_FAIL(err, PARK_E_FILE, "%s is no journal of this program", path);
    *fresh = length < strlen(FIRST_LINE);
    for (char *line = text, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        park_entry entry;
        *end = '\0';
        if (read_line(line, &entry))
            PARK_TRY(remember(j, &entry, err));
    }
    return PARK_OK;
}

/* A line that a kill tore is ended, so that the next one stands alone. */
static bool ends_whole(int file)
{
    char  last = '\n';
    off_t end  = lseek(file, 0, SEEK_END);
    return end <= 0 || pread(file, &last, 1, end - 1) != 1 || last == '\n';
}

static bool write_all(int file, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t n = write(file, text, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        text += n, length -= (size_t)n;
    }
    return true;
}

static park_status cannot_write(const park_journal *j, park_error *err)
{
    return PARK_FAIL(err, PARK_E_FILE, "cannot write %s/journal: %s", j->dir, strerror(errno));
}

static park_status open_journal(park_journal *j, bool anew, park_error *err)
{
    const char *path  = park_arena_printf(j->arena, "%s/journal", j->dir);
    bool        fresh = true;
    if (path == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the folder's name");
    if (!anew)
        PARK_TRY(read_journal(j, path, &fresh, err));
    j->file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | (fresh ? O_TRUNC : 0), 0666);
    if (j->file < 0)
        return cannot_write(j, err);
    if (fresh ? !write_all(j->file, FIRST_LINE, strlen(FIRST_LINE))
              : !ends_whole(j->file) && !write_all(j->file, "\n", 1))
        return cannot_write(j, err);
    return PARK_OK;
}

/* ---- files of shards/ ---- */

static bool ends_with(const char *name, const char *tail)
{
    size_t n = strlen(name), m = strlen(tail);
    return n >= m && strcmp(name + n - m, tail) == 0;
}

/* Visit each file; `visit` returns false to stop, out of memory. */
static park_status each_file(park_journal *j, bool (*visit)(park_journal *, const char *, void *), void *user,
                             park_error *err)
{
    DIR           *folder = opendir(j->shards);
    struct dirent *item;
    bool           ok = true;
    if (folder == NULL)
        return PARK_FAIL(err, PARK_E_FILE, "cannot read the folder %s: %s", j->shards, strerror(errno));
    while (ok && (item = readdir(folder)) != NULL)
        if (item->d_name[0] != '.')
            ok = visit(j, item->d_name, user);
    closedir(folder);
    return ok ? PARK_OK : PARK_FAIL(err, PARK_E_MEMORY, "no memory for the names of shards");
}

static void remove_shard(const park_journal *j, const char *name)
{
    char path[4096];
    if (snprintf(path, sizeof path, "%s/%s", j->shards, name) < (int)sizeof path)
        unlink(path);
}

static bool remove_visited(park_journal *j, const char *name, void *user)
{
    (void)user;
    if (ends_with(name, ".h5") || ends_with(name, ".tmp"))
        remove_shard(j, name);
    return true;
}

/* Names as a set that grows. */
typedef struct found {
    park_names   named; /* by entries */
    park_names   there;
    const char **name;
    size_t       count, cap;
} found;

static bool find_visited(park_journal *j, const char *name, void *user)
{
    found  *f = user;
    int32_t at;
    if (ends_with(name, ".tmp")) {
        remove_shard(j, name); /* the lock is ours: whoever wrote it is dead */
        return true;
    }
    if (!ends_with(name, ".h5"))
        return true;
    if (park_names_add(&f->there, name, strlen(name), &at, NULL) == PARK_E_MEMORY)
        return false;
    if (park_names_find(&f->named, name, strlen(name)) >= 0)
        return true;
    const char *own = park_arena_text(j->arena, name, strlen(name));
    if (own == NULL || !PARK_GROW(j->arena, f->name, f->count, f->cap))
        return false;
    f->name[f->count++] = own;
    return true;
}

static park_status find_files(park_journal *j, found *f, park_arena *scratch, park_error *err)
{
    park_names_init_exact(&f->named, scratch);
    park_names_init_exact(&f->there, scratch);
    for (size_t i = 0; i < j->entries; i++) {
        int32_t     at;
        const char *shard = j->entry[i]->shard;
        if (j->entry[i]->fate == PARK_FATE_STORED && shard != NULL &&
            park_names_find(&f->named, shard, strlen(shard)) < 0 &&
            park_names_add(&f->named, shard, strlen(shard), &at, NULL) != PARK_OK)
            return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the names of shards");
    }
    return each_file(j, find_visited, f, err);
}

park_status park_journal_orphans(park_journal *j, const char ***names, size_t *count, park_error *err)
{
    park_arena *scratch = park_arena_new();
    found       f       = {.count = 0};
    park_status status  = find_files(j, &f, scratch, err);
    *names = f.name, *count = f.count;
    park_arena_free(scratch);
    return status;
}

park_status park_journal_forget(park_journal *j, park_error *err)
{
    park_arena *scratch = park_arena_new();
    found       f       = {.count = 0};
    park_status status  = find_files(j, &f, scratch, err);
    for (size_t i = 0; status == PARK_OK && i < j->entries; i++) {
        park_entry *e = j->entry[i];
        if (e->fate == PARK_FATE_STORED && park_names_find(&f.there, e->shard, strlen(e->shard)) < 0)
            e->fate = PARK_FATE_NONE;
    }
    park_arena_free(scratch);
    return status;
}

/* ---- the whole ---- */

park_status park_journal_open(const char *dir, bool anew, park_arena *arena, park_journal **journal,
                              park_error *err)
{
    park_journal *j = malloc(sizeof *j);
    if (j == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the journal");
    *j = (park_journal){.arena = arena, .dir = dir, .lock = -1, .file = -1};
    if (park_arena_adopt(arena, j, release) != PARK_OK)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the journal");
    *journal  = j;
    j->shards = park_arena_printf(arena, "%s/shards", dir);
    park_names_init_exact(&j->names, arena);
    if (j->shards == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the folder's name");
    PARK_TRY(park_folder_make(j->shards, err));
    PARK_TRY(take_lock(j, err));
    if (anew)
        PARK_TRY(each_file(j, remove_visited, NULL, err));
    PARK_TRY(open_journal(j, anew, err));
    return PARK_OK;
}

const park_entry *park_journal_find(const park_journal *j, const char *hash)
{
    int32_t at = park_names_find(&j->names, hash, strlen(hash));
    return at >= 0 && j->entry[at]->fate != PARK_FATE_NONE ? j->entry[at] : NULL;
}

size_t park_journal_count(const park_journal *j)
{
    return j->entries;
}

const park_entry *park_journal_entry(const park_journal *j, size_t i)
{
    return j->entry[i];
}

park_status park_journal_add(park_journal *j, const park_entry *entry, park_error *err)
{
    static const char *const WORD[] = {"none", "stored", "failed", "lost"};
    char                     line[1200];
    char                     reason[800];
    bool                     stored = entry->fate == PARK_FATE_STORED;
    snprintf(reason, sizeof reason, "%s",
             stored                  ? entry->shard
             : entry->reason != NULL ? entry->reason
                                     : "?");
    for (char *c = reason; *c != '\0'; c++)
        if (*c == '\n' || *c == '\t' || *c == '\r')
            *c = ' ';
    int length =
        snprintf(line, sizeof line, "%s\t%s\t%.6f\t%d\t%s\n", WORD[entry->fate], entry->hash, entry->seconds,
                 (int)(stored ? entry->row : entry->exit), reason[0] != '\0' ? reason : "?");
    PARK_TRY(remember(j, entry, err));
    if (!write_all(j->file, line, (size_t)length)) /* one write a line */
        return cannot_write(j, err);
    return PARK_OK;
}

park_status park_journal_flush(park_journal *j, park_error *err)
{
    return fsync(j->file) == 0 ? PARK_OK : cannot_write(j, err);
}
