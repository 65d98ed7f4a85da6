/* Small parks solved by hand: allocation, treatment, sizes, targets, retrofits, seasons, infeasibility. */
#include "park_fixture.h"

#include "units/sinks/sink.h"
#include "units/sources/source.h"
#include "units/storages/storage.h"
#include "units/treatments/treatment.h"
#include "units/users/process.h"

#include "design/descent.h"

#include <parkwater/design.h>

#include <string.h>

static const char *const NAMES[] = {"COD", "TDS"};
enum { COD, TDS, COUNT };
static const double CNY_M3 = 1.0, HOURS = 8760.0;

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
    return b;
}

static int32_t river(bench *b, const char *id, double price, double cod, double tds)
{
    int32_t      u  = add_unit(b->draft, PARK_SOURCE, "surface", id);
    park_source *s  = params_of(b->draft, u);
    s->price        = price * CNY_M3;
    s->quality[COD] = cod * MG_L;
    s->quality[TDS] = tds * MG_L;
    return u;
}

/* A process of `flow` m3/h that adds COD [kg/h] and takes at most `limit` mg/L COD (NAN: any). */
static park_process *process(bench *b, const char *id, double flow, double adds, double limit)
{
    park_process *p = params_of(b->draft, add_unit(b->draft, PARK_USER, "process", id));
    p->demand.flow  = (park_series){flow * M3_H, -1};
    p->adds[COD]    = adds * KG_H;
    p->inlet[COD]   = limit * MG_L;
    return p;
}

static park_sink_params *outfall(bench *b, const char *id, double price, double limit)
{
    park_sink_params *s = params_of(b->draft, add_unit(b->draft, PARK_SINK, "outfall", id));
    s->price            = price * CNY_M3;
    s->limits[COD]      = limit * MG_L;
    return s;
}

static park_treatment *treatment(bench *b, const char *id, double removal, double opex)
{
    park_treatment *t = params_of(b->draft, add_unit(b->draft, PARK_TREATMENT, "removal", id));
    t->removal[COD]   = removal;
    t->opex           = opex * CNY_M3;
    return t;
}

static park_design *solved(bench *b, double gap)
{
    park_design         *design = NULL;
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.gap        = gap;
    settings.time_limit = 30.0;
    if (!b->draft->frozen && !stands(b->draft, &b->findings, false)) {
        CHECK(!"the park stands");
        exit(1);
    }
    park_status status = park_design_solve(b->draft, &settings, b->arena, &design, &b->findings, &b->err);
    CHECK(status == PARK_OK);
    CHECK_TEXT(b->err.message, "");
    if (design == NULL)
        exit(1);
    return design;
}

static void sound(const park_design *d)
{
    double sum = 0.0;
    CHECK(d->status == PARK_DESIGN_OPTIMAL || d->status == PARK_DESIGN_GAP_REACHED);
    CHECK(d->bound <= d->objective * (1.0 + 1e-9));
    CHECK(d->closure.water <= 1e-9);
    CHECK(d->closure.mass <= 1e-9);
    for (size_t i = 0; i < d->cost_lines; i++)
        sum += d->cost[i].yearly;
    CHECK_CLOSE(sum, d->yearly_cost, 1e-9 * fabs(sum));
    if (d->objective_kind == PARK_MIN_COST)
        CHECK_CLOSE(sum, d->objective, 1e-9 * fabs(sum));
}

static double flow_of(const park_design *d, const char *from, const char *to)
{
    int32_t l = link_between(d->model, from, to);
    return l < 0 ? 0.0 : d->link_flow[l] / M3_H;
}

/* One user of 100 m3/h at 2 CNY/m3 and 1 CNY/m3 for the drain, no reuse possible: 300 CNY/h. */
static void a_single_user_pays_for_its_water(void)
{
    bench b = bench_new();
    river(&b, "river", 2.0, 10.0, 200.0);
    process(&b, "wash", 100.0, 5.0, 20.0);
    outfall(&b, "out", 1.0, NAN);
    park_design *d = solved(&b, 1e-4);
    sound(d);
    CHECK_CLOSE(d->objective, 300.0 * HOURS, 1e-3);
    CHECK_CLOSE(flow_of(d, "river", "wash"), 100.0, 1e-6);
    CHECK_CLOSE(d->inlet_conc[COD], 10.0 * MG_L, 1e-12);
    CHECK_CLOSE(d->ledger->link_water[link_between(d->model, "river", "wash")], 100.0 * HOURS, 1e-3);
    park_arena_free(b.arena);
}

/* A drains 100 m3/h at 100 mg/L; B (50 m3/h, at most 80 mg/L, river water at 0) takes 40 of it: 110 m3/h of river. */
static bench cascade(void)
{
    bench b = bench_new();
    river(&b, "river", 1.0, 0.0, 0.0);
    process(&b, "a", 100.0, 10.0, 20.0)->inlet[COD] = 0.0;
    process(&b, "b", 50.0, 10.0, 80.0);
    outfall(&b, "out", 0.0, NAN);
    return b;
}

static void a_cascade_is_cut_by_the_inlet_limit(void)
{
    bench        b = cascade();
    park_design *d = solved(&b, 1e-4);
    sound(d);
    CHECK_CLOSE(d->objective, 110.0 * HOURS, 1e-3);
    CHECK_CLOSE(flow_of(d, "a", "b"), 40.0, 1e-6);
    park_arena_free(b.arena);
}

/* The same with the limit tightened by a margin of 0.5: 40 mg/L allow 20 m3/h. */
static void margins_tighten_limits(void)
{
    bench b = cascade();
    CHECK(stands(b.draft, &b.findings, false));
    park_margins        *margins = park_margins_new(b.arena, b.draft);
    park_design_settings settings;
    park_design         *d                               = NULL;
    int32_t              at                              = park_model_inlet(b.draft, "b");
    margins->inlet_limit_times[(size_t)at * COUNT + COD] = 0.5;
    park_design_settings_default(&settings);
    settings.margins = margins, settings.gap = 1e-4;
    CHECK(park_design_solve(b.draft, &settings, b.arena, &d, &b.findings, &b.err) == PARK_OK);
    CHECK_CLOSE(d->objective, 130.0 * HOURS, 1e-3);
    margins->seasons = 7;
    CHECK(park_design_solve(b.draft, &settings, b.arena, &d, &b.findings, &b.err) == PARK_E_RANGE);
    park_arena_free(b.arena);
}

/* Units written in another order, and every flow ten times as large: the same optimum, ten times as dear. */
static void order_and_scale_do_not_matter(void)
{
    bench b = bench_new();
    outfall(&b, "out", 0.0, NAN);
    process(&b, "b", 500.0, 100.0, 80.0);
    process(&b, "a", 1000.0, 100.0, 0.0);
    river(&b, "river", 1.0, 0.0, 0.0);
    park_design *d = solved(&b, 1e-4);
    sound(d);
    CHECK_CLOSE(d->objective, 1100.0 * HOURS, 1e-2);
    park_arena_free(b.arena);
}

/* 50 m3/h at 400 mg/L must leave at 50 mg/L. A plant takes 95 % (2 CNY/m3): y treated, 20 y + 400 (50 - y) <= 2500,
 * so y = 17500/380 = 46.0526 m3/h, the rest goes by. Capital 10000 (y / (1 m3/h))^0.7 at 0.1 a year. */
static void treatment_is_bypassed_and_its_capital_is_concave(void)
{
    bench b = bench_new();
    river(&b, "river", 1.0, 0.0, 0.0);
    process(&b, "works", 50.0, 20.0, 0.0); /* clean water only: no reuse */
    park_treatment *t = treatment(&b, "plant", 0.95, 2.0);
    t->capex = (park_capex){.scale = 10000.0, .reference = 1.0 * M3_H, .exponent = 0.7, .fixed = 0.0};
    outfall(&b, "out", 0.0, 50.0);
    b.draft->economics.annual_factor = 0.1 / (8760.0 * 3600.0);
    park_design *d                   = solved(&b, 1e-4);
    double       y                   = 17500.0 / 380.0;
    sound(d);
    CHECK_CLOSE(d->objective, (50.0 + 2.0 * y) * HOURS + 1000.0 * pow(y, 0.7), 1e-4 * d->objective);
    CHECK_CLOSE(flow_of(d, "works", "plant"), y, 1e-5 * y);
    CHECK_CLOSE(d->unit_size[park_model_unit(d->model, "plant")] / M3_H, y, 1e-5 * y);
    CHECK_CLOSE(d->investment, 10000.0 * pow(y, 0.7), 1e-4 * d->investment);
    park_arena_free(b.arena);
}

/* The same plant in steps of 20 m3/h from 20 to 80: 46.05 m3/h need 60. */
static void stepped_sizes_are_chosen_whole(void)
{
    bench b = bench_new();
    river(&b, "river", 1.0, 0.0, 0.0);
    process(&b, "works", 50.0, 20.0, 0.0); /* clean water only: no reuse */
    park_treatment *t = treatment(&b, "plant", 0.95, 2.0);
    t->capex    = (park_capex){.scale = 10000.0, .reference = 1.0 * M3_H, .exponent = 0.7, .fixed = 500.0};
    t->capacity = (park_range){20.0 * M3_H, 80.0 * M3_H, 20.0 * M3_H};
    outfall(&b, "out", 0.0, 50.0);
    b.draft->economics.annual_factor = 0.1 / (8760.0 * 3600.0);
    park_design *d                   = solved(&b, 1e-6);
    double       y                   = 17500.0 / 380.0;
    sound(d);
    CHECK_CLOSE(d->unit_size[park_model_unit(d->model, "plant")] / M3_H, 60.0, 1e-9);
    CHECK_CLOSE(d->objective, (50.0 + 2.0 * y) * HOURS + 0.1 * (10000.0 * pow(60.0, 0.7) + 500.0),
                1e-5 * d->objective);
    park_arena_free(b.arena);
}

/* Of two rivers the dear one is taken only as far as quality asks: 60 m3/h at 50 mg/L from 20 (3 CNY) and 80 (1 CNY). */
static void sources_are_mixed_to_the_limit(void)
{
    bench b = bench_new();
    river(&b, "clean", 3.0, 20.0, 0.0);
    river(&b, "dirty", 1.0, 80.0, 0.0);
    process(&b, "works", 60.0, 0.0, 50.0);
    outfall(&b, "out", 0.0, NAN);
    park_design *d = solved(&b, 1e-4);
    sound(d);
    CHECK_CLOSE(flow_of(d, "clean", "works"), 30.0, 1e-6);
    CHECK_CLOSE(d->objective, 120.0 * HOURS, 1e-3);
    park_arena_free(b.arena);
}

static void aim(bench *b, const char *quantity, double min, double max)
{
    b->draft->target  = PARK_ARRAY(b->arena, 1, park_target);
    b->draft->targets = 1;
    *b->draft->target =
        (park_target){.quantity = quantity, .min = min, .max = max, .dim = PARK_DIM_NUMBER, .statement = -1};
}

/* Reuse costs nothing here but is not wanted: a line of 3 CNY/m3 from a to b. Vr/(Vi + Vr) >= 20 % of 150 m3/h = 30. */
static park_design *with_target(bench *b, double rate)
{
    *b = bench_new();
    river(b, "river", 1.0, 0.0, 0.0);
    process(b, "a", 100.0, 10.0, NAN)->inlet[COD] = 0.0;
    process(b, "b", 50.0, 10.0, 80.0);
    outfall(b, "out", 0.0, NAN);
    b->draft->candidates               = PARK_CANDIDATES_NONE;
    static const char *const ENDS[][2] = {
        {"river", "a"}, {"river", "b"}, {"a", "b"}, {"a", "out"}, {"b", "out"}};
    for (size_t i = 0; i < 5; i++)
        park_draft_connection(b->draft, (park_connection){.from     = ENDS[i][0],
                                                          .to       = ENDS[i][1],
                                                          .existing = true,
                                                          .capacity = INFINITY,
                                                          .length   = NAN,
                                                          .lift     = NAN,
                                                          .price    = i == 2 ? 3.0 : 0.0});
    aim(b, "reuse_rate", rate, INFINITY);
    return solved(b, 1e-6);
}

static void a_reuse_target_is_met_exactly(void)
{
    bench        b;
    park_design *d = with_target(&b, 0.2);
    sound(d);
    CHECK_CLOSE(flow_of(d, "a", "b"), 30.0, 1e-5);
    CHECK_CLOSE(d->objective, (120.0 + 90.0) * HOURS, 1e-2);
    CHECK_CLOSE(d->ledger->link_used_share[link_between(d->model, "a", "b")], 1.0, 1e-12);
    double dear = d->objective;
    park_arena_free(b.arena);
    d = with_target(&b, 0.1); /* a relaxed target never costs more */
    CHECK(d->objective < dear);
    CHECK_CLOSE(d->objective, (135.0 + 45.0) * HOURS, 1e-2);
    park_arena_free(b.arena);
}

/* b may take 40 m3/h of used water: 40/150 = 26.67 % is the most. */
static void a_target_out_of_reach_is_told_before_and_explained_after(void)
{
    bench        b;
    park_design *d = with_target(&b, 0.5);
    CHECK(d->status == PARK_DESIGN_INFEASIBLE);
    CHECK(d->link_flow == NULL);
    bool named = false;
    for (size_t i = 0; i < d->conflicts; i++)
        named =
            named || strcmp(d->model->statement[d->conflict[i].statement].path, "targets.reuse_rate") == 0;
    CHECK(named);
    park_findings_init(&b.findings, b.arena);
    CHECK(park_design_precheck(b.draft, b.arena, &b.findings, &b.err) == PARK_OK);
    CHECK(has_code(&b.findings, PARK_E0562));
    CHECK(b.findings.count > 0 && strstr(b.findings.items[0].en, "26.6") != NULL);
    park_arena_free(b.arena);
}

/* The same target, indicative: nothing is reused for it (150 m3/h of river at 1 CNY/m3), and what it could reach is told. */
static void an_indicative_target_holds_no_plan(void)
{
    bench        b;
    park_design *d              = with_target(&b, 0.5);
    b.draft->target->indicative = true;
    d                           = solved(&b, 1e-6);
    sound(d);
    CHECK_CLOSE(d->objective, 150.0 * HOURS, 1e-2);
    park_findings_init(&b.findings, b.arena);
    CHECK(park_design_precheck(b.draft, b.arena, &b.findings, &b.err) == PARK_OK);
    CHECK(b.findings.errors == 0 && has_code(&b.findings, PARK_W0564));
    CHECK(b.findings.count > 0 && strstr(b.findings.items[0].en, "at most 26.66") != NULL);
    park_arena_free(b.arena);
}

/* No non-conventional source at all: nought, not what halving leaves of it; volumes by the year. */
static void what_cannot_be_at_all_is_told_as_nought(void)
{
    bench b;
    (void)with_target(&b, 0.1);
    b.draft->targets = 0;
    aim(&b, "non_conventional", 1e5 / (HOURS * 3600.0), INFINITY);
    b.draft->target->indicative = true;
    b.draft->target->dim        = PARK_DIM_FLOW;
    park_findings_init(&b.findings, b.arena);
    CHECK(park_design_precheck(b.draft, b.arena, &b.findings, &b.err) == PARK_OK);
    CHECK(b.findings.count == 1 && has_code(&b.findings, PARK_W0564));
    CHECK(strstr(b.findings.items[0].en, "asks for at least 10 ×10⁴ m³/a") != NULL);
    CHECK(strstr(b.findings.items[0].zh, "最多只能达到 0 万m³/a") != NULL);
    park_arena_free(b.arena);
}

static void water_too_dirty_is_told_with_its_numbers(void)
{
    bench b = bench_new();
    river(&b, "river", 1.0, 30.0, 0.0);
    process(&b, "works", 60.0, 0.0, 25.0);
    outfall(&b, "out", 0.0, NAN);
    CHECK(stands(b.draft, &b.findings, false));
    CHECK(park_design_precheck(b.draft, b.arena, &b.findings, &b.err) == PARK_OK);
    CHECK(has_code(&b.findings, PARK_E0561));
    CHECK(b.findings.count > 0 && strstr(b.findings.items[0].en, "25 mg/L COD") != NULL);
    CHECK(b.findings.count > 0 && strstr(b.findings.items[0].en, "30 mg/L") != NULL);
    park_design *d = solved(&b, 1e-3);
    CHECK(d->status == PARK_DESIGN_INFEASIBLE);
    CHECK(d->conflicts > 0);
    park_arena_free(b.arena);
}

/* Fresh water first, then cost: 110 m3/h stays, though reuse costs 3 CNY/m3 (a plan by cost would reuse nothing). */
static void objectives_in_order(void)
{
    bench b;
    (void)with_target(&b, 0.0);
    park_arena_free(b.arena);
    b = bench_new();
    river(&b, "river", 1.0, 0.0, 0.0);
    river(&b, "spring", 5.0, 0.0, 0.0);
    process(&b, "a", 100.0, 10.0, 0.0);
    process(&b, "b", 50.0, 10.0, 80.0);
    outfall(&b, "out", 0.0, NAN);
    b.draft->objectives   = 2;
    b.draft->objective[0] = PARK_MIN_FRESH_WATER;
    b.draft->objective[1] = PARK_MIN_COST;
    park_design *d        = solved(&b, 1e-6);
    sound(d);
    CHECK_CLOSE(d->objective, 110.0 * HOURS, 1e-5 * d->objective);
    CHECK_TEXT(d->unit, "m3/a");
    CHECK_CLOSE(d->yearly_cost, 110.0 * HOURS, 2e-5 * d->yearly_cost); /* the river, not the spring */
    park_arena_free(b.arena);
}

/* Raising b's limit from 80 to 100 mg/L saves 10 m3/h = 87600 CNY/a; the change pays at 50000 a year, not at 90000. */
static void a_retrofit_is_taken_when_it_pays(void)
{
    for (int dear = 0; dear < 2; dear++) {
        bench         b      = cascade();
        park_change   change = {.unit = 2, .constituent = COD, .op = PARK_CHANGE_SET, .value = 100.0 * MG_L};
        park_retrofit retrofit = {.id         = "tolerant",
                                  .applies_to = 2,
                                  .changes    = 1,
                                  .change     = &change,
                                  .capex      = 0.0,
                                  .opex       = (dear ? 90000.0 : 50000.0) / 31536000.0,
                                  .life       = NAN};
        for (const park_field *f = b.draft->unit[2].fields; f->word != NULL; f++)
            if (strcmp(f->word, "inlet") == 0)
                change.field = f, change.offset = f->offset;
        b.draft->retrofit  = &retrofit;
        b.draft->retrofits = 1;
        park_design *d     = solved(&b, 1e-6);
        sound(d);
        CHECK(d->retrofit != NULL && d->retrofit[0] == !dear);
        CHECK_CLOSE(d->objective, dear ? 110.0 * HOURS : 100.0 * HOURS + 50000.0, 1.0);
        park_arena_free(b.arena);
    }
}

/* 30 % is out of reach as b is (26.67 %); with its limit at 100 mg/L 50 of 150 m3/h are used again, 33.3 %. What is told before is
 * therefore no contradiction. */
static void a_target_that_a_retrofit_reaches_is_no_error(void)
{
    bench         b;
    park_change   change   = {.unit = 2, .constituent = COD, .op = PARK_CHANGE_SET, .value = 100.0 * MG_L};
    park_retrofit retrofit = {
        .id = "tolerant", .applies_to = 2, .changes = 1, .change = &change, .life = NAN};
    (void)with_target(&b, 0.3);
    for (const park_field *f = b.draft->unit[2].fields; f->word != NULL; f++)
        if (strcmp(f->word, "inlet") == 0)
            change.field = f, change.offset = f->offset;
    b.draft->retrofit  = &retrofit;
    b.draft->retrofits = 1;
    park_design *d     = solved(&b, 1e-6);
    sound(d);
    CHECK(d->retrofit != NULL && d->retrofit[0]);
    park_findings_init(&b.findings, b.arena);
    CHECK(park_design_precheck(b.draft, b.arena, &b.findings, &b.err) == PARK_OK);
    CHECK(b.findings.errors == 0 && b.findings.count == 1 && has_code(&b.findings, PARK_W0564));
    CHECK(b.findings.count > 0 && strstr(b.findings.items[0].en, "no retrofit taken, at most 26.66") != NULL);
    park_arena_free(b.arena);
}

/* A new open pond of 1 ha from which 3 mm/d evaporate (1.25 m3/h): it would have to be filled where it stands. Nobody needs
 * it, so it is not built and nothing evaporates; where the park has it already the water is paid for. */
static void an_open_pond_stays_out_where_it_does_not_pay(void)
{
    static double every[] = {0.003 / 86400.0};
    for (int stands_already = 0; stands_already < 2; stands_already++) {
        bench b                      = cascade();
        b.draft->weather.evaporation = park_draft_pattern(
            b.draft,
            (park_pattern){.kind = PARK_PATTERN_CYCLE, .every = 86400.0, .count = 1, .value = every});
        int32_t       u           = add_unit(b.draft, PARK_STORAGE, "pond", "pond");
        park_storage *pond        = params_of(b.draft, u);
        pond->volume              = (park_range){.min = NAN, .max = 1000.0, .step = NAN};
        pond->area                = 1e4;
        pond->capex               = (park_capex){.scale = 100.0, .reference = 1.0, .exponent = 1.0};
        b.draft->unit[u].existing = stands_already;
        park_design *d            = solved(&b, 1e-6);
        sound(d);
        CHECK_CLOSE(d->objective, (110.0 + (stands_already ? 1.25 : 0.0)) * HOURS, 1e-2);
        CHECK(stands_already || !d->unit_built[u]);
        park_arena_free(b.arena);
    }
}

/* What is proven of a looser park settles the next one from the design at hand, with and without retrofits; a bound that
 * does not settle it is kept and the tree goes on. */
static void a_bound_of_a_looser_park_settles_the_next(void)
{
    for (int retrofits = 0; retrofits < 2; retrofits++) {
        bench         b      = cascade();
        park_change   change = {.unit = 2, .constituent = COD, .op = PARK_CHANGE_SET, .value = 100.0 * MG_L};
        park_retrofit retrofit = {
            .id = "tolerant", .applies_to = 2, .changes = 1, .change = &change, .opex = 1e-3, .life = NAN};
        for (const park_field *f = b.draft->unit[2].fields; f->word != NULL; f++)
            if (strcmp(f->word, "inlet") == 0)
                change.field = f, change.offset = f->offset;
        b.draft->retrofit        = &retrofit;
        b.draft->retrofits       = (size_t)retrofits;
        park_design         *d   = solved(&b, 1e-6), *again;
        park_design_settings set = {.gap = 1e-2, .time_limit = INFINITY, .threads = 1, .seed = 1, .start = d};
        set.known_bound          = d->objective * 0.995;
        CHECK(park_design_solve(b.draft, &set, b.arena, &again, &b.findings, &b.err) == PARK_OK);
        sound(again);
        CHECK_CLOSE(again->objective, d->objective, 1e-6 * d->objective);
        CHECK_CLOSE(again->bound, set.known_bound, 1e-9 * d->objective);
        CHECK(again->status == PARK_DESIGN_GAP_REACHED && again->nodes == 0);
        set.gap = 1e-6;
        CHECK(park_design_solve(b.draft, &set, b.arena, &again, &b.findings, &b.err) == PARK_OK);
        CHECK(again->status == PARK_DESIGN_OPTIMAL);
        CHECK(again->bound > set.known_bound && again->bound <= d->objective * (1.0 + 1e-9));
        park_arena_free(b.arena);
    }
}

/* The cascade by quarters and by months with a plant to be sized for all of them: season by season and in one tree the
 * optimum is the same, and neither proves more than the other reaches. */
static void seasons_are_blocks(void)
{
    for (int months = 0; months < 2; months++) {
        bench              b       = cascade();
        park_super_options options = {.box_times = 3.0};
        park_super        *super;
        park_formulation  *f;
        park_tree_settings settings;
        park_tree_result   r[2];
        treatment(&b, "plant", 0.9, 0.2)->capex =
            (park_capex){.scale = 20.0, .reference = M3_H, .exponent = 0.7};
        b.draft->time.steady = false, b.draft->time.utc_offset = 0;
        b.draft->time.start = 1735689600, b.draft->time.end = 1767225600; /* 2025 */
        CHECK(park_time_seasons(b.draft, months ? PARK_SEASONS_MONTHS : PARK_SEASONS_QUARTERS, NULL, 0,
                                &b.err) == PARK_OK);
        CHECK(stands(b.draft, &b.findings, false));
        CHECK(park_super_make(b.draft, NULL, &options, b.arena, &super, &b.err) == PARK_OK);
        CHECK(park_formulation_make(super, PARK_MIN_COST, b.arena, &f, &b.err) == PARK_OK);
        f->program.recheck = park_plan_recheck, f->program.user = f;
        park_tree_settings_default(&settings);
        settings.gap = 1e-3, settings.time_limit = 20.0;
        for (int k = 0; k < 2; k++) {
            settings.blocks = k == 0 ? PARK_BLOCKS_NEVER : PARK_BLOCKS_ALWAYS;
            CHECK(park_tree_solve(&f->program, &settings, b.arena, &r[k], &b.err) == PARK_OK &&
                  r[k].x != NULL);
            CHECK(r[k].gap <= 1e-3 + 1e-12);
        }
        CHECK(super->seasons == (months ? 12 : 4));
        CHECK(f->size[4] >= 0);
        CHECK(r[0].bound <= r[1].objective * (1 + 1e-7) && r[1].bound <= r[0].objective * (1 + 1e-7));
        park_arena_free(b.arena);
    }
}

/* An applied design stands: solving it again costs the running costs alone and changes nothing. */
static void an_applied_design_has_nothing_left_to_choose(void)
{
    bench b = bench_new();
    river(&b, "river", 1.0, 0.0, 0.0);
    process(&b, "works", 50.0, 20.0, 0.0); /* clean water only: no reuse */
    park_treatment *t = treatment(&b, "plant", 0.95, 2.0);
    t->capex = (park_capex){.scale = 10000.0, .reference = 1.0 * M3_H, .exponent = 0.7, .fixed = 0.0};
    outfall(&b, "out", 0.0, 50.0);
    park_design *d          = solved(&b, 1e-4);
    park_model  *stands_now = NULL;
    CHECK(park_design_apply(d, b.arena, &stands_now, &b.err) == PARK_OK);
    int32_t plant = park_model_unit(stands_now, "plant");
    CHECK(stands_now->unit[plant].existing);
    CHECK_CLOSE(((const park_treatment *)stands_now->unit[plant].params)->capacity.max, d->unit_size[plant],
                1e-12);
    park_design_settings settings;
    park_design         *again = NULL;
    park_design_settings_default(&settings);
    settings.gap = 1e-4;
    CHECK(park_design_solve(stands_now, &settings, b.arena, &again, &b.findings, &b.err) == PARK_OK);
    sound(again);
    CHECK_CLOSE(again->investment, 0.0, 1e-9);
    CHECK_CLOSE(again->objective, (50.0 + 2.0 * 17500.0 / 380.0) * HOURS, 1e-4 * again->objective);
    park_arena_free(b.arena);
}

/* Two users that may feed each other, two constituents: every pair of link flows on a grid of 0.5 m3/h, concentrations
 * by solving the two balances. The optimum beats the grid, by no more than the grid is coarse. */
static double grid_best(const double load[2][2], const double limit[2][2])
{
    double best = INFINITY;
    for (double x = 0.0; x <= 50.0; x += 0.5)
        for (double y = 0.0; y <= 100.0; y += 0.5) {
            bool fits = true;
            for (int c = 0; c < 2; c++) { /* 100 Ca = y Cb + La, 50 Cb = x Ca + Lb, in g/h and mg/L */
                double det = 100.0 * 50.0 - x * y;
                if (det <= 0.0) {
                    fits = false;
                    break;
                }
                double Ca = (50.0 * load[0][c] + y * load[1][c]) / det,
                       Cb = (100.0 * load[1][c] + x * load[0][c]) / det;
                fits      = fits && y * Cb <= limit[0][c] * 100.0 && x * Ca <= limit[1][c] * 50.0;
            }
            if (fits)
                best = fmin(best, 150.0 - x - y);
        }
    return best;
}

static void the_optimum_agrees_with_a_grid(void)
{
    static const double LOAD[2][2]  = {{6000.0, 20000.0}, {9000.0, 4000.0}}; /* g/h of COD, TDS */
    static const double LIMIT[2][2] = {{40.0, 60.0}, {50.0, 150.0}};         /* mg/L */
    bench               b           = bench_new();
    river(&b, "river", 1.0, 0.0, 0.0);
    park_process *a = process(&b, "a", 100.0, 6.0, 40.0), *c = process(&b, "b", 50.0, 9.0, 50.0);
    a->adds[TDS] = 20.0 * KG_H, a->inlet[TDS] = 60.0 * MG_L;
    c->adds[TDS] = 4.0 * KG_H, c->inlet[TDS] = 150.0 * MG_L;
    outfall(&b, "out", 0.0, NAN);
    park_design *d    = solved(&b, 1e-5);
    double       grid = grid_best(LOAD, LIMIT);
    sound(d);
    CHECK(d->objective / HOURS <= grid + 1e-6);
    CHECK(d->objective / HOURS >= grid - 1.5);
    park_arena_free(b.arena);
}

/* A first plan is a plan: the recheck takes it, and it is no better than the optimum. */
static void a_first_plan_is_found_without_a_tree(void)
{
    bench              b = cascade();
    park_super        *super;
    park_formulation  *f;
    park_super_options options = {.box_times = 3.0};
    double             value   = NAN;
    CHECK(stands(b.draft, &b.findings, false));
    CHECK(park_super_make(b.draft, NULL, &options, b.arena, &super, &b.err) == PARK_OK);
    CHECK(park_formulation_make(super, PARK_MIN_COST, b.arena, &f, &b.err) == PARK_OK);
    double *x = PARK_ARRAY(b.arena, f->program.cols, double);
    CHECK(park_descent_start(f, NULL, &(park_search_end){.deadline = INFINITY}, x, &value));
    CHECK(value / f->rate_unit >= 110.0 * HOURS * (1.0 - 1e-9));
    CHECK(value / f->rate_unit <= 150.0 * HOURS * (1.0 + 1e-9));
    CHECK(park_plan_recheck(f, x, &value));
    park_search_end over = {.deadline = 0.0}; /* long past: nothing is solved, and that is told */
    CHECK(!park_descent_start(f, NULL, &over, x, &value) && over.early);
    park_arena_free(b.arena);
}

static bool lifted(const park_formulation *f, int32_t w, int32_t flow)
{
    bool found = false;
    for (size_t i = 0; i < f->program.products; i++)
        found = found || (f->program.product[i].w == w && f->program.product[i].flow == flow);
    return w >= 0 && found;
}

/* The plant's product goes to "b", which feels its COD, and to the outfall, which does not: both ways carry flow times
 * quality (O54), so that cuts of the quality bind the mass that is left for the outfall. */
static void ways_that_nobody_feels_are_lifted(void)
{
    bench              b = cascade();
    park_super        *super;
    park_formulation  *f;
    park_super_options options = {.box_times = 3.0};
    int                ways = 0, unfelt = 0;
    treatment(&b, "plant", 0.5, 0.1);
    CHECK(stands(b.draft, &b.findings, false));
    CHECK(park_super_make(b.draft, NULL, &options, b.arena, &super, &b.err) == PARK_OK);
    CHECK(park_formulation_make(super, PARK_MIN_COST, b.arena, &f, &b.err) == PARK_OK);
    for (size_t l = 0; l < super->links; l++) {
        const park_link_info *link = &super->model->link[l];
        if (!super->active[l] || strcmp(super->model->unit[link->from].id, "plant") != 0)
            continue;
        CHECK(lifted(f, f->link_w[PARK_FORM_SLC(f, 0, l, COD)], f->link_flow[PARK_FORM_SL(f, 0, l)]));
        unfelt += !super->need_in[(size_t)link->inlet * super->traced + COD];
        ways++;
    }
    CHECK(unfelt == 1 && ways >= 2);
    park_arena_free(b.arena);
}

/* A pipe is worth laying from 10 m3/h on. Cheap water at 22 mg/L wants 9.1 m3/h of clean water to come to 20, at 21 mg/L
 * 4.8: the relaxation lays that share of a pipe, a plan a whole one with 10: 90 x 0.5 + 10. Where clean water is not
 * needed the pipe stays away. */
static void a_first_plan_lays_whole_pipes(void)
{
    static const double CHEAP[] = {22.0, 21.0, 19.0};
    for (int k = 0; k < 3; k++) {
        bench              b = bench_new();
        park_super        *super;
        park_formulation  *f;
        park_super_options options = {.box_times = 3.0};
        double             value   = NAN, plain;
        b.draft->min_flow          = 10.0 * M3_H;
        river(&b, "clean", 1.0, 0.0, 0.0);
        river(&b, "cheap", 0.5, CHEAP[k], 0.0);
        process(&b, "wash", 100.0, 5.0, 20.0);
        outfall(&b, "out", 0.0, NAN);
        CHECK(stands(b.draft, &b.findings, false));
        CHECK(park_super_make(b.draft, NULL, &options, b.arena, &super, &b.err) == PARK_OK);
        CHECK(park_formulation_make(super, PARK_MIN_COST, b.arena, &f, &b.err) == PARK_OK);
        double *x = PARK_ARRAY(b.arena, f->program.cols, double);
        CHECK(park_descent_start(f, NULL, &(park_search_end){.deadline = INFINITY}, x, &value));
        CHECK(park_plan_recheck(f, x, &plain));
        CHECK_CLOSE(value / f->rate_unit, (k < 2 ? 55.0 : 50.0) * HOURS, 1e-3);
        park_arena_free(b.arena);
    }
}

/* Cleaning a's drain for b saves 10 CNY/h of river water and costs 50, of which the relaxation sees the share of the largest
 * plant that it uses. The first plan does without it: 110 m3/h of river. */
static void a_first_plan_does_without_what_does_not_pay(void)
{
    bench              b = cascade();
    park_super        *super;
    park_formulation  *f;
    park_super_options options       = {.box_times = 3.0};
    double             value         = NAN;
    b.draft->economics.annual_factor = 0.1 / 31536000.0;
    park_treatment *plant            = treatment(&b, "plant", 0.95, 0.0);
    plant->capex.fixed               = 50.0 * HOURS / 0.1;
    CHECK(stands(b.draft, &b.findings, false));
    CHECK(park_super_make(b.draft, NULL, &options, b.arena, &super, &b.err) == PARK_OK);
    CHECK(park_formulation_make(super, PARK_MIN_COST, b.arena, &f, &b.err) == PARK_OK);
    double *x = PARK_ARRAY(b.arena, f->program.cols, double);
    CHECK(park_descent_start(f, NULL, &(park_search_end){.deadline = INFINITY}, x, &value));
    CHECK_CLOSE(value / f->rate_unit, 110.0 * HOURS, 1e-3);
    park_arena_free(b.arena);
}

/* Margins only tighten, damped: 60 mg/L against 50 asks for 1/6, 0.8 of it is taken; a second call tightens further. */
static void repair_tightens_and_never_loosens(void)
{
    bench          b     = cascade();
    park_design   *d     = solved(&b, 1e-4);
    park_margins  *m     = park_margins_new(b.arena, b.draft);
    int32_t        inlet = park_model_inlet(b.draft, "b");
    park_violation v     = {.kind        = PARK_VIOLATION_QUALITY_IN,
                            .unit        = 2,
                            .inlet       = inlet,
                            .outlet      = -1,
                            .link        = -1,
                            .constituent = COD,
                            .season      = 0,
                            .limit       = 50.0 * MG_L,
                            .simulated   = 60.0 * MG_L};
    double        *times = &m->inlet_limit_times[(size_t)inlet * COUNT + COD];
    CHECK(park_design_repair(d, &v, 1, m) == 1);
    CHECK_CLOSE(*times, 1.0 - 0.8 / 6.0, 1e-12);
    double once = *times;
    CHECK(park_design_repair(d, &v, 1, m) == 1);
    CHECK(*times < once);
    double below =
        0.5 * *times; /* hours exceed what the mean keeps: only a limit below the mean changes the plan */
    v.promise = below * v.limit;
    CHECK(park_design_repair(d, &v, 1, m) == 1);
    CHECK_CLOSE(*times, below * (1.0 - 0.8 / 6.0), 1e-12);
    v.simulated = 40.0 * MG_L; /* nothing exceeded: nothing changes */
    CHECK(park_design_repair(d, &v, 1, m) == 0);
    v = (park_violation){.kind        = PARK_VIOLATION_DEMAND,
                         .unit        = 2,
                         .inlet       = inlet,
                         .outlet      = -1,
                         .link        = -1,
                         .constituent = -1,
                         .season      = -1,
                         .limit       = 1.0,
                         .simulated   = 0.9};
    CHECK(park_design_repair(d, &v, 1, m) == 1);
    CHECK_CLOSE(m->demand_times[inlet], 1.08, 1e-12);
    /* a pressure that would hold at 90 % of the draw takes 8 % off its link; the same again is no news */
    int32_t link = 0;
    while ((size_t)link < m->links && !(d->link_flow[link] > 0.0))
        link++;
    v = (park_violation){.kind        = PARK_VIOLATION_PRESSURE,
                         .unit        = 2,
                         .inlet       = -1,
                         .outlet      = -1,
                         .link        = link,
                         .constituent = -1,
                         .season      = 0,
                         .limit       = 15.0,
                         .simulated   = 12.0,
                         .place       = "fresh.J1",
                         .draw_times  = 0.9};
    CHECK(park_design_repair(d, &v, 1, m) == 1);
    CHECK_CLOSE(m->link_flow_max[link], 0.92 * d->link_flow[link], 1e-12);
    CHECK(park_design_repair(d, &v, 1, m) == 0);
    v.draw_times = 0.0; /* at most a quarter a round */
    CHECK(park_design_repair(d, &v, 1, m) == 1);
    CHECK_CLOSE(m->link_flow_max[link], 0.75 * d->link_flow[link], 1e-12);
    v.draw_times = NAN; /* nothing that a plan could do */
    CHECK(park_design_repair(d, &v, 1, m) == 0);
    /* pipes let half of a demand through: the link carries less where another leads there, and a quality that is over its limit
     * meanwhile waits; it is heard when the link moves no more */
    int32_t to = d->model->link[link].inlet, others = 0;
    for (size_t l = 0; l < m->links; l++)
        others += (int32_t)l != link && d->model->link[l].inlet == to;
    park_violation two[]    = {{.kind        = PARK_VIOLATION_DEMAND,
                                .inlet       = to,
                                .outlet      = -1,
                                .link        = link,
                                .constituent = -1,
                                .limit       = 1.0,
                                .simulated   = 0.5,
                                .draw_times  = 0.5},
                               {.kind        = PARK_VIOLATION_QUALITY_IN,
                                .inlet       = inlet,
                                .outlet      = -1,
                                .link        = -1,
                                .constituent = COD,
                                .limit       = 50.0 * MG_L,
                                .simulated   = 60.0 * MG_L}};
    double         demanded = m->demand_times[to], limit = *times;
    m->link_flow_max[link] = INFINITY;
    CHECK(others > 0 && park_violation_of_pressure(&two[0]) && !park_violation_of_pressure(&two[1]));
    CHECK(park_design_repair(d, two, 2, m) == 1);
    CHECK_CLOSE(m->link_flow_max[link], 0.75 * d->link_flow[link], 1e-12);
    CHECK(m->demand_times[to] == demanded && *times == limit);
    CHECK(park_design_repair(d, two, 2, m) == 1 && *times < limit);
    park_arena_free(b.arena);
}

static void statuses_have_words(void)
{
    CHECK_TEXT(park_design_status_word(PARK_DESIGN_OPTIMAL), "optimal");
    CHECK_TEXT(park_design_status_word(PARK_DESIGN_GAP_REACHED), "gap_reached");
    CHECK_TEXT(park_design_status_word(PARK_DESIGN_LIMIT_FEASIBLE), "limit_feasible");
    CHECK_TEXT(park_design_status_word(PARK_DESIGN_INFEASIBLE), "infeasible");
    CHECK_TEXT(park_design_status_word(PARK_DESIGN_LIMIT_NO_SOLUTION), "limit_no_solution");
}

typedef struct course {
    double   incumbent, bound, best; /* best: the known optimum */
    uint64_t calls;
} course;

static bool follow(void *user, double incumbent, double bound, double gap, uint64_t nodes, double seconds)
{
    course *c = user;
    (void)gap, (void)nodes, (void)seconds;
    CHECK(!(bound < c->bound - 1e-9 * fabs(c->best))); /* never falls */
    CHECK(!(incumbent > c->incumbent));                /* never rises */
    CHECK(!(bound > c->best * (1.0 + 1e-9)) && !(incumbent < c->best * (1.0 - 1e-6)));
    c->incumbent = isnan(incumbent) ? c->incumbent : incumbent;
    c->bound     = isnan(bound) ? c->bound : bound;
    c->calls++;
    return false;
}

static bench bypass(void)
{
    bench b = bench_new();
    river(&b, "river", 1.0, 0.0, 0.0);
    process(&b, "works", 50.0, 20.0, 0.0);
    park_treatment *t = treatment(&b, "plant", 0.95, 2.0);
    t->capex = (park_capex){.scale = 10000.0, .reference = 1.0 * M3_H, .exponent = 0.7, .fixed = 0.0};
    outfall(&b, "out", 0.0, 50.0);
    b.draft->economics.annual_factor = 0.1 / (8760.0 * 3600.0);
    return b;
}

/* Whatever is told on the way brackets the optimum found by hand (treatment_is_bypassed...). */
static void what_is_told_on_the_way_brackets_the_optimum(void)
{
    bench                b = bypass();
    double               y = 17500.0 / 380.0;
    course               c = {INFINITY, -INFINITY, (50.0 + 2.0 * y) * HOURS + 1000.0 * pow(y, 0.7), 0};
    park_design         *d = NULL;
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.gap      = 1e-6;
    settings.progress = follow, settings.progress_user = &c;
    CHECK(stands(b.draft, &b.findings, false));
    CHECK(park_design_solve(b.draft, &settings, b.arena, &d, &b.findings, &b.err) == PARK_OK);
    CHECK(c.calls > 0 && d->bound >= c.bound * (1.0 - 1e-9) && d->objective <= c.incumbent * (1.0 + 1e-12));
    park_arena_free(b.arena);
}

/* Every allocation from the caller's arena fails once: PARK_E_MEMORY, with a sentence, until all of them are granted. */
static void memory_may_fail_anywhere(void)
{
    size_t n = 1, failed = 0;
    for (bool done = false; !done && n < 4000; n++) {
        bench                b = bypass();
        park_design         *d = NULL;
        park_design_settings settings;
        park_design_settings_default(&settings);
        park_arena *own = park_arena_new();
        CHECK(stands(b.draft, &b.findings, false));
        park_arena_fail_after(own, n);
        park_status status = park_design_solve(b.draft, &settings, own, &d, &b.findings, &b.err);
        done               = status == PARK_OK;
        failed += status == PARK_E_MEMORY;
        if (!done)
            CHECK(status == PARK_E_MEMORY && b.err.message[0] != '\0');
        park_arena_free(own);
        park_arena_free(b.arena);
    }
    CHECK(failed > 50 && failed == n - 2);
}

static void a_draft_is_refused(void)
{
    bench                b = cascade();
    park_design         *d = NULL;
    park_design_settings settings;
    park_design_settings_default(&settings);
    CHECK(park_design_solve(b.draft, &settings, b.arena, &d, &b.findings, &b.err) == PARK_E_RANGE);
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(a_single_user_pays_for_its_water);
    RUN(a_cascade_is_cut_by_the_inlet_limit);
    RUN(margins_tighten_limits);
    RUN(order_and_scale_do_not_matter);
    RUN(treatment_is_bypassed_and_its_capital_is_concave);
    RUN(stepped_sizes_are_chosen_whole);
    RUN(sources_are_mixed_to_the_limit);
    RUN(a_reuse_target_is_met_exactly);
    RUN(a_target_out_of_reach_is_told_before_and_explained_after);
    RUN(an_indicative_target_holds_no_plan);
    RUN(what_cannot_be_at_all_is_told_as_nought);
    RUN(water_too_dirty_is_told_with_its_numbers);
    RUN(objectives_in_order);
    RUN(a_retrofit_is_taken_when_it_pays);
    RUN(a_target_that_a_retrofit_reaches_is_no_error);
    RUN(an_open_pond_stays_out_where_it_does_not_pay);
    RUN(a_bound_of_a_looser_park_settles_the_next);
    RUN(seasons_are_blocks);
    RUN(an_applied_design_has_nothing_left_to_choose);
    RUN(the_optimum_agrees_with_a_grid);
    RUN(a_first_plan_is_found_without_a_tree);
    RUN(ways_that_nobody_feels_are_lifted);
    RUN(a_first_plan_lays_whole_pipes);
    RUN(a_first_plan_does_without_what_does_not_pay);
    RUN(repair_tightens_and_never_loosens);
    RUN(statuses_have_words);
    RUN(what_is_told_on_the_way_brackets_the_optimum);
    RUN(memory_may_fail_anywhere);
    RUN(a_draft_is_refused);
    return park_test_done();
}
