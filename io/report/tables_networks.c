/* Pipe networks of the park: pressures, pipes, the account of each season, failures. */
#include "report/tables_parts.h"

#include "base/calendar.h"

#include <math.h>
#include <string.h>

static const double KWH = 3.6e6;

/* "2025-07-14 10:00" in the park's time; the hour alone when steady. */
static const char *when(const park_tables *t, int64_t instant)
{
    char text[PARK_ISO_SIZE];
    park_iso_format(instant, t->model->time.utc_offset / 60, text);
    return park_arena_printf(t->arena, "%.10s%s%.5s", t->model->time.steady ? "" : text,
                             t->model->time.steady ? "" : " ", text + 11);
}

static const park_bound_node *bound_at(const park_bound_result *r, int32_t node)
{
    for (size_t i = 0; i < r->nodes; i++)
        if (r->node[i].node == node)
            return &r->node[i];
    return NULL;
}

static const char *season_name(const park_tables *t, size_t s)
{
    return t->model->time.season[s].id;
}

static void heads(park_sheet *sheet, const char *const (*head)[2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        park_sheet_head(sheet, head[i][0], head[i][1]);
    park_sheet_end_row(sheet);
}
#define HEADS(sheet, table) heads((sheet), (table), sizeof(table) / sizeof *(table))

/* ---- pressures ---- */

static void pressure_row(const park_tables *t, park_sheet *sheet, const park_bound_result *r, size_t s,
                         int32_t n)
{
    const park_bound_season *season   = &r->season[s];
    const park_bound_node   *bound    = bound_at(r, n);
    bool                     asked    = bound != NULL && bound->draws;
    double                   required = asked ? r->network->min_pressure : NAN;
    park_sheet_text(sheet, r->network->id);
    park_sheet_text(sheet, r->network->net->node.names.text[n]);
    park_sheet_text(sheet, bound != NULL ? bound->units : "");
    park_sheet_text(sheet, season_name(t, s));
    park_sheet_number(sheet, season->lowest[n], 2);
    park_sheet_text(sheet, when(t, season->start + (int64_t)season->lowest_hour[n] * 3600));
    park_sheet_number(sheet, season->mean[n], 2);
    park_sheet_number(sheet, required, 2);
    if (isfinite(required))
        park_sheet_word(sheet, season->lowest[n] < required - 1e-6 ? "不足" : "满足",
                        season->lowest[n] < required - 1e-6 ? "low" : "ok");
    else
        park_sheet_text(sheet, "");
    park_sheet_number(sheet, r->age != NULL ? r->age[n] / 3600.0 : NAN, 2);
    park_sheet_end_row(sheet);
}

park_status park_table_pressures(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    static const char *const HEAD[][2] = {{"管网", "network"},
                                          {"节点", "node"},
                                          {"对应单元", "units"},
                                          {"季", "season"},
                                          {"最低水头 (m)", "lowest pressure (m)"},
                                          {"时刻", "when"},
                                          {"平均日平均水头 (m)", "mean of the average day (m)"},
                                          {"要求水头 (m)", "required (m)"},
                                          {"判定", "verdict"},
                                          {"水龄（最老）(h)", "oldest water (h)"}};
    HEADS(sheet, HEAD);
    for (size_t i = 0; i < t->record->networks; i++) {
        const park_bound_result *r = &t->record->network[i];
        for (size_t s = 0; s < r->seasons; s++)
            for (size_t n = 0; r->season[s].lowest != NULL && n < r->network->net->node.count; n++)
                if (r->network->net->node.kind[n] == PARK_NET_JUNCTION)
                    pressure_row(t, sheet, r, s, (int32_t)n);
    }
    return PARK_OK;
}

/* ---- pipes ---- */

static const char *link_word(park_net_link_kind kind, bool zh)
{
    if (kind <= PARK_NET_CHECK_PIPE)
        return zh ? "管段" : "pipe";
    return kind == PARK_NET_PUMP ? (zh ? "水泵" : "pump") : (zh ? "阀门" : "valve");
}

park_status park_table_pipes(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    static const char *const HEAD[][2] = {{"管网", "network"},
                                          {"管段", "link"},
                                          {"类型", "kind"},
                                          {"起点", "from"},
                                          {"终点", "to"},
                                          {"季", "season"},
                                          {"长度 (m)", "length (m)"},
                                          {"内径 (mm)", "diameter (mm)"},
                                          {"最大流量 (m³/h)", "largest flow (m3/h)"},
                                          {"最大流速 (m/s)", "highest velocity (m/s)"}};
    HEADS(sheet, HEAD);
    for (size_t i = 0; i < t->record->networks; i++) {
        const park_bound_result *r   = &t->record->network[i];
        const park_network      *net = r->network->net;
        for (size_t s = 0; s < r->seasons; s++)
            for (size_t l = 0; r->season[s].fastest != NULL && l < net->link.count; l++) {
                bool pipe = net->link.kind[l] <= PARK_NET_CHECK_PIPE;
                park_sheet_text(sheet, r->network->id);
                park_sheet_text(sheet, net->link.names.text[l]);
                park_sheet_text(sheet, link_word(net->link.kind[l], sheet->zh));
                park_sheet_text(sheet, net->node.names.text[net->link.from[l]]);
                park_sheet_text(sheet, net->node.names.text[net->link.to[l]]);
                park_sheet_text(sheet, season_name(t, s));
                park_sheet_number(sheet, pipe ? net->link.length[l] : NAN, 1);
                park_sheet_number(sheet,
                                  net->link.kind[l] != PARK_NET_PUMP ? net->link.diameter[l] * 1e3 : NAN, 0);
                park_sheet_number(sheet, r->season[s].strongest[l] * 3600.0, 2);
                park_sheet_number(sheet, r->season[s].fastest[l], 3);
                park_sheet_end_row(sheet);
            }
    }
    return PARK_OK;
}

/* ---- the account ---- */

park_status park_table_networks(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    static const char *const HEAD[][2] = {
        {"管网", "network"},
        {"季", "season"},
        {"最不利日", "worst day"},
        {"进入管网 (m³/a)", "entered (m3/a)"},
        {"供给 (m³/a)", "delivered (m3/a)"},
        {"其中园区单元取水 (m³/a)", "of it drawn by the park's units (m3/a)"},
        {"漏失 (m³/a)", "leaked (m3/a)"},
        {"漏失率 (%)", "leakage (%)"},
        {"未供 (m³/a)", "not delivered (m3/a)"},
        {"水泵提升 (m³/a)", "pumped (m3/a)"},
        {"水泵电耗 (kW·h/a)", "energy of pumps (kWh/a)"},
        {"单位电耗 (kW·h/m³)", "energy per volume entered (kWh/m3)"},
        {"按长度与扬程估算的电耗 (kW·h/a)", "energy by length and lift (kWh/a)"},
        {"闭合差", "closure"},
        {"未平衡求解次数", "solves without balance"}};
    HEADS(sheet, HEAD);
    for (size_t i = 0; i < t->record->networks; i++) {
        const park_bound_result *r = &t->record->network[i];
        for (size_t s = 0; s < r->seasons; s++) {
            const park_bound_season *a = &r->season[s];
            if (a->lowest == NULL)
                continue;
            park_sheet_text(sheet, r->network->id);
            park_sheet_text(sheet, season_name(t, s));
            park_sheet_text(sheet, when(t, a->start + (int64_t)a->worst_hour * 3600));
            park_sheet_number(sheet, a->supplied, 1);
            park_sheet_number(sheet, a->delivered, 1);
            park_sheet_number(sheet, a->park_drawn, 1);
            park_sheet_number(sheet, a->leaked, 1);
            park_sheet_percent(sheet, a->supplied > 0.0 ? a->leaked / a->supplied : NAN);
            park_sheet_number(sheet, a->unmet, 1);
            park_sheet_number(sheet, a->pumped, 1);
            park_sheet_number(sheet, a->energy / KWH, 1);
            park_sheet_number(sheet, a->supplied > 0.0 ? a->energy / KWH / a->supplied : NAN, 4);
            park_sheet_number(sheet, a->lift_energy / KWH, 1);
            park_sheet_text(sheet, park_arena_printf(t->arena, "%.1e", a->closure));
            park_sheet_whole(sheet, (int64_t)a->unbalanced);
            park_sheet_end_row(sheet);
        }
    }
    return PARK_OK;
}

/* ---- failures ---- */

static void failure_row(const park_tables *t, park_sheet *sheet, const park_bound_result *r,
                        const park_bound_failure *f, const park_bound_node *node)
{
    const park_network *net  = r->network->net;
    bool                fire = f->what->kind == PARK_NETWORK_FIRE;
    park_sheet_text(sheet, r->network->id);
    park_sheet_text(sheet, f->what->id);
    park_sheet_word(sheet, fire ? "火灾" : "爆管", fire ? "fire" : "burst");
    park_sheet_text(sheet, fire ? net->node.names.text[f->what->node] : net->link.names.text[f->what->link]);
    park_sheet_text(sheet, when(t, f->start));
    park_sheet_number(sheet, f->seconds / 3600.0, 2);
    park_sheet_number(sheet, fire ? f->what->flow * 3600.0 : NAN, 1);
    park_sheet_number(sheet, fire ? NAN : f->lost, 1);
    park_sheet_number(sheet, f->unmet, 2);
    park_sheet_text(sheet, net->node.names.text[node->node]);
    park_sheet_text(sheet, node->units);
    park_sheet_number(sheet, f->without[node->node], 2);
    park_sheet_number(sheet, f->lowest[node->node], 2);
    park_sheet_number(sheet, f->required, 2);
    park_sheet_word(sheet, f->lowest[node->node] < f->required - 1e-3 ? "不足" : "满足",
                    f->lowest[node->node] < f->required - 1e-3 ? "low" : "ok");
    park_sheet_end_row(sheet);
}

park_status park_table_failures(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    static const char *const HEAD[][2] = {{"管网", "network"},
                                          {"故障", "failure"},
                                          {"类型", "kind"},
                                          {"位置", "at"},
                                          {"开始", "begins"},
                                          {"历时 (h)", "lasts (h)"},
                                          {"消防流量 (m³/h)", "fire flow (m3/h)"},
                                          {"流失 (m³)", "lost (m3)"},
                                          {"未供 (m³)", "not delivered (m3)"},
                                          {"节点", "node"},
                                          {"对应单元", "units"},
                                          {"无故障最低水头 (m)", "lowest without it (m)"},
                                          {"最低水头 (m)", "lowest pressure (m)"},
                                          {"要求水头 (m)", "required (m)"},
                                          {"判定", "verdict"}};
    HEADS(sheet, HEAD);
    for (size_t i = 0; i < t->record->networks; i++) {
        const park_bound_result *r = &t->record->network[i];
        for (size_t k = 0; k < r->failures; k++)
            for (size_t n = 0; n < r->nodes; n++)
                if (r->node[n].draws)
                    failure_row(t, sheet, r, &r->failure[k], &r->node[n]);
    }
    return PARK_OK;
}
