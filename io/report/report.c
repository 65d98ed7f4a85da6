#include "report/report.h"

#include "report/assets.h"
#include "report/page.h"
#include "report/rain_curve.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const CSP =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

static const struct {
    const char *id, *zh, *en;
} CHAPTERS[] = {{"verdict", "结论", "Verdict"},
                {"front", "前沿", "Front"},
                {"futures", "未来", "Futures"},
                {"stages", "分年建设", "Stages"},
                {"balance", "水量平衡", "Balance"},
                {"boxes", "平衡图", "Boxes"},
                {"allocation", "配水", "Allocation"},
                {"forms", "表格", "Forms"},
                {"exits", "物质去向", "Constituents"},
                {"money", "费用", "Cost"},
                {"worth", "条款的价值", "Worth"},
                {"abatement", "改造与次序", "Retrofits"},
                {"promise", "承诺与模拟", "Promise"},
                {"bill", "账单", "Bill"},
                {"rain", "雨水", "Rain"},
                {"networks", "管网", "Networks"},
                {"series", "过程", "Series"},
                {"units", "单元", "Units"},
                {"hours", "逐时", "Hours"},
                {"indicators", "指标", "Indicators"},
                {"assumptions", "假设", "Assumptions"}};

static void head(park_page *page)
{
    park_text_printf(&page->out,
                     "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
                     "http-equiv=\"Content-Security-Policy\" content=\"%s\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
                     page->zh_first ? "zh" : "en", CSP);
    park_page_text(page, park_label_text(page->model->name, page->zh_first));
    park_text_printf(&page->out, " — parkwater</title>\n<style>\n%s</style>\n</head>\n<body>\n",
                     park_asset_style);
    park_text_printf(&page->out,
                     "<input class=\"language\" type=\"radio\" name=\"language\" id=\"say-zh\"%s>\n"
                     "<input class=\"language\" type=\"radio\" name=\"language\" id=\"say-en\"%s>\n",
                     page->zh_first ? " checked" : "", page->zh_first ? "" : " checked");
}

static void facts(park_page *page)
{
    const park_time *time = &page->model->time;
    char             zh[160], en[160];
    if (time->steady) {
        snprintf(zh, sizeof zh, "稳态，年运行 %.0f 小时", time->year_seconds / 3600.0);
        snprintf(en, sizeof en, "steady, %.0f hours a year", time->year_seconds / 3600.0);
    } else {
        snprintf(zh, sizeof zh, "计算期 %.0f 天，%zu 个时段", (double)(time->end - time->start) / 86400.0,
                 time->seasons);
        snprintf(en, sizeof en, "period of %.0f days in %zu seasons",
                 (double)(time->end - time->start) / 86400.0, time->seasons);
    }
    park_page_both(page, zh, en);
    park_page_both(page, "；", "; ");
    park_page_both(page,
                   page->model->accounting.intake == PARK_BASIS_CONVENTIONAL ? "取水口径 A（常规水源）"
                                                                             : "取水口径 B（全部水源）",
                   page->model->accounting.intake == PARK_BASIS_CONVENTIONAL
                       ? "intake basis A (conventional sources)"
                       : "intake basis B (all sources)");
}

/* A park without a design has a page of its own: the conflict, what was assumed, how it was found. */
static bool without_design(const park_page *page)
{
    const park_design *design = page->record->design;
    return design != NULL && design->status == PARK_DESIGN_INFEASIBLE && design->link_flow == NULL;
}

static void masthead(park_page *page)
{
    park_text_add(&page->out, "<header>\n<div class=\"switch\"><label for=\"say-zh\">中文</label><label "
                              "for=\"say-en\">English</label></div>\n<h1>");
    park_page_label(page, page->model->name, "");
    if (page->model->data != PARK_DATA_MEASURED) {
        park_text_add(&page->out, "<span class=\"badge\">");
        park_page_both(page, page->model->data == PARK_DATA_ILLUSTRATIVE ? "示意数据" : "估算数据",
                       page->model->data == PARK_DATA_ILLUSTRATIVE ? "illustrative data" : "estimated data");
        park_text_add(&page->out, "</span>");
    }
    park_text_add(&page->out, "</h1>\n<div class=\"facts\">");
    facts(page);
    park_text_add(&page->out, "</div>\n<nav>");
    for (size_t i = 0; i < sizeof CHAPTERS / sizeof CHAPTERS[0]; i++) {
        if (without_design(page) && strcmp(CHAPTERS[i].id, "verdict") != 0 &&
            strcmp(CHAPTERS[i].id, "assumptions") != 0)
            continue;
        if (strcmp(CHAPTERS[i].id, "networks") == 0 && page->record->networks == 0)
            continue;
        if (strcmp(CHAPTERS[i].id, "bill") == 0 &&
            (page->record->simulation == NULL || page->record->simulation->bill.line == NULL))
            continue;
        if (strcmp(CHAPTERS[i].id, "units") == 0 && page->record->rows == NULL)
            continue;
        if (strcmp(CHAPTERS[i].id, "hours") == 0 && !park_page_has_hours(page))
            continue;
        if (strcmp(CHAPTERS[i].id, "rain") == 0 && park_rain_storages(page->record->design, page->model) == 0)
            continue;
        if (strcmp(CHAPTERS[i].id, "front") == 0 &&
            (page->record->design == NULL || page->record->design->front == NULL))
            continue;
        if (strcmp(CHAPTERS[i].id, "worth") == 0 &&
            (page->record->design == NULL || page->record->design->worth == NULL))
            continue;
        if (strcmp(CHAPTERS[i].id, "abatement") == 0 &&
            (page->record->design == NULL || page->record->design->ranking == NULL))
            continue;
        if (strcmp(CHAPTERS[i].id, "stages") == 0 &&
            (page->record->design == NULL || page->record->design->staging == NULL))
            continue;
        if (strcmp(CHAPTERS[i].id, "futures") == 0 &&
            (page->record->design == NULL || page->record->design->outlook == NULL))
            continue;
        park_text_printf(&page->out, "<a href=\"#%s\">", CHAPTERS[i].id);
        park_page_both(page, CHAPTERS[i].zh, CHAPTERS[i].en);
        park_text_add(&page->out, "</a>");
    }
    park_text_add(&page->out, "</nav>\n</header>\n<main>\n");
}

static void foot(park_page *page)
{
    park_text_add(&page->out, "</main>\n<footer>");
    park_page_both(page, "由 parkwater 生成；本页不访问网络。图表使用 Apache ECharts（Apache-2.0）。",
                   "Made by parkwater; this page asks no network. Charts by Apache ECharts (Apache-2.0).");
    park_text_add(&page->out, "</footer>\n");
    if (page->record->rows != NULL) {
        park_text_printf(&page->out, "<script>\n/*\n%s*/\n", park_asset_charts_notice);
        park_text_add(&page->out, park_asset_charts);
        park_text_printf(&page->out, "</script>\n<script>\n%s</script>\n", park_asset_script);
    }
    park_text_add(&page->out, "</body>\n</html>\n");
}

park_status park_report_text(const park_run_record *record, bool zh, park_arena *arena, const char **html,
                             park_error *err)
{
    static void (*const SECTIONS[])(park_page *) = {
        park_page_verdict,     park_page_front,     park_page_futures,    park_page_stages,
        park_page_balance,     park_page_boxes,     park_page_allocation, park_page_forms,
        park_page_exits,       park_page_money,     park_page_worth,      park_page_abatement,
        park_page_promise,     park_page_bill,      park_page_rain,       park_page_networks,
        park_page_series,      park_page_units,     park_page_hours,      park_page_indicators,
        park_page_assumptions, park_page_provenance};
    static void (*const CONFLICT[])(park_page *) = {park_page_conflict, park_page_assumptions,
                                                    park_page_provenance};
    park_page page = {.arena = arena, .record = record, .zh_first = zh, .err = err, .status = PARK_OK};
    page.model =
        record->design != NULL && record->design->model != NULL ? record->design->model : record->base;
    page.ledger = record->simulation != NULL ? record->simulation->ledger
                  : record->design != NULL   ? record->design->ledger
                                             : NULL;
    park_text_init(&page.out, arena);
    head(&page);
    masthead(&page);
    bool   none  = without_design(&page);
    size_t count = none ? sizeof CONFLICT / sizeof CONFLICT[0] : sizeof SECTIONS / sizeof SECTIONS[0];
    for (size_t i = 0; i < count && page.status == PARK_OK; i++)
        (none ? CONFLICT : SECTIONS)[i](&page);
    foot(&page);
    if (page.status != PARK_OK)
        return page.status;
    *html = park_text_done(&page.out);
    return *html != NULL ? PARK_OK : PARK_FAIL(err, PARK_E_MEMORY, "no memory for the report");
}

park_status park_report_write(const park_run_record *record, const char *path, bool zh, park_arena *arena,
                              park_error *err)
{
    const char *html = NULL;
    PARK_TRY(park_report_text(record, zh, arena, &html, err));
    const char *beside = park_arena_printf(arena, "%s.tmp", path);
    if (beside == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the report's name");
    FILE  *file   = fopen(beside, "wb");
    size_t length = strlen(html);
    bool   whole  = file != NULL && fwrite(html, 1, length, file) == length && fflush(file) == 0 &&
                 fsync(fileno(file)) == 0;
    int reason = errno;
    if (file != NULL && fclose(file) != 0 && whole) {
        whole  = false;
        reason = errno;
    }
    if (!whole || rename(beside, path) != 0) {
        reason = whole ? errno : reason;
        remove(beside);
        return PARK_FAIL(err, PARK_E_FILE, "%s cannot be written: %s", path, strerror(reason));
    }
    return PARK_OK;
}
