/*
 * inp_units.h - what one of the file's units is in SI: the factors of EPANET.
 * Looks down on: network.
 */
#ifndef PARK_IMPORT_INP_UNITS_H
#define PARK_IMPORT_INP_UNITS_H

#include <parkwater/network.h>

/* SI = the file's number x factor. */
typedef struct park_inp_units {
    bool   si;             /* metric: m, mm, kW; else ft, in, hp */
    double flow;           /* m3/s */
    double length;         /* m; of elevations, levels, heads */
    double diameter;       /* m */
    double pressure;       /* m */
    double volume;         /* m3 */
    double power;          /* W */
    double viscosity;      /* m2/s */
    double roughness;      /* of the head loss law */
    double emitter_base;   /* emitters: file's pressure of one metre of head */
    double leak_area;      /* m2 a metre of pipe */
    double leak_expansion; /* m2 a metre of pipe and a metre of head */
} park_inp_units;

/* Flow per ft3/s of a word of [OPTIONS] UNITS that begins like one of EPANET's; 0 when there is none.
 * @param word  out, may be NULL: the word in full ("LPS" for "SI") */
double park_inp_flow_per_cfs(const char *text, size_t length, const char **word);
/* The word of [OPTIONS] PRESSURE in full; NULL when there is none. */
const char *park_inp_pressure_word(const char *text, size_t length);

/**
 * All factors. @param flow_word  of park_inp_flow_per_cfs  @param pressure_word  NULL: that of the flow unit, METERS or PSI
 */
park_inp_units park_inp_units_of(const char *flow_word, const char *pressure_word, double specific_gravity,
                                 park_net_headloss headloss);

/* Concentrations: kg/m3 of one unit such as "mg/L"; 0 when the unit is not known. */
double park_inp_quality_unit(const char *text, size_t length);

/* SI of the file's reaction coefficients: bulk of this order, wall of this order. */
double park_inp_bulk_factor(double order, double quality_unit);
double park_inp_wall_factor(double order, double quality_unit, const park_inp_units *units);
/* SI of an initial or tolerated quality: concentration, age in hours, percent. */
double park_inp_quality_factor(park_net_quality quality, double quality_unit);
/* SI of a setting of this link; 1 where it has no dimension. */
double park_inp_setting_factor(park_net_link_kind kind, const park_inp_units *units);

/* The word stands at the start of the text, whatever the case. */
bool park_inp_begins(const char *text, size_t length, const char *word);

#endif
