/* Forms of what is measured: meters and how far they reach (A3), water that is not for production (A8), leaks (A9). */
#include "report/tables_meters.h"

#include "base/calendar.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LEVELS = 3 };

static const double DAILY_STEP = 0.01; /* what tables of volumes are printed to [m3/d] */

/* Of GB 24789 as commonly quoted, its text not seen: meters that hang of those required, water that they measure [-]. */
static const double INSTALLED_DUE[LEVELS] = {1.0, 0.95, 0.80}, MEASURED_DUE[LEVELS] = {1.0, 0.95, 0.85};
static const double ERROR_DUE = 0.02, ERROR_DUE_DRAIN = 0.05; /* meters of intake; of discharge */

static void heads(park_sheet *sheet, const char *const (*words)[2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        park_sheet_head(sheet, words[i][0], words[i][1]);
    park_sheet_end_row(sheet);
}

static double yearly(const park_ledger *g, size_t link)
{
    double sum = 0.0;
    for (size_t s = 0; s < g->seasons; s++)
        sum += g->link_water[s * g->links + link];
    return sum;
}

/* ---- what is to be measured, and what is ---- */

/* Sources and sinks stand outside of everybody. */
static bool outside(const park_model *model, int32_t unit)
{
    return model->unit[unit].role == PARK_SOURCE || model->unit[unit].role == PARK_SINK;
}

int32_t park_metering_level(const park_model *model, size_t l, int32_t *owner)
{
    const park_link_info *link = &model->link[l];
    const park_unit_info *from = &model->unit[link->from], *to = &model->unit[link->to];
    *owner = to->role == PARK_SINK ? from->enterprise : to->enterprise;
    if (outside(model, link->from) || outside(model, link->to) || from->enterprise != to->enterprise)
        return 1;
    bool heats = to->use == PARK_USE_INDIRECT_COOLING || to->use == PARK_USE_DIRECT_COOLING ||
                 to->use == PARK_USE_BOILER;
    return to->role == PARK_USER && !heats ? 2 : 3;
}

/* The connection that a meter on a unit stands for, where there is one only: of a source what leaves, else what enters. */
static int32_t only_link(const park_model *model, const park_ledger *g, int32_t unit)
{
    int32_t found = PARK_NONE;
    for (size_t l = 0; l < model->links; l++) {
        bool here =
            model->unit[unit].role == PARK_SOURCE ? model->link[l].from == unit : model->link[l].to == unit;
        if (!here || !(yearly(g, l) > 0.0))
            continue;
        if (found != PARK_NONE)
            return PARK_NONE;
        found = (int32_t)l;
    }
    return found;
}

static int32_t link_of(const park_model *model, const park_ledger *g, const park_meter *meter)
{
    int32_t link = park_model_link(model, meter->on), unit = park_model_unit(model, meter->on);
    return link != PARK_NONE ? link : unit != PARK_NONE ? only_link(model, g, unit) : PARK_NONE;
}

double park_metered(const park_model *model, const park_ledger *g, const park_meter *meter)
{
    int32_t link = park_model_link(model, meter->on), unit = park_model_unit(model, meter->on);
    double  sum = 0.0;
    if (link != PARK_NONE)
        return yearly(g, (size_t)link);
    if (unit == PARK_NONE)
        return NAN;
    for (size_t l = 0; l < model->links; l++)
        if (model->unit[unit].role == PARK_SOURCE ? model->link[l].from == unit : model->link[l].to == unit)
            sum += yearly(g, l);
    return sum;
}

/* Whose it is, and what its place would make it: of a unit its enterprise. */
static int32_t owner_of(const park_model *model, const park_ledger *g, const park_meter *meter,
                        int32_t *level, bool *drains)
{
    int32_t link = link_of(model, g, meter), unit = park_model_unit(model, meter->on), owner = PARK_NONE;
    *level  = 0;
    *drains = link != PARK_NONE ? model->unit[model->link[link].to].role == PARK_SINK
                                : unit != PARK_NONE && model->unit[unit].role == PARK_SINK;
    if (link != PARK_NONE)
        *level = park_metering_level(model, (size_t)link, &owner);
    else if (unit != PARK_NONE)
        owner = model->unit[unit].enterprise;
    return owner;
}

/* Is its verification valid at the end of the period? Where the park is steady, a date is enough. */
static bool verified(const park_model *model, const park_meter *meter)
{
    return meter->valid_until != INT64_MIN &&
           (model->time.steady || meter->valid_until + PARK_DAY_SECONDS >= model->time.end);
}

/* ---- A3: the list ---- */

static void meter_row(const park_tables *t, park_sheet *sheet, const park_account *account, size_t i)
{
    const park_model  *model = t->model;
    const park_ledger *g     = account->ledger;
    const park_meter  *meter = &model->meter[i];
    int32_t            level;
    bool               drains, below = false;
    int32_t            owner = owner_of(model, g, meter, &level, &drains);
    double             own = park_metered(model, g, meter), sum = 0.0;
    for (size_t k = 0; k < model->meters; k++)
        if (model->meter[k].parent == (int32_t)i) {
            sum += park_metered(model, g, &model->meter[k]);
            below = true;
        }
    char day[PARK_ISO_SIZE] = "";
    if (meter->valid_until != INT64_MIN) {
        park_iso_format(meter->valid_until, model->time.utc_offset / 60, day);
        day[10] = '\0';
    }
    park_sheet_word(sheet, account->zh, account->en);
    park_sheet_text(sheet, meter->id);
    park_sheet_label(sheet, meter->label, meter->id);
    park_sheet_label(sheet, meter->location, "");
    park_sheet_text(sheet, meter->on);
    park_sheet_enterprise(sheet, model, owner);
    park_sheet_number(sheet, meter->level > 0 ? meter->level : level > 0 ? level : NAN, 0);
    park_sheet_text(sheet, meter->parent != PARK_NONE ? model->meter[meter->parent].id : "");
    park_sheet_number(sheet, meter->size * 1e3, 0);
    park_sheet_percent(sheet, meter->max_error);
    park_sheet_percent(sheet, drains ? ERROR_DUE_DRAIN : ERROR_DUE);
    park_sheet_text(sheet, day);
    if (day[0] == '\0')
        park_sheet_word(sheet, "未注明", "not said");
    else
        park_sheet_word(sheet, verified(model, meter) ? "有效" : "已过期",
                        verified(model, meter) ? "valid" : "run out");
    park_sheet_daily(sheet, own);
    park_sheet_daily(sheet, below ? sum : NAN);
    park_sheet_daily(sheet, below ? own - sum : NAN);
    park_sheet_percent(sheet, below && own > 0.0 ? (own - sum) / own : NAN);
    park_sheet_end_row(sheet);
}

park_status park_table_meters(const park_tables *t, park_sheet *sheet, park_error *err)
{
    static const char *const HEADS[][2] = {{"账户", "account"},
                                           {"水表编号", "meter"},
                                           {"名称", "name"},
                                           {"安装位置", "location"},
                                           {"计量对象", "measures"},
                                           {"用水单位", "of"},
                                           {"计量级别", "level"},
                                           {"上级水表", "meter above"},
                                           {"口径 (mm)", "width (mm)"},
                                           {"最大允许误差 (%)", "largest error (%)"},
                                           {"误差要求，待核 (%)", "error asked, not verified (%)"},
                                           {"检定有效期至", "verified until"},
                                           {"检定状态", "verification"},
                                           {"计量水量 (m³/d)", "measured (m3/d)"},
                                           {"下级表合计 (m³/d)", "meters below (m3/d)"},
                                           {"差额 (m³/d)", "difference (m3/d)"},
                                           {"差额率 (%)", "difference (%)"}};
    (void)err;
    heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t a = 0; a < t->accounts; a++)
        for (size_t i = 0; i < t->model->meters; i++)
            meter_row(t, sheet, &t->account[a], i);
    return PARK_OK;
}

/* ---- A3: how far they reach ---- */

typedef struct reach {
    int64_t required, installed, valid;
    double  due, measured; /* [m3/a] */
} reach;

static void add(reach *to, const reach *from)
{
    to->required += from->required, to->installed += from->installed, to->valid += from->valid;
    to->due += from->due, to->measured += from->measured;
}

/* A number as it will stand in the table, so that sums of rows close as printed. */
static double printed(double value)
{
    return nearbyint(value / (DAILY_STEP * 365.0)) * (DAILY_STEP * 365.0);
}

/* Points of each owner (the utility last) and level: out [enterprises + 1][LEVELS]. */
static void count_points(const park_tables *t, const park_ledger *g, reach *out)
{
    const park_model *model = t->model;
    for (size_t l = 0; l < model->links; l++) {
        double water = yearly(g, l);
        if (model->link[l].free || model->unit[model->link[l].to].leaks || !(water > 0.0))
            continue;
        int32_t owner;
        int32_t level = park_metering_level(model, l, &owner);
        reach   here  = {.required = 1, .due = printed(water)};
        for (size_t i = 0; i < model->meters; i++)
            if (link_of(model, g, &model->meter[i]) == (int32_t)l) {
                here.installed = 1, here.measured = here.due;
                here.valid = here.valid || verified(model, &model->meter[i]);
            }
        add(&out[(owner >= 0 ? (size_t)owner : model->enterprises) * LEVELS + (size_t)level - 1], &here);
    }
}

static double part(double of, double all)
{
    return all > 0.0 ? of / all : NAN;
}

static void reach_row(park_sheet *sheet, const reach *r, int level)
{
    double hung = part((double)r->installed, (double)r->required), seen = part(r->measured, r->due);
    park_sheet_whole(sheet, r->required);
    park_sheet_whole(sheet, r->installed);
    park_sheet_percent(sheet, hung);
    park_sheet_percent(sheet, level < LEVELS ? INSTALLED_DUE[level] : NAN);
    park_sheet_daily(sheet, r->due);
    park_sheet_daily(sheet, r->measured);
    park_sheet_percent(sheet, seen);
    park_sheet_percent(sheet, level < LEVELS ? MEASURED_DUE[level] : NAN);
    park_sheet_whole(sheet, r->valid);
    park_sheet_percent(sheet, part((double)r->valid, (double)r->installed));
    if (level == LEVELS)
        park_sheet_text(sheet, "");
    else if (hung >= INSTALLED_DUE[level] && seen >= MEASURED_DUE[level])
        park_sheet_word(sheet, "达到（待核）", "met (not verified)");
    else
        park_sheet_word(sheet, "未达到（待核）", "missed (not verified)");
    park_sheet_end_row(sheet);
}

static void reach_rows(const park_tables *t, park_sheet *sheet, const park_account *account, reach *of)
{
    static const char *const ZH[] = {"一级", "二级", "三级"}, *const EN[] = {"1", "2", "3"};
    size_t who = t->model->enterprises + 1;
    reach  all = {0};
    for (size_t e = 0; e <= who; e++) {
        for (int k = 0; k < LEVELS; k++) {
            reach sum = {0};
            for (size_t i = 0; e == who && i < who; i++)
                add(&sum, &of[i * LEVELS + (size_t)k]);
            const reach *r = e == who ? &sum : &of[e * LEVELS + (size_t)k];
            if (r->required == 0)
                continue;
            park_sheet_word(sheet, account->zh, account->en);
            if (e == who)
                park_sheet_word(sheet, "园区合计", "park, sum");
            else
                park_sheet_enterprise(sheet, t->model, e + 1 < who ? (int32_t)e : PARK_NONE);
            park_sheet_word(sheet, ZH[k], EN[k]);
            reach_row(sheet, r, k);
            if (e == who)
                add(&all, r);
        }
    }
    park_sheet_word(sheet, account->zh, account->en);
    park_sheet_word(sheet, "园区合计", "park, sum");
    park_sheet_word(sheet, "各级合计", "all");
    reach_row(sheet, &all, LEVELS);
}

park_status park_table_metering(const park_tables *t, park_sheet *sheet, park_error *err)
{
    static const char *const HEADS[][2] = {{"账户", "account"},
                                           {"用水单位", "of"},
                                           {"计量级别", "level"},
                                           {"应装水表 (台)", "required"},
                                           {"实装水表 (台)", "installed"},
                                           {"配备率 (%)", "installed of required (%)"},
                                           {"配备率要求，待核 (%)", "asked, not verified (%)"},
                                           {"应计量水量 (m³/d)", "water to be measured (m3/d)"},
                                           {"已计量水量 (m³/d)", "water measured (m3/d)"},
                                           {"水计量率 (%)", "measured of it (%)"},
                                           {"水计量率要求，待核 (%)", "measured, asked, not verified (%)"},
                                           {"检定有效 (台)", "verified"},
                                           {"检测率 (%)", "verified of installed (%)"},
                                           {"结论", "verdict"}};
    heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t a = 0; a < t->accounts; a++) {
        reach *of = PARK_ARRAY(t->arena, (t->model->enterprises + 1) * LEVELS, reach);
        if (of == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a table");
        count_points(t, t->account[a].ledger, of);
        reach_rows(t, sheet, &t->account[a], of);
    }
    return PARK_OK;
}

/* ---- A8: water that is not for production ---- */

static bool not_for_production(const park_unit_info *unit)
{
    return unit->role == PARK_USER && !unit->leaks &&
           (unit->duty == PARK_DUTY_ANCILLARY || unit->use == PARK_USE_DOMESTIC ||
            unit->use == PARK_USE_IRRIGATION);
}

typedef struct domestic {
    int64_t persons;
    double  served;                   /* water of units that say their persons [m3/a] */
    double  fresh, other, again, use; /* conventional, non-conventional, used again, all [m3/a] */
    double  discharge;
} domestic;

static void domestic_cells(park_sheet *sheet, const domestic *d)
{
    if (d->persons > 0)
        park_sheet_whole(sheet, d->persons);
    else
        park_sheet_text(sheet, "");
    park_sheet_daily(sheet, d->fresh);
    park_sheet_daily(sheet, d->other);
    park_sheet_daily(sheet, d->again);
    park_sheet_daily(sheet, d->use);
    park_sheet_daily(sheet, d->discharge);
    park_sheet_number(sheet, d->persons > 0 ? 1e3 * d->served / 365.0 / (double)d->persons : NAN, 1);
    park_sheet_end_row(sheet);
}

park_status park_table_domestic(const park_tables *t, park_sheet *sheet, park_error *err)
{
    static const char *const ZH[] = {"间接冷却", "直接冷却", "工艺", "锅炉", "生活", "绿化", "未注明"};
    static const char *const EN[]       = {"indirect cooling", "direct cooling", "process", "boiler",
                                           "domestic",         "irrigation",     "not said"};
    static const char *const HEADS[][2] = {{"账户", "account"},
                                           {"企业", "enterprise"},
                                           {"单元编号", "unit"},
                                           {"单元名称", "name"},
                                           {"用水性质", "use"},
                                           {"用水人数 (人)", "persons"},
                                           {"常规水 (m³/d)", "conventional water (m3/d)"},
                                           {"非常规水 (m³/d)", "non-conventional water (m3/d)"},
                                           {"重复利用水量 (m³/d)", "used again (m3/d)"},
                                           {"用水量 (m³/d)", "water use (m3/d)"},
                                           {"排水与外供 (m³/d)", "discharged and handed on (m3/d)"},
                                           {"人均用水量 (L/(人·d))", "per person (L/(person d))"}};
    heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t a = 0; a < t->accounts; a++) {
        domestic all   = {0};
        size_t   units = 0;
        for (size_t u = 0; u < t->model->units; u++) {
            const park_unit_info *unit = &t->model->unit[u];
            park_volumes          v;
            if (!not_for_production(unit))
                continue;
            PARK_TRY(
                park_volumes_of(t->model, t->account[a].ledger, PARK_BOUNDARY_UNIT, (int32_t)u, &v, err));
            domestic d = {.persons   = unit->persons,
                          .fresh     = printed(v.vi_conventional),
                          .other     = printed(v.vih),
                          .discharge = printed(v.vd + v.exported)};
            d.again    = printed(v.vt - v.vi_conventional - v.vih);
            d.use      = d.fresh + d.other + d.again;
            d.served   = unit->persons > 0 ? d.use : 0.0;
            park_sheet_word(sheet, t->account[a].zh, t->account[a].en);
            park_sheet_enterprise(sheet, t->model, unit->enterprise);
            park_sheet_unit(sheet, t->model, (int32_t)u);
            park_sheet_word(sheet, ZH[unit->use], EN[unit->use]);
            domestic_cells(sheet, &d);
            all.persons += d.persons, all.served += d.served, all.fresh += d.fresh, all.other += d.other;
            all.again += d.again, all.use += d.use, all.discharge += d.discharge;
            units++;
        }
        if (units == 0)
            continue;
        park_sheet_word(sheet, t->account[a].zh, t->account[a].en);
        park_sheet_word(sheet, "合计", "sum");
        for (int i = 0; i < 3; i++)
            park_sheet_text(sheet, "");
        domestic_cells(sheet, &all);
    }
    return PARK_OK;
}

/* ---- A9: leaks ---- */

/* Of enterprises that save water, as calls quote it [-]; NAN where none was seen. */
static double leak_due(const char *sector)
{
    static const struct {
        const char *en, *zh;
        double      due;
    } SEEN[] = {{"steel", "钢铁", 0.08}, {"textile", "纺织", 0.06}};
    for (size_t i = 0; sector != NULL && i < sizeof SEEN / sizeof *SEEN; i++)
        if (strcmp(sector, SEEN[i].en) == 0 || strcmp(sector, SEEN[i].zh) == 0)
            return SEEN[i].due;
    return NAN;
}

static void leak_cells(park_sheet *sheet, double flow, double used, double leak, double intake, double due)
{
    double rate = part(leak, printed(intake)); /* none of a meter that ran for nothing but rounding */
    park_sheet_daily(sheet, flow);
    park_sheet_daily(sheet, used);
    park_sheet_daily(sheet, leak);
    park_sheet_daily(sheet, intake);
    park_sheet_percent(sheet, rate);
    park_sheet_percent(sheet, due);
    if (isnan(due) || isnan(rate))
        park_sheet_text(sheet, "");
    else
        park_sheet_word(sheet, rate <= due ? "符合（待核）" : "不符合（待核）",
                        rate <= due ? "met (not verified)" : "missed (not verified)");
    park_sheet_end_row(sheet);
}

static park_status computed_leaks(const park_tables *t, park_sheet *sheet, const park_account *account,
                                  park_error *err)
{
    double       leak = 0.0;
    park_volumes v;
    for (int32_t e = 0; e <= (int32_t)t->model->enterprises; e++) {
        int32_t who = e < (int32_t)t->model->enterprises ? e : PARK_NONE;
        PARK_TRY(park_volumes_of(t->model, account->ledger, PARK_BOUNDARY_ENTERPRISE, who, &v, err));
        if (!(v.vf > 0.0) && !(v.vl > 0.0))
            continue;
        park_sheet_word(sheet, account->zh, account->en);
        park_sheet_enterprise(sheet, t->model, who);
        park_sheet_word(sheet, "水平衡计算", "balance");
        park_sheet_text(sheet, "");
        leak_cells(sheet, NAN, NAN, printed(v.vl), v.vf,
                   /* a leak that the park does not state is no leak that was looked for */
                   v.vl > 0.0 && who >= 0 ? leak_due(t->model->enterprise[who].sector) : NAN);
        leak += printed(v.vl);
    }
    PARK_TRY(park_volumes_of(t->model, account->ledger, PARK_BOUNDARY_PARK, PARK_NONE, &v, err));
    park_sheet_word(sheet, account->zh, account->en);
    park_sheet_word(sheet, "园区合计", "park, sum");
    park_sheet_word(sheet, "水平衡计算", "balance");
    park_sheet_text(sheet, "");
    leak_cells(sheet, NAN, NAN, leak, v.vf, NAN);
    return PARK_OK;
}

/* A static test sees the leak alone; at night what is used is taken off. */
static void tested_leaks(const park_tables *t, park_sheet *sheet, const park_account *account)
{
    static const double YEAR = PARK_YEAR_SECONDS;
    for (size_t i = 0; i < t->model->meters; i++) {
        const park_meter *meter = &t->model->meter[i];
        int32_t           level;
        bool              drains;
        int32_t           owner  = owner_of(t->model, account->ledger, meter, &level, &drains);
        double            intake = park_metered(t->model, account->ledger, meter);
        double            due    = leak_due(owner >= 0 ? t->model->enterprise[owner].sector : NULL);
        for (int night = 0; night < 2; night++) {
            double flow = night ? meter->night_flow : meter->static_flow,
                   used = night ? meter->night_use : 0.0;
            if (isnan(flow))
                continue;
            park_sheet_word(sheet, account->zh, account->en);
            park_sheet_enterprise(sheet, t->model, owner);
            park_sheet_word(sheet, night ? "夜间最小流量" : "静态试验",
                            night ? "least night flow" : "static test");
            park_sheet_text(sheet, meter->id);
            leak_cells(sheet, flow * YEAR, used * YEAR, (flow - used) * YEAR, intake, due);
        }
    }
}

park_status park_table_leaks(const park_tables *t, park_sheet *sheet, park_error *err)
{
    static const char *const HEADS[][2] = {{"账户", "account"},
                                           {"用水单位", "of"},
                                           {"方法", "method"},
                                           {"水表", "meter"},
                                           {"测得流量 (m³/d)", "flow found (m3/d)"},
                                           {"其中正常用水 (m³/d)", "of it used (m3/d)"},
                                           {"漏失水量 (m³/d)", "leak (m3/d)"},
                                           {"新水量或计量水量 (m³/d)", "fresh or measured water (m3/d)"},
                                           {"漏失率 Kl (%)", "leak rate Kl (%)"},
                                           {"参考上限，待核 (%)", "at most, not verified (%)"},
                                           {"结论", "verdict"}};
    heads(sheet, HEADS, sizeof HEADS / sizeof *HEADS);
    for (size_t a = 0; a < t->accounts; a++) {
        PARK_TRY(computed_leaks(t, sheet, &t->account[a], err));
        tested_leaks(t, sheet, &t->account[a]);
    }
    return PARK_OK;
}
