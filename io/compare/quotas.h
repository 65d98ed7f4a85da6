/*
 * quotas.h - what products may take: the action plan's values and the classes of quota standards, from the user's table.
 * Docs: docs/user/compare.md.   Looks down on: csv_table, quantity.
 */
#ifndef PARK_COMPARE_QUOTAS_H
#define PARK_COMPARE_QUOTAS_H

#include "base/arena.h"
#include "base/dimension.h"
#include "base/finding.h"

typedef enum park_quota_class {
    PARK_QUOTA_PLAN_2020, /* 2020 年全省均值 */
    PARK_QUOTA_PLAN_2025, /* 2025 年预期值 */
    PARK_QUOTA_GENERAL,   /* 通用值 */
    PARK_QUOTA_ADVANCED,  /* 先进值 */
    PARK_QUOTA_LEADER,    /* 领跑值 */
    PARK_QUOTA_CLASSES
} park_quota_class;

typedef struct park_quota {
    const char    *product; /* id, as in a park's enterprises */
    const char    *name;
    park_dimension dim;
    double         value[PARK_QUOTA_CLASSES];  /* SI; NAN: none */
    bool           unseen[PARK_QUOTA_CLASSES]; /* stated as 待核, or left empty */
    const char    *source, *source_class;
    size_t         row; /* of the table */
} park_quota;

typedef struct park_quotas {
    const char                  *name; /* of the file */
    size_t                       count;
    park_quota                  *item;
    const struct park_csv_table *table; /* as it was read */
    size_t                       unit;  /* its column of units */
} park_quotas;

/* The shipped table's bytes; its classes of standards are all 待核. */
const char *park_quotas_template(size_t *length);

/**
 * Read a table of quotas: columns product, name, unit, plan_2020, plan_2025, general, advanced, leader, source, class.
 * @param path  NULL: the shipped table
 * @return PARK_OK; PARK_E_FILE; PARK_E_INPUT with all findings at their cells; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_quotas_read(const char *path, park_arena *arena, park_findings *findings,
                                             park_quotas *quotas, park_error *err);

/* A finding's place at the unit of a quota. finding: may be NULL. */
void park_quotas_place(const park_quotas *quotas, const park_quota *quota, park_findings *findings,
                       park_finding *finding);

/* The quota of a product; NULL. */
const park_quota *park_quotas_find(const park_quotas *quotas, const char *product);

#endif
