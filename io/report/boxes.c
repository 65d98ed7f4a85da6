/* The water balance diagrams of the test report: the park by enterprises, each enterprise by its units. */
#include "report/page.h"

#include "report/balance_boxes.h"

static void drawing(park_page *page, const park_balance *balance, park_boxes_of of, int32_t index)
{
    if (!park_boxes_any(balance, page->model, of, index))
        return;
    for (int zh = 1; zh >= 0; zh--) {
        park_text_printf(&page->out, "<div class=\"%s\">", zh ? "zh" : "en");
        park_balance_boxes_svg(balance, page->model, of, index, zh, &page->out, page->arena);
        park_text_add(&page->out, "</div>\n");
    }
}

void park_page_boxes(park_page *page)
{
    park_balance *balance = NULL;
    if (page->ledger == NULL)
        return;
    page->status = park_balance_of(page->model, page->ledger, page->arena, &balance, page->err);
    if (page->status != PARK_OK)
        return;
    park_page_section(page, "boxes", "园区、企业与用水单元水量平衡图",
                      "Balance diagrams of park, enterprises and units");
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(page,
                   "单位 "
                   "m³/"
                   "d，年平均；左为进水，右为出水，上为循环；每一框进出相等、框间转供抵销后与园区一致，均按所"
                   "印数字闭合。"
                   "同图另存于 figures/ 文件夹（SVG、PNG）。",
                   "m³/d, means of the year; inflows on the left, outflows on the right, circulation above. "
                   "Every box and every "
                   "sum closes as printed, transfers between boxes eliminated. The same drawings are in the "
                   "folder figures/.");
    park_text_add(&page->out, "</p>\n");
    drawing(page, balance, PARK_BOXES_PARK, 0);
    for (size_t e = 0; e <= page->model->enterprises; e++) {
        park_text_add(&page->out, "<details><summary>");
        if (e < page->model->enterprises)
            park_page_label(page, page->model->enterprise[e].label, page->model->enterprise[e].id);
        else
            park_page_both(page, "园区公用设施", "park utility");
        park_text_add(&page->out, "</summary>\n");
        drawing(page, balance, PARK_BOXES_ENTERPRISE, e < page->model->enterprises ? (int32_t)e : PARK_NONE);
        park_text_add(&page->out, "</details>\n");
    }
    park_page_section_end(page);
}
