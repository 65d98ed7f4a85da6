#include "design/sites.h"

#include "design/plan.h"
#include "design/targets.h"
#include "units/storages/storage.h"

#include <string.h>

static const park_label TOO_MANY     = {.zh = "作用于同一单元的措施过多",
                                        .en = "too many retrofits act on one unit"};
static const park_label CONNECTIONS  = {.zh = "有措施会改变连接关系",
                                        .en = "a retrofit changes which connections there are"};
static const double     BUDGET_LEAST = 1e-6; /* what is left of a budget that is used up [CNY] */

/* ---- sites and variants ---------------------------------------------------------------------------------------------- */

static bool acts_on(const park_sites *sites, size_t item, int32_t unit)
{
    const park_model *model = sites->model;
    if (item >= model->retrofits)
        return sites->storage[item - model->retrofits] == unit;
    for (size_t i = 0; i < model->retrofit[item].changes; i++)
        if (model->retrofit[item].change[i].unit == unit)
            return true;
    return false;
}

static bool names(const int32_t *list, size_t count, int32_t item)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == item)
            return true;
    return false;
}

/* May a subset of a site's items stand, as far as the site can tell? */
static bool subset_stands(const park_sites *sites, const park_site *site, uint32_t set)
{
    const park_model *model = sites->model;
    for (size_t a = 0; a < site->items; a++) {
        if (!(set >> a & 1u) || (size_t)site->item[a] >= model->retrofits)
            continue;
        const park_retrofit *r = &model->retrofit[site->item[a]];
        for (size_t b = 0; b < site->items; b++) {
            bool taken = (set >> b & 1u) != 0;
            if ((taken && names(r->excludes_, r->excludes_count, site->item[b])) ||
                (!taken && names(r->requires_, r->requires_count, site->item[b])))
                return false;
        }
    }
    return true;
}

/* The park with one site changed. PARK_E_RANGE as park_draft_retrofit. */
static park_status variant_model(const park_sites *sites, const park_site *site, uint32_t set,
                                 const park_model **result, park_error *err)
{
    park_findings findings;
    park_draft   *draft = park_draft_copy(sites->arena, sites->model);
    if (draft == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
    park_findings_init(&findings, sites->arena);
    for (size_t a = 0; a < site->items; a++) {
        if (!(set >> a & 1u))
            continue;
        if ((size_t)site->item[a] < sites->model->retrofits)
            PARK_TRY(park_draft_retrofit_unit(draft, site->item[a], site->unit, err));
        else
            park_storage_leave_out(draft, site->unit);
    }
    if (park_model_freeze(draft, &findings, err) != PARK_OK)
        return PARK_E_RANGE;
    *result = draft;
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
    site->model = PARK_ARRAY(sites->arena, PARK_SITE_VARIANTS, const park_model *);
    site->copy  = PARK_ARRAY(sites->arena, PARK_SITE_VARIANTS, int32_t);
    if (site->set == NULL || site->model == NULL || site->copy == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
    for (uint32_t set = 0; set < 1u << site->items; set++) {
        if (!subset_stands(sites, site, set))
            continue;
        if (site->variants == PARK_SITE_VARIANTS) {
            sites->refused = &TOO_MANY;
            return PARK_OK;
        }
        const park_model *model = sites->model;
        if (set != 0)
            PARK_TRY(variant_model(sites, site, set, &model, err));
        if (!same_shape(sites->model, model))
            sites->refused = &CONNECTIONS;
        site->set[site->variants]     = set;
        site->model[site->variants++] = model;
    }
    return PARK_OK;
}

static park_status find_sites(park_sites *sites, park_error *err)
{
    const park_model *model = sites->model;
    sites->site             = PARK_ARRAY(sites->arena, model->units, park_site);
    sites->of_unit          = PARK_ARRAY(sites->arena, model->units, int32_t);
    if (sites->site == NULL || sites->of_unit == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    for (size_t u = 0; u < model->units; u++) {
        park_site site    = {.unit = (int32_t)u};
        sites->of_unit[u] = -1;
        for (size_t item = 0; item < sites->items; item++)
            site.items += acts_on(sites, item, (int32_t)u);
        if (site.items == 0)
            continue;
        if (site.items > PARK_SITE_ITEMS) {
            sites->refused = &TOO_MANY;
            return PARK_OK;
        }
        site.item = PARK_ARRAY(sites->arena, site.items, int32_t);
        if (site.item == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
        for (size_t item = 0, at = 0; item < sites->items; item++)
            if (acts_on(sites, item, (int32_t)u))
                site.item[at++] = (int32_t)item;
        PARK_TRY(site_variants(sites, &site, err));
        if (site.variants < 2)
            continue; /* nothing may act on it after all */
        sites->of_unit[u]           = (int32_t)sites->count;
        sites->site[sites->count++] = site;
    }
    return PARK_OK;
}

/* ---- the park of copies (O61) --------------------------------------------------------------------------------------- */

static size_t copies_of(const park_sites *sites, int32_t unit)
{
    return sites->of_unit[unit] < 0 ? 1 : sites->site[sites->of_unit[unit]].variants;
}

static bool copies_room(park_sites *sites, park_model *copies)
{
    const park_model *model = sites->model;
    size_t            units = model->units, outlets = model->outlets, inlets = model->inlets, links = 0;
    for (size_t i = 0; i < sites->count; i++) {
        size_t more = sites->site[i].variants - 1;
        units += more, outlets += more * model->unit[sites->site[i].unit].outlets;
        inlets += more * model->unit[sites->site[i].unit].inlets;
    }
    for (size_t l = 0; l < model->links; l++)
        links += copies_of(sites, model->link[l].from) * copies_of(sites, model->link[l].to);
    copies->unit     = PARK_ARRAY(sites->arena, units, park_unit_info);
    copies->outlet   = PARK_ARRAY(sites->arena, outlets, park_outlet_info);
    copies->inlet    = PARK_ARRAY(sites->arena, inlets, park_inlet_info);
    copies->link     = PARK_ARRAY(sites->arena, links, park_link_info);
    sites->of_outlet = PARK_ARRAY(sites->arena, outlets, int32_t);
    sites->of_inlet  = PARK_ARRAY(sites->arena, inlets, int32_t);
    sites->of_link   = PARK_ARRAY(sites->arena, links, int32_t);
    return copies->unit != NULL && copies->outlet != NULL && copies->inlet != NULL && copies->link != NULL &&
           sites->of_outlet != NULL && sites->of_inlet != NULL && sites->of_link != NULL;
}

static void copy_unit(park_sites *sites, park_model *copies, const park_model *from, int32_t unit)
{
    park_unit_info info = from->unit[unit];
    size_t         k0 = info.first_outlet, i0 = info.first_inlet;
    info.first_outlet = copies->outlets, info.first_inlet = copies->inlets;
    for (size_t k = 0; k < info.outlets; k++) {
        sites->of_outlet[copies->outlets]      = (int32_t)(k0 + k);
        copies->outlet[copies->outlets]        = from->outlet[k0 + k];
        copies->outlet[copies->outlets++].unit = (int32_t)copies->units;
    }
    for (size_t i = 0; i < info.inlets; i++) {
        sites->of_inlet[copies->inlets]      = (int32_t)(i0 + i);
        copies->inlet[copies->inlets]        = from->inlet[i0 + i];
        copies->inlet[copies->inlets++].unit = (int32_t)copies->units;
    }
    copies->unit[copies->units++] = info;
}

/* The copy of a unit in its v-th variant. */
static int32_t copy_at(const park_sites *sites, int32_t unit, size_t v)
{
    return sites->of_unit[unit] < 0 ? unit : sites->site[sites->of_unit[unit]].copy[v];
}

static void copy_links(park_sites *sites, park_model *copies)
{
    const park_model *model = sites->model;
    for (size_t l = 0; l < model->links; l++) {
        const park_link_info *link  = &model->link[l];
        size_t                froms = copies_of(sites, link->from), tos = copies_of(sites, link->to);
        for (size_t f = 0; f < froms; f++)
            for (size_t t = 0; t < tos; t++) {
                if (link->from == link->to && f != t)
                    continue; /* a unit that feeds itself */
                park_link_info copy = *link;
                copy.from = copy_at(sites, link->from, f), copy.to = copy_at(sites, link->to, t);
                copy.outlet = (int32_t)(copies->unit[copy.from].first_outlet + (size_t)link->outlet -
                                        model->unit[link->from].first_outlet);
                copy.inlet  = (int32_t)(copies->unit[copy.to].first_inlet + (size_t)link->inlet -
                                       model->unit[link->to].first_inlet);
                sites->of_link[copies->links] = (int32_t)l;
                copies->link[copies->links++] = copy;
            }
    }
}

/* The margins of a park for its copies: what a unit, an outlet, an inlet, a connection has, its copies have. */
static const park_margins *copy_margins(const park_sites *sites, const park_model *copies,
                                        const int32_t *of_unit)
{
    const park_margins *from = sites->settings->margins;
    park_margins       *to   = park_margins_new(sites->arena, copies);
    if (to == NULL)
        return NULL;
    size_t C = to->constituents;
    for (size_t s = 0; s < to->seasons; s++) {
        for (size_t i = 0; i < to->inlets; i++) {
            size_t here = s * to->inlets + i, there = s * from->inlets + (size_t)sites->of_inlet[i];
            to->demand_times[here] = from->demand_times[there];
            memcpy(to->inlet_limit_times + here * C, from->inlet_limit_times + there * C, C * sizeof(double));
        }
        for (size_t k = 0; k < to->outlets; k++)
            memcpy(to->outlet_limit_times + (s * to->outlets + k) * C,
                   from->outlet_limit_times + (s * from->outlets + (size_t)sites->of_outlet[k]) * C,
                   C * sizeof(double));
        for (size_t l = 0; l < to->links; l++) {
            size_t here = s * to->links + l, there = s * from->links + (size_t)sites->of_link[l];
            to->link_capacity_times[here] = from->link_capacity_times[there];
            to->link_flow_max[here]       = from->link_flow_max[there];
        }
        for (size_t u = 0; u < to->units; u++) {
            size_t here = s * to->units + u, there = s * from->units + (size_t)of_unit[u];
            to->unit_capacity_times[here] = from->unit_capacity_times[there];
            to->storm_times[here]         = from->storm_times[there];
            to->storage_reserve[u]        = from->storage_reserve[of_unit[u]];
        }
    }
    return to;
}

static park_status make_copies(park_sites *sites, double box_times, park_error *err)
{
    const park_model  *model  = sites->model;
    park_model        *copies = PARK_NEW(sites->arena, park_model);
    park_super        *super;
    park_super_options options = {.box_times = box_times, .unpinned = true};
    if (copies == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
    *copies       = *model;
    copies->units = copies->outlets = copies->inlets = copies->links = 0;
    if (!copies_room(sites, copies))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
    for (size_t u = 0; u < model->units; u++)
        copy_unit(sites, copies, model, (int32_t)u);
    size_t all = model->units;
    for (size_t i = 0; i < sites->count; i++)
        all += sites->site[i].variants - 1;
    int32_t *of_unit = PARK_ARRAY(sites->arena, all, int32_t);
    if (of_unit == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
    for (size_t u = 0; u < model->units; u++)
        of_unit[u] = (int32_t)u;
    for (size_t i = 0; i < sites->count; i++) {
        park_site *site = &sites->site[i];
        site->copy[0]   = site->unit;
        for (size_t v = 1; v < site->variants; v++) {
            site->copy[v]          = (int32_t)copies->units;
            of_unit[copies->units] = site->unit;
            copy_unit(sites, copies, site->model[v], site->unit);
        }
    }
    copy_links(sites, copies);
    const park_margins *margins = NULL;
    if (sites->settings->margins != NULL && (margins = copy_margins(sites, copies, of_unit)) == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
    park_targets_trace(model, options.tracer);
    PARK_TRY(park_super_make(copies, margins, &options, sites->arena, &super, err));
    sites->copies = super;
    return PARK_OK;
}

park_status park_sites_make(const park_model *model, const park_design_settings *settings, double box_times,
                            park_arena *arena, park_sites **result, park_error *err)
{
    park_sites *sites = PARK_NEW(arena, park_sites);
    if (sites == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    *sites         = (park_sites){.model = model, .settings = settings, .arena = arena};
    sites->storage = PARK_ARRAY(arena, model->units, int32_t);
    if (sites->storage == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    for (size_t u = 0; u < model->units; u++)
        if (park_storage_may_stay_out(model, (int32_t)u))
            sites->storage[sites->storages++] = (int32_t)u;
    sites->items = model->retrofits + sites->storages;
    PARK_TRY(find_sites(sites, err));
    if (sites->refused == NULL)
        PARK_TRY(make_copies(sites, box_times, err));
    *result = sites;
    return PARK_OK;
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

/* ---- the program of a pick -------------------------------------------------------------------------------------------- */

static park_model *pick_model(const park_sites *sites, const int32_t *pick, double spent, park_arena *arena)
{
    const park_model *model  = sites->model;
    park_model       *picked = PARK_NEW(arena, park_model);
    if (picked == NULL)
        return NULL;
    *picked       = *model;
    picked->unit  = PARK_ARRAY(arena, model->units, park_unit_info);
    picked->inlet = PARK_ARRAY(arena, model->inlets, park_inlet_info);
    if (picked->unit == NULL || picked->inlet == NULL)
        return NULL;
    memcpy(picked->unit, model->unit, model->units * sizeof *picked->unit);
    memcpy(picked->inlet, model->inlet, model->inlets * sizeof *picked->inlet);
    for (size_t i = 0; i < sites->count; i++) {
        const park_site      *site = &sites->site[i];
        const park_model     *from = site->model[pick[i]];
        const park_unit_info *unit = &from->unit[site->unit];
        picked->unit[site->unit]   = *unit;
        for (size_t k = 0; k < unit->inlets; k++)
            picked->inlet[unit->first_inlet + k] = from->inlet[unit->first_inlet + k];
    }
    if (isfinite(picked->economics.budget))
        picked->economics.budget = fmax(picked->economics.budget - spent, BUDGET_LEAST);
    return picked;
}

/* The face of every unit takes the boxes of its copy. */
static void take_faces(const park_sites *sites, const int32_t *pick, park_super *super)
{
    const park_super *copies = sites->copies;
    for (size_t u = 0; u < super->units; u++) {
        int32_t at   = sites->of_unit[u];
        size_t  copy = at < 0 ? u : (size_t)sites->site[at].copy[pick[at]];
        for (size_t s = 0; s < super->seasons; s++) {
            park_face       *face = PARK_SUPER_FACE(super, s, u);
            const park_face *from = PARK_SUPER_FACE(copies, s, copy);
            face->lo = from->lo, face->hi = from->hi;
            for (size_t i = 0; i < super->model->unit[u].inlets; i++)
                face->in_hi[i] = from->in_hi[i];
        }
    }
    for (size_t u = 0; u < copies->units; u++) {
        size_t to = u < super->units ? u : (size_t)sites->of_outlet[copies->model->unit[u].first_outlet];
        to        = u < super->units ? u : (size_t)super->model->outlet[to].unit;
        super->boxed[to] = super->boxed[to] || copies->boxed[u];
    }
    super->box_flow = copies->box_flow;
}

/* Is the outlet's quality certain in every variant? Then each has its own; else it is unknown in all. */
static void take_known(const park_sites *sites, const int32_t *pick, park_super *super)
{
    const park_super *copies = sites->copies;
    size_t            T      = super->traced;
    for (size_t u = 0; u < super->units; u++) {
        int32_t          at   = sites->of_unit[u];
        const park_site *site = at < 0 ? NULL : &sites->site[at];
        size_t           mine = at < 0 ? u : (size_t)site->copy[pick[at]];
        for (size_t s = 0; s < super->seasons; s++)
            for (size_t k = 0; k < super->model->unit[u].outlets; k++)
                for (size_t c = 0; c < T; c++) {
                    size_t here  = PARK_SUPER_SK(super, s, super->model->unit[u].first_outlet + k, c);
                    size_t first = copies->model->unit[mine].first_outlet + k;
                    double value = copies->known[PARK_SUPER_SK(copies, s, first, c)];
                    for (size_t v = 0; site != NULL && v < site->variants; v++) {
                        size_t other = copies->model->unit[site->copy[v]].first_outlet + k;
                        if (isnan(copies->known[PARK_SUPER_SK(copies, s, other, c)]))
                            value = NAN;
                    }
                    super->known[here] = value;
                }
    }
}

static void take_outlets(const park_sites *sites, park_super *super)
{
    const park_super *copies = sites->copies;
    size_t            T      = super->traced;
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t k = 0; k < super->outlets; k++) {
            super->out_hi[s * super->outlets + k] = 0.0;
            for (size_t c = 0; c < T; c++) {
                super->conc_lo[PARK_SUPER_SK(super, s, k, c)] = INFINITY;
                super->conc_hi[PARK_SUPER_SK(super, s, k, c)] = 0.0;
            }
        }
    for (size_t k = 0; k < copies->outlets; k++) {
        size_t to = (size_t)sites->of_outlet[k];
        for (size_t c = 0; c < T; c++)
            super->need_out[to * T + c] = super->need_out[to * T + c] || copies->need_out[k * T + c];
        for (size_t s = 0; s < super->seasons; s++) {
            double *most = &super->out_hi[s * super->outlets + to];
            *most        = fmax(*most, copies->out_hi[s * copies->outlets + k]);
            for (size_t c = 0; c < T; c++) {
                size_t here = PARK_SUPER_SK(super, s, to, c), there = PARK_SUPER_SK(copies, s, k, c);
                super->conc_lo[here] = fmin(super->conc_lo[here], copies->conc_lo[there]);
                super->conc_hi[here] = fmax(super->conc_hi[here], copies->conc_hi[there]);
            }
        }
    }
}

static void take_inlets(const park_sites *sites, park_super *super)
{
    const park_super *copies = sites->copies;
    size_t            T      = super->traced;
    for (size_t i = 0; i < copies->inlets; i++) {
        size_t to = (size_t)sites->of_inlet[i];
        for (size_t c = 0; c < T; c++) {
            super->need_in[to * T + c] = super->need_in[to * T + c] || copies->need_in[i * T + c];
            for (size_t s = 0; s < super->seasons; s++) {
                double *most = &super->feed_hi[PARK_SUPER_SI(super, s, to, c)];
                *most        = fmax(*most, copies->feed_hi[PARK_SUPER_SI(copies, s, i, c)]);
            }
        }
    }
    for (size_t c = 0; c < T; c++)
        super->in_program[c] = copies->in_program[c];
}

static void take_links(const park_sites *sites, park_super *super)
{
    const park_super *copies = sites->copies;
    for (size_t l = 0; l < super->links; l++)
        super->active[l] = false;
    memset(super->link_hi, 0, super->seasons * super->links * sizeof *super->link_hi);
    for (size_t l = 0; l < copies->links; l++) {
        size_t to         = (size_t)sites->of_link[l];
        super->active[to] = super->active[to] || copies->active[l];
        for (size_t s = 0; copies->active[l] && s < super->seasons; s++) {
            double *most = &super->link_hi[s * super->links + to];
            *most        = fmax(*most, copies->link_hi[s * copies->links + l]);
        }
    }
}

park_status park_sites_formulate(const park_sites *sites, const int32_t *pick, double extra, double spent,
                                 park_arena *arena, park_formulation **f, park_error *err)
{
    const park_design_settings *settings = sites->settings;
    park_super                 *super;
    park_super_options          options = sites->copies->options;
    park_model                 *model   = pick_model(sites, pick, spent, arena);
    if (model == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a variant");
    PARK_TRY(park_super_new(model, settings->margins, &options, arena, &super, err));
    take_faces(sites, pick, super);
    take_outlets(sites, super);
    take_known(sites, pick, super);
    take_inlets(sites, super);
    take_links(sites, super);
    super->conc_scale = sites->conc_scale;
    PARK_TRY(park_super_sort(super, err));
    PARK_TRY(park_formulation_make(super, model->objectives > 0 ? model->objective[0] : PARK_MIN_COST, arena,
                                   f, err));
    (*f)->program.recheck = park_plan_recheck;
    (*f)->program.user    = *f;
    if (settings->held)
        PARK_TRY(park_formulation_hold(
            *f, settings->held_kind,
            settings->held_most - (settings->held_kind == PARK_MIN_COST ? extra : 0.0), err));
    return PARK_OK;
}
