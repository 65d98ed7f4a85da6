/* Grades, origins and the law on what may be connected; stars, accepts, duties. */
#include "park_fixture.h"

#include "base/random.h"
#include "units/sources/source.h"
#include "units/storages/storage.h"
#include "units/treatments/treatment.h"
#include "units/users/process.h"

static const char *const CA[] = {"Ca"};

typedef struct site {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    park_grade    grade[2];
} site;

static void new_site(site *s)
{
    *s       = (site){.arena = park_arena_new()};
    s->draft = draft_with(s->arena, CA, 1);
    park_findings_init(&s->findings, s->arena);
    for (int g = 0; g < 2; g++) {
        s->grade[g] = (park_grade){.id = g == 0 ? "soft" : "clean", .limit = PARK_NEW(s->arena, double)};
        s->grade[g].limit[0] = INFINITY;
    }
    s->draft->grade  = s->grade;
    s->draft->grades = 2;
}

static int32_t source(site *s, const char *kind, const char *id)
{
    int32_t u                                           = add_unit(s->draft, PARK_SOURCE, kind, id);
    ((park_source *)params_of(s->draft, u))->quality[0] = 0.04;
    ((park_source *)params_of(s->draft, u))->inflow     = (park_series){0.01, -1};
    return u;
}

static int32_t user(site *s, const char *id, const char **accepts, size_t count)
{
    int32_t u                                             = add_unit(s->draft, PARK_USER, "process", id);
    ((park_process *)params_of(s->draft, u))->demand.flow = (park_series){0.01, -1};
    ((park_process *)params_of(s->draft, u))->accepts     = (park_text_list){accepts, count};
    return u;
}

static int32_t plant(site *s, const char *id, const char **accepts, size_t count)
{
    int32_t u                                           = add_unit(s->draft, PARK_TREATMENT, "removal", id);
    ((park_treatment *)params_of(s->draft, u))->accepts = (park_text_list){accepts, count};
    return u;
}

static bool linked(const site *s, const char *from, const char *to)
{
    return link_between(s->draft, from, to) >= 0;
}

/* Only river water enters softener and, through it, demin: both become supply; the plant that users feed stays waste. */
static void duties_follow_from_what_may_enter(void)
{
    static const char *RIVER[] = {"river"}, *SOFT[] = {"softener"};
    site               s;
    new_site(&s);
    source(&s, "surface", "river");
    int32_t softener = plant(&s, "softener", RIVER, 1), demin = plant(&s, "demin", SOFT, 1),
            wwtp = plant(&s, "wwtp", NULL, 0);
    user(&s, "dye", NULL, 0);
    add_unit(s.draft, PARK_SINK, "outfall", "outfall");
    CHECK(stands(s.draft, &s.findings, false));
    CHECK(s.draft->unit[softener].duty == PARK_DUTY_SUPPLY && s.draft->unit[demin].duty == PARK_DUTY_SUPPLY);
    CHECK(s.draft->unit[wwtp].duty == PARK_DUTY_WASTE);
    CHECK(linked(&s, "river", "softener") && linked(&s, "softener", "demin") && linked(&s, "demin", "dye"));
    CHECK(!linked(&s, "demin", "outfall") &&
          !linked(&s, "softener", "wwtp")); /* unused water is no discharge */
    CHECK(linked(&s, "wwtp", "outfall") && linked(&s, "wwtp", "dye"));
    CHECK(!linked(&s, "dye", "softener"));
    park_arena_free(s.arena);
}

/* A storage that may hold river water may not drain to the outfall; one that takes wastewater alone may. */
static void storages_do_not_launder_source_water(void)
{
    static const char *DYE[] = {"dye"};
    site               s;
    new_site(&s);
    source(&s, "surface", "river");
    user(&s, "dye", NULL, 0);
    int32_t any  = add_unit(s.draft, PARK_STORAGE, "tank", "any"),
            used = add_unit(s.draft, PARK_STORAGE, "tank", "used");
    ((park_storage *)params_of(s.draft, any))->volume.max =
        ((park_storage *)params_of(s.draft, used))->volume.max = 100.0;
    ((park_storage *)params_of(s.draft, used))->accepts        = (park_text_list){DYE, 1};
    add_unit(s.draft, PARK_SINK, "outfall", "outfall");
    park_draft_connection(s.draft, (park_connection){.from     = "any.overflow",
                                                     .to       = "outfall",
                                                     .existing = true,
                                                     .capacity = INFINITY,
                                                     .length   = NAN,
                                                     .lift     = NAN});
    CHECK(stands(s.draft, &s.findings, false));
    CHECK(linked(&s, "any.overflow", "outfall")); /* storm water may run over; a plan cannot use it */
    CHECK(linked(&s, "river", "any") && !linked(&s, "any", "outfall") && linked(&s, "any", "dye"));
    CHECK(!linked(&s, "river", "used") && linked(&s, "dye", "used") && linked(&s, "used", "outfall"));
    park_arena_free(s.arena);
}

/* `soft` refuses wastewater. The open plant may bring it, the plant that refuses it itself may not. */
static void refused_origins_stop_where_they_are_refused(void)
{
    static const char *GRADE[] = {"soft"};
    site               s;
    new_site(&s);
    s.grade[0].limit[0]                       = 0.02;
    s.grade[0].denies[PARK_ORIGIN_WASTEWATER] = true;
    source(&s, "surface", "river");
    source(&s, "reclaimed", "city");
    user(&s, "dye", NULL, 0);
    user(&s, "boil", GRADE, 1);
    plant(&s, "open", NULL, 0);
    int32_t strict             = plant(&s, "strict", GRADE, 1);
    s.draft->unit[strict].duty = PARK_DUTY_SUPPLY;
    add_unit(s.draft, PARK_SINK, "outfall", "outfall");
    CHECK(stands(s.draft, &s.findings, false));
    CHECK(linked(&s, "river", "boil") && linked(&s, "city", "boil") && !linked(&s, "dye", "boil"));
    CHECK(!linked(&s, "open", "boil") && linked(&s, "strict", "boil"));
    CHECK(!linked(&s, "dye", "strict") && !linked(&s, "open", "strict") && linked(&s, "dye", "open"));
    CHECK(s.draft->inlet[park_model_inlet(s.draft, "boil")].limit[0] == 0.02);
    CHECK(s.draft->constituent[0].read);
    const park_outlet_info *out = &s.draft->outlet[park_model_outlet(s.draft, "open")];
    CHECK((out->origins & (1u << PARK_ORIGIN_WASTEWATER)) != 0);
    CHECK((s.draft->outlet[park_model_outlet(s.draft, "strict")].origins & (1u << PARK_ORIGIN_WASTEWATER)) ==
          0);
    park_arena_free(s.arena);
}

static void a_written_connection_of_a_refused_origin_is_told(void)
{
    static const char *GRADE[] = {"soft"};
    site               s;
    new_site(&s);
    s.grade[0].denies[PARK_ORIGIN_WASTEWATER] = true;
    source(&s, "surface", "river");
    user(&s, "dye", NULL, 0);
    user(&s, "boil", GRADE, 1);
    add_unit(s.draft, PARK_SINK, "outfall", "outfall");
    park_draft_connection(s.draft, (park_connection){.id       = "c1",
                                                     .from     = "dye",
                                                     .to       = "boil",
                                                     .existing = true,
                                                     .capacity = INFINITY,
                                                     .length   = NAN,
                                                     .lift     = NAN});
    CHECK(!stands(s.draft, &s.findings, true));
    CHECK(s.findings.errors == 1 && has_code(&s.findings, PARK_E0509));
    CHECK_TEXT(s.findings.items[0].path, "connections.existing.c1");
    park_arena_free(s.arena);
}

/* The product's water of a brewery may not be reclaimed; its cooling may. */
static void food_takes_no_reclaimed_water(void)
{
    static park_enterprise_info BREWERY = {.id = "brewery", .sector = "food"};
    site                        s;
    new_site(&s);
    s.draft->enterprise  = &BREWERY;
    s.draft->enterprises = 1;
    source(&s, "surface", "river");
    source(&s, "reclaimed", "city");
    int32_t brew = user(&s, "brew", NULL, 0), cool = user(&s, "cool", NULL, 0);
    s.draft->unit[brew].enterprise = s.draft->unit[cool].enterprise = 0;
    s.draft->unit[cool].use                                         = PARK_USE_INDIRECT_COOLING;
    add_unit(s.draft, PARK_SINK, "outfall", "outfall");
    CHECK(stands(s.draft, &s.findings, false));
    CHECK(linked(&s, "river", "brew") && !linked(&s, "city", "brew") && !linked(&s, "cool", "brew"));
    CHECK(linked(&s, "city", "cool") && linked(&s, "brew", "cool"));
    park_arena_free(s.arena);
}

static void accepts_speaks_of_units_and_grades(void)
{
    static const char *DONOR[] = {"river", "clean", "soft"}, *WRONG[] = {"rivr"};
    site               s;
    new_site(&s);
    s.grade[1].limit[0] = 0.03;
    s.grade[0].limit[0] = 0.01;
    source(&s, "surface", "river");
    source(&s, "ground", "well");
    user(&s, "dye", DONOR, 3);
    add_unit(s.draft, PARK_SINK, "outfall", "outfall");
    CHECK(stands(s.draft, &s.findings, false));
    CHECK(linked(&s, "river", "dye") && !linked(&s, "well", "dye"));
    CHECK(s.draft->inlet[park_model_inlet(s.draft, "dye")].limit[0] == 0.03); /* the first grade decides */
    CHECK(has_code(&s.findings, PARK_W0411));
    park_arena_free(s.arena);

    site t;
    new_site(&t);
    source(&t, "surface", "river");
    user(&t, "dye", WRONG, 1);
    CHECK(!stands(t.draft, &t.findings, true));
    CHECK(strstr(t.findings.items[0].en, "did you mean 'river'") != NULL);
    park_arena_free(t.arena);
}

/* Pairs with stars: only what they match, never twice, never what stands already. */
static void stars_make_pairs(void)
{
    site s;
    new_site(&s);
    source(&s, "surface", "river1");
    source(&s, "surface", "river2");
    user(&s, "dye", NULL, 0);
    user(&s, "wash", NULL, 0);
    add_unit(s.draft, PARK_SINK, "outfall", "outfall");
    s.draft->candidates = PARK_CANDIDATES_LISTED;
    s.draft->min_flow   = 1.0 * M3_H;
    park_draft_connection(s.draft, (park_connection){.id       = "main",
                                                     .from     = "river1",
                                                     .to       = "dye",
                                                     .existing = true,
                                                     .capacity = 0.5,
                                                     .length   = NAN,
                                                     .lift     = NAN});
    park_draft_connection(
        s.draft,
        (park_connection){.from = "river*", .to = "*", .capacity = INFINITY, .length = NAN, .lift = NAN});
    park_draft_connection(
        s.draft,
        (park_connection){.from = "*", .to = "outfall", .capacity = INFINITY, .length = NAN, .lift = NAN});
    park_draft_connection(
        s.draft,
        (park_connection){
            .id = "typo", .from = "lake*", .to = "*", .capacity = INFINITY, .length = NAN, .lift = NAN});
    CHECK(stands(s.draft, &s.findings, false));
    CHECK(s.draft->links == 4 + 2);
    const park_link_info *main_pipe = &s.draft->link[link_between(s.draft, "river1", "dye")];
    CHECK_TEXT(main_pipe->id, "main");
    CHECK(main_pipe->existing && main_pipe->capacity == 0.5 && main_pipe->min_flow == 0.0);
    CHECK_TEXT(s.draft->link[link_between(s.draft, "river2", "wash")].id, "river2>wash");
    CHECK(s.draft->link[link_between(s.draft, "river2", "wash")].min_flow == M3_H);
    CHECK(!linked(&s, "dye", "wash") && !linked(&s, "river1", "outfall"));
    CHECK(has_code(&s.findings, PARK_W0408));
    park_arena_free(s.arena);
    CHECK(park_text_matches("a*c*e", "abcde") && !park_text_matches("a*c*e", "abcd") &&
          park_text_matches("*", "") && !park_text_matches("a", "ab"));
}

/* ---- random parks ---------------------------------------------------------------------------------------------------- */

static void random_site(site *s, uint64_t seed)
{
    static const char *SOFT[] = {"soft"};
    static const char *KIND[] = {"surface", "stream", "reclaimed", "mine"};
    const char        *id[16];
    park_random        random = park_random_start(seed, 3, 0);
    size_t             next   = 0;
    for (int i = 0; i < 16; i++) {
        id[i]      = park_arena_printf(s->arena, "n%d", i);
        bool picky = park_random_below(&random, 3) == 0;
        switch (next++ == 0 ? 0 : park_random_below(&random, 5)) {
        case 0:
            source(s, KIND[park_random_below(&random, 4)], id[i]);
            break;
        case 1:
            user(s, id[i], SOFT, picky);
            break;
        case 2:
            s->draft->unit[plant(s, id[i], SOFT, picky)].duty = (park_duty[]){
                PARK_DUTY_NONE, PARK_DUTY_SUPPLY, PARK_DUTY_WASTE}[park_random_below(&random, 3)];
            break;
        case 3:
            ((park_storage *)params_of(s->draft, add_unit(s->draft, PARK_STORAGE, "tank", id[i])))
                ->volume.max = 9.0;
            break;
        default:
            add_unit(s->draft, PARK_SINK, "outfall", id[i]);
        }
    }
    for (int f = 0; f < 12; f++)
        park_draft_forbid(s->draft, id[park_random_below(&random, 16)], "*");
}

/* Origins that really reach a unit over the links that are left, one walk per origin. */
static bool comes(const park_model *m, int32_t unit, park_origin origin, bool *seen)
{
    if (seen[unit])
        return false;
    seen[unit] = true;
    for (size_t l = 0; l < m->links; l++) {
        const park_unit_info *from = &m->unit[m->link[l].from];
        if (m->link[l].to != unit)
            continue;
        if (from->role == PARK_USER     ? origin == PARK_ORIGIN_WASTEWATER
            : from->role == PARK_SOURCE ? from->origin == origin
                                        : comes(m, m->link[l].from, origin, seen))
            return true;
    }
    return false;
}

/* No refused origin arrives anywhere, no unused water at a discharge, and the sets cover every walk. */
static void random_parks_obey_the_law(void)
{
    size_t links = 0;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        site s;
        new_site(&s);
        s.grade[0].denies[PARK_ORIGIN_WASTEWATER]                                = true;
        s.grade[0].denies[seed % 2 == 0 ? PARK_ORIGIN_MINE : PARK_ORIGIN_STREAM] = true;
        random_site(&s, seed);
        if (!stands(s.draft, &s.findings, true)) { /* a forbid of a sink's outlets names nothing */
            for (size_t i = 0; i < s.findings.count; i++)
                CHECK(s.findings.items[i].code == PARK_E0401);
            s.draft->forbids = 0;
            park_findings_init(&s.findings, s.arena);
            CHECK(stands(s.draft, &s.findings, false));
        }
        const park_model *m = s.draft;
        links += m->links;
        for (size_t l = 0; l < m->links; l++) {
            const park_unit_info *to = &m->unit[m->link[l].to];
            bool                  discharge =
                to->role == PARK_SINK || (to->role == PARK_TREATMENT && to->duty == PARK_DUTY_WASTE);
            CHECK(!(discharge && m->outlet[m->link[l].outlet].unused));
        }
        for (int32_t i = 0; i < (int32_t)m->inlets; i++)
            for (int origin = 0; origin <= PARK_ORIGIN_NONE; origin++) {
                bool seen[16] = {false}, arrives = comes(m, m->inlet[i].unit, (park_origin)origin, seen);
                CHECK(!(arrives && m->inlet[i].denies[origin]));
                const park_unit_info *unit = &m->unit[m->inlet[i].unit];
                if (arrives && (unit->role == PARK_TREATMENT || unit->role == PARK_STORAGE))
                    CHECK((m->outlet[unit->first_outlet].origins & (1u << origin)) != 0);
            }
        park_arena_free(s.arena);
    }
    CHECK(links > 1500);
}

int main(void)
{
    RUN(duties_follow_from_what_may_enter);
    RUN(storages_do_not_launder_source_water);
    RUN(refused_origins_stop_where_they_are_refused);
    RUN(a_written_connection_of_a_refused_origin_is_told);
    RUN(food_takes_no_reclaimed_water);
    RUN(accepts_speaks_of_units_and_grades);
    RUN(stars_make_pairs);
    RUN(random_parks_obey_the_law);
    return park_test_done();
}
