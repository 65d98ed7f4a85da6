#include "check.h"

#include "replace.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/park_replace_XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static bool holds(const char *path, const char *text)
{
    char  got[64] = "";
    FILE *file    = fopen(path, "r");
    if (file == NULL)
        return false;
    size_t n = fread(got, 1, sizeof got - 1, file);
    got[n]   = '\0';
    fclose(file);
    return strcmp(got, text) == 0;
}

static void a_file_is_made_and_replaced(void)
{
    const char *path = in_folder("a.csv");
    CHECK(park_file_replace(path, "old", 3, NULL) == PARK_OK && holds(path, "old"));
    CHECK(park_file_replace(path, "newer", 5, NULL) == PARK_OK && holds(path, "newer"));
    CHECK(park_file_replace(path, "", 0, NULL) == PARK_OK && holds(path, ""));
}

static void a_file_of_an_earlier_run_is_taken_away(void)
{
    const char *path = in_folder("gone.csv");
    CHECK(park_file_replace(path, "old", 3, NULL) == PARK_OK);
    CHECK(park_file_remove(path, NULL) == PARK_OK && !holds(path, "old"));
    CHECK(park_file_remove(path, NULL) == PARK_OK); /* nothing there: nothing to do */
    CHECK(park_file_remove(folder, NULL) == PARK_E_FILE);
}

/* A size limit stands for a full disk: the old file is whole, nothing lies beside it. */
static void a_full_disk_leaves_the_old_file_intact(void)
{
    const char   *path = in_folder("full.csv");
    struct rlimit before, tight = {.rlim_cur = 1000, .rlim_max = RLIM_INFINITY};
    static char   big[5000];
    park_error    err = {0};
    CHECK(park_file_replace(path, "precious", 8, NULL) == PARK_OK);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    tight.rlim_max = before.rlim_max;
    setrlimit(RLIMIT_FSIZE, &tight);
    park_status status = park_file_replace(path, big, sizeof big, &err);
    setrlimit(RLIMIT_FSIZE, &before);
    CHECK(status == PARK_E_FILE);
    CHECK(strstr(err.message, "full.csv") != NULL);
    CHECK(holds(path, "precious"));
    CHECK(access(in_folder("full.csv.tmp"), F_OK) != 0);
    /* a device that is always full, behind a link where the file beside would be written */
    CHECK(symlink("/dev/full", in_folder("dev.csv.tmp")) == 0);
    CHECK(park_file_replace(in_folder("dev.csv"), "text", 4, &err) == PARK_E_FILE);
    CHECK(access(in_folder("dev.csv"), F_OK) != 0 && access(in_folder("dev.csv.tmp"), F_OK) != 0);
}

/* The second of three finds the disk full: the first is not renamed either. */
static void several_files_are_replaced_together(void)
{
    park_error err = {0};
    char       name[3][256];
    for (int i = 0; i < 3; i++)
        snprintf(name[i], sizeof name[i], "%s/together%d.csv", folder, i);
    park_new_file files[] = {{name[0], "a", 1}, {name[1], "b", 1}, {name[2], "c", 1}};
    CHECK(park_files_replace(files, 3, NULL) == PARK_OK && holds(name[2], "c"));
    files[0].bytes = files[1].bytes = files[2].bytes = "z";
    char beside[300];
    snprintf(beside, sizeof beside, "%s.tmp", name[1]);
    CHECK(symlink("/dev/full", beside) == 0);
    CHECK(park_files_replace(files, 3, &err) == PARK_E_FILE && strstr(err.message, "together1") != NULL);
    CHECK(holds(name[0], "a") && holds(name[1], "b") && holds(name[2], "c"));
    CHECK(access(in_folder("together0.csv.tmp"), F_OK) != 0);
    CHECK(park_files_replace(files, 3, &err) == PARK_OK && holds(name[0], "z"));
}

static void what_cannot_be_written_is_told(void)
{
    park_error err = {0};
    CHECK(park_file_replace(in_folder("no/such/folder.csv"), "x", 1, &err) == PARK_E_FILE);
    CHECK(strstr(err.message, "No such file") != NULL);
    CHECK(park_folder_make(in_folder("deep/er"), &err) == PARK_OK);
    CHECK(park_file_replace(in_folder("deep"), "x", 1, &err) == PARK_E_FILE); /* a folder stands there */
    CHECK(access(in_folder("deep.tmp"), F_OK) != 0);
    static char longest[5000];
    memset(longest, 'a', sizeof longest - 1);
    CHECK(park_file_replace(longest, "x", 1, &err) == PARK_E_FILE);
}

static void folders_are_made_once(void)
{
    park_error  err = {0};
    struct stat info;
    CHECK(park_folder_make(in_folder("x/y/z"), &err) == PARK_OK);
    CHECK(stat(in_folder("x/y/z"), &info) == 0 && S_ISDIR(info.st_mode));
    CHECK(park_folder_make(in_folder("x/y/z"), &err) == PARK_OK);
    CHECK(park_folder_make(in_folder("x/y/"), &err) == PARK_OK);
    CHECK(park_file_replace(in_folder("file"), "x", 1, &err) == PARK_OK);
    CHECK(park_folder_make(in_folder("file"), &err) == PARK_E_FILE);
    CHECK(park_folder_make("", &err) == PARK_E_FILE);
}

/* What a run made for its tables goes with it, unless it came to something; what stood before stays. */
static void empty_folders_go_with_their_run(void)
{
    park_error err = {0};
    CHECK(park_folder_make(in_folder("stood"), &err) == PARK_OK);
    for (int keeps = 0; keeps < 2; keeps++) {
        park_arena *arena = park_arena_new();
        CHECK(park_folder_open(arena, in_folder("stood/run//tables/"), &err) == PARK_OK);
        CHECK(access(in_folder("stood/run/tables"), F_OK) == 0);
        if (keeps)
            CHECK(park_file_replace(in_folder("stood/run/a.csv"), "x", 1, &err) == PARK_OK);
        park_arena_free(arena);
        CHECK(access(in_folder("stood/run/tables"), F_OK) != 0);
        CHECK((access(in_folder("stood/run"), F_OK) == 0) == (keeps == 1));
        CHECK(access(in_folder("stood"), F_OK) == 0);
    }
    park_arena *arena = park_arena_new();
    CHECK(park_folder_open(arena, in_folder("stood/run/a.csv/b"), &err) == PARK_E_FILE);
    park_arena_fail_after(arena, 1);
    CHECK(park_folder_open(arena, in_folder("other"), &err) == PARK_E_MEMORY);
    park_arena_free(arena);
    CHECK(access(in_folder("other"), F_OK) != 0 && access(in_folder("stood/run/a.csv"), F_OK) == 0);
}

int main(void)
{
    if (mkdtemp(folder) == NULL)
        SKIP("no temporary folder");
    RUN(a_file_is_made_and_replaced);
    RUN(a_file_of_an_earlier_run_is_taken_away);
    RUN(a_full_disk_leaves_the_old_file_intact);
    RUN(several_files_are_replaced_together);
    RUN(what_cannot_be_written_is_told);
    RUN(folders_are_made_once);
    RUN(empty_folders_go_with_their_run);
    return park_test_done();
}
