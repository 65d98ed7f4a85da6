/*
 * region_allocation.h - an allocation in words and numbers, for the page, the tables and programs.
 * Looks down on: region_sections, allocation (public).
 */
#ifndef PARK_REPORT_REGION_ALLOCATION_H
#define PARK_REPORT_REGION_ALLOCATION_H

#include "report/region_sections.h"

#include "report/sheet.h"

#include <parkwater/allocation.h>

/* A need's water in the unit of its target: 10^4 m3/a, points of a rate, m3 per 10^4 CNY; and that unit. */
double     park_need_shown(const park_region *region, const park_need *need, double water);
park_label park_need_unit(const park_region *region, const park_need *need);
/* Why an option is in, or not. */
park_label park_fate_label(const park_allocation *allocation, const park_allocation_result *result,
                           size_t option, park_arena *arena);

/* What a group is called: its park's or its measure's label, else its own name. */
park_label park_group_label(const park_region_record *record, size_t group);

typedef struct park_ranked_option {
    size_t option;
    double price; /* [CNY/m3] INFINITY without water */
} park_ranked_option;

/* All options by CNY/m3, lowest first; ties as written. list [options] */
void park_region_rank_options(const park_allocation *allocation, park_ranked_option *list);

void park_region_section_allocation(const park_region_sheet *s);
void park_region_section_projects(const park_region_sheet *s);
void park_region_section_budget(const park_region_sheet *s);
void park_region_section_lasting(const park_region_sheet *s);

/* region_allocation_tables.c: allocation, allocation_targets, budget, regret, dropouts behind the sheets that are there; none
 * without an allocation. PARK_OK; PARK_E_MEMORY */
PARK_MUST_CHECK park_status park_region_allocation_tables(const park_region_record *record, bool zh,
                                                          park_arena *arena, park_sheet *sheet, size_t *count,
                                                          park_error *err);

#endif
