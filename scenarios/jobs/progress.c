#include "jobs/progress.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const double LINE_EVERY = 30.0; /* [s] between lines in a log */
static const double BAR_EVERY  = 0.1;  /* [s] between redraws on a terminal */

void park_progress_begin(park_progress *progress, const park_job_context *context, const char *en,
                         const char *zh)
{
    const char *term  = getenv("TERM");
    progress->context = context;
    progress->en      = en;
    progress->zh      = zh;
    progress->quiet   = context->options->quiet;
    progress->bar     = isatty(STDERR_FILENO) && (term == NULL || strcmp(term, "dumb") != 0);
    progress->started = progress->told = park_clock_seconds();
    progress->tenths                   = 0;
}

static bool stop(const park_progress *progress)
{
    return park_cancel_why(progress->context->cancel) != 0;
}

static const char *what(const park_progress *progress)
{
    return progress->context->zh ? progress->zh : progress->en;
}

bool park_progress_share(void *user, double share)
{
    park_progress *progress = user;
    if (progress->quiet)
        return stop(progress);
    double now    = park_clock_seconds();
    int    tenths = (int)(share * 10.0);
    if (progress->bar && now - progress->told >= BAR_EVERY) {
        int filled = (int)(share * 40.0);
        fprintf(stderr, "\r%s [%.*s%.*s] %3.0f %%", what(progress), filled,
                "########################################", 40 - filled,
                "                                        ", 100.0 * share);
        progress->told = now;
    } else if (!progress->bar && now - progress->started > 2.0 &&
               (tenths > progress->tenths || now - progress->told >= LINE_EVERY)) {
        fprintf(stderr, "%s: %.0f %%, %.0f s\n", what(progress), 100.0 * share, now - progress->started);
        progress->told   = now;
        progress->tenths = tenths;
    }
    return stop(progress);
}

bool park_progress_tree(void *user, double incumbent, double bound, double gap, uint64_t nodes,
                        double seconds)
{
    park_progress *progress = user;
    if (progress->quiet)
        return stop(progress);
    double now   = park_clock_seconds();
    double every = progress->bar ? BAR_EVERY : LINE_EVERY;
    if (now - progress->told < every)
        return stop(progress);
    char best[32] = "-", open[32] = "-";
    if (isfinite(incumbent))
        snprintf(best, sizeof best, "%.6g", incumbent);
    if (isfinite(gap))
        snprintf(open, sizeof open, "%.2f %%", 100.0 * gap);
    fprintf(stderr,
            progress->context->zh ? "%s%s：最好解 %s，下界 %.6g，间隙 %s，节点 %" PRIu64
                                    "（%.0f 个/秒），%.0f 秒%s"
                                  : "%s%s: best %s, bound %.6g, gap %s, %" PRIu64 " nodes (%.0f/s), %.0f s%s",
            progress->bar ? "\r\033[K" : "", what(progress), best, bound, open, nodes,
            seconds > 0.0 ? (double)nodes / seconds : 0.0, seconds, progress->bar ? "" : "\n");
    progress->told = now;
    return stop(progress);
}

void park_progress_end(park_progress *progress)
{
    if (progress->bar && !progress->quiet)
        fputs("\r\033[K", stderr);
}
