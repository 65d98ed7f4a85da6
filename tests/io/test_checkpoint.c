#include "check.h"

#include "checkpoint.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char KEY[]   = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
static const char OTHER[] = "ca7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
static char       name[64];

/* One byte of the file at `at` becomes another; false behind its end. */
static bool spoil(long at)
{
    FILE *file = fopen(name, "r+b");
    bool  done = file != NULL && fseek(file, at, SEEK_SET) == 0;
    int   byte = done ? fgetc(file) : EOF;
    if (byte != EOF && fseek(file, at, SEEK_SET) == 0)
        fputc(byte ^ 1, file);
    if (file != NULL)
        fclose(file);
    return byte != EOF;
}

static void bytes_come_back_to_their_run_only(void)
{
    park_arena *arena = park_arena_new();
    const void *bytes = KEY;
    size_t      count = 9;
    park_error  err   = {0};
    CHECK(park_checkpoint_read(arena, name, KEY, &bytes, &count, &err) == PARK_OK && bytes == NULL &&
          count == 0);
    CHECK(park_checkpoint_write(name, KEY, "a\0b", 3, &err) == PARK_OK);
    CHECK(park_checkpoint_read(arena, name, KEY, &bytes, &count, &err) == PARK_OK);
    CHECK(count == 3 && memcmp(bytes, "a\0b", 3) == 0);
    CHECK(park_checkpoint_read(arena, name, OTHER, &bytes, &count, &err) == PARK_E_RANGE);
    CHECK(strstr(err.message, "another run") != NULL && bytes == NULL);
    park_arena_free(arena);
}

/* Whichever byte is another one, it is noticed. */
static void a_damaged_file_is_refused(void)
{
    park_arena *arena = park_arena_new();
    const void *bytes;
    size_t      count, spoiled = 0;
    park_error  err = {0};
    CHECK(park_checkpoint_write(name, KEY, "abcdef", 6, &err) == PARK_OK);
    for (long at = 0; spoil(at); at++, spoiled++) {
        CHECK(park_checkpoint_read(arena, name, KEY, &bytes, &count, &err) == PARK_E_RANGE);
        spoil(at);
    }
    CHECK(spoiled == 23 + 2 * 65 + 6);
    CHECK(park_checkpoint_read(arena, name, KEY, &bytes, &count, &err) == PARK_OK);
    CHECK(truncate(name, 40) == 0 &&
          park_checkpoint_read(arena, name, KEY, &bytes, &count, &err) == PARK_E_RANGE);
    park_arena_free(arena);
}

static void places_that_cannot_be_are_told(void)
{
    park_arena *arena = park_arena_new();
    const void *bytes;
    size_t      count;
    CHECK(park_checkpoint_write("/proc/none/x", KEY, "a", 1, NULL) == PARK_E_FILE);
    CHECK(park_checkpoint_read(arena, "/proc", KEY, &bytes, &count, NULL) == PARK_E_FILE);
    CHECK(park_checkpoint_write(name, KEY, "abcdef", 6, NULL) == PARK_OK);
    park_arena_fail_after(arena, 1);
    CHECK(park_checkpoint_read(arena, name, KEY, &bytes, &count, NULL) == PARK_E_MEMORY);
    park_arena_free(arena);
}

int main(void)
{
    snprintf(name, sizeof name, "/tmp/park_checkpoint_%ld", (long)getpid());
    RUN(bytes_come_back_to_their_run_only);
    RUN(a_damaged_file_is_refused);
    RUN(places_that_cannot_be_are_told);
    unlink(name);
    return park_test_done();
}
