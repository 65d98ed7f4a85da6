/* The linear program of promised qualities: its rows and costs; Eq. (O46) of docs/math/optimization.md. */
#include "design/promise.h"

#include "base/random.h"

#include <string.h>

enum { DRAWN = 2 };               /* seed of promises drawn anew */
static const double SLACK = 1e-9; /* relative room above a kept promise */
static const double NEAR  = 0.1;  /* a plan that misses limits by less, relative, is near */

static double promised(const park_promise *d, size_t s, size_t l, size_t c)
{
    const park_super *super = d->f->super;
    return d->promise[PARK_SUPER_SK(super, s, super->model->link[l].outlet, c)] * d->f->conc_unit[c];
}

static void add(park_promise *d, int32_t col, double coef)
{
    park_formulation f = {.arena = d->arena};
    park_sum_add(&f, &d->sum, col, coef);
    d->failed = d->failed || f.failed;
}

/* times x the mass on a link, by promise. */
static void add_link(park_promise *d, size_t s, size_t l, size_t c, double times)
{
    add(d, d->f->link_flow[PARK_FORM_SL(d->f, s, l)], times * promised(d, s, l, c));
}

static void add_feed(park_promise *d, size_t s, size_t u, size_t c, double times)
{
    const park_super *super = d->f->super;
    for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++)
        add_link(d, s, (size_t)super->in_link[e], c, times);
}

static bool grow(park_promise *d, size_t count)
{
    while (d->entries + count > d->index_cap)
        if (!park_arena_grow(d->arena, (void **)&d->index, sizeof *d->index, d->index_cap, &d->index_cap))
            return false;
    while (d->entries + count > d->value_cap)
        if (!park_arena_grow(d->arena, (void **)&d->value, sizeof *d->value, d->value_cap, &d->value_cap))
            return false;
    return PARK_GROW(d->arena, d->lo, d->rows, d->lo_cap) && PARK_GROW(d->arena, d->hi, d->rows, d->hi_cap) &&
           (d->rows + 1 < d->start_cap ||
            park_arena_grow(d->arena, (void **)&d->start, sizeof *d->start, d->start_cap, &d->start_cap));
}

/* Append the sum as a row; elastic ones get a slack column behind the program's. */
static void close_row(park_promise *d, double lo, double hi, bool elastic)
{
    lo -= d->sum.constant, hi -= d->sum.constant;
    bool below = elastic && isfinite(lo), above = elastic && isfinite(hi);
    if (d->failed || !grow(d, d->sum.count + 2)) {
        d->failed = true;
        return;
    }
    d->start[d->rows] = d->entries;
    for (size_t i = 0; i < d->sum.count; i++)
        d->index[d->entries] = d->sum.col[i], d->value[d->entries++] = d->sum.coef[i];
    for (int side = 0; side < 2; side++)
        if (side == 0 ? below : above)
            d->index[d->entries]   = (int32_t)(d->f->program.cols + d->slacks++),
            d->value[d->entries++] = side == 0 ? 1.0 : -1.0;
    d->lo[d->rows] = lo, d->hi[d->rows] = hi;
    d->start[++d->rows] = d->entries;
}

static bool about_mixing(const char *name)
{
    static const char *const WORDS[] = {"splitting",         "whole flow",    "quality of feed",
                                        "quality of outlet", "arriving mass", "mixture"};
    for (size_t i = 0; name != NULL && i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(name, WORDS[i]) == 0)
            return true;
    return false;
}

/* A row of the program with masses written by promises; false when it reads something that has no promise. */
static bool substitute(park_promise *d, size_t r, bool *quality)
{
    const park_formulation *f = d->f;
    const park_program     *p = &f->program;
    park_sum_clear(&d->sum);
    *quality = false;
    for (size_t e = p->start[r]; e < p->start[r + 1]; e++) {
        int32_t j = p->index[e];
        if (d->link[j] >= 0) {
            size_t s = (size_t)d->link[j] / f->super->links, l = (size_t)d->link[j] % f->super->links;
            size_t at = PARK_FORM_SLC(f, s, l, d->of[j]);
            double mw = f->mass_w[at] != 0.0 ? f->mass_w[at] : 1.0;
            add(d, f->link_flow[PARK_FORM_SL(f, s, l)],
                p->value[e] * (promised(d, s, l, (size_t)d->of[j]) - f->mass_q[at]) / mw);
            *quality = true;
        } else if (d->mass[j] >= 0) {
            size_t s = (size_t)d->mass[j] / f->super->units, u = (size_t)d->mass[j] % f->super->units;
            add_feed(d, s, u, (size_t)d->of[j], p->value[e]);
            *quality = true;
        } else if (p->col_class[j] == PARK_COL_CONC || p->col_class[j] == PARK_COL_LIFTED) {
            return false;
        } else {
            add(d, j, p->value[e]);
        }
    }
    return true;
}

/* (O150) A user whose flow is given: what leaves it follows from what arrives. */
static bool only_follows(const park_super *super, size_t s, size_t u)
{
    const park_face *face = PARK_SUPER_FACE(super, s, u);
    return super->model->unit[u].role == PARK_USER && face->lo == face->hi;
}

/* (O46) for one unit, season and constituent. */
static void promise_rows(park_promise *d, size_t s, size_t u, size_t c)
{
    const park_formulation *f       = d->f;
    const park_super       *super   = f->super;
    const park_unit_info   *unit    = &super->model->unit[u];
    const park_face        *face    = PARK_SUPER_FACE(super, s, u);
    park_formulation        scratch = *f;
    double                  scale = f->conc_unit[c], C = 0.0;
    park_mixture            mix   = park_face_mixture(super, face, unit->outlets, c);
    bool                    mixed = false;
    scratch.arena                 = d->arena;
    for (size_t k = 0; k < unit->outlets; k++) {
        const park_face_outlet *out = &face->outlet[k];
        size_t                  at  = PARK_SUPER_SK(super, s, out->outlet, c);
        if (out->rule[c] == PARK_QUALITY_MIX &&
            (isnan(super->known[at]) || super->pinned[(size_t)out->outlet * super->traced + c]))
            mixed = true, C = d->promise[at];
        if (out->rule[c] != PARK_QUALITY_SHARE || !isnan(super->known[at]) || out->exits)
            continue;
        park_sum_clear(&d->sum);
        add_feed(d, s, u, c, out->share[c]);
        park_sum_unit_flow(&scratch, &d->sum, s, u, out->per_flow[c] * scale);
        d->sum.constant += out->load[c] * scale * f->flow_unit;
        park_sum_outlet_flow(&scratch, &d->sum, s, u, k, -d->promise[at] * scale);
        close_row(d, -INFINITY, 0.0, true);
    }
    if (!mixed)
        return;
    int32_t volume = f->volume[PARK_FORM_SU(f, s, u)];
    double  times  = volume >= 0 ? super->duration[s] * f->volume_unit / f->flow_unit : 1.0;
    park_sum_clear(&d->sum);
    add_feed(d, s, u, c, times * mix.keep);
    park_sum_unit_flow(&scratch, &d->sum, s, u, times * mix.flow * scale);
    d->sum.constant += times * mix.constant * scale * f->flow_unit;
    for (size_t k = 0; k < unit->outlets; k++) {
        if (face->outlet[k].rule[c] == PARK_QUALITY_MIX)
            park_sum_outlet_flow(&scratch, &d->sum, s, u, k, -times * C * scale);
        else if (face->outlet[k].rule[c] == PARK_QUALITY_FIXED && !face->outlet[k].affine)
            park_sum_outlet_flow(&scratch, &d->sum, s, u, k, -times * face->outlet[k].conc[c] * scale);
    }
    if (volume >= 0) {
        size_t before = park_super_before(super, s);
        bool   carries =
            !park_super_opens(super, s) || super->model->time.periodic || isnan(face->map->volume_start);
        double C0 = C;
        for (size_t k = 0; k < unit->outlets && carries; k++)
            if (face->outlet[k].rule[c] == PARK_QUALITY_MIX)
                C0 = d->promise[PARK_SUPER_SK(super, before, face->outlet[k].outlet, c)];
        add(d, volume, -C * scale);
        if (carries)
            add(d, f->volume[PARK_FORM_SU(f, before, u)], C0 * scale);
        else
            d->sum.constant += face->map->volume_start * f->volume_unit * C0 * scale;
    }
    d->failed = d->failed || scratch.failed;
    close_row(d, -INFINITY, 0.0, true);
}

void park_promise_rows(park_promise *d)
{
    const park_super   *super = d->f->super;
    const park_program *p     = &d->f->program;
    d->rows = d->entries = d->slacks = 0;
    d->lo_cap = d->hi_cap = d->start_cap = d->index_cap = d->value_cap = 0;
    d->lo = d->hi = d->value = NULL, d->start = NULL, d->index = NULL, d->sum = (park_sum){0};
    for (size_t r = 0; r < p->rows && !d->failed; r++) {
        bool quality;
        if (p->redundant[r] || about_mixing(p->row_name[r]) || !substitute(d, r, &quality))
            continue;
        close_row(d, p->row_lo[r], p->row_hi[r], quality);
    }
    for (size_t c = 0; c < super->constituents; c++)
        for (size_t s = 0; super->in_program[c] && s < super->seasons; s++)
            for (size_t u = 0; u < super->units; u++)
                if (super->model->unit[u].role != PARK_SOURCE && super->model->unit[u].role != PARK_SINK &&
                    !only_follows(super, s, u))
                    promise_rows(d, s, u, c);
}

/* Costs of masses go to the flows that carry them. */
void park_promise_costs(park_promise *d, double *cost, bool secants)
{
    const park_formulation *f = d->f;
    const park_program     *p = &f->program;
    memcpy(cost, p->cost, p->cols * sizeof *cost);
    for (size_t j = 0; j < p->cols; j++) {
        if (d->link[j] < 0 || p->cost[j] == 0.0)
            continue;
        size_t s = (size_t)d->link[j] / f->super->links, l = (size_t)d->link[j] % f->super->links;
        size_t at = PARK_FORM_SLC(f, s, l, d->of[j]);
        cost[f->link_flow[PARK_FORM_SL(f, s, l)]] += p->cost[j] *
                                                     (promised(d, s, l, (size_t)d->of[j]) - f->mass_q[at]) /
                                                     (f->mass_w[at] != 0.0 ? f->mass_w[at] : 1.0);
        cost[j] = 0.0;
    }
    for (size_t i = 0; secants && i < p->concaves;
         i++) { /* the secant over the box stands for a concave cost */
        const park_concave *k  = &p->concave[i];
        double              hi = p->col_hi[k->x];
        if (hi > 0.0 && isfinite(hi))
            cost[k->x] += (d->dear != NULL ? d->dear[k->t] : 1.0) * p->cost[k->t] * k->scale *
                          pow(hi / k->reference, k->exponent) / hi;
        cost[k->t] = 0.0;
    }
    for (size_t j = 0; secants && d->dear != NULL && j < p->cols; j++)
        if (p->integer[j])
            cost[j] *= d->dear[j];
}

/* What a user mixes is one water: outlets of it that nothing leaves by have the quality of the others. */
static void alike(park_promise *d, const park_plan *plan, size_t s, size_t u, size_t c)
{
    const park_super     *super = d->f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    double                runs  = NAN;
    for (size_t k = 0; k < unit->outlets; k++)
        if (face->outlet[k].rule[c] == PARK_QUALITY_MIX &&
            plan->outlet_flow[PARK_FORM_SK(d->f, s, unit->first_outlet + k)] > 0.0)
            runs = d->promise[PARK_SUPER_SK(super, s, unit->first_outlet + k, c)];
    for (size_t k = 0; k < unit->outlets && !isnan(runs); k++) {
        size_t at = PARK_SUPER_SK(super, s, unit->first_outlet + k, c);
        if (face->outlet[k].rule[c] == PARK_QUALITY_MIX && isnan(super->known[at]))
            d->promise[at] = runs;
    }
}

/* Qualities of a plan become promises. Of one that misses limits they are met half way, and once it misses by little a
 * quality worse than promised is taken as it is, so that promises grow honest. What does not flow keeps its old one. */
void park_promise_keep(park_promise *d, const park_plan *plan, bool holds)
{
    const park_super *super = d->f->super;
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t k = 0; k < super->outlets; k++)
            for (size_t c = 0; c < super->traced; c++) {
                size_t at = PARK_SUPER_SK(super, s, k, c);
                if (!super->in_program[c] || !isnan(super->known[at]) ||
                    !(plan->outlet_flow[PARK_FORM_SK(d->f, s, k)] > 0.0))
                    continue;
                double conc    = fmax(plan->conc[at], 0.0) * (1.0 + SLACK);
                double half    = 0.5 * (conc + d->promise[at]);
                d->promise[at] = holds || c >= super->constituents ? conc
                                 : plan->worst < NEAR              ? fmax(conc, half)
                                                                   : half;
            }
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t u = 0; u < super->units; u++)
            for (size_t c = 0; only_follows(super, s, u) && c < super->traced; c++)
                if (super->in_program[c])
                    alike(d, plan, s, u, c);
}

bool park_promise_prepare(park_promise *d, park_arena *arena)
{
    const park_formulation *f     = d->f;
    const park_super       *super = f->super;
    size_t                  cells = super->seasons * super->outlets * super->traced, cols = f->program.cols;
    d->keep    = arena;
    d->promise = PARK_ARRAY(arena, cells, double);
    d->link = PARK_ARRAY(arena, cols, int32_t), d->mass = PARK_ARRAY(arena, cols, int32_t),
    d->of      = PARK_ARRAY(arena, cols, int32_t);
    d->laid    = PARK_ARRAY(arena, super->links, int8_t);
    d->without = PARK_ARRAY(arena, super->units, bool);
    if (d->without == NULL || d->laid == NULL || d->promise == NULL || d->link == NULL || d->mass == NULL ||
        d->of == NULL)
        return false;
    for (size_t j = 0; j < cols; j++)
        d->link[j] = d->mass[j] = -1;
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t c = 0; c < super->traced; c++) {
            for (size_t l = 0; l < super->links; l++) {
                int32_t w = f->link_w[PARK_FORM_SLC(f, s, l, c)];
                if (w >= 0)
                    d->link[w] = (int32_t)(s * super->links + l), d->of[w] = (int32_t)c;
            }
            for (size_t u = 0; u < super->units; u++) {
                int32_t m = f->feed_mass[PARK_FORM_SUC(f, s, u, c)];
                if (m >= 0)
                    d->mass[m] = (int32_t)(s * super->units + u), d->of[m] = (int32_t)c;
            }
        }
    return true;
}

/* First promises: the boxes' lower ends (each outlet as if its unit drew the cleanest water) or their upper ends. */
void park_promise_first(park_promise *d, bool upper)
{
    const park_super *super = d->f->super;
    for (size_t at = 0; at < super->seasons * super->outlets * super->traced; at++) {
        bool real      = at % super->traced < super->constituents;
        d->promise[at] = !isnan(super->known[at]) ? super->known[at]
                         : upper && real          ? super->conc_hi[at]
                                                  : super->conc_lo[at];
    }
}

bool park_promise_as(park_promise *d, park_plan *plan, const double *from, double *trial)
{
    park_promise_first(d, true);
    if (from == NULL)
        return false;
    memcpy(trial, from, d->f->program.cols * sizeof *trial);
    if (!park_plan_read(plan, trial, false))
        return false;
    park_promise_keep(d, plan, true);
    return true;
}

void park_promise_loosen(park_promise *d, double share)
{
    const park_super *super = d->f->super;
    for (size_t at = 0; at < super->seasons * super->outlets * super->traced; at++)
        if (isnan(super->known[at]) && at % super->traced < super->constituents &&
            isfinite(super->conc_hi[at]))
            d->promise[at] += share * fmax(super->conc_hi[at] - d->promise[at], 0.0);
}

void park_promise_draw(park_promise *d, uint64_t round, double share)
{
    const park_super *super  = d->f->super;
    park_random       random = park_random_start(DRAWN, round, 0);
    for (size_t k = 0; k < super->outlets; k++) {
        bool drawn = park_random_uniform(&random) < share;
        for (size_t i = 0; i < super->constituents; i++) {
            double u = park_random_uniform(&random);
            for (size_t s = 0; s < super->seasons && drawn; s++) {
                size_t at = PARK_SUPER_SK(super, s, k, i);
                double lo = super->conc_lo[at], hi = super->conc_hi[at];
                if (isnan(super->known[at]) && isfinite(hi))
                    d->promise[at] = lo + u * fmax(hi - lo, 0.0);
            }
        }
    }
}

/* The donor whose promises are least, each in its constituent's magnitude; -1: none. */
static int32_t cleanest_donor(const park_promise *d, size_t s, size_t u)
{
    const park_super *super = d->f->super;
    int32_t           best  = -1;
    double            least = INFINITY;
    for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
        size_t l   = (size_t)super->in_link[e];
        double sum = 0.0;
        for (size_t c = 0; c < super->constituents; c++)
            if (super->in_program[c])
                sum +=
                    d->promise[PARK_SUPER_SK(super, s, super->model->link[l].outlet, c)] * d->f->conc_unit[c];
        if (super->link_hi[PARK_FORM_SL(d->f, s, l)] > 0.0 && sum < least)
            least = sum, best = super->model->link[l].outlet;
    }
    return best;
}

/* The quality of outlet k where its unit draws water of quality `conc`; NAN where the flow decides it, too. */
static double quality_from(const park_super *super, size_t s, size_t u, size_t k, size_t c, double conc)
{
    const park_face        *face = PARK_SUPER_FACE(super, s, u);
    const park_face_outlet *out  = &face->outlet[k];
    if (out->rule[c] == PARK_QUALITY_SHARE)
        return out->affine && out->alpha > 0.0 && out->beta == 0.0 && out->load[c] == 0.0
                   ? (out->share[c] * conc + out->per_flow[c]) / out->alpha
                   : NAN;
    if (out->rule[c] != PARK_QUALITY_MIX)
        return NAN;
    park_mixture mix = park_face_mixture(super, face, super->model->unit[u].outlets, c);
    return mix.affine && mix.proportional && mix.alpha > 0.0 && mix.constant == 0.0
               ? (mix.keep * conc + mix.flow) / mix.alpha
               : NAN;
}

void park_promise_idle(park_promise *d, const park_plan *plan)
{
    const park_super *super = d->f->super;
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t u = 0; u < super->units; u++) {
            const park_unit_info *unit = &super->model->unit[u];
            int32_t from = unit->role != PARK_TREATMENT || plan->unit_flow[PARK_FORM_SU(d->f, s, u)] > 0.0
                               ? -1
                               : cleanest_donor(d, s, u);
            for (size_t k = 0; from >= 0 && k < unit->outlets; k++)
                for (size_t c = 0; c < super->constituents; c++) {
                    size_t at = PARK_SUPER_SK(super, s, unit->first_outlet + k, c);
                    double conc =
                        quality_from(super, s, u, k, c, d->promise[PARK_SUPER_SK(super, s, from, c)]);
                    if (super->in_program[c] && isnan(super->known[at]) && conc >= 0.0)
                        d->promise[at] = fmin(conc * (1.0 + SLACK), super->conc_hi[at]);
                }
        }
}
