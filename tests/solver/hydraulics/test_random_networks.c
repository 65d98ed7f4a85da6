/* Properties that hold in every network: balance, energy, reversal, order, monotony, against an independent method. */
#include "random_network.h"

#include "base/pool.h"

enum { SEEDS = 30 };

/* What the state itself says, added up afresh: balance at every junction to 1e-9 of the total demand. */
static void balanced(const pipe_bench *b)
{
    const park_network *net     = &b->net;
    double             *balance = bench_filled(b->arena, net->node.count, 0.0), total = 0.0;
    for (size_t l = 0; l < net->link.count; l++) {
        balance[net->link.from[l]] -= b->state.flow[l];
        balance[net->link.to[l]] += b->state.flow[l];
    }
    for (size_t n = 0; n < net->node.count; n++)
        total += fabs(b->state.demand[n]);
    for (size_t n = 0; n < net->node.count; n++) {
        double out = b->state.delivered[n] + b->state.emitter[n] + b->state.leak[n];
        if (net->node.kind[n] == PARK_NET_JUNCTION)
            CHECK_CLOSE(balance[n], out, 1e-9 * total);
        CHECK_CLOSE(b->state.inflow[n], balance[n], 1e-15);
    }
}

/* Loss of every open pipe is that of its flow. */
static void energetic(const pipe_bench *b)
{
    const park_net_links *link = &b->net.link;
    for (size_t l = 0; l < link->count; l++) {
        if (link->kind[l] > PARK_NET_CHECK_PIPE || b->state.status[l] != PARK_FLOW_OPEN)
            continue;
        double q = fabs(b->state.flow[l]), d = link->diameter[l];
        double h =
            10.666829 * link->length[l] * pow(q, 1.852) / (pow(link->roughness[l], 1.852) * pow(d, 4.871)) +
            0.02517 / 0.3048 * link->minor[l] * q * q / pow(d, 4.0);
        CHECK_CLOSE(fabs(b->state.loss[l]), h,
                    2e-6 + 1e-6 * h); /* 10.666829 has eight digits; the line near zero */
    }
}

static void nodes_balance_and_pipes_obey_their_law(void)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        for (int devices = 0; devices < 2; devices++) {
            pipe_bench b = random_network(seed, 5 + (int)(seed % 7), 4 + (int)(seed % 5), devices != 0);
            bench_solve(&b);
            CHECK(b.report.converged);
            CHECK(b.report.imbalance <= 1e-9);
            balanced(&b);
            energetic(&b);
            bench_free(&b);
        }
}

/* All pipes turned round: flows change their sign, nothing else. */
static void direction_is_a_convention(void)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        pipe_bench a = random_network(seed, 6, 6, false), b = random_network(seed, 6, 6, false);
        for (size_t l = 0; l < b.net.link.count; l++) {
            int32_t from       = b.net.link.from[l];
            b.net.link.from[l] = b.net.link.to[l];
            b.net.link.to[l]   = from;
        }
        bench_solve(&a);
        bench_solve(&b);
        CHECK(a.report.converged && b.report.converged);
        for (size_t n = 0; n < a.net.node.count; n++)
            CHECK_CLOSE(a.state.head[n], b.state.head[n], 1e-8);
        for (size_t l = 0; l < a.net.link.count; l++)
            CHECK_CLOSE(a.state.flow[l], -b.state.flow[l], 1e-8);
        bench_free(&a);
        bench_free(&b);
    }
}

/* Nodes and links told in another order: the same heads and flows within 1e-8. */
static void order_changes_nothing(void)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        pipe_bench  a = random_network(seed, 6, 6, false), b = random_network(seed, 6, 6, false);
        size_t      nodes = a.net.node.count, links = a.net.link.count;
        park_random r    = park_random_start(seed, 8, 0);
        int32_t    *node = bench_none(a.arena, nodes), *link = bench_none(a.arena, links);
        for (size_t i = 0; i < nodes; i++)
            node[i] = (int32_t)i;
        for (size_t i = 0; i < links; i++)
            link[i] = (int32_t)i;
        for (size_t i = nodes; i-- > 1;) {
            size_t  k = park_random_below(&r, (uint32_t)i + 1);
            int32_t t = node[i];
            node[i]   = node[k];
            node[k]   = t;
        }
        for (size_t i = links; i-- > 1;) {
            size_t  k = park_random_below(&r, (uint32_t)i + 1);
            int32_t t = link[i];
            link[i]   = link[k];
            link[k]   = t;
        }
        for (size_t i = 0; i < nodes; i++) {
            b.net.node.kind[node[i]]      = a.net.node.kind[i];
            b.net.node.elevation[node[i]] = a.net.node.elevation[i];
        }
        for (size_t i = 0; i < a.net.demand.count; i++)
            b.net.demand.node[i] = node[a.net.demand.node[i]];
        for (size_t i = 0; i < links; i++) {
            b.net.link.from[link[i]]      = node[a.net.link.from[i]];
            b.net.link.to[link[i]]        = node[a.net.link.to[i]];
            b.net.link.length[link[i]]    = a.net.link.length[i];
            b.net.link.diameter[link[i]]  = a.net.link.diameter[i];
            b.net.link.roughness[link[i]] = a.net.link.roughness[i];
            b.net.link.minor[link[i]]     = a.net.link.minor[i];
        }
        bench_solve(&a);
        bench_solve(&b);
        CHECK(a.report.converged && b.report.converged);
        for (size_t i = 0; i < nodes; i++)
            CHECK_CLOSE(a.state.head[i], b.state.head[node[i]], 1e-8);
        for (size_t i = 0; i < links; i++)
            CHECK_CLOSE(a.state.flow[i], b.state.flow[link[i]], 1e-8);
        bench_free(&a);
        bench_free(&b);
    }
}

/* More demand anywhere raises no head. */
static void more_demand_lowers_heads(void)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        pipe_bench a = random_network(seed, 6, 6, false), b = random_network(seed, 6, 6, false);
        bench_plan(&a);
        bench_plan(&b);
        b.state.demand[seed % 36] += 0.01;
        bench_solve(&a);
        bench_solve(&b);
        for (size_t n = 0; n < a.net.node.count; n++)
            CHECK(b.state.head[n] <= a.state.head[n] + 1e-8);
        CHECK(b.state.head[seed % 36] < a.state.head[seed % 36]);
        bench_free(&a);
        bench_free(&b);
    }
}

/* Far slower and wholly other: each node in turn gets the head that balances it, by bisection (Cornish 1939). */
static double excess_at(const pipe_bench *b, const double *head, int32_t n, double h)
{
    const park_net_links *link = &b->net.link;
    double                q    = -b->state.demand[n];
    for (size_t l = 0; l < link->count; l++) {
        if (link->from[l] != n && link->to[l] != n)
            continue;
        double k =
            10.666829 * link->length[l] / (pow(link->roughness[l], 1.852) * pow(link->diameter[l], 4.871));
        double d = head[link->from[l] == n ? link->to[l] : link->from[l]] - h;
        q += copysign(pow(fabs(d) / k, 1.0 / 1.852), d);
    }
    return q;
}

static void one_node_after_the_other_gives_the_same(void)
{
    pipe_bench b = random_network(3, 3, 3, false);
    for (size_t l = 0; l < b.net.link.count; l++)
        b.net.link.minor[l] = 0.0;
    bench_solve(&b);
    double *head = bench_filled(b.arena, b.net.node.count, 70.0);
    for (size_t n = 0; n < b.net.node.count; n++)
        if (b.net.node.kind[n] == PARK_NET_RESERVOIR)
            head[n] = b.net.node.elevation[n];
    for (int round = 0; round < 4000; round++)
        for (size_t n = 0; n < b.net.node.count; n++) {
            double low = 0.0, high = 100.0;
            if (b.net.node.kind[n] != PARK_NET_JUNCTION)
                continue;
            for (int i = 0; i < 50; i++) {
                double middle = (low + high) / 2.0;
                if (excess_at(&b, head, (int32_t)n, middle) > 0.0)
                    low = middle;
                else
                    high = middle;
            }
            head[n] = (low + high) / 2.0;
        }
    for (size_t n = 0; n < b.net.node.count; n++)
        CHECK_CLOSE(b.state.head[n], head[n], 1e-4);
    bench_free(&b);
}

/* From a solution the solve comes back at once, with the same answer. */
static void a_solution_stays_one(void)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        pipe_bench b = random_network(seed, 7, 5, true);
        bench_solve(&b);
        double *head = bench_filled(b.arena, b.net.node.count, 0.0);
        memcpy(head, b.state.head, b.net.node.count * sizeof *head);
        int32_t first = b.report.iterations;
        bench_solve(&b);
        CHECK(b.report.converged && b.report.iterations <= first);
        for (size_t n = 0; n < b.net.node.count; n++)
            CHECK_CLOSE(b.state.head[n], head[n], 1e-5);
        bench_free(&b);
    }
}

/* Eight networks on eight threads, and again one by one: the same bits. */
typedef struct crowd {
    pipe_bench b[8];
    bool       fine[8];
} crowd;

static void solve_one(void *user, size_t item, int slot)
{
    crowd      *c = user;
    pipe_bench *b = &c->b[item];
    (void)slot;
    c->fine[item] = true;
    for (int round = 0; round < 20; round++)
        c->fine[item] &=
            park_hydraulic_solve(b->plan, &b->settings, &b->state, b->work, &b->report, NULL) == PARK_OK;
}

static void threads_change_no_bit(void)
{
    static crowd many, alone;
    /* pairs of networks share a plan, as threads do */
    for (size_t k = 0; k < 8; k++) {
        many.b[k] = random_network(40 + k / 2, 8, 8, true);
        bench_plan(&many.b[k]);
        if (k % 2 == 1)
            many.b[k].plan = many.b[k - 1].plan;
        alone.b[k] = random_network(40 + k / 2, 8, 8, true);
        bench_plan(&alone.b[k]);
        many.b[k].state.demand[k] += 0.001 * (double)k;
        alone.b[k].state.demand[k] += 0.001 * (double)k;
    }
    park_pool_run(8, 8, solve_one, &many);
    park_pool_run(1, 8, solve_one, &alone);
    for (size_t k = 0; k < 8; k++) {
        const pipe_bench *a = &many.b[k], *b = &alone.b[k];
        CHECK(many.fine[k] && alone.fine[k]);
        CHECK(memcmp(a->state.head, b->state.head, a->net.node.count * sizeof(double)) == 0);
        CHECK(memcmp(a->state.flow, b->state.flow, a->net.link.count * sizeof(double)) == 0);
        CHECK(a->report.iterations == b->report.iterations);
    }
    for (size_t k = 0; k < 8; k++) {
        bench_free(&many.b[7 - k]);
        bench_free(&alone.b[7 - k]);
    }
}

/* With demands that depend on pressure: nothing more than wanted, nothing less than none, Wagner at every node. */
static void pressure_driven_networks_deliver_by_pressure(void)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        pipe_bench b                   = random_network(seed, 6, 6, seed % 2 == 0);
        b.net.option.pressure_driven   = true;
        b.net.option.pressure_required = 60.0;
        for (size_t i = 0; i < b.net.demand.count; i++)
            b.net.demand.base[i] *= 8.0;
        bench_solve(&b);
        CHECK(b.report.converged);
        balanced(&b);
        for (size_t n = 0; n < b.net.node.count; n++) {
            if (!(b.state.demand[n] > 0.0))
                continue;
            double p    = b.state.head[n] - b.net.node.elevation[n];
            double want = p <= 0.0 ? 0.0 : p >= 60.0 ? b.state.demand[n] : b.state.demand[n] * sqrt(p / 60.0);
            CHECK_CLOSE(b.state.delivered[n], want, 1e-7);
        }
        bench_free(&b);
    }
}

int main(void)
{
    RUN(nodes_balance_and_pipes_obey_their_law);
    RUN(direction_is_a_convention);
    RUN(order_changes_nothing);
    RUN(more_demand_lowers_heads);
    RUN(one_node_after_the_other_gives_the_same);
    RUN(a_solution_stays_one);
    RUN(threads_change_no_bit);
    RUN(pressure_driven_networks_deliver_by_pressure);
    return park_test_done();
}
