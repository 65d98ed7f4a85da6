/* Series from any bytes: times increase, values are finite. */
#include "series_csv.h"

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    park_arena       *arena = park_arena_new();
    park_findings     findings;
    park_csv_table   *table;
    park_series_table series;
    park_series_wish  wish = park_series_wish_default();
    wish.gaps              = (park_gaps)(data[0] % 3);
    park_findings_init(&findings, arena);
    park_status status =
        park_csv_parse(arena, "f", (const char *)data + 1, size - 1, &findings, &table, NULL);
    if (status == PARK_OK)
        status = park_series_from_csv(arena, table, &wish, &findings, &series, NULL);
    if ((status == PARK_OK) != (findings.errors == 0))
        abort();
    for (size_t i = 0; status == PARK_OK && i < series.count; i++)
        if (!isfinite(series.value[i]) || (i > 0 && series.time[i] <= series.time[i - 1]))
            abort();
    park_arena_free(arena);
    return 0;
}
