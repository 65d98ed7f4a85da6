/*
 * How fast parks and networks are marched through time, one thread, CPU time.
 *   bench_simulate [LARGEST PIPES [parks | networks | yueyang]]
 */
#include "random_park.h"
#include "town.h"

#include "base/text.h"
#include "import/inp.h"

#include <parkwater/period.h>

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

static double growth(double seconds, double before, double unknowns, double unknowns_before)
{
    return unknowns_before > 0.0 ? log(seconds / before) / log(unknowns / unknowns_before) : NAN;
}

/* -- parks: a fifth towers, a third treatments, storages; 9 constituents; half of all pairs connected up to 40 units -- */

static void park_of(int users, double *last, double *unknowns_last)
{
    park_arena      *arena = park_arena_new();
    random_park_size size  = {4, users, users / 5, users / 3, users / 6, 9};
    park_model      *model = random_park(arena, 11, size, 1);
    if (model == NULL)
        stop("bench", "the park does not stand");
    park_simulate_settings settings;
    park_simulation       *s;
    park_error             err = {0};
    park_simulate_settings_default(&settings);
    double before = cpu_seconds();
    if (park_simulate(model, NULL, &settings, NULL, arena, &s, &err) != PARK_OK)
        stop("bench", err.message);
    double seconds = cpu_seconds() - before, unknowns = (double)(model->links + 9 * model->units);
    printf("  %5zu units %6zu connections %7.0f unknowns  %8.3f s  steps %llu, sweeps %llu, growth %.2f\n",
           model->units, model->links, unknowns, seconds, (unsigned long long)s->quality_steps,
           (unsigned long long)s->sweeps, growth(seconds, *last, unknowns, *unknowns_last));
    fflush(stdout);
    *last = seconds, *unknowns_last = unknowns;
    park_arena_free(arena);
}

/* -- networks: demands by the hour, chlorine from the reservoirs -- */

static void by_the_hour(park_network *net, park_arena *arena)
{
    static const char ID[] = "day";
    int32_t           index;
    net->pattern         = room(arena, 1, sizeof *net->pattern);
    net->pattern->count  = 24;
    net->pattern->factor = doubles(arena, 24, 1.0);
    for (int h = 0; h < 24; h++)
        net->pattern->factor[h] = 1.0 + 0.6 * sin(2.0 * 3.14159265358979 * (h - 9) / 24.0);
    if (park_names_add(&net->pattern_names, ID, sizeof ID - 1, &index, NULL) != PARK_OK)
        stop("bench", "out of memory");
    for (size_t i = 0; i < net->demand.count; i++)
        net->demand.pattern[i] = 0;
    for (size_t n = 0; n < net->node.count; n++)
        net->node.quality[n] = net->node.kind[n] == PARK_NET_RESERVOIR ? 5e-4 : 0.0;
    net->option.quality           = PARK_NET_QUALITY_CHEMICAL;
    net->option.quality_tolerance = 1e-5;
    net->time.duration            = 86400;
}

static void network_of(size_t pipes, double *last, double *unknowns_last)
{
    town                 t = town_new(pipes);
    park_findings        findings;
    park_period_result  *result;
    park_period_settings settings = park_period_settings_default();
    park_error           err      = {0};
    park_findings_init(&findings, t.arena);
    by_the_hour(&t.net, t.arena);
    settings.stepping = PARK_STEPPING_ADAPTIVE;
    double before     = cpu_seconds();
    if (park_period_run(&t.net, &settings, NULL, &findings, t.arena, &result, &err) != PARK_OK)
        stop("bench", err.message);
    double seconds = cpu_seconds() - before, unknowns = (double)(2 * t.net.node.count + t.net.link.count);
    printf("  %6zu pipes %7.0f unknowns  %8.3f s  solves %llu, growth %.2f\n", t.net.link.count, unknowns,
           seconds, (unsigned long long)result->solves, growth(seconds, *last, unknowns, *unknowns_last));
    fflush(stdout);
    *last = seconds, *unknowns_last = unknowns;
    park_arena_free(t.arena);
}

/* -- Yueyang with a network of its own, by the program itself -- */

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
        stop("bench", "a file cannot be written");
}

static void yueyang(const char *program)
{
    static const char YAML[]   = "extends: %s/scenarios/parks/yueyang.yaml\n"
                                 "network:\n  fresh:\n    inp: fresh.inp\n"
                                 "    carries: [river_ref_cooling, river_eth_cooling, river_amm_cooling, "
                                 "river_alk_cooling, river_ref_process, "
                                 "river_eth_process, river_amm_process, river_alk_process]\n"
                                 "    bind: {river: R0, ref_cooling: J8, eth_cooling: J24, amm_cooling: J32, "
                                 "alk_cooling: J40, ref_process: J48, "
                                 "eth_process: J56, amm_process: J64, alk_process: J72}\n"
                                 "    min_pressure: 10 m\n"; /* so that the network is asked in step */
    char              folder[] = "/tmp/park_bench_XXXXXX", path[64], yaml[2048], tables[64], allow[1024];
    town              t        = town_new(200);
    park_text         text;
    struct rusage     used;
    int               status;
    park_text_init(&text, t.arena);
    for (size_t l = 0; l < t.net.link.count; l++) /* mains of a park */
        t.net.link.diameter[l] = 0.9;
    printf("Yueyang:\n");
    if (mkdtemp(folder) == NULL || park_inp_write(&t.net, "LPS", &text, NULL) != PARK_OK)
        stop("bench", "no network");
    snprintf(path, sizeof path, "%s/fresh.inp", folder);
    write_file(path, park_text_done(&text));
    snprintf(path, sizeof path, "%s/park.yaml", folder);
    snprintf(yaml, sizeof yaml, YAML, PARK_SOURCE_DIR);
    write_file(path, yaml);
    snprintf(tables, sizeof tables, "%s/tables", folder);
    snprintf(allow, sizeof allow, "%s", PARK_SOURCE_DIR);
    pid_t child = fork();
    if (child == 0) {
        execl(program, program, "simulate", path, "--tables", tables, "--allow-path", allow, "--threads", "1",
              "-q", (char *)NULL);
        _exit(127);
    }
    if (wait4(child, &status, 0, &used) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        stop("yueyang", "the program failed");
    printf("  a year hourly with %zu pipes, tables written: %.2f s, %.0f MB  (%s)\n", t.net.link.count,
           (double)used.ru_utime.tv_sec + 1e-6 * (double)used.ru_utime.tv_usec +
               (double)used.ru_stime.tv_sec + 1e-6 * (double)used.ru_stime.tv_usec,
           (double)used.ru_maxrss / 1024.0, folder);
    park_arena_free(t.arena);
}

static void parks(void)
{
    double times = 0.0, unknowns = 0.0;
    printf("parks, 24 h, hourly, 9 constituents:\n");
    for (int users = 4; users <= 80; users *= 2)
        park_of(users, &times, &unknowns);
}

static void networks(size_t most)
{
    double times = 0.0, unknowns = 0.0;
    printf("networks, 24 h, one constituent (heads, flows, concentrations):\n");
    for (size_t pipes = 350; pipes <= most; pipes *= 10)
        network_of(pipes, &times, &unknowns);
}

int main(int argc, char **argv)
{
    size_t      most = argc > 1 ? strtoull(argv[1], NULL, 10) : 35000;
    const char *only = argc > 2 ? argv[2] : NULL;
    if (only == NULL || strcmp(only, "parks") == 0)
        parks();
    if (only == NULL || strcmp(only, "networks") == 0)
        networks(most);
    if (only == NULL || strcmp(only, "yueyang") == 0)
        yueyang(PARK_BINARY_DIR "/bin/parkwater");
    return 0;
}
