/* Losses of valves by hand. What PRVs, PSVs and FCVs hold is tested with whole solves (test_holding.c). */
#include "check.h"

#include "hydraulics/headloss.h"
#include "hydraulics/valves.h"

static double loss, slope;

static void shut_valves_let_next_to_nothing_pass(void)
{
    park_valve_shut_loss(1e-9, &loss, &slope);
    CHECK_CLOSE(slope, 1e8 / (0.3048 * 0.3048), 1.0);
    CHECK_CLOSE(loss, slope * 1e-9, 1e-12);
}

/* K = 5 on DN200 at 0.05 m3/s: v = 1.5915 m/s, h = 5 v^2 / 2g = 0.6457 m. */
static void open_valves_lose_velocity_heads(void)
{
    double m = park_minor_loss(5.0, 0.2);
    park_valve_open_loss(m, 0.05, &loss, &slope);
    CHECK_CLOSE(loss, 0.6457, 0.6457 * 1e-3); /* g = 32.2 ft/s2 */
    CHECK_CLOSE(slope, 2.0 * loss / 0.05, 1e-9);
    park_valve_open_loss(m, -0.05, &loss, &slope);
    CHECK_CLOSE(loss, -0.6457, 0.6457 * 1e-3);
    park_valve_open_loss(0.0, 0.05, &loss, &slope);
    CHECK_CLOSE(loss, 1e-6 / (0.3048 * 0.3048) * 0.05, 1e-15);
    park_valve_open_loss(m, 0.0, &loss, &slope);
    CHECK(loss == 0.0);
    CHECK_CLOSE(slope, 0.5e-7 / (0.3048 * 0.3048), 1e-15);
}

static void general_valves_follow_their_curve(void)
{
    double         x[] = {0.0, 0.05, 0.1}, y[] = {0.0, 2.0, 10.0};
    park_net_curve curve = {PARK_NET_CURVE_HEADLOSS, 3, x, y};
    park_gpv_loss(&curve, 0.025, &loss, &slope);
    CHECK_CLOSE(loss, 1.0, 1e-12);
    CHECK_CLOSE(slope, 40.0, 1e-9);
    park_gpv_loss(&curve, -0.075, &loss, &slope);
    CHECK_CLOSE(loss, -6.0, 1e-12);
    CHECK_CLOSE(slope, 160.0, 1e-9);
    park_gpv_loss(&curve, 0.2, &loss, &slope);
    CHECK_CLOSE(loss, 26.0, 1e-12);
    park_gpv_loss(&curve, 1e-9, &loss, &slope); /* no jump at rest */
    CHECK_CLOSE(loss, 4e-8, 1e-15);
    park_gpv_loss(&curve, -1e-9, &loss, &slope);
    CHECK_CLOSE(loss, -4e-8, 1e-15);
    CHECK_CLOSE(slope, 40.0, 1e-6);
}

static void breakers_take_their_setting(void)
{
    double m = park_minor_loss(5.0, 0.2);
    park_pbv_loss(m, 12.0, 0.05, &loss, &slope);
    CHECK_CLOSE(loss, 12.0, 1e-12);
    park_pbv_loss(m, 0.3, 0.05, &loss, &slope); /* the open valve alone loses more */
    CHECK_CLOSE(loss, 0.6457, 1e-3);
    park_pbv_loss(m, 0.0, 0.05, &loss, &slope);
    CHECK_CLOSE(loss, 0.6457, 1e-3);
}

/* Share r of the open flow coefficient: m / r^2. */
static void positioned_valves_follow_their_opening(void)
{
    double         x[] = {0.2, 0.5, 0.9}, y[] = {0.1, 0.5, 0.8};
    park_net_curve curve = {PARK_NET_CURVE_OPENING, 3, x, y};
    CHECK_CLOSE(park_pcv_minor(NULL, 2.0, 0.5), 8.0, 1e-12);
    CHECK_CLOSE(park_pcv_minor(NULL, 2.0, 1.0), 2.0, 0.0);
    CHECK_CLOSE(park_pcv_minor(&curve, 2.0, 0.5), 8.0, 1e-12);
    CHECK_CLOSE(park_pcv_minor(&curve, 2.0, 0.35), 2.0 / (0.3 * 0.3), 1e-9);
    CHECK_CLOSE(park_pcv_minor(&curve, 2.0, 0.1), 2.0 / (0.05 * 0.05), 1e-9); /* towards (0, 0) */
    CHECK_CLOSE(park_pcv_minor(&curve, 2.0, 0.95), 2.0 / (0.9 * 0.9), 1e-9);  /* towards (1, 1) */
    CHECK(park_pcv_minor(&curve, 2.0, 0.0) > 1e10);                           /* shut */
    CHECK(park_pcv_minor(NULL, 2.0, 1e-9) <= park_pcv_minor(NULL, 2.0, 0.0));
}

int main(void)
{
    RUN(shut_valves_let_next_to_nothing_pass);
    RUN(open_valves_lose_velocity_heads);
    RUN(general_valves_follow_their_curve);
    RUN(breakers_take_their_setting);
    RUN(positioned_valves_follow_their_opening);
    return park_test_done();
}
