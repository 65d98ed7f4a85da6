/*
 * Retrofits of connections, tariffs, grades and leaks by hand, on drawn parks against each combination solved by itself,
 * and staged. Water costs 3 CNY/m3 (river) or 1 CNY/m3 (cheap, over a narrow connection).
 */
#include "park_fixture.h"

#include "base/random.h"
#include "design/merge.h"
#include "design/solve.h"
#include "units/kinds.h"
#include "units/sinks/sink.h"
#include "units/sources/source.h"
#include "units/treatments/treatment.h"
#include "units/users/network_leak.h"
#include "units/users/process.h"

static const char *const NAMES[] = {"COD"};
static const double      HOURS = 8760.0, YEAR = 31536000.0, KWH = 3.6e6;

typedef struct bench {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    park_error    err;
    int32_t       year[3];
    double        budget[3];
} bench;

static const park_field POWER = {.word = "power", .shape = PARK_SHAPE_NUMBER, .hi = INFINITY};
static const park_field FLOW  = {.word = "capacity", .shape = PARK_SHAPE_NUMBER, .hi = INFINITY};

static bench bench_new(void)
{
    bench b = {.arena = park_arena_new()};
    park_findings_init(&b.findings, b.arena);
    b.draft                  = draft_with(b.arena, NAMES, 1);
    b.draft->candidates      = PARK_CANDIDATES_NONE;
    b.draft->economics.hours = HOURS * 3600.0;
    b.draft->carbon.price    = 0.0;
    b.draft->retrofit        = PARK_ARRAY(b.arena, 64, park_retrofit);
    return b;
}

static int32_t source(bench *b, const char *id, double price, double cod, double energy)
{
    int32_t      u = add_unit(b->draft, PARK_SOURCE, "surface", id);
    park_source *s = params_of(b->draft, u);
    s->price = price, s->quality[0] = cod * MG_L, s->energy = energy * KWH;
    return u;
}

static int32_t process(bench *b, const char *id, double flow)
{
    int32_t       u = add_unit(b->draft, PARK_USER, "process", id);
    park_process *p = params_of(b->draft, u);
    p->demand.flow  = (park_series){flow * M3_H, -1};
    p->adds[0]      = 1.0 * KG_H;
    return u;
}

static park_retrofit *add_retrofit(bench *b, park_change change, double opex)
{
    park_retrofit *r   = &b->draft->retrofit[b->draft->retrofits];
    park_change   *own = PARK_NEW(b->arena, park_change);
    *own               = change;
    *r                 = (park_retrofit){.id         = park_arena_printf(b->arena, "r%d", (int)b->draft->retrofits),
                                         .applies_to = change.in == PARK_IN_UNIT ? change.unit : -1,
                                         .changes    = 1,
                                         .change     = own,
                                         .opex       = opex / YEAR,
                                         .life       = NAN};
    b->draft->retrofits++;
    return r;
}

static park_change of_unit(const bench *b, int32_t unit, const char *word, park_change_op op, double value)
{
    for (const park_field *f = b->draft->unit[unit].fields; f->word != NULL; f++)
        if (strcmp(f->word, word) == 0)
            return (park_change){.unit        = unit,
                                 .field       = f,
                                 .offset      = f->offset,
                                 .constituent = f->shape == PARK_SHAPE_BY_CONSTITUENT ? 0 : -1,
                                 .op          = op,
                                 .value       = value};
    CHECK(!"the unit has the word");
    exit(1);
}

static park_change of_way(int32_t connection, size_t offset, park_change_op op, double value)
{
    return (park_change){.unit        = -1,
                         .in          = PARK_IN_CONNECTION,
                         .at          = connection,
                         .field       = &FLOW,
                         .offset      = offset,
                         .plain       = true,
                         .constituent = -1,
                         .op          = op,
                         .value       = value};
}

static park_change of_park(size_t offset, park_change_op op, double value)
{
    return (park_change){.unit        = -1,
                         .in          = PARK_IN_PARK,
                         .field       = &POWER,
                         .offset      = offset,
                         .plain       = true,
                         .constituent = -1,
                         .op          = op,
                         .value       = value};
}

static park_design *solved(bench *b, double gap, park_choosing how)
{
    park_design         *design = NULL;
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.gap = gap, settings.time_limit = 60.0, settings.choosing = how;
    if (b->draft->economics.stages > 0)
        b->draft->economics.stage_year = b->year, b->draft->economics.stage_budget = b->budget;
    if (!b->draft->frozen && !stands(b->draft, &b->findings, false))
        exit(1);
    CHECK(park_design_solve(b->draft, &settings, b->arena, &design, &b->findings, &b->err) == PARK_OK);
    CHECK_TEXT(b->err.message, "");
    if (design == NULL)
        exit(1);
    return design;
}

/* Nothing keeps the park from being written as one program. */
static void is_one_program(bench *b)
{
    park_sites          *sites;
    park_merge          *merge;
    park_design_settings settings;
    park_design_settings_default(&settings);
    CHECK(park_sites_make(b->draft, &settings, 3.0, b->arena, &sites, &b->err) == PARK_OK);
    CHECK(park_merge_make(sites, 3.0, b->arena, &merge, &b->err) == PARK_OK);
    CHECK(merge->refused == NULL);
    if (merge->refused != NULL)
        fprintf(stderr, "  refused: %s\n", merge->refused->en);
}

/* Both ways of choosing come to what was reckoned by hand. */
static park_design *reckoned(bench *b, double yearly)
{
    park_design *apart = solved(b, 1e-7, PARK_CHOOSING_APART), *one = solved(b, 1e-7, PARK_CHOOSING_TOGETHER);
    is_one_program(b);
    CHECK(apart->status == PARK_DESIGN_OPTIMAL && one->status == PARK_DESIGN_OPTIMAL);
    CHECK_CLOSE(apart->objective, yearly, 1e-6 * yearly);
    CHECK_CLOSE(one->objective, yearly, 1e-6 * yearly);
    CHECK(one->bound <= yearly * (1.0 + 1e-9));
    for (size_t i = 0; i < b->draft->retrofits; i++)
        CHECK(apart->retrofit[i] == one->retrofit[i]);
    return one;
}

/* The works take 100 m3/h, 20 of it cheap; 50 m3/h more of the cheap water save 100 CNY/h. */
static void a_connection_is_widened_where_it_pays(void)
{
    for (int dear = 0; dear < 2; dear++) {
        bench b = bench_new();
        source(&b, "river", 3.0, 0.0, 0.0), source(&b, "cheap", 1.0, 0.0, 0.0);
        process(&b, "works", 100.0);
        add_unit(b.draft, PARK_SINK, "outfall", "out");
        add_way(b.draft, "a", "river", "works", INFINITY), add_way(b.draft, "z", "works", "out", INFINITY);
        int32_t narrow = add_way(b.draft, "narrow", "cheap", "works", 20.0);
        double  cost   = dear ? 9e5 : 3e5;
        add_retrofit(&b, of_way(narrow, offsetof(park_connection, capacity), PARK_CHANGE_ADD, 50.0 * M3_H),
                     cost);
        park_design *d = reckoned(&b, dear ? 260.0 * HOURS : 160.0 * HOURS + cost);
        CHECK(d->retrofit[0] == !dear);
        park_arena_free(b.arena);
    }
}

/* A connection that carries nothing until a retrofit opens it. */
static void a_connection_is_opened(void)
{
    bench b = bench_new();
    source(&b, "river", 3.0, 0.0, 0.0), source(&b, "cheap", 1.0, 0.0, 0.0);
    process(&b, "works", 100.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    add_way(b.draft, "a", "river", "works", INFINITY), add_way(b.draft, "z", "works", "out", INFINITY);
    int32_t shut = add_way(b.draft, "shut", "cheap", "works", 0.0);
    add_retrofit(&b, of_way(shut, offsetof(park_connection, capacity), PARK_CHANGE_SET, 60.0 * M3_H), 1e5);
    park_design *d = reckoned(&b, (60.0 + 120.0) * HOURS + 1e5);
    CHECK(d->retrofit[0]);
    park_arena_free(b.arena);
}

/* Power at 0.6 CNY/kWh and 0.5 kWh/m3; 30 % off the price, 20 % off the demand. Together they save less than the sum:
 * the two places do not add up and are one site. */
static void tariffs_and_demands_multiply(void)
{
    bench b = bench_new();
    source(&b, "river", 1.0, 0.0, 0.5);
    int32_t works = process(&b, "works", 100.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    add_way(b.draft, "a", "river", "works", INFINITY), add_way(b.draft, "z", "works", "out", INFINITY);
    b.draft->tariffs.power = 0.6 / KWH;
    b.draft->carbon.grid   = 0.0;
    /* alone the price's retrofit saves 9 CNY/h of 130, with the demand's 7.2 */
    add_retrofit(&b, of_park(offsetof(park_draft, tariffs.power), PARK_CHANGE_TIMES, 0.7), 8.0 * HOURS);
    add_retrofit(&b, of_unit(&b, works, "demand", PARK_CHANGE_TIMES, 0.8), 20.0 * HOURS);
    park_design *d = reckoned(&b, (80.0 * 1.3 + 20.0) * HOURS);
    CHECK(!d->retrofit[0] && d->retrofit[1]);
    park_arena_free(b.arena);
}

/* Energy that a retrofit saves at a source is worth the price of power that another one changes: sites are joined. */
static void places_that_multiply_are_one_site(void)
{
    bench   b     = bench_new();
    int32_t river = source(&b, "river", 1.0, 0.0, 0.5);
    process(&b, "works", 100.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    add_way(b.draft, "a", "river", "works", INFINITY), add_way(b.draft, "z", "works", "out", INFINITY);
    b.draft->tariffs.power = 0.6 / KWH;
    b.draft->carbon.grid   = 0.0;
    add_retrofit(&b, of_park(offsetof(park_draft, tariffs.power), PARK_CHANGE_TIMES, 0.5), 10.0 * HOURS);
    add_retrofit(&b, of_unit(&b, river, "energy", PARK_CHANGE_TIMES, 0.5), 11.0 * HOURS);
    /* 30 CNY/h of power: either saves 15 of it for 10 or 11, the second then 7.5 */
    park_design *d = reckoned(&b, (100.0 + 15.0 + 10.0) * HOURS);
    CHECK(d->retrofit[0] && !d->retrofit[1]);
    park_sites          *sites;
    park_merge          *merge;
    park_design_settings settings;
    park_design_settings_default(&settings);
    CHECK(park_sites_make(b.draft, &settings, 3.0, b.arena, &sites, &b.err) == PARK_OK);
    CHECK(sites->count == 2);
    CHECK(park_merge_make(sites, 3.0, b.arena, &merge, &b.err) == PARK_OK);
    CHECK(merge->refused == NULL && sites->count == 1 && sites->site[0].variants == 4);
    park_arena_free(b.arena);
}

static int32_t network(bench *b, double leak, const char *donor)
{
    static const char *donors[1];
    park_network_info *info = PARK_NEW(b->arena, park_network_info);
    int32_t            u    = park_draft_add(b->draft, &PARK_KIND_NETWORK_LEAK, "fresh");
    park_network_leak *own  = params_of(b->draft, u);
    donors[0]               = donor;
    own->accepts            = (park_text_list){donors, 1};
    b->draft->unit[u].leaks = true;
    *info                   = (park_network_info){
                          .id = "fresh", .flow = leak * M3_H / 1000.0, .at = 30.0, .growing = 0.5, .length = 1000.0, .unit = u};
    b->draft->network = info, b->draft->networks = 1;
    add_way(b->draft, "feed", donor, "fresh", INFINITY);
    return u;
}

/* A network loses 10 m3/h of river water; repaired, 6. The intake is what the works use and what is lost. */
static void a_leak_costs_its_water(void)
{
    for (int dear = 0; dear < 2; dear++) {
        bench   b     = bench_new();
        int32_t river = source(&b, "river", 3.0, 0.0, 0.0);
        process(&b, "works", 100.0);
        add_unit(b.draft, PARK_SINK, "outfall", "out");
        add_way(b.draft, "a", "river", "works", INFINITY), add_way(b.draft, "z", "works", "out", INFINITY);
        network(&b, 10.0, "river");
        double      cost   = dear ? 1.3e5 : 5e4; /* 4 m3/h x 3 CNY/m3 x 8760 h = 105 120 CNY */
        park_change repair = {.unit        = -1,
                              .in          = PARK_IN_NETWORK,
                              .field       = &FLOW,
                              .offset      = offsetof(park_network_info, flow),
                              .plain       = true,
                              .constituent = -1,
                              .op          = PARK_CHANGE_TIMES,
                              .value       = 0.6};
        add_retrofit(&b, repair, cost);
        park_design *d     = reckoned(&b, dear ? 330.0 * HOURS : 318.0 * HOURS + cost);
        double       taken = d->outlet_flow[b.draft->unit[river].first_outlet];
        CHECK_CLOSE(taken, (dear ? 110.0 : 106.0) * M3_H, 1e-9);
        CHECK(d->closure.water < 1e-9 && d->closure.mass < 1e-9);
        park_arena_free(b.arena);
    }
}

/* The works take the grade: up to 20 mg/L; the cheap water has 40. A grade of 60 lets half of... all of it in. */
static void a_grade_is_widened(void)
{
    bench b = bench_new();
    source(&b, "river", 3.0, 0.0, 0.0), source(&b, "cheap", 1.0, 40.0, 0.0);
    park_process *p = params_of(b.draft, process(&b, "works", 100.0));
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    add_way(b.draft, "a", "river", "works", INFINITY), add_way(b.draft, "z", "works", "out", INFINITY);
    add_way(b.draft, "c", "cheap", "works", INFINITY);
    static const char *grades[] = {"soft"};
    static double      limit[1];
    static park_grade  soft;
    limit[0]       = 20.0 * MG_L;
    soft           = (park_grade){.id = "soft", .limit = limit};
    b.draft->grade = &soft, b.draft->grades = 1;
    p->accepts         = (park_text_list){grades, 1};
    park_change change = {.unit        = -1,
                          .in          = PARK_IN_GRADE,
                          .field       = &FLOW,
                          .offset      = offsetof(park_grade, limit),
                          .plain       = true,
                          .constituent = 0,
                          .op          = PARK_CHANGE_TIMES,
                          .value       = 1.5};
    add_retrofit(&b, change, 1e5);
    /* half of the water cheap: 200 CNY/h; at 30 mg/L three quarters: 150 CNY/h */
    park_design *d = reckoned(&b, 150.0 * HOURS + 1e5);
    CHECK(d->retrofit[0]);
    park_arena_free(b.arena);
}

/* ---- drawn parks -------------------------------------------------------------------------------------------------------------- */

static double drawn(park_random *r, double lo, double hi)
{
    return lo + (hi - lo) * park_random_uniform(r);
}

/* Two sources, three users in a cascade, a plant, a leak; retrofits of connections, tariffs, leak and users. */
static bench drawn_park(uint64_t seed, int count)
{
    park_random r = park_random_start(seed, 11, 0);
    bench       b = bench_new();
    int32_t     user[3], conn[4];
    source(&b, "river", drawn(&r, 2.0, 4.0), 0.0, drawn(&r, 0.1, 0.6));
    int32_t cheap = source(&b, "cheap", drawn(&r, 0.5, 1.5), drawn(&r, 10.0, 60.0), drawn(&r, 0.1, 0.6));
    for (int i = 0; i < 3; i++) {
        user[i]         = process(&b, park_arena_printf(b.arena, "user%d", i), drawn(&r, 30.0, 100.0));
        park_process *p = params_of(b.draft, user[i]);
        p->inlet[0]     = drawn(&r, 20.0, 120.0) * MG_L;
        p->adds[0]      = drawn(&r, 1.0, 8.0) * KG_H;
    }
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    network(&b, drawn(&r, 5.0, 20.0), "river");
    for (int i = 0; i < 3; i++) {
        const char *id = b.draft->unit[user[i]].id;
        add_way(b.draft, park_arena_printf(b.arena, "r%s", id), "river", id, INFINITY);
        conn[i] = add_way(b.draft, park_arena_printf(b.arena, "c%s", id), "cheap", id, drawn(&r, 0.0, 40.0));
        add_way(b.draft, park_arena_printf(b.arena, "o%s", id), id, "out", INFINITY);
    }
    conn[3] = add_way(b.draft, "cascade", "user0", "user1", drawn(&r, 5.0, 20.0));
    add_way(b.draft, "cascade2", "user1", "user2", drawn(&r, 5.0, 20.0));
    for (int i = 0; i < count; i++) {
        double cost = drawn(&r, 1e4, 2e5);
        switch ((i + (int)seed) % 6) {
        case 0:
            add_retrofit(&b,
                         of_way(conn[park_random_below(&r, 4)], offsetof(park_connection, capacity),
                                PARK_CHANGE_ADD, drawn(&r, 10.0, 60.0) * M3_H),
                         cost);
            break;
        case 1:
            add_retrofit(&b,
                         of_unit(&b, user[park_random_below(&r, 3)], "demand", PARK_CHANGE_TIMES,
                                 drawn(&r, 0.6, 0.95)),
                         cost);
            break;
        case 2:
            add_retrofit(
                &b, of_park(offsetof(park_draft, tariffs.power), PARK_CHANGE_TIMES, drawn(&r, 0.6, 0.95)),
                cost);
            break;
        case 3:
            add_retrofit(&b,
                         (park_change){.unit        = -1,
                                       .in          = PARK_IN_NETWORK,
                                       .field       = &FLOW,
                                       .plain       = true,
                                       .constituent = -1,
                                       .offset      = offsetof(park_network_info, flow),
                                       .op          = PARK_CHANGE_TIMES,
                                       .value       = drawn(&r, 0.3, 0.9)},
                         cost);
            break;
        case 4:
            add_retrofit(
                &b,
                of_unit(&b, user[park_random_below(&r, 3)], "inlet", PARK_CHANGE_TIMES, drawn(&r, 1.1, 3.0)),
                cost);
            break;
        default:
            add_retrofit(&b, of_unit(&b, cheap, "price", PARK_CHANGE_TIMES, drawn(&r, 0.3, 0.9)), cost);
            break;
        }
        if (i % 2 == 1)
            b.draft->retrofit[i].capex = 4.0 * cost, b.draft->retrofit[i].opex = 0.0;
    }
    return b;
}

static void one_program_finds_what_each_combination_finds(void)
{
    for (uint64_t seed = 1; seed <= 8; seed++) {
        bench        b     = drawn_park(seed, 3 + (int)(seed % 3));
        park_design *apart = solved(&b, 1e-6, PARK_CHOOSING_APART),
                    *one   = solved(&b, 1e-6, PARK_CHOOSING_TOGETHER);
        is_one_program(&b);
        CHECK(apart->status == one->status && apart->link_flow != NULL);
        CHECK_CLOSE(one->objective, apart->objective, 3e-6 * apart->objective);
        CHECK(one->bound <= apart->objective * (1.0 + 1e-7));
        park_arena_free(b.arena);
    }
}

/* What changes nothing and costs nothing changes no optimum; what is cheaper never raises it. */
static void nothing_for_nothing_changes_nothing(void)
{
    for (uint64_t seed = 3; seed <= 6; seed++) {
        bench        b    = drawn_park(seed, 5);
        park_design *base = solved(&b, 1e-6, PARK_CHOOSING_ANY);
        bench        more = drawn_park(seed, 5);
        add_retrofit(&more, of_way(0, offsetof(park_connection, price), PARK_CHANGE_ADD, 0.0), 0.0);
        add_retrofit(&more, of_park(offsetof(park_draft, tariffs.power), PARK_CHANGE_TIMES, 1.0), 0.0);
        park_design *same = solved(&more, 1e-6, PARK_CHOOSING_ANY);
        CHECK_CLOSE(same->objective, base->objective, 3e-6 * base->objective);
        bench less = drawn_park(seed, 5);
        for (size_t i = 0; i < less.draft->retrofits; i++)
            less.draft->retrofit[i].opex *= 0.5, less.draft->retrofit[i].capex *= 0.5;
        park_design *cheap = solved(&less, 1e-6, PARK_CHOOSING_ANY);
        CHECK(cheap->objective <= base->objective * (1.0 + 3e-6));
        park_arena_free(b.arena), park_arena_free(more.arena), park_arena_free(less.arena);
    }
}

/* ---- stages -------------------------------------------------------------------------------------------------------------------- */

static void budgets(bench *b, size_t stages, const double *of_year)
{
    double sum = 0.0;
    for (size_t y = 0; y < stages; y++) {
        sum += of_year[y];
        b->year[y] = 2025 + (int32_t)y, b->budget[y] = sum;
    }
    b->draft->economics.budget = sum;
    b->draft->economics.stages = stages;
}

/* The share of the first of 15 years, by 6 %. */
static double first_year(void)
{
    double sum = 0.0;
    for (int t = 0; t < 15; t++)
        sum += pow(1.06, -t);
    return 1.0 / sum;
}

/* Two users of 100 m3/h at 3 CNY/m3; a retrofit each of 1e5 CNY, for which a year's budget pays one. The one that saves 30
 * m3/h comes first, that of 20 m3/h a year later. A year of capital is a tenth. */
static bench staged(void)
{
    bench b = bench_new();
    source(&b, "river", 3.0, 0.0, 0.0);
    int32_t first = process(&b, "first", 100.0), second = process(&b, "second", 100.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    add_way(b.draft, "a", "river", "first", INFINITY), add_way(b.draft, "c", "river", "second", INFINITY);
    add_way(b.draft, "z", "first", "out", INFINITY), add_way(b.draft, "y", "second", "out", INFINITY);
    b.draft->economics.annual_factor                                                           = 0.1 / YEAR;
    add_retrofit(&b, of_unit(&b, second, "demand", PARK_CHANGE_ADD, -20.0 * M3_H), 0.0)->capex = 1e5;
    add_retrofit(&b, of_unit(&b, first, "demand", PARK_CHANGE_ADD, -30.0 * M3_H), 0.0)->capex  = 1e5;
    return b;
}

static void retrofits_choose_their_year(void)
{
    for (int how = PARK_CHOOSING_APART; how <= PARK_CHOOSING_TOGETHER; how++) {
        bench  b = staged();
        double p = first_year();
        budgets(&b, 2, (const double[]){1e5, 1e5});
        park_design *d      = solved(&b, 1e-7, (park_choosing)how);
        double       yearly = 510.0 * HOURS * p + 450.0 * HOURS * (1.0 - p) + 1e4 + 1e4 * (1.0 - p);
        CHECK(d->status == PARK_DESIGN_OPTIMAL && d->staging != NULL);
        CHECK_CLOSE(d->objective, yearly, 1e-6 * yearly);
        CHECK(d->retrofit[0] && d->retrofit[1]);
        CHECK(d->retrofit_from[0] == 1 && d->retrofit_from[1] == 0);
        CHECK_CLOSE(d->staging->spent[0], 1e5, 1e-6);
        CHECK_CLOSE(d->staging->spent[1], 2e5, 1e-6);
        is_one_program(&b);
        park_arena_free(b.arena);
    }
}

/* What needs another one cannot come before it; the budget of the first year is enough for none. */
static void staged_retrofits_wait_for_each_other(void)
{
    static int32_t needs[] = {0};
    for (int how = PARK_CHOOSING_APART; how <= PARK_CHOOSING_TOGETHER; how++) {
        bench  b                       = staged();
        double p                       = first_year();
        b.draft->retrofit[1].requires_ = needs, b.draft->retrofit[1].requires_count = 1;
        budgets(&b, 2, (const double[]){1e5, 1e5});
        park_design *d      = solved(&b, 1e-7, (park_choosing)how);
        double       yearly = 540.0 * HOURS * p + 450.0 * HOURS * (1.0 - p) + 1e4 + 1e4 * (1.0 - p);
        CHECK_CLOSE(d->objective, yearly, 1e-6 * yearly);
        CHECK(d->retrofit_from[0] == 0 && d->retrofit_from[1] == 1);
        park_arena_free(b.arena);
        b = staged();
        budgets(&b, 2, (const double[]){9e4, 2e4});
        d      = solved(&b, 1e-7, (park_choosing)how);
        yearly = 600.0 * HOURS * p + 510.0 * HOURS * (1.0 - p) + 1e4 * (1.0 - p);
        CHECK_CLOSE(d->objective, yearly, 1e-6 * yearly);
        CHECK(!d->retrofit[0] && d->retrofit_from[1] == 1 && d->retrofit_from[0] == -1);
        park_arena_free(b.arena);
    }
}

static void staged_parks_as_each_combination_by_itself(void)
{
    for (uint64_t seed = 1; seed <= 4; seed++) {
        double money[2] = {2e5, 3e5};
        bench  b        = drawn_park(seed, 4);
        budgets(&b, 2, money);
        park_design *apart = solved(&b, 1e-6, PARK_CHOOSING_APART),
                    *one   = solved(&b, 1e-6, PARK_CHOOSING_TOGETHER);
        is_one_program(&b);
        CHECK(apart->status == one->status && apart->link_flow != NULL);
        CHECK_CLOSE(one->objective, apart->objective, 3e-6 * apart->objective);
        park_arena_free(b.arena);
    }
}

/* The front of fresh water and cost: its ends are the least water (both retrofits, as early as they can be paid) and the
 * least cost, which here is the same plan but for a retrofit that is not worth it. */
static void a_staged_front_has_its_ends(void)
{
    bench  b                  = staged();
    double p                  = first_year();
    b.draft->retrofit[0].opex = 6e5 / YEAR; /* 20 m3/h at 3 CNY/m3 are 525 600 CNY a year */
    budgets(&b, 2, (const double[]){1e5, 1e5});
    b.draft->objectives = 2, b.draft->front_points = 3;
    b.draft->objective[0] = PARK_MIN_FRESH_WATER, b.draft->objective[1] = PARK_MIN_COST;
    park_design *d = solved(&b, 1e-6, PARK_CHOOSING_ANY);
    CHECK(d->front != NULL && d->front->points == 2);
    const park_front_point *least = &d->front->point[0], *last = &d->front->point[d->front->points - 1];
    double water = (170.0 * p + 150.0 * (1.0 - p)) * HOURS, cheap = (170.0 * p + 170.0 * (1.0 - p)) * HOURS;
    CHECK_CLOSE(least->value[0], water, 1e-5 * water);
    CHECK_CLOSE(least->value[1], 3.0 * water + 1e4 + (6e5 + 1e4) * (1.0 - p), 1e-5 * 3.0 * water);
    CHECK_CLOSE(last->value[0], cheap, 1e-5 * cheap);
    CHECK_CLOSE(last->value[1], 3.0 * cheap + 1e4, 1e-5 * 3.0 * cheap);
    park_arena_free(b.arena);
}

/* ---- futures ------------------------------------------------------------------------------------------------------------------- */

/* Demand and the price of power are uncertain; the choices of one program against each combination by itself. */
static void futures_as_each_combination_by_itself(void)
{
    static const double     TIMES[] = {0.8, 1.3}, EQUAL[] = {1.0, 1.0};
    const park_distribution two = {.kind   = PARK_DISTRIBUTION_DISCRETE,
                                   .count  = 2,
                                   .value  = (double *)(uintptr_t)TIMES,
                                   .weight = (double *)(uintptr_t)EQUAL};
    for (int robust = PARK_ROBUST_MEAN; robust <= PARK_ROBUST_REGRET; robust++)
        for (uint64_t seed = 2; seed <= 3; seed++) {
            bench          b      = drawn_park(seed, 4);
            park_uncertain list[] = {
                {.path   = "d",
                 .change = of_unit(&b, park_model_unit(b.draft, "user0"), "demand", PARK_CHANGE_TIMES, 1.0),
                 .law    = two},
                {.path   = "p",
                 .change = of_park(offsetof(park_draft, tariffs.power), PARK_CHANGE_TIMES, 1.0),
                 .law    = two}};
            b.draft->uncertain = list, b.draft->uncertains = 2, b.draft->draws = 4;
            b.draft->robust    = (park_robust)robust;
            park_design *apart = solved(&b, 1e-5, PARK_CHOOSING_APART),
                        *one   = solved(&b, 1e-5, PARK_CHOOSING_TOGETHER);
            CHECK(apart->link_flow != NULL && one->link_flow != NULL);
            if (robust != PARK_ROBUST_REGRET) /* that needs what each future could have cost */
                is_one_program(&b);
            double scale = robust == PARK_ROBUST_REGRET ? 1e6 : apart->objective;
            CHECK_CLOSE(one->objective, apart->objective, 1e-4 * scale);
            park_arena_free(b.arena);
        }
}

int main(void)
{
    RUN(a_connection_is_widened_where_it_pays);
    RUN(a_connection_is_opened);
    RUN(tariffs_and_demands_multiply);
    RUN(places_that_multiply_are_one_site);
    RUN(a_leak_costs_its_water);
    RUN(a_grade_is_widened);
    RUN(one_program_finds_what_each_combination_finds);
    RUN(nothing_for_nothing_changes_nothing);
    RUN(retrofits_choose_their_year);
    RUN(staged_retrofits_wait_for_each_other);
    RUN(staged_parks_as_each_combination_by_itself);
    RUN(a_staged_front_has_its_ends);
    RUN(futures_as_each_combination_by_itself);
    return park_test_done();
}
