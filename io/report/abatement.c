/* Retrofits ranked, curves of abatement, and the order in which the plan is built. */
#include "report/page.h"

#include <parkwater/worth.h>

#include <math.h>
#include <stdio.h>

static const double WIDTH = 760.0, HEIGHT = 300.0, LEFT = 72.0, RIGHT = 16.0, TOP = 26.0, BOTTOM = 46.0;
static const double TOLD = 1e-4; /* changes of intake (relative) and of the rate that are told */
static const double WAN  = 1e4;
enum { BARS_MOST = 48 };

/* A bar of a curve: width what is saved a year, height what a unit of it costs. */
typedef struct bar {
    const park_path_step *step;
    double                width, height;
} bar;

typedef struct curve {
    bar         bar[BARS_MOST];
    size_t      bars;
    double      total, lo, hi;
    const char *zh, *en; /* of the axes' titles */
    const char *up_zh, *up_en;
} curve;

static void name_of(park_page *page, const park_path_step *step)
{
    if (step->retrofit >= 0)
        park_page_label(page, page->record->base->retrofit[step->retrofit].label, step->name);
    else if (step->unit >= 0)
        park_page_unit(page, step->unit);
    else
        park_page_both(page, step->name[0] == 'r' ? "其余全部" : "新建连接",
                       step->name[0] == 'r' ? "all the rest" : "new connections");
}

/* Steps that save something, the cheapest first; ties in the order of building. */
static curve curve_of(const park_ranking *r, bool carbon)
{
    curve c = {.zh    = carbon ? "减碳量（t/a）" : "节水量（万m³/a）",
               .en    = carbon ? "carbon avoided (t/a)" : "water saved (10⁴ m³/a)",
               .up_zh = carbon ? "元/t" : "元/m³",
               .up_en = carbon ? "CNY/t CO2e" : "CNY/m³"};
    for (size_t i = 0; i < r->steps && c.bars < BARS_MOST; i++) {
        const park_path_step *s     = &r->step[i];
        double                saved = carbon ? s->carbon : s->water,
               least                = 1e-9 * (carbon ? r->base.carbon : r->base.intake);
        if (!(saved > least))
            continue;
        bar    b  = {s, saved / (carbon ? 1e3 : WAN), s->cost / saved * (carbon ? 1e3 : 1.0)};
        size_t at = c.bars++;
        for (; at > 0 && c.bar[at - 1].height > b.height; at--)
            c.bar[at] = c.bar[at - 1];
        c.bar[at] = b;
        c.total += b.width, c.lo = fmin(c.lo, b.height), c.hi = fmax(c.hi, b.height);
    }
    if (c.hi - c.lo <= 0.0)
        c.hi = 1.0;
    return c;
}

static double down(const curve *c, double value)
{
    return TOP + (c->hi - value) / (c->hi - c->lo) * (HEIGHT - TOP - BOTTOM);
}

static void words(park_page *page, double x, double y, const char *anchor, const char *zh, const char *en)
{
    park_text_printf(&page->out, "<text class=\"zh\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x,
                     y, anchor, zh);
    park_text_printf(&page->out, "<text class=\"en\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x,
                     y, anchor, en);
}

static void number_at(park_page *page, double x, double y, const char *anchor, double value, int decimals)
{
    park_text_printf(&page->out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
    park_page_number(page, value, decimals);
    park_text_add(&page->out, "</text>\n");
}

static void drawing(park_page *page, const curve *c)
{
    double at = 0.0, scale = (WIDTH - LEFT - RIGHT) / c->total, zero = down(c, 0.0);
    park_text_printf(&page->out, "<svg class=\"front\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n", WIDTH,
                     HEIGHT);
    for (size_t i = 0; i < c->bars; i++) {
        const bar *b = &c->bar[i];
        double     x = LEFT + at * scale, y = down(c, b->height), top = fmin(y, zero);
        park_text_printf(&page->out,
                         "<path class=\"%s\" d=\"M%.1f %.1fh%.1fv%.1fh-%.1fz\" fill-opacity=\".55\"><title>",
                         b->step->retrofit >= 0 ? "knee" : "point", x, top, b->width * scale,
                         fmax(fabs(y - zero), 0.8), b->width * scale);
        park_page_text(page, b->step->name);
        park_text_add(&page->out, "</title></path>\n");
        number_at(page, x + 0.5 * b->width * scale, top - 4.0, "middle", b->height,
                  fabs(b->height) < 1000.0 ? 2 : 0);
        at += b->width;
    }
    park_text_printf(&page->out, "<path d=\"M%.1f %.1fH%.1fM%.1f %.1fV%.1f\" stroke=\"#7a8794\"/>", LEFT,
                     zero, WIDTH - RIGHT, LEFT, TOP, HEIGHT - BOTTOM);
    number_at(page, LEFT - 6.0, zero + 4.0, "end", 0.0, 0);
    if (c->hi > 0.0)
        number_at(page, LEFT - 6.0, TOP + 4.0, "end", c->hi, c->hi < 1000.0 ? 2 : 0);
    if (c->lo < 0.0)
        number_at(page, LEFT - 6.0, HEIGHT - BOTTOM + 4.0, "end", c->lo, c->lo > -1000.0 ? 2 : 0);
    number_at(page, WIDTH - RIGHT, HEIGHT - BOTTOM + 18.0, "end", c->total, 2);
    words(page, LEFT, TOP - 10.0, "start", c->up_zh, c->up_en);
    words(page, 0.5 * (LEFT + WIDTH - RIGHT), HEIGHT - 10.0, "middle", c->zh, c->en);
    park_text_add(&page->out, "</svg>\n");
}

static void effect(park_page *page, const struct park_rank_effect *e)
{
    park_page_cell_number(page, e->known ? e->water / WAN : NAN, 2);
    park_page_cell_number(page, e->known ? e->per_water : NAN, 2);
    park_page_cell_number(page, e->known ? e->per_carbon * 1e3 : NAN, 0);
    park_page_cell_number(page, e->known ? e->payback : NAN, 1);
}

static void ranks(park_page *page, const park_ranking *r)
{
    static const char *const TITLES[] = {"改造措施",
                                         "retrofit",
                                         "采用",
                                         "chosen",
                                         "年费用（万元/a）",
                                         "yearly cost (10⁴ CNY/a)>",
                                         "同建：节水（万m³/a）",
                                         "in company: water saved (10⁴ m³/a)>",
                                         "元/m³",
                                         "CNY/m³>",
                                         "元/t CO2e",
                                         "CNY/t CO2e>",
                                         "回收期（a）",
                                         "payback (a)>",
                                         "单独：节水（万m³/a）",
                                         "alone: water saved (10⁴ m³/a)>",
                                         "元/m³",
                                         "CNY/m³>",
                                         "元/t CO2e",
                                         "CNY/t CO2e>",
                                         "回收期（a）",
                                         "payback (a)>",
                                         NULL};
    park_page_table(page, TITLES);
    for (size_t i = 0; i < r->ranks; i++) {
        const park_rank *rank = &r->rank[i];
        park_page_row(page);
        park_page_cell(page);
        park_page_label(page, page->record->base->retrofit[rank->retrofit].label,
                        page->record->base->retrofit[rank->retrofit].id);
        park_text_add(&page->out, "</td><td>");
        park_page_both(page, rank->chosen ? "是" : "否", rank->chosen ? "yes" : "no");
        park_text_add(&page->out, "</td>");
        park_page_cell_number(page, rank->yearly / WAN, 2);
        effect(page, &rank->company);
        effect(page, &rank->alone);
        park_page_row_end(page);
    }
    park_page_table_end(page);
}

static void met_cell(park_page *page, const park_state *state)
{
    const park_model *model = page->record->base;
    bool              first = true;
    park_page_cell(page);
    for (size_t i = 0; i < model->targets; i++) {
        if (state->met[i])
            continue;
        park_page_both(page, first ? "未达：" : "、", first ? "missed: " : ", ");
        park_page_text(page, model->target[i].quantity);
        if (model->target[i].subject != NULL && model->target[i].subject[0] != '\0') {
            park_text_add(&page->out, ".");
            park_page_text(page, model->target[i].subject);
        }
        first = false;
    }
    if (first)
        park_page_both(page, "全部达到", "all met");
    park_text_add(&page->out, "</td>");
}

/* Steps that save water and lower the reuse rate: who reads the rate alone would leave them out. */
static void against_the_rate(park_page *page, const park_ranking *r)
{
    for (size_t i = 0; i < r->steps; i++) {
        double was = i == 0 ? r->base.reuse_rate : r->step[i - 1].after.reuse_rate;
        if (!(r->step[i].water > TOLD * r->base.intake) || !(r->step[i].after.reuse_rate < was - TOLD))
            continue;
        park_text_printf(&page->out, "<p class=\"bad\">%zu ", i + 1);
        name_of(page, &r->step[i]);
        park_page_both(page,
                       "：取水量减少而重复利用率下降（重复利用量降得更快，如空冷替代湿冷），应以取水量判断。",
                       ": takes less water though the reuse rate falls (repeated use falls faster, as when "
                       "dry cooling takes the "
                       "place of a tower); judge it by its intake.");
        park_text_add(&page->out, "</p>\n");
    }
}

static void path(park_page *page, const park_ranking *r)
{
    static const char *const TITLES[] = {"步",
                                         "step",
                                         "建设内容",
                                         "what is built",
                                         "年费用（万元/a）",
                                         "yearly cost (10⁴ CNY/a)>",
                                         "累计投资（万元）",
                                         "invested so far (10⁴ CNY)>",
                                         "取水量（万m³/a）",
                                         "intake (10⁴ m³/a)>",
                                         "本步节水",
                                         "saved by it>",
                                         "重复利用率（%）",
                                         "reuse rate (%)>",
                                         "碳排放（t/a）",
                                         "carbon (t/a)>",
                                         "目标",
                                         "targets",
                                         NULL};
    park_page_table(page, TITLES);
    for (size_t i = 0; i <= r->steps; i++) {
        const park_path_step *step  = i == 0 ? NULL : &r->step[i - 1];
        const park_state     *state = step == NULL ? &r->base : &step->after;
        park_page_row(page);
        park_text_printf(&page->out, "<td>%zu</td><td>", i);
        if (step == NULL)
            park_page_both(page, r->base_bare ? "现状" : "方案的连接与设施，不含改造措施",
                           r->base_bare ? "as it stands" : "the plan's connections and units, no retrofit");
        else
            name_of(page, step);
        park_text_add(&page->out, "</td>");
        park_page_cell_number(page, state->cost / WAN, 2);
        park_page_cell_number(page, state->investment / WAN, 2);
        park_page_cell_number(page, state->intake / WAN, 2);
        park_page_cell_number(page, step == NULL ? NAN : step->water / WAN, 2);
        park_page_cell_number(page, 100.0 * state->reuse_rate, 2);
        park_page_cell_number(page, state->carbon / 1e3, 1);
        met_cell(page, state);
        park_page_row_end(page);
    }
    park_page_table_end(page);
    against_the_rate(page, r);
}

void park_page_abatement(park_page *page)
{
    const park_design *design = page->record->design;
    if (design == NULL || design->ranking == NULL)
        return;
    const park_ranking *r = design->ranking;
    park_page_section(page, "abatement", "改造措施与建设次序", "Retrofits and the order of building");
    ranks(page, r);
    if (r->steps > 0) {
        char zh[300], en[300];
        path(page, r);
        snprintf(zh, sizeof zh,
                 "每步取使未达目标的缺口与目标值最小的一项；各步节水之和等于起点与方案取水量之差（相对误差 "
                 "%.0e），按连接的分解见 abatement.csv。%s",
                 r->closure, r->complete ? "" : "限额之内未能逐项比较。");
        snprintf(en, sizeof en,
                 "Each step is the one that leaves the least shortfall of targets, then the least objective. "
                 "The steps' savings sum to the "
                 "difference of intake between start and plan (relative error %.0e); by connection in "
                 "abatement.csv.%s",
                 r->closure, r->complete ? "" : " Not all could be compared within the limits.");
        park_text_add(&page->out, "<p class=\"note\">");
        park_page_both(page, zh, en);
        park_text_add(&page->out, "</p>\n");
        for (int carbon = 0; carbon < 2; carbon++) {
            curve c = curve_of(r, carbon == 1);
            if (c.bars == 0)
                continue;
            park_text_add(&page->out, "<h3>");
            park_page_both(page, carbon ? "边际减碳成本曲线" : "边际节水成本曲线",
                           carbon ? "Marginal abatement: carbon" : "Marginal abatement: water");
            park_text_add(&page->out, "</h3>\n");
            drawing(page, &c);
        }
    } else {
        park_text_add(&page->out, "<p class=\"note\">");
        park_page_both(page,
                       r->base.found ? "方案没有新建内容，无建设次序。"
                                     : "现状与不含改造措施的方案均无可行运行方式，无法给出建设次序。",
                       r->base.found ? "The plan builds nothing: there is no order."
                                     : "Neither the park as it stands nor the plan without its retrofits can "
                                       "run; there is no order to give.");
        park_text_add(&page->out, "</p>\n");
    }
    park_page_section_end(page);
}
