/*
 * reference_flows.h - flows, volumes and qualities of a reference run, read from ../shared/data/networks/ref (EPANET 2.3.5,
 * tightly converged; rows S, T, N, L as its header tells, D: quality with a tenth of step and tolerance).
 */
#ifndef PARK_TESTS_REFERENCE_FLOWS_H
#define PARK_TESTS_REFERENCE_FLOWS_H

#include "import/inp.h"

#include "check.h"

#include <stdbool.h>

enum { REFERENCE_TIMES = 256 };

typedef struct reference_run {
    park_network *net;
    size_t        times;
    double        time[REFERENCE_TIMES];
    double       *flow, *demand, *volume; /* [times*links], [times*nodes], [times*tanks] SI */
    double       *quality;                /* [times*nodes] SI, NAN where there is none */
    bool          whole[REFERENCE_TIMES]; /* flows of that time are there */
} reference_run;

static inline const char *reference_folder(void)
{
    static char path[400];
    const char *shared = getenv("PARK_SHARED");
    snprintf(path, sizeof path, "%s/data/networks", shared != NULL ? shared : "../shared");
    FILE *there = fopen(strcat(path, "/MANIFEST.md"), "r");
    if (there == NULL)
        SKIP("reference data absent");
    fclose(there);
    path[strlen(path) - strlen("/MANIFEST.md")] = '\0';
    return path;
}

static inline double reference_factor(const char *unit)
{
    static const struct {
        const char *unit;
        double      per_cfs;
    } UNITS[] = {{"CFS", 1.0},    {"GPM", 448.831}, {"MGD", 0.64632}, {"IMGD", 0.5382}, {"AFD", 1.9837},
                 {"LPS", 28.317}, {"LPM", 1699.0},  {"CMH", 101.94},  {"CMD", 2446.6},  {"MLD", 2.4466}};
    for (size_t i = 0; i < 10; i++)
        if (strncmp(unit, UNITS[i].unit, strlen(UNITS[i].unit)) == 0)
            return 0.028316846592 / UNITS[i].per_cfs;
    CHECK(!"known flow unit");
    return 1.0;
}

/* Row of a time, made when it is new. */
static inline size_t reference_row(reference_run *run, double time)
{
    if (run->times > 0 && run->time[run->times - 1] == time)
        return run->times - 1;
    for (size_t i = 0; i < run->times; i++)
        if (run->time[i] == time)
            return i;
    CHECK(run->times < REFERENCE_TIMES);
    run->time[run->times] = time;
    return run->times++;
}

static inline void reference_line(reference_run *run, char *line, double unit, double quality_unit)
{
    char  *cell[8];
    size_t cells = 0;
    for (char *c = strtok(line, ",\n"); c != NULL && cells < 8; c = strtok(NULL, ",\n"))
        cell[cells++] = c;
    if (cells < 2 || strchr("STNLD", cell[0][0]) == NULL)
        return;
    size_t row = reference_row(run, atof(cell[1]));
    if (cells < 4 || cell[0][0] == 'S')
        return;
    const park_network *net  = run->net;
    bool                link = cell[0][0] == 'L';
    int32_t i = park_names_find(link ? &net->link.names : &net->node.names, cell[2], strlen(cell[2]));
    CHECK(i >= 0);
    if (i < 0)
        return;
    if (link) {
        run->flow[row * net->link.count + (size_t)i] = atof(cell[3]) * unit;
        run->whole[row]                              = true;
    } else if (cell[0][0] == 'N' && cells > 5) {
        run->demand[row * net->node.count + (size_t)i] = atof(cell[5]) * unit;
    } else if (cell[0][0] == 'D') {
        run->quality[row * net->node.count + (size_t)i] = atof(cell[3]) * quality_unit;
    } else if (cell[0][0] == 'T' && cells > 4) {
        for (size_t t = 0; t < net->tank.count; t++)
            if (net->tank.node[t] == i)
                run->volume[row * net->tank.count + t] = atof(cell[4]) * 0.028316846592;
    }
}

/* The network and its reference run; false when the file is not there. */
static inline bool reference_read(park_arena *arena, const char *name, reference_run *run)
{
    char          path[512], line[1024];
    park_findings findings;
    park_error    err = {0};
    memset(run, 0, sizeof *run);
    park_findings_init(&findings, arena);
    snprintf(path, sizeof path, "%s/inp/%s.inp", reference_folder(), name);
    if (park_inp_read_file(arena, path, &run->net, &findings, &err) != PARK_OK)
        return false;
    const park_network *net = run->net;
    run->flow               = PARK_ARRAY(arena, REFERENCE_TIMES * net->link.count, double);
    run->demand             = PARK_ARRAY(arena, REFERENCE_TIMES * net->node.count, double);
    run->volume             = PARK_ARRAY(arena, REFERENCE_TIMES * net->tank.count, double);
    run->quality            = PARK_ARRAY(arena, REFERENCE_TIMES * net->node.count, double);
    for (size_t i = 0; i < REFERENCE_TIMES * net->node.count; i++)
        run->quality[i] = NAN;
    double quality_unit = net->option.quality == PARK_NET_QUALITY_AGE     ? 3600.0
                          : net->option.quality == PARK_NET_QUALITY_TRACE ? 0.01
                                                                          : net->option.quality_unit;
    double unit         = 1.0;
    snprintf(path, sizeof path, "zcat %s/ref/%s.csv.gz", reference_folder(), name);
    FILE *file = popen(path, "r");
    if (file == NULL)
        return false;
    while (fgets(line, sizeof line, file) != NULL) {
        char *word = strstr(line, "units ");
        if (line[0] == '#' && word != NULL)
            unit = reference_factor(word + 6);
        else if (line[0] != '#')
            reference_line(run, line, unit, quality_unit);
    }
    return pclose(file) == 0 && run->times > 1;
}

#endif
