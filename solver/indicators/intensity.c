#include "indicators/kind.h"

park_fraction park_unit_intake(double intake, double output)
{
    return (park_fraction){intake, output};
}

park_fraction park_intake_per_value(double volume, double value_added)
{
    return (park_fraction){volume, value_added};
}

double park_value_at_constant_price(double value_base_year, double real_index)
{
    return value_base_year * real_index;
}

double park_fall(double before, double now)
{
    return 1.0 - now / before;
}

double park_value_before(double now, double fall)
{
    return now / (1.0 - fall);
}

static park_fraction unit_intake(const park_indicator_case *c)
{
    return park_unit_intake(park_case_intake(c), c->output);
}

static park_fraction per_value(const park_indicator_case *c)
{
    return park_intake_per_value(park_case_intake(c), c->value_added);
}

static park_fraction discharge_per_value(const park_indicator_case *c)
{
    return park_intake_per_value(c->v->vd, c->value_added);
}

enum { BOTH = PARK_OF_PARK | PARK_OF_ENTERPRISE };

const park_indicator_kind park_indicators_of_intensity[] = {
    {.id            = "unit_intake",
     .label         = {"单位产品取水量", "intake per product"},
     .dim           = PARK_DIM_INTENSITY_PER_MASS,
     .of            = PARK_OF_PRODUCT,
     .by_basis      = true,
     .numerator     = "Vi",
     .numerator_all = "Vf",
     .denominator   = "Q",
     .fraction      = unit_intake},
    {.id            = "intake_per_value_added",
     .label         = {"万元工业增加值用水量", "intake per value added"},
     .dim           = PARK_DIM_INTENSITY_PER_VALUE,
     .of            = BOTH,
     .by_basis      = true,
     .numerator     = "Vi",
     .numerator_all = "Vf",
     .denominator   = "IVA",
     .fraction      = per_value},
    {.id          = "discharge_per_value_added",
     .label       = {"万元工业增加值废水排放量", "discharge per value added"},
     .dim         = PARK_DIM_INTENSITY_PER_VALUE,
     .of          = BOTH,
     .numerator   = "Vd",
     .denominator = "IVA",
     .fraction    = discharge_per_value},
    {.id = NULL},
};
