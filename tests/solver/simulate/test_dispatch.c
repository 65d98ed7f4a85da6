/* Who gets which water, by hand: shares, what is refused, rationing, throttles. Flows in m3/h. */
#include "stretch_fixture.h"

static const double CLEAN = 0.1;

static void river(stretch_bench *b, const char *id, double capacity, double price)
{
    park_source *param = params_of(b->draft, add_source(b->draft, "surface", id, &CLEAN));
    param->capacity    = (park_series){capacity * M3_H, -1};
    param->price       = price;
}

static void plant(stretch_bench *b, const char *id, park_duty duty, double capacity, double recovery)
{
    int32_t         unit      = add_unit(b->draft, PARK_TREATMENT, "removal", id);
    park_treatment *param     = params_of(b->draft, unit);
    param->capacity           = (park_range){capacity * M3_H, capacity * M3_H, NAN};
    param->recovery           = recovery;
    b->draft->unit[unit].duty = duty;
}

/* A stream of 90 is offered half and half to a (wants 40) and b (wants 100): a takes 40, the 5 refused go to b; b lacks
 * 50, half from each river as planned; r1 has only 10, so r2 gives 40. */
static void refused_water_is_offered_again(void)
{
    stretch_bench b                                     = stretch_new();
    int32_t       stream                                = add_source(b.draft, "stream", "stream", &CLEAN);
    ((park_source *)params_of(b.draft, stream))->inflow = (park_series){90.0 * M3_H, -1};
    river(&b, "r1", 10.0, 1.0);
    river(&b, "r2", 500.0, 2.0);
    add_process(b.draft, "a", 40.0 * M3_H, 0.0);
    add_process(b.draft, "b", 100.0 * M3_H, 0.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    connect(b.draft, "stream", "a");
    connect(b.draft, "stream", "b");
    connect(b.draft, "r1", "b");
    connect(b.draft, "r2", "b");
    connect(b.draft, "a", "out");
    connect(b.draft, "b", "out");
    CHECK(stretch_stands(&b));
    park_design *plan = plan_blank(b.arena, b.draft);
    plan_link(plan, "stream", "a", 45.0 * M3_H);
    plan_link(plan, "stream", "b", 45.0 * M3_H);
    plan_link(plan, "r1", "b", 25.0 * M3_H);
    plan_link(plan, "r2", "b", 25.0 * M3_H);
    plan_link(plan, "a", "out", 40.0 * M3_H);
    plan_link(plan, "b", "out", 100.0 * M3_H);
    stretch_run(&b, plan);
    CHECK_CLOSE(stretch_flow(&b, "stream", "a"), 40.0, 1e-9);
    CHECK_CLOSE(stretch_flow(&b, "stream", "b"), 50.0, 1e-9);
    CHECK_CLOSE(stretch_flow(&b, "r1", "b"), 10.0, 1e-9);
    CHECK_CLOSE(stretch_flow(&b, "r2", "b"), 40.0, 1e-9);
    CHECK_CLOSE(stretch_flow(&b, "b", "out"), 100.0, 1e-9);
    park_arena_free(b.arena);
}

/* Beyond the plan the cheapest donor helps out: r1 is planned and gives its 30, cheap gives the rest, dear nothing. */
static void cheapest_donor_helps_out(void)
{
    stretch_bench b = stretch_new();
    river(&b, "r1", 30.0, 1.0);
    river(&b, "dear", 500.0, 9.0);
    river(&b, "cheap", 500.0, 2.0);
    add_process(b.draft, "user", 100.0 * M3_H, 0.2);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    connect(b.draft, "r1", "user");
    connect(b.draft, "dear", "user");
    connect(b.draft, "cheap", "user");
    connect(b.draft, "user", "out");
    CHECK(stretch_stands(&b));
    park_design *plan = plan_blank(b.arena, b.draft);
    plan_link(plan, "r1", "user", 100.0 * M3_H);
    plan_link(plan, "user", "out", 80.0 * M3_H);
    stretch_run(&b, plan);
    CHECK_CLOSE(stretch_flow(&b, "r1", "user"), 30.0, 1e-9);
    CHECK_CLOSE(stretch_flow(&b, "cheap", "user"), 70.0, 1e-9);
    CHECK(stretch_flow(&b, "dear", "user") == 0.0);
    CHECK_CLOSE(stretch_flow(&b, "user", "out"), 80.0, 1e-9);
    park_arena_free(b.arena);
}

/* Two users of 60 and 40 share a source of 50 in proportion, and lack the other half. */
static void shortage_is_shared(void)
{
    stretch_bench b = stretch_new();
    river(&b, "river", 50.0, 1.0);
    add_process(b.draft, "a", 60.0 * M3_H, 0.0);
    add_process(b.draft, "b", 40.0 * M3_H, 0.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    connect(b.draft, "river", "a");
    connect(b.draft, "river", "b");
    connect(b.draft, "a", "out");
    connect(b.draft, "b", "out");
    CHECK(stretch_stands(&b));
    stretch_run(&b, NULL);
    CHECK_CLOSE(stretch_flow(&b, "river", "a"), 30.0, 1e-9);
    CHECK_CLOSE(stretch_flow(&b, "river", "b"), 20.0, 1e-9);
    CHECK_CLOSE(b.flows->unmet[park_model_inlet(b.draft, "a")] / M3_H, 30.0, 1e-9);
    CHECK_CLOSE(b.flows->unmet[park_model_inlet(b.draft, "b")] / M3_H, 20.0, 1e-9);
    park_arena_free(b.arena);
}

/* All drains (100) are planned into a plant whose product has nowhere to go but to a user of 40, recovery 0.8: the plant
 * is throttled to 50, its 10 of reject and the 50 that it does not take go to the outfall. */
static void treatment_is_throttled_by_its_product(void)
{
    stretch_bench b = stretch_new();
    river(&b, "river", 500.0, 1.0);
    add_process(b.draft, "a", 100.0 * M3_H, 0.0);
    int32_t all = add_process(b.draft, "b", 40.0 * M3_H, 0.0);
    ((park_process *)params_of(b.draft, all))->loss =
        (park_loss){0.0, 1.0, 0.0}; /* all goes into the product */
    plant(&b, "plant", PARK_DUTY_WASTE, 200.0, 0.8);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    connect(b.draft, "river", "a");
    connect(b.draft, "a", "plant");
    connect(b.draft, "a", "out");
    connect(b.draft, "plant", "b");
    connect(b.draft, "plant.reject", "out");
    CHECK(stretch_stands(&b));
    park_design *plan = plan_blank(b.arena, b.draft);
    plan_link(plan, "river", "a", 100.0 * M3_H);
    plan_link(plan, "a", "plant", 100.0 * M3_H);
    plan_link(plan, "plant", "b", 80.0 * M3_H);
    plan_link(plan, "plant.reject", "out", 20.0 * M3_H);
    stretch_run(&b, plan);
    CHECK_CLOSE(stretch_flow(&b, "a", "plant"), 50.0, 1e-6);
    CHECK_CLOSE(stretch_flow(&b, "a", "out"), 50.0, 1e-6);
    CHECK_CLOSE(stretch_flow(&b, "plant", "b"), 40.0, 1e-6);
    CHECK_CLOSE(stretch_flow(&b, "plant.reject", "out"), 10.0, 1e-6);
    for (size_t k = 0; k < b.draft->outlets; k++)
        CHECK(b.flows->spill[k] <= 1e-9 * M3_H);
    park_arena_free(b.arena);
}

/* A supply treatment is asked for 60 of product and asks for 80 of feed at a recovery of 0.75; with only 40 of feed it
 * gives 30. */
static void supply_is_asked_through_its_map(void)
{
    for (int scarce = 0; scarce < 2; scarce++) {
        stretch_bench b = stretch_new();
        river(&b, "river", scarce ? 40.0 : 500.0, 1.0);
        plant(&b, "ro", PARK_DUTY_SUPPLY, 200.0, 0.75);
        add_process(b.draft, "user", 60.0 * M3_H, 0.0);
        add_unit(b.draft, PARK_SINK, "outfall", "out");
        connect(b.draft, "river", "ro");
        connect(b.draft, "ro", "user");
        connect(b.draft, "ro.reject", "out");
        connect(b.draft, "user", "out");
        CHECK(stretch_stands(&b));
        stretch_run(&b, NULL);
        CHECK_CLOSE(stretch_flow(&b, "river", "ro"), scarce ? 40.0 : 80.0, 1e-6);
        CHECK_CLOSE(stretch_flow(&b, "ro", "user"), scarce ? 30.0 : 60.0, 1e-6);
        CHECK_CLOSE(stretch_flow(&b, "ro.reject", "out"), scarce ? 10.0 : 20.0, 1e-6);
        park_arena_free(b.arena);
    }
}

/* Two supply plants that live on each other: a gets the river's 80 and what b makes of a's own product, of which a user wants 100.
 * With a's intake x, b (half of it is reject) is fed for x - 80, which asks for 2 (x - 80), and gets its share of what a makes:
 * x' = 80 + x (x - 80)/(100 + 2 (x - 80)), which rests at 80. There each throttle leaves 80/100 of the way, so that sixty of them
 * would end 1e-6 short. */
static void plants_that_feed_each_other_come_to_rest(void)
{
    stretch_bench b = stretch_new();
    river(&b, "river", 80.0, 1.0);
    plant(&b, "a", PARK_DUTY_SUPPLY, 1000.0, 1.0);
    plant(&b, "b", PARK_DUTY_SUPPLY, 1000.0, 0.5);
    add_process(b.draft, "user", 100.0 * M3_H, 0.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    connect(b.draft, "b", "out");
    connect(b.draft, "river", "a");
    connect(b.draft, "a", "user");
    connect(b.draft, "a", "b");
    connect(b.draft, "b", "a");
    connect(b.draft, "user", "out");
    CHECK(stretch_stands(&b));
    park_design *plan = plan_blank(b.arena, b.draft);
    plan_link(plan, "river", "a", 500.0 * M3_H);
    plan_link(plan, "a", "user", 100.0 * M3_H);
    plan_link(plan, "a", "b", 400.0 * M3_H);
    plan_link(plan, "b", "a", 200.0 * M3_H);
    stretch_run(&b, plan);
    CHECK_CLOSE(stretch_flow(&b, "river", "a"), 80.0, 1e-7);
    CHECK_CLOSE(stretch_flow(&b, "a", "user"), 80.0, 1e-7);
    CHECK_CLOSE(stretch_flow(&b, "b", "a"), 0.0, 1e-7);
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(refused_water_is_offered_again);
    RUN(cheapest_donor_helps_out);
    RUN(shortage_is_shared);
    RUN(treatment_is_throttled_by_its_product);
    RUN(supply_is_asked_through_its_map);
    RUN(plants_that_feed_each_other_come_to_rest);
    return park_test_done();
}
