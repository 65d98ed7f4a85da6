/*
 * batch.c - 24 h of one network again and again in memory, one thread, by CPU time: how many a batch could make of them; one
 * by one, and several variants side by side. A variant has its own demands (90 to 110 % of the file's) and roughness (95 to
 * 105 %).
 *
 * usage: bench_batch NET.inp [SECONDS [alone|lanes]]
 */
#include "base/arena.h"
#include "import/inp.h"

#include <parkwater/period.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { VARIANTS = 64 };

static double cpu(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int fail(const char *message)
{
    fprintf(stderr, "bench_batch: %s\n", message);
    return 1;
}

/* Variant i of a network, with columns of its own where it differs. */
static void vary(park_arena *arena, const park_network *net, size_t i, park_network *own)
{
    double  share = (double)i / (VARIANTS - 1);
    double *rough = PARK_ARRAY(arena, net->link.count, double);
    *own          = *net;
    own->option.demand_multiplier *= 0.9 + 0.2 * share;
    for (size_t l = 0; rough != NULL && l < net->link.count; l++)
        rough[l] =
            net->link.roughness[l] * (1.05 - 0.1 * (double)((i * 29 + l * 7) % VARIANTS) / (VARIANTS - 1));
    own->link.roughness = rough;
}

typedef struct count {
    size_t   runs;
    uint64_t solves, iterations;
    double   spent;
} count_t;

static void tell(const char *how, const count_t *c)
{
    printf("%s: %zu runs of 24 h: %.0f runs/s of one core, %.1f solves and %.1f iterations each, %.1f us an "
           "iteration\n",
           how, c->runs, (double)c->runs / c->spent, (double)c->solves / (double)c->runs,
           (double)c->iterations / (double)c->runs, 1e6 * c->spent / (double)c->iterations);
}

/* A run is over: count it and let go of it. */
static void over(void *user, park_lane_run *run)
{
    count_t *c = user;
    if (run->status == PARK_OK) {
        c->solves += run->result->solves;
        c->iterations += run->result->iterations;
        c->runs++;
    }
    park_arena_free(run->arena);
}

static park_status pass_alone(const park_network *net, const park_hydraulic_plan *plan, count_t *c,
                              park_error *err)
{
    park_period_settings settings = park_period_settings_default();
    for (size_t i = 0; i < VARIANTS; i++) {
        park_lane_run        run = {.net = &net[i], .arena = park_arena_new()};
        park_hydraulic_plan *own; /* ordering is shared, the pipes are its own */
        PARK_TRY(park_hydraulic_plan_vary(run.arena, plan, &net[i], &own, err));
        settings.plan = own;
        PARK_TRY(park_period_run(&net[i], &settings, NULL, NULL, run.arena, &run.result, err));
        over(c, &run);
    }
    return PARK_OK;
}

static park_status pass_in_lanes(const park_network *net, count_t *c, park_lanes_told *told, park_error *err)
{
    park_period_settings settings = park_period_settings_default();
    park_lane_run        run[VARIANTS];
    for (size_t i = 0; i < VARIANTS; i++)
        run[i] = (park_lane_run){.net = &net[i], .arena = park_arena_new(), .over = over, .user = c};
    PARK_TRY(park_period_run_lanes(&settings, VARIANTS, run, told, err));
    for (size_t i = 0; i < VARIANTS; i++)
        if (run[i].status != PARK_OK) {
            *err = run[i].error;
            return run[i].status;
        }
    return PARK_OK;
}

int main(int argc, char **argv)
{
    park_arena          *arena = park_arena_new();
    park_network        *net   = NULL;
    static park_network  variant[VARIANTS];
    park_hydraulic_plan *plan;
    park_findings        findings;
    park_error           err     = {0};
    double               seconds = argc > 2 ? strtod(argv[2], NULL) : 2.0;
    park_findings_init(&findings, arena);
    if (argc < 2)
        return fail("name a network");
    if (park_inp_read_file(arena, argv[1], &net, &findings, &err) != PARK_OK)
        return fail(err.message);
    net->time.duration  = 86400;
    net->option.quality = PARK_NET_QUALITY_NONE; /* hydraulics alone */
    for (size_t i = 0; i < VARIANTS; i++)
        vary(arena, net, i, &variant[i]);
    if (park_hydraulic_plan_make(arena, net, &plan, &err) != PARK_OK)
        return fail(err.message);
    for (int side_by_side = 0; side_by_side < 2; side_by_side++) {
        if (argc > 3 && (strcmp(argv[3], "lanes") == 0) != side_by_side)
            continue;
        count_t         c    = {0};
        park_lanes_told told = {0}, all = {0};
        for (double begun = cpu(); c.spent < seconds; c.spent = cpu() - begun) {
            if ((side_by_side ? pass_in_lanes(variant, &c, &told, &err)
                              : pass_alone(variant, plan, &c, &err)) != PARK_OK)
                return fail(err.message);
            all.rounds += told.rounds, all.solves += told.solves, all.alone += told.alone;
            all.slowest += told.slowest;
        }
        tell(side_by_side ? "side by side" : "one by one", &c);
        if (side_by_side)
            printf(
                "%.2f lanes busy in a solve, which takes %.2f iterations; %llu of %llu solves apart from the "
                "others\n",
                (double)all.solves / (double)all.rounds, (double)all.slowest / (double)all.rounds,
                (unsigned long long)all.alone, (unsigned long long)all.solves);
    }
    park_arena_free(arena);
    return 0;
}
