/*
 * Many retrofits of one unit, by hand and against every combination solved by itself: those that add up are told one by one, those
 * that do not are asked for together. Water costs 2 CNY/m3, what drains 1 CNY/m3.
 */
#include "park_fixture.h"

#include "base/random.h"
#include "design/factors.h"
#include "design/merge.h"
#include "design/solve.h"
#include "units/sinks/sink.h"
#include "units/sources/source.h"
#include "units/treatments/treatment.h"
#include "units/users/cooling_tower.h"
#include "units/users/process.h"

static const char *const NAMES[] = {"COD"};
static const double      HOURS = 8760.0, YEAR = 31536000.0;

enum { COD, COUNT, MOST = 64 };

typedef struct bench {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    park_error    err;
    int32_t       works, out;

    park_design_settings settings; /* of merged programs */
} bench;

/* Works that draw `flow` m3/h of the river, add `load` kg/h of COD and drain to an outfall with a limit [mg/L]. */
static bench bench_new(double flow, double load, double limit)
{
    bench b = {.arena = park_arena_new()};
    park_findings_init(&b.findings, b.arena);
    b.draft                  = draft_with(b.arena, NAMES, COUNT);
    b.draft->candidates      = PARK_CANDIDATES_ALL;
    b.draft->economics.hours = HOURS * 3600.0;
    b.draft->retrofit        = PARK_ARRAY(b.arena, MOST, park_retrofit);
    park_source *river       = params_of(b.draft, add_unit(b.draft, PARK_SOURCE, "surface", "river"));
    river->price             = 2.0;
    river->quality[COD]      = 0.0;
    b.works                  = add_unit(b.draft, PARK_USER, "process", "works");
    park_process *works      = params_of(b.draft, b.works);
    works->demand.flow       = (park_series){flow * M3_H, -1};
    works->adds[COD]         = load * KG_H;
    works->inlet[COD]        = 5.0 * MG_L;
    b.out                    = add_unit(b.draft, PARK_SINK, "outfall", "out");
    park_sink_params *out    = params_of(b.draft, b.out);
    out->price = 1.0, out->limits[COD] = limit * MG_L;
    return b;
}

static park_change change_of(const bench *b, int32_t unit, const char *word, park_change_op op, double value)
{
    park_change change = {.unit = unit, .constituent = -1, .op = op, .value = value};
    for (const park_field *f = b->draft->unit[unit].fields; f->word != NULL; f++)
        if (strcmp(f->word, word) == 0) {
            change.field = f, change.offset = f->offset;
            if (f->shape == PARK_SHAPE_BY_CONSTITUENT || f->shape == PARK_SHAPE_OUTLET_QUALITY)
                change.constituent = COD;
        }
    CHECK(change.field != NULL);
    return change;
}

/* One change, or two of one retrofit. */
static park_retrofit *retrofit(bench *b, double opex, park_change one, const park_change *two)
{
    park_retrofit *r      = &b->draft->retrofit[b->draft->retrofits];
    park_change   *change = PARK_ARRAY(b->arena, 2, park_change);
    change[0]             = one;
    if (two != NULL)
        change[1] = *two;
    *r = (park_retrofit){.id         = park_arena_printf(b->arena, "r%d", (int)b->draft->retrofits),
                         .applies_to = b->works,
                         .changes    = two != NULL ? 2 : 1,
                         .change     = change,
                         .opex       = opex / YEAR,
                         .life       = NAN};
    b->draft->retrofits++;
    return r;
}

static park_design *solved(bench *b, double gap, park_choosing how)
{
    park_design         *design = NULL;
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.gap = gap, settings.choosing = how, settings.work_limit = 3000000;
    if (!b->draft->frozen && !stands(b->draft, &b->findings, false))
        exit(1);
    CHECK(park_design_solve(b->draft, &settings, b->arena, &design, &b->findings, &b->err) == PARK_OK);
    CHECK_TEXT(b->err.message, "");
    if (design == NULL)
        exit(1);
    return design;
}

static park_merge *merged(bench *b)
{
    park_sites *sites;
    park_merge *merge;
    park_design_settings_default(&b->settings);
    if (!b->draft->frozen && !stands(b->draft, &b->findings, false))
        exit(1);
    CHECK(park_sites_make(b->draft, &b->settings, 3.0, b->arena, &sites, &b->err) == PARK_OK);
    CHECK(park_merge_make(sites, 3.0, b->arena, &merge, &b->err) == PARK_OK);
    return merge;
}

/* ---- by hand: every subset of what changes flow and load ------------------------------------------------------------------- */

typedef struct effect {
    double flow, load, times; /* added [m3/h], [kg/h]; the load's factor */
    double cost;              /* [CNY/a] */
} effect;

static void add_effects(bench *b, const effect *e, int count)
{
    for (int i = 0; i < count; i++) {
        park_change flow  = change_of(b, b->works, "demand", PARK_CHANGE_ADD, e[i].flow * M3_H),
                    load  = change_of(b, b->works, "adds", PARK_CHANGE_ADD, e[i].load * KG_H),
                    times = change_of(b, b->works, "adds", PARK_CHANGE_TIMES, e[i].times);
        if (e[i].times != 1.0)
            retrofit(b, e[i].cost, times, NULL);
        else if (e[i].flow != 0.0 && e[i].load != 0.0)
            retrofit(b, e[i].cost, flow, &load);
        else
            retrofit(b, e[i].cost, e[i].flow != 0.0 ? flow : load, NULL);
    }
}

/* 3 CNY for each m3 that is drawn and drained; what drains holds at most `limit` mg/L. */
static double best_of(const effect *e, int count, double flow, double load, double limit, unsigned *which)
{
    double best = INFINITY;
    for (unsigned set = 0; set < 1u << count; set++) {
        double q = flow, m = load, cost = 0.0;
        for (int i = 0; i < count; i++)
            if (set >> i & 1u)
                q += e[i].flow, m = m * e[i].times + e[i].load, cost += e[i].cost;
        cost += 3.0 * HOURS * q;
        if (m <= limit * 1e-3 * q * (1.0 + 1e-9) && cost < best)
            best = cost, *which = set;
    }
    return best;
}

static void agrees_with(bench *b, const effect *e, int count, double flow, double load, double limit)
{
    unsigned     which = 0;
    double       best  = best_of(e, count, flow, load, limit, &which);
    park_design *d     = solved(b, 1e-6, PARK_CHOOSING_TOGETHER);
    CHECK(d->status == PARK_DESIGN_OPTIMAL);
    CHECK_CLOSE(d->objective, best, 1e-6 * best);
    CHECK(d->bound <= best * (1.0 + 1e-9));
    for (int i = 0; i < count; i++)
        CHECK(d->retrofit[i] == (which >> i & 1u));
}

/* Twelve on one unit: some save water, which makes what drains richer, others load, which the limit then asks for; two do both. All add up,
 * so each is a site of its own. 4096 subsets are tried here. */
static void twelve_that_add_up_are_told_one_by_one(void)
{
    enum { TWELVE = 12 };
    effect e[TWELVE];
    for (int i = 0; i < TWELVE; i++) {
        double dear = 0.4 + 0.13 * (double)(i * 5 % TWELVE);
        e[i]        = (effect){.times = 1.0};
        if (i % 2 == 0)
            e[i].flow = -(2.0 + 0.3 * i);
        if (i % 2 == 1 || i == 4 || i == 8)
            e[i].load = -(0.1 + 0.02 * i);
        e[i].cost = dear * (3.0 * HOURS * -e[i].flow * 0.8 + 2e4 * -e[i].load);
    }
    bench b = bench_new(100.0, 5.0, 50.0);
    add_effects(&b, e, TWELVE);
    agrees_with(&b, e, TWELVE, 100.0, 5.0, 50.0);
    park_merge *m = merged(&b);
    CHECK(m->refused == NULL && m->sites->count == TWELVE);
    for (size_t s = 0; s < m->sites->count; s++)
        CHECK(m->sites->site[s].variants == 2 && m->sites->site[s].sites == TWELVE);
    park_arena_free(b.arena);
}

/* Three that multiply one load among nine that save water: eight subsets of three, the nine by themselves. */
static void only_those_that_multiply_are_asked_for_together(void)
{
    enum { TWELVE = 12 };
    effect e[TWELVE];
    for (int i = 0; i < TWELVE; i++) {
        e[i] = (effect){.times = i % 4 == 1 ? 0.85 - 0.02 * i : 1.0,
                        .flow  = i % 4 == 1 ? 0.0 : -(1.0 + 0.2 * i)};
        e[i].cost =
            i % 4 == 1 ? 2e4 + 3e3 * i : 3.0 * HOURS * -e[i].flow * (0.3 + 0.11 * (double)(i * 5 % TWELVE));
    }
    bench b = bench_new(100.0, 5.0, 50.0);
    add_effects(&b, e, TWELVE);
    agrees_with(&b, e, TWELVE, 100.0, 5.0, 50.0);
    park_merge *m = merged(&b);
    CHECK(m->refused == NULL && m->sites->count == 10);
    size_t eights = 0;
    for (size_t s = 0; s < m->sites->count; s++)
        eights += m->sites->site[s].variants == 8 && m->sites->site[s].items == 3;
    CHECK(eights == 1);
    park_arena_free(b.arena);
}

/* Thirty that save water: 2^30 subsets, each of which pays by itself or does not. */
static void thirty_pay_or_do_not(void)
{
    bench  b    = bench_new(100.0, 1.0, NAN);
    double best = 3.0 * HOURS * 100.0;
    for (int i = 0; i < 30; i++) {
        double save = 1.0 + 0.05 * i, cost = 3.0 * HOURS * save * (0.4 + 0.04 * (double)(i * 7 % 30));
        retrofit(&b, cost, change_of(&b, b.works, "demand", PARK_CHANGE_ADD, -save * M3_H), NULL);
        best -= fmax(3.0 * HOURS * save - cost, 0.0);
    }
    park_design *d = solved(&b, 1e-6, PARK_CHOOSING_ANY);
    CHECK(d->status == PARK_DESIGN_OPTIMAL);
    CHECK_CLOSE(d->objective, best, 1e-6 * best);
    CHECK(d->bound <= best * (1.0 + 1e-9));
    park_arena_free(b.arena);
}

/* What excludes each other is asked for together, what is required stands: of the twelve that save water 1 excludes 0, and 3 needs 2. */
static void partners_at_one_unit(void)
{
    bench   b      = bench_new(100.0, 1.0, NAN);
    int32_t zero[] = {0}, two[] = {2};
    double  worth[12], sum      = 0.0;
    for (int i = 0; i < 12; i++) {
        double save = 2.0 + 0.1 * i, share = i == 2 ? 1.3 : i < 4 ? 0.5 : 0.3 + 0.12 * i;
        worth[i]         = 3.0 * HOURS * save * (1.0 - share);
        park_retrofit *r = retrofit(&b, 3.0 * HOURS * save * share,
                                    change_of(&b, b.works, "demand", PARK_CHANGE_ADD, -save * M3_H), NULL);
        if (i == 1)
            r->excludes_ = zero, r->excludes_count = 1;
        if (i == 3)
            r->requires_ = two, r->requires_count = 1;
        if (i >= 4)
            sum += fmax(worth[i], 0.0);
    }
    sum += fmax(worth[0], worth[1]) + fmax(worth[2] + worth[3], 0.0);
    CHECK(worth[2] < 0.0 && worth[2] + worth[3] > 0.0 && worth[1] > worth[0]);
    park_design *d    = solved(&b, 1e-6, PARK_CHOOSING_TOGETHER);
    double       best = 3.0 * HOURS * 100.0 - sum;
    CHECK_CLOSE(d->objective, best, 1e-6 * best);
    CHECK(!d->retrofit[0] && d->retrofit[1] && d->retrofit[2] && d->retrofit[3]);
    CHECK(merged(&b)->sites->count == 11);
    park_arena_free(b.arena);
}

/* Twelve factors of one number make 4096 numbers. */
static void twelve_that_multiply_are_refused(void)
{
    bench b = bench_new(100.0, 1.0, NAN);
    for (int i = 0; i < 12; i++)
        retrofit(&b, 1e3, change_of(&b, b.works, "demand", PARK_CHANGE_TIMES, 0.99), NULL);
    park_design         *d;
    park_design_settings settings;
    park_design_settings_default(&settings);
    CHECK(stands(b.draft, &b.findings, false));
    CHECK(park_design_solve(b.draft, &settings, b.arena, &d, &b.findings, &b.err) == PARK_E_UNSUPPORTED);
    const park_finding *last = &b.findings.items[b.findings.count - 1];
    CHECK(b.findings.count > 0 && last->code == PARK_E0962 &&
          strstr(last->en, "too many retrofits act on one place together") != NULL);
    park_arena_free(b.arena);
}

/* ---- drawn parks: every combination by itself -------------------------------------------------------------------------------- */

static double drawn(park_random *r, double lo, double hi)
{
    return lo + (hi - lo) * park_random_uniform(r);
}

/* What the eight retrofits of a drawn park change, in turns. Flow and limits of one unit multiply, so they do not stand together. */
static park_change drawn_change(const bench *b, int32_t plant, int32_t tower, uint64_t sort, int i,
                                park_random *r)
{
    switch (sort * 4 + (uint64_t)(i % 4)) {
    case 0:
    case 2:
    case 3:
        return change_of(b, b->works, "demand", PARK_CHANGE_ADD, -drawn(r, 1.0, 5.0) * M3_H);
    case 1:
    case 4:
    case 7:
        return change_of(b, b->works, "adds", PARK_CHANGE_ADD, drawn(r, -0.4, 0.1) * KG_H);
    case 5:
        return change_of(b, b->works, "inlet", PARK_CHANGE_ADD, drawn(r, 2.0, 15.0) * MG_L);
    case 6:
        return change_of(b, b->works, "outlet", PARK_CHANGE_ADD, drawn(r, -8.0, 8.0) * MG_L);
    case 8:
    case 10:
        return change_of(b, plant, "capacity", PARK_CHANGE_ADD, drawn(r, 5.0, 30.0) * M3_H);
    case 9:
        return change_of(b, plant, "opex", PARK_CHANGE_ADD, drawn(r, -0.08, -0.01));
    case 11:
        return change_of(b, plant, "removal", PARK_CHANGE_ADD, drawn(r, 0.01, 0.06));
    default:
        return change_of(b, tower, "circulating_limits", PARK_CHANGE_ADD, drawn(r, -5.0, 20.0) * MG_L);
    }
}

/* Works, a wash that may have their water, a plant and an outfall; eight retrofits of the works, of the plant or of a tower. */
static bench drawn_park(uint64_t seed, bool months)
{
    park_random r    = park_random_start(seed, 185, 0);
    bench       b    = bench_new(drawn(&r, 60.0, 120.0), drawn(&r, 3.0, 6.0), drawn(&r, 80.0, 120.0));
    int32_t     wash = add_unit(b.draft, PARK_USER, "process", "wash"),
            plant    = add_unit(b.draft, PARK_TREATMENT, "removal", "plant"),
            tower    = add_unit(b.draft, PARK_USER, "cooling_tower", "tower");
    park_cooling_tower *cools = params_of(b.draft, tower);
    park_process       *works = params_of(b.draft, b.works), *other = params_of(b.draft, wash);
    works->inlet[COD]       = drawn(&r, 10.0, 60.0) * MG_L;
    works->outlet.max[COD]  = 200.0 * MG_L;
    works->loss.evaporation = 0.05;
    other->demand.flow      = (park_series){drawn(&r, 30.0, 80.0) * M3_H, -1};
    other->adds[COD]        = drawn(&r, 1.0, 3.0) * KG_H;
    other->inlet[COD]       = drawn(&r, 40.0, 110.0) * MG_L;
    cools->circulation = (park_series){1000.0 * M3_H, -1}, cools->range = 8.0;
    cools->circulating_limits[COD] = drawn(&r, 60.0, 120.0) * MG_L;
    park_treatment *t              = params_of(b.draft, plant);
    t->removal[COD] = drawn(&r, 0.5, 0.8), t->recovery = drawn(&r, 0.8, 1.0), t->opex = drawn(&r, 0.8, 1.2);
    t->capacity.max = drawn(&r, 80.0, 160.0) * M3_H;
    if (months)
        period(b.draft, day_start(2025, 1, 1), day_start(2026, 1, 1), PARK_SEASONS_QUARTERS);
    b.draft->unit[plant].existing = true;
    for (int i = 0; i < 8; i++) {
        double         cost = drawn(&r, 1e4, 6e4);
        park_retrofit *made = retrofit(&b, cost, drawn_change(&b, plant, tower, seed % 4, i, &r), NULL);
        if (i % 3 == 1)
            made->capex = 4.0 * cost, made->opex = 0.0;
    }
    if (seed % 2 == 0)
        b.draft->economics.budget = 2e5;
    return b;
}

/* Both ways of choosing; how many sites share a place. */
static size_t same_both_ways(bench *b, double gap)
{
    park_merge  *m     = merged(b);
    size_t       split = 0;
    park_design *apart = solved(b, gap, PARK_CHOOSING_APART), *one = solved(b, gap, PARK_CHOOSING_TOGETHER);
    CHECK(m->refused == NULL);
    for (size_t s = 0; s < m->sites->count; s++)
        split += m->sites->site[s].sites > 1;
    CHECK(apart->status == one->status);
    CHECK((apart->link_flow != NULL) == (one->link_flow != NULL));
    if (apart->link_flow != NULL && one->link_flow != NULL) {
        CHECK_CLOSE(one->objective, apart->objective, 3.0 * gap * apart->objective);
        CHECK(one->bound <= apart->objective * (1.0 + 1e-7));
        CHECK(apart->bound <= one->objective * (1.0 + 1e-7));
    }
    return split;
}

static void together_as_apart(void)
{
    size_t split = 0;
    for (uint64_t seed = 1; seed <= 7; seed++) {
        bench b = drawn_park(seed, seed == 7);
        split += same_both_ways(&b, 1e-4);
        park_arena_free(b.arena);
    }
    CHECK(split == 56);
}

/* The demand of the wash is drawn: every variant and every pick is one in each future. */
static void futures_as_each_combination(void)
{
    static const double     TIMES[] = {0.8, 1.3}, EQUAL[] = {1.0, 1.0};
    const park_distribution two    = {.kind   = PARK_DISTRIBUTION_DISCRETE,
                                      .count  = 2,
                                      .value  = (double *)(uintptr_t)TIMES,
                                      .weight = (double *)(uintptr_t)EQUAL};
    bench                   b      = drawn_park(4, false);
    park_uncertain          list[] = {
                 {.path   = "d",
                  .change = change_of(&b, park_model_unit(b.draft, "wash"), "demand", PARK_CHANGE_TIMES, 1.0),
                  .law    = two}};
    b.draft->uncertain = list, b.draft->uncertains = 1, b.draft->draws = 2;
    b.draft->robust = PARK_ROBUST_MEAN;
    CHECK(same_both_ways(&b, 1e-4) == 8);
    park_arena_free(b.arena);
}

static void widening(bench *b, int32_t way, park_change_op op, double value, double cost)
{
    static const park_field FLOW   = {.word = "capacity", .shape = PARK_SHAPE_NUMBER, .hi = INFINITY};
    park_change             change = {.unit        = -1,
                                      .in          = PARK_IN_CONNECTION,
                                      .at          = way,
                                      .field       = &FLOW,
                                      .offset      = offsetof(park_connection, capacity),
                                      .plain       = true,
                                      .constituent = -1,
                                      .op          = op,
                                      .value       = value};
    retrofit(b, cost, change, NULL)->applies_to = -1;
}

/* Twelve that widen one connection from a cheap source: which of them carry the 100 m3/h is a knapsack of 4096 subsets. */
static void twelve_that_widen_one_connection(void)
{
    enum { TWELVE = 12 };
    bench        b = bench_new(100.0, 1.0, NAN);
    double       more[TWELVE], cost[TWELVE], best = INFINITY;
    park_source *well = params_of(b.draft, add_unit(b.draft, PARK_SOURCE, "surface", "well"));
    well->price = 0.5, well->quality[COD] = 0.0;
    b.draft->candidates = PARK_CANDIDATES_NONE;
    add_way(b.draft, "plenty", "river", "works", INFINITY),
        add_way(b.draft, "drain", "works", "out", INFINITY);
    int32_t way = add_way(b.draft, "narrow", "well", "works", 20.0);
    for (int i = 0; i < TWELVE; i++) {
        more[i] = 4.0 + 1.7 * (double)(i * 5 % TWELVE), cost[i] = 1.5 * HOURS * more[i] * (0.3 + 0.04 * i);
        widening(&b, way, PARK_CHANGE_ADD, more[i] * M3_H, cost[i]);
    }
    for (unsigned set = 0; set < 1u << TWELVE; set++) {
        double wide = 20.0, sum = 3.0 * HOURS * 100.0;
        for (int i = 0; i < TWELVE; i++)
            if (set >> i & 1u)
                wide += more[i], sum += cost[i];
        best = fmin(best, sum - 1.5 * HOURS * fmin(wide, 100.0));
    }
    double least = 3.0 * HOURS * 100.0 - 1.5 * HOURS * 20.0,
           room  = 80.0; /* parts of retrofits: the first pay best */
    for (int i = 0; i < TWELVE; i++) {
        double part = fmin(more[i], room);
        room -= part, least -= part * (1.5 * HOURS - cost[i] / more[i]);
    }
    CHECK(least < best);
    park_design *d = solved(&b, 1e-7, PARK_CHOOSING_TOGETHER);
    CHECK(d->status == PARK_DESIGN_OPTIMAL);
    CHECK_CLOSE(d->objective, best, 1e-7 * best);
    CHECK(d->bound <= best * (1.0 + 1e-9));
    CHECK(d->root_bound >= least * (1.0 - 1e-6));
    CHECK(merged(&b)->sites->count == TWELVE);
    park_arena_free(b.arena);
}

/* Seven factors of one width do not add up, though all that they change is a bound. */
static void widths_that_multiply_are_one_site(void)
{
    bench        b    = bench_new(100.0, 1.0, NAN);
    park_source *well = params_of(b.draft, add_unit(b.draft, PARK_SOURCE, "surface", "well"));
    well->price = 0.5, well->quality[COD] = 0.0;
    b.draft->candidates = PARK_CANDIDATES_NONE;
    add_way(b.draft, "plenty", "river", "works", INFINITY),
        add_way(b.draft, "drain", "works", "out", INFINITY);
    int32_t way = add_way(b.draft, "narrow", "well", "works", 20.0);
    for (int i = 0; i < 7; i++)
        widening(&b, way, PARK_CHANGE_TIMES, 1.1, 1e3 * (i + 1));
    park_merge *m = merged(&b);
    CHECK(m->refused == NULL && m->sites->count == 1 && m->sites->site[0].variants == 128);
    park_arena_free(b.arena);
}

/* Works drain 10 kg/h in 100 m3/h to an outfall of 50 mg/L; a plant of 50 m3/h takes out 60 %, so 83.3 m3/h must pass it, 33.3 more than its
 * size. Eight retrofits enlarge it, two make what passes cheaper, whatever its size is: 1024 subsets. */
static void sizes_and_prices_of_one_plant(void)
{
    enum { TEN = 10 };
    static const char *RIVER[] = {"river"};
    bench              b       = bench_new(100.0, 10.0, 50.0);
    int32_t            plant   = add_unit(b.draft, PARK_TREATMENT, "removal", "plant");
    park_treatment    *t       = params_of(b.draft, plant);
    double             more[TEN], price[TEN], cost[TEN], best = INFINITY;
    ((park_process *)params_of(b.draft, b.works))->accepts = (park_text_list){RIVER, 1};
    t->removal[COD] = 0.6, t->recovery = 1.0, t->opex = 1.0, t->capacity.max = 50.0 * M3_H;
    b.draft->unit[plant].existing = true;
    for (int i = 0; i < TEN; i++) {
        more[i] = i < 8 ? 5.0 + 0.4 * i : 0.0, price[i] = i < 8 ? 0.0 : 0.2 * i - 1.9;
        cost[i] = i < 8 ? 1e4 + 1.3e3 * (double)(i * 3 % 8) : 3e4 * (i - 7);
        retrofit(&b, cost[i],
                 i < 8 ? change_of(&b, plant, "capacity", PARK_CHANGE_ADD, more[i] * M3_H)
                       : change_of(&b, plant, "opex", PARK_CHANGE_ADD, price[i]),
                 NULL);
    }
    for (unsigned set = 0; set < 1u << TEN; set++) {
        double size = 50.0, opex = 1.0, sum = 3.0 * HOURS * 100.0;
        for (int i = 0; i < TEN; i++)
            if (set >> i & 1u)
                size += more[i], opex += price[i], sum += cost[i];
        if (size >= 250.0 / 3.0)
            best = fmin(best, sum + opex * HOURS * 250.0 / 3.0);
    }
    park_design *d = solved(&b, 1e-6, PARK_CHOOSING_TOGETHER);
    CHECK(d->status == PARK_DESIGN_OPTIMAL);
    CHECK_CLOSE(d->objective, best, 1e-6 * best);
    CHECK(d->bound <= best * (1.0 + 1e-9));
    CHECK(d->retrofit[8] || d->retrofit[9]);
    CHECK(merged(&b)->sites->count == TEN);
    park_arena_free(b.arena);
}

/* The merged program with any pick is the pick's own; the plan of a combination, solved with boxes of its own, lies in the common ones. */
static void any_pick_is_its_own_program(void)
{
    for (uint64_t seed = 1; seed <= 7; seed++) {
        bench       b = drawn_park(seed, seed == 7);
        park_merge *m = merged(&b);
        park_random r = park_random_start(seed, 185, 1);
        int32_t     pick[MOST];
        for (int turn = 0; turn < 6; turn++) {
            park_formulation *f;
            bool              taken[MOST] = {false};
            for (size_t s = 0; s < m->sites->count; s++) {
                const park_site *site = &m->sites->site[s];
                pick[s]               = (int32_t)park_random_below(&r, (uint32_t)site->variants);
                for (size_t a = 0; a < site->items; a++)
                    taken[site->item[a]] = taken[site->item[a]] || (site->set[pick[s]] >> a & 1u);
            }
            CHECK(park_sites_formulate(m->sites, pick, 0.0, NULL, b.arena, &f, &b.err) == PARK_OK);
            CHECK(park_merge_agrees(m, pick, &f->program, b.arena));
            park_combination c = park_combination_new(b.arena, b.draft);
            park_model      *park;
            park_design     *design;
            bool             cut;
            park_sites_combination(m->sites, taken, &c);
            park_design_settings settings;
            park_design_settings_default(&settings);
            settings.gap             = 1e-3;
            park_solve_limits limits = {.seconds = 60.0, .cutoff = INFINITY};
            CHECK(park_combination_apply(b.draft, &c, b.arena, &park, &b.err) == PARK_OK);
            if (park == NULL) /* beyond the budget */
                continue;
            CHECK(park_solve_park(park, &settings, &limits, b.arena, &design, &cut, &b.findings, &b.err) ==
                  PARK_OK);
            if (design->link_flow == NULL)
                continue;
            double *x = park_solve_start(f, design), value;
            CHECK(x != NULL && park_program_recheck(&f->program, x, &value));
            for (size_t j = 0; x != NULL && j < f->program.cols; j++) {
                double room = 1e-6 * (1.0 + fabs(x[j]));
                CHECK(f->program.col_lo[j] - room <= x[j] && x[j] <= f->program.col_hi[j] + room);
            }
        }
        park_arena_free(b.arena);
    }
}

int main(void)
{
    RUN(twelve_that_add_up_are_told_one_by_one);
    RUN(only_those_that_multiply_are_asked_for_together);
    RUN(thirty_pay_or_do_not);
    RUN(partners_at_one_unit);
    RUN(twelve_that_multiply_are_refused);
    RUN(twelve_that_widen_one_connection);
    RUN(widths_that_multiply_are_one_site);
    RUN(sizes_and_prices_of_one_plant);
    RUN(together_as_apart);
    RUN(futures_as_each_combination);
    RUN(any_pick_is_its_own_program);
    return park_test_done();
}
