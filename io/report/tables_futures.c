/* The futures that a design was made for, and how it does in each. */
#include "report/tables_parts.h"

#include "objective_text.h"
#include "quantity.h"

#include <math.h>
#include <stdio.h>

/* The stages that a future runs through; NULL: it has none. */
static const park_staging *stages_of(const park_design *design)
{
    const park_staging *g = design->staging;
    return g != NULL && g->running_in != NULL && g->futures == design->outlook->futures ? g : NULL;
}

static void heads(park_sheet *sheet, const park_outlook *o, const park_staging *g)
{
    park_objective_text text = park_objective_text_of(o->kind);
    char                zh[160], en[160];
    park_sheet_head(sheet, "未来", "future");
    park_sheet_head(sheet, "概率", "probability");
    for (size_t i = 0; i < o->uncertains; i++)
        park_sheet_head(sheet, o->uncertain[i].path, o->uncertain[i].path);
    static const char *const WORDS[][2] = {{"本方案", "this design"},
                                           {"该未来单独最优", "best for this future alone"},
                                           {"遗憾（至多）", "regret, at most"},
                                           {"按情景所写最优的方案", "design that is best as written"}};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        snprintf(zh, sizeof zh, "%s (%s)", WORDS[i][0], text.shown.zh);
        snprintf(en, sizeof en, "%s (%s)", WORDS[i][1], text.shown.en);
        park_sheet_head(sheet, zh, en);
    }
    park_sheet_head(sheet, "年费用 (万元/a)", "yearly cost (10^4 CNY/a)");
    park_sheet_head(sheet, "取水量 (万m³/a)", "fresh water (10^4 m3/a)");
    park_sheet_head(sheet, "碳排放 (t/a)", "carbon (t/a)");
    for (size_t y = 0; g != NULL && y < g->stages; y++) {
        snprintf(zh, sizeof zh, "%d 年起的运行 (%s)", (int)g->year[y], text.shown.zh);
        snprintf(en, sizeof en, "running from %d on (%s)", (int)g->year[y], text.shown.en);
        park_sheet_head(sheet, zh, en);
    }
    park_sheet_end_row(sheet);
}

park_status park_table_futures(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    const park_outlook *o  = t->record->design->outlook;
    const park_staging *g  = stages_of(t->record->design);
    double              si = park_objective_text_of(o->kind).si;
    heads(sheet, o, g);
    for (size_t w = 0; w < o->futures; w++) {
        const park_future *f = &o->future[w];
        char               text[64];
        if (w == 0)
            park_sheet_word(sheet, "按情景所写", "as written");
        else
            park_sheet_whole(sheet, (int64_t)w);
        park_sheet_number(sheet, f->probability, 4);
        for (size_t i = 0; i < o->uncertains; i++) {
            if (park_quantity_format(f->drawn[i], o->uncertain[i].change.field->dim, NULL, 6, sheet->zh, text,
                                     sizeof text) < 0)
                text[0] = '\0';
            park_sheet_text(sheet, text);
        }
        park_sheet_number(sheet, f->value[o->kind] / si, 4);
        park_sheet_number(sheet, f->best / si, 4);
        park_sheet_number(sheet, f->regret / si, 4);
        if (isinf(f->nominal))
            park_sheet_word(sheet, "不可行", "fails");
        else
            park_sheet_number(sheet, f->nominal / si, 4);
        for (int k = 0; k < PARK_OBJECTIVE_KINDS; k++)
            park_sheet_number(sheet, f->value[k] / park_objective_text_of((park_objective_kind)k).si, 4);
        for (size_t y = 0; g != NULL && y < g->stages; y++)
            park_sheet_number(sheet, g->running_in[y * g->futures + w] / si, 4);
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}
