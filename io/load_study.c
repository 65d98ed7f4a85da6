/*
 * load_study.c - studies: their words are checked; the job that uses them says what it cannot do yet.
 */
#include "load_sections.h"

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

/* --- study --- */

/* {normal: {mean: 1.1 CNY/m3, sd: 0.1 CNY/m3}} */
static void check_draw(park_loader *loader, const park_tree_node *node)
{
    static const char *const LAWS[]  = {"normal", "lognormal", "uniform", "triangular", NULL};
    static const char *const PARTS[] = {"mean", "sd", "cv", "min", "max", "mode", NULL};
    park_quantity            quantity;
    if (!keys(loader, node, LAWS))
        return;
    for (size_t i = 0; i < node->count; i++) {
        if (!keys(loader, node->items[i], PARTS))
            continue;
        for (size_t k = 0; k < node->items[i]->count; k++) {
            const park_tree_node *part = node->items[i]->items[k];
            park_quantity_problem problem;
            if (park_reader_is(&loader->reader, part, PARK_SCALAR) &&
                !park_quantity_parse(part->text, part->length, PARK_DIM_COUNT, &quantity, &problem))
                park_tree_place_in(loader->reader.tree, part, problem.offset, problem.length,
                                   loader->reader.findings,
                                   park_quantity_finding(loader->reader.findings, &problem,
                                                         park_tree_path(loader->reader.arena, part)));
        }
    }
}

static void check_variation(park_loader *loader, park_tree_node *node)
{
    static const char *const WORDS[] = {"set", "values", "times", "add", "draw", "overlay", NULL};
    park_reader             *reader  = &loader->reader;
    if (!keys(loader, node, WORDS))
        return;
    const park_tree_node *set = park_tree_get(node, "set"), *overlay = park_tree_get(node, "overlay");
    const park_tree_node *times = park_tree_get(node, "times"), *draw = park_tree_get(node, "draw");
    int                   how = (times != NULL) + (draw != NULL) + (park_tree_get(node, "values") != NULL) +
              (park_tree_get(node, "add") != NULL);
    if ((set == NULL) == (overlay == NULL) || (set != NULL && how != 1)) {
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0302, PARK_ERROR,
                  "a variation is {set: PATH, %s: ..} or {overlay: {..}}",
                  "变化项写作 {set: 路径, %s: ..} 或 {overlay: {..}}", "times");
        return;
    }
    if (overlay != NULL)
        (void)park_reader_is(reader, overlay, PARK_MAPPING);
    double ignored;
    for (size_t i = 0; times != NULL && park_reader_is(reader, times, PARK_LIST) && i < times->count; i++)
        (void)park_reader_quantity(reader, times->items[i], PARK_DIM_NUMBER, &ignored);
    if (draw != NULL)
        check_draw(loader, draw);
}

static void check_combine(park_loader *loader, park_tree_node *node)
{
    static const char *const WAYS[]    = {"cross", "list", NULL};
    static const char *const SAMPLED[] = {"latin_hypercube", "sobol", "monte_carlo", "seed", NULL};
    int32_t                  ignored;
    if (node->form == PARK_SCALAR)
        (void)park_reader_choice(&loader->reader, node, WAYS, &ignored);
    else if (keys(loader, node, SAMPLED))
        for (size_t i = 0; i < node->count; i++)
            (void)park_reader_count(&loader->reader, node->items[i], &ignored);
}

void park_load_study(park_loader *loader)
{
    static const char *const JOBS[] = {"run", "simulate", "optimize", NULL};
    static const char *const KEEP[] = {"indicators", "series", "every", NULL};
    park_reader             *reader = &loader->reader;
    park_tree_node *vary = park_tree_get(loader->root, "vary"), *job = park_tree_get(loader->root, "job");
    park_tree_node *combine    = park_tree_get(loader->root, "combine"),
                   *keep       = park_tree_get(loader->root, "keep");
    const park_tree_node *seed = park_tree_get(loader->root, "seed"),
                         *base = park_tree_get(loader->root, "base");
    int32_t ignored;
    double  every;
    park_load_required(loader, PARK_DOCUMENT_STUDY);
    if (base != NULL)
        (void)park_reader_is(reader, base, PARK_SCALAR);
    if (job != NULL)
        (void)park_reader_choice(reader, job, JOBS, &ignored);
    if (seed != NULL)
        (void)park_reader_count(reader, seed, &ignored);
    for (size_t i = 0; vary != NULL && park_reader_is(reader, vary, PARK_LIST) && i < vary->count; i++)
        check_variation(loader, vary->items[i]);
    if (combine != NULL)
        check_combine(loader, combine);
    if (keep != NULL && keys(loader, keep, KEEP) && park_tree_get(keep, "every") != NULL)
        (void)park_reader_quantity(reader, park_tree_get(keep, "every"), PARK_DIM_TIME, &every);
}
