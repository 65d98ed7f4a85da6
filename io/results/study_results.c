/* study.h5: parameters and indicators of all variants in one table, their series where they lie. */
#include "results/shard.h"

#include "replace.h"
#include "results/store.h"

#include <math.h>
#include <string.h>

static void put_parameters(park_store *store, park_group root, const park_study_record *r, park_arena *arena)
{
    const char **name = PARK_ARRAY(arena, r->parameters, const char *);
    for (size_t k = 0; name != NULL && k < r->parameters; k++)
        name[k] = r->parameter[k].name;
    if (name == NULL)
        return;
    park_store_labels(store, root, "parameter", name, r->parameters, "what varies");
    park_store_texts(store, root,
                     (park_variable){.name      = "parameter_text",
                                     .dims      = "variant parameter",
                                     .long_name = "as the study says it"},
                     r->text_of);
    park_store_doubles(
        store, root,
        (park_variable){.name      = "parameter_value",
                        .dims      = "variant parameter",
                        .long_name = "number drawn, or factor; in the unit as written; NaN: no number"},
        r->number_of);
}

static void put_outcome(park_store *store, park_group root, const park_study_record *r, double *scratch)
{
    park_store_texts(store, root,
                     (park_variable){.name = "hash", .dims = "variant", .long_name = "names the shard"},
                     r->hash);
    park_store_texts(store, root, (park_variable){.name = "status", .dims = "variant"}, r->status);
    park_store_texts(
        store, root,
        (park_variable){.name = "reason", .dims = "variant", .long_name = "why it has no result"}, r->reason);
    park_store_texts(
        store, root,
        (park_variable){.name = "why", .dims = "variant", .long_name = "worst limit exceeded in time"},
        r->why_en);
    for (int f = 0; f < PARK_FACTS; f++) {
        park_fact_info info = park_fact_of((park_fact)f);
        for (size_t i = 0; i < r->variants; i++)
            scratch[i] = r->fact[i * PARK_FACTS + (size_t)f];
        park_store_doubles(store, root,
                           (park_variable){.name      = info.word,
                                           .dims      = "variant",
                                           .units     = info.units[0] != '\0' ? info.units : NULL,
                                           .long_name = info.en},
                           scratch);
    }
}

static void put_indicators(park_store *store, park_group root, const park_study_record *r, park_arena *arena)
{
    size_t       n  = r->indicators;
    const char **id = PARK_ARRAY(arena, n, const char *), **zh = PARK_ARRAY(arena, n, const char *);
    const char **en = PARK_ARRAY(arena, n, const char *), **units = PARK_ARRAY(arena, n, const char *);
    if (n == 0 || id == NULL || zh == NULL || en == NULL || units == NULL)
        return;
    for (size_t k = 0; k < n; k++)
        id[k] = r->indicator[k].id, zh[k] = r->indicator[k].zh, en[k] = r->indicator[k].en,
        units[k] = r->indicator[k].units;
    park_store_labels(store, root, "indicator", id, n, "indicator");
    park_store_texts(store, root, (park_variable){.name = "label_zh", .dims = "indicator"}, zh);
    park_store_texts(store, root, (park_variable){.name = "label_en", .dims = "indicator"}, en);
    park_store_texts(store, root, (park_variable){.name = "value_units", .dims = "indicator"}, units);
    park_store_doubles(
        store, root,
        (park_variable){.name      = "value",
                        .dims      = "variant indicator",
                        .long_name = "SI, amounts per year; NaN: failed, missing or does not exist"},
        r->value);
    park_store_doubles(store, root,
                       (park_variable){.name      = "promised",
                                       .dims      = "variant indicator",
                                       .long_name = "as the design promises it"},
                       r->promised);
    park_store_doubles(
        store, root,
        (park_variable){.name = "asked", .dims = "variant indicator", .long_name = "bound of its target"},
        r->asked);
    park_store_whole(store, root,
                     (park_variable){.name      = "reached",
                                     .dims      = "variant indicator",
                                     .long_name = "1 the target is reached, 0 missed, -1 there is none"},
                     r->reached);
}

/* Runs of columns that lie side by side here and there. */
static size_t stretches(const park_study_record *r, park_stretch *out)
{
    size_t n = 0;
    for (size_t i = 0; i < r->variants; i++)
        for (size_t c = 0; r->shard[i] != NULL && c < r->columns;) {
            const int32_t *at  = &r->at[i * r->columns];
            size_t         run = 1;
            if (at[c] < 0) {
                c++;
                continue;
            }
            while (c + run < r->columns && at[c + run] == at[c] + (int32_t)run)
                run++;
            if (out != NULL)
                out[n] = (park_stretch){.file      = r->shard[i],
                                        .shape     = {r->shard_rows[i], r->shard_columns[i], r->times},
                                        .row       = (size_t)r->row[i],
                                        .column    = (size_t)at[c],
                                        .to_row    = i,
                                        .to_column = c,
                                        .columns   = run};
            n++;
            c += run;
        }
    return n;
}

static void put_series(park_store *store, park_group root, const park_study_record *r, park_arena *arena)
{
    size_t        count = r->columns > 0 && r->times > 0 ? stretches(r, NULL) : 0;
    park_stretch *list  = PARK_ARRAY(arena, count, park_stretch);
    if (count == 0 || list == NULL)
        return;
    (void)stretches(r, list);
    park_group g = park_store_group(store, root, "series");
    park_store_labels(store, g, "variant", r->variant, r->variants, "variant");
    park_store_labels(store, g, "column", r->column, r->columns, "column");
    park_store_texts(store, g, (park_variable){.name = "column_units", .dims = "column"}, r->column_units);
    park_store_times(store, g, "time", r->time, r->times);
    park_store_gathered(
        store, g,
        (park_variable){.name      = "series",
                        .dims      = "variant column time",
                        .long_name = "kept series, read from shards/; NaN where a shard is missing"},
        list, count);
    if (r->other_times > 0)
        park_store_note_whole(store, g, "variants_over_other_times", (int64_t)r->other_times);
    park_store_close(store, g);
}

static park_status put_all(park_store *store, const park_study_record *r, park_arena *arena,
                           const char **bytes, size_t *length, park_error *err)
{
    park_group root    = park_store_root(store);
    double    *scratch = PARK_ARRAY(arena, r->variants, double);
    if (scratch == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for study.h5");
    park_store_note(store, root, "Conventions", "CF-1.10");
    park_store_note(store, root, "kind", "parkwater study 1");
    park_store_note(store, root, "title", r->name);
    park_store_note(store, root, "job", r->job);
    park_store_note(store, root, "version", r->version);
    park_store_note(store, root, "build", r->build);
    park_store_note_whole(store, root, "done", (int64_t)r->done);
    park_store_note_whole(store, root, "failed", (int64_t)r->failed);
    park_store_note_whole(store, root, "lost", (int64_t)r->lost);
    park_store_note_whole(store, root, "missing", (int64_t)r->missing);
    if (r->reference < r->variants)
        park_store_note(store, root, "reference", r->variant[r->reference]);
    park_store_labels(store, root, "variant", r->variant, r->variants, "variant");
    put_parameters(store, root, r, arena);
    put_outcome(store, root, r, scratch);
    put_indicators(store, root, r, arena);
    put_series(store, root, r, arena);
    park_store_document(store, root, "study", r->text);
    return park_store_finish(store, bytes, length, err);
}

park_status park_study_results_write(const park_study_record *record, const char *path, park_error *err)
{
    park_arena *arena = park_arena_new();
    park_store *store = arena != NULL ? park_store_new(arena) : NULL;
    const char *bytes = NULL;
    size_t      length;
    park_status status = store == NULL ? PARK_FAIL(err, PARK_E_MEMORY, "no memory for study.h5")
                                       : put_all(store, record, arena, &bytes, &length, err);
    if (status == PARK_OK)
        status = park_file_replace(path, bytes, length, err);
    park_arena_free(arena);
    return status;
}
