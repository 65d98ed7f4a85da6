/*
 * load_schema.c - JSON Schema (draft 2020-12) of a document, from the tables that the reader uses. It says what can be
 * said of one word at a time: references, sums and what belongs together stay with `check`.
 */
#include "load.h"

#include "json.h"
#include "schema/catalogue.h"
#include "schema/reader.h"
#include "schema/sections.h"
#include "units/kind.h"

#include <string.h>

/* A number and its unit; a bare number is no quantity. */
#define QUANTITY "^\\\\s*[-+]?[0-9０-９.]+([eE][-+]?[0-9]+)?\\\\s*[^0-9０-９.,\\\\s].*$"
#define NOTES "{\"^x-\":{}}"

static void write_fields(park_json *json, const park_field *const *tables, size_t count,
                         const char *only_word, const char *only);

static void describe(park_json *json, const char *en, const char *zh, const char *example)
{
    if (en != NULL)
        park_json_text(json, "description", en);
    if (zh != NULL)
        park_json_text(json, "x-description-zh", zh);
    if (example != NULL)
        park_json_text(json, "x-example", example);
}

static void write_quantity(park_json *json, const char *key, park_dimension dimension)
{
    park_json_open(json, key, '{');
    if (dimension == PARK_DIM_NUMBER || dimension == PARK_DIM_SHARE) {
        park_json_raw(json, "type", "[\"number\",\"string\"]");
    } else {
        park_json_text(json, "type", "string");
        park_json_raw(json, "pattern", "\"" QUANTITY "\"");
        park_json_text(json, "x-units", park_dimension_examples(dimension));
    }
    park_json_text(json, "x-dimension", park_dimension_word(dimension));
    park_json_close(json, '}');
}

static void open_object(park_json *json, const char *key)
{
    park_json_open(json, key, '{');
    park_json_text(json, "type", "object");
}

static void close_object(park_json *json)
{
    park_json_raw(json, "patternProperties", NOTES);
    park_json_raw(json, "additionalProperties", "false");
    park_json_close(json, '}');
}

static void write_record(park_json *json, const char *key, const park_field *fields)
{
    open_object(json, key);
    write_fields(json, &fields, 1, NULL, NULL);
    close_object(json);
}

/* Any constituent's value; pH and turbidity are plain numbers, so numbers pass here and units are left to `check`. */
static void write_map(park_json *json, const char *key, const park_field *field)
{
    park_json_open(json, key, '{');
    park_json_text(json, "type", "object");
    if (field->record != NULL) {
        park_json_open(json, "properties", '{');
        for (const park_field *word = field->record; word->word != NULL; word++)
            park_json_raw(json, word->word, "{}");
        park_json_close(json, '}');
    }
    park_json_raw(json, "patternProperties", NOTES);
    park_json_raw(json, "additionalProperties", "{\"type\":[\"string\",\"number\"]}");
    park_json_close(json, '}');
}

static void write_range_words(park_json *json, const char *key, park_dimension dimension, bool step)
{
    open_object(json, key);
    park_json_open(json, "properties", '{');
    write_quantity(json, "min", dimension);
    write_quantity(json, "max", dimension);
    if (step)
        write_quantity(json, "step", dimension);
    park_json_close(json, '}');
    close_object(json);
}

static const char SERIES_FORMS[] = "{\"type\":\"object\",\"properties\":{\"base\":{\"type\":[\"string\","
                                   "\"number\"]},\"pattern\":{\"type\":[\"string\",\"object\"]},"
                                   "\"every\":{\"type\":\"string\"},\"values\":{\"type\":\"array\"},"
                                   "\"factors\":{\"type\":\"array\"},\"monthly\":{\"type\":\"array\","
                                   "\"minItems\":12,\"maxItems\":12},\"csv\":{\"type\":\"string\"},"
                                   "\"column\":{\"type\":\"string\"},\"unit\":{\"type\":\"string\"},"
                                   "\"time\":{\"type\":\"string\"},\"gaps\":{\"enum\":[\"error\",\"hold\","
                                   "\"linear\"]},\"sheet\":{\"type\":\"string\"},\"header\":{\"type\":"
                                   "\"integer\",\"minimum\":1},\"missing\":{\"type\":\"array\"},\"times\":{"
                                   "\"type\":\"string\"}},\"patternProperties\":{\"^x-\":{}},"
                                   "\"additionalProperties\":false}";

static void write_shape(park_json *json, const park_field *field, const park_field *table)
{
    switch (field->shape) {
    case PARK_SHAPE_NUMBER:
        park_json_open(json, "allOf", '[');
        write_quantity(json, NULL, field->dim);
        park_json_close(json, ']');
        break;
    case PARK_SHAPE_COUNT:
        park_json_raw(json, "type", "[\"integer\",\"string\"]");
        break;
    case PARK_SHAPE_BOOL:
        park_json_text(json, "type", "boolean");
        break;
    case PARK_SHAPE_CHOICE:
        park_json_open(json, "enum", '[');
        for (size_t i = 0; field->choices[i] != NULL; i++)
            park_json_text(json, NULL, field->choices[i]);
        park_json_close(json, ']');
        break;
    case PARK_SHAPE_TEXT:
    case PARK_SHAPE_REF:
        park_json_raw(json, "type", "[\"string\",\"number\"]");
        break;
    case PARK_SHAPE_LABEL:
        park_json_raw(json, "anyOf",
                      "[{\"type\":[\"string\",\"number\"]},{\"type\":\"object\",\"properties\":{\"zh\":{},"
                      "\"en\":{}},\"additionalProperties\":false}]");
        break;
    case PARK_SHAPE_SERIES:
    case PARK_SHAPE_DEMAND:
        park_json_open(json, "anyOf", '[');
        write_quantity(json, NULL, field->dim);
        park_json_raw(json, NULL, SERIES_FORMS);
        if (field->shape == PARK_SHAPE_DEMAND) {
            park_json_raw(json, NULL, "{\"const\":\"free\"}");
            write_range_words(json, NULL, field->dim, false);
        }
        park_json_close(json, ']');
        break;
    case PARK_SHAPE_RANGE:
        park_json_open(json, "anyOf", '[');
        write_quantity(json, NULL, field->dim);
        write_range_words(json, NULL, field->dim, true);
        park_json_close(json, ']');
        break;
    case PARK_SHAPE_BY_CONSTITUENT:
        park_json_open(json, "allOf", '[');
        write_map(json, NULL, field);
        park_json_close(json, ']');
        break;
    case PARK_SHAPE_OUTLET_QUALITY:
        park_json_raw(json, "type",
                      "\"object\",\"additionalProperties\":{\"type\":[\"string\",\"number\",\"object\"]}");
        break;
    case PARK_SHAPE_LIST:
        park_json_raw(json, "type", "[\"array\",\"string\"]");
        break;
    case PARK_SHAPE_CAPEX:
        park_json_open(json, "anyOf", '[');
        write_quantity(json, NULL, PARK_DIM_MONEY);
        open_object(json, NULL);
        park_json_open(json, "properties", '{');
        write_quantity(json, "scale", PARK_DIM_MONEY);
        write_quantity(json, "reference", field->dim);
        write_quantity(json, "exponent", PARK_DIM_NUMBER);
        write_quantity(json, "fixed", PARK_DIM_MONEY);
        park_json_close(json, '}');
        park_json_raw(json, "required", "[\"scale\",\"reference\"]");
        close_object(json);
        park_json_close(json, ']');
        break;
    case PARK_SHAPE_RECORD:
        park_json_open(json, "anyOf", '[');
        write_record(json, NULL, field->record);
        if (field->bare != NULL)
            park_json_raw(json, NULL, "{\"type\":[\"string\",\"number\"]}");
        park_json_close(json, ']');
        break;
    case PARK_SHAPE_NAMED:
        park_json_text(json, "type", "object");
        write_record(json, "additionalProperties", field->record);
        break;
    case PARK_SHAPE_REF_MAP:
        park_json_raw(json, "type", "\"object\",\"additionalProperties\":{\"type\":\"string\"}");
        break;
    case PARK_SHAPE_CUSTOM: {
        const char *form = park_custom_json(table, field->word);
        park_json_open(json, "allOf", '[');
        park_json_raw(json, NULL, form);
        park_json_close(json, ']');
        break;
    }
    }
}

static bool in_tables(const park_field *const *tables, size_t before, const char *word)
{
    for (size_t t = 0; t < before; t++)
        for (const park_field *field = tables[t]; field != NULL && field->word != NULL; field++)
            if (strcmp(field->word, word) == 0)
                return true;
    return false;
}

/* "properties" and "required" of tables side by side; the last table wins a word that two have. A word may be held to
 * one value (`kind: surface`). */
static void write_fields(park_json *json, const park_field *const *tables, size_t count,
                         const char *only_word, const char *only)
{
    park_json_open(json, "properties", '{');
    for (size_t t = count; t-- > 0;)
        for (const park_field *field = tables[t]; field != NULL && field->word != NULL; field++) {
            if (t + 1 < count && in_tables(tables + t + 1, count - t - 1, field->word))
                continue;
            park_json_open(json, field->word, '{');
            describe(json, field->en, field->zh, field->example);
            if (only_word != NULL && strcmp(only_word, field->word) == 0)
                park_json_text(json, "const", only);
            else
                write_shape(json, field, tables[t]);
            if (field->later != NULL)
                park_json_text(json, "x-later", field->later);
            park_json_close(json, '}');
        }
    park_json_close(json, '}');
    park_json_open(json, "required", '[');
    if (only_word != NULL && strcmp(only_word, "technology") == 0)
        park_json_text(json, NULL, only_word);
    for (size_t t = 0; t < count; t++)
        for (const park_field *field = tables[t]; field != NULL && field->word != NULL; field++)
            if (field->required && !(t + 1 < count && in_tables(tables + t + 1, count - t - 1, field->word)))
                park_json_text(json, NULL, field->word);
    park_json_close(json, ']');
}

/* --- units --- */

static void write_kind(park_json *json, const park_section *section, const park_unit_kind *kind,
                       const char *word, const char *only)
{
    const park_field *tables[] = {park_unit_words_of(section->role), kind->fields};
    open_object(json, NULL);
    write_fields(json, tables, 2, word, only);
    close_object(json);
}

static void write_treatments(park_json *json, const park_section *section, park_catalogue *catalogue)
{
    const park_unit_kind *train   = park_unit_kind_find(PARK_TREATMENT, "train"),
                         *one     = park_unit_kind_find(PARK_TREATMENT, "technology");
    const park_unit_kind *removal = park_unit_kind_find(PARK_TREATMENT, "removal");
    if (removal != NULL)
        write_kind(json, section, removal, "technology", "removal");
    if (one == NULL)
        one = removal;
    const park_tree_node *page = park_catalogue_root(catalogue, PARK_PAGE_TECHNOLOGIES);
    for (size_t i = 0; one != NULL && page != NULL && i < page->count; i++)
        write_kind(json, section, one, "technology", park_tree_key(page->items[i]));
    if (train != NULL) {
        const park_field *tables[] = {park_unit_words_of(section->role), train->fields};
        open_object(json, NULL);
        write_fields(json, tables, 2, NULL, NULL);
        park_json_raw(json, "allOf",
                      "[{\"required\":[\"train\"]},{\"not\":{\"required\":[\"technology\"]}}]");
        close_object(json);
    }
}

/* A unit is one of its section's kinds; where `kind` may be left out, the usual one. */
static void write_units(park_json *json, const park_section *section, park_catalogue *catalogue)
{
    park_json_open(json, "additionalProperties", '{');
    park_json_open(json, "anyOf", '[');
    if (section->role == PARK_TREATMENT)
        write_treatments(json, section, catalogue);
    else
        for (const park_unit_kind *const *kind = park_unit_kinds(); *kind != NULL; kind++)
            if ((*kind)->role == section->role)
                write_kind(json, section, *kind, "kind", (*kind)->word);
    park_json_close(json, ']');
    park_json_close(json, '}');
}

/* --- sections --- */

static void write_section(park_json *json, const park_section *section, park_catalogue *catalogue)
{
    park_json_open(json, section->word, '{');
    describe(json, section->en, section->zh, section->example);
    if (section->later != NULL)
        park_json_text(json, "x-later", section->later);
    switch (section->form) {
    case PARK_SECTION_RECORD:
        park_json_text(json, "type", "object");
        write_fields(json, &section->fields, 1, NULL, NULL);
        park_json_raw(json, "patternProperties", NOTES);
        park_json_raw(json, "additionalProperties", "false");
        break;
    case PARK_SECTION_NAMED:
        park_json_text(json, "type", "object");
        park_json_raw(json, "patternProperties", NOTES);
        if (section->beside != NULL)
            write_fields(json, &section->beside, 1, NULL, NULL);
        write_record(json, "additionalProperties", section->fields);
        break;
    case PARK_SECTION_UNITS:
        park_json_text(json, "type", "object");
        park_json_raw(json, "patternProperties", NOTES);
        write_units(json, section, catalogue);
        break;
    case PARK_SECTION_LIST:
        park_json_text(json, "type", "array");
        write_record(json, "items", section->fields);
        break;
    case PARK_SECTION_VALUE:
        park_json_open(json, "allOf", '[');
        park_json_raw(json, NULL, section->json != NULL ? section->json : "{}");
        park_json_close(json, ']');
        break;
    }
    park_json_close(json, '}');
}

park_status park_schema_write(park_document document, park_text *out, park_error *err)
{
    static const char *const TITLES[]  = {"parkwater park", "parkwater study", "parkwater region"};
    park_catalogue          *catalogue = park_catalogue_new(out->arena);
    park_json                json;
    if (catalogue == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the schema");
    park_json_init(&json, out);
    park_json_open(&json, NULL, '{');
    park_json_text(&json, "$schema", "https://json-schema.org/draft/2020-12/schema");
    park_json_text(&json, "title", TITLES[document]);
    park_json_text(&json, "type", "object");
    park_json_open(&json, "properties", '{');
    for (const park_section *section = park_sections(document); section->word != NULL; section++)
        write_section(&json, section, catalogue);
    park_json_raw(&json, "include", "{\"type\":[\"string\",\"array\"]}");
    park_json_raw(&json, "extends", "{\"type\":\"string\"}");
    park_json_close(&json, '}');
    park_json_open(&json, "required", '[');
    for (const park_section *section = park_sections(document); section->word != NULL; section++)
        if (section->required)
            park_json_text(&json, NULL, section->word);
    park_json_close(&json, ']');
    park_json_raw(&json, "patternProperties", NOTES);
    park_json_raw(&json, "additionalProperties", "false");
    park_json_close(&json, '}');
    park_text_char(out, '\n');
    return out->failed || catalogue->failed
               ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the schema")
               : PARK_OK;
}
