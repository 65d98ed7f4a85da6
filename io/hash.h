/*
 * hash.h - SHA-256 of bytes and files, as hexadecimal text.
 * Looks down on: base. OpenSSL's door is hash_openssl.c.
 */
#ifndef PARK_HASH_H
#define PARK_HASH_H

#include <parkwater/status.h>

#include <stddef.h>

enum { PARK_SHA256_HEX = 65 }; /* 64 digits and the NUL */

/* PARK_OK; PARK_E_INTERNAL when the library refuses (err says so). `bytes` may be NULL when length is 0. */
PARK_MUST_CHECK park_status park_sha256(const void *bytes, size_t length, char hex[PARK_SHA256_HEX],
                                        park_error *err);

/* Of a file's content, read in pieces. Also PARK_E_FILE when it cannot be read. */
PARK_MUST_CHECK park_status park_sha256_file(const char *path, char hex[PARK_SHA256_HEX], park_error *err);

#endif
