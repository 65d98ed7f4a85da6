/*
 * region_sections.h - the sections of a region's page and what they share.
 * Looks down on: page, region.
 */
#ifndef PARK_REPORT_REGION_SECTIONS_H
#define PARK_REPORT_REGION_SECTIONS_H

#include "report/page.h"
#include "report/region.h"

typedef struct park_region_sheet {
    park_page                    *page;
    const park_region_record     *record;
    const park_region            *region;
    const park_region_projection *p;
} park_region_sheet;

void park_region_both(const park_region_sheet *s, const char *zh, const char *en);
void park_region_add(const park_region_sheet *s, const char *text);
/* A whole cell. */
void park_region_cell_label(const park_region_sheet *s, park_label label);
void park_region_cell_both(const park_region_sheet *s, const char *zh, const char *en);
/* <p class>; `class` is an attribute with a space first, or "". */
void park_region_paragraph(const park_region_sheet *s, const char *class, const char *zh, const char *en);
/* Which of the projection's subjects a target speaks of. */
size_t park_region_subject_at(const park_region_sheet *s, const park_region_subject *wanted);

/* region_known.c */
void park_region_section_known(const park_region_sheet *s);
void park_region_section_backcast(const park_region_sheet *s);
/* region_notes.c */
void park_region_section_quality(const park_region_sheet *s);
void park_region_section_notes(const park_region_sheet *s);
void park_region_section_assumptions(const park_region_sheet *s);

/* What shows how good a member's data are, in the last known year. */
typedef struct park_region_quality {
    double intake, conventional, share, change,
        rate;                /* [m3/a], [m3/a], [-] of the region, [1/a], [-] basis B */
    double per_added;        /* [m3/CNY] conventional */
    size_t products;         /* with data */
    char   zh[320], en[320]; /* what to look at */
} park_region_quality;
void park_region_quality_of(const park_region_record *record, size_t member, park_region_quality *q);
/* By park_region_note_kind. */
extern const park_label PARK_REGION_NOTE_KIND[];

/* region_drivers.c: drivers, measures; region_future.c: the rest */
void park_region_section_future(const park_region_sheet *s);
/* Four fans in a <div class="pair">; the waterfall from the base year to the first target's. */
void park_region_fans(const park_region_sheet *s);
void park_region_waterfall(const park_region_sheet *s);
void park_region_section_causes(const park_region_sheet *s);
void park_region_section_drivers(const park_region_sheet *s);
void park_region_section_measures(const park_region_sheet *s);
void park_region_section_products(const park_region_sheet *s);
void park_region_section_members(const park_region_sheet *s);

#endif
