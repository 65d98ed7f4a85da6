/* The park in one season: what it lays and the qualities it promises to the whole. */
#include "design/coarse.h"

#include "works_park.h"

typedef struct bench {
    park_arena       *arena;
    park_formulation *f;
    park_search_end   end;
    park_promise      d;
    bool             *shut;
} bench;

/* 50 m3/h leave the works with 20 kg/h; 50 mg/L may be discharged; a dear and a cheap plant that take out 95 %. `limit`: of the
 * outfall. Connections are worth having from 1 m3/h on. */
static bench works_in_quarters(bool quarters, double limit)
{
    bench      b      = {.arena = park_arena_new(), .end = {.deadline = INFINITY}};
    works_park w      = works_new(b.arena, "dear", "cheap", limit);
    w.draft->min_flow = 1.0 * M3_H;
    if (quarters)
        period(w.draft, day_start(2025, 1, 1), day_start(2026, 1, 1), PARK_SEASONS_QUARTERS);
    for (int i = 0; i < 2; i++)
        w.draft->unit[w.unit[i]].existing = true;
    w.plant[0]->opex = 5.0;
    b.f              = works_formulate(&w, b.arena);
    b.d              = (park_promise){.f = b.f};
    b.shut           = PARK_ARRAY(b.arena, b.f->super->links, bool);
    CHECK(b.shut != NULL && park_promise_prepare(&b.d, b.arena));
    return b;
}

/* By hand: 20 kg/h in 50 m3/h are 400 mg/L, 20 mg/L behind the plant, whatever the quarter; nobody needs the dear plant. */
static void a_year_tells_what_its_quarters_lay(void)
{
    bench             b     = works_in_quarters(true, 50.0 * MG_L);
    const park_super *super = b.f->super;
    const park_model *model = super->model;
    CHECK(super->seasons == 4 && park_coarse_helps(b.f));
    CHECK(park_coarse_promise(&b.d, &b.end, b.shut));
    CHECK(b.end.took > 0 && !b.end.stands); /* a plan of the year is none of its quarters */
    int32_t drain = link_between(model, "works", "cheap"), clean = link_between(model, "cheap", "out");
    int32_t dear = link_between(model, "works", "dear");
    CHECK(drain >= 0 && clean >= 0 && dear >= 0);
    CHECK(!b.shut[drain] && !b.shut[clean] && b.shut[dear]);
    for (size_t s = 0; s < super->seasons; s++) {
        CHECK_CLOSE(b.d.promise[PARK_SUPER_SK(super, s, model->link[drain].outlet, 0)], 0.4, 1e-6);
        CHECK_CLOSE(b.d.promise[PARK_SUPER_SK(super, s, model->link[clean].outlet, 0)], 0.02, 1e-6);
    }
    park_arena_free(b.arena);
}

static void a_steady_park_is_one_season_already(void)
{
    bench b = works_in_quarters(false, 50.0 * MG_L);
    CHECK(!park_coarse_helps(b.f));
    park_arena_free(b.arena);
}

/* Out of time: no plan, and nothing is shut. */
static void without_a_plan_nothing_is_told(void)
{
    bench b        = works_in_quarters(true, 50.0 * MG_L);
    b.end.deadline = 0.0;
    CHECK(!park_coarse_promise(&b.d, &b.end, b.shut));
    CHECK(b.end.early);
    for (size_t l = 0; l < b.f->super->links; l++)
        CHECK(!b.shut[l]);
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(a_year_tells_what_its_quarters_lay);
    RUN(a_steady_park_is_one_season_already);
    RUN(without_a_plan_nothing_is_told);
    return park_test_done();
}
