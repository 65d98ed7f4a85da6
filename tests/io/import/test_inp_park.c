#include "import/inp_park.h"

#include "inp_fixture.h"

static const char *park_of(const inp_fixture *f, park_inp_park_counts *counts)
{
    park_text out;
    park_text_init(&out, f->arena);
    CHECK(park_inp_park(f->net, "n.inp", &out, counts, NULL) == PARK_OK);
    return out.data != NULL ? out.data : "";
}

static void few_junctions_are_users_of_their_own(void)
{
    inp_fixture f = inp_given(
        INP_LEAST
        "[JUNCTIONS]\n K.1 0\n L 0\n[PIPES]\n a J K.1 1 1 1\n b J L 1 1 1\n[DEMANDS]\n K.1 2 day\n L -1\n"
        "[PATTERNS]\n day 1 2\n[TITLE]\nThe \"old\" works\n");
    park_inp_park_counts c;
    const char          *text = park_of(&f, &c);
    CHECK(c.sources == 2 && c.users == 2 && !c.grouped && c.connections == 4 && c.patterns == 1 &&
          c.without_source == 0);
    CHECK(strstr(text, "name: \"The \\\"old\\\" works\"") != NULL);
    CHECK(strstr(text, "R: {kind: surface, name: \"R\"}") != NULL);
    /* an inflow of 1 L/s; EPANET's litre is 0.028316846592/28.317 m3 */
    CHECK(strstr(text, "inflow_L: {kind: stream, name: \"L\", flow: 3.5999") != NULL);
    CHECK(strstr(text, "K_1: {kind: process, name: \"K.1\", demand: {base: 7.1999") !=
          NULL); /* 2 L/s before the pattern */
    CHECK(strstr(text, "pattern: pattern_day}") != NULL &&
          strstr(text, "pattern_day: {every: 1 h, factors: [1, 2]}") != NULL);
    CHECK(strstr(text, "K_1: \"K.1\"") != NULL && strstr(text, "inp: \"n.inp\"") != NULL);
    inp_done(&f);
}

/* What no text holds: escaped where it names a node, a blank where it is a name to read, and no line of its own. */
static void ids_of_odd_bytes_still_name_their_node(void)
{
    inp_fixture f =
        inp_given("[OPTIONS]\nUNITS LPS\n[JUNCTIONS]\n \"a\rb\" 1 2 \"p\rq: 1\"\n[RESERVOIRS]\n "
                  "\"R\tS\" 9\n[PIPES]\n P \"R\tS\" \"a\rb\" 1 1 1\n[PATTERNS]\n \"p\rq: 1\" 1\n");
    park_inp_park_counts c;
    const char          *text = park_of(&f, &c);
    CHECK(f.status == PARK_OK && c.users == 1 && strchr(text, '\r') == NULL && strchr(text, '\t') == NULL);
    CHECK(strstr(text, "a_b: \"a\\x0Db\"") != NULL && strstr(text, "R_S: \"R\\x09S\"") != NULL);
    CHECK(strstr(text, "name: \"a b\"") != NULL && strstr(text, "# \"p q: 1\"") != NULL);
    inp_done(&f);
}

static void many_junctions_are_grouped_by_part_category_and_pattern(void)
{
    park_text   text;
    inp_fixture g = {.arena = park_arena_new()};
    park_text_init(&text, g.arena);
    park_text_add(&text, "[OPTIONS]\nUNITS CMH\n[RESERVOIRS]\nR 9\nS 9\n[JUNCTIONS]\n");
    for (int i = 0; i < 60; i++)
        park_text_printf(&text, "n%d 0\n", i);
    park_text_add(&text, "[PIPES]\n");
    for (int i = 0; i < 60; i++) /* two parts: even and odd */
        park_text_printf(&text, "p%d %s n%d 1 1 1\n", i, i % 2 == 0 ? "R" : "S", i);
    park_text_add(&text, "[DEMANDS]\n");
    for (int i = 0; i < 60; i++)
        park_text_printf(&text, "n%d 1 ;%s\nn%d 0.5 ;homes\nn%d 1 ;%s\n", i, i < 30 ? "homes" : "works", i, i,
                         i < 30 ? "homes" : "works");
    inp_fixture          f = inp_given(park_text_done(&text));
    park_inp_park_counts c;
    const char          *yaml = park_of(&f, &c);
    CHECK(f.status == PARK_OK && c.grouped && c.users == 4 &&
          c.connections == 4); /* homes and works in each part */
    /* of R's part: 15 nodes of homes with 2.5 m3/h, 15 nodes of works that draw 0.5 for homes: 45 m3/h */
    CHECK(strstr(yaml, "homes: {kind: process, name: \"homes\", demand: 45.000") != NULL);
    CHECK(strstr(yaml, "homes_2: {") != NULL && strstr(yaml, "works_2: {") != NULL);
    CHECK(strstr(yaml, "\"n0\": 0.0555556") != NULL); /* 2.5 of 45; a node stands once in a bind */
    inp_done(&f);
    inp_done(&g);
}

static void parts_without_a_reservoir(void)
{
    inp_fixture f = inp_given(
        INP_LEAST
        "[TANKS]\n T 1 2 1 3 5\n[JUNCTIONS]\n K 0 3\n M 0 4\n N 0\n[PIPES]\n a T K 1 1 1\n b M N 1 1 1\n");
    park_inp_park_counts c;
    const char          *yaml = park_of(&f, &c);
    CHECK(c.sources == 2 && c.users == 2 && c.without_source == 1 &&
          c.connections == 2); /* the tank feeds K, nothing feeds M */
    CHECK(strstr(yaml, "# 1 demands are left out") != NULL && strstr(yaml, "T: {kind: surface") != NULL);
    inp_done(&f);
}

static void memory_can_fail_at_every_point(void)
{
    inp_fixture f      = inp_given(INP_LEAST "[PATTERNS]\n 1 1 2\n");
    park_status status = PARK_E_MEMORY;
    size_t      n      = 0;
    while (status == PARK_E_MEMORY && n < 500) {
        park_arena          *arena = park_arena_new();
        park_text            out;
        park_inp_park_counts c;
        park_text_init(&out, arena);
        park_arena_fail_after(arena, ++n);
        status = park_inp_park(f.net, "n.inp", &out, &c, NULL);
        park_arena_free(arena);
    }
    CHECK(status == PARK_OK && n > 10);
    inp_done(&f);
}

int main(void)
{
    RUN(few_junctions_are_users_of_their_own);
    RUN(ids_of_odd_bytes_still_name_their_node);
    RUN(many_junctions_are_grouped_by_part_category_and_pattern);
    RUN(parts_without_a_reservoir);
    RUN(memory_can_fail_at_every_point);
    return park_test_done();
}
