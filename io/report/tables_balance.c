/* Balances: units (form A4), enterprises with the park and its eliminations (A5), seasons, constituents. */
#include "report/tables_parts.h"

#include <math.h>

static const char *role_word(park_role role, bool zh)
{
    static const char *const ZH[] = {"水源", "用水", "处理", "蓄水", "排水"};
    static const char *const EN[] = {"source", "user", "treatment", "storage", "sink"};
    return zh ? ZH[role] : EN[role];
}

/* The columns that units and enterprises share, in m3/d. */
static const struct {
    const char *zh, *en;
    size_t      offset;
} VOLUMES[] = {
    {"常规取水 (m³/d)", "conventional intake (m3/d)", offsetof(park_volumes, vi_conventional)},
    {"非常规取水 (m³/d)", "non-conventional intake (m3/d)", offsetof(park_volumes, vih)},
    {"其他企业来水 (m³/d)", "from other enterprises (m3/d)", offsetof(park_volumes, from_others)},
    {"新水量 (m³/d)", "fresh water Vf (m3/d)", offsetof(park_volumes, vf)},
    {"循环水量 (m³/d)", "circulating Vcy (m3/d)", offsetof(park_volumes, vcy)},
    {"串联水量 (m³/d)", "serial Vs (m3/d)", offsetof(park_volumes, vs)},
    {"处理后回用 (m³/d)", "reused after treatment Vre (m3/d)", offsetof(park_volumes, vre)},
    {"用水量 (m³/d)", "water use Vt (m3/d)", offsetof(park_volumes, vt)},
    {"外来废水 (m³/d)", "streams (m3/d)", offsetof(park_volumes, streams)},
    {"水面降雨 (m³/d)", "rain on open water (m3/d)", offsetof(park_volumes, own)},
    {"耗水量 (m³/d)", "consumption Vco (m3/d)", offsetof(park_volumes, vco)},
    {"外供水量 (m³/d)", "given to others (m3/d)", offsetof(park_volumes, exported)},
    {"排水量 (m³/d)", "discharge Vd (m3/d)", offsetof(park_volumes, vd)},
    {"漏失水量 (m³/d)", "leaks Vl (m3/d)", offsetof(park_volumes, vl)},
    {"蓄水变化 (m³/d)", "change of storage (m3/d)", offsetof(park_volumes, stored)},
    {"不平衡量 (m³/d)", "imbalance (m3/d)", offsetof(park_volumes, imbalance)},
};

enum { VOLUME_COUNT = sizeof VOLUMES / sizeof VOLUMES[0] };

static void volume_heads(park_sheet *sheet)
{
    for (size_t i = 0; i < VOLUME_COUNT; i++)
        park_sheet_head(sheet, VOLUMES[i].zh, VOLUMES[i].en);
    park_sheet_head(sheet, "不平衡率 (%)", "imbalance (%)");
}

static void volume_cells(park_sheet *sheet, const park_volumes *v)
{
    for (size_t i = 0; i < VOLUME_COUNT; i++)
        park_sheet_daily(sheet, *(const double *)(const void *)((const char *)v + VOLUMES[i].offset));
    park_sheet_percent(sheet, v->vt + v->streams > 0.0 ? v->imbalance / (v->vt + v->streams) : NAN);
}

park_status park_table_units(const park_tables *t, park_sheet *sheet, park_error *err)
{
    park_sheet_head(sheet, "账户", "account");
    park_sheet_unit_heads(sheet);
    park_sheet_head(sheet, "企业", "enterprise");
    park_sheet_head(sheet, "类别", "role");
    volume_heads(sheet);
    park_sheet_end_row(sheet);
    for (size_t a = 0; a < t->accounts; a++)
        for (size_t u = 0; u < t->model->units; u++) {
            const park_unit_info *unit = &t->model->unit[u];
            park_volumes          v;
            if (unit->role == PARK_SOURCE || unit->role == PARK_SINK)
                continue;
            PARK_TRY(
                park_volumes_of(t->model, t->account[a].ledger, PARK_BOUNDARY_UNIT, (int32_t)u, &v, err));
            park_sheet_word(sheet, t->account[a].zh, t->account[a].en);
            park_sheet_unit(sheet, t->model, (int32_t)u);
            park_sheet_enterprise(sheet, t->model, unit->enterprise);
            park_sheet_text(sheet, role_word(unit->role, sheet->zh));
            volume_cells(sheet, &v);
            park_sheet_end_row(sheet);
        }
    return PARK_OK;
}

static double rate(double repeated, double intake)
{
    return repeated + intake == 0.0 ? NAN : repeated / (repeated + intake);
}

static void rate_cells(park_sheet *sheet, const park_volumes *v)
{
    double without = v->vr - v->vcy_indirect - v->vcy_direct;
    park_sheet_percent(sheet, rate(v->vr, v->vi_conventional));
    park_sheet_percent(sheet, rate(v->vr, v->vf));
    park_sheet_percent(sheet, rate(without, v->vi_conventional));
    park_sheet_percent(sheet, rate(without, v->vf));
    park_sheet_end_row(sheet);
}

park_status park_table_enterprises(const park_tables *t, park_sheet *sheet, park_error *err)
{
    park_sheet_head(sheet, "账户", "account");
    park_sheet_head(sheet, "边界", "boundary");
    volume_heads(sheet);
    park_sheet_head(sheet, "重复利用率A (%)", "reuse rate, basis A (%)");
    park_sheet_head(sheet, "重复利用率B (%)", "reuse rate, basis B (%)");
    park_sheet_head(sheet, "重复利用率A，不计冷却循环 (%)", "reuse rate A without towers (%)");
    park_sheet_head(sheet, "重复利用率B，不计冷却循环 (%)", "reuse rate B without towers (%)");
    park_sheet_end_row(sheet);
    for (size_t a = 0; a < t->accounts; a++) {
        park_volumes v;
        for (int32_t e = PARK_NONE; e < (int32_t)t->model->enterprises; e++) {
            PARK_TRY(park_volumes_of(t->model, t->account[a].ledger, PARK_BOUNDARY_ENTERPRISE, e, &v, err));
            park_sheet_word(sheet, t->account[a].zh, t->account[a].en);
            park_sheet_enterprise(sheet, t->model, e);
            volume_cells(sheet, &v);
            rate_cells(sheet, &v);
        }
        PARK_TRY(park_volumes_of(t->model, t->account[a].ledger, PARK_BOUNDARY_PARK, PARK_NONE, &v, err));
        park_sheet_word(sheet, t->account[a].zh, t->account[a].en);
        park_sheet_word(sheet, "园区合并", "park, consolidated");
        volume_cells(sheet, &v);
        rate_cells(sheet, &v);
    }
    return PARK_OK;
}

static void term(park_sheet *sheet, const park_account *account, const char *zh, const char *en,
                 double yearly)
{
    park_sheet_word(sheet, account->zh, account->en);
    park_sheet_word(sheet, zh, en);
    park_sheet_daily(sheet, yearly);
    park_sheet_wan(sheet, yearly);
    park_sheet_end_row(sheet);
}

park_status park_table_eliminations(const park_tables *t, park_sheet *sheet, park_error *err)
{
    park_sheet_head(sheet, "账户", "account");
    park_sheet_head(sheet, "项目", "term");
    park_sheet_head(sheet, "水量 (m³/d)", "volume (m3/d)");
    park_sheet_head(sheet, "水量 (万m³/a)", "volume (10^4 m3/a)");
    park_sheet_end_row(sheet);
    for (size_t a = 0; a < t->accounts; a++) {
        const park_account *at = &t->account[a];
        park_consolidation  c;
        PARK_TRY(park_consolidate(t->model, at->ledger, &c, err));
        term(sheet, at, "各企业新水量合计", "fresh water of the members, summed", c.members_vf);
        term(sheet, at, "减：企业间转供", "less transfers between members", -c.transfers);
        term(sheet, at, "减：园区再生水供水", "less reclaimed water of the park", -c.park_reclaimed);
        term(sheet, at, "加：公用设施自用、损失与蓄水", "plus own use, losses and stock of the utility",
             c.utility);
        term(sheet, at, "园区新水量", "fresh water of the park", c.park_vf);
        term(sheet, at, "合并残差", "residual of the elimination", c.residual_vf);
        term(sheet, at, "各企业重复利用量合计", "repeated use of the members, summed", c.members_vr);
        term(sheet, at, "加：企业间转供（已用水）", "plus transfers of used water", c.transfers_used);
        term(sheet, at, "加：园区再生水供水", "plus reclaimed water of the park", c.park_reclaimed);
        term(sheet, at, "减：用前损失与不计部分", "less what was lost before its use or does not count",
             -c.before_use);
        term(sheet, at, "园区重复利用量", "repeated use of the park", c.park_vr);
    }
    return PARK_OK;
}

/* ---- seasons ---- */

typedef struct line {
    const park_tables  *t;
    park_sheet         *sheet;
    const park_account *account;
    size_t              season;
} line;

static void season_line(const line *at, const char *zh, const char *en, int32_t unit, const char *what,
                        double water)
{
    const park_season_info *season = &at->t->model->time.season[at->season];
    if (water == 0.0)
        return;
    park_sheet_word(at->sheet, at->account->zh, at->account->en);
    park_sheet_label(at->sheet, season->label, season->id);
    park_sheet_word(at->sheet, zh, en);
    park_sheet_unit(at->sheet, at->t->model, unit);
    park_sheet_text(at->sheet, what);
    park_sheet_number(at->sheet, water / (season->seconds / 86400.0), 2);
    park_sheet_wan(at->sheet, water);
    park_sheet_end_row(at->sheet);
}

static const char *exit_word(park_outlet_role role, bool zh)
{
    switch (role) {
    case PARK_OUT_EVAPORATION:
        return zh ? "蒸发" : "evaporation";
    case PARK_OUT_DRIFT:
        return zh ? "风吹" : "drift";
    case PARK_OUT_LEAK:
        return zh ? "漏失" : "leak";
    case PARK_OUT_IN_PRODUCT:
        return zh ? "产品带走" : "in product";
    case PARK_OUT_SLUDGE:
        return zh ? "污泥" : "sludge";
    case PARK_OUT_STEAM:
        return zh ? "蒸汽" : "steam";
    default:
        return zh ? "其他" : "other";
    }
}

static double into(const park_tables *t, const park_ledger *g, size_t s, size_t unit)
{
    double sum = 0.0;
    for (size_t l = 0; l < g->links; l++)
        if ((size_t)t->model->link[l].to == unit)
            sum += g->link_water[s * g->links + l];
    return sum;
}

/* Everything that crosses the park's boundary in a season; what is left is the residual. */
static void season_lines(const line *at)
{
    const park_ledger *g    = at->account->ledger;
    const park_model  *m    = at->t->model;
    size_t             s    = at->season;
    double             rest = 0.0;
    for (size_t k = 0; k < g->outlets; k++) {
        double  water = g->outlet_water[s * g->outlets + k];
        int32_t unit  = m->outlet[k].unit;
        if (m->unit[unit].role == PARK_SOURCE) {
            season_line(at, "入", "in", unit, park_origin_word(m->unit[unit].origin, at->sheet->zh), water);
            rest += water;
        }
        if (m->outlet[k].exits) {
            season_line(at, "出", "out", unit, exit_word(m->outlet[k].role, at->sheet->zh), water);
            rest -= water;
        }
    }
    for (size_t u = 0; u < g->units; u++) {
        size_t row  = s * g->units + u;
        double sink = m->unit[u].role == PARK_SINK ? into(at->t, g, s, u) : 0.0;
        double own  = m->unit[u].role == PARK_SOURCE ? 0.0 : g->own_water[row];
        season_line(at, "入", "in", (int32_t)u, at->sheet->zh ? "水面降雨" : "rain on open water", own);
        season_line(at, "出", "out", (int32_t)u, at->sheet->zh ? "排放" : "discharge", sink);
        season_line(at, "出", "out", (int32_t)u, at->sheet->zh ? "溢出" : "spilled", g->spilled[row]);
        season_line(at, "蓄", "stored", (int32_t)u, at->sheet->zh ? "蓄水变化" : "change of storage",
                    g->stored_water[row]);
        rest += own - sink - g->stored_water[row];
        if (m->unit[u].role != PARK_SOURCE) /* what a source spills has arrived, too */
            rest -= g->spilled[row];
    }
    const park_season_info *season = &m->time.season[s];
    park_sheet_word(at->sheet, at->account->zh, at->account->en);
    park_sheet_label(at->sheet, season->label, season->id);
    park_sheet_word(at->sheet, "闭合差", "residual");
    park_sheet_unit(at->sheet, m, PARK_NONE);
    park_sheet_text(at->sheet, "");
    park_sheet_number(at->sheet, rest / (season->seconds / 86400.0), 6);
    park_sheet_wan(at->sheet, rest);
    park_sheet_end_row(at->sheet);
}

park_status park_table_seasons(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    park_sheet_head(sheet, "账户", "account");
    park_sheet_head(sheet, "季", "season");
    park_sheet_head(sheet, "方向", "direction");
    park_sheet_unit_heads(sheet);
    park_sheet_head(sheet, "内容", "what");
    park_sheet_head(sheet, "该季日均 (m³/d)", "mean of the season (m3/d)");
    park_sheet_head(sheet, "该季水量 (万m³)", "in the season (10^4 m3)");
    park_sheet_end_row(sheet);
    for (size_t a = 0; a < t->accounts; a++)
        for (size_t s = 0; s < t->model->time.seasons; s++)
            season_lines(&(line){t, sheet, &t->account[a], s});
    return PARK_OK;
}

/* ---- where each constituent comes from and leaves ---- */

static void mass_line(park_sheet *sheet, const park_tables *t, size_t a, size_t c, const char *zh,
                      const char *en, int32_t unit, const char *what, double mass)
{
    if (mass == 0.0)
        return;
    park_sheet_word(sheet, t->account[a].zh, t->account[a].en);
    park_sheet_label(sheet, t->model->constituent[c].label, t->model->constituent[c].id);
    park_sheet_word(sheet, zh, en);
    park_sheet_unit(sheet, t->model, unit);
    park_sheet_text(sheet, what);
    park_sheet_number(sheet, mass / 365.0, 3);
    park_sheet_number(sheet, mass / 1000.0, 4);
    park_sheet_end_row(sheet);
}

/* A column [S*rows*C] summed over the seasons. */
static double over_seasons(const park_ledger *g, const double *column, size_t rows, size_t row, size_t c)
{
    double sum = 0.0;
    for (size_t s = 0; s < g->seasons; s++)
        sum += column[(s * rows + row) * g->constituents + c];
    return sum;
}

static void mass_lines(park_sheet *sheet, const park_tables *t, size_t a, size_t c)
{
    const park_ledger *g  = t->account[a].ledger;
    const park_model  *m  = t->model;
    bool               zh = sheet->zh;
    for (size_t k = 0; k < g->outlets; k++) {
        double  mass = over_seasons(g, g->outlet_mass, g->outlets, k, c);
        int32_t unit = m->outlet[k].unit;
        if (m->unit[unit].role == PARK_SOURCE)
            mass_line(sheet, t, a, c, "入", "in", unit, zh ? "水源带入" : "with the source", mass);
        if (m->outlet[k].exits)
            mass_line(sheet, t, a, c, "出", "out", unit, exit_word(m->outlet[k].role, zh), mass);
    }
    for (size_t u = 0; u < g->units; u++) {
        double sink = 0.0;
        for (size_t l = 0; l < g->links && m->unit[u].role == PARK_SINK; l++)
            if ((size_t)m->link[l].to == u)
                sink += over_seasons(g, g->link_mass, g->links, l, c);
        int32_t unit = (int32_t)u;
        mass_line(sheet, t, a, c, "入", "in", unit, zh ? "使用中加入" : "added in use",
                  over_seasons(g, g->added_mass, g->units, u, c));
        mass_line(sheet, t, a, c, "入", "in", unit, zh ? "降雨带入" : "with rain",
                  m->unit[u].role == PARK_SOURCE ? 0.0 : over_seasons(g, g->own_mass, g->units, u, c));
        mass_line(sheet, t, a, c, "出", "out", unit, zh ? "排放" : "discharge", sink);
        mass_line(sheet, t, a, c, "出", "out", unit, zh ? "去除" : "removed",
                  over_seasons(g, g->removed_mass, g->units, u, c));
        mass_line(sheet, t, a, c, "出", "out", unit, zh ? "溢出" : "spilled",
                  over_seasons(g, g->spilled_mass, g->units, u, c));
        mass_line(sheet, t, a, c, "蓄", "stored", unit, zh ? "蓄存变化" : "change of stock",
                  over_seasons(g, g->stored_mass, g->units, u, c));
    }
}

park_status park_table_constituents(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    park_sheet_head(sheet, "账户", "account");
    park_sheet_head(sheet, "水质项目", "constituent");
    park_sheet_head(sheet, "方向", "direction");
    park_sheet_unit_heads(sheet);
    park_sheet_head(sheet, "途径", "way");
    park_sheet_head(sheet, "质量 (kg/d)", "mass (kg/d)");
    park_sheet_head(sheet, "质量 (t/a)", "mass (t/a)");
    park_sheet_end_row(sheet);
    for (size_t a = 0; a < t->accounts; a++)
        for (size_t c = 0; c < t->model->constituents; c++)
            if (t->model->constituent[c].mixes == PARK_MIX_MASS)
                mass_lines(sheet, t, a, c);
    return PARK_OK;
}
