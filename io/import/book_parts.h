/*
 * book_parts.h - one reading of a filled workbook. Not for other rooms.
 * Looks down on: book, xlsx_read, yaml, schema.
 */
#ifndef PARK_IMPORT_BOOK_PARTS_H
#define PARK_IMPORT_BOOK_PARTS_H

#include "import/book.h"
#include "import/book_sheets.h"
#include "import/xlsx_read.h"
#include "schema/sections.h"
#include "yaml/tree.h"

enum { PARK_BOOK_COLUMNS = 32 /* most of a sheet */ };

typedef struct park_book {
    park_arena            *arena;
    park_findings         *findings;
    const park_xlsx_book  *book;
    bool                   zh, failed; /* failed: out of memory */
    park_tree             *tree;
    const park_xlsx_sheet *sheet;                 /* that is read now */
    int32_t                mark_file;             /* of it */
    int32_t                at[PARK_BOOK_COLUMNS]; /* column of the sheet, 0 where it is not there */
    const char            *unit[PARK_BOOK_COLUMNS];
    size_t                 missing, pipes, targets, comments, comments_cap;
    struct {
        const park_tree_node *node;
        const char           *text;
    } * comment;
} park_book;

/* The tree of a scenario from the book's sheets. PARK_OK also with findings; PARK_E_INPUT when sheets are not there. */
PARK_MUST_CHECK park_status park_book_tree(park_book *b, park_error *err);

/* What stands behind a node's line. */
void park_book_comment(park_book *b, const park_tree_node *node, const char *text);

#endif
