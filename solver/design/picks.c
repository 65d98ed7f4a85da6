/* A pick as a park, and its program over the columns and boxes that all picks share; Eq. (O61), (O113) of
 * docs/math/optimization.md. */
#include "design/factors.h"
#include "design/plan.h"

#include <string.h>

static const double BUDGET_LEAST = 1e-6; /* what is left of a budget that is used up [CNY] */

/* ---- the park -------------------------------------------------------------------------------------------------------------------- */

static void *copied(park_arena *arena, const void *items, size_t count, size_t size)
{
    void *copy = park_array(arena, count, size);
    if (copy != NULL && count > 0)
        memcpy(copy, items, count * size);
    return copy;
}

static void take_unit(park_model *picked, const park_model *from, size_t u)
{
    const park_unit_info *unit = &from->unit[u];
    picked->unit[u]            = *unit;
    for (size_t k = 0; k < unit->inlets; k++)
        picked->inlet[unit->first_inlet + k] = from->inlet[unit->first_inlet + k];
    for (size_t i = 0; unit->leaks && i < from->networks; i++)
        if (from->network[i].unit == (int32_t)u)
            picked->network[i] = from->network[i];
}

static void take_connection(park_model *picked, const park_model *from, size_t c)
{
    for (size_t l = 0; l < from->links; l++)
        if (from->connection[c].id != NULL && strcmp(from->link[l].id, from->connection[c].id) == 0)
            picked->link[l] = from->link[l];
}

static void take_section(park_model *picked, const park_model *from, park_part_section section)
{
    switch (section) {
    case PARK_SECTION_POWER:
        picked->tariffs = from->tariffs, picked->carbon = from->carbon;
        return;
    case PARK_SECTION_MONEY:
        picked->economics = from->economics;
        return;
    case PARK_SECTION_PIPES:
        picked->pipe = from->pipe, picked->min_flow = from->min_flow;
        for (size_t l = 0; l < from->links; l++)
            picked->link[l].min_flow = from->link[l].min_flow;
        return;
    case PARK_SECTION_AIMS:
        picked->target = from->target, picked->enterprise = from->enterprise;
        return;
    case PARK_SECTIONS:
        return;
    }
}

/* from [sites][futures]: of the first site at each place the parks that the pick has there. */
static park_model *pick_model(const park_sites *sites, const park_model ***from, size_t w, park_arena *arena)
{
    const park_model *model  = sites->base[w];
    park_model       *picked = PARK_NEW(arena, park_model);
    if (picked == NULL)
        return NULL;
    *picked         = *model;
    picked->unit    = copied(arena, model->unit, model->units, sizeof *picked->unit);
    picked->inlet   = copied(arena, model->inlet, model->inlets, sizeof *picked->inlet);
    picked->link    = copied(arena, model->link, model->links, sizeof *picked->link);
    picked->network = copied(arena, model->network, model->networks, sizeof *picked->network);
    if (picked->unit == NULL || picked->inlet == NULL || picked->link == NULL || picked->network == NULL)
        return NULL;
    for (size_t i = 0; i < sites->count; i++) {
        const park_site *site = &sites->site[i];
        if (park_sites_stage_of(sites, w) != site->stage || site->first != i)
            continue;
        const park_model *park = from[i][w];
        for (size_t p = 0; p < site->parts; p++)
            switch (site->part[p].kind) {
            case PARK_PART_UNIT:
                take_unit(picked, park, (size_t)site->part[p].index);
                break;
            case PARK_PART_CONNECTION:
                take_connection(picked, park, (size_t)site->part[p].index);
                break;
            case PARK_PART_PARK:
                take_section(picked, park, (park_part_section)site->part[p].index);
                break;
            }
    }
    return picked;
}

/* The parks that a pick has at every place. */
static park_status pick_places(const park_sites *sites, const int32_t *pick, park_arena *arena,
                               const park_model ****result, park_error *err)
{
    const park_model ***from = PARK_ARRAY(arena, sites->count + 1, const park_model **);
    *result                  = from;
    for (size_t i = 0; from != NULL && i < sites->count; i++) {
        const park_site *site = &sites->site[i];
        from[i]               = site->model[pick[i]];
        if (site->first != i || site->sites < 2)
            continue;
        if ((from[i] = PARK_ARRAY(arena, sites->futures, const park_model *)) == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a variant");
        PARK_TRY(park_factors_models(sites, site, pick, arena, from[i], err));
    }
    return from != NULL ? PARK_OK : PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a variant");
}

/* The picked parks of all futures, and the whole that is written for: its budgets keep what the items leave. */
static park_model *pick_whole(const park_sites *sites, const park_model ***from, const double *spent,
                              park_arena *arena, park_futures *futures)
{
    park_model        *whole = PARK_NEW(arena, park_model);
    const park_model **model = PARK_ARRAY(arena, sites->futures, const park_model *);
    if (whole == NULL || model == NULL)
        return NULL;
    for (size_t w = 0; w < sites->futures; w++)
        if ((model[w] = pick_model(sites, from, w, arena)) == NULL)
            return NULL;
    *whole                  = *model[sites->stages - 1];
    whole->robust           = sites->model->robust;
    whole->economics.stages = sites->model->economics.stages;
    if (sites->future != NULL)
        *futures = *sites->future;
    futures->model = model;
    if (spent == NULL || !isfinite(whole->economics.budget))
        return whole;
    whole->economics.budget = fmax(whole->economics.budget - spent[sites->stages - 1], BUDGET_LEAST);
    if (sites->stages > 1) {
        double *left = PARK_ARRAY(arena, sites->stages, double);
        for (size_t y = 0; left != NULL && y < sites->stages; y++)
            left[y] = whole->economics.stage_budget[y] - spent[y];
        whole->economics.stage_budget = left;
        if (left == NULL)
            return NULL;
    }
    return whole;
}

/* ---- common boxes ---------------------------------------------------------------------------------------------------------------- */

/* The face of every unit takes the boxes of its copy. Corners keep one box for all picks: what is certain of the unit in this pick narrows
 * it. */
static void take_faces(const park_sites *sites, const int32_t *pick, park_super *super)
{
    const park_super *copies = sites->copies;
    for (size_t u = 0; u < super->units; u++)
        for (size_t s = 0; s < super->seasons; s++) {
            size_t           copy = park_sites_copy(sites, pick, s / super->per, u);
            park_face       *face = PARK_SUPER_FACE(super, s, u);
            const park_face *from = PARK_SUPER_FACE(copies, s, copy);
            face->lo = from->lo, face->hi = from->hi;
            for (size_t i = 0; i < super->model->unit[u].inlets; i++)
                face->in_hi[i] = from->wide ? fmin(face->in_hi[i], from->in_hi[i]) : from->in_hi[i];
            if (from->wide)
                face->hi = fmin(face->hi, park_super_size(super, s, u));
        }
    for (size_t u = 0; u < copies->units; u++) {
        size_t to = u;
        if (u >= super->units && copies->model->unit[u].outlets > 0)
            to = (size_t)super->model->outlet[sites->of_outlet[copies->model->unit[u].first_outlet]].unit;
        else if (u >= super->units)
            to = (size_t)super->model->inlet[sites->of_inlet[copies->model->unit[u].first_inlet]].unit;
        super->boxed[to] = super->boxed[to] || copies->boxed[u];
    }
    super->box_flow = copies->box_flow;
}

/* The value that is certain in every variant of the unit, in the rows of future w; NAN when one is not, and with several sites at the
 * unit, whose picks have no copies, when it is not the same in all. */
static double known_of(const park_sites *sites, const int32_t *pick, size_t s, size_t u, size_t k, size_t c)
{
    const park_super *copies = sites->copies;
    size_t            w = s / copies->per, mine = park_sites_copy(sites, pick, w, u);
    int32_t           at = sites->of_unit[park_sites_stage_of(sites, w) * sites->model->units + u];
    double own = copies->known[PARK_SUPER_SK(copies, s, copies->model->unit[mine].first_outlet + k, c)];
    for (size_t n = 0; at >= 0 && n < park_sites_copies_of(sites, u); n++) {
        size_t copy = (size_t)park_sites_copy_at(sites, u, n);
        double here = copies->known[PARK_SUPER_SK(copies, s, copies->model->unit[copy].first_outlet + k, c)];
        if (isnan(here) || (sites->site[at].sites > 1 && (here < own || own < here)))
            return NAN;
    }
    return own;
}

/* Is the outlet's quality certain in every variant? Then each has its own; else it is unknown in all. */
static void take_known(const park_sites *sites, const int32_t *pick, park_super *super)
{
    for (size_t u = 0; u < super->units; u++)
        for (size_t s = 0; s < super->seasons; s++)
            for (size_t k = 0; k < super->model->unit[u].outlets; k++)
                for (size_t c = 0; c < super->traced; c++)
                    super->known[PARK_SUPER_SK(super, s, super->model->unit[u].first_outlet + k, c)] =
                        known_of(sites, pick, s, u, k, c);
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

/* What the pick's own connection carries at most, where it is narrower than the widest. */
static double own_capacity(const park_super *super, size_t s, size_t l)
{
    double capacity = super->future[s / super->per]->link[l].capacity;
    size_t at       = s * super->links + l;
    return super->margins == NULL ? capacity : capacity * super->margins->link_capacity_times[at];
}

/* Do several sites say together how wide it is? Then its own width is its box, so that what they add is not cut off. */
static bool widened_by_several(const park_sites *sites, size_t l)
{
    for (size_t s = 0; s < sites->count; s++)
        for (size_t p = 0; sites->site[s].sites > 1 && p < sites->site[s].parts; p++) {
            const park_part *part = &sites->site[s].part[p];
            const char      *id =
                part->kind == PARK_PART_CONNECTION ? sites->model->connection[part->index].id : NULL;
            if (id != NULL && strcmp(sites->model->link[l].id, id) == 0)
                return true;
        }
    return false;
}

static park_status take_links(const park_sites *sites, park_super *super, park_error *err)
{
    const park_super *copies = sites->copies;
    double           *widest = PARK_ARRAY(super->arena, super->links, double);
    if (widest == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a variant");
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
    for (size_t l = 0; l < super->links; l++) {
        bool several = widened_by_several(sites, l);
        for (size_t s = 0; s < super->seasons; s++) {
            double *most = &super->link_hi[s * super->links + l], own = own_capacity(super, s, l);
            widest[l] = fmax(widest[l], *most);
            *most     = several && isfinite(own) ? own : fmin(*most, own);
        }
    }
    super->link_most = widest; /* sizes of pipes are offered alike in every pick */
    return PARK_OK;
}

park_status park_sites_formulate(const park_sites *sites, const int32_t *pick, double extra,
                                 const double *spent, park_arena *arena, park_formulation **f,
                                 park_error *err)
{
    const park_design_settings *settings = sites->settings;
    park_super                 *super;
    park_super_options          options = sites->copies->options;
    park_futures               *futures = PARK_NEW(arena, park_futures);
    const park_model         ***from;
    PARK_TRY(pick_places(sites, pick, arena, &from, err));
    park_model *model = futures != NULL ? pick_whole(sites, from, spent, arena, futures) : NULL;
    if (model == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a variant");
    if (options.futures != NULL)
        options.futures = futures;
    PARK_TRY(park_super_new(model, settings->margins, &options, arena, &super, err));
    take_faces(sites, pick, super);
    take_outlets(sites, super);
    take_known(sites, pick, super);
    take_inlets(sites, super);
    PARK_TRY(take_links(sites, super, err));
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
