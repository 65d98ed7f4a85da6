/*
 * sludge.h - activated sludge as a treatment: tanks of ASM1 with oxygen control, settler or membrane, sludge age.
 * Math: docs/math/units.md, Eq. (U62)-(U69); docs/math/biology.md.   Looks down on: model, biology.
 *
 * On average the treatment is what its catalogue says (outside the proof); in time it is its sludge.
 */
#ifndef PARK_UNITS_TREATMENTS_SLUDGE_H
#define PARK_UNITS_TREATMENTS_SLUDGE_H

#include "biology/plant.h"
#include "units/kind.h"

typedef struct park_sludge_words_tank {
    double volume;   /* [m3] above 0 */
    double oxygen;   /* held [kg/m3]; NAN: none is */
    double transfer; /* oxygen transfer kla [1/s], the most of a controlled one; 0: not aerated */
} park_sludge_words_tank;

typedef struct park_sludge_words {
    int32_t    separation;               /* park_separation */
    double     retention;                /* of the tanks at the design flow [s], where they are not listed */
    double     anoxic;                   /* share of that volume */
    park_named tanks;                    /* of park_sludge_words_tank, in the order of the water */
    double     age;                      /* sludge age in the tanks [s] */
    double     waste;                    /* waste sludge [m3/s]; NAN: by age */
    double     oxygen;                   /* held in aerated tanks [kg/m3] */
    double     transfer;                 /* greatest kla [1/s] */
    double     recycle;                  /* internal, from the last to the first tank, per design flow [-] */
    double     returned;                 /* sludge, per design flow [-] */
    int32_t    layers;                   /* park_settler_solids: what the settler's layers are made of */
    double     surface_load;             /* of the settler at the design flow [m/s] */
    double     settler_area;             /* [m2]; NAN: by the load */
    double     temperature;              /* of the water [K]; NAN: follows the air */
    double     inert;                    /* share of the soluble COD that nothing degrades */
    double     particulate;              /* share of COD in solids, where SS is no constituent */
    double     organic_n;                /* organic nitrogen per COD, where TN is no constituent */
    double     alkalinity;               /* [kg CaCO3/m3] where it is no constituent */
    double     heterotrophs, nitrifiers; /* growth against the standard's [-] */
    double     ammonium_half, alkalinity_half; /* [kg/m3], [kg CaCO3/m3]; 0: as published */
    double     other_energy;                   /* besides aeration, pumping and mixing [J/m3] */
} park_sludge_words;

/* Constituents that are components of ASM1, where a park has them; NULL: oxygen, and what ammonium, nitrate and alkalinity tell. */
enum { PARK_SLUDGE_TOLD = 9 };
extern const char *const PARK_SLUDGE_COMPONENT[PARK_ASM1_COMPONENTS];

extern const park_field       PARK_SLUDGE_FIELDS[];
extern const park_states_face PARK_SLUDGE_STATES;

/* Findings at `path` about a sludge treatment: constituents that it cannot do without, a sludge outlet. */
void park_sludge_words_check(const park_draft *draft, const park_sludge_words *words, double recovery,
                             const char *path, const char *id, park_findings *findings);

/* The plant that these words mean at a design flow [m3/s]. */
park_sludge_plant park_sludge_words_plant(const park_sludge_words *words, double design_flow);

#endif
