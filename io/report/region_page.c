/*
 * region_page.c - a region's projection as one page: will the targets be met, how sure is that, what moves it, who matters.
 *
 * The order is that of a reader who must answer the first question aloud: targets, then what is known and whether the model
 * would have foretold it, then the future with its bands, then why, then who, then what was assumed.
 */
#include "report/number.h"
#include "report/plot.h"
#include "report/region_allocation.h"
#include "report/region_sections.h"
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
                                        {"allocation", "分配", "Allocation"},
                                        {"projects", "项目", "Projects"},
                                        {"budget", "资金", "Money"},
                                        {"lasting", "稳健性", "Lasting"},
                                        {"products", "产品对标", "Products"},
                                        {"members", "园区与行业", "Members"},
                                        {"assumptions", "假设与口径", "Assumptions"},
                                        {NULL, NULL, NULL}};

void park_region_both(const park_region_sheet *s, const char *zh, const char *en)
{
    park_page_both(s->page, zh, en);
}

void park_region_add(const park_region_sheet *s, const char *text)
{
    park_text_add(&s->page->out, text);
}

void park_region_cell_label(const park_region_sheet *s, park_label label)
{
    park_page_cell(s->page);
    park_page_label(s->page, label, "");
    park_region_add(s, "</td>");
}

void park_region_cell_both(const park_region_sheet *s, const char *zh, const char *en)
{
    park_page_cell(s->page);
    park_region_both(s, zh, en);
    park_region_add(s, "</td>");
}

void park_region_paragraph(const park_region_sheet *s, const char *class, const char *zh, const char *en)
{
    park_text_printf(&s->page->out, "<p%s>", class);
    park_region_both(s, zh, en);
    park_region_add(s, "</p>\n");
}

size_t park_region_subject_at(const park_region_sheet *s, const park_region_subject *wanted)
{
    return park_region_subject_find(s->p->subject, s->p->subjects, wanted);
}

/* --- targets --- */

/* What a target asks, as the plan says it: about 94 %, -12 % against 2020, at most 7.5 m3/t. */
static park_label asked(const park_region_sheet *s, const park_region_target *target,
                        const park_region_attainment *a)
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

static void card(const park_region_sheet *s, size_t t)
{
    const park_region_target     *target = &s->region->target[t];
    const park_region_attainment *a      = &s->p->attainment[t];
    double                        si     = park_region_subject_si(s->region, &target->subject);
    park_text_printf(&s->page->out, "<div class=\"card %s\">",
                     !a->known    ? "plain"
                     : a->reached ? "good"
                                  : "bad");
    park_page_label(s->page, target->label, target->id);
    park_region_add(s, "<b>");
    park_page_number(s->page, a->value / si, park_region_subject_decimals(&target->subject));
    park_region_add(s, " ");
    park_page_label(s->page, park_region_subject_unit(s->region, &target->subject), "");
    park_region_add(s, "</b>");
    park_page_label(s->page, asked(s, target, a), "");
    park_region_add(s, "<br>");
    park_page_label(
        s->page,
        a->known ? likely(a->probability) : (park_label){"没有数据，无法判定", "no data: not judged"}, "");
    if (!isnan(a->probability)) {
        park_region_add(s, " ");
        park_page_number(s->page, 100.0 * a->probability, 1);
        park_region_add(s, " %");
    }
    park_region_add(s, "</div>\n");
}

static void targets(const park_region_sheet *s)
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
        park_region_paragraph(s, "", "本区域文件没有写目标。", "The document states no targets.");
    park_region_add(s, "<div class=\"cards\">\n");
    for (size_t t = 0; t < s->region->targets && t < 8; t++)
        card(s, t);
    park_region_add(s, "</div>\n");
    size_t judged = 0;
    for (size_t t = 0; t < s->region->targets; t++)
        judged += s->p->attainment[t].known;
    if (judged > 0 && !isnan(s->p->joint)) {
        snprintf(
            zh, sizeof zh,
            "全部 %zu 项有数据的目标同时达到的概率为 %.1f%%（%zu 次抽样）。各项相关，不等于单项概率之积。",
            judged, 100.0 * s->p->joint, s->region->draws);
        snprintf(en, sizeof en,
                 "All %zu targets with data are met together in %.1f %% of %zu draws. They depend on one "
                 "another, so "
                 "this is not the product of the single ones.",
                 judged, 100.0 * s->p->joint, s->region->draws);
        park_region_paragraph(s, "", zh, en);
    }
    park_page_table(s->page, TITLES);
    for (size_t t = 0; t < s->region->targets; t++) {
        const park_region_target     *target = &s->region->target[t];
        const park_region_attainment *a      = &s->p->attainment[t];
        double                        si     = park_region_subject_si(s->region, &target->subject);
        int                           d      = park_region_subject_decimals(&target->subject);
        const park_region_band *band = &s->p->band[park_region_subject_at(s, &target->subject) * s->p->years +
                                                   (size_t)(target->year - s->region->base)];
        park_page_row(s->page);
        park_region_cell_label(s, target->label);
        park_page_cell_number(s->page, target->year, 0);
        park_region_cell_label(s, asked(s, target, a));
        park_page_cell_number(s->page, a->value / si, d);
        park_page_cell_number(s->page, a->lacking / si, d);
        park_region_add(s, "<td class=\"n\">");
        park_page_number(s->page, band->low80 / si, d);
        park_region_add(s, " – ");
        park_page_number(s->page, band->high80 / si, d);
        park_region_add(s, "</td>");
        park_page_cell_number(s->page, 100.0 * a->probability, 1);
        park_page_cell_number(s->page, 100.0 * a->in_band, 1);
        park_region_cell_both(s, target->indicative ? "预期性" : "约束性",
                              target->indicative ? "indicative" : "binding");
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
    park_region_paragraph(
        s, " class=\"note\"",
        "“左右”按区间下沿判定达到；高于区间也算达到，另列落在区间内的概率。概率来自填报误差、增长、强度"
        "变化和措施推广的抽样，不含情景之外的变化。",
        "“About” is judged at the lower edge of its band; above the band counts as met, too. "
        "Probabilities come from drawing reporting errors, growth, trends and adoption; what the "
        "document does not mention is not in them.");
    park_page_section_end(s->page);
}

/* --- known years --- */

static void known_table(const park_region_sheet *s, bool large)
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
        [PER_A] = {"万元增加值用水量，口径A，m³/万元", "intake per value added, basis A, m3/10^4 CNY"},
        [PER_B] = {"万元增加值用水量，口径B，m³/万元", "intake per value added, basis B, m3/10^4 CNY"},
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

static void known(const park_region_sheet *s)
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

static void backcast(const park_region_sheet *s)
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

/* --- assumptions --- */

static void percent_cell(const park_region_sheet *s, park_region_rate rate)
{
    char mean[64], sd[64];
    park_number_print(100.0 * rate.rate, 2, mean, sizeof mean);
    park_number_print(100.0 * rate.sd, 2, sd, sizeof sd);
    park_text_printf(&s->page->out, "<td class=\"n\">%s ± %s</td>", mean, sd);
}

static void assumptions(const park_region_sheet *s)
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
            park_region_cell_both(s, "其余", "the others");
        else
            park_region_cell_label(s, (park_label){course->id, course->id});
        percent_cell(s, course->growth);
        percent_cell(s, course->intake);
        percent_cell(s, course->reuse);
        park_page_cell_number(s->page, 100.0 * course->own_growth, 2);
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
    snprintf(zh, sizeof zh,
             "全区域共同的增长波动 %.2f%%/a；填报误差（相对标准差）：取水量 %.2f%%，重复利用量 %.2f%%；抽样 "
             "%zu 次，种子 %llu；已知年份 "
             "%d–%d，价格基期 %d。",
             100.0 * s->region->growth_sd, 100.0 * s->region->volume_error, 100.0 * s->region->reuse_error,
             s->region->draws, (unsigned long long)s->region->seed, (int)s->region->base,
             (int)s->region->known, (int)s->region->price_year);
    snprintf(en, sizeof en,
             "Growth shock of the whole region %.2f %%/a; relative standard error of reported intake %.2f "
             "%%, of reuse %.2f %%; %zu draws, seed %llu; known years %d–%d, prices of %d.",
             100.0 * s->region->growth_sd, 100.0 * s->region->volume_error, 100.0 * s->region->reuse_error,
             s->region->draws, (unsigned long long)s->region->seed, (int)s->region->base,
             (int)s->region->known, (int)s->region->price_year);
    park_region_paragraph(s, "", zh, en);
    for (size_t i = 0; i < s->region->shares; i++) {
        const park_region_shared *shared = &s->region->shared[i];
        static const park_label   HOW[]  = {
               {"成员间转供的用过的水：不计取水，计重复利用",
                "used water passed on between members: reuse, not intake"},
               {"回用成员自身废水：计重复利用，不计非常规水",
                "members' own waste water reclaimed: reuse, never non-conventional"},
               {"同一设施被多个成员全额填报：只计一次", "one plant claimed whole by several: counted once"}};
        park_region_add(s, "<p>");
        park_page_label(s->page, shared->label, shared->id);
        park_region_add(s, "：");
        park_page_label(s->page, HOW[shared->how], "");
        park_region_add(s, "</p>\n");
    }
    for (size_t i = 0; s->record->findings != NULL && i < s->record->findings->count; i++) {
        const park_finding *finding = &s->record->findings->items[i];
        park_region_add(s, "<p class=\"note\">");
        park_text_printf(&s->page->out, "%s ", park_code_name(finding->code));
        park_page_label(s->page, (park_label){finding->zh, finding->en}, "");
        park_region_add(s, "</p>\n");
    }
    park_region_add(s, "<p class=\"note\">");
    park_text_printf(&s->page->out, "parkwater %s · %s · ", s->record->version, s->record->started);
    park_page_text(s->page, s->record->file);
    park_region_add(s, "</p>\n");
    park_page_section_end(s->page);
}

/* The chapters that this page has. */
static void list_chapters(const park_region_record *record, park_chapter *chapter)
{
    static const char *const ALLOCATED[] = {"allocation", "projects", "budget", "lasting"};
    size_t                   count       = 0;
    for (size_t i = 0; i < sizeof CHAPTERS / sizeof *CHAPTERS; i++) {
        bool there = true;
        for (size_t k = 0; CHAPTERS[i].id != NULL && k < sizeof ALLOCATED / sizeof *ALLOCATED; k++)
            there = there && (record->allocated != NULL || strcmp(CHAPTERS[i].id, ALLOCATED[k]) != 0);
        if (there)
            chapter[count++] = CHAPTERS[i];
    }
}

park_status park_region_page(const park_region_record *record, bool zh, park_arena *arena, const char **html,
                             park_error *err)
{
    static void (*const SECTIONS[])(const park_region_sheet *) = {targets,
                                                                  known,
                                                                  backcast,
                                                                  park_region_section_future,
                                                                  park_region_section_causes,
                                                                  park_region_section_drivers,
                                                                  park_region_section_measures,
                                                                  park_region_section_allocation,
                                                                  park_region_section_projects,
                                                                  park_region_section_budget,
                                                                  park_region_section_lasting,
                                                                  park_region_section_products,
                                                                  park_region_section_members,
                                                                  assumptions};
    park_page          page   = {.arena = arena, .zh_first = zh, .err = err, .status = PARK_OK};
    park_region_sheet  s      = {&page, record, record->region, record->projection};
    const park_region *region = record->region;
    park_label facts = {park_arena_printf(arena, "%d–%d 年，%zu 个成员，已知至 %d 年", (int)region->base,
                                          (int)region->last, region->members, (int)region->known),
                        park_arena_printf(arena, "%d–%d, %zu members, known to %d", (int)region->base,
                                          (int)region->last, region->members, (int)region->known)};
    park_chapter chapter[sizeof CHAPTERS / sizeof *CHAPTERS];
    list_chapters(record, chapter);
    park_text_init(&page.out, arena);
    park_shell_open(&page, region->label, facts, chapter);
    for (size_t i = 0; i < sizeof SECTIONS / sizeof *SECTIONS && page.status == PARK_OK; i++)
        SECTIONS[i](&s);
    park_shell_close(&page);
    if (page.status != PARK_OK)
        return page.status;
    *html = park_text_done(&page.out);
    return *html != NULL ? PARK_OK : PARK_FAIL(err, PARK_E_MEMORY, "no memory for the report");
}
