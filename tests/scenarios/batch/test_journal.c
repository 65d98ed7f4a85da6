#include "batch/journal.h"

#include "check.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[600];

static const char *fresh(const char *name)
{
    snprintf(folder, sizeof folder, "%s/tests/journal_XXXXXX", PARK_BINARY_DIR);
    if (mkdtemp(folder) == NULL)
        exit(1);
    strncat(folder, name, sizeof folder - strlen(folder) - 1);
    return folder;
}

static void put(const char *path, const char *text, const char *how)
{
    char whole[800];
    snprintf(whole, sizeof whole, "%s/%s", folder, path);
    FILE *file = fopen(whole, how);
    CHECK(file != NULL && fputs(text, file) != EOF && fclose(file) == 0);
}

static bool there(const char *path)
{
    char        whole[800];
    struct stat info;
    snprintf(whole, sizeof whole, "%s/%s", folder, path);
    return stat(whole, &info) == 0;
}

static park_entry entry(char letter, park_fate fate)
{
    park_entry e = {
        .fate = fate, .row = 3, .exit = 2, .seconds = 0.25, .shard = "pack.h5", .reason = "two\nlines\there"};
    memset(e.hash, letter, PARK_SHA256_HEX - 1);
    return e;
}

static const park_entry *find(park_journal *j, char letter)
{
    return park_journal_find(j, entry(letter, PARK_FATE_STORED).hash);
}

static void what_was_added_is_found_again(void)
{
    park_error    err   = {0};
    park_arena   *arena = park_arena_new();
    park_journal *j;
    const char   *dir = fresh("/deep/er");
    CHECK(park_journal_open(dir, false, arena, &j, &err) == PARK_OK);
    park_entry a = entry('a', PARK_FATE_STORED), b = entry('b', PARK_FATE_FAILED),
               c = entry('c', PARK_FATE_LOST);
    CHECK(park_journal_add(j, &a, &err) == PARK_OK && park_journal_add(j, &b, &err) == PARK_OK &&
          park_journal_add(j, &c, &err) == PARK_OK && park_journal_flush(j, &err) == PARK_OK);
    c.fate = PARK_FATE_STORED;
    CHECK(park_journal_add(j, &c, &err) == PARK_OK);
    park_arena_free(arena);
    put("journal", "stored\tddd", "a"); /* a kill tore the line */
    arena = park_arena_new();
    CHECK(park_journal_open(dir, false, arena, &j, &err) == PARK_OK);
    CHECK(park_journal_count(j) == 3);
    CHECK(find(j, 'a')->fate == PARK_FATE_STORED && find(j, 'a')->row == 3 && find(j, 'a')->seconds == 0.25);
    CHECK_TEXT(find(j, 'a')->shard, "pack.h5");
    CHECK(find(j, 'b')->fate == PARK_FATE_FAILED && find(j, 'b')->exit == 2);
    CHECK_TEXT(find(j, 'b')->reason, "two lines here");
    CHECK(find(j, 'c')->fate == PARK_FATE_STORED); /* the latest counts */
    CHECK(find(j, 'd') == NULL);
    a = entry('e', PARK_FATE_STORED);
    CHECK(park_journal_add(j, &a, &err) == PARK_OK);
    park_arena_free(arena);
    arena = park_arena_new();
    CHECK(park_journal_open(dir, false, arena, &j, &err) == PARK_OK && find(j, 'e') != NULL);
    park_arena_free(arena);
}

/* Record locks do not hold within one process, so another one tries. */
static void two_batches_in_one_folder(void)
{
    park_error    err   = {0};
    park_arena   *arena = park_arena_new();
    park_journal *j;
    int           status;
    const char   *dir = fresh("");
    CHECK(park_journal_open(dir, false, arena, &j, &err) == PARK_OK);
    for (int closed = 0; closed < 2; closed++) {
        pid_t other = fork();
        if (other == 0) {
            park_arena   *own = park_arena_new();
            park_journal *k;
            park_journal_disown(j);
            status = park_journal_open(dir, false, own, &k, &err);
            _exit(status == PARK_OK                                               ? 0
                  : status == PARK_E_FILE && strstr(err.message, "another batch") ? 1
                                                                                  : 2);
        }
        CHECK(waitpid(other, &status, 0) == other && WIFEXITED(status) &&
              WEXITSTATUS(status) == (closed ? 0 : 1));
        park_journal_close(j);
    }
    park_arena_free(arena);
}

static void shards_are_looked_for(void)
{
    park_error    err   = {0};
    park_arena   *arena = park_arena_new();
    park_journal *j;
    const char  **names, *dir = fresh("");
    size_t        count;
    CHECK(park_journal_open(dir, false, arena, &j, &err) == PARK_OK);
    put("shards/pack.h5", "x", "w"), put("shards/orphan.h5", "x", "w"), put("shards/dead.tmp", "x", "w");
    park_entry a = entry('a', PARK_FATE_STORED), b = entry('b', PARK_FATE_STORED);
    b.shard = "gone.h5";
    CHECK(park_journal_add(j, &a, &err) == PARK_OK && park_journal_add(j, &b, &err) == PARK_OK);
    CHECK(park_journal_forget(j, &err) == PARK_OK);
    CHECK(find(j, 'a') != NULL && find(j, 'b') == NULL);
    CHECK(park_journal_orphans(j, &names, &count, &err) == PARK_OK && count == 1);
    CHECK_TEXT(names[0], "orphan.h5");
    CHECK(!there("shards/dead.tmp"));
    park_arena_free(arena);
    arena = park_arena_new();
    CHECK(park_journal_open(dir, true, arena, &j, &err) == PARK_OK);
    CHECK(park_journal_count(j) == 0 && !there("shards/pack.h5") && !there("shards/orphan.h5"));
    park_arena_free(arena);
}

static void what_cannot_be_written_is_told(void)
{
    park_error    err   = {0};
    park_arena   *arena = park_arena_new();
    park_journal *j;
    fresh("");
    put("file", "x", "w");
    char path[700];
    snprintf(path, sizeof path, "%s/file", folder);
    CHECK(park_journal_open(path, false, arena, &j, &err) == PARK_E_FILE);
    CHECK(park_journal_open("/proc/parkwater", false, arena, &j, &err) ==
          PARK_E_FILE); /* read-only to everybody */
    put("journal", "dear diary\n", "w");
    CHECK(park_journal_open(folder, false, arena, &j, &err) == PARK_E_FILE &&
          strstr(err.message, "no journal") != NULL);
    park_arena_free(arena);
    arena = park_arena_new();
    fresh("");
    CHECK(park_journal_open(folder, false, arena, &j, &err) == PARK_OK);
    park_journal_disown(j);
    CHECK(park_journal_flush(j, &err) == PARK_E_FILE);
    park_arena_free(arena);
}

static void memory_may_fail_anywhere(void)
{
    park_error  err     = {0};
    const char *dir     = fresh("");
    bool        through = false;
    for (size_t n = 1; n < 200 && !through; n++) {
        park_arena   *arena = park_arena_new();
        park_journal *j;
        park_entry    a = entry('a', PARK_FATE_STORED);
        park_arena_fail_after(arena, n);
        park_status status = park_journal_open(dir, false, arena, &j, &err);
        if (status == PARK_OK)
            status = park_journal_add(j, &a, &err);
        CHECK(status == PARK_OK || status == PARK_E_MEMORY);
        through = status == PARK_OK;
        park_arena_free(arena);
    }
    CHECK(through);
}

int main(void)
{
    RUN(what_was_added_is_found_again);
    RUN(two_batches_in_one_folder);
    RUN(shards_are_looked_for);
    RUN(what_cannot_be_written_is_told);
    RUN(memory_may_fail_anywhere);
    return park_test_done();
}
