/* mechanism_heat.c - evaporators, crystallizers, ammonia stripping: salt, steam, energy. Math: docs/math/units.md, Eq. (U59). */
#include "units/treatments/treatment.h"

#include <math.h>

static const double KWH  = 3.6e6;
static const double SODA = 0.039997, NITROGEN = 0.0140067; /* caustic soda and nitrogen [kg/mol] */
static const double SODIUM  = 0.0229898;
static const double BOILING = 373.15;

static void steamed(const park_mechanism_case *at, park_stage_point *point)
{
    const park_heat_terms *t = &at->stage->mechanism.heat;
    if (t->steam > 0.0 && t->steam_price > 0.0)
        point->opex += t->steam * t->steam_price;
}

/* Recovery up to the salt that the brine may hold; electricity 9.73 + 0.11 TDS + 10.4 Y + 3.83e-5 Q kWh/m3, TDS in kg/m3 and Q
 * in m3/h: coefficients of the WaterTAP brine concentrator (seen; how they go together unverified). */
park_status park_mechanism_evaporation(const park_mechanism_case *at, park_stage_point *point,
                                       const char **binds, park_error *err)
{
    const park_heat_terms *t = &at->stage->mechanism.heat;
    double tds = park_mechanism_conc(at, "TDS"), recovery = at->stage->recovery, most = 1.0 - tds / t->brine;
    if (!(most > 0.0))
        return PARK_FAIL(err, PARK_E_RANGE, "the feed holds %g kg/m3 of salt, as much as the brine may", tds);
    if (most < recovery) {
        recovery = most;
        *binds   = "brine";
    }
    park_mechanism_recover(at, recovery, point);
    point->energy = (9.73 + 0.11 * tds + 10.4 * recovery + 3.83e-5 * 3600.0 * at->feed->flow) * KWH;
    steamed(at, point);
    return PARK_OK;
}

/* The salt leaves as a cake with its moisture; all other water is distillate. */
park_status park_mechanism_crystallization(const park_mechanism_case *at, park_stage_point *point,
                                           const char **binds, park_error *err)
{
    const park_heat_terms *t    = &at->stage->mechanism.heat;
    int32_t                tds  = park_model_constituent(at->model, "TDS");
    double                 kept = isnan(at->stage->rejection[tds]) ? 1.0 : at->stage->rejection[tds];
    double cake = kept * at->feed->conc[tds], lost = cake * t->moisture / (1.0 - t->moisture) / 1000.0;
    (void)binds;
    if (!(lost < 1.0))
        return PARK_FAIL(err, PARK_E_RANGE, "a cake of %g kg/m3 holds all of the water", cake);
    if (at->stage->recovery < 1.0)
        park_mechanism_recover(at, 1.0 - lost, point);
    point->sludge = cake;
    point->residues += cake * t->salt_price;
    point->opex += cake * t->salt_price;
    steamed(at, point);
    return PARK_OK;
}

/* Kremser: of the ammonia (S^(N+1) - S)/(S^(N+1) - 1) leaves, S = K f G/L, f the free share at the column's pH;
 * pK = 0.09018 + 2729.92/T (Emerson et al. 1975, J. Fish. Res. Board Can. 32, 2379). The column has a reboiler: no water is added. */
park_status park_mechanism_stripping(const park_mechanism_case *at, park_stage_point *point,
                                     const char **binds, park_error *err)
{
    const park_heat_terms *t          = &at->stage->mechanism.heat;
    size_t                 n          = (size_t)park_model_constituent(at->model, "NH3-N");
    double                 free_share = 1.0 / (1.0 + pow(10.0, 0.09018 + 2729.92 / BOILING - t->ph));
    double                 s = t->volatility * free_share * t->steam / 1000.0, up = pow(s, t->stages + 1.0);
    double removed  = fabs(s - 1.0) < 1e-9 ? t->stages / (t->stages + 1.0) : (up - s) / (up - 1.0);
    double stripped = removed * at->feed->conc[n],
           soda     = stripped / NITROGEN * SODA; /* one equivalent a mole */
    int32_t na      = park_model_constituent(at->model, "Na");
    (void)binds;
    (void)err;
    point->product[n] = point->recovery * (1.0 - removed);
    point->reject[n]  = (1.0 - point->recovery) * (1.0 - removed);
    if (na >= 0) {
        point->brings[na]       = stripped / NITROGEN * SODIUM;
        point->product_adds[na] = point->recovery * point->brings[na];
        point->reject_adds[na]  = point->brings[na] - point->product_adds[na];
    }
    point->dose      = soda;
    point->chemicals = soda * t->alkali_price;
    steamed(at, point);
    return PARK_OK;
}
