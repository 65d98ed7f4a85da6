/* The park's pipe networks: maps of pressure, velocity and age, the table of pressures, the account, failures. */
#include "report/page.h"

#include "base/calendar.h"
#include "report/network_pen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CLASSES = 5 };

static const double WIDE = 940.0, HALF = 480.0, HEIGHT_MOST = 560.0, MARGIN = 30.0,
                    LEGEND = 26.0; /* of a map */
static const double MANY   = 600;  /* nodes above which signs are small */
static const double KWH    = 3.6e6;

/* ---- scales: five classes from low to high ---- */

typedef struct scale {
    const char *zh, *en, *unit;
    double      edge[CLASSES - 1];
    const char *colour[CLASSES];
    int         decimals;
    double      si; /* of one unit */
} scale;

/* Each row of colours is also a row of greys, from light to dark or back: maps are printed without colour. */
static const scale VELOCITY = {"各管段最大流速",
                               "highest velocity of each pipe",
                               "m/s",
                               {0.1, 0.3, 0.8, 1.5},
                               {"#c5d0da", "#8fc0e0", "#4f97dc", "#b8610c", "#9c0c24"},
                               1,
                               1.0};
static const scale AGE      = {"水龄（最老）",
                               "oldest water",
                               "h",
                               {2.0, 6.0, 12.0, 24.0},
                               {"#a8d0f0", "#7db8a6", "#8a962a", "#9c6208", "#6b2f14"},
                               0,
                               3600.0};

/* Pressures are judged by what is asked for: red is too low. */
static scale pressure_scale(double required)
{
    double asked = required > 0.0 ? required : 10.0;
    return (scale){"各节点最低水头",
                   "lowest pressure of each node",
                   "m",
                   {asked, asked + 5.0, asked + 15.0, asked + 30.0},
                   {"#9c0c24", "#a8660c", "#6fae3c", "#7cc79a", "#9cc4f0"},
                   0,
                   1.0};
}

static size_t class_of(const scale *s, double value)
{
    size_t k = 0;
    while (k < CLASSES - 1 && value / s->si >= s->edge[k])
        k++;
    return k;
}

/* "< 18", "18–23", .. */
static void legend(park_page *page, const scale *s, double y)
{
    double x = MARGIN;
    for (size_t k = 0; k < CLASSES; k++, x += 96.0) {
        char text[48];
        if (k == 0)
            snprintf(text, sizeof text, "&lt; %.*f %s", s->decimals, s->edge[0], s->unit);
        else if (k == CLASSES - 1)
            snprintf(text, sizeof text, "≥ %.*f %s", s->decimals, s->edge[k - 1], s->unit);
        else
            snprintf(text, sizeof text, "%.*f–%.*f %s", s->decimals, s->edge[k - 1], s->decimals, s->edge[k],
                     s->unit);
        park_text_printf(
            &page->out,
            "<rect x=\"%.0f\" y=\"%.1f\" width=\"18\" height=\"11\" fill=\"%s\"/><text class=\"map\" "
            "x=\"%.0f\" y=\"%.1f\">%s</text>\n",
            x, y - 10.0, s->colour[k], x + 24.0, y, text);
    }
}

/* ---- one map ---- */

/* Pipes, thicker with their diameter; all grey, or each class in its colour. */
static void pipes(park_page *page, const park_network_pen *pen, const scale *s, const double *velocity)
{
    static const double FROM[] = {0.0, 0.15, 0.3, 0.5, INFINITY};
    const park_network *net    = pen->net;
    for (size_t k = 0; k < (velocity != NULL ? CLASSES : 1); k++)
        for (size_t w = 0; w < 4; w++) {
            park_text_printf(&page->out, "<path fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\" d=\"",
                             velocity != NULL ? s->colour[k] : "#aab4be", 1.5 + 1.2 * (double)w);
            for (size_t l = 0; l < net->link.count; l++) {
                double d = net->link.diameter[l] > 0.0 ? net->link.diameter[l] : 0.0;
                bool   of_class =
                    velocity == NULL || class_of(s, isfinite(velocity[l]) ? velocity[l] : 0.0) == k;
                if (of_class && d >= FROM[w] && d < FROM[w + 1])
                    park_network_pen_line(pen, l);
            }
            park_text_add(&page->out, "\"/>\n");
        }
}

static void nodes(park_page *page, const park_network_pen *pen, const scale *s, const double *value)
{
    const park_network *net = pen->net;
    for (size_t n = 0; n < net->node.count; n++) {
        if (net->node.kind[n] != PARK_NET_JUNCTION || !park_network_pen_placed(pen, (int32_t)n))
            continue;
        park_text_printf(
            &page->out,
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%s\" fill=\"%s\"><title>%s: %.1f %s</title></circle>\n",
            park_network_pen_x(pen, net->node.x[n]), park_network_pen_y(pen, net->node.y[n]),
            (double)net->node.count > MANY ? "2.5" : "7", s->colour[class_of(s, value[n])],
            net->node.names.text[n], value[n] / s->si, s->unit);
    }
}

/* Where the park's units stand, by name. */
static void labels(park_page *page, const park_network_pen *pen, const park_bound_result *r, const scale *s,
                   const double *value, double width)
{
    for (size_t i = 0; i < r->nodes; i++) {
        const park_bound_node *node = &r->node[i];
        if (!park_network_pen_placed(pen, node->node))
            continue;
        double x    = park_network_pen_x(pen, pen->net->node.x[node->node]);
        double y    = park_network_pen_y(pen, pen->net->node.y[node->node]);
        bool   left = x > width - 190.0; /* room for a name */
        park_text_printf(&page->out, "<text class=\"node map\" x=\"%.1f\" y=\"%.1f\"%s>",
                         left ? x - 11.0 : x + 11.0, y - 9.0, left ? " text-anchor=\"end\"" : "");
        for (int en = 0; en < 2; en++) {
            park_text_printf(&page->out, "<tspan class=\"%s\">", en ? "en" : "zh");
            if (node->unit >= 0)
                park_page_text(page, park_label_text(page->model->unit[node->unit].label, !en)[0] != '\0'
                                         ? park_label_text(page->model->unit[node->unit].label, !en)
                                         : page->model->unit[node->unit].id);
            park_text_add(&page->out, "</tspan>");
        }
        if (value != NULL && node->draws)
            park_text_printf(&page->out, " %.1f %s", value[node->node] / s->si, s->unit);
        park_text_add(&page->out, "</text>\n");
    }
}

/* Values of nodes, or of links; the drawing of the other is grey. Names stand on a wide map alone: others have no room. */
static void map(park_page *page, const park_bound_result *r, const scale *s, const double *of_nodes,
                const double *of_links, double width)
{
    park_network_pen pen;
    if (!park_network_pen_make(&pen, r->network->net, width, HEIGHT_MOST, MARGIN, &page->out))
        return;
    park_text_printf(&page->out, "<svg class=\"balance\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n", width,
                     pen.height + LEGEND);
    pipes(page, &pen, s, of_links);
    if (of_nodes != NULL)
        nodes(page, &pen, s, of_nodes);
    park_network_pen_sources(&pen);
    if (width >= WIDE)
        labels(page, &pen, r, s, of_nodes, width);
    legend(page, s, pen.height + LEGEND - 10.0);
    park_text_add(&page->out, "</svg>\n");
}

/* ---- words ---- */

static void when(park_page *page, int64_t instant)
{
    char text[PARK_ISO_SIZE];
    park_iso_format(instant, page->model->time.utc_offset / 60, text);
    if (!page->model->time.steady)
        park_text_printf(&page->out, "%.10s ", text);
    park_text_printf(&page->out, "%.5s", text + 11);
}

static void season_label(park_page *page, size_t s)
{
    park_page_label(page, page->model->time.season[s].label, page->model->time.season[s].id);
}

/* The season in which a drawing node falls lowest, against what is asked for; -1: none was solved. */
static int32_t lowest_season(const park_bound_result *r, int32_t node)
{
    int32_t best = -1;
    for (size_t s = 0; s < r->seasons; s++)
        if (r->season[s].lowest != NULL &&
            (best < 0 || r->season[s].lowest[node] < r->season[best].lowest[node]))
            best = (int32_t)s;
    return best;
}

static int32_t map_season(const park_bound_result *r)
{
    int32_t best = -1, at = -1;
    for (size_t i = 0; i < r->nodes; i++) {
        int32_t s = lowest_season(r, r->node[i].node);
        if (r->node[i].draws && s >= 0 &&
            (best < 0 || r->season[s].lowest[r->node[i].node] < r->season[best].lowest[at])) {
            best = s;
            at   = r->node[i].node;
        }
    }
    for (size_t s = 0; best < 0 && s < r->seasons; s++)
        best = r->season[s].lowest != NULL ? (int32_t)s : -1;
    return best;
}

/* ---- the table of pressures ---- */

typedef struct pressure {
    const park_bound_node *node;
    int32_t                season;
    double                 lowest;
} pressure;

static int by_pressure(const void *a, const void *b)
{
    const pressure *x = a, *y = b;
    return x->lowest != y->lowest ? (x->lowest > y->lowest) - (x->lowest < y->lowest)
                                  : (x->node > y->node) - (x->node < y->node);
}

static void pressures(park_page *page, const park_bound_result *r)
{
    static const char *const TITLES[] = {"节点",    "node",     "用水单元", "unit", "最低水头",
                                         "lowest>", "平均水头", "mean>",    "要求", "required>",
                                         "季",      "season",   "最低时刻", "when", NULL};
    pressure                *row      = PARK_ARRAY(page->arena, r->nodes, pressure);
    size_t                   count    = 0;
    for (size_t i = 0; row != NULL && i < r->nodes; i++) {
        int32_t s = lowest_season(r, r->node[i].node);
        if (r->node[i].draws && s >= 0)
            row[count++] = (pressure){&r->node[i], s, r->season[s].lowest[r->node[i].node]};
    }
    if (count == 0)
        return;
    qsort(row, count, sizeof *row, by_pressure);
    park_page_table(page, TITLES);
    for (size_t i = 0; i < count; i++) {
        const park_bound_season *season = &r->season[row[i].season];
        int32_t                  n      = row[i].node->node;
        bool                     low    = row[i].lowest < r->network->min_pressure - 1e-6;
        park_page_row(page);
        park_page_cell(page);
        park_page_text(page, r->network->net->node.names.text[n]);
        park_page_cell(page);
        if (row[i].node->unit >= 0)
            park_page_unit(page, row[i].node->unit);
        if (strchr(row[i].node->units, ',') != NULL)
            park_text_printf(&page->out, " (%s)", row[i].node->units);
        park_text_printf(&page->out, "<td class=\"n%s\">", low ? " over" : "");
        park_page_number(page, row[i].lowest, 1);
        park_text_add(&page->out, " m");
        park_page_cell_number(page, season->mean[n], 1);
        park_page_cell_number(page, r->network->min_pressure, 1);
        park_page_cell(page);
        season_label(page, (size_t)row[i].season);
        park_page_cell(page);
        when(page, season->start + (int64_t)season->lowest_hour[n] * 3600);
        park_page_row_end(page);
    }
    park_page_table_end(page);
}

/* ---- what would help ---- */

static void pipes_of(park_page *page, const park_bound_result *r, const park_bound_lack *lack)
{
    for (size_t i = 0; i < lack->pipes; i++)
        park_text_printf(&page->out, "%s%s %s", i > 0 ? ", " : "",
                         r->network->net->link.names.text[lack->pipe[i]], lack->size[i]);
}

static void remedies(park_page *page, const park_bound_result *r)
{
    static const char *const TITLES[] = {"节点",
                                         "node",
                                         "缺少水头 m",
                                         "lacks m>",
                                         "水源与水池需增水头 m",
                                         "head at sources and tanks m>",
                                         "或加大管段",
                                         "or larger pipes",
                                         "或取水降至",
                                         "or a draw of>",
                                         NULL};
    bool                     any      = false;
    for (size_t i = 0; i < r->lacks; i++)
        any = any || isfinite(r->lack[i].head) || r->lack[i].pipes > 0;
    if (!any)
        return;
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "水头不足处的补救（重新求解所得）",
                   "What would hold where the pressure is too low (solved again)");
    park_text_add(&page->out, "</h3>\n");
    park_page_table(page, TITLES);
    for (size_t i = 0; i < r->lacks; i++) {
        const park_bound_lack *lack = &r->lack[i];
        if (!isfinite(lack->head) && lack->pipes == 0)
            continue;
        park_page_row(page);
        park_page_cell(page);
        park_page_text(page, r->network->net->node.names.text[lack->node]);
        park_page_cell_number(page, lack->required - lack->lowest, 1);
        park_page_cell_number(page, lack->head, 1);
        park_page_cell(page);
        if (lack->pipes_help)
            pipes_of(page, r, lack);
        else
            park_text_add(&page->out, "—");
        park_text_add(&page->out, "<td class=\"n\">");
        park_page_number(page, lack->alternative ? 100.0 * lack->draw_times : NAN, 0);
        park_text_add(&page->out, lack->alternative && isfinite(lack->draw_times) ? " %" : "");
        park_page_row_end(page);
    }
    park_page_table_end(page);
}

/* ---- the account ---- */

static void account(park_page *page, const park_bound_result *r)
{
    static const char *const TITLES[] = {"季",
                                         "season",
                                         "进入管网 m³/a",
                                         "entered m³/a>",
                                         "园区取水 m³/a",
                                         "park draws m³/a>",
                                         "漏失 m³/a",
                                         "leaked m³/a>",
                                         "漏失率",
                                         "leakage>",
                                         "水泵电耗 kW·h/a",
                                         "pumps kWh/a>",
                                         "kW·h/m³",
                                         "kWh/m³>",
                                         "按长度与扬程 kW·h/a",
                                         "by length and lift kWh/a>",
                                         NULL};
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "水量与电耗", "Water and energy");
    park_text_add(&page->out, "</h3>\n");
    park_page_table(page, TITLES);
    for (size_t s = 0; s < r->seasons; s++) {
        const park_bound_season *a = &r->season[s];
        if (a->lowest == NULL)
            continue;
        park_page_row(page);
        park_page_cell(page);
        season_label(page, s);
        park_page_cell_number(page, a->supplied, 0);
        park_page_cell_number(page, a->park_drawn, 0);
        park_page_cell_number(page, a->leaked, 0);
        park_text_add(&page->out, "<td class=\"n\">");
        park_page_number(page, a->supplied > 0.0 ? 100.0 * a->leaked / a->supplied : NAN, 2);
        park_text_add(&page->out, " %");
        park_page_cell_number(page, a->energy / KWH, 0);
        park_page_cell_number(page, a->supplied > 0.0 ? a->energy / KWH / a->supplied : NAN, 3);
        park_page_cell_number(page, a->lift_energy / KWH, 0);
        park_page_row_end(page);
    }
    park_page_table_end(page);
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(
        page,
        "水头取自各季最不利日（输水量最大的一小时所在日）；水量与电耗按各季逐时平均日计。有水泵的管网，其电耗"
        "代替所输连接按长度与扬程计的电耗，按水量分摊，计入模拟年度账单、能耗与碳排放；优化方案仍按长度与扬程"
        "计。"
        "无水泵的管网不作替换。",
        "Pressures are those of each season's worst day, which holds the hour with the most "
        "carried water; volumes and "
        "energy are those of its average day. Where a network has pumps, their energy stands in the "
        "simulated year's bill, energy and carbon in the place of what length and lift said of the "
        "connections that it carries, shared among them by water; the plan counts length and lift. "
        "Networks without pumps replace nothing.");
    park_text_add(&page->out, "</p>\n");
}

/* ---- failures ---- */

static void failure_row(park_page *page, const park_bound_result *r, const park_bound_failure *f)
{
    const park_network *net  = r->network->net;
    bool                fire = f->what->kind == PARK_NETWORK_FIRE;
    char                number[64];
    park_page_row(page);
    park_page_cell(page);
    park_page_text(page, f->what->id);
    park_page_cell(page);
    if (fire)
        snprintf(number, sizeof number, "%.4g L/s", f->what->flow * 1000.0);
    else
        snprintf(number, sizeof number, "DN%.0f, %.0f m³", f->what->diameter * 1000.0, f->lost);
    park_page_both(page, fire ? "火灾 " : "爆管 ", fire ? "fire " : "burst ");
    park_page_text(page, fire ? net->node.names.text[f->what->node] : net->link.names.text[f->what->link]);
    park_text_printf(&page->out, " (%s)<td>", number);
    when(page, f->start);
    park_text_printf(&page->out, ", %.1f h<td class=\"n\">", f->seconds / 3600.0);
    park_page_number(page, f->required, 1);
    park_page_cell(page);
    size_t told = 0;
    for (size_t i = 0; i < r->nodes; i++) {
        const park_bound_node *node = &r->node[i];
        if (!node->draws || !(f->lowest[node->node] < f->required - 1e-3))
            continue;
        park_text_add(&page->out, told++ > 0 ? "; " : "");
        if (node->unit >= 0)
            park_page_unit(page, node->unit);
        park_text_printf(&page->out, " %.1f m (%.1f)", f->lowest[node->node], f->without[node->node]);
    }
    if (told == 0)
        park_page_both(page, "无", "none");
    park_page_cell_number(page, f->unmet, 1);
    park_page_row_end(page);
}

static void failures(park_page *page, const park_bound_result *r)
{
    static const char *const TITLES[] = {"故障",
                                         "failure",
                                         "内容",
                                         "what",
                                         "时段",
                                         "when",
                                         "要求水头 m",
                                         "required m>",
                                         "低于要求的单元：最低水头（无故障时）",
                                         "units below it: lowest (without it)",
                                         "未供 m³",
                                         "not delivered m³>",
                                         NULL};
    if (r->failures == 0)
        return;
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "火灾与爆管", "Fire and burst");
    park_text_add(&page->out, "</h3>\n");
    park_page_table(page, TITLES);
    for (size_t i = 0; i < r->failures; i++)
        failure_row(page, r, &r->failure[i]);
    park_page_table_end(page);
}

/* ---- the section ---- */

static void caption(park_page *page, const scale *s, int32_t season)
{
    park_text_add(&page->out, "<p class=\"note caption\">");
    park_page_both(page, s->zh, s->en);
    park_text_printf(&page->out, " (%s", s->unit);
    if (season >= 0) {
        park_text_add(&page->out, ", ");
        season_label(page, (size_t)season);
    }
    park_text_add(&page->out, ")</p>\n");
}

static void maps(park_page *page, const park_bound_result *r)
{
    int32_t s                 = map_season(r);
    scale   by_pressure_asked = pressure_scale(r->network->min_pressure);
    if (s < 0)
        return;
    caption(page, &by_pressure_asked, s);
    map(page, r, &by_pressure_asked, r->season[s].lowest, NULL, WIDE);
    park_text_add(&page->out, "<div class=\"pair\"><div>");
    caption(page, &VELOCITY, s);
    map(page, r, &VELOCITY, NULL, r->season[s].fastest, HALF);
    park_text_add(&page->out, "</div><div>");
    caption(page, &AGE, r->age_season);
    map(page, r, &AGE, r->age, NULL, HALF);
    park_text_add(&page->out, "</div></div>\n");
}

void park_page_networks(park_page *page)
{
    if (page->record->networks == 0)
        return;
    park_page_section(page, "networks", "管网水力", "Pipe networks");
    for (size_t i = 0; i < page->record->networks; i++) {
        const park_bound_result *r = &page->record->network[i];
        park_text_add(&page->out, "<h3>");
        park_page_both(page, "管网 ", "network ");
        park_page_text(page, r->network->id);
        park_text_add(&page->out, "</h3>\n");
        maps(page, r);
        pressures(page, r);
        remedies(page, r);
        account(page, r);
        failures(page, r);
    }
    park_page_section_end(page);
}
