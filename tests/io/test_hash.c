#include "check.h"

#include "hash.h"

#include <unistd.h>

/* FIPS 180-2, appendix B: "abc", the two-block message, a million 'a'; and the empty message. */
static void published_digests_come_out(void)
{
    char hex[PARK_SHA256_HEX];
    CHECK(park_sha256("abc", 3, hex, NULL) == PARK_OK);
    CHECK_TEXT(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const char *two = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    CHECK(park_sha256(two, strlen(two), hex, NULL) == PARK_OK);
    CHECK_TEXT(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(park_sha256(NULL, 0, hex, NULL) == PARK_OK);
    CHECK_TEXT(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void a_file_has_the_digest_of_its_bytes(void)
{
    char  hex[PARK_SHA256_HEX], name[] = "/tmp/park_hash_XXXXXX";
    int   file = mkstemp(name);
    FILE *out  = fdopen(file, "w");
    for (int i = 0; i < 1000000; i++)
        fputc('a', out);
    fclose(out);
    CHECK(park_sha256_file(name, hex, NULL) == PARK_OK);
    CHECK_TEXT(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    unlink(name);
    park_error err = {0};
    CHECK(park_sha256_file(name, hex, &err) == PARK_E_FILE);
    CHECK(strstr(err.message, name) != NULL);
    CHECK(park_sha256_file("/tmp", hex, &err) == PARK_E_FILE);
}

int main(void)
{
    RUN(published_digests_come_out);
    RUN(a_file_has_the_digest_of_its_bytes);
    return park_test_done();
}
