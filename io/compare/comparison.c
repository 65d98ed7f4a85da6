#include "compare/comparison.h"

#include "compare/together.h"
#include "run_names.h"

#include <math.h>
#include <string.h>

static const double YEAR    = 31536000.0; /* 365 d [s] */
static const double OPPOSED = 1e-4;       /* changes of a rate, or of intake relative, that are told */
static const double SHARE   = 0.2;        /* of the swings */
enum { YEARS_MOST = 60 };

park_label park_stream_label(park_stream stream)
{
    static const park_label LABEL[PARK_STREAMS] = {
        [PARK_STREAM_WATER] = {.zh = "取水与购水（含水资源税）", .en = "water taken and bought, with tax"},
        [PARK_STREAM_DISCHARGE]   = {.zh = "排水费、污水处理费", .en = "sewage fee"},
        [PARK_STREAM_ENVIRONMENT] = {.zh = "环境保护税", .en = "environmental tax"},
        [PARK_STREAM_TREATMENT] = {.zh = "处理运行（不含电）", .en = "treatment without electricity"},
        [PARK_STREAM_ENERGY]    = {.zh = "电费", .en = "electricity"},
        [PARK_STREAM_CARBON]    = {.zh = "碳成本", .en = "carbon"},
        [PARK_STREAM_RETROFIT]  = {.zh = "改造措施运行", .en = "running of retrofits"},
        [PARK_STREAM_OTHER]     = {.zh = "其他", .en = "other"}};
    return LABEL[stream];
}

park_stream park_stream_of(park_cost_line_kind kind)
{
    switch (kind) {
    case PARK_COST_WATER:
    case PARK_COST_WATER_TAX:
        return PARK_STREAM_WATER;
    case PARK_COST_DISCHARGE:
        return PARK_STREAM_DISCHARGE;
    case PARK_COST_ENVIRONMENT_TAX:
        return PARK_STREAM_ENVIRONMENT;
    case PARK_COST_TREATMENT:
    case PARK_COST_CHEMICALS:
    case PARK_COST_RESIDUES:
        return PARK_STREAM_TREATMENT;
    case PARK_COST_ENERGY:
        return PARK_STREAM_ENERGY;
    case PARK_COST_CARBON:
        return PARK_STREAM_CARBON;
    case PARK_COST_RETROFIT:
        return PARK_STREAM_RETROFIT;
    default:
        return PARK_STREAM_OTHER;
    }
}

const char *park_swing_word(const park_swing *swing)
{
    static const char *const STREAM[PARK_STREAMS] = {[PARK_STREAM_WATER]       = "water",
                                                     [PARK_STREAM_DISCHARGE]   = "discharge",
                                                     [PARK_STREAM_ENVIRONMENT] = "environmental_tax",
                                                     [PARK_STREAM_TREATMENT]   = "treatment",
                                                     [PARK_STREAM_ENERGY]      = "energy",
                                                     [PARK_STREAM_CARBON]      = "carbon",
                                                     [PARK_STREAM_RETROFIT]    = "retrofit",
                                                     [PARK_STREAM_OTHER]       = "other"};
    static const char *const OF[]                 = {[PARK_SWING_CAPITAL]  = "capital",
                                                     [PARK_SWING_GAIN]     = "gain",
                                                     [PARK_SWING_DISCOUNT] = "discount",
                                                     [PARK_SWING_YEARS]    = "years"};
    return swing->of == PARK_SWING_STREAM ? STREAM[swing->stream] : OF[swing->of];
}

static double year(const double *values, size_t seasons, size_t stride, size_t at)
{
    double sum = 0.0;
    for (size_t s = 0; s < seasons; s++)
        sum += values[s * stride + at];
    return sum;
}

/* ---- one run ---- */

/* First use by origin, as the park's volumes count it: what reached a sink unused is not taken. */
static void sources(park_compared *c)
{
    const park_model  *m = c->model;
    const park_ledger *g = c->ledger;
    for (size_t l = 0; l < m->links; l++) {
        const park_unit_info *from = &m->unit[m->link[l].from], *to = &m->unit[m->link[l].to];
        if (from->role == PARK_SOURCE && from->origin < PARK_ORIGIN_NONE &&
            m->outlet[m->link[l].outlet].role == PARK_OUT_PRODUCT && to->role != PARK_SINK)
            c->taken[from->origin] += year(g->link_water, g->seasons, g->links, l);
        if (to->role == PARK_SINK && from->role != PARK_SOURCE)
            for (size_t s = 0; s < g->seasons; s++)
                for (int o = PARK_ORIGIN_RECLAIMED_MUNICIPAL; o <= PARK_ORIGIN_RAIN; o++)
                    if (o != PARK_ORIGIN_RECLAIMED_PARK) {
                        size_t at = s * g->links + l;
                        c->taken[o] -=
                            g->link_water[at] * g->link_first_share[at * PARK_ORIGIN_NONE + (size_t)o];
                    }
    }
}

static bool reaches_sink(const park_model *m, const park_ledger *g, int32_t outlet)
{
    for (size_t l = 0; l < m->links; l++)
        if (m->link[l].outlet == outlet && m->unit[m->link[l].to].role == PARK_SINK &&
            year(g->link_water, g->seasons, g->links, l) > 0.0)
            return true;
    return false;
}

static park_status concentrates(park_compared *c, park_arena *arena, park_error *err)
{
    const park_model  *m = c->model;
    const park_ledger *g = c->ledger;
    size_t             C = m->constituents;
    c->concentrate       = PARK_ARRAY(arena, m->outlets + 1, park_concentrate);
    if (c->concentrate == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for concentrates");
    for (size_t k = 0; k < m->outlets; k++) {
        double water = year(g->outlet_water, g->seasons, g->outlets, k);
        if (m->outlet[k].role != PARK_OUT_REJECT || !(water > 0.0))
            continue;
        park_concentrate *to = &c->concentrate[c->concentrates++];
        *to                  = (park_concentrate){.unit   = m->outlet[k].unit,
                                                  .water  = water,
                                                  .mass   = PARK_ARRAY(arena, C + 1, double),
                                                  .leaves = reaches_sink(m, g, (int32_t)k)};
        if (to->mass == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "no memory for concentrates");
        for (size_t i = 0; i < C; i++)
            to->mass[i] = year(g->outlet_mass, g->seasons, g->outlets * C, k * C + i);
        double in = 0.0;
        for (size_t l = 0; l < m->links; l++)
            if (m->link[l].to == to->unit)
                in += year(g->link_water, g->seasons, g->links, l);
        to->share = in > 0.0 ? water / in : NAN;
    }
    return PARK_OK;
}

static park_status facts(park_compared *c, park_arena *arena, park_error *err)
{
    const park_running *r = c->run->record.running;
    PARK_TRY(park_volumes_of(c->model, c->ledger, PARK_BOUNDARY_PARK, PARK_NONE, &c->volumes, err));
    PARK_TRY(park_consolidate(c->model, c->ledger, &c->consolidation, err));
    for (size_t i = 0; i < r->lines; i++) {
        c->running[park_stream_of(r->line[i].kind)] += r->line[i].yearly;
        c->running_sum += r->line[i].yearly;
    }
    c->energy                          = r->energy;
    c->carbon                          = r->carbon;
    c->investment                      = c->run->record.design != NULL ? c->run->design.investment : 0.0;
    c->intake[PARK_BASIS_CONVENTIONAL] = c->volumes.vi_conventional;
    c->intake[PARK_BASIS_ALL_SOURCES]  = c->volumes.vf;
    c->saved[0] = c->saved[1] = 0.0;
    sources(c);
    return concentrates(c, arena, err);
}

/* ---- against the present (K15)-(K17) ---- */

static size_t add_outlays(const park_compared *c, double sign, park_outlay *outlay)
{
    const park_design *d = c->run->record.design;
    size_t             n = 0;
    for (size_t i = 0; d != NULL && i < d->cost_lines; i++)
        if (d->cost[i].capital > 0.0)
            outlay[n++] = (park_outlay){.capital = sign * d->cost[i].capital,
                                        .life    = c->run->running.life[i] / YEAR,
                                        .year    = c->run->running.year[i]};
    return n;
}

static size_t lines_of(const park_compared *c)
{
    return c->run->record.design != NULL ? c->run->design.cost_lines : 0;
}

static park_status judge(const park_comparison *all, park_compared *c, park_arena *arena, park_error *err)
{
    const park_compared *base   = &all->run[all->present];
    park_outlay         *outlay = PARK_ARRAY(arena, lines_of(c) + lines_of(base) + 1, park_outlay);
    double               gain[PARK_STREAMS];
    if (outlay == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for a proposal");
    park_proposal p = {.start = 1, .years = all->years, .discount = all->discount, .outlay = outlay};
    p.outlays       = add_outlays(c, 1.0, outlay);
    p.outlays += add_outlays(base, -1.0, outlay + p.outlays);
    for (size_t i = 0; i < p.outlays; i++)
        p.start = outlay[i].year + 1 > p.start ? outlay[i].year + 1 : p.start;
    for (int k = 0; k < PARK_STREAMS; k++)
        gain[k] = base->running[k] - c->running[k];
    for (int b = 0; b < 2; b++)
        c->saved[b] = base->intake[b] - c->intake[b];
    p.streams = PARK_STREAMS;
    p.gain    = gain;
    p.saved   = c->saved[all->basis];
    PARK_TRY(park_proposal_judge(&p, arena, &c->merit, err));
    return park_proposal_swings(&p, SHARE, arena, c->swing, &c->swings, err);
}

/* Who reads the rate alone would take a saving for a loss, or a loss for a saving. */
static void opposed(const park_comparison *all, const park_compared *c, park_findings *findings)
{
    const park_compared  *base = &all->run[all->present];
    const park_indicator *was =
                             park_indicator_find(base->indicators, "reuse_rate", PARK_NONE, all->basis, true),
                         *is = park_indicator_find(c->indicators, "reuse_rate", PARK_NONE, all->basis, true);
    double share = base->intake[all->basis] > 0.0 ? c->saved[all->basis] / base->intake[all->basis] : NAN;
    if (was == NULL || is == NULL || !(fabs(share) > OPPOSED) || !(fabs(is->value - was->value) > OPPOSED) ||
        (share > 0.0) == (is->value > was->value))
        return;
    if (share > 0.0)
        park_finding_add(
            findings, PARK_W0809, PARK_WARNING, NULL,
            "%s takes %.2f %% less water than %s though its reuse rate falls from %.2f %% to %.2f %%: "
            "repeated use falls "
            "faster than intake, as when dry cooling takes the place of a tower; judge it by its intake",
            "%1$s 的取水量比 %3$s 少 %2$.2f %%，而重复利用率由 %4$.2f %% 降至 %5$.2f "
            "%%：重复利用量比取水量降得更快（如空冷替代湿冷），应以取水量判断",
            c->name, 100.0 * share, base->name, 100.0 * was->value, 100.0 * is->value);
    else
        park_finding_add(findings, PARK_W0809, PARK_WARNING, NULL,
                         "%s takes %.2f %% more water than %s though its reuse rate rises from %.2f %% to "
                         "%.2f %%: more circulates, "
                         "which saves nothing; judge it by its intake",
                         "%1$s 的取水量比 %3$s 多 %2$.2f %%，而重复利用率由 %4$.2f %% 升至 %5$.2f "
                         "%%：循环水量增加并不节水，应以取水量判断",
                         c->name, -100.0 * share, base->name, 100.0 * was->value, 100.0 * is->value);
}

static void choose_account(const park_comparison *all, park_compared *c)
{
    const park_run_record *r = &c->run->record;
    c->simulated             = all->simulated;
    c->ledger                = c->simulated ? r->simulation->ledger : r->design->ledger;
    c->closure               = c->simulated ? &r->simulation->closure : &r->design->closure;
    c->indicators            = c->simulated ? r->simulated : r->promised;
}

park_status park_comparison_make(const park_comparison_wish *wish, park_arena *arena, park_findings *findings,
                                 park_comparison *all, park_error *err)
{
    const park_model *base   = &wish->run[wish->present].model;
    size_t            before = findings->errors;
    *all                     = (park_comparison){.count      = wish->count,
                                                 .run        = PARK_ARRAY(arena, wish->count, park_compared),
                                                 .present    = wish->present,
                                                 .plan       = wish->plan,
                                                 .quotas     = wish->quotas,
                                                 .findings   = findings,
                                                 .basis      = base->accounting.intake,
                                                 .discount   = base->economics.discount,
                                                 .price_year = base->economics.price_year};
    if (all->run == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the comparison");
    all->years     = (int32_t)fmin(YEARS_MOST, fmax(1.0, round(base->economics.life / YEAR)));
    all->simulated = park_runs_together(wish, findings);
    if (findings->errors > before)
        return PARK_FAIL(err, PARK_E_INPUT, "the runs cannot be compared");
    for (size_t i = 0; i < wish->count; i++) {
        park_compared *c = &all->run[i];
        *c               = (park_compared){.name  = wish->name[i],
                                           .run   = &wish->run[i],
                                           .model = &wish->run[i].model,
                                           .part  = i == wish->present         ? PARK_PART_PRESENT
                                                    : (int32_t)i == wish->plan ? PARK_PART_PLAN
                                                                               : PARK_PART_PROPOSAL};
        choose_account(all, c);
        PARK_TRY(facts(c, arena, err));
    }
    for (size_t i = 0; i < wish->count; i++)
        if (i != wish->present)
            PARK_TRY(judge(all, &all->run[i], arena, err));
    for (size_t i = 0; i < wish->count; i++)
        if (i != wish->present)
            opposed(all, &all->run[i], findings);
    return PARK_OK;
}

const park_indicator *park_compared_indicator(const park_compared *c, const char *text, park_arena *arena)
{
    for (size_t i = 0; i < c->indicators->count; i++) {
        const char *own = park_indicator_text(arena, c->model, &c->indicators->item[i]);
        if (own != NULL && strcmp(own, text) == 0)
            return &c->indicators->item[i];
    }
    return NULL;
}

bool park_compared_arriving(const park_compared *c, const char *inlet, const char *constituent,
                            park_arena *arena, park_arriving *to)
{
    const park_model  *m = c->model;
    const park_ledger *g = c->ledger;
    int32_t            k = park_model_constituent(m, constituent), at = PARK_NONE;
    for (size_t i = 0; i < m->inlets && at < 0; i++)
        if (strcmp(park_run_inlet(arena, m, (int32_t)i), inlet) == 0)
            at = (int32_t)i;
    if (k < 0 || at < 0)
        return false;
    size_t C     = m->constituents;
    double water = 0.0, mass = 0.0, worst = NAN;
    for (size_t s = 0; s < g->seasons; s++) {
        double w = 0.0, x = 0.0;
        for (size_t l = 0; l < g->links; l++)
            if (m->link[l].inlet == at) {
                w += g->link_water[s * g->links + l];
                x += g->link_mass[(s * g->links + l) * C + (size_t)k];
            }
        water += w;
        mass += x;
        if (w > 0.0)
            worst = fmax(isnan(worst) ? x / w : worst, x / w);
    }
    to->mean = water > 0.0 ? mass / water : NAN;
    to->worst =
        c->simulated && water > 0.0 ? c->run->simulation.inlet_peak[(size_t)at * C + (size_t)k] : worst;
    to->limit = m->inlet[at].limit != NULL ? m->inlet[at].limit[k] : INFINITY;
    return true;
}
