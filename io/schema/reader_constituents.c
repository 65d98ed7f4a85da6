/*
 * reader_constituents.c - values by constituent: names, bases of mass, levels that are no mass, limit sets.
 */
#include "schema/reader.h"

#include "utf8.h"

#include <stdio.h>
#include <string.h>

int32_t park_reader_constituent(park_reader *reader, const park_tree_node *node, const char *name,
                                park_tree_spot spot)
{
    const park_draft *draft = reader->draft;
    for (size_t c = 0; draft != NULL && c < draft->constituents; c++)
        if (strcmp(draft->constituent[c].id, name) == 0)
            return (int32_t)c;
    const park_constituent_row *known = park_constituent_row_find(name);
    const park_constituent_row *guess = known != NULL ? known : park_constituent_row_guess(name);
    if (known != NULL && reader->constituent_lost)
        return -1; /* one of the list was misspelt, and told: it is that one as likely as not */
    if (known != NULL) {
        PARK_TELL(reader, node, spot, PARK_E0313, PARK_ERROR,
                  "'%s' is not among this park's constituents; add it to `constituents`",
                  "“%s”不在本园区的 constituents 之列；请加入其中", name);
        return -1;
    }
    size_t       count = draft != NULL ? draft->constituents : 0;
    const char **ids   = PARK_ARRAY(reader->arena, count + 1, const char *);
    const char  *near_ = guess != NULL ? guess->id : NULL;
    if (ids == NULL) {
        reader->failed = true;
        return -1;
    }
    for (size_t c = 0; c < count; c++)
        ids[c] = draft->constituent[c].id;
    if (near_ == NULL)
        near_ = park_nearest(name, ids, count);
    if (near_ != NULL)
        PARK_TELL(reader, node, spot, PARK_E0313, PARK_ERROR, "unknown constituent '%s'; did you mean '%s'?",
                  "未知的成分“%s”；是否为“%s”？", name, near_);
    else
        PARK_TELL(reader, node, spot, PARK_E0313, PARK_ERROR,
                  "unknown constituent '%s'; the park's constituents stand under `constituents`",
                  "未知的成分“%s”；本园区的成分列于 constituents", name);
    return -1;
}

/* The number in front of a unit word such as NTU. */
static bool level_text(const park_tree_node *node, const char *unit, size_t *length)
{
    size_t word = strlen(unit);
    *length     = node->length;
    if (node->length <= word || memcmp(node->text + node->length - word, unit, word) != 0)
        return false;
    *length = node->length - word;
    while (*length > 0 && node->text[*length - 1] == ' ')
        (*length)--;
    return true;
}

/* pH, turbidity, colour: a plain number, its own unit word allowed behind it. */
static bool read_level(park_reader *reader, const park_tree_node *node, const park_constituent_row *row,
                       double *value)
{
    if (!park_reader_is(reader, node, PARK_SCALAR))
        return false;
    size_t length = node->length;
    if (row->unit != NULL)
        (void)level_text(node, row->unit, &length);
    park_quantity_problem problem;
    park_quantity         quantity;
    if (park_quantity_parse(node->text, length, PARK_DIM_NUMBER, &quantity, &problem)) {
        *value = quantity.value;
        return true;
    }
    PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0212, PARK_ERROR, "%s is '%s'; write a plain number%s%s",
              "%s 写作“%s”；应写纯数%s%s", row->id, node->text, row->unit != NULL ? ", " : "",
              row->unit != NULL ? row->unit : "");
    return false;
}

/* Which dimension constituent c's value has where `dimension` is due. */
static park_dimension due_dimension(const park_constituent_row *row, park_dimension dimension)
{
    return row != NULL && dimension == PARK_DIM_CONC ? row->dimension : dimension;
}

static bool holds_mass(park_dimension dimension)
{
    return dimension == PARK_DIM_CONC || dimension == PARK_DIM_MASS_FLOW ||
           dimension == PARK_DIM_PRICE_PER_MASS;
}

static void tell_basis(park_reader *reader, const park_tree_node *node, const char *id, const char *basis)
{
    const park_constituent_row *row = park_constituent_row_find(id);
    const char                 *due = row != NULL && row->basis != NULL ? row->basis : id;
    if (basis[0] == '\0')
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0314, PARK_ERROR,
                  "%s is '%s'; it must say its basis: '%s %s'", "%s 写作“%s”；须写明计量基准：“%s %s”", id,
                  node->text, node->text, due);
    else
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0314, PARK_ERROR,
                  "%s is never counted as %s; its basis is %s", "%s 不以 %s 计；其计量基准为 %s", id, basis,
                  due);
}

bool park_reader_of_constituent(park_reader *reader, const park_tree_node *node, int32_t c,
                                park_dimension dimension, double *value)
{
    const park_constituent_row *row = reader->row != NULL ? reader->row[c] : NULL;
    const char                 *id  = reader->draft->constituent[c].id;
    park_dimension              due = due_dimension(row, dimension);
    if (due == PARK_DIM_NUMBER)
        return read_level(reader, node, row, value);
    if (due == PARK_DIM_TEMPERATURE)
        return park_reader_quantity(reader, node, due, value);
    if (row != NULL && row->dimension != PARK_DIM_CONC && holds_mass(dimension)) {
        park_reader_tell(reader, node, PARK_AT_VALUE, PARK_E0301, PARK_ERROR,
                         park_arena_printf(reader->arena, "%s is no mass; it can not be given as %s", id,
                                           park_dimension_name(dimension, false)),
                         park_arena_printf(reader->arena, "%s 不是质量，不能写作%s", id,
                                           park_dimension_name(dimension, true)));
        return false;
    }
    park_quantity         quantity;
    park_quantity_problem problem;
    if (!park_reader_is(reader, node, PARK_SCALAR))
        return false;
    if (!park_quantity_parse(node->text, node->length, due, &quantity, &problem)) {
        park_finding *finding =
            park_quantity_finding(reader->findings, &problem, park_tree_path(reader->arena, node));
        park_tree_place_in(reader->tree, node, problem.offset, problem.length, reader->findings, finding);
        return false;
    }
    double factor = holds_mass(due) ? park_constituent_basis(id, quantity.basis) : 1.0;
    if (factor == 0.0) {
        tell_basis(reader, node, id, quantity.basis);
        return false;
    }
    *value = due == PARK_DIM_PRICE_PER_MASS ? quantity.value / factor : quantity.value * factor;
    return true;
}

/* `standard: GB/T 19923-2005/open_circulating`: its limits enter the tree where the mapping is silent. */
bool park_reader_standard(park_reader *reader, park_tree_node *mapping, const park_tree_node *standard)
{
    const char *name = NULL;
    if (!park_reader_text(reader, standard, &name))
        return false;
    park_catalogue_entry entry = park_catalogue_find(reader->catalogue, PARK_PAGE_LIMITS, name);
    if (entry.node != NULL) {
        park_reader_catalogue(reader, mapping, &entry);
        return true;
    }
    const char *near_ = park_catalogue_nearest(reader->catalogue, PARK_PAGE_LIMITS, name);
    park_reader_tell_near(reader, standard, PARK_AT_VALUE, PARK_E0317, near_, "unknown limit set '%s'",
                          "未知的限值标准“%s”", name);
    return false;
}

static const park_field *beside(const park_field *field, const char *key)
{
    for (const park_field *word = field->record; word != NULL && word->word != NULL; word++)
        if (strcmp(word->word, key) == 0)
            return word;
    return NULL;
}

/* Words that say what water brings; all others limit or take out, and so must be known of every source. */
static bool states_only(const char *word)
{
    return strstr(word, "quality") != NULL || strcmp(word, "adds") == 0 || strcmp(word, "fee") == 0;
}

bool park_reader_by_constituent(park_reader *reader, park_tree_node *node, const park_field *field,
                                double *column, void *outer)
{
    if (!park_reader_is(reader, node, PARK_MAPPING))
        return false;
    bool            ok       = true;
    bool            limits   = field->dim == PARK_DIM_CONC;
    park_tree_node *standard = limits ? park_tree_get(node, "standard") : NULL;
    if (standard != NULL)
        ok &= park_reader_standard(reader, node, standard);
    for (size_t i = 0; i < node->count; i++) {
        park_tree_node *value = node->items[i];
        const char     *key   = park_tree_key(value);
        if (park_reader_is_note(key) || value == standard)
            continue;
        const park_field *word = beside(field, key);
        if (word != NULL) {
            ok &= park_reader_value(reader, value, word, outer);
            continue;
        }
        int32_t c = park_reader_constituent(reader, value, key, PARK_AT_KEY);
        if (c < 0 || !park_reader_of_constituent(reader, value, c, field->dim, &column[c])) {
            ok = false;
            continue;
        }
        bool       level = limits && reader->row[c] != NULL && reader->row[c]->dimension != PARK_DIM_CONC;
        park_field one   = *field; /* named by the constituent in the message */
        one.word         = key;
        one.lo           = limits ? fmax(field->lo, 0.0) : field->lo;
        if (!level && !park_reader_in_range(reader, value, &one, column[c])) {
            column[c] = NAN;
            ok        = false;
            continue;
        }
        park_reader_assume(reader, value);
        if (!states_only(field->word))
            park_reader_reads(reader, c, value);
    }
    return ok;
}
