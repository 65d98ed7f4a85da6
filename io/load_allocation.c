/*
 * load_allocation.c - what may be built where, by which money and rules: options from a table, from plans of parks, from
 * measures; shared plants, budgets, fairness, scenarios.
 *
 * Every option is one of several of its group, by default its park. What the targets lack is found by who computes it.
 */
#include "load_allocation.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double YEAR = 365.0 * 86400.0; /* [s] */

/* --- settings --- */

static void read_share(park_region_load *l, const park_tree_node *node, double lo, double hi, double *value)
{
    if (node == NULL || !park_reader_quantity(l->reader, node, PARK_DIM_SHARE, value))
        return;
    if (!(*value >= lo && *value <= hi))
        PARK_TELL(l->reader, node, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "%s is %s; it must lie within %g and %g", "%s 为 %s；应在 %g 与 %g 之间",
                  park_tree_key(node), node->text, lo, hi);
}

static bool year_key(const char *key, int32_t *year)
{
    char *end;
    long  value = strtol(key, &end, 10);
    *year       = (int32_t)value;
    return end != key && *end == '\0' && value > 1900 && value < 2200;
}

/* Years of building: from `years`, else those of the budget, else from what is known to the last target. */
static void read_window(park_allocation_load *m, const park_tree_node *node, const park_tree_node *budget)
{
    static const char *const WORDS[] = {"from", "to", NULL};
    park_region_load        *l       = m->l;
    const park_tree_node    *years   = park_tree_get(node, "years");
    int32_t                  from = l->region->known + 1, to = l->region->last, year;
    for (size_t t = 0; t < l->region->targets; t++)
        to = t == 0 || l->region->target[t].year > to ? l->region->target[t].year : to;
    for (size_t i = 0; budget != NULL && i < budget->count; i++)
        if (year_key(park_tree_key(budget->items[i]), &year)) {
            from = i == 0 || year < from ? year : from;
            to   = i == 0 || year > to ? year : to;
        }
    if (years != NULL && park_region_mapping(l, years, WORDS)) {
        const park_tree_node *first = park_tree_get(years, "from"), *last = park_tree_get(years, "to");
        if (first != NULL)
            (void)park_reader_count(l->reader, first, &from);
        if (last != NULL)
            (void)park_reader_count(l->reader, last, &to);
    }
    m->a->from = from;
    if (to < from || to - from >= PARK_ALLOCATION_YEARS_MOST) {
        PARK_TELL(l->reader, years != NULL ? years : node, PARK_AT_KEY, PARK_E0309, PARK_ERROR,
                  "options are built within 1 to %d years; here %d to %d",
                  "建设年份须为 1 至 %d 年；此处为 %d 至 %d", PARK_ALLOCATION_YEARS_MOST, (int)from, (int)to);
        to = from;
    }
    m->a->years = (size_t)(to - from) + 1;
}

/* {2023: 5000 万元, 2024: ..}: a year without a word has no money; without a budget no year is bound. */
static void read_budget(park_allocation_load *m, const park_tree_node *budget)
{
    park_region_load *l = m->l;
    int32_t           year;
    m->a->budget = PARK_REGION_ROOM(l, m->a->years, double);
    for (size_t y = 0; m->a->budget != NULL && y < m->a->years; y++)
        m->a->budget[y] = budget != NULL ? 0.0 : INFINITY;
    for (size_t i = 0; m->a->budget != NULL && budget != NULL && i < budget->count; i++) {
        const park_tree_node *of = budget->items[i];
        double                money;
        if (!year_key(park_tree_key(of), &year) || year < m->a->from ||
            year >= m->a->from + (int32_t)m->a->years) {
            PARK_TELL(l->reader, of, PARK_AT_KEY, PARK_E0309, PARK_ERROR, "'%s' is no year of building",
                      "“%s”不是建设年份", park_tree_key(of));
            continue;
        }
        if (!park_reader_quantity(l->reader, of, PARK_DIM_MONEY, &money))
            continue;
        if (money < 0.0)
            PARK_TELL(l->reader, of, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "%s is %s; it must not be below 0", "%s 为 %s；不得小于 0", "budget", of->text);
        m->a->budget[year - m->a->from] = money;
    }
}

static void read_cities(park_allocation_load *m, const park_tree_node *node)
{
    static const char *const WORDS[] = {"by", "most", "least", "projects", NULL};
    static const char *const BY[]    = {"money", "volume", NULL};
    int32_t                  which = 0, projects = 0;
    if (node == NULL || !park_region_mapping(m->l, node, WORDS))
        return;
    const park_tree_node *by = park_tree_get(node, "by"), *count = park_tree_get(node, "projects");
    if (by != NULL && park_reader_choice(m->l->reader, by, BY, &which))
        m->a->fair_by = which == 0 ? PARK_FAIR_MONEY : PARK_FAIR_VOLUME;
    read_share(m->l, park_tree_get(node, "most"), 1e-6, 1.0, &m->a->fair_most);
    read_share(m->l, park_tree_get(node, "least"), 0.0, 1.0, &m->a->fair_least);
    if (count != NULL && park_reader_count(m->l->reader, count, &projects))
        m->a->fair_projects = projects > 0 ? (size_t)projects : 0;
}

static void read_money(park_allocation_load *m, const park_tree_node *node)
{
    static const char *const WORDS[]   = {"most", NULL};
    static const char *const OBJECTS[] = {"cost", "subsidy", NULL};
    park_region_load        *l         = m->l;
    const park_tree_node    *subsidy   = park_tree_get(node, "subsidy"),
                         *discount     = park_tree_get(node, "discount"),
                         *horizon = park_tree_get(node, "horizon"), *lead = park_tree_get(node, "lead"),
                         *least = park_tree_get(node, "least");
    int32_t which = 0, years = 0;
    m->a->most = 1.0, m->a->discount = 0.06, m->a->horizon = 15.0;
    if (subsidy != NULL && park_region_mapping(l, subsidy, WORDS))
        read_share(l, park_tree_get(subsidy, "most"), 0.0, 1.0, &m->a->most);
    read_share(l, discount, 0.0, 1.0, &m->a->discount);
    if (horizon != NULL && park_reader_quantity(l->reader, horizon, PARK_DIM_TIME, &m->a->horizon)) {
        m->a->horizon /= YEAR;
        if (!(m->a->horizon > 0.0)) {
            PARK_TELL(l->reader, horizon, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "%s is %s; it must be above 0", "%s 为 %s；应大于 0", "horizon", horizon->text);
            m->a->horizon = 15.0;
        }
    }
    if (lead != NULL && park_reader_count(l->reader, lead, &years) && years >= 0)
        m->a->lead = years;
    if (least != NULL && park_reader_choice(l->reader, least, OBJECTS, &which))
        m->a->public_money = which == 1;
}

/* {low: {growth: -1 %/a}, high: ..}; the base stands first. */
static void read_scenarios(park_allocation_load *m, const park_tree_node *node)
{
    static const char *const   WORDS[] = {"growth", "name", NULL};
    static const park_scenario USUAL[] = {{.id = "base", .label = {"基准", "base"}},
                                          {.id = "low", .label = {"低增长", "low growth"}, .growth = -0.01},
                                          {.id = "high", .label = {"高增长", "high growth"}, .growth = 0.01}};
    park_allocation           *a       = m->a;
    size_t                     usual   = node == NULL ? 3 : 1;
    for (size_t i = 0; i < usual; i++)
        if (PARK_ALLOCATION_ROOM(m, a->scenario, a->scenarios, m->scenarios_cap))
            a->scenario[a->scenarios++] = USUAL[i];
    if (node != NULL && !park_reader_is(m->l->reader, node, PARK_MAPPING))
        return;
    for (size_t i = 0; node != NULL && i < node->count; i++) {
        park_tree_node *of   = node->items[i];
        park_tree_node *name = park_tree_get(of, "name");
        park_scenario   made = {.id = park_tree_key(of), .label = {park_tree_key(of), park_tree_key(of)}};
        if (!park_reader_id(m->l->reader, of) || !park_region_mapping(m->l, of, WORDS))
            continue;
        const park_tree_node *growth = park_tree_get(of, "growth");
        if (growth == NULL)
            park_region_need(m->l, of, "growth");
        else
            (void)park_region_yearly(m->l, growth, PARK_DIM_RATE, &made.growth);
        if (name != NULL)
            (void)park_reader_label(m->l->reader, name, &made.label);
        if (PARK_ALLOCATION_ROOM(m, a->scenario, a->scenarios, m->scenarios_cap))
            a->scenario[a->scenarios++] = made;
    }
}

static void read_stability(park_allocation_load *m, const park_tree_node *node)
{
    static const char *const WORDS[] = {"draws", "within", NULL};
    int32_t                  draws   = 60;
    m->a->within = 0.1, m->a->seed = m->l->region->seed;
    if (node != NULL && park_region_mapping(m->l, node, WORDS)) {
        const park_tree_node *count = park_tree_get(node, "draws");
        read_share(m->l, park_tree_get(node, "within"), 0.0, 0.9, &m->a->within);
        if (count != NULL && park_reader_count(m->l->reader, count, &draws) && (draws < 0 || draws > 10000)) {
            PARK_TELL(m->l->reader, count, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "draws is %s; it must lie within %d to %d", "draws 为 %s；应在 %d 至 %d 之间",
                      count->text, 0, 10000);
            draws = 0;
        }
    }
    m->a->draws = draws > 0 ? (size_t)draws : 0;
}

/* --- shared plants --- */

static void read_plant(park_allocation_load *m, park_tree_node *node)
{
    static const char *const WORDS[] = {"investment", "yearly", "capacity", "life", "from",
                                        "to",         "city",   "name",     NULL};
    park_region_load        *l       = m->l;
    park_allocation         *a       = m->a;
    if (!park_reader_id(l->reader, node) || !park_region_mapping(l, node, WORDS) ||
        !PARK_ALLOCATION_ROOM(m, m->plant, a->plants, m->plants_cap))
        return;
    const park_tree_node *investment = park_tree_get(node, "investment"),
                         *yearly = park_tree_get(node, "yearly"), *capacity = park_tree_get(node, "capacity"),
                         *life = park_tree_get(node, "life"), *from = park_tree_get(node, "from"),
                         *to = park_tree_get(node, "to"), *city = park_tree_get(node, "city");
    park_tree_node *name  = park_tree_get(node, "name");
    const char     *where = NULL;
    park_plant     *plant = &m->plant[a->plants++];
    *plant                = (park_plant){.id    = park_tree_key(node),
                                         .label = {park_tree_key(node), park_tree_key(node)},
                                         .city  = PARK_NONE,
                                         .life  = a->horizon,
                                         .first = a->from,
                                         .last  = a->from + (int32_t)a->years - 1};
    if (investment == NULL || capacity == NULL)
        park_region_need(l, node, investment == NULL ? "investment" : "capacity");
    if (investment != NULL &&
        park_reader_quantity(l->reader, investment, PARK_DIM_MONEY, &plant->investment) &&
        plant->investment < 0.0)
        PARK_TELL(l->reader, investment, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "%s is %s; it must not be below 0", "%s 为 %s；不得小于 0", "investment", investment->text);
    if (yearly != NULL)
        (void)park_region_yearly(l, yearly, PARK_DIM_MONEY_RATE, &plant->yearly);
    if (capacity != NULL)
        (void)park_region_yearly(l, capacity, PARK_DIM_FLOW, &plant->capacity);
    if (life != NULL && park_reader_quantity(l->reader, life, PARK_DIM_TIME, &plant->life))
        plant->life /= YEAR;
    if (from != NULL)
        (void)park_reader_count(l->reader, from, &plant->first);
    if (to != NULL)
        (void)park_reader_count(l->reader, to, &plant->last);
    if (city != NULL && park_reader_text(l->reader, city, &where))
        plant->city = park_allocation_city(m, where);
    if (name != NULL)
        (void)park_reader_label(l->reader, name, &plant->label);
}

/* --- options of measures --- */

static void read_measure(park_allocation_load *m, const park_tree_node *word)
{
    park_region_load *l = m->l;
    if (!park_reader_is(l->reader, word, PARK_SCALAR))
        return;
    for (size_t k = 0; k < l->region->measures; k++) {
        const park_region_measure *measure = &l->region->measure[k];
        if (strcmp(measure->id, word->text) != 0)
            continue;
        if (isnan(measure->capex)) {
            PARK_TELL(l->reader, word, PARK_AT_VALUE, PARK_E0302, PARK_ERROR, "'%s' needs %s", "“%s”缺少 %s",
                      word->text, "capex");
            return;
        }
        park_option *option = park_allocation_option(m, measure->id, PARK_NONE);
        if (option == NULL)
            return;
        double adopted     = fmin(fmax(park_distribution_quantile(&measure->adoption, 0.5), 0.0), 1.0);
        option->label      = measure->label;
        option->measure    = (int32_t)k;
        option->group      = park_allocation_group(m, measure->id);
        option->investment = measure->capex * adopted;
        option->yearly     = isnan(measure->opex) ? 0.0 : measure->opex * adopted;
        option->life       = isnan(measure->life) ? m->a->horizon : measure->life;
        option->first = option->last = measure->start;
        m->off[k]                    = true;
        return;
    }
    PARK_TELL(l->reader, word, PARK_AT_VALUE, PARK_E0316, PARK_ERROR, "`measures` has no '%s'",
              "measures 中没有“%s”", word->text);
}

/* --- the section --- */

/* A last look by the room that will compute it; what is lacking is not known yet. */
static void check_whole(park_allocation_load *m, const park_tree_node *node)
{
    park_error err = {0};
    if (m->l->reader->findings->errors == 0 && !m->l->reader->failed &&
        park_allocation_check(m->a, &err) != PARK_OK)
        PARK_TELL(m->l->reader, node, PARK_AT_KEY, PARK_E0392, PARK_ERROR, "%s", "%s", err.message);
}

void park_region_read_allocation(park_region_load *l, const park_allocation **made)
{
    static const char *const WORDS[] = {"options",   "measures",  "plants",   "budget",  "years",
                                        "subsidy",   "cities",    "discount", "horizon", "lead",
                                        "scenarios", "stability", "least",    NULL};
    park_tree_node          *node    = park_tree_get(l->loader->root, "allocation");
    if (node == NULL || !park_region_mapping(l, node, WORDS))
        return;
    park_allocation_load  m      = {.l   = l,
                                    .a   = PARK_REGION_ROOM(l, 1, park_allocation),
                                    .off = PARK_REGION_ROOM(l, l->region->measures + 1, bool)};
    park_tree_node       *plants = park_tree_get(node, "plants"), *budget = park_tree_get(node, "budget");
    const park_tree_node *table = park_tree_get(node, "options"), *measures = park_tree_get(node, "measures");
    if (m.a == NULL || m.off == NULL ||
        (budget != NULL && !park_reader_is(l->reader, budget, PARK_MAPPING)) ||
        (plants != NULL && !park_reader_is(l->reader, plants, PARK_MAPPING)))
        return;
    m.a->fair_most = 1.0;
    read_money(&m, node);
    read_window(&m, node, budget);
    read_budget(&m, budget);
    read_cities(&m, park_tree_get(node, "cities"));
    read_scenarios(&m, park_tree_get(node, "scenarios"));
    read_stability(&m, park_tree_get(node, "stability"));
    for (size_t i = 0; plants != NULL && i < plants->count; i++)
        read_plant(&m, plants->items[i]);
    if (table != NULL)
        park_allocation_read_table(&m, table);
    park_allocation_read_curves(&m);
    for (size_t i = 0; measures != NULL && i < (measures->form == PARK_LIST ? measures->count : 1); i++)
        read_measure(&m, measures->form == PARK_LIST ? measures->items[i] : measures);
    m.a->group = m.group, m.a->city = m.city, m.a->plant = m.plant, m.a->off = m.off;
    check_whole(&m, node);
    *made = m.a;
}
