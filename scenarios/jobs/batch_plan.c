/* What a batch would do: --dry-run; and the script that does it on a cluster: --emit slurm. */
#include "jobs/batch_run.h"

#include "jobs/batch_crew.h"
#include "json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/resource.h>
#include <unistd.h>

/* ---- one variant tried ---- */

typedef struct trial {
    double   seconds; /* NAN: it did not end well */
    uint64_t memory;  /* [bytes] */
    int      exit;
} trial;

/* The base computed in a process of its own, which is thrown away: its time, and the memory that one hand needs. */
static trial try_base(park_batch *b)
{
    trial         t = {.seconds = NAN, .exit = PARK_EXIT_INTERNAL};
    int           up[2], status = 0;
    struct rusage before, after;
    if (pipe(up) != 0)
        return t;
    getrusage(RUSAGE_CHILDREN, &before);
    fflush(NULL);
    double begun   = park_clock_seconds();
    pid_t  process = fork();
    if (process == 0) {
        park_variant_settings settings = {
            .variants = &b->variants, .options = b->context->options, .cancel = b->context->cancel};
        park_arena      *arena = park_arena_new();
        park_variant_row row;
        park_variant_end end;
        park_variant_compute(&settings, b->variants.count, arena, &row, &end, NULL);
        _exit((int)end.exit);
    }
    close(up[0]), close(up[1]);
    if (process < 0 || waitpid(process, &status, 0) != process)
        return t;
    t.exit = WIFEXITED(status) ? WEXITSTATUS(status) : PARK_EXIT_INTERNAL;
    if (t.exit == PARK_EXIT_DONE)
        t.seconds = park_clock_seconds() - begun;
    if (getrusage(RUSAGE_CHILDREN, &after) == 0)
        t.memory = (uint64_t)after.ru_maxrss * 1024;
    return t;
}

/* How many scenarios stand whole in the folder already, without touching it. */
static size_t count_whole(park_batch *b)
{
    size_t      whole = 0;
    struct stat info;
    for (size_t i = 0; i < b->variants.count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/shards/%s.h5", b->dir, b->hash[i]);
        whole += b->twin[i] == i && stat(path, &info) == 0;
    }
    return whole;
}

park_exit park_batch_dry_run(park_batch *b)
{
    const park_options *options = b->context->options;
    bool                zh      = b->context->zh;
    size_t              whole = count_whole(b), left = b->unique - whole;
    trial               t     = try_base(b);
    double              hands = (double)(options->ranks > 0 ? options->ranks : 1) * (double)options->threads;
    double              expected = t.seconds * ceil((double)left / hands);
    if (options->json) {
        park_text text;
        park_json json;
        park_text_init(&text, b->context->arena);
        park_json_init(&json, &text);
        park_json_open(&json, NULL, '{');
        park_json_text(&json, "status", "dry_run");
        park_json_whole(&json, "variants", (int64_t)b->variants.count);
        park_json_whole(&json, "scenarios", (int64_t)b->unique);
        park_json_whole(&json, "found", (int64_t)whole);
        park_json_number(&json, "hands", hands);
        park_json_number(&json, "variant_s", t.seconds);
        park_json_number(&json, "time_s", expected);
        park_json_whole(&json, "memory_per_hand", (int64_t)t.memory);
        park_json_open(&json, "first", '[');
        for (size_t i = 0; i < b->variants.count && i < 10; i++)
            park_json_text(&json, NULL, park_variants_name(&b->variants, i, b->context->arena));
        park_json_close(&json, ']');
        park_json_close(&json, '}');
        park_text_char(&text, '\n');
        const char *done = park_text_done(&text);
        if (done != NULL)
            fputs(done, stdout);
        return PARK_EXIT_DONE;
    }
    printf(zh ? "%zu 个方案，%zu 个不同的情景，%zu 个已完成；计算进程 %.0f 个\n"
              : "%zu variants, %zu different scenarios, %zu whole already; %.0f hands\n",
           b->variants.count, b->unique, whole, hands);
    if (isfinite(t.seconds))
        printf(zh ? "  基准方案用时 %.3g 秒，每个计算进程约需内存 %.0f MiB；预计总用时 %.3g 秒\n"
                  : "  the base takes %.3g s; about %.0f MiB for each hand; expected in all: %.3g s\n",
               t.seconds, (double)t.memory / 1048576.0, expected);
    else
        printf(zh ? "  基准方案未算成（退出码 %d），无法估计用时\n"
                  : "  the base did not end well (exit %d): no time can be told\n",
               t.exit);
    for (size_t i = 0; i < b->variants.count && i < 10; i++) {
        const char *name = park_variants_name(&b->variants, i, b->context->arena);
        printf("  %s\n", name != NULL ? name : "?");
    }
    if (b->variants.count > 10)
        printf("  ...\n");
    return PARK_EXIT_DONE;
}

/* ---- a script for Slurm ---- */

/* A word as the shell reads it back. */
static void put_word(park_text *out, const char *word)
{
    if (word[0] != '\0' &&
        strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=+:,") ==
            strlen(word)) {
        park_text_add(out, word);
        return;
    }
    park_text_char(out, '\'');
    for (; *word != '\0'; word++)
        park_text_add(out, *word == '\'' ? "'\\''" : (char[2]){*word, '\0'});
    park_text_char(out, '\'');
}

/* The command as it was given, less what asked for the script. */
static void put_command(park_text *out, const park_job_context *context)
{
    for (int i = 1; i < context->argc; i++) {
        const char *word = context->argv[i];
        if (strcmp(word, "--emit") == 0 || strcmp(word, "--ranks") == 0) {
            i++;
            continue;
        }
        if (strncmp(word, "--emit=", 7) == 0 || strncmp(word, "--ranks=", 8) == 0)
            continue;
        park_text_char(out, ' ');
        put_word(out, word);
    }
}

park_exit park_batch_emit(park_batch *b)
{
    const park_options *options = b->context->options;
    long long           ranks   = options->ranks > 0 ? (long long)options->ranks : 4;
    park_text           text;
    park_text_init(&text, b->context->arena);
    park_text_printf(
        &text,
        "#!/bin/bash\n"
        "# %zu variants. Send it with: sbatch FILE. Sent again, or requeued, it goes on where it was.\n"
        "#SBATCH --job-name=parkwater\n"
        "#SBATCH --ntasks=%lld\n"
        "#SBATCH --cpus-per-task=%lld\n"
        "#SBATCH --requeue\n"
        "#SBATCH --open-mode=append\n"
        "#SBATCH --signal=B:TERM@120\n"
        "# Set what your cluster asks for: --partition, --account, --time, --mem-per-cpu.\n"
        "set -u\n"
        "export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1\n"
        "program=${PARKWATER:-parkwater}\n",
        b->variants.count, ranks, (long long)options->threads);
    park_text_add(
        &text,
        "again=0\n"
        "# Two minutes before the time is up: what is whole is kept, and the job waits for its next turn.\n"
        "trap 'again=1; kill -TERM \"$batch\" 2>/dev/null' TERM\n"
        "mpirun --bind-to none -n \"$SLURM_NTASKS\" \"$program\"");
    put_command(&text, b->context);
    park_text_add(&text, " &\n"
                         "batch=$!\n"
                         "wait \"$batch\"; status=$?\n"
                         "while kill -0 \"$batch\" 2>/dev/null; do wait \"$batch\"; status=$?; done\n"
                         "if [ \"$again\" = 1 ]; then\n"
                         "    scontrol requeue \"$SLURM_JOB_ID\"\n"
                         "    exit 0\n"
                         "fi\n"
                         "exit \"$status\"\n");
    const char *done = park_text_done(&text);
    if (done == NULL || fputs(done, stdout) == EOF)
        return PARK_EXIT_FILE;
    return PARK_EXIT_DONE;
}
