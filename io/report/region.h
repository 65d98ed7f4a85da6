/*
 * region.h - a region's projection as a page and as tables.
 * Looks down on: page, sheet, the public interface.
 */
#ifndef PARK_REPORT_REGION_H
#define PARK_REPORT_REGION_H

#include "compare/quotas.h"
#include "report/sheet.h"
#include "run_record.h"

#include <parkwater/region.h>

/* Everything that is known, borrowed. */
typedef struct park_region_record {
    const park_region                   *region;
    const park_region_projection        *projection;
    const park_region_causes            *causes;     /* from the base year to the first target's year; NULL */
    const struct park_allocation        *allocation; /* NULL: the document allocates nothing */
    const struct park_allocation_result *allocated;
    const double                        *exact;  /* [needs] measures acting together [m3/a]; NULL */
    const park_quotas                   *quotas; /* classes of quotas that products are held against; NULL */
    const park_findings                 *findings;
    const char *file, *version, *started; /* of the document; of the engine; ISO 8601 */
} park_region_record;

enum { PARK_REGION_TABLES = 20 }; /* at most; those of an allocation are there with one */

/**
 * The page, both languages inside; `zh` is seen first. No script, no request.
 * @return PARK_OK; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_region_page(const park_region_record *record, bool zh, park_arena *arena,
                                             const char **html, park_error *err);

/**
 * The tables, ready to be written as CSV and as a workbook.
 * @param sheet  out [PARK_REGION_TABLES]
 * @param count  out: how many there are
 * @return PARK_OK; PARK_E_MEMORY; PARK_E_RANGE as park_region_sum_year
 */
PARK_MUST_CHECK park_status park_region_tables(const park_region_record *record, bool zh, park_arena *arena,
                                               park_sheet *sheet, size_t *count, park_error *err);

/* One A4 page in Chinese: targets as tiles, parks as tiles city by city. PARK_OK; PARK_E_MEMORY */
PARK_MUST_CHECK park_status park_region_summary(const park_region_record *record, park_arena *arena,
                                                const char **html, park_error *err);

/* region_forms.c: 三年指标表 with 现状/规划 side by side; 自评表 with thresholds and their source. */
void park_region_form_indicators(park_sheet *sheet, const park_region_record *record, park_arena *arena);
void park_region_form_benchmark(park_sheet *sheet, const park_region_record *record,
                                park_arena *arena); /* with quotas */
/* The quota of a product by its id, else by its Chinese name, in whatever measure; NULL. */
const park_quota *park_region_quota_named(const park_quotas *quotas, const park_region_product *product);
void park_region_form_assessment(park_sheet *sheet, const park_region_record *record, park_arena *arena);

/* What a subject is called, with its basis and product; the unit it is shown in and what one of it is in SI. */
park_label park_region_subject_label(const park_region *region, const park_region_subject *subject,
                                     park_arena *arena);
park_label park_region_subject_unit(const park_region *region, const park_region_subject *subject);
double     park_region_subject_si(const park_region *region, const park_region_subject *subject);
/* How many decimals it is printed with. */
int park_region_subject_decimals(const park_region_subject *subject);
/* What a sector is called: those of the action plan by their words, any other as it is written. */
park_label park_region_sector_label(const char *sector);
/* A factor's name: what is drawn. */
park_label park_region_factor_label(const park_region *region, const park_region_factor *factor,
                                    park_arena *arena);
/* The columns: 地表水 .. 重复利用量. */
extern const park_label PARK_REGION_FLOW_LABEL[PARK_REGION_FLOWS];

#endif
