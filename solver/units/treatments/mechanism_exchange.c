/* mechanism_exchange.c - sodium ion exchange with its regeneration, electrodialysis. Math: docs/math/units.md, Eq. (U58). */
#include "units/treatments/treatment.h"

#include "chemistry/membrane.h"
#include "chemistry/osmosis.h"
#include "units/analysis.h"

static const double SODIUM = 0.0229898, CHLORIDE = 0.035453; /* [kg/mol] */

/* What the resin takes out of a volume of water [eq/m3], and what that weighs [kg/m3]. */
static double taken(const park_mechanism_case *at, double *mass)
{
    static const char *const IONS[] = {"Ca", "Mg"};
    const park_model        *model  = at->model;
    double                   sum    = 0.0;
    *mass                           = 0.0;
    for (size_t i = 0; i < 2; i++) {
        int32_t c = park_model_constituent(model, IONS[i]);
        if (c < 0 || !(at->stage->removal[c] > 0.0))
            continue;
        double out =
            at->stage->removal[c] * at->feed->conc[c] * park_analysis_equivalents(&model->constituent[c]);
        sum += out;
        *mass += out * (i == 0 ? 0.020039 : 0.0121525);
    }
    int32_t hardness = park_model_constituent(model, "hardness");
    if (sum > 0.0 || hardness < 0 || !(at->stage->removal[hardness] > 0.0))
        return sum;
    sum = at->stage->removal[hardness] * at->feed->conc[hardness] *
          park_analysis_equivalents(&model->constituent[hardness]);
    *mass = sum * 0.020039;
    return sum;
}

/* Product and reject of what is exchanged: the treated water loses its share, the rest stays in the waste. */
static void split(const park_mechanism_case *at, park_stage_point *point)
{
    for (size_t c = 0; c < at->model->constituents; c++) {
        double removal    = at->stage->removal[c];
        point->product[c] = point->recovery * (removal > 0.0 ? 1.0 - removal : 1.0);
        point->reject[c]  = 1.0 - point->product[c];
    }
}

static void adds(const park_mechanism_case *at, const char *id, double product, double brings,
                 park_stage_point *point)
{
    int32_t c = park_model_constituent(at->model, id);
    if (c < 0)
        return;
    point->product_adds[c] = product;
    point->reject_adds[c]  = brings - product;
    point->brings[c]       = brings;
}

park_status park_mechanism_ion_exchange(const park_mechanism_case *at, park_stage_point *point,
                                        const char **binds, park_error *err)
{
    const park_exchange_terms *t = &at->stage->mechanism.exchange;
    double                     mass, per_volume = taken(at, &mass);
    if (!(per_volume > 0.0))
        return PARK_FAIL(err, PARK_E_RANGE, "the water holds no hardness to exchange");
    if (t->salt / (SODIUM + CHLORIDE) < 1e3 * t->capacity)
        return PARK_FAIL(
            err, PARK_E_RANGE,
            "%g kg of salt for a cubic metre of resin are fewer equivalents than its capacity of %g eq/L",
            t->salt, t->capacity);
    double service = 1e3 * t->capacity / per_volume; /* volumes of water a volume of resin treats */
    double waste   = t->salt / (t->brine * park_brine_density(t->brine)) + t->rinse;
    double share = service / (service + waste), salt = t->salt / (service + waste);
    (void)binds;
    point->recovery = share;
    point->interval = service / t->load;
    point->dose     = salt;
    split(at, point);
    double sodium = share * per_volume * SODIUM;
    adds(at, "Na", sodium, salt * SODIUM / (SODIUM + CHLORIDE), point);
    adds(at, "Cl", 0.0, salt * CHLORIDE / (SODIUM + CHLORIDE), point);
    adds(at, "TDS", sodium - share * mass, salt, point);
    point->chemicals = salt * t->price;
    return PARK_OK;
}

/* Energy per product by what the water holds, (R4). */
park_status park_mechanism_electrodialysis(const park_mechanism_case *at, park_stage_point *point,
                                           const char **binds, park_error *err)
{
    (void)binds;
    (void)err;
    point->energy = point->recovery * park_electrodialysis_energy(park_mechanism_conc(at, "TDS"));
    return PARK_OK;
}
