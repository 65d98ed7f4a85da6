/* Main, auxiliary and ancillary production of each enterprise (form A5): users summed by their part, and all of them. */
#include "report/tables_parts.h"

#include <math.h>

enum { LEVELS = 4 }; /* main, auxiliary, ancillary, not said */

static const struct {
    const char *zh, *en;
    size_t      offset;
} VOLUMES[] = {
    {"常规取水 (m³/d)", "conventional intake (m3/d)", offsetof(park_volumes, vi_conventional)},
    {"非常规取水 (m³/d)", "non-conventional intake (m3/d)", offsetof(park_volumes, vih)},
    {"循环水量 (m³/d)", "circulating Vcy (m3/d)", offsetof(park_volumes, vcy)},
    {"串联水量 (m³/d)", "serial Vs (m3/d)", offsetof(park_volumes, vs)},
    {"处理后回用 (m³/d)", "reused after treatment Vre (m3/d)", offsetof(park_volumes, vre)},
    {"用水量 (m³/d)", "water use Vt (m3/d)", offsetof(park_volumes, vt)},
    {"耗水量 (m³/d)", "consumption Vco (m3/d)", offsetof(park_volumes, vco)},
    {"排水量 (m³/d)", "discharge Vd (m3/d)", offsetof(park_volumes, vd)},
    {"漏失水量 (m³/d)", "leaks Vl (m3/d)", offsetof(park_volumes, vl)},
};

enum { VOLUME_COUNT = sizeof VOLUMES / sizeof VOLUMES[0] };

typedef struct level {
    size_t units;
    double volume[VOLUME_COUNT]; /* [m3/a] */
    double repeated, used;       /* [m3/a] */
} level;

static void add(level *to, const park_volumes *v)
{
    to->units++;
    for (size_t i = 0; i < VOLUME_COUNT; i++)
        to->volume[i] += *(const double *)(const void *)((const char *)v + VOLUMES[i].offset);
    to->repeated += v->vcy + v->vs + v->vre;
    to->used += v->vt;
}

static int level_of(park_duty duty)
{
    return duty == PARK_DUTY_MAIN ? 0 : duty == PARK_DUTY_AUXILIARY ? 1 : duty == PARK_DUTY_ANCILLARY ? 2 : 3;
}

static void row(const park_tables *t, park_sheet *sheet, const park_account *account, int32_t enterprise,
                const char *zh, const char *en, const level *l)
{
    park_sheet_word(sheet, account->zh, account->en);
    park_sheet_enterprise(sheet, t->model, enterprise);
    park_sheet_word(sheet, zh, en);
    park_sheet_whole(sheet, (int64_t)l->units);
    for (size_t i = 0; i < VOLUME_COUNT; i++)
        park_sheet_daily(sheet, l->volume[i]);
    park_sheet_percent(sheet, l->used > 0.0 ? l->repeated / l->used : NAN);
    park_sheet_end_row(sheet);
}

static park_status of_enterprise(const park_tables *t, park_sheet *sheet, const park_account *account,
                                 int32_t enterprise, park_error *err)
{
    static const char *const ZH[]         = {"主要生产", "辅助生产", "附属生产", "未注明"};
    static const char *const EN[]         = {"main", "auxiliary", "ancillary", "not said"};
    level                    part[LEVELS] = {{0}}, all = {0};
    for (size_t u = 0; u < t->model->units; u++) {
        const park_unit_info *unit = &t->model->unit[u];
        park_volumes          v;
        if (unit->role != PARK_USER || unit->enterprise != enterprise)
            continue;
        PARK_TRY(park_volumes_of(t->model, account->ledger, PARK_BOUNDARY_UNIT, (int32_t)u, &v, err));
        add(&part[level_of(unit->duty)], &v);
        add(&all, &v);
    }
    for (int k = 0; k < LEVELS; k++)
        if (part[k].units > 0)
            row(t, sheet, account, enterprise, ZH[k], EN[k], &part[k]);
    if (all.units > 0)
        row(t, sheet, account, enterprise, "合计", "all", &all);
    return PARK_OK;
}

park_status park_table_levels(const park_tables *t, park_sheet *sheet, park_error *err)
{
    park_sheet_head(sheet, "账户", "account");
    park_sheet_head(sheet, "企业", "enterprise");
    park_sheet_head(sheet, "类别", "part");
    park_sheet_head(sheet, "用水单元数", "units");
    for (size_t i = 0; i < VOLUME_COUNT; i++)
        park_sheet_head(sheet, VOLUMES[i].zh, VOLUMES[i].en);
    park_sheet_head(sheet, "重复利用率 (%)", "repeated of use (%)");
    park_sheet_end_row(sheet);
    for (size_t a = 0; a < t->accounts; a++)
        for (int32_t e = PARK_NONE; e < (int32_t)t->model->enterprises; e++)
            PARK_TRY(of_enterprise(t, sheet, &t->account[a], e, err));
    return PARK_OK;
}
