/* Files written piece by piece: all of them or none. */
#include "check.h"
#include "stream.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/park_stream_XXXXXX";

static const char *in_folder(park_arena *arena, const char *name)
{
    return park_arena_printf(arena, "%s/%s", folder, name);
}

static long size_of(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 ? (long)info.st_size : -1;
}

static void many_pieces_make_one_file(void)
{
    park_arena  *arena = park_arena_new();
    park_stream *s;
    const char  *path = in_folder(arena, "long.csv");
    CHECK(park_stream_open(arena, path, &s, NULL) == PARK_OK);
    for (int i = 0; i < 300000; i++) { /* 3 MB: more than one buffer */
        char *at = park_stream_room(s, 16);
        snprintf(at, 16, "%09d\n", i);
        park_stream_wrote(s, 10);
    }
    CHECK(size_of(path) == -1);
    CHECK(park_streams_keep(&s, 1, NULL) == PARK_OK);
    CHECK(size_of(path) == 3000000);
    char  line[16] = "";
    FILE *file     = fopen(path, "r");
    CHECK(file != NULL && fseek(file, 10L * 250000, SEEK_SET) == 0 && fgets(line, sizeof line, file) != NULL);
    CHECK_TEXT(line, "000250000\n");
    if (file != NULL)
        fclose(file);
    CHECK(size_of(in_folder(arena, "long.csv.tmp")) == -1);
    park_arena_free(arena);
}

static void what_is_not_kept_leaves_nothing(void)
{
    park_arena  *arena = park_arena_new(), *names = park_arena_new();
    park_stream *s;
    CHECK(park_stream_open(arena, in_folder(names, "gone.csv"), &s, NULL) == PARK_OK);
    park_stream_text(s, "a,b\n");
    CHECK(size_of(in_folder(names, "gone.csv.tmp")) == 0);
    park_arena_free(arena);
    CHECK(size_of(in_folder(names, "gone.csv")) == -1);
    CHECK(size_of(in_folder(names, "gone.csv.tmp")) == -1);
    park_arena_free(names);
}

/* A size limit stands for a full disk: neither file gets its name, and the one that failed is named. */
static void a_full_disk_keeps_none(void)
{
    park_arena   *arena = park_arena_new(), *names = park_arena_new();
    park_stream  *s[2];
    park_error    err = {0};
    struct rlimit before, tight;
    CHECK(park_stream_open(arena, in_folder(names, "a.csv"), &s[0], NULL) == PARK_OK);
    CHECK(park_stream_open(arena, in_folder(names, "b.csv"), &s[1], NULL) == PARK_OK);
    park_stream_text(s[0], "small\n");
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    tight = (struct rlimit){.rlim_cur = 1000, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &tight);
    for (int i = 0; i < 1000; i++)
        park_stream_text(s[1], "as much text as does not fit\n");
    CHECK(park_streams_keep(s, 2, &err) == PARK_E_FILE);
    setrlimit(RLIMIT_FSIZE, &before);
    CHECK(strstr(err.message, "b.csv") != NULL);
    park_arena_free(arena);
    CHECK(size_of(in_folder(names, "a.csv")) == -1);
    CHECK(size_of(in_folder(names, "a.csv.tmp")) == -1);
    CHECK(size_of(in_folder(names, "b.csv.tmp")) == -1);
    park_arena_free(names);
}

static void a_folder_that_is_not_there_is_told(void)
{
    park_arena  *arena = park_arena_new();
    park_stream *s;
    park_error   err = {0};
    CHECK(park_stream_open(arena, in_folder(arena, "no/where.csv"), &s, &err) == PARK_E_FILE);
    CHECK(strstr(err.message, "where.csv") != NULL);
    park_arena_fail_after(arena, 1);
    CHECK(park_stream_open(arena, "/tmp/park_stream_poor.csv", &s, &err) == PARK_E_MEMORY);
    CHECK(size_of("/tmp/park_stream_poor.csv.tmp") == -1);
    park_arena_free(arena);
}

int main(void)
{
    if (mkdtemp(folder) == NULL)
        SKIP("no folder can be made in /tmp");
    RUN(many_pieces_make_one_file);
    RUN(what_is_not_kept_leaves_nothing);
    RUN(a_full_disk_keeps_none);
    RUN(a_folder_that_is_not_there_is_told);
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0 ? park_test_done() : 1;
}
