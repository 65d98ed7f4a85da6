#include "units/users/hardness.h"

#include <string.h>

double park_as_caco3(const park_constituent_info *constituent)
{
    static const struct {
        const char *id;
        double      factor; /* molar mass of CaCO3, 100.087, over the equivalent mass of the ion times two */
    } ION[] = {{"Ca", 100.087 / 40.078}, {"Mg", 100.087 / 24.305}, {"HCO3", 100.087 / (2.0 * 61.017)}};
    if (constituent->basis != NULL && strcmp(constituent->basis, "CaCO3") == 0)
        return 1.0;
    for (size_t i = 0; i < sizeof ION / sizeof *ION; i++)
        if (strcmp(constituent->id, ION[i].id) == 0)
            return ION[i].factor;
    return 1.0; /* hardness and alkalinity are stated as CaCO3 (accounting.hardness_as) */
}

/* The first of the names that is a constituent of the park; -1 none. */
static int32_t one_of(const park_model *model, const char *a, const char *b, const char *c)
{
    const char *const names[] = {a, b, c};
    for (size_t i = 0; i < 3; i++)
        if (names[i] != NULL && park_model_constituent(model, names[i]) >= 0)
            return park_model_constituent(model, names[i]);
    return -1;
}

int32_t park_calcium_of(const park_model *model)
{
    return one_of(model, "Ca", "Ca_hardness", "hardness");
}

int32_t park_alkalinity_of(const park_model *model)
{
    return one_of(model, "alkalinity", "HCO3", NULL);
}

int32_t park_magnesium_of(const park_model *model)
{
    return one_of(model, "Mg", "Mg_hardness", "hardness");
}
