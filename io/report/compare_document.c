/* A comparison as a text document in the usual order of chapters, and its figures as files. */
#include "report/compare.h"

#include "replace.h"
#include "report/balance_boxes.h"
#include "report/docx.h"

#include <stdio.h>
#include <string.h>

static const double SCALE = 2.0; /* dots per pixel */

/* A chapter: its tables by name, its figures by the beginning of their names. */
static const struct {
    const char *zh, *en;
    const char *table[4];
    const char *figure;
} CHAPTERS[] = {{"1 概述", "1 Scope", {NULL}, NULL},
                {"2 水源与水量", "2 Sources and volumes", {"sources.csv"}, NULL},
                {"3 水量平衡图", "3 Balance diagrams", {NULL}, "balance"},
                {"4 用水指标与定额对比", "4 Indicators against plan and quotas", {"products.csv"}, NULL},
                {"5 水质、浓水与盐",
                 "5 Quality, concentrate and salt",
                 {"quality_worst.csv", "concentrate.csv", "constituents.csv"},
                 NULL},
                {"6 投资与运行费", "6 Investment and running cost", {"running.csv", "cash_flows.csv"}, NULL},
                {"7 敏感性分析", "7 Sensitivities", {"sensitivity.csv"}, "tornado"},
                {"8 结论", "8 Conclusions", {"summary.csv"}, NULL},
                {"附表 全部指标", "Annex: every indicator", {"indicators.csv"}, NULL}};

static const struct {
    const char *name, *zh, *en;
} CAPTIONS[] = {
    {"sources.csv", "分水源取水量", "intake by source"},
    {"products.csv", "单位产品取水量与规划值、定额对比", "intake per product against plan and quotas"},
    {"quality_worst.csv", "各用户最不利成分（全部成分见 tables.xlsx 的 quality 表）",
     "the constituent nearest its limit at each user (all of them: sheet quality of tables.xlsx)"},
    {"concentrate.csv", "浓水水量与水质", "concentrate"},
    {"constituents.csv", "物质收支", "where constituents come from and leave"},
    {"running.csv", "分项年运行费", "running cost by stream"},
    {"cash_flows.csv", "增量现金流量表", "incremental cash flows"},
    {"sensitivity.csv", "净现值敏感性（±20 %）", "sensitivities of net present value, ±20 %"},
    {"summary.csv", "方案比选汇总表", "the proposals side by side"},
    {"indicators.csv", "全部指标", "every indicator"}};

static const char *caption(park_arena *arena, const char *name, bool zh, size_t number)
{
    for (size_t i = 0; i < sizeof CAPTIONS / sizeof CAPTIONS[0]; i++)
        if (strcmp(CAPTIONS[i].name, name) == 0)
            return park_arena_printf(arena, zh ? "表 %zu  %s" : "Table %zu  %s", number,
                                     zh ? CAPTIONS[i].zh : CAPTIONS[i].en);
    return name;
}

static void scope(park_docx *docx, const park_comparison *all, bool zh, park_arena *arena)
{
    const park_compared *base = &all->run[all->present];
    const park_time     *time = &base->model->time;
    const char          *data = base->model->data == PARK_DATA_MEASURED    ? (zh ? "实测" : "measured")
                                : base->model->data == PARK_DATA_ESTIMATED ? (zh ? "估算" : "estimated")
                                                                           : (zh ? "示意" : "illustrative");
    park_text            names;
    park_text_init(&names, arena);
    for (size_t i = 0; i < all->count; i++)
        park_text_printf(&names, "%s%s", i > 0 ? (zh ? "、" : ", ") : "", all->run[i].name);
    const char *list   = park_text_done(&names);
    const char *text[] = {
        park_arena_printf(arena, zh ? "评价对象：%s；比较：%s。" : "Park: %s. Compared: %s.",
                          park_label_text(base->model->name, zh), list != NULL ? list : ""),
        park_arena_printf(arena,
                          zh ? "边界：园区；计算期 %.0f 天%s；数据类别：%s；数值%s。"
                             : "Boundary: the park; period of %.0f days%s; data: %s; figures are %s.",
                          time->steady ? time->year_seconds / 86400.0
                                       : (double)(time->end - time->start) / 86400.0,
                          time->steady ? (zh ? "（稳态）" : " (steady)") : "", data,
                          all->simulated ? (zh ? "取自逐时模拟" : "those of the simulated year")
                                         : (zh ? "取自优化方案" : "those of the plans")),
        park_arena_printf(
            arena,
            zh ? "取水口径 A 只计常规水源，B 计全部水源，两者均列出；节水量按口径 %s。"
               : "Basis A counts conventional sources alone, B all sources; both are shown; water saved "
                 "counts on basis %s.",
            all->basis == PARK_BASIS_CONVENTIONAL ? "A" : "B"),
        park_arena_printf(
            arena,
            zh ? "金额为 %d 年不变价、所得税前；折现率 %.2f %%，运营期 %d 年；均为与“%s”相比的增量。"
               : "Sums are in constant prices of %d before income tax; discount %.2f %%, %d years of "
                 "service; differences to \"%s\".",
            (int)all->price_year, 100.0 * all->discount, (int)all->years, base->name),
        zh ? "本文数字为计算值，不代替有资质机构的实测报告；“待核”表示未见标准原文。"
           : "The figures are computed and replace no measured report of an accredited body; limits marked "
             "as not seen "
             "were not read in their standard."};
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
        park_docx_paragraph(docx, text[i]);
    for (size_t i = 0; all->findings != NULL && i < all->findings->count; i++)
        park_docx_paragraph(docx, zh ? all->findings->items[i].zh : all->findings->items[i].en);
}

static const park_sheet *sheet_of(const park_sheet *sheet, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(sheet[i].name, name) == 0)
            return &sheet[i];
    return NULL;
}

/* The park by enterprises in each run, as a balance test draws it: boxes that close as printed. */
static park_status boxes(park_docx *docx, const park_comparison *all, bool zh, park_arena *arena,
                         size_t *figures, park_error *err)
{
    for (size_t i = 0; i < all->count; i++) {
        const park_compared *r       = &all->run[i];
        park_balance        *balance = NULL;
        park_text            svg;
        park_png             png = {0};
        PARK_TRY(park_balance_of(r->model, r->ledger, arena, &balance, err));
        if (!park_boxes_any(balance, r->model, PARK_BOXES_PARK, 0))
            continue;
        park_text_init(&svg, arena);
        park_balance_boxes_svg(balance, r->model, PARK_BOXES_PARK, 0, zh, &svg, arena);
        const char *text    = park_text_done(&svg);
        const char *caption = park_arena_printf(
            arena, zh ? "图 %zu  %s：园区水量平衡图（m³/d）" : "Figure %zu  %s: balance of the park (m³/d)",
            ++*figures, r->name);
        if (text == NULL || caption == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the figures");
        PARK_TRY(park_png_draw(text, SCALE, arena, &png, err));
        park_docx_picture(docx, caption, &png);
    }
    return PARK_OK;
}

static park_status write_document(const park_comparison *all, const park_compare_page *page,
                                  const park_png *png, bool zh, park_arena *arena, const char **bytes,
                                  size_t *length, park_error *err)
{
    park_sheet *sheet;
    size_t      sheets, tables = 0, figures = 0;
    park_docx  *docx = park_docx_new(arena, zh);
    PARK_TRY(park_compare_sheets(all, zh, arena, &sheet, &sheets, err));
    if (docx == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the document");
    const char *title = park_arena_printf(arena, zh ? "%s 节水改造方案比选" : "%s: proposals compared",
                                          park_label_text(all->run[all->present].model->name, zh));
    park_docx_heading(docx, 0, title);
    for (size_t i = 0; i < sizeof CHAPTERS / sizeof CHAPTERS[0]; i++) {
        bool wide = CHAPTERS[i].figure != NULL && strcmp(CHAPTERS[i].figure, "balance") == 0;
        if (wide)
            park_docx_turn(docx);
        park_docx_heading(docx, 1, zh ? CHAPTERS[i].zh : CHAPTERS[i].en);
        bool said = i == 0 || CHAPTERS[i].figure != NULL;
        if (i == 0)
            scope(docx, all, zh, arena);
        for (size_t k = 0; k < 4 && CHAPTERS[i].table[k] != NULL; k++) {
            const park_sheet *here = sheet_of(sheet, sheets, CHAPTERS[i].table[k]);
            if (here != NULL && here->rows > 1) {
                park_docx_table(docx, caption(arena, here->name, zh, ++tables), here);
                said = true;
            }
        }
        for (size_t k = 0; CHAPTERS[i].figure != NULL && k < page->figures; k++)
            if (strncmp(page->figure[k].file, CHAPTERS[i].figure, strlen(CHAPTERS[i].figure)) == 0)
                park_docx_picture(docx,
                                  park_arena_printf(arena, zh ? "图 %zu  %s" : "Figure %zu  %s", ++figures,
                                                    park_label_text(page->figure[k].caption, zh)),
                                  &png[k]);
        if (!said)
            park_docx_paragraph(docx, zh ? "各方案没有可列入本章的内容。"
                                         : "The runs hold nothing that belongs here.");
        if (wide) {
            PARK_TRY(boxes(docx, all, zh, arena, &figures, err));
            park_docx_turn(docx);
        }
    }
    return park_docx_done(docx, bytes, length, err);
}

park_status park_compare_document_write(const park_comparison *all, const park_compare_page *page,
                                        const char *dir, bool zh, park_arena *arena, park_error *err)
{
    size_t         most = 2 * page->figures + 1, count = 0;
    park_png      *png   = PARK_ARRAY(arena, page->figures + 1, park_png);
    park_new_file *file  = PARK_ARRAY(arena, most, park_new_file);
    const char    *place = park_arena_printf(arena, "%s/figures", dir), *bytes;
    size_t         length;
    if (png == NULL || file == NULL || place == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the figures");
    for (size_t i = 0; i < page->figures; i++) {
        const char *svg = page->figure[i].svg[zh ? 1 : 0];
        PARK_TRY(park_png_draw(svg, SCALE, arena, &png[i], err));
        file[count++] =
            (park_new_file){.path   = park_arena_printf(arena, "%s/%s.svg", place, page->figure[i].file),
                            .bytes  = svg,
                            .length = strlen(svg)};
        file[count++] =
            (park_new_file){.path   = park_arena_printf(arena, "%s/%s.png", place, page->figure[i].file),
                            .bytes  = png[i].bytes,
                            .length = png[i].length};
    }
    PARK_TRY(write_document(all, page, png, zh, arena, &bytes, &length, err));
    file[count++] = (park_new_file){
        .path = park_arena_printf(arena, "%s/report.docx", dir), .bytes = bytes, .length = length};
    for (size_t i = 0; i < count; i++)
        if (file[i].path == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the names of the figures");
    PARK_TRY(park_folder_make(place, err));
    return park_files_replace(file, count, err);
}
