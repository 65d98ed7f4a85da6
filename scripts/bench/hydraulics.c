/*
 * How fast heads and flows are found: street networks of 10^3 to 3x10^5 pipes, one thread, CPU time; and 10^5 solves of a
 * small network in one process. Where runepanet is on the PATH it solves the same networks beside us.
 *   bench_hydraulics [LARGEST]
 */
#include "town.h"

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
