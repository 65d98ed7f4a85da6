/*
 * copies.c - the park of copies, in which every variant of every site stands beside the others: its boxes hold for every
 * pick; Eq. (O61) of docs/math/optimization.md.
 */
#include "design/factors.h"

#include "design/targets.h"
#include "units/users/network_leak.h"

#include <string.h>

/* The site of a unit in the rows of time of future w; NULL: none. */
static const park_site *site_at(const park_sites *sites, size_t w, size_t unit)
{
    int32_t at = sites->of_unit[park_sites_stage_of(sites, w) * sites->model->units + unit];
    return at < 0 ? NULL : &sites->site[at];
}

static size_t part_of(const park_site *site, size_t unit)
{
    size_t p = 0;
    while (site->part[p].kind != PARK_PART_UNIT || site->part[p].index != (int32_t)unit)
        p++;
    return p;
}

/* The unit as it is, the other variants of all sites at it, their corners. */
size_t park_sites_copies_of(const park_sites *sites, size_t unit)
{
    const park_site *first = site_at(sites, 0, unit);
    size_t           count = 1;
    if (first == NULL)
        return 1;
    for (const park_site *site = first; site < first + first->sites; site++)
        count += site->variants - 1;
    return count + first->corners;
}

static bool room(park_sites *sites, park_model *copies)
{
    const park_model *model = sites->model;
    size_t            units = 0, outlets = 0, inlets = 0, links = 0;
    for (size_t u = 0; u < model->units; u++) {
        size_t n = park_sites_copies_of(sites, u);
        units += n, outlets += n * model->unit[u].outlets, inlets += n * model->unit[u].inlets;
    }
    for (size_t l = 0; l < model->links; l++)
        links += park_sites_copies_of(sites, (size_t)model->link[l].from) *
                 park_sites_copies_of(sites, (size_t)model->link[l].to);
    copies->unit     = PARK_ARRAY(sites->arena, units, park_unit_info);
    copies->outlet   = PARK_ARRAY(sites->arena, outlets, park_outlet_info);
    copies->inlet    = PARK_ARRAY(sites->arena, inlets, park_inlet_info);
    copies->link     = PARK_ARRAY(sites->arena, links, park_link_info);
    copies->network  = PARK_ARRAY(sites->arena, model->networks + units, park_network_info);
    sites->of_outlet = PARK_ARRAY(sites->arena, outlets, int32_t);
    sites->of_inlet  = PARK_ARRAY(sites->arena, inlets, int32_t);
    sites->of_link   = PARK_ARRAY(sites->arena, links, int32_t);
    return copies->unit != NULL && copies->outlet != NULL && copies->inlet != NULL && copies->link != NULL &&
           copies->network != NULL && sites->of_outlet != NULL && sites->of_inlet != NULL &&
           sites->of_link != NULL;
}

/* A leak reads its network from the park: the copy's is its own. */
static bool own_network(park_sites *sites, park_model *copies, const park_model *from, park_unit_info *info)
{
    const park_network_leak *leak = info->params;
    park_network_leak       *own  = PARK_NEW(sites->arena, park_network_leak);
    if (!info->leaks)
        return true;
    if (own == NULL)
        return false;
    *own                                = *leak;
    own->network                        = (int32_t)copies->networks;
    copies->network[copies->networks++] = from->network[leak->network];
    info->params                        = own;
    return true;
}

static bool copy_unit(park_sites *sites, park_model *copies, const park_model *from, size_t unit)
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
    if (!own_network(sites, copies, from, &info))
        return false;
    copies->unit[copies->units++] = info;
    return true;
}

/* The n-th of them. */
int32_t park_sites_copy_at(const park_sites *sites, size_t unit, size_t n)
{
    const park_site *first = site_at(sites, 0, unit);
    if (first == NULL)
        return (int32_t)unit;
    size_t p = part_of(first, unit);
    for (const park_site *site = first; site < first + first->sites; site++) {
        if (n < site->variants)
            return park_site_copy(site, p, n);
        n -= site->variants - 1;
    }
    return first->corner[(n - 1) * first->parts + p];
}

/* The widest that a connection may be in future w: sites of one place add to each other. */
static double widest(const park_sites *sites, size_t w, size_t l)
{
    double base = sites->base[w]->link[l].capacity, most = base;
    for (size_t s = 0; isfinite(base) && s < sites->count; s++) {
        double more = 0.0;
        for (size_t v = 1; v < sites->site[s].variants; v++)
            more = fmax(more, sites->site[s].model[v][w]->link[l].capacity - base);
        most += more;
    }
    return most;
}

static void copy_links(park_sites *sites, park_model *copies, size_t w)
{
    const park_model *model = sites->base[w];
    for (size_t l = 0; l < model->links; l++) {
        const park_link_info *link  = &model->link[l];
        size_t                froms = park_sites_copies_of(sites, (size_t)link->from),
               tos                  = park_sites_copies_of(sites, (size_t)link->to);
        double most                 = widest(sites, w, l);
        for (size_t f = 0; f < froms; f++)
            for (size_t t = 0; t < tos; t++) {
                if (link->from == link->to && f != t)
                    continue; /* a unit that feeds itself */
                park_link_info copy = *link;
                copy.capacity       = most;
                copy.from           = park_sites_copy_at(sites, (size_t)link->from, f),
                copy.to             = park_sites_copy_at(sites, (size_t)link->to, t);
                copy.outlet         = (int32_t)(copies->unit[copy.from].first_outlet + (size_t)link->outlet -
                                        model->unit[link->from].first_outlet);
                copy.inlet          = (int32_t)(copies->unit[copy.to].first_inlet + (size_t)link->inlet -
                                       model->unit[link->to].first_inlet);
                sites->of_link[copies->links] = (int32_t)l;
                copies->link[copies->links++] = copy;
            }
    }
}

/* The other variants of all sites at a unit, and their corners, which have faces of their own (factors.h). */
static bool copy_variants(park_sites *sites, park_model *copies, size_t w, size_t unit, int32_t *of_unit)
{
    const park_site *first = site_at(sites, w, unit);
    size_t           p     = first == NULL ? 0 : part_of(first, unit);
    bool             ok    = true;
    for (size_t s = 0; first != NULL && s < first->sites && ok; s++) {
        const park_site *site = first + s;
        for (size_t v = 0; v < site->variants && ok; v++) {
            site->copy[v * site->parts + p] = v == 0 ? (int32_t)unit : (int32_t)copies->units;
            if (v == 0)
                continue;
            of_unit[copies->units] = (int32_t)unit;
            ok                     = copy_unit(sites, copies, site->model[v][w], unit);
        }
    }
    for (size_t n = 0; first != NULL && n < first->corners && ok; n++) {
        first->corner[n * first->parts + p] = (int32_t)copies->units;
        of_unit[copies->units]              = (int32_t)unit;
        ok                                  = copy_unit(sites, copies, sites->base[w], unit);
    }
    return ok;
}

/* The park of copies in future w: the units as they are, then the other variants. of_unit [copies]. */
static park_status copies_in(park_sites *sites, size_t w, park_model **result, int32_t **of_unit,
                             park_error *err)
{
    park_model *copies = PARK_NEW(sites->arena, park_model);
    size_t      units  = sites->model->units;
    if (copies == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
    *copies       = *sites->base[w];
    copies->units = copies->outlets = copies->inlets = copies->links = 0;
    if (!room(sites, copies))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
    size_t all = 0;
    for (size_t u = 0; u < units; u++)
        all += park_sites_copies_of(sites, u);
    *of_unit = PARK_ARRAY(sites->arena, all, int32_t);
    if (*of_unit == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
    for (size_t i = 0; i < sites->base[w]->networks; i++)
        copies->network[i] = sites->base[w]->network[i];
    bool ok = true;
    for (size_t u = 0; u < units && ok; u++)
        (*of_unit)[u] = (int32_t)u, ok = copy_unit(sites, copies, sites->base[w], u);
    for (size_t u = 0; u < units && ok; u++)
        ok = copy_variants(sites, copies, w, u, *of_unit);
    if (!ok)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
    copy_links(sites, copies, w);
    *result = copies;
    return PARK_OK;
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

/* Corners of places with several sites; sites whose changes no corner bounds are put together. */
static park_status find_corners(park_sites *sites, bool *joined, park_error *err)
{
    *joined = false;
    for (size_t s = 0; s < sites->count; s++) {
        bool add_up = true;
        if (sites->site[s].first == s && sites->site[s].sites > 1)
            PARK_TRY(park_factors_corners(sites, &sites->site[s], &add_up, err));
        if (!add_up) {
            park_sites_join_all(sites, s);
            *joined = true;
        }
    }
    return PARK_OK;
}

park_status park_sites_copies(park_sites *sites, double box_times, park_error *err)
{
    bool joined;
    PARK_TRY(find_corners(sites, &joined, err));
    if (joined)
        return park_sites_again(sites, box_times, err);
    park_super        *super;
    int32_t           *of_unit = NULL;
    park_super_options options = {.box_times = box_times, .unpinned = true, .mixed = true};
    park_futures      *futures = PARK_NEW(sites->arena, park_futures);
    const park_model **model   = PARK_ARRAY(sites->arena, sites->futures, const park_model *);
    if (futures == NULL || model == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
    for (size_t w = 0; w < sites->futures; w++) {
        park_model *copies = NULL;
        PARK_TRY(copies_in(sites, w, &copies, &of_unit, err));
        model[w] = copies;
    }
    if (sites->future != NULL) {
        *futures        = *sites->future;
        futures->model  = model;
        options.futures = futures;
        options.robust  = sites->model->robust;
        options.staged  = sites->stages > 1;
        options.best    = sites->settings->future_best;
    }
    const park_margins *margins = NULL;
    if (sites->settings->margins != NULL && (margins = copy_margins(sites, model[0], of_unit)) == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
    park_targets_trace(sites->model, options.tracer);
    PARK_TRY(park_super_new(model[0], margins, &options, sites->arena, &super, err));
    PARK_TRY(park_factors_spread(sites, super, err));
    PARK_TRY(park_super_boxes(super, err));
    PARK_TRY(park_super_needs(super, err));
    sites->copies = super;
    return PARK_OK;
}
