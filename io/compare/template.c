/* The shipped table of quotas, bound in by the assembler and ended by NUL. PARK_QUOTAS is its path, given by CMake. */
#include "compare/quotas.h"

#include <string.h>

__asm__(".section .rodata\n.global park_quotas_bytes\n.type park_quotas_bytes, @object\npark_quotas_bytes:\n"
        ".incbin \"" PARK_QUOTAS "\"\n.byte 0\n.size park_quotas_bytes, . - park_quotas_bytes\n.previous\n");
extern const char park_quotas_bytes[];

const char *park_quotas_template(size_t *length)
{
    *length = strlen(park_quotas_bytes);
    return park_quotas_bytes;
}
