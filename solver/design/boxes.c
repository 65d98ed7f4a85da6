/*
 * boxes.c - finite boxes of every flow and concentration, each with its reason (docs/math/optimization.md, O3-O6).
 * Flows: capacities, demands and balances propagated until nothing moves; a user with free demand takes at most what
 * its limits require at the worst water it may take (O4); what is left without a bound gets a box that the answer's
 * cost must justify afterwards (O5). Concentrations: the interval image of each unit's face (O6).
 */
#include "design/superstructure.h"

#include <string.h>

static const double DENSITY =
    1000.0; /* no water carries more than this [kg/m3]; temperatures in K stay below too */
static const double LOOSE      = 20.0; /* times all known flows, for explanations */
static const int    ROUNDS     = 60;   /* of propagation; each is valid by itself */
static const int    FIXED_TOUR = 12;   /* rounds of concentrations */

/* ---- flows -------------------------------------------------------------------------------------------------------- */

static double link_capacity(const park_super *super, size_t s, size_t l)
{
    const park_margins *margins  = super->margins;
    double              capacity = super->future[s / super->per]->link[l].capacity;
    if (margins == NULL)
        return capacity;
    size_t at = s * super->links + l;
    return fmin(capacity * margins->link_capacity_times[at], margins->link_flow_max[at]);
}

static double unit_times(const park_super *super, size_t s, size_t u)
{
    return super->margins == NULL ? 1.0 : super->margins->unit_capacity_times[s * super->units + u];
}

double park_super_size(const park_super *super, size_t s, size_t u)
{
    const park_face *face = PARK_SUPER_FACE(super, s, u);
    const park_map  *map  = face->map;
    double           size = face->wide ? face->size_most : map->size_max;
    if (super->model->unit[u].role == PARK_STORAGE || !(map->sized || map->existing) || !(size >= 0.0))
        return INFINITY;
    return size * unit_times(super, s, u);
}

/* The flow that a free-demand user requires at the worst water it may take: max over its loads of
 * load / (outlet limit - inlet limit) (O4). INFINITY when its limits do not decide. */
static double limiting_flow(const park_super *super, const park_face *face, const park_unit_info *unit)
{
    double most = 0.0;
    if (unit->inlets != 1)
        return INFINITY;
    for (size_t c = 0; c < super->constituents; c++) {
        park_mixture mix   = park_face_mixture(super, face, unit->outlets, c);
        double       limit = INFINITY;
        for (size_t k = 0; k < unit->outlets; k++)
            if (face->outlet[k].rule[c] == PARK_QUALITY_MIX)
                limit = fmin(limit, face->outlet[k].limit[c]);
        if (mix.outlets == 0 || isinf(limit) || !(mix.constant > 0.0))
            continue;
        double room = limit * mix.alpha - mix.keep * face->in_limit[c] - mix.flow;
        if (!mix.affine || !(room > 0.0))
            return INFINITY;
        most = fmax(most, (mix.constant - limit * mix.beta) / room);
    }
    return most > 0.0 ? most : INFINITY;
}

/* The least flow that can carry a load out within the outlet's limit, whatever arrives (O4'). */
static double least_flow(const park_super *super, const park_face *face, const park_unit_info *unit)
{
    double least = 0.0;
    for (size_t c = 0; c < super->constituents; c++) {
        park_mixture mix   = park_face_mixture(super, face, unit->outlets, c);
        double       limit = INFINITY;
        for (size_t k = 0; k < unit->outlets; k++)
            if (face->outlet[k].rule[c] == PARK_QUALITY_MIX)
                limit = fmin(limit, face->outlet[k].limit[c]);
        if (mix.outlets == 0 || isinf(limit) || !mix.affine || !mix.exact || mix.keep < 0.0 ||
            face->map->own > 0.0)
            continue;
        double room = limit * mix.alpha - mix.flow;
        if (room > 0.0)
            least = fmax(least, (mix.constant - limit * mix.beta) / room);
    }
    return least;
}

static bool lower_to(double *bound, double value)
{
    if (!(value < *bound - 1e-12 * fabs(value)))
        return false;
    *bound = fmax(value, 0.0);
    return true;
}

/* One round over a unit; true when a bound moved. */
static bool unit_round(park_super *super, size_t s, size_t u)
{
    const park_model     *model = super->model;
    const park_unit_info *unit  = &model->unit[u];
    park_face            *face  = PARK_SUPER_FACE(super, s, u);
    bool                  moved = false, storage = unit->role == PARK_STORAGE && super->per > 1;
    if (unit->role != PARK_SOURCE) {
        double sum = 0.0, lo = 0.0;
        for (size_t i = 0; i < unit->inlets; i++) {
            double arrives = 0.0;
            for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
                int32_t l = super->in_link[e];
                if (model->link[l].inlet == (int32_t)(unit->first_inlet + i))
                    arrives += super->link_hi[s * super->links + (size_t)l];
            }
            if (!face->wide) /* a wide face keeps one box for all it stands for */
                moved = lower_to(&face->in_hi[i], fmax(arrives, face->in_lo[i])) || moved;
            sum += face->in_hi[i], lo += face->in_lo[i];
        }
        moved    = lower_to(&face->hi, sum) || moved;
        face->lo = fmax(face->lo, lo);
        for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
            int32_t l  = super->in_link[e];
            double  hi = face->in_hi[(size_t)model->link[l].inlet - unit->first_inlet];
            moved      = lower_to(&super->link_hi[s * super->links + (size_t)l], fmin(hi, face->hi)) || moved;
        }
    }
    for (size_t k = 0; k < unit->outlets; k++) {
        park_face_outlet *out   = &face->outlet[k];
        double           *hi    = &super->out_hi[s * super->outlets + (size_t)out->outlet];
        double            taken = 0.0;
        moved                   = lower_to(hi, out->hi) || moved;
        if (out->affine)
            moved = lower_to(hi, unit->role == PARK_SOURCE ? out->beta
                                                           : fmax(out->alpha * face->hi, 0.0) + out->beta) ||
                    moved;
        else if (out->rest && !storage)
            moved = lower_to(hi, face->hi + face->map->own) || moved;
        if (out->affine && out->alpha > 0.0 && !face->wide &&
            unit->role != PARK_SOURCE) /* F >= lo asks Q >= (lo - beta)/alpha */
            face->lo = fmax(face->lo, (out->lo - out->beta) / out->alpha);
        if (out->exits)
            continue;
        for (size_t e = super->out_start[out->outlet]; e < super->out_start[out->outlet + 1]; e++) {
            double *link = &super->link_hi[s * super->links + (size_t)super->out_link[e]];
            moved        = lower_to(link, *hi) || moved;
            taken += *link;
        }
        moved = lower_to(hi, taken) || moved;
        if (out->affine && out->alpha > 0.0 && !face->wide && unit->role != PARK_SOURCE)
            moved = lower_to(&face->hi, fmax((*hi - out->beta) / out->alpha, face->lo)) || moved;
    }
    return moved;
}

static void flows_start(park_super *super)
{
    for (size_t s = 0; s < super->seasons; s++) {
        for (size_t l = 0; l < super->links; l++)
            super->link_hi[s * super->links + l] = super->active[l] ? link_capacity(super, s, l) : 0.0;
        for (size_t k = 0; k < super->outlets; k++)
            super->out_hi[s * super->outlets + k] = INFINITY;
        for (size_t u = 0; u < super->units; u++) {
            const park_unit_info *unit = &super->model->unit[u];
            park_face            *face = PARK_SUPER_FACE(super, s, u);
            face->lo = 0.0, face->hi = park_super_size(super, s, u);
            if (unit->role == PARK_USER && unit->inlets == 1 && isinf(face->in_hi[0]) && !face->wide) {
                double most = limiting_flow(super, face, unit);
                if (!super->options.loose)
                    face->in_hi[0] = fmax(most, face->in_lo[0]);
            }
            if (unit->role == PARK_USER && !super->options.loose && !face->wide)
                face->lo = least_flow(super, face, unit);
        }
    }
}

static void flows_propagate(park_super *super)
{
    for (size_t s = 0; s < super->seasons; s++)
        for (int round = 0; round < ROUNDS; round++) {
            bool moved = false;
            for (size_t u = 0; u < super->units; u++)
                moved = unit_round(super, s, u) || moved;
            if (!moved)
                break;
        }
}

/* What is known to flow in a season: inflows that do not wait and the demands of users. */
static double known_flow(const park_super *super, size_t s)
{
    double sum = 0.0;
    for (size_t u = 0; u < super->units; u++) {
        const park_unit_info *unit = &super->model->unit[u];
        const park_face      *face = PARK_SUPER_FACE(super, s, u);
        if (unit->role == PARK_SOURCE) {
            for (size_t k = 0; k < unit->outlets; k++)
                sum += face->outlet[k].affine ? face->outlet[k].beta : 0.0;
        } else {
            sum += face->map->own;
            if (unit->role == PARK_USER)
                sum += isfinite(face->hi) ? face->hi : fmax(face->lo, face->map->demand);
        }
    }
    return sum;
}

/* Flows that nothing bounds: a box of `box_times` all known flows; park_design_solve checks it against the cost (O5). */
static void flows_box(park_super *super)
{
    double most = 0.0;
    for (size_t s = 0; s < super->seasons; s++)
        most = fmax(most, known_flow(super, s));
    if (!(most > 0.0))
        most = 1.0;
    double box = super->options.box_times * most;
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t u = 0; u < super->units; u++) {
            park_face      *face = PARK_SUPER_FACE(super, s, u);
            const park_role role = super->model->unit[u].role;
            if (role == PARK_SOURCE || role == PARK_SINK || isfinite(face->hi))
                continue;
            face->hi        = fmax(box, 2.0 * face->lo);
            super->boxed[u] = true, super->box_flow = box;
        }
}

/* A source no user can bound gets the box on its links. */
static void links_box(park_super *super)
{
    for (size_t s = 0; s < super->seasons; s++) {
        double sum = super->box_flow;
        for (size_t u = 0; u < super->units; u++)
            if (super->model->unit[u].role != PARK_SINK && isfinite(PARK_SUPER_FACE(super, s, u)->hi))
                sum += PARK_SUPER_FACE(super, s, u)->hi;
        sum = fmax(super->options.box_times * known_flow(super, s), sum);
        for (size_t l = 0; l < super->links; l++)
            if (isinf(super->link_hi[s * super->links + l])) {
                super->link_hi[s * super->links + l] = fmax(sum, 1e-6);
                super->box_flow                      = fmax(super->box_flow, sum);
            }
    }
}

/* ---- concentrations -------------------------------------------------------------------------------------------------- */

void park_super_feed(const park_super *super, size_t s, size_t u, size_t c, bool limited, double *lo,
                     double *hi)
{
    const park_model     *model = super->model;
    const park_unit_info *unit  = &model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    *lo = INFINITY, *hi = 0.0;
    for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
        const park_link_info *link = &model->link[super->in_link[e]];
        if (super->link_hi[s * super->links + (size_t)super->in_link[e]] <= 0.0)
            continue;
        size_t at   = PARK_SUPER_SK(super, s, link->outlet, c);
        size_t i    = (size_t)link->inlet - unit->first_inlet;
        double most = super->conc_hi[at];
        if (limited)
            most = fmin(most, face->in_limit[i * super->traced + c]);
        *lo = fmin(*lo, super->conc_lo[at]);
        *hi = fmax(*hi, most);
    }
    if (isinf(*lo))
        *lo = 0.0, *hi = 0.0;
}

/* (a Q + b)/(alpha Q + beta) over [lo, hi]: monotone, so its ends bound it; INFINITY where the flow may vanish. */
static void ratio_range(double a, double b, double alpha, double beta, double lo, double hi, double *least,
                        double *most)
{
    double at_lo = alpha * lo + beta, at_hi = alpha * hi + beta, up = a * lo + b;
    double first = at_lo > 0.0 ? up / at_lo : up > 0.0 ? INFINITY : alpha > 0.0 && b == 0.0 ? a / alpha : NAN;
    double last  = at_hi > 0.0 ? (a * hi + b) / at_hi : first;
    if (isnan(first))
        first = up < 0.0 ? -INFINITY : last;
    *least = fmin(first, last), *most = fmax(first, last);
}

static void meet(double *lo, double *hi, double least, double most)
{
    if (least > *lo && isfinite(least))
        *lo = fmin(least, *hi);
    if (most < *hi)
        *hi = fmax(most, *lo);
}

/* A storage that adds, removes and loses nothing but mixed water: what leaves is a mixture of what came. */
static bool plain_storage(const park_face *face, const park_unit_info *unit, size_t c)
{
    if (face->removed_share[c] != 0.0 || face->add_per_flow[c] != 0.0 || face->add[c] != 0.0)
        return false;
    for (size_t k = 0; k < unit->outlets; k++)
        if (face->outlet[k].rule[c] != PARK_QUALITY_MIX)
            return false; /* evaporation concentrates */
    return true;
}

/* Richest mixture over all seasons that a storage may hold, when its feeds reach up to feed[s]. */
static double storage_most(const park_super *super, size_t u, size_t c, const double *feed)
{
    double most = 0.0;
    for (size_t s = 0; s < super->seasons; s++) {
        const park_face *face = PARK_SUPER_FACE(super, s, u);
        if (!plain_storage(face, &super->model->unit[u], c))
            return INFINITY;
        most = fmax(most, face->map->own > 0.0 ? fmax(feed[s], face->own_conc[c]) : feed[s]);
    }
    return most;
}

/* (O6) The interval image of a face: what an outlet may carry when the feed lies in [lo, hi]. */
static void image(const park_super *super, size_t s, size_t u, size_t k, size_t c, double lo, double hi,
                  double *least, double *most)
{
    const park_unit_info   *unit = &super->model->unit[u];
    const park_face        *face = PARK_SUPER_FACE(super, s, u);
    const park_face_outlet *out  = &face->outlet[k];
    double                  ignored;
    *least = 0.0, *most = INFINITY;
    if (out->rule[c] == PARK_QUALITY_SHARE && out->affine) {
        ratio_range(out->share[c] * hi + out->per_flow[c], out->load[c], out->alpha, out->beta, face->lo,
                    face->hi, &ignored, most);
        ratio_range(out->share[c] * lo + out->per_flow[c], out->load[c], out->alpha, out->beta, face->lo,
                    face->hi, least, &ignored);
    } else if (out->rule[c] == PARK_QUALITY_MIX) {
        park_mixture mix = park_face_mixture(super, face, unit->outlets, c);
        if (!mix.affine || !mix.exact || mix.keep < 0.0)
            return;
        ratio_range(mix.keep * hi + mix.flow, mix.constant, mix.alpha, mix.beta, face->lo, face->hi, &ignored,
                    most);
        ratio_range(mix.keep * lo + mix.flow, mix.constant, mix.alpha, mix.beta, face->lo, face->hi, least,
                    &ignored);
    }
}

static bool stores(const park_super *super, size_t s, size_t u)
{
    return super->model->unit[u].role == PARK_STORAGE && PARK_SUPER_FACE(super, s, u)->map->volume_max > 0.0;
}

static bool depends(const park_super *super, size_t s, size_t u, size_t k, size_t c)
{
    uint8_t rule = PARK_SUPER_FACE(super, s, u)->outlet[k].rule[c];
    return rule == PARK_QUALITY_SHARE || rule == PARK_QUALITY_MIX;
}

static void unit_conc(park_super *super, size_t s, size_t u, size_t c)
{
    const park_unit_info *unit = &super->model->unit[u];
    double                lo, hi, least, most;
    park_super_feed(super, s, u, c, !super->options.loose, &lo, &hi);
    for (size_t k = 0; k < unit->outlets; k++) {
        size_t at = PARK_SUPER_SK(super, s, unit->first_outlet + k, c);
        if (!depends(super, s, u, k, c))
            continue;
        if (stores(super, s, u))
            least = 0.0, most = INFINITY; /* its mixture is over all seasons: concs_from_below */
        else
            image(super, s, u, k, c, lo, hi, &least, &most);
        meet(&super->conc_lo[at], &super->conc_hi[at], least, most);
    }
}

/* ---- from below --------------------------------------------------------------------------------------------------- */

/* Largest of what may arrive when outlets reach up to `up`. */
static double feed_up(const park_super *super, const double *up, size_t s, size_t u, size_t c)
{
    const park_model *model = super->model;
    double            hi    = 0.0;
    for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
        const park_link_info *link = &model->link[super->in_link[e]];
        if (super->link_hi[s * super->links + (size_t)super->in_link[e]] <= 0.0)
            continue;
        double limit =
            super->options.loose
                ? INFINITY
                : PARK_SUPER_FACE(super, s, u)
                      ->in_limit[((size_t)link->inlet - model->unit[u].first_inlet) * super->traced + c];
        hi = fmax(hi, fmin(up[PARK_SUPER_SK(super, s, link->outlet, c)], limit));
    }
    return hi;
}

static bool raise(const park_super *super, double *up, size_t s, size_t u, size_t c, const double *feed)
{
    bool moved = false;
    for (size_t k = 0; k < super->model->unit[u].outlets; k++) {
        size_t at = PARK_SUPER_SK(super, s, super->model->unit[u].first_outlet + k, c);
        double least, most;
        if (!depends(super, s, u, k, c))
            continue;
        if (stores(super, s, u))
            most = storage_most(super, u, c, feed);
        else
            image(super, s, u, k, c, 0.0, feed[s], &least, &most);
        most = fmin(most, super->conc_hi[at]); /* a bound that already holds caps the iterates, too */
        if (most > up[at] + 1e-13 * most)
            up[at] = most, moved = true;
    }
    return moved;
}

/*
 * (O6') For given flows the qualities are the limit of C <- A C + b from C = 0 with A >= 0 (every loop has an exit, or
 * holds water that nobody exchanges and that may be thought clean). The images are monotone, so the limit of their
 * iteration from zero bounds every plan: water cannot grow dirtier by going in a circle. Iteration from above cannot see
 * that. What has not settled after enough rounds keeps its bound from above.
 */
static park_status concs_from_below(park_super *super, park_error *err)
{
    size_t      cells = super->seasons * super->outlets * super->traced;
    park_arena *arena = park_arena_new();
    double     *up = PARK_ARRAY(arena, cells, double), *feed = PARK_ARRAY(arena, super->seasons, double);
    if (up == NULL || feed == NULL) {
        park_arena_free(arena);
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the boxes of concentrations");
    }
    for (size_t at = 0; at < cells; at++)
        up[at] = isnan(super->known[at]) ? 0.0 : super->known[at];
    for (size_t c = 0; c < super->traced; c++) {
        bool moved = true;
        for (size_t round = 0; moved && round < 4 * super->units + 20; round++) {
            moved = false;
            for (size_t u = 0; u < super->units; u++) {
                if (super->model->unit[u].role == PARK_SOURCE || super->model->unit[u].role == PARK_SINK)
                    continue;
                for (size_t s = 0; s < super->seasons; s++)
                    feed[s] = feed_up(super, up, s, u, c);
                for (size_t s = 0; s < super->seasons; s++)
                    moved = raise(super, up, s, u, c, feed) || moved;
            }
        }
        for (size_t sk = 0; !moved && sk < super->seasons * super->outlets; sk++) {
            size_t at = sk * super->traced + c;
            if (up[at] * (1.0 + 1e-9) < super->conc_hi[at])
                super->conc_hi[at] = fmax(up[at] * (1.0 + 1e-9), super->conc_lo[at]);
        }
    }
    park_arena_free(arena);
    return PARK_OK;
}

static void concs_start(park_super *super)
{
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t u = 0; u < super->units; u++) {
            const park_unit_info *unit = &super->model->unit[u];
            const park_face      *face = PARK_SUPER_FACE(super, s, u);
            for (size_t k = 0; k < unit->outlets; k++)
                for (size_t c = 0; c < super->traced; c++) {
                    const park_face_outlet *out = &face->outlet[k];
                    size_t                  at  = PARK_SUPER_SK(super, s, out->outlet, c);
                    super->conc_lo[at] = 0.0, super->conc_hi[at] = c < super->constituents ? DENSITY : 1.0;
                    super->known[at] = NAN;
                    if (out->rule[c] == PARK_QUALITY_FIXED || out->rule[c] == PARK_QUALITY_NONE) {
                        double conc        = out->rule[c] == PARK_QUALITY_FIXED ? out->conc[c] : 0.0;
                        super->conc_lo[at] = super->conc_hi[at] = super->known[at] = conc;
                    } else if (!super->options.loose && isfinite(out->limit[c])) {
                        super->conc_hi[at] = fmin(super->conc_hi[at], out->limit[c]);
                    }
                }
        }
}

static void concs_propagate(park_super *super)
{
    for (int round = 0; round < FIXED_TOUR; round++)
        for (size_t s = 0; s < super->seasons; s++)
            for (size_t u = 0; u < super->units; u++)
                for (size_t c = 0; c < super->traced; c++)
                    if (super->model->unit[u].role != PARK_SOURCE && super->model->unit[u].role != PARK_SINK)
                        unit_conc(super, s, u, c);
    for (size_t at = 0; at < super->seasons * super->outlets * super->traced; at++)
        if (isnan(super->known[at]) && super->conc_hi[at] - super->conc_lo[at] <= 1e-14 * super->conc_hi[at])
            super->known[at] = super->conc_lo[at] = super->conc_hi[at];
}

/* Dirty water into a clean inlet: q (C_e - L) <= (Q - q)(L - cleanest), so q <= Q (L - cleanest)/(C_e - cleanest). */
static bool link_by_quality(park_super *super, size_t s, size_t l)
{
    const park_link_info *link  = &super->model->link[l];
    const park_unit_info *unit  = &super->model->unit[link->to];
    const park_face      *face  = PARK_SUPER_FACE(super, s, link->to);
    double               *hi    = &super->link_hi[s * super->links + l];
    size_t                i     = (size_t)link->inlet - unit->first_inlet;
    bool                  moved = false;
    for (size_t c = 0; c<super->traced && * hi> 0.0; c++) {
        double limit = face->in_limit[i * super->traced + c], cleanest = INFINITY;
        double conc = super->conc_lo[PARK_SUPER_SK(super, s, link->outlet, c)];
        if (!(conc > limit * (1.0 + 1e-12)))
            continue;
        for (size_t e = super->in_start[link->to]; e < super->in_start[link->to + 1]; e++) {
            const park_link_info *other = &super->model->link[super->in_link[e]];
            if (other->inlet == link->inlet &&
                super->link_hi[s * super->links + (size_t)super->in_link[e]] > 0.0)
                cleanest = fmin(cleanest, super->conc_lo[PARK_SUPER_SK(super, s, other->outlet, c)]);
        }
        double share = cleanest < limit ? (limit - cleanest) / (conc - cleanest) : 0.0;
        moved        = lower_to(hi, share * (1.0 + 1e-12) * face->in_hi[i]) || moved;
    }
    return moved;
}

static bool links_by_quality(park_super *super)
{
    bool moved = false;
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t l = 0; l < super->links; l++)
            if (super->active[l] && super->link_hi[s * super->links + l] > 0.0)
                moved = link_by_quality(super, s, l) || moved;
    return moved;
}

static void feeds_note(park_super *super)
{
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t i = 0; i < super->inlets; i++)
            for (size_t c = 0; c < super->traced; c++) {
                double *hi = &super->feed_hi[PARK_SUPER_SI(super, s, i, c)];
                *hi        = 0.0;
                size_t u   = (size_t)super->model->inlet[i].unit;
                for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
                    const park_link_info *link = &super->model->link[super->in_link[e]];
                    if (link->inlet == (int32_t)i)
                        *hi = fmax(*hi, super->conc_hi[PARK_SUPER_SK(super, s, link->outlet, c)]);
                }
            }
}

/* Boxes that hide no statement: every flow up to the same large one. */
static void flows_loose(park_super *super)
{
    double most = 1e-3;
    for (size_t s = 0; s < super->seasons; s++)
        most = fmax(most, known_flow(super, s));
    super->box_flow = LOOSE * most;
    for (size_t s = 0; s < super->seasons; s++) {
        for (size_t l = 0; l < super->links; l++)
            super->link_hi[s * super->links + l] = super->active[l] ? super->box_flow : 0.0;
        for (size_t k = 0; k < super->outlets; k++)
            super->out_hi[s * super->outlets + k] = super->box_flow;
        for (size_t u = 0; u < super->units; u++)
            PARK_SUPER_FACE(super, s, u)->hi = super->box_flow;
    }
}

park_status park_super_boxes(park_super *super, park_error *err)
{
    flows_start(super);
    if (super->options.loose) {
        flows_loose(super);
        concs_start(super);
        concs_propagate(super);
        feeds_note(super);
        return PARK_OK;
    }
    flows_propagate(super);
    flows_box(super);
    flows_propagate(super);
    links_box(super);
    flows_propagate(super);
    concs_start(super);
    PARK_TRY(concs_from_below(super, err));
    concs_propagate(super);
    for (int round = 0; round < 3 && !super->options.loose && links_by_quality(super); round++) {
        flows_propagate(super);
        concs_propagate(super);
    }
    for (size_t l = 0; l < super->links; l++) {
        double hi = 0.0;
        for (size_t s = 0; s < super->seasons; s++)
            hi = fmax(hi, super->link_hi[s * super->links + l]);
        if (super->active[l] && hi <= 0.0)
            super->active[l] = false;
        if (!super->active[l])
            for (size_t s = 0; s < super->seasons; s++)
                super->link_hi[s * super->links + l] = 0.0;
    }
    feeds_note(super);
    return PARK_OK;
}
