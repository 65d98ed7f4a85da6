/*
 * water_rows.c - flows, their balances, capacities and licences (docs/math/optimization.md, O10-O14).
 */
#include "design/formulation.h"

static void balance_note(park_formulation *f, int32_t row)
{
    if (row < 0)
        return;
    if (!PARK_GROW(f->arena, f->balance, f->balances, f->balances_cap)) {
        f->failed = true;
        return;
    }
    f->balance[f->balances++] = row;
}

static void equality(park_formulation *f, const park_sum *sum, double value, int32_t statement,
                     const char *name)
{
    balance_note(f, park_formulate_row(f, sum, value, value, statement, name));
}

static const char *flow_word(const park_unit_info *unit)
{
    switch (unit->role) {
    case PARK_USER:
        return "demand";
    case PARK_SOURCE:
    case PARK_TREATMENT:
    case PARK_SINK:
        return "capacity";
    case PARK_STORAGE:
        return "volume";
    case PARK_ROLES:
        break;
    }
    return "flow";
}

static int32_t flow_statement(park_formulation *f, size_t u, double asked)
{
    const park_unit_info *unit = &f->super->model->unit[u];
    return park_formulate_statement(f, asked, f->flow_unit, "%s.%s.%s", park_role_section(unit->role),
                                    unit->id, flow_word(unit));
}

/* (O10) One column a connection and season. */
static void link_columns(park_formulation *f, size_t s)
{
    const park_super *super = f->super;
    for (size_t l = 0; l < super->links; l++) {
        if (!super->active[l])
            continue;
        const park_link_info *link = &super->future[s / super->per]->link[l];
        double                hi = super->link_hi[PARK_FORM_SL(f, s, l)], capacity = link->capacity;
        if (super->margins != NULL)
            capacity *= super->margins->link_capacity_times[PARK_FORM_SL(f, s, l)];
        int32_t col = park_formulate_col(f, PARK_COL_FLOW, 0.0, fmin(hi, capacity) * f->flow_unit);
        f->link_flow[PARK_FORM_SL(f, s, l)] = col;
        if (col >= 0 && capacity <= hi && isfinite(link->capacity))
            f->program.col_hi_statement[col] =
                park_formulate_statement(f, link->capacity, f->flow_unit, "connections.%s.%s.capacity",
                                         link->existing ? "existing" : "candidates", link->id);
    }
}

/* (O11) What a unit takes: fixed demands as rows, everything else as a column in its box. */
static void unit_inflow(park_formulation *f, size_t s, size_t u)
{
    const park_super     *super = f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    park_sum              sum   = {0};
    size_t                at    = PARK_FORM_SU(f, s, u);
    bool                  fixed = unit->inlets > 0 && unit->role == PARK_USER;
    for (size_t i = 0; i < unit->inlets; i++)
        fixed = fixed && face->map->in_lo[i] == face->map->in_hi[i];
    f->flow_fixed[at] = fixed;
    if (!fixed && unit->role != PARK_SINK) {
        f->unit_flow[at] =
            park_formulate_col(f, PARK_COL_FLOW, face->lo * f->flow_unit, face->hi * f->flow_unit);
        if (f->unit_flow[at] < 0)
            return;
        double size = face->map->size_max;
        if (unit->role == PARK_TREATMENT && face->map->sized && isfinite(size))
            f->program.col_hi_statement[f->unit_flow[at]] = flow_statement(f, u, size);
        park_sum_add(f, &sum, f->unit_flow[at], -1.0);
        for (size_t i = 0; i < unit->inlets; i++)
            park_sum_inlet_flow(f, &sum, s, unit->first_inlet + i, 1.0);
        equality(f, &sum, 0.0, -1, "inflow");
    }
    for (size_t i = 0; i < unit->inlets; i++) {
        double lo = face->in_lo[i], hi = fixed ? face->in_lo[i] : face->map->in_hi[i];
        if (!fixed && unit->inlets == 1 && unit->role != PARK_SINK && lo <= face->lo && face->hi <= hi &&
            !super->options.loose)
            continue; /* the column's box says it */
        if (lo <= 0.0 && isinf(hi))
            continue;
        park_sum_clear(&sum);
        park_sum_inlet_flow(f, &sum, s, unit->first_inlet + i, 1.0);
        int32_t statement = flow_statement(f, u, isfinite(hi) ? hi : lo);
        if (fixed)
            equality(f, &sum, lo * f->flow_unit, statement, "demand");
        else
            park_formulate_row(f, &sum, lo > 0.0 ? lo * f->flow_unit : -INFINITY, hi * f->flow_unit,
                               statement, "demand");
    }
}

/* (O12) What leaves by each outlet. */
static void unit_outflow(park_formulation *f, size_t s, size_t u)
{
    const park_super     *super  = f->super;
    const park_unit_info *unit   = &super->model->unit[u];
    const park_face      *face   = PARK_SUPER_FACE(super, s, u);
    park_sum              sum    = {0};
    bool                  source = unit->role == PARK_SOURCE;
    for (size_t k = 0; k < unit->outlets; k++) {
        const park_face_outlet *out = &face->outlet[k];
        size_t                  at  = (size_t)out->outlet;
        park_sum_clear(&sum);
        if (out->exits && !out->affine) {
            f->exit_flow[PARK_FORM_SK(f, s, at)] =
                park_formulate_col(f, PARK_COL_FLOW, out->lo * f->flow_unit,
                                   fmin(out->hi, super->out_hi[PARK_FORM_SK(f, s, at)]) * f->flow_unit);
            continue;
        }
        if (!out->exits) {
            for (size_t e = super->out_start[at]; e < super->out_start[at + 1]; e++)
                park_sum_add(f, &sum, f->link_flow[PARK_FORM_SL(f, s, super->out_link[e])], 1.0);
            if (out->affine) {
                sum.constant -= out->beta * f->flow_unit;
                if (out->alpha != 0.0 && !source)
                    park_sum_unit_flow(f, &sum, s, u, -out->alpha);
                if (sum.count > 0 || fabs(sum.constant) > 0.0)
                    equality(f, &sum, 0.0, source ? flow_statement(f, u, out->beta) : -1, "outlet");
                park_sum_clear(&sum);
                park_sum_outlet_flow(f, &sum, s, u, k, 1.0);
                if (out->lo > 0.0 || isfinite(out->hi))
                    park_formulate_row(f, &sum, out->lo > 0.0 ? out->lo * f->flow_unit : -INFINITY,
                                       out->hi * f->flow_unit, -1, "outlet bounds");
                continue;
            }
        } else {
            park_sum_outlet_flow(f, &sum, s, u, k, 1.0);
        }
        double lo = out->lo > 0.0 || (out->exits && out->beta < 0.0) ? out->lo : -INFINITY;
        park_formulate_row(f, &sum, lo * f->flow_unit, out->hi * f->flow_unit,
                           source ? flow_statement(f, u, out->hi) : -1, "outlet bounds");
    }
}

/* (O13) The balance of units whose outlets do not already say it, with the change of storage. */
static void unit_balance(park_formulation *f, size_t s, size_t u)
{
    const park_super     *super = f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    park_sum              sum   = {0};
    bool                  open  = f->volume[PARK_FORM_SU(f, s, u)] >= 0;
    for (size_t k = 0; k < unit->outlets; k++)
        open = open || !face->outlet[k].affine;
    if (!open || unit->role == PARK_SOURCE || unit->role == PARK_SINK)
        return;
    double seconds =
        super->duration[s] * f->volume_unit / f->flow_unit; /* program volume of program flow 1 */
    int32_t now   = f->volume[PARK_FORM_SU(f, s, u)];
    double  times = now >= 0 ? seconds : 1.0;
    park_sum_unit_flow(f, &sum, s, u, times);
    sum.constant += times * face->map->own * f->flow_unit;
    for (size_t k = 0; k < unit->outlets; k++)
        park_sum_outlet_flow(f, &sum, s, u, k, -times);
    if (now >= 0) {
        int32_t before = f->volume[PARK_FORM_SU(f, park_super_before(super, s), u)];
        park_sum_add(f, &sum, now, -1.0);
        if (!park_super_opens(super, s) || super->model->time.periodic || isnan(face->map->volume_start))
            park_sum_add(f, &sum, before, 1.0);
        else
            sum.constant += face->map->volume_start * f->volume_unit;
    }
    equality(f, &sum, 0.0, -1, "balance");
}

static void volume_columns(park_formulation *f, size_t s, size_t u)
{
    const park_super *super = f->super;
    const park_map   *map   = PARK_SUPER_FACE(super, s, u)->map;
    if (super->model->unit[u].role != PARK_STORAGE || super->per < 2 || !(map->volume_max > 0.0))
        return;
    double most = map->volume_max;
    if (isinf(most)) { /* no more than a whole year's largest inflow */
        most = 0.0;
        for (size_t t = s - s % super->per; t < s - s % super->per + super->per; t++)
            most += (PARK_SUPER_FACE(super, t, u)->hi + PARK_SUPER_FACE(super, t, u)->map->own) *
                    super->duration[t];
    }
    f->volume[PARK_FORM_SU(f, s, u)] =
        park_formulate_col(f, PARK_COL_FLOW, map->volume_min * f->volume_unit, most * f->volume_unit);
}

/* (O14) In every future: yearly licences of sources (what is taken) and sinks (what arrives), in mean program flow. */
static void licences(park_formulation *f, int32_t lens)
{
    const park_super *super = f->super;
    double            year  = super->year;
    for (size_t u = 0; u < super->units; u++) {
        const park_unit_info *unit    = &super->model->unit[u];
        double                licence = PARK_SUPER_FACE(super, (size_t)lens * super->per, u)->map->licence;
        park_sum              sum     = {0};
        if (isinf(licence) || isnan(licence) || (unit->role != PARK_SOURCE && unit->role != PARK_SINK))
            continue;
        for (size_t s = 0; s < super->seasons; s++) {
            if (unit->role == PARK_SOURCE)
                park_sum_outlet_flow(f, &sum, s, u, 0, park_super_share(super, lens, s));
            else
                park_sum_unit_flow(f, &sum, s, u, park_super_share(super, lens, s));
        }
        int32_t statement = park_formulate_statement(f, licence, f->flow_unit / year, "%s.%s.licence",
                                                     park_role_section(unit->role), unit->id);
        park_formulate_row(f, &sum, -INFINITY, licence / year * f->flow_unit, statement, "licence");
    }
}

void park_formulate_water(park_formulation *f)
{
    const park_super *super = f->super;
    for (size_t s = 0; s < super->seasons && !f->failed; s++) {
        link_columns(f, s);
        for (size_t u = 0; u < super->units; u++)
            volume_columns(f, s, u);
    }
    for (size_t s = 0; s < super->seasons && !f->failed; s++) {
        for (size_t u = 0; u < super->units; u++)
            unit_inflow(f, s, u);
        for (size_t u = 0; u < super->units; u++)
            unit_outflow(f, s, u);
        for (size_t u = 0; u < super->units; u++)
            unit_balance(f, s, u);
    }
    for (size_t w = 0; w < super->futures && !f->failed; w++)
        licences(f, (int32_t)w);
}
