#include "indicators/boundary.h"
#include "indicators/kind.h"

#include <math.h>
#include <string.h>

/* The list as it grows. */
typedef struct list {
    const park_model  *model;
    const park_ledger *ledger;
    park_arena        *arena;
    park_indicators   *out;
    size_t             capacity;
} list;

static park_status add(list *at, park_indicator item, park_error *err)
{
    if (!PARK_GROW(at->arena, at->out->item, at->out->count, at->capacity))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the indicators");
    at->out->item[at->out->count++] = item;
    return PARK_OK;
}

/* Symbols are the same in both languages; what is said in words is not. */
static park_label label_of(const char *term)
{
    static const park_label WORDS[] = {{.zh = "费用", .en = "cost"},
                                       {.zh = "耗电量", .en = "energy"},
                                       {.zh = "处理后的废水", .en = "treated wastewater"},
                                       {.zh = "原水进水", .en = "raw water in"},
                                       {.zh = "产水", .en = "product water out"},
                                       {.zh = "Vd（达标）", .en = "Vd,ok"},
                                       {.zh = "Vih（矿井水）", .en = "Vih, mine"},
                                       {.zh = "Vih（雨水）", .en = "Vih, rain"},
                                       {.zh = "Vih（再生水）", .en = "Vih, reclaimed"}};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(term, WORDS[i].en) == 0)
            return WORDS[i];
    return (park_label){term, term};
}

/* One kind for one subject: every basis and way of counting that it has. `item` carries the subject. */
static park_status add_kind(list *at, const park_indicator_kind *kind, park_indicator_case c,
                            park_indicator item, park_error *err)
{
    item.id            = kind->id;
    item.label         = kind->label;
    item.basis_matters = kind->by_basis;
    item.target        = PARK_NONE;
    if (item.dim == PARK_DIM_COUNT)
        item.dim = kind->dim;
    for (int basis = 0; basis < (kind->by_basis ? 2 : 1); basis++)
        for (int without = 0; without < (kind->by_circulation ? 2 : 1); without++) {
            c.basis               = (park_basis)basis;
            c.with_circulation    = without == 0;
            item.basis            = c.basis;
            item.with_circulation = c.with_circulation;
            bool        all       = c.basis == PARK_BASIS_ALL_SOURCES;
            const char *numerator =
                all && kind->numerator_all != NULL ? kind->numerator_all : kind->numerator;
            const char *denominator =
                all && kind->denominator_all != NULL ? kind->denominator_all : kind->denominator;
            item.numerator_label   = label_of(numerator);
            item.denominator_label = label_of(denominator);
            park_fraction f        = kind->fraction(&c);
            item.numerator         = f.numerator;
            item.denominator       = f.denominator;
            item.value             = park_fraction_value(f);
            PARK_TRY(add(at, item, err));
        }
    return PARK_OK;
}

static park_status add_all(list *at, unsigned of, park_indicator_case c, park_indicator item, park_error *err)
{
    for (const park_indicator_kind *const *table = park_indicator_tables(); *table != NULL; table++)
        for (const park_indicator_kind *kind = *table; kind->id != NULL; kind++)
            if (kind->of & of)
                PARK_TRY(add_kind(at, kind, c, item, err));
    return PARK_OK;
}

/* Enterprises that make the same product, in the same dimension: the park's figure is the ratio of sums. */
static park_status add_shared_product(list *at, const park_volumes *volumes, size_t e,
                                      const park_product_info *product, park_error *err)
{
    const park_model *m      = at->model;
    park_volumes      total  = {0};
    double            output = 0.0;
    size_t            makers = 0;
    for (size_t i = 0; i < m->enterprises; i++)
        for (size_t j = 0; j < m->enterprise[i].products; j++) {
            const park_product_info *other = &m->enterprise[i].product[j];
            if (strcmp(other->id, product->id) != 0 || other->dim != product->dim)
                continue;
            if (i < e)
                return PARK_OK; /* told with the first maker */
            total.vi_conventional += volumes[i].vi_conventional;
            total.vf += volumes[i].vf;
            output += other->rate * PARK_YEAR_SECONDS;
            makers++;
        }
    if (makers < 2)
        return PARK_OK;
    return add_all(at, PARK_OF_PRODUCT, (park_indicator_case){.v = &total, .output = output},
                   (park_indicator){.boundary   = PARK_BOUNDARY_PARK,
                                    .enterprise = PARK_NONE,
                                    .unit       = PARK_NONE,
                                    .subject    = product->id,
                                    .dim        = park_dimension_intensity(product->dim)},
                   err);
}

static park_status add_products(list *at, const park_volumes *volumes, park_error *err)
{
    const park_model *m = at->model;
    for (size_t e = 0; e < m->enterprises; e++)
        for (size_t j = 0; j < m->enterprise[e].products; j++) {
            const park_product_info *product = &m->enterprise[e].product[j];
            park_indicator_case      c    = {.v = &volumes[e], .output = product->rate * PARK_YEAR_SECONDS};
            park_indicator           item = {.boundary   = PARK_BOUNDARY_ENTERPRISE,
                                             .enterprise = (int32_t)e,
                                             .unit       = PARK_NONE,
                                             .subject    = product->id,
                                             .dim        = park_dimension_intensity(product->dim)};
            PARK_TRY(add_shared_product(at, volumes, e, product, err));
            PARK_TRY(add_all(at, PARK_OF_PRODUCT, c, item, err));
        }
    return PARK_OK;
}

/* Towers: what leaves with salt; supply treatments: the product. Inflow of both. */
static park_status add_units(list *at, park_error *err)
{
    const park_model  *m = at->model;
    const park_ledger *g = at->ledger;
    for (size_t u = 0; u < m->units; u++) {
        const park_unit_info *unit  = &m->unit[u];
        park_use              use   = park_unit_use(m, (int32_t)u);
        bool                  tower = use == PARK_USE_INDIRECT_COOLING || use == PARK_USE_DIRECT_COOLING;
        if (!tower && !(unit->role == PARK_TREATMENT && unit->duty == PARK_DUTY_SUPPLY))
            continue;
        park_indicator_case c = {.v = NULL};
        for (size_t s = 0; s < g->seasons; s++) {
            for (size_t l = 0; l < g->links; l++)
                if (m->link[l].to == (int32_t)u)
                    c.inflow += g->link_water[s * g->links + l];
            for (size_t k = unit->first_outlet; k < unit->first_outlet + unit->outlets; k++) {
                park_outlet_role role = m->outlet[k].role;
                bool salty = role == PARK_OUT_BLOWDOWN || role == PARK_OUT_DRIFT || role == PARK_OUT_LEAK;
                if (tower ? salty : role == PARK_OUT_PRODUCT)
                    c.first_outlet += g->outlet_water[s * g->outlets + k];
            }
        }
        PARK_TRY(add_all(at, tower ? PARK_OF_TOWER : PARK_OF_SUPPLY, c,
                         (park_indicator){.boundary   = PARK_BOUNDARY_UNIT,
                                          .enterprise = unit->enterprise,
                                          .unit       = (int32_t)u,
                                          .dim        = PARK_DIM_COUNT},
                         err));
    }
    return PARK_OK;
}

/* Each target to its indicator; one that no indicator answers is kept as an indicator that does not exist. */
static park_status judge_targets(list *at, park_error *err)
{
    const park_model *m = at->model;
    for (size_t t = 0; t < m->targets; t++) {
        const park_target *target = &m->target[t];
        park_indicator    *item   = park_target_indicator(m, at->out, target);
        if (item == NULL || item->target != PARK_NONE) {
            const park_indicator_kind *kind = park_indicator_kind_find(target->quantity);
            park_indicator             copy = {.id      = target->quantity,
                                               .subject = target->subject,
                                               .label = kind != NULL ? kind->label : (park_label){NULL, target->quantity},
                                               .enterprise        = PARK_NONE,
                                               .unit              = PARK_NONE,
                                               .dim               = target->dim,
                                               .with_circulation  = true,
                                               .numerator         = NAN,
                                               .denominator       = NAN,
                                               .value             = NAN,
                                               .numerator_label   = {"", ""},
                                               .denominator_label = {"", ""}};
            PARK_TRY(add(at, item != NULL ? *item : copy, err));
            item = &at->out->item[at->out->count - 1];
        }
        item->target  = (int32_t)t;
        item->reached = park_target_met(target, item->dim, item->value);
        if (item->reached)
            at->out->targets_reached++;
        else
            at->out->targets_missed++;
    }
    return PARK_OK;
}

/* Value added of one enterprise, or of all that state it [CNY/a]; NAN when none does. */
static double value_added(const park_model *m, int32_t enterprise)
{
    double sum   = 0.0;
    bool   known = false;
    for (size_t e = 0; e < m->enterprises; e++)
        if ((enterprise == PARK_NONE || enterprise == (int32_t)e) && !isnan(m->enterprise[e].value_added)) {
            sum += m->enterprise[e].value_added * PARK_YEAR_SECONDS;
            known = true;
        }
    return known ? sum : NAN;
}

park_status park_indicators_compute(const park_model *model, const park_ledger *ledger, double yearly_cost,
                                    double carbon, park_arena *arena, park_indicators **indicators,
                                    park_error *err)
{
    list          at      = {.model = model, .ledger = ledger, .arena = arena};
    park_volumes *volumes = PARK_ARRAY(arena, model->enterprises, park_volumes);
    at.out                = PARK_NEW(arena, park_indicators);
    if (at.out == NULL || volumes == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the indicators");

    park_volumes park;
    PARK_TRY(park_volumes_of(model, ledger, PARK_BOUNDARY_PARK, PARK_NONE, &park, err));
    park_indicator_case of_park = {
        .v = &park, .value_added = value_added(model, PARK_NONE), .cost = yearly_cost, .carbon = carbon};
    PARK_TRY(add_all(&at, PARK_OF_PARK, of_park,
                     (park_indicator){.boundary   = PARK_BOUNDARY_PARK,
                                      .enterprise = PARK_NONE,
                                      .unit       = PARK_NONE,
                                      .dim        = PARK_DIM_COUNT},
                     err));
    for (size_t e = 0; e < model->enterprises; e++) {
        PARK_TRY(park_volumes_of(model, ledger, PARK_BOUNDARY_ENTERPRISE, (int32_t)e, &volumes[e], err));
        park_indicator_case c = {
            .v = &volumes[e], .value_added = value_added(model, (int32_t)e), .cost = NAN, .carbon = NAN};
        PARK_TRY(add_all(&at, PARK_OF_ENTERPRISE, c,
                         (park_indicator){.boundary   = PARK_BOUNDARY_ENTERPRISE,
                                          .enterprise = (int32_t)e,
                                          .unit       = PARK_NONE,
                                          .dim        = PARK_DIM_COUNT},
                         err));
    }
    PARK_TRY(add_products(&at, volumes, err));
    PARK_TRY(add_units(&at, err));
    PARK_TRY(judge_targets(&at, err));
    *indicators = at.out;
    return PARK_OK;
}

const park_indicator *park_indicator_find(const park_indicators *indicators, const char *id,
                                          int32_t enterprise, park_basis basis, bool with_circulation)
{
    for (size_t i = 0; i < indicators->count; i++) {
        const park_indicator *item = &indicators->item[i];
        bool                  at   = enterprise == PARK_NONE
                                         ? item->boundary == PARK_BOUNDARY_PARK
                                         : item->boundary == PARK_BOUNDARY_ENTERPRISE && item->enterprise == enterprise;
        if (at && item->subject == NULL && strcmp(item->id, id) == 0 &&
            (!item->basis_matters || item->basis == basis) && item->with_circulation == with_circulation)
            return item;
    }
    return NULL;
}
