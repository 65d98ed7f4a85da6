/* Storages of rain: yield and reliability over the volume. */
#include "report/rain_curve.h"
#include "report/tables_parts.h"

static void heads(park_sheet *sheet)
{
    park_sheet_unit_heads(sheet);
    park_sheet_head(sheet, "容积 (m³)", "volume (m3)");
    park_sheet_head(sheet, "本方案", "this design");
    park_sheet_head(sheet, "可收集雨水 (万m³/a)", "rain offered (10^4 m3/a)");
    park_sheet_head(sheet, "需水 (万m³/a)", "demand (10^4 m3/a)");
    park_sheet_head(sheet, "供水量 (万m³/a)", "yield (10^4 m3/a)");
    park_sheet_head(sheet, "溢流 (万m³/a)", "spill (10^4 m3/a)");
    park_sheet_head(sheet, "水量保证率 (%)", "demand met by volume (%)");
    park_sheet_head(sheet, "历时保证率 (%)", "time with demand met (%)");
    park_sheet_head(sheet, "雨水利用率 (%)", "rain used (%)");
    park_sheet_end_row(sheet);
}

park_status park_table_rain(const park_tables *t, park_sheet *sheet, park_error *err)
{
    heads(sheet);
    for (size_t u = 0; u < t->model->units && t->accounts > 0; u++) {
        park_rain_sizing sizing;
        double           drawn;
        if (!park_rain_has_curve(t->record->design, t->model, (int32_t)u))
            continue;
        PARK_TRY(park_rain_curve(t->record->design, t->model, t->account[0].ledger, (int32_t)u, t->arena,
                                 &sizing, &drawn, err));
        for (size_t i = 0; i < PARK_RAIN_SIZES && drawn > 0.0; i++) {
            const park_harvest *h = &sizing.point[i];
            park_sheet_unit(sheet, t->model, (int32_t)u);
            park_sheet_number(sheet, h->volume, 0);
            park_sheet_word(sheet, i == sizing.own ? "是" : "", i == sizing.own ? "yes" : "");
            park_sheet_wan(sheet, h->inflow / sizing.years);
            park_sheet_wan(sheet, drawn);
            park_sheet_wan(sheet, h->yield / sizing.years);
            park_sheet_wan(sheet, h->spill / sizing.years);
            park_sheet_percent(sheet, h->volumetric);
            park_sheet_percent(sheet, h->temporal);
            park_sheet_percent(sheet, h->capture);
            park_sheet_end_row(sheet);
        }
    }
    return PARK_OK;
}
