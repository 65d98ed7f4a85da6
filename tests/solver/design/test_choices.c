/* Retrofits as choices of one program: the same optimum as every combination by itself, on drawn parks and beyond what
 * can be tried one by one. */
#include "park_fixture.h"

#include "base/random.h"
#include "design/merge.h"
#include "design/solve.h"
#include "units/sinks/sink.h"
#include "units/sources/source.h"
#include "units/storages/storage.h"
#include "units/treatments/treatment.h"
#include "units/users/process.h"

static const char *const NAMES[] = {"COD", "TDS"};
enum { COD, TDS, COUNT };
static const double HOURS = 8760.0, YEAR = 31536000.0;

typedef struct bench {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    park_error    err;
} bench;

static bench bench_new(void)
{
    bench b = {.arena = park_arena_new()};
    park_findings_init(&b.findings, b.arena);
    b.draft                         = draft_with(b.arena, NAMES, COUNT);
    b.draft->candidates             = PARK_CANDIDATES_ALL;
    b.draft->economics.hours        = HOURS * 3600.0;
    b.draft->law.dilution_forbidden = true;
    b.draft->retrofit               = PARK_ARRAY(b.arena, 64, park_retrofit);
    return b;
}

static int32_t river(bench *b, const char *id, double price, double cod)
{
    int32_t      u = add_unit(b->draft, PARK_SOURCE, "surface", id);
    park_source *s = params_of(b->draft, u);
    s->price = price, s->quality[COD] = cod * MG_L, s->quality[TDS] = 100.0 * MG_L;
    return u;
}

static int32_t process(bench *b, const char *id, double flow, double adds, double limit)
{
    int32_t       u = add_unit(b->draft, PARK_USER, "process", id);
    park_process *p = params_of(b->draft, u);
    p->demand.flow  = (park_series){flow * M3_H, -1};
    p->adds[COD]    = adds * KG_H;
    p->inlet[COD]   = limit * MG_L;
    return u;
}

static int32_t plant(bench *b, const char *id, double removal, double recovery, double capacity, double opex)
{
    int32_t         u = add_unit(b->draft, PARK_TREATMENT, "removal", id);
    park_treatment *t = params_of(b->draft, u);
    t->removal[COD] = removal, t->recovery = recovery, t->opex = opex;
    t->capacity.max          = capacity * M3_H;
    b->draft->unit[u].existing = true;
    return u;
}

static int32_t outfall(bench *b, const char *id, double price, double limit)
{
    int32_t           u = add_unit(b->draft, PARK_SINK, "outfall", id);
    park_sink_params *s = params_of(b->draft, u);
    s->price = price, s->limits[COD] = limit * MG_L;
    return u;
}

static const char *numbered(bench *b, const char *stem, int i)
{
    return park_arena_printf(b->arena, "%s%d", stem, i);
}

/* A retrofit that changes one number of a unit; a yearly cost, or an investment. */
static park_retrofit *retrofit(bench *b, int32_t unit, const char *word, int32_t constituent, park_change_op op,
                               double value, double opex)
{
    park_change   *change = PARK_NEW(b->arena, park_change);
    park_retrofit *r      = &b->draft->retrofit[b->draft->retrofits];
    *change = (park_change){.unit = unit, .constituent = constituent, .op = op, .value = value};
    for (const park_field *f = b->draft->unit[unit].fields; f->word != NULL; f++)
        if (strcmp(f->word, word) == 0)
            change->field = f, change->offset = f->offset;
    CHECK(change->field != NULL);
    *r = (park_retrofit){.id         = numbered(b, "r", (int)b->draft->retrofits),
                         .applies_to = unit,
                         .changes    = 1,
                         .change     = change,
                         .opex       = opex / YEAR,
                         .life       = NAN};
    b->draft->retrofits++;
    return r;
}

static int32_t *partner(bench *b, int32_t other)
{
    int32_t *list = PARK_ARRAY(b->arena, 1, int32_t);
    list[0]       = other;
    return list;
}

static void requires(bench *b, park_retrofit *r, int32_t other)
{
    r->requires_ = partner(b, other), r->requires_count = 1;
}

static void excludes(bench *b, park_retrofit *r, int32_t other)
{
    r->excludes_ = partner(b, other), r->excludes_count = 1;
}

static void freeze(bench *b)
{
    if (!stands(b->draft, &b->findings, false)) {
        CHECK(!"the park stands");
        exit(1);
    }
}

static bool told(void *user, double incumbent, double bound, double gap, uint64_t nodes, double seconds)
{
    (void)user;
    fprintf(stderr, "   %.3f %.3f %.2e %d %.2f\n", incumbent, bound, gap, (int)nodes, seconds);
    return false;
}

static park_design *solved(bench *b, double gap, park_choosing how)
{
    park_design         *design = NULL;
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.gap        = gap;
    settings.time_limit = 60.0;
    settings.choosing   = how;
    if (getenv("PARK_TOLD")) settings.progress=told;
    CHECK(park_design_solve(b->draft, &settings, b->arena, &design, &b->findings, &b->err) == PARK_OK);
    CHECK_TEXT(b->err.message, "");
    if (design == NULL)
        exit(1);
    return design;
}

static double drawn(park_random *r, double lo, double hi)
{
    return lo + (hi - lo) * park_random_uniform(r);
}

/* A river, users in a cascade, a plant and an outfall; `count` retrofits of every sort of number. */
static bench drawn_park(uint64_t seed, int count, bool months)
{
    park_random r = park_random_start(seed, 7, 0);
    bench       b = bench_new();
    int32_t     unit[8], users = 3 + (int32_t)park_random_below(&r, 2);
    if (months)
        period(b.draft, day_start(2025, 1, 1), day_start(2026, 1, 1), PARK_SEASONS_QUARTERS);
    int32_t source = river(&b, "river", drawn(&r, 1.0, 3.0), drawn(&r, 0.0, 20.0));
    for (int32_t i = 0; i < users; i++)
        unit[i] = process(&b, numbered(&b, "user", i), drawn(&r, 20.0, 120.0), drawn(&r, 2.0, 20.0),
                          drawn(&r, 30.0, 150.0));
    int32_t works = plant(&b, "works", drawn(&r, 0.6, 0.9), drawn(&r, 0.7, 1.0), drawn(&r, 60.0, 200.0),
                          drawn(&r, 0.3, 1.5));
    int32_t out   = outfall(&b, "out", drawn(&r, 0.5, 2.0), NAN);
    for (int i = 0; i < count; i++) {
        int32_t        u    = unit[park_random_below(&r, (uint32_t)users)];
        double         cost = drawn(&r, 1e4, 3e5);
        park_retrofit *made = NULL;
        switch (park_random_below(&r, 7)) {
        case 0:
            made = retrofit(&b, u, "demand", -1, PARK_CHANGE_TIMES, drawn(&r, 0.6, 0.95), cost);
            break;
        case 1:
            made = retrofit(&b, u, "inlet", COD, PARK_CHANGE_ADD, drawn(&r, 10.0, 80.0) * MG_L, cost);
            break;
        case 2:
            made = retrofit(&b, u, "adds", COD, PARK_CHANGE_TIMES, drawn(&r, 0.3, 0.9), cost);
            break;
        case 3:
            made = retrofit(&b, works, "removal", COD, PARK_CHANGE_SET, drawn(&r, 0.9, 0.99), cost);
            break;
        case 4:
            made = retrofit(&b, works, "capacity", -1, PARK_CHANGE_TIMES, drawn(&r, 1.1, 2.0), cost);
            break;
        case 5:
            made = retrofit(&b, source, "price", -1, PARK_CHANGE_TIMES, drawn(&r, 0.7, 0.95), cost);
            break;
        default:
            made = retrofit(&b, out, "price", -1, PARK_CHANGE_TIMES, drawn(&r, 0.5, 0.9), cost);
            break;
        }
        if (i % 2 == 1)
            made->capex = 4.0 * cost, made->opex = 0.0;
        if (i == 2)
            requires(&b, made, 0);
        if (i == 3)
            excludes(&b, made, 1);
    }
    if (seed % 3 == 0)
        b.draft->economics.budget = 8e5;
    freeze(&b);
    return b;
}

static void together_as_apart(uint64_t first, uint64_t last, int most, bool months)
{
    for (uint64_t seed = first; seed <= last; seed++) {
        bench        b     = drawn_park(seed, 3 + (int)(seed % (uint64_t)(most - 2)), months);
        park_design *apart = solved(&b, 1e-5, PARK_CHOOSING_APART), *one = solved(&b, 1e-5, PARK_CHOOSING_TOGETHER);
        CHECK(apart->status == one->status);
        if (apart->link_flow != NULL && one->link_flow != NULL) {
            CHECK_CLOSE(one->objective, apart->objective, 3e-5 * apart->objective);
            CHECK(one->bound <= apart->objective * (1.0 + 1e-9));
            CHECK(apart->bound <= one->objective * (1.0 + 1e-9));
        }
        if (getenv("PARK_CHOICES_TOLD") != NULL)
            fprintf(stderr, "seed %d: %zu retrofits %.2f %.2f bounds %.2f %.2f nodes %d %d lps %d %d s %.2f %.2f\n", (int)seed,
                    b.draft->retrofits, apart->objective, one->objective, apart->bound, one->bound,
                    (int)apart->nodes, (int)one->nodes, (int)apart->lps, (int)one->lps, apart->seconds, one->seconds);
        park_arena_free(b.arena);
    }
}

static void one_program_finds_what_single_parks_find(void)
{
    together_as_apart(1, 12, 6, false);
}

static void and_in_seasons(void)
{
    together_as_apart(21, 23, 4, true);
}

/* Users that take river water only, each with retrofits of its own: each is taken when it saves more than it costs, so
 * the optimum is a sum of minima. 2^40 combinations. */
static void forty_retrofits_each_pay_for_themselves_or_not(void)
{
    bench  b    = bench_new();
    double best = 0.0;
    river(&b, "river", 2.0, 0.0);
    for (int i = 0; i < 20; i++) {
        double  flow = 50.0 + 7.0 * i, save = 0.1 + 0.01 * i, cost = 20000.0 + 7919.0 * (double)(i * i % 13);
        int32_t u = process(&b, numbered(&b, "user", i), flow, 1.0, 0.0);
        retrofit(&b, u, "demand", -1, PARK_CHANGE_TIMES, 1.0 - save, cost);
        retrofit(&b, u, "demand", -1, PARK_CHANGE_ADD, -5.0 * M3_H, 1.5 * cost);
        /* both: times first, in the order of the list; 3 CNY for each m3 that is drawn and drained */
        double plain = 3.0 * HOURS * flow, a = 3.0 * HOURS * flow * (1.0 - save) + cost,
               c = 3.0 * HOURS * (flow - 5.0) + 1.5 * cost,
               both = 3.0 * HOURS * (flow * (1.0 - save) - 5.0) + 2.5 * cost;
        best += fmin(fmin(plain, a), fmin(c, both));
    }
    outfall(&b, "out", 1.0, NAN);
    freeze(&b);
    park_design *d = solved(&b, 1e-4, PARK_CHOOSING_ANY);
    CHECK(d->status == PARK_DESIGN_OPTIMAL);
    CHECK_CLOSE(d->objective, best, 1e-4 * best);
    CHECK(d->bound <= best * (1.0 + 1e-9));
    fprintf(stderr, "%.3f s %d nodes %d lps\n", d->seconds, (int)d->nodes, (int)d->lps);
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(forty_retrofits_each_pay_for_themselves_or_not);
    if (getenv("PARK_SEED")) { together_as_apart((uint64_t)atoi(getenv("PARK_SEED")),(uint64_t)atoi(getenv("PARK_SEED")), atoi(getenv("PARK_SEED"))>20?4:6, atoi(getenv("PARK_SEED"))>20); return 0;}
    RUN(one_program_finds_what_single_parks_find);
    RUN(and_in_seasons);
    return park_test_done();
}
