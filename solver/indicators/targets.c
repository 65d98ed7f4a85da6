#include "indicators/kind.h"

#include <math.h>
#include <string.h>

/* A plan may sit exactly on its target: the optimizer keeps limits to 1e-8. */
static const double SLACK = 1e-7;

double park_target_reduced(double baseline, double reduction)
{
    return baseline * (1.0 - reduction);
}

/* Targets on volumes, money, energy and mass may be written per time: 120 万m3/a is a flow. */
static double year_of(park_dimension indicator, park_dimension target)
{
    bool rate = (indicator == PARK_DIM_VOLUME && target == PARK_DIM_FLOW) ||
                (indicator == PARK_DIM_MONEY && target == PARK_DIM_MONEY_RATE) ||
                (indicator == PARK_DIM_ENERGY && target == PARK_DIM_POWER) ||
                (indicator == PARK_DIM_MASS && target == PARK_DIM_MASS_FLOW);
    return rate ? PARK_YEAR_SECONDS : 1.0;
}

void park_target_bounds(const park_target *target, park_dimension dim, double *min, double *max)
{
    double year = year_of(dim, target->dim);
    *min        = target->min * year;
    *max        = target->max * year;
}

bool park_target_met(const park_target *target, park_dimension dim, double value)
{
    double min, max;
    park_target_bounds(target, dim, &min, &max);
    return value >= min - SLACK * fabs(min) && value <= max + SLACK * fabs(max);
}

static bool same_text(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* Words that a target may use for an indicator of another id. */
static const char *indicator_word(const char *word)
{
    static const char *const ALIAS[][2] = {{"non_conventional_rate", "non_conventional_share"},
                                           {"fresh_water", "intake"},
                                           {"reuse", "repeated_use"},
                                           {"reuse_volume", "repeated_use"}};
    for (size_t i = 0; i < sizeof ALIAS / sizeof ALIAS[0]; i++)
        if (strcmp(word, ALIAS[i][0]) == 0)
            return ALIAS[i][1];
    return word;
}

/* Does the target's subject fit: a product, an enterprise, or the park when it names none. */
static bool speaks_of(const park_model *model, const park_target *target, const park_indicator *item)
{
    if (item->boundary == PARK_BOUNDARY_UNIT)
        return item->unit >= 0 && same_text(target->subject, model->unit[item->unit].id);
    if (item->subject != NULL)
        return same_text(target->subject, item->subject);
    if (item->boundary == PARK_BOUNDARY_ENTERPRISE)
        return same_text(target->subject, model->enterprise[item->enterprise].id);
    return target->subject == NULL;
}

park_indicator *park_target_indicator(const park_model *model, const park_indicators *indicators,
                                      const park_target *target)
{
    park_basis      basis = target->basis_given ? target->basis : model->accounting.intake;
    park_indicator *found = NULL;
    for (size_t i = 0; i < indicators->count; i++) {
        park_indicator *item = &indicators->item[i];
        if (strcmp(item->id, indicator_word(target->quantity)) != 0 || !item->with_circulation ||
            (item->basis_matters && item->basis != basis) || !speaks_of(model, target, item))
            continue;
        if (found == NULL ||
            item->boundary < found->boundary) /* a product made by several: the park's ratio of sums */
            found = item;
    }
    return found;
}
