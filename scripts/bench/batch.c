/*
 * batch.c - 24 h of one network again and again in memory, one thread, by CPU time: how many a batch could make of them.
 *
 * usage: bench_batch NET.inp [SECONDS]
 */
#include "base/arena.h"
#include "import/inp.h"

#include <parkwater/period.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int argc, char **argv)
{
    park_arena   *arena = park_arena_new();
    park_network *net   = NULL;
    park_findings findings;
    park_error    err     = {0};
    double        seconds = argc > 2 ? strtod(argv[2], NULL) : 2.0;
    park_findings_init(&findings, arena);
    if (argc < 2 || park_inp_read_file(arena, argv[1], &net, &findings, &err) != PARK_OK) {
        fprintf(stderr, "bench_batch: %s\n", argc < 2 ? "name a network" : err.message);
        return 1;
    }
    net->time.duration            = 86400;
    net->option.quality           = PARK_NET_QUALITY_NONE; /* hydraulics alone */
    park_period_settings settings = park_period_settings_default();
    park_hydraulic_plan *plan;
    if (park_hydraulic_plan_make(arena, net, &plan, &err) != PARK_OK) {
        fprintf(stderr, "bench_batch: %s\n", err.message);
        return 1;
    }
    settings.plan   = plan; /* shared work is done once */
    size_t   runs   = 0;
    uint64_t solves = 0, iterations = 0;
    double   begun = cpu();
    while (cpu() - begun < seconds) {
        park_arena         *own = park_arena_new();
        park_period_result *result;
        if (park_period_run(net, &settings, NULL, NULL, own, &result, &err) != PARK_OK) {
            fprintf(stderr, "bench_batch: %s\n", err.message);
            return 1;
        }
        solves += result->solves, iterations += result->iterations;
        runs++;
        park_arena_free(own);
    }
    double spent = cpu() - begun;
    printf("%zu runs of 24 h: %.0f runs/s of one core, %.1f solves and %.1f iterations each, %.1f us an "
           "iteration\n",
           runs, (double)runs / spent, (double)solves / (double)runs, (double)iterations / (double)runs,
           1e6 * spent / (double)iterations);
    park_arena_free(arena);
    return 0;
}
