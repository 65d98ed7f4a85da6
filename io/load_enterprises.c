/*
 * load_enterprises.c - enterprises: what they make and add, what forms say of them, what they reported of earlier years.
 */
#include "load_sections.h"

#include <stdlib.h>
#include <string.h>

/* A yearly output in any of the measures that products have; NAN and told when it is none of them. */
static double read_rate(park_loader *loader, const park_tree_node *node, park_dimension *dim)
{
    park_quantity quantity;
    double        rate = NAN;
    if (!park_reader_is(&loader->reader, node, PARK_SCALAR))
        return NAN;
    for (size_t d = 0; isnan(rate) && d < PARK_MEASURES; d++)
        if (park_quantity_parse(node->text, node->length, PARK_MEASURE[d].output, &quantity, NULL)) {
            rate = quantity.value;
            *dim = PARK_MEASURE[d].output;
        }
    if (isnan(rate)) /* tells what an output is measured in */
        (void)park_reader_quantity(&loader->reader, node, PARK_MEASURE[0].output, &rate);
    if (rate < 0.0) {
        PARK_TELL(&loader->reader, node, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "the output of %s is %s; it must not be negative", "%s 的产量为 %s；不得为负",
                  park_tree_key(node), node->text);
        return NAN;
    }
    return rate;
}

/* cloth: 3 t/a, or cloth: {name: {zh: 布}, rate: 3 t/a} */
static void read_product(park_loader *loader, park_tree_node *node, park_enterprise_info *enterprise)
{
    park_reader *reader = &loader->reader;
    if (park_reader_is_note(park_tree_key(node)) || !park_reader_id(reader, node))
        return;
    park_product_info product = {.id = park_tree_key(node), .label = {park_tree_key(node), NULL}};
    if (node->form == PARK_MAPPING) {
        const park_tree_node *name = park_tree_get(node, "name");
        (void)park_reader_known(reader, node, NULL, 0, (const char *const[]){"name", "rate", NULL});
        if (name != NULL)
            (void)park_reader_label(reader, name, &product.label);
        const park_tree_node *rate = park_tree_get(node, "rate");
        if (rate == NULL) {
            PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR,
                      "the product '%s' lacks its rate, such as 3 t/a", "产品“%s”缺少 rate，例如 3 t/a",
                      product.id);
            return;
        }
        node = park_tree_get(node, "rate");
    }
    product.rate = read_rate(loader, node, &product.dim);
    if (isnan(product.rate))
        return;
    park_reader_assume(reader, node);
    enterprise->product[enterprise->products++] = product;
}

static void read_products(park_loader *loader, park_tree_node *node, park_enterprise_info *enterprise)
{
    if (!park_reader_is(&loader->reader, node, PARK_MAPPING))
        return;
    enterprise->product = PARK_ARRAY(loader->reader.arena, node->count, park_product_info);
    loader->reader.failed |= enterprise->product == NULL;
    for (size_t i = 0; enterprise->product != NULL && i < node->count; i++)
        read_product(loader, node->items[i], enterprise);
}

/* {2023: {..}, 2024: {..}}: the years must be such, and come in order. */
static void read_history(park_loader *loader, const park_tree_node *node, const park_named *history,
                         park_enterprise_info *to)
{
    park_reader *reader = &loader->reader;
    to->past            = PARK_ARRAY(reader->arena, history->count, park_past_year);
    reader->failed |= to->past == NULL;
    for (size_t i = 0; to->past != NULL && i < history->count; i++) {
        park_tree_node        *at    = park_tree_get(node, history->id[i]);
        const park_past_words *words = (const park_past_words *)history->items + i;
        char                  *end;
        long                   year = strtol(history->id[i], &end, 10);
        if (*end != '\0' || year < 1990 || year > 2100 ||
            (to->years > 0 && year <= to->past[to->years - 1].year)) {
            PARK_TELL(reader, at, PARK_AT_KEY, PARK_E0303, PARK_ERROR,
                      "'%s' is no year of a history; years are written 2023, the earliest first",
                      "“%s”不是历史年份；年份写作 2023，由早到晚", history->id[i]);
            continue;
        }
        park_past_year      *past     = &to->past[to->years++];
        park_tree_node      *products = park_tree_get(at, "products");
        park_enterprise_info made     = {0};
        if (products != NULL)
            read_products(loader, products, &made);
        *past = (park_past_year){.year             = (int32_t)year,
                                 .conventional     = words->conventional,
                                 .non_conventional = words->non_conventional,
                                 .repeated         = words->repeated,
                                 .discharge        = words->discharge,
                                 .value_added      = words->value_added,
                                 .output_value     = words->output_value,
                                 .products         = made.products,
                                 .product          = made.product};
    }
}

void park_load_enterprises(park_loader *loader)
{
    park_reader          *reader  = &loader->reader;
    park_tree_node       *section = park_load_section(loader, "enterprises");
    park_enterprise_info *enterprise =
        section != NULL ? PARK_ARRAY(reader->arena, section->count, park_enterprise_info) : NULL;
    reader->failed |= section != NULL && enterprise == NULL;
    reader->draft->enterprise = enterprise;
    for (size_t i = 0; enterprise != NULL && i < section->count; i++) {
        park_tree_node *node = section->items[i];
        if (park_reader_is_note(park_tree_key(node)))
            continue;
        park_load_id_add(loader, node);
        park_enterprise_words words = {.value_added = NAN, .output_value = NAN};
        (void)park_reader_record(reader, node, &(park_part){PARK_ENTERPRISE_WORDS, &words}, 1);
        park_enterprise_info *at = &enterprise[reader->draft->enterprises++];
        *at                      = (park_enterprise_info){.id           = park_tree_key(node),
                                                          .label        = words.name,
                                                          .sector       = words.sector,
                                                          .value_added  = words.value_added,
                                                          .price_year   = words.price_year,
                                                          .code         = words.code,
                                                          .legal_person = words.legal_person,
                                                          .kind         = words.kind,
                                                          .output_value = words.output_value};
        if (words.history.count > 0)
            read_history(loader, park_tree_get(node, "history"), &words.history, at);
        if (at->label.zh == NULL && at->label.en == NULL)
            at->label.zh = at->id;
        park_tree_node *products = node->form == PARK_MAPPING ? park_tree_get(node, "products") : NULL;
        if (products != NULL)
            read_products(loader, products, at);
    }
}
