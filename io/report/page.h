/*
 * page.h - the pen with which the sections write: escaped text in two languages, numbers as they are printed.
 * Looks down on: run_record.
 */
#ifndef PARK_REPORT_PAGE_H
#define PARK_REPORT_PAGE_H

#include "base/text.h"
#include "run_record.h"

typedef struct park_page {
    park_text              out;
    park_arena            *arena;
    const park_run_record *record;
    const park_model      *model;  /* the model the design speaks of */
    const park_ledger     *ledger; /* the one that is judged: simulated where there is one, else promised */
    bool                   zh_first;
    park_error            *err;
    park_status            status; /* first failure of a section */
} park_page;

/* Escaped text. */
void park_page_text(park_page *page, const char *text);
/* The same thing said in both languages; only one is seen. Already escaped where it holds mark-up. */
void park_page_both(park_page *page, const char *zh, const char *en);
void park_page_label(park_page *page, park_label label, const char *fallback);
/* A unit's name. */
void park_page_unit(park_page *page, int32_t unit);
/* "<unit>.<outlet>" in words: 炼油循环水场 · 排污水. */
void park_page_outlet(park_page *page, int32_t outlet);
/* Rounded half to even at `decimals`; "—" when it does not exist. */
void park_page_number(park_page *page, double value, int decimals);
/* In the unit shown for the dimension, significant figures by size, unit behind. */
void park_page_quantity(park_page *page, double value, park_dimension dim);
/* An indicator's value as reports write it. */
void park_page_value(park_page *page, const park_indicator *item);
/* <h2 id> with both titles, in a section; and its end. */
void park_page_section(park_page *page, const char *id, const char *zh, const char *en);
void park_page_section_end(park_page *page);
/* A table's head from pairs zh, en; ended by NULL. A cell whose English title ends with `>` is aligned right. */
void park_page_table(park_page *page, const char *const *titles);
void park_page_table_end(park_page *page);
void park_page_cell(park_page *page);                                    /* <td> */
void park_page_cell_number(park_page *page, double value, int decimals); /* a whole right-aligned cell */
void park_page_row(park_page *page);
void park_page_row_end(park_page *page);

/* Sums of the year over the seasons: values[s * stride + at]. */
double park_page_year(const double *values, size_t seasons, size_t stride, size_t at);

/* The sections, in the order in which they stand. */
void park_page_verdict(park_page *page);
void park_page_conflict(
    park_page *page); /* conflict.c: in place of the verdict and all that speaks of a plan */
void park_page_front(park_page *page);
void park_page_rain(park_page *page); /* rain.c */
void park_page_futures(park_page *page);
void park_page_future(park_page *page, size_t w); /* a cell with the name of a future */
void park_page_stages(park_page *page);           /* stages.c */
void park_page_balance(park_page *page);
void park_page_boxes(park_page *page); /* boxes.c: balance diagrams of park, enterprises and units */
void park_page_allocation(park_page *page);
void park_page_forms(park_page *page); /* page_forms.c */
void park_page_exits(park_page *page);
void park_page_money(park_page *page);
void park_page_worth(park_page *page);
void park_page_abatement(park_page *page);
void park_page_promise(park_page *page);
/* The rounds with what each contradicted by class, and what became of it; of one unit in a few words. */
void       park_page_rounds(park_page *page);
void       park_page_courses(park_page *page, int32_t unit);
void       park_page_bill(park_page *page);
park_label park_page_cost_label(int kind); /* of a park_cost_line_kind */
void       park_page_units(park_page *page);
void       park_page_networks(park_page *page);
void       park_page_series(park_page *page);
void       park_page_hours(park_page *page);
bool       park_page_has_hours(const park_page *page);
void       park_page_indicators(park_page *page);
void       park_page_assumptions(park_page *page);
void       park_page_provenance(park_page *page);

#endif
