#include "units/weather.h"

static const double ZERO_C            = 273.15;
static const double MONTH             = 365.0 / 12.0 * 86400.0; /* mean month [s] */
static const double STANDARD_HUMIDITY = 0.7;
static const double STANDARD_AIR      = 298.15; /* 25 C where no weather is given [K] */

double park_open_water_evaporation(double temperature, double humidity)
{
    double warm = fmax(0.0, 25.0 + temperature - ZERO_C), dry = fmax(0.0, 100.0 * (1.0 - humidity));
    return 0.0018 * warm * warm * dry * 1e-3 / MONTH;
}

double park_air_temperature(const park_model *model, int64_t t)
{
    return model->weather.temperature < 0
               ? STANDARD_AIR
               : park_series_at(model, (park_series){1.0, model->weather.temperature}, t);
}

double park_air_humidity(const park_model *model, int64_t t)
{
    return model->weather.humidity < 0
               ? STANDARD_HUMIDITY
               : park_series_at(model, (park_series){1.0, model->weather.humidity}, t);
}

static double evaporation_at(const void *user, int64_t t)
{
    const park_model *model    = user;
    double            humidity = park_series_at(model, (park_series){1.0, model->weather.humidity}, t);
    return park_open_water_evaporation(park_air_temperature(model, t), humidity);
}

double park_when_evaporation(const park_when *when)
{
    const park_weather *weather = &when->model->weather;
    if (weather->evaporation >= 0)
        return park_when_value(when, (park_series){1.0, weather->evaporation});
    if (weather->temperature < 0 || weather->humidity < 0)
        return 0.0;
    return park_when_mean(when, evaporation_at, when->model);
}

double park_passing_air(const park_passing *passing)
{
    if (passing->air > 0.0)
        return passing->air;
    return passing->model->weather.temperature < 0
               ? 285.15
               : park_air_temperature(passing->model, (int64_t)floor(passing->t));
}
