/*
 * document.h - what a scenario file may be, and a file as it was read.
 * Looks down on: nothing.
 */
#ifndef PARK_SCHEMA_DOCUMENT_H
#define PARK_SCHEMA_DOCUMENT_H

#include <stddef.h>

typedef enum park_document { PARK_DOCUMENT_PARK, PARK_DOCUMENT_STUDY, PARK_DOCUMENT_REGION } park_document;

typedef struct park_read_file {
    const char *path;
    const char *bytes;
    size_t      length;
} park_read_file;

#endif
