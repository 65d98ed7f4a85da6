/*
 * forms.h - the forms of a water-balance report as tables to print: in the order of its chapters, columns that say nothing left out.
 * Docs: docs/user/tables.md.   Looks down on: tables.
 */
#ifndef PARK_REPORT_FORMS_H
#define PARK_REPORT_FORMS_H

#include "report/sheet.h"
#include "run_record.h"

typedef struct park_form {
    const char *id; /* "A3" of the usual annex, "B" of applications, "C" of the park */
    park_label  title;
    int         chapter; /* of the document */
    bool        on_page; /* the page has it nowhere else */
} park_form;

size_t           park_forms(void);
const park_form *park_form_at(size_t form);

/**
 * One form of a run in English and in Chinese, by the account that is judged: simulated where there is one, else the plan. Both
 * have the same rows and columns; a column without any entry is left out. A sheet of fewer than two rows has nothing to say.
 * Of a restored run the forms that speak of its scenario are empty.
 * @param sheet  out: [0] English, [1] Chinese; arena-owned
 * @return PARK_OK; PARK_E_MEMORY; PARK_E_NUMERIC and PARK_E_RANGE from the account of volumes
 */
PARK_MUST_CHECK park_status park_form_sheets(const park_run_record *record, size_t form, park_arena *arena,
                                             park_sheet sheet[2], park_error *err);

#endif
