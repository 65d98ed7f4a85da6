/* Expressions of a merged program and the shares that variants have in them; Eq. (O62), (O63) of docs/math/optimization.md. */
#include "design/merge_parts.h"

#include <string.h>

static const park_label NO_BOUND = {.zh = "有措施改变的流量没有上界",
                                    .en = "a flow that a retrofit changes has no bound"};
static const double PROPORTION   = 1e-13; /* coefficients that differ by less change in one proportion [-] */

/* ---- linear expressions ------------------------------------------------------------------------------------------------ */

void park_terms_add(park_merge *m, park_terms *sum, int32_t col, double coef)
{
    if (coef == 0.0 || m->failed)
        return;
    if (sum->count == sum->cap) {
        size_t   cap   = sum->cap == 0 ? 16 : 2 * sum->cap;
        int32_t *index = PARK_ARRAY(m->arena, cap, int32_t);
        double  *value = PARK_ARRAY(m->arena, cap, double);
        if (index == NULL || value == NULL) {
            m->failed = true;
            return;
        }
        if (sum->count > 0) {
            memcpy(index, sum->index, sum->count * sizeof *index);
            memcpy(value, sum->value, sum->count * sizeof *value);
        }
        sum->index = index, sum->value = value, sum->cap = cap;
    }
    sum->index[sum->count] = col, sum->value[sum->count++] = coef;
}

int32_t park_merge_row(park_merge *m, const park_terms *sum, double lo, double hi, const char *name)
{
    if (m->failed || (isinf(lo) && isinf(hi)))
        return -1;
    int32_t at = park_program_row(&m->program, lo - sum->constant, hi - sum->constant, sum->count, sum->index,
                                  sum->value, -1, name);
    m->failed  = m->failed || at < 0;
    return at;
}

/* coef y_v; y_0 = 1 - the others. */
void park_merge_add_y(park_merge *m, park_terms *sum, size_t s, size_t v, double coef)
{
    if (v > 0) {
        park_terms_add(m, sum, m->y[s] + (int32_t)v - 1, coef);
        return;
    }
    sum->constant += coef;
    for (size_t w = 1; w < park_merge_site(m, s)->variants; w++)
        park_terms_add(m, sum, m->y[s] + (int32_t)w - 1, -coef);
}

/* ---- shares of expressions (O63) ---------------------------------------------------------------------------------------- */

const park_bound_change *park_merge_bound(const park_merge *m, size_t s, size_t v, int32_t col)
{
    const park_changes *c = m->changes[s][v];
    for (size_t i = 0; v > 0 && i < c->bounds; i++)
        if (c->bound[i].col == col)
            return &c->bound[i];
    return NULL;
}

/* Several sites change it: the variant's own, and the ends of what the others add. */
static void bounds_together(const park_merge *m, size_t s, size_t v, int32_t col, double *lo, double *hi)
{
    const park_program *p = &m->base->program;
    *lo = p->col_lo[col], *hi = p->col_hi[col];
    for (size_t t = 0; t < m->sites->count; t++) {
        double less = 0.0, more = 0.0;
        for (size_t w = 1; w < park_merge_site(m, t)->variants; w++) {
            const park_bound_change *b = park_merge_bound(m, t, w, col);
            if (b == NULL || (t == s && w != v))
                continue;
            less = t == s ? b->lo - p->col_lo[col] : fmin(less, b->lo - p->col_lo[col]);
            more = t == s ? b->hi - p->col_hi[col] : fmax(more, b->hi - p->col_hi[col]);
        }
        *lo += less, *hi += more;
    }
}

void park_merge_bounds(const park_merge *m, size_t s, size_t v, int32_t col, double *lo, double *hi)
{
    if (m->movers[col] > 1) {
        bounds_together(m, s, v, col, lo, hi);
        return;
    }
    bool varies = false;
    for (size_t w = 1; w < park_merge_site(m, s)->variants; w++) {
        const park_changes *c = m->changes[s][w];
        for (size_t i = 0; i < c->bounds; i++)
            if (c->bound[i].col == col) {
                varies = true;
                if (w == v) {
                    *lo = c->bound[i].lo, *hi = c->bound[i].hi;
                    return;
                }
            }
    }
    *lo = varies ? m->base->program.col_lo[col] : m->lo[col];
    *hi = varies ? m->base->program.col_hi[col] : m->hi[col];
}

/* Is the expression all that flows into one of the site's units in a season? The part of the site; -1: it is not. */
static int32_t is_inflow(const park_merge *m, size_t s, size_t count, const int32_t *index,
                         const double *value, size_t *season)
{
    const park_formulation *f     = m->base;
    const park_super       *super = f->super;
    const park_site        *site  = park_merge_site(m, s);
    for (size_t i = 0; i < count; i++)
        if (value[i] != 1.0)
            return -1;
    for (size_t p = 0; p < site->parts; p++)
        for (size_t t = 0; site->part[p].kind == PARK_PART_UNIT && t < super->seasons; t++) {
            size_t found = 0, links = 0, u = (size_t)site->part[p].index;
            if (park_sites_stage_of(m->sites, t / super->per) != site->stage)
                continue;
            for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
                int32_t col = f->link_flow[PARK_FORM_SL(f, t, super->in_link[e])];
                links += col >= 0;
                for (size_t i = 0; i < count; i++)
                    found += index[i] == col;
            }
            if (links > 0 && found == count && links == count) {
                *season = t;
                return (int32_t)p;
            }
        }
    return -1;
}

static void share_bounds(const park_merge *m, const park_share *share, size_t v, double *lo, double *hi)
{
    size_t season, s = (size_t)share->site;
    *lo = *hi = 0.0;
    for (size_t i = 0; i < share->count; i++) {
        double least, most, g = share->value[i];
        park_merge_bounds(m, s, v, share->index[i], &least, &most);
        *lo += g * (g > 0.0 ? least : most);
        *hi += g * (g > 0.0 ? most : least);
    }
    int32_t part = is_inflow(m, s, share->count, share->index, share->value, &season);
    if (part >= 0) {
        const park_super *copies = m->sites->copies;
        const park_site  *site = park_merge_site(m, s), *first = park_merge_site(m, site->first);
        size_t copy = (size_t)(site->sites > 1 ? first->corner[part] : park_site_copy(site, (size_t)part, v));
        const park_face *face = PARK_SUPER_FACE(copies, season, copy);
        *lo                   = fmax(*lo, face->lo * m->base->flow_unit * (1.0 - 1e-12));
        *hi                   = fmin(*hi, face->hi * m->base->flow_unit * (1.0 + 1e-12));
    }
}

/* L_v y_v <= x_v <= H_v y_v, the share of variant 0 being what the others leave. */
static void share_rows(park_merge *m, const park_share *share)
{
    size_t s = (size_t)share->site;
    for (size_t v = 0; v < park_merge_site(m, s)->variants; v++) {
        double lo, hi;
        share_bounds(m, share, v, &lo, &hi);
        if (!isfinite(lo) || !isfinite(hi)) {
            m->refused = &NO_BOUND;
            return;
        }
        for (int side = 0; side < 2; side++) {
            park_terms sum = {0};
            for (size_t i = 0; v == 0 && i < share->count; i++)
                park_terms_add(m, &sum, share->index[i], share->value[i]);
            for (size_t w = 1; w < park_merge_site(m, s)->variants; w++)
                if (v == 0 || v == w)
                    park_terms_add(m, &sum, share->column + (int32_t)w - 1, v == 0 ? -1.0 : 1.0);
            park_merge_add_y(m, &sum, s, v, side == 0 ? -lo : -hi);
            park_merge_row(m, &sum, side == 0 ? 0.0 : -INFINITY, side == 0 ? INFINITY : 0.0,
                           "share of a variant");
        }
    }
}

static bool same_share(const park_share *a, size_t s, size_t count, const int32_t *index, const double *value)
{
    if ((size_t)a->site != s || a->count != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (a->index[i] != index[i] || fabs(a->value[i] - value[i]) > PROPORTION)
            return false;
    return true;
}

/* The share of g x at a site, made when new; `scale` x it is the expression asked for. NULL: out of memory or refused. */
const park_share *park_merge_share(park_merge *m, size_t s, size_t count, int32_t *index, double *value,
                                   double *scale)
{
    const park_formulation *f = m->base;
    size_t                  season;
    *scale = value[0];
    for (size_t i = 0; i < count; i++)
        value[i] /= *scale;
    int32_t part = is_inflow(m, s, count, index, value, &season);
    int32_t flow =
        part < 0 ? -1 : f->unit_flow[PARK_FORM_SU(f, season, park_merge_site(m, s)->part[part].index)];
    if (flow >= 0) /* the same flow has a column already */
        count = 1, index[0] = flow, value[0] = 1.0;
    for (size_t i = 0; i < m->shares; i++)
        if (same_share(&m->share[i], s, count, index, value))
            return &m->share[i];
    park_share share = {.site  = (int32_t)s,
                        .count = count,
                        .index = PARK_ARRAY(m->arena, count, int32_t),
                        .value = PARK_ARRAY(m->arena, count, double)};
    if (share.index == NULL || share.value == NULL ||
        !PARK_GROW(m->arena, m->share, m->shares, m->shares_cap)) {
        m->failed = true;
        return NULL;
    }
    memcpy(share.index, index, count * sizeof *index);
    memcpy(share.value, value, count * sizeof *value);
    for (size_t v = 1; v < park_merge_site(m, s)->variants; v++) {
        double lo, hi;
        share_bounds(m, &share, v, &lo, &hi);
        int32_t col = park_program_col(&m->program, PARK_COL_OTHER, fmin(lo, 0.0), fmax(hi, 0.0), 0.0, NULL);
        m->failed   = m->failed || col < 0;
        if (v == 1)
            share.column = col;
    }
    share_rows(m, &share);
    m->share[m->shares++] = share;
    return m->failed || m->refused != NULL ? NULL : &m->share[m->shares - 1];
}

/* times x the share of variant v of scale g x. */
void park_merge_add_share(park_merge *m, park_terms *sum, const park_share *share, size_t v, double times)
{
    if (share == NULL)
        return;
    if (v > 0) {
        park_terms_add(m, sum, share->column + (int32_t)v - 1, times);
        return;
    }
    for (size_t i = 0; i < share->count; i++)
        park_terms_add(m, sum, share->index[i], times * share->value[i]);
    for (size_t w = 1; w < park_merge_site(m, (size_t)share->site)->variants; w++)
        park_terms_add(m, sum, share->column + (int32_t)w - 1, -times);
}

/* ---- what varies at a site, column by column ------------------------------------------------------------------------- */

/* Does every variant add a multiple of one vector? Fills `times` [variants] and the vector. */
static bool in_proportion(const park_spread *w, double *times, double *vector)
{
    size_t first = 0;
    for (size_t v = 1; v < w->variants && first == 0; v++)
        for (size_t i = 0; i < w->count; i++)
            if (w->d[v][i] != 0.0)
                first = v;
    if (first == 0)
        return false;
    size_t at = 0;
    while (w->d[first][at] == 0.0)
        at++;
    for (size_t v = 1; v < w->variants; v++) {
        times[v] = w->d[v][at] / w->d[first][at];
        for (size_t i = 0; i < w->count; i++)
            if (fabs(w->d[v][i] - times[v] * w->d[first][i]) > PROPORTION * fabs(w->d[v][i]))
                return false;
    }
    memcpy(vector, w->d[first], w->count * sizeof *vector);
    return true;
}

/* sum_v d_v x_v, by one share where the coefficients change in proportion, else by one a column (O62). */
void park_merge_add_spread(park_merge *m, size_t s, const park_spread *w, park_terms *sum)
{
    double   times[PARK_SITE_VARIANTS], scale;
    double  *vector = PARK_ARRAY(m->arena, w->count + 1, double);
    int32_t *index  = PARK_ARRAY(m->arena, w->count + 1, int32_t);
    if (vector == NULL || index == NULL) {
        m->failed = true;
        return;
    }
    if (w->count == 0)
        return;
    if (in_proportion(w, times, vector)) {
        size_t kept = 0;
        for (size_t i = 0; i < w->count; i++)
            if (vector[i] != 0.0)
                index[kept] = w->col[i], vector[kept++] = vector[i];
        const park_share *share = park_merge_share(m, s, kept, index, vector, &scale);
        for (size_t v = 1; v < w->variants; v++)
            park_merge_add_share(m, sum, share, v, times[v] * scale);
        return;
    }
    for (size_t i = 0; i < w->count; i++) {
        bool varies = false;
        for (size_t v = 1; v < w->variants; v++)
            varies = varies || w->d[v][i] != 0.0;
        if (!varies)
            continue;
        index[0] = w->col[i], vector[0] = 1.0;
        const park_share *share = park_merge_share(m, s, 1, index, vector, &scale);
        for (size_t v = 1; v < w->variants; v++)
            park_merge_add_share(m, sum, share, v, w->d[v][i]);
    }
}

bool park_spread_new(park_merge *m, size_t variants, size_t most, park_spread *w)
{
    *w = (park_spread){.variants = variants,
                       .col      = PARK_ARRAY(m->arena, most + 1, int32_t),
                       .d        = PARK_ARRAY(m->arena, variants, double *)};
    for (size_t v = 0; w->d != NULL && v < variants; v++)
        if ((w->d[v] = PARK_ARRAY(m->arena, most + 1, double)) == NULL)
            w->d = NULL;
    m->failed = m->failed || w->col == NULL || w->d == NULL;
    return !m->failed;
}

size_t park_spread_place(park_spread *w, int32_t col)
{
    for (size_t i = 0; i < w->count; i++)
        if (w->col[i] == col)
            return i;
    w->col[w->count] = col;
    return w->count++;
}

const park_row_change *park_merge_change(const park_merge *m, size_t s, size_t v, size_t r)
{
    const park_changes *c = m->changes[s][v];
    for (size_t i = 0; v > 0 && m->touched[r] && i < c->rows; i++)
        if (c->row[i].row == (int32_t)r)
            return &c->row[i];
    return NULL;
}
