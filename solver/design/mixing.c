/*
 * mixing.c - concentrations that belong to given flows: one linear system a constituent (docs/math/optimization.md, O38).
 *
 * Unknowns are the arriving masses M of every unit and, for storages that carry from season to season, their quality C:
 *     M_u = sum over links into u of q_e C_from(e),     C_k = (a_k M + b_k)/F_k from the unit's face,
 *     (V_s + dt F_mix) C_s = V_(s-1) C_(s-1) + dt mass(M_s).
 * Without such storages each season is a system of its own.
 */
#include "base/dense.h"
#include "design/plan.h"

#include <string.h>

typedef struct mixing {
    const park_plan  *plan;
    const park_super *super;
    size_t            c, first, seasons; /* the block of seasons */
    size_t            n;
    int32_t          *mass, *quality; /* [seasons*U] unknowns, -1 */
    double           *a, *b, *x;
} mixing;

/* C of an outlet = slope M_from + value, or the storage's own unknown. */
typedef struct outlet_line {
    double  slope, value;
    int32_t unknown; /* >= 0: C is this unknown */
} outlet_line;

static double mixture_flow(const mixing *m, size_t s, size_t u)
{
    const park_unit_info *unit = &m->super->model->unit[u];
    const park_face      *face = PARK_SUPER_FACE(m->super, s, u);
    double                sum  = 0.0;
    for (size_t k = 0; k < unit->outlets; k++)
        if (face->outlet[k].rule[m->c] == PARK_QUALITY_MIX)
            sum += m->plan->outlet_flow[PARK_FORM_SK(m->plan->f, s, unit->first_outlet + k)];
    return sum;
}

/* Mass of the mixture = keep M + rest. */
static void mixture_mass(const mixing *m, size_t s, size_t u, double *keep, double *rest)
{
    const park_unit_info *unit = &m->super->model->unit[u];
    const park_face      *face = PARK_SUPER_FACE(m->super, s, u);
    double                flow = m->plan->unit_flow[PARK_FORM_SU(m->plan->f, s, u)];
    size_t                c    = m->c;
    *keep                      = 1.0 - face->removed_share[c];
    *rest = face->add[c] + face->add_per_flow[c] * flow + face->map->own * face->own_conc[c];
    for (size_t k = 0; k < unit->outlets; k++) {
        const park_face_outlet *out = &face->outlet[k];
        double                  F = m->plan->outlet_flow[PARK_FORM_SK(m->plan->f, s, unit->first_outlet + k)];
        if (out->rule[c] == PARK_QUALITY_SHARE)
            *keep -= out->share[c], *rest -= out->per_flow[c] * flow + out->load[c];
        else if (out->rule[c] == PARK_QUALITY_FIXED)
            *rest -= out->conc[c] * F;
    }
}

static outlet_line line_of(const mixing *m, size_t s, size_t k)
{
    const park_formulation *f     = m->plan->f;
    const park_super       *super = m->super;
    size_t                  u     = (size_t)super->model->outlet[k].unit;
    const park_face        *face  = PARK_SUPER_FACE(super, s, u);
    const park_face_outlet *out   = &face->outlet[k - super->model->unit[u].first_outlet];
    double                  F     = m->plan->outlet_flow[PARK_FORM_SK(f, s, k)];
    double                  flow  = m->plan->unit_flow[PARK_FORM_SU(f, s, u)];
    outlet_line             line  = {0.0, 0.0, -1};
    size_t                  c     = m->c;
    switch ((park_quality_rule)out->rule[c]) {
    case PARK_QUALITY_NONE:
        break;
    case PARK_QUALITY_FIXED:
        line.value = out->conc[c];
        break;
    case PARK_QUALITY_SHARE:
        if (F > 0.0)
            line.slope = out->share[c] / F, line.value = (out->per_flow[c] * flow + out->load[c]) / F;
        break;
    case PARK_QUALITY_MIX:
        line.unknown = m->quality[(s - m->first) * super->units + u];
        if (line.unknown < 0) {
            double all = mixture_flow(m, s, u), keep, rest;
            mixture_mass(m, s, u, &keep, &rest);
            if (all > 0.0)
                line.slope = keep / all, line.value = rest / all;
        }
        break;
    }
    return line;
}

static bool number_unknowns(mixing *m)
{
    const park_super *super = m->super;
    m->n                    = 0;
    for (size_t s = 0; s < m->seasons; s++)
        for (size_t u = 0; u < super->units; u++) {
            m->mass[s * super->units + u] = m->quality[s * super->units + u] = -1;
            if (super->model->unit[u].role == PARK_SOURCE)
                continue;
            m->mass[s * super->units + u] = (int32_t)m->n++;
            if (m->plan->f->volume[PARK_FORM_SU(m->plan->f, m->first + s, u)] >= 0)
                m->quality[s * super->units + u] = (int32_t)m->n++;
        }
    return m->n > 0;
}

static void feed_equation(mixing *m, size_t s, size_t u)
{
    const park_formulation *f     = m->plan->f;
    const park_super       *super = m->super;
    size_t                  local = s - m->first, row = (size_t)m->mass[local * super->units + u];
    m->a[row * m->n + row] += 1.0;
    for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
        size_t                l    = (size_t)super->in_link[e];
        const park_link_info *link = &super->model->link[l];
        double                q    = m->plan->link_flow[PARK_FORM_SL(f, s, l)];
        if (q == 0.0)
            continue;
        outlet_line line = line_of(m, s, (size_t)link->outlet);
        m->b[row] += q * line.value;
        if (line.unknown >= 0)
            m->a[row * m->n + (size_t)line.unknown] -= q;
        else if (line.slope != 0.0)
            m->a[row * m->n + (size_t)m->mass[local * super->units + (size_t)link->from]] -= q * line.slope;
    }
}

static void storage_equation(mixing *m, size_t s, size_t u)
{
    const park_formulation *f     = m->plan->f;
    const park_super       *super = m->super;
    const park_face        *face  = PARK_SUPER_FACE(super, s, u);
    size_t                  local = s - m->first, row = (size_t)m->quality[local * super->units + u];
    size_t                  last = local == 0 ? m->seasons - 1 : local - 1;
    bool                    first =
        park_super_opens(super, s) && !super->model->time.periodic && !isnan(face->map->volume_start);
    double keep, rest, dt = super->duration[s];
    double before = first ? face->map->volume_start : m->plan->volume[PARK_FORM_SU(f, m->first + last, u)];
    mixture_mass(m, s, u, &keep, &rest);
    double hold = m->plan->volume[PARK_FORM_SU(f, s, u)] + dt * mixture_flow(m, s, u);
    m->a[row * m->n + row] += hold > 0.0 ? hold : 1.0; /* empty and idle: C is 0 */
    if (!(hold > 0.0))
        return;
    m->a[row * m->n + (first ? row : (size_t)m->quality[last * super->units + u])] -= before;
    m->a[row * m->n + (size_t)m->mass[local * super->units + u]] -= dt * keep;
    m->b[row] += dt * rest;
}

static void take_answer(mixing *m, park_plan *plan)
{
    const park_super *super = m->super;
    for (size_t s = m->first; s < m->first + m->seasons; s++) {
        for (size_t u = 0; u < super->units; u++) {
            int32_t at                                     = m->mass[(s - m->first) * super->units + u];
            plan->feed[PARK_FORM_SUC(plan->f, s, u, m->c)] = at >= 0 ? m->x[at] : 0.0;
        }
        for (size_t k = 0; k < super->outlets; k++) {
            size_t      u    = (size_t)super->model->outlet[k].unit;
            outlet_line line = line_of(m, s, k);
            double      feed = plan->feed[PARK_FORM_SUC(plan->f, s, u, m->c)];
            plan->conc[PARK_FORM_SKC(plan->f, s, k, m->c)] =
                line.unknown >= 0 ? m->x[line.unknown] : line.slope * feed + line.value;
        }
    }
}

static bool block(park_plan *plan, park_arena *arena, size_t c, size_t first, size_t seasons)
{
    const park_super *super = plan->f->super;
    mixing            m     = {.plan = plan, .super = super, .c = c, .first = first, .seasons = seasons};
    m.mass                  = PARK_ARRAY(arena, seasons * super->units, int32_t);
    m.quality               = PARK_ARRAY(arena, seasons * super->units, int32_t);
    if (m.mass == NULL || m.quality == NULL)
        return false;
    if (!number_unknowns(&m))
        return true;
    m.a            = PARK_ARRAY(arena, m.n * m.n, double);
    m.b            = PARK_ARRAY(arena, m.n, double);
    m.x            = PARK_ARRAY(arena, m.n, double);
    double  *work  = PARK_ARRAY(arena, PARK_DENSE_WORK(m.n), double);
    int32_t *pivot = PARK_ARRAY(arena, m.n, int32_t);
    if (m.a == NULL || m.b == NULL || m.x == NULL || work == NULL || pivot == NULL)
        return false;
    for (size_t s = first; s < first + seasons; s++)
        for (size_t u = 0; u < super->units; u++) {
            if (m.mass[(s - first) * super->units + u] >= 0)
                feed_equation(&m, s, u);
            if (m.quality[(s - first) * super->units + u] >= 0)
                storage_equation(&m, s, u);
        }
    if (park_dense_solve(m.n, m.a, m.b, m.x, work, pivot, NULL) != PARK_OK)
        return false;
    take_answer(&m, plan);
    return true;
}

bool park_plan_mix(park_plan *plan, size_t c)
{
    const park_super *super   = plan->f->super;
    bool              carries = false, fine = true;
    for (size_t at = 0; at < super->seasons * super->units; at++)
        carries = carries || plan->f->volume[at] >= 0;
    park_arena *arena = park_arena_new();
    if (arena == NULL)
        return false;
    if (carries)
        for (size_t s = 0; s < super->seasons && fine; s += super->per)
            fine = block(plan, arena, c, s, super->per);
    else
        for (size_t s = 0; s < super->seasons && fine; s++)
            fine = block(plan, arena, c, s, 1);
    park_arena_free(arena);
    return fine;
}
