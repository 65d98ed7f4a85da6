#include "biology/settler.h"

#include <math.h>

static const double DAY = 86400.0;

park_settler park_settler_standard(void)
{
    return (park_settler){
        .area       = 1500.0,
        .height     = 4.0,
        .feed_layer = 4,
        .v_most     = 250.0 / DAY,
        .v_0        = 474.0 / DAY,
        .r_h        = 0.576,
        .r_p        = 2.86,
        .f_ns       = 0.00228,
        .threshold  = 3.0,
        .passing    = 0.05,
        .solids     = PARK_SOLIDS_AS_INFLOW,
    };
}

/* Falling flux of one layer and its slopes by TSS and by the inflow's TSS. */
typedef struct falling {
    double flux, by_tss, by_feed;
} falling;

/* Eq. (B10). */
static falling fall(const park_settler *s, double feed, double tss)
{
    double above = tss - s->f_ns * feed;
    if (!(tss > 0.0))
        return (falling){0.0, 0.0, 0.0};
    double slow = s->v_0 * exp(-s->r_h * above), fast = s->v_0 * exp(-s->r_p * above), v = slow - fast;
    double slope = -s->r_h * slow + s->r_p * fast;
    if (v >= s->v_most || v <= 0.0) {
        v     = v <= 0.0 ? 0.0 : s->v_most;
        slope = 0.0;
    }
    return (falling){v * tss, v + slope * tss, -s->f_ns * slope * tss};
}

/* How much a layer of this TSS holds up what falls from above, 0 to 1. Eq. (B11). */
static double holding(const park_settler *s, size_t face, double tss, double *slope)
{
    double width = s->passing * s->threshold, from = s->threshold - width;
    *slope = 0.0;
    if (face >= s->feed_layer || tss > s->threshold + width)
        return 1.0;
    if (tss <= from)
        return 0.0;
    *slope = 0.5 / width;
    return (tss - from) * *slope;
}

void park_settler_flux(const park_settler *s, double feed, const double *tss, double *flux, double *by_upper,
                       double *by_lower, double *by_feed)
{
    falling upper = fall(s, feed, tss[0]);
    for (size_t j = 0; j + 1 < PARK_SETTLER_LAYERS; j++) {
        falling lower = fall(s, feed, tss[j + 1]);
        double  slope, less = fmin(0.0, lower.flux - upper.flux);
        double  held = less < 0.0 ? holding(s, j, tss[j + 1], &slope) : (slope = 0.0);
        flux[j]      = upper.flux + held * less;
        if (by_upper != NULL) {
            by_upper[j] = (1.0 - held) * upper.by_tss;
            by_lower[j] = held * lower.by_tss + slope * less;
            by_feed[j]  = (1.0 - held) * upper.by_feed + held * lower.by_feed;
        }
        upper = lower;
    }
}
