/* Water side by side: volumes, balance diagrams, indicators, products against plan and quotas, quality, salt. */
#include "report/compare_pen.h"

#include "indicator_text.h"
#include "report/balance.h"
#include "run_names.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const park_label ORIGIN[PARK_ORIGIN_NONE] = {
    [PARK_ORIGIN_SURFACE]             = {.zh = "地表水", .en = "surface water"},
    [PARK_ORIGIN_GROUND]              = {.zh = "地下水", .en = "ground water"},
    [PARK_ORIGIN_TAP]                 = {.zh = "自来水", .en = "town water"},
    [PARK_ORIGIN_RECLAIMED_MUNICIPAL] = {.zh = "市政再生水", .en = "reclaimed, municipal"},
    [PARK_ORIGIN_RECLAIMED_PARK]      = {.zh = "园区再生水", .en = "reclaimed, of the park"},
    [PARK_ORIGIN_MINE]                = {.zh = "矿井水", .en = "mine water"},
    [PARK_ORIGIN_RAIN]                = {.zh = "雨水", .en = "rain"},
    [PARK_ORIGIN_STREAM]              = {.zh = "外来废水", .en = "streams from outside"},
    [PARK_ORIGIN_WASTEWATER]          = {.zh = "废水", .en = "wastewater"}};

park_label park_origin_label(park_origin origin)
{
    return ORIGIN[origin];
}

typedef struct volume {
    const char *zh, *en;
    size_t      at; /* in park_volumes */
} volume;
static const volume VOLUMES[] = {
    {"常规水源取水量 Vi", "conventional intake Vi", offsetof(park_volumes, vi_conventional)},
    {"非常规水源取水量 Vih", "non-conventional intake Vih", offsetof(park_volumes, vih)},
    {"新水量 Vf", "fresh water Vf", offsetof(park_volumes, vf)},
    {"循环水量 Vcy", "circulating Vcy", offsetof(park_volumes, vcy)},
    {"串联水量 Vs", "cascade Vs", offsetof(park_volumes, vs)},
    {"处理后回用水量 Vre", "treated and reused Vre", offsetof(park_volumes, vre)},
    {"重复利用水量 Vr", "repeated use Vr", offsetof(park_volumes, vr)},
    {"用水量 Vt", "water use Vt", offsetof(park_volumes, vt)},
    {"耗水量 Vco", "consumption Vco", offsetof(park_volumes, vco)},
    {"排水量 Vd", "discharge Vd", offsetof(park_volumes, vd)},
    {"漏失水量 Vl", "leaks Vl", offsetof(park_volumes, vl)},
};

static double volume_of(const park_compared *c, size_t at)
{
    double value;
    memcpy(&value, (const char *)&c->volumes + at, sizeof value);
    return value;
}

static void volume_row(park_compare_pen *pen, park_label                      label,
                       double (*value)(const park_compared *, size_t), size_t at)
{
    bool some = false;
    for (size_t i = 0; i < pen->all->count; i++)
        some = some || fabs(value(&pen->all->run[i], at)) > 1e-9;
    if (!some)
        return;
    park_compare_row(pen, label.zh, label.en, "m³/d", "m³/d");
    for (size_t i = 0; i < pen->all->count; i++)
        park_page_cell_number(&pen->page, value(&pen->all->run[i], at) / 365.0, 1);
    park_page_row_end(&pen->page);
}

static double taken(const park_compared *c, size_t origin)
{
    return c->taken[origin];
}

void park_compare_volumes(park_compare_pen *pen)
{
    static const char *const TITLES[] = {"水量", "volume", "单位", "unit", NULL};
    park_page               *page     = &pen->page;
    park_page_section(page, "volumes", "水源与水量", "Sources and volumes");
    park_compare_table(pen, TITLES);
    for (size_t o = 0; o < PARK_ORIGIN_NONE; o++)
        volume_row(pen, ORIGIN[o], taken, o);
    for (size_t k = 0; k < sizeof VOLUMES / sizeof VOLUMES[0]; k++)
        volume_row(pen, (park_label){.zh = VOLUMES[k].zh, .en = VOLUMES[k].en}, volume_of, VOLUMES[k].at);
    park_page_table_end(page);
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(
        page, "园区边界；企业间转供与园区再生水已抵销。蒸发、风吹计入耗水量，不计入节水量。",
        "At the park's boundary; transfers between enterprises and the park's own reclaimed water are "
        "eliminated. Evaporation and drift are consumption, never a saving.");
    park_text_add(&page->out, "</p>\n");
    park_page_section_end(page);
}

void park_compare_diagrams(park_compare_pen *pen)
{
    park_page *page = &pen->page;
    park_page_section(page, "diagrams", "水量平衡图", "Balance diagrams");
    for (size_t i = 0; i < pen->all->count && page->status == PARK_OK; i++) {
        const park_compared *c       = &pen->all->run[i];
        park_balance        *balance = NULL;
        park_text            svg;
        page->status = park_balance_of(c->model, c->ledger, page->arena, &balance, page->err);
        if (page->status != PARK_OK)
            return;
        park_text_init(&svg, page->arena);
        park_balance_svg(balance, &svg, page->arena);
        park_compare_figure(
            pen, park_text_done(&svg), park_arena_printf(page->arena, "balance_%zu", i + 1),
            park_arena_printf(page->arena, "%.80s：水量平衡图（m³/d，年平均）", c->name),
            park_arena_printf(page->arena, "%.80s: water balance (m³/d, mean of the year)", c->name));
    }
    park_page_section_end(page);
}

/* ---- indicators ---- */

/* Is this the first run that has the indicator? */
static bool first_with(park_compare_pen *pen, size_t run, const char *text)
{
    for (size_t i = 0; i < run; i++)
        if (park_compared_indicator(&pen->all->run[i], text, pen->page.arena) != NULL)
            return false;
    return true;
}

static void indicator_row(park_compare_pen *pen, const park_compared *c, const park_indicator *item,
                          const char *text)
{
    park_page *page = &pen->page;
    page->model     = c->model;
    park_page_row(page);
    park_page_cell(page);
    park_page_label(page, item->label, item->id);
    if (item->subject != NULL)
        park_text_add(&page->out, " · "), park_page_text(page, item->subject);
    if (!item->with_circulation)
        park_page_both(page, "（不计循环）", " (without circulation)");
    park_page_cell(page);
    if (item->boundary == PARK_BOUNDARY_PARK)
        park_page_both(page, "园区", "park");
    else if (item->boundary == PARK_BOUNDARY_ENTERPRISE && item->enterprise >= 0)
        park_page_label(page, c->model->enterprise[item->enterprise].label,
                        c->model->enterprise[item->enterprise].id);
    else if (item->unit >= 0)
        park_page_unit(page, item->unit);
    park_page_cell(page);
    park_text_add(&page->out, !item->basis_matters                     ? "—"
                              : item->basis == PARK_BASIS_CONVENTIONAL ? "A"
                                                                       : "B");
    for (size_t i = 0; i < pen->all->count; i++) {
        const park_indicator *here = park_compared_indicator(&pen->all->run[i], text, page->arena);
        park_text_add(&page->out, "<td class=\"n\">");
        if (here != NULL)
            park_page_value(page, here);
        else
            park_text_add(&page->out, "—");
    }
    park_page_row_end(page);
}

void park_compare_indicators(park_compare_pen *pen)
{
    static const char *const TITLES[] = {"指标", "indicator", "边界", "boundary", "口径", "basis", NULL};
    park_page               *page     = &pen->page;
    park_page_section(page, "indicators", "全部指标", "Every indicator");
    park_compare_table(pen, TITLES);
    for (size_t i = 0; i < pen->all->count; i++) {
        const park_compared *c = &pen->all->run[i];
        for (size_t k = 0; k < c->indicators->count; k++) {
            const park_indicator *item = &c->indicators->item[k];
            const char           *text = park_indicator_text(page->arena, c->model, item);
            if (strcmp(item->id, "cost") == 0 || strcmp(item->id, "cost_per_m3") == 0 ||
                strcmp(item->id, "carbon") == 0 || strcmp(item->id, "carbon_per_m3") == 0)
                continue; /* of plans alone; the present has them in the tables of money and energy */
            if (text != NULL && first_with(pen, i, text))
                indicator_row(pen, c, item, text);
        }
    }
    park_page_table_end(page);
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(
        page, "A：取水量只计常规水源；B：计全部水源。各比率为年总量之比，不是各期或各企业比率的平均。",
        "A: conventional sources alone; B: all sources. Rates are ratios of a year's sums, never means of "
        "rates.");
    park_text_add(&page->out, "</p>\n");
    park_page_section_end(page);
}

/* ---- products ---- */

static void quota_cell(park_page *page, const park_quota *quota, park_quota_class class)
{
    park_text_add(&page->out, "<td class=\"n\">");
    if (quota == NULL)
        park_text_add(&page->out, "—");
    else if (quota->unseen[class])
        park_page_both(page, class == PARK_QUOTA_PLAN_2020 ? "—" : "待核",
                       class == PARK_QUOTA_PLAN_2020 ? "—" : "not seen");
    else
        park_page_quantity(page, quota->value[class], quota->dim);
}

static void product_row(park_compare_pen *pen, const park_compared *base, const park_indicator *item)
{
    park_page        *page = &pen->page;
    const char       *text = park_indicator_text(page->arena, base->model, item);
    const park_quota *quota =
        pen->all->quotas != NULL ? park_quotas_find(pen->all->quotas, item->subject) : NULL;
    double plan = quota != NULL ? quota->value[PARK_QUOTA_PLAN_2025] : NAN;
    park_page_row(page);
    park_page_cell(page);
    park_page_text(page, quota != NULL && quota->name[0] != '\0' ? quota->name : item->subject);
    park_text_add(&page->out, item->basis == PARK_BASIS_CONVENTIONAL ? "<td>A" : "<td>B");
    for (int class = 0; class < PARK_QUOTA_CLASSES; class ++)
        quota_cell(page, quota, (park_quota_class) class);
    for (size_t i = 0; i < pen->all->count; i++) {
        const park_indicator *here = park_compared_indicator(&pen->all->run[i], text, page->arena);
        bool known = here != NULL && isfinite(here->value) && isfinite(plan) && quota->dim == here->dim;
        park_text_printf(&page->out, "<td class=\"n%s\">",
                         !known                               ? ""
                         : here->value <= plan * (1.0 + 1e-7) ? " good"
                                                              : " bad");
        if (here == NULL) {
            park_text_add(&page->out, "—");
            continue;
        }
        park_page_value(page, here);
        if (known)
            park_text_add(&page->out, here->value <= plan * (1.0 + 1e-7) ? " ✓" : " ✗");
    }
    park_page_row_end(page);
}

void park_compare_products(park_compare_pen *pen)
{
    static const char *const TITLES[] = {"产品",   "product",    "口径",   "basis",   "2020年均值",
                                         "2020>",  "2025年预期", "2025>",  "通用值",  "general>",
                                         "先进值", "advanced>",  "领跑值", "leader>", NULL};
    park_page               *page     = &pen->page;
    const park_compared     *base     = &pen->all->run[pen->all->present];
    bool                     some     = false;
    for (size_t k = 0; k < base->indicators->count; k++)
        some = some || base->indicators->item[k].subject != NULL;
    if (!some)
        return;
    park_page_section(page, "products", "单位产品取水量", "Intake per product");
    park_compare_table(pen, TITLES);
    for (size_t k = 0; k < base->indicators->count; k++)
        if (base->indicators->item[k].subject != NULL &&
            strcmp(base->indicators->item[k].id, "unit_intake") == 0)
            product_row(pen, base, &base->indicators->item[k]);
    park_page_table_end(page);
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(
        page,
        "✓/✗ 对照行动计划 2025 "
        "年预期值（预期性指标）。定额取自所给数据文件；“待核”表示未见标准原文，不作结论。来源：",
        "✓/✗ against the action plan's value for 2025 (indicative). Quotas are those of the data file; where "
        "the standard was not seen nothing is concluded. Source: ");
    park_page_text(page, pen->all->quotas != NULL ? pen->all->quotas->name : "—");
    park_text_add(&page->out, "</p>\n");
    park_page_section_end(page);
}

/* ---- quality ---- */

static const double MG_L = 1e-3; /* [kg/m3] */

static void quality_row(park_compare_pen *pen, const char *inlet, int32_t unit, size_t c)
{
    park_page                   *page = &pen->page;
    const park_compared         *base = &pen->all->run[pen->all->present];
    const park_constituent_info *what = &base->model->constituent[c];
    park_arriving                here;
    if (!park_compared_arriving(base, inlet, what->id, page->arena, &here))
        return;
    bool some = isfinite(here.limit);
    for (size_t i = 0; i < pen->all->count; i++)
        if (park_compared_arriving(&pen->all->run[i], inlet, what->id, page->arena, &here))
            some = some || isfinite(here.limit);
    if (!some)
        return;
    park_page_row(page);
    park_page_cell(page);
    page->model = base->model;
    park_page_unit(page, unit);
    park_page_cell(page);
    park_page_text(page, what->id);
    for (size_t i = 0; i < pen->all->count; i++) {
        bool there = park_compared_arriving(&pen->all->run[i], inlet, what->id, page->arena, &here);
        bool over  = there && here.worst > here.limit * (1.0 + 1e-6);
        park_text_printf(&page->out, "<td class=\"n%s\">", over ? " over" : "");
        if (!there || isnan(here.mean)) {
            park_text_add(&page->out, "—");
            continue;
        }
        park_page_number(page, here.mean / MG_L, 1);
        park_text_add(&page->out, " / ");
        park_page_number(page, here.worst / MG_L, 1);
        if (isfinite(here.limit)) {
            park_text_add(&page->out, " ≤ ");
            park_page_number(page, here.limit / MG_L, 1);
        }
    }
    park_page_row_end(page);
}

void park_compare_quality(park_compare_pen *pen)
{
    static const char *const TITLES[] = {"用水单元", "user", "成分", "constituent", NULL};
    park_page               *page     = &pen->page;
    const park_model        *model    = pen->all->run[pen->all->present].model;
    park_page_section(page, "quality", "各用户进水水质（mg/L）", "Quality at each user (mg/L)");
    park_compare_table(pen, TITLES);
    for (size_t i = 0; i < model->inlets; i++)
        for (size_t c = 0; c < model->constituents && model->unit[model->inlet[i].unit].role == PARK_USER;
             c++)
            quality_row(pen, park_run_inlet(page->arena, model, (int32_t)i), model->inlet[i].unit, c);
    park_page_table_end(page);
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(page,
                   "年加权平均 / 最不利值 ≤ "
                   "限值；最不利值为模拟年中最不利的小时（无模拟时为最不利的季），平均不掩盖峰值。",
                   "Mean of the year by flow / worst ≤ limit; the worst is the worst hour of the simulated "
                   "year (the worst "
                   "season of a plan), so that no mean hides a peak.");
    park_text_add(&page->out, "</p>\n");
    park_page_section_end(page);
}

/* ---- concentrate and salt ---- */

static void concentrate_rows(park_compare_pen *pen)
{
    park_page *page = &pen->page;
    for (size_t i = 0; i < pen->all->count; i++) {
        const park_compared *c = &pen->all->run[i];
        for (size_t k = 0; k < c->concentrates; k++) {
            const park_concentrate *w = &c->concentrate[k];
            page->model               = c->model;
            park_page_row(page);
            park_page_cell(page);
            park_page_text(page, c->name);
            park_page_cell(page);
            park_page_unit(page, w->unit);
            park_page_cell_number(page, w->water / w->share / 365.0, 1);
            park_page_cell_number(page, w->water * (1.0 / w->share - 1.0) / 365.0, 1);
            park_page_cell_number(page, w->water / 365.0, 1);
            park_page_cell_number(page, 100.0 * (1.0 - w->share), 2);
            park_text_add(&page->out, "<td>");
            for (size_t m = 0; m < c->model->constituents; m++) {
                if (c->model->constituent[m].mixes != PARK_MIX_MASS)
                    continue;
                park_text_add(&page->out, m > 0 ? ", " : "");
                park_page_label(page, c->model->constituent[m].label, c->model->constituent[m].id);
                park_text_add(&page->out, " ");
                park_page_number(page, w->mass[m] / w->water / MG_L, 0);
            }
            park_page_cell(page);
            park_page_both(page, w->leaves ? "排出园区" : "园内再处理",
                           w->leaves ? "leaves the park" : "treated inside");
            park_page_row_end(page);
        }
    }
}

static void salt_rows(park_compare_pen *pen)
{
    park_page        *page = &pen->page;
    const park_model *base = pen->all->run[pen->all->present].model;
    for (size_t m = 0; m < base->constituents; m++)
        for (size_t i = 0; i < pen->all->count && base->constituent[m].mixes == PARK_MIX_MASS; i++) {
            const park_compared *c = &pen->all->run[i];
            int32_t              k = park_model_constituent(c->model, base->constituent[m].id);
            if (k < 0 || c->closure->mass_in == NULL)
                continue;
            double in = c->closure->mass_in[k], added = c->closure->mass_added[k],
                   removed = c->closure->mass_removed[k], out = c->closure->mass_out[k],
                   stored = c->closure->mass_stored[k];
            park_page_row(page);
            park_page_cell(page);
            park_page_label(page, base->constituent[m].label, base->constituent[m].id);
            park_page_cell(page);
            park_page_text(page, c->name);
            park_page_cell_number(page, in * 1e-3, 2);
            park_page_cell_number(page, added * 1e-3, 2);
            park_page_cell_number(page, removed * 1e-3, 2);
            park_page_cell_number(page, out * 1e-3, 2);
            park_page_cell_number(page, stored * 1e-3, 2);
            park_page_cell_number(page, (in + added - removed - out - stored) * 1e-3, 2);
            park_page_row_end(page);
        }
}

void park_compare_salt(park_compare_pen *pen)
{
    static const char *const CONCENTRATE[] = {"方案",
                                              "run",
                                              "单元",
                                              "unit",
                                              "进水（m³/d）",
                                              "in (m³/d)>",
                                              "产水（m³/d）",
                                              "product (m³/d)>",
                                              "浓水（m³/d）",
                                              "reject (m³/d)>",
                                              "回收率（%）",
                                              "recovery (%)>",
                                              "浓水水质（mg/L）",
                                              "quality of the reject (mg/L)",
                                              "去向",
                                              "goes",
                                              NULL};
    static const char *const SALT[]        = {"成分",        "constituent",    "方案",        "run",
                                              "带入（t/a）", "in (t/a)>",      "加入（t/a）", "added (t/a)>",
                                              "去除（t/a）", "removed (t/a)>", "排出（t/a）", "out (t/a)>",
                                              "积存（t/a）", "stored (t/a)>",  "差额（t/a）", "open (t/a)>",
                                              NULL};
    park_page               *page          = &pen->page;
    size_t                   rejects       = 0;
    for (size_t i = 0; i < pen->all->count; i++)
        rejects += pen->all->run[i].concentrates;
    park_page_section(page, "salt", "浓水与盐的去向", "Concentrate and where the salt goes");
    if (rejects > 0) {
        park_page_table(page, CONCENTRATE);
        concentrate_rows(pen);
        park_page_table_end(page);
    }
    park_page_table(page, SALT);
    salt_rows(pen);
    park_page_table_end(page);
    park_page_section_end(page);
}
