#include "units/sources/source.h"

static const double YEAR = 365.0 * 86400.0;

/* A constituent that nobody reads may be left out of a source's quality: it counts as none (check says so).
 */
static void stated_quality(const double *quality, double *conc, size_t constituents)
{
    for (size_t c = 0; c < constituents; c++)
        conc[c] = isnan(quality[c]) ? 0.0 : quality[c];
}

void park_source_product(const park_when *when, double lo, double hi, park_map *map)
{
    const park_source *source  = park_when_unit(when)->params;
    park_map_outlet   *product = &map->outlet[PARK_SOURCE_PRODUCT];
    product->flow              = PARK_FLOW_FREE;
    product->lo                = lo;
    product->hi                = hi;
    product->quality           = PARK_QUALITY_FIXED;
    stated_quality(source->quality, product->conc, map->constituents);
    map->opex_out   = source->price + source->tax;
    map->tax_out    = source->tax;
    map->energy_out = source->energy;
    map->carbon_out = source->carbon;
    map->licence    = source->licence * YEAR;
}

static park_status fill(const park_when *when, park_map *map, park_error *err)
{
    const park_source *source = park_when_unit(when)->params;
    (void)err;
    park_source_product(when, 0.0, park_when_working(when, source->capacity), map);
    return PARK_OK;
}

PARK_FACES(fill)

park_status park_source_average(const park_model *model, int32_t unit, int32_t season, park_map *map,
                                park_error *err)
{
    return average(model, unit, season, map, err);
}

double park_source_volume(const park_model *model, int32_t unit, double design_flow)
{
    (void)model;
    (void)unit;
    (void)design_flow;
    return 0.0;
}

const park_time_face PARK_SOURCE_TIME = {.volume = park_source_volume, .at = at};
