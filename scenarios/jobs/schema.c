/* schema: the JSON Schema of a scenario, a study or a region. */
#include "jobs/job.h"

#include "load.h"

#include <stdio.h>
#include <string.h>

static const char *const DOCUMENTS[] = {
    [PARK_DOCUMENT_PARK] = "park", [PARK_DOCUMENT_STUDY] = "study", [PARK_DOCUMENT_REGION] = "region"};

park_exit park_job_schema(park_job_context *context)
{
    const char *wanted = context->options->arguments > 0 ? context->options->argument[0] : "park";
    for (int d = PARK_DOCUMENT_PARK; d <= PARK_DOCUMENT_REGION; d++) {
        if (strcmp(DOCUMENTS[d], wanted) != 0)
            continue;
        park_text  out;
        park_error error = {0};
        park_text_init(&out, context->arena);
        park_status status = park_schema_write((park_document)d, &out, &error);
        const char *done   = park_text_done(&out);
        if (status != PARK_OK || done == NULL) {
            fprintf(stderr, "parkwater: %s\n", error.message);
            return park_exit_of(status != PARK_OK ? status : PARK_E_MEMORY);
        }
        return fputs(done, stdout) != EOF ? PARK_EXIT_DONE : PARK_EXIT_FILE;
    }
    fprintf(stderr,
            context->zh ? "没有文档类型 '%s'；可用 park、study、region\n"
                        : "there is no document '%s'; there are park, study and region\n",
            wanted);
    return PARK_EXIT_INPUT;
}
