#include "inp_fixture.h"
#include "inp_grid.h"

#include <parkwater/zones.h>

static park_zones *judged(inp_fixture *f, int32_t count)
{
    park_zone_settings s = park_zone_settings_default();
    park_zones        *z = NULL;
    s.zones              = count;
    s.hydrants           = 1;
    CHECK(park_zones_make(f->net, &s, f->arena, &z, &f->err) == PARK_OK);
    CHECK(park_zones_feed(f->net, &s, z, &f->err) == PARK_OK);
    CHECK(park_zones_judge(f->net, &s, z, &f->err) == PARK_OK);
    return z;
}

/* Plug flow: the water at the end of a pipe is as old as its volume over its flow. */
static void age_in_a_row_of_pipes_is_volume_over_flow(void)
{
    inp_fixture f = inp_given("[OPTIONS]\nUNITS CMS\nPATTERN none\n[RESERVOIRS]\nR 50\n[JUNCTIONS]\nJ 10 "
                              "0.002\nK 10 0.001\n[PIPES]\n"
                              "P R J 1000 200 130\nQ J K 300 100 130\n[TIMES]\nQUALITY TIMESTEP 1:00\n");
    park_zones *z = judged(&f, 1);
    CHECK(isnan(z->item[0].before.age_mean));
    CHECK(park_zones_age(f.net, 48.0, z, &f.err) == PARK_OK);
    const double pi = 3.14159265358979, unit = 0.028316846592 / 0.028317; /* EPANET's cubic metre */
    double       at_j = 0.25 * pi * 0.04 * 1000.0 / (0.003 * unit),
           at_k       = at_j + 0.25 * pi * 0.01 * 300.0 / (0.001 * unit);
    CHECK_CLOSE(z->item[0].before.age_most, at_k, 1e-3 * at_k);
    CHECK_CLOSE(z->item[0].before.age_mean, (2.0 * at_j + at_k) / 3.0, 1e-3 * at_k);
    CHECK(z->item[0].before.oldest == inp_node_named(&f, "K"));
    CHECK(z->item[0].after.age_mean == z->item[0].before.age_mean); /* nothing was closed */
    CHECK(f.net->option.quality == PARK_NET_QUALITY_NONE && f.net->time.duration == 0);
    inp_done(&f);
}

/* Under steady flow, what leaves times its age is the water under way: sum D a = volume of all pipes that flow. */
static void ages_times_demands_are_the_volume_under_way(void)
{
    park_arena *arena = park_arena_new();
    inp_fixture f     = inp_given(grid_text(arena, "[OPTIONS]\nPATTERN none\n"));
    park_zones *z     = judged(&f, 2);
    CHECK(z->item[1].valves == 2);
    CHECK(park_zones_age(f.net, 240.0, z, &f.err) == PARK_OK);
    double volume = 0.0, shut = 0.0, before = 0.0, after = 0.0;
    for (size_t l = 0; l < f.net->link.count; l++)
        volume += 0.25 * 3.14159265358979 * f.net->link.diameter[l] * f.net->link.diameter[l] *
                  f.net->link.length[l];
    shut = 2.0 * 0.25 * 3.14159265358979 * 0.08 * 0.08 * 100.0;
    for (int i = 0; i < 2; i++) {
        before += z->item[i].demand * z->item[i].before.age_mean;
        after += z->item[i].demand * z->item[i].after.age_mean;
    }
    /* in the four pipes along the far end water hardly moves: after ten days it is still the first */
    double still = 4.0 * 0.25 * 3.14159265358979 * 0.25 * 0.25 * 100.0;
    CHECK(before <= volume && before >= volume - still - 1e-3 * volume);
    CHECK(after <= volume - shut && after >= volume - shut - still - 1e-3 * volume);
    CHECK(park_zones_age(f.net, 0.0, z, &f.err) == PARK_E_RANGE &&
          park_zones_age(f.net, 1e9, z, &f.err) == PARK_E_RANGE);
    inp_done(&f);
    park_arena_free(arena);
}

int main(void)
{
    RUN(age_in_a_row_of_pipes_is_volume_over_flow);
    RUN(ages_times_demands_are_the_volume_under_way);
    return park_test_done();
}
