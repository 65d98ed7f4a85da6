#include "indicators/kind.h"

double park_fresh_water(double conventional, double non_conventional)
{
    return conventional + non_conventional;
}

double park_water_use(double fresh, double repeated)
{
    return fresh + repeated;
}

double park_repeated_use(double circulating, double serial, double treated)
{
    return circulating + serial + treated;
}

double park_consumption(double fresh, double discharge, double leak, double stored, double exported)
{
    return fresh - discharge - leak - stored - exported;
}

park_fraction park_consumption_rate(double consumption, double intake)
{
    return (park_fraction){consumption, intake};
}

park_fraction park_discharge_rate(double discharge, double intake)
{
    return (park_fraction){discharge, intake};
}

park_fraction park_compliant_discharge_rate(double compliant, double discharge)
{
    return (park_fraction){compliant, discharge};
}

static park_fraction intake(const park_indicator_case *c)
{
    return park_fraction_sum(park_case_intake(c));
}

static park_fraction conventional(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->vi_conventional);
}

static park_fraction repeated(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->vr);
}

static park_fraction use(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->vt);
}

static park_fraction circulating(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->vcy);
}

static park_fraction serial(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->vs);
}

static park_fraction treated_reuse(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->vre);
}

static park_fraction discharge(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->vd);
}

static park_fraction consumption(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->vco);
}

static park_fraction from_others(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->from_others);
}

static park_fraction park_reclaimed(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->park_reclaimed);
}

static park_fraction exported(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->exported);
}

static park_fraction stored(const park_indicator_case *c)
{
    return park_fraction_sum(c->v->stored);
}

static park_fraction consumption_rate(const park_indicator_case *c)
{
    return park_consumption_rate(c->v->vco, park_case_intake(c));
}

static park_fraction discharge_rate(const park_indicator_case *c)
{
    return park_discharge_rate(c->v->vd, park_case_intake(c));
}

static park_fraction compliant_rate(const park_indicator_case *c)
{
    return park_compliant_discharge_rate(c->v->vd_compliant, c->v->vd);
}

enum { BOTH = PARK_OF_PARK | PARK_OF_ENTERPRISE };

#define VOLUME(id_, zh, en, symbol, of_, function)                                                           \
    {                                                                                                        \
        .id = id_, .label = {zh, en}, .dim = PARK_DIM_VOLUME, .of = (of_), .numerator = symbol,              \
        .denominator = "1", .fraction = function                                                             \
    }

const park_indicator_kind park_indicators_of_balance[] = {
    {.id            = "intake",
     .label         = {"取水量", "intake"},
     .dim           = PARK_DIM_VOLUME,
     .of            = BOTH,
     .by_basis      = true,
     .numerator     = "Vi",
     .numerator_all = "Vf",
     .denominator   = "1",
     .fraction      = intake},
    VOLUME("intake_conventional", "常规水源取水量", "conventional intake", "Vi", BOTH, conventional),
    VOLUME("repeated_use", "重复利用水量", "repeated use", "Vr", BOTH, repeated),
    VOLUME("water_use", "用水量", "water use", "Vt", BOTH, use),
    VOLUME("circulating", "循环水量", "circulating water", "Vcy", BOTH, circulating),
    VOLUME("serial_use", "串联水量", "serial use", "Vs", BOTH, serial),
    VOLUME("treated_reuse", "处理后回用水量", "reuse after treatment", "Vre", BOTH, treated_reuse),
    VOLUME("discharge", "排水量", "discharge", "Vd", BOTH, discharge),
    VOLUME("consumption", "耗水量", "consumption", "Vco", BOTH, consumption),
    VOLUME("from_others", "企业间转供水量", "water from other enterprises", "V transfer", PARK_OF_ENTERPRISE,
           from_others),
    VOLUME("park_reclaimed", "园区再生水供水量", "reclaimed water of the park", "V reclaimed",
           PARK_OF_ENTERPRISE, park_reclaimed),
    VOLUME("exported", "外供水量", "water given to others", "Vx", PARK_OF_ENTERPRISE, exported),
    VOLUME("stored", "蓄水变化量", "change of storage", "ΔS", BOTH, stored),
    {.id              = "consumption_rate",
     .label           = {"耗水率", "consumption rate"},
     .dim             = PARK_DIM_SHARE,
     .of              = BOTH,
     .by_basis        = true,
     .numerator       = "Vco",
     .denominator     = "Vi",
     .denominator_all = "Vf",
     .fraction        = consumption_rate},
    {.id              = "discharge_rate",
     .label           = {"排水率", "discharge rate"},
     .dim             = PARK_DIM_SHARE,
     .of              = BOTH,
     .by_basis        = true,
     .numerator       = "Vd",
     .denominator     = "Vi",
     .denominator_all = "Vf",
     .fraction        = discharge_rate},
    {.id          = "compliant_discharge_rate",
     .label       = {"达标排放率", "compliant discharge rate"},
     .dim         = PARK_DIM_SHARE,
     .of          = BOTH,
     .numerator   = "Vd,ok",
     .denominator = "Vd",
     .fraction    = compliant_rate},
    {.id = NULL},
};
