#include "indicators/kind.h"

static park_fraction carbon(const park_indicator_case *c)
{
    return park_fraction_sum(c->carbon);
}

static park_fraction carbon_per_volume(const park_indicator_case *c)
{
    return (park_fraction){c->carbon, park_case_intake(c)};
}

const park_indicator_kind park_indicators_of_carbon[] = {
    {.id          = "carbon",
     .label       = {"碳排放量", "carbon emitted"},
     .dim         = PARK_DIM_MASS,
     .of          = PARK_OF_PARK,
     .numerator   = "CO2e",
     .denominator = "1",
     .fraction    = carbon},
    {.id              = "carbon_per_m3",
     .label           = {"单位取水量碳排放", "carbon per intake"},
     .dim             = PARK_DIM_CARBON_PER_VOLUME,
     .of              = PARK_OF_PARK,
     .by_basis        = true,
     .numerator       = "CO2e",
     .denominator     = "Vi",
     .denominator_all = "Vf",
     .fraction        = carbon_per_volume},
    {.id = NULL},
};
