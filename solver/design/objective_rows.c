/*
 * objective_rows.c - cost, intake or carbon as a linear function of the columns (docs/math/optimization.md, O28-O30).
 * Yearly values times rate_unit: a flow column of 1 m3/h at 1 CNY/m3 all year counts 1.
 */
#include "design/costs.h"
#include "design/formulation.h"

typedef struct target {
    double *coef;
    double  constant;
} target;

static void put(target *to, const park_sum *sum)
{
    for (size_t i = 0; i < sum->count; i++)
        to->coef[sum->col[i]] += sum->coef[i];
    to->constant += sum->constant;
}

static void flows(park_formulation *f, park_objective_kind kind, target *to)
{
    const park_super *super = f->super;
    for (size_t s = 0; s < super->seasons; s++) {
        double   times = park_super_seconds(super, f->lens, s) * f->rate_unit / f->flow_unit; /* year share */
        park_sum sum   = {0};
        for (size_t u = 0; times > 0.0 && u < super->units; u++) {
            const park_unit_info *unit  = &super->model->unit[u];
            park_rates            rates = park_unit_rates(super, kind, s, u);
            if (rates.in != 0.0 && unit->inlets > 0)
                park_sum_unit_flow(f, &sum, s, u, rates.in * times);
            if (rates.out != 0.0 && unit->outlets > 0)
                park_sum_outlet_flow(f, &sum, s, u, 0, rates.out * times);
            const park_map *map = PARK_SUPER_FACE(super, s, u)->map;
            for (size_t c = 0; kind == PARK_MIN_COST && c < super->constituents; c++)
                for (size_t e = super->in_start[u]; map->fee_mass[c] != 0.0 && e < super->in_start[u + 1];
                     e++)
                    park_sum_link_mass(f, &sum, s, (size_t)super->in_link[e], c,
                                       map->fee_mass[c] * times / f->conc_unit[c]);
        }
        for (size_t l = 0; l < super->links; l++)
            if (super->active[l])
                park_sum_add(f, &sum, f->link_flow[PARK_FORM_SL(f, s, l)],
                             park_link_rate(super, kind, l) * times);
        put(to, &sum);
    }
}

static void capital(park_formulation *f, target *to)
{
    const park_super *super = f->super;
    const park_model *model = super->model;
    park_sum          sum   = {0};
    for (size_t u = 0; u < super->units; u++) {
        const park_unit_info *unit   = &model->unit[u];
        const park_map       *map    = PARK_SUPER_FACE(super, 0, u)->map;
        double                yearly = park_annual_factor(model, map->life) * f->rate_unit;
        double keep  = map->fixed_opex > 0.0 ? map->fixed_opex * super->year * f->rate_unit : 0.0;
        double scale = unit->role == PARK_STORAGE ? f->volume_unit : f->flow_unit;
        if (unit->role != PARK_TREATMENT && unit->role != PARK_STORAGE)
            continue;
        if (map->existing || f->size[u] < 0) {
            sum.constant += keep;
            continue;
        }
        if (f->step[u] >= 0) {
            for (int i = 0; i < f->steps[u]; i++)
                park_sum_add(f, &sum, f->step[u] + i,
                             park_capex_step(map, i) * yearly + (i == 0 ? keep : 0.0));
            continue;
        }
        if (f->capital[u] >= 0)
            park_sum_add(f, &sum, f->capital[u], 1.0);
        else if (map->capex.scale > 0.0)
            park_sum_add(f, &sum, f->size[u], map->capex.scale / map->capex.reference / scale * yearly);
        if (f->built[u] >= 0)
            park_sum_add(f, &sum, f->built[u],
                         fmax(map->capex.fixed > 0.0 ? map->capex.fixed : 0.0, 0.0) * yearly + keep);
    }
    for (size_t l = 0; l < super->links; l++)
        for (int i = 0; i < f->pipes[l] && f->pipe_first[l] >= 0; i++)
            park_sum_add(f, &sum, f->pipe[l] + i,
                         park_pipe_step(model, &model->link[l], f->pipe_first[l], i) *
                             park_annual_factor(model, model->pipe.life) * f->rate_unit);
    put(to, &sum);
}

void park_formulation_objective(const park_formulation *formulation, park_objective_kind kind, double *coef,
                                double *constant)
{
    park_formulation f  = *formulation; /* sums take their memory from the arena; nothing else is written */
    target           to = {coef, 0.0};
    f.lens              = -1;
    flows(&f, kind, &to);
    if (kind == PARK_MIN_COST)
        capital(&f, &to);
    *constant = to.constant;
}

void park_formulation_running(const park_formulation *formulation, park_objective_kind kind, int32_t lens,
                              double *coef, double *constant)
{
    park_formulation f  = *formulation;
    target           to = {coef, 0.0};
    f.lens              = lens;
    flows(&f, kind, &to);
    *constant = to.constant;
}

void park_formulation_standing(const park_formulation *formulation, park_objective_kind kind, double *coef,
                               double *constant)
{
    park_formulation f  = *formulation;
    target           to = {coef, 0.0};
    if (kind == PARK_MIN_COST)
        capital(&f, &to);
    *constant = to.constant;
}
