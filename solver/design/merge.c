#include "design/merge.h"

#include <stdlib.h>
#include <string.h>

static const park_label NO_BOUND = {.zh = "有措施改变的流量没有上界",
                                    .en = "a flow that a retrofit changes has no bound"};
static const park_label MEET     = {.zh = "多个单元的措施同时决定一条约束是否存在",
                                    .en = "retrofits of several units meet in a row that some of them drop"};
static const park_label SHAPE    = {.zh = "有措施改变了单元的约束形式",
                                    .en = "a retrofit changes what the program of its unit is made of"};
static const double PROPORTION   = 1e-13; /* coefficients that differ by less change in one proportion [-] */

/* ---- linear expressions ------------------------------------------------------------------------------------------------ */

typedef struct terms {
    size_t   count, cap;
    int32_t *index;
    double  *value;
    double   constant;
} terms;

static void add(park_merge *m, terms *sum, int32_t col, double coef)
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

static int32_t row(park_merge *m, const terms *sum, double lo, double hi, const char *name)
{
    if (m->failed || (isinf(lo) && isinf(hi)))
        return -1;
    int32_t at = park_program_row(&m->program, lo - sum->constant, hi - sum->constant, sum->count, sum->index,
                                  sum->value, -1, name);
    m->failed  = m->failed || at < 0;
    return at;
}

static const park_site *site_of(const park_merge *m, size_t s)
{
    return &m->sites->site[s];
}

/* coef y_v; y_0 = 1 - the others. */
static void add_y(park_merge *m, terms *sum, size_t s, size_t v, double coef)
{
    if (v > 0) {
        add(m, sum, m->y[s] + (int32_t)v - 1, coef);
        return;
    }
    sum->constant += coef;
    for (size_t w = 1; w < site_of(m, s)->variants; w++)
        add(m, sum, m->y[s] + (int32_t)w - 1, -coef);
}

/* ---- shares of expressions (O63) ---------------------------------------------------------------------------------------- */

static void col_bounds(const park_merge *m, size_t s, size_t v, int32_t col, double *lo, double *hi)
{
    bool varies = false;
    for (size_t w = 1; w < site_of(m, s)->variants; w++) {
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

/* Is the expression all that flows into the site's unit in a season? */
static bool is_inflow(const park_merge *m, size_t s, size_t count, const int32_t *index, const double *value,
                      size_t *season)
{
    const park_formulation *f     = m->base;
    const park_super       *super = f->super;
    size_t                  u     = (size_t)site_of(m, s)->unit;
    for (size_t i = 0; i < count; i++)
        if (value[i] != 1.0)
            return false;
    for (size_t t = 0; t < super->seasons; t++) {
        size_t found = 0, links = 0;
        for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
            int32_t col = f->link_flow[PARK_FORM_SL(f, t, super->in_link[e])];
            links += col >= 0;
            for (size_t i = 0; i < count; i++)
                found += index[i] == col;
        }
        if (links > 0 && found == count && links == count) {
            *season = t;
            return true;
        }
    }
    return false;
}

static void share_bounds(const park_merge *m, const park_share *share, size_t v, double *lo, double *hi)
{
    size_t season, s = (size_t)share->site;
    *lo = *hi = 0.0;
    for (size_t i = 0; i < share->count; i++) {
        double least, most, g = share->value[i];
        col_bounds(m, s, v, share->index[i], &least, &most);
        *lo += g * (g > 0.0 ? least : most);
        *hi += g * (g > 0.0 ? most : least);
    }
    if (is_inflow(m, s, share->count, share->index, share->value, &season)) {
        const park_super *copies = m->sites->copies;
        const park_face  *face   = PARK_SUPER_FACE(copies, season, site_of(m, s)->copy[v]);
        *lo                      = fmax(*lo, face->lo * m->base->flow_unit * (1.0 - 1e-12));
        *hi                      = fmin(*hi, face->hi * m->base->flow_unit * (1.0 + 1e-12));
    }
}

/* L_v y_v <= x_v <= H_v y_v, the share of variant 0 being what the others leave. */
static void share_rows(park_merge *m, const park_share *share)
{
    size_t s = (size_t)share->site;
    for (size_t v = 0; v < site_of(m, s)->variants; v++) {
        double lo, hi;
        share_bounds(m, share, v, &lo, &hi);
        if (!isfinite(lo) || !isfinite(hi)) {
            m->refused = &NO_BOUND;
            return;
        }
        for (int side = 0; side < 2; side++) {
            terms sum = {0};
            for (size_t i = 0; v == 0 && i < share->count; i++)
                add(m, &sum, share->index[i], share->value[i]);
            for (size_t w = 1; w < site_of(m, s)->variants; w++)
                if (v == 0 || v == w)
                    add(m, &sum, share->column + (int32_t)w - 1, v == 0 ? -1.0 : 1.0);
            add_y(m, &sum, s, v, side == 0 ? -lo : -hi);
            row(m, &sum, side == 0 ? 0.0 : -INFINITY, side == 0 ? INFINITY : 0.0, "share of a variant");
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
static const park_share *share_of(park_merge *m, size_t s, size_t count, int32_t *index, double *value,
                                  double *scale)
{
    const park_formulation *f = m->base;
    size_t                  season, u = (size_t)site_of(m, s)->unit;
    *scale = value[0];
    for (size_t i = 0; i < count; i++)
        value[i] /= *scale;
    if (is_inflow(m, s, count, index, value, &season) && f->unit_flow[PARK_FORM_SU(f, season, u)] >= 0) {
        count    = 1,
        index[0] = f->unit_flow[PARK_FORM_SU(f, season, u)]; /* the same flow has a column already */
        value[0] = 1.0;
    }
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
    for (size_t v = 1; v < site_of(m, s)->variants; v++) {
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
static void add_share(park_merge *m, terms *sum, const park_share *share, size_t v, double times)
{
    if (share == NULL)
        return;
    if (v > 0) {
        add(m, sum, share->column + (int32_t)v - 1, times);
        return;
    }
    for (size_t i = 0; i < share->count; i++)
        add(m, sum, share->index[i], times * share->value[i]);
    for (size_t w = 1; w < site_of(m, (size_t)share->site)->variants; w++)
        add(m, sum, share->column + (int32_t)w - 1, -times);
}

/* ---- what varies at a site, column by column ------------------------------------------------------------------------- */

/* d[v][i]: what variant v adds to the coefficient of col[i]. */
typedef struct spread {
    size_t   count, variants;
    int32_t *col;
    double **d;
} spread;

/* Does every variant add a multiple of one vector? Fills `times` [variants] and the vector. */
static bool in_proportion(const spread *w, double *times, double *vector)
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
static void add_spread(park_merge *m, size_t s, const spread *w, terms *sum)
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
        const park_share *share = share_of(m, s, kept, index, vector, &scale);
        for (size_t v = 1; v < w->variants; v++)
            add_share(m, sum, share, v, times[v] * scale);
        return;
    }
    for (size_t i = 0; i < w->count; i++) {
        bool varies = false;
        for (size_t v = 1; v < w->variants; v++)
            varies = varies || w->d[v][i] != 0.0;
        if (!varies)
            continue;
        index[0] = w->col[i], vector[0] = 1.0;
        const park_share *share = share_of(m, s, 1, index, vector, &scale);
        for (size_t v = 1; v < w->variants; v++)
            add_share(m, sum, share, v, w->d[v][i]);
    }
}

static bool spread_new(park_merge *m, size_t variants, size_t most, spread *w)
{
    *w = (spread){.variants = variants,
                  .col      = PARK_ARRAY(m->arena, most + 1, int32_t),
                  .d        = PARK_ARRAY(m->arena, variants, double *)};
    for (size_t v = 0; w->d != NULL && v < variants; v++)
        if ((w->d[v] = PARK_ARRAY(m->arena, most + 1, double)) == NULL)
            w->d = NULL;
    m->failed = m->failed || w->col == NULL || w->d == NULL;
    return !m->failed;
}

static size_t place_in(spread *w, int32_t col)
{
    for (size_t i = 0; i < w->count; i++)
        if (w->col[i] == col)
            return i;
    w->col[w->count] = col;
    return w->count++;
}

static const park_row_change *change_of(const park_merge *m, size_t s, size_t v, size_t r)
{
    const park_changes *c = m->changes[s][v];
    for (size_t i = 0; v > 0 && m->touched[r] && i < c->rows; i++)
        if (c->row[i].row == (int32_t)r)
            return &c->row[i];
    return NULL;
}

/* ---- rows --------------------------------------------------------------------------------------------------------------- */

/* a_v x_v in [lo y_v, hi y_v]: a row that stands in one variant. */
static void own_row(park_merge *m, size_t s, size_t v, double lo, double hi, size_t count,
                    const int32_t *index, const double *value, bool redundant)
{
    for (int side = 0; side < 2; side++) {
        terms  sum   = {0};
        double bound = side == 0 ? lo : hi, scale;
        if (isinf(bound))
            continue;
        for (size_t i = 0; i < count; i++) {
            int32_t col = index[i];
            double  one = 1.0;
            add_share(m, &sum, share_of(m, s, 1, &col, &one, &scale), v, value[i]);
        }
        add_y(m, &sum, s, v, -bound);
        int32_t at = row(m, &sum, side == 0 || lo == hi ? 0.0 : -INFINITY,
                         side == 1 || lo == hi ? 0.0 : INFINITY, "row of a variant");
        if (at >= 0)
            m->program.redundant[at] = redundant;
        if (lo == hi)
            return;
    }
}

/* Which site's variants drop the row: then it is written for each of them; -1 none, -2 several sites meet in it. */
static int32_t owner_of(const park_merge *m, size_t r, bool *changed)
{
    int32_t owner = -1;
    bool    other = false;
    *changed      = false;
    for (size_t s = 0; m->touched[r] && s < m->sites->count; s++) {
        bool here = false, gone = false;
        for (size_t v = 1; v < site_of(m, s)->variants; v++) {
            const park_row_change *c = change_of(m, s, v, r);
            here                     = here || c != NULL;
            gone                     = gone || (c != NULL && c->gone);
        }
        other    = other || (*changed && here);
        *changed = *changed || here;
        if (gone)
            owner = (int32_t)s;
    }
    return owner >= 0 && other ? -2 : owner;
}

/* Bounds of a merged row: those of the base and what the variants add, on the left side. */
static void add_bounds(park_merge *m, terms *sum, size_t r, bool upper)
{
    const park_program *p    = &m->base->program;
    double              here = upper ? p->row_hi[r] : p->row_lo[r];
    for (size_t s = 0; s < m->sites->count; s++)
        for (size_t v = 1; v < site_of(m, s)->variants; v++) {
            const park_row_change *c = change_of(m, s, v, r);
            if (c != NULL)
                add_y(m, sum, s, v, here - (upper ? c->hi : c->lo));
        }
}

static bool shifts_alike(const park_merge *m, size_t r)
{
    const park_program *p = &m->base->program;
    for (size_t s = 0; s < m->sites->count; s++)
        for (size_t v = 1; v < site_of(m, s)->variants; v++) {
            const park_row_change *c = change_of(m, s, v, r);
            if (c != NULL && c->hi - p->row_hi[r] != c->lo - p->row_lo[r])
                return false;
        }
    return true;
}

static void spread_of_row(park_merge *m, size_t s, size_t r, terms *sum)
{
    const park_program *p        = &m->base->program;
    size_t              variants = site_of(m, s)->variants, most = p->start[r + 1] - p->start[r];
    bool                any = false;
    spread              w;
    for (size_t v = 1; v < variants; v++) {
        const park_row_change *c = change_of(m, s, v, r);
        any                      = any || c != NULL;
        most += c != NULL ? c->count : 0;
    }
    if (!any || !spread_new(m, variants, most, &w))
        return;
    for (size_t v = 1; v < variants; v++) {
        const park_row_change *c = change_of(m, s, v, r);
        for (size_t e = p->start[r]; c != NULL && e < p->start[r + 1]; e++)
            w.d[v][place_in(&w, p->index[e])] -= p->value[e];
        for (size_t e = 0; c != NULL && e < c->count; e++)
            w.d[v][place_in(&w, c->index[e])] += c->value[e];
    }
    add_spread(m, s, &w, sum);
}

/* What the items add to rows that sum over the whole park: the budget, an objective that is held. */
static void add_items(park_merge *m, terms *sum, const char *name)
{
    const park_sites *sites  = m->sites;
    bool              budget = name != NULL && strcmp(name, "budget") == 0,
         held                = name != NULL && strcmp(name, "objective held") == 0 &&
                sites->settings->held_kind == PARK_MIN_COST;
    for (size_t i = 0; i < sites->model->retrofits; i++) {
        if (budget)
            add(m, sum, m->item[i],
                park_retrofit_capital(sites->model, (int32_t)i) / sites->model->economics.budget);
        if (held)
            add(m, sum, m->item[i], park_retrofit_yearly(sites->model, (int32_t)i) * m->base->rate_unit);
    }
}

static void base_row(park_merge *m, size_t r, bool *budget)
{
    const park_program *p    = &m->base->program;
    const char         *name = p->row_name[r];
    bool                changed;
    int32_t             owner = owner_of(m, r, &changed);
    terms               sum   = {0};
    *budget                   = *budget || (name != NULL && strcmp(name, "budget") == 0);
    if (owner == -2) {
        m->refused = &MEET;
        return;
    }
    if (owner >= 0) {
        size_t s = (size_t)owner, count = p->start[r + 1] - p->start[r];
        own_row(m, s, 0, p->row_lo[r], p->row_hi[r], count, p->index + p->start[r], p->value + p->start[r],
                p->redundant[r]);
        for (size_t v = 1; v < site_of(m, s)->variants; v++) {
            const park_row_change *c = change_of(m, s, v, r);
            if (c == NULL)
                own_row(m, s, v, p->row_lo[r], p->row_hi[r], count, p->index + p->start[r],
                        p->value + p->start[r], p->redundant[r]);
            else if (!c->gone)
                own_row(m, s, v, c->lo, c->hi, c->count, c->index, c->value, c->redundant);
        }
        return;
    }
    for (size_t e = p->start[r]; e < p->start[r + 1]; e++)
        add(m, &sum, p->index[e], p->value[e]);
    add_items(m, &sum, name);
    for (size_t s = 0; changed && s < m->sites->count; s++)
        spread_of_row(m, s, r, &sum);
    bool together = !changed || isinf(p->row_lo[r]) || isinf(p->row_hi[r]) || shifts_alike(m, r);
    for (int side = 0; side < (together ? 1 : 2); side++) {
        terms all   = sum;
        bool  upper = together ? isinf(p->row_lo[r]) : side == 1;
        all.cap     = all.count; /* the sides share what stands so far: the next term makes a copy */
        if (changed)
            add_bounds(m, &all, r, upper);
        int32_t at = row(m, &all, together || !upper ? p->row_lo[r] : -INFINITY,
                         together || upper ? p->row_hi[r] : INFINITY, name);
        if (at >= 0)
            m->program.redundant[at] = p->redundant[r];
    }
}

/* Bounds that are a unit's own word differ by variant; those of lifted columns follow from others. */
static void bound_rows(park_merge *m, size_t s, int32_t col)
{
    const park_program *p = &m->base->program;
    if (p->col_class[col] == PARK_COL_LIFTED || p->col_class[col] == PARK_COL_OTHER)
        return;
    for (int side = 0; side < 2; side++) {
        terms sum    = {0};
        bool  finite = true;
        add(m, &sum, col, 1.0);
        for (size_t v = 0; v < site_of(m, s)->variants; v++) {
            double lo, hi;
            col_bounds(m, s, v, col, &lo, &hi);
            finite = finite && isfinite(side == 0 ? lo : hi);
            if (finite)
                add_y(m, &sum, s, v, side == 0 ? -lo : -hi);
        }
        if (finite)
            row(m, &sum, side == 0 ? 0.0 : -INFINITY, side == 0 ? INFINITY : 0.0, "bound of a variant");
    }
}

static bool first_bound(const park_merge *m, size_t s, size_t v, int32_t col)
{
    for (size_t w = 1; w < v; w++)
        for (size_t i = 0; i < m->changes[s][w]->bounds; i++)
            if (m->changes[s][w]->bound[i].col == col)
                return false;
    return true;
}

static void site_rows(park_merge *m, size_t s)
{
    for (size_t v = 1; v < site_of(m, s)->variants; v++) {
        const park_changes *c = m->changes[s][v];
        for (size_t i = 0; i < c->rows; i++)
            if (c->row[i].row < 0)
                own_row(m, s, v, c->row[i].lo, c->row[i].hi, c->row[i].count, c->row[i].index,
                        c->row[i].value, c->row[i].redundant);
        for (size_t i = 0; i < c->bounds; i++)
            if (first_bound(m, s, v, c->bound[i].col))
                bound_rows(m, s, c->bound[i].col);
    }
}

/* ---- items ------------------------------------------------------------------------------------------------------------------ */

/* A variant stands when just its items are taken: sum over the variants with an item = the item (O64). */
static void variants_of_items(park_merge *m, size_t s)
{
    const park_site *site = site_of(m, s);
    terms            one  = {0};
    for (size_t v = 1; v < site->variants; v++)
        add_y(m, &one, s, v, 1.0);
    row(m, &one, -INFINITY, 1.0, "one variant");
    for (size_t a = 0; a < site->items; a++) {
        terms sum = {0};
        for (size_t v = 1; v < site->variants; v++)
            if (site->set[v] >> a & 1u)
                add_y(m, &sum, s, v, 1.0);
        add(m, &sum, m->item[site->item[a]], -1.0);
        row(m, &sum, 0.0, 0.0, "items of variants");
    }
}

static void partners(park_merge *m, size_t i)
{
    const park_retrofit *r = &m->sites->model->retrofit[i];
    for (size_t j = 0; j < r->requires_count; j++) {
        terms sum = {0};
        add(m, &sum, m->item[i], 1.0);
        add(m, &sum, m->item[r->requires_[j]], -1.0);
        row(m, &sum, -INFINITY, 0.0, "requires");
    }
    for (size_t j = 0; j < r->excludes_count; j++) {
        terms sum = {0};
        add(m, &sum, m->item[i], 1.0);
        add(m, &sum, m->item[r->excludes_[j]], 1.0);
        row(m, &sum, -INFINITY, 1.0, "excludes");
    }
}

/* No water passes through a storage that is left out. */
static void shut_links(park_merge *m, size_t i)
{
    const park_formulation *f     = m->base;
    const park_super       *super = f->super;
    int32_t                 unit  = m->sites->storage[i];
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t l = 0; l < super->links; l++) {
            const park_link_info *link = &super->model->link[l];
            int32_t               col  = f->link_flow[PARK_FORM_SL(f, s, l)];
            terms                 sum  = {0};
            if (col < 0 || (link->from != unit && link->to != unit))
                continue;
            add(m, &sum, col, 1.0);
            add(m, &sum, m->item[m->sites->model->retrofits + i], m->hi[col]);
            row(m, &sum, -INFINITY, m->hi[col], "storage left out");
        }
}

static void item_rows(park_merge *m)
{
    const park_sites *sites = m->sites;
    for (size_t s = 0; s < sites->count; s++)
        if (m->y[s] != m->item[site_of(m, s)->item[0]])
            variants_of_items(m, s);
    for (size_t i = 0; i < sites->model->retrofits; i++)
        partners(m, i);
    for (size_t i = 0; i < sites->storages; i++)
        shut_links(m, i);
}

/* ---- columns and costs ----------------------------------------------------------------------------------------------------- */

static void columns(park_merge *m)
{
    const park_sites   *sites = m->sites;
    const park_program *p     = &m->base->program;
    bool                cost  = m->base->kind == PARK_MIN_COST;
    memcpy(m->lo, p->col_lo, p->cols * sizeof *m->lo);
    memcpy(m->hi, p->col_hi, p->cols * sizeof *m->hi);
    for (size_t s = 0; s < sites->count; s++)
        for (size_t v = 1; v < site_of(m, s)->variants; v++)
            for (size_t i = 0; i < m->changes[s][v]->bounds; i++) {
                const park_bound_change *b = &m->changes[s][v]->bound[i];
                m->lo[b->col] = fmin(m->lo[b->col], b->lo), m->hi[b->col] = fmax(m->hi[b->col], b->hi);
            }
    for (size_t j = 0; j < p->cols; j++) {
        int32_t col = p->integer[j] ? park_program_integer(&m->program, m->lo[j], m->hi[j], p->cost[j], NULL)
                                    : park_program_col(&m->program, p->col_class[j], m->lo[j], m->hi[j],
                                                       p->cost[j], NULL);
        m->failed   = m->failed || col < 0;
    }
    for (size_t i = 0; i < p->products; i++)
        m->failed =
            park_program_product(&m->program, p->product[i].w, p->product[i].flow, p->product[i].conc) < 0 ||
            m->failed;
    for (size_t i = 0; i < p->concaves; i++) {
        const park_concave *k = &p->concave[i];
        m->failed = park_program_concave(&m->program, k->t, k->x, k->scale, k->reference, k->exponent) < 0 ||
                    m->failed;
    }
    for (size_t i = 0; i < sites->items; i++) {
        double yearly =
            i < sites->model->retrofits && cost ? park_retrofit_yearly(sites->model, (int32_t)i) : 0.0;
        m->item[i] = park_program_integer(&m->program, 0.0, 1.0, yearly * m->base->rate_unit, NULL);
        m->failed  = m->failed || m->item[i] < 0;
    }
    for (size_t s = 0; s < sites->count; s++) {
        const park_site *site = site_of(m, s);
        m->y[s]               = m->item[site->item[0]];
        for (size_t v = 1; (site->items > 1 || site->variants > 2) && v < site->variants; v++) {
            int32_t col = park_program_col(&m->program, PARK_COL_OTHER, 0.0, 1.0, 0.0, NULL);
            m->failed   = m->failed || col < 0;
            if (v == 1)
                m->y[s] = col;
        }
    }
}

static void costs(park_merge *m)
{
    const park_program *p = &m->base->program;
    m->program.constant   = p->constant;
    for (size_t s = 0; s < m->sites->count && !m->failed && m->refused == NULL; s++) {
        size_t variants = site_of(m, s)->variants;
        terms  sum      = {0};
        spread w;
        if (!spread_new(m, variants, p->cols, &w))
            return;
        for (size_t v = 1; v < variants; v++) {
            const park_changes *c = m->changes[s][v];
            add_y(m, &sum, s, v, c->constant);
            for (size_t j = 0; c->cost != NULL && j < p->cols; j++)
                if (c->cost[j] != 0.0)
                    w.d[v][place_in(&w, (int32_t)j)] += c->cost[j];
        }
        add_spread(m, s, &w, &sum);
        for (size_t i = 0; i < sum.count; i++)
            m->program.cost[sum.index[i]] += sum.value[i];
        m->program.constant += sum.constant;
    }
}

/* Where no row of the base says it. */
static void budget_row(park_merge *m)
{
    double limit = m->sites->model->economics.budget;
    terms  sum   = {0};
    if (!isfinite(limit) || !(limit > 0.0))
        return;
    add_items(m, &sum, "budget");
    if (sum.count > 0)
        row(m, &sum, -INFINITY, 1.0, "budget");
}

/* ---- all together -------------------------------------------------------------------------------------------------------- */

static park_status find_changes(park_merge *m, park_sites *sites, int32_t *pick, park_error *err)
{
    for (size_t s = 0; s < sites->count && m->refused == NULL; s++) {
        const park_site *site = &sites->site[s];
        m->changes[s]         = PARK_ARRAY(m->arena, site->variants, park_changes *);
        if (m->changes[s] == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
        for (size_t v = 1; v < site->variants; v++) {
            park_formulation *f;
            park_arena       *arena = park_arena_new();
            pick[s]                 = (int32_t)v;
            park_status status      = park_sites_formulate(sites, pick, 0.0, 0.0, arena, &f, err);
            if (status == PARK_OK &&
                !park_changes_find(&m->base->program, &f->program, m->arena, &m->changes[s][v]))
                m->refused = &SHAPE;
            park_arena_free(arena);
            PARK_TRY(status);
            if (m->changes[s][v] == NULL)
                return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
            for (size_t i = 0; i < m->changes[s][v]->rows; i++)
                if (m->changes[s][v]->row[i].row >= 0)
                    m->touched[m->changes[s][v]->row[i].row] = true;
        }
        pick[s] = 0;
    }
    return PARK_OK;
}

park_status park_merge_make(park_sites *sites, park_arena *arena, park_merge **result, park_error *err)
{
    park_merge *m    = PARK_NEW(arena, park_merge);
    int32_t    *pick = PARK_ARRAY(arena, sites->count + 1, int32_t);
    if (m == NULL || pick == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the choices");
    *m      = (park_merge){.sites = sites, .arena = arena, .refused = sites->refused};
    *result = m;
    if (m->refused != NULL)
        return PARK_OK;
    PARK_TRY(park_sites_formulate(sites, pick, 0.0, 0.0, arena, &m->base, err));
    sites->conc_scale = m->base->conc_unit;
    m->changes        = PARK_ARRAY(arena, sites->count + 1, park_changes **);
    m->item           = PARK_ARRAY(arena, sites->items + 1, int32_t);
    m->y              = PARK_ARRAY(arena, sites->count + 1, int32_t);
    m->lo             = PARK_ARRAY(arena, m->base->program.cols, double);
    m->hi             = PARK_ARRAY(arena, m->base->program.cols, double);
    m->touched        = PARK_ARRAY(arena, m->base->program.rows + 1, bool);
    if (m->changes == NULL || m->item == NULL || m->y == NULL || m->lo == NULL || m->hi == NULL ||
        m->touched == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the choices");
    PARK_TRY(find_changes(m, sites, pick, err));
    if (m->refused != NULL)
        return PARK_OK;
    bool budget = false;
    park_program_init(&m->program, arena);
    columns(m);
    for (size_t r = 0; r < m->base->program.rows && !m->failed && m->refused == NULL; r++)
        base_row(m, r, &budget);
    for (size_t s = 0; s < sites->count && !m->failed && m->refused == NULL; s++)
        site_rows(m, s);
    if (!m->failed)
        item_rows(m);
    if (!budget)
        budget_row(m);
    costs(m);
    return m->failed ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the choices") : PARK_OK;
}

void park_merge_fill(const park_merge *m, const bool *taken, const int32_t *pick, double *x)
{
    for (size_t i = 0; i < m->sites->items; i++)
        x[m->item[i]] = taken[i] ? 1.0 : 0.0;
    for (size_t s = 0; s < m->sites->count; s++)
        for (size_t v = 1; v < site_of(m, s)->variants; v++)
            x[m->y[s] + (int32_t)v - 1] = pick[s] == (int32_t)v ? 1.0 : 0.0;
    for (size_t i = 0; i < m->shares; i++) {
        const park_share *share = &m->share[i];
        double            value = 0.0;
        for (size_t e = 0; e < share->count; e++)
            value += share->value[e] * x[share->index[e]];
        for (size_t v = 1; v < site_of(m, (size_t)share->site)->variants; v++)
            x[share->column + (int32_t)v - 1] = pick[share->site] == (int32_t)v ? value : 0.0;
    }
}

/* ---- does it add up? (O65) ------------------------------------------------------------------------------------------------ */

/* A row seen from one point: what it sums to there, and its bounds. Rows of two programs are compared as lists of these. */
typedef struct sighting {
    double sum, lo, hi;
} sighting;

static int by_sight(const void *a, const void *b)
{
    const sighting *x = a, *y = b;
    if (x->sum != y->sum)
        return x->sum < y->sum ? -1 : 1;
    if (x->lo != y->lo)
        return x->lo < y->lo ? -1 : 1;
    return x->hi < y->hi ? -1 : x->hi > y->hi;
}

/* A point with nothing in common with the columns' meaning: multiples of the golden ratio, whole parts dropped. */
static double point(int32_t col)
{
    double turns = 0.6180339887498949 * ((double)col + 1.0);
    return turns - floor(turns) + 0.5;
}

static double dot(size_t count, const int32_t *index, const double *value)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += value[i] * point(index[i]);
    return sum;
}

static bool close(double a, double b)
{
    if (isinf(a) || isinf(b))
        return a == b;
    return fabs(a - b) <= 1e-9 * (1.0 + fabs(a) + fabs(b));
}

static size_t see_merged(const park_merge *m, const int32_t *pick, sighting *list)
{
    const park_program *p     = &m->base->program;
    size_t              count = 0;
    for (size_t r = 0; r < p->rows; r++) {
        bool     gone = false;
        double   own  = dot(p->start[r + 1] - p->start[r], p->index + p->start[r], p->value + p->start[r]);
        sighting seen = {own, p->row_lo[r], p->row_hi[r]};
        for (size_t s = 0; s < m->sites->count; s++) {
            const park_row_change *c = change_of(m, s, (size_t)pick[s], r);
            if (c == NULL)
                continue;
            gone = gone || c->gone;
            seen.sum += dot(c->count, c->index, c->value) - own;
            if (isfinite(p->row_lo[r]))
                seen.lo += c->lo - p->row_lo[r];
            if (isfinite(p->row_hi[r]))
                seen.hi += c->hi - p->row_hi[r];
        }
        if (!gone)
            list[count++] = seen;
    }
    for (size_t s = 0; s < m->sites->count; s++) {
        const park_changes *c = pick[s] > 0 ? m->changes[s][pick[s]] : NULL;
        for (size_t i = 0; c != NULL && i < c->rows; i++)
            if (c->row[i].row < 0)
                list[count++] = (sighting){dot(c->row[i].count, c->row[i].index, c->row[i].value),
                                           c->row[i].lo, c->row[i].hi};
    }
    return count;
}

static bool costs_agree(const park_merge *m, const int32_t *pick, const park_program *picked)
{
    const park_program *p        = &m->base->program;
    double              constant = p->constant;
    for (size_t s = 0; s < m->sites->count; s++)
        constant += pick[s] > 0 ? m->changes[s][pick[s]]->constant : 0.0;
    for (size_t j = 0; j < p->cols; j++) {
        double cost = p->cost[j];
        for (size_t s = 0; s < m->sites->count; s++)
            if (pick[s] > 0 && m->changes[s][pick[s]]->cost != NULL)
                cost += m->changes[s][pick[s]]->cost[j];
        if (!close(cost, picked->cost[j]))
            return false;
    }
    return close(constant, picked->constant);
}

bool park_merge_agrees(const park_merge *m, const int32_t *pick, const park_program *picked,
                       park_arena *arena)
{
    size_t most = m->base->program.rows + picked->rows;
    for (size_t s = 0; s < m->sites->count; s++)
        most += pick[s] > 0 ? m->changes[s][pick[s]]->rows : 0;
    sighting *merged = PARK_ARRAY(arena, most + 1, sighting), *own = PARK_ARRAY(arena, most + 1, sighting);
    if (merged == NULL || own == NULL || picked->cols != m->base->program.cols)
        return false;
    size_t count = see_merged(m, pick, merged);
    if (count != picked->rows)
        return false;
    for (size_t r = 0; r < picked->rows; r++)
        own[r] = (sighting){dot(picked->start[r + 1] - picked->start[r], picked->index + picked->start[r],
                                picked->value + picked->start[r]),
                            picked->row_lo[r], picked->row_hi[r]};
    qsort(merged, count, sizeof *merged, by_sight);
    qsort(own, count, sizeof *own, by_sight);
    for (size_t r = 0; r < count; r++)
        if (!close(merged[r].sum, own[r].sum) || !close(merged[r].lo, own[r].lo) ||
            !close(merged[r].hi, own[r].hi))
            return false;
    for (size_t j = 0; j < picked->cols; j++)
        if (picked->col_lo[j] < m->lo[j] - 1e-12 * fabs(m->lo[j]) ||
            picked->col_hi[j] > m->hi[j] + 1e-12 * fabs(m->hi[j]))
            return false;
    return costs_agree(m, pick, picked);
}
