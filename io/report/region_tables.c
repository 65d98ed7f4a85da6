/* region_tables.c - a region's projection as CSV: each rate with its numerator, denominator and basis. */
#include "report/region.h"
#include "report/region_allocation.h"
#include "report/region_sections.h"
#include "report/sheet.h"

#include <math.h>

typedef struct view {
    const park_region_record     *record;
    const park_region            *region;
    const park_region_projection *p;
    park_arena                   *arena;
    park_error                   *err;
} view;

static void year_head(park_sheet *sheet, const view *v)
{
    (void)v;
    park_sheet_head(sheet, "年份", "year");
}

/* --- targets.csv --- */

static park_status targets(park_sheet *sheet, const view *v)
{
    static const park_label HEADS[] = {{"目标", "target"},
                                       {"指标", "quantity"},
                                       {"单位", "unit"},
                                       {"年份", "year"},
                                       {"下限", "least"},
                                       {"上限", "most"},
                                       {"左右", "about"},
                                       {"中值", "central"},
                                       {"差距", "lacking"},
                                       {"达到概率 %", "probability %"},
                                       {"区间内概率 %", "inside the band %"},
                                       {"性质", "kind"}};
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t t = 0; t < v->region->targets; t++) {
        const park_region_target     *target = &v->region->target[t];
        const park_region_attainment *a      = &v->p->attainment[t];
        double                        si     = park_region_subject_si(v->region, &target->subject);
        int                           d      = park_region_subject_decimals(&target->subject);
        park_sheet_label(sheet, target->label, target->id);
        park_sheet_label(sheet, park_region_subject_label(v->region, &target->subject, v->arena), "");
        park_label unit = park_region_subject_unit(v->region, &target->subject);
        park_sheet_measure(sheet, unit.zh, unit.en);
        park_sheet_whole(sheet, target->year);
        park_sheet_number(sheet, a->min / si, d);
        park_sheet_number(sheet, a->max / si, d);
        park_sheet_number(sheet, target->about / si, d);
        park_sheet_number(sheet, a->value / si, d);
        park_sheet_number(sheet, a->lacking / si, d);
        park_sheet_percent(sheet, a->probability);
        park_sheet_percent(sheet, a->in_band);
        park_sheet_word(sheet, target->indicative ? "预期性" : "约束性",
                        target->indicative ? "indicative" : "binding");
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}

/* --- years.csv: every subject and year with its band --- */

static park_status years(park_sheet *sheet, const view *v)
{
    static const park_label HEADS[] = {{"指标", "quantity"}, {"单位", "unit"},        {"年份", "year"},
                                       {"状态", "state"},    {"中值路径", "central"}, {"均值", "mean"},
                                       {"2.5%", "2.5 %"},    {"10%", "10 %"},         {"50%", "50 %"},
                                       {"90%", "90 %"},      {"97.5%", "97.5 %"}};
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t s = 0; s < v->p->subjects; s++)
        for (size_t y = 0; y < v->p->years; y++) {
            const park_region_subject *of      = &v->p->subject[s];
            const park_region_band    *band    = &v->p->band[s * v->p->years + y];
            const double               value[] = {v->p->central[s * v->p->years + y],
                                                  band->mean,
                                                  band->low95,
                                                  band->low80,
                                                  band->median,
                                                  band->high80,
                                                  band->high95};
            bool                       known   = v->region->base + (int32_t)y <= v->region->known;
            park_sheet_label(sheet, park_region_subject_label(v->region, of, v->arena), "");
            park_label unit = park_region_subject_unit(v->region, of);
            park_sheet_measure(sheet, unit.zh, unit.en);
            park_sheet_whole(sheet, v->region->base + (int32_t)y);
            park_sheet_word(sheet, known ? "已知" : "预测", known ? "known" : "projected");
            for (size_t i = 0; i < sizeof value / sizeof *value; i++)
                park_sheet_number(sheet, value[i] / park_region_subject_si(v->region, of),
                                  park_region_subject_decimals(of) + 2);
            park_sheet_end_row(sheet);
        }
    return PARK_OK;
}

/* --- sources.csv: the region's water by column and year, on the central path, with what makes its rates --- */

static park_status sources(park_sheet *sheet, const view *v)
{
    year_head(sheet, v);
    for (int f = 0; f < PARK_REGION_FLOWS; f++) {
        const park_label *name = &PARK_REGION_FLOW_LABEL[f];
        park_sheet_head(sheet, park_arena_printf(v->arena, "%s 万m³", name->zh),
                        park_arena_printf(v->arena, "%s 10^4 m3", name->en));
    }
    static const park_label HEADS[] = {
        {"增加值 万元（可比价）", "value added 10^4 CNY (constant prices)"},
        {"R 分子 Vr 万m³", "R numerator Vr 10^4 m3"},
        {"R 分母 Vi+Vr（口径A）万m³", "R denominator Vi+Vr (basis A) 10^4 m3"},
        {"R（口径A）%", "R (basis A) %"},
        {"R 分母 Vi+Vih+Vr（口径B）万m³", "R denominator Vi+Vih+Vr (basis B) 10^4 m3"},
        {"R（口径B）%", "R (basis B) %"}};
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t y = 0; y < v->p->years; y++) {
        const double *flow = v->p->flow + y * PARK_REGION_FLOWS;
        double        vr = flow[PARK_REGION_REUSED], vi = 0.0, vih = 0.0;
        park_sheet_whole(sheet, v->region->base + (int32_t)y);
        for (int f = 0; f < PARK_REGION_FLOWS; f++) {
            park_sheet_wan(sheet, flow[f]);
            vi += f <= PARK_REGION_BOUGHT ? flow[f] : 0.0;
            vih += f > PARK_REGION_BOUGHT && f < PARK_REGION_REUSED ? flow[f] : 0.0;
        }
        park_sheet_number(sheet, v->p->added[y] / 1e4, 2);
        park_sheet_wan(sheet, vr);
        park_sheet_wan(sheet, vi + vr);
        park_sheet_percent(sheet, vr / (vi + vr));
        park_sheet_wan(sheet, vi + vih + vr);
        park_sheet_percent(sheet, vr / (vi + vih + vr));
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}

/* --- eliminations.csv --- */

static park_status eliminations(park_sheet *sheet, const view *v)
{
    static const park_label HEADS[] = {{"年份", "year"},
                                       {"列", "column"},
                                       {"成员合计 万m³", "members' sum 10^4 m3"},
                                       {"扣减 万m³", "eliminated 10^4 m3"},
                                       {"区域 万m³", "region 10^4 m3"}};
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (int32_t year = v->region->base; year <= v->region->known; year++) {
        park_region_year sum;
        PARK_TRY(park_region_sum_year(v->region, year, false, &sum, v->err));
        for (int f = 0; f < PARK_REGION_FLOWS; f++) {
            park_sheet_whole(sheet, year);
            park_sheet_label(sheet, PARK_REGION_FLOW_LABEL[f], "");
            park_sheet_wan(sheet, sum.plain[f]);
            park_sheet_wan(sheet, sum.plain[f] - sum.flow[f]);
            park_sheet_wan(sheet, sum.flow[f]);
            park_sheet_end_row(sheet);
        }
    }
    return PARK_OK;
}

/* --- members.csv --- */

static park_status members(park_sheet *sheet, const view *v)
{
    static const park_label PART[PARK_REGION_PARTS] = {
        {"常规水源取水量 万m³", "conventional intake 10^4 m3"},
        {"再生水 万m³", "reclaimed water 10^4 m3"},
        {"矿井水 万m³", "mine water 10^4 m3"},
        {"雨水 万m³", "rain water 10^4 m3"},
        {"其他非常规水 万m³", "other non-conventional 10^4 m3"},
        {"重复利用量 万m³", "repeated use 10^4 m3"}};
    park_sheet_head(sheet, "成员", "member");
    park_sheet_head(sheet, "市州", "city");
    park_sheet_head(sheet, "行业", "sector");
    year_head(sheet, v);
    for (int p = 0; p < PARK_REGION_PARTS; p++)
        park_sheet_head(sheet, PART[p].zh, PART[p].en);
    static const park_label HEADS[] = {{"增加值 万元（可比价）", "value added 10^4 CNY (constant prices)"},
                                       {"重复利用率（口径B）%", "reuse rate (basis B) %"}};
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t m = 0; m < v->region->members; m++)
        for (size_t y = 0; y < v->p->years; y++) {
            const double *row = v->p->member + (m * v->p->years + y) * (PARK_REGION_PARTS + 1);
            double        all = 0.0;
            park_sheet_label(sheet, v->region->member[m].label, v->region->member[m].id);
            park_sheet_text(sheet, v->region->member[m].city);
            park_sheet_label(sheet, park_region_sector_label(v->region->member[m].sector), "");
            park_sheet_whole(sheet, v->region->base + (int32_t)y);
            for (int p = 0; p < PARK_REGION_PARTS; p++) {
                park_sheet_wan(sheet, row[p]);
                all += row[p];
            }
            park_sheet_number(sheet, row[PARK_REGION_PARTS] / 1e4, 2);
            park_sheet_percent(sheet, all > 0.0 ? row[PARK_REGION_PART_REUSED] / all : NAN);
            park_sheet_end_row(sheet);
        }
    return PARK_OK;
}

/* --- backcast.csv --- */

static park_status backcast(park_sheet *sheet, const view *v)
{
    static const park_label HEADS[] = {{"年份", "year"},
                                       {"量", "quantity"},
                                       {"实际", "known"},
                                       {"回测", "foretold"},
                                       {"偏差 %", "deviation %"}};
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t i = 0; i < v->p->backcasts; i++) {
        const park_region_backcast *b = &v->p->backcast[i];
        const struct {
            const char *zh, *en;
            double      pair[2], si;
        } ROWS[] = {{"Vi 万m³", "Vi 10^4 m3", {b->vi[0], b->vi[1]}, 1e4},
                    {"Vih 万m³", "Vih 10^4 m3", {b->vih[0], b->vih[1]}, 1e4},
                    {"Vr 万m³", "Vr 10^4 m3", {b->vr[0], b->vr[1]}, 1e4},
                    {"R %", "R %", {b->rate[0], b->rate[1]}, 0.01}};
        for (size_t r = 0; r < sizeof ROWS / sizeof *ROWS; r++) {
            park_sheet_whole(sheet, b->year);
            park_sheet_word(sheet, ROWS[r].zh, ROWS[r].en);
            park_sheet_number(sheet, ROWS[r].pair[0] / ROWS[r].si, 4);
            park_sheet_number(sheet, ROWS[r].pair[1] / ROWS[r].si, 4);
            park_sheet_number(sheet, 100.0 * (ROWS[r].pair[1] / ROWS[r].pair[0] - 1.0), 3);
            park_sheet_end_row(sheet);
        }
    }
    return PARK_OK;
}

/* --- drivers.csv, measures.csv, causes.csv --- */

static park_status drivers(park_sheet *sheet, const view *v)
{
    static const park_label HEADS[] = {
        {"目标", "target"}, {"因素", "factor"}, {"方差份额 %", "share of the variance %"}};
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t t = 0; t < v->region->targets; t++)
        for (size_t f = 0; f < v->p->factors; f++) {
            if (!(v->p->share[t * v->p->factors + f] >= 1e-4))
                continue;
            park_sheet_label(sheet, v->region->target[t].label, v->region->target[t].id);
            park_sheet_label(sheet, park_region_factor_label(v->region, &v->p->factor[f], v->arena), "");
            park_sheet_percent(sheet, v->p->share[t * v->p->factors + f]);
            park_sheet_end_row(sheet);
        }
    return PARK_OK;
}

static park_status measures(park_sheet *sheet, const view *v)
{
    static const park_label HEADS[] = {{"措施", "measure"},
                                       {"目标", "target"},
                                       {"单位", "unit"},
                                       {"全部措施下的中值", "central, all measures"},
                                       {"不含该措施", "without it"}};
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t k = 0; k < v->region->measures; k++)
        for (size_t t = 0; t < v->region->targets; t++) {
            const park_region_target *target = &v->region->target[t];
            double                    si     = park_region_subject_si(v->region, &target->subject);
            int                       d      = park_region_subject_decimals(&target->subject) + 2;
            park_sheet_label(sheet, v->region->measure[k].label, v->region->measure[k].id);
            park_sheet_label(sheet, target->label, target->id);
            park_label unit = park_region_subject_unit(v->region, &target->subject);
            park_sheet_measure(sheet, unit.zh, unit.en);
            park_sheet_number(sheet, v->p->attainment[t].value / si, d);
            park_sheet_number(sheet, v->p->what_if[t * v->region->measures + k] / si, d);
            park_sheet_end_row(sheet);
        }
    return PARK_OK;
}

static void cause_row(park_sheet *sheet, park_label label, double value)
{
    park_sheet_label(sheet, label, "");
    park_sheet_wan(sheet, value);
    park_sheet_end_row(sheet);
}

static park_status causes(park_sheet *sheet, const view *v)
{
    const park_region_causes *c       = v->record->causes;
    static const park_label   HEADS[] = {
          {"成因", "cause"}, {"常规水源取水量的变化 万m³/a", "change of conventional intake 10^4 m3/a"}};
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    if (c == NULL)
        return PARK_OK;
    cause_row(sheet,
              (park_label){park_arena_printf(v->arena, "%d 年取水量", (int)c->from),
                           park_arena_printf(v->arena, "intake in %d", (int)c->from)},
              c->intake_from);
    cause_row(sheet, (park_label){"规模", "activity"}, c->activity);
    cause_row(sheet, (park_label){"结构", "structure"}, c->structure);
    cause_row(sheet, (park_label){"强度（措施以外）", "intensity, measures apart"}, c->intensity);
    for (size_t k = 0; k < v->region->measures; k++)
        cause_row(sheet, v->region->measure[k].label, c->measure[k]);
    cause_row(sheet, (park_label){"重复计算的扣减", "double counts taken out"}, c->eliminated);
    cause_row(sheet,
              (park_label){park_arena_printf(v->arena, "%d 年取水量", (int)c->to),
                           park_arena_printf(v->arena, "intake in %d", (int)c->to)},
              c->intake_to);
    return PARK_OK;
}

/* --- quality.csv, notes.csv --- */

static park_status quality(park_sheet *sheet, const view *v)
{
    static const park_label HEADS[] = {{"成员", "member"},
                                       {"取水 万m³", "intake 10^4 m3"},
                                       {"占区域 %", "share of the region %"},
                                       {"年均变化 %", "change a year %"},
                                       {"重复利用率（口径B）%", "reuse rate (basis B) %"},
                                       {"Vi/增加值 m³/万元", "Vi per value added m3/10^4 CNY"},
                                       {"有数据的产品数", "products with data"},
                                       {"须核对", "to look at"}};
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t m = 0; m < v->region->members; m++) {
        park_region_quality q;
        park_region_quality_of(v->record, m, &q);
        park_sheet_label(sheet, v->region->member[m].label, v->region->member[m].id);
        park_sheet_wan(sheet, q.intake);
        park_sheet_percent(sheet, q.share);
        park_sheet_percent(sheet, q.change);
        park_sheet_percent(sheet, q.rate);
        park_sheet_number(sheet, q.per_added * 1e4, 2);
        park_sheet_whole(sheet, (int64_t)q.products);
        park_sheet_word(sheet, q.zh, q.en);
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}

static park_status notes(park_sheet *sheet, const view *v)
{
    static const park_label HEADS[] = {
        {"编号", "number"}, {"类别", "kind"}, {"内容", "what"}, {"出处", "place"}};
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t i = 0; i < v->region->notes; i++) {
        const park_region_note *note = &v->region->note[i];
        park_sheet_text(sheet, note->id);
        park_sheet_label(sheet, PARK_REGION_NOTE_KIND[note->kind], "");
        park_sheet_label(sheet, note->text, "");
        park_sheet_text(sheet, note->place);
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}

/* --- indicators.csv, self_assessment.csv: the forms --- */

static park_status indicators(park_sheet *sheet, const view *v)
{
    park_region_form_indicators(sheet, v->record, v->arena);
    return PARK_OK;
}

static park_status assessment(park_sheet *sheet, const view *v)
{
    park_region_form_assessment(sheet, v->record, v->arena);
    return PARK_OK;
}

park_status park_region_tables(const park_region_record *record, bool zh, park_arena *arena,
                               park_sheet *sheet, size_t *count, park_error *err)
{
    static const struct {
        const char *name;
        park_status (*fill)(park_sheet *sheet, const view *v);
    } TABLES[] = {
        {"targets.csv", targets},   {"indicators.csv", indicators}, {"self_assessment.csv", assessment},
        {"years.csv", years},       {"sources.csv", sources},       {"eliminations.csv", eliminations},
        {"members.csv", members},   {"backcast.csv", backcast},     {"drivers.csv", drivers},
        {"measures.csv", measures}, {"causes.csv", causes},         {"quality.csv", quality},
        {"notes.csv", notes}};
    const view v = {record, record->region, record->projection, arena, err};
    *count       = 0;
    for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++) {
        park_sheet_begin(&sheet[*count], arena, TABLES[i].name, zh);
        PARK_TRY(TABLES[i].fill(&sheet[(*count)++], &v));
    }
    if (record->quotas != NULL && record->region->products > 0) {
        park_sheet_begin(&sheet[*count], arena, "benchmark.csv", zh);
        park_region_form_benchmark(&sheet[(*count)++], record, arena);
    }
    return park_region_allocation_tables(record, zh, arena, sheet, count, err);
}
