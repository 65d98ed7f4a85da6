#include "design/merge_parts.h"

#include <string.h>

static const park_label SHAPE = {.zh = "有措施改变了单元的约束形式",
                                 .en = "a retrofit changes what the program of its unit is made of"};

/* ---- columns and costs ----------------------------------------------------------------------------------------------------- */

/* How far the variants of one site move a column's bounds at most: down and up [cols], both from zero. */
static void moves_of_site(const park_merge *m, size_t s, double *down, double *up)
{
    const park_program *p = &m->base->program;
    memset(down, 0, p->cols * sizeof *down);
    memset(up, 0, p->cols * sizeof *up);
    for (size_t v = 1; v < park_merge_site(m, s)->variants; v++)
        for (size_t i = 0; i < m->changes[s][v]->bounds; i++) {
            const park_bound_change *b = &m->changes[s][v]->bound[i];
            down[b->col]               = fmin(down[b->col], b->lo - p->col_lo[b->col]);
            up[b->col]                 = fmax(up[b->col], b->hi - p->col_hi[b->col]);
        }
}

/* What a column's bounds may be in any variant. A column that sums up what several sites do (the charge on the power of all, the
 * worst of futures) may go as far as they do together. */
static void hull(park_merge *m, double *down, double *up)
{
    const park_sites   *sites = m->sites;
    const park_program *p     = &m->base->program;
    memcpy(m->lo, p->col_lo, p->cols * sizeof *m->lo);
    memcpy(m->hi, p->col_hi, p->cols * sizeof *m->hi);
    for (size_t s = 0; s < sites->count; s++) {
        for (size_t v = 1; v < park_merge_site(m, s)->variants; v++)
            for (size_t i = 0; i < m->changes[s][v]->bounds; i++) {
                const park_bound_change *b = &m->changes[s][v]->bound[i];
                if (p->col_class[b->col] != PARK_COL_OTHER)
                    m->lo[b->col] = fmin(m->lo[b->col], b->lo), m->hi[b->col] = fmax(m->hi[b->col], b->hi);
            }
        moves_of_site(m, s, down, up);
        for (size_t j = 0; j < p->cols; j++)
            if (p->col_class[j] == PARK_COL_OTHER)
                m->lo[j] += down[j], m->hi[j] += up[j];
    }
}

static void columns(park_merge *m)
{
    const park_sites   *sites = m->sites;
    const park_program *p     = &m->base->program;
    bool                cost  = m->base->kind == PARK_MIN_COST;
    for (size_t j = 0; j < p->cols; j++) {
        int32_t col = p->integer[j] ? park_program_integer(&m->program, m->lo[j], m->hi[j], p->cost[j], NULL)
                                    : park_program_col(&m->program, p->col_class[j], m->lo[j], m->hi[j],
                                                       p->cost[j], NULL);
        m->failed   = m->failed || col < 0;
    }
    for (size_t i = 0; i < p->products && !m->failed; i++) {
        const park_product *from = &p->product[i];
        int32_t             k    = park_program_product(&m->program, from->w, from->flow, from->conc);
        m->failed                = k < 0;
        if (from->whole)
            park_program_whole(&m->program, k);
    }
    for (size_t i = 0; i < p->concaves; i++) {
        const park_concave *k = &p->concave[i];
        m->failed = park_program_concave(&m->program, k->t, k->x, k->scale, k->reference, k->exponent) < 0 ||
                    m->failed;
    }
    for (size_t i = 0; i < sites->items; i++) {
        double yearly = cost ? park_sites_yearly(sites, i) : 0.0;
        m->item[i]    = park_program_integer(&m->program, 0.0, 1.0, yearly * m->base->rate_unit, NULL);
        m->failed     = m->failed || m->item[i] < 0;
    }
    for (size_t s = 0; s < sites->count; s++) {
        const park_site *site = park_merge_site(m, s);
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
        size_t      variants = park_merge_site(m, s)->variants;
        park_terms  sum      = {0};
        park_spread w;
        if (!park_spread_new(m, variants, p->cols, &w))
            return;
        for (size_t v = 1; v < variants; v++) {
            const park_changes *c = m->changes[s][v];
            park_merge_add_y(m, &sum, s, v, c->constant);
            for (size_t j = 0; c->cost != NULL && j < p->cols; j++)
                if (c->cost[j] != 0.0)
                    w.d[v][park_spread_place(&w, (int32_t)j)] += c->cost[j];
        }
        park_merge_add_spread(m, s, &w, &sum);
        for (size_t i = 0; i < sum.count; i++)
            m->program.cost[sum.index[i]] += sum.value[i];
        m->program.constant += sum.constant;
    }
}

/* Where no row of the base says it. */
static void budget_row(park_merge *m)
{
    double     limit = m->sites->model->economics.budget;
    park_terms sum   = {0};
    if (!isfinite(limit) || !(limit > 0.0))
        return;
    park_merge_add_items(m, &sum, "budget", 0);
    if (sum.count > 0)
        park_merge_row(m, &sum, -INFINITY, 1.0, "budget");
}

/* ---- all together -------------------------------------------------------------------------------------------------------- */

/* The program with one pick, thrown away after `use`. */
static park_status find_change(park_merge *m, park_sites *sites, const int32_t *pick, size_t s, size_t v,
                               park_error *err)
{
    park_formulation *f;
    park_arena       *arena  = park_arena_new();
    park_status       status = park_sites_formulate(sites, pick, 0.0, NULL, arena, &f, err);
    if (status == PARK_OK && !park_changes_find(&m->base->program, &f->program, m->arena, &m->changes[s][v]))
        m->refused = &SHAPE;
    park_arena_free(arena);
    PARK_TRY(status);
    return m->changes[s][v] != NULL ? PARK_OK
                                    : PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
}

static park_status find_changes(park_merge *m, park_sites *sites, int32_t *pick, park_error *err)
{
    for (size_t s = 0; s < sites->count && m->refused == NULL; s++) {
        const park_site *site = &sites->site[s];
        m->changes[s]         = PARK_ARRAY(m->arena, site->variants, park_changes *);
        if (m->changes[s] == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the variants");
        for (size_t v = 1; v < site->variants; v++) {
            pick[s] = (int32_t)v;
            PARK_TRY(find_change(m, sites, pick, s, v, err));
            for (size_t i = 0; i < m->changes[s][v]->rows; i++)
                if (m->changes[s][v]->row[i].row >= 0)
                    m->touched[m->changes[s][v]->row[i].row] = true;
        }
        pick[s] = 0;
    }
    return PARK_OK;
}

/* Do two sites change the same row, or the same column's cost? Else their changes add up. */
static bool meet(const park_merge *m, size_t a, size_t b)
{
    const park_changes *x = m->changes[a][park_merge_site(m, a)->variants - 1],
                       *y = m->changes[b][park_merge_site(m, b)->variants - 1];
    for (size_t j = 0; x->cost != NULL && y->cost != NULL && j < m->base->program.cols; j++)
        if (x->cost[j] != 0.0 && y->cost[j] != 0.0)
            return true;
    for (size_t i = 0; i < x->rows; i++)
        for (size_t k = 0; x->row[i].row >= 0 && k < y->rows; k++)
            if (x->row[i].row == y->row[k].row)
                return true;
    return false;
}

static bool of_units(const park_site *site)
{
    for (size_t p = 0; p < site->parts; p++)
        if (site->part[p].kind != PARK_PART_UNIT)
            return false;
    return true;
}

/* Two sites whose changes do not add up are asked for together (O113). *joined: some are. */
static park_status join_sites(park_merge *m, park_sites *sites, int32_t *pick, bool *joined, park_error *err)
{
    *joined = false;
    for (size_t a = 0; a < sites->count; a++)
        for (size_t b = a + 1; b < sites->count; b++) {
            const park_site *x = &sites->site[a], *y = &sites->site[b];
            if (x->stage != y->stage || (of_units(x) && of_units(y) && !meet(m, a, b)))
                continue;
            park_formulation *f;
            park_arena       *arena = park_arena_new();
            pick[a] = (int32_t)x->variants - 1, pick[b] = (int32_t)y->variants - 1;
            park_status status = park_sites_formulate(sites, pick, 0.0, NULL, arena, &f, err);
            if (status == PARK_OK && !park_merge_agrees(m, pick, &f->program, arena)) {
                park_sites_join(sites, a, b);
                *joined = true;
            }
            park_arena_free(arena);
            pick[a] = pick[b] = 0;
            PARK_TRY(status);
        }
    return PARK_OK;
}

/* Base and changes of the sites as they are grouped now. */
static park_status compare(park_merge *m, park_sites *sites, int32_t *pick, park_error *err)
{
    sites->conc_scale = NULL;
    PARK_TRY(park_sites_formulate(sites, pick, 0.0, NULL, m->arena, &m->base, err));
    sites->conc_scale = m->base->conc_unit;
    m->changes        = PARK_ARRAY(m->arena, sites->count + 1, park_changes **);
    m->y              = PARK_ARRAY(m->arena, sites->count + 1, int32_t);
    m->lo             = PARK_ARRAY(m->arena, m->base->program.cols, double);
    m->hi             = PARK_ARRAY(m->arena, m->base->program.cols, double);
    m->touched        = PARK_ARRAY(m->arena, m->base->program.rows + 1, bool);
    double *work      = PARK_ARRAY(m->arena, 2 * m->base->program.cols, double);
    if (m->changes == NULL || m->y == NULL || m->lo == NULL || m->hi == NULL || m->touched == NULL ||
        work == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the choices");
    PARK_TRY(find_changes(m, sites, pick, err));
    if (m->refused == NULL)
        hull(m, work, work + m->base->program.cols);
    return PARK_OK;
}

park_status park_merge_make(park_sites *sites, double box_times, park_arena *arena, park_merge **result,
                            park_error *err)
{
    park_merge *m    = PARK_NEW(arena, park_merge);
    int32_t    *pick = PARK_ARRAY(arena, sites->parts * sites->stages + 1, int32_t);
    if (m == NULL || pick == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the choices");
    *m      = (park_merge){.sites = sites, .arena = arena, .refused = sites->refused};
    *result = m;
    m->item = PARK_ARRAY(arena, sites->items + 1, int32_t);
    if (m->item == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the choices");
    for (bool joined = true; joined && m->refused == NULL;) {
        PARK_TRY(compare(m, sites, pick, err));
        joined = false;
        if (m->refused == NULL)
            PARK_TRY(join_sites(m, sites, pick, &joined, err));
        if (joined)
            PARK_TRY(park_sites_again(sites, box_times, err));
        m->refused = m->refused != NULL ? m->refused : sites->refused;
    }
    if (m->refused != NULL)
        return PARK_OK;
    bool budget = false;
    park_program_init(&m->program, arena);
    columns(m);
    for (size_t r = 0; r < m->base->program.rows && !m->failed && m->refused == NULL; r++)
        park_merge_base_row(m, r, &budget);
    for (size_t s = 0; s < sites->count && !m->failed && m->refused == NULL; s++)
        park_merge_site_rows(m, s);
    if (!m->failed)
        park_merge_item_rows(m);
    if (!budget)
        budget_row(m);
    costs(m);
    m->failed = m->failed || !park_program_withdraw_whole(&m->program);
    return m->failed ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the choices") : PARK_OK;
}

void park_merge_fill(const park_merge *m, const bool *taken, const int32_t *pick, double *x)
{
    for (size_t i = 0; i < m->sites->items; i++)
        x[m->item[i]] = taken[i] ? 1.0 : 0.0;
    for (size_t s = 0; s < m->sites->count; s++)
        for (size_t v = 1; v < park_merge_site(m, s)->variants; v++)
            x[m->y[s] + (int32_t)v - 1] = pick[s] == (int32_t)v ? 1.0 : 0.0;
    for (size_t i = 0; i < m->shares; i++) {
        const park_share *share = &m->share[i];
        double            value = 0.0;
        for (size_t e = 0; e < share->count; e++)
            value += share->value[e] * x[share->index[e]];
        for (size_t v = 1; v < park_merge_site(m, (size_t)share->site)->variants; v++)
            x[share->column + (int32_t)v - 1] = pick[share->site] == (int32_t)v ? value : 0.0;
    }
}
