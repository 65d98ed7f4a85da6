#include "numerics/order.h"

#include <amd.h>

park_status park_order_amd(size_t count, const int32_t *start, const int32_t *index, int32_t *order,
                           park_error *err)
{
    if (count == 0)
        return PARK_OK;
    int status = amd_order((int32_t)count, start, index, order, NULL, NULL);
    if (status == AMD_OUT_OF_MEMORY)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to order %zu unknowns", count);
    if (status != AMD_OK && status != AMD_OK_BUT_JUMBLED)
        return PARK_FAIL(err, PARK_E_RANGE, "the pattern of %zu unknowns cannot be ordered", count);
    return PARK_OK;
}
