#include "indicators/kind.h"

park_fraction park_leak_rate(double leak, double intake)
{
    return (park_fraction){leak, intake};
}

park_fraction park_network_loss_rate(double supplied, double authorised)
{
    return (park_fraction){supplied - authorised, supplied};
}

park_fraction park_meter_equipping_rate(double installed, double required)
{
    return (park_fraction){installed, required};
}

park_fraction park_metered_share(double metered, double total)
{
    return (park_fraction){metered, total};
}

static park_fraction leak_rate(const park_indicator_case *c)
{
    return park_leak_rate(c->v->vl, park_case_intake(c));
}

static park_fraction leak(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->vl);
}

enum { BOTH = PARK_OF_PARK | PARK_OF_ENTERPRISE };

const park_indicator_kind park_indicators_of_loss[] = {
    {.id              = "leak_rate",
     .label           = {"用水综合漏失率", "leak rate"},
     .dim             = PARK_DIM_SHARE,
     .of              = BOTH,
     .by_basis        = true,
     .numerator       = "Vl",
     .denominator     = "Vi",
     .denominator_all = "Vf",
     .fraction        = leak_rate},
    {.id          = "leak",
     .label       = {"漏失水量", "leaks"},
     .dim         = PARK_DIM_VOLUME,
     .of          = BOTH,
     .numerator   = "Vl",
     .denominator = "1",
     .fraction    = leak},
    {.id = NULL},
};
