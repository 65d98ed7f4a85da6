#include "report/tables.h"

#include "replace.h"
#include "report/rain_curve.h"
#include "report/tables_parts.h"
#include "report/xlsx.h"

typedef enum occasion {
    ALWAYS,
    OF_PLANS,
    OF_CONFLICTS,
    OF_NETWORKS,
    OF_METERS,
    OF_FRONTS,
    OF_RAIN,
    OF_WORTH,
    OF_PATHS,
    OF_FUTURES,
    OF_STAGES,
    OF_TIME,
    OF_SCENARIO /* from what the scenario says of units and enterprises, which no result file holds */
} occasion;

static const struct {
    const char *name;
    park_table  fill;
    occasion    of;
} TABLES[] = {
    {"sources.csv", park_table_sources, OF_PLANS},
    {"unit_balance.csv", park_table_units, OF_PLANS},
    {"enterprise_balance.csv", park_table_enterprises, OF_PLANS},
    {"levels.csv", park_table_levels, OF_PLANS},
    {"eliminations.csv", park_table_eliminations, OF_PLANS},
    {"consolidation.csv", park_table_consolidation, OF_PLANS},
    {"water_use.csv", park_table_water_use, OF_PLANS},
    {"uses.csv", park_table_uses, OF_PLANS},
    {"closure.csv", park_table_closure, OF_PLANS},
    {"meters.csv", park_table_meters, OF_METERS},
    {"metering.csv", park_table_metering, OF_SCENARIO},
    {"domestic.csv", park_table_domestic, OF_SCENARIO},
    {"leaks.csv", park_table_leaks, OF_SCENARIO},
    {"enterprises.csv", park_table_applicants, OF_SCENARIO},
    {"years.csv", park_table_years, OF_SCENARIO},
    {"self_assessment.csv", park_table_assessment, OF_SCENARIO},
    {"season_balance.csv", park_table_seasons, OF_PLANS},
    {"constituents.csv", park_table_constituents, OF_PLANS},
    {"cooling.csv", park_table_cooling, OF_PLANS},
    {"allocation.csv", park_table_allocation, OF_PLANS},
    {"design_units.csv", park_table_design_units, OF_PLANS},
    {"design_links.csv", park_table_design_links, OF_PLANS},
    {"retrofits.csv", park_table_retrofits, OF_SCENARIO},
    {"costs.csv", park_table_costs, OF_PLANS},
    {"indicators.csv", park_table_indicators, OF_PLANS},
    {"targets.csv", park_table_targets, OF_PLANS},
    {"rounds.csv", park_table_rounds, OF_PLANS},
    {"violations.csv", park_table_violations, OF_PLANS},
    {"assumptions.csv", park_table_assumptions, ALWAYS},
    {"conflict.csv", park_table_conflict, OF_CONFLICTS},
    {"networks.csv", park_table_networks, OF_NETWORKS},
    {"pressures.csv", park_table_pressures, OF_NETWORKS},
    {"pipes.csv", park_table_pipes, OF_NETWORKS},
    {"network_failures.csv", park_table_failures, OF_NETWORKS},
    {"pareto.csv", park_table_front, OF_FRONTS},
    {"rain_storages.csv", park_table_rain, OF_RAIN},
    {"sensitivity.csv", park_table_worth, OF_WORTH},
    {"path.csv", park_table_path, OF_PATHS},
    {"abatement.csv", park_table_abatement, OF_PATHS},
    {"futures.csv", park_table_futures, OF_FUTURES},
    {"stages.csv", park_table_stages, OF_STAGES},
    {"bill.csv", park_table_bill, OF_TIME},
    {"running_costs.csv", park_table_running, OF_TIME},
};

enum { TABLE_COUNT = sizeof TABLES / sizeof TABLES[0] };

static bool called_for(const park_run_record *record, occasion of)
{
    bool none = record->design != NULL && record->design->status == PARK_DESIGN_INFEASIBLE &&
                record->design->link_flow == NULL;
    if (none)
        return of == ALWAYS || of == OF_CONFLICTS;
    if (record->restored) /* the others' numbers stand in no file */
        return of == ALWAYS || of == OF_PLANS;
    return of == ALWAYS || of == OF_PLANS || of == OF_SCENARIO ||
           (of == OF_NETWORKS && record->networks > 0) ||
           (of == OF_METERS && park_record_model(record)->meters > 0) ||
           (of == OF_RAIN && park_rain_storages(record->design, park_record_model(record)) > 0) ||
           (of == OF_FRONTS && record->design != NULL && record->design->front != NULL) ||
           (of == OF_WORTH && record->design != NULL && record->design->worth != NULL) ||
           (of == OF_PATHS && record->design != NULL && record->design->ranking != NULL) ||
           (of == OF_FUTURES && record->design != NULL && record->design->outlook != NULL) ||
           (of == OF_TIME && record->simulation != NULL && record->simulation->bill.line != NULL) ||
           (of == OF_STAGES && record->design != NULL && record->design->staging != NULL);
}

park_tables park_tables_of(const park_run_record *record, park_arena *arena)
{
    park_tables t = {.record = record, .model = park_record_model(record), .arena = arena};
    if (record->design != NULL && record->design->ledger != NULL)
        t.account[t.accounts++] =
            (park_account){"优化方案", "plan", record->design->ledger, &record->design->closure};
    if (record->simulation != NULL && record->simulation->ledger != NULL)
        t.account[t.accounts++] =
            (park_account){"动态模拟", "simulated", record->simulation->ledger, &record->simulation->closure};
    return t;
}

/* Every table that the record calls for, in one language: out [TABLE_COUNT]. */
static park_status fill(const park_run_record *record, bool zh, park_arena *arena, park_sheet *sheet,
                        size_t *count, park_error *err)
{
    park_tables t = park_tables_of(record, arena);
    *count        = 0;
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        if (!called_for(record, TABLES[i].of))
            continue;
        park_sheet_begin(&sheet[*count], arena, TABLES[i].name, zh);
        PARK_TRY(TABLES[i].fill(&t, &sheet[*count], err));
        if (park_text_done(&sheet[(*count)++].text) == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the table %s", TABLES[i].name);
    }
    return PARK_OK;
}

/* Tables that an earlier run left here and that this one has nothing to say in: the folder speaks of one run. */
static park_status remove_others(const park_run_record *record, const char *dir, park_arena *arena,
                                 park_error *err)
{
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        const char *path =
            called_for(record, TABLES[i].of) ? NULL : park_arena_printf(arena, "%s/%s", dir, TABLES[i].name);
        if (path != NULL)
            PARK_TRY(park_file_remove(path, err));
    }
    return PARK_OK;
}

park_status park_tables_write(const park_run_record *record, const char *dir, bool zh, park_arena *arena,
                              park_error *err)
{
    park_sheet    sheet[TABLE_COUNT];
    park_new_file files[TABLE_COUNT];
    size_t        count;
    PARK_TRY(fill(record, zh, arena, sheet, &count, err));
    for (size_t i = 0; i < count; i++) {
        files[i] = (park_new_file){.path   = park_arena_printf(arena, "%s/%s", dir, sheet[i].name),
                                   .bytes  = sheet[i].text.data,
                                   .length = sheet[i].text.length};
        if (files[i].path == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the table %s", sheet[i].name);
    }
    PARK_TRY(park_folder_make(dir, err));
    PARK_TRY(park_files_replace(files, count, err));
    return remove_others(record, dir, arena, err);
}

park_status park_tables_workbook(const park_run_record *record, const char *path, bool zh, park_arena *arena,
                                 park_error *err)
{
    park_sheet one[TABLE_COUNT], both[2 * TABLE_COUNT];
    size_t     count = 0;
    for (int turn = 0; turn < 2; turn++) { /* the reader's language first */
        PARK_TRY(fill(record, zh == (turn == 0), arena, one, &count, err));
        for (size_t i = 0; i < count; i++)
            both[2 * i + (size_t)turn] = one[i];
    }
    return park_xlsx_write(both, 2 * count, path, arena, err);
}

void park_sheet_price_heads(park_sheet *sheet)
{
    park_sheet_head(sheet, "价格年", "prices of");
    park_sheet_head(sheet, "折现率 (%)", "discount (%)");
    park_sheet_head(sheet, "折算年限 (a)", "years of service (a)");
}

void park_sheet_prices(park_sheet *sheet, const park_model *model)
{
    if (model->economics.price_year > 0)
        park_sheet_whole(sheet, model->economics.price_year);
    else
        park_sheet_word(sheet, "未注明", "not said");
    park_sheet_percent(sheet, model->economics.discount);
    park_sheet_number(sheet, model->economics.life / PARK_YEAR_SECONDS, 1);
}

void park_sheet_unit_heads(park_sheet *sheet)
{
    park_sheet_head(sheet, "单元编号", "unit");
    park_sheet_head(sheet, "单元名称", "name");
}

void park_sheet_unit(park_sheet *sheet, const park_model *model, int32_t unit)
{
    if (unit < 0) {
        park_sheet_text(sheet, "");
        park_sheet_word(sheet, "园区", "park");
        return;
    }
    park_sheet_text(sheet, model->unit[unit].id);
    park_sheet_label(sheet, model->unit[unit].label, model->unit[unit].id);
}

void park_sheet_enterprise(park_sheet *sheet, const park_model *model, int32_t index)
{
    if (index < 0)
        park_sheet_word(sheet, "园区公用", "park utility");
    else
        park_sheet_label(sheet, model->enterprise[index].label, model->enterprise[index].id);
}

const char *park_origin_word(park_origin origin, bool zh)
{
    static const char *const ZH[] = {"地表水", "地下水", "自来水",   "市政再生水", "园区再生水",
                                     "矿井水", "雨水",   "外来废水", "废水",       ""};
    static const char *const EN[] = {"surface",          "ground", "tap",  "reclaimed (municipal)",
                                     "reclaimed (park)", "mine",   "rain", "stream",
                                     "wastewater",       ""};
    return zh ? ZH[origin] : EN[origin];
}
