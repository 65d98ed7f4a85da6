/*
 * cooling/cooling_cases.json: moist air, Merkel, rating, Poppe, evaporation by table, make-up and cycles, a basin in time.
 * Tolerances stand in the file or, where it says nothing, beside the call.
 */
#include "process_cases.h"

#include "chemistry/psychrometry.h"
#include "chemistry/tower.h"
#include "chemistry/tower_heat.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double ZERO_CELSIUS = 273.15, SEA_LEVEL = 101325.0, BTU_PER_LB = 2326.0;
static const double ZERO_FAHRENHEIT =
    7.687; /* enthalpy of air at 0 degrees Celsius from 0 Fahrenheit [Btu/lb] */

static double number(const json_node *node, const char *key)
{
    return json_number(json_at(node, key), NAN);
}

static double kelvin(const json_node *node, const char *key)
{
    return ZERO_CELSIUS + number(node, key);
}

static double from_fahrenheit(double f)
{
    return ZERO_CELSIUS + (f - 32.0) / 1.8;
}

/* -- moist air -- */

/* Of saturated air as the handbook tabulates it [J/kg]. */
static double real_enthalpy(double kelvin)
{
    return park_air_enthalpy(kelvin, park_real_saturated_humidity(kelvin, SEA_LEVEL));
}

static void saturation_tables(const json_node *published, process_report *report)
{
    const json_node *within = json_at(published, "tolerance");
    report->id              = "saturation tables";
    for (const json_node *v = process_first(json_at(published, "sat_vap_pressure_Pa")); v != NULL;
         v                  = v->next)
        process_relative(report, v->key, v->number, park_vapour_pressure(ZERO_CELSIUS + atof(v->key)),
                                          number(within, "psat"));
    for (const json_node *v = process_first(json_at(published, "sat_hum_ratio_101325")); v != NULL;
         v                  = v->next)
        process_relative(report, v->key, v->number,
                                          park_real_saturated_humidity(ZERO_CELSIUS + atof(v->key), SEA_LEVEL),
                                          number(within, "W"));
    for (const json_node *v = process_first(json_at(published, "sat_enthalpy_J_kg_101325")); v != NULL;
         v                  = v->next)
        process_relative(report, v->key, v->number, real_enthalpy(ZERO_CELSIUS + atof(v->key)),
                                          number(within, "h"));
    for (const json_node *v = process_first(json_at(published, "std_atm_Pa")); v != NULL; v = v->next)
        process_relative(report, v->key, v->number, park_standard_pressure(atof(v->key)),
                         number(within, "psat"));
}

static void published_air(const json_node *published, process_report *report)
{
    double wet = NAN, dew = NAN;
    report->id = "published air";
    for (const json_node *c = process_first(json_at(published, "wetbulb")); c != NULL; c = c->next) {
        if (json_at(c, "W") != NULL) {
            process_relative(
                report, "W", number(c, "W"),
                park_humidity_from_wet_bulb(kelvin(c, "T"), kelvin(c, "Twb"), number(c, "P"), true),
                number(json_at(published, "tolerance"), "W"));
            continue;
        }
        double humidity = park_humidity_ratio(kelvin(c, "T"), number(c, "RH"), number(c, "P"));
        if (park_wet_bulb(kelvin(c, "T"), humidity, number(c, "P"), true, &wet, NULL) == PARK_OK)
            process_absolute(report, "Twb", number(c, "Twb"), wet - ZERO_CELSIUS, 0.01);
    }
    for (const json_node *c = process_first(json_at(published, "moist_air")); c != NULL; c = c->next) {
        process_relative(report, "h", number(c, "h_J_kg"), park_air_enthalpy(kelvin(c, "T"), number(c, "W")),
                         1e-4);
        process_relative(report, "v", number(c, "v"),
                         park_air_volume(kelvin(c, "T"), number(c, "W"), number(c, "P")), 1e-4);
    }
    const json_node *e = json_at(published, "example1"); /* read from a chart, to a tenth of a gram */
    double           w = park_humidity_from_wet_bulb(kelvin(e, "T"), kelvin(e, "Twb"), number(e, "P"), true);
    process_absolute(report, "example W", number(e, "W"), w, 1e-4);
    process_absolute(report, "example RH", number(e, "RH"),
                     park_relative_humidity(kelvin(e, "T"), w, number(e, "P")), 5e-3);
    process_absolute(report, "example h", number(e, "h_kJ_kg"), park_air_enthalpy(kelvin(e, "T"), w) / 1e3,
                     0.4);
    process_absolute(report, "example v", number(e, "v"), park_air_volume(kelvin(e, "T"), w, number(e, "P")),
                     1e-3);
    if (park_dew_point(w, number(e, "P"), &dew, NULL) == PARK_OK)
        process_absolute(report, "example Tdew", number(e, "Tdew"), dew - ZERO_CELSIUS, 0.5);
}

/* The grid's wet bulb is that of a wick that holds liquid water. */
static void air_grid(const json_node *grid, process_report *report)
{
    static char name[80];
    for (const json_node *c = process_first(json_at(grid, "cases")); c != NULL; c = c->next) {
        double p = number(c, "P_Pa"), t = kelvin(c, "T_C"), w = park_humidity_ratio(t, number(c, "RH"), p);
        double wet = NAN, dew = NAN;
        snprintf(name, sizeof name, "air %.0f Pa %.1f C", p, number(c, "T_C"));
        report->id = name;
        if (park_wet_bulb(t, w, p, false, &wet, NULL) != PARK_OK ||
            park_dew_point(w, p, &dew, NULL) != PARK_OK)
            wet = NAN;
        process_relative(report, "W", number(c, "W"), w, 1e-4);
        process_relative(report, "h", number(c, "h_kJ_kg"), park_air_enthalpy(t, w) / 1e3, 1e-4);
        process_absolute(report, "T_wb", number(c, "T_wb_C"), wet - ZERO_CELSIUS, 0.01);
        process_absolute(report, "T_dew", number(c, "T_dew_C"), dew - ZERO_CELSIUS, 0.01);
        process_relative(report, "v", number(c, "v_m3_kg"), park_air_volume(t, w, p), 1e-4);
    }
}

/* -- towers -- */

static void merkel_published(const json_node *list, process_report *report)
{
    for (const json_node *c = process_first(list); c != NULL; c = c->next) {
        const json_node *in = json_at(c, "inputs"), *e = json_at(c, "expected");
        double           number_four = NAN, within = number(c, "tolerance"),
               wet      = from_fahrenheit(number(in, "T_wb_F"));
        double entering = real_enthalpy(wet) / BTU_PER_LB + ZERO_FAHRENHEIT;
        report->id      = process_text(c, "id");
        if (json_at(e, "NTU_Chebyshev") != NULL) {
            if (park_tower_merkel_four(from_fahrenheit(number(in, "T_hot_F")),
                                       from_fahrenheit(number(in, "T_cold_F")), wet, number(in, "L_over_G"),
                                       SEA_LEVEL, &number_four, NULL) != PARK_OK)
                number_four = NAN;
            process_relative(report, "NTU_Chebyshev", number(e, "NTU_Chebyshev"), number_four, within);
        }
        if (json_at(e, "ha_in_Btu_lb") != NULL) {
            double rise = number(in, "L_over_G") * (number(in, "T_hot_F") - number(in, "T_cold_F"));
            process_relative(report, "ha_in_Btu_lb", number(e, "ha_in_Btu_lb"), entering, within);
            process_relative(report, "ha_out_Btu_lb", number(e, "ha_out_Btu_lb"), entering + rise, within);
        }
    }
}

static void merkel_own(const json_node *list, process_report *report)
{
    static char name[80];
    for (const json_node *c = process_first(list); c != NULL; c = c->next) {
        double exact = NAN, four = NAN;
        snprintf(name, sizeof name, "merkel %g/%g/%g L/G %g", number(c, "T_hot"), number(c, "T_cold"),
                 number(c, "T_wb"), number(c, "L_over_G"));
        report->id = name;
        if (park_tower_merkel(kelvin(c, "T_hot"), kelvin(c, "T_cold"), kelvin(c, "T_wb"),
                              number(c, "L_over_G"), number(c, "P_Pa"), &exact, NULL) != PARK_OK ||
            park_tower_merkel_four(kelvin(c, "T_hot"), kelvin(c, "T_cold"), kelvin(c, "T_wb"),
                                   number(c, "L_over_G"), number(c, "P_Pa"), &four, NULL) != PARK_OK)
            exact = NAN;
        process_relative(report, "Me_exact", number(c, "Me_exact"), exact, 1e-3);
        process_relative(report, "Me_Chebyshev4", number(c, "Me_Chebyshev4"), four, 1e-3);
        process_relative(report, "Chebyshev by exact", exact, four, 0.02);
    }
}

static void rating(const json_node *list, process_report *report)
{
    static char name[80];
    for (const json_node *c = process_first(list); c != NULL; c = c->next) {
        double cold = NAN;
        snprintf(name, sizeof name, "rating R %g Twb %g", number(c, "range_K"), number(c, "T_wb"));
        report->id = name;
        if (park_tower_cold(number(c, "range_K"), kelvin(c, "T_wb"), number(c, "L_over_G"), number(c, "C"),
                            number(c, "n"), SEA_LEVEL, &cold, NULL) != PARK_OK)
            cold = NAN;
        process_absolute(report, "T_cold", number(c, "T_cold"), cold - ZERO_CELSIUS, 0.01);
    }
}

static void poppe(const json_node *list, process_report *report)
{
    static char name[80];
    for (const json_node *c = process_first(list); c != NULL; c = c->next) {
        double     range = number(c, "T_hot") - number(c, "T_cold");
        park_poppe p     = {.number = NAN};
        snprintf(name, sizeof name, "poppe %g/%g air %g RH %g", number(c, "T_hot"), number(c, "T_cold"),
                 number(c, "T_air"), number(c, "RH"));
        report->id      = name;
        double humidity = park_humidity_ratio(kelvin(c, "T_air"), number(c, "RH"), SEA_LEVEL);
        if (park_tower_poppe(kelvin(c, "T_hot"), kelvin(c, "T_cold"), kelvin(c, "T_air"), humidity,
                             number(c, "L_over_G"), SEA_LEVEL, &p, NULL) != PARK_OK)
            p = (park_poppe){NAN, NAN, NAN, NAN, NAN};
        process_relative(report, "w_in", number(c, "w_in"), humidity, 1e-4);
        process_relative(report, "evap_fraction", number(c, "evap_fraction"), p.evaporation, 0.01);
        process_relative(report, "w_out", number(c, "w_out"), p.humidity, 0.01);
        process_relative(report, "h_out", number(c, "h_out"), p.enthalpy / 1e3, 0.01);
        process_relative(report, "Me_Poppe", number(c, "Me_Poppe"), p.number, 0.01);
        process_relative(report, "heat_evap_ratio", number(c, "heat_evap_ratio"),
                         park_tower_evaporation_share(p.evaporation, range), 0.01);
    }
}

static void evaporation_table(const json_node *list, process_report *report)
{
    report->id = "evaporation by GB/T 50050";
    for (const json_node *c = process_first(list); c != NULL; c = c->next) {
        double k = park_tower_evaporation_factor(kelvin(c, "T_air"));
        process_relative(report, "k", number(c, "k"), k, 1e-9);
        process_relative(report, "Qe", number(c, "Qe"),
                         park_tower_evaporation(k, number(c, "dt"), number(c, "Qr_m3_h")), 1e-9);
    }
}

static void cycles(const json_node *list, process_report *report)
{
    for (const json_node *c = process_first(list); c != NULL; c = c->next) {
        const json_node *in = json_at(c, "inputs"), *e = json_at(c, "expected");
        double           within = number(c, "tolerance"), makeup = NAN, blowdown = NAN;
        report->id = process_text(c, "id");
        if (json_at(in, "recirc_gpm") != NULL) { /* a rule in Fahrenheit, gallons a day */
            double flow = 1440.0 * number(in, "recirc_gpm"), evaporation = 0.001 * number(in, "dT_F") * flow;
            double drift = number(in, "windage_pct") / 100.0 * flow;
            if (park_tower_balance(evaporation, drift, number(in, "COC"), &makeup, &blowdown, NULL) !=
                PARK_OK)
                makeup = NAN;
            process_relative(report, "blowdown_gpd", number(e, "blowdown_gpd"), blowdown, within);
            process_relative(report, "makeup_gpd", number(e, "makeup_gpd"), makeup, within);
        } else if (json_at(in, "COC") != NULL) { /* blowdown by evaporation alone, drift beside it */
            double evaporation = 0.00085 * 1.8 * number(in, "C_m3_h") * number(in, "dT");
            double drift       = number(in, "D_pct") / 100.0 * number(in, "C_m3_h");
            if (park_tower_balance(evaporation, 0.0, number(in, "COC"), &makeup, &blowdown, NULL) != PARK_OK)
                makeup = NAN;
            process_relative(report, "B", number(e, "B"), blowdown, within);
            process_relative(report, "M", number(e, "M"), makeup + drift, within);
        } else {
            if (park_tower_balance(number(in, "E_m3_h"), number(in, "D_m3_h"), number(in, "N"), &makeup,
                                   &blowdown, NULL) != PARK_OK)
                makeup = NAN;
            process_relative(report, "B", number(e, "B"), blowdown, within);
            process_relative(report, "M", number(e, "M"), makeup, within);
        }
    }
}

static void basin(const json_node *c, process_report *report)
{
    const json_node *in     = json_at(c, "inputs");
    double           leaves = number(in, "B") + number(in, "D"), makeup = number(in, "E") + leaves;
    report->id = process_text(c, "id");
    for (const json_node *v = process_first(json_at(c, "expected")); v != NULL;
         v                  = v->next) /* t_24_h: after 24 h */
        process_relative(report, v->key, v->number,
                         park_tower_basin(number(in, "V_m3"), makeup, number(in, "Cm"), leaves,
                                          number(in, "C0"), atof(v->key + 2)),
                         1e-6);
}

bool process_cooling(park_arena *arena, const char *folder, process_report *report)
{
    char path[600];
    snprintf(path, sizeof path, "%s/cooling_cases.json", folder);
    const json_node *all = json_read(arena, path);
    if (json_at(all, "psychrometrics_published") == NULL || json_at(all, "basin") == NULL)
        return false;
    saturation_tables(json_at(all, "psychrometrics_published"), report);
    published_air(json_at(all, "psychrometrics_published"), report);
    air_grid(json_at(all, "psychrometrics_grid_own"), report);
    merkel_published(json_at(all, "merkel_published"), report);
    merkel_own(json_at(json_at(all, "merkel_own"), "cases"), report);
    rating(json_at(json_at(all, "rating_own"), "cases"), report);
    poppe(json_at(json_at(all, "evaporation_poppe_own"), "cases"), report);
    evaporation_table(json_at(json_at(all, "GB_evaporation"), "examples"), report);
    cycles(json_at(all, "cycles"), report);
    basin(json_at(all, "basin"), report);
    return true;
}
