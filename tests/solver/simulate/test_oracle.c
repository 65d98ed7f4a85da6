/* The split against one integrator for everything: the same park written down by hand as one system of equations. */
#include "march_fixture.h"

#include "numerics/dae.h"

static const char *const SALT[] = {"TDS"};
static const double      H      = 3600.0;

/* A stream of 60 m3/h into a tank; a user takes 50 m3/h from it, adds 5 kg/h, sends 20 m3/h to the outfall and 30 m3/h
 * over a plant that takes half of the salt back to the tank. The tank gains 40 m3/h. */
static const double STREAM = 60.0, USER = 50.0, BACK = 30.0, ADDS = 5.0,
                    IN_CONC   = 0.4;                   /* m3/h, kg/h, kg/m3 */
static const double HOLD_USER = 5.0, HOLD_PLANT = 2.0; /* [h] */
enum { VOLUME, TANK, IN_USER, IN_PLANT, STATES };

static park_dae_reply loop_rate(void *user, double t, const double *y, double *f)
{
    (void)user, (void)t;
    double tank = y[TANK] / y[VOLUME], u = y[IN_USER] / (HOLD_USER * USER),
           p    = y[IN_PLANT] / (HOLD_PLANT * BACK);
    f[VOLUME]   = (STREAM + BACK - USER) / H;
    f[TANK]     = (STREAM * IN_CONC + BACK * 0.5 * p - USER * tank) / H;
    f[IN_USER]  = (USER * tank + ADDS - USER * u) / H;
    f[IN_PLANT] = (BACK * u - BACK * p) / H;
    return PARK_DAE_FINE;
}

static park_dae_reply loop_jacobian(void *user, double t, double cj, const double *y, const double *yp,
                                    double *value)
{
    (void)user, (void)t, (void)cj, (void)yp;
    double *to                       = value; /* full, by column */
    to[VOLUME * STATES + TANK]       = USER * y[TANK] / (y[VOLUME] * y[VOLUME]) / H;
    to[VOLUME * STATES + IN_USER]    = -to[VOLUME * STATES + TANK];
    to[TANK * STATES + TANK]         = -USER / y[VOLUME] / H;
    to[TANK * STATES + IN_USER]      = USER / y[VOLUME] / H;
    to[IN_USER * STATES + IN_USER]   = -1.0 / HOLD_USER / H;
    to[IN_USER * STATES + IN_PLANT]  = BACK / (HOLD_USER * USER) / H;
    to[IN_PLANT * STATES + TANK]     = 0.5 / HOLD_PLANT / H;
    to[IN_PLANT * STATES + IN_PLANT] = -1.0 / HOLD_PLANT / H;
    return PARK_DAE_FINE;
}

static park_sparse full(park_arena *arena, int32_t n)
{
    park_triplets entries;
    park_sparse   matrix = {0};
    park_triplets_init(&entries, arena, n, n);
    for (int32_t j = 0; j < n; j++)
        for (int32_t i = 0; i < n; i++)
            CHECK(park_triplets_add(&entries, i, j, 0.0, NULL) == PARK_OK);
    CHECK(park_sparse_build(arena, &entries, &matrix, NULL, NULL) == PARK_OK);
    return matrix;
}

static park_model *loop_park(park_arena *arena)
{
    park_draft   *draft = draft_with(arena, SALT, 1);
    park_findings findings;
    park_findings_init(&findings, arena);
    draft->candidates             = PARK_CANDIDATES_NONE;
    draft->law.dilution_forbidden = false;
    period(draft, day_start(2025, 5, 1), day_start(2025, 5, 1) + 3 * 86400, PARK_SEASONS_MONTHS);
    int32_t stream                                       = add_source(draft, "stream", "stream", &IN_CONC);
    ((park_source *)params_of(draft, stream))->inflow    = (park_series){STREAM * M3_H, -1};
    int32_t tank                                         = add_unit(draft, PARK_STORAGE, "tank", "tank");
    ((park_storage *)params_of(draft, tank))->volume.max = 4000.0;
    ((park_storage *)params_of(draft, tank))->initial    = 0.1;
    int32_t user                                         = add_process(draft, "user", USER * M3_H, 0.0);
    ((park_process *)params_of(draft, user))->adds[0]    = ADDS * KG_H;
    ((park_process *)params_of(draft, user))->holding    = HOLD_USER * H;
    int32_t         plant   = add_unit(draft, PARK_TREATMENT, "removal", "plant");
    park_treatment *param   = params_of(draft, plant);
    param->capacity         = (park_range){100.0 * M3_H, 100.0 * M3_H, NAN};
    param->removal[0]       = 0.5;
    param->holding          = HOLD_PLANT * H;
    draft->unit[plant].duty = PARK_DUTY_WASTE;
    add_unit(draft, PARK_SINK, "outfall", "out");
    connect(draft, "stream", "tank");
    connect(draft, "tank", "user");
    connect(draft, "user", "plant");
    connect(draft, "plant", "tank");
    connect(draft, "user", "out");
    return stands(draft, &findings, false) ? draft : NULL;
}

static park_design *loop_plan(park_arena *arena, const park_model *model)
{
    park_design *plan = plan_blank(arena, model);
    plan_link(plan, "stream", "tank", STREAM * M3_H);
    plan_link(plan, "tank", "user", USER * M3_H);
    plan_link(plan, "user", "plant", BACK * M3_H);
    plan_link(plan, "plant", "tank", BACK * M3_H);
    plan_link(plan, "user", "out", (USER - BACK) * M3_H);
    return plan; /* all concentrations zero: where the march begins */
}

/* Largest difference of tank and user over three days, against the oracle's hourly values. */
static double split_error(const double *tank, const double *user, double rtol, int64_t output)
{
    park_arena            *arena = park_arena_new();
    park_model            *model = loop_park(arena);
    rows                   r     = {.arena = arena, .fail_after = -1};
    park_simulate_settings settings;
    double                 most = 0.0;
    park_simulate_settings_default(&settings);
    settings.rtol   = rtol;
    settings.output = output;
    CHECK(model != NULL);
    park_simulation *s     = simulate(arena, model, loop_plan(arena, model), &settings, &r);
    int              a     = rows_column(&r, PARK_COLUMN_OUTLET_CONC, park_model_outlet(model, "tank"), 0);
    int              b     = rows_column(&r, PARK_COLUMN_OUTLET_CONC, park_model_outlet(model, "user"), 0);
    int              v     = rows_column(&r, PARK_COLUMN_VOLUME, park_model_unit(model, "tank"), -1);
    size_t           hours = (size_t)output / 3600;
    CHECK(r.count == 72 / hours && a >= 0 && b >= 0 && v >= 0);
    for (size_t n = 0; n < r.count; n++) {
        size_t hour = (n + 1) * hours;
        most        = fmax(most, fabs(rows_at(&r, n, a) - tank[hour - 1]));
        most        = fmax(most, fabs(rows_at(&r, n, b) - user[hour - 1]));
        CHECK_CLOSE(rows_at(&r, n, v), 400.0 + 40.0 * (double)hour, 1e-9);
    }
    CHECK(s != NULL && s->closure.mass <= 1e-9 && s->closure.water <= 1e-9); /* whatever the tolerance */
    park_arena_free(arena);
    return most;
}

static void split_agrees_with_the_whole(void)
{
    park_arena *arena   = park_arena_new();
    park_sparse pattern = full(arena, STATES);
    double y[STATES] = {400.0, 0.0, 0.0, 0.0}, atol[STATES] = {1e-9, 1e-10, 1e-10, 1e-10}, tank[72], user[72];
    park_dae_problem  problem  = {.what     = "a loop",
                                  .states   = STATES,
                                  .rate     = loop_rate,
                                  .pattern  = &pattern,
                                  .jacobian = loop_jacobian};
    park_dae_settings settings = {.rtol = 1e-11, .atol = atol};
    park_dae         *dae      = NULL;
    park_error        err      = {0};
    CHECK(park_dae_new(arena, &problem, &settings, 0.0, y, NULL, &dae, &err) == PARK_OK);
    for (int n = 0; n < 72; n++) {
        double           t;
        park_dae_outcome outcome;
        CHECK(park_dae_advance(dae, (n + 1) * H, false, &t, y, &outcome, &err) == PARK_OK);
        tank[n] = y[TANK] / y[VOLUME];
        user[n] = y[IN_USER] / (HOLD_USER * USER);
    }
    park_arena_free(arena);
    CHECK(split_error(tank, user, 1e-6, 3600) < 1e-6);
    /* without hourly stops the steps are the method's own, and the error follows the tolerance */
    const double rtol[] = {1e-3, 1e-5, 1e-7};
    double       before = INFINITY;
    for (int i = 0; i < 3; i++) {
        double error = split_error(tank, user, rtol[i], 86400);
        printf("     rtol %.0e: largest error %.2e kg/m3\n", rtol[i], error);
        CHECK(error <= 3.0 * rtol[i]);
        CHECK(error < 0.3 * before);
        before = error;
    }
}

/* A basin under its valve: m' = (E + D + B) Cin - (D + B) C, B off at first, on above the limit, off below 0.98 of it. */
typedef struct basin {
    double evaporation, drift, blowdown, inflow, volume, on;
} basin;

static park_dae_reply basin_rate(void *user, double t, const double *y, double *f)
{
    const basin *b   = user;
    double       out = b->drift + b->on * b->blowdown;
    (void)t;
    f[0] = (b->evaporation + out) * b->inflow - out * y[0] / b->volume;
    return PARK_DAE_FINE;
}

static park_dae_reply basin_jacobian(void *user, double t, double cj, const double *y, const double *yp,
                                     double *value)
{
    const basin *b = user;
    (void)t, (void)cj, (void)y, (void)yp;
    value[0] = -(b->drift + b->on * b->blowdown) / b->volume;
    return PARK_DAE_FINE;
}

static park_dae_reply basin_root(void *user, double t, const double *y, double *g)
{
    const basin *b = user;
    (void)t;
    g[0] = y[0] / b->volume - 0.8 * (b->on > 0.0 ? 0.98 : 1.0005);
    return PARK_DAE_FINE;
}

static void valve_opens_at_the_same_instants(void)
{
    park_arena   *arena = park_arena_new();
    park_draft   *draft = draft_with(arena, SALT, 1);
    park_findings findings;
    park_error    err   = {0};
    const double  water = 0.2;
    park_findings_init(&findings, arena);
    draft->candidates = PARK_CANDIDATES_NONE;
    period(draft, day_start(2025, 5, 1), day_start(2025, 5, 1) + 10 * 86400, PARK_SEASONS_MONTHS);
    add_source(draft, "surface", "river", &water);
    int32_t             tower    = add_unit(draft, PARK_USER, "cooling_tower", "tower");
    park_cooling_tower *param    = params_of(draft, tower);
    param->circulation           = (park_series){1000.0 * M3_H, -1};
    param->range                 = 10.0;
    param->drift                 = 1e-4;
    param->basin                 = 300.0;
    param->circulating_limits[0] = 0.8;
    add_unit(draft, PARK_SINK, "outfall", "out");
    connect(draft, "river", "tower");
    connect(draft, "tower", "out");
    CHECK(stands(draft, &findings, false));
    park_map *map = park_map_new(arena, draft, tower);
    CHECK(park_unit_average(draft, tower, 0, map, &err) == PARK_OK);
    park_simulate_settings settings;
    park_simulate_settings_default(&settings);
    park_simulation *s = simulate(arena, draft, NULL, &settings, NULL);
    basin            b = {
                   .evaporation = map->outlet[1].beta, .drift = map->outlet[2].beta, .inflow = water, .volume = 300.0};
    b.blowdown = b.evaporation + b.drift; /* wide open without a plan: what leaves anyway, once more */
    park_sparse       one  = full(arena, 1);
    double            atol = 1e-10, y = 0.0, t = 0.0;
    park_dae_problem  problem      = {.what     = "a basin",
                                      .states   = 1,
                                      .roots    = 1,
                                      .user     = &b,
                                      .rate     = basin_rate,
                                      .pattern  = &one,
                                      .jacobian = basin_jacobian,
                                      .root     = basin_root};
    park_dae_settings dae_settings = {.rtol = 1e-11, .atol = &atol};
    park_dae         *dae          = NULL;
    size_t            matched      = 0;
    double            before       = 0.0;
    /* both begin at the first event, where the mixture stands on the limit */
    CHECK(s != NULL && s->events > 10 && s->event[0].kind == PARK_EVENT_BLOWDOWN);
    y    = 0.8 * 1.0005 * b.volume;
    b.on = 1.0;
    CHECK(park_dae_new(arena, &problem, &dae_settings, 0.0, &y, NULL, &dae, &err) == PARK_OK);
    for (size_t e = 1; s != NULL && e < s->events; e++) {
        park_dae_outcome outcome;
        CHECK(park_dae_advance(dae, 11.0 * 86400.0, false, &t, &y, &outcome, &err) == PARK_OK);
        CHECK(outcome == PARK_DAE_AT_ROOT);
        CHECK_CLOSE(s->event[e].exact - s->event[e - 1].exact, t - before, 0.5);
        matched += fabs(s->event[e].exact - s->event[e - 1].exact - (t - before)) <= 0.5;
        before = t;
        b.on   = 1.0 - b.on;
        CHECK(park_dae_restart(dae, t, &y, NULL, 0.0, &err) == PARK_OK);
    }
    CHECK(matched > 10);
    park_arena_free(arena);
}

int main(void)
{
    RUN(split_agrees_with_the_whole);
    RUN(valve_opens_at_the_same_instants);
    return park_test_done();
}
