/* From the words of a scenario to a plant, and what they cannot mean. */
#include "park_fixture.h"

#include "units/treatments/treatment.h"

static const char *const NAMES[] = {"COD", "NH3-N"};

typedef struct bench {
    park_arena     *arena;
    park_draft     *draft;
    park_findings   findings;
    park_treatment *t;
} bench;

static bench bench_new(size_t constituents)
{
    bench b = {.arena = park_arena_new()};
    b.draft = draft_with(b.arena, NAMES, constituents);
    park_findings_init(&b.findings, b.arena);
    b.t            = params_of(b.draft, add_unit(b.draft, PARK_TREATMENT, "removal", "plant"));
    b.t->states    = PARK_STATES_ASM1;
    b.t->recovery  = 0.99;
    b.t->reject_as = PARK_REJECT_SLUDGE;
    return b;
}

/* 12 h of 0.1 m3/s are 4320 m3: 30 % without air in two tanks, the rest in three; the settler takes 0.7 m3/(m2 h). */
static void words_become_a_plant(void)
{
    bench             b = bench_new(2);
    park_sludge_plant p = park_sludge_words_plant(&b.t->sludge, 0.1);
    CHECK(p.tanks == 5);
    CHECK_CLOSE(p.tank[0].volume, 648.0, 1e-9);
    CHECK_CLOSE(p.tank[4].volume, 1008.0, 1e-9);
    CHECK(isnan(p.tank[1].do_set) && p.tank[2].do_set == 2e-3);
    CHECK_CLOSE(p.settler.area, 360.0 / 0.7, 1e-9);
    CHECK_CLOSE(p.recycle, 0.2, 1e-12);
    CHECK(p.settler.solids == PARK_SOLIDS_CARRIED && p.separation == PARK_SEPARATION_SETTLER);
    b.t->sludge.anoxic = 0.0;
    p                  = park_sludge_words_plant(&b.t->sludge, 0.1);
    CHECK(p.tanks == 3);
    CHECK_CLOSE(p.tank[0].volume, 1440.0, 1e-9);
    park_arena_free(b.arena);
}

static bool told(bench *b, park_error *err)
{
    (void)!park_draft_shape(b->draft, &b->findings, err);
    return has_code(&b->findings, PARK_E0511);
}

static void what_a_sludge_cannot_do_without_is_told(void)
{
    park_error err = {0};
    bench      b   = bench_new(1);
    CHECK(told(&b, &err));
    park_arena_free(b.arena);
    b             = bench_new(2);
    b.t->recovery = 1.0;
    CHECK(told(&b, &err));
    park_arena_free(b.arena);
    b                       = bench_new(2);
    b.t->sludge.tanks.count = PARK_SLUDGE_TANKS_MOST + 1;
    CHECK(told(&b, &err));
    park_arena_free(b.arena);
    b = bench_new(2);
    CHECK(park_draft_shape(b.draft, &b.findings, &err) == PARK_OK && b.findings.errors == 0);
    const park_treatment *t = b.draft->unit[0].params;
    CHECK(t->outside.en != NULL && strstr(t->outside.en, "asm1") != NULL);
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(words_become_a_plant);
    RUN(what_a_sludge_cannot_do_without_is_told);
    return park_test_done();
}
