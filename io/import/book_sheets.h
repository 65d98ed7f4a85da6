/*
 * book_sheets.h - what a workbook of a park has: sheets, columns, choices, the example. Not for other rooms.
 * Looks down on: nothing.
 */
#ifndef PARK_IMPORT_BOOK_SHEETS_H
#define PARK_IMPORT_BOOK_SHEETS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct park_book_choice {
    const char *word, *zh, *en; /* of the scenario, as shown; ended by word NULL */
} park_book_choice;

typedef enum park_book_form {
    PARK_BOOK_TEXT,   /* as it stands */
    PARK_BOOK_ID,     /* of an item or a reference to one (outlets too) */
    PARK_BOOK_NUMBER, /* with the unit of the heading, or its own */
    PARK_BOOK_DATE,
    PARK_BOOK_CHOICE,
    PARK_BOOK_LIST /* words with 、 or , between them */
} park_book_form;

typedef struct park_book_column {
    const char             *zh, *en; /* heading without its unit */
    const char             *unit;    /* written behind it in the template; NULL: none is due */
    const char             *path;    /* below the item, "loss.evaporation"; NULL: the sheet's own reading */
    park_book_form          form;
    const park_book_choice *choice; /* of CHOICE; of TEXT: suggestions */
    int                     of;     /* of ID: sheet whose ids are offered, -1 none */
} park_book_column;

typedef enum park_book_sheet_id {
    PARK_BOOK_PARK, /* a row a value: 项目, 内容 */
    PARK_BOOK_CONSTITUENTS,
    PARK_BOOK_ENTERPRISES,
    PARK_BOOK_PRODUCTS,
    PARK_BOOK_SOURCES,
    PARK_BOOK_USERS,
    PARK_BOOK_TREATMENTS,
    PARK_BOOK_STORAGES,
    PARK_BOOK_SINKS,
    PARK_BOOK_QUALITY,
    PARK_BOOK_PIPES,
    PARK_BOOK_METERS,
    PARK_BOOK_TARGETS,
    PARK_BOOK_SHEETS
} park_book_sheet_id;

typedef struct park_book_sheet {
    const char             *zh, *en; /* its tab */
    const char             *section; /* of the scenario; NULL: read by itself */
    const park_book_column *column;  /* [columns]; of PARK_BOOK_PARK a row each */
    size_t                  columns;
} park_book_sheet;

extern const park_book_sheet PARK_BOOK[PARK_BOOK_SHEETS];

/* Columns of the sheets that are read by themselves. */
enum {
    PARK_BOOK_PRODUCT_OWNER,
    PARK_BOOK_PRODUCT_ID,
    PARK_BOOK_PRODUCT_NAME,
    PARK_BOOK_PRODUCT_RATE,
    PARK_BOOK_PRODUCT_UNIT
};
enum {
    PARK_BOOK_QUALITY_UNIT,
    PARK_BOOK_QUALITY_WHAT,
    PARK_BOOK_QUALITY_OF,
    PARK_BOOK_QUALITY_VALUE,
    PARK_BOOK_QUALITY_IN
};
enum { PARK_BOOK_PIPE_ID, PARK_BOOK_PIPE_FROM, PARK_BOOK_PIPE_TO, PARK_BOOK_PIPE_STATE, PARK_BOOK_PIPE_REST };
enum {
    PARK_BOOK_TARGET_WHAT,
    PARK_BOOK_TARGET_OF,
    PARK_BOOK_TARGET_MIN,
    PARK_BOOK_TARGET_MAX,
    PARK_BOOK_TARGET_UNIT,
    PARK_BOOK_TARGET_BASIS
};

/* Does the text name the choice, by its word or as shown in either language? Its word; NULL. */
const char *park_book_choose(const park_book_choice *choice, const char *text);

/* The example: cells of a row with | between them, numbers as numbers; rows ended by NULL. */
extern const char *const *const PARK_BOOK_EXAMPLE[PARK_BOOK_SHEETS];

#endif
