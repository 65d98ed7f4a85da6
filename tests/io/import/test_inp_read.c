/* The whole reader: rich networks, the public ones, memory that fails. */
#include "inp_fixture.h"
#include "inp_rich.h"
#include "shared_networks.h"

static void a_network_with_everything_is_read_without_a_word(void)
{
    inp_fixture f = inp_given(INP_RICH);
    CHECK(f.status == PARK_OK && f.findings.count == 0);
    for (size_t i = 0; i < f.findings.count; i++)
        fprintf(stderr, "%s %d %s\n", park_code_name(f.findings.items[i].code), f.findings.items[i].line,
                f.findings.items[i].en);
    CHECK(f.net->node.count == 11 && f.net->link.count == 20 && f.net->demand.count == 6);
    CHECK_TEXT(f.net->origin.title, "A park's own network\nsecond line ; kept");
    CHECK_TEXT(f.net->origin.report, " Status Yes\n Summary No");
    CHECK_TEXT(f.net->origin.labels, " 1 1 \"a label\"");
    inp_done(&f);
}

static void sections_may_stand_in_any_order(void)
{
    /* the same sections from the last to the first */
    static char reversed[sizeof INP_RICH + 8];
    const char *end = strstr(INP_RICH, "[END]"), *at = end;
    while (at > INP_RICH) {
        const char *start = at - 1;
        while (start > INP_RICH && !(*start == '[' && start[-1] == '\n'))
            start--;
        strncat(reversed, start, (size_t)(at - start));
        at = start;
    }
    inp_fixture a = inp_given(INP_RICH), b = inp_given(reversed);
    park_text   x, y;
    park_text_init(&x, a.arena);
    park_text_init(&y, b.arena);
    CHECK(b.status == PARK_OK && b.findings.count == 0);
    CHECK(park_inp_write(a.net, NULL, &x, NULL) == PARK_OK &&
          park_inp_write(b.net, NULL, &y, NULL) == PARK_OK);
    CHECK_TEXT(x.data, y.data);
    inp_done(&a);
    inp_done(&b);
}

static void all_mistakes_are_told_and_counted(void)
{
    park_text   text;
    inp_fixture f = {.arena = park_arena_new()};
    park_text_init(&text, f.arena);
    park_text_add(&text, INP_LEAST "[EMITTERS]\n");
    for (int i = 0; i < 80; i++)
        park_text_printf(&text, " X%d 1\n", i);
    inp_fixture g = inp_given(park_text_done(&text));
    CHECK(g.status == PARK_E_INPUT && g.findings.errors == 80 && g.findings.count == 50 && g.net != NULL);
    inp_done(&g);
    inp_done(&f);
}

static void the_public_networks_are_read_without_an_error(void)
{
    static char path[SHARED_NETWORKS_MOST][700];
    int         count = shared_networks(path), refused = 0;
    if (count == 0)
        printf("  (left out: no ../shared)\n");
    for (int i = 0; i < count; i++) {
        inp_fixture f = {.arena = park_arena_new()};
        park_findings_init(&f.findings, f.arena);
        f.status = park_inp_read_file(f.arena, path[i], &f.net, &f.findings, &f.err);
        if (f.status != PARK_OK) {
            fprintf(stderr, "%s: %s\n", path[i],
                    f.findings.count > 0 ? f.findings.items[0].en : f.err.message);
            refused++;
        }
        inp_done(&f);
    }
    CHECK(refused == 0);
}

static void memory_can_fail_at_every_point(void)
{
    park_status status = PARK_E_MEMORY;
    size_t      n      = 0;
    while (status == PARK_E_MEMORY && n < 5000) {
        inp_fixture f = {.arena = park_arena_new()};
        park_findings_init(&f.findings, f.arena);
        park_arena_fail_after(f.arena, ++n);
        status = park_inp_read(f.arena, "n", INP_RICH, sizeof INP_RICH - 1, &f.net, &f.findings, &f.err);
        inp_done(&f);
    }
    CHECK(status == PARK_OK && n > 100);
}

static void a_file_that_is_not_there(void)
{
    inp_fixture f = {.arena = park_arena_new()};
    park_findings_init(&f.findings, f.arena);
    CHECK(park_inp_read_file(f.arena, "/nowhere/net.inp", &f.net, &f.findings, &f.err) == PARK_E_FILE);
    CHECK(f.net == NULL && f.err.message[0] != '\0');
    inp_done(&f);
    CHECK(park_inp_named("a.inp") && park_inp_named("b/a.INP") && !park_inp_named(".inp") &&
          !park_inp_named("inp"));
}

int main(void)
{
    RUN(a_network_with_everything_is_read_without_a_word);
    RUN(sections_may_stand_in_any_order);
    RUN(all_mistakes_are_told_and_counted);
    RUN(the_public_networks_are_read_without_an_error);
    RUN(memory_can_fail_at_every_point);
    RUN(a_file_that_is_not_there);
    return park_test_done();
}
