/* What is built and what it costs: units, connections, retrofits, cost lines. */
#include "report/tables_parts.h"

#include <math.h>

static const double DAY = 86400.0, HOUR = 3600.0, WAN = 1e4;

/* Money of one subject over all cost lines. */
typedef struct bill {
    double capital, yearly;
} bill;

static bill bill_of(const park_design *d, int32_t unit, int32_t link, int32_t retrofit)
{
    bill sum = {0};
    for (size_t i = 0; i < d->cost_lines; i++) {
        const park_cost_line *line = &d->cost[i];
        if (line->unit == unit && line->link == link && line->retrofit == retrofit) {
            sum.capital += line->capital;
            sum.yearly += line->yearly;
        }
    }
    return sum;
}

static void bill_cells(const park_tables *t, park_sheet *sheet, bill b)
{
    park_sheet_number(sheet, b.capital / WAN, 4);
    park_sheet_number(sheet, b.yearly / WAN, 4);
    park_sheet_prices(sheet, t->model);
    park_sheet_end_row(sheet);
}

static void bill_heads(park_sheet *sheet)
{
    park_sheet_head(sheet, "投资 (万元)", "investment (10^4 CNY)");
    park_sheet_head(sheet, "年费用 (万元/a)", "yearly cost (10^4 CNY/a)");
    park_sheet_price_heads(sheet);
    park_sheet_end_row(sheet);
}

static void state_cell(park_sheet *sheet, bool existing, bool built)
{
    if (existing)
        park_sheet_word(sheet, "已有", "existing");
    else if (built)
        park_sheet_word(sheet, "新建", "new");
    else
        park_sheet_word(sheet, "不建", "not built");
}

/* The largest seasonal inflow of a unit, and volume of a storage, by the plan. */
static double largest_inflow(const park_design *d, const park_unit_info *unit)
{
    double most = 0.0;
    size_t I    = d->model->inlets;
    for (size_t s = 0; d->inlet_flow != NULL && s < d->model->time.seasons; s++) {
        double sum = 0.0;
        for (size_t i = unit->first_inlet; i < unit->first_inlet + unit->inlets; i++)
            sum += d->inlet_flow[s * I + i];
        most = fmax(most, sum);
    }
    return most;
}

park_status park_table_design_units(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    const park_design *d = t->record->design;
    park_sheet_unit_heads(sheet);
    park_sheet_head(sheet, "状态", "state");
    park_sheet_head(sheet, "处理规模 (m³/d)", "treatment size (m3/d)");
    park_sheet_head(sheet, "蓄水容积 (m³)", "storage volume (m3)");
    park_sheet_head(sheet, "最大季均进水 (m³/d)", "largest mean inflow of a season (m3/d)");
    bill_heads(sheet);
    for (size_t u = 0; d != NULL && d->unit_built != NULL && u < t->model->units; u++) {
        const park_unit_info *unit    = &t->model->unit[u];
        bool                  storage = unit->role == PARK_STORAGE;
        if (unit->role != PARK_TREATMENT && !storage)
            continue;
        double size = d->unit_size == NULL ? NAN : d->unit_size[u];
        park_sheet_unit(sheet, t->model, (int32_t)u);
        state_cell(sheet, unit->existing, d->unit_built[u]);
        park_sheet_number(sheet, storage ? NAN : size * DAY, 1);
        park_sheet_number(sheet, storage ? size : NAN, 1);
        park_sheet_number(sheet, largest_inflow(d, unit) * DAY, 1);
        bill_cells(t, sheet, bill_of(d, (int32_t)u, PARK_NONE, PARK_NONE));
    }
    return PARK_OK;
}

park_status park_table_design_links(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    const park_design *d = t->record->design;
    park_sheet_head(sheet, "连接", "connection");
    park_sheet_head(sheet, "起点", "from");
    park_sheet_head(sheet, "终点", "to");
    park_sheet_head(sheet, "状态", "state");
    park_sheet_head(sheet, "能力 (m³/h)", "capacity (m3/h)");
    park_sheet_head(sheet, "最大季均流量 (m³/h)", "largest mean flow of a season (m3/h)");
    park_sheet_head(sheet, "管径", "pipe");
    park_sheet_head(sheet, "长度 (m)", "length (m)");
    park_sheet_head(sheet, "提升 (m)", "lift (m)");
    bill_heads(sheet);
    for (size_t l = 0; d != NULL && d->link_used != NULL && l < t->model->links; l++) {
        const park_link_info *link = &t->model->link[l];
        double                most = 0.0;
        if (!d->link_used[l] && !link->existing)
            continue; /* the candidates that were not taken would fill the table */
        for (size_t s = 0; d->link_flow != NULL && s < t->model->time.seasons; s++)
            most = fmax(most, d->link_flow[s * t->model->links + l]);
        int32_t size = d->link_size == NULL ? PARK_NONE : d->link_size[l];
        park_sheet_text(sheet, link->id);
        park_sheet_text(sheet, park_run_outlet(t->arena, t->model, link->outlet));
        park_sheet_text(sheet, park_run_inlet(t->arena, t->model, link->inlet));
        state_cell(sheet, link->existing, d->link_used[l]);
        park_sheet_number(sheet, d->link_capacity == NULL ? NAN : d->link_capacity[l] * HOUR, 2);
        park_sheet_number(sheet, most * HOUR, 2);
        park_sheet_text(sheet, size >= 0 ? t->model->pipe.size[size].name : "");
        park_sheet_number(sheet, link->length, 1);
        park_sheet_number(sheet, link->lift, 1);
        bill_cells(t, sheet, bill_of(d, PARK_NONE, (int32_t)l, PARK_NONE));
    }
    return PARK_OK;
}

park_status park_table_retrofits(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    const park_design *d = t->record->design;
    park_sheet_head(sheet, "改造措施", "retrofit");
    park_sheet_head(sheet, "名称", "name");
    park_sheet_head(sheet, "对象", "applies to");
    park_sheet_head(sheet, "采用", "chosen");
    park_sheet_effect_heads(sheet);
    bill_heads(sheet);
    for (size_t r = 0; d != NULL && d->retrofit != NULL && r < t->model->retrofits; r++) {
        const park_retrofit *retrofit = &t->model->retrofit[r];
        park_sheet_text(sheet, retrofit->id);
        park_sheet_label(sheet, retrofit->label, retrofit->id);
        park_sheet_text(sheet, retrofit->applies_to >= 0 ? t->model->unit[retrofit->applies_to].id : "");
        park_sheet_word(sheet, d->retrofit[r] ? "是" : "否", d->retrofit[r] ? "yes" : "no");
        park_sheet_effects(sheet, d->ranking, r);
        bill_cells(t, sheet, bill_of(d, PARK_NONE, PARK_NONE, (int32_t)r));
    }
    return PARK_OK;
}

static const struct {
    const char *zh, *en;
} KIND[PARK_COST_KINDS] = {
    [PARK_COST_WATER]             = {"水费", "water"},
    [PARK_COST_WATER_TAX]         = {"水资源税", "water resource tax"},
    [PARK_COST_DISCHARGE]         = {"排水费（污水处理费）", "sewage fee"},
    [PARK_COST_ENVIRONMENT_TAX]   = {"环境保护税", "environmental tax"},
    [PARK_COST_TREATMENT]         = {"处理运行费", "treatment"},
    [PARK_COST_CHEMICALS]         = {"药剂费", "chemicals"},
    [PARK_COST_RESIDUES]          = {"污泥与杂盐处置费", "sludge, salt and brine"},
    [PARK_COST_ENERGY]            = {"电费", "electricity"},
    [PARK_COST_CARBON]            = {"碳成本", "carbon"},
    [PARK_COST_CAPITAL_TREATMENT] = {"处理设施年化投资", "capital of treatments"},
    [PARK_COST_CAPITAL_STORAGE]   = {"蓄水设施年化投资", "capital of storages"},
    [PARK_COST_CAPITAL_PIPE]      = {"管道年化投资", "capital of pipes"},
    [PARK_COST_RETROFIT]          = {"改造措施", "retrofit"},
    [PARK_COST_OTHER]             = {"其他", "other"},
};

void park_sheet_cost(park_sheet *sheet, park_cost_line_kind kind)
{
    park_sheet_word(sheet, KIND[kind].zh, KIND[kind].en);
}

static void subject(const park_tables *t, park_sheet *sheet, const park_cost_line *line)
{
    if (line->unit >= 0)
        park_sheet_text(sheet, t->model->unit[line->unit].id);
    else if (line->link >= 0)
        park_sheet_text(sheet, t->model->link[line->link].id);
    else if (line->retrofit >= 0)
        park_sheet_text(sheet, t->model->retrofit[line->retrofit].id);
    else
        park_sheet_word(sheet, "园区", "park");
}

/* A quantity only where its dimension is sure. */
static void quantities(park_sheet *sheet, const park_cost_line *line)
{
    bool volume = line->kind == PARK_COST_WATER || line->kind == PARK_COST_WATER_TAX;
    bool energy = line->kind == PARK_COST_ENERGY, carbon = line->kind == PARK_COST_CARBON;
    park_sheet_wan(sheet, volume ? line->quantity : NAN);
    park_sheet_number(sheet, energy ? line->quantity / 3.6e6 : NAN, 1);
    park_sheet_number(sheet, carbon ? line->quantity / 1e3 : NAN, 3);
}

park_status park_table_costs(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    const park_design *d     = t->record->design;
    bill               total = {0};
    park_sheet_head(sheet, "费用类别", "kind");
    park_sheet_head(sheet, "对象", "subject");
    park_sheet_head(sheet, "水量 (万m³/a)", "volume (10^4 m3/a)");
    park_sheet_head(sheet, "电量 (kW·h/a)", "electricity (kWh/a)");
    park_sheet_head(sheet, "碳排放 (t/a)", "carbon (t/a)");
    bill_heads(sheet);
    for (size_t i = 0; d != NULL && i < d->cost_lines; i++) {
        const park_cost_line *line = &d->cost[i];
        park_sheet_cost(sheet, line->kind);
        subject(t, sheet, line);
        quantities(sheet, line);
        bill_cells(t, sheet, (bill){line->capital, line->yearly});
        total.capital += line->capital;
        total.yearly += line->yearly;
    }
    if (d != NULL && d->cost_lines > 0) {
        park_sheet_word(sheet, "合计", "total");
        for (int empty = 0; empty < 4; empty++)
            park_sheet_text(sheet, "");
        bill_cells(t, sheet, total);
    }
    return PARK_OK;
}
