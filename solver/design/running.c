#include <parkwater/running.h>

#include "design/costs.h"

#include <math.h>

static const double YEAR = 31536000.0; /* 365 d [s] */

typedef struct lines {
    park_arena        *arena;
    park_running      *to;
    size_t             cap;
    bool               failed;
    const park_model  *model, *base;
    const park_ledger *g;
    const park_design *design;
} lines;

static void add_line(lines *at, park_cost_line line)
{
    if (!(fabs(line.yearly) > 0.0))
        return;
    if (!PARK_GROW(at->arena, at->to->line, at->to->lines, at->cap)) {
        at->failed = true;
        return;
    }
    at->to->line[at->to->lines++] = line;
    at->to->yearly += line.yearly;
}

static double given(double value)
{
    return isfinite(value) ? value : 0.0;
}

/* Does it stand in this plan: existing, or built? */
static bool stands(const lines *at, const park_map *map, size_t u)
{
    const park_unit_info *unit = &at->model->unit[u];
    if (map->existing || at->design == NULL || at->design->unit_built == NULL)
        return map->existing;
    return at->design->unit_built[u] && (unit->role == PARK_TREATMENT || unit->role == PARK_STORAGE);
}

/* What enters a unit in a season: water [m3/a] and the mass that fees are asked for [CNY/a]. */
static double inflow(const lines *at, const park_map *map, size_t s, size_t u, double *fees, double *charged)
{
    const park_ledger *g  = at->g;
    double             in = 0.0;
    for (size_t l = 0; l < g->links; l++) {
        if (at->model->link[l].to != (int32_t)u)
            continue;
        in += g->link_water[s * g->links + l];
        for (size_t c = 0; c < g->constituents; c++)
            if (map->fee_mass[c] > 0.0 || map->fee_mass[c] < 0.0) {
                double mass = g->link_mass[(s * g->links + l) * g->constituents + c];
                *fees += map->fee_mass[c] * mass;
                *charged += mass;
            }
    }
    return in;
}

static park_status unit_lines(lines *at, size_t u, park_error *err)
{
    const park_model     *model = at->model;
    const park_ledger    *g     = at->g;
    const park_unit_info *unit  = &model->unit[u];
    park_cost_line        water = {.kind     = unit->role == PARK_SOURCE ? PARK_COST_WATER
                                               : unit->role == PARK_SINK ? PARK_COST_DISCHARGE
                                                                         : PARK_COST_TREATMENT,
                                   .unit     = (int32_t)u,
                                   .link     = PARK_NONE,
                                   .retrofit = PARK_NONE};
    park_cost_line        fees = water, tax = water, energy = water, chemicals = water, residues = water;
    chemicals.kind = PARK_COST_CHEMICALS, residues.kind = PARK_COST_RESIDUES;
    fees.kind      = PARK_COST_ENVIRONMENT_TAX;
    tax.kind       = PARK_COST_WATER_TAX;
    energy.kind    = PARK_COST_ENERGY;
    double licence = INFINITY, price = 0.0;
    for (size_t s = 0; s < g->seasons; s++) {
        park_map *map = park_map_new(at->arena, model, (int32_t)u);
        if (map == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the running cost of %s", unit->id);
        PARK_TRY(park_unit_average(model, (int32_t)u, (int32_t)s, map, err));
        licence = map->licence, price = map->opex_out - map->tax_out;
        double in  = inflow(at, map, s, u, &fees.yearly, &fees.quantity);
        double out = unit->outlets > 0 ? g->outlet_water[s * g->outlets + unit->first_outlet] : 0.0;
        water.yearly +=
            (map->opex_in - map->chemicals_in - map->residues_in) * in + (map->opex_out - map->tax_out) * out;
        tax.yearly += map->tax_out * out;
        chemicals.yearly += map->chemicals_in * in, residues.yearly += map->residues_in * in;
        water.quantity += unit->role == PARK_SOURCE ? out : in;
        energy.quantity += g->unit_energy[s * g->units + u];
        at->to->carbon += map->carbon_in * in;
        if (map->fixed_opex > 0.0 && stands(at, map, u))
            water.yearly += map->fixed_opex * model->time.season[s].seconds;
    }
    energy.yearly = energy.quantity * given(model->tariffs.power);
    at->to->energy += energy.quantity;
    park_cost_line tiers = {
        .kind = PARK_COST_WATER, .unit = (int32_t)u, .link = PARK_NONE, .retrofit = PARK_NONE};
    if (unit->role == PARK_SOURCE && isfinite(licence))
        tiers.yearly = park_tariff_tiers(&model->tariffs, water.quantity, licence, price);
    tax.quantity = chemicals.quantity = residues.quantity = water.quantity;
    add_line(at, water), add_line(at, tax), add_line(at, tiers), add_line(at, chemicals),
        add_line(at, residues);
    add_line(at, fees), add_line(at, energy);
    return PARK_OK;
}

static void link_lines(lines *at, size_t l)
{
    const park_ledger *g      = at->g;
    park_cost_line     energy = {
            .kind = PARK_COST_ENERGY, .unit = PARK_NONE, .link = (int32_t)l, .retrofit = PARK_NONE};
    park_cost_line price = energy;
    price.kind           = PARK_COST_OTHER;
    for (size_t s = 0; s < g->seasons; s++) {
        energy.quantity += g->link_energy[s * g->links + l];
        price.quantity += g->link_water[s * g->links + l];
    }
    energy.yearly = energy.quantity * given(at->model->tariffs.power);
    price.yearly  = price.quantity * given(at->model->link[l].price);
    at->to->energy += energy.quantity;
    add_line(at, energy), add_line(at, price);
}

/* (O135) The charge on the largest mean power of the seasons that each month touches. */
static void power_line(lines *at)
{
    const park_ledger  *g      = at->g;
    double              charge = given(at->model->tariffs.demand_charge);
    size_t              count  = 0;
    park_tariff_months *months =
        charge > 0.0 ? park_tariff_months_of(&at->model->time, at->arena, &count) : NULL;
    park_cost_line line = {
        .kind = PARK_COST_ENERGY, .unit = PARK_NONE, .link = PARK_NONE, .retrofit = PARK_NONE};
    at->failed = at->failed || (charge > 0.0 && months == NULL);
    for (size_t i = 0; i < count; i++) {
        double largest = 0.0;
        for (size_t s = 0; s < g->seasons; s++) {
            double energy = 0.0;
            for (size_t u = 0; u < g->units; u++)
                energy += g->unit_energy[s * g->units + u];
            for (size_t l = 0; l < g->links; l++)
                energy += g->link_energy[s * g->links + l];
            if (months[i].season[s] && at->model->time.season[s].seconds > 0.0)
                largest = fmax(largest, energy / at->model->time.season[s].seconds);
        }
        line.yearly += charge * largest * YEAR * months[i].share;
    }
    add_line(at, line);
}

/* A chosen retrofit without its capital. */
static void retrofit_lines(lines *at)
{
    for (size_t i = 0; at->design != NULL && i < at->design->cost_lines; i++) {
        const park_cost_line *line = &at->design->cost[i];
        if (line->kind != PARK_COST_RETROFIT || line->retrofit < 0)
            continue;
        double         life = at->base->retrofit[line->retrofit].life;
        park_cost_line bare = *line;
        bare.yearly -= line->capital * park_annual_factor(at->base, life);
        bare.capital = 0.0;
        if (fabs(bare.yearly) > 1e-9 * fabs(line->yearly)) /* else it is rounding of a capital alone */
            add_line(at, bare);
    }
}

/* How long what a line pays for lasts [s]. */
static park_status life_of(const lines *at, const park_cost_line *line, double *life, park_error *err)
{
    *life = NAN;
    if (line->kind == PARK_COST_RETROFIT && line->retrofit >= 0) {
        *life = at->base->retrofit[line->retrofit].life;
    } else if (line->kind == PARK_COST_CAPITAL_PIPE) {
        *life = at->model->pipe.life;
    } else if (line->unit >= 0) {
        park_map *map = park_map_new(at->arena, at->model, line->unit);
        if (map == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the life of an investment");
        PARK_TRY(park_unit_average(at->model, line->unit, 0, map, err));
        *life = map->life;
    }
    if (!(*life > 0.0))
        *life = at->model->economics.life;
    return PARK_OK;
}

/* Years after the first stage in which a line is paid. */
static int32_t year_of(const park_design *design, const park_cost_line *line)
{
    const park_staging *stages = design->staging;
    int32_t             stage  = PARK_NONE;
    if (stages == NULL || stages->stages == 0)
        return 0;
    if (line->kind == PARK_COST_CAPITAL_PIPE && line->link >= 0)
        stage = stages->link_from[line->link];
    else if (line->kind != PARK_COST_RETROFIT && line->unit >= 0)
        stage = stages->unit_from[line->unit];
    return stage > 0 ? stages->year[stage] - stages->year[0] : 0;
}

static park_status investments(lines *at, park_error *err)
{
    const park_design *d = at->design;
    if (d == NULL)
        return PARK_OK;
    at->to->life = PARK_ARRAY(at->arena, d->cost_lines, double);
    at->to->year = PARK_ARRAY(at->arena, d->cost_lines, int32_t);
    if (at->to->life == NULL || at->to->year == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the lives of investments");
    for (size_t i = 0; i < d->cost_lines; i++) {
        at->to->life[i] = NAN;
        if (d->cost[i].capital > 0.0) {
            PARK_TRY(life_of(at, &d->cost[i], &at->to->life[i], err));
            at->to->year[i] = year_of(d, &d->cost[i]);
        }
    }
    return PARK_OK;
}

park_status park_running_cost(const park_model *model, const park_ledger *ledger, const park_model *base,
                              const park_design *design, park_arena *arena, park_running *running,
                              park_error *err)
{
    lines at = {.arena = arena, .to = running, .model = model, .base = base, .g = ledger, .design = design};
    *running = (park_running){0};
    if (ledger->units != model->units || ledger->links != model->links || ledger->outlets != model->outlets ||
        ledger->seasons != model->time.seasons || ledger->constituents != model->constituents)
        return PARK_FAIL(err, PARK_E_RANGE, "the ledger is that of another park");
    for (size_t u = 0; u < model->units; u++)
        PARK_TRY(unit_lines(&at, u, err));
    for (size_t l = 0; l < model->links; l++)
        link_lines(&at, l);
    power_line(&at);
    retrofit_lines(&at);
    running->carbon += running->energy * given(model->carbon.grid);
    add_line(&at, (park_cost_line){.kind     = PARK_COST_CARBON,
                                   .unit     = PARK_NONE,
                                   .link     = PARK_NONE,
                                   .retrofit = PARK_NONE,
                                   .yearly   = running->carbon * given(model->carbon.price),
                                   .quantity = running->carbon});
    if (at.failed)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the lines of the running cost");
    return investments(&at, err);
}
