#include "jobs/job.h"

#include "findings_text.h"

#include <stdio.h>

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
