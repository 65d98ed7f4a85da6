/*
 * random_network.h - networks with everything in them: loops, trees, tanks, pumps, valves of every kind, check valves.
 */
#ifndef PARK_TESTS_RANDOM_NETWORK_H
#define PARK_TESTS_RANDOM_NETWORK_H

#include "network_fixture.h"

#include "base/random.h"

/* A lattice of width x height junctions with streets missing and dead ends, two reservoirs. devices: also a tank, pumps,
 * check valves, valves that hold (never two at one node), throttles. */
static inline pipe_bench random_network(uint64_t seed, int width, int height, bool devices)
{
    park_random r     = park_random_start(seed, 7, 0);
    int         count = width * height, twigs = count / 4;
    pipe_bench  b = bench_new((size_t)(count + twigs + 40), (size_t)(4 * count + 60));
    for (int i = 0; i < count + twigs; i++)
        bench_junction(&b, 10.0 * park_random_uniform(&r),
                       park_random_uniform(&r) < 0.6 ? 0.003 * park_random_uniform(&r) : 0.0);
    int32_t source[2] = {bench_reservoir(&b, 80.0), bench_reservoir(&b, 75.0)};
    bench_pipe(&b, source[0], 0, 50.0, 0.5);
    bench_pipe(&b, source[1], count - 1, 50.0, 0.5);
    for (int i = 0; i < count; i++) {
        double size[] = {0.1, 0.15, 0.2, 0.3};
        if ((i + 1) % width != 0)
            bench_pipe(&b, i, i + 1, 50.0 + 100.0 * park_random_uniform(&r), size[park_random_below(&r, 4)]);
        if (i + width < count && (i % width == 0 || park_random_uniform(&r) < 0.7))
            bench_pipe(&b, i + width, i, 50.0 + 100.0 * park_random_uniform(&r),
                       size[park_random_below(&r, 4)]);
    }
    for (int i = 0; i < twigs; i++) {
        int32_t at = (int32_t)park_random_below(&r, (uint32_t)(count + i));
        bench_pipe(&b, at, count + i, 30.0, 0.1);
        b.net.link.minor[b.net.link.count - 1] = (double)park_random_below(&r, 3);
    }
    for (size_t l = 0; l < b.net.link.count; l++)
        b.net.link.roughness[l] = 80.0 + 60.0 * park_random_uniform(&r);
    if (!devices)
        return b;
    static const double X[] = {0.0, 0.03, 0.06}, Y[] = {60.0, 50.0, 20.0};
    int32_t             well = bench_reservoir(&b, 5.0), tank = bench_tank(&b, 60.0, 5.0);
    bench_pump(&b, well, (int32_t)park_random_below(&r, (uint32_t)count), bench_curve(&b, 3, X, Y), NAN);
    bench_pump(&b, well, (int32_t)park_random_below(&r, (uint32_t)count), -1, 8000.0);
    bench_pipe(&b, tank, (int32_t)park_random_below(&r, (uint32_t)count), 80.0, 0.3);
    static const park_net_link_kind KIND[] = {PARK_NET_PRV, PARK_NET_PSV, PARK_NET_FCV, PARK_NET_TCV,
                                              PARK_NET_CHECK_PIPE};
    for (int k = 0; k < 5; k++) { /* each to a node of its own, joined by a pipe to somewhere else */
        int32_t from = bench_junction(&b, 5.0, 0.0), to = bench_junction(&b, 5.0, 0.001), l;
        bench_pipe(&b, (int32_t)park_random_below(&r, (uint32_t)count), from, 60.0, 0.2);
        if (KIND[k] == PARK_NET_CHECK_PIPE) {
            l                  = bench_pipe(&b, from, to, 10.0, 0.2);
            b.net.link.kind[l] = PARK_NET_CHECK_PIPE;
        } else {
            const double setting[] = {45.0, 40.0, 0.004, 50.0};
            bench_valve(&b, KIND[k], from, to, 0.2, setting[k]);
        }
        bench_pipe(&b, to, (int32_t)park_random_below(&r, (uint32_t)count), 60.0, 0.15);
    }
    return b;
}

#endif
