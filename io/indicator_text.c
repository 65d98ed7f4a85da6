#include "indicator_text.h"

#include "quantity.h"
#include "report/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double YEAR = 365.0 * 86400.0; /* [s] */

/* Decimals that leave about four figures: 0.0123, 1.234, 123.4, 12345. */
static int decimals_for(double value)
{
    double size = fabs(value);
    return size >= 1000.0 || size == 0.0 ? 0 : size >= 100.0 ? 1 : size >= 10.0 ? 2 : size >= 1.0 ? 3 : 4;
}

/* Units by hand where the one shown for a dimension is too small or too large for a yearly figure. */
static bool yearly_unit(park_dimension dim, bool zh, double *scale, const char **unit)
{
    switch (dim) {
    case PARK_DIM_VOLUME: /* every volume that is judged is one of a year */
        *scale = 1e4;
        *unit  = zh ? "万m³/a" : "×10⁴ m³/a";
        return true;
    case PARK_DIM_MONEY:
        *scale = zh ? 1e4 : 1e6;
        *unit  = zh ? "万元" : "million CNY";
        return true;
    case PARK_DIM_MONEY_RATE:
        *scale = (zh ? 1e4 : 1e6) / YEAR;
        *unit  = zh ? "万元/a" : "million CNY/a";
        return true;
    case PARK_DIM_ENERGY:
        *scale = 3.6e6 * 1e4;
        *unit  = zh ? "万kW·h/a" : "×10⁴ kWh/a";
        return true;
    case PARK_DIM_MASS:
        *scale = 1e3;
        *unit  = "t/a";
        return true;
    default:
        return false;
    }
}

/* A unit as it is printed: "m3/万元" is how it is typed, "m³/10⁴ CNY" how an English page reads. */
static const char *printed(const char *unit, bool zh, char *buffer, size_t size)
{
    static const char *const TYPED[] = {"m3", "m2", "万元"}, *const READ[] = {"m³", "m²", "10⁴ CNY"};
    size_t used = 0;
    while (*unit != '\0' && used + 16 < size) {
        size_t i = 0;
        while (i < (zh ? 2 : 3) && strncmp(unit, TYPED[i], strlen(TYPED[i])) != 0)
            i++;
        if (i < (zh ? 2 : 3)) {
            used += (size_t)snprintf(buffer + used, size - used, "%s", READ[i]);
            unit += strlen(TYPED[i]);
        } else {
            buffer[used++] = *unit++;
        }
    }
    buffer[used] = '\0';
    return buffer;
}

static int shown(double value, park_dimension dim, bool yearly, bool zh, char *buffer, size_t size)
{
    const char *unit  = park_dimension_shown(dim, zh), *basis;
    double      scale = 1.0, offset = 0.0;
    char        number[320], read[64];
    if (!isfinite(value))
        return snprintf(buffer, size, "—");
    if (!(yearly && yearly_unit(dim, zh, &scale, &unit)) && unit[0] != '\0' &&
        !park_unit_parse(unit, strlen(unit), dim, &scale, &offset, &basis, NULL))
        scale = 1.0;
    double in_unit = (value - offset) / scale;
    park_number_print(in_unit, dim == PARK_DIM_SHARE ? 2 : decimals_for(in_unit), number, sizeof number);
    return snprintf(buffer, size, "%s%s%s", number, unit[0] != '\0' ? " " : "",
                    printed(unit, zh, read, sizeof read));
}

int park_shown_text(double value, park_dimension dim, bool zh, char *buffer, size_t size)
{
    bool money = dim == PARK_DIM_MONEY || dim == PARK_DIM_MONEY_RATE;
    return shown(value, dim, money, zh, buffer, size);
}

int park_indicator_value_text(const park_indicator *item, bool zh, char *buffer, size_t size)
{
    return shown(item->value, item->dim, true, zh, buffer, size);
}

double park_indicator_asked(const park_model *model, const park_indicator *item)
{
    if (item->target < 0)
        return NAN;
    const park_target *target = &model->target[item->target];
    double             asked  = isfinite(target->min) ? target->min : target->max;
    return target->dim == PARK_DIM_FLOW && item->dim == PARK_DIM_VOLUME ? asked * YEAR : asked;
}

int park_indicator_target_text(const park_model *model, const park_indicator *item, bool zh, char *buffer,
                               size_t size)
{
    if (item->target < 0)
        return snprintf(buffer, size, "%s", "");
    char text[400];
    shown(park_indicator_asked(model, item), item->dim, true, zh, text, sizeof text);
    return snprintf(buffer, size, "%s %s", isfinite(model->target[item->target].min) ? "≥" : "≤", text);
}

const char *park_indicator_unit(park_dimension dim, bool zh, double *si)
{
    double offset;
    *si = 1.0;
    switch (dim) {
    case PARK_DIM_VOLUME:
        return zh ? "m³/a" : "m3/a";
    case PARK_DIM_MONEY:
        *si = 1e4;
        return zh ? "万元/a" : "10^4 CNY/a";
    case PARK_DIM_MASS:
        *si = 1e3;
        return "t/a";
    case PARK_DIM_ENERGY:
        *si = 3.6e6;
        return zh ? "kW·h/a" : "kWh/a";
    case PARK_DIM_SHARE:
        *si = 0.01;
        return "%";
    default:
        break;
    }
    const char *unit = park_dimension_shown(dim, zh);
    if (!park_unit_parse(unit, strlen(unit), dim, si, &offset, NULL, NULL))
        *si = 1.0;
    return dim == PARK_DIM_INTENSITY_PER_VALUE && !zh ? "m3/10^4 CNY" : unit;
}

const char *park_objective_unit_text(const char *unit, bool zh)
{
    if (strcmp(unit, "m3/a") == 0)
        return "m³/a";
    return zh && strcmp(unit, "CNY/a") == 0 ? "元/a" : unit;
}
