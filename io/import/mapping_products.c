/* mapping_products.c - what enterprises make in a year, as the section `enterprises` of a scenario. */
#include "import/mapping_parts.h"

#include <string.h>

/* The cell's number with its unit, checked: "92000 t/a"; NULL when told. */
static const char *amount(park_mapped *m, const park_csv_cell *cell, const char *unit)
{
    park_quantity         quantity;
    park_quantity_problem problem;
    const char           *text = park_arena_printf(m->reader->arena, "%s %s", cell->text, unit);
    if (text == NULL) {
        m->reader->failed = true;
        return NULL;
    }
    if (park_quantity_parse(text, strlen(text), PARK_DIM_COUNT, &quantity, &problem) && !quantity.bare)
        return text;
    if (quantity.bare)
        PARK_TELL_CELL(m, cell, PARK_E0205, "the output '%s' has no unit, such as t/a",
                       "产量“%s”没有单位，例如 t/a", cell->text);
    else
        park_csv_place(m->table, cell, m->reader->findings,
                       park_quantity_finding(m->reader->findings, &problem, NULL));
    return NULL;
}

/* Put a product below its enterprise; told when it stands there already. */
static bool put(park_mapped *m, park_tree *tree, park_tree_node *all, const char *enterprise,
                const char *product, const char *text, const park_csv_cell *cell)
{
    park_tree_node *owner = park_tree_get(all, enterprise);
    if (owner == NULL) {
        owner = park_tree_put(tree, all, enterprise, NULL, park_tree_mapping(tree, NULL));
        if (owner == NULL ||
            park_tree_put(tree, owner, "products", NULL, park_tree_mapping(tree, NULL)) == NULL)
            return false;
    }
    park_tree_node *products = park_tree_get(owner, "products");
    if (park_tree_get(products, product) != NULL) {
        PARK_TELL_CELL(m, cell, PARK_E0306, "'%s' of '%s' stands there twice", "“%2$s”的“%1$s”重复出现",
                       product, enterprise);
        return true;
    }
    return park_tree_put(tree, products, product, NULL, park_tree_scalar(tree, text, false, NULL)) != NULL;
}

typedef struct columns {
    size_t      enterprise, product, value, unit;
    const char *one_unit;
} columns;

static bool find_columns(park_mapped *m, columns *at)
{
    static const char *const WORDS[] = {"sheet",   "header", "missing", "times", "enterprise",
                                        "product", "value",  "names",   NULL};
    static const char *const PARTS[] = {"column", "unit", NULL};
    const park_tree_node    *who     = park_tree_get(m->node, "enterprise"),
                         *what       = park_tree_get(m->node, "product");
    const park_tree_node *value = park_tree_get(m->node, "value"), *unit = park_tree_get(value, "unit");
    if (!park_reader_known(m->reader, m->node, NULL, 0, WORDS))
        return false;
    if (who == NULL || what == NULL || value == NULL || unit == NULL ||
        park_tree_get(value, "column") == NULL) {
        PARK_TELL(m->reader, m->node, PARK_AT_KEY, PARK_E0302, PARK_ERROR,
                  "products say their columns: enterprise: C, product: C, value: {column: C, unit: t/a or "
                  "{column: C}}",
                  "产品表须写明各列：enterprise: 列名, product: 列名, value: {column: 列名, unit: t/a 或 "
                  "{column: 列名}}");
        return false;
    }
    if (!park_reader_known(m->reader, value, NULL, 0, PARTS))
        return false;
    at->enterprise = park_mapped_column(m, who);
    at->product    = park_mapped_column(m, what);
    at->value      = park_mapped_column(m, park_tree_get(value, "column"));
    at->unit       = SIZE_MAX;
    if (unit->form == PARK_MAPPING)
        at->unit = park_mapped_column(m, park_tree_get(unit, "column"));
    else if (park_mapped_unit(m, unit))
        at->one_unit = unit->text;
    return at->enterprise != SIZE_MAX && at->product != SIZE_MAX && at->value != SIZE_MAX &&
           (at->unit != SIZE_MAX || at->one_unit != NULL);
}

static void read_row(park_mapped *m, const columns *at, const park_csv_cell *cell, park_tree *tree,
                     park_tree_node *all, park_mapped_file *file)
{
    if (park_series_missing(&m->wish, cell[at->value].text)) {
        PARK_TELL_CELL(m, &cell[at->value], PARK_E0224, "the output of '%s' is missing", "“%s”的产量缺失",
                       cell[at->product].text);
        return;
    }
    const char *who = park_mapped_id(m, &cell[at->enterprise]), *what = park_mapped_id(m, &cell[at->product]);
    const char *text = amount(m, &cell[at->value], at->one_unit != NULL ? at->one_unit : cell[at->unit].text);
    if (who == NULL || what == NULL || text == NULL)
        return;
    m->reader->failed |= !put(m, tree, all, who, what, text, &cell[at->value]);
    file->rows++;
}

bool park_mapped_products(park_mapped *m, park_mapped_file *file)
{
    columns         at     = {0};
    size_t          before = m->reader->findings->errors;
    park_tree      *tree   = park_tree_new(m->reader->arena);
    park_tree_node *root = tree != NULL ? park_tree_mapping(tree, NULL) : NULL, *all = NULL;
    park_text       out;
    if (root != NULL)
        all = park_tree_put(tree, root, "enterprises", NULL, park_tree_mapping(tree, NULL));
    m->reader->failed |= all == NULL;
    if (all == NULL || !find_columns(m, &at))
        return false;
    for (size_t row = 0; row < m->table->rows; row++)
        read_row(m, &at, &m->table->cells[row * m->table->columns], tree, all, file);
    if (m->reader->findings->errors > before || m->reader->failed)
        return false;
    park_text_init(&out, m->reader->arena);
    park_tree_write(root, NULL, NULL, &out);
    file->bytes   = park_text_done(&out);
    file->length  = out.length;
    file->columns = 1;
    m->reader->failed |= file->bytes == NULL;
    return file->bytes != NULL;
}
