/* The whole loader on bytes: whatever they are, it comes back with a park, findings or a failure, and what it loaded
 * can be written out. */
#include "load.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    park_arena   *arena = park_arena_new();
    park_findings findings;
    park_loaded   loaded;
    park_text     out;
    park_error    err = {0};
    park_findings_init(&findings, arena);
    park_status status =
        park_load_text("park.yaml", (const char *)data, size, NULL, arena, &loaded, &findings, &err);
    if (status == PARK_OK && loaded.document == PARK_DOCUMENT_PARK && loaded.model == NULL)
        abort();
    if (status == PARK_E_INPUT && findings.errors == 0)
        abort();
    if (status == PARK_E_INTERNAL)
        abort();
    park_text_init(&out, arena);
    if (status == PARK_OK && park_load_expand(&loaded, false, &out, &err) != PARK_OK)
        abort();
    park_arena_free(arena);
    return 0;
}
