/* Promise and simulation are one where nothing changes: a plan that closes is carried out to 1e-6 and better. */
#include "random_park.h"

/* The plan that a ledger of a steady park amounts to. */
static park_design *plan_from(park_arena *arena, const park_model *model, const park_ledger *g)
{
    park_design *plan = plan_blank(arena, model);
    size_t       C    = model->constituents;
    double       year = model->time.season[0].seconds;
    for (size_t l = 0; l < model->links; l++) {
        size_t i           = (size_t)model->link[l].inlet;
        plan->link_flow[l] = g->link_water[l] / year;
        plan->inlet_flow[i] += plan->link_flow[l];
        for (size_t c = 0; c < C; c++)
            plan->inlet_conc[i * C + c] += g->link_mass[l * C + c] / year;
    }
    for (size_t i = 0; i < model->inlets; i++)
        for (size_t c = 0; c < C; c++)
            plan->inlet_conc[i * C + c] /= fmax(plan->inlet_flow[i], 1e-300);
    for (size_t k = 0; k < model->outlets; k++) {
        plan->outlet_flow[k] = g->outlet_water[k] / year;
        for (size_t c = 0; c < C; c++)
            plan->outlet_conc[k * C + c] =
                g->outlet_water[k] > 0.0 ? g->outlet_mass[k * C + c] / g->outlet_water[k] : 0.0;
    }
    return plan;
}

static double worst_difference(const double *a, const double *b, size_t count)
{
    double scale = 0.0, most = 0.0;
    for (size_t i = 0; i < count; i++)
        scale = fmax(scale, fabs(a[i]));
    for (size_t i = 0; i < count; i++)
        most = fmax(most, fabs(a[i] - b[i]) / fmax(fabs(a[i]), 1e-6 * scale));
    return most;
}

/* `shift` moves the starting concentrations away from the plan: the park must find back by itself. */
static void promise_of(uint64_t seed, double shift)
{
    park_arena *arena = park_arena_new();
    park_model *model = random_park(
        arena, seed,
        (random_park_size){1 + (int)(seed % 4), 2 + (int)(seed % 5), (int)(seed % 3), (int)(seed % 5), 0, 3},
        0);
    CHECK(model != NULL);
    park_simulation *as_it_stands = model == NULL ? NULL : simulate(arena, model, NULL, NULL, NULL);
    if (as_it_stands != NULL) {
        park_design *plan = plan_from(arena, model, as_it_stands->ledger);
        size_t       C    = model->constituents;
        for (size_t i = 0; i < model->outlets * C; i++)
            plan->outlet_conc[i] *= shift;
        for (size_t i = 0; i < model->inlets * C; i++)
            plan->inlet_conc[i] *= shift;
        park_simulation   *planned = simulate(arena, model, plan, NULL, NULL);
        const park_ledger *a = as_it_stands->ledger, *b = planned == NULL ? a : planned->ledger;
        CHECK(planned != NULL);
        double water = worst_difference(a->link_water, b->link_water, model->links);
        double mass  = worst_difference(a->link_mass, b->link_mass, model->links * C);
        CHECK(water <= 1e-6);
        CHECK(mass <= 1e-6);
        if (water > 1e-6 || mass > 1e-6)
            fprintf(stderr, "  seed %llu: water %g mass %g\n", (unsigned long long)seed, water, mass);
        CHECK(planned == NULL || (planned->closure.water <= 1e-9 && planned->closure.mass <= 1e-9));
    }
    park_arena_free(arena);
}

static void plans_are_carried_out(void)
{
    for (uint64_t seed = 1; seed <= 25; seed++)
        promise_of(seed, 1.0);
}

static void parks_find_back_to_the_plan(void)
{
    for (uint64_t seed = 30; seed <= 36; seed++)
        promise_of(seed, 0.3);
}

/* A storage that takes what it gives: 40 m3/h from a drain by schedule to the plant, 60 m3/h from the river on demand. */
static void storages_pass_on_what_is_planned(void)
{
    park_arena   *arena   = park_arena_new();
    const double  water[] = {0.2, 0.0};
    park_draft   *draft   = draft_with(arena, RANDOM_CONSTITUENT, 2);
    park_findings findings;
    park_findings_init(&findings, arena);
    draft->candidates = PARK_CANDIDATES_NONE;
    add_source(draft, "surface", "river", water);
    add_process(draft, "user", 60.0 * M3_H, 1.0 / 3.0);
    int32_t tank                                          = add_unit(draft, PARK_STORAGE, "tank", "tank");
    int32_t basin                                         = add_unit(draft, PARK_STORAGE, "tank", "basin");
    ((park_storage *)params_of(draft, tank))->volume.max  = 500.0;
    ((park_storage *)params_of(draft, basin))->volume.max = 300.0;
    int32_t plant = add_unit(draft, PARK_TREATMENT, "removal", "plant");
    ((park_treatment *)params_of(draft, plant))->capacity = (park_range){100.0 * M3_H, 100.0 * M3_H, NAN};
    draft->unit[plant].duty                               = PARK_DUTY_WASTE;
    add_unit(draft, PARK_SINK, "outfall", "out");
    connect(draft, "river", "tank");
    connect(draft, "tank", "user");
    connect(draft, "user", "basin");
    connect(draft, "basin", "plant");
    connect(draft, "plant", "out");
    draft->law.dilution_forbidden = false;
    CHECK(stands(draft, &findings, false));
    park_design *plan = plan_blank(arena, draft);
    plan_link(plan, "river", "tank", 60.0 * M3_H);
    plan_link(plan, "tank", "user", 60.0 * M3_H);
    plan_link(plan, "user", "basin", 40.0 * M3_H);
    plan_link(plan, "basin", "plant", 40.0 * M3_H);
    plan_link(plan, "plant", "out", 40.0 * M3_H);
    rows             r    = {.arena = arena, .fail_after = -1};
    park_simulation *s    = simulate(arena, draft, plan, NULL, &r);
    double           year = draft->time.season[0].seconds;
    CHECK_CLOSE(s->ledger->link_water[link_between(draft, "river", "tank")] / year, 60.0 * M3_H, 1e-12);
    CHECK_CLOSE(s->ledger->link_water[link_between(draft, "plant", "out")] / year, 40.0 * M3_H, 1e-12);
    CHECK_CLOSE(s->ledger->stored_water[tank] / year, 0.0, 1e-12);
    CHECK_CLOSE(s->ledger->stored_water[basin] / year, 0.0, 1e-12);
    /* 0.2 kg/m3 in 60 m3/h, a third evaporates: 0.3 kg/m3 leaves */
    int32_t out = link_between(draft, "plant", "out");
    CHECK_CLOSE(s->ledger->link_mass[out * 2] / s->ledger->link_water[out], 0.3, 3e-7);
    CHECK(s->events_total == 0 && s->violations == 0);
    CHECK(r.count == 7 * 24); /* one representative week */
    park_arena_free(arena);
}

int main(void)
{
    RUN(plans_are_carried_out);
    RUN(parks_find_back_to_the_plan);
    RUN(storages_pass_on_what_is_planned);
    return park_test_done();
}
