#include "jobs/job.h"

#include "findings_text.h"
#include "json.h"

#include <stdio.h>

/* What a park leaves unused, every time it is read: of interest where it is checked. */
static bool is_unused(park_code code)
{
    return code == PARK_W0510 || code == PARK_N0530;
}

void park_job_tell_park(const park_job_context *context, const park_findings *findings)
{
    park_findings told = *findings;
    if (context->options->json || context->silent)
        return;
    told.items = PARK_ARRAY(context->arena, findings->count, park_finding);
    if (context->tells_all || context->options->verbose || findings->errors > 0 || told.items == NULL) {
        park_job_tell(context, findings, 0, 0);
        return;
    }
    told.count = 0;
    for (size_t i = 0; i < findings->count; i++)
        if (!is_unused(findings->items[i].code))
            told.items[told.count++] = findings->items[i];
    park_job_tell(context, &told, 0, 0);
    size_t unused = findings->count - told.count;
    if (unused > 0)
        fprintf(stderr,
                context->zh ? "未使用的单元、不适用的措施：%zu 处（W0510、N0530），用 check 或 -v 列出\n"
                            : "not used or not applicable: %zu (W0510, N0530), told by check or with -v\n",
                unused);
}

void park_job_tell(const park_job_context *context, const park_findings *findings, size_t from,
                   size_t errors_from)
{
    park_findings      told  = *findings;
    park_finding_style style = {.zh = context->zh, .file = context->options->argument[0]};
    park_text          text;
    if (findings->count <= from || context->options->json || context->silent)
        return;
    told.items += from;
    told.count -= from;
    told.errors -= errors_from;
    park_text_init(&text, context->arena);
    park_findings_print(&told, &style, &text);
    const char *done = park_text_done(&text);
    if (done != NULL)
        fputs(done, stderr);
}

park_exit park_job_fail(const park_job_context *context, park_status status, const park_error *error,
                        park_findings *findings)
{
    bool zh = context->zh, said = error->message[0] != '\0';
    if (!context->options->json) {
        const char *colon = zh ? "：" : ": ";
        fprintf(stderr, "parkwater%s%s%s%s\n", colon,
                zh ? park_status_sentence_zh(status) : park_status_sentence(status), said ? colon : "",
                error->message);
        return park_exit_of(status);
    }
    park_text text, list;
    park_json json;
    park_text_init(&text, context->arena);
    park_text_init(&list, context->arena);
    park_findings_json(findings, &list);
    park_json_init(&json, &text);
    park_json_open(&json, NULL, '{');
    park_json_text(&json, "status", "error");
    park_json_text(&json, "error", said ? error->message : park_status_sentence(status));
    park_json_raw(&json, "findings", park_text_done(&list));
    park_json_close(&json, '}');
    park_text_char(&text, '\n');
    const char *done = park_text_done(&text);
    if (done != NULL)
        fputs(done, stdout);
    return park_exit_of(status);
}
