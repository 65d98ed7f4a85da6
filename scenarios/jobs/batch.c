/* batch: every variant of a study, alone or over the ranks of mpirun and srun; the same command resumes. */
#include "jobs/batch_run.h"

#include "json.h"
#include "report/study.h"
#include "results/shard.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Busy time of the hands in all their time: 1 is best. */
static double efficiency(const park_batch *b)
{
    double all = b->work + b->write + b->wait;
    return all > 0.0 ? b->work / all : NAN;
}

static void tell_json(const park_batch *b, const park_study_record *r, const char *status)
{
    park_text text;
    park_json json;
    park_text_init(&text, b->context->arena);
    park_json_init(&json, &text);
    park_json_open(&json, NULL, '{');
    park_json_text(&json, "status", status);
    park_json_whole(&json, "variants", (int64_t)r->variants);
    park_json_whole(&json, "scenarios", (int64_t)b->unique);
    park_json_whole(&json, "done", (int64_t)r->done);
    park_json_whole(&json, "failed", (int64_t)r->failed);
    park_json_whole(&json, "lost", (int64_t)r->lost);
    park_json_whole(&json, "missing", (int64_t)r->missing);
    park_json_whole(&json, "found", (int64_t)b->found);
    park_json_whole(&json, "computed", (int64_t)b->computed);
    park_json_whole(&json, "hands_died", (int64_t)b->died);
    park_json_whole(&json, "ranks", b->cluster.ranks);
    park_json_whole(&json, "hands", (int64_t)b->cluster.ranks * b->context->options->threads);
    park_json_number(&json, "time_s", b->elapsed);
    park_json_number(&json, "work_s", b->work);
    park_json_number(&json, "write_s", b->write);
    park_json_number(&json, "wait_s", b->wait);
    park_json_number(&json, "efficiency", efficiency(b));
    park_json_whole(&json, "peak_memory", (int64_t)b->memory);
    park_json_close(&json, '}');
    park_text_char(&text, '\n');
    const char *done = park_text_done(&text);
    if (done != NULL)
        fputs(done, stdout);
}

static void tell_people(const park_batch *b, const park_study_record *r)
{
    bool zh = b->context->zh;
    printf(zh ? "%s：%zu 个方案，完成 %zu，失败 %zu，放弃 %zu，未算 %zu（此前已完成 %zu，本次计算 %zu）\n"
              : "%s: %zu variants, %zu done, %zu failed, %zu given up, %zu not computed (%zu were whole "
                "before, %zu computed now)\n",
           r->name, r->variants, r->done, r->failed, r->lost, r->missing, b->found, b->computed);
    if (b->computed + b->failed > 0)
        printf(zh ? "  %.1f 秒；计算 %.1f 秒，写盘 %.1f 秒，等待 %.1f 秒，有效率 %.1f %%\n"
                  : "  %.1f s; work %.1f s, write %.1f s, wait %.1f s, efficiency %.1f %%\n",
               b->elapsed, b->work, b->write, b->wait, 100.0 * efficiency(b));
    size_t told = 0;
    for (size_t i = 0; i < r->variants && told < 10; i++)
        if (strcmp(r->status[i], "failed") == 0 || strcmp(r->status[i], "lost") == 0) {
            printf("  [!] %s: %s\n", r->variant[i], r->reason[i]);
            told++;
        }
    if (r->failed + r->lost > told)
        printf(zh ? "  [!] 另有 %zu 个，见 summary.csv\n" : "  [!] and %zu more, see summary.csv\n",
               r->failed + r->lost - told);
    printf("  %s/study.h5  %s/summary.csv  %s/report.html\n", b->dir, b->dir, b->dir);
}

static const char *status_of(const park_batch *b, const park_study_record *r)
{
    if (park_cancel_why(b->context->cancel) != 0)
        return "interrupted";
    return r->failed + r->lost + r->missing > 0 ? "some_failed" : "done";
}

static park_status write_results(park_batch *b, park_study_record *r)
{
    park_arena *arena = b->context->arena;
    const char *h5    = park_arena_printf(arena, "%s/study.h5", b->dir),
               *csv   = park_arena_printf(arena, "%s/summary.csv", b->dir);
    const char *page  = park_arena_printf(arena, "%s/report.html", b->dir);
    if (h5 == NULL || csv == NULL || page == NULL)
        return PARK_FAIL(&b->error, PARK_E_MEMORY, "no memory for the names of the results");
    PARK_TRY(park_batch_table(b, r));
    PARK_TRY(park_study_results_write(r, h5, &b->error));
    PARK_TRY(park_batch_summary_write(r, csv, arena, &b->error));
    return park_study_report_write(r, page, b->context->zh, arena, &b->error);
}

static park_exit lead(park_batch *b)
{
    park_study_record record;
    park_status       status = park_batch_name(b);
    if (status != PARK_OK) {
        park_batch_dismiss(b);
        return park_batch_fail(b, status);
    }
    if (b->context->options->dry_run)
        return park_batch_dry_run(b);
    park_exit exit = park_batch_run(b);
    if (exit != PARK_EXIT_DONE)
        return exit;
    status = write_results(b, &record);
    if (status != PARK_OK)
        return park_batch_fail(b, status);
    if (b->context->options->json)
        tell_json(b, &record, status_of(b, &record));
    else
        tell_people(b, &record);
    return record.failed + record.lost + record.missing > 0 ? PARK_EXIT_SOME_FAILED : PARK_EXIT_DONE;
}

/* Told before anything is read. */
static const char *complaint(const park_options *options, bool zh)
{
    if (options->emit != NULL && strcmp(options->emit, "slurm") != 0)
        return zh ? "--emit 目前仅支持 slurm" : "--emit knows slurm alone";
    return NULL;
}

park_exit park_job_batch(park_job_context *context)
{
    static const park_batch NONE  = {.dir = NULL};
    park_batch             *b     = PARK_NEW(context->arena, park_batch);
    const char             *wrong = complaint(context->options, context->zh && !context->options->json);
    if (b == NULL)
        return PARK_EXIT_FILE;
    *b         = NONE;
    b->context = context;
    park_findings_init(&b->findings, context->arena);
    if (wrong != NULL)
        return park_batch_fail(b, PARK_FAIL(&b->error, PARK_E_INPUT, "%s", wrong));
    park_status status = PARK_OK;
    if (!context->options->dry_run && context->options->emit == NULL)
        status = park_cluster_join(&b->cluster, &b->error);
    else
        b->cluster = (park_cluster){.ranks = 1};
    if (status != PARK_OK)
        return park_batch_fail(b, status);
    context->silent = b->cluster.rank > 0; /* one of them speaks */
    park_exit exit  = park_batch_open(b, context);
    if (b->cluster.rank > 0)
        exit = park_batch_serve(b);
    else if (exit != PARK_EXIT_DONE)
        park_batch_dismiss(b);
    else if (context->options->emit != NULL)
        exit = park_batch_emit(b);
    else
        exit = lead(b);
    park_cluster_leave(&b->cluster);
    return exit;
}
