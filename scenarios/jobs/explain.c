/* explain: what an error code means and what to do. */
#include "jobs/job.h"

#include "json.h"

#include "base/finding.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

park_exit park_job_explain(park_job_context *context)
{
    char   name[16];
    size_t length = strlen(context->options->argument[0]);
    for (size_t i = 0; i <= length && i < sizeof name; i++)
        name[i] = (char)toupper((unsigned char)context->options->argument[0][i]);
    park_code code = length < sizeof name ? park_code_find(name) : PARK_CODE_COUNT;
    if (code == PARK_CODE_COUNT) {
        fprintf(stderr, context->zh ? "没有代码 %s；可用代码：" : "there is no code %s; there are:",
                context->options->argument[0]);
        for (int c = 0; c < PARK_CODE_COUNT; c++)
            fprintf(stderr, " %s", park_code_name((park_code)c));
        fputc('\n', stderr);
        return PARK_EXIT_INPUT;
    }
    park_text out;
    park_text_init(&out, context->arena);
    if (context->options->json) {
        park_json json;
        park_json_init(&json, &out);
        park_json_open(&json, NULL, '{');
        park_json_text(&json, "code", park_code_name(code));
        park_json_text(&json, "title", park_code_title(code, context->zh));
        park_json_text(&json, "text", park_code_explain(code, context->zh));
        park_json_close(&json, '}');
        park_text_char(&out, '\n');
    } else {
        park_text_printf(&out, "%s  %s\n\n%s\n", park_code_name(code), park_code_title(code, context->zh),
                         park_code_explain(code, context->zh));
    }
    const char *done = park_text_done(&out);
    return done != NULL && fputs(done, stdout) != EOF ? PARK_EXIT_DONE : PARK_EXIT_FILE;
}
