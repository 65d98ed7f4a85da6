/* Runs side by side give, to the bit, the rows, events, findings and accounts of runs alone: shared networks and random ones. */
#include "random_day.h"
#include "run_fixture.h"
#include "scaled.h"
#include "shared_networks.h"

enum { RUNS = 11 }; /* more than lanes, so that runs take the places of others */

/* Bytes that were seen, as one number (Fowler, Noll and Vo). */
typedef struct digest {
    uint64_t            value;
    size_t              rows, events;
    size_t              fail_after; /* rows; 0: never */
    const park_network *net;
    bool                over;
} digest;

static void take(digest *d, const void *bytes, size_t count)
{
    const unsigned char *b = bytes;
    for (size_t i = 0; i < count; i++)
        d->value = (d->value ^ b[i]) * 0x100000001b3u;
}

static park_status take_row(void *user, const park_period_row *row, park_error *err)
{
    digest      *d     = user;
    const size_t nodes = d->net->node.count * sizeof(double), links = d->net->link.count * sizeof(double);
    const size_t tanks = d->net->tank.count * sizeof(double), pumps = d->net->pump.count * sizeof(double);
    if (++d->rows == d->fail_after)
        return PARK_FAIL(err, PARK_E_FILE, "the sink is full");
    take(d, &row->time, sizeof row->time);
    take(d, row->state->head, nodes);
    take(d, row->state->demand, nodes);
    take(d, row->state->delivered, nodes);
    take(d, row->state->emitter, nodes);
    take(d, row->state->leak, nodes);
    take(d, row->state->flow, links);
    take(d, row->state->loss, links);
    take(d, row->state->status, d->net->link.count * sizeof *row->state->status);
    take(d, row->level, tanks);
    take(d, row->volume, tanks);
    take(d, row->power, pumps);
    take(d, row->quality, row->constituents * nodes);
    return PARK_OK;
}

static park_status take_event(void *user, const park_period_event *event, park_error *err)
{
    digest *d = user;
    (void)err;
    d->events++;
    take(d, &event->kind, sizeof event->kind);
    take(d, &event->time, sizeof event->time);
    take(d, &event->node, sizeof event->node);
    take(d, &event->link, sizeof event->link);
    take(d, &event->control, sizeof event->control);
    take(d, &event->rule, sizeof event->rule);
    take(d, &event->value, sizeof event->value);
    return PARK_OK;
}

static void is_over(void *user, park_lane_run *run)
{
    ((digest *)user)->over = run->result == NULL || run->result->complete == (run->status == PARK_OK);
}

/* Variant i: other demands, roughness, levels, settings, values of controls; the last of all ends earlier. */
static park_network variant(park_arena *arena, const park_network *net, size_t i)
{
    park_random  r   = park_random_start(i, 21, 0);
    park_network own = *net;
    if (i == 0)
        return own;
    own.option.demand_multiplier *= 0.7 + 0.6 * park_random_uniform(&r);
    own.link.roughness = scaled(arena, net->link.roughness, net->link.count, &r, 0.1);
    own.link.setting   = scaled(arena, net->link.setting, net->link.count, &r, 0.02);
    own.demand.base    = scaled(arena, net->demand.base, net->demand.count, &r, 0.2);
    own.tank.level     = PARK_ARRAY(arena, net->tank.count, double);
    for (size_t t = 0; t < net->tank.count; t++) {
        double low = net->tank.lowest[t], high = net->tank.highest[t];
        own.tank.level[t] = low + (high - low) * (0.2 + 0.6 * park_random_uniform(&r));
    }
    own.control = PARK_ARRAY(arena, net->controls, park_net_control);
    for (size_t c = 0; c < net->controls; c++) {
        own.control[c] = net->control[c];
        if (net->control[c].when == PARK_NET_WHEN_ABOVE || net->control[c].when == PARK_NET_WHEN_BELOW)
            own.control[c].value *= 0.95 + 0.1 * park_random_uniform(&r);
    }
    if (i == RUNS - 1)
        own.time.duration /= 2;
    return own;
}

static void same_results(const park_period_result *a, const park_period_result *b, const park_network *net)
{
    CHECK(a->complete == b->complete && a->reached == b->reached);
    CHECK(a->solves == b->solves && a->iterations == b->iterations && a->steps == b->steps);
    CHECK(a->unbalanced == b->unbalanced && a->events == b->events);
    CHECK(a->worst_head_error == b->worst_head_error && a->worst_flow_change == b->worst_flow_change);
    CHECK(a->worst_accuracy == b->worst_accuracy && a->worst_imbalance == b->worst_imbalance);
    CHECK(memcmp(&a->water, &b->water, sizeof a->water) == 0);
    CHECK(a->energy == b->energy && a->cost == b->cost && a->peak_power == b->peak_power);
    for (size_t i = 0; i < net->pump.count; i++)
        CHECK(a->pump[i].energy == b->pump[i].energy && a->pump[i].online == b->pump[i].online);
    for (size_t i = 0; i < net->tank.count; i++)
        CHECK(a->volume_last[i] == b->volume_last[i]);
}

/* What runs of a network's variants did in lanes; each is held against itself alone. */
static park_lanes_told compare(const park_network *net, park_period_settings settings, size_t *failed)
{
    static park_network  own[RUNS];
    static park_lane_run run[RUNS];
    static digest        seen[RUNS], alone[RUNS];
    static park_findings found[RUNS], found_alone[RUNS];
    park_period_sink     sink[RUNS];
    park_lanes_told      told;
    park_arena          *arena = park_arena_new();
    for (size_t i = 0; i < RUNS; i++) {
        own[i]  = variant(arena, net, i);
        seen[i] = alone[i] =
            (digest){.value = 0xcbf29ce484222325u, .net = &own[i], .fail_after = i == 3 ? 5 : 0};
        sink[i] = (park_period_sink){&seen[i], take_row, take_event};
        park_findings_init(&found[i], arena);
        park_findings_init(&found_alone[i], arena);
        run[i] = (park_lane_run){&own[i], &sink[i], &found[i], arena, .over = is_over, .user = &seen[i]};
    }
    CHECK(park_period_run_lanes(&settings, RUNS, run, &told, NULL) == PARK_OK);
    for (size_t i = 0; i < RUNS; i++) {
        park_period_sink    own_sink = {&alone[i], take_row, take_event};
        park_period_result *result;
        park_error          err = {0};
        park_status         status =
            park_period_run(&own[i], &settings, &own_sink, &found_alone[i], arena, &result, &err);
        CHECK(run[i].status == status && seen[i].over);
        CHECK(strcmp(run[i].error.message, err.message) == 0);
        CHECK(seen[i].rows == alone[i].rows && seen[i].events == alone[i].events);
        CHECK(seen[i].value == alone[i].value);
        CHECK(found[i].count == found_alone[i].count);
        for (size_t f = 0; f < found[i].count && f < found_alone[i].count; f++)
            CHECK(strcmp(found[i].items[f].en, found_alone[i].items[f].en) == 0);
        same_results(run[i].result, result, &own[i]);
        *failed += status != PARK_OK;
    }
    park_arena_free(arena);
    return told;
}

static void random_days_have_the_bits_of_runs_alone(void)
{
    size_t failed = 0;
    for (uint64_t seed = 0; seed < 6; seed++) {
        park_arena     *arena = park_arena_new();
        park_lanes_told told =
            compare(network_of(arena, random_day(arena, seed)), park_period_settings_default(), &failed);
        CHECK(told.solves > told.rounds && told.solves <= 4 * told.rounds);
        park_arena_free(arena);
    }
    CHECK(failed == 6); /* the one whose sink is full */
}

/* Valves of every kind in a street with a tank; a PRV and an FCV change their statuses as the demands swing. */
static void valves_have_the_bits_of_runs_alone(void)
{
    static const char *const TEXT =
        "[JUNCTIONS]\nA 10 2 D\nB 10 3 D\nC 5 2 D\nE 5 4 D\nF 0 1 D\nG 0 2\nH 20 0\n[RESERVOIRS]\nR 70\n"
        "[TANKS]\nT 45 3 0.5 6 12\n[PIPES]\nP1 R A 500 200 110\nP2 A C 300 150 110\nP3 B E 400 150 100\n"
        "P4 E F 300 150 100\nP5 C F 600 100 100\nP6 G T 200 150 110\nP7 F G 200 150 120 0 CV\nP8 A H 100 150 "
        "110\n"
        "[VALVES]\nV1 A B 150 PRV 35\nV2 C E 150 FCV 3\nV3 H G 100 TCV 20\nV4 H F 100 PSV 45\n"
        "[PATTERNS]\nD 0.3 0.8 1.6 1.1 0.4 1.9 2.4 0.2\n[CONTROLS]\nLINK V3 CLOSED IF NODE T ABOVE 5\n"
        "LINK V3 OPEN IF NODE T BELOW 2\nLINK V1 30 AT TIME 5\n[OPTIONS]\nUNITS LPS\nUNBALANCED CONTINUE 10\n"
        "[TIMES]\nDURATION 24\nPATTERN TIMESTEP 1:00\n[END]\n";
    park_arena *arena  = park_arena_new();
    size_t      failed = 0;
    (void)compare(network_of(arena, TEXT), park_period_settings_default(), &failed);
    CHECK(failed == 1);
    park_arena_free(arena);
}

/* A control at a junction acts within the solve: such solves are made apart, and nothing else changes. */
static void controls_at_junctions_are_solved_apart(void)
{
    static const char *const TEXT =
        "[JUNCTIONS]\nA 10 5 D\nB 10 5 D\n[RESERVOIRS]\nR 40\n[PIPES]\nP R A 800 150 100\nQ A B 500 150 100\n"
        "S R B 900 150 100\n[PATTERNS]\nD 0.2 3 1 2.5\n[CONTROLS]\nLINK S CLOSED IF NODE B ABOVE 25\n"
        "LINK S OPEN IF NODE B BELOW 15\n[OPTIONS]\nUNITS LPS\nUNBALANCED CONTINUE 10\n"
        "[TIMES]\nDURATION 12\nPATTERN TIMESTEP 1:00\n[END]\n";
    park_arena     *arena  = park_arena_new();
    size_t          failed = 0;
    park_lanes_told told   = compare(network_of(arena, TEXT), park_period_settings_default(), &failed);
    CHECK(told.alone == told.solves && told.solves > 0);
    park_arena_free(arena);
}

static void the_adaptive_stepping_goes_one_by_one(void)
{
    park_arena          *arena    = park_arena_new();
    size_t               failed   = 0;
    park_period_settings settings = park_period_settings_default();
    settings.stepping             = PARK_STEPPING_ADAPTIVE;
    park_lanes_told told          = compare(network_of(arena, random_day(arena, 2)), settings, &failed);
    CHECK(told.rounds == 0 && told.solves == 0);
    park_arena_free(arena);
}

/* With a plan, all have its pipes: as park_period_run has it. */
static void a_plan_is_shared_as_it_is(void)
{
    park_arena          *arena    = park_arena_new();
    size_t               failed   = 0;
    park_network        *net      = network_of(arena, random_day(arena, 4));
    park_period_settings settings = park_period_settings_default();
    park_hydraulic_plan *plan;
    CHECK(park_hydraulic_plan_make(arena, net, &plan, NULL) == PARK_OK);
    settings.plan        = plan;
    park_lanes_told told = compare(net, settings, &failed);
    CHECK(told.alone == 0);
    park_arena_free(arena);
}

/* A run of another graph, and one whose first solve has no answer, are told; the rest goes on. */
static void what_cannot_run_is_told_and_the_rest_goes_on(void)
{
    park_arena   *arena           = park_arena_new();
    park_network *net             = network_of(arena, random_day(arena, 0)),
                 *other           = network_of(arena, random_day(arena, 1));
    park_period_settings settings = park_period_settings_default();
    park_network         thirsty  = *net;
    park_lane_run        run[8];
    digest               seen[8];
    thirsty.option.demand_multiplier = 1e300;
    for (size_t i = 0; i < 8; i++) {
        seen[i] = (digest){.net = net};
        run[i]  = (park_lane_run){i == 2   ? other
                                  : i == 5 ? &thirsty
                                           : net,
                                 .arena= arena, .over = is_over, .user = &seen[i]};
    }
    CHECK(park_period_run_lanes(&settings, 8, run, NULL, NULL) == PARK_OK);
    for (size_t i = 0; i < 8; i++) {
        CHECK(run[i].status == (i == 2 ? PARK_E_RANGE : i == 5 ? PARK_E_NUMERIC : PARK_OK));
        CHECK(seen[i].over && (run[i].status == PARK_OK) == (run[i].error.message[0] == '\0'));
        CHECK(i == 2 ? run[i].result == NULL : run[i].result->complete == (i != 5));
    }
    CHECK(park_period_run_lanes(&settings, 0, NULL, NULL, NULL) == PARK_OK);
    net->link.diameter[1] = 0.0;
    CHECK(park_period_run_lanes(&settings, 8, run, NULL, NULL) == PARK_E_RANGE);
    park_arena_free(arena);
}

/* The public networks, at most two days of them, without what their water carries. */
static void shared_networks_have_the_bits_of_runs_alone(void)
{
    static const char *const NAME[] = {"/Net1.inp",     "/Net2.inp",      "/Net3.inp",
                                       "/Net1_PDA.inp", "/Net3_DW.inp",   "/Anytown.inp",
                                       "/C-Town.inp",   "/D-Town.inp",    "/et_2fcvs.inp",
                                       "/et_2PRVs.inp", "/vt_valves.inp", "/ky4_24h_LEAK.inp"};
    static char              path[SHARED_NETWORKS_MOST][700];
    int                      count = shared_networks(path);
    size_t                   done  = 0;
    if (count == 0) {
        printf("skipped: no ../shared\n");
        return;
    }
    for (int p = 0; p < count; p++)
        for (size_t k = 0; k < sizeof NAME / sizeof NAME[0]; k++) {
            if (strstr(path[p], NAME[k]) == NULL)
                continue;
            park_arena   *arena = park_arena_new();
            park_network *net   = NULL;
            park_findings findings;
            park_error    err    = {0};
            size_t        failed = 0;
            park_findings_init(&findings, arena);
            CHECK(park_inp_read_file(arena, path[p], &net, &findings, &err) == PARK_OK);
            net->option.quality = PARK_NET_QUALITY_NONE;
            if (net->time.duration > 172800)
                net->time.duration = 172800;
            park_lanes_told told = compare(net, park_period_settings_default(), &failed);
            CHECK(told.solves >= told.rounds && told.slowest <= told.iterations);
            if (strcmp(NAME[k], "/Net3.inp") == 0)
                CHECK(told.alone == 0);
            done++;
            park_arena_free(arena);
        }
    CHECK(done == sizeof NAME / sizeof NAME[0]);
}

int main(void)
{
    RUN(random_days_have_the_bits_of_runs_alone);
    RUN(valves_have_the_bits_of_runs_alone);
    RUN(controls_at_junctions_are_solved_apart);
    RUN(the_adaptive_stepping_goes_one_by_one);
    RUN(a_plan_is_shared_as_it_is);
    RUN(what_cannot_run_is_told_and_the_rest_goes_on);
    RUN(shared_networks_have_the_bits_of_runs_alone);
    return park_test_done();
}
