/* Quantities from any bytes: places lie within the text, and what is read is written and read back the same. */
#include "quantity.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(const char *text, size_t length, park_dimension dimension)
{
    park_quantity         q, again;
    park_quantity_problem problem = {.offset = 0};
    char                  written[200];
    if (!park_quantity_parse(text, length, dimension, &q, &problem)) {
        if (problem.offset + problem.length > length || problem.en[0] == '\0' || problem.zh[0] == '\0' ||
            problem.code >= PARK_CODE_COUNT)
            abort();
        return;
    }
    if (!isfinite(q.value))
        abort();
    if (dimension == PARK_DIM_COUNT)
        return;
    if (park_quantity_format(q.value, dimension, NULL, 0, false, written, sizeof written) <= 0)
        abort();
    /* At the far ends of double the shown unit may not hold the value. */
    if (q.value != 0.0 && (fabs(q.value) > 1e200 || fabs(q.value) < 1e-200))
        return;
    if (!park_quantity_parse(written, strlen(written), dimension, &again, NULL) ||
        fabs(again.value - q.value) >
            1e-15 * fabs(q.value) + (dimension == PARK_DIM_TEMPERATURE ? 1e-13 : 0.0))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    char *text = malloc(size); /* no byte behind the text */
    if (text == NULL)
        return 0;
    memcpy(text, data + 1, size - 1);
    look(text, size - 1, (park_dimension)(data[0] % (PARK_DIM_COUNT + 1)));
    look(text, size - 1, PARK_DIM_COUNT);
    free(text);
    return 0;
}
