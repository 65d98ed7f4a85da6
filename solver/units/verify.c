/*
 * verify.c - limits that the optimizer did not decide on, computed from a plan.   Math: docs/math/units.md, Eq. (U33),
 * (U37).   Looks down on: chemistry, model.
 */
#include "units/kinds.h"

#include "chemistry/saturation.h"
#include "model/freeze.h"
#include "units/users/tower_water.h"
#include "units/users/hardness.h"

typedef struct judged {
    const char *word;
    double      value, min, max; /* NAN: no limit */
} judged;

/* RSI, LSI, Mg x SiO2 of one mixture; NAN where it cannot be said. */
static void judge_mixture(const park_model *model, const park_cooling_tower *tower, const double *conc,
                          judged of[3])
{
    int32_t tds = park_model_constituent(model, "TDS"), ca = park_calcium_of(model),
            alk = park_alkalinity_of(model);
    int32_t mg = park_magnesium_of(model), si = park_model_constituent(model, "SiO2");
    of[0] = (judged){"RSI", NAN, tower->rsi.min, tower->rsi.max};
    of[1] = (judged){"LSI", NAN, tower->lsi.min, tower->lsi.max};
    of[2] = (judged){"Mg x SiO2", NAN, NAN, tower->mg_x_sio2};
    if (tds >= 0 && ca >= 0 && alk >= 0) {
        double alkalinity = conc[alk] * park_as_caco3(&model->constituent[alk]);
        double phs        = park_saturation_ph(conc[tds], tower->hot,
                                               conc[ca] * park_as_caco3(&model->constituent[ca]), alkalinity);
        of[0].value       = park_ryznar(park_tower_loop_ph(alkalinity), phs);
        of[1].value       = park_langelier(park_tower_loop_ph(alkalinity), phs);
    }
    if (mg >= 0 && si >= 0)
        of[2].value = 1e6 * conc[mg] * park_as_caco3(&model->constituent[mg]) * conc[si];
}

static bool missed(const judged *of)
{
    double slack = 1e-6 * (1.0 + fabs(of->value)); /* limits that bind are met but for rounding */
    return of->value < of->min - slack || of->value > of->max + slack;
}

static size_t verify_tower(const park_model *model, int32_t unit, const double *outlet_conc,
                           park_findings *findings)
{
    const park_unit_info *info  = &model->unit[unit];
    size_t                count = 0, C = model->constituents;
    char                  path[PARK_END_SIZE];
    for (size_t s = 0; s < model->time.seasons; s++) {
        judged of[3];
        judge_mixture(model, info->params, outlet_conc + (s * model->outlets + info->first_outlet) * C, of);
        for (size_t i = 0; i < 3; i++) {
            if (!missed(&of[i]))
                continue;
            bool low = of[i].value < of[i].min;
            count++;
            park_finding_add(
                findings, PARK_W0514, PARK_WARNING, park_unit_path(model, unit, "circulating_limits", path),
                low ? "the circulating water of %s has %s = %.4g in season %s; it must be at least %.4g"
                    : "the circulating water of %s has %s = %.4g in season %s; it must be at most %.4g",
                low ? "%s 的循环水 %s = %.4g（时段 %s），须不低于 %.4g"
                    : "%s 的循环水 %s = %.4g（时段 %s），须不高于 %.4g",
                info->id, of[i].word, of[i].value, model->time.season[s].id, low ? of[i].min : of[i].max);
        }
    }
    return count;
}

size_t park_units_verify(const park_model *model, const double *outlet_conc, park_findings *findings)
{
    size_t count = 0;
    for (int32_t u = 0; u < (int32_t)model->units; u++)
        if (model->unit[u].kind == &PARK_KIND_COOLING_TOWER)
            count += verify_tower(model, u, outlet_conc, findings);
    return count;
}
