/* Columns that decide: what each of their combinations is worth is known elsewhere, by a table here. */
#include "design/decide.h"

#include "check.h"

enum { CHOICES = 3, COMBINATIONS = 1 << CHOICES };

typedef struct table {
    double   worth[COMBINATIONS];
    int      settled[COMBINATIONS], calls;
    bool     tells;  /* points, too, not only bounds */
    uint64_t work;   /* of settling so far */
    uint64_t each;   /* of one settling */
    uint64_t last;   /* that the tree left for it */
    bool     shrank; /* what was left never grew and was never none */
} table;

static size_t combination(const double *x)
{
    size_t k = 0;
    for (size_t i = 0; i < CHOICES; i++)
        k |= (size_t)(x[i] > 0.5) << i;
    return k;
}

static bool recheck(const void *user, double *x, double *objective)
{
    const table *t = user;
    *objective     = t->worth[combination(x)];
    return t->tells;
}

static bool settle(void *user, const double *fixed, double best, uint64_t left, double *bound, double *x,
                   bool *found)
{
    table *t = user;
    size_t k = combination(fixed);
    (void)best, (void)x;
    t->settled[k]++, t->calls++;
    t->work += t->each;
    t->shrank = t->shrank && left > 0 && left <= t->last;
    t->last   = left;
    *bound    = t->worth[k];
    *found    = t->tells;
    return true;
}

/* Nothing costs anything in the program itself: its own bound is zero everywhere. */
static park_tree_result solve(table *t, uint64_t limit, park_arena *arena)
{
    static const bool  DECIDES[CHOICES] = {true, true, true};
    park_program       p;
    park_tree_settings settings;
    park_tree_result   r;
    park_program_init(&p, arena);
    for (int i = 0; i < CHOICES; i++)
        CHECK(park_program_integer(&p, 0.0, 1.0, 0.0, NULL) == i);
    p.recheck = recheck, p.user = t;
    park_tree_settings_default(&settings);
    settings.gap     = 1e-9;
    settings.decides = DECIDES, settings.settle = settle, settings.settle_user = t;
    settings.work_limit = limit, settings.beside = &t->work;
    t->shrank = true, t->last = UINT64_MAX;
    CHECK(park_tree_solve(&p, &settings, arena, &r, NULL) == PARK_OK);
    return r;
}

static void the_best_combination_is_proven(void)
{
    park_arena      *arena = park_arena_new();
    table            t     = {.worth = {7.0, 5.0, 6.0, 3.0, 8.0, 2.0, 9.0, 4.0}, .tells = true};
    park_tree_result r     = solve(&t, 0, arena);
    CHECK(r.status == PARK_TREE_OPTIMAL && r.x != NULL);
    CHECK(r.objective == 2.0 && combination(r.x) == 5);
    CHECK_CLOSE(r.bound, 2.0, 1e-8);
    for (size_t k = 0; k < COMBINATIONS; k++)
        CHECK(t.settled[k] <= 1);
    park_arena_free(arena);
}

/* Without any point the bound is the least of all; each is settled once. */
static void bounds_alone_are_the_least_of_all(void)
{
    park_arena      *arena = park_arena_new();
    table            t     = {.worth = {7.0, 5.0, 6.0, 3.0, 8.0, 2.0, 9.0, 4.0}};
    park_tree_result r     = solve(&t, 0, arena);
    CHECK(r.x == NULL && r.bound == 2.0 && t.calls == COMBINATIONS);
    for (size_t k = 0; k < COMBINATIONS; k++)
        CHECK(t.settled[k] == 1);
    park_arena_free(arena);
}

/* What settling takes is in the limit, and not in what the tree says of itself. */
static void settling_is_in_the_limit(void)
{
    park_arena      *arena = park_arena_new();
    table            t     = {.worth = {7.0, 5.0, 6.0, 3.0, 8.0, 2.0, 9.0, 4.0}, .work = 50000, .each = 1000};
    park_tree_result r     = solve(&t, 2500, arena);
    CHECK(t.calls == 3 && r.x == NULL && r.status == PARK_TREE_LIMIT_NO_SOLUTION && r.reproducible);
    CHECK(t.shrank && t.last <= 500 && r.work < 500);
    CHECK(r.bound == 0.0);
    park_arena_free(arena);
}

int main(void)
{
    RUN(the_best_combination_is_proven);
    RUN(bounds_alone_are_the_least_of_all);
    RUN(settling_is_in_the_limit);
    return park_test_done();
}
