/*
 * The worked examples as real parks with ledgers (m3/d of the example stand for m3/a), and properties of random ones.
 */
#include "check.h"
#include "small_park.h"

#include "base/random.h"
#include "indicators/kind.h"

static const double OUTPUT = 1000.0 / 3.0 * 1000.0; /* [kg/a]: 3 m3/t for 1000 m3 */

static int32_t user(small_park *p, const char *id, int32_t enterprise, park_use use)
{
    int32_t u        = small_unit(p, id, PARK_USER, enterprise);
    p->m.unit[u].use = use;
    return u;
}

/* Total loss and leak of a user added as exits. */
static void lose(small_park *p, int32_t evaporation, double lost)
{
    small_exit(p, evaporation, 0, lost);
}

/* The example enterprise: Vi 1000, Vih 300, circulating 12000 + 2000 + 120, serial 280, treated and reused 100,
 * process 180 of 600, discharge 500 of which 485 comply, leaks 52. */
static small_park enterprise_e(void)
{
    small_park p                  = small_begin(1, 1);
    int32_t    e                  = small_enterprise(&p, "e"), u[6], drain[6], gone[6], leak[6];
    p.m.enterprise[e].value_added = 1300.0 / 22.0 * 1e4 / PARK_YEAR_SECONDS;
    p.m.enterprise[e].products    = 1;
    p.m.enterprise[e].product     = PARK_NEW(p.arena, park_product_info);
    *p.m.enterprise[e].product    = (park_product_info){
           .id = "paper", .rate = OUTPUT / PARK_YEAR_SECONDS, .dim = PARK_DIM_PRODUCT_MASS_RATE};
    int32_t surface = small_source(&p, "surface", PARK_ORIGIN_SURFACE),
            tap     = small_source(&p, "tap", PARK_ORIGIN_TAP);
    int32_t city    = small_source(&p, "city", PARK_ORIGIN_RECLAIMED_MUNICIPAL);
    int32_t rain    = small_source(&p, "rain", PARK_ORIGIN_RAIN);
    enum { INDIRECT, DIRECT, PROCESS, BOILER, WASH, HOUSE };
    static const char *const ID[]  = {"indirect", "direct", "process", "boiler", "wash", "house"};
    static const park_use    USE[] = {PARK_USE_INDIRECT_COOLING, PARK_USE_DIRECT_COOLING, PARK_USE_PROCESS,
                                      PARK_USE_BOILER,           PARK_USE_DOMESTIC,       PARK_USE_DOMESTIC};
    for (int i = 0; i < 6; i++) {
        u[i]     = user(&p, ID[i], e, USE[i]);
        drain[i] = small_outlet(&p, u[i], "", PARK_OUT_PRODUCT);
        gone[i]  = small_outlet(&p, u[i], "gone", i == BOILER ? PARK_OUT_STEAM : PARK_OUT_EVAPORATION);
        leak[i]  = small_outlet(&p, u[i], "leak", PARK_OUT_LEAK);
    }
    int32_t wwtp                                 = small_unit(&p, "wwtp", PARK_TREATMENT, e),
            treated                              = small_outlet(&p, wwtp, "", PARK_OUT_PRODUCT);
    int32_t       sewer                          = small_unit(&p, "sewer", PARK_SINK, PARK_NONE);
    static double limit[]                        = {0.050};
    p.m.inlet[p.m.unit[sewer].first_inlet].limit = limit;
    const struct {
        int32_t from, to;
        double  water;
        bool    dirty;
    } links[] = {
        {surface, u[INDIRECT], 240, false},
        {surface, u[DIRECT], 80, false},
        {surface, u[PROCESS], 420, false},
        {surface, u[BOILER], 60, false},
        {tap, u[HOUSE], 200, false},
        {city, u[HOUSE], 150, false},
        {city, u[BOILER], 100, false},
        {rain, u[HOUSE], 50, false},
        {drain[INDIRECT], u[WASH], 60, false},
        {drain[DIRECT], u[WASH], 15, false},
        {drain[DIRECT], sewer, 15, true},
        {drain[PROCESS], u[WASH], 125, false},
        {drain[PROCESS], wwtp, 200, false},
        {drain[PROCESS], sewer, 55, false},
        {drain[BOILER], u[PROCESS], 40, false},
        {drain[HOUSE], u[PROCESS], 40, false},
        {drain[HOUSE], sewer, 170, false},
        {drain[WASH], sewer, 160, false},
        {treated, u[PROCESS], 100, false},
        {treated, sewer, 100, false},
    };
    size_t count = sizeof links / sizeof links[0];
    for (size_t i = 0; i < count; i++)
        small_link(&p, links[i].from, links[i].to);
    small_freeze(&p);
    for (size_t i = 0; i < count; i++) {
        small_flow(&p, (int32_t)i, 0, links[i].water);
        p.g->link_mass[i] = links[i].water * (links[i].dirty ? 0.060 : 0.040);
    }
    static const double GONE[] = {180, 50, 200, 120, 28, 170}, LEAK[] = {0, 0, 20, 0, 12, 20};
    for (int i = 0; i < 6; i++) {
        lose(&p, gone[i], GONE[i]);
        small_exit(&p, leak[i], 0, LEAK[i]);
    }
    p.g->circulating[u[INDIRECT]] = 12000;
    p.g->circulating[u[DIRECT]]   = 2000;
    p.g->circulating[u[BOILER]]   = 120;
    p.g->unit_energy[wwtp]        = 7.2e6;
    p.g->link_energy[0]           = 3.6e6;
    CHECK(park_ledger_trace(&p.m, p.g, p.arena, NULL) == PARK_OK);
    return p;
}

static park_indicators *judged(small_park *p)
{
    park_indicators *all = NULL;
    park_error       err = {0};
    CHECK(park_indicators_compute(&p->m, p->g, 2600.0, 650.0, p->arena, &all, &err) == PARK_OK);
    return all;
}

static double value(const park_indicators *all, const char *id, int32_t e, park_basis basis)
{
    const park_indicator *item = park_indicator_find(all, id, e, basis, true);
    CHECK(item != NULL);
    return item == NULL ? NAN : item->value;
}

/* Percentages as the table of worked examples prints them. */
#define PERCENT(id, basis, want) CHECK_CLOSE(100.0 * value(all, id, who, PARK_BASIS_##basis), want, 5e-4)
#define AMOUNT(id, basis, want) CHECK_CLOSE(value(all, id, who, PARK_BASIS_##basis), want, 1e-9)

/* The enterprise is alone in its park: both boundaries give the example's figures. */
static void the_example_enterprise_comes_out(void)
{
    small_park       p   = enterprise_e();
    park_indicators *all = judged(&p);
    for (int32_t who = PARK_NONE; who <= 0; who++) {
        AMOUNT("intake", CONVENTIONAL, 1000);
        AMOUNT("intake", ALL_SOURCES, 1300);
        AMOUNT("non_conventional", ALL_SOURCES, 300);
        AMOUNT("non_conventional_reclaimed", ALL_SOURCES, 250);
        AMOUNT("non_conventional_rain", ALL_SOURCES, 50);
        AMOUNT("repeated_use", ALL_SOURCES, 14500);
        AMOUNT("water_use", ALL_SOURCES, 15800);
        AMOUNT("serial_use", ALL_SOURCES, 280);
        AMOUNT("treated_reuse", ALL_SOURCES, 100);
        AMOUNT("consumption", ALL_SOURCES, 748);
        AMOUNT("discharge", ALL_SOURCES, 500);
        AMOUNT("leak", ALL_SOURCES, 52);
        PERCENT("reuse_rate", CONVENTIONAL, 93.5484);
        PERCENT("reuse_rate", ALL_SOURCES, 91.7722);
        PERCENT("circulating_rate", ALL_SOURCES, 89.3671);
        PERCENT("cascade_rate", ALL_SOURCES, 2.40506);
        PERCENT("indirect_cooling_rate", ALL_SOURCES, 98.0392);
        PERCENT("direct_cooling_rate", ALL_SOURCES, 96.1538);
        PERCENT("cooling_rate", ALL_SOURCES, 97.7654);
        PERCENT("process_reuse_rate", ALL_SOURCES, 30.0);
        PERCENT("condensate_rate", ALL_SOURCES, 50.0);
        PERCENT("wastewater_reuse_rate", ALL_SOURCES, 16.6667);
        PERCENT("reclaimed_use_rate", ALL_SOURCES, 50.0); /* 100 of the 200 treated */
        PERCENT("non_conventional_share", ALL_SOURCES, 23.0769);
        PERCENT("leak_rate", CONVENTIONAL, 5.2);
        PERCENT("leak_rate", ALL_SOURCES, 4.0);
        PERCENT("compliant_discharge_rate", ALL_SOURCES,
                who < 0 ? 100.0 : 97.0); /* in the mixture at the outfall; alone */
        PERCENT("consumption_rate", ALL_SOURCES, 57.5385);
        PERCENT("discharge_rate", ALL_SOURCES, 38.4615);
        CHECK_CLOSE(1e4 * value(all, "intake_per_value_added", who, PARK_BASIS_ALL_SOURCES), 22.0, 1e-9);
        CHECK_CLOSE(value(all, "energy_per_m3", who, PARK_BASIS_ALL_SOURCES), 10.8e6 / 1300.0, 1e-6);
    }
    int32_t who = PARK_NONE;
    AMOUNT("cost_per_m3", ALL_SOURCES, 2.0);
    AMOUNT("cost_per_m3", CONVENTIONAL, 2.6);
    AMOUNT("carbon_per_m3", ALL_SOURCES, 0.5);
    CHECK(park_indicator_find(all, "cost", 0, PARK_BASIS_ALL_SOURCES, true) ==
          NULL); /* the park's, not one's */
    park_arena_free(p.arena);
}

static void every_value_shows_its_fraction(void)
{
    small_park            p    = enterprise_e();
    park_indicators      *all  = judged(&p);
    const park_indicator *rate = park_indicator_find(all, "reuse_rate", 0, PARK_BASIS_CONVENTIONAL, true);
    CHECK_CLOSE(rate->numerator, 14500, 1e-9);
    CHECK_CLOSE(rate->denominator, 15500, 1e-9);
    CHECK_TEXT(rate->denominator_label.en, "Vi + Vr");
    rate = park_indicator_find(all, "reuse_rate", 0, PARK_BASIS_ALL_SOURCES, false);
    CHECK_CLOSE(rate->value, 500.0 / 1800.0, 1e-12); /* without towers: condensate, serial, treated */
    CHECK_TEXT(rate->denominator_label.en, "Vf + Vr");
    size_t found = 0;
    for (size_t i = 0; i < all->count; i++) {
        const park_indicator *item = &all->item[i];
        CHECK(item->denominator == 0.0
                  ? isnan(item->value)
                  : item->value == item->numerator / item->denominator || isnan(item->value));
        if (strcmp(item->id, "unit_intake") == 0) {
            CHECK_CLOSE(1e3 * item->value, item->basis == PARK_BASIS_CONVENTIONAL ? 3.0 : 3.9,
                        1e-9); /* m3/t */
            CHECK_TEXT(item->subject, "paper");
            found++;
        }
        if (strcmp(item->id, "cycles") == 0) {
            CHECK(item->boundary == PARK_BOUNDARY_UNIT &&
                  isnan(item->value)); /* no blowdown outlet in this example */
            found++;
        }
    }
    CHECK(found == 4);
    park_arena_free(p.arena);
}

static park_target target(const char *quantity, const char *subject, double min, double max,
                          park_dimension dim)
{
    return (park_target){.quantity = quantity, .subject = subject, .min = min, .max = max, .dim = dim};
}

/* A target is judged on the basis it names, else on the park's; volumes may be asked for per time. */
static void targets_are_judged_on_their_basis(void)
{
    small_park  p    = enterprise_e();
    park_target t[9] = {
        target("reuse_rate", NULL, 0.93, INFINITY, PARK_DIM_SHARE), /* the park counts conventional: 93.5 % */
        target("reuse_rate", NULL, 0.93, INFINITY, PARK_DIM_SHARE), /* all sources: 91.8 % */
        target("non_conventional", NULL, 300.0 / PARK_YEAR_SECONDS, INFINITY, PARK_DIM_FLOW),
        target("non_conventional", NULL, 301.0, INFINITY, PARK_DIM_VOLUME),
        target("unit_intake", "paper", -INFINITY, 3.0e-3, PARK_DIM_INTENSITY_PER_MASS),
        target("unit_intake", "steel", -INFINITY, 3.0e-3, PARK_DIM_INTENSITY_PER_MASS),
        target("intake_per_value_added", "e", -INFINITY, 17e-4, PARK_DIM_INTENSITY_PER_VALUE),
        target("discharge", NULL, -INFINITY, 400.0, PARK_DIM_VOLUME),
        target("reuse_rate", NULL, -INFINITY, 0.95, PARK_DIM_SHARE),
    };
    t[1].basis               = PARK_BASIS_ALL_SOURCES;
    t[1].basis_given         = true;
    p.m.target               = t;
    p.m.targets              = 9;
    static const bool WANT[] = {true, false, true, false, true, false, true, false, true};
    park_indicators  *all    = judged(&p);
    CHECK(all->targets_reached == 5 && all->targets_missed == 4);
    for (int32_t i = 0; i < 9; i++) {
        size_t judged_by = 0;
        for (size_t k = 0; k < all->count; k++)
            if (all->item[k].target == i) {
                CHECK(all->item[k].reached == WANT[i]);
                judged_by++;
            }
        CHECK(judged_by == 1);
    }
    p.m.accounting.intake = PARK_BASIS_ALL_SOURCES;
    CHECK(judged(&p)->targets_reached ==
          2); /* the reuse rate falls to 91.8 %, paper needs 3.9, the value added 22 */
    park_arena_free(p.arena);
}

/* Two enterprises and the park's plant: A 100 taken, 900 circulating, 40 to B; B 60 + 40 + 10 reclaimed. */
static small_park two_enterprises(void)
{
    small_park p = small_begin(1, 0);
    int32_t    a = small_enterprise(&p, "a"), b = small_enterprise(&p, "b");
    int32_t    river = small_source(&p, "river", PARK_ORIGIN_SURFACE);
    int32_t    ua = user(&p, "ua", a, PARK_USE_PROCESS), da = small_outlet(&p, ua, "", PARK_OUT_PRODUCT);
    int32_t    ea = small_outlet(&p, ua, "gone", PARK_OUT_EVAPORATION);
    int32_t    ub = user(&p, "ub", b, PARK_USE_PROCESS), db = small_outlet(&p, ub, "", PARK_OUT_PRODUCT);
    int32_t    eb            = small_outlet(&p, ub, "gone", PARK_OUT_EVAPORATION);
    int32_t    wwtp          = small_unit(&p, "wwtp", PARK_TREATMENT, PARK_NONE),
            w                = small_outlet(&p, wwtp, "", PARK_OUT_PRODUCT);
    int32_t             ew   = small_outlet(&p, wwtp, "gone", PARK_OUT_EVAPORATION);
    int32_t             bank = small_unit(&p, "bank", PARK_SINK, PARK_NONE);
    int32_t             l[]  = {small_link(&p, river, ua), small_link(&p, river, ub), small_link(&p, da, ub),
                                small_link(&p, da, wwtp),  small_link(&p, db, wwtp),  small_link(&p, w, ub),
                                small_link(&p, w, bank)};
    static const double WATER[] = {100, 60, 40, 20, 60, 10, 68};
    small_freeze(&p);
    for (int i = 0; i < 7; i++)
        small_flow(&p, l[i], 0, WATER[i]);
    small_exit(&p, ea, 0, 40.0);
    small_exit(&p, eb, 0, 50.0);
    small_exit(&p, ew, 0, 2.0);
    p.g->circulating[ua] = 900.0;
    p.g->circulating[ub] = 200.0;
    CHECK(park_ledger_trace(&p.m, p.g, p.arena, NULL) == PARK_OK);
    return p;
}

static void the_park_is_more_than_its_enterprises(void)
{
    small_park         p   = two_enterprises();
    park_indicators   *all = judged(&p);
    park_consolidation c;
    CHECK_CLOSE(100 * value(all, "reuse_rate", 0, PARK_BASIS_ALL_SOURCES), 90.0, 1e-9);
    CHECK_CLOSE(100 * value(all, "reuse_rate", 1, PARK_BASIS_ALL_SOURCES), 64.5161, 5e-5);
    CHECK_CLOSE(100 * value(all, "reuse_rate", PARK_NONE, PARK_BASIS_ALL_SOURCES), 87.7863, 5e-5);
    CHECK_CLOSE(value(all, "intake", PARK_NONE, PARK_BASIS_ALL_SOURCES), 160.0, 1e-9);
    CHECK_CLOSE(value(all, "repeated_use", PARK_NONE, PARK_BASIS_ALL_SOURCES), 1150.0, 1e-9);
    CHECK_CLOSE(value(all, "discharge", PARK_NONE, PARK_BASIS_ALL_SOURCES), 68.0, 1e-9);
    CHECK_CLOSE(value(all, "consumption", PARK_NONE, PARK_BASIS_ALL_SOURCES), 92.0, 1e-9);
    CHECK_CLOSE(value(all, "intake", 1, PARK_BASIS_ALL_SOURCES), 110.0, 1e-9);
    CHECK_CLOSE(value(all, "intake", 1, PARK_BASIS_CONVENTIONAL), 60.0, 1e-9);
    CHECK_CLOSE(value(all, "from_others", 1, PARK_BASIS_ALL_SOURCES), 40.0, 1e-9);
    CHECK_CLOSE(value(all, "park_reclaimed", 1, PARK_BASIS_ALL_SOURCES), 10.0, 1e-9);
    CHECK_CLOSE(value(all, "exported", 0, PARK_BASIS_ALL_SOURCES), 40.0, 1e-9);
    CHECK_CLOSE(value(all, "discharge", 0, PARK_BASIS_ALL_SOURCES), 20.0, 1e-9);
    CHECK(park_consolidate(&p.m, p.g, &c, NULL) == PARK_OK);
    CHECK_CLOSE(c.members_vf, 210.0, 1e-9);
    CHECK_CLOSE(c.transfers, 40.0, 1e-9);
    CHECK_CLOSE(c.park_reclaimed, 10.0, 1e-9);
    CHECK_CLOSE(c.utility, 0.0, 1e-9);
    CHECK_CLOSE(c.park_vf, 160.0, 1e-9);
    CHECK_CLOSE(c.residual_vf, 0.0, 1e-9);
    CHECK_CLOSE(c.members_vr, 1100.0, 1e-9);
    CHECK_CLOSE(c.before_use, 0.0, 1e-9);
    /* the two wrong answers are known and not the park's */
    CHECK_CLOSE(100 * c.mean_rate, 77.2581, 5e-5);
    CHECK_CLOSE(100 * c.plain_rate, 83.9695, 5e-5);
    for (size_t i = 0; i < all->count; i++)
        if (all->item[i].boundary == PARK_BOUNDARY_PARK && strcmp(all->item[i].id, "reuse_rate") == 0)
            CHECK(fabs(all->item[i].value - c.plain_rate) > 1e-3 &&
                  fabs(all->item[i].value - c.mean_rate) > 1e-3);
    park_arena_free(p.arena);
}

/* 100 used three times, R = 2/3; and the rate cannot be inflated by pumping in circles or by asking for more. */
static void cascades_count_at_the_receiver_and_circles_count_nothing(void)
{
    small_park p     = small_begin(1, 0);
    int32_t    river = small_source(&p, "river", PARK_ORIGIN_SURFACE), u[3], d[3];
    for (int i = 0; i < 3; i++) {
        u[i] = user(&p, i == 0 ? "one" : i == 1 ? "two" : "three", PARK_NONE, PARK_USE_PROCESS);
        d[i] = small_outlet(&p, u[i], "", PARK_OUT_PRODUCT);
    }
    int32_t bank = small_unit(&p, "bank", PARK_SINK, PARK_NONE);
    int32_t l[]  = {small_link(&p, river, u[0]), small_link(&p, d[0], u[1]), small_link(&p, d[1], u[2]),
                    small_link(&p, d[2], bank), small_link(&p, d[1], u[1])};
    small_freeze(&p);
    for (int i = 0; i < 4; i++)
        small_flow(&p, l[i], 0, 100.0);
    CHECK(park_ledger_trace(&p.m, p.g, p.arena, NULL) == PARK_OK);
    CHECK_CLOSE(value(judged(&p), "reuse_rate", PARK_NONE, PARK_BASIS_CONVENTIONAL), 2.0 / 3.0, 1e-12);
    small_flow(&p, l[4], 0, 5000.0); /* a unit feeding itself */
    CHECK(park_ledger_trace(&p.m, p.g, p.arena, NULL) == PARK_OK);
    CHECK_CLOSE(value(judged(&p), "reuse_rate", PARK_NONE, PARK_BASIS_CONVENTIONAL), 2.0 / 3.0, 1e-12);
    p.g->required[u[2]] = 10.0; /* takes 100, needs 10 */
    CHECK_CLOSE(value(judged(&p), "reuse_rate", PARK_NONE, PARK_BASIS_CONVENTIONAL), 110.0 / 210.0, 1e-12);
    park_arena_free(p.arena);
}

/* Mine water that flows past, 300 of 500, is neither intake nor discharge; stolen dilution by the river is both. */
static void what_is_not_used_is_not_taken(void)
{
    small_park p    = small_begin(1, 0);
    int32_t    mine = small_source(&p, "mine", PARK_ORIGIN_MINE),
            river   = small_source(&p, "river", PARK_ORIGIN_SURFACE);
    int32_t plant   = user(&p, "plant", PARK_NONE, PARK_USE_PROCESS),
            d       = small_outlet(&p, plant, "", PARK_OUT_PRODUCT);
    int32_t bank    = small_unit(&p, "bank", PARK_SINK, PARK_NONE);
    int32_t l[]     = {small_link(&p, mine, plant), small_link(&p, mine, bank), small_link(&p, d, bank),
                       small_link(&p, river, bank)};
    static const double WATER[] = {200, 300, 200, 7};
    small_freeze(&p);
    for (int i = 0; i < 4; i++)
        small_flow(&p, l[i], 0, WATER[i]);
    CHECK(park_ledger_trace(&p.m, p.g, p.arena, NULL) == PARK_OK);
    park_indicators *all = judged(&p);
    CHECK_CLOSE(value(all, "non_conventional_mine", PARK_NONE, PARK_BASIS_CONVENTIONAL), 200.0, 1e-12);
    CHECK_CLOSE(value(all, "intake", PARK_NONE, PARK_BASIS_ALL_SOURCES), 207.0, 1e-12);
    CHECK_CLOSE(value(all, "discharge", PARK_NONE, PARK_BASIS_ALL_SOURCES), 207.0, 1e-12);
    CHECK(isnan(value(all, "intake_per_value_added", PARK_NONE, PARK_BASIS_ALL_SOURCES)));
    CHECK(isnan(value(all, "indirect_cooling_rate", PARK_NONE, PARK_BASIS_ALL_SOURCES)));
    park_arena_free(p.arena);
}

/* Two makers of one product: the park's unit intake is the ratio of sums, not the mean of ratios. */
static void a_shared_product_is_judged_by_sums(void)
{
    small_park p = two_enterprises();
    for (int e = 0; e < 2; e++) {
        p.m.enterprise[e].products = 1;
        p.m.enterprise[e].product  = PARK_NEW(p.arena, park_product_info);
        *p.m.enterprise[e].product = (park_product_info){.id   = "beer",
                                                         .rate = (e == 0 ? 50.0 : 10.0) / PARK_YEAR_SECONDS,
                                                         .dim  = PARK_DIM_PRODUCT_VOLUME_RATE};
    }
    park_target t             = target("unit_intake", "beer", -INFINITY, 3.0, PARK_DIM_INTENSITY_PER_VOLUME);
    p.m.target                = &t;
    p.m.targets               = 1;
    park_indicators      *all = judged(&p);
    const park_indicator *judge = NULL;
    for (size_t i = 0; i < all->count; i++)
        if (all->item[i].target == 0)
            judge = &all->item[i];
    CHECK(judge != NULL && judge->boundary == PARK_BOUNDARY_PARK && judge->reached);
    CHECK_CLOSE(judge->value, 160.0 / 60.0, 1e-12); /* 2 and 6 alone */
    CHECK(judge->dim == PARK_DIM_INTENSITY_PER_VOLUME);
    park_arena_free(p.arena);
}

/* ---- properties of random parks ---- */

/*
 * A random park: sources of every counting kind; enterprises with users, some with a treatment of their own; a utility
 * with plants. Every outlet splits its water at random; users lose the rest. Flows by iteration until they stand.
 * `plain`: members receive from outside only at users.
 */
static small_park random_park(park_random *r, bool plain)
{
    small_park               p = small_begin(2, 0);
    int32_t                  source[4], donor[40], taker[40], owner[40], exit_of[40];
    size_t                   donors = 0, takers = 0;
    static const park_origin ORIGIN[] = {PARK_ORIGIN_SURFACE, PARK_ORIGIN_TAP,
                                         PARK_ORIGIN_RECLAIMED_MUNICIPAL, PARK_ORIGIN_MINE};
    for (int i = 0; i < 4; i++)
        source[i] = small_source(&p, "source", ORIGIN[i]);
    int32_t enterprises = 1 + (int32_t)park_random_below(r, 3);
    for (int32_t e = 0; e < enterprises; e++)
        small_enterprise(&p, "e");
    for (int32_t e = PARK_NONE; e < enterprises; e++)
        for (uint32_t i = 0; i < 1 + park_random_below(r, 3); i++) {
            uint32_t  which   = park_random_below(r, 4);
            park_role role    = which < 2 ? PARK_USER : which == 2 ? PARK_TREATMENT : PARK_STORAGE;
            int32_t   u       = small_unit(&p, "unit", role, e);
            p.m.unit[u].use   = role == PARK_USER ? PARK_USE_PROCESS : PARK_USE_NONE;
            donor[donors]     = small_outlet(&p, u, "", PARK_OUT_PRODUCT);
            exit_of[donors++] = small_outlet(&p, u, "gone", PARK_OUT_EVAPORATION);
            owner[takers]     = e;
            taker[takers++]   = u;
        }
    int32_t bank = small_unit(&p, "bank", PARK_SINK, PARK_NONE);
    double  weight[256];
    for (size_t t = 0; t < takers; t++) {
        bool fits = !plain || p.m.unit[taker[t]].role == PARK_USER || owner[t] == PARK_NONE;
        for (int i = 0; i < 4 && fits; i++)
            if (park_random_uniform(r) < 0.5)
                weight[small_link(&p, source[i], taker[t])] = 100.0 * park_random_uniform(r);
        for (size_t d = 0; d < donors; d++)
            if (d != t && (fits || owner[d] == owner[t]) && park_random_uniform(r) < 0.4)
                weight[small_link(&p, donor[d], taker[t])] = park_random_uniform(r) / (double)takers;
    }
    for (size_t d = 0; d < donors; d++)
        weight[small_link(&p, donor[d], bank)] = park_random_uniform(r) / (double)takers;
    small_freeze(&p);
    for (size_t s = 0; s < 2; s++) {
        double in[SMALL_MOST] = {0};
        for (int turn = 0; turn < 4000; turn++) {
            double next[SMALL_MOST] = {0};
            for (size_t l = 0; l < p.m.links; l++) {
                const park_link_info *link        = &p.m.link[l];
                bool                  from_source = p.m.unit[link->from].role == PARK_SOURCE;
                next[link->to] += weight[l] * (from_source ? 1.0 + (double)s : in[link->from]);
            }
            memcpy(in, next, sizeof in);
        }
        double out[SMALL_MOST] = {0};
        for (size_t l = 0; l < p.m.links; l++) {
            const park_link_info *link        = &p.m.link[l];
            bool                  from_source = p.m.unit[link->from].role == PARK_SOURCE;
            double                water       = weight[l] * (from_source ? 1.0 + (double)s : in[link->from]);
            small_flow(&p, (int32_t)l, s, water);
            out[link->from] += water;
        }
        for (size_t d = 0; d < donors; d++)
            small_exit(&p, exit_of[d], s, in[taker[d]] - out[taker[d]]);
    }
    for (size_t t = 0; t < takers; t++)
        if (p.m.unit[taker[t]].role == PARK_USER)
            p.g->circulating[taker[t]] = 50.0 * park_random_uniform(r);
    CHECK(park_ledger_trace(&p.m, p.g, p.arena, NULL) == PARK_OK);
    return p;
}

enum { PARKS = 60 };

/* Members minus inner transfers are the park, whatever the network. */
static void the_elimination_closes_for_any_park(void)
{
    for (uint64_t i = 0; i < PARKS; i++) {
        park_random        r     = park_random_start(20251, i, 0);
        bool               plain = i % 2 == 0;
        small_park         p     = random_park(&r, plain);
        park_consolidation c;
        park_volumes       v;
        CHECK(park_consolidate(&p.m, p.g, &c, NULL) == PARK_OK);
        CHECK_CLOSE(c.residual_vf, 0.0, 1e-10 * c.park_vf);
        if (plain) /* users get it at once: nothing is lost before its use, and the identity of the rates' sums holds */
            CHECK_CLOSE(c.before_use, 0.0, 1e-10 * c.park_vr);
        CHECK(c.before_use > -1e-10 * c.park_vr);
        CHECK(park_volumes_of(&p.m, p.g, PARK_BOUNDARY_PARK, PARK_NONE, &v, NULL) == PARK_OK);
        CHECK_CLOSE(v.vf + v.vr,
                    c.members_vf + c.members_vr + c.utility - c.before_use - (c.transfers - c.transfers_used),
                    1e-10 * v.vt);
        double taken = 0.0;
        for (size_t s = 0; s < 2; s++)
            for (size_t l = 0; l < p.m.links; l++)
                if (p.m.unit[p.m.link[l].from].role == PARK_SOURCE)
                    taken += p.g->link_water[s * p.g->links + l];
        CHECK_CLOSE(v.vf + v.passed, taken, 1e-10 * taken);
        park_arena_free(p.arena);
    }
}

/* Each boundary's own balance closes, and what is unused plus what is used is all the water. */
static void every_boundary_balances(void)
{
    for (uint64_t i = 0; i < PARKS; i++) {
        park_random  r = park_random_start(20252, i, 0);
        small_park   p = random_park(&r, false);
        park_volumes v;
        park_closure closure;
        CHECK(park_ledger_close(&p.m, p.g, p.arena, &closure, NULL) == PARK_OK);
        CHECK(closure.water < 1e-10);
        CHECK(park_volumes_of(&p.m, p.g, PARK_BOUNDARY_PARK, PARK_NONE, &v, NULL) == PARK_OK);
        CHECK_CLOSE(v.imbalance, 0.0, 1e-10 * v.vf);
        for (int32_t e = PARK_NONE; e < (int32_t)p.m.enterprises; e++) {
            CHECK(park_volumes_of(&p.m, p.g, PARK_BOUNDARY_ENTERPRISE, e, &v, NULL) == PARK_OK);
            CHECK_CLOSE(v.imbalance, 0.0, 1e-10 * (v.vf + 1.0));
        }
        for (int32_t u = 0; u < (int32_t)p.m.units; u++) {
            CHECK(park_volumes_of(&p.m, p.g, PARK_BOUNDARY_UNIT, u, &v, NULL) == PARK_OK);
            CHECK_CLOSE(v.imbalance, 0.0, 1e-10 * (v.vt + 1.0));
        }
        for (size_t row = 0; row < p.g->seasons * p.g->links; row++) {
            double first = 0.0, origin = 0.0;
            for (int o = 0; o < PARK_ORIGIN_NONE; o++) {
                first += p.g->link_first_share[row * PARK_ORIGIN_NONE + (size_t)o];
                origin += p.g->link_origin_share[row * PARK_ORIGIN_NONE + (size_t)o];
            }
            CHECK_CLOSE(first + p.g->link_used_share[row], 1.0, 1e-10);
            if (p.g->link_water[row] > 0.0)
                CHECK_CLOSE(origin, 1.0, 1e-10);
            CHECK(p.g->link_treated_share[row] <= p.g->link_used_share[row] + 1e-12);
        }
        park_arena_free(p.arena);
    }
}

static void what_does_not_exist_is_refused(void)
{
    small_park   p = two_enterprises();
    park_volumes v;
    CHECK(park_volumes_of(&p.m, p.g, PARK_BOUNDARY_ENTERPRISE, 2, &v, NULL) == PARK_E_RANGE);
    CHECK(park_volumes_of(&p.m, p.g, PARK_BOUNDARY_UNIT, PARK_NONE, &v, NULL) == PARK_E_RANGE);
    CHECK(park_volumes_of(&p.m, p.g, PARK_BOUNDARY_UNIT, (int32_t)p.m.units, &v, NULL) == PARK_E_RANGE);
    park_indicators *all;
    park_arena_fail_after(p.arena, 1);
    CHECK(park_indicators_compute(&p.m, p.g, 0.0, 0.0, p.arena, &all, NULL) == PARK_E_MEMORY);
    park_arena_fail_after(p.arena, 3);
    CHECK(park_indicators_compute(&p.m, p.g, 0.0, 0.0, p.arena, &all, NULL) == PARK_E_MEMORY);
    park_arena_free(p.arena);
}

int main(void)
{
    RUN(the_example_enterprise_comes_out);
    RUN(every_value_shows_its_fraction);
    RUN(targets_are_judged_on_their_basis);
    RUN(the_park_is_more_than_its_enterprises);
    RUN(cascades_count_at_the_receiver_and_circles_count_nothing);
    RUN(what_is_not_used_is_not_taken);
    RUN(a_shared_product_is_judged_by_sums);
    RUN(the_elimination_closes_for_any_park);
    RUN(every_boundary_balances);
    RUN(what_does_not_exist_is_refused);
    return park_test_done();
}
