#include "indicators/kind.h"

#include <math.h>
#include <string.h>

static const park_indicator_kind *const TABLES[] = {
    park_indicators_of_balance,         park_indicators_of_reuse,
    park_indicators_of_nonconventional, park_indicators_of_loss,
    park_indicators_of_intensity,       park_indicators_of_cost,
    park_indicators_of_carbon,          NULL,
};

const park_indicator_kind *const *park_indicator_tables(void)
{
    return TABLES;
}

const park_indicator_kind *park_indicator_kind_find(const char *id)
{
    for (size_t t = 0; TABLES[t] != NULL; t++)
        for (const park_indicator_kind *kind = TABLES[t]; kind->id != NULL; kind++)
            if (strcmp(kind->id, id) == 0)
                return kind;
    return NULL;
}

double park_fraction_value(park_fraction f)
{
    return f.denominator == 0.0 ? NAN : f.numerator / f.denominator;
}

double park_case_intake(const park_indicator_case *c)
{
    return c->basis == PARK_BASIS_CONVENTIONAL ? c->v->vi_conventional : c->v->vf;
}

double park_case_repeated(const park_indicator_case *c)
{
    return c->with_circulation ? c->v->vr : c->v->vr - c->v->vcy_indirect - c->v->vcy_direct;
}
