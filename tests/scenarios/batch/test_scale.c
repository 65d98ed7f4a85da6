/* The coordinator at 10^4 ranks, played: hands that take their time, a coordinator that takes its own for every message. Virtual time, so
 * that the claim is about the order of dealing and the number of messages, not about this machine. docs/scaling.md quotes it. */
#include "batch/deal.h"

#include "base/random.h"
#include "check.h"

#include <time.h>

enum { HANDS = 10000 };

typedef struct event {
    double  time;
    int32_t hand;
    int64_t variant;
} event;

/* A heap of ends of variants, the earliest first. */
typedef struct heap {
    event *item;
    size_t count;
} heap;

static void push(heap *h, event e)
{
    size_t i = h->count++;
    for (; i > 0 && h->item[(i - 1) / 2].time > e.time; i = (i - 1) / 2)
        h->item[i] = h->item[(i - 1) / 2];
    h->item[i] = e;
}

static event pop(heap *h)
{
    event  top = h->item[0], last = h->item[--h->count];
    size_t i = 0;
    for (size_t child; (child = 2 * i + 1) < h->count; i = child) {
        if (child + 1 < h->count && h->item[child + 1].time < h->item[child].time)
            child++;
        if (h->item[child].time >= last.time)
            break;
        h->item[i] = h->item[child];
    }
    h->item[i] = last;
    return top;
}

/* Seconds of a variant: lognormal, cv 0.5. */
static double seconds_of(int64_t variant, double mean)
{
    park_random random = park_random_start(5, (uint64_t)variant, 0);
    return park_random_lognormal(&random, mean, 0.5);
}

typedef struct play {
    double efficiency; /* work of all hands in all their time until the end */
    double messages;   /* to and from the coordinator, per second */
    double busy;       /* share of the coordinator's time */
    double cpu;        /* seconds that dealing took here */
} play;

/* A message takes `latency` each way; the coordinator serves one in `service`. What a hand is dealt ahead waits with it. */
static play run(size_t variants, double mean, double latency, double service)
{
    static double free_at[HANDS]; /* when the hand has done what it was dealt */
    park_arena   *arena = park_arena_new();
    park_deal    *deal  = park_deal_new(arena, variants, HANDS, NULL);
    heap          ends  = {.item = calloc(variants + HANDS, sizeof(event))};
    double       *cost  = calloc(variants, sizeof *cost);
    double        now = 0.0, work = 0.0, last = 0.0, served = 0.0;
    size_t        messages = 0;
    clock_t       begun    = clock();
    memset(free_at, 0, sizeof free_at);
    for (size_t i = 0; i < variants; i++) { /* what levels tell of the time, 30 % off */
        park_random random = park_random_start(6, i, 0);
        cost[i]            = seconds_of((int64_t)i, mean) * park_random_lognormal(&random, 1.0, 0.3);
    }
    park_deal_order(deal, cost);
    for (int32_t first = 0; first < HANDS || ends.count > 0;) {
        int32_t h;
        if (first < HANDS) {
            h = first++;
        } else {
            event e = pop(&ends);
            h       = e.hand;
            now     = e.time + latency > now ? e.time + latency : now;
            now += 2.0 * service, served += 2.0 * service, messages += 2; /* computed, stored */
            park_deal_computed(deal, (size_t)h, e.variant, seconds_of(e.variant, mean));
            park_deal_stored(deal, e.variant);
        }
        for (int64_t v; (v = park_deal_next(deal, (size_t)h)) >= 0;) {
            double seconds = seconds_of(v, mean);
            now += service, served += service, messages++;
            double begin = now + latency > free_at[h] ? now + latency : free_at[h];
            free_at[h]   = begin + seconds;
            work += seconds;
            last = free_at[h] > last ? free_at[h] : last;
            push(&ends, (event){free_at[h], h, v});
        }
    }
    CHECK(park_deal_over(deal) && park_deal_count(deal).stored == variants);
    play p = {work / (last * HANDS), (double)messages / last, served / last,
              (double)(clock() - begun) / CLOCKS_PER_SEC};
    printf("     %zu variants of %.3g s: efficiency %.3f, %.0f messages/s, coordinator %.0f %% busy, %.2f us "
           "of dealing a variant\n",
           variants, mean, p.efficiency, p.messages, 100.0 * p.busy, 1e6 * p.cpu / (double)variants);
    free(ends.item);
    free(cost);
    park_arena_free(arena);
    return p;
}

/* 50 us each way, 5 us a message: what one core does for messages of 700 bytes. A mean of 2 s is 15 000 messages per second. */
static void ten_thousand_hands_are_kept_busy(void)
{
    play p = run(400000, 2.0, 50e-6, 5e-6);
    CHECK(p.efficiency > 0.95 && p.busy < 0.2);
    p = run(400000, 0.5, 50e-6, 5e-6);
    CHECK(p.efficiency > 0.95 && p.busy < 0.5);
}

/* Where variants are too short for so many hands, the coordinator is what limits: 3 messages of 5 us a variant. */
static void the_limit_is_where_it_must_be(void)
{
    play p = run(400000, 0.05, 50e-6, 5e-6);
    CHECK(p.busy > 0.9);
    CHECK_CLOSE(p.messages, 1.0 / 5e-6, 0.1 / 5e-6);
}

int main(void)
{
    RUN(ten_thousand_hands_are_kept_busy);
    RUN(the_limit_is_where_it_must_be);
    return park_test_done();
}
