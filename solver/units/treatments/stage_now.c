#include "units/treatments/stage_now.h"

#include "units/kinds.h"
#include "units/treatments/train.h"

double park_season_number(const park_model *model, double t)
{
    return model->time.steady ? 0.0 : fmax(0.0, park_model_season_at(model, (int64_t)floor(t)));
}

const park_stage_point *park_stage_point_at(const park_model *model, int32_t unit,
                                            const park_treatment *stage, double season)
{
    const park_unit_info    *info   = &model->unit[unit];
    const park_point *const *points = info->point;
    const park_point        *point  = points == NULL ? NULL : points[(size_t)season];
    if (point == NULL || point->failed)
        return NULL;
    const park_train *train = info->kind == &PARK_KIND_TRAIN ? info->params : NULL;
    return &point->stage[train == NULL ? 0 : stage - (const park_treatment *)train->stages.items];
}

double park_stage_recovery(const park_treatment *stage, const park_stage_point *point)
{
    return point != NULL ? point->recovery : stage->recovery;
}

void park_stage_shares(const park_model *model, const park_treatment *stage, const park_stage_point *point,
                       size_t c, double share[2], double adds[2])
{
    adds[0] = adds[1] = 0.0;
    if (point == NULL) {
        park_treatment_shares(model, stage, c, &share[0], &share[1]);
        return;
    }
    share[0] = point->product[c], share[1] = point->reject[c];
    adds[0] = point->product_adds[c], adds[1] = point->reject_adds[c];
}
