#include "process_cases.h"

#include <math.h>
#include <stdio.h>

const process_folder PROCESS_FOLDERS[]    = {{"chem", process_chem},
                                             {"cooling", process_cooling},
                                             {"ro", process_ro},
                                             {"unit_tests", process_units},
                                             {"bsm1", process_bsm1}};
const int            PROCESS_FOLDER_COUNT = sizeof PROCESS_FOLDERS / sizeof *PROCESS_FOLDERS;

static void tell(process_report *report, process_row row)
{
    row.folder = report->folder;
    row.id     = report->id;
    report->rows++;
    report->out += !(row.error <= row.tolerance); /* also what has no value */
    report->sink(&row, report->context);
}

void process_absolute(process_report *report, const char *quantity, double expected, double got,
                      double tolerance)
{
    tell(report, (process_row){.quantity  = quantity,
                               .expected  = expected,
                               .got       = got,
                               .error     = fabs(got - expected),
                               .tolerance = tolerance});
}

void process_relative(process_report *report, const char *quantity, double expected, double got,
                      double tolerance)
{
    if (expected == 0.0) {
        process_absolute(report, quantity, expected, got, 1e-9);
        return;
    }
    tell(report, (process_row){.quantity  = quantity,
                               .expected  = expected,
                               .got       = got,
                               .error     = fabs(got / expected - 1.0),
                               .tolerance = tolerance,
                               .relative  = true});
}

const json_node *process_first(const json_node *node)
{
    return node != NULL ? node->first : NULL;
}

const char *process_text(const json_node *node, const char *key)
{
    const json_node *value = json_at(node, key);
    return value != NULL && value->kind == JSON_TEXT ? value->text : "";
}

double process_number(const json_node *node, const char *a, const char *b)
{
    return json_number(json_at(json_at(node, a), b), NAN);
}

bool process_run(park_arena *arena, const char *data, const process_folder *folder, process_report *report)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", data, folder->name);
    report->folder = folder->name;
    report->id     = "";
    return folder->run(arena, path, report);
}
