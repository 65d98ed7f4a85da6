#include "report/page.h"

#include "indicator_text.h"
#include "report/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void park_page_text(park_page *page, const char *text)
{
    for (; text != NULL && *text != '\0'; text++) {
        switch (*text) {
        case '&':
            park_text_add(&page->out, "&amp;");
            break;
        case '<':
            park_text_add(&page->out, "&lt;");
            break;
        case '>':
            park_text_add(&page->out, "&gt;");
            break;
        case '"':
            park_text_add(&page->out, "&quot;");
            break;
        default:
            park_text_char(&page->out, *text);
        }
    }
}

void park_page_both(park_page *page, const char *zh, const char *en)
{
    park_text_printf(&page->out,
                     "<span class=\"zh\" lang=\"zh\">%s</span><span class=\"en\" lang=\"en\">%s</span>", zh,
                     en);
}

void park_page_label(park_page *page, park_label label, const char *fallback)
{
    const char *zh = park_label_text(label, true), *en = park_label_text(label, false);
    if (strcmp(zh, en) == 0) {
        park_page_text(page, zh[0] != '\0' ? zh : fallback);
        return;
    }
    park_text_add(&page->out, "<span class=\"zh\" lang=\"zh\">");
    park_page_text(page, zh);
    park_text_add(&page->out, "</span><span class=\"en\" lang=\"en\">");
    park_page_text(page, en);
    park_text_add(&page->out, "</span>");
}

void park_page_unit(park_page *page, int32_t unit)
{
    park_page_label(page, page->model->unit[unit].label, page->model->unit[unit].id);
}

static const park_label OUTLET[] = {
    [PARK_OUT_PRODUCT]     = {.zh = "出水", .en = "product"},
    [PARK_OUT_REJECT]      = {.zh = "浓水", .en = "reject"},
    [PARK_OUT_BLOWDOWN]    = {.zh = "排污水", .en = "blowdown"},
    [PARK_OUT_BACKWASH]    = {.zh = "反洗水", .en = "backwash"},
    [PARK_OUT_CONDENSATE]  = {.zh = "凝结水", .en = "condensate"},
    [PARK_OUT_OVERFLOW]    = {.zh = "溢流", .en = "overflow"},
    [PARK_OUT_FIRST_FLUSH] = {.zh = "初期雨水", .en = "first flush"},
    [PARK_OUT_EVAPORATION] = {.zh = "蒸发", .en = "evaporation"},
    [PARK_OUT_DRIFT]       = {.zh = "风吹损失", .en = "drift"},
    [PARK_OUT_LEAK]        = {.zh = "漏失", .en = "leak"},
    [PARK_OUT_IN_PRODUCT]  = {.zh = "产品带走", .en = "in product"},
    [PARK_OUT_SLUDGE]      = {.zh = "污泥", .en = "sludge"},
    [PARK_OUT_STEAM]       = {.zh = "蒸汽", .en = "steam"},
};

void park_page_outlet(park_page *page, int32_t outlet)
{
    const park_outlet_info *info = &page->model->outlet[outlet];
    park_page_unit(page, info->unit);
    if (info->role == PARK_OUT_PRODUCT || (size_t)info->role >= sizeof OUTLET / sizeof OUTLET[0])
        return;
    park_text_add(&page->out, " · ");
    park_page_label(page, OUTLET[info->role], info->id);
}

void park_page_number(park_page *page, double value, int decimals)
{
    char text[64];
    if (!isfinite(value)) {
        park_text_add(&page->out, "—");
        return;
    }
    park_number_print(value, decimals, text, sizeof text);
    park_text_add(&page->out, text);
}

void park_page_quantity(park_page *page, double value, park_dimension dim)
{
    if (!isfinite(value)) {
        park_text_add(&page->out, "—");
        return;
    }
    char zh[400], en[400];
    park_shown_text(value, dim, true, zh, sizeof zh);
    park_shown_text(value, dim, false, en, sizeof en);
    park_page_both(page, zh, en);
}

void park_page_value(park_page *page, const park_indicator *item)
{
    char zh[400], en[400];
    park_indicator_value_text(item, true, zh, sizeof zh);
    park_indicator_value_text(item, false, en, sizeof en);
    park_page_both(page, zh, en);
}

void park_page_section(park_page *page, const char *id, const char *zh, const char *en)
{
    park_text_printf(&page->out, "<section id=\"%s\">\n<h2>", id);
    park_page_both(page, zh, en);
    park_text_add(&page->out, "</h2>\n");
}

void park_page_section_end(park_page *page)
{
    park_text_add(&page->out, "</section>\n");
}

void park_page_table(park_page *page, const char *const *titles)
{
    park_text_add(&page->out, "<div class=\"wide\"><table><thead><tr>");
    for (; titles[0] != NULL; titles += 2) {
        size_t length = strlen(titles[1]);
        bool   right  = length > 0 && titles[1][length - 1] == '>';
        char   en[128];
        snprintf(en, sizeof en, "%.*s", (int)(right ? length - 1 : length), titles[1]);
        park_text_printf(&page->out, "<th%s>", right ? " class=\"n\"" : "");
        park_page_both(page, titles[0], en);
        park_text_add(&page->out, "</th>");
    }
    park_text_add(&page->out, "</tr></thead><tbody>\n");
}

void park_page_table_end(park_page *page)
{
    park_text_add(&page->out, "</tbody></table></div>\n");
}

void park_page_cell(park_page *page)
{
    park_text_add(&page->out, "<td>");
}

void park_page_cell_number(park_page *page, double value, int decimals)
{
    park_text_add(&page->out, "<td class=\"n\">");
    park_page_number(page, value, decimals);
    park_text_add(&page->out, "</td>");
}

void park_page_row(park_page *page)
{
    park_text_add(&page->out, "<tr>");
}

void park_page_row_end(park_page *page)
{
    park_text_add(&page->out, "</tr>\n");
}

double park_page_year(const double *values, size_t seasons, size_t stride, size_t at)
{
    double sum = 0.0;
    for (size_t s = 0; s < seasons; s++)
        sum += values[s * stride + at];
    return sum;
}
