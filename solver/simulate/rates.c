#include "simulate/rates.h"

#include <string.h>

park_status park_rates_new(park_arena *arena, const park_layout *layout, park_rates **rates, park_error *err)
{
    size_t      R = layout->rows, C = layout->constituents, K = layout->outlets;
    park_rates *r       = PARK_NEW(arena, park_rates);
    bool       *present = PARK_ARRAY(arena, R * R, bool), *last = PARK_ARRAY(arena, R, bool);
    *rates = NULL;
    if (r == NULL || present == NULL || last == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the rates");
    r->layout      = layout;
    r->source      = PARK_ARRAY(arena, R * C, double);
    r->outlet_row  = PARK_ARRAY(arena, K, int32_t);
    r->outlet_coef = PARK_ARRAY(arena, K * C, double);
    r->outlet_base = PARK_ARRAY(arena, K * C, double);
    r->volume_rate = PARK_ARRAY(arena, R, double);
    r->leaving     = PARK_ARRAY(arena, R, double);
    if (!r->source || !r->outlet_row || !r->outlet_coef || !r->outlet_base || !r->volume_rate || !r->leaving)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the rates");
    for (size_t l = 0; l < layout->links; l++) {
        int32_t from = layout->model->link[l].from, to = layout->model->link[l].to;
        int32_t in = park_layout_row_in(layout, to);
        for (int side = 0; side < 2; side++) { /* whichever row the outlet reads */
            int32_t out = side == 0 ? layout->feed_row[from] : layout->mix_row[from];
            if (in >= 0 && out >= 0)
                present[(size_t)in * R + (size_t)out] = true;
        }
    }
    for (size_t u = 0; u < layout->units; u++)
        if (layout->feed_row[u] >= 0 && layout->mix_row[u] >= 0)
            present[(size_t)layout->mix_row[u] * R + (size_t)layout->feed_row[u]] = true;
    for (size_t row = 0; row < R; row++) /* volumes that move change their diagonals alone */
        last[row] = layout->variable[layout->row_unit[row]];
    PARK_TRY(park_blocks_make(arena, R, C, present, last, &r->blocks, err));
    r->transfer = PARK_ARRAY(arena, r->blocks->entries * C, double);
    r->alive    = PARK_ARRAY(arena, r->blocks->entries, bool);
    r->live     = PARK_ARRAY(arena, r->blocks->entries, int32_t);
    if (r->transfer == NULL || r->alive == NULL || r->live == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the rates");
    *rates = r;
    return PARK_OK;
}

/* Eq. (T13): what leaves through an outlet, as an affine function of the concentration inside. */
static void outlet_set(park_rates *r, const park_flows *f, const park_map *map, size_t u, size_t k)
{
    const park_layout     *p    = r->layout;
    const park_unit_info  *unit = &p->model->unit[u];
    const park_map_outlet *o    = &map->outlet[k - unit->first_outlet];
    size_t                 C    = p->constituents;
    double                *coef = r->outlet_coef + k * C, *base = r->outlet_base + k * C;
    double                 flow = f->outlet[k], through = f->intake[u] + map->own;
    memset(coef, 0, C * sizeof *coef);
    memset(base, 0, C * sizeof *base);
    r->outlet_row[k] = PARK_NONE;
    if (p->stated[u]) {
        if (r->stated != NULL)
            memcpy(base, r->stated + k * C, C * sizeof *base);
        return;
    }
    switch (o->quality) {
    case PARK_QUALITY_NONE:
        break;
    case PARK_QUALITY_FIXED:
        memcpy(base, o->conc, C * sizeof *base);
        break;
    case PARK_QUALITY_MIX:
        r->outlet_row[k] = p->mix_row[u];
        for (size_t c = 0; c < C; c++)
            coef[c] = 1.0;
        break;
    case PARK_QUALITY_SHARE:
        r->outlet_row[k] = p->feed_row[u];
        for (size_t c = 0; c < C && flow > 0.0; c++) {
            coef[c] = o->share[c] * through / flow;
            base[c] = (o->per_flow[c] * f->intake[u] + o->load[c]) / flow;
        }
        break;
    }
}

static double *entry(park_rates *r, int32_t row, int32_t column)
{
    return r->transfer +
           (size_t)r->blocks->place[(size_t)row * r->blocks->size + (size_t)column] * r->blocks->width;
}

/* Eq. (T14): what a unit's own map does to its rows. */
static void unit_set(park_rates *r, const park_conditions *now, const park_flows *f, size_t u)
{
    const park_layout    *p    = r->layout;
    const park_unit_info *unit = &p->model->unit[u];
    const park_map       *map  = now->map[u];
    size_t                C    = p->constituents;
    int32_t               feed = p->feed_row[u], mix = p->mix_row[u], in = park_layout_row_in(p, (int32_t)u);
    double                through = f->intake[u] + map->own, mixed = 0.0;
    if (in < 0)
        return;
    for (size_t c = 0; c < C; c++)
        r->source[(size_t)in * C + c] += map->own * map->own_conc[c];
    if (feed >= 0) {
        double *diagonal = entry(r, feed, feed);
        for (size_t c = 0; c < C; c++)
            diagonal[c] -= through;
        r->leaving[feed] = through;
    }
    if (mix < 0)
        return;
    double *b   = r->source + (size_t)mix * C;
    double  add = now->failed[u] ? 0.0 : 1.0;
    for (size_t c = 0; c < C; c++)
        b[c] += add * map->add[c] + map->add_per_flow[c] * f->intake[u];
    if (feed >= 0) {
        double *from = entry(r, mix, feed);
        for (size_t c = 0; c < C; c++)
            from[c] += through * (1.0 - map->removed_share[c]);
    }
    for (size_t k = unit->first_outlet; k < unit->first_outlet + unit->outlets; k++) {
        double flow = f->outlet[k];
        if (r->outlet_row[k] == mix) {
            mixed += flow;
        } else if (map->outlet[k - unit->first_outlet].quality == PARK_QUALITY_FIXED) {
            for (size_t c = 0; c < C; c++)
                b[c] -= flow * r->outlet_base[k * C + c];
        } else if (r->outlet_row[k] == feed && feed >= 0) {
            double *from = entry(r, mix, feed);
            for (size_t c = 0; c < C; c++) {
                from[c] -= flow * r->outlet_coef[k * C + c];
                b[c] -= flow * r->outlet_base[k * C + c];
            }
        }
    }
    double *diagonal = entry(r, mix, mix);
    for (size_t c = 0; c < C; c++)
        diagonal[c] -= mixed;
    r->leaving[mix] = mixed;
    if (p->variable[u])
        r->volume_rate[mix] = f->net[u];
}

static void link_set(park_rates *r, const park_conditions *now, const park_flows *f, size_t l)
{
    const park_layout    *p    = r->layout;
    const park_link_info *link = &p->model->link[l];
    size_t                C = p->constituents, k = (size_t)link->outlet;
    int32_t               in = park_layout_row_in(p, link->to), out = r->outlet_row[k];
    double                flow = f->link[l];
    if (in < 0 || flow <= 0.0)
        return;
    bool          whole   = p->feed_row[link->to] >= 0; /* removal acts behind the feed row */
    const double *removed = now->map[link->to]->removed_share;
    double       *b = r->source + (size_t)in * C, *from = out < 0 ? NULL : entry(r, in, out);
    for (size_t c = 0; c < C; c++) {
        double kept = whole ? flow : flow * (1.0 - removed[c]);
        b[c] += kept * r->outlet_base[k * C + c];
        if (from != NULL)
            from[c] += kept * r->outlet_coef[k * C + c];
    }
}

void park_rates_set(park_rates *r, const park_conditions *conditions, const park_flows *flows)
{
    const park_layout *p = r->layout;
    size_t             R = p->rows, C = p->constituents;
    memset(r->transfer, 0, r->blocks->entries * C * sizeof(double));
    memset(r->source, 0, R * C * sizeof(double));
    memset(r->volume_rate, 0, R * sizeof(double));
    memset(r->leaving, 0, R * sizeof(double));
    for (size_t k = 0; k < p->outlets; k++)
        outlet_set(r, flows, conditions->map[p->model->outlet[k].unit], (size_t)p->model->outlet[k].unit, k);
    for (size_t u = 0; u < p->units; u++)
        unit_set(r, conditions, flows, u);
    for (size_t l = 0; l < p->links; l++)
        link_set(r, conditions, flows, l);
    r->live_count = 0;
    for (size_t e = 0; e < r->blocks->entries; e++) {
        r->alive[e] = false;
        for (size_t c = 0; c < C && !r->alive[e]; c++)
            r->alive[e] = r->transfer[e * C + c] != 0.0;
        if (r->alive[e])
            r->live[r->live_count++] = (int32_t)e;
    }
}

void park_rates_apply(const park_rates *r, const double *conc, double *f)
{
    const park_blocks *b = r->blocks;
    size_t             C = b->width, R = b->size;
    memcpy(f, r->source, R * C * sizeof *f);
    for (size_t i = 0; i < r->live_count; i++) {
        size_t        e = (size_t)r->live[i];
        const double *t = r->transfer + e * C, *x = conc + (size_t)b->entry_column[e] * C;
        double       *to = f + (size_t)b->entry_row[e] * C;
        for (size_t c = 0; c < C; c++)
            to[c] += t[c] * x[c];
    }
}

void park_rates_incoming(const park_rates *r, const park_flows *flows, int32_t unit, const double *conc,
                         double *mass)
{
    const park_layout    *p    = r->layout;
    const park_unit_info *info = &p->model->unit[unit];
    size_t                C    = p->constituents;
    memset(mass, 0, C * sizeof *mass);
    for (int32_t e = p->in_start[info->first_inlet]; e < p->in_start[info->first_inlet + info->inlets]; e++) {
        int32_t l = p->in_link[e];
        for (size_t c = 0; c < C && flows->link[l] > 0.0; c++)
            mass[c] += flows->link[l] * park_rates_outlet(r, (size_t)p->model->link[l].outlet, c, conc);
    }
}
