/* Rows of a merged program, and those of its choices; Eq. (O62)-(O64) of docs/math/optimization.md. */
#include "design/merge_parts.h"

#include <string.h>

static const park_label MEET = {.zh = "多个单元的措施同时决定一条约束是否存在",
                                .en = "retrofits of several units meet in a row that some of them drop"};

/* ---- rows --------------------------------------------------------------------------------------------------------------- */

/* a_v x_v in [lo y_v, hi y_v]: a row that stands in one variant. */
static void own_row(park_merge *m, size_t s, size_t v, double lo, double hi, size_t count,
                    const int32_t *index, const double *value, bool redundant)
{
    for (int side = 0; side < 2; side++) {
        park_terms sum   = {0};
        double     bound = side == 0 ? lo : hi, scale;
        if (isinf(bound))
            continue;
        for (size_t i = 0; i < count; i++) {
            int32_t col = index[i];
            double  one = 1.0;
            park_merge_add_share(m, &sum, park_merge_share(m, s, 1, &col, &one, &scale), v, value[i]);
        }
        park_merge_add_y(m, &sum, s, v, -bound);
        int32_t at = park_merge_row(m, &sum, side == 0 || lo == hi ? 0.0 : -INFINITY,
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
        for (size_t v = 1; v < park_merge_site(m, s)->variants; v++) {
            const park_row_change *c = park_merge_change(m, s, v, r);
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
static void add_bounds(park_merge *m, park_terms *sum, size_t r, bool upper)
{
    const park_program *p    = &m->base->program;
    double              here = upper ? p->row_hi[r] : p->row_lo[r];
    for (size_t s = 0; s < m->sites->count; s++)
        for (size_t v = 1; v < park_merge_site(m, s)->variants; v++) {
            const park_row_change *c = park_merge_change(m, s, v, r);
            if (c != NULL)
                park_merge_add_y(m, sum, s, v, here - (upper ? c->hi : c->lo));
        }
}

static bool shifts_alike(const park_merge *m, size_t r)
{
    const park_program *p = &m->base->program;
    for (size_t s = 0; s < m->sites->count; s++)
        for (size_t v = 1; v < park_merge_site(m, s)->variants; v++) {
            const park_row_change *c = park_merge_change(m, s, v, r);
            if (c != NULL && c->hi - p->row_hi[r] != c->lo - p->row_lo[r])
                return false;
        }
    return true;
}

static void spread_of_row(park_merge *m, size_t s, size_t r, park_terms *sum)
{
    const park_program *p        = &m->base->program;
    size_t              variants = park_merge_site(m, s)->variants, most = p->start[r + 1] - p->start[r];
    bool                any = false;
    park_spread         w;
    for (size_t v = 1; v < variants; v++) {
        const park_row_change *c = park_merge_change(m, s, v, r);
        any                      = any || c != NULL;
        most += c != NULL ? c->count : 0;
    }
    if (!any || !park_spread_new(m, variants, most, &w))
        return;
    for (size_t v = 1; v < variants; v++) {
        const park_row_change *c = park_merge_change(m, s, v, r);
        for (size_t e = p->start[r]; c != NULL && e < p->start[r + 1]; e++)
            w.d[v][park_spread_place(&w, p->index[e])] -= p->value[e];
        for (size_t e = 0; c != NULL && e < c->count; e++)
            w.d[v][park_spread_place(&w, c->index[e])] += c->value[e];
    }
    park_merge_add_spread(m, s, &w, sum);
}

void park_merge_add_items(park_merge *m, park_terms *sum, const char *name, size_t budget)
{
    const park_sites *sites = m->sites;
    bool              total = name != NULL && strcmp(name, "budget") == 0,
         year               = name != NULL && strcmp(name, "budget of a year") == 0,
         held               = name != NULL && strcmp(name, "objective held") == 0 &&
                sites->settings->held_kind == PARK_MIN_COST;
    size_t stage = total ? sites->stages - 1 : budget;
    for (size_t i = 0; i < sites->retrofit_items; i++) {
        if ((total || year) && park_sites_stage(sites, i) == stage)
            park_terms_add(m, sum, m->item[i], park_sites_capital(sites, i) / sites->model->economics.budget);
        if (held)
            park_terms_add(m, sum, m->item[i], park_sites_yearly(sites, i) * m->base->rate_unit);
    }
}

void park_merge_base_row(park_merge *m, size_t r, bool *budget)
{
    const park_program *p    = &m->base->program;
    const char         *name = p->row_name[r];
    bool                changed;
    int32_t             owner = owner_of(m, r, &changed);
    park_terms          sum   = {0};
    *budget                   = *budget || (name != NULL && strcmp(name, "budget") == 0);
    size_t year               = 0; /* which of the budgets by years it is */
    for (size_t i = 0; name != NULL && strcmp(name, "budget of a year") == 0 && i < r; i++)
        year += p->row_name[i] != NULL && strcmp(p->row_name[i], name) == 0;
    if (owner == -2) {
        m->refused = &MEET;
        return;
    }
    if (owner >= 0) {
        size_t s = (size_t)owner, count = p->start[r + 1] - p->start[r];
        own_row(m, s, 0, p->row_lo[r], p->row_hi[r], count, p->index + p->start[r], p->value + p->start[r],
                p->redundant[r]);
        for (size_t v = 1; v < park_merge_site(m, s)->variants; v++) {
            const park_row_change *c = park_merge_change(m, s, v, r);
            if (c == NULL)
                own_row(m, s, v, p->row_lo[r], p->row_hi[r], count, p->index + p->start[r],
                        p->value + p->start[r], p->redundant[r]);
            else if (!c->gone)
                own_row(m, s, v, c->lo, c->hi, c->count, c->index, c->value, c->redundant);
        }
        return;
    }
    for (size_t e = p->start[r]; e < p->start[r + 1]; e++)
        park_terms_add(m, &sum, p->index[e], p->value[e]);
    park_merge_add_items(m, &sum, name, year);
    for (size_t s = 0; changed && s < m->sites->count; s++)
        spread_of_row(m, s, r, &sum);
    bool together = !changed || isinf(p->row_lo[r]) || isinf(p->row_hi[r]) || shifts_alike(m, r);
    for (int side = 0; side < (together ? 1 : 2); side++) {
        park_terms all   = sum;
        bool       upper = together ? isinf(p->row_lo[r]) : side == 1;
        all.cap          = all.count; /* the sides share what stands so far: the next term makes a copy */
        if (changed)
            add_bounds(m, &all, r, upper);
        int32_t at = park_merge_row(m, &all, together || !upper ? p->row_lo[r] : -INFINITY,
                                    together || upper ? p->row_hi[r] : INFINITY, name);
        if (at >= 0)
            m->program.redundant[at] = p->redundant[r];
    }
}

/* Bounds that several sites change: what each of them adds. */
static void bound_rows_together(park_merge *m, int32_t col)
{
    const park_program *p = &m->base->program;
    for (int side = 0; side < 2; side++) {
        park_terms sum    = {0};
        double     base   = side == 0 ? p->col_lo[col] : p->col_hi[col];
        bool       finite = isfinite(base);
        park_terms_add(m, &sum, col, 1.0);
        for (size_t s = 0; s < m->sites->count; s++)
            for (size_t v = 1; finite && v < park_merge_site(m, s)->variants; v++) {
                const park_bound_change *b = park_merge_bound(m, s, v, col);
                finite                     = b == NULL || isfinite(side == 0 ? b->lo : b->hi);
                if (b != NULL && finite)
                    park_merge_add_y(m, &sum, s, v, base - (side == 0 ? b->lo : b->hi));
            }
        if (finite)
            park_merge_row(m, &sum, side == 0 ? base : -INFINITY, side == 0 ? INFINITY : base,
                           "bound of a variant");
    }
}

/* Has a site before this one a say in the bounds of a column? */
static bool moved_before(const park_merge *m, size_t s, int32_t col)
{
    for (size_t t = 0; t < s; t++)
        for (size_t v = 1; v < park_merge_site(m, t)->variants; v++)
            if (park_merge_bound(m, t, v, col) != NULL)
                return true;
    return false;
}

/* Bounds that are a unit's own word differ by variant; those of lifted columns follow from others. */
static void bound_rows(park_merge *m, size_t s, int32_t col)
{
    const park_program *p = &m->base->program;
    if (p->col_class[col] == PARK_COL_LIFTED || p->col_class[col] == PARK_COL_OTHER)
        return;
    if (m->movers[col] > 1) {
        if (!moved_before(m, s, col))
            bound_rows_together(m, col);
        return;
    }
    for (int side = 0; side < 2; side++) {
        park_terms sum    = {0};
        bool       finite = true;
        park_terms_add(m, &sum, col, 1.0);
        for (size_t v = 0; v < park_merge_site(m, s)->variants; v++) {
            double lo, hi;
            park_merge_bounds(m, s, v, col, &lo, &hi);
            finite = finite && isfinite(side == 0 ? lo : hi);
            if (finite)
                park_merge_add_y(m, &sum, s, v, side == 0 ? -lo : -hi);
        }
        if (finite)
            park_merge_row(m, &sum, side == 0 ? 0.0 : -INFINITY, side == 0 ? INFINITY : 0.0,
                           "bound of a variant");
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

void park_merge_site_rows(park_merge *m, size_t s)
{
    for (size_t v = 1; v < park_merge_site(m, s)->variants; v++) {
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
    const park_site *site = park_merge_site(m, s);
    park_terms       one  = {0};
    for (size_t v = 1; v < site->variants; v++)
        park_merge_add_y(m, &one, s, v, 1.0);
    park_merge_row(m, &one, -INFINITY, 1.0, "one variant");
    for (size_t a = 0; a < site->items; a++) {
        park_terms sum = {0};
        for (size_t v = 1; v < site->variants; v++)
            if (site->set[v] >> a & 1u)
                park_merge_add_y(m, &sum, s, v, 1.0);
        park_terms_add(m, &sum, m->item[site->item[a]], -1.0);
        park_merge_row(m, &sum, 0.0, 0.0, "items of variants");
    }
}

static void two_items(park_merge *m, size_t a, size_t b, double coef, double hi, const char *name)
{
    park_terms sum = {0};
    park_terms_add(m, &sum, m->item[a], 1.0);
    park_terms_add(m, &sum, m->item[b], coef);
    park_merge_row(m, &sum, -INFINITY, hi, name);
}

/* What an item asks of others in its stage; what stands in a stage stands in the next (O114). */
static void partners(park_merge *m, size_t i)
{
    const park_sites    *sites = m->sites;
    size_t               Y = sites->stages, y = park_sites_stage(sites, i);
    const park_retrofit *r = &sites->model->retrofit[park_sites_retrofit(sites, i)];
    for (size_t j = 0; j < r->requires_count; j++)
        two_items(m, i, (size_t)r->requires_[j] * Y + y, -1.0, 0.0, "requires");
    for (size_t j = 0; j < r->excludes_count; j++)
        two_items(m, i, (size_t)r->excludes_[j] * Y + y, 1.0, 1.0, "excludes");
    if (y + 1 < Y)
        two_items(m, i, i + 1, -1.0, 0.0, "stages in order");
}

/* No water passes through a storage that does not stand; what stands in a stage stands in the next. */
static void shut_links(park_merge *m, size_t i)
{
    const park_formulation *f     = m->base;
    const park_super       *super = f->super;
    int32_t                 unit  = park_sites_storage(m->sites, i);
    size_t                  y     = park_sites_stage(m->sites, i);
    if (y + 1 < m->sites->stages)
        two_items(m, i + 1, i, -1.0, 0.0, "stages in order");
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t l = 0; park_super_stage(super, s / super->per) == y && l < super->links; l++) {
            const park_link_info *link = &super->model->link[l];
            int32_t               col  = f->link_flow[PARK_FORM_SL(f, s, l)];
            park_terms            sum  = {0};
            if (col < 0 || (link->from != unit && link->to != unit))
                continue;
            park_terms_add(m, &sum, col, 1.0);
            park_terms_add(m, &sum, m->item[i], m->hi[col]);
            park_merge_row(m, &sum, -INFINITY, m->hi[col], "storage left out");
        }
}

void park_merge_item_rows(park_merge *m)
{
    const park_sites *sites = m->sites;
    for (size_t s = 0; s < sites->count; s++)
        if (m->y[s] != m->item[park_merge_site(m, s)->item[0]])
            variants_of_items(m, s);
    for (size_t i = 0; i < sites->retrofit_items; i++)
        partners(m, i);
    for (size_t i = sites->retrofit_items; i < sites->items; i++)
        shut_links(m, i);
}
