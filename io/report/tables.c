#include "report/tables.h"

#include "replace.h"
#include "report/tables_parts.h"

static const struct {
    const char *name;
    park_table  fill;
} TABLES[] = {
    {"sources.csv", park_table_sources},
    {"unit_balance.csv", park_table_units},
    {"enterprise_balance.csv", park_table_enterprises},
    {"eliminations.csv", park_table_eliminations},
    {"season_balance.csv", park_table_seasons},
    {"constituents.csv", park_table_constituents},
    {"cooling.csv", park_table_cooling},
    {"allocation.csv", park_table_allocation},
    {"design_units.csv", park_table_design_units},
    {"design_links.csv", park_table_design_links},
    {"retrofits.csv", park_table_retrofits},
    {"costs.csv", park_table_costs},
    {"indicators.csv", park_table_indicators},
    {"targets.csv", park_table_targets},
    {"rounds.csv", park_table_rounds},
    {"violations.csv", park_table_violations},
    {"assumptions.csv", park_table_assumptions},
    /* of parks with networks alone */
    {"networks.csv", park_table_networks},
    {"pressures.csv", park_table_pressures},
    {"pipes.csv", park_table_pipes},
    {"network_failures.csv", park_table_failures},
};

enum { TABLE_COUNT = sizeof TABLES / sizeof TABLES[0], OF_NETWORKS = 4 };

static park_tables gather(const park_run_record *record, park_arena *arena)
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

park_status park_tables_write(const park_run_record *record, const char *dir, bool zh, park_arena *arena,
                              park_error *err)
{
    park_tables   t = gather(record, arena);
    park_new_file files[TABLE_COUNT];
    size_t        count = record->networks > 0 ? TABLE_COUNT : TABLE_COUNT - OF_NETWORKS;
    for (size_t i = 0; i < count; i++) {
        park_sheet sheet;
        park_sheet_begin(&sheet, arena, TABLES[i].name, zh);
        PARK_TRY(TABLES[i].fill(&t, &sheet, err));
        files[i].path   = park_arena_printf(arena, "%s/%s", dir, TABLES[i].name);
        files[i].bytes  = park_text_done(&sheet.text);
        files[i].length = sheet.text.length;
        if (files[i].path == NULL || files[i].bytes == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the table %s", TABLES[i].name);
    }
    PARK_TRY(park_folder_make(dir, err));
    return park_files_replace(files, count, err);
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
