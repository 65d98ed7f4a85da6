/*
 * membrane.h - reverse osmosis and nanofiltration: solution and diffusion through the membrane, polarization in front of
 * it, elements in a row, pressures and energy.
 * Math: docs/math/chemistry.md, Eq. (R5)-(R14).   Looks down on: root, status.
 *
 * One salt stands for all, with the properties of sodium chloride. Streams are mass flows of water and salt [kg/s].
 */
#ifndef PARK_CHEMISTRY_MEMBRANE_H
#define PARK_CHEMISTRY_MEMBRANE_H

#include <parkwater/status.h>

#include <stddef.h>

/* -- sodium chloride at 25 degrees Celsius by mass fraction x, 0 to 0.26, Eq. (R5); fits of Bartholomew and Mauter (2019) as
 * WaterTAP uses them -- */
double park_brine_density(double x);                         /* [kg/m3] */
double park_brine_osmotic_coefficient(double x);             /* [-] */
double park_brine_osmotic_pressure(double x, double kelvin); /* [Pa], by molality */
double park_brine_viscosity(double x);                       /* [Pa s] */
double park_brine_diffusivity(double x);                     /* [m2/s] */
/* Mass fraction of a concentration [kg/m3]: the root of x rho(x) = C. */
double park_brine_fraction(double conc);

/* Factor of the water permeability at a temperature to that at 25 degrees Celsius, Eq. (R6): exp(2640 or, below 25 degrees,
 * 3020 (1/298 - 1/T)). Source: FilmTec technical manual (not seen). */
double park_membrane_temperature_factor(double kelvin);

/* How far the salt piles up before the membrane. */
typedef enum park_polarization {
    PARK_POLARIZATION_MODULUS, /* interface is a multiple of the bulk */
    PARK_POLARIZATION_FILM,    /* film theory with a given transfer coefficient */
    PARK_POLARIZATION_CHANNEL  /* film theory, coefficient from the channel's flow, Eq. (R9) */
} park_polarization;

typedef struct park_membrane {
    double water;    /* A [m/(s Pa)] at the working temperature */
    double salt;     /* B [m/s] */
    double area;     /* [m2] of one element */
    double length;   /* of the feed channel [m]; channels only */
    double leaf;     /* area per length and width: 2 for spiral leaves, 1 for a flat sheet; channels only */
    double height;   /* of the channel [m]; channels only */
    double porosity; /* of the spacer [-]; channels only */
    park_polarization polarization;
    double            coefficient; /* modulus [-] or transfer coefficient [m/s]; not read for channels */
    double            drop;        /* pressure lost along an element [Pa]; channels add friction, Eq. (R10) */
} park_membrane;

/* A stream at a pressure. */
typedef struct park_stream {
    double water, salt; /* [kg/s] */
    double pressure;    /* [Pa] */
} park_stream;

typedef struct park_flux {
    double water, salt; /* [kg/(m2 s)] */
    double interface;   /* salt at the membrane [kg/m3] */
    double transfer;    /* mass transfer coefficient [m/s]; NAN for a modulus */
    double reynolds;    /* NAN unless a channel */
} park_flux;

/**
 * Flux through the membrane at one place, Eq. (R7)-(R9): two monotone roots, one in the other.
 * @param permeate_pressure [Pa]
 * @return PARK_OK; PARK_E_RANGE for constants or streams that are not above zero, a salt fraction above 0.26, or a feed
 *         whose pressure is not above the permeate's. Below the osmotic pressure a little salty water still passes
 */
PARK_MUST_CHECK park_status park_membrane_flux(const park_membrane *membrane, const park_stream *feed,
                                               double kelvin, double permeate_pressure, park_flux *flux,
                                               park_error *err);

typedef struct park_element {
    park_stream permeate, reject;
    park_flux   in, out; /* at both ends */
} park_element;

/**
 * One element whose flux is the mean of its ends' (0D), Eq. (R11): water and salt of the reject by two nested monotone
 * roots. Cost about 10^4 evaluations of the law, some ms.
 * @return as park_membrane_flux; PARK_E_RANGE also where the element ends saturated or without pressure
 */
PARK_MUST_CHECK park_status park_membrane_element(const park_membrane *membrane, const park_stream *feed,
                                                  double kelvin, double permeate_pressure,
                                                  park_element *element, park_error *err);

/* A pressure vessel's elements in a row, vessels side by side; the next stage takes the reject. */
typedef struct park_stage {
    park_membrane membrane;
    int           vessels, elements; /* vessels side by side, elements in each */
    double        boost;             /* pressure added before the stage [Pa] */
} park_stage;

typedef struct park_train {
    park_stream permeate, reject;  /* of all stages */
    double      recovery;          /* by volume [-] */
    double      flux;              /* mean, by volume [m/s] */
    double      flux_in, flux_out; /* at the first and the last place [m/s] */
    double      energy;            /* per volume of permeate [J/m3], Eq. (R13) */
} park_train;

/**
 * Stages marched along the feed, Eq. (R12), by Runge and Kutta in `steps` a element. Boosts and the feed's pressure are paid
 * by pumps of efficiency `pump` from the permeate's pressure; `recovered` of the reject's pressure energy comes back.
 * @param stages [count]
 * @return PARK_OK; PARK_E_RANGE as park_membrane_flux (it names the stage), or for efficiencies outside (0, 1] and [0, 1)
 */
PARK_MUST_CHECK park_status park_membrane_train(const park_stage *stages, size_t count,
                                                const park_stream *feed, double kelvin,
                                                double permeate_pressure, int steps, double pump,
                                                double recovered, park_train *train, park_error *err);

/**
 * Pressure of the feed at which a train recovers a share of it, up to `most` [Pa].
 * @return PARK_OK; PARK_E_RANGE when `most` is not enough, the share is not in (0, 1) or as park_membrane_train
 */
PARK_MUST_CHECK park_status park_membrane_pressure(const park_stage *stages, size_t count,
                                                   const park_stream *feed, double kelvin,
                                                   double permeate_pressure, int steps, double recovery,
                                                   double most, double *pressure, park_error *err);

/* Pump energy per volume of permeate with recovery from the reject, Eq. (R13) [J/m3]; flows by volume [m3/s]. */
double park_membrane_energy(double feed_flow, double feed_pressure, double reject_flow,
                            double reject_pressure, double pump, double recovered);

#endif
