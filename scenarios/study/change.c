#include "study/change.h"

#include "quantity.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void park_change_number(double value, char text[40])
{
    snprintf(text, 40, "%.15g", value);
    if (strtod(text, NULL) != value)
        snprintf(text, 40, "%.17g", value);
}

/* What is being changed, and by what. */
typedef struct making {
    park_tree              *tree;
    const park_change_made *change;
    size_t                  changed;
    const char             *unlike; /* a unit that cannot be added to; NULL */
    bool                    memory;
} making;

/* base + what the study adds, in the unit of the base. */
static bool sum(making *m, const char *text, double base, double *result)
{
    const park_variation *v = m->change->variation;
    park_quantity         mine, theirs;
    const char           *rest = "", *unit = v->unit;
    char                  digits[40], written[120], one[80];
    double                add = m->change->number;
    (void)park_quantity_split(text, &base, &rest);
    if (m->change->value != NULL && !park_quantity_split(m->change->value->text, &add, &unit))
        return false;
    if (strcmp(unit, rest) == 0) {
        *result = base + add;
        return true;
    }
    park_change_number(add, digits);
    snprintf(written, sizeof written, "%s%.70s", digits, unit);
    snprintf(one, sizeof one, "1%.70s", rest);
    if (!park_quantity_parse(written, strlen(written), PARK_DIM_COUNT, &theirs, NULL) ||
        !park_quantity_parse(one, strlen(one), PARK_DIM_COUNT, &mine, NULL) || mine.value == 0.0 ||
        memcmp(&mine.exponents, &theirs.exponents, sizeof mine.exponents) != 0) {
        m->unlike = unit;
        return false;
    }
    *result = base + theirs.value / mine.value;
    return true;
}

/* A scalar that begins with a number gets a new one; false: it does not, or has another unit. */
static bool scalar(making *m, park_tree_node *node)
{
    const char *rest;
    double      number, result;
    char        text[40];
    if (node->quoted || !park_quantity_split(node->text, &number, &rest))
        return false;
    if (m->change->variation->how == PARK_VARY_TIMES)
        result = number * m->change->number;
    else if (!sum(m, node->text, number, &result))
        return false;
    park_change_number(result, text);
    const char *whole = park_arena_printf(m->tree->arena, "%s%s", text, rest);
    m->memory |= whole == NULL;
    if (whole != NULL)
        node->text = whole, node->length = strlen(whole);
    m->changed++;
    return true;
}

static void numbers_in(making *m, park_tree_node *node)
{
    if (node->form == PARK_SCALAR) {
        (void)scalar(m, node);
        return;
    }
    park_tree_node *part = park_tree_get(node, "base");
    part                 = part != NULL ? part : park_tree_get(node, "monthly");
    part                 = part != NULL ? part : park_tree_get(node, "values");
    part                 = part != NULL ? part : park_tree_get(node, "factors");
    if (part != NULL) {
        numbers_in(m, part);
        return;
    }
    for (size_t i = 0; park_tree_get(node, "csv") == NULL && i < node->count; i++)
        numbers_in(m, node->items[i]);
}

#define TELL(...)                                                                                            \
    park_tree_place(study->tree, v->node, PARK_AT_VALUE, findings, park_finding_add(findings, __VA_ARGS__))

/* What stands at the path, made own to the tree when only the completed base has it. */
static park_tree_node *standing(park_tree *tree, const park_tree_node *complete, const char *path)
{
    park_tree_node       *own  = park_tree_at(tree->root, path);
    const park_tree_node *base = own == NULL && complete != NULL ? park_tree_at(complete, path) : NULL;
    if (own != NULL || base == NULL)
        return own;
    park_tree_node *copy = park_tree_clone(tree, base);
    if (copy != NULL)
        copy->mark.file = -1;
    return copy != NULL ? park_tree_set(tree, path, copy) : NULL;
}

/* A number drawn for a place that may hold anything. */
static park_status put_drawn(park_tree *tree, const park_change_made *change, park_error *err)
{
    char number[40];
    park_change_number(change->number, number);
    const char     *text = park_arena_printf(tree->arena, "%s%s", number, change->variation->unit);
    park_tree_node *node = text != NULL ? park_tree_scalar(tree, text, false, NULL) : NULL;
    if (node == NULL || park_tree_set(tree, change->variation->path, node) == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a variant");
    return PARK_OK;
}

static park_status put_value(const park_study *study, park_tree *tree, const park_change_made *change,
                             park_findings *findings, park_error *err)
{
    const park_variation *v    = change->variation;
    park_tree_node       *node = park_tree_adopt(tree, study->tree, change->value);
    if (node == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a variant");
    if (park_tree_set(tree, v->path, node) != NULL) {
        for (park_tree_node *n = node; n != NULL && n->key != NULL && n->key->mark.file < 0; n = n->parent)
            n->key->mark = node->mark; /* a word that only the study writes stands where its value does */
        return PARK_OK;
    }
    TELL(PARK_E0316, PARK_ERROR, NULL, "the base has no place '%s'", "基准园区中没有位置“%s”", v->path);
    return PARK_E_INPUT;
}

park_status park_change_make(const park_study *study, park_tree *tree, const park_tree_node *complete,
                             const park_change_made *change, park_findings *findings, park_error *err)
{
    const park_variation *v = change->variation;
    if (v->how == PARK_VARY_SET)
        return change->value != NULL ? put_value(study, tree, change, findings, err)
                                     : put_drawn(tree, change, err);
    park_tree_node *node = standing(tree, complete, v->path);
    making          m    = {.tree = tree, .change = change};
    if (node == NULL) {
        TELL(PARK_E0316, PARK_ERROR, NULL, "nothing stands at '%s' in the base", "基准园区没有“%s”", v->path);
        return PARK_E_INPUT;
    }
    numbers_in(&m, node);
    if (m.memory)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a variant");
    if (m.unlike != NULL) {
        TELL(PARK_E0308, PARK_ERROR, NULL, "'%s' has another unit than what is added ('%s')",
             "“%s”的单位与所加的量（“%s”）不同", v->path, m.unlike);
        return PARK_E_INPUT;
    }
    if (m.changed == 0) {
        TELL(PARK_E0301, PARK_ERROR, NULL,
             "no number stands at '%s'; a series from a file is varied by `values`, one file a value",
             "“%s”处没有数值；来自文件的序列请用 values 逐一给出文件", v->path);
        return PARK_E_INPUT;
    }
    return PARK_OK;
}
