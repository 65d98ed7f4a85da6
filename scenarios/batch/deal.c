#include "batch/deal.h"

#include <math.h>
#include <stdlib.h>

static const double SHORT  = 0.05;  /* [s] below which a hand is dealt ahead */
static const double AHEAD  = 0.02;  /* [s] of work that a hand of short variants should have before it */
static const double MEMORY = 0.125; /* share of the newest variant in a hand's mean */
enum { MANY = 8 };                  /* variants that wait for each hand: many */

typedef enum state { WAITING, OUT, COMPUTED, STORED, FAILED, LOST } state;

typedef struct variant {
    uint8_t state, lives;
    int32_t hand, not_hand; /* who holds it; who should not get it again; -1 */
    int64_t before, after;  /* in the hand's list; -1 */
} variant;

typedef struct hand {
    int64_t first, last, at; /* of its list; the one it computes, -1 */
    size_t  held, ahead;     /* held: not stored; ahead: not computed */
    double  seconds;         /* mean of its variants, 0: not known */
    bool    gone;
} hand;

struct park_deal {
    size_t           count, hands, living;
    variant         *variant;
    hand            *hand;
    int64_t         *queue; /* [count] those that wait, the next one at `head` */
    size_t           head, tail;
    int64_t         *again; /* [count] those that come back, dealt before the others */
    size_t           agains;
    park_deal_counts counts;
};

park_deal *park_deal_new(park_arena *arena, size_t count, size_t hands, const bool *over)
{
    park_deal *d = PARK_NEW(arena, park_deal);
    if (d == NULL)
        return NULL;
    d->count = count, d->hands = d->living = hands;
    d->variant = PARK_ARRAY(arena, count, variant);
    d->hand    = PARK_ARRAY(arena, hands, hand);
    d->queue   = PARK_ARRAY(arena, count, int64_t);
    d->again   = PARK_ARRAY(arena, count, int64_t);
    if (d->variant == NULL || d->hand == NULL || d->queue == NULL || d->again == NULL)
        return NULL;
    for (size_t h = 0; h < hands; h++)
        d->hand[h] = (hand){.first = -1, .last = -1, .at = -1};
    for (size_t i = 0; i < count; i++) {
        bool done     = over != NULL && over[i];
        d->variant[i] = (variant){
            .state = done ? STORED : WAITING, .hand = -1, .not_hand = -1, .before = -1, .after = -1};
        if (done)
            d->counts.stored++;
        else
            d->queue[d->tail++] = (int64_t)i;
    }
    d->counts.waiting = d->tail;
    return d;
}

/* ---- the order ---- */

typedef struct ranked {
    double  cost;
    int64_t variant;
} ranked;

static int longest_first(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->cost != y->cost)
        return x->cost > y->cost ? -1 : 1;
    return x->variant < y->variant ? -1 : 1;
}

void park_deal_order(park_deal *d, const double *cost)
{
    size_t  n    = d->tail - d->head;
    ranked *list = malloc((n > 0 ? n : 1) * sizeof *list);
    if (list == NULL)
        return; /* the order is a matter of speed alone */
    for (size_t i = 0; i < n; i++) {
        int64_t v = d->queue[d->head + i];
        list[i]   = (ranked){isfinite(cost[v]) ? cost[v] : 0.0, v};
    }
    qsort(list, n, sizeof *list, longest_first);
    for (size_t i = 0; i < n; i++)
        d->queue[d->head + i] = list[i].variant;
    free(list);
}

/* ---- lists of hands ---- */

static void append(park_deal *d, size_t h, int64_t v)
{
    hand    *own = &d->hand[h];
    variant *x   = &d->variant[v];
    x->state = OUT, x->hand = (int32_t)h, x->before = own->last, x->after = -1;
    if (own->last >= 0)
        d->variant[own->last].after = v;
    else
        own->first = v;
    own->last = v;
    own->at   = own->at < 0 ? v : own->at;
    own->held++, own->ahead++;
    d->counts.waiting--, d->counts.out++;
}

/* The next one after `v` that is not computed. */
static int64_t not_computed(const park_deal *d, int64_t v)
{
    while (v >= 0 && d->variant[v].state != OUT)
        v = d->variant[v].after;
    return v;
}

static void take_out(park_deal *d, int64_t v)
{
    variant *x   = &d->variant[v];
    hand    *own = &d->hand[x->hand];
    if (own->at == v)
        own->at = not_computed(d, x->after);
    own->ahead -= x->state == OUT;
    if (x->before >= 0)
        d->variant[x->before].after = x->after;
    else
        own->first = x->after;
    if (x->after >= 0)
        d->variant[x->after].before = x->before;
    else
        own->last = x->before;
    own->held--;
    d->counts.out--;
    x->hand = -1;
}

/* ---- dealing ---- */

/* How many variants a hand may have before it that it has not computed. */
static size_t depth(const park_deal *d, const hand *own)
{
    size_t left = d->counts.waiting / (d->living > 0 ? d->living : 1);
    if (own->seconds > 0.0 && own->seconds < SHORT) {
        double n = fmin(ceil(AHEAD / own->seconds), PARK_DEAL_AHEAD);
        n        = fmin(n, (double)(left / 2)); /* towards the end nobody hoards */
        return n > 1.0 ? (size_t)n : 1;
    }
    return own->seconds > 0.0 && left > MANY ? 2 : 1;
}

int64_t park_deal_next(park_deal *d, size_t h)
{
    hand *own = &d->hand[h];
    if (own->gone || own->ahead >= depth(d, own))
        return -1;
    for (size_t i = d->agains; i-- > 0;) {
        int64_t v = d->again[i];
        if (d->variant[v].not_hand == (int32_t)h && d->living > 1)
            continue;
        d->again[i] = d->again[--d->agains];
        append(d, h, v);
        return v;
    }
    if (d->head == d->tail)
        return -1;
    int64_t v = d->queue[d->head++];
    append(d, h, v);
    return v;
}

bool park_deal_busy(const park_deal *d, size_t h)
{
    return d->hand[h].held > 0;
}

int64_t park_deal_at(const park_deal *d, size_t h)
{
    return d->hand[h].at;
}

void park_deal_computed(park_deal *d, size_t h, int64_t v, double seconds)
{
    hand    *own = &d->hand[h];
    variant *x   = &d->variant[v];
    if (x->state != OUT || x->hand != (int32_t)h)
        return;
    own->seconds =
        own->seconds > 0.0 ? own->seconds + MEMORY * (seconds - own->seconds) : fmax(seconds, 1e-9);
    own->ahead--;
    x->state = COMPUTED;
    if (own->at == v)
        own->at = not_computed(d, x->after);
}

static bool held(const variant *x)
{
    return x->state == OUT || x->state == COMPUTED;
}

void park_deal_stored(park_deal *d, int64_t v)
{
    variant *x = &d->variant[v];
    if (!held(x))
        return;
    take_out(d, v);
    x->state = STORED;
    d->counts.stored++;
}

void park_deal_failed(park_deal *d, int64_t v)
{
    variant *x = &d->variant[v];
    if (!held(x))
        return;
    take_out(d, v);
    x->state = FAILED;
    d->counts.failed++;
}

static void come_back(park_deal *d, int64_t v)
{
    take_out(d, v);
    d->variant[v].state   = WAITING;
    d->again[d->agains++] = v;
    d->counts.waiting++;
}

int64_t park_deal_died(park_deal *d, size_t h)
{
    hand   *own = &d->hand[h];
    int64_t at = own->at, lost = -1;
    if (at >= 0) {
        variant *x  = &d->variant[at];
        x->not_hand = (int32_t)h;
        if (++x->lives >= PARK_DEAL_LIVES) {
            take_out(d, at);
            x->state = LOST;
            d->counts.lost++;
            lost = at;
        }
    }
    while (own->first >= 0)
        come_back(d, own->first);
    return lost;
}

void park_deal_left(park_deal *d, size_t h)
{
    hand *own = &d->hand[h];
    while (own->first >= 0)
        come_back(d, own->first);
    d->living -= !own->gone && d->living > 0;
    own->gone = true;
}

bool park_deal_over(const park_deal *d)
{
    return d->counts.waiting == 0 && d->counts.out == 0;
}

park_deal_counts park_deal_count(const park_deal *d)
{
    return d->counts;
}
