#include "biology/settler.h"

#include "check.h"

static const double DAY = 86400.0;

/* 474 (exp(-0.576 x 0.99316) - exp(-2.86 x 0.99316)) = 474 (0.564362 - 0.058400) = 239.826 m/d at 1 kg/m3, by hand. */
static void sludge_falls_by_takacs(void)
{
    park_settler s                        = park_settler_standard();
    double       tss[PARK_SETTLER_LAYERS] = {0.005, 1.0, 0.7, 2.9}, flux[PARK_SETTLER_LAYERS];
    park_settler_flux(&s, 3.0, tss, flux, NULL, NULL, NULL);
    CHECK_CLOSE(flux[0] * DAY, 0.0, 0.0);          /* below 0.00228 x 3: nothing settles */
    CHECK_CLOSE(flux[1] * DAY, 239.826, 0.01);     /* the layer below is thin: all that falls arrives */
    CHECK_CLOSE(flux[2] * DAY, 0.7 * 250.0, 1e-9); /* 252.7 m/d by the formula, 250 at most */
}

/* 2 kg/m3 everywhere falls faster (298 kg/m2 d) than 3.1 (247) and 2.9 (259) can pass on. Above the feed only the layer
 * that is thicker than 3 kg/m3 holds up; at and below the feed each does. */
static void a_thick_layer_holds_the_sludge_up(void)
{
    park_settler s = park_settler_standard();
    double       tss[PARK_SETTLER_LAYERS], flux[PARK_SETTLER_LAYERS], free[PARK_SETTLER_LAYERS];
    for (size_t j = 0; j < PARK_SETTLER_LAYERS; j++)
        tss[j] = 2.0;
    park_settler_flux(&s, 3.0, tss, free, NULL, NULL, NULL);
    CHECK_CLOSE(free[0] * DAY, 297.6, 0.3);
    s.passing = 0.0;
    tss[2]    = 3.1;
    tss[7]    = 2.9;
    park_settler_flux(&s, 3.0, tss, flux, NULL, NULL, NULL);
    CHECK_CLOSE(flux[1] * DAY, 247.0, 1.0);
    CHECK_CLOSE(flux[2], flux[1], 0.0); /* what leaves the thick layer is its own flux */
    CHECK_CLOSE(flux[6] * DAY, 259.0, 1.0);
    tss[2] = 2.9;
    park_settler_flux(&s, 3.0, tss, flux, NULL, NULL, NULL);
    CHECK_CLOSE(flux[1], free[1], 0.0);
    s.passing = 0.1; /* at 2.9 of 2.7 .. 3.3 a third of the way */
    park_settler_flux(&s, 3.0, tss, flux, NULL, NULL, NULL);
    CHECK_CLOSE(flux[1], free[1] + (flux[2] - free[1]) / 3.0, 1e-15);
}

static void slopes_are_those_of_differences(void)
{
    park_settler s = park_settler_standard();
    enum { L = PARK_SETTLER_LAYERS };
    double tss[L] = {0.01, 0.03, 0.2, 2.95, 0.31, 0.5, 0.4, 0.9, 2.0, 6.0}, feed = 3.2, h = 1e-7;
    double flux[L], upper[L], lower[L], by_feed[L], a[L], b[L];
    park_settler_flux(&s, feed, tss, flux, upper, lower, by_feed);
    for (size_t j = 0; j < L; j++) {
        double was = tss[j];
        tss[j]     = was + h;
        park_settler_flux(&s, feed, tss, a, NULL, NULL, NULL);
        tss[j] = was - h;
        park_settler_flux(&s, feed, tss, b, NULL, NULL, NULL);
        tss[j] = was;
        for (size_t f = 0; f + 1 < L; f++) {
            double want = f == j ? upper[f] : f + 1 == j ? lower[f] : 0.0;
            CHECK_CLOSE((a[f] - b[f]) / (2.0 * h) * DAY, want * DAY, 1e-4);
        }
    }
    park_settler_flux(&s, feed + h, tss, a, NULL, NULL, NULL);
    park_settler_flux(&s, feed - h, tss, b, NULL, NULL, NULL);
    for (size_t f = 0; f + 1 < L; f++)
        CHECK_CLOSE((a[f] - b[f]) / (2.0 * h) * DAY, by_feed[f] * DAY, 1e-4);
}

int main(void)
{
    RUN(sludge_falls_by_takacs);
    RUN(a_thick_layer_holds_the_sludge_up);
    RUN(slopes_are_those_of_differences);
    return park_test_done();
}
