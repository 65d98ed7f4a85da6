/* report: the page of a run again, or its document or workbook, from its result file alone; nothing is computed anew. */
#include "jobs/job.h"

#include "json.h"
#include "report/report.h"
#include "report/report_document.h"
#include "report/tables.h"
#include "results/saved.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool ends(const char *path, const char *with)
{
    size_t length = strlen(path), tail = strlen(with);
    return length > tail && strcasecmp(path + length - tail, with) == 0;
}

static park_exit tell(const park_job_context *context, const park_saved *saved)
{
    const char *of = park_label_text(saved->model.name, context->zh);
    if (of[0] == '\0')
        of = context->options->argument[0];
    const char *out = context->options->output;
    if (!context->options->json) {
        if (saved->record.interrupted)
            fputs(context->zh ? "注意：该次计算曾被中断，网页上已注明\n"
                              : "mind: that run was interrupted; its page says so\n",
                  stderr);
        printf(context->zh ? "%s 的报告：%s\n" : "the report of %s: %s\n", of, out);
        return PARK_EXIT_DONE;
    }
    park_text text;
    park_json json;
    park_text_init(&text, context->arena);
    park_json_init(&json, &text);
    park_json_open(&json, NULL, '{');
    park_json_text(&json, "job", "report");
    park_json_text(&json, "status", "done");
    park_json_text(&json, "park", of);
    park_json_text(&json, "run", context->options->argument[0]);
    park_json_text(&json, "output", out);
    park_json_bool(&json, "interrupted", saved->record.interrupted);
    park_json_open(&json, "findings", '[');
    park_json_close(&json, ']');
    park_json_close(&json, '}');
    park_text_char(&text, '\n');
    const char *done = park_text_done(&text);
    return done != NULL && fputs(done, stdout) != EOF ? PARK_EXIT_DONE : PARK_EXIT_FILE;
}

typedef park_status (*writer)(const park_run_record *record, const char *path, bool zh, park_arena *arena,
                              park_error *err);

static writer writer_of(const char *path)
{
    static const struct {
        const char *ending;
        writer      write;
    } WRITERS[] = {{".html", park_report_write},
                   {".htm", park_report_write},
                   {".docx", park_report_document},
                   {".xlsx", park_tables_workbook}};
    for (size_t i = 0; i < sizeof WRITERS / sizeof *WRITERS; i++)
        if (ends(path, WRITERS[i].ending))
            return WRITERS[i].write;
    return NULL;
}

static park_status write_again(const park_job_context *context, park_saved *saved, park_error *err)
{
    const char *from = context->options->argument[0], *to = context->options->output;
    writer      write = writer_of(to);
    if (write == NULL)
        return PARK_FAIL(err, PARK_E_INPUT,
                         context->zh ? "-o 须以 .html、.docx 或 .xlsx 结尾，而不是 %s"
                                     : "-o must end in .html, .docx or .xlsx, which %s does not",
                         to);
    PARK_TRY(park_saved_read(from, context->arena, saved, err));
    PARK_TRY(park_saved_page(saved, context->arena, err));
    return write(&saved->record, to, context->zh, context->arena, err);
}

park_exit park_job_report(park_job_context *context)
{
    park_saved *saved  = PARK_NEW(context->arena, park_saved);
    park_error  error  = {0};
    park_status status = saved != NULL ? write_again(context, saved, &error) : PARK_E_MEMORY;
    if (status != PARK_OK) {
        park_findings none;
        park_findings_init(&none, context->arena);
        return park_job_fail(context, status, &error, &none);
    }
    return tell(context, saved);
}
