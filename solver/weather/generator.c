/*
 * generator.c - weather drawn from monthly normals.   Math: docs/math/weather.md.
 */
#include "weather/internal.h"

#include "base/calendar.h"

#include <math.h>

enum { HOURS = 24 };

static park_status check(const park_normals *n, park_error *err)
{
    if (!(fabs(n->latitude) < 1.5707))
        return PARK_FAIL(err, PARK_E_RANGE, "a latitude of %g rad is beyond the pole", n->latitude);
    for (int m = 0; m < 12; m++) {
        bool possible = n->temperature[m] > 150.0 && n->temperature[m] < 400.0 && n->humidity[m] > 0.0 &&
                        n->humidity[m] <= 1.0 && n->rain[m] >= 0.0 && isfinite(n->rain[m]) &&
                        n->days[m] >= 0.0 && n->days[m] <= 31.0 && n->radiation[m] >= 0.0 &&
                        isfinite(n->radiation[m]);
        if (!possible)
            return PARK_FAIL(err, PARK_E_RANGE, "the normals of month %d are not those of any weather",
                             m + 1);
    }
    return PARK_OK;
}

park_status park_weather_draw(const park_normals *normal, const park_weather_wish *wish, park_arena *arena,
                              park_weather_drawn *drawn, park_error *err)
{
    park_days days;
    double  **column[] = {&drawn->temperature, &drawn->humidity, &drawn->rain, &drawn->radiation};
    bool      held     = true;
    *drawn             = (park_weather_drawn){.count = wish->hourly ? wish->days * HOURS : wish->days};
    PARK_TRY(check(normal, err));
    PARK_TRY(park_days_draw(normal, wish, arena, &days, err));
    if (!wish->varies)
        park_days_scale(normal, &days);
    for (size_t i = 0; i < 4; i++) {
        *column[i] = PARK_ARRAY(arena, drawn->count, double);
        held &= *column[i] != NULL;
    }
    if (!held)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu days of weather", wish->days);
    for (size_t d = 0; d < days.count; d++) {
        if (wish->hourly) {
            size_t at = d * HOURS;
            park_day_hours(&days, d, wish, normal->latitude, drawn->temperature + at, drawn->humidity + at,
                           drawn->rain + at, drawn->radiation + at);
        } else {
            drawn->temperature[d] = days.temperature[d], drawn->humidity[d] = days.humidity[d];
            drawn->rain[d] = days.rain[d] / PARK_DAY_SECONDS, drawn->radiation[d] = days.radiation[d];
        }
    }
    return PARK_OK;
}
