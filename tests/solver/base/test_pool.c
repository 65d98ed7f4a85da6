#include "base/pool.h"
#include "check.h"

#include <stdatomic.h>

enum { ITEMS = 1000, SLOTS = 8 };

typedef struct deal {
    int        calls[ITEMS];
    int        slot[ITEMS];
    atomic_int running[SLOTS]; /* items at work in a slot: never two */
    atomic_int clashes;
    size_t     last[SLOTS]; /* items of a slot come in rising order */
    atomic_int disorder;
} deal;

static void note(void *user, size_t item, int slot)
{
    deal *d = user;
    if (atomic_fetch_add(&d->running[slot], 1) != 0)
        atomic_fetch_add(&d->clashes, 1);
    if (item < d->last[slot])
        atomic_fetch_add(&d->disorder, 1);
    d->last[slot] = item;
    d->calls[item]++;
    d->slot[item] = slot;
    atomic_fetch_sub(&d->running[slot], 1);
}

static void every_item_runs_once_in_a_slot_of_its_own(void)
{
    for (int threads = 0; threads <= SLOTS; threads++) {
        static deal d, again;
        memset(&d, 0, sizeof d);
        memset(&again, 0, sizeof again);
        park_pool_run(threads, ITEMS, note, &d);
        park_pool_run(threads, ITEMS, note, &again);
        int once = 0, in_range = 0;
        for (int i = 0; i < ITEMS; i++) {
            once += d.calls[i] == 1;
            in_range += d.slot[i] >= 0 && d.slot[i] < (threads < 1 ? 1 : threads);
        }
        CHECK(once == ITEMS && in_range == ITEMS);
        CHECK(atomic_load(&d.clashes) == 0 && atomic_load(&d.disorder) == 0);
        CHECK(memcmp(d.slot, again.slot, sizeof d.slot) == 0);
    }
}

static void shared_items_run_once_and_the_first_in_their_slots(void)
{
    for (int threads = 0; threads <= SLOTS; threads++) {
        static deal d;
        memset(&d, 0, sizeof d);
        park_pool_share(threads, 5, ITEMS, note, &d);
        int once = 0, in_range = 0;
        for (int i = 0; i < ITEMS; i++) {
            once += d.calls[i] == 1;
            in_range += d.slot[i] >= 0 && d.slot[i] < (threads < 1 ? 1 : threads);
        }
        CHECK(once == ITEMS && in_range == ITEMS);
        for (int i = 0; i < 5; i++)
#ifdef PARK_TEST_OPENMP
            CHECK(d.slot[i] == (threads < 2 ? 0 : i % threads));
#else
            CHECK(d.slot[i] == 0);
#endif
        CHECK(atomic_load(&d.clashes) == 0 && atomic_load(&d.disorder) == 0);
    }
}

/* Item 0 waits until all others are done: where some of them wait behind it, it gives up. */
typedef struct patience {
    atomic_int done;
    int        others, seen;
} patience;

static void wait_or_work(void *user, size_t item, int slot)
{
    patience *p = user;
    (void)slot;
    if (item > 0)
        atomic_fetch_add(&p->done, 1);
    for (long spin = 0; item == 0 && spin < 2000000000L && atomic_load(&p->done) < p->others; spin++)
        ;
    if (item == 0)
        p->seen = atomic_load(&p->done);
}

static void a_long_item_does_not_hold_up_the_others(void)
{
#ifdef PARK_TEST_OPENMP
    patience p = {.others = 9};
    park_pool_share(2, 1, 10, wait_or_work, &p);
    CHECK(p.seen == 9);
#endif
}

static void no_items_is_no_call(void)
{
    park_pool_run(4, 0, note, NULL);
    park_pool_share(1, 0, 0, note, NULL);
    CHECK(park_pool_threads() >= 1);
}

static void threads_are_used_where_there_are_some(void)
{
    static deal d;
    memset(&d, 0, sizeof d);
    park_pool_run(2, ITEMS, note, &d);
    CHECK(d.slot[0] == 0);
#ifdef PARK_TEST_OPENMP
    CHECK(d.slot[1] == 1 && d.slot[2] == 0);
#else
    CHECK(d.slot[1] == 0);
#endif
}

static void inner(void *user, size_t item, int slot)
{
    ((int *)user)[item] = slot;
}

static void outer(void *user, size_t item, int slot)
{
    (void)slot;
    park_pool_run(4, 16, inner, (int *)user + 16 * item);
}

static void a_run_inside_an_item_is_serial(void)
{
    int slot[8 * 16];
    memset(slot, 255, sizeof slot);
    park_pool_run(4, 8, outer, slot);
    int serial = 0;
    for (int i = 0; i < 8 * 16; i++)
        serial += slot[i] == 0;
    CHECK(serial == 8 * 16);
}

/* A sum whose rounding depends on its order: 1/1 + 1/2 + ... + 1/100000, in chunks of 777 added in order. */
enum { TERMS = 100000, WIDTH = 777 };
static void part(void *user, size_t item, int slot)
{
    (void)slot;
    park_chunk span = park_pool_span(TERMS, WIDTH, item);
    double     sum  = 0.0;
    for (size_t i = span.from; i < span.to; i++)
        sum += 1.0 / (double)(i + 1);
    ((double *)user)[item] = sum;
}

static double harmonic(int threads)
{
    double parts[TERMS / WIDTH + 1], sum = 0.0;
    size_t chunks = park_pool_chunks(TERMS, WIDTH);
    CHECK(chunks == TERMS / WIDTH + 1);
    park_pool_run(threads, chunks, part, parts);
    for (size_t i = 0; i < chunks; i++)
        sum += parts[i];
    return sum;
}

static void sums_have_the_same_bits_for_any_threads(void)
{
    double one = harmonic(1);
    CHECK_CLOSE(one, 12.090146129863428, 1e-12); /* ln n + Euler's constant + 1/2n - 1/12n2 */
    CHECK(harmonic(2) == one && harmonic(8) == one);
}

static void spans_cut_without_gap_or_overlap(void)
{
    size_t next = 0;
    for (size_t i = 0; i < park_pool_chunks(10, 4); i++) {
        park_chunk s = park_pool_span(10, 4, i);
        CHECK(s.from == next && s.to > s.from);
        next = s.to;
    }
    CHECK(next == 10);
    park_chunk beyond = park_pool_span(10, 4, 3);
    CHECK(beyond.from == beyond.to);
    CHECK(park_pool_chunks(0, 4) == 0);
}

int main(void)
{
    RUN(every_item_runs_once_in_a_slot_of_its_own);
    RUN(shared_items_run_once_and_the_first_in_their_slots);
    RUN(a_long_item_does_not_hold_up_the_others);
    RUN(no_items_is_no_call);
    RUN(threads_are_used_where_there_are_some);
    RUN(a_run_inside_an_item_is_serial);
    RUN(sums_have_the_same_bits_for_any_threads);
    RUN(spans_cut_without_gap_or_overlap);
    return park_test_done();
}
