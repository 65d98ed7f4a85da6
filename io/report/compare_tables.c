/* The tables of a comparison: the numbers of the page, one quantity a column. */
#include "report/compare.h"

#include "replace.h"
#include "report/compare_pen.h"
#include "report/sheet.h"
#include "report/xlsx.h"
#include "run_names.h"

#include "indicator_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double MG_L = 1e-3; /* [kg/m3] */

static void run_heads(const park_comparison *all, park_sheet *sheet)
{
    for (size_t i = 0; i < all->count; i++)
        park_sheet_text(sheet, all->run[i].name);
    park_sheet_end_row(sheet);
}

static void summary(const park_comparison *all, park_sheet *sheet, park_arena *arena)
{
    size_t                   count;
    const park_compare_fact *fact = park_compare_facts(&count);
    (void)arena;
    park_sheet_head(sheet, "项目", "item");
    park_sheet_head(sheet, "单位", "unit");
    run_heads(all, sheet);
    for (size_t k = 0; k < count; k++) {
        park_sheet_word(sheet, fact[k].zh, fact[k].en);
        park_sheet_measure(sheet, fact[k].unit_zh, fact[k].unit_en);
        for (size_t i = 0; i < all->count; i++)
            park_sheet_number(sheet, fact[k].value(all, &all->run[i]), fact[k].decimals + 2);
        park_sheet_end_row(sheet);
    }
    static const char *const ZH[] = {"静态投资回收期", "动态投资回收期"}, *const EN[] = {"payback, static",
                                                                                         "payback, dynamic"};
    for (int k = 0; k < 2; k++) {
        park_sheet_word(sheet, ZH[k], EN[k]);
        park_sheet_text(sheet, "a");
        for (size_t i = 0; i < all->count; i++) {
            const park_merit *m = &all->run[i].merit;
            park_sheet_number(sheet, i == all->present ? NAN : k == 0 ? m->payback : m->payback_dynamic, 2);
        }
        park_sheet_end_row(sheet);
    }
    for (size_t k = 0; k < PARK_RATES_MOST; k++) {
        bool some = k == 0;
        for (size_t i = 0; i < all->count; i++)
            some = some || k < all->run[i].merit.rates;
        if (!some)
            continue;
        park_sheet_word(sheet, k == 0 ? "内部收益率 IRR" : "内部收益率（另一解）",
                        k == 0 ? "internal rate of return" : "another rate of return");
        park_sheet_text(sheet, "%");
        for (size_t i = 0; i < all->count; i++)
            park_sheet_number(sheet, k < all->run[i].merit.rates ? 100.0 * all->run[i].merit.rate[k] : NAN,
                              2);
        park_sheet_end_row(sheet);
    }
}

static void sources(const park_comparison *all, park_sheet *sheet, park_arena *arena)
{
    (void)arena;
    park_sheet_head(sheet, "水源", "source");
    park_sheet_head(sheet, "单位", "unit");
    run_heads(all, sheet);
    for (int o = 0; o < PARK_ORIGIN_NONE; o++) {
        bool some = false;
        for (size_t i = 0; i < all->count; i++)
            some = some || all->run[i].taken[o] > 0.0;
        if (!some)
            continue;
        park_label label = park_origin_label((park_origin)o);
        park_sheet_word(sheet, label.zh, label.en);
        park_sheet_measure(sheet, "m³/d", "m3/d");
        for (size_t i = 0; i < all->count; i++)
            park_sheet_daily(sheet, all->run[i].taken[o]);
        park_sheet_end_row(sheet);
    }
}

static void indicators(const park_comparison *all, park_sheet *sheet, park_arena *arena)
{
    park_sheet_head(sheet, "编号", "id");
    park_sheet_head(sheet, "指标", "indicator");
    park_sheet_head(sheet, "口径", "basis");
    park_sheet_head(sheet, "单位", "unit");
    run_heads(all, sheet);
    for (size_t i = 0; i < all->count; i++) {
        const park_compared *c = &all->run[i];
        for (size_t k = 0; k < c->indicators->count; k++) {
            const park_indicator *item = &c->indicators->item[k];
            const char           *text = park_indicator_text(arena, c->model, item);
            bool                  told = text == NULL;
            for (size_t j = 0; j < i && !told; j++)
                told = park_compared_indicator(&all->run[j], text, arena) != NULL;
            if (told)
                continue;
            double      scale;
            const char *unit = park_indicator_unit(item->dim, sheet->zh, &scale);
            park_sheet_text(sheet, text);
            park_sheet_label(sheet, item->label, item->id);
            park_sheet_text(sheet, !item->basis_matters                     ? ""
                                   : item->basis == PARK_BASIS_CONVENTIONAL ? "A"
                                                                            : "B");
            park_sheet_measure(sheet, unit, unit);
            for (size_t j = 0; j < all->count; j++) {
                const park_indicator *here = park_compared_indicator(&all->run[j], text, arena);
                park_sheet_number(sheet, here != NULL ? here->value / scale : NAN,
                                  item->dim == PARK_DIM_SHARE || item->dim == PARK_DIM_VOLUME ? 2 : 4);
            }
            park_sheet_end_row(sheet);
        }
    }
}

static void quality(const park_comparison *all, park_sheet *sheet, park_arena *arena)
{
    const park_model *m = all->run[all->present].model;
    park_sheet_head(sheet, "方案", "run");
    park_sheet_head(sheet, "用水单元", "user");
    park_sheet_head(sheet, "成分", "constituent");
    park_sheet_head(sheet, "年均（mg/L）", "mean (mg/L)");
    park_sheet_head(sheet, "最不利（mg/L）", "worst (mg/L)");
    park_sheet_head(sheet, "限值（mg/L）", "limit (mg/L)");
    park_sheet_end_row(sheet);
    for (size_t i = 0; i < all->count; i++)
        for (size_t k = 0; k < m->inlets; k++)
            for (size_t c = 0; c < m->constituents && m->unit[m->inlet[k].unit].role == PARK_USER; c++) {
                park_arriving a;
                if (!park_compared_arriving(&all->run[i], park_run_inlet(arena, m, (int32_t)k),
                                            m->constituent[c].id, arena, &a))
                    continue;
                park_sheet_text(sheet, all->run[i].name);
                park_sheet_label(sheet, m->unit[m->inlet[k].unit].label, m->unit[m->inlet[k].unit].id);
                park_sheet_label(sheet, m->constituent[c].label, m->constituent[c].id);
                park_sheet_number(sheet, a.mean / MG_L, 2);
                park_sheet_number(sheet, a.worst / MG_L, 2);
                park_sheet_number(sheet, a.limit / MG_L, 2);
                park_sheet_end_row(sheet);
            }
}

/* The constituent that stands nearest its limit at each user, or furthest above it: what a reader asks first of a
 * table of every constituent at every user. Users no limit binds are left out. */
static void quality_worst(const park_comparison *all, park_sheet *sheet, park_arena *arena)
{
    static const park_label HEADS[] = {{"用水单元", "user"},
                                       {"方案", "run"},
                                       {"成分", "constituent"},
                                       {"年均（mg/L）", "mean (mg/L)"},
                                       {"最不利（mg/L）", "worst (mg/L)"},
                                       {"限值（mg/L）", "limit (mg/L)"},
                                       {"最不利/限值（%）", "worst to limit (%)"}};
    const park_model       *m       = all->run[all->present].model;
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof HEADS[0]);
    for (size_t u = 0; u < m->units; u++)
        for (size_t i = 0; i < all->count && m->unit[u].role == PARK_USER; i++) {
            park_arriving most  = {.mean = NAN, .worst = NAN, .limit = NAN};
            double        share = -1.0;
            size_t        which = 0;
            for (size_t k = 0; k < m->inlets; k++)
                for (size_t c = 0; c < m->constituents && m->inlet[k].unit == (int32_t)u; c++) {
                    park_arriving a;
                    if (!park_compared_arriving(&all->run[i], park_run_inlet(arena, m, (int32_t)k),
                                                m->constituent[c].id, arena, &a) ||
                        !isfinite(a.limit) || !isfinite(a.worst) || a.limit <= 0.0 ||
                        a.worst / a.limit <= share)
                        continue;
                    share = a.worst / a.limit;
                    most  = a;
                    which = c;
                }
            if (share < 0.0)
                continue;
            park_sheet_label(sheet, m->unit[u].label, m->unit[u].id);
            park_sheet_text(sheet, all->run[i].name);
            park_sheet_label(sheet, m->constituent[which].label, m->constituent[which].id);
            park_sheet_number(sheet, most.mean / MG_L, 2);
            park_sheet_number(sheet, most.worst / MG_L, 2);
            park_sheet_number(sheet, most.limit / MG_L, 2);
            park_sheet_percent(sheet, share);
            park_sheet_end_row(sheet);
        }
}

static void concentrate(const park_comparison *all, park_sheet *sheet, park_arena *arena)
{
    (void)arena;
    park_sheet_head(sheet, "方案", "run");
    park_sheet_head(sheet, "单元", "unit");
    park_sheet_head(sheet, "成分", "constituent");
    park_sheet_head(sheet, "浓水量（m³/d）", "reject (m³/d)");
    park_sheet_head(sheet, "回收率（%）", "recovery (%)");
    park_sheet_head(sheet, "浓度（mg/L）", "concentration (mg/L)");
    park_sheet_head(sheet, "带走量（t/a）", "carried (t/a)");
    park_sheet_end_row(sheet);
    for (size_t i = 0; i < all->count; i++)
        for (size_t k = 0; k < all->run[i].concentrates; k++)
            for (size_t c = 0; c < all->run[i].model->constituents; c++) {
                const park_compared    *r = &all->run[i];
                const park_concentrate *w = &r->concentrate[k];
                if (r->model->constituent[c].mixes != PARK_MIX_MASS)
                    continue;
                park_sheet_text(sheet, r->name);
                park_sheet_label(sheet, r->model->unit[w->unit].label, r->model->unit[w->unit].id);
                park_sheet_label(sheet, r->model->constituent[c].label, r->model->constituent[c].id);
                park_sheet_daily(sheet, w->water);
                park_sheet_percent(sheet, 1.0 - w->share);
                park_sheet_number(sheet, w->mass[c] / w->water / MG_L, 2);
                park_sheet_number(sheet, w->mass[c] * 1e-3, 3);
                park_sheet_end_row(sheet);
            }
}

static void salt(const park_comparison *all, park_sheet *sheet, park_arena *arena)
{
    (void)arena;
    park_sheet_head(sheet, "方案", "run");
    park_sheet_head(sheet, "成分", "constituent");
    park_sheet_head(sheet, "带入（t/a）", "in (t/a)");
    park_sheet_head(sheet, "加入（t/a）", "added (t/a)");
    park_sheet_head(sheet, "去除（t/a）", "removed (t/a)");
    park_sheet_head(sheet, "排出（t/a）", "out (t/a)");
    park_sheet_head(sheet, "积存（t/a）", "stored (t/a)");
    park_sheet_end_row(sheet);
    for (size_t i = 0; i < all->count; i++)
        for (size_t c = 0; c < all->run[i].model->constituents; c++) {
            const park_closure *x = all->run[i].closure;
            if (all->run[i].model->constituent[c].mixes != PARK_MIX_MASS || x->mass_in == NULL)
                continue;
            const double value[] = {x->mass_in[c], x->mass_added[c], x->mass_removed[c], x->mass_out[c],
                                    x->mass_stored[c]};
            park_sheet_text(sheet, all->run[i].name);
            park_sheet_label(sheet, all->run[i].model->constituent[c].label,
                             all->run[i].model->constituent[c].id);
            for (size_t k = 0; k < 5; k++)
                park_sheet_number(sheet, value[k] * 1e-3, 3);
            park_sheet_end_row(sheet);
        }
}

static void running(const park_comparison *all, park_sheet *sheet, park_arena *arena)
{
    (void)arena;
    park_sheet_head(sheet, "年运行费（万元/a）", "running cost (10⁴ CNY/a)");
    run_heads(all, sheet);
    for (int k = 0; k < PARK_STREAMS; k++) {
        park_label label = park_stream_label((park_stream)k);
        park_sheet_word(sheet, label.zh, label.en);
        for (size_t i = 0; i < all->count; i++)
            park_sheet_number(sheet, all->run[i].running[k] * 1e-4, 4);
        park_sheet_end_row(sheet);
    }
}

static void flows(const park_comparison *all, park_sheet *sheet, park_arena *arena)
{
    size_t most = 0;
    (void)arena;
    park_sheet_head(sheet, "年份（增量现金流量，万元）", "year (incremental flow, 10⁴ CNY)");
    run_heads(all, sheet);
    for (size_t i = 0; i < all->count; i++)
        most = all->run[i].merit.count > most ? all->run[i].merit.count : most;
    for (size_t t = 0; t < most; t++) {
        park_sheet_whole(sheet, (int64_t)t);
        for (size_t i = 0; i < all->count; i++)
            park_sheet_number(sheet, t < all->run[i].merit.count ? all->run[i].merit.flow[t] * 1e-4 : NAN, 4);
        park_sheet_end_row(sheet);
    }
}

static void swings(const park_comparison *all, park_sheet *sheet, park_arena *arena)
{
    (void)arena;
    park_sheet_head(sheet, "方案", "run");
    park_sheet_head(sheet, "假设", "assumption");
    park_sheet_head(sheet, "净现值 −20 %（万元）", "NPV at −20 % (10⁴ CNY)");
    park_sheet_head(sheet, "净现值 +20 %（万元）", "NPV at +20 % (10⁴ CNY)");
    park_sheet_head(sheet, "净现值为零时的倍数", "times where NPV is zero");
    park_sheet_end_row(sheet);
    for (size_t i = 0; i < all->count; i++)
        for (size_t k = 0; k < all->run[i].swings; k++) {
            const park_swing *s = &all->run[i].swing[k];
            park_sheet_text(sheet, all->run[i].name);
            park_sheet_label(sheet, park_swing_label(s), "");
            park_sheet_number(sheet, s->low * 1e-4, 2);
            park_sheet_number(sheet, s->high * 1e-4, 2);
            park_sheet_number(sheet, s->turns, 4);
            park_sheet_end_row(sheet);
        }
}

/* What the park calls a product, in the sheet's language; NULL where it has no name in it. */
static const char *product_name(const park_model *m, const char *id, bool zh)
{
    for (size_t e = 0; e < m->enterprises; e++)
        for (size_t p = 0; p < m->enterprise[e].products; p++) {
            const park_product_info *product = &m->enterprise[e].product[p];
            const char              *name    = zh ? product->label.zh : product->label.en;
            if (strcmp(product->id, id) == 0 && name != NULL && name[0] != '\0')
                return name;
        }
    return NULL;
}

static void products(const park_comparison *all, park_sheet *sheet, park_arena *arena)
{
    const park_compared *base = &all->run[all->present];
    park_sheet_head(sheet, "产品", "product");
    park_sheet_head(sheet, "口径", "basis");
    park_sheet_head(sheet, "单位", "unit");
    park_sheet_head(sheet, "2020 年均值", "2020");
    park_sheet_head(sheet, "2025 年预期值", "2025 expected");
    park_sheet_head(sheet, "通用值", "general");
    park_sheet_head(sheet, "先进值", "advanced");
    park_sheet_head(sheet, "领跑值", "leader");
    run_heads(all, sheet);
    for (size_t k = 0; k < base->indicators->count; k++) {
        const park_indicator *item = &base->indicators->item[k];
        if (item->subject == NULL || strcmp(item->id, "unit_intake") != 0)
            continue;
        const park_quota *quota = all->quotas != NULL ? park_quotas_find(all->quotas, item->subject) : NULL;
        const char       *text  = park_indicator_text(arena, base->model, item);
        double            scale;
        const char       *unit = park_indicator_unit(item->dim, sheet->zh, &scale);
        const char       *own  = product_name(base->model, item->subject, sheet->zh);
        if (own != NULL)
            park_sheet_text(sheet, own);
        else
            park_sheet_word(sheet, quota != NULL && quota->name[0] != '\0' ? quota->name : item->subject,
                            item->subject);
        park_sheet_text(sheet, item->basis == PARK_BASIS_CONVENTIONAL ? "A" : "B");
        park_sheet_measure(sheet, unit, unit);
        for (int class = 0; class < PARK_QUOTA_CLASSES; class ++) {
            if (quota == NULL || (quota->unseen[class] && class == PARK_QUOTA_PLAN_2020))
                park_sheet_text(sheet, "");
            else if (quota->unseen[class])
                park_sheet_word(sheet, "待核", "not seen");
            else
                park_sheet_number(sheet, quota->value[class] / scale, 3);
        }
        for (size_t i = 0; i < all->count; i++) {
            const park_indicator *here =
                text != NULL ? park_compared_indicator(&all->run[i], text, arena) : NULL;
            park_sheet_number(sheet, here != NULL ? here->value / scale : NAN, 3);
        }
        park_sheet_end_row(sheet);
    }
}

static const struct {
    const char *name;
    void (*fill)(const park_comparison *all, park_sheet *sheet, park_arena *arena);
} TABLES[] = {
    {"summary.csv", summary},         {"sources.csv", sources},   {"indicators.csv", indicators},
    {"products.csv", products},       {"quality.csv", quality},   {"quality_worst.csv", quality_worst},
    {"concentrate.csv", concentrate}, {"constituents.csv", salt}, {"running.csv", running},
    {"cash_flows.csv", flows},        {"sensitivity.csv", swings}};
enum { TABLE_COUNT = sizeof TABLES / sizeof TABLES[0] };

park_status park_compare_sheets(const park_comparison *all, bool zh, park_arena *arena, park_sheet **sheets,
                                size_t *count, park_error *err)
{
    *count  = TABLE_COUNT;
    *sheets = PARK_ARRAY(arena, TABLE_COUNT, park_sheet);
    if (*sheets == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the tables of the comparison");
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        park_sheet_begin(&(*sheets)[i], arena, TABLES[i].name, zh);
        TABLES[i].fill(all, &(*sheets)[i], arena);
        if (park_text_done(&(*sheets)[i].text) == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the table %s", TABLES[i].name);
    }
    return PARK_OK;
}

park_status park_compare_tables_write(const park_comparison *all, const char *dir, bool zh, park_arena *arena,
                                      park_error *err)
{
    park_new_file files[TABLE_COUNT];
    park_sheet   *own, *other, both[2 * TABLE_COUNT];
    size_t        count;
    PARK_TRY(park_compare_sheets(all, zh, arena, &own, &count, err));
    PARK_TRY(park_compare_sheets(all, !zh, arena, &other, &count, err));
    const char *tables = park_arena_printf(arena, "%s/tables", dir),
               *book   = park_arena_printf(arena, "%s/tables.xlsx", dir);
    if (tables == NULL || book == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the names of the tables");
    PARK_TRY(park_folder_make(tables, err));
    for (size_t i = 0; i < count; i++) {
        both[2 * i]     = own[i];
        both[2 * i + 1] = other[i];
        files[i]        = (park_new_file){.path   = park_arena_printf(arena, "%s/%s", tables, own[i].name),
                                          .bytes  = own[i].text.data,
                                          .length = own[i].text.length};
        if (files[i].path == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the names of the tables");
    }
    PARK_TRY(park_files_replace(files, count, err));
    return park_xlsx_write(both, 2 * count, book, arena, err);
}
