/*
 * fake_ranks.h - ranks of one process: every other rank is an answerer that sees only copies of the bytes it is sent. For tests only.
 */
#ifndef PARK_TESTS_FAKE_RANKS_H
#define PARK_TESTS_FAKE_RANKS_H

#include "design/errand.h"
#include "check.h"

#include <stdlib.h>

enum { FAKE_MOST = 3 };

typedef struct fake_answer {
    int    from;
    void  *bytes;
    size_t length;
} fake_answer;

typedef struct fake_ranks {
    park_ranks      door;
    park_rank_tally tally[FAKE_MOST + 1];
    park_answerer  *answerer[FAKE_MOST + 1];
    fake_answer     waiting[FAKE_MOST];
    size_t          count;
    void           *last;    /* handed out by take */
    int             until;   /* answers that still come; below 0: all */
    park_cancel    *raise;   /* when no more come */
    bool            forgets; /* programs that are sent do not arrive */
} fake_ranks;

static inline void fake_send(void *user, int to, const void *bytes, size_t length, bool asks)
{
    fake_ranks *f    = user;
    park_arena *own  = park_arena_new();
    void       *copy = malloc(length);
    const void *answer;
    size_t      count;
    CHECK(own != NULL && copy != NULL && to >= 1 && to <= f->door.others);
    memcpy(copy, bytes, length);
    const park_errand_head *head = (const void *)((const char *)copy + sizeof(size_t));
    if (!f->forgets || head->word != PARK_ERRAND_OPEN) {
        CHECK(park_answer(f->answerer[to], copy, length, own, &answer, &count) == PARK_OK);
        CHECK((count > 0) == asks);
        if (count > 0) {
            CHECK(f->count < FAKE_MOST);
            f->waiting[f->count] = (fake_answer){to, malloc(count), count};
            memcpy(f->waiting[f->count++].bytes, answer, count);
        }
    }
    free(copy);
    park_arena_free(own);
}

/* The youngest first, so that the order of answers is not that of the questions. */
static inline bool fake_take(void *user, int *from, const void **bytes, size_t *length)
{
    fake_ranks *f = user;
    CHECK(f->count > 0);
    if (f->until == 0) {
        park_cancel_raise(f->raise, 15);
        return false;
    }
    f->until -= f->until > 0;
    free(f->last);
    fake_answer *a = &f->waiting[--f->count];
    *from = a->from, *bytes = f->last = a->bytes, *length = a->length;
    return true;
}

static inline void fake_begin(fake_ranks *f, int others, int threads)
{
    *f = (fake_ranks){.until = -1};
    f->door =
        (park_ranks){.others = others, .send = fake_send, .take = fake_take, .user = f, .tally = f->tally};
    for (int r = 1; r <= others; r++)
        CHECK(park_answerer_new(threads, NULL, &f->answerer[r]) == PARK_OK);
}

static inline void fake_end(fake_ranks *f)
{
    for (int r = 1; r <= f->door.others; r++)
        park_answerer_free(f->answerer[r]);
    while (f->count > 0)
        free(f->waiting[--f->count].bytes);
    free(f->last);
}

#endif
