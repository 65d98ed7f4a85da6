/*
 * mass_rows.c - where dissolved mass goes, for every constituent that can be felt (docs/math/optimization.md, O15-O22).
 *
 * The mass on a connection is m = mass_w w + mass_q q, by how its outlet's quality is known:
 *   certain             m = C q                                          linear
 *   one way out         m is what the unit leaves to that outlet         linear, a column w = m
 *   several ways, SHARE C_k = rho B + kappa with B the feed's quality:   w = q B; outlets of one unit share B (O17)
 *   several ways, MIX   C_k = B, the mixture's quality:                  w = q B (O18)
 *   else                C_k of its own                                   w = q C_k
 * B is tied to its unit twice: by the splitting row (what leaves by all ways is what the unit leaves) and by the
 * product of the whole flow (Q B = M), linear where Q is a constant: the row that RLT would give (O19, redundant).
 * Both ends of a connection read the same m, so the balance of each constituent over the whole park (what sources,
 * loads and streams bring = what treatments remove + what leaves) is the sum of the units' rows and holds in every
 * relaxation (O20).
 */
#include "design/formulation.h"

typedef enum outlet_case {
    CASE_ABSENT,
    CASE_CERTAIN,
    CASE_ONE_WAY,
    CASE_FEED,
    CASE_MIXTURE,
    CASE_OWN
} outlet_case;

static bool mixture_shared(const park_formulation *f, const park_face *face, const park_unit_info *unit,
                           size_t s, size_t c, const park_mixture *mix)
{
    if (f->volume[PARK_FORM_SU(f, s, (size_t)(unit - f->super->model->unit))] >= 0 || !mix->affine)
        return true;
    bool several = !mix->proportional && mix->outlets > 1;
    for (size_t k = 0; k < unit->outlets; k++)
        if (face->outlet[k].rule[c] == PARK_QUALITY_MIX && !face->outlet[k].exits &&
            park_formulate_ways(f, unit->first_outlet + k) > 1)
            several = true;
    return several;
}

static outlet_case case_of(const park_formulation *f, size_t s, size_t u, size_t k, size_t c)
{
    const park_super       *super = f->super;
    const park_unit_info   *unit  = &super->model->unit[u];
    const park_face        *face  = PARK_SUPER_FACE(super, s, u);
    const park_face_outlet *out   = &face->outlet[k];
    size_t                  at    = (size_t)out->outlet;
    if (out->exits || !super->need_out[at * super->traced + c] || park_formulate_ways(f, at) == 0)
        return CASE_ABSENT;
    if (!isnan(super->known[PARK_SUPER_SK(super, s, at, c)]))
        return CASE_CERTAIN;
    if (out->rule[c] == PARK_QUALITY_MIX) {
        park_mixture mix = park_face_mixture(super, face, unit->outlets, c);
        return mixture_shared(f, face, unit, s, c, &mix) ? CASE_MIXTURE : CASE_ONE_WAY;
    }
    if (park_formulate_ways(f, at) == 1)
        return CASE_ONE_WAY;
    if (out->affine && out->beta == 0.0 && out->alpha > 0.0 && out->load[c] == 0.0)
        return CASE_FEED;
    return CASE_OWN;
}

/* ---- columns -------------------------------------------------------------------------------------------------------- */

static int32_t conc_column(park_formulation *f, double lo, double hi, size_t c)
{
    return park_formulate_col(f, PARK_COL_CONC, fmax(lo, 0.0) * f->conc_unit[c],
                              fmax(hi, lo) * f->conc_unit[c]);
}

static void link_masses(park_formulation *f, size_t s, size_t u, size_t k, size_t c, outlet_case how)
{
    const park_super       *super = f->super;
    const park_face_outlet *out   = &PARK_SUPER_FACE(super, s, u)->outlet[k];
    size_t                  at    = (size_t)out->outlet;
    double                  unit = f->conc_unit[c], hi = super->conc_hi[PARK_SUPER_SK(super, s, at, c)];
    int32_t                 base =
        how == CASE_OWN ? f->outlet_base[PARK_FORM_SKC(f, s, at, c)] : f->base[PARK_FORM_SUC(f, s, u, c)];
    for (size_t e = super->out_start[at]; e < super->out_start[at + 1]; e++) {
        size_t l = (size_t)super->out_link[e], slc = PARK_FORM_SLC(f, s, l, c);
        double flow_hi = super->link_hi[PARK_FORM_SL(f, s, l)] * f->flow_unit;
        f->mass_w[slc] = 1.0, f->mass_q[slc] = 0.0;
        if (how == CASE_CERTAIN) {
            f->mass_w[slc] = 0.0;
            f->mass_q[slc] = super->known[PARK_SUPER_SK(super, s, at, c)] * unit;
            continue;
        }
        double w_hi = flow_hi * hi * unit;
        if (how == CASE_FEED) {
            f->mass_w[slc] = out->share[c] / out->alpha;
            f->mass_q[slc] = out->per_flow[c] / out->alpha * unit;
            w_hi           = base >= 0 ? flow_hi * f->program.col_hi[base] : w_hi;
        }
        f->link_w[slc] = park_formulate_col(f, PARK_COL_LIFTED, 0.0, w_hi);
        if (how != CASE_ONE_WAY)
            park_formulate_product(f, f->link_w[slc], f->link_flow[PARK_FORM_SL(f, s, l)], base);
    }
}

/* A limit on one concentration column is its bound, and the user's word. */
static void limit_column(park_formulation *f, int32_t col, double limit, size_t u, size_t c)
{
    const park_unit_info *unit = &f->super->model->unit[u];
    if (col < 0 || isinf(limit) || f->program.col_hi[col] < limit * f->conc_unit[c] * (1.0 - 1e-12))
        return;
    f->program.col_hi[col] = limit * f->conc_unit[c];
    f->program.col_hi_statement[col] =
        park_formulate_statement(f, limit, f->conc_unit[c] * f->flow_unit, "%s.%s.outlet.%s",
                                 park_role_section(unit->role), unit->id, f->super->model->constituent[c].id);
}

/* An outlet of the unit's mixture that connections take. */
static bool mixed_ways(const park_formulation *f, const park_face_outlet *out, size_t c)
{
    return out->rule[c] == PARK_QUALITY_MIX && !out->exits && park_formulate_ways(f, (size_t)out->outlet) > 0;
}

static void unit_columns(park_formulation *f, size_t s, size_t u, size_t c)
{
    const park_super     *super = f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    bool                  feed = false, mixture = false;
    double                lo, hi;
    for (size_t k = 0; k < unit->outlets; k++) {
        outlet_case how = case_of(f, s, u, k, c);
        feed            = feed || how == CASE_FEED;
        mixture         = mixture || how == CASE_MIXTURE;
        if (how == CASE_OWN) {
            size_t at          = PARK_SUPER_SK(super, s, face->outlet[k].outlet, c);
            f->outlet_base[at] = conc_column(f, super->conc_lo[at], super->conc_hi[at], c);
            if (c < super->constituents)
                limit_column(f, f->outlet_base[at], face->outlet[k].limit[c], u, c);
        }
    }
    /* a unit with limits on its mixture but no outlet that is read needs no B: its limits are rows */
    if (mixture) {
        lo = 0.0, hi = INFINITY;
        double limit = INFINITY;
        for (size_t k = 0; k < unit->outlets; k++)
            if (face->outlet[k].rule[c] == PARK_QUALITY_MIX) {
                size_t at = PARK_SUPER_SK(super, s, face->outlet[k].outlet, c);
                lo = fmax(lo, super->conc_lo[at]), hi = fmin(hi, super->conc_hi[at]);
                limit = fmin(limit, face->outlet[k].limit[c]);
            }
        f->base[PARK_FORM_SUC(f, s, u, c)] = conc_column(f, lo, hi, c);
        if (c < super->constituents)
            limit_column(f, f->base[PARK_FORM_SUC(f, s, u, c)], limit, u, c);
    } else if (feed) {
        park_super_feed(super, s, u, c, !super->options.loose, &lo, &hi);
        f->base[PARK_FORM_SUC(f, s, u, c)] = conc_column(f, lo, fmin(hi, 1e4), c);
    }
    for (size_t k = 0; k < unit->outlets && !f->failed; k++) {
        outlet_case how = case_of(f, s, u, k, c);
        if (mixture && how == CASE_ABSENT && mixed_ways(f, &face->outlet[k], c))
            how = CASE_MIXTURE; /* nobody feels it, but it takes its share of what the others feel */
        if (mixture && how == CASE_FEED) { /* one unit, both rules: the feed's B is taken by the mixture */
            size_t at          = PARK_SUPER_SK(super, s, face->outlet[k].outlet, c);
            f->outlet_base[at] = conc_column(f, super->conc_lo[at], super->conc_hi[at], c);
            how                = CASE_OWN;
        }
        if (how != CASE_ABSENT)
            link_masses(f, s, u, k, c, how);
    }
}

/* ---- rows -------------------------------------------------------------------------------------------------------------- */

static bool feels(const park_super *super, const park_unit_info *unit, size_t c)
{
    for (size_t i = unit->first_inlet; i < unit->first_inlet + unit->inlets; i++)
        if (super->need_in[i * super->traced + c])
            return true;
    return false;
}

/* (O132) A discharge keeps its limit without what supply treatments reject, which would thin it. */
static void undiluted(park_formulation *f, size_t s, size_t u, size_t at, size_t c, double limit)
{
    const park_super     *super = f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    bool                  thins = false;
    park_sum              sum   = {0};
    if (!super->model->law.dilution_forbidden || c >= super->constituents ||
        !(unit->role == PARK_SINK || (unit->role == PARK_TREATMENT && unit->duty == PARK_DUTY_WASTE)))
        return;
    for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
        size_t                l    = (size_t)super->in_link[e];
        const park_link_info *link = &super->model->link[l];
        if (link->inlet != (int32_t)at)
            continue;
        if (super->model->outlet[link->outlet].thins) {
            thins = true;
            continue;
        }
        park_sum_link_mass(f, &sum, s, l, c, 1.0);
        park_sum_add(f, &sum, f->link_flow[PARK_FORM_SL(f, s, l)], -limit * f->conc_unit[c]);
    }
    if (thins)
        park_formulate_row(f, &sum, -INFINITY, 0.0, park_formulate_limit_statement(f, at, c, limit),
                           "undiluted limit");
}

/* (O15) The mixture at an inlet keeps its limit. */
static void inlet_limits(park_formulation *f, size_t s, size_t u, size_t c)
{
    const park_super     *super = f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    for (size_t i = 0; i < unit->inlets; i++) {
        double   limit = face->in_limit[i * super->traced + c];
        size_t   at    = unit->first_inlet + i;
        park_sum sum   = {0};
        if (isinf(limit) || !super->need_in[at * super->traced + c] ||
            (!super->options.loose && super->feed_hi[PARK_SUPER_SI(super, s, at, c)] <= limit))
            continue;
        for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++)
            if (super->model->link[super->in_link[e]].inlet == (int32_t)at)
                park_sum_link_mass(f, &sum, s, (size_t)super->in_link[e], c, 1.0);
        if (f->flow_fixed[PARK_FORM_SU(f, s, u)])
            sum.constant -= limit * f->conc_unit[c] * face->in_lo[i] * f->flow_unit;
        else
            park_sum_inlet_flow(f, &sum, s, at, -limit * f->conc_unit[c]);
        park_formulate_row(f, &sum, -INFINITY, 0.0, park_formulate_limit_statement(f, at, c, limit),
                           "inlet limit");
        undiluted(f, s, u, at, c, limit);
    }
}

/* times x mass that arrives at a unit. */
static void sum_feed(park_formulation *f, park_sum *sum, size_t s, size_t u, size_t c, double times)
{
    const park_super *super = f->super;
    int32_t           col   = f->feed_mass[PARK_FORM_SUC(f, s, u, c)];
    if (col >= 0) {
        park_sum_add(f, sum, col, times);
        return;
    }
    for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++)
        park_sum_link_mass(f, sum, s, (size_t)super->in_link[e], c, times);
}

static void feed_row(park_formulation *f, size_t s, size_t u, size_t c)
{
    const park_super *super = f->super;
    const park_face  *face  = PARK_SUPER_FACE(super, s, u);
    park_sum          sum   = {0};
    double            lo, hi;
    park_super_feed(super, s, u, c, !super->options.loose, &lo, &hi);
    sum_feed(f, &sum, s, u, c, 1.0);
    int32_t col = park_formulate_col(f, PARK_COL_OTHER, 0.0, face->hi * f->flow_unit * hi * f->conc_unit[c]);
    park_sum_add(f, &sum, col, -1.0);
    park_formulate_row(f, &sum, 0.0, 0.0, -1, "arriving mass");
    f->feed_mass[PARK_FORM_SUC(f, s, u, c)] = col;
}

/* times x mass that a SHARE outlet carries (U1). */
static void sum_share(park_formulation *f, park_sum *sum, size_t s, size_t u, size_t k, size_t c,
                      double times)
{
    const park_face_outlet *out  = &PARK_SUPER_FACE(f->super, s, u)->outlet[k];
    double                  unit = f->conc_unit[c];
    if (out->share[c] != 0.0)
        sum_feed(f, sum, s, u, c, times * out->share[c]);
    if (out->per_flow[c] != 0.0)
        park_sum_unit_flow(f, sum, s, u, times * out->per_flow[c] * unit);
    sum->constant += times * out->load[c] * unit * f->flow_unit;
}

/* times x mass of a unit's mixture before storage: keep M + flow Q + constant - FIXED outlets (U1). */
static void sum_mixture(park_formulation *f, park_sum *sum, size_t s, size_t u, size_t c,
                        const park_mixture *mix, double times)
{
    const park_super     *super = f->super;
    const park_unit_info *model = &super->model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    double                unit  = f->conc_unit[c];
    if (mix->keep != 0.0)
        sum_feed(f, sum, s, u, c, times * mix->keep);
    if (mix->flow != 0.0)
        park_sum_unit_flow(f, sum, s, u, times * mix->flow * unit);
    sum->constant += times * mix->constant * unit * f->flow_unit;
    for (size_t k = 0; k < model->outlets; k++)
        if (face->outlet[k].rule[c] == PARK_QUALITY_FIXED && !face->outlet[k].affine &&
            face->outlet[k].conc[c] != 0.0)
            park_sum_outlet_flow(f, sum, s, u, k, -times * face->outlet[k].conc[c] * unit);
}

/* The mass over all active ways of an outlet. Ways that nobody feels carry theirs, too: what is left for them is then
 * tied to the quality that all ways share, which an interval of that quality would not do. */
static void sum_ways(park_formulation *f, park_sum *all, size_t s, size_t k, size_t c, double times)
{
    const park_super *super = f->super;
    for (size_t e = super->out_start[k]; e < super->out_start[k + 1]; e++)
        park_sum_link_mass(f, all, s, (size_t)super->out_link[e], c, times);
}

static void redundant(park_formulation *f, int32_t row)
{
    if (row >= 0)
        f->program.redundant[row] = true;
}

/* (O17) SHARE outlets: what goes by all ways, and B = M/Q. */
static void share_rows(park_formulation *f, size_t s, size_t u, size_t c)
{
    const park_super     *super = f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    bool                  based = false;
    park_sum              all   = {0};
    for (size_t k = 0; k < unit->outlets; k++) {
        const park_face_outlet *out = &face->outlet[k];
        outlet_case             how = case_of(f, s, u, k, c);
        size_t                  at  = (size_t)out->outlet;
        if (out->rule[c] != PARK_QUALITY_SHARE)
            continue;
        if (c < super->constituents && isfinite(out->limit[c]) && !out->exits) { /* (O16) */
            park_sum_clear(&all);
            sum_share(f, &all, s, u, k, c, 1.0);
            park_sum_outlet_flow(f, &all, s, u, k, -out->limit[c] * f->conc_unit[c]);
            park_formulate_row(f, &all, -INFINITY, 0.0,
                               park_formulate_statement(f, out->limit[c], f->conc_unit[c] * f->flow_unit,
                                                        "%s.%s.outlet.%s", park_role_section(unit->role),
                                                        unit->id, super->model->constituent[c].id),
                               "outlet limit");
        }
        if (how == CASE_ABSENT || how == CASE_CERTAIN)
            continue;
        park_sum_clear(&all);
        sum_ways(f, &all, s, at, c, 1.0);
        sum_share(f, &all, s, u, k, c, -1.0);
        park_formulate_row(f, &all, 0.0, 0.0, -1, "splitting");
        int32_t own = f->outlet_base[PARK_FORM_SKC(f, s, at, c)];
        based       = based || (how == CASE_FEED && own < 0);
        if (own >= 0 && out->affine && f->flow_fixed[PARK_FORM_SU(f, s, u)]) {
            park_sum flow = {0};
            park_sum_outlet_flow(f, &flow, s, u, k, 1.0);
            park_sum_clear(&all);
            sum_share(f, &all, s, u, k, c, -1.0);
            park_sum_add(f, &all, own, flow.constant);
            redundant(f, park_formulate_row(f, &all, 0.0, 0.0, -1, "quality of outlet"));
        }
    }
    int32_t base = f->base[PARK_FORM_SUC(f, s, u, c)];
    if (!based || base < 0)
        return;
    if (f->flow_fixed[PARK_FORM_SU(f, s, u)]) {
        park_sum flow = {0};
        park_sum_unit_flow(f, &flow, s, u, 1.0);
        park_sum_clear(&all);
        sum_feed(f, &all, s, u, c, -1.0);
        park_sum_add(f, &all, base, flow.constant);
        park_formulate_row(f, &all, 0.0, 0.0, -1, "quality of feed");
    } else {
        park_formulate_whole(f, f->feed_mass[PARK_FORM_SUC(f, s, u, c)], f->unit_flow[PARK_FORM_SU(f, s, u)],
                             base);
        f->base_mass[PARK_FORM_SUC(f, s, u, c)] = f->feed_mass[PARK_FORM_SUC(f, s, u, c)];
    }
}

/* (O18) What the mixture's outlets carry: ways, exits, and the volume that stays. */
static void mixture_split(park_formulation *f, size_t s, size_t u, size_t c, const park_mixture *mix)
{
    const park_super     *super  = f->super;
    const park_unit_info *unit   = &super->model->unit[u];
    const park_face      *face   = PARK_SUPER_FACE(super, s, u);
    int32_t               base   = f->base[PARK_FORM_SUC(f, s, u, c)];
    int32_t               volume = f->volume[PARK_FORM_SU(f, s, u)];
    double                times  = volume >= 0 ? super->duration[s] * f->volume_unit / f->flow_unit : 1.0;
    park_sum              all    = {0};
    for (size_t k = 0; k < unit->outlets; k++) {
        const park_face_outlet *out = &face->outlet[k];
        size_t                  at  = (size_t)out->outlet;
        if (out->rule[c] != PARK_QUALITY_MIX)
            continue;
        if (!out->exits) {
            sum_ways(f, &all, s, at, c, times);
            continue;
        }
        park_sum flow = {0};
        park_sum_outlet_flow(f, &flow, s, u, k, times);
        if (flow.count == 0) {
            park_sum_add(f, &all, base, flow.constant);
            continue;
        }
        /* an exit in proportion to Q, or free: its own product */
        int32_t exit =
            out->affine ? f->unit_flow[PARK_FORM_SU(f, s, u)] : f->exit_flow[PARK_FORM_SK(f, s, at)];
        int32_t *w = out->affine ? &f->base_mass[PARK_FORM_SUC(f, s, u, c)]
                                 : &f->exit_mass[PARK_FORM_SKC(f, s, at, c)];
        if (exit < 0)
            continue;
        if (*w < 0) {
            *w = park_formulate_col(f, PARK_COL_LIFTED, 0.0,
                                    f->program.col_hi[exit] * f->program.col_hi[base]);
            park_formulate_product(f, *w, exit, base);
        }
        park_sum_add(f, &all, *w, out->affine ? times * out->alpha : times);
        if (out->affine)
            park_sum_add(f, &all, base, times * out->beta * f->flow_unit);
    }
    sum_mixture(f, &all, s, u, c, mix, -times);
    if (volume >= 0) {
        size_t before = park_super_before(super, s);
        bool   carries =
            !park_super_opens(super, s) || super->model->time.periodic || isnan(face->map->volume_start);
        park_sum_add(f, &all, f->stored_mass[PARK_FORM_SUC(f, s, u, c)], 1.0);
        if (carries)
            park_sum_add(f, &all, f->stored_mass[PARK_FORM_SUC(f, before, u, c)], -1.0);
        else /* the first filling starts at the quality of the season */
            park_sum_add(f, &all, base, -face->map->volume_start * f->volume_unit);
    }
    park_formulate_row(f, &all, 0.0, 0.0, -1, "splitting");
    if (!mix->affine || volume >= 0)
        return;
    /* (O19) the whole flow of the mixture times B is its mass */
    park_sum_clear(&all);
    park_sum flow = {0};
    park_sum_unit_flow(f, &flow, s, u, mix->alpha);
    sum_mixture(f, &all, s, u, c, mix, -1.0);
    if (flow.count == 0 || mix->alpha == 0.0) {
        park_sum_add(f, &all, base, flow.constant + mix->beta * f->flow_unit);
    } else {
        int32_t *w = &f->base_mass[PARK_FORM_SUC(f, s, u, c)];
        if (*w < 0) {
            *w = park_formulate_col(f, PARK_COL_LIFTED, 0.0,
                                    f->program.col_hi[f->unit_flow[PARK_FORM_SU(f, s, u)]] *
                                        f->program.col_hi[base]);
            if (mix->proportional && mix->alpha > 0.0)
                park_formulate_whole(f, *w, f->unit_flow[PARK_FORM_SU(f, s, u)], base);
            else
                park_formulate_product(f, *w, f->unit_flow[PARK_FORM_SU(f, s, u)], base);
        }
        park_sum_add(f, &all, *w, mix->alpha);
        park_sum_add(f, &all, base, mix->beta * f->flow_unit);
    }
    redundant(f, park_formulate_row(f, &all, 0.0, 0.0, -1, "whole flow"));
}

/* A pinned outlet (O8): its quality is a number, so the balance is linear. One way out: mass as a column. */
static void mixture_direct(park_formulation *f, size_t s, size_t u, size_t c, const park_mixture *mix)
{
    const park_super     *super = f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    park_sum              sum   = {0};
    double                parts = 0.0;
    for (size_t k = 0; k < unit->outlets; k++)
        if (face->outlet[k].rule[c] == PARK_QUALITY_MIX)
            parts += mix->proportional ? face->outlet[k].alpha : 1.0;
    if (parts == 0.0)
        return;
    for (size_t k = 0; k < unit->outlets; k++) {
        size_t      at     = (size_t)face->outlet[k].outlet;
        outlet_case how    = case_of(f, s, u, k, c);
        bool        pinned = super->pinned[at * super->traced + c];
        if (face->outlet[k].rule[c] != PARK_QUALITY_MIX || (how != CASE_ONE_WAY && !pinned))
            continue;
        double part = mix->proportional ? face->outlet[k].alpha / parts : 1.0;
        park_sum_clear(&sum);
        if (pinned) {
            park_sum_outlet_flow(f, &sum, s, u, k,
                                 super->known[PARK_SUPER_SK(super, s, at, c)] * f->conc_unit[c]);
        } else {
            sum_ways(f, &sum, s, at, c, 1.0);
        }
        sum_mixture(f, &sum, s, u, c, mix, -part);
        park_formulate_row(f, &sum, 0.0, 0.0, -1, "mixture");
    }
}

/* (O16) Limits of the mixture: single and combined, linear in mass and flow. */
static void mixture_limits(park_formulation *f, size_t s, size_t u, size_t c, const park_mixture *mix)
{
    const park_super     *super = f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    double                limit = INFINITY;
    park_sum              sum   = {0};
    if (c >= super->constituents || !mix->affine || f->volume[PARK_FORM_SU(f, s, u)] >= 0)
        return;
    for (size_t k = 0; k < unit->outlets; k++)
        if (face->outlet[k].rule[c] == PARK_QUALITY_MIX &&
            !super->pinned[(unit->first_outlet + k) * super->traced + c])
            limit = fmin(limit, face->outlet[k].limit[c]);
    if (isinf(limit))
        return;
    sum_mixture(f, &sum, s, u, c, mix, 1.0);
    park_sum_unit_flow(f, &sum, s, u, -limit * f->conc_unit[c] * mix->alpha);
    sum.constant -= limit * f->conc_unit[c] * mix->beta * f->flow_unit;
    park_formulate_row(f, &sum, -INFINITY, 0.0,
                       park_formulate_statement(f, limit, f->conc_unit[c] * f->flow_unit, "%s.%s.outlet.%s",
                                                park_role_section(unit->role), unit->id,
                                                super->model->constituent[c].id),
                       "outlet limit");
}

static void combined_limits(park_formulation *f, size_t s, size_t u)
{
    const park_super     *super = f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    for (size_t i = 0; i < face->map->combined_count; i++) {
        const park_map_combined *combined = &face->map->combined[i];
        park_sum                 sum      = {0};
        double                   scale    = 0.0;
        park_mixture             mix      = {.affine = true};
        for (size_t c = 0; c < super->constituents; c++)
            if (combined->coef[c] != 0.0) {
                mix   = park_face_mixture(super, face, unit->outlets, c);
                scale = fmax(scale, fabs(combined->coef[c]) / f->conc_unit[c]);
            }
        if (scale == 0.0 || !mix.affine)
            continue;
        for (size_t c = 0; c < super->constituents; c++)
            if (combined->coef[c] != 0.0) {
                mix = park_face_mixture(super, face, unit->outlets, c);
                sum_mixture(f, &sum, s, u, c, &mix, combined->coef[c] / f->conc_unit[c] / scale);
            }
        park_sum_unit_flow(f, &sum, s, u, -combined->limit / scale * mix.alpha);
        sum.constant -= combined->limit / scale * mix.beta * f->flow_unit;
        park_formulate_row(f, &sum, -INFINITY, 0.0,
                           park_formulate_statement(f, combined->limit, f->flow_unit / scale,
                                                    "%s.%s.circulating_limits.%s",
                                                    park_role_section(unit->role), unit->id, combined->name),
                           combined->name);
    }
}

/* Does any row below read what arrived? Then it gets a column; an inlet limit alone is written out. */
static bool leaves_read(const park_formulation *f, size_t s, size_t u, size_t c)
{
    const park_super     *super = f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    for (size_t k = 0; k < unit->outlets; k++) {
        outlet_case how = case_of(f, s, u, k, c);
        if ((how != CASE_ABSENT && how != CASE_CERTAIN) || isfinite(face->outlet[k].limit[c]) ||
            super->pinned[(unit->first_outlet + k) * super->traced + c])
            return true;
    }
    return face->map->combined_count > 0;
}

static void unit_rows(park_formulation *f, size_t s, size_t u, size_t c)
{
    const park_super     *super = f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    if (!feels(super, unit, c))
        return;
    if (unit->role != PARK_SINK && leaves_read(f, s, u, c))
        feed_row(f, s, u, c);
    inlet_limits(f, s, u, c);
    share_rows(f, s, u, c);
    park_mixture mix = park_face_mixture(super, PARK_SUPER_FACE(super, s, u), unit->outlets, c);
    if (mix.outlets == 0)
        return;
    if (f->base[PARK_FORM_SUC(f, s, u, c)] >= 0)
        mixture_split(f, s, u, c, &mix);
    else
        mixture_direct(f, s, u, c, &mix);
    mixture_limits(f, s, u, c, &mix);
}

static void storage_columns(park_formulation *f, size_t u, size_t c)
{
    const park_super *super = f->super;
    if (!feels(super, &super->model->unit[u], c))
        return;
    for (size_t s = 0; s < super->seasons; s++) {
        size_t at = PARK_FORM_SUC(f, s, u, c);
        if (f->volume[PARK_FORM_SU(f, s, u)] < 0 || f->base[at] < 0)
            continue;
        int32_t volume     = f->volume[PARK_FORM_SU(f, s, u)];
        f->stored_mass[at] = park_formulate_col(f, PARK_COL_LIFTED, 0.0,
                                                f->program.col_hi[volume] * f->program.col_hi[f->base[at]]);
        park_formulate_product(f, f->stored_mass[at], volume, f->base[at]);
    }
}

void park_formulate_mass(park_formulation *f)
{
    const park_super *super = f->super;
    for (size_t c = 0; c < super->traced; c++) {
        if (!super->in_program[c])
            continue;
        for (size_t s = 0; s < super->seasons && !f->failed; s++)
            for (size_t u = 0; u < super->units; u++)
                if (super->model->unit[u].role != PARK_SINK)
                    unit_columns(f, s, u, c);
        for (size_t u = 0; u < super->units && !f->failed; u++)
            storage_columns(f, u, c);
        for (size_t s = 0; s < super->seasons && !f->failed; s++)
            for (size_t u = 0; u < super->units; u++)
                if (super->model->unit[u].role != PARK_SOURCE)
                    unit_rows(f, s, u, c);
    }
    for (size_t s = 0; s < super->seasons && !f->failed; s++)
        for (size_t u = 0; u < super->units; u++)
            combined_limits(f, s, u);
}
