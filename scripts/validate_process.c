/*
 * Process references computed by this project:  validate_process [--data DIR] [--failed] [--tab]
 * A row a figure: folder, case, quantity, expected, got, error, tolerance, verdict; with --tab between tabs, for
 * scripts/validate process. Exit 1 when one is beyond its tolerance, 2 for words it does not know, 77 when no folder under DIR
 * holds cases.
 */
#include "process_cases.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct print {
    bool   failed_only, tabs;
    double worst;
    char   worst_name[200];
} print;

static void row(const process_row *r, void *context)
{
    print *p     = context;
    bool   held  = r->error <= r->tolerance;
    double share = r->error / r->tolerance;
    if (!(share <= p->worst)) {
        p->worst = share;
        snprintf(p->worst_name, sizeof p->worst_name, "%s, %s", r->id, r->quantity);
    }
    if (p->tabs)
        printf("%s\t%s\t%s\t%.8g\t%.8g\t%.3e\t%.1e\t%s\t%s\n", r->folder, r->id, r->quantity, r->expected, r->got,
               r->error, r->tolerance, r->relative ? "rel" : "abs", held ? "ok" : "OUT");
    else if (!held || !p->failed_only)
        printf("%-10s %-28s %-28s %14.8g %14.8g %10.2e %8.1e%s %s\n", r->folder, r->id, r->quantity,
               r->expected, r->got, r->error, r->tolerance, r->relative ? " rel" : " abs",
               held ? "ok" : "OUT");
}

int main(int count, char **word)
{
    const char *shared = getenv("PARK_SHARED");
    char        data[400];
    bool        failed_only = false, tabs = false;
    snprintf(data, sizeof data, "%s/data/process", shared != NULL ? shared : "../shared");
    for (int i = 1; i < count; i++) {
        if (strcmp(word[i], "--failed") == 0)
            failed_only = true;
        else if (strcmp(word[i], "--tab") == 0)
            tabs = true;
        else if (strcmp(word[i], "--data") == 0 && i + 1 < count)
            snprintf(data, sizeof data, "%s", word[++i]);
        else {
            fprintf(stderr, "usage: validate_process [--data DIR] [--failed] [--tab]\n");
            return 2;
        }
    }
    park_arena *arena = park_arena_new();
    int         read = 0, out = 0;
    if (arena == NULL)
        return 1;
    if (!tabs)
        printf("%-10s %-28s %-28s %14s %14s %10s %12s\n", "folder", "case", "quantity", "expected", "got",
           "error", "tolerance");
    for (int i = 0; i < PROCESS_FOLDER_COUNT; i++) {
        print          p      = {.failed_only = failed_only, .tabs = tabs};
        process_report report = {.sink = row, .context = &p};
        if (!process_run(arena, data, &PROCESS_FOLDERS[i], &report)) {
            printf("# %s: no cases under %s\n", PROCESS_FOLDERS[i].name, data);
            continue;
        }
        read++;
        out += report.out;
        printf("# %s: %d figures, %d out, %d cases left; the worst at %.2g of its tolerance: %s\n",
               PROCESS_FOLDERS[i].name, report.rows, report.out, report.left, p.worst, p.worst_name);
    }
    park_arena_free(arena);
    return read == 0 ? 77 : out > 0 ? 1 : 0;
}
