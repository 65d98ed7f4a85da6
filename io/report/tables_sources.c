/* Sources (form A1) and cooling systems (form A6). */
#include "report/tables_parts.h"

#include "units/kind.h"
#include "units/users/cooling_tower.h"

#include <math.h>
#include <string.h>

static const double YEAR = 31536000.0; /* [s/a] */

/* The unit's map of one season; NULL where the unit has no kind (a park written by hand) or no parameters (one read back from a
 * result file). */
static park_status map_of(const park_tables *t, int32_t unit, int32_t season, park_map **map, park_error *err)
{
    *map = NULL;
    if (t->model->unit[unit].kind == NULL || t->model->unit[unit].params == NULL)
        return PARK_OK;
    *map = park_map_new(t->arena, t->model, unit);
    if (*map == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a table");
    return park_unit_average(t->model, unit, season, *map, err);
}

/* What a source gave, over the seasons [m3/a]. */
static double taken(const park_tables *t, const park_ledger *g, int32_t unit, bool to_sinks)
{
    double sum = 0.0;
    for (size_t s = 0; s < g->seasons; s++)
        for (size_t l = 0; l < g->links; l++)
            if (t->model->link[l].from == unit &&
                (t->model->unit[t->model->link[l].to].role == PARK_SINK) == to_sinks)
                sum += g->link_water[s * g->links + l];
    return sum;
}

/* The largest flow that the source can give in any season [m3/s]. */
static park_status largest(const park_tables *t, int32_t unit, double *flow, double *licence, park_error *err)
{
    *flow    = 0.0;
    *licence = INFINITY;
    for (size_t s = 0; s < t->model->time.seasons; s++) {
        park_map *map;
        PARK_TRY(map_of(t, unit, (int32_t)s, &map, err));
        if (map == NULL || map->outlets == 0) {
            *flow = NAN;
            return PARK_OK;
        }
        const park_map_outlet *out = &map->outlet[0];
        *flow                      = fmax(*flow, out->flow == PARK_FLOW_AFFINE ? out->beta : out->hi);
        *licence                   = map->licence;
    }
    return PARK_OK;
}

park_status park_table_sources(const park_tables *t, park_sheet *sheet, park_error *err)
{
    park_sheet_head(sheet, "账户", "account");
    park_sheet_head(sheet, "水源编号", "source");
    park_sheet_head(sheet, "水源名称", "name");
    park_sheet_head(sheet, "水源类型", "kind of water");
    park_sheet_head(sheet, "可供能力 (m³/d)", "largest supply (m3/d)");
    park_sheet_head(sheet, "许可水量 (万m³/a)", "licence (10^4 m3/a)");
    park_sheet_head(sheet, "取用量 (m³/d)", "taken (m3/d)");
    park_sheet_head(sheet, "取用量 (万m³/a)", "taken (10^4 m3/a)");
    park_sheet_head(sheet, "未用直排量 (m³/d)", "passed by unused (m3/d)");
    park_sheet_head(sheet, "许可利用率 (%)", "share of licence (%)");
    park_sheet_end_row(sheet);
    for (size_t a = 0; a < t->accounts; a++)
        for (size_t u = 0; u < t->model->units; u++) {
            const park_unit_info *unit = &t->model->unit[u];
            double                flow, licence;
            if (unit->role != PARK_SOURCE)
                continue;
            PARK_TRY(largest(t, (int32_t)u, &flow, &licence, err));
            double used = taken(t, t->account[a].ledger, (int32_t)u, false);
            park_sheet_word(sheet, t->account[a].zh, t->account[a].en);
            park_sheet_unit(sheet, t->model, (int32_t)u);
            park_sheet_text(sheet, park_origin_word(unit->origin, sheet->zh));
            park_sheet_daily(sheet, flow * YEAR);
            park_sheet_wan(sheet, licence);
            park_sheet_daily(sheet, used);
            park_sheet_wan(sheet, used);
            park_sheet_daily(sheet, taken(t, t->account[a].ledger, (int32_t)u, true));
            park_sheet_percent(sheet, isfinite(licence) ? used / licence : NAN);
            park_sheet_end_row(sheet);
        }
    return PARK_OK;
}

/* ---- cooling ---- */

/* The water of one tower in one season [m3/a] and the mixture that it holds. */
typedef struct tower {
    double  makeup, evaporation, drift, blowdown, other, circulation;
    int32_t salty; /* an outlet that carries the circulating water; -1 */
} tower;

static tower read_tower(const park_tables *t, const park_ledger *g, size_t s, int32_t unit)
{
    tower                 w    = {.salty = -1, .circulation = g->circulating[s * g->units + (size_t)unit]};
    const park_unit_info *info = &t->model->unit[unit];
    for (size_t l = 0; l < g->links; l++)
        if (t->model->link[l].to == unit)
            w.makeup += g->link_water[s * g->links + l];
    for (size_t k = info->first_outlet; k < info->first_outlet + info->outlets; k++) {
        double water = g->outlet_water[s * g->outlets + k];
        switch (t->model->outlet[k].role) {
        case PARK_OUT_EVAPORATION:
            w.evaporation += water;
            break;
        case PARK_OUT_DRIFT:
            w.drift += water;
            break;
        case PARK_OUT_BLOWDOWN:
            w.blowdown += water;
            break;
        default:
            w.other += water;
            continue;
        }
        if (t->model->outlet[k].role != PARK_OUT_EVAPORATION && water > 0.0)
            w.salty = (int32_t)k;
    }
    return w;
}

/* The limit of the circulating water that is nearest: its name and how much of it is used. */
static void binding(const park_tables *t, const park_ledger *g, size_t s, const tower *w, const park_map *map,
                    int32_t unit, const char **name, double *share)
{
    *name  = "";
    *share = NAN;
    if (map == NULL || w->salty < 0)
        return;
    size_t        C = g->constituents, row = s * g->outlets + (size_t)w->salty;
    const double *mass  = g->outlet_mass + row * C;
    double        water = g->outlet_water[row];
    const double *limit = map->outlet[(size_t)w->salty - t->model->unit[unit].first_outlet].limit;
    for (size_t c = 0; c < C; c++)
        if (isfinite(limit[c]) && !(mass[c] / (water * limit[c]) <= *share)) {
            *share = mass[c] / (water * limit[c]);
            *name  = t->model->constituent[c].id;
        }
    for (size_t i = 0; i < map->combined_count; i++) {
        double sum = 0.0;
        for (size_t c = 0; c < C; c++)
            sum += map->combined[i].coef[c] * mass[c] / water;
        if (!(sum / map->combined[i].limit <= *share)) {
            *share = sum / map->combined[i].limit;
            *name  = map->combined[i].name;
        }
    }
}

static double range_of(const park_unit_info *unit)
{
    if (unit->kind == NULL || unit->params == NULL || strcmp(unit->kind->word, "cooling_tower") != 0)
        return NAN;
    const park_cooling_tower *params = unit->params;
    return params->range;
}

static void cooling_heads(park_sheet *sheet)
{
    park_sheet_head(sheet, "账户", "account");
    park_sheet_head(sheet, "季", "season");
    park_sheet_unit_heads(sheet);
    park_sheet_head(sheet, "循环水量 (m³/h)", "circulation (m3/h)");
    park_sheet_head(sheet, "温差 (℃)", "range (K)");
    park_sheet_head(sheet, "蒸发系数 k (1/℃)", "evaporation factor k (1/K)");
    park_sheet_head(sheet, "蒸发量 (m³/d)", "evaporation (m3/d)");
    park_sheet_head(sheet, "风吹损失 (m³/d)", "drift (m3/d)");
    park_sheet_head(sheet, "排污量 (m³/d)", "blowdown (m3/d)");
    park_sheet_head(sheet, "补充水量 (m³/d)", "make-up (m3/d)");
    park_sheet_head(sheet, "浓缩倍数", "cycles of concentration");
    park_sheet_head(sheet, "控制指标", "binding limit");
    park_sheet_head(sheet, "占限值比例 (%)", "share of that limit (%)");
    park_sheet_end_row(sheet);
}

static bool cools(const park_unit_info *unit, const park_model *model)
{
    for (size_t k = unit->first_outlet; k < unit->first_outlet + unit->outlets; k++)
        if (unit->role == PARK_USER && model->outlet[k].role == PARK_OUT_DRIFT)
            return true;
    return false;
}

park_status park_table_cooling(const park_tables *t, park_sheet *sheet, park_error *err)
{
    cooling_heads(sheet);
    for (size_t a = 0; a < t->accounts; a++)
        for (size_t u = 0; u < t->model->units; u++)
            for (size_t s = 0; s < t->model->time.seasons && cools(&t->model->unit[u], t->model); s++) {
                const park_season_info *season = &t->model->time.season[s];
                const park_ledger      *g      = t->account[a].ledger;
                tower                   w      = read_tower(t, g, s, (int32_t)u);
                double                  hours = season->seconds / 3600.0, days = season->seconds / 86400.0;
                double                  range = range_of(&t->model->unit[u]), share;
                park_map               *map;
                const char             *name;
                PARK_TRY(map_of(t, (int32_t)u, (int32_t)s, &map, err));
                binding(t, g, s, &w, map, (int32_t)u, &name, &share);
                park_sheet_word(sheet, t->account[a].zh, t->account[a].en);
                park_sheet_label(sheet, season->label, season->id);
                park_sheet_unit(sheet, t->model, (int32_t)u);
                park_sheet_number(sheet, w.circulation / hours, 1);
                park_sheet_number(sheet, range, 1);
                park_sheet_number(sheet, w.evaporation / (w.circulation * range), 6);
                park_sheet_number(sheet, w.evaporation / days, 2);
                park_sheet_number(sheet, w.drift / days, 2);
                park_sheet_number(sheet, w.blowdown / days, 2);
                park_sheet_number(sheet, w.makeup / days, 2);
                park_sheet_number(sheet, w.makeup / (w.makeup - w.evaporation), 2);
                park_sheet_text(sheet, name);
                park_sheet_percent(sheet, share);
                park_sheet_end_row(sheet);
            }
    return PARK_OK;
}
