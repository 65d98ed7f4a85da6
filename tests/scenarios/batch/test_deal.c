#include "batch/deal.h"

#include "base/random.h"
#include "check.h"

/* The next variants of a hand until it has enough. */
static size_t take_all(park_deal *deal, size_t hand, int64_t *got)
{
    size_t n = 0;
    while ((got[n] = park_deal_next(deal, hand)) >= 0)
        n++;
    return n;
}

static void the_longest_goes_first(void)
{
    static const double COST[] = {1.0, 5.0, 3.0, 5.0, NAN};
    static const int    WANT[] = {1, 3, 2, 0, 4};
    park_arena         *arena  = park_arena_new();
    park_deal          *deal   = park_deal_new(arena, 5, 1, NULL);
    park_deal_order(deal, COST);
    for (int i = 0; i < 5; i++) {
        CHECK(park_deal_next(deal, 0) == WANT[i]);
        CHECK(park_deal_next(deal, 0) == -1); /* one at a time while nothing is known */
        park_deal_computed(deal, 0, WANT[i], 1.0);
        park_deal_stored(deal, WANT[i]);
    }
    CHECK(park_deal_over(deal) && park_deal_count(deal).stored == 5);
    park_arena_free(arena);
}

static void short_ones_are_dealt_ahead_but_not_at_the_end(void)
{
    park_arena *arena = park_arena_new();
    park_deal  *deal  = park_deal_new(arena, 1000, 2, NULL);
    int64_t     got[PARK_DEAL_AHEAD + 1];
    CHECK(park_deal_next(deal, 0) == 0);
    park_deal_computed(deal, 0, 0, 0.001);
    CHECK(take_all(deal, 0, got) == 20); /* 20 ms of work */
    CHECK(park_deal_at(deal, 0) == 1);
    park_deal_stored(deal, 0);
    for (int64_t v = 1; v <= 20; v++)
        park_deal_computed(deal, 0, v, 10.0);
    CHECK(take_all(deal, 0, got) == 2); /* long ones: the next is there when one ends */
    park_arena_free(arena);
    arena = park_arena_new();
    deal  = park_deal_new(arena, 5, 2, NULL);
    CHECK(park_deal_next(deal, 0) == 0);
    park_deal_computed(deal, 0, 0, 0.001);
    CHECK(take_all(deal, 0, got) == 1); /* four left for two hands */
    park_arena_free(arena);
}

static void what_was_there_is_not_dealt(void)
{
    static const bool OVER[] = {true, false, true};
    park_arena       *arena  = park_arena_new();
    park_deal        *deal   = park_deal_new(arena, 3, 1, OVER);
    CHECK(park_deal_count(deal).stored == 2 && park_deal_count(deal).waiting == 1);
    CHECK(park_deal_next(deal, 0) == 1);
    park_deal_failed(deal, 1);
    park_deal_failed(deal, 1); /* twice is once */
    park_deal_stored(deal, 1);
    CHECK(park_deal_over(deal) && park_deal_count(deal).failed == 1);
    park_arena_free(arena);
}

/* A variant that kills its hand is tried once more, by another, then given up; what the hand held besides comes back. */
static void a_hand_that_dies_is_counted(void)
{
    park_arena *arena = park_arena_new();
    park_deal  *deal  = park_deal_new(arena, 3, 2, NULL);
    CHECK(park_deal_next(deal, 0) == 0 && park_deal_next(deal, 1) == 1);
    park_deal_computed(deal, 0, 0, 0.2);
    CHECK(park_deal_next(deal, 0) == 2);
    CHECK(park_deal_died(deal, 0) == -1); /* 0 was computed, not stored: it comes back without blame */
    CHECK(!park_deal_busy(deal, 0) && park_deal_count(deal).waiting == 2);
    CHECK(park_deal_next(deal, 0) == 0); /* not 2, which it died of */
    CHECK(park_deal_next(deal, 0) == -1);
    park_deal_stored(deal, 1);
    CHECK(park_deal_next(deal, 1) == 2);
    CHECK(park_deal_died(deal, 1) == 2);
    CHECK(park_deal_died(deal, 0) == -1);
    CHECK(park_deal_next(deal, 1) == 0);
    park_deal_stored(deal, 0);
    park_deal_counts c = park_deal_count(deal);
    CHECK(park_deal_over(deal) && c.stored == 2 && c.lost == 1);
    park_arena_free(arena);
}

static void a_hand_that_leaves_costs_no_life(void)
{
    park_arena *arena = park_arena_new();
    park_deal  *deal  = park_deal_new(arena, 1, 2, NULL);
    for (int i = 0; i < 1; i++)
        CHECK(park_deal_next(deal, 0) == 0);
    park_deal_left(deal, 0);
    CHECK(park_deal_next(deal, 0) == -1 && park_deal_next(deal, 1) == 0);
    CHECK(park_deal_died(deal, 1) == -1);
    CHECK(park_deal_next(deal, 1) == 0); /* alone: there is nobody else to try it */
    park_arena_free(arena);
}

/* Any sequence of events: every variant ends once, none is with two hands. */
static void nothing_is_lost_or_dealt_twice(void)
{
    enum { VARIANTS = 300, HANDS = 5 };
    for (uint64_t seed = 1; seed <= 40; seed++) {
        park_random random = park_random_start(seed, 0, 0);
        park_arena *arena  = park_arena_new();
        park_deal  *deal   = park_deal_new(arena, VARIANTS, HANDS, NULL);
        int         with[VARIANTS], ended[VARIANTS] = {0};
        bool        computed[VARIANTS] = {false};
        for (int i = 0; i < VARIANTS; i++)
            with[i] = -1;
        for (int step = 0; step < 200000 && !park_deal_over(deal); step++) {
            size_t   h    = park_random_below(&random, HANDS);
            uint32_t what = park_random_below(&random, 100);
            if (what < 40) {
                int64_t v = park_deal_next(deal, h);
                CHECK(v < 0 || (with[v] == -1 && ended[v] == 0));
                if (v >= 0)
                    with[v] = (int)h, computed[v] = false;
            } else if (what < 70) {
                int64_t v = park_deal_at(deal, h);
                if (v < 0)
                    continue;
                CHECK(with[v] == (int)h && !computed[v]);
                computed[v] = true;
                park_deal_computed(deal, h, v, 0.001);
            } else if (what < 97) {
                for (int v = 0; v < VARIANTS; v++)
                    if (with[v] == (int)h && computed[v]) {
                        what == 70 ? park_deal_failed(deal, v) : park_deal_stored(deal, v);
                        with[v] = -1, ended[v]++;
                    }
            } else {
                int64_t lost = park_deal_died(deal, h);
                for (int v = 0; v < VARIANTS; v++)
                    if (with[v] == (int)h)
                        with[v] = -1;
                if (lost >= 0)
                    ended[lost]++;
            }
        }
        park_deal_counts c = park_deal_count(deal);
        CHECK(park_deal_over(deal) && c.stored + c.failed + c.lost == VARIANTS);
        for (int v = 0; v < VARIANTS; v++)
            CHECK(ended[v] == 1);
        park_arena_free(arena);
    }
}

int main(void)
{
    RUN(the_longest_goes_first);
    RUN(short_ones_are_dealt_ahead_but_not_at_the_end);
    RUN(what_was_there_is_not_dealt);
    RUN(a_hand_that_dies_is_counted);
    RUN(a_hand_that_leaves_costs_no_life);
    RUN(nothing_is_lost_or_dealt_twice);
    return park_test_done();
}
