/*
 * region_page.c - a region's projection as one page: will the targets be met, how sure is that, what moves it, who matters.
 *
 * The order is that of a reader who must answer the first question aloud: targets, then what is known and whether the model
 * would have foretold it, then the future with its bands, then why, then who, then what was assumed.
 */
#include "report/number.h"
#include "report/plot.h"
#include "report/region.h"
#include "report/shell.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double WAN = 1e4;

static const park_chapter CHAPTERS[] = {{"targets", "目标", "Targets"},
                                        {"known", "现状", "Known years"},
                                        {"backcast", "回测", "Backcast"},
                                        {"future", "预测", "Projection"},
                                        {"causes", "成因", "Causes"},
                                        {"drivers", "不确定性来源", "Drivers"},
                                        {"measures", "措施", "Measures"},
                                        {"products", "产品对标", "Products"},
                                        {"members", "园区与行业", "Members"},
                                        {"assumptions", "假设与口径", "Assumptions"},
                                        {NULL, NULL, NULL}};

typedef struct sheet_of {
    park_page                    *page;
    const park_region_record     *record;
    const park_region            *region;
    const park_region_projection *p;
} sheet_of;

static void both(const sheet_of *s, const char *zh, const char *en)
{
    park_page_both(s->page, zh, en);
}

static void add(const sheet_of *s, const char *text)
{
    park_text_add(&s->page->out, text);
}

static void cell_label(const sheet_of *s, park_label label)
{
    park_page_cell(s->page);
    park_page_label(s->page, label, "");
    add(s, "</td>");
}

static void cell_both(const sheet_of *s, const char *zh, const char *en)
{
    park_page_cell(s->page);
    both(s, zh, en);
    add(s, "</td>");
}

static void paragraph(const sheet_of *s, const char *class, const char *zh, const char *en)
{
    park_text_printf(&s->page->out, "<p%s>", class);
    both(s, zh, en);
    add(s, "</p>\n");
}

static size_t subject_at(const sheet_of *s, const park_region_subject *wanted)
{
    for (size_t i = 0; i < s->p->subjects; i++) {
        const park_region_subject *subject = &s->p->subject[i];
        bool                       basis   = wanted->quantity == PARK_REGION_NON_CONVENTIONAL ||
                     wanted->quantity == PARK_REGION_UNIT_INTAKE || subject->basis == wanted->basis;
        if (subject->quantity == wanted->quantity && subject->product == wanted->product && basis &&
            subject->large == wanted->large)
            return i;
    }
    return 0;
}

/* --- targets --- */

/* What a target asks, as the plan says it: about 94 %, -12 % against 2020, at most 7.5 m3/t. */
static park_label asked(const sheet_of *s, const park_region_target *target, const park_region_attainment *a)
{
    park_arena *arena = s->page->arena;
    double      si    = park_region_subject_si(s->region, &target->subject);
    park_label  unit  = park_region_subject_unit(s->region, &target->subject);
    int         d     = park_region_subject_decimals(&target->subject);
    char        lo[64], hi[64];
    park_number_print(a->min / si, d, lo, sizeof lo);
    park_number_print(a->max / si, d, hi, sizeof hi);
    if (!isnan(target->about)) {
        park_number_print(target->about / si, d, hi, sizeof hi);
        if (!isfinite(a->min))
            park_number_print(a->max / si, d, lo, sizeof lo);
        return (park_label){park_arena_printf(arena, "%s %s左右（按 %s %s 判定）", hi, unit.zh,
                                              isfinite(a->min) ? "≥" : "≤", lo),
                            park_arena_printf(arena, "about %s %s (judged as %s %s)", hi, unit.en,
                                              isfinite(a->min) ? "≥" : "≤", lo)};
    }
    if (!isnan(target->change)) {
        char percent[64];
        park_number_print(100.0 * fabs(target->change), 2, percent, sizeof percent);
        const char *bound = target->at_least ? lo : hi;
        return (park_label){park_arena_printf(arena, "较 %d 年%s %s%%（即%s %s %s）", (int)target->since,
                                              target->change < 0 ? "下降" : "提高", percent,
                                              target->at_least ? "≥" : "≤", bound, unit.zh),
                            park_arena_printf(arena, "%s%s %% against %d (%s %s %s)",
                                              target->change < 0 ? "-" : "+", percent, (int)target->since,
                                              target->at_least ? "≥" : "≤", bound, unit.en)};
    }
    if (isfinite(a->min) && isfinite(a->max))
        return (park_label){park_arena_printf(arena, "%s – %s %s", lo, hi, unit.zh),
                            park_arena_printf(arena, "%s – %s %s", lo, hi, unit.en)};
    return (park_label){park_arena_printf(arena, "%s %s %s", isfinite(a->min) ? "≥" : "≤",
                                          isfinite(a->min) ? lo : hi, unit.zh),
                        park_arena_printf(arena, "%s %s %s", isfinite(a->min) ? "≥" : "≤",
                                          isfinite(a->min) ? lo : hi, unit.en)};
}

/* A probability in words, as forecasts are read aloud. */
static park_label likely(double p)
{
    return isnan(p)    ? (park_label){"未抽样", "not drawn"}
           : p >= 0.9  ? (park_label){"很可能达到", "very likely"}
           : p >= 0.66 ? (park_label){"较可能达到", "likely"}
           : p >= 0.33 ? (park_label){"难以断定", "about as likely as not"}
           : p >= 0.1  ? (park_label){"较难达到", "unlikely"}
                       : (park_label){"很难达到", "very unlikely"};
}

static void card(const sheet_of *s, size_t t)
{
    const park_region_target     *target = &s->region->target[t];
    const park_region_attainment *a      = &s->p->attainment[t];
    double                        si     = park_region_subject_si(s->region, &target->subject);
    park_text_printf(&s->page->out, "<div class=\"card %s\">", a->reached ? "good" : "bad");
    park_page_label(s->page, target->label, target->id);
    add(s, "<b>");
    park_page_number(s->page, a->value / si, park_region_subject_decimals(&target->subject));
    add(s, " ");
    park_page_label(s->page, park_region_subject_unit(s->region, &target->subject), "");
    add(s, "</b>");
    park_page_label(s->page, asked(s, target, a), "");
    add(s, "<br>");
    park_page_label(s->page, likely(a->probability), "");
    if (!isnan(a->probability)) {
        add(s, "（");
        park_page_number(s->page, 100.0 * a->probability, 1);
        add(s, "%）");
    }
    add(s, "</div>\n");
}

static void targets(const sheet_of *s)
{
    static const char *const TITLES[] = {"目标",
                                         "target",
                                         "年份",
                                         "year>",
                                         "要求",
                                         "asked",
                                         "中值",
                                         "central>",
                                         "差距",
                                         "lacking>",
                                         "80% 区间",
                                         "80 % band>",
                                         "达到概率",
                                         "probability>",
                                         "在“左右”区间内",
                                         "inside the band>",
                                         "性质",
                                         "kind",
                                         NULL};
    char                     zh[256], en[256];
    park_page_section(s->page, "targets", "目标能否实现", "Will the targets be met?");
    if (s->region->targets == 0)
        paragraph(s, "", "本区域文件没有写目标。", "The document states no targets.");
    add(s, "<div class=\"cards\">\n");
    for (size_t t = 0; t < s->region->targets && t < 8; t++)
        card(s, t);
    add(s, "</div>\n");
    if (s->region->targets > 0 && !isnan(s->p->joint)) {
        snprintf(zh, sizeof zh,
                 "全部 %zu 项目标同时达到的概率为 %.1f%%（%zu 次抽样）。各项相关，不等于单项概率之积。",
                 s->region->targets, 100.0 * s->p->joint, s->region->draws);
        snprintf(en, sizeof en,
                 "All %zu targets are met together in %.1f %% of %zu draws. They depend on one another, so "
                 "this is not the product of the single ones.",
                 s->region->targets, 100.0 * s->p->joint, s->region->draws);
        paragraph(s, "", zh, en);
    }
    park_page_table(s->page, TITLES);
    for (size_t t = 0; t < s->region->targets; t++) {
        const park_region_target     *target = &s->region->target[t];
        const park_region_attainment *a      = &s->p->attainment[t];
        double                        si     = park_region_subject_si(s->region, &target->subject);
        int                           d      = park_region_subject_decimals(&target->subject);
        const park_region_band       *band   = &s->p->band[subject_at(s, &target->subject) * s->p->years +
                                                   (size_t)(target->year - s->region->base)];
        park_page_row(s->page);
        cell_label(s, target->label);
        park_page_cell_number(s->page, target->year, 0);
        cell_label(s, asked(s, target, a));
        park_page_cell_number(s->page, a->value / si, d);
        park_page_cell_number(s->page, a->lacking / si, d);
        add(s, "<td class=\"n\">");
        park_page_number(s->page, band->low80 / si, d);
        add(s, " – ");
        park_page_number(s->page, band->high80 / si, d);
        add(s, "</td>");
        park_page_cell_number(s->page, 100.0 * a->probability, 1);
        park_page_cell_number(s->page, 100.0 * a->in_band, 1);
        cell_both(s, target->indicative ? "预期性" : "约束性", target->indicative ? "indicative" : "binding");
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
    paragraph(s, " class=\"note\"",
              "“左右”按区间下沿判定达到；高于区间也算达到，另列落在区间内的概率。概率来自填报误差、增长、强度"
              "变化和措施推广的抽样，不含情景之外的变化。",
              "“About” is judged at the lower edge of its band; above the band counts as met, too. "
              "Probabilities come from drawing reporting errors, growth, trends and adoption; what the "
              "document does not mention is not in them.");
    park_page_section_end(s->page);
}

/* --- known years --- */

static void known_table(const sheet_of *s, bool large)
{
    const char *titles[2 * (PARK_REGION_YEARS_MOST + 2)];
    size_t      n           = 0;
    titles[n++]             = large ? "规上工业" : "项目（万m³）";
    titles[n++]             = large ? "above designated size" : "item (10^4 m3)";
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
        cell_label(s, PARK_REGION_FLOW_LABEL[f]);
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
        [PER_A] = {"万元增加值用水量，口径A，m³/万元", "intake per value added, basis A, m3/10^4 CNY"},
        [PER_B] = {"万元增加值用水量，口径B，m³/万元", "intake per value added, basis B, m3/10^4 CNY"},
    };
    for (int line = large ? RATE_A : VI; line < (large ? PLAIN : LINES); line++) {
        park_page_row(s->page);
        cell_label(s, LINE[line]);
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

static void known(const sheet_of *s)
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
    paragraph(s, " class=\"note\"", zh, en);
    park_page_section_end(s->page);
}

/* --- backcast --- */

static void backcast(const sheet_of *s)
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
        paragraph(
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
    paragraph(s, worst > 0.05 ? " class=\"bad\"" : " class=\"note\"", zh, en);
    park_page_section_end(s->page);
}

/* --- the future --- */

static void area(const sheet_of *s, const park_axis *x, const park_axis *y, const park_region_band *band,
                 bool wide)
{
    park_text *out  = &s->page->out;
    size_t     from = (size_t)(s->region->known - s->region->base);
    park_text_printf(out, "<path fill=\"#1f5fa8\" fill-opacity=\"%s\" d=\"", wide ? "0.14" : "0.24");
    for (size_t i = from; i < s->p->years; i++)
        park_text_printf(out, "%s%.1f %.1f", i == from ? "M" : "L",
                         park_axis_across(x, s->region->base + (double)i),
                         park_axis_down(y, wide ? band[i].high95 : band[i].high80));
    for (size_t i = s->p->years; i-- > from;)
        park_text_printf(out, "L%.1f %.1f", park_axis_across(x, s->region->base + (double)i),
                         park_axis_down(y, wide ? band[i].low95 : band[i].low80));
    park_text_add(out, "Z\"/>\n");
}

static void goal_marks(const sheet_of *s, size_t subject, const park_axis *x, const park_axis *y)
{
    for (size_t t = 0; t < s->region->targets; t++) {
        const park_region_attainment *a = &s->p->attainment[t];
        if (subject_at(s, &s->region->target[t].subject) != subject)
            continue;
        double at    = park_axis_across(x, s->region->target[t].year),
               bound = isfinite(a->min) ? a->min : a->max;
        park_text_printf(&s->page->out,
                         "<path d=\"M%.1f %.1fh22\" stroke=\"#b3261e\" stroke-width=\"2.4\"/>\n", at - 11.0,
                         park_axis_down(y, bound));
    }
}

static void fan(const sheet_of *s, size_t subject)
{
    const park_region_subject *of   = &s->p->subject[subject];
    const double              *mid  = s->p->central + subject * s->p->years;
    const park_region_band    *band = s->p->band + subject * s->p->years;
    double                     lo = INFINITY, hi = -INFINITY;
    for (size_t y = 0; y < s->p->years; y++) {
        if (!isfinite(mid[y]))
            return;
        lo = fmin(lo, fmin(mid[y], band[y].low95));
        hi = fmax(hi, fmax(mid[y], band[y].high95));
    }
    for (size_t t = 0; t < s->region->targets; t++)
        if (subject_at(s, &s->region->target[t].subject) == subject) {
            const park_region_attainment *a     = &s->p->attainment[t];
            double                        bound = isfinite(a->min) ? a->min : a->max;
            lo = fmin(lo, bound), hi = fmax(hi, bound);
        }
    double *year = PARK_ARRAY(s->page->arena, s->p->years, double);
    if (year == NULL) {
        s->page->status = PARK_FAIL(s->page->err, PARK_E_MEMORY, "no memory for the report");
        return;
    }
    for (size_t y = 0; y < s->p->years; y++)
        year[y] = s->region->base + (double)y;
    park_axis x = park_axis_over((park_label){"年", "year"}, (park_label){"年份", "calendar"}, 1.0, year[0],
                                 year[s->p->years - 1]);
    park_axis down = park_axis_over(park_region_subject_label(s->region, of, s->page->arena),
                                    park_region_subject_unit(s->region, of),
                                    park_region_subject_si(s->region, of), lo, hi);
    x.from = year[0] - 0.5, x.to = year[s->p->years - 1] + 0.5, x.step = 1.0, x.decimals = 0;
    x.from = floor(x.from), x.to = ceil(x.to);
    add(s, "<div>");
    park_plot_open(s->page, "front", &x, &down);
    area(s, &x, &down, band, true);
    area(s, &x, &down, band, false);
    park_plot_line(s->page, "fill=\"none\" stroke=\"#1f2d3a\" stroke-width=\"2\"", &x, &down, year, mid,
                   (size_t)(s->region->known - s->region->base) + 1);
    size_t known = (size_t)(s->region->known - s->region->base);
    park_plot_line(s->page, "fill=\"none\" stroke=\"#1f5fa8\" stroke-width=\"2\" stroke-dasharray=\"6 3\"",
                   &x, &down, year + known, mid + known, s->p->years - known);
    goal_marks(s, subject, &x, &down);
    add(s, "</svg></div>\n");
}

static void future(const sheet_of *s)
{
    static const park_region_subject SHOWN[] = {
        {PARK_REGION_REUSE_RATE, PARK_REGION_ALL_SOURCES, PARK_NONE, false},
        {PARK_REGION_INTAKE_PER_ADDED, PARK_REGION_CONVENTIONAL, PARK_NONE, false},
        {PARK_REGION_NON_CONVENTIONAL, PARK_REGION_ALL_SOURCES, PARK_NONE, false},
        {PARK_REGION_INTAKE, PARK_REGION_CONVENTIONAL, PARK_NONE, false}};
    park_page_section(s->page, "future", "逐年预测", "Year by year");
    add(s, "<div class=\"pair\">\n");
    for (size_t i = 0; i < sizeof SHOWN / sizeof *SHOWN; i++)
        fan(s, subject_at(s, &SHOWN[i]));
    add(s, "</div>\n");
    paragraph(
        s, " class=\"note\"",
        "实线为已知年份，虚线为中值路径；深色为 80% 区间，浅色为 95% 区间；红色短线为目标。R "
        "会因循环冷却水减少而下降，即使取水量也在下降：请与取水量一起看。",
        "Solid: known; dashed: the central path; dark: 80 % of the draws; light: 95 %; red: targets. R falls "
        "when circulating cooling water falls, even where intake falls as well: read it beside intake.");
    const char *titles[2 * (PARK_REGION_YEARS_MOST + 2)];
    size_t      n = 0;
    titles[n++] = "指标（中值）", titles[n++] = "central path";
    for (size_t y = 0; y < s->p->years; y++) {
        const char *year = park_arena_printf(s->page->arena, "%d", (int)(s->region->base + (int32_t)y));
        titles[n++] = year, titles[n++] = park_arena_printf(s->page->arena, "%s>", year != NULL ? year : "");
    }
    titles[n] = NULL;
    park_page_table(s->page, titles);
    for (size_t i = 0; i < s->p->subjects; i++) {
        const park_region_subject *of = &s->p->subject[i];
        if (of->quantity == PARK_REGION_UNIT_INTAKE)
            continue;
        park_label name = park_region_subject_label(s->region, of, s->page->arena),
                   unit = park_region_subject_unit(s->region, of);
        park_page_row(s->page);
        cell_label(s, (park_label){park_arena_printf(s->page->arena, "%s，%s", name.zh, unit.zh),
                                   park_arena_printf(s->page->arena, "%s, %s", name.en, unit.en)});
        for (size_t y = 0; y < s->p->years; y++)
            park_page_cell_number(s->page,
                                  s->p->central[i * s->p->years + y] / park_region_subject_si(s->region, of),
                                  park_region_subject_decimals(of));
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
    park_page_section_end(s->page);
}

/* --- causes: a waterfall --- */

typedef struct bar {
    park_label label;
    double     value;
    bool       whole; /* a total, from 0 */
} bar;

static void waterfall(const sheet_of *s, const bar *bars, size_t count)
{
    const double WIDTH = 900.0, LEFT = 250.0, RIGHT = 110.0, ROW = 26.0;
    double       most = 0.0, least = INFINITY, at = 0.0;
    for (size_t i = 0; i < count; i++) {
        at    = bars[i].whole ? bars[i].value : at + bars[i].value;
        most  = fmax(most, at);
        least = fmin(least, at);
    }
    double from = least - 0.35 * (most - least), scale = (WIDTH - LEFT - RIGHT) / fmax(most - from, 1e-9);
    park_text_printf(&s->page->out, "<svg class=\"balance\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n", WIDTH,
                     ROW * (double)count + 10.0);
    at = 0.0;
    for (size_t i = 0; i < count; i++) {
        double before = bars[i].whole ? from : at;
        at            = bars[i].whole ? bars[i].value : at + bars[i].value;
        double lo = fmin(before, at), hi = fmax(before, at), y = 6.0 + ROW * (double)i;
        park_text_printf(&s->page->out,
                         "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n",
                         LEFT + (lo - from) * scale, y, fmax((hi - lo) * scale, 1.0), ROW - 8.0,
                         bars[i].whole         ? "#5b6b7a"
                         : bars[i].value > 0.0 ? "#d05a3f"
                                               : "#1a7f4b");
        park_plot_text(s->page, LEFT - 8.0, y + 13.0, " text-anchor=\"end\"",
                       park_label_text(bars[i].label, true), park_label_text(bars[i].label, false));
        park_text_printf(&s->page->out, "<text x=\"%.1f\" y=\"%.1f\">%s", LEFT + (hi - from) * scale + 6.0,
                         y + 13.0, !bars[i].whole && bars[i].value > 0.0 ? "+" : "");
        park_page_number(s->page, bars[i].value / WAN, 1);
        add(s, "</text>\n");
    }
    add(s, "</svg>\n");
}

static void causes(const sheet_of *s)
{
    const park_region_causes *c = s->record->causes;
    if (c == NULL)
        return;
    park_arena *arena = s->page->arena;
    bar        *bars  = PARK_ARRAY(arena, s->region->measures + 6, bar);
    size_t      n     = 0;
    char        zh[256], en[256];
    if (bars == NULL) {
        s->page->status = PARK_FAIL(s->page->err, PARK_E_MEMORY, "no memory for the report");
        return;
    }
    park_page_section(s->page, "causes", "取水量为什么变化", "Why intake changes");
    bars[n++] = (bar){{park_arena_printf(arena, "%d 年取水量", (int)c->from),
                       park_arena_printf(arena, "intake in %d", (int)c->from)},
                      c->intake_from,
                      true};
    bars[n++] = (bar){{"规模：增加值增长", "activity: more value added"}, c->activity, false};
    bars[n++] = (bar){{"结构：成员间此消彼长", "structure: shift between members"}, c->structure, false};
    bars[n++] = (bar){{"强度：措施以外的变化", "intensity, measures apart"}, c->intensity, false};
    for (size_t k = 0; k < s->region->measures; k++)
        bars[n++] = (bar){s->region->measure[k].label, c->measure[k], false};
    if (fabs(c->eliminated) > 1e-9 * c->intake_from)
        bars[n++] = (bar){{"重复计算的扣减", "double counts taken out"}, c->eliminated, false};
    bars[n++] = (bar){{park_arena_printf(arena, "%d 年取水量", (int)c->to),
                       park_arena_printf(arena, "intake in %d", (int)c->to)},
                      c->intake_to,
                      true};
    waterfall(s, bars, n);
    snprintf(zh, sizeof zh, "常规水源取水量，万m³/a；对数平均分解（LMDI），各项之和等于总变化，无余项。");
    snprintf(en, sizeof en,
             "Conventional intake, 10^4 m3/a; additive logarithmic mean decomposition (LMDI): the parts sum "
             "to the change, nothing is left over.");
    paragraph(s, " class=\"note\"", zh, en);
    park_page_section_end(s->page);
}

/* --- drivers, measures --- */

typedef struct ranked {
    size_t factor;
    double share;
} ranked;

static int by_share(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    return x->share < y->share   ? 1
           : x->share > y->share ? -1
                                 : (x->factor > y->factor) - (x->factor < y->factor);
}

static void drivers_of(const sheet_of *s, size_t t, ranked *list)
{
    const park_region_target *target = &s->region->target[t];
    double                    rest   = 1.0;
    size_t                    shown  = 0;
    for (size_t f = 0; f < s->p->factors; f++)
        list[f] = (ranked){f, s->p->share[t * s->p->factors + f]};
    qsort(list, s->p->factors, sizeof *list, by_share);
    park_page_row(s->page);
    cell_label(s, target->label);
    park_page_cell(s->page);
    for (; shown < s->p->factors && shown < 5 && list[shown].share >= 0.01; shown++) {
        char percent[64];
        park_number_print(100.0 * list[shown].share, 0, percent, sizeof percent);
        add(s, shown > 0 ? "<br>" : "");
        park_page_label(
            s->page, park_region_factor_label(s->region, &s->p->factor[list[shown].factor], s->page->arena),
            "");
        park_text_printf(&s->page->out, " %s%%", percent);
        rest -= list[shown].share;
    }
    if (shown == 0)
        both(s, "该目标不随抽样变化", "the draws do not move it");
    add(s, "</td>");
    park_page_cell_number(s->page, shown > 0 ? 100.0 * fmax(rest, 0.0) : NAN, 0);
    park_page_row_end(s->page);
}

static void drivers(const sheet_of *s)
{
    static const char *const TITLES[] = {
        "目标",         "target", "主要来源（占方差）", "what moves it (share of the variance)", "其余，%",
        "the rest, %>", NULL};
    ranked *list = PARK_ARRAY(s->page->arena, s->p->factors + 1, ranked);
    if (list == NULL || s->region->draws == 0 || s->region->targets == 0)
        return;
    park_page_section(s->page, "drivers", "结果的不确定性从哪里来", "Where the uncertainty comes from");
    park_page_table(s->page, TITLES);
    for (size_t t = 0; t < s->region->targets; t++)
        drivers_of(s, t, list);
    park_page_table_end(s->page);
    paragraph(s, " class=\"note\"",
              "份额为各抽样因素与目标值相关系数的平方；小于 1% 的与非线性部分合并为“其余”。",
              "Squared correlation of each drawn factor with the target's value; what is below 1 % or not "
              "linear is the rest.");
    park_page_section_end(s->page);
}

static void measures(const sheet_of *s)
{
    const park_region *region = s->region;
    if (region->measures == 0)
        return;
    const char **titles = PARK_ARRAY(s->page->arena, 2 * region->targets + 11, const char *);
    size_t       n      = 0;
    if (titles == NULL) {
        s->page->status = PARK_FAIL(s->page->err, PARK_E_MEMORY, "no memory for the report");
        return;
    }
    titles[n++] = "措施", titles[n++] = "measure", titles[n++] = "起始年", titles[n++] = "start>",
    titles[n++] = "成员数", titles[n++] = "members>";
    titles[n++] = "推广中值，%", titles[n++] = "adoption, %>";
    for (size_t t = 0; t < region->targets; t++) {
        titles[n++] = park_label_text(region->target[t].label, true);
        titles[n++] =
            park_arena_printf(s->page->arena, "%s>", park_label_text(region->target[t].label, false));
    }
    titles[n] = NULL;
    park_page_section(s->page, "measures", "没有这项措施会怎样", "What if a measure did not happen");
    park_page_table(s->page, titles);
    park_page_row(s->page);
    cell_both(s, "全部措施", "all measures");
    add(s, "<td></td><td></td><td></td>");
    for (size_t t = 0; t < region->targets; t++)
        park_page_cell_number(
            s->page, s->p->attainment[t].value / park_region_subject_si(region, &region->target[t].subject),
            park_region_subject_decimals(&region->target[t].subject));
    park_page_row_end(s->page);
    for (size_t k = 0; k < region->measures; k++) {
        const park_region_measure *measure = &region->measure[k];
        double middle = fmin(fmax(park_distribution_quantile(&measure->adoption, 0.5), 0.0), 1.0);
        park_page_row(s->page);
        park_page_cell(s->page);
        both(s, "不含：", "without: ");
        park_page_label(s->page, measure->label, measure->id);
        add(s, "</td>");
        park_page_cell_number(s->page, measure->start, 0);
        park_page_cell_number(s->page, (double)measure->members, 0);
        park_page_cell_number(s->page, 100.0 * middle, 0);
        for (size_t t = 0; t < region->targets; t++)
            park_page_cell_number(s->page,
                                  s->p->what_if[t * region->measures + k] /
                                      park_region_subject_si(region, &region->target[t].subject),
                                  park_region_subject_decimals(&region->target[t].subject));
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
    park_page_section_end(s->page);
}

/* --- products, members --- */

static void products(const sheet_of *s)
{
    static const char *const TITLES[] = {"产品",        "product",
                                         "单位",        "unit",
                                         "基准年",      "base year>",
                                         "最近已知年",  "last known>",
                                         "目标年中值",  "central in the target's year>",
                                         "目标",        "target>",
                                         "达到概率，%", "probability, %>",
                                         NULL};
    if (s->region->products == 0)
        return;
    park_page_section(s->page, "products", "产品对标", "Products against their targets");
    park_page_table(s->page, TITLES);
    for (size_t i = 0; i < s->p->subjects; i++) {
        const park_region_subject *of = &s->p->subject[i];
        if (of->quantity != PARK_REGION_UNIT_INTAKE)
            continue;
        size_t t = 0;
        while (t < s->region->targets && subject_at(s, &s->region->target[t].subject) != i)
            t++;
        bool          goal = t < s->region->targets;
        size_t        year = goal ? (size_t)(s->region->target[t].year - s->region->base) : s->p->years - 1;
        double        si   = park_region_subject_si(s->region, of);
        const double *mid  = s->p->central + i * s->p->years;
        park_page_row(s->page);
        cell_label(s, s->region->product[of->product].label);
        cell_label(s, park_region_subject_unit(s->region, of));
        park_page_cell_number(s->page, mid[0] / si, 3);
        park_page_cell_number(s->page, mid[s->region->known - s->region->base] / si, 3);
        park_page_cell_number(s->page, mid[year] / si, 3);
        park_page_cell_number(
            s->page,
            goal
                ? (isfinite(s->p->attainment[t].max) ? s->p->attainment[t].max : s->p->attainment[t].min) / si
                : NAN,
            3);
        park_page_cell_number(s->page, goal ? 100.0 * s->p->attainment[t].probability : NAN, 1);
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
    paragraph(s, " class=\"note\"",
              "各产品单位不同，不相加；白酒原酒与成品酒是先后两道工序。取水量包括外购蒸汽等水的产品，不等于耗"
              "新水量。没有产量数据的产品不显示数值。",
              "Products have different units and are never added; base liquor and finished liquor are two "
              "stages. Intake includes bought steam and is not consumption of fresh water. Products without "
              "data show no value.");
    park_page_section_end(s->page);
}

static double rate_of(const double *part)
{
    double taken = 0.0;
    for (int p = 0; p < PARK_REGION_PART_REUSED; p++)
        taken += part[p];
    return taken + part[PARK_REGION_PART_REUSED] > 0.0
               ? part[PARK_REGION_PART_REUSED] / (taken + part[PARK_REGION_PART_REUSED])
               : NAN;
}

static void members(const sheet_of *s)
{
    static const char *const TITLES[] = {"成员",
                                         "member",
                                         "市州",
                                         "city",
                                         "行业",
                                         "sector",
                                         "取水量（已知）",
                                         "intake, known>",
                                         "取水量（末年）",
                                         "intake, last>",
                                         "R（已知），%",
                                         "R known, %>",
                                         "R（末年），%",
                                         "R last, %>",
                                         "非常规水（末年）",
                                         "non-conventional, last>",
                                         "占取水量，%",
                                         "share of intake, %>",
                                         NULL};
    size_t                   known = (size_t)(s->region->known - s->region->base), last = s->p->years - 1,
           width = PARK_REGION_PARTS + 1;
    double whole = 0.0;
    for (size_t m = 0; m < s->region->members; m++)
        whole += s->p->member[(m * s->p->years + known) * width + PARK_REGION_PART_CONVENTIONAL];
    park_page_section(s->page, "members", "园区与行业", "Parks and sectors");
    park_page_table(s->page, TITLES);
    for (size_t m = 0; m < s->region->members; m++) {
        const park_region_member *member = &s->region->member[m];
        const double             *now    = s->p->member + (m * s->p->years + known) * width,
                     *then               = s->p->member + (m * s->p->years + last) * width;
        double vih                       = then[PARK_REGION_PART_RECLAIMED] + then[PARK_REGION_PART_MINE] +
                     then[PARK_REGION_PART_RAIN] + then[PARK_REGION_PART_OTHER];
        park_page_row(s->page);
        cell_label(s, member->label);
        cell_label(s, (park_label){member->city, member->city});
        cell_label(s, (park_label){member->sector, member->sector});
        park_page_cell_number(s->page, now[0] / WAN, 2);
        park_page_cell_number(s->page, then[0] / WAN, 2);
        park_page_cell_number(s->page, 100.0 * rate_of(now), 2);
        park_page_cell_number(s->page, 100.0 * rate_of(then), 2);
        park_page_cell_number(s->page, vih / WAN, 2);
        park_page_cell_number(s->page, whole > 0.0 ? 100.0 * now[0] / whole : NAN, 1);
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
    paragraph(s, " class=\"note\"", "万m³/a；成员数据未扣减相互间的重复计算。",
              "10^4 m3/a; members as they report, double counts not taken out.");
    park_page_section_end(s->page);
}

/* --- assumptions --- */

static void percent_cell(const sheet_of *s, park_region_rate rate)
{
    char mean[64], sd[64];
    park_number_print(100.0 * rate.rate, 2, mean, sizeof mean);
    park_number_print(100.0 * rate.sd, 2, sd, sizeof sd);
    park_text_printf(&s->page->out, "<td class=\"n\">%s ± %s</td>", mean, sd);
}

static void assumptions(const sheet_of *s)
{
    static const char *const TITLES[] = {"适用于",
                                         "applies to",
                                         "增加值增长，%/a",
                                         "value added, %/a>",
                                         "单位增加值取水，%/a",
                                         "intake per value added, %/a>",
                                         "单位增加值重复利用，%/a",
                                         "reuse per value added, %/a>",
                                         "各成员自身波动，%/a",
                                         "each member's own, %/a>",
                                         NULL};
    char                     zh[300], en[300];
    park_page_section(s->page, "assumptions", "假设与口径", "Assumptions");
    park_page_table(s->page, TITLES);
    for (size_t c = 0; c < s->region->courses; c++) {
        const park_region_course *course = &s->region->course[c];
        park_page_row(s->page);
        if (c == 0)
            cell_both(s, "其余", "the others");
        else
            cell_label(s, (park_label){course->id, course->id});
        percent_cell(s, course->growth);
        percent_cell(s, course->intake);
        percent_cell(s, course->reuse);
        park_page_cell_number(s->page, 100.0 * course->own_growth, 2);
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
    snprintf(zh, sizeof zh,
             "全区域共同的增长波动 %.2f%%/a；填报水量的相对标准差 %.2f%%；抽样 %zu 次，种子 %llu；已知年份 "
             "%d–%d，价格基期 %d。",
             100.0 * s->region->growth_sd, 100.0 * s->region->volume_error, s->region->draws,
             (unsigned long long)s->region->seed, (int)s->region->base, (int)s->region->known,
             (int)s->region->price_year);
    snprintf(en, sizeof en,
             "Growth shock of the whole region %.2f %%/a; relative standard error of reported volumes %.2f "
             "%%; %zu draws, seed %llu; known years %d–%d, prices of %d.",
             100.0 * s->region->growth_sd, 100.0 * s->region->volume_error, s->region->draws,
             (unsigned long long)s->region->seed, (int)s->region->base, (int)s->region->known,
             (int)s->region->price_year);
    paragraph(s, "", zh, en);
    for (size_t i = 0; i < s->region->shares; i++) {
        const park_region_shared *shared = &s->region->shared[i];
        static const park_label   HOW[]  = {
               {"成员间转供的用过的水：不计取水，计重复利用",
                "used water passed on between members: reuse, not intake"},
               {"回用成员自身废水：计重复利用，不计非常规水",
                "members' own waste water reclaimed: reuse, never non-conventional"},
               {"同一设施被多个成员全额填报：只计一次", "one plant claimed whole by several: counted once"}};
        add(s, "<p>");
        park_page_label(s->page, shared->label, shared->id);
        add(s, "：");
        park_page_label(s->page, HOW[shared->how], "");
        add(s, "</p>\n");
    }
    for (size_t i = 0; s->record->findings != NULL && i < s->record->findings->count; i++) {
        const park_finding *finding = &s->record->findings->items[i];
        add(s, "<p class=\"note\">");
        park_text_printf(&s->page->out, "%s ", park_code_name(finding->code));
        park_page_label(s->page, (park_label){finding->zh, finding->en}, "");
        add(s, "</p>\n");
    }
    add(s, "<p class=\"note\">");
    park_text_printf(&s->page->out, "parkwater %s · %s · ", s->record->version, s->record->started);
    park_page_text(s->page, s->record->file);
    add(s, "</p>\n");
    park_page_section_end(s->page);
}

park_status park_region_page(const park_region_record *record, bool zh, park_arena *arena, const char **html,
                             park_error *err)
{
    static void (*const SECTIONS[])(const sheet_of *) = {targets, known,    backcast, future,  causes,
                                                         drivers, measures, products, members, assumptions};
    park_page          page   = {.arena = arena, .zh_first = zh, .err = err, .status = PARK_OK};
    sheet_of           s      = {&page, record, record->region, record->projection};
    const park_region *region = record->region;
    park_label facts = {park_arena_printf(arena, "%d–%d 年，%zu 个成员，已知至 %d 年", (int)region->base,
                                          (int)region->last, region->members, (int)region->known),
                        park_arena_printf(arena, "%d–%d, %zu members, known to %d", (int)region->base,
                                          (int)region->last, region->members, (int)region->known)};
    park_text_init(&page.out, arena);
    park_shell_open(&page, region->label, facts, CHAPTERS);
    for (size_t i = 0; i < sizeof SECTIONS / sizeof *SECTIONS && page.status == PARK_OK; i++)
        SECTIONS[i](&s);
    park_shell_close(&page);
    if (page.status != PARK_OK)
        return page.status;
    *html = park_text_done(&page.out);
    return *html != NULL ? PARK_OK : PARK_FAIL(err, PARK_E_MEMORY, "no memory for the report");
}
