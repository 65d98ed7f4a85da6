#include "hash.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

enum { PIECE = 1 << 16 };

static void print_hex(const unsigned char *digest, unsigned size, char hex[PARK_SHA256_HEX])
{
    for (unsigned i = 0; i < size && 2 * i + 2 < PARK_SHA256_HEX; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

static park_status finish(EVP_MD_CTX *context, char hex[PARK_SHA256_HEX], park_error *err)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned      size = 0;
    if (EVP_DigestFinal_ex(context, digest, &size) != 1 || size != (PARK_SHA256_HEX - 1) / 2)
        return PARK_FAIL(err, PARK_E_INTERNAL, "the SHA-256 of the cryptographic library failed");
    print_hex(digest, size, hex);
    hex[PARK_SHA256_HEX - 1] = '\0';
    return PARK_OK;
}

/* A context ready for bytes; NULL when the library has none. */
static EVP_MD_CTX *begin(void)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1)
        return context;
    EVP_MD_CTX_free(context);
    return NULL;
}

park_status park_sha256(const void *bytes, size_t length, char hex[PARK_SHA256_HEX], park_error *err)
{
    EVP_MD_CTX *context = begin();
    if (context == NULL)
        return PARK_FAIL(err, PARK_E_INTERNAL, "the cryptographic library offers no SHA-256");
    park_status status = PARK_OK;
    if (length > 0 && EVP_DigestUpdate(context, bytes, length) != 1)
        status = PARK_FAIL(err, PARK_E_INTERNAL, "the SHA-256 of the cryptographic library failed");
    if (status == PARK_OK)
        status = finish(context, hex, err);
    EVP_MD_CTX_free(context);
    return status;
}

static park_status feed(EVP_MD_CTX *context, FILE *file, const char *path, park_error *err)
{
    char   piece[PIECE];
    size_t n;
    errno = 0;
    while ((n = fread(piece, 1, sizeof piece, file)) > 0)
        if (EVP_DigestUpdate(context, piece, n) != 1)
            return PARK_FAIL(err, PARK_E_INTERNAL, "the SHA-256 of the cryptographic library failed");
    if (ferror(file))
        return PARK_FAIL(err, PARK_E_FILE, "cannot read %s: %s", path, strerror(errno));
    return PARK_OK;
}

park_status park_sha256_file(const char *path, char hex[PARK_SHA256_HEX], park_error *err)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return PARK_FAIL(err, PARK_E_FILE, "cannot read %s: %s", path, strerror(errno));
    EVP_MD_CTX *context = begin();
    park_status status  = context == NULL
                              ? PARK_FAIL(err, PARK_E_INTERNAL, "the cryptographic library offers no SHA-256")
                              : feed(context, file, path, err);
    if (status == PARK_OK)
        status = finish(context, hex, err);
    EVP_MD_CTX_free(context);
    fclose(file);
    return status;
}
