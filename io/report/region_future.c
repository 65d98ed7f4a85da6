/* region_future.c - what is ahead: fans, causes, drivers, measures, products, members. */
#include "report/number.h"
#include "report/plot.h"
#include "report/region_sections.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double WAN = 1e4;

/* --- the future --- */

static void area(const park_region_sheet *s, const park_axis *x, const park_axis *y,
                 const park_region_band *band, bool wide)
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

static void goal_marks(const park_region_sheet *s, size_t subject, const park_axis *x, const park_axis *y)
{
    for (size_t t = 0; t < s->region->targets; t++) {
        const park_region_attainment *a = &s->p->attainment[t];
        if (park_region_subject_at(s, &s->region->target[t].subject) != subject)
            continue;
        double at    = park_axis_across(x, s->region->target[t].year),
               bound = isfinite(a->min) ? a->min : a->max;
        park_text_printf(&s->page->out,
                         "<path d=\"M%.1f %.1fh22\" stroke=\"#b3261e\" stroke-width=\"2.4\"/>\n", at - 11.0,
                         park_axis_down(y, bound));
    }
}

static void fan(const park_region_sheet *s, size_t subject)
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
        if (park_region_subject_at(s, &s->region->target[t].subject) == subject) {
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
    x.step         = s->p->years > 8 ? 2.0 : 1.0,
    x.decimals     = 0; /* eleven years side by side would touch in the summary's small plots */
    x.from = year[0], x.to = year[0] + x.step * ceil((double)(s->p->years - 1) / x.step);
    park_region_add(s, "<div>");
    park_plot_open(s->page, "front", &x, &down);
    area(s, &x, &down, band, true);
    area(s, &x, &down, band, false);
    park_plot_line(s->page, "fill=\"none\" stroke=\"#1f2d3a\" stroke-width=\"2\"", &x, &down, year, mid,
                   (size_t)(s->region->known - s->region->base) + 1);
    size_t known = (size_t)(s->region->known - s->region->base);
    park_plot_line(s->page, "fill=\"none\" stroke=\"#1f5fa8\" stroke-width=\"2\" stroke-dasharray=\"6 3\"",
                   &x, &down, year + known, mid + known, s->p->years - known);
    goal_marks(s, subject, &x, &down);
    park_region_add(s, "</svg></div>\n");
}

void park_region_fans(const park_region_sheet *s)
{
    static const park_region_subject SHOWN[] = {
        {PARK_REGION_REUSE_RATE, PARK_REGION_ALL_SOURCES, PARK_NONE, false},
        {PARK_REGION_INTAKE_PER_ADDED, PARK_REGION_CONVENTIONAL, PARK_NONE, false},
        {PARK_REGION_NON_CONVENTIONAL, PARK_REGION_ALL_SOURCES, PARK_NONE, false},
        {PARK_REGION_INTAKE, PARK_REGION_CONVENTIONAL, PARK_NONE, false}};
    park_region_add(s, "<div class=\"pair\">\n");
    for (size_t i = 0; i < sizeof SHOWN / sizeof *SHOWN; i++) {
        const park_region_subject *of = &SHOWN[i];
        for (size_t t = 0; t < s->region->targets;
             t++) /* in the scope in which it is asked for, so that its mark is seen */
            if (s->region->target[t].subject.quantity == of->quantity) {
                of = &s->region->target[t].subject;
                break;
            }
        fan(s, park_region_subject_at(s, of));
    }
    park_region_add(s, "</div>\n");
}

void park_region_section_future(const park_region_sheet *s)
{
    park_page_section(s->page, "future", "逐年预测", "Year by year");
    park_region_fans(s);
    park_region_paragraph(
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
        park_region_cell_label(s,
                               (park_label){park_arena_printf(s->page->arena, "%s，%s", name.zh, unit.zh),
                                            park_arena_printf(s->page->arena, "%s, %s", name.en, unit.en)});
        double si = park_region_subject_si(s->region, of), top = fabs(s->p->central[i * s->p->years] / si);
        int decimals = top >= 1e5 ? 0 : park_region_subject_decimals(of); /* a year's column stays narrow */
        for (size_t y = 0; y < s->p->years; y++)
            park_page_cell_number(s->page, s->p->central[i * s->p->years + y] / si, decimals);
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

static void waterfall(const park_region_sheet *s, const bar *bars, size_t count)
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
        park_region_add(s, "</text>\n");
    }
    park_region_add(s, "</svg>\n");
}

void park_region_waterfall(const park_region_sheet *s)
{
    const park_region_causes *c = s->record->causes;
    if (c == NULL)
        return;
    park_arena *arena = s->page->arena;
    bar        *bars  = PARK_ARRAY(arena, s->region->measures + 6, bar);
    size_t      n     = 0;
    if (bars == NULL) {
        s->page->status = PARK_FAIL(s->page->err, PARK_E_MEMORY, "no memory for the report");
        return;
    }
    bars[n++] = (bar){{park_arena_printf(arena, "%d 年取水量", (int)c->from),
                       park_arena_printf(arena, "intake in %d", (int)c->from)},
                      c->intake_from,
                      true};
    bars[n++] = (bar){{"规模：增加值增长", "activity: more value added"}, c->activity, false};
    bars[n++] = (bar){{"结构：成员间此消彼长", "structure: shift between members"}, c->structure, false};
    bars[n++] = (bar){{"强度：措施以外的变化", "intensity, measures apart"}, c->intensity, false};
    for (size_t k = 0; k < s->region->measures; k++)
        if (fabs(c->measure[k]) > 0.0)
            bars[n++] = (bar){s->region->measure[k].label, c->measure[k], false};
    if (fabs(c->eliminated) > 1e-9 * c->intake_from)
        bars[n++] = (bar){{"重复计算的扣减", "double counts taken out"}, c->eliminated, false};
    bars[n++] = (bar){{park_arena_printf(arena, "%d 年取水量", (int)c->to),
                       park_arena_printf(arena, "intake in %d", (int)c->to)},
                      c->intake_to,
                      true};
    waterfall(s, bars, n);
}

void park_region_section_causes(const park_region_sheet *s)
{
    char zh[256], en[256];
    if (s->record->causes == NULL)
        return;
    park_page_section(s->page, "causes", "取水量为什么变化", "Why intake changes");
    park_region_waterfall(s);
    snprintf(zh, sizeof zh, "常规水源取水量，万m³/a；对数平均分解（LMDI），各项之和等于总变化，无余项。");
    snprintf(en, sizeof en,
             "Conventional intake, 10⁴ m³/a; additive logarithmic mean decomposition (LMDI): the parts sum "
             "to the change, nothing is left over.");
    park_region_paragraph(s, " class=\"note\"", zh, en);
    park_page_section_end(s->page);
}

/* --- products, members --- */

void park_region_section_products(const park_region_sheet *s)
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
        while (t < s->region->targets && park_region_subject_at(s, &s->region->target[t].subject) != i)
            t++;
        bool          goal = t < s->region->targets;
        size_t        year = goal ? (size_t)(s->region->target[t].year - s->region->base) : s->p->years - 1;
        double        si   = park_region_subject_si(s->region, of);
        const double *mid  = s->p->central + i * s->p->years;
        park_page_row(s->page);
        park_region_cell_label(s, s->region->product[of->product].label);
        park_region_cell_label(s, park_region_subject_unit(s->region, of));
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
    park_region_paragraph(
        s, " class=\"note\"",
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

void park_region_section_members(const park_region_sheet *s)
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
        park_region_cell_label(s, member->label);
        park_region_cell_label(s, (park_label){member->city, member->city});
        park_region_cell_label(s, park_region_sector_label(member->sector));
        park_page_cell_number(s->page, now[0] / WAN, 2);
        park_page_cell_number(s->page, then[0] / WAN, 2);
        park_page_cell_number(s->page, 100.0 * rate_of(now), 2);
        park_page_cell_number(s->page, 100.0 * rate_of(then), 2);
        park_page_cell_number(s->page, vih / WAN, 2);
        park_page_cell_number(s->page, whole > 0.0 ? 100.0 * now[0] / whole : NAN, 1);
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
    park_region_paragraph(s, " class=\"note\"", "万m³/a；成员数据未扣减相互间的重复计算。",
                          "10⁴ m³/a; members as they report, double counts not taken out.");
    park_page_section_end(s->page);
}
