/* region_forms.c - the forms of planners: indicators of three years beside the planning year, self-assessment with thresholds. */
#include "report/region.h"
#include "report/region_allocation.h"

#include <math.h>
#include <string.h>

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
    static const park_label HEADS[] = {{"规划较现状 %", "planned against present %"}};
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
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
    park_sheet_word(sheet, "indicators、sources、quality 表；预测值见 years 表",
                    "tables indicators, sources, quality; projected values in years");
    park_sheet_end_row(sheet);
}

/* Criteria with thresholds and where they are from; what was not seen in its own text is marked 待核. */
void park_region_form_assessment(park_sheet *sheet, const park_region_record *record, park_arena *arena)
{
    static const park_label HEADS[] = {{"条款", "criterion"}, {"指标", "quantity"},
                                       {"单位", "unit"},      {"阈值下限", "least"},
                                       {"阈值上限", "most"},  {"阈值来源", "source of the threshold"},
                                       {"现状值", "present"}, {"现状结论", "verdict, present"},
                                       {"规划值", "planned"}, {"规划结论", "verdict, planned"},
                                       {"佐证", "evidence"}};
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
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t t = 0; t < record->region->targets; t++)
        assess(sheet, record, record->region->target[t].label,
               (park_label){"区域文件 targets", "targets of the document"},
               &record->region->target[t].subject, record->projection->attainment[t].min,
               record->projection->attainment[t].max, arena);
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++)
        assess(sheet, record, RULES[i].what, RULES[i].source, &RULES[i].subject, RULES[i].min, RULES[i].max,
               arena);
}

/* --- products against quota classes --- */

const park_quota *park_region_quota_named(const park_quotas *quotas, const park_region_product *product)
{
    const park_quota *found = park_quotas_find(quotas, product->id);
    for (size_t i = 0; found == NULL && i < quotas->count; i++)
        if (product->label.zh != NULL && strcmp(quotas->item[i].name, product->label.zh) == 0)
            found = &quotas->item[i];
    return found;
}

/* The best class that a value reaches; what was not seen is not guessed. */
static park_label class_of(const park_quota *q, double value)
{
    static const struct {
        park_quota_class which;
        park_label       label;
    } CLASSES[] = {{PARK_QUOTA_LEADER, {"领跑值", "leader"}},
                   {PARK_QUOTA_ADVANCED, {"先进值", "advanced"}},
                   {PARK_QUOTA_GENERAL, {"通用值", "general"}}};
    bool seen   = false;
    for (size_t i = 0; !isnan(value) && i < sizeof CLASSES / sizeof *CLASSES; i++) {
        double bound = q->value[CLASSES[i].which];
        seen         = CLASSES[i].which == PARK_QUOTA_GENERAL && !isnan(bound);
        if (value <= bound * (1.0 + 1e-9))
            return CLASSES[i].label;
    }
    return isnan(value) ? (park_label){"无数据", "no data"}
           : seen       ? (park_label){"未达到通用值", "misses the general class"}
                        : (park_label){"待核", "to be verified"};
}

static void quota_cell(park_sheet *sheet, const park_quota *q, park_quota_class which, double si)
{
    if (isnan(q->value[which]) && q->unseen[which])
        park_sheet_word(sheet, "待核", "to be verified");
    else
        park_sheet_number(sheet, q->value[which] / si, 3);
}

/* A product whose quota is per something else stands there without a verdict. */
static void other_measure(park_sheet *sheet, const park_region *region, const park_region_subject *of,
                          const park_quota *q)
{
    enum { BETWEEN = 9 }; /* columns between the unit and the source */
    park_sheet_label(sheet, region->product[of->product].label, region->product[of->product].id);
    park_sheet_label(sheet, park_region_subject_unit(region, of), "");
    for (int c = 0; c < BETWEEN; c++)
        park_sheet_text(sheet, NULL);
    park_sheet_text(sheet, q->source);
    park_sheet_word(sheet, "定额的计量单位不同，不作对比", "the quota is in another measure: not compared");
    park_sheet_end_row(sheet);
}

/* A product a row, each in its own measure: no sums, for tonnes, hundreds of metres and kilolitres do not add, nor do the two
 * stages of one liquor. */
void park_region_form_benchmark(park_sheet *sheet, const park_region_record *record, park_arena *arena)
{
    static const park_label HEADS[] = {{"产品", "product"},
                                       {"单位", "unit"},
                                       {"现状", "present"},
                                       {"规划", "planned"},
                                       {"行动方案 2025", "action plan 2025"},
                                       {"规划值与行动方案", "planned against the action plan"},
                                       {"通用值", "general"},
                                       {"先进值", "advanced"},
                                       {"领跑值", "leader"},
                                       {"现状等级", "class, present"},
                                       {"规划等级", "class, planned"},
                                       {"来源", "source"},
                                       {"口径", "scope"}};
    const park_region      *region  = record->region;
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t s = 0; s < record->projection->subjects; s++) {
        const park_region_subject *of = &record->projection->subject[s];
        const park_quota          *q  = of->quantity == PARK_REGION_UNIT_INTAKE
                                            ? park_region_quota_named(record->quotas, &region->product[of->product])
                                            : NULL;
        if (q == NULL)
            continue;
        if (q->dim != region->product[of->product].output) {
            other_measure(sheet, region, of, q);
            continue;
        }
        double si = park_region_subject_si(region, of), now = value_in(record, s, region->known),
               then = value_in(record, s, planning_year(region)), plan = q->value[PARK_QUOTA_PLAN_2025];
        park_sheet_label(sheet, region->product[of->product].label, region->product[of->product].id);
        park_sheet_label(sheet, park_region_subject_unit(region, of), "");
        park_sheet_number(sheet, now / si, 3);
        park_sheet_number(sheet, then / si, 3);
        quota_cell(sheet, q, PARK_QUOTA_PLAN_2025, si);
        bool meets = then <= plan * (1.0 + 1e-9);
        park_sheet_word(sheet,
                        isnan(then)   ? "无数据"
                        : isnan(plan) ? "待核"
                        : meets       ? "达标"
                                      : "未达标",
                        isnan(then)   ? "no data"
                        : isnan(plan) ? "to be verified"
                        : meets       ? "meets"
                                      : "misses");
        quota_cell(sheet, q, PARK_QUOTA_GENERAL, si);
        quota_cell(sheet, q, PARK_QUOTA_ADVANCED, si);
        quota_cell(sheet, q, PARK_QUOTA_LEADER, si);
        park_sheet_label(sheet, class_of(q, now), "");
        park_sheet_label(sheet, class_of(q, then), "");
        park_sheet_text(sheet, q->source);
        park_sheet_word(sheet, "取水量含外购蒸汽等水的产品；不等于新水消耗；不与其他产品或工序相加",
                        "intake with bought steam; not consumption of fresh water; never added to other "
                        "products or stages");
        park_sheet_end_row(sheet);
    }
    (void)arena;
}
