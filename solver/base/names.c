#include "base/names.h"

#include <assert.h>
#include <string.h>

enum { FIRST_SLOTS = 16 };

void park_names_init(park_names *names, park_arena *arena)
{
    *names = (park_names){.arena = arena};
}

void park_names_init_exact(park_names *names, park_arena *arena)
{
    *names = (park_names){.arena = arena, .exact = true};
}

/* The ASCII character whose full-width form starts here, or 0. U+FF01..U+FF3F are EF BC 81..BF,
 * U+FF40..U+FF5E are EF BD 80..9E, the ideographic space U+3000 is E3 80 80. */
static char narrow(const char *text, const char *end)
{
    const unsigned char *u = (const unsigned char *)text;
    if (end - text < 3)
        return 0;
    if (u[0] == 0xEF && u[1] == 0xBC && u[2] >= 0x81 && u[2] <= 0xBF)
        return (char)(u[2] - 0x81 + '!');
    if (u[0] == 0xEF && u[1] == 0xBD && u[2] >= 0x80 && u[2] <= 0x9E)
        return (char)(u[2] - 0x80 + '`');
    if (u[0] == 0xE3 && u[1] == 0x80 && u[2] == 0x80)
        return ' ';
    return 0;
}

/* The next byte of the folded text; moves *text on. */
static char fold_next(const char **text, const char *end)
{
    char c = narrow(*text, end);
    if (c != 0) {
        *text += 3;
    } else {
        c = **text;
        *text += 1;
    }
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

size_t park_name_fold(const char *text, size_t length, char *folded)
{
    size_t count = 0;
    for (const char *end = text + length; text < end;)
        folded[count++] = fold_next(&text, end);
    folded[count] = '\0';
    return count;
}

/* FNV-1a over the folded bytes; no seed, so the table is the same in every run. */
static uint32_t hash(const char *text, size_t length, bool exact)
{
    uint32_t h = 2166136261u;
    for (const char *end = text + length; text < end;)
        h = (h ^ (unsigned char)(exact ? *text++ : fold_next(&text, end))) * 16777619u;
    return h;
}

static int alike(const char *a, size_t a_length, const char *b, size_t b_length)
{
    const char *a_end = a + a_length, *b_end = b + b_length;
    while (a < a_end && b < b_end)
        if (fold_next(&a, a_end) != fold_next(&b, b_end))
            return 0;
    return a == a_end && b == b_end;
}

static int same(const char *text, size_t length, const char *other)
{
    return strncmp(text, other, length) == 0 && other[length] == '\0';
}

/* The slot of a name alike this one, or the free slot where it belongs. */
static size_t slot_of(const park_names *names, const char *text, size_t length)
{
    size_t at = hash(text, length, names->exact) & (names->slots - 1);
    while (names->slot[at] >= 0) {
        const char *other = names->text[names->slot[at]];
        if (names->exact ? same(text, length, other) : alike(text, length, other, strlen(other)))
            break;
        at = (at + 1) & (names->slots - 1);
    }
    return at;
}

/* Keep the slots at most half full, with one more name. */
static int more_slots(park_names *names)
{
    if (2 * (names->count + 1) <= names->slots)
        return 1;
    size_t   slots = names->slots == 0 ? FIRST_SLOTS : 2 * names->slots;
    int32_t *slot  = PARK_ARRAY(names->arena, slots, int32_t);
    if (slot == NULL)
        return 0;
    memset(slot, 0xFF, slots * sizeof *slot); /* all -1 */
    names->slot  = slot;
    names->slots = slots;
    for (size_t i = 0; i < names->count; i++)
        slot[slot_of(names, names->text[i], strlen(names->text[i]))] = (int32_t)i;
    return 1;
}

park_status park_names_add(park_names *names, const char *text, size_t length, int32_t *index,
                           park_error *err)
{
    assert(memchr(text, '\0', length) == NULL);
    *index = park_names_find_alike(names, text, length);
    if (*index >= 0)
        return PARK_FAIL(err, PARK_E_RANGE, "the name '%.*s' is taken: '%s' came earlier", (int)length, text,
                         names->text[*index]);
    char *copy = park_arena_text(names->arena, text, length);
    if (copy == NULL || !more_slots(names) ||
        !PARK_GROW(names->arena, names->text, names->count, names->capacity))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu names", names->count + 1);
    names->slot[slot_of(names, text, length)] = (int32_t)names->count;
    names->text[names->count]                 = copy;
    *index                                    = (int32_t)names->count++;
    return PARK_OK;
}

int32_t park_names_find_alike(const park_names *names, const char *text, size_t length)
{
    return names->slots == 0 ? -1 : names->slot[slot_of(names, text, length)];
}

int32_t park_names_find(const park_names *names, const char *text, size_t length)
{
    int32_t i = park_names_find_alike(names, text, length);
    return i >= 0 && same(text, length, names->text[i]) ? i : -1;
}
