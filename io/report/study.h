/*
 * study.h - the page of a study: how results spread over its variants, which targets are met how often, what they are sensitive to.
 * Math: docs/math/study.md, Eq. (V6)-(V12).   Looks down on: study_record, page, sampling.
 */
#ifndef PARK_REPORT_STUDY_H
#define PARK_REPORT_STUDY_H

#include "base/arena.h"
#include "study_record.h"

/* The page as text. PARK_OK; PARK_E_MEMORY. O(variants log variants) for each of at most ten results. */
PARK_MUST_CHECK park_status park_study_report_text(const park_study_record *record, bool zh,
                                                   park_arena *arena, const char **html, size_t *length,
                                                   park_error *err);
/* The same, written whole or not at all. Also PARK_E_FILE. */
PARK_MUST_CHECK park_status park_study_report_write(const park_study_record *record, const char *path,
                                                    bool zh, park_arena *arena, park_error *err);

#endif
