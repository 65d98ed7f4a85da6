#include "water_bench.h"

/* A reservoir, a junction, a pipe between them and a tank. */
static void small(water_bench *b)
{
    bench_open(b, 300.0);
    int32_t r = bench_node(b, PARK_NET_RESERVOIR), j = bench_node(b, PARK_NET_JUNCTION);
    bench_tank(b, PARK_NET_MIX_COMPLETE, 10.0);
    bench_link(b, r, j, 1.0, 1e-3);
}

static park_status try_plan(const water_bench *b, const park_quality_settings *settings, const char *names)
{
    park_error         err = {0};
    park_quality_plan *plan;
    park_status        status = park_quality_plan_make(b->arena, &b->net, settings, &plan, &err);
    CHECK(status == PARK_OK || strstr(err.message, names) != NULL);
    return status;
}

static void settings_without_meaning_are_named(void)
{
    water_bench b;
    small(&b);
    park_quality_settings s = b.settings;
    CHECK(try_plan(&b, &s, "") == PARK_OK);
    s.step = 0.0;
    CHECK(try_plan(&b, &s, "step") == PARK_E_RANGE);
    s              = b.settings;
    s.constituents = 0;
    CHECK(try_plan(&b, &s, "0 constituents") == PARK_E_RANGE);
    s.constituents = 65;
    CHECK(try_plan(&b, &s, "65 constituents") == PARK_E_RANGE);
    s           = b.settings;
    s.rest_flow = NAN;
    CHECK(try_plan(&b, &s, "rest flow") == PARK_E_RANGE);
    s             = b.settings;
    s.most_pieces = 1;
    CHECK(try_plan(&b, &s, "pieces") == PARK_E_RANGE);
    s               = b.settings;
    s.most_segments = 7;
    CHECK(try_plan(&b, &s, "segments") == PARK_E_RANGE);
    bench_close(&b);
}

static void constituents_without_meaning_are_named(void)
{
    water_bench b;
    small(&b);
    const park_quality_constituent good = b.constituent[0];
    park_quality_constituent      *k    = &b.constituent[0];
    static const double   LINK[] = {NAN}, BAD[] = {INFINITY}, GROWS[] = {1e-4}, LOW[] = {0.0, -1.0, 0.0};
    const park_net_source source[] = {{7, PARK_NET_SOURCE_MASS, 1.0, -1}},
                          less[]   = {{1, PARK_NET_SOURCE_MASS, -1.0, -1}};
    k->kind                        = PARK_NET_QUALITY_NONE;
    CHECK(try_plan(&b, &b.settings, "salt") == PARK_E_RANGE);
    *k      = good;
    k->kind = PARK_NET_QUALITY_TRACE;
    CHECK(try_plan(&b, &b.settings, "-1") == PARK_E_RANGE);
    *k           = good;
    k->tolerance = NAN;
    CHECK(try_plan(&b, &b.settings, "tolerance") == PARK_E_RANGE);
    *k            = good;
    k->wall_order = 2.0;
    CHECK(try_plan(&b, &b.settings, "wall order") == PARK_E_RANGE);
    *k         = good;
    k->initial = LOW;
    CHECK(try_plan(&b, &b.settings, "n1") == PARK_E_RANGE);
    *k         = good;
    k->sources = 1;
    k->source  = source;
    CHECK(try_plan(&b, &b.settings, "source 1") == PARK_E_RANGE);
    k->source = less;
    CHECK(try_plan(&b, &b.settings, "at node n1") == PARK_E_RANGE);
    *k           = good;
    k->link_bulk = BAD;
    CHECK(try_plan(&b, &b.settings, "l0") == PARK_E_RANGE);
    *k           = good;
    k->link_bulk = LINK; /* not given: the network's */
    CHECK(try_plan(&b, &b.settings, "") == PARK_OK);
    k->bulk       = 1e-4;
    k->bulk_order = 2.0; /* would be infinite in finite time */
    CHECK(try_plan(&b, &b.settings, "l0") == PARK_E_RANGE);
    k->limiting = 1.0;
    CHECK(try_plan(&b, &b.settings, "") == PARK_OK);
    *k            = good;
    k->tank_bulk  = GROWS;
    k->tank_order = 2.0;
    CHECK(try_plan(&b, &b.settings, "n2") == PARK_E_RANGE);
    bench_close(&b);
}

static void links_that_hold_no_water_are_named(void)
{
    water_bench b;
    small(&b);
    b.net.link.to[0] = 0;
    CHECK(try_plan(&b, &b.settings, "l0") == PARK_E_RANGE);
    b.net.link.to[0] = 9;
    CHECK(try_plan(&b, &b.settings, "l0") == PARK_E_RANGE);
    b.net.link.to[0]       = 1;
    b.net.link.diameter[0] = NAN;
    CHECK(try_plan(&b, &b.settings, "l0") == PARK_E_RANGE);
    b.net.link.diameter[0] = 0.2;
    b.net.link.length[0]   = -1.0;
    CHECK(try_plan(&b, &b.settings, "l0") == PARK_E_RANGE);
    bench_close(&b);
}

/* What a file's options ask for comes over as it stands. */
static void options_of_the_file_are_taken(void)
{
    water_bench              b;
    park_quality_constituent one;
    park_quality_settings    s;
    small(&b);
    CHECK(!park_quality_settings_of(&b.net, &one, &s));
    b.net.time.quality_step        = 60;
    b.net.option.quality           = PARK_NET_QUALITY_CHEMICAL;
    b.net.option.chemical          = "Chlorine";
    b.net.option.bulk              = -1e-5;
    b.net.option.quality_tolerance = 1e-5;
    CHECK(park_quality_settings_of(&b.net, &one, &s));
    CHECK(s.step == 60.0 && s.constituents == 1 && s.constituent == &one && one.bulk == -1e-5);
    CHECK(one.tolerance > 0.0 && one.tolerance < 1e-5 && strcmp(one.name, "Chlorine") == 0);
    CHECK(one.initial == b.net.node.quality && one.link_bulk == b.net.link.bulk);
    b.net.option.quality    = PARK_NET_QUALITY_TRACE;
    b.net.option.trace_node = 1;
    CHECK(park_quality_settings_of(&b.net, &one, &s) && one.trace_node == 1 && one.bulk == 0.0);
    b.net.option.quality = PARK_NET_QUALITY_AGE;
    CHECK(park_quality_settings_of(&b.net, &one, &s) && one.kind == PARK_NET_QUALITY_AGE);
    bench_close(&b);
}

/* Roughness sets the wall: F/C by Hazen-Williams, F/|ln(e/d)| by Darcy-Weisbach, F n by Manning. Read off the decay over an
 * hour of residence in a pipe of d = 0.2 m: exp(-20 kw 3600). */
static void roughness_makes_wall_coefficients(void)
{
    static const park_net_headloss LAW[]   = {PARK_NET_HAZEN_WILLIAMS, PARK_NET_DARCY_WEISBACH,
                                              PARK_NET_CHEZY_MANNING};
    static const double            ROUGH[] = {100.0, 2e-4, 0.01};
    const double WALL[] = {1e-3 / 100.0, 1e-4 / log(1000.0), 1e-3 * 0.01}, FACTOR[] = {-1e-3, -1e-4, -1e-3};
    for (size_t i = 0; i < 3; i++) {
        water_bench b;
        bench_open(&b, 300.0);
        int32_t r = bench_node(&b, PARK_NET_RESERVOIR), j = bench_node(&b, PARK_NET_JUNCTION);
        bench_link(&b, r, j, 3.6, 1e-3);
        b.net.option.headloss                  = LAW[i];
        b.net.link.roughness[0]                = ROUGH[i];
        b.net.node.quality[0]                  = 1.0;
        b.constituent[0].initial               = b.net.node.quality;
        b.constituent[0].wall_roughness_factor = FACTOR[i];
        bench_start(&b);
        bench_run(&b, 7200.0);
        CHECK_CLOSE(bench_at(&b, j, 0), exp(-20.0 * WALL[i] * 3600.0), 4e-4); /* the bend of a segment */
        bench_close(&b);
    }
}

int main(void)
{
    RUN(settings_without_meaning_are_named);
    RUN(constituents_without_meaning_are_named);
    RUN(links_that_hold_no_water_are_named);
    RUN(options_of_the_file_are_taken);
    RUN(roughness_makes_wall_coefficients);
    return park_test_done();
}
