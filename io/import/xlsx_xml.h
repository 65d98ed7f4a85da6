/*
 * xlsx_xml.h - one walk through an XML text: elements as they open and close, and the characters between.
 * Looks down on: base.   expat appears in xlsx_xml.c alone.
 */
#ifndef PARK_IMPORT_XLSX_XML_H
#define PARK_IMPORT_XLSX_XML_H

#include <parkwater/status.h>

#include <stddef.h>

/* Names come without their prefix ("t" of "x:t"); attributes as name, value, .., NULL, `r:id` as "id". */
typedef struct park_xml_walker {
    void (*open)(void *user, const char *name, const char **attribute);
    void (*close)(void *user, const char *name);
    void (*characters)(void *user, const char *text, size_t length);
    void *user;
} park_xml_walker;

/* The value of an attribute without its prefix; NULL. */
const char *park_xml_attribute(const char **attribute, const char *name);

/**
 * Walk from the first element to the last.
 * @param length  below 2^31
 * @return PARK_OK; PARK_E_INPUT where the text is not well formed or declares a document type (which could make a few bytes
 *         grow without end); PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_xml_walk(const char *text, size_t length, const park_xml_walker *walker,
                                          park_error *err);

#endif
