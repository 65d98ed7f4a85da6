/*
 * finding.h - what is wrong with an input or noteworthy in a result: coded, placed, bilingual, collected.
 * Looks down on: arena, status.
 *
 * A code stands in codes.def once, with its short title in both languages and a longer explanation for
 * `parkwater explain`. Messages are printf formats in English and Chinese that take the same arguments in the
 * same order.
 */
#ifndef PARK_BASE_FINDING_H
#define PARK_BASE_FINDING_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum park_code {
#define PARK_CODE(code, en, zh, explain_en, explain_zh) PARK_##code,
#include "base/codes.def"
#undef PARK_CODE
    PARK_CODE_COUNT
} park_code;

typedef enum park_severity { PARK_NOTE, PARK_WARNING, PARK_ERROR } park_severity;

typedef struct park_finding {
    park_code     code;
    park_severity severity;
    const char   *en, *zh; /* one sentence each, arena-owned */
    const char   *path;    /* "users.dyeing.demand", or NULL */
    const char   *file;    /* filled by the loader from the path when a file was read; else NULL */
    int           line, column, length; /* 1-based; 0 unknown; length of the underlined text in characters */
    const char   *source;               /* the source line, or NULL */
    int  source_column; /* where in `source` the place stands when a long line was cut; 0: at `column` */
    bool cell;          /* of a worksheet: line is its row, column its column ("C7") */
} park_finding;

typedef struct park_findings {
    park_arena   *arena; /* borrowed */
    park_finding *items;
    size_t        count, capacity;
    size_t        errors;  /* how many are PARK_ERROR, including those dropped */
    size_t        dropped; /* beyond PARK_FINDINGS_MOST */
} park_findings;

enum { PARK_FINDINGS_MOST = 50 };

void park_findings_init(park_findings *findings, park_arena *arena);

/**
 * Add a finding at `path`. `en` and `zh` are printf formats over the same arguments.
 * @return the finding, to fill its place; NULL when it was dropped (too many, or out of memory: counted
 * anyway)
 */
park_finding *park_finding_add(park_findings *findings, park_code code, park_severity severity,
                               const char *path, const char *en, const char *zh, ...);

/* "E0312", its title and its explanation. */
const char *park_code_name(park_code code);
const char *park_code_title(park_code code, bool zh);
const char *park_code_explain(park_code code, bool zh);
/* The code of a name such as "E0312"; PARK_CODE_COUNT when there is none. */
park_code park_code_find(const char *name);

#endif
