#include "design/superstructure.h"

#include "design/futures.h"

#include <string.h>

bool park_super_note(park_super *super, park_label text)
{
    if (text.zh == NULL || text.en == NULL)
        return false;
    for (size_t i = 0; i < super->notes; i++)
        if (strcmp(super->note[i].en, text.en) == 0)
            return true;
    if (!PARK_GROW(super->arena, super->note, super->notes, super->notes_cap))
        return false;
    super->note[super->notes++] = text;
    return true;
}

/* ---- tracers ------------------------------------------------------------------------------------------------ */

/* What a tracer measures in water that comes from a unit by itself (a source, rain on a pond). */
static double tracer_of_origin(park_tracer tracer, park_origin origin)
{
    switch (origin) {
    case PARK_ORIGIN_SURFACE:
    case PARK_ORIGIN_GROUND:
    case PARK_ORIGIN_TAP:
        return tracer == PARK_TRACER_CONVENTIONAL ? 1.0 : 0.0;
    case PARK_ORIGIN_RECLAIMED_MUNICIPAL:
    case PARK_ORIGIN_MINE:
    case PARK_ORIGIN_RAIN:
        return tracer == PARK_TRACER_NONCONVENTIONAL ? 1.0 : 0.0;
    case PARK_ORIGIN_RECLAIMED_PARK:
    case PARK_ORIGIN_WASTEWATER:
    case PARK_ORIGIN_STREAM:
        return tracer == PARK_TRACER_USED ? 1.0 : 0.0;
    case PARK_ORIGIN_NONE:
        break;
    }
    return 0.0;
}

/* Water that a supply treatment sends away beside its product is its own use; a first flush arrives used. */
static bool leaves_used(const park_unit_info *unit, const park_outlet_info *outlet)
{
    return outlet->role == PARK_OUT_FIRST_FLUSH || unit->role == PARK_USER ||
           (unit->role == PARK_TREATMENT && unit->duty == PARK_DUTY_SUPPLY &&
            outlet->role != PARK_OUT_PRODUCT);
}

/* A tracer moves with the water: users turn everything into used water, the others pass it on unchanged. */
static void face_trace(const park_super *super, park_face *face, const park_unit_info *unit,
                       park_tracer tracer, size_t c)
{
    bool simple = true;
    for (size_t k = 0; k < unit->outlets; k++)
        if (!face->outlet[k].affine || face->outlet[k].beta != 0.0)
            simple = false;
    face->own_conc[c] = tracer_of_origin(tracer, PARK_ORIGIN_RAIN);
    for (size_t k = 0; k < unit->outlets; k++) {
        park_face_outlet *out = &face->outlet[k];
        out->limit[c]         = INFINITY;
        if (leaves_used(unit, &super->model->outlet[out->outlet])) {
            out->rule[c] = PARK_QUALITY_FIXED;
            out->conc[c] = tracer == PARK_TRACER_USED ? 1.0 : 0.0;
            continue;
        }
        switch (unit->role) {
        case PARK_SOURCE:
            out->rule[c] = PARK_QUALITY_FIXED;
            out->conc[c] = tracer_of_origin(tracer, unit->origin);
            break;
        case PARK_USER:
        case PARK_TREATMENT:
        case PARK_STORAGE:
        case PARK_SINK:
        case PARK_ROLES:
            out->rule[c]  = simple && unit->role == PARK_TREATMENT ? PARK_QUALITY_SHARE : PARK_QUALITY_MIX;
            out->share[c] = out->alpha;
            break;
        }
    }
}

/* Equal, or both not given. */
static bool same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || !(a < b || b < a || isnan(a) || isnan(b));
}

/* ---- faces --------------------------------------------------------------------------------------------------- */

/* Flow rules: an outlet that nobody may take and that does not exit is shut; a remainder of affine flows is affine. */
static void face_flows(const park_super *super, park_face *face, const park_unit_info *unit, bool storage)
{
    const park_map *map  = face->map;
    int             free = 0, rest = -1;
    double          alpha = 1.0, beta = map->own;
    for (size_t k = 0; k < unit->outlets; k++) {
        park_face_outlet      *out = &face->outlet[k];
        const park_map_outlet *m   = &map->outlet[k];
        out->lo = m->lo, out->hi = m->hi;
        if (m->flow == PARK_FLOW_AFFINE) {
            out->affine = true, out->alpha = m->alpha, out->beta = m->beta;
        } else if (m->flow == PARK_FLOW_FREE) {
            bool taken  = out->exits || super->out_start[out->outlet] < super->out_start[out->outlet + 1];
            out->affine = !taken && m->lo <= 0.0;
            free += !out->affine;
        } else {
            rest = (int)k;
            continue;
        }
        alpha -= out->alpha, beta -= out->beta;
    }
    if (rest < 0)
        return;
    park_face_outlet *out = &face->outlet[rest];
    out->affine           = free == 0 && !storage;
    out->rest             = !out->affine;
    if (out->affine)
        out->alpha = alpha, out->beta = beta;
}

static bool face_columns(park_super *super, park_face *face, const park_unit_info *unit)
{
    size_t T       = super->traced;
    face->in_lo    = PARK_ARRAY(super->arena, unit->inlets, double);
    face->in_hi    = PARK_ARRAY(super->arena, unit->inlets, double);
    face->in_limit = PARK_ARRAY(super->arena, unit->inlets * T, double);
    face->own_conc = PARK_ARRAY(super->arena, 4 * T, double);
    face->outlet   = PARK_ARRAY(super->arena, unit->outlets, park_face_outlet);
    if (face->in_lo == NULL || face->in_hi == NULL || face->in_limit == NULL || face->own_conc == NULL ||
        face->outlet == NULL)
        return false;
    face->add           = face->own_conc + T;
    face->add_per_flow  = face->own_conc + 2 * T;
    face->removed_share = face->own_conc + 3 * T;
    for (size_t k = 0; k < unit->outlets; k++) {
        park_face_outlet *out = &face->outlet[k];
        out->rule             = PARK_ARRAY(super->arena, T, uint8_t);
        out->conc             = PARK_ARRAY(super->arena, 5 * T, double);
        if (out->rule == NULL || out->conc == NULL)
            return false;
        out->share    = out->conc + T;
        out->per_flow = out->conc + 2 * T;
        out->load     = out->conc + 3 * T;
        out->limit    = out->conc + 4 * T;
    }
    return true;
}

static void face_qualities(park_super *super, park_face *face, const park_unit_info *unit, size_t s)
{
    const park_margins *margins = super->margins;
    const park_map     *map     = face->map;
    size_t              C = super->constituents, T = super->traced;
    for (size_t i = 0; i < unit->inlets; i++) {
        size_t at      = unit->first_inlet + i;
        double times   = margins == NULL ? 1.0 : margins->demand_times[s * super->inlets + at];
        face->in_lo[i] = map->in_lo[i] * times;
        face->in_hi[i] = map->in_hi[i] * times;
        for (size_t c = 0; c < T; c++) {
            double limit = c < C ? map->in_limit[i * C + c] : INFINITY;
            if (c < C && margins != NULL)
                limit *= margins->inlet_limit_times[(s * super->inlets + at) * C + c];
            face->in_limit[i * T + c] = limit;
        }
    }
    for (size_t c = 0; c < C; c++) {
        face->own_conc[c]      = map->own_conc[c];
        face->add[c]           = map->add[c];
        face->add_per_flow[c]  = map->add_per_flow[c];
        face->removed_share[c] = map->removed_share[c];
    }
    for (size_t k = 0; k < unit->outlets; k++) {
        park_face_outlet      *out = &face->outlet[k];
        const park_map_outlet *m   = &map->outlet[k];
        for (size_t c = 0; c < C; c++) {
            out->rule[c]     = (uint8_t)m->quality;
            out->conc[c]     = m->conc[c];
            out->share[c]    = m->share[c];
            out->per_flow[c] = m->per_flow[c];
            out->load[c]     = m->load[c];
            out->limit[c]    = m->limit[c];
            if (margins != NULL)
                out->limit[c] *=
                    margins->outlet_limit_times[(s * super->outlets + unit->first_outlet + k) * C + c];
        }
    }
}

static park_status face_make(park_super *super, size_t s, size_t u, park_error *err)
{
    const park_unit_info *unit = &super->model->unit[u];
    park_face            *face = PARK_SUPER_FACE(super, s, u);
    const park_model     *of   = super->future[s / super->per];
    park_map             *map  = park_map_new(super->arena, of, (int32_t)u);
    if (map == NULL || !face_columns(super, face, unit))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the faces of %s", unit->id);
    PARK_TRY(park_unit_average(of, (int32_t)u, (int32_t)(s % super->per), map, err));
    face->map = map;
    for (size_t k = 0; k < unit->outlets; k++) {
        face->outlet[k].outlet = (int32_t)(unit->first_outlet + k);
        face->outlet[k].exits  = super->model->outlet[unit->first_outlet + k].exits;
    }
    face_flows(super, face, unit, map->volume_max > 0.0 && super->per > 1);
    face_qualities(super, face, unit, s);
    for (int t = 0; t < PARK_TRACERS; t++)
        if (super->tracer[t] >= 0)
            face_trace(super, face, unit, (park_tracer)t, (size_t)super->tracer[t]);
    if (map->outside_proof.en != NULL && !park_super_note(super, map->outside_proof))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory");
    return PARK_OK;
}

/* ---- links ----------------------------------------------------------------------------------------------------- */

park_status park_super_sort(park_super *super, park_error *err)
{
    const park_model *model = super->model;
    memset(super->out_start, 0, (super->outlets + 1) * sizeof *super->out_start);
    memset(super->in_start, 0, (super->units + 1) * sizeof *super->in_start);
    for (size_t l = 0; l < super->links; l++)
        if (super->active[l]) {
            super->out_start[model->link[l].outlet + 1]++;
            super->in_start[model->link[l].to + 1]++;
        }
    for (size_t k = 0; k < super->outlets; k++)
        super->out_start[k + 1] += super->out_start[k];
    for (size_t u = 0; u < super->units; u++)
        super->in_start[u + 1] += super->in_start[u];
    size_t *out = PARK_ARRAY(super->arena, super->outlets + 1, size_t);
    size_t *in  = PARK_ARRAY(super->arena, super->units + 1, size_t);
    if (out == NULL || in == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu connections", super->links);
    memcpy(out, super->out_start, (super->outlets + 1) * sizeof *out);
    memcpy(in, super->in_start, (super->units + 1) * sizeof *in);
    for (size_t l = 0; l < super->links; l++)
        if (super->active[l]) {
            super->out_link[out[model->link[l].outlet]++] = (int32_t)l;
            super->in_link[in[model->link[l].to]++]       = (int32_t)l;
        }
    return PARK_OK;
}

/* A connection that duplicates another one (same ends, neither costs nor limits anything) is symmetric: one is kept. */
static bool duplicates(const park_link_info *a, const park_link_info *b)
{
    bool plain_b = isinf(b->capacity) && !(b->length > 0.0) && b->price == 0.0 && b->min_flow == 0.0;
    bool plain_a = !(a->length > 0.0) && a->price == 0.0;
    return a->outlet == b->outlet && a->inlet == b->inlet && plain_a && plain_b;
}

/* May the connection carry anything in some future? */
static bool carries(const park_super *super, size_t l)
{
    bool any = false;
    for (size_t w = 0; w < super->futures; w++)
        any = any || super->future[w]->link[l].capacity > 0.0;
    return any;
}

/* Connections that lead on from one outlet as lists in order: a park of copies has tens of thousands of them. */
static bool by_outlet(const park_super *super, int32_t *first, int32_t *next)
{
    if (first == NULL || next == NULL)
        return false;
    for (size_t k = 0; k < super->outlets; k++)
        first[k] = -1;
    for (size_t l = super->links; l-- > 0;) {
        int32_t outlet = super->model->link[l].outlet;
        next[l]        = outlet >= 0 ? first[outlet] : -1;
        if (outlet >= 0)
            first[outlet] = (int32_t)l;
    }
    return true;
}

static bool switch_links(park_super *super)
{
    const park_model *model = super->model;
    int32_t          *first = PARK_ARRAY(super->arena, super->outlets, int32_t),
            *next           = PARK_ARRAY(super->arena, super->links, int32_t);
    if (!by_outlet(super, first, next))
        return false;
    for (size_t l = 0; l < super->links; l++) {
        const park_link_info *link = &model->link[l];
        bool                  self = link->from == link->to;
        super->active[l]           = link->outlet >= 0 && link->inlet >= 0 && carries(super, l);
        if (self && !model->self && !link->existing && !link->free)
            super->active[l] = false;
    }
    for (size_t l = 0; l < super->links; l++) {
        const park_link_info *link = &model->link[l];
        for (int32_t at = super->active[l] ? first[link->outlet] : -1; at >= 0 && super->active[l];
             at         = next[at]) {
            size_t other = (size_t)at;
            if (other != l && super->active[other] && duplicates(link, &model->link[other]) &&
                (other < l || !duplicates(&model->link[other], link)))
                super->active[l] = false;
        }
    }
    return true;
}

static double season_duration(const park_season_info *season)
{
    double sum = 0.0;
    for (size_t i = 0; i < season->span_count; i++)
        sum += (double)(season->spans[i].end - season->spans[i].start);
    return sum > 0.0 ? sum : season->seconds;
}

static bool super_columns(park_super *super)
{
    size_t S = super->seasons, U = super->units, L = super->links, K = super->outlets, I = super->inlets,
           T          = super->traced;
    park_arena *arena = super->arena;
    super->weight     = PARK_ARRAY(arena, S, double);
    super->duration   = PARK_ARRAY(arena, S, double);
    super->face       = PARK_ARRAY(arena, S * U, park_face);
    super->active     = PARK_ARRAY(arena, L, bool);
    super->out_start  = PARK_ARRAY(arena, K + 1, size_t);
    super->in_start   = PARK_ARRAY(arena, U + 1, size_t);
    super->out_link   = PARK_ARRAY(arena, L, int32_t);
    super->in_link    = PARK_ARRAY(arena, L, int32_t);
    super->link_hi    = PARK_ARRAY(arena, S * L, double);
    super->out_hi     = PARK_ARRAY(arena, S * K, double);
    super->conc_lo    = PARK_ARRAY(arena, S * K * T, double);
    super->conc_hi    = PARK_ARRAY(arena, S * K * T, double);
    super->feed_hi    = PARK_ARRAY(arena, S * I * T, double);
    super->known      = PARK_ARRAY(arena, S * K * T, double);
    super->pinned     = PARK_ARRAY(arena, K * T, bool);
    super->need_in    = PARK_ARRAY(arena, I * T, bool);
    super->need_out   = PARK_ARRAY(arena, K * T, bool);
    super->in_program = PARK_ARRAY(arena, T, bool);
    super->boxed      = PARK_ARRAY(arena, U, bool);
    return super->weight != NULL && super->duration != NULL && super->face != NULL && super->active != NULL &&
           super->out_start != NULL && super->in_start != NULL && super->out_link != NULL &&
           super->in_link != NULL && super->link_hi != NULL && super->out_hi != NULL &&
           super->conc_lo != NULL && super->conc_hi != NULL && super->feed_hi != NULL &&
           super->known != NULL && super->pinned != NULL && super->need_in != NULL &&
           super->need_out != NULL && super->in_program != NULL && super->boxed != NULL;
}

/* Sizes and prices of what may be built are decided on before the future is known. */
static park_status one_design(const park_super *super, park_error *err)
{
    for (size_t w = 1; w < super->futures; w++)
        for (size_t u = 0; u < super->units; u++) {
            const park_map *a = PARK_SUPER_FACE(super, 0, u)->map,
                           *b = PARK_SUPER_FACE(super, w * super->per, u)->map;
            bool same         = a->existing == b->existing && a->sized == b->sized &&
                        same_number(a->fixed_opex, b->fixed_opex);
            bool sizes = same_number(a->size_min, b->size_min) && same_number(a->size_max, b->size_max) &&
                         same_number(a->size_step, b->size_step) && same_number(a->life, b->life) &&
                         same_number(a->capex.scale, b->capex.scale) &&
                         same_number(a->capex.fixed, b->capex.fixed) &&
                         same_number(a->capex.reference, b->capex.reference) &&
                         same_number(a->capex.exponent, b->capex.exponent);
            if (!same || (!a->existing && !sizes))
                return PARK_FAIL(err, PARK_E_UNSUPPORTED,
                                 "%s: sizes and prices of what may be built cannot be uncertain",
                                 super->model->unit[u].id);
        }
    return PARK_OK;
}

/* (O70) Rows of time, models and margins of all futures side by side; one future, as written, without any. */
static bool super_futures(park_super *super)
{
    const park_futures *futures = super->options.futures;
    if (futures != NULL) {
        super->futures = futures->count, super->seasons = futures->count * super->per;
        super->future = futures->model, super->probability = futures->probability;
        super->stages = futures->stages, super->share = futures->share;
        return park_margins_repeat(super->arena, &super->margins, futures->count);
    }
    const park_model **only    = PARK_ARRAY(super->arena, 1, const park_model *);
    double            *certain = PARK_ARRAY(super->arena, 1, double);
    if (only == NULL || certain == NULL)
        return false;
    only[0] = super->model, certain[0] = 1.0;
    super->future = only, super->probability = super->share = certain;
    return true;
}

park_status park_super_new(const park_model *model, const park_margins *margins,
                           const park_super_options *options, park_arena *arena, park_super **result,
                           park_error *err)
{
    park_super *super = PARK_NEW(arena, park_super);
    if (super == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the superstructure");
    *super = (park_super){.model        = model,
                          .margins      = margins,
                          .arena        = arena,
                          .options      = *options,
                          .seasons      = model->time.seasons,
                          .per          = model->time.seasons,
                          .futures      = 1,
                          .stages       = 1,
                          .units        = model->units,
                          .links        = model->links,
                          .outlets      = model->outlets,
                          .inlets       = model->inlets,
                          .constituents = model->constituents,
                          .traced       = model->constituents};
    for (int t = 0; t < PARK_TRACERS; t++)
        super->tracer[t] = options->tracer[t] ? (int32_t)super->traced++ : -1;
    if (!super_futures(super) || !super_columns(super))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the superstructure");
    for (size_t s = 0; s < super->seasons; s++) {
        const park_season_info *season = &model->time.season[s % super->per];
        super->weight[s]               = season->seconds;
        super->duration[s]             = season_duration(season);
        super->year += s < super->per ? season->seconds : 0.0;
    }
    if (!switch_links(super))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu connections", super->links);
    PARK_TRY(park_super_sort(super, err));
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t u = 0; u < super->units; u++)
            PARK_TRY(face_make(super, s, u, err));
    if (!options->mixed)
        PARK_TRY(one_design(super, err));
    *result = super;
    return PARK_OK;
}

park_status park_super_make(const park_model *model, const park_margins *margins,
                            const park_super_options *options, park_arena *arena, park_super **super,
                            park_error *err)
{
    PARK_TRY(park_super_new(model, margins, options, arena, super, err));
    PARK_TRY(park_super_boxes(*super, err));
    PARK_TRY(park_super_sort(*super, err));
    return park_super_needs(*super, err);
}

park_mixture park_face_mixture(const park_super *super, const park_face *face, size_t outlets, size_t c)
{
    park_mixture mix = {.affine = true, .proportional = true, .exact = true};
    mix.keep         = 1.0 - face->removed_share[c];
    mix.flow         = face->add_per_flow[c];
    mix.constant     = face->add[c] + face->map->own * face->own_conc[c];
    for (size_t k = 0; k < outlets; k++) {
        const park_face_outlet *out = &face->outlet[k];
        switch ((park_quality_rule)out->rule[c]) {
        case PARK_QUALITY_MIX:
            mix.outlets++;
            mix.affine       = mix.affine && out->affine;
            mix.proportional = mix.proportional && out->affine && out->beta == 0.0;
            mix.alpha += out->alpha, mix.beta += out->beta;
            break;
        case PARK_QUALITY_SHARE:
            mix.keep -= out->share[c], mix.flow -= out->per_flow[c], mix.constant -= out->load[c];
            break;
        case PARK_QUALITY_FIXED:
            mix.exact = mix.exact && (out->affine || out->conc[c] == 0.0);
            mix.flow -= out->conc[c] * out->alpha, mix.constant -= out->conc[c] * out->beta;
            break;
        case PARK_QUALITY_NONE:
            break;
        }
    }
    (void)super;
    return mix;
}
