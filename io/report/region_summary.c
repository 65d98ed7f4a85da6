/* region_summary.c - one A4 page in Chinese for who decides: targets as tiles, then parks as tiles city by city; no map. */
#include "report/region_allocation.h"
#include "report/region_sections.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TILES_MOST = 48 }; /* what fits on the page; the largest by intake */

static const char HEAD[] =
    "<!doctype html>\n<html lang=\"zh\"><head><meta "
    "charset=\"utf-8\"><title>一页摘要</title>\n<style>@page{size:A4;margin:12mm}"
    "body{font:10px/1.25 sans-serif;max-width:186mm;margin:8mm auto;color:#1b2733}h1{font-size:19px;margin:0}"
    "h2{font-size:13px;margin:8px 0 "
    "3px}.t{display:grid;grid-template-columns:repeat(auto-fill,minmax(33mm,1fr));gap:4px}"
    ".c{border:1px solid #c9d2da;border-left:4px solid #8a97a3;padding:3px 6px;break-inside:avoid}.c "
    "b{display:block;font-size:14px}"
    ".good{border-left-color:#1a7f4b}.bad{border-left-color:#d05a3f}.n{color:#5b6b7a}p{margin:3px 0}"
    ".pair{display:grid;grid-template-columns:1fr 1fr "
    "1fr;gap:10px;padding-top:6px}.pair>div:nth-child(4){display:none}"
    "svg{width:100%;height:auto;display:block;overflow:visible}svg text{font:13px sans-serif;fill:#1b2733}"
    ".pair text{font-size:25px}.g{display:inline-block;vertical-align:top;margin-right:4px}.g "
    ".t{display:flex;flex-wrap:wrap}"
    ".g .c{width:31mm}"
    "@media print{body{margin:0 auto}}"
    ".en{display:none}</style></head><body>\n";

static void add(park_page *page, const char *text)
{
    park_text_add(&page->out, text);
}

static void target_tile(park_page *page, const park_region_record *record, size_t t)
{
    const park_region_target     *target = &record->region->target[t];
    const park_region_attainment *a      = &record->projection->attainment[t];
    double                        si     = park_region_subject_si(record->region, &target->subject);
    int                           d      = park_region_subject_decimals(&target->subject);
    if (!a->known)
        return;
    park_text_printf(&page->out, "<div class=\"c %s\">", a->reached ? "good" : "bad");
    park_page_text(page, park_label_text(target->label, true));
    park_text_printf(&page->out, "（%d）<b>", (int)target->year);
    park_page_number(page, a->value / si, d);
    add(page, " ");
    add(page, park_region_subject_unit(record->region, &target->subject).zh);
    add(page, isfinite(a->min) ? "</b>要求 ≥ " : "</b>要求 ≤ ");
    park_page_number(page, (isfinite(a->min) ? a->min : a->max) / si, d);
    add(page, a->reached ? "，达到" : "，未达到");
    if (!isnan(a->probability)) {
        add(page, "，概率 ");
        park_page_number(page, 100.0 * a->probability, 0);
        add(page, "%");
    }
    add(page, "</div>\n");
}

/* --- parks, city by city --- */

typedef struct tile {
    const park_region_record *record;
    size_t                    member;
    double                    intake;
} tile;

static const char *city_of(const tile *t)
{
    const char *city = t->record->region->member[t->member].city;
    return city != NULL ? city : "未注明市州";
}

static int by_intake(const void *a, const void *b)
{
    const tile *x = a, *y = b;
    return x->intake < y->intake   ? 1
           : x->intake > y->intake ? -1
                                   : (x->member > y->member) - (x->member < y->member);
}

static int by_city(const void *a, const void *b)
{
    int order = strcmp(city_of(a), city_of(b));
    return order != 0 ? order : by_intake(a, b);
}

static void park_tile(park_page *page, const tile *t)
{
    const park_region *region = t->record->region;
    const double      *part =
        t->record->projection->member +
        (t->member * region->years + (size_t)(region->known - region->base)) * (PARK_REGION_PARTS + 1);
    double vih = 0.0;
    for (int p = PARK_REGION_PART_RECLAIMED; p < PARK_REGION_PART_REUSED; p++)
        vih += part[p];
    double vr = part[PARK_REGION_PART_REUSED], all = part[PARK_REGION_PART_CONVENTIONAL] + vih + vr;
    add(page, "<div class=\"c\">");
    park_page_text(page, park_label_text(region->member[t->member].label, true));
    add(page, "<b>R ");
    park_page_number(page, all > 0.0 ? 100.0 * vr / all : NAN, 1);
    add(page, "%</b>取水 ");
    park_page_number(page, part[PARK_REGION_PART_CONVENTIONAL] / 1e4, 1);
    add(page, "，非常规 ");
    park_page_number(page, vih / 1e4, 1);
    add(page, "</div>\n");
}

static void park_tiles(park_page *page, const park_region_record *record)
{
    const park_region *region = record->region;
    tile              *list   = PARK_ARRAY(page->arena, region->members + 1, tile);
    size_t             count  = 0;
    if (list == NULL)
        return;
    for (size_t m = 0; m < region->members; m++)
        if (!region->member[m].remainder)
            list[count++] = (tile){
                record, m,
                record->projection->member[(m * region->years + (size_t)(region->known - region->base)) *
                                           (PARK_REGION_PARTS + 1)]};
    qsort(list, count, sizeof *list, by_intake);
    size_t shown = count < TILES_MOST ? count : TILES_MOST;
    qsort(list, shown, sizeof *list, by_city);
    for (size_t i = 0; i < shown; i++) {
        if (i == 0 || strcmp(city_of(&list[i]), city_of(&list[i - 1])) != 0) {
            add(page, i > 0 ? "</div></div>\n<div class=\"g\"><h2>" : "<div class=\"g\"><h2>");
            park_page_text(page, city_of(&list[i]));
            add(page, "</h2>\n<div class=\"t\">\n");
        }
        park_tile(page, &list[i]);
    }
    add(page, shown > 0 ? "</div></div>\n" : "");
    if (shown < count)
        park_text_printf(&page->out, "<p class=\"n\">另有 %zu 个取水较少的园区未列出，见 members 表。</p>\n",
                         count - shown);
}

/* What the cheapest choice takes, or that none is enough. */
static void choice(park_page *page, const park_region_record *record)
{
    const park_allocation        *a      = record->allocation;
    const park_allocation_result *r      = record->allocated;
    size_t                        chosen = 0;
    if (r == NULL)
        return;
    add(page, "<h2>谁来补足缺口</h2>\n<p>");
    for (size_t o = 0; o < a->options; o++) {
        if (r->verdict[o].fate != PARK_FATE_CHOSEN)
            continue;
        add(page, chosen++ > 0 ? "；" : "入选：");
        park_page_text(page, park_group_label(record, (size_t)a->option[o].group).zh);
        if (a->option[o].measure < 0) {
            add(page, "·");
            park_page_text(page, park_label_text(a->option[o].label, true));
        }
        park_text_printf(&page->out, "（%d）", (int)r->choice.year[o]);
    }
    if (r->choice.status == PARK_CHOICE_OPTIMAL || r->choice.status == PARK_CHOICE_LIMIT) {
        add(page, "。现值费用 ");
        park_page_number(page, r->choice.cost / 1e4, 0);
        add(page, " 万元，其中公共资金 ");
        park_page_number(page, r->choice.public_cost / 1e4, 0);
        add(page, " 万元，间隙 ");
        park_page_number(page, 100.0 * r->choice.gap, 3);
        add(page, "%。");
    } else
        add(page, "没有组合能同时补足各项目标的缺口，出路见报告。");
    add(page, "</p>\n");
}

static void unknown(park_page *page, const park_region *region)
{
    bool any = false;
    for (size_t i = 0; i < region->notes; i++) {
        if (region->note[i].kind != PARK_REGION_UNKNOWN)
            continue;
        add(page, any ? "；" : "<h2>公开数据无法得知</h2>\n<p class=\"n\">");
        park_page_text(page, park_label_text(region->note[i].text, true));
        any = true;
    }
    add(page, any ? "。全部假设见报告“假设与未知”一章。</p>\n" : "");
}

park_status park_region_summary(const park_region_record *record, park_arena *arena, const char **html,
                                park_error *err)
{
    park_page page = {.arena = arena, .zh_first = true, .err = err, .status = PARK_OK};
    park_text_init(&page.out, arena);
    add(&page, HEAD);
    add(&page, "<h1>");
    park_page_text(&page, park_label_text(record->region->label, true));
    park_text_printf(&page.out,
                     "</h1>\n<p class=\"n\">已知至 %d "
                     "年；比率均由水量合计后计算，口径见报告。</p>\n<h2>目标</h2>\n<div class=\"t\">\n",
                     (int)record->region->known);
    for (size_t t = 0; t < record->region->targets; t++)
        target_tile(&page, record, t);
    park_region_sheet sheet = {&page, record, record->region, record->projection};
    add(&page, "</div>\n<p class=\"n\">预期性目标；“左右”按区间下沿判定。");
    if (record->region->draws > 0) {
        add(&page, "全部有数据的目标同时达到的概率 ");
        park_page_number(&page, 100.0 * record->projection->joint, 1);
        add(&page, "%（不含待分配的项目）。");
    }
    add(&page, "</p>\n");
    choice(&page, record);
    add(&page, "<h2>逐年预测（深色 80%、浅色 95% 区间，红线为目标）</h2>\n");
    park_region_fans(&sheet);
    if (record->causes != NULL)
        add(&page, "<h2>取水量为什么变化（万m³/a）</h2>\n<div style=\"max-width:112mm\">");
    park_region_waterfall(&sheet);
    add(&page, record->causes != NULL ? "</div>\n" : "");
    unknown(&page, record->region);
    park_text_printf(&page.out, "<h2>园区（%d 年，按市州；水量单位 万m³/a）</h2>\n",
                     (int)record->region->known);
    park_tiles(&page, record);
    add(&page, "</body></html>\n");
    *html = park_text_done(&page.out);
    return *html != NULL ? PARK_OK : PARK_FAIL(err, PARK_E_MEMORY, "no memory for the summary");
}
