/* region_projects.c - an allocation's projects ranked with the reason for each, the money by year and city, whether it would last. */
#include "report/number.h"
#include "report/plot.h"
#include "report/region_allocation.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double WAN = 1e4;

/* --- the ranked list --- */

void park_region_rank_options(const park_allocation *a, park_ranked_option *list)
{
    for (size_t o = 0; o < a->options; o++) {
        park_worth_of f;
        park_allocation_figures(a, o, &f);
        park_ranked_option item = {o, f.volume > 0.0 ? f.annual / f.volume : INFINITY};
        size_t             at   = o;
        for (; at > 0 && item.price < list[at - 1].price; at--)
            list[at] = list[at - 1];
        list[at] = item;
    }
}

park_label park_group_label(const park_region_record *record, size_t group)
{
    const park_region *region = record->region;
    const char        *name   = record->allocation->group[group];
    for (size_t m = 0; m < region->members; m++)
        if (strcmp(region->member[m].id, name) == 0)
            return region->member[m].label;
    for (size_t k = 0; k < region->measures; k++)
        if (strcmp(region->measure[k].id, name) == 0)
            return region->measure[k].label;
    return (park_label){name, name};
}

static void list_row(const park_region_sheet *s, size_t rank, size_t o)
{
    const park_allocation        *a = s->record->allocation;
    const park_allocation_result *r = s->record->allocated;
    park_worth_of                 f;
    park_allocation_figures(a, o, &f);
    bool chosen = r->verdict[o].fate == PARK_FATE_CHOSEN;
    park_text_printf(&s->page->out, "<tr%s>", chosen ? " class=\"good\"" : "");
    park_page_cell_number(s->page, (double)rank, 0);
    park_region_cell_label(s, park_group_label(s->record, (size_t)a->option[o].group));
    park_region_cell_label(s, a->option[o].label);
    park_region_add(s, "<td class=\"city\">");
    park_page_text(s->page, a->option[o].city >= 0 ? a->city[a->option[o].city] : "");
    park_region_add(s, "</td>");
    park_region_cell_label(s, park_fate_label(a, r, o, s->page->arena));
    park_page_cell_number(s->page, f.volume > 0.0 ? f.annual / f.volume : NAN, 2);
    park_page_cell_number(s->page, f.investment / WAN, 1);
    park_page_cell_number(s->page, chosen ? f.subsidy / WAN : 0.0, 1);
    for (int g = 0; g < PARK_GIFTS; g++)
        park_page_cell_number(s->page, f.gives[g] / WAN, 2);
    park_page_cell_number(s->page, r->chosen_share != NULL && a->draws > 0 ? 100.0 * r->chosen_share[o] : NAN,
                          0);
    park_region_add(s, "</tr>\n");
}

void park_region_section_projects(const park_region_sheet *s)
{
    static const char *const TITLES[] = {"序",
                                         "rank>",
                                         "园区或组",
                                         "park or group",
                                         "项目",
                                         "project",
                                         "市州",
                                         "city",
                                         "结论与理由",
                                         "verdict and reason",
                                         "元/m³",
                                         "CNY/m³>",
                                         "投资，万元",
                                         "invested, 10⁴ CNY>",
                                         "公共资金，万元",
                                         "public, 10⁴ CNY>",
                                         "节约取水，万m³/a",
                                         "saved, 10⁴ m³/a>",
                                         "新增重复利用，万m³/a",
                                         "reused, 10⁴ m³/a>",
                                         "非常规水，万m³/a",
                                         "new, 10⁴ m³/a>",
                                         "数据变动时入选，%",
                                         "stays, %>",
                                         NULL};
    const park_allocation   *a        = s->record->allocation;
    park_ranked_option      *list =
        a != NULL ? PARK_ARRAY(s->page->arena, a->options + 1, park_ranked_option) : NULL;
    if (s->record->allocated == NULL || list == NULL)
        return;
    park_region_rank_options(a, list);
    park_page_section(s->page, "projects", "项目排序与理由", "Projects, ranked, with reasons");
    park_page_table(s->page, TITLES);
    for (size_t i = 0; i < a->options; i++)
        list_row(s, i + 1, list[i].option);
    for (size_t p = 0; p < a->plants; p++) {
        int year = (int)s->record->allocated->choice.plant_year[p];
        park_page_row(s->page);
        park_region_cell_both(s, "", "");
        park_region_cell_both(s, "共用设施", "shared plant");
        park_region_cell_label(s, a->plant[p].label);
        const char *city = a->plant[p].city >= 0 ? a->city[a->plant[p].city] : "";
        park_region_cell_label(s, (park_label){city, city});
        park_region_cell_label(
            s, year > 0 ? (park_label){park_arena_printf(s->page->arena, "建设一次，%d 年", year),
                                       park_arena_printf(s->page->arena, "built once, in %d", year)}
                        : (park_label){"不建", "not built"});
        park_page_cell_number(s->page, NAN, 2);
        park_page_cell_number(s->page, a->plant[p].investment / WAN, 1);
        park_page_cell_number(s->page, year > 0 ? a->most * a->plant[p].investment / WAN : 0.0, 1);
        park_region_add(s, "<td></td><td></td>");
        park_page_cell_number(s->page, a->plant[p].capacity / WAN, 2);
        park_region_add(s, "<td></td></tr>\n");
    }
    park_page_table_end(s->page);
    park_region_paragraph(s, " class=\"note\"",
                          "按每立方米年费用（投资年化加年运行费，除以水量）由低到高；水量取节约、重复利用、非"
                          "常规水三者中最大的一个，因为是同一"
                          "部分水。与本来就要做的项目同组的，只计超出部分。",
                          "By yearly cost per cubic metre (annual equivalent of the investment and running "
                          "cost over water), lowest first. Water is "
                          "the largest of the three volumes, being one water seen from three sides. Beside "
                          "what a group does anyway only the rest "
                          "counts.");
    park_page_section_end(s->page);
}

/* --- money by year, and by city --- */

void park_region_section_budget(const park_region_sheet *s)
{
    static const char *const YEARS[] = {"年份",       "year>",          "资金，万元", "budget, 10⁴ CNY>",
                                        "使用，万元", "used, 10⁴ CNY>", "使用率，%",  "used, %>",
                                        NULL};
    static const char *const CITIES[] = {"市州",    "city",      "公共资金，万元", "public money, 10⁴ CNY>",
                                         "占比，%", "share, %>", "水量，万m³/a",   "water, 10⁴ m³/a>",
                                         NULL};
    const park_allocation        *a = s->record->allocation;
    const park_allocation_result *r = s->record->allocated;
    if (r == NULL)
        return;
    park_page_section(s->page, "budget", "资金使用", "Money by year and city");
    park_page_table(s->page, YEARS);
    for (size_t y = 0; y < a->years; y++) {
        park_page_row(s->page);
        park_page_cell_number(s->page, (double)(a->from + (int32_t)y), 0);
        park_page_cell_number(s->page, isfinite(a->budget[y]) ? a->budget[y] / WAN : NAN, 1);
        park_page_cell_number(s->page, r->choice.spent[y] / WAN, 1);
        park_page_cell_number(s->page, a->budget[y] > 0.0 ? 100.0 * r->choice.spent[y] / a->budget[y] : NAN,
                              1);
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
    if (a->cities > 0) {
        park_page_table(s->page, CITIES);
        for (size_t c = 0; c < a->cities; c++) {
            park_page_row(s->page);
            park_region_cell_label(s, (park_label){a->city[c], a->city[c]});
            park_page_cell_number(s->page, r->choice.city_money[c] / WAN, 1);
            park_page_cell_number(
                s->page,
                r->choice.public_cost > 0.0 ? 100.0 * r->choice.city_money[c] / r->choice.public_cost : NAN,
                1);
            park_page_cell_number(s->page, r->choice.city_volume[c] / WAN, 2);
            park_page_row_end(s->page);
        }
        park_page_table_end(s->page);
    }
    char zh[700], en[700];
    snprintf(zh, sizeof zh, "公共资金最多付投资的 %.0f%%；贴现率 %.1f%%，费用计 %.0f 年；建成 %d 年后见效。",
             100.0 * a->most, 100.0 * a->discount, a->horizon, (int)a->lead);
    snprintf(en, sizeof en,
             "Public money pays at most %.0f %% of an investment; discount %.1f %%, costs over %.0f years; "
             "what is built works "
             "%d years later.",
             100.0 * a->most, 100.0 * a->discount, a->horizon, (int)a->lead);
    park_region_paragraph(s, " class=\"note\"", zh, en);
    park_page_section_end(s->page);
}

/* --- would it last --- */

static void regret_table(const park_region_sheet *s)
{
    const park_allocation        *a = s->record->allocation;
    const park_allocation_result *r = s->record->allocated;
    size_t                        S = a->scenarios, n = 0;
    const char                  **titles = PARK_ARRAY(s->page->arena, 2 * S + 5, const char *);
    if (titles == NULL)
        return;
    titles[n++] = "按此情景制订的方案", titles[n++] = "choice made for";
    for (size_t j = 0; j < S; j++) {
        titles[n++] =
            park_arena_printf(s->page->arena, "实际为%s，万元", park_label_text(a->scenario[j].label, true));
        titles[n++] = park_arena_printf(s->page->arena, "if it is %s, 10⁴ CNY>",
                                        park_label_text(a->scenario[j].label, false));
    }
    titles[n++] = "", titles[n++] = "";
    park_page_table(s->page, titles);
    for (size_t i = 0; i < S; i++) {
        park_page_row(s->page);
        park_region_cell_label(s, a->scenario[i].label);
        for (size_t j = 0; j < S; j++)
            if (isinf(r->regret[i * S + j])) {
                park_region_cell_both(s, "无法补救", "cannot be mended");
            } else
                park_page_cell_number(s->page, r->regret[i * S + j] / WAN, 1);
        park_region_cell_both(s, (int32_t)i == r->robust ? "最大后悔值最小" : "",
                              (int32_t)i == r->robust ? "least largest regret" : "");
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
    park_region_paragraph(
        s, " class=\"note\"",
        "后悔值：按一种情景选定的项目保持不变，实际为另一情景时补上所缺的最低总费用，比一开始就按该情景制订多"
        "花多少。—"
        "：该情景下目标本身无法达到。",
        "Regret: the projects chosen for one scenario stand; mended at least cost where another comes true, "
        "how much more it costs than a choice made for that one. —: the targets are out of reach there, or "
        "it was not decided within the work allowed.");
}

static void dropouts(const park_region_sheet *s)
{
    const park_allocation        *a      = s->record->allocation;
    const park_allocation_result *r      = s->record->allocated;
    const char                  **titles = PARK_ARRAY(s->page->arena, 2 * a->needs + 5, const char *);
    size_t                        n      = 0;
    if (titles == NULL || r->triples == 0)
        return;
    titles[n++] = "退出的园区", titles[n++] = "who drops out";
    for (size_t k = 0; k < a->needs; k++) {
        park_label name = s->region->target[a->need[k].target].label,
                   unit = park_need_unit(s->region, &a->need[k]);
        titles[n++] = park_arena_printf(s->page->arena, "%s 缺 %s", park_label_text(name, true), unit.zh);
        titles[n++] =
            park_arena_printf(s->page->arena, "%s lacks, %s>", park_label_text(name, false), unit.en);
    }
    titles[n++] = "补救多花，万元", titles[n++] = "mending adds, 10⁴ CNY>";
    park_page_table(s->page, titles);
    for (size_t t = 0; t < r->triples; t++) {
        park_page_row(s->page);
        park_page_cell(s->page);
        for (int k = 0; k < 3; k++)
            if (r->triple[3 * t + (size_t)k] >= 0) {
                park_region_add(s, k > 0 ? " · " : "");
                park_page_label(s->page, park_group_label(s->record, (size_t)r->triple[3 * t + (size_t)k]),
                                "");
            }
        park_region_add(s, "</td>");
        for (size_t k = 0; k < a->needs; k++)
            park_page_cell_number(
                s->page, park_need_shown(s->region, &a->need[k], r->triple_short[t * a->needs + k]), 2);
        if (isinf(r->triple_mend[t]))
            park_region_cell_both(s, "无法补救", "cannot be mended");
        else
            park_page_cell_number(s->page, r->triple_mend[t] / WAN, 1);
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
}

void park_region_section_lasting(const park_region_sheet *s)
{
    const park_allocation        *a = s->record->allocation;
    const park_allocation_result *r = s->record->allocated;
    char                          zh[700], en[700], low[64], high[64];
    if (r == NULL || r->regret == NULL || r->triple == NULL)
        return;
    park_page_section(s->page, "lasting", "方案是否稳健", "Would the choice last");
    regret_table(s);
    if (a->draws > 0) {
        park_number_print(r->cost_low / WAN, 1, low, sizeof low);
        park_number_print(r->cost_high / WAN, 1, high, sizeof high);
        snprintf(zh, sizeof zh,
                 "各项目的投资、运行费与水量独立变动 ±%.0f%%，抽样 %zu 次：%.0f%% "
                 "的抽样选出完全相同的项目，%.0f%% 无法达到目标，%.0f%% "
                 "在计算量限额内未定；目标函数 80%% 区间 %s–%s 万元。",
                 100.0 * a->within, a->draws, 100.0 * r->same_share, 100.0 * r->failed_share,
                 100.0 * r->undecided_share, low, high);
        snprintf(en, sizeof en,
                 "Investment, running cost and water of each project move by ±%.0f %% independently, %zu "
                 "draws: %.0f %% "
                 "choose the very same projects, %.0f %% cannot meet the targets, %.0f %% were not decided "
                 "within the work "
                 "allowed; 80 %% of the objectives lie within %s to %s ×10⁴ CNY.",
                 100.0 * a->within, a->draws, 100.0 * r->same_share, 100.0 * r->failed_share,
                 100.0 * r->undecided_share, low, high);
        park_region_paragraph(s, "", zh, en);
    }
    snprintf(zh, sizeof zh, "三个园区（或组）同时退出，按贡献最大的 %zu 组中最差的几组：", r->tried);
    snprintf(en, sizeof en,
             "Three parks (or groups) drop out together; the worst of %zu such triples:", r->tried);
    if (r->triples > 0)
        park_region_paragraph(s, "", zh, en);
    dropouts(s);
    park_page_section_end(s->page);
}
