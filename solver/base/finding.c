#include "base/finding.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name, *en, *zh, *explain_en, *explain_zh;
} CODES[] = {
#define PARK_CODE(code, en, zh, explain_en, explain_zh) {#code, en, zh, explain_en, explain_zh},
#include "base/codes.def"
#undef PARK_CODE
};

void park_findings_init(park_findings *findings, park_arena *arena)
{
    memset(findings, 0, sizeof *findings);
    findings->arena = arena;
}

static char *print(park_arena *arena, const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    int   length = vsnprintf(NULL, 0, fmt, args);
    char *text   = length < 0 ? NULL : park_array(arena, (size_t)length + 1, 1);
    if (text != NULL)
        vsnprintf(text, (size_t)length + 1, fmt, again);
    va_end(again);
    return text;
}

park_finding *park_finding_add(park_findings *findings, park_code code, park_severity severity,
                               const char *path, const char *en, const char *zh, ...)
{
    if (severity == PARK_ERROR)
        findings->errors++;
    if (findings->count >= PARK_FINDINGS_MOST ||
        !PARK_GROW(findings->arena, findings->items, findings->count, findings->capacity)) {
        findings->dropped++;
        return NULL;
    }
    park_finding *f = &findings->items[findings->count];
    memset(f, 0, sizeof *f);
    va_list args;
    va_start(args, zh);
    f->en = print(findings->arena, en, args);
    va_end(args);
    va_start(args, zh);
    f->zh = print(findings->arena, zh, args);
    va_end(args);
    f->path = path == NULL ? NULL : park_arena_text(findings->arena, path, strlen(path));
    if (f->en == NULL || f->zh == NULL || (path != NULL && f->path == NULL)) {
        findings->dropped++;
        return NULL;
    }
    f->code     = code;
    f->severity = severity;
    findings->count++;
    return f;
}

const char *park_code_name(park_code code)
{
    return code < PARK_CODE_COUNT ? CODES[code].name : "?";
}

const char *park_code_title(park_code code, bool zh)
{
    return code < PARK_CODE_COUNT ? (zh ? CODES[code].zh : CODES[code].en) : "?";
}

const char *park_code_explain(park_code code, bool zh)
{
    return code < PARK_CODE_COUNT ? (zh ? CODES[code].explain_zh : CODES[code].explain_en) : "?";
}

park_code park_code_find(const char *name)
{
    for (int i = 0; i < PARK_CODE_COUNT; i++)
        if (strcmp(CODES[i].name, name) == 0)
            return (park_code)i;
    return PARK_CODE_COUNT;
}
