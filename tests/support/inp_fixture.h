/* inp_fixture.h - networks from short INP texts. */
#ifndef PARK_TESTS_INP_FIXTURE_H
#define PARK_TESTS_INP_FIXTURE_H

#include "import/inp.h"
#include "check.h"

typedef struct inp_fixture {
    park_arena   *arena;
    park_findings findings;
    park_network *net;
    park_status   status;
    park_error    err;
} inp_fixture;

/* A reservoir R, a junction J and a pipe P between them, and what else is wanted. */
#define INP_LEAST                                                                                            \
    "[JUNCTIONS]\n J 10 5\n[RESERVOIRS]\n R 50\n[PIPES]\n P R J 1000 300 130\n[OPTIONS]\n UNITS LPS\n"

static inline inp_fixture inp_given_bytes(const char *text, size_t length)
{
    inp_fixture f = {.arena = park_arena_new()};
    park_findings_init(&f.findings, f.arena);
    f.status = park_inp_read(f.arena, "net.inp", text, length, &f.net, &f.findings, &f.err);
    return f;
}

static inline inp_fixture inp_given(const char *text)
{
    return inp_given_bytes(text, strlen(text));
}

static inline void inp_done(inp_fixture *f)
{
    park_arena_free(f->arena);
}

static inline int32_t inp_node_named(const inp_fixture *f, const char *id)
{
    return park_names_find(&f->net->node.names, id, strlen(id));
}

static inline int32_t inp_link_named(const inp_fixture *f, const char *id)
{
    return park_names_find(&f->net->link.names, id, strlen(id));
}

/* The finding of this code in this line, NULL. */
static inline const park_finding *inp_finding(const inp_fixture *f, park_code code, int line)
{
    for (size_t i = 0; i < f->findings.count; i++)
        if (f->findings.items[i].code == code && (line == 0 || f->findings.items[i].line == line))
            return &f->findings.items[i];
    return NULL;
}

/* One mistake: the text is refused for this code at this line and column. */
static inline void inp_refused(const char *text, park_code code, int line, int column)
{
    inp_fixture         f       = inp_given(text);
    const park_finding *finding = inp_finding(&f, code, line);
    CHECK(f.status == PARK_E_INPUT);
    CHECK(finding != NULL);
    if (finding != NULL && column > 0)
        CHECK(finding->column == column);
    if (finding == NULL)
        for (size_t i = 0; i < f.findings.count; i++)
            fprintf(stderr, "  %s:%d: %s\n", park_code_name(f.findings.items[i].code),
                    f.findings.items[i].line, f.findings.items[i].en);
    inp_done(&f);
}

/* The text after what every network needs; lines of the addition count from 9. */
#define INP_REFUSED(addition, code, line, column) inp_refused(INP_LEAST addition, code, 8 + (line), column)

#endif
