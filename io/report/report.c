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

typedef bool (*present)(const park_page *page);

static bool always(const park_page *page)
{
    (void)page;
    return true;
}

static bool has_cost(const park_page *page)
{
    return page->record->design != NULL && page->record->design->cost_lines > 0;
}

static bool has_front(const park_page *page)
{
    return page->record->design != NULL && page->record->design->front != NULL;
}

static bool has_futures(const park_page *page)
{
    return page->record->design != NULL && page->record->design->outlook != NULL;
}

static bool has_stages(const park_page *page)
{
    return page->record->design != NULL && page->record->design->staging != NULL;
}

static bool has_worth(const park_page *page)
{
    return page->record->design != NULL && page->record->design->worth != NULL;
}

static bool has_ranking(const park_page *page)
{
    return page->record->design != NULL && page->record->design->ranking != NULL;
}

static bool has_bill(const park_page *page)
{
    return page->record->simulation != NULL && page->record->simulation->bill.line != NULL;
}

static bool has_rain(const park_page *page)
{
    return park_rain_storages(page->record->design, page->model) > 0;
}

static bool has_networks(const park_page *page)
{
    return page->record->networks > 0;
}

static bool has_rows(const park_page *page)
{
    return page->record->rows != NULL;
}

/* In the order in which they stand. `kept`: a result file holds the chapter itself, not its numbers. */
static const struct {
    const char *id, *zh, *en;
    void (*write)(park_page *page);
    present there;
    bool    kept;
} CHAPTERS[] = {{"verdict", "结论", "Verdict", park_page_verdict, always, false},
                {"front", "前沿", "Front", park_page_front, has_front, true},
                {"futures", "未来", "Futures", park_page_futures, has_futures, true},
                {"stages", "分年建设", "Stages", park_page_stages, has_stages, true},
                {"balance", "水量平衡", "Balance", park_page_balance, always, false},
                {"boxes", "平衡图", "Boxes", park_page_boxes, always, false},
                {"allocation", "配水", "Allocation", park_page_allocation, always, false},
                {"forms", "表格", "Forms", park_page_forms, always, true},
                {"exits", "物质去向", "Constituents", park_page_exits, always, false},
                {"money", "费用", "Cost", park_page_money, has_cost, false},
                {"worth", "条款的价值", "Worth", park_page_worth, has_worth, true},
                {"abatement", "改造与次序", "Retrofits", park_page_abatement, has_ranking, true},
                {"promise", "承诺与模拟", "Promise", park_page_promise, always, false},
                {"bill", "账单", "Bill", park_page_bill, has_bill, true},
                {"rain", "雨水", "Rain", park_page_rain, has_rain, true},
                {"networks", "管网", "Networks", park_page_networks, has_networks, true},
                {"series", "过程", "Series", park_page_series, has_rows, false},
                {"units", "单元", "Units", park_page_units, has_rows, false},
                {"hours", "逐时", "Hours", park_page_hours, park_page_has_hours, false},
                {"indicators", "指标", "Indicators", park_page_indicators, always, false},
                {"assumptions", "假设", "Assumptions", park_page_assumptions, always, false}};

enum { CHAPTER_COUNT = sizeof CHAPTERS / sizeof CHAPTERS[0] };

/* The chapter as the result file keeps it; NULL: it does not. */
static const char *kept(const park_page *page, size_t i)
{
    for (size_t k = 0; k < page->record->chapters; k++)
        if (strcmp(page->record->chapter[k].id, CHAPTERS[i].id) == 0)
            return page->record->chapter[k].html;
    return NULL;
}

static bool stands(const park_page *page, size_t i)
{
    if (!page->record->restored || !CHAPTERS[i].kept)
        return CHAPTERS[i].there(page);
    const char *html = kept(page, i);
    return html != NULL && html[0] != '\0';
}

static void chapter(park_page *page, size_t i)
{
    if (!page->record->restored || !CHAPTERS[i].kept)
        CHAPTERS[i].write(page);
    else if (kept(page, i) != NULL)
        park_text_add(&page->out, kept(page, i));
}

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
    for (size_t i = 0; i < CHAPTER_COUNT; i++) {
        if (without_design(page) && strcmp(CHAPTERS[i].id, "verdict") != 0 &&
            strcmp(CHAPTERS[i].id, "assumptions") != 0)
            continue;
        if (!stands(page, i))
            continue;
        park_text_printf(&page->out, "<a href=\"#%s\">", CHAPTERS[i].id);
        park_page_both(page, CHAPTERS[i].zh, CHAPTERS[i].en);
        park_text_add(&page->out, "</a>");
    }
    park_text_add(&page->out, "</nav>\n</header>\n<main>\n");
}

/* Where the page comes from, when it is not the run itself that writes it. */
static void restored(park_page *page)
{
    size_t lost = 0;
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(
        page, "本页由结果文件重新生成，未重新计算；逐时值按结果文件的精度（相对误差不超过 6×10⁻⁵）给出。",
        "This page was written again from the result file; nothing was computed anew. Hourly values are "
        "those "
        "of the file (relative error up to 6×10⁻⁵).");
    for (size_t i = 0; i < CHAPTER_COUNT; i++) {
        if (!CHAPTERS[i].kept || kept(page, i) != NULL)
            continue;
        if (lost++ == 0)
            park_page_both(page, "该文件未保存以下章节，此处从略：",
                           " The file holds no figures of these chapters, which are left out: ");
        else
            park_page_both(page, "、", ", ");
        park_page_both(page, CHAPTERS[i].zh, CHAPTERS[i].en);
    }
    if (lost > 0)
        park_page_both(page, "。", ".");
    park_text_add(&page->out, "</p>\n");
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

static park_page page_of(const park_run_record *record, bool zh, park_arena *arena, park_error *err)
{
    park_page page = {.arena = arena, .record = record, .zh_first = zh, .err = err, .status = PARK_OK};
    page.model =
        record->design != NULL && record->design->model != NULL ? record->design->model : record->base;
    page.ledger = record->simulation != NULL ? record->simulation->ledger
                  : record->design != NULL   ? record->design->ledger
                                             : NULL;
    return page;
}

park_status park_report_keep(const park_run_record *record, park_arena *arena,
                             const park_kept_chapter **chapters, size_t *count, park_error *err)
{
    park_kept_chapter *list = PARK_ARRAY(arena, CHAPTER_COUNT, park_kept_chapter);
    *chapters               = list;
    *count                  = 0;
    if (list == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the chapters of the report");
    for (size_t i = 0; i < CHAPTER_COUNT; i++) {
        park_page page = page_of(record, true, arena, err);
        if (!CHAPTERS[i].kept)
            continue;
        park_text_init(&page.out, arena);
        if (!without_design(&page))
            CHAPTERS[i].write(&page);
        if (page.status != PARK_OK)
            return page.status;
        const char *html = park_text_done(&page.out);
        if (html == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the chapters of the report");
        list[(*count)++] = (park_kept_chapter){CHAPTERS[i].id, html};
    }
    return PARK_OK;
}

park_status park_report_text(const park_run_record *record, bool zh, park_arena *arena, const char **html,
                             park_error *err)
{
    static void (*const CONFLICT[])(park_page *) = {park_page_conflict, park_page_assumptions,
                                                    park_page_provenance};
    park_page page                               = page_of(record, zh, arena, err);
    park_text_init(&page.out, arena);
    head(&page);
    masthead(&page);
    if (record->restored)
        restored(&page);
    bool   none  = without_design(&page);
    size_t count = none ? sizeof CONFLICT / sizeof CONFLICT[0] : CHAPTER_COUNT;
    for (size_t i = 0; i < count && page.status == PARK_OK; i++)
        if (none)
            CONFLICT[i](&page);
        else
            chapter(&page, i);
    if (!none && page.status == PARK_OK)
        park_page_provenance(&page);
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
