/* Every network of a park, season by season. Math: docs/math/bound.md. */
#include "bound/day.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { H = PARK_BOUND_HOURS, AGE_DAYS = 3 };

static const double HELD  = 1e-6; /* [m] */
static const double ALIKE = 1e-5; /* [m] what solves of the same demands may differ by */
static const double DAY   = 86400.0;
static const double PI    = 3.14159265358979323846;

typedef struct work {
    const park_bound_binding  *b;
    const park_bound_flows    *flows;
    const park_bound_settings *settings;
    park_findings             *findings;
    park_arena                *arena;   /* of the results */
    park_arena                *scratch; /* of one network: profiles, days of all seasons */
    park_bound_result         *r;
    park_bound_profile        *worst, *average; /* [seasons] */
    bool                      *told;            /* [codes] */
    park_error                *err;
} work;

/* ---- bound nodes ---- */

static park_bound_node *node_of(park_bound_result *r, int32_t node)
{
    for (size_t i = 0; i < r->nodes; i++)
        if (r->node[i].node == node)
            return &r->node[i];
    return NULL;
}

static park_status nodes_make(work *w)
{
    const park_bound_network *bound = w->b->bound;
    park_bound_result        *r     = w->r;
    r->node                         = PARK_ARRAY(w->arena, bound->binds, park_bound_node);
    if (r->node == NULL)
        return PARK_FAIL(w->err, PARK_E_MEMORY, "not enough memory for bound nodes");
    for (size_t i = 0; i < bound->binds; i++) {
        const park_network_bind *bind = &bound->bind[i];
        park_bound_node         *node = node_of(r, bind->node);
        const char              *units =
            node == NULL ? bind->unit : park_arena_printf(w->arena, "%s, %s", node->units, bind->unit);
        if (units == NULL)
            return PARK_FAIL(w->err, PARK_E_MEMORY, "not enough memory for bound nodes");
        if (node == NULL) {
            node          = &r->node[r->nodes++];
            *node         = (park_bound_node){.node = bind->node, .unit = -1};
            size_t length = strcspn(bind->unit, ".");
            for (size_t u = 0; u < w->b->model->units; u++)
                if (strlen(w->b->model->unit[u].id) == length &&
                    strncmp(w->b->model->unit[u].id, bind->unit, length) == 0)
                    node->unit = (int32_t)u;
        }
        node->units = units;
    }
    for (size_t i = 0; i < w->b->draws; i++)
        if (w->b->draw[i].share > 0.0) {
            park_bound_node *node = node_of(r, w->b->draw[i].node);
            node->draws           = true;
        }
    return PARK_OK;
}

/* What a node draws in an hour of a day [m3/s]. */
static double drawn(const park_bound_binding *b, const park_bound_profile *p, int32_t node, size_t hour)
{
    double sum = 0.0;
    for (size_t i = 0; i < b->draws; i++)
        if (b->draw[i].node == node && b->draw[i].share > 0.0)
            sum += b->draw[i].share * p->flow[(size_t)b->draw[i].carried * H + hour];
    return sum;
}

static bool draws_on(const park_bound_binding *b, const park_bound_profile *p, int32_t node)
{
    for (size_t h = 0; h < H; h++)
        if (drawn(b, p, node, h) > 0.0)
            return true;
    return false;
}

/* ---- one season ---- */

static park_status season_make(work *w, park_bound_season *season)
{
    size_t N = w->b->bound->net->node.count, L = w->b->bound->net->link.count;
    season->lowest      = PARK_ARRAY(w->arena, N, double);
    season->mean        = PARK_ARRAY(w->arena, N, double);
    season->lowest_hour = PARK_ARRAY(w->arena, N, int32_t);
    season->fastest     = PARK_ARRAY(w->arena, L, double);
    season->strongest   = PARK_ARRAY(w->arena, L, double);
    season->pumps       = PARK_ARRAY(w->arena, H, double);
    season->lifted      = PARK_ARRAY(w->arena, H, double);
    return season->pumps && season->lifted && season->lowest && season->mean && season->lowest_hour &&
                   season->fastest && season->strongest
               ? PARK_OK
               : PARK_FAIL(w->err, PARK_E_MEMORY, "not enough memory for the season of a network");
}

/* Tanks begin a day as a day of the same kind has left them. */
static park_status spin_up(work *w, park_bound_day *day, park_arena *scratch)
{
    park_bound_trace    trace;
    park_period_result *result;
    park_findings       ignored;
    size_t              T = day->net.tank.count;
    if (T == 0)
        return PARK_OK;
    park_findings_init(&ignored, scratch);
    PARK_TRY(park_bound_day_march(w->b, day, false, &ignored, scratch, &trace, &result, w->err));
    park_bound_day_levels(day, trace.level + (trace.hours - 1) * T);
    return PARK_OK;
}

static void judge_nodes(const park_network *net, const park_bound_trace *trace, park_bound_season *season)
{
    size_t N = net->node.count;
    for (size_t n = 0; n < N; n++) {
        season->lowest[n] = INFINITY;
        for (size_t h = 0; h < trace->hours && h < H; h++)
            if (trace->pressure[h * N + n] < season->lowest[n] - ALIKE) {
                season->lowest[n]      = trace->pressure[h * N + n];
                season->lowest_hour[n] = (int32_t)h;
            }
    }
}

/* Eq. (N4) */
static void judge_links(const park_network *net, const park_bound_trace *trace, park_bound_season *season)
{
    size_t L = net->link.count;
    for (size_t l = 0; l < L; l++) {
        double d = net->link.diameter[l], most = 0.0;
        for (size_t h = 0; h < trace->hours && h < H; h++)
            if (fabs(trace->flow[h * L + l]) > fabs(most))
                most = trace->flow[h * L + l];
        season->strongest[l] = most;
        season->fastest[l] =
            net->link.kind[l] != PARK_NET_PUMP && d > 0.0 ? fabs(most) / (0.25 * PI * d * d) : NAN;
    }
}

/* Eq. (N6): the average day, as often as the season has days. */
static void count_water(work *w, const park_period_result *day, const park_bound_profile *p,
                        park_bound_season *season)
{
    const park_period_volumes *v = &day->water;
    season->supplied             = (v->from_reservoirs + v->inflow) * season->days;
    season->delivered            = v->delivered * season->days;
    season->leaked               = v->leaked * season->days;
    season->emitted              = v->emitted * season->days;
    season->unmet                = v->unmet * season->days;
    season->energy               = day->energy * season->days;
    for (size_t i = 0; i < w->b->bound->net->pump.count; i++)
        season->pumped += day->pump[i].volume * season->days;
    for (size_t i = 0; i < w->r->nodes; i++)
        for (size_t h = 0; h < H; h++)
            season->park_drawn += drawn(w->b, p, w->r->node[i].node, h) * 3600.0 * season->days;
}

/* What the ledger holds for the carried links, from lengths and lifts. */
static double lift_energy(const work *w, size_t s)
{
    const park_ledger *ledger = w->flows->ledger;
    double             sum    = ledger != NULL ? 0.0 : NAN;
    for (size_t i = 0; ledger != NULL && i < w->b->carried; i++)
        sum += ledger->link_energy[s * ledger->links + (size_t)w->b->link[i]];
    return sum;
}

/* The hours of the average day: pumps as they run when an hour begins, with the energy of the day; connections as costs count them.
 * Eq. (N13) */
static void hours_of_power(work *w, size_t s, const park_bound_trace *trace, double energy)
{
    park_bound_season *season = &w->r->season[s];
    const park_ledger *ledger = w->flows->ledger;
    double             sum    = 0.0;
    for (size_t h = 0; h < H && h < trace->hours; h++)
        sum += season->pumps[h] = trace->power[h];
    for (size_t h = 0; h < H; h++)
        season->pumps[h] = sum > 0.0 ? season->pumps[h] * (energy / 3600.0 / sum) : energy / DAY;
    for (size_t i = 0; ledger != NULL && i < w->b->carried; i++) {
        size_t at    = s * ledger->links + (size_t)w->b->link[i];
        double water = ledger->link_water[at], each = water > 0.0 ? ledger->link_energy[at] / water : 0.0;
        for (size_t h = 0; h < H; h++)
            season->lifted[h] += each * fmax(w->average[s].flow[i * H + h], 0.0);
    }
    double lifted = 0.0;
    for (size_t h = 0; h < H; h++)
        lifted += season->lifted[h] * 3600.0 * season->days;
    for (size_t h = 0; h < H && lifted > 0.0; h++) /* a season's rows may not weigh its hours alike */
        season->lifted[h] *= season->lift_energy / lifted;
}

static park_status average_day(work *w, size_t s, park_arena *scratch)
{
    park_bound_season  *season = &w->r->season[s];
    park_bound_day      day;
    park_bound_trace    trace;
    park_period_result *result;
    park_findings       ignored;
    size_t              N = w->b->bound->net->node.count;
    park_findings_init(&ignored, scratch);
    PARK_TRY(park_bound_day_make(w->b, &w->average[s], scratch, &day, w->err));
    PARK_TRY(spin_up(w, &day, scratch));
    PARK_TRY(park_bound_day_march(w->b, &day, false, &ignored, scratch, &trace, &result, w->err));
    for (size_t n = 0; n < N; n++) {
        double sum = 0.0;
        for (size_t h = 0; h < H; h++)
            sum += trace.pressure[h * N + n];
        season->mean[n] = sum / H;
    }
    count_water(w, result, &w->average[s], season);
    season->lift_energy = lift_energy(w, s);
    hours_of_power(w, s, &trace, result->energy);
    season->closure = result->closure;
    season->unbalanced += result->unbalanced;
    return PARK_OK;
}

/* ---- lacks ---- */

/* The unit that draws most at the node in its lowest hour, and the link that brings it. */
static void blame(const work *w, const park_bound_profile *p, int32_t hour, park_bound_lack *lack)
{
    double most = 0.0;
    lack->unit = lack->link = -1;
    for (size_t i = 0; i < w->b->draws; i++) {
        const park_bound_draw *d = &w->b->draw[i];
        double flow = d->node == lack->node ? d->share * p->flow[(size_t)d->carried * H + (size_t)hour] : 0.0;
        if (flow > most) {
            most       = flow;
            lack->unit = d->unit;
            lack->link = w->b->link[d->carried];
        }
    }
}

/* May other water than the network's come to the inlet? */
static bool has_alternative(const work *w, int32_t link)
{
    const park_model *m = w->settings->choices;
    if (m == NULL || link < 0 || (size_t)link >= m->links)
        return false;
    for (size_t l = 0; l < m->links; l++) {
        bool carried = false;
        for (size_t i = 0; i < w->b->carried; i++)
            carried = carried || w->b->link[i] == (int32_t)l;
        if (!carried && !m->link[l].free && m->link[l].inlet == m->link[link].inlet)
            return true;
    }
    return false;
}

static int worse(const void *a, const void *b)
{
    const park_bound_lack *x = a, *y = b;
    double                 dx = x->required - x->lowest, dy = y->required - y->lowest;
    return dx != dy ? (dx < dy ? 1 : -1) : (x->node > y->node) - (x->node < y->node);
}

static park_status find_lacks(work *w, size_t s, park_bound_day *day, const park_bound_trace *trace)
{
    park_bound_result       *r      = w->r;
    const park_bound_season *season = &r->season[s];
    double                   asked  = w->b->bound->min_pressure;
    size_t                   first  = r->lacks;
    for (size_t i = 0; i < r->nodes; i++) {
        int32_t n = r->node[i].node;
        if (!r->node[i].draws || !(season->lowest[n] < asked - HELD) || !draws_on(w->b, &w->worst[s], n))
            continue;
        park_bound_lack *lack = &r->lack[r->lacks++];
        int32_t          hour = season->lowest_hour[n];
        *lack                 = (park_bound_lack){.node       = n,
                                                  .season     = (int32_t)s,
                                                  .lowest     = season->lowest[n],
                                                  .required   = asked,
                                                  .when       = season->start + (int64_t)hour * 3600,
                                                  .draw_times = NAN,
                                                  .head       = NAN};
        blame(w, &w->worst[s], hour, lack);
        lack->alternative = has_alternative(w, lack->link);
        lack->unit        = lack->unit >= 0 ? lack->unit : r->node[i].unit;
        PARK_TRY(park_bound_remedy(w->b, day, trace->level + (size_t)hour * day->net.tank.count, hour, false,
                                   lack, w->arena, w->err));
    }
    if (r->lacks > first)
        qsort(r->lack + first, r->lacks - first, sizeof *r->lack, worse);
    return PARK_OK;
}

static park_status worst_day(work *w, size_t s, park_arena *scratch)
{
    park_bound_season  *season = &w->r->season[s];
    park_bound_day      day;
    park_bound_trace    trace;
    park_period_result *result;
    park_findings       noticed;
    park_findings_init(&noticed, scratch);
    PARK_TRY(park_bound_day_make(w->b, &w->worst[s], scratch, &day, w->err));
    PARK_TRY(spin_up(w, &day, scratch));
    PARK_TRY(park_bound_day_march(w->b, &day, false, &noticed, scratch, &trace, &result, w->err));
    park_bound_pass_on(w->b, &noticed, w->told, w->findings);
    judge_nodes(&day.net, &trace, season);
    judge_links(&day.net, &trace, season);
    season->start      = w->worst[s].start;
    season->worst_hour = w->worst[s].worst_hour;
    season->closure    = fmax(season->closure, result->closure);
    season->unbalanced += result->unbalanced;
    return find_lacks(w, s, &day, &trace);
}

static park_status season_solve(work *w, size_t s)
{
    park_arena *scratch  = park_arena_new();
    w->r->season[s].days = w->b->model->time.season[s].seconds / DAY;
    park_status status =
        scratch == NULL ? PARK_FAIL(w->err, PARK_E_MEMORY, "not enough memory for a season") : PARK_OK;
    if (status == PARK_OK)
        status = season_make(w, &w->r->season[s]);
    if (status == PARK_OK)
        status = average_day(w, s, scratch);
    if (status == PARK_OK)
        status = worst_day(w, s, scratch);
    park_arena_free(scratch);
    return status;
}

/* ---- over the seasons ---- */

static double carried_in(const work *w, const park_bound_profile *p)
{
    double sum = 0.0;
    for (size_t h = 0; h < H; h++)
        sum += park_bound_profile_total(w->b, p, h);
    return sum;
}

/* Oldest water, in the season that carries least. */
static park_status find_age(work *w)
{
    park_bound_day      day;
    park_bound_trace    trace;
    park_period_result *result;
    park_findings       ignored;
    int32_t             least   = -1;
    park_arena         *scratch = park_arena_new();
    w->r->age                   = PARK_ARRAY(w->arena, w->b->bound->net->node.count, double);
    for (size_t s = 0; s < w->r->seasons; s++)
        if (w->average[s].any &&
            (least < 0 || carried_in(w, &w->average[s]) < carried_in(w, &w->average[least])))
            least = (int32_t)s;
    w->r->age_season   = least;
    park_status status = scratch == NULL || w->r->age == NULL
                             ? PARK_FAIL(w->err, PARK_E_MEMORY, "not enough memory for ages")
                             : PARK_OK;
    if (status == PARK_OK && least >= 0) {
        park_findings_init(&ignored, scratch);
        status = park_bound_day_make(w->b, &w->average[least], scratch, &day, w->err);
        if (status == PARK_OK) {
            park_bound_day_span(w->b, &day, 0, AGE_DAYS * (int64_t)DAY);
            status = park_bound_day_march(w->b, &day, true, &ignored, scratch, &trace, &result, w->err);
        }
        if (status == PARK_OK)
            memcpy(w->r->age, trace.age, day.net.node.count * sizeof(double));
    }
    park_arena_free(scratch);
    return status;
}

static bool is_worst_of_node(const park_bound_result *r, const park_bound_lack *lack)
{
    for (size_t k = 0; k < r->lacks; k++)
        if (r->lack[k].node == lack->node && &r->lack[k] != lack &&
            (r->lack[k].lowest < lack->lowest || (r->lack[k].lowest == lack->lowest && &r->lack[k] < lack)))
            return false;
    return true;
}

/* The levels of tanks at an hour of a day that is made, spun up and marched; the day stays ready for more. */
static park_status levels_at(work *w, const park_bound_profile *p, size_t hour, park_arena *scratch,
                             park_bound_day *day, const double **level)
{
    park_bound_trace    trace;
    park_period_result *result;
    park_findings       ignored;
    park_findings_init(&ignored, scratch);
    PARK_TRY(park_bound_day_make(w->b, p, scratch, day, w->err));
    PARK_TRY(spin_up(w, day, scratch));
    PARK_TRY(park_bound_day_march(w->b, day, false, &ignored, scratch, &trace, &result, w->err));
    *level = trace.level + hour * day->net.tank.count;
    return PARK_OK;
}

/* The worst lack of every node is gone into: what more head and which pipes would hold it. */
static park_status one_remedy(work *w, park_bound_lack *lack, park_arena *scratch)
{
    int32_t        hour = w->r->season[lack->season].lowest_hour[lack->node];
    park_bound_day day;
    const double  *level;
    PARK_TRY(levels_at(w, &w->worst[lack->season], (size_t)hour, scratch, &day, &level));
    return park_bound_remedy(w->b, &day, level, hour, true, lack, w->arena, w->err);
}

static park_status remedies(work *w)
{
    park_status status = PARK_OK;
    for (size_t i = 0; i < w->r->lacks && status == PARK_OK; i++) {
        if (!is_worst_of_node(w->r, &w->r->lack[i]))
            continue;
        park_arena *scratch = park_arena_new();
        status              = scratch != NULL ? one_remedy(w, &w->r->lack[i], scratch)
                                              : PARK_FAIL(w->err, PARK_E_MEMORY, "not enough memory for a remedy");
        park_arena_free(scratch);
    }
    return status;
}

/* The season that holds the hour with the most carried water; -1: none has rows. */
static int32_t hardest_season(const work *w)
{
    int32_t best = -1;
    double  most = -INFINITY;
    for (size_t s = 0; s < w->r->seasons; s++) {
        double total = w->worst[s].any
                           ? park_bound_profile_total(w->b, &w->worst[s], (size_t)w->worst[s].worst_hour)
                           : -INFINITY;
        if (total > most) {
            most = total;
            best = (int32_t)s;
        }
    }
    return best;
}

static park_status one_failure(work *w, const park_network_failure *what, park_arena *scratch)
{
    park_bound_failure *f      = &w->r->failure[w->r->failures];
    int32_t             season = hardest_season(w);
    park_bound_profile  p      = {.flow = PARK_ARRAY(scratch, w->b->carried * H, double)};
    int64_t             begin;
    if (p.flow == NULL)
        return PARK_FAIL(w->err, PARK_E_MEMORY, "not enough memory for a failure");
    if (season < 0)
        return PARK_OK;
    int32_t then = what->from == INT64_MIN ? -1 : park_model_season_at(w->b->model, what->from);
    if (then >= 0 && w->average[then].any && !w->b->model->time.steady &&
        park_bound_profile_at(w->b, w->flows, what->from, &w->average[then], &p)) {
        season = then;
        begin  = what->from - p.start;
    } else {
        p     = w->worst[season];
        begin = (int64_t)p.worst_hour * 3600;
    }
    *f = (park_bound_failure){.what = what, .season = season, .start = p.start + begin};
    park_bound_day day;
    const double  *level;
    PARK_TRY(levels_at(w, &p, (size_t)(begin / 3600), scratch, &day, &level));
    PARK_TRY(park_bound_failure_solve(w->b, &day, level, begin, f, w->arena, w->err));
    for (size_t i = 0; i < w->r->nodes; i++)
        f->below += w->r->node[i].draws && f->lowest[w->r->node[i].node] < f->required - 1e-3;
    w->r->failures++;
    return PARK_OK;
}

static park_status failures(work *w)
{
    const park_bound_network *bound  = w->b->bound;
    park_status               status = PARK_OK;
    w->r->failure                    = PARK_ARRAY(w->arena, bound->failures, park_bound_failure);
    if (w->r->failure == NULL)
        return PARK_FAIL(w->err, PARK_E_MEMORY, "not enough memory for failures");
    for (size_t i = 0; w->settings->failures && i < bound->failures && status == PARK_OK; i++) {
        park_arena *scratch = park_arena_new();
        status              = scratch != NULL ? one_failure(w, &bound->failure[i], scratch)
                                              : PARK_FAIL(w->err, PARK_E_MEMORY, "not enough memory for a failure");
        park_arena_free(scratch);
    }
    return status;
}

/* ---- one network ---- */

static park_status network_solve(work *w)
{
    size_t S      = w->b->model->time.seasons;
    w->r->seasons = S;
    w->r->season  = PARK_ARRAY(w->arena, S, park_bound_season);
    w->r->lack    = PARK_ARRAY(w->arena, S * w->b->bound->binds, park_bound_lack);
    w->worst      = PARK_ARRAY(w->scratch, S, park_bound_profile);
    w->average    = PARK_ARRAY(w->scratch, S, park_bound_profile);
    w->told       = PARK_ARRAY(w->scratch, PARK_CODE_COUNT, bool);
    if (!w->r->season || !w->r->lack || !w->worst || !w->average || !w->told)
        return PARK_FAIL(w->err, PARK_E_MEMORY, "not enough memory for the seasons of a network");
    PARK_TRY(nodes_make(w));
    for (size_t s = 0; s < S; s++) {
        PARK_TRY(park_bound_profiles(w->b, w->flows, (int32_t)s, w->scratch, &w->worst[s], &w->average[s],
                                     w->err));
        if (w->worst[s].any)
            PARK_TRY(season_solve(w, s));
    }
    PARK_TRY(find_age(w));
    PARK_TRY(remedies(w));
    PARK_TRY(failures(w));
    park_bound_tell(w->b, w->r, w->findings);
    return PARK_OK;
}

park_status park_bound_run(const park_model *model, const park_bound_network *network, size_t count,
                           const park_bound_flows *flows, const park_bound_settings *settings,
                           park_findings *findings, park_arena *arena, park_bound_result **result,
                           park_error *err)
{
    *result = PARK_ARRAY(arena, count, park_bound_result);
    if (*result == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the networks of a park");
    for (size_t i = 0; i < count; i++) {
        park_bound_binding *b = NULL;
        work                w = {.flows    = flows,
                                 .settings = settings,
                                 .findings = findings,
                                 .arena    = arena,
                                 .scratch  = park_arena_new(),
                                 .r        = &(*result)[i],
                                 .err      = err};
        w.r->network          = &network[i];
        park_status status    = w.scratch == NULL
                                    ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a network")
                                    : park_bound_binding_make(model, &network[i], w.scratch, &b, err);
        w.b                   = b;
        if (status == PARK_OK)
            status = network_solve(&w);
        park_arena_free(w.scratch);
        if (status != PARK_OK)
            return status;
        if (settings->progress != NULL &&
            settings->progress(settings->progress_user, (double)(i + 1) / (double)count))
            return PARK_FAIL(err, PARK_E_CANCELLED, "interrupted while the networks were solved");
    }
    return PARK_OK;
}

/* ---- for the repair ---- */

static park_violation violation_of(const park_bound_result *r, const park_bound_lack *lack, const char *place)
{
    return (park_violation){.kind        = PARK_VIOLATION_PRESSURE,
                            .unit        = lack->unit,
                            .inlet       = -1,
                            .outlet      = -1,
                            .link        = lack->link,
                            .constituent = -1,
                            .season      = lack->season,
                            .worst       = lack->when,
                            .limit       = lack->required,
                            .promise     = NAN,
                            .simulated   = lack->lowest,
                            .mean        = r->season[lack->season].mean[lack->node],
                            .hours       = 1.0,
                            .share       = NAN,
                            .place       = place,
                            .draw_times  = lack->draw_times};
}

int64_t park_bound_violations(const park_bound_result *result, size_t count, park_arena *arena,
                              park_violation **violation)
{
    size_t most = 0, found = 0;
    for (size_t i = 0; i < count; i++)
        most += result[i].lacks;
    *violation = PARK_ARRAY(arena, most, park_violation);
    if (*violation == NULL)
        return -1;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < result[i].lacks; k++) {
            const park_bound_lack *lack = &result[i].lack[k];
            if (!lack->alternative || isnan(lack->draw_times) || lack->link < 0)
                continue;
            const char *place = park_arena_printf(arena, "%s.%s", result[i].network->id,
                                                  result[i].network->net->node.names.text[lack->node]);
            if (place == NULL)
                return -1;
            (*violation)[found++] = violation_of(&result[i], lack, place);
        }
    return (int64_t)found;
}
