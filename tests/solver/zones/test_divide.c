#include "inp_fixture.h"
#include "inp_grid.h"

#include "zones/district.h"

static inp_fixture grid(const char *more)
{
    park_arena *arena = park_arena_new();
    inp_fixture f     = inp_given(grid_text(arena, more));
    CHECK(f.status == PARK_OK);
    park_arena_free(arena);
    return f;
}

static park_zones *zones_of(inp_fixture *f, int32_t count)
{
    park_zone_settings s = park_zone_settings_default();
    park_zones        *z = NULL;
    s.zones              = count;
    CHECK(park_zones_make(f->net, &s, f->arena, &z, &f->err) == PARK_OK);
    return z;
}

static int32_t zone_named(const inp_fixture *f, const park_zones *z, const char *node)
{
    return z->zone[inp_node_named(f, node)];
}

/* Three pipes join the grids; every other way to halve them cuts at least five of 250 mm. */
static void two_grids_are_two_zones(void)
{
    inp_fixture f     = grid("");
    park_zones *z     = zones_of(&f, 2);
    int         wrong = 0;
    for (size_t n = 0; n < f.net->node.count; n++)
        wrong +=
            z->zone[n] != (f.net->node.names.text[n][0] == 'b'); /* the reservoir goes with the left one */
    CHECK(wrong == 0 && z->boundaries == 3);
    CHECK(z->item[0].junctions == 25 && z->item[0].reservoirs == 1 && z->item[1].reservoirs == 0);
    /* 25 L/s each at a mean factor of 1, in EPANET's litres; 40 pipes of 100 m, half of the three that join, and the feed */
    CHECK_CLOSE(z->item[1].demand, 25.0 * 0.028316846592 / 28.317, 1e-12);
    CHECK_CLOSE(z->item[1].length, 4150.0, 1e-9);
    CHECK_CLOSE(z->item[0].length, 4200.0, 1e-9);
    for (size_t i = 0; i < z->boundaries; i++)
        CHECK(z->boundary[i].from == 0 && z->boundary[i].to == 1 && z->boundary[i].fate == PARK_BORDER_METER);
    inp_done(&f);
}

static int32_t pieces(const park_network *net, const park_zones *z)
{
    int32_t *parent = malloc(net->node.count * sizeof *parent), count = 0;
    for (size_t n = 0; n < net->node.count; n++)
        parent[n] = (int32_t)n;
    for (bool moved = true;
         moved;) { /* slow and plain: the least node of its piece spreads along pipes within a zone */
        moved = false;
        for (size_t l = 0; l < net->link.count; l++) {
            int32_t a = net->link.from[l], b = net->link.to[l];
            if (z->zone[a] != z->zone[b] || parent[a] == parent[b])
                continue;
            parent[a] = parent[b] = parent[a] < parent[b] ? parent[a] : parent[b];
            moved                 = true;
        }
    }
    for (size_t n = 0; n < net->node.count; n++)
        count += parent[n] == (int32_t)n && z->zone[n] >= 0;
    free(parent);
    return count;
}

static void zones_are_whole_even_and_repeatable(void)
{
    for (int32_t count = 1; count <= 8; count++) {
        inp_fixture f = grid("");
        park_zones *z = zones_of(&f, count), *again = zones_of(&f, count);
        CHECK(memcmp(z->zone, again->zone, f.net->node.count * sizeof *z->zone) == 0);
        CHECK(pieces(f.net, z) == count);
        double least = INFINITY, most = 0.0;
        for (size_t i = 0; i < z->zones; i++) {
            least = fmin(least, z->item[i].demand);
            most  = fmax(most, z->item[i].demand);
        }
        CHECK(least > 0.0 && most <= 2.0 * least); /* 50 nodes: 6 or 7 a zone at 8 zones */
        inp_done(&f);
    }
}

/* Valves and pumps stand inside of zones, and so does what hangs on a dead end. */
static void boundaries_are_pipes_that_can_be_closed(void)
{
    inp_fixture f = grid("[JUNCTIONS]\nx 10 0.1\ny 10 0.1\n[PIPES]\nd1 a44 x 10 80 130\nd2 x y 10 80 130\ns3 "
                         "a43 b03 100 80 130 0 Closed\n"
                         "[VALVES]\nV a41 b01 100 TCV 5\n");
    park_zones *z = zones_of(&f, 2);
    CHECK(zone_named(&f, z, "a44") == zone_named(&f, z, "x") &&
          zone_named(&f, z, "x") == zone_named(&f, z, "y"));
    CHECK(zone_named(&f, z, "a41") == zone_named(&f, z, "b01"));
    for (size_t i = 0; i < z->boundaries; i++)
        CHECK(f.net->link.kind[z->boundary[i].link] <= PARK_NET_CHECK_PIPE);
    bool closed = zone_named(&f, z, "a43") ==
                  zone_named(&f, z, "b03"); /* else it is a boundary that is closed already */
    for (size_t i = 0; i < z->boundaries; i++)
        closed = closed || (z->boundary[i].link == inp_link_named(&f, "s3") &&
                            z->boundary[i].fate == PARK_BORDER_CLOSED);
    CHECK(closed);
    inp_done(&f);
}

/* Small dead ends and the ends of valves are one vertex; long branches are not, or a tree could not be divided. */
static void dead_ends_fold_up_to_a_tenth_of_a_zone(void)
{
    inp_fixture f = grid("[JUNCTIONS]\nx 10 0.1\ny 10 0.1\nu 10 0.1\n[PIPES]\nd1 a44 x 10 80 130\nd2 x y 10 "
                         "80 130\nd3 b44 u 900 80 130\n"
                         "[VALVES]\nV a41 b01 100 TCV 5\n");
    park_district d;
    CHECK(park_district_make(f.net, 2, f.arena, &d, NULL) == PARK_OK);
    CHECK(d.vertices == f.net->node.count - 3 && d.parts == 1);
    CHECK(d.vertex[inp_node_named(&f, "y")] == d.vertex[inp_node_named(&f, "a44")]);
    CHECK(d.vertex[inp_node_named(&f, "u")] !=
          d.vertex[inp_node_named(&f, "b44")]); /* 900 m of some 9 km in two zones */
    CHECK(d.vertex[inp_node_named(&f, "a41")] == d.vertex[inp_node_named(&f, "b01")]);
    inp_done(&f);

    park_arena *arena = park_arena_new();
    park_text   line;
    park_text_init(&line, arena);
    park_text_add(&line, "[RESERVOIRS]\nn0 50\n[JUNCTIONS]\n");
    for (int i = 1; i <= 40; i++)
        park_text_printf(&line, "n%d 0 1\n", i);
    park_text_add(&line, "[PIPES]\n");
    for (int i = 1; i <= 40; i++)
        park_text_printf(&line, "p%d n%d n%d 100 200 130\n", i, i - 1, i);
    f             = inp_given(park_text_done(&line));
    park_zones *z = zones_of(&f, 4); /* a line of 40 in four pieces of about ten */
    CHECK(z->boundaries == 3);
    for (size_t i = 0; i < z->zones; i++)
        CHECK(z->item[i].junctions >= 8 && z->item[i].junctions <= 12);
    inp_done(&f);
    park_arena_free(arena);
}

static void parts_get_zones_by_what_they_draw(void)
{
    /* a second system with a tenth of the first one's demand, a tiny third one, and one that nothing feeds */
    inp_fixture f = grid("[RESERVOIRS]\nQ 50\nS 50\n[JUNCTIONS]\nq1 1 2.5\nq2 1 2.5\ns 1 0.01\nu1 1 1\nu2 1 "
                         "1\n[PIPES]\n1 Q q1 300 100 130\n"
                         "2 q1 q2 300 100 130\n3 S s 1 100 130\n4 u1 u2 5 100 130\n");
    park_zones *z = zones_of(&f, 3);
    CHECK(zone_named(&f, z, "q1") == zone_named(&f, z, "q2") &&
          zone_named(&f, z, "q1") != zone_named(&f, z, "a00"));
    CHECK(zone_named(&f, z, "a00") != zone_named(&f, z, "b44"));
    CHECK(zone_named(&f, z, "s") == -1 && zone_named(&f, z, "u1") == -1);
    inp_done(&f);
}

static void what_cannot_be_is_refused(void)
{
    inp_fixture f        = grid("[RESERVOIRS]\nQ 50\n[JUNCTIONS]\nq1 1 25\n[PIPES]\n1 Q q1 3000 100 130\n"),
                g        = inp_given(INP_LEAST);
    park_zone_settings s = park_zone_settings_default();
    park_zones        *z;
    s.zones = 1; /* two systems */
    CHECK(park_zones_make(f.net, &s, f.arena, &z, &f.err) == PARK_E_RANGE &&
          strstr(f.err.message, "2 parts") != NULL);
    s.zones = 0;
    CHECK(park_zones_make(f.net, &s, f.arena, &z, &f.err) == PARK_E_RANGE);
    s.zones = 5; /* of two nodes */
    CHECK(park_zones_make(g.net, &s, g.arena, &z, &g.err) == PARK_E_RANGE);
    s.zones = 2;
    for (size_t n = 1; n <= 4; n++) {
        park_arena *arena = park_arena_new();
        park_arena_fail_after(arena, n);
        CHECK(park_zones_make(f.net, &s, arena, &z, &f.err) == PARK_E_MEMORY);
        park_arena_free(arena);
    }
    inp_done(&f);
    inp_done(&g);
}

int main(void)
{
    RUN(two_grids_are_two_zones);
    RUN(zones_are_whole_even_and_repeatable);
    RUN(boundaries_are_pipes_that_can_be_closed);
    RUN(dead_ends_fold_up_to_a_tenth_of_a_zone);
    RUN(parts_get_zones_by_what_they_draw);
    RUN(what_cannot_be_is_refused);
    return park_test_done();
}
