/*
 * report_document.h - a run as a text document: the forms and balance diagrams of a water-balance report in its usual chapters.
 * Docs: docs/user/tables.md.   Looks down on: forms, balance_boxes, docx.
 */
#ifndef PARK_REPORT_DOCUMENT_H
#define PARK_REPORT_DOCUMENT_H

#include "run_record.h"

/**
 * Write PATH (DOCX) in one language: scope, sources, metering, balances with diagrams, cooling, indicators, domestic water and leaks,
 * retrofits, the park consolidated, applications. Without a plan and a simulated year an older file goes.
 * @return PARK_OK; PARK_E_FILE; PARK_E_MEMORY; PARK_E_NUMERIC where the ledger does not close; PARK_E_RANGE
 */
PARK_MUST_CHECK park_status park_report_document(const park_run_record *record, const char *path, bool zh,
                                                 park_arena *arena, park_error *err);

#endif
