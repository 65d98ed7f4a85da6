/*
 * region_notes.c - what a reader must know before quoting a figure: what is assumed and what no public figure says, how good each
 * member's data are, and the parameters.
 */
#include "report/number.h"
#include "report/region_sections.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- what the document says of its own figures --- */

const park_label PARK_REGION_NOTE_KIND[] = {{"假设", "assumed"},
                                            {"公开数据无法得知", "not in public figures"},
                                            {"引用，未采用", "quoted, not used"},
                                            {"人工统计", "counted by hand"}};

/* What is unknown comes first, then what was assumed for it. */
static const park_region_note_kind ORDER[] = {PARK_REGION_UNKNOWN, PARK_REGION_ASSUMED, PARK_REGION_QUOTED,
                                              PARK_REGION_BY_HAND};

void park_region_section_notes(const park_region_sheet *s)
{
    static const char *const TITLES[] = {"编号", "number", "类别",  "kind", "内容",
                                         "what", "出处",   "place", NULL};
    if (s->region->notes == 0)
        return;
    park_page_section(s->page, "notes", "假设与公开数据无法得知的内容",
                      "What is assumed, and what public figures do not say");
    park_page_table(s->page, TITLES);
    for (size_t k = 0; k < sizeof ORDER / sizeof *ORDER; k++)
        for (size_t i = 0; i < s->region->notes; i++) {
            const park_region_note *note = &s->region->note[i];
            if (note->kind != ORDER[k])
                continue;
            park_page_row(s->page);
            park_region_cell_label(s, (park_label){note->id, note->id});
            park_region_cell_label(s, PARK_REGION_NOTE_KIND[note->kind]);
            park_region_cell_label(s, note->text);
            park_page_cell(s->page);
            park_page_text(s->page, note->place != NULL ? note->place : "");
            park_region_add(s, "</td>");
            park_page_row_end(s->page);
        }
    park_page_table_end(s->page);
    park_page_section_end(s->page);
}

/* --- how good the data are --- */

enum { REMARKS_MOST = 4 };

static const double *year_of(const park_region *region, size_t m, int32_t year)
{
    return region->volume + (m * region->years + (size_t)(year - region->base)) * PARK_REGION_FLOWS;
}

/* What makes one look twice: nothing moves, one source holds all, little that is new, a rate near 1. */
static size_t remarks_of(const park_region *region, size_t m, double rate, park_label remark[REMARKS_MOST])
{
    const double *last = year_of(region, m, region->known), *first = year_of(region, m, region->base);
    size_t        n = 0, sources = 0;
    bool          still = region->known > region->base;
    for (int f = 0; f < PARK_REGION_FLOWS; f++) {
        still = still && fabs(last[f] - first[f]) <= 1e-9 * fabs(last[f]);
        sources += f <= PARK_REGION_BOUGHT && last[f] > 0.0;
    }
    if (still)
        remark[n++] =
            (park_label){"各年相同：一年代表多年", "the same in all years: one year stands for them"};
    if (sources < 2)
        remark[n++] = (park_label){"取水未分水源", "intake not split by source"};
    if (region->member[m].remainder)
        remark[n++] = (park_label){"由总量扣减得到或估计", "what totals leave, or an estimate"};
    if (rate > 0.98)
        remark[n++] =
            (park_label){"重复利用率高于 98%：核对循环水量", "reuse above 98 %: check the circulating water"};
    return n;
}

void park_region_quality_of(const park_region_record *record, size_t m, park_region_quality *q)
{
    const park_region *region = record->region;
    const double      *last = year_of(region, m, region->known), *first = year_of(region, m, region->base);
    double             all = 0.0;
    *q                     = (park_region_quality){.change = NAN};
    for (size_t k = 0; k < region->members; k++)
        for (int f = 0; f < PARK_REGION_REUSED; f++)
            all += year_of(region, k, region->known)[f];
    double before = 0.0;
    for (int f = 0; f < PARK_REGION_REUSED; f++) {
        q->intake += last[f];
        before += first[f];
        q->conventional += f <= PARK_REGION_BOUGHT ? last[f] : 0.0;
    }
    q->share = all > 0.0 ? q->intake / all : NAN;
    q->rate  = last[PARK_REGION_REUSED] / (q->intake + last[PARK_REGION_REUSED]);
    if (region->known > region->base && before > 0.0)
        q->change = pow(q->intake / before, 1.0 / (double)(region->known - region->base)) - 1.0;
    q->per_added =
        q->conventional / region->added[m * region->years + (size_t)(region->known - region->base)];
    for (size_t i = 0; i < region->makings; i++)
        q->products += region->making[i].member == (int32_t)m;
    park_label   remark[REMARKS_MOST];
    const size_t n = remarks_of(region, m, q->rate, remark);
    snprintf(q->zh, sizeof q->zh, "%s", n == 0 ? "无" : remark[0].zh);
    snprintf(q->en, sizeof q->en, "%s", n == 0 ? "none" : remark[0].en);
    for (size_t i = 1; i < n; i++) {
        size_t a = strlen(q->zh), b = strlen(q->en);
        snprintf(q->zh + a, sizeof q->zh - a, "；%s", remark[i].zh);
        snprintf(q->en + b, sizeof q->en - b, "; %s", remark[i].en);
    }
}

static size_t products_known(const park_region *region)
{
    size_t count = 0;
    for (size_t p = 0; p < region->products; p++) {
        bool any = false;
        for (size_t i = 0; i < region->makings; i++)
            any = any || region->making[i].product == (int32_t)p;
        count += any;
    }
    return count;
}

void park_region_section_quality(const park_region_sheet *s)
{
    static const char *const TITLES[] = {"成员",
                                         "member",
                                         "取水（万m³）",
                                         "intake (10⁴ m³)>",
                                         "占区域（%）",
                                         "share of the region (%)>",
                                         "年均变化（%）",
                                         "change a year (%)>",
                                         "R（%）",
                                         "R (%)>",
                                         "Vi/增加值（m³/万元）",
                                         "Vi per value added (m³/10⁴ CNY)>",
                                         "产品数",
                                         "products>",
                                         "须核对",
                                         "to look at",
                                         NULL};
    char                     zh[400], en[400];
    park_page_section(s->page, "quality", "数据质量", "How good the data are");
    park_page_table(s->page, TITLES);
    for (size_t m = 0; m < s->region->members; m++) {
        park_region_quality q;
        park_region_quality_of(s->record, m, &q);
        park_page_row(s->page);
        park_region_cell_label(s, s->region->member[m].label);
        park_page_cell_number(s->page, q.intake / 1e4, 2);
        park_page_cell_number(s->page, 100.0 * q.share, 2);
        park_page_cell_number(s->page, 100.0 * q.change, 2);
        park_page_cell_number(s->page, 100.0 * q.rate, 2);
        park_page_cell_number(s->page, q.per_added * 1e4, 2);
        park_page_cell_number(s->page, (double)q.products, 0);
        park_region_cell_both(s, q.zh, q.en);
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
    snprintf(zh, sizeof zh,
             "%d 年数据。%zu 种产品中 %zu "
             "种有数据；没有数据的目标不判定。比率只作核对，区域的比率由水量合计得出。",
             (int)s->region->known, s->region->products, products_known(s->region));
    snprintf(en, sizeof en,
             "Data of %d. Of %zu products %zu have data; a target without is not judged. Rates here are for "
             "checking; the "
             "region's come from its sums of volumes.",
             (int)s->region->known, s->region->products, products_known(s->region));
    park_region_paragraph(s, " class=\"note\"", zh, en);
    for (size_t i = 0; s->record->findings != NULL && i < s->record->findings->count; i++) {
        const park_finding *finding = &s->record->findings->items[i];
        park_region_add(s, "<p class=\"note\">");
        park_text_printf(&s->page->out, "%s ", park_code_name(finding->code));
        park_page_label(s->page, (park_label){finding->zh, finding->en}, "");
        park_region_add(s, "</p>\n");
    }
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

void park_region_section_assumptions(const park_region_sheet *s)
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
    park_page_section(s->page, "assumptions", "参数与口径", "Parameters");
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
    park_region_add(s, "<p class=\"note\">");
    park_text_printf(&s->page->out, "parkwater %s · %s · ", s->record->version, s->record->started);
    park_page_text(s->page, s->record->file);
    park_region_add(s, "</p>\n");
    park_page_section_end(s->page);
}
