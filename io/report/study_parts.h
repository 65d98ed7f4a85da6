/*
 * study_parts.h - what the sections of a study's page share: the results that are shown, their spread and effects.
 * Looks down on: page, sampling.
 */
#ifndef PARK_REPORT_STUDY_PARTS_H
#define PARK_REPORT_STUDY_PARTS_H

#include "report/page.h"
#include "report/plot.h"
#include "study/sensitivity.h"
#include "study_record.h"

enum { PARK_STUDY_RESULTS_MOST = 10 };

/* A result of the study that the page shows. */
typedef struct park_study_result {
    const char  *id;
    park_label   label, unit; /* the unit shown */
    double       si;          /* what one of it is */
    int          decimals;
    double      *value;     /* [variants] SI, NAN missing */
    size_t       indicator; /* of the record; record->indicators: a fact */
    bool         targeted;  /* a target speaks of it in some variant */
    park_spread  spread;
    park_effect *effect; /* [parameters] */
    double over; /* share of the variance by which totals of a sample may be too large; NAN: told of none */
} park_study_result;

typedef struct park_study_page {
    park_page               *page;
    const park_study_record *r;
    size_t                   results;
    park_study_result        result[PARK_STUDY_RESULTS_MOST];
    int32_t                 *group, *groups; /* [variants * parameters], [parameters] */
} park_study_page;

/* study_plots.c */
void park_study_exceedance(park_study_page         *p,
                           const park_study_result *x); /* share of variants above each value */
void park_study_tornado(park_study_page *p, const park_study_result *x);
void park_study_parallel(park_study_page *p);

#endif
