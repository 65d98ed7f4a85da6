/* A plan and its operating points agree: the design's own feed gives the map it was found with. */
#include "park_fixture.h"

#include "design/settle.h"
#include "units/sources/source.h"
#include "units/treatments/treatment.h"
#include "units/users/process.h"

static const char *const CON[] = {"TDS", "Cl"};

typedef struct bench {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    int32_t       membrane;
    park_error    err;
} bench;

/* Brackish water for a user that takes 300 mg/L: part of it through a membrane, part beside it, so that the membrane's
 * rejection and recovery decide how much. The user's own reject comes back to the membrane's inlet. */
static bench set_up(park_mechanism kind)
{
    bench b = {.arena = park_arena_new()};
    b.draft = draft_with(b.arena, CON, 2);
    park_findings_init(&b.findings, b.arena);
    for (size_t c = 0; c < 2; c++)
        b.draft->constituent[c].magnitude = 0.5;
    b.draft->objective[0] = PARK_MIN_FRESH_WATER;
    int32_t well          = add_unit(b.draft, PARK_SOURCE, "ground", "well"),
            plant         = add_unit(b.draft, PARK_USER, "process", "plant");
    b.membrane            = add_unit(b.draft, PARK_TREATMENT, "technology", "membrane");
    add_unit(b.draft, PARK_SINK, "outfall", "outfall");
    park_source *source = params_of(b.draft, well);
    source->capacity    = (park_series){1.0, -1};
    source->quality[0] = 2.5, source->quality[1] = 1.2;
    park_process *user = params_of(b.draft, plant);
    user->demand.flow  = (park_series){0.05, -1};
    user->adds[0]      = 0.05;
    user->loss         = (park_loss){.evaporation = 0.2};
    double *limit      = PARK_ARRAY(b.arena, 2, double);
    limit[0] = 0.3, limit[1] = NAN;
    user->inlet                    = limit;
    b.draft->unit[b.membrane].duty = PARK_DUTY_SUPPLY;
    park_treatment *p              = params_of(b.draft, b.membrane);
    p->recovery                    = 0.75;
    p->rejection[0] = p->rejection[1] = 0.975;
    p->mechanism.kind                 = (int32_t)kind;
    p->mechanism.membrane =
        (park_membrane_terms){3.5, 0.1 / 3.6e6, 18.0 / 3.6e6, 0.975, 120.0,   1.5,  12,   0.75, 0.0,
                              7.0, NAN,         NAN,          3,     28800.0, 4e-3, 10.0, 0.97};
    CHECK(stands(b.draft, &b.findings, false));
    return b;
}

static park_settled solved(bench *b)
{
    park_settled         settled;
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.gap = 1e-6;
    CHECK(park_design_settle(b->draft, &settings, b->arena, &settled, &b->findings, &b->err) == PARK_OK);
    CHECK(settled.design != NULL && settled.design->link_flow != NULL);
    return settled;
}

static double recovery_of(bench *b, const park_model *model)
{
    park_map *map = park_map_new(b->arena, model, b->membrane);
    CHECK(park_unit_average(model, b->membrane, 0, map, &b->err) == PARK_OK);
    return map->outlet[0].alpha;
}

static void plan_and_points_agree(void)
{
    bench             b     = set_up(PARK_MECHANISM_SOLUTION_DIFFUSION);
    park_settled      s     = solved(&b);
    const park_model *again = NULL;
    double            moved = 1.0;
    CHECK(s.rounds >= 1 && s.moved <= 2e-3 && s.model != b.draft);
    CHECK(park_units_refresh(s.model, s.design->inlet_flow, s.design->inlet_conc, 1.0, b.arena, &again,
                             &moved, &b.err) == PARK_OK);
    CHECK(moved <= 2e-3);
    CHECK(s.design->closure.water < 1e-9 && s.design->closure.mass < 1e-9);
    /* 12 bar are too little for three quarters: the plan takes what the membrane gives */
    double y = recovery_of(&b, s.model), in = s.design->inlet_flow[b.draft->unit[b.membrane].first_inlet],
           out = s.design->outlet_flow[b.draft->unit[b.membrane].first_outlet];
    CHECK(y < 0.74 && y > 0.4);
    CHECK_CLOSE(out, y * in, 1e-9 * in);
    CHECK(s.design->outside_proof_count > 0 &&
          strstr(s.design->outside_proof[0].en, "frozen at the plan's feed") != NULL);
    park_arena_free(b.arena);
}

/* A rejection too low for the user is found out: with the stated map there is a plan, with the law there is none. */
static void what_the_law_forbids_has_no_plan(void)
{
    bench           b                       = set_up(PARK_MECHANISM_SOLUTION_DIFFUSION);
    park_treatment *p                       = params_of(b.draft, b.membrane);
    p->mechanism.membrane.salt_permeability = 10.0 / 3.6e6;
    park_settled         settled;
    park_design_settings settings;
    park_design_settings_default(&settings);
    CHECK(park_design_settle(b.draft, &settings, b.arena, &settled, &b.findings, &b.err) == PARK_OK);
    CHECK(settled.design->link_flow == NULL && settled.design->status == PARK_DESIGN_INFEASIBLE);
    CHECK(settled.rounds == 1);
    park_arena_free(b.arena);
}

static void a_stated_park_is_solved_once(void)
{
    bench        b = set_up(PARK_MECHANISM_STATED);
    park_settled s = solved(&b);
    CHECK(s.model == b.draft && s.rounds == 0);
    CHECK_CLOSE(recovery_of(&b, s.model), 0.75, 0.0);
    park_arena_free(b.arena);
}

/* A law that jumps: four fifths where much is fed, half where little is. Some 0.047 m3/s of product take 0.059 at four fifths and
 * 0.094 at half: either plan's feed belongs to the other's law, and halving never rests either. */
static const double JUMPS_AT = 0.075;

static park_status jumping(const park_model *model, int32_t unit, int32_t season, const park_feed *feed,
                           park_arena *arena, park_point **point, park_error *err)
{
    (void)unit, (void)season;
    if ((*point = park_point_new(arena, feed, 1, model->constituents)) == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory");
    park_stage_point *p = (*point)->stage;
    p->recovery         = feed->flow > JUMPS_AT ? 0.8 : 0.5;
    for (size_t c = 0; c < model->constituents; c++) {
        p->product[c] = 0.025 * p->recovery;
        p->reject[c]  = 1.0 - p->product[c];
    }
    p->opex = p->chemicals = p->energy = p->carbon = 0.0;
    return PARK_OK;
}

static void points_that_never_rest_are_told(void)
{
    bench          b               = set_up(PARK_MECHANISM_SOLUTION_DIFFUSION);
    park_unit_kind kind            = *b.draft->unit[b.membrane].kind;
    kind.refresh                   = jumping;
    b.draft->unit[b.membrane].kind = &kind;
    park_settled s                 = solved(&b);
    CHECK(s.rounds == 8 && s.moved > 0.1);
    CHECK(has_code(&b.findings, PARK_W0522));
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(points_that_never_rest_are_told);
    RUN(plan_and_points_agree);
    RUN(what_the_law_forbids_has_no_plan);
    RUN(a_stated_park_is_solved_once);
    return park_test_done();
}
