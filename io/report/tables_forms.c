/* Forms of the water-balance test and of applications: the year's use of water (A2), use by purpose (A8), leaks (A9), closure (A11),
 * enterprises and the park side by side with what is eliminated, the self-assessment. */
#include "indicator_text.h"
#include "report/tables_parts.h"

#include "base/calendar.h"
#include "quantity.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double WAN = 1e4; /* [CNY] */

typedef struct member {
    int32_t      enterprise; /* PARK_NONE: the utility */
    park_volumes v;
} member;

static double at(const park_volumes *v, size_t offset)
{
    return *(const double *)(const void *)((const char *)v + offset);
}

/* The utility and the enterprises, [enterprises + 1], and the park. */
static park_status members_of(const park_tables *t, const park_account *account, member **all,
                              park_volumes *park, park_error *err)
{
    size_t count = t->model->enterprises + 1;
    *all         = PARK_ARRAY(t->arena, count, member);
    if (*all == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a table");
    for (size_t i = 0; i < count; i++) {
        (*all)[i].enterprise = i + 1 < count ? (int32_t)i : PARK_NONE;
        PARK_TRY(park_volumes_of(t->model, account->ledger, PARK_BOUNDARY_ENTERPRISE, (*all)[i].enterprise,
                                 &(*all)[i].v, err));
    }
    return park_volumes_of(t->model, account->ledger, PARK_BOUNDARY_PARK, PARK_NONE, park, err);
}

/* --- side by side, with eliminations --- */

static const struct {
    const char *zh, *en;
    size_t      offset;
} VOLUMES[] = {
    {"常规水源取水量 Vi", "conventional intake Vi", offsetof(park_volumes, vi_conventional)},
    {"非常规水源取水量 Vih", "non-conventional intake Vih", offsetof(park_volumes, vih)},
    {"新水量 Vf", "fresh water Vf", offsetof(park_volumes, vf)},
    {"循环水量 Vcy", "circulating Vcy", offsetof(park_volumes, vcy)},
    {"串联水量 Vs", "serial Vs", offsetof(park_volumes, vs)},
    {"处理后回用量 Vre", "reused after treatment Vre", offsetof(park_volumes, vre)},
    {"重复利用水量 Vr", "repeated use Vr", offsetof(park_volumes, vr)},
    {"用水量 Vt", "water use Vt", offsetof(park_volumes, vt)},
    {"耗水量 Vco", "consumption Vco", offsetof(park_volumes, vco)},
    {"外供水量", "given to others", offsetof(park_volumes, exported)},
    {"排水量 Vd", "discharge Vd", offsetof(park_volumes, vd)},
    {"漏失水量 Vl", "leaks Vl", offsetof(park_volumes, vl)},
};

typedef double (*ratio)(const park_volumes *v);

static double share(double part, double whole)
{
    return whole > 0.0 ? part / whole : NAN;
}
static double reuse_a(const park_volumes *v)
{
    return share(v->vr, v->vi_conventional + v->vr);
}
static double reuse_b(const park_volumes *v)
{
    return share(v->vr, v->vf + v->vr);
}
static double reuse_b_bare(const park_volumes *v)
{
    double repeated = v->vr - v->vcy_indirect - v->vcy_direct;
    return share(repeated, v->vf + repeated);
}
static double other_water(const park_volumes *v)
{
    return share(v->vih, v->vi_conventional + v->vih);
}
static double leak_a(const park_volumes *v)
{
    return share(v->vl, v->vi_conventional);
}
static double leak_b(const park_volumes *v)
{
    return share(v->vl, v->vf);
}

static const struct {
    const char *zh, *en;
    ratio       of;
} RATES[] = {
    {"重复利用率（口径A）", "reuse rate, basis A", reuse_a},
    {"重复利用率（口径B）", "reuse rate, basis B", reuse_b},
    {"重复利用率（口径B，不计冷却循环）", "reuse rate, basis B without towers", reuse_b_bare},
    {"非常规水源替代率", "share of non-conventional water", other_water},
    {"用水综合漏失率（漏失/常规取水）", "leak rate (of conventional intake)", leak_a},
    {"用水综合漏失率（漏失/新水量）", "leak rate (of fresh water)", leak_b},
};

static void side_by_side(const park_tables *t, park_sheet *sheet, const park_account *account,
                         const member *all, const park_volumes *park)
{
    size_t count = t->model->enterprises + 1;
    for (size_t i = 0; i < sizeof VOLUMES / sizeof *VOLUMES; i++) {
        double sum = 0.0, whole = at(park, VOLUMES[i].offset);
        park_sheet_word(sheet, account->zh, account->en);
        park_sheet_word(sheet, VOLUMES[i].zh, VOLUMES[i].en);
        park_sheet_measure(sheet, "m³/d", "m3/d");
        for (size_t m = 0; m < count; m++) {
            park_sheet_daily(sheet, at(&all[m].v, VOLUMES[i].offset));
            sum += at(&all[m].v, VOLUMES[i].offset);
        }
        park_sheet_daily(sheet, sum);
        park_sheet_daily(sheet, whole - sum);
        park_sheet_daily(sheet, whole);
        park_sheet_end_row(sheet);
    }
    for (size_t i = 0; i < sizeof RATES / sizeof *RATES; i++) {
        park_sheet_word(sheet, account->zh, account->en);
        park_sheet_word(sheet, RATES[i].zh, RATES[i].en);
        park_sheet_text(sheet, "%");
        for (size_t m = 0; m < count; m++)
            park_sheet_percent(sheet, RATES[i].of(&all[m].v));
        park_sheet_text(sheet, ""); /* rates are neither summed nor averaged */
        park_sheet_text(sheet, "");
        park_sheet_percent(sheet, RATES[i].of(park));
        park_sheet_end_row(sheet);
    }
}

park_status park_table_consolidation(const park_tables *t, park_sheet *sheet, park_error *err)
{
    park_sheet_head(sheet, "账户", "account");
    park_sheet_head(sheet, "项目", "item");
    park_sheet_head(sheet, "单位", "unit");
    for (size_t e = 0; e < t->model->enterprises; e++) {
        const park_enterprise_info *who = &t->model->enterprise[e];
        park_sheet_head(sheet, who->label.zh != NULL ? who->label.zh : who->id,
                        who->label.en != NULL ? who->label.en : who->id);
    }
    park_sheet_enterprise(sheet, t->model, PARK_NONE);
    park_sheet_head(sheet, "合计", "sum");
    park_sheet_head(sheet, "抵销", "elimination");
    park_sheet_head(sheet, "园区合并", "park, consolidated");
    park_sheet_end_row(sheet);
    for (size_t a = 0; a < t->accounts; a++) {
        member      *all;
        park_volumes park;
        PARK_TRY(members_of(t, &t->account[a], &all, &park, err));
        side_by_side(t, sheet, &t->account[a], all, &park);
    }
    return PARK_OK;
}

/* --- the year's use of water, by enterprise and product --- */

static int32_t year_of(const park_model *model)
{
    return model->time.steady ? 0 : park_civil_at(model->time.start, PARK_OFFSET_CHINA).year;
}

const char *park_output_unit(park_dimension output, bool zh, double *si)
{
    static const struct {
        park_dimension dim;
        double         si;
        const char    *zh, *en;
    } UNIT[] = {{PARK_DIM_PRODUCT_MASS_RATE, 1e3, "t", "t"},
                {PARK_DIM_PRODUCT_LENGTH_RATE, 1e2, "百米", "100 m"},
                {PARK_DIM_PRODUCT_AREA_RATE, 1.0, "m²", "m2"},
                {PARK_DIM_PRODUCT_VOLUME_RATE, 1.0, "m³", "m3"},
                {PARK_DIM_PRODUCT_ENERGY_RATE, 3.6e9, "MWh", "MWh"}};
    for (size_t i = 0; i < sizeof UNIT / sizeof *UNIT; i++)
        if (output == UNIT[i].dim) {
            *si = UNIT[i].si;
            return zh ? UNIT[i].zh : UNIT[i].en;
        }
    *si = 1.0;
    return zh ? "件" : "pieces";
}

static void output_cells(park_sheet *sheet, const park_product_info *product)
{
    double      si;
    const char *unit = park_output_unit(product->dim, sheet->zh, &si);
    park_sheet_number(sheet, product->rate * PARK_YEAR_SECONDS / si, 2);
    park_sheet_measure(sheet, unit, unit);
}

static void use_volumes(park_sheet *sheet, const park_volumes *v, double value_added)
{
    double wan = value_added * PARK_YEAR_SECONDS / WAN;
    park_sheet_wan(sheet, v->vi_conventional);
    park_sheet_wan(sheet, v->vih_reclaimed);
    park_sheet_wan(sheet, v->vih_mine);
    park_sheet_wan(sheet, v->vih_rain);
    park_sheet_wan(sheet, v->vr);
    park_sheet_wan(sheet, v->vd);
    park_sheet_number(sheet, wan, 1);
    park_sheet_number(sheet, wan > 0.0 ? v->vi_conventional / wan : NAN, 3);
    park_sheet_number(sheet, wan > 0.0 ? v->vf / wan : NAN, 3);
}

static void unit_intake(const park_tables *t, park_sheet *sheet, const park_account *account,
                        const char *product, park_basis basis)
{
    bool                   plan = t->record->design != NULL && account->ledger == t->record->design->ledger;
    const park_indicators *list = plan ? t->record->promised : t->record->simulated;
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const park_indicator *item = &list->item[i];
        double                si;
        if (strcmp(item->id, "unit_intake") != 0 || item->subject == NULL ||
            strcmp(item->subject, product) != 0 || item->basis != basis)
            continue;
        (void)park_indicator_unit(item->dim, sheet->zh, &si);
        park_sheet_number(sheet, item->value / si, 4);
        return;
    }
    park_sheet_text(sheet, "");
}

static void use_row(const park_tables *t, park_sheet *sheet, const park_account *account, const member *m,
                    const park_product_info *product)
{
    const park_enterprise_info *who = m->enterprise >= 0 ? &t->model->enterprise[m->enterprise] : NULL;
    park_sheet_word(sheet, account->zh, account->en);
    if (year_of(t->model) > 0)
        park_sheet_whole(sheet, year_of(t->model));
    else
        park_sheet_word(sheet, "稳态年", "steady");
    park_sheet_enterprise(sheet, t->model, m->enterprise);
    park_sheet_text(sheet, who != NULL && who->sector != NULL ? who->sector : "");
    use_volumes(sheet, &m->v, who != NULL ? who->value_added : NAN);
    if (product == NULL) {
        for (int i = 0; i < 5; i++)
            park_sheet_text(sheet, "");
    } else {
        park_sheet_label(sheet, product->label, product->id);
        output_cells(sheet, product);
        unit_intake(t, sheet, account, product->id, PARK_BASIS_CONVENTIONAL);
        unit_intake(t, sheet, account, product->id, PARK_BASIS_ALL_SOURCES);
    }
    park_sheet_end_row(sheet);
}

park_status park_table_water_use(const park_tables *t, park_sheet *sheet, park_error *err)
{
    static const char *const HEADS[][2] = {
        {"账户", "account"},
        {"年份", "year"},
        {"企业", "enterprise"},
        {"行业", "sector"},
        {"常规水源取水量 (万m³)", "conventional intake (10^4 m3)"},
        {"再生水取水量 (万m³)", "reclaimed water (10^4 m3)"},
        {"矿井水取水量 (万m³)", "mine water (10^4 m3)"},
        {"雨水利用量 (万m³)", "rain (10^4 m3)"},
        {"重复利用水量 (万m³)", "repeated use (10^4 m3)"},
        {"排水量 (万m³)", "discharge (10^4 m3)"},
        {"工业增加值 (万元)", "value added (10^4 CNY)"},
        {"万元增加值取水量A (m³/万元)", "intake per value added A (m3/10^4 CNY)"},
        {"万元增加值取水量B (m³/万元)", "intake per value added B (m3/10^4 CNY)"},
        {"产品", "product"},
        {"产量", "output"},
        {"产量单位", "unit of output"},
        {"单位产品取水量A (m³/产量单位)", "intake per product A (m3 per unit of indicators)"},
        {"单位产品取水量B (m³/产量单位)", "intake per product B (m3 per unit of indicators)"}};
    for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++)
        park_sheet_head(sheet, HEADS[i][0], HEADS[i][1]);
    park_sheet_end_row(sheet);
    for (size_t a = 0; a < t->accounts; a++) {
        member      *all;
        park_volumes park;
        PARK_TRY(members_of(t, &t->account[a], &all, &park, err));
        for (size_t m = 0; m <= t->model->enterprises; m++) {
            const park_enterprise_info *who =
                all[m].enterprise >= 0 ? &t->model->enterprise[all[m].enterprise] : NULL;
            use_row(t, sheet, &t->account[a], &all[m],
                    who != NULL && who->products > 0 ? &who->product[0] : NULL);
            for (size_t p = 1; who != NULL && p < who->products; p++)
                use_row(t, sheet, &t->account[a], &all[m], &who->product[p]);
        }
    }
    return PARK_OK;
}

/* --- by purpose --- */

park_status park_table_uses(const park_tables *t, park_sheet *sheet, park_error *err)
{
    static const char *const ZH[] = {"间接冷却", "直接冷却", "工艺", "锅炉", "生活", "绿化", "未注明"};
    static const char *const EN[]       = {"indirect cooling", "direct cooling", "process", "boiler",
                                           "domestic",         "irrigation",     "not said"};
    static const char *const HEADS[][2] = {{"账户", "account"},
                                           {"企业", "enterprise"},
                                           {"用水性质", "use"},
                                           {"用水单元数", "units"},
                                           {"新水量 (m³/d)", "fresh water Vf (m3/d)"},
                                           {"重复利用水量 (m³/d)", "repeated use Vr (m3/d)"},
                                           {"用水量 (m³/d)", "water use Vt (m3/d)"},
                                           {"耗水量 (m³/d)", "consumption Vco (m3/d)"},
                                           {"排水与外供 (m³/d)", "discharged and handed on (m3/d)"},
                                           {"重复利用率 (%)", "repeated of use (%)"}};
    for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++)
        park_sheet_head(sheet, HEADS[i][0], HEADS[i][1]);
    park_sheet_end_row(sheet);
    for (size_t a = 0; a < t->accounts; a++)
        for (int32_t e = PARK_NONE; e < (int32_t)t->model->enterprises; e++)
            for (int use = 0; use <= PARK_USE_NONE; use++) {
                park_volumes sum   = {0};
                size_t       units = 0;
                for (size_t u = 0; u < t->model->units; u++) {
                    const park_unit_info *unit = &t->model->unit[u];
                    park_volumes          v;
                    if (unit->role != PARK_USER || unit->enterprise != e || (int)unit->use != use)
                        continue;
                    PARK_TRY(park_volumes_of(t->model, t->account[a].ledger, PARK_BOUNDARY_UNIT, (int32_t)u,
                                             &v, err));
                    units++;
                    sum.vf += v.vf, sum.vr += v.vr, sum.vt += v.vt, sum.vco += v.vco,
                        sum.vd += v.vd + v.exported;
                }
                if (units == 0)
                    continue;
                park_sheet_word(sheet, t->account[a].zh, t->account[a].en);
                park_sheet_enterprise(sheet, t->model, e);
                park_sheet_word(sheet, ZH[use], EN[use]);
                park_sheet_whole(sheet, (int64_t)units);
                park_sheet_daily(sheet, sum.vf);
                park_sheet_daily(sheet, sum.vr);
                park_sheet_daily(sheet, sum.vt);
                park_sheet_daily(sheet, sum.vco);
                park_sheet_daily(sheet, sum.vd);
                park_sheet_percent(sheet, share(sum.vr, sum.vt));
                park_sheet_end_row(sheet);
            }
    return PARK_OK;
}

/* --- closure and leaks of every boundary --- */

/* What a unit uses again comes in; within an enterprise and the park it stays inside. */
static void closure_row(park_sheet *sheet, const park_volumes *v, bool of_unit)
{
    double in  = v->vf + v->streams + v->own + (of_unit ? v->vs + v->vre : 0.0);
    double out = in - v->imbalance;
    park_sheet_daily(sheet, in);
    park_sheet_daily(sheet, out);
    park_sheet_daily(sheet, v->imbalance);
    park_sheet_percent(sheet, share(v->imbalance, in));
    park_sheet_daily(sheet, v->vl);
    park_sheet_percent(sheet, leak_a(v));
    park_sheet_percent(sheet, leak_b(v));
    park_sheet_end_row(sheet);
}

park_status park_table_closure(const park_tables *t, park_sheet *sheet, park_error *err)
{
    static const char *const HEADS[][2] = {
        {"账户", "account"},
        {"边界", "boundary"},
        {"名称", "name"},
        {"输入合计，不含循环 (m³/d)", "sum of inputs, circulation apart (m3/d)"},
        {"输出合计，不含循环 (m³/d)", "sum of outputs, circulation apart (m3/d)"},
        {"不平衡量 (m³/d)", "imbalance (m3/d)"},
        {"不平衡率 (%)", "imbalance (%)"},
        {"漏失水量 (m³/d)", "leaks (m3/d)"},
        {"漏失率（占常规取水，%）", "leak rate (of conventional intake, %)"},
        {"漏失率（占新水量，%）", "leak rate (of fresh water, %)"}};
    for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++)
        park_sheet_head(sheet, HEADS[i][0], HEADS[i][1]);
    park_sheet_end_row(sheet);
    for (size_t a = 0; a < t->accounts; a++) {
        const park_account *account = &t->account[a];
        member             *all;
        park_volumes        park, v;
        for (size_t u = 0; u < t->model->units; u++) {
            if (t->model->unit[u].role == PARK_SOURCE || t->model->unit[u].role == PARK_SINK)
                continue;
            PARK_TRY(park_volumes_of(t->model, account->ledger, PARK_BOUNDARY_UNIT, (int32_t)u, &v, err));
            park_sheet_word(sheet, account->zh, account->en);
            park_sheet_word(sheet, "单元", "unit");
            park_sheet_label(sheet, t->model->unit[u].label, t->model->unit[u].id);
            closure_row(sheet, &v, true);
        }
        PARK_TRY(members_of(t, account, &all, &park, err));
        for (size_t m = 0; m <= t->model->enterprises; m++) {
            park_sheet_word(sheet, account->zh, account->en);
            park_sheet_word(sheet, "企业", "enterprise");
            park_sheet_enterprise(sheet, t->model, all[m].enterprise);
            closure_row(sheet, &all[m].v, false);
        }
        park_sheet_word(sheet, account->zh, account->en);
        park_sheet_word(sheet, "园区", "park");
        park_sheet_label(sheet, t->model->name, "");
        closure_row(sheet, &park, false);
    }
    return PARK_OK;
}

/* --- self-assessment --- */

/* Criteria whose wording was seen in excerpts are judged; those of standards whose text was not seen are 待核. */
static const struct {
    const char *zh, *en, *source_zh, *source_en;
    double      bound; /* of the value below */
    bool        least, seen;
    enum { REUSE, PER_VALUE, RECLAIMED, WASTE_PER_VALUE } what;
} CRITERIA[] = {
    {"园区工业用水重复利用率", "reuse rate of the park", "工业废水循环利用典型案例征集（2024，转引）",
     "call for cases of circulating wastewater (2024, by an excerpt)", 94.0, true, true, REUSE},
    {"万元工业增加值用水量", "water per value added", "工业废水循环利用典型案例征集（2024，转引）",
     "call for cases of circulating wastewater (2024, by an excerpt)", 6.7, false, true, PER_VALUE},
    {"再生水占用水总量比例", "reclaimed water of all water", "工业废水循环利用典型案例征集（2024，转引）",
     "call for cases of circulating wastewater (2024, by an excerpt)", 25.0, true, true, RECLAIMED},
    {"单位工业增加值新鲜水耗", "fresh water per value added", "HJ 274-2015", "HJ 274-2015", 8.0, false, false,
     PER_VALUE},
    {"工业用水重复利用率", "reuse rate", "HJ 274-2015", "HJ 274-2015", 75.0, true, false, REUSE},
    {"单位工业增加值废水排放量", "wastewater per value added", "HJ 274-2015", "HJ 274-2015", 7.0, false,
     false, WASTE_PER_VALUE},
};

static double assessed(const park_tables *t, const park_volumes *park, int what)
{
    double wan = 0.0;
    for (size_t e = 0; e < t->model->enterprises; e++)
        wan += t->model->enterprise[e].value_added * PARK_YEAR_SECONDS / WAN; /* NAN where one is not said */
    switch (what) {
    case REUSE:
        return 100.0 * reuse_b(park);
    case PER_VALUE:
        return wan > 0.0 ? park->vf / wan : NAN;
    case RECLAIMED:
        return 100.0 * share(park->vih_reclaimed + park->vre, park->vf + park->vs + park->vre);
    default:
        return wan > 0.0 ? park->vd / wan : NAN;
    }
}

park_status park_table_assessment(const park_tables *t, park_sheet *sheet, park_error *err)
{
    static const char *const HEADS[][2] = {{"账户", "account"},
                                           {"评价内容", "criterion"},
                                           {"单位", "unit"},
                                           {"要求", "asked"},
                                           {"数值（口径B）", "value (basis B)"},
                                           {"结论", "verdict"},
                                           {"依据", "source"},
                                           {"数据来源", "evidence"}};
    for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++)
        park_sheet_head(sheet, HEADS[i][0], HEADS[i][1]);
    park_sheet_end_row(sheet);
    for (size_t a = 0; a < t->accounts; a++) {
        park_volumes park;
        PARK_TRY(park_volumes_of(t->model, t->account[a].ledger, PARK_BOUNDARY_PARK, PARK_NONE, &park, err));
        for (size_t i = 0; i < sizeof CRITERIA / sizeof *CRITERIA; i++) {
            double value  = assessed(t, &park, CRITERIA[i].what);
            bool   share_ = CRITERIA[i].what == REUSE || CRITERIA[i].what == RECLAIMED;
            bool   met    = CRITERIA[i].least ? value >= CRITERIA[i].bound : value <= CRITERIA[i].bound;
            char   asked[32];
            snprintf(asked, sizeof asked, "%s %g", CRITERIA[i].least ? "≥" : "≤", CRITERIA[i].bound);
            park_sheet_word(sheet, t->account[a].zh, t->account[a].en);
            park_sheet_word(sheet, CRITERIA[i].zh, CRITERIA[i].en);
            park_sheet_measure(sheet, share_ ? "%" : "m³/万元", share_ ? "%" : "m3/10^4 CNY");
            park_sheet_text(sheet, asked);
            park_sheet_number(sheet, value, 2);
            if (!CRITERIA[i].seen)
                park_sheet_word(sheet, "待核", "待核");
            else if (isnan(value))
                park_sheet_word(sheet, "缺数据", "no data");
            else
                park_sheet_word(sheet, met ? "符合" : "不符合", met ? "met" : "not met");
            park_sheet_word(sheet, CRITERIA[i].source_zh, CRITERIA[i].source_en);
            park_sheet_text(sheet, "consolidation.csv, water_use.csv");
            park_sheet_end_row(sheet);
        }
    }
    return PARK_OK;
}
