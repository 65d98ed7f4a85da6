#include "design/decode.h"

#include "design/costs.h"

#include <string.h>

static const double CLOSURE = 1e-9;

park_design *park_design_new(park_arena *arena, const park_model *model)
{
    park_design *design = PARK_NEW(arena, park_design);
    if (design == NULL)
        return NULL;
    *design = (park_design){.status         = PARK_DESIGN_LIMIT_NO_SOLUTION,
                            .objective      = NAN,
                            .bound          = NAN,
                            .gap            = NAN,
                            .root_bound     = NAN,
                            .unit           = "",
                            .objective_kind = model->objective[0],
                            .yearly_cost    = NAN,
                            .investment     = NAN,
                            .energy         = NAN,
                            .carbon         = NAN,
                            .reproducible   = true,
                            .model          = model};
    return design;
}

static bool design_columns(park_design *design, const park_super *super, park_arena *arena)
{
    size_t S = super->seasons, U = super->units, L = super->links, K = super->outlets, I = super->inlets,
           C              = super->constituents;
    design->link_used     = PARK_ARRAY(arena, L, bool);
    design->link_capacity = PARK_ARRAY(arena, L, double);
    design->link_size     = PARK_ARRAY(arena, L, int32_t);
    design->unit_built    = PARK_ARRAY(arena, U, bool);
    design->unit_size     = PARK_ARRAY(arena, U, double);
    design->link_flow     = PARK_ARRAY(arena, S * L, double);
    design->inlet_flow    = PARK_ARRAY(arena, S * I, double);
    design->outlet_flow   = PARK_ARRAY(arena, S * K, double);
    design->outlet_conc   = PARK_ARRAY(arena, S * K * C, double);
    design->inlet_conc    = PARK_ARRAY(arena, S * I * C, double);
    design->volume        = PARK_ARRAY(arena, S * U, double);
    design->ledger        = park_ledger_new(arena, super->model);
    return design->link_used != NULL && design->link_capacity != NULL && design->link_size != NULL &&
           design->unit_built != NULL && design->unit_size != NULL && design->link_flow != NULL &&
           design->inlet_flow != NULL && design->outlet_flow != NULL && design->outlet_conc != NULL &&
           design->inlet_conc != NULL && design->volume != NULL && design->ledger != NULL;
}

static void decide(const park_plan *plan, park_design *design)
{
    const park_super *super = plan->f->super;
    const park_model *model = super->model;
    for (size_t l = 0; l < super->links; l++) {
        const park_link_info *link = &model->link[l];
        design->link_used[l]       = plan->used[l];
        design->link_size[l]       = plan->pipe[l];
        /* a connection without a pipe size costs nothing by its size: it may carry what the scenario allows */
        design->link_capacity[l] = plan->pipe[l] >= 0
                                       ? fmin(link->capacity, park_pipe_capacity(model, plan->pipe[l]))
                                       : link->capacity;
    }
    for (size_t u = 0; u < super->units; u++)
        design->unit_built[u] = plan->built[u], design->unit_size[u] = plan->size[u];
}

static void tell_flows(const park_plan *plan, park_design *design)
{
    const park_super *super = plan->f->super;
    size_t            S = super->seasons, C = super->constituents, T = super->traced;
    memcpy(design->link_flow, plan->link_flow, S * super->links * sizeof(double));
    memcpy(design->inlet_flow, plan->inlet_flow, S * super->inlets * sizeof(double));
    memcpy(design->outlet_flow, plan->outlet_flow, S * super->outlets * sizeof(double));
    memcpy(design->volume, plan->volume, S * super->units * sizeof(double));
    for (size_t sk = 0; sk < S * super->outlets; sk++)
        for (size_t c = 0; c < C; c++)
            design->outlet_conc[sk * C + c] = plan->conc[sk * T + c];
    for (size_t s = 0; s < S; s++)
        for (size_t l = 0; l < super->links; l++) {
            const park_link_info *link = &super->model->link[l];
            size_t                i    = s * super->inlets + (size_t)link->inlet;
            double                q = plan->link_flow[PARK_FORM_SL(plan->f, s, l)], Q = plan->inlet_flow[i];
            for (size_t c = 0; c < C && q > 0.0; c++)
                design->inlet_conc[i * C + c] +=
                    q / Q * plan->conc[PARK_FORM_SKC(plan->f, s, link->outlet, c)];
        }
}

/* ---- the ledger (O39): yearly amounts = rates x the season's seconds in a year ------------------------------------ */

/* Mass a unit adds, and what its own water brings, per second. */
static double added(const park_plan *plan, size_t s, size_t u, size_t c)
{
    const park_face *face = PARK_SUPER_FACE(plan->f->super, s, u);
    return face->add[c] + face->add_per_flow[c] * plan->unit_flow[PARK_FORM_SU(plan->f, s, u)];
}

static double stored_rate(const park_plan *plan, size_t s, size_t u, size_t c, bool mass)
{
    const park_formulation *f     = plan->f;
    const park_super       *super = f->super;
    const park_face        *face  = PARK_SUPER_FACE(super, s, u);
    if (f->volume[PARK_FORM_SU(f, s, u)] < 0)
        return 0.0;
    size_t before = park_super_before(super, s), outlet = 0;
    bool   first =
        park_super_opens(super, s) && !super->model->time.periodic && !isnan(face->map->volume_start);
    for (size_t k = 0; k < super->model->unit[u].outlets; k++)
        if (face->outlet[k].rule[c] == PARK_QUALITY_MIX)
            outlet = super->model->unit[u].first_outlet + k;
    double now_conc = 1.0, before_conc = 1.0;
    if (mass) {
        now_conc    = plan->conc[PARK_FORM_SKC(f, s, outlet, c)];
        before_conc = first ? now_conc : plan->conc[PARK_FORM_SKC(f, before, outlet, c)];
    }
    double volume_before = first ? face->map->volume_start : plan->volume[PARK_FORM_SU(f, before, u)];
    return (plan->volume[PARK_FORM_SU(f, s, u)] * now_conc - volume_before * before_conc) /
           super->duration[s];
}

static void book_unit(const park_plan *plan, park_ledger *g, size_t s, size_t u)
{
    const park_super     *super = plan->f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    double                w = super->weight[s], Q = plan->unit_flow[PARK_FORM_SU(plan->f, s, u)];
    size_t                C = super->constituents, su = s * super->units + u;
    double first = unit->outlets > 0 ? plan->outlet_flow[PARK_FORM_SK(plan->f, s, unit->first_outlet)] : 0.0;
    g->own_water[su]    = face->map->own * w;
    g->stored_water[su] = stored_rate(plan, s, u, 0, false) * w;
    g->circulating[su]  = face->map->circulating * w;
    g->required[su]     = unit->role == PARK_USER ? face->map->demand * w : 0.0;
    g->unit_energy[su]  = (face->map->energy_in * Q + face->map->energy_out * first) * w;
    for (size_t k = 0; k < unit->outlets; k++) {
        size_t at                                = unit->first_outlet + k;
        g->outlet_water[s * super->outlets + at] = plan->outlet_flow[PARK_FORM_SK(plan->f, s, at)] * w;
        for (size_t c = 0; c < C; c++)
            g->outlet_mass[(s * super->outlets + at) * C + c] = park_plan_outlet_mass(plan, s, at, c) * w;
    }
    for (size_t c = 0; c < C; c++) {
        double add = added(plan, s, u, c), own = face->map->own * face->own_conc[c], left = 0.0, mixed = 0.0;
        double feed                = plan->feed[PARK_FORM_SUC(plan->f, s, u, c)];
        g->own_mass[su * C + c]    = own * w;
        g->stored_mass[su * C + c] = stored_rate(plan, s, u, c, true) * w;
        if (unit->role == PARK_SOURCE || unit->role == PARK_SINK)
            continue;
        for (size_t k = 0; k < unit->outlets; k++) {
            left += park_plan_outlet_mass(plan, s, unit->first_outlet + k, c);
            mixed += face->outlet[k].rule[c] == PARK_QUALITY_MIX ? 1.0 : 0.0;
        }
        g->added_mass[su * C + c] = add * w;
        g->removed_mass[su * C + c] =
            mixed > 0.0 ? face->removed_share[c] * feed * w : (feed + add + own - left) * w;
    }
}

static void book(const park_plan *plan, park_ledger *g)
{
    const park_super *super = plan->f->super;
    size_t            C     = super->constituents;
    for (size_t s = 0; s < super->seasons; s++) {
        for (size_t u = 0; u < super->units; u++)
            book_unit(plan, g, s, u);
        for (size_t l = 0; l < super->links; l++) {
            const park_link_info *link = &super->model->link[l];
            size_t                sl   = s * super->links + l;
            double                q    = plan->link_flow[PARK_FORM_SL(plan->f, s, l)] * super->weight[s];
            g->link_water[sl]          = q;
            g->link_energy[sl] =
                q > 0.0 ? q * park_link_energy(super->model, link, park_link_reference(super, l)) : 0.0;
            for (size_t c = 0; c < C; c++)
                g->link_mass[sl * C + c] = q * plan->conc[PARK_FORM_SKC(plan->f, s, link->outlet, c)];
        }
    }
}

park_status park_design_decode(const park_plan *plan, park_arena *arena, park_design *design, park_error *err)
{
    const park_super *super = plan->f->super;
    if (!design_columns(design, super, arena))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the design");
    decide(plan, design);
    tell_flows(plan, design);
    book(plan, design->ledger);
    PARK_TRY(park_ledger_trace(super->model, design->ledger, arena, err));
    PARK_TRY(park_ledger_close(super->model, design->ledger, arena, &design->closure, err));
    if (!(design->closure.water <= CLOSURE))
        return PARK_FAIL(
            err, PARK_E_NUMERIC, "the water balance of %s is open by %.1e of its flow; 1e-9 is due",
            design->closure.water_unit >= 0 ? super->model->unit[design->closure.water_unit].id : "the park",
            design->closure.water);
    if (!(design->closure.mass <= CLOSURE))
        return PARK_FAIL(err, PARK_E_NUMERIC, "the mass of %s at %s is open by %.1e; 1e-9 is due",
                         design->closure.mass_constituent >= 0
                             ? super->model->constituent[design->closure.mass_constituent].id
                             : "?",
                         design->closure.mass_unit >= 0 ? super->model->unit[design->closure.mass_unit].id
                                                        : "the park",
                         design->closure.mass);
    design->outside_proof_count = super->notes;
    design->outside_proof       = super->note;
    return park_design_price(plan, arena, design, err);
}

/* ---- money (O40) ------------------------------------------------------------------------------------------------------ */

typedef struct lines {
    park_arena     *arena;
    park_cost_line *line;
    size_t          count, cap;
    bool            failed;
} lines;

static void add_line(lines *to, park_cost_line line)
{
    if (line.yearly == 0.0 && line.capital == 0.0)
        return;
    if (!PARK_GROW(to->arena, to->line, to->count, to->cap)) {
        to->failed = true;
        return;
    }
    to->line[to->count++] = line;
}

static double price_of_carbon(const park_model *model)
{
    return isfinite(model->carbon.price) ? model->carbon.price : 0.0;
}

static void unit_lines(const park_plan *plan, const park_ledger *g, lines *to, size_t u, double *carbon)
{
    const park_super     *super = plan->f->super;
    const park_model     *model = super->model;
    const park_unit_info *unit  = &model->unit[u];
    park_cost_line        water = {
               unit->role == PARK_SOURCE ? PARK_COST_WATER : PARK_COST_TREATMENT, (int32_t)u, -1, -1, 0, 0, 0};
    park_cost_line energy    = {PARK_COST_ENERGY, (int32_t)u, -1, -1, 0, 0, 0};
    park_cost_line chemicals = {PARK_COST_CHEMICALS, (int32_t)u, -1, -1, 0, 0, 0};
    park_cost_line residues  = {PARK_COST_RESIDUES, (int32_t)u, -1, -1, 0, 0, 0};
    park_cost_line tax       = {PARK_COST_WATER_TAX, (int32_t)u, -1, -1, 0, 0, 0};
    park_cost_line fees      = {PARK_COST_ENVIRONMENT_TAX, (int32_t)u, -1, -1, 0, 0, 0};
    double         power     = isfinite(model->tariffs.power) ? model->tariffs.power : 0.0;
    if (unit->role == PARK_SINK)
        water.kind = PARK_COST_DISCHARGE;
    for (size_t s = 0; s < super->seasons; s++) {
        const park_map *map = PARK_SUPER_FACE(super, s, u)->map;
        double          in  = plan->unit_flow[PARK_FORM_SU(plan->f, s, u)] * super->weight[s];
        double          out = unit->outlets > 0
                                  ? plan->outlet_flow[PARK_FORM_SK(plan->f, s, unit->first_outlet)] * super->weight[s]
                                  : 0.0;
        water.yearly +=
            (map->opex_in - map->chemicals_in - map->residues_in) * in + (map->opex_out - map->tax_out) * out;
        tax.yearly += map->tax_out * out;
        chemicals.yearly += map->chemicals_in * in, residues.yearly += map->residues_in * in;
        water.quantity += unit->role == PARK_SOURCE ? out : in;
        energy.quantity += g->unit_energy[s * super->units + u];
        *carbon += map->carbon_in * in;
        for (size_t c = 0; c < super->constituents; c++)
            if (map->fee_mass[c] != 0.0) {
                double mass = plan->feed[PARK_FORM_SUC(plan->f, s, u, c)] * super->weight[s];
                fees.yearly += map->fee_mass[c] * mass, fees.quantity += mass;
            }
        bool stands =
            map->existing || (plan->built[u] && (unit->role == PARK_TREATMENT || unit->role == PARK_STORAGE));
        if (map->fixed_opex > 0.0 && stands)
            water.yearly += map->fixed_opex * super->weight[s];
    }
    energy.yearly = energy.quantity * power;
    tax.quantity = chemicals.quantity = residues.quantity = water.quantity;
    add_line(to, water), add_line(to, tax), add_line(to, chemicals), add_line(to, residues);
    add_line(to, fees), add_line(to, energy);
    const park_map *map = PARK_SUPER_FACE(super, 0, u)->map;
    if (!park_needs_capital(map) || !(plan->size[u] > 0.0) ||
        (unit->role != PARK_TREATMENT && unit->role != PARK_STORAGE))
        return;
    double capital = park_capex_of(map, plan->size[u]);
    add_line(to, (park_cost_line){unit->role == PARK_STORAGE ? PARK_COST_CAPITAL_STORAGE
                                                             : PARK_COST_CAPITAL_TREATMENT,
                                  (int32_t)u, -1, -1, capital * park_annual_factor(model, map->life), capital,
                                  plan->size[u]});
}

static void link_lines(const park_plan *plan, const park_ledger *g, lines *to, size_t l)
{
    const park_super     *super  = plan->f->super;
    const park_model     *model  = super->model;
    const park_link_info *link   = &model->link[l];
    park_cost_line        energy = {PARK_COST_ENERGY, -1, (int32_t)l, -1, 0, 0, 0};
    park_cost_line        price  = {PARK_COST_OTHER, -1, (int32_t)l, -1, 0, 0, 0};
    for (size_t s = 0; s < super->seasons; s++) {
        energy.quantity += g->link_energy[s * super->links + l];
        price.quantity += g->link_water[s * super->links + l];
    }
    energy.yearly = energy.quantity * (isfinite(model->tariffs.power) ? model->tariffs.power : 0.0);
    price.yearly  = price.quantity * link->price;
    add_line(to, energy), add_line(to, price);
    if (plan->pipe[l] < 0)
        return;
    double capital = park_pipe_price(model, link, plan->pipe[l]);
    add_line(to,
             (park_cost_line){PARK_COST_CAPITAL_PIPE, -1, (int32_t)l, -1,
                              capital * park_annual_factor(model, model->pipe.life), capital, link->length});
}

/* Tiers of water and the charge on the largest power, as the program counts them (O136). */
static void charge_lines(const park_plan *plan, lines *to)
{
    const park_formulation *f = plan->f;
    double                 *x = f->charges > 0 ? PARK_ARRAY(to->arena, f->program.cols, double) : NULL;
    to->failed                = to->failed || (f->charges > 0 && x == NULL);
    if (x == NULL)
        return;
    double power = 0.0;
    park_plan_write(plan, x);
    for (size_t i = 0; i < f->charges; i++) {
        const park_charge *c    = &f->charge[i];
        double             cost = x[c->col] / f->rate_unit;
        if (c->unit >= 0)
            add_line(to, (park_cost_line){PARK_COST_WATER, c->unit, -1, -1, cost, 0.0, 0.0});
        else
            power += cost;
    }
    add_line(to, (park_cost_line){PARK_COST_ENERGY, -1, -1, -1, power, 0.0, 0.0});
}

park_status park_design_price(const park_plan *plan, park_arena *arena, park_design *design, park_error *err)
{
    const park_super  *super  = plan->f->super;
    const park_model  *model  = super->model;
    const park_ledger *g      = design->ledger;
    lines              to     = {.arena = arena};
    double             carbon = 0.0, energy = 0.0;
    for (size_t u = 0; u < super->units; u++)
        unit_lines(plan, g, &to, u, &carbon);
    for (size_t l = 0; l < super->links; l++)
        link_lines(plan, g, &to, l);
    charge_lines(plan, &to);
    for (size_t i = 0; i < super->seasons * super->units; i++)
        energy += g->unit_energy[i];
    for (size_t i = 0; i < super->seasons * super->links; i++)
        energy += g->link_energy[i];
    carbon += energy * (isfinite(model->carbon.grid) ? model->carbon.grid : 0.0);
    add_line(&to,
             (park_cost_line){PARK_COST_CARBON, -1, -1, -1, carbon * price_of_carbon(model), 0.0, carbon});
    if (to.failed)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the cost lines");
    design->cost = to.line, design->cost_lines = to.count;
    design->energy = energy, design->carbon = carbon;
    design->yearly_cost = design->investment = 0.0;
    for (size_t i = 0; i < to.count; i++)
        design->yearly_cost += to.line[i].yearly, design->investment += to.line[i].capital;
    return PARK_OK;
}

/* ---- statements ------------------------------------------------------------------------------------------------------- */

void park_design_locate(const park_model *model, const char *path, park_statement *place)
{
    if (model->locate == NULL)
        return;
    char   nearest[512];
    size_t length = strlen(path);
    if (length >= sizeof nearest)
        return;
    memcpy(nearest, path, length + 1);
    while (!model->locate(model->locate_user, nearest, place)) {
        char *dot = strrchr(nearest, '.');
        if (dot == NULL)
            return;
        *dot = '\0';
    }
}

park_status park_design_statements(const park_formulation *f, park_arena *arena, park_design *design,
                                   int32_t *index, park_error *err)
{
    const park_model *model = design->model;
    size_t            count = model->statements;
    park_statement   *list  = PARK_ARRAY(arena, count + f->statements, park_statement);
    park_model       *copy  = PARK_NEW(arena, park_model);
    if (list == NULL || copy == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the statements");
    if (count > 0)
        memcpy(list, model->statement, count * sizeof *list);
    for (size_t i = 0; i < f->statements; i++) {
        index[i] = -1;
        for (size_t j = 0; j < count && index[i] < 0; j++)
            if (list[j].path != NULL && strcmp(list[j].path, f->statement[i]) == 0)
                index[i] = (int32_t)j;
        if (index[i] >= 0)
            continue;
        list[count] = (park_statement){.path = f->statement[i]};
        park_design_locate(model, f->statement[i], &list[count]);
        list[count].path = f->statement[i];
        index[i]         = (int32_t)count++;
    }
    *copy            = *model; /* the same park with a longer list of what its user said */
    copy->statement  = list;
    copy->statements = copy->statements_cap = count;
    design->model                           = copy;
    return PARK_OK;
}
