#include "utf8.h"

#include <string.h>

enum { LONGEST = 64, EDIT = 2, CASE = 1 }; /* costs in halves of an edit */

/* Code points of a word; LONGEST + 1 when it is longer than that. */
static size_t letters(const char *word, uint32_t *out)
{
    size_t length = strlen(word), count = 0;
    for (size_t at = 0; at < length; count++) {
        if (count == LONGEST)
            return LONGEST + 1;
        size_t size = park_utf8_next(word + at, length - at, &out[count]);
        at += size > 0 ? size : 1;
    }
    return count;
}

static uint32_t lower(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static int replacing(uint32_t a, uint32_t b)
{
    return a == b ? 0 : lower(a) == lower(b) ? CASE : EDIT;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: edits with swaps of neighbours, rows kept for the last two letters of a. */
static int distance(const uint32_t *a, size_t na, const uint32_t *b, size_t nb)
{
    int rows[3][LONGEST + 1];
    for (size_t j = 0; j <= nb; j++)
        rows[0][j] = EDIT * (int)j;
    for (size_t i = 1; i <= na; i++) {
        int *now = rows[i % 3], *before = rows[(i + 2) % 3], *earlier = rows[(i + 1) % 3];
        now[0] = EDIT * (int)i;
        for (size_t j = 1; j <= nb; j++) {
            int best = before[j - 1] + replacing(a[i - 1], b[j - 1]);
            best     = least(best, least(before[j], now[j - 1]) + EDIT);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = least(best, earlier[j - 2] + EDIT);
            now[j] = best;
        }
    }
    return rows[na % 3][nb];
}

const char *park_nearest(const char *word, const char *const *candidates, size_t count)
{
    uint32_t a[LONGEST], b[LONGEST];
    size_t   na = letters(word, a);
    if (na == 0 || na > LONGEST)
        return NULL;
    const char *nearest = NULL;
    int         best    = EDIT * (int)(na / 3 > 1 ? na / 3 : 1) + 1;
    for (size_t i = 0; i < count; i++) {
        size_t nb = letters(candidates[i], b);
        if (nb == 0 || nb > LONGEST)
            continue;
        int edits = distance(a, na, b, nb);
        /* A word of which nothing is left is no correction. */
        bool all_replaced = edits >= EDIT * (int)(na > nb ? na : nb);
        if (edits < best && !all_replaced) {
            best    = edits;
            nearest = candidates[i];
        }
    }
    return nearest;
}
