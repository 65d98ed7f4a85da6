#include "indicators/kind.h"

static park_fraction cost(const park_indicator_case *c)
{
    return park_fraction_sum(c->cost);
}

static park_fraction cost_per_volume(const park_indicator_case *c)
{
    return (park_fraction){c->cost, park_case_intake(c)};
}

static park_fraction energy(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->energy);
}

static park_fraction energy_per_volume(const park_indicator_case *c)
{
    return (park_fraction){c->v->energy, park_case_intake(c)};
}

enum { BOTH = PARK_OF_PARK | PARK_OF_ENTERPRISE };

const park_indicator_kind park_indicators_of_cost[] = {
    {.id          = "cost",
     .label       = {"年费用", "yearly cost"},
     .dim         = PARK_DIM_MONEY,
     .of          = PARK_OF_PARK,
     .numerator   = "cost",
     .denominator = "1",
     .fraction    = cost},
    {.id              = "cost_per_m3",
     .label           = {"单位取水量费用", "cost per intake"},
     .dim             = PARK_DIM_PRICE_PER_VOLUME,
     .of              = PARK_OF_PARK,
     .by_basis        = true,
     .numerator       = "cost",
     .denominator     = "Vi",
     .denominator_all = "Vf",
     .fraction        = cost_per_volume},
    {.id          = "energy",
     .label       = {"耗电量", "electricity"},
     .dim         = PARK_DIM_ENERGY,
     .of          = BOTH,
     .numerator   = "energy",
     .denominator = "1",
     .fraction    = energy},
    {.id              = "energy_per_m3",
     .label           = {"单位取水量电耗", "electricity per intake"},
     .dim             = PARK_DIM_ENERGY_PER_VOLUME,
     .of              = BOTH,
     .by_basis        = true,
     .numerator       = "energy",
     .denominator     = "Vi",
     .denominator_all = "Vf",
     .fraction        = energy_per_volume},
    {.id = NULL},
};
