/*
 * The optimum against a second method: parks of three users, two treatments in steps and two retrofits, drawn by a seed. Every
 * combination of retrofits and sizes, in each a grid of promised qualities; with qualities promised (nobody's outlet is worse
 * than promised) the flows are a linear program, and what it answers is a plan. From the better grid points the
 * promises are moved at random while that wins. No branching, no relaxation, no code of the optimizer but the linear programs.
 */
#include "park_fixture.h"

#include "base/random.h"
#include "numerics/lp.h"
#include "units/sinks/sink.h"
#include "units/sources/source.h"
#include "units/treatments/treatment.h"
#include "units/users/process.h"

#include <parkwater/design.h>

enum { USERS = 3, PLANTS = 2, OUTLETS = USERS + PLANTS, SEEDS = 10, LINKS_MOST = 64 };
static const char *const NAMES[] = {"COD"};
static const double      HOURS   = 8760.0;

/* In m3/h, mg/L, g/h and CNY/h. Nodes: users, plants, the river, the outfall. */
enum { RIVER = OUTLETS, OUTFALL, NODES };
typedef struct tiny {
    double flow[USERS], load[USERS], limit[USERS],
        looser[USERS];      /* the inlet's limit, and what a retrofit makes of it */
    double retrofit[USERS]; /* CNY/h */
    double removal[PLANTS], opex[PLANTS], step[PLANTS], capital[PLANTS][3];
    double price, clean, drain, outlet_limit;
    int    links, from[LINKS_MOST], to[LINKS_MOST];
} tiny;

static double between(park_random *r, double lo, double hi)
{
    return lo + (hi - lo) * park_random_uniform(r);
}

static const double SCALE = 40000.0, EXPONENT = 0.7, FACTOR = 0.1; /* CNY at 1 m3/h; of the capital a year */

static tiny draw(uint64_t seed)
{
    park_random r = park_random_start(seed, 7, 0);
    tiny        t = {.price        = between(&r, 1.0, 4.0),
                     .clean        = between(&r, 0.0, 20.0),
                     .drain        = between(&r, 0.0, 2.0),
                     .outlet_limit = between(&r, 40.0, 120.0)};
    for (int u = 0; u < USERS; u++) {
        t.flow[u]     = floor(between(&r, 20.0, 120.0));
        t.load[u]     = floor(t.flow[u] * between(&r, 50.0, 300.0));
        t.limit[u]    = between(&r, 25.0, 200.0);
        t.looser[u]   = t.limit[u] * between(&r, 1.2, 2.5);
        t.retrofit[u] = between(&r, 2.0, 30.0);
    }
    for (int p = 0; p < PLANTS; p++) {
        t.removal[p] = between(&r, 0.6, 0.97);
        t.opex[p]    = between(&r, 0.1, 1.5);
        t.step[p]    = floor(between(&r, 50.0, 110.0));
        for (int k = 1; k < 3; k++)
            t.capital[p][k] = FACTOR * SCALE * pow(k * t.step[p], EXPONENT) / HOURS;
    }
    return t;
}

/* ---- by the optimizer --------------------------------------------------------------------------------------------------- */

static park_design *optimized(tiny *t, park_arena *arena)
{
    static park_retrofit retrofit[2];
    static park_change   change[2];
    park_findings        findings;
    park_error           err   = {0};
    park_draft          *draft = draft_with(arena, NAMES, 1);
    park_design_settings settings;
    park_design         *design = NULL;
    int32_t              node[NODES];
    char                 id[] = "u0";
    park_findings_init(&findings, arena);
    draft->candidates              = PARK_CANDIDATES_ALL;
    draft->economics.hours         = HOURS * 3600.0;
    draft->economics.annual_factor = FACTOR / (HOURS * 3600.0);
    draft->law.dilution_forbidden  = true;
    for (int u = 0; u < USERS; u++) {
        id[0] = 'u', id[1] = (char)('0' + u);
        node[u]         = add_unit(draft, PARK_USER, "process", park_arena_text(arena, id, 2));
        park_process *p = params_of(draft, node[u]);
        p->demand.flow  = (park_series){t->flow[u] * M3_H, -1};
        p->adds[0] = t->load[u] * 1e-3 * KG_H, p->inlet[0] = t->limit[u] * MG_L;
    }
    for (int p = 0; p < PLANTS; p++) {
        id[0] = 't', id[1] = (char)('0' + p);
        node[USERS + p]     = add_unit(draft, PARK_TREATMENT, "removal", park_arena_text(arena, id, 2));
        park_treatment *way = params_of(draft, node[USERS + p]);
        way->removal[0] = t->removal[p], way->opex = t->opex[p];
        way->capex    = (park_capex){.scale = SCALE, .reference = 1.0 * M3_H, .exponent = EXPONENT};
        way->capacity = (park_range){t->step[p] * M3_H, 2.0 * t->step[p] * M3_H, t->step[p] * M3_H};
    }
    node[RIVER]        = add_unit(draft, PARK_SOURCE, "surface", "river");
    park_source *river = params_of(draft, node[RIVER]);
    river->price = t->price, river->quality[0] = t->clean * MG_L;
    node[OUTFALL]         = add_unit(draft, PARK_SINK, "outfall", "out");
    park_sink_params *out = params_of(draft, node[OUTFALL]);
    out->price = t->drain, out->limits[0] = t->outlet_limit * MG_L;
    for (int i = 0; i < 2; i++) {
        change[i] = (park_change){
            .unit = node[i], .constituent = 0, .op = PARK_CHANGE_SET, .value = t->looser[i] * MG_L};
        for (const park_field *f = draft->unit[node[i]].fields; f->word != NULL; f++)
            if (strcmp(f->word, "inlet") == 0)
                change[i].field = f, change[i].offset = f->offset;
        retrofit[i] = (park_retrofit){.id         = i == 0 ? "first" : "second",
                                      .applies_to = node[i],
                                      .changes    = 1,
                                      .change     = &change[i],
                                      .opex       = t->retrofit[i] / 3600.0,
                                      .life       = NAN};
    }
    draft->retrofit = retrofit, draft->retrofits = 2;
    CHECK(stands(draft, &findings, false));
    t->links = 0;
    for (size_t l = 0; l < draft->links && t->links < LINKS_MOST; l++) {
        int from = -1, to = -1;
        for (int n = 0; n < NODES; n++) {
            from = draft->link[l].from == node[n] ? n : from;
            to   = draft->link[l].to == node[n] ? n : to;
        }
        if (from >= 0 && to >= 0 && (from != RIVER || to < USERS)) /* clean water goes to users alone */
            t->from[t->links] = from, t->to[t->links++] = to;
    }
    CHECK(t->links > 20 && t->links < LINKS_MOST);
    park_design_settings_default(&settings);
    settings.gap = 1e-4;
    CHECK(park_design_solve(draft, &settings, arena, &design, &findings, &err) == PARK_OK);
    return design;
}

/* ---- by enumeration ------------------------------------------------------------------------------------------------------ */

/* What is held in one linear program. */
typedef struct held {
    const tiny   *t;
    const double *limit; /* [USERS] */
    int           size[PLANTS];
    double        promise[OUTLETS + 1]; /* mg/L; the river's behind */
} held;

static void add_row(park_lp *lp, double lo, double hi, int count, const int32_t *index, const double *value)
{
    CHECK(park_lp_add_row(lp, lo, hi, (size_t)count, index, value, NULL) == PARK_OK);
}

/* Rows of node n: what arrives, what leaves, what it carries. */
static void node_rows(park_lp *lp, const held *h, int n)
{
    const tiny *t = h->t;
    int32_t     in[LINKS_MOST], out[LINKS_MOST];
    double      ones[LINKS_MOST], value[LINKS_MOST];
    int         ins = 0, outs = 0;
    for (int l = 0; l < t->links; l++) {
        ones[l] = 1.0;
        if (t->to[l] == n)
            in[ins++] = l;
        if (t->from[l] == n)
            out[outs++] = l;
    }
    if (n < USERS) {
        add_row(lp, t->flow[n], t->flow[n], ins, in, ones);
        add_row(lp, t->flow[n], t->flow[n], outs, out, ones);
        for (int k = 0; k < ins; k++)
            value[k] = h->promise[t->from[in[k]]];
        add_row(lp, -INFINITY, t->flow[n] * fmin(h->limit[n], h->promise[n] - t->load[n] / t->flow[n]), ins,
                in, value);
        return;
    }
    double keep = n < OUTLETS ? 1.0 - t->removal[n - USERS] : 1.0,
           most = n < OUTLETS ? h->promise[n] : t->outlet_limit;
    for (int k = 0; k < ins; k++)
        value[k] = keep * h->promise[t->from[in[k]]] - most;
    add_row(lp, -INFINITY, 0.0, ins, in, value);
    if (n == OUTFALL)
        return;
    add_row(lp, -INFINITY, h->size[n - USERS] * t->step[n - USERS], ins, in, ones);
    for (int k = 0; k < outs; k++)
        in[ins] = out[k], ones[ins++] = -1.0;
    add_row(lp, 0.0, 0.0, ins, in, ones);
}

/* The cheapest flows for the promises, CNY/h; INFINITY: none. */
static double flows_for(const held *h, double flow[LINKS_MOST])
{
    const tiny *t              = h->t;
    double      lo[LINKS_MOST] = {0}, hi[LINKS_MOST], cost[LINKS_MOST], value = INFINITY;
    park_lp    *lp = park_lp_new();
    for (int l = 0; l < t->links; l++) {
        hi[l]   = 1000.0;
        cost[l] = (t->from[l] == RIVER ? t->price : 0.0) + (t->to[l] == OUTFALL ? t->drain : 0.0) +
                  (t->to[l] >= USERS && t->to[l] < OUTLETS ? t->opex[t->to[l] - USERS] : 0.0);
    }
    CHECK(park_lp_load(lp, 0, (size_t)t->links, NULL, NULL, NULL, NULL, NULL, lo, hi, cost, NULL) == PARK_OK);
    for (int n = 0; n < NODES; n++)
        if (n != RIVER)
            node_rows(lp, h, n);
    if (park_lp_solve(lp, NULL, 0) == PARK_LP_OPTIMAL) {
        memcpy(flow, park_lp_primal(lp), (size_t)t->links * sizeof *flow);
        value = park_lp_objective(lp);
    }
    park_lp_free(lp);
    return value;
}

/* The qualities that follow from flows, from below. */
static void qualities(const tiny *t, const double *flow, double conc[OUTLETS + 1])
{
    for (int n = 0; n < OUTLETS; n++)
        conc[n] = 0.0;
    conc[RIVER] = t->clean;
    for (int pass = 0; pass < 400; pass++)
        for (int n = 0; n < OUTLETS; n++) {
            double mass = n < USERS ? t->load[n] : 0.0, water = 0.0;
            for (int l = 0; l < t->links; l++)
                if (t->to[l] == n)
                    mass += flow[l] * conc[t->from[l]], water += flow[l];
            if (water > 1e-9)
                conc[n] = mass * (n < USERS ? 1.0 : 1.0 - t->removal[n - USERS]) / water;
        }
}

/* From one grid point: the linear program, then again with what it kept, while it falls. */
static double settle(held *h, double best)
{
    double flow[LINKS_MOST], conc[OUTLETS + 1], value = flows_for(h, flow);
    for (int pass = 0; pass < 12 && value < best * 1.06; pass++) {
        qualities(h->t, flow, conc);
        for (int n = 0; n < OUTLETS; n++)
            if (conc[n] > 0.0)
                h->promise[n] = conc[n] * (1.0 + 1e-10);
        double next = flows_for(h, flow);
        if (!(next < value - 1e-7 * value))
            break;
        value = next;
    }
    return value;
}

/* The best few grid points of one choice. */
enum { FEW = 4 };
typedef struct places {
    double value[FEW];
    held   at[FEW];
} places;

static void remember(places *best, double value, const held *h)
{
    int k = FEW - 1;
    if (!(value < best->value[k]))
        return;
    for (; k > 0 && value < best->value[k - 1]; k--)
        best->value[k] = best->value[k - 1], best->at[k] = best->at[k - 1];
    best->value[k] = value, best->at[k] = *h;
}

/* From one place: promises moved at random, by less where nothing is won. */
static double explore(held *h, double value, park_random *r)
{
    double flow[LINKS_MOST], radius = 0.3;
    for (int lost = 0; radius > 0.004;) {
        held next = *h;
        for (int n = 0; n < OUTLETS; n++)
            next.promise[n] *= exp(radius * (park_random_uniform(r) + park_random_uniform(r) - 1.0));
        double there = flows_for(&next, flow);
        if (there < value - 1e-9) {
            *h = next, value = there, lost = 0;
            radius = fmin(1.5 * radius, 0.3);
        } else if (++lost == 12) {
            radius *= 0.6, lost = 0;
        }
    }
    return value;
}

/* Every grid of promises for one choice of limits and sizes. */
static double best_for(const tiny *t, const double *limit, const int size[PLANTS], double fixed, double best,
                       park_random *r)
{
    enum { LEVELS = 3, POINTS = LEVELS * LEVELS * LEVELS * LEVELS * LEVELS };
    places few      = {.value = {INFINITY, INFINITY, INFINITY, INFINITY}};
    double dirtiest = 0.0;
    for (int u = 0; u < USERS; u++)
        dirtiest = fmax(dirtiest, limit[u] + t->load[u] / t->flow[u]);
    for (int point = 0; point < POINTS; point++) {
        held h    = {.t = t, .limit = limit, .size = {size[0], size[1]}};
        bool same = false; /* of a plant that is not built one level says all */
        for (int n = 0, code = point; n < OUTLETS; n++, code /= LEVELS) {
            double share = (code % LEVELS + 0.0) / (LEVELS - 1);
            if (n < USERS)
                h.promise[n] = t->load[n] / t->flow[n] + t->clean + share * fmax(limit[n] - t->clean, 0.0);
            else
                h.promise[n] = (1.0 - t->removal[n - USERS]) * dirtiest * (0.25 + 0.75 * share);
            same = same || (n >= USERS && size[n - USERS] == 0 && code % LEVELS > 0);
        }
        h.promise[RIVER] = t->clean;
        if (!same)
            remember(&few, settle(&h, best - fixed), &h);
    }
    for (int k = 0; k < FEW && few.value[k] + fixed < 1.3 * best; k++)
        if (isfinite(few.value[k]))
            best = fmin(best, fixed + explore(&few.at[k], few.value[k], r));
    return best;
}

static double enumerated(const tiny *t)
{
    double      best = INFINITY;
    park_random r    = park_random_start(1, 1, 0);
    for (int code = 0; code < 4 * 9; code++) {
        int    set = code % 4, size[PLANTS] = {code / 4 % 3, code / 12};
        double limit[USERS], fixed          = t->capital[0][size[0]] + t->capital[1][size[1]];
        for (int u = 0; u < USERS; u++)
            limit[u] = t->limit[u];
        for (int i = 0; i < 2; i++)
            if (set >> i & 1)
                limit[i] = t->looser[i], fixed += t->retrofit[i];
        best = best_for(t, limit, size, fixed, best, &r);
    }
    return best;
}

/* No plan of the enumeration is below the bound or, but for the gap, below the objective; and the enumeration comes near to
 * the objective from above: 0 to 0.6 %, once 2.4 % (a loop that closes only just). */
static void enumeration_finds_nothing_better(void)
{
    int built = 0, taken = 0, without = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        park_arena  *arena = park_arena_new();
        tiny         t     = draw(seed);
        park_design *d     = optimized(&t, arena);
        double       best  = enumerated(&t);
        if (d->link_flow == NULL) {
            CHECK(d->status == PARK_DESIGN_INFEASIBLE && isinf(best));
            without++;
            park_arena_free(arena);
            continue;
        }
        CHECK(d->status == PARK_DESIGN_OPTIMAL);
        double found = d->objective / HOURS, bound = d->bound / HOURS;
        CHECK(bound <= best * (1.0 + 1e-7));
        CHECK(found <= best * (1.0 + 1.01e-4));
        CHECK(found >= best * (1.0 - 0.03));
        if (!(bound <= best * (1.0 + 1e-7)) || fabs(found - best) > 1e-3 * best)
            printf("  seed %d: objective %.6f, bound %.6f, enumeration %.6f\n", (int)seed, found, bound,
                   best);
        for (int i = 0; i < 2; i++)
            taken += d->retrofit[i] ? 1 : 0, built += d->unit_size[USERS + i] > 0.0 ? 1 : 0;
        park_arena_free(arena);
    }
    CHECK(built > 0 && built < 2 * SEEDS && taken > 0 && taken < 2 * SEEDS && without < SEEDS / 2);
}

int main(void)
{
    RUN(enumeration_finds_nothing_better);
    return park_test_done();
}
