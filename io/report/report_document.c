#include "report/report_document.h"

#include "replace.h"
#include "report/balance_boxes.h"
#include "report/docx.h"
#include "report/forms.h"
#include "run_names.h"

#include <stdio.h>
#include <string.h>

static const double DOTS = 2.0; /* a drawing's pixel in print */

static const park_label CHAPTERS[] = {{"1 水源与用水情况", "1 Sources and use of water"},
                                      {"2 水计量器具", "2 Meters"},
                                      {"3 水平衡测试结果", "3 Water balances"},
                                      {"4 冷却循环系统", "4 Cooling systems"},
                                      {"5 用水水平评价", "5 Indicators and targets"},
                                      {"6 非生产用水与漏失", "6 Water that is not for production, leaks"},
                                      {"7 节水措施", "7 Retrofits"},
                                      {"8 园区合并", "8 The park consolidated"},
                                      {"9 申报表", "9 Applications"}};

enum { CHAPTER_COUNT = sizeof CHAPTERS / sizeof *CHAPTERS, OF_BALANCES = 3 };

typedef struct writing {
    const park_run_record *record;
    const park_model      *model;
    park_docx             *docx;
    park_arena            *arena;
    park_error            *err;
    bool                   zh;
    size_t                 figures;
} writing;

/* Forms that a run read back from its file cannot fill in. */
static const char *const LOST[2] = {"Written again from the result file: the forms of meters, domestic "
                                    "water, leaks, retrofits and applications (A3, A8, A9, A10, B) "
                                    "need the scenario and are left out.",
                                    "由结果文件重新生成：计量（A3）、生活用水（A8）、漏失（A9）、节水措施（A1"
                                    "0）与申报表（B）需要情景文件，此处从略。"};

static void scope(const writing *w)
{
    const park_time *time   = &w->model->time;
    park_data_class  data   = w->model->data;
    bool             zh     = w->zh;
    const char      *text[] = {
             park_arena_printf(w->arena,
                          zh ? "对象与边界：%s（园区）；计算期 %.0f 天%s；数据类别：%s；数值%s。"
                                  : "Scope: %s, the park; period of %.0f days%s; data: %s; figures are %s.",
                               park_label_text(w->model->name, zh),
                               (time->steady ? time->year_seconds : (double)(time->end - time->start)) / 86400.0,
                          time->steady ? (zh ? "（稳态）" : " (steady)") : "",
                          data == PARK_DATA_MEASURED    ? (zh ? "实测" : "measured")
                               : data == PARK_DATA_ESTIMATED ? (zh ? "估算" : "estimated")
                                                             : (zh ? "示意" : "illustrative"),
                          w->record->simulation != NULL
                                   ? (zh ? "取自逐时模拟" : "those of the simulated year")
                                   : (zh ? "取自优化方案" : "those of the plan")),
        w->model->accounting.intake == PARK_BASIS_CONVENTIONAL
                 ? (zh ? "取水口径 A（常规水源）用于考核；口径 B（全部水源）一并列出。"
                       : "Targets count intake on basis A (conventional sources); basis B (all sources) stands "
                         "beside it.")
                 : (zh ? "取水口径 B（全部水源）用于考核；口径 A（常规水源）一并列出。"
                       : "Targets count intake on basis B (all sources); basis A (conventional sources) stands "
                         "beside it."),
        zh ? "本文数字为计算值，不代替有资质机构的实测报告；“待核”表示未见标准原文。"
                : "The figures are computed and replace no measured report of an accredited body; what is marked "
                  "as not verified was "
                  "not read in its standard."};
    park_docx_heading(w->docx, 1, zh ? "概述" : "Scope");
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        park_docx_paragraph(w->docx, text[i] != NULL ? text[i] : "");
    if (w->record->restored)
        park_docx_paragraph(w->docx, LOST[zh ? 1 : 0]);
}

static park_status figure(writing *w, const park_balance *balance, park_boxes_of of, int32_t index,
                          const char *name)
{
    park_text svg;
    park_png  png = {0};
    if (!park_boxes_any(balance, w->model, of, index))
        return PARK_OK;
    park_text_init(&svg, w->arena);
    park_balance_boxes_svg(balance, w->model, of, index, w->zh, &svg, w->arena);
    const char *text    = park_text_done(&svg);
    const char *caption = park_arena_printf(
        w->arena, w->zh ? "图 %zu  %s水量平衡图（m³/d）" : "Figure %zu  Water balance of %s (m³/d)",
        ++w->figures, name);
    if (text == NULL || caption == NULL)
        return PARK_FAIL(w->err, PARK_E_MEMORY, "no memory for the document");
    PARK_TRY(park_png_draw(text, DOTS, w->arena, &png, w->err));
    park_docx_picture(w->docx, caption, &png);
    return PARK_OK;
}

static park_status figures(writing *w, const park_ledger *ledger)
{
    park_balance *balance = NULL;
    PARK_TRY(park_balance_of(w->model, ledger, w->arena, &balance, w->err));
    PARK_TRY(figure(w, balance, PARK_BOXES_PARK, 0, w->zh ? "园区" : "the park"));
    for (size_t e = 0; e < w->model->enterprises; e++)
        PARK_TRY(figure(w, balance, PARK_BOXES_ENTERPRISE, (int32_t)e,
                        park_label_text(w->model->enterprise[e].label, w->zh)));
    return figure(w, balance, PARK_BOXES_ENTERPRISE, PARK_NONE,
                  w->zh ? "园区公用设施" : "the park's utility");
}

static park_status chapter(writing *w, int number, const park_ledger *ledger)
{
    park_docx_heading(w->docx, 1, park_label_text(CHAPTERS[number - 1], w->zh));
    bool said = false;
    if (number == OF_BALANCES) {
        size_t before = w->figures;
        PARK_TRY(figures(w, ledger));
        said = w->figures > before;
    }
    for (size_t i = 0; i < park_forms(); i++) {
        const park_form *form = park_form_at(i);
        park_sheet       sheet[2];
        if (form->chapter != number)
            continue;
        PARK_TRY(park_form_sheets(w->record, i, w->arena, sheet, w->err));
        if (sheet[0].rows < 2)
            continue;
        const char *caption = park_arena_printf(w->arena, w->zh ? "表 %s  %s" : "Table %s  %s", form->id,
                                                park_label_text(form->title, w->zh));
        park_docx_table(w->docx, caption != NULL ? caption : form->id, &sheet[w->zh ? 1 : 0]);
        said = true;
    }
    if (!said)
        park_docx_paragraph(w->docx, w->zh ? "本次结果没有可列入本章的内容。"
                                           : "This result holds nothing that belongs here.");
    return PARK_OK;
}

park_status park_report_document(const park_run_record *record, const char *path, bool zh, park_arena *arena,
                                 park_error *err)
{
    const park_ledger *ledger = record->simulation != NULL ? record->simulation->ledger
                                : record->design != NULL   ? record->design->ledger
                                                           : NULL;
    writing            w      = {.record = record,
                                 .model  = park_record_model(record),
                                 .docx   = park_docx_new(arena, zh),
                                 .arena  = arena,
                                 .err    = err,
                                 .zh     = zh};
    park_new_file      file   = {.path = path};
    if (ledger == NULL)
        return park_file_remove(path, err);
    if (w.docx == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the document");
    const char *title = park_arena_printf(arena, zh ? "%s 水平衡与用水评价表" : "%s: water balance and forms",
                                          park_label_text(w.model->name, zh));
    park_docx_heading(w.docx, 0, title != NULL ? title : "");
    scope(&w);
    park_docx_turn(w.docx); /* the forms are wide */
    for (int c = 1; c <= CHAPTER_COUNT; c++)
        PARK_TRY(chapter(&w, c, ledger));
    const char *bytes;
    PARK_TRY(park_docx_done(w.docx, &bytes, &file.length, err));
    file.bytes = bytes;
    return park_files_replace(&file, 1, err);
}
