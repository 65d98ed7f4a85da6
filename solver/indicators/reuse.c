#include "indicators/kind.h"

static const double WATER_DENSITY = 1000.0; /* of the volumes in a ledger [kg/m3] */

park_fraction park_reuse_rate(double repeated, double intake)
{
    return (park_fraction){repeated, intake + repeated};
}

park_fraction park_circulating_rate(double circulating, double use)
{
    return (park_fraction){circulating, use};
}

park_fraction park_cascade_rate(double serial, double treated, double use)
{
    return (park_fraction){serial + treated, use};
}

park_fraction park_cooling_rate(double circulating, double makeup)
{
    return (park_fraction){circulating, circulating + makeup};
}

park_fraction park_process_reuse_rate(double reused, double fresh)
{
    return (park_fraction){reused, reused + fresh};
}

park_fraction park_condensate_rate(double condensate, double density, double steam)
{
    return (park_fraction){density * condensate, steam};
}

park_fraction park_wastewater_reuse_rate(double reused, double discharge)
{
    return (park_fraction){reused, discharge + reused};
}

park_fraction park_reclaimed_use_rate(double reclaimed_used, double treated)
{
    return (park_fraction){reclaimed_used, treated};
}

double park_repeated_per_intake(double rate)
{
    return rate / (1.0 - rate);
}

static park_fraction reuse_rate(const park_indicator_case *c)
{
    return park_reuse_rate(park_case_repeated(c), park_case_intake(c));
}

static park_fraction circulating_rate(const park_indicator_case *c)
{
    return park_circulating_rate(c->v->vcy, c->v->vt);
}

static park_fraction cascade_rate(const park_indicator_case *c)
{
    return park_cascade_rate(c->v->vs, c->v->vre, c->v->vt);
}

static park_fraction indirect_rate(const park_indicator_case *c)
{
    return park_cooling_rate(c->v->vcy_indirect, c->v->makeup_indirect);
}

static park_fraction direct_rate(const park_indicator_case *c)
{
    return park_cooling_rate(c->v->vcy_direct, c->v->makeup_direct);
}

static park_fraction cooling_rate(const park_indicator_case *c)
{
    return park_cooling_rate(c->v->vcy_indirect + c->v->vcy_direct,
                             c->v->makeup_indirect + c->v->makeup_direct);
}

static park_fraction process_rate(const park_indicator_case *c)
{
    return park_process_reuse_rate(c->v->process_reused, c->v->process_total - c->v->process_reused);
}

static park_fraction condensate_rate(const park_indicator_case *c)
{
    return park_condensate_rate(c->v->condensate_mass / WATER_DENSITY, WATER_DENSITY, c->v->steam_mass);
}

static park_fraction wastewater_rate(const park_indicator_case *c)
{
    return park_wastewater_reuse_rate(c->v->vre, c->v->vd);
}

static park_fraction reclaimed_rate(const park_indicator_case *c)
{
    return park_reclaimed_use_rate(c->v->vre, c->v->treated_waste);
}

/* Cycles of one tower: make-up over what leaves with salt, M / (B + W + leaks). */
static park_fraction tower_cycles(const park_indicator_case *c)
{
    return (park_fraction){c->inflow, c->first_outlet};
}

/* Raw water per product of a supply treatment. */
static park_fraction raw_per_product(const park_indicator_case *c)
{
    return (park_fraction){c->inflow, c->first_outlet};
}

enum { BOTH = PARK_OF_PARK | PARK_OF_ENTERPRISE };

const park_indicator_kind park_indicators_of_reuse[] = {
    {.id              = "reuse_rate",
     .label           = {"重复利用率", "reuse rate"},
     .dim             = PARK_DIM_SHARE,
     .of              = BOTH,
     .by_basis        = true,
     .by_circulation  = true,
     .numerator       = "Vr",
     .denominator     = "Vi + Vr",
     .denominator_all = "Vf + Vr",
     .fraction        = reuse_rate},
    {.id          = "circulating_rate",
     .label       = {"循环利用率", "circulating rate"},
     .dim         = PARK_DIM_SHARE,
     .of          = BOTH,
     .numerator   = "Vcy",
     .denominator = "Vt",
     .fraction    = circulating_rate},
    {.id          = "cascade_rate",
     .label       = {"串联（梯级）利用率", "cascade rate"},
     .dim         = PARK_DIM_SHARE,
     .of          = BOTH,
     .numerator   = "Vs + Vre",
     .denominator = "Vt",
     .fraction    = cascade_rate},
    {.id          = "indirect_cooling_rate",
     .label       = {"间接冷却水循环率", "indirect cooling circulation rate"},
     .dim         = PARK_DIM_SHARE,
     .of          = BOTH,
     .numerator   = "Vcr",
     .denominator = "Vcr + Vcf",
     .fraction    = indirect_rate},
    {.id          = "direct_cooling_rate",
     .label       = {"直接冷却水循环率", "direct cooling circulation rate"},
     .dim         = PARK_DIM_SHARE,
     .of          = BOTH,
     .numerator   = "Vdr",
     .denominator = "Vdr + Vdf",
     .fraction    = direct_rate},
    {.id          = "cooling_rate",
     .label       = {"冷却水循环率", "cooling circulation rate"},
     .dim         = PARK_DIM_SHARE,
     .of          = BOTH,
     .numerator   = "Vcr + Vdr",
     .denominator = "Vcr + Vdr + Vcf + Vdf",
     .fraction    = cooling_rate},
    {.id          = "process_reuse_rate",
     .label       = {"工艺水回用率", "process water reuse rate"},
     .dim         = PARK_DIM_SHARE,
     .of          = BOTH,
     .numerator   = "Vpr",
     .denominator = "Vpr + Vpf",
     .fraction    = process_rate},
    {.id          = "condensate_rate",
     .label       = {"冷凝水回用率", "condensate return rate"},
     .dim         = PARK_DIM_SHARE,
     .of          = BOTH,
     .numerator   = "ρ·Vbr",
     .denominator = "D",
     .fraction    = condensate_rate},
    {.id          = "wastewater_reuse_rate",
     .label       = {"废水回用率", "wastewater reuse rate"},
     .dim         = PARK_DIM_SHARE,
     .of          = BOTH,
     .numerator   = "Vw",
     .denominator = "Vd + Vw",
     .fraction    = wastewater_rate},
    {.id          = "reclaimed_use_rate",
     .label       = {"再生水利用率", "reclaimed water use rate"},
     .dim         = PARK_DIM_SHARE,
     .of          = BOTH,
     .numerator   = "Vre",
     .denominator = "treated wastewater",
     .fraction    = reclaimed_rate},
    {.id          = "cycles",
     .label       = {"浓缩倍数", "cycles of concentration"},
     .dim         = PARK_DIM_NUMBER,
     .of          = PARK_OF_TOWER,
     .numerator   = "M",
     .denominator = "B + W",
     .fraction    = tower_cycles},
    {.id          = "raw_per_product",
     .label       = {"制取系数", "raw water per product water"},
     .dim         = PARK_DIM_NUMBER,
     .of          = PARK_OF_SUPPLY,
     .numerator   = "raw water in",
     .denominator = "product water out",
     .fraction    = raw_per_product},
    {.id = NULL},
};
