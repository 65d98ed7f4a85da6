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
                             park_link_rate(super, kind, s, l) * times);
        put(to, &sum);
    }
}

/* (O133)-(O135), each as often as its future comes (O170). */
static void charges(const park_formulation *f, target *to)
{
    for (size_t i = 0; i < f->charges; i++) {
        const park_charge *c = &f->charge[i];
        to->coef[c->col] += f->lens < 0 ? f->super->probability[c->future] : f->lens == c->future ? 1.0 : 0.0;
    }
}

/* The share of the years in which something that is built stands surely: all, or (O80) those of the last stage. */
static double surely(const park_formulation *f, const int32_t *stand, size_t at)
{
    return stand != NULL && stand[at] >= 0 ? f->super->share[f->super->stages - 1] : 1.0;
}

/* (O80) What is paid for in the stages before the last: capital at `yearly` a CNY, and `keep` for standing. */
static void paid(park_formulation *f, park_sum *sum, const int32_t *stand, const int32_t *columns, size_t at,
                 size_t stride, double yearly, double keep)
{
    for (size_t y = 0; stand != NULL && stand[at] >= 0 && y + 1 < f->super->stages; y++) {
        double share = f->super->share[y];
        park_sum_add(f, sum, columns[y * stride + at], share * yearly * f->super->model->economics.budget);
        park_sum_add(f, sum, stand[y * stride + at], share * keep);
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
        double share = surely(f, f->stand, u);
        if (unit->role != PARK_TREATMENT && unit->role != PARK_STORAGE)
            continue;
        if (map->existing || f->size[u] < 0) {
            sum.constant += keep;
            continue;
        }
        if (f->capital[u] >= 0) { /* is a yearly cost already */
            park_sum_add(f, &sum, f->capital[u], share);
            if (f->built[u] >= 0 && map->capex.fixed > 0.0)
                park_sum_add(f, &sum, f->built[u], share * map->capex.fixed * yearly);
        } else {
            park_sum_unit_capital(f, &sum, u, share * yearly);
        }
        if (f->step[u] >= 0)
            park_sum_add(f, &sum, f->step[u], share * keep);
        else if (f->built[u] >= 0)
            park_sum_add(f, &sum, f->built[u], share * keep);
        paid(f, &sum, f->stand, f->paid, u, super->units, yearly, keep);
    }
    for (size_t l = 0; l < super->links; l++) {
        double yearly = park_annual_factor(model, model->pipe.life) * f->rate_unit;
        park_sum_link_capital(f, &sum, l, surely(f, f->stand_link, l) * yearly);
        paid(f, &sum, f->stand_link, f->paid_link, l, super->links, yearly, 0.0);
    }
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
        capital(&f, &to), charges(&f, &to);
    *constant = to.constant;
}

void park_formulation_running(const park_formulation *formulation, park_objective_kind kind, int32_t lens,
                              double *coef, double *constant)
{
    park_formulation f  = *formulation;
    target           to = {coef, 0.0};
    f.lens              = lens;
    flows(&f, kind, &to);
    if (kind == PARK_MIN_COST)
        charges(&f, &to);
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
