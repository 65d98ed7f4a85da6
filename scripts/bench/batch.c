/*
 * batch.c - 24 h of one network again and again in memory, one thread, by CPU time: how many a batch could make of them; one
 * by one, and several variants side by side. A variant has its own demands (90 to 110 % of the file's) and roughness (95 to
 * 105 %).
 *
 * usage: bench_batch NET.inp [SECONDS]
 */
#include "base/arena.h"
#include "import/inp.h"

#include <parkwater/period.h>

#include <stdio.h>
#include <stdlib.h>
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
    double share  = (double)i / (VARIANTS - 1);
    double *rough = PARK_ARRAY(arena, net->link.count, double);
    *own          = *net;
    own->option.demand_multiplier *= 0.9 + 0.2 * share;
    for (size_t l = 0; rough != NULL && l < net->link.count; l++)
        rough[l] = net->link.roughness[l] * (1.05 - 0.1 * (double)((i * 29 + l * 7) % VARIANTS) / (VARIANTS - 1));
    own->link.roughness = rough;
}

typedef struct count {
    size_t   runs;
    uint64_t solves, iterations;
    double   spent;
} count_t;

static void tell(const char *how, const count_t *c)
{
    printf("%s: %zu runs of 24 h: %.0f runs/s of one core, %.1f solves and %.1f iterations each, %.1f us an iteration\n",
           how, c->runs, (double)c->runs / c->spent, (double)c->solves / (double)c->runs,
           (double)c->iterations / (double)c->runs, 1e6 * c->spent / (double)c->iterations);
}

/* All variants once, one by one or side by side; adds to the count. */
static park_status pass(const park_network *net, const park_hydraulic_plan *plan, bool side_by_side, count_t *c,
                        park_lanes_told *told, park_error *err)
{
    static park_lane_run run[VARIANTS];
    park_period_settings settings = park_period_settings_default();
    park_status          status   = PARK_OK;
    for (size_t i = 0; i < VARIANTS; i++)
        run[i] = (park_lane_run){.net = &net[i], .arena = park_arena_new()};
    if (side_by_side)
        status = park_period_run_lanes(&settings, VARIANTS, run, told, err);
    for (size_t i = 0; i < VARIANTS && status == PARK_OK; i++) {
        park_hydraulic_plan *own;
        if (!side_by_side) { /* the same work: ordering is shared, the pipes are its own */
            status = park_hydraulic_plan_vary(run[i].arena, plan, &net[i], &own, err);
            settings.plan = own;
            if (status == PARK_OK)
                status = park_period_run(&net[i], &settings, NULL, NULL, run[i].arena, &run[i].result, err);
        } else if (run[i].status != PARK_OK) {
            status = run[i].status;
            *err   = run[i].error;
        }
        if (status == PARK_OK) {
            c->solves += run[i].result->solves;
            c->iterations += run[i].result->iterations;
            c->runs++;
        }
    }
    for (size_t i = 0; i < VARIANTS; i++)
        park_arena_free(run[i].arena);
    return status;
}

int main(int argc, char **argv)
{
    park_arena  *arena = park_arena_new();
    park_network *net  = NULL;
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
        count_t         c    = {0};
        park_lanes_told told = {0}, all = {0};
        for (double begun = cpu(); c.spent < seconds; c.spent = cpu() - begun) {
            if (pass(variant, plan, side_by_side, &c, &told, &err) != PARK_OK)
                return fail(err.message);
            all.rounds += told.rounds, all.solves += told.solves, all.alone += told.alone;
        }
        tell(side_by_side ? "side by side" : "one by one", &c);
        if (side_by_side)
            printf("%.2f lanes busy in a solve, %llu of %llu solves apart from the others\n",
                   (double)all.solves / (double)all.rounds, (unsigned long long)all.alone,
                   (unsigned long long)all.solves);
    }
    park_arena_free(arena);
    return 0;
}
