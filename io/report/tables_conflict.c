/* Statements that cannot hold together: by how much, and the way out by each alone. */
#include "report/tables_parts.h"

#include "objective_text.h"
#include "statement_text.h"

#include <math.h>
#include <stdio.h>

static void heads(park_sheet *sheet, park_objective_text text)
{
    char zh[120], en[120];
    park_sheet_head(sheet, "条款", "statement");
    park_sheet_head(sheet, "含义", "in words");
    park_sheet_head(sheet, "位置", "place");
    park_sheet_head(sheet, "原文", "as written");
    park_sheet_head(sheet, "要求", "asked");
    park_sheet_head(sheet, "单位", "unit");
    park_sheet_head(sheet, "同时放宽时缺口", "missed when all may give");
    park_sheet_head(sheet, "仅此一项放宽时缺口", "missed when it alone gives");
    park_sheet_head(sheet, "改变", "moved by");
    park_sheet_head(sheet, "改为", "make it");
    park_sheet_head(sheet, "已证明不够", "proven too little");
    snprintf(zh, sizeof zh, "届时目标值 (%s)", park_label_text(text.shown, true));
    snprintf(en, sizeof en, "objective then (%s)", park_label_text(text.shown, false));
    park_sheet_head(sheet, zh, en);
    park_sheet_head(sheet, "结论", "verdict");
    park_sheet_end_row(sheet);
}

static const park_relief *relief_of(const park_design *d, int32_t statement)
{
    for (size_t i = 0; i < d->reliefs; i++)
        if (d->relief[i].statement == statement)
            return &d->relief[i];
    return NULL;
}

/* In the unit told; of a ratio or volume asked, as hundredths of what is asked. */
static void number(park_sheet *sheet, const park_worth_line *kind, double value, double asked)
{
    park_sheet_number(sheet, park_worth_shown(kind->of, value, asked),
                      park_worth_text_of(kind->of).places + 1);
}

static void way(park_sheet *sheet, const park_worth_line *kind, const park_relief *r, double asked,
                park_objective_text text)
{
    static const park_label SAID[] = {
        [PARK_RELIEF_FOUND]    = {"已求得方案", "a plan was found"},
        [PARK_RELIEF_AT_LEAST] = {"更多是否足够，未能证明", "whether more is enough was not shown"},
        [PARK_RELIEF_NONE]     = {"未见可行", "not known to help alone"},
        [PARK_RELIEF_UNTRIED]  = {"未计算：限额", "not computed: the limits"}};
    bool found = r != NULL && r->kind == PARK_RELIEF_FOUND;
    number(sheet, kind, found ? r->by : NAN, asked);
    number(sheet, kind, found ? asked + r->by : NAN, asked);
    number(sheet, kind, r != NULL && r->least > 0.0 ? r->least : NAN, asked);
    park_sheet_number(sheet, found ? r->cost / text.si : NAN, 4);
    if (r == NULL)
        park_sheet_text(sheet, "");
    else
        park_sheet_word(sheet, SAID[r->kind].zh, SAID[r->kind].en);
}

park_status park_table_conflict(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    const park_design  *d    = t->record->design;
    park_objective_text text = park_objective_text_of(d->objective_kind);
    heads(sheet, text);
    for (size_t i = 0; i < d->conflicts; i++) {
        const park_conflict_line *line = &d->conflict[i];
        const park_statement     *s    = &t->model->statement[line->statement];
        park_worth_line           kind = {0};
        char                      words[400], place[400];
        park_statement_unit(t->model, s->path, line->asked, &kind);
        park_statement_text(t->model, s->path, sheet->zh, words, sizeof words);
        snprintf(place, sizeof place, "%s:%d", s->file != NULL ? s->file : "", s->line);
        park_sheet_text(sheet, s->path);
        park_sheet_text(sheet, words);
        park_sheet_text(sheet, s->file != NULL ? place : "");
        park_sheet_text(sheet, s->text);
        number(sheet, &kind, line->asked, line->asked);
        park_sheet_word(sheet, park_worth_text_of(kind.of).unit.zh, park_worth_text_of(kind.of).unit.en);
        number(sheet, &kind, line->missed, line->asked);
        number(sheet, &kind, line->relaxation, line->asked);
        way(sheet, &kind, relief_of(d, line->statement), line->asked, text);
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}
