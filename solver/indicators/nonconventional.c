#include "indicators/kind.h"

park_fraction park_non_conventional_share(double non_conventional, double conventional)
{
    return (park_fraction){non_conventional, conventional + non_conventional};
}

static park_fraction share(const park_indicator_case *c)
{
    return park_non_conventional_share(c->v->vih, c->v->vi_conventional);
}

static park_fraction volume(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->vih);
}

static park_fraction reclaimed(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->vih_reclaimed);
}

static park_fraction mine(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->vih_mine);
}

static park_fraction rain(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->vih_rain);
}

enum { BOTH = PARK_OF_PARK | PARK_OF_ENTERPRISE };

const park_indicator_kind park_indicators_of_nonconventional[] = {
    {.id          = "non_conventional_share",
     .label       = {"非常规水源替代率", "non-conventional share"},
     .dim         = PARK_DIM_SHARE,
     .of          = BOTH,
     .numerator   = "Vih",
     .denominator = "Vi + Vih",
     .fraction    = share},
    {.id          = "non_conventional",
     .label       = {"非常规水源取水量", "non-conventional intake"},
     .dim         = PARK_DIM_VOLUME,
     .of          = BOTH,
     .numerator   = "Vih",
     .denominator = "1",
     .fraction    = volume},
    {.id          = "non_conventional_reclaimed",
     .label       = {"再生水取用量", "reclaimed water taken"},
     .dim         = PARK_DIM_VOLUME,
     .of          = BOTH,
     .numerator   = "Vih, reclaimed",
     .denominator = "1",
     .fraction    = reclaimed},
    {.id          = "non_conventional_mine",
     .label       = {"矿井水取用量", "mine water taken"},
     .dim         = PARK_DIM_VOLUME,
     .of          = BOTH,
     .numerator   = "Vih, mine",
     .denominator = "1",
     .fraction    = mine},
    {.id          = "non_conventional_rain",
     .label       = {"雨水取用量", "rain taken"},
     .dim         = PARK_DIM_VOLUME,
     .of          = BOTH,
     .numerator   = "Vih, rain",
     .denominator = "1",
     .fraction    = rain},
    {.id = NULL},
};
