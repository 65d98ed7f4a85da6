#include "import/inp_units.h"
#include "check.h"

static park_inp_units of(const char *flow, const char *pressure)
{
    return park_inp_units_of(flow, pressure, 1.0, PARK_NET_HAZEN_WILLIAMS);
}

/* One ft3/s is 448.831 gpm, 28.317 L/s, .. in the rounded table of the EPANET manual; 0.3048^3 m3/s. */
static void flows_are_the_rounded_ones_of_epanet(void)
{
    const double CFS = 0.028316846592;
    static const struct {
        const char *word;
        double      per_cfs;
    } TABLE[] = {{"CFS", 1.0},    {"GPM", 448.831}, {"MGD", 0.64632}, {"IMGD", 0.5382},
                 {"AFD", 1.9837}, {"LPS", 28.317},  {"LPM", 1699.0},  {"MLD", 2.4466},
                 {"CMH", 101.94}, {"CMD", 2446.6},  {"CMS", 0.028317}};
    for (size_t i = 0; i < sizeof TABLE / sizeof TABLE[0]; i++) {
        CHECK_CLOSE(of(TABLE[i].word, NULL).flow * TABLE[i].per_cfs, CFS, 1e-15);
        CHECK(park_inp_flow_per_cfs(TABLE[i].word, strlen(TABLE[i].word), NULL) == TABLE[i].per_cfs);
    }
    CHECK_CLOSE(of("LPS", NULL).flow, 1e-3, 1e-8); /* the rounding is 5e-6 of the true litre */
    const char *word = "";
    CHECK(park_inp_flow_per_cfs("si", 2, &word) == 28.317);
    CHECK_TEXT(word, "LPS");
    CHECK(park_inp_flow_per_cfs("gallons", 7, NULL) == 0.0 && park_inp_flow_per_cfs("LP", 2, NULL) == 0.0);
}

static void the_flow_unit_decides_all_other_units(void)
{
    park_inp_units us = of("GPM", NULL), si = of("CMH", NULL);
    CHECK(si.si && si.length == 1.0 && si.diameter == 1e-3 && si.pressure == 1.0 && si.volume == 1.0 &&
          si.power == 1e3);
    CHECK(!us.si && us.length == 0.3048 && us.power == 745.7);
    CHECK_CLOSE(us.diameter, 0.0254, 1e-17);
    CHECK_CLOSE(us.volume, 0.028316846592, 1e-17);
    CHECK_CLOSE(us.pressure, 0.3048 / 0.4333, 1e-15); /* 0.4333 psi a foot of water */
    /* 1 mm2 along 100 m; along 100 ft = 30.48 m */
    CHECK_CLOSE(si.leak_area, 1e-8, 1e-20);
    CHECK_CLOSE(us.leak_area, 1e-6 / 30.48, 1e-20);
}

static void pressures_may_have_their_own_unit(void)
{
    CHECK(of("GPM", "METERS").pressure == 1.0 && of("LPS", "FEET").pressure == 0.3048);
    CHECK_CLOSE(of("LPS", "KPA").pressure, 0.3048 / (0.4333 * 6.895), 1e-15);
    CHECK_CLOSE(of("LPS", "BAR").pressure, 0.3048 / (0.4333 * 0.068948), 1e-12);
    CHECK_CLOSE(of("LPS", "KPA").pressure, 1.0 / 9.80665, 1e-4); /* rho g, with EPANET's roundings */
    /* heavier water: less head for the same pressure */
    CHECK_CLOSE(park_inp_units_of("GPM", NULL, 2.0, PARK_NET_HAZEN_WILLIAMS).pressure, 0.1524 / 0.4333,
                1e-15);
    CHECK_TEXT(park_inp_pressure_word("kPa", 3), "KPA");
    CHECK(park_inp_pressure_word("mmHg", 4) == NULL);
    /* emitters speak of psi or metres whatever PRESSURE says */
    CHECK(of("LPS", "KPA").emitter_base == 1.0);
    CHECK_CLOSE(of("GPM", "KPA").emitter_base, 0.4333 / 0.3048, 1e-15);
}

static void roughness_is_a_height_for_darcy_weisbach_only(void)
{
    CHECK(park_inp_units_of("LPS", NULL, 1.0, PARK_NET_DARCY_WEISBACH).roughness == 1e-3); /* mm */
    CHECK_CLOSE(park_inp_units_of("GPM", NULL, 1.0, PARK_NET_DARCY_WEISBACH).roughness, 3.048e-4,
                1e-18); /* millifeet */
    CHECK(of("GPM", NULL).roughness == 1.0);
}

static void concentrations_and_what_depends_on_them(void)
{
    park_inp_units si = of("LPS", NULL), us = of("GPM", NULL);
    CHECK(park_inp_quality_unit("mg/L", 4) == 1e-3 && park_inp_quality_unit("UG/l", 4) == 1e-6);
    CHECK(park_inp_quality_unit("ppm", 3) == 0.0);
    CHECK_CLOSE(park_inp_bulk_factor(1.0, 1e-3), 1.0 / 86400.0, 1e-18);         /* 1/d */
    CHECK_CLOSE(park_inp_bulk_factor(2.0, 1e-3), 1000.0 / 86400.0, 1e-15);      /* L/mg/d is 1000 m3/kg/d */
    CHECK_CLOSE(park_inp_bulk_factor(0.0, 1e-6), 1e-6 / 86400.0, 1e-24);        /* ug/L/d */
    CHECK_CLOSE(park_inp_wall_factor(1.0, 1e-3, &us), 0.3048 / 86400.0, 1e-18); /* ft/d */
    CHECK_CLOSE(park_inp_wall_factor(0.0, 1e-3, &si), 1e-6 / 86400.0, 1e-24);   /* mg/m2/d */
    CHECK_CLOSE(park_inp_wall_factor(0.0, 1e-3, &us), 1e-6 / (0.09290304 * 86400.0), 1e-22);
    CHECK(park_inp_quality_factor(PARK_NET_QUALITY_AGE, 1e-3) == 3600.0);
    CHECK(park_inp_quality_factor(PARK_NET_QUALITY_TRACE, 1e-3) == 0.01);
    CHECK(park_inp_quality_factor(PARK_NET_QUALITY_CHEMICAL, 1e-6) == 1e-6);
}

static void settings_follow_the_kind_of_link(void)
{
    park_inp_units us = of("GPM", NULL);
    CHECK(park_inp_setting_factor(PARK_NET_PRV, &us) == us.pressure &&
          park_inp_setting_factor(PARK_NET_FCV, &us) == us.flow);
    CHECK(park_inp_setting_factor(PARK_NET_PCV, &us) == 0.01 &&
          park_inp_setting_factor(PARK_NET_TCV, &us) == 1.0);
    CHECK(park_inp_setting_factor(PARK_NET_PUMP, &us) == 1.0);
}

int main(void)
{
    RUN(flows_are_the_rounded_ones_of_epanet);
    RUN(the_flow_unit_decides_all_other_units);
    RUN(pressures_may_have_their_own_unit);
    RUN(roughness_is_a_height_for_darcy_weisbach_only);
    RUN(concentrations_and_what_depends_on_them);
    RUN(settings_follow_the_kind_of_link);
    return park_test_done();
}
