/*
 * load_study.c - a study's words: what varies, how it is put together, what is kept. No file is opened here: the base and the
 * overlays are read by those who make variants.
 */
#include "load_sections.h"

#include "study.h"
#include "utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void park_load_required(park_loader *loader, park_document document)
{
    for (const park_section *section = park_sections(document); section->word != NULL; section++)
        if (section->required && park_tree_get(loader->root, section->word) == NULL && !loader->root->damaged)
            PARK_TELL(&loader->reader, loader->root, PARK_AT_VALUE, PARK_E0302, PARK_ERROR,
                      "the document lacks '%s' (%s)", "文件缺少“%s”（%s）", section->word,
                      section->example != NULL ? section->example : section->en);
}

static bool keys(park_loader *loader, const park_tree_node *node, const char *const *words)
{
    return park_reader_is(&loader->reader, node, PARK_MAPPING) &&
           park_reader_known(&loader->reader, node, NULL, 0, words);
}

bool park_quantity_split(const char *text, double *number, const char **rest)
{
    char *end;
    if (strchr("0123456789+-.", text[0]) == NULL || text[0] == '\0' || strpbrk(text, "xX") == text + 1)
        return false;
    *number = strtod(text, &end);
    *rest   = end;
    return end != text && isfinite(*number);
}

/* Any quantity in plain digits, told when it is none. */
static bool quantity(park_loader *loader, const park_tree_node *node, double *number, const char **unit)
{
    park_quantity         ignored;
    park_quantity_problem problem;
    if (!park_reader_is(&loader->reader, node, PARK_SCALAR))
        return false;
    if (!park_quantity_parse(node->text, node->length, PARK_DIM_COUNT, &ignored, &problem)) {
        park_tree_place_in(loader->reader.tree, node, problem.offset, problem.length, loader->reader.findings,
                           park_quantity_finding(loader->reader.findings, &problem,
                                                 park_tree_path(loader->reader.arena, node)));
        return false;
    }
    if (park_quantity_split(node->text, number, unit))
        return true;
    PARK_TELL(&loader->reader, node, PARK_AT_VALUE, PARK_E0301, PARK_ERROR,
              "'%s' does not begin with a number in plain digits", "“%s”不是以普通数字开头", node->text);
    return false;
}

/* ---- laws ---- */

/* One parameter of a law; all of them have one unit. */
static bool parameter(park_loader *loader, const park_tree_node *law, const char *word, const char **unit,
                      double *value)
{
    const park_tree_node *node = park_tree_get(law, word);
    const char           *own;
    if (node == NULL) {
        PARK_TELL(&loader->reader, law, PARK_AT_KEY, PARK_E0302, PARK_ERROR, "the law '%s' lacks '%s'",
                  "分布“%s”缺少“%s”", park_tree_key(law), word);
        return false;
    }
    if (!quantity(loader, node, value, &own))
        return false;
    if (*unit != NULL && strcmp(*unit, own) != 0) {
        PARK_TELL(&loader->reader, node, PARK_AT_VALUE, PARK_E0308, PARK_ERROR,
                  "the numbers of a law are written in one unit; '%s' differs from '%s'",
                  "一个分布的各参数须用同一单位；“%s”与“%s”不同", own, *unit);
        return false;
    }
    *unit = own;
    return true;
}

/* sd, or cv times the mean. */
static bool deviation(park_loader *loader, const park_tree_node *node, const char **unit,
                      park_distribution *law)
{
    const park_tree_node *cv = park_tree_get(node, "cv");
    const char           *percent;
    double                share;
    if (cv == NULL)
        return parameter(loader, node, "sd", unit, &law->sd);
    if (park_tree_get(node, "sd") != NULL) {
        PARK_TELL(&loader->reader, cv, PARK_AT_KEY, PARK_E0308, PARK_ERROR, "%s and %s exclude each other",
                  "%s 与 %s 不能同时给出", "sd", "cv");
        return false;
    }
    if (!parameter(loader, node, "mean", unit, &law->mean) || !quantity(loader, cv, &share, &percent))
        return false;
    law->sd = share * (strchr(percent, '%') != NULL ? 0.01 : 1.0) * fabs(law->mean);
    return true;
}

static bool discrete(park_loader *loader, const park_tree_node *node, const char **unit,
                     park_distribution *law)
{
    park_reader *reader = &loader->reader;
    if (!park_reader_is(reader, node, PARK_LIST))
        return false;
    double *value  = PARK_ARRAY(reader->arena, node->count, double);
    double *weight = PARK_ARRAY(reader->arena, node->count, double);
    bool    ok     = value != NULL && weight != NULL;
    reader->failed |= !ok;
    for (size_t i = 0; ok && i < node->count; i++) {
        const char *own = NULL;
        ok              = quantity(loader, node->items[i], &value[i], &own);
        weight[i]       = 1.0;
        *unit           = *unit == NULL ? own : *unit;
        if (ok && strcmp(own, *unit) != 0) {
            PARK_TELL(reader, node->items[i], PARK_AT_VALUE, PARK_E0308, PARK_ERROR,
                      "the numbers of a law are written in one unit; '%s' differs from '%s'",
                      "一个分布的各参数须用同一单位；“%s”与“%s”不同", own, *unit);
            ok = false;
        }
    }
    law->count = node->count, law->value = value, law->weight = weight;
    return ok;
}

static bool read_law(park_loader *loader, const park_tree_node *node, park_variation *v)
{
    static const char *const PARTS[] = {"mean", "sd", "cv", "min", "max", "mode", NULL};
    const char              *word    = park_tree_key(node);
    park_distribution       *law     = &v->law;
    bool                     ok;
    if (strcmp(word, "discrete") == 0) {
        law->kind = PARK_DISTRIBUTION_DISCRETE;
        ok        = discrete(loader, node, &v->unit, law);
    } else if (!keys(loader, node, PARTS)) {
        return false;
    } else if (strcmp(word, "normal") == 0 || strcmp(word, "lognormal") == 0) {
        law->kind = word[0] == 'n' ? PARK_DISTRIBUTION_NORMAL : PARK_DISTRIBUTION_LOGNORMAL;
        ok = parameter(loader, node, "mean", &v->unit, &law->mean) && deviation(loader, node, &v->unit, law);
    } else {
        law->kind = word[0] == 'u' ? PARK_DISTRIBUTION_UNIFORM : PARK_DISTRIBUTION_TRIANGULAR;
        ok        = parameter(loader, node, "min", &v->unit, &law->min) &&
             (law->kind == PARK_DISTRIBUTION_UNIFORM ||
              parameter(loader, node, "mode", &v->unit, &law->mode)) &&
             parameter(loader, node, "max", &v->unit, &law->max);
    }
    if (ok && isnan(park_distribution_quantile(law, 0.5))) {
        PARK_TELL(&loader->reader, node, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "these numbers make no law '%s'", "这些参数不构成“%s”分布", word);
        return false;
    }
    return ok;
}

/* {normal: {mean: 1.1 CNY/m3, sd: 0.1 CNY/m3}}, or {times: {lognormal: {mean: 1, cv: 0.2}}}. */
static void read_draw(park_loader *loader, const park_tree_node *node, park_variation *v)
{
    static const char *const WORDS[] = {"normal",   "lognormal", "uniform", "triangular",
                                        "discrete", "times",     "add",     NULL};
    static const char *const LAWS[]  = {"normal", "lognormal", "uniform", "triangular", "discrete", NULL};
    if (!keys(loader, node, WORDS))
        return;
    if (node->count == 1 && (strcmp(park_tree_key(node->items[0]), "times") == 0 ||
                             strcmp(park_tree_key(node->items[0]), "add") == 0)) {
        node   = node->items[0];
        v->how = park_tree_key(node)[0] == 't' ? PARK_VARY_TIMES : PARK_VARY_ADD;
        if (!keys(loader, node, LAWS))
            return;
    }
    if (node->count != 1) {
        PARK_TELL(&loader->reader, node, PARK_AT_VALUE, PARK_E0308, PARK_ERROR, "a draw has one law, as %s",
                  "抽样须给出一个分布，如 %s", "{normal: {mean: 1.1 CNY/m3, sd: 0.1 CNY/m3}}");
        return;
    }
    v->drawn = true;
    if (read_law(loader, node->items[0], v) && v->how == PARK_VARY_TIMES && v->unit[0] != '\0')
        PARK_TELL(&loader->reader, node, PARK_AT_VALUE, PARK_E0308, PARK_ERROR,
                  "a factor has no unit, but the law is in '%s'", "倍数没有单位，但分布写有“%s”", v->unit);
}

/* ---- levels ---- */

static const char *text_of(park_arena *arena, const char *before, const char *text)
{
    return park_arena_printf(arena, "%s%s", before, text);
}

/* A level's label where it has no key. */
static const char *label_of(park_arena *arena, const park_variation *v, const park_tree_node *value, size_t i)
{
    if (value->form != PARK_SCALAR)
        return park_arena_printf(arena, "%zu", i + 1);
    if (v->how == PARK_VARY_TIMES)
        return text_of(arena, "x", value->text);
    if (v->how == PARK_VARY_ADD && value->text[0] != '-' && value->text[0] != '+')
        return text_of(arena, "+", value->text);
    return value->text;
}

/* Values in a list, or by label. */
static void read_levels(park_loader *loader, const park_tree_node *node, park_variation *v)
{
    park_reader *reader = &loader->reader;
    bool         ok     = node->form == PARK_MAPPING || park_reader_is(reader, node, PARK_LIST);
    v->level            = ok ? PARK_ARRAY(reader->arena, node->count, park_level) : NULL;
    reader->failed |= ok && v->level == NULL;
    if (v->level == NULL)
        return;
    if (node->count == 0)
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0310, PARK_ERROR, "'%s' has no value to vary over",
                  "“%s”没有可变化的取值", park_tree_key(node));
    for (size_t i = 0; i < node->count; i++) {
        const park_tree_node *value = node->items[i];
        park_level           *level = &v->level[v->levels++];
        const char           *unit;
        double                number;
        level->value = value;
        level->label =
            node->form == PARK_MAPPING ? park_tree_key(value) : label_of(reader->arena, v, value, i);
        reader->failed |= level->label == NULL;
        if (v->how == PARK_VARY_TIMES)
            (void)park_reader_quantity(reader, value, PARK_DIM_NUMBER, &level->times);
        else if (v->how == PARK_VARY_ADD)
            (void)quantity(loader, value, &number, &unit);
        for (size_t k = 0; k + 1 < v->levels; k++)
            if (level->label != NULL && v->level[k].label != NULL &&
                strcmp(v->level[k].label, level->label) == 0)
                PARK_TELL(reader, value, PARK_AT_VALUE, PARK_E0306, PARK_ERROR, "'%s' stands here twice",
                          "“%s”在此出现两次", level->label);
    }
}

/* ---- variations ---- */

static const char *name_of(park_loader *loader, const park_tree_node *node, const park_variation *v)
{
    const park_tree_node *name = park_tree_get(node, "name");
    if (name != NULL && park_reader_is(&loader->reader, name, PARK_SCALAR))
        return name->text;
    return v->path != NULL ? v->path : "overlay";
}

static bool read_variation(park_loader *loader, const park_tree_node *node, park_variation *v)
{
    static const char *const WORDS[] = {"set", "values", "times", "add", "draw", "overlay", "name", NULL};
    static const char *const HOW[]   = {"values", "times", "add", "draw"};
    park_reader             *reader  = &loader->reader;
    const park_tree_node    *what    = NULL;
    int                      given   = 0;
    *v                               = (park_variation){.node = node};
    if (!keys(loader, node, WORDS))
        return false;
    const park_tree_node *set = park_tree_get(node, "set"), *overlay = park_tree_get(node, "overlay");
    for (size_t i = 0; i < 4; i++)
        if (park_tree_get(node, HOW[i]) != NULL)
            what = park_tree_get(node, HOW[i]), given++;
    if ((set == NULL) == (overlay == NULL) || (set != NULL ? given != 1 : given != 0)) {
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0302, PARK_ERROR,
                  "a variation is {set: PATH, %s: ..} or {overlay: {..}}",
                  "变化项写作 {set: 路径, %s: ..} 或 {overlay: {..}}", "times");
        return false;
    }
    if (set != NULL && !park_reader_is(reader, set, PARK_SCALAR))
        return false;
    v->path = set != NULL ? set->text : NULL;
    v->name = name_of(loader, node, v);
    if (overlay != NULL) {
        v->how = PARK_VARY_OVERLAY;
        if (park_reader_is(reader, overlay, PARK_MAPPING))
            read_levels(loader, overlay, v);
        for (size_t i = 0; i < v->levels; i++)
            if (v->level[i].value->form == PARK_LIST)
                (void)park_reader_is(reader, v->level[i].value, PARK_MAPPING);
    } else if (strcmp(park_tree_key(what), "draw") == 0) {
        read_draw(loader, what, v);
    } else {
        v->how = park_tree_key(what)[0] == 't'   ? PARK_VARY_TIMES
                 : park_tree_key(what)[0] == 'a' ? PARK_VARY_ADD
                                                 : PARK_VARY_SET;
        read_levels(loader, what, v);
    }
    return true;
}

static void read_vary(park_loader *loader, const park_tree_node *vary, park_study *study)
{
    park_reader *reader = &loader->reader;
    if (!park_reader_is(reader, vary, PARK_LIST))
        return;
    if (vary->count == 0 || vary->count > PARK_STUDY_VARIATIONS_MOST) {
        PARK_TELL(reader, vary, PARK_AT_VALUE, PARK_E0310, PARK_ERROR,
                  "%zu things vary here; a study has 1 to %d", "此处有 %zu 个变化项；方案集应有 1 到 %d 个",
                  vary->count, PARK_STUDY_VARIATIONS_MOST);
        return;
    }
    study->variation = PARK_ARRAY(reader->arena, vary->count, park_variation);
    reader->failed |= study->variation == NULL;
    for (size_t i = 0; study->variation != NULL && i < vary->count; i++) {
        park_variation *v = &study->variation[study->variations];
        if (!read_variation(loader, vary->items[i], v))
            continue;
        for (size_t k = 0; k < study->variations; k++)
            if (strcmp(study->variation[k].name, v->name) == 0)
                PARK_TELL(reader, v->node, PARK_AT_VALUE, PARK_E0306, PARK_ERROR,
                          "two variations are called '%s'; give one a `name`",
                          "两个变化项都叫“%s”；请用 name 另行命名", v->name);
        study->variations++;
    }
}

/* ---- how they are put together ---- */

static void check_list(park_loader *loader, const park_tree_node *node, const park_study *study)
{
    const park_variation *first = NULL;
    for (size_t i = 0; i < study->variations; i++) {
        const park_variation *v = &study->variation[i];
        if (v->drawn)
            continue;
        if (first != NULL && v->levels != first->levels)
            PARK_TELL(&loader->reader, node, PARK_AT_VALUE, PARK_E0310, PARK_ERROR,
                      "`combine: list` takes as many values of each; '%s' has %zu, '%s' has %zu",
                      "combine: list 要求各变化项取值个数相同；“%s”有 %zu 个，“%s”有 %zu 个", first->name,
                      first->levels, v->name, v->levels);
        first = first != NULL ? first : v;
    }
}

static void read_combine(park_loader *loader, const park_tree_node *node, park_study *study)
{
    static const char *const WAYS[]    = {"cross", "list", NULL};
    static const char *const SAMPLED[] = {"latin_hypercube", "sobol", "monte_carlo", "seed", NULL};
    park_reader             *reader    = &loader->reader;
    int32_t                  which = 0, number = 0, ways = 0;
    if (node->form == PARK_SCALAR) {
        if (park_reader_choice(reader, node, WAYS, &which))
            study->combine = (park_combine)which;
        if (study->combine == PARK_COMBINE_LIST)
            check_list(loader, node, study);
        return;
    }
    if (!keys(loader, node, SAMPLED))
        return;
    for (int i = 0; i < 3; i++) {
        const park_tree_node *count = park_tree_get(node, SAMPLED[i]);
        if (count == NULL)
            continue;
        ways++;
        study->combine = (park_combine)(PARK_COMBINE_LATIN + i);
        if (park_reader_count(reader, count, &number) && number < 1)
            PARK_TELL(reader, count, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "a sample has at least %d variant", "样本至少有 %d 个方案", 1);
        study->samples = number > 0 ? (size_t)number : 0;
    }
    if (park_tree_get(node, "seed") != NULL &&
        park_reader_count(reader, park_tree_get(node, "seed"), &number))
        study->seed = (uint64_t)number;
    if (ways != 1)
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0302, PARK_ERROR,
                  "variations are combined by one of cross, list, %s", "组合方式为 cross、list、%s 之一",
                  "{latin_hypercube: 500}, {sobol: 512}, {monte_carlo: 2000}");
}

/* The variation of a name; PARK_STUDY_VARIATIONS_MOST when told. */
static size_t variation_named(park_loader *loader, const park_study *study, const park_tree_node *node,
                              const char *name, park_tree_spot spot)
{
    const char *words[PARK_STUDY_VARIATIONS_MOST];
    for (size_t i = 0; i < study->variations; i++) {
        words[i] = study->variation[i].name;
        if (strcmp(words[i], name) == 0)
            return i;
    }
    park_reader_tell_near(&loader->reader, node, spot, PARK_E0316,
                          park_nearest(name, words, study->variations),
                          "nothing in this study varies as '%s'", "本方案集中没有变化项“%s”", name);
    return PARK_STUDY_VARIATIONS_MOST;
}

/* {of: [a, b, c], rho: 0.6}, the same between each two. */
static bool read_correlation(park_loader *loader, const park_tree_node *node, park_study *study,
                             park_correlation *c)
{
    static const char *const WORDS[] = {"of", "rho", NULL};
    park_reader             *reader  = &loader->reader;
    const park_tree_node    *of = park_tree_get(node, "of"), *rho = park_tree_get(node, "rho");
    double                   r = 0.0;
    if (!keys(loader, node, WORDS))
        return false;
    if (of == NULL || rho == NULL || of->form != PARK_LIST || of->count < 2) {
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0302, PARK_ERROR, "what goes together is written as %s",
                  "相关写作 %s", "{of: [a, b], rho: 0.6}");
        return false;
    }
    if (!park_reader_quantity(reader, rho, PARK_DIM_NUMBER, &r))
        return false;
    size_t n = of->count;
    if (!(r > -1.0 / (double)(n - 1) && r < 1.0)) {
        PARK_TELL(reader, rho, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "a correlation between %zu variables lies between %.3g and 1, both excluded",
                  "%zu 个变量之间的相关系数须在 %.3g 与 1 之间（不含两端）", n, -1.0 / (double)(n - 1));
        return false;
    }
    *c     = (park_correlation){.count = n, .node = node};
    c->of  = PARK_ARRAY(reader->arena, n, size_t);
    c->rho = PARK_ARRAY(reader->arena, n * n, double);
    reader->failed |= c->of == NULL || c->rho == NULL;
    bool ok = !reader->failed;
    for (size_t i = 0; ok && i < n; i++) {
        const park_tree_node *name = of->items[i];
        ok                         = park_reader_is(reader, name, PARK_SCALAR);
        size_t at =
            ok ? variation_named(loader, study, name, name->text, PARK_AT_VALUE) : PARK_STUDY_VARIATIONS_MOST;
        ok = at < PARK_STUDY_VARIATIONS_MOST;
        if (ok && !study->variation[at].drawn) {
            PARK_TELL(reader, name, PARK_AT_VALUE, PARK_E0308, PARK_ERROR,
                      "'%s' is not drawn, so it cannot be correlated", "“%s”不是抽样变量，不能设相关",
                      name->text);
            ok = false;
        }
        for (size_t k = 0; ok && k < study->correlations; k++)
            for (size_t j = 0; j < study->correlation[k].count; j++)
                if (study->correlation[k].of[j] == at) {
                    PARK_TELL(reader, name, PARK_AT_VALUE, PARK_E0306, PARK_ERROR,
                              "'%s' stands in two correlations", "“%s”出现在两组相关中", name->text);
                    ok = false;
                }
        for (size_t k = 0; ok && k < n; k++)
            c->rho[i * n + k] = i == k ? 1.0 : r;
        if (ok)
            c->of[i] = at;
    }
    return ok;
}

static void read_correlate(park_loader *loader, const park_tree_node *node, park_study *study)
{
    park_reader *reader = &loader->reader;
    if (!park_reader_is(reader, node, PARK_LIST))
        return;
    study->correlation = PARK_ARRAY(reader->arena, node->count, park_correlation);
    reader->failed |= study->correlation == NULL;
    for (size_t i = 0; !reader->failed && i < node->count; i++)
        if (read_correlation(loader, node->items[i], study, &study->correlation[study->correlations]))
            study->correlations++;
}

/* ---- the rest ---- */

static void read_reference(park_loader *loader, const park_tree_node *node, park_study *study)
{
    if (!park_reader_is(&loader->reader, node, PARK_MAPPING))
        return;
    for (size_t i = 0; i < node->count; i++) {
        const park_tree_node *said = node->items[i];
        size_t                at   = variation_named(loader, study, said, park_tree_key(said), PARK_AT_KEY);
        if (at == PARK_STUDY_VARIATIONS_MOST || !park_reader_is(&loader->reader, said, PARK_SCALAR))
            continue;
        const park_variation *v = &study->variation[at];
        for (size_t k = 0; k < v->levels; k++)
            if (strcmp(v->level[k].label, said->text) == 0)
                study->reference[at] = (int32_t)k;
        if (study->reference[at] < 0)
            PARK_TELL(&loader->reader, said, PARK_AT_VALUE, PARK_E0316, PARK_ERROR, "'%s' has no value '%s'",
                      "“%s”没有取值“%s”", v->name, said->text);
    }
}

static const char **texts(park_loader *loader, const park_tree_node *list, size_t *count)
{
    park_reader *reader = &loader->reader;
    if (!park_reader_is(reader, list, PARK_LIST))
        return NULL;
    const char **text = PARK_ARRAY(reader->arena, list->count, const char *);
    reader->failed |= text == NULL;
    for (size_t i = 0; text != NULL && i < list->count; i++)
        if (park_reader_is(reader, list->items[i], PARK_SCALAR))
            text[(*count)++] = list->items[i]->text;
    return text;
}

static void read_keep(park_loader *loader, const park_tree_node *node, park_study *study)
{
    static const char *const WORDS[] = {"indicators", "series", "every", NULL};
    park_reader             *reader  = &loader->reader;
    if (!keys(loader, node, WORDS))
        return;
    const park_tree_node *indicators = park_tree_get(node, "indicators"),
                         *every      = park_tree_get(node, "every");
    const park_tree_node *series     = park_tree_get(node, "series");
    if (indicators != NULL && !(indicators->form == PARK_SCALAR && strcmp(indicators->text, "all") == 0))
        study->indicator = texts(loader, indicators, &study->indicators);
    if (series != NULL)
        study->serie = texts(loader, series, &study->series);
    if (every != NULL && park_reader_quantity(reader, every, PARK_DIM_TIME, &study->every) &&
        !(study->every >= 60.0 && fmod(study->every, 60.0) == 0.0))
        PARK_TELL(reader, every, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "rows are kept every whole number of minutes, at least %d",
                  "保存间隔须为整分钟，至少 %d 分钟", 1);
}

void park_load_study(park_loader *loader, park_study *study)
{
    static const char *const JOBS[] = {"run", "simulate", "optimize", NULL};
    park_reader             *reader = &loader->reader;
    const park_tree_node    *root = loader->root, *vary = park_tree_get(root, "vary");
    const park_tree_node    *job = park_tree_get(root, "job"), *seed = park_tree_get(root, "seed");
    const park_tree_node    *combine = park_tree_get(root, "combine"), *name = park_tree_get(root, "name");
    const park_tree_node *correlate = park_tree_get(root, "correlate"), *keep = park_tree_get(root, "keep");
    const park_tree_node *reference = park_tree_get(root, "reference");
    int32_t               number    = 0;
    *study = (park_study){.name = "", .seed = 1, .every = 3600.0, .tree = reader->tree};
    park_load_required(loader, PARK_DOCUMENT_STUDY);
    study->base = park_tree_get(root, "base");
    if (study->base != NULL)
        (void)park_reader_is(reader, study->base, PARK_SCALAR);
    if (name != NULL && name->form == PARK_SCALAR)
        study->name = name->text;
    if (job != NULL && park_reader_choice(reader, job, JOBS, &number))
        study->job = (park_study_job)number;
    if (seed != NULL && park_reader_count(reader, seed, &number))
        study->seed = (uint64_t)number;
    if (vary != NULL)
        read_vary(loader, vary, study);
    study->reference = PARK_ARRAY(reader->arena, study->variations, int32_t);
    reader->failed |= study->reference == NULL;
    for (size_t i = 0; !reader->failed && i < study->variations; i++)
        study->reference[i] = -1;
    if (combine != NULL)
        read_combine(loader, combine, study);
    if (correlate != NULL)
        read_correlate(loader, correlate, study);
    if (reference != NULL && !reader->failed)
        read_reference(loader, reference, study);
    if (keep != NULL)
        read_keep(loader, keep, study);
}
