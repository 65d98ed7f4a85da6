/* Volumes, levels and limits of tanks, and the explicit step. */
#include "run_fixture.h"
#include "period/tanks.h"

static const char *const TANKS = "[JUNCTIONS]\nJ 0 0\n"
                                 "[TANKS]\n"
                                 ";id elev init low high diameter dead curve\n"
                                 "A 10 2 1 5 11.28379167 0\n"    /* 100 m2 */
                                 "B 0 1 0.5 3 11.28379167 400\n" /* a dead volume of its own */
                                 "C 0 4 0 5 1 0 CONE\n"          /* a volume curve */
                                 "[PIPES]\n1 A J 100 100 100 0 Open\n2 B J 100 100 100 0 Open\n"
                                 "3 C J 100 100 100 0 Open\n"
                                 "[CURVES]\nCONE 0 0\nCONE 2 100\nCONE 4 300\nCONE 5 500\n"
                                 "[OPTIONS]\nUNITS LPS\n[END]\n";

static park_arena *arena;

static park_tanks *make(void)
{
    park_tanks *tanks = NULL;
    CHECK(park_tanks_make(arena, network_of(arena, TANKS), &tanks, NULL) == PARK_OK);
    return tanks;
}

/* pi 11.28379167^2 / 4 = 100 m2 */
static void a_cylinder_is_area_times_level(void)
{
    park_tanks *t = make();
    CHECK_CLOSE(park_tank_volume(t, 0, 12.0), 200.0, 1e-5);
    CHECK_CLOSE(t->volume_low[0], 100.0, 1e-5);
    CHECK_CLOSE(t->volume_high[0], 500.0, 1e-5);
    CHECK_CLOSE(park_tank_head(t, 0, 350.0), 13.5, 1e-7);
}

static void a_dead_volume_stands_below_the_lowest_level(void)
{
    park_tanks *t = make();
    CHECK_CLOSE(t->volume_low[1], 400.0, 1e-9);
    CHECK_CLOSE(t->volume_high[1], 650.0, 1e-5);
    CHECK_CLOSE(park_tank_volume(t, 1, 1.0), 450.0, 1e-5);
}

/* By hand: halfway between (2, 100) and (4, 300) lie 200 m3 at 3 m; held at both ends. */
static void a_volume_curve_is_read_both_ways(void)
{
    park_tanks *t = make();
    CHECK_CLOSE(park_tank_volume(t, 2, 3.0), 200.0, 1e-9);
    CHECK_CLOSE(park_tank_head(t, 2, 200.0), 3.0, 1e-9);
    CHECK_CLOSE(park_tank_volume(t, 2, 9.0), 500.0, 0.0);
    CHECK_CLOSE(park_tank_head(t, 2, 1e4), 5.0, 0.0);
    CHECK_CLOSE(t->area[2], 100.0, 1e-12);
}

/* 10 L/s into the first tank; it is full at 500 m3. */
static void a_step_rounds_to_full_and_empty_within_a_second(void)
{
    park_tanks *t = make();
    double      lost;
    CHECK_CLOSE(park_tank_step(t, 0, 200.0, 0.01, 3600.0, &lost), 236.0, 1e-9);
    CHECK(lost == 0.0);
    double near = t->volume_high[0] - 10.0 - 0.005; /* half a second short after 1000 s */
    CHECK(park_tank_step(t, 0, near, 0.01, 1000.0, &lost) == t->volume_high[0]);
    CHECK_CLOSE(lost, -0.005, 1e-9);
    CHECK(park_tank_step(t, 0, t->volume_low[0] + 5.0, -0.01, 1000.0, &lost) == t->volume_low[0]);
    CHECK_CLOSE(lost, -5.0, 1e-9);
    double far = t->volume_high[0] - 10.0 - 0.015; /* one and a half seconds short */
    CHECK(park_tank_step(t, 0, far, 0.01, 1000.0, &lost) < t->volume_high[0]);
    CHECK(lost == 0.0);
}

/* EPANET would hold an empty tank at its limit while it fills by steps of one second. */
static void an_empty_tank_fills_by_single_seconds(void)
{
    park_tanks *t = make();
    double      lost;
    CHECK_CLOSE(park_tank_step(t, 0, t->volume_low[0], 0.01, 1.0, &lost), t->volume_low[0] + 0.01, 1e-12);
}

static void a_trickle_moves_nothing_and_is_counted(void)
{
    park_tanks *t = make();
    double      lost;
    CHECK(park_tank_step(t, 0, 200.0, 2e-8, 3600.0, &lost) == 200.0);
    CHECK_CLOSE(lost, 2e-8 * 3600.0, 1e-12);
}

static void what_makes_no_tank_is_refused(void)
{
    park_tanks   *t;
    park_error    error = {0};
    park_network *net   = network_of(arena, TANKS);
    net->tank.level[0]  = 6.0;
    CHECK(park_tanks_make(arena, net, &t, &error) == PARK_E_RANGE);
    CHECK(strstr(error.message, "tank A") != NULL);
    net                   = network_of(arena, TANKS);
    net->tank.diameter[0] = 0.0;
    CHECK(park_tanks_make(arena, net, &t, NULL) == PARK_E_RANGE);
    net                                 = network_of(arena, TANKS);
    net->curve[net->tank.curve[2]].y[1] = 350.0; /* above its right neighbour */
    CHECK(park_tanks_make(arena, net, &t, &error) == PARK_E_RANGE);
    net = network_of(arena, TANKS);
    for (size_t n = 1; n <= 7; n++) {
        park_arena *poor = park_arena_new();
        park_arena_fail_after(poor, n);
        CHECK(park_tanks_make(poor, net, &t, NULL) == PARK_E_MEMORY);
        park_arena_free(poor);
    }
}

int main(void)
{
    arena = park_arena_new();
    RUN(a_cylinder_is_area_times_level);
    RUN(a_dead_volume_stands_below_the_lowest_level);
    RUN(a_volume_curve_is_read_both_ways);
    RUN(a_step_rounds_to_full_and_empty_within_a_second);
    RUN(an_empty_tank_fills_by_single_seconds);
    RUN(a_trickle_moves_nothing_and_is_counted);
    RUN(what_makes_no_tank_is_refused);
    park_arena_free(arena);
    return park_test_done();
}
