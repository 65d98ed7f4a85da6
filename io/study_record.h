/*
 * study_record.h - what one variant came to, and the table of a study, for the writers of shards, results and reports.
 * Looks down on: base.
 */
#ifndef PARK_IO_STUDY_RECORD_H
#define PARK_IO_STUDY_RECORD_H

#include "base/dimension.h"
#include "hash.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* X(word, CF units, English, Chinese): numbers that every variant has, NAN where the job makes none. */
#define PARK_FACT_LIST(X)                                                                                    \
    X(objective, "", "objective", "目标函数")                                                                \
    X(bound, "", "proven bound", "已证下界")                                                                 \
    X(gap, "1", "optimality gap", "最优性间隙")                                                              \
    X(yearly_cost, "CNY year-1", "yearly cost", "年费用")                                                    \
    X(investment, "CNY", "investment", "投资")                                                               \
    X(targets_missed, "1", "targets missed", "未达标目标数")                                                 \
    X(violations, "1", "limits exceeded in time", "逐时超限数")                                              \
    X(unmet, "m3 year-1", "water not delivered", "缺水量")                                                   \
    X(closure_water, "1", "closure of water", "水量闭合差")                                                  \
    X(closure_mass, "1", "closure of constituents", "组分闭合差")

typedef enum park_fact {
#define PARK_FACT_ENUM(word, units, en, zh) PARK_FACT_##word,
    PARK_FACT_LIST(PARK_FACT_ENUM)
#undef PARK_FACT_ENUM
        PARK_FACTS
} park_fact;

typedef struct park_fact_info {
    const char *word, *units, *en, *zh;
} park_fact_info;

static inline park_fact_info park_fact_of(park_fact fact)
{
    static const park_fact_info LIST[] = {
#define PARK_FACT_ROW(word, units, en, zh) {#word, units, en, zh},
        PARK_FACT_LIST(PARK_FACT_ROW)
#undef PARK_FACT_ROW
    };
    return LIST[fact];
}

/* An indicator of a variant: equal ids mean the same in all variants. */
typedef struct park_study_indicator {
    const char    *id; /* "reuse_rate.all_sources" */
    const char    *zh, *en;
    const char    *units; /* CF, of the SI value */
    park_dimension dim;
} park_study_indicator;

/* What one variant came to; texts and arrays of its arena. */
typedef struct park_variant_row {
    char                  hash[PARK_SHA256_HEX];
    const char           *status; /* "simulated", "agreed", "optimal", "gap_reached", "limit_feasible" .. */
    const char           *why_en, *why_zh; /* the worst contradiction of limits in time, "" */
    double                fact[PARK_FACTS];
    size_t                indicators;
    park_study_indicator *indicator;
    double  *value, *promised; /* [indicators] SI per year; promised NAN where the job optimizes nothing */
    double  *asked;            /* [indicators] the target's bound, NAN none */
    int64_t *reached;          /* [indicators] -1 no target, 0 missed, 1 reached */
    size_t   columns, times;   /* of the kept series */
    const char **column, **column_units;
    int64_t     *time;
    double      *series; /* [columns * times] */
} park_variant_row;

/* A parameter of the study: what varied. */
typedef struct park_study_parameter {
    const char        *name;
    bool               drawn;
    int32_t            levels; /* of what is not drawn */
    const char *const *label;  /* [levels] */
} park_study_parameter;

/* The whole study, gathered. Rows are variants in the order of the study. */
typedef struct park_study_record {
    const char           *name, *path, *job, *park;
    const char           *command, *version, *build, *text; /* text: the study as written */
    bool                  factorial;
    bool                  sampled; /* drawn as a whole: at random, a Latin hypercube, Sobol's points */
    size_t                variants;
    const char          **variant; /* [variants] names */
    const char          **hash;
    const char          **status; /* as the row's; "failed", "lost", "missing" */
    const char          **reason; /* of those; "" */
    const char          **why_en, **why_zh;
    size_t                parameters;
    park_study_parameter *parameter;
    const char          **text_of;   /* [variants * parameters] "x0.9" */
    double               *number_of; /* [variants * parameters] NAN: no number */
    int32_t              *level_of;  /* [variants * parameters] -1 drawn */
    double               *fact;      /* [variants * PARK_FACTS] NAN missing */
    size_t                indicators;
    park_study_indicator *indicator;
    double               *value, *promised, *asked; /* [variants * indicators] NAN missing */
    int64_t              *reached;                  /* -1 missing or no target */
    size_t                reference;                /* a variant; `variants`: none */
    size_t                done, failed, lost, missing;
    /* where the series are */
    size_t       columns, times;
    const char **column, **column_units;
    int64_t     *time;
    const char **shard;                      /* [variants] "shards/<hash>.h5"; NULL none */
    int32_t     *row;                        /* [variants] in its shard */
    size_t      *shard_rows, *shard_columns; /* [variants] shape of its shard */
    int32_t     *at;                         /* [variants * columns] its column there, -1 */
    size_t       other_times;                /* variants whose series stand over other times: left out */
    double      *seconds;                    /* [variants] NAN; wall clock, never in study.h5's root */
} park_study_record;

#endif
