/* region_forms.c - the forms of planners: indicators of three years beside the planning year, self-assessment with thresholds. */
#include "report/region.h"
#include "report/region_allocation.h"

#include <math.h>

enum { PRESENT_YEARS = 3 };

/* The planning year: the first target's, else the last. */
static int32_t planning_year(const park_region *region)
{
    return region->targets > 0 ? region->target[0].year : region->last;
}

static double value_in(const park_region_record *record, size_t subject, int32_t year)
{
    const park_region_projection *p = record->projection;
    return p->central[subject * p->years + (size_t)(year - record->region->base)];
}

/* 现状/规划 side by side: each quantity on both bases, the last three known years, the planning year, their change. */
void park_region_form_indicators(park_sheet *sheet, const park_region_record *record, park_arena *arena)
{
    const park_region *region = record->region;
    int32_t            plan   = planning_year(region);
    int32_t            first =
        region->known - PRESENT_YEARS + 1 > region->base ? region->known - PRESENT_YEARS + 1 : region->base;
    park_sheet_head(sheet, "指标", "quantity");
    park_sheet_head(sheet, "单位", "unit");
    for (int32_t y = first; y <= region->known; y++)
        park_sheet_head(sheet, park_arena_printf(arena, "现状 %d", (int)y),
                        park_arena_printf(arena, "present %d", (int)y));
    park_sheet_head(sheet, park_arena_printf(arena, "规划 %d", (int)plan),
                    park_arena_printf(arena, "planned %d", (int)plan));
    park_sheet_head(sheet, "规划较现状 %", "planned against present %");
    park_sheet_end_row(sheet);
    for (size_t s = 0; s < record->projection->subjects; s++) {
        const park_region_subject *of = &record->projection->subject[s];
        double                     si = park_region_subject_si(region, of);
        int                        d  = park_region_subject_decimals(of);
        park_sheet_label(sheet, park_region_subject_label(region, of, arena), "");
        park_sheet_label(sheet, park_region_subject_unit(region, of), "");
        for (int32_t y = first; y <= region->known; y++)
            park_sheet_number(sheet, value_in(record, s, y) / si, d);
        park_sheet_number(sheet, value_in(record, s, plan) / si, d);
        park_sheet_number(sheet,
                          100.0 * (value_in(record, s, plan) / value_in(record, s, region->known) - 1.0), 2);
        park_sheet_end_row(sheet);
    }
}

static void assess(park_sheet *sheet, const park_region_record *record, park_label what, park_label source,
                   const park_region_subject *subject, double min, double max, park_arena *arena)
{
    const park_region *region = record->region;
    size_t s   = park_region_subject_find(record->projection->subject, record->projection->subjects, subject);
    double si  = park_region_subject_si(region, subject);
    int    d   = park_region_subject_decimals(subject);
    double now = value_in(record, s, region->known), then = value_in(record, s, planning_year(region));
    park_sheet_label(sheet, what, "");
    park_sheet_label(sheet, park_region_subject_label(region, subject, arena), "");
    park_sheet_label(sheet, park_region_subject_unit(region, subject), "");
    park_sheet_number(sheet, min / si, d);
    park_sheet_number(sheet, max / si, d);
    park_sheet_label(sheet, source, "");
    const double value[2] = {now, then};
    for (int k = 0; k < 2; k++) {
        bool meets = value[k] >= min && value[k] <= max;
        park_sheet_number(sheet, value[k] / si, d);
        park_sheet_word(sheet,
                        isnan(value[k]) ? "无数据"
                        : meets         ? "达标"
                                        : "未达标",
                        isnan(value[k]) ? "no data"
                        : meets         ? "meets"
                                        : "misses");
    }
    park_sheet_end_row(sheet);
}

/* Criteria with thresholds and where they are from; what was not seen in its own text is marked 待核. */
void park_region_form_assessment(park_sheet *sheet, const park_region_record *record, park_arena *arena)
{
    static const park_label HEADS[] = {{"条款", "criterion"}, {"指标", "quantity"},
                                       {"单位", "unit"},      {"阈值下限", "least"},
                                       {"阈值上限", "most"},  {"阈值来源", "source of the threshold"},
                                       {"现状值", "present"}, {"现状结论", "verdict, present"},
                                       {"规划值", "planned"}, {"规划结论", "verdict, planned"}};
    static const struct {
        park_label          what, source;
        park_region_subject subject;
        double              min, max;
    } RULES[] = {
        {{"工业废水循环利用典型案例：园区重复利用率",
          "model cases of waste water recycling: reuse rate of parks"},
         {"工信部 2024 年征集通知（待核）", "call of the ministry of industry, 2024 (to be verified)"},
         {PARK_REGION_REUSE_RATE, PARK_REGION_ALL_SOURCES, PARK_NONE, false},
         0.94,
         INFINITY},
        {{"工业废水循环利用典型案例：万元增加值用水量",
          "model cases of waste water recycling: intake per value added"},
         {"工信部 2024 年征集通知（待核）", "call of the ministry of industry, 2024 (to be verified)"},
         {PARK_REGION_INTAKE_PER_ADDED, PARK_REGION_CONVENTIONAL, PARK_NONE, false},
         -INFINITY,
         6.7e-4},
        {{"国家生态工业示范园区：重复利用率", "national eco-industrial parks: reuse rate"},
         {"HJ 274-2015（待核）", "HJ 274-2015 (to be verified)"},
         {PARK_REGION_REUSE_RATE, PARK_REGION_ALL_SOURCES, PARK_NONE, false},
         0.75,
         INFINITY},
        {{"国家生态工业示范园区：万元增加值新水量", "national eco-industrial parks: intake per value added"},
         {"HJ 274-2015（待核）", "HJ 274-2015 (to be verified)"},
         {PARK_REGION_INTAKE_PER_ADDED, PARK_REGION_CONVENTIONAL, PARK_NONE, false},
         -INFINITY,
         8e-4}};
    for (size_t h = 0; h < sizeof HEADS / sizeof *HEADS; h++)
        park_sheet_head(sheet, HEADS[h].zh, HEADS[h].en);
    park_sheet_end_row(sheet);
    for (size_t t = 0; t < record->region->targets; t++)
        assess(sheet, record, record->region->target[t].label,
               (park_label){"区域文件 targets", "targets of the document"},
               &record->region->target[t].subject, record->projection->attainment[t].min,
               record->projection->attainment[t].max, arena);
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++)
        assess(sheet, record, RULES[i].what, RULES[i].source, &RULES[i].subject, RULES[i].min, RULES[i].max,
               arena);
}
