#include "checkpoint.h"

#include "file.h"
#include "replace.h"

#include <string.h>
#include <unistd.h>

/* "parkwater checkpoint 1\n", the key, "\n", the hash of the bytes, "\n", the bytes. */
static const char MARK[] = "parkwater checkpoint 1\n";
enum { DIGITS = PARK_SHA256_HEX - 1, HEAD = sizeof MARK - 1 + 2 * (DIGITS + 1) };

park_status park_checkpoint_write(const char *path, const char *key, const void *bytes, size_t count,
                                  park_error *err)
{
    char        hex[PARK_SHA256_HEX];
    park_arena *scratch = park_arena_new();
    char       *whole   = PARK_ARRAY(scratch, HEAD + count, char);
    park_status status  = whole == NULL ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %s", path)
                                        : park_sha256(bytes, count, hex, err);
    if (status == PARK_OK) {
        char *at = whole;
        memcpy(at, MARK, sizeof MARK - 1), at += sizeof MARK - 1;
        memcpy(at, key, DIGITS), at[DIGITS] = '\n', at += DIGITS + 1;
        memcpy(at, hex, DIGITS), at[DIGITS] = '\n', at += DIGITS + 1;
        memcpy(at, bytes, count);
        status = park_file_replace(path, whole, HEAD + count, err);
    }
    park_arena_free(scratch);
    return status;
}

park_status park_checkpoint_read(park_arena *arena, const char *path, const char *key, const void **bytes,
                                 size_t *count, park_error *err)
{
    char   hex[PARK_SHA256_HEX], *whole;
    size_t length;
    *bytes = NULL, *count = 0;
    if (access(path, F_OK) != 0)
        return PARK_OK;
    PARK_TRY(park_file_read(arena, path, 0, &whole, &length, err));
    if (length < HEAD || memcmp(whole, MARK, sizeof MARK - 1) != 0)
        return PARK_FAIL(err, PARK_E_RANGE, "%s is no checkpoint of this version", path);
    const char *whose = whole + sizeof MARK - 1, *hash = whose + DIGITS + 1;
    if (whose[DIGITS] != '\n' || hash[DIGITS] != '\n')
        return PARK_FAIL(err, PARK_E_RANGE, "%s is damaged; delete it to begin anew", path);
    if (memcmp(whose, key, DIGITS) != 0)
        return PARK_FAIL(
            err, PARK_E_RANGE,
            "%s is the checkpoint of another run (another program, input or setting); delete it or name "
            "another file",
            path);
    PARK_TRY(park_sha256(whole + HEAD, length - HEAD, hex, err));
    if (memcmp(hash, hex, DIGITS) != 0)
        return PARK_FAIL(err, PARK_E_RANGE, "%s is damaged; delete it to begin anew", path);
    *bytes = whole + HEAD, *count = length - HEAD;
    return PARK_OK;
}
