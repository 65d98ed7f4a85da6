/* Statements moved: each reaches the number it names, nothing else, and no further than zero. */
#include "bench_park.h"

#include "units/moved.h"

static park_map *map_of(const park_model *model, park_arena *arena, const char *id)
{
    int32_t    u   = park_model_unit(model, id);
    park_map  *map = park_map_new(arena, model, u);
    park_error err = {0};
    CHECK(map != NULL && park_unit_average(model, u, 0, map, &err) == PARK_OK);
    CHECK_TEXT(err.message, "");
    return map;
}

static const park_model *moved(bench *b, park_move *move, const char *path, double by, bool upper)
{
    *move             = (park_move){.path = path, .by = by, .upper = upper};
    park_model *model = park_model_moved(b->draft, move, b->arena);
    if (model == NULL)
        exit(1);
    return model;
}

static void units_are_moved_in_their_maps(void)
{
    bench     b = bench_cascade();
    park_move move;
    bench_river(&b, "brook", 2.0)->capacity = (park_series){60.0 * M3_H, -1};
    ((park_source *)params_of(b.draft, park_model_unit(b.draft, "brook")))->licence = 1.0 * M3_H;
    CHECK(stands(b.draft, &b.findings, false));
    const park_model *m = moved(&b, &move, "sources.brook.capacity", 5.0 * M3_H, false);
    CHECK_CLOSE(map_of(m, b.arena, "brook")->outlet[0].hi, 65.0 * M3_H, 1e-15);
    CHECK(isinf(map_of(m, b.arena, "river")->outlet[0].hi));
    m = moved(&b, &move, "sources.brook.licence", 40.0, false);
    CHECK_CLOSE(map_of(m, b.arena, "brook")->licence, HOURS + 40.0, 1e-9);
    m = moved(&b, &move, "users.b.inlet.COD", 2.0 * MG_L, false);
    CHECK_CLOSE(map_of(m, b.arena, "b")->in_limit[COD], 82.0 * MG_L, 1e-15);
    CHECK(isinf(map_of(m, b.arena, "b")->in_limit[TDS]));
    CHECK_CLOSE(map_of(m, b.arena, "a")->in_limit[COD], 0.0, 0.0);
    m = moved(&b, &move, "users.b.inlet.COD", -1.0, false);
    CHECK_CLOSE(map_of(m, b.arena, "b")->in_limit[COD], 0.0, 0.0);
    m = moved(&b, &move, "users.b.demand", -20.0 * M3_H, false);
    CHECK_CLOSE(map_of(m, b.arena, "b")->in_lo[0], 30.0 * M3_H, 1e-15);
    CHECK_CLOSE(map_of(m, b.arena, "b")->in_hi[0], 30.0 * M3_H, 1e-15);
    park_arena_free(b.arena);
}

static void the_park_is_moved_itself(void)
{
    bench     b = bench_cascade();
    park_move move;
    bench_aim(&b, "reuse_rate", 0.2, 0.9);
    b.draft->economics.budget = 100.0;
    park_draft_connection(
        b.draft,
        (park_connection){.id = "pipe", .from = "a", .to = "b", .capacity = 1.0, .length = NAN, .lift = NAN});
    CHECK(stands(b.draft, &b.findings, false));
    CHECK_CLOSE(moved(&b, &move, "targets.reuse_rate", -0.05, false)->target[0].min, 0.15, 1e-15);
    CHECK_CLOSE(moved(&b, &move, "targets.reuse_rate", 0.05, true)->target[0].max, 0.95, 1e-15);
    CHECK_CLOSE(moved(&b, &move, "economics.budget", 11.0, false)->economics.budget, 111.0, 1e-12);
    const park_model *m = moved(&b, &move, "connections.candidates.pipe.capacity", 0.5, false);
    for (size_t l = 0; l < m->links; l++)
        CHECK(strcmp(m->link[l].id, "pipe") != 0 || fabs(m->link[l].capacity - 1.5) < 1e-15);
    CHECK_CLOSE(b.draft->target[0].min, 0.2, 0.0); /* the park as written stays */
    CHECK_CLOSE(b.draft->economics.budget, 100.0, 0.0);
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(units_are_moved_in_their_maps);
    RUN(the_park_is_moved_itself);
    return park_test_done();
}
