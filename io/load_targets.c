/*
 * load_targets.c - targets and objective.
 */
#include "load_sections.h"

#include "utf8.h"

#include <stdio.h>
#include <string.h>

static const park_target_row *target_row(const char *word, size_t length)
{
    for (const park_target_row *row = PARK_TARGETS; row->word != NULL; row++)
        if (strlen(row->word) == length && memcmp(row->word, word, length) == 0)
            return row;
    return NULL;
}

static const park_product_info *find_product(const park_draft *draft, const char *id)
{
    for (size_t e = 0; e < draft->enterprises; e++)
        for (size_t p = 0; p < draft->enterprise[e].products; p++)
            if (strcmp(draft->enterprise[e].product[p].id, id) == 0)
                return &draft->enterprise[e].product[p];
    return NULL;
}

static bool has_enterprise(const park_draft *draft, const char *id)
{
    for (size_t e = 0; e < draft->enterprises; e++)
        if (strcmp(draft->enterprise[e].id, id) == 0)
            return true;
    return false;
}

static void tell_unknown(park_loader *loader, const park_tree_node *node, const char *key)
{
    const char *words[64];
    size_t      count = 0;
    park_text   list;
    park_text_init(&list, loader->reader.arena);
    for (const park_target_row *row = PARK_TARGETS; row->word != NULL && count < 64; row++) {
        park_text_printf(&list, "%s%s%s", count > 0 ? ", " : "", row->word,
                         row->of == PARK_TARGET_OF_PRODUCT ? ".PRODUCT" : "");
        words[count++] = row->word;
    }
    const char *near_ = park_nearest(key, words, count), *all = park_text_done(&list);
    park_reader_tell_near(&loader->reader, node, PARK_AT_KEY, PARK_E0312, near_,
                          "there is no target '%s'; known are: %s", "没有指标“%s”；可用：%s", key,
                          all != NULL ? all : "");
}

/* What the target speaks of; false when it is told. */
static bool resolve(park_loader *loader, const park_tree_node *node, park_target *target)
{
    park_reader           *reader = &loader->reader;
    const char            *key    = park_tree_key(node);
    size_t                 length = strcspn(key, ".");
    const park_target_row *row    = target_row(key, length);
    if (row == NULL) {
        tell_unknown(loader, node, key);
        return false;
    }
    target->quantity = row->word;
    target->dim      = row->dim;
    target->subject  = key[length] == '.' ? key + length + 1 : NULL;
    if (row->of != PARK_TARGET_OF_PRODUCT) {
        if (target->subject == NULL ||
            (row->of == PARK_TARGET_OF_ENTERPRISE && has_enterprise(reader->draft, target->subject)))
            return true;
        const park_tree_node *enterprises = park_tree_get(loader->root, "enterprises");
        park_reader_tell_near(
            reader, node, PARK_AT_KEY, PARK_E0316,
            enterprises != NULL ? park_tree_nearest_key(reader->arena, enterprises, target->subject) : NULL,
            row->of == PARK_TARGET_OF_PARK ? "this target is one of the whole park, not of '%s'"
                                           : "there is no enterprise '%s'",
            row->of == PARK_TARGET_OF_PARK ? "该目标只针对整个园区，不能写“%s”" : "没有企业“%s”",
            target->subject);
        return false;
    }
    const park_product_info *product =
        target->subject != NULL ? find_product(reader->draft, target->subject) : NULL;
    if (product == NULL) {
        PARK_TELL(
            reader, node, PARK_AT_KEY, PARK_E0316, PARK_ERROR,
            "%s needs a product of an enterprise, as unit_intake.printed_cloth; there is no product '%s'",
            "%s 须指明企业的产品，如 unit_intake.printed_cloth；没有产品“%s”", row->word,
            target->subject != NULL ? target->subject : "");
        return false;
    }
    target->dim = park_dimension_intensity(product->dim);
    return true;
}

static void read_target(park_loader *loader, park_tree_node *node)
{
    static const char *const WORDS[] = {"min", "max", "basis", "indicative", NULL};
    park_reader             *reader  = &loader->reader;
    park_draft              *draft   = reader->draft;
    park_target              target  = {
                      .min = -INFINITY, .max = INFINITY, .basis = draft->accounting.intake, .statement = -1};
    bool ok = resolve(loader, node, &target);
    if (!park_reader_is(reader, node, PARK_MAPPING) || !park_reader_known(reader, node, NULL, 0, WORDS) ||
        !ok)
        return;
    const park_tree_node *min = park_tree_get(node, "min"), *max = park_tree_get(node, "max");
    const park_tree_node *basis      = park_tree_get(node, "basis"),
                         *indicative = park_tree_get(node, "indicative");
    int32_t chosen                   = (int32_t)target.basis;
    if (min == NULL && max == NULL) {
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR, "the target '%s' needs min or max",
                  "目标“%s”须有 min 或 max", park_tree_key(node));
        return;
    }
    ok = min == NULL || park_reader_quantity(reader, min, target.dim, &target.min);
    ok &= max == NULL || park_reader_quantity(reader, max, target.dim, &target.max);
    ok &= indicative == NULL || park_reader_bool(reader, indicative, &target.indicative);
    ok &= basis == NULL || park_reader_choice(reader, basis, PARK_BASIS_WORDS, &chosen);
    if (ok && target.min > target.max) {
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0303, PARK_ERROR,
                  "the target '%s' has a min above its max", "目标“%s”的 min 大于 max", park_tree_key(node));
        ok = false;
    }
    if (!ok)
        return;
    target.basis                    = (park_basis)chosen;
    target.basis_given              = basis != NULL;
    draft->target[draft->targets++] = target;
}

static void read_targets(park_loader *loader)
{
    park_reader    *reader  = &loader->reader;
    park_tree_node *section = park_load_section(loader, "targets");
    if (section == NULL)
        return;
    reader->draft->target = PARK_ARRAY(reader->arena, section->count, park_target);
    reader->failed |= reader->draft->target == NULL;
    for (size_t i = 0; reader->draft->target != NULL && i < section->count; i++)
        if (!park_reader_is_note(park_tree_key(section->items[i])))
            read_target(loader, section->items[i]);
}

/* --- objective --- */

static const char *const OBJECTIVES[] = {"cost", "fresh_water", "carbon", NULL}; /* by park_objective_kind */

/* A rate grows by pumping water in a circle, so it is a target and never what is optimized. */
static bool read_kind(park_reader *reader, const park_tree_node *node, int32_t *kind)
{
    if (node->form != PARK_SCALAR || strcmp(node->text, "reuse_rate") != 0)
        return park_reader_choice(reader, node, OBJECTIVES, kind);
    PARK_TELL(
        reader, node, PARK_AT_VALUE, PARK_E0304, PARK_ERROR,
        "the reuse rate is no objective: it grows by circulating more water while the intake stays. Minimise "
        "cost or fresh_water and ask for the rate under targets: {reuse_rate: {min: 90 %%}}",
        "重复利用率不能作为优化目标：取水量不变时，多循环即可抬高该比率。请以 cost 或 fresh_water "
        "为目标，并写 targets: {reuse_rate: {min: 90 %%}}");
    return false;
}

static void read_objectives(park_loader *loader, const park_tree_node *list)
{
    park_reader *reader = &loader->reader;
    park_draft  *draft  = reader->draft;
    size_t       most   = sizeof draft->objective / sizeof *draft->objective;
    if (list->count == 0 || list->count > most) {
        PARK_TELL(reader, list, PARK_AT_VALUE, PARK_E0310, PARK_ERROR,
                  "a list of objectives has 1 to %zu members", "目标列表应有 1 到 %zu 项", most);
        return;
    }
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        int32_t kind = 0;
        if (!read_kind(reader, list->items[i], &kind))
            return;
        for (size_t k = 0; k < count; k++)
            if (draft->objective[k] == (park_objective_kind)kind) {
                PARK_TELL(reader, list->items[i], PARK_AT_VALUE, PARK_E0306, PARK_ERROR,
                          "the objective '%s' stands twice", "目标“%s”重复", list->items[i]->text);
                return;
            }
        draft->objective[count++] = (park_objective_kind)kind;
    }
    draft->objectives = count;
}

enum { FRONT_POINTS = 15, FRONT_POINTS_MOST = 100 };

/* {pareto: [fresh_water, cost], points: 15} or {robust: regret, over: uncertainty} */
static void read_front(park_loader *loader, park_tree_node *node)
{
    static const char *const WORDS[]  = {"pareto", "points", "robust", "over", NULL};
    static const char *const ROBUST[] = {"mean", "worst", "regret", NULL}; /* by park_robust, from MEAN */
    static const char *const OVER[]   = {"uncertainty", NULL};
    park_reader             *reader   = &loader->reader;
    (void)park_reader_known(reader, node, NULL, 0, WORDS);
    const park_tree_node *pareto = park_tree_get(node, "pareto"), *points = park_tree_get(node, "points");
    const park_tree_node *robust = park_tree_get(node, "robust"), *over = park_tree_get(node, "over");
    int32_t               rule = 0, ignored = 0, asked = FRONT_POINTS;
    if ((pareto == NULL) == (robust == NULL)) {
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR, "an objective in braces is %s or %s",
                  "花括号中的目标应为 %s 或 %s", "{pareto: [fresh_water, cost], points: 15}",
                  "{robust: regret, over: uncertainty}");
        return;
    }
    if (pareto != NULL && park_reader_is(reader, pareto, PARK_LIST))
        read_objectives(loader, pareto);
    if (pareto != NULL && pareto->form == PARK_LIST && pareto->count != 2)
        PARK_TELL(reader, pareto, PARK_AT_VALUE, PARK_E0310, PARK_ERROR,
                  "a front is of 2 objectives, not %zu", "前沿是 2 个目标之间的，不是 %zu 个", pareto->count);
    if (points != NULL && park_reader_count(reader, points, &asked) &&
        (asked < 2 || asked > FRONT_POINTS_MOST))
        PARK_TELL(reader, points, PARK_AT_VALUE, PARK_E0303, PARK_ERROR, "points is %s; it must be 2 to %d",
                  "points 为 %s；应为 2 至 %d", points->text, FRONT_POINTS_MOST);
    if (pareto != NULL) {
        if (points == NULL)
            park_reader_put_default(reader, node, "points", "15", false);
        reader->draft->front_points = asked;
        return;
    }
    if (park_reader_choice(reader, robust, ROBUST, &rule))
        reader->draft->robust = (park_robust)(PARK_ROBUST_MEAN + rule);
    if (over == NULL)
        park_reader_put_default(reader, node, "over", OVER[0], false);
    else
        (void)park_reader_choice(reader, over, OVER, &ignored);
}

static void read_objective(park_loader *loader)
{
    park_reader    *reader    = &loader->reader;
    park_tree_node *node      = park_tree_get(loader->root, "objective");
    int32_t         kind      = PARK_MIN_COST;
    reader->draft->objectives = 1;
    if (node == NULL)
        park_reader_put_default(reader, loader->root, "objective", OBJECTIVES[kind], false);
    else if (node->form == PARK_LIST)
        read_objectives(loader, node);
    else if (node->form == PARK_MAPPING)
        read_front(loader, node);
    else if (!read_kind(reader, node, &kind))
        return;
    if (node == NULL || node->form == PARK_SCALAR)
        reader->draft->objective[0] = (park_objective_kind)kind;
}

void park_load_targets(park_loader *loader)
{
    read_targets(loader);
    read_objective(loader);
}
