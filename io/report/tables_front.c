/* The points of a front with what is proven of each. */
#include "report/tables_parts.h"

#include "objective_text.h"

#include <math.h>
#include <stdio.h>

static void heads(park_sheet *sheet, const park_front *front)
{
    park_sheet_head(sheet, "点", "point");
    park_sheet_head(sheet, "标记", "mark");
    for (int k = 0; k < 2; k++) {
        park_objective_text text = park_objective_text_of(front->kind[k]);
        char                zh[160], en[160];
        snprintf(zh, sizeof zh, "%s (%s)", text.label.zh, text.shown.zh);
        snprintf(en, sizeof en, "%s (%s)", text.label.en, text.shown.en);
        park_sheet_head(sheet, zh, en);
        snprintf(zh, sizeof zh, "%s下界 (%s)", text.label.zh, text.shown.zh);
        snprintf(en, sizeof en, "bound of %s (%s)", text.label.en, text.shown.en);
        park_sheet_head(sheet, zh, en);
        snprintf(zh, sizeof zh, "%s间隙 (%%)", text.label.zh);
        snprintf(en, sizeof en, "gap of %s (%%)", text.label.en);
        park_sheet_head(sheet, zh, en);
    }
    park_sheet_head(sheet, "投资 (万元)", "investment (10^4 CNY)");
    park_sheet_head(sheet, "状态", "status");
    park_sheet_end_row(sheet);
}

static void mark(park_sheet *sheet, const park_front *front, size_t i)
{
    if ((int32_t)i == front->knee)
        park_sheet_word(sheet, "拐点", "knee");
    else if ((int32_t)i == front->chosen)
        park_sheet_word(sheet, "所取方案", "taken");
    else
        park_sheet_text(sheet, "");
}

static void status_cell(park_sheet *sheet, park_design_status status)
{
    if (status == PARK_DESIGN_OPTIMAL)
        park_sheet_word(sheet, "最优", "optimal");
    else if (status == PARK_DESIGN_GAP_REACHED)
        park_sheet_word(sheet, "达到所要求的间隙", "gap reached");
    else
        park_sheet_word(sheet, "达到限额，可行", "stopped at a limit, feasible");
}

park_status park_table_front(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    const park_front *front = t->record->design->front;
    heads(sheet, front);
    for (size_t i = 0; i < front->points; i++) {
        const park_front_point *p = &front->point[i];
        park_sheet_whole(sheet, (int64_t)i + 1);
        mark(sheet, front, i);
        for (int k = 0; k < 2; k++) {
            double si = park_objective_text_of(front->kind[k]).si;
            park_sheet_number(sheet, p->value[k] / si, 4);
            park_sheet_number(sheet, p->bound[k] / si, 4);
            park_sheet_number(sheet, 100.0 * p->gap[k], 4);
        }
        park_sheet_number(sheet, p->design->investment * 1e-4, 4);
        status_cell(sheet, p->status);
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}
