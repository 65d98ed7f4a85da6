/* Clean water through a user who may choose his flow: by hand, what he needs and no more. */
#include "park_fixture.h"

#include "base/random.h"
#include "design/formulation.h"
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

/* The best plan; NULL when the park is proven to have none. */
static const park_design *best_plan(bench *b)
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
        return NULL;
    CHECK(design->link_flow != NULL);
    return design;
}

/* The best plan's flow into the wash [m3/h]; NAN when the park is proven to have none. */
static double wash_flow(bench *b)
{
    const park_design *design = best_plan(b);
    if (design == NULL)
        return NAN;
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

/* ---- two inlets --------------------------------------------------------------------------------------------------------- */

static const char *RIVER[] = {"river"}, *WELL[] = {"well"};

static const park_demand FREE = {.flow = {NAN, -1}, .free = true, .min = NAN, .max = NAN};

static park_demand between(double min, double max)
{
    return (park_demand){.flow = {NAN, -1}, .min = min * M3_H, .max = max * M3_H};
}

static park_demand stated(double flow)
{
    return (park_demand){.flow = {flow * M3_H, -1}, .min = NAN, .max = NAN};
}

/* The wash draws at two inlets. */
static park_process_inlet *two_inlets(bench *b, park_demand cold, park_demand hot)
{
    static const char  *KEY[] = {"cold", "hot"};
    park_process_inlet *two   = PARK_ARRAY(b->arena, 2, park_process_inlet);
    for (int i = 0; i < 2; i++) {
        two[i].demand      = i == 0 ? cold : hot;
        two[i].limits      = PARK_ARRAY(b->arena, COUNT, double);
        two[i].limits[COD] = two[i].limits[CL] = NAN;
    }
    b->wash->inlets = (park_named){KEY, two, 2};
    return two;
}

/* What the best plan brings to each inlet of the wash [m3/h]; false when there is proven to be none. */
static bool wash_flows(bench *b, double *cold, double *hot)
{
    const park_design *design = best_plan(b);
    if (design == NULL)
        return false;
    size_t first = b->draft->unit[park_model_unit(b->draft, "wash")].first_inlet;
    *cold = *hot = -1.0;
    if (design->link_flow != NULL)
        *cold = design->inlet_flow[first] / M3_H, *hot = design->inlet_flow[first + 1] / M3_H;
    return true;
}

/* Both flows together at a limit of the outfall; NAN: no plan. */
static double both_at(double limit, bool law, park_demand one, park_demand other)
{
    bench               b = dye_and_wash(limit, law);
    double              cold, hot;
    park_process_inlet *two = two_inlets(&b, one, other);
    two[0].accepts = two[1].accepts = (park_text_list){RIVER, 1};
    double sum                      = wash_flows(&b, &cold, &hot) ? cold + hot : NAN;
    park_arena_free(b.arena);
    return sum;
}

/* Free at both inlets it needs 25 m3/h in all, however they are shared, and thins nothing: 156.67 mg/L. */
static void two_free_inlets_share_one_need(void)
{
    CHECK_CLOSE(both_at(157.0, true, FREE, FREE), 25.0, 1e-4);
    CHECK(isnan(both_at(156.0, true, FREE, FREE)));
    CHECK(!isnan(both_at(156.0, false, FREE, FREE))); /* allowed, there is a way */
    CHECK(isnan(both_at(156.0, true, between(0.0, 300.0), between(0.0, 300.0))));
}

/* 10 m3/h that it must draw at one inlet are part of the 25 that it needs. 40 are more than it needs: the other inlet rests.
 * 90 m3/h drain 10.5 + 0.4 + 1 kg/h: 132.2 mg/L. */
static void what_is_stated_counts_as_drawn(void)
{
    CHECK_CLOSE(both_at(157.0, true, stated(10.0), FREE), 25.0, 1e-4);
    CHECK(isnan(both_at(156.0, true, stated(10.0), FREE)));
    CHECK_CLOSE(both_at(133.0, true, stated(40.0), FREE), 40.0, 1e-4);
    CHECK(isnan(both_at(132.0, true, stated(40.0), FREE)));
    CHECK(!isnan(both_at(132.0, false, stated(40.0), FREE)));
}

/* 20 and 10 m3/h are more than the 25 that it needs: 80 m3/h of 147.5 mg/L and no more. */
static void least_flows_are_demands(void)
{
    CHECK_CLOSE(both_at(148.0, true, between(20.0, 300.0), between(10.0, 300.0)), 30.0, 1e-4);
    CHECK(isnan(both_at(147.0, true, between(20.0, 300.0), between(10.0, 300.0))));
    CHECK(!isnan(both_at(147.0, false, between(20.0, 300.0), between(10.0, 300.0))));
    /* 6 and 4 are less: 25 */
    CHECK_CLOSE(both_at(157.0, true, between(6.0, 300.0), between(4.0, 300.0)), 25.0, 1e-4);
    CHECK(isnan(both_at(156.0, true, between(6.0, 300.0), between(4.0, 300.0))));
}

/* A wash that nothing limits, whose cold inlet gets used water alone: its 20 m3/h are no reason to draw them at the other. The
 * wash takes 10 m3/h of the river at the hot inlet: 60 m3/h leave the park with 11.6 kg/h, 193.3 mg/L. */
static void one_inlet_does_not_draw_for_another(void)
{
    for (int variant = 0; variant < 3; variant++) {
        static const char  *DYE[] = {"dye"};
        bench               b     = dye_and_wash(variant == 0 ? 194.0 : 192.0, variant < 2);
        park_process_inlet *two   = two_inlets(&b, between(20.0, 300.0), between(10.0, 300.0));
        double              cold, hot;
        b.wash->outlet.max[COD] = NAN;
        two[0].accepts          = (park_text_list){DYE, 1};
        CHECK(wash_flows(&b, &cold, &hot) == (variant != 1));
        if (variant == 0)
            CHECK_CLOSE(hot, 10.0, 1e-3);
        park_arena_free(b.arena);
    }
}

/* A plan without needless water stays. The rinse drains 25 m3/h of 30 mg/L, which the cold inlet may have; it carries out half of
 * the load, river water at the hot inlet the rest: 500 g/h / (50 - 10) = 12.5 m3/h. The well (30 mg/L) at one inlet
 * and the river at the other share the need as at one inlet: 25 + 12.5 m3/h where the river has 62.5 in all. */
static void a_plan_without_needless_water_stays(void)
{
    static const char *RINSE[] = {"rinse"}, *DYE_WASH[] = {"dye", "wash"};
    double             cold, hot;
    bench              b     = dye_and_wash(1000.0, true);
    park_process      *rinse = params_of(b.draft, add_unit(b.draft, PARK_USER, "process", "rinse"));
    rinse->demand.flow       = (park_series){25.0 * M3_H, -1};
    rinse->adds[COD]         = 0.5 * KG_H;
    rinse->accepts           = (park_text_list){RIVER, 1};
    park_process_inlet *two  = two_inlets(&b, stated(25.0), FREE);
    two[0].accepts = (park_text_list){RINSE, 1}, two[1].accepts = (park_text_list){RIVER, 1};
    ((park_sink_params *)params_of(b.draft, park_model_unit(b.draft, "out")))->accepts =
        (park_text_list){DYE_WASH, 2};
    CHECK(wash_flows(&b, &cold, &hot));
    CHECK_CLOSE(cold, 25.0, 1e-4);
    CHECK_CLOSE(hot, 12.5, 1e-4);
    park_arena_free(b.arena);

    b = dye_and_wash(1000.0, true);
    source(&b, "well", 30.0, 20.0);
    ((park_source *)params_of(b.draft, 0))->capacity = (park_series){62.5 * M3_H, -1};
    two                                              = two_inlets(&b, FREE, FREE);
    two[0].accepts = (park_text_list){WELL, 1}, two[1].accepts = (park_text_list){RIVER, 1};
    CHECK(wash_flows(&b, &cold, &hot));
    CHECK_CLOSE(cold, 25.0, 1e-3);
    CHECK_CLOSE(hot, 12.5, 1e-3);
    park_arena_free(b.arena);
}

/* A brackish well of 80 mg/L at the cold inlet, 20 m3/h of it, of a wash that adds nothing and drains at most 50: it needs 20 x 30/40 = 15 m3/h of
 * the river beside it, and gets no more. 85 m3/h leave with 10.5 + 1.6 + 0.15 kg/h: 144.1 mg/L. */
static void source_water_may_be_richer_than_the_outlet(void)
{
    for (int variant = 0; variant < 3; variant++) {
        double cold, hot;
        bench  b = dye_and_wash(variant == 0 ? 145.0 : 143.0, variant < 2);
        source(&b, "well", 80.0, 20.0);
        b.wash->adds[COD]       = NAN;
        park_process_inlet *two = two_inlets(&b, stated(20.0), FREE);
        two[0].accepts = (park_text_list){WELL, 1}, two[1].accepts = (park_text_list){RIVER, 1};
        CHECK(wash_flows(&b, &cold, &hot) == (variant != 1));
        if (variant == 0)
            CHECK_CLOSE(hot, 15.0, 1e-3);
        park_arena_free(b.arena);
    }
}

/* ---- drawn users -------------------------------------------------------------------------------------------------------- */

enum { MOST = 4 };

/* A wash of several inlets, each with a source of its own and used water of any quality that its outlet may have. */
typedef struct drawn_wash {
    size_t            inlets;
    double            load, limit;                          /* [kg/s], [kg/m3] */
    double            least[MOST], clean[MOST], used[MOST]; /* [m3/s], [kg/m3] */
    park_formulation *f;
} drawn_wash;

static double between_of(park_random *r, double lo, double hi)
{
    return lo + (hi - lo) * park_random_uniform(r);
}

static drawn_wash draw_wash(park_arena *arena, uint64_t seed)
{
    static const char *SOURCE[] = {"s0", "s1", "s2", "s3"}, *KEY[] = {"i0", "i1", "i2", "i3"};
    static const char *GIVES[MOST][1] = {{"s0"}, {"s1"}, {"s2"}, {"s3"}};
    park_random        r              = park_random_start(seed, 516, 0);
    drawn_wash  w = {.inlets = 2 + park_random_below(&r, MOST - 1), .limit = 50.0 * MG_L, .load = KG_H};
    bench       b = {.arena = arena, .draft = draft_with(arena, NAMES, COUNT)};
    park_super *super;
    park_error  err                 = {0};
    park_process_inlet *inlet       = PARK_ARRAY(arena, w.inlets, park_process_inlet);
    b.draft->candidates             = PARK_CANDIDATES_ALL;
    b.draft->law.dilution_forbidden = true;
    b.wash                          = params_of(b.draft, add_unit(b.draft, PARK_USER, "process", "wash"));
    b.wash->adds[COD]               = w.load;
    b.wash->outlet.max[COD]         = w.limit;
    for (size_t i = 0; i < w.inlets; i++) {
        w.clean[i]           = between_of(&r, 0.0, 35.0) * MG_L;
        w.least[i]           = park_random_below(&r, 3) == 0 ? 0.0 : between_of(&r, 0.0, 40.0) * M3_H;
        inlet[i].demand      = between(w.least[i] / M3_H, 400.0);
        inlet[i].limits      = PARK_ARRAY(arena, COUNT, double);
        inlet[i].limits[COD] = inlet[i].limits[CL] = NAN;
        inlet[i].accepts                           = (park_text_list){GIVES[i], 1};
        source(&b, SOURCE[i], w.clean[i] / MG_L, 20.0);
    }
    b.wash->inlets = (park_named){KEY, inlet, w.inlets};
    ((park_sink_params *)params_of(b.draft, add_unit(b.draft, PARK_SINK, "outfall", "out")))->limits[COD] =
        40.0 * MG_L;
    park_findings findings;
    park_findings_init(&findings, arena);
    park_super_options options = {.box_times = 3.0};
    CHECK(stands(b.draft, &findings, false));
    CHECK(park_super_make(b.draft, NULL, &options, arena, &super, &err) == PARK_OK);
    CHECK(park_formulation_make(super, PARK_MIN_COST, arena, &w.f, &err) == PARK_OK);
    return w;
}

/* Do all rows against dilution hold where inlet i takes q[i] of its source [m3/s]? */
static bool rows_hold(const drawn_wash *w, const double *q)
{
    const park_formulation *f    = w->f;
    const park_program     *p    = &f->program;
    bool                    hold = true;
    size_t                  rows = 0;
    for (size_t r = 0; r < p->rows; r++) {
        double sum = 0.0;
        if (p->row_name[r] == NULL || strcmp(p->row_name[r], "no dilution") != 0)
            continue;
        for (size_t k = p->start[r]; k < p->start[r + 1]; k++)
            for (size_t l = 0; l < f->super->links; l++)
                if (f->link_flow[l] == p->index[k])
                    sum += p->value[k] * f->flow_unit *
                           q[f->super->model->link[l].inlet - (int32_t)f->super->model->unit[0].first_inlet];
        hold = hold && sum <= p->row_hi[r] * (1.0 + 1e-9);
        rows++;
    }
    CHECK(rows > 0);
    return hold;
}

/* How much load the water of a plan can still take [kg/s]. */
static double room_of(const drawn_wash *w, const double *q, const double *p)
{
    double room = -w->load;
    for (size_t i = 0; i < w->inlets; i++)
        room += q[i] * (w->limit - w->clean[i]) + p[i] * (w->limit - w->used[i]);
    return room;
}

/* Any plan, then every inlet in turn has less of both its waters, as far as its least flow and the limit let it: no needless
 * water is left. */
static void draw_plan(park_random *r, drawn_wash *w, double *q, double *p)
{
    size_t first = park_random_below(r, (uint32_t)w->inlets);
    for (size_t i = 0; i < w->inlets; i++) {
        w->used[i]   = between_of(r, 0.0, 50.0) * MG_L;
        double share = park_random_below(r, 3) == 0 ? 1.0 : park_random_uniform(r);
        double flow  = w->least[i] + between_of(r, 0.0, 60.0) * M3_H;
        q[i] = share * flow, p[i] = flow - q[i];
    }
    double lacks = fmax(-room_of(w, q, p), 0.0);
    q[first] += lacks / (w->limit - w->clean[first]);
    for (size_t k = 0; k < w->inlets; k++) {
        size_t i    = (first + 1 + k) % w->inlets;
        double flow = q[i] + p[i], eases = q[i] * (w->limit - w->clean[i]) + p[i] * (w->limit - w->used[i]);
        double less = fmin((flow - w->least[i]) / flow, eases > 0.0 ? room_of(w, q, p) / eases : 1.0);
        q[i] *= 1.0 - fmax(less, 0.0), p[i] *= 1.0 - fmax(less, 0.0);
    }
}

/* No plan without needless water is cut, whatever used water it takes; where all is clean, a hundredth more is. */
static void drawn_users_keep_what_they_need_and_no_more(void)
{
    for (uint64_t seed = 1; seed <= 60; seed++) {
        park_arena *arena = park_arena_new();
        drawn_wash  w     = draw_wash(arena, seed);
        park_random r     = park_random_start(seed, 516, 1);
        double      q[MOST], p[MOST];
        for (int turn = 0; turn < 40; turn++) {
            draw_plan(&r, &w, q, p);
            CHECK(rows_hold(&w, q));
            for (size_t i = 0; i < w.inlets; i++) /* all of it clean, and again no more than needed */
                q[i] = w.least[i], p[i] = 0.0;
            size_t i = park_random_below(&r, (uint32_t)w.inlets);
            q[i] += fmax(-room_of(&w, q, p), 0.0) / (w.limit - w.clean[i]);
            CHECK(rows_hold(&w, q));
            q[i] = q[i] * 1.01 + 1e-3 * M3_H;
            CHECK(!rows_hold(&w, q));
        }
        park_arena_free(arena);
    }
}

int main(void)
{
    RUN(a_free_user_takes_what_it_needs);
    RUN(it_thins_nothing);
    RUN(bounds_of_demand_are_no_way_around);
    RUN(two_waters_share_one_need);
    RUN(who_needs_nothing_draws_nothing);
    RUN(a_tower_blows_down_what_its_limits_ask);
    RUN(two_free_inlets_share_one_need);
    RUN(what_is_stated_counts_as_drawn);
    RUN(least_flows_are_demands);
    RUN(one_inlet_does_not_draw_for_another);
    RUN(a_plan_without_needless_water_stays);
    RUN(source_water_may_be_richer_than_the_outlet);
    RUN(drawn_users_keep_what_they_need_and_no_more);
    return park_test_done();
}
