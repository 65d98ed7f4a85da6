/*
 * docx.h - a text document for WPS and Word in the making: headings, paragraphs, tables, pictures.
 * Looks down on: sheet, png. libzip appears in docx.c alone.
 */
#ifndef PARK_REPORT_DOCX_H
#define PARK_REPORT_DOCX_H

#include "report/png.h"
#include "report/sheet.h"

typedef struct park_docx park_docx;

/* An empty document; NULL out of memory. `zh` chooses fonts and language. */
park_docx *park_docx_new(park_arena *arena, bool zh);

/* Failure is remembered until park_docx_done. Texts are UTF-8, plain. */
/* Pages lie the other way from here on: upright at first, then across. */
void park_docx_turn(park_docx *docx);
void park_docx_heading(park_docx *docx, int level, const char *text); /* 0: the title; 1 to 3 */
void park_docx_paragraph(park_docx *docx, const char *text);
/* A table with its caption above; the first row is repeated on every page, numbers stand right. */
void park_docx_table(park_docx *docx, const char *caption, const park_sheet *sheet);
/* A picture as wide as the page, with its caption below. */
void park_docx_picture(park_docx *docx, const char *caption, const park_png *png);

/* The file's bytes, arena-owned; equal content gives equal bytes. PARK_OK; PARK_E_FILE when libzip fails; PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_docx_done(park_docx *docx, const char **bytes, size_t *length,
                                           park_error *err);

#endif
