#include "design/merge_parts.h"

#include <string.h>

static const park_label SHAPE = {.zh = "有措施改变了单元的约束形式",
                                 .en = "a retrofit changes what the program of its unit is made of"};

/* ---- columns and costs ----------------------------------------------------------------------------------------------------- */

/* Bounds that several sites change (a size, the charge on the power of all, the worst of futures) go as far as the sites together can
 * move them. */
static void hull_together(park_merge *m)
{
    const park_program *p = &m->base->program;
    for (size_t j = 0; j < p->cols; j++) {
        if (m->movers[j] < 2)
            continue;
        m->lo[j] = p->col_lo[j], m->hi[j] = p->col_hi[j];
        for (size_t s = 0; s < m->sites->count; s++) {
            double less = 0.0, more = 0.0;
            for (size_t v = 1; v < park_merge_site(m, s)->variants; v++) {
                const park_bound_change *b = park_merge_bound(m, s, v, (int32_t)j);
                less                       = b != NULL ? fmin(less, b->lo - p->col_lo[j]) : less;
                more                       = b != NULL ? fmax(more, b->hi - p->col_hi[j]) : more;
            }
            m->lo[j] += less, m->hi[j] += more;
        }
    }
}

/* How many sites change the bounds of each column. */
static void count_movers(park_merge *m)
{
    for (size_t s = 0; s < m->sites->count; s++)
        for (size_t v = 1; v < park_merge_site(m, s)->variants; v++)
            for (size_t i = 0; i < m->changes[s][v]->bounds; i++) {
                bool first = true;
                for (size_t w = 1; first && w < v; w++)
                    first = park_merge_bound(m, s, w, m->changes[s][v]->bound[i].col) == NULL;
                m->movers[m->changes[s][v]->bound[i].col] += first;
            }
}

/* What a column's bounds may be in any pick. */
static void hull(park_merge *m)
{
    const park_sites   *sites = m->sites;
    const park_program *p     = &m->base->program;
    count_movers(m);
    memcpy(m->lo, p->col_lo, p->cols * sizeof *m->lo);
    memcpy(m->hi, p->col_hi, p->cols * sizeof *m->hi);
    for (size_t s = 0; s < sites->count; s++)
        for (size_t v = 1; v < park_merge_site(m, s)->variants; v++)
            for (size_t i = 0; i < m->changes[s][v]->bounds; i++) {
                const park_bound_change *b = &m->changes[s][v]->bound[i];
                m->lo[b->col] = fmin(m->lo[b->col], b->lo), m->hi[b->col] = fmax(m->hi[b->col], b->hi);
            }
    hull_together(m);
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

/* Does some variant of one site drop a row that the other changes? */
static bool one_drops(const park_merge *m, size_t a, size_t b)
{
    for (size_t v = 1; v < park_merge_site(m, a)->variants; v++)
        for (size_t i = 0; i < m->changes[a][v]->rows; i++)
            for (size_t w = 1; m->changes[a][v]->row[i].gone && w < park_merge_site(m, b)->variants; w++)
                if (park_merge_change(m, b, w, (size_t)m->changes[a][v]->row[i].row) != NULL)
                    return true;
    return false;
}

/* Do the two sites, with everything taken, change what each of them changes? */
static park_status pair_adds_up(const park_merge *m, park_sites *sites, int32_t *pick, size_t a, size_t b,
                                bool *adds_up, park_error *err)
{
    park_formulation *f;
    park_arena       *arena = park_arena_new();
    pick[a] = (int32_t)sites->site[a].variants - 1, pick[b] = (int32_t)sites->site[b].variants - 1;
    park_status status = park_sites_formulate(sites, pick, 0.0, NULL, arena, &f, err);
    *adds_up           = status == PARK_OK && park_merge_agrees(m, pick, &f->program, arena);
    park_arena_free(arena);
    pick[a] = pick[b] = 0;
    return status;
}

/* Two sites whose changes do not add up are asked for together (O113), (O185). *joined: some are. */
static park_status join_sites(park_merge *m, park_sites *sites, int32_t *pick, bool *joined, park_error *err)
{
    *joined = false;
    for (size_t a = 0; a < sites->count; a++)
        for (size_t b = a + 1; b < sites->count; b++) {
            const park_site *x = &sites->site[a], *y = &sites->site[b];
            bool             one_place = x->first == y->first, adds_up = false;
            if (x->stage != y->stage || (!one_place && of_units(x) && of_units(y) && !meet(m, a, b)))
                continue;
            if (!one_place || !(one_drops(m, a, b) || one_drops(m, b, a)))
                PARK_TRY(pair_adds_up(m, sites, pick, a, b, &adds_up, err));
            if (!adds_up) {
                park_sites_join(sites, a, b);
                *joined = true;
            }
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
    m->movers         = PARK_ARRAY(m->arena, m->base->program.cols + 1, int32_t);
    m->touched        = PARK_ARRAY(m->arena, m->base->program.rows + 1, bool);
    if (m->changes == NULL || m->y == NULL || m->lo == NULL || m->hi == NULL || m->movers == NULL ||
        m->touched == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the choices");
    PARK_TRY(find_changes(m, sites, pick, err));
    if (m->refused == NULL)
        hull(m);
    return PARK_OK;
}

park_status park_merge_make(park_sites *sites, double box_times, park_arena *arena, park_merge **result,
                            park_error *err)
{
    park_merge *m    = PARK_NEW(arena, park_merge);
    int32_t    *pick = PARK_ARRAY(arena, sites->parts * sites->items + 1, int32_t);
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
