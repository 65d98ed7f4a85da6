/* What a ledger's year costs: by hand, and the plan's own lines for the plan's own ledger. */
#include "load_text.h"

#include <parkwater/running.h>

static const char PARK[] =
    "parkwater: 1\n"
    "name: works\n"
    "period: steady\n"
    "constituents: [TDS, COD]\n"
    "sources:\n"
    "  river: {kind: surface, price: 2 CNY/m3, tax: 0.1 CNY/m3, energy: 0.3 kWh/m3, quality: {TDS: 200 mg/L, "
    "COD: 5 mg/L}}\n"
    "users:\n"
    "  a: {kind: process, demand: 100 m3/h, loss: {evaporation: 10 %}, inlet: {TDS: 500 mg/L}, adds: {COD: "
    "30 kg/h, TDS: 20 kg/h}}\n"
    "  b: {kind: process, demand: 60 m3/h, inlet: {COD: 60 mg/L, TDS: 900 mg/L}, adds: {COD: 20 kg/h, TDS: "
    "10 kg/h}}\n"
    "treatments:\n"
    "  plant: {technology: removal, removal: {COD: 90 %}, opex: 0.8 CNY/m3, existing: true, capacity: 300 "
    "m3/h}\n"
    "  extra: {technology: removal, removal: {COD: 95 %}, opex: 0.4 CNY/m3, capex: {scale: 9000 CNY, "
    "reference: 1 m3/h, exponent: 0.7}}\n"
    "sinks:\n"
    "  out: {kind: outfall, price: 1.5 CNY/m3, limits: {COD: 50 mg/L}}\n"
    "connections:\n"
    "  candidates: all\n"
    "retrofits:\n"
    "  thrift: {applies_to: a, changes: {demand: {times: 0.8}}, capex: 40 万元, opex: 5 万元/a, life: 8 a}\n"
    "economics: {discount: 6 %, life: 15 a, hours: 8000 h/a}\n"
    "tariffs: {power: 0.7 CNY/kWh}\n"
    "carbon: {grid: 0.5 kg/kWh, price: 50 CNY/t}\n"
    "objective: cost\n";

static double of_kind(const park_cost_line *line, size_t lines, park_cost_line_kind kind)
{
    double sum = 0.0;
    for (size_t i = 0; i < lines; i++)
        sum += line[i].kind == kind ? line[i].yearly : 0.0;
    return sum;
}

static park_design *solved(loaded_text *t)
{
    park_design         *design = NULL;
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.gap = 1e-4;
    if (t->status != PARK_OK)
        show(t);
    CHECK(t->status == PARK_OK);
    CHECK(park_design_solve(t->loaded.model, &settings, t->arena, &design, &t->findings, &t->err) == PARK_OK);
    return design;
}

/* 8 % a year is not in it: a retrofit's running cost is its 50000 CNY/a, whatever its capital. */
static void a_plan_has_its_own_lines(void)
{
    loaded_text  t = load_text(PARK);
    park_design *d = solved(&t);
    park_running r;
    CHECK(park_running_cost(d->model, d->ledger, t.loaded.model, d, t.arena, &r, &t.err) == PARK_OK);
    for (int kind = 0; kind < PARK_COST_RETROFIT; kind++)
        if (kind < PARK_COST_CAPITAL_TREATMENT)
            CHECK_CLOSE(of_kind(r.line, r.lines, (park_cost_line_kind)kind),
                        of_kind(d->cost, d->cost_lines, (park_cost_line_kind)kind), 1e-9 * d->yearly_cost);
    CHECK(d->retrofit[0]);
    CHECK_CLOSE(of_kind(r.line, r.lines, PARK_COST_RETROFIT), 50000.0, 1e-6);
    for (size_t i = 0; i < d->cost_lines; i++) {
        double years = d->cost[i].kind == PARK_COST_RETROFIT ? 8.0 : 15.0;
        CHECK(r.year[i] == 0);
        if (d->cost[i].capital > 0.0)
            CHECK_CLOSE(r.life[i], years * 365.0 * 86400.0, 1.0);
        else
            CHECK(isnan(r.life[i]));
    }
    CHECK_CLOSE(r.carbon, d->carbon, 1e-9 * d->carbon);
    CHECK_CLOSE(r.energy, d->energy, 1e-9 * d->energy);
    done(&t);
}

/* By hand: 1000 m3/h from the river through nothing to the outfall. 8000 h: water 2, its tax 0.1, electricity 0.3 x 0.7, sewage
 * fee 1.5, environmental tax 0.2 kg/m3 x 0.05, carbon 0.3 x 0.5 x 50 / 1000 CNY/m3. */
static void a_ledger_by_hand(void)
{
    loaded_text t =
        load_text("parkwater: 1\nname: w\nperiod: steady\nconstituents: [TDS]\n"
                  "sources:\n  river: {kind: surface, price: 2 CNY/m3, tax: 0.1 CNY/m3, energy: 0.3 kWh/m3, "
                  "quality: {TDS: 200 mg/L}}\n"
                  "users:\n  a: {kind: process, demand: 1000 m3/h}\n"
                  "sinks:\n  out: {kind: outfall, price: 1.5 CNY/m3, fee: {TDS: 0.05 CNY/kg}}\n"
                  "connections: {existing: [[river, a], [a, out]]}\n"
                  "economics: {hours: 8000 h/a}\ntariffs: {power: 0.7 CNY/kWh}\n"
                  "carbon: {grid: 0.5 kg/kWh, price: 50 CNY/t}\n");
    if (t.status != PARK_OK)
        show(&t);
    const park_model *m = t.loaded.model;
    park_ledger      *g = park_ledger_new(t.arena, m);
    const double      V = 1000.0 * 8000.0;
    for (size_t l = 0; l < m->links; l++) {
        g->link_water[l]                   = V;
        g->link_mass[l]                    = 0.2 * V;
        g->outlet_water[m->link[l].outlet] = V;
    }
    g->unit_energy[park_model_unit(m, "river")] = V * 0.3 * 3.6e6;
    park_running r;
    CHECK(park_running_cost(m, g, m, NULL, t.arena, &r, &t.err) == PARK_OK);
    CHECK_CLOSE(of_kind(r.line, r.lines, PARK_COST_WATER), 2.0 * V, 1e-3);
    CHECK_CLOSE(of_kind(r.line, r.lines, PARK_COST_WATER_TAX), 0.1 * V, 1e-3);
    CHECK_CLOSE(of_kind(r.line, r.lines, PARK_COST_ENERGY), 0.21 * V, 1e-3);
    CHECK_CLOSE(of_kind(r.line, r.lines, PARK_COST_DISCHARGE), 1.5 * V, 1e-3);
    CHECK_CLOSE(of_kind(r.line, r.lines, PARK_COST_ENVIRONMENT_TAX), 0.01 * V, 1e-3);
    CHECK_CLOSE(of_kind(r.line, r.lines, PARK_COST_CARBON), 0.0075 * V, 1e-3);
    CHECK_CLOSE(r.yearly, 3.8275 * V, 1e-3);
    CHECK_CLOSE(r.carbon, 0.15 * V, 1e-3);
    done(&t);
}

/* 1000 m3/h through a plant at 0.7 CNY/m3, of which 0.2 are chemicals; of 8.76 million m3 4.26 lie above half of the licence of 9 and
 * cost half as much again; 500 kW at 432 CNY/kW/a. Plan and present say the same line by line. */
static void tariffs_and_chemicals_as_planned(void)
{
    loaded_text  t = load_text("parkwater: 1\nperiod: steady\nconstituents: [TDS]\n"
                                "sources: {river: {kind: surface, price: 2 CNY/m3, licence: 9000000 m3/a, "
                                "energy: 0.5 kWh/m3, quality: {TDS: 2 mg/L}}}\n"
                                "users: {a: {demand: 1000 m3/h}}\n"
                                "treatments: {plant: {technology: removal, removal: {TDS: 50 %}, opex: 0.5 "
                                "CNY/m3, chemicals: 0.2 CNY/m3, capacity: 1200 "
                                "m3/h, existing: true}}\nsinks: {out: {}}\n"
                                "connections: {existing: [[river, a], [a, plant], [plant, out]]}\n"
                                "tariffs: {power: {flat: 0.6 CNY/kWh, demand_charge: 36 CNY/kW/month}, tap: "
                                "{tiers: [{to: 50 %, times: 1}, {above: 50 %, "
                                "times: 1.5}]}}\n");
    park_design *d = solved(&t);
    park_running r;
    CHECK(park_running_cost(d->model, d->ledger, t.loaded.model, NULL, t.arena, &r, &t.err) == PARK_OK);
    const park_cost_line *line[]  = {d->cost, r.line};
    const size_t          count[] = {d->cost_lines, r.lines};
    for (int i = 0; i < 2; i++) {
        CHECK_CLOSE(of_kind(line[i], count[i], PARK_COST_WATER), 2.0 * 8.76e6 + 4.26e6, 1.0);
        CHECK_CLOSE(of_kind(line[i], count[i], PARK_COST_TREATMENT), 0.5 * 8.76e6, 1.0);
        CHECK_CLOSE(of_kind(line[i], count[i], PARK_COST_CHEMICALS), 0.2 * 8.76e6, 1.0);
        CHECK_CLOSE(of_kind(line[i], count[i], PARK_COST_ENERGY), 0.3 * 8.76e6 + 500.0 * 432.0, 1.0);
    }
    CHECK_CLOSE(r.yearly, d->objective, 1.0);
    done(&t);
}

static void another_parks_ledger_is_refused(void)
{
    loaded_text a  = load_text(PARK),
                b  = load_text("parkwater: 1\nname: w\nperiod: steady\nconstituents: [TDS]\n"
                                "sources:\n  river: {kind: surface, quality: {TDS: 2 mg/L}}\n"
                                "users:\n  a: {kind: process, demand: 10 m3/h}\n"
                                "sinks:\n  out: {kind: outfall}\nconnections: {candidates: all}\n");
    park_ledger *g = park_ledger_new(a.arena, b.loaded.model);
    park_running r;
    CHECK(park_running_cost(a.loaded.model, g, a.loaded.model, NULL, a.arena, &r, &a.err) == PARK_E_RANGE);
    g = park_ledger_new(a.arena, a.loaded.model);
    park_arena_fail_after(a.arena, 1);
    CHECK(park_running_cost(a.loaded.model, g, a.loaded.model, NULL, a.arena, &r, &a.err) == PARK_E_MEMORY);
    done(&a), done(&b);
}

int main(void)
{
    RUN(a_plan_has_its_own_lines);
    RUN(a_ledger_by_hand);
    RUN(tariffs_and_chemicals_as_planned);
    RUN(another_parks_ledger_is_refused);
    return park_test_done();
}
