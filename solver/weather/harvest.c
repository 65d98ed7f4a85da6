#include "weather/harvest.h"

#include <math.h>

park_harvest park_harvest_march(size_t steps, const double *inflow, const double *demand, double volume,
                                double start)
{
    park_harvest h      = {.volume = volume, .start = start, .end = start};
    double       wanted = 0.0;
    size_t       met    = 0;
    for (size_t i = 0; i < steps; i++) {
        double held  = h.end + inflow[i];
        double spill = fmax(held - volume, 0.0);
        double drawn = fmin(demand[i], held - spill);
        h.end        = held - spill - drawn;
        h.inflow += inflow[i], h.yield += drawn, h.spill += spill;
        wanted += demand[i];
        met += drawn >= demand[i];
    }
    h.volumetric = wanted > 0.0 ? h.yield / wanted : NAN;
    h.temporal   = steps > 0 ? (double)met / (double)steps : NAN;
    h.capture    = h.inflow > 0.0 ? h.yield / h.inflow : NAN;
    return h;
}

park_harvest park_harvest_periodic(size_t steps, const double *inflow, const double *demand, double volume)
{
    /* Levels from two starts never cross and meet when both are full or empty: two rounds reach the cycle, or the storage
     * carries over from year to year and the third is as near as any. */
    double start = 0.0;
    for (int round = 0; round < 3; round++)
        start = park_harvest_march(steps, inflow, demand, volume, start).end;
    return park_harvest_march(steps, inflow, demand, volume, start);
}
