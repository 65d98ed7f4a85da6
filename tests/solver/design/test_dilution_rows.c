/* Clean water through a user who may choose his flow: by hand, what he needs and no more. */
#include "park_fixture.h"

#include "units/sinks/sink.h"
#include "units/sources/source.h"
#include "units/users/cooling_tower.h"
#include "units/users/process.h"

#include <parkwater/design.h>

static const char *const NAMES[] = {"COD", "Cl"};
enum { COD, CL, COUNT };

typedef struct bench {
    park_arena   *arena;
    park_draft   *draft;
    park_process *wash;
    double        limit; /* of the outfall [mg/L COD] */
} bench;

static void source(bench *b, const char *id, double cod, double cl)
{
    park_source *s  = params_of(b->draft, add_unit(b->draft, PARK_SOURCE, "surface", id));
    s->price        = 0.01;
    s->quality[COD] = cod * MG_L;
    s->quality[CL]  = cl * MG_L;
}

/* River of 10 mg/L; a dye works of 50 m3/h that adds 10 kg/h and takes river water alone; a wash of free flow that adds
 * 1 kg/h and drains at most 50 mg/L; an outfall. The wash needs 1 / (0.05 - 0.01) = 25 m3/h of the river. Together they
 * drain 10.5 + 1.25 kg/h in 75 m3/h: 156.67 mg/L.
 */
static bench dye_and_wash(double limit, bool law)
{
    bench b                         = {.arena = park_arena_new(), .limit = limit};
    b.draft                         = draft_with(b.arena, NAMES, COUNT);
    b.draft->candidates             = PARK_CANDIDATES_ALL;
    b.draft->law.dilution_forbidden = law;
    source(&b, "river", 10.0, 20.0);
    park_process *dye       = params_of(b.draft, add_unit(b.draft, PARK_USER, "process", "dye"));
    dye->demand.flow        = (park_series){50.0 * M3_H, -1};
    dye->adds[COD]          = 10.0 * KG_H;
    dye->inlet[COD]         = 10.0 * MG_L;
    b.wash                  = params_of(b.draft, add_unit(b.draft, PARK_USER, "process", "wash"));
    b.wash->demand.free     = true;
    b.wash->adds[COD]       = 1.0 * KG_H;
    b.wash->outlet.max[COD] = 50.0 * MG_L;
    ((park_sink_params *)params_of(b.draft, add_unit(b.draft, PARK_SINK, "outfall", "out")))->limits[COD] =
        limit * MG_L;
    return b;
}

/* The best plan's flow into the wash [m3/h]; NAN when the park is proven to have none. */
static double wash_flow(bench *b)
{
    park_design         *design = NULL;
    park_findings        findings;
    park_error           err = {0};
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.gap        = 1e-6;
    settings.work_limit = 20000;
    park_findings_init(&findings, b->arena);
    CHECK(stands(b->draft, &findings, false));
    CHECK(park_design_solve(b->draft, &settings, b->arena, &design, &findings, &err) == PARK_OK);
    if (design == NULL || design->status == PARK_DESIGN_INFEASIBLE)
        return NAN;
    CHECK(design->link_flow != NULL);
    return design->link_flow == NULL ? -1.0 : design->inlet_flow[park_model_inlet(b->draft, "wash")] / M3_H;
}

static double flow_at(double limit, bool law)
{
    bench  b    = dye_and_wash(limit, law);
    double flow = wash_flow(&b);
    park_arena_free(b.arena);
    return flow;
}

static void a_free_user_takes_what_it_needs(void)
{
    CHECK_CLOSE(flow_at(1000.0, true), 25.0, 1e-4); /* water has a price: never more */
    CHECK_CLOSE(flow_at(157.0, true), 25.0, 1e-4);
}

/* 156 mg/L would take (11 - 50 x 0.146) / 0.146 = 25.342 m3/h: not with the law, and so much without. */
static void it_thins_nothing(void)
{
    CHECK(isnan(flow_at(156.0, true)));
    CHECK_CLOSE(flow_at(156.0, false), 11.0 / 0.146 - 50.0, 1e-3);
}

/* A stated maximum is no leave to dilute; a stated minimum above the need is a demand. */
static void bounds_of_demand_are_no_way_around(void)
{
    bench b        = dye_and_wash(156.0, true);
    b.wash->demand = (park_demand){.flow = {NAN, -1}, .min = NAN, .max = 300.0 * M3_H};
    CHECK(isnan(wash_flow(&b)));
    park_arena_free(b.arena);
    b              = dye_and_wash(156.0, true);
    b.wash->demand = (park_demand){.flow = {NAN, -1}, .min = 26.0 * M3_H, .max = 300.0 * M3_H};
    CHECK_CLOSE(wash_flow(&b), 26.0, 1e-4);
    park_arena_free(b.arena);
}

/* A well of 30 mg/L: alone it would be needed at 50 m3/h. Half of each need makes a whole: 12.5 + 25 = 37.5 m3/h. With the
 * river held at 62.5 m3/h (50 for the dye works) that is the only plan that serves both.
 */
static void two_waters_share_one_need(void)
{
    bench b = dye_and_wash(1000.0, true);
    source(&b, "well", 30.0, 20.0);
    ((park_source *)params_of(b.draft, 0))->capacity = (park_series){62.5 * M3_H, -1};
    CHECK_CLOSE(wash_flow(&b), 37.5, 1e-3);
    park_arena_free(b.arena);
}

/* What nothing limits needs no water: the wash without a load rests. */
static void who_needs_nothing_draws_nothing(void)
{
    bench b           = dye_and_wash(200.0, true); /* the dye works alone: 210 mg/L */
    b.wash->adds[COD] = NAN;
    CHECK(isnan(wash_flow(&b)));
    park_arena_free(b.arena);
}

/* A tower of 1000 m3/h that evaporates E and drifts W, at most 200 mg/L COD in the circulating water: of the river's 10 it
 * needs M = 200 E / 190, so it blows down E/19 - W. The dye works' 210 mg/L want 50 m3/h x (210/156 - 1) more of nearly clean water. */
static bench with_tower(double limit, bool law, park_cooling_tower **tower)
{
    bench b               = dye_and_wash(limit, law);
    b.wash->adds[COD]     = NAN; /* it rests */
    *tower                = params_of(b.draft, add_unit(b.draft, PARK_USER, "cooling_tower", "tower"));
    (*tower)->circulation = (park_series){1000.0 * M3_H, -1};
    (*tower)->range       = 8.0;
    (*tower)->circulating_limits[COD] = 200.0 * MG_L;
    (*tower)->inlet[COD]              = 10.0 * MG_L; /* river water only */
    return b;
}

static double make_up(bench *b, double *gone)
{
    park_design         *design = NULL;
    park_findings        findings;
    park_error           err = {0};
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.gap = 1e-6, settings.work_limit = 20000;
    park_findings_init(&findings, b->arena);
    CHECK(stands(b->draft, &findings, false));
    CHECK(park_design_solve(b->draft, &settings, b->arena, &design, &findings, &err) == PARK_OK);
    if (design == NULL || design->link_flow == NULL)
        return NAN;
    int32_t u = park_model_unit(b->draft, "tower");
    *gone     = design->outlet_flow[b->draft->unit[u].first_outlet + 1] / M3_H;
    return design->inlet_flow[park_model_inlet(b->draft, "tower")] / M3_H;
}

static void a_tower_blows_down_what_its_limits_ask(void)
{
    park_cooling_tower *tower;
    double              gone  = NAN;
    bench               b     = with_tower(1000.0, true, &tower);
    double              needs = make_up(&b, &gone);
    CHECK_CLOSE(needs, 200.0 / 190.0 * gone, 1e-4); /* water has a price: never more */
    park_arena_free(b.arena);
    b = with_tower(120.0, true, &tower);
    CHECK(isnan(make_up(&b, &gone))); /* 210 mg/L with the little that it blows down */
    park_arena_free(b.arena);
    b = with_tower(120.0, false, &tower);
    CHECK(!isnan(make_up(&b, &gone))); /* allowed, there would be a way */
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(a_free_user_takes_what_it_needs);
    RUN(it_thins_nothing);
    RUN(bounds_of_demand_are_no_way_around);
    RUN(two_waters_share_one_need);
    RUN(who_needs_nothing_draws_nothing);
    RUN(a_tower_blows_down_what_its_limits_ask);
    return park_test_done();
}
