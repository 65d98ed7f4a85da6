/* Ends of carried links at nodes: whole units, outlets by path, reservoirs, nothing. */
#include "bound_fixture.h"

#include "bound/day.h"

#define NET                                                                                                  \
    "[JUNCTIONS]\n J1 10 0\n J2 10 0\n[RESERVOIRS]\n R 50\n[PIPES]\n P R J1 1000 300 130\n Q J1 J2 100 300 " \
    "130\n[OPTIONS]\n UNITS LPS\n"

static park_bound_binding *made(bound_bench *b)
{
    park_bound_binding *binding = NULL;
    CHECK(park_bound_binding_make(&b->park.m, &b->bound, b->park.arena, &binding, &b->err) == PARK_OK);
    return binding;
}

/* river at a reservoir supplies by head: only the draw stands. dye gives and wash draws. */
static void ends_become_draws_and_gifts(void)
{
    bound_bench b;
    bench_begin(&b, NET);
    (void)bench_link(&b, "river_wash", 0, 1, 0.1);
    (void)bench_link(&b, "dye_wash", 2, 1, 0.1);
    bench_bind(&b, "river", "R", 1.0);
    bench_bind(&b, "wash", "J1", 0.25);
    bench_bind(&b, "wash", "J2", 0.75);
    bench_bind(&b, "dye", "J2", 1.0);
    bench_carry(&b, "dye_wash");
    bench_carry(&b, "river_wash");
    bench_carry(&b, "no_such_link");
    park_bound_binding *binding = made(&b);
    CHECK(binding->carried == 2 && binding->link[0] == 1 && binding->link[1] == 0);
    CHECK(binding->draws == 5);
    CHECK(binding->draw[0].carried == 0 && binding->draw[0].node == 1 && binding->draw[0].share == -1.0 &&
          binding->draw[0].unit == 2);
    CHECK(binding->draw[2].node == 1 && binding->draw[2].share == 0.75 && binding->draw[2].unit == 1);
    CHECK(binding->is_bound[0] && binding->is_bound[1] && binding->is_bound[2]);
    CHECK(!park_bound_end_is_loose(binding, 1, false)); /* bound, though it draws nothing there */
    bench_end(&b);
}

/* An outlet by its path stands at its own node; the unit's other outlet is loose unless the whole unit is bound. */
static void outlets_by_path(void)
{
    bound_bench b;
    bench_begin(&b, NET);
    int32_t reuse = small_unit(&b.park, "reuse", PARK_TREATMENT, -1);
    (void)small_outlet(&b.park, reuse, "", PARK_OUT_PRODUCT);
    int32_t reject = small_outlet(&b.park, reuse, "reject", PARK_OUT_REJECT);
    (void)bench_link(&b, "product", reuse, 1, 0.1);
    int32_t l               = bench_link(&b, "reject", reuse, 1, 0.1);
    b.park.m.link[l].outlet = reject;
    bench_bind(&b, "reuse.reject", "J2", 1.0);
    bench_carry(&b, "product");
    bench_carry(&b, "reject");
    park_bound_binding *binding = made(&b);
    CHECK(binding->draws == 1 && binding->draw[0].carried == 1 && binding->draw[0].share == -1.0);
    CHECK(park_bound_end_is_loose(binding, 0, false) && !park_bound_end_is_loose(binding, 1, false));
    CHECK(park_bound_end_is_loose(binding, 1, true));
    bench_bind(&b, "reuse", "J1", 1.0); /* now the product is at J1, the reject where its path says */
    binding = made(&b);
    CHECK(binding->draws == 2 && binding->draw[0].node == 0 && binding->draw[1].node == 1);
    bench_end(&b);
}

static void a_pattern_step_of_nothing_is_refused(void)
{
    bound_bench b;
    bench_begin(&b, NET);
    park_bound_binding *binding = NULL;
    b.net->time.pattern_step    = 0;
    CHECK(park_bound_binding_make(&b.park.m, &b.bound, b.park.arena, &binding, &b.err) == PARK_E_RANGE);
    bench_end(&b);
}

int main(void)
{
    RUN(ends_become_draws_and_gifts);
    RUN(outlets_by_path);
    RUN(a_pattern_step_of_nothing_is_refused);
    return park_test_done();
}
