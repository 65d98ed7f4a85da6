/*
 * The constants are facts of the literature as PHREEQC's data base phreeqc.dat collects them (U.S. Geological Survey, public
 * property; Parkhurst and Appelo 2013, USGS Techniques and Methods 6-A43), reactions rewritten in the masters. Where they
 * were measured:
 *   carbonate system, calcite, aragonite, CaHCO3+, CaCO3   Plummer and Busenberg 1982, GCA 46, 1011; Ellis 1959
 *   most ion pairs, hydroxides, fluorides, phosphates      Nordstrom and others 1990, ACS Symp. Ser. 416, 398
 *   size and slope of the ions                             Truesdell and Jones 1974, J. Res. USGS 2, 233; Parkhurst 1990
 *   CaSO4, MgSO4, NaSO4-, KSO4-, gypsum                    Appelo 2015, Appl. Geochem. 55, 62; 2017, Cem. Concr. Res. 101, 102
 *   dolomite                                               Hemingway and Robie 1994; Benezeth and others 2018, GCA 224, 262
 *   anhydrite  Blount and Dickson 1973    barite  Blount 1977, Templeton 1960    celestite  Howell and others 1992
 *   silica  Rimstidt and Barnes 1980, GCA 44, 1683         brucite  lg K 16.84, -27.1 kcal/mol, Nordstrom and others 1990
 */
#include "chemistry/species.h"

#include <math.h>
#include <string.h>

/* Masters by short names, for the tables below only. */
enum { CA = PARK_AQ_CA, MG, NA, K, NH4, BA, SR, FE2, FE3, MN, AL, CL, SO4, C, NO3, F, P, SI, H, W };

static const double GAS      = 8.314472e-3; /* [kJ/(mol K)] */
static const double STANDARD = 298.15;      /* [K] */

const park_component_law PARK_COMPONENT_LAWS[PARK_AQ_COMPONENTS] = {
    [CA] = {"Ca", 0.040078, 2, 0},   [MG] = {"Mg", 0.024305, 2, 0},      [NA] = {"Na", 0.0229898, 1, 0},
    [K] = {"K", 0.0390983, 1, 0},    [NH4] = {"NH4-N", 0.0140067, 1, 0}, [BA] = {"Ba", 0.137327, 2, 0},
    [SR] = {"Sr", 0.08762, 2, 0},    [FE2] = {"Fe(II)", 0.055845, 2, 0}, [FE3] = {"Fe(III)", 0.055845, 3, -2},
    [MN] = {"Mn", 0.054938, 2, 0},   [AL] = {"Al", 0.0269815, 3, 0},     [CL] = {"Cl", 0.035453, -1, 0},
    [SO4] = {"SO4", 0.09606, -2, 0}, [C] = {"C", 0.012011, -2, 2},       [NO3] = {"NO3-N", 0.0140067, -1, 0},
    [F] = {"F", 0.0189984, -1, 0},   [P] = {"PO4-P", 0.0309738, -3, 2},  [SI] = {"SiO2", 0.060084, 0, 0},
};

/* A row a species: charge, size, slope, fitted, masters, constant. */
/* clang-format off */
const park_species PARK_SPECIES[PARK_AQ_SPECIES] = {
    {"Ca+2", 2, 5, 0.165, true, {[CA] = 1}, {.log_k = 0}},
    {"Mg+2", 2, 5.5, 0.2, true, {[MG] = 1}, {.log_k = 0}},
    {"Na+", 1, 4.08, 0.082, true, {[NA] = 1}, {.log_k = 0}},
    {"K+", 1, 3.5, 0.015, true, {[K] = 1}, {.log_k = 0}},
    {"NH4+", 1, 2.5, 0, true, {[NH4] = 1}, {.log_k = 0}},
    {"Ba+2", 2, 7.1, 0.0553, true, {[BA] = 1}, {.log_k = 0}},
    {"Sr+2", 2, 5.26, 0.121, true, {[SR] = 1}, {.log_k = 0}},
    {"Fe+2", 2, 6, 0, true, {[FE2] = 1}, {.log_k = 0}},
    {"Fe+3", 3, 9, 0, true, {[FE3] = 1}, {.log_k = 0}},
    {"Mn+2", 2, 6, 0, true, {[MN] = 1}, {.log_k = 0}},
    {"Al+3", 3, 9, 0, true, {[AL] = 1}, {.log_k = 0}},
    {"Cl-", -1, 3.63, 0.017, true, {[CL] = 1}, {.log_k = 0}},
    {"SO4-2", -2, 5, -0.04, true, {[SO4] = 1}, {.log_k = 0}},
    {"CO3-2", -2, 5.4, 0, true, {[C] = 1}, {.log_k = 0}},
    {"NO3-", -1, 3, 0, true, {[NO3] = 1}, {.log_k = 0}},
    {"F-", -1, 3.5, 0, true, {[F] = 1}, {.log_k = 0}},
    {"PO4-3", -3, 4, 0, true, {[P] = 1}, {.log_k = 0}},
    {"H4SiO4", 0, 0, 0, false, {[SI] = 1}, {.log_k = 0}},
    {"H+", 1, 9, 0, true, {[H] = 1}, {.log_k = 0}},
    {"OH-", -1, 3.5, 0, true, {[H] = -1, [W] = 1}, {.a = {293.29227, 0.1360833, -10576.913, -123.73158, 0, -6.996455e-05}}},
    {"HCO3-", -1, 5.4, 0.0078, true, {[C] = 1, [H] = 1}, {.a = {107.8871, 0.03252849, -5151.79, -38.92561, 563713.9}}},
    {"CO2", 0, 0, 0.066, true, {[C] = 1, [H] = 2, [W] = -1}, {.a = {464.1965, 0.09344813, -26986.16, -165.75951, 2248628.9}}},
    {"HSO4-", -1, 0, 0, false, {[SO4] = 1, [H] = 1}, {.a = {-56.889, 0.006473, 2307.9, 19.8858}}},
    {"NH3", 0, 0, 0, false, {[NH4] = 1, [H] = -1}, {.a = {0.6322, -0.001225, -2835.76}}},
    {"NH4SO4-", -1, 7, -0.0736, true, {[NH4] = 1, [SO4] = 1}, {.log_k = 1.353, .enthalpy = 16.35944}},
    {"HPO4-2", -2, 5, 0, true, {[P] = 1, [H] = 1}, {.log_k = 12.346, .enthalpy = -14.76952}},
    {"H2PO4-", -1, 5.4, 0, true, {[P] = 1, [H] = 2}, {.log_k = 19.553, .enthalpy = -18.91168}},
    {"H3PO4", 0, 0, 0, false, {[P] = 1, [H] = 3}, {.log_k = 21.721, .enthalpy = -10.1}},
    {"HF", 0, 0, 0, false, {[F] = 1, [H] = 1}, {.a = {-2.033, 0.012645, 429.01}}},
    {"HF2-", -1, 0, 0, false, {[F] = 2, [H] = 1}, {.log_k = 3.76, .enthalpy = 19.0372}},
    {"CaOH+", 1, 0, 0, false, {[CA] = 1, [H] = -1, [W] = 1}, {.log_k = -12.78}},
    {"CaCO3", 0, 0, 0, false, {[CA] = 1, [C] = 1}, {.a = {-1228.732, -0.29944, 35512.75, 485.818}}},
    {"CaHCO3+", 1, 6, 0, true, {[CA] = 1, [C] = 1, [H] = 1}, {.a = {56.273, -0.041779, -11194}}},
    {"CaSO4", 0, 0, 0.0445, true, {[CA] = 1, [SO4] = 1}, {.a = {1.478, 0.00829, -538.2}}},
    {"CaHSO4+", 1, 0, 0, false, {[CA] = 1, [SO4] = 1, [H] = 1}, {.log_k = 1.08, .a = {-56.889, 0.006473, 2307.9, 19.8858}}},
    {"CaPO4-", -1, 5.4, 0, true, {[CA] = 1, [P] = 1}, {.log_k = 6.459, .enthalpy = 12.9704}},
    {"CaHPO4", 0, 0, 0, false, {[CA] = 1, [P] = 1, [H] = 1}, {.log_k = 15.085, .enthalpy = -0.96232}},
    {"CaH2PO4+", 1, 5.4, 0, true, {[CA] = 1, [P] = 1, [H] = 2}, {.log_k = 20.961, .enthalpy = -4.68608}},
    {"MgOH+", 1, 6.5, 0, true, {[MG] = 1, [H] = -1, [W] = 1}, {.log_k = -11.44, .enthalpy = 66.743168}},
    {"MgCO3", 0, 0, 0, false, {[MG] = 1, [C] = 1}, {.a = {0.991, 0.00667}}},
    {"MgHCO3+", 1, 4, 0, true, {[MG] = 1, [C] = 1, [H] = 1}, {.a = {48.6721, 0.03252849, -2614.335, -18.00263, 563713.9}}},
    {"MgSO4", 0, 0, 0.2, true, {[MG] = 1, [SO4] = 1}, {.a = {0, 0.00964, -136}}},
    {"Mg(SO4)2-2", -2, 7, 0.047, true, {[MG] = 1, [SO4] = 2}, {.a = {0, 0.00813, -136, 0, 86040}}},
    {"MgPO4-", -1, 5.4, 0, true, {[MG] = 1, [P] = 1}, {.log_k = 6.589, .enthalpy = 12.9704}},
    {"MgHPO4", 0, 0, 0, false, {[MG] = 1, [P] = 1, [H] = 1}, {.log_k = 15.216, .enthalpy = -0.96232}},
    {"MgH2PO4+", 1, 5.4, 0, true, {[MG] = 1, [P] = 1, [H] = 2}, {.log_k = 21.066, .enthalpy = -4.68608}},
    {"MgF+", 1, 4.5, 0, true, {[MG] = 1, [F] = 1}, {.log_k = 1.82, .enthalpy = 13.3888}},
    {"NaHCO3", 0, 0, 0.151, true, {[NA] = 1, [C] = 1, [H] = 1}, {.a = {104.2981, 0.04046849, -4878.79, -38.92561, 563713.9}}},
    {"NaSO4-", -1, 3.5, 0.1072, true, {[NA] = 1, [SO4] = 1}, {.a = {-0.304, 0.00451, -28.9}}},
    {"Na2SO4", 0, 0, 0.0885, true, {[NA] = 2, [SO4] = 1}, {.a = {15.432, -0.00575, -4796}}},
    {"NaHPO4-", -1, 5.4, 0, true, {[NA] = 1, [P] = 1, [H] = 1}, {.log_k = 12.636, .enthalpy = -14.76952}},
    {"NaF", 0, 0, 0, false, {[NA] = 1, [F] = 1}, {.log_k = -0.24}},
    {"KHCO3", 0, 0, 0.1, true, {[K] = 1, [C] = 1, [H] = 1}, {.log_k = -0.35, .enthalpy = 12, .a = {107.8871, 0.03252849, -5151.79, -38.92561, 563713.9}}},
    {"KSO4-", -1, 5.4, 0.19, true, {[K] = 1, [SO4] = 1}, {.a = {-3.0246, 0.009986, 0, 0, 109300}}},
    {"KHPO4-", -1, 5.4, 0, true, {[K] = 1, [P] = 1, [H] = 1}, {.log_k = 12.636, .enthalpy = -14.76952}},
    {"FeOH+", 1, 5, 0, true, {[FE2] = 1, [H] = -1, [W] = 1}, {.log_k = -9.5, .enthalpy = 55.2288}},
    {"Fe(OH)3-", -1, 5, 0, true, {[FE2] = 1, [H] = -3, [W] = 3}, {.log_k = -31, .enthalpy = 126.7752}},
    {"FeCl+", 1, 0, 0, false, {[FE2] = 1, [CL] = 1}, {.log_k = 0.14}},
    {"FeCO3", 0, 0, 0, false, {[FE2] = 1, [C] = 1}, {.log_k = 4.38}},
    {"FeHCO3+", 1, 0, 0, false, {[FE2] = 1, [C] = 1, [H] = 1}, {.log_k = 2, .a = {107.8871, 0.03252849, -5151.79, -38.92561, 563713.9}}},
    {"FeSO4", 0, 0, 0, false, {[FE2] = 1, [SO4] = 1}, {.log_k = 2.25, .enthalpy = 13.51432}},
    {"FeHSO4+", 1, 0, 0, false, {[FE2] = 1, [SO4] = 1, [H] = 1}, {.log_k = 1.08, .a = {-56.889, 0.006473, 2307.9, 19.8858}}},
    {"FeHPO4", 0, 0, 0, false, {[FE2] = 1, [P] = 1, [H] = 1}, {.log_k = 15.946, .enthalpy = -14.76952}},
    {"FeH2PO4+", 1, 5.4, 0, true, {[FE2] = 1, [P] = 1, [H] = 2}, {.log_k = 22.253, .enthalpy = -18.91168}},
    {"FeF+", 1, 0, 0, false, {[FE2] = 1, [F] = 1}, {.log_k = 1}},
    {"FeOH+2", 2, 5, 0, true, {[FE3] = 1, [H] = -1, [W] = 1}, {.log_k = -2.19, .enthalpy = 43.5136}},
    {"Fe(OH)2+", 1, 5.4, 0, true, {[FE3] = 1, [H] = -2, [W] = 2}, {.log_k = -5.67, .enthalpy = 71.5464}},
    {"Fe(OH)3", 0, 0, 0, false, {[FE3] = 1, [H] = -3, [W] = 3}, {.log_k = -12.56, .enthalpy = 103.7632}},
    {"Fe(OH)4-", -1, 5.4, 0, true, {[FE3] = 1, [H] = -4, [W] = 4}, {.log_k = -21.6, .enthalpy = 133.4696}},
    {"Fe(OH)2", 0, 0, 0, false, {[FE2] = 1, [H] = -2, [W] = 2}, {.log_k = -20.57, .enthalpy = 119.51596}},
    {"Fe2(OH)2+4", 4, 0, 0, false, {[FE3] = 2, [H] = -2, [W] = 2}, {.log_k = -2.95, .enthalpy = 56.484}},
    {"Fe3(OH)4+5", 5, 0, 0, false, {[FE3] = 3, [H] = -4, [W] = 4}, {.log_k = -6.3, .enthalpy = 59.8312}},
    {"FeCl+2", 2, 5, 0, true, {[FE3] = 1, [CL] = 1}, {.log_k = 1.48, .enthalpy = 23.4304}},
    {"FeCl2+", 1, 5, 0, true, {[FE3] = 1, [CL] = 2}, {.log_k = 2.13}},
    {"FeCl3", 0, 0, 0, false, {[FE3] = 1, [CL] = 3}, {.log_k = 1.13}},
    {"FeSO4+", 1, 5, 0, true, {[FE3] = 1, [SO4] = 1}, {.log_k = 4.04, .enthalpy = 16.35944}},
    {"FeHSO4+2", 2, 0, 0, false, {[FE3] = 1, [SO4] = 1, [H] = 1}, {.log_k = 2.48, .a = {-56.889, 0.006473, 2307.9, 19.8858}}},
    {"Fe(SO4)2-", -1, 0, 0, false, {[FE3] = 1, [SO4] = 2}, {.log_k = 5.38, .enthalpy = 19.2464}},
    {"FeHPO4+", 1, 5, 0, true, {[FE3] = 1, [P] = 1, [H] = 1}, {.log_k = 17.776, .enthalpy = 9.33032}},
    {"FeH2PO4+2", 2, 5.4, 0, true, {[FE3] = 1, [P] = 1, [H] = 2}, {.log_k = 24.983, .enthalpy = -18.91168}},
    {"FeF+2", 2, 5, 0, true, {[FE3] = 1, [F] = 1}, {.log_k = 6.2, .enthalpy = 11.2968}},
    {"FeF2+", 1, 5, 0, true, {[FE3] = 1, [F] = 2}, {.log_k = 10.8, .enthalpy = 20.0832}},
    {"FeF3", 0, 0, 0, false, {[FE3] = 1, [F] = 3}, {.log_k = 14, .enthalpy = 22.5936}},
    {"MnOH+", 1, 5, 0, true, {[MN] = 1, [H] = -1, [W] = 1}, {.log_k = -10.59, .enthalpy = 60.2496}},
    {"Mn(OH)3-", -1, 5, 0, true, {[MN] = 1, [H] = -3, [W] = 3}, {.log_k = -34.8}},
    {"MnCl+", 1, 5, 0, true, {[MN] = 1, [CL] = 1}, {.log_k = 0.61}},
    {"MnCl2", 0, 0, 0, false, {[MN] = 1, [CL] = 2}, {.log_k = 0.25}},
    {"MnCl3-", -1, 5, 0, true, {[MN] = 1, [CL] = 3}, {.log_k = -0.31}},
    {"MnCO3", 0, 0, 0, false, {[MN] = 1, [C] = 1}, {.log_k = 4.9}},
    {"MnHCO3+", 1, 5, 0, true, {[MN] = 1, [C] = 1, [H] = 1}, {.log_k = 1.95, .a = {107.8871, 0.03252849, -5151.79, -38.92561, 563713.9}}},
    {"MnSO4", 0, 0, -0.098, true, {[MN] = 1, [SO4] = 1}, {.log_k = 1.408, .enthalpy = 21.55}},
    {"Mn(NO3)2", 0, 0, 0, false, {[MN] = 1, [NO3] = 2}, {.log_k = 0.6, .enthalpy = -1.656864}},
    {"MnF+", 1, 5, 0, true, {[MN] = 1, [F] = 1}, {.log_k = 0.84}},
    {"AlOH+2", 2, 5.4, 0, true, {[AL] = 1, [H] = -1, [W] = 1}, {.a = {-38.253, 0, -656.27, 14.327}}},
    {"Al(OH)2+", 1, 5.4, 0, true, {[AL] = 1, [H] = -2, [W] = 2}, {.a = {88.5, 0, -9391.6, -27.121}}},
    {"Al(OH)3", 0, 0, 0, false, {[AL] = 1, [H] = -3, [W] = 3}, {.a = {226.374, 0, -18247.8, -73.597}}},
    {"Al(OH)4-", -1, 4.5, 0, true, {[AL] = 1, [H] = -4, [W] = 4}, {.a = {51.578, 0, -11168.9, -14.865}}},
    {"AlSO4+", 1, 4.5, 0, true, {[AL] = 1, [SO4] = 1}, {.log_k = 3.5, .enthalpy = 9.58136}},
    {"Al(SO4)2-", -1, 4.5, 0, true, {[AL] = 1, [SO4] = 2}, {.log_k = 5, .enthalpy = 13.01224}},
    {"AlHSO4+2", 2, 0, 0, false, {[AL] = 1, [SO4] = 1, [H] = 1}, {.log_k = 0.46, .a = {-56.889, 0.006473, 2307.9, 19.8858}}},
    {"AlF+2", 2, 5.4, 0, true, {[AL] = 1, [F] = 1}, {.log_k = 7, .enthalpy = 4.43504}},
    {"AlF2+", 1, 5.4, 0, true, {[AL] = 1, [F] = 2}, {.log_k = 12.7, .enthalpy = 8.28432}},
    {"AlF3", 0, 0, 0, false, {[AL] = 1, [F] = 3}, {.log_k = 16.8, .enthalpy = 9.03744}},
    {"AlF4-", -1, 4.5, 0, true, {[AL] = 1, [F] = 4}, {.log_k = 19.4, .enthalpy = 9.2048}},
    {"H3SiO4-", -1, 4, 0, true, {[SI] = 1, [H] = -1}, {.a = {-302.3724, -0.050698, 15669.69, 108.18466, -1119669}}},
    {"H2SiO4-2", -2, 5.4, 0, true, {[SI] = 1, [H] = -2}, {.a = {-294.0184, -0.07265, 11204.49, 108.18466, -1119669}}},
    {"SiF6-2", -2, 5, 0, true, {[F] = 6, [SI] = 1, [H] = 4, [W] = -4}, {.log_k = 30.18, .enthalpy = -68.03184}},
    {"BaOH+", 1, 5, 0, true, {[BA] = 1, [H] = -1, [W] = 1}, {.log_k = -13.47}},
    {"BaCO3", 0, 0, 0, false, {[BA] = 1, [C] = 1}, {.a = {0.113, 0.008721}}},
    {"BaHCO3+", 1, 0, 0, false, {[BA] = 1, [C] = 1, [H] = 1}, {.a = {104.7933, 0.04619749, -5151.79, -38.92561, 563713.9}}},
    {"SrOH+", 1, 5, 0, true, {[SR] = 1, [H] = -1, [W] = 1}, {.log_k = -13.29}},
    {"SrHCO3+", 1, 5.4, 0, true, {[SR] = 1, [C] = 1, [H] = 1}, {.a = {104.6391, 0.04739549, -5151.79, -38.92561, 563713.9}}},
    {"SrCO3", 0, 0, 0, false, {[SR] = 1, [C] = 1}, {.a = {-1.019, 0.012826}}},
    {"SrSO4", 0, 0, 0, false, {[SR] = 1, [SO4] = 1}, {.log_k = 2.29, .enthalpy = 8.70272}},
};

const park_phase_law PARK_PHASE_LAWS[PARK_PHASES] = {
    {"Calcite", "CaCO3", 0.100087, {[CA] = 1, [C] = 1}, {.a = {-67.87, -0.051813, 0, 30.25746}}},
    {"Aragonite", "CaCO3", 0.100087, {[CA] = 1, [C] = 1}, {.a = {-171.9773, -0.077993, 2903.293, 71.595}}},
    {"Dolomite", "CaMg(CO3)2", 0.184401, {[CA] = 1, [MG] = 1, [C] = 2}, {.a = {31.283, -0.0898, -6438}}},
    {"Gypsum", "CaSO4:2H2O", 0.172172, {[CA] = 1, [SO4] = 1, [W] = 2}, {.a = {72.244, -0.01474, -4040, -23.7823}}},
    {"Anhydrite", "CaSO4", 0.136141, {[CA] = 1, [SO4] = 1}, {.a = {5.725, -0.02478, -790.4}}},
    {"Barite", "BaSO4", 0.233390, {[BA] = 1, [SO4] = 1}, {.a = {-49.595, -0.03913, -1530, 22.836}}},
    {"Celestite", "SrSO4", 0.183680, {[SR] = 1, [SO4] = 1}, {.a = {-7.14, 0.00611, 75, 0, 0, -1.79e-05}}},
    {"Fluorite", "CaF2", 0.078075, {[CA] = 1, [F] = 2}, {.a = {66.348, 0, -4298.2, -25.271}}},
    {"SiO2(a)", "SiO2", 0.060084, {[SI] = 1, [W] = -2}, {.a = {-0.26, 0, -731}}},
    {"Chalcedony", "SiO2", 0.060084, {[SI] = 1, [W] = -2}, {.a = {-0.09, 0, -1032}}},
    {"Hydroxyapatite", "Ca5(PO4)3OH", 0.502310, {[CA] = 5, [P] = 3, [H] = -1, [W] = 1}, {.log_k = -40.459, .enthalpy = -106.96396}},
    {"Fe(OH)3(a)", "Fe(OH)3", 0.106867, {[FE3] = 1, [H] = -3, [W] = 3}, {.log_k = 4.891}},
    {"Al(OH)3(a)", "Al(OH)3", 0.078004, {[AL] = 1, [H] = -3, [W] = 3}, {.log_k = 10.8, .enthalpy = -110.876}},
    {"Brucite", "Mg(OH)2", 0.058320, {[MG] = 1, [H] = -2, [W] = 2}, {.log_k = 16.84, .enthalpy = -113.3864}},
    {"Pyrochroite", "Mn(OH)2", 0.088953, {[MN] = 1, [H] = -2, [W] = 2}, {.log_k = 15.2}},
    {"Siderite", "FeCO3", 0.115854, {[FE2] = 1, [C] = 1}, {.log_k = -10.89, .enthalpy = -10.37632}},
    {"Rhodochrosite", "MnCO3", 0.114947, {[MN] = 1, [C] = 1}, {.log_k = -11.13, .enthalpy = -5.98312}},
    {"CO2(g)", "CO2", 0.044009, {[C] = 1, [H] = 2, [W] = -1}, {.a = {-453.6341, -0.11699513, 23013.36, 165.75951, -1661168.9, 1.9194e-05}}},
};
/* clang-format on */

int park_species_index(const char *name)
{
    for (int s = 0; s < PARK_AQ_SPECIES; s++)
        if (strcmp(PARK_SPECIES[s].name, name) == 0)
            return s;
    return -1;
}

double park_constant_at(const park_constant *law, double kelvin)
{
    const double *a    = law->a;
    double        heat = law->enthalpy / (GAS * log(10.0)) * (1.0 / kelvin - 1.0 / STANDARD);
    return law->log_k - heat + a[0] + a[1] * kelvin + a[2] / kelvin + a[3] * log10(kelvin) +
           a[4] / (kelvin * kelvin) + a[5] * kelvin * kelvin;
}
