#include "report/compare.h"

#include "report/assets.h"
#include "report/compare_pen.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *id, *zh, *en;
    void (*write)(park_compare_pen *);
} CHAPTERS[] = {{"summary", "结论", "Verdict", park_compare_summary},
                {"volumes", "水量", "Volumes", park_compare_volumes},
                {"diagrams", "平衡图", "Diagrams", park_compare_diagrams},
                {"indicators", "指标", "Indicators", park_compare_indicators},
                {"products", "单位产品取水量", "Products", park_compare_products},
                {"quality", "水质", "Quality", park_compare_quality},
                {"salt", "浓水与盐", "Salt", park_compare_salt},
                {"money", "费用", "Cost", park_compare_money},
                {"swings", "敏感性", "Sensitivities", park_compare_swings},
                {"breaks", "失效之处", "Breaks", park_compare_breaks},
                {"origin", "依据", "Origin", park_compare_origin}};
enum { CHAPTERS_COUNT = sizeof CHAPTERS / sizeof CHAPTERS[0] };

static void head(park_page *page)
{
    park_text_printf(
        &page->out,
        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
        "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "img-src data:\">\n<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n<title>",
        page->zh_first ? "zh" : "en");
    park_page_text(page, park_label_text(page->model->name, page->zh_first));
    park_text_printf(&page->out, " — parkwater compare</title>\n<style>\n%s</style>\n</head>\n<body>\n",
                     park_asset_style);
    park_text_printf(&page->out,
                     "<input class=\"language\" type=\"radio\" name=\"language\" id=\"say-zh\"%s>\n"
                     "<input class=\"language\" type=\"radio\" name=\"language\" id=\"say-en\"%s>\n"
                     "<header>\n<div class=\"switch\"><label for=\"say-zh\">中文</label><label "
                     "for=\"say-en\">English</label></div>\n<h1>",
                     page->zh_first ? " checked" : "", page->zh_first ? "" : " checked");
    park_page_label(page, page->model->name, "");
    park_page_both(page, " · 方案比选", " · proposals compared");
    if (page->model->data != PARK_DATA_MEASURED) {
        bool drawn = page->model->data == PARK_DATA_ILLUSTRATIVE;
        park_text_add(&page->out, "<span class=\"badge\">");
        park_page_both(page, drawn ? "示意数据" : "估算数据", drawn ? "illustrative data" : "estimated data");
        park_text_add(&page->out, "</span>");
    }
    park_text_add(&page->out, "</h1>\n<nav>");
    for (size_t i = 0; i < CHAPTERS_COUNT; i++) {
        park_text_printf(&page->out, "<a href=\"#%s\">", CHAPTERS[i].id);
        park_page_both(page, CHAPTERS[i].zh, CHAPTERS[i].en);
        park_text_add(&page->out, "</a>");
    }
    park_text_add(&page->out, "</nav>\n</header>\n<main>\n");
}

park_status park_compare_text(const park_comparison *all, bool zh, park_arena *arena, park_compare_page *page,
                              park_error *err)
{
    const park_compared *base = &all->run[all->present];
    park_compare_pen    *pen  = PARK_NEW(arena, park_compare_pen);
    if (pen == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the comparison");
    pen->all  = all;
    pen->page = (park_page){.arena    = arena,
                            .record   = &base->run->record,
                            .model    = base->model,
                            .ledger   = base->ledger,
                            .zh_first = zh,
                            .err      = err,
                            .status   = PARK_OK};
    park_text_init(&pen->page.out, arena);
    head(&pen->page);
    for (size_t i = 0; i < CHAPTERS_COUNT; i++) {
        pen->page.model = base->model;
        CHAPTERS[i].write(pen);
        if (pen->page.status != PARK_OK)
            return pen->page.status;
    }
    park_text_add(&pen->page.out, "</main>\n<footer>");
    park_page_both(&pen->page, "由 parkwater 生成；本页不访问网络。",
                   "Made by parkwater; this page asks no network.");
    park_text_add(&pen->page.out, "</footer>\n</body>\n</html>\n");
    page->html    = park_text_done(&pen->page.out);
    page->figures = pen->figures;
    page->figure  = PARK_ARRAY(arena, pen->figures + 1, park_figure);
    if (page->html == NULL || page->figure == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the comparison");
    for (size_t i = 0; i < pen->figures; i++) {
        page->figure[i] = (park_figure){.file    = pen->file[i],
                                        .caption = pen->figure[i],
                                        .svg     = {park_figure_alone(pen->drawing[i], false, arena),
                                                    park_figure_alone(pen->drawing[i], true, arena)}};
        if (page->figure[i].svg[0] == NULL || page->figure[i].svg[1] == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the figures of a comparison");
    }
    return PARK_OK;
}

const char *park_figure_alone(const char *svg, bool zh, park_arena *arena)
{
    double      width = 800.0, height = 600.0;
    const char *box = strstr(svg, "viewBox=\"0 0 "), *end = strchr(svg, '>');
    park_text   out;
    if (end == NULL)
        return NULL;
    if (box != NULL && box < end)
        sscanf(box + 13, "%lf %lf", &width, &height);
    park_text_init(&out, arena);
    park_text_printf(&out,
                     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
                     "width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\">\n<style>\n%s{display:none}\n"
                     "text{font:12px \"Noto Sans CJK SC\",\"Source Han Sans SC\",\"Microsoft "
                     "YaHei\",\"PingFang SC\",\"SimSun\",sans-serif;fill:#1f2d3a}\n"
                     "text.node{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}\n"
                     "text.layer{font-weight:600;font-size:13px}\n"
                     "text.flow{font-size:10px;paint-order:stroke;stroke:#fff;stroke-width:2px}\n"
                     "text.legend,text.bar{font-size:11px}\n</style>\n"
                     "<rect width=\"%.0f\" height=\"%.0f\" fill=\"#fff\"/>\n",
                     width, height, width, height, zh ? ".en" : ".zh", width, height);
    park_text_add(&out, end + 1);
    return park_text_done(&out);
}
