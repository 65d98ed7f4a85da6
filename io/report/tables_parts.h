/*
 * tables_parts.h - one function a table; tables.c lists them.
 * Looks down on: sheet, run_names.
 */
#ifndef PARK_REPORT_TABLES_PARTS_H
#define PARK_REPORT_TABLES_PARTS_H

#include "report/sheet.h"
#include "run_names.h"

#include <parkwater/worth.h>

/* The plan, the simulated year, or both. */
typedef struct park_account {
    const char         *zh, *en;
    const park_ledger  *ledger;
    const park_closure *closure;
} park_account;

typedef struct park_tables {
    const park_run_record *record;
    const park_model      *model;
    park_account           account[2];
    size_t                 accounts;
    park_arena            *arena;
} park_tables;

/* The run with the accounts that it has. */
park_tables park_tables_of(const park_run_record *record, park_arena *arena);

/* Fill one sheet: header first. */
typedef park_status (*park_table)(const park_tables *tables, park_sheet *sheet, park_error *err);

park_status park_table_sources(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_units(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_enterprises(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_levels(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_eliminations(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_seasons(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_constituents(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_cooling(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_allocation(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_design_units(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_design_links(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_retrofits(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_costs(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_indicators(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_targets(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_rounds(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_violations(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_assumptions(const park_tables *t, park_sheet *sheet, park_error *err);
/* Forms of balance tests and applications. tables_forms.c */
park_status park_table_consolidation(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_water_use(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_uses(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_closure(const park_tables *t, park_sheet *sheet, park_error *err);
/* tables_meters.c */
park_status park_table_meters(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_metering(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_domestic(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_leaks(const park_tables *t, park_sheet *sheet, park_error *err);
/* tables_leader.c */
park_status park_table_applicants(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_years(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_assessment(const park_tables *t, park_sheet *sheet, park_error *err);
/* Of parks with networks. */
park_status park_table_networks(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_pressures(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_pipes(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_failures(const park_tables *t, park_sheet *sheet, park_error *err);

/* Of parks that ask for a front. */
park_status park_table_front(const park_tables *t, park_sheet *sheet, park_error *err);

/* Of runs that simulate. */
park_status park_table_bill(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_running(const park_tables *t, park_sheet *sheet, park_error *err);

/* Of parks with storages that rain leads to. rain.c */
park_status park_table_rain(const park_tables *t, park_sheet *sheet, park_error *err);

/* Of parks whose statements and retrofits were judged. */
park_status park_table_worth(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_path(const park_tables *t, park_sheet *sheet, park_error *err);
park_status park_table_abatement(const park_tables *t, park_sheet *sheet, park_error *err);
/* What a retrofit saves and costs, twelve cells: in company and alone; empty without a ranking. */
void park_sheet_effect_heads(park_sheet *sheet);
void park_sheet_effects(park_sheet *sheet, const park_ranking *ranking, size_t retrofit);

/* Of parks that ask for something robust. */
park_status park_table_futures(const park_tables *t, park_sheet *sheet, park_error *err);
/* Of parks with a budget by years. */
park_status park_table_stages(const park_tables *t, park_sheet *sheet, park_error *err);

/* Of parks without a design. tables_conflict.c */
park_status park_table_conflict(const park_tables *t, park_sheet *sheet, park_error *err);

/* Words shared by tables. */
/* The unit in which planners count a product, and how much SI it is. */
const char *park_output_unit(park_dimension output, bool zh, double *si);
/* What every sum of money is said with: year of prices, discount rate, years of service; three cells. */
void park_sheet_price_heads(park_sheet *sheet);
void park_sheet_prices(park_sheet *sheet, const park_model *model);
void park_sheet_cost(park_sheet *sheet, park_cost_line_kind kind);
void park_sheet_unit(park_sheet *sheet, const park_model *model, int32_t unit); /* id, name: two cells */
void park_sheet_unit_heads(park_sheet *sheet);                                  /* their headings */
void park_sheet_enterprise(park_sheet *sheet, const park_model *model,
                           int32_t index); /* its name; the utility */
const char *park_origin_word(park_origin origin, bool zh);

#endif
