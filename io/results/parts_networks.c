/* Networks of the park: one group each, pressures by season and node, velocities by season and link, failures. */
#include "results/parts.h"

#include <math.h>
#include <string.h>

/* Rows of seasons into one block [seasons * count]; a season that was not solved is NAN. */
typedef enum column { LOWEST, MEAN, FASTEST, STRONGEST } column;

static void block(park_store *store, park_group g, park_arena *arena, const park_bound_result *r,
                  column which, park_variable variable, size_t count)
{
    double *value = PARK_ARRAY(arena, r->seasons * count, double);
    for (size_t s = 0; value != NULL && s < r->seasons; s++) {
        const park_bound_season *a      = &r->season[s];
        const double            *from[] = {a->lowest, a->mean, a->fastest, a->strongest};
        for (size_t i = 0; i < count; i++)
            value[s * count + i] = from[which] != NULL ? from[which][i] : NAN;
    }
    if (value != NULL)
        park_store_doubles(store, g, variable, value);
}

static void scalars(park_store *store, park_group g, park_arena *arena, const park_bound_result *r)
{
    static const struct {
        const char *name, *units, *long_name;
        size_t      offset;
    } LINES[]     = {{"supplied", "m3 a-1", "all that entered", offsetof(park_bound_season, supplied)},
                     {"delivered", "m3 a-1", "to consumers", offsetof(park_bound_season, delivered)},
                     {"park_drawn", "m3 a-1", "by the park's units", offsetof(park_bound_season, park_drawn)},
                     {"leaked", "m3 a-1", "from pipes", offsetof(park_bound_season, leaked)},
                     {"unmet", "m3 a-1", "wanted and not delivered", offsetof(park_bound_season, unmet)},
                     {"pumped", "m3 a-1", "through pumps, each counted", offsetof(park_bound_season, pumped)},
                     {"pump_energy", "J a-1", "drawn by pumps", offsetof(park_bound_season, energy)},
                     {"lift_energy", "J a-1", "of the carried connections by length and lift",
                      offsetof(park_bound_season, lift_energy)},
                     {"closure", "1", "relative residual of the water", offsetof(park_bound_season, closure)}};
    double *value = PARK_ARRAY(arena, r->seasons, double);
    for (size_t k = 0; value != NULL && k < sizeof LINES / sizeof *LINES; k++) {
        for (size_t s = 0; s < r->seasons; s++)
            memcpy(&value[s], (const char *)&r->season[s] + LINES[k].offset, sizeof *value);
        park_store_doubles(
            store, g, (park_variable){LINES[k].name, "season", LINES[k].units, LINES[k].long_name}, value);
    }
}

static void worst_instants(park_store *store, park_group g, park_arena *arena, const park_bound_result *r,
                           size_t nodes)
{
    int64_t *when = PARK_ARRAY(arena, r->seasons * nodes, int64_t);
    for (size_t s = 0; when != NULL && s < r->seasons; s++)
        for (size_t n = 0; r->season[s].lowest_hour != NULL && n < nodes; n++)
            when[s * nodes + n] = r->season[s].start + (int64_t)r->season[s].lowest_hour[n] * 3600;
    if (when != NULL)
        park_store_whole(store, g,
                         (park_variable){"lowest_time", "season node",
                                         "seconds since 1970-01-01 00:00:00 +00:00",
                                         "of the lowest pressure"},
                         when);
}

static void units_at(park_store *store, park_group g, park_arena *arena, const park_bound_result *r,
                     size_t nodes)
{
    const char **units = PARK_ARRAY(arena, nodes, const char *);
    for (size_t n = 0; units != NULL && n < nodes; n++)
        units[n] = "";
    for (size_t i = 0; units != NULL && i < r->nodes; i++)
        units[r->node[i].node] = r->node[i].units;
    if (units != NULL)
        park_store_texts(
            store, g,
            (park_variable){.name = "units", .dims = "node", .long_name = "of the park, bound here"}, units);
}

static void failures(park_store *store, park_group g, park_arena *arena, const park_bound_result *r,
                     size_t nodes)
{
    size_t       n     = r->failures;
    const char **id    = PARK_ARRAY(arena, n, const char *);
    double      *low   = PARK_ARRAY(arena, n * nodes, double);
    double      *calm  = PARK_ARRAY(arena, n * nodes, double);
    double      *unmet = PARK_ARRAY(arena, n, double), *lost = PARK_ARRAY(arena, n, double);
    if (n == 0 || !id || !low || !calm || !unmet || !lost)
        return;
    for (size_t k = 0; k < n; k++) {
        const park_bound_failure *f = &r->failure[k];
        id[k]                       = f->what->id;
        unmet[k]                    = f->unmet;
        lost[k]                     = f->lost;
        memcpy(low + k * nodes, f->lowest, nodes * sizeof *low);
        memcpy(calm + k * nodes, f->without, nodes * sizeof *calm);
    }
    park_store_labels(store, g, "failure", id, n, "fire or burst");
    park_store_doubles(
        store, g, (park_variable){"failure_lowest", "failure node", "m", "lowest pressure during it"}, low);
    park_store_doubles(
        store, g, (park_variable){"failure_without", "failure node", "m", "the same hours without it"}, calm);
    park_store_doubles(store, g,
                       (park_variable){"failure_unmet", "failure", "m3", "wanted and not delivered"}, unmet);
    park_store_doubles(store, g, (park_variable){"failure_lost", "failure", "m3", "through the burst"}, lost);
}

static void one_network(park_store *store, park_group parent, const park_model *model,
                        const park_bound_result *r)
{
    const park_network *net = r->network->net;
    size_t              N = net->node.count, L = net->link.count;
    park_arena         *arena = park_arena_new();
    park_group          g     = park_store_group(store, parent, r->network->id);
    const char        **id    = PARK_ARRAY(arena, r->seasons, const char *);
    for (size_t s = 0; id != NULL && s < r->seasons; s++)
        id[s] = model->time.season[s].id;
    if (id != NULL)
        park_store_labels(store, g, "season", id, r->seasons, "season");
    park_store_labels(store, g, "node", net->node.names.text, N, "node of the network");
    park_store_labels(store, g, "link", net->link.names.text, L, "link of the network");
    park_store_note_number(store, g, "min_pressure", r->network->min_pressure);
    units_at(store, g, arena, r, N);
    block(store, g, arena, r, LOWEST,
          (park_variable){"lowest_pressure", "season node", "m", "of the worst day"}, N);
    block(store, g, arena, r, MEAN,
          (park_variable){"mean_pressure", "season node", "m", "of the average day"}, N);
    worst_instants(store, g, arena, r, N);
    block(store, g, arena, r, FASTEST,
          (park_variable){"velocity", "season link", "m s-1", "highest of the worst day"}, L);
    block(store, g, arena, r, STRONGEST,
          (park_variable){"flow", "season link", "m3 s-1", "at the highest velocity"}, L);
    scalars(store, g, arena, r);
    if (r->age != NULL)
        park_store_doubles(store, g, (park_variable){"age", "node", "s", "oldest water of a day"}, r->age);
    failures(store, g, arena, r, N);
    park_store_close(store, g);
    park_arena_free(arena);
}

void park_store_networks(park_store *store, park_group root, const park_model *model,
                         const park_run_record *record)
{
    if (record->networks == 0)
        return;
    park_group g = park_store_group(store, root, "networks");
    for (size_t i = 0; i < record->networks; i++)
        one_network(store, g, model, &record->network[i]);
    park_store_close(store, g);
}
