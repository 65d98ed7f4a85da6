/* Dates from any bytes: what is read is written and read back the same. */
#include "base/calendar.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int64_t    instant, again;
    bool       only;
    park_error err = {0};
    char       buffer[PARK_ISO_SIZE];
    if (park_iso_parse((const char *)data, size, PARK_OFFSET_CHINA, &instant, &only, &err) != PARK_OK)
        return 0;
    int32_t year = park_civil_at(instant, 0).year;
    if (year < 1 ||
        year > 9998) /* at the calendar's ends the year may need another number of digits in UTC */
        return 0;
    park_iso_format(instant, 0, buffer);
    if (park_iso_parse(buffer, strlen(buffer), 0, &again, NULL, &err) != PARK_OK || again != instant)
        abort();
    return 0;
}
