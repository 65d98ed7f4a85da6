/* What is built in which year of a staged investment, with the budget up to it. */
#include "report/tables_parts.h"

#include <math.h>

static void year_cells(park_sheet *sheet, const park_staging *g, size_t y)
{
    park_sheet_whole(sheet, g->year[y]);
    park_sheet_number(sheet, g->budget[y] * 1e-4, 4);
    park_sheet_number(sheet, g->spent[y] * 1e-4, 4);
}

static void row(const park_tables *t, park_sheet *sheet, const park_staging *g, size_t y, int32_t unit,
                int32_t link, double capital)
{
    const park_design *d = t->record->design;
    year_cells(sheet, g, y);
    if (unit >= 0) {
        park_sheet_word(sheet, "单元", "unit");
        park_sheet_text(sheet, t->model->unit[unit].id);
        bool storage = t->model->unit[unit].role == PARK_STORAGE;
        park_sheet_number(sheet, d->unit_size[unit] * (storage ? 1.0 : 3600.0), 2);
        park_sheet_measure(sheet, storage ? "m³" : "m³/h", storage ? "m3" : "m3/h");
    } else {
        park_sheet_word(sheet, "连接", "connection");
        park_sheet_text(sheet, t->model->link[link].id);
        park_sheet_number(sheet, d->link_capacity[link] * 3600.0, 2);
        park_sheet_measure(sheet, "m³/h", "m3/h");
    }
    park_sheet_number(sheet, capital * 1e-4, 4);
    park_sheet_end_row(sheet);
}

/* Retrofits made in a stage. */
static void retrofits(const park_tables *t, park_sheet *sheet, const park_staging *g, size_t y)
{
    const park_design *d = t->record->design;
    for (size_t i = 0; i < d->cost_lines; i++) {
        if (d->cost[i].kind != PARK_COST_RETROFIT)
            continue;
        int32_t from = d->retrofit_from != NULL ? d->retrofit_from[d->cost[i].retrofit] : 0;
        if (from != (int32_t)y)
            continue;
        year_cells(sheet, g, y);
        park_sheet_word(sheet, "改造措施", "retrofit");
        park_sheet_text(sheet, t->model->retrofit[d->cost[i].retrofit].id);
        park_sheet_text(sheet, "");
        park_sheet_text(sheet, "");
        park_sheet_number(sheet, d->cost[i].capital * 1e-4, 4);
        park_sheet_end_row(sheet);
    }
}

park_status park_table_stages(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    const park_staging *g = t->record->design->staging;
    park_sheet_head(sheet, "年份", "year");
    park_sheet_head(sheet, "累计预算 (万元)", "budget up to it (10^4 CNY)");
    park_sheet_head(sheet, "累计投资 (万元)", "spent up to it (10^4 CNY)");
    park_sheet_head(sheet, "类别", "kind");
    park_sheet_head(sheet, "建设内容", "what");
    park_sheet_head(sheet, "规模", "size");
    park_sheet_head(sheet, "单位", "unit");
    park_sheet_head(sheet, "投资 (万元)", "investment (10^4 CNY)");
    park_sheet_end_row(sheet);
    for (size_t y = 0; y < g->stages; y++) {
        retrofits(t, sheet, g, y);
        for (size_t u = 0; u < t->model->units; u++)
            if (g->unit_from[u] == (int32_t)y)
                row(t, sheet, g, y, (int32_t)u, -1, g->unit_capital[u]);
        for (size_t l = 0; l < t->model->links; l++)
            if (g->link_from[l] == (int32_t)y)
                row(t, sheet, g, y, -1, (int32_t)l, g->link_capital[l]);
    }
    return PARK_OK;
}
