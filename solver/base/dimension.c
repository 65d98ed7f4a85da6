#include "base/dimension.h"

#include <stddef.h>

#define EXPONENTS(m, kg, s, k, cny)                                                                          \
    {                                                                                                        \
        m, kg, s, k, cny                                                                                     \
    }

static const struct {
    const char    *word, *en, *zh, *examples, *shown_en, *shown_zh;
    park_exponents exponents;
} DIMENSIONS[] = {
#define ROW(name, word, en, zh, exponents, examples, shown_en, shown_zh)                                     \
    {#word, en, zh, examples, shown_en, shown_zh, EXPONENTS exponents},
    PARK_DIMENSION_LIST(ROW)
#undef ROW
};

static bool known(park_dimension dimension)
{
    return (int)dimension >= 0 && dimension < PARK_DIM_COUNT;
}

const char *park_dimension_name(park_dimension dimension, bool zh)
{
    return !known(dimension) ? "?" : zh ? DIMENSIONS[dimension].zh : DIMENSIONS[dimension].en;
}

const char *park_dimension_word(park_dimension dimension)
{
    return known(dimension) ? DIMENSIONS[dimension].word : "?";
}

const char *park_dimension_examples(park_dimension dimension)
{
    return known(dimension) ? DIMENSIONS[dimension].examples : "";
}

const char *park_dimension_shown(park_dimension dimension, bool zh)
{
    return !known(dimension) ? "" : zh ? DIMENSIONS[dimension].shown_zh : DIMENSIONS[dimension].shown_en;
}

park_exponents park_dimension_exponents(park_dimension dimension)
{
    return DIMENSIONS[known(dimension) ? dimension : PARK_DIM_NUMBER].exponents;
}

bool park_exponents_equal(park_exponents a, park_exponents b)
{
    return a.m == b.m && a.kg == b.kg && a.s == b.s && a.k == b.k && a.cny == b.cny;
}

park_dimension park_dimension_of(park_exponents exponents)
{
    for (int i = 0; i < PARK_DIM_COUNT; i++)
        if (park_exponents_equal(DIMENSIONS[i].exponents, exponents))
            return (park_dimension)i;
    return PARK_DIM_COUNT;
}

const park_measure PARK_MEASURE[PARK_MEASURES] = {
    {PARK_DIM_PRODUCT_MASS_RATE, PARK_DIM_INTENSITY_PER_MASS},
    {PARK_DIM_PRODUCT_LENGTH_RATE, PARK_DIM_INTENSITY_PER_LENGTH},
    {PARK_DIM_PRODUCT_AREA_RATE, PARK_DIM_INTENSITY_PER_AREA},
    {PARK_DIM_PRODUCT_VOLUME_RATE, PARK_DIM_INTENSITY_PER_VOLUME},
    {PARK_DIM_PRODUCT_ENERGY_RATE, PARK_DIM_INTENSITY_PER_ENERGY},
    {PARK_DIM_PRODUCT_PIECE_RATE, PARK_DIM_INTENSITY_PER_PIECE}};

park_dimension park_dimension_intensity(park_dimension output)
{
    for (size_t i = 0; i < PARK_MEASURES; i++)
        if (PARK_MEASURE[i].output == output)
            return PARK_MEASURE[i].intensity;
    return PARK_DIM_COUNT;
}
