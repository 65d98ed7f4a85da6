/* inp_write_options.c - everything else as text: energy, quality, options, times and the map. */
#include "import/inp_pen.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double VISCOSITY = 1.1e-5 * 0.3048 * 0.3048, DIFFUSIVITY = 1.3e-8 * 0.3048 * 0.3048; /* [m2/s] */
static const double KILOWATT_HOUR = 3.6e6;

/* --- attributes of nodes and links --- */

static void write_energy(park_inp_pen *pen)
{
    const park_network *net = pen->net;
    park_inp_pen_section(pen, "[ENERGY]");
    park_inp_pen_option(pen, "GLOBAL EFFIC", net->energy.efficiency * 100.0);
    park_inp_pen_option(pen, "GLOBAL PRICE", net->energy.price * KILOWATT_HOUR);
    if (net->energy.price_pattern >= 0) {
        park_inp_pen_word(pen, "GLOBAL PATTERN");
        park_inp_pen_id(pen, park_inp_pen_pattern(pen, net->energy.price_pattern));
        park_inp_pen_end(pen, NULL);
    }
    park_inp_pen_option(pen, "DEMAND CHARGE", net->energy.demand_charge * 1000.0);
    for (size_t p = 0; p < net->pump.count; p++)
        for (int what = 0; what < 3; what++) {
            const char *curve =
                net->pump.efficiency[p] >= 0 ? net->curve_names.text[net->pump.efficiency[p]] : NULL;
            const char *pattern = park_inp_pen_pattern(pen, net->pump.price_pattern[p]);
            bool        priced  = !isnan(net->pump.price[p]);
            if (what == 0 ? curve == NULL : what == 1 ? !priced : pattern == NULL)
                continue;
            park_inp_pen_word(pen, "PUMP");
            park_inp_pen_id(pen, park_inp_pen_link(pen, net->pump.link[p]));
            park_inp_pen_word(pen, what == 0 ? "EFFIC" : what == 1 ? "PRICE" : "PATTERN");
            if (what == 1)
                park_inp_pen_number(pen, net->pump.price[p] * KILOWATT_HOUR);
            else
                park_inp_pen_id(pen, what == 0 ? curve : pattern);
            park_inp_pen_end(pen, NULL);
        }
}

/* A line for every value that is not zero. */
static void write_column(park_inp_pen *pen, const char *heading, const park_names *names, const double *value,
                         double factor)
{
    park_inp_pen_section(pen, heading);
    for (size_t i = 0; i < names->count; i++) {
        if (value[i] == 0.0)
            continue;
        park_inp_pen_id(pen, names->text[i]);
        park_inp_pen_number(pen, value[i] / factor);
        park_inp_pen_end(pen, NULL);
    }
}

static void write_leakage(park_inp_pen *pen)
{
    const park_net_links *link  = &pen->net->link;
    bool                  begun = false;
    for (size_t l = 0; l < link->count; l++) {
        if (link->leak_area[l] == 0.0 && link->leak_expansion[l] == 0.0)
            continue;
        if (!begun) /* older versions do not know the section */
            park_inp_pen_section(pen, "[LEAKAGE]");
        begun = true;
        park_inp_pen_id(pen, link->names.text[l]);
        park_inp_pen_number(pen, link->leak_area[l] / pen->units.leak_area);
        park_inp_pen_number(pen, link->leak_expansion[l] / pen->units.leak_expansion);
        park_inp_pen_end(pen, NULL);
    }
}

static void write_sources(park_inp_pen *pen)
{
    static const char *const KINDS[] = {"CONCEN", "MASS", "SETPOINT", "FLOWPACED"};
    park_inp_pen_section(pen, "[SOURCES]");
    for (size_t i = 0; i < pen->net->sources; i++) {
        const park_net_source *source = &pen->net->source[i];
        double                 unit   = pen->net->option.quality_unit;
        park_inp_pen_id(pen, park_inp_pen_node(pen, source->node));
        park_inp_pen_word(pen, KINDS[source->kind]);
        park_inp_pen_number(pen, source->strength /
                                     (source->kind == PARK_NET_SOURCE_MASS ? unit * 1e-3 / 60.0 : unit));
        if (source->pattern >= 0)
            park_inp_pen_id(pen, park_inp_pen_pattern(pen, source->pattern));
        park_inp_pen_end(pen, NULL);
    }
}

static void write_coefficient(park_inp_pen *pen, const char *word, const char *id, double value)
{
    if (isnan(value))
        return;
    park_inp_pen_word(pen, word);
    park_inp_pen_id(pen, id);
    park_inp_pen_number(pen, value);
    park_inp_pen_end(pen, NULL);
}

static void write_reactions(park_inp_pen *pen)
{
    const park_network     *net  = pen->net;
    const park_net_options *o    = &net->option;
    double                  bulk = park_inp_bulk_factor(o->bulk_order, o->quality_unit);
    double                  wall = park_inp_wall_factor(o->wall_order, o->quality_unit, &pen->units);
    double                  tank = park_inp_bulk_factor(o->tank_order, o->quality_unit);
    park_inp_pen_section(pen, "[REACTIONS]");
    park_inp_pen_option(pen, "ORDER BULK", o->bulk_order);
    park_inp_pen_option(pen, "ORDER TANK", o->tank_order);
    park_inp_pen_option(pen, "ORDER WALL", o->wall_order);
    park_inp_pen_option(pen, "GLOBAL BULK", o->bulk / bulk);
    park_inp_pen_option(pen, "GLOBAL WALL", o->wall / wall);
    park_inp_pen_option(pen, "LIMITING POTENTIAL",
                        o->limiting / park_inp_quality_factor(o->quality, o->quality_unit));
    park_inp_pen_option(pen, "ROUGHNESS CORRELATION", o->wall_roughness_factor / wall);
    for (size_t l = 0; l < net->link.count; l++) {
        write_coefficient(pen, "BULK", net->link.names.text[l], net->link.bulk[l] / bulk);
        write_coefficient(pen, "WALL", net->link.names.text[l], net->link.wall[l] / wall);
    }
    for (size_t t = 0; t < net->tank.count; t++)
        write_coefficient(pen, "TANK", park_inp_pen_node(pen, net->tank.node[t]), net->tank.bulk[t] / tank);
}

static void write_mixing(park_inp_pen *pen)
{
    static const char *const MODELS[] = {"MIXED", "2COMP", "FIFO", "LIFO"};
    const park_net_tanks    *tank     = &pen->net->tank;
    park_inp_pen_section(pen, "[MIXING]");
    for (size_t t = 0; t < tank->count; t++) {
        if (tank->mixing[t] == PARK_NET_MIX_COMPLETE)
            continue;
        park_inp_pen_id(pen, park_inp_pen_node(pen, tank->node[t]));
        park_inp_pen_word(pen, MODELS[tank->mixing[t]]);
        if (tank->mixing[t] == PARK_NET_MIX_TWO_COMPARTMENTS)
            park_inp_pen_number(pen, tank->mixing_share[t]);
        park_inp_pen_end(pen, NULL);
    }
}

void park_inp_write_attributes(park_inp_pen *pen)
{
    const park_net_options *o       = &pen->net->option;
    double                  emitter = pen->units.flow * pow(pen->units.emitter_base, o->emitter_exponent);
    write_energy(pen);
    write_column(pen, "[EMITTERS]", &pen->net->node.names, pen->net->node.emitter, emitter);
    write_leakage(pen);
    write_column(pen, "[QUALITY]", &pen->net->node.names, pen->net->node.quality,
                 park_inp_quality_factor(o->quality, o->quality_unit));
    write_sources(pen);
    write_reactions(pen);
    write_mixing(pen);
}

/* --- [TIMES] [REPORT] [OPTIONS] --- */

static void write_times(park_inp_pen *pen)
{
    static const char *const STATISTICS[] = {"NONE", "AVERAGE", "MINIMUM", "MAXIMUM", "RANGE"};
    const park_net_times    *t            = &pen->net->time;
    const struct {
        const char *words;
        int64_t     value;
    } ROWS[] = {{"DURATION", t->duration},
                {"HYDRAULIC TIMESTEP", t->hydraulic_step},
                {"QUALITY TIMESTEP", t->quality_step},
                {"RULE TIMESTEP", t->rule_step},
                {"PATTERN TIMESTEP", t->pattern_step},
                {"PATTERN START", t->pattern_start},
                {"REPORT TIMESTEP", t->report_step},
                {"REPORT START", t->report_start},
                {"START CLOCKTIME", t->clock_start}};
    park_inp_pen_section(pen, "[TIMES]");
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        park_text_printf(pen->out, " %-19s", ROWS[i].words);
        park_inp_pen_span(pen, ROWS[i].value);
        park_inp_pen_end(pen, NULL);
    }
    park_text_printf(pen->out, " %-19s %s\n", "STATISTIC",
                     STATISTICS[t->statistic >= 0 && t->statistic < 5 ? t->statistic : 0]);
}

static void write_quality(park_inp_pen *pen)
{
    const park_net_options *o = &pen->net->option;
    park_text_printf(pen->out, " %-19s", "QUALITY");
    switch (o->quality) {
    case PARK_NET_QUALITY_NONE:
        park_inp_pen_word(pen, "NONE");
        break;
    case PARK_NET_QUALITY_AGE:
        park_inp_pen_word(pen, "AGE");
        break;
    case PARK_NET_QUALITY_TRACE:
        park_inp_pen_word(pen, "TRACE");
        park_inp_pen_id(pen, park_inp_pen_node(pen, o->trace_node));
        break;
    case PARK_NET_QUALITY_CHEMICAL:
        park_inp_pen_id(pen, o->chemical != NULL ? o->chemical : "CHEMICAL");
        park_inp_pen_word(pen, o->quality_unit == 1e-6 ? "ug/L" : "mg/L");
    }
    park_inp_pen_end(pen, NULL);
    park_inp_pen_option(pen, "TOLERANCE",
                        o->quality_tolerance / park_inp_quality_factor(o->quality, o->quality_unit));
}

static void write_words(park_inp_pen *pen, const char *words, const char *value)
{
    park_text_printf(pen->out, " %-19s %s\n", words, value);
}

/* The default pattern; a name that no pattern has where there is none. */
static void write_default_pattern(park_inp_pen *pen)
{
    const park_network *net = pen->net;
    const char *name        = pen->explicit_patterns ? NULL : park_inp_pen_pattern(pen, net->default_pattern);
    char        free[16];
    for (int i = 0; name == NULL; i++) {
        snprintf(free, sizeof free, i == 0 ? "none" : "none%d", i);
        if (park_names_find(&net->pattern_names, free, strlen(free)) < 0)
            name = free;
    }
    park_text_printf(pen->out, " %-19s", "PATTERN");
    park_inp_pen_id(pen, name);
    park_inp_pen_end(pen, NULL);
}

/* As a multiple of water's, unless the reader would take so small a number for the property itself. */
static void write_property(park_inp_pen *pen, const char *words, double value, double of_water, double most)
{
    double multiple = value / of_water;
    park_inp_pen_option(pen, words, multiple > most ? multiple : value / pen->units.viscosity);
}

static void write_solve(park_inp_pen *pen)
{
    const park_net_options *o = &pen->net->option;
    park_inp_pen_option(pen, "TRIALS", o->trials);
    park_inp_pen_option(pen, "ACCURACY", o->accuracy);
    if (o->head_error > 0.0)
        park_inp_pen_option(pen, "HEADERROR", o->head_error / pen->units.length);
    if (o->flow_change > 0.0)
        park_inp_pen_option(pen, "FLOWCHANGE", o->flow_change / pen->units.flow);
    park_inp_pen_option(pen, "CHECKFREQ", o->check_every);
    park_inp_pen_option(pen, "MAXCHECK", o->check_until);
    park_inp_pen_option(pen, "DAMPLIMIT", o->damp_limit);
    if (o->extra_trials < 0)
        write_words(pen, "UNBALANCED", "STOP");
    else
        park_inp_pen_option(pen, "UNBALANCED CONTINUE", o->extra_trials);
}

static void write_demand_options(park_inp_pen *pen)
{
    const park_net_options *o = &pen->net->option;
    write_default_pattern(pen);
    park_inp_pen_option(pen, "DEMAND MULTIPLIER", o->demand_multiplier);
    park_inp_pen_option(pen, "EMITTER EXPONENT", o->emitter_exponent);
    if (!o->emitter_backflow)
        write_words(pen, "BACKFLOW ALLOWED", "NO");
    if (!o->pressure_driven)
        return;
    write_words(pen, "DEMAND MODEL", "PDA");
    park_inp_pen_option(pen, "MINIMUM PRESSURE", o->pressure_min / pen->units.pressure);
    park_inp_pen_option(pen, "REQUIRED PRESSURE", /* EPANET asks for 0.1 of either unit between the two */
                        fmax(o->pressure_required, o->pressure_min + 0.1 * pen->units.pressure) /
                            pen->units.pressure);
    park_inp_pen_option(pen, "PRESSURE EXPONENT", o->pressure_exponent);
}

void park_inp_write_options(park_inp_pen *pen)
{
    static const char *const LAWS[] = {"H-W", "D-W", "C-M"};
    const park_net_options  *o      = &pen->net->option;
    write_times(pen);
    park_inp_pen_section(pen, "[REPORT]");
    if (pen->net->origin.report != NULL)
        park_text_printf(pen->out, "%s\n", pen->net->origin.report);
    park_inp_pen_section(pen, "[OPTIONS]");
    write_words(pen, "UNITS", pen->flow_unit);
    if (pen->pressure_unit != NULL)
        write_words(pen, "PRESSURE", pen->pressure_unit);
    write_words(pen, "HEADLOSS", LAWS[o->headloss]);
    park_inp_pen_option(pen, "SPECIFIC GRAVITY", o->specific_gravity);
    write_property(pen, "VISCOSITY", o->viscosity, VISCOSITY, 1e-3);
    write_property(pen, "DIFFUSIVITY", o->diffusivity, DIFFUSIVITY, 1e-4);
    write_solve(pen);
    write_demand_options(pen);
    write_quality(pen);
}

/* --- the map --- */

void park_inp_write_map(park_inp_pen *pen)
{
    const park_net_nodes *node = &pen->net->node;
    const park_net_links *link = &pen->net->link;
    park_inp_pen_section(pen, "[COORDINATES]");
    for (size_t n = 0; n < node->count; n++) {
        if (isnan(node->x[n]) || isnan(node->y[n]))
            continue;
        park_inp_pen_id(pen, node->names.text[n]);
        park_inp_pen_number(pen, node->x[n]);
        park_inp_pen_number(pen, node->y[n]);
        park_inp_pen_end(pen, NULL);
    }
    park_inp_pen_section(pen, "[VERTICES]");
    for (size_t l = 0; link->vertex != NULL && l < link->count; l++)
        for (size_t v = link->vertex[l]; v < link->vertex[l + 1]; v++) {
            park_inp_pen_id(pen, link->names.text[l]);
            park_inp_pen_number(pen, link->vertex_x[v]);
            park_inp_pen_number(pen, link->vertex_y[v]);
            park_inp_pen_end(pen, NULL);
        }
    park_inp_pen_section(pen, "[LABELS]");
    if (pen->net->origin.labels != NULL)
        park_text_printf(pen->out, "%s\n", pen->net->origin.labels);
    park_inp_pen_section(pen, "[BACKDROP]");
    if (pen->net->origin.backdrop != NULL)
        park_text_printf(pen->out, "%s\n", pen->net->origin.backdrop);
}
