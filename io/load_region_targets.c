/* load_region_targets.c - what a region is asked for: quantities, bounds, changes, 左右 with its band. */
#include "region_load.h"

#include <math.h>
#include <string.h>

static const double YEAR = 365.0 * 86400.0; /* [s] */

static const struct {
    const char          *word;
    park_region_quantity quantity;
    park_dimension       dimension;
    bool                 yearly;   /* a flow that becomes m3/a */
    bool                 at_least; /* a change is reached upward */
} QUANTITIES[] = {
    {"reuse_rate", PARK_REGION_REUSE_RATE, PARK_DIM_SHARE, false, true},
    {"non_conventional", PARK_REGION_NON_CONVENTIONAL, PARK_DIM_FLOW, true, true},
    {"intake", PARK_REGION_INTAKE, PARK_DIM_FLOW, true, false},
    {"intake_per_value_added", PARK_REGION_INTAKE_PER_ADDED, PARK_DIM_INTENSITY_PER_VALUE, false, false},
    {"unit_intake.", PARK_REGION_UNIT_INTAKE, PARK_DIM_COUNT, false, false},
};

/* The dimension in which a target's own bound is written: per mass, length, volume .. of a product. */
static park_dimension dimension_written(const park_tree_node *target)
{
    static const char *const BOUNDS[] = {"max", "min", "about"};
    park_quantity            quantity;
    for (int w = 0; w < 3; w++) {
        const park_tree_node *bound = park_tree_get(target, BOUNDS[w]);
        for (size_t i = 0; bound != NULL && bound->form == PARK_SCALAR && i < PARK_MEASURES; i++)
            if (park_quantity_parse(bound->text, bound->length, PARK_MEASURE[i].intensity, &quantity, NULL))
                return PARK_MEASURE[i].intensity;
    }
    return PARK_DIM_INTENSITY_PER_MASS;
}

/* A product by its id. Where the document has no `products`, a target alone makes one, without data. */
static bool find_product(park_region_load *l, const park_tree_node *node, const char *id,
                         park_region_target *target, park_dimension *dimension)
{
    park_region *region = l->region;
    for (size_t p = 0; p < region->products; p++)
        if (strcmp(region->product[p].id, id) == 0) {
            target->subject.product = (int32_t)p;
            *dimension              = region->product[p].output;
            return true;
        }
    if (park_tree_get(l->loader->root, "products") != NULL) {
        PARK_TELL(l->reader, node, PARK_AT_VALUE, PARK_E0316, PARK_ERROR, "`products` has no '%s'",
                  "products 中没有“%s”", id);
        return false;
    }
    *dimension                     = dimension_written(node->parent);
    target->subject.product        = (int32_t)region->products;
    l->product[region->products++] = (park_region_product){.id = id, .label = {id, id}, .output = *dimension};
    return true;
}

/* Which quantity a target speaks of, and in which dimension its numbers come. */
static bool read_quantity(park_region_load *l, const park_tree_node *node, park_region_target *target,
                          park_dimension *dimension, bool *per_year)
{
    if (!park_reader_is(l->reader, node, PARK_SCALAR))
        return false;
    for (size_t q = 0; q < sizeof QUANTITIES / sizeof *QUANTITIES; q++) {
        size_t length  = strlen(QUANTITIES[q].word);
        bool   product = QUANTITIES[q].quantity == PARK_REGION_UNIT_INTAKE;
        if (product ? strncmp(node->text, QUANTITIES[q].word, length) != 0
                    : strcmp(node->text, QUANTITIES[q].word) != 0)
            continue;
        target->subject  = (park_region_subject){.quantity = QUANTITIES[q].quantity, .product = PARK_NONE};
        target->at_least = QUANTITIES[q].at_least;
        *dimension       = QUANTITIES[q].dimension;
        *per_year        = QUANTITIES[q].yearly;
        if (product)
            return find_product(l, node, node->text + length, target, dimension);
        return true;
    }
    PARK_TELL(l->reader, node, PARK_AT_VALUE, PARK_E0304, PARK_ERROR,
              "there is no quantity '%s'; known are reuse_rate, non_conventional, intake, "
              "intake_per_value_added, unit_intake.PRODUCT",
              "没有“%s”这一指标；可用 "
              "reuse_rate、non_conventional、intake、intake_per_value_added、unit_intake.产品",
              node->text);
    return false;
}

static void read_bound(park_region_load *l, const park_tree_node *node, park_dimension dimension,
                       bool per_year, double *bound)
{
    if (node != NULL && park_reader_quantity(l->reader, node, dimension, bound))
        *bound *= per_year ? YEAR : 1.0;
}

static bool read_target(park_region_load *l, park_tree_node *node, park_region_target *target)
{
    static const char *const WORDS[]  = {"quantity", "about",  "band",  "kind", "min",   "max",  "change",
                                         "since",    "prices", "basis", "year", "scope", "name", NULL};
    static const char *const KINDS[]  = {"indicative", "binding", NULL};
    static const char *const BASES[]  = {"conventional", "all_sources", NULL};
    static const char *const SCOPES[] = {"all", "规上", "large", NULL};
    static const char *const PRICES[] = {"constant", "current", NULL};
    if (!park_reader_id(l->reader, node) || !park_region_mapping(l, node, WORDS))
        return false;
    const park_tree_node *quantity = park_tree_get(node, "quantity"), *about = park_tree_get(node, "about"),
                         *band = park_tree_get(node, "band"), *change = park_tree_get(node, "change"),
                         *since = park_tree_get(node, "since"), *kind = park_tree_get(node, "kind"),
                         *basis = park_tree_get(node, "basis"), *year = park_tree_get(node, "year"),
                         *scope = park_tree_get(node, "scope"), *prices = park_tree_get(node, "prices");
    park_tree_node *name      = park_tree_get(node, "name");
    park_dimension  dimension = PARK_DIM_COUNT;
    bool            per_year  = false;
    size_t          before    = l->reader->findings->errors;
    int32_t         which     = 0;
    double          width     = NAN;
    if (quantity == NULL) {
        park_region_need(l, node, "quantity");
        return false;
    }
    *target = (park_region_target){.id         = park_tree_key(node),
                                   .label      = {park_tree_key(node), park_tree_key(node)},
                                   .year       = l->region->last,
                                   .min        = -INFINITY,
                                   .max        = INFINITY,
                                   .change     = NAN,
                                   .about      = NAN,
                                   .since      = l->region->base,
                                   .indicative = true};
    if (!read_quantity(l, quantity, target, &dimension, &per_year))
        return false;
    if (name != NULL)
        (void)park_reader_label(l->reader, name, &target->label);
    read_bound(l, park_tree_get(node, "min"), dimension, per_year, &target->min);
    read_bound(l, park_tree_get(node, "max"), dimension, per_year, &target->max);
    read_bound(l, about, dimension, per_year, &target->about);
    read_bound(l, band, dimension, per_year, &width);
    if (change != NULL)
        (void)park_reader_quantity(l->reader, change, PARK_DIM_SHARE, &target->change);
    if (since != NULL)
        (void)park_reader_count(l->reader, since, &target->since);
    if (year != NULL)
        (void)park_reader_count(l->reader, year, &target->year);
    if (kind != NULL && park_reader_choice(l->reader, kind, KINDS, &which))
        target->indicative = which == 0;
    target->subject.basis = target->subject.quantity == PARK_REGION_REUSE_RATE ? PARK_REGION_ALL_SOURCES
                                                                               : PARK_REGION_CONVENTIONAL;
    if (basis != NULL && park_reader_choice(l->reader, basis, BASES, &which))
        target->subject.basis = which == 0 ? PARK_REGION_CONVENTIONAL : PARK_REGION_ALL_SOURCES;
    if (scope != NULL && park_reader_choice(l->reader, scope, SCOPES, &which)) {
        target->subject.large = which > 0;
        if (which > 0 && target->subject.quantity != PARK_REGION_REUSE_RATE)
            PARK_TELL(l->reader, scope, PARK_AT_VALUE, PARK_E0308, PARK_ERROR,
                      "only %s is also counted above designated size", "只有 %s 另按规上口径计算",
                      "reuse_rate");
    }
    if (prices != NULL && park_reader_choice(l->reader, prices, PRICES, &which) && which == 1)
        PARK_TELL(l->reader, prices, PARK_AT_VALUE, PARK_E0386, PARK_ERROR,
                  "a target on intake per value added is judged at constant prices; current prices%s would "
                  "count inflation as saving",
                  "万元增加值用水量目标按可比价判定；用当年价%s会把涨价算作节水", "");
    if (!isnan(target->about)) {
        if (isnan(width))
            park_region_need(l, node, "band");
        else if (target->at_least)
            target->min = target->about - fabs(width);
        else
            target->max = target->about + fabs(width);
    }
    if (isinf(target->min) && isinf(target->max) && isnan(target->change) && isnan(target->about))
        park_region_need(l, node, "min / max / about / change");
    if (target->year < l->region->base || target->year > l->region->last)
        PARK_TELL(l->reader, year != NULL ? year : node, PARK_AT_VALUE, PARK_E0309, PARK_ERROR,
                  "%d lies outside %d to %d", "%d 年不在 %d 至 %d 年之内", (int)target->year,
                  (int)l->region->base, (int)l->region->last);
    if (!isnan(target->change) && (target->since < l->region->base || target->since > l->region->known))
        PARK_TELL(l->reader, since != NULL ? since : node, PARK_AT_VALUE, PARK_E0309, PARK_ERROR,
                  "a change counts from a known year, %d to %d; here %d",
                  "变化须以已知年份（%d 至 %d）为基期；此处为 %d", (int)l->region->base,
                  (int)l->region->known, (int)target->since);
    return l->reader->findings->errors == before;
}

void park_region_read_targets(park_region_load *l)
{
    park_tree_node     *section = park_load_section(l->loader, "targets");
    size_t              count   = section != NULL ? section->count : 0;
    park_region_target *target  = PARK_REGION_ROOM(l, count + 1, park_region_target);
    for (size_t i = 0; target != NULL && i < count; i++)
        if (!park_reader_is_note(park_tree_key(section->items[i])) &&
            read_target(l, section->items[i], &target[l->region->targets]))
            l->region->targets++;
    l->region->target = target;
}
