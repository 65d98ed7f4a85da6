/* region_known.c - the known years of a region, volumes first and rates last, and whether the model would have foretold them. */
#include "report/number.h"
#include "report/region_sections.h"

#include <math.h>
#include <stdio.h>

static const double WAN = 1e4;

static void known_table(const park_region_sheet *s, bool large)
{
    const char *titles[2 * (PARK_REGION_YEARS_MOST + 2)];
    size_t      n           = 0;
    titles[n++]             = large ? "规上工业" : "项目（万m³）";
    titles[n++]             = large ? "above designated size" : "item (10⁴ m³)";
    size_t            known = (size_t)(s->region->known - s->region->base) + 1;
    park_region_year *sum   = PARK_ARRAY(s->page->arena, known, park_region_year);
    for (size_t y = 0; y < known && sum != NULL; y++) {
        const char *year = park_arena_printf(s->page->arena, "%d", (int)(s->region->base + (int32_t)y));
        titles[n++]      = year;
        titles[n++]      = park_arena_printf(s->page->arena, "%s>", year != NULL ? year : "");
        if (park_region_sum_year(s->region, s->region->base + (int32_t)y, large, &sum[y], s->page->err) !=
            PARK_OK)
            return;
    }
    if (sum == NULL) {
        s->page->status = PARK_FAIL(s->page->err, PARK_E_MEMORY, "no memory for the report");
        return;
    }
    titles[n] = NULL;
    park_page_table(s->page, titles);
    for (int f = 0; !large && f < PARK_REGION_FLOWS; f++) {
        park_page_row(s->page);
        park_region_cell_label(s, PARK_REGION_FLOW_LABEL[f]);
        for (size_t y = 0; y < known; y++)
            park_page_cell_number(s->page, sum[y].flow[f] / WAN, 2);
        park_page_row_end(s->page);
    }
    enum { VI, VIH, ELIMINATED, MOVED, RATE_A, RATE_B, PLAIN, MEAN, PER_A, PER_B, LINES };
    static const park_label LINE[LINES] = {
        [VI]         = {"常规水源取水量 Vi", "conventional intake Vi"},
        [VIH]        = {"非常规水源取水量 Vih", "non-conventional intake Vih"},
        [ELIMINATED] = {"扣减：重复计算的取水", "eliminated: intake counted twice"},
        [MOVED]      = {"其中转为重复利用量", "of which is reuse"},
        [RATE_A]     = {"重复利用率 Vr/(Vi+Vr)，口径A，%", "reuse rate Vr/(Vi+Vr), basis A, %"},
        [RATE_B] = {"重复利用率 Vr/(Vi+Vih+Vr)，口径B，%", "reuse rate Vr/(Vi+Vih+Vr), basis B, %"},
        [PLAIN]  = {"（不可用）不扣减时的比率，%", "(wrong) rate without elimination, %"},
        [MEAN]   = {"（不可用）各成员比率的平均，%", "(wrong) mean of the members' rates, %"},
        [PER_A] = {"万元增加值用水量，口径A，m³/万元", "intake per value added, basis A, m³/10⁴ CNY"},
        [PER_B] = {"万元增加值用水量，口径B，m³/万元", "intake per value added, basis B, m³/10⁴ CNY"},
    };
    for (int line = large ? RATE_A : VI; line < (large ? PLAIN : LINES); line++) {
        park_page_row(s->page);
        park_region_cell_label(s, LINE[line]);
        for (size_t y = 0; y < known; y++) {
            const double value[LINES] = {[VI]         = sum[y].vi / WAN,
                                         [VIH]        = sum[y].vih / WAN,
                                         [ELIMINATED] = sum[y].eliminated_intake / WAN,
                                         [MOVED]      = sum[y].moved_to_reuse / WAN,
                                         [RATE_A]     = 100.0 * sum[y].reuse_rate[0],
                                         [RATE_B]     = 100.0 * sum[y].reuse_rate[1],
                                         [PLAIN]      = 100.0 * sum[y].plain_rate,
                                         [MEAN]       = 100.0 * sum[y].mean_rate,
                                         [PER_A]      = sum[y].intake_per_added[0] * WAN,
                                         [PER_B]      = sum[y].intake_per_added[1] * WAN};
            park_page_cell_number(s->page, value[line], 2);
        }
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
}

void park_region_section_known(const park_region_sheet *s)
{
    char zh[200], en[200];
    park_page_section(s->page, "known", "现状：先合计水量，后计算比率",
                      "Known years: volumes first, rates last");
    known_table(s, false);
    bool small = false;
    for (size_t m = 0; m < s->region->members; m++)
        small = small || !s->region->member[m].large;
    if (small)
        known_table(s, true);
    snprintf(zh, sizeof zh, "增加值按 %d 年可比价。口径A：取水量只计常规水源；口径B：计入全部首次使用的水。",
             (int)s->region->price_year);
    snprintf(en, sizeof en,
             "Value added at constant prices of %d. Basis A counts conventional intake only, basis B every "
             "water used for the first time.",
             (int)s->region->price_year);
    park_region_paragraph(s, " class=\"note\"", zh, en);
    park_page_section_end(s->page);
}

/* --- backcast --- */

void park_region_section_backcast(const park_region_sheet *s)
{
    static const char *const TITLES[] = {
        "年份",    "year>",      "Vi 实际",  "Vi known>",     "Vi 回测",  "Vi foretold>",
        "偏差%",   "off %>",     "Vih 实际", "Vih known>",    "Vih 回测", "Vih foretold>",
        "Vr 实际", "Vr known>",  "Vr 回测",  "Vr foretold>",  "偏差%",    "off %>",
        "R 实际%", "R known %>", "R 回测%",  "R foretold %>", NULL};
    double worst = 0.0;
    park_page_section(s->page, "backcast", "回测：用基准年推算已知年份",
                      "Backcast: would the model have foretold what is known?");
    if (s->p->backcasts == 0) {
        park_region_paragraph(
            s, "", "只有一个已知年份，无法回测；预测没有经过检验。",
            "Only one year is known: nothing can be foretold and checked, so the projection is untested.");
        park_page_section_end(s->page);
        return;
    }
    park_page_table(s->page, TITLES);
    for (size_t i = 0; i < s->p->backcasts; i++) {
        const park_region_backcast *b     = &s->p->backcast[i];
        double                      off_i = b->vi[0] > 0.0 ? b->vi[1] / b->vi[0] - 1.0 : NAN,
               off_r                      = b->vr[0] > 0.0 ? b->vr[1] / b->vr[0] - 1.0 : NAN;
        worst                             = fmax(worst, fmax(fabs(off_i), isnan(off_r) ? 0.0 : fabs(off_r)));
        park_page_row(s->page);
        park_page_cell_number(s->page, b->year, 0);
        park_page_cell_number(s->page, b->vi[0] / WAN, 2);
        park_page_cell_number(s->page, b->vi[1] / WAN, 2);
        park_page_cell_number(s->page, 100.0 * off_i, 2);
        park_page_cell_number(s->page, b->vih[0] / WAN, 2);
        park_page_cell_number(s->page, b->vih[1] / WAN, 2);
        park_page_cell_number(s->page, b->vr[0] / WAN, 2);
        park_page_cell_number(s->page, b->vr[1] / WAN, 2);
        park_page_cell_number(s->page, 100.0 * off_r, 2);
        park_page_cell_number(s->page, 100.0 * b->rate[0], 2);
        park_page_cell_number(s->page, 100.0 * b->rate[1], 2);
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
    char zh[256], en[256];
    snprintf(zh, sizeof zh,
             "回测从 %d 年出发，增加值取实际值，强度变化与措施取本文件的假设；最大偏差 %.2f%%。%s",
             (int)s->region->base, 100.0 * worst,
             worst > 0.05 ? "偏差超过 5%：请先校正强度变化的假设，再看预测。" : "");
    snprintf(en, sizeof en,
             "From %d on, with the value added that came and the document's trends and measures; the largest "
             "deviation is %.2f %%. %s",
             (int)s->region->base, 100.0 * worst,
             worst > 0.05 ? "More than 5 %: mend the trends before reading the projection." : "");
    park_region_paragraph(s, worst > 0.05 ? " class=\"bad\"" : " class=\"note\"", zh, en);
    park_page_section_end(s->page);
}
