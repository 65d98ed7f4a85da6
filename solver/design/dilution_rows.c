/*
 * dilution_rows.c - no clean water through a user beyond his need (docs/math/optimization.md, O110-O111, O180-O182).
 *
 * The law cuts the pipes from unused water to discharges (model/law.c). A user whose flow may vary is the way around it:
 * he could draw more than he needs, or blow down more than his limits ask, and thin out what drains. With N_l the flow that he would need if the water of link l
 * were all he got, unused water is held to   sum over unused l of q_l / N_l <= 1. A user with several inlets needs N_l of all his water together and lo_i of
 * each inlet by itself; rows hold every plan in which either is the reason.
 */
#include "design/formulation.h"

static const double WATER_ITSELF = 1000.0; /* [kg/m3] nothing is richer (O6) */
static const double NEED_LEAST   = 1e-6;   /* of the greatest need: nothing */

/* Is there anything to gain by thinning: a discharge or waste treatment with a limit? */
static bool somebody_is_limited(const park_model *model)
{
    for (size_t i = 0; i < model->inlets; i++) {
        const park_unit_info *unit = &model->unit[model->inlet[i].unit];
        bool                  discharge =
            unit->role == PARK_SINK || (unit->role == PARK_TREATMENT && unit->duty == PARK_DUTY_WASTE);
        for (size_t c = 0; discharge && c < model->constituents; c++)
            if (isfinite(model->inlet[i].limit[c]))
                return true;
    }
    return false;
}

/* May the user choose how much he draws and drains, or blow down more or less? */
static bool chooses_his_flow(const park_model *model, const park_unit_info *unit, const park_face *face)
{
    bool loose = false;
    if (unit->role != PARK_USER || unit->outlets == 0)
        return false;
    park_outlet_role first = model->outlet[unit->first_outlet].role;
    for (size_t i = 0; i < unit->inlets; i++)
        loose = loose || face->map->in_hi[i] > face->map->in_lo[i];
    return loose && (first == PARK_OUT_PRODUCT || first == PARK_OUT_BLOWDOWN);
}

/* Water of the mixture for an inflow Q, alpha Q + beta: what the other outlets leave. An outlet of free flow that carries
 * nothing (exported condensate) is water needed on top of it, and told by the index; false when the rest is not so simple. */
static bool mixture_water(const park_face *face, size_t outlets, size_t c, double *alpha, double *beta,
                          int32_t *apart)
{
    bool mixes = false;
    *alpha = 1.0, *beta = face->map->own, *apart = -1;
    for (size_t k = 0; k < outlets; k++) {
        const park_face_outlet *out = &face->outlet[k];
        if (out->rule[c] == PARK_QUALITY_MIX) {
            mixes = true;
        } else if (out->affine) {
            *alpha -= out->alpha, *beta -= out->beta;
        } else if (*apart < 0 && (out->rule[c] == PARK_QUALITY_NONE ||
                                  (out->rule[c] == PARK_QUALITY_FIXED && out->conc[c] == 0.0))) {
            *apart = out->outlet;
        } else {
            return false;
        }
    }
    return mixes;
}

/* Flow at which water of quality `conc` keeps the outlet below `limit`, `more` beside the user's own load: 0 when any does; INFINITY
 * when none does, so that this water thins nothing, or when the outlet's quality does not follow from the inlet alone. */
static double need_of(const park_super *super, const park_face *face, size_t outlets, size_t c, double conc,
                      double limit, double more)
{
    park_mixture mix = park_face_mixture(super, face, outlets, c);
    double       alpha, beta;
    int32_t      apart;
    if (mix.outlets == 0 || !mix.exact || !mixture_water(face, outlets, c, &alpha, &beta, &apart))
        return INFINITY;
    double room = limit * alpha - mix.keep * conc - mix.flow, load = mix.constant - limit * beta + more;
    return load <= 0.0 ? 0.0 : room > 0.0 ? load / room : INFINITY;
}

/* The same for a sum of constituents that the mixture limits together. */
static double need_together(const park_super *super, const park_face *face, size_t outlets,
                            const park_map_combined *combined, const double *conc)
{
    double  alpha = 0.0, beta = 0.0, room = 0.0, load = 0.0;
    int32_t apart;
    for (size_t c = 0; c < super->constituents; c++) {
        if (combined->coef[c] == 0.0)
            continue;
        park_mixture mix = park_face_mixture(super, face, outlets, c);
        if (mix.outlets == 0 || !mix.exact || !mixture_water(face, outlets, c, &alpha, &beta, &apart))
            return INFINITY;
        room -= combined->coef[c] * (mix.keep * conc[c] + mix.flow);
        load += combined->coef[c] * mix.constant;
    }
    room += combined->limit * alpha, load -= combined->limit * beta;
    return load <= 0.0 ? 0.0 : room > 0.0 ? load / room : INFINITY;
}

static double outlet_limit(const park_face *face, size_t outlets, size_t c, bool *mixes)
{
    double limit = WATER_ITSELF;
    *mixes       = false;
    for (size_t k = 0; k < outlets; k++)
        if (face->outlet[k].rule[c] == PARK_QUALITY_MIX) {
            limit  = fmin(limit, face->outlet[k].limit[c]);
            *mixes = true;
        }
    return limit;
}

/* A pipe for what is blown down that is worth laying carries at least this [m3/s]; 0 none. */
static double least_pipe(const park_super *super, size_t u)
{
    const park_unit_info *unit  = &super->model->unit[u];
    double                least = 0.0;
    if (super->model->outlet[unit->first_outlet].role == PARK_OUT_BLOWDOWN)
        for (size_t l = 0; l < super->links; l++)
            if (super->model->link[l].outlet == (int32_t)unit->first_outlet)
                least = fmax(least, super->model->link[l].min_flow);
    return least;
}

static double least_inflow(const park_face *face, size_t i)
{
    return fmax(face->in_lo[i], face->map->in_lo[i]);
}

/* (O182) Source water richer than the outlet may be, at the least flow of the inlets that may get it, is a load like any other. With
 * one inlet it would give way to what is cleaner. */
static double rich_load(const park_super *super, size_t s, size_t u, size_t c, double limit)
{
    const park_unit_info *unit = &super->model->unit[u];
    const park_face      *face = PARK_SUPER_FACE(super, s, u);
    park_mixture          mix  = park_face_mixture(super, face, unit->outlets, c);
    double                sum  = 0.0, alpha, beta;
    int32_t               apart;
    if (unit->inlets < 2 || !mixture_water(face, unit->outlets, c, &alpha, &beta, &apart))
        return 0.0;
    for (size_t i = 0; i < unit->inlets; i++) {
        double worst = 0.0;
        for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
            const park_link_info *link = &super->model->link[super->in_link[e]];
            if (link->inlet == (int32_t)(unit->first_inlet + i) && super->model->outlet[link->outlet].unused)
                worst = fmax(worst, fmin(super->conc_hi[PARK_SUPER_SK(super, s, link->outlet, c)],
                                         face->in_limit[i * super->traced + c]));
        }
        sum += least_inflow(face, i) * fmax(mix.keep * worst + mix.flow - limit * alpha, 0.0);
    }
    return sum;
}

/* (O110) What the user's limits ask of the water of outlet k alone, at its worst, and of his whole flow [m3/s]. */
static double needed(const park_super *super, size_t s, size_t u, size_t k)
{
    const park_unit_info *unit  = &super->model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    double                least = 0.0;
    for (size_t i = 0; i < unit->inlets; i++)
        least += least_inflow(face, i);
    double most = face->lo > least * (1.0 + 1e-9) ? face->lo : 0.0;
    for (size_t c = 0; c < super->constituents; c++) {
        bool   mixes;
        double limit = outlet_limit(face, unit->outlets, c, &mixes);
        if (!mixes)
            continue;
        most =
            fmax(most, need_of(super, face, unit->outlets, c, super->conc_hi[PARK_SUPER_SK(super, s, k, c)],
                               limit, rich_load(super, s, u, c, limit)));
    }
    for (size_t i = 0; i < face->map->combined_count; i++)
        most = fmax(most, need_together(super, face, unit->outlets, &face->map->combined[i],
                                        &super->conc_hi[PARK_SUPER_SK(super, s, k, 0)]));
    return most + least_pipe(super, u);
}

/* Condensate that is exported is water that the user needs beside what he blows down. */
static void add_exports(park_formulation *f, park_sum *sum, size_t s, size_t u)
{
    const park_super     *super = f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    for (size_t k = 0; k < unit->outlets; k++) {
        const park_face_outlet *out   = &face->outlet[k];
        bool                    mixes = false;
        for (size_t c = 0; c < super->constituents; c++)
            mixes = mixes || out->rule[c] == PARK_QUALITY_MIX;
        if (!out->affine && !mixes && !out->exits)
            park_sum_outlet_flow(f, sum, s, u, k, -1.0);
    }
}

/* What a user needs of the unused water that he may get, in one season. */
typedef struct needs {
    size_t  links, inlets;
    size_t *link, *inlet; /* [links] and the inlet of the unit that it leads to */
    double *flow;         /* [links] N [m3/s] */
    double *least_flow;   /* [inlets] [m3/s] */
    double *most_share;   /* [inlets] greatest 1/N of its links [s/m3]; 0: none of them is of use */
    double *share;        /* [inlets] scratch */
} needs;

static bool needs_new(park_formulation *f, const park_unit_info *unit, size_t links, needs *n)
{
    n->link = PARK_ARRAY(f->arena, links + 1, size_t), n->inlet = PARK_ARRAY(f->arena, links + 1, size_t);
    n->flow       = PARK_ARRAY(f->arena, links + 1, double);
    n->least_flow = PARK_ARRAY(f->arena, unit->inlets, double);
    n->most_share = PARK_ARRAY(f->arena, unit->inlets, double);
    n->share      = PARK_ARRAY(f->arena, unit->inlets, double);
    f->failed     = n->link == NULL || n->inlet == NULL || n->flow == NULL || n->least_flow == NULL ||
                n->most_share == NULL || n->share == NULL;
    return !f->failed;
}

/* A need of nothing is a millionth of the others, so that no row is out of scale. */
static void needs_find(const park_formulation *f, size_t s, size_t u, needs *n)
{
    const park_super     *super = f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    double                all   = 0.0;
    n->inlets                   = unit->inlets;
    for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
        size_t                l    = (size_t)super->in_link[e];
        const park_link_info *link = &super->model->link[l];
        if (!super->model->outlet[link->outlet].unused)
            continue;
        double flow = needed(super, s, u, (size_t)link->outlet);
        if (isinf(flow))
            continue;
        n->link[n->links] = l, n->inlet[n->links] = (size_t)link->inlet - unit->first_inlet;
        n->flow[n->links++] = flow;
        all                 = fmax(all, flow);
    }
    for (size_t i = 0; i < n->inlets; i++) {
        n->least_flow[i] = least_inflow(PARK_SUPER_FACE(super, s, u), i) + least_pipe(super, u);
        all              = fmax(all, n->least_flow[i]);
    }
    for (size_t k = 0; k < n->links; k++) {
        n->flow[k]    = fmax(n->flow[k], fmax(NEED_LEAST * all, 1e-9 / f->flow_unit));
        double *share = &n->most_share[n->inlet[k]];
        *share        = fmax(*share, 1.0 / n->flow[k]);
    }
}

/* (O181) The share of one cubic metre by each inlet, those that come first in the order as large as can be; true: all are, so that
 * another order says the same. */
static bool shares_in_order(needs *n, size_t first, bool back)
{
    double room = 1.0;
    bool   full = true;
    for (size_t k = 0; k < n->inlets; k++) {
        size_t i    = (first + (back ? n->inlets - k : k)) % n->inlets;
        double most = n->most_share[i], takes = n->least_flow[i] * most;
        n->share[i] = takes <= room ? most : room / n->least_flow[i];
        room        = fmax(room - takes, 0.0);
        full        = full && n->share[i] >= most;
    }
    return full;
}

/* (O111), (O181): scaled by the greatest share, so that coefficients are at most 1. */
static void need_row(park_formulation *f, size_t s, size_t u, const needs *n)
{
    park_sum sum      = {0};
    double   greatest = 0.0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < n->links; k++) {
            double share = fmin(1.0 / n->flow[k], n->share[n->inlet[k]]);
            if (pass == 0)
                greatest = fmax(greatest, share);
            else if (share > 0.0)
                park_sum_add(f, &sum, f->link_flow[PARK_FORM_SL(f, s, n->link[k])], share / greatest);
        }
    if (sum.count == 0)
        return;
    add_exports(f, &sum, s, u);
    park_formulate_row(f, &sum, -INFINITY, f->flow_unit / greatest, -1, "no dilution");
}

static void user_rows(park_formulation *f, size_t s, size_t u)
{
    const park_unit_info *unit = &f->super->model->unit[u];
    needs                 n    = {0};
    if (!needs_new(f, unit, f->super->in_start[u + 1] - f->super->in_start[u], &n))
        return;
    needs_find(f, s, u, &n);
    for (size_t first = 0; n.links > 0 && first < n.inlets; first++)
        for (int back = 0; back < (n.inlets > 2 ? 2 : 1); back++) {
            bool full = shares_in_order(&n, first, back);
            need_row(f, s, u, &n);
            if (full)
                return;
        }
}

void park_formulate_dilution(park_formulation *f)
{
    const park_super *super = f->super;
    if (!super->model->law.dilution_forbidden || !somebody_is_limited(super->model))
        return;
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t u = 0; u < super->units && !f->failed; u++)
            if (chooses_his_flow(super->model, &super->model->unit[u], PARK_SUPER_FACE(super, s, u)))
                user_rows(f, s, u);
}
