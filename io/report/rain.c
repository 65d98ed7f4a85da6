/* Storages of rain: how much and how surely they yield, over their volume. */
#include "report/plot.h"
#include "report/rain_curve.h"

#include <math.h>
#include <stdio.h>

static void drawing(park_page *page, const park_rain_sizing *sizing)
{
    static const park_label VOLUME = {"容积", "volume"}, CUBIC = {"m³", "m³"},
                            SHARE = {"保证率与利用率", "share"}, PERCENT = {"%", "%"};
    double                   volume[PARK_RAIN_SIZES], curve[3][PARK_RAIN_SIZES];
    static const char *const STYLE[] = {
        "fill=\"none\" stroke=\"#1f4e79\" stroke-width=\"2\"",
        "fill=\"none\" stroke=\"#1f4e79\" stroke-width=\"2\" stroke-dasharray=\"7 4\"",
        "fill=\"none\" stroke=\"#7a5200\" stroke-width=\"2\" stroke-dasharray=\"2 3\""};
    static const char *const NAME[][2] = {{"水量保证率", "demand met by volume"},
                                          {"历时保证率", "time with demand met"},
                                          {"雨水利用率", "rain used"}};
    for (size_t i = 0; i < PARK_RAIN_SIZES; i++) {
        volume[i]   = sizing->point[i].volume;
        curve[0][i] = sizing->point[i].volumetric, curve[1][i] = sizing->point[i].temporal;
        curve[2][i] = sizing->point[i].capture;
    }
    park_axis x = park_axis_over(VOLUME, CUBIC, 1.0, 0.0, volume[PARK_RAIN_SIZES - 1]);
    park_axis y = park_axis_over(SHARE, PERCENT, 0.01, 0.0, 1.0);
    x.from = y.from = 0.0, y.to = 100.0;
    park_plot_open(page, "front", &x, &y);
    double own = park_axis_across(&x, volume[sizing->own]);
    park_text_printf(&page->out,
                     "<path d=\"M%.1f %.1fV%.1f\" stroke=\"#5c6b7a\" stroke-dasharray=\"4 3\"/>\n", own,
                     park_axis_down(&y, 0.0), park_axis_down(&y, 1.0));
    for (int k = 0; k < 3; k++) {
        if (isnan(curve[k][0]))
            continue;
        double at    = park_axis_down(&y, 0.0) - 16.0 - 20.0 * (2 - k),
               right = park_axis_across(&x, x.to * x.si) - 190.0;
        park_plot_line(page, STYLE[k], &x, &y, volume, curve[k], PARK_RAIN_SIZES);
        park_text_printf(&page->out, "<path %s d=\"M%.1f %.1fh34\"/>", STYLE[k], right, at - 4.0);
        park_plot_text(page, right + 42.0, at, "", NAME[k][0], NAME[k][1]);
    }
    park_text_add(&page->out, "</svg>\n");
}

static void storage(park_page *page, int32_t unit)
{
    park_rain_sizing sizing;
    double           drawn;
    char             zh[500], en[500];
    page->status = park_rain_curve(page->record->design, page->model, page->ledger, unit, page->arena,
                                   &sizing, &drawn, page->err);
    if (page->status != PARK_OK)
        return;
    const park_harvest *own = &sizing.point[sizing.own];
    park_text_add(&page->out, "<h3>");
    park_page_unit(page, unit);
    park_text_add(&page->out, "</h3>\n");
    if (!(drawn > 0.0)) {
        park_text_add(&page->out, "<p class=\"note\">");
        park_page_both(page, "本方案不从其中取水，无从判断容积大小。",
                       "Nothing is drawn from it in this design, so its size is not judged.");
        park_text_add(&page->out, "</p>\n");
        return;
    }
    drawing(page, &sizing);
    snprintf(zh, sizeof zh,
             "竖线为本方案容积 %.0f m³：雨水年可收集 %.2f 万m³，年需水 %.2f 万m³，单靠雨水可供 %.2f "
             "万m³，溢流 %.2f 万m³。"
             "逐步长先入后溢再供（YAS），首尾水量相同；雨水优先，其他来水补足；不计蒸发。",
             own->volume, own->inflow / sizing.years * 1e-4, drawn * 1e-4, own->yield / sizing.years * 1e-4,
             own->spill / sizing.years * 1e-4);
    snprintf(en, sizeof en,
             "The upright line is this design's volume, %.0f m³: %.2f ×10⁴ m³ of rain a year are offered, "
             "%.2f are drawn, rain alone "
             "yields %.2f and %.2f spill. Each step fills, spills, then draws (yield after spillage), ending "
             "as it began; rain comes first and other inflows make up; evaporation is not counted.",
             own->volume, own->inflow / sizing.years * 1e-4, drawn * 1e-4, own->yield / sizing.years * 1e-4,
             own->spill / sizing.years * 1e-4);
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(page, zh, en);
    park_text_add(&page->out, "</p>\n");
}

void park_page_rain(park_page *page)
{
    if (page->ledger == NULL || park_rain_storages(page->record->design, page->model) == 0)
        return;
    park_page_section(page, "rain", "雨水调蓄容积", "Storages of rain");
    for (size_t u = 0; u < page->model->units && page->status == PARK_OK; u++)
        if (park_rain_has_curve(page->record->design, page->model, (int32_t)u))
            storage(page, (int32_t)u);
    park_page_section_end(page);
}
