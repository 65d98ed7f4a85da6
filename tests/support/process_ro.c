/*
 * ro/ro_cases.json: elements of WaterTAP's tests, own marches, properties of sodium chloride. Tolerances of the file:
 * 1e-4, 0.5 %, 1e-3. The case on three finite elements depends on its grid, so the same grid is used.
 */
#include "process_cases.h"

#include "chemistry/membrane.h"
#include "chemistry/osmosis.h"

#include "base/root.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double PUBLISHED = 1e-4, OWN = 0.005, PROPERTY = 1e-3;
static const double HOUR = 3600.0, LMH = 3.6e6, BAR = 1e5;

static double number(const json_node *node, const char *key)
{
    return json_number(json_at(node, key), NAN);
}

static park_stream feed_of(const json_node *in, const char *flow)
{
    double x = number(in, "xf"), m = number(in, flow);
    return (park_stream){m * (1.0 - x), m * x, number(in, "P")};
}

static double conc(const park_stream *s)
{
    double x = s->salt / (s->salt + s->water);
    return x * park_brine_density(x);
}

static double flow(const park_stream *s)
{
    return (s->salt + s->water) / park_brine_density(s->salt / (s->salt + s->water));
}

static park_membrane membrane_of(const json_node *in)
{
    park_membrane    m    = {.water = number(in, "A"),
                             .salt  = number(in, "B"),
                             .area  = number(in, "area"),
                             .drop  = number(in, "dP")};
    const json_node *geom = json_at(in, "geom");
    if (json_at(in, "cp") != NULL) {
        m.polarization = PARK_POLARIZATION_MODULUS;
        m.coefficient  = number(in, "cp");
    } else if (geom == NULL) {
        m.polarization = PARK_POLARIZATION_FILM;
        m.coefficient  = json_number(json_at(in, "kf"), number(in, "K"));
    } else {
        m.polarization = PARK_POLARIZATION_CHANNEL;
        m.height       = number(geom, "channel_height_m");
        m.porosity     = number(geom, "spacer_porosity");
        m.length       = number(geom, "length_m");
        m.leaf         = number(geom, "area_over_LW");
    }
    return m;
}

static void maybe(process_report *report, const json_node *e, const char *key, double got, double tolerance)
{
    if (json_at(e, key) != NULL)
        process_relative(report, key, number(e, key), got, tolerance);
}

static void element(const json_node *c, process_report *report)
{
    const json_node *in = json_at(c, "inputs"), *e = json_at(c, "expected");
    park_membrane    m    = membrane_of(in);
    park_stream      feed = feed_of(in, "Mf");
    park_element     el   = {.permeate = {NAN, NAN, NAN}};
    if (park_membrane_element(&m, &feed, number(in, "T"), number(in, "Pp"), &el, NULL) != PARK_OK)
        el.permeate.water = NAN;
    maybe(report, e, "permeate_H2O_kg_s", el.permeate.water, PUBLISHED);
    maybe(report, e, "permeate_NaCl_kg_s", el.permeate.salt, PUBLISHED);
    maybe(report, e, "Jw_avg_kg_m2_s", el.permeate.water / m.area, PUBLISHED);
    maybe(report, e, "Js_avg_kg_m2_s", el.permeate.salt / m.area, PUBLISHED);
    maybe(report, e, "c_interface_in", el.in.interface, PUBLISHED);
    maybe(report, e, "c_interface_out", el.out.interface, PUBLISHED);
    maybe(report, e, "c_bulk_out", conc(&el.reject), PUBLISHED);
    maybe(report, e, "N_Re_in", el.in.reynolds, PUBLISHED);
    maybe(report, e, "N_Re_out", el.out.reynolds, PUBLISHED);
    maybe(report, e, "deltaP_Pa", el.reject.pressure - feed.pressure, PUBLISHED);
}

/* -- the case on finite elements: the same three backward steps with our law of flux; the width follows from Reynolds'
 * number, the area from the recovery -- */

typedef struct sheet {
    park_membrane m;
    park_stream   feed, end;
    double        kelvin, permeate_pressure, recovery, width;
    int           elements;
    park_flux     first, last;
    double        transfer; /* mean coefficient [m/s] */
} sheet;

/* One backward step over an area: the fluxes are those of its end. A contraction, halved for safety. */
static bool backward(const sheet *s, park_stream *at, double area, park_flux *flux)
{
    park_stream  start = *at, end = *at;
    const double dh = 4.0 * s->m.porosity / (2.0 / s->m.height + 8.0 * (1.0 - s->m.porosity) / s->m.height);
    for (int i = 0; i < 400; i++) {
        if (park_membrane_flux(&s->m, &end, s->kelvin, s->permeate_pressure, flux, NULL) != PARK_OK)
            return false;
        double x          = end.salt / (end.salt + end.water),
               v          = flow(&end) / (s->width * s->m.height * s->m.porosity);
        double      slope = (0.42 + 189.3 / flux->reynolds) * park_brine_density(x) * v * v / (2.0 * dh);
        park_stream next  = {start.water - area * flux->water, start.salt - area * flux->salt,
                             start.pressure - slope * area / s->width};
        next.water        = fmax(next.water, 0.2 * start.water);
        end.water         = 0.5 * (end.water + next.water);
        end.salt          = 0.5 * (end.salt + next.salt);
        end.pressure      = 0.5 * (end.pressure + next.pressure);
    }
    *at = end;
    return true;
}

static double recovery_of_area(double area, void *context)
{
    sheet *s    = context;
    s->m.area   = area;
    s->m.length = area / s->width;
    s->end      = s->feed;
    s->transfer = 0.0;
    for (int i = 0; i < s->elements; i++) {
        if (!backward(s, &s->end, area / s->elements, &s->last))
            return NAN;
        if (i == 0)
            s->first = s->last;
        s->transfer += s->last.transfer / s->elements;
    }
    return 1.0 - s->end.water / s->feed.water - s->recovery;
}

static void on_elements(const json_node *c, process_report *report)
{
    const json_node *in = json_at(c, "inputs"), *e = json_at(c, "expected");
    sheet            s = {.m                 = {.water        = number(in, "A"),
                                                .salt         = number(in, "B"),
                                                .leaf         = 1.0,
                                                .height       = number(in, "channel_height"),
                                                .porosity     = number(in, "spacer_porosity"),
                                                .polarization = PARK_POLARIZATION_CHANNEL},
                          .feed              = feed_of(in, "feed_kg_s"),
                          .kelvin            = number(in, "T"),
                          .permeate_pressure = number(in, "Pp"),
                          .recovery          = number(in, "recovery_mass_H2O"),
                          .elements          = (int)number(in, "finite_elements")};
    double           x = s.feed.salt / (s.feed.salt + s.feed.water), area = NAN;
    double           dh = 4.0 * s.m.porosity / (2.0 / s.m.height + 8.0 * (1.0 - s.m.porosity) / s.m.height);
    double           v  = number(in, "N_Re_in") * park_brine_viscosity(x) / (park_brine_density(x) * dh);
    s.width             = flow(&s.feed) / (v * s.m.height * s.m.porosity);
    if (park_root(recovery_of_area, &s, 1.0, 60.0, 1e-9, &area, NULL) != PARK_OK ||
        isnan(recovery_of_area(area, &s)))
        s.end.water = NAN;
    maybe(report, e, "area_m2", area, PUBLISHED);
    maybe(report, e, "permeate_H2O_kg_s", s.feed.water - s.end.water, PUBLISHED);
    maybe(report, e, "permeate_NaCl_kg_s", s.feed.salt - s.end.salt, PUBLISHED);
    maybe(report, e, "Jw_avg_kg_m2_s", (s.feed.water - s.end.water) / area, PUBLISHED);
    maybe(report, e, "Js_avg", (s.feed.salt - s.end.salt) / area, PUBLISHED);
    maybe(report, e, "deltaP_Pa", s.end.pressure - s.feed.pressure, PUBLISHED);
    maybe(report, e, "Jw_first_node", s.first.water, PUBLISHED);
    maybe(report, e, "Js_first_node", s.first.salt, PUBLISHED);
    maybe(report, e, "Jw_out", s.last.water, PUBLISHED);
    maybe(report, e, "Js_out", s.last.salt, PUBLISHED);
    maybe(report, e, "K_avg", s.transfer, PUBLISHED);
}

static void marched(const json_node *c, process_report *report)
{
    const json_node *in = json_at(c, "inputs"), *e = json_at(c, "expected");
    double           kelvin = number(in, "T");
    park_stage       stage  = {.membrane = membrane_of(in), .vessels = 1, .elements = 1};
    park_stream      feed   = feed_of(in, "Mf");
    park_train       t      = {.recovery = NAN};
    if (park_membrane_train(&stage, 1, &feed, kelvin, 101325.0, 100, 0.8, 0.0, &t, NULL) != PARK_OK)
        t.recovery = NAN;
    double x = feed.salt / (feed.salt + feed.water), brine = t.reject.salt / (t.reject.salt + t.reject.water);
    maybe(report, e, "permeate_m3_h", flow(&t.permeate) * HOUR, OWN);
    maybe(report, e, "recovery_vol", t.recovery, OWN);
    maybe(report, e, "permeate_mg_L", conc(&t.permeate) * 1e3, OWN);
    maybe(report, e, "brine_g_L", conc(&t.reject), OWN);
    maybe(report, e, "flux_in_LMH", t.flux_in * LMH, OWN);
    maybe(report, e, "flux_out_LMH", t.flux_out * LMH, OWN);
    maybe(report, e, "flux_avg_LMH", t.flux * LMH, OWN);
    maybe(report, e, "SEC_feed_pump_eta0p8_kWh_m3", t.energy / 3.6e6, OWN);
    maybe(report, e, "posm_feed_bar", park_brine_osmotic_pressure(x, kelvin) / BAR, OWN);
    maybe(report, e, "posm_brine_bar", park_brine_osmotic_pressure(brine, kelvin) / BAR, OWN);
}

static void properties(const json_node *list, process_report *report)
{
    static char name[64];
    for (const json_node *c = process_first(list); c != NULL; c = c->next) {
        double x = number(c, "mass_frac_NaCl");
        snprintf(name, sizeof name, "NaCl %g", x);
        report->id = name;
        process_relative(report, "density", number(c, "density"), park_brine_density(x), PROPERTY);
        process_relative(report, "osm_coeff", number(c, "osm_coeff"), park_brine_osmotic_coefficient(x),
                         PROPERTY);
        process_relative(report, "posm_Pa", number(c, "posm_Pa"),
                         park_brine_osmotic_pressure(x, 273.15 + number(c, "T_C")), PROPERTY);
    }
}

static void rules(const json_node *list, process_report *report)
{
    for (const json_node *c = process_first(list); c != NULL; c = c->next) {
        report->id = process_text(c, "id");
        if (strcmp(report->id, "vant_hoff_simple") == 0) /* mol/L of a salt of two ions, as sodium chloride */
            process_relative(report, "pi bar", number(c, "expected_bar"),
                             park_osmotic_pressure(process_number(c, "inputs", "C_mol_L") * 58.44,
                                                   process_number(c, "inputs", "T_K"), 1.0) /
                                 BAR,
                             PROPERTY);
        else if (strcmp(report->id, "TCF_Arrhenius") == 0)
            for (const json_node *v = process_first(json_at(c, "expected")); v != NULL; v = v->next)
                process_relative(report, "A_rel", number(v, "A_rel"),
                                 park_membrane_temperature_factor(273.0 + number(v, "T")), PROPERTY);
        else
            report->left++; /* a rule of thumb */
    }
}

bool process_ro(park_arena *arena, const char *folder, process_report *report)
{
    char path[600];
    snprintf(path, sizeof path, "%s/ro_cases.json", folder);
    const json_node *all = json_read(arena, path);
    if (json_at(all, "watertap_cases") == NULL || json_at(all, "own_1D_cases") == NULL)
        return false;
    for (const json_node *c = process_first(json_at(all, "watertap_cases")); c != NULL; c = c->next) {
        report->id = process_text(c, "id");
        if (json_at(json_at(c, "inputs"), "finite_elements") != NULL)
            on_elements(c, report);
        else
            element(c, report);
    }
    for (const json_node *c = process_first(json_at(all, "own_1D_cases")); c != NULL; c = c->next) {
        report->id = process_text(c, "id");
        marched(c, report);
    }
    properties(json_at(json_at(all, "property_cases"), "NaCl"), report);
    rules(json_at(all, "unverified"), report);
    report->left +=
        (int)json_count(json_at(json_at(all, "property_cases"), "seawater_Sharqawy")); /* no such salt here */
    return true;
}
