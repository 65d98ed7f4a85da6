/*
 * load_text.h - a park loaded from text in a test: written to a folder of its own, loaded, its findings at hand.
 */
#ifndef PARK_TESTS_LOAD_TEXT_H
#define PARK_TESTS_LOAD_TEXT_H

#include "check.h"
#include "findings_text.h"
#include "load.h"

#include <stdlib.h>
#include <unistd.h>

typedef struct loaded_text {
    park_arena   *arena;
    park_findings findings;
    park_loaded   loaded;
    park_status   status;
    park_error    err;
} loaded_text;

/* A new folder below the build; the caller need not remove it. */
static inline const char *test_folder(void)
{
    static char folder[512];
    if (folder[0] == '\0') {
        snprintf(folder, sizeof folder, "%s/tests/load_XXXXXX", PARK_BINARY_DIR);
        if (mkdtemp(folder) == NULL)
            exit(1);
    }
    return folder;
}

static inline const char *test_file(const char *name, const char *text, size_t length)
{
    static char path[700];
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(text, 1, length, file) != length || fclose(file) != 0)
        exit(1);
    return path;
}

static inline loaded_text load_file(const char *path)
{
    loaded_text t = {.arena = park_arena_new()};
    park_findings_init(&t.findings, t.arena);
    t.status = park_load(path, NULL, t.arena, &t.loaded, &t.findings, &t.err);
    return t;
}

static inline loaded_text load_text(const char *text)
{
    return load_file(test_file("park.yaml", text, strlen(text)));
}

/* For a failing test: what was told. */
static inline void show(const loaded_text *t)
{
    park_text          out;
    park_finding_style style    = {.zh = false};
    park_findings      findings = t->findings;
    park_text_init(&out, t->arena);
    park_findings_print(&findings, &style, &out);
    fprintf(stderr, "%s %s\n%s\n", park_status_name(t->status), t->err.message, park_text_done(&out));
}

/* The n-th finding of a code, NULL when there is none. */
static inline const park_finding *found(const loaded_text *t, park_code code, size_t n)
{
    for (size_t i = 0; i < t->findings.count; i++)
        if (t->findings.items[i].code == code && n-- == 0)
            return &t->findings.items[i];
    return NULL;
}

static inline void done(loaded_text *t)
{
    park_arena_free(t->arena);
}

#endif
