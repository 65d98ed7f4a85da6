/* doctor: what this build can do, what it was built with, and which jobs are still to come. */
#include "jobs/job.h"

#include "base/pool.h"
#include "json.h"
#include "units/kind.h"

#include <stdio.h>

static const char *const ROLES[PARK_ROLES] = {"source", "user", "treatment", "storage", "sink"};

park_exit park_job_doctor(park_job_context *context)
{
    park_text out;
    park_text_init(&out, context->arena);
    if (context->options->json) {
        park_json json;
        park_json_init(&json, &out);
        park_json_open(&json, NULL, '{');
        park_json_text(&json, "version", PARK_VERSION);
        park_json_text(&json, "commit", PARK_COMMIT);
        park_json_text(&json, "build", PARK_BUILD);
        park_json_text(&json, "libraries", PARK_LIBRARIES);
        park_json_whole(&json, "threads", park_pool_threads());
        park_json_open(&json, "kinds", '[');
        for (const park_unit_kind *const *kind = park_unit_kinds(); *kind != NULL; kind++)
            park_json_text(&json, NULL, (*kind)->word);
        park_json_close(&json, ']');
        park_json_open(&json, "jobs_absent", '[');
        for (const park_job *job = PARK_JOBS; job->word != NULL; job++)
            if (job->run == NULL)
                park_json_text(&json, NULL, job->word);
        park_json_close(&json, ']');
        park_json_close(&json, '}');
        park_text_char(&out, '\n');
    } else {
        bool zh = context->zh;
        park_text_printf(&out,
                         zh ? "parkwater %s（%s）\n编译：%s\n库：%s\n可用线程：%d\n"
                            : "parkwater %s (%s)\nbuilt: %s\nlibraries: %s\nthreads offered: %d\n",
                         PARK_VERSION, PARK_COMMIT, PARK_BUILD, PARK_LIBRARIES, park_pool_threads());
        park_text_add(&out, zh ? "单元类型：\n" : "unit kinds:\n");
        for (const park_unit_kind *const *kind = park_unit_kinds(); *kind != NULL; kind++)
            park_text_printf(&out, "  %-9s %-14s %s\n", ROLES[(*kind)->role], (*kind)->word,
                             park_label_text((*kind)->label, zh));
        park_text_add(&out, zh ? "尚未提供的任务：" : "jobs not yet in this version:");
        for (const park_job *job = PARK_JOBS; job->word != NULL; job++)
            if (job->run == NULL)
                park_text_printf(&out, " %s", job->word);
        park_text_char(&out, '\n');
    }
    const char *done = park_text_done(&out);
    return done != NULL && fputs(done, stdout) != EOF ? PARK_EXIT_DONE : PARK_EXIT_FILE;
}
