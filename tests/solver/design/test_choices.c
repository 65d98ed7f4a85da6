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
    t->capacity.max            = capacity * M3_H;
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
static park_retrofit *retrofit(bench *b, int32_t unit, const char *word, int32_t constituent,
                               park_change_op op, double value, double opex)
{
    park_change   *change = PARK_NEW(b->arena, park_change);
    park_retrofit *r      = &b->draft->retrofit[b->draft->retrofits];
    *change               = (park_change){.unit = unit, .constituent = constituent, .op = op, .value = value};
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

static park_design *solved(bench *b, double gap, park_choosing how)
{
    park_design         *design = NULL;
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.gap        = gap;
    settings.time_limit = 60.0;
    settings.choosing   = how;
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
    int32_t     unit[32], users = (count > 12 ? count / 3 : 3) + (int32_t)park_random_below(&r, 2);
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
        int32_t        u = unit[count > 12 ? (uint32_t)(i % users) : park_random_below(&r, (uint32_t)users)];
        double         cost = drawn(&r, 1e4, 3e5);
        park_retrofit *made = NULL;
        switch (park_random_below(&r, 12 < i ? 3 : 7)) {
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
        park_design *apart = solved(&b, 1e-5, PARK_CHOOSING_APART),
                    *one   = solved(&b, 1e-5, PARK_CHOOSING_TOGETHER);
        CHECK(apart->status == one->status);
        if (apart->link_flow != NULL && one->link_flow != NULL) {
            CHECK_CLOSE(one->objective, apart->objective, 3e-5 * apart->objective);
            CHECK(one->bound <= apart->objective * (1.0 + 1e-7));
            CHECK(apart->bound <= one->objective * (1.0 + 1e-7));
        }
        park_arena_free(b.arena);
    }
}

static void one_program_finds_what_single_parks_find(void)
{
    together_as_apart(1, 6, 6, false);
}

static void and_in_seasons(void)
{
    together_as_apart(21, 21, 4, true);
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
               c    = 3.0 * HOURS * (flow - 5.0) + 1.5 * cost,
               both = 3.0 * HOURS * (flow * (1.0 - save) - 5.0) + 2.5 * cost;
        best += fmin(fmin(plain, a), fmin(c, both));
    }
    outfall(&b, "out", 1.0, NAN);
    freeze(&b);
    park_design *d = solved(&b, 1e-4, PARK_CHOOSING_ANY);
    CHECK(d->status == PARK_DESIGN_OPTIMAL);
    CHECK_CLOSE(d->objective, best, 1e-4 * best);
    CHECK(d->bound <= best * (1.0 + 1e-9));
    park_arena_free(b.arena);
}

/* The outfall takes 40 mg/L; 100 m3/h with 5 kg/h bring 50. One retrofit brings 4 kg/h, the other 3.75 at more cost; the
 * third needs the first and is not worth it. Three of them stand in five ways. */
static void a_limit_that_only_retrofits_meet(void)
{
    for (int barred = 0; barred < 2; barred++) {
        bench b = bench_new();
        river(&b, "river", 2.0, 0.0);
        int32_t works = process(&b, "works", 100.0, 5.0, NAN);
        outfall(&b, "out", 1.0, 40.0);
        retrofit(&b, works, "adds", COD, PARK_CHANGE_SET, 4.0 * KG_H, 1e5);
        excludes(&b, retrofit(&b, works, "adds", COD, PARK_CHANGE_SET, 3.75 * KG_H, 1.5e5), 0);
        requires(&b, retrofit(&b, works, "demand", -1, PARK_CHANGE_TIMES, 0.999, 1e6), 0);
        b.draft->retrofit[0].capex = 10.0, b.draft->retrofit[1].capex = 10.0;
        if (barred)
            b.draft->economics.budget = 5.0;
        freeze(&b);
        park_design *d = solved(&b, 1e-6, PARK_CHOOSING_TOGETHER);
        if (barred) {
            CHECK(d->status == PARK_DESIGN_INFEASIBLE && d->link_flow == NULL && d->conflicts > 0);
        } else {
            double yearly = d->objective - 300.0 * HOURS - 1e5;
            CHECK(d->status == PARK_DESIGN_OPTIMAL);
            CHECK(d->retrofit[0] && !d->retrofit[1] && !d->retrofit[2]);
            CHECK(yearly > 0.0 && yearly < 10.0); /* the 10 CNY by their annual factor */
            CHECK_CLOSE(d->investment, 10.0, 1e-9);
        }
        park_arena_free(b.arena);
    }
}

/* An open pond that nobody needs stays out, with a retrofit that pays: 1.25 m3/h would evaporate from it. */
static void open_storage_is_a_choice(double least)
{
    static double every[] = {0.003 / 86400.0};
    bench         b       = bench_new();
    river(&b, "river", 1.0, 0.0);
    int32_t works = process(&b, "works", 100.0, 1.0, 0.0);
    outfall(&b, "out", 0.0, NAN);
    b.draft->weather.evaporation = park_draft_pattern(
        b.draft, (park_pattern){.kind = PARK_PATTERN_CYCLE, .every = 86400.0, .count = 1, .value = every});
    int32_t       u           = add_unit(b.draft, PARK_STORAGE, "pond", "pond");
    park_storage *pond        = params_of(b.draft, u);
    pond->volume              = (park_range){.min = least, .max = 1000.0, .step = NAN};
    pond->area                = 1e4;
    pond->capex               = (park_capex){.scale = 100.0, .reference = 1.0, .exponent = 1.0};
    b.draft->unit[u].existing = false;
    retrofit(&b, works, "demand", -1, PARK_CHANGE_TIMES, 0.5, 1e5);
    freeze(&b);
    park_design *d = solved(&b, 1e-6, PARK_CHOOSING_TOGETHER);
    CHECK(d->status == PARK_DESIGN_OPTIMAL);
    CHECK_CLOSE(d->objective, 50.0 * HOURS + 1e5, 1e-2);
    CHECK(d->retrofit[0] && !d->unit_built[u]);
    park_arena_free(b.arena);
}

/* With a least size, too, whose program has one more whole number. */
static void open_storages_are_choices_too(void)
{
    open_storage_is_a_choice(NAN);
    open_storage_is_a_choice(200.0);
}

/* Whatever the gap that was asked for, the bound is below the optimum: by single parks and by one program. */
static void bounds_hold_at_wide_gaps(void)
{
    for (uint64_t seed = 2; seed <= 6; seed += 4) {
        bench        b    = drawn_park(seed, 5, false);
        park_design *best = solved(&b, 1e-5, PARK_CHOOSING_TOGETHER);
        for (int how = PARK_CHOOSING_APART; how <= PARK_CHOOSING_TOGETHER; how++) {
            park_design *d = solved(&b, 0.2, (park_choosing)how);
            CHECK(d->bound <= best->objective * (1.0 + 1e-9));
            CHECK(d->objective >= best->bound * (1.0 - 1e-7));
        }
        park_arena_free(b.arena);
    }
}

/* A last retrofit that changes nothing leaves the optimum; threads leave the bits. */
static void same_bits_for_two_threads(void)
{
    static const park_choosing HOW[] = {PARK_CHOOSING_TOGETHER, PARK_CHOOSING_APART};
    for (int k = 0; k < 2; k++) {
        bench                b = drawn_park(6, 6, false);
        park_design         *one, *two;
        park_design_settings settings;
        park_design_settings_default(&settings);
        settings.gap = 1e-4, settings.choosing = HOW[k];
        CHECK(park_design_solve(b.draft, &settings, b.arena, &one, &b.findings, &b.err) == PARK_OK);
        settings.threads = 2;
        CHECK(park_design_solve(b.draft, &settings, b.arena, &two, &b.findings, &b.err) == PARK_OK);
        CHECK(one->reproducible && two->reproducible);
        CHECK(one->objective == two->objective && one->bound == two->bound && one->lps == two->lps);
        park_arena_free(b.arena);
    }
}

/* Nine retrofits of one unit: more variants than a unit may have, more combinations than can be tried. */
static void too_many_on_one_unit_are_refused(void)
{
    bench b = bench_new();
    river(&b, "river", 2.0, 0.0);
    int32_t works = process(&b, "works", 100.0, 1.0, NAN);
    outfall(&b, "out", 1.0, NAN);
    for (int i = 0; i < 11; i++)
        retrofit(&b, works, "demand", -1, PARK_CHANGE_TIMES, 0.99, 1e3);
    freeze(&b);
    park_design         *d;
    park_design_settings settings;
    park_design_settings_default(&settings);
    CHECK(park_design_solve(b.draft, &settings, b.arena, &d, &b.findings, &b.err) == PARK_E_UNSUPPORTED);
    CHECK(b.findings.count > 0 && b.findings.items[b.findings.count - 1].code == PARK_E0962);
    park_arena_free(b.arena);
}

/* Nine on one unit stand in 512 ways, each with a demand of its own; every one is tried here by hand. What they save is worth
 * less beside the others, so which pay is not told one by one: three of the nine that pay alone are left out. */
static void nine_on_one_unit_as_by_enumeration(void)
{
    enum { NINE = 9 };
    bench  b = bench_new();
    double times[NINE], cost[NINE], best = INFINITY;
    int    taken = 0, alone = 0;
    river(&b, "river", 2.0, 0.0);
    int32_t works = process(&b, "works", 100.0, 1.0, 0.0);
    process(&b, "other", 50.0, 1.0, 0.0);
    outfall(&b, "out", 1.0, NAN);
    for (int i = 0; i < NINE; i++) {
        times[i] = 0.94 - 0.02 * i;
        cost[i]  = 3.0 * HOURS * 100.0 * (1.0 - times[i]) * (0.32 + 0.07 * (double)(i * 4 % NINE));
        retrofit(&b, works, "demand", -1, PARK_CHANGE_TIMES, times[i], cost[i]);
        alone += cost[i] < 3.0 * HOURS * 100.0 * (1.0 - times[i]);
    }
    for (unsigned set = 0; set < 1u << NINE; set++) {
        double flow = 100.0, sum = 3.0 * HOURS * 50.0;
        int    count = 0;
        for (int i = 0; i < NINE; i++)
            if (set >> i & 1u)
                flow *= times[i], sum += cost[i], count++;
        sum += 3.0 * HOURS * flow;
        if (sum < best)
            best = sum, taken = count;
    }
    freeze(&b);
    park_design *d    = solved(&b, 1e-7, PARK_CHOOSING_ANY);
    int          took = 0;
    for (int i = 0; i < NINE; i++)
        took += d->retrofit[i];
    CHECK(d->status == PARK_DESIGN_OPTIMAL);
    CHECK_CLOSE(d->objective, best, 1e-7 * best);
    CHECK(d->bound <= best * (1.0 + 1e-9));
    CHECK(took == taken && taken > 2 && taken < alone);
    park_arena_free(b.arena);
}

/* The merged program is each pick's own program; with one coefficient of a variant changed it is not. */
static void what_is_merged_adds_up(void)
{
    bench                b = drawn_park(7, 6, false);
    park_design_settings settings;
    park_sites          *sites;
    park_merge          *merge;
    park_formulation    *f;
    park_design_settings_default(&settings);
    CHECK(park_sites_make(b.draft, &settings, 3.0, b.arena, &sites, &b.err) == PARK_OK);
    CHECK(sites->refused == NULL && sites->count > 1);
    CHECK(park_merge_make(sites, 3.0, b.arena, &merge, &b.err) == PARK_OK);
    CHECK(merge->refused == NULL);
    int32_t pick[32];
    for (size_t turn = 0; turn < 8; turn++) {
        for (size_t s = 0; s < sites->count; s++)
            pick[s] = (int32_t)((turn * 7 + s * 5) % sites->site[s].variants);
        CHECK(park_sites_formulate(sites, pick, 0.0, NULL, b.arena, &f, &b.err) == PARK_OK);
        CHECK(park_merge_agrees(merge, pick, &f->program, b.arena));
    }
    for (size_t s = 0; s < sites->count; s++)
        pick[s] = s == 0;
    CHECK(park_sites_formulate(sites, pick, 0.0, NULL, b.arena, &f, &b.err) == PARK_OK);
    CHECK(park_merge_agrees(merge, pick, &f->program, b.arena));
    if (merge->changes[0][1]->rows > 0) {
        merge->changes[0][1]->row[0].lo += 1e-3, merge->changes[0][1]->row[0].hi += 1e-3;
    } else {
        merge->changes[0][1]->constant += 1e-3;
    }
    CHECK(!park_merge_agrees(merge, pick, &f->program, b.arena));
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(forty_retrofits_each_pay_for_themselves_or_not);
    RUN(a_limit_that_only_retrofits_meet);
    RUN(open_storages_are_choices_too);
    RUN(one_program_finds_what_single_parks_find);
    RUN(and_in_seasons);
    RUN(bounds_hold_at_wide_gaps);
    RUN(same_bits_for_two_threads);
    RUN(nine_on_one_unit_as_by_enumeration);
    RUN(too_many_on_one_unit_are_refused);
    RUN(what_is_merged_adds_up);
    return park_test_done();
}
