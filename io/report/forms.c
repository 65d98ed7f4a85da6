#include "report/forms.h"

#include "report/tables_parts.h"

#include <math.h>
#include <string.h>

static const struct {
    park_form  form;
    park_table fill;
    bool       scenario; /* of what no result file holds */
} FORMS[] = {
    {{"A1", {"取水水源情况表", "Sources"}, 1, false}, park_table_sources, false},
    {{"A2", {"用水情况表", "Use of water"}, 1, false}, park_table_water_use, false},
    {{"A3-1", {"水计量器具一览表", "Meters"}, 2, true}, park_table_meters, true},
    {{"A3-2", {"水计量器具配备统计表", "How far meters reach"}, 2, true}, park_table_metering, true},
    {{"A4", {"用水单元水平衡测试表", "Balances of units"}, 3, false}, park_table_units, false},
    {{"A5-1", {"主要、辅助、附属生产用水汇总表", "Main, auxiliary and ancillary production"}, 3, false},
     park_table_levels,
     false},
    {{"A5-2", {"企业水平衡统计表", "Balances of enterprises"}, 3, false}, park_table_enterprises, false},
    {{"A11", {"水平衡闭合校核表", "Closure"}, 3, false}, park_table_closure, false},
    {{"A6", {"冷却循环系统表", "Cooling systems"}, 4, false}, park_table_cooling, false},
    {{"A7-1", {"用水分析表", "Indicators"}, 5, false}, park_table_indicators, false},
    {{"A7-2", {"考核指标表", "Targets"}, 5, false}, park_table_targets, false},
    {{"A8", {"非生产用水、生活用水表", "Water that is not for production"}, 6, true},
     park_table_domestic,
     true},
    {{"A9", {"漏失测试表", "Leaks"}, 6, true}, park_table_leaks, true},
    {{"A10", {"节水措施表", "Retrofits"}, 7, false}, park_table_retrofits, true},
    {{"C1", {"企业汇总与园区合并表（含抵销列）", "Enterprises and the park, with eliminations"}, 8, false},
     park_table_consolidation,
     false},
    {{"C2", {"园区合并抵销表", "Eliminations"}, 8, false}, park_table_eliminations, false},
    {{"B1", {"申报企业基本信息表", "Who applies"}, 9, true}, park_table_applicants, true},
    {{"B2", {"历年主要用水效率指标表", "Years side by side"}, 9, true}, park_table_years, true},
    {{"B3", {"自评价表", "Self-assessment"}, 9, false}, park_table_assessment, true},
};

size_t park_forms(void)
{
    return sizeof FORMS / sizeof *FORMS;
}

const park_form *park_form_at(size_t form)
{
    return &FORMS[form].form;
}

static size_t width(const park_sheet *sheet)
{
    return sheet->rows > 1 ? sheet->row[1] : sheet->cells;
}

/* Does a column say anything below its heading? */
static bool says(const park_sheet *sheet, size_t column)
{
    size_t columns = width(sheet);
    for (size_t at = columns + column; at < sheet->cells; at += columns)
        if (sheet->cell[at].text != NULL ? sheet->cell[at].text[0] != '\0' : isfinite(sheet->cell[at].number))
            return true;
    return false;
}

/* Rows are as wide as the heading, so cells are dropped by their column. */
static void keep(park_sheet *sheet, const bool *kept, size_t columns)
{
    size_t n = 0;
    for (size_t at = 0; at < sheet->cells; at++) {
        if (at % columns == 0)
            sheet->row[at / columns] = n;
        if (kept[at % columns])
            sheet->cell[n++] = sheet->cell[at];
    }
    sheet->cells = n;
}

static bool is_account(const park_sheet *sheet)
{
    return sheet->cells > 0 && sheet->cell[0].text != NULL && strcmp(sheet->cell[0].text, "account") == 0;
}

park_status park_form_sheets(const park_run_record *record, size_t form, park_arena *arena,
                             park_sheet sheet[2], park_error *err)
{
    park_tables t = park_tables_of(record, arena);
    if (record->restored && FORMS[form].scenario) {
        for (int zh = 0; zh < 2; zh++)
            park_sheet_begin(&sheet[zh], arena, FORMS[form].form.id, zh == 1);
        return PARK_OK;
    }
    if (t.accounts > 1) /* the one that is judged */
        t.account[0] = t.account[--t.accounts];
    for (int zh = 0; zh < 2; zh++) {
        park_sheet_begin(&sheet[zh], arena, FORMS[form].form.id, zh == 1);
        PARK_TRY(FORMS[form].fill(&t, &sheet[zh], err));
        if (sheet[zh].text.failed)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the form %s", FORMS[form].form.id);
    }
    size_t columns = width(&sheet[0]);
    bool  *kept    = PARK_ARRAY(arena, columns, bool);
    if (kept == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the form %s", FORMS[form].form.id);
    for (size_t c = 0; c < columns; c++)
        kept[c] = says(&sheet[0], c) && (c > 0 || !is_account(&sheet[0]));
    for (int zh = 0; sheet[0].rows > 1 && zh < 2; zh++)
        keep(&sheet[zh], kept, columns);
    return PARK_OK;
}
