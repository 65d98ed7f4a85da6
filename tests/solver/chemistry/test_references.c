/*
 * The references of processes beside the project: every figure within the tolerance stated with it.
 */
#include "check.h"

#include "process_cases.h"

static void judge(const process_row *row, void *worst)
{
    double share = row->error / row->tolerance; /* of the tolerance */
    if (!(share <= *(double *)worst)) {
        *(double *)worst = share;
        printf("%s %s %s: expected %.9g, got %.9g, error %.3g of %.3g\n", row->folder, row->id, row->quantity,
               row->expected, row->got, row->error, row->tolerance);
    }
    CHECK(row->error <= row->tolerance);
    if (!(row->error <= row->tolerance))
        fprintf(stderr, "%s %s %s: expected %.9g, got %.9g, error %.3g of %.3g\n", row->folder, row->id,
                row->quantity, row->expected, row->got, row->error, row->tolerance);
}

int main(void)
{
    /* Figures that each folder holds at least: a reader that finds none must not pass. */
    static const int LEAST[] = {1500, 220, 80, 47, 140};
    char             data[400], readme[500];
    const char      *shared = getenv("PARK_SHARED");
    snprintf(data, sizeof data, "%s/data/process", shared != NULL ? shared : "../shared");
    snprintf(readme, sizeof readme, "%s/chem/waters.csv", data);
    FILE *there = fopen(readme, "r");
    if (there == NULL)
        SKIP("reference data absent");
    fclose(there);
    park_arena *arena = park_arena_new();
    for (int i = 0; i < PROCESS_FOLDER_COUNT; i++) {
        double         worst  = 0.0;
        process_report report = {.sink = judge, .context = &worst};
        CHECK(process_run(arena, data, &PROCESS_FOLDERS[i], &report));
        CHECK(report.rows >= LEAST[i]);
        printf("%s: %d figures, the worst at %.3g of its tolerance\n", PROCESS_FOLDERS[i].name, report.rows,
               worst);
    }
    park_arena_free(arena);
    return park_test_done();
}
