/*
 * findings_text.h - findings as a person or a program reads them.
 * Looks down on: utf8, base.
 */
#ifndef PARK_FINDINGS_TEXT_H
#define PARK_FINDINGS_TEXT_H

#include "base/finding.h"
#include "base/text.h"

/* How findings are printed. */
typedef struct park_finding_style {
    bool        zh;
    bool        colour; /* ANSI colours, for a terminal */
    const char *file;   /* named where a finding has no file; may be NULL */
} park_finding_style;

/**
 * One finding:
 *   park.yaml:41:7: error E0312: unknown key 'capcity'; did you mean 'capacity'?
 *        ro1: {capcity: 3 m3/h}
 *              ^~~~~~~
 * The caret stands under the text on a terminal where Chinese characters fill two columns.
 */
void park_finding_print(const park_finding *finding, const park_finding_style *style, park_text *out);
/* All findings in order of file and line, and a last line that counts errors, warnings and those not shown.
 */
void park_findings_print(park_findings *findings, const park_finding_style *style, park_text *out);
/* A JSON array of {code, severity, message, message_zh, path, file, line, column, length, source}. */
void park_findings_json(park_findings *findings, park_text *out);
/* Order by file (as first named), line, column; equal ones keep their order. */
void park_findings_sort(park_findings *findings);

/* "C7": the name of a worksheet's cell, "7" where the column is 0. Points into `name`. */
enum { PARK_CELL_NAME = 32 };
const char *park_cell_name(int row, int column, char name[PARK_CELL_NAME]);

#endif
