#include "units/treatments/film_filter.h"

#include "units/treatments/chain.h"
#include "units/treatments/treatment.h"

/* The bed catches solids, and with them their COD and nitrogen. */
static void tells(const park_states *film, const double *y, const park_states *bed)
{
    park_filter_catch(bed, park_film_catches(film, y));
}

static park_status lay(const park_model *model, int32_t unit, const void *params, double design_flow,
                       park_arena *arena, park_states *states, park_error *err)
{
    const park_treatment  *stage    = params;
    const park_chain_stage links[2] = {
        {.params = stage, .face = &PARK_FILM_STATES, .tells = tells, .outlet = PARK_TREATMENT_REJECT},
        {.params = stage, .face = &PARK_FILTER_STATES, .outlet = PARK_TREATMENT_REJECT}};
    return park_chain_lay(model, unit, links, 2, NAN, design_flow, arena, states, err);
}

const park_states_face PARK_FILM_FILTER_STATES = PARK_CHAIN_FACE(lay);
