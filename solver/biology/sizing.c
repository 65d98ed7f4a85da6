#include "biology/sizing.h"

#include <math.h>
#include <stddef.h>

static const double O2_PER_VSS = 1.42; /* C5H7NO2 */

park_status park_sludge_sized(const park_sludge_load *l, park_sludge_size *size, park_error *err)
{
    const double above[] = {l->flow,   l->substrate_in, l->age,       l->yield,
                            l->sludge, l->vss_share,    l->bod5_share};
    for (size_t i = 0; i < sizeof above / sizeof *above; i++)
        if (!(above[i] > 0.0) || !isfinite(above[i]))
            return PARK_FAIL(err, PARK_E_RANGE, "a sludge plant is sized by values above zero, not %g",
                             above[i]);
    if (!(l->decay >= 0.0) || !(l->substrate_out >= 0.0 && l->substrate_out <= l->substrate_in))
        return PARK_FAIL(err, PARK_E_RANGE, "decay of %g 1/s, substrate from %g to %g kg/m3", l->decay,
                         l->substrate_in, l->substrate_out);
    double eaten     = l->flow * (l->substrate_in - l->substrate_out);
    size->yield_seen = l->yield / (1.0 + l->decay * l->age); /* (B37) */
    size->sludge_vss = size->yield_seen * eaten;             /* (B38) */
    size->sludge_tss = size->sludge_vss / l->vss_share;
    size->volume     = size->sludge_vss * l->age / l->sludge; /* (B39) */
    size->waste_flow = size->volume / l->age;
    size->oxygen     = eaten / l->bod5_share - O2_PER_VSS * size->sludge_vss; /* (B40) */
    size->food       = l->flow * l->substrate_in / (size->volume * l->sludge);
    return PARK_OK;
}
