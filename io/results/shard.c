#include "results/shard.h"

#include "replace.h"
#include "results/store.h"
#include "results/stored.h"

#include <string.h>

enum { SERIES_BITS = 13 };

static const char KIND[] = "parkwater shard 2";

bool park_shard_alike(const park_variant_row *a, const park_variant_row *b)
{
    if (a->indicators != b->indicators || a->columns != b->columns || a->times != b->times ||
        (a->times > 0 && memcmp(a->time, b->time, a->times * sizeof *a->time) != 0))
        return false;
    for (size_t i = 0; i < a->indicators; i++)
        if (strcmp(a->indicator[i].id, b->indicator[i].id) != 0)
            return false;
    for (size_t i = 0; i < a->columns; i++)
        if (strcmp(a->column[i], b->column[i]) != 0)
            return false;
    return true;
}

/* ---- writing ---- */

static const char **texts(park_arena *arena, size_t count)
{
    return PARK_ARRAY(arena, count, const char *);
}

/* One table, not a variable a fact: what a shard costs is the number of its variables. */
static void put_facts(park_store *store, park_group root, const park_variant_row *const *rows, size_t count,
                      park_arena *arena)
{
    const char *word[PARK_FACTS];
    double     *all = PARK_ARRAY(arena, count * PARK_FACTS, double);
    for (int f = 0; f < PARK_FACTS; f++)
        word[f] = park_fact_of((park_fact)f).word;
    for (size_t i = 0; i < count && all != NULL; i++)
        memcpy(all + i * PARK_FACTS, rows[i]->fact, sizeof rows[i]->fact);
    park_store_labels(store, root, "fact", word, PARK_FACTS, "SI, amounts per year");
    if (all != NULL)
        park_store_doubles(store, root, (park_variable){.name = "facts", .dims = "variant fact"}, all);
}

typedef const double *(*column_of)(const park_variant_row *row);

static const double *value_of(const park_variant_row *row)
{
    return row->value;
}

static const double *promised_of(const park_variant_row *row)
{
    return row->promised;
}

static const double *asked_of(const park_variant_row *row)
{
    return row->asked;
}

static void put_matrix(park_store *store, park_group root, const char *name, const char *long_name,
                       const park_variant_row *const *rows, size_t count, column_of of, double *scratch)
{
    size_t n = rows[0]->indicators;
    for (size_t i = 0; i < count; i++)
        memcpy(scratch + i * n, of(rows[i]), n * sizeof *scratch);
    park_store_doubles(store, root,
                       (park_variable){.name = name, .dims = "variant indicator", .long_name = long_name},
                       scratch);
}

static void put_indicators(park_store *store, park_group root, const park_variant_row *const *rows,
                           size_t count, park_arena *arena)
{
    size_t       n  = rows[0]->indicators;
    const char **id = texts(arena, n), **zh = texts(arena, n), **en = texts(arena, n),
               **units = texts(arena, n);
    int64_t *dim = PARK_ARRAY(arena, n, int64_t), *reached = PARK_ARRAY(arena, n * count, int64_t);
    double  *scratch = PARK_ARRAY(arena, n * count, double);
    if (n == 0 || id == NULL || zh == NULL || en == NULL || units == NULL || dim == NULL || reached == NULL ||
        scratch == NULL)
        return;
    for (size_t k = 0; k < n; k++) {
        const park_study_indicator *x = &rows[0]->indicator[k];
        id[k] = x->id, zh[k] = x->zh, en[k] = x->en, units[k] = x->units, dim[k] = (int64_t)x->dim;
    }
    park_store_labels(store, root, "indicator", id, n, "indicator");
    park_store_texts(store, root, (park_variable){.name = "label_zh", .dims = "indicator"}, zh);
    park_store_texts(store, root, (park_variable){.name = "label_en", .dims = "indicator"}, en);
    park_store_texts(store, root, (park_variable){.name = "value_units", .dims = "indicator"}, units);
    park_store_whole(store, root, (park_variable){.name = "dimension", .dims = "indicator"}, dim);
    put_matrix(store, root, "value", "SI, amounts per year; NaN where it does not exist", rows, count,
               value_of, scratch);
    put_matrix(store, root, "promised", "as the design promises it", rows, count, promised_of, scratch);
    put_matrix(store, root, "asked", "bound of the target that speaks of it", rows, count, asked_of, scratch);
    for (size_t i = 0; i < count; i++)
        memcpy(reached + i * n, rows[i]->reached, n * sizeof *reached);
    park_store_whole(store, root,
                     (park_variable){.name      = "reached",
                                     .dims      = "variant indicator",
                                     .long_name = "1 the target is reached, 0 missed, -1 there is none"},
                     reached);
}

static void put_series(park_store *store, park_group root, const park_variant_row *const *rows, size_t count,
                       park_arena *arena)
{
    size_t  n      = rows[0]->columns * rows[0]->times;
    double *values = PARK_ARRAY(arena, n * count, double);
    if (n == 0 || values == NULL)
        return;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < n; k++)
            values[i * n + k] = park_mantissa_round(rows[i]->series[k], SERIES_BITS);
    park_store_labels(store, root, "column", rows[0]->column, rows[0]->columns, "column");
    park_store_texts(store, root, (park_variable){.name = "column_units", .dims = "column"},
                     rows[0]->column_units);
    park_store_times(store, root, "time", rows[0]->time, rows[0]->times);
    park_store_doubles(
        store, root,
        (park_variable){.name = "series", .dims = "variant column time", .long_name = "kept series"}, values);
    park_store_note_whole(store, root, "mantissa_bits_of_series", SERIES_BITS);
}

static park_status put_all(park_store *store, const park_variant_row *const *rows, size_t count,
                           park_arena *arena, const char **bytes, size_t *length, park_error *err)
{
    park_group   root = park_store_root(store);
    const char **hash = texts(arena, count), **status = texts(arena, count);
    const char **en = texts(arena, count), **zh = texts(arena, count);
    if (hash == NULL || status == NULL || en == NULL || zh == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for a shard");
    for (size_t i = 0; i < count; i++)
        hash[i] = rows[i]->hash, status[i] = rows[i]->status, en[i] = rows[i]->why_en,
        zh[i] = rows[i]->why_zh;
    park_store_note(store, root, "kind", KIND);
    park_store_labels(store, root, "variant", hash, count, "SHA-256 of scenario, files and program");
    park_store_texts(store, root, (park_variable){.name = "status", .dims = "variant"}, status);
    park_store_texts(store, root, (park_variable){.name = "why_en", .dims = "variant"}, en);
    park_store_texts(store, root, (park_variable){.name = "why_zh", .dims = "variant"}, zh);
    put_facts(store, root, rows, count, arena);
    put_indicators(store, root, rows, count, arena);
    put_series(store, root, rows, count, arena);
    return park_store_finish(store, bytes, length, err);
}

park_status park_shard_write(const park_variant_row *const *rows, size_t count, const char *path,
                             const char *beside, park_error *err)
{
    park_arena *arena = park_arena_new();
    park_store *store = arena != NULL ? park_store_new(arena) : NULL;
    const char *bytes = NULL;
    size_t      length;
    park_status status = store == NULL ? PARK_FAIL(err, PARK_E_MEMORY, "no memory for a shard")
                                       : put_all(store, rows, count, arena, &bytes, &length, err);
    if (status == PARK_OK)
        status = park_file_replace_by(path, beside, bytes, length, err);
    park_arena_free(arena);
    return status;
}

/* ---- reading ---- */

static bool fits(const park_stored *s, const void *what, size_t count, size_t due)
{
    return !park_stored_failed(s) && what != NULL && count == due;
}

/* By name: a program may know other facts than the one that wrote. */
static park_status read_facts(park_stored *s, park_variant_row *row, size_t n, park_error *err)
{
    size_t        words, count;
    const char  **word  = park_stored_texts(s, "fact", &words);
    const double *value = park_stored_doubles(s, "facts", &count);
    if (!fits(s, value, count, n * words))
        return PARK_FAIL(err, PARK_E_FILE, "a shard lacks its facts");
    for (int f = 0; f < PARK_FACTS; f++) {
        size_t at = 0;
        while (at < words && strcmp(word[at], park_fact_of((park_fact)f).word) != 0)
            at++;
        if (at == words)
            return PARK_FAIL(err, PARK_E_FILE, "a shard lacks %s", park_fact_of((park_fact)f).word);
        for (size_t i = 0; i < n; i++)
            row[i].fact[f] = value[i * words + at];
    }
    return PARK_OK;
}

static park_status read_indicators(park_stored *s, park_arena *arena, park_variant_row *row, size_t n,
                                   park_error *err)
{
    size_t       k, c[8];
    const char **id = park_stored_texts(s, "indicator", &k), **zh = park_stored_texts(s, "label_zh", &c[0]);
    const char **en    = park_stored_texts(s, "label_en", &c[1]),
               **units = park_stored_texts(s, "value_units", &c[2]);
    int64_t *dim       = park_stored_whole(s, "dimension", &c[3]),
            *reached   = park_stored_whole(s, "reached", &c[4]);
    double *value = park_stored_doubles(s, "value", &c[5]), *asked = park_stored_doubles(s, "asked", &c[6]);
    double *promised = park_stored_doubles(s, "promised", &c[7]);
    if (park_stored_failed(s) || c[0] != k || c[1] != k || c[2] != k || c[3] != k || c[4] != n * k ||
        c[5] != n * k || c[6] != n * k || c[7] != n * k)
        return PARK_FAIL(err, PARK_E_FILE, "the indicators of a shard do not fit together");
    park_study_indicator *indicator = PARK_ARRAY(arena, k, park_study_indicator);
    if (indicator == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for a shard");
    for (size_t j = 0; j < k; j++) {
        bool known   = dim[j] >= 0 && dim[j] < PARK_DIM_COUNT;
        indicator[j] = (park_study_indicator){.id    = id[j],
                                              .zh    = zh[j],
                                              .en    = en[j],
                                              .units = units[j],
                                              .dim   = known ? (park_dimension)dim[j] : PARK_DIM_NUMBER};
    }
    for (size_t i = 0; i < n; i++) {
        row[i].indicators = k, row[i].indicator = indicator;
        row[i].value = value + i * k, row[i].asked = asked + i * k;
        row[i].promised = promised + i * k, row[i].reached = reached + i * k;
    }
    return PARK_OK;
}

static park_status read_columns(park_stored *s, park_arena *arena, park_variant_row *row, size_t n,
                                park_error *err)
{
    size_t        columns, units, times;
    const char  **column = park_stored_texts(s, "column", &columns);
    const char  **unit   = park_stored_texts(s, "column_units", &units);
    const double *time   = park_stored_doubles(s, "time", &times);
    int64_t      *whole  = PARK_ARRAY(arena, times, int64_t);
    if (park_stored_failed(s) || units != columns)
        return PARK_FAIL(err, PARK_E_FILE, "the series of a shard do not fit together");
    if (whole == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for a shard");
    for (size_t t = 0; t < times; t++)
        whole[t] = (int64_t)time[t];
    for (size_t i = 0; i < n; i++) {
        row[i].columns = columns, row[i].times = times;
        row[i].column = column, row[i].column_units = unit, row[i].time = whole;
    }
    return PARK_OK;
}

static park_status read_all(park_stored *s, park_arena *arena, park_variant_row **rows, size_t *count,
                            park_error *err)
{
    size_t       n, c[3];
    const char **hash = park_stored_texts(s, "variant", &n), **status = park_stored_texts(s, "status", &c[0]);
    const char **en = park_stored_texts(s, "why_en", &c[1]), **zh = park_stored_texts(s, "why_zh", &c[2]);
    park_variant_row *row = PARK_ARRAY(arena, n, park_variant_row);
    if (park_stored_failed(s) || c[0] != n || c[1] != n || c[2] != n)
        return PARK_FAIL(err, PARK_E_FILE, "the file is no shard of a study");
    if (row == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for a shard");
    for (size_t i = 0; i < n; i++) {
        if (strlen(hash[i]) != PARK_SHA256_HEX - 1)
            return PARK_FAIL(err, PARK_E_FILE, "the file is no shard of a study");
        memcpy(row[i].hash, hash[i], PARK_SHA256_HEX);
        row[i].status = status[i], row[i].why_en = en[i], row[i].why_zh = zh[i];
    }
    PARK_TRY(read_facts(s, row, n, err));
    if (park_stored_has(s, "indicator"))
        PARK_TRY(read_indicators(s, arena, row, n, err));
    if (park_stored_has(s, "column"))
        PARK_TRY(read_columns(s, arena, row, n, err));
    *rows = row, *count = n;
    return PARK_OK;
}

park_status park_shard_read(park_arena *arena, const char *path, park_variant_row **rows, size_t *count,
                            park_error *err)
{
    park_stored *s;
    PARK_TRY(park_stored_open(arena, path, &s, err));
    park_status status = read_all(s, arena, rows, count, err);
    park_stored_close(s);
    if (status == PARK_E_FILE)
        (void)park_error_at(err, path);
    return status;
}
