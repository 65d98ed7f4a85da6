/* Parts, sites and their variants; Eq. (O60), (O112)-(O114) of docs/math/optimization.md. */
#include "design/factors.h"

#include "design/stages.h"
#include "units/storages/storage.h"

#include <string.h>

static const park_label TOO_MANY    = {.zh = "同时作用于一处的措施过多",
                                       .en = "too many retrofits act on one place together"};
static const park_label CONNECTIONS = {.zh = "有措施会改变连接关系",
                                       .en = "a retrofit changes which connections there are"};
static const park_label BUDGET = {.zh = "有措施改变投资上限", .en = "a retrofit changes the budget"};
static const park_label BUILT  = {.zh = "分期投资中有措施改变拟建设施的规模或造价",
                                  .en =
                                      "a retrofit of a staged park changes sizes or prices of what is built"};
static const park_label DRAWN  = {.zh = "有措施改变了抽取的未来",
                                  .en = "a retrofit changes which futures are drawn"};

/* ---- items ------------------------------------------------------------------------------------------------------------------ */

int32_t park_sites_retrofit(const park_sites *sites, size_t item)
{
    return item < sites->retrofit_items ? (int32_t)(item / sites->stages) : -1;
}

size_t park_sites_stage(const park_sites *sites, size_t item)
{
    return item % sites->stages;
}

int32_t park_sites_storage(const park_sites *sites, size_t item)
{
    return item < sites->retrofit_items ? -1 : sites->storage[(item - sites->retrofit_items) / sites->stages];
}

void park_sites_items(const park_sites *sites, const park_combination *c, bool *taken)
{
    for (size_t i = 0; i < sites->retrofit_items; i++) {
        int32_t r = park_sites_retrofit(sites, i);
        taken[i]  = c->on[r] && (size_t)c->from[r] <= park_sites_stage(sites, i);
    }
    for (size_t i = sites->retrofit_items; i < sites->items; i++) {
        int32_t u = park_sites_storage(sites, i);
        taken[i]  = c->without[u] || (size_t)c->built[u] > park_sites_stage(sites, i);
    }
}

void park_sites_combination(const park_sites *sites, const bool *taken, park_combination *c)
{
    for (size_t r = 0; r < sites->model->retrofits; r++) {
        size_t y = 0;
        while (y < sites->stages && !taken[r * sites->stages + y])
            y++;
        c->on[r] = y < sites->stages, c->from[r] = c->on[r] ? (int32_t)y : 0;
    }
    for (size_t i = 0; i < sites->storages; i++) {
        const bool *out = taken + sites->retrofit_items + i * sites->stages;
        size_t      y   = sites->stages;
        while (y > 0 && !out[y - 1])
            y--;
        c->without[sites->storage[i]] = y == sites->stages;
        c->built[sites->storage[i]]   = y < sites->stages ? (int32_t)y : 0;
    }
}

double park_sites_yearly(const park_sites *sites, size_t item)
{
    int32_t r = park_sites_retrofit(sites, item);
    if (r < 0)
        return 0.0;
    double share = sites->stages > 1 ? sites->future->share[park_sites_stage(sites, item)] : 1.0;
    return park_retrofit_yearly(sites->model, r) * share;
}

double park_sites_capital(const park_sites *sites, size_t item)
{
    int32_t r = park_sites_retrofit(sites, item);
    return r < 0 ? 0.0 : park_retrofit_capital(sites->model, r);
}

/* ---- parts -------------------------------------------------------------------------------------------------------------------- */

static park_part_section section_of(const park_change *change)
{
    size_t at = change->offset;
    if (change->in != PARK_IN_PARK)
        return PARK_SECTION_AIMS;
    if (at >= offsetof(park_draft, economics) &&
        at < offsetof(park_draft, economics) + sizeof(park_economics))
        return PARK_SECTION_MONEY;
    if ((at >= offsetof(park_draft, tariffs) && at < offsetof(park_draft, tariffs) + sizeof(park_tariffs)) ||
        (at >= offsetof(park_draft, carbon) && at < offsetof(park_draft, carbon) + sizeof(park_carbon)))
        return PARK_SECTION_POWER;
    return PARK_SECTION_PIPES;
}

static bool accepts(const park_model *model, int32_t unit, const char *grade)
{
    const park_unit_info *info = &model->unit[unit];
    for (size_t i = 0; i < info->inlets; i++) {
        const park_text_list *list = &model->inlet[info->first_inlet + i].accepts;
        for (size_t k = 0; k < list->count; k++)
            if (strcmp(list->item[k], grade) == 0)
                return true;
    }
    return false;
}

static bool change_acts(const park_model *model, const park_change *change, park_part part)
{
    switch (change->in) {
    case PARK_IN_UNIT:
        return part.kind == PARK_PART_UNIT && change->unit == part.index;
    case PARK_IN_GRADE: /* on every unit that takes it */
        return part.kind == PARK_PART_UNIT && accepts(model, part.index, model->grade[change->at].id);
    case PARK_IN_NETWORK: /* its leak; pressures are for the hydraulics */
        return part.kind == PARK_PART_UNIT && model->network[change->at].unit == part.index;
    case PARK_IN_CONNECTION:
        return part.kind == PARK_PART_CONNECTION && change->at == part.index;
    case PARK_IN_ENTERPRISE:
    case PARK_IN_TARGET:
    case PARK_IN_PARK:
        return part.kind == PARK_PART_PARK && (int32_t)section_of(change) == part.index;
    }
    return false;
}

bool park_sites_acts(const park_sites *sites, size_t item, park_part part)
{
    const park_model *model = sites->model;
    int32_t           r     = park_sites_retrofit(sites, item);
    if (r < 0)
        return part.kind == PARK_PART_UNIT && park_sites_storage(sites, item) == part.index;
    for (size_t i = 0; i < model->retrofit[r].changes; i++)
        if (change_acts(model, &model->retrofit[r].change[i], part))
            return true;
    return false;
}

static park_status find_parts(park_sites *sites, park_error *err)
{
    const park_model *model    = sites->model;
    const size_t      counts[] = {model->units, model->connections, PARK_SECTIONS};
    size_t            most     = model->units + model->connections + PARK_SECTIONS;
    sites->part                = PARK_ARRAY(sites->arena, most, park_part);
    sites->group               = PARK_ARRAY(sites->arena, most, int32_t);
    if (sites->part == NULL || sites->group == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    for (int kind = 0; kind < 3; kind++)
        for (size_t index = 0; index < counts[kind]; index++) {
            park_part part   = {(park_part_kind)kind, (int32_t)index};
            bool      acting = false;
            for (size_t item = 0; item < sites->items && !acting; item++)
                acting = park_sites_acts(sites, item, part);
            if (!acting)
                continue;
            sites->group[sites->parts]  = (int32_t)sites->parts;
            sites->part[sites->parts++] = part;
        }
    return park_factors_begin(sites, err);
}

/* What one program cannot say at all. */
static void refuse(park_sites *sites)
{
    const park_model *model = sites->model;
    for (size_t r = 0; r < model->retrofits; r++)
        for (size_t i = 0; i < model->retrofit[r].changes; i++) {
            const park_change *change = &model->retrofit[r].change[i];
            if (change->in == PARK_IN_PARK && change->offset == offsetof(park_draft, economics.budget) &&
                isfinite(model->economics.budget))
                sites->refused = &BUDGET;
            if (sites->stages > 1 && park_change_of_building(model, change))
                sites->refused = &BUILT;
        }
}

/* ---- variants ------------------------------------------------------------------------------------------------------------------ */

static bool names(const int32_t *list, size_t count, int32_t item)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == item)
            return true;
    return false;
}

bool park_sites_stands(const park_sites *sites, const park_site *site, uint32_t set)
{
    const park_model *model = sites->model;
    for (size_t a = 0; a < site->items; a++) {
        int32_t here = park_sites_retrofit(sites, (size_t)site->item[a]);
        if (!(set >> a & 1u) || here < 0)
            continue;
        const park_retrofit *r = &model->retrofit[here];
        for (size_t b = 0; b < site->items; b++) {
            int32_t other = park_sites_retrofit(sites, (size_t)site->item[b]);
            bool    taken = (set >> b & 1u) != 0;
            if (other >= 0 && ((taken && names(r->excludes_, r->excludes_count, other)) ||
                               (!taken && names(r->requires_, r->requires_count, other))))
                return false;
        }
    }
    return true;
}

static bool site_has(const park_model *model, const park_site *site, const park_change *change)
{
    for (size_t p = 0; p < site->parts; p++)
        if (change_acts(model, change, site->part[p]))
            return true;
    return false;
}

/* The park with items taken at one site. PARK_E_RANGE as park_draft_retrofit. */
static park_status changed_park(const park_sites *sites, const park_site *site, const int32_t *item,
                                size_t items, park_arena *arena, park_model **result, park_error *err)
{
    park_findings     findings;
    const park_model *model = sites->model;
    park_draft       *draft = park_draft_copy(arena, model);
    if (draft == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
    park_findings_init(&findings, arena);
    for (size_t a = 0; a < items; a++) {
        int32_t r = park_sites_retrofit(sites, (size_t)item[a]);
        if (r < 0) { /* what is staged has one size in all stages (O144) */
            int32_t unit = park_sites_storage(sites, (size_t)item[a]);
            if (sites->stages > 1)
                park_storage_await(draft, unit);
            else
                park_storage_leave_out(draft, unit);
            continue;
        }
        for (size_t i = 0; i < model->retrofit[r].changes; i++)
            if (site_has(model, site, &model->retrofit[r].change[i]))
                PARK_TRY(park_draft_change(draft, &model->retrofit[r].change[i], NULL, err));
        PARK_TRY(park_draft_settle(draft, err));
    }
    if (park_model_freeze(draft, &findings, err) != PARK_OK)
        return PARK_E_RANGE;
    *result = draft;
    return PARK_OK;
}

/* The same in every future; in a staged park of its stage alone. */
park_status park_sites_models(const park_sites *sites, const park_site *site, const int32_t *item,
                              size_t items, park_arena *arena, const park_model **model, bool *drawn,
                              park_error *err)
{
    park_model *changed = NULL;
    *drawn              = false;
    for (size_t w = 0; w < sites->futures; w++)
        model[w] = sites->base[w];
    if (items == 0)
        return PARK_OK;
    PARK_TRY(changed_park(sites, site, item, items, arena, &changed, err));
    if (sites->future == NULL) {
        model[0] = changed;
        return PARK_OK;
    }
    park_futures *futures;
    if (sites->stages > 1)
        changed->economics.stages = 0;
    PARK_TRY(park_futures_make(changed, arena, &futures, err));
    *drawn = futures->count * sites->stages != sites->futures;
    for (size_t w = 0; !*drawn && w < futures->count; w++)
        model[w * sites->stages + site->stage] = futures->model[w];
    return PARK_OK;
}

static park_status variant_models(park_sites *sites, const park_site *site, uint32_t set,
                                  const park_model **model, park_error *err)
{
    int32_t item[PARK_SITE_ITEMS];
    size_t  items = 0;
    bool    drawn;
    for (size_t a = 0; a < site->items; a++)
        if (set >> a & 1u)
            item[items++] = site->item[a];
    PARK_TRY(park_sites_models(sites, site, item, items, sites->arena, model, &drawn, err));
    if (drawn)
        sites->refused = &DRAWN;
    return PARK_OK;
}

/* Same outlets, inlets and connections? Else a change has done more than move numbers. */
static bool same_shape(const park_model *a, const park_model *b)
{
    if (a->units != b->units || a->outlets != b->outlets || a->inlets != b->inlets || a->links != b->links)
        return false;
    for (size_t l = 0; l < a->links; l++)
        if (a->link[l].outlet != b->link[l].outlet || a->link[l].inlet != b->link[l].inlet)
            return false;
    for (size_t u = 0; u < a->units; u++)
        if (a->unit[u].outlets != b->unit[u].outlets || a->unit[u].inlets != b->unit[u].inlets)
            return false;
    return true;
}

static park_status site_variants(park_sites *sites, park_site *site, park_error *err)
{
    site->set   = PARK_ARRAY(sites->arena, PARK_SITE_VARIANTS, uint32_t);
    site->model = PARK_ARRAY(sites->arena, PARK_SITE_VARIANTS, const park_model **);
    site->copy  = PARK_ARRAY(sites->arena, PARK_SITE_VARIANTS * site->parts, int32_t);
    if (site->set == NULL || site->model == NULL || site->copy == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
    for (uint32_t set = 0; set < 1u << site->items && sites->refused == NULL; set++) {
        if (!park_sites_stands(sites, site, set))
            continue;
        if (site->variants == PARK_SITE_VARIANTS) {
            sites->refused = &TOO_MANY;
            return PARK_OK;
        }
        const park_model **model = PARK_ARRAY(sites->arena, sites->futures, const park_model *);
        if (model == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
        PARK_TRY(variant_models(sites, site, set, model, err));
        for (size_t w = 0; w < sites->futures; w++)
            if (!same_shape(sites->model, model[w]))
                sites->refused = &CONNECTIONS;
        site->set[site->variants]     = set;
        site->model[site->variants++] = model;
    }
    return PARK_OK;
}

/* ---- sites --------------------------------------------------------------------------------------------------------------------- */

static bool acts_at(const park_sites *sites, size_t item, const park_site *site)
{
    if (park_sites_stage(sites, item) != site->stage)
        return false;
    for (size_t p = 0; p < site->parts; p++)
        if (park_sites_acts(sites, item, site->part[p]))
            return true;
    return false;
}

/* The site of a group of parts in a stage and of the items that are asked for together with `with`; left out where nothing may act on it
 * after all. */
static park_status add_site(park_sites *sites, int32_t group, size_t stage, size_t with, park_error *err)
{
    const int32_t *with_of = sites->with + (size_t)group * sites->items;
    park_site      site    = {.stage = stage,
                              .part  = PARK_ARRAY(sites->arena, sites->parts, park_part),
                              .item  = PARK_ARRAY(sites->arena, sites->items, int32_t)};
    if (site.part == NULL || site.item == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    for (size_t p = 0; p < sites->parts; p++)
        if (sites->group[p] == group)
            site.part[site.parts++] = sites->part[p];
    for (size_t item = 0; item < sites->items; item++)
        if (with_of[item] == (int32_t)with && acts_at(sites, item, &site))
            site.item[site.items++] = (int32_t)item;
    if (site.items == 0)
        return PARK_OK;
    if (site.items > PARK_SITE_ITEMS) {
        sites->refused = &TOO_MANY;
        return PARK_OK;
    }
    PARK_TRY(site_variants(sites, &site, err));
    if (site.variants >= 2 && sites->refused == NULL)
        sites->site[sites->count++] = site;
    return PARK_OK;
}

/* All sites of a group of parts in a stage. */
static park_status add_sites(park_sites *sites, int32_t group, size_t stage, park_error *err)
{
    size_t first = sites->count;
    for (size_t with = 0; with < sites->items && sites->refused == NULL; with++)
        PARK_TRY(add_site(sites, group, stage, with, err));
    for (size_t s = first; s < sites->count; s++) {
        park_site *site = &sites->site[s];
        site->first = first, site->sites = sites->count - first;
        for (size_t p = 0; p < site->parts; p++)
            if (site->part[p].kind == PARK_PART_UNIT)
                sites->of_unit[stage * sites->model->units + (size_t)site->part[p].index] = (int32_t)first;
    }
    return PARK_OK;
}

park_status park_sites_again(park_sites *sites, double box_times, park_error *err)
{
    size_t units   = sites->model->units;
    sites->count   = 0;
    sites->site    = PARK_ARRAY(sites->arena, sites->parts * sites->items, park_site);
    sites->of_unit = PARK_ARRAY(sites->arena, units * sites->stages, int32_t);
    if (sites->site == NULL || sites->of_unit == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    for (size_t u = 0; u < units * sites->stages; u++)
        sites->of_unit[u] = -1;
    for (size_t p = 0; p < sites->parts; p++)
        for (size_t y = 0; sites->group[p] == (int32_t)p && y < sites->stages && sites->refused == NULL; y++)
            PARK_TRY(add_sites(sites, (int32_t)p, y, err));
    return sites->refused == NULL ? park_sites_copies(sites, box_times, err) : PARK_OK;
}

static int32_t group_of(const park_sites *sites, const park_site *site)
{
    for (size_t p = 0; p < sites->parts; p++)
        if (sites->part[p].kind == site->part[0].kind && sites->part[p].index == site->part[0].index)
            return sites->group[p];
    return -1;
}

/* At a group: what is asked for together with item i is so with item j. */
static void unite(park_sites *sites, int32_t group, int32_t i, int32_t j)
{
    int32_t *with  = sites->with + (size_t)group * sites->items;
    int32_t  first = with[i] < with[j] ? with[i] : with[j], other = with[i] < with[j] ? with[j] : with[i];
    for (size_t k = 0; k < sites->items; k++)
        if (with[k] == other)
            with[k] = first;
}

void park_sites_join(park_sites *sites, size_t a, size_t b)
{
    const park_site *one = &sites->site[a], *two = &sites->site[b];
    int32_t          x = group_of(sites, one), y = group_of(sites, two);
    int32_t          first = x < y ? x : y, other = x < y ? y : x;
    for (size_t p = 0; p < sites->parts; p++)
        if (sites->group[p] == other)
            sites->group[p] = first;
    for (int32_t i = 0; first != other && i < (int32_t)sites->items; i++)
        unite(sites, first, i, sites->with[(size_t)other * sites->items + (size_t)i]);
    for (size_t i = 0; i < one->items; i++)
        unite(sites, first, one->item[0], one->item[i]);
    for (size_t i = 0; i < two->items; i++)
        unite(sites, first, one->item[0], two->item[i]);
}

void park_sites_join_all(park_sites *sites, size_t a)
{
    size_t first = sites->site[a].first;
    for (size_t s = first + 1; s < first + sites->site[first].sites; s++)
        park_sites_join(sites, first, s);
}

/* The park as it is in every future or stage. */
static park_status base_models(park_sites *sites, park_error *err)
{
    const park_model *model   = sites->model;
    park_futures     *futures = NULL;
    sites->stages = sites->futures = 1;
    if (model->robust != PARK_ROBUST_NONE || model->economics.stages > 1) {
        PARK_TRY(park_stages_make(model, sites->arena, &futures, err));
        sites->stages = futures->stages;
    }
    sites->future = futures;
    if (futures != NULL) {
        sites->futures = futures->count, sites->base = futures->model;
        return PARK_OK;
    }
    sites->base = PARK_ARRAY(sites->arena, 1, const park_model *);
    if (sites->base == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    sites->base[0] = model;
    return PARK_OK;
}

park_status park_sites_make(const park_model *model, const park_design_settings *settings, double box_times,
                            park_arena *arena, park_sites **result, park_error *err)
{
    park_sites *sites = PARK_NEW(arena, park_sites);
    if (sites == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    *sites         = (park_sites){.model = model, .settings = settings, .arena = arena};
    *result        = sites;
    sites->storage = PARK_ARRAY(arena, model->units, int32_t);
    if (sites->storage == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    PARK_TRY(base_models(sites, err));
    for (size_t u = 0; u < model->units; u++)
        if (park_storage_may_stay_out(model, (int32_t)u))
            sites->storage[sites->storages++] = (int32_t)u;
    sites->retrofit_items = model->retrofits * sites->stages;
    sites->items          = sites->retrofit_items + sites->storages * sites->stages;
    refuse(sites);
    if (sites->refused != NULL)
        return PARK_OK;
    PARK_TRY(find_parts(sites, err));
    return park_sites_again(sites, box_times, err);
}

void park_sites_pick(const park_sites *sites, const bool *taken, int32_t *pick)
{
    for (size_t i = 0; i < sites->count; i++) {
        const park_site *site = &sites->site[i];
        uint32_t         set  = 0;
        for (size_t a = 0; a < site->items; a++)
            set |= taken[site->item[a]] ? 1u << a : 0u;
        pick[i] = -1;
        for (size_t v = 0; v < site->variants; v++)
            if (site->set[v] == set)
                pick[i] = (int32_t)v;
    }
}

size_t park_sites_copy(const park_sites *sites, const int32_t *pick, size_t w, size_t unit)
{
    int32_t at = sites->of_unit[park_sites_stage_of(sites, w) * sites->model->units + unit];
    if (at < 0)
        return unit;
    const park_site *site = &sites->site[at];
    size_t           p    = 0;
    while (site->part[p].kind != PARK_PART_UNIT || site->part[p].index != (int32_t)unit)
        p++;
    return (size_t)(site->sites > 1 ? site->corner[p] : park_site_copy(site, p, (size_t)pick[at]));
}
