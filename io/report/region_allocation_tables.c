/* region_allocation_tables.c - an allocation as CSV: projects with reasons, needs, money, regret, parks that drop out. */
#include "report/region_allocation.h"
#include "report/sheet.h"

#include <math.h>

typedef struct view {
    const park_region_record     *record;
    const park_allocation        *a;
    const park_allocation_result *r;
    park_arena                   *arena;
} view;

static void money(park_sheet *sheet, double value)
{
    park_sheet_number(sheet, value / 1e4, 2);
}

static park_status projects(park_sheet *sheet, const view *v)
{
    static const park_label HEADS[] = {{"序", "rank"},
                                       {"项目编号", "option"},
                                       {"园区或组", "park or group"},
                                       {"项目", "name"},
                                       {"市州", "city"},
                                       {"元/m³", "CNY/m3"},
                                       {"投资 万元", "investment 10^4 CNY"},
                                       {"年运行费 万元", "yearly cost 10^4 CNY"},
                                       {"现值费用 万元", "present cost 10^4 CNY"},
                                       {"公共资金 万元", "public money 10^4 CNY"},
                                       {"节约取水 万m³/a", "intake saved 10^4 m3/a"},
                                       {"新增重复利用 万m³/a", "reuse gained 10^4 m3/a"},
                                       {"非常规水 万m³/a", "non-conventional 10^4 m3/a"},
                                       {"入选", "chosen"},
                                       {"建设年份", "year"},
                                       {"理由", "reason"},
                                       {"加入后多花 万元", "adds 10^4 CNY"},
                                       {"数据变动时入选 %", "chosen when data move %"}};
    park_ranked_option     *list    = PARK_ARRAY(v->arena, v->a->options + 1, park_ranked_option);
    if (list == NULL)
        return PARK_E_MEMORY;
    park_region_rank_options(v->a, list);
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t i = 0; i < v->a->options; i++) {
        size_t             o      = list[i].option;
        const park_option *option = &v->a->option[o];
        bool               chosen = v->r->verdict[o].fate == PARK_FATE_CHOSEN;
        park_worth_of      f;
        park_allocation_figures(v->a, o, &f);
        park_sheet_whole(sheet, (int64_t)i + 1);
        park_sheet_text(sheet, option->id);
        park_sheet_label(sheet, park_group_label(v->record, (size_t)option->group), "");
        park_sheet_label(sheet, option->label, option->id);
        park_sheet_text(sheet, option->city >= 0 ? v->a->city[option->city] : NULL);
        park_sheet_number(sheet, isfinite(list[i].price) ? list[i].price : NAN, 4);
        money(sheet, f.investment);
        money(sheet, f.yearly);
        money(sheet, f.cost);
        money(sheet, chosen ? f.subsidy : 0.0);
        for (int g = 0; g < PARK_GIFTS; g++)
            park_sheet_wan(sheet, f.gives[g]);
        park_sheet_word(sheet, chosen ? "是" : "否", chosen ? "yes" : "no");
        park_sheet_number(sheet, v->r->choice.year[o] > 0 ? (double)v->r->choice.year[o] : NAN, 0);
        park_sheet_label(sheet, park_fate_label(v->a, v->r, o, v->arena), "");
        money(sheet, v->r->verdict[o].adds);
        park_sheet_percent(sheet,
                           v->r->chosen_share != NULL && v->a->draws > 0 ? v->r->chosen_share[o] : NAN);
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}

static park_status needs(park_sheet *sheet, const view *v)
{
    static const park_label HEADS[] = {{"目标", "target"},
                                       {"年份", "year"},
                                       {"单位", "unit"},
                                       {"缺口", "lacking"},
                                       {"达到", "reached"},
                                       {"措施同时作用时", "measures acting together"},
                                       {"步长", "step"},
                                       {"再多一步 万元", "one step more 10^4 CNY"},
                                       {"边际价 万元/步", "at the margin 10^4 CNY per step"}};
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t n = 0; n < v->a->needs; n++) {
        const park_need   *need   = &v->a->need[n];
        const park_region *region = v->record->region;
        park_sheet_label(sheet, region->target[need->target].label, region->target[need->target].id);
        park_sheet_whole(sheet, need->year);
        park_label unit = park_need_unit(region, need);
        park_sheet_measure(sheet, unit.zh, unit.en);
        park_sheet_number(sheet, park_need_shown(region, need, need->lacking), 4);
        park_sheet_number(sheet, park_need_shown(region, need, v->r->choice.delivered[n]), 4);
        park_sheet_number(
            sheet, v->record->exact != NULL ? park_need_shown(region, need, v->record->exact[n]) : NAN, 4);
        park_sheet_number(sheet, park_need_shown(region, need, need->step), 1);
        money(sheet, v->r->price[n]);
        money(sheet, v->r->duals[n]);
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}

static park_status budget(park_sheet *sheet, const view *v)
{
    static const park_label HEADS[] = {{"年份或市州", "year or city"},
                                       {"资金 万元", "budget 10^4 CNY"},
                                       {"使用 万元", "used 10^4 CNY"},
                                       {"水量 万m³/a", "water 10^4 m3/a"}};
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t y = 0; y < v->a->years; y++) {
        park_sheet_whole(sheet, v->a->from + (int32_t)y);
        money(sheet, isfinite(v->a->budget[y]) ? v->a->budget[y] : NAN);
        money(sheet, v->r->choice.spent[y]);
        park_sheet_number(sheet, NAN, 0);
        park_sheet_end_row(sheet);
    }
    for (size_t c = 0; c < v->a->cities; c++) {
        park_sheet_text(sheet, v->a->city[c]);
        park_sheet_number(sheet, NAN, 0);
        money(sheet, v->r->choice.city_money[c]);
        park_sheet_wan(sheet, v->r->choice.city_volume[c]);
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}

static park_status regret(park_sheet *sheet, const view *v)
{
    if (v->r->regret == NULL)
        return PARK_OK;
    static const park_label HEADS[] = {{"方案按此情景制订", "choice made for"},
                                       {"实际情景", "what comes"},
                                       {"后悔值 万元", "regret 10^4 CNY"},
                                       {"能否补救", "can be mended"}};
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t i = 0; i < v->a->scenarios; i++)
        for (size_t j = 0; j < v->a->scenarios; j++) {
            double value = v->r->regret[i * v->a->scenarios + j];
            park_sheet_label(sheet, v->a->scenario[i].label, v->a->scenario[i].id);
            park_sheet_label(sheet, v->a->scenario[j].label, v->a->scenario[j].id);
            money(sheet, isfinite(value) ? value : NAN);
            park_sheet_word(sheet, isfinite(value) ? "能" : "不能", isfinite(value) ? "yes" : "no");
            park_sheet_end_row(sheet);
        }
    return PARK_OK;
}

static park_status dropouts(park_sheet *sheet, const view *v)
{
    if (v->r->triples == 0)
        return PARK_OK;
    for (int k = 0; k < 3; k++)
        park_sheet_head(sheet, "退出", "drops out");
    for (size_t n = 0; n < v->a->needs; n++) {
        const park_need *need = &v->a->need[n];
        park_label       name = v->record->region->target[need->target].label,
                   unit       = park_need_unit(v->record->region, need);
        park_sheet_head(sheet, park_arena_printf(v->arena, "%s 缺 %s", park_label_text(name, true), unit.zh),
                        park_arena_printf(v->arena, "%s lacks %s", park_label_text(name, false), unit.en));
    }
    static const park_label HEADS[] = {{"补救多花 万元", "mending adds 10^4 CNY"}};
    park_sheet_heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t t = 0; t < v->r->triples; t++) {
        for (size_t k = 0; k < 3; k++)
            if (v->r->triple[3 * t + k] >= 0)
                park_sheet_label(sheet, park_group_label(v->record, (size_t)v->r->triple[3 * t + k]), "");
            else
                park_sheet_text(sheet, NULL);
        for (size_t n = 0; n < v->a->needs; n++)
            park_sheet_number(
                sheet,
                park_need_shown(v->record->region, &v->a->need[n], v->r->triple_short[t * v->a->needs + n]),
                4);
        money(sheet, isfinite(v->r->triple_mend[t]) ? v->r->triple_mend[t] : NAN);
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}

park_status park_region_allocation_tables(const park_region_record *record, bool zh, park_arena *arena,
                                          park_sheet *sheet, size_t *count, park_error *err)
{
    static const struct {
        const char *name;
        park_status (*fill)(park_sheet *sheet, const view *v);
    } TABLES[]   = {{"allocation.csv", projects},
                    {"allocation_targets.csv", needs},
                    {"budget.csv", budget},
                    {"regret.csv", regret},
                    {"dropouts.csv", dropouts}};
    const view v = {record, record->allocation, record->allocated, arena};
    if (record->allocated == NULL)
        return PARK_OK;
    for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++) {
        park_sheet_begin(&sheet[*count], arena, TABLES[i].name, zh);
        if (TABLES[i].fill(&sheet[*count], &v) != PARK_OK)
            return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the tables");
        *count += sheet[*count].rows > 0; /* what an infeasible allocation has no rows for is left out */
    }
    return PARK_OK;
}
