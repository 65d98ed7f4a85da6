/* The table of a study from its journal and shards, and summary.csv. */
#include "jobs/batch_run.h"

#include "base/names.h"
#include "file.h"
#include "replace.h"
#include "report/sheet.h"
#include "results/shard.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A shard that was read, by its name. */
typedef struct reading {
    park_batch        *b;
    park_study_record *r;
    park_arena        *arena;
    park_names         shard; /* names -> rows */
    park_variant_row **rows;
    size_t            *count, shards, rows_cap, count_cap;
    park_names         indicator, column; /* of all variants, in the order of coming */
    size_t             indicator_cap, column_cap, units_cap;
} reading;

static park_status memory(park_batch *b)
{
    return PARK_FAIL(&b->error, PARK_E_MEMORY, "no memory for the table of the study");
}

/* The row of a variant in its shard; NULL where the shard does not hold it (it is then missing). */
static park_status row_of(reading *x, const park_entry *e, park_variant_row **row, size_t *rows)
{
    park_batch *b  = x->b;
    int32_t     at = park_names_find(&x->shard, e->shard, strlen(e->shard));
    *row           = NULL;
    if (at < 0) {
        park_error        said = {0};
        park_variant_row *read = NULL;
        size_t            n    = 0;
        const char       *path = park_arena_printf(x->arena, "%s/shards/%s", b->dir, e->shard);
        if (path == NULL || park_shard_read(x->arena, path, &read, &n, &said) == PARK_E_MEMORY)
            return memory(b);
        PARK_TRY(park_names_add(&x->shard, e->shard, strlen(e->shard), &at, &b->error));
        if (!PARK_GROW(x->arena, x->rows, x->shards, x->rows_cap) ||
            !PARK_GROW(x->arena, x->count, x->shards, x->count_cap))
            return memory(b);
        x->rows[x->shards] = read, x->count[x->shards] = n;
        x->shards++;
    }
    *rows = x->count[at];
    if (e->row >= 0 && (size_t)e->row < x->count[at] && strcmp(x->rows[at][e->row].hash, e->hash) == 0)
        *row = &x->rows[at][e->row];
    return PARK_OK;
}

/* Indicators and columns that this row has and no row before had. */
static park_status meet(reading *x, const park_variant_row *row)
{
    park_study_record *r = x->r;
    int32_t            at;
    for (size_t k = 0; k < row->indicators; k++) {
        const char *id = row->indicator[k].id;
        if (park_names_find(&x->indicator, id, strlen(id)) >= 0)
            continue;
        PARK_TRY(park_names_add(&x->indicator, id, strlen(id), &at, &x->b->error));
        if (!PARK_GROW(x->arena, r->indicator, r->indicators, x->indicator_cap))
            return memory(x->b);
        r->indicator[r->indicators++] = row->indicator[k];
    }
    for (size_t k = 0; k < row->columns; k++) {
        if (park_names_find(&x->column, row->column[k], strlen(row->column[k])) >= 0)
            continue;
        PARK_TRY(park_names_add(&x->column, row->column[k], strlen(row->column[k]), &at, &x->b->error));
        if (!PARK_GROW(x->arena, r->column, r->columns, x->column_cap) ||
            !PARK_GROW(x->arena, r->column_units, r->columns, x->units_cap))
            return memory(x->b);
        r->column[r->columns] = row->column[k], r->column_units[r->columns] = row->column_units[k];
        r->columns++;
    }
    if (r->times == 0 && row->times > 0)
        r->times = row->times, r->time = row->time;
    return PARK_OK;
}

static bool same_times(const park_study_record *r, const park_variant_row *row)
{
    return row->times == r->times &&
           (r->times == 0 || memcmp(row->time, r->time, r->times * sizeof *r->time) == 0);
}

static void put_row(reading *x, size_t i, const park_variant_row *row, const park_entry *e, size_t rows)
{
    park_study_record *r = x->r;
    r->status[i] = row->status, r->why_en[i] = row->why_en, r->why_zh[i] = row->why_zh;
    r->done++;
    memcpy(&r->fact[i * PARK_FACTS], row->fact, sizeof row->fact);
    for (size_t k = 0; k < row->indicators; k++) {
        const char *id = row->indicator[k].id;
        size_t      at = i * r->indicators + (size_t)park_names_find(&x->indicator, id, strlen(id));
        r->value[at] = row->value[k], r->promised[at] = row->promised[k];
        r->asked[at] = row->asked[k], r->reached[at] = row->reached[k];
    }
    if (row->columns == 0)
        return;
    if (!same_times(r, row)) {
        r->other_times++;
        return;
    }
    r->shard[i]      = park_arena_printf(x->arena, "shards/%s", e->shard);
    r->row[i]        = e->row;
    r->shard_rows[i] = rows, r->shard_columns[i] = row->columns;
    for (size_t k = 0; k < row->columns; k++)
        r->at[i * r->columns + (size_t)park_names_find(&x->column, row->column[k], strlen(row->column[k]))] =
            (int32_t)k;
}

static void put_absent(park_study_record *r, size_t i, const park_entry *e)
{
    park_fate fate = e != NULL ? e->fate : PARK_FATE_NONE;
    r->status[i]   = fate == PARK_FATE_FAILED ? "failed" : fate == PARK_FATE_LOST ? "lost" : "missing";
    r->reason[i]   = fate == PARK_FATE_FAILED || fate == PARK_FATE_LOST ? e->reason : "not computed yet";
    r->failed += fate == PARK_FATE_FAILED;
    r->lost += fate == PARK_FATE_LOST;
    r->missing += fate != PARK_FATE_FAILED && fate != PARK_FATE_LOST;
}

/* ---- the frame ---- */

static park_status make_frame(park_batch *b, park_study_record *r, park_arena *arena)
{
    const park_variants *v = &b->variants;
    size_t               n = v->count, p = v->study->variations;
    r->variants = n, r->parameters = p;
    r->variant = PARK_ARRAY(arena, n, const char *), r->hash = PARK_ARRAY(arena, n, const char *);
    r->status = PARK_ARRAY(arena, n, const char *), r->reason = PARK_ARRAY(arena, n, const char *);
    r->why_en = PARK_ARRAY(arena, n, const char *), r->why_zh = PARK_ARRAY(arena, n, const char *);
    r->parameter = PARK_ARRAY(arena, p, park_study_parameter);
    r->text_of   = PARK_ARRAY(arena, n * p, const char *);
    r->number_of = PARK_ARRAY(arena, n * p, double), r->level_of = PARK_ARRAY(arena, n * p, int32_t);
    r->fact  = PARK_ARRAY(arena, n * PARK_FACTS, double);
    r->shard = PARK_ARRAY(arena, n, const char *), r->row = PARK_ARRAY(arena, n, int32_t);
    r->shard_rows = PARK_ARRAY(arena, n, size_t), r->shard_columns = PARK_ARRAY(arena, n, size_t);
    r->seconds = b->seconds;
    if (r->variant == NULL || r->hash == NULL || r->status == NULL || r->reason == NULL ||
        r->why_en == NULL || r->why_zh == NULL || r->parameter == NULL || r->text_of == NULL ||
        r->number_of == NULL || r->level_of == NULL || r->fact == NULL || r->shard == NULL ||
        r->row == NULL || r->shard_rows == NULL || r->shard_columns == NULL)
        return memory(b);
    for (size_t k = 0; k < p; k++) {
        const park_variation *x     = &v->study->variation[k];
        const char          **label = PARK_ARRAY(arena, x->levels, const char *);
        if (label == NULL)
            return memory(b);
        for (size_t l = 0; l < x->levels; l++)
            label[l] = x->level[l].label;
        r->parameter[k] = (park_study_parameter){
            .name = x->name, .drawn = x->drawn, .levels = (int32_t)x->levels, .label = label};
    }
    for (size_t i = 0; i < n; i++) {
        r->variant[i] = park_variants_name(v, i, arena);
        r->hash[i]    = b->hash[i];
        r->status[i] = r->reason[i] = r->why_en[i] = r->why_zh[i] = "";
        for (int f = 0; f < PARK_FACTS; f++)
            r->fact[i * PARK_FACTS + (size_t)f] = NAN;
        for (size_t k = 0; k < p; k++) {
            r->text_of[i * p + k]   = park_variants_text(v, i, k, arena);
            r->number_of[i * p + k] = park_variants_number(v, i, k);
            r->level_of[i * p + k]  = park_variants_level(v, i, k);
            if (r->text_of[i * p + k] == NULL)
                return memory(b);
        }
        if (r->variant[i] == NULL)
            return memory(b);
    }
    r->reference = park_variants_reference(v);
    return PARK_OK;
}

static park_status make_matrix(reading *x)
{
    park_study_record *r = x->r;
    size_t             n = r->variants * r->indicators, c = r->variants * r->columns;
    r->value = PARK_ARRAY(x->arena, n, double), r->promised = PARK_ARRAY(x->arena, n, double);
    r->asked = PARK_ARRAY(x->arena, n, double), r->reached = PARK_ARRAY(x->arena, n, int64_t);
    r->at = PARK_ARRAY(x->arena, c, int32_t);
    if (r->value == NULL || r->promised == NULL || r->asked == NULL || r->reached == NULL || r->at == NULL)
        return memory(x->b);
    for (size_t i = 0; i < n; i++)
        r->value[i] = r->promised[i] = r->asked[i] = NAN, r->reached[i] = -1;
    for (size_t i = 0; i < c; i++)
        r->at[i] = -1;
    return PARK_OK;
}

static park_status text_of_study(park_batch *b, park_study_record *r)
{
    static const char *const JOB[] = {"run", "simulate", "optimize"};
    char                    *text;
    size_t                   length;
    park_text                command;
    PARK_TRY(park_file_read(b->context->arena, b->variants.path, 0, &text, &length, &b->error));
    park_text_init(&command, b->context->arena);
    for (int i = 0; i < b->context->argc; i++)
        park_text_printf(&command, "%s%s", i > 0 ? " " : "", b->context->argv[i]);
    r->text = text, r->path = b->variants.path, r->job = JOB[b->variants.study->job];
    r->name = b->variants.study->name[0] != '\0' ? b->variants.study->name : b->variants.path;
    r->park = park_label_text(b->variants.park.model->name, b->context->zh);
    if (r->park == NULL || r->park[0] == '\0') /* a park without a name goes by its file's */
        r->park = b->variants.study->base->text;
    r->command = park_text_done(&command);
    r->version = PARK_VERSION, r->build = PARK_BUILD;
    r->factorial = b->variants.factorial;
    r->sampled   = b->variants.study->combine >= PARK_COMBINE_LATIN;
    return r->command != NULL ? PARK_OK : memory(b);
}

park_status park_batch_table(park_batch *b, park_study_record *r)
{
    park_arena *arena = b->context->arena;
    reading     x     = {.b = b, .r = r, .arena = arena};
    *r                = (park_study_record){.name = ""};
    park_names_init_exact(&x.shard, arena);
    park_names_init_exact(&x.indicator, arena);
    park_names_init_exact(&x.column, arena);
    PARK_TRY(text_of_study(b, r));
    PARK_TRY(make_frame(b, r, arena));
    park_variant_row **row  = PARK_ARRAY(arena, r->variants, park_variant_row *);
    size_t            *rows = PARK_ARRAY(arena, r->variants, size_t);
    if (row == NULL || rows == NULL)
        return memory(b);
    for (size_t i = 0; i < r->variants; i++) {
        const park_entry *e = park_journal_find(b->journal, b->hash[i]);
        if (e != NULL && e->fate == PARK_FATE_STORED)
            PARK_TRY(row_of(&x, e, &row[i], &rows[i]));
        if (row[i] != NULL)
            PARK_TRY(meet(&x, row[i]));
    }
    PARK_TRY(make_matrix(&x));
    for (size_t i = 0; i < r->variants; i++) {
        const park_entry *e = park_journal_find(b->journal, b->hash[i]);
        if (row[i] != NULL)
            put_row(&x, i, row[i], e, rows[i]);
        else
            put_absent(r, i, e);
    }
    return PARK_OK;
}

/* ---- summary.csv ---- */

/* As it is, to the last bit. */
static void put_number(park_sheet *sheet, double value)
{
    char text[40] = "";
    if (isfinite(value))
        snprintf(text, sizeof text, "%.15g", value);
    park_sheet_text(sheet, text);
}

static void put_head(park_sheet *sheet, const park_study_record *r, park_arena *arena)
{
    static const char *const FIRST[] = {"variant", "status", "reason"};
    for (size_t i = 0; i < 3; i++)
        park_sheet_head(sheet, FIRST[i], FIRST[i]);
    for (size_t k = 0; k < r->parameters; k++)
        park_sheet_head(sheet, r->parameter[k].name, r->parameter[k].name);
    for (int f = 0; f < PARK_FACTS; f++) {
        park_fact_info info = park_fact_of((park_fact)f);
        const char    *head =
            info.units[0] != '\0' ? park_arena_printf(arena, "%s [%s]", info.word, info.units) : info.word;
        park_sheet_head(sheet, head, head);
    }
    for (size_t k = 0; k < r->indicators; k++) {
        const char *head = park_arena_printf(arena, "%s [%s]", r->indicator[k].id, r->indicator[k].units);
        park_sheet_head(sheet, head, head);
    }
    park_sheet_head(sheet, "hash", "hash");
    park_sheet_end_row(sheet);
}

park_status park_batch_summary_write(const park_study_record *r, const char *path, park_arena *arena,
                                     park_error *err)
{
    park_sheet sheet;
    park_sheet_begin(&sheet, arena, "summary.csv", false);
    put_head(&sheet, r, arena);
    for (size_t i = 0; i < r->variants; i++) {
        park_sheet_text(&sheet, r->variant[i]);
        park_sheet_text(&sheet, r->status[i]);
        park_sheet_text(&sheet, r->reason[i]);
        for (size_t k = 0; k < r->parameters; k++)
            park_sheet_text(&sheet, r->text_of[i * r->parameters + k]);
        for (size_t f = 0; f < PARK_FACTS; f++)
            put_number(&sheet, r->fact[i * PARK_FACTS + f]);
        for (size_t k = 0; k < r->indicators; k++)
            put_number(&sheet, r->value[i * r->indicators + k]);
        park_sheet_text(&sheet, r->hash[i]);
        park_sheet_end_row(&sheet);
    }
    const char *text = park_text_done(&sheet.text);
    if (text == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for summary.csv");
    return park_file_replace(path, text, sheet.text.length, err);
}
