#include "check.h"
#include "small_park.h"

/* river -> soft -> plant -> wwtp -> {plant again, river bank}. One constituent. Figures by hand. */
typedef struct loop {
    small_park p;
    int32_t    river, plant_unit, wwtp_unit, evaporation;
    int32_t    in, waste, back, out;
} loop;

static loop make_loop(void)
{
    loop t          = {.p = small_begin(1, 1)};
    t.river         = small_source(&t.p, "river", PARK_ORIGIN_SURFACE);
    t.plant_unit    = small_unit(&t.p, "plant", PARK_USER, PARK_NONE);
    int32_t drain   = small_outlet(&t.p, t.plant_unit, "", PARK_OUT_PRODUCT);
    t.evaporation   = small_outlet(&t.p, t.plant_unit, "evaporation", PARK_OUT_EVAPORATION);
    t.wwtp_unit     = small_unit(&t.p, "wwtp", PARK_TREATMENT, PARK_NONE);
    int32_t treated = small_outlet(&t.p, t.wwtp_unit, "", PARK_OUT_PRODUCT);
    int32_t outfall = small_unit(&t.p, "outfall", PARK_SINK, PARK_NONE);
    t.in            = small_link(&t.p, t.river, t.plant_unit);
    t.waste         = small_link(&t.p, drain, t.wwtp_unit);
    t.back          = small_link(&t.p, treated, t.plant_unit);
    t.out           = small_link(&t.p, treated, outfall);
    small_freeze(&t.p);
    small_flow(&t.p, t.in, 0, 100.0);
    small_flow(&t.p, t.waste, 0, 110.0);
    small_flow(&t.p, t.back, 0, 30.0);
    small_flow(&t.p, t.out, 0, 80.0);
    small_exit(&t.p, t.evaporation, 0, 20.0);
    /* mass: river 10, plant adds 100, wwtp takes out 70; 15 of the 55 that pass return with 30 of 110 m3 */
    park_ledger *g               = t.p.g;
    g->link_mass[t.in]           = 10.0;
    g->link_mass[t.back]         = 15.0;
    g->added_mass[t.plant_unit]  = 100.0;
    g->link_mass[t.waste]        = 125.0;
    g->removed_mass[t.wwtp_unit] = 70.0;
    g->link_mass[t.out]          = 40.0;
    g->outlet_mass[t.river]      = 10.0;
    g->outlet_mass[drain]        = 125.0;
    g->outlet_mass[treated]      = 55.0;
    return t;
}

static park_closure closed(loop *t)
{
    park_closure closure;
    park_error   err = {0};
    CHECK(park_ledger_close(&t->p.m, t->p.g, t->p.arena, &closure, &err) == PARK_OK);
    return closure;
}

static void a_balanced_ledger_closes(void)
{
    loop         t = make_loop();
    park_closure c = closed(&t);
    CHECK_CLOSE(c.water, 0.0, 1e-15);
    CHECK_CLOSE(c.mass, 0.0, 1e-15);
    CHECK_CLOSE(c.park_in, 100.0, 1e-12);
    CHECK_CLOSE(c.park_out, 100.0, 1e-12); /* 80 to the river bank, 20 evaporated */
    CHECK_CLOSE(c.mass_in[0], 10.0, 1e-12);
    CHECK_CLOSE(c.mass_added[0], 100.0, 1e-12);
    CHECK_CLOSE(c.mass_removed[0], 70.0, 1e-12);
    CHECK_CLOSE(c.mass_out[0], 40.0, 1e-12);
    park_arena_free(t.p.arena);
}

/* One part in 130 of the plant's water vanishes: the plant is named. */
static void a_breach_is_found_where_it_is(void)
{
    loop t = make_loop();
    t.p.g->outlet_water[t.evaporation] -= 1.0;
    park_closure c = closed(&t);
    CHECK_CLOSE(c.water, 1.0 / 100.0, 1e-12); /* the park as a whole: 1 of 100 */
    CHECK(c.water_unit == -1);
    t.p.g->outlet_water[t.evaporation] += 1.0;
    t.p.g->removed_mass[t.wwtp_unit] -= 7.0;
    c = closed(&t);
    CHECK_CLOSE(c.mass, 7.0 / 110.0, 1e-12);
    CHECK(c.mass_constituent == 0);
    CHECK(c.water < 1e-15);
    park_arena_free(t.p.arena);
}

/* An outlet that says more than its links carry is a breach, though the unit's own sum closes. */
static void outlets_carry_what_their_links_carry(void)
{
    loop t = make_loop();
    t.p.g->outlet_water[t.river] += 5.0;
    park_closure c = closed(&t);
    CHECK_CLOSE(c.water, 5.0 / 105.0, 1e-12);
    CHECK(c.water_unit == t.p.m.outlet[t.river].unit || c.water_unit == -1);
    park_arena_free(t.p.arena);
}

static void spills_and_stock_are_part_of_the_balance(void)
{
    loop t                           = make_loop();
    t.p.g->spilled[t.wwtp_unit]      = 6.0;
    t.p.g->spilled_mass[t.wwtp_unit] = 3.0;
    t.p.g->link_water[t.out] -= 10.0;
    t.p.g->outlet_water[2 + 1] -= 10.0; /* product of the plant at index 1, evaporation 2, wwtp 3 */
    t.p.g->stored_water[t.wwtp_unit] = 4.0;
    t.p.g->link_mass[t.out] -= 5.0;
    t.p.g->outlet_mass[3] -= 5.0;
    t.p.g->stored_mass[t.wwtp_unit] = 2.0;
    park_closure c                  = closed(&t);
    CHECK_CLOSE(c.water, 0.0, 1e-15);
    CHECK_CLOSE(c.mass, 0.0, 1e-15);
    CHECK_CLOSE(c.park_out, 96.0, 1e-12);
    CHECK_CLOSE(c.park_stored, 4.0, 1e-12);
    park_arena_free(t.p.arena);
}

static void what_does_not_mix_by_mass_is_not_closed(void)
{
    loop t                     = make_loop();
    t.p.m.constituent[0].mixes = PARK_MIX_NONE;
    t.p.g->removed_mass[t.wwtp_unit] += 50.0;
    park_closure c = closed(&t);
    CHECK(c.mass == 0.0 && c.mass_constituent == -1);
    park_arena_free(t.p.arena);
}

static void broken_numbers_and_foreign_ledgers_are_refused(void)
{
    loop         t   = make_loop();
    park_error   err = {0};
    park_closure c;
    t.p.g->link_mass[t.in] = NAN;
    CHECK(park_ledger_close(&t.p.m, t.p.g, t.p.arena, &c, &err) == PARK_E_NUMERIC);
    t.p.g->link_water[t.in] = INFINITY;
    CHECK(park_ledger_close(&t.p.m, t.p.g, t.p.arena, &c, &err) == PARK_E_NUMERIC);
    CHECK(park_ledger_trace(&t.p.m, t.p.g, t.p.arena, &err) == PARK_E_NUMERIC);
    t.p.g->links--;
    CHECK(park_ledger_close(&t.p.m, t.p.g, t.p.arena, &c, &err) == PARK_E_RANGE);
    CHECK(park_ledger_trace(&t.p.m, t.p.g, t.p.arena, &err) == PARK_E_RANGE);
    park_arena_free(t.p.arena);
}

/* Drain of the plant is used; the treatment hands that on; the return is treated reuse. */
static void used_water_is_known_by_its_donors(void)
{
    loop t = make_loop();
    CHECK(park_ledger_trace(&t.p.m, t.p.g, t.p.arena, NULL) == PARK_OK);
    CHECK_CLOSE(small_used(&t.p, t.in, 0), 0.0, 0.0);
    CHECK_CLOSE(small_used(&t.p, t.waste, 0), 1.0, 0.0);
    CHECK_CLOSE(small_used(&t.p, t.back, 0), 1.0, 1e-15);
    CHECK_CLOSE(t.p.g->link_treated_share[t.waste], 0.0, 0.0);
    CHECK_CLOSE(t.p.g->link_treated_share[t.back], 1.0, 1e-15);
    CHECK_CLOSE(small_origin(&t.p, t.out, 0, PARK_ORIGIN_SURFACE), 1.0,
                1e-12); /* through the loop, still river */
    CHECK_CLOSE(small_first(&t.p, t.in, 0, PARK_ORIGIN_SURFACE), 1.0, 0.0);
    CHECK_CLOSE(small_first(&t.p, t.out, 0, PARK_ORIGIN_SURFACE), 0.0, 1e-15);
    park_arena_free(t.p.arena);
}

/* 60 river + 40 mine + 100 of drain in one tank: half used, 30 % river and 20 % mine unused. */
static void a_tank_mixes_what_it_is_given(void)
{
    small_park p     = small_begin(1, 0);
    int32_t    river = small_source(&p, "river", PARK_ORIGIN_SURFACE),
            mine     = small_source(&p, "mine", PARK_ORIGIN_MINE);
    int32_t plant    = small_unit(&p, "plant", PARK_USER, PARK_NONE);
    int32_t drain    = small_outlet(&p, plant, "", PARK_OUT_PRODUCT);
    int32_t tank     = small_unit(&p, "tank", PARK_STORAGE, PARK_NONE);
    int32_t from     = small_outlet(&p, tank, "", PARK_OUT_PRODUCT);
    int32_t wash     = small_unit(&p, "wash", PARK_USER, PARK_NONE);
    int32_t goods    = small_outlet(&p, wash, "product", PARK_OUT_IN_PRODUCT);
    int32_t feed = small_link(&p, river, plant), a = small_link(&p, river, tank),
            b = small_link(&p, mine, tank);
    int32_t c = small_link(&p, drain, tank), d = small_link(&p, from, wash);
    small_freeze(&p);
    small_flow(&p, feed, 0, 100.0);
    small_flow(&p, a, 0, 60.0);
    small_flow(&p, b, 0, 40.0);
    small_flow(&p, c, 0, 100.0);
    small_flow(&p, d, 0, 200.0);
    small_exit(&p, goods, 0, 200.0);
    CHECK(park_ledger_trace(&p.m, p.g, p.arena, NULL) == PARK_OK);
    CHECK_CLOSE(small_used(&p, d, 0), 0.5, 1e-15);
    CHECK_CLOSE(p.g->link_treated_share[d], 0.0, 0.0);
    CHECK_CLOSE(small_first(&p, d, 0, PARK_ORIGIN_SURFACE), 0.3, 1e-15);
    CHECK_CLOSE(small_first(&p, d, 0, PARK_ORIGIN_MINE), 0.2, 1e-15);
    CHECK_CLOSE(small_origin(&p, d, 0, PARK_ORIGIN_SURFACE), 0.8, 1e-15); /* the drain began as river, too */
    CHECK_CLOSE(small_origin(&p, d, 0, PARK_ORIGIN_MINE), 0.2, 1e-15);
    park_arena_free(p.arena);
}

/* Softener: its product is still first use, its brine is the park's own use of water. */
static void a_supply_treatment_rejects_used_water(void)
{
    small_park p      = small_begin(1, 0);
    int32_t    river  = small_source(&p, "river", PARK_ORIGIN_SURFACE);
    int32_t    ro     = small_unit(&p, "ro", PARK_TREATMENT, PARK_NONE);
    p.m.unit[ro].duty = PARK_DUTY_SUPPLY;
    int32_t product   = small_outlet(&p, ro, "", PARK_OUT_PRODUCT),
            reject    = small_outlet(&p, ro, "reject", PARK_OUT_REJECT);
    int32_t boiler    = small_unit(&p, "boiler", PARK_USER, PARK_NONE),
            steam     = small_outlet(&p, boiler, "steam", PARK_OUT_STEAM);
    int32_t floor_    = small_unit(&p, "floor", PARK_USER, PARK_NONE),
            wet       = small_outlet(&p, floor_, "x", PARK_OUT_IN_PRODUCT);
    int32_t in = small_link(&p, river, ro), feed = small_link(&p, product, boiler),
            wash = small_link(&p, reject, floor_);
    small_freeze(&p);
    small_flow(&p, in, 0, 100.0);
    small_flow(&p, feed, 0, 75.0);
    small_flow(&p, wash, 0, 25.0);
    small_exit(&p, steam, 0, 75.0);
    small_exit(&p, wet, 0, 25.0);
    CHECK(park_ledger_trace(&p.m, p.g, p.arena, NULL) == PARK_OK);
    CHECK_CLOSE(small_used(&p, feed, 0), 0.0, 0.0);
    CHECK_CLOSE(small_used(&p, wash, 0), 1.0, 0.0);
    CHECK_CLOSE(p.g->link_treated_share[wash], 0.0, 0.0);
    CHECK_CLOSE(small_first(&p, feed, 0, PARK_ORIGIN_SURFACE), 1.0, 1e-15);
    park_arena_free(p.arena);
}

/* Two seasons: the wet one puts 60 rain and 40 drain in, 50 stay; the dry one adds nothing and draws the 50.
 * Its water is the wet season's mixture, 40 % used. */
static void carry_over(size_t wet)
{
    small_park p    = small_begin(2, 0);
    int32_t    rain = small_source(&p, "rain", PARK_ORIGIN_RAIN),
            river   = small_source(&p, "river", PARK_ORIGIN_SURFACE);
    int32_t plant   = small_unit(&p, "plant", PARK_USER, PARK_NONE);
    int32_t drain   = small_outlet(&p, plant, "", PARK_OUT_PRODUCT);
    int32_t pond    = small_unit(&p, "pond", PARK_STORAGE, PARK_NONE),
            out     = small_outlet(&p, pond, "", PARK_OUT_PRODUCT);
    int32_t green   = small_unit(&p, "green", PARK_USER, PARK_NONE),
            goes    = small_outlet(&p, green, "e", PARK_OUT_EVAPORATION);
    int32_t feed = small_link(&p, river, plant), a = small_link(&p, rain, pond),
            b = small_link(&p, drain, pond);
    int32_t c = small_link(&p, out, green);
    small_freeze(&p);
    size_t dry = 1 - wet;
    small_flow(&p, feed, wet, 40.0);
    small_flow(&p, a, wet, 60.0);
    small_flow(&p, b, wet, 40.0);
    small_flow(&p, c, wet, 50.0);
    p.g->stored_water[wet * p.g->units + (size_t)pond] = 50.0;
    small_flow(&p, c, dry, 50.0);
    p.g->stored_water[dry * p.g->units + (size_t)pond] = -50.0;
    small_exit(&p, goes, wet, 50.0);
    small_exit(&p, goes, dry, 50.0);
    CHECK(park_ledger_trace(&p.m, p.g, p.arena, NULL) == PARK_OK);
    CHECK_CLOSE(small_used(&p, c, wet), 0.4, 1e-15);
    CHECK_CLOSE(small_used(&p, c, dry), 0.4, 1e-15);
    CHECK_CLOSE(small_first(&p, c, dry, PARK_ORIGIN_RAIN), 0.6, 1e-15);
    CHECK_CLOSE(small_origin(&p, c, dry, PARK_ORIGIN_SURFACE), 0.4, 1e-15);
    park_closure closure;
    CHECK(park_ledger_close(&p.m, p.g, p.arena, &closure, NULL) == PARK_OK);
    CHECK(closure.water < 1e-15);
    park_arena_free(p.arena);
}

static void storage_carries_its_mixture_into_the_next_season(void)
{
    carry_over(0);
    carry_over(1); /* the year begins with the draw-down: its water came from the year before */
}

/* Water that circles through two treatments and that nothing enters: no singular system, and it counts as
 * used. */
static void a_loop_that_nothing_enters_is_used_water(void)
{
    small_park p = small_begin(1, 0);
    int32_t    a = small_unit(&p, "a", PARK_TREATMENT, PARK_NONE),
            oa   = small_outlet(&p, a, "", PARK_OUT_PRODUCT);
    int32_t b    = small_unit(&p, "b", PARK_TREATMENT, PARK_NONE),
            ob   = small_outlet(&p, b, "", PARK_OUT_PRODUCT);
    int32_t ab = small_link(&p, oa, b), ba = small_link(&p, ob, a);
    small_freeze(&p);
    small_flow(&p, ab, 0, 10.0);
    small_flow(&p, ba, 0, 10.0);
    CHECK(park_ledger_trace(&p.m, p.g, p.arena, NULL) == PARK_OK);
    CHECK_CLOSE(small_used(&p, ab, 0), 1.0, 0.0);
    CHECK_CLOSE(small_origin(&p, ab, 0, PARK_ORIGIN_WASTEWATER), 1.0, 0.0);
    park_arena_free(p.arena);
}

/* A tank that only gives what stood in it before, while rounding drips through it in a circle with a treatment: nobody
 * can say what that water was; it counts neither as intake nor as used. */
static void a_stock_from_before_is_no_reuse(void)
{
    small_park p      = small_begin(1, 0);
    int32_t    tank   = small_unit(&p, "tank", PARK_STORAGE, PARK_NONE);
    int32_t    out    = small_outlet(&p, tank, "", PARK_OUT_PRODUCT);
    int32_t    filter = small_unit(&p, "filter", PARK_TREATMENT, PARK_NONE);
    int32_t    clear  = small_outlet(&p, filter, "", PARK_OUT_PRODUCT);
    int32_t    green  = small_unit(&p, "green", PARK_USER, PARK_NONE);
    int32_t    goes   = small_outlet(&p, green, "e", PARK_OUT_EVAPORATION);
    int32_t    drain  = small_outlet(&p, green, "", PARK_OUT_PRODUCT);
    int32_t    use = small_link(&p, out, green), a = small_link(&p, out, filter),
            b    = small_link(&p, clear, tank);
    int32_t back = small_link(&p, drain, tank);
    small_freeze(&p);
    p.g->stored_water[tank] = -100.0;
    small_flow(&p, use, 0, 100.0);
    small_exit(&p, goes, 0, 100.0);
    small_flow(&p, a, 0, 3e-14);
    small_flow(&p, b, 0, 3e-14);
    small_flow(&p, back, 0, 1e-15);
    park_error err = {0};
    CHECK(park_ledger_trace(&p.m, p.g, p.arena, &err) == PARK_OK);
    CHECK_CLOSE(small_used(&p, use, 0), 0.0, 0.0);
    CHECK_CLOSE(small_first(&p, use, 0, PARK_ORIGIN_STREAM), 1.0, 0.0);
    CHECK_CLOSE(small_origin(&p, use, 0, PARK_ORIGIN_STREAM), 1.0, 0.0);
    park_arena_free(p.arena);
}

static void every_allocation_may_fail(void)
{
    for (size_t n = 1; n < 400; n++) {
        loop         t = make_loop();
        park_closure c;
        park_arena_fail_after(t.p.arena, n);
        park_status closing = park_ledger_close(&t.p.m, t.p.g, t.p.arena, &c, NULL);
        park_status tracing = park_ledger_trace(&t.p.m, t.p.g, t.p.arena, NULL);
        bool        fresh   = park_ledger_new(t.p.arena, &t.p.m) != NULL;
        CHECK(closing == PARK_OK || closing == PARK_E_MEMORY);
        CHECK(tracing == PARK_OK || tracing == PARK_E_MEMORY);
        if (n == 1)
            CHECK(closing == PARK_E_MEMORY && tracing == PARK_E_MEMORY && !fresh);
        park_arena_free(t.p.arena);
        if (closing == PARK_OK && tracing == PARK_OK && fresh)
            break;
        CHECK(n < 399);
    }
}

int main(void)
{
    RUN(a_balanced_ledger_closes);
    RUN(a_breach_is_found_where_it_is);
    RUN(outlets_carry_what_their_links_carry);
    RUN(spills_and_stock_are_part_of_the_balance);
    RUN(what_does_not_mix_by_mass_is_not_closed);
    RUN(broken_numbers_and_foreign_ledgers_are_refused);
    RUN(used_water_is_known_by_its_donors);
    RUN(a_tank_mixes_what_it_is_given);
    RUN(a_supply_treatment_rejects_used_water);
    RUN(storage_carries_its_mixture_into_the_next_season);
    RUN(a_loop_that_nothing_enters_is_used_water);
    RUN(a_stock_from_before_is_no_reuse);
    RUN(every_allocation_may_fail);
    return park_test_done();
}
