#include "units/users/tower_grid.h"

#include <math.h>

static const double COLDEST = 258.15, WARM_STEP = 2.5; /* [K] */
static const double DRIEST = 0.1, MOIST_STEP = 0.15;   /* [-] */
static const double SATURATED = 0.999;                 /* air on the line itself is fog by a rounding */

park_status park_tower_grid_make(const park_fill *fill, double range, double pressure, park_tower_grid *grid,
                                 park_error *err)
{
    for (int i = 0; i < PARK_GRID_WARM; i++)
        for (int j = 0; j < PARK_GRID_MOIST; j++) {
            double cold, relative = fmin(DRIEST + MOIST_STEP * j, SATURATED);
            PARK_TRY(park_tower_weathered(fill, range, COLDEST + WARM_STEP * i, relative, pressure, &cold,
                                          &grid->share[i][j], err));
        }
    return PARK_OK;
}

/* Node below and the share of the way to the next. */
static int below(double x, int nodes, double *way)
{
    double held = fmin(fmax(x, 0.0), nodes - 1.0);
    int    node = (int)fmin(floor(held), nodes - 2.0);
    *way        = held - node;
    return node;
}

double park_tower_grid_at(const park_tower_grid *grid, double kelvin, double relative)
{
    double a, b;
    int    i          = below((kelvin - COLDEST) / WARM_STEP, PARK_GRID_WARM, &a),
        j             = below((relative - DRIEST) / MOIST_STEP, PARK_GRID_MOIST, &b);
    const double *low = &grid->share[i][j], *high = &grid->share[i + 1][j];
    return (1.0 - a) * ((1.0 - b) * low[0] + b * low[1]) + a * ((1.0 - b) * high[0] + b * high[1]);
}
