/* The series of a variant that its study keeps: columns of the simulation, and flows of units made of them. */
#include "jobs/variant.h"

#include "run_names.h"

#include <string.h>

static const int64_t HOUR = 3600;

int64_t park_variant_output(const park_study *study)
{
    int64_t every = (int64_t)study->every;
    return study->series == 0 || every % HOUR == 0 ? HOUR : every;
}

/* `*` stands for any run of bytes. */
static bool matches(const char *pattern, const char *name)
{
    for (; *pattern != '\0'; pattern++, name++) {
        if (*pattern == '*') {
            for (const char *at = name;; at++) {
                if (matches(pattern + 1, at))
                    return true;
                if (*at == '\0')
                    return false;
            }
        }
        if (*pattern != *name)
            return false;
    }
    return *name == '\0';
}

static bool wanted(const park_study *study, const char *name)
{
    for (size_t i = 0; i < study->series; i++)
        if (matches(study->serie[i], name))
            return true;
    return false;
}

typedef struct keeping {
    const park_study *study;
    const park_model *model;
    const park_rows  *rows;
    park_arena       *arena;
    park_variant_row *row;
    size_t            group; /* rows of the simulation in one kept */
    bool              failed;
} keeping;

/* A column named `name`: the sum over the rows' columns of which `part` is true. */
typedef bool (*part_of)(const park_model *model, const park_column *column, int32_t unit);

static void keep(keeping *k, const char *name, part_of part, int32_t index, bool state, const char *units)
{
    size_t  n = k->row->times, at = k->row->columns;
    double *out        = k->row->series + at * n;
    k->row->column[at] = name, k->row->column_units[at] = units;
    k->row->columns++;
    memset(out, 0, n * sizeof *out);
    for (size_t c = 0; c < k->rows->columns; c++) {
        const double *value = k->rows->value + c * k->rows->rows;
        if (part == NULL ? c != (size_t)index : !part(k->model, &k->rows->column[c], index))
            continue;
        for (size_t t = 0; t < n; t++) {
            double sum = 0.0;
            for (size_t g = 0; g < k->group; g++)
                sum += value[t * k->group + g];
            out[t] += state ? value[(t + 1) * k->group - 1] : sum / (double)k->group;
        }
    }
}

static bool flows_in(const park_model *model, const park_column *column, int32_t unit)
{
    return column->kind == PARK_COLUMN_LINK_FLOW && column->link >= 0 && model->link[column->link].to == unit;
}

static bool flows_out(const park_model *model, const park_column *column, int32_t unit)
{
    return column->kind == PARK_COLUMN_LINK_FLOW && column->link >= 0 &&
           model->link[column->link].from == unit;
}

static bool volume_of(const park_model *model, const park_column *column, int32_t unit)
{
    (void)model;
    return column->kind == PARK_COLUMN_VOLUME && column->unit == unit;
}

static bool unmet_of(const park_model *model, const park_column *column, int32_t unit)
{
    (void)model;
    return column->kind == PARK_COLUMN_UNMET && column->unit == unit;
}

static const char *section(park_role role)
{
    static const char *const WORD[] = {[PARK_SOURCE]    = "sources",
                                       [PARK_USER]      = "users",
                                       [PARK_TREATMENT] = "treatments",
                                       [PARK_STORAGE]   = "storages",
                                       [PARK_SINK]      = "sinks"};
    return WORD[role];
}

/* "users.dyeing.flow": what enters a unit (leaves a source), its volume, what it was not given. With `made` false only counted. */
static size_t units(keeping *k, bool made)
{
    static const struct {
        const char *word, *units;
        bool        state;
    } WHAT[] = {
        {"flow", "m3 s-1", false}, {"volume", "m3", true}, {"level", "m3", true}, {"unmet", "m3 s-1", false}};
    size_t count = 0;
    for (size_t u = 0; u < k->model->units; u++) {
        const park_unit_info *unit = &k->model->unit[u];
        for (size_t w = 0; w < 4; w++) {
            bool        has = w == 0 || (w == 3 ? unit->role == PARK_USER : unit->role == PARK_STORAGE);
            const char *name =
                park_arena_printf(k->arena, "%s.%s.%s", section(unit->role), unit->id, WHAT[w].word);
            k->failed |= name == NULL;
            if (!has || name == NULL || !wanted(k->study, name))
                continue;
            count++;
            part_of part = w == 3                      ? unmet_of
                           : w > 0                     ? volume_of
                           : unit->role == PARK_SOURCE ? flows_out
                                                       : flows_in;
            if (made)
                keep(k, name, part, (int32_t)u, WHAT[w].state, WHAT[w].units);
        }
    }
    return count;
}

/* Columns by the names that run.h5 gives them. */
static size_t columns(keeping *k, bool made)
{
    size_t count = 0;
    for (size_t c = 0; c < k->rows->columns; c++) {
        const park_column *column = &k->rows->column[c];
        const char        *name   = park_column_text(k->arena, k->model, column);
        k->failed |= name == NULL;
        if (name == NULL || !wanted(k->study, name))
            continue;
        count++;
        if (made)
            keep(k, name, NULL, (int32_t)c,
                 column->kind == PARK_COLUMN_VOLUME || column->kind == PARK_COLUMN_OUTLET_CONC ||
                     column->kind == PARK_COLUMN_INLET_CONC,
                 park_column_units(column));
    }
    return count;
}

park_status park_variant_series(const park_study *study, const park_model *model, const park_rows *rows,
                                park_arena *arena, park_variant_row *row, park_error *err)
{
    keeping k = {.study = study, .model = model, .rows = rows, .arena = arena, .row = row};
    if (study->series == 0 || rows->rows == 0)
        return PARK_OK;
    k.group           = (size_t)((int64_t)study->every / park_variant_output(study));
    k.group           = k.group > 0 ? k.group : 1;
    row->times        = rows->rows / k.group;
    size_t count      = units(&k, false) + columns(&k, false);
    row->time         = PARK_ARRAY(arena, row->times, int64_t);
    row->column       = PARK_ARRAY(arena, count, const char *);
    row->column_units = PARK_ARRAY(arena, count, const char *);
    row->series       = PARK_ARRAY(arena, count * row->times, double);
    if (k.failed || row->time == NULL || row->column == NULL || row->column_units == NULL ||
        row->series == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the series of a variant");
    for (size_t t = 0; t < row->times; t++)
        row->time[t] = rows->time[(t + 1) * k.group - 1];
    (void)units(&k, true);
    (void)columns(&k, true);
    return k.failed ? PARK_FAIL(err, PARK_E_MEMORY, "no memory for the series of a variant") : PARK_OK;
}
