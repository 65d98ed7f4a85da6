/* load_region_ahead.c - what a region's document says of the future: growth, measures, targets. */
#include "region_load.h"

#include <math.h>
#include <string.h>

static const double YEAR = 365.0 * 86400.0; /* [s] */

/* --- growth --- */

/* {value_added: 5 %/a, sd: 1 %/a} or 5 %/a. */
static void read_rate(park_region_load *l, park_tree_node *node, park_region_rate *rate)
{
    static const char *const WORDS[] = {"rate", "sd", NULL};
    if (node == NULL)
        return;
    if (node->form == PARK_SCALAR) {
        (void)park_region_yearly(l, node, PARK_DIM_RATE, &rate->rate);
        return;
    }
    if (!park_region_mapping(l, node, WORDS))
        return;
    const park_tree_node *mean = park_tree_get(node, "rate"), *sd = park_tree_get(node, "sd");
    if (mean == NULL)
        park_region_need(l, node, "rate");
    else
        (void)park_region_yearly(l, mean, PARK_DIM_RATE, &rate->rate);
    if (sd != NULL)
        (void)park_region_yearly(l, sd, PARK_DIM_RATE, &rate->sd);
}

static void read_course(park_region_load *l, park_tree_node *node, park_region_course *course)
{
    static const char *const WORDS[] = {"value_added", "intake", "reuse", "own", NULL};
    if (!park_region_mapping(l, node, WORDS))
        return;
    const park_tree_node *own = park_tree_get(node, "own");
    read_rate(l, park_tree_get(node, "value_added"), &course->growth);
    read_rate(l, park_tree_get(node, "intake"), &course->intake);
    read_rate(l, park_tree_get(node, "reuse"), &course->reuse);
    if (own != NULL)
        (void)park_region_yearly(l, own, PARK_DIM_RATE, &course->own_growth);
}

static bool anybody(const park_region_load *l, const char *word)
{
    for (size_t m = 0; m < l->region->members; m++)
        if (park_region_is_of(&l->region->member[m], word))
            return true;
    return false;
}

/* Who follows which: a member's own course before its sector's, before its city's, before the default. */
static void follow(park_region_load *l)
{
    park_region *region = l->region;
    for (size_t m = 0; m < region->members; m++) {
        const park_region_member *member   = &region->member[m];
        const char               *words[3] = {member->id, member->sector, member->city};
        for (int w = 0; w < 3 && l->course_of[m] == 0; w++)
            for (size_t c = 1; words[w] != NULL && c < region->courses; c++)
                if (strcmp(l->course_id[c], words[w]) == 0)
                    l->course_of[m] = (int32_t)c;
    }
}

void park_region_read_growth(park_region_load *l)
{
    park_tree_node *section = park_load_section(l->loader, "growth");
    size_t          count   = section != NULL ? section->count : 0;
    l->course               = PARK_REGION_ROOM(l, count + 1, park_region_course);
    l->course_id            = PARK_REGION_ROOM(l, count + 1, const char *);
    l->course_of            = PARK_REGION_ROOM(l, l->region->members + 1, int32_t);
    if (l->course == NULL || l->course_id == NULL || l->course_of == NULL)
        return;
    l->course_id[0]       = "default";
    l->region->courses    = 1;
    park_tree_node *usual = park_tree_get(section, "default");
    if (usual != NULL)
        read_course(l, usual, &l->course[0]);
    else if (l->region->last > l->region->known && section == NULL)
        PARK_TELL(l->reader, l->loader->root, PARK_AT_VALUE, PARK_E0302, PARK_ERROR, "what is ahead needs %s",
                  "预测需要 %s", "growth: {default: {value_added: 5 %/a, intake: -2 %/a, reuse: 0 %/a}}");
    for (size_t i = 0; i < count; i++) {
        park_tree_node *node = section->items[i];
        const char     *key  = park_tree_key(node);
        if (park_reader_is_note(key) || strcmp(key, "default") == 0)
            continue;
        if (strcmp(key, "all") == 0) {
            static const char *const WORDS[] = {"sd", NULL};
            const park_tree_node *sd = park_region_mapping(l, node, WORDS) ? park_tree_get(node, "sd") : NULL;
            if (sd != NULL)
                (void)park_region_yearly(l, sd, PARK_DIM_RATE, &l->region->growth_sd);
            continue;
        }
        if (!anybody(l, key)) {
            PARK_TELL(l->reader, node, PARK_AT_KEY, PARK_E0316, PARK_ERROR,
                      "no park, sector or city of the region is called '%s'",
                      "区域中没有名为“%s”的园区、行业或市州", key);
            continue;
        }
        l->course[l->region->courses] = l->course[0]; /* what it does not say is as by default */
        read_course(l, node, &l->course[l->region->courses]);
        l->course_id[l->region->courses++] = key;
    }
    follow(l);
    for (size_t c = 0; c < l->region->courses; c++)
        l->course[c].id = l->course_id[c];
    l->region->course    = l->course;
    l->region->course_of = l->course_of;
}

/* --- measures --- */

/* 60 %, {mean: .., sd: ..}, {min: .., max: ..} or {min: .., mode: .., max: ..} */
static bool read_adoption(park_region_load *l, park_tree_node *node, park_distribution *law)
{
    static const char *const WORDS[]  = {"mean", "sd", "min", "mode", "max", NULL};
    double                   value[5] = {NAN, 0.0, NAN, NAN, NAN};
    if (node->form == PARK_SCALAR) {
        *law = (park_distribution){.kind = PARK_DISTRIBUTION_NORMAL};
        return park_reader_quantity(l->reader, node, PARK_DIM_SHARE, &law->mean);
    }
    if (!park_region_mapping(l, node, WORDS))
        return false;
    for (int i = 0; i < 5; i++) {
        const park_tree_node *said = park_tree_get(node, WORDS[i]);
        if (said != NULL && !park_reader_quantity(l->reader, said, PARK_DIM_SHARE, &value[i]))
            return false;
    }
    *law = (park_distribution){.kind = !isnan(value[0])   ? PARK_DISTRIBUTION_NORMAL
                                       : !isnan(value[3]) ? PARK_DISTRIBUTION_TRIANGULAR
                                                          : PARK_DISTRIBUTION_UNIFORM,
                               .mean = value[0],
                               .sd   = value[1],
                               .min  = value[2],
                               .mode = value[3],
                               .max  = value[4]};
    if (!isnan(park_distribution_quantile(law, 0.5)))
        return true;
    PARK_TELL(l->reader, node, PARK_AT_KEY, PARK_E0303, PARK_ERROR, "'%s' makes no law; write a share, %s",
              "“%s”不成分布；请写一个比率，或 %s", park_tree_key(node),
              "{mean:, sd:}, {min:, max:}, {min:, mode:, max:}");
    return false;
}

static void read_effect(park_region_load *l, park_tree_node *node, park_region_measure *measure)
{
    static const char *const PARTS[] = {"V_i",   "reclaimed", "mine", "rain",
                                        "other", "V_r",       NULL}; /* by park_region_part */
    static const char *const HOW[]   = {"times", "add", NULL};
    if (!park_region_mapping(l, node, PARTS))
        return;
    for (int p = 0; p < PARK_REGION_PARTS; p++) {
        const park_tree_node *part = park_tree_get(node, PARTS[p]);
        if (part == NULL || !park_region_mapping(l, part, HOW))
            continue;
        const park_tree_node *times = park_tree_get(part, "times"), *add = park_tree_get(part, "add");
        if (times != NULL && park_reader_quantity(l->reader, times, PARK_DIM_NUMBER, &measure->times[p]) &&
            !(measure->times[p] >= 0.0))
            PARK_TELL(l->reader, times, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "times is %s; it must not be below 0", "times 为 %s；不得小于 0", times->text);
        if (add != NULL && park_region_yearly(l, add, PARK_DIM_FLOW, &measure->add[p]) &&
            !(measure->add[p] >= 0.0))
            PARK_TELL(l->reader, add, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "add is %s; it must not be below 0", "add 为 %s；不得小于 0", add->text);
    }
}

static bool read_measure(park_region_load *l, park_tree_node *node, park_region_measure *measure)
{
    static const char *const WORDS[]    = {"applies_to", "start", "ramp", "adoption", "effect", "to_reuse",
                                           "replaces",   "capex", "opex", "life",     "name",   NULL};
    static const char *const REPLACES[] = {"nothing", "conventional", NULL};
    if (!park_reader_id(l->reader, node) || !park_region_mapping(l, node, WORDS))
        return false;
    const park_tree_node *who = park_tree_get(node, "applies_to"), *start = park_tree_get(node, "start"),
                         *ramp = park_tree_get(node, "ramp"), *replaces = park_tree_get(node, "replaces"),
                         *to_reuse = park_tree_get(node, "to_reuse"), *capex = park_tree_get(node, "capex"),
                         *opex = park_tree_get(node, "opex"), *life = park_tree_get(node, "life");
    park_tree_node *adoption = park_tree_get(node, "adoption"), *effect = park_tree_get(node, "effect"),
                   *name = park_tree_get(node, "name");
    int32_t which = 0, *member = PARK_REGION_ROOM(l, l->region->members + 1, int32_t);
    size_t  before = l->reader->findings->errors;
    if (start == NULL || effect == NULL || member == NULL) {
        if (member != NULL)
            park_region_need(l, node, start == NULL ? "start" : "effect");
        return false;
    }
    *measure = (park_region_measure){.id       = park_tree_key(node),
                                     .label    = {park_tree_key(node), park_tree_key(node)},
                                     .ramp     = 1.0,
                                     .adoption = {.kind = PARK_DISTRIBUTION_NORMAL, .mean = 1.0},
                                     .member   = member,
                                     .capex    = NAN,
                                     .opex     = NAN,
                                     .life     = NAN};
    for (int p = 0; p < PARK_REGION_PARTS; p++)
        measure->times[p] = 1.0;
    if (name != NULL)
        (void)park_reader_label(l->reader, name, &measure->label);
    (void)park_reader_count(l->reader, start, &measure->start);
    if (ramp != NULL && park_reader_quantity(l->reader, ramp, PARK_DIM_TIME, &measure->ramp)) {
        measure->ramp /= YEAR;
        if (!(measure->ramp >= 1.0))
            PARK_TELL(l->reader, ramp, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "ramp is %s; it must be 1 a or more", "ramp 为 %s；应不小于 1 a", ramp->text);
    }
    if (adoption != NULL)
        (void)read_adoption(l, adoption, &measure->adoption);
    read_effect(l, effect, measure);
    if (replaces != NULL && park_reader_choice(l->reader, replaces, REPLACES, &which))
        measure->replaces = which == 1;
    if (to_reuse != NULL && park_reader_quantity(l->reader, to_reuse, PARK_DIM_SHARE, &measure->to_reuse) &&
        measure->to_reuse < 0.0)
        PARK_TELL(l->reader, to_reuse, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "to_reuse is %s; it must not be below 0", "to_reuse 为 %s；不得小于 0", to_reuse->text);
    if (capex != NULL)
        (void)park_reader_quantity(l->reader, capex, PARK_DIM_MONEY, &measure->capex);
    if (opex != NULL)
        (void)park_region_yearly(l, opex, PARK_DIM_MONEY_RATE, &measure->opex);
    if (life != NULL && park_reader_quantity(l->reader, life, PARK_DIM_TIME, &measure->life))
        measure->life /= YEAR;
    if (who != NULL)
        measure->members = park_region_members_of(l, who, member);
    else
        for (size_t m = 0; m < l->region->members; m++)
            member[measure->members++] = (int32_t)m;
    return l->reader->findings->errors == before && measure->members > 0;
}

void park_region_read_measures(park_region_load *l)
{
    park_tree_node      *section = park_load_section(l->loader, "measures");
    size_t               count   = section != NULL ? section->count : 0;
    park_region_measure *measure = PARK_REGION_ROOM(l, count + 1, park_region_measure);
    for (size_t i = 0; measure != NULL && i < count; i++)
        if (!park_reader_is_note(park_tree_key(section->items[i])) &&
            read_measure(l, section->items[i], &measure[l->region->measures]))
            l->region->measures++;
    l->region->measure = measure;
}

/* --- targets --- */

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
