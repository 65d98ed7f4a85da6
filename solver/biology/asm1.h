/*
 * asm1.h - activated sludge model no. 1: thirteen components, eight processes, their rates and slopes.
 * Math: docs/math/biology.md, Eq. (B1)-(B6).   Looks down on: nothing.
 *
 * SI inside: COD and nitrogen in kg/m3, alkalinity in kmol/m3 (of charge), rates per second.
 */
#ifndef PARK_BIOLOGY_ASM1_H
#define PARK_BIOLOGY_ASM1_H

#include <stddef.h>

typedef enum park_asm1_component {
    PARK_SI,   /* soluble inert COD */
    PARK_SS,   /* readily degradable COD */
    PARK_XI,   /* particulate inert COD */
    PARK_XS,   /* slowly degradable COD */
    PARK_XBH,  /* heterotrophs, as COD */
    PARK_XBA,  /* nitrifiers, as COD */
    PARK_XP,   /* products of decay, as COD */
    PARK_SO,   /* oxygen: negative COD */
    PARK_SNO,  /* nitrate and nitrite nitrogen */
    PARK_SNH,  /* ammonium and ammonia nitrogen */
    PARK_SND,  /* soluble degradable organic nitrogen */
    PARK_XND,  /* particulate degradable organic nitrogen */
    PARK_SALK, /* alkalinity [kmol/m3] */
    PARK_ASM1_COMPONENTS
} park_asm1_component;

enum { PARK_ASM1_PROCESSES = 8 };

typedef struct park_asm1 {
    double mu_h, k_s, k_oh, k_no, b_h; /* heterotrophs: [1/s], [kg/m3] x 3, [1/s] */
    double eta_g, eta_h;               /* anoxic share of growth and of hydrolysis [-] */
    double k_h, k_x;                   /* hydrolysis [1/s], [kg COD/kg COD] */
    double mu_a, k_nh, k_oa, b_a;      /* nitrifiers: [1/s], [kg/m3] x 2, [1/s] */
    double k_a;                        /* ammonification [m3/(kg s)] */
    double y_h, y_a, f_p;              /* yields, inert share of decay [-] */
    double i_xb, i_xp;                 /* nitrogen in biomass and in products [kg N/kg COD] */
    double tss_per_cod;                /* [kg TSS/kg particulate COD] */
    double k_n,
        k_alk; /* growth stops without ammonium, nitrification without alkalinity: [kg/m3], [kmol/m3]; 0 as
                          published: it goes on, and they run below zero */
} park_asm1;

/* Stoichiometry [process][component]: kg (kmol of alkalinity) per kg of what the process is written for. */
typedef struct park_asm1_matrix {
    double nu[PARK_ASM1_PROCESSES][PARK_ASM1_COMPONENTS];
} park_asm1_matrix;

/* Oxygen for a kg of ammonium nitrogen oxidised, and what a kg of nitrate nitrogen takes instead of oxygen, as the
 * model was published (64/14 and 40/14, rounded). */
extern const double PARK_ASM1_O2_NITRIFIED, PARK_ASM1_O2_DENITRIFIED;

/**
 * Parameters of the benchmark BSM1 at 15 degrees, brought to `kelvin` as in BSM2:  p(T) = p15 (p15/p10)^((T - 15)/5).
 * @param kelvin  [K], 278 to 308 in practice
 * Source: Alex et al., Benchmark Simulation Models No. 1 and No. 2 (IWA task group); Henze et al. (1987).
 */
park_asm1 park_asm1_standard(double kelvin);

park_asm1_matrix park_asm1_stoichiometry(const park_asm1 *kinetics);

/**
 * Rates of the eight processes, and what they make of each component. Concentrations below zero count as zero.
 * @param conc  [13]      @param rho  out [8] [kg/(m3 s)]
 */
void park_asm1_processes(const park_asm1 *kinetics, const double *conc, double *rho);
void park_asm1_reaction(const park_asm1_matrix *matrix, const double *rho, double *rate /* [13] */);

/* Which components a process depends on, and which it changes: -1 ends a list. */
extern const int PARK_ASM1_READS[PARK_ASM1_PROCESSES][6], PARK_ASM1_MAKES[PARK_ASM1_PROCESSES][6];

/* d rho / d conc, in the order of PARK_ASM1_READS: slope [process][6], unused places 0. */
void park_asm1_slopes(const park_asm1 *kinetics, const double *conc, double slope[PARK_ASM1_PROCESSES][6]);

/* Is it in the solids? */
int park_asm1_particulate(size_t component);

/* Oxygen saturation of clean water [kg/m3], 8 g/m3 at 15 degrees (BSM2: Battino's solubility, scaled). */
double park_oxygen_saturation(double kelvin);

#endif
