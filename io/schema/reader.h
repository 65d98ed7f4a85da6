/*
 * reader.h - records read from a tree by their field tables: one place for keys, kinds of value, units, ranges.
 * Looks down on: yaml, quantity, units, model.
 *
 *     park_reader_record(&reader, node, parts, 2);     every word of two tables, each into its own struct
 *
 * Mistakes are told as findings at their place and reading goes on; a value that could not be read stays "not
 * given". Defaults and catalogue values are written into the tree where the file is silent, with a note of where
 * they came from: the tree after reading is the scenario as it is meant (`check --expand`).
 */
#ifndef PARK_SCHEMA_READER_H
#define PARK_SCHEMA_READER_H

#include "base/field.h"
#include "run_record.h"
#include "schema/document.h"
#include "quantity.h"
#include "schema/catalogue.h"
#include "schema/constituents.h"
#include "series_csv.h"
#include "yaml/tree.h"

#include <parkwater/model.h>

/* Where a node that no file of the user holds came from. */
typedef struct park_origin_note {
    const park_tree_node *node;
    const char           *origin; /* "default", "catalogue BWRO" */
    const char           *source_class;
    const char           *source;
} park_origin_note;

typedef struct park_reader {
    park_arena     *arena;
    park_tree      *tree;
    park_findings  *findings;
    park_draft     *draft; /* NULL before the constituents are known and for studies and regions */
    park_catalogue *catalogue;
    park_file_rule  rule;
    const park_constituent_row **row;        /* [draft->constituents]; NULL for the user's own */
    const char                  *data_class; /* source class of what the file states */
    bool                         failed;     /* out of memory */
    /* A section or a constituent stands under a word that was refused: references to it raise no second finding. */
    bool                   section_lost, constituent_lost;
    park_origin_note      *note;
    size_t                 notes, notes_cap;
    park_assumption       *assumption;
    size_t                 assumptions, assumptions_cap;
    park_read_file        *file;
    size_t                 files, files_cap;
    bool                  *read;      /* [constituents] some limit or treatment reads it */
    const park_tree_node **reader_of; /* [constituents] the first that does, for the message */
} park_reader;

/* A finding at a node: PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0312, PARK_ERROR, en, zh, ...). */
#define PARK_TELL(reader, node, spot, code, severity, ...)                                                   \
    park_tree_place((reader)->tree, (node), (spot), (reader)->findings,                                      \
                    park_finding_add((reader)->findings, (code), (severity), NULL, __VA_ARGS__))

/* The same for sentences whose words differ between the languages; both made by park_arena_printf. */
void park_reader_tell(park_reader *reader, const park_tree_node *node, park_tree_spot spot, park_code code,
                      park_severity severity, const char *en, const char *zh);

/* The same arguments for both languages, and behind each sentence "did you mean": `near` (NULL: nothing is near). */
void park_reader_tell_near(park_reader *reader, const park_tree_node *node, park_tree_spot spot,
                           park_code code, const char *near_word, const char *en, const char *zh, ...);

/* One table and the struct it fills; a record may be read by several tables side by side. */
typedef struct park_part {
    const park_field *fields;
    void             *record;
} park_part;

/**
 * Read a mapping's words by the tables (words of shape CUSTOM are known but left to the caller), tell unknown
 * keys and missing required ones, then write defaults into the tree.
 * @return false when something was told
 */
bool park_reader_record(park_reader *reader, park_tree_node *node, const park_part *parts, size_t count);
/* One value by its row, into the record. */
bool park_reader_value(park_reader *reader, park_tree_node *node, const park_field *field, void *record);
/* Words of the tables against a mapping's keys; `extra` is a NULL-ended list of further words, may be NULL. */
bool park_reader_known(park_reader *reader, const park_tree_node *node, const park_part *parts, size_t count,
                       const char *const *extra);
/* Is the node a mapping (list, scalar)? Tells when not; NULL is not told. `what` in both languages. */
bool park_reader_is(park_reader *reader, const park_tree_node *node, park_tree_form form);

/* Single values. Each tells what is wrong and returns false then. */
bool park_reader_quantity(park_reader *reader, const park_tree_node *node, park_dimension dimension,
                          double *value);
bool park_reader_count(park_reader *reader, const park_tree_node *node, int32_t *value);
bool park_reader_bool(park_reader *reader, const park_tree_node *node, bool *value);
bool park_reader_text(park_reader *reader, const park_tree_node *node, const char **value);
bool park_reader_choice(park_reader *reader, const park_tree_node *node, const char *const *choices,
                        int32_t *value);
bool park_reader_label(park_reader *reader, const park_tree_node *node, park_label *value);
bool park_reader_texts(park_reader *reader, const park_tree_node *node, park_text_list *value);
/* A series in any of its forms; `dimension` NUMBER reads factors. */
bool park_reader_series(park_reader *reader, park_tree_node *node, park_dimension dimension,
                        park_series *value);
/* A pattern's mapping into the draft; its index or -1. */
int32_t park_reader_pattern(park_reader *reader, park_tree_node *node, const char *id,
                            park_dimension dimension);
/* The table that a scalar names, CSV or a workbook, relative to the file that names it; `sheet:` and `header:` beside it say
 * where it stands there. NULL when told. */
const park_csv_table *park_reader_table(park_reader *reader, const park_tree_node *node);
/* `missing:` and `times:` of a mapping that names a table; false when told. */
bool park_reader_table_words(park_reader *reader, const park_tree_node *node, park_series_wish *wish);
/* A column of a table as a pattern of the draft, -1 when told; `per_row`: each row's value is an amount of its own
 * interval (mm of rain) and is divided by it. */
int32_t park_reader_column(park_reader *reader, const park_csv_table *table, const park_series_wish *wish,
                           const char *id, bool per_row);
/* {min, max} in one dimension; a bare quantity is both when `exact`, else the maximum. */
bool park_reader_range(park_reader *reader, park_tree_node *node, park_dimension dimension, bool exact,
                       park_range *value);
/* Values by constituent into column[constituents]; `beside` are further words, their record `outer`. */
bool park_reader_by_constituent(park_reader *reader, park_tree_node *node, const park_field *field,
                                double *column, void *outer);
/* `standard: NAME` of a mapping of limits: the set's limits enter it where it is silent. */
bool park_reader_standard(park_reader *reader, park_tree_node *mapping, const park_tree_node *standard);
/* Index of a constituent named by a key or a value; tells and returns -1 when the park has none of that name. */
int32_t park_reader_constituent(park_reader *reader, const park_tree_node *node, const char *name,
                                park_tree_spot spot);
/* One concentration (or mass flow, or share) of constituent c. */
bool park_reader_of_constituent(park_reader *reader, const park_tree_node *node, int32_t c,
                                park_dimension dimension, double *value);

/* Does a value lie in its row's range? Tells the range in the unit as written when not. */
bool park_reader_in_range(park_reader *reader, const park_tree_node *node, const park_field *field,
                          double value);
/* Is the key a note (x-...)? */
bool park_reader_is_note(const char *key);
/* Does an id obey the contract? Tells when not. */
bool park_reader_id(park_reader *reader, const park_tree_node *node);
/* Record that constituent c is read by a limit or a treatment at `node`. */
void park_reader_reads(park_reader *reader, int32_t c, const park_tree_node *node);

/* "not yet in this version" at a node: a warning when ignoring the word cannot make a result wrong. */
void park_reader_later(park_reader *reader, const park_tree_node *node, park_tree_spot spot,
                       const char *what_en, const char *what_zh, bool harmless);

/* Put a value that no file states into the tree, with a note. Returns the node or NULL (out of memory). */
park_tree_node *park_reader_put_default(park_reader *reader, park_tree_node *mapping, const char *word,
                                        const char *text, bool quoted);
/* Put the catalogue's words into `node` where it is silent; constituents the park does not list are left out. */
void park_reader_catalogue(park_reader *reader, park_tree_node *node, const park_catalogue_entry *entry);
/* A copy of a catalogue's node without a place, for the reader's tree; NULL: out of memory. */
park_tree_node *park_reader_copy(park_tree *tree, const park_tree_node *from);
/* The note of a node made by the program, NULL for what a file states. */
/* Note where a node and all below it came from. */
void                    park_reader_note(park_reader *reader, const park_tree_node *node, const char *origin,
                                         const char *source_class, const char *source);
const park_origin_note *park_reader_note_of(const park_reader *reader, const park_tree_node *node);
/* Keep a number of the scenario for the page of assumptions. */
void park_reader_assume(park_reader *reader, const park_tree_node *node);
/* Remember a file that was read besides the tree's own. */
void park_reader_file(park_reader *reader, const char *path);
/* The path of a file that `node` names as `name`, found from the file in which the node stands: park_file_resolve. */
PARK_MUST_CHECK park_status park_reader_resolve(park_reader *reader, const park_tree_node *node,
                                                const char *name, const char **path);
/* True where a file named by `node` was read; else told: not to be read (PARK_E_FILE), outside the folder or too large
 * (PARK_E_RANGE); other failures were told by who read it. */
bool park_reader_opened(park_reader *reader, const park_tree_node *node, park_status status);

#endif
