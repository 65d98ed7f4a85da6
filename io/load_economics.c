/*
 * load_economics.c - economics, carbon, accounting, law.
 */
#include "load_sections.h"

#include <stdlib.h>
#include <string.h>

static const double YEAR = 365.0 * 86400.0; /* [s] */

static bool plain(park_exponents e)
{
    return e.m == 0 && e.kg == 0 && e.s == 0 && e.k == 0 && e.cny == 0;
}

/* "8000 h/a": a share of the year, kept as seconds per year. */
static void read_hours(park_loader *loader, const park_tree_node *node, double *hours)
{
    park_reader  *reader = &loader->reader;
    park_quantity quantity;
    if (!park_reader_is(reader, node, PARK_SCALAR))
        return;
    bool fits = park_quantity_parse(node->text, node->length, PARK_DIM_COUNT, &quantity, NULL) &&
                !quantity.bare && plain(quantity.exponents);
    if (!fits || !(quantity.value > 0.0) || quantity.value > 1.0 + 1e-12) {
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "hours is '%s'; it is time per year, above 0 and at most %s",
                  "hours 写作“%s”；应为每年的时间，大于 0 且不超过 %s", node->text, "8760 h/a");
        return;
    }
    *hours = quantity.value * YEAR;
    park_reader_assume(reader, node);
}

static int by_year(const void *a, const void *b)
{
    return *(const int32_t *)a < *(const int32_t *)b ? -1 : *(const int32_t *)a > *(const int32_t *)b;
}

/* Years in order with what may have been spent up to each; one year alone is no stage. */
static void stage_budgets(park_loader *loader, int32_t *year, double *of_year, size_t count)
{
    park_economics *e     = &loader->reader.draft->economics;
    int32_t        *order = PARK_ARRAY(loader->reader.arena, count, int32_t);
    double         *sum   = PARK_ARRAY(loader->reader.arena, count, double);
    loader->reader.failed |= order == NULL || sum == NULL;
    if (order == NULL || sum == NULL || count < 2 || !(e->budget > 0.0))
        return;
    memcpy(order, year, count * sizeof *order);
    qsort(order, count, sizeof *order, by_year);
    for (size_t y = 0; y < count; y++) {
        sum[y] = y > 0 ? sum[y - 1] : 0.0;
        for (size_t i = 0; i < count; i++)
            sum[y] += year[i] == order[y] ? of_year[i] : 0.0;
    }
    e->stages = count, e->stage_year = order, e->stage_budget = sum;
    e->budget = sum[count - 1];
}

static void read_budget(park_loader *loader, const park_tree_node *node, double *budget)
{
    park_reader *reader = &loader->reader;
    double       sum    = 0.0, one;
    if (node->form == PARK_SCALAR) {
        if (park_reader_quantity(reader, node, PARK_DIM_MONEY, &one) && one >= 0.0)
            *budget = one;
        return;
    }
    if (!park_reader_is(reader, node, PARK_MAPPING))
        return;
    int32_t *year    = PARK_ARRAY(reader->arena, node->count, int32_t);
    double  *of_year = PARK_ARRAY(reader->arena, node->count, double);
    size_t   count   = 0;
    reader->failed |= year == NULL || of_year == NULL;
    for (size_t i = 0; year != NULL && of_year != NULL && i < node->count; i++) {
        const char *key = park_tree_key(node->items[i]);
        if (park_reader_is_note(key))
            continue;
        if (strlen(key) != 4 || strspn(key, "0123456789") != 4) {
            PARK_TELL(reader, node->items[i], PARK_AT_KEY, PARK_E0309, PARK_ERROR, "'%s' is no year",
                      "“%s”不是年份", key);
            return;
        }
        if (!park_reader_quantity(reader, node->items[i], PARK_DIM_MONEY, &one))
            return;
        if (!(one >= 0.0)) {
            PARK_TELL(reader, node->items[i], PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "the budget of %s must not lie below 0", "%s 年的预算不得为负", key);
            return;
        }
        year[count] = (int32_t)strtol(key, NULL, 10), of_year[count++] = one;
        sum += one;
    }
    *budget = sum;
    stage_budgets(loader, year, of_year, count);
}

park_tree_node *park_load_record(park_loader *loader, const char *word, const park_field *fields, void *into)
{
    park_reader    *reader = &loader->reader;
    park_tree_node *node   = park_tree_get(loader->root, word);
    if (node == NULL) {
        node = park_tree_mapping(reader->tree, NULL);
        if (node == NULL || park_tree_put(reader->tree, loader->root, word, NULL, node) == NULL) {
            reader->failed = true;
            return NULL;
        }
    }
    (void)park_reader_record(reader, node, &(park_part){fields, into}, 1);
    if (node->form == PARK_MAPPING && node->count == 0 && node->mark.file < 0)
        (void)park_tree_remove(loader->root, word);
    return node->form == PARK_MAPPING ? node : NULL;
}

static void economics(park_loader *loader)
{
    park_economics *money = &loader->reader.draft->economics;
    park_tree_node *node  = park_load_record(loader, "economics", PARK_ECONOMICS_WORDS, money);
    park_tree_node *hours = park_tree_get(node, "hours"), *budget = park_tree_get(node, "budget");
    if (hours != NULL)
        read_hours(loader, hours, &money->hours);
    else if (node != NULL)
        park_reader_put_default(&loader->reader, node, "hours", "8760 h/a", false);
    if (budget != NULL)
        read_budget(loader, budget, &money->budget);
}

void park_load_economics(park_loader *loader)
{
    park_draft *draft = loader->reader.draft;
    economics(loader);
    park_load_tariffs(loader);
    (void)park_load_record(loader, "carbon", PARK_CARBON_WORDS, &draft->carbon);
    park_accounting_words accounting = {.intake = PARK_BASIS_CONVENTIONAL, .hardness_as = "CaCO3"};
    (void)park_load_record(loader, "accounting", PARK_ACCOUNTING_WORDS, &accounting);
    draft->accounting  = (park_accounting){(park_basis)accounting.intake, accounting.hardness_as};
    park_law_words law = {0, 0};
    (void)park_load_record(loader, "law", PARK_LAW_WORDS, &law);
    draft->law = (park_law){law.dilution == 0, law.reclaimed_to_food == 0};
}
