#include "inp_fixture.h"

static void demands_are_means_over_their_patterns(void)
{
    inp_fixture f = inp_given(
        INP_LEAST
        " DEMAND MULTIPLIER 2\n[JUNCTIONS]\n K 1\n[PIPES]\n a J K 1 1 1\n[DEMANDS]\n J 3 day\n J 4\n K -1\n"
        "[PATTERNS]\n day 0 1 2 5\n");
    double demand[3];
    double litre = 0.028316846592 / 28.317;
    park_network_demands_mean(f.net, demand);
    CHECK_CLOSE(park_network_demand_mean(f.net, 0), 2.0 * 3.0 * 2.0 * litre, 1e-16); /* mean factor 2 */
    CHECK_CLOSE(demand[inp_node_named(&f, "J")], (12.0 + 8.0) * litre, 1e-16);
    CHECK_CLOSE(demand[inp_node_named(&f, "K")], -2.0 * litre, 1e-16);
    CHECK(demand[inp_node_named(&f, "R")] == 0.0);
    inp_done(&f);
}

static void parts_are_counted_by_their_first_nodes(void)
{
    /* two rings and a chain, written so that merging goes forward and back */
    inp_fixture f = inp_given(
        "[JUNCTIONS]\n a 1\n b 1\n c 1\n d 1\n e 1\n f 1\n g 1\n[RESERVOIRS]\n R 9\n[PIPES]\n"
        " 1 g c 1 1 1\n 2 c e 1 1 1\n 3 e g 1 1 1\n 4 b f 1 1 1\n 5 f R 1 1 1 0 Closed\n 6 a d 1 1 1\n");
    int32_t part[8];
    CHECK(park_network_parts(f.net, part) == 3);
    const int32_t want[] = {0, 1, 2, 0, 2, 1, 2, 1}; /* a-d, b-f-R, c-e-g */
    CHECK(memcmp(part, want, sizeof want) == 0);
    inp_done(&f);
}

static void demands_can_be_set_by_node(void)
{
    inp_fixture f = inp_given(
        INP_LEAST
        "[JUNCTIONS]\n K 1\n L 1 6\n[PIPES]\n a J K 1 1 1\n b J L 1 1 1\n[DEMANDS]\n J 3 day ;x\n J 2\n"
        "[PATTERNS]\n day 0 1 2 5\n");
    double        litre     = 0.028316846592 / 28.317, mean[4];
    double        wanted[4] = {16.0 * litre, 5.0 * litre, NAN,
                               NAN}; /* J had 3 x 2 + 2 = 8, K nothing, L keeps its 6 */
    const double *old       = f.net->demand.base;
    CHECK(park_network_demands_set(f.net, wanted, f.arena, NULL) == PARK_OK);
    CHECK(f.net->demand.count == 4 && f.net->demand.base != old);
    CHECK_CLOSE(old[0], 3.0 * litre, 1e-17);
    CHECK_CLOSE(f.net->demand.base[0], 6.0 * litre, 1e-16);
    CHECK(f.net->demand.pattern[0] == 0 && f.net->demand.pattern[2] == -1);
    CHECK_TEXT(f.net->demand.category[0], "x");
    park_network_demands_mean(f.net, mean);
    CHECK_CLOSE(mean[0], 16.0 * litre, 1e-16);
    CHECK_CLOSE(mean[1], 5.0 * litre, 1e-16);
    CHECK_CLOSE(mean[2], 6.0 * litre, 1e-16);
    park_arena_fail_after(f.arena, 3);
    CHECK(park_network_demands_set(f.net, wanted, f.arena, NULL) == PARK_E_MEMORY);
    inp_done(&f);
}

int main(void)
{
    RUN(demands_are_means_over_their_patterns);
    RUN(demands_can_be_set_by_node);
    RUN(parts_are_counted_by_their_first_nodes);
    return park_test_done();
}
