/* What check says in water terms: each finding once caused, and once not. */
#include "park_fixture.h"

#include "units/sinks/sink.h"
#include "units/sources/source.h"
#include "units/storages/storage.h"
#include "units/treatments/train.h"
#include "units/treatments/treatment.h"
#include "units/users/cooling_tower.h"
#include "units/users/process.h"

static const char *const TWO[] = {"COD", "Cl"};
enum { COD, CL };

typedef struct site {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    int32_t       river, wash;
} site;

static site river_and_wash(void)
{
    site s  = {.arena = park_arena_new()};
    s.draft = draft_with(s.arena, TWO, 2);
    park_findings_init(&s.findings, s.arena);
    s.river = add_unit(s.draft, PARK_SOURCE, "surface", "river");
    s.wash  = add_unit(s.draft, PARK_USER, "process", "wash");
    ((park_source *)params_of(s.draft, s.river))->quality[COD] = 0.01;
    ((park_source *)params_of(s.draft, s.river))->quality[CL]  = 0.05;
    ((park_process *)params_of(s.draft, s.wash))->demand.flow  = (park_series){0.01, -1};
    return s;
}

/* Freeze and check; the findings speak. */
static park_status verdict(site *s)
{
    park_error err;
    CHECK(stands(s->draft, &s->findings, false));
    return park_model_check(s->draft, &s->findings, &err);
}

static bool says(const site *s, park_code code, const char *en, const char *zh)
{
    for (size_t i = 0; i < s->findings.count; i++)
        if (s->findings.items[i].code == code && strstr(s->findings.items[i].en, en) != NULL &&
            strstr(s->findings.items[i].zh, zh) != NULL)
            return true;
    print_findings(&s->findings);
    return false;
}

static void a_sound_park_passes(void)
{
    site s = river_and_wash();
    add_unit(s.draft, PARK_SINK, "outfall", "outfall");
    CHECK(verdict(&s) == PARK_OK);
    CHECK(s.findings.count == 0);
    park_arena_free(s.arena);
}

static void a_drain_without_a_way_is_told(void)
{
    site s = river_and_wash();
    CHECK(verdict(&s) == PARK_E_RANGE);
    CHECK(says(&s, PARK_E0502, "wash", "wash"));
    park_arena_free(s.arena);
}

static void a_user_out_of_reach_is_told(void)
{
    site s = river_and_wash();
    add_unit(s.draft, PARK_SINK, "outfall", "outfall");
    int32_t cut                                            = add_unit(s.draft, PARK_USER, "process", "cut");
    ((park_process *)params_of(s.draft, cut))->demand.flow = (park_series){0.01, -1};
    park_draft_forbid(s.draft, "river", "cut");
    park_draft_forbid(s.draft, "wash", "cut");
    CHECK(verdict(&s) == PARK_E_RANGE);
    CHECK(says(&s, PARK_E0501, "no water can reach cut", "cut"));
    park_arena_free(s.arena);
}

/* wash -> plant -> wash, all product reused: COD is removed, chloride is not and has no way out. */
static void salt_in_a_closed_loop_is_named(void)
{
    site    s     = river_and_wash();
    int32_t plant = add_unit(s.draft, PARK_TREATMENT, "removal", "plant");
    ((park_treatment *)params_of(s.draft, plant))->removal[COD]    = 0.9;
    ((park_process *)params_of(s.draft, s.wash))->adds[COD]        = 0.01;
    ((park_process *)params_of(s.draft, s.wash))->loss.evaporation = 0.1;
    CHECK(verdict(&s) == PARK_E_RANGE);
    CHECK(says(&s, PARK_E0503, "Cl enters wash, plant", "Cl"));
    for (size_t i = 0; i < s.findings.count; i++)
        CHECK(strstr(s.findings.items[i].en, "COD enters") == NULL);
    park_arena_free(s.arena);

    site t = river_and_wash(); /* a leak carries it off */
    add_unit(t.draft, PARK_TREATMENT, "removal", "plant");
    ((park_process *)params_of(t.draft, t.wash))->loss = (park_loss){0.1, 0.0, 0.01};
    CHECK(verdict(&t) == PARK_OK);
    park_arena_free(t.arena);
}

/* 0.01 m3/s asked, pipe of 0.004 and river of 0.006 m3/s. */
static void demand_above_what_can_come_is_told_with_figures(void)
{
    site s = river_and_wash();
    add_unit(s.draft, PARK_SINK, "outfall", "outfall");
    ((park_source *)params_of(s.draft, s.river))->capacity = (park_series){0.006, -1};
    CHECK(verdict(&s) == PARK_E_RANGE);
    CHECK(says(&s, PARK_E0504,
               "requires 36 m3/h (season steady), but all that can reach it gives at most 21.6 m3/h",
               "36 m3/h"));
    park_arena_free(s.arena);

    site t = river_and_wash();
    add_unit(t.draft, PARK_SINK, "outfall", "outfall");
    t.draft->candidates = PARK_CANDIDATES_LISTED;
    park_draft_connection(
        t.draft,
        (park_connection){
            .from = "river", .to = "wash", .existing = true, .capacity = 0.004, .length = NAN, .lift = NAN});
    park_draft_connection(
        t.draft,
        (park_connection){.from = "*", .to = "outfall", .capacity = INFINITY, .length = NAN, .lift = NAN});
    CHECK(verdict(&t) == PARK_E_RANGE);
    CHECK(says(&t, PARK_E0504, "at most 14.4 m3/h", "14.4 m3/h"));
    park_arena_free(t.arena);
}

/* Two towers in a circle could pass each inlet's own test; together they evaporate more than the river gives. */
static void evaporation_above_all_sources_is_told(void)
{
    site s = river_and_wash();
    add_unit(s.draft, PARK_SINK, "outfall", "outfall");
    ((park_source *)params_of(s.draft, s.river))->capacity     = (park_series){0.011, -1};
    ((park_process *)params_of(s.draft, s.wash))->loss.product = 0.6;
    int32_t second = add_unit(s.draft, PARK_USER, "process", "second");
    ((park_process *)params_of(s.draft, second))->demand.flow  = (park_series){0.01, -1};
    ((park_process *)params_of(s.draft, second))->loss.product = 0.6;
    CHECK(verdict(&s) == PARK_E_RANGE); /* 0.012 consumed of 0.011 */
    CHECK(says(&s, PARK_E0504, "all sources together", "全部水源"));
    park_arena_free(s.arena);
}

static void a_storage_nobody_fills_is_told(void)
{
    site s = river_and_wash();
    add_unit(s.draft, PARK_SINK, "outfall", "outfall");
    int32_t tank                                           = add_unit(s.draft, PARK_STORAGE, "tank", "tank");
    ((park_storage *)params_of(s.draft, tank))->volume.max = 100.0;
    park_draft_forbid(s.draft, "*", "tank");
    CHECK(verdict(&s) == PARK_E_RANGE);
    CHECK(has_code(&s.findings, PARK_E0505));
    park_arena_free(s.arena);
}

/* Two supply plants that stand and give each other all they get; with a reject of one of them there is a balance again. */
static void plants_that_give_each_other_everything_are_told(void)
{
    for (int rejects = 0; rejects < 2; rejects++) {
        site s = river_and_wash();
        add_unit(s.draft, PARK_SINK, "outfall", "outfall");
        const char *const PLANT[] = {"polish", "store"};
        for (int i = 0; i < 2; i++) {
            int32_t         u     = add_unit(s.draft, PARK_TREATMENT, "removal", PLANT[i]);
            park_treatment *t     = params_of(s.draft, u);
            s.draft->unit[u].duty = PARK_DUTY_SUPPLY, s.draft->unit[u].existing = true;
            t->capacity = (park_range){0.1, 0.1, NAN};
            t->recovery = rejects && i == 1 ? 0.9 : 1.0;
        }
        const char *const WAY[][2] = {{"river", "polish"}, {"polish", "store"}, {"store", "polish"},
                                      {"store", "wash"},   {"wash", "outfall"}, {"store.reject", "outfall"}};
        for (int i = 0; i < 5 + rejects; i++)
            CHECK(park_draft_connection(s.draft, (park_connection){.from     = WAY[i][0],
                                                                   .to       = WAY[i][1],
                                                                   .existing = true,
                                                                   .capacity = INFINITY,
                                                                   .length   = NAN,
                                                                   .lift     = NAN}) >= 0);
        CHECK(verdict(&s) == PARK_OK);
        CHECK(has_code(&s.findings, PARK_W0517) == (rejects == 0));
        CHECK(rejects || says(&s, PARK_W0517, "polish, store pass all", "polish, store 相互供水"));
        park_arena_free(s.arena);
    }
}

static void names_that_look_alike_are_told(void)
{
    site s = river_and_wash();
    add_unit(s.draft, PARK_SINK, "outfall", "River");
    CHECK(verdict(&s) == PARK_E_RANGE);
    CHECK(says(&s, PARK_E0402, "'River' is taken by 'river'", "“River”"));
    park_arena_free(s.arena);
}

/* An inlet limit on COD: the river must state it, and need not state chloride. */
static void unknown_quality_is_not_zero(void)
{
    site s = river_and_wash();
    add_unit(s.draft, PARK_SINK, "outfall", "outfall");
    ((park_process *)params_of(s.draft, s.wash))->inlet[COD]   = 0.05;
    ((park_source *)params_of(s.draft, s.river))->quality[COD] = NAN;
    ((park_source *)params_of(s.draft, s.river))->quality[CL]  = NAN;
    CHECK(verdict(&s) == PARK_E_RANGE);
    CHECK(says(&s, PARK_E0507, "river does not state its COD", "COD"));
    CHECK(says(&s, PARK_N0507, "Cl", "Cl"));
    CHECK(s.findings.errors == 1);
    park_arena_free(s.arena);
}

/* a requires b, b requires c, a excludes c. */
static void retrofits_that_cannot_stand_together_are_told(void)
{
    static int32_t B[] = {1}, C[] = {2};
    park_retrofit  r[3] = {
         {.id = "a", .requires_ = B, .requires_count = 1, .excludes_ = C, .excludes_count = 1},
         {.id = "b", .requires_ = C, .requires_count = 1},
         {.id = "c"}};
    site s = river_and_wash();
    add_unit(s.draft, PARK_SINK, "outfall", "outfall");
    s.draft->retrofit  = r;
    s.draft->retrofits = 3;
    CHECK(verdict(&s) == PARK_E_RANGE);
    CHECK(s.findings.errors == 1 && says(&s, PARK_E0506, "retrofit a can never be made", "改造措施 a"));
    park_arena_free(s.arena);
}

/* Arsenic added in a workshop needs a limit at the workshop's own drain. */
static void first_class_pollutants_are_limited_where_they_leave(void)
{
    site s = river_and_wash();
    add_unit(s.draft, PARK_SINK, "outfall", "outfall");
    s.draft->constituent[CL].class_one                     = true;
    ((park_process *)params_of(s.draft, s.wash))->adds[CL] = 1e-6;
    CHECK(verdict(&s) == PARK_OK);
    CHECK(says(&s, PARK_W0515, "wash adds Cl", "第一类污染物 Cl"));
    park_arena_free(s.arena);

    site t = river_and_wash();
    add_unit(t.draft, PARK_SINK, "outfall", "outfall");
    t.draft->constituent[CL].class_one                           = true;
    ((park_process *)params_of(t.draft, t.wash))->adds[CL]       = 1e-6;
    ((park_process *)params_of(t.draft, t.wash))->outlet.max[CL] = 5e-4;
    CHECK(verdict(&t) == PARK_OK && !has_code(&t.findings, PARK_W0515));
    park_arena_free(t.arena);
}

/* What the workshop treats itself is limited at the outlet of that works, if nothing gets around it. */
static void a_works_of_the_workshop_is_its_outlet(void)
{
    for (int around = 0; around < 2; around++) {
        site    s     = river_and_wash();
        int32_t works = add_unit(s.draft, PARK_TREATMENT, "removal", "works");
        add_unit(s.draft, PARK_SINK, "outfall", "outfall");
        s.draft->constituent[CL].class_one                        = true;
        ((park_process *)params_of(s.draft, s.wash))->adds[CL]    = 1e-6;
        ((park_treatment *)params_of(s.draft, works))->outlet[CL] = 5e-4;
        park_draft_forbid(s.draft, "river", "works");
        park_draft_forbid(s.draft, "wash", "wash");
        if (around == 0)
            park_draft_forbid(s.draft, "wash", "outfall");
        CHECK(verdict(&s) == PARK_OK);
        CHECK(has_code(&s.findings, PARK_W0515) == (around == 1));
        park_arena_free(s.arena);
    }
}

/* A wash of two inlets, 0.004 to 0.01 m3/s each, that adds 0.2 g/s COD and drains at most 50 g/m3: it needs 0.004 m3/s of clean water,
 * its inlets ask for 0.008. Which of the two is the reason depends on the plan: that is noted. Where one of them is always the
 * reason it is not, nor where nobody could dilute anything. */
typedef enum wash_case {
    BETWEEN,
    STATED,
    UNLIMITED_OUTFALL,
    ALLOWED,
    ONE_INLET,
    NO_LEAST_FLOW,
    UNLIMITED_WASH,
    GREAT_LOAD,
    RICH_RIVER,
    RICH_RIVER_REFUSED,
    WASH_CASES
} wash_case;

static void wash_of(site *s, wash_case how)
{
    static const char  *KEY[] = {"cold", "hot"};
    park_process       *wash  = params_of(s->draft, s->wash);
    park_process_inlet *two   = PARK_ARRAY(s->arena, 2, park_process_inlet);
    for (int i = 0; i < 2; i++) {
        two[i].limits    = PARK_ARRAY(s->arena, 2, double);
        two[i].limits[0] = how == RICH_RIVER_REFUSED ? 0.005 : NAN, two[i].limits[1] = NAN;
        two[i].demand =
            (park_demand){.flow = {NAN, -1}, .min = how == NO_LEAST_FLOW ? 0.0 : 0.004, .max = 0.01};
        if (how == STATED)
            two[i].demand = (park_demand){.flow = {0.005, -1}, .min = NAN, .max = NAN};
    }
    if (how != ONE_INLET)
        wash->inlets = (park_named){KEY, two, 2};
    wash->demand.flow.base = NAN, wash->demand.free = true;
    wash->adds[COD] = how == GREAT_LOAD ? 5e-4 : how >= RICH_RIVER ? NAN : 2e-4;
    if (how != UNLIMITED_WASH)
        wash->outlet.max[COD] = how >= RICH_RIVER ? 0.005 : 0.05;
}

static void a_free_user_that_could_dilute_is_noted(void)
{
    for (int how = 0; how < WASH_CASES; how++) {
        site    s    = river_and_wash();
        int32_t sink = add_unit(s.draft, PARK_SINK, "outfall", "outfall");
        wash_of(&s, (wash_case)how);
        if (how != UNLIMITED_OUTFALL)
            ((park_sink_params *)params_of(s.draft, sink))->limits[COD] = 0.05;
        s.draft->law.dilution_forbidden = how != ALLOWED;
        CHECK(verdict(&s) == PARK_OK);
        CHECK(has_code(&s.findings, PARK_N0516) == (how == BETWEEN || how == RICH_RIVER));
        park_arena_free(s.arena);
    }
}

/* One of each kind that allocates while it is completed and shaped. */
static void add_every_kind(site *s)
{
    static const char *STAGE[] = {"UF", "RO"}, *KEY[] = {"UF.reject"};
    park_treatment    *two  = PARK_ARRAY(s->arena, 2, park_treatment);
    park_ref          *to   = PARK_NEW(s->arena, park_ref);
    double            *rain = PARK_ARRAY(s->arena, 24, double);
    rain[3]                 = 1e-6;
    s->draft->weather.rain  = park_draft_pattern(
         s->draft, (park_pattern){.kind = PARK_PATTERN_CYCLE, .every = 3600.0, .count = 24, .value = rain});
    int32_t rains = add_unit(s->draft, PARK_SOURCE, "rain", "rain"),
            mine  = add_unit(s->draft, PARK_SOURCE, "mine", "mine");
    int32_t tower = add_unit(s->draft, PARK_USER, "cooling_tower", "tower"),
            train = add_unit(s->draft, PARK_TREATMENT, "train", "train");
    int32_t pond  = add_unit(s->draft, PARK_STORAGE, "pond", "pond");
    for (int i = 0; i < 2; i++) {
        CHECK(park_fields_default(PARK_TREATMENT_FIELDS, &two[i], 2, s->arena) == PARK_OK);
        two[i].recovery       = 0.9;
        two[i].rejection[COD] = 0.5;
    }
    *to                        = (park_ref){"outfall", -1, -1};
    park_train *stages         = params_of(s->draft, train);
    stages->stages             = (park_named){STAGE, two, 2};
    stages->side_streams       = (park_ref_map){KEY, to, 1};
    park_source *falls         = params_of(s->draft, rains);
    falls->catchment           = 1e4;
    falls->first_flush_to.text = "outfall";
    park_source *drains        = params_of(s->draft, mine);
    drains->inflow             = (park_series){0.01, -1};
    drains->untaken.text       = "outfall";
    falls->quality[COD] = drains->quality[COD] = 0.02;
    falls->quality[CL] = drains->quality[CL]                = 0.02;
    park_cooling_tower *cools                               = params_of(s->draft, tower);
    cools->circulation                                      = (park_series){1.0, -1};
    cools->range                                            = 8.0;
    ((park_storage *)params_of(s->draft, pond))->volume.max = 100.0;
    ((park_storage *)params_of(s->draft, pond))->area       = 100.0;
}

/* Memory that runs out anywhere is said, never crashed on. */
static void every_allocation_may_fail(void)
{
    size_t n = 1;
    for (;; n++) {
        site       s   = river_and_wash();
        park_error err = {0};
        add_unit(s.draft, PARK_SINK, "outfall", "outfall");
        add_every_kind(&s);
        park_arena_fail_after(s.arena, n);
        park_status status = park_draft_shape(s.draft, &s.findings, &err);
        if (status == PARK_OK)
            status = park_model_freeze(s.draft, &s.findings, &err);
        if (status == PARK_OK)
            status = park_model_check(s.draft, &s.findings, &err);
        park_arena_free(s.arena);
        if (status == PARK_OK)
            break;
        CHECK(status == PARK_E_MEMORY);
    }
    CHECK(n > 200); /* there was something to fail */
}

int main(void)
{
    RUN(a_sound_park_passes);
    RUN(a_drain_without_a_way_is_told);
    RUN(a_user_out_of_reach_is_told);
    RUN(salt_in_a_closed_loop_is_named);
    RUN(demand_above_what_can_come_is_told_with_figures);
    RUN(evaporation_above_all_sources_is_told);
    RUN(a_storage_nobody_fills_is_told);
    RUN(plants_that_give_each_other_everything_are_told);
    RUN(names_that_look_alike_are_told);
    RUN(unknown_quality_is_not_zero);
    RUN(retrofits_that_cannot_stand_together_are_told);
    RUN(first_class_pollutants_are_limited_where_they_leave);
    RUN(a_works_of_the_workshop_is_its_outlet);
    RUN(a_free_user_that_could_dilute_is_noted);
    RUN(every_allocation_may_fail);
    return park_test_done();
}
