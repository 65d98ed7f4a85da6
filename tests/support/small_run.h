/*
 * small_run.h - a run record written by hand: a small park with a plan, a simulated year, rows, rounds, findings. For
 * tests of writers. What it says of water closes; the figures mean nothing else.
 */
#ifndef PARK_TESTS_SMALL_RUN_H
#define PARK_TESTS_SMALL_RUN_H

#include "run_record.h"
#include "small_park.h"

#include <parkwater/worth.h>

enum { SMALL_ROWS = 600 };

typedef struct small_run {
    small_park       p;
    park_design      design;
    park_front       front;   /* design.front */
    park_outlook     outlook; /* design.outlook */
    park_worth       worth;   /* design.worth */
    park_staging     staging; /* design.staging */
    park_indicators *promised, *staged[2];
    park_simulation  simulation;
    park_rows        rows;
    park_findings    findings;
    park_run_record  record;
} small_run;

static inline double *small_filled(small_park *p, size_t n, double first)
{
    double *v = PARK_ARRAY(p->arena, n, double);
    for (size_t i = 0; i < n; i++)
        v[i] = first + 0.1 * (double)i;
    return v;
}

/* river -> plant -> wwtp -> plant, bank; two seasons, two constituents, one enterprise, one target. */
static inline void small_run_park(small_run *run)
{
    run->p                        = small_begin(2, 2);
    small_park              *p    = &run->p;
    static const char *const ID[] = {"COD", "TDS"};
    for (int c = 0; c < 2; c++)
        p->m.constituent[c].id = ID[c];
    int32_t e                      = small_enterprise(p, "印染厂");
    p->m.enterprise[e].value_added = 10.0;
    p->m.enterprise[e].products    = 1;
    p->m.enterprise[e].product     = PARK_NEW(p->arena, park_product_info);
    *p->m.enterprise[e].product    = (park_product_info){.id    = "cloth",
                                                         .label = {"印染布", "printed cloth"},
                                                         .rate  = 1.0,
                                                         .dim   = PARK_DIM_PRODUCT_LENGTH_RATE};
    int32_t river                  = small_source(p, "river", PARK_ORIGIN_SURFACE);
    int32_t plant                  = small_unit(p, "plant", PARK_USER, e);
    int32_t drain                  = small_outlet(p, plant, "", PARK_OUT_PRODUCT);
    int32_t gone                   = small_outlet(p, plant, "evaporation", PARK_OUT_EVAPORATION);
    int32_t wwtp                   = small_unit(p, "wwtp", PARK_TREATMENT, PARK_NONE);
    int32_t clean                  = small_outlet(p, wwtp, "", PARK_OUT_PRODUCT);
    int32_t tower                  = small_unit(p, "tower", PARK_USER, e);
    int32_t blow                   = small_outlet(p, tower, "blowdown", PARK_OUT_BLOWDOWN);
    int32_t steam                  = small_outlet(p, tower, "evaporation", PARK_OUT_EVAPORATION);
    int32_t drift                  = small_outlet(p, tower, "drift", PARK_OUT_DRIFT);
    int32_t bank                   = small_unit(p, "bank", PARK_SINK, PARK_NONE);
    p->m.unit[plant].duty          = PARK_DUTY_MAIN;
    p->m.unit[tower].duty          = PARK_DUTY_AUXILIARY;
    p->m.unit[plant].label         = (park_label){"印染车间, 一", "Dyeing \"one\""};
    int32_t in = small_link(p, river, plant), waste = small_link(p, drain, wwtp),
            back = small_link(p, clean, plant);
    int32_t out = small_link(p, clean, bank), make_up = small_link(p, river, tower),
            purge = small_link(p, blow, bank);
    small_freeze(p);
    double *limit = PARK_ARRAY(p->arena, 2, double);
    limit[0] = 0.050, limit[1] = INFINITY;
    p->m.inlet[p->m.unit[bank].first_inlet].limit = limit;
    for (size_t s = 0; s < 2; s++) {
        double k = 365.0 * (double)(1 + s);
        small_flow(p, in, s, 100.0 * k);
        small_flow(p, waste, s, 110.0 * k);
        small_flow(p, back, s, 30.0 * k);
        small_flow(p, out, s, 80.0 * k);
        small_exit(p, gone, s, 20.0 * k);
        small_flow(p, make_up, s, 50.0 * k);
        small_flow(p, purge, s, 9.0 * k);
        small_exit(p, steam, s, 40.0 * k);
        small_exit(p, drift, s, 1.0 * k);
        p->g->circulating[s * p->g->units + (size_t)tower] = 4000.0 * k;
        const double feed[]                                = {1.0 * k, 18.0 * k}; /* of the river's 100 */
        for (size_t c = 0; c < 2; c++) {
            double *link    = p->g->link_mass + s * p->g->links * 2,
                   *outlet  = p->g->outlet_mass + s * p->g->outlets * 2;
            double own      = c == 0 ? 40.0 * k : 3.0 * k,
                   cut      = c == 0 ? 0.9 : 0.0; /* the plant adds, the wwtp removes */
            double returned = 3.0 / 11.0 * (1.0 - cut) * (feed[c] + own) / (1.0 - 3.0 / 11.0 * (1.0 - cut));
            double drained  = feed[c] + own + returned;
            link[(size_t)in * 2 + c]                                     = feed[c];
            link[(size_t)make_up * 2 + c]                                = feed[c] / 2.0;
            link[(size_t)purge * 2 + c]                                  = 0.9 * feed[c] / 2.0;
            outlet[(size_t)drift * 2 + c]                                = 0.1 * feed[c] / 2.0;
            link[(size_t)waste * 2 + c]                                  = drained;
            link[(size_t)back * 2 + c]                                   = returned;
            link[(size_t)out * 2 + c]                                    = (1.0 - cut) * drained - returned;
            p->g->added_mass[(s * p->g->units + (size_t)plant) * 2 + c]  = own;
            p->g->removed_mass[(s * p->g->units + (size_t)wwtp) * 2 + c] = cut * drained;
            for (size_t l = 0; l < p->g->links; l++)
                outlet[(size_t)p->m.link[l].outlet * 2 + c] += link[l * 2 + c];
        }
    }
    p->m.targets = 1;
    p->m.target  = PARK_NEW(p->arena, park_target);
    *p->m.target =
        (park_target){.quantity = "reuse_rate", .min = 0.94, .max = INFINITY, .dim = PARK_DIM_SHARE};
    p->m.objectives = 1;
}

/* Fresh water against cost: three points, the second is the knee and the design; nothing is proven of the third's water. */
static inline void small_run_front(small_run *run)
{
    run->front       = (park_front){.kind      = {PARK_MIN_FRESH_WATER, PARK_MIN_COST},
                                    .unit      = {"m3/a", "CNY/a"},
                                    .asked     = 6,
                                    .points    = 3,
                                    .dominated = 1,
                                    .missing   = 2,
                                    .knee      = 1,
                                    .chosen    = 1};
    run->front.point = PARK_ARRAY(run->p.arena, 3, park_front_point);
    for (int i = 0; i < 3; i++)
        run->front.point[i] =
            (park_front_point){.value  = {1e5 * (i + 1), 3e6 / (i + 1)},
                               .bound  = {i == 2 ? NAN : 1e5 * (i + 1), 2.97e6 / (i + 1)},
                               .gap    = {i == 2 ? INFINITY : 0.0, 0.01},
                               .most   = i == 2 ? INFINITY : 1e5 * (i + 1),
                               .status = i == 2 ? PARK_DESIGN_LIMIT_FEASIBLE : PARK_DESIGN_GAP_REACHED,
                               .design = &run->design};
    run->design.front = &run->front;
}

/* The works' demand of 100 m3/d as written, or 120 and 80 (a third); the design as written fails in the last. */
static inline void small_run_outlook(small_run *run)
{
    static const park_field     FLOW      = {.word = "demand", .dim = PARK_DIM_FLOW};
    static const park_uncertain UNCERTAIN = {.path = "users.plant.demand", .change = {.field = &FLOW}};
    static const double         DRAWN[]   = {100.0 / 86400.0, 120.0 / 86400.0, 80.0 / 86400.0};
    park_outlook               *o         = &run->outlook;
    *o                                    = (park_outlook){.robust         = PARK_ROBUST_REGRET,
                                                           .kind           = PARK_MIN_COST,
                                                           .unit           = "CNY/a",
                                                           .uncertains     = 1,
                                                           .uncertain      = &UNCERTAIN,
                                                           .futures        = 3,
                                                           .mean           = 1.1e6,
                                                           .worst          = 1.3e6,
                                                           .regret         = 4e4,
                                                           .alone          = 0.9e6,
                                                           .alone_bound    = 0.89e6,
                                                           .nominal_mean   = INFINITY,
                                                           .nominal_worst  = INFINITY,
                                                           .nominal_regret = INFINITY,
                                                           .fails          = 1};
    o->future                             = PARK_ARRAY(run->p.arena, 3, park_future);
    for (int w = 0; w < 3; w++)
        o->future[w] = (park_future){.probability = w / 3.0,
                                     .drawn       = &DRAWN[w],
                                     .value       = {1e6 + 1e5 * w, 2e5, 3e3},
                                     .best        = w == 0 ? NAN : 1e6,
                                     .best_bound  = w == 0 ? NAN : 0.99e6,
                                     .regret      = w == 0 ? NAN : 1e4 + 1e5 * w,
                                     .nominal     = w == 2 ? INFINITY : 1.25e6};
    run->design.outlook = o;
}

/* A target whose point costs 5e4 a year, dual beside it, no plan when tighter; a capacity that was not solved again. */
static inline void small_run_worth(small_run *run)
{
    static park_worth_line LINE[2];
    LINE[0]           = (park_worth_line){.path    = "targets.reuse_rate",
                                          .place   = {.file = "park.yaml", .line = 12, .text = "94 %"},
                                          .of      = PARK_WORTH_RATE,
                                          .dim     = PARK_DIM_SHARE,
                                          .asked   = 0.94,
                                          .unit    = 0.01,
                                          .step    = 0.01,
                                          .lower   = true,
                                          .looser  = 5e4,
                                          .tighter = INFINITY,
                                          .dual    = 6e4,
                                          .holds   = 0.02,
                                          .seasons = 1};
    LINE[1]           = (park_worth_line){.path    = "sources.river.capacity",
                                          .of      = PARK_WORTH_FLOW,
                                          .dim     = PARK_DIM_FLOW,
                                          .asked   = 0.1,
                                          .unit    = 1.0 / 3600.0,
                                          .looser  = NAN,
                                          .tighter = NAN,
                                          .dual    = NAN,
                                          .step    = NAN,
                                          .holds   = NAN,
                                          .seasons = 2};
    run->worth        = (park_worth){.objective_unit = "CNY/a",
                                     .objective_kind = PARK_MIN_COST,
                                     .lines          = 2,
                                     .line           = LINE,
                                     .base           = 999.0,
                                     .improved       = 1.0,
                                     .stationary     = true,
                                     .reproducible   = true};
    run->design.worth = &run->worth;
}

/* Two years: the treatment works in the second, nothing of the links; of the first stage no plan is known. */
static inline void small_run_staging(small_run *run)
{
    static const int32_t YEAR[]   = {2025, 2027};
    static const double  BUDGET[] = {2e6, 9e6};
    static double        share[] = {0.25, 0.75}, spent[] = {0.0, 5000.0}, running[] = {1200.0, 900.0};
    size_t               U = run->p.m.units, L = run->p.m.links;
    int32_t             *from = PARK_ARRAY(run->p.arena, U + L, int32_t);
    for (size_t i = 0; i < U + L; i++)
        from[i] = -1;
    from[2]                      = 1;
    run->staging                 = (park_staging){.stages       = 2,
                                                  .year         = YEAR,
                                                  .budget       = BUDGET,
                                                  .share        = share,
                                                  .spent        = spent,
                                                  .running      = running,
                                                  .unit_from    = from,
                                                  .link_from    = from + U,
                                                  .unit_capital = PARK_ARRAY(run->p.arena, U, double),
                                                  .link_capital = PARK_ARRAY(run->p.arena, L, double)};
    run->staging.unit_capital[2] = 5000.0;
    run->design.staging          = &run->staging;
    run->staged[0]               = NULL;
    run->staged[1]               = run->promised;
    run->record.staged           = run->staged;
}

static inline void small_run_design(small_run *run)
{
    small_park  *p = &run->p;
    park_design *d = &run->design;
    size_t       S = 2, L = p->m.links, U = p->m.units, K = p->m.outlets, I = p->m.inlets, C = 2;
    *d               = (park_design){.status       = PARK_DESIGN_GAP_REACHED,
                                     .objective    = 1000.0,
                                     .bound        = 993.0,
                                     .gap          = 0.007,
                                     .root_bound   = 900.0,
                                     .unit         = "CNY/a",
                                     .seconds      = 1.25,
                                     .nodes        = 17,
                                     .lps          = 400,
                                     .work         = 5000,
                                     .reproducible = true,
                                     .yearly_cost  = 1000.0,
                                     .investment   = 5000.0,
                                     .energy       = 3.6e9,
                                     .carbon       = 490.0,
                                     .model        = &p->m,
                                     .ledger       = p->g};
    d->link_used     = PARK_ARRAY(p->arena, L, bool);
    d->unit_built    = PARK_ARRAY(p->arena, U, bool);
    d->link_capacity = small_filled(p, L, 1.0);
    d->unit_size     = small_filled(p, U, 0.2);
    d->unit_size[0]  = NAN;
    d->link_size     = PARK_ARRAY(p->arena, L, int32_t);
    for (size_t l = 0; l < L; l++) {
        d->link_used[l] = true;
        d->link_size[l] = -1;
    }
    d->unit_built[2] = true;
    d->link_flow     = PARK_ARRAY(p->arena, S * L, double);
    for (size_t i = 0; i < S * L; i++)
        d->link_flow[i] = p->g->link_water[i] / (31536000.0 / 2.0);
    d->inlet_flow  = small_filled(p, S * I, 0.0);
    d->outlet_flow = small_filled(p, S * K, 0.0);
    d->outlet_conc = small_filled(p, S * K * C, 0.01);
    d->inlet_conc  = small_filled(p, S * I * C, 0.01);
    d->volume      = small_filled(p, S * U, 0.0);
    d->cost_lines  = 2;
    d->cost        = PARK_ARRAY(p->arena, 2, park_cost_line);
    d->cost[0]     = (park_cost_line){
            .kind = PARK_COST_WATER, .unit = 0, .link = -1, .retrofit = -1, .yearly = 700.0, .quantity = 350.0};
    d->cost[1]                        = (park_cost_line){.kind     = PARK_COST_CAPITAL_TREATMENT,
                                                         .unit     = 2,
                                                         .link     = -1,
                                                         .retrofit = -1,
                                                         .yearly   = 300.0,
                                                         .capital  = 5000.0,
                                                         .quantity = 0.2};
    static const park_label OUTSIDE[] = {
        {"tower：浓缩倍数由 LSI 限制，按 25 ℃ 冻结", "tower: cycles limited by LSI, frozen at 25 degC"}};
    d->outside_proof       = OUTSIDE;
    d->outside_proof_count = 1;
}

static inline void small_run_simulation(small_run *run)
{
    small_park      *p = &run->p;
    size_t           U = p->m.units, I = p->m.inlets, K = p->m.outlets;
    park_simulation *s = &run->simulation;
    *s                 = (park_simulation){.ledger       = p->g,
                                           .drift        = 1e-12,
                                           .steps        = 900,
                                           .seconds      = 3.5,
                                           .start        = 1735660800,
                                           .end          = 1767196800,
                                           .complete     = true,
                                           .violations   = 1,
                                           .events       = 1,
                                           .events_total = 1,
                                           .bill         = {.running = 700.0, .carbon = {490.0, 0.0}}};
    s->violation       = PARK_NEW(p->arena, park_violation);
    *s->violation      = (park_violation){.kind        = PARK_VIOLATION_QUALITY_IN,
                                          .unit        = 1,
                                          .inlet       = 0,
                                          .outlet      = -1,
                                          .link        = -1,
                                          .constituent = 0,
                                          .season      = 1,
                                          .worst       = 1740000000,
                                          .limit       = 0.05,
                                          .promise     = 0.049,
                                          .simulated   = 0.052,
                                          .hours       = 3.0,
                                          .share       = 0.001};
    s->event           = PARK_NEW(p->arena, park_event);
    *s->event          = (park_event){
                 .kind = PARK_EVENT_BLOWDOWN, .time = 1740000000, .exact = 1740000000.25, .unit = 3, .link = -1};
    s->inlet_peak       = small_filled(p, I * 2, 0.01);
    s->inlet_peak_time  = PARK_ARRAY(p->arena, I * 2, int64_t);
    s->outlet_peak      = small_filled(p, K * 2, 0.01);
    s->link_peak        = small_filled(p, p->m.links, 0.01);
    s->volume_min       = small_filled(p, U, 0.0);
    s->volume_max       = small_filled(p, U, 1.0);
    run->rows           = (park_rows){.columns = 2, .rows = SMALL_ROWS, .every = 3600};
    run->rows.column    = PARK_ARRAY(p->arena, 2, park_column);
    run->rows.column[0] = (park_column){
        .kind = PARK_COLUMN_LINK_FLOW, .link = 0, .unit = -1, .outlet = -1, .inlet = -1, .constituent = -1};
    run->rows.column[1] = (park_column){
        .kind = PARK_COLUMN_INLET_CONC, .link = -1, .unit = -1, .outlet = -1, .inlet = 0, .constituent = 0};
    run->rows.time  = PARK_ARRAY(p->arena, SMALL_ROWS, int64_t);
    run->rows.value = PARK_ARRAY(p->arena, 2 * SMALL_ROWS, double);
    for (int64_t i = 0; i < SMALL_ROWS; i++) {
        run->rows.time[i]               = 1735660800 + 3600 * (i + 1);
        run->rows.value[i]              = 0.1 + 0.001 * sin((double)i);
        run->rows.value[SMALL_ROWS + i] = i == 7 ? NAN : 0.04 + 0.0001 * (double)(i % 24);
    }
}

/* Everything; park_indicators must be linked. */
static inline void small_run_begin(small_run *run)
{
    static const park_round      ROUND[]      = {{.number       = 1,
                                                  .objective    = 980.0,
                                                  .bound        = 975.0,
                                                  .gap          = 0.005,
                                                  .violations   = 4,
                                                  .worst_share  = 0.1,
                                                  .margins      = 3,
                                                  .simulated_to = 0.2},
                                                 {.number       = 2,
                                                  .objective    = 1000.0,
                                                  .bound        = 993.0,
                                                  .gap          = 0.007,
                                                  .violations   = 1,
                                                  .worst_share  = 0.04,
                                                  .simulated_to = 1.0}};
    static const park_assumption ASSUMPTION[] = {
        {"sources.river.price", "2.05 CNY/m3", "file", "illustrative", NULL},
        {"treatments.wwtp.opex", "1.2 CNY/m3", "catalogue AO", "unverified", "design manual, \"2019\""}};
    small_run_park(run);
    small_run_design(run);
    small_run_front(run);
    small_run_outlook(run);
    small_run_simulation(run);
    small_park      *p   = &run->p;
    park_indicators *all = NULL;
    if (park_ledger_trace(&p->m, p->g, p->arena, NULL) != PARK_OK ||
        park_ledger_close(&p->m, p->g, p->arena, &run->design.closure, NULL) != PARK_OK ||
        park_indicators_compute(&p->m, p->g, 1000.0, 490.0, p->arena, &all, NULL) != PARK_OK)
        abort();
    run->simulation.closure = run->design.closure;
    run->promised           = all;
    park_findings_init(&run->findings, p->arena);
    run->record = (park_run_record){.job         = "run",
                                    .base        = &p->m,
                                    .design      = &run->design,
                                    .simulation  = &run->simulation,
                                    .promised    = all,
                                    .simulated   = all,
                                    .rows        = &run->rows,
                                    .rounds      = 2,
                                    .round       = ROUND,
                                    .agreed      = true,
                                    .assumptions = 2,
                                    .assumption  = ASSUMPTION,
                                    .findings    = &run->findings,
                                    .provenance  = {.version       = "0.1.0",
                                                    .commit        = "abc",
                                                    .build         = "gcc",
                                                    .libraries     = "GLPK 5.0",
                                                    .command       = "parkwater run park.yaml",
                                                    .input_path    = "park.yaml",
                                                    .input_sha256  = "park.yaml 00",
                                                    .resolved_yaml = "parkwater: 1\nname: 示范\n",
                                                    .language      = "zh",
                                                    .seed          = 7,
                                                    .threads       = 2,
                                                    .ranks         = 1,
                                                    .gap           = 0.01,
                                                    .rtol          = 1e-6,
                                                    .started       = "2025-01-01T00:00:00Z",
                                                    .ended         = "2025-01-01T00:01:00Z",
                                                    .seconds       = 60.0}};
}

#endif
