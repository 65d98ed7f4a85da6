/*
 * needs.c - which constituents can be felt where, so that the program carries no others (O7), and the single-load
 * theorem (O8).
 *
 * A constituent is felt at an inlet when its limit can bind there, when a fee counts its mass, or when a quality that
 * leaves the unit depends on it and is itself felt: by an outlet's limit that can bind, by a combined limit, or at an
 * inlet further on. This is the least solution of those implications. A constituent that is felt nowhere down from
 * an outlet enters no row that could cut off a point and no cost; its concentrations follow from the flows afterwards
 * (decode.c), so leaving it out changes neither the feasible flows nor the objective.
 */
#include "design/superstructure.h"

static const double CAN_BIND = 1e-12; /* relative slack of a box against a limit */

/* May the limit of an inlet bind in any season? */
static bool inlet_binds(const park_super *super, size_t i, size_t c)
{
    size_t u = (size_t)super->model->inlet[i].unit;
    for (size_t s = 0; s < super->seasons; s++) {
        double limit = PARK_SUPER_FACE(super, s, u)
                           ->in_limit[(i - super->model->unit[u].first_inlet) * super->traced + c];
        if (isinf(limit))
            continue;
        if (super->options.loose || super->feed_hi[PARK_SUPER_SI(super, s, i, c)] > limit * (1.0 + CAN_BIND))
            return true;
    }
    return false;
}

/* The richest a unit's mixture may become when its own outlet limit is not counted. */
static double mixture_most(const park_super *super, size_t s, size_t u, size_t c)
{
    const park_unit_info *unit = &super->model->unit[u];
    const park_face      *face = PARK_SUPER_FACE(super, s, u);
    park_mixture          mix  = park_face_mixture(super, face, unit->outlets, c);
    double                feed = 0.0;
    if (!mix.affine || !mix.exact || mix.keep < 0.0 || unit->role == PARK_STORAGE)
        return INFINITY;
    for (size_t i = 0; i < unit->inlets; i++)
        feed = fmax(feed, fmin(super->feed_hi[PARK_SUPER_SI(super, s, unit->first_inlet + i, c)],
                               face->in_limit[i * super->traced + c]));
    double lo = mix.alpha * face->lo + mix.beta, hi = mix.alpha * face->hi + mix.beta;
    double rate = mix.keep * feed + mix.flow;
    if (!(lo > 0.0) || !(hi > 0.0))
        return INFINITY;
    return fmax((rate * face->lo + mix.constant) / lo, (rate * face->hi + mix.constant) / hi);
}

static bool outlet_binds(const park_super *super, size_t u, size_t k, size_t c)
{
    for (size_t s = 0; s < super->seasons; s++) {
        const park_face        *face = PARK_SUPER_FACE(super, s, u);
        const park_face_outlet *out  = &face->outlet[k];
        if (isinf(out->limit[c]) || out->rule[c] == PARK_QUALITY_FIXED || out->rule[c] == PARK_QUALITY_NONE)
            continue;
        if (super->options.loose || out->rule[c] == PARK_QUALITY_SHARE ||
            mixture_most(super, s, u, c) > out->limit[c] * (1.0 + CAN_BIND))
            return true;
    }
    return false;
}

static bool combined_reads(const park_super *super, size_t u, size_t c)
{
    if (c >= super->constituents)
        return false;
    for (size_t s = 0; s < super->seasons; s++) {
        const park_map *map = PARK_SUPER_FACE(super, s, u)->map;
        for (size_t i = 0; i < map->combined_count; i++)
            if (map->combined[i].coef[c] != 0.0)
                return true;
    }
    return false;
}

static bool certain(const park_super *super, size_t k, size_t c)
{
    for (size_t s = 0; s < super->seasons; s++)
        if (isnan(super->known[PARK_SUPER_SK(super, s, k, c)]))
            return false;
    return !super->pinned[k * super->traced + c];
}

/* Does the unit's own face or a downstream inlet read what arrives of c? */
static bool unit_reads(const park_super *super, size_t u, size_t c)
{
    const park_unit_info *unit = &super->model->unit[u];
    if (combined_reads(super, u, c))
        return true;
    for (size_t s = 0; s < super->seasons && c < super->constituents; s++)
        if (PARK_SUPER_FACE(super, s, u)->map->fee_mass[c] != 0.0)
            return true;
    for (size_t k = 0; k < unit->outlets; k++) {
        size_t  at   = unit->first_outlet + k;
        uint8_t rule = PARK_SUPER_FACE(super, 0, u)->outlet[k].rule[c];
        if (super->pinned[at * super->traced + c])
            return true;
        if (rule != PARK_QUALITY_SHARE && rule != PARK_QUALITY_MIX)
            continue;
        if (outlet_binds(super, u, k, c) ||
            (super->need_out[at * super->traced + c] && !certain(super, at, c)))
            return true;
    }
    return false;
}

static void needs_spread(park_super *super)
{
    const park_model *model = super->model;
    size_t            T     = super->traced;
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t u = 0; u < super->units; u++) {
            const park_unit_info *unit = &model->unit[u];
            for (size_t c = 0; c < T && unit->role != PARK_SOURCE; c++) {
                if (c < super->constituents && model->constituent[c].mixes == PARK_MIX_EQUILIBRIUM)
                    continue;
                bool reads = unit_reads(super, u, c);
                for (size_t i = unit->first_inlet; i < unit->first_inlet + unit->inlets; i++)
                    if (!super->need_in[i * T + c] && (reads || inlet_binds(super, i, c)))
                        super->need_in[i * T + c] = moved = true;
            }
        }
        for (size_t l = 0; l < super->links; l++)
            for (size_t c = 0; c < T && super->active[l]; c++) {
                bool *out = &super->need_out[(size_t)model->link[l].outlet * T + c];
                if (!*out && super->need_in[(size_t)model->link[l].inlet * T + c])
                    *out = moved = true;
            }
    }
}

/* Targets read tracers where water enters a user, or crosses the border of an enterprise. */
static void needs_of_targets(park_super *super)
{
    const park_model *model = super->model;
    int32_t           used  = super->tracer[PARK_TRACER_USED];
    for (size_t i = 0; used >= 0 && i < super->inlets; i++)
        if (model->unit[model->inlet[i].unit].role == PARK_USER)
            super->need_in[i * super->traced + (size_t)used] = true;
    for (int t = PARK_TRACER_CONVENTIONAL; t <= PARK_TRACER_NONCONVENTIONAL; t++)
        for (size_t l = 0; super->tracer[t] >= 0 && l < super->links; l++)
            if (super->active[l] &&
                model->unit[model->link[l].from].enterprise != model->unit[model->link[l].to].enterprise)
                super->need_in[(size_t)model->link[l].inlet * super->traced + (size_t)super->tracer[t]] =
                    true;
}

/* ---- the single-load theorem (O8) ------------------------------------------------------------------------------------ */

static bool plain_link(const park_link_info *link)
{
    return isinf(link->capacity) && !(link->length > 0.0) && link->price == 0.0 && link->min_flow == 0.0 &&
           link->capacity_min == 0.0;
}

/* Permitted by the park, whether or not a box has shut the connection meanwhile. */
static bool linked(const park_super *super, int32_t from, int32_t to)
{
    for (size_t l = 0; l < super->links; l++) {
        const park_link_info *link = &super->model->link[l];
        if (link->from == from && link->to == to && plain_link(link))
            return true;
    }
    return false;
}

/* A user whose only constituent is a fixed load between a largest inlet and a largest outlet quality, flow free. */
static bool fixed_load_user(const park_super *super, size_t u, size_t c)
{
    const park_unit_info *unit   = &super->model->unit[u];
    const park_face      *face   = PARK_SUPER_FACE(super, 0, u);
    const park_map       *map    = face->map;
    int                   drains = 0;
    if (unit->inlets != 1 || face->in_lo[0] != 0.0 || map->own != 0.0 || map->opex_in != 0.0 ||
        map->opex_out != 0.0 || map->energy_in != 0.0 || map->energy_out != 0.0 || map->combined_count != 0 ||
        map->sized)
        return false;
    double room = NAN;
    for (size_t k = 0; k < unit->outlets; k++) {
        const park_face_outlet *out = &face->outlet[k];
        if (!out->affine)
            return false;
        if (out->alpha == 0.0 && out->beta == 0.0)
            continue;
        if (out->exits || out->rule[c] != PARK_QUALITY_MIX || out->alpha != 1.0 || out->beta != 0.0)
            return false;
        drains++;
        room = out->limit[c] - face->in_limit[c];
    }
    return drains == 1 && isfinite(room) && room > 0.0 && face->add[c] > 0.0 &&
           face->add_per_flow[c] == 0.0 && face->removed_share[c] == 0.0 &&
           map->in_hi[0] * room >= face->add[c] * (1.0 - 1e-9);
}

static bool all_linked(const park_super *super, int32_t source)
{
    const park_model *model = super->model;
    for (size_t a = 0; a < super->units; a++) {
        if (model->unit[a].role != PARK_USER)
            continue;
        bool drains = false;
        if (!linked(super, source, (int32_t)a))
            return false;
        for (size_t b = 0; b < super->units; b++) {
            if (model->unit[b].role == PARK_USER && a != b && !linked(super, (int32_t)a, (int32_t)b))
                return false;
            drains = drains || (model->unit[b].role == PARK_SINK && linked(super, (int32_t)a, (int32_t)b));
        }
        if (!drains)
            return false;
    }
    return true;
}

static bool open_sink(const park_super *super, size_t u, double *price)
{
    const park_map *map   = PARK_SUPER_FACE(super, 0, u)->map;
    bool            first = isnan(*price);
    if (first)
        *price = map->opex_in;
    for (size_t c = 0; c < super->constituents; c++)
        if (map->fee_mass[c] != 0.0 || isfinite(map->in_limit[c]))
            return false;
    return isinf(map->licence) && isinf(map->in_hi[0]) && map->energy_in == 0.0 && map->opex_in == *price &&
           map->opex_in >= 0.0;
}

static bool single_load(const park_super *super, size_t *constituent)
{
    const park_model *model = super->model;
    size_t            count = 0, c = 0, sources = 0, users = 0;
    int32_t           source = -1;
    double            price  = NAN;
    if (super->options.loose || super->options.unpinned || super->seasons != 1 ||
        super->traced != super->constituents || model->targets != 0 ||
        model->objective[0] == PARK_MIN_CARBON || super->margins != NULL)
        return false;
    for (size_t x = 0; x < super->traced; x++)
        for (size_t i = 0; i < super->inlets; i++)
            if (super->need_in[i * super->traced + x]) {
                count++, c = x;
                break;
            }
    if (count != 1)
        return false;
    for (size_t u = 0; u < super->units; u++) {
        const park_face *face = PARK_SUPER_FACE(super, 0, u);
        switch (model->unit[u].role) {
        case PARK_SOURCE:
            sources++, source = (int32_t)u;
            if (model->unit[u].outlets != 1 || face->outlet[0].affine || isfinite(face->map->outlet[0].hi) ||
                isfinite(face->map->licence) || !(face->map->opex_out >= 0.0))
                return false;
            break;
        case PARK_USER:
            users++;
            if (!fixed_load_user(super, u, c))
                return false;
            break;
        case PARK_SINK:
            if (!open_sink(super, u, &price))
                return false;
            break;
        case PARK_TREATMENT:
        case PARK_STORAGE:
        case PARK_ROLES:
            return false;
        }
    }
    *constituent = c;
    return sources == 1 && users > 0 && all_linked(super, source);
}

static void pin(park_super *super, size_t c)
{
    for (size_t u = 0; u < super->units; u++) {
        const park_unit_info *unit = &super->model->unit[u];
        for (size_t k = 0; unit->role == PARK_USER && k < unit->outlets; k++) {
            const park_face_outlet *out = &PARK_SUPER_FACE(super, 0, u)->outlet[k];
            size_t                  at  = PARK_SUPER_SK(super, 0, out->outlet, c);
            if (out->exits || out->rule[c] != PARK_QUALITY_MIX || out->alpha != 1.0)
                continue;
            super->conc_lo[at] = super->conc_hi[at] = super->known[at] = out->limit[c];
            super->pinned[(size_t)out->outlet * super->traced + c]     = true;
        }
    }
}

park_status park_super_needs(park_super *super, park_error *err)
{
    size_t c;
    (void)err;
    needs_of_targets(super);
    needs_spread(super);
    super->single_load = single_load(super, &c);
    if (super->single_load) {
        pin(super, c);
        needs_spread(super);
    }
    for (size_t x = 0; x < super->traced; x++)
        for (size_t i = 0; i < super->inlets; i++)
            super->in_program[x] = super->in_program[x] || super->need_in[i * super->traced + x];
    return PARK_OK;
}
