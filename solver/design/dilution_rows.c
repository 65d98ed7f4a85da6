/*
 * dilution_rows.c - no clean water through a user beyond his need (docs/math/optimization.md, O110-O111).
 *
 * The law cuts the pipes from unused water to discharges (model/law.c). A user whose flow may vary is the way around it:
 * he could draw more than he needs, or blow down more than his limits ask, and thin out what drains. With N_l the flow that he would need if the water of link l
 * were all he got, unused water is held to   sum over unused l of q_l / N_l <= 1.
 */
#include "design/formulation.h"

static const double WATER_ITSELF = 1000.0; /* [kg/m3] nothing is richer (O6) */

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

/* May the user choose how much he draws and drains, or blow down more or less? Several inlets share one load: how much each
 * needs is not defined. */
static bool chooses_his_flow(const park_model *model, const park_unit_info *unit, const park_face *face)
{
    if (unit->role != PARK_USER || unit->inlets != 1 || unit->outlets == 0)
        return false;
    park_outlet_role first = model->outlet[unit->first_outlet].role;
    return (first == PARK_OUT_PRODUCT || first == PARK_OUT_BLOWDOWN) &&
           face->map->in_hi[0] > face->map->in_lo[0];
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

/* Flow at which water of quality `conc` keeps the outlet below `limit`: 0 when any does; INFINITY when none does, so that this
 * water thins nothing, or when the outlet's quality does not follow from the inlet alone. */
static double need_of(const park_super *super, const park_face *face, size_t outlets, size_t c, double conc,
                      double limit)
{
    park_mixture mix = park_face_mixture(super, face, outlets, c);
    double       alpha, beta;
    int32_t      apart;
    if (mix.outlets == 0 || !mix.exact || !mixture_water(face, outlets, c, &alpha, &beta, &apart))
        return INFINITY;
    double room = limit * alpha - mix.keep * conc - mix.flow, load = mix.constant - limit * beta;
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

/* (O110) What the user needs of the water of outlet k alone, at its worst [m3/s]. */
static double needed(const park_super *super, size_t s, size_t u, size_t k)
{
    const park_unit_info *unit = &super->model->unit[u];
    const park_face      *face = PARK_SUPER_FACE(super, s, u);
    double                most = fmax(fmax(face->lo, face->in_lo[0]), face->map->in_lo[0]);
    for (size_t c = 0; c < super->constituents; c++) {
        bool   mixes;
        double limit = outlet_limit(face, unit->outlets, c, &mixes);
        if (!mixes)
            continue;
        most = fmax(most, need_of(super, face, unit->outlets, c,
                                  super->conc_hi[PARK_SUPER_SK(super, s, k, c)], limit));
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

/* (O111) */
static void user_row(park_formulation *f, size_t s, size_t u)
{
    const park_super *super = f->super;
    const park_model *model = super->model;
    park_sum          sum   = {0};
    double            least = INFINITY;
    for (int pass = 0; pass < 2; pass++) /* scaled by the least need, so that coefficients are at most 1 */
        for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
            size_t l = (size_t)super->in_link[e];
            if (!model->outlet[model->link[l].outlet].unused)
                continue;
            double flow = needed(super, s, u, (size_t)model->link[l].outlet);
            if (pass == 0)
                least = fmin(least, fmax(flow, 1e-9 / f->flow_unit));
            else if (isfinite(flow))
                park_sum_add(f, &sum, f->link_flow[PARK_FORM_SL(f, s, l)],
                             least / fmax(flow, 1e-9 / f->flow_unit));
        }
    if (!isfinite(least) || sum.count == 0)
        return;
    add_exports(f, &sum, s, u);
    park_formulate_row(f, &sum, -INFINITY, least * f->flow_unit, -1, "no dilution");
}

void park_formulate_dilution(park_formulation *f)
{
    const park_super *super = f->super;
    if (!super->model->law.dilution_forbidden || !somebody_is_limited(super->model))
        return;
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t u = 0; u < super->units && !f->failed; u++)
            if (chooses_his_flow(super->model, &super->model->unit[u], PARK_SUPER_FACE(super, s, u)))
                user_row(f, s, u);
}
