/* The bill of the simulated year: electricity by month, running costs by unit and connection. */
#include "report/tables_parts.h"

#include "base/calendar.h"

#include <math.h>
#include <stdio.h>

static const double KWH = 3.6e6;

park_status park_table_bill(const park_tables *t, park_sheet *sheet, park_error *err)
{
    static const char *const ZH[PARK_RATES] = {"尖", "峰", "平", "谷", "深谷"};
    static const char *const EN[PARK_RATES] = {"sharp", "peak", "flat", "valley", "deep valley"};
    const park_simulation   *s              = t->record->simulation;
    int32_t                  minutes        = t->model->time.utc_offset / 60;
    (void)err;
    park_sheet_head(sheet, "月份", "month");
    for (int r = 0; r < PARK_RATES; r++) {
        char zh[64], en[64];
        snprintf(zh, sizeof zh, "%s段电量 (kW·h)", ZH[r]);
        snprintf(en, sizeof en, "%s (kWh)", EN[r]);
        park_sheet_head(sheet, zh, en);
    }
    park_sheet_head(sheet, "电度电费 (元)", "energy (CNY)");
    park_sheet_head(sheet, "最大需量 (kW)", "largest power of 15 min (kW)");
    park_sheet_head(sheet, "出现时刻", "when");
    park_sheet_head(sheet, "需量电费 (元)", "demand charge (CNY)");
    park_sheet_head(sheet, "模拟天数 (d)", "simulated (d)");
    park_sheet_price_heads(sheet);
    park_sheet_end_row(sheet);
    for (size_t i = 0; s != NULL && i < s->bill.months; i++) {
        const park_bill_month *m  = &s->bill.month[i];
        park_civil             at = park_civil_at(m->start, minutes);
        char                   month[32], peak[PARK_ISO_SIZE];
        snprintf(month, sizeof month, "%d-%02d", (int)at.year, (int)at.month);
        park_iso_format(m->peak_time, minutes, peak);
        park_sheet_text(sheet, t->model->time.steady ? "" : month);
        for (int r = 0; r < PARK_RATES; r++)
            park_sheet_number(sheet, m->energy[r] / KWH, 1);
        park_sheet_number(sheet, m->cost, 2);
        park_sheet_number(sheet, m->peak * 1e-3, 3);
        park_sheet_text(sheet, t->model->time.steady ? "" : peak);
        park_sheet_number(sheet, m->demand_cost, 2);
        park_sheet_number(sheet, m->seconds / 86400.0, 2);
        park_sheet_prices(sheet, t->model);
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}

park_status park_table_running(const park_tables *t, park_sheet *sheet, park_error *err)
{
    const park_simulation *s = t->record->simulation;
    (void)err;
    park_sheet_head(sheet, "费用类别", "kind");
    park_sheet_head(sheet, "对象", "subject");
    park_sheet_head(sheet, "年费用 (元/a)", "yearly cost (CNY/a)");
    park_sheet_head(sheet, "水量 (万m³/a)", "volume (10^4 m3/a)");
    park_sheet_head(sheet, "电量 (kW·h/a)", "electricity (kWh/a)");
    park_sheet_head(sheet, "碳排放 (t/a)", "carbon (t/a)");
    park_sheet_price_heads(sheet);
    park_sheet_end_row(sheet);
    for (size_t i = 0; s != NULL && i < s->bill.lines; i++) {
        const park_cost_line *line = &s->bill.line[i];
        park_sheet_cost(sheet, line->kind);
        if (line->unit >= 0)
            park_sheet_text(sheet, t->model->unit[line->unit].id);
        else if (line->link >= 0)
            park_sheet_text(sheet, t->model->link[line->link].id);
        else
            park_sheet_word(sheet, "园区", "park");
        park_sheet_number(sheet, line->yearly, 2);
        bool energy = line->kind == PARK_COST_ENERGY, carbon = line->kind == PARK_COST_CARBON;
        park_sheet_wan(sheet, energy || carbon ? NAN : line->quantity);
        park_sheet_number(sheet, energy ? line->quantity / KWH : NAN, 1);
        park_sheet_number(sheet, carbon ? line->quantity / 1e3 : NAN, 3);
        park_sheet_prices(sheet, t->model);
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}
