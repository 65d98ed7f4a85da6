/*
 * culture.h - anaerobic reactors and films as a treatment: tanks of organisms by a law (biology), on average and in time.
 * Math: docs/math/units.md, Eq. (U90)-(U99); docs/math/biology.md, Eq. (B46)-(B69).   Looks down on: model, biology.
 *
 * Both faces are the same tanks: the average is their rest at the plan's feed, the march is their time. What is measured (COD, BOD,
 * nitrogen, solids, alkalinity) is divided into components on the way in and measured again on the way out.
 */
#ifndef PARK_UNITS_TREATMENTS_CULTURE_H
#define PARK_UNITS_TREATMENTS_CULTURE_H

#include "biology/anaerobic.h"
#include "biology/film.h"
#include "units/kind.h"

/* How the water divides, where the park does not measure it. */
typedef struct park_culture_water {
    double inert;       /* share of the soluble COD that nothing degrades */
    double acids;       /* share of the rest that is volatile fatty acids */
    double particulate; /* share of COD in solids, where SS is no constituent */
    double organic_n;   /* organic nitrogen per COD, where TN is no constituent */
    double alkalinity;  /* [kg CaCO3/m3], where it is no constituent */
} park_culture_water;

typedef struct park_anaerobic_words {
    double             retention;    /* at the design flow [s] */
    double             age;          /* solids in the reactor by what leaves [s] */
    double             retained;     /* share of the solids that water leaves behind */
    double             bed;          /* solids of the sludge drawn off by the mean of the reactor */
    double             temperature;  /* [K]; NAN follows the air */
    double             power;        /* share of the methane's energy that becomes electricity */
    double             leak;         /* share of the methane that escapes */
    double             other_energy; /* [J/m3] */
    park_culture_water water;
} park_anaerobic_words;

typedef struct park_film_words {
    double             retention; /* of all tanks at the design flow [s] */
    int32_t            tanks;
    double             area;       /* [1/m] */
    double             detachment; /* [1/(m s)] */
    double             oxygen;     /* held [kg/m3] */
    double             spares;     /* [kg/m3]; 0: always */
    double             transfer;   /* [1/s] */
    double             temperature;
    double             captured; /* share of the solids that the bed holds back (film_filter) */
    double             other_energy;
    park_culture_water water;
} park_film_words;

extern const park_field       PARK_ANAEROBIC_FIELDS[], PARK_FILM_FIELDS[];
extern const park_states_face PARK_ANAEROBIC_STATES, PARK_FILM_STATES;

/* Of a film's outflow, the shares that a bed catches with the solids [constituents]; NAN: of what is only mixed. (U99) */
const double *park_film_catches(const park_states *states, const double *y);

struct park_treatment;

/* Findings at `path`: constituents that the law cannot do without, an outlet for what grows. */
void park_culture_check(const park_draft *draft, const struct park_treatment *stage, const char *path,
                        const char *id, park_findings *findings);

/* ---- the tanks of a stage ---- */

typedef struct park_culture {
    const park_model            *model;
    const struct park_treatment *stage;
    bool                         anaerobic;
    const park_culture_water    *water;
    park_reactor                 reactor;
    park_anaerobic               law;
    park_film                    film;
    double                       design, volume;                                /* [m3/s], [m3] */
    int32_t cod, bod, ammonium, nitrogen, nitrate, nitrite, solids, alkalinity; /* constituents, -1 */
} park_culture;

/* For a design flow [m3/s]; kinetics are those of 20 degrees Celsius until park_culture_warm. */
void park_culture_make(const park_model *model, const struct park_treatment *stage, double design,
                       park_culture *culture);
void park_culture_warm(park_culture *culture, double kelvin);
/* Temperature of the water at an air temperature [K]. */
double park_culture_kelvin(const park_culture *culture, double air);

/* Is this constituent one of those that components make up? */
bool park_culture_measures(const park_culture *culture, size_t c);

/**
 * Components of what enters. (U91), (U92)
 * @param conc  [constituents] [kg/m3]
 * @param more  out: nitrogen that ammonium and nitrate hold beyond the stated total [kg/m3]
 */
void park_culture_enters(const park_culture *culture, const double *conc, double *component, double *more);

/* Measured constituents of components (also of sums [kg]); others are left. */
void park_culture_measure(const park_culture *culture, const double *component, double *conc);

/* Waste as a share of the intake [m3/s] that holds the age of the solids, at most 0.3; a film has none of its own. (U93) */
double park_culture_waste(const park_culture *culture, const double *y, double intake);

/* Solids to start from, so that organisms are there. [tanks * PARK_RC_COUNT] */
void park_culture_guess(const park_culture *culture, const park_reactor_inflow *in, double *y);

/* At rest, with the waste that its age asks for. PARK_OK; PARK_E_NUMERIC; PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_culture_rest(const park_culture *culture, park_reactor_stepper *stepper,
                                              park_reactor_inflow *in, double *y, park_error *err);

/* Electricity used less what biogas gives [J], of sums over an inflow [m3]; methane that reaches the air [kg]. (U95), (U96) */
double park_culture_energy(const park_culture *culture, const double *reacted, double inflow);
double park_culture_escaped(const park_culture *culture, const double *reacted, double inflow);

#endif
