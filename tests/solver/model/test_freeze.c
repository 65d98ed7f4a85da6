#include "park_fixture.h"

#include "units/sources/source.h"
#include "units/treatments/treatment.h"
#include "units/users/process.h"

/* A river, two washers, a treatment with a reject and an outfall; candidates all. */
typedef struct little_park {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    int32_t       river, dye, rinse, plant, outfall;
} little_park;

static const char *const COD[] = {"COD"};

static little_park little(void)
{
    little_park p = {.arena = park_arena_new()};
    p.draft       = draft_with(p.arena, COD, 1);
    park_findings_init(&p.findings, p.arena);
    p.river   = add_unit(p.draft, PARK_SOURCE, "surface", "river");
    p.dye     = add_unit(p.draft, PARK_USER, "process", "dye");
    p.rinse   = add_unit(p.draft, PARK_USER, "process", "rinse");
    p.plant   = add_unit(p.draft, PARK_TREATMENT, "removal", "plant");
    p.outfall = add_unit(p.draft, PARK_SINK, "outfall", "outfall");

    ((park_source *)params_of(p.draft, p.river))->quality[0]    = 10.0 * MG_L;
    ((park_process *)params_of(p.draft, p.dye))->demand.flow    = (park_series){100.0 * M3_H, -1};
    ((park_process *)params_of(p.draft, p.rinse))->demand.flow  = (park_series){50.0 * M3_H, -1};
    ((park_treatment *)params_of(p.draft, p.plant))->recovery   = 0.75;
    ((park_treatment *)params_of(p.draft, p.plant))->removal[0] = 0.95;
    return p;
}

static void candidates_all_obey_the_law_and_self(void)
{
    little_park p = little();
    CHECK(stands(p.draft, &p.findings, false));
    const park_model *m = p.draft;
    CHECK(link_between(m, "river", "dye") >= 0);
    CHECK(link_between(m, "dye", "rinse") >= 0);
    CHECK(link_between(m, "dye", "plant") >= 0);
    CHECK(link_between(m, "plant", "dye") >= 0);
    CHECK(link_between(m, "plant.reject", "outfall") >= 0);
    CHECK(link_between(m, "river", "outfall") < 0); /* dilution */
    CHECK(link_between(m, "river", "plant") < 0);   /* waste treatment, since users feed it */
    CHECK(link_between(m, "dye", "dye") < 0);       /* self */
    CHECK(link_between(m, "plant.reject", "plant") < 0);
    /* river 2; dye, rinse 3 each (other user, plant, outfall); plant and its reject 3 each (users, outfall)
     */
    CHECK(m->links == 2 + 3 + 3 + 3 + 3);
    CHECK(m->unit[p.plant].duty == PARK_DUTY_WASTE);
    park_arena_free(p.arena);
}

static void names_resolve_to_outlets_and_inlets(void)
{
    little_park p = little();
    CHECK(stands(p.draft, &p.findings, false));
    CHECK(park_model_outlet(p.draft, "plant") == park_model_outlet(p.draft, "plant.product"));
    CHECK(park_model_outlet(p.draft, "plant.reject") == park_model_outlet(p.draft, "plant") + 1);
    CHECK(park_model_outlet(p.draft, "outfall") == -1);
    CHECK(park_model_outlet(p.draft, "plants") == -1);
    CHECK(park_model_inlet(p.draft, "river") == -1);
    CHECK(park_model_inlet(p.draft, "dye") >= 0);
    park_arena_free(p.arena);
}

static void forbids_and_written_connections_are_kept_apart(void)
{
    little_park p = little();
    park_draft_forbid(p.draft, "river", "rinse");
    park_draft_forbid(p.draft, "*", "dye");
    CHECK(stands(p.draft, &p.findings, false));
    CHECK(link_between(p.draft, "river", "rinse") < 0);
    CHECK(link_between(p.draft, "river", "dye") < 0);
    CHECK(link_between(p.draft, "plant", "rinse") >= 0);
    park_findings found;
    park_findings_init(&found, p.arena);
    park_error err;
    CHECK(park_model_check(p.draft, &found, &err) == PARK_E_RANGE); /* dye is cut off from everything */
    CHECK(has_code(&found, PARK_E0501));
    park_arena_free(p.arena);
}

static void mistakes_in_connections_are_all_told(void)
{
    little_park           p       = little();
    const park_connection unknown = {
        .id = "a", .from = "rivr", .to = "dye", .capacity = INFINITY, .length = NAN, .lift = NAN};
    const park_connection dilution = {
        .id = "b", .from = "river", .to = "outfall", .capacity = INFINITY, .length = NAN, .lift = NAN};
    const park_connection self = {
        .id = "c", .from = "dye", .to = "dye", .capacity = INFINITY, .length = NAN, .lift = NAN};
    const park_connection outlet = {.id       = "d",
                                    .from     = "dye.evaporation",
                                    .to       = "plant",
                                    .capacity = INFINITY,
                                    .length   = NAN,
                                    .lift     = NAN};
    park_draft_connection(p.draft, unknown);
    park_draft_connection(p.draft, dilution);
    park_draft_connection(p.draft, self);
    park_draft_connection(p.draft, outlet);
    CHECK(!stands(p.draft, &p.findings, true));
    CHECK(p.findings.errors == 4);
    CHECK(has_code(&p.findings, PARK_E0401) && has_code(&p.findings, PARK_E0508) &&
          has_code(&p.findings, PARK_E0406) && has_code(&p.findings, PARK_E0403));
    CHECK(strstr(p.findings.items[0].en, "did you mean 'river'") != NULL);
    CHECK_TEXT(p.findings.items[0].path, "connections.candidates.a");
    park_arena_free(p.arena);
}

static void dilution_may_be_allowed(void)
{
    little_park p                   = little();
    p.draft->law.dilution_forbidden = false;
    CHECK(stands(p.draft, &p.findings, false));
    CHECK(link_between(p.draft, "river", "outfall") >= 0);
    CHECK(link_between(p.draft, "river", "plant") >= 0);
    park_arena_free(p.arena);
}

static void lengths_come_from_coordinates(void)
{
    little_park p         = little();
    p.draft->pipe.given   = true;
    const double river[3] = {0.0, 0.0, 45.0}, dye[3] = {300.0, 400.0, 60.0};
    memcpy(p.draft->unit[p.river].at, river, sizeof river);
    memcpy(p.draft->unit[p.dye].at, dye, sizeof dye);
    CHECK(stands(p.draft, &p.findings, false));
    const park_link_info *link = &p.draft->link[link_between(p.draft, "river", "dye")];
    CHECK_CLOSE(link->length, 700.0, 1e-9); /* along the streets */
    CHECK_CLOSE(link->lift, 15.0, 1e-12);
    CHECK(isnan(p.draft->link[link_between(p.draft, "river", "rinse")].length));
    park_arena_free(p.arena);
}

int main(void)
{
    RUN(candidates_all_obey_the_law_and_self);
    RUN(names_resolve_to_outlets_and_inlets);
    RUN(forbids_and_written_connections_are_kept_apart);
    RUN(mistakes_in_connections_are_all_told);
    RUN(dilution_may_be_allowed);
    RUN(lengths_come_from_coordinates);
    return park_test_done();
}
