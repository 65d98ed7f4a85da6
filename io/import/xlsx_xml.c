#include "import/xlsx_xml.h"

#include <expat.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>

enum { DEPTH_MOST = 64 };

typedef struct walk {
    const park_xml_walker *walker;
    XML_Parser             parser;
    int                    depth;
    bool                   refused;
} walk;

static const char *without_prefix(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon != NULL ? colon + 1 : name;
}

const char *park_xml_attribute(const char **attribute, const char *name)
{
    for (size_t i = 0; attribute[i] != NULL; i += 2)
        if (strcmp(without_prefix(attribute[i]), name) == 0)
            return attribute[i + 1];
    return NULL;
}

static void refuse(walk *w)
{
    w->refused = true;
    XML_StopParser(w->parser, XML_FALSE);
}

static void XMLCALL opened(void *user, const XML_Char *name, const XML_Char **attribute)
{
    walk *w = user;
    if (w->refused)
        return;
    if (++w->depth > DEPTH_MOST)
        refuse(w);
    else if (w->walker->open != NULL)
        w->walker->open(w->walker->user, without_prefix(name), attribute);
}

static void XMLCALL closed(void *user, const XML_Char *name)
{
    walk *w = user;
    w->depth--;
    if (!w->refused && w->walker->close != NULL)
        w->walker->close(w->walker->user, without_prefix(name));
}

static void XMLCALL between(void *user, const XML_Char *text, int length)
{
    walk *w = user;
    if (!w->refused && w->walker->characters != NULL)
        w->walker->characters(w->walker->user, text, (size_t)length);
}

static void XMLCALL doctype(void *user, const XML_Char *name, const XML_Char *system, const XML_Char *public,
                            int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    refuse(user);
}

park_status park_xml_walk(const char *text, size_t length, const park_xml_walker *walker, park_error *err)
{
    if (length > INT_MAX)
        return PARK_FAIL(err, PARK_E_INPUT, "the part is too large");
    walk w = {.walker = walker, .parser = XML_ParserCreate(NULL)};
    if (w.parser == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read XML");
    XML_SetUserData(w.parser, &w);
    XML_SetElementHandler(w.parser, opened, closed);
    XML_SetCharacterDataHandler(w.parser, between);
    XML_SetStartDoctypeDeclHandler(w.parser, doctype);
    park_status status = PARK_OK;
    if (XML_Parse(w.parser, text, (int)length, 1) != XML_STATUS_OK) {
        enum XML_Error why = XML_GetErrorCode(w.parser);
        status             = why == XML_ERROR_NO_MEMORY
                                 ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read XML")
                                 : PARK_FAIL(err, PARK_E_INPUT, "line %lu: %s",
                                             (unsigned long)XML_GetCurrentLineNumber(w.parser),
                                 w.refused ? "a document type or elements too deep" : XML_ErrorString(why));
    }
    XML_ParserFree(w.parser);
    return status;
}
