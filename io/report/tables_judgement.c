/* How good the plan is: indicators, targets, rounds, violations, assumptions. */
#include "indicator_text.h"
#include "report/tables_parts.h"

#include "quantity.h"

#include "base/calendar.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static int decimals_of(park_dimension dim)
{
    return dim == PARK_DIM_SHARE || dim == PARK_DIM_VOLUME ? 2 : 4;
}

static void who(const park_tables *t, park_sheet *sheet, const park_indicator *item)
{
    if (item->boundary == PARK_BOUNDARY_UNIT && item->unit >= 0)
        park_sheet_label(sheet, t->model->unit[item->unit].label, t->model->unit[item->unit].id);
    else if (item->boundary == PARK_BOUNDARY_ENTERPRISE)
        park_sheet_enterprise(sheet, t->model, item->enterprise);
    else
        park_sheet_word(sheet, "园区", "park");
}

static void basis_cell(park_sheet *sheet, const park_indicator *item)
{
    if (!item->basis_matters)
        park_sheet_text(sheet, "");
    else if (item->basis == PARK_BASIS_CONVENTIONAL)
        park_sheet_word(sheet, "A 常规水源", "A conventional");
    else
        park_sheet_word(sheet, "B 全部水源", "B all sources");
}

/* The same indicator in the simulated list; NULL. Both lists come from one model and have one order. */
static const park_indicator *twin(const park_run_record *record, size_t i)
{
    const park_indicators *a = record->promised, *b = record->simulated;
    bool same = a != NULL && b != NULL && a->count == b->count && strcmp(a->item[i].id, b->item[i].id) == 0;
    return same ? &b->item[i] : NULL;
}

static double value_in(const park_indicator *item, double si)
{
    return item == NULL ? NAN : item->value / si;
}

/* The plan's list leads; a run without a plan has the simulated one alone. */
static const park_indicators *leading(const park_run_record *record)
{
    return record->promised != NULL ? record->promised : record->simulated;
}

park_status park_table_indicators(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    static const char *const HEADS[][2] = {{"指标", "indicator"},
                                           {"编号", "id"},
                                           {"边界", "boundary"},
                                           {"产品", "product"},
                                           {"取水口径", "basis of intake"},
                                           {"计入冷却循环", "towers counted"},
                                           {"单位", "unit"},
                                           {"优化方案", "plan"},
                                           {"动态模拟", "simulated"},
                                           {"分子含义", "numerator is"},
                                           {"分子 (SI，年量)", "numerator (SI per year)"},
                                           {"分母含义", "denominator is"},
                                           {"分母 (SI，年量)", "denominator (SI per year)"}};
    for (size_t i = 0; i < sizeof HEADS / sizeof HEADS[0]; i++)
        park_sheet_head(sheet, HEADS[i][0], HEADS[i][1]);
    park_sheet_end_row(sheet);
    const park_indicators *all = leading(t->record);
    for (size_t i = 0; all != NULL && i < all->count; i++) {
        const park_indicator *item = &all->item[i];
        double                si;
        const char           *unit      = park_indicator_unit(item->dim, sheet->zh, &si);
        int                   decimals  = decimals_of(item->dim);
        const park_indicator *simulated = t->record->promised != NULL ? twin(t->record, i) : item;
        park_sheet_label(sheet, item->label, item->id);
        park_sheet_text(sheet, item->id);
        who(t, sheet, item);
        park_sheet_text(sheet, item->subject);
        basis_cell(sheet, item);
        park_sheet_word(sheet, item->with_circulation ? "是" : "否", item->with_circulation ? "yes" : "no");
        park_sheet_measure(sheet, unit, unit);
        park_sheet_number(sheet, value_in(t->record->promised != NULL ? item : NULL, si), decimals);
        park_sheet_number(sheet, value_in(simulated, si), decimals);
        park_sheet_label(sheet, item->numerator_label, "");
        park_sheet_number(sheet, item->numerator, 4);
        park_sheet_label(sheet, item->denominator_label, "");
        park_sheet_number(sheet, item->denominator, 4);
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}

/* ---- targets ---- */

static const park_indicator *of_target(const park_indicators *all, int32_t target)
{
    for (size_t i = 0; all != NULL && i < all->count; i++)
        if (all->item[i].target == target)
            return &all->item[i];
    return NULL;
}

static void verdict(park_sheet *sheet, const park_indicator *item)
{
    if (item == NULL)
        park_sheet_text(sheet, "");
    else
        park_sheet_word(sheet, item->reached ? "达到" : "未达到", item->reached ? "reached" : "missed");
}

park_status park_table_targets(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    static const char *const HEADS[][2] = {{"目标", "target"},
                                           {"对象", "subject"},
                                           {"取水口径", "basis of intake"},
                                           {"单位", "unit"},
                                           {"下限", "at least"},
                                           {"上限", "at most"},
                                           {"优化方案", "plan"},
                                           {"方案判定", "plan reaches it"},
                                           {"动态模拟", "simulated"},
                                           {"模拟判定", "simulation reaches it"}};
    for (size_t i = 0; i < sizeof HEADS / sizeof HEADS[0]; i++)
        park_sheet_head(sheet, HEADS[i][0], HEADS[i][1]);
    park_sheet_end_row(sheet);
    for (size_t i = 0; i < t->model->targets; i++) {
        const park_target    *target    = &t->model->target[i];
        const park_indicator *plan      = of_target(t->record->promised, (int32_t)i),
                             *simulated = of_target(t->record->simulated, (int32_t)i);
        const park_indicator *any       = plan != NULL ? plan : simulated;
        park_dimension        dim       = any != NULL ? any->dim : target->dim;
        double                si;
        const char           *unit = park_indicator_unit(dim, sheet->zh, &si);
        if (any != NULL)
            park_sheet_label(sheet, any->label, target->quantity);
        else
            park_sheet_text(sheet, target->quantity);
        park_sheet_text(sheet, target->subject);
        if (any != NULL)
            basis_cell(sheet, any);
        else
            park_sheet_text(sheet, "");
        park_sheet_measure(sheet, unit, unit);
        double min, max;
        park_target_bounds(target, dim, &min, &max);
        park_sheet_number(sheet, min / si, 4);
        park_sheet_number(sheet, max / si, 4);
        park_sheet_number(sheet, value_in(plan, si), 4);
        verdict(sheet, plan);
        park_sheet_number(sheet, value_in(simulated, si), 4);
        verdict(sheet, simulated);
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}

/* ---- rounds, violations, assumptions ---- */

/* A heading with the unit of the objective; NULL: money. */
static void yearly_head(park_sheet *sheet, const char *zh, const char *en, const char *unit)
{
    char in_zh[64], in_en[64];
    snprintf(in_zh, sizeof in_zh, "%s (%s)", zh, unit != NULL ? unit : "万元/a");
    snprintf(in_en, sizeof in_en, "%s (%s)", en, unit != NULL ? unit : "10^4 CNY/a");
    park_sheet_head(sheet, in_zh, in_en);
}

park_status park_table_rounds(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    const park_design *d     = t->record->design;
    bool               money = d == NULL || d->objective_kind == PARK_MIN_COST;
    park_sheet_head(sheet, "轮次", "round");
    yearly_head(sheet, "目标值", "objective", money ? NULL : d->unit);
    yearly_head(sheet, "下界", "bound", money ? NULL : d->unit);
    park_sheet_head(sheet, "最优性间隙 (%)", "optimality gap (%)");
    park_sheet_head(sheet, "模拟时段 (%)", "simulated share of the period (%)");
    park_sheet_head(sheet, "不符项数", "violations");
    park_sheet_head(sheet, "最大超出 (%)", "worst excess (%)");
    park_sheet_head(sheet, "收紧的约束数", "restrictions tightened");
    park_sheet_end_row(sheet);
    for (size_t i = 0; i < t->record->rounds; i++) {
        const park_round *r  = &t->record->round[i];
        double            si = money ? 1e4 : 1.0;
        park_sheet_whole(sheet, r->number);
        park_sheet_number(sheet, r->objective / si, 4);
        park_sheet_number(sheet, r->bound / si, 4);
        park_sheet_percent(sheet, r->gap);
        park_sheet_percent(sheet, r->simulated_to - r->simulated_from);
        park_sheet_whole(sheet, (int64_t)r->violations);
        park_sheet_percent(sheet, r->worst_share);
        park_sheet_whole(sheet, (int64_t)r->margins);
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}

static const struct {
    double factor; /* from SI to the column's unit */
    int    column; /* 0 concentration [mg/L], 1 volume of a year [m3/a], 2 flow [m3/d], 3 head [m] */
} VIOLATION[] = {
    [PARK_VIOLATION_QUALITY_IN] = {1e3, 0},   [PARK_VIOLATION_QUALITY_OUT] = {1e3, 0},
    [PARK_VIOLATION_DEMAND] = {1.0, 1},       [PARK_VIOLATION_SPILL] = {1.0, 1},
    [PARK_VIOLATION_CAPACITY] = {86400.0, 2}, [PARK_VIOLATION_LICENCE] = {1.0, 1},
    [PARK_VIOLATION_STORAGE_DRY] = {NAN, 1},  [PARK_VIOLATION_STORAGE_FULL] = {1.0, 1},
    [PARK_VIOLATION_SHORTFALL] = {1.0, 1},    [PARK_VIOLATION_PRESSURE] = {1.0, 3},
};

/* Limit, promise and simulated value stand in the columns of their own unit. */
static void violation_numbers(park_sheet *sheet, const park_violation *v)
{
    for (int column = 0; column < 4; column++) {
        double factor = VIOLATION[v->kind].column == column ? VIOLATION[v->kind].factor : NAN;
        park_sheet_number(sheet, v->limit * factor, 3);
        park_sheet_number(sheet, v->promise * factor, 3);
        park_sheet_number(sheet, v->simulated * factor, 3);
    }
}

static const char *place(const park_tables *t, const park_violation *v)
{
    if (v->place != NULL)
        return v->place;
    if (v->inlet >= 0)
        return park_run_inlet(t->arena, t->model, v->inlet);
    if (v->outlet >= 0)
        return park_run_outlet(t->arena, t->model, v->outlet);
    if (v->link >= 0)
        return t->model->link[v->link].id;
    return v->unit >= 0 ? t->model->unit[v->unit].id : "";
}

park_status park_table_violations(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    static const char *const HEADS[][2] = {{"类别", "kind"},
                                           {"位置", "place"},
                                           {"水质项目", "constituent"},
                                           {"季", "season"},
                                           {"限值 (mg/L)", "limit (mg/L)"},
                                           {"方案 (mg/L)", "plan (mg/L)"},
                                           {"模拟最差 (mg/L)", "worst simulated (mg/L)"},
                                           {"限值 (m³/a)", "limit (m3/a)"},
                                           {"方案 (m³/a)", "plan (m3/a)"},
                                           {"模拟 (m³/a)", "simulated (m3/a)"},
                                           {"限值 (m³/d)", "limit (m3/d)"},
                                           {"方案 (m³/d)", "plan (m3/d)"},
                                           {"模拟最差 (m³/d)", "worst simulated (m3/d)"},
                                           {"限值 (m)", "limit (m)"},
                                           {"方案 (m)", "plan (m)"},
                                           {"模拟最差 (m)", "worst simulated (m)"},
                                           {"历时 (h)", "lasted (h)"},
                                           {"占该季时间 (%)", "share of the season (%)"},
                                           {"最差时刻", "worst instant"}};
    for (size_t i = 0; i < sizeof HEADS / sizeof HEADS[0]; i++)
        park_sheet_head(sheet, HEADS[i][0], HEADS[i][1]);
    park_sheet_end_row(sheet);
    const park_simulation *s = t->record->simulation;
    for (size_t i = 0; s != NULL && i < s->violations; i++) {
        const park_violation *v = &s->violation[i];
        char                  instant[PARK_ISO_SIZE];
        park_label            what = park_violation_label(v);
        park_sheet_word(sheet, what.zh, what.en);
        park_sheet_text(sheet, place(t, v));
        park_sheet_text(sheet, v->constituent >= 0 ? t->model->constituent[v->constituent].id : "");
        if (v->season >= 0)
            park_sheet_label(sheet, t->model->time.season[v->season].label,
                             t->model->time.season[v->season].id);
        else
            park_sheet_word(sheet, "全年", "year");
        violation_numbers(sheet, v);
        park_sheet_number(sheet, v->hours, 1);
        park_sheet_percent(sheet, v->share);
        park_sheet_text(sheet, t->model->time.steady
                                   ? ""
                                   : park_iso_format(v->worst, t->model->time.utc_offset / 60, instant));
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}

park_status park_table_assumptions(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    static const char *const CLASS[][2] = {{"published", "公开发布"},
                                           {"unverified", "待核"},
                                           {"measured", "实测"},
                                           {"illustrative", "示意"},
                                           {"estimated", "估计"}};
    park_sheet_head(sheet, "参数", "parameter");
    park_sheet_head(sheet, "取值", "value");
    park_sheet_head(sheet, "取值来自", "taken from");
    park_sheet_head(sheet, "依据类别", "class of source");
    park_sheet_head(sheet, "依据", "source");
    park_sheet_end_row(sheet);
    for (size_t i = 0; i < t->record->assumptions; i++) {
        const park_assumption *a = &t->record->assumption[i];
        const char *class        = a->source_class == NULL ? "" : a->source_class;
        for (size_t k = 0; sheet->zh && k < sizeof CLASS / sizeof CLASS[0]; k++)
            if (strcmp(class, CLASS[k][0]) == 0)
                class = CLASS[k][1];
        park_sheet_text(sheet, a->path);
        park_sheet_text(sheet, a->value);
        park_sheet_text(sheet, a->origin);
        park_sheet_text(sheet, class);
        park_sheet_text(sheet, a->source);
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}
