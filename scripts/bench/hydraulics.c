/*
 * How fast heads and flows are found: street networks of 10^3 to 3x10^5 pipes, one thread, CPU time; and 10^5 solves of a
 * small network in one process. Where runepanet is on the PATH it solves the same networks beside us.
 *   bench_hydraulics [LARGEST]
 */
#include "base/random.h"
#include "base/text.h"
#include "import/inp.h"

#include <parkwater/hydraulics.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void stop(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

static void *room(park_arena *arena, size_t count, size_t size)
{
    void *x = park_array(arena, count, size);
    if (x == NULL)
        stop("bench", "out of memory");
    return x;
}

static double *doubles(park_arena *arena, size_t count, double value)
{
    double *x = room(arena, count, sizeof *x);
    for (size_t i = 0; i < count; i++)
        x[i] = value;
    return x;
}

static int32_t *none(park_arena *arena, size_t count)
{
    int32_t *x = room(arena, count, sizeof *x);
    for (size_t i = 0; i < count; i++)
        x[i] = -1;
    return x;
}

/* -- a street network: arteries, a random spanning tree of streets, some more streets, a quarter of dead ends -- */

typedef struct town {
    park_arena  *arena;
    park_network net;
    park_random  random;
    size_t       nodes, links;
} town;

static void columns(town *t)
{
    park_arena   *a   = t->arena;
    park_network *net = &t->net;
    park_names_init(&net->node.names, a);
    park_names_init(&net->link.names, a);
    park_names_init(&net->pattern_names, a);
    park_names_init(&net->curve_names, a);
    net->node.kind           = room(a, t->nodes, sizeof *net->node.kind);
    net->node.elevation      = doubles(a, t->nodes, 10.0);
    net->node.pattern        = none(a, t->nodes);
    net->node.x              = doubles(a, t->nodes, NAN);
    net->node.y              = doubles(a, t->nodes, NAN);
    net->node.emitter        = doubles(a, t->nodes, 0.0);
    net->node.quality        = doubles(a, t->nodes, 0.0);
    net->node.tag            = room(a, t->nodes, sizeof *net->node.tag);
    net->node.comment        = room(a, t->nodes, sizeof *net->node.comment);
    net->demand.node         = none(a, t->nodes);
    net->demand.base         = doubles(a, t->nodes, 0.0);
    net->demand.pattern      = none(a, t->nodes);
    net->demand.category     = room(a, t->nodes, sizeof *net->demand.category);
    net->link.kind           = room(a, t->links, sizeof *net->link.kind);
    net->link.from           = none(a, t->links);
    net->link.to             = none(a, t->links);
    net->link.length         = doubles(a, t->links, 100.0);
    net->link.diameter       = doubles(a, t->links, 0.1);
    net->link.roughness      = doubles(a, t->links, 110.0);
    net->link.minor          = doubles(a, t->links, 0.0);
    net->link.status         = room(a, t->links, sizeof *net->link.status);
    net->link.setting        = doubles(a, t->links, NAN);
    net->link.curve          = none(a, t->links);
    net->link.bulk           = doubles(a, t->links, NAN);
    net->link.wall           = doubles(a, t->links, NAN);
    net->link.leak_area      = doubles(a, t->links, 0.0);
    net->link.leak_expansion = doubles(a, t->links, 0.0);
    net->link.vertex         = room(a, t->links + 1, sizeof *net->link.vertex);
    net->link.tag            = room(a, t->links, sizeof *net->link.tag);
    net->link.comment        = room(a, t->links, sizeof *net->link.comment);
}

static void options(park_network *net)
{
    net->option           = (park_net_options){.headloss          = PARK_NET_HAZEN_WILLIAMS,
                                               .viscosity         = 1e-6,
                                               .diffusivity       = 1.2e-9,
                                               .specific_gravity  = 1.0,
                                               .demand_multiplier = 1.0,
                                               .pressure_exponent = 0.5,
                                               .emitter_exponent  = 0.5,
                                               .emitter_backflow  = true,
                                               .trials            = 200,
                                               .accuracy          = 1e-5,
                                               .extra_trials      = -1,
                                               .check_every       = 2,
                                               .check_until       = 10,
                                               .trace_node        = -1};
    net->time             = (park_net_times){.hydraulic_step = 3600,
                                             .quality_step   = 300,
                                             .rule_step      = 360,
                                             .pattern_step   = 3600,
                                             .report_step    = 86400};
    net->energy           = (park_net_energy){.efficiency = 0.75, .price_pattern = -1};
    net->origin.flow_unit = "LPS";
    net->origin.report    = " Status Yes\n Summary No\n Nodes None\n Links None\n";
    net->default_pattern  = -1;
}

static void name(park_names *names, char letter, size_t number)
{
    char    text[24];
    int32_t index;
    int     length = snprintf(text, sizeof text, "%c%zu", letter, number);
    if (park_names_add(names, text, (size_t)length, &index, NULL) != PARK_OK)
        stop("bench", "out of memory");
}

static void street(town *t, size_t from, size_t to, double diameter)
{
    park_net_links *link = &t->net.link;
    size_t          l    = link->count++;
    link->from[l]        = (int32_t)from;
    link->to[l]          = (int32_t)to;
    link->diameter[l]    = diameter;
    link->length[l]      = 60.0 + 80.0 * park_random_uniform(&t->random);
    link->roughness[l]   = 90.0 + 50.0 * park_random_uniform(&t->random);
    link->status[l]      = PARK_NET_OPEN;
    name(&link->names, 'P', l);
}

static size_t root(int32_t *parent, size_t i)
{
    while ((size_t)parent[i] != i) {
        parent[i] = parent[parent[i]];
        i         = (size_t)parent[i];
    }
    return i;
}

static double pick(town *t, const double *size, uint32_t count)
{
    return size[park_random_below(&t->random, count)];
}

static void streets(town *t, size_t grid, size_t pipes)
{
    static const double BIG[] = {0.5, 0.6, 0.7}, SMALL[] = {0.08, 0.1, 0.1, 0.15, 0.15, 0.2};
    size_t   width = (size_t)sqrt((double)grid), apart = (size_t)fmax(4.0, round(1.2 * sqrt((double)width)));
    int32_t *parent = none(t->arena, grid), *from = none(t->arena, 2 * grid), *to = none(t->arena, 2 * grid);
    char    *kept = room(t->arena, 2 * grid, 1), *artery = room(t->arena, 2 * grid, 1);
    size_t   edges = 0, chosen = 0;
    for (size_t i = 0; i < grid; i++) {
        parent[i] = (int32_t)i;
        if (i % width + 1 < width && i + 1 < grid)
            from[edges] = (int32_t)i, to[edges] = (int32_t)i + 1, artery[edges++] = (i / width) % apart == 0;
        if (i + width < grid)
            from[edges] = (int32_t)i, to[edges] = (int32_t)(i + width),
            artery[edges++] = (i % width) % apart == 0;
    }
    int32_t *order = none(t->arena, edges);
    for (size_t i = 0; i < edges; i++) {
        size_t k = park_random_below(&t->random, (uint32_t)i + 1);
        order[i] = order[k];
        order[k] = (int32_t)i;
    }
    for (int pass = 0; pass < 4;
         pass++) /* arteries of the tree, streets of the tree, other arteries, other streets */
        for (size_t k = 0; k < edges && chosen < pipes; k++) {
            size_t e = (size_t)order[k], a = root(parent, (size_t)from[e]), b = root(parent, (size_t)to[e]);
            if (kept[e] || artery[e] != (pass % 2 == 0) || (pass < 2 && a == b))
                continue;
            if (pass < 2)
                parent[a] = (int32_t)b;
            kept[e] = 1;
            chosen++;
            street(t, (size_t)from[e], (size_t)to[e], artery[e] ? pick(t, BIG, 3) : pick(t, SMALL, 6));
        }
}

static town town_new(size_t pipes)
{
    size_t junctions = (size_t)((double)pipes / 1.25), leaves = junctions / 5, grid = junctions - leaves,
           sources               = pipes / 5000 < 2 ? 2 : pipes / 5000;
    town                t        = {.arena  = park_arena_new(),
                                    .random = park_random_start(20240601, pipes, 0),
                                    .nodes  = junctions + sources,
                                    .links  = pipes + sources + 8};
    static const double WANTED[] = {0.0, 0.0, 2e-5, 4e-5, 6e-5, 1e-4, 1.5e-4};
    columns(&t);
    options(&t.net);
    park_network *net = &t.net;
    for (size_t n = 0; n < junctions; n++) {
        name(&net->node.names, 'J', n);
        net->node.elevation[n] = 10.0 + 8.0 * sin(1e-3 * (double)n) + park_random_uniform(&t.random);
        double base            = pick(&t, WANTED, 7);
        if (base > 0.0 && (n >= grid || park_random_uniform(&t.random) < 0.6)) {
            net->demand.node[net->demand.count]   = (int32_t)n;
            net->demand.base[net->demand.count++] = base;
        }
    }
    for (size_t s = 0; s < sources; s++) {
        name(&net->node.names, 'R', s);
        net->node.kind[junctions + s]      = PARK_NET_RESERVOIR;
        net->node.elevation[junctions + s] = 75.0 + 2.0 * park_random_uniform(&t.random);
    }
    net->node.count = t.nodes;
    streets(&t, grid, pipes - leaves);
    for (size_t i = 0; i < leaves; i++)
        street(&t, park_random_below(&t.random, (uint32_t)grid), grid + i, 0.08);
    for (size_t s = 0; s < sources; s++)
        street(&t, junctions + s, s * (grid / sources), 0.8);
    return t;
}

/* -- ours -- */

typedef struct result {
    double  plan, solve; /* CPU seconds */
    double  bytes;
    int32_t iterations;
} result;

typedef struct start {
    double *head, *flow;
} start;

static result ours(const park_network *net, int solves)
{
    park_arena             *arena = park_arena_new(), *made = park_arena_new();
    park_error              err = {0};
    park_hydraulic_plan    *plan;
    park_hydraulic_state    state;
    park_hydraulic_work    *work;
    park_hydraulic_report   report;
    park_hydraulic_settings settings = park_hydraulic_settings_of(net);
    double                  before   = cpu_seconds();
    if (park_hydraulic_plan_make(made, net, &plan, &err) != PARK_OK)
        stop("plan", err.message);
    result r = {.plan = cpu_seconds() - before, .solve = INFINITY};
    if (park_hydraulic_work_make(made, plan, &work, &err) != PARK_OK)
        stop("work", err.message);
    r.bytes = (double)park_arena_bytes(made);
    if (park_hydraulic_state_make(arena, plan, &state, &err) != PARK_OK)
        stop("state", err.message);
    size_t head = net->node.count * sizeof(double), flow = net->link.count * sizeof(double);
    start  first = {room(arena, 1, head), room(arena, 1, flow)};
    memcpy(first.head, state.head, head);
    memcpy(first.flow, state.flow, flow);
    for (int i = 0; i < solves; i++) { /* always from the same start; the best time counts */
        memcpy(state.head, first.head, head);
        memcpy(state.flow, first.flow, flow);
        before = cpu_seconds();
        if (park_hydraulic_solve(plan, &settings, &state, work, &report, &err) != PARK_OK ||
            !report.converged)
            stop("solve", report.converged ? err.message : "not converged");
        r.solve      = fmin(r.solve, cpu_seconds() - before);
        r.iterations = report.iterations;
    }
    park_arena_free(made);
    park_arena_free(arena);
    return r;
}

/* -- runepanet, where it is: one instant, and 25 of them; the difference is 24 solves -- */

typedef struct other {
    double seconds;
    long   trials;
} other;

static void write_network(park_network *net, int64_t hours, const char *path)
{
    park_arena *arena = park_arena_new();
    park_text   text;
    FILE       *f = fopen(path, "w");
    park_text_init(&text, arena);
    net->time.duration = hours * 3600;
    if (f == NULL || park_inp_write(net, NULL, &text, NULL) != PARK_OK)
        stop(path, "cannot be written");
    fwrite(text.data, 1, text.length, f);
    fclose(f);
    park_arena_free(arena);
}

static long trials_told(const char *path)
{
    char  line[512];
    long  sum = 0;
    FILE *f   = fopen(path, "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        const char *at = strstr(line, "after ");
        if (at != NULL && strstr(line, "trial") != NULL)
            sum += strtol(at + 6, NULL, 10);
    }
    if (f != NULL)
        fclose(f);
    return sum;
}

static int epanet(const char *inp, const char *report, other *told)
{
    struct rusage use;
    int           status;
    pid_t         child = fork();
    if (child == 0) {
        if (freopen("/dev/null", "w", stdout) == NULL)
            _exit(127);
        execlp("runepanet", "runepanet", inp, report, "", (char *)NULL);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &use) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) == 127)
        return 0;
    told->seconds = (double)use.ru_utime.tv_sec + 1e-6 * (double)use.ru_utime.tv_usec;
    told->trials  = trials_told(report);
    return told->trials > 0;
}

/* us an iteration and seconds for everything before the first; 0 where the runner is absent. */
static int race(park_network *net, double *per_iteration, double *setup)
{
    static const double FACTOR[] = {0.5, 0.7, 1.0, 1.4, 1.2, 0.9};
    char                folder[] = "/tmp/bench_hydraulics_XXXXXX", inp[64], report[64];
    other               once, day;
    if (mkdtemp(folder) == NULL)
        return 0;
    snprintf(inp, sizeof inp, "%s/a.inp", folder);
    snprintf(report, sizeof report, "%s/a.rpt", folder);
    net->pattern           = room(net->node.names.arena, 1, sizeof *net->pattern);
    net->pattern[0].count  = 6;
    net->pattern[0].factor = doubles(net->node.names.arena, 6, 1.0);
    memcpy(net->pattern[0].factor, FACTOR, sizeof FACTOR);
    if (net->pattern_names.count == 0)
        name(&net->pattern_names, 'D', 1);
    for (size_t i = 0; i < net->demand.count; i++)
        net->demand.pattern[i] = 0;
    write_network(net, 0, inp);
    int fine = epanet(inp, report, &once);
    if (fine) {
        write_network(net, 24, inp);
        fine = epanet(inp, report, &day) && day.trials > once.trials;
    }
    unlink(inp);
    unlink(report);
    rmdir(folder);
    if (fine) {
        *per_iteration = 1e6 * (day.seconds - once.seconds) / (double)(day.trials - once.trials);
        *setup         = once.seconds - 1e-6 * *per_iteration * (double)once.trials;
    }
    return fine;
}

static void small_network_many_times(void)
{
    town   t      = town_new(117);
    double before = cpu_seconds();
    result r      = ours(&t.net, 100000);
    printf("\n100000 solves of %zu pipes in one process: %.2f s, best %.1f us each (%d iterations)\n",
           t.net.link.count, cpu_seconds() - before, 1e6 * r.solve, (int)r.iterations);
    park_arena_free(t.arena);
}

int main(int argc, char **argv)
{
    static const size_t SIZE[]  = {1000, 3000, 10000, 30000, 100000, 300000};
    size_t              largest = argc > 1 ? strtoul(argv[1], NULL, 10) : 300000;
    double              first = 0.0, first_size = 0.0, last = 0.0, last_size = 0.0;
    printf("%9s %10s %6s %12s %9s %9s | %14s %7s %12s %7s\n", "pipes", "plan ms", "iter", "us/iter", "B/pipe",
           "exponent", "EPANET us/iter", "ratio", "setup ms", "ratio");
    for (size_t i = 0; i < sizeof SIZE / sizeof SIZE[0] && SIZE[i] <= largest; i++) {
        town   t    = town_new(SIZE[i]);
        double size = (double)t.net.link.count;
        result r    = ours(&t.net, SIZE[i] < 50000 ? 200 : 8);
        double us   = 1e6 * r.solve / r.iterations, theirs, setup;
        printf("%9zu %10.2f %6d %12.1f %9.0f ", t.net.link.count, 1e3 * r.plan, (int)r.iterations, us,
               r.bytes / size);
        if (last > 0.0)
            printf("%9.2f", log(us / last) / log(size / last_size));
        else
            printf("%9s", "");
        fflush(stdout);
        if (race(&t.net, &theirs, &setup))
            printf(" | %14.1f %7.2f %12.1f %7.1f", theirs, theirs / us, 1e3 * setup, setup / r.plan);
        printf("\n");
        if (first == 0.0)
            first = us, first_size = size;
        last      = us;
        last_size = size;
        park_arena_free(t.arena);
    }
    if (last_size > first_size)
        printf("growth over all: pipes^%.2f\n", log(last / first) / log(last_size / first_size));
    small_network_many_times();
    return 0;
}
