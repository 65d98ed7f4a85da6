#include "study/variants.h"

#include "base/names.h"
#include "file.h"
#include "study/change.h"
#include "study/sampling.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LEVELS_TRIED = 400 };

static park_status memory(park_error *err)
{
    return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the study");
}

/* ---- opening ---- */

/* A file that the study names at `node`; NULL when told. */
static const char *named_file(park_variants *v, const park_tree_node *node, park_findings *findings,
                              park_error *err)
{
    park_error     said = {0};
    park_file_rule rule = {0};
    const char    *path = NULL;
    if (v->options != NULL)
        rule = (park_file_rule){v->options->allow_path, v->options->allow_paths};
    const char *from   = node->mark.file >= 0 ? v->study->tree->files[node->mark.file].name : v->path;
    park_status status = park_file_resolve(v->arena, from, node->text, &rule, &path, &said);
    if (status == PARK_OK)
        return path;
    if (status == PARK_E_MEMORY)
        *err = said;
    else
        park_tree_place(v->study->tree, node, PARK_AT_VALUE, findings,
                        park_finding_add(findings, PARK_E0121, PARK_ERROR, NULL,
                                         "the file cannot be read: %s", "文件无法读取：%s", said.message));
    return NULL;
}

static park_status read_tree(park_variants *v, const char *path, park_tree **tree, park_findings *findings,
                             park_error *err)
{
    park_tree_options how = {.limits = NULL};
    if (v->options != NULL)
        how.rule = (park_file_rule){v->options->allow_path, v->options->allow_paths};
    return park_tree_read_file(v->arena, path, &how, findings, tree, err);
}

static park_status read_overlays(park_variants *v, size_t k, park_findings *findings, park_error *err)
{
    const park_variation *variation = &v->study->variation[k];
    v->overlay[k]                   = PARK_ARRAY(v->arena, variation->levels, park_overlay);
    if (v->overlay[k] == NULL)
        return memory(err);
    for (size_t i = 0; i < variation->levels; i++) {
        const park_tree_node *value = variation->level[i].value;
        park_overlay         *over  = &v->overlay[k][i];
        if (park_tree_is_null(value))
            continue;
        if (value->form == PARK_MAPPING) {
            over->tree = park_tree_new(v->arena);
            over->root = over->tree != NULL ? park_tree_adopt(over->tree, v->study->tree, value) : NULL;
            if (over->root == NULL)
                return memory(err);
            continue;
        }
        const char *path = named_file(v, value, findings, err);
        if (path == NULL && err->status == PARK_E_MEMORY)
            return PARK_E_MEMORY;
        if (path == NULL)
            continue;
        park_error  said   = {0};
        park_status status = read_tree(v, path, &over->tree, findings, &said);
        if (status == PARK_E_MEMORY)
            return memory(err);
        over->root = over->tree != NULL ? over->tree->root : NULL;
        if (status == PARK_OK && over->root != NULL && over->root->form != PARK_MAPPING)
            park_tree_place(v->study->tree, value, PARK_AT_VALUE, findings,
                            park_finding_add(findings, PARK_E0123, PARK_ERROR, NULL,
                                             "%s holds no mapping of keys", "%s 的内容不是键的映射", path));
    }
    return PARK_OK;
}

static park_status read_base(park_variants *v, park_findings *findings, park_error *err)
{
    const char *path = named_file(v, v->study->base, findings, err);
    if (path == NULL)
        return err->status == PARK_E_MEMORY ? PARK_E_MEMORY : PARK_OK;
    park_status status = read_tree(v, path, &v->base, findings, err);
    if (status != PARK_OK)
        return status == PARK_E_INPUT ? PARK_OK : status;
    park_tree *own = park_tree_new(v->arena);
    if (own == NULL || v->base->root == NULL ||
        (own->root = park_tree_adopt(own, v->base, v->base->root)) == NULL)
        return memory(err);
    status = park_load_tree(own, v->options, v->arena, &v->park, findings, err);
    return status == PARK_E_INPUT ? PARK_OK : status; /* the findings say it, beside those of the overlays */
}

/* ---- how many ---- */

static park_status count_variants(park_variants *v, park_error *err)
{
    const park_study *study = v->study;
    bool              drawn = false;
    v->count                = study->combine >= PARK_COMBINE_LATIN ? study->samples : 1;
    for (size_t k = 0; k < study->variations; k++) {
        const park_variation *variation = &study->variation[k];
        drawn |= variation->drawn;
        if (variation->drawn || study->combine >= PARK_COMBINE_LATIN)
            continue;
        if (study->combine == PARK_COMBINE_LIST)
            v->count = variation->levels;
        else
            v->count *= variation->levels;
        if (v->count > PARK_STUDY_VARIANTS_MOST)
            return PARK_FAIL(err, PARK_E_RANGE, "the study has more than %d variants",
                             PARK_STUDY_VARIANTS_MOST);
    }
    v->factorial = study->combine == PARK_COMBINE_CROSS && !drawn;
    return PARK_OK;
}

static park_status draw_sample(park_variants *v, park_error *err)
{
    const park_study *study   = v->study;
    size_t            columns = study->variations;
    bool              drawn   = study->combine >= PARK_COMBINE_LATIN;
    for (size_t k = 0; k < columns; k++)
        drawn |= study->variation[k].drawn;
    if (!drawn)
        return PARK_OK;
    v->point = PARK_ARRAY(v->arena, v->count * columns, double);
    if (v->point == NULL)
        return memory(err);
    if (study->combine == PARK_COMBINE_LATIN)
        PARK_TRY(park_sample_latin(study->seed, v->count, columns, v->point, err));
    else if (study->combine == PARK_COMBINE_SOBOL)
        PARK_TRY(park_sample_sobol(study->seed, v->count, columns, v->point, err));
    else
        park_sample_random(study->seed, v->count, columns, v->point);
    for (size_t i = 0; i < study->correlations; i++) {
        const park_correlation *c = &study->correlation[i];
        PARK_TRY(park_sample_correlate(v->point, v->count, columns, c->of, c->count, c->rho,
                                       study->combine == PARK_COMBINE_LATIN, err));
    }
    return PARK_OK;
}

static park_status no_study(const char *path, park_findings *findings, park_error *err)
{
    park_finding *finding =
        park_finding_add(findings, PARK_E0302, PARK_ERROR, NULL,
                         "'%s' is no study: a batch takes a document that begins with `parkwater_study: 1`",
                         "“%s”不是方案集：batch 所用的文件须以 parkwater_study: 1 开头", path);
    if (finding != NULL)
        finding->file = path;
    return PARK_FAIL(err, PARK_E_INPUT, "%s is no study", path);
}

park_status park_variants_open(const char *path, const park_load_options *options, park_arena *arena,
                               park_variants *v, park_findings *findings, park_error *err)
{
    park_loaded loaded;
    *v       = (park_variants){.arena = arena, .path = path, .options = options};
    v->files = PARK_NEW(arena, park_names);
    if (v->files == NULL)
        return memory(err);
    park_names_init_exact(v->files, arena);
    PARK_TRY(park_load(path, options, arena, &loaded, findings, err));
    if (loaded.study == NULL)
        return no_study(path, findings, err);
    v->study = loaded.study;
    PARK_TRY(count_variants(v, err));
    PARK_TRY(read_base(v, findings, err));
    for (size_t k = 0; k < v->study->variations; k++)
        if (v->study->variation[k].how == PARK_VARY_OVERLAY)
            PARK_TRY(read_overlays(v, k, findings, err));
    if (findings->errors > 0)
        return PARK_FAIL(err, PARK_E_INPUT, "the study has %zu mistakes", findings->errors);
    *err = (park_error){0};
    return draw_sample(v, err);
}

/* ---- what a variant is ---- */

int32_t park_variants_level(const park_variants *v, size_t i, size_t k)
{
    const park_study     *study     = v->study;
    const park_variation *variation = &study->variation[k];
    if (variation->drawn)
        return -1;
    if (study->combine == PARK_COMBINE_LIST)
        return (int32_t)i;
    if (study->combine >= PARK_COMBINE_LATIN)
        return (int32_t)(v->point[i * study->variations + k] * (double)variation->levels);
    size_t stride = 1; /* the last variation runs fastest */
    for (size_t j = k + 1; j < study->variations; j++)
        stride *= study->variation[j].drawn ? 1 : study->variation[j].levels;
    return (int32_t)(i / stride % variation->levels);
}

double park_variants_number(const park_variants *v, size_t i, size_t k)
{
    const park_variation *variation = &v->study->variation[k];
    if (variation->drawn)
        return park_distribution_quantile(&variation->law, v->point[i * v->study->variations + k]);
    const park_level *level = &variation->level[park_variants_level(v, i, k)];
    const char       *rest;
    double            number;
    if (variation->how == PARK_VARY_TIMES)
        return level->times;
    return level->value->form == PARK_SCALAR && variation->how != PARK_VARY_OVERLAY &&
                   park_quantity_split(level->value->text, &number, &rest)
               ? number
               : NAN;
}

const char *park_variants_text(const park_variants *v, size_t i, size_t k, park_arena *arena)
{
    const park_variation *variation = &v->study->variation[k];
    if (!variation->drawn)
        return variation->level[park_variants_level(v, i, k)].label;
    const char *sign = variation->how == PARK_VARY_TIMES ? "x" : "";
    return park_arena_printf(arena, "%s%.6g%s", sign, park_variants_number(v, i, k), variation->unit);
}

const char *park_variants_name(const park_variants *v, size_t i, park_arena *arena)
{
    park_text text;
    park_text_init(&text, arena);
    if (v->study->combine >= PARK_COMBINE_LATIN)
        park_text_printf(&text, "%zu: ", i + 1);
    for (size_t k = 0; k < v->study->variations; k++) {
        const char *value = park_variants_text(v, i, k, arena);
        if (value == NULL)
            return NULL;
        park_text_printf(&text, "%s%s=%s", k > 0 ? ", " : "", v->study->variation[k].name, value);
    }
    return park_text_done(&text);
}

size_t park_variants_reference(const park_variants *v)
{
    const park_study *study = v->study;
    for (size_t i = 0; i < v->count; i++) {
        bool is = true;
        for (size_t k = 0; is && k < study->variations; k++) {
            int32_t wanted = study->reference[k] >= 0 ? study->reference[k] : 0;
            is             = study->variation[k].drawn || park_variants_level(v, i, k) == wanted;
        }
        if (is)
            return i;
    }
    return v->count;
}

/* ---- the scenario ---- */

static park_status lay_over(const park_overlay *over, park_tree *tree, park_error *err)
{
    if (over->root == NULL)
        return PARK_OK;
    park_tree_node *own = park_tree_adopt(tree, over->tree, over->root);
    return own != NULL && park_tree_merge(tree, tree->root, own) != NULL ? PARK_OK : memory(err);
}

/* The base alone, in the caller's arena. */
static park_status base_tree(const park_variants *v, park_arena *arena, park_tree **tree, park_error *err)
{
    *tree = park_tree_new(arena);
    if (*tree == NULL || ((*tree)->root = park_tree_adopt(*tree, v->base, v->base->root)) == NULL)
        return memory(err);
    return PARK_OK;
}

static park_status change(const park_variants *v, size_t k, int32_t level, double number, park_tree *tree,
                          park_findings *findings, park_error *err)
{
    const park_variation *variation = &v->study->variation[k];
    park_change_made      made      = {
                  .variation = variation, .value = level >= 0 ? variation->level[level].value : NULL, .number = number};
    return park_change_make(v->study, tree, v->park.tree != NULL ? v->park.tree->root : NULL, &made, findings,
                            err);
}

park_status park_variants_tree(const park_variants *v, size_t i, park_arena *arena, park_tree **tree,
                               park_findings *findings, park_error *err)
{
    const park_study *study = v->study;
    PARK_TRY(base_tree(v, arena, tree, err));
    if (i >= v->count)
        return PARK_OK;
    for (size_t k = 0; k < study->variations; k++)
        if (v->overlay[k] != NULL)
            PARK_TRY(lay_over(&v->overlay[k][park_variants_level(v, i, k)], *tree, err));
    for (size_t k = 0; k < study->variations; k++)
        if (v->overlay[k] == NULL)
            PARK_TRY(change(v, k, park_variants_level(v, i, k), park_variants_number(v, i, k), *tree,
                            findings, err));
    return PARK_OK;
}

/* ---- what cannot be, before anything is computed ---- */

/* The base with one level, on top of an overlay (NULL: none). */
static park_status try_level(park_variants *v, size_t k, int32_t level, const park_overlay *over,
                             park_arena *arena, park_findings *findings, park_error *err)
{
    const park_variation *variation = &v->study->variation[k];
    park_tree            *tree;
    park_loaded           loaded;
    PARK_TRY(base_tree(v, arena, &tree, err));
    if (over != NULL)
        PARK_TRY(lay_over(over, tree, err));
    if (v->overlay[k] != NULL)
        PARK_TRY(lay_over(&v->overlay[k][level], tree, err));
    else {
        double number = variation->drawn                    ? park_distribution_quantile(&variation->law, 0.5)
                        : variation->how == PARK_VARY_TIMES ? variation->level[level].times
                                                            : NAN;
        PARK_TRY(change(v, k, level, number, tree, findings, err));
    }
    return park_load_tree(tree, v->options, arena, &loaded, findings, err);
}

/* Findings outlive the arena they were made in; warnings of a variant are its own. */
static void keep_errors(park_findings *to, const park_findings *from)
{
    for (size_t i = 0; i < from->count; i++) {
        const park_finding *f = &from->items[i];
        if (f->severity != PARK_ERROR)
            continue;
        park_finding *kept = park_finding_add(to, f->code, PARK_ERROR, NULL, "%s", "%s", "");
        if (kept == NULL)
            continue;
        park_arena  *arena = to->arena;
        park_finding copy  = *f;
        copy.en            = park_arena_printf(arena, "%s", f->en != NULL ? f->en : "");
        copy.zh            = park_arena_printf(arena, "%s", f->zh != NULL ? f->zh : "");
        copy.path          = f->path != NULL ? park_arena_printf(arena, "%s", f->path) : NULL;
        copy.file          = f->file != NULL ? park_arena_printf(arena, "%s", f->file) : NULL;
        copy.source        = f->source != NULL ? park_arena_printf(arena, "%s", f->source) : NULL;
        *kept              = copy;
    }
}

/* On the base, else on any overlay of the others. */
static park_status check_level(park_variants *v, size_t k, int32_t level, park_findings *findings,
                               park_error *err)
{
    park_arena   *arena = park_arena_new();
    park_findings first;
    park_error    said = {0};
    if (arena == NULL)
        return memory(err);
    park_findings_init(&first, arena);
    park_status status = try_level(v, k, level, NULL, arena, &first, &said);
    for (size_t j = 0; status == PARK_E_INPUT && j < v->study->variations; j++)
        for (size_t o = 0;
             status == PARK_E_INPUT && j != k && v->overlay[j] != NULL && o < v->study->variation[j].levels;
             o++) {
            park_arena   *scratch = park_arena_new();
            park_findings other;
            park_findings_init(&other, scratch);
            if (try_level(v, k, level, &v->overlay[j][o], scratch, &other, &said) == PARK_OK)
                status = PARK_OK;
            park_arena_free(scratch);
        }
    if (status == PARK_E_INPUT) {
        const park_variation *variation = &v->study->variation[k];
        size_t                before    = findings->errors;
        keep_errors(findings, &first);
        if (findings->errors > before || first.errors == 0)
            park_tree_place(v->study->tree,
                            level >= 0 && variation->level[level].value->form == PARK_SCALAR
                                ? variation->level[level].value
                                : variation->node,
                            PARK_AT_VALUE, findings,
                            park_finding_add(findings, PARK_E0325, PARK_ERROR, NULL,
                                             "'%s' = '%s' makes no park that can be computed",
                                             "“%s”=“%s”不能构成可计算的园区", variation->name,
                                             level >= 0 ? variation->level[level].label : "..."));
        status = PARK_OK;
    } else if (status != PARK_OK) {
        *err = said;
    }
    park_arena_free(arena);
    return status;
}

park_status park_variants_check(park_variants *v, park_findings *findings, park_error *err)
{
    size_t tried = 0;
    for (size_t k = 0; k < v->study->variations; k++) {
        size_t levels = v->study->variation[k].drawn ? 1 : v->study->variation[k].levels;
        for (size_t i = 0; i < levels && tried < LEVELS_TRIED; i++, tried++)
            PARK_TRY(check_level(v, k, v->study->variation[k].drawn ? -1 : (int32_t)i, findings, err));
    }
    if (findings->errors > 0)
        return PARK_FAIL(err, PARK_E_INPUT, "the study has %zu mistakes", findings->errors);
    return PARK_OK;
}

/* ---- hashes ---- */

/* The hash of a data file, read once. */
static park_status file_hash(park_variants *v, const char *path, const char **hex, park_error *err)
{
    int32_t at = park_names_find(v->files, path, strlen(path));
    if (at < 0) {
        PARK_TRY(park_names_add(v->files, path, strlen(path), &at, err));
        if (!PARK_GROW(v->arena, v->sha, v->shas, v->shas_cap))
            return memory(err);
        v->shas++;
        PARK_TRY(park_sha256_file(path, v->sha[at], err));
    }
    *hex = v->sha[at];
    return PARK_OK;
}

/* Files named anywhere below the node, each with its hash. */
static park_status add_files(park_variants *v, const park_tree *tree, const park_tree_node *node,
                             park_arena *arena, park_text *text, park_error *err)
{
    const char *key = park_tree_key(node), *path, *hex = "";
    if (node->form == PARK_SCALAR && (strcmp(key, "csv") == 0 || strcmp(key, "inp") == 0)) {
        park_file_rule rule = {0};
        park_error     said = {0};
        if (v->options != NULL)
            rule = (park_file_rule){v->options->allow_path, v->options->allow_paths};
        const char *from = node->mark.file >= 0 ? tree->files[node->mark.file].name : v->path;
        if (park_file_resolve(arena, from, node->text, &rule, &path, &said) != PARK_OK) {
            park_text_printf(text, "file %s: %s\n", node->text, said.message); /* loading it will tell */
            return PARK_OK;
        }
        PARK_TRY(file_hash(v, path, &hex, err));
        park_text_printf(text, "file %s: %s\n", node->text, hex);
    }
    for (size_t i = 0; i < node->count; i++)
        PARK_TRY(add_files(v, tree, node->items[i], arena, text, err));
    return PARK_OK;
}

static park_status hash_in(park_variants *v, size_t i, const char *engine, park_arena *arena,
                           char hex[PARK_SHA256_HEX], park_error *err)
{
    park_findings ignored;
    park_tree    *tree;
    park_text     text;
    park_findings_init(&ignored, arena);
    park_text_init(&text, arena);
    PARK_TRY(park_variants_tree(v, i, arena, &tree, &ignored, err));
    park_text_printf(&text, "%s\n", engine);
    PARK_TRY(add_files(v, tree, tree->root, arena, &text, err));
    park_tree_write(tree->root, NULL, NULL, &text);
    if (park_text_done(&text) == NULL)
        return memory(err);
    return park_sha256(text.data, text.length, hex, err);
}

park_status park_variants_hash(park_variants *v, size_t i, const char *engine, char hex[PARK_SHA256_HEX],
                               park_error *err)
{
    park_arena *arena  = park_arena_new();
    park_status status = arena == NULL ? memory(err) : hash_in(v, i, engine, arena, hex, err);
    park_arena_free(arena);
    return status;
}
