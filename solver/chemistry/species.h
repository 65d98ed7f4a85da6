/*
 * species.h - what is dissolved in a park's waters and what falls out of them: components, aqueous species, phases,
 * and the laws of their constants.
 * Math: docs/math/chemistry.md, Eq. (Q1)-(Q4).   Looks down on: nothing.
 *
 * Every species and phase is written in the same twenty masters: eighteen components, H+ and water.
 */
#ifndef PARK_CHEMISTRY_SPECIES_H
#define PARK_CHEMISTRY_SPECIES_H

#include <stdbool.h>

/* The components, then H+ and water, which have no total of their own (alkalinity stands for that of H+). */
typedef enum park_component {
    PARK_AQ_CA,
    PARK_AQ_MG,
    PARK_AQ_NA,
    PARK_AQ_K,
    PARK_AQ_NH4, /* ammonia nitrogen */
    PARK_AQ_BA,
    PARK_AQ_SR,
    PARK_AQ_FE2,
    PARK_AQ_FE3,
    PARK_AQ_MN, /* divalent */
    PARK_AQ_AL,
    PARK_AQ_CL,
    PARK_AQ_SO4,
    PARK_AQ_C, /* dissolved inorganic carbon */
    PARK_AQ_NO3,
    PARK_AQ_F,
    PARK_AQ_P, /* orthophosphate */
    PARK_AQ_SI,
    PARK_AQ_COMPONENTS,
    PARK_AQ_H = PARK_AQ_COMPONENTS,
    PARK_AQ_W,
    PARK_AQ_MASTERS
} park_component;

/* lg K(T) = log_k - enthalpy/(R ln 10) (1/T - 1/298.15) + a0 + a1 T + a2/T + a3 lg T + a4/T^2 + a5 T^2, Eq. (Q1). */
typedef struct park_constant {
    double log_k;    /* at 25 degrees Celsius [-] */
    double enthalpy; /* [kJ/mol] */
    double a[6];
} park_constant;

/* The masters themselves (except water) come first, in the order of the enumeration. */
typedef struct park_species {
    const char   *name;
    int           charge;
    double        radius; /* ion size parameter of Debye and Hueckel [1e-10 m] */
    double        slope;  /* b of the term b I [kg/mol] */
    bool          fitted; /* radius and slope are its own; else Davies, and 0.1 I for what has no charge */
    signed char   master[PARK_AQ_MASTERS]; /* of the reaction that forms it */
    park_constant formation;
} park_species;

enum { PARK_AQ_SPECIES = 114 };

/* Minerals, and carbon dioxide in the air. */
typedef enum park_phase {
    PARK_CALCITE,
    PARK_ARAGONITE,
    PARK_DOLOMITE,
    PARK_GYPSUM,
    PARK_ANHYDRITE,
    PARK_BARITE,
    PARK_CELESTITE,
    PARK_FLUORITE,
    PARK_SILICA, /* amorphous */
    PARK_CHALCEDONY,
    PARK_HYDROXYAPATITE,
    PARK_IRON_HYDROXIDE,      /* amorphous Fe(OH)3 */
    PARK_ALUMINIUM_HYDROXIDE, /* amorphous Al(OH)3 */
    PARK_BRUCITE,
    PARK_PYROCHROITE,
    PARK_SIDERITE,
    PARK_RHODOCHROSITE,
    PARK_CO2_GAS, /* its saturation is lg of the partial pressure in atm */
    PARK_PHASES
} park_phase;

typedef struct park_phase_law {
    const char   *name, *formula;
    double        molar_mass;              /* [kg/mol] */
    signed char   master[PARK_AQ_MASTERS]; /* of the reaction that dissolves it */
    park_constant solubility;
} park_phase_law;

typedef struct park_component_law {
    const char *name;
    double molar_mass; /* [kg/mol]; nitrate and ammonia as N, phosphate as P, silica as SiO2, carbon as C */
    int    charge;     /* of its master */
    int    alkalinity; /* equivalents per mole in its master's form, Eq. (Q5) */
} park_component_law;

extern const park_species       PARK_SPECIES[PARK_AQ_SPECIES];
extern const park_phase_law     PARK_PHASE_LAWS[PARK_PHASES];
extern const park_component_law PARK_COMPONENT_LAWS[PARK_AQ_COMPONENTS];

/* Index of a species by name as written in the table ("HCO3-", "CaSO4"); -1 when there is none. */
int park_species_index(const char *name);

/* lg K at a temperature [K], Eq. (Q1). */
double park_constant_at(const park_constant *law, double kelvin);

#endif
