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
                                        {"quality", "数据质量", "Data quality"},
                                        {"notes", "假设与未知", "Assumed and unknown"},
                                        {"assumptions", "参数与口径", "Parameters"},
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
    if (s->record->allocation != NULL)
        park_region_paragraph(
            s, "", "预测不含“分配”一章要选的项目：它们能否补足差距、由谁补足，见该章。",
            "The projects that the chapter Allocation chooses from are not in these figures: whether they "
            "close the gaps, and whose, stands there.");
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

/* The chapters that this page has. */
static void list_chapters(const park_region_record *record, park_chapter *chapter)
{
    static const char *const ALLOCATED[] = {"allocation", "projects", "budget", "lasting"};
    size_t                   count       = 0;
    for (size_t i = 0; i < sizeof CHAPTERS / sizeof *CHAPTERS; i++) {
        bool there = true;
        for (size_t k = 0; CHAPTERS[i].id != NULL && k < sizeof ALLOCATED / sizeof *ALLOCATED; k++)
            there = there && (record->allocated != NULL || strcmp(CHAPTERS[i].id, ALLOCATED[k]) != 0);
        there = there &&
                (record->region->notes > 0 || CHAPTERS[i].id == NULL || strcmp(CHAPTERS[i].id, "notes") != 0);
        if (there)
            chapter[count++] = CHAPTERS[i];
    }
}

park_status park_region_page(const park_region_record *record, bool zh, park_arena *arena, const char **html,
                             park_error *err)
{
    static void (*const SECTIONS[])(const park_region_sheet *) = {targets,
                                                                  park_region_section_known,
                                                                  park_region_section_backcast,
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
                                                                  park_region_section_quality,
                                                                  park_region_section_notes,
                                                                  park_region_section_assumptions};
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
