/*
 * region_rows.h - a region's tables: one row for a park and year, one for a park, year and product; what is wrong with them
 * told by file, row and column, with what it would do to the result.
 * Looks down on: load_sections, region.
 */
#ifndef PARK_IO_REGION_ROWS_H
#define PARK_IO_REGION_ROWS_H

#include "load_sections.h"

#include <parkwater/region.h>

/* A region in the making: columns grow member by member, then stand as park_region's. */
typedef struct park_region_book {
    park_loader               *loader;
    park_region               *region;
    size_t                     known; /* years base .. known */
    park_region_member        *member;
    size_t                     members, members_cap;
    const park_region_product *product;
    const double              *product_scale; /* [products] SI of one unit of output per year */
    const park_csv_table      *table;
    /* [members_cap * known * (FLOWS + 1)] value added last; NAN: no row said so. place: the row's cell, for messages */
    double               *value;
    const park_csv_cell **cell;
    double               *index; /* [known] price index, 1 in the price year; NULL: none */
    park_region_making   *making;
    size_t                makings, makings_cap;
} park_region_book;

enum { PARK_REGION_COLUMNS = PARK_REGION_FLOWS + 1, PARK_REGION_MEMBERS_MOST = 5000 };

/* The words of the columns, by flow, value added last: "V_i_surface" .. "V_r", "value_added". */
extern const char *const PARK_REGION_COLUMN_WORDS[PARK_REGION_COLUMNS + 1];

/* A finding at a cell of the book's table. */
#define PARK_REGION_TELL_CELL(book, cell, code, severity, ...)                                               \
    park_csv_place((book)->table, (cell), (book)->loader->reader.findings,                                   \
                   park_finding_add((book)->loader->reader.findings, (code), (severity), NULL, __VA_ARGS__))

/* Which column of the book's table a word is: by `columns`, else by its own name; SIZE_MAX, told when needed. */
size_t park_region_column(park_region_book *book, const park_tree_node *names, const char *word, bool needed);
/* What one of a unit is in m3/a, or CNY/a; told when it is none. */
bool park_region_unit(park_region_book *book, const park_tree_node *node, const char *text, bool money,
                      double *scale);
/* A cell; NULL where there is no such column. Does it say anything? */
const park_csv_cell *park_region_cell(const park_csv_table *table, size_t row, size_t column);
bool                 park_region_said(const park_csv_cell *cell);
/* A cell's number; told when it is none. */
bool park_region_number(park_region_book *book, const park_csv_cell *cell, double *value);

/* The year's place among the known ones; SIZE_MAX when it lies outside or is told. */
size_t park_region_year_of(park_region_book *book, const park_csv_cell *cell);

/* Read `rows` and check every cell. */
void park_region_rows(park_region_book *book, park_tree_node *rows);
/* region_outputs.c. Read `outputs`: product, output, intake by member and year. */
void park_region_outputs(park_region_book *book, park_tree_node *outputs);
/* What a member makes of a product in a known year, SI per year and m3/a; a year already there is replaced. */
void park_region_book_output(park_region_book *book, int32_t member, int32_t product, size_t year,
                             double output, double intake);
/* A member by id; -1. */
int32_t park_region_member_find(const park_region_book *book, const char *id);
/* Append a member without values; -1 out of memory or beyond the most. */
int32_t park_region_member_add(park_region_book *book, const char *id);
/* All intake of a member's year, conventional or not [m3/a]; `value` [COLUMNS]. */
double park_region_intake_of(const double *value);
/* A node's text where it is a scalar; NULL. */
const char *park_region_text(const park_tree_node *node);
/* Where a member's value stands. */
double *park_region_place(const park_region_book *book, int32_t member, size_t year, size_t column);
/* region_judge.c. What stands out after all members are read: missing years, sizes off by powers of ten, reuse without intake. */
void park_region_rows_judge(park_region_book *book);

#endif
