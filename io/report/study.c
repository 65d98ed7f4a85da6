#include "report/study.h"

#include "indicator_text.h"
#include "replace.h"
#include "report/assets.h"
#include "report/study_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LISTED = 40, CLASSES = 10 };

/* ---- what is shown ---- */

/* The unit in which a dimension's values are drawn. */
static void unit_of(park_study_result *x, park_dimension dim, const char *units)
{
    x->si = 1.0, x->decimals = 3, x->unit = (park_label){units, units};
    switch (dim) {
    case PARK_DIM_SHARE:
        x->si = 0.01, x->decimals = 2, x->unit = (park_label){"%", "%"};
        break;
    case PARK_DIM_VOLUME:
        x->si = 1e4, x->decimals = 2, x->unit = (park_label){"万m³/a", "10⁴ m³/a"};
        break;
    case PARK_DIM_MONEY:
        x->si = 1e4, x->decimals = 2, x->unit = (park_label){"万元/a", "10⁴ CNY/a"};
        break;
    default:
        break;
    }
}

static double *column(park_arena *arena, const double *table, size_t rows, size_t columns, size_t at)
{
    double *value = PARK_ARRAY(arena, rows, double);
    for (size_t i = 0; value != NULL && i < rows; i++)
        value[i] = table[i * columns + at];
    return value;
}

/* Keep a result when there is room and it differs between variants (one with a target is shown in any case). */
static bool add_result(park_study_page *p, park_study_result x)
{
    if (p->results == PARK_STUDY_RESULTS_MOST || x.value == NULL ||
        park_spread_of(x.value, p->r->variants, &x.spread, NULL) != PARK_OK)
        return false;
    bool varies = x.spread.count > 1 && x.spread.max - x.spread.min > 1e-12 * fabs(x.spread.max);
    if (!varies && !(x.targeted && x.spread.count > 0))
        return false;
    for (size_t k = 0; k < p->results; k++) /* both bases of a park that has one kind of source */
        if (memcmp(p->result[k].value, x.value, p->r->variants * sizeof *x.value) == 0)
            return false;
    p->result[p->results++] = x;
    return true;
}

static bool targeted(const park_study_record *r, size_t k)
{
    for (size_t i = 0; i < r->variants; i++)
        if (isfinite(r->asked[i * r->indicators + k]))
            return true;
    return false;
}

static void add_indicator(park_study_page *p, size_t k, bool has_target)
{
    const park_study_record    *r = p->r;
    const park_study_indicator *s = &r->indicator[k];
    park_study_result x = {.id = s->id, .label = {s->zh, s->en}, .indicator = k, .targeted = has_target};
    unit_of(&x, s->dim, s->units);
    x.value = column(p->page->arena, r->value, r->variants, r->indicators, k);
    (void)add_result(p, x);
}

static void add_fact(park_study_page *p, park_fact fact, park_dimension dim)
{
    const park_study_record *r    = p->r;
    park_fact_info           info = park_fact_of(fact);
    park_study_result        x = {.id = info.word, .label = {info.zh, info.en}, .indicator = r->indicators};
    unit_of(&x, dim, info.units);
    x.value = column(p->page->arena, r->fact, r->variants, PARK_FACTS, (size_t)fact);
    (void)add_result(p, x);
}

static void choose_results(park_study_page *p)
{
    static const char *const WANTED[] = {"reuse_rate.all_sources",
                                         "reuse_rate.conventional",
                                         "intake.all_sources",
                                         "intake.conventional",
                                         "discharge",
                                         "energy"};
    const park_study_record *r        = p->r;
    for (size_t k = 0; k < r->indicators; k++)
        if (targeted(r, k))
            add_indicator(p, k, true);
    add_fact(p, PARK_FACT_yearly_cost, PARK_DIM_MONEY);
    add_fact(p, PARK_FACT_unmet, PARK_DIM_VOLUME);
    for (size_t w = 0; w < sizeof WANTED / sizeof WANTED[0]; w++)
        for (size_t k = 0; k < r->indicators; k++)
            if (strcmp(r->indicator[k].id, WANTED[w]) == 0 && !targeted(r, k))
                add_indicator(p, k, false);
}

/* Levels, and classes of equal frequency of what was drawn. */
static park_status group_all(park_study_page *p)
{
    const park_study_record *r     = p->r;
    park_arena              *arena = p->page->arena;
    size_t                   n = r->variants, m = r->parameters;
    p->group = PARK_ARRAY(arena, n * m, int32_t), p->groups = PARK_ARRAY(arena, m, int32_t);
    if (p->group == NULL || p->groups == NULL)
        return PARK_E_MEMORY;
    for (size_t k = 0; k < m; k++) {
        int32_t classes = n >= 100 ? CLASSES : n >= 20 ? 4 : 2;
        p->groups[k]    = r->parameter[k].drawn ? classes : r->parameter[k].levels;
        double *number  = r->parameter[k].drawn ? column(arena, r->number_of, n, m, k) : NULL;
        if (r->parameter[k].drawn &&
            (number == NULL || park_classes(number, n, classes, p->group, m, k, NULL) != PARK_OK))
            return PARK_E_MEMORY;
        for (size_t i = 0; !r->parameter[k].drawn && i < n; i++)
            p->group[i * m + k] = r->level_of[i * m + k];
    }
    for (size_t i = 0; i < p->results; i++) {
        park_study_result *x = &p->result[i];
        x->effect            = PARK_ARRAY(arena, m, park_effect);
        if (x->effect == NULL ||
            park_effects(x->value, n, p->group, p->groups, m, r->factorial, x->effect, NULL) != PARK_OK)
            return PARK_E_MEMORY;
    }
    return PARK_OK;
}

/* Ranks of what was drawn, as laws are as different as prices and flows; levels as they follow each other. */
static park_status place_column(const park_study_record *r, park_arena *arena, size_t rows, size_t k,
                                double *place)
{
    size_t   m      = r->parameters;
    double  *number = column(arena, r->number_of, rows, m, k);
    int32_t *rank   = PARK_ARRAY(arena, rows, int32_t);
    if (number == NULL || rank == NULL ||
        park_classes(number, rows, (int32_t)rows, rank, 1, 0, NULL) != PARK_OK)
        return PARK_E_MEMORY;
    for (size_t i = 0; i < rows; i++)
        place[i * m + k] = r->parameter[k].drawn
                               ? ((double)rank[i] + 0.5) / (double)rows
                               : ((double)r->level_of[i * m + k] + 0.5) / (double)r->parameter[k].levels;
    return PARK_OK;
}

/* Totals of a sample, by its nearest rows. */
static park_status totals(park_study_page *p)
{
    const park_study_record *r     = p->r;
    park_arena              *arena = p->page->arena;
    size_t   m = r->parameters, n = r->variants < PARK_NEIGHBOUR_ROWS ? r->variants : PARK_NEIGHBOUR_ROWS;
    double  *place   = PARK_ARRAY(arena, n * m, double);
    int32_t *nearest = PARK_ARRAY(arena, n * (m + 1), int32_t);
    if (place == NULL || nearest == NULL)
        return PARK_E_MEMORY;
    for (size_t k = 0; k < m; k++)
        PARK_TRY(place_column(r, arena, n, k, place));
    park_neighbours(place, n, m, nearest);
    for (size_t i = 0; i < p->results; i++)
        p->result[i].over = park_totals(p->result[i].value, n, nearest, m, p->result[i].effect);
    return PARK_OK;
}

/* ---- head ---- */

static void head(park_study_page *p)
{
    park_page               *page = p->page;
    const park_study_record *r    = p->r;
    park_text_printf(&page->out,
                     "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
                     "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                     "'unsafe-inline'; img-src data:\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
                     page->zh_first ? "zh" : "en");
    park_page_text(page, r->name);
    park_text_printf(&page->out, " — parkwater</title>\n<style>\n%s</style>\n</head>\n<body>\n",
                     park_asset_style);
    park_text_printf(&page->out,
                     "<input class=\"language\" type=\"radio\" name=\"language\" id=\"say-zh\"%s>\n"
                     "<input class=\"language\" type=\"radio\" name=\"language\" id=\"say-en\"%s>\n",
                     page->zh_first ? " checked" : "", page->zh_first ? "" : " checked");
    park_text_add(&page->out, "<header>\n<div class=\"switch\"><label for=\"say-zh\">中文</label><label "
                              "for=\"say-en\">English</label></div>\n<h1>");
    park_page_text(page, r->name);
    park_text_add(&page->out, "</h1>\n<div class=\"facts\">");
    park_page_both(page, "基准园区：", "base: ");
    park_page_text(page, r->park);
    park_page_both(page, "；每个方案执行 ", "; job of each variant: ");
    park_page_text(page, r->job);
    park_text_add(&page->out, "</div>\n<nav>");
    static const char *const LINKS[] = {"outcome", "结果概况",    "Outcome",  "targets",  "目标达成",
                                        "Targets", "spread",      "分布",     "Spread",   "sensitivity",
                                        "敏感性",  "Sensitivity", "parallel", "平行坐标", "All variants",
                                        "missed",  "未达标方案",  "Missed"};
    for (size_t i = 0; i < sizeof LINKS / sizeof LINKS[0]; i += 3) {
        park_text_printf(&page->out, "<a href=\"#%s\">", LINKS[i]);
        park_page_both(page, LINKS[i + 1], LINKS[i + 2]);
        park_text_add(&page->out, "</a>");
    }
    park_text_add(&page->out, "</nav>\n</header>\n<main>\n");
}

static void card(park_page *page, const char *kind, size_t count, const char *zh, const char *en)
{
    park_text_printf(&page->out, "<div class=\"card %s\"><b>%zu</b>", kind, count);
    park_page_both(page, zh, en);
    park_text_add(&page->out, "</div>\n");
}

static void cell_text(park_page *page, const char *text)
{
    park_page_cell(page);
    park_page_text(page, text);
    park_text_add(&page->out, "</td>");
}

static void outcome(park_study_page *p)
{
    static const char *const TITLES[] = {"方案", "variant", "状态", "status", "原因", "reason", NULL};
    park_page               *page     = p->page;
    const park_study_record *r        = p->r;
    size_t                   listed   = 0;
    park_page_section(page, "outcome", "结果概况", "Outcome");
    park_text_add(&page->out, "<div class=\"cards\">\n");
    card(page, "plain", r->variants, "个方案", "variants");
    card(page, "good", r->done, "已完成", "done");
    card(page, r->failed + r->lost > 0 ? "bad" : "plain", r->failed + r->lost, "失败或放弃",
         "failed or given up");
    card(page, r->missing > 0 ? "bad" : "plain", r->missing, "未计算", "not computed");
    park_text_add(&page->out, "</div>\n<p class=\"note\">");
    park_page_both(page, "失败、放弃和未计算的方案不计入以下任何统计，也不以零代替。",
                   "Variants that failed, were given up or not computed enter no figure below; none is "
                   "counted as zero.");
    park_text_add(&page->out, "</p>\n");
    for (size_t i = 0; i < r->variants && listed < LISTED; i++) {
        if (r->reason[i][0] == '\0')
            continue;
        if (listed++ == 0)
            park_page_table(page, TITLES);
        park_page_row(page);
        cell_text(page, r->variant[i]);
        cell_text(page, r->status[i]);
        cell_text(page, r->reason[i]);
        park_page_row_end(page);
    }
    if (listed > 0)
        park_page_table_end(page);
    if (r->failed + r->lost + r->missing > listed) {
        park_text_add(&page->out, "<p class=\"note\">");
        park_page_both(page, "其余见 summary.csv。", "The others stand in summary.csv.");
        park_text_add(&page->out, "</p>\n");
    }
    park_page_section_end(page);
}

/* ---- targets ---- */

static void targets(park_study_page *p)
{
    static const char *const TITLES[] = {
        "目标",        "target",       "要求",           "asked>", "达到的方案",
        "reached by>", "占已完成方案", "of those done>", "中位值", "median>",
        "最小",        "least>",       "最大",           "most>",  NULL};
    park_page               *page  = p->page;
    const park_study_record *r     = p->r;
    size_t                   shown = 0;
    park_page_section(page, "targets", "目标达成", "Targets");
    for (size_t k = 0; k < p->results; k++) {
        const park_study_result *x       = &p->result[k];
        size_t                   reached = 0, judged = 0;
        double                   least = INFINITY, most = -INFINITY; /* a study may vary what is asked */
        if (!x->targeted)
            continue;
        for (size_t i = 0; i < r->variants; i++) {
            size_t at = i * r->indicators + x->indicator;
            if (r->reached[at] < 0)
                continue;
            judged++;
            reached += r->reached[at] == 1;
            least = fmin(least, r->asked[at]);
            most  = fmax(most, r->asked[at]);
        }
        if (shown++ == 0)
            park_page_table(page, TITLES);
        park_page_row(page);
        park_page_cell(page);
        park_page_label(page, x->label, x->id);
        park_text_add(&page->out, "（");
        park_page_both(page, park_label_text(x->unit, true), park_label_text(x->unit, false));
        park_text_add(&page->out, "）</td>");
        park_text_add(&page->out, "<td class=\"n\">");
        if (least <= most)
            park_page_number(page, least / x->si, x->decimals);
        if (least < most) {
            park_text_add(&page->out, " – ");
            park_page_number(page, most / x->si, x->decimals);
        }
        park_text_printf(&page->out, "</td><td class=\"n\">%zu / %zu</td>", reached, judged);
        park_page_cell_number(page, judged > 0 ? 100.0 * (double)reached / (double)judged : NAN, 1);
        park_page_cell_number(page, x->spread.p50 / x->si, x->decimals);
        park_page_cell_number(page, x->spread.min / x->si, x->decimals);
        park_page_cell_number(page, x->spread.max / x->si, x->decimals);
        park_page_row_end(page);
    }
    if (shown > 0)
        park_page_table_end(page);
    else
        park_page_both(page, "本园区没有目标。", "This park has no targets.");
    park_page_section_end(page);
}

/* ---- spread ---- */

static void spread(park_study_page *p)
{
    static const char *const TITLES[] = {"指标",     "result",     "方案数", "variants>", "均值", "mean>",
                                         "标准差",   "sd>",        "P5",     "P5>",       "P25",  "P25>",
                                         "中位值",   "median>",    "P75",    "P75>",      "P95",  "P95>",
                                         "参照方案", "reference>", NULL};
    park_page               *page     = p->page;
    park_page_section(page, "spread", "分布与超过概率", "Spread and exceedance");
    park_page_table(page, TITLES);
    for (size_t k = 0; k < p->results; k++) {
        const park_study_result *x        = &p->result[k];
        const double             values[] = {
                        x->spread.mean, x->spread.sd,
                        x->spread.p05,  x->spread.p25,
                        x->spread.p50,  x->spread.p75,
                        x->spread.p95,  p->r->reference < p->r->variants ? x->value[p->r->reference] : NAN};
        park_page_row(page);
        park_page_cell(page);
        park_page_label(page, x->label, x->id);
        park_text_add(&page->out, "（");
        park_page_both(page, park_label_text(x->unit, true), park_label_text(x->unit, false));
        park_text_printf(&page->out, "）</td><td class=\"n\">%zu</td>", x->spread.count);
        for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
            park_page_cell_number(page, values[i] / x->si, x->decimals);
        park_page_row_end(page);
    }
    park_page_table_end(page);
    park_text_add(&page->out, "<div class=\"pair\">\n");
    for (size_t k = 0; k < p->results; k++) {
        park_text_add(&page->out, "<div><h3>");
        park_page_label(page, p->result[k].label, p->result[k].id);
        park_text_add(&page->out, "</h3>\n");
        park_study_exceedance(p, &p->result[k]);
        park_text_add(&page->out, "</div>\n");
    }
    park_text_add(&page->out, "</div>\n");
    park_page_section_end(page);
}

/* ---- sensitivity ---- */

static void effect_rows(park_study_page *p, const park_study_result *x)
{
    static const char *const TITLES[] = {"变量",       "variable",         "一阶指数",   "first order>",
                                         "总指数",     "total>",           "组均值最小", "least group mean>",
                                         "组均值最大", "most group mean>", NULL};
    park_page               *page     = p->page;
    park_page_table(page, TITLES);
    for (size_t k = 0; k < p->r->parameters; k++) {
        const park_effect *e = &x->effect[k];
        park_page_row(page);
        cell_text(page, p->r->parameter[k].name);
        park_page_cell_number(page, e->first, 3);
        park_page_cell_number(page, e->total, 3);
        park_page_cell_number(page, e->low / x->si, x->decimals);
        park_page_cell_number(page, e->high / x->si, x->decimals);
        park_page_row_end(page);
    }
    park_page_table_end(page);
}

static void sensitivity(park_study_page *p)
{
    park_page *page = p->page;
    park_page_section(page, "sensitivity", "敏感性", "Sensitivity");
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(
        page,
        "一阶指数：该变量单独解释的方差份额（Sobol "
        "指数）；总指数含交互作用，全组合且无缺失时为精确值，抽样方案集中由最近邻方案估计（可能偏大，所注份额"
        "约为上限，"
        "超过 5 % 时不给出）。横条为该变量各取值组均值的范围，虚线为总均值。",
        "First order: the share of variance that the variable explains alone (Sobol's index); the total "
        "counts "
        "interactions: exact in a full factorial without gaps, in a sample estimated from the variants "
        "nearest to each other (too "
        "large by at most about the share that is noted, and not told where that is above 5 %). A bar spans "
        "the means of the "
        "variable's "
        "groups, the dashed line is the mean of all.");
    park_text_add(&page->out, "</p>\n");
    for (size_t k = 0; k < p->results; k++) {
        const park_study_result *x = &p->result[k];
        if (!(x->spread.max > x->spread.min))
            continue;
        park_text_add(&page->out, "<h3>");
        park_page_label(page, x->label, x->id);
        park_text_add(&page->out, "（");
        park_page_both(page, park_label_text(x->unit, true), park_label_text(x->unit, false));
        park_text_add(&page->out, "）</h3>\n<div class=\"pair\"><div>\n");
        park_study_tornado(p, x);
        park_text_add(&page->out, "</div><div>\n");
        effect_rows(p, x);
        if (p->r->sampled && !isnan(x->over)) {
            char zh[120], en[120];
            snprintf(zh, sizeof zh, "总指数至多约偏大 %.3f%s。", x->over, x->over > 0.05 ? "，故不给出" : "");
            snprintf(en, sizeof en, "Totals may be about %.3f too large%s.", x->over,
                     x->over > 0.05 ? ", so they are not told" : "");
            park_text_add(&page->out, "<p class=\"note\">");
            park_page_both(page, zh, en);
            park_text_add(&page->out, "</p>\n");
        }
        park_text_add(&page->out, "</div></div>\n");
    }
    park_page_section_end(page);
}

/* ---- variants that miss a target ---- */

/* Each missed target: what came, what was asked. */
static void missed_targets(park_study_page *p, size_t i)
{
    park_page               *page  = p->page;
    const park_study_record *r     = p->r;
    bool                     first = true;
    for (size_t k = 0; k < r->indicators; k++) {
        size_t at = i * r->indicators + k;
        if (r->reached[at] != 0)
            continue;
        park_text_add(&page->out, first ? "" : "<br>");
        first = false;
        park_page_label(page, (park_label){r->indicator[k].zh, r->indicator[k].en}, r->indicator[k].id);
        park_study_result x = {.id = r->indicator[k].id};
        unit_of(&x, r->indicator[k].dim, r->indicator[k].units);
        park_text_add(&page->out, " ");
        park_page_number(page, r->value[at] / x.si, x.decimals);
        park_page_both(page, "，要求 ", ", asked ");
        park_page_number(page, r->asked[at] / x.si, x.decimals);
        park_text_add(&page->out, " ");
        park_page_both(page, park_label_text(x.unit, true), park_label_text(x.unit, false));
    }
}

static void missed(park_study_page *p)
{
    static const char *const TITLES[] = {
        "方案", "variant", "未达到的目标", "targets missed", "逐时最大超限", "worst limit exceeded in time",
        NULL};
    park_page               *page  = p->page;
    const park_study_record *r     = p->r;
    size_t                   count = 0, listed = 0;
    park_page_section(page, "missed", "未达标方案及原因", "Variants that miss a target, and why");
    for (size_t i = 0; i < r->variants; i++) {
        if (!(r->fact[i * PARK_FACTS + PARK_FACT_targets_missed] > 0.0))
            continue;
        count++;
        if (listed == LISTED)
            continue;
        if (listed++ == 0)
            park_page_table(page, TITLES);
        park_page_row(page);
        cell_text(page, r->variant[i]);
        park_page_cell(page);
        missed_targets(p, i);
        park_text_add(&page->out, "</td><td>");
        park_page_label(page, (park_label){r->why_zh[i], r->why_en[i]}, "");
        park_text_add(&page->out, "</td>");
        park_page_row_end(page);
    }
    if (listed > 0)
        park_page_table_end(page);
    else
        park_page_both(page, "已完成的方案均达到全部目标。",
                       "Every variant that is done reaches all targets.");
    if (count > listed) {
        char zh[80], en[80];
        snprintf(zh, sizeof zh, "共 %zu 个，其余见 summary.csv。", count);
        snprintf(en, sizeof en, "%zu in all; the others stand in summary.csv.", count);
        park_text_add(&page->out, "<p class=\"note\">");
        park_page_both(page, zh, en);
        park_text_add(&page->out, "</p>\n");
    }
    park_page_section_end(page);
}

/* ---- the whole ---- */

static void foot(park_study_page *p)
{
    park_page               *page = p->page;
    const park_study_record *r    = p->r;
    park_page_section(page, "provenance", "出处", "Provenance");
    park_text_add(&page->out, "<p class=\"note\">parkwater ");
    park_page_text(page, r->version);
    park_text_add(&page->out, " · ");
    park_page_text(page, r->build);
    park_text_add(&page->out, "</p>\n<details><summary>");
    park_page_both(page, "方案集原文", "the study as written");
    park_text_add(&page->out, "</summary><pre>");
    park_page_text(page, r->text);
    park_text_add(&page->out, "</pre></details>\n");
    park_page_section_end(page);
    park_text_add(&page->out, "</main>\n<footer>");
    park_page_both(page, "由 parkwater 生成；本页不访问网络。",
                   "Made by parkwater; this page asks no network.");
    park_text_add(&page->out, "</footer>\n</body>\n</html>\n");
}

park_status park_study_report_text(const park_study_record *record, bool zh, park_arena *arena,
                                   const char **html, size_t *length, park_error *err)
{
    park_page        page = {.arena = arena, .zh_first = zh, .err = err, .status = PARK_OK};
    park_study_page *p    = PARK_NEW(arena, park_study_page);
    if (p == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the study's page");
    p->page = &page, p->r = record;
    park_text_init(&page.out, arena);
    choose_results(p);
    if (group_all(p) != PARK_OK || (p->r->sampled && totals(p) != PARK_OK))
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the study's page");
    head(p);
    outcome(p);
    targets(p);
    spread(p);
    sensitivity(p);
    park_page_section(&page, "parallel", "全部方案（平行坐标）", "All variants, in parallel coordinates");
    park_text_add(&page.out, "<p class=\"note\">");
    park_page_both(&page, "每条线为一个方案；红色为有目标未达到。",
                   "A line is a variant; a red one misses a target.");
    park_text_add(&page.out, "</p>\n");
    park_study_parallel(p);
    park_page_section_end(&page);
    missed(p);
    foot(p);
    *html   = park_text_done(&page.out);
    *length = page.out.length;
    return *html != NULL ? PARK_OK : PARK_FAIL(err, PARK_E_MEMORY, "no memory for the study's page");
}

park_status park_study_report_write(const park_study_record *record, const char *path, bool zh,
                                    park_arena *arena, park_error *err)
{
    const char *html;
    size_t      length;
    PARK_TRY(park_study_report_text(record, zh, arena, &html, &length, err));
    return park_file_replace(path, html, length, err);
}
