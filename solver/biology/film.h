/*
 * film.h - organisms that grow as a film on grains, carriers or granules: heterotrophs, nitrifiers in two steps, anammox.
 * Math: docs/math/biology.md, Eq. (B61)-(B69).   Looks down on: reactor.
 *
 * What a film takes up is limited by diffusion: each substrate reaches a share of it (a Thiele modulus for Monod kinetics, half order
 * where the film is thick; Harremoes (1978)). Where oxygen does not reach, nitrite and nitrate are breathed and anammox lives.
 */
#ifndef PARK_BIOLOGY_FILM_H
#define PARK_BIOLOGY_FILM_H

#include "biology/reactor.h"

typedef struct park_film {
    double area;       /* of the film per volume of tanks [1/m] */
    double density;    /* organisms in the film [kg COD/m3] */
    double detachment; /* per thickness [1/(m s)] */
    double diffuses_oxygen, diffuses_ammonium, diffuses_nitrite, diffuses_matter; /* in the film [m2/s] */
    double grow_h, half_matter, half_oxygen_h, half_nitrate, yield_h, anoxic, decay_h;
    double grow_a, half_ammonium, half_oxygen_a, yield_a, decay_a;
    double grow_n, half_nitrite, half_oxygen_n, yield_n, decay_n;
    double grow_x, half_ammonium_x, half_nitrite_x, decay_x;
    double hydrolysis, half_solids; /* per heterotrophs [1/s], [-] */
    double ammonify;                /* [m3/(kg s)] */
    double cells, inert, left;      /* nitrogen of cells, of inert matter; inert share of decayed cells */
    double half_alkalinity;         /* [kmol/m3] */
    double oxygen;                  /* held in the water [kg/m3]; 0: no air */
    double spares;                  /* ammonium at which half of that is held; 0: always all [kg/m3] */
    double transfer;                /* greatest of oxygen [1/s] */
    double saturation;              /* of oxygen [kg/m3] */
} park_film;

/* Kinetics at a temperature of the water [K]; area, density, detachment and air are the caller's. (B69) */
park_film park_film_standard(double kelvin);

/* Yield of anammox that closes ammonium 1 : nitrite 1.32 : nitrate 0.26 (Strous et al. (1998)) [kg COD/kg N]. (B66) */
double park_film_anammox_yield(double cells);

/* Table and rates into a reactor whose tanks stand; organisms stay in their tanks. `law` is borrowed. */
void park_film_set(const park_film *law, park_reactor *reactor);

/* Thickness of the film of a tank [m]. (B61) */
double park_film_thickness(const park_film *law, const double *c);

/**
 * Share of a film's full activity where a substrate has to diffuse in. (B62)
 * @param taken  uptake of the film at the water's concentration, per volume of film [kg/(m3 s)]
 * @param conc   in the water [kg/m3]   @param half  of its Monod term   @param diffuses [m2/s]
 */
double park_film_reached(double taken, double conc, double half, double diffuses, double thickness);

#endif
